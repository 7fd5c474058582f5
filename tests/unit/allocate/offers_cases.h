/* Small cases of offers: their tables, and their best choices by trying all, straight from the definitions. */
#ifndef CPN_TESTS_OFFERS_CASES_H
#define CPN_TESTS_OFFERS_CASES_H

#include <campaign/allocate_offers.h>
#include <math.h>
#include <stdbool.h>

#include "../../check.h"
#include "base/random.h"

enum { MOST_CUSTOMERS = 5, MOST_OFFERS = 4, MOST_BUDGETS = 6, NONE = -1 };

/* A budget: NONE = any. */
typedef struct case_budget {
    int64_t amount, count, cost, offer, region, category; /* amount or count is NONE; cost 0 or 1 */
} case_budget;

typedef struct offers_case {
    int32_t n_customers, n_offers, n_budgets;
    int64_t values[MOST_CUSTOMERS][MOST_OFFERS]; /* NONE - 1000 = not possible */
    int64_t costs[MOST_CUSTOMERS][MOST_OFFERS][2];
    int64_t region[MOST_CUSTOMERS], most[MOST_CUSTOMERS];
    int64_t category[MOST_OFFERS], stock[MOST_OFFERS];
    case_budget budgets[MOST_BUDGETS];
    int64_t category_most[2]; /* limits of each customer; NONE = none */
    bool is_exact, is_money;
} offers_case;

#define IMPOSSIBLE (-1001)

static inline campaign_table_builder *open_table(const char *const *names, const int32_t *types, int32_t n)
{
    campaign_table_builder *builder = NULL;
    assert_int_equal(campaign_table_builder_create(&builder, NULL), CAMPAIGN_OK);
    for (int32_t i = 0; i < n; i++)
        assert_int_equal(campaign_table_builder_add_column(builder, names[i], types[i],
                                                           types[i] == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, NULL),
                         CAMPAIGN_OK);
    return builder;
}

static inline void put(campaign_table_builder *builder, int32_t column, int64_t value)
{
    assert_int_equal(value == NONE ? campaign_table_builder_append_null(builder, column, NULL)
                                   : campaign_table_builder_append_int64(builder, column, value, NULL),
                     CAMPAIGN_OK);
}

/* Money in minor units, or a float that is a whole number. */
static inline void put_amount(campaign_table_builder *builder, int32_t column, int64_t value, bool is_money)
{
    if (is_money || value == NONE)
        put(builder, column, value);
    else
        assert_int_equal(campaign_table_builder_append_float64(builder, column, (double)value, NULL), CAMPAIGN_OK);
}

static inline void put_text(campaign_table_builder *builder, int32_t column, const char *text)
{
    assert_int_equal(text ? campaign_table_builder_append_text(builder, column, text, strlen(text), NULL)
                          : campaign_table_builder_append_null(builder, column, NULL),
                     CAMPAIGN_OK);
}

