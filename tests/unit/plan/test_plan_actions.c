/* Actions, mechanisms and the matrix of customers: templates that fit every type, dates within phases, counts that add up. */
#include "planning.h"

#include "plan/actions.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\","
#define ALL_TYPES                                                                                                      \
    HEAD "\"year\":2027,\"target\":{\"amount\":365},\"split\":[],\"campaigns\":{\"tiers\":[],\"forced\":["             \
         "\"nianhuo\",\"cny\",\"women\",\"labour\",\"d618\",\"d1111\"],\"phases\":{\"nodes\":{\"nianhuo\":{"           \
         "\"burst_last\":0},\"cny\":{\"burst_first\":0,\"burst_last\":0}}},\"types\":{\"nianhuo\":\"burst\","          \
         "\"cny\":\"node\",\"women\":\"promotion_pull\",\"labour\":\"experience\",\"d618\":\"acquisition\","           \
         "\"d1111\":\"care\"}"

/* ---- Templates ---- */

static bool is_handbook_row(const char *source)
{
    static const char *const books[] = { "AP", "PX", "SD", "RR" };
    static const int last[] = { 20, 28, 19, 10 };
    for (int i = 0; i < 4; i++)
        if (strncmp(source, books[i], 2) == 0) {
            const int number = atoi(source + 2);
            return number >= 1 && number <= last[i];
        }
    return false;
}

static bool has_chinese(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0xE3) return true;
    return false;
}

static void test_every_template_names_a_row_of_the_handbook_and_both_languages(void **state)
{
    (void)state;
    for (int32_t i = 0; i < cpn_plan_n_actions; i++) {
        const cpn_action *action = &cpn_plan_actions[i];
        assert_true(is_handbook_row(action->source));
        assert_true(has_chinese(action->zh) && !has_chinese(action->en));
        assert_int_equal(strncmp(action->code, "ask_", 4) == 0, action->phase == CPN_PHASE_FEEDBACK);
        assert_true(action->types != 0 && action->types <= (uint32_t)CPN_ALL_TYPES);
    }
    for (int32_t i = 0; i < cpn_plan_n_mechanisms; i++) {
        assert_true(is_handbook_row(cpn_plan_mechanisms[i].source));
        assert_true(has_chinese(cpn_plan_mechanisms[i].zh) && has_chinese(cpn_plan_mechanisms[i].reason_zh));
    }
}

static void test_every_type_has_actions_questions_and_mechanisms_once(void **state)
{
    (void)state;
    for (int32_t type = 0; type < CPN_PLAN_N_TYPES; type++) {
        int32_t n_actions[CPN_PHASE_FEEDBACK + 1] = { 0 }, n_mechanisms = 0;
        for (int32_t i = 0; i < cpn_plan_n_actions; i++) {
            const cpn_action *a = &cpn_plan_actions[i];
            n_actions[a->phase] += (a->types & 1u << type) != 0;
            for (int32_t j = 0; j < i; j++)
                assert_false((a->types & cpn_plan_actions[j].types) && a->phase == cpn_plan_actions[j].phase &&
                             strcmp(a->code, cpn_plan_actions[j].code) == 0);
        }
        for (int32_t i = 0; i < cpn_plan_n_mechanisms; i++) {
            n_mechanisms += (cpn_plan_mechanisms[i].types & 1u << type) != 0;
            for (int32_t j = 0; j < i; j++)
                assert_false((cpn_plan_mechanisms[i].types & cpn_plan_mechanisms[j].types) &&
                             strcmp(cpn_plan_mechanisms[i].code, cpn_plan_mechanisms[j].code) == 0);
        }
        for (int32_t phase = 0; phase <= CPN_PHASE_FEEDBACK; phase++) assert_true(n_actions[phase] >= 2);
        assert_true(n_actions[CPN_PHASE_FEEDBACK] >= 4);
        assert_true(n_mechanisms >= 3);
    }
}

/* ---- Dates ---- */

