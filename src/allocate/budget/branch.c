/* Branch and bound over items between the ends of a chord: the spends of one are cut in two where the relaxation puts it,
 * and both halves have lower envelopes. The part with the highest bound is next. Items that are the very same may be
 * taken in order, more to the earlier one, so that their permutations are searched once. */
#include <math.h>

#include "allocate/budget/parts.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/parallel.h"

enum { FEW_SEATS = 64 };
static const double hidden_gap = 1e-6;  /* relative: no rounding of plans is that large */
static const double least_width = 1e-9; /* of the spends that are open at first */

/* A part of the search: its parent's, and one seat's spends narrowed. */
typedef struct search_part {
    double bound, low, high;
    int64_t parent, seat;
} search_part;

typedef struct branching {
    cpn_spend_search *search;
    search_part *parts;
    int64_t *heap;    /* parts that wait, highest bound first */
    int64_t *changed; /* seats that the present part narrows */
    uint8_t *is_changed;
    int64_t n_parts, n_heap, n_changed, capacity;
    double closed; /* highest bound of the parts that were dropped */
} branching;

static void close_branching(branching *at)
{
    cpn_free(at->parts);
    cpn_free(at->heap);
    cpn_free(at->changed);
    cpn_free(at->is_changed);
}

/* ---- Parts that wait --------------------------------------------------------------------------------------------- */

static bool comes_first(const branching *at, int64_t a, int64_t b)
{
    if (at->parts[a].bound != at->parts[b].bound) return at->parts[a].bound > at->parts[b].bound;
    return a > b; /* deeper first: plans come sooner */
}

static bool push(branching *at, search_part part)
{
    if (at->n_parts == at->capacity) {
        const int64_t wanted = at->capacity ? 2 * at->capacity : 64;
        search_part *parts = cpn_resize(at->parts, wanted, sizeof *parts);
        if (parts) at->parts = parts;
        int64_t *heap = parts ? cpn_resize(at->heap, wanted, sizeof *heap) : NULL;
        if (!heap) return false;
        at->heap = heap;
        at->capacity = wanted;
    }
    const int64_t index = at->n_parts++;
    at->parts[index] = part;
    int64_t i = at->n_heap++;
    for (; i > 0 && comes_first(at, index, at->heap[(i - 1) / 2]); i = (i - 1) / 2) at->heap[i] = at->heap[(i - 1) / 2];
    at->heap[i] = index;
    return true;
}

static int64_t pop(branching *at)
{
    const int64_t top = at->heap[0], last = at->heap[--at->n_heap];
    int64_t i = 0;
    for (int64_t child = 1; child < at->n_heap; child = 2 * i + 1) {
        if (child + 1 < at->n_heap && comes_first(at, at->heap[child + 1], at->heap[child])) child++;
        if (!comes_first(at, at->heap[child], last)) break;
        at->heap[i] = at->heap[child];
        i = child;
    }
    at->heap[i] = last;
    return top;
}

/* ---- Entering a part --------------------------------------------------------------------------------------------- */

static void narrow(branching *at, int64_t s, double low, double high)
{
    cpn_spend_seat *seat = &at->search->seats[s];
    if (low <= seat->low && high >= seat->high) return;
    if (!at->is_changed[s]) at->changed[at->n_changed++] = s;
    at->is_changed[s] = 1;
    seat->low = fmax(seat->low, low);
    seat->high = fmin(seat->high, high);
}

/* Nobody can take more than what is left beside the least of all. Prices say so too, but badly where it is next to nothing;
 * many items are narrowed only then, since each costs a new envelope. */
static void narrow_to_room(branching *at)
{
    cpn_spend_search *search = at->search;
    if (!cpn_spend_can_keep(search, &search->broken)) return;
    for (int32_t i = 0; i < search->n_nodes; i++) {
        cpn_spend_node *node = &search->nodes[i];
        cpn_spend_sum own = { 0, 0 };
        for (int64_t s = node->first_seat; s < node->end_seat; s++) cpn_spend_add(&own, search->seats[s].low);
        for (int32_t c = i + 1; c < node->end; c = search->nodes[c].end) cpn_spend_add(&own, search->nodes[c].least);
        if (i > 0) {
            const cpn_spend_node *parent = &search->nodes[node->parent];
            node->most = fmin(node->most, node->least + parent->turn);
        }
        node->turn = fmax(node->most - cpn_spend_sum_of(&own), 0); /* room */
        for (int64_t s = node->first_seat; s < node->end_seat; s++) {
            const cpn_spend_seat *seat = &search->seats[s];
            /* rounding must not keep from a choice what fits exactly */
            const double room = node->turn + (cpn_spend_has_gap(seat->item) ? 16 * DBL_EPSILON * node->most : 0);
            if (room < (seat->high - seat->low) * (search->n_seats <= FEW_SEATS ? 1 : 1.0 / 1024))
                narrow(at, s, 0, cpn_spend_allowed_below(seat->item, seat->low + room));
        }
    }
}