static inline campaign_table *close_table(campaign_table_builder *builder)
{
    campaign_table *table = NULL;
    assert_int_equal(campaign_table_builder_finish(&table, builder, NULL), CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return table;
}

static inline campaign_table *pairs_table(const offers_case *c, bool is_reversed)
{
    static const char *const names[] = { "customer", "offer", "value", "cost", "points" };
    const int32_t kind = c->is_money ? CAMPAIGN_TYPE_MONEY : CAMPAIGN_TYPE_FLOAT64;
    const int32_t types[] = { CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_INT64, kind, kind, kind };
    campaign_table_builder *builder = open_table(names, types, 5);
    const int32_t n = c->n_customers * c->n_offers;
    for (int32_t at = 0; at < n; at++) {
        const int32_t row = is_reversed ? n - 1 - at : at, i = row / c->n_offers, k = row % c->n_offers;
        if (c->values[i][k] == IMPOSSIBLE) continue;
        put(builder, 0, 100 + i);
        put(builder, 1, 10 + k);
        if (c->is_money)
            assert_int_equal(campaign_table_builder_append_int64(builder, 2, c->values[i][k], NULL), CAMPAIGN_OK);
        else
            assert_int_equal(campaign_table_builder_append_float64(builder, 2, (double)c->values[i][k], NULL),
                             CAMPAIGN_OK);
        put_amount(builder, 3, c->costs[i][k][0], c->is_money);
        put_amount(builder, 4, c->costs[i][k][1], c->is_money);
    }
    return close_table(builder);
}

/* The same pairs with one row per customer. */
static inline campaign_table *columns_table(const offers_case *c, bool is_reversed)
{
    const int32_t kind = c->is_money ? CAMPAIGN_TYPE_MONEY : CAMPAIGN_TYPE_FLOAT64;
    static const char *const prefixes[] = { "value", "cost", "points" };
    const char *names[1 + 3 * MOST_OFFERS];
    char texts[3 * MOST_OFFERS][16];
    int32_t types[1 + 3 * MOST_OFFERS];
    names[0] = "customer";
    types[0] = CAMPAIGN_TYPE_INT64;
    for (int32_t k = 0; k < c->n_offers; k++)
        for (int32_t p = 0; p < 3; p++) {
            const int32_t at = k * 3 + p;
            (void)snprintf(texts[at], sizeof texts[at], "%s_%ld", prefixes[p], 10 + (long)k);
            names[1 + at] = texts[at];
            types[1 + at] = kind;
        }
    campaign_table_builder *builder = open_table(names, types, 1 + 3 * c->n_offers);
    for (int32_t at = 0; at < c->n_customers; at++) {
        const int32_t i = is_reversed ? c->n_customers - 1 - at : at;
        put(builder, 0, 100 + i);
        for (int32_t k = 0; k < c->n_offers; k++) {
            const int64_t value = c->values[i][k];
            if (value == IMPOSSIBLE)
                put(builder, 1 + 3 * k, NONE);
            else if (c->is_money)
                assert_int_equal(campaign_table_builder_append_int64(builder, 1 + 3 * k, value, NULL), CAMPAIGN_OK);
            else
                assert_int_equal(campaign_table_builder_append_float64(builder, 1 + 3 * k, (double)value, NULL),
                                 CAMPAIGN_OK);
            put_amount(builder, 2 + 3 * k, value == IMPOSSIBLE ? NONE : c->costs[i][k][0], c->is_money);
            put_amount(builder, 3 + 3 * k, value == IMPOSSIBLE ? NONE : c->costs[i][k][1], c->is_money);
        }
    }
    return close_table(builder);
}

static inline campaign_table *customers_table(const offers_case *c, bool is_reversed)
{
    static const char *const names[] = { "customer", "region", "most" };
    static const int32_t types[] = { CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_INT32 };
    campaign_table_builder *builder = open_table(names, types, 3);
    for (int32_t at = 0; at < c->n_customers; at++) {
        const int32_t i = is_reversed ? c->n_customers - 1 - at : at;
        put(builder, 0, 100 + i);
        put_text(builder, 1, c->region[i] == 0 ? "north" : c->region[i] == 1 ? "south" : NULL);
        put(builder, 2, c->most[i]);
    }
    return close_table(builder);
}

static inline campaign_table *offers_table(const offers_case *c, bool is_reversed)
{
    static const char *const names[] = { "offer", "category", "stock" };
    static const int32_t types[] = { CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_INT32, CAMPAIGN_TYPE_INT64 };
    campaign_table_builder *builder = open_table(names, types, 3);
    for (int32_t at = 0; at < c->n_offers; at++) {
        const int32_t k = is_reversed ? c->n_offers - 1 - at : at;
        put(builder, 0, 10 + k);
        put(builder, 1, c->category[k]);
        put(builder, 2, c->stock[k]);
    }
    return close_table(builder);
}

static inline campaign_table *budgets_table(const offers_case *c)
{
    static const char *const names[] = { "amount", "count", "cost", "offer", "region", "category" };
    const int32_t types[] = { c->is_money ? CAMPAIGN_TYPE_MONEY : CAMPAIGN_TYPE_FLOAT64,
                              CAMPAIGN_TYPE_INT64,
                              CAMPAIGN_TYPE_UTF8,
                              CAMPAIGN_TYPE_INT32,
                              CAMPAIGN_TYPE_UTF8,
                              CAMPAIGN_TYPE_INT32 };
    campaign_table_builder *builder = open_table(names, types, 6);
    for (int32_t b = 0; b < c->n_budgets; b++) {
        const case_budget *budget = &c->budgets[b];
        put_amount(builder, 0, budget->amount, c->is_money);
        put(builder, 1, budget->count);
        put_text(builder, 2, budget->cost == 1 ? "points" : NULL);
        put(builder, 3, budget->offer == NONE ? NONE : 10 + budget->offer);
        put_text(builder, 4, budget->region == 0 ? "north" : budget->region == 1 ? "south" : NULL);
        put(builder, 5, budget->category);
    }
    return close_table(builder);
}

static inline campaign_table *limits_table(const offers_case *c)
{
    static const char *const names[] = { "category", "most" };
    static const int32_t types[] = { CAMPAIGN_TYPE_INT32, CAMPAIGN_TYPE_INT64 };
    campaign_table_builder *builder = open_table(names, types, 2);
    for (int32_t i = 0; i < 2; i++) {
        if (c->category_most[i] == NONE) continue;
        put(builder, 0, i);
        put(builder, 1, c->category_most[i]);
    }
    return close_table(builder);
}

typedef struct case_result {
    campaign_table *choices;
    campaign_allocate_offers_report report;
} case_result;

/* How a case is run. */
typedef struct case_run {
    bool is_reversed, has_columns; /* rows in the other order; one row per customer */
    int32_t n_threads;
    bool is_fractional;
} case_run;

static inline campaign_status run_case(case_result *result, const offers_case *c, const case_run *run,
                                       campaign_error *error)
{
    const campaign_allocate_offers_report empty = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_options options = CAMPAIGN_ALLOCATE_OFFERS_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_table *tables[] = { run->has_columns ? columns_table(c, run->is_reversed)
                                                  : pairs_table(c, run->is_reversed),
                                 customers_table(c, run->is_reversed), offers_table(c, run->is_reversed),
                                 budgets_table(c), limits_table(c) };
    inputs.pairs = tables[0], inputs.customers = tables[1], inputs.offers = tables[2];
    inputs.budgets = tables[3], inputs.limits = tables[4];
    options.is_exact = c->is_exact;
    options.is_fractional = run->is_fractional;
    runtime.n_threads = run->n_threads;
    result->report = empty;
    result->choices = NULL;
    const campaign_status status =
        campaign_allocate_offers(&result->choices, &result->report, &inputs, &options, &runtime, error);
    for (int32_t i = 0; i < 5; i++) campaign_table_free(tables[i]);
    return status;
}

static inline void clear_result(case_result *result)
{
    campaign_table_free(result->choices);
    campaign_allocate_offers_report_clear(&result->report);
}

/* ---- By definition ----------------------------------------------------------------------------------------------- */

static inline bool holds(const offers_case *c, const case_budget *budget, int32_t i, int32_t k)
{
    return (budget->offer == NONE || budget->offer == k) &&
           (budget->region == NONE || budget->region == c->region[i]) &&
           (budget->category == NONE || budget->category == c->category[k]);
}

/* Whether choices (a bit for each offer of each customer) keep every shared limit. */
static inline bool keeps_budgets(const offers_case *c, const uint32_t *masks)
{
    int64_t given[MOST_OFFERS] = { 0 };
    for (int32_t i = 0; i < c->n_customers; i++)
        for (int32_t k = 0; k < c->n_offers; k++) given[k] += masks[i] >> k & 1;
    for (int32_t k = 0; k < c->n_offers; k++)
        if (c->stock[k] != NONE && given[k] > c->stock[k]) return false;
    for (int32_t b = 0; b < c->n_budgets; b++) {
        const case_budget *budget = &c->budgets[b];
        int64_t sum = 0;
        for (int32_t i = 0; i < c->n_customers; i++)
            for (int32_t k = 0; k < c->n_offers; k++)
                if ((masks[i] >> k & 1) && holds(c, budget, i, k))
                    sum += budget->amount == NONE ? 1 : c->costs[i][k][budget->cost == 1];
        if (sum > (budget->amount == NONE ? budget->count : budget->amount)) return false;
    }
    return true;
}

static inline bool keeps_own_limits(const offers_case *c, int32_t i, uint32_t mask)
{
    int64_t n = 0, by_category[2] = { 0, 0 };
    for (int32_t k = 0; k < c->n_offers; k++) {
        if (!(mask >> k & 1)) continue;
        if (c->values[i][k] == IMPOSSIBLE) return false;
        n++;
        if (c->category[k] != NONE) by_category[c->category[k]]++;
    }
    for (int32_t a = 0; a < 2; a++)
        if (c->category_most[a] != NONE && by_category[a] > c->category_most[a]) return false;
    const int64_t most = c->most[i] == NONE ? 1 : c->most[i];
    return c->is_exact ? n == most : n <= most;
}

static inline int64_t value_of(const offers_case *c, int32_t i, uint32_t mask)
{
    int64_t value = 0;
    for (int32_t k = 0; k < c->n_offers; k++)
        if (mask >> k & 1) value += c->values[i][k];
    return value;
}

/* The best of all choices; false where there is none. */
static inline bool try_all(int64_t *best, const offers_case *c)
{
    uint32_t masks[MOST_CUSTOMERS] = { 0 };
    const uint32_t end = UINT32_C(1) << c->n_offers;
    bool is_found = false;
    for (;;) {
        int64_t value = 0;
        bool is_fine = true;
        for (int32_t i = 0; i < c->n_customers && is_fine; i++) {
            is_fine = keeps_own_limits(c, i, masks[i]);
            value += is_fine ? value_of(c, i, masks[i]) : 0;
        }
        if (is_fine && (!is_found || value > *best) && keeps_budgets(c, masks)) {
            *best = value;
            is_found = true;
        }
        int32_t i = 0;
        while (i < c->n_customers && ++masks[i] == end) masks[i++] = 0;
        if (i == c->n_customers) return is_found;
    }
}

/* What a table of choices is worth; fails where it breaks a rule. */
static inline int64_t value_of_choices(const offers_case *c, const campaign_table *choices)
{
    uint32_t masks[MOST_CUSTOMERS] = { 0 };
    int64_t value = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(choices); row++) {
        const int64_t i = campaign_table_int64(choices, 0, row) - 100, k = campaign_table_int64(choices, 1, row) - 10;
        assert_true(i >= 0 && i < c->n_customers && k >= 0 && k < c->n_offers);
        assert_false(masks[i] >> k & 1);
        masks[i] |= UINT32_C(1) << k;
        assert_true(campaign_table_float64(choices, 2, row) == (double)c->values[i][k]);
    }
    for (int32_t i = 0; i < c->n_customers; i++) {
        assert_true(keeps_own_limits(c, i, masks[i]));
        value += value_of(c, i, masks[i]);
    }
    assert_true(keeps_budgets(c, masks));
    return value;
}

