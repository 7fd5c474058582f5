/* The budget's public call: closed forms, money, pauses, priorities, steps, groups. */
#include "face_tables.h"

/* ---- Closed forms ------------------------------------------------------------------------------------------------ */

#define ROOTS "a power 1 0.5; b power 2 0.5; c power 3 0.5; d power 4 0.5"

static face roots(int32_t objective, double target)
{
    face f = face_of(table_of("item curve scale# shape#", ROOTS));
    f.options.objective = objective;
    f.options.target = target;
    return f;
}

/* Textbook: spends go with the squares of scales, 1 : 4 : 9 : 16; one more brings √30 / (2 √300). */
static void test_square_roots_share_by_squares(void **state)
{
    (void)state;
    face f = roots(CAMPAIGN_ALLOCATE_BUDGET_RESPONSE, 0);
    set_budget(&f, 300);
    run_face(&f);
    assert_ok(f.status, f.error);
    for (int32_t i = 0; i < 4; i++) assert_near(number_at(f.allocation, "spend", i), 10 * (i + 1) * (i + 1), 1e-6);
    assert_near(number_at(f.report.limits, "multiplier", 0), sqrt(30) / (2 * sqrt(300)), 1e-9);
    assert_near(number_at(f.allocation, "marginal", 2), sqrt(30) / (2 * sqrt(300)), 1e-9);
    assert_text(f.report.limits, "text", 0, "1 more of budget would bring 0.1581.");
    assert_text(f.allocation, "reason", 0, "marginal");
    drop_face(&f);
}

static void test_profit_spends_until_one_more_brings_one(void **state)
{
    (void)state;
    face f = roots(CAMPAIGN_ALLOCATE_BUDGET_PROFIT, 0);
    run_face(&f); /* a √x - x is largest at a² / 4 */
    assert_ok(f.status, f.error);
    for (int32_t i = 0; i < 4; i++) assert_near(number_at(f.allocation, "spend", i), (i + 1) * (i + 1) / 4.0, 1e-7);
    assert_near(f.report.value, 30 / 4.0, 1e-9);
    assert_text(f.allocation, "reason", 1, "enough");
    drop_face(&f);
}

static void test_marginal_return_spends_until_the_target(void **state)
{
    (void)state;
    face f = roots(CAMPAIGN_ALLOCATE_BUDGET_MARGINAL_RETURN, 0.5);
    run_face(&f); /* a / (2 √x) = 1/2 at x = a² */
    assert_ok(f.status, f.error);
    for (int32_t i = 0; i < 4; i++) assert_near(number_at(f.allocation, "spend", i), (i + 1) * (i + 1), 1e-6);
    drop_face(&f);
}

static void test_least_spend_reaches_the_target(void **state)
{
    (void)state;
    face f = roots(CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND, 60);
    run_face(&f); /* T² / Σa² = 3600 / 30; one more of T costs 2 T / Σa² */
    assert_ok(f.status, f.error);
    assert_near(f.report.spend, 120, 1e-6);
    assert_near(f.report.response, 60, 1e-6);
    assert_true(f.report.bound <= f.report.value && f.report.gap <= 1e-9);
    assert_text(f.report.limits, "kind", 0, "target");
    assert_near(number_at(f.report.limits, "multiplier", 0), 4, 1e-6);
    drop_face(&f);
}

static void test_average_return_spends_all_that_the_target_bears(void **state)
{
    (void)state;
    face f = roots(CAMPAIGN_ALLOCATE_BUDGET_AVERAGE_RETURN, 0.5);
    set_budget(&f, 1e6);
    run_face(&f); /* √(30 B) = B / 2 at B = 120 */
    assert_ok(f.status, f.error);
    assert_near(f.report.spend, 120, 1e-4);
    assert_near(f.report.response, 60, 1e-4);
    assert_true(f.report.response >= 0.5 * f.report.spend * (1 - 1e-12));
    assert_near(number_at(f.report.limits, "multiplier", 1), 120,
                1e-3); /* 30 / T is reached: 30 / T² less for one more */
    drop_face(&f);
}

static void test_a_budget_of_nothing_and_one_beyond_all_maxima(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# shape# maximum#", "a power 1 0.5 10; b power 2 0.5 20"));
    set_budget(&f, 0);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(f.report.value, 0, 0);
    assert_near(f.report.spend, 0, 0);
    f.options.budget = 1000;
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(f.report.spend, 30, 1e-9);
    assert_near(f.report.unspent, 970, 1e-9);
    assert_text(f.allocation, "bound", 0, "maximum");
    assert_text(f.report.notes, "code", 0, "unspent");
    drop_face(&f);
}

