/* What comes in: options, rows and profiles that are refused, with code, place and row; times, huge sums, progress. */
#include "seasons.h"

#include <math.h>

#include "forecast/forecast.h"

static campaign_error refused(const campaign_table *sales, const campaign_seasonality_options *options,
                              campaign_status expected)
{
    campaign_error error = { 0 };
    campaign_table *profile = (campaign_table *)&error;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    const campaign_status status = campaign_forecast_seasonality(&profile, &report, sales, NULL, options, NULL, &error);
    if (status != expected) fail_msg("%s: %s", campaign_status_name(status), error.message);
    assert_null(profile);
    assert_null(report.seasons);
    return error;
}

static campaign_table *make_days(int32_t n)
{
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_MONEY);
    for (int32_t i = 0; i < n; i++) add_order(b, 19000 + i, 1000 + i);
    return close_table(b);
}

static void test_options_outside_their_limits_are_refused(void **state)
{
    (void)state;
    campaign_table *sales = make_days(3);
    const campaign_seasonality_options usual = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    campaign_seasonality_options options = usual;
    options.grain = 5;
    assert_string_equal(refused(sales, &options, CAMPAIGN_E_ARGUMENT).where, "options.grain");
    options = usual;
    options.outlier_limit = -1;
    assert_string_equal(refused(sales, &options, CAMPAIGN_E_ARGUMENT).where, "options.outlier_limit");
    options = usual;
    options.has_first_day = options.has_end_day = 1;
    options.first_day = 10;
    options.end_day = 9;
    assert_string_equal(refused(sales, &options, CAMPAIGN_E_ARGUMENT).where, "options.end_day");
    options = usual;
    options.language = "de";
    assert_string_equal(refused(sales, &options, CAMPAIGN_E_UNKNOWN).where, "options.language");
    options = usual;
    options.n_windows = 1;
    assert_string_equal(refused(sales, &options, CAMPAIGN_E_ARGUMENT).where, "options.windows");
    options.size = 0;
    assert_string_equal(refused(sales, &options, CAMPAIGN_E_ARGUMENT).where, "options");
    options = usual;
    options.reserved_pointer = &usual;
    assert_string_equal(refused(sales, &options, CAMPAIGN_E_ARGUMENT).where, "options.reserved_pointer");
    campaign_table_free(sales);
}

static void test_windows_and_years_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    campaign_table *sales = make_days(3);
    campaign_season_window windows[2] = { CAMPAIGN_SEASON_WINDOW_INIT, CAMPAIGN_SEASON_WINDOW_INIT };
    campaign_season_year years[2] = { CAMPAIGN_SEASON_YEAR_INIT, CAMPAIGN_SEASON_YEAR_INIT };
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.windows = windows;
    options.n_windows = 2;
    windows[0].node = "cny";
    windows[1].node = "cnny";
    const campaign_error unknown = refused(sales, &options, CAMPAIGN_E_UNKNOWN);
    assert_string_equal(unknown.where, "options.windows");
    assert_non_null(strstr(unknown.message, "did you mean \"cny\"?"));
    windows[1].node = "cny";
    assert_int_equal(refused(sales, &options, CAMPAIGN_E_DUPLICATE).row, 1);
    windows[1].first = 1;
    assert_int_equal(refused(sales, &options, CAMPAIGN_E_VALUE).row, 1);
    windows[1].last = 401;
    assert_int_equal(refused(sales, &options, CAMPAIGN_E_VALUE).row, 1);
    windows[1].last = 1;
    windows[1].has_weight = 1;
    windows[1].weight = -0.5;
    assert_int_equal(refused(sales, &options, CAMPAIGN_E_VALUE).row, 1);
    windows[1].node = "";
    assert_int_equal(refused(sales, &options, CAMPAIGN_E_MISSING).row, 1);
    options.n_windows = 0;
    options.years = years;
    options.n_years = 2;
    years[0].year = years[1].year = 2024;
    assert_int_equal(refused(sales, &options, CAMPAIGN_E_DUPLICATE).row, 1);
    years[1].year = 2025;
    assert_non_null(strstr(refused(sales, &options, CAMPAIGN_E_VALUE).message, "the weights of all years are 0"));
    years[1].weight = -1;
    assert_int_equal(refused(sales, &options, CAMPAIGN_E_VALUE).row, 1);
    campaign_table_free(sales);
}

