/* Declared numbers, money and bools: every form that is read, and every one that is refused by name. */
#include "csv.h"

#include <math.h>

#include "io/csv/simple.h"
#include "io/csv/value.h"

typedef struct form {
    const char *text;
    int64_t value;
} form;

typedef struct refusal {
    const char *text;
    cpn_io_trouble trouble;
} refusal;

static cpn_io_trouble read_as(cpn_io_value *value, const cpn_io_terms *terms, const char *text)
{
    /* Exactly as many bytes as the cell has may be read. */
    const size_t length = strlen(text);
    char *copy = malloc(length ? length : 1);
    assert_non_null(copy);
    memcpy(copy, text, length);
    const cpn_io_trouble trouble = cpn_io_read_declared(value, terms, copy, length, length);
    free(copy);
    return trouble;
}

static void check_forms(const cpn_io_terms *terms, const form *forms, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        cpn_io_value value = { 0, 0, false };
        const cpn_io_trouble trouble = read_as(&value, terms, forms[i].text);
        if (trouble != CPN_IO_FINE || value.integer != forms[i].value)
            fail_msg("\"%s\": %s, %lld", forms[i].text, cpn_io_describe(trouble)->kind, (long long)value.integer);
    }
}

static void check_refusals(const cpn_io_terms *terms, const refusal *refusals, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        cpn_io_value value;
        const cpn_io_trouble trouble = read_as(&value, terms, refusals[i].text);
        if (trouble != refusals[i].trouble)
            fail_msg("\"%s\": \"%s\" instead of \"%s\"", refusals[i].text, cpn_io_describe(trouble)->kind,
                     cpn_io_describe(refusals[i].trouble)->kind);
    }
}

#define FORMS(terms, forms)       check_forms(&(terms), forms, sizeof(forms) / sizeof *(forms))
#define REFUSALS(terms, refusals) check_refusals(&(terms), refusals, sizeof(refusals) / sizeof *(refusals))

static void test_whole_numbers(void **state)
{
    (void)state;
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_INT64 };
    static const form forms[] = {
        { "0", 0 },
        { "-7", -7 },
        { "+7", 7 },
        { "0012", 12 },
        { " 5\t", 5 },
        { "\xE3\x80\x80"
          "5\xC2\xA0",
          5 }, /* ideographic and no-break space */
        { "1,234", 1234 },
        { "12,345,678", 12345678 },
        { "(1,234)", -1234 },
        { "99-", -99 },
        { "17850.0", 17850 },
        { "17850.", 17850 },
        { "-3.000", -3 },
        { "9223372036854775807", INT64_MAX },
        { "-9223372036854775808", INT64_MIN },
        { "123456789012345678", 123456789012345678 },
        { "1,000,000,000,000.00", 1000000000000 },
    };
    static const refusal refusals[] = {
        { "", CPN_IO_NOT_INTEGER },
        { "-", CPN_IO_NOT_INTEGER },
        { ".", CPN_IO_NOT_INTEGER },
        { "12.5", CPN_IO_NOT_INTEGER },
        { "1,23", CPN_IO_NOT_INTEGER },
        { "12,34,567", CPN_IO_NOT_INTEGER },
        { ",123", CPN_IO_NOT_INTEGER },
        { "1234,567", CPN_IO_NOT_INTEGER },
        { "1,234,", CPN_IO_NOT_INTEGER },
        { "1 234", CPN_IO_NOT_INTEGER },
        { "--5", CPN_IO_NOT_INTEGER },
        { "(-5)", CPN_IO_NOT_INTEGER },
        { "5%", CPN_IO_NOT_INTEGER },
        { "¥5", CPN_IO_NOT_INTEGER },
        { "0x1F", CPN_IO_NOT_INTEGER },
        { "１２", CPN_IO_NOT_INTEGER },
        { "1.23E+17", CPN_IO_SCIENTIFIC_ID },
        { "9223372036854775808", CPN_IO_TOO_LARGE },
        { "-9223372036854775809", CPN_IO_TOO_LARGE },
        { "1234567890123456789012345678901234567890123456789012345678901234567890", CPN_IO_NOT_INTEGER },
    };
    FORMS(terms, forms);
    REFUSALS(terms, refusals);

    const cpn_io_terms narrow = { .type = CAMPAIGN_TYPE_INT32 };
    static const form narrow_forms[] = { { "2147483647", INT32_MAX }, { "-2,147,483,648", INT32_MIN } };
    static const refusal narrow_refusals[] = { { "2147483648", CPN_IO_TOO_LARGE },
                                               { "-2147483649", CPN_IO_TOO_LARGE } };
    FORMS(narrow, narrow_forms);
    REFUSALS(narrow, narrow_refusals);
}

