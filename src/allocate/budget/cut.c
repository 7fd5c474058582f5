/* Cuts the curve of an item into stretches that are convex or concave throughout, each proved to be so. A sum of curves
 * is judged by bounds on its curvature: that of each curve rises and falls steadily between its turns, so its ends and
 * turns bound it on any stretch. Where the sign stays open on a very short stretch, what that can hide is the slack. */
#include <math.h>

#include "allocate/budget/parts.h"
#include "base/memory.h"
#include "base/number.h"

enum { DEPTH = 200 };

static campaign_status add_piece(cpn_spend_seat *seat, cpn_spend_curves *curves, double to, bool is_concave)
{
    if (curves->n_pieces == curves->capacity) {
        const int64_t wanted = curves->capacity ? 2 * curves->capacity : 64;
        cpn_spend_piece *pieces = cpn_resize(curves->pieces, wanted, sizeof *pieces);
        if (!pieces) return CAMPAIGN_E_NOMEM;
        curves->pieces = pieces;
        curves->capacity = wanted;
    }
    curves->pieces[curves->n_pieces++] = (cpn_spend_piece){ to, is_concave, 0 };
    seat->n_pieces++;
    return CAMPAIGN_OK;
}

static double weight_of(const cpn_spend_problem *problem, int64_t curve)
{
    return problem->weights ? problem->weights[curve] : 1;
}

/* The first corner of any piecewise linear curve beyond spend. */
static double next_corner(const cpn_spend_problem *problem, const cpn_spend_item *item, double spend)
{
    double next = INFINITY;
    for (int64_t i = item->first_curve; i < item->first_curve + item->n_curves; i++) {
        const cpn_response *curve = &problem->curves[i];
        if (curve->kind != CPN_RESPONSE_PIECEWISE_LINEAR) continue;
        int64_t low = -1, high = curve->n_points;
        while (high - low > 1) {
            const int64_t middle = low + (high - low) / 2;
            if (curve->spends[middle] - curve->shift <= spend)
                low = middle;
            else
                high = middle;
        }
        if (high < curve->n_points && curve->spends[high] - curve->shift < next)
            next = curve->spends[high] - curve->shift;
    }
    return next;
}

/* Bounds of one curve's curvature between two spends. */
static void bound_curvature(double bounds[2], const cpn_response *curve, double from, double to)
{
    bounds[0] = bounds[1] = 0;
    if (curve->kind == CPN_RESPONSE_PIECEWISE_LINEAR || curve->kind == CPN_RESPONSE_LINEAR) return;
    double spends[4] = { from, to }, turns[2];
    int32_t n = 2;
    const int32_t n_turns = cpn_response_curvature_turns(turns, curve);
    for (int32_t i = 0; i < n_turns; i++)
        if (turns[i] > from && turns[i] < to) spends[n++] = turns[i];
    bounds[0] = INFINITY;
    bounds[1] = -INFINITY;
    for (int32_t i = 0; i < n; i++) {
        const double c = cpn_response_at(curve, spends[i]).curvature;
        bounds[0] = c < bounds[0] ? c : bounds[0];
        bounds[1] = c > bounds[1] ? c : bounds[1];
    }
    const double inflection = cpn_response_inflection(curve);
    if (from >= inflection && bounds[1] > 0) bounds[1] = 0; /* rounding near the turn */
    if (to <= inflection && bounds[0] < 0) bounds[0] = 0;
}

static void bound_sum(double bounds[2], const cpn_spend_problem *problem, const cpn_spend_item *item, double from,
                      double to)
{
    bounds[0] = bounds[1] = 0;
    for (int64_t i = item->first_curve; i < item->first_curve + item->n_curves; i++) {
        const double weight = weight_of(problem, i);
        if (weight == 0) continue;
        double one[2];
        bound_curvature(one, &problem->curves[i], from, to);
        bounds[0] += weight * one[weight > 0 ? 0 : 1];
        bounds[1] += weight * one[weight > 0 ? 1 : 0];
    }
}

/* How large the sum is, for what is small beside it. */
static double size_of(const cpn_spend_problem *problem, const cpn_spend_item *item, double most)
{
    double size = 0;
    for (int64_t i = item->first_curve; i < item->first_curve + item->n_curves; i++)
        size += fabs(weight_of(problem, i)) * fabs(cpn_response_value(&problem->curves[i], most));
    return size;
}

