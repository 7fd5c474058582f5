/* Contacts of the rapid response: nobody twice, nobody forgotten, capacity kept, ties kept, loads even. */
#include <stdbool.h>

#include "base/random.h"
#include "rapid_cases.h"

#define LEADS OCTOBER ", \"expected_conversion\": \"20%\""

/* Two calls but one visit a day; the window is 09-29, 09-30, 10-08, the day after it 10-09. */
static void test_calls_and_visits_keep_to_capacity(void **state)
{
    (void)state;
    static const char *const rows[] = { "a|9|2026-09-28", "b|8|2026-09-28", "c|7|2026-09-28", "d|6|2026-09-28", NULL };
    static const char *const reps[] = { "Li|2|1", NULL };
    static const char *const expected[][4] = {
        { "2026-09-29", "call", "a", "true" },  { "2026-09-29", "call", "b", "true" },
        { "2026-09-29", "visit", "a", "true" }, { "2026-09-30", "call", "c", "true" },
        { "2026-09-30", "call", "d", "true" },  { "2026-09-30", "visit", "b", "true" },
        { "2026-10-08", "visit", "c", "true" }, { "2026-10-09", "visit", "d", "false" },
    };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.customers = make_table("customer:utf8|interactions:int64|last_interaction:date", rows);
    inputs.reps = make_table("rep:utf8|call:int64|visit:int64", reps);
    respond(&report, LEADS "}", &inputs);
    assert_int_equal(campaign_table_n_rows(report.contacts), 8);
    for (int64_t i = 0; i < 8; i++) {
        assert_string_equal(cell(report.contacts, "date", i), expected[i][0]);
        assert_string_equal(cell(report.contacts, "way", i), expected[i][1]);
        assert_string_equal(cell(report.contacts, "customer", i), expected[i][2]);
        assert_string_equal(cell(report.contacts, "is_within_window", i), expected[i][3]);
    }
    assert_int_equal(report.n_within, 3);
    assert_int_equal(report.n_beyond, 1);
    assert_non_null(note(&report, "beyond_capacity"));
    assert_int_equal(campaign_table_n_rows(report.loads), 6);
    assert_string_equal(cell(report.loads, "n", 0), "2");
    assert_string_equal(cell(report.loads, "capacity", 0), "2");
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* One message of each way a day: the first has no wish, the second wants mail, the third gets what is free sooner. */
static void test_messages_go_the_way_that_is_free_sooner(void **state)
{
    (void)state;
    static const char *const rows[] = { "a|2026-09-20||", "b|2026-09-19||mail", "c|2026-09-18||", "d|2026-09-17||",
                                        NULL };
    static const char *const reps[] = { "Li|1|1", NULL };
    static const char *const expected[][3] = { { "2026-09-29", "wechat", "a" },
                                               { "2026-09-29", "mail", "b" },
                                               { "2026-09-30", "wechat", "c" },
                                               { "2026-09-30", "mail", "d" } };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.customers = make_table("customer:utf8|last_enquiry:date|last_order:date|way:utf8", rows);
    inputs.reps = make_table("rep:utf8|wechat:int64|mail:int64", reps);
    respond(&report, LEADS ", \"offer\": \"5% off\"}", &inputs);
    for (int64_t i = 0; i < 4; i++) {
        assert_string_equal(cell(report.contacts, "date", i), expected[i][0]);
        assert_string_equal(cell(report.contacts, "way", i), expected[i][1]);
        assert_string_equal(cell(report.contacts, "customer", i), expected[i][2]);
        assert_string_equal(cell(report.contacts, "offer", i), "5% off");
    }
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

static void test_ties_are_kept_and_others_level_the_load(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "a|East|Zhao|2026-09-20",
        "b|East|Zhao|2026-09-19",
        "c|East||2026-09-18",
        "d|East||2026-09-17",
        "e|East|gone|2026-09-16",
        "f|South||2026-09-15",
        NULL,
    };
    static const char *const reps[] = { "Qian|East", "Zhao|East", "Sun|", NULL };
    static const char *const expected[][2] = { { "a", "Zhao" }, { "b", "Zhao" }, { "c", "Qian" },
                                               { "d", "Sun" },  { "e", "Qian" }, { "f", "Sun" } };
    for (int step = 1; step >= -1; step -= 2) {
        campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
        campaign_rapid_response_report report;
        inputs.customers = table_of_rows("customer:utf8|region:utf8|rep:utf8|last_enquiry:date", rows, step);
        inputs.reps = table_of_rows("rep:utf8|region:utf8", reps, step);
        respond(&report, LEADS "}", &inputs);
        for (int64_t i = 0; i < 6; i++) {
            const int64_t row = row_with(report.customers, "customer", expected[i][0]);
            assert_string_equal(cell(report.customers, "rep", row), expected[i][1]);
        }
        assert_string_equal(cell(report.notes, "n", row_with(report.notes, "code", "unknown_rep")), "1");
        campaign_rapid_response_report_clear(&report);
        clear_inputs(&inputs);
    }
}

static void test_customers_without_a_rep_are_listed_or_refused(void **state)
{
    (void)state;
    static const char *const rows[] = { "a|East|2026-09-20", "b|West|2026-09-19", NULL };
    static const char *const reps[] = { "Qian|East", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.customers = make_table("customer:utf8|region:utf8|last_enquiry:date", rows);
    inputs.reps = make_table("rep:utf8|region:utf8", reps);
    respond(&report, LEADS "}", &inputs);
    assert_int_equal(report.n_unreached, 1);
    assert_non_null(strstr(note(&report, "without_rep"), "West"));
    assert_int_equal(campaign_table_n_rows(report.contacts), 2);
    assert_string_equal(cell(report.contacts, "customer", 1), "b"); /* who has no rep comes last */
    assert_string_equal(cell(report.contacts, "date", 1), "");
    campaign_rapid_response_report_clear(&report);
    refuse(CAMPAIGN_E_INFEASIBLE, LEADS ", \"without_rep\": \"fail\"}", &inputs, "reps");
    campaign_table_free((campaign_table *)(uintptr_t)inputs.reps);
    inputs.reps = NULL;
    respond(&report, LEADS "}", &inputs);
    assert_int_equal(report.n_unreached, 2);
    assert_non_null(note(&report, "no_reps"));
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* North is nobody's region but the rep's: its rep is not one of every region. */
static void test_reps_of_regions_that_take_no_part_get_no_others(void **state)
{
    (void)state;
    static const char *const rows[] = { "a|East|", "b|South|", "kept|South|Zhou", NULL };
    static const char *const reps[] = { "Zhou|North", NULL };
    for (int step = 1; step >= -1; step -= 2) {
        campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
        campaign_rapid_response_report report;
        inputs.customers = table_of_rows("customer:utf8|region:utf8|rep:utf8", rows, step);
        inputs.reps = make_table("rep:utf8|region:utf8", reps);
        respond(&report, LEADS "}", &inputs);
        assert_int_equal(report.n_unreached, 2);
        assert_string_equal(cell(report.contacts, "customer", 0), "kept");
        assert_string_equal(cell(report.contacts, "rep", 0), "Zhou");
        assert_string_equal(cell(report.contacts, "rep", 1), "");
        assert_string_equal(cell(report.contacts, "rep", 2), "");
        assert_non_null(strstr(note(&report, "without_rep"), "2 customers have"));
        assert_non_null(strstr(note(&report, "rep_elsewhere"), "Zhou (region North)"));
        campaign_rapid_response_report_clear(&report);
        refuse(CAMPAIGN_E_INFEASIBLE, LEADS ", \"without_rep\": \"fail\"}", &inputs, "reps");
        clear_inputs(&inputs);
    }
}

/* Without customers or regions, reps of two regions share; in a campaign of one, the other's have nothing. */
static void test_quotas_leave_out_reps_of_other_regions(void **state)
{
    (void)state;
    static const char *const reps[] = { "a|North", "b|West", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.reps = make_table("rep:utf8|region:utf8", reps);
    respond(&report, OCTOBER ", \"regions\": [{\"region\": \"East\", \"customers\": 4, \"expected_conversion\": 0.5}]}",
            &inputs);
    assert_int_equal(row_with(report.quotas, "dimension", "rep"), -1);
    assert_non_null(strstr(note(&report, "rep_elsewhere"), "2 reps"));
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* Both get to their first customer at the same time: the lower key, be it a rep of the region or one of all. A customer
 * without a region is anybody's. */
static void test_turns_at_the_same_time_go_to_the_lower_key(void **state)
{
    (void)state;
    static const char *const rows[] = { "a|East", "b|East", "c|", NULL };
    static const char *const cases[][4] = { { "a|", "b|East", NULL },
                                            { "a|East", "b|", NULL },
                                            { "a|East", "b|North", NULL } };
    static const char *const expected[][3] = { { "a", "b", "a" }, { "a", "b", "a" }, { "a", "a", "b" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
        campaign_rapid_response_report report;
        inputs.customers = make_table("customer:utf8|region:utf8", rows);
        inputs.reps = make_table("rep:utf8|region:utf8", cases[i]);
        respond(&report, LEADS "}", &inputs);
        for (int64_t row = 0; row < 3; row++) assert_string_equal(cell(report.customers, "rep", row), expected[i][row]);
        campaign_rapid_response_report_clear(&report);
        clear_inputs(&inputs);
    }
}

static void test_no_capacity_gives_no_dates(void **state)
{
    (void)state;
    static const char *const rows[] = { "a|2026-09-20|", "b|2026-09-19|", "c||2026-09-20", NULL };
    static const char *const reps[] = { "Qian", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.customers = make_table("customer:utf8|last_enquiry:date|last_interaction:date", rows);
    inputs.reps = make_table("rep:utf8", reps);
    respond(&report, LEADS ", \"capacity\": {\"call\": 0, \"visit\": 0, \"wechat\": 0, \"mail\": 0, \"community\": 0}}",
            &inputs);
    assert_int_equal(report.n_unreached, 3);
    assert_non_null(note(&report, "no_capacity"));
    assert_string_equal(cell(report.contacts, "date", 0), "");
    assert_int_equal(campaign_table_n_rows(report.loads), 0);
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* ---- Laws -------------------------------------------------------------------------------------------------------- */

enum { MOST_CUSTOMERS = 60, ROW_TEXT = 64 };

typedef struct lists {
    char texts[MOST_CUSTOMERS][ROW_TEXT], rep_texts[8][ROW_TEXT];
    const char *customers[MOST_CUSTOMERS + 1], *reps[9];
} lists;

static void draw_lists(lists *drawn, cpn_random *random)
{
    static const char *const regions[] = { "East", "North", "South", "" };
    const int n = 1 + (int)cpn_random_below(random, MOST_CUSTOMERS), n_reps = 1 + (int)cpn_random_below(random, 8);
    for (int i = 0; i < n; i++) {
        char rep[8] = "";
        if (cpn_random_below(random, 3) == 0) (void)snprintf(rep, sizeof rep, "r%d", (int)cpn_random_below(random, 9));
        (void)snprintf(drawn->texts[i], ROW_TEXT, "%d|%s|%s|%d|2026-0%d-1%d|%s", (int)cpn_random_below(random, 50),
                       regions[cpn_random_below(random, 4)], rep, (int)cpn_random_below(random, 6),
                       1 + (int)cpn_random_below(random, 9), (int)cpn_random_below(random, 9),
                       cpn_random_below(random, 2) ? "2026-09-10" : "");
        drawn->customers[i] = drawn->texts[i];
    }
    drawn->customers[n] = NULL;
    for (int i = 0; i < n_reps; i++) {
        (void)snprintf(drawn->rep_texts[i], ROW_TEXT, "r%d|%s|%d|%d|%d|%d", i, regions[cpn_random_below(random, 4)],
                       (int)cpn_random_below(random, 4), (int)cpn_random_below(random, 3),
                       (int)cpn_random_below(random, 4), (int)cpn_random_below(random, 5));
        drawn->reps[i] = drawn->rep_texts[i];
    }
    drawn->reps[n_reps] = NULL;
}

static void respond_to(campaign_rapid_response_report *report, const lists *drawn, int step)
{
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    inputs.customers = table_of_rows("customer:int64|region:utf8|rep:utf8|interactions:int64|last_interaction:date|"
                                     "last_enquiry:date",
                                     drawn->customers, step);
    inputs.reps =
        table_of_rows("rep:utf8|region:utf8|call:int64|visit:int64|mail:int64|community:int64", drawn->reps, step);
    respond(report, LEADS ", \"sales_task\": \"1000.01\"}", &inputs);
    clear_inputs(&inputs);
}

static void expect_same(const campaign_table *a, const campaign_table *b)
{
    char one[512], other[512];
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    for (int32_t i = 0; i < campaign_table_n_columns(a); i++)
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            (void)campaign_table_format(one, sizeof one, a, i, row);
            (void)campaign_table_format(other, sizeof other, b, i, row);
            assert_string_equal(one, other);
        }
}

/* Every customer stands in the contacts with one rep, by the ways of its class; counts agree. */
static void expect_everyone_once(const campaign_rapid_response_report *report)
{
    int64_t n_contacts = 0;
    for (int64_t i = 0; i < report->n_customers; i++) {
        char name[32], rep[32];
        (void)snprintf(name, sizeof name, "%.31s", cell(report->customers, "customer", i));
        (void)snprintf(rep, sizeof rep, "%.31s", cell(report->customers, "rep", i));
        const bool is_s = strcmp(cell(report->customers, "class", i), "S") == 0;
        int64_t n = 0;
        for (int64_t row = 0; row < campaign_table_n_rows(report->contacts); row++) {
            if (strcmp(cell(report->contacts, "customer", row), name) != 0) continue;
            assert_string_equal(cell(report->contacts, "rep", row), rep);
            n++;
        }
        assert_int_equal(n, is_s ? 2 : 1);
        n_contacts += n;
    }
    assert_int_equal(n_contacts, campaign_table_n_rows(report->contacts));
    assert_int_equal(report->n_within + report->n_beyond + report->n_unreached, report->n_customers);
}

static void expect_loads_within_capacity(const campaign_rapid_response_report *report)
{
    for (int64_t row = 0; row < campaign_table_n_rows(report->loads); row++)
        assert_true(atoll(cell(report->loads, "n", row)) <= atoll(cell(report->loads, "capacity", row)));
}

/* Regions add up to the total, levels and reps to their region, in customers, whole deals and sales. */
static void expect_quotas_add_up(const campaign_rapid_response_report *report)
{
    static const char *const columns[] = { "leads", "deals", "sales_task" };
    for (size_t c = 0; c < 3; c++) {
        const int32_t index = campaign_table_find(report->quotas, columns[c]);
        int64_t regions = 0, region = 0, parts[2] = { 0 };
        bool is_split[2] = { false };
        for (int64_t row = 1; row <= campaign_table_n_rows(report->quotas); row++) {
            const bool is_end = row == campaign_table_n_rows(report->quotas);
            const char *dimension = is_end ? "region" : cell(report->quotas, "dimension", row);
            const int64_t value = is_end ? 0 : campaign_table_int64(report->quotas, index, row);
            if (strcmp(dimension, "region") == 0) {
                for (int i = 0; i < 2; i++) assert_true(!is_split[i] || parts[i] == region);
                memset(parts, 0, sizeof parts);
                memset(is_split, 0, sizeof is_split);
                region = value;
                regions += value;
            } else {
                const int which = strcmp(dimension, "rep") == 0;
                parts[which] += value;
                is_split[which] = true;
            }
        }
        assert_int_equal(regions, campaign_table_int64(report->quotas, index, 0));
    }
}

static void test_laws_hold_for_random_lists(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 5);
    for (int trial = 0; trial < 60; trial++) {
        lists drawn;
        campaign_rapid_response_report report, reversed;
        draw_lists(&drawn, &random);
        respond_to(&report, &drawn, 1);
        respond_to(&reversed, &drawn, -1);
        expect_same(report.contacts, reversed.contacts);
        expect_same(report.customers, reversed.customers);
        expect_same(report.quotas, reversed.quotas);
        expect_same(report.notes, reversed.notes);
        expect_everyone_once(&report);
        expect_loads_within_capacity(&report);
        expect_quotas_add_up(&report);
        campaign_rapid_response_report_clear(&report);
        campaign_rapid_response_report_clear(&reversed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calls_and_visits_keep_to_capacity),
        cmocka_unit_test(test_messages_go_the_way_that_is_free_sooner),
        cmocka_unit_test(test_ties_are_kept_and_others_level_the_load),
        cmocka_unit_test(test_customers_without_a_rep_are_listed_or_refused),
        cmocka_unit_test(test_reps_of_regions_that_take_no_part_get_no_others),
        cmocka_unit_test(test_quotas_leave_out_reps_of_other_regions),
        cmocka_unit_test(test_turns_at_the_same_time_go_to_the_lower_key),
        cmocka_unit_test(test_no_capacity_gives_no_dates),
        cmocka_unit_test(test_laws_hold_for_random_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
