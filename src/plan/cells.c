/* Adds up what the history sold by each combination of product line, market, channel, tier and rep.
 * Combinations are numbered in the order of the split, so that no row's place and no thread decides anything; those that
 * never sold take no room. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "plan/targets.h"

enum { MAX_CELLS = 1000000, MOST_YEARS = 10 };
static const int64_t all_weight = 1000000;          /* what the weights of a level's windows add up to */
static const int64_t one_window = INT64_C(1) << 40; /* what a window's cells add up to where windows are mixed */

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

/* The years that count: at most the latest MOST_YEARS, or the whole history as one. */
typedef struct window_list {
    int32_t n;
    int32_t starts[MOST_YEARS + 1];
    int64_t weights[CPN_PLAN_N_DIMENSIONS][MOST_YEARS]; /* by level; of a sum of at most all_weight */
    bool is_used[MOST_YEARS];
} window_list;

static campaign_status weigh_windows(window_list *windows, const cpn_plan_cells *cells, const cpn_plan_request *request,
                                     const cpn_plan_years *years, int32_t level, campaign_error *error)
{
    const cpn_plan_policy *policy = &request->levels[CPN_LEVEL_PRODUCT_LINE + cells->order[level]];
    const int32_t dropped = years->n - windows->n;
    int64_t total = 0, *weights = cpn_alloc_zero(years->n, sizeof *weights);
    if (!weights) return cpn_fail_nomem(error);
    const campaign_status status = cpn_plan_year_weights(weights, policy, years, error);
    for (int32_t i = 0; i < windows->n; i++) total += weights[dropped + i];
    for (int32_t i = 0; i < windows->n && total > 0; i++) {
        (void)cpn_mul_div64(&windows->weights[level][i], weights[dropped + i], all_weight, total, CAMPAIGN_ROUND_DOWN);
        windows->is_used[i] = windows->is_used[i] || windows->weights[level][i] > 0;
    }
    cpn_free(weights);
    if (status != CAMPAIGN_OK || total > 0) return status;
    return cpn_json_fail(error, CAMPAIGN_E_LIMIT, policy->years, "only the latest %d years are measured", MOST_YEARS);
}

static campaign_status choose_windows(window_list *windows, const cpn_plan_cells *cells,
                                      const cpn_plan_request *request, const cpn_plan_history *history,
                                      const cpn_plan_years *years, campaign_error *error)
{
    memset(windows, 0, sizeof *windows);
    windows->n = years->n < MOST_YEARS ? years->n : MOST_YEARS;
    for (int32_t i = 0; i <= windows->n && years->n > 0; i++)
        windows->starts[i] = cpn_plan_year_start(years, years->n - windows->n + i);
    campaign_status status = CAMPAIGN_OK;
    for (int32_t level = 0; level < cells->n_levels && status == CAMPAIGN_OK && years->n > 0; level++)
        status = weigh_windows(windows, cells, request, years, level, error);
    if (years->n > 0) return status;
    windows->n = 1;
    windows->is_used[0] = true;
    windows->starts[0] = history->first_day;
    windows->starts[1] = history->last_day + 1;
    for (int32_t level = 0; level < cells->n_levels; level++) windows->weights[level][0] = all_weight;
    return status;
}

/* The used window of a day, or -1. */
static int32_t find_window(const window_list *windows, int32_t day)
{
    for (int32_t i = windows->n - 1; i >= 0; i--)
        if (day >= windows->starts[i]) return windows->is_used[i] && day < windows->starts[i + 1] ? i : -1;
    return -1;
}

/* One number per row for its combination of keys, in the order of the split; -1 where the row lacks one, or has no day in
 * a window that counts. */
static campaign_status combine(int64_t *numbers, const cpn_plan_cells *cells, const cpn_plan_request *request,
                               const cpn_plan_history *history, const window_list *windows, campaign_error *error)
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
        if (!cpn_plan_history_uses(history, request, row, &day) || find_window(windows, day) < 0) continue;
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

