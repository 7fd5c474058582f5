/* Problems of spends for tests: made by hand or at random, solved, and every rule of the answer checked. */
#ifndef CPN_TESTS_SPENDS_H
#define CPN_TESTS_SPENDS_H

#include "check.h"

#include <campaign/certificate.h>

#include <math.h>

#include "allocate/budget/solver.h"
#include "base/random.h"

enum { MOST_ITEMS = 64, MOST_GROUPS = 8, MOST_RATIOS = 4, MOST_POINTS = 4 };

/* A problem with its own room. */
typedef struct spends {
    cpn_spend_problem problem;
    cpn_spend_item items[MOST_ITEMS];
    cpn_response curves[2 * MOST_ITEMS];
    double weights[2 * MOST_ITEMS];
    double points[4 * MOST_ITEMS][MOST_POINTS];
    cpn_spend_group groups[MOST_GROUPS];
    cpn_spend_ratio ratios[MOST_RATIOS];
    int32_t n_point_rows;
} spends;

static inline void open_spends(spends *of, double budget)
{
    memset(of, 0, sizeof *of);
    of->groups[0] = (cpn_spend_group){ -1, 0, 0, budget };
    of->problem = (cpn_spend_problem){
        .items = of->items, .curves = of->curves, .groups = of->groups, .ratios = of->ratios, .n_groups = 1
    };
}

static inline cpn_spend_item *add_item(spends *of, cpn_response curve)
{
    cpn_spend_item *item = &of->items[of->problem.n_items++];
    *item = (cpn_spend_item){ .first_curve = of->problem.n_curves, .n_curves = 1, .value = 1, .maximum = INFINITY };
    of->weights[of->problem.n_curves] = 1;
    of->curves[of->problem.n_curves++] = curve;
    return item;
}

static inline int32_t add_group(spends *of, int32_t parent, double minimum, double maximum)
{
    of->groups[of->problem.n_groups] = (cpn_spend_group){ parent, 0, minimum, maximum };
    return of->problem.n_groups++;
}

static inline void add_ratio(spends *of, int32_t group, int32_t of_group, double low, double high)
{
    of->ratios[of->problem.n_ratios++] = (cpn_spend_ratio){ group, of_group, low, high };
}

static inline cpn_spend_answer solve(const spends *of)
{
    cpn_spend_answer answer;
    campaign_error error = { 0 };
    assert_ok(cpn_spend_solve(&answer, &of->problem, NULL, &error), error);
    return answer;
}

static inline void assert_close(double value, double expected, double relative)
{
    if (!(fabs(value - expected) <= relative * fabs(expected))) fail_msg("%.17g, not %.17g", value, expected);
}

/* ---- Rules, checked without the solver's own help ---------------------------------------------------------------- */

static inline bool is_in(const spends *of, int64_t item, int32_t group)
{
    for (int32_t g = of->items[item].group; g >= 0; g = of->groups[g].parent)
        if (g == group) return true;
    return false;
}

static inline double total_of(const spends *of, int32_t group, const double *x)
{
    double total = 0;
    for (int64_t i = 0; i < of->problem.n_items; i++) total += is_in(of, i, group) ? x[i] : 0;
    return total;
}

static inline bool is_whole(double x, double step)
{
    return fabs(x / step - floor(x / step + 0.5)) <= 1e-9;
}

/* Whether spends keep every rule but a target, up to near. */
static inline bool keeps(const spends *of, const double *x, double near)
{
    for (int64_t i = 0; i < of->problem.n_items; i++) {
        const cpn_spend_item *item = &of->items[i];
        const double open = fmax(item->opening_cost, item->minimum_if_open);
        if (x[i] < item->minimum - near || x[i] > item->maximum + near) return false;
        if (x[i] > 0 && x[i] < open - near) return false;
        if (item->step > 0 && !is_whole(x[i], item->step)) return false;
        if (of->problem.unit > 0 && !is_whole(x[i], of->problem.unit)) return false;
    }
    for (int32_t g = 0; g < of->problem.n_groups; g++) {
        const double total = total_of(of, g, x);
        if (total < of->groups[g].minimum - near || total > of->groups[g].maximum + near) return false;
    }
    for (int32_t r = 0; r < of->problem.n_ratios; r++) {
        const cpn_spend_ratio *ratio = &of->ratios[r];
        const double a = total_of(of, ratio->group, x), b = total_of(of, ratio->of_group, x);
        if (a < ratio->low * b - near) return false;
        if (isfinite(ratio->high) && a > ratio->high * b + near) return false;
    }
    return true;
}

