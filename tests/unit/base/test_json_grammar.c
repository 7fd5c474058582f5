/* The JSON reader against RFC 8259: what it takes, what it refuses, and where it says the fault lies.
 * The tables cover each class of valid (y), invalid (n) and implementation-defined (i) texts that the public
 * JSONTestSuite names; the texts are our own. */
#include "check.h"

#include "base/json.h"

#define TEXT(literal) literal, sizeof(literal) - 1

typedef struct text_case {
    const char *text;
    size_t length;
} text_case;

/* y_: arrays, numbers, objects, strings, structure. */
static const text_case taken[] = {
    { TEXT("[]") },
    { TEXT("[[] , [\t\n\r]]") },
    { TEXT("[\"\"]") },
    { TEXT("[1,null,true,\"2\"]") },
    { TEXT(" [5]\n") },
    { TEXT("[null, null,null]") },
    { TEXT("-0") },
    { TEXT("[0,-0,-7,10,123456789012345678901234567890]") },
    { TEXT("[0e1,0E+5,1e-0,1E22,123e45,1.5e+9]") },
    { TEXT("[0.1,-0.0,0.000000000000000000000000000000000000000000000000000001]") },
    { TEXT("[1.0e5,1.25E-3,3e00]") },
    { TEXT("{}") },
    { TEXT("{\"\":0}") },
    { TEXT("{\"a\":1,\"A\":2,\"b\":{\"a\":3}}") },
    { TEXT("{\"k\\u0000ey\":1}") },
    { TEXT("{ \"a\" : \"b\" ,\n\"c\":[ ] }") },
    { TEXT("\"alone\"") },
    { TEXT("true") },
    { TEXT("false") },
    { TEXT("null") },
    { TEXT("42") },
    { TEXT("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]") },
    { TEXT("[\"\\u0041\\u00e9\\u4f1A\\uD83D\\uDE00\"]") },
    { TEXT("[\"\\u0000\"]") },
    { TEXT("[\"\\uFFFE \\uFFFF \\uDBFF\\uDFFF\"]") },
    { TEXT("[\"\xEF\xBF\xBE\"]") },             /* U+FFFE itself, not a character but valid */
    { TEXT("[\"\xE2\x80\xA8\xE2\x80\xA9\"]") }, /* U+2028, U+2029 */
    { TEXT("[\"\x7F\"]") },
    { TEXT("[\"\xF0\x9F\x98\x80 \xF4\x8F\xBF\xBF \xEE\x80\x80\"]") },
    { TEXT("[\"会员 é\"]") },
    { TEXT("\xEF\xBB\xBF{\"bom\":1}") },
    { TEXT("[1e999999999, -1e-999999999]") }, /* i_: kept as text, judged by the field */
};

static void test_valid_texts_are_taken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        cpn_json *json = NULL;
        campaign_error error = { 0 };
        assert_ok(cpn_json_read(&json, taken[i].text, taken[i].length, &error), error);
        assert_non_null(cpn_json_root(json));
        cpn_json_free(json);
    }
}

typedef struct refused_case {
    text_case text;
    campaign_status status;
    const char *where;
} refused_case;

#define SYNTAX(literal, where)                                                                                         \
    {                                                                                                                  \
        { TEXT(literal) }, CAMPAIGN_E_SYNTAX, where                                                                    \
    }
#define ENCODING(literal, where)                                                                                       \
    {                                                                                                                  \
        { TEXT(literal) }, CAMPAIGN_E_ENCODING, where                                                                  \
    }

