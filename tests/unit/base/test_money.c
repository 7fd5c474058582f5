/* Money: currencies, decimal text, floats, other exponents. Truth: ISO 4217 list one; small cases by hand. */
#include "check.h"

#include <math.h>

#include "base/money.h"

static void test_exponents_of_iso_4217(void **state)
{
    (void)state;
    static const struct {
        const char *currency;
        int32_t exponent;
    } facts[] = { { "CNY", 2 }, { "USD", 2 }, { "EUR", 2 }, { "JPY", 0 }, { "KRW", 0 }, { "VND", 0 }, { "CLP", 0 },
                  { "ISK", 0 }, { "UGX", 0 }, { "BHD", 3 }, { "KWD", 3 }, { "TND", 3 }, { "OMR", 3 }, { "JOD", 3 },
                  { "IQD", 3 }, { "LYD", 3 }, { "CLF", 4 }, { "UYW", 4 }, { "UYI", 0 }, { "XXX", 0 }, { "XAU", 0 },
                  { "AED", 2 }, { "ZWG", 2 }, { "XCG", 2 }, { "SLE", 2 }, { "VED", 2 }, { "MGA", 2 }, { "HUF", 2 },
                  { "TWD", 2 }, { "HKD", 2 }, { "MOP", 2 }, { "IDR", 2 } };
    campaign_error error = { 0 };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        int32_t exponent = -1;
        assert_ok(campaign_currency_exponent(&exponent, facts[i].currency, &error), error);
        assert_int_equal(exponent, facts[i].exponent);
    }
}

static void test_the_list_is_complete(void **state)
{
    (void)state;
    /* List one of 2026-01-01 has 178 codes: 17 currencies without decimals (UYI among them), 13 codes without a minor
     * unit, 7 with three decimals, 2 with four, and 139 with two. */
    int counts[5] = { 0 };
    for (int code = 0; code < 26 * 26 * 26; code++) {
        const char currency[] = { (char)('A' + code / 676), (char)('A' + code / 26 % 26), (char)('A' + code % 26), 0 };
        const int32_t exponent = cpn_currency_exponent(currency);
        assert_in_range(exponent + 1, 0, 5);
        if (exponent >= 0) counts[exponent]++;
    }
    assert_int_equal(counts[0], 30);
    assert_int_equal(counts[1], 0);
    assert_int_equal(counts[2], 139);
    assert_int_equal(counts[3], 7);
    assert_int_equal(counts[4], 2);
}

static void test_unknown_currencies_are_refused(void **state)
{
    (void)state;
    static const char *const codes[] = { "", "CN", "CNYX", "cny", "ABC", "人民币", "ZZZ", "AAA" };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        campaign_error error = { 0 };
        int32_t exponent = 7;
        assert_int_equal(campaign_currency_exponent(&exponent, codes[i], &error), CAMPAIGN_E_UNKNOWN);
        assert_int_equal(exponent, 0);
        assert_non_null(strstr(error.message, codes[i]));
    }
    int32_t exponent;
    assert_int_equal(campaign_currency_exponent(&exponent, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_currency_exponent(NULL, "CNY", NULL), CAMPAIGN_E_ARGUMENT);
}

static campaign_status parse(int64_t *minor, const char *text, int32_t exponent, int32_t rounding)
{
    campaign_error error = { 0 };
    *minor = 7;
    const campaign_status status = campaign_money_parse(minor, text, strlen(text), exponent, rounding, &error);
    assert_int_equal(error.code, status);
    return status;
}

static void assert_reads(const char *text, int32_t exponent, int32_t rounding, int64_t expected)
{
    int64_t minor;
    assert_int_equal(parse(&minor, text, exponent, rounding), CAMPAIGN_OK);
    if (minor != expected) fail_msg("\"%s\" reads as %lld, not %lld", text, (long long)minor, (long long)expected);
}

