/* What a plan asks of its host's data, and what kind a document is. */
#include "planning.h"

static void assert_cell(const campaign_table *table, const char *column, int64_t row, const char *expected)
{
    char text[64];
    (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, column), row);
    assert_string_equal(text, expected);
}

static const char renamed[] =
    "{\"schema\": \"campaign/plan_request/1\", \"year\": 2027, \"currency\": \"JPY\", \"target\": {\"amount\": 100},"
    " \"split\": [\"month\", \"market\"], \"data\": {\"columns\": {\"date\": \"下单日期\", \"amount\": \"实付金额\"},"
    " \"amount_unit\": \"minor\", \"rounding\": \"half_even\"}}";

static void check_renamed(const campaign_table *columns)
{
    static const char *const roles[] = { "date", "amount", "product_line", "market",   "channel",
                                         "tier", "rep",    "sku",          "quantity", "customer" };
    static const char *const names[] = { "下单日期", "实付金额", "product_line", "market",   "channel",
                                         "tier",     "rep",      "sku",          "quantity", "customer" };
    static const char *const types[] = { "date", "money", "key", "key", "key", "key", "key", "key", "count", "key" };
    assert_int_equal(campaign_table_n_rows(columns), 10);
    for (int64_t row = 0; row < 10; row++) {
        assert_cell(columns, "role", row, roles[row]);
        assert_cell(columns, "column", row, names[row]);
        assert_cell(columns, "type", row, types[row]);
        assert_cell(columns, "currency", row, row == 1 ? "JPY" : "");
        assert_cell(columns, "unit", row, row == 1 ? "minor" : "");
        assert_cell(columns, "rounding", row, row == 1 ? "half_even" : "");
        /* The split names the market and no other dimension. */
        assert_cell(columns, "is_required", row, row < 2 || row == 3 ? "true" : "false");
    }
}

static void test_request_names_its_columns(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table *columns;

    assert_ok(campaign_plan_request_columns(&columns, renamed, strlen(renamed), &error), error);

    check_renamed(columns);
    campaign_table_free(columns);
}

static void test_plan_remembers_the_columns_of_its_request(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table *columns;
    campaign_plan *plan;
    const char request[] = "{\"schema\": \"campaign/plan_request/1\", \"year\": 2027, \"currency\": \"CNY\","
                           " \"target\": {\"amount\": 100}, \"data\": {\"columns\": {\"market\": \"区域\"}}}";
    assert_ok(campaign_plan_create(&plan, request, strlen(request), NULL, NULL, &error), error);

    assert_ok(campaign_plan_columns(&columns, plan, &error), error);

    assert_cell(columns, "column", 3, "区域");
    assert_cell(columns, "is_required", 3, "false");
    assert_cell(columns, "currency", 1, "CNY");
    assert_cell(columns, "unit", 1, "none");
    campaign_table_free(columns);
    campaign_plan_free(plan);
}

static void test_columns_of_a_bad_request_are_refused(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table *columns;
    const char negative[] = "{\"schema\": \"campaign/plan_request/1\", \"year\": 2027, \"currency\": \"CNY\",\n"
                            " \"target\": {\"amount\": -1}}";

    assert_int_equal(campaign_plan_request_columns(&columns, negative, strlen(negative), &error), CAMPAIGN_E_VALUE);
    assert_null(columns);
    assert_non_null(strstr(error.where, "line 2"));
    assert_int_equal(campaign_plan_request_columns(&columns, NULL, 0, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_request_columns(NULL, negative, 1, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_columns(&columns, NULL, &error), CAMPAIGN_E_ARGUMENT);
}

static void test_documents_say_what_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *json, *kind;
        campaign_status status;
    } cases[] = {
        { "{\"schema\": \"campaign/plan_request/1\"}", "plan_request", CAMPAIGN_OK },
        { "{\"schema\": \"campaign/plan/1\"}", "plan", CAMPAIGN_OK },
        { "{\"schema\": \"campaign/calendar_overlay/1\"}", "calendar_overlay", CAMPAIGN_OK },
        { "{\"schema\": \"campaign/nodes/1\"}", "nodes", CAMPAIGN_OK },
        { "{\"days\": [], \"schema\": \"campaign/segments/1\"}", "segments", CAMPAIGN_OK },
        { "{\"year\": 2027, \"days\": []}", "calendar_overlay", CAMPAIGN_OK },
        { "{\"schema\": \"campaign/plan/2\"}", NULL, CAMPAIGN_E_UNKNOWN },
        { "{\"schema\": 1}", NULL, CAMPAIGN_E_VALUE },
        { "{\"year\": 2027}", NULL, CAMPAIGN_E_MISSING },
        { "[]", NULL, CAMPAIGN_E_VALUE },
        { "{", NULL, CAMPAIGN_E_SYNTAX },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *kind = "before";
        campaign_error error;
        assert_int_equal(campaign_plan_document_kind(&kind, cases[i].json, strlen(cases[i].json), &error),
                         cases[i].status);
        if (cases[i].kind)
            assert_string_equal(kind, cases[i].kind);
        else
            assert_null(kind);
    }
    assert_int_equal(campaign_plan_document_kind(NULL, "{}", 2, NULL), CAMPAIGN_E_ARGUMENT);
}

static void test_new_chinese_request_names_chinese_columns(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table *columns;
    char *json;
    size_t length;
    static const char *const names[] = { "日期", "金额", "产品线", "区域" };
    assert_ok(campaign_plan_request_new(&json, &length, 2027, "CNY", "zh", &error), error);

    assert_ok(campaign_plan_request_columns(&columns, json, length, &error), error);

    for (int64_t row = 0; row < 4; row++) assert_cell(columns, "column", row, names[row]);
    campaign_table_free(columns);
    campaign_text_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_request_names_its_columns),
        cmocka_unit_test(test_plan_remembers_the_columns_of_its_request),
        cmocka_unit_test(test_columns_of_a_bad_request_are_refused),
        cmocka_unit_test(test_documents_say_what_they_are),
        cmocka_unit_test(test_new_chinese_request_names_chinese_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
