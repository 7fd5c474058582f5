/* Small cases of promotion weeks: their tables, and their best calendar by trying all, straight from the definitions. */
#ifndef CPN_TESTS_WEEKS_CASES_H
#define CPN_TESTS_WEEKS_CASES_H

#include <campaign/promotion_weeks.h>
#include <math.h>
#include <stdbool.h>

#include "../../check.h"
#include "base/random.h"

enum { MOST_ITEMS = 3, MOST_WEEKS = 8, MOST_STEPS = 3, MOST_PAST = 8, NONE = -1 };

typedef struct case_item {
    int64_t price, cost, promotion_cost, slots;
    double base, elasticity, memory[6], reference_weight, reference_decay;
    int64_t gap, max_promotions, max_per_quarter, together; /* NONE = not given */
    int64_t ladder[MOST_STEPS], step_cost[MOST_STEPS], step_slots[MOST_STEPS];
    double season[MOST_WEEKS]; /* NAN = the week's */
    int64_t blackout[MOST_WEEKS], forced[MOST_WEEKS], forced_price[MOST_WEEKS];
    int64_t past[MOST_PAST]; /* 0 = regular */
    int64_t in_group;
} case_item;

typedef struct weeks_case {
    int32_t n_items, n_weeks, n_steps;
    case_item items[MOST_ITEMS];
    double season[MOST_WEEKS];
    int64_t quarter[MOST_WEEKS], blackout[MOST_WEEKS];
    /* Limits: NONE = none. Those of the group hold for items with in_group. */
    int64_t capacity[MOST_WEEKS], group_promotions, budget, quarter_budget;
    int64_t is_revenue;
} weeks_case;

typedef uint8_t case_row[MOST_WEEKS];

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

typedef struct case_column {
    const char *name;
    int32_t type;
} case_column;

static inline campaign_table_builder *open_table(const case_column *columns, int32_t n)
{
    campaign_table_builder *builder = NULL;
    assert_int_equal(campaign_table_builder_create(&builder, NULL), CAMPAIGN_OK);
    for (int32_t i = 0; i < n; i++)
        assert_int_equal(campaign_table_builder_add_column(builder, columns[i].name, columns[i].type,
                                                           columns[i].type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, NULL),
                         CAMPAIGN_OK);
    return builder;
}

static inline void put(campaign_table_builder *builder, int32_t column, int64_t value)
{
    const campaign_status status = value == NONE ? campaign_table_builder_append_null(builder, column, NULL)
                                                 : campaign_table_builder_append_int64(builder, column, value, NULL);
    assert_int_equal(status, CAMPAIGN_OK);
}

static inline void put_float(campaign_table_builder *builder, int32_t column, double value)
{
    const campaign_status status = isnan(value) ? campaign_table_builder_append_null(builder, column, NULL)
                                                : campaign_table_builder_append_float64(builder, column, value, NULL);
    assert_int_equal(status, CAMPAIGN_OK);
}

