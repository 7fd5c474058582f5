/* Places campaigns: lists candidates, values them, chooses, and lets every day of the plan count for one campaign. */
#include "plan/campaigns.h"

#include <string.h>

#include "base/memory.h"

cpn_plan_campaign *cpn_plan_campaigns_add(cpn_plan_campaigns *campaigns)
{
    if (campaigns->n == campaigns->capacity) {
        const int64_t capacity = campaigns->capacity ? campaigns->capacity * 2 : 16;
        cpn_plan_campaign *grown = cpn_resize(campaigns->rows, capacity, sizeof *grown);
        if (!grown) return NULL;
        campaigns->rows = grown;
        campaigns->capacity = capacity;
    }
    cpn_plan_campaign *campaign = &campaigns->rows[campaigns->n++];
    memset(campaign, 0, sizeof *campaign);
    return campaign;
}

void cpn_plan_campaign_free(cpn_plan_campaign *campaign)
{
    cpn_free(campaign->id);
    cpn_free(campaign->node);
    cpn_free(campaign->name);
    cpn_free(campaign->tier);
    cpn_free(campaign->theme);
    cpn_free(campaign->certainty);
    cpn_free(campaign->members);
}

void cpn_plan_campaigns_free(cpn_plan_campaigns *campaigns)
{
    for (int64_t i = 0; i < campaigns->n; i++) cpn_plan_campaign_free(&campaigns->rows[i]);
    cpn_free(campaigns->rows);
    campaign_table_free(campaigns->candidates);
    campaign_table_free(campaigns->themes);
    memset(campaigns, 0, sizeof *campaigns);
}

/* ---- Days ------------------------------------------------------------------------------------------------------- */

/* Claims the days of one phase that no campaign has claimed yet. */
static void claim(cpn_plan_campaigns *campaigns, int32_t phase, const cpn_plan_request *request)
{
    for (int64_t i = 0; i < campaigns->n; i++) {
        const cpn_plan_campaign *campaign = &campaigns->rows[i];
        for (int32_t day = campaign->starts[phase]; day < campaign->ends[phase]; day++) {
            if (day < request->start_day || day >= request->end_day) continue;
            int32_t *owner = &campaigns->owners[day - request->start_day];
            if (*owner < 0) *owner = (int32_t)i;
        }
    }
}

void cpn_plan_campaigns_share_days(cpn_plan_campaigns *campaigns, const cpn_plan_request *request)
{
    enum { PREHEAT, BURST, CLOSING };
    for (int32_t i = 0; i < CPN_PLAN_MAX_DAYS; i++) campaigns->owners[i] = -1;
    claim(campaigns, BURST, request);
    claim(campaigns, CLOSING, request);
    claim(campaigns, PREHEAT, request);
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

static campaign_status choose(cpn_plan_campaigns *campaigns, cpn_plan_notes *notes, const cpn_plan_nodes *nodes,
                              const cpn_plan_node_policy *policy, const cpn_plan_choice_facts *facts,
                              campaign_error *error)
{
    cpn_plan_campaigns candidates;
    memset(&candidates, 0, sizeof candidates);
    campaign_status status = cpn_plan_candidates_list(&candidates, nodes, policy, facts, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_candidates_value(&candidates, policy, facts, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_candidates_choose(campaigns, &candidates, notes, policy, facts, error);
    cpn_plan_campaigns_free(&candidates);
    return status;
}

static campaign_status add_notes(const cpn_plan_campaigns *campaigns, cpn_plan_notes *notes,
                                 const cpn_plan_nodes *nodes, const cpn_plan_node_policy *policy,
                                 const cpn_plan_request *request, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < campaigns->n && status == CAMPAIGN_OK; i++) {
        const cpn_plan_campaign *campaign = &campaigns->rows[i];
        const cpn_plan_note note = { .code = CPN_NOTE_NODE_PROVISIONAL,
                                     .first_day = campaign->day,
                                     .end_day = campaign->day + 1 };
        if (campaign->is_provisional) status = cpn_plan_note_add(notes, &note, campaign->id, NULL, error);
    }
    if (status == CAMPAIGN_OK && campaigns->n == 0)
        status = cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_NO_CAMPAIGNS }, NULL, NULL, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_note_overlaps(notes, campaigns, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_note_outside(notes, campaigns, request, error);
    return status == CAMPAIGN_OK ? cpn_plan_note_next_year(notes, nodes, policy, request, error) : status;
}

campaign_status cpn_plan_campaigns_place(cpn_plan_campaigns *campaigns, cpn_plan_notes *notes,
                                         const cpn_plan_choice_facts *facts, campaign_error *error)
{
    const cpn_plan_request *request = facts->request;
    memset(campaigns, 0, sizeof *campaigns);
    cpn_plan_nodes nodes = { 0 };
    cpn_plan_node_policy policy;
    campaign_status status = cpn_plan_note_provisional(notes, request, facts->calendar, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_nodes_list(&nodes, request, facts->calendar, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_nodes_read_policy(&policy, &nodes, request, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_seasons_find(&policy.seasons, request, facts->targets, error);
    if (status == CAMPAIGN_OK) status = choose(campaigns, notes, &nodes, &policy, facts, error);
    cpn_plan_campaigns_share_days(campaigns, request);
    for (int64_t i = 0; i < campaigns->n && status == CAMPAIGN_OK; i++)
        cpn_plan_phases_add_up(campaigns, i, request, facts->targets);
    if (status == CAMPAIGN_OK) status = add_notes(campaigns, notes, &nodes, &policy, request, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_themes_place(&campaigns->themes, campaigns, &nodes, &policy, facts, error);
    cpn_plan_nodes_free(&nodes);
    if (status != CAMPAIGN_OK) cpn_plan_campaigns_free(campaigns);
    return status;
}
