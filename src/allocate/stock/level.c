/* Packs for the items of one pool by a common multiplier: each item takes the packs whose key is above it, and the
 * multiplier falls until the pool is used up. The few packs around it are sorted and taken one by one. Exact for packs of
 * one weight; for others the answer comes with its gap. */
#include <math.h>

#include "allocate/stock/store.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"

enum { MOST_ROUNDS = 2200, PER_ITEM = 4, AT_LEAST = 1024 };

/* A step that may still be taken. */
typedef struct candidate {
    double key;
    double level; /* share of the expected demand before it: of equal keys the least served comes first */
    int64_t item, packs;
} candidate;

double cpn_shelf_value(const cpn_shelf_item *item, int64_t k, int64_t n)
{
    const int64_t units = n * item->pack;
    return item->worth * cpn_shelf_gain(&item->demand, item->base + k * item->pack, units) + item->left * (double)units;
}

double cpn_shelf_key(const cpn_shelf_pool *pool, const cpn_shelf_item *item, int64_t k)
{
    if (pool->is_fill) {
        const double whole = item->demand.expected;
        const double lost = whole > 0 ? cpn_shelf_lost(&item->demand, item->base + k * item->pack) / whole : 0;
        return lost < CPN_SHELF_LEAST_GAIN ? 0 : lost;
    }
    return cpn_shelf_value(item, k, 1) / (double)item->weight;
}

