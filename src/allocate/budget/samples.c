/* A quantile of the samples' totals, or their mean less deviations, made large.
 *
 * Both couple the items. For fixed weights of the samples they do not: the weighted curves are one problem of the solver,
 * and its bound holds for what is wanted as long as the weights are such that the weighted total is never below it.
 * - Mean less λ deviations is the least weighted total over weights 1/S - λ u/√S with |u| ≤ 1 and Σu = 0 (the norm as a
 *   maximum over its dual ball). So every such u gives a bound; where u points along the totals' own deviations the two
 *   meet. With concave curves they do at the saddle point (Sion, Pacific Journal of Mathematics 8, 1958); with others the
 *   spends that are open are cut in parts, each with a u of its own (risk_parts.c).
 * - The k-th smallest total is no more than the k-th smallest of what each sample alone could reach; no more than any
 *   weighted total where k = 1; and the totals above it cannot add up to more than all can, less the least of the others.
 * What is found is the best of all rounds, and of moves from there (risk_moves.c); the bound is the least of all that
 * hold. Work is counted in values of curves, so that searches end, by no clock. */
#include <math.h>

#include "allocate/budget/risk.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"

enum { ROUNDS = 80, MOST_ALONE = 2000000, MOST_NODES = 8, WORK_OF_NODE = 480 };
static const double most_work = 5e6; /* about a second where curves are S-shaped, which take eight times as long each */
static const double most_work_plain = 1e7;

static void lower_bound_to(cpn_risk_search *r, double bound)
{
    if (bound < r->bound) r->bound = bound;
}

static int compare_numbers(const void *a, const void *b, const void *ctx)
{
    const double left = *(const double *)a, right = *(const double *)b;
    (void)ctx;
    return (left > right) - (left < right);
}

static bool is_done(const cpn_risk_search *r)
{
    return cpn_risk_is_close(r) || r->work >= r->most_work;
}

/* ---- Mean less deviations ---------------------------------------------------------------------------------------- */

void cpn_risk_weigh(cpn_risk_search *r, const double *u)
{
    const double scale = r->aversion / sqrt((double)r->n);
    for (int32_t s = 0; s < r->n; s++) r->weights[s] = 1.0 / r->n - scale * u[s];
    cpn_spend_plan_weigh(r->plan, r->book, r->weights);
}

void cpn_risk_lean(const cpn_risk_search *r, double *u, double step)
{
    double mean = 0, square = 0;
    for (int32_t s = 0; s < r->n; s++) mean += r->totals[s];
    mean /= r->n;
    for (int32_t s = 0; s < r->n; s++) square += (r->totals[s] - mean) * (r->totals[s] - mean);
    const double length = sqrt(square);
    for (int32_t s = 0; s < r->n; s++) {
        const double towards = length > 0 ? (r->totals[s] - mean) / length : 0;
        u[s] += step * (towards - u[s]);
    }
}

/* Moves from where nothing is spent beyond what must be: it may be best to begin nothing. */
static campaign_status improve_least(cpn_risk_search *r, campaign_error *error)
{
    for (int64_t i = 0; i < r->plan->problem.n_items; i++) r->last[i] = r->plan->items[i].minimum;
    return cpn_risk_improve(r, r->last, error);
}

/* Rounds of weights that lean towards the deviations of what was found; first towards those of the best that moves find. */
static campaign_status lean_on(cpn_risk_search *r, double *u, double *best_u, campaign_error *error)
{
    double step = 1;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t round = 0; round < ROUNDS && status == CAMPAIGN_OK; round++) {
        double bound;
        cpn_risk_weigh(r, u);
        status = cpn_risk_try(r, &bound, error);
        if (status != CAMPAIGN_OK) break;
        if (bound < r->bound)
            for (int32_t s = 0; s < r->n; s++) best_u[s] = u[s];
        else if (round > 1)
            step *= 0.7; /* it swings: smaller steps */
        lower_bound_to(r, bound);
        if (!cpn_risk_is_close(r) && round % 8 == 0) {
            status = cpn_risk_improve(r, r->last, error);
            cpn_risk_count(r, round == 0 ? r->best.spends : r->last);
        }
        if (status != CAMPAIGN_OK || is_done(r) || step < 1e-6) break;
        cpn_risk_lean(r, u, step);
    }
    return status;
}

