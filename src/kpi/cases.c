/* Compares: one case per target, per campaign and phase, and per budget line, each with what it should have by now and
 * what it has, or the reason why that cannot be said. */
#include "kpi/kpi.h"

#include <string.h>

#include "base/checked.h"
#include "base/memory.h"

static const char *const dimension_names[CPN_KPI_N_DIMENSIONS] = { "product_line", "market" };

static cpn_kpi_name constant(const char *text)
{
    return (cpn_kpi_name){ text, strlen(text) };
}

static cpn_kpi_name name_cell(const campaign_column *column, int64_t row)
{
    cpn_kpi_name name = { NULL, 0 };
    if (column->type != 0 && !cpn_is_null(column, row)) name.text = cpn_cell_text(column, row, &name.length);
    return name;
}

static campaign_status add_case(cpn_kpi_cases *cases, const cpn_kpi_case *row, campaign_error *error)
{
    if (cases->n == cases->capacity) {
        const int64_t capacity = cases->capacity ? cases->capacity * 2 : 256;
        cpn_kpi_case *grown = cpn_resize(cases->rows, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(error);
        cases->rows = grown;
        cases->capacity = capacity;
    }
    cases->rows[cases->n++] = *row;
    return CAMPAIGN_OK;
}

int cpn_kpi_deviates(int64_t actual, int64_t target, int64_t limit_ppm)
{
    const int64_t whole = 1000000;
    /* actual × 10^6 against target × (10^6 ± limit), exactly. */
    const cpn_int128 scaled = cpn_mul_128(actual, whole);
    if (cpn_compare_128(scaled, cpn_mul_128(target, whole - limit_ppm)) <= 0) return -1;
    return cpn_compare_128(scaled, cpn_mul_128(target, whole + limit_ppm)) >= 0 ? 1 : 0;
}

/* ---- Sales ------------------------------------------------------------------------------------------------------ */

/* Fills target to date, actual, or the reason against them. keys: -1 all, -2 not among the figures. */
static void compare_sales(cpn_kpi_case *row, const cpn_kpi_book *book, const cpn_kpi_facts *facts,
                          const int32_t keys[CPN_KPI_N_DIMENSIONS])
{
    if (facts->as_of < row->start_day) {
        row->reason = CPN_REASON_NOT_STARTED;
        return;
    }
    row->has_to_date = true;
    row->to_date_minor = cpn_kpi_book_to_date(book, row->target_minor, row->start_day, row->end_day, facts->as_of);
    if (!facts->has[CPN_SALES]) {
        row->reason = CPN_REASON_NO_FIGURES;
        row->subject = "sales";
        return;
    }
    for (int32_t i = 0; i < CPN_KPI_N_DIMENSIONS; i++) {
        if (keys[i] < 0 || facts->has_dimension[i]) continue;
        row->reason = CPN_REASON_NO_DIMENSION;
        row->subject = dimension_names[i];
        return;
    }
    row->has_actual = true;
    row->actual_minor = cpn_kpi_facts_sales(facts, book, keys, row->start_day, row->end_day);
    if (row->to_date_minor == 0) row->reason = CPN_REASON_ZERO_TARGET;
}

static campaign_status collect_targets(cpn_kpi_cases *cases, const cpn_kpi_book *book, const cpn_kpi_facts *facts,
                                       campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < book->target.n_rows && status == CAMPAIGN_OK; i++) {
        cpn_kpi_case row = { .level = name_cell(&book->level, i), .period = name_cell(&book->period, i) };
        int32_t keys[CPN_KPI_N_DIMENSIONS];
        if (cpn_kpi_book_is_finer(book, i)) continue;
        row.start_day = (int32_t)cpn_cell_int64(&book->start, i);
        row.end_day = (int32_t)cpn_cell_int64(&book->end, i);
        row.target_minor = cpn_cell_int64(&book->target, i);
        for (int32_t d = 0; d < CPN_KPI_N_DIMENSIONS; d++) {
            row.dimensions[d] = name_cell(&book->dimensions[d], i);
            keys[d] = row.dimensions[d].text ? book->keys[d].codes[i] : -1;
        }
        compare_sales(&row, book, facts, keys);
        status = add_case(cases, &row, error);
    }
    return status;
}

/* ---- Campaigns and phases --------------------------------------------------------------------------------------- */

