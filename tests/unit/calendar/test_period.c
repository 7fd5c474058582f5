/* Periods: published fiscal years, ISO weeks, the edges of each kind. */
#include "facts.h"

#include <campaign/calendar.h>

static campaign_period period_of(const char *date, int32_t kind)
{
    campaign_error error = { 0 };
    campaign_period period = CAMPAIGN_PERIOD_INIT;
    campaign_period_options options = CAMPAIGN_PERIOD_OPTIONS_INIT;
    options.kind = kind;
    assert_ok(campaign_calendar_period(&period, day_of(date), &options, &error), error);
    return period;
}

static void assert_period(const char *date, int32_t kind, const char *label, const char *start, const char *end)
{
    const campaign_period period = period_of(date, kind);
    assert_string_equal(period.label, label);
    assert_int_equal(period.start, day_of(start));
    assert_int_equal(period.end, day_of(end));
    assert_int_equal(period.kind, kind);
}

static void test_published_fiscal_years(void **state)
{
    (void)state;
    cpn_json *json = read_facts("cases/target_cases.json");
    int n_years = 0;
    for (const cpn_json_value *item = member(cpn_json_root(json), "T15_nrf454")->first; item; item = item->next) {
        const char *start = member(item, "start")->text, *last = member(item, "end")->text;
        const int32_t n_weeks = number_of(member(item, "weeks")->text);
        campaign_period period = period_of(start, CAMPAIGN_PERIOD_FISCAL_YEAR);
        assert_int_equal(period.year, number_of(item->key));
        assert_int_equal(period.start, day_of(start));
        assert_int_equal(period.end, day_of(last) + 1);
        assert_int_equal(period_of(last, CAMPAIGN_PERIOD_FISCAL_YEAR).start, period.start);
        period = period_of(last, CAMPAIGN_PERIOD_FISCAL_WEEK);
        assert_int_equal(period.number, n_weeks);
        assert_int_equal(period.end, day_of(last) + 1);
        period = period_of(last, CAMPAIGN_PERIOD_FISCAL_MONTH);
        assert_int_equal(period.number, 12);
        assert_int_equal(period.end - period.start, (n_weeks == 53 ? 5 : 4) * 7);
        n_years++;
    }
    cpn_json_free(json);
    assert_int_equal(n_years, 41);
}

static void test_fiscal_months_have_four_five_four_weeks(void **state)
{
    (void)state;
    static const int32_t weeks[12] = { 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4 };
    campaign_period_options options = CAMPAIGN_PERIOD_OPTIONS_INIT;
    options.kind = CAMPAIGN_PERIOD_FISCAL_MONTH;
    int32_t day = day_of("2026-02-01");
    for (int32_t month = 1; month <= 12; month++) {
        campaign_period period = CAMPAIGN_PERIOD_INIT;
        assert_int_equal(campaign_calendar_period(&period, day, &options, NULL), CAMPAIGN_OK);
        assert_int_equal(period.number, month);
        assert_int_equal(period.start, day);
        assert_int_equal(period.end - period.start, weeks[month - 1] * 7);
        day = period.end;
    }
    assert_period("2026-05-02", CAMPAIGN_PERIOD_FISCAL_QUARTER, "FY2026-Q1", "2026-02-01", "2026-05-03");
    assert_period("2029-02-03", CAMPAIGN_PERIOD_FISCAL_QUARTER, "FY2028-Q4", "2028-10-29", "2029-02-04"); /* 14 weeks */
    assert_period("2026-03-01", CAMPAIGN_PERIOD_FISCAL_MONTH, "FY2026-P02", "2026-03-01", "2026-04-05");
    assert_period("2026-01-31", CAMPAIGN_PERIOD_FISCAL_WEEK, "FY2025-W52", "2026-01-25", "2026-02-01");
}

