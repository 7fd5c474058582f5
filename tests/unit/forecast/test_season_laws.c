/* Laws of the measured profile: constant sales have none, a known profile comes back, rows may stand in any order. */
#include "seasons.h"

#include "base/memory.h"
#include "forecast/forecast.h"

/* A year's sales as they are made: what each month, weekday, kind of day and window sells. January and February are
 * alike, since they are measured as one. */
static const double months[] = { 0.9, 0.9, 0.85, 0.95, 1.05, 1.2, 0.8, 0.85, 1.1, 1.15, 1.3, 1.0 };
static const double weekdays[] = { 0.8, 0.85, 0.9, 0.95, 1.1, 1.3, 1.1 };
static const double levels[] = { 1000, 1150, 1300 };
static const double cny[] = { 1.8, 0.6, 1.1 };
static const double statutory = 1.4, swapped = 1.25, makeup = 0.9, singles_day = 6;

static campaign_calendar *make_calendar(void)
{
    campaign_error error = { 0 };
    campaign_calendar *calendar = NULL;
    assert_ok(campaign_calendar_create(&calendar, NULL, &error), error);
    return calendar;
}

static double sell(const campaign_calendar *calendar, int32_t day)
{
    static const int32_t festivals[][3] = { { 2023, 1, 22 }, { 2024, 2, 10 }, { 2025, 1, 29 } };
    const cpn_civil date = cpn_civil_from_day(day);
    double sold = levels[date.year - 2023] * months[date.month - 1] * weekdays[cpn_weekday(day) - 1];
    const int32_t kind = cpn_kind_of_day(calendar, day);
    if (kind == CPN_KIND_STATUTORY) sold *= statutory;
    if (kind == CPN_KIND_SWAPPED) sold *= swapped;
    if (kind == CPN_KIND_MAKEUP) sold *= makeup;
    const int32_t festival = cpn_day_from_civil(festivals[date.year - 2023][0], festivals[date.year - 2023][1],
                                                festivals[date.year - 2023][2]);
    const int32_t offset = day - festival;
    if (offset >= -20 && offset < 0) sold *= cny[0];
    if (offset >= 0 && offset <= 6) sold *= cny[1];
    if (offset >= 7 && offset <= 20) sold *= cny[2];
    if (date.month == 11 && date.day == 11) sold *= singles_day;
    return sold;
}

static campaign_season_window window_of(const char *node, int32_t first, int32_t last)
{
    campaign_season_window window = CAMPAIGN_SEASON_WINDOW_INIT;
    window.node = node;
    window.first = first;
    window.last = last;
    return window;
}

static void test_a_known_profile_comes_back(void **state)
{
    (void)state;
    campaign_calendar *calendar = make_calendar();
    campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_FLOAT64);
    const int32_t first_day = cpn_day_from_civil(2023, 1, 1), end_day = cpn_day_from_civil(2026, 1, 1);
    for (int32_t day = first_day; day < end_day; day++) add_sale(b, day, sell(calendar, day));
    campaign_table *sales = close_table(b), *profile = NULL;
    const campaign_season_window windows[] = { window_of("cny", -20, -1), window_of("cny", 0, 6),
                                               window_of("cny", 7, 20), window_of("d1111", 0, 0) };
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.windows = windows;
    options.n_windows = 4;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_error error = { 0 };

    assert_ok(campaign_forecast_seasonality(&profile, &report, sales, calendar, &options, NULL, &error), error);

    double mean = 0, weekday_mean = 0;
    for (int32_t m = 0; m < 12; m++) mean += months[m] / 12;
    for (int32_t i = 0; i < 7; i++) weekday_mean += weekdays[i] / 7;
    for (int32_t m = 0; m < 12; m++)
        assert_near(profile_number(profile, "month", m + 1, "factor"), months[m] / mean, 1e-6);
    for (int32_t i = 0; i < 7; i++)
        assert_near(profile_number(profile, "weekday", i + 1, "index"), weekdays[i] / weekday_mean, 1e-6);
    assert_near(profile_value(profile, "day_kind", "statutory", "index"), statutory, 1e-6);
    assert_near(profile_value(profile, "day_kind", "swapped", "index"), swapped, 1e-6);
    assert_near(profile_value(profile, "day_kind", "makeup", "index"), makeup, 1e-6);
    assert_near(profile_value(profile, "day_kind", "working", "index"), 1, 0);
    assert_near(profile_value(profile, "window", "cny -20..-1", "index"), cny[0], 1e-6);
    assert_near(profile_value(profile, "window", "cny 0..6", "index"), cny[1], 1e-6);
    assert_near(profile_value(profile, "window", "cny 7..20", "index"), cny[2], 1e-6);
    assert_near(profile_value(profile, "window", "d1111 0..0", "index"), singles_day, 1e-6);
    assert_near(profile_value(profile, "window", "d1111 0..0", "years"), 3, 0);
    assert_int_equal(report.n_outliers, 0);
    assert_int_equal(report.n_years, 3);
    campaign_table_free(profile);
    campaign_table_free(sales);
    campaign_calendar_free(calendar);
    campaign_seasonality_report_clear(&report);
}

