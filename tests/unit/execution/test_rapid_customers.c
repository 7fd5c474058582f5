/* Customers of the rapid response: classes, their order, rows that are merged. */
#include "rapid_cases.h"

#define LEADS OCTOBER ", \"expected_conversion\": \"20%\""
static const char header[] = "customer:utf8|region:utf8|rep:utf8|interactions:int64|last_interaction:date|"
                             "last_enquiry:date|last_order:date";
static const char *const reps[] = { "Li|South", "Wang|North", "Zhao|East", NULL };

static void add_text_column(campaign_table_builder *builder, const char *name)
{
    assert_int_equal(campaign_table_builder_add_column(builder, name, CAMPAIGN_TYPE_UTF8, NULL, NULL), CAMPAIGN_OK);
}

static void add_text(campaign_table_builder *builder, int32_t column, const char *text)
{
    assert_int_equal(campaign_table_builder_append_text(builder, column, text, strlen(text), NULL), CAMPAIGN_OK);
}

/* As of 2026-09-28: 30 days back is 08-29, 60 days back is 07-30, three months back is 06-28. */
static void test_classes_follow_their_limits_to_the_day(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "count|South||3|2026-08-29||",
        "old count|South||3|2026-08-28||",
        "few|South||2|2026-09-28||",
        "dated|South|||2026-08-29||",
        "day late|South|||2026-08-28||",
        "counted|South||9|||",
        "asks|South||||2026-07-30|",
        "asked|South||||2026-07-29|",
        "nothing|South|||||",
        NULL,
    };
    static const char *const expected[][2] = {
        { "count", "S" },   { "old count", "C" }, { "few", "C" },   { "dated", "S" },   { "day late", "C" },
        { "counted", "S" }, { "asks", "B" },      { "asked", "C" }, { "nothing", "C" },
    };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.customers = make_table(header, rows);
    respond(&report, LEADS "}", &inputs);
    assert_int_equal(report.n_customers, 9);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(cell(report.customers, "class", row_with(report.customers, "customer", expected[i][0])),
                            expected[i][1]);
    campaign_rapid_response_report_clear(&report);
    respond(&report, LEADS ", \"classes\": {\"interactions\": 2, \"s_days\": 31, \"b_days\": 61}}", &inputs);
    assert_string_equal(cell(report.customers, "class", row_with(report.customers, "customer", "few")), "S");
    assert_string_equal(cell(report.customers, "class", row_with(report.customers, "customer", "day late")), "S");
    assert_string_equal(cell(report.customers, "class", row_with(report.customers, "customer", "asked")), "B");
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* Open: an enquiry from 06-28 on and no order since; an order of the same day is one since. */
static void test_open_enquiries_come_first_in_their_class(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "ordered|South||9|2026-09-20|2026-09-01|2026-09-01",
        "many|South||8|2026-09-20||",
        "open|South||3|2026-09-10|2026-06-28|2026-06-27",
        "too old|South||7|2026-09-10|2026-06-27|",
        "b late|South||||2026-09-20|2026-09-21",
        "b open|South||||2026-08-01|",
        NULL,
    };
    static const char *const order[] = { "open", "ordered", "many", "too old", "b open", "b late" };
    static const char *const ranks[] = { "1", "2", "3", "4", "1", "2" };
    for (int step = 1; step >= -1; step -= 2) {
        campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
        campaign_rapid_response_report report;
        inputs.customers = table_of_rows(header, rows, step);
        respond(&report, LEADS "}", &inputs);
        for (int64_t i = 0; i < 6; i++) {
            assert_string_equal(cell(report.customers, "customer", i), order[i]);
            assert_string_equal(cell(report.customers, "rank", i), ranks[i]);
        }
        assert_string_equal(cell(report.customers, "is_open", 0), "true");
        assert_string_equal(cell(report.customers, "is_open", 3), "false");
        assert_non_null(strstr(cell(report.customers, "text", 0), "first in its class"));
        campaign_rapid_response_report_clear(&report);
        clear_inputs(&inputs);
    }
}

/* Three rows of one customer: whose it is depends on the rows, not on their order. Rows of A and C have the latest
 * interaction; of these C has an enquiry, so it is Zhao's; B brings the latest enquiry and order. */
