/* Runs the solver: once, or once for each priority, the spends of the ones before standing still. */
#include <math.h>
#include <string.h>

#include "allocate/budget/spend.h"
#include "base/memory.h"
#include "base/number.h"

enum { FIRST_NODES = 60 };

/* ---- What the solver cannot do ----------------------------------------------------------------------------------- */

static campaign_status check_objective(const cpn_spend_book *book, campaign_error *error)
{
    const int32_t objective = book->knobs.given.objective, risk = book->knobs.given.risk;
    const bool has_target =
        objective == CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND || objective == CAMPAIGN_ALLOCATE_BUDGET_AVERAGE_RETURN;
    if (risk != CAMPAIGN_ALLOCATE_BUDGET_MEAN && book->n_samples == 0)
        return cpn_fail(error, CAMPAIGN_E_MISSING, "options.risk", "only samples say how uncertain curves are");
    if (risk != CAMPAIGN_ALLOCATE_BUDGET_MEAN && (has_target || book->n_ranks > 1))
        return cpn_fail(error, CAMPAIGN_E_UNSUPPORTED, "options.risk",
                        "a quantile, or deviations, go with response, profit and marginal return of one priority");
    if (has_target && book->n_ranks > 1)
        return cpn_fail(error, CAMPAIGN_E_UNSUPPORTED, "items.priority",
                        "priorities go with response, profit and marginal return");
    if (book->most == INFINITY &&
        (objective == CAMPAIGN_ALLOCATE_BUDGET_RESPONSE || objective == CAMPAIGN_ALLOCATE_BUDGET_AVERAGE_RETURN))
        return cpn_fail(error, CAMPAIGN_E_MISSING, "options.has_budget",
                        "there is no budget, and not every item or group has a maximum");
    return CAMPAIGN_OK;
}

/* The most that could be reached, for a target that cannot. */
static campaign_status refuse_target(cpn_spend_plan *plan, const cpn_spend_book *book, const campaign_runtime *runtime,
                                     campaign_error *error)
{
    char target[CPN_NUMBER_TEXT], most[CPN_NUMBER_TEXT];
    cpn_spend_answer answer = { 0 };
    (void)cpn_format_double(target, book->knobs.given.target);
    if (book->knobs.given.objective != CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND || book->most == INFINITY)
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "options.target", "%s cannot be reached", target);
    plan->problem.objective = CPN_SPEND_RESPONSE;
    const campaign_status status = cpn_spend_solve(&answer, &plan->problem, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    (void)cpn_format_double(most, answer.bound / book->terms.unit);
    cpn_spend_answer_free(&answer);
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "options.target", "%s cannot be reached: the most is %s", target,
                    most);
}

/* The solver's places are numbers; people know groups by name. */
static campaign_status translate(cpn_spend_plan *plan, const cpn_spend_book *book, const campaign_error *found,
                                 const campaign_runtime *runtime, campaign_error *error)
{
    if (found->code == CAMPAIGN_E_INFEASIBLE && strcmp(found->where, "target") == 0)
        return refuse_target(plan, book, runtime, error);
    if (found->code == CAMPAIGN_E_INFEASIBLE)
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "groups",
                        "limits, steps and least amounts of open items leave no way to spend (%.100s)", found->message);
    if (found->code == CAMPAIGN_E_VALUE && found->row >= 0 && found->row < book->n_items)
        return cpn_fail_row(error, found->code, book->items[found->row].row, "items", "%s", found->message);
    if (strcmp(found->where, "target") == 0)
        return cpn_fail(error, found->code, "options.target", "%s", found->message);
    if (error) *error = *found;
    return found->code;
}

/* ---- One stage --------------------------------------------------------------------------------------------------- */

static void carve_result(cpn_spend_result *result, const cpn_spend_book *book, cpn_block *block)
{
    const int64_t n = book->n_items, n_groups = book->n_groups + INT64_C(1);
    result->spends = cpn_carve(block, n, sizeof *result->spends);
    result->responses = cpn_carve(block, n, sizeof *result->responses);
    result->marginals = cpn_carve(block, n, sizeof *result->marginals);
    result->prices = cpn_carve(block, n, sizeof *result->prices);
    result->places = cpn_carve(block, n, sizeof *result->places);
    result->group_spends = cpn_carve(block, n_groups, sizeof *result->group_spends);
    result->group_multipliers = cpn_carve(block, n_groups, sizeof *result->group_multipliers);
    result->ratio_multipliers = cpn_carve(block, book->n_limits, sizeof *result->ratio_multipliers);
}

