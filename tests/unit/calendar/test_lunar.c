/* Lunar dates against the long form of the facts, all 201 years, and against published anchors. */
#include "facts.h"

#include <campaign/calendar.h>

static int32_t lunar_day(int32_t year, int32_t month, int32_t day, int32_t is_leap)
{
    campaign_error error = { 0 };
    int32_t found = 0;
    const campaign_lunar_date date = { year, month, day, is_leap };
    assert_ok(campaign_lunar_to_day(&found, &date, &error), error);
    return found;
}

static void assert_lunar(int32_t day, int32_t year, int32_t month, int32_t day_of_month, int32_t is_leap)
{
    campaign_error error = { 0 };
    campaign_lunar_date date;
    assert_ok(campaign_lunar_from_day(&date, day, &error), error);
    if (date.year != year || date.month != month || date.day != day_of_month || date.is_leap != is_leap)
        fail_msg("day %d is lunar %d-%d-%d leap %d, not %d-%d-%d leap %d", (int)day, (int)date.year, (int)date.month,
                 (int)date.day, (int)date.is_leap, (int)year, (int)month, (int)day_of_month, (int)is_leap);
    assert_int_equal(lunar_day(year, month, day_of_month, is_leap), day);
}

static void assert_term(int32_t expected, int32_t year, int32_t term)
{
    campaign_error error = { 0 };
    int32_t day = 0;
    assert_ok(campaign_solar_term_day(&day, year, term, &error), error);
    assert_int_equal(day, expected);
}

static bool has_leap_month(int32_t year, int32_t month)
{
    int32_t day = 0;
    const campaign_lunar_date leap = { year, month, 1, 1 };
    return campaign_lunar_to_day(&day, &leap, NULL) == CAMPAIGN_OK;
}

static void test_every_day_of_every_month(void **state)
{
    (void)state;
    FILE *file = open_shared("data/lunar/lunar_months_1900_2100.csv");
    fact_row row;
    int n_months = 0, n_days = 0;
    assert_true(read_row(&row, file));
    while (read_row(&row, file)) {
        const int32_t year = number_of(row.cells[0]), month = number_of(row.cells[1]),
                      is_leap = number_of(row.cells[2]);
        const int32_t first = day_of(row.cells[3]), days = number_of(row.cells[4]);
        for (int32_t i = 0; i < days; i++) assert_lunar(first + i, year, month, i + 1, is_leap);
        int32_t none = 7;
        campaign_error error = { 0 };
        const campaign_lunar_date past = { year, month, days + 1, is_leap };
        assert_int_equal(campaign_lunar_to_day(&none, &past, &error), CAMPAIGN_E_VALUE);
        assert_int_equal(none, 0);
        n_months++;
        n_days += days;
    }
    (void)fclose(file);
    assert_int_equal(n_months, 2486);
    assert_int_equal(n_days, 73412); /* 1900-01-31 to 2101-01-28 */
}

static void test_festivals_of_all_years(void **state)
{
    (void)state;
    FILE *file = open_shared("data/lunar/lunar_festivals_1900_2100.csv");
    fact_row row;
    int n_years = 0;
    assert_true(read_row(&row, file));
    while (read_row(&row, file)) {
        const int32_t year = number_of(row.cells[0]);
        assert_lunar(day_of(row.cells[1]), year - 1, 12, 8, 0);  /* Laba before the New Year */
        assert_lunar(day_of(row.cells[2]), year - 1, 12, 23, 0); /* Little New Year of the North */
        assert_int_equal(day_of(row.cells[3]), lunar_day(year, 1, 1, 0) - 1);
        assert_lunar(day_of(row.cells[4]), year, 1, 1, 0);
        assert_lunar(day_of(row.cells[5]), year, 1, 15, 0);
        assert_lunar(day_of(row.cells[7]), year, 5, 5, 0);
        assert_lunar(day_of(row.cells[8]), year, 7, 7, 0);
        assert_lunar(day_of(row.cells[9]), year, 7, 15, 0);
        assert_lunar(day_of(row.cells[10]), year, 8, 15, 0);
        assert_lunar(day_of(row.cells[11]), year, 9, 9, 0);
        assert_term(day_of(row.cells[6]), year, 7);
        assert_term(day_of(row.cells[12]), year, 24);
        const int32_t leap = number_of(row.cells[13]);
        for (int32_t month = 1; month <= 12; month++) assert_int_equal(has_leap_month(year, month), month == leap);
        if (year < 2100)
            assert_int_equal(lunar_day(year + 1, 1, 1, 0) - lunar_day(year, 1, 1, 0), number_of(row.cells[14]));
        n_years++;
    }
    (void)fclose(file);
    assert_int_equal(n_years, 201);
}

