/* Numbers as text. Truth: strtod of the C library for reading, reading back for writing, and the digits that Python's
 * repr prints (David Gay's algorithm) for the shortest form. */
#include "check.h"

#include <float.h>
#include <math.h>

#include "base/number.h"

static uint64_t next_word(uint64_t *seed) /* xorshift64, G. Marsaglia 2003 */
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void assert_reads_as_strtod(const char *text, size_t length)
{
    double ours = -1;
    const double theirs = strtod(text, NULL);
    const bool is_read = cpn_parse_double(&ours, text, length);
    if (is_read != (isfinite(theirs) != 0) || (is_read && memcmp(&ours, &theirs, sizeof ours) != 0))
        fail_msg("\"%.200s\" reads as %.17g, strtod says %.17g", text, ours, theirs);
}

static void test_hard_decimals_read_as_the_nearest_double(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0",
        "-0",
        "0.1",
        "19.90",
        ".5",
        "5.",
        "-.5e-3",
        "1e22",
        "1e23",
        "9007199254740993",
        "9007199254740992.5",
        "9007199254740993.00000000000000000000000000001",
        "9007199254740992999999999999999999999999e-24",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1.797693134862315807e308",
        "179769313486231580793728971405301e276",
        "4.9406564584124654e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "2.2250738585072014e-308",
        "1e-400",
        "1e400",
        "-1e400",
        "0e999999999999999999999",
        "1e-999999999999999999999",
        "1e999999999999999999999",
        "8.5e-28",
        "8.5e27",
        "18446744073709551615e27",
        "9999999999999999999e-27",
        "1e-27",
        "7.2057594037927933e16",
        "6.631236846766476e-316",
        "3.2378839133029012895883524125015321748630094e-319",
        "0.500000000000000166533453693773481063544750213623046875",
        "000000000000000000000000000000000000000001.50",
        "0.00000000000000000000000000000000000000000015",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) assert_reads_as_strtod(texts[i], strlen(texts[i]));
}

static void test_a_million_random_texts_read_as_strtod_reads_them(void **state)
{
    (void)state;
    uint64_t seed = 20270206;
    for (int i = 0; i < 1000000; i++) {
        char text[96];
        const int n_digits = (int)(next_word(&seed) % 20) + 1, point = (int)(next_word(&seed) % 25);
        const int range = i % 4 == 0 ? 700 : 60, exponent = (int)(next_word(&seed) % (uint64_t)range) - range / 2;
        size_t n = 0;
        if (next_word(&seed) % 2) text[n++] = '-';
        for (int k = 0; k < n_digits; k++) {
            if (k == point) text[n++] = '.';
            text[n++] = (char)('0' + next_word(&seed) % 10);
        }
        if (i % 3) n += (size_t)snprintf(text + n, sizeof text - n, "e%d", exponent);
        text[n] = '\0';
        assert_reads_as_strtod(text, n);
    }
}

/* A double, the one above it, and the point half way between them, written out in full: 770 digits at most. */
static void test_halfway_points_go_to_even_and_their_neighbours_do_not(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int i = 0; i < 3000; i++) {
        uint64_t bits = next_word(&seed) >> 1;
        if (i % 3 == 0) bits = 0x3FF0000000000000u + (next_word(&seed) >> 8); /* around 1 to 65536 */
        if (i % 3 == 1) bits >>= 11 + next_word(&seed) % 50;                  /* subnormal */
        double value, above;
        memcpy(&value, &bits, sizeof value);
        above = nextafter(value, INFINITY);
        if (!isfinite(above) || bits < 2) continue;
        if (LDBL_MANT_DIG < 64) continue; /* no long double to hold the halfway point */
        char text[1600];
        const long double half = ((long double)value + (long double)above) / 2;
        const int n = snprintf(text, sizeof text - 2, "%.1100Lf", half);
        if (n < 0 || (size_t)n >= sizeof text - 2) continue;
        assert_reads_as_strtod(text, (size_t)n);
        (void)snprintf(text + n, 2, "1");
        assert_reads_as_strtod(text, (size_t)n + 1);
    }
}

