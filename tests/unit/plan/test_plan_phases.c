/* Phases, deadlines, seasons and curves: dates of published scenarios, laws of shares, words of the request. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\","
/* plan_scenarios.json, S2: 11.11 of 2026 bursts on the day alone and preheats one calendar month. */
#define S2                                                                                                             \
    HEAD "\"year\":2026,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":[\"d1111\"],"               \
         "\"phases\":{\"preheat\":\"month\",\"nodes\":{\"d1111\":{\"burst_first\":0,\"burst_last\":0}}}"

static void assert_cells(const campaign_table *table, int64_t row, const char *const cells[][2])
{
    assert_true(row >= 0);
    for (int i = 0; cells[i][0]; i++)
        if (!cell_is(table, cells[i][0], row, cells[i][1])) {
            char text[256];
            (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, cells[i][0]), row);
            fail_msg("row %d: %s is %s, expected %s", (int)row, cells[i][0], text, cells[i][1]);
        }
}

static void test_scenario_of_double_eleven_has_its_phases(void **state)
{
    (void)state;
    static const char *const expected[][3] = {
        { "preheat", "2026-10-11", "2026-11-11" },
        { "burst", "2026-11-11", "2026-11-12" },
        { "closing", "2026-11-12", "2026-11-15" },
        { "feedback", "2026-11-15", "2026-11-17" },
    };
    campaign_plan *plan = make_plan(S2 "}}", NULL);
    campaign_table *phases = take_table(plan, "phases");
    assert_int_equal(campaign_table_n_rows(phases), 4);
    for (int64_t row = 0; row < 4; row++)
        assert_cells(phases, row,
                     (const char *const[][2]){ { "phase", expected[row][0] },
                                               { "start", expected[row][1] },
                                               { "end", expected[row][2] },
                                               { NULL, NULL } });
    assert_true(cell_is(phases, "due", 3, "2026-11-17T00:00"));
    campaign_table_free(phases);
    campaign_plan_free(plan);
}

static void test_scenario_of_double_eleven_has_its_deadlines(void **state)
{
    (void)state;
    static const char *const expected[][2] = {
        { "scheme_approval", "2026-09-23" }, { "compliance_review", "2026-10-08" }, { "creative_freeze", "2026-10-14" },
        { "page_qa", "2026-10-28" },         { "stress_test", "2026-11-04" },       { "price_lock", "2026-11-06" },
    };
    campaign_plan *plan = make_plan(S2 "}}", NULL);
    campaign_table *deadlines = take_table(plan, "deadlines");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const int64_t row = find_row(deadlines, "deadline", expected[i][0], NULL, NULL);
        assert_cells(deadlines, row, (const char *const[][2]){ { "date", expected[i][1] }, { NULL, NULL } });
    }
    const int64_t burst = find_row(deadlines, "deadline", "feedback_after_burst", NULL, NULL);
    const int64_t closing = find_row(deadlines, "deadline", "feedback_after_closing", NULL, NULL);
    assert_true(cell_is(deadlines, "due", burst, "2026-11-14T00:00"));
    assert_true(cell_is(deadlines, "due", closing, "2026-11-17T00:00"));
    assert_int_equal(campaign_table_n_rows(deadlines), 8);
    campaign_table_free(deadlines);
    campaign_plan_free(plan);
}

/* The traffic of 11-04 to 11-10 stands above that of every other day, and the burst's above the rest. */
static void test_traffic_peaks_in_the_seven_days_before_the_burst(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(S2 "}}", NULL);
    campaign_table *curve = take_table(plan, "curve");
    int64_t lowest_peak = INT64_MAX, highest_other = 0, sum = 0;
    assert_int_equal(campaign_table_n_rows(curve), 35);
    for (int64_t row = 0; row < 35; row++) {
        const int64_t day = number_at(curve, "date", row), ppm = number_at(curve, "traffic_ppm", row);
        const bool is_peak = day >= cpn_day_from_civil(2026, 11, 4) && day <= cpn_day_from_civil(2026, 11, 10);
        if (is_peak && ppm < lowest_peak) lowest_peak = ppm;
        if (!is_peak && ppm > highest_other) highest_other = ppm;
        sum += ppm;
        assert_int_equal(number_at(curve, "target", row), 100);
    }
    assert_true(lowest_peak > highest_other);
    assert_int_equal(sum, 1000000);
    /* 24 days of weight 1, 7 of 4, one of 3, three of 1 make 58: the burst has 3 / 58 of a million, 51724.1. */
    assert_int_equal(number_at(curve, "traffic_ppm", 31), 51724);
    campaign_table_free(curve);
    campaign_plan_free(plan);
}

