/* Reads the weeks of the calendar, what single items may do in them, and prices before the first one. */
#include "base/memory.h"
#include "base/sort.h"
#include "plan/weeks/weeks.h"

enum { WEEK, START, SEASON, QUARTER, BLACKOUT, N_FIELDS };
enum { WEEKS_A_QUARTER = 13, DAYS_A_WEEK = 7 };

#define NUMBER (CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT)
#define BOOL   CPN_TYPE_BIT(CAMPAIGN_TYPE_BOOL)

static const cpn_weeks_spec specs[N_FIELDS] = {
    { "week", "weeks.week", CPN_ANY_INT, true, -1e9, 1e9, 0 },
    { "start", "weeks.start", CPN_TYPE_BIT(CAMPAIGN_TYPE_DATE), false, CAMPAIGN_DAY_MIN, CAMPAIGN_DAY_MAX, 0 },
    { "season", "weeks.season", NUMBER, false, 0, 1e6, 1 },
    { "quarter", "weeks.quarter", CPN_ANY_INT, false, -1e9, 1e9, 0 },
    { "is_blackout", "weeks.is_blackout", BOOL, false, 0, 1, 0 },
};

static int compare_weeks(const void *a, const void *b, const void *ctx)
{
    const cpn_weeks_week *left = a, *right = b;
    (void)ctx;
    return (left->number > right->number) - (left->number < right->number);
}

static campaign_status read_week(cpn_weeks_problem *problem, const cpn_weeks_field *fields, int64_t row,
                                 campaign_error *error)
{
    int64_t number, start, quarter, is_blackout;
    cpn_weeks_week *week = &problem->weeks[row];
    campaign_status status = cpn_weeks_int(&number, &fields[WEEK], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&start, &fields[START], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_float(&week->season, &fields[SEASON], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&quarter, &fields[QUARTER], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&is_blackout, &fields[BLACKOUT], row, error);
    if (status != CAMPAIGN_OK) return status;
    week->number = (int32_t)number;
    week->start = (int32_t)start;
    week->quarter = (int32_t)quarter;
    week->is_blackout = is_blackout != 0;
    return CAMPAIGN_OK;
}

/* A column is used where every row has a value; a calendar with half its dates is a mistake. */
static campaign_status is_whole(bool *found, const cpn_weeks_field *field, int32_t n, campaign_error *error)
{
    int64_t n_values = 0, gap = 0;
    for (int32_t row = 0; row < n; row++) {
        if (cpn_weeks_has(field, row))
            n_values++;
        else
            gap = row;
    }
    *found = n_values == n;
    if (n_values == 0 || n_values == n) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, gap, field->spec->where, "%s is null here and given in %lld weeks",
                        field->spec->name, (long long)n_values);
}

static campaign_status check_order(const cpn_weeks_problem *problem, campaign_error *error)
{
    for (int32_t i = 1; i < problem->n_weeks; i++) {
        const cpn_weeks_week *before = &problem->weeks[i - 1], *week = &problem->weeks[i];
        if (week->number == before->number)
            return cpn_fail(error, CAMPAIGN_E_DUPLICATE, "weeks.week", "week %ld stands twice", (long)week->number);
        if (week->number != before->number + 1)
            return cpn_fail(error, CAMPAIGN_E_VALUE, "weeks.week",
                            "week %ld follows week %ld: weeks must be consecutive", (long)week->number,
                            (long)before->number);
        if (problem->has_starts && week->start - before->start != DAYS_A_WEEK)
            return cpn_fail(error, CAMPAIGN_E_VALUE, "weeks.start",
                            "week %ld starts %ld days after week %ld, expected 7", (long)week->number,
                            (long)week->start - before->start, (long)before->number);
    }
    return CAMPAIGN_OK;
}

/* Blocks of 13 weeks; a rest of a few weeks, such as a 53rd one, belongs to the last whole block. */
static void number_quarters(cpn_weeks_problem *problem, bool has_quarters)
{
    const int32_t n_blocks = problem->n_weeks / WEEKS_A_QUARTER;
    const int32_t rest = problem->n_weeks % WEEKS_A_QUARTER;
    const int32_t last = rest > WEEKS_A_QUARTER / 2 || n_blocks == 0 ? n_blocks : n_blocks - 1;
    for (int32_t i = 0; i < problem->n_weeks; i++) {
        cpn_weeks_week *week = &problem->weeks[i];
        const int32_t block = i / WEEKS_A_QUARTER;
        if (!has_quarters) week->quarter = (block < last ? block : last) + 1;
        week->quarter_number = i == 0 ? 0 : week[-1].quarter_number + (week->quarter != week[-1].quarter);
    }
}

