/* From relaxed spends to plans that keep all rules: items between the ends of a chord are put on one of them, all choices
 * are frozen, and what is left is concave and solved again. */
#include <math.h>
#include <string.h>

#include "allocate/budget/parts.h"
#include "base/number.h"

enum { MOST_EXTRA = 4, MANY_SEATS = 1000, MOST_STEPPED = 64 };

typedef enum snap_side { SNAP_DOWN, SNAP_UP, SNAP_NEAREST, SNAPS } snap_side;

/* The border between legs at which a spend lies, or is put; is_partial tells that it lay within a chord that is none of
 * the curve. */
static int32_t border_of(bool *is_partial, const cpn_spend_seat *seat, const cpn_spend_leg *legs, double spend,
                         snap_side side)
{
    int32_t i = 0;
    *is_partial = false;
    while (i < seat->n_legs && spend >= legs[i].to) i++;
    if (i == seat->n_legs || !(spend > legs[i].from)) return i;
    if (legs[i].is_exact) return i;
    *is_partial = true;
    const bool is_up = side == SNAP_UP || (side == SNAP_NEAREST && spend - legs[i].from > legs[i].to - spend);
    return is_up ? i + 1 : i;
}

/* Leaves only the legs around each spend that the curve itself follows. Returns how many items were between choices. */
static int64_t freeze(cpn_spend_search *search, const double *spends, snap_side side)
{
    int64_t n_partial = 0;
    for (int64_t s = 0; s < search->n_seats; s++) {
        cpn_spend_seat *seat = &search->seats[s];
        const cpn_spend_leg *legs = &search->legs[seat->first_leg];
        bool is_partial;
        const int32_t border = border_of(&is_partial, seat, legs, spends[s], side);
        int32_t first = border, end = border;
        while (first > 0 && legs[first - 1].is_exact) first--;
        while (end < seat->n_legs && legs[end].is_exact) end++;
        seat->first_open = first;
        seat->n_open = end - first;
        n_partial += is_partial;
    }
    return n_partial;
}

static void thaw(cpn_spend_search *search)
{
    for (int64_t s = 0; s < search->n_seats; s++) {
        search->seats[s].first_open = 0;
        search->seats[s].n_open = search->seats[s].n_legs;
    }
    search->is_frozen = false;
}

campaign_status cpn_spend_offer(cpn_spend_search *search, const double *spends, campaign_error *error)
{
    const size_t size = (size_t)search->n_seats * sizeof *spends;
    const bool is_least = search->problem->unit > 0 && search->problem->objective == CPN_SPEND_LEAST_SPEND;
    campaign_status status = CAMPAIGN_OK;
    bool is_kept = false;
    for (search->extra_units = 0; search->extra_units < (is_least ? MOST_EXTRA : 1) && !is_kept;
         search->extra_units++) {
        memcpy(search->plan, spends, size);
        status = cpn_spend_mend(search, search->plan, error);
        if (status != CAMPAIGN_OK) return status;
        is_kept = cpn_spend_keeps_rules(search, search->plan);
    }
    if (!is_kept) return CAMPAIGN_OK;
    const double value = cpn_spend_objective_of(search, search->plan, false);
    if (value > search->best_value) {
        search->best_value = value;
        memcpy(search->best, search->plan, size);
    }
    return status;
}

static campaign_status offer_frozen(cpn_spend_search *search, snap_side side, int64_t *n_partial, campaign_error *error)
{
    *n_partial = freeze(search, search->relaxed, side);
    search->is_frozen = true;
    bool is_empty;
    campaign_status status = cpn_spend_relax(search, &is_empty, error);
    thaw(search);
    if (status == CAMPAIGN_OK && !is_empty) status = cpn_spend_offer(search, search->spends, error);
    return status;
}

/* Next to nothing may keep shares that plans near the relaxed spends break by their steps. */
static campaign_status offer_least(cpn_spend_search *search, campaign_error *error)
{
    for (int64_t s = 0; s < search->n_seats; s++) search->spends[s] = search->seats[s].root_low;
    return cpn_spend_offer(search, search->spends, error);
}

