/* Lists all that may become a campaign: nodes of the wanted tiers, peak and off seasons, and the request's own. What they
 * are worth is not decided here. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/text.h"
#include "plan/rooms.h"

/* ---- Names and ids ---------------------------------------------------------------------------------------------- */

static char *copy_cell(const campaign_table *table, const char *column, const char *fallback, int64_t row)
{
    size_t length;
    const char *text = campaign_table_text(table, campaign_table_find(table, column), row, &length);
    if (!text) text = campaign_table_text(table, campaign_table_find(table, fallback), row, &length);
    return text ? cpn_copy_text(text, length) : NULL;
}

static char *copy_string(const char *text)
{
    return cpn_copy_text(text, strlen(text));
}

static bool name_node(cpn_plan_campaign *campaign, const campaign_table *nodes, int64_t row, bool is_chinese)
{
    campaign->node = copy_cell(nodes, "id", "id", row);
    campaign->name = copy_cell(nodes, is_chinese ? "name" : "name_en", is_chinese ? "name_en" : "name", row);
    campaign->tier = copy_cell(nodes, "tier", "tier", row);
    campaign->theme = copy_cell(nodes, is_chinese ? "theme" : "theme_en", is_chinese ? "theme_en" : "theme", row);
    campaign->certainty = copy_cell(nodes, "certainty", "certainty", row);
    const bool has_theme = campaign_table_text(nodes, campaign_table_find(nodes, "theme"), row, NULL) != NULL;
    return campaign->node && campaign->name && campaign->tier && campaign->certainty && (campaign->theme || !has_theme);
}

static bool has_id(const cpn_plan_campaigns *candidates, const char *id)
{
    for (int64_t i = 0; i < candidates->n; i++)
        if (candidates->rows[i].id && strcmp(candidates->rows[i].id, id) == 0) return true;
    return false;
}

