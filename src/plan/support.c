/* What the last three months support, beside each target: goals must rest on what was reached lately (RR8).
 * Sales of those months are divided by the weight of their days and multiplied by that of the target's days, so that a
 * strong season behind does not promise a strong one ahead. */
#include "plan/support.h"

#include <string.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"
#include "forecast/forecast.h"

/* ---- The months ------------------------------------------------------------------------------------------------- */

/* The latest three whole months before the plan; false where the history is shorter, or lies a lifetime back. */
static bool find_months(cpn_plan_support *support, const cpn_plan_request *request, const cpn_plan_history *history)
{
    int32_t first, end;
    cpn_plan_whole_months(&first, &end, history);
    if (end - first < CPN_PLAN_SUPPORT_MONTHS) return false;
    support->first_day = cpn_plan_month_start(end - CPN_PLAN_SUPPORT_MONTHS);
    support->end_day = cpn_plan_month_start(end);
    return request->end_day - support->first_day <= CPN_MOST_DAYS;
}

/* Where no seasons are measured, months weigh the same in every year: those of the plan stand for the ones behind. */
static void weigh_plain(cpn_plan_support *support, const cpn_plan_request *request, const cpn_plan_profile *profile)
{
    const int32_t first = cpn_civil_from_day(support->first_day).month;
    for (int32_t day = request->start_day; day < request->end_day; day++) {
        const int64_t weight = profile->day_weights[CPN_LEVEL_MONTH][day - request->start_day];
        support->days[day - request->start_day] = weight;
        if ((cpn_civil_from_day(day).month - first + 12) % 12 < CPN_PLAN_SUPPORT_MONTHS)
            support->weight_recent += weight;
    }
}

static campaign_status weigh_days(cpn_plan_support *support, const cpn_plan_request *request,
                                  const cpn_plan_season_source *source, campaign_error *error)
{
    if (!source->profile->is_seasonal) {
        weigh_plain(support, request, source->profile);
        return CAMPAIGN_OK;
    }
    const cpn_plan_policy history = { .driver = CPN_DRIVER_HISTORY };
    const int32_t first = support->first_day, n_days = request->end_day - first;
    campaign_table *profile = NULL;
    int64_t *units = cpn_alloc(n_days, sizeof *units);
    campaign_status status = units ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = cpn_plan_seasonality_measure(&profile, NULL, request, &history, source, error);
    if (status == CAMPAIGN_OK) /* in one range, and so on one scale */
        status = cpn_forecast_day_units(units, profile, source->calendar, first, request->end_day, error);
    for (int32_t i = 0; i < n_days && status == CAMPAIGN_OK; i++) {
        if (first + i < support->end_day) support->weight_recent += units[i];
        if (first + i >= request->start_day) support->days[first + i - request->start_day] = units[i];
    }
    campaign_table_free(profile);
    cpn_free(units);
    return status;
}

/* ---- Sales of those months -------------------------------------------------------------------------------------- */

static int compare_cell(const cpn_plan_cells *cells, int64_t cell, const int32_t *keys)
{
    for (int32_t level = 0; level < cells->n_levels; level++) {
        const int32_t key = cpn_plan_cell_key(cells, cell, level);
        if (key != keys[level]) return key < keys[level] ? -1 : 1;
    }
    return 0;
}

static int64_t find_cell(const cpn_plan_cells *cells, const int32_t *keys)
{
    int64_t low = 0, high = cells->n;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (compare_cell(cells, middle, keys) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < cells->n && compare_cell(cells, low, keys) == 0 ? low : -1;
}

static bool read_cell_keys(int32_t keys[CPN_PLAN_N_DIMENSIONS], const cpn_plan_cells *cells,
                           const cpn_plan_history *history, int64_t row)
{
    for (int32_t level = 0; level < cells->n_levels; level++) {
        keys[level] = history->keys[cells->order[level]].codes[row];
        if (keys[level] < 0) return false;
    }
    return cells->n_levels > 0;
}

/* Net sales by cell, and all together in sold[n]: also of rows that lack a key. */
static campaign_status add_up_cells(int64_t *sold, const cpn_plan_support *support, const cpn_plan_request *request,
                                    const cpn_plan_season_source *source, campaign_error *error)
{
    const cpn_plan_cells *cells = &source->profile->cells;
    const cpn_plan_history *history = source->history;
    for (int64_t row = 0; row < history->date.n_rows; row++) {
        int32_t day, keys[CPN_PLAN_N_DIMENSIONS];
        if (!cpn_plan_history_uses(history, request, row, &day) || day < support->first_day || day >= support->end_day)
            continue;
        const int64_t minor = cpn_cell_int64(&history->amount, row);
        const int64_t cell = read_cell_keys(keys, cells, history, row) ? find_cell(cells, keys) : -1;
        bool fits = cpn_add64(&sold[cells->n], sold[cells->n], minor);
        if (cell >= 0) fits = fits && cpn_add64(&sold[cell], sold[cell], minor);
        if (!fits)
            return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "orders.amount",
                                "the sales of three months do not fit 64 bits");
    }
    return CAMPAIGN_OK;
}

