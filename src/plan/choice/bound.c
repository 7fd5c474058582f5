/* What no choice can pass: the best way through the states when a unit of budget has a price. The price that makes this
 * bound least is found by intersecting the lines of a way that is too dear and of one that is not (the dual of one budget
 * row is convex and piecewise linear). */
#include <math.h>

#include "plan/choice/choice.h"

/* A way through the states. */
typedef struct way {
    int64_t value, cost;
} way;

/* Least cost of a way from each state to the end. */
static void fill_least_cost(cpn_choice_graph *graph, const cpn_choice_case *of)
{
    const int64_t n = of->problem->n;
    for (int64_t at = graph->layers[n]; at < graph->layers[n + 1]; at++) graph->least_cost[at] = 0;
    for (int64_t i = n - 1; i >= 0; i--) {
        for (int64_t at = graph->layers[i]; at < graph->layers[i + 1]; at++) {
            const cpn_choice_edge *edges[2] = { &graph->nodes[at].skip, &graph->nodes[at].take };
            int64_t least = INT64_MAX;
            for (int32_t takes = 0; takes < 2; takes++) {
                if (edges[takes]->to < 0 || !cpn_choice_may(of->wishes[i], takes != 0)) continue;
                const int64_t rest = graph->least_cost[edges[takes]->to];
                if (rest != INT64_MAX && edges[takes]->cost + rest < least) least = edges[takes]->cost + rest;
            }
            graph->least_cost[at] = least;
        }
    }
}

/* Best value - price × cost of a way from each state to the end. */
static void fill_bounds(cpn_choice_graph *graph, const cpn_choice_case *of, double price)
{
    const int64_t n = of->problem->n;
    graph->price = price;
    for (int64_t at = graph->layers[n]; at < graph->layers[n + 1]; at++) graph->bounds[at] = 0;
    for (int64_t i = n - 1; i >= 0; i--) {
        for (int64_t at = graph->layers[i]; at < graph->layers[i + 1]; at++) {
            const cpn_choice_node *node = &graph->nodes[at];
            double best = -HUGE_VAL;
            if (node->skip.to >= 0 && cpn_choice_may(of->wishes[i], false)) best = graph->bounds[node->skip.to];
            if (node->take.to >= 0 && cpn_choice_may(of->wishes[i], true)) {
                const double own = (double)node->take.value - price * (double)node->take.cost;
                if (own + graph->bounds[node->take.to] > best) best = own + graph->bounds[node->take.to];
            }
            graph->bounds[at] = best;
        }
    }
}

/* Whether the way that the bounds, or the least costs, were taken from takes candidate i in this state. */
static bool takes_here(const cpn_choice_graph *graph, const cpn_choice_node *node, int8_t wish, bool is_cheapest)
{
    const cpn_choice_edge *skip = &node->skip, *take = &node->take;
    if (take->to < 0 || !cpn_choice_may(wish, true)) return false;
    if (skip->to < 0 || !cpn_choice_may(wish, false)) return true;
    if (!is_cheapest)
        return (double)take->value - graph->price * (double)take->cost + graph->bounds[take->to] >
               graph->bounds[skip->to];
    const int64_t rest = graph->least_cost[take->to];
    return rest != INT64_MAX && take->cost + rest < graph->least_cost[skip->to];
}

/* Walks that way; is_chosen, where it is given, receives the candidates on it. */
static way walk(const cpn_choice_graph *graph, const cpn_choice_case *of, bool is_cheapest, bool *is_chosen)
{
    way found = { 0, 0 };
    int64_t at = 0;
    for (int64_t i = 0; i < of->problem->n; i++) {
        const cpn_choice_node *node = &graph->nodes[at];
        const bool takes = takes_here(graph, node, of->wishes[i], is_cheapest);
        at = takes ? node->take.to : node->skip.to;
        found.value += takes ? node->take.value : 0;
        found.cost += takes ? node->take.cost : 0;
        if (is_chosen) is_chosen[i] = takes;
    }
    return found;
}

double cpn_choice_slack(const cpn_choice_problem *problem, double price)
{
    double size = 0;
    for (int64_t i = 0; i < problem->n; i++) {
        const cpn_choice_candidate *c = &problem->candidates[i];
        size += (double)(c->value < 0 ? -c->value : c->value) + price * (double)c->cost;
    }
    return size * 1e-11;
}

/* Moves the price between a way that is too dear and one that is not, until their line has no way above it. */
static void search_price(cpn_choice_known *known, cpn_choice_graph *graph, const cpn_choice_case *of, way dear)
{
    enum { MOST_PRICES = 64 };
    const int64_t budget = of->problem->budget;
    way cheap = walk(graph, of, true, known->is_chosen);
    known->value = cheap.value;
    for (int32_t i = 0; i < MOST_PRICES && dear.value > cheap.value; i++) {
        const double price = (double)(dear.value - cheap.value) / (double)(dear.cost - cheap.cost);
        const double slack = cpn_choice_slack(of->problem, price);
        fill_bounds(graph, of, price);
        const way best = walk(graph, of, false, NULL);
        const double limit = graph->bounds[0] + price * (double)budget + slack;
        if (limit < (double)known->bound) known->bound = (int64_t)limit;
        if (best.cost <= budget && best.value > known->value)
            known->value = walk(graph, of, false, known->is_chosen).value;
        if ((double)best.value - price * (double)best.cost <= (double)cheap.value - price * (double)cheap.cost + slack)
            break;
        if (best.cost > budget)
            dear = best;
        else
            cheap = best;
    }
    if (known->bound < known->value) known->bound = known->value;
}

bool cpn_choice_bound(cpn_choice_known *known, cpn_choice_graph *graph, const cpn_choice_case *of)
{
    const cpn_choice_problem *problem = of->problem;
    const bool has_budget = problem->has_budget && !of->is_dropped[CPN_RULE_BUDGET];
    if (graph->n_nodes == 0) return false;
    fill_least_cost(graph, of);
    if (graph->least_cost[0] == INT64_MAX || (has_budget && graph->least_cost[0] > problem->budget)) return false;
    fill_bounds(graph, of, 0);
    const way best = walk(graph, of, false, known->is_chosen);
    known->bound = known->value = best.value;
    /* Whole numbers up to 2^53 are exact as doubles; beyond, the labels must prove what the bound only suggests. */
    if (cpn_choice_slack(problem, 0) > 9007199254740992.0 * 1e-11)
        known->bound += (int64_t)cpn_choice_slack(problem, 0) + 1;
    if (has_budget && best.cost > problem->budget) search_price(known, graph, of, best);
    return true;
}