static const refused_case refused[] = {
    /* n_structure */
    SYNTAX("", "line 1 column 1"),
    SYNTAX(" \n ", "line 2 column 2"),
    SYNTAX("\xEF\xBB\xBF", "line 1 column 1"),
    SYNTAX("[", "[0] (line 1 column 2)"),
    SYNTAX("[1", "line 1 column 3"),
    SYNTAX("{", "line 1 column 2"),
    SYNTAX("{\"a\"", "line 1 column 5"),
    SYNTAX("{\"a\":", "a (line 1 column 6)"),
    SYNTAX("{\"a\":1", "line 1 column 7"),
    SYNTAX("{\"a\":1,", "line 1 column 8"),
    SYNTAX("[]]", "line 1 column 3"),
    SYNTAX("[1]x", "line 1 column 4"),
    SYNTAX("{}{}", "line 1 column 3"),
    SYNTAX("1 2", "line 1 column 3"),
    SYNTAX("]", "line 1 column 1"),
    SYNTAX("}", "line 1 column 1"),
    SYNTAX("[1}", "line 1 column 3"),
    SYNTAX("{\"a\":1]", "line 1 column 7"),
    SYNTAX("[a]", "[0] (line 1 column 2)"),
    SYNTAX("*", "line 1 column 1"),
    SYNTAX("<.>", "line 1 column 1"),
    SYNTAX("[]\0", "line 1 column 3"),
    SYNTAX("\0", "line 1 column 1"),
    SYNTAX("[\f]", "[0] (line 1 column 2)"),
    SYNTAX("[\v1]", "[0] (line 1 column 2)"),
    SYNTAX("[\xC2\xA0]", "[0] (line 1 column 2)"), /* no-break space */
    SYNTAX("\xE2\x81\xA0[]", "line 1 column 1"),   /* word joiner */
    SYNTAX("[1]\xEF\xBB\xBF", "line 1 column 4"),  /* a BOM that does not lead */
    SYNTAX("[] // note", "line 1 column 4"),
    SYNTAX("{\"a\":1}/**/", "line 1 column 8"),
    SYNTAX("#\n[]", "line 1 column 1"),
    SYNTAX("\\u007B\\u007D", "line 1 column 1"),
    SYNTAX("True", "line 1 column 1"),
    SYNTAX("[nul]", "[0] (line 1 column 2)"),
    SYNTAX("[tru", "[0] (line 1 column 2)"),
    SYNTAX("[fals]", "[0] (line 1 column 2)"),
    SYNTAX("truer", "line 1 column 5"),
    SYNTAX("undefined", "line 1 column 1"),
    SYNTAX("@", "line 1 column 1"),
    /* n_array */
    SYNTAX("[1 true]", "line 1 column 4"),
    SYNTAX("[,]", "[0] (line 1 column 2)"),
    SYNTAX("[1,]", "[1] (line 1 column 4)"),
    SYNTAX("[1,,2]", "[1] (line 1 column 4)"),
    SYNTAX("[\"a\":1]", "line 1 column 5"),
    SYNTAX("[1\n,2\n", "line 3 column 1"),
    SYNTAX("[\"a\"],", "line 1 column 6"),
    SYNTAX("[3[4]]", "line 1 column 3"),
    SYNTAX("[1;2]", "line 1 column 3"),
    /* n_object */
    SYNTAX("{,}", "line 1 column 2"),
    SYNTAX("{\"a\":1,}", "line 1 column 8"),
    SYNTAX("{\"a\":1,,\"b\":2}", "line 1 column 8"),
    SYNTAX("{'a':1}", "line 1 column 2"),
    SYNTAX("{a:1}", "line 1 column 2"),
    SYNTAX("{1:1}", "line 1 column 2"),
    SYNTAX("{null:1}", "line 1 column 2"),
    SYNTAX("{\"a\" 1}", "line 1 column 6"),
    SYNTAX("{\"a\",1}", "line 1 column 5"),
    SYNTAX("{\"a\"::1}", "a (line 1 column 6)"),
    SYNTAX("{\"a\":1 \"b\":2}", "line 1 column 8"),
    SYNTAX("{:1}", "line 1 column 2"),
    SYNTAX("{\"a\":}", "a (line 1 column 6)"),
    SYNTAX("{[1]:2}", "line 1 column 2"),
    /* n_number */
    SYNTAX("+1", "line 1 column 1"),
    SYNTAX("[01]", "[0] (line 1 column 3)"),
    SYNTAX("-012", "line 1 column 3"),
    SYNTAX("00", "line 1 column 2"),
    SYNTAX("-", "line 1 column 2"),
    SYNTAX("--1", "line 1 column 2"),
    SYNTAX("[- 1]", "[0] (line 1 column 3)"),
    SYNTAX("[1.]", "[0] (line 1 column 4)"),
    SYNTAX("[1.e1]", "[0] (line 1 column 4)"),
    SYNTAX("[.5]", "[0] (line 1 column 2)"),
    SYNTAX("[-.5]", "[0] (line 1 column 3)"),
    SYNTAX("[1e]", "[0] (line 1 column 4)"),
    SYNTAX("[1e+]", "[0] (line 1 column 5)"),
    SYNTAX("[1e+-2]", "[0] (line 1 column 5)"),
    SYNTAX("[1e1.5]", "line 1 column 5"),
    SYNTAX("[1.2.3]", "line 1 column 5"),
    SYNTAX("[1 000]", "line 1 column 4"),
    SYNTAX("[1,000.5]", "[1] (line 1 column 5)"),
    SYNTAX("[0x1F]", "line 1 column 3"),
    SYNTAX("[1_000]", "line 1 column 3"),
    SYNTAX("[NaN]", "[0] (line 1 column 2)"),
    SYNTAX("[Infinity]", "[0] (line 1 column 2)"),
    SYNTAX("[-Infinity]", "[0] (line 1 column 3)"),
    SYNTAX("[1a]", "line 1 column 3"),
    SYNTAX("[2.5.]", "line 1 column 5"),
    SYNTAX("[\xEF\xBC\x91]", "[0] (line 1 column 2)"), /* full-width digit one */
    /* n_string */
    SYNTAX("\"", "line 1 column 2"),
    SYNTAX("[\"a", "[0] (line 1 column 4)"),
    SYNTAX("['a']", "[0] (line 1 column 2)"),
    SYNTAX("[\"a\nb\"]", "[0] (line 1 column 4)"),
    SYNTAX("[\"a\tb\"]", "[0] (line 1 column 4)"),
    SYNTAX("[\"a\0b\"]", "[0] (line 1 column 4)"),
    SYNTAX("[\"\x1F\"]", "[0] (line 1 column 3)"),
    SYNTAX("[\"\\x41\"]", "[0] (line 1 column 4)"),
    SYNTAX("[\"\\a\"]", "[0] (line 1 column 4)"),
    SYNTAX("[\"\\\0\"]", "[0] (line 1 column 4)"),
    SYNTAX("[\"\\U0041\"]", "[0] (line 1 column 4)"),
    SYNTAX("[\"\\\xF0\x9F\x98\x80\"]", "[0] (line 1 column 4)"),
    SYNTAX("[\"\\", "[0] (line 1 column 4)"),
    SYNTAX("[\"\\\"]", "[0] (line 1 column 6)"),
    SYNTAX("[\"\\u\"]", "[0] (line 1 column 5)"),
    SYNTAX("[\"\\u00G1\"]", "[0] (line 1 column 7)"),
    SYNTAX("[\"\\u004", "[0] (line 1 column 8)"),
    SYNTAX("[\"\\uD83D\\u12\"]", "[0] (line 1 column 13)"),
    SYNTAX("[\xE2\x80\x9C"
           "a\xE2\x80\x9D]",
           "[0] (line 1 column 2)"), /* typographic quotes */
    SYNTAX("abc", "line 1 column 1"),
    SYNTAX("\"a\" \"b\"", "line 1 column 5"),
    /* Surrogates that name no character: i_string, i_object_key */
    ENCODING("[\"\\uD800\"]", "[0] (line 1 column 3)"),
    ENCODING("[\"x\\uDC00\"]", "[0] (line 1 column 4)"),
    ENCODING("[\"\\uD83Dx\"]", "[0] (line 1 column 3)"),
    ENCODING("[\"\\uD83D\\n\"]", "[0] (line 1 column 3)"),
    ENCODING("[\"\\uD83D\\u0041\"]", "[0] (line 1 column 3)"),
    ENCODING("[\"\\uD83D\\uD83D\\uDE00\"]", "[0] (line 1 column 3)"),
    ENCODING("[\"\\uDE00\\uD83D\"]", "[0] (line 1 column 3)"),
    ENCODING("{\"\\uDFAA\":0}", "line 1 column 3"),
    /* Bytes that are not UTF-8 */
    ENCODING("[\"会\xFF\"]", "[0] (line 1 column 4)"),
    ENCODING("[\"\xE4\xBC\"]", "[0] (line 1 column 3)"), /* cut short */
    ENCODING("[\"\xE9\"]", "[0] (line 1 column 3)"),     /* Latin-1 */
    ENCODING("[\"\x81\"]", "[0] (line 1 column 3)"),     /* a lone continuation */
    ENCODING("[\"\xC0\xAF\"]", "[0] (line 1 column 3)"), /* overlong */
    ENCODING("[\"\xFC\x83\xBF\xBF\xBF\xBF\"]", "[0] (line 1 column 3)"),
    ENCODING("[\"\xED\xA0\x80\"]", "[0] (line 1 column 3)"),     /* a surrogate in UTF-8 */
    ENCODING("[\"\xF4\x90\x80\x80\"]", "[0] (line 1 column 3)"), /* above U+10FFFF */
    ENCODING("[\"\\u00\xE5\"]", "[0] (line 1 column 7)"),
    ENCODING("[\"\\\xE5\"]", "[0] (line 1 column 4)"),
    ENCODING("[\xE5]", "[0] (line 1 column 2)"),
    ENCODING("[1\xE5]", "line 1 column 3"),
    ENCODING("[1e\xE5]", "[0] (line 1 column 4)"),
    ENCODING("[1e1\xE5]", "line 1 column 5"),
    ENCODING("{\"a\":1,\xB9", "line 1 column 8"),
    ENCODING("{\"\xB9\":1}", "line 1 column 3"),
    ENCODING("[]\xE5", "line 1 column 3"),
    ENCODING("\xE5", "line 1 column 1"),
    ENCODING("\xEF\xBB{}", "line 1 column 1"),     /* half a BOM */
    ENCODING("\xFF\xFE[\0]\0", "line 1 column 1"), /* UTF-16 with BOM */
    SYNTAX("[\0\"\0", "[0] (line 1 column 2)"),    /* UTF-16 without */
    SYNTAX("\0[\0\"", "line 1 column 1"),
    /* Keys */
    { { TEXT("{\"a\":1,\"a\":2}") }, CAMPAIGN_E_DUPLICATE, "a (line 1 column 12)" },
    { { TEXT("{\"a\":1,\"\\u0061\":1}") }, CAMPAIGN_E_DUPLICATE, "a (line 1 column 17)" },
    { { TEXT("[{\"b\":{\"\":1,\n\"\":2}}]") }, CAMPAIGN_E_DUPLICATE, "[0].b[\"\"] (line 2 column 4)" },
};