static inline double response_at(const spends *of, int64_t item, double x)
{
    const cpn_spend_item *at = &of->items[item];
    double sum = 0;
    for (int64_t c = 0; c < at->n_curves; c++)
        sum += (of->problem.weights ? of->weights[at->first_curve + c] : 1) *
               cpn_response_value(&of->curves[at->first_curve + c], fmax(x - at->opening_cost, 0));
    return at->value * sum;
}

/* The objective, to be made large. */
static inline double objective_at(const spends *of, const double *x, double *response, double *spend)
{
    *response = *spend = 0;
    for (int64_t i = 0; i < of->problem.n_items; i++) {
        *response += response_at(of, i, x[i]);
        *spend += x[i];
    }
    switch ((cpn_spend_objective)of->problem.objective) {
    case CPN_SPEND_PROFIT: return *response - *spend;
    case CPN_SPEND_MARGINAL: return *response - of->problem.target * *spend;
    case CPN_SPEND_LEAST_SPEND: return -*spend;
    case CPN_SPEND_RESPONSE:
    case CPN_SPEND_AVERAGE: break;
    }
    return *response;
}

static inline bool meets_target(const spends *of, double response, double spend)
{
    if (of->problem.objective == CPN_SPEND_LEAST_SPEND) return response >= of->problem.target * (1 - 1e-11);
    if (of->problem.objective == CPN_SPEND_AVERAGE) return response >= of->problem.target * spend * (1 - 1e-11);
    return true;
}

/* Rules kept, value as said, bound above it, gap closed. */
static inline void assert_sound(const spends *of, const cpn_spend_answer *answer)
{
    double response, spend;
    const double sign = of->problem.objective == CPN_SPEND_LEAST_SPEND ? -1 : 1;
    const double value = objective_at(of, answer->spends, &response, &spend);
    assert_true(keeps(of, answer->spends, 1e-11 * spend + 1e-13 * of->groups[0].maximum));
    assert_true(meets_target(of, response, spend));
    assert_true(fabs(value - sign * answer->value) <= 1e-11 * (fabs(response) + spend));
    assert_true(sign * answer->bound >= sign * answer->value);
    if (of->problem.node_limit == 0) assert_int_equal(answer->status, CAMPAIGN_CERTIFICATE_OPTIMAL);
}

/* ---- Problems at random ------------------------------------------------------------------------------------------ */

static inline double between(cpn_random *random, double low, double high)
{
    return low + (high - low) * cpn_random_double(random);
}

static inline cpn_response random_curve(spends *of, cpn_random *random, double budget)
{
    static const double shapes[] = { 0.5, 0.8, 1, 1.5, 2, 3, 5 };
    cpn_response curve = { .kind = (int32_t)cpn_random_below(random, CPN_RESPONSE_KINDS),
                           .scale = between(random, 1, 10),
                           .location = between(random, 0.05, 1) * budget,
                           .shape = shapes[cpn_random_below(random, 7)] };
    if (cpn_random_below(random, 4) == 0) curve.shift = between(random, 0, 0.2) * budget;
    if (curve.kind == CPN_RESPONSE_ADBUDG) curve.floor = between(random, 0, 1);
    if (curve.kind == CPN_RESPONSE_S_LOGISTIC) curve.shape = between(random, 2, 10);
    if (curve.kind == CPN_RESPONSE_POWER) curve.shape = curve.shape > 2 ? 1.4 : curve.shape;
    if (curve.kind == CPN_RESPONSE_LINEAR) curve.scale /= budget;
    if (curve.kind == CPN_RESPONSE_PIECEWISE_LINEAR) {
        double *xs = of->points[of->n_point_rows++], *ys = of->points[of->n_point_rows++];
        curve.n_points = 1 + cpn_random_below(random, MOST_POINTS);
        for (int64_t i = 0; i < curve.n_points; i++) {
            xs[i] = (i > 0 ? xs[i - 1] : 0) + between(random, 0.02, 0.3) * budget;
            ys[i] = between(random, 0, 10);
        }
        curve.spends = xs;
        curve.responses = ys;
    }
    return curve;
}

#endif
