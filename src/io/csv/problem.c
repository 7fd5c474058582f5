/* What was refused, and how it is said: the first problem as an error, or all of them as tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv/read.h"
#include "io/encoding.h"

enum { SHOWN = 60 }; /* bytes of a value that a message shows */

const cpn_io_trouble_words *cpn_io_describe(cpn_io_trouble trouble)
{
    static const cpn_io_trouble_words words[CPN_IO_N_TROUBLES] = {
        [CPN_IO_FINE] = { CAMPAIGN_OK, "", "" },
        [CPN_IO_NOT_INTEGER] = { CAMPAIGN_E_SYNTAX, "not_integer", "is not a whole number" },
        [CPN_IO_NOT_NUMBER] = { CAMPAIGN_E_SYNTAX, "not_number", "is not a number" },
        [CPN_IO_NOT_MONEY] = { CAMPAIGN_E_SYNTAX, "not_money", "is not an amount of the column's currency" },
        [CPN_IO_NOT_BOOL] = { CAMPAIGN_E_SYNTAX, "not_bool", "is none of true, false, 是, 否, 1, 0" },
        [CPN_IO_NOT_DATE] = { CAMPAIGN_E_SYNTAX, "not_date",
                              "is not a date in the column's order of year, month, day" },
        [CPN_IO_NOT_TIMESTAMP] = { CAMPAIGN_E_SYNTAX, "not_timestamp",
                                   "is not a date and time such as 2026-01-05 08:26:00" },
        [CPN_IO_NO_SUCH_DATE] = { CAMPAIGN_E_VALUE, "no_such_date", "is a date that does not exist" },
        [CPN_IO_NO_SUCH_TIME] = { CAMPAIGN_E_VALUE, "no_such_time", "is a time of day that does not exist" },
        [CPN_IO_HAS_TIME] = { CAMPAIGN_E_VALUE, "has_time", "has a time of day: declare the column as a timestamp" },
        [CPN_IO_HAS_ZONE] = { CAMPAIGN_E_UNSUPPORTED, "time_zone",
                              "has a time zone: say the shop's offset from UTC, or declare the column as text" },
        [CPN_IO_TOO_FINE] = { CAMPAIGN_E_VALUE, "too_fine", "is finer than a microsecond" },
        [CPN_IO_TOO_LARGE] = { CAMPAIGN_E_OVERFLOW, "too_large", "does not fit the column's type" },
        [CPN_IO_TOO_MANY_DECIMALS] = { CAMPAIGN_E_VALUE, "too_many_decimals",
                                       "has more decimals than the currency, and no rounding was asked for" },
        [CPN_IO_SCIENTIFIC_ID] = { CAMPAIGN_E_VALUE, "scientific_id",
                                   "is in scientific notation: a spreadsheet has destroyed this id, export the column "
                                   "as text (declare float64 if it is a measurement)" },
        [CPN_IO_LEADING_ZERO] = { CAMPAIGN_E_VALUE, "leading_zero",
                                  "is an id with a leading zero: declare the column as text" },
        [CPN_IO_NAMELESS] = { CAMPAIGN_E_SYNTAX, "nameless", "stands in a column that has no name in the header" },
        [CPN_IO_RAGGED_RECORD] = { CAMPAIGN_E_SYNTAX, "ragged", "" },
        [CPN_IO_QUOTED_BADLY] = { CAMPAIGN_E_SYNTAX, "quote", "" },
    };
    return &words[trouble];
}

/* ---- Noting ----------------------------------------------------------------------------------------------------- */

bool cpn_io_note_problem(cpn_io_reader *reader, int64_t block, cpn_io_problem problem)
{
    cpn_io_problems *problems = &reader->problems[block];
    const int64_t n_counts = (reader->n_columns + 1) * CPN_IO_N_TROUBLES;
    if (!problems->counts) problems->counts = cpn_io_alloc_zero(n_counts, sizeof *problems->counts);
    if (!problems->counts) return false;
    int64_t *count = &problems->counts[(problem.column + 1) * CPN_IO_N_TROUBLES + (int64_t)problem.trouble];
    if (*count < reader->problem_limit) {
        if (!cpn_io_reserve(&problems->list, &problems->capacity, problems->n + 1, sizeof problem)) return false;
        ((cpn_io_problem *)problems->list)[problems->n++] = problem;
    }
    ++*count;
    return true;
}

/* Of one column (-1: of the record) and trouble, over all blocks. */
static int64_t count_one(const cpn_io_reader *reader, int64_t column, int64_t trouble)
{
    int64_t n = 0;
    for (int64_t b = 0; b < reader->n_blocks; b++)
        if (reader->problems[b].counts) n += reader->problems[b].counts[(column + 1) * CPN_IO_N_TROUBLES + trouble];
    return n;
}

