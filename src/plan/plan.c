/* The handle of a plan: its tables by name, and its end. */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "plan/plan.h"

campaign_status cpn_plan_skipped_empty(campaign_table **table, campaign_error *error)
{
    static const cpn_column_schema schema[] = {
        { "row", CAMPAIGN_TYPE_INT64, NULL, NULL },  { "column", CAMPAIGN_TYPE_UTF8, NULL, NULL },
        { "code", CAMPAIGN_TYPE_UTF8, NULL, NULL },  { "kind", CAMPAIGN_TYPE_UTF8, NULL, NULL },
        { "value", CAMPAIGN_TYPE_UTF8, NULL, NULL }, { "message", CAMPAIGN_TYPE_UTF8, NULL, NULL },
    };
    cpn_out out;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    return cpn_out_close(table, &out, error);
}

static campaign_status share(campaign_table **table, const campaign_table *source, campaign_error *error)
{
    return campaign_table_slice(table, source, 0, campaign_table_n_rows(source), error);
}

const char *campaign_plan_table_name(int32_t index)
{
    if (index < 0 || index > CPN_PLAN_N_TABLES) return NULL;
    return index < CPN_PLAN_N_TABLES ? cpn_plan_table_names[index] : "skipped";
}

campaign_status campaign_plan_table(campaign_table **table, const campaign_plan *plan, const char *name,
                                    campaign_error *error)
{
    const char *names[CPN_PLAN_N_TABLES + 1];
    if (table) *table = NULL;
    if (!table || !plan || !name)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "table", "table, plan and name are required");
    for (int32_t i = 0; i < CPN_PLAN_N_TABLES; i++)
        if (strcmp(name, cpn_plan_table_names[i]) == 0) return share(table, plan->tables[i], error);
    for (int32_t i = 0; i <= CPN_PLAN_N_TABLES; i++) names[i] = campaign_plan_table_name(i);
    if (strcmp(name, "skipped") == 0) return share(table, plan->skipped, error);
    const int64_t nearest = cpn_nearest_name(name, strlen(name), names, CPN_PLAN_N_TABLES + 1);
    if (nearest < 0) return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "name", "a plan has no table \"%.60s\"", name);
    return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "name", "a plan has no table \"%.60s\"; did you mean \"%s\"?", name,
                    names[nearest]);
}

campaign_status campaign_plan_kpi(campaign_kpi_plan *out, const campaign_plan *plan, campaign_error *error)
{
    if (!out || !plan) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "out", "out and plan are required");
    if (out->size < sizeof *out)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "out.size", "size is %u, at least %u is expected",
                        (unsigned)out->size, (unsigned)sizeof *out);
    const uint32_t size = out->size;
    memset(out, 0, sizeof *out);
    out->size = size;
    out->targets = plan->tables[CPN_PLAN_TARGETS];
    out->phases = plan->tables[CPN_PLAN_PHASES];
    out->campaigns = plan->tables[CPN_PLAN_CAMPAIGNS];
    out->budget = plan->tables[CPN_PLAN_BUDGET];
    out->metrics = plan->tables[CPN_PLAN_METRICS];
    out->curve = plan->tables[CPN_PLAN_CURVE];
    return CAMPAIGN_OK;
}

void campaign_plan_free(campaign_plan *plan)
{
    if (!plan) return;
    for (int32_t i = 0; i < CPN_PLAN_N_TABLES; i++) campaign_table_free(plan->tables[i]);
    campaign_table_free(plan->skipped);
    cpn_plan_request_free(&plan->request);
    cpn_free(plan);
}
