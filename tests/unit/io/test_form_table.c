/* Forms as people read them: headings, units, percentages, words, last days, empty forms. */
#include "forms.h"

#include <stdbool.h>

static campaign_table *show(const char *form, const campaign_table *table, const campaign_form_options *options)
{
    campaign_table *shown = NULL;
    campaign_error error = { 0 };
    const campaign_sheet sheet = sheet_of(form, table);
    assert_ok(campaign_io_form_table(&shown, &sheet, options, &error), error);
    return shown;
}

static void test_headings_and_cells_in_chinese(void **state)
{
    (void)state;
    campaign_table *table = table_of(task_split_csv, "sales_task");
    const campaign_form_options options = form_options("zh", CAMPAIGN_FORM_MONEY_MAJOR);
    campaign_table *shown = show("task_split", table, &options);
    assert_cell(shown, "区域", 0, "华东");
    assert_cell(shown, "预期转化率", 0, "50%");
    assert_cell(shown, "预期转化率", 1, "12.3456%");
    assert_cell(shown, "销售任务（元）", 0, "470000.55");
    assert_cell(shown, "预期成交数", 0, "15.2");
    assert_cell(shown, "重点客户", 0, "null"); /* a column the table lacks is there to be filled in */
    assert_cell(shown, "extra", 0, "x");       /* one that the form does not know stays */
    assert_int_equal(type_of_column(shown, "销售任务（元）"), CAMPAIGN_TYPE_MONEY);
    campaign_table_free(shown);
    campaign_table_free(table);
}

/* 470,000.55 yuan are 47.000055 ten thousands: nothing is rounded away. */
static void test_ten_thousands_lose_nothing(void **state)
{
    (void)state;
    campaign_table *table = table_of(task_split_csv, "sales_task");
    const campaign_form_options options = form_options("zh", CAMPAIGN_FORM_MONEY_TEN_THOUSAND);
    campaign_table *shown = show("task_split", table, &options);
    assert_cell(shown, "销售任务（万元）", 0, "47.000055");
    assert_cell(shown, "销售任务（万元）", 1, "-0.0005");
    campaign_table_free(shown);
    const campaign_form_options english = form_options("en", CAMPAIGN_FORM_MONEY_TEN_THOUSAND);
    shown = show("task_split", table, &english);
    assert_cell(shown, "Sales task (10,000 CNY)", 0, "47.000055");
    campaign_table_free(shown);
    campaign_table_free(table);
}

static void test_words_are_said_and_unknown_ones_stay(void **state)
{
    (void)state;
    campaign_table *table = read_text("record,customer,time,way,rep,feedback,status\n"
                                      "1,A,2026-11-22 10:30,wechat,Li,objection,blocked\n"
                                      "2,B,2026-11-22 10:31,fax,Li,,\n");
    const campaign_form_options options = form_options("zh", 0);
    campaign_table *shown = show("followups", table, &options);
    assert_cell(shown, "跟进方式", 0, "微信");
    assert_cell(shown, "跟进方式", 1, "fax");
    assert_cell(shown, "客户反馈", 0, "有异议");
    assert_cell(shown, "状态", 0, "受阻");
    assert_cell(shown, "状态", 1, "null");
    campaign_table_free(shown);
    campaign_table_free(table);
}

/* A plan counts to the day after the last; people read the last day. */
static void test_end_is_shown_as_the_last_day(void **state)
{
    (void)state;
    campaign_table *table = read_text("campaign,phase,start,end\nd618,burst,2027-06-16,2027-06-21\n");
    campaign_table *shown = show("phases", table, NULL);
    assert_cell(shown, "First day", 0, "2027-06-16");
    assert_cell(shown, "Last day", 0, "2027-06-20");
    assert_cell(shown, "Phase", 0, "burst");
    campaign_table_free(shown);
    campaign_table_free(table);
}

/* Days may be texts, as they are in tables of plain values; what is no day stays as it is. */
static void test_an_end_in_text_is_the_last_day_too(void **state)
{
    (void)state;
    campaign_table *table = read_text("campaign,phase,start,end\n"
                                      "d618,burst,2027-06-16,2027-06-21\nfair,burst,2027-09-01,open end\n");
    assert_int_equal(type_of_column(table, "end"), CAMPAIGN_TYPE_UTF8);
    campaign_table *shown = show("phases", table, NULL);
    assert_cell(shown, "Last day", 0, "2027-06-20");
    assert_cell(shown, "Last day", 1, "open end");
    campaign_table_free(shown);
    campaign_table_free(table);
}

