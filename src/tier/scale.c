/* Turns the values of one dimension into steps between scores, by quantiles under a tie policy or by the caller's cuts.
 * Everything is compared in integers: a fractional quantile is moved up to the next whole number, which parts whole
 * numbers just the same. Greater values are better; recency comes negated. */
#include "base/checked.h"
#include "tier/tier.h"

static const cpn_step nobody = { INT64_MAX, INT64_MAX };

static int64_t ceil_div(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* Place, counted from 0, at which step j = 1 … bins - 1 looks; n where it lies above everybody. */
static int64_t place_of_step(const cpn_scaling *scaling, int64_t n, int32_t j)
{
    const int32_t n_bins = scaling->n_bins;
    if (scaling->ties == CAMPAIGN_RFM_TIES_RANK_AVERAGE) return ceil_div(j * n, n_bins);
    int64_t n_below = ceil_div(j * n, n_bins);
    if (scaling->ties == CAMPAIGN_RFM_TIES_NTILE) /* n % bins bins are larger by one, and stand first */
        n_below = j * (n / n_bins) + (j < n % n_bins ? j : n % n_bins);
    return n_below == n ? n : n_below - 1; /* the last of those that stay below */
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

/* The step at the value found at place, with the quota that the policy gives to values equal to it. */
static cpn_step make_step(const cpn_scaling *scaling, const int64_t *values, int64_t n, int32_t j, int64_t place,
                          int64_t value)
{
    if (scaling->ties == CAMPAIGN_RFM_TIES_VALUE) return (cpn_step){ value, INT64_MAX };
    int64_t n_below, n_equal;
    count_around(&n_below, &n_equal, values, n, value);
    if (scaling->ties != CAMPAIGN_RFM_TIES_RANK_AVERAGE) return (cpn_step){ value, place + 1 - n_below };
    /* mean place of the equal ones = n_below + (n_equal - 1) / 2, above from j * n / bins on */
    const bool is_above = scaling->n_bins * (2 * n_below + n_equal - 1) >= 2 * j * n;
    return (cpn_step){ value, is_above ? 0 : INT64_MAX };
}

static bool build_ranks(cpn_scale *scale, const cpn_scaling *scaling, const int64_t *values, int64_t n)
{
    int64_t places[CAMPAIGN_RFM_BINS_MAX], found[CAMPAIGN_RFM_BINS_MAX];
    int32_t n_places = 0;
    while (n_places < scale->n_bins - 1) {
        places[n_places] = place_of_step(scaling, n, n_places + 1);
        if (places[n_places] == n) break; /* and so do the steps after it */
        n_places++;
    }
    if (!cpn_select_places(found, values, n, places, n_places)) return false;
    for (int32_t i = 0; i < n_places; i++) {
        scale->steps[i] = make_step(scaling, values, n, i + 1, places[i], found[i]);
        if (scale->steps[i].quota != 0 && scale->steps[i].quota != INT64_MAX) scale->has_quota = true;
    }
    return true;
}

/* A cut of fraction (n_bins - part) / n_bins of low and part / n_bins of high, plus one unit: the least whole number at
 * or above it, and its value in units. False where that passes 64 bits. */
static bool make_r_cut(int64_t *whole, double *cut, const cpn_scaling *scaling, int64_t low, int64_t high, int32_t part)
{
    const int32_t n_bins = scaling->n_bins;
    const int64_t unit = scaling->unit;
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
static bool build_r(cpn_scale *scale, const cpn_scaling *scaling, const int64_t *values, int64_t n)
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
        if (scaling
                ->is_recency) { /* this quantile of the negated days is one of the days, counted from the other end */
            const int64_t swap = low;
            low = -high, high = -swap;
            part = scale->n_bins - part;
        }
        if (!make_r_cut(&whole, &scale->cut[i], scaling, low, high, part)) continue;
        scale->steps[i] = scaling->is_recency ? (cpn_step){ -whole, INT64_MAX } : (cpn_step){ whole, 0 };
    }
    return true;
}

static void build_cuts(cpn_scale *scale, const cpn_scaling *scaling)
{
    const int32_t n_steps = scale->n_bins - 1;
    scale->has_cut = true;
    for (int32_t i = 0; i < n_steps; i++) {
        const int64_t cut = scaling->is_recency ? scaling->cuts[n_steps - 1 - i] : scaling->cuts[i];
        scale->steps[i] = (cpn_step){ scaling->is_recency ? -cut : cut, 0 };
        scale->cut[i] = (double)cut / (double)scaling->unit;
    }
}

bool cpn_scale_build(cpn_scale *scale, const cpn_scaling *scaling, const int64_t *values, int64_t n)
{
    *scale = (cpn_scale){ .n_bins = scaling->n_bins };
    for (int32_t i = 0; i < scale->n_bins - 1; i++) scale->steps[i] = nobody;
    if (scaling->cuts) build_cuts(scale, scaling);
    if (scaling->cuts || n == 0) return true;
    if (scaling->ties == CAMPAIGN_RFM_TIES_R_RFM) return build_r(scale, scaling, values, n);
    return build_ranks(scale, scaling, values, n);
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
