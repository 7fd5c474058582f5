/* The cells of a CSV file as text: its header first, then its records under one another, as a spreadsheet shows them. */
#include <campaign/io.h>
#include <stdlib.h>
#include <string.h>

#include "io/forms/grid.h"

enum { MOST_TITLES = 5 };

static campaign_csv_options plain_options(void)
{
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.encoding = CAMPAIGN_CSV_ENCODING_AUTO;
    options.delimiter = CAMPAIGN_CSV_DELIMITER_AUTO;
    return options;
}

/* Declares every column that a first look found as text. */
static campaign_status declare_text(campaign_csv_column **columns, const campaign_table *table, campaign_error *error)
{
    const int32_t n = campaign_table_n_columns(table);
    *columns = cpn_io_alloc_zero(n, sizeof **columns);
    if (!*columns) return cpn_io_fail_nomem(error);
    for (int32_t i = 0; i < n; i++) {
        campaign_column found = CAMPAIGN_COLUMN_INIT;
        const campaign_status status = campaign_table_column(&found, table, i, error);
        if (status != CAMPAIGN_OK) return status;
        (*columns)[i] = (campaign_csv_column)CAMPAIGN_CSV_COLUMN_INIT;
        (*columns)[i].name = found.name;
        (*columns)[i].type = CAMPAIGN_TYPE_UTF8;
    }
    return CAMPAIGN_OK;
}

static bool has_heading(const campaign_table *table, const cpn_form *form)
{
    for (int32_t i = 0; i < campaign_table_n_columns(table); i++) {
        campaign_column found = CAMPAIGN_COLUMN_INIT;
        if (campaign_table_column(&found, table, i, NULL) == CAMPAIGN_OK &&
            cpn_form_knows(form, found.name, strlen(found.name)))
            return true;
    }
    return false;
}

/* A first look at the columns, below as many title lines as there are; where no line has a heading, at the whole file. */
static campaign_status look_at(campaign_table **look, int32_t *n_titles, const char *path, const cpn_form *form,
                               campaign_error *error)
{
    campaign_csv_options options = plain_options();
    options.on_problem = CAMPAIGN_CSV_SKIP;
    for (*n_titles = 0; *n_titles <= MOST_TITLES; ++*n_titles) {
        options.n_lines_before_header = *n_titles;
        const campaign_status status = campaign_io_read_csv(look, NULL, path, &options, NULL, NULL);
        if (status == CAMPAIGN_OK && has_heading(*look, form)) return CAMPAIGN_OK;
        campaign_table_free(*look);
        *look = NULL;
        if (status == CAMPAIGN_E_NOMEM) return cpn_io_fail_nomem(error);
    }
    *n_titles = 0;
    options.n_lines_before_header = 0;
    return campaign_io_read_csv(look, NULL, path, &options, NULL, error);
}

static campaign_status read_as_text(campaign_table **table, int32_t *n_titles, const char *path, const cpn_form *form,
                                    campaign_error *error)
{
    campaign_table *look = NULL;
    campaign_csv_column *columns = NULL;
    campaign_csv_options options = plain_options();
    campaign_status status = look_at(&look, n_titles, path, form, error);
    if (status == CAMPAIGN_OK) status = declare_text(&columns, look, error);
    if (status == CAMPAIGN_OK) {
        options.columns = columns, options.n_columns = campaign_table_n_columns(look);
        options.n_lines_before_header = *n_titles;
        status = campaign_io_read_csv(table, NULL, path, &options, NULL, error);
    }
    free(columns);
    campaign_table_free(look);
    return status;
}

static campaign_status add_header(cpn_grid *grid, const campaign_table *table, int32_t first, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < campaign_table_n_columns(table) && status == CAMPAIGN_OK; i++) {
        campaign_column found = CAMPAIGN_COLUMN_INIT;
        const cpn_grid_cell cell = { .row = first, .column = i, .kind = CPN_GRID_TEXT };
        status = campaign_table_column(&found, table, i, error);
        if (status == CAMPAIGN_OK) status = cpn_grid_add(grid, &cell, found.name, strlen(found.name), error);
    }
    return status;
}

/* Whether the first apostrophe is what guards_formulas of the writer puts before text that a spreadsheet would run. */
static bool is_guarded(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && text[i] == '\'') i++;
    return i > 0 && i < length && memchr("=+-@\t\r", text[i], 6) != NULL;
}

static campaign_status add_row(cpn_grid *grid, const campaign_table *table, int64_t row, int32_t first,
                               campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < campaign_table_n_columns(table) && status == CAMPAIGN_OK; i++) {
        size_t length = 0;
        cpn_grid_cell cell = { .row = (int32_t)row + first + 1, .column = i, .kind = CPN_GRID_TEXT };
        const char *text = campaign_table_text(table, i, row, &length);
        if (!text || !length) continue;
        cell.is_unguarded = is_guarded(text, length);
        status = cpn_grid_add(grid, &cell, text + cell.is_unguarded, length - cell.is_unguarded, error);
    }
    return status;
}

campaign_status cpn_grid_read_csv(cpn_grid *grid, const char *path, const cpn_form *form, campaign_error *error)
{
    int32_t n_titles = 0;
    campaign_table *table = NULL;
    campaign_status status = read_as_text(&table, &n_titles, path, form, error);
    if (status == CAMPAIGN_OK && campaign_table_n_rows(table) > CPN_GRID_MOST_CELLS)
        status = cpn_io_fail(error, CAMPAIGN_E_LIMIT, -1, path, "more than %d rows", CPN_GRID_MOST_CELLS);
    if (status == CAMPAIGN_OK) status = add_header(grid, table, n_titles, error);
    for (int64_t row = 0; row < campaign_table_n_rows(table) && status == CAMPAIGN_OK; row++)
        status = add_row(grid, table, row, n_titles, error);
    campaign_table_free(table);
    return status;
}