/* Sales of each cell in each window. */
typedef struct sum_grid {
    cpn_int128 *sums; /* by cell, then window */
    int64_t *weights; /* by cell: weight for one level */
    bool *is_there;   /* by cell: some level weighs it */
    int64_t n;        /* cells */
} sum_grid;

/* The sum of a window's cells that sold more than came back, as a divisor that brings the largest sums to 63 bits. */
static int64_t scale_window(sum_grid *grid, const window_list *windows, int32_t window, int64_t *total)
{
    const cpn_int128 zero = { 0, 0 };
    cpn_int128 sum = zero;
    for (int64_t i = 0; i < grid->n; i++) {
        cpn_int128 *cell = &grid->sums[i * windows->n + window];
        if (cpn_compare_128(*cell, zero) < 0) *cell = zero;
        (void)cpn_add_128(&sum, sum, *cell);
    }
    int64_t divisor = 1;
    while (!cpn_div_128(total, sum, divisor, CAMPAIGN_ROUND_DOWN)) divisor *= 2;
    return divisor;
}

/* Weights for one level. Where one window alone counts they are its sales; otherwise each window is brought to the same
 * total before its weight. */
static void mix_windows(sum_grid *grid, const window_list *windows, int32_t level)
{
    memset(grid->weights, 0, (size_t)grid->n * sizeof *grid->weights);
    for (int32_t w = 0; w < windows->n; w++) {
        const int64_t weight = windows->weights[level][w];
        int64_t total;
        if (weight == 0) continue;
        const int64_t divisor = scale_window(grid, windows, w, &total);
        for (int64_t i = 0; i < grid->n && total > 0; i++) {
            int64_t sales, share;
            (void)cpn_div_128(&sales, grid->sums[i * windows->n + w], divisor, CAMPAIGN_ROUND_DOWN);
            share = sales;
            if (weight != all_weight) {
                (void)cpn_mul_div64(&share, sales, one_window, total, CAMPAIGN_ROUND_HALF_EVEN);
                share *= weight; /* at most 2^40 × 2^20, and so is their sum */
            }
            grid->weights[i] += share;
        }
    }
}

static void split_number(int32_t *keys, int64_t number, const cpn_plan_cells *cells, const cpn_plan_history *history)
{
    for (int32_t level = cells->n_levels - 1; level >= 0; level--) {
        const int64_t n_keys = history->keys[cells->order[level]].n_keys;
        keys[level] = (int32_t)(number % n_keys);
        number /= n_keys;
    }
}

static void add_running(cpn_plan_cells *cells, const sum_grid *grid, int32_t level)
{
    int64_t *running = cells->running[level], kept = 0;
    running[0] = 0;
    for (int64_t i = 0; i < grid->n; i++) {
        if (!grid->is_there[i]) continue;
        running[kept + 1] = running[kept] + grid->weights[i];
        kept++;
    }
}

/* Keeps the cells that some level weighs. */
static campaign_status keep_cells(cpn_plan_cells *cells, const cpn_plan_history *history, sum_grid *grid,
                                  const window_list *windows, const int64_t *numbers, campaign_error *error)
{
    bool has_any = false;
    for (int32_t level = 0; level < cells->n_levels; level++) {
        mix_windows(grid, windows, level);
        for (int64_t i = 0; i < grid->n; i++) grid->is_there[i] = grid->is_there[i] || grid->weights[i] > 0;
    }
    for (int64_t i = 0; i < grid->n; i++) has_any = has_any || grid->is_there[i];
    for (int64_t i = 0; i < grid->n; i++) {
        grid->is_there[i] = grid->is_there[i] || !has_any;
        if (grid->is_there[i]) split_number(cells->keys + cells->n++ * cells->n_levels, numbers[i], cells, history);
    }
    for (int32_t level = 0; level < cells->n_levels; level++) {
        cells->running[level] = cpn_alloc(cells->n + 1, sizeof *cells->running[level]);
        if (!cells->running[level]) return cpn_fail_nomem(error);
        mix_windows(grid, windows, level);
        for (int64_t i = 0; i < grid->n && !has_any; i++) grid->weights[i] = 1;
        add_running(cells, grid, level);
    }
    cells->is_even = !has_any;
    return CAMPAIGN_OK;
}

