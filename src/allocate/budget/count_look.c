/* The items of a part at a price, in the order of what it gains to put each on its concave stretch; and what so many of
 * them are worth. All worths are rounded up. */
#include <math.h>

#include "allocate/budget/count.h"
#include "base/number.h"

/* ---- The items of a part ----------------------------------------------------------------------------------------- */

static cpn_spend_point point_at(const cpn_spend_search *search, const cpn_spend_item *item, double spend)
{
    return (cpn_spend_point){ spend, item->value * cpn_spend_look(search->problem, item, spend).value };
}

/* One curve that is convex, then strictly concave; steps are those of the unit, which bounds know nothing of. */
static bool is_curved(const cpn_spend_search *search, const cpn_spend_seat *seat)
{
    const cpn_spend_item *item = seat->item;
    const cpn_response *curve = &search->problem->curves[item->first_curve];
    if (seat->n_pieces > 0 || item->n_curves != 1 || curve->kind == CPN_RESPONSE_LINEAR) return false;
    if (curve->kind == CPN_RESPONSE_POWER && curve->shape == 1) return false;
    return item->step <= search->problem->unit;
}

/* Where an opening cost or a least open spend lies beyond the convex stretch, nothing is open below it but 0. Elsewhere
 * the spends that are not allowed are taken in: with the opening cost alone the curve is flat there, and so convex. */
static void set_stretches(cpn_spend_curved *to, const cpn_spend_search *search, const cpn_spend_seat *seat, double room)
{
    const cpn_spend_item *item = seat->item;
    const cpn_response *curve = &search->problem->curves[item->first_curve];
    const double high = fmin(seat->high, seat->low + room), open = fmax(item->opening_cost, item->minimum_if_open);
    double turn = cpn_response_inflection(curve) + item->opening_cost;
    to->has_between = true;
    if (seat->low < open && open >= turn) {
        turn = open;
        to->has_between = false;
    }
    if (!(item->value > 0) || !(high > seat->low)) turn = seat->low;
    if (!to->has_between && turn > high) turn = seat->low; /* it cannot open */
    const bool is_point = turn == seat->low && (!(item->value > 0) || open > high || !(high > seat->low));
    turn = fmin(fmax(turn, seat->low), high);
    to->is_counted = turn > seat->low;
    to->low = point_at(search, item, seat->low);
    to->turn = to->is_counted ? point_at(search, item, turn) : to->low;
    to->high = is_point ? to->low : high > turn ? point_at(search, item, high) : to->turn;
    to->turn_slope = to->high_slope = 0;
    if (to->high.spend > to->turn.spend) {
        to->turn_slope = item->value * cpn_spend_look(search->problem, item, to->turn.spend).slope;
        to->high_slope = item->value * cpn_spend_look(search->problem, item, to->high.spend).slope;
    }
    to->hint = seat->hint;
}

bool cpn_spend_count_begin(cpn_spend_counting *at)
{
    const cpn_spend_search *search = at->search;
    cpn_spend_sum least = { 0, 0 };
    for (int64_t s = 0; s < search->n_seats; s++) {
        if (!is_curved(search, &search->seats[s])) return false;
        cpn_spend_add(&least, search->seats[s].low);
    }
    /* no plan passes the budget by more than this */
    const double room = at->most - cpn_spend_sum_of(&least) + 8 * DBL_EPSILON * at->most;
    if (!(room >= 0)) return false;
    at->n_counted = 0;
    for (int64_t s = 0; s < search->n_seats; s++) {
        set_stretches(&at->items[s], search, &search->seats[s], room);
        if (at->items[s].is_counted) at->order[at->n_counted++] = (int32_t)s;
    }
    return true;
}

void cpn_spend_count_enter(cpn_spend_counting *at, const cpn_spend_state *state)
{
    for (int32_t i = 0; i < at->n_counted; i++) {
        const int32_t s = at->order[i];
        cpn_spend_curved *item = &at->items[s];
        const double width = item->turn.spend - item->low.spend;
        for (int32_t e = 0; e < 2; e++) {
            const double share = state->shares[e];
            item->between[e] = !item->has_between || share <= 0 ? item->low
                               : share >= 1
                                   ? item->turn
                                   : point_at(at->search, at->search->seats[s].item, item->low.spend + share * width);
        }
    }
}

/* ---- At a price -------------------------------------------------------------------------------------------------- */

double cpn_spend_count_take(const cpn_spend_counting *at, int64_t seat, double price, double *bend)
{
    const cpn_spend_problem *problem = at->search->problem;
    const cpn_spend_item *item = at->search->seats[seat].item;
    cpn_spend_curved *to = &at->items[seat];
    *bend = 0;
    if (!(to->high.spend > to->turn.spend) || price >= to->turn_slope) return to->turn.spend;
    if (price <= to->high_slope || !(price > 0)) return to->high.spend;
    const double weight = problem->weights ? problem->weights[item->first_curve] : 1;
    double curvature;
    const double x = cpn_response_find_slope(&problem->curves[item->first_curve], price / item->value / weight,
                                             &to->hint, &curvature) +
                     item->opening_cost;
    if (!(x > to->turn.spend)) return to->turn.spend;
    if (!(x < to->high.spend)) return to->high.spend;
    const double turn = item->value * weight * curvature;
    if (turn < -DBL_MIN && cpn_is_finite(turn)) *bend = 1 / turn;
    return x;
}

