/* Locks, bounds and growth of single nodes. Truth: every way to hand out a small target, one by one. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"JPY\","

enum { LINES = 3, MARKETS = 2, CELLS = LINES * MARKETS, TARGET = 6, MOST_RULES = 6 };

static const char *const lines[LINES] = { "a", "b", "c" };
static const char *const markets[MARKETS] = { "x", "y" };

/* One order per product line and market, of 10 × a weight. */
static campaign_table *make_cells(const int64_t weights[CELLS])
{
    order_row rows[CELLS];
    for (int i = 0; i < CELLS; i++)
        rows[i] = (order_row){ cpn_day_from_civil(2026, 1 + i, 1), weights[i] * 10, lines[i / MARKETS],
                               markets[i % MARKETS] };
    return make_orders(rows, CELLS, true, "JPY");
}

/* ---- Brute force ------------------------------------------------------------------------------------------------ */

typedef struct small_rule {
    int line, market; /* market -1: the whole line */
    int64_t minimum, maximum;
} small_rule;

static bool holds(const small_rule *rule, const int64_t parts[CELLS])
{
    int64_t sum = 0;
    for (int m = 0; m < MARKETS; m++)
        if (rule->market < 0 || rule->market == m) sum += parts[rule->line * MARKETS + m];
    return sum >= rule->minimum && sum <= rule->maximum;
}

/* Tries every way to hand out the target. */
static bool is_feasible(const small_rule *rules, int n)
{
    int64_t parts[CELLS] = { 0 };
    for (int code = 0; code < 117649; code++) { /* 7^6: each cell has 0 to 6 */
        int64_t sum = 0;
        for (int i = 0, rest = code; i < CELLS; i++, rest /= TARGET + 1) sum += parts[i] = rest % (TARGET + 1);
        bool is_good = sum == TARGET;
        for (int i = 0; i < n && is_good; i++) is_good = holds(&rules[i], parts);
        if (is_good) return true;
    }
    return false;
}

static void write_request(char request[2048], const small_rule *rules, int n)
{
    size_t length = (size_t)snprintf(request, 2048,
                                     HEAD "\"target\":{\"amount\":%d},\"split\":[\"product_line\","
                                          "\"market\"],\"campaigns\":{\"tiers\":[]},\"rules\":[",
                                     TARGET);
    for (int i = 0; i < n; i++) {
        char market[32] = "";
        if (rules[i].market >= 0) (void)snprintf(market, sizeof market, ",\"market\":\"%s\"", markets[rules[i].market]);
        length += (size_t)snprintf(request + length, 2048 - length, "%s{\"product_line\":\"%s\"%s", i ? "," : "",
                                   lines[rules[i].line], market);
        if (rules[i].minimum == rules[i].maximum)
            length +=
                (size_t)snprintf(request + length, 2048 - length, ",\"amount\":%lld}", (long long)rules[i].minimum);
        else
            length += (size_t)snprintf(request + length, 2048 - length, ",\"minimum\":%lld,\"maximum\":%lld}",
                                       (long long)rules[i].minimum, (long long)rules[i].maximum);
    }
    (void)snprintf(request + length, 2048 - length, "]}");
}

/* Whether a message names a rule, by its node and the bound that is in the way. */
static bool is_named(const char *message, const small_rule *rule)
{
    static const char *const signs[] = { "=", ">=", "<=" };
    for (int i = 0; i < 3; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "2027 %s%s%s %s %lld", lines[rule->line], rule->market < 0 ? "" : " ",
                       rule->market < 0 ? "" : markets[rule->market], signs[i],
                       (long long)(i == 2 ? rule->maximum : rule->minimum));
        if (i == 0 && rule->minimum != rule->maximum) continue;
        const char *at = strstr(message, name);
        if (at && strchr(", ", at[strlen(name)])) return true;
        if (at && at[strlen(name)] == '\0') return true;
    }
    return false;
}

/* The rules that a refusal names contradict each other, or the target, by themselves; without any one of them they do
 * not. */
