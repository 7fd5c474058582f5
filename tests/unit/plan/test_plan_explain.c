/* Explaining rows of a plan: records that lead down to the request and the history, in both languages. */
#include "planning.h"

#define HEAD    "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\","
#define REQUEST HEAD "\"target\":{\"growth\":\"10%\"},\"budget\":{\"rate\":\"4%\"},\"dimension_period\":\"quarter\"}"

static campaign_table *explain(const campaign_plan *plan, const char *table, const char *row, const char *language)
{
    campaign_error error;
    campaign_table *records = NULL;
    assert_ok(campaign_plan_explain(&records, plan, table, row, language, &error), error);
    return records;
}

/* Every record but the first explains one before it, one step nearer to the first. */
static void assert_is_chain(const campaign_table *records)
{
    const int32_t because_of = campaign_table_find(records, "because_of");
    assert_true(campaign_table_n_rows(records) > 0);
    for (int64_t row = 0; row < campaign_table_n_rows(records); row++) {
        assert_int_equal(number_at(records, "record", row), row);
        assert_int_equal(campaign_table_is_null(records, because_of, row), row == 0);
        if (row == 0) continue;
        const int64_t above = number_at(records, "because_of", row);
        assert_true(above >= 0 && above < row);
        assert_int_equal(number_at(records, "depth", row), number_at(records, "depth", above) + 1);
    }
}

static void test_a_target_leads_to_growth_and_history(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2025, 2, false);
    campaign_plan *plan = make_plan(REQUEST, orders);
    campaign_table *records = explain(plan, "targets", "2027-02", NULL), *targets = take_table(plan, "targets");
    assert_is_chain(records);
    const int64_t month = find_row(targets, "period", "2027-02", NULL, NULL);
    assert_int_equal(number_at(records, "amount", 0), number_at(targets, "target", month));
    assert_int_equal(number_at(records, "ratio_ppm", 0), number_at(targets, "share_ppm", month));
    const int64_t quarter = find_row(records, "subject", "targets 2027-Q1", NULL, NULL);
    const int64_t year = find_row(records, "subject", "targets 2027", NULL, NULL);
    assert_int_equal(number_at(records, "because_of", quarter), 0);
    assert_int_equal(number_at(records, "because_of", year), quarter);
    const int64_t request = find_row(records, "subject", "request target.growth", "code", "request");
    assert_int_equal(number_at(records, "because_of", request), year);
    assert_true(cell_is(records, "text", request, "The request says target.growth: 10%."));
    assert_int_equal(number_at(records, "n", find_row(records, "code", "growth", NULL, NULL)), 100000);
    assert_true(find_row(records, "code", "history_span", NULL, NULL) > year);
    campaign_table_free(targets);
    campaign_table_free(records);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_sentences_come_in_both_languages(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":\"365.00\"},\"split\":[\"month\"],"
                                         "\"campaigns\":{\"tiers\":[]}}",
                                    NULL);
    campaign_table *english = explain(plan, "targets", "2027-02", "en"),
                   *chinese = explain(plan, "targets", "2027-02", "zh");
    assert_int_equal(campaign_table_n_rows(english), campaign_table_n_rows(chinese));
    assert_true(cell_is(english, "text", 0, "The target of 2027-02 is 28.00, 7.6712 % of what it was split from."));
    assert_true(cell_is(chinese, "text", 0, "2027-02的目标为 28.00，占上级的 7.6712%。"));
    assert_true(cell_is(english, "text", 1, "The target of 2027 is 365.00."));
    assert_true(cell_is(chinese, "text", 2, "请求中 target.amount 为 365.00。"));
    for (int64_t row = 0; row < campaign_table_n_rows(english); row++) {
        char a[32], b[32];
        (void)campaign_table_format(a, sizeof a, english, campaign_table_find(english, "code"), row);
        assert_true(cell_is(chinese, "code", row, a));
        (void)campaign_table_format(b, sizeof b, english, campaign_table_find(english, "subject"), row);
        assert_true(cell_is(chinese, "subject", row, b));
    }
    campaign_table_free(chinese);
    campaign_table_free(english);
    campaign_plan_free(plan);
}

