/* Opens the rows of a search, beyond the tree of groups: which of them can bind, and the value that no plan is below, by
 * which a part is known to hold none. */
#include <math.h>

#include "allocate/budget/parts.h"
#include "base/number.h"

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

void cpn_spend_place_rows(cpn_spend_search *search, const int32_t *place)
{
    const cpn_spend_problem *problem = search->problem;
    for (int32_t r = 0; r < problem->n_ratios; r++) {
        const cpn_spend_ratio *ratio = &problem->ratios[r];
        cpn_spend_row row = { .ratio = r, .node = place[ratio->group], .of_node = place[ratio->of_group] };
        row.is_equal = ratio->low == ratio->high;
        row.sign = 1;
        row.share = ratio->high;
        if (cpn_is_finite(ratio->high)) search->rows[search->n_rows++] = row;
        row.sign = -1;
        row.share = ratio->low;
        if (!row.is_equal && ratio->low > 0) search->rows[search->n_rows++] = row;
    }
    if (problem->objective == CPN_SPEND_LEAST_SPEND || problem->objective == CPN_SPEND_AVERAGE)
        search->rows[search->n_rows++] = (cpn_spend_row){ .ratio = -1 };
}

/* Whether spends that are open can break a row: those of empty groups, or shares of what they are a part of, cannot. */
static bool can_break(const cpn_spend_search *search, const cpn_spend_row *row, double sign)
{
    const cpn_spend_node *node = &search->nodes[row->node], *of_node = &search->nodes[row->of_node];
    cpn_spend_sum sum = { 0, 0 };
    for (int64_t s = 0; s < search->n_seats; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        const double own = seat->group >= row->node && seat->group < node->end ? 1 : 0;
        const double other = seat->group >= row->of_node && seat->group < of_node->end ? row->share : 0;
        const double weight = sign * (own - other);
        if (weight != 0) cpn_spend_add(&sum, weight * (weight > 0 ? seat->root_high : seat->root_low));
    }
    return cpn_spend_sum_of(&sum) > 0;
}

void cpn_spend_drop_rows(cpn_spend_search *search)
{
    int32_t n = 0;
    for (int32_t r = 0; r < search->n_rows; r++) {
        const cpn_spend_row row = search->rows[r];
        if (row.ratio < 0 || can_break(search, &row, row.sign) || (row.is_equal && can_break(search, &row, -row.sign)))
            search->rows[n++] = row;
    }
    search->n_rows = n;
}

/* ---- The least of all values ------------------------------------------------------------------------------------- */

/* The most that an item's curves come to, of either sign, on the spends that are open. */
static double size_of(const cpn_spend_search *search, const cpn_spend_seat *seat)
{
    const cpn_spend_problem *problem = search->problem;
    double sum = 0;
    for (int64_t c = seat->item->first_curve; c < seat->item->first_curve + seat->item->n_curves; c++) {
        const cpn_response *curve = &problem->curves[c];
        double most = fmax(fabs(cpn_response_value(curve, 0)), fabs(cpn_response_value(curve, seat->root_high)));
        for (int64_t i = 0; curve->kind == CPN_RESPONSE_PIECEWISE_LINEAR && i < curve->n_points; i++)
            most = fmax(most, fabs(curve->responses[i]) + fabs(curve->floor));
        sum += fabs(problem->weights ? problem->weights[c] : 1) * most;
    }
    return seat->item->value * sum;
}

double cpn_spend_least_value(const cpn_spend_search *search, double most_spend)
{
    double size = 0, price = 0;
    switch ((cpn_spend_objective)search->problem->objective) {
    case CPN_SPEND_LEAST_SPEND: return -2 * most_spend;
    case CPN_SPEND_PROFIT: price = 1; break;
    case CPN_SPEND_MARGINAL: price = search->problem->target; break;
    case CPN_SPEND_RESPONSE:
    case CPN_SPEND_AVERAGE: break;
    }
    for (int64_t s = 0; s < search->n_seats; s++) size += size_of(search, &search->seats[s]);
    return -2 * (price != 0 ? size + fabs(price) * most_spend : size);
}
