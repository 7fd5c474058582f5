/* Stock over stores: closed forms, reserves and safety stocks, what is refused, what is told. */
#include "store_cases.h"

/* ---- Divisions --------------------------------------------------------------------------------------------------- */

static stock_case make_case(int32_t n, int64_t stock)
{
    stock_case c = { .n = n, .stock = stock };
    for (int32_t i = 0; i < n; i++) c.stores[i] = plain_store;
    return c;
}

/* Exponential demands of means 100 and 50 and margins 2 and 1: margins are equal where 2 exp(-x / 100) = exp(-y / 50), so
 * y = x / 2 - 50 ln 2. With x + y = 300: x = (300 + 34.657) / 1.5 = 223.10, y = 76.90. */
static void test_exponential_stores_meet_at_equal_margins(void **state)
{
    (void)state;
    stock_case c = make_case(2, 300);
    c.stores[0].distribution = c.stores[1].distribution = "exponential";
    c.stores[0].mean = 100, c.stores[1].mean = 50;
    c.stores[0].margin = 200, c.stores[1].margin = 100;
    stock_call call;
    start_call(&call, &c, false);
    assert_ok(run_call(&call), call.error);

    assert_int_equal(cell(call.allocation, "units", 0), 223);
    assert_int_equal(cell(call.allocation, "units", 1), 77);
    const double value = 200 * (1 - exp(-2.23)) + 50 * (1 - exp(-1.54));
    assert_near(call.report.value, value, 1e-10);
    assert_near(float_cell(call.allocation, "fill_rate", 0), 1 - exp(-2.23), 1e-14);
    assert_int_equal(call.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    /* One more piece: 200 (exp(-2.23) - exp(-2.24)) = 0.213985 at the first, 50 (exp(-1.54) - exp(-1.56)) = 0.212250 at the
     * second. */
    assert_near(float_cell(call.report.pools, "multiplier", 0), 0.213985, 1e-6);
    assert_text(call.report.pools, "next_store", 0, "10");
    assert_text(call.report.pools, "text", 0, "One more piece brings about 0.21; the next pack would go to 10.");
    end_call(&call);
}

/* Normal stores of one margin are equally likely to run out: 60 + 140 pieces short of 100 + 200 by one half a deviation
 * each, (300 - 275) / (20 + 30) = 0.5: 90 and 185. */
static void test_normal_stores_run_out_alike(void **state)
{
    (void)state;
    stock_case c = make_case(2, 275);
    c.stores[0].distribution = c.stores[1].distribution = "normal";
    c.stores[0].mean = 100, c.stores[0].deviation = 20;
    c.stores[1].mean = 200, c.stores[1].deviation = 30;
    stock_call call;
    start_call(&call, &c, true);
    assert_ok(run_call(&call), call.error);
    assert_int_equal(cell(call.allocation, "units", 0), 90);
    assert_int_equal(cell(call.allocation, "units", 1), 185);
    assert_near(float_cell(call.allocation, "stockout_probability", 0), 0.69146, 1e-5); /* P(N > -0.5) */
    assert_near(float_cell(call.allocation, "expected_lost", 1), 30 * (0.1978 + 0.5), 0.01);
    end_call(&call);
}

static void test_equal_fill_of_known_demand(void **state)
{
    (void)state;
    stock_case c = make_case(3, 60);
    for (int32_t i = 0; i < 3; i++) c.stores[i].distribution = "deterministic";
    c.stores[0].mean = 10, c.stores[1].mean = 30, c.stores[2].mean = 60;
    stock_call call;
    start_call(&call, &c, false);
    call.options.objective = CAMPAIGN_ALLOCATE_STOCK_FILL;
    assert_ok(run_call(&call), call.error);
    assert_int_equal(cell(call.allocation, "units", 0), 6);
    assert_int_equal(cell(call.allocation, "units", 1), 18);
    assert_int_equal(cell(call.allocation, "units", 2), 36);
    assert_near(call.report.value, 0.6, 1e-15);
    assert_near(call.report.bound, 0.6, 1e-15);
    end_call(&call);
}

static void test_reserve_is_kept_and_enough_is_enough(void **state)
{
    (void)state;
    stock_case c = make_case(2, 100);
    c.reserve = 90;
    c.stores[0].distribution = c.stores[1].distribution = "deterministic";
    c.stores[0].mean = c.stores[1].mean = 3;
    stock_call call;
    start_call(&call, &c, false);
    assert_ok(run_call(&call), call.error);
    assert_int_equal(cell(call.report.pools, "available", 0), 10);
    assert_int_equal(cell(call.report.pools, "allocated", 0), 6);
    assert_int_equal(cell(call.report.pools, "left", 0), 4);
    assert_text(call.allocation, "reason", 1, "enough");
    assert_text(call.report.notes, "code", 0, "left");
    assert_text(call.report.pools, "text", 0, "More would bring nothing; 4 pieces are left.");
    end_call(&call);
}

/* 33.4 % of 100 is 33.4, so 34 are kept. */
static void test_reserve_rate_rounds_up(void **state)
{
    (void)state;
    stock_case c = make_case(1, 100);
    c.reserve = NONE;
    stock_call call;
    start_call(&call, &c, false);
    call.options.reserve_ppm = 334000;
    assert_ok(run_call(&call), call.error);
    assert_int_equal(cell(call.report.pools, "reserve", 0), 34);
    end_call(&call);
}

/* A file that says 0 or 1 has a column of whole numbers: all of 100 is kept back. */
static void test_a_whole_reserve_rate_is_a_rate(void **state)
{
    (void)state;
    static const case_column columns[] = { { "sku", CAMPAIGN_TYPE_UTF8 },
                                           { "stock", CAMPAIGN_TYPE_INT64 },
                                           { "reserve_rate", CAMPAIGN_TYPE_INT64 } };
    const stock_case c = make_case(1, 100);
    stock_call call;
    start_call(&call, &c, false);
    campaign_table_free(call.pool);
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    put_text(builder, 0, "茶");
    put(builder, 1, 100);
    put(builder, 2, 1);
    call.pool = close_table(builder);
    assert_ok(run_call(&call), call.error);
    assert_int_equal(cell(call.report.pools, "reserve", 0), 100);
    end_call(&call);
}

/* Safety stocks of 10 and 10 out of 12: shared within them, told, and an error where that is wished. */
static void test_safety_stocks_that_do_not_fit(void **state)
{
    (void)state;
    stock_case c = make_case(2, 12);
    c.stores[0].mean = c.stores[1].mean = 20;
    c.stores[0].safety = c.stores[1].safety = 10;
    c.stores[0].margin = 300;
    stock_call call;
    start_call(&call, &c, false);
    assert_ok(run_call(&call), call.error);
    assert_int_equal(cell(call.allocation, "units", 0), 10);
    assert_int_equal(cell(call.allocation, "units", 1), 2);
    assert_int_equal(call.report.n_below, 1);
    assert_int_equal(cell(call.allocation, "is_below_safety", 1), 1);
    assert_text(call.allocation, "action", 1, "limit_purchases");
    assert_text(call.allocation, "reason", 1, "safety_short");
    end_call(&call);

    c.stock = 112;
    c.reserve = 100;
    start_call(&call, &c, false);
    assert_ok(run_call(&call), call.error);
    assert_text(call.allocation, "action", 1, "replenish");
    call.options.is_safety_strict = 1;
    campaign_table_free(call.allocation);
    campaign_allocate_stock_report_clear(&call.report);
    assert_int_equal(run_call(&call), CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(call.error.message, "safety stocks of sku \"茶\" need 20 pieces, the pool has 12");
    assert_null(call.allocation);
    end_call(&call);
}

static void test_reasons_are_told_in_both_languages(void **state)
{
    (void)state;
    stock_case c = make_case(5, 60);
    for (int32_t i = 0; i < 4; i++) c.stores[i].mean = 10;
    c.stores[4].mean = 100;
    c.stores[0].maximum = 3, c.stores[0].margin = 300;
    c.stores[1].safety = 15, c.stores[1].margin = 1;
    c.stores[2].display = 12, c.stores[2].margin = 1;
    c.stores[3].margin = -100;
    stock_call call;
    start_call(&call, &c, false);
    call.options.language = "zh";
    assert_ok(run_call(&call), call.error);
    assert_text(call.allocation, "reason", 0, "maximum");
    assert_text(call.allocation, "reason", 1, "safety");
    assert_text(call.allocation, "reason", 2, "display");
    assert_text(call.allocation, "reason", 3, "no_gain");
    assert_text(call.allocation, "reason", 4, "margin");
    assert_text(call.allocation, "text", 1, "按安全库存 15 保底；否则会更少。");
    end_call(&call);
}

/* A display of 12 from a pool of 4 cannot be; what it would bring is told all the same: S(12) of a Poisson demand of 10. */
static void test_a_display_beyond_the_pool_is_valued(void **state)
{
    (void)state;
    stock_case c = make_case(1, 4);
    c.stores[0].mean = 10;
    c.stores[0].display = 12;
    stock_call call;
    start_call(&call, &c, false);
    assert_ok(run_call(&call), call.error);
    assert_int_equal(cell(call.allocation, "units", 0), 0);
    assert_near(float_cell(call.allocation, "next_pack", 0), true_value(&c.stores[0], 12), 1e-12);
    assert_text(call.allocation, "reason", 0, "display");
    end_call(&call);
}

/* ---- What is refused --------------------------------------------------------------------------------------------- */

static void expect_refusal(const stock_case *c, campaign_status code, const char *where, const char *words)
{
    stock_call call;
    start_call(&call, c, false);
    const campaign_status status = run_call(&call);
    if (status != code || strcmp(call.error.where, where) != 0 || !strstr(call.error.message, words))
        fail_msg("found %s at %s: %s", campaign_status_name(status), call.error.where, call.error.message);
    assert_null(call.allocation);
    assert_null(call.report.pools);
    end_call(&call);
}

static void test_wrong_cells_are_refused(void **state)
{
    (void)state;
    stock_case c = make_case(1, 5);
    c.stores[0].distribution = "gamma";
    expect_refusal(&c, CAMPAIGN_E_VALUE, "demand.distribution", "\"gamma\" is none of");
    c.stores[0].distribution = "normal";
    expect_refusal(&c, CAMPAIGN_E_MISSING, "demand.deviation", "needs its deviation");
    c.stores[0].mean = NAN;
    expect_refusal(&c, CAMPAIGN_E_MISSING, "demand.mean", "needs its mean");
    c.stores[0].mean = -1;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "demand.mean", "mean is -1");
    c.stores[0] = plain_store;
    c.stores[0].mean = INFINITY;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "demand.mean", "mean is inf");
    c.stores[0] = plain_store;
    c.stores[0].distribution = "negative_binomial", c.stores[0].mean = 4, c.stores[0].deviation = 2;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "demand.deviation", "above its mean");
    c.stores[0].distribution = "uniform", c.stores[0].deviation = 3;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "demand.deviation", "below 0");
    c.stores[0].distribution = "empirical";
    expect_refusal(&c, CAMPAIGN_E_MISSING, "points.value", "no points");
    c.stores[0] = plain_store;
    c.stores[0].pack = 0;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "demand.pack", "pack is 0");
    c.stores[0] = plain_store;
    c.stores[0].left = 200;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "demand.left_value", "worth more");
    c.stores[0] = plain_store;
    c.stores[0].safety = 5, c.stores[0].pack = 4, c.stores[0].maximum = 7;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "demand.safety", "takes 2 packs of 4, beyond the maximum of 7");
    c.stores[0].safety = 1, c.stores[0].display = 9;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "demand.min_display", "beyond the maximum of 7");
    c.stores[0] = plain_store;
    c.reserve = 6;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "pool.reserve", "6 are kept back of a stock of 5");
    c.reserve = 0, c.stock = -4;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "pool.stock", "stock is -4");
    c.stock = 5;
    c.stores[0].distribution = "negative_binomial", c.stores[0].mean = 1e6, c.stores[0].deviation = 1e8;
    expect_refusal(&c, CAMPAIGN_E_LIMIT, "demand.deviation", "take normal");
}

