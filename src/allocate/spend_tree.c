/* Prices on a tree of groups. A group's total falls as the price that its members see rises, so each of its bounds is met
 * at a price of its own, and that price simply clamps what comes from above: nested groups are settled one by one from
 * the leaves up, each by a search in one dimension, and exactly. */
#include <math.h>

#include "allocate/spend_parts.h"
#include "base/number.h"
#include "base/parallel.h"

enum { PARALLEL_SEATS = 16384, SAMPLED_SEATS = 65536, STRIDE = 64, MOST_ROUNDS = 240 };

static const double most_hint = 1e100;

/* ---- Totals at a price ------------------------------------------------------------------------------------------- */

typedef struct tree_round {
    cpn_spend_search *search;
    int32_t first; /* chunk */
    int32_t stride;
} tree_round;

static campaign_status take_chunks(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const tree_round *round = ctx;
    cpn_spend_search *search = round->search;
    (void)chunk;
    for (int64_t c = round->first + first; c < round->first + last; c++) {
        cpn_spend_chunk *at = &search->chunks[c];
        const cpn_spend_node *node = &search->nodes[at->node];
        if (node->held != 0) continue;
        cpn_spend_sum least = { 0, 0 }, most = { 0, 0 };
        double turn = 0;
        for (int64_t s = at->first; s < at->end; s += round->stride) {
            cpn_spend_seat *seat = &search->seats[s];
            const cpn_spend_demand demand =
                cpn_spend_take(search->problem, seat, &search->legs[seat->first_leg], node->price);
            cpn_spend_add(&least, demand.least);
            cpn_spend_add(&most, demand.most);
            turn += demand.turn;
        }
        const double share = (double)((at->end - at->first + round->stride - 1) / round->stride);
        const double scale = round->stride == 1 ? 1 : (double)(at->end - at->first) / share;
        at->least = cpn_spend_sum_of(&least) * scale;
        at->most = cpn_spend_sum_of(&most) * scale;
        at->turn = turn * scale;
    }
    return CAMPAIGN_OK;
}

/* Prices of the nodes below, each held by its brackets; what hangs below a held one is asleep (2). */
static void hand_down(cpn_spend_search *search, int32_t root, double price)
{
    cpn_spend_node *nodes = search->nodes;
    nodes[root].price = price;
    nodes[root].held = 0;
    for (int32_t i = root; i < nodes[root].end; i++) {
        cpn_spend_node *node = &nodes[i];
        node->total = node->total_most = node->turn = 0;
        if (i == root) continue;
        if (nodes[node->parent].held != 0) {
            node->held = 2;
            continue;
        }
        node->price = nodes[node->parent].price + node->offset;
        node->held = 0;
        if (node->has_cap && node->price < node->cap.high_price)
            node->held = 1;
        else if (node->has_base && node->price > node->base.low_price)
            node->held = -1;
        if (node->held != 0) node->total = node->total_most = node->held > 0 ? node->maximum : node->minimum;
    }
}

static void sum_up(cpn_spend_search *search, int32_t root)
{
    cpn_spend_node *nodes = search->nodes;
    for (int32_t i = nodes[root].end - 1; i >= root; i--) {
        cpn_spend_node *node = &nodes[i];
        if (node->held == 2) continue;
        for (int32_t c = node->first_chunk; c < node->end_chunk && node->held == 0; c++) {
            node->total += search->chunks[c].least;
            node->total_most += search->chunks[c].most;
            node->turn += search->chunks[c].turn;
        }
        if (i == root) break;
        node->total = fmin(fmax(node->total, node->minimum), node->maximum);
        node->total_most = fmin(fmax(node->total_most, node->minimum), node->maximum);
        nodes[node->parent].total += node->total;
        nodes[node->parent].total_most += node->total_most;
        nodes[node->parent].turn += node->turn;
    }
}