static void test_actions_lie_within_their_phase(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(ALL_TYPES "}}", NULL);
    campaign_table *actions = take_table(plan, "actions"), *phases = take_table(plan, "phases");
    assert_true(campaign_table_n_rows(actions) > 90);
    for (int64_t row = 0; row < campaign_table_n_rows(actions); row++) {
        char campaign[64], phase[16];
        (void)campaign_table_format(campaign, sizeof campaign, actions, 0, row);
        (void)campaign_table_format(phase, sizeof phase, actions, 1, row);
        const int64_t at = find_row(phases, "campaign", campaign, "phase", phase);
        assert_true(number_at(actions, "start", row) >= number_at(phases, "start", at));
        assert_true(number_at(actions, "end", row) <= number_at(phases, "end", at));
        assert_true(number_at(actions, "start", row) < number_at(actions, "end", row));
    }
    for (int64_t row = 0; row < campaign_table_n_rows(phases); row++) {
        char campaign[64], phase[16];
        (void)campaign_table_format(campaign, sizeof campaign, phases, 0, row);
        (void)campaign_table_format(phase, sizeof phase, phases, 1, row);
        assert_true(find_row(actions, "campaign", campaign, "phase", phase) >= 0);
    }
    campaign_table_free(phases);
    campaign_table_free(actions);
    campaign_plan_free(plan);
}

/* plan_scenarios.json, S2: the traffic peak of 2026-11-11 is 11-04 to 11-10. */
static void test_traffic_peak_of_the_scenario(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(
        HEAD
        "\"year\":2026,\"target\":{\"amount\":365},\"language\":\"zh\",\"campaigns\":{\"tiers\":[],\"forced\":"
        "[\"d1111\"],\"phases\":{\"preheat\":\"month\",\"nodes\":{\"d1111\":{\"burst_first\":0,\"burst_last\":0}}}}}",
        NULL);
    campaign_table *actions = take_table(plan, "actions");
    const int64_t row = find_row(actions, "action", "traffic_peak", NULL, NULL);
    assert_true(cell_is(actions, "start", row, "2026-11-04"));
    assert_true(cell_is(actions, "end", row, "2026-11-11"));
    assert_true(cell_is(actions, "source", row, "AP11"));
    assert_true(cell_is(actions, "text", row, "在爆发期之前把流量推到高峰。"));
    campaign_table_free(actions);
    campaign_plan_free(plan);
}

/* ---- Mechanisms ---- */

static void test_mechanisms_follow_the_type(void **state)
{
    (void)state;
    static const char *const expected[][4] = {
        { "nianhuo", "spend_and_save", "300:50;600:120", "AP11" },
        { "cny", "stepped_gifts", "1000:gift_box;2000:free_order_coupon", "AP13" },
        { "women", "stepped_gifts", "1000:gift_box;2000:free_order_coupon", "AP13" },
        { "labour", "trial", "", "AP2" },
        { "d618", "invite_ladder", "3:coupon;5:free_shipping", "PX8" },
        { "d1111", "free_home_service", "", "AP12" },
    };
    campaign_plan *plan = make_plan(ALL_TYPES "}}", NULL);
    campaign_table *mechanisms = take_table(plan, "mechanisms");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const int64_t row = find_row(mechanisms, "campaign", expected[i][0], "mechanism", expected[i][1]);
        assert_true(row >= 0);
        assert_true(cell_is(mechanisms, "parameters", row, expected[i][2]));
        assert_true(cell_is(mechanisms, "source", row, expected[i][3]));
    }
    assert_int_equal(find_row(mechanisms, "campaign", "d1111", "mechanism", "flash_sale"), -1);
    campaign_table_free(mechanisms);
    campaign_plan_free(plan);
}

static void test_mechanisms_are_as_the_request_says(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(ALL_TYPES ",\"mechanisms\":{\"spend_and_save\":{\"parameters\":\"500:80\"},"
                                              "\"coupon_on_top\":{\"used\":false}}}}",
                                    NULL);
    campaign_table *mechanisms = take_table(plan, "mechanisms");
    const int64_t row = find_row(mechanisms, "campaign", "nianhuo", NULL, NULL);
    assert_true(cell_is(mechanisms, "parameters", row, "500:80"));
    assert_true(cell_is(mechanisms, "mechanism", row + 1, "flash_sale"));
    assert_int_equal(number_at(mechanisms, "rank", row + 1), 2);
    assert_int_equal(find_row(mechanisms, "mechanism", "coupon_on_top", NULL, NULL), -1);
    campaign_table_free(mechanisms);
    campaign_plan_free(plan);
    assert_refused(ALL_TYPES ",\"mechanisms\":{\"flash_sail\":{}}}}", NULL, CAMPAIGN_E_UNKNOWN, "flash_sale");
}

/* ---- The matrix ---- */

