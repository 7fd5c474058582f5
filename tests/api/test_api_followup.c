/* A program's way with follow-ups: a day's records added to the table, checked with contacts, customers and roles, and the
 * ten-minute list read; what it may leave out, the report's life, cancelling. */
#include "check.h"

#include <campaign/followup.h>

enum { MONDAY = 20759 }; /* 2026-11-02 */

/* Row by row as a program has them; corrects 0: corrects nothing; next 0: no date. */
typedef struct contact_record {
    int64_t id, corrects;
    const char *customer, *rep, *feedback, *objection, *status, *blocked_by;
    int32_t day, next;
} contact_record;

static void put_text(campaign_table_builder *builder, int32_t column, const char *text)
{
    campaign_error error = { 0 };
    const campaign_status status = text
                                       ? campaign_table_builder_append_text(builder, column, text, strlen(text), &error)
                                       : campaign_table_builder_append_null(builder, column, &error);
    assert_ok(status, error);
}

static void put_number(campaign_table_builder *builder, int32_t column, int64_t number)
{
    campaign_error error = { 0 };
    const campaign_status status = number ? campaign_table_builder_append_int64(builder, column, number, &error)
                                          : campaign_table_builder_append_null(builder, column, &error);
    assert_ok(status, error);
}

static campaign_table *make_records(const contact_record *records, int n)
{
    static const char *const names[] = { "record", "corrects", "time",      "next_date", "customer",
                                         "rep",    "feedback", "objection", "status",    "blocked_by" };
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    for (int32_t i = 0; i < 10; i++) {
        const int32_t type = i < 2 ? CAMPAIGN_TYPE_INT64 : i < 4 ? CAMPAIGN_TYPE_DATE : CAMPAIGN_TYPE_UTF8;
        assert_ok(campaign_table_builder_add_column(builder, names[i], type, NULL, &error), error);
    }
    for (int row = 0; row < n; row++) {
        put_number(builder, 0, records[row].id);
        put_number(builder, 1, records[row].corrects);
        put_number(builder, 2, records[row].day);
        put_number(builder, 3, records[row].next);
        put_text(builder, 4, records[row].customer);
        put_text(builder, 5, records[row].rep);
        put_text(builder, 6, records[row].feedback);
        put_text(builder, 7, records[row].objection);
        put_text(builder, 8, records[row].status);
        put_text(builder, 9, records[row].blocked_by);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* A table of texts, its columns by name: rows cells of n columns each. */
static campaign_table *make_texts(const char *const *names, int32_t n, const char *const *cells, int rows)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    for (int32_t i = 0; i < n; i++)
        assert_ok(campaign_table_builder_add_column(builder, names[i], CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    for (int32_t at = 0; at < rows * n; at++) put_text(builder, at % n, cells[at]);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void assert_text(const campaign_table *table, const char *column, int64_t row, const char *expected)
{
    char text[512];
    const int32_t index = campaign_table_find(table, column);
    assert_true(index >= 0);
    (void)campaign_table_format(text, sizeof text, table, index, row);
    assert_string_equal(text, expected);
}

static const contact_record monday[] = {
    { 1, 0, "Acme", "Li", "objection", "price", "open", NULL, MONDAY, MONDAY + 2 },
    { 2, 0, "Bolt", "Wu", "interest", NULL, "open", NULL, MONDAY, MONDAY + 4 },
    { 3, 0, "Cord", "Wu", "none", NULL, "blocked", "samples", MONDAY, 0 },
};
static const contact_record thursday[] = {
    { 4, 1, "Acme", "Li", "objection", "delivery", "open", NULL, MONDAY, MONDAY + 2 }, /* it was delivery, not price */
    { 5, 0, "Bolt", "Li", "objection", "delivery", "open", NULL, MONDAY + 3, MONDAY + 4 },
};

static void test_a_week_of_records(void **state)
{
    (void)state;
    static const char *const customer_columns[] = { "customer" }, *const customer_cells[] = { "Acme", "Bolt", "Cord",
                                                                                              "Dune", "Echo" };
    static const char *const contact_columns[] = { "customer", "rep" }, *const contact_cells[] = { "Echo", "Wu" };
    static const char *const role_columns[] = { "rep", "lead", "manager" }, *const role_cells[] = { "Wu", "Lin", "Gu" };
    campaign_table *old = make_records(monday, 3), *rows = make_records(thursday, 2), *all = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_plan_append_followups(&all, old, rows, NULL, &error), error);
    campaign_table_free(old); /* what was added keeps what it needs */
    campaign_table_free(rows);
    assert_int_equal(campaign_table_n_rows(all), 5);

    campaign_followups_inputs inputs = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_followups_options options = CAMPAIGN_FOLLOWUPS_OPTIONS_INIT;
    campaign_followups_report report = CAMPAIGN_FOLLOWUPS_REPORT_INIT;
    campaign_table *customers = make_texts(customer_columns, 1, customer_cells, 5),
                   *contacts = make_texts(contact_columns, 2, contact_cells, 1),
                   *roles = make_texts(role_columns, 3, role_cells, 1);
    inputs.followups = all, inputs.customers = customers, inputs.contacts = contacts, inputs.roles = roles;
    options.has_as_of = 1, options.as_of_day = MONDAY + 4;
    assert_ok(campaign_plan_followups(&report, &inputs, &options, NULL, &error), error);
    campaign_table_free(all); /* the report stands by itself */
    campaign_table_free(customers);
    campaign_table_free(contacts);
    campaign_table_free(roles);

    assert_int_equal(report.n_rows, 5);
    assert_int_equal(report.n_current, 4);
    assert_int_equal(report.n_corrections, 1);
    assert_int_equal(report.n_problems, 0);
    /* Acme is two days late; Dune is forgotten, Echo planned and not contacted; Bolt had Wu and, three days later, Li. */
    static const char *const counts[] = { "1", "1", "1", "1" };
    for (int64_t kind = 0; kind < 4; kind++) assert_text(report.counts, "n", kind, counts[kind]);
    assert_text(report.checks, "text", 0, "Acme: the next action of record 4 was due on 2026-11-04, 2 days ago (Li).");
    assert_text(report.checks, "customer", 1, "Dune");
    assert_text(report.checks, "customer", 2, "Echo");
    assert_text(report.checks, "text", 3, "Bolt was contacted by Li on 2026-11-05, 3 days after Wu.");
    assert_int_equal(campaign_table_n_rows(report.objections), 1); /* the corrected row does not count */
    assert_text(report.objections, "objection", 0, "delivery");
    assert_text(report.objections, "customers", 0, "2");
    assert_text(report.blocked, "level", 0, "manager"); /* since Monday: four working days */
    assert_text(report.blocked, "to", 0, "Gu");
    assert_text(report.daily, "text", 0, "Acme: not said (due 2026-11-04, 2 days late)");
    assert_text(report.daily, "rep", 0, "Li");
    campaign_followups_report_clear(&report);
}

static void test_nothing_that_stands_is_changed(void **state)
{
    (void)state;
    static const contact_record again[] = { { 2, 0, "Bolt", "Li", NULL, NULL, NULL, NULL, MONDAY + 3, 0 } },
                                other[] = { { 6, 1, "Bolt", "Li", NULL, NULL, NULL, NULL, MONDAY + 3, 0 } },
                                unknown[] = { { 6, 9, "Bolt", "Li", NULL, NULL, NULL, NULL, MONDAY + 3, 0 } };
    const struct {
        const contact_record *row;
        campaign_status status;
    } refused[] = { { again, CAMPAIGN_E_DUPLICATE }, { other, CAMPAIGN_E_VALUE }, { unknown, CAMPAIGN_E_UNKNOWN } };
    campaign_table *old = make_records(monday, 3), *all = NULL;
    campaign_error error = { 0 };
    for (int i = 0; i < 3; i++) {
        campaign_table *rows = make_records(refused[i].row, 1);
        assert_int_equal(campaign_plan_append_followups(&all, old, rows, NULL, &error), refused[i].status);
        assert_int_equal(error.row, 0);
        assert_null(all);
        campaign_table_free(rows);
    }
    campaign_table_free(old);
}

static int stop(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)ctx, (void)stage, (void)done, (void)total;
    return 1;
}

static void test_what_may_be_left_out(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_table *records = make_records(monday, 3), *all = NULL;
    campaign_followups_inputs inputs = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_followups_options options = CAMPAIGN_FOLLOWUPS_OPTIONS_INIT;
    campaign_followups_report report = CAMPAIGN_FOLLOWUPS_REPORT_INIT, blank = { 0 };
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    assert_int_equal(campaign_plan_followups(&report, &inputs, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_followups(NULL, &inputs, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_followups(&report, NULL, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    inputs.followups = records;
    assert_int_equal(campaign_plan_followups(&blank, &inputs, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_ok(campaign_plan_followups(&report, &inputs, NULL, NULL, &error), error);
    assert_int_equal(report.as_of_day, MONDAY); /* without as_of: the latest record */
    campaign_followups_report_clear(&report);
    assert_null(report.daily);
    assert_int_equal(report.size, sizeof report);
    options.n_daily = -1;
    assert_int_equal(campaign_plan_followups(&report, &inputs, &options, NULL, &error), CAMPAIGN_E_VALUE);
    assert_string_equal(error.where, "options.n_daily");
    runtime.progress = stop;
    assert_int_equal(campaign_plan_followups(&report, &inputs, NULL, &runtime, &error), CAMPAIGN_E_CANCELLED);
    assert_null(report.current);
    assert_int_equal(campaign_plan_append_followups(NULL, NULL, records, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_append_followups(&all, records, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    campaign_table_free(records);
    campaign_followups_report_clear(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_week_of_records),
        cmocka_unit_test(test_nothing_that_stands_is_changed),
        cmocka_unit_test(test_what_may_be_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
