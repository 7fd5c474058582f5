/* Working-day arithmetic: published deadlines, and a day-by-day count as the oracle. */
#include "facts.h"

#include <campaign/calendar.h>

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

static void assert_moved(const campaign_calendar *calendar, const char *from, int64_t n, const char *to)
{
    campaign_error error = { 0 };
    int32_t result = 0;
    char text[CAMPAIGN_DATE_TEXT];
    assert_ok(campaign_calendar_add_working_days(&result, calendar, day_of(from), n, &error), error);
    (void)campaign_date_format(text, result);
    if (strcmp(text, to) != 0) fail_msg("%s and %d working days make %s, not %s", from, (int)n, text, to);
}

static void test_published_deadlines(void **state)
{
    cpn_json *json = read_facts("cases/schedule_cases.json");
    int n_cases = 0;
    const cpn_json_value *list = member(cpn_json_root(json), "working_day_deadlines");
    for (const cpn_json_value *item = list->first; item; item = item->next, n_cases++)
        assert_moved(*state, item->first->text, number_of(item->first->next->text), item->first->next->next->text);
    cpn_json_free(json);
    assert_int_equal(n_cases, 13);
}

/* The 11.11 plan counts back from the burst: "creative_freeze_T-20wd": "2026-10-14". */
static void test_plans_count_backwards(void **state)
{
    cpn_json *json = read_facts("cases/plan_scenarios.json");
    const cpn_json_value *scenario = member(cpn_json_root(json), "S2_eshop_1111_2026");
    int n_cases = 0;
    for (const cpn_json_value *item = member(scenario, "backward_working_days")->first; item; item = item->next) {
        assert_moved(*state, "2026-11-11", number_of(strstr(item->key, "T-") + 1), item->text);
        n_cases++;
    }
    cpn_json_free(json);
    assert_int_equal(n_cases, 6);
}

/* The rapid response: start on 2026-09-28, ends on 2026-10-16, reviewed 3 working days after. */
static void test_rapid_response_deadlines(void **state)
{
    cpn_json *json = read_facts("cases/plan_scenarios.json");
    const cpn_json_value *scenario = member(cpn_json_root(json), "S3_b2b_rapid_response");
    const char *start = member(scenario, "start")->text;
    const cpn_json_value *sla = member(scenario, "SLA");
    assert_moved(*state, start, 2, member(sla, "0-2wd: screening+allocation due")->text);
    assert_moved(*state, start, 3, member(sla, "2-3wd: plan issued due")->text);
    assert_moved(*state, start, 1, member(sla, "1-3wd after start: first contact window")->first->text);
    assert_moved(*state, member(sla, "end")->text, 3, member(sla, "review due (end+3wd)")->text);
    cpn_json_free(json);
}

static bool is_working(const campaign_calendar *calendar, int32_t day)
{
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    assert_int_equal(campaign_calendar_day(&info, calendar, day, NULL), CAMPAIGN_OK);
    return info.is_working;
}

/* Steps from day to day until n working days have passed. */
static int32_t walk(const campaign_calendar *calendar, int32_t day, int64_t n)
{
    const int32_t step = n < 0 ? -1 : 1;
    while (!is_working(calendar, day)) day += step;
    for (; n != 0; n -= step) do
            day += step;
        while (!is_working(calendar, day));
    return day;
}

static void test_moving_equals_walking(void **state)
{
    for (int32_t day = day_of("2019-12-20"); day < day_of("2021-03-10"); day++)
        for (int32_t n = -30; n <= 30; n++) {
            int32_t result = 0;
            assert_int_equal(campaign_calendar_add_working_days(&result, *state, day, n, NULL), CAMPAIGN_OK);
            if (result != walk(*state, day, n))
                fail_msg("from day %d by %d to %d, not %d", (int)day, (int)n, (int)result, (int)walk(*state, day, n));
        }
}

static void test_counting_equals_walking(void **state)
{
    const int32_t first = day_of("2006-12-01"), end = day_of("2028-02-01");
    int64_t counted = 0, n = 0;
    for (int32_t day = first; day < end; day++) {
        assert_int_equal(campaign_calendar_count_working_days(&n, *state, first, day, NULL), CAMPAIGN_OK);
        assert_int_equal(n, counted);
        counted += is_working(*state, day);
    }
}

static void test_ranges_are_half_open(void **state)
{
    campaign_error error = { 0 };
    int64_t n = 7;
    const int32_t friday = day_of("2026-11-13");
    assert_ok(campaign_calendar_count_working_days(&n, *state, friday, friday, &error), error);
    assert_int_equal(n, 0);
    assert_ok(campaign_calendar_count_working_days(&n, *state, friday, friday + 1, &error), error);
    assert_int_equal(n, 1);
    assert_ok(campaign_calendar_count_working_days(&n, *state, friday, friday + 3, &error), error);
    assert_int_equal(n, 1);
    assert_int_equal(campaign_calendar_count_working_days(&n, *state, friday, friday - 1, &error), CAMPAIGN_E_VALUE);
    assert_int_equal(n, 0);
}

