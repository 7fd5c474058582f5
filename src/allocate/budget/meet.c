/* The price at which the total of a group meets a bound of it: by steps on the logarithms of total and price, between two
 * prices that lie on either side, through the jumps at the prices of chords. */
#include <math.h>

#include "allocate/budget/parts.h"
#include "base/number.h"

enum { SAMPLED_SEATS = 65536, STRIDE = 64, MOST_ROUNDS = 240 };

static const double most_hint = 1e100;

/* A price that was tried, where the total moves with it: both in logarithms. */
typedef struct price_point {
    double price, total;
    double bend; /* d price / d total */
    bool is_moving;
} price_point;

/* What is known of the price at which a node's total is target. */
typedef struct price_search {
    cpn_spend_search *search;
    int32_t node;
    double target, precision; /* of price × spend */
    double near;              /* share of target that the slopes of the items make good */
    double low, high;         /* prices: more than target at low, less at high; has_… before they count */
    double low_total, high_total;
    bool has_low, has_high, is_found;
    double price;             /* the last one tried */
    double scale;             /* what prices are likely to be */
    price_point now, before;  /* the last two */
    double miss, miss_before; /* from target to what was taken there */
    int32_t n_slow;           /* rounds that did not come much nearer */
} price_search;

/* Doubles in their order as whole numbers, so that halving between them ends within 64 steps at any scale. */
static double halve(double low, double high)
{
    union {
        double number;
        int64_t bits;
    } a = { low }, b = { high };
    if (low < 0 && high > 0) return 0;
    const int64_t middle = a.bits / 2 + b.bits / 2 + (a.bits % 2 + b.bits % 2) / 2;
    if (low == 0) b.bits = b.bits / 2; /* from 0 the plain numbers would be reached too late */
    if (high == 0) return -halve(0, -low);
    if (low == 0) return high > 1e-280 ? high * 1e-12 : b.number;
    b.bits = middle;
    return b.number;
}

/* The price of a chord between the two prices known that is nearest to wish; wish where there is none. */
static double nearest_chord(const price_search *at, double wish)
{
    const cpn_spend_search *search = at->search;
    const cpn_spend_node *root = &search->nodes[at->node];
    double best = wish, nearest = INFINITY;
    for (int32_t n = at->node; n < root->end; n++) {
        const cpn_spend_node *node = &search->nodes[n];
        if (node->held != 0) continue;
        const double offset = node->price - at->price;
        for (int64_t s = node->first_seat; s < node->end_seat; s++) {
            const cpn_spend_seat *seat = &search->seats[s];
            for (int32_t l = seat->first_open; l < seat->first_open + seat->n_open; l++) {
                const cpn_spend_leg *leg = &search->legs[seat->first_leg + l];
                if (leg->is_arc) continue;
                const double price = leg->high - offset, distance = fabs(price - wish);
                if (price > at->low && price < at->high && distance < nearest) {
                    nearest = distance;
                    best = price;
                }
            }
        }
    }
    return best;
}

static price_point point_of(const price_search *at)
{
    const cpn_spend_node *node = &at->search->nodes[at->node];
    const bool is_moving = node->turn < 0 && node->total > 0 && at->price > 0 && at->target > 0;
    if (!is_moving) return (price_point){ 0, 0, 0, false };
    return (price_point){ log(at->price), log(node->total), cpn_quotient(node->total, node->turn * at->price), true };
}

/* Whether the total runs from one point to the other without a jump: then its mean slope lies between those at the ends. */
static bool is_smooth(const price_point *a, const price_point *b)
{
    const double mean = cpn_quotient(b->price - a->price, b->total - a->total);
    return mean >= fmin(a->bend, b->bend) && mean <= fmax(a->bend, b->bend);
}

/* Where the total would be target: by the cubic through the last two points and their slopes (Hermite) where it runs
 * smoothly between them, else if it went on as a power of the price (Newton). */
static double extrapolate(const price_search *at)
{
    const price_point *now = &at->now, *before = &at->before;
    if (!now->is_moving) return NAN;
    const double left = log(at->target / at->search->nodes[at->node].total);
    double step = now->bend * left;
    const double width = before->total - now->total, share = cpn_quotient(left, width);
    if (before->is_moving && fabs(share) <= 1 && is_smooth(now, before)) {
        const double rest = 1 - share;
        step = share * share * (3 - 2 * share) * (before->price - now->price) +
               width * share * rest * (now->bend * rest - before->bend * share);
    }
    return at->price * exp(fmin(fmax(step, -12), 12));
}

static double interpolate(const price_search *at)
{
    if (!(at->low > 0) || !(at->high_total > 0)) return NAN;
    const double width = log(at->high / at->low), drop = log(cpn_quotient(at->low_total, at->high_total));
    return at->low * exp(width * fmin(fmax(cpn_quotient(log(at->low_total / at->target), drop), 0.01), 0.99));
}

/* A price beyond the only side known: fast growing steps from there, through 0 where it must be below. */
static double outside(const price_search *at, double wish, int32_t round)
{
    const double known = at->has_low ? at->low : at->high, small = at->scale * 1e-9;
    const double factor = 1 + ldexp(1e-9, round < 60 ? 2 * round : 120);
    if (cpn_is_finite(wish) && (at->has_low ? wish > known : wish < known && wish > 0))
        return at->has_low ? wish * (1 + 1e-13) : wish * (1 - 1e-13);
    if (at->has_low && known > 0) return known * factor < DBL_MAX ? known * factor : DBL_MAX;
    if (at->has_low) return known == 0 ? small : known > -small ? 0 : known / 4;
    if (known > 0) return known > small * 1e-6 ? known / factor : 0;
    return known == 0 ? -small : fmax(known * 4, -DBL_MAX);
}