static campaign_status search_deviation(cpn_risk_search *r, campaign_error *error)
{
    double *u = cpn_alloc_zero(2 * (int64_t)r->n, sizeof *u);
    if (!u) return cpn_fail_nomem(error);
    double *best_u = u + r->n;
    r->most_work = r->whole_work * 3 / 4;
    campaign_status status = lean_on(r, u, best_u, error);
    r->most_work = r->whole_work;
    if (status == CAMPAIGN_OK && !cpn_risk_is_close(r)) status = improve_least(r, error);
    if (status == CAMPAIGN_OK && !cpn_risk_is_close(r)) status = cpn_risk_improve(r, r->best.spends, error);
    r->most_work = r->whole_work;
    if (status == CAMPAIGN_OK && !cpn_risk_is_close(r)) status = cpn_risk_branch(r, best_u, error);
    cpn_free(u);
    return status;
}

/* ---- Quantiles --------------------------------------------------------------------------------------------------- */

static bool sort_totals(const cpn_risk_search *r)
{
    for (int32_t s = 0; s < r->n; s++) r->sorted[s] = r->totals[s];
    return cpn_sort(r->sorted, r->n, sizeof *r->sorted, compare_numbers, NULL);
}

/* Every item with its curve of one sample only. */
static void show_sample(cpn_risk_search *r, int32_t sample)
{
    for (int64_t i = 0; i < r->book->n_items; i++) {
        const cpn_spend_entry *from = &r->book->items[i];
        cpn_spend_item *item = &r->plan->items[i];
        item->first_curve = from->first_curve + (from->is_sampled && sample >= 0 ? sample : 0);
        item->n_curves = sample >= 0 ? 1 : from->n_curves;
        if (sample >= 0) r->plan->weights[item->first_curve] = 1;
    }
}

/* What each sample could reach if it were known to come; its spends are candidates. */
static campaign_status search_alone(cpn_risk_search *r, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    if (r->n * r->book->n_items > MOST_ALONE) return CAMPAIGN_OK;
    for (int32_t s = 0; s < r->n; s++) r->alone[s] = INFINITY;
    for (int32_t s = 0; s < r->n && status == CAMPAIGN_OK && r->work < r->most_work; s++) {
        show_sample(r, s);
        status = cpn_risk_try(r, &r->alone[s], error);
    }
    show_sample(r, -1);
    if (status != CAMPAIGN_OK) return status;
    if (!cpn_sort(r->alone, r->n, sizeof *r->alone, compare_numbers, NULL)) return cpn_fail_nomem(error);
    lower_bound_to(r, r->alone[r->k - 1]);
    return CAMPAIGN_OK;
}

/* Least totals: everything at the least it may spend, and where spend costs, all of it spent. */
static campaign_status bound_by_mean(cpn_risk_search *r, double mean_bound, campaign_error *error)
{
    double *least = cpn_alloc(r->plan->problem.n_items, sizeof *least), sum = 0, lows = 0;
    if (!least) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < r->plan->problem.n_items; i++) {
        least[i] = r->plan->items[i].minimum;
        sum += least[i];
    }
    cpn_risk_count(r, least);
    cpn_free(least);
    if (!sort_totals(r)) return cpn_fail_nomem(error);
    const double more = r->cost > 0 ? r->cost * (fmin(r->book->most, r->book->knobs.available) - sum) : 0;
    for (int32_t i = 0; i < r->k - 1; i++) lows += r->sorted[i] - more;
    const double bound = (mean_bound * r->n - lows) / (r->n - r->k + 1);
    if (cpn_is_finite(bound)) lower_bound_to(r, bound);
    return CAMPAIGN_OK;
}

