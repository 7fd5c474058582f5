/* A quantile of the samples' totals, or their mean less deviations, made large.
 *
 * Both couple the items. For fixed weights of the samples they do not: the weighted curves are one problem of the solver,
 * and its bound holds for what is wanted as long as the weights are such that the weighted total is never below it.
 * - Mean less λ deviations is the least weighted total over weights 1/S - λ u/√S with |u| ≤ 1 and Σu = 0 (the norm as a
 *   maximum over its dual ball). So every such u gives a bound; where u points along the totals' own deviations the two
 *   meet. With concave curves they do at the saddle point (Sion, Pacific Journal of Mathematics 8, 1958).
 * - The k-th smallest total is no more than the k-th smallest of what each sample alone could reach; no more than any
 *   weighted total where k = 1; and the totals above it cannot add up to more than all can, less the least of the others.
 * What is found is the best of all rounds; the bound is the least of all that hold. */
#include <math.h>

#include "allocate/spend.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"

enum { ROUNDS = 80, MOST_ALONE = 2000000 };

typedef struct risk_search {
    cpn_spend_plan *plan;
    const cpn_spend_book *book;
    const campaign_runtime *runtime;
    int32_t n;       /* samples */
    int32_t k;       /* of a quantile: the k-th smallest total counts, from 1 */
    double cost;     /* of one counting unit, in the objective */
    double *weights; /* of each sample */
    double *totals;  /* of each sample, at the last spends */
    double *sorted;  /* scratch */
    double *alone;   /* of each sample: what it could reach by itself */
    cpn_spend_answer best;
    bool has_best;
    double best_value, bound;
} risk_search;

/* ---- One point --------------------------------------------------------------------------------------------------- */

static double response_of(const risk_search *r, const cpn_spend_item *item, int64_t curve, double spend)
{
    const double works = spend > item->opening_cost ? spend - item->opening_cost : 0;
    return cpn_response_value(&r->book->curves[curve], works);
}

/* The objective in each sample. */
static void count_totals(const risk_search *r, const double *spends)
{
    double spent = 0, certain = 0;
    for (int32_t s = 0; s < r->n; s++) r->totals[s] = 0;
    for (int64_t i = 0; i < r->plan->problem.n_items; i++) {
        const cpn_spend_item *item = &r->plan->items[i];
        spent += spends[i];
        if (item->value <= 0) continue;
        if (!r->book->items[i].is_sampled) {
            certain += item->value * response_of(r, item, item->first_curve, spends[i]);
            continue;
        }
        const int64_t first = r->book->items[i].first_curve;
        for (int32_t s = 0; s < r->n; s++) r->totals[s] += item->value * response_of(r, item, first + s, spends[i]);
    }
    for (int32_t s = 0; s < r->n; s++) r->totals[s] += certain - r->cost * spent;
}

static int compare_numbers(const void *a, const void *b, const void *ctx)
{
    const double left = *(const double *)a, right = *(const double *)b;
    (void)ctx;
    return (left > right) - (left < right);
}

static bool is_quantile(const risk_search *r)
{
    return r->book->knobs.given.risk == CAMPAIGN_ALLOCATE_BUDGET_QUANTILE;
}

static double mean_of(const risk_search *r)
{
    double sum = 0;
    for (int32_t s = 0; s < r->n; s++) sum += r->totals[s];
    return sum / r->n;
}

/* √Σ(total - mean)² */
static double length_of(const risk_search *r, double mean)
{
    double sum = 0;
    for (int32_t s = 0; s < r->n; s++) sum += (r->totals[s] - mean) * (r->totals[s] - mean);
    return sqrt(sum);
}

/* What is made large, at the last totals; sorted is filled for quantiles. False where memory is out. */
static bool judge(double *value, const risk_search *r)
{
    if (is_quantile(r)) {
        for (int32_t s = 0; s < r->n; s++) r->sorted[s] = r->totals[s];
        if (!cpn_sort(r->sorted, r->n, sizeof *r->sorted, compare_numbers, NULL)) return false;
        *value = r->sorted[r->k - 1];
        return true;
    }
    const double mean = mean_of(r);
    *value = mean - r->book->knobs.given.risk_aversion * length_of(r, mean) / sqrt((double)r->n);
    return true;
}

/* Solves, judges, keeps the best. bound is that of the weighted problem. */
static campaign_status try_point(risk_search *r, double *bound, campaign_error *error)
{
    cpn_spend_answer answer = { 0 };
    double value = 0;
    campaign_status status = cpn_spend_solve(&answer, &r->plan->problem, r->runtime, error);
    if (status != CAMPAIGN_OK) return status;
    *bound = answer.bound;
    count_totals(r, answer.spends);
    if (!judge(&value, r)) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK && (!r->has_best || value > r->best_value)) {
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
    return status;
}

static void lower_bound_to(risk_search *r, double bound)
{
    if (bound < r->bound) r->bound = bound;
}

static bool is_close(const risk_search *r)
{
    const double most = fmax(fabs(r->bound), fabs(r->best_value));
    return r->bound - r->best_value <= r->book->knobs.given.gap * most;
}

/* ---- Mean less deviations ---------------------------------------------------------------------------------------- */

/* Moves u towards the deviations of the last totals; weights follow. */
static void lean(risk_search *r, double *u, double step)
{
    const double mean = mean_of(r), length = length_of(r, mean);
    const double scale = r->book->knobs.given.risk_aversion / sqrt((double)r->n);
    for (int32_t s = 0; s < r->n; s++) {
        const double towards = length > 0 ? (r->totals[s] - mean) / length : 0;
        u[s] += step * (towards - u[s]);
        r->weights[s] = 1.0 / r->n - scale * u[s];
    }
}