static campaign_status open_result(cpn_spend_result *result, const cpn_spend_book *book, campaign_error *error)
{
    cpn_block block = { 0 };
    carve_result(result, book, &block);
    if (!cpn_block_open(&block)) return cpn_fail_nomem(error);
    result->memory = block.memory;
    carve_result(result, book, &block);
    return CAMPAIGN_OK;
}

/* Those of later ranks count this much beside the rank that is filled: enough to share well what they must spend, too
 * little to take from it. */
static const double later_weight = 1e-9;

/* Only items of the rank count; those before it stand still. */
static void prepare_stage(cpn_spend_plan *plan, const cpn_spend_book *book, const cpn_spend_result *result,
                          int32_t rank)
{
    for (int64_t i = 0; i < book->n_items; i++) {
        const cpn_spend_entry *from = &book->items[i];
        cpn_spend_item *item = &plan->items[i];
        item->value = from->rank < rank ? 0 : from->value * book->terms.unit * (from->rank > rank ? later_weight : 1);
        if (from->rank >= rank) continue;
        item->minimum = item->maximum = result->spends[i] - from->base;
        item->step = item->minimum_if_open = 0;
    }
}

/* A multiplier of a rank that only counts a little is far below one of a rank that counts. */
static void take_multiplier(double *kept, double found)
{
    if (fabs(found) > fabs(*kept) * 1e6) *kept = found;
}

/* Takes over what a stage decided. What has all it can use sees the prices of those after it. */
static void take_stage(cpn_spend_result *result, const cpn_spend_plan *plan, const cpn_spend_book *book,
                       const cpn_spend_answer *answer, int32_t rank)
{
    for (int64_t i = 0; i < book->n_items; i++) {
        const cpn_spend_entry *item = &book->items[i];
        if (item->rank >= rank || result->places[i] == CPN_SPEND_AT_MAXIMUM) result->prices[i] = answer->prices[i];
        if (item->rank < rank) continue;
        result->spends[i] = answer->spends[i] + item->base;
        result->places[i] = answer->places[i];
    }
    for (int32_t g = -1; g < book->n_groups; g++)
        take_multiplier(&result->group_multipliers[g + 1], answer->group_multipliers[g < 0 ? 0 : plan->places[g]]);
    for (int32_t r = 0; r < plan->problem.n_ratios; r++)
        take_multiplier(&result->ratio_multipliers[r], answer->ratio_multipliers[r]);
    result->target_multiplier = answer->target_multiplier;
    result->n_nodes += answer->n_nodes;
    result->value += answer->value / book->terms.unit;
    result->bound += answer->bound / book->terms.unit;
    result->small += answer->small / book->terms.unit;
}

/* What one minor unit under every limit is worth: whole units may miss the bound by that. */
static double worth_of_units(const cpn_spend_answer *answer, const cpn_spend_plan *plan)
{
    double sum = 0;
    for (int32_t g = 0; g < plan->problem.n_groups; g++) sum += fabs(answer->group_multipliers[g]);
    for (int32_t r = 0; r < plan->problem.n_ratios; r++) sum += fabs(answer->ratio_multipliers[r]);
    return cpn_is_finite(sum) ? sum : 0;
}

/* Where the first relaxation was the answer, its multipliers are those of the answer. */
static campaign_status price(cpn_spend_answer *answer, const cpn_spend_plan *plan, const campaign_runtime *runtime,
                             campaign_error *error)
{
    return answer->n_nodes > 0 ? cpn_spend_price_answer(answer, plan, runtime, error) : CAMPAIGN_OK;
}

/* Solves and prices. In money the bound knows little of how whole units fit together, and a search for what that costs would
 * not end: a short one tells what a unit is worth, and the whole one need not come closer than that. */
