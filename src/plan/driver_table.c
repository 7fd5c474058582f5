/* The table of drivers: numbers of the caller's own that a level shares by, such as capacity by rep or traffic by day. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "plan/targets.h"

/* A fraction counts to six decimals, as rates do. */
static const int64_t units_of_one = 1000000;

static campaign_status find_column(campaign_column *column, const cpn_plan_policy *policy,
                                   const campaign_table *drivers, campaign_error *error)
{
    const uint32_t types = CPN_ANY_INT | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY);
    if (!drivers)
        return cpn_json_fail(error, CAMPAIGN_E_MISSING, policy->section, "a table of drivers must bring column \"%s\"",
                             policy->column);
    return cpn_need_column(column, drivers, "drivers", NULL, policy->column, types, error);
}

/* The number of a row as a weight; a null weighs nothing. */
static campaign_status read_weight(int64_t *weight, const campaign_column *column, int64_t row, campaign_error *error)
{
    *weight = 0;
    if (cpn_is_null(column, row)) return CAMPAIGN_OK;
    bool fits = true, is_negative;
    if (column->type == CAMPAIGN_TYPE_FLOAT64) {
        const double value = ((const double *)column->values)[row] * (double)units_of_one;
        fits = value <= 4e18; /* not for NaN */
        is_negative = value < 0;
        if (fits && !is_negative) *weight = (int64_t)(value + 0.5);
    } else {
        *weight = cpn_cell_int64(column, row);
        is_negative = *weight < 0;
    }
    if (is_negative)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "drivers", "\"%s\" is negative, expected 0 or more",
                            column->name);
    if (fits) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "drivers", "\"%s\" is too large, or no number", column->name);
}

static campaign_status add_weight(int64_t *sum, int64_t weight, const campaign_column *column, int64_t row,
                                  campaign_error *error)
{
    if (cpn_add64(sum, *sum, weight)) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "drivers", "the sum of \"%s\" does not fit 64 bits",
                        column->name);
}

/* ---- Days ------------------------------------------------------------------------------------------------------- */

campaign_status cpn_plan_driver_days(int64_t days[CPN_PLAN_MAX_DAYS], const cpn_plan_request *request,
                                     const cpn_plan_policy *policy, const campaign_table *drivers,
                                     campaign_error *error)
{
    campaign_column column, date;
    int64_t total = 0;
    campaign_status status = find_column(&column, policy, drivers, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&date, drivers, "drivers", NULL, "date", CPN_TYPE_BIT(CAMPAIGN_TYPE_DATE), error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < column.n_rows; row++) {
        if (cpn_is_null(&date, row)) continue;
        const int64_t day = cpn_cell_int64(&date, row);
        int64_t weight;
        if (day < request->start_day || day >= request->end_day) continue;
        status = read_weight(&weight, &column, row, error);
        if (status == CAMPAIGN_OK) status = add_weight(&total, weight, &column, row, error);
        if (status == CAMPAIGN_OK) days[day - request->start_day] += weight;
    }
    if (status == CAMPAIGN_OK && total == 0)
        status = cpn_fail(error, CAMPAIGN_E_VALUE, "drivers", "\"%s\" has nothing above 0 on any day of the plan",
                          policy->column);
    return status;
}

/* ---- Keys ------------------------------------------------------------------------------------------------------- */

/* A dimension's column of the table, its keys as those of the orders. */
typedef struct key_column {
    campaign_column column;
    cpn_keys keys;
    int32_t *codes; /* by key of the table: code among the orders', or -1 */
} key_column;

static campaign_status map_keys(key_column *found, const cpn_plan_history *history, int32_t dimension,
                                campaign_error *error)
{
    campaign_status status = cpn_keys_create(&found->keys, &found->column, NULL, error);
    if (status != CAMPAIGN_OK) return status;
    found->codes = cpn_alloc(found->keys.n_keys, sizeof *found->codes);
    if (!found->codes) return cpn_fail_nomem(error);
    for (int64_t key = 0; key < found->keys.n_keys; key++) {
        char text[CAMPAIGN_MONEY_TEXT];
        const char *label = text;
        size_t length;
        if (found->keys.type == CAMPAIGN_TYPE_UTF8)
            label = cpn_cell_text(&found->column, found->keys.first_rows[key], &length);
        else
            length = campaign_money_format(text, found->keys.integers[key], 0);
        found->codes[key] = cpn_plan_history_find(history, dimension, label, length);
    }
    return CAMPAIGN_OK;
}

static int compare_rows(const void *a, const void *b, const void *ctx)
{
    const cpn_plan_lookup_row *left = a, *right = b;
    (void)ctx;
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++)
        if (left->keys[d] != right->keys[d]) return left->keys[d] < right->keys[d] ? -1 : 1;
    return 0;
}

