/* Divides all pools, each by itself and several at once: bounds of every row as packs, safety stocks that do not fit, the
 * solver, and what the answer means for every row. */
#include <math.h>

#include "allocate/stock/store.h"
#include "base/memory.h"
#include "base/parallel.h"

enum { POOLS_AT_ONCE = 8 };

typedef struct division {
    cpn_shelf_problem *problem;
    campaign_error *errors; /* one a chunk */
} division;

static int64_t packs_up(int64_t pieces, int64_t pack)
{
    return pieces > 0 ? (pieces + pack - 1) / pack : 0;
}

/* A row as an item of its pool, all of which it may take. */
static cpn_shelf_item make_item(const cpn_shelf_row *row, const cpn_shelf_stock *pool)
{
    cpn_shelf_item item = { .demand = row->demand,
                            .worth = row->margin + row->shortage - row->left,
                            .left = row->left,
                            .base = row->on_hand,
                            .pack = row->pack,
                            .weight = row->pack };
    item.least = packs_up(row->safety - row->on_hand, row->pack);
    item.display = packs_up(row->display - row->on_hand, row->pack);
    if (item.least > 0 && item.display > item.least) item.least = item.display;
    item.most = pool->available / row->pack;
    const int64_t room = row->maximum > row->on_hand ? (row->maximum - row->on_hand) / row->pack : 0;
    if (row->maximum >= 0 && room < item.most) item.most = room;
    if (item.worth < 0) item.most = 0;
    return item;
}

static campaign_status fail_display(const cpn_shelf_row *row, campaign_error *error)
{
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, row->table_row, "demand.min_display",
                        "a safety stock of %lld needs a display of %lld, beyond the maximum of %lld",
                        (long long)row->safety, (long long)row->display, (long long)row->maximum);
}

static campaign_status fail_safety(const cpn_shelf_problem *problem, const cpn_shelf_stock *pool, int64_t need,
                                   campaign_error *error)
{
    char text[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(text, &problem->skus, problem->rows[pool->first_row].sku);
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, pool->table_row, "pool.stock",
                        "safety stocks of sku \"%s\" need %lld pieces, the pool has %lld", text, (long long)need,
                        (long long)pool->available);
}

/* Where the safety stocks do not fit, they become the most that any row may get. */
static campaign_status settle_safety(cpn_shelf_item *items, const cpn_shelf_problem *problem, cpn_shelf_stock *pool,
                                     campaign_error *error)
{
    int64_t need = 0;
    for (int64_t i = 0; i < pool->n_rows; i++) {
        const cpn_shelf_row *row = &problem->rows[pool->first_row + i];
        const int64_t pieces = items[i].least * items[i].pack;
        if (row->maximum >= 0 && items[i].least > 0 && row->on_hand + pieces > row->maximum)
            return fail_display(row, error);
        need += pieces; /* at most 2^31 rows of 2^31 pieces */
    }
    pool->is_short = need > pool->available;
    if (pool->is_short && problem->knobs.is_safety_strict) return fail_safety(problem, pool, need, error);
    for (int64_t i = 0; i < pool->n_rows; i++) {
        cpn_shelf_item *item = &items[i];
        if (pool->is_short) {
            if (item->most > item->least) item->most = item->least;
            item->least = 0;
        }
        if (item->most < item->least) item->most = item->least;
    }
    return CAMPAIGN_OK;
}

/* ---- What the answer means --------------------------------------------------------------------------------------- */

static bool is_at_maximum(const cpn_shelf_row *row, const cpn_shelf_item *item)
{
    return row->maximum >= 0 && row->on_hand + (item->packs + 1) * item->pack > row->maximum;
}

