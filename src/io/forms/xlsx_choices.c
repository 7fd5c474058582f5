/* What can be chosen in a column: fixed words, and people; as a list in the rule where it fits, from a hidden sheet
 * otherwise. */
#if defined(CAMPAIGN_HAS_XLSX)
#include <stdlib.h>
#include <string.h>

#include "io/forms/xlsx_sheet.h"

enum { MOST_IN_RULE = 64, MOST_RULE_POINTS = 255, MOST_NAMES = 10000, DEFAULT_EMPTY_ROWS = 200 };

/* A text of the table, not terminated. */
typedef struct name {
    const char *text;
    size_t length;
} name;

static int compare_names(const void *a, const void *b)
{
    const name *x = a, *y = b;
    const size_t shorter = x->length < y->length ? x->length : y->length;
    const int order = memcmp(x->text, y->text, shorter);
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

/* The rows of a sheet that can be filled in. */
static void find_range(lxw_row_t *last, const cpn_form_layout *layout)
{
    const int32_t wanted = layout->style->options.n_empty_rows;
    const int64_t end = layout->n_rows + (wanted ? wanted : DEFAULT_EMPTY_ROWS);
    *last = (lxw_row_t)(end < CPN_XLSX_MOST_ROWS ? end : CPN_XLSX_MOST_ROWS - 1);
}

/* A list within the rule itself. */
static campaign_status offer_list(lxw_worksheet *sheet, const cpn_form_layout *layout, int32_t column,
                                  const char *const *list, bool is_strict, campaign_error *error)
{
    lxw_data_validation rule = { 0 };
    lxw_row_t last;
    find_range(&last, layout);
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = (char **)(uintptr_t)list; /* not written to; the field is not const */
    rule.error_title = (char *)(uintptr_t)(layout->style->is_chinese ? "请从列表中选择" : "Choose from the list");
    if (!is_strict) rule.show_error = LXW_VALIDATION_OFF;
    const lxw_error code = worksheet_data_validation_range(sheet, 1, (lxw_col_t)column, last, (lxw_col_t)column, &rule);
    return code == LXW_NO_ERROR ? CAMPAIGN_OK : cpn_xlsx_fail(code, layout->columns[column].heading, error);
}

static campaign_status offer_words(lxw_worksheet *sheet, const cpn_form_layout *layout, int32_t column,
                                   campaign_error *error)
{
    const cpn_form_words *words = layout->columns[column].field->words;
    const char *list[MOST_IN_RULE + 1] = { 0 };
    const bool is_chinese = layout->style->is_chinese;
    for (int32_t i = 0; i < words->n_items && i < MOST_IN_RULE; i++)
        list[i] = is_chinese ? words->items[i].zh : words->items[i].en;
    return offer_list(sheet, layout, column, list, true, error);
}

/* Distinct names of a column in byte order; *n 0 where there are none or far too many to choose from. */
static campaign_status collect_names(name **names, int64_t *n, const cpn_form_layout *layout, int32_t column,
                                     campaign_error *error)
{
    const int32_t index = layout->columns[column].index;
    *n = 0;
    *names = cpn_io_alloc(layout->n_rows, sizeof **names);
    if (!*names) return cpn_io_fail_nomem(error);
    int64_t n_found = 0;
    for (int64_t row = 0; index >= 0 && row < layout->n_rows; row++) {
        name found = { NULL, 0 };
        found.text = campaign_table_text(layout->table, index, row, &found.length);
        if (found.text && found.length) (*names)[n_found++] = found;
    }
    if (n_found) qsort(*names, (size_t)n_found, sizeof **names, compare_names);
    for (int64_t i = 0; i < n_found; i++)
        if (!i || compare_names(&(*names)[i], &(*names)[*n - 1]) != 0) (*names)[(*n)++] = (*names)[i];
    if (*n > MOST_NAMES) *n = 0;
    return CAMPAIGN_OK;
}

/* Writes a list down a column of the hidden sheet. */
static campaign_status write_list(cpn_xlsx_book *book, const name *names, int64_t n, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    if (!book->lists) {
        book->lists = workbook_add_worksheet(book->book, book->lists_name);
        if (!book->lists) return cpn_io_fail_nomem(error);
        worksheet_hide(book->lists);
    }
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        char *escaped = NULL;
        status = cpn_xlsx_escape(&escaped, names[i].text, names[i].length, error);
        if (status != CAMPAIGN_OK) break;
        const lxw_error code =
            worksheet_write_string(book->lists, (lxw_row_t)i, (lxw_col_t)book->n_lists, escaped, NULL);
        free(escaped);
        if (code != LXW_NO_ERROR) status = cpn_xlsx_fail(code, "owners", error);
    }
    if (status == CAMPAIGN_OK) book->n_lists++;
    return status;
}