static campaign_status solve_mean(cpn_spend_answer *answer, const cpn_spend_plan *plan, const cpn_spend_book *book,
                                  const campaign_runtime *runtime, campaign_error *error)
{
    cpn_spend_problem problem = plan->problem;
    const bool is_money = book->terms.is_money;
    if (is_money && (problem.node_limit == 0 || problem.node_limit > FIRST_NODES)) problem.node_limit = FIRST_NODES;
    campaign_status status = cpn_spend_solve(answer, &problem, runtime, error);
    if (status == CAMPAIGN_OK) status = price(answer, plan, runtime, error);
    const bool is_short = status == CAMPAIGN_OK || status == CAMPAIGN_E_LIMIT;
    if (!is_money || !is_short || (status == CAMPAIGN_OK && answer->gap <= problem.gap_goal)) return status;
    const double most = status == CAMPAIGN_OK ? fmax(fabs(answer->bound), fabs(answer->value)) : 0;
    const double goal = most > 0 ? worth_of_units(answer, plan) / most : 0;
    if (status == CAMPAIGN_OK && answer->gap <= goal) return status;
    cpn_spend_answer_free(answer);
    problem.node_limit = plan->problem.node_limit;
    problem.gap_goal = fmax(problem.gap_goal, goal);
    status = cpn_spend_solve(answer, &problem, runtime, error);
    if (status == CAMPAIGN_OK) status = price(answer, plan, runtime, error);
    return status;
}

static campaign_status run_stage(cpn_spend_result *result, cpn_spend_plan *plan, const cpn_spend_book *book,
                                 int32_t rank, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_spend_answer answer = { 0 };
    campaign_error found = { 0 };
    if (book->n_ranks > 1) prepare_stage(plan, book, result, rank);
    campaign_status status;
    do {
        status = book->knobs.given.risk == CAMPAIGN_ALLOCATE_BUDGET_MEAN
                     ? solve_mean(&answer, plan, book, runtime, &found)
                     : cpn_spend_run_risk(&answer, plan, book, runtime, &found);
    } while (status == CAMPAIGN_E_INFEASIBLE && cpn_spend_plan_widen(plan, book));
    if (status == CAMPAIGN_OK)
        take_stage(result, plan, book, &answer, rank);
    else
        status = translate(plan, book, &found, runtime, error);
    cpn_spend_answer_free(&answer);
    return status;
}

/* ---- All stages -------------------------------------------------------------------------------------------------- */

/* The curve sees what the opening cost leaves. */
cpn_response_look cpn_spend_response_at(const cpn_spend_book *book, const cpn_spend_entry *item, double spend)
{
    const double works = spend > item->opening_cost ? spend - item->opening_cost : 0;
    const double lift = item->base > item->opening_cost ? item->base - item->opening_cost : 0;
    cpn_response_look sum = { 0, 0, 0 };
    for (int64_t c = 0; c < item->n_curves; c++) {
        cpn_response curve = book->curves[item->first_curve + c];
        curve.shift -= lift;
        const cpn_response_look look = cpn_response_at(&curve, works);
        sum.value += look.value;
        sum.slope += look.slope;
    }
    sum.value /= (double)item->n_curves;
    sum.slope /= (double)item->n_curves;
    return sum;
}

static void sum_up(cpn_spend_result *result, const cpn_spend_book *book)
{
    for (int64_t i = 0; i < book->n_items; i++) {
        const cpn_spend_entry *item = &book->items[i];
        const cpn_response_look look = cpn_spend_response_at(book, item, result->spends[i]);
        result->responses[i] = look.value;
        const bool is_opening = result->spends[i] > 0 && result->spends[i] < item->opening_cost; /* the next unit too */
        result->marginals[i] = item->value > 0 && !is_opening ? item->value * look.slope * book->terms.unit : 0;
        result->response += item->value * look.value;
        result->spend += result->spends[i];
        result->group_spends[item->group + 1] += result->spends[i];
    }
    for (int32_t i = book->n_groups - 1; i >= 0; i--) {
        const int32_t g = book->order[i];
        result->group_spends[book->groups[g].parent + 1] += result->group_spends[g + 1];
    }
}

static double larger(double most, double value)
{
    return cpn_is_finite(value) && fabs(value) > most ? fabs(value) : most;
}

