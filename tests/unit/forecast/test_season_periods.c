/* Indexes of periods: against published decompositions and hand-worked years, with weights, shrinking, weeks of long
 * years, coarse sales, and the seasons made of them. */
#include "seasons.h"

#include "forecast/forecast.h"

static campaign_table *measure(campaign_seasonality_report *report, campaign_table *sales,
                               const campaign_seasonality_options *options)
{
    campaign_error error = { 0 };
    campaign_table *profile = NULL;
    assert_ok(campaign_forecast_seasonality(&profile, report, sales, NULL, options, NULL, &error), error);
    campaign_table_free(sales);
    return profile;
}

static void end(campaign_table *profile, campaign_seasonality_report *report)
{
    campaign_table_free(profile);
    campaign_seasonality_report_clear(report);
}

static campaign_table *make_months(const double *values, int32_t n, int32_t year)
{
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    for (int32_t i = 0; i < n; i++) add_sale(b, cpn_day_from_civil(year + i / 12, i % 12 + 1, 1), values[i]);
    return close_table(b);
}

static campaign_table *make_quarters(const double *values, int32_t n, int32_t year)
{
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    for (int32_t i = 0; i < n; i++) add_sale(b, cpn_day_from_civil(year + i / 4, i % 4 * 3 + 1, 15), values[i]);
    return close_table(b);
}

/* International airline passengers, thousands, 1949 to 1960 (Box & Jenkins, Time Series Analysis, 1976, series G). The
 * indexes are those of R's decompose(AirPassengers, "multiplicative")$figure: ratios to the centred 2×12 mean. */
static void test_moving_ratios_agree_with_a_published_decomposition(void **state)
{
    (void)state;
    static const double passengers[] = {
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158,
        133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218,
        230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235,
        227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
        284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404,
        347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
        548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432
    };
    static const double figure[] = { 0.9102304, 0.8836253, 1.0073663, 0.9759060, 0.9813780, 1.1127758,
                                     1.2265555, 1.2199110, 1.0604919, 0.9217572, 0.8011781, 0.8988244 };
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.method = CAMPAIGN_RATIO_TO_MOVING;
    options.keeps_outliers = 1; /* as R does */
    options.new_year = CAMPAIGN_NEW_YEAR_APART;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, make_months(passengers, (int32_t)COUNT(passengers), 1949), &options);

    assert_int_equal(report.grain, CAMPAIGN_GRAIN_MONTH);
    for (int32_t m = 0; m < 12; m++) assert_near(profile_number(profile, "month", m + 1, "index"), figure[m], 5e-8);
    end(profile, &report);
}

static void test_moving_ratios_need_two_years_and_fall_back(void **state)
{
    (void)state;
    static const double sales[] = { 60, 80, 120, 140, 66 };
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.method = CAMPAIGN_RATIO_TO_MOVING;
    options.shrink = CAMPAIGN_SHRINK_NEVER;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, make_quarters(sales, 5, 2024), &options);

    assert_true(has_note(report.notes, "moving_short", "quarter"));
    assert_near(profile_number(profile, "quarter", 1, "index"), 0.6, 1e-15);
    end(profile, &report);
}

/* One year: 0.6, 0.8, 1.2, 1.4 are 0.4 in squares from 1; with a deviation of 0.15 the James-Stein share is
 * 1 - (4 - 3) × 0.0225 / 0.4 = 0.94375. */
static void test_one_year_is_shrunk_by_the_prior(void **state)
{
    (void)state;
    static const double sales[] = { 60, 80, 120, 140 };
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, make_quarters(sales, 4, 2025), NULL);

    assert_near(report.shrinkage, 0.94375, 1e-12);
    assert_near(report.spread, 0.15, 0);
    assert_near(profile_number(profile, "quarter", 1, "raw_index"), 0.6, 1e-12);
    assert_near(profile_number(profile, "quarter", 1, "index"), 1 - 0.4 * 0.94375, 1e-12);
    assert_true(has_note(report.notes, "shrunk", "quarter"));
    end(profile, &report);
}

/* Two years of 0.5, 0.9, 1.1, 1.5 and 0.7, 0.7, 1.3, 1.3: every ratio lies 0.1 from its mean: 8 squares of 0.01 over
 * 8 × 1/2 × 3/4 = 3 degrees of freedom (two years a quarter, and quarters have the mean 1) are a variance of 2/75. The
 * means 0.6, 0.8, 1.2, 1.4 are 0.4 in squares from 1, so the share is 1 - (2/75) / (2 × 0.4) = 29/30. */
