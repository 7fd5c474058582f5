/* The plan document: what was saved loads and saves again byte for byte, and what does not add up is refused. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\","

static campaign_plan *make_full_plan(void)
{
    campaign_table *orders = make_history(2025, 2, false);
    campaign_plan *plan = make_plan(
        HEAD "\"language\":\"zh\",\"target\":{\"growth\":0.12},\"budget\":{\"rate\":\"4%\"},\"metrics\":{\"roi\":3.5,"
             "\"conversion\":\"12.5%\",\"order_value\":\"88.00\",\"visits\":9007199254740993},"
             "\"calendar\":{\"overlays\":[{\"year\":2027,\"days\":[{\"name\":\"春节\",\"date\":\"2027-02-05\","
             "\"isOffDay\":true}]}]},"
             "\"dimension_period\":\"quarter\"}",
        orders);
    campaign_table_free(orders);
    return plan;
}

static void test_load_and_save_change_no_byte(void **state)
{
    (void)state;
    campaign_error error;
    campaign_plan *plan = make_full_plan(), *loaded;
    char *first = save_plan(plan);
    assert_ok(campaign_plan_load(&loaded, first, strlen(first), &error), error);
    char *second = save_plan(loaded);
    assert_string_equal(first, second);
    const char *name;
    for (int32_t i = 0; (name = campaign_plan_table_name(i)) != NULL; i++) {
        campaign_table *a = take_table(plan, name), *b = take_table(loaded, name);
        assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
        assert_int_equal(campaign_table_n_columns(a), campaign_table_n_columns(b));
        campaign_table_free(a);
        campaign_table_free(b);
    }
    campaign_text_free(second);
    campaign_text_free(first);
    campaign_plan_free(loaded);
    campaign_plan_free(plan);
}

static void test_tables_live_longer_than_their_plan(void **state)
{
    (void)state;
    campaign_plan *plan = make_full_plan();
    campaign_table *targets = take_table(plan, "targets");
    campaign_plan_free(plan);
    assert_true(cell_is(targets, "period", 0, "2027"));
    campaign_table_free(targets);
}

static void test_unknown_table_is_refused_with_the_nearest(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table *table = (campaign_table *)&error;
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":1}}", NULL);
    assert_int_equal(campaign_plan_table(&table, plan, "target", &error), CAMPAIGN_E_UNKNOWN);
    assert_non_null(strstr(error.message, "\"targets\""));
    assert_null(table);
    assert_int_equal(campaign_plan_table(&table, NULL, "targets", &error), CAMPAIGN_E_ARGUMENT);
    campaign_plan_free(plan);
}

/* The document with the first occurrence of a text replaced. */
static char *replace(const char *json, const char *from, const char *to)
{
    const size_t length = strlen(json), n_from = strlen(from), n_to = strlen(to);
    size_t at = 0;
    while (at + n_from <= length && memcmp(json + at, from, n_from) != 0) at++;
    assert_true(at + n_from <= length);
    char *changed = malloc(length + n_to + 1);
    assert_non_null(changed);
    memcpy(changed, json, at);
    memcpy(changed + at, to, n_to);
    memcpy(changed + at + n_to, json + at + n_from, length - at - n_from + 1);
    return changed;
}

static void test_documents_that_do_not_add_up_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        campaign_status code;
        const char *word;
    } cases[] = {
        { "\"target\": [\"365.00\", \"90.00\"", "\"target\": [\"365.00\", \"90.01\"", CAMPAIGN_E_VALUE, "add up" },
        { "\"target\": [\"365.00\"", "\"target\": [\"-365.00\"", CAMPAIGN_E_VALUE, "target" },
        { "\"parent\": [null, 0", "\"parent\": [null, 1", CAMPAIGN_E_VALUE, "parent" },
        { "\"parent\": [null, 0", "\"parent\": [null, 99999", CAMPAIGN_E_VALUE, "parent" },
        { "\"parent\": [null, 0", "\"parent\": [0, 0", CAMPAIGN_E_VALUE, "first target" },
        { "\"id\": [0, 1", "\"id\": [0, 2", CAMPAIGN_E_VALUE, "id" },
        { "\"id\": [0, 1, ", "\"id\": [0, ", CAMPAIGN_E_VALUE, "rows" },
        { "\"level\": [\"year\"", "\"level\": [null", CAMPAIGN_E_VALUE, "level" },
        { "\"start\": [\"2027-01-01\"", "\"start\": [\"2027-02-29\"", CAMPAIGN_E_VALUE, "2027-02-29" },
        { "\"amount\": [\"3.65\"", "\"amount\": [\"3.64\"", CAMPAIGN_E_VALUE, "add up" },
        { "\"notes\": {", "\"notices\": {", CAMPAIGN_E_UNKNOWN, "notes" },
        { "\"amount\": 365", "\"amount\": 364", CAMPAIGN_E_VALUE, "364.00" },
        { "\"year\": 2027", "\"year\": 2028", CAMPAIGN_E_VALUE, "twelve months" },
        { "\"start\": [\"2027-01-01\", \"2027-01-01\"", "\"start\": [\"2027-01-01\", \"2026-12-31\"", CAMPAIGN_E_VALUE,
          "within its parent" },
        { "\"start\": [\"2027-01-01\", \"2027-01-01\"", "\"start\": [\"2027-01-01\", \"2027-04-01\"", CAMPAIGN_E_VALUE,
          "at least a day" },
        { "\"campaign\": [\"nianhuo\", \"labour\"", "\"campaign\": [\"nianhuo\", \"nianhuo\"", CAMPAIGN_E_DUPLICATE,
          "campaigns" },
        { "\"campaign\": [\"nianhuo\", \"nianhuo\"", "\"campaign\": [\"nianhuo\", \"nobody\"", CAMPAIGN_E_UNKNOWN,
          "phases.campaign" },
        { "\"campaign\": [null, \"nianhuo\"", "\"campaign\": [null, \"nobody\"", CAMPAIGN_E_UNKNOWN,
          "budget.campaign" },
        { "\"deadline\": [", "\"deadline\": [\"x\", ", CAMPAIGN_E_VALUE, "rows" },
        { "\"working_days\": [30", "\"working_days\": [-30", CAMPAIGN_E_VALUE, "deadlines" },
        { "\"traffic_ppm\": [", "\"traffic_ppm\": [9", CAMPAIGN_E_VALUE, "curve.traffic_ppm" },
        { "\"date\": [\"2026-12-19\", \"2026-12-20\"", "\"date\": [\"2026-12-19\", \"2026-12-19\"", CAMPAIGN_E_VALUE,
          "curve.date" },
        { "campaign/plan/1", "campaign/plan/2", CAMPAIGN_E_UNSUPPORTED, "campaign/plan/1" },
        { "\"currency\": \"CNY\"", "\"currency\": \"JPY\"", CAMPAIGN_E_VALUE, "decimals" },
    };
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":365},\"budget\":{\"rate\":\"10%\"},\"campaigns\":{"
                                         "\"tiers\":[],\"forced\":[\"nianhuo\",\"labour\"]}}",
                                    NULL);
    char *json = save_plan(plan);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_error error = { 0 };
        campaign_plan *loaded;
        char *changed = replace(json, cases[i].from, cases[i].to);
        const campaign_status status = campaign_plan_load(&loaded, changed, strlen(changed), &error);
        if (status != cases[i].code || (!strstr(error.message, cases[i].word) && !strstr(error.where, cases[i].word)))
            fail_msg("%s → %s: %s at \"%s\": %s", cases[i].from, cases[i].to, campaign_status_name(status), error.where,
                     error.message);
        assert_null(loaded);
        free(changed);
    }
    campaign_text_free(json);
    campaign_plan_free(plan);
}

