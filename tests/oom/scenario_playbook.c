/* Risks under failing allocations: the built-in playbook and one with its own metrics, every table, sentences in both
 * languages. */
#include "oom.h"

#include <campaign/playbook.h>
#include <string.h>

/* A table of two text columns and two of numbers, row by row. */
static campaign_status make_table(campaign_table **table, const char *const *columns, int32_t type,
                                  const char *const *cells, int32_t n_cells, campaign_error *error)
{
    const int32_t n = 4;
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < n && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, columns[i], i < n / 2 ? CAMPAIGN_TYPE_UTF8 : type,
                                                   type == CAMPAIGN_TYPE_MONEY && i >= n / 2 ? "CNY" : NULL, error);
    for (int32_t at = 0; at < n_cells && status == CAMPAIGN_OK; at++) {
        const int32_t i = at % n;
        const char *cell = cells[at];
        if (!cell)
            status = campaign_table_builder_append_null(builder, i, error);
        else if (i < n / 2)
            status = campaign_table_builder_append_text(builder, i, cell, strlen(cell), error);
        else if (type == CAMPAIGN_TYPE_FLOAT64)
            status = campaign_table_builder_append_float64(builder, i, cell[0] - '0', error);
        else
            status = campaign_table_builder_append_int64(builder, i, cell[0] - '0', error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status make_tables(campaign_table *tables[3], campaign_error *error)
{
    static const char *const state_columns[] = { "metric", "channel", "value", "target" };
    static const char *const state_cells[] = { "cpa",    "feed", "9", "3", "complaints_open", NULL, "1",  NULL,
                                               "unseen", NULL,   "5", "2", "staff",           NULL, NULL, "3" };
    static const char *const stock_columns[] = { "sku", "channel", "on_hand", "safety" };
    static const char *const stock_cells[] = { "gift", NULL, "2", "5", "tea", "feed", "1", NULL };
    static const char *const budget_columns[] = { "item", "campaign", "planned", "actual" };
    static const char *const budget_cells[] = { "ads", "d618", "3", "9" };
    campaign_status status = make_table(&tables[0], state_columns, CAMPAIGN_TYPE_FLOAT64, state_cells, 16, error);
    if (status == CAMPAIGN_OK)
        status = make_table(&tables[1], stock_columns, CAMPAIGN_TYPE_INT64, stock_cells, 8, error);
    if (status == CAMPAIGN_OK)
        status = make_table(&tables[2], budget_columns, CAMPAIGN_TYPE_MONEY, budget_cells, 4, error);
    return status;
}

static const char own[] =
    "{\"schema\": \"campaign/playbook/1\", \"metrics\": [{\"id\": \"unseen\", \"unit\": \"count\"}], \"entries\": "
    "[{\"id\": "
    "\"a\", \"when\": \"unseen > 2 and not (cpa < 1 or today < 2020-01-01)\", \"owner\": \"me\", \"within\": \"2 "
    "working "
    "days\", \"action_en\": \"do {unseen} of {unseen.target}\", \"action_zh\": \"做 {unseen}\"}]}";

static campaign_status run(const char *playbook, const char *language, campaign_error *error)
{
    campaign_table *tables[3] = { NULL }, *risks = NULL;
    campaign_risks_inputs inputs = CAMPAIGN_RISKS_INPUTS_INIT;
    campaign_risks_options options = CAMPAIGN_RISKS_OPTIONS_INIT;
    campaign_risks_report report = CAMPAIGN_RISKS_REPORT_INIT;
    campaign_status status = make_tables(tables, error);
    if (status == CAMPAIGN_OK) {
        inputs.state = tables[0], inputs.stock = tables[1], inputs.budget = tables[2];
        options.as_of = "2031-02-01T08:00";
        options.language = language;
        options.playbook = playbook;
        options.playbook_length = playbook ? (int64_t)strlen(playbook) : 0;
        status = campaign_plan_risks(&risks, &report, NULL, &inputs, &options, NULL, error);
        expect_empty(status, risks, "risks");
        expect_empty(status, report.unjudged, "report.unjudged");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_table_free(risks);
    campaign_risks_report_clear(&report);
    for (int i = 0; i < 3; i++) campaign_table_free(tables[i]);
    return status;
}

static campaign_status risks_built_in(campaign_error *error)
{
    return run(NULL, "zh", error);
}

static campaign_status risks_own(campaign_error *error)
{
    return run(own, "en", error);
}

static campaign_status conflicts(campaign_error *error)
{
    static const char *const columns[] = { "item", "group", "planned", "actual" };
    static const char *const cells[] = { "ads", "web", "3", "9", "feed", NULL, "3", "1", "print", "web", "5", "5" };
    static const char *const asked_columns[] = { "role", "kind", "limit", "x" };
    static const char *const asked_cells[] = { "lead", "purchase", "5", "0", "boss", "purchase", "9", "0" };
    campaign_table *budget = NULL, *limits = NULL, *found = NULL, *decisions = NULL;
    campaign_conflicts_inputs inputs = CAMPAIGN_CONFLICTS_INPUTS_INIT;
    campaign_conflicts_report report = CAMPAIGN_CONFLICTS_REPORT_INIT;
    campaign_approvals_inputs asked = CAMPAIGN_APPROVALS_INPUTS_INIT;
    campaign_approvals_report about = CAMPAIGN_APPROVALS_REPORT_INIT;
    campaign_status status = make_table(&budget, columns, CAMPAIGN_TYPE_MONEY, cells, 12, error);
    if (status == CAMPAIGN_OK) status = make_table(&limits, asked_columns, CAMPAIGN_TYPE_MONEY, asked_cells, 8, error);
    inputs.budget = asked.budget = budget, asked.limits = limits;
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_conflicts(&found, &report, NULL, &inputs, NULL, NULL, error);
        expect_empty(status, found, "conflicts");
    }
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_approvals(&decisions, &about, &asked, NULL, error);
        expect_empty(status, decisions, "decisions");
    }
    campaign_table_free(found);
    campaign_table_free(decisions);
    campaign_conflicts_report_clear(&report);
    campaign_approvals_report_clear(&about);
    campaign_table_free(budget);
    campaign_table_free(limits);
    return status;
}

static campaign_status built_in_document(campaign_error *error)
{
    char *json = NULL;
    const campaign_status status = campaign_plan_playbook(&json, NULL, NULL, error);
    expect_empty(status, json, "json");
    campaign_text_free(json);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "risks by the built-in playbook", risks_built_in },
    { "risks by a playbook of one's own", risks_own },
    { "the built-in playbook", built_in_document },
    { "conflicts and approvals", conflicts },
    { NULL, NULL },
};