/* Narrows the seats to a part's; false where nothing is left of one. */
static bool enter(branching *at, int64_t part)
{
    cpn_spend_search *search = at->search;
    for (int64_t i = 0; i < at->n_changed; i++) {
        cpn_spend_seat *seat = &search->seats[at->changed[i]];
        seat->low = seat->root_low;
        seat->high = seat->root_high;
        cpn_spend_reseat(search, at->changed[i]);
        at->is_changed[at->changed[i]] = 0;
    }
    at->n_changed = 0;
    for (int64_t p = part; p >= 0 && at->parts[p].seat >= 0; p = at->parts[p].parent) {
        const search_part *of = &at->parts[p];
        for (int64_t s = of->seat; s >= 0; s = search->seats[s].before) narrow(at, s, of->low, INFINITY);
        for (int64_t s = of->seat; s >= 0; s = search->seats[s].after) narrow(at, s, 0, of->high);
    }
    bool is_left = true;
    for (int64_t i = 0; i < at->n_changed; i++)
        if (search->seats[at->changed[i]].low > search->seats[at->changed[i]].high) is_left = false;
    if (!is_left) return false;
    for (int64_t i = 0; i < at->n_changed; i++) cpn_spend_reseat(search, at->changed[i]);
    if (part > 0) narrow_to_room(at);
    for (int64_t i = 0; i < at->n_changed; i++) {
        const cpn_spend_seat *seat = &search->seats[at->changed[i]];
        if (seat->low > seat->high)
            is_left = false;
        else
            cpn_spend_reseat(search, at->changed[i]);
    }
    return is_left;
}

/* ---- Leaving it in two halves ------------------------------------------------------------------------------------ */

/* What the relaxation claims of a seat beyond what it can have. */
static double claim_of(const cpn_spend_search *search, int64_t s)
{
    const cpn_spend_seat *seat = &search->seats[s];
    const double x = search->spends[s];
    if (!(x > seat->low && x < seat->high)) return 0;
    const cpn_spend_leg *legs = &search->legs[seat->first_leg];
    const cpn_response_look look = cpn_spend_look(search->problem, seat->item, x);
    const double value = seat->item->value * look.value;
    double claim = cpn_spend_envelope(search->problem, seat, legs, x) - value;
    if (claim <= 4 * DBL_EPSILON * fabs(value)) claim = 0;
    if (!cpn_spend_is_allowed(seat->item, x)) {
        const double below = x - cpn_spend_allowed_below(seat->item, x),
                     above = cpn_spend_allowed_above(seat->item, x) - x;
        claim += fmax(seat->item->value * fabs(look.slope), DBL_MIN) * fmax(fmin(below, above), 0);
    }
    return claim;
}

/* Where to cut: at the relaxed spend, a little inside its chord. */
static double cut_of(const cpn_spend_search *search, int64_t s)
{
    const cpn_spend_seat *seat = &search->seats[s];
    const cpn_spend_leg *legs = &search->legs[seat->first_leg];
    double x = search->spends[s];
    for (int32_t l = 0; l < seat->n_legs; l++) {
        if (legs[l].is_arc || !(x > legs[l].from && x < legs[l].to)) continue;
        const double margin = (legs[l].to - legs[l].from) * 1e-9;
        x = fmin(fmax(x, legs[l].from + margin), legs[l].to - margin);
        break;
    }
    return x;
}

/* Where nobody claims anything and plans are still far below the bound, rounding has hidden a choice: the seat whose two
 * ends are furthest apart in value is halved then. */
static int64_t widest_of(const cpn_spend_search *search, double bound)
{
    const double miss = bound - search->best_value;
    int64_t widest = -1;
    double most = 0;
    if (!(miss > hidden_gap * fmax(fabs(bound), search->tiny)) || !cpn_is_finite(miss)) return -1;
    for (int64_t s = 0; s < search->n_seats; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        if (!(seat->high - seat->low > hidden_gap * seat->high)) continue;
        const double span = seat->item->value * (cpn_spend_look(search->problem, seat->item, seat->high).value -
                                                 cpn_spend_look(search->problem, seat->item, seat->low).value);
        if (span <= most) continue;
        most = span;
        widest = s;
    }
    return widest;
}

/* The seat that claims most, or -1. */
static int64_t choose_seat(const cpn_spend_search *search)
{
    int64_t chosen = -1;
    double most = 0;
    for (int64_t s = 0; s < search->n_seats; s++) {
        const double claim = claim_of(search, s);
        if (claim <= most) continue;
        most = claim;
        chosen = s;
    }
    return chosen;
}

/* Beside rows the relaxed spends may claim nothing and still miss the bound: then the seat that is open widest, or -1. */
static int64_t choose_widest(const cpn_spend_search *search)
{
    int64_t chosen = -1;
    double most = 0;
    for (int64_t s = 0; s < search->n_seats; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        const double width = seat->high - seat->low;
        if (width <= most || width <= least_width * seat->root_high) continue;
        most = width;
        chosen = s;
    }
    return chosen;
}