static void test_curves_of_any_shape_add_up(void **state)
{
    (void)state;
    static const char *const shapes[] = {
        "{\"preheat\":0,\"peak\":0,\"burst\":0,\"closing\":0}",
        "{\"peak_days\":0,\"burst\":7}",
        "{\"peak_days\":366,\"peak\":1000000,\"closing\":999999}",
        "{\"preheat\":13,\"peak\":17,\"burst\":0,\"closing\":3}",
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        char request[600];
        (void)snprintf(request, sizeof request,
                       HEAD "\"year\":2027,\"target\":{\"amount\":\"0.05\"},\"campaigns\":"
                            "{\"tiers\":[\"big\",\"small\"],\"traffic\":%s}}",
                       shapes[i]);
        campaign_plan *plan = make_plan(request, NULL);
        campaign_table *curve = take_table(plan, "curve"), *campaigns = take_table(plan, "campaigns");
        int64_t sum = 0, targets = 0, wanted = 0;
        for (int64_t row = 0; row < campaign_table_n_rows(curve); row++) {
            sum += number_at(curve, "traffic_ppm", row);
            targets += number_at(curve, "target", row);
        }
        for (int64_t row = 0; row < campaign_table_n_rows(campaigns); row++)
            wanted += number_at(campaigns, "target", row);
        assert_int_equal(sum, 1000000 * campaign_table_n_rows(campaigns));
        assert_int_equal(targets, wanted);
        campaign_table_free(campaigns);
        campaign_table_free(curve);
        campaign_plan_free(plan);
    }
}

