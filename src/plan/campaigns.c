/* Places campaigns: which nodes of the calendar become one, under which id and name. */
#include "plan/campaigns.h"

#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/text.h"

/* ---- One campaign ----------------------------------------------------------------------------------------------- */

static char *copy_cell(const campaign_table *table, const char *column, const char *fallback, int64_t row)
{
    size_t length;
    const char *text = campaign_table_text(table, campaign_table_find(table, column), row, &length);
    if (!text) text = campaign_table_text(table, campaign_table_find(table, fallback), row, &length);
    return text ? cpn_copy_text(text, length) : NULL;
}

static bool name_campaign(cpn_plan_campaign *campaign, const campaign_table *nodes, int64_t row, bool is_chinese)
{
    campaign->node = copy_cell(nodes, "id", "id", row);
    campaign->name = copy_cell(nodes, is_chinese ? "name" : "name_en", is_chinese ? "name_en" : "name", row);
    campaign->tier = copy_cell(nodes, "tier", "tier", row);
    campaign->theme = copy_cell(nodes, is_chinese ? "theme" : "theme_en", is_chinese ? "theme_en" : "theme", row);
    campaign->certainty = copy_cell(nodes, "certainty", "certainty", row);
    const bool has_theme = campaign_table_text(nodes, campaign_table_find(nodes, "theme"), row, NULL) != NULL;
    return campaign->node && campaign->name && campaign->tier && campaign->certainty && (campaign->theme || !has_theme);
}

static bool has_id(const cpn_plan_campaigns *campaigns, const char *id)
{
    for (int64_t i = 0; i < campaigns->n; i++)
        if (strcmp(campaigns->rows[i].id, id) == 0) return true;
    return false;
}

/* A node that occurs twice in the plan makes "laba" and "laba-2", or "laba-3" where a node is called "laba-2". */
static bool number_campaign(cpn_plan_campaign *campaign, const cpn_plan_campaigns *before)
{
    for (int32_t n = 1; !campaign->id || has_id(before, campaign->id); n++) {
        cpn_text id = { 0 };
        cpn_text_add_string(&id, campaign->node);
        if (n > 1) cpn_text_add_format(&id, "-%d", (int)n);
        cpn_free(campaign->id);
        campaign->id = cpn_text_take(&id);
        if (!campaign->id) return false;
    }
    return true;
}

static void free_campaign(cpn_plan_campaign *campaign)
{
    cpn_free(campaign->id);
    cpn_free(campaign->node);
    cpn_free(campaign->name);
    cpn_free(campaign->tier);
    cpn_free(campaign->theme);
    cpn_free(campaign->certainty);
}

static campaign_status add_campaign(cpn_plan_campaigns *campaigns, const cpn_plan_node_policy *policy,
                                    const cpn_plan_request *request, const campaign_table *nodes, int64_t row,
                                    campaign_error *error)
{
    if (campaigns->n == campaigns->capacity) {
        const int64_t capacity = campaigns->capacity ? campaigns->capacity * 2 : 16;
        cpn_plan_campaign *grown = cpn_resize(campaigns->rows, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(error);
        campaigns->rows = grown;
        campaigns->capacity = capacity;
    }
    cpn_plan_campaign campaign = { 0 };
    campaign_status status = CAMPAIGN_OK;
    if (!name_campaign(&campaign, nodes, row, request->is_chinese) || !number_campaign(&campaign, campaigns))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = cpn_plan_phases_place(&campaign, policy, nodes, row, error);
    if (status == CAMPAIGN_OK)
        campaigns->rows[campaigns->n++] = campaign;
    else
        free_campaign(&campaign);
    return status;
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

static campaign_status place_all(cpn_plan_campaigns *campaigns, cpn_plan_notes *notes, const cpn_plan_nodes *nodes,
                                 const cpn_plan_node_policy *policy, const cpn_plan_request *request,
                                 campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const int32_t provisional = campaign_table_find(nodes->all, "is_provisional");
    for (int64_t row = 0; row < campaign_table_n_rows(nodes->all) && status == CAMPAIGN_OK; row++) {
        const int32_t day = cpn_plan_day_cell(nodes->all, "date", row);
        if (day < request->start_day || day >= request->end_day || !cpn_plan_nodes_choose(nodes, policy, row)) continue;
        status = add_campaign(campaigns, policy, request, nodes->all, row, error);
        if (status == CAMPAIGN_OK && campaign_table_int64(nodes->all, provisional, row))
            status = cpn_plan_note_add(
                notes, &(cpn_plan_note){ .code = CPN_NOTE_NODE_PROVISIONAL, .first_day = day, .end_day = day + 1 },
                campaigns->rows[campaigns->n - 1].id, NULL, error);
    }
    return status;
}

campaign_status cpn_plan_campaigns_place(cpn_plan_campaigns *campaigns, cpn_plan_notes *notes,
                                         const cpn_plan_request *request, const campaign_calendar *calendar,
                                         const cpn_plan_targets *targets, campaign_error *error)
{
    memset(campaigns, 0, sizeof *campaigns);
    cpn_plan_nodes nodes = { 0 };
    cpn_plan_node_policy policy;
    campaign_status status = cpn_plan_note_provisional(notes, request, calendar, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_nodes_list(&nodes, request, calendar, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_nodes_read_policy(&policy, &nodes, request, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_seasons_find(&policy.seasons, request, targets, error);
    if (status == CAMPAIGN_OK) status = place_all(campaigns, notes, &nodes, &policy, request, error);
    for (int64_t i = 0; i < campaigns->n && status == CAMPAIGN_OK; i++)
        cpn_plan_phases_add_up(&campaigns->rows[i], request, targets);
    if (status == CAMPAIGN_OK && campaigns->n == 0)
        status = cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_NO_CAMPAIGNS }, NULL, NULL, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_note_overlaps(notes, campaigns, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_note_outside(notes, campaigns, request, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_note_next_year(notes, &nodes, &policy, request, error);
    cpn_plan_nodes_free(&nodes);
    if (status != CAMPAIGN_OK) cpn_plan_campaigns_free(campaigns);
    return status;
}

void cpn_plan_campaigns_free(cpn_plan_campaigns *campaigns)
{
    for (int64_t i = 0; i < campaigns->n; i++) free_campaign(&campaigns->rows[i]);
    cpn_free(campaigns->rows);
    memset(campaigns, 0, sizeof *campaigns);
}
