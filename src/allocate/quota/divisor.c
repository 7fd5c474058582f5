/* One split by a method of divisors: the units of highest priority, found from the level where shares add up to the total.
 *
 * A start in floating point is close; units are then given, taken and exchanged in exact order of priority, until no unit
 * that was not given goes before one that was. Equal priorities: the larger weight, then the lower index. */
#include <assert.h>
#include <math.h>

#include "allocate/quota/level.h"
#include "base/memory.h"
#include "base/number.h"

/* Cells by their next unit, that which is given first on top; or by their last one, that which is taken first on top. */
typedef struct unit_heap {
    int64_t *items, *places;
    double *keys; /* about the priority of the unit */
    int64_t n;
    bool is_last;
} unit_heap;

typedef struct divisor_search {
    cpn_quota_share *share;
    int32_t method;
    unit_heap next, last;
} divisor_search;

static int64_t unit_of(const divisor_search *search, const unit_heap *heap, int64_t cell)
{
    return search->share->parts[cell] + !heap->is_last;
}

static bool is_open(const divisor_search *search, const unit_heap *heap, int64_t cell)
{
    const cpn_quota_share *share = search->share;
    return heap->is_last ? share->parts[cell] > share->minimum[cell] : share->parts[cell] < share->maximum[cell];
}

static int compare_priorities(const divisor_search *search, const unit_heap *a_heap, int64_t a, const unit_heap *b_heap,
                              int64_t b)
{
    const double a_key = a_heap->keys[a], b_key = b_heap->keys[b];
    if (fabs(a_key - b_key) > 1e-12 * (a_key + b_key)) return a_key < b_key ? -1 : 1;
    const cpn_quota_share *share = search->share;
    const cpn_quota_ratio left = cpn_quota_priority(search->method, share->weights[a], unit_of(search, a_heap, a));
    const cpn_quota_ratio right = cpn_quota_priority(search->method, share->weights[b], unit_of(search, b_heap, b));
    return cpn_quota_compare_ratios(&left, &right);
}

/* The declared order of units: 1 where that of a goes before that of b. */
static int compare_units(const divisor_search *search, const unit_heap *a_heap, int64_t a, const unit_heap *b_heap,
                         int64_t b)
{
    const int order = compare_priorities(search, a_heap, a, b_heap, b);
    if (order != 0) return order;
    const int64_t left = search->share->weights[a], right = search->share->weights[b];
    if (left != right) return left > right ? 1 : -1;
    return (a < b) - (a > b);
}

static bool is_above(const divisor_search *search, const unit_heap *heap, int64_t a, int64_t b)
{
    const bool is_a_open = is_open(search, heap, a), is_b_open = is_open(search, heap, b);
    if (is_a_open != is_b_open) return is_a_open;
    const int order = compare_units(search, heap, a, heap, b);
    return heap->is_last ? order < 0 : order > 0;
}

static void place(unit_heap *heap, int64_t at, int64_t cell)
{
    heap->items[at] = cell;
    heap->places[cell] = at;
}

static void sink(const divisor_search *search, unit_heap *heap, int64_t at)
{
    const int64_t cell = heap->items[at];
    for (;;) {
        int64_t child = 2 * at + 1;
        if (child >= heap->n) break;
        if (child + 1 < heap->n && is_above(search, heap, heap->items[child + 1], heap->items[child])) child++;
        if (!is_above(search, heap, heap->items[child], cell)) break;
        place(heap, at, heap->items[child]);
        at = child;
    }
    place(heap, at, cell);
}

