/* Shares the proven part over the campaigns: in proportion to what they are to bring, within the bounds the request sets.
 * Bounds that cannot all hold are refused with the lines that ask for too much. */
#include <math.h>
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/text.h"
#include "plan/budget/curves.h"

enum { NAMED_LINES = 4 }; /* how many a refusal names */

/* ---- Bounds ----------------------------------------------------------------------------------------------------- */

static campaign_status refuse_unknown(const cpn_json_value *item, const cpn_plan_campaigns *campaigns,
                                      campaign_error *error)
{
    const char **names = cpn_alloc(campaigns->n, sizeof *names);
    if (!names) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < campaigns->n; i++) names[i] = campaigns->rows[i].id;
    const int64_t nearest = cpn_nearest_name(item->key, item->key_length, names, campaigns->n);
    const campaign_status status =
        nearest < 0 ? cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, item, "the plan has no campaign \"%s\"", item->key)
                    : cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, item,
                                    "the plan has no campaign \"%s\"; did you mean \"%s\"?", item->key, names[nearest]);
    cpn_free(names);
    return status;
}

static campaign_status read_bound(int64_t *minor, const cpn_json_value *item, const char *name, int32_t exponent,
                                  campaign_error *error)
{
    if (!cpn_get(item, name)) return CAMPAIGN_OK;
    return cpn_get_money(minor, item, &cpn_plan_budget_bounds_record, name, exponent, error);
}

static campaign_status read_bounds(cpn_budget_campaign *line, const cpn_json_value *item, int32_t exponent,
                                   campaign_error *error)
{
    campaign_status status = read_bound(&line->minimum, item, "minimum", exponent, error);
    if (status == CAMPAIGN_OK) status = read_bound(&line->maximum, item, "maximum", exponent, error);
    if (status == CAMPAIGN_OK) status = read_bound(&line->locked, item, "amount", exponent, error);
    if (status != CAMPAIGN_OK) return status;
    if (line->maximum < line->minimum)
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, item, "the maximum lies below the minimum");
    if (line->locked != CAMPAIGN_SPLIT_FREE && (line->locked < line->minimum || line->locked > line->maximum))
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, item, "the amount lies outside minimum and maximum");
    return CAMPAIGN_OK;
}

/* Whether campaigns share by their value. Where none is expected to bring anything, targets stand in. */
static bool shares_by_value(const cpn_plan_facts *facts)
{
    enum { BY_VALUE };
    const cpn_json_value *section = cpn_get(facts->request->root, "budget");
    bool has_value = false;
    for (int64_t i = 0; i < facts->campaigns->n; i++)
        has_value = has_value || facts->campaigns->rows[i].value_minor > 0;
    return has_value && cpn_get_enum(section, &cpn_plan_budget_record, "by") == BY_VALUE;
}

static campaign_status read_campaigns(cpn_budget *budget, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_plan_campaigns *campaigns = facts->campaigns;
    const bool by_value = shares_by_value(facts);
    const cpn_json_value *list = cpn_get(cpn_get(facts->request->root, "budget"), "campaigns");
    for (int64_t i = 0; i < budget->n; i++) {
        const int64_t weight = by_value ? campaigns->rows[i].value_minor : campaigns->rows[i].minor;
        budget->campaigns[i] = (cpn_budget_campaign){ .weight = weight > 0 ? weight : 0,
                                                      .maximum = INT64_MAX,
                                                      .marginal = (double)NAN,
                                                      .locked = CAMPAIGN_SPLIT_FREE };
    }
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        int64_t i = 0;
        while (i < campaigns->n && strcmp(campaigns->rows[i].id, item->key) != 0) i++;
        status = i < campaigns->n ? read_bounds(&budget->campaigns[i], item, facts->request->exponent, error)
                                  : refuse_unknown(item, campaigns, error);
    }
    return status;
}

/* ---- Refusing what cannot hold ---------------------------------------------------------------------------------- */

static int64_t claim_of(const cpn_budget_campaign *line)
{
    return line->locked != CAMPAIGN_SPLIT_FREE ? line->locked : line->minimum;
}

/* "cny 500.00, d1111 700.00 and 2 more ask for more than 1000.00, …" */
static campaign_status refuse_claims(const cpn_budget *budget, const cpn_plan_facts *facts, int64_t limit,
                                     campaign_error *error)
{
    const cpn_json_value *place = cpn_get(cpn_get(facts->request->root, "budget"), "campaigns");
    char amount[CAMPAIGN_MONEY_TEXT];
    cpn_text names = { 0 };
    int64_t n = 0;
    for (int64_t i = 0; i < budget->n; i++) {
        if (claim_of(&budget->campaigns[i]) == 0 || n++ >= NAMED_LINES) continue;
        (void)campaign_money_format(amount, claim_of(&budget->campaigns[i]), facts->request->exponent);
        cpn_text_add_format(&names, "%s%s %s", n > 1 ? ", " : "", facts->campaigns->rows[i].id, amount);
    }
    if (n > NAMED_LINES) cpn_text_add_format(&names, " and %d more", (int)(n - NAMED_LINES));
    char *text = cpn_text_take(&names);
    if (!text) return cpn_fail_nomem(error);
    (void)campaign_money_format(amount, limit, facts->request->exponent);
    const campaign_status status =
        cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, place, "%s ask for more than the campaigns have, %s", text, amount);
    cpn_free(text);
    return status;
}

