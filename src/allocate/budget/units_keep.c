/* Puts right what rounding to whole units has broken: spends move up and down, singly or in pairs, as long as that brings
 * bounds of groups and shares between groups nearer. What then keeps them all takes what still gains. */
#include <math.h>

#include "allocate/budget/parts.h"
#include "base/memory.h"

enum {
    MOST_MOVES = 64,
    MOST_MENDS = 48,
    MOST_MENDS_LARGE = 8,
    MOST_GAINS = 16,
    FEW_SEATS = 64,
    MANY_SEATS = 4096,
    WAYS = 4
};
static const double least_gain = 1e-12; /* beside the value of what moves */

/* One seat's spend, some units up or down. */
typedef struct unit_move {
    int64_t seat; /* -1 = none */
    double to, amount;
    double gain; /* of the objective */
} unit_move;

/* What moves are judged by. */
typedef struct unit_keeper {
    const cpn_spend_search *search;
    double *spends;
    double *totals; /* of each node */
    double stride;  /* units that a free spend moves by */
    double price;   /* of a unit spent, in the objective */
    unit_move moves[MOST_MOVES];
    int32_t n_moves;
} unit_keeper;

/* ---- What is missed ---------------------------------------------------------------------------------------------- */

static void sum_totals(const unit_keeper *keeper)
{
    const cpn_spend_search *search = keeper->search;
    for (int32_t n = search->n_nodes - 1; n >= 0; n--) {
        const cpn_spend_node *node = &search->nodes[n];
        cpn_spend_sum sum = { 0, 0 };
        for (int64_t s = node->first_seat; s < node->end_seat; s++) cpn_spend_add(&sum, keeper->spends[s]);
        for (int32_t c = n + 1; c < node->end; c = search->nodes[c].end) cpn_spend_add(&sum, keeper->totals[c]);
        keeper->totals[n] = cpn_spend_sum_of(&sum);
    }
}

static double missed_of_row(const unit_keeper *keeper, int32_t r)
{
    const cpn_spend_row *row = &keeper->search->rows[r];
    const double unit = keeper->search->problem->unit, owed = row->share * keeper->totals[row->of_node];
    const double residual = row->sign * (keeper->totals[row->node] - owed);
    if (row->ratio < 0) return 0;
    if (row->is_equal) return fmax(fabs(residual) - cpn_spend_row_slack(keeper->search, r), 0);
    return residual > CPN_SPEND_UNIT_NEAR * unit + 4 * DBL_EPSILON * owed ? residual : 0;
}

/* By how much all bounds and shares together are missed. */
static double missed(const unit_keeper *keeper)
{
    const cpn_spend_search *search = keeper->search;
    double sum = 0;
    for (int32_t n = 0; n < search->n_nodes; n++) {
        const cpn_spend_node *node = &search->nodes[n];
        sum += fmax(keeper->totals[n] - node->maximum, 0) + fmax(node->minimum - keeper->totals[n], 0);
    }
    for (int32_t r = 0; r < search->n_rows; r++) sum += missed_of_row(keeper, r);
    return sum;
}

static void shift(const unit_keeper *keeper, const unit_move *move, double sign)
{
    if (move->seat < 0) return;
    for (int32_t n = keeper->search->seats[move->seat].group; n >= 0; n = keeper->search->nodes[n].parent)
        keeper->totals[n] += sign * move->amount;
}

/* ---- Moves ------------------------------------------------------------------------------------------------------- */

/* Where a seat goes from its spend, at least one unit up (side 1) or down (-1); seat -1 where it cannot. */
static unit_move move_of(const unit_keeper *keeper, int64_t s, int32_t side)
{
    const cpn_spend_search *search = keeper->search;
    const cpn_spend_problem *problem = search->problem;
    const cpn_spend_seat *seat = &search->seats[s];
    const double unit = problem->unit, x = keeper->spends[s];
    double to = x + side * unit * (seat->item->step > unit ? 1 : keeper->stride);
    if (side > 0)
        to = ceil(cpn_spend_allowed_above(seat->item, fmin(to, seat->root_high)) / unit - 1e-9) * unit;
    else
        to = floor(cpn_spend_allowed_below(seat->item, fmax(to, seat->root_low)) / unit + 1e-9) * unit;
    unit_move move = { -1, to, to - x, 0 };
    if (!(side * move.amount > 0) || to < seat->root_low || to > seat->root_high) return move;
    if (!cpn_spend_is_allowed(seat->item, to)) return move;
    move.seat = s;
    move.gain = seat->item->value *
                    (cpn_spend_look(problem, seat->item, to).value - cpn_spend_look(problem, seat->item, x).value) -
                keeper->price * move.amount;
    return move;
}

static void list_move(unit_keeper *keeper, unit_move move)
{
    if (move.seat >= 0 && keeper->n_moves < MOST_MOVES) keeper->moves[keeper->n_moves++] = move;
}

/* Of a node's own seats, the best up and down, by the stride and by other amounts. */
static void list_best(unit_keeper *keeper, int32_t n)
{
    const cpn_spend_node *node = &keeper->search->nodes[n];
    unit_move best[WAYS] = { { -1, 0, 0, 0 }, { -1, 0, 0, 0 }, { -1, 0, 0, 0 }, { -1, 0, 0, 0 } };
    for (int64_t s = node->first_seat; s < node->end_seat; s++)
        for (int32_t side = -1; side <= 1; side += 2) {
            const unit_move move = move_of(keeper, s, side);
            const bool is_stride = fabs(move.amount) == keeper->stride * keeper->search->problem->unit;
            unit_move *at = &best[(side > 0 ? 1 : 0) + (is_stride ? 0 : 2)];
            if (move.seat >= 0 && (at->seat < 0 || move.gain > at->gain)) *at = move;
        }
    for (int32_t way = 0; way < WAYS; way++) list_move(keeper, best[way]);
}

