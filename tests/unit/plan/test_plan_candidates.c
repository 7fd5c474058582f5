/* Candidates of a plan: what they are worth, which are chosen, what becomes of those that overlap. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\","

static void assert_told(const char *request, campaign_status code, const char *where, const char *words)
{
    campaign_plan *plan;
    campaign_error error = { 0 };
    const campaign_status status = campaign_plan_create(&plan, request, strlen(request), NULL, NULL, &error);
    if (status != code || !strstr(error.where, where) || !strstr(error.message, words))
        fail_msg("%s at \"%s\": %s, expected %s at %s: %s", campaign_status_name(status), error.where, error.message,
                 campaign_status_name(code), where, words);
    assert_null(plan);
}

/* ---- Value ------------------------------------------------------------------------------------------------------ */

/* Every day of 2024 to 2026 sells 100.00, a Saturday 150.00; the three days of a node of the shop's own that moves with
 * the lunar calendar sell more on top. */
static campaign_table *make_node_history(const int64_t gains[3])
{
    static const char *const dates[] = { "2024-09-17", "2025-10-06", "2026-09-25" }; /* Mid-Autumn */
    const int32_t first = cpn_day_from_civil(2024, 1, 1), end = cpn_day_from_civil(2027, 1, 1);
    order_row *rows = malloc((size_t)(end - first) * sizeof *rows);
    for (int32_t day = first; day < end; day++) {
        int64_t minor = cpn_weekday(day) == 6 ? 15000 : 10000;
        for (int32_t year = 0; year < 3; year++) {
            int32_t node;
            campaign_error error;
            assert_ok(campaign_date_parse(&node, dates[year], 10, &error), error);
            if (day >= node - 1 && day <= node + 1) minor += gains[year];
        }
        rows[day - first] = (order_row){ day, minor, NULL, NULL };
    }
    campaign_table *orders = make_orders(rows, end - first, false, "CNY");
    free(rows);
    return orders;
}

#define MOON                                                                                                           \
    "\"calendar\":{\"nodes\":[{\"schema\":\"campaign/nodes/1\",\"nodes\":[{\"id\":\"moon\",\"name\":\"中秋团圆\"," \
    "\"name_en\":\"Moon\",\"rule\":\"lunar 08-15\",\"tier\":\"big\",\"peak_from\":-1,\"peak_to\":1}]}]}"

/* Gains of 90.00, 120.00 and 150.00 a day make 270, 360 and 450 a year, 360 on average whatever weekday the node falls
 * on; a target of twice the latest year makes it 720. The cost is a fifth. */