/* 1,000 customers: a reach of 45 % is 450, of which 3.3 % is 14.85, rounded to 15. */
static void test_matrix_of_given_segments(void **state)
{
    (void)state;
    campaign_plan *plan =
        make_plan(ALL_TYPES "},\"customers\":[{\"id\":\"gold\",\"kind\":\"high_value\",\"customers\":1000,"
                            "\"reach\":\"45%\",\"conversion\":0.033,\"benefit\":\"专属顾问\"},"
                            "{\"id\":\"asleep\",\"kind\":\"dormant\"}]}",
                  NULL);
    campaign_table *matrix = take_table(plan, "matrix"), *campaigns = take_table(plan, "campaigns");
    assert_int_equal(campaign_table_n_rows(matrix), 2 * campaign_table_n_rows(campaigns));
    const int64_t gold = find_row(matrix, "campaign", "cny", "segment", "gold");
    assert_int_equal(number_at(matrix, "reached", gold), 450);
    assert_int_equal(number_at(matrix, "buyers", gold), 15);
    assert_true(cell_is(matrix, "text", gold, "专属顾问"));
    assert_true(cell_is(matrix, "benefit", gold, "exclusive_benefits"));
    /* Dormant customers are reached by 30 %, but all of them where the campaign is there to win them back. */
    const int64_t usual = find_row(matrix, "campaign", "cny", "segment", "asleep");
    const int64_t care = find_row(matrix, "campaign", "d1111", "segment", "asleep");
    assert_int_equal(number_at(matrix, "reach_ppm", usual), 300000);
    assert_int_equal(number_at(matrix, "reach_ppm", care), 1000000);
    assert_true(cell_is(matrix, "customers", usual, "") && cell_is(matrix, "buyers", usual, ""));
    campaign_table_free(campaigns);
    campaign_table_free(matrix);
    campaign_plan_free(plan);
    assert_refused(ALL_TYPES "},\"customers\":[{\"id\":\"a\"},{\"id\":\"a\"}]}", NULL, CAMPAIGN_E_DUPLICATE,
                   "customers[1]");
}

/* Forty customers, customer c with c + 1 orders in December; ten more bought once, three years ago, and sleep. */
static void test_customers_of_the_orders_are_counted(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *orders;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "会员", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    for (int64_t customer = 0; customer < 50; customer++)
        for (int64_t order = 0; order <= (customer < 40 ? customer : 0); order++) {
            const int32_t day =
                customer < 40 ? cpn_day_from_civil(2026, 11, 1) + (int32_t)(order + customer) % 60 : 20000 - 365 * 2;
            assert_ok(campaign_table_builder_append_int64(builder, 0, day, &error), error);
            assert_ok(campaign_table_builder_append_int64(builder, 1, 100 * (customer + 1), &error), error);
            assert_ok(campaign_table_builder_append_int64(builder, 2, customer, &error), error);
        }
    assert_ok(campaign_table_builder_finish(&orders, builder, &error), error);
    campaign_table_builder_free(builder);
    campaign_plan *plan = make_plan(ALL_TYPES "},\"data\":{\"columns\":{\"customer\":\"会员\"}}}", orders);
    campaign_table *matrix = take_table(plan, "matrix");
    int64_t n = 0;
    for (int64_t row = 0; row < 4; row++) n += number_at(matrix, "customers", row);
    assert_int_equal(n, 50);
    assert_true(number_at(matrix, "customers", find_row(matrix, "segment", "dormant", NULL, NULL)) >= 10);
    assert_true(number_at(matrix, "customers", find_row(matrix, "segment", "high_value", NULL, NULL)) > 0);
    campaign_table_free(matrix);
    campaign_plan_free(plan);
    assert_refused(ALL_TYPES "},\"data\":{\"columns\":{\"customer\":\"会员卡\"}}}", orders, CAMPAIGN_E_COLUMN, "会员");
    campaign_table_free(orders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_template_names_a_row_of_the_handbook_and_both_languages),
        cmocka_unit_test(test_every_type_has_actions_questions_and_mechanisms_once),
        cmocka_unit_test(test_actions_lie_within_their_phase),
        cmocka_unit_test(test_traffic_peak_of_the_scenario),
        cmocka_unit_test(test_mechanisms_follow_the_type),
        cmocka_unit_test(test_mechanisms_are_as_the_request_says),
        cmocka_unit_test(test_matrix_of_given_segments),
        cmocka_unit_test(test_customers_of_the_orders_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
