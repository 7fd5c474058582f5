/* Day kinds: China against every notice of twenty years, the rule against the notices, bare weeks. */
#include "facts.h"

#include "base/memory.h"
#include "calendar/calendar.h"

static int make_china(void **state)
{
    campaign_error error = { 0 };
    return campaign_calendar_create((campaign_calendar **)state, NULL, &error);
}

static int free_calendar(void **state)
{
    campaign_calendar_free(*state);
    return 0;
}

static campaign_calendar_day_info look_up(const campaign_calendar *calendar, const char *date)
{
    campaign_error error = { 0 };
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    assert_ok(campaign_calendar_day(&info, calendar, day_of(date), &error), error);
    return info;
}

static void test_every_day_of_the_notices(void **state)
{
    FILE *file = open_shared("data/cn_holidays/cn_holidays_2007_2026.csv");
    fact_row row;
    int n_days = 0;
    assert_true(read_row(&row, file));
    for (; read_row(&row, file); n_days++) {
        const campaign_calendar_day_info info = look_up(*state, row.cells[0]);
        const int32_t weekday = number_of(row.cells[1]), is_off = number_of(row.cells[3]);
        const int32_t kind = !is_off                   ? CAMPAIGN_DAY_WORKING
                             : number_of(row.cells[4]) ? CAMPAIGN_DAY_STATUTORY
                             : weekday >= 6            ? CAMPAIGN_DAY_WEEKEND
                                                       : CAMPAIGN_DAY_SWAPPED;
        if (info.kind != kind) fail_msg("%s is of kind %d, not %d", row.cells[0], (int)info.kind, (int)kind);
        assert_int_equal(info.weekday, weekday);
        assert_int_equal(info.is_working, !is_off);
        assert_int_equal(info.is_makeup, !is_off && weekday >= 6);
        assert_string_equal(info.name, row.cells[2]);
        assert_int_not_equal(info.name_en[0], 0);
        assert_int_equal(info.is_provisional, row.cells[0][3] == '6' && row.cells[0][2] == '0'); /* 2006-12 */
    }
    (void)fclose(file);
    assert_int_equal(n_days, 678);
}

/* Days that no notice names follow the week: the counts of the whole year are then right month by month. */
static void test_working_days_of_every_month(void **state)
{
    FILE *file = open_shared("data/cn_holidays/cn_working_days_by_month_2007_2026.csv");
    fact_row row;
    int n_months = 0;
    assert_true(read_row(&row, file));
    while (read_row(&row, file))
        for (int32_t month = 1; month <= 12; month++, n_months++) {
            const int32_t year = number_of(row.cells[0]), first = cpn_day_from_civil(year, month, 1);
            int32_t n_working = 0;
            for (int32_t day = first; day < first + cpn_days_in_month(year, month); day++) {
                campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
                assert_int_equal(campaign_calendar_day(&info, *state, day, NULL), CAMPAIGN_OK);
                n_working += info.is_working;
            }
            assert_int_equal(n_working, number_of(row.cells[month]));
        }
    (void)fclose(file);
    assert_int_equal(n_months, 240);
}

/* How far the rule alone is from the notice: days of a year that it calls working or off wrongly. The numbers were
 * counted when the facts were gathered, by other means. */
