/* What candidates are worth and cost. A node is worth what it sold in earlier years above what such days sell otherwise:
 * its window, moved with its date, against days of the same weekday in the four weeks on either side that belong to no
 * node. Without such a year the request's rate of the window's target stands in. */
#include <string.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"
#include "plan/campaigns.h"

enum { AROUND = 28, WEEKDAYS = 7, LEAST_COMPARED = 7, MOST_YEARS = 10, WHOLE_PPM = 1000000 };

const char *const cpn_plan_value_basis_names[] = { "rule", "given", "history" };

/* Earlier days, and which of them belong to a node. */
typedef struct past {
    const cpn_plan_history *history;
    cpn_plan_nodes nodes;
    int32_t first, end; /* days looked at, half-open, within the history */
    bool *is_node_day;
} past;

static int64_t sold(const past *p, int32_t day)
{
    return p->history->day_minor[day - p->history->first_day];
}

static campaign_status open_past(past *p, const cpn_plan_node_policy *policy, const cpn_plan_choice_facts *facts,
                                 campaign_error *error)
{
    const cpn_plan_history *history = facts->history;
    const int32_t plan = facts->request->start_day, oldest = plan - MOST_YEARS * 366;
    memset(p, 0, sizeof *p);
    p->history = history;
    p->first = history->first_day > oldest ? history->first_day : oldest;
    p->end = history->last_day < plan ? history->last_day + 1 : plan;
    if (p->first >= p->end || !history->day_minor) {
        p->first = p->end = 0;
        return CAMPAIGN_OK;
    }
    campaign_status status =
        cpn_plan_nodes_list_between(&p->nodes, facts->request, facts->calendar, p->first, p->end, error);
    if (status != CAMPAIGN_OK) return status;
    p->is_node_day = cpn_alloc_zero(p->end - p->first, sizeof *p->is_node_day);
    if (!p->is_node_day) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < campaign_table_n_rows(p->nodes.all); row++) {
        if (!cpn_plan_nodes_choose(&p->nodes, policy, row)) continue;
        const int32_t start = cpn_plan_day_cell(p->nodes.all, "peak_start", row);
        const int32_t end = cpn_plan_day_cell(p->nodes.all, "peak_end", row);
        for (int32_t day = start > p->first ? start : p->first; day < end && day < p->end; day++)
            p->is_node_day[day - p->first] = true;
    }
    return CAMPAIGN_OK;
}

static void close_past(past *p)
{
    cpn_plan_nodes_free(&p->nodes);
    cpn_free(p->is_node_day);
}

/* ---- One year --------------------------------------------------------------------------------------------------- */

/* Sales of comparable days by weekday. */
typedef struct baseline {
    int64_t minor[WEEKDAYS], n[WEEKDAYS], all_minor, n_all, n_sold; /* n_sold: days on which anything was */
} baseline;

static bool compare_day(baseline *b, const past *p, int32_t day)
{
    if (day < p->first || day >= p->end || p->is_node_day[day - p->first]) return true;
    const int32_t weekday = cpn_weekday(day) - 1;
    b->n[weekday]++;
    b->n_all++;
    b->n_sold += sold(p, day) != 0;
    return cpn_add64(&b->minor[weekday], b->minor[weekday], sold(p, day)) &&
           cpn_add64(&b->all_minor, b->all_minor, sold(p, day));
}

/* Sales of the days from start to end above the baseline; false where the history does not hold them, where too few days
 * compare or most of them sold nothing, so that a day says little, or where a sum does not fit. */
static bool measure_year(int64_t *gain, const past *p, int32_t start, int32_t end)
{
    baseline b = { 0 };
    int64_t days[WEEKDAYS] = { 0 };
    *gain = 0;
    if (start < p->first || end > p->end) return false;
    for (int32_t i = 1; i <= AROUND; i++)
        if (!compare_day(&b, p, start - i) || !compare_day(&b, p, end - 1 + i)) return false;
    if (b.n_all < LEAST_COMPARED || b.n_sold * 2 < b.n_all) return false;
    for (int32_t day = start; day < end; day++) {
        days[cpn_weekday(day) - 1]++;
        if (!cpn_add64(gain, *gain, sold(p, day))) return false;
    }
    for (int32_t w = 0; w < WEEKDAYS; w++) {
        int64_t usual;
        const bool has_own = b.n[w] > 0; /* a weekday that is never comparable takes the mean of all days */
        if (!cpn_mul_div64(&usual, has_own ? b.minor[w] : b.all_minor, days[w], has_own ? b.n[w] : b.n_all,
                           CAMPAIGN_ROUND_HALF_EVEN) ||
            !cpn_sub64(gain, *gain, usual))
            return false;
    }
    return true;
}