static void test_value_is_the_mean_gain_of_earlier_years_grown_with_the_target(void **state)
{
    (void)state;
    static const int64_t gains[] = { 9000, 12000, 15000 };
    campaign_table *orders = make_node_history(gains);
    campaign_plan *plan =
        make_plan(HEAD "\"year\":2027,\"target\":{\"growth\":1},\"campaigns\":{\"tiers\":[],\"forced\":"
                       "[\"moon\"]}," MOON "}",
                  orders);
    campaign_table *candidates = take_table(plan, "candidates"), *campaigns = take_table(plan, "campaigns");
    const int64_t row = find_row(candidates, "candidate", "moon", NULL, NULL);
    assert_true(cell_is(candidates, "start", row, "2027-09-14"));
    assert_true(cell_is(candidates, "end", row, "2027-09-17"));
    assert_true(cell_is(candidates, "value_basis", row, "history"));
    assert_true(cell_is(candidates, "n_years", row, "3"));
    assert_true(cell_is(candidates, "value", row, "720.00"));
    assert_true(cell_is(candidates, "cost", row, "144.00"));
    assert_true(cell_is(campaigns, "value", 0, "720.00"));
    assert_true(cell_is(campaigns, "cost", 0, "144.00"));
    assert_true(cell_is(campaigns, "members", 0, "moon"));
    campaign_table_free(campaigns);
    campaign_table_free(candidates);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* A node that lost sales is worth less than nothing, and is left out for it. */
static void test_node_that_lost_sales_is_left_out(void **state)
{
    (void)state;
    static const int64_t gains[] = { -9000, -9000, -9000 };
    campaign_table *orders = make_node_history(gains);
    campaign_plan *plan =
        make_plan(HEAD "\"year\":2027,\"target\":{\"growth\":0},\"campaigns\":{\"tiers\":[\"big\"]}," MOON "}", orders);
    campaign_table *candidates = take_table(plan, "candidates");
    const int64_t row = find_row(candidates, "candidate", "moon", NULL, NULL);
    assert_true(cell_is(candidates, "value", row, "-270.00"));
    assert_true(cell_is(candidates, "is_chosen", row, "0"));
    campaign_table_free(candidates);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* Without history each day of 2027 is to sell 1.00: Labour Day's ten days are worth 30 % of 10.00, Book Day's eight 15 %. */
static void test_value_by_rule_is_a_share_of_the_target(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(HEAD "\"year\":2027,\"target\":{\"amount\":365}}", NULL);
    campaign_table *candidates = take_table(plan, "candidates");
    const int64_t labour = find_row(candidates, "candidate", "labour", NULL, NULL);
    const int64_t book = find_row(candidates, "candidate", "book_day", NULL, NULL);
    assert_int_equal(number_at(candidates, "end", labour) - number_at(candidates, "start", labour), 10);
    assert_true(cell_is(candidates, "value", labour, "3.00"));
    assert_true(cell_is(candidates, "value_basis", labour, "rule"));
    assert_true(cell_is(candidates, "cost", labour, "0.60"));
    assert_true(cell_is(candidates, "value", book, "1.20"));
    campaign_table_free(candidates);
    campaign_plan_free(plan);
}

/* ---- The choice ------------------------------------------------------------------------------------------------- */

static int32_t month_of(const campaign_table *candidates, int64_t row)
{
    return cpn_month_index((int32_t)number_at(candidates, "start", row));
}

/* The handbook's density holds in every year: one big a quarter, two small a month; nothing overlaps. */
static void test_every_year_keeps_the_density(void **state)
{
    (void)state;
    for (int32_t year = 2020; year <= 2040; year++) {
        char request[256];
        (void)snprintf(request, sizeof request, HEAD "\"year\":%d,\"target\":{\"amount\":365000}}", (int)year);
        campaign_plan *plan = make_plan(request, NULL);
        campaign_table *campaigns = take_table(plan, "campaigns"), *phases = take_table(plan, "phases");
        int32_t small[12] = { 0 }, big[4] = { 0 }, last = 0;
        for (int64_t row = 0; row < campaign_table_n_rows(campaigns); row++) {
            char id[64];
            (void)campaign_table_format(id, sizeof id, campaigns, campaign_table_find(campaigns, "campaign"), row);
            const int64_t burst = find_row(phases, "campaign", id, "phase", "burst");
            const int32_t start = (int32_t)number_at(phases, "start", burst);
            const int32_t in_year = start < cpn_day_from_civil(year, 1, 1) ? cpn_day_from_civil(year, 1, 1) : start;
            const int32_t month = cpn_month_index(in_year) - year * 12;
            if (cell_is(campaigns, "tier", row, "big"))
                assert_int_equal(++big[month / 3], 1);
            else
                assert_in_range(++small[month], 1, 2);
            assert_true(start >= last);
            last = (int32_t)number_at(phases, "end", burst);
        }
        assert_int_equal(big[0] + big[1] + big[2] + big[3], 4);
        assert_true(has_note(plan, "choice_proven"));
        campaign_table_free(phases);
        campaign_table_free(campaigns);
        campaign_plan_free(plan);
    }
}

/* Mid-Autumn lies within the National Day week in these years of 2020 to 2040, and in no other. */
static void test_mid_autumn_merges_with_national_day_where_it_falls_into_its_week(void **state)
{
    (void)state;
    static const int32_t years[] = { 2020, 2025, 2028, 2031, 2036, 2039 };
    size_t next = 0;
    for (int32_t year = 2020; year <= 2040; year++) {
        char request[512];
        (void)snprintf(request, sizeof request,
                       HEAD "\"year\":%d,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":["
                            "\"mid_autumn\",\"national\"],\"phases\":{\"nodes\":{\"national\":{\"burst_first\":0,"
                            "\"burst_last\":6},\"mid_autumn\":{\"burst_first\":0,\"burst_last\":0}}}}}",
                       (int)year);
        campaign_plan *plan = make_plan(request, NULL);
        campaign_table *campaigns = take_table(plan, "campaigns");
        const bool is_merged = next < sizeof years / sizeof *years && years[next] == year;
        assert_int_equal(campaign_table_n_rows(campaigns), is_merged ? 1 : 2);
        if (is_merged) {
            next++;
            /* Mid-Autumn leads: its peak of 15 days is worth more than the 10 of National Day. */
            assert_true(cell_is(campaigns, "campaign", 0, "mid_autumn"));
            assert_true(cell_is(campaigns, "name", 0, "Mid-Autumn + National Day"));
            assert_true(cell_is(campaigns, "members", 0, "national,mid_autumn") ||
                        cell_is(campaigns, "members", 0, "mid_autumn,national")); /* both begin on 10-01 */
        }
        campaign_table_free(campaigns);
        campaign_plan_free(plan);
    }
    assert_int_equal(next, sizeof years / sizeof *years);
}

/* What the request forces has room where the density only stands by default, and is refused where it is said. */
static void test_forced_nodes_come_before_a_default_density(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(
        HEAD "\"year\":2027,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[\"big\"],\"forced\":[\"d1111\","
             "\"christmas\"]}}",
        NULL);
    campaign_table *campaigns = take_table(plan, "campaigns");
    assert_true(find_row(campaigns, "campaign", "d1111", NULL, NULL) >= 0);
    assert_true(find_row(campaigns, "campaign", "christmas", NULL, NULL) >= 0);
    assert_int_equal(campaign_table_n_rows(campaigns), 5);
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
    assert_told(HEAD "\"year\":2027,\"target\":{\"amount\":365},\"campaigns\":{\"forced\":[\"d1111\",\"christmas\"],"
                     "\"rules\":{\"big_per_quarter\":{\"max\":1}}}}",
                CAMPAIGN_E_INFEASIBLE, "rules.forced", "christmas");
}

static void test_own_candidates_compete(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(
        HEAD "\"year\":2027,\"target\":{\"amount\":365},\"campaigns\":{\"sources\":[],\"candidates\":["
             "{\"id\":\"party\",\"name\":\"Party\",\"theme\":\"thanks\",\"tier\":\"small\",\"start\":\"2027-03-01\","
             "\"end\":\"2027-03-04\",\"value\":\"12.50\",\"cost\":3,\"preheat_days\":5,\"closing_days\":1},"
             "{\"id\":\"rival\",\"start\":\"2027-03-05\",\"end\":\"2027-03-09\",\"value\":20},"
             "{\"id\":\"third\",\"start\":\"2027-03-20\",\"end\":\"2027-03-21\",\"value\":1}],"
             "\"rules\":{\"small_per_month\":{\"max\":1},\"budget\":4}}}",
        NULL);
    /* Two of three small ones of March must go; rival costs a fifth of 20, exactly the budget. */
    campaign_table *candidates = take_table(plan, "candidates"), *campaigns = take_table(plan, "campaigns");
    assert_int_equal(campaign_table_n_rows(candidates), 3);
    assert_int_equal(campaign_table_n_rows(campaigns), 1);
    assert_true(cell_is(campaigns, "campaign", 0, "rival"));
    assert_true(cell_is(candidates, "candidate", 0, "party"));
    assert_true(cell_is(candidates, "value_basis", 0, "given"));
    assert_true(cell_is(candidates, "forcing_cost", 0, "7.50"));
    assert_true(cell_is(candidates, "worth", 1, "7.50"));
    campaign_table_free(campaigns);
    campaign_table_free(candidates);
    campaign_plan_free(plan);
}

static void test_weeks_of_peak_and_off_season_are_candidates(void **state)
{
    (void)state;
    campaign_plan *plan =
        make_plan(HEAD "\"year\":2027,\"target\":{\"amount\":365},\"seasons\":{\"peak\":[6,7],\"off\":[2]},"
                       "\"campaigns\":{\"sources\":[\"seasons\"]}}",
                  NULL);
    campaign_table *candidates = take_table(plan, "candidates");
    assert_int_equal(campaign_table_n_rows(candidates), 2);
    assert_true(cell_is(candidates, "candidate", 0, "season_off_2027_02"));
    assert_true(cell_is(candidates, "tier", 0, "small"));
    assert_int_equal(month_of(candidates, 0), 2027 * 12 + 1);
    assert_true(cell_is(candidates, "candidate", 1, "season_peak_2027_06"));
    assert_true(cell_is(candidates, "tier", 1, "big"));
    campaign_table_free(candidates);
    campaign_plan_free(plan);
}

/* ---- Bad input -------------------------------------------------------------------------------------------------- */

#define OWN(text) HEAD "\"year\":2027,\"target\":{\"amount\":365},\"campaigns\":{\"candidates\":[" text "]}}"

static void test_bad_candidates_and_rules_are_refused_with_their_place(void **state)
{
    (void)state;
    assert_told(OWN("{\"id\":\"a\",\"start\":\"2028-03-01\",\"end\":\"2028-03-04\"}"), CAMPAIGN_E_VALUE,
                "campaigns.candidates[0].start", "outside the plan from 2027-01-01 to 2027-12-31");
    assert_told(OWN("{\"id\":\"a\",\"start\":\"2027-03-01\",\"end\":\"2027-03-01\"}"), CAMPAIGN_E_VALUE,
                "campaigns.candidates[0].end", "the day after the last");
    assert_told(OWN("{\"id\":\"d618\",\"start\":\"2027-03-01\",\"end\":\"2027-03-04\"}"), CAMPAIGN_E_DUPLICATE,
                "campaigns.candidates[0]", "d618");
    assert_told(HEAD "\"year\":2027,\"target\":{\"amount\":1},\"campaigns\":{\"rules\":{\"forced\":[\"d619\"]}}}",
                CAMPAIGN_E_UNKNOWN, "campaigns.rules.forced[0]", "did you mean \"d618\"?");
    assert_told(HEAD "\"year\":2027,\"target\":{\"amount\":1},\"campaigns\":{\"rules\":{\"start\":\"2027-01-01\"}}}",
                CAMPAIGN_E_INFEASIBLE, "campaigns.rules.start", "hold for its year");
    assert_told(HEAD "\"year\":2027,\"target\":{\"amount\":1},\"campaigns\":{\"rules\":{\"gap\":7}}}",
                CAMPAIGN_E_UNKNOWN, "campaigns.rules.gap", "gap_days");
    assert_told(HEAD "\"year\":2027,\"target\":{\"amount\":1},\"campaigns\":{\"tiers\":[\"big\"],"
                     "\"rules\":{\"small_per_month\":{\"min\":1}}}}",
                CAMPAIGN_E_INFEASIBLE, "rules.small_per_month.min", "2027-01 has no small campaign");
    /* Each cost fits 64 bits of minor units, their sum does not. */
    assert_told(OWN("{\"id\":\"a\",\"start\":\"2027-03-01\",\"end\":\"2027-03-04\",\"value\":9e16,\"cost\":9e16},"
                    "{\"id\":\"b\",\"start\":\"2027-03-02\",\"end\":\"2027-03-05\",\"value\":9e16,\"cost\":9e16}"),
                CAMPAIGN_E_OVERFLOW, "campaigns.candidates", "do not fit 64 bits");
    /* Nodes that hang on each other in a circle are told by the calendar. */
    assert_told(HEAD
                "\"year\":2027,\"target\":{\"amount\":1},\"calendar\":{\"nodes\":[{\"schema\":\"campaign/nodes/1\","
                "\"nodes\":[{\"id\":\"a\",\"name\":\"a\",\"rule\":\"rel b 1\"},{\"id\":\"b\",\"name\":\"b\","
                "\"rule\":\"rel a 1\"}]}]}}",
                CAMPAIGN_E_INFEASIBLE, "calendar.nodes[0]", "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_value_is_the_mean_gain_of_earlier_years_grown_with_the_target),
        cmocka_unit_test(test_node_that_lost_sales_is_left_out),
        cmocka_unit_test(test_value_by_rule_is_a_share_of_the_target),
        cmocka_unit_test(test_every_year_keeps_the_density),
        cmocka_unit_test(test_mid_autumn_merges_with_national_day_where_it_falls_into_its_week),
        cmocka_unit_test(test_forced_nodes_come_before_a_default_density),
        cmocka_unit_test(test_own_candidates_compete),
        cmocka_unit_test(test_weeks_of_peak_and_off_season_are_candidates),
        cmocka_unit_test(test_bad_candidates_and_rules_are_refused_with_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
