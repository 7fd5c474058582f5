/* Documents against a field table: what is refused and in which words, and what the getters answer. */
#include "check.h"

#include "base/document.h"
#include "base/memory.h"
#include "document_sample.h"

static campaign_status read_sample(cpn_json **json, const char *members, campaign_error *error)
{
    cpn_text text = { 0 };
    cpn_text_add_format(&text, "{\"schema\": \"campaign/sample/1\", %s}", members);
    const campaign_status status = cpn_document_read(json, text.data, text.length, &sample_kind, error);
    cpn_text_clear(&text);
    return status;
}

static const cpn_json_value *read_good(cpn_json **json, const char *members)
{
    campaign_error error = { 0 };
    const campaign_status status = read_sample(json, members, &error);
    if (status != CAMPAIGN_OK) print_message("%s\n", members);
    assert_ok(status, error);
    return cpn_json_root(*json);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *members;
        campaign_status status;
        const char *where, *message;
    } cases[] = {
        { "\"buget\": 1", CAMPAIGN_E_UNKNOWN, "buget (line 1 column 42)",
          "unknown key \"buget\", did you mean \"budget\"?" },
        { "\"budget\": 1, \"schema\\u0000\": 1", CAMPAIGN_E_UNKNOWN, "[\"schema?\"] (line 1 column 62)", NULL },
        { "\"budget\": 1, \"phase\": {\"days\": 1, \"wat\": 2}", CAMPAIGN_E_UNKNOWN, "phase.wat (line 1 column 74)",
          "unknown key \"wat\"; known are days, after" },
        { "\"name\": \"x\"", CAMPAIGN_E_MISSING, "line 1 column 1", "\"budget\" is required" },
        { "\"budget\": 1, \"phases\": [{\"days\": 1}, {}]", CAMPAIGN_E_MISSING, "phases[1] (line 1 column 70)",
          "\"days\" is required" },
        { "\"budget\": 1, \"phase\": {\"days\": 1, \"after\": {\"days\": 367}}", CAMPAIGN_E_VALUE,
          "phase.after.days (line 1 column 85)", "367 is above the maximum of 366" },
        { "\"budget\": null", CAMPAIGN_E_VALUE, "budget (line 1 column 43)",
          "expected an amount such as 19.90 or \"19.90\", found null" },
        { "\"budget\": [1]", CAMPAIGN_E_VALUE, "budget (line 1 column 43)",
          "expected an amount such as 19.90 or \"19.90\", found a list" },
        { "\"budget\": \"1,000\"", CAMPAIGN_E_SYNTAX, "budget (line 1 column 43)",
          "expected an amount such as 19.90 or \"19.90\", found \"1,000\"" },
        { "\"budget\": \"1e3\"", CAMPAIGN_E_SYNTAX, "budget (line 1 column 43)", NULL },
        { "\"budget\": \"\"", CAMPAIGN_E_SYNTAX, "budget (line 1 column 43)", NULL },
        { "\"budget\": -0.01", CAMPAIGN_E_VALUE, "budget (line 1 column 43)", "-0.01 is below the minimum of 0" },
        { "\"budget\": 1e400", CAMPAIGN_E_OVERFLOW, "budget (line 1 column 43)", NULL },
        { "\"budget\": 1, \"name\": \"\"", CAMPAIGN_E_VALUE, "name (line 1 column 54)",
          "0 bytes of text, at least 1 needed" },
        { "\"budget\": 1, \"name\": \"会会会会a\"", CAMPAIGN_E_VALUE, "name (line 1 column 54)",
          "13 bytes of text, at most 12 allowed" },
        { "\"budget\": 1, \"name\": \"a\\n\"", CAMPAIGN_E_VALUE, "name (line 1 column 54)",
          "text with a control character is not allowed here" },
        { "\"budget\": 1, \"name\": 5", CAMPAIGN_E_VALUE, "name (line 1 column 54)", "expected text, found 5" },
        { "\"budget\": 1, \"is_open\": 1", CAMPAIGN_E_VALUE, "is_open (line 1 column 57)",
          "expected true or false, found 1" },
        { "\"budget\": 1, \"stores\": 5.0", CAMPAIGN_E_VALUE, "stores (line 1 column 56)",
          "expected a whole number, found 5.0" },
        { "\"budget\": 1, \"stores\": 1e2", CAMPAIGN_E_VALUE, "stores (line 1 column 56)", NULL },
        { "\"budget\": 1, \"stores\": \"5\"", CAMPAIGN_E_VALUE, "stores (line 1 column 56)",
          "expected a whole number, found \"5\"" },
        { "\"budget\": 1, \"stores\": true", CAMPAIGN_E_VALUE, "stores (line 1 column 56)", NULL },
        { "\"budget\": 1, \"stores\": 121", CAMPAIGN_E_VALUE, "stores (line 1 column 56)", NULL },
        { "\"budget\": 1, \"stores\": -6", CAMPAIGN_E_VALUE, "stores (line 1 column 56)",
          "-6 is below the minimum of -5" },
        { "\"budget\": 1, \"stores\": 9223372036854775808", CAMPAIGN_E_OVERFLOW, "stores (line 1 column 56)",
          "9223372036854775808 does not fit 64 bits" },
        { "\"budget\": 1, \"factor\": 0.29999999999999999", CAMPAIGN_E_VALUE, "factor (line 1 column 56)",
          "0.29999999999999999 is below the minimum of 0.3" }, /* equal as doubles */
        { "\"budget\": 1, \"factor\": \"1000.0001\"", CAMPAIGN_E_VALUE, "factor (line 1 column 56)",
          "1000.0001 is above the maximum of 1e3" },
        { "\"budget\": 1, \"share\": \"0.15\"", CAMPAIGN_E_SYNTAX, "share (line 1 column 55)",
          "expected a rate such as 0.15 or \"15%\", found \"0.15\"" },
        { "\"budget\": 1, \"share\": \"%\"", CAMPAIGN_E_SYNTAX, "share (line 1 column 55)", NULL },
        { "\"budget\": 1, \"share\": \"100.01%\"", CAMPAIGN_E_VALUE, "share (line 1 column 55)",
          "100.01% is above the maximum of 1" },
        { "\"budget\": 1, \"share\": \"0.0000000000000000000000000000000000000001%\"", CAMPAIGN_E_LIMIT,
          "share (line 1 column 55)", NULL },
        { "\"budget\": 1, \"start\": \"2027-02-29\"", CAMPAIGN_E_VALUE, "start (line 1 column 55)",
          "the date 2027-02-29 does not exist" },
        { "\"budget\": 1, \"start\": \"2027/2/1\"", CAMPAIGN_E_SYNTAX, "start (line 1 column 55)",
          "expected a date such as \"2027-02-06\", found \"2027/2/1\"" },
        { "\"budget\": 1, \"start\": 20270206", CAMPAIGN_E_VALUE, "start (line 1 column 55)", NULL },
        { "\"budget\": 1, \"tier\": \"bigg\"", CAMPAIGN_E_VALUE, "tier (line 1 column 54)",
          "\"bigg\" is not one of big, small; did you mean \"big\"?" },
        { "\"budget\": 1, \"tier\": \"huge\"", CAMPAIGN_E_VALUE, "tier (line 1 column 54)",
          "\"huge\" is not one of big, small" },
        { "\"budget\": 1, \"owner\": \"\"", CAMPAIGN_E_VALUE, "owner (line 1 column 55)", "a key must not be empty" },
        { "\"budget\": 1, \"owner\": 1.5", CAMPAIGN_E_VALUE, "owner (line 1 column 55)", NULL },
        { "\"budget\": 1, \"owner\": false", CAMPAIGN_E_VALUE, "owner (line 1 column 55)",
          "expected text or a whole number, found false" },
        { "\"budget\": 1, \"phase\": []", CAMPAIGN_E_VALUE, "phase (line 1 column 55)",
          "expected an object {…}, found a list" },
        { "\"budget\": 1, \"phases\": {}", CAMPAIGN_E_VALUE, "phases (line 1 column 56)",
          "expected a list […], found an object" },
        { "\"budget\": 1, \"phases\": [null]", CAMPAIGN_E_VALUE, "phases[0] (line 1 column 57)", NULL },
        { "\"budget\": 1, \"days\": []", CAMPAIGN_E_VALUE, "days (line 1 column 54)", "0 items, at least 1 needed" },
        { "\"budget\": 1, \"days\": null", CAMPAIGN_E_VALUE, "days (line 1 column 54)", NULL },
        { "\"budget\": 1, \"days\": [\"2027-01-01\",\"2027-01-01\",\"2027-01-01\",\"2027-01-01\"]", CAMPAIGN_E_VALUE,
          "days (line 1 column 54)", "4 items, at most 3 allowed" },
        { "\"budget\": 1, \"days\": [\"2027-01-01\", 1]", CAMPAIGN_E_VALUE, "days[1] (line 1 column 69)", NULL },
        { "\"budget\": 1, \"amounts\": null", CAMPAIGN_E_VALUE, "amounts (line 1 column 57)", NULL },
        { "\"budget\": 1, \"tiers\": [\"small\", \"\"]", CAMPAIGN_E_VALUE, "tiers[1] (line 1 column 65)", NULL },
        { "\"budget\": 1, \"shares\": {\"线上\": 1.1}", CAMPAIGN_E_VALUE, "shares.线上 (line 1 column 63)",
          "1.1 is above the maximum of 1" },
        { "\"budget\": 1, \"shares\": {\"\": 1}", CAMPAIGN_E_VALUE, "shares[\"\"] (line 1 column 61)", NULL },
        { "\"budget\": 1, \"notes\": {\"a\": {}}", CAMPAIGN_E_MISSING, "notes.a (line 1 column 61)",
          "\"text\" is required" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cpn_json *json = (cpn_json *)&json;
        campaign_error error = { 0 };
        const campaign_status status = read_sample(&json, cases[i].members, &error);
        if (status != cases[i].status || strcmp(error.where, cases[i].where) != 0 ||
            (cases[i].message && strcmp(error.message, cases[i].message) != 0))
            fail_msg("%s: %s at \"%s\": %s", cases[i].members, campaign_status_name(status), error.where,
                     error.message);
        assert_null(json);
    }
}

