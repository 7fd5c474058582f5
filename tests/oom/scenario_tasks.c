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

const oom_scenario oom_scenarios[] = {
    { "list of tasks", list_tasks },
    { "tasks in a circle", refuse_circle },
    { "built-in templates", write_templates },
    { "plan with tasks", plan_tasks },
    { NULL, NULL },
};
