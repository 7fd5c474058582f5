/* Seasons in the plan: what moves with the moon moves in the plan, and a node's day is its peak. */
#include "planning.h"

#define HEAD                                                                                                           \
    "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":3650000},"

static bool is_within(int32_t day, int32_t from, int32_t first, int32_t last)
{
    return day >= from + first && day <= from + last;
}

/* 2023 to 2026: 100.00 a day; 2.2 times that in the 20 days before the Spring Festival, 0.8 in its 7 days; 5 times on
 * 11-11. The weights are those of target_cases.json, T5. */
static campaign_table *make_seasons(void)
{
    static const int32_t festivals[4][2] = { { 1, 22 }, { 2, 10 }, { 1, 29 }, { 2, 17 } };
    const int32_t first = cpn_day_from_civil(2023, 1, 1), end = cpn_day_from_civil(2027, 1, 1);
    order_row *rows = malloc((size_t)(end - first) * sizeof *rows);
    for (int32_t day = first; day < end; day++) {
        const cpn_civil date = cpn_civil_from_day(day);
        const int32_t *festival = festivals[date.year - 2023];
        const int32_t new_year = cpn_day_from_civil(date.year, festival[0], festival[1]);
        int64_t minor = 10000;
        if (is_within(day, new_year, -20, -1)) minor = 22000;
        if (is_within(day, new_year, 0, 6)) minor = 8000;
        if (date.month == 11 && date.day == 11) minor = 50000;
        rows[day - first] = (order_row){ day, minor, NULL, NULL };
    }
    campaign_table *table = make_orders(rows, end - first, false, "CNY");
    free(rows);
    return table;
}

static int64_t target_at(const campaign_table *targets, const char *period)
{
    return number_at(targets, "target", find_row(targets, "period", period, NULL, NULL));
}

/* T5: of January and February 2027 January has 0.60049, where shares of the months as they were would give the mean of
 * 0.6569, 0.5351, 0.6667 and 0.4387, which is 0.574. */
static void test_the_spring_festival_moves_with_its_date(void **state)
{
    (void)state;
    campaign_table *orders = make_seasons();
    campaign_plan *plan = make_plan(HEAD "\"split\":[\"month\",\"day\"]}", orders);
    campaign_table *targets = take_table(plan, "targets");
    const int64_t january = target_at(targets, "2027-01"), february = target_at(targets, "2027-02");
    const int64_t ppm = january * 1000000 / (january + february);
    assert_in_range(ppm, 590000, 611000);
    assert_true(has_note(plan, "seasons_measured"));
    campaign_table_free(targets);
    campaign_plan_free(plan);

    plan = make_plan(HEAD "\"split\":[\"month\",\"day\"],\"seasonality\":{\"method\":\"plain\"}}", orders);
    targets = take_table(plan, "targets");
    const int64_t plain = target_at(targets, "2027-01");
    assert_in_range(plain * 1000000 / (plain + target_at(targets, "2027-02")), 570000, 578000);
    assert_false(has_note(plan, "seasons_measured"));
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_the_day_of_a_node_is_its_peak(void **state)
{
    (void)state;
    campaign_table *orders = make_seasons();
    for (int has_windows = 0; has_windows < 2; has_windows++) {
        char request[512];
        (void)snprintf(request, sizeof request,
                       HEAD "\"split\":[\"month\",\"day\"],\"seasonality\":{\"node_windows\":%s}}",
                       has_windows ? "true" : "false");
        campaign_plan *plan = make_plan(request, orders);
        campaign_table *targets = take_table(plan, "targets");
        const int64_t peak = target_at(targets, "2027-11-11"), other = target_at(targets, "2027-11-18");
        if (has_windows)
            assert_in_range(peak * 10 / other, 44, 55); /* five times an ordinary day */
        else
            assert_in_range(peak * 10 / other, 9, 12); /* without windows it is an outlier of a Thursday */
        campaign_table_free(targets);
        campaign_plan_free(plan);
    }
    campaign_table_free(orders);
}

/* A profile of one's own needs no history: January weighs 2, the other months 1, Saturdays twice a Monday. */
static void test_a_given_profile_is_used_as_it_is(void **state)
{
    (void)state;
    char request[4096];
    size_t length =
        (size_t)snprintf(request, sizeof request, HEAD "\"split\":[\"month\",\"day\"],\"seasonality\":{\"profile\":[");
    for (int month = 1; month <= 12; month++)
        length += (size_t)snprintf(request + length, sizeof request - length,
                                   "{\"dimension\":\"month\",\"key\":\"%d\",\"index\":%d},", month, month == 1 ? 2 : 1);
    for (int weekday = 1; weekday <= 7; weekday++)
        length += (size_t)snprintf(request + length, sizeof request - length,
                                   "{\"dimension\":\"weekday\",\"key\":\"%d\",\"index\":%d}%s", weekday,
                                   weekday == 6 ? 2 : 1, weekday == 7 ? "]}}" : ",");
    campaign_plan *plan = make_plan(request, NULL);
    campaign_table *targets = take_table(plan, "targets");
    const int64_t monday = target_at(targets, "2027-06-07"), saturday = target_at(targets, "2027-06-12");
    assert_in_range(saturday, 2 * monday - 2, 2 * monday + 2);
    /* January and March 2027 have five Saturdays and four. */
    assert_in_range(target_at(targets, "2027-01") * 1000 / target_at(targets, "2027-03"), 2000, 2065);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    assert_refused(HEAD "\"seasonality\":{\"profile\":[{\"dimension\":\"moon\",\"key\":\"1\",\"index\":1}]}}", NULL,
                   CAMPAIGN_E_UNKNOWN, "moon");
}

static void test_years_of_a_mix_are_measured_too(void **state)
{
    (void)state;
    campaign_table *orders = make_seasons();
    static const char *const drivers[] = { "{\"years\":{\"2025\":\"40%\",\"2026\":\"60%\"}}",
                                           "{\"driver\":\"last_year\"}" };
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
        char request[512];
        (void)snprintf(request, sizeof request,
                       HEAD "\"split\":[\"month\"],\"levels\":{\"month\":%s},"
                            "\"seasonality\":{\"shrink\":\"never\"}}",
                       drivers[i]);
        campaign_plan *plan = make_plan(request, orders);
        campaign_table *targets = take_table(plan, "targets");
        const int64_t january = target_at(targets, "2027-01"), february = target_at(targets, "2027-02");
        assert_in_range(january * 1000000 / (january + february), 580000, 621000);
        campaign_table_free(targets);
        campaign_plan_free(plan);
    }
    campaign_table_free(orders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_spring_festival_moves_with_its_date),
        cmocka_unit_test(test_the_day_of_a_node_is_its_peak),
        cmocka_unit_test(test_a_given_profile_is_used_as_it_is),
        cmocka_unit_test(test_years_of_a_mix_are_measured_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
