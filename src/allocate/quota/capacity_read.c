/* Reads reps, ramps and months, and says what each rep can sell. */
#include <assert.h>

#include "allocate/quota/capacity.h"
#include "allocate/quota/product.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"

#define NUMBER (CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT)
#define MONEY  CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)

/* A number of one table: what it may be, and in how many decimals it is counted. */
typedef struct number_field {
    const char *table, *name, *where;
    double most;
    int32_t decimals;
    campaign_column column;
} number_field;

static campaign_status take_number(int64_t *value, const number_field *field, int64_t row, campaign_error *error)
{
    if (cpn_is_null(&field->column, row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, field->where, "%s is null", field->name);
    const bool is_float = field->column.type == CAMPAIGN_TYPE_FLOAT64;
    const double number =
        is_float ? ((const double *)field->column.values)[row] : (double)cpn_cell_int64(&field->column, row);
    if (!(number >= 0 && number <= field->most)) {
        char text[CPN_NUMBER_TEXT], most[CPN_NUMBER_TEXT];
        (void)cpn_format_double(text, number);
        (void)cpn_format_double(most, field->most);
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, field->where, "%s is %s, expected 0 to %s", field->name, text,
                            most);
    }
    int64_t whole, part;
    (void)cpn_quota_decimal(&whole, &part, number, field->decimals);
    *value = whole * cpn_power_of_ten(field->decimals) + part;
    return CAMPAIGN_OK;
}

static campaign_status find_number(number_field *field, const campaign_table *table, campaign_error *error)
{
    return cpn_need_column(&field->column, table, field->table, NULL, field->name, NUMBER, error);
}

/* ---- Ramps and months -------------------------------------------------------------------------------------------- */

/* Values of months 1, 2 … of a table, each once and without holes. */
static campaign_status read_months(int64_t values[CPN_CAPACITY_MONTHS], int32_t *n, number_field *field,
                                   const campaign_table *table, campaign_error *error)
{
    campaign_column month;
    bool is_given[CPN_CAPACITY_MONTHS] = { false };
    const int64_t n_rows = campaign_table_n_rows(table);
    campaign_status status = cpn_need_column(&month, table, field->table, NULL, "month", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK) status = find_number(field, table, error);
    if (status == CAMPAIGN_OK && n_rows > CPN_CAPACITY_MONTHS)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, field->table, "%lld months, at most %d", (long long)n_rows,
                        CPN_CAPACITY_MONTHS);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++) {
        if (cpn_is_null(&month, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, field->table, "month is null");
        const int64_t number = cpn_cell_int64(&month, row);
        if (number < 1 || number > n_rows)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, field->table,
                                "month %lld is outside 1 to %lld: months have no holes", (long long)number,
                                (long long)n_rows);
        if (is_given[number - 1])
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, field->table, "month %lld stands twice",
                                (long long)number);
        is_given[number - 1] = true;
        status = take_number(&values[number - 1], field, row, error);
    }
    *n = (int32_t)n_rows;
    return status;
}

static campaign_status read_periods(cpn_capacity_problem *problem,
                                    const campaign_allocate_capacity_quota_inputs *inputs, campaign_error *error)
{
    number_field days = { .table = "months",
                          .name = "working_days",
                          .where = "months.working_days",
                          .most = 31,
                          .decimals = CPN_DAY_DECIMALS };
    number_field share = {
        .table = "ramp", .name = "share", .where = "ramp.share", .most = 2, .decimals = CPN_SHARE_DECIMALS
    };
    campaign_status status = CAMPAIGN_OK;
    problem->has_months = inputs->months != NULL;
    problem->n_months = problem->given.n_months;
    for (int32_t month = 0; month < problem->n_months; month++) problem->days[month] = 1;
    if (inputs->months) status = read_months(problem->days, &problem->n_months, &days, inputs->months, error);
    if (status == CAMPAIGN_OK && inputs->ramp)
        status = read_months(problem->shares, &problem->n_ramp, &share, inputs->ramp, error);
    for (int32_t month = 0; month < problem->n_months; month++) problem->all_days += problem->days[month];
    if (status == CAMPAIGN_OK && problem->all_days == 0)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "months.working_days", "the months have no working day");
    return status;
}

/* ---- Capacity ---------------------------------------------------------------------------------------------------- */

/* Sum over months of days × share of full capacity. */
static void weigh_months(cpn_capacity_problem *problem, cpn_capacity_rep *rep)
{
    const int64_t full = cpn_power_of_ten(CPN_SHARE_DECIMALS);
    bool is_ramping = false;
    rep->weighted = 0;
    for (int32_t month = 0; month < problem->n_months; month++) {
        const int64_t employed = rep->start == INT64_MIN ? INT64_MAX : month + 2 - rep->start; /* 1 = the first month */
        const int64_t share = employed < 1 ? 0 : employed <= problem->n_ramp ? problem->shares[employed - 1] : full;
        is_ramping = is_ramping || share != full;
        rep->weighted += problem->days[month] * share;
    }
    problem->n_ramping += is_ramping;
}