/* Years with 53 ISO weeks, as the calendar of ISO 8601 has them. */
static void test_iso_years(void **state)
{
    (void)state;
    static const int32_t long_years[] = { 2004, 2009, 2015, 2020, 2026, 2032, 2037 };
    size_t n_long = 0;
    for (int32_t year = 2000; year <= 2040; year++) {
        char date[16];
        (void)snprintf(date, sizeof date, "%04d-12-28", (int)year); /* always in the last week */
        const campaign_period period = period_of(date, CAMPAIGN_PERIOD_ISO_WEEK);
        assert_int_equal(period.year, year);
        const bool is_long = n_long < 7 && long_years[n_long] == year;
        assert_int_equal(period.number, is_long ? 53 : 52);
        n_long += is_long;
    }
    assert_int_equal(n_long, 7);
    assert_period("2027-01-03", CAMPAIGN_PERIOD_ISO_WEEK, "2026-W53", "2026-12-28", "2027-01-04");
    assert_period("2024-12-30", CAMPAIGN_PERIOD_ISO_WEEK, "2025-W01", "2024-12-30", "2025-01-06");
}

static void test_calendar_periods(void **state)
{
    (void)state;
    assert_period("2028-02-29", CAMPAIGN_PERIOD_MONTH, "2028-02", "2028-02-01", "2028-03-01");
    assert_period("2027-12-31", CAMPAIGN_PERIOD_MONTH, "2027-12", "2027-12-01", "2028-01-01");
    assert_period("2027-06-30", CAMPAIGN_PERIOD_QUARTER, "2027-Q2", "2027-04-01", "2027-07-01");
    assert_period("2027-06-30", CAMPAIGN_PERIOD_YEAR, "2027", "2027-01-01", "2028-01-01");
    assert_int_equal(period_of("2027-06-30", CAMPAIGN_PERIOD_QUARTER).number, 2);
    assert_int_equal(period_of("2027-06-30", CAMPAIGN_PERIOD_YEAR).number, 1);
}