/* ---- Drawing ----------------------------------------------------------------------------------------------------- */

static inline int64_t draw(cpn_random *random, int64_t from, int64_t to)
{
    return from + cpn_random_below(random, to - from + 1);
}

static inline void draw_case(offers_case *c, cpn_random *random)
{
    memset(c, 0, sizeof *c);
    c->n_customers = (int32_t)draw(random, 1, 4);
    c->n_offers = (int32_t)draw(random, 1, MOST_OFFERS);
    c->is_money = draw(random, 0, 1);
    c->is_exact = draw(random, 0, 3) == 0;
    for (int32_t k = 0; k < c->n_offers; k++) {
        c->category[k] = draw(random, NONE, 1);
        c->stock[k] = draw(random, 0, 2) ? NONE : draw(random, 0, 3);
    }
    for (int32_t i = 0; i < c->n_customers; i++) {
        c->region[i] = draw(random, NONE, 1);
        c->most[i] = draw(random, 0, 1) ? NONE : draw(random, 0, 3);
        for (int32_t k = 0; k < c->n_offers; k++) {
            c->values[i][k] = draw(random, 0, 9) ? draw(random, -20, 100) : IMPOSSIBLE;
            for (int32_t a = 0; a < 2; a++) c->costs[i][k][a] = draw(random, 0, 30);
        }
    }
    c->n_budgets = (int32_t)draw(random, 0, MOST_BUDGETS);
    for (int32_t b = 0; b < c->n_budgets; b++) {
        const bool is_count = draw(random, 0, 3) == 0;
        c->budgets[b] = (case_budget){ is_count ? NONE : draw(random, 0, 60),
                                       is_count ? draw(random, 0, 4) : NONE,
                                       draw(random, 0, 1),
                                       draw(random, NONE, c->n_offers - 1),
                                       draw(random, NONE, 1),
                                       draw(random, NONE, 1) };
        /* A key that no offer has would be refused. */
        if (c->budgets[b].offer >= 0 && draw(random, 0, 1)) c->budgets[b].offer = NONE;
    }
    for (int32_t a = 0; a < 2; a++) {
        bool is_there = false;
        for (int32_t k = 0; k < c->n_offers; k++) is_there = is_there || c->category[k] == a;
        c->category_most[a] = is_there && draw(random, 0, 1) ? draw(random, 0, 2) : NONE;
    }
}

#endif
