/* The day-level cube: every leaf of the targets split over the days of its period.
 * The leaves of one period are split one after the other with a carry for every day, so that the days keep their exact
 * shares also where cells hold few units. Periods do not touch each other: they are the chunks of parallel work. */
#include "plan/cube.h"

#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/spread.h"

campaign_status cpn_plan_cube_open(cpn_plan_cube *cube, int64_t n_leaves, campaign_error *error)
{
    cube->n_leaves = n_leaves;
    cube->leaf_periods = cpn_alloc(n_leaves, sizeof *cube->leaf_periods);
    cube->leaf_minor = cpn_alloc(n_leaves, sizeof *cube->leaf_minor);
    cube->order = cpn_alloc(n_leaves, sizeof *cube->order);
    return cube->leaf_periods && cube->leaf_minor && cube->order ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

int32_t cpn_plan_cube_period(const cpn_plan_cube *cube, int32_t offset)
{
    int32_t low = 0, high = cube->n_periods;
    while (high - low > 1) {
        const int32_t middle = low + (high - low) / 2;
        if (cube->starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Leaves by period, in their own order within each. */
static void sort_leaves(cpn_plan_cube *cube)
{
    int64_t next[CPN_PLAN_MAX_DAYS + 1] = { 0 };
    for (int64_t i = 0; i < cube->n_leaves; i++) next[cube->leaf_periods[i] + 1]++;
    for (int32_t p = 0; p < cube->n_periods; p++) next[p + 1] += next[p];
    memcpy(cube->firsts, next, sizeof next);
    for (int64_t i = 0; i < cube->n_leaves; i++) cube->order[next[cube->leaf_periods[i]]++] = i;
}

static campaign_status spread_period(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    cpn_plan_cube *cube = ctx;
    (void)chunk;
    (void)last;
    const int32_t start = cube->starts[first], n_days = cube->starts[first + 1] - start;
    cpn_spread spread;
    int64_t scratch[CPN_PLAN_MAX_DAYS];
    cpn_spread_start(&spread, cube->weights + start, n_days);
    for (int64_t k = cube->firsts[first]; k < cube->firsts[first + 1]; k++) {
        const int64_t leaf = cube->order[k];
        int64_t *parts = cube->parts ? cube->parts + cube->leaf_rows[leaf] : scratch;
        cpn_spread_next(&spread, parts, cube->leaf_minor[leaf]);
        for (int32_t i = 0; i < n_days; i++)
            cube->day_minor[start + i] += parts[i]; /* no more than the year's target */
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_plan_cube_spread(cpn_plan_cube *cube, const campaign_runtime *runtime, campaign_error *error)
{
    memset(cube->day_minor, 0, sizeof cube->day_minor);
    sort_leaves(cube);
    return cpn_parallel_for(cube->n_periods, 1, spread_period, cube, "days", runtime, error);
}

void cpn_plan_cube_free(cpn_plan_cube *cube)
{
    cpn_free(cube->leaf_periods);
    cpn_free(cube->leaf_minor);
    cpn_free(cube->leaf_rows);
    cpn_free(cube->order);
    cpn_free(cube->parts);
    memset(cube, 0, sizeof *cube);
}

static const int64_t whole_share = INT64_C(1) << 60;

/* ---- Days of a new plan ----------------------------------------------------------------------------------------- */

/* Segments of the year, each with a share of its leaf's period. */
typedef struct segments {
    int64_t shares[CPN_PLAN_MAX_DAYS]; /* at the first day of each */
    int32_t ends[CPN_PLAN_MAX_DAYS];   /* likewise */
} segments;

/* Cuts one segment by a level, and shares what it has by that level's weights of days. */
static void cut_segment(segments *made, const cpn_plan_request *request, cpn_plan_level level, const int64_t *days,
                        int32_t first)
{
    const int32_t end = made->ends[first];
    const int64_t whole = made->shares[first];
    int64_t total = 0;
    for (int32_t day = first; day < end; day++) total += days[day];
    for (int32_t start = first, next; start < end; start = next) {
        int64_t weight = 0;
        next = cpn_plan_next_period(request, level, request->start_day + start) - request->start_day;
        if (next > end) next = end;
        for (int32_t day = start; day < next; day++) weight += total > 0 ? days[day] : 1;
        (void)cpn_mul_div64(&made->shares[start], whole, weight, total > 0 ? total : end - first, CAMPAIGN_ROUND_DOWN);
        made->ends[start] = next;
    }
}

/* Weights of the days by every level that is finer than the tree's: a week by its level's driver, its days by theirs. */
static campaign_status weigh_finer(cpn_plan_cube *cube, const cpn_plan_request *request,
                                   const cpn_plan_profile *profile, cpn_plan_level finest, campaign_error *error)
{
    const int64_t(*days)[CPN_PLAN_MAX_DAYS] = profile->day_weights;
    bool is_same = true;
    memcpy(cube->weights, days[CPN_LEVEL_DAY], sizeof cube->weights);
    for (int32_t i = 0; i < request->n_split; i++)
        if (cpn_plan_is_period(request->split[i]) && request->split[i] > finest)
            is_same = is_same && memcmp(days[request->split[i]], days[CPN_LEVEL_DAY], sizeof *days) == 0;
    if (is_same) return CAMPAIGN_OK;
    segments *made = cpn_alloc_zero(1, sizeof *made);
    if (!made) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < cube->n_periods; i++) {
        made->shares[cube->starts[i]] = whole_share;
        made->ends[cube->starts[i]] = cube->starts[i + 1];
    }
    for (int32_t level = (int32_t)finest + 1; level <= CPN_LEVEL_DAY; level++) {
        bool is_wanted = level == CPN_LEVEL_DAY;
        for (int32_t i = 0; i < request->n_split; i++) is_wanted = is_wanted || (int32_t)request->split[i] == level;
        for (int32_t first = 0, end; is_wanted && first < cube->starts[cube->n_periods]; first = end) {
            end = made->ends[first];
            cut_segment(made, request, (cpn_plan_level)level, days[level], first);
        }
    }
    memcpy(cube->weights, made->shares, sizeof cube->weights);
    cpn_free(made);
    return CAMPAIGN_OK;
}

/* The periods of the tree's leaves, and the weights of the days in each. */
static campaign_status take_periods(cpn_plan_cube *cube, const cpn_plan_targets *targets,
                                    const cpn_plan_request *request, const cpn_plan_profile *profile,
                                    campaign_error *error)
{
    const int32_t n_days = request->end_day - request->start_day;
    bool is_start[CPN_PLAN_MAX_DAYS] = { false };
    for (int64_t i = targets->leaves.first; i < targets->leaves.end; i++)
        is_start[targets->rows[i].start_day - request->start_day] = true;
    cube->n_periods = 0;
    for (int32_t day = 0; day < n_days; day++)
        if (is_start[day]) cube->starts[cube->n_periods++] = day;
    cube->starts[cube->n_periods] = n_days;
    const campaign_status status =
        weigh_finer(cube, request, profile, targets->rows[targets->leaves.first].period, error);
    for (int32_t i = 0; i < cube->n_periods && status == CAMPAIGN_OK; i++)
        cpn_spread_scale(cube->weights + cube->starts[i], cube->starts[i + 1] - cube->starts[i]);
    return status;
}

campaign_status cpn_plan_days_fill(cpn_plan_targets *targets, const cpn_plan_request *request,
                                   const cpn_plan_profile *profile, const campaign_runtime *runtime,
                                   campaign_error *error)
{
    cpn_plan_cube *cube = cpn_alloc_zero(1, sizeof *cube);
    if (!cube) return cpn_fail_nomem(error);
    const cpn_plan_target *leaves = targets->rows + targets->leaves.first;
    campaign_status status = cpn_plan_cube_open(cube, targets->leaves.end - targets->leaves.first, error);
    if (status == CAMPAIGN_OK) status = take_periods(cube, targets, request, profile, error);
    for (int64_t i = 0; i < cube->n_leaves && status == CAMPAIGN_OK; i++) {
        cube->leaf_periods[i] = cpn_plan_cube_period(cube, leaves[i].start_day - request->start_day);
        cube->leaf_minor[i] = leaves[i].minor;
    }
    if (status == CAMPAIGN_OK) status = cpn_plan_cube_spread(cube, runtime, error);
    memcpy(targets->day_minor, cube->day_minor, sizeof targets->day_minor);
    memcpy(targets->day_weights, cube->weights, sizeof targets->day_weights);
    cpn_plan_cube_free(cube);
    cpn_free(cube);
    return status;
}