/* 'lists'!$B$1:$B$12, the cells that hold a list of the hidden sheet. */
static void print_range(cpn_io_text *text, const cpn_xlsx_book *book, int64_t n_names)
{
    char first[CPN_XLSX_CELL_ROOM], end[CPN_XLSX_CELL_ROOM];
    const int32_t list = book->has_owners ? 0 : book->n_lists - 1;
    (void)cpn_xlsx_cell_name(first, 0, list);
    (void)cpn_xlsx_cell_name(end, n_names - 1, list);
    const size_t n_letters = strspn(first, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *parts[] = { "'", book->lists_name, "'!$", NULL, "$1:$", NULL, "$", end + n_letters };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i])
            cpn_io_add(text, parts[i], strlen(parts[i]));
        else
            cpn_io_add(text, first, n_letters);
    }
    cpn_io_add_char(text, '\0');
}

/* The range as the rule of a column; new names may be typed in as well. libxlsxwriter 1.1.4 never frees a range that is given
 * as a formula, so it gets a list of one text, "'lists'!$B$1:$B$12", whose quotation marks are then taken away. */
static campaign_status refer(const cpn_xlsx_book *book, lxw_worksheet *sheet, const cpn_form_layout *layout,
                             int32_t column, int64_t n_names, campaign_error *error)
{
    cpn_io_text text = { 0 };
    print_range(&text, book, n_names);
    const char *const list[] = { text.data, NULL };
    const campaign_status status =
        text.has_failed ? cpn_io_fail_nomem(error) : offer_list(sheet, layout, column, list, false, error);
    if (status == CAMPAIGN_OK) {
        lxw_data_val_obj *rule = NULL, *each;
        STAILQ_FOREACH(each, sheet->data_validations, list_pointers) rule = each;
        const size_t length = strlen(rule->value_formula) - 2;
        memmove(rule->value_formula, rule->value_formula + 1, length);
        rule->value_formula[length] = '\0';
    }
    free(text.data);
    return status;
}

/* Whether names fit into a rule: 255 characters with the commas that separate them, and none within. */
static bool fit_in_rule(const name *names, int64_t n)
{
    int64_t n_points = n - 1;
    for (int64_t i = 0; i < n && n <= MOST_IN_RULE; i++) {
        if (memchr(names[i].text, ',', names[i].length) || memchr(names[i].text, '"', names[i].length)) return false;
        n_points += cpn_io_utf8_count(names[i].text, names[i].length);
    }
    return n <= MOST_IN_RULE && n_points <= MOST_RULE_POINTS;
}

static campaign_status offer_few(lxw_worksheet *sheet, const cpn_form_layout *layout, int32_t column, const name *names,
                                 int64_t n, campaign_error *error)
{
    cpn_io_text text = { 0 };
    const char *list[MOST_IN_RULE + 1] = { 0 };
    size_t starts[MOST_IN_RULE];
    for (int64_t i = 0; i < n; i++) {
        starts[i] = (size_t)text.length;
        cpn_io_add(&text, names[i].text, names[i].length);
        cpn_io_add_char(&text, '\0');
    }
    for (int64_t i = 0; i < n && !text.has_failed; i++) list[i] = text.data + starts[i];
    const campaign_status status =
        text.has_failed ? cpn_io_fail_nomem(error) : offer_list(sheet, layout, column, list, false, error);
    free(text.data);
    return status;
}

static campaign_status take_owners(name **names, int64_t *n, const campaign_form_options *options,
                                   campaign_error *error)
{
    *n = options->n_owners;
    *names = cpn_io_alloc(*n, sizeof **names);
    if (!*names) return cpn_io_fail_nomem(error);
    for (int32_t i = 0; i < options->n_owners; i++)
        (*names)[i] = (name){ options->owners[i], strlen(options->owners[i]) };
    return CAMPAIGN_OK;
}

static campaign_status offer_people(cpn_xlsx_book *book, lxw_worksheet *sheet, const cpn_form_layout *layout,
                                    int32_t column, campaign_error *error)
{
    const campaign_form_options *options = &book->style->options;
    name *names = NULL;
    int64_t n = 0;
    campaign_status status =
        options->n_owners ? take_owners(&names, &n, options, error) : collect_names(&names, &n, layout, column, error);
    if (status == CAMPAIGN_OK && n && fit_in_rule(names, n)) {
        status = offer_few(sheet, layout, column, names, n, error);
    } else if (status == CAMPAIGN_OK && n) {
        if (!book->has_owners) status = write_list(book, names, n, error);
        book->has_owners = options->n_owners > 0;
        if (status == CAMPAIGN_OK) status = refer(book, sheet, layout, column, n, error);
    }
    free(names);
    return status;
}

campaign_status cpn_xlsx_offer(cpn_xlsx_book *book, lxw_worksheet *sheet, const cpn_form_layout *layout,
                               campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < layout->n_columns && status == CAMPAIGN_OK; i++) {
        const cpn_form_column *column = &layout->columns[i];
        if (!column->field) continue;
        if (column->kind == CPN_FORM_WORD) status = offer_words(sheet, layout, i, error);
        if (column->field->is_person && column->type == CAMPAIGN_TYPE_UTF8)
            status = offer_people(book, sheet, layout, i, error);
    }
    return status;
}
#else
typedef int cpn_xlsx_is_not_built; /* a file of C has at least one declaration */
#endif