/* Halves the part at the seat that claims most, or is open widest; false in is_cut where there is none. */
static campaign_status cut(branching *at, int64_t part, double bound, bool *is_cut, campaign_error *error)
{
    cpn_spend_search *search = at->search;
    int64_t chosen = choose_seat(search);
    const bool is_widest = chosen < 0;
    if (is_widest) chosen = search->n_rows > 0 ? choose_widest(search) : widest_of(search, bound);
    *is_cut = chosen >= 0;
    if (chosen < 0) return CAMPAIGN_OK;
    const cpn_spend_seat *seat = &search->seats[chosen];
    const double x = is_widest ? seat->low + (seat->high - seat->low) / 2 : cut_of(search, chosen);
    const double high = cpn_spend_allowed_below(seat->item, x);
    double low = cpn_spend_allowed_above(seat->item, x);
    if (low <= high && seat->item->step > 0) low = cpn_spend_allowed_above(seat->item, high + seat->item->step);
    search_part below = { bound, seat->low, high, part, chosen }, above = { bound, low, seat->high, part, chosen };
    if (high >= seat->low && !push(at, below)) return cpn_fail_nomem(error);
    if (low <= seat->high && !push(at, above)) return cpn_fail_nomem(error);
    return CAMPAIGN_OK;
}

/* ---- The search -------------------------------------------------------------------------------------------------- */

double cpn_spend_cutoff(const cpn_spend_search *search)
{
    if (!cpn_is_finite(search->best_value)) return -INFINITY;
    return search->best_value + search->gap_goal * fmax(fabs(search->best_value), search->tiny) / 2;
}

static void drop(branching *at, double bound)
{
    at->closed = fmax(at->closed, bound);
}

static campaign_status do_part(branching *at, int64_t part, campaign_error *error)
{
    cpn_spend_search *search = at->search;
    const double outer = at->parts[part].bound;
    if (!enter(at, part)) return CAMPAIGN_OK;
    bool is_empty;
    search->stop = cpn_spend_cutoff(search);
    campaign_status status = cpn_spend_relax(search, &is_empty, error);
    if (status != CAMPAIGN_OK || is_empty) return status;
    search->bound = fmin(search->bound, outer);
    const double price = search->nodes[0].price;
    if (search->bound > cpn_spend_cutoff(search)) status = cpn_spend_round(search, error);
    search->stop = cpn_spend_cutoff(search);
    if (status == CAMPAIGN_OK && search->bound > search->stop) status = cpn_spend_count(search, price, error);
    const double bound = search->bound;
    bool is_cut = false;
    if (status == CAMPAIGN_OK && bound > cpn_spend_cutoff(search)) status = cut(at, part, bound, &is_cut, error);
    if (!is_cut) drop(at, bound);
    return status;
}

static int64_t most_parts(const cpn_spend_search *search)
{
    if (search->problem->node_limit > 0) return search->problem->node_limit;
    const int64_t n = 40000000 / (search->n_seats + 1);
    return n < 30 ? 30 : n > 20000 ? 20000 : n;
}

static void keep_prices(cpn_spend_search *search)
{
    for (int32_t i = 0; i < search->n_nodes; i++) {
        search->best_prices[i] = search->nodes[i].price * search->factor;
        search->root_multipliers[i] = search->nodes[i].multiplier * search->factor;
    }
    for (int32_t r = 0; r < search->n_rows; r++) search->root_rows[r] = search->multipliers[r];
}

static campaign_status open_branching(branching *at, cpn_spend_search *search, campaign_error *error)
{
    *at = (branching){ .search = search, .closed = -INFINITY };
    at->changed = cpn_alloc(search->n_seats, sizeof *at->changed);
    at->is_changed = cpn_alloc_zero(search->n_seats, sizeof *at->is_changed);
    if (!at->changed || !at->is_changed) return cpn_fail_nomem(error);
    return push(at, (search_part){ INFINITY, 0, INFINITY, -1, -1 }) ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

campaign_status cpn_spend_branch(cpn_spend_search *search, campaign_error *error)
{
    branching at;
    campaign_status status = open_branching(&at, search, error);
    const int64_t limit = most_parts(search);
    while (status == CAMPAIGN_OK && at.n_heap > 0 && search->n_parts < limit) {
        const int64_t part = pop(&at);
        if (at.parts[part].bound <= cpn_spend_cutoff(search)) {
            drop(&at, at.parts[part].bound);
            continue;
        }
        status = do_part(&at, part, error);
        if (search->n_parts++ == 0) keep_prices(search);
        if (status == CAMPAIGN_OK && search->n_parts % 64 == 0)
            status = cpn_report_progress(search->runtime, "parts", search->n_parts, limit, error);
    }
    search->bound = at.closed;
    search->is_searched = at.n_heap == 0;
    if (status == CAMPAIGN_OK && at.n_heap > 0) search->bound = fmax(search->bound, at.parts[at.heap[0]].bound);
    close_branching(&at);
    return status;
}