static double next_price(price_search *at, int32_t round)
{
    double wish = extrapolate(at);
    if (!at->has_low || !at->has_high) return outside(at, wish, round);
    const bool is_inside = wish > at->low && wish < at->high;
    if (is_inside && at->miss <= at->miss_before / 4) return wish;
    if (!is_inside) wish = interpolate(at);
    at->n_slow++;
    if (!(wish > at->low && wish < at->high) || at->n_slow % 4 == 3) wish = halve(at->low, at->high);
    if (at->n_slow % 2 == 0 && at->high - at->low < 0.5 * fabs(at->high)) wish = nearest_chord(at, wish);
    return wish;
}

/* Takes in the totals at the last price; true where the search is over. */
static bool learn(price_search *at)
{
    const cpn_spend_node *node = &at->search->nodes[at->node];
    const double near = (node->turn < 0 ? at->near : 4 * DBL_EPSILON) * fabs(at->target);
    at->before = at->now;
    at->now = point_of(at);
    at->miss_before = at->miss;
    at->miss = fmax(node->total - at->target, at->target - node->total_most);
    if (node->total <= at->target + near && node->total_most >= at->target - near) {
        at->low = at->high = at->price;
        return true;
    }
    if (node->total > at->target) {
        at->low = at->price;
        at->low_total = node->total;
        at->has_low = true;
    } else {
        at->high = at->price;
        at->high_total = node->total_most;
        at->has_high = true;
    }
    if (!at->has_high) return at->price >= DBL_MAX;
    if (!at->has_low) return at->price <= -DBL_MAX;
    return (at->high - at->low) * (at->low_total - at->high_total) <= at->precision * fabs(at->high) * at->target ||
           nextafter(at->low, INFINITY) >= at->high;
}

/* What one more unit brings by the envelope. */
static double envelope_slope(const cpn_spend_search *search, const cpn_spend_seat *seat, double spend)
{
    const cpn_spend_leg *legs = &search->legs[seat->first_leg];
    for (int32_t l = 0; l < seat->n_legs; l++)
        if (!legs[l].is_arc && spend < legs[l].to)
            return legs[l].high;
        else if (spend < legs[l].to)
            break;
    return seat->item->value * cpn_spend_look(search->problem, seat->item, spend).slope;
}

/* Something of the right size: what one more unit brings on average where every item has the same share of its room. */
static double guess_price(const cpn_spend_search *search, int32_t index, double target)
{
    const cpn_spend_node *node = &search->nodes[index];
    const int64_t end = search->nodes[node->end - 1].end_seat, stride = (end - node->first_seat) / 64 + 1;
    double room = 0, sum = 0, count = 0;
    for (int64_t s = node->first_seat; s < end; s += stride) room += search->seats[s].high - search->seats[s].low;
    const double share = room > 0 ? fmin((target - node->least) / (room * (double)stride), 1) : 0;
    for (int64_t s = node->first_seat; s < end; s += stride) {
        const cpn_spend_seat *seat = &search->seats[s];
        const double x = seat->low + share * (seat->high - seat->low);
        if (!(x > seat->low)) continue;
        sum += envelope_slope(search, seat, x);
        count++;
    }
    return count > 0 && sum > 0 && cpn_is_finite(sum) ? sum / count : 1;
}

static campaign_status run_search(price_search *at, int32_t stride, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t round = 0; round < MOST_ROUNDS; round++) {
        status = cpn_spend_total_of_some(at->search, at->node, at->price, stride, error);
        if (status != CAMPAIGN_OK || learn(at)) break;
        const double next = next_price(at, round);
        if (next == at->price) break;
        at->price = next;
    }
    return status;
}

campaign_status cpn_spend_find_price(cpn_spend_bracket *bracket, double *hint, cpn_spend_search *search, int32_t node,
                                     double target, campaign_error *error)
{
    const int64_t n_seats = search->nodes[search->nodes[node].end - 1].end_seat - search->nodes[node].first_seat;
    const bool has_hint = fabs(*hint) < most_hint;
    const double scale = guess_price(search, node, target);
    double start = has_hint ? *hint : scale;
    campaign_status status = CAMPAIGN_OK;
    if (!has_hint && n_seats >= SAMPLED_SEATS) {
        price_search sample = { .search = search,
                                .node = node,
                                .target = target,
                                .precision = 1e-7,
                                .near = 1e-4,
                                .price = start,
                                .scale = scale,
                                .miss = INFINITY };
        status = run_search(&sample, STRIDE, error);
        if (status == CAMPAIGN_OK && cpn_is_finite(sample.price)) start = sample.price;
    }
    price_search at = {
        .search = search, .node = node, .target = target, .price = start, .scale = scale, .miss = INFINITY
    };
    at.precision = n_seats > 10000 ? fmin(fmax(search->gap_goal / 50, 1e-14), 1e-11) : 1e-14;
    at.near = n_seats > 10000 ? 1e-10 : 1e-12;
    if (status == CAMPAIGN_OK) status = run_search(&at, 1, error);
    if (status != CAMPAIGN_OK) return status;
    if (!at.has_low && at.high != at.low) at.low = at.high;
    if (!at.has_high && at.high != at.low) at.high = at.low;
    bracket->low_price = at.low;
    bracket->high_price = at.high;
    if (!search->is_frozen) *hint = at.high;
    return CAMPAIGN_OK;
}