static void test_a_season_finer_than_the_sales_is_refused(void **state)
{
    (void)state;
    campaign_table *sales = make_days(3);
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.grain = CAMPAIGN_GRAIN_QUARTER;
    options.season = CAMPAIGN_SEASON_MONTH;
    const campaign_error error = refused(sales, &options, CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(error.where, "options.season");
    campaign_table_free(sales);
}

static void test_rows_without_date_or_amount_fail_or_are_skipped(void **state)
{
    (void)state;
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    add_sale(b, 19000, 5);
    add_sale(b, 19001, NAN);
    (void)campaign_table_builder_append_int64(b, 0, 19002, NULL);
    (void)campaign_table_builder_append_null(b, 1, NULL);
    campaign_table *sales = close_table(b), *profile = NULL;
    const campaign_error error = refused(sales, NULL, CAMPAIGN_E_VALUE);
    assert_int_equal(error.row, 1);
    assert_string_equal(error.where, "sales.amount");
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.nulls = CAMPAIGN_FORECAST_NULLS_SKIP;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_error none = { 0 };

    assert_ok(campaign_forecast_seasonality(&profile, &report, sales, NULL, &options, NULL, &none), none);

    assert_int_equal(report.n_skipped, 2);
    assert_int_equal(report.n_used, 1);
    assert_int_equal(campaign_table_n_rows(report.skipped), 2);
    assert_int_equal(campaign_table_n_rows(report.skipped_counts), 2);
    campaign_table_free(profile);
    campaign_table_free(sales);
    campaign_seasonality_report_clear(&report);
}

static void test_a_history_of_centuries_is_refused_with_its_dates(void **state)
{
    (void)state;
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_MONEY);
    add_order(b, cpn_day_from_civil(1025, 1, 1), 1);
    add_order(b, cpn_day_from_civil(2025, 1, 1), 1);
    campaign_table *sales = close_table(b);
    const campaign_error error = refused(sales, NULL, CAMPAIGN_E_LIMIT);
    assert_non_null(strstr(error.message, "from 1025-01-01 to 2025-01-01"));
    campaign_table_free(sales);
}

/* 01:30 belongs to the day before where days start at 02:00; outside first_day and end_day nothing counts. */
static void test_times_fall_into_trading_days_within_bounds(void **state)
{
    (void)state;
    static const char *const names[] = { "at", "n" };
    const int32_t types[] = { CAMPAIGN_TYPE_TIMESTAMP, CAMPAIGN_TYPE_INT64 };
    campaign_table_builder *b = open_table(names, types, 2);
    for (int64_t i = 0; i < 4; i++) {
        (void)campaign_table_builder_append_int64(b, 0, (19000 + i) * INT64_C(86400000000) + INT64_C(5400000000), NULL);
        (void)campaign_table_builder_append_int64(b, 1, 10, NULL);
    }
    campaign_table *sales = close_table(b), *profile = NULL;
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.date = "at";
    options.amount = "n";
    options.day_starts_at_minutes = 120;
    options.has_first_day = options.has_end_day = 1;
    options.first_day = 19000;
    options.end_day = 19002;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_error error = { 0 };

    assert_ok(campaign_forecast_seasonality(&profile, &report, sales, NULL, &options, NULL, &error), error);

    assert_int_equal(report.n_outside, 2); /* the days 18999 and 19002 */
    assert_int_equal(report.first_day, 19000);
    assert_int_equal(report.end_day, 19002);
    campaign_table_free(profile);
    campaign_table_free(sales);
    campaign_seasonality_report_clear(&report);
}

/* Two rows of the largest amount a day pass 64 bits and are summed all the same. */
static void test_sums_beyond_64_bits_are_measured(void **state)
{
    (void)state;
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_MONEY);
    const int32_t first_day = cpn_day_from_civil(2023, 1, 1);
    for (int32_t day = first_day; day < first_day + 1096; day++)
        for (int i = 0; i < (cpn_weekday(day) == 7 ? 4 : 2); i++) add_order(b, day, INT64_MAX);
    campaign_table *sales = close_table(b), *profile = NULL;
    campaign_error error = { 0 };

    assert_ok(campaign_forecast_seasonality(&profile, NULL, sales, NULL, NULL, NULL, &error), error);

    assert_near(profile_number(profile, "weekday", 7, "index"), 2 * 7.0 / 8, 1e-9);
    campaign_table_free(profile);
    campaign_table_free(sales);
}