static void test_two_years_are_shrunk_by_their_own_spread(void **state)
{
    (void)state;
    static const double sales[] = { 50, 90, 110, 150, 140, 140, 260, 260 };
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, make_quarters(sales, 8, 2024), NULL);

    assert_near(report.spread * report.spread, 2.0 / 75, 1e-12);
    assert_near(report.shrinkage, 29.0 / 30, 1e-12);
    assert_near(profile_number(profile, "quarter", 4, "index"), 1 + 0.4 * 29 / 30, 1e-12);
    assert_near(profile_number(profile, "quarter", 4, "low"), 1.3, 1e-12);
    assert_near(profile_number(profile, "quarter", 4, "high"), 1.5, 1e-12);
    end(profile, &report);
}

static void test_years_count_by_their_weights(void **state)
{
    (void)state;
    static const double sales[] = { 60, 80, 120, 140, 80, 120, 120, 80, 10, 10, 10, 370 };
    const campaign_season_year years[] = { { sizeof *years, 2023, 1 }, { sizeof *years, 2024, 3 } };
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.years = years;
    options.n_years = 2;
    options.shrink = CAMPAIGN_SHRINK_NEVER;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, make_quarters(sales, 12, 2023), &options);

    assert_int_equal(report.n_years, 2); /* 2025 is not listed */
    assert_near(profile_number(profile, "quarter", 1, "index"), (0.6 + 3 * 0.8) / 4, 1e-12);
    assert_near(profile_number(profile, "quarter", 4, "index"), (1.4 + 3 * 0.8) / 4, 1e-12);
    end(profile, &report);
}

/* Twelve months from July 2024 hold no calendar year, but a year that begins in July. */
static void test_a_year_begins_where_whole_years_are_found(void **state)
{
    (void)state;
    double sales[12];
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    for (int32_t i = 0; i < 12; i++) {
        sales[i] = 100 + i;
        add_sale(b, cpn_day_from_civil(2024 + (i + 6) / 12, (i + 6) % 12 + 1, 1), sales[i]);
    }
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.shrink = CAMPAIGN_SHRINK_NEVER;
    options.new_year = CAMPAIGN_NEW_YEAR_APART;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, close_table(b), &options);

    assert_int_equal(report.n_years, 1);
    assert_near(profile_number(profile, "month", 7, "index"), 100 / 105.5, 1e-12);
    assert_near(profile_number(profile, "month", 6, "index"), 111 / 105.5, 1e-12);
    end(profile, &report);
}

/* Sales of 1 a day, 2.2 before and 0.8 during the festival, told by the month: with the same windows assumed, the rates
 * of January and February are those of every other month, and 2027 is split as it will be. */
static void test_monthly_sales_split_the_new_year_by_assumed_windows(void **state)
{
    (void)state;
    static const double january[] = { 53.6, 44.2, 54.4 }, february[] = { 28.0, 38.4, 27.2 }; /* 2023 to 2025 */
    double sales[36];
    for (int32_t i = 0; i < 36; i++) {
        sales[i] = cpn_days_in_month(2023 + i / 12, i % 12 + 1);
        if (i % 12 == 0) sales[i] = january[i / 12];
        if (i % 12 == 1) sales[i] = february[i / 12];
    }
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_error error = { 0 };

    campaign_table *profile = measure(&report, make_months(sales, 36, 2023), NULL), *days = NULL;
    const int32_t first_day = cpn_day_from_civil(2027, 1, 1);
    assert_ok(campaign_forecast_day_weights(&days, profile, NULL, first_day, first_day + 59, &error), error);

    double parts[2] = { 0 };
    for (int32_t i = 0; i < 59; i++) parts[i >= 31] += value_at(days, "weight", i);
    for (int32_t m = 1; m <= 12; m++) assert_near(profile_number(profile, "month", m, "factor"), 1, 1e-12);
    assert_near(parts[0] / (parts[0] + parts[1]), 0.60049, 5e-7);
    assert_true(has_note(report.notes, "coarse_history", "sales.date"));
    assert_true(has_note(report.notes, "window_assumed", "cny 0..6"));
    campaign_table_free(days);
    end(profile, &report);
}

/* Four years in which May sells 1000 once instead of 100: with a tenth as the least limit it counts as 110. Of two years
 * nobody can say which one is odd. */