/* A quarter that comes back after another would have its promotions counted twice. */
static campaign_status check_quarters(const cpn_weeks_problem *problem, campaign_error *error)
{
    for (int32_t i = 0; i < problem->n_weeks; i++)
        for (int32_t j = 0; j < i; j++)
            if (problem->weeks[i].quarter == problem->weeks[j].quarter &&
                problem->weeks[i].quarter_number != problem->weeks[j].quarter_number)
                return cpn_fail(error, CAMPAIGN_E_VALUE, "weeks.quarter",
                                "quarter %ld holds weeks %ld and %ld with another quarter between them",
                                (long)problem->weeks[i].quarter, (long)problem->weeks[j].number,
                                (long)problem->weeks[i].number);
    return CAMPAIGN_OK;
}

static campaign_status make_plain_weeks(cpn_weeks_problem *problem, campaign_error *error)
{
    problem->n_weeks = problem->knobs.given.n_weeks;
    problem->weeks = cpn_alloc_zero(problem->n_weeks, sizeof *problem->weeks);
    if (!problem->weeks) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < problem->n_weeks; i++) problem->weeks[i] = (cpn_weeks_week){ .number = i + 1, .season = 1 };
    number_quarters(problem, false);
    return CAMPAIGN_OK;
}

campaign_status cpn_weeks_read_weeks(cpn_weeks_problem *problem, const campaign_table *table, campaign_error *error)
{
    if (!table) return make_plain_weeks(problem, error);
    cpn_weeks_field fields[N_FIELDS];
    campaign_status status = cpn_weeks_open(fields, specs, N_FIELDS, table, NULL, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t n_rows = campaign_table_n_rows(table);
    if (n_rows < 1 || n_rows > CAMPAIGN_PROMOTION_WEEKS_MAX)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "weeks", "there are %lld weeks, expected 1 to %d", (long long)n_rows,
                        CAMPAIGN_PROMOTION_WEEKS_MAX);
    problem->n_weeks = (int32_t)n_rows;
    problem->weeks = cpn_alloc_zero(n_rows, sizeof *problem->weeks);
    if (!problem->weeks) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++) status = read_week(problem, fields, row, error);
    bool has_quarters = false;
    if (status == CAMPAIGN_OK) status = is_whole(&problem->has_starts, &fields[START], problem->n_weeks, error);
    if (status == CAMPAIGN_OK) status = is_whole(&has_quarters, &fields[QUARTER], problem->n_weeks, error);
    if (status != CAMPAIGN_OK) return status;
    if (!cpn_sort(problem->weeks, n_rows, sizeof *problem->weeks, compare_weeks, NULL)) return cpn_fail_nomem(error);
    status = check_order(problem, error);
    if (status != CAMPAIGN_OK) return status;
    number_quarters(problem, has_quarters);
    return check_quarters(problem, error);
}

campaign_status cpn_weeks_find_week(int32_t *place, const cpn_weeks_problem *problem, const cpn_weeks_field *field,
                                    int64_t row, campaign_error *error)
{
    int64_t number;
    const campaign_status status = cpn_weeks_int(&number, field, row, error);
    if (status != CAMPAIGN_OK) return status;
    *place = (int32_t)(number - problem->weeks[0].number);
    if (*place >= 0 && *place < problem->n_weeks) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, field->spec->where, "week %lld is not one of %ld to %ld",
                        (long long)number, (long)problem->weeks[0].number,
                        (long)problem->weeks[problem->n_weeks - 1].number);
}

int32_t cpn_weeks_find_quarter(const cpn_weeks_problem *problem, int64_t label)
{
    for (int32_t i = 0; i < problem->n_weeks; i++)
        if (problem->weeks[i].quarter == label) return problem->weeks[i].quarter_number;
    return -1;
}
