/* What limits are worth where an answer stands. The multipliers of a search that had to branch belong to its first
 * relaxation, and may be far from what one more unit brings. So what is open stays open, what is closed stays closed, and
 * every curve keeps to the stretch that bends down, or to its tangents where it bends up or is broken: that problem is
 * concave, and its multipliers are those of the answer. */
#include <math.h>
#include <string.h>

#include "allocate/budget/spend.h"
#include "base/memory.h"
#include "base/number.h"

enum { BENT = 3 }; /* points of a bent line */

/* The problem around an answer. Behind the curves stand bent lines: the tangents of an item before and after its spend. */
typedef struct neighbourhood {
    cpn_spend_problem problem;
    cpn_spend_item *items;
    cpn_response *curves;
    double *weights; /* NULL = all 1 */
    double *points;  /* of each bent line: spends, then responses */
    int64_t n_bent, first_bent;
} neighbourhood;

/* What one more unit brings, and one less costs, and the spends between which that stays so. */
typedef struct tangents {
    double below, above, from, to;
} tangents;

/* ---- Tangents ---------------------------------------------------------------------------------------------------- */

static void look_at_points(tangents *found, const cpn_response *curve, double seen)
{
    const double z = seen + curve->shift, near = 1e-9 * z;
    for (int64_t i = 0; i <= curve->n_points; i++) {
        const double from = fmax((i > 0 ? curve->spends[i - 1] : 0) - curve->shift, 0);
        const double to = (i < curve->n_points ? curve->spends[i] : INFINITY) - curve->shift;
        if (!(to > from)) continue;
        const double slope = cpn_response_slope(curve, from);
        if (seen > from + near && seen <= to + near) {
            found->below = slope;
            found->from = from;
        }
        if (seen >= from - near && seen < to - near) {
            found->above = slope;
            found->to = to;
        }
    }
}

/* All curves of an item together; from and to opening cost included. */
static tangents look_around(const cpn_spend_problem *problem, const cpn_spend_item *item, double spend)
{
    tangents sum = { 0, 0, 0, INFINITY };
    for (int64_t c = item->first_curve; c < item->first_curve + item->n_curves; c++) {
        const cpn_response *curve = &problem->curves[c];
        const double weight = problem->weights ? problem->weights[c] : 1, seen = spend - item->opening_cost;
        tangents one = { 0, 0, 0, INFINITY };
        if (curve->kind == CPN_RESPONSE_PIECEWISE_LINEAR)
            look_at_points(&one, curve, seen);
        else
            one.below = one.above = cpn_response_slope(curve, seen);
        sum.below += weight * one.below;
        sum.above += weight * one.above;
        sum.from = fmax(sum.from, one.from);
        sum.to = fmin(sum.to, one.to);
    }
    sum.from += item->opening_cost;
    sum.to += item->opening_cost;
    return sum;
}

/* ---- Items ------------------------------------------------------------------------------------------------------- */

/* The spend from which on an item bends down; INFINITY where it never does, or that is not known: of broken lines, and of
 * curves that are taken off each other. */
static double find_bend(const cpn_spend_item *item, const cpn_spend_problem *problem)
{
    double bend = 0;
    for (int64_t c = item->first_curve; c < item->first_curve + item->n_curves; c++) {
        const cpn_response *curve = &problem->curves[c];
        const bool is_lost = problem->weights && problem->weights[c] < 0;
        const bool is_known = curve->kind != CPN_RESPONSE_PIECEWISE_LINEAR && !is_lost;
        bend = is_known ? fmax(bend, cpn_response_inflection(curve)) : INFINITY;
    }
    return bend;
}

static bool needs_tangents(const cpn_spend_item *item, const cpn_spend_problem *problem, double spend)
{
    return !(item->step > 0) && spend > item->opening_cost && spend - item->opening_cost < find_bend(item, problem);
}

/* The line replaces the item's curves, opening cost included. False where it would not bend down: nothing is known then. */
static bool bend_item(neighbourhood *around, cpn_spend_item *item, double spend)
{
    tangents sides = look_around(&around->problem, item, spend);
    const double least = fmax(fmax(item->minimum, sides.from), fmax(item->minimum_if_open, item->opening_cost));
    const double most = fmin(fmin(item->maximum, sides.to), 2 * spend);
    if (!(least < spend)) sides.below = sides.above;
    if (!(most > spend)) sides.above = sides.below;
    const double value = cpn_spend_look(&around->problem, item, spend).value;
    const double at[BENT] = { spend / 2, spend, 2 * spend };
    const double lines[BENT] = { value - sides.below * (spend / 2), value, value + sides.above * spend };
    const bool is_known = cpn_is_finite(lines[0]) && cpn_is_finite(lines[1]) && cpn_is_finite(lines[2]);
    if (!is_known || sides.above > sides.below || !(at[0] < spend) || !cpn_is_finite(at[2])) return false;

    double *points = &around->points[2 * BENT * around->n_bent];
    const int64_t curve = around->first_bent + around->n_bent++;
    memcpy(points, at, sizeof at);
    memcpy(points + BENT, lines, sizeof lines);
    around->curves[curve] = (cpn_response){
        .kind = CPN_RESPONSE_PIECEWISE_LINEAR, .spends = points, .responses = points + BENT, .n_points = BENT
    };
    if (around->weights) around->weights[curve] = 1;
    item->first_curve = curve;
    item->n_curves = 1;
    item->minimum = fmax(fmin(least, spend), spend / 2);
    item->maximum = fmax(most, spend);
    item->opening_cost = item->minimum_if_open = 0;
    return true;
}

