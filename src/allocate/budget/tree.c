/* Prices on a tree of groups. A group's total falls as the price that its members see rises, so each of its bounds is met
 * at a price of its own, and that price simply clamps what comes from above: nested groups are settled one by one from
 * the leaves up, each by a search in one dimension, and exactly. */
#include <math.h>

#include "allocate/budget/parts.h"
#include "base/number.h"
#include "base/parallel.h"

enum { PARALLEL_SEATS = 16384 };

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

campaign_status cpn_spend_total_of_some(cpn_spend_search *search, int32_t root, double price, int32_t stride,
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
    return cpn_spend_total_of_some(search, node, price, 1, error);
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
        if (node->has_cap) status = cpn_spend_find_price(&node->cap, &node->hint_cap, search, i, node->maximum, error);
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
        status = cpn_spend_find_price(&node->base, &node->hint_base, search, i, node->minimum, error);
    }
    return status == CAMPAIGN_OK ? release_root(search, error) : status;
}
