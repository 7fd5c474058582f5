/* A bound that envelopes do not give, for S-curves that are alike: how many items stand on their concave stretch is counted
 * out. In an optimum at most one item is strictly inside its convex stretch, since of two the one with the higher slope
 * would take from the other; so for each count the best plan has that many items between turn and high, at most one
 * between low and turn, and the others at low. The dual of that, with the items of most gain chosen anew at each price, is
 * convex in the price. Where the one between makes it loose, its share of the way is halved. */
#include "allocate/budget/count.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

enum { MOST_ROUNDS = 48, MOST_SPLITS = 96, MOST_STATES = CPN_SPEND_MOST_COUNTED + 1 + MOST_SPLITS, PLAN_ROUNDS = 24 };

/* Beyond the first parts as many turns, and counting only where it has paid: one in that many parts else. */
enum { PART_TURNS = 24, FIRST_COUNTS = 32, SELDOM = 8, SEVERAL = 6, FEW = 4, FEW_PARTS = 6 };

static const double least_share = 1e-9;

typedef struct count_search {
    cpn_spend_counting at;
    cpn_spend_state *states;
    int32_t n_states;
    double *spends; /* of each seat: a plan */
} count_search;

/* ---- Plans ------------------------------------------------------------------------------------------------------- */

/* Spends of the chosen ones at a price; what they come to, and how that moves. */
static double fill_choice(const count_search *in, const uint8_t *is_open, double price, double *bend)
{
    const cpn_spend_counting *at = &in->at;
    cpn_spend_sum sum = { 0, 0 };
    *bend = 0;
    for (int64_t s = 0; s < at->search->n_seats; s++) {
        double one = 0;
        if (is_open[s]) in->spends[s] = cpn_spend_count_take(at, s, price, &one);
        cpn_spend_add(&sum, in->spends[s]);
        *bend += one;
    }
    return cpn_spend_sum_of(&sum);
}

/* The price at which the chosen ones use up the budget, by Newton's steps between two prices. */
static double price_choice(const count_search *in, const uint8_t *is_open)
{
    const double most = in->at.most, base = in->at.base;
    double low = base, high = INFINITY, price = in->at.price, bend;
    for (int32_t round = 0; round < PLAN_ROUNDS; round++) {
        const double left = most - fill_choice(in, is_open, price, &bend);
        if (fabs(left) <= 1e-13 * most || (left >= 0 && price <= base)) break;
        if (left > 0)
            high = price;
        else
            low = price;
        double next = bend < 0 && price > 0 ? price * exp(fmin(fmax(left / (price * bend), -3), 3)) : NAN;
        if (!(next > low && next < high)) next = high < INFINITY ? low + (high - low) / 2 : 2 * price;
        if (next == price || !(next < DBL_MAX)) break;
        price = next;
    }
    return price;
}

/* The items that a choice opens, the budget used up among them, as a plan. */
static campaign_status offer_choice(count_search *in, const cpn_spend_choice *choice, campaign_error *error)
{
    const cpn_spend_counting *at = &in->at;
    uint8_t is_open[CPN_SPEND_MOST_COUNTED];
    for (int64_t s = 0; s < at->search->n_seats; s++) {
        is_open[s] = !at->items[s].is_counted;
        in->spends[s] = at->items[s].low.spend;
    }
    for (int32_t i = 0; i < choice->last; i++) is_open[at->order[i]] = 1;
    if (choice->between >= 0) {
        const int32_t s = at->order[choice->between];
        is_open[s] = 0;
        in->spends[s] = at->items[s].between_spend;
    }
    double bend;
    const double price = price_choice(in, is_open), left = at->most - fill_choice(in, is_open, price, &bend);
    for (int64_t s = 0; s < at->search->n_seats && left != 0 && bend < 0; s++) {
        double one = 0;
        if (!is_open[s]) continue;
        const double x = cpn_spend_count_take(at, s, price, &one) + left * (one / bend);
        if (one < 0) in->spends[s] = fmin(fmax(x, at->items[s].turn.spend), at->items[s].high.spend);
    }
    return cpn_spend_offer(at->search, in->spends, error);
}

/* ---- One state --------------------------------------------------------------------------------------------------- */

/* A price, the dual and its slope there, and the item between with its spend. */
typedef struct dual_side {
    double price, dual, slope, between_spend;
    int32_t between;
    bool is_known;
} dual_side;

typedef struct state_run {
    dual_side low, high;
    cpn_spend_choice choice;
} state_run;

/* Where the tangents on both sides meet: below it the dual cannot be. */
static double meet(const state_run *run, double *dual)
{
    const dual_side *low = &run->low, *high = &run->high;
    const double step =
        (low->dual - high->dual + high->slope * (high->price - low->price)) / (high->slope - low->slope);
    *dual = low->dual + low->slope * step;
    return low->price + step;
}

