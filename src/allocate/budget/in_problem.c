/* Turns what the tables say into the solver's problem: counting units throughout, groups with parents first, and shares of
 * groups as ratios. */
#include <math.h>

#include "allocate/budget/check.h"
#include "allocate/budget/spend.h"
#include "base/memory.h"

/* Of an item that has spent, the solver sees the money on top: whole steps of it, what is left of the opening cost, and a
 * curve that starts where the spend stands. */
static void lift_curves(cpn_spend_book *book, const cpn_spend_entry *item)
{
    const double works = item->base - item->opening_cost;
    for (int64_t c = 0; works > 0 && c < item->n_curves; c++) book->curves[item->first_curve + c].shift += works;
}

static void fill_item(cpn_spend_item *to, const cpn_spend_plan *plan, const cpn_spend_entry *from, double unit)
{
    const bool is_fixed = from->pause != CPN_SPEND_RUNS;
    *to = (cpn_spend_item){ .first_curve = from->first_curve,
                            .n_curves = from->n_curves,
                            .value = from->value * unit,
                            .minimum = from->lower - from->base,
                            .maximum = from->upper - from->base,
                            .opening_cost = fmax(from->opening_cost - from->base, 0),
                            .minimum_if_open = is_fixed || from->lower > 0 ? 0 : from->minimum_if_open,
                            .step = is_fixed ? 0 : from->step,
                            .group = from->group < 0 ? 0 : plan->places[from->group] };
}

static void fill_items(cpn_spend_plan *plan, cpn_spend_book *book)
{
    int64_t n = book->n_items;
    for (int64_t i = 0; i < book->n_items; i++) {
        cpn_spend_entry *item = &book->items[i];
        const bool has_base = item->spent > 0;
        item->base = has_base ? item->spent : 0;
        if (has_base) lift_curves(book, item);
        fill_item(&plan->items[i], plan, item, book->terms.unit);
        if (!has_base) continue;
        plan->items[n] = plan->items[i];
        plan->items[n].n_curves = 1;
        plan->items[n].value = plan->items[n].opening_cost = plan->items[n].step = 0;
        plan->items[n].minimum_if_open = 0;
        plan->items[n].minimum = plan->items[n].maximum = item->base;
        n++;
    }
    plan->problem.n_items = n;
}

static int32_t place_of(const cpn_spend_plan *plan, int32_t group)
{
    return group < 0 ? 0 : plan->places[group];
}

static void fill_groups(cpn_spend_plan *plan, cpn_spend_book *book)
{
    plan->groups[0] = (cpn_spend_group){ .parent = -1, .maximum = INFINITY };
    for (int32_t i = 0; i < book->n_groups; i++) plan->places[book->order[i]] = i + 1;
    for (int32_t g = 0; g < book->n_groups; g++)
        plan->groups[plan->places[g]] =
            (cpn_spend_group){ .parent = place_of(plan, book->groups[g].parent), .maximum = INFINITY };
    for (int32_t l = 0; l < book->n_limits; l++) {
        cpn_spend_limit *limit = &book->limits[l];
        cpn_spend_group *group = &plan->groups[place_of(plan, limit->group)];
        const bool is_least = limit->kind == CPN_SPEND_LIMIT_MINIMUM || limit->kind == CPN_SPEND_LIMIT_MINIMUM_SHARE;
        const bool is_exact = limit->kind == CPN_SPEND_LIMIT_SHARE;
        if (cpn_spend_is_ratio(limit)) {
            limit->ratio = plan->problem.n_ratios;
            plan->ratios[plan->problem.n_ratios++] = (cpn_spend_ratio){ .group = place_of(plan, limit->group),
                                                                        .of_group = place_of(plan, limit->of),
                                                                        .low = is_least || is_exact ? limit->share : 0,
                                                                        .high = is_least ? INFINITY : limit->share };
            continue;
        }
        if (is_least || is_exact) group->minimum = fmax(group->minimum, limit->amount);
        if (!is_least) group->maximum = fmin(group->maximum, limit->amount);
    }
}

static int32_t objective_of(const cpn_spend_book *book)
{
    static const int32_t objectives[] = { CPN_SPEND_RESPONSE, CPN_SPEND_PROFIT, CPN_SPEND_LEAST_SPEND,
                                          CPN_SPEND_MARGINAL, CPN_SPEND_AVERAGE };
    return objectives[book->knobs.given.objective];
}