static void check_refusal(const char *message, const small_rule *rules, int n)
{
    small_rule named[MOST_RULES], fewer[MOST_RULES];
    int n_named = 0;
    if (strstr(message, " more")) return; /* not all are named */
    for (int i = 0; i < n; i++)
        if (is_named(message, &rules[i])) named[n_named++] = rules[i];
    if (n_named == 0 || is_feasible(named, n_named)) fail_msg("%d named: %s", n_named, message);
    for (int left_out = 0; left_out < n_named; left_out++) {
        int n_fewer = 0;
        for (int i = 0; i < n_named; i++)
            if (i != left_out) fewer[n_fewer++] = named[i];
        if (!is_feasible(fewer, n_fewer)) fail_msg("not all are needed: %s", message);
    }
}

static void check_plan(const campaign_plan *plan, const small_rule *rules, int n)
{
    campaign_table *targets = take_table(plan, "targets");
    int64_t parts[CELLS] = { 0 }, sum = 0;
    for (int i = 0; i < CELLS; i++) {
        for (int64_t row = 0; row < campaign_table_n_rows(targets); row++)
            if (cell_is(targets, "product_line", row, lines[i / MARKETS]) &&
                cell_is(targets, "market", row, markets[i % MARKETS]))
                parts[i] = number_at(targets, "target", row);
        sum += parts[i];
    }
    assert_int_equal(sum, TARGET);
    for (int i = 0; i < n; i++) assert_true(holds(&rules[i], parts));
    campaign_table_free(targets);
}

static void make_rules(small_rule *rules, int *n, cpn_random *random)
{
    bool is_used[LINES][MARKETS + 1] = { { false } };
    const int n_wanted = 1 + (int)cpn_random_below(random, MOST_RULES);
    *n = 0;
    for (int i = 0; i < n_wanted; i++) {
        const int line = (int)cpn_random_below(random, LINES), market = (int)cpn_random_below(random, MARKETS + 1) - 1;
        if (is_used[line][market + 1]) continue;
        is_used[line][market + 1] = true;
        small_rule *rule = &rules[(*n)++];
        *rule = (small_rule){ line, market, cpn_random_below(random, 4), 0 };
        rule->maximum = rule->minimum + (cpn_random_below(random, 2) ? 0 : cpn_random_below(random, 3));
    }
}

static void test_rules_hold_where_any_split_can_hold_them(void **state)
{
    (void)state;
    const int64_t weights[CELLS] = { 3, 1, 4, 1, 5, 9 };
    campaign_table *orders = make_cells(weights);
    cpn_random random;
    int n_refused = 0, n_made = 0;
    cpn_random_seed(&random, 1234);
    for (int round = 0; round < 400; round++) {
        small_rule rules[MOST_RULES];
        char request[2048];
        int n;
        campaign_error error = { 0 };
        campaign_plan *plan = NULL;
        campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
        inputs.orders = orders;
        make_rules(rules, &n, &random);
        write_request(request, rules, n);
        const campaign_status status = campaign_plan_create(&plan, request, strlen(request), &inputs, NULL, &error);
        if (is_feasible(rules, n)) {
            assert_ok(status, error);
            check_plan(plan, rules, n);
            n_made++;
        } else {
            if (status != CAMPAIGN_E_INFEASIBLE) fail_msg("%s: %s", request, error.message);
            check_refusal(error.message, rules, n);
            n_refused++;
        }
        campaign_plan_free(plan);
    }
    assert_true(n_refused > 50 && n_made > 50);
    campaign_table_free(orders);
}

/* ---- Cases ------------------------------------------------------------------------------------------------------ */

static int64_t target_of(const campaign_plan *plan, const char *line, const char *market)
{
    campaign_table *targets = take_table(plan, "targets");
    int64_t minor = -1;
    for (int64_t row = 0; row < campaign_table_n_rows(targets) && minor < 0; row++)
        if (cell_is(targets, "product_line", row, line) && cell_is(targets, "market", row, market))
            minor = number_at(targets, "target", row);
    campaign_table_free(targets);
    return minor;
}

