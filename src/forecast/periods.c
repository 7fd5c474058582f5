/* The season: each quarter, month or week of the history against its own year, or against the centred moving mean of one
 * year, and the mean of these ratios over the years. Totals tell what a period sells; rates, with weekdays, kinds of day
 * and windows divided out, are what day weights multiply. The 53rd week of a long year is measured beside the others. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "forecast/forecast.h"

enum { TOTAL, RATE, N_MEASURES, EDGE_PERCENT = 10, YEARS_UNSHRUNK = 3 };

/* ---- Instances ------------------------------------------------------------------------------------------------------ */

static void add_day(cpn_instance *instance, const cpn_fit *fit, const cpn_trading *trading, int64_t i)
{
    instance->n_days++;
    instance->shape += fit->shape[i];
    if (trading->states[i] == CPN_DAY_OPEN) {
        instance->n_known++;
        instance->seen += fit->values[i];
        instance->seen_shape += fit->shape[i];
        instance->total += fit->values[i];
    } else if (trading->states[i] == CPN_DAY_RESTING) {
        instance->n_known++;
    } else {
        instance->total += fit->expected[i];
    }
}

/* A period counts where hardly a day lies outside the history and half of the others is known. */
static bool is_usable(const cpn_instance *instance)
{
    const int32_t length = instance->id.end - instance->id.start, n_outside = length - instance->n_days;
    return n_outside * 100 <= length * EDGE_PERCENT && instance->n_known * 2 >= instance->n_days &&
           instance->seen_shape > 0;
}

static campaign_status list_instances(cpn_period_index *index, int32_t dimension, const cpn_fit *fit,
                                      const cpn_trading *trading, campaign_error *error)
{
    index->instances = cpn_alloc_zero(fit->n_days, sizeof *index->instances);
    if (!index->instances) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < fit->n_days; i++) {
        const int32_t day = (int32_t)(fit->first_day + i);
        cpn_instance *last = index->n_instances ? &index->instances[index->n_instances - 1] : NULL;
        if (!last || day >= last->id.end) {
            last = &index->instances[index->n_instances++];
            last->id = cpn_instance_of(dimension, day);
        }
        add_day(last, fit, trading, i);
    }
    for (int64_t i = 0; i < index->n_instances; i++) {
        cpn_instance *instance = &index->instances[i];
        instance->is_usable = is_usable(instance);
        if (instance->is_usable) instance->rate = instance->seen / instance->seen_shape;
    }
    return CAMPAIGN_OK;
}

/* January and February as one: their common rate, and their common total split by the shapes of their days. */
static void join_new_year(cpn_period_index *index)
{
    for (int64_t i = 0; i < index->n_instances; i++) {
        cpn_instance *january = &index->instances[i], *february = january + 1;
        const bool is_pair = january->id.number == 1 && i + 1 < index->n_instances && january->is_usable &&
                             february->is_usable && january->shape + february->shape > 0;
        if (!is_pair) {
            if (january->id.number <= 2) january->is_usable = false;
            continue;
        }
        const double total = january->total + february->total, shape = january->shape + february->shape;
        const double rate = (january->seen + february->seen) / (january->seen_shape + february->seen_shape);
        january->rate = february->rate = rate;
        january->total = total / shape * january->shape;
        february->total = total / shape * february->shape;
        i++;
    }
}

/* ---- Ratios --------------------------------------------------------------------------------------------------------- */

/* The instances without 53rd weeks: numbers run 1 … n and begin again. */
typedef struct sequence {
    cpn_instance **items;
    int64_t n;
    int32_t n_periods;
} sequence;

static double measure_of(const cpn_instance *instance, int measure)
{
    return measure == TOTAL ? instance->total : instance->rate;
}

static bool is_year_usable(const sequence *s, int64_t first)
{
    if (first + s->n_periods > s->n) return false;
    double total = 0;
    for (int64_t i = first; i < first + s->n_periods; i++) {
        if (!s->items[i]->is_usable) return false;
        total += s->items[i]->total;
    }
    return total > 0;
}

/* Whole years that begin with period number start. */
static int32_t count_years(const sequence *s, int32_t start)
{
    int32_t n_years = 0;
    for (int64_t i = 0; i < s->n;) {
        const bool is_year = s->items[i]->id.number == start && is_year_usable(s, i);
        n_years += is_year;
        i += is_year ? s->n_periods : 1;
    }
    return n_years;
}

/* The period with which years begin: the calendar's unless another gives more whole years. Declared years are calendar
 * years; a year that begins in February would tear the block apart. */
static int32_t find_start(const sequence *s, int32_t dimension, const cpn_season_knobs *knobs)
{
    int32_t best = 1, most = count_years(s, 1);
    const bool has_block = knobs->has_block && dimension == CPN_DIM_MONTH;
    for (int32_t start = 2; start <= s->n_periods && knobs->given.n_years == 0; start++) {
        if (start == 2 && has_block) continue;
        const int32_t n_years = count_years(s, start);
        if (n_years <= most) continue;
        best = start;
        most = n_years;
    }
    return best;
}