static void test_rows_of_one_customer_are_merged(void **state)
{
    (void)state;
    static const char *const orders[][4] = {
        { "x|South|Li|2|2026-09-20||", "x|North|Wang|7|2026-09-01|2026-09-15|2026-09-16",
          "x||Zhao||2026-09-20|2026-09-02|", NULL },
        { "x|North|Wang|7|2026-09-01|2026-09-15|2026-09-16", "x||Zhao||2026-09-20|2026-09-02|",
          "x|South|Li|2|2026-09-20||", NULL },
        { "x||Zhao||2026-09-20|2026-09-02|", "x|South|Li|2|2026-09-20||",
          "x|North|Wang|7|2026-09-01|2026-09-15|2026-09-16", NULL },
    };
    for (size_t i = 0; i < 3; i++) {
        campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
        campaign_rapid_response_report report;
        inputs.customers = make_table(header, orders[i]);
        inputs.reps = make_table("rep:utf8|region:utf8", reps);
        respond(&report, LEADS "}", &inputs);
        assert_int_equal(report.n_customers, 1);
        assert_int_equal(report.n_merged, 2);
        assert_string_equal(cell(report.customers, "rep", 0), "Zhao");
        assert_string_equal(cell(report.customers, "region", 0), "South"); /* of the next row that has one */
        assert_string_equal(cell(report.customers, "interactions", 0), "7");
        assert_string_equal(cell(report.customers, "last_enquiry", 0), "2026-09-15");
        assert_string_equal(cell(report.customers, "last_order", 0), "2026-09-16");
        assert_string_equal(cell(report.customers, "n_rows", 0), "3");
        assert_non_null(strstr(note(&report, "merged"), "x"));
        campaign_rapid_response_report_clear(&report);
        clear_inputs(&inputs);
    }
}

