/* The budget: contingency first, then proven campaigns and experiments share the rest, all in whole minor units.
 * The base of 80/20 is what the contingency leaves, since 80 + 20 + 10 percent of one total would be too much. */
#include "plan/campaigns.h"

#include <stdio.h>

#include "base/checked.h"
#include "base/memory.h"

enum { LEAST_CONTINGENCY_PPM = 100000, MOST_CONTINGENCY_PPM = 150000, WHOLE_PPM = 1000000 };

typedef struct budget_lines {
    int64_t total_minor, contingency_minor, proven_minor, experiments_minor;
    int64_t *campaign_minor; /* shares of proven_minor */
} budget_lines;

bool cpn_plan_share_ppm(int64_t *ppm, int64_t part, int64_t whole)
{
    return whole != 0 && cpn_mul_div64(ppm, part, WHOLE_PPM, whole, CAMPAIGN_ROUND_HALF_EVEN);
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
        (void)cpn_mul_div64(total, target_minor, ppm, WHOLE_PPM, CAMPAIGN_ROUND_HALF_EVEN);
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
    if (has_other && !has_proven) *proven_ppm = WHOLE_PPM - experiments_ppm;
    if (!has_other || !has_proven || *proven_ppm + experiments_ppm == WHOLE_PPM) return CAMPAIGN_OK;
    char percent[CAMPAIGN_MONEY_TEXT];
    cpn_plan_write_percent(percent, *proven_ppm + experiments_ppm);
    return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, section, "proven and experiments add up to %s %%, not to 100 %%",
                         percent);
}

static campaign_status split_two(int64_t parts[2], int64_t total, int64_t first_ppm, campaign_error *error)
{
    const int64_t weights[2] = { first_ppm, WHOLE_PPM - first_ppm };
    const campaign_split_problem problem = {
        .size = (uint32_t)sizeof problem, .total_minor = total, .n_cells = 2, .weights = weights
    };
    int64_t unallocated;
    return campaign_split(parts, &unallocated, &problem, error);
}

static campaign_status split_campaigns(budget_lines *budget, const cpn_plan_campaigns *campaigns, campaign_error *error)
{
    int64_t *weights = cpn_alloc(campaigns->n, sizeof *weights);
    budget->campaign_minor = cpn_alloc(campaigns->n, sizeof *budget->campaign_minor);
    if (!weights || !budget->campaign_minor) {
        cpn_free(weights);
        return cpn_fail_nomem(error);
    }
    bool has_weight = false;
    for (int64_t i = 0; i < campaigns->n; i++) {
        weights[i] = campaigns->rows[i].minor;
        has_weight = has_weight || weights[i] > 0;
    }
    const campaign_split_problem problem = { .size = (uint32_t)sizeof problem,
                                             .total_minor = budget->proven_minor,
                                             .n_cells = campaigns->n,
                                             .weights = has_weight ? weights : NULL };
    int64_t unallocated;
    const campaign_status status = campaign_split(budget->campaign_minor, &unallocated, &problem, error);
    cpn_free(weights);
    return status;
}

static campaign_status compute(budget_lines *budget, cpn_plan_notes *notes, const cpn_plan_request *request,
                               const cpn_plan_campaigns *campaigns, int64_t target_minor, campaign_error *error)
{
    const cpn_json_value *section = cpn_get(request->root, "budget");
    int64_t contingency_ppm, proven_ppm, parts[2];
    campaign_status status = cpn_plan_budget_total(&budget->total_minor, request, target_minor, error);
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
        status = cpn_plan_note_add(
            notes, &(cpn_plan_note){ .code = CPN_NOTE_CONTINGENCY_UNUSUAL, .n = contingency_ppm }, NULL, NULL, error);
    if (status == CAMPAIGN_OK) status = split_campaigns(budget, campaigns, error);
    return status;
}

/* ---- Table ------------------------------------------------------------------------------------------------------ */

static void write_line(cpn_out *out, const char *group, const char *campaign, const char *name, int64_t minor,
                       int64_t total)
{
    int64_t ppm;
    cpn_out_string(out, 0, group);
    cpn_out_string(out, 1, campaign);
    cpn_out_string(out, 2, name);
    cpn_out_int64(out, 3, minor);
    if (cpn_plan_share_ppm(&ppm, minor, total))
        cpn_out_int64(out, 4, ppm);
    else
        cpn_out_null(out, 4);
}

static void write_lines(cpn_out *out, const budget_lines *budget, const cpn_plan_request *request,
                        const cpn_plan_campaigns *campaigns)
{
    const bool is_chinese = request->is_chinese;
    const int64_t total = budget->total_minor;
    write_line(out, "contingency", NULL, is_chinese ? "应急储备" : "Contingency", budget->contingency_minor, total);
    for (int64_t i = 0; i < campaigns->n; i++)
        write_line(out, "proven", campaigns->rows[i].id, campaigns->rows[i].name, budget->campaign_minor[i], total);
    if (campaigns->n == 0)
        write_line(out, "proven", NULL, is_chinese ? "常规活动" : "Proven campaigns", budget->proven_minor, total);
    write_line(out, "experiments", NULL, is_chinese ? "创新试验" : "Experiments", budget->experiments_minor, total);
}

campaign_status cpn_plan_budget_table(campaign_table **table, cpn_plan_notes *notes, const cpn_plan_request *request,
                                      const cpn_plan_campaigns *campaigns, int64_t target_minor, campaign_error *error)
{
    budget_lines budget = { 0 };
    const bool has_budget = cpn_get(request->root, "budget") != NULL;
    campaign_status status =
        has_budget ? compute(&budget, notes, request, campaigns, target_minor, error)
                   : cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_NO_BUDGET }, NULL, NULL, error);
    if (status == CAMPAIGN_OK) {
        cpn_out out;
        cpn_plan_table_open(&out, CPN_PLAN_BUDGET, request);
        if (has_budget) write_lines(&out, &budget, request, campaigns);
        status = cpn_out_close(table, &out, error);
    }
    cpn_free(budget.campaign_minor);
    return status;
}
