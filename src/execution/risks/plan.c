/* What the plan adds to the state: its campaigns with their phase today, targets of metrics, tasks of its own. */
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "execution/risks/risk.h"

#define UTF8 CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8)
#define DAY  CPN_TYPE_BIT(CAMPAIGN_TYPE_DATE)

static int compare_campaigns(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    return cpn_risk_compare_text(((const cpn_risk_campaign *)a)->id, ((const cpn_risk_campaign *)b)->id);
}

static cpn_risk_campaign *find_campaign(const cpn_risk_book *book, cpn_risk_text id)
{
    int64_t low = 0, high = book->n_campaigns;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const int order = cpn_risk_compare_text(book->campaigns[middle].id, id);
        if (order == 0) return &book->campaigns[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static campaign_status read_campaigns(cpn_risk_book *book, const campaign_table *table, campaign_error *error)
{
    campaign_column id, start, end;
    campaign_status status = cpn_need_column(&id, table, "plan.campaigns", NULL, "campaign", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&start, table, "plan.campaigns", NULL, "start", DAY, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&end, table, "plan.campaigns", NULL, "end", DAY, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t n = campaign_table_n_rows(table);
    book->campaigns = cpn_alloc_zero(n, sizeof *book->campaigns);
    if (!book->campaigns) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < n; row++) {
        cpn_risk_campaign *campaign = &book->campaigns[row];
        campaign->id = cpn_risk_cell(&id, row);
        campaign->start_day = (int32_t)cpn_cell_int64(&start, row);
        campaign->end_day = (int32_t)cpn_cell_int64(&end, row);
        const char *phase = book->today < campaign->start_day ? "before" : "after";
        campaign->phase = (cpn_risk_text){ phase, strlen(phase) };
    }
    book->n_campaigns = n;
    return cpn_sort(book->campaigns, n, sizeof *book->campaigns, compare_campaigns, NULL) ? CAMPAIGN_OK
                                                                                          : cpn_fail_nomem(error);
}

/* The phase that holds today; the phases' own table knows them all, feedback included. */
static campaign_status read_phases(cpn_risk_book *book, const campaign_table *table, campaign_error *error)
{
    campaign_column id, phase, start, end;
    campaign_status status = cpn_need_column(&id, table, "plan.phases", NULL, "campaign", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&phase, table, "plan.phases", NULL, "phase", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&start, table, "plan.phases", NULL, "start", DAY, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&end, table, "plan.phases", NULL, "end", DAY, error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < campaign_table_n_rows(table); row++) {
        cpn_risk_campaign *campaign = find_campaign(book, cpn_risk_cell(&id, row));
        if (campaign && cpn_cell_int64(&start, row) <= book->today && book->today < cpn_cell_int64(&end, row))
            campaign->phase = cpn_risk_cell(&phase, row);
    }
    return status;
}

static campaign_status read_targets(cpn_risk_book *book, const cpn_playbook *playbook, const campaign_table *table,
                                    campaign_error *error)
{
    const cpn_risk_names *names = &playbook->names;
    campaign_column metric, target;
    campaign_status status = cpn_need_column(&metric, table, "plan.metrics", NULL, "metric", UTF8, error);
    if (status == CAMPAIGN_OK)
        status =
            cpn_need_column(&target, table, "plan.metrics", NULL, "target", CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64), error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < campaign_table_n_rows(table); row++) {
        const cpn_risk_text name = cpn_risk_cell(&metric, row);
        const int32_t found = name.text ? cpn_risk_find_metric(names, name.text, name.length) : -1;
        if (found < 0 || names->metrics[found].grows || cpn_is_null(&target, row)) continue;
        book->plan_targets[found] = ((const double *)target.values)[row];
        book->has_plan_target[found] = true;
    }
    return status;
}

/* The tasks of a plan that has any. */
static campaign_status read_tasks(cpn_risk_book *book, const campaign_plan *plan, campaign_error *error)
{
    if (book->has_table[CPN_RISK_TASK]) return CAMPAIGN_OK;
    campaign_status status = campaign_plan_table(&book->owned[3], plan, "tasks", NULL);
    if (status == CAMPAIGN_E_UNKNOWN) return CAMPAIGN_OK;
    if (status != CAMPAIGN_OK) return cpn_fail_nomem(error);
    if (campaign_table_n_rows(book->owned[3]) == 0) return CAMPAIGN_OK;
    return cpn_risk_read_things(book, CPN_RISK_TASK, book->owned[3], error);
}

campaign_status cpn_risk_read_plan(cpn_risk_book *book, const cpn_playbook *playbook, const campaign_plan *plan,
                                   campaign_error *error)
{
    static const char *const names[] = { "campaigns", "phases", "metrics" };
    const int64_t n = playbook->names.n_metrics;
    campaign_status status = CAMPAIGN_OK;
    book->plan_targets = cpn_alloc_zero(n, sizeof *book->plan_targets);
    book->has_plan_target = cpn_alloc_zero(n, sizeof *book->has_plan_target);
    if (!book->plan_targets || !book->has_plan_target) return cpn_fail_nomem(error);
    book->has_plan = plan != NULL;
    if (!plan) return CAMPAIGN_OK;
    for (int i = 0; i < 3 && status == CAMPAIGN_OK; i++)
        status = campaign_plan_table(&book->owned[i], plan, names[i], error);
    if (status == CAMPAIGN_OK) status = read_campaigns(book, book->owned[0], error);
    if (status == CAMPAIGN_OK) status = read_phases(book, book->owned[1], error);
    if (status == CAMPAIGN_OK) status = read_targets(book, playbook, book->owned[2], error);
    return status == CAMPAIGN_OK ? read_tasks(book, plan, error) : status;
}