/* ---- Money ------------------------------------------------------------------------------------------------------- */

static void test_contingency_is_kept_and_rounded_half_up(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# shape# minimum$", "a power 1 0.5 0; b power 1 0.5 0"));
    f.options.has_budget = 1;
    f.options.budget_minor = 10005; /* 12.5 % of 100.05 is 12.50625 */
    f.options.contingency_ppm = 125000;
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_int_equal(f.report.contingency_minor, 1251);
    assert_int_equal(f.report.spend_minor, 10005 - 1251);
    f.options.contingency_ppm = 0;
    f.options.contingency_minor = 5;
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_int_equal(f.report.spend_minor, 10000);
    drop_face(&f);
}

static void test_exact_shares_add_up_to_the_whole(void **state)
{
    (void)state;
    face f = face_of(
        table_of("item curve scale# shape# group minimum$", "a power 9 0.5 x 0; b power 1 0.5 y 0; c power 1 0.5 z 0"));
    f.groups = table_of("group share#", "x 0.33333333333333333; y 0.33333333333333333; z 0.33333333333333333");
    f.options.has_budget = 1;
    f.options.budget_minor = 10000;
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_text(f.allocation, "spend", 0, "33.34");
    assert_text(f.allocation, "spend", 1, "33.33");
    assert_text(f.allocation, "spend", 2, "33.33");
    assert_near(number_at(f.report.groups, "share", 1), 0.3333, 1e-12);
    drop_face(&f);
}

static void test_money_and_numbers_give_the_same_answer(void **state)
{
    (void)state;
    face plain = face_of(table_of("item curve scale# location# shape# value# opening_cost# minimum_if_open#",
                                  "a hill 900 400 2.5 1 0 0; b hill 500 100 0.8 1.5 30 0; c linear 0.4 - - 1 0 500;"
                                  "d adbudg 700 900 3 1 0 100; e log 60 20 - 2 0 0; f tanh 300 250 - 1 20 80"));
    face money = face_of(table_of("item curve scale# location# shape# value# opening_cost$ minimum_if_open$",
                                  "a hill 900 400 2.5 1 0 0; b hill 500 100 0.8 1.5 3000 0; c linear 0.4 - - 1 0 50000;"
                                  "d adbudg 700 900 3 1 0 10000; e log 60 20 - 2 0 0; f tanh 300 250 - 1 2000 8000"));
    for (int32_t budget = 100; budget <= 2100; budget += 400) {
        set_budget(&plain, budget);
        money.options.has_budget = 1;
        money.options.budget_minor = budget * 100;
        run_face(&plain);
        run_face(&money);
        assert_ok(plain.status, plain.error);
        assert_ok(money.status, money.error);
        assert_near(money.report.value, plain.report.value, 1e-7 * plain.report.value);
        assert_true(money.report.spend_minor <= money.options.budget_minor);
        for (int32_t i = 0; i < 6; i++)
            assert_near(number_at(money.allocation, "spend", i) / 100, number_at(plain.allocation, "spend", i), 0.02);
    }
    drop_face(&plain);
    drop_face(&money);
}

/* ---- Execution --------------------------------------------------------------------------------------------------- */

/* A cap of 10 a response, 30 % of tolerance: 13 is still allowed, a minor unit more is not. */
static void test_an_item_above_its_cap_is_paused_and_its_money_moves(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# shape# spent$ actual_response# cpa_cap# minimum$",
                              "a power 5 0.5 130000 100 10 0; b power 5 0.5 130001 100 10 200000;"
                              "c power 5 0.5 0 0 10 0; d power 5 0.5 1 0 10 0"));
    f.options.has_budget = 1;
    f.options.budget_minor = 1000000;
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_text(f.allocation, "reason", 0, "marginal");
    assert_text(f.allocation, "bound", 1, "paused");
    assert_text(f.allocation, "reason", 1, "cpa_over_cap");
    assert_text(f.allocation, "spend", 1, "1300.01");
    assert_text(f.allocation, "text", 1,
                "Paused: a response cost 13, with a cap of 10; it keeps the 1300.01 that is spent.");
    assert_text(f.allocation, "reason", 3, "cpa_over_cap"); /* spent, and nothing came */
    assert_text(f.report.notes, "code", 0, "cpa_over_cap");
    assert_text(f.report.notes, "n", 0, "2");
    assert_text(f.report.notes, "code", 1, "paused_minimum");
    assert_int_equal(f.report.spend_minor, 1000000);
    assert_near(number_at(f.allocation, "spend", 0), (1000000 - 130002) / 2, 1);
    f.options.has_cpa_tolerance = 1;
    run_face(&f); /* no tolerance: a is paused as well */
    assert_text(f.allocation, "reason", 0, "cpa_over_cap");
    drop_face(&f);
}

