/* Uses what is left of the rows: exchanges that bring more and fit, one by one and in pairs.
 *
 * What stands between value and bound is the losses made plus multipliers × rest. No exchange can win back more, so only
 * those that lose less than this are looked at; they get fewer as the gap closes. */
#include <math.h>

#include "allocate/offers/solver.h"
#include "base/memory.h"

enum { ROUNDS = 40, PAIR_ROUNDS = 12, PAIR_MOVES = 600 };

typedef struct fill_room {
    cpn_offers_change *changes; /* of one move; in pairs of all of them, with the same room for each */
    int32_t *n_changes;
    double *gains;
    cpn_offers_moves moves;
    int64_t *active; /* customers who had a move at the last listing; what may be lost only falls, so no others will */
    int64_t n_active;
} fill_room;

static bool fits(const cpn_offers_state *state, const cpn_offers_change *changes, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (changes[i].steps > 0 && changes[i].steps > state->rest[changes[i].row]) return false;
    return true;
}

/* Moves that lose less than most_loss; rank is the loss. */
static campaign_status list_all(fill_room *room, const cpn_offers_state *state, double most_loss, campaign_error *error)
{
    const int64_t n = room->n_active;
    room->moves.n = 0;
    room->n_active = 0;
    for (int64_t a = 0; a < n; a++) {
        const int64_t before = room->moves.n, i = room->active[a];
        if (cpn_offers_list_moves(&room->moves, state, i, most_loss) != CAMPAIGN_OK) return cpn_fail_nomem(error);
        if (room->moves.n > before) room->active[room->n_active++] = i;
    }
    return CAMPAIGN_OK;
}

/* One by one: the largest gain first. */
static campaign_status fill_singly(int64_t *n_made, fill_room *room, cpn_offers_state *state, campaign_error *error)
{
    int64_t kept = 0;
    *n_made = 0;
    campaign_status status = list_all(room, state, cpn_offers_lost(state), error);
    for (int64_t i = 0; i < room->moves.n && status == CAMPAIGN_OK; i++) {
        cpn_offers_move move = room->moves.moves[i];
        move.rank = -cpn_offers_gain(state, &move);
        if (!(move.rank < 0)) continue;
        const int32_t n = cpn_offers_changes(room->changes, state, &move);
        if (fits(state, room->changes, n)) room->moves.moves[kept++] = move;
    }
    room->moves.n = kept;
    if (status == CAMPAIGN_OK && !cpn_offers_sort_moves(&room->moves)) status = cpn_fail_nomem(error);
    for (int64_t i = 0; i < room->moves.n && status == CAMPAIGN_OK; i++) {
        const cpn_offers_move *move = &room->moves.moves[i];
        if (!cpn_offers_may_move(state, move)) continue;
        const int32_t n = cpn_offers_changes(room->changes, state, move);
        if (!fits(state, room->changes, n)) continue;
        cpn_offers_apply(state, move, room->changes, n);
        ++*n_made;
    }
    return status;
}

/* ---- Pairs ------------------------------------------------------------------------------------------------------- */

static void shift_rest(cpn_offers_state *state, const cpn_offers_change *changes, int32_t n, int64_t sign)
{
    for (int32_t i = 0; i < n; i++) state->rest[changes[i].row] -= sign * changes[i].steps;
}

/* With the first move made: the other that brings most together with it, or -1. */
static int64_t find_partner(const fill_room *room, const cpn_offers_state *state, int64_t first, int32_t stride)
{
    const cpn_offers_change *own = &room->changes[first * stride];
    int64_t best = -1;
    double most = -room->gains[first];
    int32_t n_over = 0;
    for (int32_t i = 0; i < room->n_changes[first]; i++) n_over += state->rest[own[i].row] < 0;
    for (int64_t j = 0; j < room->moves.n; j++) {
        if (!(room->gains[j] > most) || room->moves.moves[j].index == room->moves.moves[first].index) continue;
        const cpn_offers_change *changes = &room->changes[j * stride];
        int32_t n_relieved = 0;
        bool is_fine = true;
        for (int32_t i = 0; i < room->n_changes[j] && is_fine; i++) {
            const int64_t rest = state->rest[changes[i].row];
            is_fine = changes[i].steps <= 0 ? true : changes[i].steps <= rest;
            if (rest < 0) {
                is_fine = changes[i].steps <= rest;
                n_relieved += is_fine;
            }
        }
        if (!is_fine || n_relieved < n_over) continue;
        best = j;
        most = room->gains[j];
    }
    return best;
}