/* Days on which the Hong Kong Observatory's tables are often misquoted, and days that popular software gets wrong. */
static void test_published_anchors(void **state)
{
    (void)state;
    assert_lunar(day_of("1901-02-19"), 1901, 1, 1, 0);
    assert_lunar(day_of("1916-02-03"), 1916, 1, 1, 0); /* by Beijing's local time of then; UTC+8 gives 02-04 */
    assert_lunar(day_of("1933-07-23"), 1933, 6, 1, 0);
    assert_lunar(day_of("1954-11-25"), 1954, 11, 1, 0);
    assert_lunar(day_of("1978-09-02"), 1978, 7, 30, 0);
    assert_lunar(day_of("1984-11-23"), 1984, 10, 1, 1);
    assert_lunar(day_of("2023-03-22"), 2023, 2, 1, 1);
    assert_lunar(day_of("2025-07-25"), 2025, 6, 1, 1);
    assert_lunar(day_of("2027-02-06"), 2027, 1, 1, 0);
    assert_lunar(day_of("2030-02-03"), 2030, 1, 1, 0);
    assert_lunar(day_of("2033-12-22"), 2033, 11, 1, 1);
    assert_lunar(day_of("2057-09-28"), 2057, 9, 1, 0);
    assert_lunar(day_of("2099-01-21"), 2099, 1, 1, 0);
    assert_lunar(day_of("2100-02-08"), 2099, 12, 30, 0);
}

static void test_new_years_lie_between_two_dates(void **state)
{
    (void)state;
    int n_january = 0, n_leap = 0;
    for (int32_t year = 1900; year <= 2100; year++) {
        const cpn_civil date = cpn_civil_from_day(lunar_day(year, 1, 1, 0));
        assert_int_equal(date.year, year);
        assert_true(date.month == 1 ? date.day >= 21 : date.month == 2 && date.day <= 20);
        n_january += date.month == 1;
        for (int32_t month = 1; month <= 12; month++) n_leap += has_leap_month(year, month);
    }
    assert_int_equal(n_january, 71); /* and 130 in February; 74 leap years: counted with an ephemeris */
    assert_int_equal(n_leap, 74);
}

static void test_limits_are_said(void **state)
{
    (void)state;
    static const int32_t outside[] = { CAMPAIGN_DAY_MIN, CAMPAIGN_DAY_MAX, INT32_MIN, INT32_MAX };
    assert_lunar(day_of("1900-01-01"), 1899, 12, 1, 0);
    assert_lunar(day_of("1900-01-30"), 1899, 12, 30, 0);
    assert_lunar(day_of("2101-01-28"), 2100, 12, 29, 0);
    campaign_error error = { 0 };
    campaign_lunar_date date = { 1, 1, 1, 1 };
    assert_int_equal(campaign_lunar_from_day(&date, day_of("1899-12-31"), &error), CAMPAIGN_E_VALUE);
    assert_non_null(strstr(error.message, "1899-12-31"));
    assert_non_null(strstr(error.message, "1900-01-01 to 2101-01-28"));
    assert_int_equal(date.year, 0);
    assert_int_equal(campaign_lunar_from_day(&date, day_of("2101-01-29"), &error), CAMPAIGN_E_VALUE);
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_int_equal(campaign_lunar_from_day(&date, outside[i], &error), CAMPAIGN_E_VALUE);
}