/* Packs of [low, high) whose key is above the multiplier; keys fall. */
static int64_t count_above(const cpn_shelf_pool *pool, const cpn_shelf_item *item, int64_t low, int64_t high,
                           double multiplier)
{
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (cpn_shelf_key(pool, item, middle) > multiplier)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Packs within the bracket, the first step being all of jump or nothing. */
static int64_t count_steps(const cpn_shelf_pool *pool, const cpn_shelf_item *item, double multiplier)
{
    int64_t low = item->low;
    if (item->jump > 0 && low < item->jump) {
        if (!(item->jump_key > multiplier)) return 0;
        low = item->jump;
    }
    return low >= item->high ? item->high : count_above(pool, item, low, item->high, multiplier);
}

/* Where an item may take nothing or at least display packs, its hull starts with one long step: up to where the next pack
 * brings no more than all before it on average. */
static void find_jump(const cpn_shelf_pool *pool, cpn_shelf_item *item)
{
    item->jump = 0;
    if (item->display <= 1 || item->least > 0) return;
    if (item->most < item->display) item->most = 0;
    if (item->most == 0) return;
    int64_t low = item->display, high = item->most;
    while (!pool->is_fill && low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (cpn_shelf_value(item, middle, 1) * (double)middle > cpn_shelf_value(item, 0, middle))
            low = middle + 1;
        else
            high = middle;
    }
    item->jump = low;
    item->jump_key = pool->is_fill ? cpn_shelf_key(pool, item, 0)
                                   : cpn_shelf_value(item, 0, low) / ((double)low * (double)item->weight);
}

/* What the brackets' upper or lower ends take beyond least. It fits: room is at most 2^62, and every end fits it. */
static bool fits(const cpn_shelf_pool *pool, bool is_trial)
{
    int64_t rest = pool->room;
    for (int64_t i = 0; i < pool->n_items; i++) {
        const cpn_shelf_item *item = &pool->items[i];
        const int64_t packs = (is_trial ? item->trial : item->high) - item->least;
        if (item->weight > 0 && packs > rest / item->weight) return false;
        rest -= packs * item->weight;
    }
    return true;
}

/* Brackets from least to the last pack that brings something. Free packs are given at once. */
static double open_brackets(cpn_shelf_pool *pool)
{
    double greatest = 0;
    for (int64_t i = 0; i < pool->n_items; i++) {
        cpn_shelf_item *item = &pool->items[i];
        const int64_t most = item->weight > 0 ? item->least + pool->room / item->weight : item->most;
        if (item->most > most) item->most = most;
        const int64_t weight = item->weight;
        if (weight == 0) item->weight = 1; /* for its keys, whose sign alone counts */
        find_jump(pool, item);
        item->low = item->least;
        item->high = item->most;
        item->high = count_steps(pool, item, 0);
        item->weight = weight;
        if (weight == 0) item->low = item->high;
        if (item->low >= item->high) continue;
        const double key = item->jump > 0 ? item->jump_key : cpn_shelf_key(pool, item, item->low);
        if (key > greatest) greatest = key;
    }
    return greatest;
}

static int64_t count_candidates(const cpn_shelf_pool *pool)
{
    int64_t n = 0;
    for (int64_t i = 0; i < pool->n_items; i++) {
        const cpn_shelf_item *item = &pool->items[i];
        const int64_t first = item->jump > 0 && item->low < item->jump ? item->jump - 1 : item->low;
        if (item->low < item->high) n += item->high - first;
    }
    return n;
}

/* Narrows the brackets until few packs are left between them. low and high of every item are what it takes just above and
 * at or below the multiplier. Ends because a double has no infinity of values between two others. */
static void narrow(cpn_shelf_pool *pool, double greatest)
{
    double lower = 0, upper = greatest;
    const int64_t few = PER_ITEM * pool->n_items + AT_LEAST;
    for (int32_t round = 0; round < MOST_ROUNDS && count_candidates(pool) > few; round++) {
        const double middle = lower + (upper - lower) / 2;
        if (!(middle > lower && middle < upper)) break;
        for (int64_t i = 0; i < pool->n_items; i++) {
            cpn_shelf_item *item = &pool->items[i];
            item->trial = item->low < item->high ? count_steps(pool, item, middle) : item->low;
        }
        const bool is_within = fits(pool, true);
        for (int64_t i = 0; i < pool->n_items; i++) {
            cpn_shelf_item *item = &pool->items[i];
            *(is_within ? &item->low : &item->high) = item->trial;
        }
        *(is_within ? &upper : &lower) = middle;
    }
}

/* ---- Taking packs ------------------------------------------------------------------------------------------------ */

static int compare_candidates(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const candidate *x = a, *y = b;
    if (x->key != y->key) return x->key > y->key ? -1 : 1;
    if (x->level != y->level) return x->level < y->level ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

static void list_candidates(candidate *list, const cpn_shelf_pool *pool)
{
    int64_t n = 0;
    for (int64_t i = 0; i < pool->n_items; i++) {
        const cpn_shelf_item *item = &pool->items[i];
        const double whole = item->demand.expected > 0 ? item->demand.expected : 1;
        for (int64_t k = item->low; k < item->high;) {
            const bool is_jump = item->jump > 0 && k < item->jump;
            list[n].item = i;
            list[n].packs = is_jump ? item->jump : 1;
            list[n].key = is_jump ? item->jump_key : cpn_shelf_key(pool, item, k);
            list[n].level = (double)(item->base + k * item->pack) / whole;
            k += list[n++].packs;
        }
    }
}

/* Takes the candidates in order while they fit. The multiplier is the key of the first that does not; packs after it that
 * fit still lose against it what the multiplier is worth. */
static void take(cpn_shelf_pool *pool, const candidate *list, int64_t n)
{
    cpn_shelf_sum loss = { 0 };
    bool is_full = false;
    for (int64_t c = 0; c < n; c++) {
        cpn_shelf_item *item = &pool->items[list[c].item];
        if (item->jump > 0 && item->packs < item->jump && list[c].packs == 1) continue;
        if (list[c].packs > pool->left / item->weight) {
            if (!is_full) {
                pool->multiplier = list[c].key;
                pool->next = list[c].item;
                for (int64_t i = 0; i < pool->n_items; i++) pool->items[i].relaxed = pool->items[i].packs;
            }
            is_full = true;
            if (pool->left == 0) break;
            continue;
        }
        const double weight = (double)(list[c].packs * item->weight);
        item->packs += list[c].packs;
        pool->left -= list[c].packs * item->weight;
        if (is_full && !pool->is_fill && list[c].key < pool->multiplier)
            cpn_shelf_add(&loss, (pool->multiplier - list[c].key) * weight);
    }
    if (!is_full) return;
    pool->fill_bound = 1 - pool->multiplier;
    cpn_shelf_add(&loss, pool->multiplier * (double)pool->left);
    pool->gap = pool->is_fill ? 0 : cpn_shelf_total(&loss);
}

/* More packs of one key than can be listed: they are shared in proportion to how many each item could take. */
static campaign_status share_ties(cpn_shelf_pool *pool)
{
    const int64_t n = pool->n_items, weight = n > 0 ? pool->items[0].weight : 1;
    int64_t *widths = cpn_alloc(n, sizeof *widths), *parts = cpn_alloc(n, sizeof *parts), unused = 0;
    campaign_split_problem split = CAMPAIGN_SPLIT_PROBLEM_INIT;
    campaign_status status = widths && parts ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        const cpn_shelf_item *item = &pool->items[i];
        widths[i] = item->weight == weight && item->jump == 0 ? item->high - item->low : 0;
    }
    split.total_minor = weight > 0 ? pool->left / weight : 0;
    split.n_cells = n;
    split.weights = split.maximum = widths;
    if (status == CAMPAIGN_OK) status = campaign_split(parts, &unused, &split, NULL);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        pool->items[i].packs += parts[i];
        pool->items[i].low += parts[i];
        pool->left -= parts[i] * weight;
        if (pool->items[i].low < pool->items[i].high) pool->next = i;
    }
    for (int64_t i = n - 1; i >= 0 && status == CAMPAIGN_OK; i--)
        if (pool->items[i].low < pool->items[i].high) pool->next = i;
    if (status == CAMPAIGN_OK && pool->next >= 0)
        pool->multiplier = cpn_shelf_key(pool, &pool->items[pool->next], pool->items[pool->next].low);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) pool->items[i].relaxed = pool->items[i].packs;
    pool->fill_bound = 1 - pool->multiplier;
    pool->gap = pool->is_fill ? 0 : pool->multiplier * (double)pool->left;
    cpn_free(widths);
    cpn_free(parts);
    return status;
}