/* The stretch that an item may move on around its spend. Where that is not known it stands still: steps, and curves that
 * an item has not begun. */
static void freeze_item(neighbourhood *around, cpn_spend_item *item, double spend)
{
    const cpn_spend_problem *problem = &around->problem;
    if (needs_tangents(item, problem, spend) && bend_item(around, item, spend)) return;
    double least = item->opening_cost + find_bend(item, problem);
    if (spend > 0) least = fmax(least, item->minimum_if_open);
    const bool stands = item->step > 0 || spend < least || (spend <= 0 && (least > 0 || item->minimum_if_open > 0));
    item->minimum = stands ? spend : fmax(item->minimum, least);
    if (stands) item->maximum = spend;
    if (item->minimum > item->maximum) item->minimum = item->maximum = spend;
    item->step = item->minimum_if_open = 0;
    if (spend <= 0) item->opening_cost = 0; /* whatever it costs, it is not paid */
}

/* ---- The problem around an answer -------------------------------------------------------------------------------- */

static void leave(neighbourhood *around)
{
    cpn_free(around->items);
    cpn_free(around->curves);
    cpn_free(around->weights);
    cpn_free(around->points);
}

static campaign_status enter(neighbourhood *around, const cpn_spend_plan *plan, const double *spends,
                             campaign_error *error)
{
    const cpn_spend_problem *whole = &plan->problem;
    int64_t n_bent = 0;
    for (int64_t i = 0; i < whole->n_items; i++) n_bent += needs_tangents(&plan->items[i], whole, spends[i]);
    *around = (neighbourhood){ .problem = *whole, .first_bent = whole->n_curves };
    around->items = cpn_alloc(whole->n_items, sizeof *around->items);
    around->curves = cpn_alloc(whole->n_curves + n_bent, sizeof *around->curves);
    around->points = cpn_alloc(2 * BENT * n_bent, sizeof *around->points);
    if (whole->weights) around->weights = cpn_alloc(whole->n_curves + n_bent, sizeof *around->weights);
    if (!around->items || !around->curves || !around->points || (whole->weights && !around->weights))
        return cpn_fail_nomem(error);
    memcpy(around->curves, whole->curves, (size_t)whole->n_curves * sizeof *around->curves);
    if (whole->weights) memcpy(around->weights, whole->weights, (size_t)whole->n_curves * sizeof *around->weights);
    for (int64_t i = 0; i < whole->n_items; i++) {
        around->items[i] = plan->items[i];
        freeze_item(around, &around->items[i], spends[i]);
    }
    around->problem.items = around->items;
    around->problem.curves = around->curves;
    around->problem.weights = around->weights;
    around->problem.n_curves += around->n_bent;
    around->problem.unit = 0; /* prices know nothing of whole units */
    around->problem.node_limit = 1;
    return CAMPAIGN_OK;
}

static void take_prices(cpn_spend_answer *answer, const cpn_spend_answer *found, const cpn_spend_plan *plan)
{
    for (int64_t i = 0; i < plan->problem.n_items; i++) answer->prices[i] = found->prices[i];
    for (int32_t g = 0; g < plan->problem.n_groups; g++) answer->group_multipliers[g] = found->group_multipliers[g];
    for (int32_t r = 0; r < plan->problem.n_ratios; r++) answer->ratio_multipliers[r] = found->ratio_multipliers[r];
    answer->target_multiplier = found->target_multiplier;
}

campaign_status cpn_spend_price_answer(cpn_spend_answer *answer, const cpn_spend_plan *plan,
                                       const campaign_runtime *runtime, campaign_error *error)
{
    cpn_spend_answer found = { 0 };
    neighbourhood around = { 0 };
    campaign_status status = enter(&around, plan, answer->spends, error);
    if (status == CAMPAIGN_OK) {
        status = cpn_spend_solve(&found, &around.problem, runtime, error);
        if (status == CAMPAIGN_OK) {
            take_prices(answer, &found, plan);
            cpn_spend_answer_free(&found);
        } else if (status != CAMPAIGN_E_NOMEM && status != CAMPAIGN_E_CANCELLED) {
            status = CAMPAIGN_OK; /* nothing can move: the first relaxation's are all there are */
        }
    }
    leave(&around);
    return status;
}
