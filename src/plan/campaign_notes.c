/* What is to be said of the campaigns: overlaps, days outside the plan, preheats of the next year, provisional days. */
#include "plan/campaigns.h"

campaign_status cpn_plan_note_overlaps(cpn_plan_notes *notes, const cpn_plan_campaigns *campaigns,
                                       campaign_error *error)
{
    for (int64_t i = 0; i < campaigns->n; i++) {
        for (int64_t j = i + 1; j < campaigns->n; j++) {
            const cpn_plan_campaign *a = &campaigns->rows[i], *b = &campaigns->rows[j];
            const int32_t first = a->starts[0] > b->starts[0] ? a->starts[0] : b->starts[0];
            const int32_t end = a->ends[2] < b->ends[2] ? a->ends[2] : b->ends[2];
            if (first >= end) continue;
            const cpn_plan_note note = {
                .code = CPN_NOTE_CAMPAIGN_OVERLAP, .n = end - first, .first_day = first, .end_day = end
            };
            const campaign_status status = cpn_plan_note_add(notes, &note, a->id, b->id, error);
            if (status != CAMPAIGN_OK) return status;
        }
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_plan_note_outside(cpn_plan_notes *notes, const cpn_plan_campaigns *campaigns,
                                      const cpn_plan_request *request, campaign_error *error)
{
    for (int64_t i = 0; i < campaigns->n; i++) {
        const cpn_plan_campaign *campaign = &campaigns->rows[i];
        int32_t n = 0;
        if (campaign->starts[0] < request->start_day) n += request->start_day - campaign->starts[0];
        if (campaign->ends[2] > request->end_day) n += campaign->ends[2] - request->end_day;
        if (n == 0) continue;
        const cpn_plan_note note = {
            .code = CPN_NOTE_CAMPAIGN_OUTSIDE, .n = n, .first_day = campaign->starts[0], .end_day = campaign->ends[2]
        };
        const campaign_status status = cpn_plan_note_add(notes, &note, campaign->id, NULL, error);
        if (status != CAMPAIGN_OK) return status;
    }
    return CAMPAIGN_OK;
}

/* A node after the plan whose preheat begins within it: next January's Spring Festival. */
campaign_status cpn_plan_note_next_year(cpn_plan_notes *notes, const cpn_plan_nodes *nodes,
                                        const cpn_plan_node_policy *policy, const cpn_plan_request *request,
                                        campaign_error *error)
{
    for (int64_t row = 0; row < campaign_table_n_rows(nodes->all); row++) {
        const int32_t day = cpn_plan_day_cell(nodes->all, "date", row);
        if (day < request->end_day || !cpn_plan_nodes_choose(nodes, policy, row)) continue;
        char id[CPN_PLAN_NODE_ID];
        (void)campaign_table_format(id, sizeof id, nodes->all, nodes->id, row);
        const int32_t start = cpn_plan_preheat_start(policy, id, nodes->all, row);
        if (start >= request->end_day) continue;
        const cpn_plan_note note = { .code = CPN_NOTE_NEXT_YEAR_PREHEAT, .first_day = start, .end_day = day + 1 };
        const campaign_status status = cpn_plan_note_add(notes, &note, id, NULL, error);
        if (status != CAMPAIGN_OK) return status;
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_plan_note_provisional(cpn_plan_notes *notes, const cpn_plan_request *request,
                                          const campaign_calendar *calendar, campaign_error *error)
{
    cpn_plan_note note = { .code = CPN_NOTE_CALENDAR_PROVISIONAL };
    for (int32_t day = request->start_day; day < request->end_day; day++) {
        campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
        const campaign_status status = campaign_calendar_day(&info, calendar, day, error);
        if (status != CAMPAIGN_OK) return status;
        if (!info.is_provisional) continue;
        if (note.n++ == 0) note.first_day = day;
        note.end_day = day + 1;
    }
    return note.n == 0 ? CAMPAIGN_OK : cpn_plan_note_add(notes, &note, NULL, NULL, error);
}