static void test_dates_that_do_not_exist(void **state)
{
    (void)state;
    static const campaign_lunar_date dates[] = {
        { 2027, 0, 1, 0 },         { 2027, 13, 1, 0 },        { 2027, 1, 0, 0 },          { 2027, 1, 31, 0 },
        { 2027, 1, 1, 1 },         { 2025, 7, 1, 1 },         { 2101, 1, 1, 0 },          { 1899, 11, 1, 0 },
        { 1899, 12, 31, 0 },       { 1899, 12, 1, 1 },        { INT32_MIN, 1, 1, 0 },     { INT32_MAX, 1, 1, 0 },
        { 2027, 1, INT32_MAX, 0 }, { 2027, INT32_MIN, 1, 0 }, { 1899, 12, INT32_MAX, 0 },
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        campaign_error error = { 0 };
        int32_t day = 7;
        assert_int_equal(campaign_lunar_to_day(&day, &dates[i], &error), CAMPAIGN_E_VALUE);
        assert_int_equal(day, 0);
        assert_string_equal(error.where, "date");
    }
    assert_int_equal(campaign_lunar_to_day(NULL, &dates[0], NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_lunar_from_day(NULL, 0, NULL), CAMPAIGN_E_ARGUMENT);
}

static void test_text_is_the_usual_one(void **state)
{
    (void)state;
    static const struct {
        campaign_lunar_date date;
        const char *text;
    } cases[] = {
        { { 2027, 1, 1, 0 }, "正月初一" },   { { 2027, 8, 15, 0 }, "八月十五" },  { { 2025, 6, 10, 1 }, "闰六月初十" },
        { { 2027, 12, 20, 0 }, "腊月二十" }, { { 2027, 11, 21, 0 }, "冬月廿一" }, { { 2027, 12, 30, 0 }, "腊月三十" },
        { { 2027, 10, 11, 0 }, "十月十一" }, { { 2027, 2, 29, 0 }, "二月廿九" },  { { 2027, 3, 9, 0 }, "三月初九" },
    };
    char text[CAMPAIGN_LUNAR_TEXT];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(campaign_lunar_format(text, &cases[i].date), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
    assert_int_equal(campaign_lunar_format(text, &(campaign_lunar_date){ 2027, 13, 1, 0 }), 0);
    assert_string_equal(text, "");
}

static void test_terms_of_all_years(void **state)
{
    (void)state;
    FILE *file = open_shared("data/lunar/solar_terms_1900_2100.csv");
    fact_row row;
    int n_terms = 0;
    assert_true(read_row(&row, file));
    assert_int_equal(row.n_cells, 25);
    for (int32_t term = 1; term <= 24; term++)
        assert_string_equal(campaign_solar_term_name(term, "zh"), row.cells[term]);
    while (read_row(&row, file))
        for (int32_t term = 1; term <= 24; term++, n_terms++) {
            const int32_t year = number_of(row.cells[0]);
            assert_term(day_in_year(year, row.cells[term]), year, term);
        }
    (void)fclose(file);
    assert_int_equal(n_terms, 201 * 24);
}

static void test_qingming_is_where_it_was_counted(void **state)
{
    (void)state;
    int n_on[32] = { 0 };
    for (int32_t year = 1900; year <= 2100; year++) {
        int32_t day = 0;
        assert_int_equal(campaign_solar_term_day(&day, year, 7, NULL), CAMPAIGN_OK);
        n_on[cpn_civil_from_day(day).day]++;
    }
    assert_int_equal(n_on[4], 76);
    assert_int_equal(n_on[5], 111);
    assert_int_equal(n_on[6], 14);
}

static void test_terms_outside_are_refused(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    int32_t day = 7;
    assert_int_equal(campaign_solar_term_day(&day, 1899, 7, &error), CAMPAIGN_E_VALUE);
    assert_string_equal(error.where, "year");
    assert_int_equal(day, 0);
    assert_int_equal(campaign_solar_term_day(&day, 2101, 7, &error), CAMPAIGN_E_VALUE);
    assert_int_equal(campaign_solar_term_day(&day, 2027, 25, &error), CAMPAIGN_E_VALUE);
    assert_string_equal(error.where, "term");
    assert_int_equal(campaign_solar_term_day(&day, 2027, 0, &error), CAMPAIGN_E_VALUE);
    assert_null(campaign_solar_term_name(0, "zh"));
    assert_string_equal(campaign_solar_term_name(24, "pinyin"), "dongzhi");
    assert_string_equal(campaign_solar_term_name(24, NULL), "Winter Solstice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_of_every_month),
        cmocka_unit_test(test_festivals_of_all_years),
        cmocka_unit_test(test_published_anchors),
        cmocka_unit_test(test_new_years_lie_between_two_dates),
        cmocka_unit_test(test_limits_are_said),
        cmocka_unit_test(test_dates_that_do_not_exist),
        cmocka_unit_test(test_text_is_the_usual_one),
        cmocka_unit_test(test_terms_of_all_years),
        cmocka_unit_test(test_qingming_is_where_it_was_counted),
        cmocka_unit_test(test_terms_outside_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
