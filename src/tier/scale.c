/* Turns the values of one dimension into steps between scores, by quantiles under a tie policy or by the caller's cuts.
 * Everything is compared in integers: a fractional quantile is moved up to the next whole number, which parts whole
 * numbers just the same. Greater values are better; recency comes negated. */
#include <assert.h>

#include "base/checked.h"
#include "base/memory.h"
#include "tier/tier.h"

static const cpn_step nobody = { INT64_MAX, INT64_MAX };

static int64_t ceil_div(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* Places, counted from 0, at which step j = 1 … bins - 1 looks; n where it lies above everybody. */
static int64_t place_of_step(int32_t ties, int64_t n, int32_t n_bins, int32_t j)
{
    switch (ties) {
    case CAMPAIGN_RFM_TIES_RANK_AVERAGE: return ceil_div(j * n, n_bins);
    case CAMPAIGN_RFM_TIES_NTILE: { /* n % bins bins are larger by one, and stand first */
        const int64_t below = j * (n / n_bins) + (j < n % n_bins ? j : n % n_bins);
        return below == n ? n : below - 1;
    }
    default: { /* the last of those that stay below */
        const int64_t below = ceil_div(j * n, n_bins);
        return below == n ? n : below - 1;
    }
    }
}

static void count_around(int64_t *n_below, int64_t *n_equal, const int64_t *values, int64_t n, int64_t value)
{
    int64_t below = 0, equal = 0;
    for (int64_t i = 0; i < n; i++) {
        below += values[i] < value;
        equal += values[i] == value;
    }
    *n_below = below;
    *n_equal = equal;
}

static int64_t quota_of_step(int32_t ties, const int64_t *values, int64_t n, int32_t n_bins, int32_t j, int64_t place,
                             int64_t value)
{
    if (ties == CAMPAIGN_RFM_TIES_VALUE) return INT64_MAX;
    int64_t n_below, n_equal;
    count_around(&n_below, &n_equal, values, n, value);
    if (ties == CAMPAIGN_RFM_TIES_RANK_AVERAGE) {
        /* mean place of the equal ones = n_below + (n_equal - 1) / 2, above from j * n / bins on */
        return n_bins * (2 * n_below + n_equal - 1) >= 2 * j * n ? 0 : INT64_MAX;
    }
    return place + 1 - n_below;
}

static bool build_ranks(cpn_scale *scale, const int64_t *values, int64_t n, int32_t ties)
{
    int64_t places[CAMPAIGN_RFM_BINS_MAX], found[CAMPAIGN_RFM_BINS_MAX];
    int32_t n_places = 0;
    while (n_places < scale->n_bins - 1) {
        places[n_places] = place_of_step(ties, n, scale->n_bins, n_places + 1);
        if (places[n_places] == n) break;
        n_places++;
    }
    if (!cpn_select_places(found, values, n, places, n_places)) return false;
    for (int32_t i = 0; i < scale->n_bins - 1; i++) {
        scale->steps[i] = nobody;
        if (i >= n_places) continue;
        scale->steps[i].value = found[i];
        scale->steps[i].quota = quota_of_step(ties, values, n, scale->n_bins, i + 1, places[i], found[i]);
        if (scale->steps[i].quota != 0 && scale->steps[i].quota != INT64_MAX) scale->has_quota = true;
    }
    return true;
}

/* A cut of fraction (n_bins - part) / n_bins of low and part / n_bins of high, plus one unit: the least whole number at
 * or above it, and its value in units. False where that passes 64 bits. */
static bool make_r_cut(int64_t *whole, double *cut, int64_t low, int64_t high, int32_t part, int32_t n_bins,
                       int64_t unit)
{
    cpn_int128 sum = cpn_mul_128(low, n_bins - part);
    (void)cpn_add_128(&sum, sum, cpn_mul_128(high, part));
    (void)cpn_add_128(&sum, sum, cpn_mul_128(unit, n_bins));
    int64_t below;
    if (!cpn_div_128(whole, sum, n_bins, CAMPAIGN_ROUND_CEILING)) return false;
    if (!cpn_div_128(&below, sum, n_bins, CAMPAIGN_ROUND_FLOOR)) return false;
    const int64_t rest = (int64_t)(sum.low - (uint64_t)below * (uint64_t)n_bins);
    *cut = ((double)below * n_bins + (double)rest) / ((double)n_bins * (double)unit);
    return true;
}

/* Type-7 quantiles plus one unit (R package rfm): a value belongs above where it is at least the cut; the score of
 * recency is turned round, so days belong above where they are less. */
static bool build_r(cpn_scale *scale, const int64_t *values, int64_t n, bool is_recency, int64_t unit)
{
    int64_t places[2 * CAMPAIGN_RFM_BINS_MAX] = { 0 }, found[2 * CAMPAIGN_RFM_BINS_MAX];
    const int32_t n_steps = scale->n_bins - 1;
    for (int32_t i = 0; i < n_steps; i++) {
        places[2 * i] = (n - 1) * (i + 1) / scale->n_bins;
        places[2 * i + 1] = places[2 * i] + 1 < n ? places[2 * i] + 1 : n - 1;
    }
    if (!cpn_select_places(found, values, n, places, 2 * n_steps)) return false;
    scale->has_cut = true;
    for (int32_t i = 0; i < n_steps; i++) {
        int32_t part = (int32_t)((n - 1) * (i + 1) % scale->n_bins);
        int64_t low = found[2 * i], high = found[2 * i + 1], whole;
        if (is_recency) { /* quantile i + 1 of the days, counted from the few, is this one of the negated days */
            const int64_t swap = low;
            low = -high, high = -swap;
            part = scale->n_bins - part;
        }
        scale->steps[i] = nobody;
        if (!make_r_cut(&whole, &scale->cut[i], low, high, part, scale->n_bins, unit)) continue;
        scale->steps[i] = is_recency ? (cpn_step){ -whole, INT64_MAX } : (cpn_step){ whole, 0 };
    }
    return true;
}

static void build_cuts(cpn_scale *scale, const int64_t *cuts, bool is_recency, int64_t unit)
{
    const int32_t n_steps = scale->n_bins - 1;
    scale->has_cut = true;
    for (int32_t i = 0; i < n_steps; i++) {
        const int64_t cut = is_recency ? cuts[n_steps - 1 - i] : cuts[i];
        scale->steps[i] = (cpn_step){ is_recency ? -cut : cut, 0 };
        scale->cut[i] = (double)cut / (double)unit;
    }
}

campaign_status cpn_scale_build(cpn_scale *scale, const int64_t *values, int64_t n, const cpn_rfm_knobs *knobs,
                                int32_t dimension, int32_t exponent, campaign_error *error)
{
    const bool is_recency = dimension == CPN_RECENCY;
    const int64_t unit = cpn_power_of_ten(exponent);
    bool has_memory = true;
    *scale = (cpn_scale){ .n_bins = knobs->n_bins[dimension] };
    for (int32_t i = 0; i < scale->n_bins - 1; i++) scale->steps[i] = nobody;
    if (knobs->cuts[dimension])
        build_cuts(scale, knobs->cuts[dimension], is_recency, unit);
    else if (n > 0 && knobs->given.ties == CAMPAIGN_RFM_TIES_R_RFM)
        has_memory = build_r(scale, values, n, is_recency, unit);
    else if (n > 0)
        has_memory = build_ranks(scale, values, n, knobs->given.ties);
    return has_memory ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

/* Steps that split equal values: who comes first among them stays below. */
static void apply_quotas(int32_t *scores, const cpn_scale *scale, const int64_t *values, int64_t n)
{
    int64_t n_seen[CAMPAIGN_RFM_BINS_MAX] = { 0 };
    for (int64_t i = 0; i < n; i++) {
        int32_t score = 1;
        for (int32_t j = 0; j < scale->n_bins - 1; j++) {
            const cpn_step *step = &scale->steps[j];
            score += values[i] > step->value || (values[i] == step->value && n_seen[j]++ >= step->quota);
        }
        scores[i] = score;
    }
}

void cpn_scale_apply(int32_t *scores, const cpn_scale *scale, const int64_t *values, int64_t n)
{
    if (scale->has_quota) {
        apply_quotas(scores, scale, values, n);
        return;
    }
    for (int64_t i = 0; i < n; i++) {
        const int64_t value = values[i];
        int32_t score = 1;
        for (int32_t j = 0; j < scale->n_bins - 1; j++)
            score +=
                (value > scale->steps[j].value) | ((value == scale->steps[j].value) & (scale->steps[j].quota == 0));
        scores[i] = score;
    }
}
