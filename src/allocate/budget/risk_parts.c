/* The bound of mean less deviations where curves are S-shaped: one direction of weights does not meet the best division
 * then. The spends that are open are cut in parts, the one with the highest bound first, and each part gets directions of
 * its own; what is solved in it is a candidate too. */
#include <math.h>
#include <string.h>

#include "allocate/budget/risk.h"
#include "base/memory.h"

enum { MOST_ITEMS = 64, MOST_PARTS = 2048, ROUNDS = 3 };
static const double least_width = 1e-7; /* of what an item could spend at first */

/* Parts in one array each: bounds of items, direction; bound INFINITY where it is not known yet. */
typedef struct risk_parts {
    cpn_risk_search *r;
    double *lows, *highs;   /* part × item */
    double *directions;     /* part × sample */
    double *bounds;         /* of each part; -INFINITY where it is done with */
    double *least, *most;   /* of each item: as at first */
    double *first, *second; /* spends of two rounds */
    double *u;
    int64_t n; /* items that may be cut */
    int32_t n_parts;
    double closed; /* highest bound of parts that cannot be cut */
} risk_parts;

static void close_parts(risk_parts *parts)
{
    cpn_free(parts->lows);
    cpn_free(parts->highs);
    cpn_free(parts->directions);
    cpn_free(parts->bounds);
    cpn_free(parts->least);
    cpn_free(parts->most);
    cpn_free(parts->first);
    cpn_free(parts->second);
    cpn_free(parts->u);
}

static bool open_parts(risk_parts *parts, cpn_risk_search *r)
{
    const int64_t n = r->plan->problem.n_items;
    *parts = (risk_parts){ .r = r, .n = n, .closed = -INFINITY };
    parts->lows = cpn_alloc(MOST_PARTS * n, sizeof *parts->lows);
    parts->highs = cpn_alloc(MOST_PARTS * n, sizeof *parts->highs);
    parts->directions = cpn_alloc((int64_t)MOST_PARTS * r->n, sizeof *parts->directions);
    parts->bounds = cpn_alloc(MOST_PARTS, sizeof *parts->bounds);
    parts->least = cpn_alloc(n, sizeof *parts->least);
    parts->most = cpn_alloc(n, sizeof *parts->most);
    parts->first = cpn_alloc(n, sizeof *parts->first);
    parts->second = cpn_alloc(n, sizeof *parts->second);
    parts->u = cpn_alloc(r->n, sizeof *parts->u);
    return parts->lows && parts->highs && parts->directions && parts->bounds && parts->least && parts->most &&
           parts->first && parts->second && parts->u;
}

static void show_part(const risk_parts *parts, int32_t part)
{
    for (int64_t i = 0; i < parts->n; i++) {
        parts->r->plan->items[i].minimum = parts->lows[part * parts->n + i];
        parts->r->plan->items[i].maximum = parts->highs[part * parts->n + i];
    }
}

static void show_all(const risk_parts *parts)
{
    for (int64_t i = 0; i < parts->n; i++) {
        parts->r->plan->items[i].minimum = parts->least[i];
        parts->r->plan->items[i].maximum = parts->most[i];
    }
}

/* Bounds one part by a few directions, the last of which stays with it; first and second are what the last two found. */
static campaign_status bound_part(risk_parts *parts, int32_t part, campaign_error *error)
{
    cpn_risk_search *r = parts->r;
    double *u = parts->directions + (int64_t)part * r->n, step = 1;
    const size_t size = (size_t)parts->n * sizeof *parts->first;
    memcpy(parts->u, u, (size_t)r->n * sizeof *u);
    for (int32_t round = 0; round < ROUNDS; round++) {
        double bound;
        campaign_error found = { 0 };
        cpn_risk_weigh(r, parts->u);
        const campaign_status status = cpn_risk_try(r, &bound, &found);
        if (status == CAMPAIGN_E_INFEASIBLE) {
            parts->bounds[part] = -INFINITY;
            return CAMPAIGN_OK;
        }
        if (status != CAMPAIGN_OK) {
            if (error) *error = found;
            return status;
        }
        if (round > 0) memcpy(parts->first, parts->second, size);
        memcpy(parts->second, r->last, size);
        if (round == 0) memcpy(parts->first, parts->second, size);
        if (bound < parts->bounds[part]) {
            parts->bounds[part] = bound;
            memcpy(u, parts->u, (size_t)r->n * sizeof *u);
        } else
            step *= 0.5;
        if (parts->bounds[part] <= r->best_value || r->work >= r->most_work) break;
        cpn_risk_lean(r, parts->u, step);
    }
    return CAMPAIGN_OK;
}

/* What an item brings on the mean, by which widths are compared. */
static double worth_between(const risk_parts *parts, int64_t i, double low, double high)
{
    const cpn_risk_search *r = parts->r;
    const cpn_spend_item *item = &r->plan->items[i];
    double sum = 0;
    for (int64_t c = item->first_curve; c < item->first_curve + item->n_curves; c++)
        sum += fabs(cpn_risk_response(r, item, c, high) - cpn_risk_response(r, item, c, low));
    parts->r->work += 2 * (double)item->n_curves;
    return item->value * sum / (double)item->n_curves;
}