static void test_an_odd_month_needs_four_years_to_be_told(void **state)
{
    (void)state;
    double sales[48];
    for (int32_t i = 0; i < 48; i++) sales[i] = cpn_days_in_month(2022 + i / 12, i % 12 + 1) * 10.0;
    sales[28] = 3100;
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.new_year = CAMPAIGN_NEW_YEAR_APART;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, make_months(sales, 48, 2022), &options);

    assert_int_equal(report.n_outliers, 1);
    assert_true(cell_equals(report.treated, "date", 0, "2024-05-01"));
    assert_near(value_at(report.treated, "value", 0), 3100, 1e-9);
    assert_near(value_at(report.treated, "expected", 0), 310, 1e-9);
    assert_near(value_at(report.treated, "treated", 0), 341, 1e-9);
    assert_near(profile_number(profile, "month", 5, "factor"), 1, 0.03);
    end(profile, &report);

    profile = measure(&report, make_months(sales + 24, 24, 2024), &options);
    assert_int_equal(report.n_outliers, 0);
    assert_true(profile_number(profile, "month", 5, "raw_index") > 2);
    end(profile, &report);
}

/* ---- Weeks ----------------------------------------------------------------------------------------------------------- */

/* ISO 2020 has 53 weeks. Each week of 2019 to 2022 sells 100, week 10 200 and week 53 of 2020 150. */
static void test_week_53_is_measured_beside_the_others(void **state)
{
    (void)state;
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    const int32_t first_day = cpn_day_from_civil(2018, 12, 31), end_day = cpn_day_from_civil(2023, 1, 2);
    for (int32_t day = first_day; day < end_day; day += 7) {
        const cpn_instance_id week = cpn_instance_of(CPN_DIM_ISO_WEEK, day);
        add_sale(b, day, week.number == 10 ? 200 : week.number == 53 ? 150 : 100);
    }
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.omits_windows = 1;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, close_table(b), &options);

    const double mean = 5300.0 / 52; /* of the first 52 weeks */
    assert_int_equal(report.grain, CAMPAIGN_GRAIN_WEEK);
    assert_int_equal(report.n_years, 4);
    assert_near(profile_number(profile, "iso_week", 10, "factor"), 200 / mean, 1e-12);
    assert_near(profile_number(profile, "iso_week", 53, "factor"), 150 / mean, 1e-12);
    assert_near(profile_number(profile, "iso_week", 53, "years"), 1, 0);
    assert_true(find_row(profile, "month", "5") >= 0);
    assert_int_equal(find_row(profile, "weekday", "1"), -1);
    end(profile, &report);
}

/* Without a long year in the history week 53 is the mean of weeks 52 and 1. */
static void test_week_53_without_history_follows_its_neighbours(void **state)
{
    (void)state;
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    const int32_t first_day = cpn_day_from_civil(2021, 1, 4), end_day = cpn_day_from_civil(2025, 12, 29);
    for (int32_t day = first_day; day < end_day; day += 7) {
        const int32_t week = cpn_instance_of(CPN_DIM_ISO_WEEK, day).number;
        add_sale(b, day, week == 52 ? 300 : week == 1 ? 200 : 100);
    }
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.omits_windows = 1;
    options.season = CAMPAIGN_SEASON_ISO_WEEK;

    campaign_table *profile = measure(&report, close_table(b), &options), *days = NULL;
    campaign_error error = { 0 };
    const int32_t week_53 = cpn_day_from_civil(2026, 12, 28);
    assert_ok(campaign_forecast_day_weights(&days, profile, NULL, week_53 - 7, week_53 + 14, &error), error);

    assert_near(value_at(days, "weight", 7) * 2, value_at(days, "weight", 0) + value_at(days, "weight", 14), 1e-12);
    assert_near(profile_number(profile, "iso_week", 53, "years"), 0, 0);
    campaign_table_free(days);
    end(profile, &report);
}

static void test_fiscal_weeks_carry_the_season_where_asked(void **state)
{
    (void)state;
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    /* Fiscal years 2024 and 2025: 2024-02-04 to 2026-01-31. */
    for (int32_t day = cpn_day_from_civil(2024, 2, 4); day < cpn_day_from_civil(2026, 2, 1); day++)
        add_sale(b, day, cpn_instance_of(CPN_DIM_FISCAL_WEEK, day).number == 43 ? 300 : 100);
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.season = CAMPAIGN_SEASON_FISCAL_WEEK;
    options.keeps_outliers = 1;
    options.shrink = CAMPAIGN_SHRINK_NEVER;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, close_table(b), &options);

    assert_int_equal(report.n_years, 2);
    assert_near(profile_number(profile, "fiscal_week", 43, "index"), 300 * 52 / 5400.0, 1e-6);
    assert_int_equal(find_row(profile, "iso_week", "1"), -1);
    assert_true(
        campaign_table_is_null(profile, campaign_table_find(profile, "factor"), find_row(profile, "month", "3")));
    end(profile, &report);
}

/* ---- Seasons --------------------------------------------------------------------------------------------------------- */

