/* Bad requests and bad orders: a clear refusal with the place, never a plan. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":365},"

static void test_bad_documents_are_refused_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *request;
        campaign_status code;
        const char *word;
    } cases[] = {
        { "", CAMPAIGN_E_SYNTAX, "line 1" },
        { "{\"schema\":\"campaign/plan_request/1\",\"year\":2027", CAMPAIGN_E_SYNTAX, "line 1" },
        { "{\"year\":2027}", CAMPAIGN_E_MISSING, "schema" },
        { HEAD "\"year\":2028}", CAMPAIGN_E_DUPLICATE, "year" },
        { HEAD "\"budgets\":{}}", CAMPAIGN_E_UNKNOWN, "did you mean \"budget\"" },
        { HEAD "\"start_month\":13}", CAMPAIGN_E_VALUE, "12" },
        { HEAD "\"budget\":{\"total\":100,\"contingency\":\"110%\"}}", CAMPAIGN_E_VALUE, "budget.contingency" },
        { HEAD "\"budget\":{\"total\":-1}}", CAMPAIGN_E_VALUE, "budget.total" },
        { HEAD "\"budget\":{\"total\":1.001}}", CAMPAIGN_E_VALUE, "decimals" },
        { HEAD "\"budget\":{\"total\":1,\"rate\":0.1}}", CAMPAIGN_E_INFEASIBLE, "both" },
        { HEAD "\"budget\":{}}", CAMPAIGN_E_MISSING, "total or rate" },
        { HEAD "\"budget\":{\"total\":1,\"proven\":0.8,\"experiments\":\"30%\"}}", CAMPAIGN_E_INFEASIBLE, "110 %" },
        { HEAD "\"split\":[\"month\",\"quarter\"]}", CAMPAIGN_E_VALUE, "split[1]" },
        { HEAD "\"split\":[\"month\",\"month\"]}", CAMPAIGN_E_DUPLICATE, "split[1]" },
        { HEAD "\"split\":[\"hour\"]}", CAMPAIGN_E_VALUE, "split[0]" },
        { HEAD "\"split\":[\"market\"]}", CAMPAIGN_E_MISSING, "needs orders" },
        { HEAD "\"data\":{\"day_starts_at\":\"24:00\"}}", CAMPAIGN_E_VALUE, "day_starts_at" },
        { HEAD "\"data\":{\"day_starts_at\":\"6:000\"}}", CAMPAIGN_E_VALUE, "day_starts_at" },
        { HEAD "\"campaigns\":{\"forced\":[\"d1112\"]}}", CAMPAIGN_E_UNKNOWN, "did you mean \"d1" },
        { HEAD "\"campaigns\":{\"forbidden\":[\"no such node\"]}}", CAMPAIGN_E_UNKNOWN, "forbidden[0]" },
        { HEAD "\"campaigns\":{\"forced\":[\"cny\"],\"forbidden\":[\"cny\"]}}", CAMPAIGN_E_INFEASIBLE, "both" },
        { HEAD "\"campaigns\":{\"phases\":{\"nodes\":{\"cnyy\":{}}}}}", CAMPAIGN_E_UNKNOWN, "\"cny\"" },
        { HEAD "\"campaigns\":{\"phases\":{\"nodes\":{\"cny\":{\"burst_first\":3,\"burst_last\":1}}}}}",
          CAMPAIGN_E_VALUE, "burst" },
        { HEAD
          "\"calendar\":{\"nodes\":[{\"schema\":\"campaign/nodes/1\",\"nodes\":[{\"id\":\"a\",\"name\":\"a\",\"rule\":"
          "\"fixed 01-02\"},{\"id\":\"a\",\"name\":\"b\",\"rule\":\"fixed 01-03\"}]}]}}",
          CAMPAIGN_E_DUPLICATE, "a" },
        { HEAD "\"calendar\":{\"overlays\":[{\"year\":2027,\"days\":[{\"name\":\"x\",\"date\":\"2027-02-30\","
               "\"isOffDay\":true}]}]}}",
          CAMPAIGN_E_VALUE, "calendar.overlays[0]" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i].request, NULL, cases[i].code, cases[i].word);
}

static void test_targets_and_years_out_of_range_are_refused(void **state)
{
    (void)state;
#define REQUEST(year, currency, target)                                                                                \
    "{\"schema\":\"campaign/plan_request/1\",\"year\":" year ",\"currency\":\"" currency "\",\"target\":" target "}"
    assert_refused(REQUEST("1900", "CNY", "{\"amount\":1}"), NULL, CAMPAIGN_E_VALUE, "1901");
    assert_refused(REQUEST("2101", "CNY", "{\"amount\":1}"), NULL, CAMPAIGN_E_VALUE, "2100");
    assert_refused(REQUEST("2027", "CNX", "{\"amount\":1}"), NULL, CAMPAIGN_E_UNKNOWN, "CNX");
    assert_refused(REQUEST("2027", "CNY", "{\"amount\":-1}"), NULL, CAMPAIGN_E_VALUE, "target.amount");
    assert_refused(REQUEST("2027", "CNY", "{\"amount\":92233720368547758.08}"), NULL, CAMPAIGN_E_OVERFLOW, "target");
    assert_refused(REQUEST("2027", "JPY", "{\"amount\":0.5}"), NULL, CAMPAIGN_E_VALUE, "decimals");
    assert_refused(REQUEST("2027", "CNY", "{}"), NULL, CAMPAIGN_E_MISSING, "growth");
    assert_refused(REQUEST("2027", "CNY", "{\"amount\":1,\"growth\":0.1}"), NULL, CAMPAIGN_E_INFEASIBLE, "both");
    assert_refused(REQUEST("2027", "CNY", "{\"growth\":0.1}"), NULL, CAMPAIGN_E_MISSING, "twelve");
#undef REQUEST
}

static void test_zero_target_is_a_plan_of_zeros(void **state)
{
    (void)state;
    const char *request = "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\","
                          "\"target\":{\"amount\":0},\"budget\":{\"rate\":0.1}}";
    campaign_plan *plan = make_plan(request, NULL);
    campaign_table *targets = take_table(plan, "targets");
    for (int64_t row = 0; row < campaign_table_n_rows(targets); row++)
        assert_int_equal(number_at(targets, "target", row), 0);
    campaign_table_free(targets);
    campaign_plan_free(plan);
}

/* A table of one date column and one amount column of plain integers. */
static campaign_table *make_plain(void)
{
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *table;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "下单日期", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    assert_ok(campaign_table_builder_append_int64(builder, 0, 20000, &error), error);
    assert_ok(campaign_table_builder_append_int64(builder, 1, 500, &error), error);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void test_plain_numbers_need_their_unit(void **state)
{
    (void)state;
    campaign_table *orders = make_plain();
    assert_refused(HEAD "\"data\":{\"columns\":{\"date\":\"下单日期\"}}}", orders, CAMPAIGN_E_COLUMN, "amount_unit");
    assert_refused(HEAD "\"data\":{\"amount_unit\":\"minor\"}}", orders, CAMPAIGN_E_COLUMN, "orders.date");
    campaign_plan *plan =
        make_plan(HEAD "\"data\":{\"columns\":{\"date\":\"下单日期\"},\"amount_unit\":\"minor\"}}", orders);
    assert_true(has_note(plan, "history_span"));
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_money_of_another_currency_is_refused(void **state)
{
    (void)state;
    const order_row row = { cpn_day_from_civil(2026, 1, 1), 100, NULL, NULL };
    campaign_table *orders = make_orders(&row, 1, false, "EUR");
    assert_refused(HEAD "\"language\":\"zh\"}", orders, CAMPAIGN_E_COLUMN, "EUR");
    campaign_table_free(orders);
}

static void test_missing_dimension_of_the_split_is_refused(void **state)
{
    (void)state;
    const order_row row = { cpn_day_from_civil(2026, 1, 1), 100, NULL, NULL };
    campaign_table *orders = make_orders(&row, 1, false, "CNY");
    assert_refused(HEAD "\"split\":[\"market\"]}", orders, CAMPAIGN_E_COLUMN, "market");
    assert_refused(HEAD "\"data\":{\"columns\":{\"market\":\"区域\"}}}", orders, CAMPAIGN_E_COLUMN, "区域");
    campaign_table_free(orders);
}

static void test_nulls_are_refused_or_counted(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *orders;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
    for (int i = 0; i < 40; i++) {
        assert_ok(i % 4 == 1 ? campaign_table_builder_append_null(builder, 0, &error)
                             : campaign_table_builder_append_int64(builder, 0, 20000 + i, &error),
                  error);
        assert_ok(i % 10 == 2 ? campaign_table_builder_append_null(builder, 1, &error)
                              : campaign_table_builder_append_int64(builder, 1, 100, &error),
                  error);
    }
    assert_ok(campaign_table_builder_finish(&orders, builder, &error), error);
    campaign_table_builder_free(builder);
    assert_refused(HEAD "\"language\":\"en\"}", orders, CAMPAIGN_E_MISSING, "null");
    campaign_plan *plan = make_plan(HEAD "\"data\":{\"nulls\":\"skip\"}}", orders);
    campaign_table *notes = take_table(plan, "notes"), *skipped = take_table(plan, "skipped");
    assert_int_equal(number_at(notes, "n", find_row(notes, "code", "rows_skipped", "subject", "date")), 10);
    assert_int_equal(number_at(notes, "n", find_row(notes, "code", "rows_skipped", "subject", "amount")), 4);
    assert_int_equal(number_at(notes, "n", find_row(notes, "code", "history_span", NULL, NULL)), 40 - 10 - 4);
    assert_int_equal(campaign_table_n_rows(skipped), 14);
    campaign_table_free(skipped);
    campaign_table_free(notes);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_too_many_targets_are_refused_with_a_way_out(void **state)
{
    (void)state;
    enum { N = 400 };
    static char names[N][8];
    order_row rows[N];
    for (int i = 0; i < N; i++) {
        (void)snprintf(names[i], sizeof names[i], "p%d", i);
        rows[i] = (order_row){ cpn_day_from_civil(2026, 1, 1) + i % 365, 100, names[i], "x" };
    }
    campaign_table *orders = make_orders(rows, N, true, "CNY");
    assert_refused(HEAD "\"dimension_period\":\"day\"}", orders, CAMPAIGN_E_LIMIT, "dimension_period");
    campaign_table_free(orders);
}

static void test_new_request_is_a_valid_one(void **state)
{
    (void)state;
    static const char *const languages[] = { "en", "zh", NULL };
    campaign_error error;
    for (int i = 0; i < 3; i++) {
        char *json;
        size_t length;
        assert_ok(campaign_plan_request_new(&json, &length, 2027, "CNY", languages[i], &error), error);
        assert_int_equal(strlen(json), length);
        campaign_plan *plan = make_plan(json, NULL);
        campaign_plan_free(plan);
        campaign_text_free(json);
    }
    char *json;
    assert_int_equal(campaign_plan_request_new(&json, NULL, 1800, "CNY", "en", &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_request_new(&json, NULL, 2027, "???", "en", &error), CAMPAIGN_E_UNKNOWN);
    assert_int_equal(campaign_plan_request_new(&json, NULL, 2027, "CNY", "fr", &error), CAMPAIGN_E_UNKNOWN);
    assert_null(json);
}

static void test_every_kind_has_a_schema(void **state)
{
    (void)state;
    static const char *const kinds[] = { "plan_request", "plan",           "calendar_overlay", "nodes",
                                         "segments",     "campaign_rules", "rapid_response",   "task_templates" };
    campaign_error error;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *json;
        size_t length;
        assert_ok(campaign_plan_schema(&json, &length, kinds[i], "zh", &error), error);
        assert_non_null(strstr(json, "$schema"));
        campaign_text_free(json);
    }
    char *json;
    assert_int_equal(campaign_plan_schema(&json, NULL, "plan_requests", "en", &error), CAMPAIGN_E_UNKNOWN);
    assert_non_null(strstr(error.message, "\"plan_request\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_documents_are_refused_with_their_place),
        cmocka_unit_test(test_targets_and_years_out_of_range_are_refused),
        cmocka_unit_test(test_zero_target_is_a_plan_of_zeros),
        cmocka_unit_test(test_plain_numbers_need_their_unit),
        cmocka_unit_test(test_money_of_another_currency_is_refused),
        cmocka_unit_test(test_missing_dimension_of_the_split_is_refused),
        cmocka_unit_test(test_nulls_are_refused_or_counted),
        cmocka_unit_test(test_too_many_targets_are_refused_with_a_way_out),
        cmocka_unit_test(test_new_request_is_a_valid_one),
        cmocka_unit_test(test_every_kind_has_a_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