static void test_preheat_is_by_node_month_or_season(void **state)
{
    (void)state;
    static const struct {
        const char *phases, *start;
    } cases[] = {
        { "{}", "2027-05-19" },                      /* the node's own 30 days before 06-18 */
        { "{\"preheat\":\"month\"}", "2027-05-18" }, /* one calendar month */
        { "{\"preheat\":\"month\",\"preheat_months\":2}", "2027-04-18" },
        { "{\"preheat\":\"season\"}", "2027-04-18" },                             /* June is peak: two months */
        { "{\"preheat\":\"season\",\"season_preheat_months\":0}", "2027-05-31" }, /* not after the burst */
        { "{\"preheat\":\"season\",\"nodes\":{\"d618\":{\"preheat_months\":3}}}", "2027-03-18" },
        { "{\"preheat\":\"month\",\"nodes\":{\"d618\":{\"preheat_days\":40}}}", "2027-05-09" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[600];
        (void)snprintf(request, sizeof request,
                       HEAD "\"year\":2027,\"target\":{\"amount\":365},\"seasons\":{\"peak\":[6],\"off\":[2]},"
                            "\"campaigns\":{\"tiers\":[],\"forced\":[\"d618\"],\"phases\":%s}}",
                       cases[i].phases);
        campaign_plan *plan = make_plan(request, NULL);
        campaign_table *campaigns = take_table(plan, "campaigns");
        assert_cells(campaigns, 0,
                     (const char *const[][2]){ { "start", cases[i].start }, { "season", "peak" }, { NULL, NULL } });
        campaign_table_free(campaigns);
        campaign_plan_free(plan);
    }
}

/* A month that ends in February: one calendar month before 03-31 is 02-28. */
static void test_a_month_is_cut_to_its_length(void **state)
{
    (void)state;
    campaign_plan *plan =
        make_plan(HEAD "\"year\":2027,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":[\"fair\"],"
                       "\"phases\":{\"preheat\":\"month\"}},\"calendar\":{\"nodes\":[{\"schema\":\"campaign/nodes/1\","
                       "\"nodes\":[{\"id\":\"fair\",\"name\":\"展会\",\"rule\":\"fixed 03-31\"}]}]}}",
                  NULL);
    campaign_table *campaigns = take_table(plan, "campaigns");
    assert_cells(campaigns, 0, (const char *const[][2]){ { "start", "2027-02-28" }, { NULL, NULL } });
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
}

static void test_feedback_hours_need_not_be_whole_days(void **state)
{
    (void)state;
    for (int hours = 0; hours <= 36; hours += 36) {
        char request[600];
        (void)snprintf(request, sizeof request,
                       HEAD "\"year\":2026,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":"
                            "[\"d1111\"],\"phases\":{\"feedback_hours\":%d,\"closing_days\":0}}}",
                       hours);
        campaign_plan *plan = make_plan(request, NULL);
        campaign_table *phases = take_table(plan, "phases"), *deadlines = take_table(plan, "deadlines");
        const int64_t row = find_row(phases, "phase", "feedback", NULL, NULL);
        assert_int_equal(row >= 0, hours > 0);
        if (hours > 0) {
            assert_cells(phases, row,
                         (const char *const[][2]){ { "start", "2026-11-12" },
                                                   { "end", "2026-11-14" },
                                                   { "due", "2026-11-13T12:00" },
                                                   { NULL, NULL } });
            /* Without a closing both windows are one. */
            assert_int_equal(find_row(deadlines, "deadline", "feedback_after_closing", NULL, NULL), -1);
        }
        campaign_table_free(deadlines);
        campaign_table_free(phases);
        campaign_plan_free(plan);
    }
}

static void test_own_deadlines_take_the_place_of_the_usual(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(S2 ",\"types\":{\"d1111\":\"burst\"},\"deadlines\":["
                                       "{\"id\":\"presale\",\"name\":\"预售\",\"working_days\":0},"
                                       "{\"id\":\"trial\",\"working_days\":7,\"type\":\"experience\"},"
                                       "{\"id\":\"stock_in\",\"working_days\":1,\"type\":\"burst\"}]}}",
                                    NULL);
    campaign_table *deadlines = take_table(plan, "deadlines");
    assert_int_equal(campaign_table_n_rows(deadlines), 4);
    assert_cells(deadlines, 0,
                 (const char *const[][2]){ { "name", "预售" }, { "date", "2026-11-11" }, { NULL, NULL } });
    assert_cells(deadlines, 1,
                 (const char *const[][2]){
                     { "name", "stock_in" }, { "date", "2026-11-10" }, { "source", "request" }, { NULL, NULL } });
    campaign_table_free(deadlines);
    campaign_plan_free(plan);
}

/* One year in which June sells four times a mean month and February a tenth: the targets follow, and so do seasons. */
static void test_seasons_follow_the_targets(void **state)
{
    (void)state;
    order_row rows[12];
    for (int32_t month = 1; month <= 12; month++)
        rows[month - 1] = (order_row){ cpn_day_from_civil(2026, month, month == 12 ? 31 : 1),
                                       month == 6   ? 400000
                                       : month == 2 ? 10000
                                                    : 100000,
                                       NULL, NULL };
    campaign_table *orders = make_orders(rows, 12, false, "CNY");
    campaign_plan *plan =
        make_plan(HEAD "\"year\":2027,\"target\":{\"growth\":0},\"campaigns\":{\"tiers\":[],\"forced\":"
                       "[\"cny\",\"valentine\",\"d618\",\"national\"],\"phases\":{\"nodes\":{\"cny\":"
                       "{\"burst_last\":0}}}}}",
                  orders);
    campaign_table *campaigns = take_table(plan, "campaigns"), *deadlines = take_table(plan, "deadlines");
    const int64_t valentine = find_row(campaigns, "campaign", "valentine", NULL, NULL);
    const int64_t cny = find_row(campaigns, "campaign", "cny", NULL, NULL);
    const int64_t d618 = find_row(campaigns, "campaign", "d618", NULL, NULL);
    const int64_t national = find_row(campaigns, "campaign", "national", NULL, NULL);
    assert_cells(campaigns, d618,
                 (const char *const[][2]){
                     { "season", "peak" }, { "type", "burst" }, { "objective", "burst_conversion" }, { NULL, NULL } });
    assert_cells(campaigns, valentine,
                 (const char *const[][2]){
                     { "season", "off" }, { "type", "care" }, { "objective", "retention" }, { NULL, NULL } });
    /* Its node's day, 02-06, is off season, but nine days of its burst lie in January, which sells ten times as much. */
    assert_cells(campaigns, cny, (const char *const[][2]){ { "season", "shoulder" }, { NULL, NULL } });
    /* The mean day of the year has 1410000 / 365 = 3863 fen, one of October 100000 / 31 = 3226: 84 %, neither. */
    assert_cells(campaigns, national,
                 (const char *const[][2]){ { "season", "shoulder" }, { "type", "node" }, { NULL, NULL } });
    assert_int_equal(find_row(deadlines, "campaign", "valentine", "deadline", "stress_test"), -1);
    assert_true(find_row(deadlines, "campaign", "d618", "deadline", "stress_test") >= 0);
    campaign_table_free(deadlines);
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_bad_words_are_refused(void **state)
{
    (void)state;
    assert_refused(HEAD "\"year\":2027,\"target\":{\"amount\":1},\"seasons\":{\"peak\":[13]}}", NULL, CAMPAIGN_E_VALUE,
                   "13 is not a month");
    assert_refused(HEAD "\"year\":2027,\"target\":{\"amount\":1},\"seasons\":{\"peak\":[6],\"off\":[6]}}", NULL,
                   CAMPAIGN_E_DUPLICATE, "seasons.off[0]");
    assert_refused(HEAD "\"year\":2027,\"target\":{\"amount\":1},\"campaigns\":{\"types\":{\"d6188\":\"burst\"}}}",
                   NULL, CAMPAIGN_E_UNKNOWN, "d618");
    assert_refused(HEAD "\"year\":2027,\"target\":{\"amount\":1},\"campaigns\":{\"types\":{\"d618\":\"bust\"}}}", NULL,
                   CAMPAIGN_E_VALUE, "burst");
    assert_refused(HEAD "\"year\":2027,\"target\":{\"amount\":1},\"campaigns\":{\"phases\":{\"nodes\":{\"d618\":"
                        "{\"preheat_days\":1,\"preheat_months\":1}}}}}",
                   NULL, CAMPAIGN_E_INFEASIBLE, "preheat_months");
}

/* 200 nodes of two years of preheat each would make 146,000 days: the curve is left out, and says so. */
static void test_a_curve_beyond_the_plan_is_left_out(void **state)
{
    (void)state;
    char request[32768];
    size_t n = (size_t)snprintf(request, sizeof request,
                                HEAD "\"year\":2027,\"target\":{\"amount\":365},\"split\":[],\"campaigns\":"
                                     "{\"rules\":{\"big_per_quarter\":{\"max\":366}},"
                                     "\"phases\":{\"closing_days\":366}},\"calendar\":{\"nodes\":[{\"schema\":"
                                     "\"campaign/nodes/1\",\"nodes\":[");
    for (int i = 0; i < 300; i++)
        n += (size_t)snprintf(request + n, sizeof request - n,
                              "%s{\"id\":\"n%d\",\"name\":\"n\",\"rule\":\"fixed %02d-%02d\",\"tier\":\"big\","
                              "\"preheat_days\":366}",
                              i ? "," : "", i, i % 12 + 1, i / 12 + 1);
    (void)snprintf(request + n, sizeof request - n, "]}]}}");
    campaign_plan *plan = make_plan(request, NULL);
    campaign_table *curve = take_table(plan, "curve");
    assert_int_equal(campaign_table_n_rows(curve), 0);
    assert_true(has_note(plan, "table_left_out"));
    campaign_table_free(curve);
    campaign_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scenario_of_double_eleven_has_its_phases),
        cmocka_unit_test(test_scenario_of_double_eleven_has_its_deadlines),
        cmocka_unit_test(test_traffic_peaks_in_the_seven_days_before_the_burst),
        cmocka_unit_test(test_curves_of_any_shape_add_up),
        cmocka_unit_test(test_preheat_is_by_node_month_or_season),
        cmocka_unit_test(test_a_month_is_cut_to_its_length),
        cmocka_unit_test(test_feedback_hours_need_not_be_whole_days),
        cmocka_unit_test(test_own_deadlines_take_the_place_of_the_usual),
        cmocka_unit_test(test_seasons_follow_the_targets),
        cmocka_unit_test(test_bad_words_are_refused),
        cmocka_unit_test(test_a_curve_beyond_the_plan_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