static void test_an_exponent_may_balance_any_number_of_zeros(void **state)
{
    (void)state;
    enum { ZEROS = 2000009 };
    char *text = malloc(ZEROS + 32);
    assert_non_null(text);
    memset(text, '0', ZEROS);
    text[1] = '.';
    const size_t length = ZEROS + (size_t)snprintf(text + ZEROS, 32, "15e%d", ZEROS);
    assert_reads_as_strtod(text, length); /* 0.000…15e2000009 is 15e1 */
    free(text);
}

static void test_what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = { "",    "-",    "+",    ".",   "-.",  "e5",   "1e",  "1e+",   "1 ", " 1",
                                         "1,5", "0x10", "1..2", "nan", "inf", "1e5.", "--1", "1e5e5", "１", "1_000" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value = 7;
        if (cpn_parse_double(&value, texts[i], strlen(texts[i]))) fail_msg("\"%s\" was read as %g", texts[i], value);
        assert_true(value == 7);
    }
    double value;
    assert_true(cpn_parse_double(&value, "12345", 2) && value == 12); /* only its own bytes */
}

static void test_the_public_reader_says_why_not(void **state)
{
    (void)state;
    double value = 7;
    campaign_error error = { 0 };
    assert_ok(campaign_number_parse(&value, "-1.5e3x", 6, &error), error);
    assert_true(value == -1500);
    assert_int_equal(campaign_number_parse(&value, "1,5", 3, &error), CAMPAIGN_E_SYNTAX);
    assert_true(value == 0 && strstr(error.message, "\"1,5\""));
    assert_int_equal(campaign_number_parse(&value, "", 0, &error), CAMPAIGN_E_SYNTAX);
    assert_int_equal(campaign_number_parse(&value, "-1.8e308", 8, &error), CAMPAIGN_E_OVERFLOW);
    assert_int_equal(campaign_number_parse(&value, NULL, 3, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_number_parse(NULL, "1", 1, &error), CAMPAIGN_E_ARGUMENT);
    assert_ok(campaign_number_parse(&value, "1e-400", 6, &error), error); /* too small is zero, the nearest double */
    assert_true(value == 0);
}

static void test_integers_read_within_their_limits(void **state)
{
    (void)state;
    int64_t value = 7;
    assert_true(cpn_parse_int64(&value, "9223372036854775807", 19) && value == INT64_MAX);
    assert_true(cpn_parse_int64(&value, "-9223372036854775808", 20) && value == INT64_MIN);
    assert_true(cpn_parse_int64(&value, "+0000000000000000000000012", 26) && value == 12);
    value = 7;
    static const char *const texts[] = { "9223372036854775808",
                                         "-9223372036854775809",
                                         "18446744073709551616",
                                         "",
                                         "-",
                                         "+",
                                         "1.0",
                                         "1e3",
                                         " 1",
                                         "1 ",
                                         "--1",
                                         "99999999999999999999999999" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(cpn_parse_int64(&value, texts[i], strlen(texts[i])));
    assert_int_equal(value, 7);
}

static void test_integers_print(void **state)
{
    (void)state;
    char text[CPN_NUMBER_TEXT];
    assert_int_equal(cpn_format_int64(text, INT64_MIN), 20);
    assert_string_equal(text, "-9223372036854775808");
    assert_int_equal(cpn_format_int64(text, 0), 1);
    assert_string_equal(text, "0");
}

static void test_doubles_print_their_shortest_form(void **state)
{
    (void)state;
    /* Digits as Python's repr gives them; the point and the exponent as ECMAScript sets them. */
    static const struct {
        double value;
        const char *text;
    } cases[] = { { 0, "0" },
                  { -0.0, "-0" },
                  { 0.1, "0.1" },
                  { 0.1 + 0.2, "0.30000000000000004" },
                  { 19.9, "19.9" },
                  { -1234567.5, "-1234567.5" },
                  { 1e20, "100000000000000000000" },
                  { 1e21, "1e+21" },
                  { 1e300, "1e+300" },
                  { 0.000001, "0.000001" },
                  { 0.0000001, "1e-7" },
                  { 1.5e-10, "1.5e-10" },
                  { 9007199254740993.0, "9007199254740992" },
                  { 9.5367431640625e-07, "9.5367431640625e-7" },
                  { 2.2250738585072014e-308, "2.2250738585072014e-308" },
                  { 4.9406564584124654e-324, "5e-324" },
                  { 1.7976931348623157e308, "1.7976931348623157e+308" },
                  { 2e-323, "2e-323" },
                  { 5e-324 * 3, "1.5e-323" },
                  { 9007199254740992.0 * 8, "72057594037927940" },
                  { 1e23, "1e+23" },
                  { 1.0 / 3, "0.3333333333333333" },
                  { INFINITY, "inf" },
                  { -INFINITY, "-inf" },
                  { NAN, "nan" } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[CPN_NUMBER_TEXT];
        assert_int_equal(cpn_format_double(text, cases[i].value), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
}

static void test_scaled_integers_print_as_the_doubles_they_are_read_as(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        const int64_t number = (int64_t)(next_word(&seed) % 20001) - 10000;
        const int32_t exponent = (int32_t)(next_word(&seed) % 61) - 30;
        char text[CPN_NUMBER_TEXT], expected[CPN_NUMBER_TEXT], decimal[64];
        const int length = snprintf(decimal, sizeof decimal, "%llde%ld", (long long)number, (long)exponent);
        double value;
        assert_true(cpn_parse_double(&value, decimal, (size_t)length));
        (void)cpn_format_double(expected, value);
        assert_int_equal(cpn_format_scaled(text, number, exponent), strlen(expected));
        assert_string_equal(text, expected);
    }
}

static size_t n_significant(const char *text)
{
    size_t n = 0, trailing = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (n == 0 && *text == '0')) continue;
        n++;
        trailing = *text == '0' ? trailing + 1 : 0;
    }
    return n - trailing;
}

static void test_printed_doubles_read_back_and_no_shorter_text_does(void **state)
{
    (void)state;
    uint64_t seed = 42;
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = next_word(&seed);
        double value, again;
        memcpy(&value, &bits, sizeof value);
        if (i % 2) value = (double)(int64_t)(bits % 100000000000) / 10000; /* like amounts and rates */
        if (!isfinite(value)) continue;
        char text[CPN_NUMBER_TEXT], shorter[64];
        const size_t n = cpn_format_double(text, value);
        assert_true(n < CPN_NUMBER_TEXT);
        assert_true(cpn_parse_double(&again, text, n) && memcmp(&value, &again, sizeof value) == 0);
        const int n_digits = (int)n_significant(text);
        if (n_digits < 2) continue;
        (void)snprintf(shorter, sizeof shorter, "%.*e", n_digits - 2, value);
        if (strtod(shorter, NULL) == value) fail_msg("%s was printed, %s would do", text, shorter);
        (void)snprintf(shorter, sizeof shorter, "%.*e", n_digits - 1, value); /* the nearest of as many digits */
        const double nearest = strtod(shorter, NULL);
        char mine[64];
        (void)snprintf(mine, sizeof mine, "%.*e", n_digits - 1, strtod(text, NULL));
        if (nearest == value) assert_string_equal(mine, shorter);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hard_decimals_read_as_the_nearest_double),
        cmocka_unit_test(test_a_million_random_texts_read_as_strtod_reads_them),
        cmocka_unit_test(test_halfway_points_go_to_even_and_their_neighbours_do_not),
        cmocka_unit_test(test_an_exponent_may_balance_any_number_of_zeros),
        cmocka_unit_test(test_what_is_no_number_is_refused),
        cmocka_unit_test(test_the_public_reader_says_why_not),
        cmocka_unit_test(test_integers_read_within_their_limits),
        cmocka_unit_test(test_integers_print),
        cmocka_unit_test(test_doubles_print_their_shortest_form),
        cmocka_unit_test(test_scaled_integers_print_as_the_doubles_they_are_read_as),
        cmocka_unit_test(test_printed_doubles_read_back_and_no_shorter_text_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
