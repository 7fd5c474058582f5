/* Days that need treatment: outliers, closures, gaps, days of rest, returns, a festival that is missing from a year. */
#include "seasons.h"

static const int32_t end_year = 2026;

/* Three years of 1000 a day times a weekday; 2023-01-01 is a Sunday. */
static double usual_sale(int32_t day)
{
    static const double weekdays[] = { 0.8, 0.85, 0.9, 0.95, 1.1, 1.3, 1.1 }; /* mean 1 */
    return 1000 * weekdays[cpn_weekday(day) - 1];
}

static int32_t day_of(int32_t year, int32_t month, int32_t day)
{
    return cpn_day_from_civil(year, month, day);
}

typedef double (*sale_of_day)(int32_t day);

static campaign_table *make_history(sale_of_day sale, int32_t first_day, int32_t end_day)
{
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    for (int32_t day = first_day; day < end_day; day++)
        if (sale(day) != 0) add_sale(b, day, sale(day));
    return close_table(b);
}

static campaign_table *measure(campaign_seasonality_report *report, sale_of_day sale,
                               const campaign_seasonality_options *options)
{
    campaign_error error = { 0 };
    campaign_table *sales = make_history(sale, day_of(2023, 1, 1), day_of(end_year, 1, 1)), *profile = NULL;
    assert_ok(campaign_forecast_seasonality(&profile, report, sales, NULL, options, NULL, &error), error);
    campaign_table_free(sales);
    return profile;
}

static void end(campaign_table *profile, campaign_seasonality_report *report)
{
    campaign_table_free(profile);
    campaign_seasonality_report_clear(report);
}

/* ---- Outliers ------------------------------------------------------------------------------------------------------- */

static double sale_with_outlier(int32_t day)
{
    return usual_sale(day) * (day == day_of(2024, 5, 20) ? 500 : 1);
}

/* Without noise a tenth of the expected is the limit: 500 × 800 on a Monday counts as 880, and no weekday moves by more
 * than the tenth of one day in its 157. */
static void test_an_outlier_is_listed_and_moves_nothing(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, sale_with_outlier, NULL);

    assert_int_equal(report.n_outliers, 1);
    assert_int_equal(campaign_table_n_rows(report.treated), 1);
    assert_true(cell_equals(report.treated, "kind", 0, "outlier"));
    assert_true(cell_equals(report.treated, "date", 0, "2024-05-20"));
    assert_near(value_at(report.treated, "value", 0), 400000, 1e-6);
    assert_near(value_at(report.treated, "expected", 0), 800, 4);
    assert_near(value_at(report.treated, "treated", 0), 880, 5);
    assert_near(profile_number(profile, "weekday", 1, "index"), 0.8, 0.001);
    assert_near(profile_number(profile, "month", 5, "factor"), 1, 0.002);
    end(profile, &report);
}

static void test_outliers_stay_where_it_is_asked(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.keeps_outliers = 1;

    campaign_table *profile = measure(&report, sale_with_outlier, &options);

    assert_int_equal(report.n_outliers, 0);
    /* In 2024 May sells some 430 of 765 thousand, 6.7 times its share; with 1 in the other years that is above 2. */
    assert_true(profile_number(profile, "month", 5, "index") > 2);
    end(profile, &report);
}

static double sale_with_nodes(int32_t day)
{
    const cpn_civil date = cpn_civil_from_day(day);
    return usual_sale(day) * (date.month == 11 && date.day == 11 ? 5 : 1);
}

static void test_a_node_without_window_is_an_outlier_that_recurs(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, sale_with_nodes, NULL);

    assert_int_equal(report.n_outliers, 3);
    assert_true(has_note(report.notes, "recurring_outlier", "11-11"));
    end(profile, &report);
}

/* ---- Closures ------------------------------------------------------------------------------------------------------- */

static double sale_with_closures(int32_t day)
{
    const int32_t closed = day_of(2024, 8, 13), holiday = day_of(2024, 10, 1);
    return cpn_weekday(day) == 6 || day == closed || day == holiday ? 0 : usual_sale(day);
}

