/* The choices of a set while they are moved: what is chosen, what is left of each row, and every exchange that a
 * customer's own limits allow. */
#include <math.h>
#include <string.h>

#include "allocate/offers/solver.h"
#include "base/memory.h"
#include "base/sort.h"

static void choose_all(cpn_offers_state *state, cpn_offers_scratch *scratch, const double *prices)
{
    const cpn_offers_problem *problem = state->problem;
    for (int64_t i = 0; i < state->set->n_customers; i++) {
        cpn_offers_view view;
        cpn_offers_choice choice;
        const int64_t first = state->set->starts[i];
        cpn_offers_set_view(&view, state->set, i, problem->n_costs - 1);
        cpn_offers_score(scratch, problem, &view, prices);
        cpn_offers_choose(&choice, scratch, problem, &view);
        for (int32_t p = 0; p < view.n; p++) {
            state->scores[first + p] = scratch->scores[p];
            state->is_chosen[first + p] = scratch->is_chosen[p];
        }
    }
}

campaign_status cpn_offers_state_open(cpn_offers_state *state, const cpn_offers_problem *problem,
                                      const cpn_offers_set *set, const double *multipliers, const int64_t *used,
                                      campaign_error *error)
{
    const int64_t n_cells = problem->n_groups * problem->n_offers;
    cpn_offers_scratch scratch = { 0 };
    double *prices = cpn_alloc(n_cells * problem->n_costs, sizeof *prices);
    *state = (cpn_offers_state){ .problem = problem, .set = set, .multipliers = multipliers };
    state->scores = cpn_alloc(set->n_pairs, sizeof *state->scores);
    state->is_chosen = cpn_alloc_zero(set->n_pairs, sizeof *state->is_chosen);
    state->rest = cpn_alloc(problem->n_rows, sizeof *state->rest);
    const bool is_fine =
        prices && state->scores && state->is_chosen && state->rest && cpn_offers_scratch_open(&scratch, problem);
    if (is_fine) {
        cpn_offers_price(prices, problem, multipliers);
        choose_all(state, &scratch, prices);
        for (int32_t r = 0; r < problem->n_rows; r++) state->rest[r] = problem->rows[r].amount - used[r];
        cpn_offers_scratch_close(&scratch);
    } else {
        cpn_offers_state_close(state);
    }
    cpn_free(prices);
    return is_fine ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

void cpn_offers_state_close(cpn_offers_state *state)
{
    cpn_free(state->scores);
    cpn_free(state->is_chosen);
    cpn_free(state->rest);
    state->scores = NULL;
    state->is_chosen = NULL;
    state->rest = NULL;
}

/* Adds sign × what a pair uses. */
static int32_t add_changes(cpn_offers_change *changes, int32_t n, const cpn_offers_state *state, int32_t group,
                           int64_t pair, int64_t sign)
{
    const cpn_offers_problem *problem = state->problem;
    const int64_t cell = cpn_offers_cell(problem, group, state->set->offers[pair]);
    for (int64_t u = problem->use_starts[cell]; u < problem->use_starts[cell + 1]; u++) {
        const cpn_offers_use *use = &problem->uses[u];
        const double cost = cpn_offers_pair_cost(problem, state->set->costs, pair, use->cost);
        int32_t at = 0;
        while (at < n && changes[at].row != use->row) at++;
        if (at == n) changes[n++] = (cpn_offers_change){ use->row, 0 };
        changes[at].steps += sign * (use->cost == 0 ? 1 : cpn_offers_steps(problem, use->cost, cost));
    }
    return n;
}

int32_t cpn_offers_changes(cpn_offers_change *changes, const cpn_offers_state *state, const cpn_offers_move *move)
{
    const int32_t group = state->set->groups[move->index];
    int32_t n = 0;
    if (move->out >= 0) n = add_changes(changes, n, state, group, move->out, -1);
    if (move->in >= 0) n = add_changes(changes, n, state, group, move->in, 1);
    return n;
}

void cpn_offers_apply(cpn_offers_state *state, const cpn_offers_move *move, const cpn_offers_change *changes, int32_t n)
{
    for (int32_t i = 0; i < n; i++) state->rest[changes[i].row] -= changes[i].steps;
    if (move->out >= 0) state->is_chosen[move->out] = 0;
    if (move->in >= 0) state->is_chosen[move->in] = 1;
    state->loss += move->loss;
}

double cpn_offers_gain(const cpn_offers_state *state, const cpn_offers_move *move)
{
    return (move->in >= 0 ? state->set->values[move->in] : 0) - (move->out >= 0 ? state->set->values[move->out] : 0);
}

static bool add_move(cpn_offers_moves *moves, const cpn_offers_state *state, const cpn_offers_move *move)
{
    if (moves->n == moves->room) {
        const int64_t room = moves->room ? moves->room * 2 : 1024;
        cpn_offers_move *grown = cpn_resize(moves->moves, room, sizeof *grown);
        if (!grown) return false;
        moves->moves = grown;
        moves->room = room;
    }
    cpn_offers_move *to = &moves->moves[moves->n++];
    *to = *move;
    to->loss = (move->out >= 0 ? state->scores[move->out] : 0) - (move->in >= 0 ? state->scores[move->in] : 0);
    to->rank = to->loss;
    return true;
}

bool cpn_offers_may_move(const cpn_offers_state *state, const cpn_offers_move *move)
{
    cpn_offers_view view;
    const int64_t first = state->set->starts[move->index];
    if (move->out >= 0 && !state->is_chosen[move->out]) return false;
    if (move->in < 0) return true;
    if (state->is_chosen[move->in]) return false;
    cpn_offers_set_view(&view, state->set, move->index, state->problem->n_costs - 1);
    return cpn_offers_may_swap(state->problem, &view, state->is_chosen + first,
                               move->out >= 0 ? (int32_t)(move->out - first) : -1, (int32_t)(move->in - first));
}

campaign_status cpn_offers_list_moves(cpn_offers_moves *moves, const cpn_offers_state *state, int64_t index,
                                      double most_loss)
{
    const cpn_offers_set *set = state->set;
    const bool is_exact = state->problem->knobs.given.is_exact;
    const int64_t first = set->starts[index], last = set->starts[index + 1];
    for (int64_t out = first - 1; out < last; out++) { /* first - 1: nothing leaves */
        const bool is_none = out < first;
        if (is_none ? is_exact : !state->is_chosen[out]) continue;
        const double leaving = is_none ? 0 : state->scores[out];
        cpn_offers_move move = { .index = index, .out = is_none ? -1 : out, .in = -1 };
        if (!is_none && !is_exact && leaving < most_loss && !add_move(moves, state, &move)) return CAMPAIGN_E_NOMEM;
        for (move.in = first; move.in < last; move.in++) {
            if (state->is_chosen[move.in] || !(leaving - state->scores[move.in] < most_loss)) continue;
            if (cpn_offers_may_move(state, &move) && !add_move(moves, state, &move)) return CAMPAIGN_E_NOMEM;
        }
    }
    return CAMPAIGN_OK;
}

static int compare_moves(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cpn_offers_move *x = a, *y = b;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

bool cpn_offers_sort_moves(cpn_offers_moves *moves)
{
    return cpn_sort(moves->moves, moves->n, sizeof *moves->moves, compare_moves, NULL);
}

double cpn_offers_lost(const cpn_offers_state *state)
{
    const cpn_offers_problem *problem = state->problem;
    double lost = state->loss;
    for (int32_t r = 0; r < problem->n_rows; r++)
        lost += state->multipliers[r] * ((double)state->rest[r] / problem->costs[problem->rows[r].cost].steps);
    return lost;
}