static void test_schema_is_checked_first(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        campaign_status status;
        const char *message;
    } cases[] = {
        { "[]", CAMPAIGN_E_VALUE, "expected an object {…} with \"schema\": \"campaign/sample/1\"" },
        { "{\"wat\": 1}", CAMPAIGN_E_MISSING, "\"schema\" is required: \"schema\": \"campaign/sample/1\"" },
        { "{\"schema\": 1}", CAMPAIGN_E_VALUE, "\"schema\" must be \"campaign/sample/1\"" },
        { "{\"schema\": \"campaign/sample/2\"}", CAMPAIGN_E_UNSUPPORTED,
          "this library reads \"campaign/sample/1\", not \"campaign/sample/2\"" },
        { "{\"schema\": \"campaign/plan/1\"}", CAMPAIGN_E_VALUE,
          "expected a document \"campaign/sample/1\", this is \"campaign/plan/1\"" },
        { "{\"schema\": \"campaign/sample/1\\u0000\"}", CAMPAIGN_E_UNSUPPORTED, NULL },
        { "{\"schema\": \"\"}", CAMPAIGN_E_VALUE, NULL },
        { "{\"schema\":", CAMPAIGN_E_SYNTAX, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cpn_json *json = NULL;
        campaign_error error = { 0 };
        const campaign_status status =
            cpn_document_read(&json, cases[i].text, strlen(cases[i].text), &sample_kind, &error);
        assert_int_equal(status, cases[i].status);
        if (cases[i].message) assert_string_equal(error.message, cases[i].message);
        assert_null(json);
    }
}

