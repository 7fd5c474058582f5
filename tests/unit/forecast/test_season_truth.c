/* Day weights and indexes against worked cases: seasonal indexes by quarter, Spring Festival windows by month, the split
 * of January and February, and the kinds of day of an October. */
#include "seasons.h"

static campaign_table *weigh(const campaign_table *profile, int32_t first_day, int32_t end_day)
{
    campaign_error error = { 0 };
    campaign_table *days = NULL;
    assert_ok(campaign_forecast_day_weights(&days, profile, NULL, first_day, end_day, &error), error);
    assert_int_equal(campaign_table_n_rows(days), end_day - first_day);
    return days;
}

/* Sum of the units of the days from first_day to end_day, of a table that begins with table_day. */
static int64_t sum_units(const campaign_table *days, int32_t table_day, int32_t first_day, int32_t end_day)
{
    const int32_t units = campaign_table_find(days, "units");
    int64_t sum = 0;
    for (int32_t day = first_day; day < end_day; day++) sum += campaign_table_int64(days, units, day - table_day);
    return sum;
}

/* Quarters of three years; 0.672107 = (120/180 + 132/200 + 150/217.5) / 3. A target of 1000 splits in their proportion. */
static void test_quarter_index_is_the_mean_of_yearly_ratios(void **state)
{
    (void)state;
    static const double sales[3][4] = { { 120, 180, 150, 270 }, { 132, 198, 162, 308 }, { 150, 210, 174, 336 } };
    static const double expected[] = { 0.672107, 0.985172, 0.814444, 1.528276 };
    static const int64_t target[] = { 168, 246, 204, 382 };
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    for (int32_t year = 0; year < 3; year++)
        for (int32_t q = 0; q < 4; q++) add_sale(b, cpn_day_from_civil(2023 + year, q * 3 + 1, 1), sales[year][q]);
    campaign_table *table = close_table(b), *profile = NULL;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_error error = { 0 };

    assert_ok(campaign_forecast_seasonality(&profile, &report, table, NULL, NULL, NULL, &error), error);

    int64_t weights[4], parts[4], rest;
    assert_int_equal(report.grain, CAMPAIGN_GRAIN_QUARTER);
    assert_int_equal(report.n_years, 3);
    for (int32_t q = 0; q < 4; q++) {
        const double index = profile_number(profile, "quarter", q + 1, "index");
        assert_near(index, expected[q], 5e-7);
        assert_near(profile_number(profile, "quarter", q + 1, "share") * 4, index, 1e-15);
        weights[q] = (int64_t)(index * 1e12 + 0.5);
    }
    const campaign_split_problem problem = {
        .size = sizeof problem, .total_minor = 1000, .n_cells = 4, .weights = weights
    };
    assert_ok(campaign_split(parts, &rest, &problem, &error), error);
    for (int32_t q = 0; q < 4; q++) assert_int_equal(parts[q], target[q]);
    campaign_table_free(profile);
    campaign_table_free(table);
    campaign_seasonality_report_clear(&report);
}

/* Share of the days of each window by month, 2020 to 2030: {days in January, February, March}. */
static void test_spring_festival_windows_lie_in_their_months(void **state)
{
    (void)state;
    static const int32_t expected[11][3][3] = {
        /* before, 20 days    during, 7      after, 14 */
        { { 20, 0, 0 }, { 7, 0, 0 }, { 0, 14, 0 } }, /* 2020-01-25 */
        { { 9, 11, 0 }, { 0, 7, 0 }, { 0, 10, 4 } }, /* 2021-02-12 */
        { { 20, 0, 0 }, { 0, 7, 0 }, { 0, 14, 0 } }, /* 2022-02-01 */
        { { 20, 0, 0 }, { 7, 0, 0 }, { 3, 11, 0 } }, /* 2023-01-22 */
        { { 11, 9, 0 }, { 0, 7, 0 }, { 0, 13, 1 } }, /* 2024-02-10 */
        { { 20, 0, 0 }, { 3, 4, 0 }, { 0, 14, 0 } }, /* 2025-01-29 */
        { { 4, 16, 0 }, { 0, 7, 0 }, { 0, 5, 9 } },  /* 2026-02-17 */
        { { 15, 5, 0 }, { 0, 7, 0 }, { 0, 14, 0 } }, /* 2027-02-06 */
        { { 20, 0, 0 }, { 6, 1, 0 }, { 0, 14, 0 } }, /* 2028-01-26 */
        { { 8, 12, 0 }, { 0, 7, 0 }, { 0, 9, 5 } },  /* 2029-02-13 */
        { { 18, 2, 0 }, { 0, 7, 0 }, { 0, 14, 0 } }, /* 2030-02-03 */
    };
    static const char *const names[] = { "before", "during", "after" };
    const profile_row rows[] = { { "window", "before", 2, "cny", -20, -1 },
                                 { "window", "during", 3, "cny", 0, 6 },
                                 { "window", "after", 5, "cny", 7, 20 } };
    campaign_table *profile = make_profile(rows, 3);
    const int32_t first_day = cpn_day_from_civil(2020, 1, 1), end_day = cpn_day_from_civil(2031, 1, 1);

    campaign_table *days = weigh(profile, first_day, end_day);

    int32_t found[11][3][3] = { { { 0 } } };
    for (int32_t day = first_day; day < end_day; day++) {
        const cpn_civil date = cpn_civil_from_day(day);
        const double weight = value_at(days, "weight", day - first_day);
        for (int32_t w = 0; w < 3; w++) {
            if (!cell_equals(days, "window", day - first_day, names[w])) continue;
            assert_true(date.month <= 3);
            assert_near(weight, rows[w].index, 0);
            found[date.year - 2020][w][date.month - 1]++;
        }
    }
    assert_memory_equal(found, expected, sizeof expected);
    campaign_table_free(days);
    campaign_table_free(profile);
}

