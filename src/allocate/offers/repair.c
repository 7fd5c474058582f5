/* Brings choices back within the rows: the exchanges that lose least for what they relieve, over and over. */
#include <math.h>

#include "allocate/offers/solver.h"
#include "base/memory.h"

enum { ROUNDS = 300 };

typedef struct repair_room {
    double *weights; /* of one step over a row, in value */
    cpn_offers_change *changes;
    cpn_offers_moves moves;
} repair_room;

/* A step over a row counts with its multiplier, or where that is nothing with a thousandth of the largest value for the
 * largest cost. */
static void weigh(repair_room *room, const cpn_offers_state *state)
{
    const cpn_offers_problem *problem = state->problem;
    for (int32_t r = 0; r < problem->n_rows; r++) {
        const cpn_offers_cost *cost = &problem->costs[problem->rows[r].cost];
        const double own = state->multipliers[r] / cost->steps;
        const double most = cost->most > 0 ? cost->most * cost->steps : 1;
        const double least = 1e-3 * (problem->value_most > 0 ? problem->value_most : 1) / most;
        room->weights[r] = own > least ? own : least;
    }
}

static double excess(int64_t rest, double weight)
{
    return rest < 0 ? -(double)rest * weight : 0;
}

/* By how much a move lessens what is over. */
static double relief(int32_t *n, repair_room *room, const cpn_offers_state *state, const cpn_offers_move *move)
{
    double sum = 0;
    *n = cpn_offers_changes(room->changes, state, move);
    for (int32_t i = 0; i < *n; i++) {
        const int32_t row = room->changes[i].row;
        sum += excess(state->rest[row], room->weights[row]) -
               excess(state->rest[row] - room->changes[i].steps, room->weights[row]);
    }
    return sum;
}

static bool is_over(const cpn_offers_state *state)
{
    for (int32_t r = 0; r < state->problem->n_rows; r++)
        if (state->rest[r] < 0) return true;
    return false;
}

/* Whether a customer's choice uses a row that is over. */
static bool touches(const cpn_offers_state *state, int64_t index)
{
    const cpn_offers_problem *problem = state->problem;
    const cpn_offers_set *set = state->set;
    for (int64_t p = set->starts[index]; p < set->starts[index + 1]; p++) {
        if (!state->is_chosen[p]) continue;
        const int64_t cell = cpn_offers_cell(problem, set->groups[index], set->offers[p]);
        for (int64_t u = problem->use_starts[cell]; u < problem->use_starts[cell + 1]; u++)
            if (state->rest[problem->uses[u].row] < 0) return true;
    }
    return false;
}

static campaign_status list_relief(repair_room *room, const cpn_offers_state *state, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    int64_t kept = 0;
    room->moves.n = 0;
    for (int64_t i = 0; i < state->set->n_customers && status == CAMPAIGN_OK; i++) {
        if (!touches(state, i)) continue;
        const int64_t before = room->moves.n;
        status = cpn_offers_list_moves(&room->moves, state, i, INFINITY);
        kept = before;
        for (int64_t at = before; at < room->moves.n && status == CAMPAIGN_OK; at++) {
            cpn_offers_move move = room->moves.moves[at];
            int32_t n;
            const double sum = relief(&n, room, state, &move);
            if (!(sum > 0)) continue;
            move.rank = move.loss / sum;
            room->moves.moves[kept++] = move;
        }
        room->moves.n = kept;
    }
    if (status == CAMPAIGN_OK && !cpn_offers_sort_moves(&room->moves)) status = CAMPAIGN_E_NOMEM;
    return status == CAMPAIGN_OK ? status : cpn_fail_nomem(error);
}

/* Makes the listed moves in order, as long as each is as good as it was when it was listed, or nearly. */
static int64_t make_moves(repair_room *room, cpn_offers_state *state)
{
    int64_t n_made = 0;
    for (int64_t i = 0; i < room->moves.n; i++) {
        const cpn_offers_move *move = &room->moves.moves[i];
        int32_t n;
        if (!cpn_offers_may_move(state, move)) continue;
        const double sum = relief(&n, room, state, move);
        if (!(sum > 0)) continue;
        const double slack = fabs(move->rank) + (n_made == 0 ? INFINITY : 0.0);
        if (move->loss / sum > move->rank + slack) continue;
        cpn_offers_apply(state, move, room->changes, n);
        n_made++;
        if (!is_over(state)) break;
    }
    return n_made;
}

campaign_status cpn_offers_repair(bool *is_kept, cpn_offers_state *state, campaign_error *error)
{
    const cpn_offers_problem *problem = state->problem;
    repair_room room = { 0 };
    room.weights = cpn_alloc(problem->n_rows, sizeof *room.weights);
    room.changes = cpn_alloc(problem->most_changes + INT64_C(1), sizeof *room.changes);
    campaign_status status = room.weights && room.changes ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) weigh(&room, state);
    *is_kept = status == CAMPAIGN_OK && !is_over(state);
    for (int32_t round = 0; round < ROUNDS && status == CAMPAIGN_OK && !*is_kept; round++) {
        status = list_relief(&room, state, error);
        if (status == CAMPAIGN_OK && make_moves(&room, state) == 0) break;
        *is_kept = status == CAMPAIGN_OK && !is_over(state);
    }
    cpn_free(room.weights);
    cpn_free(room.changes);
    cpn_free(room.moves.moves);
    return status;
}
