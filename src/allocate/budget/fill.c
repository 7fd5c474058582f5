/* From settled brackets to spends and to the bound: prices come down from the root, each group is filled from what it
 * takes at the higher of its two prices towards what it takes at the lower, seat by seat, so that at most one item of a
 * group is left between the ends of a chord; and the dual's value is summed at the prices. */
#include <math.h>

#include "allocate/budget/parts.h"
#include "base/parallel.h"

enum { PARALLEL_CHUNKS = 8 };

typedef struct fill_round {
    cpn_spend_search *search;
    int32_t first; /* chunk */
} fill_round;

/* ---- Filling ----------------------------------------------------------------------------------------------------- */

static campaign_status take_pair(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const fill_round *round = ctx;
    cpn_spend_search *search = round->search;
    (void)chunk;
    for (int64_t c = round->first + first; c < round->first + last; c++) {
        cpn_spend_chunk *at = &search->chunks[c];
        const cpn_spend_bracket pair = search->nodes[at->node].pair;
        cpn_spend_sum least = { 0, 0 };
        at->turn = 0;
        for (int64_t s = at->first; s < at->end; s++) {
            cpn_spend_seat *seat = &search->seats[s];
            const cpn_spend_leg *legs = &search->legs[seat->first_leg];
            const cpn_spend_demand demand = cpn_spend_take(search->problem, seat, legs, pair.high_price);
            search->spends[s] = demand.least;
            search->mix[s] = pair.low_price == pair.high_price
                                 ? demand.most
                                 : cpn_spend_take(search->problem, seat, legs, pair.low_price).most;
            search->turns[s] = demand.turn;
            at->turn += demand.turn;
            cpn_spend_add(&least, demand.least);
        }
        at->least = cpn_spend_sum_of(&least);
    }
    return CAMPAIGN_OK;
}

/* What a child takes where its parent's price is given; bounds of its own included. */
static campaign_status total_of_child(double *total, cpn_spend_search *search, int32_t child, double price,
                                      bool is_most, campaign_error *error)
{
    cpn_spend_node *node = &search->nodes[child];
    node->turn = 0;
    const double entry = price + node->offset;
    if (node->has_cap && entry < node->cap.high_price)
        *total = node->maximum;
    else if (node->has_base && entry > node->base.low_price)
        *total = node->minimum;
    else {
        const campaign_status status = cpn_spend_total(search, child, entry, error);
        if (status != CAMPAIGN_OK) return status;
        *total = fmin(fmax(is_most ? node->total_most : node->total, node->minimum), node->maximum);
    }
    return CAMPAIGN_OK;
}

/* Adds to x at most up to most, and takes it off what is left. */
static double pour(double x, double most, double *left)
{
    if (!(*left > 0) || !(most > x)) return x;
    const double room = most - x;
    if (*left >= room) {
        *left -= room;
        return most;
    }
    const double filled = x + *left;
    *left = 0;
    return filled;
}

/* Totals of the children between the prices of their parent; wanted is first what they take at the higher. */
static campaign_status meet_children(cpn_spend_search *search, int32_t index, cpn_spend_sum *sum, campaign_error *error)
{
    const cpn_spend_bracket pair = search->nodes[index].pair;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t c = index + 1; c < search->nodes[index].end && status == CAMPAIGN_OK; c = search->nodes[c].end) {
        cpn_spend_node *child = &search->nodes[c];
        double low, high;
        status = total_of_child(&high, search, c, pair.low_price, true, error);
        if (status == CAMPAIGN_OK) status = total_of_child(&low, search, c, pair.high_price, false, error);
        if (status != CAMPAIGN_OK) break;
        child->wanted = low;
        child->total_most = high; /* kept until it is poured */
        cpn_spend_add(sum, low);
    }
    return status;
}

/* The little that rounding leaves goes to those who move with the price, as the price would move them. */
static void spread_rest(cpn_spend_search *search, int32_t index, double rest)
{
    const cpn_spend_node *node = &search->nodes[index];
    double turn = 0;
    for (int32_t c = node->first_chunk; c < node->end_chunk; c++) turn += search->chunks[c].turn;
    for (int32_t c = index + 1; c < node->end; c = search->nodes[c].end) turn += search->nodes[c].turn;
    if (!(turn < 0) || rest == 0) return;
    for (int64_t s = node->first_seat; s < node->end_seat; s++) {
        if (!(search->turns[s] < 0)) continue;
        const cpn_spend_seat *seat = &search->seats[s];
        const double x = search->spends[s] + rest * (search->turns[s] / turn);
        search->spends[s] = fmin(fmax(x, seat->low), seat->high);
    }
    for (int32_t c = index + 1; c < node->end; c = search->nodes[c].end)
        search->nodes[c].wanted += rest * (search->nodes[c].turn / turn);
}