/* Weight moves to the samples whose totals stand next to the k-th smallest, width of them on either side. */
static void crowd(cpn_risk_search *r, int32_t width, double step)
{
    const int32_t first = r->k - 1 - width > 0 ? r->k - 1 - width : 0;
    const int32_t last = r->k - 1 + width < r->n - 1 ? r->k - 1 + width : r->n - 1;
    const double low = r->sorted[first], high = r->sorted[last];
    int32_t n = 0;
    for (int32_t s = 0; s < r->n; s++) n += r->totals[s] >= low && r->totals[s] <= high;
    for (int32_t s = 0; s < r->n; s++) {
        const bool is_near = r->totals[s] >= low && r->totals[s] <= high;
        r->weights[s] += step * ((is_near ? 1.0 / n : 0) - r->weights[s]);
    }
}

/* From all samples to few around the quantile, each width in its own rounds. */
static campaign_status search_weights(cpn_risk_search *r, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    int32_t width = r->n / 4;
    for (int32_t s = 0; s < r->n; s++) r->weights[s] = 1.0 / r->n;
    for (int32_t round = 0; round < ROUNDS && status == CAMPAIGN_OK; round++) {
        double bound;
        cpn_spend_plan_weigh(r->plan, r->book, r->weights);
        status = cpn_risk_try(r, &bound, error);
        if (status != CAMPAIGN_OK) break;
        if (!sort_totals(r)) return cpn_fail_nomem(error);
        crowd(r, r->k == 1 ? 0 : width, 2.0 / (round % 20 + 3)); /* needs the totals of this round */
        if (r->k == 1) lower_bound_to(r, bound);
        if (round == 0) status = bound_by_mean(r, bound, error);
        if (!cpn_risk_is_close(r) && round % 20 == 0) status = cpn_risk_improve(r, r->last, error);
        if (is_done(r)) break;
        if (round % 20 == 19) width /= 4;
    }
    return status;
}

