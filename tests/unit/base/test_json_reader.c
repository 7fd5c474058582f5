/* The JSON reader: the tree it builds, the words and places of its errors, its limits. Grammar: test_json_grammar.c. */
#include "check.h"

#include "base/json.h"
#include "base/json_reader.h"
#include "base/memory.h"

#define TEXT(literal) literal, sizeof(literal) - 1

static void test_messages_say_what_was_expected(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "[1,]", "expected a value, found ]" },
        { "{\"a\":1 ", "expected a comma or }, found the end of the text" },
        { "{'a':1}", "expected a key in double quotes, found '" },
        { "[\"a\n\"]", "expected an escape such as \\n inside a string, found the control character U+000A" },
        { "{\"a\":1}会", "expected the end of the text, found 会" },
        { "[\"\xFF\"]", "the byte 0xFF is not UTF-8 here" },
        { "[\"\\uDEAD\"]", "\\uDEAD is half of a surrogate pair" },
        { "007", "a number has no leading zeros" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cpn_json *json = NULL;
        campaign_error error = { 0 };
        assert_int_not_equal(cpn_json_read(&json, cases[i].text, strlen(cases[i].text), &error), CAMPAIGN_OK);
        assert_string_equal(error.message, cases[i].message);
    }
}

static void test_tree_holds_texts_and_places(void **state)
{
    (void)state;
    const char *text = "\xEF\xBB\xBF{\"名\": \"a\\u0000\\uD83D\\uDE00\", \"n\": [1.50e+07, -0,\r\n  {\"x\": false}]}";
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_json_read(&json, text, strlen(text), &error), error);
    const cpn_json_value *root = cpn_json_root(json);
    assert_int_equal(root->kind, CPN_JSON_OBJECT);
    assert_int_equal(root->n_children, 2);
    assert_int_equal(root->column, 1); /* the BOM is no column */
    const cpn_json_value *name = root->first;
    assert_string_equal(name->key, "名");
    assert_int_equal(name->length, 6);
    assert_memory_equal(name->text, "a\0😀", 7);
    assert_int_equal(name->column, 7); /* 名 is one column */
    const cpn_json_value *numbers = cpn_json_member(root, "n");
    assert_ptr_equal(numbers, name->next);
    assert_int_equal(numbers->index, 1);
    assert_int_equal(numbers->n_children, 3);
    assert_int_equal(numbers->column, 35); /* 7, 21 of the raw string, ", ", "n", ":" and a blank */
    assert_string_equal(numbers->first->text, "1.50e+07");
    assert_null(numbers->first->key);
    assert_string_equal(numbers->first->next->text, "-0");
    const cpn_json_value *inner = numbers->first->next->next;
    assert_int_equal(inner->line, 2);
    assert_int_equal(inner->column, 3);
    assert_ptr_equal(inner->parent, numbers);
    const cpn_json_value *flag = cpn_json_member(inner, "x");
    assert_int_equal(flag->kind, CPN_JSON_BOOL);
    assert_false(flag->boolean);
    assert_null(cpn_json_member(inner, "y"));
    assert_null(cpn_json_member(numbers, "x"));
    assert_int_equal(cpn_json_fail(&error, CAMPAIGN_E_VALUE, flag, "%d of %s", 3, "会"), CAMPAIGN_E_VALUE);
    assert_string_equal(error.where, "n[2].x (line 2 column 9)");
    assert_string_equal(error.message, "3 of 会");
    cpn_json_free(json);
}

static void test_long_paths_keep_their_end(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where;
    } cases[] = {
        { "{\"a.b\":{\"c d\":[!]}}", "[\"a.b\"][\"c d\"][0] (line 1 column 16)" },
        { "{\"a\\n\\\"\":{\"b\":!}}", "[\"a?\"\"].b (line 1 column 15)" },
        /* 95 bytes: 19 for line and column, 4 for the last step, 3 for the ellipsis, 69 left: 23 characters of 3 */
        { "{\"会会会会会会会会会会会会会会会会会会会会会会会会会会会会会会\":{\"员\":!}}",
          "…会会会会会会会会会会会会会会会会会会会会会会会.员 (line 1 column 40)" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cpn_json *json = NULL;
        campaign_error error = { 0 };
        assert_int_equal(cpn_json_read(&json, cases[i].text, strlen(cases[i].text), &error), CAMPAIGN_E_SYNTAX);
        assert_string_equal(error.where, cases[i].where);
    }
    char text[200];
    for (int n = 0; n < 120; n++) { /* every length of key meets the edge once */
        const int length = snprintf(text, sizeof text, "{\"%.*s\":[[!", n,
                                    "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
                                    "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk");
        cpn_json *json = NULL;
        campaign_error error = { 0 };
        assert_int_equal(cpn_json_read(&json, text, (size_t)length, &error), CAMPAIGN_E_SYNTAX);
        char ending[40];
        (void)snprintf(ending, sizeof ending, "[0][0] (line 1 column %d)", n + 7);
        const size_t n_where = strlen(error.where), n_ending = strlen(ending);
        assert_true(n_where >= n_ending && n_where <= 95);
        assert_string_equal(error.where + n_where - n_ending, ending);
    }
}