static void test_defaults_of_what_is_absent(void **state)
{
    (void)state;
    cpn_json *json = NULL;
    const cpn_json_value *both[] = { read_good(&json, "\"budget\": 1, \"owner\": null, \"phase\": null"), NULL };
    for (int i = 0; i < 2; i++) {
        const cpn_json_value *root = both[i];
        campaign_error error = { 0 };
        assert_null(cpn_get(root, "owner"));
        assert_null(cpn_get(root, "phase"));
        assert_null(cpn_get_text(root, &sample_record, "name"));
        assert_string_equal(cpn_get_text(root, &sample_record, "currency"), "CNY");
        assert_string_equal(cpn_get_text(root, &sample_record, "owner"), "Li");
        assert_true(cpn_get_bool(root, &sample_record, "is_open"));
        assert_int_equal(cpn_get_int(root, &sample_record, "stores"), 7);
        assert_true(cpn_get_decimal(root, &sample_record, "factor") == 1.25);
        assert_true(cpn_get_decimal(root, &sample_record, "share") == 0.8);
        assert_int_equal(cpn_get_date(root, &sample_record, "start"), 20819); /* 2027-02-07 is 20856 */
        assert_int_equal(cpn_get_enum(root, &sample_record, "tier"), 1);
        int64_t value = 0;
        assert_ok(cpn_get_ppm(&value, root, &sample_record, "share", &error), error);
        assert_int_equal(value, 800000);
        assert_ok(cpn_get_money(&value, root, &sample_record, "reserve", 2, &error), error);
        assert_int_equal(value, 1050);
        assert_int_equal(cpn_get_money(&value, root, &sample_record, "reserve", 0, &error), CAMPAIGN_E_VALUE);
    }
    int64_t none = 5;
    assert_ok(cpn_get_money(&none, NULL, &sample_record, "budget", 2, NULL), ((campaign_error){ 0 }));
    assert_int_equal(none, 0);
    cpn_json_free(json);
}