/* Columns that campaigns and phases share. */
typedef struct window_columns {
    campaign_column campaign, phase, start, end, target; /* phase has type 0 in campaigns */
} window_columns;

/* A column of money in which figures of the plan's currency can be judged. */
static campaign_status find_money(campaign_column *column, const campaign_table *table, const char *name,
                                  const char *column_name, const cpn_kpi_book *book, campaign_error *error)
{
    const uint32_t money = CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY);
    const campaign_status status = cpn_need_column(column, table, name, NULL, column_name, money, error);
    if (status != CAMPAIGN_OK) return status;
    if (strcmp(column->currency, book->currency) == 0 && column->exponent == book->exponent) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_COLUMN, name,
                    "column \"%s\" is in %s with %d decimals, the targets in %s with %d", column_name, column->currency,
                    (int)column->exponent, book->currency, (int)book->exponent);
}

static campaign_status find_windows(window_columns *columns, const campaign_table *table, const char *name,
                                    const cpn_kpi_book *book, campaign_error *error)
{
    const uint32_t text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), date = CPN_TYPE_BIT(CAMPAIGN_TYPE_DATE);
    campaign_status status = cpn_need_column(&columns->campaign, table, name, NULL, "campaign", text, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&columns->phase, table, name, NULL, "phase", text, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns->start, table, name, NULL, "start", date, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns->end, table, name, NULL, "end", date, error);
    if (status == CAMPAIGN_OK) status = find_money(&columns->target, table, name, "target", book, error);
    return status;
}

static campaign_status check_window(const window_columns *columns, const char *name, int64_t row, campaign_error *error)
{
    const campaign_column *needed[] = { &columns->campaign, &columns->start, &columns->end, &columns->target };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (cpn_is_null(needed[i], row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, name, "column \"%s\" is null", needed[i]->name);
    const int64_t start = cpn_cell_int64(&columns->start, row), end = cpn_cell_int64(&columns->end, row);
    if (start >= end || start < CAMPAIGN_DAY_MIN || end > CAMPAIGN_DAY_MAX)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, name, "a window must cover at least a day");
    if (cpn_cell_int64(&columns->target, row) < 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, name, "a target is negative");
    return CAMPAIGN_OK;
}

/* The part of a window inside the plan; nothing is left of one that lies wholly outside. */
static void clip_window(cpn_kpi_case *row, const cpn_kpi_book *book)
{
    if (row->start_day < book->start_day) row->start_day = book->start_day;
    if (row->end_day > book->end_day) row->end_day = book->end_day;
}

static campaign_status collect_windows(cpn_kpi_cases *cases, const campaign_table *table, const char *name,
                                       const cpn_kpi_book *book, const cpn_kpi_facts *facts, campaign_error *error)
{
    const int32_t all[CPN_KPI_N_DIMENSIONS] = { -1, -1 };
    if (!table) return CAMPAIGN_OK;
    window_columns columns;
    campaign_status status = find_windows(&columns, table, name, book, error);
    for (int64_t i = 0; status == CAMPAIGN_OK && i < columns.target.n_rows; i++) {
        status = check_window(&columns, name, i, error);
        if (status != CAMPAIGN_OK) return status;
        cpn_kpi_case row = { .campaign = name_cell(&columns.campaign, i), .phase = name_cell(&columns.phase, i) };
        row.level = constant(row.phase.text ? "phase" : "campaign");
        row.start_day = (int32_t)cpn_cell_int64(&columns.start, i);
        row.end_day = (int32_t)cpn_cell_int64(&columns.end, i);
        row.target_minor = cpn_cell_int64(&columns.target, i);
        clip_window(&row, book);
        if (row.start_day >= row.end_day) continue;
        compare_sales(&row, book, facts, all);
        cpn_kpi_owners_narrow(&row, book, facts);
        status = add_case(cases, &row, error);
    }
    return status;
}

/* ---- Spend ------------------------------------------------------------------------------------------------------ */

/* Row of the plan's campaigns with that id, or -1. */
static int64_t find_campaign(const cpn_kpi_book *book, cpn_kpi_name name)
{
    for (int64_t i = 0; name.text && i < book->campaign_id.n_rows; i++) {
        const cpn_kpi_name id = name_cell(&book->campaign_id, i);
        if (id.text && id.length == name.length && memcmp(id.text, name.text, name.length) == 0) return i;
    }
    return -1;
}