static void check_constant(const campaign_table *profile)
{
    for (int64_t row = 0; row < campaign_table_n_rows(profile); row++) {
        const bool is_period =
            cell_equals(profile, "dimension", row, "month") || cell_equals(profile, "dimension", row, "quarter");
        const bool is_rate = !is_period && !cell_equals(profile, "dimension", row, "iso_week");
        if (is_rate) assert_near(value_at(profile, "index", row), 1, 1e-12);
        if (!campaign_table_is_null(profile, campaign_table_find(profile, "factor"), row))
            assert_near(value_at(profile, "factor", row), 1, 1e-12);
    }
    /* Months differ by their days only. */
    assert_near(profile_value(profile, "month", "4", "index") / profile_value(profile, "month", "5", "index"),
                30.0 / 31, 1e-12);
}

static void test_constant_sales_have_no_season(void **state)
{
    (void)state;
    for (int32_t method = CAMPAIGN_RATIO_TO_YEAR; method <= CAMPAIGN_RATIO_TO_MOVING; method++) {
        campaign_table_builder *b = open_sales(CAMPAIGN_TYPE_MONEY);
        for (int32_t day = cpn_day_from_civil(2022, 1, 1); day < cpn_day_from_civil(2026, 1, 1); day++)
            add_order(b, day, 123456);
        campaign_table *sales = close_table(b), *profile = NULL;
        campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
        options.method = method;
        campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
        campaign_error error = { 0 };

        assert_ok(campaign_forecast_seasonality(&profile, &report, sales, NULL, &options, NULL, &error), error);

        check_constant(profile);
        assert_int_equal(campaign_table_n_rows(report.treated), 0);
        assert_int_equal(campaign_table_n_rows(report.seasons), 1);
        assert_true(cell_equals(report.seasons, "season", 0, "shoulder"));
        campaign_table_free(profile);
        campaign_table_free(sales);
        campaign_seasonality_report_clear(&report);
    }
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* The whole profile as text. */
static char *print_table(const campaign_table *table)
{
    char *text = cpn_alloc_zero(1 << 18, 1);
    size_t length = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++)
        for (int32_t column = 0; column < campaign_table_n_columns(table); column++) {
            length += campaign_table_format(text + length, (size_t)(1 << 18) - length, table, column, row);
            text[length++] = ';';
        }
    return text;
}