static campaign_status fill_node(cpn_spend_search *search, int32_t index, campaign_error *error)
{
    cpn_spend_node *node = &search->nodes[index];
    const int32_t n_chunks = node->end_chunk - node->first_chunk;
    fill_round round = { search, node->first_chunk };
    campaign_status status = CAMPAIGN_OK;
    if (n_chunks >= PARALLEL_CHUNKS)
        status = cpn_parallel_for(n_chunks, 1, take_pair, &round, "spends", search->runtime, error);
    else
        (void)take_pair(&round, 0, 0, n_chunks);
    cpn_spend_sum sum = { 0, 0 };
    for (int32_t c = node->first_chunk; c < node->end_chunk; c++) cpn_spend_add(&sum, search->chunks[c].least);
    if (status == CAMPAIGN_OK) status = meet_children(search, index, &sum, error);
    if (status != CAMPAIGN_OK) return status;
    if (node->held == 0 && index == 0) node->wanted = fmin(fmax(cpn_spend_sum_of(&sum), node->minimum), node->maximum);
    double left = node->wanted - cpn_spend_sum_of(&sum);
    for (int64_t s = node->first_seat; s < node->end_seat && left > 0; s++)
        search->spends[s] = pour(search->spends[s], search->mix[s], &left);
    for (int32_t c = index + 1; c < node->end && left > 0; c = search->nodes[c].end)
        search->nodes[c].wanted = pour(search->nodes[c].wanted, search->nodes[c].total_most, &left);
    spread_rest(search, index, left);
    return CAMPAIGN_OK;
}

/* The two prices between which a node lies, and what it pays beyond its parent. */
static void set_prices(cpn_spend_search *search, int32_t index)
{
    cpn_spend_node *node = &search->nodes[index];
    const cpn_spend_node *parent = index > 0 ? &search->nodes[node->parent] : NULL;
    const double entry = (parent ? parent->price : search->base) + node->offset;
    const cpn_spend_bracket outer = parent ? parent->pair : (cpn_spend_bracket){ search->base, search->base };
    node->pair = (cpn_spend_bracket){ outer.low_price + node->offset, outer.high_price + node->offset };
    node->price = entry;
    node->held = 0;
    if (node->has_cap && entry < node->cap.high_price) {
        node->held = 1;
        node->price = node->cap.high_price;
    } else if (node->has_base && entry > node->base.low_price) {
        node->held = -1;
        node->price = node->base.low_price;
    }
    node->multiplier = node->held != 0 ? node->price - entry : 0;
    /* what is wanted may lie between the parent's prices and the own: then the own jump is the one to fill */
    if (node->has_cap && node->pair.low_price < node->cap.high_price) node->pair.low_price = node->cap.low_price;
    if (node->has_cap) node->pair.high_price = fmax(node->pair.high_price, node->cap.high_price);
    if (node->has_base && node->pair.high_price > node->base.low_price) node->pair.high_price = node->base.high_price;
    if (node->has_base) node->pair.low_price = fmin(node->pair.low_price, node->base.low_price);
    if (index == 0 && node->held != 0) node->wanted = node->held > 0 ? node->maximum : node->minimum;
}

campaign_status cpn_spend_fill(cpn_spend_search *search, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < search->n_nodes && status == CAMPAIGN_OK; i++) {
        set_prices(search, i);
        status = fill_node(search, i, error);
    }
    return status;
}

/* ---- The bound --------------------------------------------------------------------------------------------------- */

/* Between two whole units of an arc the worth is less than at its top: what the better of the two brings. */
static double worth_of_units(const cpn_spend_search *search, cpn_spend_seat *seat, double price)
{
    const cpn_spend_leg *legs = &search->legs[seat->first_leg];
    const double unit = search->problem->unit;
    const cpn_spend_demand demand = cpn_spend_take(search->problem, seat, legs, price);
    if (demand.most > demand.least || !(demand.turn < 0)) return INFINITY;
    double worth = -INFINITY;
    for (int32_t side = 0; side < 2; side++) {
        double x = (floor(demand.least / unit) + side) * unit;
        x = fmin(fmax(x, seat->low), seat->high);
        const double value = cpn_spend_envelope(search->problem, seat, legs, x), cost = price * x;
        worth = fmax(worth, value - cost + 8 * DBL_EPSILON * (fabs(value) + fabs(cost)));
    }
    return worth + seat->slack;
}

static campaign_status sum_worths(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    cpn_spend_search *search = ctx;
    const bool has_units = search->problem->unit > 0;
    (void)chunk;
    for (int64_t c = first; c < last; c++) {
        cpn_spend_chunk *at = &search->chunks[c];
        const double price = search->nodes[at->node].price;
        cpn_spend_sum sum = { 0, 0 };
        double size = 0;
        for (int64_t s = at->first; s < at->end; s++) {
            cpn_spend_seat *seat = &search->seats[s];
            double worth = cpn_spend_worth(search->problem, seat, &search->legs[seat->first_leg], price);
            if (has_units && seat->item->step <= 0) worth = fmin(worth, worth_of_units(search, seat, price));
            cpn_spend_add(&sum, worth);
            size += fabs(worth);
        }
        at->least = cpn_spend_sum_of(&sum);
        at->most = size;
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_spend_dual(cpn_spend_search *search, double *dual, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    if (search->n_chunks >= PARALLEL_CHUNKS)
        status = cpn_parallel_for(search->n_chunks, 1, sum_worths, search, "bound", search->runtime, error);
    else
        (void)sum_worths(search, 0, 0, search->n_chunks);
    cpn_spend_sum sum = { 0, 0 };
    double size = 0;
    for (int32_t c = 0; c < search->n_chunks; c++) {
        cpn_spend_add(&sum, search->chunks[c].least);
        size += search->chunks[c].most;
    }
    for (int32_t i = 0; i < search->n_nodes; i++) {
        const cpn_spend_node *node = &search->nodes[i];
        if (node->multiplier == 0) continue;
        const double paid = node->multiplier * (node->multiplier > 0 ? node->maximum : node->minimum);
        cpn_spend_add(&sum, paid);
        size += fabs(paid);
    }
    *dual = cpn_spend_sum_of(&sum) + 4 * DBL_EPSILON * size;
    return status;
}