static void test_the_rule_alone_errs_as_often_as_counted(void **state)
{
    static const struct {
        int32_t year, n_wrong;
    } cases[] = { { 2021, 20 }, { 2022, 19 }, { 2023, 17 }, { 2024, 18 }, { 2025, 11 }, { 2026, 15 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cpn_day_list rule = { 0 };
        assert_true(cpn_tell_statutory_days(&rule, cases[i].year));
        int32_t n_wrong = 0;
        const int32_t end = cpn_day_from_civil(cases[i].year + 1, 1, 1);
        for (int32_t day = cpn_day_from_civil(cases[i].year, 1, 1); day < end; day++) {
            campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
            assert_int_equal(campaign_calendar_day(&info, *state, day, NULL), CAMPAIGN_OK);
            bool is_working = cpn_weekday(day) < 6;
            for (int64_t k = 0; k < rule.n_days; k++) is_working = is_working && rule.days[k].day != day;
            n_wrong += is_working != (info.is_working != 0);
        }
        cpn_free(rule.days);
        assert_int_equal(n_wrong, cases[i].n_wrong);
    }
}

static void assert_statutory(const campaign_calendar *calendar, const char *date, const char *name)
{
    const campaign_calendar_day_info info = look_up(calendar, date);
    if (info.kind != CAMPAIGN_DAY_STATUTORY) fail_msg("%s is of kind %d", date, (int)info.kind);
    assert_string_equal(info.name, name);
    assert_int_equal(info.is_provisional, 1);
}

/* 2027: New Year 02-06, Qingming 04-05, Dragon Boat 06-09, Mid-Autumn 09-15. 2031: Mid-Autumn on National Day. */
static void test_later_years_are_computed_and_provisional(void **state)
{
    assert_statutory(*state, "2027-01-01", "元旦");
    assert_statutory(*state, "2027-02-05", "春节");
    assert_statutory(*state, "2027-02-08", "春节");
    assert_int_equal(look_up(*state, "2027-02-04").kind, CAMPAIGN_DAY_WORKING);
    assert_int_equal(look_up(*state, "2027-02-09").kind, CAMPAIGN_DAY_WORKING);
    assert_statutory(*state, "2027-04-05", "清明节");
    assert_statutory(*state, "2027-05-02", "劳动节");
    assert_int_equal(look_up(*state, "2027-05-03").kind, CAMPAIGN_DAY_WORKING);
    assert_statutory(*state, "2027-06-09", "端午节");
    assert_statutory(*state, "2027-09-15", "中秋节");
    assert_statutory(*state, "2027-10-03", "国庆节");
    assert_statutory(*state, "2031-10-01", "国庆节、中秋节");
    assert_statutory(*state, "2031-10-02", "国庆节");
    assert_string_equal(look_up(*state, "2031-10-01").name_en, "National Day, Mid-Autumn Festival");
    assert_statutory(*state, "2100-10-01", "国庆节");
}

static void test_earlier_years_are_computed_and_provisional(void **state)
{
    assert_statutory(*state, "2006-01-29", "春节");
    assert_statutory(*state, "2006-05-03", "劳动节");
    assert_int_equal(look_up(*state, "2006-04-05").kind, CAMPAIGN_DAY_WORKING);
    assert_statutory(*state, "1900-01-31", "春节");
}

static void test_no_year_is_an_error(void **state)
{
    static const char *const dates[] = { "0001-01-01", "1899-10-01", "2101-10-01", "9999-12-31" };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        const campaign_calendar_day_info info = look_up(*state, dates[i]);
        assert_int_equal(info.is_provisional, 1);
        assert_int_equal(info.is_working, info.weekday < 6);
        assert_string_equal(info.name, "");
    }
}

