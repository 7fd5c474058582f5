/* The JSON writer: layout, escapes, and copies that read back as they were. */
#include "check.h"

#include <float.h>
#include <math.h>

#include "base/json.h"
#include "base/memory.h"

static void test_layout(void **state)
{
    (void)state;
    cpn_text text = { 0 };
    cpn_json_writer writer = { .text = &text };
    cpn_json_open_object(&writer, false);
    cpn_json_key(&writer, "schema");
    cpn_json_string_z(&writer, "campaign/plan/1");
    cpn_json_key(&writer, "days");
    cpn_json_open_array(&writer, true);
    cpn_json_int64(&writer, INT64_MIN);
    cpn_json_null(&writer);
    cpn_json_open_object(&writer, false); /* inside a flat one: flat */
    cpn_json_key(&writer, "on");
    cpn_json_bool(&writer, true);
    cpn_json_close(&writer);
    cpn_json_close(&writer);
    cpn_json_key(&writer, "empty");
    cpn_json_open_array(&writer, false);
    cpn_json_close(&writer);
    cpn_json_key(&writer, "rows");
    cpn_json_open_array(&writer, false);
    cpn_json_money(&writer, -1990, 2);
    cpn_json_date(&writer,
                  20856); /* days from 1970-01-01: 57 years of 365, 14 leap days, 31 + 6 - 1 of 2027 = 20855 + 1 */
    cpn_json_double(&writer, 0.1);
    cpn_json_double(&writer, -DBL_MAX);
    cpn_json_double(&writer, HUGE_VAL);
    cpn_json_double(&writer, (double)NAN);
    cpn_json_number_text(&writer, "1.50", 4);
    cpn_json_string(&writer, NULL, 0);
    cpn_json_close(&writer);
    cpn_json_close(&writer);
    assert_int_equal(writer.depth, 0);
    char *written = cpn_text_take(&text);
    assert_string_equal(written, "{\n"
                                 "  \"schema\": \"campaign/plan/1\",\n"
                                 "  \"days\": [-9223372036854775808, null, {\"on\": true}],\n"
                                 "  \"empty\": [],\n"
                                 "  \"rows\": [\n"
                                 "    \"-19.90\",\n"
                                 "    \"2027-02-07\",\n"
                                 "    0.1,\n"
                                 "    -1.7976931348623157e+308,\n"
                                 "    null,\n"
                                 "    null,\n"
                                 "    1.50,\n"
                                 "    \"\"\n"
                                 "  ]\n"
                                 "}");
    cpn_free(written);
}

static void test_each_character_reads_back(void **state)
{
    (void)state;
    char all[0x80 + 9];
    for (int i = 0; i < 0x80; i++) all[i] = (char)i;
    memcpy(all + 0x80, "é会😀", 9);
    cpn_text text = { 0 };
    cpn_json_writer writer = { .text = &text };
    cpn_json_string(&writer, all, sizeof all);
    assert_memory_equal(text.data, "\"\\u0000\\u0001", 13);
    assert_non_null(strstr(text.data, "\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e"));
    assert_non_null(strstr(text.data, "\\u001f !\\\"#"));
    assert_non_null(strstr(text.data, "[\\\\]"));
    assert_non_null(strstr(text.data, "\x7Fé会😀\""));
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_json_read(&json, text.data, text.length, &error), error);
    assert_int_equal(cpn_json_root(json)->length, sizeof all);
    assert_memory_equal(cpn_json_root(json)->text, all, sizeof all);
    cpn_json_free(json);
    cpn_text_clear(&text);
}

static char *copy_of(const char *text)
{
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_json_read(&json, text, strlen(text), &error), error);
    cpn_text out = { 0 };
    cpn_json_writer writer = { .text = &out };
    cpn_json_copy(&writer, cpn_json_root(json));
    cpn_json_free(json);
    return cpn_text_take(&out);
}

static void test_a_copy_of_written_text_is_the_same_bytes(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{}",
        "[]",
        "-0.50e+007",
        "\"会\\n\\u0000\"",
        "[[], {}, [1, 2, {\"a\": [null, true, false]}]]",
        "{\n  \"a\": [\n    {\"x\": 1, \"y\": []},\n    {\n      \"x\": \"\"\n    }\n  ],\n  \"b\": {}\n}",
        "[\n  [\n    [\n      1\n    ]\n  ]\n]",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *copy = copy_of(texts[i]);
        assert_string_equal(copy, texts[i]);
        cpn_free(copy);
    }
}

static void test_a_copy_of_foreign_text_settles_at_once(void **state)
{
    (void)state;
    static const struct {
        const char *text, *copy;
    } cases[] = {
        { "{\"a\":1,\"\\u0062\" :\t[ 2 ]}\n", "{\"a\": 1, \"b\": [2]}" },
        { "[\n1,2]", "[\n  1,\n  2\n]" },
        { "[1,\n{\n\"a\":2}]", "[1, {\"a\": 2}]" },
        { "{\"a\":[\n1],\n\"b\":2}", "{\"a\": [1], \"b\": 2}" },
        { "\xEF\xBB\xBF[\"\\/\\u00e9\"]", "[\"/é\"]" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *copy = copy_of(cases[i].text), *again = copy_of(copy);
        assert_string_equal(copy, cases[i].copy);
        assert_string_equal(again, copy);
        cpn_free(copy);
        cpn_free(again);
    }
}

static void test_a_part_of_a_tree_is_copied_alone(void **state)
{
    (void)state;
    const char *text = "{\"a\": {\"b\": [1, {\"c\": 2}], \"d\": 3}, \"e\": 4}";
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_json_read(&json, text, strlen(text), &error), error);
    cpn_text out = { 0 };
    cpn_json_writer writer = { .text = &out };
    cpn_json_open_object(&writer, false);
    for (const cpn_json_value *value = cpn_json_root(json)->first->first; value; value = value->next) {
        cpn_json_key(&writer, value->key);
        cpn_json_copy(&writer, value);
    }
    cpn_json_close(&writer);
    assert_string_equal(out.data, "{\n  \"b\": [1, {\"c\": 2}],\n  \"d\": 3\n}");
    cpn_text_clear(&out);
    cpn_json_free(json);
}

static void test_depth_limit_is_the_readers(void **state)
{
    (void)state;
    for (int depth = 63; depth < 70; depth++) {
        cpn_text text = { 0 };
        cpn_json_writer writer = { .text = &text };
        for (int i = 0; i < depth; i++) {
            if (i % 2) cpn_json_key(&writer, "k");
            i % 2 ? cpn_json_open_array(&writer, i > 50) : cpn_json_open_object(&writer, i > 50);
        }
        if (depth % 2) cpn_json_key(&writer, "last");
        cpn_json_int64(&writer, 1);
        for (int i = 0; i < depth; i++) cpn_json_close(&writer);
        assert_int_equal(text.has_failed, depth > 64);
        if (depth <= 64) {
            cpn_json *json = NULL;
            campaign_error error = { 0 };
            assert_ok(cpn_json_read(&json, text.data, text.length, &error), error);
            cpn_json_free(json);
        }
        cpn_text_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_each_character_reads_back),
        cmocka_unit_test(test_a_copy_of_written_text_is_the_same_bytes),
        cmocka_unit_test(test_a_copy_of_foreign_text_settles_at_once),
        cmocka_unit_test(test_a_part_of_a_tree_is_copied_alone),
        cmocka_unit_test(test_depth_limit_is_the_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