/* Cuts one stretch between corners, from the left to the right, halving what is not decided yet. A new one does not go
 * on with the piece before. */
static campaign_status cut_stretch(cpn_spend_seat *seat, cpn_spend_curves *curves, double from, double to, double small,
                                   bool is_new)
{
    double ends[DEPTH];
    int32_t n = 0;
    int32_t last = is_new ? -1 : curves->pieces[curves->n_pieces - 1].is_concave;
    campaign_status status = CAMPAIGN_OK;
    ends[n++] = to;
    while (n > 0 && status == CAMPAIGN_OK) {
        double bounds[2];
        const double end = ends[n - 1], width = end - from;
        bound_sum(bounds, curves->problem, seat->item, from, end);
        const double hidden = bounds[1] * width * width / 8;
        const bool is_decided = bounds[1] <= 0 || bounds[0] >= 0;
        const double middle = from > 0 && end > 4 * from ? sqrt(from) * sqrt(end) : from + width / 2;
        if (!is_decided && hidden > small && n < DEPTH && middle > from && middle < end) {
            ends[n++] = middle;
            continue;
        }
        const int32_t is_concave = !(bounds[0] >= 0);
        if (!is_decided && cpn_is_finite(hidden)) seat->slack += hidden * seat->item->value;
        if (last == is_concave)
            curves->pieces[curves->n_pieces - 1].to = end;
        else
            status = add_piece(seat, curves, end, is_concave);
        last = is_concave;
        from = end;
        n--;
    }
    return status;
}

/* Right at 0 curvatures may be infinite: all that the curves do on a stretch that short is slack. */
static campaign_status cut_beginning(cpn_spend_seat *seat, cpn_spend_curves *curves, double tiny)
{
    const cpn_spend_problem *problem = curves->problem;
    const cpn_spend_item *item = seat->item;
    double moved = 0, bend = 0;
    for (int64_t i = item->first_curve; i < item->first_curve + item->n_curves; i++) {
        const cpn_response_look look = cpn_response_at(&problem->curves[i], tiny);
        moved += fabs(weight_of(problem, i)) * fabs(look.value - cpn_response_value(&problem->curves[i], 0));
        bend += weight_of(problem, i) * look.curvature;
    }
    seat->slack += moved * item->value;
    return add_piece(seat, curves, tiny, bend < 0);
}

/* All curves of positive weight and concave, which needs no proof. */
static bool is_plainly_concave(const cpn_spend_problem *problem, const cpn_spend_item *item)
{
    for (int64_t i = item->first_curve; i < item->first_curve + item->n_curves; i++)
        if (weight_of(problem, i) < 0 || problem->curves[i].kind == CPN_RESPONSE_PIECEWISE_LINEAR ||
            cpn_response_inflection(&problem->curves[i]) > 0)
            return false;
    return true;
}

campaign_status cpn_spend_cut(cpn_spend_seat *seat, cpn_spend_curves *curves)
{
    const cpn_spend_problem *problem = curves->problem;
    const cpn_spend_item *item = seat->item;
    const cpn_response *first = &problem->curves[item->first_curve];
    seat->first_piece = curves->n_pieces;
    seat->n_pieces = 0;
    seat->slack = 0;
    if (item->n_curves == 1 && first->kind != CPN_RESPONSE_PIECEWISE_LINEAR &&
        weight_of(problem, item->first_curve) > 0)
        return CAMPAIGN_OK;
    const double most = seat->root_high > item->opening_cost ? seat->root_high - item->opening_cost : 0;
    if (is_plainly_concave(problem, item)) return add_piece(seat, curves, INFINITY, true);
    const double tiny = fmax(most * 1e-60, DBL_MIN), small = 1e-15 * size_of(problem, item, most);
    campaign_status status = item->n_curves == 1 || !(most > 0) ? CAMPAIGN_OK : cut_beginning(seat, curves, tiny);
    double from = item->n_curves == 1 ? 0 : tiny;
    bool is_new = item->n_curves == 1 || !(most > 0);
    while (status == CAMPAIGN_OK && from < most) {
        const double corner = next_corner(problem, item, from), to = corner < most ? corner : most;
        status = cut_stretch(seat, curves, from, to, small, is_new);
        is_new = true;
        from = to;
    }
    return status == CAMPAIGN_OK ? add_piece(seat, curves, INFINITY, false) : status;
}