int64_t cpn_io_count_problems(const cpn_io_reader *reader, cpn_io_trouble trouble)
{
    int64_t n = 0;
    for (int64_t column = -1; column < reader->n_columns; column++)
        for (int64_t t = 0; t < CPN_IO_N_TROUBLES; t++)
            if (trouble == CPN_IO_FINE || (int64_t)trouble == t) n += count_one(reader, column, t);
    return n;
}

static int compare_problems(const void *left, const void *right)
{
    const cpn_io_problem *a = left, *b = right;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column); /* a cell or a record has one problem */
}

/* ---- Saying ----------------------------------------------------------------------------------------------------- */

/* Where a position of the text stands in its file. */
static cpn_io_place locate(const cpn_io_reader *reader, size_t position)
{
    cpn_io_place place = cpn_io_locate(reader->source.text, position);
    place.line += reader->lines_before;
    return place;
}

campaign_status cpn_io_fail_at(const cpn_io_reader *reader, campaign_status code, size_t position, const char *words,
                               campaign_error *error)
{
    const cpn_io_place place = locate(reader, position);
    char where[64];
    (void)snprintf(where, sizeof where, "line %lld column %lld", (long long)place.line, (long long)place.column);
    return cpn_io_fail(error, code, -1, where, "%s", words);
}

/* The beginning of a cell, control characters made blanks. */
static void show_value(char text[SHOWN + 4], cpn_io_cell cell)
{
    const size_t n = cpn_io_utf8_cut(cell.text, cell.length, SHOWN);
    for (size_t i = 0; i < n; i++) text[i] = (unsigned char)cell.text[i] < ' ' ? ' ' : cell.text[i];
    memcpy(text + n, n < cell.length ? "…" : "", n < cell.length ? 4 : 1);
}

static void say_problem(char *message, size_t room, const cpn_io_reader *reader, const cpn_io_problem *problem)
{
    char value[SHOWN + 4];
    if (problem->trouble == CPN_IO_RAGGED_RECORD) {
        (void)snprintf(message, room, "the record has %lld fields, the header has %lld", (long long)problem->n_found,
                       (long long)reader->n_fields);
    } else if (problem->trouble == CPN_IO_QUOTED_BADLY) {
        (void)snprintf(message, room,
                       "text stands behind the closing quote of a cell; the record began on line %lld, and a quote "
                       "inside a quoted cell is written twice",
                       (long long)locate(reader, problem->record).line);
    } else {
        show_value(value, problem->cell);
        const cpn_io_column *column = &reader->columns[problem->column];
        (void)snprintf(message, room, "column \"%.80s\": \"%s\" %s", column->name, value,
                       cpn_io_describe(problem->trouble)->words);
    }
    message[cpn_io_utf8_cut(message, strlen(message), room - 4)] = '\0';
}

campaign_status cpn_io_fail_first(const cpn_io_reader *reader, cpn_io_trouble trouble, campaign_error *error)
{
    const cpn_io_problem *first = NULL;
    for (int64_t b = 0; b < reader->n_blocks && !first; b++) {
        const cpn_io_problem *list = reader->problems[b].list;
        for (int64_t i = 0; i < reader->problems[b].n; i++) {
            if (trouble != CPN_IO_FINE && list[i].trouble != trouble) continue;
            if (!first || compare_problems(&list[i], first) < 0) first = &list[i];
        }
    }
    if (!first) return cpn_io_fail_nomem(error); /* cannot be: a pass fails only with a problem noted */
    char message[400];
    say_problem(message, sizeof message, reader, first);
    const campaign_status status =
        cpn_io_fail_at(reader, cpn_io_describe(first->trouble)->code, first->position, message, error);
    if (error) error->row = first->row + reader->rows_before;
    return status;
}

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

/* Appends rows and keeps the first failure. */
typedef struct writer {
    campaign_table_builder *builder;
    campaign_status status;
    campaign_error *error;
} writer;

typedef struct out_column {
    const char *name;
    int32_t type;
} out_column;

static void open_table(writer *out, const out_column *columns, int32_t n)
{
    out->status = campaign_table_builder_create(&out->builder, out->error);
    for (int32_t i = 0; out->status == CAMPAIGN_OK && i < n; i++)
        out->status =
            campaign_table_builder_add_column(out->builder, columns[i].name, columns[i].type, NULL, out->error);
}

static void put_number(writer *out, int32_t index, int64_t value)
{
    if (out->status == CAMPAIGN_OK)
        out->status = campaign_table_builder_append_int64(out->builder, index, value, out->error);
}

static void put_text(writer *out, int32_t index, const char *text)
{
    if (out->status != CAMPAIGN_OK) return;
    out->status = text ? campaign_table_builder_append_text(out->builder, index, text, strlen(text), out->error)
                       : campaign_table_builder_append_null(out->builder, index, out->error);
}

static campaign_status close_table(campaign_table **table, writer *out)
{
    *table = NULL;
    if (out->status == CAMPAIGN_OK) out->status = campaign_table_builder_finish(table, out->builder, out->error);
    campaign_table_builder_free(out->builder);
    return out->status;
}

