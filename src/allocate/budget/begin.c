/* Opens a search: groups in the order of their tree, items as seats in that order, spends narrowed by what the groups
 * leave for each, and the first envelopes. */
#include <math.h>
#include <string.h>

#include "allocate/budget/parts.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/sort.h"

enum { CHUNK = 2048, MOST_TWINS = 20000 };
/* Items may take a little more than their groups leave, so that the groups' bounds bind and have their multipliers. */
static const double beyond_room = 9.5367431640625e-7;
static const double whole_range = 1048576; /* units: where that few are open, units are taken as steps */

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

/* Nodes in the order in which a walk from the root meets the groups; place[group] is the node. */
static void order_groups(cpn_spend_search *search, int32_t *place, int32_t *sizes)
{
    const cpn_spend_problem *problem = search->problem;
    const int32_t n = problem->n_groups;
    for (int32_t g = 0; g < n; g++) sizes[g] = 1;
    for (int32_t g = n - 1; g > 0; g--) sizes[problem->groups[g].parent] += sizes[g];
    int32_t *next = sizes + n; /* of each group: where its next child goes */
    for (int32_t g = 0; g < n; g++) {
        const int32_t parent = problem->groups[g].parent;
        place[g] = g == 0 ? 0 : next[parent];
        if (g > 0) next[parent] += sizes[g];
        next[g] = place[g] + 1;
        cpn_spend_node *node = &search->nodes[place[g]];
        *node = (cpn_spend_node){ .parent = g == 0 ? -1 : place[parent], .end = place[g] + sizes[g], .group = g };
        node->minimum = problem->groups[g].minimum;
        node->maximum = problem->groups[g].maximum;
        node->hint_cap = node->hint_base = NAN;
        if (problem->unit > 0) {
            node->minimum = ceil(node->minimum / problem->unit - 1e-9) * problem->unit;
            node->maximum = floor(node->maximum / problem->unit + 1e-9) * problem->unit;
        }
    }
}

static void seat_items(cpn_spend_search *search, const int32_t *place, int64_t *counts)
{
    const cpn_spend_problem *problem = search->problem;
    for (int64_t i = 0; i < problem->n_items; i++) counts[place[problem->items[i].group] + 1]++;
    for (int32_t n = 0; n < search->n_nodes; n++) {
        counts[n + 1] += counts[n];
        search->nodes[n].first_seat = counts[n];
        search->nodes[n].end_seat = counts[n + 1];
    }
    for (int64_t i = 0; i < problem->n_items; i++) {
        const int32_t node = place[problem->items[i].group];
        const int64_t s = counts[node]++;
        search->order[s] = i;
        search->seats[s] = (cpn_spend_seat){
            .item = search->items ? &search->items[i] : &problem->items[i], .group = node, .before = -1, .after = -1
        };
    }
}

static void cut_chunks(cpn_spend_search *search)
{
    int32_t n = 0;
    for (int32_t i = 0; i < search->n_nodes; i++) {
        cpn_spend_node *node = &search->nodes[i];
        node->first_chunk = n;
        for (int64_t s = node->first_seat; s < node->end_seat; s += CHUNK) {
            const int64_t end = s + CHUNK < node->end_seat ? s + CHUNK : node->end_seat;
            search->chunks[n++] = (cpn_spend_chunk){ .first = s, .end = end, .node = i };
        }
        node->end_chunk = n;
    }
    search->n_chunks = n;
}

/* ---- Spends that are open ---------------------------------------------------------------------------------------- */

/* No item can take more than its groups leave beside the least of all others. */
static void leave_room(cpn_spend_search *search)
{
    for (int32_t i = 0; i < search->n_nodes; i++) search->nodes[i].least = 0;
    for (int32_t i = search->n_nodes - 1; i >= 0; i--) {
        cpn_spend_node *node = &search->nodes[i];
        cpn_spend_sum sum = { node->least, 0 };
        for (int64_t s = node->first_seat; s < node->end_seat; s++) cpn_spend_add(&sum, search->seats[s].root_low);
        node->total = cpn_spend_sum_of(&sum); /* of the least of all its parts */
        node->least = fmax(node->total, node->minimum);
        if (i > 0) search->nodes[node->parent].least += node->least;
    }
    for (int32_t i = 0; i < search->n_nodes; i++) {
        cpn_spend_node *node = &search->nodes[i];
        node->most = node->maximum;
        if (i > 0) {
            const cpn_spend_node *parent = &search->nodes[node->parent];
            node->most = fmin(node->most, parent->most - (parent->total - node->least));
        }
    }
}

