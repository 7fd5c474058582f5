/* Adds up what the history sold by each combination of product line, market, channel, tier and rep.
 * Combinations are numbered in the order of the split, so that no row's place and no thread decides anything; those that
 * never sold take no room. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "plan/targets.h"

enum { MAX_CELLS = 1000000 };

/* ---- Which dimensions ------------------------------------------------------------------------------------------- */

static bool is_usable(const cpn_plan_history *history, int32_t dimension, int64_t key)
{
    return !history->is_unusable[dimension] || !history->is_unusable[dimension][key];
}

/* A dimension is there where some row of the history names one of its keys. */
static bool has_usable_key(const cpn_plan_history *history, int32_t dimension)
{
    for (int64_t key = 0; key < history->keys[dimension].n_keys; key++)
        if (is_usable(history, dimension, key)) return true;
    return false;
}

static void choose_levels(cpn_plan_cells *cells, const cpn_plan_request *request, const cpn_plan_history *history)
{
    cells->n_levels = 0;
    for (int32_t i = 0; i < request->n_split; i++) {
        if (cpn_plan_is_period(request->split[i])) continue;
        const int32_t dimension = cpn_plan_dimension(request->split[i]);
        if (has_usable_key(history, dimension)) cells->order[cells->n_levels++] = dimension;
    }
}

int32_t cpn_plan_cells_find(const cpn_plan_cells *cells, int32_t dimension)
{
    for (int32_t level = 0; level < cells->n_levels; level++)
        if (cells->order[level] == dimension) return level;
    return -1;
}

static campaign_status count_unassigned(cpn_plan_notes *notes, const cpn_plan_history *history,
                                        const cpn_plan_request *request, int32_t dimension, campaign_error *error)
{
    int64_t n = 0;
    int32_t day;
    for (int64_t row = 0; row < history->date.n_rows; row++)
        n += history->keys[dimension].codes[row] < 0 && cpn_plan_history_uses(history, request, row, &day);
    if (n == 0) return CAMPAIGN_OK;
    return cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_ROWS_UNASSIGNED, .n = n },
                             cpn_plan_level_names[CPN_LEVEL_PRODUCT_LINE + dimension], NULL, error);
}

/* ---- Numbering -------------------------------------------------------------------------------------------------- */

/* One number per row for its combination of keys, in the order of the split; -1 where the row lacks one, or has no day in
 * the range. */
static campaign_status combine(int64_t *numbers, const cpn_plan_cells *cells, const cpn_plan_request *request,
                               const cpn_plan_history *history, int32_t first_day, int32_t end_day,
                               campaign_error *error)
{
    int64_t room = 1;
    for (int32_t level = 0; level < cells->n_levels; level++)
        if (!cpn_mul64(&room, room, history->keys[cells->order[level]].n_keys))
            return cpn_fail(error, CAMPAIGN_E_LIMIT, "orders",
                            "the keys of the split's dimensions could be combined in more than 2^63 ways: map coarser "
                            "columns, or split by fewer");
    for (int64_t row = 0; row < history->date.n_rows; row++) {
        int32_t day;
        numbers[row] = -1;
        if (!cpn_plan_history_uses(history, request, row, &day) || day < first_day || day >= end_day) continue;
        int64_t number = 0;
        for (int32_t level = 0; level < cells->n_levels && number >= 0; level++) {
            const cpn_keys *keys = &history->keys[cells->order[level]];
            number = keys->codes[row] < 0 ? -1 : number * keys->n_keys + keys->codes[row];
        }
        numbers[row] = number;
    }
    return CAMPAIGN_OK;
}

/* The distinct combinations, in order; rows without one share the first place where *has_none. */
static campaign_status number_cells(cpn_keys *found, bool *has_none, const int64_t *numbers, int64_t n_rows,
                                    campaign_error *error)
{
    const campaign_column column = { .size = (uint32_t)sizeof column,
                                     .type = CAMPAIGN_TYPE_INT64,
                                     .n_rows = n_rows,
                                     .name = "cells",
                                     .values = numbers };
    const campaign_status status = cpn_keys_create(found, &column, NULL, error);
    if (status != CAMPAIGN_OK) return status;
    *has_none = found->n_keys > 0 && found->integers[0] < 0;
    if (found->n_keys - *has_none <= MAX_CELLS) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_LIMIT, "orders",
                    "the split's dimensions have %lld combinations with orders, at most %d are allowed: map coarser "
                    "columns, or split by fewer",
                    (long long)found->n_keys, MAX_CELLS);
}

/* ---- Weights ---------------------------------------------------------------------------------------------------- */

/* Negative sums weigh nothing; the others are halved together until their sum has room in 63 bits. False where all are
 * nothing. */