static void rise(const divisor_search *search, unit_heap *heap, int64_t at)
{
    const int64_t cell = heap->items[at];
    while (at > 0 && is_above(search, heap, cell, heap->items[(at - 1) / 2])) {
        place(heap, at, heap->items[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(heap, at, cell);
}

static void set_key(const divisor_search *search, unit_heap *heap, int64_t cell)
{
    const int64_t unit = unit_of(search, heap, cell);
    heap->keys[cell] =
        unit < 1 ? INFINITY : cpn_quota_priority_double(search->method, search->share->weights[cell], unit);
}

static bool open_heap(const divisor_search *search, unit_heap *heap, bool is_last)
{
    const cpn_quota_share *share = search->share;
    heap->is_last = is_last;
    heap->items = cpn_alloc(share->n, sizeof *heap->items);
    heap->places = cpn_alloc(share->n, sizeof *heap->places);
    heap->keys = cpn_alloc(share->n, sizeof *heap->keys);
    if (!heap->items || !heap->places || !heap->keys) return false;
    for (int64_t cell = 0; cell < share->n; cell++) {
        if (share->minimum[cell] == share->maximum[cell]) continue;
        set_key(search, heap, cell);
        place(heap, heap->n++, cell);
    }
    for (int64_t at = heap->n / 2 - 1; at >= 0; at--) sink(search, heap, at);
    return true;
}

static void close_heap(unit_heap *heap)
{
    cpn_free(heap->items);
    cpn_free(heap->places);
    cpn_free(heap->keys);
}

/* Gives the cell one unit more (step 1) or one less (-1). */
static void move_unit(divisor_search *search, int64_t cell, int64_t step)
{
    unit_heap *const heaps[] = { &search->next, &search->last };
    search->share->parts[cell] += step;
    for (int32_t i = 0; i < 2; i++) {
        set_key(search, heaps[i], cell);
        rise(search, heaps[i], heaps[i]->places[cell]);
        sink(search, heaps[i], heaps[i]->places[cell]);
    }
}

/* The unit on top of a heap, or -1. */
static int64_t top_of(const divisor_search *search, const unit_heap *heap)
{
    return heap->n > 0 && is_open(search, heap, heap->items[0]) ? heap->items[0] : -1;
}

static void settle(divisor_search *search, int64_t sum)
{
    cpn_quota_share *share = search->share;
    for (; sum < share->total && top_of(search, &search->next) >= 0; sum++) move_unit(search, search->next.items[0], 1);
    for (; sum > share->total; sum--) move_unit(search, search->last.items[0], -1);
    for (;;) {
        const int64_t next = top_of(search, &search->next), last = top_of(search, &search->last);
        if (next < 0 || last < 0 || compare_units(search, &search->next, next, &search->last, last) <= 0) break;
        move_unit(search, next, 1);
        move_unit(search, last, -1);
    }
    share->unallocated = share->total - sum;
    share->next = top_of(search, &search->next);
    share->last = top_of(search, &search->last);
}

static void mark_ties(const divisor_search *search)
{
    const cpn_quota_share *share = search->share;
    if (share->next < 0 || share->last < 0 ||
        compare_priorities(search, &search->next, share->next, &search->last, share->last) != 0)
        return;
    for (int64_t i = 0; i < search->next.n; i++) {
        const int64_t cell = search->next.items[i];
        if (is_open(search, &search->next, cell) &&
            compare_priorities(search, &search->next, cell, &search->last, share->last) == 0)
            share->tied_low[cell] = share->parts[cell];
        else if (is_open(search, &search->last, cell) &&
                 compare_priorities(search, &search->last, cell, &search->last, share->last) == 0)
            share->tied_low[cell] = share->parts[cell] - 1;
    }
}

/* Shares at a divisor between the last unit and the next one. */
static void show_shares(const divisor_search *search)
{
    const cpn_quota_share *share = search->share;
    const double high = share->last < 0 ? 0 : search->last.keys[share->last];
    const double low = share->next < 0 ? 0 : search->next.keys[share->next];
    const double divisor = share->last < 0 || cpn_is_infinite(high) ? low : share->next < 0 ? high : (low + high) / 2;
    for (int64_t cell = 0; cell < share->n; cell++)
        share->shares[cell] = divisor > 0 && !cpn_is_infinite(divisor)
                                  ? cpn_quota_at_level(share, cell, 1 / divisor, CAMPAIGN_QUOTA_METHOD_USUAL)
                                  : (double)share->parts[cell];
}

/* Starts every cell at the level where about the total is given; returns their sum. */
static int64_t start_parts(cpn_quota_share *share, int32_t method)
{
    const double level = cpn_quota_level(share, method);
    int64_t left = share->total;
    for (int64_t cell = 0; cell < share->n; cell++) left -= share->minimum[cell];
    assert(left >= 0);
    for (int64_t cell = 0; cell < share->n; cell++) {
        const double part = cpn_quota_at_level(share, cell, level, method);
        const int64_t least = share->minimum[cell], most = share->maximum[cell];
        int64_t more = part >= (double)CAMPAIGN_QUOTA_MAX ? left : (int64_t)part - least;
        if (more > most - least) more = most - least;
        if (more > left) more = left; /* never more than there is, so that sums fit */
        if (more < 0) more = 0;
        share->parts[cell] = least + more;
        left -= more;
    }
    return share->total - left;
}

campaign_status cpn_quota_by_divisor(cpn_quota_share *share, int32_t method, campaign_error *error)
{
    divisor_search search = { .share = share, .method = method };
    const int64_t sum = start_parts(share, method);
    const bool is_open_both = open_heap(&search, &search.next, false) && open_heap(&search, &search.last, true);
    if (is_open_both) {
        settle(&search, sum);
        mark_ties(&search);
        show_shares(&search);
    }
    close_heap(&search.next);
    close_heap(&search.last);
    return is_open_both ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
