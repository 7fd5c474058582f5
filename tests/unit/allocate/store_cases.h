/* Small cases of stock over stores: their tables, and what every level is worth straight from the definitions. */
#ifndef CPN_TESTS_STORE_CASES_H
#define CPN_TESTS_STORE_CASES_H

#include <campaign/allocate_stock.h>
#include <math.h>
#include <stdbool.h>

#include "../../check.h"

/* cmocka's own compares floats. */
#define assert_near(found_, expected_, within_)                                                                        \
    do {                                                                                                               \
        const double found_value_ = (found_), expected_value_ = (expected_);                                           \
        if (!(fabs(found_value_ - expected_value_) <= (within_)))                                                      \
            fail_msg("%s is %.17g, expected %.17g", #found_, found_value_, expected_value_);                           \
    } while (0)

enum { MOST_STORES = 5, MOST_POINTS = 6, NONE = -1 };

typedef struct case_store {
    const char *distribution;
    double mean, deviation; /* NAN = not given */
    double points[MOST_POINTS], weights[MOST_POINTS];
    int32_t n_points;
    int64_t margin, shortage, left; /* fen; margin NONE: no such column */
    int64_t on_hand, safety, maximum, pack, display;
} case_store;

typedef struct stock_case {
    int32_t n;
    case_store stores[MOST_STORES];
    int64_t stock, reserve;
} stock_case;

typedef struct stock_call {
    campaign_table *demand, *pool, *points, *allocation;
    campaign_allocate_stock_report report;
    campaign_allocate_stock_options options;
    campaign_runtime runtime;
    campaign_error error;
} stock_call;

static const case_store plain_store = { "poisson", 1, NAN, { 0 }, { 0 }, 0, 100, 0, 0, 0, 0, NONE, 1, 0 };

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

typedef struct case_column {
    const char *name;
    int32_t type;
} case_column;

#define N_COLUMNS(columns) ((int32_t)(sizeof(columns) / sizeof *(columns)))

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
    assert_int_equal(value == NONE ? campaign_table_builder_append_null(builder, column, NULL)
                                   : campaign_table_builder_append_int64(builder, column, value, NULL),
                     CAMPAIGN_OK);
}

static inline void put_float(campaign_table_builder *builder, int32_t column, double value)
{
    assert_int_equal(isnan(value) ? campaign_table_builder_append_null(builder, column, NULL)
                                  : campaign_table_builder_append_float64(builder, column, value, NULL),
                     CAMPAIGN_OK);
}

static inline void put_text(campaign_table_builder *builder, int32_t column, const char *text)
{
    assert_int_equal(campaign_table_builder_append_text(builder, column, text, strlen(text), NULL), CAMPAIGN_OK);
}

static inline campaign_table *close_table(campaign_table_builder *builder)
{
    campaign_table *table = NULL;
    assert_int_equal(campaign_table_builder_finish(&table, builder, NULL), CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return table;
}

/* Stores are numbered 10, 11 …; is_reversed: rows in the other order. */
static inline campaign_table *demand_table(const stock_case *c, bool is_reversed)
{
    static const case_column columns[] = { { "sku", CAMPAIGN_TYPE_UTF8 },
                                           { "store", CAMPAIGN_TYPE_INT64 },
                                           { "distribution", CAMPAIGN_TYPE_UTF8 },
                                           { "mean", CAMPAIGN_TYPE_FLOAT64 },
                                           { "deviation", CAMPAIGN_TYPE_FLOAT64 },
                                           { "margin", CAMPAIGN_TYPE_MONEY },
                                           { "shortage_cost", CAMPAIGN_TYPE_MONEY },
                                           { "left_value", CAMPAIGN_TYPE_MONEY },
                                           { "on_hand", CAMPAIGN_TYPE_INT64 },
                                           { "safety", CAMPAIGN_TYPE_INT64 },
                                           { "maximum", CAMPAIGN_TYPE_INT64 },
                                           { "pack", CAMPAIGN_TYPE_INT32 },
                                           { "min_display", CAMPAIGN_TYPE_INT64 } };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    for (int32_t at = 0; at < c->n; at++) {
        const int32_t i = is_reversed ? c->n - 1 - at : at;
        const case_store *s = &c->stores[i];
        put_text(builder, 0, "茶");
        put(builder, 1, 10 + i);
        put_text(builder, 2, s->distribution);
        put_float(builder, 3, s->mean);
        put_float(builder, 4, s->deviation);
        const int64_t money[] = { s->margin, s->shortage, s->left };
        for (int32_t m = 0; m < 3; m++)
            assert_int_equal(campaign_table_builder_append_int64(builder, 5 + m, money[m], NULL), CAMPAIGN_OK);
        put(builder, 8, s->on_hand);
        put(builder, 9, s->safety);
        put(builder, 10, s->maximum);
        put(builder, 11, s->pack);
        put(builder, 12, s->display);
    }
    return close_table(builder);
}

static inline campaign_table *points_table(const stock_case *c)
{
    static const case_column columns[] = { { "sku", CAMPAIGN_TYPE_UTF8 },
                                           { "store", CAMPAIGN_TYPE_INT64 },
                                           { "value", CAMPAIGN_TYPE_FLOAT64 },
                                           { "weight", CAMPAIGN_TYPE_FLOAT64 } };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    for (int32_t i = 0; i < c->n; i++)
        for (int32_t p = 0; p < c->stores[i].n_points; p++) {
            put_text(builder, 0, "茶");
            put(builder, 1, 10 + i);
            put_float(builder, 2, c->stores[i].points[p]);
            put_float(builder, 3, c->stores[i].weights[p]);
        }
    return close_table(builder);
}

static inline campaign_table *pool_table(const stock_case *c)
{
    static const case_column columns[] = { { "sku", CAMPAIGN_TYPE_UTF8 },
                                           { "stock", CAMPAIGN_TYPE_INT64 },
                                           { "reserve", CAMPAIGN_TYPE_INT64 } };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    put_text(builder, 0, "茶");
    put(builder, 1, c->stock);
    put(builder, 2, c->reserve);
    return close_table(builder);
}

static inline void start_call(stock_call *call, const stock_case *c, bool is_reversed)
{
    const stock_call empty = { NULL,
                               NULL,
                               NULL,
                               NULL,
                               CAMPAIGN_ALLOCATE_STOCK_REPORT_INIT,
                               CAMPAIGN_ALLOCATE_STOCK_OPTIONS_INIT,
                               CAMPAIGN_RUNTIME_INIT,
                               { 0 } };
    *call = empty;
    call->demand = demand_table(c, is_reversed);
    call->pool = pool_table(c);
    call->points = points_table(c);
}

static inline campaign_status run_call(stock_call *call)
{
    campaign_allocate_stock_inputs inputs = CAMPAIGN_ALLOCATE_STOCK_INPUTS_INIT;
    inputs.demand = call->demand;
    inputs.pool = call->pool;
    inputs.points = call->points;
    return campaign_allocate_stock(&call->allocation, &call->report, &inputs, &call->options, &call->runtime,
                                   &call->error);
}

static inline void end_call(stock_call *call)
{
    campaign_table_free(call->demand);
    campaign_table_free(call->pool);
    campaign_table_free(call->points);
    campaign_table_free(call->allocation);
    campaign_allocate_stock_report_clear(&call->report);
}

static inline int64_t cell(const campaign_table *table, const char *column, int64_t row)
{
    return campaign_table_int64(table, campaign_table_find(table, column), row);
}

static inline double float_cell(const campaign_table *table, const char *column, int64_t row)
{
    return campaign_table_float64(table, campaign_table_find(table, column), row);
}

static inline void assert_text(const campaign_table *table, const char *column, int64_t row, const char *expected)
{
    char text[400];
    (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, column), row);
    assert_string_equal(text, expected);
}