/* Before the festival a day weighs 2.2, in its week 0.8, otherwise 1: weights of January and February 2023 to 2030.
 * In 2026 January has 27 ordinary days and 4 of the window: 27 + 4 × 2.2 = 35.8. */
static void test_january_and_february_split_by_the_festival(void **state)
{
    (void)state;
    static const int64_t tenths[8][2] = { { 536, 280 }, { 442, 384 }, { 544, 272 }, { 358, 458 },
                                          { 490, 326 }, { 538, 288 }, { 406, 410 }, { 526, 290 } };
    const profile_row rows[] = { { "window", "cny -20..-1", 2.2, "cny", -20, -1 },
                                 { "window", "cny 0..6", 0.8, "cny", 0, 6 },
                                 { "window", "cny 7..20", 1.0, "cny", 7, 20 } };
    campaign_table *profile = make_profile(rows, 3);
    for (int32_t year = 2023; year <= 2030; year++) {
        const int32_t january = cpn_day_from_civil(year, 1, 1), february = cpn_day_from_civil(year, 2, 1);
        const int32_t march = cpn_day_from_civil(year, 3, 1);

        campaign_table *days = weigh(profile, january, march);

        assert_int_equal(sum_units(days, january, january, february), tenths[year - 2023][0] * INT64_C(100000000000));
        assert_int_equal(sum_units(days, january, february, march), tenths[year - 2023][1] * INT64_C(100000000000));
        campaign_table_free(days);
    }
    campaign_table_free(profile);
}

/* October 2026 with 3,100,000.00: 3 statutory days weigh 2, 4 swapped and 6 weekend days 1.6, 17 working days and the
 * make-up Saturday 1, in all 6 + 16 + 18 = 40, so a unit of weight is 77,500.00. */
static void test_october_splits_by_kinds_of_day_to_the_fen(void **state)
{
    (void)state;
    static const int64_t weeks[] = { 58900000, 72850000, 63550000, 63550000, 51150000 };
    const profile_row rows[] = { { "day_kind", "working", 1, NULL, 0, 0 },
                                 { "day_kind", "weekend", 1.6, NULL, 0, 0 },
                                 { "day_kind", "swapped", 1.6, NULL, 0, 0 },
                                 { "day_kind", "statutory", 2, NULL, 0, 0 },
                                 { "day_kind", "makeup", 1, NULL, 0, 0 } };
    campaign_table *profile = make_profile(rows, 5);
    const int32_t first_day = cpn_day_from_civil(2026, 10, 1);

    campaign_table *days = weigh(profile, first_day, first_day + 31);

    int64_t weights[31], parts[31], rest, sums[5] = { 0 };
    for (int32_t i = 0; i < 31; i++) weights[i] = sum_units(days, first_day, first_day + i, first_day + i + 1);
    campaign_split_problem problem = CAMPAIGN_SPLIT_PROBLEM_INIT;
    problem.total_minor = 310000000;
    problem.n_cells = 31;
    problem.weights = weights;
    campaign_error error = { 0 };
    assert_ok(campaign_split(parts, &rest, &problem, &error), error);
    assert_int_equal(sum_units(days, first_day, first_day, first_day + 31), INT64_C(40000000000000));
    assert_int_equal(parts[0], 15500000);
    assert_int_equal(parts[3], 12400000);
    assert_int_equal(parts[7], 7750000);
    assert_int_equal(parts[9], 7750000);
    assert_int_equal(parts[10], 12400000);
    assert_true(cell_equals(days, "day_kind", 9, "makeup"));
    for (int32_t i = 0; i < 31; i++) sums[(i + 3) / 7] += parts[i]; /* 2026-10-01 is a Thursday */
    assert_memory_equal(sums, weeks, sizeof weeks);
    campaign_table_free(days);
    campaign_table_free(profile);
}

/* Long run, 2001 to 2100: before the festival 72.2 % of the days lie in January and 27.8 % in February; during it 27.1
 * and 72.9; after it 2.4, 83.1 and 14.5 with March. */
static void test_windows_of_a_century_have_their_long_run_shares(void **state)
{
    (void)state;
    static const double expected[3][3] = { { 72.2, 27.8, 0 }, { 27.1, 72.9, 0 }, { 2.4, 83.1, 14.5 } };
    static const char *const names[] = { "before", "during", "after" };
    const profile_row rows[] = { { "window", "before", 2, "cny", -20, -1 },
                                 { "window", "during", 2, "cny", 0, 6 },
                                 { "window", "after", 2, "cny", 7, 20 } };
    campaign_table *profile = make_profile(rows, 3);
    const int32_t first_day = cpn_day_from_civil(2001, 1, 1), end_day = cpn_day_from_civil(2101, 1, 1);

    campaign_table *days = weigh(profile, first_day, end_day);

    for (int32_t w = 0; w < 3; w++) {
        int32_t n[3] = { 0 }, all = 0;
        for (int32_t day = first_day; day < end_day; day++) {
            if (!cell_equals(days, "window", day - first_day, names[w])) continue;
            n[cpn_civil_from_day(day).month - 1]++;
            all++;
        }
        for (int32_t m = 0; m < 3; m++) assert_near(100.0 * n[m] / all, expected[w][m], 0.05);
    }
    campaign_table_free(days);
    campaign_table_free(profile);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quarter_index_is_the_mean_of_yearly_ratios),
        cmocka_unit_test(test_spring_festival_windows_lie_in_their_months),
        cmocka_unit_test(test_january_and_february_split_by_the_festival),
        cmocka_unit_test(test_october_splits_by_kinds_of_day_to_the_fen),
        cmocka_unit_test(test_windows_of_a_century_have_their_long_run_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