/* The listed problems of all blocks in the order of the text, at most limit of each column and trouble. */
static campaign_status gather(cpn_io_problem **problems, int64_t *n, const cpn_io_reader *reader, campaign_error *error)
{
    int64_t n_listed = 0;
    for (int64_t b = 0; b < reader->n_blocks; b++) n_listed += reader->problems[b].n;
    cpn_io_problem *all = cpn_io_alloc(n_listed, sizeof *all);
    int64_t *counts = cpn_io_alloc_zero((reader->n_columns + 1) * CPN_IO_N_TROUBLES, sizeof *counts);
    *n = 0;
    *problems = all;
    for (int64_t b = 0; all && counts && b < reader->n_blocks; b++) {
        const cpn_io_problem *list = reader->problems[b].list;
        for (int64_t i = 0; i < reader->problems[b].n; i++) {
            int64_t *count = &counts[(list[i].column + 1) * CPN_IO_N_TROUBLES + (int64_t)list[i].trouble];
            if (++*count <= reader->problem_limit) all[(*n)++] = list[i];
        }
    }
    const bool is_done = all && counts;
    free(counts);
    if (!is_done) return cpn_io_fail_nomem(error);
    if (*n) qsort(all, (size_t)*n, sizeof *all, compare_problems);
    return CAMPAIGN_OK;
}

static void put_problem(writer *out, const cpn_io_reader *reader, const cpn_io_problem *problem, int64_t *lines,
                        size_t *counted)
{
    /* Problems come in the order of the text, and places within a record hardly go back: lines are counted on. */
    char message[400], value[SHOWN + 4];
    const char *text = reader->source.text;
    size_t start = problem->position;
    while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r') start--;
    if (start < *counted) {
        *lines -= cpn_io_count_lines(text + start, *counted - start);
    } else {
        *lines += cpn_io_count_lines(text + *counted, start - *counted);
    }
    *counted = start;
    say_problem(message, sizeof message, reader, problem);
    const bool is_cell = problem->column >= 0;
    if (is_cell) show_value(value, problem->cell);
    put_number(out, 0, problem->row);
    put_number(out, 1, *lines + 1);
    put_number(out, 2, cpn_io_utf8_count(text + start, problem->position - start) + 1);
    put_text(out, 3, is_cell ? reader->columns[problem->column].name : NULL);
    put_text(out, 4, campaign_status_name(cpn_io_describe(problem->trouble)->code));
    put_text(out, 5, cpn_io_describe(problem->trouble)->kind);
    put_text(out, 6, is_cell ? value : NULL);
    put_text(out, 7, message);
}

campaign_status cpn_io_list_problems(campaign_table **problems, const cpn_io_reader *reader, campaign_error *error)
{
    static const out_column columns[] = {
        { "row", CAMPAIGN_TYPE_INT64 },   { "line", CAMPAIGN_TYPE_INT64 },   { "position", CAMPAIGN_TYPE_INT64 },
        { "column", CAMPAIGN_TYPE_UTF8 }, { "code", CAMPAIGN_TYPE_UTF8 },    { "kind", CAMPAIGN_TYPE_UTF8 },
        { "value", CAMPAIGN_TYPE_UTF8 },  { "message", CAMPAIGN_TYPE_UTF8 },
    };
    cpn_io_problem *all = NULL;
    int64_t n = 0, lines = 0;
    size_t counted = 0;
    campaign_status status = gather(&all, &n, reader, error);
    if (status == CAMPAIGN_OK) {
        writer out = { .error = error };
        open_table(&out, columns, (int32_t)(sizeof columns / sizeof *columns));
        for (int64_t i = 0; i < n && out.status == CAMPAIGN_OK; i++)
            put_problem(&out, reader, &all[i], &lines, &counted);
        status = close_table(problems, &out);
    }
    free(all);
    return status;
}

campaign_status cpn_io_list_counts(campaign_table **counts, const cpn_io_reader *reader, campaign_error *error)
{
    static const out_column columns[] = { { "column", CAMPAIGN_TYPE_UTF8 },
                                          { "kind", CAMPAIGN_TYPE_UTF8 },
                                          { "n", CAMPAIGN_TYPE_INT64 } };
    writer out = { .error = error };
    open_table(&out, columns, (int32_t)(sizeof columns / sizeof *columns));
    for (int64_t column = -1; column < reader->n_columns; column++)
        for (int64_t t = 0; t < CPN_IO_N_TROUBLES; t++) {
            const int64_t n = count_one(reader, column, t);
            if (n == 0) continue;
            put_text(&out, 0, column >= 0 ? reader->columns[column].name : NULL);
            put_text(&out, 1, cpn_io_describe((cpn_io_trouble)t)->kind);
            put_number(&out, 2, n);
        }
    return close_table(counts, &out);
}
