/* Solves a problem of spends and fills its answer: spends, what each brings, the prices that explain them, and how near
 * the bound is. */
#include <campaign/certificate.h>

#include <math.h>

#include "allocate/budget/parts.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/parallel.h"

enum { ITEMS_AT_ONCE = 4096 };

/* ---- The answer -------------------------------------------------------------------------------------------------- */

void cpn_spend_answer_free(cpn_spend_answer *answer)
{
    if (!answer) return;
    cpn_free(answer->memory);
    *answer = (cpn_spend_answer){ 0 };
}

static void carve_answer(cpn_spend_answer *answer, const cpn_spend_problem *problem, cpn_block *block)
{
    answer->spends = cpn_carve(block, problem->n_items, sizeof *answer->spends);
    answer->responses = cpn_carve(block, problem->n_items, sizeof *answer->responses);
    answer->marginals = cpn_carve(block, problem->n_items, sizeof *answer->marginals);
    answer->prices = cpn_carve(block, problem->n_items, sizeof *answer->prices);
    answer->places = cpn_carve(block, problem->n_items, sizeof *answer->places);
    answer->group_spends = cpn_carve(block, problem->n_groups, sizeof *answer->group_spends);
    answer->group_multipliers = cpn_carve(block, problem->n_groups, sizeof *answer->group_multipliers);
    answer->ratio_multipliers = cpn_carve(block, problem->n_ratios, sizeof *answer->ratio_multipliers);
}

static bool open_answer(cpn_spend_answer *answer, const cpn_spend_problem *problem)
{
    cpn_block block = { 0 };
    carve_answer(answer, problem, &block);
    if (!cpn_block_open(&block)) return false;
    answer->memory = block.memory;
    carve_answer(answer, problem, &block);
    return true;
}

static cpn_spend_place place_of(const cpn_spend_problem *problem, const cpn_spend_item *item,
                                const cpn_spend_seat *seat, double spend)
{
    const double open = fmax(item->opening_cost, item->minimum_if_open);
    if (seat->root_low == seat->root_high && item->minimum == item->maximum) return CPN_SPEND_FIXED;
    if (spend >= item->maximum) return CPN_SPEND_AT_MAXIMUM;
    if (spend == 0 && item->minimum == 0) return CPN_SPEND_CLOSED;
    if (spend <= seat->root_low) return CPN_SPEND_AT_MINIMUM;
    if (spend <= open) return CPN_SPEND_AT_OPEN_MINIMUM;
    if (item->step > 0) return CPN_SPEND_ON_STEP;
    const cpn_response *curve = &problem->curves[item->first_curve];
    const double seen = spend - item->opening_cost + curve->shift;
    for (int64_t i = 0; curve->kind == CPN_RESPONSE_PIECEWISE_LINEAR && i < curve->n_points; i++)
        if (fabs(curve->spends[i] - seen) <= 1e-9 * seen) return CPN_SPEND_AT_CORNER;
    return CPN_SPEND_INTERIOR;
}

typedef struct telling {
    cpn_spend_answer *answer;
    const cpn_spend_search *search;
} telling;

static campaign_status tell_items(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const telling *to = ctx;
    const cpn_spend_search *search = to->search;
    const cpn_spend_problem *problem = search->problem;
    (void)chunk;
    for (int64_t s = first; s < last; s++) {
        const int64_t i = search->order[s];
        const cpn_spend_item *item = &problem->items[i];
        const double spend = search->best[s];
        const cpn_response_look look = cpn_spend_look(problem, item, spend);
        to->answer->spends[i] = spend;
        to->answer->responses[i] = look.value;
        to->answer->marginals[i] = item->value > 0 ? item->value * look.slope : 0;
        to->answer->prices[i] = search->best_prices[search->seats[s].group];
        to->answer->places[i] = (int32_t)place_of(problem, item, &search->seats[s], spend);
    }
    return CAMPAIGN_OK;
}