/* A node that occurs twice in the plan makes "laba" and "laba-2", or "laba-3" where a node is called "laba-2". */
static bool number_candidate(cpn_plan_campaign *campaign, const cpn_plan_campaigns *all)
{
    for (int32_t n = 1; !campaign->id; n++) {
        cpn_text text = { 0 };
        cpn_text_add_string(&text, campaign->node);
        if (n > 1) cpn_text_add_format(&text, "-%d", (int)n);
        char *id = cpn_text_take(&text);
        if (!id) return false;
        if (has_id(all, id))
            cpn_free(id);
        else
            campaign->id = id;
    }
    return true;
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------ */

static campaign_status list_nodes(cpn_plan_campaigns *candidates, const cpn_plan_nodes *nodes,
                                  const cpn_plan_node_policy *policy, const cpn_plan_request *request,
                                  campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const int32_t provisional = campaign_table_find(nodes->all, "is_provisional");
    for (int64_t row = 0; row < campaign_table_n_rows(nodes->all) && status == CAMPAIGN_OK; row++) {
        const int32_t day = cpn_plan_day_cell(nodes->all, "date", row);
        if (day < request->start_day || day >= request->end_day || !cpn_plan_nodes_choose(nodes, policy, row)) continue;
        cpn_plan_campaign *campaign = cpn_plan_campaigns_add(candidates);
        if (!campaign || !name_node(campaign, nodes->all, row, request->is_chinese) ||
            !number_candidate(campaign, candidates))
            return cpn_fail_nomem(error);
        campaign->cost_minor = -1;
        campaign->is_provisional = campaign_table_int64(nodes->all, provisional, row) != 0;
        status = cpn_plan_phases_place(campaign, policy, nodes->all, row, error);
        const int32_t peak = cpn_plan_day_cell(nodes->all, "peak_start", row);
        const int32_t peak_end = cpn_plan_day_cell(nodes->all, "peak_end", row);
        campaign->value_start = peak < campaign->starts[1] ? peak : campaign->starts[1];
        campaign->value_end = peak_end > campaign->ends[1] ? peak_end : campaign->ends[1];
    }
    return status;
}

/* ---- Seasons ---------------------------------------------------------------------------------------------------- */

enum { SEASON_DAYS = 7 };

/* The week within a range whose days sell most, or least; the first of equals. */
static int32_t find_week(const cpn_plan_choice_facts *facts, int32_t first, int32_t end, bool most)
{
    const int32_t start = facts->request->start_day;
    int32_t best = first;
    int64_t best_minor = 0;
    for (int32_t day = first; day + SEASON_DAYS <= end; day++) {
        int64_t minor = 0;
        for (int32_t i = 0; i < SEASON_DAYS; i++) minor += facts->targets->day_minor[day + i - start];
        if (day != first && (most ? minor <= best_minor : minor >= best_minor)) continue;
        best = day;
        best_minor = minor;
    }
    return best;
}

static campaign_status add_season(cpn_plan_campaigns *candidates, const cpn_plan_node_policy *policy,
                                  const cpn_plan_choice_facts *facts, int32_t first, int32_t end, campaign_error *error)
{
    const bool is_peak = cpn_plan_season_of(&policy->seasons, first) == CPN_SEASON_PEAK;
    const bool is_chinese = facts->request->is_chinese;
    const cpn_civil date = cpn_civil_from_day(first);
    cpn_text id = { 0 };
    cpn_text_add_format(&id, "season_%s_%d_%02d", is_peak ? "peak" : "off", (int)date.year, (int)date.month);
    cpn_plan_campaign *campaign = cpn_plan_campaigns_add(candidates);
    if (!campaign) {
        cpn_text_clear(&id);
        return cpn_fail_nomem(error);
    }
    campaign->node = cpn_text_take(&id);
    campaign->name = copy_string(is_peak ? (is_chinese ? "旺季活动" : "Peak-season week")
                                         : (is_chinese ? "淡季轻活动" : "Off-season care week"));
    campaign->tier = copy_string(is_peak ? "big" : "small");
    campaign->certainty = copy_string("rule");
    if (!campaign->node || !campaign->name || !campaign->tier || !campaign->certainty ||
        !number_candidate(campaign, candidates))
        return cpn_fail_nomem(error);
    campaign->is_season = true;
    const int32_t burst = find_week(facts, first, end, is_peak);
    campaign->day = campaign->starts[0] = campaign->ends[0] = campaign->starts[1] = burst;
    campaign->value_start = burst;
    campaign->value_end = burst + SEASON_DAYS;
    campaign->ends[1] = campaign->starts[2] = campaign->ends[2] = burst + SEASON_DAYS;
    campaign->cost_minor = -1;
    cpn_plan_phases_complete(campaign, policy, is_peak ? -1 : 0);
    return CAMPAIGN_OK;
}

/* One candidate for a run of peak months, one for each month of the off season. */
static campaign_status list_seasons(cpn_plan_campaigns *candidates, const cpn_plan_node_policy *policy,
                                    const cpn_plan_choice_facts *facts, campaign_error *error)
{
    const cpn_plan_request *request = facts->request;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t start = request->start_day, end; start < request->end_day && status == CAMPAIGN_OK; start = end) {
        const cpn_plan_season season = cpn_plan_season_of(&policy->seasons, start);
        end = cpn_plan_next_period(request, CPN_LEVEL_MONTH, start);
        while (season == CPN_SEASON_PEAK && end < request->end_day &&
               cpn_plan_season_of(&policy->seasons, end) == CPN_SEASON_PEAK)
            end = cpn_plan_next_period(request, CPN_LEVEL_MONTH, end);
        if (season == CPN_SEASON_SHOULDER || !cpn_plan_nodes_wants(policy, season == CPN_SEASON_PEAK ? "big" : "small"))
            continue;
        status = add_season(candidates, policy, facts, start, end, error);
    }
    return status;
}

/* ---- The request's own ------------------------------------------------------------------------------------------ */

