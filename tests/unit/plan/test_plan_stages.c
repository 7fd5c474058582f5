/* Stages of product lines, classes of markets, and what campaigns take from them. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\",\"year\":2027,\"target\":{\"amount\":365}"

/* Whole months of 2025 and 2026; each line sells what its function says, in market m. */
static campaign_table *sell(int64_t (*amount)(int32_t line, int32_t month), int32_t n_lines, int32_t n_months)
{
    static const char *const lines[] = { "A", "B", "C", "D" };
    order_row rows[4 * 24];
    int64_t n = 0;
    for (int32_t month = 24 - n_months; month < 24; month++)
        for (int32_t line = 0; line < n_lines; line++) {
            const int64_t minor = amount(line, month);
            const int32_t day = cpn_day_from_civil(2025 + month / 12, month % 12 + 1, month % 12 == 11 ? 31 : 1);
            if (minor != 0) rows[n++] = (order_row){ day, minor, lines[line], "m" };
        }
    return make_orders(rows, n, true, "CNY");
}

static void assert_product(const campaign_table *products, const char *line, const char *stage, const char *basis,
                           const char *growth)
{
    const int64_t row = find_row(products, "product_line", line, NULL, NULL);
    assert_true(row >= 0);
    assert_true(cell_is(products, "stage", row, stage));
    assert_true(cell_is(products, "basis", row, basis));
    assert_true(cell_is(products, "growth_ppm", row, growth));
}

/* A: 100 then 125 a month, +25 %. B: 200 both years. C: 300 then 270, -10 %. D: since October 2026. */
static int64_t four_lines(int32_t line, int32_t month)
{
    if (line == 3) return month >= 21 ? 5000 : 0;
    const int64_t years[3][2] = { { 10000, 12500 }, { 20000, 20000 }, { 30000, 27000 } };
    return years[line][month / 12];
}