static campaign_status check_claims(const cpn_budget *budget, const cpn_plan_facts *facts, campaign_error *error)
{
    int64_t sum = 0;
    for (int64_t i = 0; i < budget->n; i++)
        if (!cpn_add64(&sum, sum, claim_of(&budget->campaigns[i])) || sum > budget->proven_minor)
            return refuse_claims(budget, facts, budget->proven_minor, error);
    return CAMPAIGN_OK;
}

/* ---- Sharing ---------------------------------------------------------------------------------------------------- */

campaign_status cpn_budget_split(int64_t *left, cpn_budget *budget, const bool *is_in_set, int64_t total,
                                 campaign_error *error)
{
    enum { WEIGHT, MINIMUM, MAXIMUM, LOCKED, PART, N_ARRAYS };
    const int64_t n = budget->n;
    int64_t *numbers = cpn_alloc(n, N_ARRAYS * sizeof *numbers), n_cells = 0;
    bool has_weight = false;
    if (!numbers) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n; i++) {
        const cpn_budget_campaign *line = &budget->campaigns[i];
        if (is_in_set && !is_in_set[i]) continue;
        numbers[WEIGHT * n + n_cells] = line->weight;
        numbers[MINIMUM * n + n_cells] = line->minimum;
        numbers[MAXIMUM * n + n_cells] = line->maximum;
        numbers[LOCKED * n + n_cells++] = line->locked;
        has_weight = has_weight || line->weight > 0;
    }
    const campaign_split_problem problem = { .size = (uint32_t)sizeof problem,
                                             .total_minor = total,
                                             .n_cells = n_cells,
                                             .weights = has_weight ? numbers : NULL,
                                             .minimum = numbers + MINIMUM * n,
                                             .maximum = numbers + MAXIMUM * n,
                                             .locked = numbers + LOCKED * n };
    const campaign_status status = campaign_split(numbers + PART * n, left, &problem, error);
    n_cells = 0;
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++)
        if (!is_in_set || is_in_set[i]) budget->campaigns[i].minor = numbers[PART * n + n_cells++];
    cpn_free(numbers);
    return status;
}

/* What holds each line where it is, the cap apart. */
static void find_bases(cpn_budget *budget)
{
    for (int64_t i = 0; i < budget->n; i++) {
        cpn_budget_campaign *line = &budget->campaigns[i];
        if (line->locked != CAMPAIGN_SPLIT_FREE)
            line->basis = CPN_BASIS_AMOUNT;
        else if (line->maximum < INT64_MAX && line->minor == line->maximum)
            line->basis = CPN_BASIS_MAXIMUM;
        else if (line->minimum > 0 && line->minor == line->minimum)
            line->basis = CPN_BASIS_MINIMUM;
    }
}

campaign_status cpn_budget_share_out(cpn_budget *budget, const cpn_budget_curves *curves, const cpn_plan_facts *facts,
                                     campaign_error *error)
{
    int64_t left = 0, more = 0, unused = 0;
    char amount[CAMPAIGN_MONEY_TEXT];
    budget->n = facts->campaigns->n;
    budget->campaigns = cpn_alloc(budget->n, sizeof *budget->campaigns);
    campaign_status status = budget->campaigns ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = read_campaigns(budget, facts, error);
    if (status == CAMPAIGN_OK) status = check_claims(budget, facts, error);
    if (status != CAMPAIGN_OK || budget->n == 0) return status;
    status = cpn_budget_split(&left, budget, NULL, budget->proven_minor, error);
    if (status != CAMPAIGN_OK) return status;
    status = cpn_budget_cap_off_season(&more, budget, facts, error);
    if (status != CAMPAIGN_OK) return status;
    find_bases(budget);
    status = cpn_budget_by_curves(&unused, budget, curves, facts, error);
    if (status != CAMPAIGN_OK) return status;
    left += more + unused; /* all are parts of proven_minor */
    budget->contingency_minor += left;
    budget->proven_minor -= left;
    if (left == 0) return CAMPAIGN_OK;
    (void)campaign_money_format(amount, left, facts->request->exponent);
    return cpn_plan_note_add(facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_BUDGET_LEFT }, NULL, amount, error);
}