/* ---- All candidates --------------------------------------------------------------------------------------------- */

/* Mean gain of the node's earlier occurrences, grown as the target has. */
static void measure_node(cpn_plan_campaign *campaign, const past *p, const cpn_plan_choice_facts *facts)
{
    int64_t sum = 0, n = 0, gain, mean;
    const size_t length = strlen(campaign->node);
    for (int64_t row = 0; row < campaign_table_n_rows(p->nodes.all); row++) {
        size_t n_bytes;
        const char *id = campaign_table_text(p->nodes.all, p->nodes.id, row, &n_bytes);
        if (!id || n_bytes != length || memcmp(id, campaign->node, length) != 0) continue;
        const int32_t moved = cpn_plan_day_cell(p->nodes.all, "date", row) - campaign->day;
        if (!measure_year(&gain, p, campaign->value_start + moved, campaign->value_end + moved)) continue;
        if (!cpn_add64(&sum, sum, gain)) return;
        n++;
    }
    if (n == 0 || !cpn_mul_div64(&mean, sum, 1, n, CAMPAIGN_ROUND_HALF_EVEN)) return;
    const cpn_plan_profile *profile = facts->profile;
    if (profile->has_year && profile->year_minor > 0 &&
        !cpn_mul_div64(&mean, mean, facts->target_minor, profile->year_minor, CAMPAIGN_ROUND_HALF_EVEN))
        return;
    campaign->value_minor = mean;
    campaign->value_basis = CPN_VALUE_HISTORY;
    campaign->n_value_years = (int32_t)n;
}

static campaign_status apply_rate(int64_t *minor, int64_t base, const cpn_json_value *values, const char *name,
                                  campaign_error *error)
{
    int64_t ppm;
    const campaign_status status = cpn_get_ppm(&ppm, values, &cpn_plan_values_record, name, error);
    if (status != CAMPAIGN_OK) return status;
    if (cpn_mul_div64(minor, base, ppm, WHOLE_PPM, CAMPAIGN_ROUND_HALF_EVEN)) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "campaigns.values", "a value does not fit 64 bits");
}

/* Value by the rate of its tier where nothing better is known, cost by the rate of the value. */
static campaign_status apply_rules(cpn_plan_campaign *campaign, const cpn_json_value *values,
                                   const cpn_plan_choice_facts *facts, campaign_error *error)
{
    const cpn_plan_request *request = facts->request;
    campaign_status status = CAMPAIGN_OK;
    if (campaign->value_basis == CPN_VALUE_RULE) {
        int64_t target = 0; /* parts of the year's target, which fits */
        for (int32_t day = campaign->value_start; day < campaign->value_end; day++)
            if (day >= request->start_day && day < request->end_day)
                target += facts->targets->day_minor[day - request->start_day];
        status = apply_rate(&campaign->value_minor, target, values, campaign->tier[0] == 'b' ? "big" : "small", error);
    }
    if (status != CAMPAIGN_OK || campaign->cost_minor >= 0) return status;
    campaign->cost_minor = 0;
    if (campaign->value_minor <= 0) return CAMPAIGN_OK;
    return apply_rate(&campaign->cost_minor, campaign->value_minor, values, "cost", error);
}

campaign_status cpn_plan_candidates_value(cpn_plan_campaigns *candidates, const cpn_plan_node_policy *policy,
                                          const cpn_plan_choice_facts *facts, campaign_error *error)
{
    const cpn_json_value *values = policy->section ? cpn_get(policy->section, "values") : NULL;
    past p;
    campaign_status status = open_past(&p, policy, facts, error);
    for (int64_t i = 0; i < candidates->n && status == CAMPAIGN_OK; i++) {
        cpn_plan_campaign *campaign = &candidates->rows[i];
        if (campaign->value_basis == CPN_VALUE_RULE && p.first < p.end &&
            cpn_get_bool(values, &cpn_plan_values_record, "history"))
            measure_node(campaign, &p, facts);
        status = apply_rules(campaign, values, facts, error);
    }
    close_past(&p);
    return status;
}