static int stop(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)stage;
    (void)done;
    (void)total;
    ++*(int *)ctx;
    return 1;
}

static void test_progress_may_cancel(void **state)
{
    (void)state;
    campaign_table *sales = make_days(400), *profile = NULL;
    int n_calls = 0;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.progress = stop;
    runtime.ctx = &n_calls;
    assert_int_equal(campaign_forecast_seasonality(&profile, NULL, sales, NULL, NULL, &runtime, NULL),
                     CAMPAIGN_E_CANCELLED);
    assert_null(profile);
    assert_int_equal(n_calls, 1);
    campaign_table_free(sales);
}

/* ---- Profiles -------------------------------------------------------------------------------------------------------- */

static campaign_error refused_profile(const profile_row *rows, int64_t n, campaign_status expected)
{
    campaign_error error = { 0 };
    campaign_table *profile = make_profile(rows, n), *days = profile;
    const campaign_status status = campaign_forecast_day_weights(&days, profile, NULL, 20000, 20010, &error);
    if (status != expected) fail_msg("%s: %s", campaign_status_name(status), error.message);
    assert_null(days);
    campaign_table_free(profile);
    return error;
}

static void test_profiles_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    const double zero = 0;
    const profile_row unknown[] = { { "weekdays", "1", 1, NULL, 0, 0 } };
    const profile_row kind[] = { { "day_kind", "holiday", 1, NULL, 0, 0 } };
    const profile_row number[] = { { "month", "1", 1, NULL, 0, 0 }, { "month", "13", 1, NULL, 0, 0 } };
    const profile_row twice[] = { { "day_kind", "makeup", 1, NULL, 0, 0 }, { "day_kind", "makeup", 1, NULL, 0, 0 } };
    const profile_row nan[] = { { "day_kind", "makeup", zero / zero, NULL, 0, 0 } };
    const profile_row negative[] = { { "day_kind", "makeup", -0.1, NULL, 0, 0 } };
    const profile_row part[] = { { "quarter", "1", 1, NULL, 0, 0 }, { "quarter", "2", 1, NULL, 0, 0 } };
    const profile_row two[] = { { "quarter", "1", 1, NULL, 0, 0 }, { "month", "2", 1, NULL, 0, 0 } };
    const profile_row zeros[] = { { "day_kind", "working", 0, NULL, 0, 0 }, { "day_kind", "weekend", 0, NULL, 0, 0 } };
    const profile_row bare[] = { { "window", "cny", 1, NULL, 0, 0 } };
    const profile_row node[] = { { "window", "w", 1, "nowhere", 0, 0 } };
    const profile_row range[] = { { "window", "w", 1, "cny", 3, 2 } };
    assert_string_equal(refused_profile(unknown, 1, CAMPAIGN_E_UNKNOWN).where, "profile.dimension");
    assert_string_equal(refused_profile(kind, 1, CAMPAIGN_E_UNKNOWN).where, "profile.key");
    assert_int_equal(refused_profile(number, 2, CAMPAIGN_E_UNKNOWN).row, 1);
    assert_int_equal(refused_profile(twice, 2, CAMPAIGN_E_DUPLICATE).row, 1);
    assert_string_equal(refused_profile(nan, 1, CAMPAIGN_E_VALUE).where, "profile.index");
    assert_int_equal(refused_profile(negative, 1, CAMPAIGN_E_VALUE).row, 0);
    assert_string_equal(refused_profile(part, 2, CAMPAIGN_E_MISSING).message, "quarter 3 is missing");
    assert_int_equal(refused_profile(two, 2, CAMPAIGN_E_INFEASIBLE).row, 1);
    assert_string_equal(refused_profile(zeros, 2, CAMPAIGN_E_VALUE).message, "every factor of day_kind is 0");
    assert_string_equal(refused_profile(bare, 1, CAMPAIGN_E_MISSING).where, "profile.node");
    assert_string_equal(refused_profile(node, 1, CAMPAIGN_E_UNKNOWN).where, "profile.node");
    assert_int_equal(refused_profile(range, 1, CAMPAIGN_E_VALUE).row, 0);
}