static campaign_status check_own(const cpn_plan_campaigns *candidates, const cpn_plan_request *request,
                                 const cpn_json_value *item, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_candidate_record;
    const char *id = cpn_get_text(item, record, "id");
    const int32_t start = cpn_get_date(item, record, "start"), end = cpn_get_date(item, record, "end");
    char day[CAMPAIGN_DATE_TEXT], first[CAMPAIGN_DATE_TEXT], last[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(day, start);
    if (has_id(candidates, id))
        return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, item, "the id \"%s\" is that of another candidate", id);
    if (end <= start)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, cpn_get(item, "end"),
                             "\"%s\" ends before it begins on %s; the end is the day after the last", id, day);
    if (start >= request->start_day && start < request->end_day) return CAMPAIGN_OK;
    (void)campaign_date_format(first, request->start_day);
    (void)campaign_date_format(last, request->end_day - 1);
    return cpn_json_fail(error, CAMPAIGN_E_VALUE, cpn_get(item, "start"),
                         "\"%s\" starts on %s, outside the plan from %s to %s", id, day, first, last);
}

static campaign_status add_own(cpn_plan_campaigns *candidates, const cpn_plan_node_policy *policy,
                               const cpn_plan_request *request, const cpn_json_value *item, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_candidate_record;
    campaign_status status = check_own(candidates, request, item, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_plan_campaign *campaign = cpn_plan_campaigns_add(candidates);
    if (!campaign) return cpn_fail_nomem(error);
    const char *id = cpn_get_text(item, record, "id"), *name = cpn_get_text(item, record, "name");
    const char *theme = cpn_get_text(item, record, "theme");
    campaign->id = copy_string(id);
    campaign->node = copy_string(id);
    campaign->name = copy_string(name ? name : id);
    campaign->tier = copy_string(cpn_get_enum(item, record, "tier") == 0 ? "big" : "small");
    campaign->certainty = copy_string("rule");
    campaign->theme = theme ? copy_string(theme) : NULL;
    if (!campaign->id || !campaign->node || !campaign->name || !campaign->tier || !campaign->certainty ||
        (theme && !campaign->theme))
        return cpn_fail_nomem(error);
    const int32_t start = cpn_get_date(item, record, "start"), end = cpn_get_date(item, record, "end");
    campaign->value_start = start;
    campaign->value_end = end;
    campaign->day = campaign->ends[0] = campaign->starts[1] = start;
    campaign->starts[0] = start - (int32_t)cpn_get_int(item, record, "preheat_days");
    campaign->ends[1] = campaign->starts[2] = campaign->ends[2] = end;
    cpn_plan_phases_complete(campaign, policy,
                             cpn_get(item, "closing_days") ? (int32_t)cpn_get_int(item, record, "closing_days") : -1);
    campaign->cost_minor = -1;
    if (cpn_get(item, "value")) {
        campaign->value_basis = CPN_VALUE_GIVEN;
        status = cpn_get_money(&campaign->value_minor, item, record, "value", request->exponent, error);
    }
    if (status == CAMPAIGN_OK && cpn_get(item, "cost"))
        status = cpn_get_money(&campaign->cost_minor, item, record, "cost", request->exponent, error);
    return status;
}

/* ---- All of them ------------------------------------------------------------------------------------------------ */

static bool is_source(const cpn_json_value *section, const char *name)
{
    const cpn_json_value *list = section ? cpn_get(section, "sources") : NULL;
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next)
        if (strcmp(item->text, name) == 0) return true;
    return !list;
}

campaign_status cpn_plan_candidates_list(cpn_plan_campaigns *candidates, const cpn_plan_nodes *nodes,
                                         const cpn_plan_node_policy *policy, const cpn_plan_choice_facts *facts,
                                         campaign_error *error)
{
    const cpn_json_value *section = policy->section;
    const cpn_json_value *own = section ? cpn_get(section, "candidates") : NULL;
    campaign_status status = CAMPAIGN_OK;
    if (is_source(section, "nodes")) status = list_nodes(candidates, nodes, policy, facts->request, error);
    if (status == CAMPAIGN_OK && is_source(section, "seasons")) status = list_seasons(candidates, policy, facts, error);
    for (const cpn_json_value *item = own ? own->first : NULL; item && status == CAMPAIGN_OK; item = item->next)
        status = add_own(candidates, policy, facts->request, item, error);
    return status;
}