static void test_stages_follow_two_years(void **state)
{
    (void)state;
    campaign_table *orders = sell(four_lines, 4, 24);
    campaign_plan *plan = make_plan(HEAD "}", orders);
    campaign_table *products = take_table(plan, "products");
    assert_product(products, "A", "growth", "year_on_year", "250000");
    assert_product(products, "B", "mature", "year_on_year", "0");
    assert_product(products, "C", "decline", "year_on_year", "-100000");
    assert_product(products, "D", "new", "age", "");
    const int64_t d = find_row(products, "product_line", "D", NULL, NULL);
    assert_int_equal(number_at(products, "age_months", d), 3);
    assert_int_equal(number_at(products, "revenue", d), 15000);
    assert_true(cell_is(products, "campaign_type", d, "experience"));
    assert_true(cell_is(products, "objective", 1, "defend_share_and_profit"));
    campaign_table_free(products);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* All lines double in the second half of the one year there is; B trebles: its share goes from 1/4 to 1/3, +33 %. */
static int64_t one_year(int32_t line, int32_t month)
{
    const int64_t early[] = { 30000, 10000 }, late[] = { 60000, 30000 };
    return month % 12 < 6 ? early[line] : late[line];
}

static void test_one_year_is_judged_by_shares(void **state)
{
    (void)state;
    campaign_table *orders = sell(one_year, 2, 12);
    campaign_plan *plan = make_plan(HEAD "}", orders);
    campaign_table *products = take_table(plan, "products");
    assert_product(products, "A", "decline", "half_year_share", "-111111"); /* 3/4 to 2/3, in shares of whole ppm */
    assert_product(products, "B", "growth", "half_year_share", "333332");
    campaign_table_free(products);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_given_stages_and_limits_win(void **state)
{
    (void)state;
    campaign_table *orders = sell(four_lines, 4, 24);
    campaign_plan *plan = make_plan(HEAD ",\"products\":{\"stages\":{\"B\":\"new\",\"Z\":\"new\"},\"growth\":\"30%\","
                                         "\"decline\":\"-11%\",\"new_months\":2}}",
                                    orders);
    campaign_table *products = take_table(plan, "products"), *notes = take_table(plan, "notes");
    assert_product(products, "A", "mature", "year_on_year", "250000");
    assert_product(products, "B", "new", "given", "0");
    assert_product(products, "C", "mature", "year_on_year", "-100000");
    assert_product(products, "D", "", "unknown", ""); /* too old to be new, too young to compare */
    assert_product(products, "Z", "new", "given", "");
    assert_true(find_row(notes, "code", "product_unsold", "subject", "Z") >= 0);
    campaign_table_free(notes);
    campaign_table_free(products);
    campaign_plan_free(plan);
    campaign_table_free(orders);
    assert_refused(HEAD ",\"products\":{\"growth\":\"-20%\"}}", NULL, CAMPAIGN_E_INFEASIBLE, "above growth");
    assert_refused(HEAD ",\"products\":{\"stages\":{\"A\":\"old\"}}}", NULL, CAMPAIGN_E_VALUE, "mature");
}

#define FORCED ",\"campaigns\":{\"forced\":[\"d618\"]}"

static void test_campaigns_take_their_type_from_what_sells_most(void **state)
{
    (void)state;
    /* 618 is there whatever else the quarter offers. */
    static const struct {
        const char *more, *type, *objective;
    } cases[] = {
        { FORCED "}", "promotion_pull", "defend_share_and_profit" },
        { FORCED ",\"products\":{\"stages\":{\"B\":\"growth\",\"C\":\"new\"}}}", "experience",
          "penetration_and_word_of_mouth" },
        { FORCED ",\"seasons\":{\"peak\":[6]}}", "burst", "burst_conversion" },
        { FORCED ",\"seasons\":{\"off\":[6]}}", "care", "retention" },
        { ",\"campaigns\":{\"forced\":[\"d618\"],\"types\":{\"d618\":\"acquisition\"}}}", "acquisition",
          "low_cost_acquisition" },
    };
    campaign_table *orders = sell(four_lines, 3, 24);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[400];
        (void)snprintf(request, sizeof request, "%s%s", HEAD, cases[i].more);
        campaign_plan *plan = make_plan(request, orders);
        campaign_table *campaigns = take_table(plan, "campaigns");
        const int64_t row = find_row(campaigns, "campaign", "d618", NULL, NULL);
        assert_true(cell_is(campaigns, "type", row, cases[i].type));
        assert_true(cell_is(campaigns, "objective", row, cases[i].objective));
        campaign_table_free(campaigns);
        campaign_plan_free(plan);
    }
    campaign_table_free(orders);
}

/* A shop that has not opened yet knows what it is going to sell. */
static void test_given_stages_need_no_history(void **state)
{
    (void)state;
    campaign_plan *plan =
        make_plan(HEAD ",\"products\":{\"stages\":{\"A\":\"new\",\"B\":\"growth\",\"C\":\"mature\"}}}", NULL);
    campaign_table *campaigns = take_table(plan, "campaigns"), *products = take_table(plan, "products");
    assert_int_equal(campaign_table_n_rows(products), 3);
    assert_true(cell_is(campaigns, "type", 0, "experience"));
    campaign_table_free(products);
    campaign_table_free(campaigns);
    campaign_plan_free(plan);
}

/* ---- Markets ---- */

typedef struct expected_market {
    const char *market, *revenue, *share, *cumulated, *class_name;
} expected_market;

static void assert_markets(const order_row *rows, int64_t n, const char *request, const expected_market *expected)
{
    campaign_table *orders = make_orders(rows, n, true, "CNY");
    campaign_plan *plan = make_plan(request, orders);
    campaign_table *markets = take_table(plan, "markets");
    int64_t row = 0;
    for (; expected[row].market; row++) {
        assert_true(row < campaign_table_n_rows(markets));
        assert_true(cell_is(markets, "market", row, expected[row].market));
        assert_true(cell_is(markets, "revenue", row, expected[row].revenue));
        assert_true(cell_is(markets, "share_ppm", row, expected[row].share));
        assert_true(cell_is(markets, "cumulated_ppm", row, expected[row].cumulated));
        assert_true(cell_is(markets, "class", row, expected[row].class_name));
    }
    assert_int_equal(campaign_table_n_rows(markets), row);
    campaign_table_free(markets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* AP3: 50 of 100 are below 60 %, 50 + 30 above; equal markets stand in the order of their names. */
static void test_core_is_the_smallest_set_that_makes_sixty_percent(void **state)
{
    (void)state;
    const int32_t day = cpn_day_from_civil(2026, 5, 1);
    const order_row rows[] = { { day, 1000, "x", "南" },
                               { day, 5000, "x", "东" },
                               { day, 1000, "x", "中" },
                               { day, 3000, "x", "北" },
                               { day, -200, "x", "西" } };
    assert_markets(rows, 5, HEAD "}",
                   (const expected_market[]){ { "东", "50.00", "500000", "500000", "core" },
                                              { "北", "30.00", "300000", "800000", "core" },
                                              { "中", "10.00", "100000", "900000", "emerging" },
                                              { "南", "10.00", "100000", "1000000", "emerging" },
                                              { "西", "-2.00", "0", "1000000", "emerging" },
                                              { 0 } });
    assert_markets(rows, 5, HEAD ",\"markets\":{\"core_share\":\"50%\"}}",
                   (const expected_market[]){ { "东", "50.00", "500000", "500000", "core" },
                                              { "北", "30.00", "300000", "800000", "emerging" },
                                              { "中", "10.00", "100000", "900000", "emerging" },
                                              { "南", "10.00", "100000", "1000000", "emerging" },
                                              { "西", "-2.00", "0", "1000000", "emerging" },
                                              { 0 } });
    assert_markets(rows + 4, 1, HEAD "}", (const expected_market[]){ { "西", "-2.00", "", "", "emerging" }, { 0 } });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stages_follow_two_years),
        cmocka_unit_test(test_one_year_is_judged_by_shares),
        cmocka_unit_test(test_given_stages_and_limits_win),
        cmocka_unit_test(test_campaigns_take_their_type_from_what_sells_most),
        cmocka_unit_test(test_given_stages_need_no_history),
        cmocka_unit_test(test_core_is_the_smallest_set_that_makes_sixty_percent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