static void test_invalid_texts_are_refused_with_their_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        const refused_case *c = &refused[i];
        char *exact = malloc(c->text.length ? c->text.length : 1); /* so that a sanitizer sees a byte too far */
        memcpy(exact, c->text.text, c->text.length);
        cpn_json *json = (cpn_json *)exact;
        campaign_error error = { 0 };
        const campaign_status status = cpn_json_read(&json, exact, c->text.length, &error);
        if (status != c->status || error.code != status || strcmp(error.where, c->where) != 0)
            fail_msg("case %d: %s at \"%s\": %s", (int)i, campaign_status_name(status), error.where, error.message);
        assert_null(json);
        assert_true(error.message[0] != '\0');
        free(exact);
    }
}

static void test_each_cut_of_a_valid_text_is_refused(void **state)
{
    (void)state;
    const char *text = "{\"名\":[1.5e-3,true,null,\"\\uD83D\\uDE00\\n\",{\"b\":[[]]}],\"c\":-0}";
    const size_t length = strlen(text);
    for (size_t cut = 0; cut <= length; cut++) {
        cpn_json *json = NULL;
        const campaign_status status = cpn_json_read(&json, text, cut, NULL);
        assert_int_equal(status == CAMPAIGN_OK, cut == length);
        cpn_json_free(json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid_texts_are_taken),
        cmocka_unit_test(test_invalid_texts_are_refused_with_their_place),
        cmocka_unit_test(test_each_cut_of_a_valid_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