/* target_cases.json, T10: 1000 by 5 : 3 : 2, none above 400: 400, 360, 240; 1300 do not fit. */
static void test_a_cap_hands_its_surplus_on(void **state)
{
    (void)state;
    const int64_t weights[CELLS] = { 5, 0, 3, 0, 2, 0 }, expected[] = { 400, 360, 240 };
    campaign_table *orders = make_cells(weights);
    const char *const caps = "\"split\":[\"product_line\"],\"rules\":[{\"product_line\":\"a\",\"maximum\":400},"
                             "{\"product_line\":\"b\",\"maximum\":400},{\"product_line\":\"c\",\"maximum\":400}]}";
    char request[512];
    (void)snprintf(request, sizeof request, HEAD "\"target\":{\"amount\":1000},%s", caps);
    campaign_plan *plan = make_plan(request, orders);
    for (int i = 0; i < LINES; i++) assert_int_equal(target_of(plan, lines[i], ""), expected[i]);
    campaign_plan_free(plan);
    (void)snprintf(request, sizeof request, HEAD "\"target\":{\"amount\":1300},%s", caps);
    assert_refused(request, orders, CAMPAIGN_E_INFEASIBLE, "which hold 1200 at most");
    campaign_table_free(orders);
}

static void test_contradicting_locks_are_named(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2026, 1, false);
    assert_refused("{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\","
                   "\"target\":{\"amount\":60000000},\"split\":[\"month\",\"market\"],\"rules\":["
                   "{\"period\":\"2027-03\",\"minimum\":1},{\"period\":\"2027-02\",\"market\":\"华北\",\"minimum\":5},"
                   "{\"period\":\"2027-02\",\"market\":\"华东\",\"amount\":3500000},"
                   "{\"period\":\"2027-02\",\"market\":\"华南\",\"amount\":2000000},"
                   "{\"period\":\"2027-02\",\"amount\":5000000}]}",
                   orders, CAMPAIGN_E_INFEASIBLE,
                   "rules contradict: 2027-02 = 5000000.00 against 2027-02 华东 = 3500000.00, 2027-02 华南 = "
                   "2000000.00, which add up to 5500000.00");
    campaign_plan *plan;
    campaign_error error = { 0 };
    const char *single =
        "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\","
        "\"target\":{\"amount\":100},\"split\":[\"market\",\"month\"],\"rules\":["
        "{\"market\":\"华东\",\"maximum\":4},{\"period\":\"2027-02\",\"market\":\"华东\",\"amount\":5}]}";
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    inputs.orders = orders;
    assert_int_equal(campaign_plan_create(&plan, single, strlen(single), &inputs, NULL, &error), CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(error.message, "rules contradict: 2027 华东 <= 4.00 against 2027-02 华东 = 5.00");
    campaign_table_free(orders);
}

static void test_a_locked_day_survives_and_the_others_share_the_rest(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":3640},\"split\":[\"month\",\"day\"],\"rules\":["
                                         "{\"period\":\"2027-11-11\",\"amount\":1000},"
                                         "{\"period\":\"2027-11\",\"minimum\":1290}]}",
                                    NULL);
    campaign_table *targets = take_table(plan, "targets");
    /* Without orders days weigh the same: 11 months share what November's minimum leaves, its 29 other days 290. */
    const int64_t day = find_row(targets, "period", "2027-11-11", NULL, NULL);
    assert_int_equal(number_at(targets, "target", day), 1000);
    assert_true(cell_is(targets, "rule", day, "locked"));
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2027-11-12", NULL, NULL)), 10);
    const int64_t month = find_row(targets, "period", "2027-11", NULL, NULL);
    assert_int_equal(number_at(targets, "target", month), 1290);
    assert_true(cell_is(targets, "rule", month, "minimum"));
    campaign_table_free(targets);
    campaign_plan_free(plan);
}

