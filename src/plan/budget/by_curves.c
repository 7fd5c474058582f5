/* Shares the proven part by response curves. What the policy gives, by value within bounds and cap, is where it begins:
 * campaigns without a curve keep that, those with one share theirs so that it brings most, under the same bounds and the
 * same cap of the off season. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "allocate/budget/solver.h"
#include "base/checked.h"
#include "base/memory.h"
#include "plan/budget/curves.h"

enum { OTHERS, OFF, PEAK };

static int32_t group_of(const cpn_plan_campaign *campaign)
{
    return campaign->season == CPN_SEASON_OFF ? OFF : campaign->season == CPN_SEASON_PEAK ? PEAK : OTHERS;
}

/* The cap, where there are both an off season and a peak. */
static campaign_status find_cap(cpn_budget_ratio *ratio, const cpn_budget_share *shares, int64_t n,
                                const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_json_value *section = cpn_get(facts->request->root, "budget");
    bool has[3] = { false, false, false };
    *ratio = (cpn_budget_ratio){ 0 };
    for (int64_t i = 0; i < n; i++) has[shares[i].group] = true;
    if (has[OFF] && has[PEAK]) {
        ratio->low_group = OFF;
        ratio->high_group = PEAK;
    }
    return cpn_get_ppm(&ratio->ratio_ppm, section, &cpn_plan_budget_record, "off_season_cap", error);
}

static void sum_seasons(int64_t sums[3], const cpn_budget_share *shares, int64_t n)
{
    sums[OTHERS] = sums[OFF] = sums[PEAK] = 0;
    for (int64_t i = 0; i < n; i++) sums[shares[i].group] += shares[i].minor; /* parts of one int64 */
}

/* The solver keeps the cap in doubles; whole minor units must keep it exactly. What little is above it, is taken. False
 * where minima do not allow that. */
static bool keep_cap_exactly(cpn_budget_share *shares, int64_t n, const cpn_budget_ratio *ratio)
{
    int64_t sums[3], most = 0;
    if (ratio->low_group == ratio->high_group) return true;
    sum_seasons(sums, shares, n);
    if (!cpn_mul_div64(&most, sums[PEAK], ratio->ratio_ppm, CPN_WHOLE_PPM, CAMPAIGN_ROUND_DOWN)) return true;
    int64_t excess = sums[OFF] - most;
    for (int64_t i = 0; i < n && excess > 0; i++) {
        if (shares[i].group != OFF || !shares[i].curve) continue;
        const int64_t room = shares[i].minor - shares[i].minimum, taken = room < excess ? room : excess;
        shares[i].minor -= taken;
        excess -= taken;
    }
    return excess <= 0;
}

static cpn_budget_basis basis_of(const cpn_budget_share *share, bool is_capped)
{
    if (share->place == CPN_SPEND_AT_MINIMUM && share->minimum > 0) return CPN_BASIS_MINIMUM;
    if (share->place == CPN_SPEND_AT_MAXIMUM) return CPN_BASIS_MAXIMUM;
    return is_capped && share->group == OFF ? CPN_BASIS_SEASON_CAP : CPN_BASIS_CURVE;
}

static campaign_status note_proof(const cpn_budget_proof *proof, const cpn_plan_facts *facts, campaign_error *error)
{
    char amount[CAMPAIGN_MONEY_TEXT];
    (void)campaign_money_format(amount, proof->shared_minor, facts->request->exponent);
    const double gap_ppm = ceil(proof->gap * CPN_WHOLE_PPM - 1e-3); /* 1e-9 is what the solver calls none */
    return cpn_plan_note_add(
        facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_BUDGET_BY_CURVES, .n = gap_ppm > 0 ? (int64_t)gap_ppm : 0 },
        NULL, amount, error);
}

static void take_shares(int64_t *left, cpn_budget *budget, const cpn_budget_share *shares, bool is_capped)
{
    *left = 0;
    for (int64_t i = 0; i < budget->n; i++) {
        cpn_budget_campaign *line = &budget->campaigns[i];
        *left += line->minor - shares[i].minor; /* sums never grow */
        line->minor = shares[i].minor;
        line->marginal = shares[i].marginal;
        if (shares[i].curve) line->basis = basis_of(&shares[i], is_capped);
    }
}

campaign_status cpn_budget_by_curves(int64_t *left, cpn_budget *budget, const cpn_budget_curves *curves,
                                     const cpn_plan_facts *facts, campaign_error *error)
{
    cpn_budget_ratio ratio;
    cpn_budget_proof proof = { 0 };
    *left = 0;
    cpn_budget_share *shares = cpn_alloc_zero(budget->n, sizeof *shares);
    if (!shares) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < budget->n; i++) {
        const cpn_budget_campaign *line = &budget->campaigns[i];
        const bool is_locked = line->locked != CAMPAIGN_SPLIT_FREE;
        shares[i] = (cpn_budget_share){ .minimum = line->minimum, .maximum = line->maximum, .minor = line->minor };
        shares[i].group = group_of(&facts->campaigns->rows[i]);
        shares[i].curve = is_locked ? NULL : cpn_budget_curve_of(curves, &facts->campaigns->rows[i]);
    }
    campaign_status status = find_cap(&ratio, shares, budget->n, facts, error);
    if (status == CAMPAIGN_OK) status = cpn_budget_optimise(shares, budget->n, &ratio, &proof, facts, error);
    if (status == CAMPAIGN_OK && proof.n > 0 && keep_cap_exactly(shares, budget->n, &ratio)) {
        take_shares(left, budget, shares, ratio.is_binding);
        status = note_proof(&proof, facts, error);
    }
    cpn_free(shares);
    return status;
}