static void open_spends(cpn_spend_search *search)
{
    for (int64_t s = 0; s < search->n_seats; s++) {
        cpn_spend_seat *seat = &search->seats[s];
        seat->root_low = cpn_spend_allowed_above(seat->item, seat->item->minimum);
    }
    leave_room(search);
    for (int32_t i = 0; i < search->n_nodes; i++) {
        const cpn_spend_node *node = &search->nodes[i];
        const double room = node->most - node->total;
        for (int64_t s = node->first_seat; s < node->end_seat; s++) {
            cpn_spend_seat *seat = &search->seats[s];
            const double most = fmin(seat->item->maximum, seat->root_low + fmax(room, 0) * (1 + beyond_room));
            seat->root_high = cpn_spend_allowed_below(seat->item, most);
            seat->low = seat->root_low;
            seat->high = seat->root_high;
        }
    }
}

static bool can_spend(const cpn_spend_search *search, int32_t node)
{
    const int64_t end = search->nodes[search->nodes[node].end - 1].end_seat;
    for (int64_t s = search->nodes[node].first_seat; s < end; s++)
        if (search->seats[s].root_high > 0) return true;
    return false;
}

/* The node that a row leaves nothing, or -1: a share of nothing is nothing, and so is what has a share that is nothing. */
static int32_t emptied_by(const cpn_spend_search *search, const cpn_spend_row *row)
{
    if (row->ratio < 0) return -1;
    const bool has_part = can_spend(search, row->node), has_whole = can_spend(search, row->of_node);
    if (row->sign > 0 && has_part && (!has_whole || row->share == 0)) return row->node;
    if ((row->sign < 0 || row->is_equal) && row->share > 0 && has_whole && !has_part) return row->of_node;
    return -1;
}

/* Whether a row of groups that spend nothing holds whatever happens. */
static bool holds_empty(const cpn_spend_search *search, const cpn_spend_row *row)
{
    if (row->ratio < 0) return false;
    const bool has_part = can_spend(search, row->node), has_whole = can_spend(search, row->of_node);
    if (row->is_equal) return !has_part && (!has_whole || row->share == 0);
    return row->sign > 0 ? !has_part : !has_whole;
}

/* What a row leaves such a node: nothing, or in whole units so few that the exact share of them is rounded to nothing. */
static double most_of_nothing(const cpn_spend_search *search, int32_t r, int32_t node)
{
    const cpn_spend_row *row = &search->rows[r];
    const double unit = search->problem->unit;
    if (node != row->of_node || !(unit > 0)) return 0;
    return floor(cpn_spend_row_slack(search, r) / row->share / unit) * unit;
}

/* Closes groups that rows leave nothing and drops those rows: no price keeps from the first cent one who brings endlessly
 * much with it. */
static void empty_groups(cpn_spend_search *search)
{
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (int32_t r = 0; r < search->n_rows; r++) {
            const int32_t node = emptied_by(search, &search->rows[r]);
            if (node < 0) continue;
            const double most = most_of_nothing(search, r, node);
            if (!(search->nodes[node].maximum > most)) continue;
            search->nodes[node].maximum = most;
            open_spends(search);
            has_changed = true;
        }
    }
    int32_t n = 0;
    for (int32_t r = 0; r < search->n_rows; r++)
        if (!holds_empty(search, &search->rows[r])) search->rows[n++] = search->rows[r];
    search->n_rows = n;
}

/* The first item that has no spend left, or no limit. */
static campaign_status check_spends(const cpn_spend_search *search, campaign_error *error)
{
    for (int64_t s = 0; s < search->n_seats; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        if (seat->root_low > seat->root_high)
            return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, search->order[s], "items",
                                "no spend of the item lies between its minimum and its maximum, opening cost and steps "
                                "kept");
        if (!cpn_is_finite(seat->root_high))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, search->order[s], "items",
                                "neither the item nor any of its groups has a maximum");
    }
    return CAMPAIGN_OK;
}

/* ---- Envelopes --------------------------------------------------------------------------------------------------- */