static void test_arguments_are_checked(void **state)
{
    (void)state;
    const stock_case c = make_case(1, 5);
    stock_call call;
    start_call(&call, &c, false);
    campaign_table *pool = call.pool;
    call.pool = NULL;
    assert_int_equal(run_call(&call), CAMPAIGN_E_ARGUMENT);
    call.pool = pool;
    call.options.objective = 2;
    assert_int_equal(run_call(&call), CAMPAIGN_E_ARGUMENT);
    call.options.objective = 0, call.options.reserve_ppm = 1000001;
    assert_int_equal(run_call(&call), CAMPAIGN_E_ARGUMENT);
    call.options.reserve_ppm = 0, call.options.language = "fr";
    assert_int_equal(run_call(&call), CAMPAIGN_E_UNKNOWN);
    call.options.language = NULL, call.options.store = "门店";
    assert_int_equal(run_call(&call), CAMPAIGN_E_COLUMN);
    assert_string_equal(call.error.where, "demand.门店");
    call.options.store = NULL, call.report.size = 3;
    assert_int_equal(run_call(&call), CAMPAIGN_E_ARGUMENT);
    call.report.size = (uint32_t)sizeof call.report;
    campaign_table *demand = call.demand;
    call.demand = pool;
    assert_int_equal(run_call(&call), CAMPAIGN_E_COLUMN);
    call.demand = demand;
    assert_ok(run_call(&call), call.error);
    end_call(&call);
}