static void test_a_rule_beside_the_tree_is_told_the_order_it_needs(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2026, 1, false);
    const char *const head =
        "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":9},";
    static const struct {
        const char *rest, *words;
        campaign_status status;
    } cases[] = {
        { "\"split\":[\"month\",\"product_line\",\"market\"],\"rules\":[{\"market\":\"华东\",\"maximum\":1}]}",
          "with the order market, month, product_line", CAMPAIGN_E_INFEASIBLE },
        { "\"split\":[\"product_line\",\"month\",\"market\"],\"rules\":[{\"period\":\"2027-Q1\",\"maximum\":1}]}",
          "with the order quarter, product_line, month, market", CAMPAIGN_E_INFEASIBLE },
        { "\"split\":[\"month\",\"day\",\"market\"],\"rules\":[{\"period\":\"2027-11-11\",\"maximum\":1}]}",
          "month, day, market and dimension_period day", CAMPAIGN_E_INFEASIBLE },
        { "\"split\":[\"month\"],\"rules\":[{\"market\":\"华东\",\"maximum\":1}]}", "not split by market",
          CAMPAIGN_E_INFEASIBLE },
        { "\"split\":[\"market\"],\"rules\":[{\"market\":\"华栋\",\"maximum\":1}]}", "no order has the market",
          CAMPAIGN_E_UNKNOWN },
        { "\"split\":[\"month\"],\"rules\":[{\"period\":\"2027-13\",\"maximum\":1}]}", "no period of the plan",
          CAMPAIGN_E_UNKNOWN },
        { "\"split\":[\"month\"],\"rules\":[{\"period\":\"2028-01\",\"maximum\":1}]}", "no period of the plan",
          CAMPAIGN_E_UNKNOWN },
        { "\"split\":[\"month\"],\"rules\":[{\"period\":\"2027-01\"}]}", "needs amount", CAMPAIGN_E_MISSING },
        { "\"split\":[\"month\"],\"rules\":[{\"period\":\"2027-01\",\"amount\":1,\"growth\":1}]}", "locks",
          CAMPAIGN_E_INFEASIBLE },
        { "\"split\":[\"month\"],\"rules\":[{\"period\":\"2027-01\",\"minimum\":2,\"maximum\":1}]}", "above maximum",
          CAMPAIGN_E_INFEASIBLE },
        { "\"split\":[\"month\"],\"rules\":[{\"period\":\"2027-01\",\"minimum\":2},{\"period\":\"2027-01\","
          "\"maximum\":3}]}",
          "rules[0] is for the same node", CAMPAIGN_E_DUPLICATE },
        { "\"split\":[\"month\"],\"rules\":[{\"growth\":0.5}]}", "target.growth", CAMPAIGN_E_INFEASIBLE },
        { "\"split\":[\"month\"],\"rules\":[{\"amount\":8}]}", "contradicts the target 9.00", CAMPAIGN_E_INFEASIBLE },
        { "\"split\":[\"month\"],\"rules\":[{\"period\":\"2027-05\",\"minimum\":10}]}",
          "the target 2027 = 9.00 contradicts 2027-05 >= 10.00", CAMPAIGN_E_INFEASIBLE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[1024];
        (void)snprintf(request, sizeof request, "%s%s", head, cases[i].rest);
        assert_refused(request, orders, cases[i].status, cases[i].words);
    }
    campaign_table_free(orders);
}

/* a sold 50 in each market and b 100 in one. With twice the sales of a in x, a weighs 100 + 50 against 100: 600 of 1000,
 * of which x has 400. */
