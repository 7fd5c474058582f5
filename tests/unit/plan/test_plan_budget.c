/* Budget by policy: bounds of campaigns, the cap of the off season, money inside campaigns. */
#include "planning.h"

/* Four nodes of a burst of one day and three days of closing: without orders each weighs the same. February is off season,
 * April neither, June and November are peak. */
#define HEAD                                                                                                           \
    "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\",\"year\":2027,\"target\":{\"amount\":365},"          \
    "\"split\":[],\"seasons\":{\"peak\":[6,11],\"off\":[2]},\"campaigns\":{\"tiers\":[],"                              \
    "\"forced\":[\"feb\",\"apr\",\"jun\",\"nov\"]},\"calendar\":{\"nodes\":[{\"schema\":\"campaign/nodes/1\","         \
    "\"nodes\":[" NODE("feb", "02") "," NODE("apr", "04") "," NODE("jun", "06") "," NODE("nov", "11") "]}]},"          \
                                                                                                      "\"budget\":{"
#define NODE(id, month) "{\"id\":\"" id "\",\"name\":\"" id "\",\"rule\":\"fixed " month "-10\"}"

static const char *const ids[] = { "feb", "apr", "jun", "nov" };

static campaign_plan *plan_budget(const char *budget)
{
    char request[4096];
    (void)snprintf(request, sizeof request, "%s%s}}", HEAD, budget);
    return make_plan(request, NULL);
}

static int64_t amount_of(const campaign_table *budget, const char *campaign)
{
    return number_at(budget, "amount", find_row(budget, "campaign", campaign, NULL, NULL));
}

static void assert_amounts(const char *words, const int64_t expected[4], int64_t contingency, const char *basis)
{
    campaign_plan *plan = plan_budget(words);
    campaign_table *budget = take_table(plan, "budget");
    for (int i = 0; i < 4; i++) assert_int_equal(amount_of(budget, ids[i]), expected[i]);
    assert_int_equal(number_at(budget, "amount", 0), contingency);
    assert_true(cell_is(budget, "basis", 1, basis));
    assert_true(cell_is(budget, "season", 1, "off"));
    campaign_table_free(budget);
    campaign_plan_free(plan);
}

/* 1000.00: 100.00 set aside, 720.00 proven, 180.00 for each of four. The off season's 180.00 are above 30 % of the peak's
 * 360.00.
 * To the peak: off <= 0.3 × (540 - off), 124.615: 124.61, and the peak shares 415.39.
 * To all others: off <= 0.3 × 2/3 × (720 - off) gives 120.00, and 200.00 for each of the three.
 * To the contingency: 0.3 × 360.00 = 108.00, and 72.00 are set aside as well. */
static void test_off_season_is_held_at_its_part_of_the_peak(void **state)
{
    (void)state;
    assert_amounts("\"total\":1000", (const int64_t[]){ 12461, 18000, 20770, 20769 }, 10000, "off_season_cap");
    assert_amounts("\"total\":1000,\"off_season_excess\":\"others\"", (const int64_t[]){ 12000, 20000, 20000, 20000 },
                   10000, "off_season_cap");
    assert_amounts("\"total\":1000,\"off_season_excess\":\"contingency\"",
                   (const int64_t[]){ 10800, 18000, 18000, 18000 }, 17200, "off_season_cap");
    assert_amounts("\"total\":1000,\"off_season_cap\":\"50%\"", (const int64_t[]){ 18000, 18000, 18000, 18000 }, 10000,
                   "value");
    assert_amounts("\"total\":1000,\"off_season_cap\":0", (const int64_t[]){ 0, 18000, 27000, 27000 }, 10000,
                   "off_season_cap");
}

/* The peak may take 400.00 at most: then off <= 0.3 × 400.00, and what nobody may take joins the contingency. */
static void test_bounds_of_the_peak_bind_the_cap(void **state)
{
    (void)state;
    const char *words = "\"total\":1000,\"campaigns\":{\"jun\":{\"maximum\":200},\"nov\":{\"maximum\":\"200.00\"}}";
    assert_amounts(words, (const int64_t[]){ 12000, 18000, 20000, 20000 }, 12000, "off_season_cap");
    campaign_plan *plan = plan_budget(words);
    assert_true(has_note(plan, "budget_left"));
    assert_true(has_note(plan, "off_season_capped"));
    campaign_plan_free(plan);
}

