/* Quotas from capacity: exact products, ramps, the gap between above and below, the flag, and what is refused. */
#include "quota_cases.h"

typedef struct rep_case {
    double visits, win_rate, days;  /* days NAN = not given */
    int64_t ticket, start, maximum; /* start INT64_MIN, maximum NONE = not given */
} rep_case;

static campaign_table *reps_table(const rep_case *reps, int32_t n, bool is_reversed)
{
    static const struct {
        const char *name;
        int32_t type;
    } columns[] = { { "rep", CAMPAIGN_TYPE_INT64 },        { "visits_a_day", CAMPAIGN_TYPE_FLOAT64 },
                    { "win_rate", CAMPAIGN_TYPE_FLOAT64 }, { "working_days", CAMPAIGN_TYPE_FLOAT64 },
                    { "ticket", CAMPAIGN_TYPE_MONEY },     { "start_month", CAMPAIGN_TYPE_INT32 },
                    { "maximum", CAMPAIGN_TYPE_MONEY } };
    campaign_table_builder *builder = NULL;
    assert_int_equal(campaign_table_builder_create(&builder, NULL), CAMPAIGN_OK);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        (void)campaign_table_builder_add_column(builder, columns[i].name, columns[i].type,
                                                columns[i].type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, NULL);
    for (int32_t i = 0; i < n; i++) {
        const int32_t at = is_reversed ? n - 1 - i : i;
        (void)campaign_table_builder_append_int64(builder, 0, at, NULL);
        (void)campaign_table_builder_append_float64(builder, 1, reps[at].visits, NULL);
        (void)campaign_table_builder_append_float64(builder, 2, reps[at].win_rate, NULL);
        if (isnan(reps[at].days))
            (void)campaign_table_builder_append_null(builder, 3, NULL);
        else
            (void)campaign_table_builder_append_float64(builder, 3, reps[at].days, NULL);
        (void)campaign_table_builder_append_int64(builder, 4, reps[at].ticket, NULL);
        put_bound(builder, 5, reps[at].start == INT64_MIN ? NONE : reps[at].start);
        put_bound(builder, 6, reps[at].maximum);
    }
    return finish(builder);
}

/* month and one number. */
static campaign_table *months_table(const char *name, const double *numbers, int32_t n)
{
    campaign_table_builder *builder = NULL;
    assert_int_equal(campaign_table_builder_create(&builder, NULL), CAMPAIGN_OK);
    (void)campaign_table_builder_add_column(builder, "month", CAMPAIGN_TYPE_INT32, NULL, NULL);
    (void)campaign_table_builder_add_column(builder, name, CAMPAIGN_TYPE_FLOAT64, NULL, NULL);
    for (int32_t i = 0; i < n; i++) {
        (void)campaign_table_builder_append_int64(builder, 0, n - i, NULL);
        (void)campaign_table_builder_append_float64(builder, 1, numbers[n - i - 1], NULL);
    }
    return finish(builder);
}

typedef struct capacity_result {
    campaign_table *quotas;
    campaign_allocate_capacity_quota_report report;
} capacity_result;

static campaign_status run_reps(capacity_result *result, campaign_table *tables[3], int64_t total, int32_t method,
                                campaign_error *error)
{
    const capacity_result empty = { .report = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_REPORT_INIT };
    campaign_allocate_capacity_quota_inputs inputs = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_INPUTS_INIT;
    campaign_allocate_capacity_quota_options options = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_OPTIONS_INIT;
    *result = empty;
    inputs.reps = tables[0], inputs.ramp = tables[1], inputs.months = tables[2];
    options.has_total = total != NONE, options.total_minor = total != NONE ? total : 0, options.method = method;
    const campaign_status status =
        campaign_allocate_capacity_quota(&result->quotas, &result->report, &inputs, &options, NULL, error);
    for (int32_t i = 0; i < 3; i++) campaign_table_free(tables[i]);
    return status;
}

static int64_t cell(const capacity_result *result, const char *column, int64_t row)
{
    return campaign_table_int64(result->quotas, campaign_table_find(result->quotas, column), row);
}