static bool scale_sums(int64_t *weights, cpn_int128 *sums, int64_t n)
{
    const cpn_int128 zero = { 0, 0 };
    cpn_int128 total = zero;
    for (int64_t i = 0; i < n; i++) {
        if (cpn_compare_128(sums[i], zero) < 0) sums[i] = zero;
        (void)cpn_add_128(&total, total, sums[i]);
    }
    int64_t divisor = 1, scaled;
    while (!cpn_div_128(&scaled, total, divisor, CAMPAIGN_ROUND_DOWN)) divisor *= 2;
    for (int64_t i = 0; i < n; i++) (void)cpn_div_128(&weights[i], sums[i], divisor, CAMPAIGN_ROUND_DOWN);
    return scaled > 0;
}

static void split_number(int32_t *keys, int64_t number, const cpn_plan_cells *cells, const cpn_plan_history *history)
{
    for (int32_t level = cells->n_levels - 1; level >= 0; level--) {
        const int64_t n_keys = history->keys[cells->order[level]].n_keys;
        keys[level] = (int32_t)(number % n_keys);
        number /= n_keys;
    }
}

/* Keeps the cells that weigh something. */
static campaign_status keep_cells(cpn_plan_cells *cells, const cpn_plan_history *history, const int64_t *numbers,
                                  const int64_t *weights, int64_t n, campaign_error *error)
{
    cells->keys = cpn_alloc(n * cells->n_levels, sizeof *cells->keys);
    cells->running = cpn_alloc(n + 1, sizeof *cells->running);
    if (!cells->keys || !cells->running) return cpn_fail_nomem(error);
    cells->n = 0;
    cells->running[0] = 0;
    for (int64_t i = 0; i < n; i++) {
        if (weights[i] == 0) continue;
        split_number(cells->keys + cells->n * cells->n_levels, numbers[i], cells, history);
        cells->running[cells->n + 1] = cells->running[cells->n] + weights[i]; /* scaled to fit */
        cells->n++;
    }
    return CAMPAIGN_OK;
}

static campaign_status weigh(cpn_plan_cells *cells, cpn_plan_notes *notes, const cpn_plan_history *history,
                             const cpn_keys *found, bool has_none, campaign_error *error)
{
    const int64_t n = found->n_keys - has_none;
    cpn_int128 *sums = cpn_alloc_zero(n, sizeof *sums);
    int64_t *weights = cpn_alloc(n, sizeof *weights);
    campaign_status status = sums && weights ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t row = 0; row < found->n_rows && status == CAMPAIGN_OK; row++) {
        const int64_t cell = (int64_t)found->codes[row] - has_none;
        if (cell < 0) continue;
        (void)cpn_add_128(&sums[cell], sums[cell], cpn_mul_128(cpn_cell_int64(&history->amount, row), 1));
    }
    if (status == CAMPAIGN_OK && !scale_sums(weights, sums, n)) {
        for (int64_t i = 0; i < n; i++) weights[i] = 1;
        status = cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_EVEN_DIMENSION }, NULL, NULL, error);
    }
    if (status == CAMPAIGN_OK) status = keep_cells(cells, history, found->integers + has_none, weights, n, error);
    cpn_free(sums);
    cpn_free(weights);
    return status;
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

static campaign_status measure(cpn_plan_cells *cells, cpn_plan_notes *notes, const cpn_plan_request *request,
                               const cpn_plan_history *history, int32_t first_day, int32_t end_day,
                               campaign_error *error)
{
    cpn_keys found = { 0 };
    bool has_none = false;
    int64_t *numbers = cpn_alloc(history->date.n_rows, sizeof *numbers);
    if (!numbers) return cpn_fail_nomem(error);
    campaign_status status = combine(numbers, cells, request, history, first_day, end_day, error);
    if (status == CAMPAIGN_OK) status = number_cells(&found, &has_none, numbers, history->date.n_rows, error);
    if (status == CAMPAIGN_OK) status = weigh(cells, notes, history, &found, has_none, error);
    cpn_keys_free(&found);
    cpn_free(numbers);
    return status;
}

campaign_status cpn_plan_cells_measure(cpn_plan_cells *cells, cpn_plan_notes *notes, const cpn_plan_request *request,
                                       const cpn_plan_history *history, int32_t first_day, int32_t end_day,
                                       campaign_error *error)
{
    memset(cells, 0, sizeof *cells);
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS && status == CAMPAIGN_OK; i++)
        if (history->keys[i].codes) status = count_unassigned(notes, history, request, i, error);
    choose_levels(cells, request, history);
    if (status == CAMPAIGN_OK && cells->n_levels > 0)
        status = measure(cells, notes, request, history, first_day, end_day, error);
    if (status == CAMPAIGN_OK && cells->n == 0 && cells->n_levels > 0) { /* none in that range: all that there are */
        cpn_plan_cells_free(cells);
        choose_levels(cells, request, history);
        status = measure(cells, notes, request, history, history->first_day, history->last_day + 1, error);
    }
    if (status == CAMPAIGN_OK && cells->n == 0) cells->n_levels = 0;
    if (status != CAMPAIGN_OK) cpn_plan_cells_free(cells);
    return status;
}

void cpn_plan_cells_free(cpn_plan_cells *cells)
{
    cpn_free(cells->keys);
    cpn_free(cells->running);
    memset(cells, 0, sizeof *cells);
}