/* ---- Truth ------------------------------------------------------------------------------------------------------- */

static inline double true_chance(const case_store *s, int64_t k)
{
    if (strcmp(s->distribution, "poisson") == 0) return exp((double)k * log(s->mean) - s->mean - lgamma((double)k + 1));
    const double variance = s->deviation * s->deviation, r = s->mean * s->mean / (variance - s->mean);
    const double p = s->mean / variance; /* of success; k failures before the r-th */
    return exp(lgamma((double)k + r) - lgamma(r) - lgamma((double)k + 1) + r * log(p) + (double)k * log1p(-p));
}

/* E[(N - z)+] of the standard normal. */
static inline double true_loss(double z)
{
    return exp(-z * z / 2) / sqrt(2 * acos(-1)) - z * erfc(z / sqrt(2)) / 2;
}

static inline double true_mean(const case_store *s)
{
    if (strcmp(s->distribution, "normal") == 0) return s->deviation * true_loss(-s->mean / s->deviation);
    if (strcmp(s->distribution, "truncated_normal") == 0)
        return s->deviation * true_loss(-s->mean / s->deviation) / (erfc(-s->mean / s->deviation / sqrt(2)) / 2);
    if (strcmp(s->distribution, "empirical") != 0) return s->mean;
    double sum = 0, weight = 0;
    for (int32_t p = 0; p < s->n_points; p++) sum += s->weights[p] * s->points[p], weight += s->weights[p];
    return sum / weight;
}

/* E[(D - level)+] by its definition. */
static inline double true_lost(const case_store *s, int64_t level)
{
    const double y = (double)level;
    if (strcmp(s->distribution, "normal") == 0) return s->deviation * true_loss((y - s->mean) / s->deviation);
    if (strcmp(s->distribution, "truncated_normal") == 0)
        return s->deviation * true_loss((y - s->mean) / s->deviation) / (erfc(-s->mean / s->deviation / sqrt(2)) / 2);
    if (strcmp(s->distribution, "exponential") == 0) return s->mean * exp(-y / s->mean);
    if (strcmp(s->distribution, "deterministic") == 0) return s->mean > y ? s->mean - y : 0;
    if (strcmp(s->distribution, "uniform") == 0) {
        const double half = sqrt(3) * s->deviation, low = s->mean - half, high = s->mean + half;
        return y < low ? s->mean - y : y > high ? 0 : (high - y) * (high - y) / (4 * half);
    }
    double sum = 0, weight = 0;
    if (strcmp(s->distribution, "empirical") == 0) {
        for (int32_t p = 0; p < s->n_points; p++) {
            sum += s->weights[p] * (s->points[p] > y ? s->points[p] - y : 0);
            weight += s->weights[p];
        }
        return sum / weight;
    }
    sum = s->mean - y;
    for (int64_t k = 0; k < level; k++) sum += (double)(level - k) * true_chance(s, k);
    return sum;
}

/* Expected margin at a level, in major units. */
static inline double true_value(const case_store *s, int64_t level)
{
    const double lost = true_lost(s, level), sales = true_mean(s) - lost;
    return ((double)s->margin * sales - (double)s->shortage * lost + (double)s->left * ((double)level - sales)) / 100;
}

#endif