/* apr has 300.00, so 420.00 are left for three; feb must have 100.00 and no more, jun and nov share 320.00. */
static void test_amounts_and_bounds_hold(void **state)
{
    (void)state;
    campaign_plan *plan = plan_budget("\"total\":1000,\"off_season_cap\":1,\"campaigns\":{\"apr\":{\"amount\":300},"
                                      "\"feb\":{\"minimum\":50,\"maximum\":100},\"jun\":{\"minimum\":250}}");
    campaign_table *budget = take_table(plan, "budget");
    assert_int_equal(amount_of(budget, "feb"), 8500);
    assert_int_equal(amount_of(budget, "apr"), 30000);
    assert_int_equal(amount_of(budget, "jun"), 25000);
    assert_int_equal(amount_of(budget, "nov"), 8500);
    assert_true(cell_is(budget, "basis", 2, "amount"));
    assert_true(cell_is(budget, "basis", 3, "minimum"));
    assert_true(cell_is(budget, "basis", 4, "value"));
    campaign_table_free(budget);
    campaign_plan_free(plan);
}

/* Both nodes have a target of 4.00; a big one is worth 30 % of its day's target, a small one 15 %: 480.00 to 240.00. */
static void test_campaigns_share_by_value_or_by_target(void **state)
{
    (void)state;
    static const struct {
        const char *by;
        int64_t big, small;
    } cases[] = { { "", 48000, 24000 }, { ",\"by\":\"value\"", 48000, 24000 }, { ",\"by\":\"target\"", 36000, 36000 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[1024];
        (void)snprintf(
            request, sizeof request,
            "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\",\"year\":2027,\"target\":"
            "{\"amount\":365},\"split\":[],\"campaigns\":{\"tiers\":[],\"forced\":[\"a\",\"b\"]},\"calendar\":"
            "{\"nodes\":[{\"schema\":\"campaign/nodes/1\",\"nodes\":[{\"id\":\"a\",\"name\":\"a\",\"tier\":\"big\","
            "\"rule\":\"fixed 04-10\"},{\"id\":\"b\",\"name\":\"b\",\"rule\":\"fixed 07-10\"}]}]},"
            "\"budget\":{\"total\":1000%s}}",
            cases[i].by);
        campaign_plan *plan = make_plan(request, NULL);
        campaign_table *budget = take_table(plan, "budget");
        assert_int_equal(amount_of(budget, "a"), cases[i].big);
        assert_int_equal(amount_of(budget, "b"), cases[i].small);
        campaign_table_free(budget);
        campaign_plan_free(plan);
    }
}

static void test_impossible_bounds_are_refused_with_their_lines(void **state)
{
    (void)state;
    static const struct {
        const char *budget;
        campaign_status code;
        const char *word;
    } cases[] = {
        { "\"total\":1000,\"campaigns\":{\"apr\":{\"amount\":500},\"nov\":{\"minimum\":300}}", CAMPAIGN_E_INFEASIBLE,
          "apr 500.00, nov 300.00 ask for more than the campaigns have, 720.00" },
        { "\"total\":1000,\"campaigns\":{\"apri\":{\"amount\":5}}", CAMPAIGN_E_UNKNOWN, "\"apr\"" },
        { "\"total\":1000,\"campaigns\":{\"apr\":{\"minimum\":5,\"maximum\":4}}", CAMPAIGN_E_INFEASIBLE, "below" },
        { "\"total\":1000,\"campaigns\":{\"apr\":{\"amount\":5,\"maximum\":4}}", CAMPAIGN_E_INFEASIBLE, "outside" },
        { "\"total\":1000,\"campaigns\":{\"feb\":{\"minimum\":130}}", CAMPAIGN_E_INFEASIBLE,
          "feb, ask for 130.00 at least; off_season_cap allows 124.61" },
        { "\"total\":1000,\"campaigns\":{\"feb\":{\"minimum\":130}},\"off_season_excess\":\"others\"",
          CAMPAIGN_E_INFEASIBLE, "allows 120.00" },
        { "\"total\":1000,\"items\":{\"burst\":{\"traffic\":0.5,\"materials\":0.4}}", CAMPAIGN_E_INFEASIBLE, "90 %" },
        { "\"total\":1000,\"items\":{\"bust\":{\"traffic\":1}}", CAMPAIGN_E_UNKNOWN, "bust" },
        { "\"total\":1000,\"channels\":[{\"id\":\"a\"},{\"id\":\"a\"}]", CAMPAIGN_E_DUPLICATE, "channels[1]" },
        { "\"total\":1000,\"channels\":[{\"own\":true}]", CAMPAIGN_E_MISSING, "id" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[4096];
        (void)snprintf(request, sizeof request, "%s%s}}", HEAD, cases[i].budget);
        assert_refused(request, NULL, cases[i].code, cases[i].word);
    }
}

/* ---- Laws ---- */

static int64_t random_bound(cpn_random *random)
{
    return cpn_random_below(random, 30) * 997;
}

/* Items of every campaign add up to its line, and lines to the total; bounds and cap hold. */
static void check_laws(const char *words, const int64_t bounds[4][2], int64_t total, int64_t cap_ppm)
{
    campaign_plan *plan = plan_budget(words);
    campaign_table *budget = take_table(plan, "budget"), *items = take_table(plan, "budget_items");
    int64_t sum = 0, amounts[4], inside[4] = { 0 };
    for (int64_t row = 0; row < campaign_table_n_rows(budget); row++) sum += number_at(budget, "amount", row);
    assert_int_equal(sum, total);
    for (int i = 0; i < 4; i++) {
        amounts[i] = amount_of(budget, ids[i]);
        assert_true(amounts[i] >= bounds[i][0] && amounts[i] <= bounds[i][1]);
        for (int64_t row = 0; row < campaign_table_n_rows(items); row++)
            if (cell_is(items, "campaign", row, ids[i])) inside[i] += number_at(items, "amount", row);
        assert_int_equal(inside[i], amounts[i]);
    }
    assert_true(amounts[0] * 1000000 <= (amounts[2] + amounts[3]) * cap_ppm);
    campaign_table_free(items);
    campaign_table_free(budget);
    campaign_plan_free(plan);
}

static void test_random_bounds_keep_every_law(void **state)
{
    (void)state;
    static const char *const policies[] = { "peak", "others", "contingency" };
    cpn_random random;
    cpn_random_seed(&random, 12);
    int n_feasible = 0;
    for (int round = 0; round < 400; round++) {
        const int64_t total = 100000 + cpn_random_below(&random, 100000), cap = cpn_random_below(&random, 900001);
        int64_t bounds[4][2];
        char words[1024], request[4096];
        size_t n = (size_t)snprintf(
            words, sizeof words,
            "\"total\":\"%d.%02d\",\"off_season_cap\":\"%d.%04d%%\",\"off_season_excess\":\"%s\","
            "\"campaigns\":{",
            (int)(total / 100), (int)(total % 100), (int)(cap / 10000), (int)(cap % 10000), policies[round % 3]);
        for (int i = 0; i < 4; i++) {
            bounds[i][0] = random_bound(&random);
            bounds[i][1] = bounds[i][0] + random_bound(&random);
            n += (size_t)snprintf(words + n, sizeof words - n,
                                  "%s\"%s\":{\"minimum\":\"%d.%02d\",\"maximum\":\"%d.%02d\"}", i ? "," : "", ids[i],
                                  (int)(bounds[i][0] / 100), (int)(bounds[i][0] % 100), (int)(bounds[i][1] / 100),
                                  (int)(bounds[i][1] % 100));
        }
        (void)snprintf(words + n, sizeof words - n, "}");
        (void)snprintf(request, sizeof request, "%s%s}}", HEAD, words);
        campaign_plan *plan = NULL;
        campaign_error error;
        const campaign_status status = campaign_plan_create(&plan, request, strlen(request), NULL, NULL, &error);
        campaign_plan_free(plan);
        if (status == CAMPAIGN_E_INFEASIBLE) continue;
        assert_ok(status, error);
        n_feasible++;
        check_laws(words, (const int64_t(*)[2])bounds, total, cap);
    }
    assert_true(n_feasible > 100);
}

/* ---- Inside of campaigns ---- */

/* feb, of the off season, gives 15 % to traffic: 0.15 × 124.61 = 18.69. Own channels take 10.00 and 5.00 of it first, the
 * third what is left; jun, in the peak, gives 50 % of 207.70, by weights 1 : 1 : 2 within the same maxima. */
static void test_own_channels_come_first_in_the_off_season(void **state)
{
    (void)state;
    campaign_plan *plan =
        plan_budget("\"total\":1000,\"channels\":[{\"id\":\"ads\",\"share\":\"20%\"},{\"id\":\"shop\","
                    "\"own\":true,\"share\":\"10%\",\"maximum\":10},{\"id\":\"群\",\"own\":true,"
                    "\"share\":\"10%\",\"maximum\":5}]");
    campaign_table *items = take_table(plan, "budget_items");
    static const struct {
        const char *campaign, *channel, *amount, *rank, *source;
    } expected[] = {
        { "feb", "shop", "10.00", "1", "AP12" }, { "feb", "群", "5.00", "2", "AP12" },
        { "feb", "ads", "3.69", "3", "AP12" },   { "jun", "ads", "88.85", "1", "AP10" },
        { "jun", "shop", "10.00", "2", "AP10" }, { "jun", "群", "5.00", "3", "AP10" },
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const int64_t row = find_row(items, "campaign", expected[i].campaign, "channel", expected[i].channel);
        assert_true(row >= 0);
        assert_true(cell_is(items, "amount", row, expected[i].amount));
        assert_true(cell_is(items, "rank", row, expected[i].rank));
        assert_true(cell_is(items, "source", row, expected[i].source));
    }
    campaign_table_free(items);
    campaign_plan_free(plan);
}

/* Orders that name their channels: 300.00 and 100.00 sold, and one that only took goods back. */
static void test_channels_of_the_orders_share_by_their_sales(void **state)
{
    (void)state;
    const order_row rows[] = { { cpn_day_from_civil(2026, 5, 1), 30000, "x", "直播" },
                               { cpn_day_from_civil(2026, 5, 2), 10000, "x", "门店" },
                               { cpn_day_from_civil(2026, 5, 3), -500, "x", "展会" } };
    campaign_table *orders = make_orders(rows, 3, true, "CNY");
    campaign_plan *plan = make_plan(
        "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\",\"year\":2027,\"target\":{\"amount\":365},"
        "\"split\":[\"channel\"],\"data\":{\"columns\":{\"channel\":\"market\"}},\"budget\":{\"total\":1000},"
        "\"campaigns\":{\"tiers\":[],\"forced\":[\"d618\"],\"types\":{\"d618\":\"acquisition\"}}}",
        orders);
    campaign_table *items = take_table(plan, "budget_items");
    /* 720.00, of which 60 % are for traffic: 432.00, by 3 : 1. */
    assert_int_equal(campaign_table_n_rows(items), 4);
    assert_int_equal(number_at(items, "amount", find_row(items, "channel", "直播", NULL, NULL)), 32400);
    assert_int_equal(number_at(items, "amount", find_row(items, "channel", "门店", NULL, NULL)), 10800);
    campaign_table_free(items);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_items_follow_the_type(void **state)
{
    (void)state;
    campaign_plan *plan = plan_budget("\"total\":1000,\"off_season_cap\":1,\"channels\":[{\"id\":\"x\",\"maximum\":1}],"
                                      "\"items\":{\"care\":{\"materials\":\"99.9%\",\"traffic\":0.001}}");
    campaign_table *items = take_table(plan, "budget_items");
    /* 180.00 each: care as the request says, a burst 50 : 15 : 35, a node 40 : 20 : 40; beyond 1.00 no channel takes any. */
    assert_int_equal(number_at(items, "amount", find_row(items, "campaign", "feb", "item", "materials")), 17982);
    assert_int_equal(number_at(items, "amount", find_row(items, "campaign", "feb", "item", "subsidy")), 0);
    assert_int_equal(number_at(items, "amount", find_row(items, "campaign", "jun", "item", "subsidy")), 6300);
    assert_int_equal(number_at(items, "amount", find_row(items, "campaign", "apr", "item", "materials")), 3600);
    const int64_t rest = find_row(items, "name", "Traffic without a channel", NULL, NULL);
    assert_true(cell_is(items, "campaign", rest, "apr"));
    assert_int_equal(number_at(items, "amount", rest), 7100);
    campaign_table_free(items);
    campaign_plan_free(plan);
}

static void test_documents_that_break_the_policy_are_refused(void **state)
{
    (void)state;
    campaign_plan *plan = plan_budget("\"total\":1000,\"off_season_cap\":\"30%\""), *loaded;
    char *saved = save_plan(plan), *json = malloc(strlen(saved) + 1);
    campaign_error error;
    assert_non_null(json);
    memcpy(json, saved, strlen(saved) + 1);
    campaign_text_free(saved);
    char *amount = strstr(strstr(json, "\"budget_items\""), "\"amount\": [\"");
    assert_non_null(amount);
    amount[strlen("\"amount\": [\"")] ^= 1; /* the first digit */
    assert_int_equal(campaign_plan_load(&loaded, json, strlen(json), &error), CAMPAIGN_E_VALUE);
    assert_non_null(strstr(error.where, "budget_items"));
    amount[strlen("\"amount\": [\"")] ^= 1;
    assert_ok(campaign_plan_load(&loaded, json, strlen(json), &error), error);
    campaign_plan_free(loaded);
    /* The same plan under a cap of 20 %: its off season has too much. */
    char *total = strstr(json, "\"off_season_cap\"");
    assert_non_null(total);
    memcpy(strstr(total, "30%"), "20%", 3);
    assert_int_equal(campaign_plan_load(&loaded, json, strlen(json), &error), CAMPAIGN_E_VALUE);
    assert_non_null(strstr(error.message, "cap"));
    free(json);
    campaign_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_off_season_is_held_at_its_part_of_the_peak),
        cmocka_unit_test(test_bounds_of_the_peak_bind_the_cap),
        cmocka_unit_test(test_amounts_and_bounds_hold),
        cmocka_unit_test(test_campaigns_share_by_value_or_by_target),
        cmocka_unit_test(test_impossible_bounds_are_refused_with_their_lines),
        cmocka_unit_test(test_random_bounds_keep_every_law),
        cmocka_unit_test(test_own_channels_come_first_in_the_off_season),
        cmocka_unit_test(test_channels_of_the_orders_share_by_their_sales),
        cmocka_unit_test(test_items_follow_the_type),
        cmocka_unit_test(test_documents_that_break_the_policy_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