static campaign_status take_candidates(cpn_shelf_pool *pool)
{
    const int64_t n = count_candidates(pool);
    if (n > PER_ITEM * pool->n_items + AT_LEAST) return share_ties(pool);
    candidate *list = cpn_alloc(n, sizeof *list);
    if (!list) return CAMPAIGN_E_NOMEM;
    list_candidates(list, pool);
    const bool is_sorted = cpn_sort(list, n, sizeof *list, compare_candidates, NULL);
    if (is_sorted) take(pool, list, n);
    cpn_free(list);
    return is_sorted ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
}

/* Room that no packs can use, however they are put together. */
static int64_t cut_room(cpn_shelf_pool *pool)
{
    int64_t divisor = 0;
    for (int64_t i = 0; i < pool->n_items; i++)
        if (pool->items[i].most > pool->items[i].least) divisor = cpn_shelf_divisor(pool->items[i].weight, divisor);
    const int64_t rest = divisor > 0 ? pool->room % divisor : 0;
    pool->room -= rest;
    return rest;
}

campaign_status cpn_shelf_solve(cpn_shelf_pool *pool)
{
    pool->multiplier = pool->gap = 0;
    pool->fill_bound = 1;
    pool->next = -1;
    pool->n_states = 0;
    for (int64_t i = 0; i < pool->n_items; i++) pool->room -= pool->items[i].least * pool->items[i].weight;
    const int64_t unusable = cut_room(pool);
    const double greatest = open_brackets(pool);
    const bool is_enough = fits(pool, false);
    if (!is_enough) narrow(pool, greatest);
    pool->left = pool->room;
    for (int64_t i = 0; i < pool->n_items; i++) {
        cpn_shelf_item *item = &pool->items[i];
        item->packs = item->relaxed = is_enough ? item->high : item->low;
        pool->left -= (item->packs - item->least) * item->weight;
    }
    campaign_status status = is_enough ? CAMPAIGN_OK : take_candidates(pool);
    if (status == CAMPAIGN_OK && pool->gap > 0) status = cpn_shelf_exact(pool);
    pool->left += unusable;
    return status;
}