/* The next price to try; NAN where the last one will do. */
static double next_price(const state_run *run, const cpn_spend_counting *at, double best, int32_t round)
{
    const double left = at->most - run->choice.spend, price = at->price, bend = run->choice.bend;
    if (fabs(left) <= 1e-13 * at->most || (left >= 0 && price <= at->base)) return NAN;
    double next = bend < 0 && price > 0 ? price * exp(fmin(fmax(left / (price * bend), -3), 3)) : NAN;
    if (!run->low.is_known) return next < price && next > at->base ? next : at->base;
    if (!run->high.is_known && next > price && next < DBL_MAX) return next;
    if (!run->high.is_known) return price < DBL_MAX / 8 ? fmax(4 * price, at->start) : NAN;
    double dual;
    const double corner = meet(run, &dual);
    if (best - dual <= 1e-14 * fabs(best)) return NAN;
    if (!(next > run->low.price && next < run->high.price) || round % 4 == 3) next = corner;
    if (round % 8 == 7) next = run->low.price + (run->high.price - run->low.price) / 2;
    return next > run->low.price && next < run->high.price ? next : NAN;
}

static bool is_whole(const cpn_spend_state *state)
{
    return state->shares[0] <= 0 && state->shares[1] >= 1;
}

/* What a price says of the state; and, since that costs next to nothing, of all that count others. */
static void learn(count_search *in, int32_t index)
{
    cpn_spend_state *state = &in->states[index];
    const cpn_spend_choice choice = cpn_spend_count_choose(&in->at, state->count);
    state->bound = fmin(state->bound, choice.dual);
    for (int32_t i = 0; i <= in->at.n_counted && is_whole(state); i++)
        if (is_whole(&in->states[i]) && in->states[i].count == i)
            in->states[i].bound = fmin(in->states[i].bound, cpn_spend_count_choose(&in->at, i).dual);
}

/* Brings the state's bound down, as far as its dual goes or until nothing better is in it. */
static void run_state(state_run *run, count_search *in, int32_t index)
{
    cpn_spend_counting *at = &in->at;
    *run = (state_run){ .low = { .price = at->base }, .high = { .price = INFINITY } };
    cpn_spend_count_enter(at, &in->states[index]);
    double price = at->start;
    for (int32_t round = 0; round < MOST_ROUNDS; round++) {
        cpn_spend_count_look(at, price);
        learn(in, index);
        run->choice = cpn_spend_count_choose(at, in->states[index].count);
        if (in->states[index].bound <= at->search->stop) return;
        dual_side side = { price, run->choice.dual, at->most - run->choice.spend, 0, -1, true };
        const int32_t between = run->choice.between >= 0 ? at->order[run->choice.between] : -1;
        if (between >= 0 && at->items[between].between_spend > at->items[between].low.spend) { /* else at low: none */
            side.between = between;
            side.between_spend = at->items[between].between_spend;
        }
        *(side.slope < 0 ? &run->low : &run->high) = side;
        const double next = next_price(run, at, in->states[index].bound, round);
        if (!(next >= at->base) || next == price) return;
        price = next;
    }
}

/* Plans of the state at its last price; where the choice changes there, of the choices on both sides. */
static campaign_status offer_state(count_search *in, const state_run *run, const cpn_spend_state *state,
                                   campaign_error *error)
{
    cpn_spend_counting *at = &in->at;
    campaign_status status = offer_choice(in, &run->choice, error);
    const bool is_jump = fabs(at->most - run->choice.spend) > 1e-9 * at->most;
    const double prices[] = { run->low.price, run->high.price };
    const bool is_known[] = { run->low.is_known, run->high.is_known };
    for (int32_t side = 0; side < 2 && status == CAMPAIGN_OK && is_jump; side++) {
        if (!is_known[side] || prices[side] == at->price) continue;
        cpn_spend_count_look(at, prices[side]);
        const cpn_spend_choice choice = cpn_spend_count_choose(at, state->count);
        status = offer_choice(in, &choice, error);
    }
    return status;
}

/* ---- All states -------------------------------------------------------------------------------------------------- */

static int32_t highest(const count_search *in)
{
    int32_t best = 0;
    for (int32_t i = 1; i < in->n_states; i++)
        if (in->states[i].bound > in->states[best].bound) best = i;
    return best;
}

/* Halves what the one between may spend; false where nothing is to be gained, since it is not what keeps the dual from
 * being a plan's. */
static bool split(count_search *in, int32_t index, const state_run *run)
{
    cpn_spend_state *state = &in->states[index];
    const dual_side *low = &run->low, *high = &run->high;
    const double middle = state->shares[0] + (state->shares[1] - state->shares[0]) / 2;
    if (in->n_states == MOST_STATES || state->shares[1] - state->shares[0] <= least_share) return false;
    if (!low->is_known || !high->is_known) return false;
    if (low->between == high->between && low->between_spend == high->between_spend) return false;
    in->states[in->n_states] = *state;
    in->states[in->n_states++].shares[0] = middle;
    state->shares[1] = middle;
    return true;
}