static void clear(capacity_result *result)
{
    campaign_table_free(result->quotas);
    campaign_allocate_capacity_quota_report_clear(&result->report);
}

/* 250 days × 6 visits × 20 % × 400.00 = 120,000.00; the second starts in month 7 of 12 with 25 %, 50 %, 75 % and then all:
 * 250 × (0.25 + 0.5 + 0.75 + 3) / 12 = 93.75 days → 45,000.00. The target of 198,000.00 is 20 % above: 144,000 and 54,000. */
static void test_a_new_rep_climbs_the_ramp(void **state)
{
    (void)state;
    static const rep_case reps[] = { { 6, 0.2, 250, 40000, INT64_MIN, NONE }, { 6, 0.2, 250, 40000, 7, NONE } };
    static const double ramp[] = { 0.25, 0.5, 0.75 };
    campaign_table *tables[] = { reps_table(reps, 2, true), months_table("share", ramp, 3), NULL };
    capacity_result result;
    campaign_error error = { 0 };
    char text[512];
    assert_ok(run_reps(&result, tables, 19800000, 0, &error), error);
    assert_int_equal(cell(&result, "capacity", 0), 12000000);
    assert_int_equal(cell(&result, "capacity", 1), 4500000);
    assert_int_equal(cell(&result, "quota", 0), 14400000);
    assert_int_equal(cell(&result, "quota", 1), 5400000);
    assert_int_equal(cell(&result, "gap", 1), 900000);
    assert_int_equal(result.report.capacity_minor, 16500000);
    assert_int_equal(result.report.gap_minor, 3300000);
    assert_int_equal(result.report.n_over, 0); /* 20 % exactly is not passed */
    assert_int_equal(result.report.is_over, 0);
    assert_true(campaign_table_float64(result.quotas, campaign_table_find(result.quotas, "effective_days"), 1) ==
                93.75);
    assert_true(campaign_table_float64(result.quotas, campaign_table_find(result.quotas, "deals"), 0) == 300);
    assert_string_equal(text_at(text, result.quotas, "text", 1),
                        "54000.00 is asked, 45000.00 can be sold: 20 percent too much.");
    assert_string_equal(text_at(text, result.report.notes, "code", 0), "ramping");
    clear(&result);
}

/* One minor unit more than 20 % above is flagged. */
static void test_quotas_beyond_the_flag_are_marked(void **state)
{
    (void)state;
    static const rep_case reps[] = { { 1, 1, 1, 500, INT64_MIN, NONE } };
    for (int64_t total = 600; total <= 601; total++) {
        campaign_table *tables[] = { reps_table(reps, 1, false), NULL, NULL };
        capacity_result result;
        campaign_error error = { 0 };
        assert_ok(run_reps(&result, tables, total, 0, &error), error);
        assert_int_equal(cell(&result, "is_over", 0), total > 600);
        assert_int_equal(result.report.n_over, total > 600);
        assert_int_equal(result.report.is_over, total > 600);
        clear(&result);
    }
}

/* 3 × 0.1 × 0.35 × 10.00 = 1.05 exactly: in binary it is a little less, and half a fen would be lost. 1 × 1 × 0.125 × 0.04 =
 * 0.5 fen, rounded up. */
static void test_capacity_is_exact_in_decimals(void **state)
{
    (void)state;
    static const rep_case reps[] = { { 0.1, 0.35, 3, 1000, INT64_MIN, NONE },
                                     { 1, 0.125, 1, 4, INT64_MIN, NONE },
                                     { 1e6, 1, 3660, INT64_C(1000000000), INT64_MIN, NONE } };
    static const int64_t expected[] = { 105, 1, INT64_C(3660000000000000000) };
    campaign_table *tables[] = { reps_table(reps, 3, false), NULL, NULL };
    capacity_result result;
    campaign_error error = { 0 };
    assert_ok(run_reps(&result, tables, NONE, 0, &error), error);
    for (int64_t row = 0; row < 3; row++) {
        assert_int_equal(cell(&result, "capacity", row), expected[row]);
        assert_int_equal(cell(&result, "quota", row), expected[row]); /* the total is all capacity */
    }
    clear(&result);
}

