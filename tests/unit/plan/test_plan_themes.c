/* Weekly themes: every day they fall on, and what becomes of them. */
#include "planning.h"

#include "base/json.h"

#define HEAD       "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\","
#define MEMBER_DAY "{\"id\":\"member_day\",\"name\":\"周三会员日\",\"weekday\":\"wednesday\"}"

/* Days of one reason, joined by blanks. */
static void list_days(char text[512], const campaign_table *themes, const char *reason)
{
    text[0] = '\0';
    for (int64_t row = 0; row < campaign_table_n_rows(themes); row++) {
        char date[16];
        if (!cell_is(themes, "reason", row, reason)) continue;
        (void)campaign_table_format(date, sizeof date, themes, campaign_table_find(themes, "date"), row);
        (void)snprintf(text + strlen(text), 512 - strlen(text), "%s%s", text[0] ? " " : "", date);
    }
}

/* plan_scenarios.json, S10: Wednesday member day in 2026. */
static void test_wednesday_member_day_of_2026_is_the_published_one(void **state)
{
    (void)state;
    char buffer[8192], days[512], expected[512] = "";
    FILE *file = open_shared("cases/plan_scenarios.json");
    const size_t length = fread(buffer, 1, sizeof buffer, file);
    (void)fclose(file);
    cpn_json *json;
    campaign_error error;
    assert_ok(cpn_json_read(&json, buffer, length, &error), error);
    const cpn_json_value *at = cpn_json_member(cpn_json_root(json), "S10_wednesday_member_day_2026");
    campaign_plan *plan = make_plan(
        HEAD "\"year\":2026,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":"
             "[\"d1111\"],\"phases\":{\"nodes\":{\"d1111\":{\"burst_first\":0}}},\"themes\":[" MEMBER_DAY "]}}",
        NULL);
    campaign_table *themes = take_table(plan, "themes");
    const int64_t n = campaign_table_n_rows(themes);
    assert_int_equal(n, atoi(cpn_json_member(at, "count")->text));
    assert_true(cell_is(themes, "date", 0, cpn_json_member(at, "first")->text));
    assert_true(cell_is(themes, "date", n - 1, cpn_json_member(at, "last")->text));
    for (const cpn_json_value *day = cpn_json_member(at, "on_days_off")->first; day; day = day->next)
        (void)snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%s%s", expected[0] ? " " : "",
                       day->text);
    list_days(days, themes, "day_off");
    assert_string_equal(days, expected);
    const cpn_json_value *collision = cpn_json_member(at, "collides_with_big_node")->first;
    list_days(days, themes, "big_node");
    assert_string_equal(days, collision->key);
    const int64_t row = find_row(themes, "date", collision->key, NULL, NULL);
    assert_true(cell_is(themes, "node", row, collision->text));
    assert_true(cell_is(themes, "status", row, "folded"));
    assert_true(cell_is(themes, "campaign", row, "d1111"));
    list_days(days, themes, "campaign");
    assert_string_equal(days, ""); /* the one campaign bursts on one day */
    cpn_json_free(json);
    campaign_table_free(themes);
    campaign_plan_free(plan);
}

/* The handbook's two where nothing is said; none with an empty list. */
static void test_usual_themes_can_be_turned_off(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(HEAD "\"year\":2026,\"target\":{\"amount\":365}}", NULL);
    campaign_table *themes = take_table(plan, "themes");
    assert_int_equal(campaign_table_n_rows(themes), 52 + 52);
    assert_true(find_row(themes, "theme", "flash_sale", "date", "2026-01-02") >= 0);
    campaign_table_free(themes);
    campaign_plan_free(plan);
    plan = make_plan(HEAD "\"year\":2026,\"target\":{\"amount\":365},\"campaigns\":{\"themes\":[]}}", NULL);
    themes = take_table(plan, "themes");
    assert_int_equal(campaign_table_n_rows(themes), 0);
    campaign_table_free(themes);
    campaign_plan_free(plan);
}

/* In the burst of 618, 2026-06-17 is a Wednesday; a theme may also be suspended there, or held. */
static void test_burst_folds_suspends_or_lets_it_be(void **state)
{
    (void)state;
    static const char *const policies[][3] = {
        { "", "folded", "campaign" },
        { ",\"in_campaigns\":\"suspend\"", "suspended", "campaign" },
        { ",\"in_campaigns\":\"hold\"", "held", "" },
    };
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
        char request[512];
        (void)snprintf(request, sizeof request,
                       HEAD
                       "\"year\":2026,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":[\"d618\"],"
                       "\"themes\":[{\"id\":\"m\",\"weekday\":\"wednesday\"%s}]}}",
                       policies[i][0]);
        campaign_plan *plan = make_plan(request, NULL);
        campaign_table *themes = take_table(plan, "themes");
        const int64_t row = find_row(themes, "date", "2026-06-17", NULL, NULL);
        assert_true(cell_is(themes, "status", row, policies[i][1]));
        assert_true(cell_is(themes, "reason", row, policies[i][2]));
        assert_true(cell_is(themes, "campaign", row, "d618"));
        campaign_table_free(themes);
        campaign_plan_free(plan);
    }
}

/* A plain weekend is no day off for a theme that is held on it; a holiday is. 2026-01-03 is a day off of New Year. */
static void test_weekend_theme_is_held_on_weekends(void **state)
{
    (void)state;
    campaign_plan *plan =
        make_plan(HEAD "\"year\":2026,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"themes\":["
                       "{\"id\":\"s\",\"weekday\":\"saturday\"}]}}",
                  NULL);
    campaign_table *themes = take_table(plan, "themes");
    assert_true(cell_is(themes, "status", find_row(themes, "date", "2026-01-10", NULL, NULL), "held"));
    assert_true(cell_is(themes, "status", find_row(themes, "date", "2026-10-03", NULL, NULL), "suspended"));
    campaign_table_free(themes);
    campaign_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wednesday_member_day_of_2026_is_the_published_one),
        cmocka_unit_test(test_usual_themes_can_be_turned_off),
        cmocka_unit_test(test_burst_folds_suspends_or_lets_it_be),
        cmocka_unit_test(test_weekend_theme_is_held_on_weekends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