static int64_t make_pairs(fill_room *room, cpn_offers_state *state, int32_t stride)
{
    int64_t n_made = 0;
    for (int64_t i = 0; i < room->moves.n; i++) {
        const cpn_offers_move *move = &room->moves.moves[i];
        if (!cpn_offers_may_move(state, move)) continue;
        const cpn_offers_change *changes = &room->changes[i * stride];
        shift_rest(state, changes, room->n_changes[i], 1);
        const int64_t j = find_partner(room, state, i, stride);
        shift_rest(state, changes, room->n_changes[i], -1);
        if (j < 0 || !cpn_offers_may_move(state, &room->moves.moves[j])) continue;
        cpn_offers_apply(state, move, changes, room->n_changes[i]);
        cpn_offers_apply(state, &room->moves.moves[j], &room->changes[j * stride], room->n_changes[j]);
        n_made++;
    }
    return n_made;
}

/* Two customers at once, among the moves that lose least. */
static campaign_status fill_in_pairs(int64_t *n_made, fill_room *room, cpn_offers_state *state, campaign_error *error)
{
    const int32_t stride = state->problem->most_changes + 1;
    *n_made = 0;
    campaign_status status = list_all(room, state, cpn_offers_lost(state), error);
    if (status == CAMPAIGN_OK && !cpn_offers_sort_moves(&room->moves)) status = cpn_fail_nomem(error);
    if (status != CAMPAIGN_OK) return status;
    if (room->moves.n > PAIR_MOVES) room->moves.n = PAIR_MOVES;
    for (int64_t i = 0; i < room->moves.n; i++) {
        room->n_changes[i] = cpn_offers_changes(&room->changes[i * stride], state, &room->moves.moves[i]);
        room->gains[i] = cpn_offers_gain(state, &room->moves.moves[i]);
    }
    *n_made = make_pairs(room, state, stride);
    return CAMPAIGN_OK;
}

campaign_status cpn_offers_fill(cpn_offers_state *state, campaign_error *error)
{
    const int64_t stride = state->problem->most_changes + 1, n = state->set->n_customers;
    fill_room room = { .active = cpn_alloc(n, sizeof *room.active), .n_active = n };
    for (int64_t i = 0; room.active && i < n; i++) room.active[i] = i;
    room.changes = cpn_alloc(PAIR_MOVES * stride, sizeof *room.changes);
    room.n_changes = cpn_alloc(PAIR_MOVES, sizeof *room.n_changes);
    room.gains = cpn_alloc(PAIR_MOVES, sizeof *room.gains);
    campaign_status status =
        room.active && room.changes && room.n_changes && room.gains ? CAMPAIGN_OK : cpn_fail_nomem(error);
    int64_t n_pairs = 1;
    for (int32_t round = 0; round < PAIR_ROUNDS && status == CAMPAIGN_OK && n_pairs > 0; round++) {
        int64_t n_made = 1;
        for (int32_t i = 0; i < ROUNDS && status == CAMPAIGN_OK && n_made > 0; i++)
            status = fill_singly(&n_made, &room, state, error);
        if (status == CAMPAIGN_OK) status = fill_in_pairs(&n_pairs, &room, state, error);
    }
    cpn_free(room.changes);
    cpn_free(room.n_changes);
    cpn_free(room.gains);
    cpn_free(room.active);
    cpn_free(room.moves.moves);
    return status;
}
