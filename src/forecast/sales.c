/* Reads the sales: one exact sum per day, whatever the order of rows. Integers are added in 128 bits, doubles in
 * accumulators that lose nothing. Tells from the dates whether a row stands for a day, a week, a month or a quarter. */
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "forecast/forecast.h"

enum { ROWS_AT_ONCE = 1 << 20, FEWEST_DATES = 3, USUAL_LIMIT = 20 };

/* How rows are read. */
typedef struct reading {
    cpn_sales *sales;
    const campaign_seasonality_options *given;
    bool is_float, has_nulls;
    cpn_int128 *sums;
    cpn_exact_sums *exact;
} reading;

static campaign_status find_columns(cpn_sales *sales, const campaign_table *table,
                                    const campaign_seasonality_options *given, campaign_error *error)
{
    const uint32_t types = CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY) | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT;
    campaign_status status = cpn_need_column(&sales->date, table, "sales", given->date, "date", CPN_ANY_DAY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&sales->value, table, "sales", given->amount, "amount", types, error);
    return status;
}

static bool is_number(double value)
{
    return value - value == 0;
}

static bool is_usable(const reading *r, int64_t row)
{
    if (r->has_nulls && (cpn_is_null(&r->sales->date, row) || cpn_is_null(&r->sales->value, row))) return false;
    return !r->is_float || is_number(((const double *)r->sales->value.values)[row]);
}

static campaign_status refuse_row(const reading *r, int64_t row, campaign_error *error)
{
    const campaign_column *columns[] = { &r->sales->date, &r->sales->value };
    char where[96];
    for (int i = 0; i < 2; i++) {
        if (!cpn_is_null(columns[i], row)) continue;
        (void)snprintf(where, sizeof where, "sales.%s", columns[i]->name);
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where,
                            "a sale has no %s; fill it in, or have such rows skipped", columns[i]->name);
    }
    (void)snprintf(where, sizeof where, "sales.%s", columns[1]->name);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "the amount is no finite number");
}

static bool is_inside(const reading *r, int32_t day)
{
    return (!r->given->has_first_day || day >= r->given->first_day) &&
           (!r->given->has_end_day || day < r->given->end_day);
}

/* First and last day, and how many rows count. */
static campaign_status find_span(reading *r, campaign_error *error)
{
    cpn_sales *sales = r->sales;
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (int64_t row = 0; row < sales->n_rows; row++) {
        if (!is_usable(r, row)) {
            if (r->given->nulls == CAMPAIGN_FORECAST_NULLS_FAIL) return refuse_row(r, row, error);
            sales->n_skipped++;
            continue;
        }
        const int32_t day = cpn_cell_day(&sales->date, row, r->given->day_starts_at_minutes);
        if (!is_inside(r, day)) {
            sales->n_outside++;
            continue;
        }
        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    sales->n_used = sales->n_rows - sales->n_skipped - sales->n_outside;
    if (sales->n_used == 0) return CAMPAIGN_OK;
    sales->first_day = first;
    sales->end_day = last + 1;
    sales->n_days = (int64_t)last - first + 1;
    if (sales->n_days <= CPN_MOST_DAYS) return CAMPAIGN_OK;
    char from[CAMPAIGN_DATE_TEXT], to[CAMPAIGN_DATE_TEXT];
    campaign_date_format(from, first);
    campaign_date_format(to, last);
    return cpn_fail(error, CAMPAIGN_E_LIMIT, "sales.date",
                    "the sales go from %s to %s, at most %d days are possible: correct the dates, or set first_day",
                    from, to, CPN_MOST_DAYS);
}

static inline void add_integer(cpn_int128 *sum, int64_t value)
{
    const uint64_t low = sum->low + (uint64_t)value;
    sum->high += (value < 0 ? -1 : 0) + (low < sum->low);
    sum->low = low;
}

static void add_rows(reading *r, int64_t first_row, int64_t end_row)
{
    cpn_sales *sales = r->sales;
    for (int64_t row = first_row; row < end_row; row++) {
        if (!is_usable(r, row)) continue;
        const int32_t day = cpn_cell_day(&sales->date, row, r->given->day_starts_at_minutes);
        if (!is_inside(r, day)) continue;
        const int32_t index = day - sales->first_day;
        sales->has_rows[index] = true;
        if (r->is_float)
            cpn_exact_sums_add(r->exact, index, ((const double *)sales->value.values)[row]);
        else
            add_integer(&r->sums[index], cpn_cell_int64(&sales->value, row));
    }
}

static double as_double(cpn_int128 sum)
{
    const int64_t low = (int64_t)sum.low;
    if (sum.high == (low < 0 ? -1 : 0)) return (double)low;
    return (double)sum.high * 18446744073709551616.0 + (double)sum.low;
}

static campaign_status take_sums(reading *r, campaign_error *error)
{
    cpn_sales *sales = r->sales;
    for (int64_t i = 0; i < sales->n_days; i++) {
        if (!r->is_float) {
            sales->amount[i] = as_double(r->sums[i]);
        } else if (!cpn_exact_sums_take(&sales->amount[i], r->exact, i)) {
            char text[CAMPAIGN_DATE_TEXT];
            campaign_date_format(text, (int32_t)(sales->first_day + i));
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "sales.amount", "the sales of %s exceed every double", text);
        }
    }
    return CAMPAIGN_OK;
}