static campaign_status search_deviation(risk_search *r, campaign_error *error)
{
    double *u = cpn_alloc_zero(r->n, sizeof *u), step = 1;
    campaign_status status = u ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int32_t s = 0; s < r->n; s++) r->weights[s] = 1.0 / r->n;
    for (int32_t round = 0; round < ROUNDS && status == CAMPAIGN_OK; round++) {
        double bound;
        cpn_spend_plan_weigh(r->plan, r->book, r->weights);
        status = try_point(r, &bound, error);
        if (status != CAMPAIGN_OK) break;
        if (bound >= r->bound && round > 1) step *= 0.7; /* it swings: smaller steps */
        lower_bound_to(r, bound);
        if (is_close(r)) break;
        lean(r, u, step);
    }
    cpn_free(u);
    return status;
}

/* ---- Quantiles --------------------------------------------------------------------------------------------------- */

/* Every item with its curve of one sample only. */
static void show_sample(risk_search *r, int32_t sample)
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
static campaign_status search_alone(risk_search *r, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    if (r->n * r->book->n_items > MOST_ALONE) return CAMPAIGN_OK;
    for (int32_t s = 0; s < r->n && status == CAMPAIGN_OK; s++) {
        show_sample(r, s);
        status = try_point(r, &r->alone[s], error);
    }
    show_sample(r, -1);
    if (status != CAMPAIGN_OK) return status;
    if (!cpn_sort(r->alone, r->n, sizeof *r->alone, compare_numbers, NULL)) return cpn_fail_nomem(error);
    lower_bound_to(r, r->alone[r->k - 1]);
    return CAMPAIGN_OK;
}

/* Least totals: everything at the least it may spend, and where spend costs, all of it spent. */
static campaign_status bound_by_mean(risk_search *r, double mean_bound, campaign_error *error)
{
    double *least = cpn_alloc(r->plan->problem.n_items, sizeof *least), sum = 0, lows = 0;
    if (!least) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < r->plan->problem.n_items; i++) {
        least[i] = r->plan->items[i].minimum;
        sum += least[i];
    }
    count_totals(r, least);
    cpn_free(least);
    for (int32_t s = 0; s < r->n; s++) r->sorted[s] = r->totals[s];
    if (!cpn_sort(r->sorted, r->n, sizeof *r->sorted, compare_numbers, NULL)) return cpn_fail_nomem(error);
    const double more = r->cost > 0 ? r->cost * (fmin(r->book->most, r->book->knobs.available) - sum) : 0;
    for (int32_t i = 0; i < r->k - 1; i++) lows += r->sorted[i] - more;
    const double bound = (mean_bound * r->n - lows) / (r->n - r->k + 1);
    if (cpn_is_finite(bound)) lower_bound_to(r, bound);
    return CAMPAIGN_OK;
}

/* Weight moves to the samples whose totals stand next to the k-th smallest, width of them on either side. */
static void crowd(risk_search *r, int32_t width, double step)
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
static campaign_status search_weights(risk_search *r, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    int32_t width = r->n / 4;
    for (int32_t s = 0; s < r->n; s++) r->weights[s] = 1.0 / r->n;
    for (int32_t round = 0; round < ROUNDS && status == CAMPAIGN_OK; round++) {
        double bound;
        cpn_spend_plan_weigh(r->plan, r->book, r->weights);
        status = try_point(r, &bound, error);
        if (status != CAMPAIGN_OK) break;
        crowd(r, r->k == 1 ? 0 : width, 2.0 / (round % 20 + 3)); /* needs the totals of this round */
        if (r->k == 1) lower_bound_to(r, bound);
        if (round == 0) status = bound_by_mean(r, bound, error);
        if (is_close(r)) break;
        if (round % 20 == 19) width /= 4;
    }
    return status;
}

static campaign_status search_quantile(risk_search *r, campaign_error *error)
{
    campaign_status status = search_weights(r, error);
    if (status == CAMPAIGN_OK && !is_close(r)) status = search_alone(r, error);
    return status;
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static campaign_status open_search(risk_search *r, campaign_error *error)
{
    const campaign_allocate_budget_options *given = &r->book->knobs.given;
    r->n = r->book->n_samples;
    r->bound = INFINITY;
    r->best_value = -INFINITY;
    r->cost = given->objective == CAMPAIGN_ALLOCATE_BUDGET_PROFIT            ? 1
              : given->objective == CAMPAIGN_ALLOCATE_BUDGET_MARGINAL_RETURN ? given->target
                                                                             : 0;
    /* The smallest k with k / n ≥ the share. */
    r->k = (int32_t)(((int64_t)given->quantile_ppm * r->n + 999999) / 1000000);
    r->weights = cpn_alloc(r->n, sizeof *r->weights);
    r->totals = cpn_alloc(r->n, sizeof *r->totals);
    r->sorted = cpn_alloc(r->n, sizeof *r->sorted);
    r->alone = cpn_alloc(r->n, sizeof *r->alone);
    if (r->weights && r->totals && r->sorted && r->alone) return CAMPAIGN_OK;
    return cpn_fail_nomem(error);
}

campaign_status cpn_spend_run_risk(cpn_spend_answer *answer, cpn_spend_plan *plan, const cpn_spend_book *book,
                                   const campaign_runtime *runtime, campaign_error *error)
{
    risk_search r = { .plan = plan, .book = book, .runtime = runtime };
    campaign_status status = open_search(&r, error);
    if (status == CAMPAIGN_OK) status = is_quantile(&r) ? search_quantile(&r, error) : search_deviation(&r, error);
    if (status == CAMPAIGN_OK) {
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
    return status;
}