static void test_values_that_are_present(void **state)
{
    (void)state;
    cpn_json *json = NULL;
    const cpn_json_value *root = read_good(
        &json, "\"name\": \"会会会会\", \"is_open\": false, \"stores\": -5, \"factor\": \"0.3\", \"share\": \"12.3%\","
               "\"budget\": \"19.90\", \"start\": \"2027-02-07\", \"tier\": \"big\", \"owner\": 42,"
               "\"phase\": {\"days\": 0, \"after\": {\"days\": 366}}, \"phases\": [], \"extra\": {\"any\": [1, {}]},"
               "\"note\": {\"text\": \"\", \"more\": [null]}, \"days\": [\"2027-02-07\"],"
               "\"amounts\": [1.5, null, \"2\"], \"tiers\": [], \"shares\": {\"线上\": 1, \"店\": \"0%\"},"
               "\"notes\": {\"a\": {\"text\": \"b\"}}");
    campaign_error error = { 0 };
    int64_t value = 0;
    assert_string_equal(cpn_get_text(root, &sample_record, "name"), "会会会会");
    assert_false(cpn_get_bool(root, &sample_record, "is_open"));
    assert_int_equal(cpn_get_int(root, &sample_record, "stores"), -5);
    assert_true(cpn_get_decimal(root, &sample_record, "factor") == 0.3);
    assert_true(cpn_get_decimal(root, &sample_record, "share") == 0.123); /* 12.3 / 100 is another double */
    assert_ok(cpn_get_ppm(&value, root, &sample_record, "share", &error), error);
    assert_int_equal(value, 123000);
    assert_ok(cpn_get_money(&value, root, &sample_record, "budget", 2, &error), error);
    assert_int_equal(value, 1990);
    assert_ok(cpn_get_money(&value, root, &sample_record, "budget", 1, &error), error);
    assert_int_equal(value, 199);
    assert_int_equal(cpn_get_money(&value, root, &sample_record, "budget", 0, &error), CAMPAIGN_E_VALUE);
    assert_string_equal(error.message, "19.90 has more than 0 decimals");
    assert_int_equal(value, 0);
    assert_int_equal(cpn_get_date(root, &sample_record, "start"), 20856);
    assert_int_equal(cpn_get_enum(root, &sample_record, "tier"), 0);
    assert_string_equal(cpn_get_text(root, &sample_record, "owner"), "42");
    const cpn_json_value *amounts = cpn_get(root, "amounts");
    assert_ok(cpn_value_money(&value, amounts->first, 3, &error), error);
    assert_int_equal(value, 1500);
    assert_int_equal(cpn_value_date(cpn_get(root, "days")->first), 20856);
    assert_ok(cpn_value_ppm(&value, cpn_get(root, "shares")->first, &error), error);
    assert_int_equal(value, 1000000);
    assert_true(cpn_value_decimal(cpn_get(root, "shares")->first->next) == 0);
    assert_int_equal(cpn_value_enum(cpn_get(root, "tier"), sample_tiers), 0);
    assert_int_equal(cpn_value_int(cpn_get(root, "stores")), -5);
    cpn_json_free(json);
}