static campaign_status add_up(reading *r, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_sales *sales = r->sales;
    sales->amount = cpn_alloc_zero(sales->n_days, sizeof *sales->amount);
    sales->has_rows = cpn_alloc_zero(sales->n_days, sizeof *sales->has_rows);
    if (r->is_float)
        r->exact = cpn_exact_sums_create(sales->n_days);
    else
        r->sums = cpn_alloc_zero(sales->n_days, sizeof *r->sums);
    const bool has_room = sales->amount && sales->has_rows && (r->exact || r->sums);
    campaign_status status = has_room ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t row = 0; row < sales->n_rows && status == CAMPAIGN_OK; row += ROWS_AT_ONCE) {
        const int64_t end = sales->n_rows - row < ROWS_AT_ONCE ? sales->n_rows : row + ROWS_AT_ONCE;
        add_rows(r, row, end);
        status = cpn_report_progress(runtime, "reading sales", end, sales->n_rows, error);
    }
    if (status == CAMPAIGN_OK) status = take_sums(r, error);
    cpn_exact_sums_free(r->exact);
    cpn_free(r->sums);
    return status;
}

/* ---- The grain ----------------------------------------------------------------------------------------------------- */

/* Whether no period holds two dates; weeks must also name their day alike. */
static bool has_grain(const cpn_sales *sales, int32_t dimension)
{
    int32_t n_dates = 0, last_end = INT32_MIN, weekday = 0;
    for (int64_t i = 0; i < sales->n_days; i++) {
        if (!sales->has_rows[i]) continue;
        const int32_t day = (int32_t)(sales->first_day + i);
        if (day < last_end) return false;
        last_end = cpn_instance_of(dimension, day).end;
        if (dimension >= CPN_DIM_ISO_WEEK && n_dates > 0 && cpn_weekday(day) != weekday) return false;
        weekday = cpn_weekday(day);
        n_dates++;
    }
    return n_dates >= FEWEST_DATES;
}

static int32_t find_grain(const cpn_sales *sales)
{
    if (has_grain(sales, CPN_DIM_QUARTER)) return CAMPAIGN_GRAIN_QUARTER;
    if (has_grain(sales, CPN_DIM_MONTH)) return CAMPAIGN_GRAIN_MONTH;
    if (has_grain(sales, CPN_DIM_ISO_WEEK)) return CAMPAIGN_GRAIN_WEEK;
    return CAMPAIGN_GRAIN_DAY;
}

/* The period of the year that one row of coarse sales stands for. */
int32_t cpn_grain_dimension(const cpn_sales *sales, const cpn_season_knobs *knobs)
{
    return sales->grain == CAMPAIGN_GRAIN_QUARTER               ? CPN_DIM_QUARTER
           : sales->grain == CAMPAIGN_GRAIN_MONTH               ? CPN_DIM_MONTH
           : knobs->given.season == CAMPAIGN_SEASON_FISCAL_WEEK ? CPN_DIM_FISCAL_WEEK
                                                                : CPN_DIM_ISO_WEEK;
}