static cpn_shelf_reason find_reason(const cpn_shelf_row *row, const cpn_shelf_item *item, const cpn_shelf_pool *pool,
                                    const cpn_shelf_answer *answer)
{
    const bool is_display = item->display > 1 && item->packs == 0;
    const double next = cpn_shelf_value(item, item->packs, is_display ? item->display : 1);
    if (answer->is_below) return CPN_SHELF_SHORT;
    if (item->packs > 0 && item->packs == item->least && pool->next >= 0 &&
        cpn_shelf_key(pool, item, item->packs - 1) < pool->multiplier)
        return CPN_SHELF_SAFETY;
    if (item->packs > 0 && item->packs == item->least && item->worth >= 0 &&
        cpn_shelf_value(item, item->packs - 1, 1) <= 0)
        return CPN_SHELF_SAFETY;
    if (item->worth < 0 && item->packs == 0) return CPN_SHELF_NO_GAIN;
    if (next <= 0) return CPN_SHELF_ENOUGH;
    if (is_at_maximum(row, item)) return CPN_SHELF_MAXIMUM;
    if (is_display) return CPN_SHELF_DISPLAY;
    return item->packs > 0 ? CPN_SHELF_SHARED : CPN_SHELF_NOTHING;
}

static void fill_answer(cpn_shelf_answer *answer, const cpn_shelf_row *row, const cpn_shelf_item *item,
                        const cpn_shelf_pool *pool)
{
    const int64_t level = item->base + item->packs * item->pack;
    answer->packs = item->packs;
    answer->sales = cpn_shelf_gain(&item->demand, 0, level);
    answer->lost = cpn_shelf_lost(&item->demand, level);
    answer->beyond = cpn_shelf_beyond(&item->demand, level);
    answer->margin =
        row->margin * answer->sales - row->shortage * answer->lost + row->left * ((double)level - answer->sales);
    answer->is_below = level < row->safety;
    const int64_t step = item->display > 1 && item->packs == 0 ? item->display : 1;
    const bool is_free = !is_at_maximum(row, item) && item->worth >= 0;
    answer->next = is_free ? cpn_shelf_value(item, item->packs, step) : NAN;
    answer->reason = find_reason(row, item, pool, answer);
}

/* The least fill rate of the rows that may take more; of all where none may. */
static double least_fill(const cpn_shelf_problem *problem, const cpn_shelf_stock *pool, const cpn_shelf_item *items)
{
    double least_free = INFINITY, least = INFINITY;
    for (int64_t i = 0; i < pool->n_rows; i++) {
        const cpn_shelf_answer *answer = &problem->answers[pool->first_row + i];
        const double whole = items[i].demand.expected;
        if (whole <= 0) continue;
        const double fill = 1 - answer->lost / whole;
        if (fill < least) least = fill;
        if (items[i].packs < items[i].most && fill < least_free) least_free = fill;
    }
    return least_free < INFINITY ? least_free : least < INFINITY ? least : 1;
}

static void sum_pool(const cpn_shelf_problem *problem, cpn_shelf_stock *pool, const cpn_shelf_pool *solved)
{
    cpn_shelf_sum sales = { 0 }, lost = { 0 }, expected = { 0 }, margin = { 0 };
    for (int64_t i = 0; i < pool->n_rows; i++) {
        const cpn_shelf_answer *answer = &problem->answers[pool->first_row + i];
        pool->allocated += answer->packs * solved->items[i].pack;
        pool->n_below += answer->is_below;
        cpn_shelf_add(&sales, answer->sales);
        cpn_shelf_add(&lost, answer->lost);
        cpn_shelf_add(&margin, answer->margin);
        cpn_shelf_add(&expected, solved->items[i].demand.expected);
    }
    pool->sales = cpn_shelf_total(&sales);
    pool->lost = cpn_shelf_total(&lost);
    pool->margin = cpn_shelf_total(&margin);
    pool->expected = cpn_shelf_total(&expected);
    pool->n_states = solved->n_states;
    pool->multiplier = solved->multiplier;
    if (solved->next >= 0) pool->next_store = problem->rows[pool->first_row + solved->next].store;
    pool->value = solved->is_fill ? least_fill(problem, pool, solved->items) : pool->margin;
    pool->bound = solved->is_fill ? pool->value : pool->value + solved->gap;
    if (solved->is_fill && solved->next >= 0 && solved->fill_bound > pool->value) pool->bound = solved->fill_bound;
    pool->gap = cpn_shelf_gap(pool->value, pool->bound);
    if (pool->gap == 0) pool->bound = pool->value;
}

