/* Outliers of coarse sales: a month or quarter too far from the level of its year and the season of its number.
 * Both are medians (a polish, as for days), so that the odd period itself cannot move them; with fewer than four years of
 * a period too little can be told: on the monthly series of M3 three years do worse with it than without. January and February,
 * where they are a block, are judged by their common rate. */
#include <string.h>

#include "base/memory.h"
#include "forecast/forecast.h"

enum { POLISH_ROUNDS = 3, FEWEST_YEARS = 4 };

/* The usable periods of a history, their year counted from the first one. */
typedef struct period_fit {
    cpn_period_index *index;
    int32_t first_year, n_years;
    double *levels;  /* of each year */
    double *scratch; /* one an instance */
    double seasons[CPN_MOST_PERIODS];
    int32_t n_seen[CPN_MOST_PERIODS];
} period_fit;

static double *level_of(const period_fit *p, const cpn_instance *instance)
{
    return &p->levels[instance->id.year - p->first_year];
}

static double season_of(const period_fit *p, const cpn_instance *instance)
{
    return p->seasons[instance->id.number - 1];
}

/* Median over the usable instances of one year (number 0) or of one number of their rate over the other factor. */
static campaign_status take_median_rate(double *median, period_fit *p, int32_t year, int32_t number,
                                        campaign_error *error)
{
    int64_t n = 0;
    for (int64_t i = 0; i < p->index->n_instances; i++) {
        const cpn_instance *instance = &p->index->instances[i];
        if (!instance->is_usable || (number ? instance->id.number != number : instance->id.year != year)) continue;
        const double other = number ? *level_of(p, instance) : season_of(p, instance);
        if (other > 0) p->scratch[n++] = instance->rate / other;
    }
    return cpn_take_median(median, p->scratch, n, error);
}

static campaign_status polish(period_fit *p, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < CPN_MOST_PERIODS; i++) p->seasons[i] = 1;
    for (int32_t round = 0; round < POLISH_ROUNDS && status == CAMPAIGN_OK; round++) {
        for (int32_t y = 0; y < p->n_years && status == CAMPAIGN_OK; y++)
            status = take_median_rate(&p->levels[y], p, p->first_year + y, 0, error);
        for (int32_t i = 0; i < CPN_MOST_PERIODS && status == CAMPAIGN_OK; i++)
            status = take_median_rate(&p->seasons[i], p, 0, i + 1, error);
    }
    return status;
}

/* What the fit expects of an instance's rate, or 0 where it cannot tell. */
static double expected_rate(const period_fit *p, const cpn_instance *instance)
{
    const bool is_judged = instance->is_usable && p->n_seen[instance->id.number - 1] >= FEWEST_YEARS;
    return is_judged ? *level_of(p, instance) * season_of(p, instance) : 0;
}

static campaign_status find_limits(cpn_limits *found, period_fit *p, double outlier_limit, campaign_error *error)
{
    int64_t n = 0;
    for (int64_t i = 0; i < p->index->n_instances; i++) {
        const double expected = expected_rate(p, &p->index->instances[i]);
        if (expected > 0) p->scratch[n++] = p->index->instances[i].rate / expected;
    }
    return cpn_find_limits(found, p->scratch, n, outlier_limit, error);
}

/* Draws the days of an odd period to the limit and lists it under its first day. */
static void draw_to_limit(cpn_fit *fit, cpn_remarks *remarks, const cpn_instance *instance, double expected,
                          const cpn_limits *limits)
{
    const double ratio = instance->rate / expected, limit = ratio < limits->low ? limits->low : limits->high;
    const double kept = instance->rate > 0 ? limit / ratio : 1;
    cpn_treat(remarks, &(cpn_treated){ .day = instance->id.start,
                                       .kind = "outlier",
                                       .value = instance->total,
                                       .expected = instance->shape * expected,
                                       .treated = instance->shape * expected * limit,
                                       .en = "The period is too far from its year and season: drawn to the limit.",
                                       .zh = "该期与当年水平和季节期望相差过大，按界限值计入。" });
    fit->n_outliers++;
    for (int32_t day = instance->id.start; day < instance->id.end; day++) {
        double *value = &fit->values[day - fit->first_day];
        *value = instance->rate > 0 ? *value * kept : fit->shape[day - fit->first_day] * expected * limit;
    }
}

static campaign_status open_fit(period_fit *p, cpn_period_index *index, campaign_error *error)
{
    memset(p, 0, sizeof *p);
    p->index = index;
    p->first_year = index->instances[0].id.year;
    p->n_years = index->instances[index->n_instances - 1].id.year - p->first_year + 1;
    p->levels = cpn_alloc_zero(p->n_years, sizeof *p->levels);
    p->scratch = cpn_alloc(index->n_instances, sizeof *p->scratch);
    for (int64_t i = 0; i < index->n_instances; i++)
        p->n_seen[index->instances[i].id.number - 1] += index->instances[i].is_usable;
    return p->levels && p->scratch ? polish(p, error) : cpn_fail_nomem(error);
}

campaign_status cpn_periods_treat(cpn_fit *fit, cpn_remarks *remarks, const cpn_trading *trading,
                                  const cpn_season_knobs *knobs, int32_t dimension, campaign_error *error)
{
    cpn_period_index index;
    period_fit p = { .index = NULL };
    cpn_limits limits;
    campaign_status status = cpn_period_list(&index, dimension, fit, trading, knobs, error);
    if (status == CAMPAIGN_OK) status = open_fit(&p, &index, error);
    if (status == CAMPAIGN_OK) status = find_limits(&limits, &p, knobs->given.outlier_limit, error);
    for (int64_t i = 0; i < index.n_instances && status == CAMPAIGN_OK; i++) {
        const cpn_instance *instance = &index.instances[i];
        const double expected = expected_rate(&p, instance);
        if (expected > 0 && (instance->rate < limits.low * expected || instance->rate > limits.high * expected))
            draw_to_limit(fit, remarks, instance, expected, &limits);
    }
    for (int64_t i = 0; i < fit->n_days; i++) fit->expected[i] = fit->values[i];
    cpn_free(p.levels);
    cpn_free(p.scratch);
    cpn_period_free(&index);
    return status;
}