static void fill_problem(cpn_spend_plan *plan, const cpn_spend_book *book)
{
    const campaign_allocate_budget_options *given = &book->knobs.given;
    cpn_spend_problem *problem = &plan->problem;
    problem->items = plan->items;
    problem->curves = book->curves;
    problem->groups = plan->groups;
    problem->ratios = plan->ratios;
    problem->n_curves = book->n_curves;
    problem->n_groups = book->n_groups + 1;
    problem->unit = book->terms.is_money ? 1 : 0;
    problem->objective = objective_of(book);
    problem->node_limit = given->node_limit > INT32_MAX ? INT32_MAX : (int32_t)given->node_limit;
    problem->target =
        given->objective == CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND ? given->target * book->terms.unit : given->target;
    problem->gap_goal = given->gap;
}

/* The sample with the largest scale where samples differ in nothing else; -1 = they do. Such curves add up to one. */
static int64_t find_pattern(const cpn_spend_book *book, const cpn_spend_entry *item)
{
    const cpn_response *first = &book->curves[item->first_curve];
    int64_t largest = 0;
    if (first->kind == CPN_RESPONSE_PIECEWISE_LINEAR) return -1;
    for (int64_t c = 0; c < item->n_curves; c++) {
        const cpn_response *curve = first + c;
        const bool is_same = curve->kind == first->kind && !(curve->location < first->location) &&
                             !(curve->location > first->location) && !(curve->shape < first->shape) &&
                             !(curve->shape > first->shape) && !(curve->shift < first->shift) &&
                             !(curve->shift > first->shift) && !(fabs(curve->floor) > 0);
        if (!is_same) return -1;
        if (curve->scale > first[largest].scale) largest = c;
    }
    return first[largest].scale > 0 ? largest : -1;
}

/* One curve in place of all samples, with the weight that they come to together. */
static void join_samples(cpn_spend_plan *plan, const cpn_spend_book *book, int64_t i)
{
    const cpn_spend_entry *item = &book->items[i];
    const int64_t largest = item->is_sampled && item->n_curves > 1 ? find_pattern(book, item) : -1;
    if (largest < 0) return;
    double sum = 0;
    for (int64_t c = item->first_curve; c < item->first_curve + item->n_curves; c++)
        sum += plan->weights[c] * (book->curves[c].scale / book->curves[item->first_curve + largest].scale);
    plan->items[i].first_curve = item->first_curve + largest;
    plan->items[i].n_curves = 1;
    plan->weights[plan->items[i].first_curve] = sum;
}

void cpn_spend_plan_weigh(cpn_spend_plan *plan, const cpn_spend_book *book, const double *weights)
{
    double sum = 0;
    if (!plan->weights) return;
    for (int32_t s = 0; s < book->n_samples; s++) sum += weights ? weights[s] : 1.0 / book->n_samples;
    for (int64_t i = 0; i < book->n_items; i++) {
        const cpn_spend_entry *item = &book->items[i];
        for (int64_t c = 0; c < item->n_curves; c++)
            plan->weights[item->first_curve + c] = !item->is_sampled ? sum
                                                   : weights         ? weights[c]
                                                                     : 1.0 / book->n_samples;
        join_samples(plan, book, i);
    }
}

campaign_status cpn_spend_plan_make(cpn_spend_plan *plan, cpn_spend_book *book, campaign_error *error)
{
    int64_t n_bases = 0;
    for (int64_t i = 0; i < book->n_items; i++) n_bases += book->items[i].spent > 0;
    plan->items = cpn_alloc(book->n_items + n_bases, sizeof *plan->items);
    plan->groups = cpn_alloc(book->n_groups + INT64_C(1), sizeof *plan->groups);
    plan->places = cpn_alloc(book->n_groups, sizeof *plan->places);
    plan->ratios = cpn_alloc(book->n_limits, sizeof *plan->ratios);
    if (book->n_samples > 0) plan->weights = cpn_alloc(book->n_curves, sizeof *plan->weights);
    if (!plan->items || !plan->groups || !plan->places || !plan->ratios || (book->n_samples > 0 && !plan->weights))
        return cpn_fail_nomem(error);
    fill_groups(plan, book);
    fill_items(plan, book);
    fill_problem(plan, book);
    plan->problem.weights = plan->weights;
    cpn_spend_plan_weigh(plan, book, NULL);
    return CAMPAIGN_OK;
}

void cpn_spend_plan_free(cpn_spend_plan *plan)
{
    cpn_free(plan->items);
    cpn_free(plan->groups);
    cpn_free(plan->places);
    cpn_free(plan->ratios);
    cpn_free(plan->weights);
    *plan = (cpn_spend_plan){ 0 };
}