static campaign_status weigh(cpn_plan_cells *cells, const cpn_plan_request *request, const cpn_plan_history *history,
                             const cpn_keys *found, bool has_none, const window_list *windows, campaign_error *error)
{
    sum_grid grid = { .n = found->n_keys - has_none };
    if (grid.n == 0) return CAMPAIGN_OK;
    grid.sums = cpn_alloc_zero(grid.n * windows->n, sizeof *grid.sums);
    grid.weights = cpn_alloc(grid.n, sizeof *grid.weights);
    grid.is_there = cpn_alloc_zero(grid.n, sizeof *grid.is_there);
    cells->keys = cpn_alloc(grid.n * cells->n_levels, sizeof *cells->keys);
    campaign_status status =
        grid.sums && grid.weights && grid.is_there && cells->keys ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t row = 0; row < found->n_rows && status == CAMPAIGN_OK; row++) {
        const int64_t cell = (int64_t)found->codes[row] - has_none;
        int32_t day;
        if (cell < 0 || !cpn_plan_history_uses(history, request, row, &day)) continue;
        cpn_int128 *sum = &grid.sums[cell * windows->n + find_window(windows, day)];
        (void)cpn_add_128(sum, *sum, cpn_mul_128(cpn_cell_int64(&history->amount, row), 1));
    }
    if (status == CAMPAIGN_OK) status = keep_cells(cells, history, &grid, windows, found->integers + has_none, error);
    cpn_free(grid.sums);
    cpn_free(grid.weights);
    cpn_free(grid.is_there);
    return status;
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

static campaign_status measure(cpn_plan_cells *cells, const cpn_plan_request *request, const cpn_plan_history *history,
                               const cpn_plan_years *years, campaign_error *error)
{
    cpn_keys found = { 0 };
    window_list windows;
    bool has_none = false;
    int64_t *numbers = cpn_alloc(history->date.n_rows, sizeof *numbers);
    if (!numbers) return cpn_fail_nomem(error);
    campaign_status status = choose_windows(&windows, cells, request, history, years, error);
    if (status == CAMPAIGN_OK) status = combine(numbers, cells, request, history, &windows, error);
    if (status == CAMPAIGN_OK) status = number_cells(&found, &has_none, numbers, history->date.n_rows, error);
    if (status == CAMPAIGN_OK) status = weigh(cells, request, history, &found, has_none, &windows, error);
    cpn_keys_free(&found);
    cpn_free(numbers);
    return status;
}

campaign_status cpn_plan_cells_measure(cpn_plan_cells *cells, cpn_plan_notes *notes, const cpn_plan_request *request,
                                       const cpn_plan_history *history, const cpn_plan_years *years,
                                       campaign_error *error)
{
    const cpn_plan_years none = { 0, 0 };
    memset(cells, 0, sizeof *cells);
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS && status == CAMPAIGN_OK; i++)
        if (history->keys[i].codes) status = count_unassigned(notes, history, request, i, error);
    choose_levels(cells, request, history);
    if (status == CAMPAIGN_OK && cells->n_levels > 0) status = measure(cells, request, history, years, error);
    if (status == CAMPAIGN_OK && cells->n == 0 && cells->n_levels > 0) /* none in those years: all that there are */
        status = measure(cells, request, history, &none, error);
    if (status == CAMPAIGN_OK && cells->is_even)
        status = cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_EVEN_DIMENSION }, NULL, NULL, error);
    if (status == CAMPAIGN_OK && cells->n == 0) cells->n_levels = 0;
    if (status != CAMPAIGN_OK) cpn_plan_cells_free(cells);
    return status;
}

void cpn_plan_cells_free(cpn_plan_cells *cells)
{
    cpn_free(cells->keys);
    for (int32_t level = 0; level < CPN_PLAN_N_DIMENSIONS; level++) cpn_free(cells->running[level]);
    memset(cells, 0, sizeof *cells);
}