/* What is only the last digits of larger multipliers is none. */
static void clean_multipliers(cpn_spend_result *result, const cpn_spend_book *book)
{
    double most = 0;
    for (int32_t g = 0; g <= book->n_groups; g++) most = larger(most, result->group_multipliers[g]);
    for (int32_t r = 0; r < book->n_limits; r++) most = larger(most, result->ratio_multipliers[r]);
    for (int32_t g = 0; g <= book->n_groups; g++)
        if (fabs(result->group_multipliers[g]) <= 1e-8 * most) result->group_multipliers[g] = 0;
    for (int32_t r = 0; r < book->n_limits; r++)
        if (fabs(result->ratio_multipliers[r]) <= 1e-8 * most) result->ratio_multipliers[r] = 0;
}

/* With a target the solver's prices count in its multiplier; items that are free to move tell what that is in value. */
static void scale_prices(cpn_spend_result *result, const cpn_spend_book *book)
{
    int64_t free_item = -1;
    for (int64_t i = 0; i < book->n_items; i++)
        if (result->places[i] == CPN_SPEND_INTERIOR && result->prices[i] > 0 && cpn_is_finite(result->prices[i]) &&
            (free_item < 0 || result->spends[i] > result->spends[free_item]))
            free_item = i;
    const double scale = free_item < 0 ? 1 : cpn_quotient(result->marginals[free_item], result->prices[free_item]);
    for (int64_t i = 0; i < book->n_items; i++) result->prices[i] *= scale;
}

/* What one minor unit under every limit is worth, in major units. */
static double unit_worth(const cpn_spend_result *result, const cpn_spend_book *book)
{
    double sum = 0;
    for (int32_t g = 0; g <= book->n_groups; g++) sum += fabs(result->group_multipliers[g]);
    for (int32_t r = 0; r < book->n_limits; r++) sum += fabs(result->ratio_multipliers[r]);
    return book->terms.is_money && cpn_is_finite(sum) ? sum / book->terms.unit : 0;
}

/* Values of stages leave out what stands still; the distance to their bounds is what counts. */
static void certify(cpn_spend_result *result, const cpn_spend_book *book)
{
    const campaign_allocate_budget_options *given = &book->knobs.given;
    if (book->n_ranks > 1) {
        const double rest = fabs(result->bound - result->value), spend = result->spend / book->terms.unit;
        result->value = result->response;
        if (given->objective == CAMPAIGN_ALLOCATE_BUDGET_PROFIT) result->value -= spend;
        if (given->objective == CAMPAIGN_ALLOCATE_BUDGET_MARGINAL_RETURN) result->value -= given->target * spend;
        result->bound = result->value + rest;
    }
    const double most = fmax(fmax(fabs(result->bound), fabs(result->value)), result->small);
    result->gap = most > 0 ? fabs(result->bound - result->value) / most : 0;
    const bool is_near = fabs(result->bound - result->value) <= unit_worth(result, book);
    result->status = is_near || result->gap <= given->gap ? CAMPAIGN_CERTIFICATE_OPTIMAL : CAMPAIGN_CERTIFICATE_BOUND;
}

campaign_status cpn_spend_run(cpn_spend_result *result, cpn_spend_book *book, const campaign_runtime *runtime,
                              campaign_error *error)
{
    cpn_spend_plan plan = { 0 };
    campaign_status status = check_objective(book, error);
    if (status == CAMPAIGN_OK) status = open_result(result, book, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_plan_make(&plan, book, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_plan_cap(&plan, book, error);
    for (int32_t rank = 0; rank < book->n_ranks && status == CAMPAIGN_OK; rank++)
        status = run_stage(result, &plan, book, rank, runtime, error);
    if (status == CAMPAIGN_OK) {
        const int32_t objective = book->knobs.given.objective;
        sum_up(result, book);
        clean_multipliers(result, book);
        if (objective == CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND || objective == CAMPAIGN_ALLOCATE_BUDGET_AVERAGE_RETURN)
            scale_prices(result, book);
        certify(result, book);
    }
    cpn_spend_plan_free(&plan);
    return status;
}

void cpn_spend_result_free(cpn_spend_result *result)
{
    cpn_free(result->memory);
    *result = (cpn_spend_result){ 0 };
}