/* A shop closed on Saturdays, once on a Tuesday in August, and on National Day of one year. */
static void test_closures_are_told_apart(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, sale_with_closures, NULL);

    assert_int_equal(count_treated(report.treated, "closed_weekday"), 1);
    assert_int_equal(count_treated(report.treated, "closed"), 1);
    assert_int_equal(count_treated(report.treated, "closed_in_window"), 1);
    assert_near(profile_number(profile, "weekday", 6, "factor"), 0, 0);
    /* The other six sell 0.8 to 1.1 of 1000 with the sum 5.7; seven have the mean 1. */
    assert_near(profile_number(profile, "weekday", 5, "factor"), 1.1 * 7 / 5.7, 0.002);
    assert_near(profile_number(profile, "month", 8, "factor"), 1, 0.002);
    assert_int_equal(report.n_closed, 1);
    end(profile, &report);
}

static double sale_closed_for_christmas(int32_t day)
{
    const cpn_civil date = cpn_civil_from_day(day);
    return date.month == 12 && date.day == 25 ? 0 : usual_sale(day);
}

/* Left out it is told; within a window of its node it weighs 0. */
static void test_a_closure_every_year_is_told_or_a_window_of_zero(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_season_window window = CAMPAIGN_SEASON_WINDOW_INIT;
    window.node = "christmas";
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.windows = &window;
    options.n_windows = 1;

    campaign_table *profile = measure(&report, sale_closed_for_christmas, NULL);
    assert_true(has_note(report.notes, "recurring_closure", "12-25"));
    assert_int_equal(count_treated(report.treated, "closed"), 3);
    end(profile, &report);

    profile = measure(&report, sale_closed_for_christmas, &options);
    assert_false(has_note(report.notes, "recurring_closure", NULL));
    assert_near(profile_value(profile, "window", "christmas 0..0", "factor"), 0, 0);
    assert_near(profile_number(profile, "month", 12, "factor"), 1, 1e-9);
    end(profile, &report);
}

static double sale_with_gap(int32_t day)
{
    return day >= day_of(2024, 6, 1) && day < day_of(2024, 9, 1) ? 0 : usual_sale(day);
}

static void test_a_gap_of_months_is_noted_and_its_year_left_out(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, sale_with_gap, NULL);

    assert_true(has_note(report.notes, "gap", "sales.date"));
    assert_int_equal(report.n_closed, 92);
    assert_int_equal(report.n_years, 2);
    assert_int_equal(count_treated(report.treated, "closed"), 0);
    for (int32_t m = 1; m <= 12; m++) assert_near(profile_number(profile, "month", m, "factor"), 1, 1e-9);
    end(profile, &report);
}

/* Closed for the three weeks before and the week of the festival of 2024; other years sell 1.5 and 0.5 there. */
static double sale_without_festival(int32_t day)
{
    static const int32_t festivals[][3] = { { 2023, 1, 22 }, { 2024, 2, 10 }, { 2025, 1, 29 } };
    double sold = usual_sale(day);
    for (int i = 0; i < 3; i++) {
        const int32_t offset = day - day_of(festivals[i][0], festivals[i][1], festivals[i][2]);
        if (offset >= -20 && offset < 0) sold *= 1.5;
        if (offset >= 0 && offset <= 6) sold *= 0.5;
        if (i == 1 && offset >= -21 && offset <= 8) sold = 0;
    }
    return sold;
}

static void test_a_festival_missing_from_a_year_is_measured_from_the_others(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, sale_without_festival, NULL);

    assert_true(has_note(report.notes, "window_missing", "cny -20..-1"));
    assert_true(has_note(report.notes, "window_missing", "cny 0..6"));
    assert_near(profile_value(profile, "window", "cny -20..-1", "index"), 1.5, 1e-6);
    assert_near(profile_value(profile, "window", "cny 0..6", "index"), 0.5, 1e-6);
    assert_near(profile_value(profile, "window", "cny 0..6", "years"), 2, 0);
    end(profile, &report);
}

static double sale_of_closed_holidays(int32_t day)
{
    static const int32_t festivals[][3] = { { 2023, 1, 22 }, { 2024, 2, 10 }, { 2025, 1, 29 } };
    for (int i = 0; i < 3; i++) {
        const int32_t offset = day - day_of(festivals[i][0], festivals[i][1], festivals[i][2]);
        if (offset >= 0 && offset <= 6) return 0;
    }
    return usual_sale(day);
}

static void test_a_shop_closed_over_the_festival_has_a_window_of_zero(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, sale_of_closed_holidays, NULL);

    assert_near(profile_value(profile, "window", "cny 0..6", "factor"), 0, 0);
    assert_near(profile_value(profile, "window", "cny -20..-1", "factor"), 1, 1e-6);
    assert_near(profile_value(profile, "day_kind", "statutory", "factor"), 1, 1e-6);
    assert_int_equal(count_treated(report.treated, "closed_in_window"), 21);
    end(profile, &report);
}

