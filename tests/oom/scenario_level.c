/* Levelling under failing allocations: owners, needs, days with less, hours beside days, a network without a calendar. */
#include "oom.h"

#include <campaign/schedule_level.h>
#include <string.h>

typedef struct cell_column {
    const char *name;
    int32_t type;
} cell_column;

/* A table of texts, row by row; a column of numbers takes the length of its text, "" = null. */
static campaign_status make_table(campaign_table **table, const cell_column *columns, int32_t n_columns,
                                  const char *const *cells, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < n_columns && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, columns[i].name, columns[i].type, NULL, error);
    for (int32_t at = 0; cells[at] && status == CAMPAIGN_OK; at++) {
        const int32_t i = at % n_columns;
        const size_t length = strlen(cells[at]);
        if (length == 0)
            status = campaign_table_builder_append_null(builder, i, error);
        else if (columns[i].type == CAMPAIGN_TYPE_UTF8)
            status = campaign_table_builder_append_text(builder, i, cells[at], length, error);
        else
            status = campaign_table_builder_append_int64(builder, i, (int64_t)length, error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static const cell_column task_columns[] = { { "task", CAMPAIGN_TYPE_UTF8 },
                                            { "duration", CAMPAIGN_TYPE_INT64 },
                                            { "owner", CAMPAIGN_TYPE_UTF8 },
                                            { "after", CAMPAIGN_TYPE_UTF8 },
                                            { "unit", CAMPAIGN_TYPE_UTF8 } };
static const char *const days[] = { "a",       "##",  "Li", "",     "",     "b", "###", "Li", "a SS+1",
                                    "",        "c",   "##", "Wang", "",     "",  "d",   "#",  "",
                                    "b; c FF", "day", "e",  "####", "Wang", "",  "",    NULL };
static const char *const hours[] = { "a", "##", "Li", "", "hour", "b", "#", "Li", "a", "", NULL };
static const char *const units[] = { "a", "##", "", "", "", "b", "###", "", "", "", "c", "##", "", "", "", NULL };

static const cell_column need_columns[] = { { "task", CAMPAIGN_TYPE_UTF8 },
                                            { "resource", CAMPAIGN_TYPE_UTF8 },
                                            { "units", CAMPAIGN_TYPE_INT64 } };
static const char *const needs[] = { "a", "van", "#", "b", "van", "##", "c", "van", "#", NULL };

static const cell_column resource_columns[] = { { "resource", CAMPAIGN_TYPE_UTF8 },
                                                { "units", CAMPAIGN_TYPE_INT64 },
                                                { "date", CAMPAIGN_TYPE_DATE } };
static const char *const two[] = { "van", "##", "", "van", "#", "##", NULL };
static const char *const plain[] = { "van", "##", "", NULL };

/* Tasks, needs and resources, each where given. */
static campaign_status run(const char *const *tasks, const char *const *wanted, const char *const *there,
                           bool is_abstract, campaign_error *error)
{
    campaign_table *tables[3] = { NULL }, *schedule = NULL;
    campaign_schedule_level_report report = CAMPAIGN_SCHEDULE_LEVEL_REPORT_INIT;
    campaign_schedule_level_inputs inputs = CAMPAIGN_SCHEDULE_LEVEL_INPUTS_INIT;
    campaign_schedule_level_options options = CAMPAIGN_SCHEDULE_LEVEL_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.n_threads = 1; /* a thread that cannot be had is no error, and so no failure */
    options.n_schedules = 60;
    options.n_nodes = 200;
    options.is_abstract = is_abstract;
    options.has_start = !is_abstract;
    campaign_status status = make_table(&tables[0], task_columns, 5, tasks, error);
    if (status == CAMPAIGN_OK && wanted) status = make_table(&tables[1], need_columns, 3, wanted, error);
    if (status == CAMPAIGN_OK && there) status = make_table(&tables[2], resource_columns, 3, there, error);
    if (status == CAMPAIGN_OK) {
        inputs.tasks = tables[0], inputs.needs = tables[1], inputs.resources = tables[2];
        status = campaign_schedule_level(&schedule, &report, &inputs, &options, &runtime, error);
        expect_empty(status, schedule, "schedule");
        expect_empty(status, report.summary, "report.summary");
        expect_empty(status, report.usage, "report.usage");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_table_free(schedule);
    campaign_schedule_level_report_clear(&report);
    for (int32_t i = 0; i < 3; i++) campaign_table_free(tables[i]);
    return status;
}

static campaign_status by_days(campaign_error *error)
{
    return run(days, needs, two, false, error);
}

static campaign_status by_hours(campaign_error *error)
{
    return run(hours, NULL, NULL, false, error);
}

static campaign_status by_units(campaign_error *error)
{
    return run(units, needs, plain, true, error);
}

const oom_scenario oom_scenarios[] = {
    { "days", by_days },
    { "hours", by_hours },
    { "units", by_units },
    { NULL, NULL },
};