void cpn_spend_reseat(cpn_spend_search *search, int64_t s)
{
    cpn_spend_seat *seat = &search->seats[s];
    cpn_spend_build_legs(seat, &search->legs[seat->first_leg], &search->curves);
}

static campaign_status seat_chunks(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    for (int64_t s = first; s < last; s++) cpn_spend_reseat(ctx, s);
    return CAMPAIGN_OK;
}

static bool is_same(const cpn_spend_search *search, int64_t a, int64_t b)
{
    cpn_spend_item one = *search->seats[a].item, other = *search->seats[b].item;
    if (one.n_curves != other.n_curves) return false;
    const cpn_spend_problem *problem = search->problem;
    for (int64_t i = 0; i < one.n_curves; i++) {
        const int64_t p = one.first_curve + i, q = other.first_curve + i;
        const cpn_response *x = &problem->curves[p], *y = &problem->curves[q];
        if (x->kind != y->kind || x->scale != y->scale || x->location != y->location || x->shape != y->shape ||
            x->shift != y->shift || x->floor != y->floor || x->kind == CPN_RESPONSE_PIECEWISE_LINEAR)
            return false;
        if (problem->weights && problem->weights[p] != problem->weights[q]) return false;
    }
    return one.value == other.value && one.minimum == other.minimum && one.maximum == other.maximum &&
           one.opening_cost == other.opening_cost && one.minimum_if_open == other.minimum_if_open &&
           one.step == other.step && one.group == other.group;
}

/* A number that items that are the same share, and others hardly do. */
static int64_t mark_of(const cpn_spend_search *search, int64_t s)
{
    const cpn_spend_item *item = search->seats[s].item;
    const cpn_response *curve = &search->problem->curves[item->first_curve];
    const double sum = curve->scale + 3 * curve->location + 7 * curve->shape + 11 * curve->shift + item->value +
                       13 * item->minimum + item->opening_cost + 17 * item->step + 19 * item->group + curve->kind;
    double share = frexp(fabs(sum), &(int){ 0 });
    share *= 9007199254740992.0;
    return (int64_t)share;
}

/* Items of a group that are the very same, in their order. */
static bool link_twins(cpn_spend_search *search)
{
    const int64_t n = search->n_seats;
    if (n > MOST_TWINS) return true;
    int64_t *marks = cpn_alloc(n, sizeof *marks), *order = cpn_alloc(n, sizeof *order);
    bool is_ok = marks && order;
    for (int64_t s = 0; is_ok && s < n; s++) marks[s] = mark_of(search, s);
    if (is_ok) is_ok = cpn_order_int64(order, marks, n);
    for (int64_t k = 1; is_ok && k < n; k++) {
        const int64_t s = order[k], t = order[k - 1];
        if (marks[s] != marks[t] || !is_same(search, s, t)) continue;
        search->seats[s].before = t;
        search->seats[t].after = s;
    }
    cpn_free(marks);
    cpn_free(order);
    return is_ok;
}

static campaign_status build_envelopes(cpn_spend_search *search, campaign_error *error)
{
    int64_t n_legs = 0;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t s = 0; s < search->n_seats && status == CAMPAIGN_OK; s++) {
        cpn_spend_seat *seat = &search->seats[s];
        status = cpn_spend_cut(seat, &search->curves);
        seat->first_leg = n_legs;
        n_legs += cpn_spend_most_legs(seat);
    }
    if (status == CAMPAIGN_OK) search->legs = cpn_alloc(n_legs, sizeof *search->legs);
    if (status != CAMPAIGN_OK || !search->legs) return cpn_fail_nomem(error);
    if (!link_twins(search)) return cpn_fail_nomem(error);
    status = cpn_parallel_for(search->n_seats, CHUNK, seat_chunks, search, "envelopes", search->runtime, error);
    for (int64_t s = 0; s < search->n_seats; s++) search->spends[s] = search->seats[s].root_high;
    const double all = cpn_spend_group_total(search, 0, search->spends), most = fmin(all, search->nodes[0].maximum);
    const double response = fabs(cpn_spend_response_of(search, search->spends, false));
    search->tiny = search->problem->objective == CPN_SPEND_LEAST_SPEND ? 1e-9 * most : 1e-5 * response;
    search->least_value = search->n_rows > 0 ? cpn_spend_least_value(search, most) : -INFINITY;
    search->usual = response > 0 && most > 0 ? response / most : 1;
    return status;
}

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

