/* One node of branch and bound for assignments: prices are moved, options that cost too much are forbidden, customers
 * with one option left are fixed, and the option to branch on is chosen by the costs of both its sides.
 * After Posta, Ferland, Michelon, An exact method with variable fixing for solving the generalized assignment problem,
 * Computational Optimization and Applications 52 (2012). */
#include "allocate/offers/exact/branches.h"

#include "base/number.h"

#include <math.h>

enum { MOST_FIXINGS = 6 };

/* ---- Changes ----------------------------------------------------------------------------------------------------- */

static void log_change(cpn_offers_branches *branches, int32_t option, bool is_fixing)
{
    branches->trail[branches->n_trail++] = (cpn_offers_choice){ .option = option, .is_fixing = is_fixing };
}

void cpn_offers_branches_forbid(cpn_offers_branches *branches, int32_t option)
{
    branches->assign->is_allowed[option] = 0;
    log_change(branches, option, false);
}

void cpn_offers_branches_fix(cpn_offers_branches *branches, int32_t option)
{
    cpn_offers_assign *assign = branches->assign;
    assign->fixed[cpn_offers_assign_owner(assign, option)] = option;
    assign->fixed_value += assign->values[option];
    if (assign->option_rows[option] >= 0) assign->room[assign->option_rows[option]] -= assign->weights[option];
    log_change(branches, option, true);
}

void cpn_offers_branches_undo(cpn_offers_branches *branches, int64_t n_trail)
{
    cpn_offers_assign *assign = branches->assign;
    while (branches->n_trail > n_trail) {
        const cpn_offers_choice *change = &branches->trail[--branches->n_trail];
        const int32_t option = change->option;
        if (!change->is_fixing) {
            assign->is_allowed[option] = 1;
            continue;
        }
        assign->fixed[cpn_offers_assign_owner(assign, option)] = -1;
        assign->fixed_value -= assign->values[option];
        if (assign->option_rows[option] >= 0) assign->room[assign->option_rows[option]] += assign->weights[option];
    }
}

/* ---- One node ---------------------------------------------------------------------------------------------------- */

typedef struct customer_view {
    int32_t n_left, only; /* options that may still be taken */
    int32_t best;         /* the one to decide on */
    double score;
} customer_view;

static bool is_possible(const cpn_offers_assign *assign, int32_t option)
{
    const int32_t row = assign->option_rows[option];
    return assign->is_allowed[option] && (row < 0 || assign->weights[option] <= assign->room[row]);
}

/* Both sides' costs multiplied, as in branching by pseudo-costs. */
static double score_of(double in, double out)
{
    return (in + 1) * (out + 1);
}

/* Forbids the options of a customer that cost too much, and looks which one of the others to decide on. */
static customer_view view_customer(cpn_offers_branches *branches, int32_t customer)
{
    cpn_offers_assign *assign = branches->assign;
    const int64_t *starts = assign->search->problem->starts;
    const int64_t n = starts[customer + 1] - starts[customer];
    customer_view view = { .only = -1, .best = -1, .score = -1 };
    double least = INFINITY, second = INFINITY;
    int32_t cheapest = -1;
    for (int64_t i = 0; i <= n; i++) {
        const int32_t option = i < n ? (int32_t)(starts[customer] + i) : assign->n_pairs + customer;
        if (!assign->is_allowed[option]) continue;
        const double cost = is_possible(assign, option) ? cpn_offers_assign_cost(assign, option) : INFINITY;
        branches->costs[option] = cost;
        if (cpn_offers_assign_is_done(assign, assign->best_bound - cost)) continue;
        view.n_left++;
        view.only = option;
        if (cost < least) {
            second = least;
            least = cost;
            cheapest = option;
        } else if (cost < second) {
            second = cost;
        }
    }
    for (int64_t i = 0; i <= n; i++) {
        const int32_t option = i < n ? (int32_t)(starts[customer] + i) : assign->n_pairs + customer;
        if (!assign->is_allowed[option]) continue;
        const double cost = branches->costs[option];
        if (cpn_offers_assign_is_done(assign, assign->best_bound - cost)) {
            cpn_offers_branches_forbid(branches, option);
            continue;
        }
        const double out = option == cheapest ? second : least;
        if (cpn_is_finite(out) && score_of(cost, out) > view.score) {
            view.score = score_of(cost, out);
            view.best = option;
        }
    }
    return view;
}

typedef enum node_end { NODE_EMPTY, NODE_CHANGED, NODE_OPEN } node_end;

/* Costs of all options at the prices of now: what is left, and where to branch. */
static node_end view_all(cpn_offers_branches *branches, int32_t *option)
{
    cpn_offers_assign *assign = branches->assign;
    const int64_t n_before = branches->n_trail;
    double score = -1;
    *option = -1;
    cpn_offers_assign_relax(assign);
    cpn_offers_assign_weigh(assign);
    for (int32_t c = 0; c < assign->n_customers; c++) {
        if (assign->fixed[c] >= 0) continue;
        const customer_view view = view_customer(branches, c);
        if (view.n_left == 0) return NODE_EMPTY;
        branches->only[c] = view.n_left == 1 ? view.only : -1;
        if (view.n_left == 1 || view.score <= score) continue;
        score = view.score;
        *option = view.best;
    }
    /* All costs were of the same rooms; only now do the rooms change. */
    for (int32_t c = 0; c < assign->n_customers; c++) {
        if (assign->fixed[c] >= 0 || branches->only[c] < 0) continue;
        if (!is_possible(assign, branches->only[c])) return NODE_EMPTY;
        cpn_offers_branches_fix(branches, branches->only[c]);
    }
    return branches->n_trail > n_before || *option < 0 ? NODE_CHANGED : NODE_OPEN;
}

static bool is_all_fixed(const cpn_offers_assign *assign)
{
    for (int32_t c = 0; c < assign->n_customers; c++)
        if (assign->fixed[c] < 0) return false;
    return true;
}

int32_t cpn_offers_branches_look(cpn_offers_branches *branches, int32_t n_rounds)
{
    cpn_offers_assign *assign = branches->assign;
    int32_t option = -1;
    for (int32_t n = 0;; n++) {
        if (!cpn_offers_assign_descend(assign, n_rounds)) return -1;
        const node_end end = view_all(branches, &option);
        if (end == NODE_EMPTY) return -1;
        if (is_all_fixed(assign)) continue; /* the next descent takes the choice */
        if (end == NODE_OPEN || (n >= MOST_FIXINGS && option >= 0)) {
            const bool is_free = assign->fixed[cpn_offers_assign_owner(assign, option)] < 0;
            if (is_free && is_possible(assign, option)) return option;
        }
    }
}
