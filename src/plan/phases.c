/* The phases of a campaign: preheat, burst and closing around its node's day, and the targets that lie in them. */
#include "plan/campaigns.h"

#include "base/date.h"

const char *const cpn_plan_phase_names[CPN_PLAN_N_PHASES] = { "preheat", "burst", "closing" };

int32_t cpn_plan_phase_length(const cpn_json_value *lengths, const char *name, int32_t otherwise)
{
    if (!lengths || !cpn_get(lengths, name)) return otherwise;
    return (int32_t)cpn_get_int(lengths, &cpn_plan_phase_lengths_record, name);
}

/* What the request says of the phases of one node; NULL: nothing. */
const cpn_json_value *cpn_plan_phase_lengths(const cpn_plan_node_policy *policy, const char *node)
{
    return policy->phase_nodes ? cpn_json_member(policy->phase_nodes, node) : NULL;
}

/* What the request says of this node comes first, then its policy for all. */
int32_t cpn_plan_preheat_start(const cpn_plan_node_policy *policy, const char *node, const campaign_table *nodes,
                               int64_t row)
{
    enum { BY_NODE, BY_MONTH, BY_SEASON };
    const cpn_record *record = &cpn_plan_phases_record;
    const cpn_json_value *lengths = cpn_plan_phase_lengths(policy, node);
    const int32_t day = cpn_plan_day_cell(nodes, "date", row);
    const int32_t days = cpn_plan_phase_length(lengths, "preheat_days", -1);
    int64_t months = cpn_plan_phase_length(lengths, "preheat_months", -1);
    if (months < 0 && days >= 0) return day - days;
    const int32_t by = cpn_get_enum(policy->phases, record, "preheat");
    if (months < 0 && by == BY_NODE) return cpn_plan_day_cell(nodes, "preheat_start", row);
    if (months < 0) {
        const bool is_peak = by == BY_SEASON && cpn_plan_season_of(&policy->seasons, day) == CPN_SEASON_PEAK;
        months = cpn_get_int(policy->phases, record, is_peak ? "season_preheat_months" : "preheat_months");
    }
    return cpn_add_months(day, -(int32_t)months);
}

/* A preheat is said in days or in months. */
static campaign_status check_lengths(const cpn_json_value *lengths, campaign_error *error)
{
    if (!lengths || !cpn_get(lengths, "preheat_days") || !cpn_get(lengths, "preheat_months")) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, lengths, "preheat_days and preheat_months cannot both be given");
}

campaign_status cpn_plan_phases_place(cpn_plan_campaign *campaign, const cpn_plan_node_policy *policy,
                                      const campaign_table *nodes, int64_t row, campaign_error *error)
{
    const cpn_json_value *lengths = cpn_plan_phase_lengths(policy, campaign->node);
    const int32_t day = campaign->day = cpn_plan_day_cell(nodes, "date", row);
    const int32_t preheat = cpn_plan_preheat_start(policy, campaign->node, nodes, row);
    const int32_t burst =
        day + cpn_plan_phase_length(lengths, "burst_first", cpn_plan_day_cell(nodes, "peak_start", row) - day);
    const int32_t last =
        day + cpn_plan_phase_length(lengths, "burst_last", cpn_plan_day_cell(nodes, "peak_end", row) - 1 - day);
    const int64_t closing_days = cpn_get_int(policy->phases, &cpn_plan_phases_record, "closing_days");
    if (check_lengths(lengths, error) != CAMPAIGN_OK) return CAMPAIGN_E_INFEASIBLE;
    if (last < burst)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, lengths, "the burst of \"%s\" ends %d days before it begins",
                             campaign->node, (int)(burst - last));
    campaign->starts[0] = preheat < burst ? preheat : burst;
    campaign->ends[0] = campaign->starts[1] = burst;
    campaign->ends[1] = campaign->starts[2] = last + 1;
    campaign->ends[2] = last + 1 + cpn_plan_phase_length(lengths, "closing_days", (int32_t)closing_days);
    campaign->feedback_hours = (int32_t)cpn_get_int(policy->phases, &cpn_plan_phases_record, "feedback_hours");
    return CAMPAIGN_OK;
}

void cpn_plan_phases_complete(cpn_plan_campaign *campaign, const cpn_plan_node_policy *policy, int32_t closing_days)
{
    const cpn_record *record = &cpn_plan_phases_record;
    if (closing_days < 0) closing_days = (int32_t)cpn_get_int(policy->phases, record, "closing_days");
    campaign->ends[2] = campaign->ends[1] + closing_days;
    campaign->feedback_hours = (int32_t)cpn_get_int(policy->phases, record, "feedback_hours");
    campaign->season = (int32_t)cpn_plan_season_of(&policy->seasons, campaign->day);
}

void cpn_plan_phases_add_up(cpn_plan_campaigns *campaigns, int64_t index, const cpn_plan_request *request,
                            const cpn_plan_targets *targets)
{
    cpn_plan_campaign *campaign = &campaigns->rows[index];
    for (int32_t phase = 0; phase < CPN_PLAN_N_PHASES; phase++)
        for (int32_t day = campaign->starts[phase]; day < campaign->ends[phase]; day++)
            if (day >= request->start_day && day < request->end_day &&
                campaigns->owners[day - request->start_day] == index)
                campaign->phase_minor[phase] += targets->day_minor[day - request->start_day];
    for (int32_t phase = 0; phase < CPN_PLAN_N_PHASES; phase++) campaign->minor += campaign->phase_minor[phase];
}