static void test_rolling(void **state)
{
    campaign_error error = { 0 };
    int32_t result = 0;
    const int32_t holiday = day_of("2026-02-20");
    assert_ok(campaign_calendar_roll(&result, *state, holiday, CAMPAIGN_ROLL_FORWARD, &error), error);
    assert_int_equal(result, day_of("2026-02-24"));
    assert_ok(campaign_calendar_roll(&result, *state, holiday, CAMPAIGN_ROLL_BACKWARD, &error), error);
    assert_int_equal(result, day_of("2026-02-14")); /* a make-up Saturday */
    assert_ok(campaign_calendar_roll(&result, *state, result, CAMPAIGN_ROLL_FORWARD, &error), error);
    assert_int_equal(result, day_of("2026-02-14"));
    assert_int_equal(campaign_calendar_roll(&result, *state, holiday, 0, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(result, 0);
}

/* Backwards from a day off: the last working day before it is where the count starts, as forwards the first after it. */
static void test_days_off_are_left_before_counting(void **state)
{
    assert_moved(*state, "2026-11-14", 0, "2026-11-16");
    assert_moved(*state, "2026-11-14", 1, "2026-11-17");
    assert_moved(*state, "2026-11-14", -1, "2026-11-12");
}

static void test_far_moves_end_in_an_error(void **state)
{
    campaign_error error = { 0 };
    int32_t result = 7;
    static const int64_t far[] = { 3000000, -3000000, INT64_MAX, INT64_MIN };
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        assert_int_equal(campaign_calendar_add_working_days(&result, *state, 0, far[i], &error), CAMPAIGN_E_OVERFLOW);
        assert_int_equal(result, 0);
    }
    assert_int_equal(campaign_calendar_roll(&result, *state, CAMPAIGN_DAY_MAX, 1, &error), CAMPAIGN_OK); /* a Friday */
    assert_int_equal(campaign_calendar_add_working_days(&result, *state, CAMPAIGN_DAY_MAX, 1, &error),
                     CAMPAIGN_E_OVERFLOW);
    assert_int_equal(campaign_calendar_add_working_days(&result, *state, CAMPAIGN_DAY_MIN, -1, &error),
                     CAMPAIGN_E_OVERFLOW);
    assert_int_equal(campaign_calendar_add_working_days(&result, *state, CAMPAIGN_DAY_MAX + 1, 0, &error),
                     CAMPAIGN_E_VALUE);
    assert_int_equal(campaign_calendar_add_working_days(&result, NULL, 0, 0, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_calendar_add_working_days(NULL, *state, 0, 0, &error), CAMPAIGN_E_ARGUMENT);
}

/* 9999 years of five-day weeks from Monday 0001-01-01 to Friday 9999-12-31: 521,722 weeks and 5 days. */
static void test_all_years_at_once(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.region = "";
    campaign_calendar *bare = NULL;
    assert_ok(campaign_calendar_create(&bare, &options, &error), error);
    int64_t n = 0;
    int32_t result = 0;
    assert_ok(campaign_calendar_count_working_days(&n, bare, CAMPAIGN_DAY_MIN, CAMPAIGN_DAY_MAX + 1, &error), error);
    assert_int_equal(n, 521722 * 5 + 5);
    assert_ok(campaign_calendar_add_working_days(&result, bare, CAMPAIGN_DAY_MIN, n - 1, &error), error);
    assert_int_equal(result, CAMPAIGN_DAY_MAX);
    assert_ok(campaign_calendar_add_working_days(&result, bare, CAMPAIGN_DAY_MAX, 1 - n, &error), error);
    assert_int_equal(result, CAMPAIGN_DAY_MIN);
    campaign_calendar_free(bare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_deadlines),
        cmocka_unit_test(test_plans_count_backwards),
        cmocka_unit_test(test_rapid_response_deadlines),
        cmocka_unit_test(test_moving_equals_walking),
        cmocka_unit_test(test_counting_equals_walking),
        cmocka_unit_test(test_ranges_are_half_open),
        cmocka_unit_test(test_rolling),
        cmocka_unit_test(test_days_off_are_left_before_counting),
        cmocka_unit_test(test_far_moves_end_in_an_error),
        cmocka_unit_test(test_all_years_at_once),
    };
    return cmocka_run_group_tests(tests, make_china, free_calendar);
}
