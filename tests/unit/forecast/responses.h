/* Histories of spend and result for the tests of fitted curves, and how to look into what comes back. */
#ifndef CPN_TESTS_RESPONSES_H
#define CPN_TESTS_RESPONSES_H

#include "check.h"

#include <campaign/forecast_response.h>
#include <math.h>
#include <stdbool.h>

#include "base/random.h"

#define COUNT(array) ((int64_t)(sizeof(array) / sizeof *(array)))

/* What a history is made from: the mean of each period. n periods, spends given or drawn. */
typedef struct truth {
    const char *curve;
    double scale, location, shape, adstock, intercept, trend;
} truth;

enum { MOST_PERIODS = 1000 };
typedef struct history {
    int64_t n;
    double spend[MOST_PERIODS], result[MOST_PERIODS];
} history;

/* The curve by its formula, as docs/response-curves.md has it. */
static inline double curve_value(const truth *t, double z)
{
    const double u = z / t->location;
    if (strcmp(t->curve, "hill") == 0) return t->scale * pow(u, t->shape) / (1 + pow(u, t->shape));
    if (strcmp(t->curve, "michaelis_menten") == 0) return t->scale * u / (1 + u);
    if (strcmp(t->curve, "logistic") == 0) return t->scale * tanh(u / 2);
    if (strcmp(t->curve, "tanh") == 0) return t->scale * tanh(u);
    if (strcmp(t->curve, "exponential") == 0) return t->scale * (1 - exp(-u));
    if (strcmp(t->curve, "log") == 0) return t->scale * log(1 + u);
    if (strcmp(t->curve, "power") == 0) return t->scale * pow(u, t->shape);
    if (strcmp(t->curve, "linear") == 0) return t->scale * z;
    return t->scale * (1 / (1 + exp(-t->shape * (u - 1))) - 1 / (1 + exp(t->shape)));
}

/* Spends of a campaign year: some weeks without, the others between a hundredth and one of a unit. */
static inline void draw_spends(history *h, int64_t n, double unit, cpn_random *random)
{
    h->n = n;
    for (int64_t i = 0; i < n; i++) {
        const double draw = cpn_random_double(random);
        h->spend[i] = draw < 0.15 ? 0 : unit * (0.01 + 0.99 * cpn_random_double(random));
    }
}

/* Results without error; time counts from the mean period. */
static inline void make_results(history *h, const truth *t)
{
    double carried = 0;
    for (int64_t i = 0; i < h->n; i++) {
        carried = t->adstock * carried + (1 - t->adstock) * h->spend[i];
        h->result[i] = t->intercept + t->trend * ((double)i - (double)(h->n - 1) / 2) + curve_value(t, carried);
    }
}

/* A standard normal draw (Box & Muller). */
static inline double draw_normal(cpn_random *random)
{
    const double radius = sqrt(-2 * log(1 - cpn_random_double(random)));
    return radius * cos(6.28318530717958647692 * cpn_random_double(random));
}

static inline campaign_table_builder *open_builder(const char *const *names, const int32_t *types, int32_t n)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    for (int32_t i = 0; i < n; i++)
        assert_ok(campaign_table_builder_add_column(builder, names[i], types[i],
                                                    types[i] == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, &error),
                  error);
    return builder;
}

static inline campaign_table *close_builder(campaign_table_builder *builder)
{
    campaign_error error = { 0 };
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* spend and result; with a column period, counted from 1, where has_periods. */
static inline campaign_table *table_of(const history *h, bool has_periods)
{
    static const char *const names[] = { "spend", "result", "period" };
    const int32_t types[] = { CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_INT32 };
    campaign_table_builder *builder = open_builder(names, types, has_periods ? 3 : 2);
    for (int64_t i = 0; i < h->n; i++) {
        assert_int_equal(campaign_table_builder_append_float64(builder, 0, h->spend[i], NULL), CAMPAIGN_OK);
        assert_int_equal(campaign_table_builder_append_float64(builder, 1, h->result[i], NULL), CAMPAIGN_OK);
        if (has_periods) assert_int_equal(campaign_table_builder_append_int64(builder, 2, i + 1, NULL), CAMPAIGN_OK);
    }
    return close_builder(builder);
}

static inline double cell(const campaign_table *table, const char *column, int64_t row)
{
    const int32_t index = campaign_table_find(table, column);
    if (index < 0) fail_msg("there is no column %s", column);
    if (campaign_table_is_null(table, index, row)) fail_msg("%s is null in row %d", column, (int)row);
    return campaign_table_float64(table, index, row);
}

static inline bool is_null(const campaign_table *table, const char *column, int64_t row)
{
    return campaign_table_is_null(table, campaign_table_find(table, column), row) != 0;
}

static inline bool is_text(const campaign_table *table, const char *column, int64_t row, const char *text)
{
    char found[512];
    (void)campaign_table_format(found, sizeof found, table, campaign_table_find(table, column), row);
    return strcmp(found, text) == 0;
}

/* Fits and shows why where it fails. */
static inline campaign_table *fit(campaign_response_report *report, const campaign_table *table,
                                  const campaign_response_options *options)
{
    campaign_error error = { 0 };
    campaign_table *curves = NULL;
    assert_ok(campaign_forecast_fit_response(&curves, report, table, options, NULL, &error), error);
    return curves;
}

static inline void assert_identified(const campaign_table *curves, int64_t row)
{
    char reason[512];
    (void)campaign_table_format(reason, sizeof reason, curves, campaign_table_find(curves, "reason"), row);
    if (!is_text(curves, "status", row, "identified")) fail_msg("not identified: %s", reason);
}

#define assert_close(value_, expected_, relative_)                                                                     \
    do {                                                                                                               \
        const double close_value_ = (value_), close_expected_ = (expected_);                                           \
        if (!(fabs(close_value_ - close_expected_) <= (relative_)*fabs(close_expected_)))                              \
            fail_msg("%s is %.15g, expected %.15g", #value_, close_value_, close_expected_);                           \
    } while (0)

#endif
