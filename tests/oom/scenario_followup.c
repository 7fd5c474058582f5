/* Follow-ups under failing allocations: corrections of every kind, all tables, and rows added. */
#include "oom.h"

#include <campaign/followup.h>
#include <string.h>

enum { N_NUMBERS = 4, N_TEXTS = 4, N_ROWS = 6 };
static const char *const numbers[N_NUMBERS] = { "record", "corrects", "time", "next_date" };
static const int32_t types[N_NUMBERS] = { CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_DATE,
                                          CAMPAIGN_TYPE_DATE };
static const int64_t cells[N_ROWS][N_NUMBERS] = { { 1, -1, 20759, 20762 }, { 2, -1, 20760, 20766 },
                                                  { 3, 1, 20759, 20763 },  { 4, 9, 20761, 20770 },
                                                  { 5, -1, 20761, 20761 }, { 6, 6, 20762, 20766 } };
static const char *const texts[N_TEXTS] = { "customer", "rep", "status", "feedback" };
static const char *const words[N_ROWS][N_TEXTS] = {
    { "A", "Li", "open", "objection" }, { "B", "Wu", "blocked", "interest" }, { "A", "Li", "open", "objection" },
    { "B", "Li", "open", "nonsense" },  { "C", "Wu", "done", "none" },        { "C", "Li", "open", "interest" },
};

static campaign_status add_row(campaign_table_builder *builder, int row, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int i = 0; i < N_NUMBERS && status == CAMPAIGN_OK; i++)
        status = cells[row][i] < 0 ? campaign_table_builder_append_null(builder, i, error)
                                   : campaign_table_builder_append_int64(builder, i, cells[row][i], error);
    for (int i = 0; i < N_TEXTS && status == CAMPAIGN_OK; i++)
        status =
            campaign_table_builder_append_text(builder, N_NUMBERS + i, words[row][i], strlen(words[row][i]), error);
    return status;
}

static campaign_status make_table(campaign_table **table, int first, int end, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int i = 0; i < N_NUMBERS && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, numbers[i], types[i], NULL, error);
    for (int i = 0; i < N_TEXTS && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, texts[i], CAMPAIGN_TYPE_UTF8, NULL, error);
    for (int row = first; row < end && status == CAMPAIGN_OK; row++) status = add_row(builder, row, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status checks(campaign_error *error)
{
    campaign_followups_inputs inputs = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_followups_options options = CAMPAIGN_FOLLOWUPS_OPTIONS_INIT;
    campaign_followups_report report = CAMPAIGN_FOLLOWUPS_REPORT_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_table *records = NULL;
    campaign_status status = make_table(&records, 0, N_ROWS, error);
    runtime.n_threads = 1; /* a thread that cannot be had is no error, and so no failure */
    options.n_daily = 1;
    if (status == CAMPAIGN_OK) {
        inputs.followups = inputs.contacts = inputs.customers = records;
        status = campaign_plan_followups(&report, &inputs, &options, &runtime, error);
        expect_empty(status, report.current, "report.current");
        expect_empty(status, report.checks, "report.checks");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_followups_report_clear(&report);
    campaign_table_free(records);
    return status;
}

static campaign_status adding(campaign_error *error)
{
    campaign_table *old = NULL, *rows = NULL, *all = NULL;
    campaign_status status = make_table(&old, 0, 2, error);
    if (status == CAMPAIGN_OK) status = make_table(&rows, 2, 3, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_append_followups(&all, old, rows, NULL, error);
        expect_empty(status, all, "all");
    }
    campaign_table_free(all);
    campaign_table_free(rows);
    campaign_table_free(old);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "checks of follow-ups", checks },
    { "rows added to follow-ups", adding },
    { NULL, NULL },
};