static void test_amounts_read_exactly(void **state)
{
    (void)state;
    assert_reads("19.90", 2, CAMPAIGN_ROUND_NONE, 1990);
    assert_reads("-19.9", 2, CAMPAIGN_ROUND_NONE, -1990);
    assert_reads("+19", 2, CAMPAIGN_ROUND_NONE, 1900);
    assert_reads(".5", 2, CAMPAIGN_ROUND_NONE, 50);
    assert_reads("5.", 2, CAMPAIGN_ROUND_NONE, 500);
    assert_reads("-0", 2, CAMPAIGN_ROUND_NONE, 0);
    assert_reads("1980", 0, CAMPAIGN_ROUND_NONE, 1980);
    assert_reads("1.250", 3, CAMPAIGN_ROUND_NONE, 1250);
    assert_reads("19.90000000000000000000000000000000000000000", 2, CAMPAIGN_ROUND_NONE, 1990);
    assert_reads("0000000000000000000000000000000000000000019.90", 2, CAMPAIGN_ROUND_NONE, 1990);
    assert_reads("92233720368547758.07", 2, CAMPAIGN_ROUND_NONE, INT64_MAX);
    assert_reads("-92233720368547758.08", 2, CAMPAIGN_ROUND_NONE, INT64_MIN);
    assert_reads("-9.223372036854775808", 9, CAMPAIGN_ROUND_DOWN, -9223372036);
}