static campaign_status run_states(count_search *in, double *bound, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    cpn_spend_search *search = in->at.search;
    const int32_t n_turns = search->n_parts == 0 ? MOST_STATES : PART_TURNS;
    for (int32_t turn = 0; turn < n_turns && status == CAMPAIGN_OK; turn++) {
        const int32_t index = highest(in);
        *bound = in->states[index].bound;
        if (*bound <= search->stop) break;
        state_run run;
        run_state(&run, in, index);
        if (in->states[index].bound <= search->stop) continue;
        status = offer_state(in, &run, &in->states[index], error);
        search->stop = fmax(search->stop, cpn_spend_cutoff(search));
        if (in->states[index].bound <= search->stop || split(in, index, &run)) continue;
        *bound = in->states[highest(in)].bound;
        if (highest(in) == index) break;
    }
    *bound = in->states[highest(in)].bound;
    search->n_counted_out += *bound <= search->stop;
    return status;
}

static bool open_count(count_search *in, cpn_spend_search *search)
{
    const int64_t n = search->n_seats;
    *in = (count_search){ .at = { .search = search } };
    in->at.items = cpn_alloc(n, sizeof *in->at.items);
    in->at.order = cpn_alloc(n, sizeof *in->at.order);
    in->at.sums = cpn_alloc(3 * (n + 1), sizeof *in->at.sums);
    in->states = cpn_alloc(MOST_STATES, sizeof *in->states);
    in->spends = cpn_alloc(n, sizeof *in->spends);
    if (!in->at.items || !in->at.order || !in->at.sums || !in->states || !in->spends) return false;
    in->at.leads = in->at.sums + n + 1;
    in->at.trails = in->at.leads + n + 1;
    return true;
}

static void close_count(count_search *in)
{
    cpn_free(in->at.items);
    cpn_free(in->at.order);
    cpn_free(in->at.sums);
    cpn_free(in->states);
    cpn_free(in->spends);
}

/* One budget over all, and no rows. Plans have left the nodes at what they froze. */
static bool is_plain(cpn_spend_search *search)
{
    int32_t broken;
    if (search->n_rows > 0 || search->n_seats > CPN_SPEND_MOST_COUNTED || search->factor != 1) return false;
    if (!cpn_spend_can_keep(search, &broken)) return false;
    if (!search->nodes[0].has_cap || search->nodes[0].has_base) return false;
    for (int32_t i = 1; i < search->n_nodes; i++)
        if (search->nodes[i].has_cap || search->nodes[i].has_base) return false;
    return true;
}

/* Whether the envelopes leave open which of several items stand beyond their chords: so many that to close, or to open,
 * one of them costs less than what the plan misses. */
static bool is_open_choice(const cpn_spend_search *search, double price)
{
    const double miss = search->bound - search->best_value;
    const int32_t several = search->n_seats < 2 * SEVERAL ? FEW : SEVERAL;
    int32_t n = 0;
    for (int64_t s = 0; s < search->n_seats && n < several; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        for (int32_t l = 0; l < seat->n_legs; l++) {
            const cpn_spend_leg *leg = &search->legs[seat->first_leg + l];
            if (!leg->is_exact) n += fabs(leg->high - price) * (leg->to - leg->from) < miss;
        }
    }
    return n >= several;
}

campaign_status cpn_spend_count(cpn_spend_search *search, double price, campaign_error *error)
{
    const bool pays = search->n_counts < FIRST_COUNTS || 4 * search->n_counted_out >= search->n_counts;
    if (!pays && search->n_parts % SELDOM != 0) return CAMPAIGN_OK;
    if (search->n_parts < FEW_PARTS && !is_open_choice(search, price)) return CAMPAIGN_OK;
    if (!is_plain(search)) return CAMPAIGN_OK;
    search->n_counts++;
    count_search in;
    campaign_status status = open_count(&in, search) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    in.at.base = search->base;
    in.at.most = search->nodes[0].maximum;
    in.at.start = price > search->base ? price : search->base + search->usual;
    if (status == CAMPAIGN_OK && cpn_spend_count_begin(&in.at) && in.at.n_counted > 0) {
        double bound = search->bound;
        for (int32_t i = 0; i <= in.at.n_counted; i++)
            in.states[in.n_states++] = (cpn_spend_state){ .count = i, .shares = { 0, 1 }, .bound = search->bound };
        status = run_states(&in, &bound, error);
        search->bound = fmin(search->bound, bound);
    }
    close_count(&in);
    return status;
}