static void test_days_outside_the_years_are_refused(void **state)
{
    campaign_error error = { 0 };
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    info.kind = 3;
    assert_int_equal(campaign_calendar_day(&info, *state, CAMPAIGN_DAY_MAX + 1, &error), CAMPAIGN_E_VALUE);
    assert_int_equal(info.kind, 0);
    assert_int_equal(campaign_calendar_day(&info, *state, INT32_MIN, &error), CAMPAIGN_E_VALUE);
    assert_string_equal(error.where, "day");
    assert_int_equal(campaign_calendar_day(&info, NULL, 0, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_calendar_day(NULL, *state, 0, &error), CAMPAIGN_E_ARGUMENT);
    struct {
        campaign_calendar_day_info known;
        int32_t newer[2];
    } larger = { CAMPAIGN_CALENDAR_DAY_INFO_INIT, { 7, 7 } };
    larger.known.size = sizeof larger; /* a caller of a later library */
    assert_ok(campaign_calendar_day(&larger.known, *state, 0, &error), error);
    assert_int_equal(larger.known.weekday, 4); /* 1970-01-01 was a Thursday */
    assert_int_equal(larger.known.size, sizeof larger);
    assert_int_equal(larger.newer[1], 0);
    info.size = 4;
    assert_int_equal(campaign_calendar_day(&info, *state, 0, &error), CAMPAIGN_E_ARGUMENT);
}

/* 2018: Qingming was Thursday 04-05 to Saturday 04-07 by notice; Sunday 04-08 was worked. 2019: Friday 04-05, and the
 * weekend that no notice lists joins. */
static void test_runs_join_weekends(void **state)
{
    campaign_calendar_day_info info = look_up(*state, "2019-04-06");
    assert_int_equal(info.kind, CAMPAIGN_DAY_WEEKEND);
    assert_int_equal(info.run_start, day_of("2019-04-05"));
    assert_int_equal(info.run_end, day_of("2019-04-08"));
    info = look_up(*state, "2026-02-20"); /* Spring Festival 2026: 02-15 to 02-23, Saturday 02-14 is worked */
    assert_int_equal(info.run_start, day_of("2026-02-15"));
    assert_int_equal(info.run_end, day_of("2026-02-24"));
    info = look_up(*state, "2026-02-14");
    assert_int_equal(info.is_makeup, 1);
    assert_int_equal(info.run_start, day_of("2026-02-14"));
    assert_int_equal(info.run_end, day_of("2026-02-14"));
}

static void test_swapped_days_are_weekdays(void **state)
{
    assert_int_equal(look_up(*state, "2026-10-04").kind, CAMPAIGN_DAY_WEEKEND); /* a Sunday within National Day */
    assert_string_equal(look_up(*state, "2026-10-04").name, "国庆节");
    assert_int_equal(look_up(*state, "2026-10-05").kind, CAMPAIGN_DAY_SWAPPED);
    assert_int_equal(look_up(*state, "2026-10-03").kind, CAMPAIGN_DAY_STATUTORY); /* a Saturday */
    assert_string_equal(look_up(*state, "2026-10-11").name, "");
}

static void test_bare_weeks_know_no_holidays(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.region = "";
    campaign_calendar *bare = NULL;
    assert_ok(campaign_calendar_create(&bare, &options, &error), error);
    assert_string_equal(campaign_calendar_region(bare), "");
    assert_int_equal(look_up(bare, "2026-10-01").is_working, 1);
    assert_int_equal(look_up(bare, "2026-10-04").kind, CAMPAIGN_DAY_WEEKEND);
    assert_int_equal(look_up(bare, "2026-10-04").is_provisional, 1);
    campaign_calendar_free(bare);
}

static void test_other_regions_are_refused_with_a_way_out(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.region = "SG";
    campaign_calendar *calendar = (campaign_calendar *)&error;
    assert_int_equal(campaign_calendar_create(&calendar, &options, &error), CAMPAIGN_E_UNKNOWN);
    assert_null(calendar);
    assert_string_equal(error.where, "options.region");
    assert_non_null(strstr(error.message, "SG"));
    options.region = NULL;
    options.n_overlays = -1;
    assert_int_equal(campaign_calendar_create(&calendar, &options, &error), CAMPAIGN_E_ARGUMENT);
    options.n_overlays = 1;
    assert_int_equal(campaign_calendar_create(&calendar, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "overlays[0]");
    options.n_overlays = 0;
    options.reserved = 1;
    assert_int_equal(campaign_calendar_create(&calendar, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "options.reserved");
    options.size = 0;
    assert_int_equal(campaign_calendar_create(&calendar, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_calendar_create(NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    campaign_calendar_free(NULL);
    assert_string_equal(campaign_calendar_region(NULL), "");
}

static void test_table_says_what_the_days_say(void **state)
{
    campaign_error error = { 0 };
    campaign_table *days = NULL;
    const int32_t first = day_of("2026-01-01"), end = day_of("2027-01-01");
    assert_ok(campaign_calendar_days(&days, *state, first, end, &error), error);
    assert_int_equal(campaign_table_n_rows(days), 365);
    static const char *const kinds[] = { "", "working", "weekend", "swapped", "statutory" };
    for (int64_t row = 0; row < 365; row++) {
        campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
        assert_ok(campaign_calendar_day(&info, *state, first + (int32_t)row, &error), error);
        size_t length = 0;
        const char *kind = campaign_table_text(days, campaign_table_find(days, "kind"), row, &length);
        assert_int_equal(length, strlen(kinds[info.kind]));
        assert_memory_equal(kind, kinds[info.kind], length);
        assert_int_equal(campaign_table_int64(days, campaign_table_find(days, "date"), row), first + row);
        assert_int_equal(campaign_table_int64(days, campaign_table_find(days, "is_working"), row), info.is_working);
        assert_int_equal(campaign_table_is_null(days, campaign_table_find(days, "name"), row), info.name[0] == '\0');
    }
    campaign_table_free(days);
}

static void test_table_row_of_a_known_day(void **state)
{
    static const struct {
        const char *column, *text;
    } cells[] = {
        { "date", "2026-02-17" },     { "weekday", "2" },        { "kind", "statutory" },
        { "is_working", "false" },    { "name", "春节" },        { "name_en", "Spring Festival" },
        { "lunar_year", "2026" },     { "lunar_month", "1" },    { "lunar_day", "1" },
        { "is_leap_month", "false" }, { "lunar", "正月初一" },   { "iso_year", "2026" },
        { "iso_week", "8" },          { "fiscal_year", "2026" }, { "fiscal_week", "3" },
        { "solar_term", "" },
    };
    campaign_error error = { 0 };
    campaign_table *days = NULL;
    const int32_t day = day_of("2026-02-17"); /* a Tuesday; fiscal 2026 begins on 2026-02-01 */
    assert_ok(campaign_calendar_days(&days, *state, day, day + 2, &error), error);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char text[64];
        const int32_t column = campaign_table_find(days, cells[i].column);
        assert_true(column >= 0);
        (void)campaign_table_format(text, sizeof text, days, column, 0);
        assert_string_equal(text, cells[i].text);
    }
    char text[64];
    (void)campaign_table_format(text, sizeof text, days, campaign_table_find(days, "solar_term"), 1);
    assert_string_equal(text, "雨水"); /* 2026-02-18 */
    campaign_table_free(days);
}

static void test_table_of_strange_ranges(void **state)
{
    campaign_error error = { 0 };
    campaign_table *days = NULL;
    assert_ok(campaign_calendar_days(&days, *state, 0, 0, &error), error);
    assert_int_equal(campaign_table_n_rows(days), 0);
    campaign_table_free(days);
    assert_int_equal(campaign_calendar_days(&days, *state, 1, 0, &error), CAMPAIGN_E_VALUE);
    assert_null(days);
    assert_string_equal(error.where, "end_day");
    assert_int_equal(campaign_calendar_days(&days, *state, 0, CAMPAIGN_DAY_MAX + 2, &error), CAMPAIGN_E_VALUE);
    assert_ok(campaign_calendar_days(&days, *state, CAMPAIGN_DAY_MAX - 9, CAMPAIGN_DAY_MAX + 1, &error), error);
    assert_int_equal(campaign_table_n_rows(days), 10);
    assert_int_equal(campaign_table_is_null(days, campaign_table_find(days, "lunar_day"), 9), 1);
    campaign_table_free(days);
    assert_ok(campaign_calendar_days(&days, *state, CAMPAIGN_DAY_MIN, CAMPAIGN_DAY_MIN + 3, &error), error);
    campaign_table_free(days);
    assert_ok(campaign_calendar_days(&days, *state, day_of("1900-01-01"), day_of("2100-01-01"), &error), error);
    assert_int_equal(campaign_table_n_rows(days), 73049); /* 200 years with 49 leap days, none in 1900 */
    campaign_table_free(days);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_of_the_notices),
        cmocka_unit_test(test_working_days_of_every_month),
        cmocka_unit_test(test_the_rule_alone_errs_as_often_as_counted),
        cmocka_unit_test(test_later_years_are_computed_and_provisional),
        cmocka_unit_test(test_earlier_years_are_computed_and_provisional),
        cmocka_unit_test(test_no_year_is_an_error),
        cmocka_unit_test(test_days_outside_the_years_are_refused),
        cmocka_unit_test(test_runs_join_weekends),
        cmocka_unit_test(test_swapped_days_are_weekdays),
        cmocka_unit_test(test_bare_weeks_know_no_holidays),
        cmocka_unit_test(test_other_regions_are_refused_with_a_way_out),
        cmocka_unit_test(test_table_says_what_the_days_say),
        cmocka_unit_test(test_table_row_of_a_known_day),
        cmocka_unit_test(test_table_of_strange_ranges),
    };
    return cmocka_run_group_tests(tests, make_china, free_calendar);
}