double cpn_capacity_days(const cpn_capacity_problem *problem, const cpn_capacity_rep *rep)
{
    const double shares = (double)rep->weighted / (double)cpn_power_of_ten(CPN_SHARE_DECIMALS);
    const double unit = (double)cpn_power_of_ten(CPN_DAY_DECIMALS);
    if (rep->days < 0) return shares / unit;
    return (double)rep->days / unit * (shares / (double)problem->all_days);
}

bool cpn_capacity_value(const cpn_capacity_problem *problem, cpn_capacity_rep *rep)
{
    const bool has_days = rep->days >= 0;
    const int64_t factors[] = { rep->weighted, rep->visits, rep->win_rate, rep->ticket, has_days ? rep->days : 1 };
    const int64_t divisors[] = { cpn_power_of_ten(CPN_SHARE_DECIMALS), cpn_power_of_ten(CPN_VISIT_DECIMALS),
                                 cpn_power_of_ten(CPN_WIN_DECIMALS), cpn_power_of_ten(CPN_DAY_DECIMALS),
                                 has_days ? problem->all_days : 1 };
    return cpn_quota_divide_products(&rep->capacity, factors, 5, divisors, 5);
}

/* ---- Reps -------------------------------------------------------------------------------------------------------- */

typedef struct rep_fields {
    number_field visits, win_rate, days;
    campaign_column start;
} rep_fields;

static campaign_status find_fields(rep_fields *fields, cpn_capacity_problem *problem, const campaign_table *reps,
                                   campaign_error *error)
{
    fields->visits = (number_field){ .table = "reps",
                                     .name = "visits_a_day",
                                     .where = "reps.visits_a_day",
                                     .most = 1e6,
                                     .decimals = CPN_VISIT_DECIMALS };
    fields->win_rate = (number_field){
        .table = "reps", .name = "win_rate", .where = "reps.win_rate", .most = 1, .decimals = CPN_WIN_DECIMALS
    };
    fields->days = (number_field){ .table = "reps",
                                   .name = "working_days",
                                   .where = "reps.working_days",
                                   .most = 3660,
                                   .decimals = CPN_DAY_DECIMALS };
    campaign_status status =
        cpn_need_column(&problem->rep_column, reps, "reps", problem->given.rep, "rep", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK) status = find_number(&fields->visits, reps, error);
    if (status == CAMPAIGN_OK) status = find_number(&fields->win_rate, reps, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&problem->ticket_column, reps, "reps", NULL, "ticket", MONEY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&fields->days.column, reps, "reps", NULL, "working_days", NUMBER, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&fields->start, reps, "reps", NULL, "start_month", CPN_ANY_INT, error);
    return status;
}

static campaign_status take_days(cpn_capacity_rep *rep, const cpn_capacity_problem *problem, const number_field *days,
                                 int64_t row, campaign_error *error)
{
    rep->days = -1;
    if (days->column.type != 0 && !cpn_is_null(&days->column, row)) return take_number(&rep->days, days, row, error);
    if (problem->has_months) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "reps.working_days",
                        "there are no working days, neither of the rep nor of months");
}

static campaign_status take_rep(cpn_capacity_problem *problem, const rep_fields *fields, int64_t row,
                                campaign_error *error)
{
    cpn_capacity_rep *rep = &problem->reps[row];
    const campaign_column *ticket = &problem->ticket_column;
    campaign_status status = take_number(&rep->visits, &fields->visits, row, error);
    if (status == CAMPAIGN_OK) status = take_number(&rep->win_rate, &fields->win_rate, row, error);
    if (status == CAMPAIGN_OK) status = cpn_quota_amount(&rep->ticket, ticket, row, "reps.ticket", error);
    if (status == CAMPAIGN_OK) status = take_days(rep, problem, &fields->days, row, error);
    if (status != CAMPAIGN_OK) return status;
    rep->start = INT64_MIN;
    if (fields->start.type != 0 && !cpn_is_null(&fields->start, row)) rep->start = cpn_cell_int64(&fields->start, row);
    if (rep->start != INT64_MIN && (rep->start < -1200 || rep->start > problem->n_months))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "reps.start_month",
                            "start_month is %lld, expected -1200 to %ld", (long long)rep->start,
                            (long)problem->n_months);
    weigh_months(problem, rep);
    if (!cpn_capacity_value(problem, rep) || !cpn_add64(&problem->capacity, problem->capacity, rep->capacity) ||
        problem->capacity > CAMPAIGN_QUOTA_MAX)
        return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "reps", "capacity passes %lld minor units",
                            (long long)CAMPAIGN_QUOTA_MAX);
    return CAMPAIGN_OK;
}

campaign_status cpn_capacity_read(cpn_capacity_problem *problem, const campaign_allocate_capacity_quota_inputs *inputs,
                                  const campaign_runtime *runtime, campaign_error *error)
{
    rep_fields fields;
    problem->n_reps = campaign_table_n_rows(inputs->reps);
    campaign_status status = read_periods(problem, inputs, error);
    if (status == CAMPAIGN_OK) status = find_fields(&fields, problem, inputs->reps, error);
    if (status == CAMPAIGN_OK) status = cpn_keys_create(&problem->keys, &problem->rep_column, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    problem->reps = cpn_alloc_zero(problem->n_reps, sizeof *problem->reps);
    if (!problem->reps) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < problem->n_reps && status == CAMPAIGN_OK; row++)
        status = take_rep(problem, &fields, row, error);
    return status;
}