/* depth containers around nothing. */
static campaign_status read_nested(int depth, bool is_object)
{
    cpn_text text = { 0 };
    for (int i = 0; i < depth; i++) cpn_text_add_string(&text, is_object && i < depth - 1 ? "{\"a\":" : "[");
    for (int i = depth; i > 0; i--) cpn_text_add_char(&text, is_object && i < depth ? '}' : ']');
    cpn_json *json = NULL;
    const campaign_status status = cpn_json_read(&json, text.data, text.length, NULL);
    cpn_json_free(json);
    cpn_text_clear(&text);
    return status;
}

static void test_depth_limit(void **state)
{
    (void)state;
    for (int is_object = 0; is_object < 2; is_object++) {
        assert_int_equal(read_nested(64, is_object), CAMPAIGN_OK);
        assert_int_equal(read_nested(65, is_object), CAMPAIGN_E_LIMIT);
        assert_int_equal(read_nested(100000, is_object), CAMPAIGN_E_LIMIT);
    }
}

static void test_size_and_count_limits(void **state)
{
    (void)state;
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    /* Refused before the first byte is looked at, so one byte is enough of it. */
    assert_int_equal(cpn_json_read(&json, "1", ((size_t)1 << 28) + 1, &error), CAMPAIGN_E_LIMIT);
    assert_string_equal(error.message, "268435457 bytes of JSON, at most 268435456 are read");
    assert_ok(cpn_json_read_within(&json, TEXT("[1,[2],3]"), 5, &error), error);
    cpn_json_free(json);
    assert_int_equal(cpn_json_read_within(&json, TEXT("[1,[2],3]"), 4, &error), CAMPAIGN_E_LIMIT);
    assert_string_equal(error.where, "line 1 column 8");
    assert_null(json);
    assert_int_equal(cpn_json_read(NULL, "1", 1, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(cpn_json_read(&json, NULL, 1, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(cpn_json_read(&json, NULL, 0, &error), CAMPAIGN_E_SYNTAX);
}

/* n members named k0, k1, …, one a line; then, where again >= 0, that one once more. */
static campaign_status read_members(int n, int again, campaign_error *error)
{
    cpn_text text = { 0 };
    for (int i = 0; i < n; i++) cpn_text_add_format(&text, "%s\n\"k%d\":%d", i ? "," : "{", i, i);
    if (again >= 0) cpn_text_add_format(&text, ",\n\"k%d\":0,\n\"k%d\":1", again, again);
    cpn_text_add_char(&text, '}');
    cpn_json *json = NULL;
    const campaign_status status = cpn_json_read(&json, text.data, text.length, error);
    if (json) {
        char key[16];
        (void)snprintf(key, sizeof key, "k%d", n - 1);
        assert_int_equal(cpn_json_member(cpn_json_root(json), key)->index, n - 1);
    }
    cpn_json_free(json);
    cpn_text_clear(&text);
    return status;
}

static void test_keys_that_stand_twice_are_found_in_objects_of_any_size(void **state)
{
    (void)state;
    static const int sizes[] = { 1, 14, 15, 16, 17, 1000, 200000 };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        campaign_error error = { 0 };
        const int n = sizes[i];
        assert_ok(read_members(n, -1, &error), error);
        static const int parts[] = { 0, 1, 2 }; /* first, middle, last */
        for (size_t part = 0; part < 3; part++) {
            const int again = parts[part] * (n - 1) / 2;
            assert_int_equal(read_members(n, again, &error), CAMPAIGN_E_DUPLICATE);
            char key[64]; /* its second place, not its third */
            (void)snprintf(key, sizeof key, "k%d (line %d column ", again, n + 2);
            assert_memory_equal(error.where, key, strlen(key));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages_say_what_was_expected),
        cmocka_unit_test(test_tree_holds_texts_and_places),
        cmocka_unit_test(test_long_paths_keep_their_end),
        cmocka_unit_test(test_depth_limit),
        cmocka_unit_test(test_size_and_count_limits),
        cmocka_unit_test(test_keys_that_stand_twice_are_found_in_objects_of_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
