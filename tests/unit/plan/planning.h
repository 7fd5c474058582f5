/* Orders and plans for the planner's tests. */
#ifndef CPN_TESTS_PLANNING_H
#define CPN_TESTS_PLANNING_H

#include "check.h"

#include <campaign/plan.h>

#include "base/date.h"
#include "base/random.h"

typedef struct order_row {
    int32_t day;
    int64_t minor;
    const char *product_line, *market; /* NULL: null */
} order_row;

/* Orders with date, amount and, where asked for, product_line and market. */
static inline campaign_table *make_orders(const order_row *rows, int64_t n, bool has_dimensions, const char *currency)
{
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *table;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, currency, &error), error);
    if (has_dimensions) {
        assert_ok(campaign_table_builder_add_column(builder, "product_line", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
        assert_ok(campaign_table_builder_add_column(builder, "market", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    }
    for (int64_t i = 0; i < n; i++) {
        assert_ok(campaign_table_builder_append_int64(builder, 0, rows[i].day, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 1, rows[i].minor, &error), error);
        for (int32_t c = 0; has_dimensions && c < 2; c++) {
            const char *text = c == 0 ? rows[i].product_line : rows[i].market;
            assert_ok(text ? campaign_table_builder_append_text(builder, 2 + c, text, strlen(text), &error)
                           : campaign_table_builder_append_null(builder, 2 + c, &error),
                      error);
        }
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static const char *const test_lines[] = { "坚果", "果干", "肉脯" };
static const char *const test_markets[] = { "华东", "华北", "华南", "西南" };

/* Seeded orders of whole years from first_year on, with a weekday and a year's rhythm; every thirtieth is a return. */
static inline campaign_table *make_history(int32_t first_year, int32_t n_years, bool is_shuffled)
{
    const int32_t first = cpn_day_from_civil(first_year, 1, 1), end = cpn_day_from_civil(first_year + n_years, 1, 1);
    const int64_t n = ((int64_t)end - first) * 8;
    order_row *rows = malloc((size_t)n * sizeof *rows);
    cpn_random random;
    cpn_random_seed(&random, 20270206);
    for (int64_t i = 0; i < n; i++) {
        const int32_t day = first + (int32_t)(i / 8);
        const int64_t base = 2000 + 1500 * (cpn_weekday(day) >= 6) + 300 * cpn_civil_from_day(day).month;
        const int64_t line = cpn_random_below(&random, 3), market = cpn_random_below(&random, 4);
        const int64_t minor = cpn_random_below(&random, base * (line + 2) * (market + 1));
        rows[i] = (order_row){ day, i % 30 == 29 ? -minor : minor, test_lines[line], test_markets[market] };
    }
    for (int64_t i = n - 1; is_shuffled && i > 0; i--) {
        const int64_t j = cpn_random_below(&random, i + 1);
        const order_row kept = rows[i];
        rows[i] = rows[j];
        rows[j] = kept;
    }
    campaign_table *table = make_orders(rows, n, true, "CNY");
    free(rows);
    return table;
}

static inline campaign_plan *make_plan(const char *request, const campaign_table *orders)
{
    campaign_error error;
    campaign_plan *plan;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    inputs.orders = orders;
    assert_ok(campaign_plan_create(&plan, request, strlen(request), &inputs, NULL, &error), error);
    return plan;
}

static inline campaign_table *take_table(const campaign_plan *plan, const char *name)
{
    campaign_error error;
    campaign_table *table;
    assert_ok(campaign_plan_table(&table, plan, name, &error), error);
    return table;
}

/* Whether a cell, printed, is that text. */
static inline bool cell_is(const campaign_table *table, const char *column, int64_t row, const char *expected)
{
    char text[256];
    (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, column), row);
    return strcmp(text, expected) == 0;
}

/* First row whose two cells print as given; column b may be NULL. -1: none. */
static inline int64_t find_row(const campaign_table *table, const char *column_a, const char *a, const char *column_b,
                               const char *b)
{
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++)
        if (cell_is(table, column_a, row, a) && (!column_b || cell_is(table, column_b, row, b))) return row;
    return -1;
}

static inline int64_t number_at(const campaign_table *table, const char *column, int64_t row)
{
    assert_true(row >= 0);
    return campaign_table_int64(table, campaign_table_find(table, column), row);
}

static inline bool has_note(const campaign_plan *plan, const char *code)
{
    campaign_table *notes = take_table(plan, "notes");
    const bool has = find_row(notes, "code", code, NULL, NULL) >= 0;
    campaign_table_free(notes);
    return has;
}

static inline char *save_plan(const campaign_plan *plan)
{
    campaign_error error;
    char *json = NULL;
    size_t length = 0;
    assert_ok(campaign_plan_save(&json, &length, plan, &error), error);
    assert_int_equal(strlen(json), length);
    return json;
}

/* Asserts that a request is refused with a code, and that the place or the sentence holds a word. */
static inline void assert_refused(const char *request, const campaign_table *orders, campaign_status code,
                                  const char *word)
{
    campaign_error error = { 0 };
    campaign_plan *plan = (campaign_plan *)&error;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    inputs.orders = orders;
    const campaign_status status = campaign_plan_create(&plan, request, strlen(request), &inputs, NULL, &error);
    if (status != code || (!strstr(error.message, word) && !strstr(error.where, word)))
        fail_msg("%s: %s at \"%s\": %s", request, campaign_status_name(status), error.where, error.message);
    assert_null(plan);
    assert_int_equal(error.code, code);
}

#endif