static void carve_arrays(cpn_spend_search *search, cpn_block *block)
{
    const cpn_spend_problem *problem = search->problem;
    const int64_t n = problem->n_items, n_groups = problem->n_groups, n_rows = 2 * (int64_t)problem->n_ratios + 1;
    double **const of_seats[] = { &search->spends, &search->relaxed, &search->plan,     &search->best,
                                  &search->mix,    &search->turns,   &search->sides[0], &search->sides[1] };
    double **const of_rows[] = { &search->multipliers, &search->kept_multipliers, &search->root_rows };
    for (size_t i = 0; i < sizeof of_seats / sizeof *of_seats; i++) *of_seats[i] = cpn_carve(block, n, sizeof(double));
    for (size_t i = 0; i < sizeof of_rows / sizeof *of_rows; i++)
        *of_rows[i] = cpn_carve(block, n_rows, sizeof(double));
    search->seats = cpn_carve(block, n, sizeof *search->seats);
    search->order = cpn_carve(block, n, sizeof *search->order);
    search->nodes = cpn_carve(block, n_groups, sizeof *search->nodes);
    search->chunks = cpn_carve(block, n / CHUNK + n_groups, sizeof *search->chunks);
    search->rows = cpn_carve(block, n_rows, sizeof *search->rows);
    search->best_prices = cpn_carve(block, n_groups, sizeof *search->best_prices);
    search->root_multipliers = cpn_carve(block, n_groups, sizeof *search->root_multipliers);
    search->place = cpn_carve(block, 3 * n_groups, sizeof *search->place);
    search->counts = cpn_carve(block, n_groups + 1, sizeof *search->counts);
}

static bool open_arrays(cpn_spend_search *search)
{
    cpn_block block = { 0 };
    carve_arrays(search, &block);
    if (!cpn_block_open(&block)) return false;
    search->memory = block.memory;
    carve_arrays(search, &block);
    return true;
}

/* Own copies of the items where units are few enough to be steps. */
static bool copy_items(cpn_spend_search *search)
{
    const cpn_spend_problem *problem = search->problem;
    if (!(problem->unit > 0)) return true;
    cpn_spend_item *items = cpn_alloc(problem->n_items, sizeof *items);
    if (!items) return false;
    if (problem->n_items > 0) memcpy(items, problem->items, (size_t)problem->n_items * sizeof *items);
    const double unit = problem->unit, most = problem->groups[0].maximum;
    for (int64_t i = 0; i < problem->n_items; i++) {
        items[i].minimum = ceil(items[i].minimum / unit - 1e-9) * unit;
        items[i].maximum = floor(items[i].maximum / unit + 1e-9) * unit;
        if (items[i].step == 0 && fmin(most, items[i].maximum) <= whole_range * unit) items[i].step = unit;
    }
    search->items = items;
    return true;
}

campaign_status cpn_spend_open(cpn_spend_search *search, const cpn_spend_problem *problem,
                               const campaign_runtime *runtime, campaign_error *error)
{
    *search = (cpn_spend_search){ .problem = problem,
                                  .runtime = runtime,
                                  .n_seats = problem->n_items,
                                  .n_nodes = problem->n_groups,
                                  .best_value = -INFINITY,
                                  .stop = -INFINITY };
    search->curves.problem = problem;
    search->gap_goal = problem->gap_goal > 0 ? problem->gap_goal : 1e-9;
    campaign_status status = CAMPAIGN_OK;
    if (!open_arrays(search) || !copy_items(search))
        status = cpn_fail_nomem(error);
    else {
        order_groups(search, search->place, search->place + problem->n_groups);
        seat_items(search, search->place, search->counts);
        cut_chunks(search);
        cpn_spend_place_rows(search, search->place);
        open_spends(search);
        empty_groups(search);
        search->broken = search->n_rows > 0 ? -1 : 0;
        status = check_spends(search, error);
        if (status == CAMPAIGN_OK) cpn_spend_drop_rows(search);
        search->broken = search->n_rows > 0 ? -1 : 0;
    }
    return status == CAMPAIGN_OK ? build_envelopes(search, error) : status;
}

void cpn_spend_close(cpn_spend_search *search)
{
    cpn_free(search->memory);
    cpn_free(search->items);
    cpn_free(search->legs);
    cpn_free(search->curves.pieces);
}
