/* The budget: contingency first, then proven campaigns and experiments share the rest, all in whole minor units.
 * The base of 80/20 is what the contingency leaves, since 80 + 20 + 10 percent of one total would be too much. */
#include "plan/budget/budget.h"

#include <math.h>
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"

enum { LEAST_CONTINGENCY_PPM = 100000, MOST_CONTINGENCY_PPM = 150000 };

bool cpn_plan_share_ppm(int64_t *ppm, int64_t part, int64_t whole)
{
    return whole != 0 && cpn_mul_div64(ppm, part, CPN_WHOLE_PPM, whole, CAMPAIGN_ROUND_HALF_EVEN);
}

void cpn_plan_out_share(cpn_out *out, int32_t index, int64_t part, int64_t whole)
{
    int64_t ppm = 0;
    const bool has_share = cpn_plan_share_ppm(&ppm, part, whole);
    cpn_out_optional_int64(out, index, ppm, has_share);
}

campaign_status cpn_plan_budget_total(int64_t *total, const cpn_plan_request *request, int64_t target_minor,
                                      campaign_error *error)
{
    *total = 0;
    const cpn_json_value *section = cpn_get(request->root, "budget");
    if (!section) return CAMPAIGN_OK;
    const cpn_record *record = &cpn_plan_budget_record;
    const bool has_rate = cpn_get(section, "rate") != NULL;
    if (has_rate == (cpn_get(section, "total") != NULL))
        return cpn_json_fail(error, has_rate ? CAMPAIGN_E_INFEASIBLE : CAMPAIGN_E_MISSING, section,
                             has_rate ? "total and rate cannot both be given" : "either total or rate must be given");
    if (!has_rate) return cpn_get_money(total, section, record, "total", request->exponent, error);
    int64_t ppm;
    const campaign_status status = cpn_get_ppm(&ppm, section, record, "rate", error);
    if (status == CAMPAIGN_OK) /* a rate is at most 1, so this fits */
        (void)cpn_mul_div64(total, target_minor, ppm, CPN_WHOLE_PPM, CAMPAIGN_ROUND_HALF_EVEN);
    return status;
}

/* Where only one of the two shares is given, the other is the rest. */
static campaign_status read_shares(int64_t *proven_ppm, const cpn_json_value *section, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_budget_record;
    int64_t experiments_ppm;
    const bool has_proven = cpn_get(section, "proven") != NULL, has_other = cpn_get(section, "experiments") != NULL;
    campaign_status status = cpn_get_ppm(proven_ppm, section, record, "proven", error);
    if (status == CAMPAIGN_OK) status = cpn_get_ppm(&experiments_ppm, section, record, "experiments", error);
    if (status != CAMPAIGN_OK) return status;
    if (has_other && !has_proven) *proven_ppm = CPN_WHOLE_PPM - experiments_ppm;
    if (!has_other || !has_proven || *proven_ppm + experiments_ppm == CPN_WHOLE_PPM) return CAMPAIGN_OK;
    char percent[CAMPAIGN_MONEY_TEXT];
    cpn_plan_write_percent(percent, *proven_ppm + experiments_ppm);
    return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, section, "proven and experiments add up to %s %%, not to 100 %%",
                         percent);
}

static campaign_status split_two(int64_t parts[2], int64_t total, int64_t first_ppm, campaign_error *error)
{
    const int64_t weights[2] = { first_ppm, CPN_WHOLE_PPM - first_ppm };
    const campaign_split_problem problem = {
        .size = (uint32_t)sizeof problem, .total_minor = total, .n_cells = 2, .weights = weights
    };
    int64_t unallocated;
    return campaign_split(parts, &unallocated, &problem, error);
}