static inline campaign_table *close_table(campaign_table_builder *builder)
{
    campaign_table *table = NULL;
    assert_int_equal(campaign_table_builder_finish(&table, builder, NULL), CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return table;
}

#define N_COLUMNS(columns) ((int32_t)(sizeof(columns) / sizeof *(columns)))

/* reversed: rows in the other order. */
static inline campaign_table *items_table(const weeks_case *c, bool is_reversed)
{
    static const case_column columns[] = {
        { "item", CAMPAIGN_TYPE_INT64 },
        { "price", CAMPAIGN_TYPE_MONEY },
        { "cost", CAMPAIGN_TYPE_MONEY },
        { "promotion_cost", CAMPAIGN_TYPE_MONEY },
        { "slots", CAMPAIGN_TYPE_INT64 },
        { "base", CAMPAIGN_TYPE_FLOAT64 },
        { "elasticity", CAMPAIGN_TYPE_FLOAT64 },
        { "memory_1", CAMPAIGN_TYPE_FLOAT64 },
        { "memory_2", CAMPAIGN_TYPE_FLOAT64 },
        { "memory_3", CAMPAIGN_TYPE_FLOAT64 },
        { "memory_4", CAMPAIGN_TYPE_FLOAT64 },
        { "memory_5", CAMPAIGN_TYPE_FLOAT64 },
        { "memory_6", CAMPAIGN_TYPE_FLOAT64 },
        { "reference_weight", CAMPAIGN_TYPE_FLOAT64 },
        { "reference_decay", CAMPAIGN_TYPE_FLOAT64 },
        { "gap", CAMPAIGN_TYPE_INT64 },
        { "max_promotions", CAMPAIGN_TYPE_INT64 },
        { "max_per_quarter", CAMPAIGN_TYPE_INT64 },
        { "together", CAMPAIGN_TYPE_INT64 },
    };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    for (int32_t at = 0; at < c->n_items; at++) {
        const int32_t i = is_reversed ? c->n_items - 1 - at : at;
        const case_item *item = &c->items[i];
        put(builder, 0, 100 + i);
        put(builder, 1, item->price);
        put(builder, 2, item->cost);
        put(builder, 3, item->promotion_cost);
        put(builder, 4, item->slots);
        put_float(builder, 5, item->base);
        put_float(builder, 6, item->elasticity);
        for (int32_t m = 0; m < 6; m++) put_float(builder, 7 + m, item->memory[m]);
        put_float(builder, 13, item->reference_weight);
        put_float(builder, 14, item->reference_decay);
        put(builder, 15, item->gap);
        put(builder, 16, item->max_promotions);
        put(builder, 17, item->max_per_quarter);
        put(builder, 18, item->together);
    }
    return close_table(builder);
}

static inline campaign_table *ladder_table(const weeks_case *c, bool is_reversed)
{
    static const case_column columns[] = { { "item", CAMPAIGN_TYPE_INT64 },
                                           { "price", CAMPAIGN_TYPE_MONEY },
                                           { "cost", CAMPAIGN_TYPE_MONEY },
                                           { "slots", CAMPAIGN_TYPE_INT64 } };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    const int32_t n = c->n_items * c->n_steps;
    for (int32_t at = 0; at < n; at++) {
        const int32_t row = is_reversed ? n - 1 - at : at, i = row / c->n_steps, k = row % c->n_steps;
        put(builder, 0, 100 + i);
        put(builder, 1, c->items[i].ladder[k]);
        put(builder, 2, c->items[i].step_cost[k]);
        put(builder, 3, c->items[i].step_slots[k]);
    }
    return close_table(builder);
}

static inline campaign_table *weeks_table(const weeks_case *c, bool is_reversed)
{
    static const case_column columns[] = { { "week", CAMPAIGN_TYPE_INT32 },
                                           { "season", CAMPAIGN_TYPE_FLOAT64 },
                                           { "quarter", CAMPAIGN_TYPE_INT32 },
                                           { "is_blackout", CAMPAIGN_TYPE_BOOL } };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    for (int32_t at = 0; at < c->n_weeks; at++) {
        const int32_t t = is_reversed ? c->n_weeks - 1 - at : at;
        put(builder, 0, 10 + t);
        put_float(builder, 1, c->season[t]);
        put(builder, 2, c->quarter[t]);
        put(builder, 3, c->blackout[t]);
    }
    return close_table(builder);
}

static inline campaign_table *cells_table(const weeks_case *c)
{
    static const case_column columns[] = { { "item", CAMPAIGN_TYPE_INT64 },     { "week", CAMPAIGN_TYPE_INT32 },
                                           { "season", CAMPAIGN_TYPE_FLOAT64 }, { "is_blackout", CAMPAIGN_TYPE_BOOL },
                                           { "is_forced", CAMPAIGN_TYPE_BOOL }, { "price", CAMPAIGN_TYPE_MONEY } };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    for (int32_t i = 0; i < c->n_items; i++)
        for (int32_t t = 0; t < c->n_weeks; t++) {
            put(builder, 0, 100 + i);
            put(builder, 1, 10 + t);
            put_float(builder, 2, c->items[i].season[t]);
            put(builder, 3, c->items[i].blackout[t]);
            put(builder, 4, c->items[i].forced[t]);
            put(builder, 5, c->items[i].forced_price[t] ? c->items[i].forced_price[t] : NONE);
        }
    return close_table(builder);
}

static inline campaign_table *slots_table(const weeks_case *c)
{
    static const case_column columns[] = { { "week", CAMPAIGN_TYPE_INT32 },
                                           { "group", CAMPAIGN_TYPE_UTF8 },
                                           { "capacity", CAMPAIGN_TYPE_INT64 },
                                           { "promotions", CAMPAIGN_TYPE_INT64 } };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    for (int32_t t = 0; t < c->n_weeks; t++) {
        if (c->capacity[t] == NONE) continue;
        put(builder, 0, 10 + t);
        put(builder, 1, NONE);
        put(builder, 2, c->capacity[t]);
        put(builder, 3, NONE);
    }
    if (c->group_promotions != NONE) {
        put(builder, 0, NONE);
        assert_int_equal(campaign_table_builder_append_text(builder, 1, "pair", 4, NULL), CAMPAIGN_OK);
        put(builder, 2, NONE);
        put(builder, 3, c->group_promotions);
    }
    return close_table(builder);
}

static inline campaign_table *groups_table(const weeks_case *c)
{
    static const case_column columns[] = { { "group", CAMPAIGN_TYPE_UTF8 }, { "item", CAMPAIGN_TYPE_INT64 } };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    for (int32_t i = 0; i < c->n_items; i++) {
        if (!c->items[i].in_group && c->n_items > 1) continue;
        assert_int_equal(campaign_table_builder_append_text(builder, 0, "pair", 4, NULL), CAMPAIGN_OK);
        put(builder, 1, 100 + i);
    }
    return close_table(builder);
}

static inline campaign_table *budgets_table(const weeks_case *c)
{
    static const case_column columns[] = { { "quarter", CAMPAIGN_TYPE_INT32 }, { "amount", CAMPAIGN_TYPE_MONEY } };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    if (c->budget != NONE) {
        put(builder, 0, NONE);
        put(builder, 1, c->budget);
    }
    if (c->quarter_budget != NONE) {
        put(builder, 0, c->quarter[0]);
        put(builder, 1, c->quarter_budget);
    }
    return close_table(builder);
}

static inline campaign_table *past_table(const weeks_case *c)
{
    static const case_column columns[] = { { "item", CAMPAIGN_TYPE_INT64 },
                                           { "weeks_ago", CAMPAIGN_TYPE_INT32 },
                                           { "price", CAMPAIGN_TYPE_MONEY } };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    for (int32_t i = 0; i < c->n_items; i++)
        for (int32_t ago = 1; ago <= MOST_PAST; ago++) {
            if (c->items[i].past[ago - 1] == 0) continue;
            put(builder, 0, 100 + i);
            put(builder, 1, ago);
            put(builder, 2, c->items[i].past[ago - 1]);
        }
    return close_table(builder);
}

/* Runs the call on a case; rows of the tables in either order. */
typedef struct case_result {
    campaign_table *calendar;
    campaign_promotion_weeks_report report;
} case_result;

static inline campaign_status run_case(case_result *result, const weeks_case *c, bool is_reversed, int32_t n_threads,
                                       campaign_error *error)
{
    const campaign_promotion_weeks_report empty = CAMPAIGN_PROMOTION_WEEKS_REPORT_INIT;
    campaign_promotion_weeks_inputs inputs = CAMPAIGN_PROMOTION_WEEKS_INPUTS_INIT;
    campaign_promotion_weeks_options options = CAMPAIGN_PROMOTION_WEEKS_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_table *tables[] = { items_table(c, is_reversed),
                                 ladder_table(c, is_reversed),
                                 weeks_table(c, is_reversed),
                                 cells_table(c),
                                 slots_table(c),
                                 groups_table(c),
                                 budgets_table(c),
                                 past_table(c) };
    inputs.items = tables[0], inputs.ladder = tables[1], inputs.weeks = tables[2], inputs.item_weeks = tables[3];
    inputs.slots = tables[4], inputs.groups = tables[5], inputs.budgets = tables[6], inputs.past = tables[7];
    options.objective = (int32_t)c->is_revenue;
    options.has_gap = 1; /* of nothing */
    options.max_iterations = 60;
    runtime.n_threads = n_threads;
    result->report = empty;
    const campaign_status status =
        campaign_plan_promotion_weeks(&result->calendar, &result->report, &inputs, &options, &runtime, error);
    for (int32_t i = 0; i < 8; i++) campaign_table_free(tables[i]);
    return status;
}

static inline void clear_result(case_result *result)
{
    campaign_table_free(result->calendar);
    campaign_promotion_weeks_report_clear(&result->report);
}

/* ---- By definition ----------------------------------------------------------------------------------------------- */

static inline int64_t round_minor(double amount)
{
    return (int64_t)floor(amount + 0.5);
}

/* Price of a step, largest first; step 0 is the regular price. */
static inline int64_t price_of(const weeks_case *c, int32_t i, int32_t choice)
{
    return choice == 0 ? c->items[i].price : c->items[i].ladder[choice - 1];
}

/* Price so many weeks before week t, in the calendar or before it. */
static inline int64_t price_before(const weeks_case *c, int32_t i, const uint8_t *row, int32_t t, int32_t ago)
{
    if (t - ago >= 0) return price_of(c, i, row[t - ago]);
    const int32_t past = ago - t;
    return past <= MOST_PAST && c->items[i].past[past - 1] ? c->items[i].past[past - 1] : c->items[i].price;
}

static inline double reference_at(const weeks_case *c, int32_t i, const uint8_t *row, int32_t t)
{
    const case_item *item = &c->items[i];
    double reference = 1;
    for (int32_t ago = t + MOST_PAST; ago >= 1; ago--)
        reference = item->reference_decay * reference +
                    (1 - item->reference_decay) * ((double)price_before(c, i, row, t, ago) / (double)item->price);
    return reference;
}

/* Profit or revenue of one item over a row of choices. */
static inline int64_t value_of_row(const weeks_case *c, int32_t i, const uint8_t *row)
{
    const case_item *item = &c->items[i];
    int64_t value = 0;
    for (int32_t t = 0; t < c->n_weeks; t++) {
        const int64_t price = price_of(c, i, row[t]);
        double factor = 1;
        for (int32_t m = 1; m <= 6; m++)
            factor *= pow((double)price_before(c, i, row, t, m) / (double)item->price, item->memory[m - 1]);
        if (item->reference_weight > 0) factor *= pow(reference_at(c, i, row, t), item->reference_weight);
        const double season = isnan(item->season[t]) ? c->season[t] : item->season[t];
        const double demand = pow((double)price / (double)item->price, -item->elasticity);
        const double units = item->base * season * (demand * factor);
        value += round_minor(units * (double)price);
        if (c->is_revenue) continue;
        value -= round_minor(units * (double)item->cost);
        if (row[t] > 0) value -= item->promotion_cost + item->step_cost[row[t] - 1];
    }
    return value;
}

/* Whether a row keeps the item's own rules. */
static inline bool keeps_rules(const weeks_case *c, int32_t i, const uint8_t *row)
{
    const case_item *item = &c->items[i];
    int64_t n = 0, n_quarter = 0;
    for (int32_t t = 0; t < c->n_weeks; t++) {
        if (t == 0 || c->quarter[t] != c->quarter[t - 1]) n_quarter = 0;
        if (item->forced[t] && row[t] == 0) return false;
        if (row[t] == 0) continue;
        if (item->forced[t] && item->forced_price[t] && price_of(c, i, row[t]) != item->forced_price[t]) return false;
        if (item->blackout[t] || c->blackout[t]) return false;
        n++, n_quarter++;
        if (item->max_promotions != NONE && n > item->max_promotions) return false;
        if (item->max_per_quarter != NONE && n_quarter > item->max_per_quarter) return false;
        for (int32_t ago = 1; ago <= item->gap; ago++)
            if (price_before(c, i, row, t, ago) < item->price) return false;
    }
    return true;
}

/* Whether rows of all items keep the shared limits, and items together their weeks. */
static inline bool keeps_limits(const weeks_case *c, const case_row *rows)
{
    int64_t spent = 0, quarter_spent = 0;
    for (int32_t t = 0; t < c->n_weeks; t++) {
        int64_t slots = 0, n_group = 0;
        for (int32_t i = 0; i < c->n_items; i++) {
            const case_item *item = &c->items[i];
            for (int32_t j = 0; j < i; j++)
                if (item->together != NONE && item->together == c->items[j].together && rows[i][t] != rows[j][t])
                    return false;
            if (rows[i][t] == 0) continue;
            const int32_t k = rows[i][t] - 1;
            slots += item->step_slots[k] == NONE ? item->slots : item->step_slots[k];
            n_group += item->in_group || c->n_items == 1;
            spent += item->promotion_cost + item->step_cost[k];
            if (c->quarter[t] == c->quarter[0]) quarter_spent += item->promotion_cost + item->step_cost[k];
        }
        if (c->capacity[t] != NONE && slots > c->capacity[t]) return false;
        if (c->group_promotions != NONE && n_group > c->group_promotions) return false;
    }
    return (c->budget == NONE || spent <= c->budget) &&
           (c->quarter_budget == NONE || quarter_spent <= c->quarter_budget);
}

static inline bool next_row(const weeks_case *c, uint8_t *row)
{
    for (int32_t t = 0; t < c->n_weeks; t++) {
        if (row[t] < c->n_steps) {
            row[t]++;
            return true;
        }
        row[t] = 0;
    }
    return false;
}

/* Rows of one item that keep its rules, with their values. */
typedef struct case_rows {
    case_row *rows;
    int64_t *values;
    int64_t n;
} case_rows;

static inline case_rows list_rows(const weeks_case *c, int32_t i)
{
    int64_t room = 1;
    for (int32_t t = 0; t < c->n_weeks; t++) room *= c->n_steps + 1;
    case_rows list = { calloc((size_t)room, sizeof *list.rows), calloc((size_t)room, sizeof *list.values), 0 };
    case_row row = { 0 };
    do {
        if (!keeps_rules(c, i, row)) continue;
        memcpy(list.rows[list.n], row, sizeof row);
        list.values[list.n++] = value_of_row(c, i, row);
    } while (next_row(c, row));
    return list;
}

/* The best of all calendars; false where there is none. */
static inline bool try_all(int64_t *best, const weeks_case *c)
{
    case_rows lists[MOST_ITEMS] = { { NULL, NULL, 0 } };
    int64_t at[MOST_ITEMS] = { 0 };
    bool is_found = false, is_left = true;
    for (int32_t i = 0; i < c->n_items; i++) {
        lists[i] = list_rows(c, i);
        is_left = is_left && lists[i].n > 0;
    }
    while (is_left) {
        case_row rows[MOST_ITEMS];
        int64_t value = 0;
        for (int32_t i = 0; i < c->n_items; i++) value += lists[i].values[at[i]];
        if (!is_found || value > *best) {
            for (int32_t i = 0; i < c->n_items; i++) memcpy(rows[i], lists[i].rows[at[i]], sizeof rows[i]);
            if (keeps_limits(c, (const case_row *)rows)) {
                *best = value;
                is_found = true;
            }
        }
        is_left = false;
        for (int32_t i = 0; i < c->n_items && !is_left; i++) {
            is_left = ++at[i] < lists[i].n;
            if (!is_left) at[i] = 0;
        }
    }
    for (int32_t i = 0; i < c->n_items; i++) {
        free(lists[i].rows);
        free(lists[i].values);
    }
    return is_found;
}

/* Rows of the calendar found. */
static inline void read_rows(case_row *rows, const weeks_case *c, const campaign_table *calendar)
{
    const int32_t level = campaign_table_find(calendar, "level");
    assert_int_equal(campaign_table_n_rows(calendar), c->n_items * c->n_weeks);
    for (int32_t i = 0; i < c->n_items; i++)
        for (int32_t t = 0; t < c->n_weeks; t++)
            rows[i][t] = (uint8_t)campaign_table_int64(calendar, level, (int64_t)i * c->n_weeks + t);
}

/* ---- Random cases ------------------------------------------------------------------------------------------------ */

static inline double uniform(cpn_random *random, double low, double high)
{
    return low + (high - low) * cpn_random_double(random);
}

static inline bool chance(cpn_random *random, int64_t one_in)
{
    return cpn_random_below(random, one_in) == 0;
}

static inline void draw_item(case_item *item, const weeks_case *c, cpn_random *random)
{
    memset(item, 0, sizeof *item);
    item->price = 500 + cpn_random_below(random, 4000);
    item->cost = (int64_t)((double)item->price * uniform(random, 0, 1.05));
    item->base = chance(random, 20) ? 0 : floor(uniform(random, 1, 300));
    item->elasticity = uniform(random, 0, 5);
    const int64_t n_memory = cpn_random_below(random, 7);
    for (int64_t m = 0; m < n_memory; m++) item->memory[m] = uniform(random, -0.3, 1.5);
    item->reference_decay = 0.8;
    item->gap = cpn_random_below(random, 4);
    item->max_promotions = chance(random, 3) ? NONE : cpn_random_below(random, 5);
    item->max_per_quarter = chance(random, 2) ? NONE : cpn_random_below(random, 3);
    item->together = NONE;
    item->slots = 1 + cpn_random_below(random, 2);
    item->promotion_cost = chance(random, 2) ? cpn_random_below(random, 3000) : 0;
    for (int32_t k = 0; k < c->n_steps; k++) {
        item->ladder[k] = item->price - (item->price / 8) * (k + 1) - cpn_random_below(random, 30);
        item->step_cost[k] = chance(random, 3) ? cpn_random_below(random, 2000) : 0;
        item->step_slots[k] = chance(random, 3) ? 1 + cpn_random_below(random, 3) : NONE;
    }
    for (int32_t t = 0; t < c->n_weeks; t++) {
        item->season[t] = chance(random, 5) ? uniform(random, 0, 2) : NAN;
        item->blackout[t] = chance(random, 12);
        item->forced[t] = !item->blackout[t] && !c->blackout[t] && chance(random, 25);
        if (item->forced[t] && chance(random, 2)) item->forced_price[t] = item->ladder[0];
    }
    for (int32_t ago = 0; ago < MOST_PAST; ago++)
        if (chance(random, 12)) item->past[ago] = item->ladder[cpn_random_below(random, c->n_steps)];
    item->in_group = cpn_random_below(random, 2);
}

static inline void draw_case(weeks_case *c, int32_t n_items, int32_t n_weeks, int32_t n_steps, cpn_random *random)
{
    memset(c, 0, sizeof *c);
    c->n_items = n_items, c->n_weeks = n_weeks, c->n_steps = n_steps;
    const int64_t border = cpn_random_below(random, n_weeks);
    for (int32_t t = 0; t < n_weeks; t++) {
        c->season[t] = uniform(random, 0.5, 1.8);
        c->quarter[t] = t < border ? 1 : 2;
        c->blackout[t] = chance(random, 15);
        c->capacity[t] = NONE;
    }
    c->group_promotions = c->budget = c->quarter_budget = NONE;
    c->is_revenue = chance(random, 4);
    for (int32_t i = 0; i < n_items; i++) draw_item(&c->items[i], c, random);
}

#endif