/* December and January sell 1.5 of a mean month's day, June and July half; the peak passes the year's end. */
static void test_a_peak_may_pass_the_years_end(void **state)
{
    (void)state;
    double sales[48];
    for (int32_t i = 0; i < 48; i++) {
        const int32_t month = i % 12 + 1;
        sales[i] = cpn_days_in_month(2022 + i / 12, month) * (month == 12 || month == 1  ? 1.5
                                                              : month == 6 || month == 7 ? 0.5
                                                                                         : 1);
    }
    sales[47] = 31 * 0.9; /* the last December was none */
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.new_year = CAMPAIGN_NEW_YEAR_APART;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, make_months(sales, 48, 2022), &options);

    const campaign_table *seasons = report.seasons;
    assert_int_equal(campaign_table_n_rows(seasons), 4);
    int64_t peak = 0;
    while (!cell_equals(seasons, "season", peak, "peak")) peak++;
    assert_true(cell_equals(seasons, "first", peak, "12") && cell_equals(seasons, "last", peak, "1"));
    assert_true(cell_equals(seasons, "preheat_first", peak, "10"));
    assert_true(cell_equals(seasons, "preheat_latest", peak, "11"));
    assert_true(cell_equals(seasons, "retention_last", peak, "2"));
    assert_true(cell_equals(seasons, "years", peak, "3")); /* three turns of the year lie in the history */
    assert_true(cell_equals(seasons, "years_held", peak, "3"));
    double share = 0;
    for (int64_t i = 0; i < 4; i++) share += value_at(seasons, "share", i);
    assert_near(share, 1, 1e-12);
    end(profile, &report);
}

/* A year from December to November: the peak from November to January is cut by both its ends, and still held once. */
static void test_a_peak_cut_by_the_history_is_counted(void **state)
{
    (void)state;
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    for (int32_t i = 0; i < 12; i++) {
        const int32_t month = (i + 11) % 12 + 1, year = i == 0 ? 2024 : 2025;
        const bool is_peak = month == 11 || month == 12 || month == 1;
        add_sale(b, cpn_day_from_civil(year, month, 1), cpn_days_in_month(year, month) * (is_peak ? 2.0 : 1.0));
    }
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.new_year = CAMPAIGN_NEW_YEAR_APART;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;

    campaign_table *profile = measure(&report, close_table(b), &options);

    int64_t peak = 0;
    while (!cell_equals(report.seasons, "season", peak, "peak")) peak++;
    assert_true(cell_equals(report.seasons, "first", peak, "11") && cell_equals(report.seasons, "last", peak, "1"));
    assert_true(cell_equals(report.seasons, "years", peak, "1") &&
                cell_equals(report.seasons, "years_held", peak, "1"));
    end(profile, &report);
}

static void test_reasons_speak_both_languages(void **state)
{
    (void)state;
    static const double sales[] = { 100, 100, 100, 180, 100, 100, 100, 180, 100, 100, 100, 180 };
    for (int language = 0; language < 2; language++) {
        campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
        options.language = language ? "zh" : "en";
        campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
        campaign_table *profile = measure(&report, make_quarters(sales, 12, 2023), &options);
        int64_t peak = 0;
        while (!cell_equals(report.seasons, "season", peak, "peak")) peak++;
        /* A day of the fourth quarter: 180/92 against 480/365 and a quarter. */
        assert_true(cell_equals(report.seasons, "reason", peak,
                                language
                                    ? "第 4 季度：日均销售比全年日均高 49%，3 年中有 3 年如此。"
                                    : "A day of quarter 4 sells 49% more than the mean day of the year; so in 3 of 3 "
                                      "years."));
        assert_true(cell_equals(report.seasons, "preheat_first", peak, "8"));
        end(profile, &report);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moving_ratios_agree_with_a_published_decomposition),
        cmocka_unit_test(test_moving_ratios_need_two_years_and_fall_back),
        cmocka_unit_test(test_one_year_is_shrunk_by_the_prior),
        cmocka_unit_test(test_two_years_are_shrunk_by_their_own_spread),
        cmocka_unit_test(test_years_count_by_their_weights),
        cmocka_unit_test(test_a_year_begins_where_whole_years_are_found),
        cmocka_unit_test(test_monthly_sales_split_the_new_year_by_assumed_windows),
        cmocka_unit_test(test_an_odd_month_needs_four_years_to_be_told),
        cmocka_unit_test(test_week_53_is_measured_beside_the_others),
        cmocka_unit_test(test_week_53_without_history_follows_its_neighbours),
        cmocka_unit_test(test_fiscal_weeks_carry_the_season_where_asked),
        cmocka_unit_test(test_a_peak_may_pass_the_years_end),
        cmocka_unit_test(test_a_peak_cut_by_the_history_is_counted),
        cmocka_unit_test(test_reasons_speak_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