static void test_what_is_spent_is_a_least_spend(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# shape# spent# is_paused?",
                              "a power 1 0.5 60 0; b power 3 0.5 0 0; c power 9 0.5 20 1"));
    set_budget(&f, 100);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(number_at(f.allocation, "spend", 0), 60, 1e-9);
    assert_near(number_at(f.allocation, "spend", 1), 20, 1e-9);
    assert_near(number_at(f.allocation, "spend", 2), 20, 1e-9);
    assert_text(f.allocation, "reason", 0, "spent");
    assert_text(f.allocation, "reason", 2, "paused");
    drop_face(&f);
}

/* New money comes in packs of 20 on top of the 30 that is spent: 30, 50, 70, 90. */
static void test_steps_start_at_what_is_spent(void **state)
{
    (void)state;
    face f = face_of(
        table_of("item curve scale# shape# spent# step# opening_cost#", "a power 10 0.5 30 20 5; b power 1 0.5 0 0 0"));
    set_budget(&f, 100);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(number_at(f.allocation, "spend", 0), 90, 1e-9);
    assert_near(number_at(f.allocation, "spend", 1), 10, 1e-9);
    assert_near(number_at(f.allocation, "response", 0), 10 * sqrt(85), 1e-9);
    assert_near(f.report.value, 10 * sqrt(85) + sqrt(10), 1e-9);
    assert_near(f.report.spend, 100, 1e-9);
    drop_face(&f);
}

/* Own channels get all they can use before others get any, though those would bring more. */
static void test_lower_priorities_are_filled_first(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# shape# maximum# priority% minimum#",
                              "wechat power 1 0.5 30 1 0; sms power 1 0.5 20 1 0;"
                              "search power 90 0.5 100 2 0; video power 90 0.5 100 2 4; radio power 1 0.5 100 - 0"));
    set_budget(&f, 60);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(number_at(f.allocation, "spend", 0), 0, 1e-9);  /* radio */
    assert_near(number_at(f.allocation, "spend", 1), 5, 1e-6);  /* search */
    assert_near(number_at(f.allocation, "spend", 2), 20, 1e-9); /* sms */
    assert_near(number_at(f.allocation, "spend", 3), 5, 1e-6);  /* video */
    assert_near(number_at(f.allocation, "spend", 4), 30, 1e-9); /* wechat */
    assert_text(f.allocation, "reason", 0, "priority");
    assert_near(f.report.value, sqrt(30) + sqrt(20) + 180 * sqrt(5), 1e-6);
    assert_int_equal(f.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    f.options.budget = 40; /* 4 are video's minimum: the own channels share 36 */
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(number_at(f.allocation, "spend", 2), 18, 1e-6);
    assert_near(number_at(f.allocation, "spend", 4), 18, 1e-6);
    assert_text(f.allocation, "reason", 1, "priority");
    drop_face(&f);
}

/* ---- Groups ------------------------------------------------------------------------------------------------------ */

/* AP12: the off season spends at most 30 % of what the peak does. */
static void test_the_off_season_is_capped_by_the_peak(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# shape# group", "june power 1 0.5 peak; november power 1 0.5 peak;"
                                                                "march power 2 0.5 off"));
    f.groups = table_of("group maximum_share# of", "off 0.3 peak; peak - -");
    set_budget(&f, 130);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(number_at(f.allocation, "spend", 1), 30, 1e-6); /* june, march, november */
    assert_near(number_at(f.allocation, "spend", 0), 50, 1e-6);
    assert_text(f.report.limits, "kind", 1, "maximum_share");
    assert_near(number_at(f.report.limits, "amount", 1), 30, 1e-6);
    assert_true(number_at(f.report.limits, "multiplier", 1) > 0);
    assert_near(number_at(f.report.groups, "share", 0), 30 / 130.0, 1e-6);
    assert_true(f.report.gap <= 1e-9);
    drop_face(&f);
}

