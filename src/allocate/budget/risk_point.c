/* One division under samples: its total in each, what that is worth, and the best found so far. */
#include <math.h>
#include <string.h>

#include "allocate/budget/risk.h"
#include "base/memory.h"

enum { EXTRA_ROUNDS = 20 };

double cpn_risk_response(const cpn_risk_search *r, const cpn_spend_item *item, int64_t curve, double spend)
{
    const double works = spend > item->opening_cost ? spend - item->opening_cost : 0;
    return cpn_response_value(&r->book->curves[curve], works);
}

void cpn_risk_count(const cpn_risk_search *r, const double *spends)
{
    double spent = 0, certain = 0;
    for (int32_t s = 0; s < r->n; s++) r->totals[s] = 0;
    for (int64_t i = 0; i < r->plan->problem.n_items; i++) {
        const cpn_spend_item *item = &r->plan->items[i];
        spent += spends[i];
        if (item->value <= 0) continue;
        if (i >= r->book->n_items || !r->book->items[i].is_sampled) {
            certain += item->value * cpn_risk_response(r, item, item->first_curve, spends[i]);
            continue;
        }
        const int64_t first = r->book->items[i].first_curve;
        for (int32_t s = 0; s < r->n; s++)
            r->totals[s] += item->value * cpn_risk_response(r, item, first + s, spends[i]);
    }
    for (int32_t s = 0; s < r->n; s++) r->totals[s] += certain - r->cost * spent;
}

/* The k-th smallest, from 1, by parting around a middle one (Hoare, Communications of the ACM 4(7), 1961). */
static double select_smallest(double *numbers, int32_t n, int32_t k)
{
    int32_t first = 0, last = n - 1;
    const int32_t wanted = k - 1;
    while (first < last) {
        const double middle = numbers[first + (last - first) / 2];
        int32_t i = first, j = last;
        while (i <= j) {
            while (numbers[i] < middle) i++;
            while (numbers[j] > middle) j--;
            if (i > j) break;
            const double kept = numbers[i];
            numbers[i++] = numbers[j];
            numbers[j--] = kept;
        }
        if (wanted <= j)
            last = j;
        else if (wanted >= i)
            first = i;
        else
            break;
    }
    return numbers[wanted];
}

double cpn_risk_judge(const cpn_risk_search *r, const double *totals, double *scratch)
{
    if (r->k > 0) {
        memcpy(scratch, totals, (size_t)r->n * sizeof *totals);
        return select_smallest(scratch, r->n, r->k);
    }
    double mean = 0, square = 0;
    for (int32_t s = 0; s < r->n; s++) mean += totals[s];
    mean /= r->n;
    for (int32_t s = 0; s < r->n; s++) square += (totals[s] - mean) * (totals[s] - mean);
    return mean - r->aversion * sqrt(square) / sqrt((double)r->n);
}

cpn_spend_place cpn_risk_place(const cpn_spend_item *item, double spend)
{
    if (item->minimum >= item->maximum) return CPN_SPEND_FIXED;
    if (spend >= item->maximum) return CPN_SPEND_AT_MAXIMUM;
    if (spend <= 0) return CPN_SPEND_CLOSED;
    if (spend <= item->minimum) return CPN_SPEND_AT_MINIMUM;
    if (spend <= fmax(item->opening_cost, item->minimum_if_open)) return CPN_SPEND_AT_OPEN_MINIMUM;
    return item->step > 0 ? CPN_SPEND_ON_STEP : CPN_SPEND_INTERIOR;
}

void cpn_risk_offer(cpn_risk_search *r, const double *spends, double value)
{
    if (!r->has_best || !(value > r->best_value)) return;
    r->best_value = value;
    for (int64_t i = 0; i < r->plan->problem.n_items; i++) {
        if (spends[i] == r->best.spends[i]) continue;
        r->best.spends[i] = spends[i];
        r->best.places[i] = (int32_t)cpn_risk_place(&r->plan->items[i], spends[i]);
    }
}

/* Within the nodes of one problem; the first plan of all may take more. */
static campaign_status solve(cpn_risk_search *r, cpn_spend_answer *answer, campaign_error *error)
{
    cpn_spend_problem problem = r->plan->problem;
    campaign_error found = { 0 };
    campaign_status status = cpn_spend_solve(answer, &problem, r->runtime, &found);
    if (status == CAMPAIGN_E_LIMIT && !r->has_best) {
        problem.node_limit =
            r->book->knobs.given.node_limit > INT32_MAX ? INT32_MAX : (int32_t)r->book->knobs.given.node_limit;
        found = (campaign_error){ 0 };
        status = cpn_spend_solve(answer, &problem, r->runtime, &found);
    }
    r->work += (double)(answer->n_iterations + EXTRA_ROUNDS) * (double)r->book->n_curves * r->work_of_round;
    if (status != CAMPAIGN_OK && error) *error = found;
    return status;
}

campaign_status cpn_risk_try(cpn_risk_search *r, double *bound, campaign_error *error)
{
    cpn_spend_answer answer = { 0 };
    const campaign_status status = solve(r, &answer, error);
    if (status == CAMPAIGN_E_LIMIT && r->has_best) {
        *bound = INFINITY;
        memcpy(r->last, r->best.spends, (size_t)r->plan->problem.n_items * sizeof *r->last);
        cpn_risk_count(r, r->last);
        return CAMPAIGN_OK;
    }
    if (status != CAMPAIGN_OK) return status;
    *bound = answer.bound;
    memcpy(r->last, answer.spends, (size_t)r->plan->problem.n_items * sizeof *r->last);
    cpn_risk_count(r, answer.spends);
    const double value = cpn_risk_judge(r, r->totals, r->sorted);
    if (!r->has_best || value > r->best_value) {
        const cpn_spend_answer before = r->best;
        const int64_t n_nodes = answer.n_nodes + r->best.n_nodes;
        r->best = answer;
        r->best.n_nodes = n_nodes;
        r->best_value = value;
        r->has_best = true;
        answer = before;
    } else {
        r->best.n_nodes += answer.n_nodes;
    }
    cpn_spend_answer_free(&answer);
    return CAMPAIGN_OK;
}

bool cpn_risk_is_close(const cpn_risk_search *r)
{
    const double most = fmax(fabs(r->bound), fabs(r->best_value));
    return r->bound - r->best_value <= r->book->knobs.given.gap * most;
}