/* Whether a node's total counts in a row. */
static bool is_in_rows(const cpn_spend_search *search, int32_t n)
{
    for (int32_t r = 0; r < search->n_rows; r++) {
        const cpn_spend_row *row = &search->rows[r];
        if (row->ratio < 0) continue;
        if (n >= row->node && n < search->nodes[row->node].end) return true;
        if (n >= row->of_node && n < search->nodes[row->of_node].end) return true;
    }
    return false;
}

static void list_moves(unit_keeper *keeper)
{
    const cpn_spend_search *search = keeper->search;
    keeper->n_moves = 0;
    if (2 * search->n_seats <= MOST_MOVES) {
        for (int64_t s = 0; s < search->n_seats; s++) {
            list_move(keeper, move_of(keeper, s, -1));
            list_move(keeper, move_of(keeper, s, 1));
        }
        return;
    }
    for (int32_t round = 0; round < 2; round++) /* those that rows see first */
        for (int32_t n = 0; n < search->n_nodes; n++)
            if (is_in_rows(search, n) == (round == 0)) list_best(keeper, n);
}

/* The move, or pair of moves, that leaves least missed and then gains most; how much it leaves. */
static double choose(const unit_keeper *keeper, unit_move chosen[2], double *gain)
{
    static const unit_move none = { -1, 0, 0, 0 };
    double least = INFINITY;
    *gain = -INFINITY;
    for (int32_t a = 0; a < keeper->n_moves; a++)
        for (int32_t b = a; b < keeper->n_moves; b++) {
            const unit_move *first = &keeper->moves[a], *second = b > a ? &keeper->moves[b] : &none;
            if (second->seat == first->seat) continue;
            shift(keeper, first, 1);
            shift(keeper, second, 1);
            const double left = missed(keeper), gained = first->gain + second->gain;
            shift(keeper, second, -1);
            shift(keeper, first, -1);
            if (left > least || (left == least && !(gained > *gain))) continue;
            least = left;
            *gain = gained;
            chosen[0] = *first;
            chosen[1] = *second;
        }
    return least;
}

static void make(const unit_keeper *keeper, const unit_move chosen[2])
{
    for (int32_t i = 0; i < 2; i++) {
        shift(keeper, &chosen[i], 1);
        if (chosen[i].seat >= 0) keeper->spends[chosen[i].seat] = chosen[i].to;
    }
}

/* ---- Keeping ----------------------------------------------------------------------------------------------------- */

/* Long strides while they help, single units to end with. */
static void mend_units(unit_keeper *keeper, double left)
{
    const int32_t n_rounds = keeper->search->n_seats > MANY_SEATS ? MOST_MENDS_LARGE : MOST_MENDS;
    for (int32_t round = 0; round < n_rounds && left > 0; round++) {
        unit_move chosen[2];
        double gain, after = left;
        const double wish = floor(left / keeper->search->problem->unit);
        for (int32_t way = 0; way < 2 && !(after < left); way++) {
            keeper->stride = way == 0 && wish > 1 && wish < 1e15 ? wish : 1;
            list_moves(keeper);
            after = choose(keeper, chosen, &gain);
        }
        if (!(after < left)) return;
        make(keeper, chosen);
        left = after;
    }
}

static void gain_units(unit_keeper *keeper)
{
    const cpn_spend_problem *problem = keeper->search->problem;
    keeper->stride = 1;
    for (int32_t round = 0; round < MOST_GAINS; round++) {
        unit_move chosen[2];
        double gain;
        list_moves(keeper);
        if (choose(keeper, chosen, &gain) > 0) return;
        const double value =
            problem->items[keeper->search->order[chosen[0].seat]].value *
            fabs(cpn_spend_look(problem, keeper->search->seats[chosen[0].seat].item, chosen[0].to).value);
        if (!(gain > least_gain * value)) return;
        make(keeper, chosen);
    }
}

static double price_of(const cpn_spend_problem *problem)
{
    return problem->objective == CPN_SPEND_PROFIT ? 1 : problem->objective == CPN_SPEND_MARGINAL ? problem->target : 0;
}

campaign_status cpn_spend_keep_units(cpn_spend_search *search, double *spends, campaign_error *error)
{
    unit_keeper keeper = { .search = search, .spends = spends, .price = price_of(search->problem) };
    const bool has_target =
        search->problem->objective == CPN_SPEND_LEAST_SPEND || search->problem->objective == CPN_SPEND_AVERAGE;
    keeper.totals = cpn_alloc(search->n_nodes, sizeof *keeper.totals);
    if (!keeper.totals) return cpn_fail_nomem(error);
    sum_totals(&keeper);
    const double left = missed(&keeper);
    if (left > 0) mend_units(&keeper, left);
    if ((left > 0 || search->n_rows > 0) && search->n_seats <= FEW_SEATS && !has_target) gain_units(&keeper);
    cpn_free(keeper.totals);
    return CAMPAIGN_OK;
}