static double sale_to_business(int32_t day)
{
    return day % 3 == 0 ? 500 + (double)(day * INT64_C(7919) % 1000) : 0;
}

static void test_days_without_sales_count_where_they_are_the_rule(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, sale_to_business, NULL);

    assert_true(has_note(report.notes, "sparse", "sales.date"));
    assert_int_equal(report.n_closed, 0);
    assert_int_equal(report.n_outliers, 0);
    for (int32_t m = 1; m <= 12; m++) assert_near(profile_number(profile, "month", m, "factor"), 1, 0.2);
    end(profile, &report);
}

static double sale_with_returns(int32_t day)
{
    return day == day_of(2024, 3, 13) ? -250 : usual_sale(day);
}

static void test_a_day_of_net_returns_counts_as_closed(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, sale_with_returns, NULL);

    assert_int_equal(count_treated(report.treated, "negative"), 1);
    assert_near(value_at(report.treated, "value", 0), -250, 0);
    assert_near(profile_number(profile, "month", 3, "factor"), 1, 1e-9);
    end(profile, &report);
}

/* ---- Short histories ------------------------------------------------------------------------------------------------ */

static void test_less_than_a_year_gives_weekdays_and_says_why_no_more(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_table *sales = make_history(usual_sale, day_of(2025, 3, 1), day_of(2025, 8, 1)), *profile = NULL;
    campaign_error error = { 0 };

    assert_ok(campaign_forecast_seasonality(&profile, &report, sales, NULL, NULL, NULL, &error), error);

    assert_true(has_note(report.notes, "short_history", "month"));
    assert_true(has_note(report.notes, "window_assumed", "cny -20..-1"));
    assert_int_equal(find_row(profile, "month", "1"), -1);
    assert_int_equal(campaign_table_n_rows(report.seasons), 0);
    assert_near(profile_number(profile, "weekday", 6, "index"), 1.3, 1e-9);
    assert_near(profile_value(profile, "window", "cny -20..-1", "index"), 2.2, 0);
    assert_near(profile_value(profile, "window", "cny -20..-1", "years"), 0, 0);
    campaign_table_free(sales);
    end(profile, &report);
}

static void test_no_rows_make_an_empty_profile(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_table *sales = close_table(open_sales(CAMPAIGN_TYPE_MONEY)), *profile = NULL, *days = NULL;
    campaign_error error = { 0 };

    assert_ok(campaign_forecast_seasonality(&profile, &report, sales, NULL, NULL, NULL, &error), error);
    assert_ok(campaign_forecast_day_weights(&days, profile, NULL, 20000, 20002, &error), error);

    assert_int_equal(campaign_table_n_rows(profile), 0);
    assert_true(has_note(report.notes, "empty_history", "sales"));
    assert_int_equal(report.first_day, report.end_day);
    assert_near(value_at(days, "weight", 1), 1, 0);
    campaign_table_free(days);
    campaign_table_free(sales);
    end(profile, &report);
}

static double sale_in_one_day(int32_t day)
{
    return day == day_of(2024, 2, 29) ? 77 : 0;
}

static void test_one_day_of_sales_is_no_season(void **state)
{
    (void)state;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, sale_in_one_day, NULL);

    assert_int_equal(report.end_day - report.first_day, 1);
    assert_int_equal(report.n_used, 1);
    assert_true(has_note(report.notes, "few_days", "weekday"));
    end(profile, &report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_outlier_is_listed_and_moves_nothing),
        cmocka_unit_test(test_outliers_stay_where_it_is_asked),
        cmocka_unit_test(test_a_node_without_window_is_an_outlier_that_recurs),
        cmocka_unit_test(test_closures_are_told_apart),
        cmocka_unit_test(test_a_closure_every_year_is_told_or_a_window_of_zero),
        cmocka_unit_test(test_a_gap_of_months_is_noted_and_its_year_left_out),
        cmocka_unit_test(test_a_festival_missing_from_a_year_is_measured_from_the_others),
        cmocka_unit_test(test_a_shop_closed_over_the_festival_has_a_window_of_zero),
        cmocka_unit_test(test_days_without_sales_count_where_they_are_the_rule),
        cmocka_unit_test(test_a_day_of_net_returns_counts_as_closed),
        cmocka_unit_test(test_less_than_a_year_gives_weekdays_and_says_why_no_more),
        cmocka_unit_test(test_no_rows_make_an_empty_profile),
        cmocka_unit_test(test_one_day_of_sales_is_no_season),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