static void test_keys_refuse_what_a_spreadsheet_destroyed(void **state)
{
    (void)state;
    const cpn_io_terms number = { .type = CAMPAIGN_TYPE_INT64, .is_key = true };
    static const form forms[] = { { "0", 0 }, { "123", 123 }, { "17850.0", 17850 } };
    static const refusal refusals[] = { { "0012", CPN_IO_LEADING_ZERO }, { "1.23E+17", CPN_IO_SCIENTIFIC_ID } };
    FORMS(number, forms);
    REFUSALS(number, refusals);

    const cpn_io_terms text = { .type = CAMPAIGN_TYPE_UTF8, .is_key = true };
    static const refusal texts[] = {
        { "0012", CPN_IO_FINE },
        { "1E5", CPN_IO_FINE }, /* a code */
        { "12E10", CPN_IO_FINE },
        { "1.23E+10", CPN_IO_FINE }, /* eleven digits are shown as they are */
        { "1.23e+17", CPN_IO_FINE }, /* spreadsheets write E */
        { "12.3E+17", CPN_IO_FINE }, /* and one digit before the dot */
        { "0.1E+17", CPN_IO_FINE },
        { "1.23E-17", CPN_IO_FINE },
        { "A1.23E+17", CPN_IO_FINE },
        { "1.23E+17x", CPN_IO_FINE },
        { "1.23E+17", CPN_IO_SCIENTIFIC_ID },
        { "1E+11", CPN_IO_SCIENTIFIC_ID },
        { " 4.40E+18 ", CPN_IO_SCIENTIFIC_ID },
        { "-9.99999E+100", CPN_IO_SCIENTIFIC_ID },
    };
    REFUSALS(text, texts);
}

static void test_money_is_exact(void **state)
{
    (void)state;
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_MONEY, .currency = "CNY", .exponent = 2 };
    static const form forms[] = {
        { "19.90", 1990 },
        { "19.9", 1990 },
        { "19", 1900 },
        { "+7", 700 },
        { "-0.05", -5 },
        { ".5", 50 },
        { "5.", 500 },
        { "1,234.50", 123450 },
        { "¥1,234.50", 123450 },
        { "￥1,234.50", 123450 },
        { "CN¥ 12", 1200 },
        { "12元", 1200 },
        { "12.50 元", 1250 },
        { "CNY 3", 300 },
        { "3 CNY", 300 },
        { "RMB3", 300 },
        { "-¥5", -500 },
        { "¥-5", -500 },
        { "(¥5.00)", -500 },
        { "¥(5)", -500 },
        { "5.00-", -500 },
        { "(1,234.50)", -123450 },
        { "19.9000", 1990 },
        { "0.0000000000000000000", 0 },
        { "92233720368547758.07", INT64_MAX },
        { "-92233720368547758.08", INT64_MIN },
    };
    static const refusal refusals[] = {
        { "19.901", CPN_IO_TOO_MANY_DECIMALS },
        { "0.000000000000000000001", CPN_IO_TOO_MANY_DECIMALS },
        { "$5", CPN_IO_NOT_MONEY },
        { "5 USD", CPN_IO_NOT_MONEY },
        { "¥", CPN_IO_NOT_MONEY },
        { "", CPN_IO_NOT_MONEY },
        { "1,23.50", CPN_IO_NOT_MONEY },
        { "1.234,50", CPN_IO_NOT_MONEY },
        { "1.2万", CPN_IO_NOT_MONEY },
        { "1E3", CPN_IO_NOT_MONEY },
        { "-(5)", CPN_IO_NOT_MONEY },
        { "--5", CPN_IO_NOT_MONEY },
        { "-¥-5", CPN_IO_NOT_MONEY },
        { "1.2.3", CPN_IO_NOT_MONEY },
        { "5%", CPN_IO_NOT_MONEY },
        { "¥¥5", CPN_IO_NOT_MONEY },
        { "92233720368547758.08", CPN_IO_TOO_LARGE },
    };
    FORMS(terms, forms);
    REFUSALS(terms, refusals);

    const cpn_io_terms yen = { .type = CAMPAIGN_TYPE_MONEY, .currency = "JPY", .exponent = 0 };
    static const form yen_forms[] = { { "¥1,200", 1200 }, { "1200円", 1200 }, { "1200.0", 1200 } };
    static const refusal yen_refusals[] = { { "1200元", CPN_IO_NOT_MONEY }, { "0.5", CPN_IO_TOO_MANY_DECIMALS } };
    FORMS(yen, yen_forms);
    REFUSALS(yen, yen_refusals);
}

static void test_money_is_rounded_where_asked(void **state)
{
    (void)state;
    const cpn_io_terms terms = {
        .type = CAMPAIGN_TYPE_MONEY, .currency = "CNY", .exponent = 2, .rounding = CAMPAIGN_ROUND_HALF_UP
    };
    cpn_io_value value;
    assert_int_equal(read_as(&value, &terms, "19.905"), CPN_IO_FINE);
    assert_true(value.integer == 1991 && value.is_rounded);
    assert_int_equal(read_as(&value, &terms, "-0.0049999999999999999999"), CPN_IO_FINE);
    assert_true(value.integer == 0 && value.is_rounded);
    assert_int_equal(read_as(&value, &terms, "19.900"), CPN_IO_FINE);
    assert_true(value.integer == 1990 && !value.is_rounded);
}

