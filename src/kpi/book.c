/* The book: reads the plan's targets and knows what each day of it is to bring.
 * The tables may come from elsewhere, so nothing about them is taken on trust. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "kpi/kpi.h"

static const char *const dimension_names[CPN_KPI_N_DIMENSIONS] = { "product_line", "market" };
static const char *const finer_names[CPN_KPI_N_FINER] = { "channel", "tier", "rep" };

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

static campaign_status find_columns(cpn_kpi_book *book, campaign_error *error)
{
    const campaign_table *targets = book->plan->targets;
    const uint32_t text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), date = CPN_TYPE_BIT(CAMPAIGN_TYPE_DATE);
    const uint32_t money = CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY);
    campaign_status status = cpn_need_column(&book->level, targets, "targets", NULL, "level", text, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&book->period, targets, "targets", NULL, "period", text, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&book->start, targets, "targets", NULL, "start", date, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&book->end, targets, "targets", NULL, "end", date, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&book->target, targets, "targets", NULL, "target", money, error);
    for (int32_t i = 0; i < CPN_KPI_N_DIMENSIONS && status == CAMPAIGN_OK; i++)
        status = cpn_find_column(&book->dimensions[i], targets, "targets", NULL, dimension_names[i], text, error);
    for (int32_t i = 0; i < CPN_KPI_N_FINER && status == CAMPAIGN_OK; i++)
        status = cpn_find_column(&book->finer[i], targets, "targets", NULL, finer_names[i], text, error);
    if (status != CAMPAIGN_OK) return status;
    memcpy(book->currency, book->target.currency, sizeof book->currency);
    book->exponent = book->target.exponent;
    if (!book->plan->campaigns) return CAMPAIGN_OK;
    status = cpn_need_column(&book->campaign_id, book->plan->campaigns, "campaigns", NULL, "campaign", text, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_find_column(&book->campaign_name, book->plan->campaigns, "campaigns", NULL, "name", text, error);
}

bool cpn_kpi_book_is_finer(const cpn_kpi_book *book, int64_t row)
{
    for (int32_t i = 0; i < CPN_KPI_N_FINER; i++)
        if (book->finer[i].type != 0 && !cpn_is_null(&book->finer[i], row)) return true;
    return false;
}

static bool is_total(const cpn_kpi_book *book, int64_t row)
{
    if (cpn_kpi_book_is_finer(book, row)) return false;
    for (int32_t i = 0; i < CPN_KPI_N_DIMENSIONS; i++)
        if (book->dimensions[i].type != 0 && !cpn_is_null(&book->dimensions[i], row)) return false;
    return true;
}

static campaign_status check_row(const cpn_kpi_book *book, int64_t row, campaign_error *error)
{
    const campaign_column *needed[] = { &book->level, &book->period, &book->start, &book->end, &book->target };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (cpn_is_null(needed[i], row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "targets", "column \"%s\" is null", needed[i]->name);
    const int64_t start = cpn_cell_int64(&book->start, row), end = cpn_cell_int64(&book->end, row);
    const bool is_first = row == 0;
    if (start >= end || (!is_first && (start < book->start_day || end > book->end_day)))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "targets.start",
                            "a target must cover at least a day, within the first row's period");
    if (cpn_cell_int64(&book->target, row) < 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "targets.target", "a target is negative");
    if (is_first && !is_total(book, 0))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "targets", "the first target must be the whole period's");
    return CAMPAIGN_OK;
}

static campaign_status check_rows(cpn_kpi_book *book, campaign_error *error)
{
    if (book->target.n_rows == 0)
        return cpn_fail(error, CAMPAIGN_E_MISSING, "targets", "there are no targets to judge by");
    campaign_status status = check_row(book, 0, error);
    if (status != CAMPAIGN_OK) return status;
    book->start_day = (int32_t)cpn_cell_int64(&book->start, 0);
    book->end_day = (int32_t)cpn_cell_int64(&book->end, 0);
    if (book->start_day < CAMPAIGN_DAY_MIN || book->end_day > CAMPAIGN_DAY_MAX ||
        book->end_day - book->start_day > CPN_KPI_MAX_DAYS)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "targets", "the plan must lie in the years 1 to 9999, at most %d days",
                        CPN_KPI_MAX_DAYS);
    for (int64_t row = 1; row < book->target.n_rows && status == CAMPAIGN_OK; row++) {
        status = check_row(book, row, error);
        book->n_finer += cpn_kpi_book_is_finer(book, row);
    }
    return status;
}

/* ---- Targets by day --------------------------------------------------------------------------------------------- */

static campaign_status spread(int64_t *days, const cpn_kpi_book *book, int64_t row, campaign_error *error)
{
    const int64_t start = cpn_cell_int64(&book->start, row);
    const campaign_split_problem problem = { .size = (uint32_t)sizeof problem,
                                             .total_minor = cpn_cell_int64(&book->target, row),
                                             .n_cells = cpn_cell_int64(&book->end, row) - start };
    int64_t unallocated;
    return campaign_split(days + (start - book->start_day), &unallocated, &problem, error);
}

