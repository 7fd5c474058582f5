/* Decimals compared and scaled from their text. */
#include "check.h"

#include "base/decimal.h"

static cpn_decimal read_decimal(const char *text)
{
    cpn_decimal decimal;
    if (!cpn_decimal_read(&decimal, text, strlen(text), false)) fail_msg("%s is refused", text);
    return decimal;
}

static void test_order_of_numbers(void **state)
{
    (void)state;
    /* Rising; members of a row are equal. */
    static const char *const rows[][4] = {
        { "-1e999999999999" },
        { "-100", "-1E2", "-0.1e3", "-100.000" },
        { "-99.999999999999999999999999999" },
        { "-1", "-1.0" },
        { "-0.5" },
        { "-1e-999999999999" },
        { "0", "-0", "0.000", "0e99999999999999999999" },
        { "0.00001", "1e-5", "0.1E-4", "10.0e-06" },
        { "0.0001" },
        { "0.29999999999999999" },
        { "0.3", "3e-1", "0.30" },
        { "0.30000000000000001" }, /* the same double as 0.3 */
        { "1", "1.0", "0.1e+1", "100e-2" },
        { "9007199254740992" }, /* 2^53 and the next whole number: the same double */
        { "9007199254740993" },
        { "1e22", "10000000000000000000000" },
        { "1.00000000000000000000000000001e22" },
        { "1e999999999999" },
    };
    const int n = (int)(sizeof rows / sizeof rows[0]);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            for (int a = 0; a < 4 && rows[i][a]; a++)
                for (int b = 0; b < 4 && rows[k][b]; b++) {
                    const cpn_decimal left = read_decimal(rows[i][a]), right = read_decimal(rows[k][b]);
                    if (cpn_decimal_compare(&left, &right) != (i > k) - (i < k))
                        fail_msg("%s and %s", rows[i][a], rows[k][b]);
                }
}

static void test_scaled_is_exact_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t scale;
        campaign_status status;
        int64_t integer;
    } cases[] = {
        { "19.90", 2, CAMPAIGN_OK, 1990 },
        { "19.900", 2, CAMPAIGN_OK, 1990 },
        { "19.9", 1, CAMPAIGN_OK, 199 },
        { "-19.905", 2, CAMPAIGN_E_VALUE, 0 },
        { "0.001", 2, CAMPAIGN_E_VALUE, 0 },
        { "1e-2", 2, CAMPAIGN_OK, 1 },
        { "1.5e3", 0, CAMPAIGN_OK, 1500 },
        { "100", 6, CAMPAIGN_OK, 100000000 },
        { "-0.00", 0, CAMPAIGN_OK, 0 },
        { "9223372036854775807", 0, CAMPAIGN_OK, INT64_MAX },
        { "9223372036854775808", 0, CAMPAIGN_E_OVERFLOW, 0 },
        { "-9223372036854775808", 0, CAMPAIGN_OK, INT64_MIN },
        { "-9223372036854775809", 0, CAMPAIGN_E_OVERFLOW, 0 },
        { "92233720368547758.07", 2, CAMPAIGN_OK, INT64_MAX },
        { "92233720368547758.08", 2, CAMPAIGN_E_OVERFLOW, 0 },
        { "9999999999999999999", 0, CAMPAIGN_E_OVERFLOW, 0 },
        { "1e19", 0, CAMPAIGN_E_OVERFLOW, 0 },
        { "1e999999999999999999999", 0, CAMPAIGN_E_OVERFLOW, 0 },
        { "1e-999999999999999999999", 9, CAMPAIGN_E_VALUE, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cpn_decimal decimal = read_decimal(cases[i].text);
        int64_t integer = 77;
        const campaign_status status = cpn_decimal_scaled(&integer, &decimal, cases[i].scale);
        if (status != cases[i].status || integer != cases[i].integer)
            fail_msg("%s: %s, %lld", cases[i].text, campaign_status_name(status), (long long)integer);
    }
}

static void test_grammar_is_that_of_json(void **state)
{
    (void)state;
    static const char *const refused[] = { "",     "-",   "+1",  "01",    "-01", "00", ".5",   "1.",
                                           "1.e1", "1e",  "1e+", "1ee",   "1,5", "1 ", " 1",   "1.5.",
                                           "--1",  "0x1", "nan", "1e1.5", "1%",  "１", "1e1-", "e1" };
    cpn_decimal decimal;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (cpn_decimal_read(&decimal, refused[i], strlen(refused[i]), false)) fail_msg("%s is taken", refused[i]);
    assert_true(cpn_decimal_read(&decimal, "1e3", 3, false));
    assert_false(cpn_decimal_read(&decimal, "1e3", 3, true));
    assert_true(cpn_decimal_read(&decimal, "1.5x", 3, true)); /* length rules, not the terminator */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_of_numbers),
        cmocka_unit_test(test_scaled_is_exact_or_refused),
        cmocka_unit_test(test_grammar_is_that_of_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
