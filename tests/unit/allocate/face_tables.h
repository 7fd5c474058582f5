/* Tables of the budget's tests from text, and the call with what it leaves. */
#ifndef CPN_TESTS_FACE_TABLES_H
#define CPN_TESTS_FACE_TABLES_H

#include <campaign/allocate_budget.h>
#include <math.h>
#include <stdbool.h>

#include "../../check.h"

enum { MOST_COLUMNS = 24, MOST_TEXT = 4096 };

static inline int32_t type_of_mark(char mark)
{
    return mark == '#'   ? CAMPAIGN_TYPE_FLOAT64
           : mark == '%' ? CAMPAIGN_TYPE_INT64
           : mark == '$' ? CAMPAIGN_TYPE_MONEY
           : mark == '?' ? CAMPAIGN_TYPE_BOOL
                         : CAMPAIGN_TYPE_UTF8;
}

static inline void append_cell(campaign_table_builder *builder, int32_t column, int32_t type, const char *cell)
{
    campaign_error error = { 0 };
    campaign_status status;
    if (strcmp(cell, "-") == 0)
        status = campaign_table_builder_append_null(builder, column, &error);
    else if (type == CAMPAIGN_TYPE_UTF8)
        status = campaign_table_builder_append_text(builder, column, cell, strlen(cell), &error);
    else if (type == CAMPAIGN_TYPE_FLOAT64)
        status = campaign_table_builder_append_float64(builder, column, strtod(cell, NULL), &error);
    else
        status = campaign_table_builder_append_int64(builder, column, strtoll(cell, NULL, 10), &error);
    assert_ok(status, error);
}

/* Columns are words whose last character is a type: # float64, % int64, $ money of CNY in minor units, ? bool, otherwise
 * text. Rows end with ";", cells stand between blanks, - is null. */
static inline campaign_table *table_of(const char *columns, const char *rows)
{
    char text[MOST_TEXT], *rest = text;
    int32_t types[MOST_COLUMNS], n = 0, at = 0;
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_true(strlen(columns) < MOST_TEXT && strlen(rows) < MOST_TEXT);
    (void)snprintf(text, sizeof text, "%s", columns);
    for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        types[n] = type_of_mark(word[strlen(word) - 1]);
        if (types[n] != CAMPAIGN_TYPE_UTF8) word[strlen(word) - 1] = '\0';
        assert_ok(campaign_table_builder_add_column(builder, word, types[n],
                                                    types[n] == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, &error),
                  error);
        n++;
    }
    (void)snprintf(text, sizeof text, "%s", rows);
    for (char *word = strtok_r(text, " ;\n", &rest); word; word = strtok_r(NULL, " ;\n", &rest), at++)
        append_cell(builder, at % n, types[at % n], word);
    assert_int_equal(at % n, 0);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* A call and its answer. Tables are freed with it. */
typedef struct face {
    campaign_table *items, *groups, *points, *samples, *allocation;
    campaign_allocate_budget_options options;
    campaign_allocate_budget_report report;
    campaign_error error;
    campaign_status status;
    int32_t n_threads;
} face;

static inline face face_of(campaign_table *items)
{
    return (face){ .items = items,
                   .options = CAMPAIGN_ALLOCATE_BUDGET_OPTIONS_INIT,
                   .report = CAMPAIGN_ALLOCATE_BUDGET_REPORT_INIT };
}

static inline void set_budget(face *f, double budget)
{
    f->options.has_budget = 1;
    f->options.budget = budget;
}

static inline void run_face(face *f)
{
    campaign_allocate_budget_inputs inputs = CAMPAIGN_ALLOCATE_BUDGET_INPUTS_INIT;
    inputs.items = f->items, inputs.groups = f->groups, inputs.points = f->points, inputs.samples = f->samples;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.n_threads = f->n_threads;
    campaign_table_free(f->allocation);
    campaign_allocate_budget_report_clear(&f->report);
    f->status = campaign_allocate_budget(&f->allocation, &f->report, &inputs, &f->options, &runtime, &f->error);
    if (f->status != CAMPAIGN_OK) {
        assert_null(f->allocation);
        assert_null(f->report.summary);
    }
}

static inline void drop_face(face *f)
{
    campaign_table_free(f->items);
    campaign_table_free(f->groups);
    campaign_table_free(f->points);
    campaign_table_free(f->samples);
    campaign_table_free(f->allocation);
    campaign_allocate_budget_report_clear(&f->report);
}

static inline double number_at(const campaign_table *table, const char *column, int64_t row)
{
    const int32_t index = campaign_table_find(table, column);
    assert_true(index >= 0 && row < campaign_table_n_rows(table));
    return campaign_table_float64(table, index, row);
}

static inline const char *text_at(char text[400], const campaign_table *table, const char *column, int64_t row)
{
    const int32_t index = campaign_table_find(table, column);
    assert_true(index >= 0 && row < campaign_table_n_rows(table));
    (void)campaign_table_format(text, 400, table, index, row);
    return text;
}

#define assert_text(table_, column_, row_, expected_)                                                                  \
    do {                                                                                                               \
        char cell_[400];                                                                                               \
        assert_string_equal(text_at(cell_, table_, column_, row_), expected_);                                         \
    } while (0)

#define assert_near(found_, expected_, tolerance_)                                                                     \
    do {                                                                                                               \
        const double near_found_ = (found_), near_expected_ = (expected_);                                             \
        if (!(fabs(near_found_ - near_expected_) <= (tolerance_)))                                                     \
            fail_msg("%.17g, expected %.17g", near_found_, near_expected_);                                            \
    } while (0)

#endif