/* Months of 20, 18 and 22 days: a rep of these has 60; one with 30 days of its own has them in that proportion, and starts in
 * month 2: 30 × (18 + 22) / 60 = 20. A maximum of 100.00 leaves the rest to others. */
static void test_months_have_their_own_working_days(void **state)
{
    (void)state;
    static const rep_case reps[] = { { 1, 1, NAN, 1000, INT64_MIN, NONE }, { 1, 1, 30, 1000, 2, 10000 } };
    static const double months[] = { 20, 18, 22 };
    campaign_table *tables[] = { reps_table(reps, 2, false), NULL, months_table("working_days", months, 3) };
    capacity_result result;
    campaign_error error = { 0 };
    char text[512];
    assert_ok(run_reps(&result, tables, 80000, CAMPAIGN_QUOTA_SAINTE_LAGUE, &error), error);
    assert_int_equal(cell(&result, "capacity", 0), 60000);
    assert_int_equal(cell(&result, "capacity", 1), 20000);
    assert_int_equal(cell(&result, "quota", 0), 70000);
    assert_int_equal(cell(&result, "quota", 1), 10000);
    assert_string_equal(text_at(text, result.quotas, "held", 1), "maximum");
    clear(&result);
}

static void expect(campaign_table *tables[3], int64_t total, campaign_status status, const char *where,
                   const char *words)
{
    capacity_result result;
    campaign_error error = { 0 };
    const campaign_status found = run_reps(&result, tables, total, 0, &error);
    if (found != status || strcmp(error.where, where) != 0 || !strstr(error.message, words))
        fail_msg("%s at %s \"%s\"", campaign_status_name(found), error.where, error.message);
    assert_null(result.quotas);
    assert_null(result.report.notes);
}

static void test_bad_input_is_refused(void **state)
{
    (void)state;
    static const double months[] = { 20, NAN }, idle[] = { 0, 0 };
    rep_case rep = { 1, 1.5, 20, 1000, INT64_MIN, NONE };
    campaign_table *wide[] = { reps_table(&rep, 1, false), NULL, NULL };
    expect(wide, 5, CAMPAIGN_E_VALUE, "reps.win_rate", "win_rate is 1.5, expected 0 to 1");
    rep.win_rate = 1, rep.days = NAN;
    campaign_table *without[] = { reps_table(&rep, 1, false), NULL, NULL };
    expect(without, 5, CAMPAIGN_E_MISSING, "reps.working_days", "no working days");
    campaign_table *holes[] = { reps_table(&rep, 1, false), NULL, months_table("working_days", months, 2) };
    expect(holes, 5, CAMPAIGN_E_VALUE, "months.working_days", "working_days is nan");
    campaign_table *none[] = { reps_table(&rep, 1, false), NULL, months_table("working_days", idle, 2) };
    expect(none, 5, CAMPAIGN_E_VALUE, "months.working_days", "no working day");
    rep.days = 20, rep.start = 13;
    campaign_table *late[] = { reps_table(&rep, 1, false), NULL, NULL };
    expect(late, 5, CAMPAIGN_E_VALUE, "reps.start_month", "start_month is 13");
    rep.start = INT64_MIN, rep.visits = 0;
    campaign_table *idle_rep[] = { reps_table(&rep, 1, false), NULL, NULL };
    expect(idle_rep, 5, CAMPAIGN_E_VALUE, "reps", "all weights are 0");
    rep.visits = 1e6, rep.ticket = INT64_C(4000000000000000000);
    campaign_table *large[] = { reps_table(&rep, 1, false), NULL, NULL };
    expect(large, 5, CAMPAIGN_E_OVERFLOW, "reps", "capacity passes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_new_rep_climbs_the_ramp),     cmocka_unit_test(test_quotas_beyond_the_flag_are_marked),
        cmocka_unit_test(test_capacity_is_exact_in_decimals), cmocka_unit_test(test_months_have_their_own_working_days),
        cmocka_unit_test(test_bad_input_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