/* Adds rows of the same keys together. */
static bool merge_rows(cpn_plan_lookup *lookup)
{
    if (!cpn_sort(lookup->rows, lookup->n, sizeof *lookup->rows, compare_rows, NULL)) return false;
    int64_t kept = 0;
    for (int64_t i = 0; i < lookup->n; i++) {
        if (kept > 0 && compare_rows(&lookup->rows[kept - 1], &lookup->rows[i], NULL) == 0)
            lookup->rows[kept - 1].weight += lookup->rows[i].weight; /* their sum was checked */
        else
            lookup->rows[kept++] = lookup->rows[i];
    }
    lookup->n = kept;
    return true;
}

static campaign_status fill_rows(cpn_plan_lookup *lookup, int64_t *n_unknown, const campaign_column *column,
                                 const key_column *columns, campaign_error *error)
{
    int64_t total = 0;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t row = 0; row < column->n_rows && status == CAMPAIGN_OK; row++) {
        cpn_plan_lookup_row *made = &lookup->rows[lookup->n];
        bool is_known = true, is_null = false;
        for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) {
            made->keys[d] = -1;
            if (!lookup->is_told[d]) continue;
            const int32_t key = columns[d].keys.codes[row];
            is_null = is_null || key < 0;
            if (key >= 0) made->keys[d] = columns[d].codes[key];
            is_known = is_known && (key < 0 || made->keys[d] >= 0);
        }
        *n_unknown += !is_null && !is_known;
        if (is_null || !is_known) continue;
        status = read_weight(&made->weight, column, row, error);
        if (status == CAMPAIGN_OK) status = add_weight(&total, made->weight, column, row, error);
        lookup->n++;
    }
    return status;
}

/* The dimension itself, and those before it in the split that the table has. */
static campaign_status find_keys(key_column *columns, cpn_plan_lookup *lookup, const cpn_plan_request *request,
                                 const cpn_plan_history *history, const campaign_table *drivers, int32_t dimension,
                                 campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < request->n_split && status == CAMPAIGN_OK; i++) {
        if (cpn_plan_is_period(request->split[i])) continue;
        const int32_t d = cpn_plan_dimension(request->split[i]);
        const char *name = cpn_plan_level_names[request->split[i]];
        campaign_column *column = &columns[d].column;
        status = d == dimension ? cpn_need_column(column, drivers, "drivers", NULL, name, CPN_ANY_KEY, error)
                                : cpn_find_column(column, drivers, "drivers", NULL, name, CPN_ANY_KEY, error);
        lookup->is_told[d] = status == CAMPAIGN_OK && column->type != 0;
        if (lookup->is_told[d]) status = map_keys(&columns[d], history, d, error);
        if (d == dimension) break;
    }
    return status;
}

campaign_status cpn_plan_lookup_read(cpn_plan_lookup *lookup, cpn_plan_notes *notes, const cpn_plan_request *request,
                                     const cpn_plan_history *history, const campaign_table *drivers, int32_t dimension,
                                     campaign_error *error)
{
    const cpn_plan_policy *policy = &request->levels[CPN_LEVEL_PRODUCT_LINE + dimension];
    key_column columns[CPN_PLAN_N_DIMENSIONS];
    campaign_column column;
    int64_t n_unknown = 0;
    memset(columns, 0, sizeof columns);
    campaign_status status = find_column(&column, policy, drivers, error);
    if (status == CAMPAIGN_OK) status = find_keys(columns, lookup, request, history, drivers, dimension, error);
    if (status == CAMPAIGN_OK) {
        lookup->rows = cpn_alloc(column.n_rows + 1, sizeof *lookup->rows);
        status = lookup->rows ? fill_rows(lookup, &n_unknown, &column, columns, error) : cpn_fail_nomem(error);
    }
    if (status == CAMPAIGN_OK && !merge_rows(lookup)) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK && n_unknown > 0)
        status = cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_DRIVERS_UNKNOWN, .n = n_unknown },
                                   cpn_plan_level_names[CPN_LEVEL_PRODUCT_LINE + dimension], policy->column, error);
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) {
        cpn_keys_free(&columns[d].keys);
        cpn_free(columns[d].codes);
    }
    return status;
}

int64_t cpn_plan_lookup_weight(const cpn_plan_lookup *lookup, const int32_t keys[CPN_PLAN_N_DIMENSIONS])
{
    cpn_plan_lookup_row wanted;
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) wanted.keys[d] = lookup->is_told[d] ? keys[d] : -1;
    int64_t low = 0, high = lookup->n;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const int order = compare_rows(&lookup->rows[middle], &wanted, NULL);
        if (order == 0) return lookup->rows[middle].weight;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

void cpn_plan_lookup_free(cpn_plan_lookup *lookup)
{
    cpn_free(lookup->rows);
    memset(lookup, 0, sizeof *lookup);
}