static campaign_status total_by(cpn_spend_search *search, int32_t root, double price, int32_t stride,
                                campaign_error *error)
{
    const cpn_spend_node *node = &search->nodes[root], *last = &search->nodes[node->end - 1];
    hand_down(search, root, price);
    tree_round round = { search, node->first_chunk, stride };
    const int64_t n_chunks = last->end_chunk - node->first_chunk;
    campaign_status status = CAMPAIGN_OK;
    if (stride == 1 && last->end_seat - node->first_seat >= PARALLEL_SEATS)
        status = cpn_parallel_for(n_chunks, 8, take_chunks, &round, "prices", search->runtime, error);
    else
        (void)take_chunks(&round, 0, 0, n_chunks);
    sum_up(search, root);
    search->n_iterations++;
    return status;
}

campaign_status cpn_spend_total(cpn_spend_search *search, int32_t node, double price, campaign_error *error)
{
    return total_by(search, node, price, 1, error);
}

/* ---- The price of a total ---------------------------------------------------------------------------------------- */

/* What is known of the price at which a node's total is target. */
typedef struct price_search {
    cpn_spend_search *search;
    int32_t node;
    double target, precision; /* of price × spend */
    double near;              /* share of target that the slopes of the items make good */
    double low, high;         /* prices: more than target at low, less at high; has_… before they count */
    double low_total, high_total;
    bool has_low, has_high, is_found;
    double price; /* the last one tried */
    double scale; /* what prices are likely to be */
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

/* Where the total would be target if it went on as a power of the price. */
static double extrapolate(const price_search *at, double total, double turn)
{
    if (!(turn < 0) || !(total > 0) || !(at->price > 0) || !(at->target > 0)) return NAN;
    const double elasticity = -turn * at->price / total, distance = cpn_quotient(log(total / at->target), elasticity);
    return at->price * exp(fmin(fmax(distance, -12), 12));
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

static double next_price(const price_search *at, int32_t round)
{
    const cpn_spend_node *node = &at->search->nodes[at->node];
    double wish = extrapolate(at, node->total, node->turn);
    if (!at->has_low || !at->has_high) return outside(at, wish, round);
    if (!(wish > at->low && wish < at->high)) wish = interpolate(at);
    if (!(wish > at->low && wish < at->high) || round % 5 == 4) wish = halve(at->low, at->high);
    if (round % 2 == 1 && at->high - at->low < 0.5 * fabs(at->high)) wish = nearest_chord(at, wish);
    return wish;
}

/* Takes in the totals at the last price; true where the search is over. */
static bool learn(price_search *at)
{
    const cpn_spend_node *node = &at->search->nodes[at->node];
    const double near = (node->turn < 0 ? at->near : 4 * DBL_EPSILON) * fabs(at->target);
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

/* Something of the right size: what the items bring on the way to their share. */
static double guess_price(const cpn_spend_search *search, int32_t index, double target)
{
    const cpn_spend_node *node = &search->nodes[index];
    const int64_t end = search->nodes[node->end - 1].end_seat, n = end - node->first_seat;
    const int64_t stride = n / 64 + 1;
    const double share = node->most > node->least ? (target - node->least) / (node->most - node->least) : 0.5;
    double sum = 0, count = 0;
    for (int64_t s = node->first_seat; s < end; s += stride) {
        const cpn_spend_seat *seat = &search->seats[s];
        const double x = seat->low + share * (seat->high - seat->low);
        if (!(x > seat->low)) continue;
        const double gain = cpn_spend_look(search->problem, seat->item, x).value -
                            cpn_spend_look(search->problem, seat->item, seat->low).value;
        sum += seat->item->value * gain / (x - seat->low);
        count++;
    }
    return count > 0 && sum > 0 && cpn_is_finite(sum) ? sum / count : 1;
}

static campaign_status run_search(price_search *at, int32_t stride, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t round = 0; round < MOST_ROUNDS; round++) {
        status = total_by(at->search, at->node, at->price, stride, error);
        if (status != CAMPAIGN_OK || learn(at)) break;
        const double next = next_price(at, round);
        if (next == at->price) break;
        at->price = next;
    }
    return status;
}

/* Brackets the price at which the node's total is target; hint is a price near it or NAN, and becomes one. */
static campaign_status find_price(cpn_spend_bracket *bracket, double *hint, cpn_spend_search *search, int32_t node,
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
                                .scale = scale };
        status = run_search(&sample, STRIDE, error);
        if (status == CAMPAIGN_OK && cpn_is_finite(sample.price)) start = sample.price;
    }
    price_search at = { .search = search, .node = node, .target = target, .price = start, .scale = scale };
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

/* ---- All groups -------------------------------------------------------------------------------------------------- */

bool cpn_spend_can_keep(cpn_spend_search *search, int32_t *broken)
{
    for (int32_t i = search->n_nodes - 1; i >= 0; i--) {
        cpn_spend_node *node = &search->nodes[i];
        cpn_spend_sum least = { 0, 0 }, most = { 0, 0 };
        for (int64_t s = node->first_seat; s < node->end_seat; s++) {
            const cpn_spend_seat *seat = &search->seats[s];
            cpn_spend_add(&least, cpn_spend_least(seat, &search->legs[seat->first_leg]));
            cpn_spend_add(&most, cpn_spend_most(seat, &search->legs[seat->first_leg]));
        }
        for (int32_t c = i + 1; c < node->end; c = search->nodes[c].end) {
            cpn_spend_add(&least, search->nodes[c].least);
            cpn_spend_add(&most, search->nodes[c].most);
        }
        node->least = cpn_spend_sum_of(&least);
        node->most = cpn_spend_sum_of(&most);
        const double near = 1e-12 * fmax(node->least, fmin(node->most, node->minimum));
        if (node->least > node->maximum + near || node->most < node->minimum - near) {
            *broken = i;
            return false;
        }
        node->has_cap = node->most > node->maximum;
        node->has_base = node->least < node->minimum;
        if (node->has_cap) node->most = node->maximum;
        if (node->has_base) node->least = node->minimum;
        if (node->least > node->most) node->least = node->most;
    }
    return true;
}

/* Where nobody wants the last of the budget the search ends at a price that is next to none; the budget does not bind
 * then, and nothing is spent in vain. */
static campaign_status release_root(cpn_spend_search *search, campaign_error *error)
{
    cpn_spend_node *root = &search->nodes[0];
    const double entry = search->base + root->offset;
    if (!root->has_cap || root->cap.high_price <= entry || root->cap.high_price - entry > 1e-200 * search->usual)
        return CAMPAIGN_OK;
    const campaign_status status = cpn_spend_total(search, 0, entry, error);
    if (status == CAMPAIGN_OK && root->total <= root->maximum) root->cap = (cpn_spend_bracket){ entry, entry };
    return status;
}

campaign_status cpn_spend_settle(cpn_spend_search *search, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = search->n_nodes - 1; i >= 0 && status == CAMPAIGN_OK; i--) {
        cpn_spend_node *node = &search->nodes[i];
        const double entry = search->base + node->offset;
        if (node->has_cap) status = find_price(&node->cap, &node->hint_cap, search, i, node->maximum, error);
        if (status != CAMPAIGN_OK || !node->has_base) continue;
        /* where the cap binds even at a higher price, the base does not; the root sees one price only */
        if (node->has_cap && node->minimum == node->maximum) {
            node->base = node->cap;
            continue;
        }
        if (i == 0 && node->has_cap && entry < node->cap.high_price) {
            node->base = (cpn_spend_bracket){ INFINITY, INFINITY };
            continue;
        }
        status = find_price(&node->base, &node->hint_base, search, i, node->minimum, error);
    }
    return status == CAMPAIGN_OK ? release_root(search, error) : status;
}
