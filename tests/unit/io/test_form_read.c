/* Filled forms back: headings in either language and any order, units, words; what is wrong is named by its cell. */
#include "forms.h"

#include <stdio.h>
#include <unistd.h>

static char path[64];

static void write_file(const char *text)
{
    (void)snprintf(path, sizeof path, "form_read_%ld.csv", (long)getpid());
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static campaign_form_read_options options_of(const char *form, const char *language)
{
    campaign_form_read_options options = CAMPAIGN_FORM_READ_OPTIONS_INIT;
    options.form = form, options.language = language;
    return options;
}

static campaign_table *read_csv_form(const char *form, const char *text, campaign_table **notes)
{
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    const campaign_form_read_options options = options_of(form, NULL);
    write_file(text);
    assert_ok(campaign_io_read_form(&table, notes, path, &options, &error), error);
    (void)remove(path);
    return table;
}

static void assert_refused(const char *form, const char *text, campaign_status code, const char *where,
                           const char *part)
{
    campaign_table *table = NULL, *notes = NULL;
    campaign_error error = { 0 };
    const campaign_form_read_options options = options_of(form, "zh");
    write_file(text);
    assert_int_equal(campaign_io_read_form(&table, &notes, path, &options, &error), code);
    assert_null(table);
    assert_null(notes);
    assert_string_equal(error.where, where);
    if (!strstr(error.message, part)) fail_msg("\"%s\" does not say \"%s\"", error.message, part);
    (void)remove(path);
}

static void test_chinese_headings_in_any_order(void **state)
{
    (void)state;
    campaign_table *notes = NULL;
    campaign_table *table =
        read_csv_form("task_split",
                      "\xEF\xBB\xBF销售任务（万元）,区域,负责人,客户数,预期转化率,预期成交数,备注\r\n"
                      "47.000055,华东,李雷,30,50%,15.2,=1\r\n,,,,,,\r\n"
                      "\"1,200\",华南,韩梅梅,40,0.125,5,\r\n",
                      &notes);
    assert_int_equal(campaign_table_n_rows(table), 2);
    assert_cell(table, "region", 0, "华东");
    assert_cell(table, "sales_task", 0, "470000.55");
    assert_cell(table, "sales_task", 1, "12000000.00");
    assert_cell(table, "expected_conversion_ppm", 0, "500000");
    assert_cell(table, "expected_conversion_ppm", 1, "125000");
    assert_cell(table, "key_customers", 0, "null"); /* optional, and not in the file */
    assert_cell(table, "备注", 0, "=1");
    assert_cell(notes, "code", 0, "unknown_column");
    assert_cell(notes, "column", 0, "备注");
    assert_int_equal(type_of_column(table, "sales_task"), CAMPAIGN_TYPE_MONEY);
    campaign_table_free(notes);
    campaign_table_free(table);
}

static void test_words_titles_and_english_headings(void **state)
{
    (void)state;
    campaign_table *table = read_csv_form("followups",
                                          "我的跟进,,,,,,\nRecord,Customer,time,WAY,跟进人,状态,Next date\n"
                                          "7,0088,2026/11/22 9:30,微信,王芳,in progress,2026年12月1日\n"
                                          "8,甲,2026-11-22,call,王芳,,\n",
                                          NULL);
    assert_cell(table, "record", 0, "7");
    assert_cell(table, "customer", 0, "0088");
    assert_cell(table, "time", 0, "2026-11-22T09:30:00");
    assert_cell(table, "way", 0, "wechat");
    assert_cell(table, "status", 0, "doing");
    assert_cell(table, "next_date", 0, "2026-12-01");
    assert_cell(table, "time", 1, "2026-11-22T00:00:00");
    assert_cell(table, "status", 1, "null");
    campaign_table_free(table);
}

#define SPLIT "区域,负责人,客户数,预期转化率,预期成交数,销售任务（元）\n"

static void test_what_is_wrong_is_named_by_its_cell(void **state)
{
    (void)state;
    assert_refused("task_split", SPLIT "华东,李雷,三十,50%,15,1\n", CAMPAIGN_E_SYNTAX, "cell C2", "\"三十\"");
    assert_refused("task_split", SPLIT "华东,李雷,30,50%,15,1\n,王,4,5%,1,\n", CAMPAIGN_E_MISSING, "cell A3", "区域");
    assert_refused("task_split", SPLIT "华东,李雷,30,一半,15,1\n", CAMPAIGN_E_SYNTAX, "cell D2", "预期转化率");
    assert_refused("task_split", SPLIT "华东,李雷,30,50%,15,1.005\n", CAMPAIGN_E_VALUE, "cell F2", "1.005");
    assert_refused("followups", "记录编号,客户,跟进时间,跟进方式,跟进人\n1,A,2026-11-22,传真,王\n", CAMPAIGN_E_VALUE,
                   "cell D2", "电话");
    assert_refused("followups", "记录编号,客户,跟进时间,跟进方式,跟进人\n1,A,昨天,电话,王\n", CAMPAIGN_E_SYNTAX,
                   "cell C2", "昨天");
}

/* Reads one row of form 2 whose sales task is typed under a heading with that unit. */
static void assert_money(const char *unit, const char *typed, const char *minor)
{
    char text[256];
    (void)snprintf(text, sizeof text, "区域,负责人,客户数,预期转化率,预期成交数,销售任务（%s）\n东,王,1,1%%,1,%s\n",
                   unit, typed);
    campaign_table *table = read_csv_form("task_split", text, NULL);
    assert_cell(table, "sales_task", 0, minor);
    campaign_table_free(table);
}

#define IN_TEN_THOUSANDS "区域,负责人,客户数,预期转化率,预期成交数,销售任务（万元）\n东,王,1,1%,1,"

static void test_an_amount_that_names_its_unit_is_taken_by_it(void **state)
{
    (void)state;
    assert_money("万元", "47", "470000.00");
    assert_money("万元", "47万元", "470000.00");
    assert_money("万元", "47 万", "470000.00");
    assert_money("万元", "￥47.000001万元", "470000.01");
    assert_money("万元", "470000元", "470000.00");
    assert_money("万元", "４７００００元", "470000.00");
    assert_money("万元", "\"470,000.00 元\"", "470000.00");
    assert_money("元", "47万元", "470000.00");
    assert_money("元", "￥470000", "470000.00");
    assert_money("元", "CNY 470000", "470000.00");
    assert_money("万 USD", "47万", "470000.00");
    assert_money("万 JPY", "470000円", "470000");
    /* ￥47 could be 47 yuan or 47 ten thousands. */
    assert_refused("task_split", IN_TEN_THOUSANDS "￥470000\n", CAMPAIGN_E_VALUE, "cell F2", "元 or 万");
    assert_refused("task_split", IN_TEN_THOUSANDS "CNY 47\n", CAMPAIGN_E_VALUE, "cell F2", "元 or 万");
    assert_refused("task_split", IN_TEN_THOUSANDS "47万5000\n", CAMPAIGN_E_SYNTAX, "cell F2", "47万5000");
    assert_refused("task_split", IN_TEN_THOUSANDS "47万万\n", CAMPAIGN_E_SYNTAX, "cell F2", "47万万");
    assert_refused("task_split", IN_TEN_THOUSANDS "万元\n", CAMPAIGN_E_SYNTAX, "cell F2", "万元");
    assert_refused("task_split", IN_TEN_THOUSANDS "470000円\n", CAMPAIGN_E_SYNTAX, "cell F2", "円");
}

static void assert_share(const char *heading, const char *typed, const char *ppm)
{
    char text[256];
    (void)snprintf(text, sizeof text, "区域,负责人,客户数,%s,预期成交数,销售任务（元）\n东,王,1,%s,1,1\n", heading,
                   typed);
    campaign_table *table = read_csv_form("task_split", text, NULL);
    assert_cell(table, "expected_conversion_ppm", 0, ppm);
    campaign_table_free(table);
}

#define UNDER_ID "区域,负责人,客户数,expected_conversion_ppm,预期成交数,销售任务（元）\n东,王,1,"

static void test_shares_count_in_what_their_heading_says(void **state)
{
    (void)state;
    assert_share("预期转化率", "0.5", "500000");
    assert_share("Expected conversion", "50%", "500000");
    assert_share("expected_conversion", "0.5", "500000");
    assert_share("预期转化率", "１２．５％", "125000");
    assert_share("预期转化率", "100%", "1000000");
    assert_share("expected_conversion_ppm", "500000", "500000"); /* as campaign_io_write_csv writes the table */
    assert_share("Expected_Conversion_PPM", "1", "1");
    assert_share("expected_conversion_ppm", "50%", "500000");
    assert_refused("task_split", UNDER_ID "0.5,1,1\n", CAMPAIGN_E_SYNTAX, "cell D2", "0.5");
    assert_refused("task_split", UNDER_ID "1000001,1,1\n", CAMPAIGN_E_VALUE, "cell D2", "parts per million");
}

static void test_values_that_no_form_can_mean(void **state)
{
    (void)state;
    assert_refused("task_split", SPLIT "东,王,30,50,15,1\n", CAMPAIGN_E_VALUE, "cell D2", "half is 50% or 0.5");
    assert_refused("task_split", SPLIT "东,王,30,100.1%,15,1\n", CAMPAIGN_E_VALUE, "cell D2", "100.1%");
    assert_refused("task_split", SPLIT "东,王,30,-10%,15,1\n", CAMPAIGN_E_VALUE, "cell D2", "-10%");
    assert_refused("task_split", SPLIT "东,王,30,nan,15,1\n", CAMPAIGN_E_VALUE, "cell D2", "nan");
    assert_refused("task_split", SPLIT "东,王,-30,50%,15,1\n", CAMPAIGN_E_VALUE, "cell C2", "below 0");
    assert_refused("task_split", SPLIT "东,王,30,50%,-0.1,1\n", CAMPAIGN_E_VALUE, "cell E2", "below 0");
    assert_refused("task_split", SPLIT "东,王,30,50%,inf,1\n", CAMPAIGN_E_VALUE, "cell E2", "inf");
    assert_refused("task_split", SPLIT "东,王,30,50%,15,-0.01\n", CAMPAIGN_E_VALUE, "cell F2", "below 0");
}

/* Only the region is in every row of form 2, as rapid_response fills it in; lines of totals are no regions. */
static void test_what_may_be_empty_in_a_split(void **state)
{
    (void)state;
    campaign_table *notes = NULL;
    campaign_table *table = read_csv_form("task_split",
                                          SPLIT "全部,,１０,,,\n东,王,30,50%,15.2,1\n合　计：,,40,,15.2,1\n"
                                                "Total,,40,,,\n合计办,,,,,\n",
                                          &notes);
    assert_int_equal(campaign_table_n_rows(table), 3);
    assert_cell(table, "owner", 0, "null");
    assert_cell(table, "customers", 0, "10");
    assert_cell(table, "expected_conversion_ppm", 0, "null");
    assert_cell(table, "expected_deals", 0, "null");
    assert_cell(table, "sales_task", 0, "null");
    assert_cell(table, "region", 2, "合计办");
    assert_int_equal(campaign_table_n_rows(notes), 2);
    assert_cell(notes, "code", 0, "total");
    assert_cell(notes, "column", 0, "A4");
    campaign_table_free(notes);
    campaign_table_free(table);
}

/* way is asked for by the checks of follow-ups, not by the reader; a heading that may be meant for it is noted. */
static void test_a_record_need_not_say_its_way(void **state)
{
    (void)state;
    campaign_table *notes = NULL;
    campaign_table *table = read_csv_form(
        "followups", "记录编号,客户,跟进时间,跟进人,跟进方式\n1,甲,2026-11-02,王,\n2,甲,2026-11-03,王,微信\n", &notes);
    assert_cell(table, "way", 0, "null");
    assert_cell(table, "way", 1, "wechat");
    assert_int_equal(campaign_table_n_rows(notes), 0);
    campaign_table_free(notes);
    campaign_table_free(table);
    table = read_csv_form("followups", "Record,Customer,Time,Rep,Next dat\n1,甲,2026-11-02,王,x\n", &notes);
    assert_cell(table, "way", 0, "null");
    assert_int_equal(campaign_table_n_rows(notes), 2);
    assert_cell(notes, "code", 0, "missing_column");
    assert_cell(notes, "column", 0, "Next date");
    assert_cell(notes, "text", 0, "The form lacks this column (next_date); is it \"Next dat\" in cell E1?");
    campaign_table_free(notes);
    campaign_table_free(table);
}

/* guards_formulas of the writer is undone, and told: text may also have begun with the apostrophe. */
static void test_an_apostrophe_is_taken_off_and_noted(void **state)
{
    (void)state;
    campaign_table *notes = NULL;
    campaign_table *table = read_csv_form("followups",
                                          "Record,Customer,Time,Rep,Way,Summary\n'-1,'=x,2026-11-02,''@li,call,'x\n"
                                          "2,'+y,2026-11-02,'',call,' \n",
                                          &notes);
    assert_cell(table, "record", 0, "-1");
    assert_cell(table, "customer", 0, "=x");
    assert_cell(table, "rep", 0, "'@li");
    assert_cell(table, "summary", 0, "'x");
    assert_cell(table, "customer", 1, "+y");
    assert_cell(table, "rep", 1, "''");
    assert_cell(table, "summary", 1, "' ");
    assert_int_equal(campaign_table_n_rows(notes), 2); /* once a column of text */
    assert_cell(notes, "code", 0, "apostrophe");
    assert_cell(notes, "column", 0, "B2");
    assert_cell(notes, "column", 1, "D2");
    campaign_table_free(notes);
    campaign_table_free(table);
}

/* Headings as people write them; units that their numbers do not have are refused. */
static void test_headings_with_marks_and_units(void **state)
{
    (void)state;
    campaign_table *table = read_csv_form(
        "task_split",
        "*区 "
        "域,负责人＊,客户数（家）,预期转化率（预计）,\"预期\n成交数\",\"销售任务\n（单位：万元）\"\n东,王,1,1%,1,47\n",
        NULL);
    assert_cell(table, "sales_task", 0, "470000.00");
    assert_cell(table, "expected_deals", 0, "1");
    campaign_table_free(table);
    assert_refused("task_split", "区域,负责人,客户数（万家）,预期转化率,预期成交数,销售任务（元）\n", CAMPAIGN_E_VALUE,
                   "cell C1", "counts are in ones");
    assert_refused("task_split", "区域,负责人,客户数,预期转化率（‰）,预期成交数,销售任务（元）\n", CAMPAIGN_E_VALUE,
                   "cell D1", "shares are 50% or 0.5");
    assert_refused("task_split", "区域,负责人,客户数,预期转化率,预期成交数,销售任务（千元）\n", CAMPAIGN_E_VALUE,
                   "cell F1", "none of 元, 万元");
    assert_refused("followups", "记录编号,客户,跟进时间,跟进人\n1,6.22202E+18,2026-11-02,王\n", CAMPAIGN_E_VALUE,
                   "cell B2", "rounded");
}

static void test_full_width_digits_and_signs(void **state)
{
    (void)state;
    campaign_table *table = read_csv_form("followups",
                                          "记录编号,客户,跟进时间,跟进人,下次跟进日期\n"
                                          "１２,Ａ１,２０２６－１１－０２　９：３０,王,２０２６／１１／５\n",
                                          NULL);
    assert_cell(table, "record", 0, "12");
    assert_cell(table, "customer", 0, "Ａ１"); /* text stays as it is */
    assert_cell(table, "time", 0, "2026-11-02T09:30:00");
    assert_cell(table, "next_date", 0, "2026-11-05");
    campaign_table_free(table);
}

static void test_columns_that_are_missing_or_twice(void **state)
{
    (void)state;
    assert_refused("task_split", "区域,负责人,客户数量,预期转化率,预期成交数,销售任务（元）\n", CAMPAIGN_E_COLUMN,
                   "customers", "客户数量\" in cell C1");
    assert_refused("task_split", "区域,负责人,客户数,预期转化率,预期成交数,销售任务\n", CAMPAIGN_E_COLUMN, "cell F1",
                   "names no currency");
    assert_refused("task_split", "区域,Region,客户数,预期转化率,预期成交数,销售任务（元）\n", CAMPAIGN_E_DUPLICATE,
                   "cell B1", "cell A1");
    assert_refused("review", "指标\n", CAMPAIGN_E_UNSUPPORTED, "form", "not read back");
    assert_refused("tasksplit", "区域\n", CAMPAIGN_E_UNKNOWN, "form", "task_split");
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    const campaign_form_read_options options = options_of("followups", NULL);
    assert_int_equal(campaign_io_read_form(&table, NULL, "no_such_file.xlsx", &options, &error), CAMPAIGN_E_IO);
    assert_int_equal(campaign_io_read_form(&table, NULL, "x", NULL, &error), CAMPAIGN_E_ARGUMENT);
}

static const char full_split[] = "region,owner,customers,expected_conversion_ppm,expected_deals,sales_task,"
                                 "key_customers,resources\n"
                                 "华东,李雷,30,500000,15.2,470000.55,\"甲,乙\",_x0041_\n"
                                 "0088,韩梅梅,0,333333,0.1,0.01,\"两\n行\",=1+1\n"
                                 "西北,ab,123456789012345,1,1e-7,12345678901.23, ,\"\"\n";

static void assert_same(const campaign_table *a, const campaign_table *b)
{
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    for (int32_t i = 0; i < campaign_table_n_columns(a); i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        assert_int_equal(campaign_table_column(&column, a, i, NULL), CAMPAIGN_OK);
        const int32_t other = campaign_table_find(b, column.name);
        assert_true(other >= 0);
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            char x[128], y[128];
            (void)campaign_table_format(x, sizeof x, a, i, row);
            (void)campaign_table_format(y, sizeof y, b, other, row);
            if (strcmp(x, " ") == 0) x[0] = '\0'; /* a blank cell is an empty one */
            assert_string_equal(x, y);
        }
    }
}

