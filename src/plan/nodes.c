/* The nodes that a plan may hold campaigns for: all that the calendar knows around the year, and what the request says of
 * them: tiers, forced, forbidden. */
#include "plan/campaigns.h"

#include <string.h>

#include "base/memory.h"

enum { LOOK_AROUND = 366 /* days before and after the plan in which a known node must have shown up */ };

campaign_status cpn_plan_nodes_list_between(cpn_plan_nodes *nodes, const cpn_plan_request *request,
                                            const campaign_calendar *calendar, int32_t first_day, int32_t end_day,
                                            campaign_error *error)
{
    const cpn_json_value *section = cpn_get(request->root, "calendar");
    campaign_nodes_options options = CAMPAIGN_NODES_OPTIONS_INIT;
    options.regions = "*";
    campaign_status status = campaign_calendar_nodes(&nodes->all, calendar, first_day, end_day, &options, error);
    options.regions = cpn_get_text(section, &cpn_plan_calendar_record, "node_regions");
    if (status == CAMPAIGN_OK)
        status = campaign_calendar_nodes(&nodes->regional, calendar, first_day, end_day, &options, error);
    nodes->id = campaign_table_find(nodes->all, "id");
    nodes->date = campaign_table_find(nodes->all, "date");
    nodes->tier = campaign_table_find(nodes->all, "tier");
    return status;
}

campaign_status cpn_plan_nodes_list(cpn_plan_nodes *nodes, const cpn_plan_request *request,
                                    const campaign_calendar *calendar, campaign_error *error)
{
    return cpn_plan_nodes_list_between(nodes, request, calendar, request->start_day - LOOK_AROUND,
                                       request->end_day + LOOK_AROUND, error);
}

static bool is_cell(const campaign_table *table, int32_t column, int64_t row, const char *text, size_t length)
{
    size_t n;
    const char *cell = campaign_table_text(table, column, row, &n);
    return cell && n == length && memcmp(cell, text, n) == 0;
}

static bool holds_text(const cpn_json_value *list, const campaign_table *table, int32_t column, int64_t row)
{
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next)
        if (is_cell(table, column, row, item->text, item->length)) return true;
    return false;
}

/* ---- Ids in the request ----------------------------------------------------------------------------------------- */

/* Refuses an id that no node has, and, where must_occur, one that has no day in the plan. */
static campaign_status check_id(const cpn_plan_nodes *nodes, const cpn_plan_request *request,
                                const cpn_json_value *place, const char *id, size_t length, bool must_occur,
                                campaign_error *error)
{
    const int64_t n = campaign_table_n_rows(nodes->all);
    bool is_known = false;
    for (int64_t row = 0; row < n; row++) {
        if (!is_cell(nodes->all, nodes->id, row, id, length)) continue;
        is_known = true;
        const int64_t day = campaign_table_int64(nodes->all, nodes->date, row);
        if (!must_occur || (day >= request->start_day && day < request->end_day)) return CAMPAIGN_OK;
    }
    if (is_known)
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, place, "node \"%s\" has no day within the plan", id);
    const char **names = cpn_alloc(n, sizeof *names);
    char *texts = cpn_alloc(n, CPN_PLAN_NODE_ID);
    if (!names || !texts) {
        cpn_free(names);
        cpn_free(texts);
        return cpn_fail_nomem(error);
    }
    for (int64_t row = 0; row < n; row++) {
        names[row] = texts + row * CPN_PLAN_NODE_ID;
        (void)campaign_table_format(texts + row * CPN_PLAN_NODE_ID, CPN_PLAN_NODE_ID, nodes->all, nodes->id, row);
    }
    const int64_t nearest = cpn_nearest_name(id, length, names, n);
    const campaign_status status =
        nearest < 0 ? cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, place, "no node has the id \"%s\"", id)
                    : cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, place, "no node has the id \"%s\"; did you mean \"%s\"?",
                                    id, names[nearest]);
    cpn_free(names);
    cpn_free(texts);
    return status;
}

campaign_status cpn_plan_nodes_read_policy(cpn_plan_node_policy *policy, const cpn_plan_nodes *nodes,
                                           const cpn_plan_request *request, campaign_error *error)
{
    memset(policy, 0, sizeof *policy);
    policy->section = cpn_get(request->root, "campaigns");
    if (!policy->section) return CAMPAIGN_OK;
    policy->tiers = cpn_get(policy->section, "tiers");
    policy->forced = cpn_get(policy->section, "forced");
    policy->forbidden = cpn_get(policy->section, "forbidden");
    policy->phases = cpn_get(policy->section, "phases");
    policy->phase_nodes = policy->phases ? cpn_get(policy->phases, "nodes") : NULL;
    campaign_status status = CAMPAIGN_OK;
    const cpn_json_value *item = policy->forced ? policy->forced->first : NULL;
    for (; item && status == CAMPAIGN_OK; item = item->next)
        status = check_id(nodes, request, item, item->text, item->length, true, error);
    item = policy->forbidden ? policy->forbidden->first : NULL;
    for (; item && status == CAMPAIGN_OK; item = item->next) {
        status = check_id(nodes, request, item, item->text, item->length, false, error);
        for (const cpn_json_value *other = policy->forced ? policy->forced->first : NULL;
             other && status == CAMPAIGN_OK; other = other->next)
            if (strcmp(item->text, other->text) == 0)
                status = cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, item, "node \"%s\" is both forced and forbidden",
                                       item->text);
    }
    item = policy->phase_nodes ? policy->phase_nodes->first : NULL;
    for (; item && status == CAMPAIGN_OK; item = item->next)
        status = check_id(nodes, request, item, item->key, item->key_length, false, error);
    item = cpn_get(policy->section, "types") ? cpn_get(policy->section, "types")->first : NULL;
    for (; item && status == CAMPAIGN_OK; item = item->next)
        status = check_id(nodes, request, item, item->key, item->key_length, false, error);
    return status;
}

bool cpn_plan_nodes_wants(const cpn_plan_node_policy *policy, const char *tier)
{
    for (const cpn_json_value *item = policy->tiers ? policy->tiers->first : NULL; item; item = item->next)
        if (strcmp(item->text, tier) == 0) return true;
    return !policy->tiers;
}

/* Whether a node of the wanted tiers belongs to the plan's regions. Without a list all tiers are wanted. */
static bool is_usual(const cpn_plan_nodes *nodes, const cpn_plan_node_policy *policy, int64_t row)
{
    if (policy->tiers && !holds_text(policy->tiers, nodes->all, nodes->tier, row)) return false;
    size_t length;
    const char *id = campaign_table_text(nodes->all, nodes->id, row, &length);
    for (int64_t i = 0; i < campaign_table_n_rows(nodes->regional); i++)
        if (is_cell(nodes->regional, nodes->id, i, id, length)) return true;
    return false;
}

bool cpn_plan_nodes_choose(const cpn_plan_nodes *nodes, const cpn_plan_node_policy *policy, int64_t row)
{
    if (holds_text(policy->forbidden, nodes->all, nodes->id, row)) return false;
    return holds_text(policy->forced, nodes->all, nodes->id, row) || is_usual(nodes, policy, row);
}

void cpn_plan_nodes_free(cpn_plan_nodes *nodes)
{
    campaign_table_free(nodes->all);
    campaign_table_free(nodes->regional);
    memset(nodes, 0, sizeof *nodes);
}
