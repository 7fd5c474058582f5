/* Campaigns, phases and budget: the calendar's days, windows that the request changes, money that adds up. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\","

static void test_big_nodes_of_china_2027_become_campaigns(void **state)
{
    (void)state;
    static const char *const expected[][2] = {
        { "nianhuo", "2027-01-23" },    { "cny_eve", "2027-02-05" },  { "cny", "2027-02-06" },
        { "women", "2027-03-08" },      { "labour", "2027-05-01" },   { "d618", "2027-06-18" },
        { "mid_autumn", "2027-09-15" }, { "national", "2027-10-01" }, { "d1111", "2027-11-11" },
    };
    /* Nothing stands in their way here: gap, density and overlaps have tests of their own. */
    campaign_plan *plan = make_plan(HEAD "\"year\":2027,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[\"big\"],"
                                         "\"rules\":{\"big_per_quarter\":{\"max\":9}},\"phases\":{\"nodes\":{"
                                         "\"nianhuo\":{\"burst_first\":0,\"burst_last\":0},"
                                         "\"cny_eve\":{\"burst_first\":0,\"burst_last\":0},"
                                         "\"cny\":{\"burst_first\":0,\"burst_last\":0}}}}}",
                                    NULL);
    campaign_table *campaigns = take_table(plan, "campaigns");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_true(find_row(campaigns, "campaign", expected[i][0], "date", expected[i][1]) >= 0);
    for (int64_t row = 0; row < campaign_table_n_rows(campaigns); row++)
        assert_true(cell_is(campaigns, "tier", row, "big"));
    assert_int_equal(find_row(campaigns, "campaign", "black_friday", NULL, NULL), -1);
    assert_true(has_note(plan, "calendar_provisional"));
    assert_true(has_note(plan, "campaign_overlap"));
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
}