/* What a workbook was written from comes back from it, in every language and unit. */
static void test_a_workbook_reads_back_the_same(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        campaign_table *split = table_of(full_split, "sales_task"), *again = NULL;
        campaign_sheet sheet = sheet_of("task_split", split);
        campaign_workbook workbook = CAMPAIGN_WORKBOOK_INIT;
        workbook.sheets = &sheet, workbook.n_sheets = 1;
        const campaign_form_options looks = form_options(i % 2 ? "zh" : "en", i / 2);
        const campaign_form_read_options options = options_of("task_split", NULL);
        campaign_error error = { 0 };
        (void)snprintf(path, sizeof path, "form_read_%ld.xlsx", (long)getpid());
        const campaign_status status = campaign_io_write_xlsx(path, &workbook, &looks, &error);
        if (status == CAMPAIGN_E_UNSUPPORTED) print_message("skipped: this build has no libxlsxwriter\n");
        if (status == CAMPAIGN_OK) {
            assert_ok(campaign_io_read_form(&again, NULL, path, &options, &error), error);
            assert_same(split, again);
        }
        campaign_table_free(again);
        campaign_table_free(split);
        (void)remove(path);
    }
}

static void test_text_where_a_number_should_be_names_sheet_and_cell(void **state)
{
    (void)state;
    campaign_table *split = read_text("region,owner,customers,expected_conversion_ppm,expected_deals,sales_task\n"
                                      "华东,李雷,30,500000,15.2,1\n华南,王,许多,1,1,1\n");
    campaign_table *again = NULL;
    campaign_sheet sheet = sheet_of("task_split", split);
    campaign_workbook workbook = CAMPAIGN_WORKBOOK_INIT;
    workbook.sheets = &sheet, workbook.n_sheets = 1;
    const campaign_form_options looks = form_options("zh", 0);
    campaign_form_read_options options = options_of("task_split", "zh");
    campaign_error error = { 0 };
    options.currency = "CNY"; /* the column holds plain numbers, so its heading names no unit */
    (void)snprintf(path, sizeof path, "form_read_%ld.xlsx", (long)getpid());
    if (campaign_io_write_xlsx(path, &workbook, &looks, &error) == CAMPAIGN_OK) {
        assert_int_equal(campaign_io_read_form(&again, NULL, path, &options, &error), CAMPAIGN_E_SYNTAX);
        assert_string_equal(error.where, "sheet 任务分解表, cell C3");
        assert_non_null(strstr(error.message, "许多"));
        options.sheet = "任务分解";
        assert_int_equal(campaign_io_read_form(&again, NULL, path, &options, &error), CAMPAIGN_E_UNKNOWN);
        assert_non_null(strstr(error.message, "任务分解表"));
        assert_null(again);
    }
    campaign_table_free(split);
    (void)remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chinese_headings_in_any_order),
        cmocka_unit_test(test_words_titles_and_english_headings),
        cmocka_unit_test(test_what_is_wrong_is_named_by_its_cell),
        cmocka_unit_test(test_an_amount_that_names_its_unit_is_taken_by_it),
        cmocka_unit_test(test_shares_count_in_what_their_heading_says),
        cmocka_unit_test(test_values_that_no_form_can_mean),
        cmocka_unit_test(test_what_may_be_empty_in_a_split),
        cmocka_unit_test(test_a_record_need_not_say_its_way),
        cmocka_unit_test(test_an_apostrophe_is_taken_off_and_noted),
        cmocka_unit_test(test_headings_with_marks_and_units),
        cmocka_unit_test(test_full_width_digits_and_signs),
        cmocka_unit_test(test_columns_that_are_missing_or_twice),
        cmocka_unit_test(test_a_workbook_reads_back_the_same),
        cmocka_unit_test(test_text_where_a_number_should_be_names_sheet_and_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
