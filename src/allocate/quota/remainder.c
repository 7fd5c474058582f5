/* One split by largest remainder: campaign_split with its cells in the declared order of ties, larger weights first.
 *
 * Ties show where the same split in the opposite order gives other parts; the first and the last cell that differ tell the
 * remainder that is tied, and with it every other cell that has the same. */
#include "allocate/quota/level.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"

typedef struct ordered_split {
    int64_t *order; /* place → cell */
    int64_t *weights, *minimum, *maximum, *parts, *reversed;
} ordered_split;

static int compare_cells(const void *a, const void *b, const void *ctx)
{
    const cpn_quota_share *share = ctx;
    const int64_t left = share->weights[*(const int64_t *)a], right = share->weights[*(const int64_t *)b];
    return left != right ? (left < right) - (left > right) : 0;
}

static bool open_split(ordered_split *split, const cpn_quota_share *share)
{
    int64_t **const arrays[] = { &split->order,   &split->weights, &split->minimum,
                                 &split->maximum, &split->parts,   &split->reversed };
    for (int32_t i = 0; i < 6; i++) {
        *arrays[i] = cpn_alloc(share->n, sizeof **arrays[i]);
        if (!*arrays[i]) return false;
    }
    for (int64_t cell = 0; cell < share->n; cell++) split->order[cell] = cell;
    return cpn_sort(split->order, share->n, sizeof *split->order, compare_cells, share);
}

static void close_split(ordered_split *split)
{
    cpn_free(split->order);
    cpn_free(split->weights);
    cpn_free(split->minimum);
    cpn_free(split->maximum);
    cpn_free(split->parts);
    cpn_free(split->reversed);
}

/* Splits in the order, or against it; parts come out by place. */
static campaign_status run_split(ordered_split *split, cpn_quota_share *share, bool is_reversed, campaign_error *error)
{
    campaign_split_problem problem = CAMPAIGN_SPLIT_PROBLEM_INIT;
    for (int64_t place = 0; place < share->n; place++) {
        const int64_t cell = split->order[is_reversed ? share->n - 1 - place : place];
        split->weights[place] = share->weights[cell];
        split->minimum[place] = share->minimum[cell];
        split->maximum[place] = share->maximum[cell];
    }
    problem.total_minor = share->total;
    problem.n_cells = share->n;
    problem.weights = split->weights;
    problem.minimum = split->minimum;
    problem.maximum = split->maximum;
    return campaign_split(is_reversed ? split->reversed : split->parts, &share->unallocated, &problem, error);
}

/* Whether (a - b) * c == d * e. */
static bool is_same(int64_t a, int64_t b, int64_t c, cpn_int128 right)
{
    return cpn_compare_128(cpn_mul_128(a - b, c), right) == 0;
}

/* The remainder of a tie: a cell that holds it, the part below it, and how many units go with how much weight. */
typedef struct tie {
    int64_t weight, floor;           /* of the last cell, which was rounded down */
    int64_t weight_step, floor_step; /* to the first cell; 0 where they weigh the same */
} tie;

/* Whether a cell has the tied remainder; *floor receives its part rounded down. */
static bool has_remainder(int64_t *floor, const tie *at, const cpn_quota_share *share, int64_t cell)
{
    for (int64_t down = 0; down <= 1; down++) {
        *floor = share->parts[cell] - down;
        if (*floor < share->minimum[cell] || *floor >= share->maximum[cell]) continue;
        if (at->weight_step == 0 ? share->weights[cell] == at->weight && *floor == at->floor
                                 : is_same(share->weights[cell], at->weight, at->floor_step,
                                           cpn_mul_128(*floor - at->floor, at->weight_step)))
            return true;
    }
    return false;
}

static void mark_ties(const ordered_split *split, const cpn_quota_share *share)
{
    int64_t first = -1, last = -1;
    for (int64_t place = 0; place < share->n; place++) {
        if (split->parts[place] == split->reversed[share->n - 1 - place]) continue;
        if (first < 0) first = split->order[place];
        last = split->order[place];
    }
    if (first < 0) return;
    const tie at = { .weight = share->weights[last],
                     .floor = share->parts[last],
                     .weight_step = share->weights[first] - share->weights[last],
                     .floor_step = share->parts[first] - 1 - share->parts[last] };
    for (int64_t cell = 0; cell < share->n; cell++) {
        int64_t floor;
        if (share->minimum[cell] < share->maximum[cell] && has_remainder(&floor, &at, share, cell))
            share->tied_low[cell] = floor;
    }
}

campaign_status cpn_quota_by_remainder(cpn_quota_share *share, campaign_error *error)
{
    ordered_split split = { 0 };
    campaign_status status = open_split(&split, share) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = run_split(&split, share, true, error);
    if (status == CAMPAIGN_OK) status = run_split(&split, share, false, error);
    if (status == CAMPAIGN_OK) {
        const double level = cpn_quota_level(share, CAMPAIGN_QUOTA_METHOD_USUAL);
        for (int64_t place = 0; place < share->n; place++) share->parts[split.order[place]] = split.parts[place];
        for (int64_t cell = 0; cell < share->n; cell++)
            share->shares[cell] = cpn_quota_at_level(share, cell, level, CAMPAIGN_QUOTA_METHOD_USUAL);
        mark_ties(&split, share);
    }
    close_split(&split);
    return status;
}

campaign_status cpn_quota_by_method(cpn_quota_share *share, int32_t method, campaign_error *error)
{
    for (int64_t cell = 0; cell < share->n; cell++) share->tied_low[cell] = -1;
    share->next = share->last = -1;
    share->unallocated = 0;
    return method == CAMPAIGN_QUOTA_LARGEST_REMAINDER ? cpn_quota_by_remainder(share, error)
                                                      : cpn_quota_by_divisor(share, method, error);
}