campaign_status cpn_budget_make(cpn_budget *budget, const struct cpn_budget_curves *curves, const cpn_plan_facts *facts,
                                campaign_error *error)
{
    const cpn_json_value *section = cpn_get(facts->request->root, "budget");
    int64_t contingency_ppm, proven_ppm, parts[2];
    memset(budget, 0, sizeof *budget);
    if (!section)
        return cpn_plan_note_add(facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_NO_BUDGET }, NULL, NULL, error);
    campaign_status status = cpn_plan_budget_total(&budget->total_minor, facts->request, facts->target_minor, error);
    if (status == CAMPAIGN_OK)
        status = cpn_get_ppm(&contingency_ppm, section, &cpn_plan_budget_record, "contingency", error);
    if (status == CAMPAIGN_OK) status = read_shares(&proven_ppm, section, error);
    if (status == CAMPAIGN_OK) status = split_two(parts, budget->total_minor, contingency_ppm, error);
    if (status != CAMPAIGN_OK) return status;
    budget->contingency_minor = parts[0];
    status = split_two(parts, parts[1], proven_ppm, error);
    if (status != CAMPAIGN_OK) return status;
    budget->proven_minor = parts[0];
    budget->experiments_minor = parts[1];
    if (contingency_ppm < LEAST_CONTINGENCY_PPM || contingency_ppm > MOST_CONTINGENCY_PPM)
        status = cpn_plan_note_add(facts->notes,
                                   &(cpn_plan_note){ .code = CPN_NOTE_CONTINGENCY_UNUSUAL, .n = contingency_ppm }, NULL,
                                   NULL, error);
    if (status == CAMPAIGN_OK) status = cpn_budget_share_out(budget, curves, facts, error);
    if (status != CAMPAIGN_OK) cpn_budget_free(budget);
    return status;
}

void cpn_budget_free(cpn_budget *budget)
{
    cpn_free(budget->campaigns);
    memset(budget, 0, sizeof *budget);
}

/* ---- Table ------------------------------------------------------------------------------------------------------ */

/* A line that is for no campaign has the policy as its basis. */
static void write_line(cpn_out *out, const char *group, const cpn_plan_campaign *campaign, const char *name,
                       int64_t minor, int64_t total)
{
    cpn_out_string(out, 0, group);
    cpn_out_string(out, 1, campaign ? campaign->id : NULL);
    cpn_out_string(out, 2, name);
    cpn_out_int64(out, 3, minor);
    cpn_plan_out_share(out, 4, minor, total);
    cpn_out_string(out, 5, campaign ? cpn_plan_season_names[campaign->season] : NULL);
    if (campaign) return;
    cpn_out_string(out, 6, "policy");
    cpn_out_null(out, 7);
}

/* To six decimals, which is more than a curve is known to. */
static void write_marginal(cpn_out *out, double marginal)
{
    const double millionths = marginal * 1e6;
    const bool is_exact = !(millionths < 9e15); /* then it has no decimals to round, or is no number */
    cpn_out_optional_float64(out, 7, is_exact ? marginal : floor(millionths + 0.5) / 1e6, marginal - marginal == 0);
}

campaign_status cpn_budget_table(campaign_table **table, const cpn_budget *budget, const cpn_plan_facts *facts,
                                 campaign_error *error)
{
    static const char *const bases[] = { "value", "amount", "minimum", "maximum", "off_season_cap", "curve" };
    const bool is_chinese = facts->request->is_chinese;
    const int64_t total = budget->total_minor;
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_BUDGET, facts->request);
    if (!cpn_get(facts->request->root, "budget")) return cpn_out_close(table, &out, error);
    write_line(&out, "contingency", NULL, is_chinese ? "应急储备" : "Contingency", budget->contingency_minor, total);
    for (int64_t i = 0; i < budget->n; i++) {
        const cpn_plan_campaign *campaign = &facts->campaigns->rows[i];
        write_line(&out, "proven", campaign, campaign->name, budget->campaigns[i].minor, total);
        cpn_out_string(&out, 6, bases[budget->campaigns[i].basis]);
        write_marginal(&out, budget->campaigns[i].marginal);
    }
    if (budget->n == 0)
        write_line(&out, "proven", NULL, is_chinese ? "常规活动" : "Proven campaigns", budget->proven_minor, total);
    write_line(&out, "experiments", NULL, is_chinese ? "创新试验" : "Experiments", budget->experiments_minor, total);
    return cpn_out_close(table, &out, error);
}