/* Where to cut: between the two spends of the item that differ most, or the widest item in halves; -1 = nowhere. */
static int64_t choose_cut(const risk_parts *parts, int32_t part, double *at)
{
    int64_t chosen = -1;
    for (int32_t way = 0; way < 2 && chosen < 0; way++) {
        double most = 0;
        for (int64_t i = 0; i < parts->n; i++) {
            const double low = parts->lows[part * parts->n + i], high = parts->highs[part * parts->n + i];
            const double a = way == 0 ? fmin(parts->first[i], parts->second[i]) : low;
            const double b = way == 0 ? fmax(parts->first[i], parts->second[i]) : high;
            const double whole = fmin(parts->most[i], parts->r->plan->groups[0].maximum) - parts->least[i];
            if (!(b - a > least_width * whole) || !(b < INFINITY)) continue;
            const double worth = worth_between(parts, i, a, b);
            if (!(worth > most)) continue;
            most = worth;
            chosen = i;
            *at = a + (b - a) / 2;
        }
    }
    return chosen;
}

/* The part and a new one share what it had; steps and whole units lie on one side. */
static void cut_part(risk_parts *parts, int32_t part, int64_t i, double at)
{
    const cpn_risk_search *r = parts->r;
    const int64_t n = parts->n;
    const int32_t other = parts->n_parts++;
    const double grain = fmax(r->plan->items[i].step, r->plan->problem.unit);
    memcpy(parts->lows + other * n, parts->lows + part * n, (size_t)n * sizeof *parts->lows);
    memcpy(parts->highs + other * n, parts->highs + part * n, (size_t)n * sizeof *parts->highs);
    memcpy(parts->directions + (int64_t)other * r->n, parts->directions + (int64_t)part * r->n,
           (size_t)r->n * sizeof *parts->directions);
    parts->bounds[other] = parts->bounds[part];
    const double low = grain > 0 ? floor(at / grain) * grain : at;
    parts->highs[part * n + i] = low;
    parts->lows[other * n + i] = grain > 0 ? low + grain : at;
}

static int32_t highest(const risk_parts *parts)
{
    int32_t best = 0;
    for (int32_t p = 1; p < parts->n_parts; p++)
        if (parts->bounds[p] > parts->bounds[best]) best = p;
    return best;
}

static void tell_bound(risk_parts *parts)
{
    cpn_risk_search *r = parts->r;
    const double bound = fmax(parts->closed, parts->bounds[highest(parts)]);
    if (bound < r->bound) r->bound = bound;
}

static campaign_status search_parts(risk_parts *parts, campaign_error *error)
{
    cpn_risk_search *r = parts->r;
    campaign_status status = bound_part(parts, 0, error);
    while (status == CAMPAIGN_OK && r->work < r->most_work && parts->n_parts < MOST_PARTS) {
        const int32_t part = highest(parts);
        double at = 0;
        tell_bound(parts);
        if (cpn_risk_is_close(r) || !(parts->bounds[part] > r->best_value)) break;
        show_part(parts, part);
        if (part > 0 || parts->n_parts > 1) status = bound_part(parts, part, error);
        if (status != CAMPAIGN_OK || !(parts->bounds[part] > r->best_value)) continue;
        const int64_t i = choose_cut(parts, part, &at);
        if (i < 0) {
            parts->closed = fmax(parts->closed, parts->bounds[part]);
            parts->bounds[part] = -INFINITY;
            continue;
        }
        const double before = parts->highs[part * parts->n + i];
        cut_part(parts, part, i, at);
        if (parts->lows[(parts->n_parts - 1) * parts->n + i] > before) parts->n_parts--;
    }
    return status;
}

campaign_status cpn_risk_branch(cpn_risk_search *r, const double *u, campaign_error *error)
{
    risk_parts parts;
    const int64_t n = r->plan->problem.n_items;
    if (n > MOST_ITEMS) return CAMPAIGN_OK;
    campaign_status status = open_parts(&parts, r) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        for (int64_t i = 0; i < n; i++) {
            parts.least[i] = parts.lows[i] = r->plan->items[i].minimum;
            parts.most[i] = parts.highs[i] = r->plan->items[i].maximum;
        }
        memcpy(parts.directions, u, (size_t)r->n * sizeof *u);
        parts.bounds[0] = r->bound;
        parts.n_parts = 1;
        const int32_t node_limit = r->plan->problem.node_limit;
        r->plan->problem.node_limit = 1; /* cutting parts does the same, for all directions */
        status = search_parts(&parts, error);
        r->plan->problem.node_limit = node_limit;
        show_all(&parts);
        if (status == CAMPAIGN_OK) tell_bound(&parts);
    }
    close_parts(&parts);
    return status;
}
