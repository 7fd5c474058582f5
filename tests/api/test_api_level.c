/* A program's way with levelling: what it may leave out, the report's life, and cancelling. */
#include "check.h"

#include <campaign/schedule_level.h>

/* Tasks a, b, … of two working days each, all of one owner. */
static campaign_table *make_tasks(int n)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "task", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "duration", CAMPAIGN_TYPE_INT32, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "owner", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    for (int i = 0; i < n; i++) {
        const char name[] = { (char)('a' + i / 26), (char)('a' + i % 26) };
        assert_ok(campaign_table_builder_append_text(builder, 0, name, 2, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 1, 2, &error), error);
        assert_ok(campaign_table_builder_append_text(builder, 2, "李", 3, &error), error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void test_the_report_has_a_life(void **state)
{
    (void)state;
    campaign_table *tasks = make_tasks(3), *schedule = NULL;
    campaign_schedule_level_inputs inputs = CAMPAIGN_SCHEDULE_LEVEL_INPUTS_INIT;
    campaign_schedule_level_options options = CAMPAIGN_SCHEDULE_LEVEL_OPTIONS_INIT;
    campaign_schedule_level_report report = CAMPAIGN_SCHEDULE_LEVEL_REPORT_INIT;
    campaign_error error = { 0 };
    inputs.tasks = tasks;
    options.has_start = 1, options.start_day = 20514; /* Monday 2026-03-02 */
    assert_ok(campaign_schedule_level(&schedule, &report, &inputs, &options, NULL, &error), error);
    assert_int_equal(report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    assert_true(report.length == 6 && report.gap == 0);
    assert_int_equal(report.finish_day, report.bound_day);
    assert_int_equal(report.finish_day, 20521); /* Monday of the week after */
    campaign_schedule_level_report_clear(&report);
    assert_null(report.usage);
    assert_int_equal(report.size, sizeof report);
    campaign_schedule_level_report_clear(NULL);
    campaign_table_free(schedule);
    campaign_table_free(tasks);
}

static void test_what_may_be_left_out(void **state)
{
    (void)state;
    campaign_table *tasks = make_tasks(2), *schedule = tasks;
    campaign_schedule_level_inputs inputs = CAMPAIGN_SCHEDULE_LEVEL_INPUTS_INIT;
    campaign_schedule_level_options options = CAMPAIGN_SCHEDULE_LEVEL_OPTIONS_INIT;
    campaign_schedule_level_report report = { 0 };
    campaign_error error = { 0 };
    assert_int_equal(campaign_schedule_level(NULL, NULL, &inputs, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_schedule_level(&schedule, NULL, &inputs, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_null(schedule);
    inputs.tasks = tasks;
    assert_int_equal(campaign_schedule_level(&schedule, &report, &inputs, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "report");
    assert_int_equal(campaign_schedule_level(&schedule, NULL, &inputs, NULL, NULL, &error), CAMPAIGN_E_MISSING);
    assert_string_equal(error.where, "options.start_day");
    options.has_start = 1, options.n_schedules = -1;
    assert_int_equal(campaign_schedule_level(&schedule, NULL, &inputs, &options, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    options.n_schedules = 1, options.language = "fr";
    assert_int_equal(campaign_schedule_level(&schedule, NULL, &inputs, &options, NULL, NULL), CAMPAIGN_E_UNKNOWN);
    options.language = NULL;
    assert_ok(campaign_schedule_level(&schedule, NULL, &inputs, &options, NULL, &error), error);
    campaign_table_free(schedule);
    campaign_table_free(tasks);
}

static int stop(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)stage, (void)done, (void)total;
    return ++*(int *)ctx > 0;
}

/* 40 tasks whose bound is not met by the first schedules are searched for long enough to be stopped. */
static void test_a_caller_may_stop_it(void **state)
{
    (void)state;
    int calls = 0;
    campaign_table *tasks = make_tasks(40), *schedule = NULL, *needs = NULL, *resources = NULL;
    campaign_table_builder *builder = NULL;
    campaign_schedule_level_inputs inputs = CAMPAIGN_SCHEDULE_LEVEL_INPUTS_INIT;
    campaign_schedule_level_options options = CAMPAIGN_SCHEDULE_LEVEL_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_error error = { 0 };
    runtime.progress = stop, runtime.ctx = &calls;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "task", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "resource", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "units", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    for (int i = 0; i < 40; i++) { /* three fit where four would fill it */
        const char name[] = { (char)('a' + i / 26), (char)('a' + i % 26) };
        assert_ok(campaign_table_builder_append_text(builder, 0, name, 2, &error), error);
        assert_ok(campaign_table_builder_append_text(builder, 1, "m", 1, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 2, 3, &error), error);
    }
    assert_ok(campaign_table_builder_finish(&needs, builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "resource", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "units", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    assert_ok(campaign_table_builder_append_text(builder, 0, "m", 1, &error), error);
    assert_ok(campaign_table_builder_append_int64(builder, 1, 11, &error), error);
    assert_ok(campaign_table_builder_finish(&resources, builder, &error), error);
    campaign_table_builder_free(builder);
    inputs.tasks = tasks, inputs.needs = needs, inputs.resources = resources;
    options.has_start = 1, options.without_owners = 1;
    assert_int_equal(campaign_schedule_level(&schedule, NULL, &inputs, &options, &runtime, &error),
                     CAMPAIGN_E_CANCELLED);
    assert_int_equal(calls, 1);
    assert_null(schedule);
    campaign_table_free(resources);
    campaign_table_free(needs);
    campaign_table_free(tasks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_report_has_a_life),
        cmocka_unit_test(test_what_may_be_left_out),
        cmocka_unit_test(test_a_caller_may_stop_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