static campaign_status search_quantile(cpn_risk_search *r, campaign_error *error)
{
    r->most_work = r->whole_work / 2;
    campaign_status status = search_weights(r, error);
    r->most_work = r->whole_work * 3 / 4;
    if (status == CAMPAIGN_OK && !cpn_risk_is_close(r)) status = search_alone(r, error);
    r->most_work = r->whole_work;
    if (status == CAMPAIGN_OK && !cpn_risk_is_close(r)) status = improve_least(r, error);
    if (status == CAMPAIGN_OK && !cpn_risk_is_close(r)) status = cpn_risk_improve(r, r->best.spends, error);
    return status;
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static bool is_quantile(const cpn_spend_book *book)
{
    return book->knobs.given.risk == CAMPAIGN_ALLOCATE_BUDGET_QUANTILE;
}

static bool has_bends(const cpn_spend_book *book)
{
    for (int64_t c = 0; c < book->n_curves; c++)
        if (book->curves[c].kind == CPN_RESPONSE_PIECEWISE_LINEAR || cpn_response_inflection(&book->curves[c]) > 0)
            return true;
    return false;
}

/* No more nodes a problem than leave work for others, unless more are asked for. */
static void limit_nodes(cpn_risk_search *r)
{
    const double n = most_work / 8 / ((double)r->book->n_curves * WORK_OF_NODE);
    if (r->plan->problem.node_limit == 0)
        r->plan->problem.node_limit = n < 1 ? 1 : n > MOST_NODES ? MOST_NODES : (int32_t)n;
}

static campaign_status open_search(cpn_risk_search *r, campaign_error *error)
{
    const campaign_allocate_budget_options *given = &r->book->knobs.given;
    r->n = r->book->n_samples;
    r->bound = INFINITY;
    r->best_value = -INFINITY;
    r->cost = given->objective == CAMPAIGN_ALLOCATE_BUDGET_PROFIT            ? 1
              : given->objective == CAMPAIGN_ALLOCATE_BUDGET_MARGINAL_RETURN ? given->target
                                                                             : 0;
    /* The smallest k with k / n ≥ the share. */
    if (is_quantile(r->book)) r->k = (int32_t)(((int64_t)given->quantile_ppm * r->n + 999999) / 1000000);
    r->aversion = given->risk_aversion;
    r->weights = cpn_alloc(r->n, sizeof *r->weights);
    r->totals = cpn_alloc(r->n, sizeof *r->totals);
    r->sorted = cpn_alloc(r->n, sizeof *r->sorted);
    r->alone = cpn_alloc(r->n, sizeof *r->alone);
    r->last = cpn_alloc(r->plan->problem.n_items, sizeof *r->last);
    r->work_of_round = has_bends(r->book) ? 8 : 1;
    r->whole_work = has_bends(r->book) ? most_work : most_work_plain;
    limit_nodes(r);
    if (r->weights && r->totals && r->sorted && r->alone && r->last) return CAMPAIGN_OK;
    return cpn_fail_nomem(error);
}

/* Bounds of a part are none of the item's. */
static void mend_places(const cpn_risk_search *r)
{
    for (int64_t i = 0; i < r->plan->problem.n_items; i++) {
        const cpn_spend_item *item = &r->plan->items[i];
        const int32_t place = r->best.places[i];
        const double spend = r->best.spends[i];
        const bool is_off = (place == CPN_SPEND_AT_MAXIMUM && spend < item->maximum) ||
                            (place == CPN_SPEND_AT_MINIMUM && spend > item->minimum) ||
                            (place == CPN_SPEND_FIXED && item->minimum < item->maximum);
        if (is_off) r->best.places[i] = (int32_t)cpn_risk_place(item, spend);
    }
}

/* The weights whose total changes as what is made large does, around the best spends: deviations change along themselves, a
 * quantile as the sample that stands there, or those that stand there together. */
static campaign_status weigh_best(cpn_risk_search *r, campaign_error *error)
{
    cpn_risk_count(r, r->best.spends);
    if (is_quantile(r->book)) {
        int32_t n = 0;
        if (!sort_totals(r)) return cpn_fail_nomem(error);
        const double at = r->sorted[r->k - 1], near = 1e-9 * fabs(at);
        for (int32_t s = 0; s < r->n; s++) n += fabs(r->totals[s] - at) <= near;
        for (int32_t s = 0; s < r->n; s++) r->weights[s] = fabs(r->totals[s] - at) <= near ? 1.0 / n : 0;
        cpn_spend_plan_weigh(r->plan, r->book, r->weights);
        return CAMPAIGN_OK;
    }
    double *u = cpn_alloc_zero(r->n, sizeof *u);
    if (!u) return cpn_fail_nomem(error);
    cpn_risk_lean(r, u, 1);
    cpn_risk_weigh(r, u);
    cpn_free(u);
    return CAMPAIGN_OK;
}

campaign_status cpn_spend_run_risk(cpn_spend_answer *answer, cpn_spend_plan *plan, const cpn_spend_book *book,
                                   const campaign_runtime *runtime, campaign_error *error)
{
    cpn_risk_search r = { .plan = plan, .book = book, .runtime = runtime };
    const int32_t node_limit = plan->problem.node_limit;
    campaign_status status = open_search(&r, error);
    if (status == CAMPAIGN_OK) status = is_quantile(book) ? search_quantile(&r, error) : search_deviation(&r, error);
    plan->problem.node_limit = node_limit;
    if (status == CAMPAIGN_OK) status = weigh_best(&r, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_price_answer(&r.best, plan, runtime, error);
    if (status == CAMPAIGN_OK) {
        mend_places(&r);
        *answer = r.best;
        answer->value = r.best_value;
        answer->bound = r.bound > r.best_value ? r.bound : r.best_value;
    } else if (r.has_best) {
        cpn_spend_answer_free(&r.best);
    }
    cpn_free(r.weights);
    cpn_free(r.totals);
    cpn_free(r.sorted);
    cpn_free(r.alone);
    cpn_free(r.last);
    return status;
}