static char *measure_shuffled(int32_t type, uint64_t seed)
{
    enum { N = 20000 };
    int32_t *days = cpn_alloc(N, sizeof *days);
    int64_t *amounts = cpn_alloc(N, sizeof *amounts);
    uint64_t fixed = 7;
    const int32_t first_day = cpn_day_from_civil(2023, 3, 1);
    for (int32_t i = 0; i < N; i++) {
        days[i] = first_day + (int32_t)(next_random(&fixed) % 800);
        amounts[i] = (int64_t)(next_random(&fixed) % 100000) - 5000;
    }
    for (int32_t i = N - 1; i > 0 && seed; i--) {
        const int32_t j = (int32_t)(next_random(&seed) % (uint64_t)(i + 1));
        const int32_t day = days[i];
        const int64_t amount = amounts[i];
        days[i] = days[j];
        amounts[i] = amounts[j];
        days[j] = day;
        amounts[j] = amount;
    }
    campaign_table_builder *b = open_sales(type);
    for (int32_t i = 0; i < N; i++) {
        if (type == CAMPAIGN_TYPE_FLOAT64)
            add_sale(b, days[i], (double)amounts[i] / 7 * (amounts[i] % 10 == 0 ? 1e-9 : 1));
        else
            add_order(b, days[i], amounts[i]);
    }
    campaign_table *sales = close_table(b), *profile = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_forecast_seasonality(&profile, NULL, sales, NULL, NULL, NULL, &error), error);
    char *text = print_table(profile);
    campaign_table_free(profile);
    campaign_table_free(sales);
    cpn_free(days);
    cpn_free(amounts);
    return text;
}

static void test_order_of_rows_changes_no_byte(void **state)
{
    (void)state;
    static const int32_t types[] = { CAMPAIGN_TYPE_MONEY, CAMPAIGN_TYPE_FLOAT64 };
    for (int i = 0; i < 2; i++) {
        char *given = measure_shuffled(types[i], 0), *shuffled = measure_shuffled(types[i], 11);
        assert_string_equal(given, shuffled);
        assert_true(strlen(given) > 1000);
        cpn_free(given);
        cpn_free(shuffled);
    }
}

/* Rows of one day in two orders: their plain sums in doubles differ, 1e16 + 1 - 1e16 among them; exact sums do not. */
static void test_sums_of_doubles_do_not_depend_on_their_order(void **state)
{
    (void)state;
    static const double values[] = { 1e16, 1, -1e16, 0.1, 3e-300, 1e300, -1e300, 4.9e-324, 1e-20, 2.5 };
    uint64_t seed = 5;
    for (int round = 0; round < 200; round++) {
        cpn_exact_sums *sums = cpn_exact_sums_create(1);
        double shuffled[COUNT(values)], sum;
        memcpy(shuffled, values, sizeof values);
        for (int i = (int)COUNT(values) - 1; i > 0; i--) {
            const int j = (int)(next_random(&seed) % (uint64_t)(i + 1));
            const double value = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = value;
        }
        for (int i = 0; i < (int)COUNT(values); i++) cpn_exact_sums_add(sums, 0, shuffled[i]);
        assert_true(cpn_exact_sums_take(&sum, sums, 0));
        assert_near(sum, 3.6, 1e-15); /* 1 + 0.1 + 2.5 */
        cpn_exact_sums_free(sums);
    }
}

static void test_exact_sums_know_sign_and_overflow(void **state)
{
    (void)state;
    cpn_exact_sums *sums = cpn_exact_sums_create(4);
    double sum;
    cpn_exact_sums_add(sums, 0, -1.5);
    cpn_exact_sums_add(sums, 0, 0.25);
    cpn_exact_sums_add(sums, 1, 1.7976931348623157e308);
    cpn_exact_sums_add(sums, 1, 1.7976931348623157e308);
    cpn_exact_sums_add(sums, 2, 4.9e-324);
    cpn_exact_sums_add(sums, 3, -1.7976931348623157e308);
    assert_true(cpn_exact_sums_take(&sum, sums, 0));
    assert_true(sum == -1.25);
    assert_false(cpn_exact_sums_take(&sum, sums, 1));
    assert_true(cpn_exact_sums_take(&sum, sums, 2));
    assert_true(sum == 4.9e-324);
    assert_true(cpn_exact_sums_take(&sum, sums, 3));
    assert_true(sum == -1.7976931348623157e308);
    cpn_exact_sums_free(sums);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_known_profile_comes_back),
        cmocka_unit_test(test_constant_sales_have_no_season),
        cmocka_unit_test(test_order_of_rows_changes_no_byte),
        cmocka_unit_test(test_sums_of_doubles_do_not_depend_on_their_order),
        cmocka_unit_test(test_exact_sums_know_sign_and_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