static void test_rounding_of_text_in_every_mode(void **state)
{
    (void)state;
    /* 0.125 and its neighbours, both signs, to two decimals; 0.135 for the even rule. Columns: modes 1 to 7. */
    static const struct {
        const char *text;
        int64_t expected[7];
    } cases[] = {
        { "0.125", { 13, 12, 12, 13, 12, 12, 13 } },
        { "-0.125", { -13, -12, -12, -13, -12, -13, -12 } },
        { "0.135", { 14, 14, 13, 14, 13, 13, 14 } },
        { "-0.135", { -14, -14, -13, -14, -13, -14, -13 } },
        { "0.12500000000000000000000001", { 13, 13, 13, 13, 12, 12, 13 } },
        { "-0.12500000000000000000000001", { -13, -13, -13, -13, -12, -13, -12 } },
        { "0.12499999999999999999999999", { 12, 12, 12, 13, 12, 12, 13 } },
        { "0.12000000000000000000000001", { 12, 12, 12, 13, 12, 12, 13 } },
        { "-0.001", { 0, 0, 0, -1, 0, -1, 0 } },
        { "0.995", { 100, 100, 99, 100, 99, 99, 100 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t minor;
        for (int32_t mode = CAMPAIGN_ROUND_HALF_UP; mode <= CAMPAIGN_ROUND_CEILING; mode++)
            assert_reads(cases[i].text, 2, mode, cases[i].expected[mode - 1]);
        assert_int_equal(parse(&minor, cases[i].text, 2, CAMPAIGN_ROUND_NONE), CAMPAIGN_E_VALUE);
        assert_int_equal(minor, 0);
    }
}

static void test_what_is_no_amount_is_refused(void **state)
{
    (void)state;
    int64_t minor;
    static const char *const texts[] = { "",      "-",   "+",  ".",   "-.",    " 1",  "1 ",
                                         "1,000", "1e3", "¥5", "5元", "1.2.3", "--1", "1-" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(parse(&minor, texts[i], 2, CAMPAIGN_ROUND_NONE), CAMPAIGN_E_SYNTAX);
    static const char *const large[] = { "92233720368547758.08", "-92233720368547758.09", "1844674407370955161600",
                                         "184467440737095516.16", "999999999999999999999999999999999" };
    for (size_t i = 0; i < sizeof large / sizeof large[0]; i++)
        assert_int_equal(parse(&minor, large[i], 2, CAMPAIGN_ROUND_HALF_UP), CAMPAIGN_E_OVERFLOW);
    assert_int_equal(parse(&minor, "92233720368547758.075", 2, CAMPAIGN_ROUND_HALF_UP), CAMPAIGN_E_OVERFLOW);
    assert_reads("92233720368547758.075", 2, CAMPAIGN_ROUND_DOWN, INT64_MAX);
    assert_int_equal(parse(&minor, "1", -1, 0), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(parse(&minor, "1", 10, 0), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(parse(&minor, "1", 2, 8), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_money_parse(NULL, "1", 1, 2, 0, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_money_parse(&minor, NULL, 1, 2, 0, NULL), CAMPAIGN_E_ARGUMENT);
}

static void test_amounts_print_with_all_decimals(void **state)
{
    (void)state;
    static const struct {
        int64_t minor;
        int32_t exponent;
        const char *text;
    } cases[] = { { 1990, 2, "19.90" },
                  { -5, 2, "-0.05" },
                  { 0, 2, "0.00" },
                  { 0, 0, "0" },
                  { -7, 0, "-7" },
                  { 1, 9, "0.000000001" },
                  { INT64_MIN, 0, "-9223372036854775808" },
                  { INT64_MIN, 9, "-9223372036.854775808" },
                  { INT64_MAX, 2, "92233720368547758.07" } };
    char text[CAMPAIGN_MONEY_TEXT];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(campaign_money_format(text, cases[i].minor, cases[i].exponent), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
    assert_int_equal(campaign_money_format(text, 1, 10), 0);
    assert_string_equal(text, "");
    assert_int_equal(campaign_money_format(text, 1, -1), 0);
    assert_int_equal(campaign_money_format(NULL, 1, 2), 0);
}

static void test_printed_amounts_read_back(void **state)
{
    (void)state;
    uint64_t seed = 99;
    for (int i = 0; i < 100000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const uint64_t word = (seed ^ (seed >> 31)) >> (seed >> 58);
        int64_t minor, amount;
        memcpy(&amount, &word, sizeof amount);
        char text[CAMPAIGN_MONEY_TEXT];
        const size_t length = campaign_money_format(text, amount, i % 10);
        assert_int_equal(campaign_money_parse(&minor, text, length, i % 10, CAMPAIGN_ROUND_NONE, NULL), CAMPAIGN_OK);
        assert_true(minor == amount);
    }
}

static void assert_from_double(double value, int32_t exponent, int32_t rounding, int64_t expected, bool is_inexact)
{
    int64_t minor = 7;
    bool is_rounded = !is_inexact;
    if (!cpn_money_from_double(&minor, value, exponent, rounding, &is_rounded)) fail_msg("%.17g was refused", value);
    if (minor != expected || is_rounded != is_inexact)
        fail_msg("%.17g is %lld, not %lld", value, (long long)minor, (long long)expected);
}

static void test_floats_are_rounded_by_their_own_value(void **state)
{
    (void)state;
    assert_from_double(19.5, 2, CAMPAIGN_ROUND_NONE, 1950, false);
    assert_from_double(19.9, 2, CAMPAIGN_ROUND_HALF_EVEN, 1990,
                       true); /* 19.9 = 19.89999999999999857891452847979962825775 */
    assert_from_double(1.005, 2, CAMPAIGN_ROUND_HALF_UP, 100, true); /* 1.00499999999999989341858963598497211933 */
    assert_from_double(0.125, 2, CAMPAIGN_ROUND_HALF_UP, 13, true);
    assert_from_double(0.125, 2, CAMPAIGN_ROUND_HALF_EVEN, 12, true);
    assert_from_double(-0.125, 2, CAMPAIGN_ROUND_HALF_DOWN, -12, true);
    assert_from_double(-0.125, 2, CAMPAIGN_ROUND_FLOOR, -13, true);
    assert_from_double(-0.0, 2, CAMPAIGN_ROUND_NONE, 0, false);
    assert_from_double(5e-324, 9, CAMPAIGN_ROUND_UP, 1, true);
    assert_from_double(-5e-324, 9, CAMPAIGN_ROUND_HALF_UP, 0, true);
    assert_from_double(0x1p-64, 9, CAMPAIGN_ROUND_CEILING, 1, true);
    assert_from_double(0x1p62, 0, CAMPAIGN_ROUND_NONE, INT64_C(1) << 62, false);
    assert_from_double(-0x1p63, 0, CAMPAIGN_ROUND_NONE, INT64_MIN, false);
    /* 90071992547409.92 = 90071992547409.921875 in binary: 921875 / 10^6 leaves 0.1875 of a cent. */
    assert_from_double(90071992547409.92, 2, CAMPAIGN_ROUND_HALF_UP, 9007199254740992, true);
    assert_from_double(-1099511627776.125, 3, CAMPAIGN_ROUND_NONE, INT64_C(-1099511627776125), false);
}

static void test_floats_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    int64_t minor = 7;
    static const double values[] = { 0x1p63, 1e17, -1e17, 1e300, INFINITY, -INFINITY, NAN };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        assert_false(cpn_money_from_double(&minor, values[i], 2, CAMPAIGN_ROUND_HALF_UP, NULL));
    assert_false(cpn_money_from_double(&minor, 0x1p63, 0, CAMPAIGN_ROUND_HALF_UP, NULL));
    assert_false(cpn_money_from_double(&minor, 19.9, 2, CAMPAIGN_ROUND_NONE, NULL));
    assert_int_equal(minor, 7);
}

/* Any double printed in full is a decimal; reading that decimal must round as the double does. */
static void test_floats_round_as_their_full_decimals(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const double value = ldexp((double)(int64_t)(seed >> 11), -(int)(seed % 140)) * (i % 2 ? 1 : -1);
        char text[400];
        const int n = snprintf(text, sizeof text, "%.200f", value);
        assert_in_range(n, 1, sizeof text - 1);
        for (int32_t mode = CAMPAIGN_ROUND_HALF_UP; mode <= CAMPAIGN_ROUND_CEILING; mode++) {
            int64_t ours, theirs;
            const bool fits = cpn_money_from_double(&ours, value, i % 10, mode, NULL);
            const campaign_status status = campaign_money_parse(&theirs, text, (size_t)n, i % 10, mode, NULL);
            assert_int_equal(status, fits ? CAMPAIGN_OK : CAMPAIGN_E_OVERFLOW);
            if (fits) assert_true(ours == theirs);
        }
    }
}

static void test_rescaling(void **state)
{
    (void)state;
    int64_t minor = 7;
    bool is_rounded = true;
    assert_true(cpn_money_rescale(&minor, 1990, 2, 4, CAMPAIGN_ROUND_NONE, &is_rounded) && minor == 199000 &&
                !is_rounded);
    assert_true(cpn_money_rescale(&minor, -1990, 2, 1, CAMPAIGN_ROUND_NONE, &is_rounded) && minor == -199 &&
                !is_rounded);
    assert_true(cpn_money_rescale(&minor, -1995, 2, 1, CAMPAIGN_ROUND_HALF_EVEN, &is_rounded) && minor == -200 &&
                is_rounded);
    assert_true(cpn_money_rescale(&minor, INT64_MIN, 2, 2, CAMPAIGN_ROUND_NONE, NULL) && minor == INT64_MIN);
    minor = 7;
    assert_false(cpn_money_rescale(&minor, 1995, 2, 1, CAMPAIGN_ROUND_NONE, NULL));
    assert_false(cpn_money_rescale(&minor, INT64_MAX, 0, 1, CAMPAIGN_ROUND_NONE, NULL));
    assert_int_equal(minor, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exponents_of_iso_4217),
        cmocka_unit_test(test_the_list_is_complete),
        cmocka_unit_test(test_unknown_currencies_are_refused),
        cmocka_unit_test(test_amounts_read_exactly),
        cmocka_unit_test(test_rounding_of_text_in_every_mode),
        cmocka_unit_test(test_what_is_no_amount_is_refused),
        cmocka_unit_test(test_amounts_print_with_all_decimals),
        cmocka_unit_test(test_printed_amounts_read_back),
        cmocka_unit_test(test_floats_are_rounded_by_their_own_value),
        cmocka_unit_test(test_floats_that_do_not_fit_are_refused),
        cmocka_unit_test(test_floats_round_as_their_full_decimals),
        cmocka_unit_test(test_rescaling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