static double net_of(cpn_spend_point point, double price)
{
    const double cost = price * point.spend;
    return point.value - cost + 8 * DBL_EPSILON * (fabs(point.value) + fabs(cost));
}

static void look_at_item(cpn_spend_counting *at, int64_t s, double price)
{
    cpn_spend_curved *to = &at->items[s];
    const cpn_spend_search *search = at->search;
    const cpn_spend_item *item = search->seats[s].item;
    to->spend = cpn_spend_count_take(at, s, price, &to->bend);
    double worth;
    if (to->spend > to->turn.spend && to->spend < to->high.spend)
        worth = cpn_spend_net_worth(search->problem, item, to->spend, price, true);
    else
        worth = net_of(to->spend > to->turn.spend ? to->high : to->turn, price);
    if (!to->is_counted) {
        at->rest += worth;
        at->rest_size += fabs(worth);
        at->rest_spend += to->spend;
        at->rest_bend += to->bend;
        return;
    }
    const double low = to->low.value - price * to->low.spend, size = fabs(to->low.value) + fabs(price * to->low.spend);
    at->rest += low;
    at->rest_size += size + fabs(worth);
    at->rest_spend += to->low.spend;
    to->gain = worth - low;
    to->between_gain = 0;
    to->between_spend = to->low.spend;
    const double ends[] = { net_of(to->between[0], price) - low, net_of(to->between[1], price) - low };
    const int32_t better = ends[1] > ends[0];
    to->between_gain = ends[better];
    to->between_spend = to->between[better].spend;
}

/* Places by gain, from the most; those of the last price are nearly right. */
static void sort_by_gain(cpn_spend_counting *at)
{
    for (int32_t i = 1; i < at->n_counted; i++) {
        const int32_t s = at->order[i];
        const double gain = at->items[s].gain;
        int32_t k = i;
        for (; k > 0 && at->items[at->order[k - 1]].gain < gain; k--) at->order[k] = at->order[k - 1];
        at->order[k] = s;
    }
}

void cpn_spend_count_look(cpn_spend_counting *at, double price)
{
    at->price = price;
    at->rest = at->rest_size = at->rest_spend = at->rest_bend = 0;
    for (int64_t s = 0; s < at->search->n_seats; s++) look_at_item(at, s, price);
    sort_by_gain(at);
    const int32_t n = at->n_counted;
    at->sums[0] = 0;
    at->leads[0] = at->trails[n] = -INFINITY;
    for (int32_t i = 0; i < n; i++) {
        const cpn_spend_curved *item = &at->items[at->order[i]];
        at->sums[i + 1] = at->sums[i] + item->gain;
        at->leads[i + 1] = fmax(at->leads[i], item->between_gain - item->gain);
    }
    for (int32_t i = n - 1; i >= 0; i--) at->trails[i] = fmax(at->trails[i + 1], at->items[at->order[i]].between_gain);
}

/* ---- So many of them --------------------------------------------------------------------------------------------- */

/* The item between, and what it does to the sum: one of those that are not on their stretch anyway; or one of those that
 * would be, whose place the next one takes. */
static double add_between(const cpn_spend_counting *at, int32_t count, cpn_spend_choice *choice)
{
    const int32_t n = at->n_counted;
    choice->between = -1;
    choice->last = count;
    if (count == n) return at->sums[n];
    const double outside = at->sums[count] + at->trails[count], inside = at->sums[count + 1] + at->leads[count];
    const bool is_inside = inside > outside;
    for (int32_t i = is_inside ? 0 : count; i < (is_inside ? count : n) && choice->between < 0; i++) {
        const cpn_spend_curved *item = &at->items[at->order[i]];
        const double adds = is_inside ? item->between_gain - item->gain : item->between_gain;
        if (adds == (is_inside ? at->leads[count] : at->trails[count])) choice->between = i;
    }
    if (is_inside) choice->last = count + 1;
    return is_inside ? inside : outside;
}

cpn_spend_choice cpn_spend_count_choose(const cpn_spend_counting *at, int32_t count)
{
    cpn_spend_choice choice = { .spend = at->rest_spend, .bend = at->rest_bend };
    const double gained = add_between(at, count, &choice), paid = (at->price - at->base) * at->most;
    const double size = at->rest_size + fabs(paid);
    choice.dual = at->rest + gained + paid + 4 * DBL_EPSILON * (double)(at->search->n_seats + 4) * size;
    for (int32_t i = 0; i < choice.last; i++) {
        const cpn_spend_curved *item = &at->items[at->order[i]];
        if (i == choice.between) continue;
        choice.spend += item->spend - item->low.spend;
        choice.bend += item->bend;
    }
    if (choice.between >= 0) {
        const cpn_spend_curved *item = &at->items[at->order[choice.between]];
        choice.spend += item->between_spend - item->low.spend;
    }
    return choice;
}
