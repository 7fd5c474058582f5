/* The daily target over the plan's time as a picture, with months below and amounts at the side. */
#include "io/forms/html.h"

#include <string.h>

enum { LEFT = 90, RIGHT = 990, TOP = 12, BOTTOM = 190, HEIGHT = 216, N_LINES = 4 };

static int64_t greatest(const campaign_table *days)
{
    int64_t most = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(days); row++) {
        const int64_t value = cpn_page_value(days, "target", row);
        if (value > most) most = value;
    }
    return most;
}

/* 1, 2 or 5 times a power of ten, the least of which N_LINES reach the greatest value. */
static int64_t step_of(int64_t most)
{
    static const int64_t factors[] = { 1, 2, 5 };
    for (int64_t power = 1; power < INT64_MAX / 50; power *= 10)
        for (int i = 0; i < 3; i++)
            if (factors[i] * power >= most / N_LINES + (most % N_LINES != 0)) return factors[i] * power;
    return most;
}

static int64_t y_of(int64_t value, int64_t top)
{
    return BOTTOM - (int64_t)((double)value / (double)top * (BOTTOM - TOP));
}

static int64_t x_of(const cpn_page *page, int32_t day)
{
    return LEFT + (int64_t)(day - page->first_day) * (RIGHT - LEFT) / (page->end_day - page->first_day);
}

static void add_point(cpn_page *page, char command, int64_t x, int64_t y)
{
    cpn_io_add_char(&page->text, command);
    cpn_page_add_number(page, x);
    cpn_page_add(page, " ");
    cpn_page_add_number(page, y);
}

/* Lines across, with their amounts in whole units of the money. */
static void add_lines(cpn_page *page, int64_t step, int64_t top, int32_t exponent)
{
    for (int64_t value = 0; value <= top; value += step) {
        char room[CPN_FORM_CELL_ROOM];
        const int64_t y = y_of(value, top);
        cpn_page_add(page, "<path class=\"line\" d=\"");
        add_point(page, 'M', LEFT, y);
        cpn_page_add(page, "H");
        cpn_page_add_number(page, RIGHT);
        cpn_page_add(page, "\"/><text class=\"amount\"");
        cpn_page_add_attribute(page, "x", LEFT - 8);
        cpn_page_add_attribute(page, "y", y + 4);
        cpn_page_add(page, ">");
        cpn_page_add_grouped(page, room, cpn_form_print_decimal(room, value, exponent, 0));
        cpn_page_add(page, "</text>");
    }
}

static void add_months(cpn_page *page)
{
    for (int32_t day = page->first_day; day < page->end_day; day++) {
        int32_t year, month, of_month;
        cpn_form_civil(&year, &month, &of_month, day);
        if (of_month != 1) continue;
        cpn_page_add(page, "<path class=\"line\" d=\"");
        add_point(page, 'M', x_of(page, day), BOTTOM);
        cpn_page_add(page, "v5\"/><text class=\"name\"");
        cpn_page_add_attribute(page, "x", x_of(page, day) + 4);
        cpn_page_add_attribute(page, "y", BOTTOM + 16);
        cpn_page_add(page, ">");
        cpn_page_add_number(page, month);
        cpn_page_add_words(page, "", "月");
        cpn_page_add(page, "</text>");
    }
}

static void add_area(cpn_page *page, int64_t top)
{
    cpn_page_add(page, "<path class=\"area\" d=\"");
    add_point(page, 'M', LEFT, BOTTOM);
    for (int64_t row = 0; row < campaign_table_n_rows(page->days); row++) {
        const int32_t day = (int32_t)cpn_page_value(page->days, "date", row);
        if (day < page->first_day || day >= page->end_day) continue;
        const int64_t y = y_of(cpn_page_value(page->days, "target", row), top);
        add_point(page, 'L', x_of(page, day), y);
        cpn_page_add(page, "H");
        cpn_page_add_number(page, x_of(page, day + 1));
    }
    add_point(page, 'L', RIGHT, BOTTOM);
    cpn_page_add(page, "Z\"/>");
}

void cpn_page_add_curve(cpn_page *page)
{
    campaign_column target = CAMPAIGN_COLUMN_INIT;
    const int32_t index = campaign_table_find(page->days, "target");
    const int64_t most = greatest(page->days);
    if (most <= 0 || campaign_table_column(&target, page->days, index, NULL) != CAMPAIGN_OK) return;
    const int64_t step = step_of(most), top = step * ((most + step - 1) / step);
    cpn_page_add(page, "<svg class=\"curve\" role=\"img\" viewBox=\"0 0 1000 ");
    cpn_page_add_number(page, HEIGHT);
    cpn_page_add(page, "\">");
    add_lines(page, step, top, target.exponent + (page->style.in_ten_thousands ? 4 : 0));
    add_area(page, top);
    add_months(page);
    cpn_page_add(page, "</svg>\n<p class=\"unit\">");
    cpn_page_add_words(page, "Daily target, ", "每日目标，单位：");
    if (page->style.in_ten_thousands) cpn_page_add_words(page, "10,000 ", "万");
    const bool is_yuan = page->style.is_chinese && strcmp(target.currency, "CNY") == 0;
    cpn_page_add(page, is_yuan ? "元" : target.currency);
    cpn_page_add(page, "</p>\n");
}