static void take_ratios(cpn_instance *instance, const double means[N_MEASURES])
{
    for (int m = 0; m < N_MEASURES; m++) instance->ratios[m] = measure_of(instance, m) / means[m];
    instance->has_ratio = true;
}

static void compare_with_years(const sequence *s, int32_t start)
{
    for (int64_t i = 0; i < s->n;) {
        if (s->items[i]->id.number != start || !is_year_usable(s, i)) {
            i++;
            continue;
        }
        double means[N_MEASURES] = { 0 };
        for (int m = 0; m < N_MEASURES; m++) {
            for (int32_t p = 0; p < s->n_periods; p++) means[m] += measure_of(s->items[i + p], m);
            means[m] /= s->n_periods;
        }
        for (int32_t p = 0; p < s->n_periods; p++) {
            cpn_instance *instance = s->items[i + p];
            take_ratios(instance, means);
            if (instance->id.number == 52 && instance[1].id.number == 53 && instance[1].is_usable)
                take_ratios(instance + 1, means);
        }
        i += s->n_periods;
    }
}

/* Centred moving mean over a year and one period, the ends at half: 2×12 for months. */
static void compare_with_moving(const sequence *s)
{
    const int64_t half = s->n_periods / 2;
    for (int64_t i = half; i + half < s->n; i++) {
        double means[N_MEASURES] = { 0 };
        bool is_whole = true;
        for (int64_t j = i - half; j <= i + half; j++) {
            const double weight = j == i - half || j == i + half ? 0.5 : 1;
            is_whole = is_whole && s->items[j]->is_usable;
            for (int m = 0; m < N_MEASURES; m++) means[m] += weight * measure_of(s->items[j], m) / s->n_periods;
        }
        if (is_whole && means[TOTAL] > 0 && means[RATE] > 0) take_ratios(s->items[i], means);
    }
}

static bool has_all_ratios(const sequence *s)
{
    bool has[CPN_MOST_PERIODS + 1] = { false };
    for (int64_t i = 0; i < s->n; i++)
        if (s->items[i]->has_ratio) has[s->items[i]->id.number] = true;
    for (int32_t p = 1; p <= s->n_periods; p++)
        if (!has[p]) return false;
    return true;
}

static campaign_status compare(cpn_period_index *index, int32_t dimension, const cpn_season_knobs *knobs,
                               campaign_error *error)
{
    sequence s = { .n_periods = index->n_periods };
    s.items = cpn_alloc(index->n_instances, sizeof *s.items);
    if (!s.items) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < index->n_instances; i++)
        if (index->instances[i].id.number <= s.n_periods) s.items[s.n++] = &index->instances[i];
    if (knobs->given.method == CAMPAIGN_RATIO_TO_MOVING) {
        compare_with_moving(&s);
        index->is_short = !has_all_ratios(&s);
        for (int64_t i = 0; i < s.n && index->is_short; i++) s.items[i]->has_ratio = false;
    }
    if (knobs->given.method == CAMPAIGN_RATIO_TO_YEAR || index->is_short)
        compare_with_years(&s, find_start(&s, dimension, knobs));
    cpn_free(s.items);
    return CAMPAIGN_OK;
}

/* ---- Means over the years ------------------------------------------------------------------------------------------- */

/* Sums over the ratios of each period. */
typedef struct period_sums {
    double weight[CPN_MOST_PERIODS], squares[CPN_MOST_PERIODS], value[CPN_MOST_PERIODS][N_MEASURES];
    double length[CPN_MOST_PERIODS];
} period_sums;

static void add_ratios(cpn_period_index *index, period_sums *sums, const cpn_season_knobs *knobs)
{
    for (int64_t i = 0; i < index->n_instances; i++) {
        cpn_instance *instance = &index->instances[i];
        const double weight = cpn_year_weight(knobs, instance->id.year);
        const int32_t p = instance->id.number - 1;
        if (!(weight > 0)) instance->has_ratio = false;
        if (!instance->has_ratio) continue;
        const double ratio = instance->ratios[TOTAL];
        if (index->years[p] == 0 || ratio < index->low[p]) index->low[p] = ratio;
        if (index->years[p] == 0 || ratio > index->high[p]) index->high[p] = ratio;
        index->years[p]++;
        index->days[p] += instance->n_known;
        sums->weight[p] += weight;
        sums->squares[p] += weight * weight;
        sums->length[p] += instance->id.end - instance->id.start;
        for (int m = 0; m < N_MEASURES; m++) sums->value[p][m] += weight * instance->ratios[m];
    }
}

/* Means of the ratios; the mean over an ordinary year's periods is set to 1, from which a moving mean leaves it away. */
static void take_means(double means[CPN_MOST_PERIODS], const cpn_period_index *index, const period_sums *sums, int m)
{
    double sum = 0;
    for (int32_t p = 0; p < CPN_MOST_PERIODS; p++)
        means[p] = index->years[p] > 0 ? sums->value[p][m] / sums->weight[p] : 0;
    for (int32_t p = 0; p < index->n_periods; p++) sum += means[p];
    if (index->n_periods == 52 && index->years[52] == 0) means[52] = (means[51] + means[0]) / 2;
    for (int32_t p = 0; p < CPN_MOST_PERIODS && sum > 0; p++) means[p] *= index->n_periods / sum;
}