/* In whole minor units 30 % of the peak is no whole number: the last unit goes to the peak. */
static void test_shares_of_groups_hold_to_the_minor_unit(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# location# shape# group minimum$",
                              "autumn hill 14000 180000 1.6 peak 0; spring hill 9000 60000 1.5 off 0"));
    f.groups = table_of("group maximum_share# of", "off 0.3 peak; peak - -");
    f.options.has_budget = 1;
    for (int64_t budget = 70400000; budget < 70400013; budget++) {
        f.options.budget_minor = budget;
        run_face(&f);
        assert_ok(f.status, f.error);
        const double peak = number_at(f.allocation, "spend", 0), off = number_at(f.allocation, "spend", 1);
        assert_true(off <= 0.3 * peak && off > 0.3 * peak - 2);
        assert_int_equal(f.report.spend_minor, budget);
        assert_int_equal(f.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        assert_true(f.report.gap < 1e-7);
    }
    drop_face(&f);
}

/* S-curves: the multiplier is what one more really brings at the answer, not at the relaxation that the search left. */
static void test_multipliers_are_those_of_the_answer(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# location# shape# maximum$",
                              "search hill 9000 40000 1.2 -; sms power 40 - 0.5 -; video s_logistic 12000 60000 6 -;"
                              "wechat michaelis_menten 5000 20000 - -"));
    f.options.has_budget = 1;
    for (int64_t budget = 8000000; budget <= 9500000; budget += 300000) {
        f.options.budget_minor = budget;
        run_face(&f);
        assert_ok(f.status, f.error);
        const double value = f.report.value, multiplier = number_at(f.report.limits, "multiplier", 0);
        f.options.budget_minor = budget + 1000;
        run_face(&f);
        assert_ok(f.status, f.error);
        assert_near((f.report.value - value) / 10, multiplier, 1e-3 * multiplier);
    }
    drop_face(&f);
}

static void test_groups_nest(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# shape# group", "a power 1 0.5 x; b power 1 0.5 y; c power 1 0.5 z"));
    f.groups = table_of("group parent maximum# minimum_share#", "top - 60 -; x top - -; y top - 0.6; z - - -");
    set_budget(&f, 100);
    run_face(&f); /* y gets 36 of the 60, x the other 24 */
    assert_ok(f.status, f.error);
    assert_near(number_at(f.allocation, "spend", 0), 24, 1e-6);
    assert_near(number_at(f.allocation, "spend", 1), 36, 1e-6);
    assert_near(number_at(f.allocation, "spend", 2), 40, 1e-6);
    assert_text(f.allocation, "bound", 0, "group");
    assert_text(f.report.groups, "parent", 1, "top");
    drop_face(&f);
}

static void test_an_item_that_brings_nothing_gets_nothing(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# shape# value#", "a power 0 0.5 1; b power 1 0.5 0; c power 1 0.5 1"));
    set_budget(&f, 10);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(number_at(f.allocation, "spend", 2), 10, 1e-9);
    assert_text(f.allocation, "reason", 0, "no_value");
    assert_text(f.allocation, "reason", 1, "no_value");
    assert_text(f.report.notes, "code", 0, "no_value");
    drop_face(&f);
}

static void test_chinese_sentences(void **state)
{
    (void)state;
    face f = roots(CAMPAIGN_ALLOCATE_BUDGET_RESPONSE, 0);
    set_budget(&f, 300);
    f.options.language = "zh";
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_text(f.report.limits, "text", 0, "预算每增加 1 约可多带来 0.1581。");
    assert_text(f.allocation, "text", 0, "再投入 1 约带来 0.1581，与其他仍有余量之处相同。");
    drop_face(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_square_roots_share_by_squares),
        cmocka_unit_test(test_profit_spends_until_one_more_brings_one),
        cmocka_unit_test(test_marginal_return_spends_until_the_target),
        cmocka_unit_test(test_least_spend_reaches_the_target),
        cmocka_unit_test(test_average_return_spends_all_that_the_target_bears),
        cmocka_unit_test(test_a_budget_of_nothing_and_one_beyond_all_maxima),
        cmocka_unit_test(test_contingency_is_kept_and_rounded_half_up),
        cmocka_unit_test(test_exact_shares_add_up_to_the_whole),
        cmocka_unit_test(test_money_and_numbers_give_the_same_answer),
        cmocka_unit_test(test_an_item_above_its_cap_is_paused_and_its_money_moves),
        cmocka_unit_test(test_what_is_spent_is_a_least_spend),
        cmocka_unit_test(test_steps_start_at_what_is_spent),
        cmocka_unit_test(test_lower_priorities_are_filled_first),
        cmocka_unit_test(test_the_off_season_is_capped_by_the_peak),
        cmocka_unit_test(test_shares_of_groups_hold_to_the_minor_unit),
        cmocka_unit_test(test_multipliers_are_those_of_the_answer),
        cmocka_unit_test(test_groups_nest),
        cmocka_unit_test(test_an_item_that_brings_nothing_gets_nothing),
        cmocka_unit_test(test_chinese_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
