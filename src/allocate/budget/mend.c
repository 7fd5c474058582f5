/* Makes spends keep all rules exactly: allowed spends of items, sums within the bounds of groups. What is to mend is
 * rounding, and single items that a limit has left between two steps. Whole units are shared out in units.c. */
#include <math.h>

#include "allocate/budget/parts.h"
#include "base/number.h"

static const double nothing = 1e-200;   /* of what an item can spend */
static const double near_share = 1e-11; /* what sums of spends may miss a bound by */

/* What a row may be missed by: rounding of sums, and in whole units none of a share, less than one unit of an exact one. */
static double near_of(const cpn_spend_search *search, int32_t r, const double *spends)
{
    const cpn_spend_row *row = &search->rows[r];
    const cpn_spend_problem *problem = search->problem;
    if (row->ratio < 0)
        return 1e-12 * fabs(problem->objective == CPN_SPEND_LEAST_SPEND
                                ? problem->target
                                : problem->target * cpn_spend_group_total(search, 0, spends));
    if (problem->unit > 0)
        return row->is_equal ? cpn_spend_row_slack(search, r) : cpn_spend_unit_near(search, r, spends);
    return near_share * cpn_spend_group_total(search, row->node, spends) + cpn_spend_row_near(search, r);
}

static bool keeps_row(const cpn_spend_search *search, int32_t r, const double *spends)
{
    const double near = near_of(search, r, spends), residual = cpn_spend_residual(search, r, spends, false);
    return residual <= near && (!search->rows[r].is_equal || residual >= -near);
}

bool cpn_spend_keeps_rules(const cpn_spend_search *search, const double *spends)
{
    for (int64_t s = 0; s < search->n_seats; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        if (spends[s] < seat->root_low || spends[s] > seat->root_high) return false;
        if (!cpn_spend_is_allowed(seat->item, spends[s])) return false;
    }
    for (int32_t i = 0; i < search->n_nodes; i++) {
        const cpn_spend_node *node = &search->nodes[i];
        if (!(node->minimum > 0) && !cpn_is_finite(node->maximum)) continue;
        const double total = cpn_spend_group_total(search, i, spends);
        const double near = (search->problem->unit > 0 ? 4 * DBL_EPSILON : 1e-12) * total;
        if (total > node->maximum + 4 * DBL_EPSILON * total || total < node->minimum - near) return false;
    }
    for (int32_t r = 0; r < search->n_rows; r++)
        if (!keeps_row(search, r, spends)) return false;
    return true;
}

static void allow_items(const cpn_spend_search *search, double *spends)
{
    for (int64_t s = 0; s < search->n_seats; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        double x = fmin(fmax(spends[s], seat->root_low), seat->root_high);
        if (x < nothing * seat->root_high && seat->root_low <= 0) x = 0;
        const bool is_unit = search->problem->unit > 0 && seat->item->step == search->problem->unit;
        const bool is_open = x >= fmax(seat->item->opening_cost, seat->item->minimum_if_open);
        if (!cpn_spend_is_allowed(seat->item, x) && !(is_unit && is_open)) { /* units are shared out below */
            x = cpn_spend_allowed_below(seat->item, x);
            if (x < seat->root_low) x = seat->root_low;
        }
        spends[s] = x;
    }
}

/* Takes what rounding put above a group's maximum from items that can give it, and gives what is missing. */
static void trim_groups(const cpn_spend_search *search, double *spends)
{
    for (int32_t i = search->n_nodes - 1; i >= 0; i--) {
        const cpn_spend_node *node = &search->nodes[i];
        if (!(node->minimum > 0) && !cpn_is_finite(node->maximum)) continue;
        const double total = cpn_spend_group_total(search, i, spends);
        double rest = total > node->maximum ? node->maximum - total : total < node->minimum ? node->minimum - total : 0;
        if (rest == 0 || fabs(rest) > 1e-9 * total) continue;
        const int64_t end = search->nodes[node->end - 1].end_seat;
        for (int64_t s = node->first_seat; s < end && rest != 0; s++) {
            const cpn_spend_seat *seat = &search->seats[s];
            if (seat->item->step > 0 || spends[s] == 0) continue;
            const double x = spends[s] + rest;
            const double wish = rest < 0 && 8 * -rest < DBL_EPSILON * spends[s] ? nextafter(spends[s], 0) : x;
            if (wish < seat->root_low || wish > seat->root_high || !cpn_spend_is_allowed(seat->item, wish)) continue;
            spends[s] = wish;
            rest = 0;
        }
    }
}

campaign_status cpn_spend_mend(cpn_spend_search *search, double *spends, campaign_error *error)
{
    allow_items(search, spends);
    trim_groups(search, spends);
    return search->problem->unit > 0 ? cpn_spend_to_units(search, spends, error) : CAMPAIGN_OK;
}