static void test_growth_of_a_cell_lifts_every_node_above(void **state)
{
    (void)state;
    const int64_t weights[CELLS] = { 5, 5, 10, 0, 0, 0 };
    campaign_table *orders = make_cells(weights);
    campaign_plan *plan =
        make_plan(HEAD "\"target\":{\"amount\":1000},\"split\":[\"product_line\",\"market\"],\"rules\":["
                       "{\"product_line\":\"a\",\"market\":\"x\",\"growth\":\"100%\"}]}",
                  orders);
    assert_int_equal(target_of(plan, "a", ""), 600);
    assert_int_equal(target_of(plan, "a", "x"), 400);
    assert_int_equal(target_of(plan, "a", "y"), 200);
    assert_int_equal(target_of(plan, "b", "x"), 400);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* Months that weigh nothing stay empty, unless the caps of the others leave them something. */
static void test_what_caps_leave_goes_to_nodes_without_weight(void **state)
{
    (void)state;
    order_row rows[12];
    for (int32_t i = 0; i < 12; i++)
        rows[i] = (order_row){ cpn_day_from_civil(2026, i + 1, i == 0 ? 1 : 28), i < 2 ? 100 : 0, NULL, NULL };
    campaign_table *orders = make_orders(rows, 12, false, "JPY");
    campaign_plan *plan =
        make_plan(HEAD "\"target\":{\"amount\":100},\"split\":[\"month\"],\"rules\":["
                       "{\"period\":\"2027-01\",\"maximum\":30},{\"period\":\"2027-02\",\"maximum\":30},"
                       "{\"period\":\"2027-03\",\"maximum\":4}]}",
                  orders);
    campaign_table *targets = take_table(plan, "targets");
    static const int64_t expected[] = { 30, 30, 4, 4, 4 };
    for (int i = 0; i < 5; i++) assert_int_equal(number_at(targets, "target", i + 1), expected[i]);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* Each level assigns 10 % more: 1000 → 1100 → 1210; the targets stay exact. */
static void test_padding_adds_up_level_by_level(void **state)
{
    (void)state;
    const int64_t weights[CELLS] = { 3, 1, 4, 1, 5, 9 };
    campaign_table *orders = make_cells(weights);
    campaign_plan *plan =
                      make_plan(HEAD "\"target\":{\"amount\":1000},\"split\":[\"product_line\",\"market\"],\"levels\":{"
                                     "\"product_line\":{\"padding\":\"10%\"},\"market\":{\"padding\":0.1}}}",
                                orders),
                  *loaded;
    campaign_table *targets = take_table(plan, "targets");
    int64_t sums[3] = { 0 }, n_without = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(targets); row++) {
        if (campaign_table_is_null(targets, campaign_table_find(targets, "assigned"), row)) {
            n_without++;
            continue;
        }
        sums[cell_is(targets, "level", row, "year")           ? 0
             : cell_is(targets, "level", row, "product_line") ? 1
                                                              : 2] += number_at(targets, "assigned", row);
    }
    assert_int_equal(sums[0], 1000);
    assert_int_equal(sums[1], 1100);
    assert_int_equal(sums[2], 1210);
    assert_int_equal(n_without, 2); /* the year by market */
    assert_int_equal(target_of(plan, "a", "") + target_of(plan, "b", "") + target_of(plan, "c", ""), 1000);
    campaign_error error;
    char *json;
    size_t length;
    assert_ok(campaign_plan_save(&json, &length, plan, &error), error);
    assert_ok(campaign_plan_load(&loaded, json, length, &error), error);
    campaign_plan_free(loaded);
    const size_t column = (size_t)(strstr(json, "\"assigned\"") - json);
    const size_t amount = (size_t)(strstr(json + column, "\"1000\"") - json);
    json[amount + 1] = '2';
    assert_int_equal(campaign_plan_load(&loaded, json, strlen(json), &error), CAMPAIGN_E_VALUE);
    assert_non_null(strstr(error.where, "assigned"));
    campaign_text_free(json);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_hold_where_any_split_can_hold_them),
        cmocka_unit_test(test_a_cap_hands_its_surplus_on),
        cmocka_unit_test(test_contradicting_locks_are_named),
        cmocka_unit_test(test_a_locked_day_survives_and_the_others_share_the_rest),
        cmocka_unit_test(test_a_rule_beside_the_tree_is_told_the_order_it_needs),
        cmocka_unit_test(test_growth_of_a_cell_lifts_every_node_above),
        cmocka_unit_test(test_what_caps_leave_goes_to_nodes_without_weight),
        cmocka_unit_test(test_padding_adds_up_level_by_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