static void test_no_stock_and_no_rows(void **state)
{
    (void)state;
    stock_case c = make_case(1, 0);
    stock_call call;
    start_call(&call, &c, false);
    assert_ok(run_call(&call), call.error);
    assert_int_equal(cell(call.allocation, "units", 0), 0);
    assert_int_equal(call.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    end_call(&call);
    c.n = 0;
    c.stock = 7;
    start_call(&call, &c, false);
    assert_ok(run_call(&call), call.error);
    assert_int_equal(campaign_table_n_rows(call.allocation), 0);
    assert_int_equal(cell(call.report.pools, "left", 0), 7);
    assert_text(call.report.pools, "text", 0, "No store asks for it; 7 pieces are left.");
    end_call(&call);
}

/* A pool of 10^9 over known demands of 10^9 each: shared in proportion to what they could take. */
static void test_equal_margins_share_a_scarce_pool(void **state)
{
    (void)state;
    stock_case c = make_case(3, 600000000);
    for (int32_t i = 0; i < 3; i++) c.stores[i].distribution = "deterministic";
    c.stores[0].mean = 1e9, c.stores[1].mean = 1e9, c.stores[2].mean = 4e8;
    stock_call call;
    start_call(&call, &c, false);
    assert_ok(run_call(&call), call.error);
    assert_near(call.report.value, 6e8, 1e-3);
    assert_int_equal(call.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    assert_int_equal(call.report.n_units, 600000000);
    assert_true(cell(call.allocation, "units", 0) == cell(call.allocation, "units", 1));
    assert_true(cell(call.allocation, "units", 2) > 0);
    end_call(&call);
}

/* Without states to search in, packs of 3 and 5 come with an honest gap. */
static void test_unproven_answers_say_so(void **state)
{
    (void)state;
    stock_case c = make_case(2, 14);
    c.stores[0].mean = c.stores[1].mean = 9;
    c.stores[0].pack = 3, c.stores[1].pack = 5, c.stores[1].margin = 130;
    stock_call call;
    start_call(&call, &c, false);
    call.options.state_limit = 1;
    assert_ok(run_call(&call), call.error);
    const double best = fmax(true_value(&c.stores[0], 3) + true_value(&c.stores[1], 10),
                             true_value(&c.stores[0], 9) + true_value(&c.stores[1], 5));
    assert_true(call.report.bound >= best - 1e-12);
    assert_true(call.report.value <= best + 1e-12);
    assert_int_equal(call.report.status, CAMPAIGN_CERTIFICATE_BOUND);
    assert_text(call.report.notes, "code", campaign_table_n_rows(call.report.notes) - 1, "not_proven");
    end_call(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exponential_stores_meet_at_equal_margins),
        cmocka_unit_test(test_normal_stores_run_out_alike),
        cmocka_unit_test(test_equal_fill_of_known_demand),
        cmocka_unit_test(test_reserve_is_kept_and_enough_is_enough),
        cmocka_unit_test(test_reserve_rate_rounds_up),
        cmocka_unit_test(test_a_whole_reserve_rate_is_a_rate),
        cmocka_unit_test(test_safety_stocks_that_do_not_fit),
        cmocka_unit_test(test_reasons_are_told_in_both_languages),
        cmocka_unit_test(test_a_display_beyond_the_pool_is_valued),
        cmocka_unit_test(test_wrong_cells_are_refused),
        cmocka_unit_test(test_arguments_are_checked),
        cmocka_unit_test(test_no_stock_and_no_rows),
        cmocka_unit_test(test_equal_margins_share_a_scarce_pool),
        cmocka_unit_test(test_unproven_answers_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
