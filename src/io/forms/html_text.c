/* Text of a page: markup as it stands, data escaped, numbers grouped. */
#include "io/forms/html.h"

#include <string.h>

void cpn_page_add(cpn_page *page, const char *markup)
{
    cpn_io_add(&page->text, markup, strlen(markup));
}

static void add_escaped(cpn_page *page, const char *text, size_t length, const char *line_end)
{
    for (size_t i = 0; i < length; i++) {
        switch (text[i]) {
        case '<': cpn_page_add(page, "&lt;"); break;
        case '>': cpn_page_add(page, "&gt;"); break;
        case '&': cpn_page_add(page, "&amp;"); break;
        case '"': cpn_page_add(page, "&quot;"); break;
        case '\'': cpn_page_add(page, "&#39;"); break;
        case '\n': cpn_page_add(page, line_end); break;
        default: cpn_io_add_char(&page->text, (unsigned char)text[i] < 0x20 ? ' ' : text[i]); break;
        }
    }
}

void cpn_page_add_text(cpn_page *page, const char *text, size_t length)
{
    add_escaped(page, text, length, "<br>");
}

void cpn_page_add_line(cpn_page *page, const char *text, size_t length)
{
    add_escaped(page, text, length, " ");
}

void cpn_page_add_number(cpn_page *page, int64_t number)
{
    char room[CPN_FORM_CELL_ROOM];
    const size_t length = cpn_form_print_decimal(room, number, 0, 0);
    cpn_io_add(&page->text, room, length);
}

void cpn_page_add_words(cpn_page *page, const char *en, const char *zh)
{
    cpn_page_add(page, page->style.is_chinese ? zh : en);
}

void cpn_page_add_attribute(cpn_page *page, const char *name, int64_t number)
{
    cpn_page_add(page, " ");
    cpn_page_add(page, name);
    cpn_page_add(page, "=\"");
    cpn_page_add_number(page, number);
    cpn_page_add(page, "\"");
}

/* Digits before the dot, a comma before every third from the right. */
void cpn_page_add_grouped(cpn_page *page, const char *text, size_t length)
{
    size_t n_digits = 0;
    const size_t first = length && text[0] == '-';
    while (first + n_digits < length && text[first + n_digits] >= '0' && text[first + n_digits] <= '9') n_digits++;
    for (size_t i = 0; i < length; i++) {
        if (i > first && i < first + n_digits && (first + n_digits - i) % 3 == 0) cpn_page_add(page, ",");
        cpn_page_add_text(page, text + i, 1);
    }
}

/* A share to a hundredth of a percent, halves away from zero. */
static void add_percent(cpn_page *page, int64_t ppm)
{
    char room[CPN_FORM_CELL_ROOM];
    const int64_t hundredths = ppm / 100 + (ppm % 100 >= 50) - (ppm % 100 <= -50);
    cpn_io_add(&page->text, room, cpn_form_print_decimal(room, hundredths, 2, 2));
    cpn_page_add(page, "%");
}

/* The name of the campaign of that id, or the id itself. */
void cpn_page_add_campaign(cpn_page *page, const campaign_table *table, int64_t row)
{
    size_t n, n_other, n_name;
    const char *id = cpn_page_text(&n, table, "campaign", row);
    for (int64_t i = 0; i < campaign_table_n_rows(page->campaigns); i++) {
        const char *other = cpn_page_text(&n_other, page->campaigns, "campaign", i);
        if (n != n_other || memcmp(id, other, n) != 0) continue;
        const char *name = cpn_page_text(&n_name, page->campaigns, "name", i);
        cpn_page_add_text(page, name, n_name);
        return;
    }
    cpn_page_add_text(page, id, n);
}

/* Ten thousands to two decimals, halves away from zero: a page is read, a workbook is reckoned with. */
static void add_ten_thousands(cpn_page *page, int64_t minor, int32_t exponent)
{
    char room[CPN_FORM_CELL_ROOM];
    int64_t unit = 1;
    for (int32_t i = 0; i < exponent + 2; i++) unit *= 10;
    const int64_t rest = minor % unit,
                  hundredths = minor / unit + (rest >= unit - unit / 2) - (rest <= unit / 2 - unit);
    cpn_page_add_grouped(page, room, cpn_form_print_decimal(room, hundredths, 2, 2));
}

void cpn_page_add_cell(cpn_page *page, const cpn_form_layout *layout, int32_t column, int64_t row)
{
    char room[CPN_FORM_CELL_ROOM];
    size_t length;
    const char *text = cpn_form_cell(room, &length, layout, column, row);
    const cpn_form_kind kind = layout->columns[column].kind;
    if (!text) return;
    if (kind == CPN_FORM_SHARE) {
        add_percent(page, campaign_table_int64(layout->table, layout->columns[column].index, row));
        return;
    }
    if (kind == CPN_FORM_MONEY && page->style.in_ten_thousands)
        add_ten_thousands(page, campaign_table_int64(layout->table, layout->columns[column].index, row),
                          layout->columns[column].exponent);
    else if (kind == CPN_FORM_MONEY || kind == CPN_FORM_REAL)
        cpn_page_add_grouped(page, text, length);
    else
        cpn_page_add_text(page, text, length);
}

const char *cpn_page_text(size_t *length, const campaign_table *table, const char *column, int64_t row)
{
    *length = 0;
    const char *text = campaign_table_text(table, campaign_table_find(table, column), row, length);
    return text ? text : "";
}

bool cpn_page_is(const campaign_table *table, const char *column, int64_t row, const char *word)
{
    size_t length;
    const char *text = cpn_page_text(&length, table, column, row);
    return length == strlen(word) && memcmp(text, word, length) == 0;
}

bool cpn_page_has(const campaign_table *table, const char *column, int64_t row)
{
    const int32_t index = campaign_table_find(table, column);
    return index >= 0 && !campaign_table_is_null(table, index, row);
}

int64_t cpn_page_value(const campaign_table *table, const char *column, int64_t row)
{
    return campaign_table_int64(table, campaign_table_find(table, column), row);
}

void cpn_page_add_money(cpn_page *page, const campaign_table *table, const char *column, int64_t row)
{
    char room[CPN_FORM_CELL_ROOM];
    campaign_column found = CAMPAIGN_COLUMN_INIT;
    const int32_t index = campaign_table_find(table, column);
    if (index < 0 || campaign_table_column(&found, table, index, NULL) != CAMPAIGN_OK) return;
    const int32_t exponent = found.exponent + (page->style.in_ten_thousands ? 4 : 0);
    const size_t length = cpn_form_print_decimal(room, campaign_table_int64(table, index, row), exponent,
                                                 page->style.in_ten_thousands ? 2 : found.exponent);
    cpn_page_add_grouped(page, room, length);
    const bool is_yuan = page->style.is_chinese && strcmp(found.currency, "CNY") == 0;
    cpn_page_add(page, " ");
    if (page->style.in_ten_thousands) cpn_page_add_words(page, "× 10,000 ", "万");
    cpn_page_add(page, is_yuan ? "元" : found.currency);
}