/* Every day takes its target from the shortest total that covers it, spread evenly where that is longer than a day. */
static campaign_status fill_days(int64_t *days, int64_t *lengths, const cpn_kpi_book *book, campaign_error *error)
{
    const int64_t n_days = (int64_t)book->end_day - book->start_day;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < n_days; i++) lengths[i] = INT64_MAX;
    for (int64_t row = 0; row < book->target.n_rows && status == CAMPAIGN_OK; row++) {
        const int64_t start = cpn_cell_int64(&book->start, row), end = cpn_cell_int64(&book->end, row);
        if (!is_total(book, row) || end - start >= lengths[start - book->start_day]) continue;
        status = spread(days, book, row, error);
        for (int64_t day = start; day < end; day++) lengths[day - book->start_day] = end - start;
    }
    return status;
}

static campaign_status sum_up_days(cpn_kpi_book *book, const int64_t *days, campaign_error *error)
{
    const int64_t n_days = (int64_t)book->end_day - book->start_day;
    int64_t total = 0;
    for (int64_t i = 0; i < n_days; i++) {
        book->curve[i] = total;
        if (!cpn_add64(&total, total, days[i]))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "targets.target", "the targets do not fit 64 bits");
    }
    book->curve[n_days] = total;
    return CAMPAIGN_OK;
}

static campaign_status read_curve(cpn_kpi_book *book, campaign_error *error)
{
    const int64_t n_days = (int64_t)book->end_day - book->start_day;
    int64_t *days = cpn_alloc_zero(n_days, sizeof *days), *lengths = cpn_alloc(n_days, sizeof *lengths);
    book->curve = cpn_alloc(n_days + 1, sizeof *book->curve);
    campaign_status status = days && lengths && book->curve ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = fill_days(days, lengths, book, error);
    if (status == CAMPAIGN_OK) status = sum_up_days(book, days, error);
    cpn_free(days);
    cpn_free(lengths);
    return status;
}

int64_t cpn_kpi_book_days(const cpn_kpi_book *book, int32_t first_day, int32_t end_day)
{
    if (first_day < book->start_day) first_day = book->start_day;
    if (end_day > book->end_day) end_day = book->end_day;
    if (first_day >= end_day) return 0;
    return book->curve[end_day - book->start_day] - book->curve[first_day - book->start_day];
}

int64_t cpn_kpi_book_to_date(const cpn_kpi_book *book, int64_t minor, int32_t start_day, int32_t end_day, int32_t as_of)
{
    if (as_of < start_day) return 0;
    if (as_of >= end_day - 1) return minor;
    int64_t part = cpn_kpi_book_days(book, start_day, as_of + 1);
    int64_t whole = cpn_kpi_book_days(book, start_day, end_day);
    if (whole == 0) { /* nothing is said of the days: each counts the same */
        part = as_of + 1 - start_day;
        whole = end_day - start_day;
    }
    if (whole == minor) return part;
    int64_t to_date = 0;
    (void)cpn_mul_div64(&to_date, minor, part, whole, CAMPAIGN_ROUND_HALF_EVEN); /* part <= whole, so it fits */
    return to_date;
}

/* ---- Names ------------------------------------------------------------------------------------------------------ */

int32_t cpn_kpi_book_find(const cpn_kpi_book *book, int32_t dimension, const char *text, size_t length)
{
    const cpn_keys *keys = &book->keys[dimension];
    int64_t low = 0, high = keys->n_keys;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        size_t n;
        const char *key = cpn_cell_text(&book->dimensions[dimension], keys->first_rows[middle], &n);
        int order = memcmp(key, text, n < length ? n : length);
        if (order == 0) order = n < length ? -1 : n > length;
        if (order == 0) return (int32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

campaign_status cpn_kpi_book_read(cpn_kpi_book *book, const campaign_kpi_plan *plan, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    memset(book, 0, sizeof *book);
    book->plan = plan;
    campaign_status status = find_columns(book, error);
    if (status == CAMPAIGN_OK) status = check_rows(book, error);
    if (status == CAMPAIGN_OK) status = read_curve(book, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_owners_read(book, error);
    for (int32_t i = 0; i < CPN_KPI_N_DIMENSIONS && status == CAMPAIGN_OK; i++)
        if (book->dimensions[i].type != 0)
            status = cpn_keys_create(&book->keys[i], &book->dimensions[i], runtime, error);
    if (status != CAMPAIGN_OK) cpn_kpi_book_free(book);
    return status;
}

void cpn_kpi_book_free(cpn_kpi_book *book)
{
    for (int32_t i = 0; i < CPN_KPI_N_DIMENSIONS; i++) cpn_keys_free(&book->keys[i]);
    cpn_free(book->curve);
    cpn_free(book->owners);
    memset(book, 0, sizeof *book);
}
