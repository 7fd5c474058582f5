/* A program's way with schedules: tables built row by row, calendars by name, what has happened, the report's life, wrong
 * networks, and cancelling. */
#include "check.h"

#include <campaign/schedule.h>
#include <campaign/schedule_level.h>

enum { MONDAY = 20514 /* 2026-03-02 */ };

typedef struct row {
    const char *task, *owner, *after;
    int64_t duration;
    int32_t due; /* 0 = none */
} row;

static campaign_table *make_tasks(const row *rows, int n)
{
    static const char *const names[] = { "task", "owner", "after", "duration", "due" };
    static const int32_t types[] = { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_INT64,
                                     CAMPAIGN_TYPE_DATE };
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    for (int i = 0; i < 5; i++)
        assert_ok(campaign_table_builder_add_column(builder, names[i], types[i], NULL, &error), error);
    for (int i = 0; i < n; i++) {
        const char *const texts[] = { rows[i].task, rows[i].owner, rows[i].after };
        for (int k = 0; k < 3; k++)
            assert_ok(campaign_table_builder_append_text(builder, k, texts[k], strlen(texts[k]), &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 3, rows[i].duration, &error), error);
        assert_ok(rows[i].due ? campaign_table_builder_append_int64(builder, 4, rows[i].due, &error)
                              : campaign_table_builder_append_null(builder, 4, &error),
                  error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void assert_cell(const campaign_table *table, int64_t at, const char *column, const char *expected)
{
    char text[256];
    (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, column), at);
    assert_string_equal(text, expected);
}

/* Nour works from Sunday to Thursday, Li on the days of China: from Wednesday 2026-03-04 four days each. */
static void test_owners_have_calendars_of_their_own(void **state)
{
    static const char egypt[] = "{\"schema\":\"campaign/calendar_overlay/1\",\"weekend\":[\"fri\",\"sat\"]}";
    static const row rows[] = { { "booth", "Nour", "", 4, 0 }, { "goods", "Li", "", 4, 0 } };
    (void)state;
    const char *const overlays[] = { egypt };
    const size_t lengths[] = { sizeof egypt - 1 };
    campaign_calendar_options abroad = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    campaign_calendar *calendar = NULL;
    campaign_error error = { 0 };
    abroad.region = "", abroad.overlays = overlays, abroad.overlay_lengths = lengths, abroad.n_overlays = 1;
    assert_ok(campaign_calendar_create(&calendar, &abroad, &error), error);

    campaign_table_builder *builder = NULL;
    campaign_table *owners = NULL, *tasks = make_tasks(rows, 2), *schedule = NULL;
    static const char *const people[][2] = { { "Li", "" }, { "Nour", "cairo" } };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "owner", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "calendar", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    for (int i = 0; i < 4; i++) {
        const char *text = people[i / 2][i % 2];
        assert_ok(campaign_table_builder_append_text(builder, i % 2, text, strlen(text), &error), error);
    }
    assert_ok(campaign_table_builder_finish(&owners, builder, &error), error);
    campaign_table_builder_free(builder);

    const campaign_schedule_calendar named[] = { { "cairo", calendar } };
    campaign_schedule_inputs inputs = CAMPAIGN_SCHEDULE_INPUTS_INIT;
    campaign_schedule_options options = CAMPAIGN_SCHEDULE_OPTIONS_INIT;
    inputs.tasks = tasks, inputs.owners = owners, inputs.calendars = named, inputs.n_calendars = 1;
    options.has_start = 1, options.start_day = MONDAY + 2;
    assert_ok(campaign_schedule_tasks(&schedule, NULL, &inputs, &options, NULL, &error), error);
    assert_cell(schedule, 0, "finish", "2026-03-09"); /* Wed Thu | Sun Mon */
    assert_cell(schedule, 1, "finish", "2026-03-09"); /* Wed Thu Fri | Mon */
    campaign_table_free(schedule);
    inputs.n_calendars = 0;
    assert_int_equal(campaign_schedule_tasks(&schedule, NULL, &inputs, &options, NULL, &error), CAMPAIGN_E_UNKNOWN);
    assert_string_equal(error.where, "owners.calendar");
    campaign_table_free(owners);
    campaign_table_free(tasks);
    campaign_calendar_free(calendar);
}

/* supplies, planned for a week with two days to spare, take three weeks; the end moves by eight days. */
static void test_what_has_happened_moves_the_end(void **state)
{
    static const row rows[] = { { "design", "", "", 7, 0 },
                                { "install", "", "design; supplies", 3, MONDAY + 14 },
                                { "supplies", "", "", 5, 0 } };
    (void)state;
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *actuals = NULL, *tasks = make_tasks(rows, 3), *schedule = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "task", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "actual_start", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "actual_finish", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    for (int i = 0; i < 2; i++) {
        assert_ok(campaign_table_builder_append_text(builder, 0, i ? "supplies" : "design", i ? 8 : 6, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 1, MONDAY, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 2, MONDAY + (i ? 18 : 8), &error), error);
    }
    assert_ok(campaign_table_builder_finish(&actuals, builder, &error), error);
    campaign_table_builder_free(builder);

    campaign_schedule_inputs inputs = CAMPAIGN_SCHEDULE_INPUTS_INIT;
    campaign_schedule_options options = CAMPAIGN_SCHEDULE_OPTIONS_INIT;
    campaign_schedule_report report = CAMPAIGN_SCHEDULE_REPORT_INIT;
    inputs.tasks = tasks, inputs.actuals = actuals;
    options.has_start = 1, options.start_day = MONDAY, options.has_as_of = 1, options.as_of_day = MONDAY + 20;
    assert_ok(campaign_schedule_tasks(&schedule, &report, &inputs, &options, NULL, &error), error);
    assert_int_equal(report.finish_day, MONDAY + 11);   /* Friday of the second week: 7 + 3 working days */
    assert_int_equal(report.forecast_day, MONDAY + 23); /* Monday to Wednesday of the fourth */
    assert_int_equal(report.n_broken, 1);
    assert_cell(report.slips, 0, "task", "supplies");
    assert_cell(report.slips, 0, "slip", "10");
    assert_cell(report.slips, 0, "end_shift", "8");
    assert_cell(report.pulled, 0, "task", "install");
    campaign_schedule_report_clear(&report);
    assert_null(report.slips);
    assert_int_equal(report.size, sizeof report);
    campaign_schedule_report_clear(NULL);
    campaign_table_free(schedule);
    campaign_table_free(actuals);
    campaign_table_free(tasks);
}

static void assert_refused(const row *rows, int n, campaign_status code, const char *part)
{
    campaign_table *tasks = make_tasks(rows, n), *schedule = NULL;
    campaign_schedule_inputs inputs = CAMPAIGN_SCHEDULE_INPUTS_INIT;
    campaign_schedule_level_inputs level = CAMPAIGN_SCHEDULE_LEVEL_INPUTS_INIT;
    campaign_schedule_options options = CAMPAIGN_SCHEDULE_OPTIONS_INIT;
    campaign_schedule_level_options level_options = CAMPAIGN_SCHEDULE_LEVEL_OPTIONS_INIT;
    campaign_error error = { 0 };
    inputs.tasks = level.tasks = tasks;
    options.has_start = level_options.has_start = 1, options.start_day = level_options.start_day = MONDAY;
    assert_int_equal(campaign_schedule_tasks(&schedule, NULL, &inputs, &options, NULL, &error), code);
    assert_non_null(strstr(error.message, part));
    assert_null(schedule);
    assert_int_equal(campaign_schedule_level(&schedule, NULL, &level, &level_options, NULL, &error), code);
    assert_non_null(strstr(error.message, part));
    assert_null(schedule);
    campaign_table_free(tasks);
}

static void test_a_circle_is_told_by_both(void **state)
{
    static const row circle[] = { { "a", "", "c", 1, 0 }, { "b", "", "a", 1, 0 }, { "c", "", "b", 1, 0 } };
    static const row unknown[] = { { "materials", "", "", 1, 0 }, { "fair", "", "material", 1, 0 } };
    (void)state;
    assert_refused(circle, 3, CAMPAIGN_E_INFEASIBLE, "a → b → c → a");
    assert_refused(unknown, 2, CAMPAIGN_E_UNKNOWN, "did you mean \"materials\"");
}

static int stop(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)stage, (void)done, (void)total;
    return ++*(int *)ctx > 0;
}

/* Samples of estimates take long enough to be stopped. */
static void test_a_caller_may_stop_it(void **state)
{
    (void)state;
    int calls = 0;
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *tasks = NULL, *schedule = NULL;
    static const char *const names[] = { "optimistic", "likely", "pessimistic" };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "task", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    for (int i = 0; i < 3; i++)
        assert_ok(campaign_table_builder_add_column(builder, names[i], CAMPAIGN_TYPE_INT64, NULL, &error), error);
    for (int i = 0; i < 4; i++) {
        const char name = (char)('a' + i);
        assert_ok(campaign_table_builder_append_text(builder, 0, &name, 1, &error), error);
        for (int k = 1; k <= 3; k++)
            assert_ok(campaign_table_builder_append_int64(builder, k, k * (i + 1), &error), error);
    }
    assert_ok(campaign_table_builder_finish(&tasks, builder, &error), error);
    campaign_table_builder_free(builder);
    campaign_schedule_inputs inputs = CAMPAIGN_SCHEDULE_INPUTS_INIT;
    campaign_schedule_options options = CAMPAIGN_SCHEDULE_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    inputs.tasks = tasks, options.has_start = 1, options.start_day = MONDAY, options.n_samples = 1000000;
    runtime.progress = stop, runtime.ctx = &calls;
    assert_int_equal(campaign_schedule_tasks(&schedule, NULL, &inputs, &options, &runtime, &error),
                     CAMPAIGN_E_CANCELLED);
    assert_int_equal(calls, 1);
    assert_null(schedule);
    campaign_table_free(tasks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_owners_have_calendars_of_their_own),
        cmocka_unit_test(test_what_has_happened_moves_the_end),
        cmocka_unit_test(test_a_circle_is_told_by_both),
        cmocka_unit_test(test_a_caller_may_stop_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