/* Whatever stands in a plan can be asked for, by name and by number, and a loaded plan answers the same. */
static void test_every_row_of_every_table_is_explained(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table *orders = make_history(2025, 2, false);
    campaign_plan *plan = make_plan(REQUEST, orders), *loaded;
    char *json = save_plan(plan);
    const char *name;
    assert_ok(campaign_plan_load(&loaded, json, strlen(json), &error), error);
    for (int32_t i = 0; (name = campaign_plan_table_name(i)) != NULL && strcmp(name, "skipped") != 0; i++) {
        campaign_table *table = take_table(plan, name);
        const int64_t n = campaign_table_n_rows(table), step = n / 7 + 1;
        for (int64_t row = 0; row < n; row += step) {
            char number[24];
            (void)snprintf(number, sizeof number, "%lld", (long long)row);
            campaign_table *a = explain(plan, name, number, "zh"), *b = explain(loaded, name, number, "zh");
            assert_is_chain(a);
            assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
            campaign_table_free(b);
            campaign_table_free(a);
        }
        campaign_table_free(table);
    }
    campaign_text_free(json);
    campaign_plan_free(loaded);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* A new table gets its words in explain_words.c, and the names of its rows in row_names.c. */
static void test_every_table_has_words_and_names_of_its_own(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2025, 2, false);
    campaign_plan *plan = make_plan(REQUEST, orders);
    const char *name;
    for (int32_t i = 0; (name = campaign_plan_table_name(i)) != NULL && strcmp(name, "skipped") != 0; i++) {
        campaign_table *table = take_table(plan, name);
        for (int64_t row = 0; row < campaign_table_n_rows(table) && row < 40; row++) {
            char number[24], subject[256];
            (void)snprintf(number, sizeof number, "%lld", (long long)row);
            campaign_table *records = explain(plan, name, number, "en");
            (void)campaign_table_format(subject, sizeof subject, records, campaign_table_find(records, "subject"), 0);
            if (cell_is(records, "code", 0, "row")) fail_msg("the table %s has no words of its own", name);
            if (strlen(subject) <= strlen(name) + 1 || strchr(subject, '#'))
                fail_msg("rows of the table %s have no names of their own: \"%s\"", name, subject);
            campaign_table_free(records);
        }
        campaign_table_free(table);
    }
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_a_budget_line_names_defaults_too(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":1000},\"budget\":{\"rate\":\"4%\"}}", NULL);
    campaign_table *records = explain(plan, "budget", "contingency", NULL);
    assert_int_equal(number_at(records, "amount", 0), 400);
    assert_true(find_row(records, "subject", "request budget.rate", "code", "request") > 0);
    const int64_t share = find_row(records, "subject", "request budget.contingency", "code", "default");
    assert_true(cell_is(records, "text", share, "By default budget.contingency is 10%."));
    campaign_table_free(records);
    campaign_plan_free(plan);
}

static void test_unknown_subjects_are_refused_with_the_nearest(void **state)
{
    (void)state;
    campaign_error error;
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":1}}", NULL);
    campaign_table *records = (campaign_table *)&error;
    assert_int_equal(campaign_plan_explain(&records, plan, "target", "2027", NULL, &error), CAMPAIGN_E_UNKNOWN);
    assert_non_null(strstr(error.message, "\"targets\""));
    assert_null(records);
    assert_int_equal(campaign_plan_explain(&records, plan, "targets", "2027-O1", NULL, &error), CAMPAIGN_E_UNKNOWN);
    assert_non_null(strstr(error.message, "did you mean"));
    assert_int_equal(campaign_plan_explain(&records, plan, "metrics", "0", NULL, &error), CAMPAIGN_E_UNKNOWN);
    assert_int_equal(campaign_plan_explain(&records, plan, "targets", "99999999", NULL, &error), CAMPAIGN_E_UNKNOWN);
    assert_int_equal(campaign_plan_explain(&records, plan, "targets", "2027", "fr", &error), CAMPAIGN_E_UNKNOWN);
    assert_int_equal(campaign_plan_explain(&records, plan, NULL, "2027", NULL, &error), CAMPAIGN_E_ARGUMENT);
    campaign_plan_free(plan);
}

/* A market that is called as a stage is keeps its name in Chinese; what the library says of it is translated. */
static void test_names_of_the_shop_are_not_translated(void **state)
{
    (void)state;
    const int32_t day = cpn_day_from_civil(2026, 6, 1);
    const order_row rows[] = { { day, 300, "mature", "new" }, { day, 100, "mature", "off" } };
    campaign_table *orders = make_orders(rows, 2, true, "CNY");
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":4},\"split\":[\"product_line\",\"market\"]}", orders);
    campaign_table *target = explain(plan, "targets", "2027/product_line=mature/market=new", "zh");
    campaign_table *market = explain(plan, "markets", "new", "zh");
    assert_true(cell_is(target, "text", 0, "2027 mature new的目标为 3.00，占上级的 75%。"));
    assert_true(cell_is(market, "text", 0, "new销售 3.00，占全部市场的 75%，累计 75%。"));
    assert_true(cell_is(market, "text", 1, "属核心市场：目标方向复购，活动类型关怀（AP3）。"));
    campaign_table_free(market);
    campaign_table_free(target);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_target_leads_to_growth_and_history),
        cmocka_unit_test(test_sentences_come_in_both_languages),
        cmocka_unit_test(test_every_row_of_every_table_is_explained),
        cmocka_unit_test(test_every_table_has_words_and_names_of_its_own),
        cmocka_unit_test(test_a_budget_line_names_defaults_too),
        cmocka_unit_test(test_unknown_subjects_are_refused_with_the_nearest),
        cmocka_unit_test(test_names_of_the_shop_are_not_translated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