static void test_floats_are_the_nearest_double(void **state)
{
    (void)state;
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_FLOAT64 };
    static const struct {
        const char *text;
        double value;
    } forms[] = {
        { "0.1", 0.1 },
        { "-1,234.5", -1234.5 },
        { "15%", 0.15 },
        { "-2.5 %", -0.025 },
        { "(3)", -3 },
        { "1.23E+17", 1.23e17 },
        { "1e-7", 1e-7 },
        { "9007199254740993", 9007199254740992.0 },     /* half way between two doubles: to the even one */
        { "0.30000000000000004", 0.30000000000000004 }, /* 17 digits */
        { "123456789012345678", 123456789012345677.0 },
        { "1.7976931348623157e308", 1.7976931348623157e308 },
        { "2.2250738585072014e-308", 2.2250738585072014e-308 },
        { "-0", -0.0 },
        { "inf", INFINITY },
        { "-inf", -INFINITY },
    };
    cpn_io_value value;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        assert_int_equal(read_as(&value, &terms, forms[i].text), CPN_IO_FINE);
        assert_memory_equal(&value.real, &forms[i].value, sizeof value.real);
    }
    assert_int_equal(read_as(&value, &terms, "nan"), CPN_IO_FINE);
    assert_true(isnan(value.real));
    static const char *const refused[] = { "", "abc", "1.2.3", "0x10", "1e", "1e+", "¥5", "5%%", "1,2", "NaN1", "." };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_int_equal(read_as(&value, &terms, refused[i]), CPN_IO_NOT_NUMBER);
    assert_int_equal(read_as(&value, &terms, "1e309"), CPN_IO_TOO_LARGE);
}

static void test_bools(void **state)
{
    (void)state;
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_BOOL };
    static const form forms[] = { { "true", 1 }, { "False", 0 }, { "TRUE", 1 }, { "是", 1 },
                                  { "否", 0 },   { "1", 1 },     { "0", 0 },    { " 是 ", 1 } };
    static const refusal refusals[] = { { "yes", CPN_IO_NOT_BOOL },
                                        { "2", CPN_IO_NOT_BOOL },
                                        { "tru", CPN_IO_NOT_BOOL },
                                        { "truetrue1", CPN_IO_NOT_BOOL } };
    FORMS(terms, forms);
    REFUSALS(terms, refusals);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

/* Both lanes read money and floats alike: what eight characters at a time give, campaign_…_parse gives too. */
static void test_the_fast_lane_agrees_with_the_library(void **state)
{
    (void)state;
    uint64_t seed = 7;
    const cpn_io_terms real = { .type = CAMPAIGN_TYPE_FLOAT64 };
    const cpn_io_terms money = { .type = CAMPAIGN_TYPE_MONEY, .currency = "XXX", .exponent = 9 };
    for (int i = 0; i < 200000; i++) {
        const int n_digits = (int)(next_random(&seed) % 20) + 1, dot = (int)(next_random(&seed) % 24) - 2;
        char text[32];
        size_t n = 0;
        if (next_random(&seed) % 2) text[n++] = '-';
        for (int digit = 0; digit < n_digits; digit++) {
            if (digit == dot) text[n++] = '.';
            text[n++] = (char)('0' + next_random(&seed) % 10);
        }
        text[n] = '\0';
        cpn_io_value value;
        cpn_io_simple simple;
        double expected;
        int64_t minor;
        assert_int_equal(cpn_io_read_simple(&simple, text, n, n), n_digits <= 18);
        assert_int_equal(campaign_number_parse(&expected, text, n, NULL), CAMPAIGN_OK);
        assert_int_equal(read_as(&value, &real, text), CPN_IO_FINE);
        if (memcmp(&value.real, &expected, sizeof expected) != 0) fail_msg("%s", text);
        const campaign_status status = campaign_money_parse(&minor, text, n, 9, CAMPAIGN_ROUND_NONE, NULL);
        const cpn_io_trouble trouble = read_as(&value, &money, text);
        assert_int_equal(cpn_io_describe(trouble)->code, status);
        if (status == CAMPAIGN_OK && value.integer != minor) fail_msg("%s", text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_keys_refuse_what_a_spreadsheet_destroyed),
        cmocka_unit_test(test_money_is_exact),
        cmocka_unit_test(test_money_is_rounded_where_asked),
        cmocka_unit_test(test_floats_are_the_nearest_double),
        cmocka_unit_test(test_bools),
        cmocka_unit_test(test_the_fast_lane_agrees_with_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
