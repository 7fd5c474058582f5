/* campaign tasks headcount TARGETS.csv: how many people targets need, and when they must be hired. */
#include <campaign/plan_tasks.h>
#include <stdio.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const role target_roles[] = {
    { "month", "月", NULL, ROLE_COUNT },
    { "target", "目标", NULL, ROLE_MONEY },
    { "market", "区域", NULL, ROLE_TEXT },
};
static const role capacity_roles[] = {
    { "market", "区域", NULL, ROLE_TEXT },      { "visits_a_day", "日均拜访", NULL, ROLE_NUMBER },
    { "win_rate", "成交率", NULL, ROLE_FLOAT }, { "ticket", "客单价", NULL, ROLE_MONEY },
    { "have", "现有人数", NULL, ROLE_COUNT },   { "share", "占比", NULL, ROLE_FLOAT },
};
static const role month_roles[] = {
    { "month", "月", NULL, ROLE_COUNT },
    { "working_days", "工作日", NULL, ROLE_NUMBER },
};
static const role ramp_roles[] = {
    { "month", "月", NULL, ROLE_COUNT },
    { "share", "占比", NULL, ROLE_FLOAT },
};

#define INPUT(name) offsetof(campaign_headcount_inputs, name)
static const job_table tables[] = {
    { "targets", INPUT(targets), target_roles, N_OF(target_roles), "month target", true },
    { "capacity", INPUT(capacity), capacity_roles, N_OF(capacity_roles), "visits_a_day win_rate ticket", true },
    { "months", INPUT(months), month_roles, N_OF(month_roles), "month working_days", true },
    { "ramp", INPUT(ramp), ramp_roles, N_OF(ramp_roles), "month share", false },
};
static const job_kind kind = { "tasks headcount", "TARGETS.csv", tables, NULL, N_OF(tables), 0, true, ROLE_NUMBER };

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column rows[] = {
        { "market", "market", "区域", CELL_AS_IS },     { "month", "month", "月", CELL_AS_IS },
        { "target", "target", "目标", CELL_AS_IS },     { "capacity", "one sells", "人均产能", CELL_AS_IS },
        { "needed", "needed", "需要", CELL_AS_IS },     { "have", "there", "现有", CELL_AS_IS },
        { "hire", "hire", "招聘", CELL_AS_IS },         { "hire_month", "in month", "入职月", CELL_AS_IS },
        { "is_late", "too late", "来不及", CELL_WORD },
    };
    const bool zh = is_chinese(given);
    show_columns(&(shown_table){ answer->tables[0], rows, N_OF(rows), NULL, shown_rows(given), zh });
}

static bool has_late(const campaign_table *people)
{
    bool is_found = false;
    for (int64_t row = 0; row < campaign_table_n_rows(people) && !is_found; row++)
        is_found = cell_is(people, "is_late", row, "true");
    return is_found;
}

int tasks_headcount(arguments *given)
{
    static const char *const names[] = { "people" };
    campaign_headcount_inputs inputs = CAMPAIGN_HEADCOUNT_INPUTS_INIT;
    campaign_table *people = NULL;
    campaign_error error;
    table_job job;
    int code = open_table_job(&job, &kind, &inputs, NULL, given);
    if (code == EXIT_DONE && campaign_plan_headcount(&people, &inputs, language_of(given), &error) != CAMPAIGN_OK)
        code = report_job_error(&job, &error);
    const campaign_table *const found[] = { people };
    if (code == EXIT_DONE) code = hand_over_answer(&(job_answer){ names, found, 1, show, NULL }, given);
    if (code == EXIT_DONE && has_late(people)) code = EXIT_FINDINGS;
    campaign_table_free(people);
    close_table_job(&job);
    return code;
}