static void test_known_year_is_not_provisional(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(
        HEAD "\"year\":2026,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":[\"cny\"]}}", NULL);
    campaign_table *campaigns = take_table(plan, "campaigns");
    assert_false(has_note(plan, "calendar_provisional"));
    assert_true(find_row(campaigns, "campaign", "cny", "date", "2026-02-17") >= 0);
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
}

/* plan_scenarios.json, S2: 11.11 of 2026 preheats from 2026-10-11, bursts on the day, closes 11-12 to 11-14. */
static void test_phases_follow_the_request(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(HEAD "\"year\":2026,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],"
                                         "\"forced\":[\"d1111\"],\"phases\":{\"nodes\":"
                                         "{\"d1111\":{\"preheat_days\":31,\"burst_first\":0,\"burst_last\":0}}}}}",
                                    NULL);
    campaign_table *phases = take_table(plan, "phases");
    const int64_t preheat = find_row(phases, "campaign", "d1111", "phase", "preheat");
    const int64_t burst = find_row(phases, "campaign", "d1111", "phase", "burst");
    const int64_t closing = find_row(phases, "campaign", "d1111", "phase", "closing");
    assert_true(cell_is(phases, "start", preheat, "2026-10-11"));
    assert_true(cell_is(phases, "end", preheat, "2026-11-11"));
    assert_true(cell_is(phases, "start", burst, "2026-11-11"));
    assert_true(cell_is(phases, "end", burst, "2026-11-12"));
    assert_true(cell_is(phases, "start", closing, "2026-11-12"));
    assert_true(cell_is(phases, "end", closing, "2026-11-15"));
    /* Without orders each day has 1.00. */
    assert_int_equal(number_at(phases, "target", preheat), 3100);
    assert_int_equal(number_at(phases, "target", closing), 300);
    campaign_table_free(phases);
    campaign_plan_free(plan);
}

/* Every day of the year counts for one campaign at most, and whole; a phase has the days that count for it. */
static void test_a_day_counts_for_one_campaign(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2025, 2, false);
    campaign_plan *plan = make_plan(HEAD "\"year\":2027,\"target\":{\"amount\":\"7777777.77\"}}", orders);
    campaign_table *campaigns = take_table(plan, "campaigns"), *phases = take_table(plan, "phases");
    campaign_table *targets = take_table(plan, "targets"), *curve = take_table(plan, "curve");
    int64_t curve_sum = 0, phase_sum = 0, campaign_sum = 0, n_shared = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(curve); row++) {
        char date[16];
        int64_t sum = 0, n = 0;
        (void)campaign_table_format(date, sizeof date, curve, campaign_table_find(curve, "date"), row);
        for (int64_t i = 0; i < campaign_table_n_rows(curve); i++) {
            if (!cell_is(curve, "date", i, date)) continue;
            sum += number_at(curve, "target", i);
            n++;
        }
        n_shared += n > 1;
        const int64_t day = find_row(targets, "level", "day", "period", date);
        assert_int_equal(sum, day < 0 ? 0 : number_at(targets, "target", day));
        curve_sum += number_at(curve, "target", row);
    }
    for (int64_t row = 0; row < campaign_table_n_rows(phases); row++) phase_sum += number_at(phases, "target", row);
    for (int64_t row = 0; row < campaign_table_n_rows(campaigns); row++)
        campaign_sum += number_at(campaigns, "target", row);
    assert_true(n_shared > 0);
    assert_int_equal(phase_sum, campaign_sum);
    assert_int_equal(curve_sum, campaign_sum);
    assert_true(campaign_sum <= 777777777);
    campaign_table_free(curve);
    campaign_table_free(targets);
    campaign_table_free(phases);
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_forced_forbidden_and_own_nodes(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(
        HEAD
        "\"year\":2027,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":[\"black_friday\",\"qixi\","
        "\"anniversary\"],"
        "\"forbidden\":[\"nianhuo\",\"cny_eve\"]},\"calendar\":{\"nodes\":[{\"schema\":\"campaign/nodes/1\",\"nodes\":"
        "[{\"id\":\"anniversary\",\"name\":\"店庆\",\"name_en\":\"Anniversary\",\"rule\":\"fixed 08-18\","
        "\"tier\":\"big\",\"preheat_days\":10}]}]}}",
        NULL);
    campaign_table *campaigns = take_table(plan, "campaigns");
    assert_true(find_row(campaigns, "campaign", "black_friday", "date", "2027-11-26") >= 0);
    assert_true(find_row(campaigns, "campaign", "qixi", "date", "2027-08-08") >= 0);
    assert_true(find_row(campaigns, "campaign", "anniversary", "date", "2027-08-18") >= 0);
    assert_int_equal(find_row(campaigns, "campaign", "nianhuo", NULL, NULL), -1);
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
}

static void test_node_that_comes_twice_makes_two_campaigns(void **state)
{
    (void)state;
    /* The eighth of the twelfth lunar month falls on 2022-01-10 and on 2022-12-30. */
    campaign_plan *plan = make_plan(
        HEAD "\"year\":2022,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":[\"laba\"]}}", NULL);
    campaign_table *campaigns = take_table(plan, "campaigns");
    assert_true(find_row(campaigns, "campaign", "laba", "date", "2022-01-10") >= 0);
    assert_true(find_row(campaigns, "campaign", "laba-2", "date", "2022-12-30") >= 0);
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
}

static void test_campaign_ids_stay_unique(void **state)
{
    (void)state;
    /* laba comes twice, and a node of the user's own is already called as its second campaign would be. */
    campaign_plan *plan = make_plan(
        HEAD "\"year\":2022,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":[\"laba\",\"laba-2\"]},"
             "\"calendar\":{\"nodes\":[{\"schema\":\"campaign/nodes/1\",\"nodes\":[{\"id\":\"laba-2\",\"name\":\"x\","
             "\"rule\":\"fixed 08-18\"}]}]}}",
        NULL);
    campaign_table *campaigns = take_table(plan, "campaigns");
    assert_true(find_row(campaigns, "campaign", "laba", "date", "2022-01-10") >= 0);
    assert_true(find_row(campaigns, "campaign", "laba-2", "date", "2022-08-18") >= 0);
    assert_true(find_row(campaigns, "campaign", "laba-3", "date", "2022-12-30") >= 0);
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
}

/* Spring Festival of 2028 is on 01-26: a preheat of ten days begins after the plan, one of thirty on 2027-12-27. */
static void test_preheat_of_next_year_is_as_the_request_says(void **state)
{
    (void)state;
    static const char *const requests[] = {
        HEAD "\"year\":2027,\"target\":{\"amount\":365},\"campaigns\":{\"phases\":{\"nodes\":{\"cny\":"
             "{\"preheat_days\":10}}}}}",
        HEAD "\"year\":2027,\"target\":{\"amount\":365},\"campaigns\":{\"phases\":{\"nodes\":{\"cny\":"
             "{\"preheat_days\":30}}}}}",
    };
    for (int i = 0; i < 2; i++) {
        campaign_plan *plan = make_plan(requests[i], NULL);
        campaign_table *notes = take_table(plan, "notes");
        const int64_t row = find_row(notes, "code", "next_year_preheat", "subject", "cny");
        assert_int_equal(row >= 0, i);
        if (i == 1) assert_true(cell_is(notes, "start", row, "2027-12-27"));
        campaign_table_free(notes);
        campaign_plan_free(plan);
    }
}

static int64_t sum_group(const campaign_table *budget, const char *group)
{
    int64_t sum = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(budget); row++)
        if (!group || cell_is(budget, "group", row, group)) sum += number_at(budget, "amount", row);
    return sum;
}

/* 10 % of 999,999.97 is 99,999.997: contingency 100,000.00 by largest remainder; of the rest, 899,999.97, 80 % are
 * 719,999.976 and 20 % are 179,999.994: .976 and .994 leave one fen for the larger remainder of .6 and .4. */
static void test_budget_is_exact_contingency_first(void **state)
{
    (void)state;
    campaign_plan *plan =
        make_plan(HEAD "\"year\":2027,\"target\":{\"amount\":36500},\"budget\":{\"total\":\"999999.97\"}}", NULL);
    campaign_table *budget = take_table(plan, "budget");
    assert_int_equal(sum_group(budget, NULL), 99999997);
    assert_int_equal(sum_group(budget, "contingency"), 10000000);
    assert_int_equal(sum_group(budget, "proven"), 71999998);
    assert_int_equal(sum_group(budget, "experiments"), 17999999);
    assert_true(cell_is(budget, "group", 0, "contingency"));
    campaign_table_free(budget);
    campaign_plan_free(plan);
}

static void test_odd_budgets_add_up(void **state)
{
    (void)state;
    static const char *const rates[] = { "0", "0.1", "\"12.3456%\"", "1" };
    for (int total = 0; total < 60; total++) {
        for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
            char request[512];
            (void)snprintf(request, sizeof request,
                           HEAD "\"year\":2027,\"target\":{\"amount\":365},\"budget\":{\"total\":\"0.%02d\","
                                "\"contingency\":%s,\"proven\":0.5}}",
                           total, rates[i]);
            campaign_plan *plan = make_plan(request, NULL);
            campaign_table *budget = take_table(plan, "budget");
            assert_int_equal(sum_group(budget, NULL), total);
            campaign_table_free(budget);
            campaign_plan_free(plan);
        }
    }
}

static void test_unusual_contingency_is_noted(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(
        HEAD "\"year\":2027,\"target\":{\"amount\":365},\"budget\":{\"rate\":\"5%\",\"contingency\":0}}", NULL);
    campaign_table *budget = take_table(plan, "budget");
    assert_int_equal(sum_group(budget, NULL), 1825);
    assert_int_equal(sum_group(budget, "contingency"), 0);
    assert_true(has_note(plan, "contingency_unusual"));
    campaign_table_free(budget);
    campaign_plan_free(plan);
}

static void test_given_calendar_replaces_the_built_in(void **state)
{
    (void)state;
    campaign_error error;
    campaign_calendar *calendar;
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    const char *nodes = "{\"schema\":\"campaign/nodes/1\",\"nodes\":[{\"id\":\"opening\",\"name\":\"开业\","
                        "\"name_en\":\"Opening\",\"rule\":\"fixed 04-18\",\"tier\":\"big\"}]}";
    options.nodes = &nodes;
    options.n_nodes = 1;
    assert_ok(campaign_calendar_create(&calendar, &options, &error), error);
    campaign_plan *plan;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    inputs.calendar = calendar;
    const char *request = HEAD "\"year\":2027,\"target\":{\"amount\":365},\"campaigns\":{\"forced\":[\"opening\"]}}";
    assert_ok(campaign_plan_create(&plan, request, strlen(request), &inputs, NULL, &error), error);
    campaign_calendar_free(calendar);
    campaign_table *campaigns = take_table(plan, "campaigns");
    assert_true(find_row(campaigns, "campaign", "opening", NULL, NULL) >= 0);
    assert_true(has_note(plan, "calendar_given"));
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_big_nodes_of_china_2027_become_campaigns),
        cmocka_unit_test(test_known_year_is_not_provisional),
        cmocka_unit_test(test_phases_follow_the_request),
        cmocka_unit_test(test_a_day_counts_for_one_campaign),
        cmocka_unit_test(test_forced_forbidden_and_own_nodes),
        cmocka_unit_test(test_node_that_comes_twice_makes_two_campaigns),
        cmocka_unit_test(test_campaign_ids_stay_unique),
        cmocka_unit_test(test_preheat_of_next_year_is_as_the_request_says),
        cmocka_unit_test(test_budget_is_exact_contingency_first),
        cmocka_unit_test(test_odd_budgets_add_up),
        cmocka_unit_test(test_unusual_contingency_is_noted),
        cmocka_unit_test(test_given_calendar_replaces_the_built_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
