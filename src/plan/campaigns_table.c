/* Writes campaigns and their phases as tables of the plan. */
#include "plan/rooms.h"

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
        cpn_out_string(&out, 10, cpn_plan_season_names[row->season]);
        cpn_out_string(&out, 11, cpn_plan_type_names[row->type]);
        cpn_out_string(&out, 12, cpn_plan_objective_names[row->objective]);
        cpn_out_int64(&out, 13, row->value_minor);
        cpn_out_string(&out, 14, cpn_plan_value_basis_names[row->value_basis]);
        cpn_out_int64(&out, 15, row->cost_minor);
        cpn_out_string(&out, 16, row->members);
    }
    return cpn_out_close(table, &out, error);
}

/* The window in which feedback is collected: whole days that hold its hours. It sells nothing of its own. */
static void write_feedback(cpn_out *out, const cpn_plan_campaign *campaign)
{
    char due[CPN_PLAN_MOMENT];
    const int32_t start = campaign->ends[CPN_PLAN_N_PHASES - 1];
    if (campaign->feedback_hours == 0) return;
    cpn_plan_write_moment(due, start, campaign->feedback_hours);
    cpn_out_string(out, 0, campaign->id);
    cpn_out_string(out, 1, "feedback");
    cpn_out_int64(out, 2, start);
    cpn_out_int64(out, 3, start + (campaign->feedback_hours + 23) / 24);
    cpn_out_int64(out, 4, 0);
    cpn_out_string(out, 5, due);
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
            cpn_out_null(&out, 5);
        }
        write_feedback(&out, row);
    }
    return cpn_out_close(table, &out, error);
}
