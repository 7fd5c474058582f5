/* Encodings: UTF-8 with and without a mark, GB18030, and everything else refused by name. */
#include "csv.h"

#include "io/support.h"

static campaign_error refuse_bytes(const char *bytes, size_t length, int32_t encoding)
{
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    options.encoding = encoding;
    assert_int_not_equal(campaign_io_parse_csv(&table, NULL, bytes, length, &options, NULL, &error), CAMPAIGN_OK);
    assert_null(table);
    return error;
}

/* 客户,金额 / 张三,12 in GBK: the bytes of Python's "…".encode("gb18030") */
static const char gbk[] = "\xBF\xCD\xBB\xA7,\xBD\xF0\xB6\xEE\r\n\xD5\xC5\xC8\xFD,12\r\n";

static void test_gb18030_is_read_where_asked(void **state)
{
    (void)state;
    for (int32_t encoding = CAMPAIGN_CSV_GB18030; encoding <= CAMPAIGN_CSV_ENCODING_AUTO; encoding++) {
        campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
        campaign_csv_report report = CAMPAIGN_CSV_REPORT_INIT;
        campaign_table *table = NULL;
        campaign_error error = { 0 };
        options.encoding = encoding;
        assert_ok(campaign_io_parse_csv(&table, &report, gbk, strlen(gbk), &options, NULL, &error), error);
        assert_cell(table, "客户", 0, "张三");
        assert_cell(table, "金额", 0, "12");
        assert_int_equal(report.encoding, CAMPAIGN_CSV_GB18030);
        assert_int_equal(report.has_bom, 0);
        campaign_table_free(report.problems);
        campaign_table_free(report.counts);
        campaign_table_free(table);
    }
    const campaign_error error = refuse_bytes(gbk, strlen(gbk), CAMPAIGN_CSV_UTF8);
    assert_error(error, CAMPAIGN_E_ENCODING, -1, "line 1 column 1", "GB18030");
}

static void test_four_byte_characters_of_gb18030(void **state)
{
    (void)state;
    /* U+1F600 is 94 39 FC 36 and U+00FF is 81 30 8B 37: digits inside of characters */
    const char *bytes = "a\n\x94\x39\xFC\x36\x81\x30\x8B\x37\n";
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    options.encoding = CAMPAIGN_CSV_GB18030;
    assert_ok(campaign_io_parse_csv(&table, NULL, bytes, strlen(bytes), &options, NULL, &error), error);
    assert_cell(table, "a", 0, "\xF0\x9F\x98\x80\xC3\xBF");
    campaign_table_free(table);
}

static void test_auto_takes_valid_utf8_for_utf8(void **state)
{
    (void)state;
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.encoding = CAMPAIGN_CSV_ENCODING_AUTO;
    campaign_table *table = read_with("客户\n张三\n", &options);
    assert_cell(table, "客户", 0, "张三");
    campaign_table_free(table);
    table = read_with("\xEF\xBB\xBF客户\n张三\n", &options);
    assert_int_equal(campaign_table_find(table, "客户"), 0);
    campaign_table_free(table);
}

static void test_wrong_bytes_are_said_with_their_place(void **state)
{
    (void)state;
    const char *utf8 = "客户,金额\n张三,\"a\nb\"\n李四,x\xFFy\n";
    assert_error(refuse_bytes(utf8, strlen(utf8), CAMPAIGN_CSV_UTF8), CAMPAIGN_E_ENCODING, -1, "line 4 column 5",
                 "0xFF is not UTF-8");
    const char *broken = "\xBF\xCD\n\xD5\xC5,\xFF\xFF\n";
    assert_error(refuse_bytes(broken, strlen(broken), CAMPAIGN_CSV_GB18030), CAMPAIGN_E_ENCODING, -1, "line 2 column 3",
                 "0xFF is not GB18030");
    const char *cut = "\xBF\xCD\n\xD5";
    assert_error(refuse_bytes(cut, strlen(cut), CAMPAIGN_CSV_ENCODING_AUTO), CAMPAIGN_E_ENCODING, -1, "line 2 column 1",
                 "0xD5 is not GB18030");
    assert_error(refuse_bytes("a,b\r\n1,\0\r\n", 10, CAMPAIGN_CSV_ENCODING_AUTO), CAMPAIGN_E_ENCODING, -1,
                 "line 2 column 3", "zero byte");
    assert_error(refuse_bytes("a,b\r\n1,\0\r\n", 10, CAMPAIGN_CSV_GB18030), CAMPAIGN_E_ENCODING, -1, "line 2 column 3",
                 "zero byte");
}

static void test_other_files_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *words;
    } cases[] = { { "\xFF\xFE"
                    "a\0,\0b\0",
                    8, "UTF-16" },
                  { "\xFE\xFF\0a\0,\0b", 8, "UTF-16" },
                  { "a\0,\0b\0\n\0", 8, "UTF-16" },
                  { "\0a\0,\0b\0\n", 8, "UTF-16" },
                  { "PK\x03\x04\x14\0\x06\0", 8, ".xlsx" },
                  { "\xD0\xCF\x11\xE0\xA1\xB1", 6, ".xls" },
                  { "\x1F\x8B\x08\0", 4, "gzip" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const campaign_error error = refuse_bytes(cases[i].bytes, cases[i].length, CAMPAIGN_CSV_ENCODING_AUTO);
        assert_int_equal(error.code, CAMPAIGN_E_ENCODING);
        if (!strstr(error.message, cases[i].words)) fail_msg("%s", error.message);
    }
}

/* Every pair and triple of interesting bytes, against the definition in the Unicode standard, table 3-7. */
static void test_valid_utf8_by_the_standards_table(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t valid;
    } cases[] = { { "\xC2\x80", 2 },
                  { "\xC1\xBF", 0 },
                  { "\xE0\xA0\x80", 3 },
                  { "\xE0\x9F\xBF", 0 },
                  { "\xED\x9F\xBF", 3 },
                  { "\xED\xA0\x80", 0 },
                  { "\xEF\xBF\xBF", 3 },
                  { "\xF0\x90\x80\x80", 4 },
                  { "\xF0\x8F\xBF\xBF", 0 },
                  { "\xF4\x8F\xBF\xBF", 4 },
                  { "\xF4\x90\x80\x80", 0 },
                  { "\xF5\x80\x80\x80", 0 },
                  { "\x80", 0 },
                  { "\xE4\xBD", 0 },
                  { "abcdefghi\xE4", 9 },
                  { "abcdefgh\x7F", 9 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cpn_io_utf8_valid(cases[i].bytes, strlen(cases[i].bytes)), cases[i].valid);
    assert_int_equal(cpn_io_utf8_valid("abcdefghijk\0lmnopqrst", 20), 11);
    assert_int_equal(cpn_io_utf8_valid("\0bcdefgh", 8), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gb18030_is_read_where_asked),
        cmocka_unit_test(test_four_byte_characters_of_gb18030),
        cmocka_unit_test(test_auto_takes_valid_utf8_for_utf8),
        cmocka_unit_test(test_wrong_bytes_are_said_with_their_place),
        cmocka_unit_test(test_other_files_are_refused_by_name),
        cmocka_unit_test(test_valid_utf8_by_the_standards_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