static void test_rates_finer_than_a_millionth_are_refused_as_such(void **state)
{
    (void)state;
    static const struct {
        const char *members, *message;
        int64_t ppm;
    } cases[] = {
        { "\"budget\": 1, \"share\": 0.000001", NULL, 1 },
        { "\"budget\": 1, \"share\": \"0.0001%\"", NULL, 1 },
        { "\"budget\": 1, \"share\": 2.5e-1", NULL, 250000 },
        { "\"budget\": 1, \"share\": 0.0000005", "0.0000005 has more than 6 decimals", 0 },
        { "\"budget\": 1, \"share\": \"0.00001%\"", "0.00001% has more than 4 decimals", 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cpn_json *json = NULL;
        campaign_error error = { 0 };
        int64_t ppm = -1;
        const cpn_json_value *root = read_good(&json, cases[i].members);
        const campaign_status status = cpn_get_ppm(&ppm, root, &sample_record, "share", &error);
        assert_int_equal(status, cases[i].message ? CAMPAIGN_E_VALUE : CAMPAIGN_OK);
        assert_int_equal(ppm, cases[i].ppm);
        if (cases[i].message) assert_string_equal(error.message, cases[i].message);
        if (cases[i].message) assert_string_equal(error.where, "share (line 1 column 55)");
        cpn_json_free(json);
    }
}

static void test_a_record_that_contains_itself_stops_at_the_depth_limit(void **state)
{
    (void)state;
    for (int depth = 60; depth <= 66; depth++) {
        cpn_text text = { 0 };
        cpn_text_add_string(&text, "\"budget\": 1, \"phase\": ");
        for (int i = 2; i < depth; i++) cpn_text_add_string(&text, "{\"days\": 1, \"after\": ");
        cpn_text_add_string(&text, "{\"days\": 1}");
        for (int i = 2; i < depth; i++) cpn_text_add_char(&text, '}');
        cpn_json *json = NULL;
        assert_int_equal(read_sample(&json, text.data, NULL), depth <= 64 ? CAMPAIGN_OK : CAMPAIGN_E_LIMIT);
        cpn_json_free(json);
        cpn_text_clear(&text);
    }
}

static void test_parts_are_checked_alone(void **state)
{
    (void)state;
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    const char *text =
        "{\"in\": {\"schema\": \"campaign/sample/1\", \"budget\": 1}, \"note\": {\"text\": \"x\", \"y\": 1}}";
    assert_ok(cpn_json_read(&json, text, strlen(text), &error), error);
    const cpn_json_value *inner = cpn_get(cpn_json_root(json), "in");
    assert_ok(cpn_document_check_kind(inner, &sample_kind, &error), error);
    assert_int_equal(cpn_document_check(inner, &sample_record, &error), CAMPAIGN_E_UNKNOWN);
    assert_string_equal(error.where, "in.schema (line 1 column 19)");
    assert_ok(cpn_document_check(cpn_get(cpn_json_root(json), "note"), &sample_note, &error), error);
    cpn_json_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_schema_is_checked_first),
        cmocka_unit_test(test_defaults_of_what_is_absent),
        cmocka_unit_test(test_values_that_are_present),
        cmocka_unit_test(test_rates_finer_than_a_millionth_are_refused_as_such),
        cmocka_unit_test(test_a_record_that_contains_itself_stops_at_the_depth_limit),
        cmocka_unit_test(test_parts_are_checked_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