/* Deviation of one year's ratios from their means; below zero where there is but one year. */
static double find_spread(const cpn_period_index *index, const double means[CPN_MOST_PERIODS], int m)
{
    double squares = 0, n_free = 0;
    for (int64_t i = 0; i < index->n_instances; i++) {
        const cpn_instance *instance = &index->instances[i];
        const int32_t p = instance->id.number - 1;
        if (!instance->has_ratio || p >= index->n_periods || index->years[p] < 2) continue;
        const double distance = instance->ratios[m] - means[p];
        squares += distance * distance;
        n_free += 1 - 1.0 / index->years[p];
    }
    n_free *= (index->n_periods - 1.0) / index->n_periods;
    return n_free > 0 ? sqrt(squares / n_free) : -1;
}

double cpn_shrinkage(const cpn_shrink_problem *problem)
{
    double squares = 0;
    for (int32_t p = 0; p < problem->n; p++) squares += (problem->values[p] - 1) * (problem->values[p] - 1);
    if (!(squares > 0) || problem->n < 4) return 1;
    /* n - 1 estimates are free, since their mean is 1; of k estimates k - 2 deviations are taken. */
    const double kept = 1 - (problem->n - 3) * problem->spread * problem->spread / (problem->n_years * squares);
    return kept > 0 ? kept : 0;
}

static void shrink(double values[CPN_MOST_PERIODS], cpn_period_index *index, const period_sums *sums, int m,
                   const cpn_season_knobs *knobs)
{
    const double measured = find_spread(index, values, m);
    const double n_years = sums->weight[0] * sums->weight[0] / sums->squares[0];
    const cpn_shrink_problem problem = { .values = values,
                                         .n = index->n_periods,
                                         .spread = measured >= 0 ? measured : knobs->given.prior_spread,
                                         .n_years = n_years };
    const bool is_shrunk = knobs->given.shrink == CAMPAIGN_SHRINK_ALWAYS ||
                           (knobs->given.shrink == CAMPAIGN_SHRINK_SHORT && index->n_years < YEARS_UNSHRUNK);
    const double kept = is_shrunk ? cpn_shrinkage(&problem) : 1;
    for (int32_t p = 0; p < CPN_MOST_PERIODS; p++) values[p] = 1 + kept * (values[p] - 1);
    if (m != TOTAL) return;
    index->spread = problem.spread;
    index->shrinkage = kept;
}

/* Sales of a day of the period against the mean day. */
static void take_daily(cpn_period_index *index, const period_sums *sums)
{
    double all = 0;
    for (int32_t p = 0; p < index->n_periods; p++) all += index->lengths[p] = sums->length[p] / index->years[p];
    for (int32_t p = 0; p < index->n_periods; p++)
        index->daily[p] = index->index[p] * (all / index->n_periods) / index->lengths[p];
}

static void take_indexes(cpn_period_index *index, const cpn_season_knobs *knobs)
{
    period_sums sums;
    memset(&sums, 0, sizeof sums);
    add_ratios(index, &sums, knobs);
    index->n_years = INT32_MAX;
    for (int32_t p = 0; p < index->n_periods; p++)
        if (index->years[p] < index->n_years) index->n_years = index->years[p];
    index->is_measured = index->n_years > 0;
    if (!index->is_measured) return;
    take_means(index->raw_index, index, &sums, TOTAL);
    take_means(index->factor, index, &sums, RATE);
    memcpy(index->index, index->raw_index, sizeof index->index);
    shrink(index->index, index, &sums, TOTAL, knobs);
    shrink(index->factor, index, &sums, RATE, knobs);
    take_daily(index, &sums);
}

campaign_status cpn_period_list(cpn_period_index *index, int32_t dimension, const cpn_fit *fit,
                                const cpn_trading *trading, const cpn_season_knobs *knobs, campaign_error *error)
{
    memset(index, 0, sizeof *index);
    index->n_periods = cpn_periods_a_year(dimension);
    const campaign_status status = list_instances(index, dimension, fit, trading, error);
    if (status == CAMPAIGN_OK && knobs->has_block && dimension == CPN_DIM_MONTH) join_new_year(index);
    return status;
}

campaign_status cpn_period_measure(cpn_period_index *index, int32_t dimension, const cpn_fit *fit,
                                   const cpn_trading *trading, const cpn_season_knobs *knobs, campaign_error *error)
{
    campaign_status status = cpn_period_list(index, dimension, fit, trading, knobs, error);
    if (status == CAMPAIGN_OK) status = compare(index, dimension, knobs, error);
    if (status == CAMPAIGN_OK) take_indexes(index, knobs);
    return status;
}

void cpn_period_free(cpn_period_index *index)
{
    cpn_free(index->instances);
    memset(index, 0, sizeof *index);
}