/* ---- One pool ---------------------------------------------------------------------------------------------------- */

static campaign_status tabulate_items(cpn_shelf_item *items, const cpn_shelf_problem *problem,
                                      const cpn_shelf_stock *pool, cpn_shelf_room *room, campaign_error *error)
{
    for (int64_t i = 0; i < pool->n_rows; i++) {
        /* One pack more is valued than may be sent, and a display that is too large. */
        const int64_t packs = items[i].most + 1 > items[i].display ? items[i].most + 1 : items[i].display;
        const int64_t most = items[i].base + packs * items[i].pack;
        const campaign_status status = cpn_shelf_tabulate(&items[i].demand, most, room);
        if (status == CAMPAIGN_E_LIMIT)
            return cpn_fail_row(error, status, problem->rows[pool->first_row + i].table_row, "demand.deviation",
                                "the distribution is wider than %ld pieces; take normal", (long)CPN_SHELF_MOST_WIDTH);
        if (status != CAMPAIGN_OK) return cpn_fail_nomem(error);
    }
    return CAMPAIGN_OK;
}

static campaign_status solve_pool(cpn_shelf_problem *problem, cpn_shelf_stock *pool, cpn_shelf_room *room,
                                  campaign_error *error)
{
    cpn_shelf_pool solved = { .n_items = pool->n_rows, .room = pool->available, .next = -1 };
    solved.is_fill = problem->knobs.objective == CAMPAIGN_ALLOCATE_STOCK_FILL;
    solved.state_limit = problem->knobs.state_limit;
    solved.items = cpn_alloc_zero(pool->n_rows, sizeof *solved.items);
    if (!solved.items) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < pool->n_rows; i++) solved.items[i] = make_item(&problem->rows[pool->first_row + i], pool);
    campaign_status status = settle_safety(solved.items, problem, pool, error);
    if (status == CAMPAIGN_OK) status = tabulate_items(solved.items, problem, pool, room, error);
    if (status == CAMPAIGN_OK && cpn_shelf_solve(&solved) != CAMPAIGN_OK) status = cpn_fail_nomem(error);
    for (int64_t i = 0; i < pool->n_rows && status == CAMPAIGN_OK; i++) {
        const int64_t row = pool->first_row + i;
        fill_answer(&problem->answers[row], &problem->rows[row], &solved.items[i], &solved);
    }
    if (status == CAMPAIGN_OK) sum_pool(problem, pool, &solved);
    for (int64_t i = 0; i < pool->n_rows; i++) cpn_free(solved.items[i].demand.counts.losses);
    cpn_free(solved.items);
    return status;
}

static campaign_status solve_pools(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const division *d = ctx;
    cpn_shelf_room room = { 0 };
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = first; i < last && status == CAMPAIGN_OK; i++)
        status = solve_pool(d->problem, &d->problem->pools[i], &room, &d->errors[chunk]);
    cpn_shelf_free_room(&room);
    return status;
}

campaign_status cpn_shelf_divide(cpn_shelf_problem *problem, const campaign_runtime *runtime, campaign_error *error)
{
    const int64_t n = problem->n_pools, n_chunks = cpn_n_chunks(n, POOLS_AT_ONCE);
    division d = { problem, cpn_alloc_zero(n_chunks, sizeof *d.errors) };
    problem->answers = cpn_alloc_zero(problem->n_rows, sizeof *problem->answers);
    campaign_status status = d.errors && problem->answers ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = cpn_parallel_for(n, POOLS_AT_ONCE, solve_pools, &d, "pools", runtime, error);
    /* The lowest failing chunk has the words. */
    for (int64_t i = 0; status != CAMPAIGN_OK && d.errors && error && i < n_chunks; i++)
        if (d.errors[i].code == status) {
            *error = d.errors[i];
            break;
        }
    cpn_free(d.errors);
    return status;
}
