/* The curve of one item: the weighted sum of its response curves, behind its opening cost; which of its spends are
 * allowed; and where it has come down to a price. */
#include <math.h>

#include "allocate/budget/parts.h"

#include "base/number.h"

static const double nowhere = 1e-290; /* a spend beside 0 */

cpn_response_look cpn_spend_look(const cpn_spend_problem *problem, const cpn_spend_item *item, double spend)
{
    const double seen = spend > item->opening_cost ? spend - item->opening_cost : 0;
    if (item->n_curves == 1 && !problem->weights) return cpn_response_at(&problem->curves[item->first_curve], seen);
    cpn_spend_sum value = { 0, 0 };
    cpn_response_look look = { 0, 0, 0 };
    for (int64_t i = item->first_curve; i < item->first_curve + item->n_curves; i++) {
        const cpn_response_look one = cpn_response_at(&problem->curves[i], seen);
        const double weight = problem->weights ? problem->weights[i] : 1;
        if (weight == 0) continue;
        cpn_spend_add(&value, weight * one.value);
        look.slope += weight * one.slope;
        look.curvature += weight * one.curvature;
    }
    look.value = cpn_spend_sum_of(&value);
    if (cpn_is_nan(look.slope) &&
        seen < nowhere) { /* infinite slopes of either sign: what they come to just beside 0 */
        look.slope = 0;
        for (int64_t i = item->first_curve; i < item->first_curve + item->n_curves; i++)
            look.slope +=
                (problem->weights ? problem->weights[i] : 1) * cpn_response_slope(&problem->curves[i], nowhere);
        look.curvature = look.slope > 0 ? -INFINITY : INFINITY;
    }
    return look;
}

/* ---- Allowed spends ---------------------------------------------------------------------------------------------- */

static double least_open(const cpn_spend_item *item)
{
    return item->minimum_if_open > item->opening_cost ? item->minimum_if_open : item->opening_cost;
}

/* A multiple of step near spend, downwards or upwards; what rounding alone keeps from a multiple is one. */
static double whole_steps(double spend, double step, bool is_up)
{
    const double n = spend / step, near = floor(n + 0.5);
    if (fabs(n - near) <= 1e-9 && fabs(n) < 1e15) return near * step;
    return (is_up ? ceil(n) : floor(n)) * step;
}

double cpn_spend_allowed_above(const cpn_spend_item *item, double spend)
{
    if (spend <= 0) return 0;
    const double open = least_open(item);
    double allowed = spend > open ? spend : open;
    if (item->step > 0) {
        allowed = whole_steps(allowed, item->step, true);
        if (allowed < open) allowed = whole_steps(allowed + item->step / 2, item->step, true);
    }
    return allowed;
}

double cpn_spend_allowed_below(const cpn_spend_item *item, double spend)
{
    const double open = least_open(item);
    if (spend < open) return spend >= 0 ? 0 : -1;
    const double allowed = item->step > 0 ? whole_steps(spend, item->step, false) : spend;
    return allowed >= open ? allowed : 0;
}

bool cpn_spend_is_allowed(const cpn_spend_item *item, double spend)
{
    if (spend == 0) return true;
    return spend >= least_open(item) && (item->step <= 0 || whole_steps(spend, item->step, false) == spend);
}

/* ---- The spend of a price ---------------------------------------------------------------------------------------- */

/* Newton on the slope of a sum, kept between two spends on either side of the price. */
static double search_slope(const cpn_spend_problem *problem, const cpn_spend_item *item, const double stretch[2],
                           double slope)
{
    double low = stretch[0], high = stretch[1], x = low + (high - low) / 2;
    for (int32_t i = 0; i < 200; i++) {
        const cpn_response_look look = cpn_spend_look(problem, item, x);
        if (look.slope > slope)
            low = x;
        else
            high = x;
        double next = x + (slope - look.slope) / look.curvature;
        if (!(next > low && next < high))
            next = low > 0 && high > 4 * low ? sqrt(low) * sqrt(high) : low + (high - low) / 2;
        const double moved = fabs(next - x);
        x = next;
        if (moved <= 4 * DBL_EPSILON * x || !(high - low > 2 * DBL_EPSILON * high)) break;
    }
    return x;
}

/* Between whole steps, the one that pays at the price. */
static double settle_step(const cpn_spend_problem *problem, const cpn_spend_seat *seat, const double stretch[2],
                          const double wish[2])
{
    const double step = seat->item->step, below = whole_steps(wish[0], step, false);
    const double above = whole_steps(below + step / 2, step, true);
    if (below < stretch[0]) return stretch[0];
    if (above > stretch[1]) return below < stretch[1] ? below : stretch[1];
    const double gain =
        cpn_spend_look(problem, seat->item, above).value - cpn_spend_look(problem, seat->item, below).value;
    return seat->item->value * gain > wish[1] * (above - below) ? above : below;
}

double cpn_spend_slope_within(const cpn_spend_problem *problem, const cpn_spend_seat *seat, double spend, int32_t side)
{
    const double inside = seat->n_pieces > 0 ? spend + side * 8 * DBL_EPSILON * spend : spend;
    return cpn_spend_look(problem, seat->item, inside).slope;
}

double cpn_spend_at_price(const cpn_spend_problem *problem, cpn_spend_seat *seat, const double stretch[2], double price,
                          double *curvature)
{
    const cpn_spend_item *item = seat->item;
    const double slope = cpn_quotient(price, item->value);
    double x;
    *curvature = NAN;
    if (seat->n_pieces == 0 && slope > 0) {
        const double weight = problem->weights ? problem->weights[item->first_curve] : 1;
        const cpn_response *curve = &problem->curves[item->first_curve];
        x = cpn_response_find_slope(curve, slope / weight, &seat->hint, curvature) + item->opening_cost;
        *curvature *= weight;
    } else if (seat->n_pieces == 0)
        x = stretch[1];
    else if (!(cpn_spend_slope_within(problem, seat, stretch[0], 1) > slope))
        x = stretch[0];
    else if (!(cpn_spend_slope_within(problem, seat, stretch[1], -1) < slope))
        x = stretch[1];
    else
        x = search_slope(problem, item, stretch, slope);
    if (seat->n_pieces > 0 && stretch[1] - x <= 8 * DBL_EPSILON * x) x = stretch[1];
    x = x < stretch[0] ? stretch[0] : x > stretch[1] ? stretch[1] : x;
    return item->step > 0 ? settle_step(problem, seat, stretch, (const double[2]){ x, price }) : x;
}