static void test_dates_to_come_are_not_known_yet(void **state)
{
    (void)state;
    static const char *const rows[] = { "a||||2026-09-29|2026-10-01|", "b|||||2026-09-28|", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.customers = make_table(header, rows);
    respond(&report, LEADS "}", &inputs);
    assert_string_equal(cell(report.customers, "class", row_with(report.customers, "customer", "a")), "C");
    assert_string_equal(cell(report.notes, "n", row_with(report.notes, "code", "future_dates")), "2");
    campaign_rapid_response_report_clear(&report);
    respond(&report, LEADS ", \"as_of\": \"2026-10-01\"}", &inputs);
    assert_string_equal(cell(report.customers, "class", row_with(report.customers, "customer", "a")), "S");
    assert_null(note(&report, "future_dates"));
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* Workbooks and lists bring "" where nothing was said: it is no region, rep, level or way; a key it cannot be. */
static void test_an_empty_text_is_null(void **state)
{
    (void)state;
    static const struct {
        const char *customer, *rep, *region, *level;
    } rows[] = { { "a", "", "East", "" }, { "b", "Li", "", "" } };
    static const char *const names[] = { "customer", "rep", "region", "level", "way" };
    for (int empty = -1; empty < 2; empty++) {
        campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
        campaign_rapid_response_report report;
        campaign_table_builder *builders[2] = { NULL, NULL };
        campaign_table *tables[2] = { NULL, NULL };
        for (int i = 0; i < 2; i++) assert_int_equal(campaign_table_builder_create(&builders[i], NULL), CAMPAIGN_OK);
        for (int i = 0; i < 5; i++) add_text_column(builders[0], names[i]);
        for (int i = 1; i < 3; i++) add_text_column(builders[1], names[i]);
        for (int row = 0; row < 2; row++) {
            const char *cells[] = { row == 1 && empty == 0 ? "" : rows[row].customer, rows[row].rep, rows[row].region,
                                    rows[row].level, "" };
            for (int i = 0; i < 5; i++) add_text(builders[0], i, cells[i]);
        }
        add_text(builders[1], 0, empty == 1 ? "" : "Li");
        add_text(builders[1], 1, "");
        for (int i = 0; i < 2; i++) {
            assert_int_equal(campaign_table_builder_finish(&tables[i], builders[i], NULL), CAMPAIGN_OK);
            campaign_table_builder_free(builders[i]);
        }
        inputs.customers = tables[0], inputs.reps = tables[1];
        if (empty >= 0) {
            refuse(CAMPAIGN_E_MISSING, LEADS "}", &inputs, empty == 0 ? "customers.customer" : "reps.rep");
        } else {
            respond(&report, LEADS "}", &inputs);
            assert_null(note(&report, "unknown_rep"));
            assert_null(note(&report, "rep_elsewhere"));
            for (int64_t row = 0; row < 2; row++) {
                assert_string_equal(cell(report.customers, "rep", row), "Li");  /* who serves every region */
                assert_string_equal(cell(report.customers, "level", row), "C"); /* the classes are the levels */
            }
            assert_string_equal(cell(report.customers, "region", 1), "no region");
            campaign_rapid_response_report_clear(&report);
        }
        clear_inputs(&inputs);
    }
}

/* One is said as one. */
static void test_sentences_count(void **state)
{
    (void)state;
    static const char *const one[] = { "a|Wu", NULL }, *const two[] = { "a|Wu", "b|Wu", NULL },
                             *const own[] = { "Li", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.reps = make_table("rep:utf8", own);
    inputs.customers = make_table("customer:utf8|rep:utf8", one);
    respond(&report, LEADS "}", &inputs);
    assert_non_null(strstr(note(&report, "unknown_rep"), "1 row names a rep"));
    assert_non_null(strstr(cell(report.feasibility, "text", 0), "the goal of 20% rests on nothing"));
    campaign_rapid_response_report_clear(&report);
    campaign_table_free((campaign_table *)(uintptr_t)inputs.customers);
    inputs.customers = make_table("customer:utf8|rep:utf8", two);
    respond(&report, LEADS "}", &inputs);
    assert_non_null(strstr(note(&report, "unknown_rep"), "2 rows name a rep"));
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

static void test_one_class_for_all_is_told(void **state)
{
    (void)state;
    static const char *const rows[] = { "a|||||2020-01-01|", "b|||||2020-01-01|", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.customers = make_table(header, rows);
    respond(&report, LEADS "}", &inputs);
    assert_non_null(strstr(note(&report, "one_class"), "class C"));
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

static void test_cells_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const char *const unknown_way[] = { "a|fax", NULL }, *const no_key[] = { "|mail", NULL };
    static const char *const negative[] = { "a|-1", NULL }, *const twice[] = { "Li|1", "Li|2", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    inputs.customers = make_table("customer:utf8|way:utf8", unknown_way);
    refuse(CAMPAIGN_E_UNKNOWN, LEADS "}", &inputs, "customers.way");
    clear_inputs(&inputs);
    inputs.customers = make_table("customer:utf8|way:utf8", no_key);
    refuse(CAMPAIGN_E_MISSING, LEADS "}", &inputs, "customers.customer");
    clear_inputs(&inputs);
    inputs.customers = make_table("customer:utf8|interactions:int64", negative);
    refuse(CAMPAIGN_E_VALUE, LEADS "}", &inputs, "customers.interactions");
    clear_inputs(&inputs);
    inputs.customers = make_table("name:utf8", no_key);
    refuse(CAMPAIGN_E_COLUMN, LEADS "}", &inputs, "customer");
    clear_inputs(&inputs);
    inputs.customers = NULL;
    inputs.reps = make_table("rep:utf8|call:int64", twice);
    refuse(CAMPAIGN_E_DUPLICATE, LEADS ", \"leads\": 2}", &inputs, "reps.rep");
    clear_inputs(&inputs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes_follow_their_limits_to_the_day),
        cmocka_unit_test(test_open_enquiries_come_first_in_their_class),
        cmocka_unit_test(test_rows_of_one_customer_are_merged),
        cmocka_unit_test(test_dates_to_come_are_not_known_yet),
        cmocka_unit_test(test_an_empty_text_is_null),
        cmocka_unit_test(test_sentences_count),
        cmocka_unit_test(test_one_class_for_all_is_told),
        cmocka_unit_test(test_cells_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