/* The group whose total a node's items share: the first one held by a bound, from the node upwards. */
static int32_t holder_of(const cpn_spend_search *search, int32_t node)
{
    while (node > 0 && search->nodes[node].held == 0) node = search->nodes[node].parent;
    return node;
}

/* Gives what one item leaves to those that move with the price, as the price would move them. */
static void hand_over(cpn_spend_search *search, int64_t from, double left)
{
    const int32_t holder = holder_of(search, search->seats[from].group);
    double turn = 0;
    if (search->nodes[holder].held == 0) return; /* the budget is not used up */
    for (int32_t round = 0; round < 2; round++) {
        const double whole = turn;
        if (round == 1 && !(whole < 0)) return;
        for (int32_t n = holder; n < search->nodes[holder].end; n++) {
            const cpn_spend_node *node = &search->nodes[n];
            if (n > holder && node->held != 0) {
                n = node->end - 1;
                continue;
            }
            for (int64_t s = node->first_seat; s < node->end_seat; s++) {
                if (!(search->turns[s] < 0) || s == from) continue;
                if (round == 0)
                    turn += search->turns[s];
                else {
                    const cpn_spend_seat *seat = &search->seats[s];
                    const double x = search->spends[s] + left * (search->turns[s] / whole);
                    search->spends[s] = fmin(fmax(x, seat->low), seat->high);
                }
            }
        }
    }
}

/* Where many items share what a few leave, solving again would hardly move them: one step of Newton's is enough. */
static campaign_status offer_stepped(cpn_spend_search *search, snap_side side, campaign_error *error)
{
    memcpy(search->spends, search->relaxed, (size_t)search->n_seats * sizeof *search->spends);
    int32_t n_partial = 0;
    for (int64_t s = 0; s < search->n_seats; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        const cpn_spend_leg *legs = &search->legs[seat->first_leg];
        bool is_partial;
        const int32_t border = border_of(&is_partial, seat, legs, search->relaxed[s], side);
        if (!is_partial) continue;
        if (++n_partial > MOST_STEPPED) return CAMPAIGN_OK;
        const double x = border < seat->n_legs ? legs[border].from : legs[border - 1].to;
        search->spends[s] = x;
        hand_over(search, s, search->relaxed[s] - x);
    }
    return n_partial > 0 ? cpn_spend_offer(search, search->spends, error) : CAMPAIGN_OK;
}

static bool is_good(const cpn_spend_search *search, double bound)
{
    return search->best_value >= bound - search->gap_goal / 2 * fmax(fabs(bound), search->tiny);
}

/* Prices, multipliers and the bound of the part, which plans must not change. */
typedef struct part_state {
    double bound;
    int32_t broken;
} part_state;

campaign_status cpn_spend_round(cpn_spend_search *search, campaign_error *error)
{
    const size_t size = (size_t)search->n_seats * sizeof *search->spends;
    const part_state state = { search->bound, search->broken };
    memcpy(search->relaxed, search->spends, size);
    campaign_status status = cpn_spend_offer(search, search->relaxed, error);
    double *const kept = search->kept_multipliers;
    for (int32_t r = 0; r < search->n_rows; r++) kept[r] = search->multipliers[r];
    int64_t n_partial = 1;
    const bool is_large = search->n_seats >= MANY_SEATS && search->n_rows == 0;
    for (int32_t side = 0; side < SNAPS && status == CAMPAIGN_OK && is_large && !is_good(search, state.bound); side++)
        status = offer_stepped(search, (snap_side)side, error);
    for (int32_t side = 0; side < SNAPS && status == CAMPAIGN_OK && !is_good(search, state.bound); side++) {
        if (side == SNAP_NEAREST && n_partial <= 1) break;
        if (side > 0 && n_partial == 0) break;
        status = offer_frozen(search, (snap_side)side, &n_partial, error);
    }
    if (status == CAMPAIGN_OK && search->n_parts == 0 && !cpn_is_finite(search->best_value))
        status = offer_least(search, error);
    for (int32_t r = 0; r < search->n_rows; r++) search->multipliers[r] = kept[r];
    memcpy(search->spends, search->relaxed, size);
    search->bound = state.bound;
    search->broken = state.broken;
    return status;
}
