/* Tasks of campaigns under failing allocations: the list of a document, a plan with tasks, and refusals. */
#include "oom.h"

#include <campaign/plan_tasks.h>
#include <string.h>

static const char document[] =
    "{\"schema\":\"campaign/task_templates/1\",\"templates\":[{\"id\":\"materials\",\"duration\":3},"
    "{\"id\":\"rehearsal\",\"after\":\"training SS+1; materials\",\"offset\":1}]}";
static const char circle[] = "{\"schema\":\"campaign/task_templates/1\",\"templates\":[{\"id\":\"a\",\"after\":\"b\"},"
                             "{\"id\":\"b\",\"after\":\"a\"}]}";

static campaign_status list_tasks(campaign_error *error)
{
    campaign_table *tasks = NULL;
    const campaign_status status = campaign_plan_task_list(&tasks, document, sizeof document - 1, "zh", error);
    expect_empty(status, tasks, "tasks");
    campaign_table_free(tasks);
    return status;
}

static campaign_status refuse_circle(campaign_error *error)
{
    campaign_table *tasks = NULL;
    const campaign_status status = campaign_plan_task_list(&tasks, circle, sizeof circle - 1, NULL, error);
    expect_empty(status, tasks, "tasks");
    return status == CAMPAIGN_E_INFEASIBLE ? CAMPAIGN_OK : status;
}

static campaign_status write_templates(campaign_error *error)
{
    char *json = NULL;
    const campaign_status status = campaign_plan_task_templates(&json, NULL, "en", error);
    expect_empty(status, json, "json");
    campaign_text_free(json);
    return status;
}

static campaign_status plan_tasks(campaign_error *error)
{
    static const char request[] =
        "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\",\"year\":2026,\"target\":{\"amount\":365},"
        "\"split\":[],\"campaigns\":{\"tiers\":[],\"themes\":[],\"forced\":[\"d618\"],\"deadlines\":[{\"id\":\"tax\","
        "\"working_days\":4}]},\"tasks\":{\"as_of\":\"2026-06-01\",\"owners\":{\"tech\":\"Li\"}}}";
    campaign_plan *plan = NULL, *again = NULL;
    char *json = NULL;
    campaign_status status = campaign_plan_create(&plan, request, strlen(request), NULL, NULL, error);
    expect_empty(status, plan, "plan");
    if (status == CAMPAIGN_OK) status = campaign_plan_save(&json, NULL, plan, error);
    if (status == CAMPAIGN_OK) status = campaign_plan_load(&again, json, strlen(json), error);
    campaign_text_free(json);
    campaign_plan_free(again);
    campaign_plan_free(plan);
    return status;
}

static campaign_status repeat_and_complete(campaign_error *error)
{
    campaign_recurring_options options = CAMPAIGN_RECURRING_OPTIONS_INIT;
    campaign_task_completion_report report = CAMPAIGN_TASK_COMPLETION_REPORT_INIT;
    campaign_table *tasks = NULL;
    options.start_day = 20454;
    options.end_day = 20500;
    campaign_status status = campaign_plan_recurring(&tasks, NULL, &options, error);
    expect_empty(status, tasks, "tasks");
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_task_completion(&report, tasks, NULL, 20490, error);
        expect_empty(status, report.months, "report.months");
        expect_empty(status, report.totals, "report.totals");
        expect_empty(status, report.overdue, "report.overdue");
    }
    campaign_task_completion_report_clear(&report);
    campaign_table_free(tasks);
    return status;
}

/* One row of numbers under names; money where the type says so. */
static campaign_status make_row(campaign_table **table, const char *const *names, const int32_t *types, int32_t n,
                                campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < n && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, names[i], types[i],
                                                   types[i] == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, error);
    for (int32_t i = 0; i < n && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_append_int64(builder, i, 1, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status count_heads(campaign_error *error)
{
    enum { INT = CAMPAIGN_TYPE_INT64, MONEY = CAMPAIGN_TYPE_MONEY };
    static const char *const names[] = { "month", "target", "visits_a_day", "win_rate", "ticket", "working_days" };
    static const char *const days[] = { "month", "working_days" };
    static const int32_t types[] = { INT, MONEY, INT, INT, MONEY, INT };
    campaign_headcount_inputs inputs = CAMPAIGN_HEADCOUNT_INPUTS_INIT;
    campaign_table *all = NULL, *months = NULL, *people = NULL;
    campaign_status status = make_row(&all, names, types, 6, error);
    if (status == CAMPAIGN_OK) status = make_row(&months, days, (const int32_t[]){ INT, INT }, 2, error);
    inputs.targets = inputs.capacity = all;
    inputs.months = months;
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_headcount(&people, &inputs, "zh", error);
        expect_empty(status, people, "people");
    }
    campaign_table_free(people);
    campaign_table_free(months);
    campaign_table_free(all);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "list of tasks", list_tasks },
    { "tasks in a circle", refuse_circle },
    { "built-in templates", write_templates },
    { "plan with tasks", plan_tasks },
    { "recurring tasks and their completion", repeat_and_complete },
    { "head-count", count_heads },
    { NULL, NULL },
};