/* Makes the days of coarse sales whole periods. */
static campaign_status widen(cpn_sales *sales, const cpn_season_knobs *knobs, campaign_error *error)
{
    if (sales->n_used == 0 || sales->grain == CAMPAIGN_GRAIN_DAY) return CAMPAIGN_OK;
    const int32_t dimension = cpn_grain_dimension(sales, knobs);
    const int32_t first = cpn_instance_of(dimension, sales->first_day).start;
    const int32_t end = cpn_instance_of(dimension, sales->end_day - 1).end;
    double *amount = cpn_alloc_zero(end - first, sizeof *amount);
    bool *has_rows = cpn_alloc_zero(end - first, sizeof *has_rows);
    if (!amount || !has_rows) {
        cpn_free(amount);
        cpn_free(has_rows);
        return cpn_fail_nomem(error);
    }
    memcpy(amount + (sales->first_day - first), sales->amount, (size_t)sales->n_days * sizeof *amount);
    memcpy(has_rows + (sales->first_day - first), sales->has_rows, (size_t)sales->n_days * sizeof *has_rows);
    cpn_free(sales->amount);
    cpn_free(sales->has_rows);
    sales->amount = amount;
    sales->has_rows = has_rows;
    sales->first_day = first;
    sales->end_day = end;
    sales->n_days = end - first;
    return CAMPAIGN_OK;
}

/* Lists what was skipped; an empty table where nothing was. */
static campaign_status list_skipped(cpn_sales *sales, const campaign_table *table,
                                    const campaign_seasonality_options *given, campaign_error *error)
{
    campaign_column_rule rules[2] = { CAMPAIGN_COLUMN_RULE_INIT, CAMPAIGN_COLUMN_RULE_INIT };
    rules[0].name = sales->date.name;
    rules[1].name = sales->value.name;
    rules[1].has_minimum = sales->value.type == CAMPAIGN_TYPE_FLOAT64; /* with a limit, what is no number is found */
    rules[1].minimum = INT64_MIN;
    const int64_t limit = given->problem_limit ? given->problem_limit : USUAL_LIMIT;
    campaign_table *nothing = NULL;
    campaign_status status = CAMPAIGN_OK;
    if (sales->n_skipped == 0) status = campaign_table_slice(&nothing, table, 0, 0, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_check(&sales->skipped, &sales->skipped_counts, nothing ? nothing : table, rules, 2,
                                      limit, error);
    campaign_table_free(nothing);
    return status;
}

campaign_status cpn_sales_read(cpn_sales *sales, const campaign_table *table, const cpn_season_knobs *knobs,
                               const campaign_runtime *runtime, campaign_error *error)
{
    memset(sales, 0, sizeof *sales);
    sales->n_rows = campaign_table_n_rows(table);
    campaign_status status = find_columns(sales, table, &knobs->given, error);
    if (status != CAMPAIGN_OK) return status;
    reading r = { .sales = sales, .given = &knobs->given };
    r.is_float = sales->value.type == CAMPAIGN_TYPE_FLOAT64;
    r.has_nulls = sales->date.n_nulls > 0 || sales->value.n_nulls > 0;
    status = find_span(&r, error);
    if (status == CAMPAIGN_OK) status = add_up(&r, runtime, error);
    if (status == CAMPAIGN_OK) status = list_skipped(sales, table, &knobs->given, error);
    if (status != CAMPAIGN_OK) return status;
    sales->grain = knobs->given.grain != CAMPAIGN_GRAIN_AUTO ? knobs->given.grain : find_grain(sales);
    return widen(sales, knobs, error);
}

void cpn_sales_free(cpn_sales *sales)
{
    cpn_free(sales->amount);
    cpn_free(sales->has_rows);
    campaign_table_free(sales->skipped);
    campaign_table_free(sales->skipped_counts);
    memset(sales, 0, sizeof *sales);
}