/* A plan of one row has no children whose sum would give a negative year away. */
static void test_negative_year_is_refused(void **state)
{
    (void)state;
    campaign_error error;
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":5},\"split\":[]}", NULL), *loaded;
    char *json = save_plan(plan), *changed = replace(json, "\"target\": [\"5.00\"]", "\"target\": [\"-5.00\"]");
    assert_int_equal(campaign_plan_load(&loaded, changed, strlen(changed), &error), CAMPAIGN_E_VALUE);
    assert_non_null(strstr(error.message, "negative"));
    free(changed);
    campaign_text_free(json);
    campaign_plan_free(plan);
}

static void test_every_truncation_is_refused(void **state)
{
    (void)state;
    campaign_plan *plan =
        make_plan(HEAD "\"target\":{\"amount\":12},\"split\":[\"month\"],\"campaigns\":{\"tiers\":[]}}", NULL);
    char *json = save_plan(plan);
    const size_t length = strlen(json);
    for (size_t n = 0; n + 2 < length; n++) { /* the last two bytes are the closing brace and the line's end */
        campaign_error error;
        campaign_plan *loaded;
        assert_int_not_equal(campaign_plan_load(&loaded, json, n, &error), CAMPAIGN_OK);
        assert_null(loaded);
    }
    campaign_text_free(json);
    campaign_plan_free(plan);
}

static void test_arguments_are_checked(void **state)
{
    (void)state;
    campaign_error error;
    campaign_plan *plan;
    campaign_kpi_plan kpi = CAMPAIGN_KPI_PLAN_INIT;
    char *json;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    assert_int_equal(campaign_plan_create(NULL, "", 0, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_create(&plan, NULL, 0, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    inputs.size = 4;
    assert_int_equal(campaign_plan_create(&plan, "{}", 2, &inputs, NULL, &error), CAMPAIGN_E_ARGUMENT);
    inputs = (campaign_plan_inputs)CAMPAIGN_PLAN_INPUTS_INIT;
    inputs.reserved = 1;
    assert_int_equal(campaign_plan_create(&plan, "{}", 2, &inputs, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_load(&plan, NULL, 0, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_save(&json, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_kpi(&kpi, NULL, &error), CAMPAIGN_E_ARGUMENT);
    campaign_plan_free(NULL);
}

static int stop(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)stage;
    (void)total;
    return done >= *(const int *)ctx;
}

static void test_progress_can_stop_the_plan(void **state)
{
    (void)state;
    const char *request = HEAD "\"target\":{\"amount\":365}}";
    for (int at = 0; at <= 4; at++) {
        campaign_error error;
        campaign_plan *plan;
        campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
        runtime.progress = stop;
        runtime.ctx = &at;
        assert_int_equal(campaign_plan_create(&plan, request, strlen(request), NULL, &runtime, &error),
                         CAMPAIGN_E_CANCELLED);
        assert_null(plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load_and_save_change_no_byte),
        cmocka_unit_test(test_tables_live_longer_than_their_plan),
        cmocka_unit_test(test_unknown_table_is_refused_with_the_nearest),
        cmocka_unit_test(test_documents_that_do_not_add_up_are_refused),
        cmocka_unit_test(test_negative_year_is_refused),
        cmocka_unit_test(test_every_truncation_is_refused),
        cmocka_unit_test(test_arguments_are_checked),
        cmocka_unit_test(test_progress_can_stop_the_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