static void test_weeks_of_a_plan(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_period period = CAMPAIGN_PERIOD_INIT;
    campaign_period_options options = CAMPAIGN_PERIOD_OPTIONS_INIT;
    options.kind = CAMPAIGN_PERIOD_PLAN_WEEK;
    assert_int_equal(campaign_calendar_period(&period, 0, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "options.plan_start");
    options.has_plan_start = 1;
    options.plan_start = day_of("2027-01-01");
    assert_ok(campaign_calendar_period(&period, day_of("2027-01-07"), &options, &error), error);
    assert_string_equal(period.label, "W1");
    assert_ok(campaign_calendar_period(&period, day_of("2028-01-07"), &options, &error), error);
    assert_string_equal(period.label, "W54"); /* 371 days are 53 whole weeks */
    assert_int_equal(period.year, 2027);
    assert_int_equal(period.start, day_of("2028-01-07"));
    assert_int_equal(campaign_calendar_period(&period, day_of("2026-12-31"), &options, &error), CAMPAIGN_E_VALUE);
    assert_int_equal(period.number, 0);
}

static void test_edges_of_time_are_refused_not_wrong(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_period period = CAMPAIGN_PERIOD_INIT;
    campaign_period_options options = CAMPAIGN_PERIOD_OPTIONS_INIT;
    for (options.kind = CAMPAIGN_PERIOD_MONTH; options.kind < CAMPAIGN_PERIOD_PLAN_WEEK; options.kind++) {
        const bool is_whole = options.kind <= CAMPAIGN_PERIOD_YEAR;
        const campaign_status last = campaign_calendar_period(&period, CAMPAIGN_DAY_MAX, &options, &error);
        assert_int_equal(last, is_whole ? CAMPAIGN_OK : CAMPAIGN_E_VALUE);
        const campaign_status first = campaign_calendar_period(&period, CAMPAIGN_DAY_MIN, &options, &error);
        const bool starts_there = is_whole || options.kind == CAMPAIGN_PERIOD_ISO_WEEK; /* a Monday */
        assert_int_equal(first, starts_there ? CAMPAIGN_OK : CAMPAIGN_E_VALUE);
        assert_int_equal(campaign_calendar_period(&period, CAMPAIGN_DAY_MAX + 1, &options, &error), CAMPAIGN_E_VALUE);
    }
    options.kind = 0;
    assert_int_equal(campaign_calendar_period(&period, 0, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_calendar_period(&period, 0, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_calendar_period(NULL, 0, &options, &error), CAMPAIGN_E_ARGUMENT);
}

static void test_table_covers_a_year(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_calendar *china = NULL;
    assert_ok(campaign_calendar_create(&china, NULL, &error), error);
    campaign_period_options options = CAMPAIGN_PERIOD_OPTIONS_INIT;
    options.kind = CAMPAIGN_PERIOD_MONTH;
    campaign_table *months = NULL;
    assert_ok(campaign_calendar_periods(&months, china, day_of("2026-01-15"), day_of("2027-01-01"), &options, &error),
              error);
    static const int32_t working[12] = { 21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23 }; /* of 2026, by notice */
    assert_int_equal(campaign_table_n_rows(months), 12);
    for (int64_t row = 0; row < 12; row++) {
        assert_int_equal(campaign_table_int64(months, campaign_table_find(months, "number"), row), row + 1);
        assert_int_equal(campaign_table_int64(months, campaign_table_find(months, "n_working_days"), row),
                         working[row]);
    }
    assert_int_equal(campaign_table_int64(months, campaign_table_find(months, "start"), 0), day_of("2026-01-01"));
    campaign_table_free(months);
    options.kind = CAMPAIGN_PERIOD_PLAN_WEEK; /* counted from the first day */
    assert_ok(campaign_calendar_periods(&months, NULL, day_of("2026-01-15"), day_of("2026-01-30"), &options, &error),
              error);
    assert_int_equal(campaign_table_n_rows(months), 3);
    assert_int_equal(campaign_table_is_null(months, campaign_table_find(months, "n_working_days"), 0), 1);
    campaign_table_free(months);
    campaign_calendar_free(china);
}

static void test_table_of_strange_ranges(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_table *periods = NULL;
    campaign_period_options options = CAMPAIGN_PERIOD_OPTIONS_INIT;
    options.kind = CAMPAIGN_PERIOD_ISO_WEEK;
    assert_ok(campaign_calendar_periods(&periods, NULL, 5, 5, &options, &error), error);
    assert_int_equal(campaign_table_n_rows(periods), 0);
    campaign_table_free(periods);
    assert_int_equal(campaign_calendar_periods(&periods, NULL, 5, 4, &options, &error), CAMPAIGN_E_VALUE);
    assert_null(periods);
    const int32_t last_weeks = CAMPAIGN_DAY_MAX - 20;
    assert_int_equal(campaign_calendar_periods(&periods, NULL, last_weeks, CAMPAIGN_DAY_MAX + 1, &options, &error),
                     CAMPAIGN_E_VALUE);
    assert_null(periods);
    assert_ok(campaign_calendar_periods(&periods, NULL, day_of("1900-01-01"), day_of("2100-01-01"), &options, &error),
              error);
    assert_int_equal(campaign_table_n_rows(periods), 10436); /* 73049 days from a Monday: 10435.57 weeks */
    campaign_table_free(periods);
    options.size = 4;
    assert_int_equal(campaign_calendar_periods(&periods, NULL, 0, 9, &options, &error), CAMPAIGN_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_fiscal_years),
        cmocka_unit_test(test_fiscal_months_have_four_five_four_weeks),
        cmocka_unit_test(test_iso_years),
        cmocka_unit_test(test_calendar_periods),
        cmocka_unit_test(test_weeks_of_a_plan),
        cmocka_unit_test(test_edges_of_time_are_refused_not_wrong),
        cmocka_unit_test(test_table_covers_a_year),
        cmocka_unit_test(test_table_of_strange_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
