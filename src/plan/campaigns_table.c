/* Writes campaigns and their phases as tables of the plan. */
#include "plan/campaigns.h"

campaign_status cpn_plan_campaigns_table(campaign_table **table, const cpn_plan_campaigns *campaigns,
                                         const cpn_plan_request *request, campaign_error *error)
{
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_CAMPAIGNS, request);
    for (int64_t i = 0; i < campaigns->n; i++) {
        const cpn_plan_campaign *row = &campaigns->rows[i];
        cpn_out_string(&out, 0, row->id);
        cpn_out_string(&out, 1, row->node);
        cpn_out_string(&out, 2, row->name);
        cpn_out_string(&out, 3, row->tier);
        cpn_out_string(&out, 4, row->theme);
        cpn_out_int64(&out, 5, row->day);
        cpn_out_int64(&out, 6, row->starts[0]);
        cpn_out_int64(&out, 7, row->ends[CPN_PLAN_N_PHASES - 1]);
        cpn_out_int64(&out, 8, row->minor);
        cpn_out_string(&out, 9, row->certainty);
    }
    return cpn_out_close(table, &out, error);
}

campaign_status cpn_plan_phases_table(campaign_table **table, const cpn_plan_campaigns *campaigns,
                                      const cpn_plan_request *request, campaign_error *error)
{
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_PHASES, request);
    for (int64_t i = 0; i < campaigns->n; i++) {
        const cpn_plan_campaign *row = &campaigns->rows[i];
        for (int32_t phase = 0; phase < CPN_PLAN_N_PHASES; phase++) {
            if (row->starts[phase] >= row->ends[phase]) continue;
            cpn_out_string(&out, 0, row->id);
            cpn_out_string(&out, 1, cpn_plan_phase_names[phase]);
            cpn_out_int64(&out, 2, row->starts[phase]);
            cpn_out_int64(&out, 3, row->ends[phase]);
            cpn_out_int64(&out, 4, row->phase_minor[phase]);
        }
    }
    return cpn_out_close(table, &out, error);
}