/* A budget line is judged as a whole: money is not spent as sales come in. */
static void compare_spend(cpn_kpi_case *row, const cpn_kpi_facts *facts, int64_t actual)
{
    row->is_spend = true;
    if (!facts->has[CPN_SPEND]) {
        row->reason = CPN_REASON_NO_FIGURES;
        row->subject = "spend";
        return;
    }
    row->has_to_date = row->has_actual = true;
    row->to_date_minor = row->target_minor;
    row->actual_minor = actual;
    if (row->target_minor == 0) row->reason = CPN_REASON_ZERO_TARGET;
}

static campaign_status collect_spend(cpn_kpi_cases *cases, const cpn_kpi_book *book, const cpn_kpi_facts *facts,
                                     campaign_error *error)
{
    const campaign_table *budget = book->plan->budget;
    if (!budget || campaign_table_n_rows(budget) == 0) return CAMPAIGN_OK;
    campaign_column amount, campaign;
    campaign_status status = find_money(&amount, budget, "budget", "amount", book, error);
    if (status == CAMPAIGN_OK)
        status =
            cpn_need_column(&campaign, budget, "budget", NULL, "campaign", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status != CAMPAIGN_OK) return status;
    cpn_kpi_case total = { .level = constant("budget"), .start_day = book->start_day, .end_day = book->end_day };
    for (int64_t i = 0; i < amount.n_rows; i++)
        if (cpn_is_null(&amount, i) || cpn_cell_int64(&amount, i) < 0 ||
            !cpn_add64(&total.target_minor, total.target_minor, cpn_cell_int64(&amount, i)))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, i, "budget.amount",
                                "an amount is null, negative or too large");
    compare_spend(&total, facts, cpn_kpi_facts_total(facts, book, CPN_SPEND, book->start_day, book->end_day));
    status = add_case(cases, &total, error);
    for (int64_t i = 0; i < amount.n_rows && status == CAMPAIGN_OK; i++) {
        cpn_kpi_case row = { .level = constant("budget_line"), .campaign = name_cell(&campaign, i) };
        const int64_t index = find_campaign(book, row.campaign);
        if (index < 0) continue;
        row.start_day = book->start_day;
        row.end_day = book->end_day;
        row.target_minor = cpn_cell_int64(&amount, i);
        compare_spend(&row, facts, facts->has_campaigns ? cpn_kpi_facts_spend(facts, book, index) : 0);
        if (facts->has[CPN_SPEND] && !facts->has_campaigns) {
            row.reason = CPN_REASON_NO_CAMPAIGNS;
            row.has_actual = false;
        }
        status = add_case(cases, &row, error);
    }
    return status;
}

campaign_status cpn_kpi_cases_collect(cpn_kpi_cases *cases, const cpn_kpi_book *book, const cpn_kpi_facts *facts,
                                      campaign_error *error)
{
    memset(cases, 0, sizeof *cases);
    campaign_status status = collect_targets(cases, book, facts, error);
    if (status == CAMPAIGN_OK) status = collect_windows(cases, book->plan->campaigns, "campaigns", book, facts, error);
    if (status == CAMPAIGN_OK) status = collect_windows(cases, book->plan->phases, "phases", book, facts, error);
    if (status == CAMPAIGN_OK) status = collect_spend(cases, book, facts, error);
    if (status != CAMPAIGN_OK) cpn_kpi_cases_free(cases);
    return status;
}

bool cpn_kpi_is_running(const cpn_kpi_case *row, const cpn_kpi_book *book, const cpn_kpi_facts *facts)
{
    enum { SHORTEST_PERIOD = 28 }; /* days; weeks and days are over before they tell anything */
    int32_t day = facts->as_of < book->start_day ? book->start_day : facts->as_of;
    if (day >= book->end_day) day = book->end_day - 1;
    if (row->is_spend || row->campaign.text || row->dimensions[0].text || row->dimensions[1].text) return false;
    return day >= row->start_day && day < row->end_day && row->end_day - row->start_day >= SHORTEST_PERIOD;
}

void cpn_kpi_cases_free(cpn_kpi_cases *cases)
{
    cpn_free(cases->rows);
    memset(cases, 0, sizeof *cases);
}