static void test_a_month_of_a_written_profile_weighs_its_index(void **state)
{
    (void)state;
    profile_row rows[12];
    static const char *const keys[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12" };
    for (int32_t m = 0; m < 12; m++) rows[m] = (profile_row){ "month", keys[m], m == 1 ? 0.5 : 1, NULL, 0, 0 };
    campaign_table *profile = make_profile(rows, 12), *days = NULL;
    const int32_t first_day = cpn_day_from_civil(2028, 1, 1);
    campaign_error error = { 0 };

    assert_ok(campaign_forecast_day_weights(&days, profile, NULL, first_day, first_day + 91, &error), error);

    double months[3] = { 0 };
    for (int32_t i = 0; i < 91; i++) months[i < 31 ? 0 : i < 60 ? 1 : 2] += value_at(days, "weight", i);
    assert_near(months[1] / months[0], 0.5, 1e-12); /* whatever the 29 days of February */
    assert_near(months[2] / months[0], 1, 1e-12);
    campaign_table_free(days);
    campaign_table_free(profile);
}

/* Units are those of the table; a weight above 10,000 makes them coarser by powers of ten. */
static void test_units_are_the_weights_and_never_overflow(void **state)
{
    (void)state;
    const profile_row rows[] = { { "day_kind", "working", 1, NULL, 0, 0 },
                                 { "window", "w", 1e6, "d1111", 0, 0 },
                                 { "window", "v", 3, "d1111", 0, 1 } };
    const int32_t first_day = cpn_day_from_civil(2026, 11, 10);
    for (int64_t n = 1; n <= 3; n += 2) {
        campaign_table *profile = make_profile(rows, n), *days = NULL;
        int64_t units[4];
        campaign_error error = { 0 };
        assert_ok(campaign_forecast_day_weights(&days, profile, NULL, first_day, first_day + 4, &error), error);
        assert_ok(cpn_forecast_day_units(units, profile, NULL, first_day, first_day + 4, &error), error);
        for (int64_t i = 0; i < 4; i++)
            assert_int_equal(units[i], campaign_table_int64(days, campaign_table_find(days, "units"), i));
        assert_int_equal(units[0], n == 1 ? INT64_C(1000000000000) : INT64_C(1000000000));
        if (n == 3) {
            assert_int_equal(units[1], INT64_C(3000000000000000));
            assert_true(cell_equals(days, "window", 1, "w+v"));
            assert_true(cell_equals(days, "window", 2, "v"));
        }
        campaign_table_free(days);
        campaign_table_free(profile);
    }
}

static void test_ranges_are_checked_and_may_be_empty(void **state)
{
    (void)state;
    campaign_table *profile = make_profile(NULL, 0), *days = NULL;
    campaign_error error = { 0 };
    assert_int_equal(campaign_forecast_day_weights(&days, profile, NULL, 10, 9, &error), CAMPAIGN_E_VALUE);
    assert_int_equal(campaign_forecast_day_weights(&days, profile, NULL, 0, 40000, &error), CAMPAIGN_E_LIMIT);
    assert_int_equal(campaign_forecast_day_weights(&days, NULL, NULL, 0, 1, &error), CAMPAIGN_E_ARGUMENT);
    assert_ok(campaign_forecast_day_weights(&days, profile, NULL, 10, 10, &error), error);
    assert_int_equal(campaign_table_n_rows(days), 0);
    campaign_table_free(days);
    campaign_table_free(profile);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_outside_their_limits_are_refused),
        cmocka_unit_test(test_windows_and_years_that_make_no_sense_are_refused),
        cmocka_unit_test(test_a_season_finer_than_the_sales_is_refused),
        cmocka_unit_test(test_rows_without_date_or_amount_fail_or_are_skipped),
        cmocka_unit_test(test_a_history_of_centuries_is_refused_with_its_dates),
        cmocka_unit_test(test_times_fall_into_trading_days_within_bounds),
        cmocka_unit_test(test_sums_beyond_64_bits_are_measured),
        cmocka_unit_test(test_progress_may_cancel),
        cmocka_unit_test(test_profiles_that_make_no_sense_are_refused),
        cmocka_unit_test(test_a_month_of_a_written_profile_weighs_its_index),
        cmocka_unit_test(test_units_are_the_weights_and_never_overflow),
        cmocka_unit_test(test_ranges_are_checked_and_may_be_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