static void tell_groups(cpn_spend_answer *answer, const cpn_spend_search *search)
{
    for (int32_t n = 0; n < search->n_nodes; n++) {
        const int32_t g = search->nodes[n].group;
        answer->group_spends[g] = cpn_spend_group_total(search, n, search->best);
        answer->group_multipliers[g] = search->root_multipliers[n];
    }
    for (int32_t r = 0; r < search->n_rows; r++) {
        const cpn_spend_row *row = &search->rows[r];
        if (row->ratio >= 0)
            answer->ratio_multipliers[row->ratio] += row->sign * search->root_rows[r];
        else
            answer->target_multiplier = search->root_rows[r];
    }
}

campaign_status cpn_spend_tell(cpn_spend_answer *answer, cpn_spend_search *search, campaign_error *error)
{
    const cpn_spend_problem *problem = search->problem;
    const double sign = problem->objective == CPN_SPEND_LEAST_SPEND ? -1 : 1;
    if (!open_answer(answer, problem)) return cpn_fail_nomem(error);
    telling to = { answer, search };
    const campaign_status status =
        cpn_parallel_for(search->n_seats, ITEMS_AT_ONCE, tell_items, &to, "answer", search->runtime, error);
    if (status != CAMPAIGN_OK) return status;
    tell_groups(answer, search);
    const double most = sign < 0 ? fmin(search->bound, 0) : search->bound; /* no spend is less than 0 */
    const double bound = fmax(most, search->best_value);
    answer->value = sign * search->best_value + 0.0;
    answer->bound = sign * bound + 0.0;
    answer->spend = cpn_spend_group_total(search, 0, search->best);
    answer->response = cpn_spend_response_of(search, search->best, false);
    const double size = fabs(bound), miss = bound - search->best_value;
    answer->small = search->tiny;
    answer->gap = miss > 0 ? miss / fmax(fmax(size, search->tiny), DBL_MIN) : 0;
    answer->status = answer->gap <= search->gap_goal ? CAMPAIGN_CERTIFICATE_OPTIMAL : CAMPAIGN_CERTIFICATE_BOUND;
    answer->n_nodes = search->n_parts > 0 ? search->n_parts - 1 : 0;
    answer->n_iterations = search->n_iterations;
    return CAMPAIGN_OK;
}

/* ---- Solving ----------------------------------------------------------------------------------------------------- */

/* Says why there is no plan: what the first part could not keep, or that the search ended too early. */
static campaign_status say_no_plan(const cpn_spend_search *search, campaign_error *error)
{
    if (!search->is_searched || (search->problem->unit > 0 && search->bound > -INFINITY))
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "node_limit", "no plan was found in %lld parts of the search",
                        (long long)search->n_parts);
    if (search->broken >= 0) {
        const int32_t group = search->nodes[search->broken].group;
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, group, "groups",
                            "the items of group %ld cannot spend within its bounds", (long)group);
    }
    const cpn_spend_row *row = &search->rows[-1 - search->broken];
    if (row->ratio >= 0)
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, row->ratio, "ratios",
                            "ratio %ld cannot be kept beside the other bounds", (long)row->ratio);
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "target", "the target is out of reach");
}

campaign_status cpn_spend_solve(cpn_spend_answer *answer, const cpn_spend_problem *problem,
                                const campaign_runtime *runtime, campaign_error *error)
{
    *answer = (cpn_spend_answer){ 0 };
    campaign_status status = cpn_spend_check(problem, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_spend_search search;
    status = cpn_spend_open(&search, problem, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_branch(&search, error);
    if (status == CAMPAIGN_OK && !cpn_is_finite(search.best_value)) status = say_no_plan(&search, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_tell(answer, &search, error);
    cpn_spend_close(&search);
    if (status != CAMPAIGN_OK) cpn_spend_answer_free(answer);
    return status;
}