static bool is_cell_of(const cpn_plan_cells *cells, int64_t cell, const cpn_plan_target *row)
{
    for (int32_t level = 0; level < cells->n_levels; level++) {
        const int32_t key = row->keys[cells->order[level]];
        if (key >= 0 && key != cpn_plan_cell_key(cells, cell, level)) return false;
    }
    return true;
}

static bool is_whole(const cpn_plan_target *row)
{
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++)
        if (row->keys[d] >= 0) return false;
    return true;
}

/* Sales of a target's product line, market …: of its range of cells in the tree, of those that fit otherwise. */
static int64_t sold_of(const int64_t *sold, const int64_t *running, const cpn_plan_cells *cells,
                       const cpn_plan_target *row)
{
    if (is_whole(row)) return sold[cells->n];
    if (row->assigned >= 0) return running[row->end_cell] - running[row->first_cell];
    int64_t sum = 0;
    for (int64_t cell = 0; cell < cells->n; cell++)
        if (is_cell_of(cells, cell, row)) sum += sold[cell];
    return sum;
}

static void support_rows(cpn_plan_support *support, const int64_t *sold, const int64_t *running,
                         const cpn_plan_request *request, const cpn_plan_season_source *source,
                         const cpn_plan_targets *targets)
{
    for (int64_t i = 0; i < targets->n; i++) {
        const cpn_plan_target *row = &targets->rows[i];
        int64_t weight = 0;
        for (int32_t day = row->start_day; day < row->end_day; day++) weight += support->days[day - request->start_day];
        const int64_t minor = sold_of(sold, running, &source->profile->cells, row);
        if (minor <= 0 ||
            !cpn_mul_div64(&support->supported[i], minor, weight, support->weight_recent, CAMPAIGN_ROUND_HALF_EVEN))
            support->supported[i] = 0;
    }
}

/* ---- Daily figures ---------------------------------------------------------------------------------------------- */

static campaign_status read_daily(cpn_plan_support *support, const campaign_table *daily, campaign_error *error)
{
    campaign_column date, visits, orders;
    campaign_status status = cpn_need_column(&date, daily, "daily", NULL, "date", CPN_ANY_DAY, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&visits, daily, "daily", NULL, "visits", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&orders, daily, "daily", NULL, "orders", CPN_ANY_INT, error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < date.n_rows; row++) {
        if (cpn_is_null(&date, row) || cpn_is_null(&visits, row) || cpn_is_null(&orders, row)) continue;
        const int32_t day = cpn_cell_day(&date, row, 0);
        if (day < support->first_day || day >= support->end_day) continue;
        if (!cpn_add64(&support->visits, support->visits, cpn_cell_int64(&visits, row)) ||
            !cpn_add64(&support->orders, support->orders, cpn_cell_int64(&orders, row)))
            status = cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "daily", "the sums do not fit 64 bits");
        support->has_daily = true;
    }
    return status;
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

campaign_status cpn_plan_support_measure(cpn_plan_support *support, const cpn_plan_request *request,
                                         const cpn_plan_season_source *source, const cpn_plan_targets *targets,
                                         const campaign_table *daily, campaign_error *error)
{
    const int64_t n = source->profile->cells.n;
    if (!find_months(support, request, source->history)) return CAMPAIGN_OK;
    campaign_status status = daily ? read_daily(support, daily, error) : CAMPAIGN_OK;
    if (status == CAMPAIGN_OK) status = weigh_days(support, request, source, error);
    if (status != CAMPAIGN_OK || support->weight_recent <= 0) return status;
    int64_t *sold = cpn_alloc_zero(n + 1, sizeof *sold), *running = cpn_alloc_zero(n + 1, sizeof *running);
    support->supported = cpn_alloc_zero(targets->n, sizeof *support->supported);
    status = sold && running && support->supported ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = add_up_cells(sold, support, request, source, error);
    for (int64_t cell = 0; cell < n && status == CAMPAIGN_OK; cell++) running[cell + 1] = running[cell] + sold[cell];
    if (status == CAMPAIGN_OK) support_rows(support, sold, running, request, source, targets);
    cpn_free(running);
    cpn_free(sold);
    return status;
}

bool cpn_plan_above_ppm(int64_t *ppm, int64_t target, int64_t base)
{
    const int64_t whole = 1000000;
    return base > 0 && cpn_mul_div64(ppm, target, whole, base, CAMPAIGN_ROUND_HALF_EVEN) && cpn_sub64(ppm, *ppm, whole);
}

void cpn_plan_support_free(cpn_plan_support *support)
{
    cpn_free(support->supported);
    cpn_free(support->entered);
    cpn_free(support->is_entered);
    memset(support, 0, sizeof *support);
}
