/* What a pass over all customers tells of other multipliers, without another pass.
 *
 * Whoever is not near a tie loses at least the width of the core by any exchange. As long as no score moves against
 * another of the same customer by as much, the choice stands (in a matroid no single exchange that gains means that
 * nothing gains: Edmonds 1971); its score moves by what it uses × the change of multipliers. So the few near a tie give
 * the bound and what is used at the new multipliers exactly, with the allowance for rounding that a pass has. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "allocate/offers/solver.h"
#include "base/memory.h"

campaign_status cpn_offers_rest_open(cpn_offers_rest *rest, const cpn_offers_problem *problem, campaign_error *error)
{
    *rest = (cpn_offers_rest){ .problem = problem };
    rest->multipliers = cpn_alloc(problem->n_rows, sizeof *rest->multipliers);
    rest->used = cpn_alloc(problem->n_rows, sizeof *rest->used);
    rest->prices = cpn_alloc(problem->n_groups * problem->n_offers * problem->n_costs, sizeof *rest->prices);
    return rest->multipliers && rest->used && rest->prices ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

void cpn_offers_rest_close(cpn_offers_rest *rest)
{
    cpn_free(rest->multipliers);
    cpn_free(rest->used);
    cpn_free(rest->prices);
    *rest = (cpn_offers_rest){ 0 };
}

/* Adds what the core chooses at multipliers: its scores to a sum, what it uses to used. */
static campaign_status add_core(double sum[2], int64_t *used, const cpn_offers_scan *scan,
                                const cpn_offers_problem *problem, const double *multipliers, campaign_error *error)
{
    cpn_offers_state state;
    campaign_status status = cpn_offers_state_open(&state, problem, &scan->core, multipliers, used, error);
    if (status != CAMPAIGN_OK) return status;
    for (int64_t p = 0; p < scan->core.n_pairs; p++)
        if (state.is_chosen[p]) cpn_offers_add_to(&sum[0], &sum[1], state.scores[p]);
    cpn_offers_use_chosen(used, &state);
    cpn_offers_state_close(&state);
    return CAMPAIGN_OK;
}

campaign_status cpn_offers_rest_take(cpn_offers_rest *rest, const cpn_offers_scan *scan, const double *multipliers,
                                     campaign_error *error)
{
    const cpn_offers_problem *problem = rest->problem;
    const size_t n = (size_t)problem->n_rows;
    double sum[2] = { 0, 0 };
    memset(rest->used, 0, n * sizeof *rest->used);
    const campaign_status status = add_core(sum, rest->used, scan, problem, multipliers, error);
    if (status != CAMPAIGN_OK) return status;
    for (int32_t r = 0; r < problem->n_rows; r++) rest->used[r] = scan->used[r] - rest->used[r];
    memcpy(rest->multipliers, multipliers, n * sizeof *rest->multipliers);
    cpn_offers_price(rest->prices, problem, multipliers);
    rest->sum[0] = scan->sum;
    rest->sum[1] = scan->compensation - sum[1];
    cpn_offers_add_to(&rest->sum[0], &rest->sum[1], -sum[0]);
    rest->width = scan->width;
    rest->size = fabs(scan->sum);
    rest->score_error = cpn_offers_score_error(problem, rest->prices);
    return CAMPAIGN_OK;
}

/* Most that two scores of a customer, or one and that of nothing, move against each other: costs lie between nothing and
 * the largest there is. */
static double reach_of(const cpn_offers_rest *rest, const double *prices)
{
    const cpn_offers_problem *problem = rest->problem;
    double reach = 0;
    for (int64_t g = 0; g < problem->n_groups; g++) {
        double low = 0, high = 0;
        for (int32_t k = 0; k < problem->n_offers; k++) {
            const int64_t at = cpn_offers_cell(problem, g, k) * problem->n_costs;
            double fall = prices[at] - rest->prices[at], least = fall, most = fall, all = fall;
            for (int32_t c = 1; c < problem->n_costs; c++) {
                fall = (prices[at + c] - rest->prices[at + c]) * problem->costs[c].most;
                least += fall < 0 ? fall : 0;
                most += fall > 0 ? fall : 0;
                all += fall;
            }
            if (!(fabs(all) < INFINITY)) return INFINITY; /* not a number too */
            low = least < low ? least : low;
            high = most > high ? most : high;
        }
        reach = high - low > reach ? high - low : reach;
    }
    return reach;
}

campaign_status cpn_offers_rest_look(bool *is_sure, cpn_offers_scan *scan, const cpn_offers_rest *rest,
                                     const double *multipliers, campaign_error *error)
{
    const cpn_offers_problem *problem = rest->problem;
    const int32_t n = problem->n_rows;
    double *prices = cpn_alloc(problem->n_groups * problem->n_offers * problem->n_costs, sizeof *prices);
    if (!prices) return cpn_fail_nomem(error);
    cpn_offers_price(prices, problem, multipliers);
    const double rounding = rest->score_error + cpn_offers_score_error(problem, prices);
    const double reach = reach_of(rest, prices);
    *is_sure = reach < INFINITY && reach * (1 + 1e-9) + 8 * rounding < rest->width;
    cpn_free(prices);
    if (!*is_sure) return CAMPAIGN_OK;
    double sum[2] = { rest->sum[0], rest->sum[1] }, size = rest->size;
    memcpy(scan->used, rest->used, (size_t)n * sizeof *scan->used);
    campaign_status status = add_core(sum, scan->used, scan, problem, multipliers, error);
    if (status != CAMPAIGN_OK) return status;
    double error_of_steps = cpn_offers_steps_error(problem, multipliers, scan->n_most) +
                            cpn_offers_steps_error(problem, rest->multipliers, scan->n_most);
    for (int32_t r = 0; r < n; r++) {
        const double used = (double)rest->used[r] / problem->costs[problem->rows[r].cost].steps;
        const double moved = (rest->multipliers[r] - multipliers[r]) * used;
        cpn_offers_add_to(&sum[0], &sum[1], moved);
        size += fabs(moved);
    }
    const double amounts = cpn_offers_amounts_value(problem, multipliers), total = sum[0] + sum[1];
    scan->bound =
        total + amounts + scan->n_most * rounding + 8 * DBL_EPSILON * (size + fabs(total) + amounts) + error_of_steps;
    return CAMPAIGN_OK;
}
