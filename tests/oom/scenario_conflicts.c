/* Conflicts of every kind between windows, and approvals with a purchase in parts, under failing allocations; sentences in
 * Chinese. */
#include "oom.h"

#include <campaign/playbook.h>
#include <string.h>

enum { N_TEXTS = 4, AMOUNT = N_TEXTS, FIRST_DAY, SECOND_DAY, N_COLUMNS };

/* Texts, an amount and two days; columns without a name are left out. */
typedef struct table_row {
    const char *texts[N_TEXTS];
    int64_t numbers[N_COLUMNS - N_TEXTS];
} table_row;

static campaign_status add_cell(campaign_table_builder *builder, int32_t column, int of, const table_row *row,
                                campaign_error *error)
{
    if (of >= N_TEXTS) return campaign_table_builder_append_int64(builder, column, row->numbers[of - N_TEXTS], error);
    const char *text = row->texts[of];
    return text ? campaign_table_builder_append_text(builder, column, text, strlen(text), error)
                : campaign_table_builder_append_null(builder, column, error);
}

static campaign_status make_table(campaign_table **table, const char *const names[N_COLUMNS], int32_t amount_type,
                                  const table_row *rows, int n, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int i = 0; i < N_COLUMNS && status == CAMPAIGN_OK; i++) {
        const int32_t type = i < N_TEXTS ? CAMPAIGN_TYPE_UTF8 : i == AMOUNT ? amount_type : CAMPAIGN_TYPE_DATE;
        if (names[i])
            status = campaign_table_builder_add_column(builder, names[i], type,
                                                       type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, error);
    }
    for (int row = 0; row < n; row++)
        for (int i = 0, column = 0; i < N_COLUMNS && status == CAMPAIGN_OK; i++)
            if (names[i]) status = add_cell(builder, column++, i, &rows[row], error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

typedef struct given_table {
    const char *names[N_COLUMNS];
    int32_t amount_type;
    int n;
    table_row rows[3];
} given_table;

enum { N_GIVEN = 6 };
static const given_table given[N_GIVEN] = {
    { { "campaign", "channel", NULL, NULL, NULL, "start", "end" },
      0,
      3,
      { { { "a", "x" }, { 0, 20600, 20610 } },
        { { "b" }, { 0, 20605, 20615 } },
        { { "b", "x" }, { 0, 20600, 20602 } } } },
    { { "item", "campaign" }, 0, 2, { { { "tea", "a" }, { 0 } }, { { "tea", "b" }, { 0 } } } },
    { { "sku", "channel", NULL, NULL, "price", "start", "end" },
      CAMPAIGN_TYPE_MONEY,
      2,
      { { { "tea", "x" }, { 900, 20600, 20610 } }, { { "tea", "y" }, { 700, 20605, 20615 } } } },
    { { "partner", "region", "customer_group", NULL, NULL, "start", "end" },
      0,
      2,
      { { { "p", "East" }, { 0, 20600, 20610 } }, { { "q", "East", "schools" }, { 0, 20605, 20615 } } } },
    { { "promise", "sku", NULL, NULL, "quantity", "start", "end" },
      CAMPAIGN_TYPE_INT64,
      2,
      { { { "a", "gift" }, { 60, 20600, 20610 } }, { { "b", "gift" }, { 50, 20605, 20615 } } } },
    { { "sku", NULL, NULL, NULL, "quantity" }, CAMPAIGN_TYPE_INT64, 1, { { { "gift" }, { 100 } } } },
};

static campaign_status conflicts(campaign_error *error)
{
    campaign_table *tables[N_GIVEN] = { NULL }, *found = NULL;
    campaign_conflicts_inputs inputs = CAMPAIGN_CONFLICTS_INPUTS_INIT;
    campaign_conflicts_options options = CAMPAIGN_CONFLICTS_OPTIONS_INIT;
    campaign_conflicts_report report = CAMPAIGN_CONFLICTS_REPORT_INIT;
    campaign_status status = CAMPAIGN_OK;
    for (int i = 0; i < N_GIVEN && status == CAMPAIGN_OK; i++)
        status = make_table(&tables[i], given[i].names, given[i].amount_type, given[i].rows, given[i].n, error);
    inputs.campaigns = tables[0], inputs.items = tables[1], inputs.prices = tables[2], inputs.territories = tables[3];
    inputs.promises = tables[4], inputs.supply = tables[5];
    options.language = "zh";
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_conflicts(&found, &report, NULL, &inputs, &options, NULL, error);
        expect_empty(status, found, "conflicts");
        expect_empty(status, report.counts, "report.counts");
        if (status == CAMPAIGN_OK) oom_expect(campaign_table_n_rows(report.counts) == 5, "five kinds of conflicts");
    }
    campaign_table_free(found);
    campaign_conflicts_report_clear(&report);
    for (int i = 0; i < N_GIVEN; i++) campaign_table_free(tables[i]);
    return status;
}

static campaign_status approvals(campaign_error *error)
{
    static const char *const limit_names[N_COLUMNS] = { "role", "kind", NULL, NULL, "limit" };
    static const table_row limit_rows[] = { { { "lead", "purchase" }, { 500 } }, { { "boss", "purchase" }, { 900 } } };
    static const char *const names[N_COLUMNS] = { "request", "role", "kind", "supplier", "amount", "date" };
    static const table_row rows[] = { { { "r1", "lead", "purchase", "x" }, { 400, 20600 } },
                                      { { "r2", "lead", "purchase", "x" }, { 300, 20601 } },
                                      { { "r3", "lead", "purchase", "y" }, { 800, 20602 } },
                                      { { "r4", "boss", "purchase", "y" }, { 999, 20602 } } };
    static const char *const budget_names[N_COLUMNS] = { "item", "group", NULL, NULL, "planned" };
    static const table_row budget_rows[] = { { { "ads", "web" }, { 900 } }, { { "print" }, { 100 } } };
    campaign_table *limits = NULL, *asked = NULL, *budget = NULL, *decisions = NULL;
    campaign_approvals_inputs inputs = CAMPAIGN_APPROVALS_INPUTS_INIT;
    campaign_approvals_options options = CAMPAIGN_APPROVALS_OPTIONS_INIT;
    campaign_approvals_report report = CAMPAIGN_APPROVALS_REPORT_INIT;
    campaign_status status = make_table(&limits, limit_names, CAMPAIGN_TYPE_MONEY, limit_rows, 2, error);
    if (status == CAMPAIGN_OK) status = make_table(&asked, names, CAMPAIGN_TYPE_MONEY, rows, 4, error);
    if (status == CAMPAIGN_OK) status = make_table(&budget, budget_names, CAMPAIGN_TYPE_MONEY, budget_rows, 2, error);
    inputs.limits = limits, inputs.requests = asked, inputs.budget = budget;
    options.language = "zh";
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_approvals(&decisions, &report, &inputs, &options, error);
        expect_empty(status, decisions, "decisions");
        expect_empty(status, report.splits, "report.splits");
        expect_empty(status, report.groups, "report.groups");
        if (status == CAMPAIGN_OK)
            oom_expect(report.n_splits == 1 && report.n_goes_up == 2, "parts and requests that go up");
    }
    campaign_table_free(decisions);
    campaign_approvals_report_clear(&report);
    campaign_table_free(budget);
    campaign_table_free(asked);
    campaign_table_free(limits);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "conflicts of windows", conflicts },
    { "approvals", approvals },
    { NULL, NULL },
};