/* A plan's own tables have a heading of the form's language for every column, and room for how far a task is. */
static void test_every_column_of_a_plan_has_a_heading(void **state)
{
    static const char *const names[] = { "campaigns", "phases", "deadlines", "tasks", "targets", "budget", "notes" };
    static const char request[] = "{\"schema\": \"campaign/plan_request/1\", \"year\": 2026, \"currency\": \"CNY\","
                                  " \"target\": {\"amount\": \"3650000.00\"}, \"budget\": {\"rate\": \"5%\"}}";
    (void)state;
    campaign_plan *plan = NULL;
    campaign_error error = { 0 };
    const campaign_form_options options = form_options("zh", CAMPAIGN_FORM_MONEY_MAJOR);
    assert_ok(campaign_plan_create(&plan, request, strlen(request), NULL, NULL, &error), error);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        campaign_table *table = NULL;
        assert_ok(campaign_plan_table(&table, plan, names[i], &error), error);
        campaign_table *shown = show(names[i], table, &options);
        for (int32_t k = 0; k < campaign_table_n_columns(shown); k++) {
            campaign_column column = CAMPAIGN_COLUMN_INIT;
            assert_ok(campaign_table_column(&column, shown, k, &error), error);
            if (!((unsigned char)column.name[0] & 0x80)) fail_msg("%s: %s", names[i], column.name);
        }
        const bool has_status = campaign_table_find(shown, "状态") >= 0;
        assert_int_equal(has_status, strcmp(names[i], "tasks") == 0);
        if (i == 0) assert_cell(shown, "活动类型", 0, "节点");
        if (has_status) assert_cell(shown, "日期依据", 0, "截止事项");
        campaign_table_free(shown);
        campaign_table_free(table);
    }
    campaign_plan_free(plan);
}

static void test_empty_forms_have_all_their_columns(void **state)
{
    (void)state;
    for (int32_t i = 0; campaign_io_form_name(i); i++) {
        campaign_table *shown = show(campaign_io_form_name(i), NULL, NULL);
        assert_true(campaign_table_n_columns(shown) >= 6);
        assert_int_equal(campaign_table_n_rows(shown), 0);
        campaign_table_free(shown);
    }
    const campaign_form_options chinese = form_options("zh", CAMPAIGN_FORM_MONEY_MAJOR);
    campaign_table *competitors = show("competitors", NULL, &chinese);
    assert_int_equal(campaign_table_n_columns(competitors), 10);
    assert_true(campaign_table_find(competitors, "价格（元）") >= 0 &&
                campaign_table_find(competitors, "应对措施") >= 0);
    campaign_table_free(competitors);
    campaign_form_options yen = CAMPAIGN_FORM_OPTIONS_INIT;
    yen.currency = "JPY";
    campaign_table *shown = show("response_plan", NULL, &yen);
    assert_true(campaign_table_find(shown, "Sales task (JPY)") >= 0);
    assert_int_equal(campaign_table_n_columns(shown), 19);
    campaign_table_free(shown);
    assert_null(campaign_io_form_name(-1));
    assert_null(campaign_io_form_name(1000));
}

static void test_a_table_without_a_form_keeps_its_names(void **state)
{
    (void)state;
    campaign_table *table = read_text("sku,share_ppm\n0088,250000\n");
    campaign_table *shown = show(NULL, table, NULL);
    assert_cell(shown, "sku", 0, "0088");
    assert_cell(shown, "share", 0, "25%");
    campaign_table_free(shown);
    campaign_table_free(table);
}

static void refuse(const char *form, const campaign_form_options *options, campaign_status code, const char *part)
{
    campaign_table *shown = NULL;
    campaign_error error = { 0 };
    const campaign_sheet sheet = sheet_of(form, NULL);
    assert_int_equal(campaign_io_form_table(&shown, &sheet, options, &error), code);
    assert_null(shown);
    if (!strstr(error.message, part)) fail_msg("\"%s\" does not say \"%s\"", error.message, part);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    campaign_form_options options = CAMPAIGN_FORM_OPTIONS_INIT;
    refuse("folowup", NULL, CAMPAIGN_E_UNKNOWN, "did you mean \"followups\"");
    refuse("xyz", NULL, CAMPAIGN_E_UNKNOWN, "campaign_io_form_name");
    refuse(NULL, NULL, CAMPAIGN_E_ARGUMENT, "a table, a form or both");
    options.language = "fr";
    refuse("review", &options, CAMPAIGN_E_UNKNOWN, "fr");
    options.language = NULL, options.currency = "Yuan";
    refuse("review", &options, CAMPAIGN_E_UNKNOWN, "Yuan");
    options.currency = NULL, options.money_unit = 7;
    refuse("review", &options, CAMPAIGN_E_ARGUMENT, "7");
    options.money_unit = 0, options.n_owners = 1;
    refuse("review", &options, CAMPAIGN_E_ARGUMENT, "owners");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headings_and_cells_in_chinese),
        cmocka_unit_test(test_ten_thousands_lose_nothing),
        cmocka_unit_test(test_words_are_said_and_unknown_ones_stay),
        cmocka_unit_test(test_end_is_shown_as_the_last_day),
        cmocka_unit_test(test_an_end_in_text_is_the_last_day_too),
        cmocka_unit_test(test_every_column_of_a_plan_has_a_heading),
        cmocka_unit_test(test_empty_forms_have_all_their_columns),
        cmocka_unit_test(test_a_table_without_a_form_keeps_its_names),
        cmocka_unit_test(test_what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
