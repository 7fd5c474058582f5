/* Growth of single nodes: the baseline of a node grows before shares are taken, and with it the share of every node above.
 * A node's factor is its own growth times the mean of its children's factors, each by its weight. */
#include "base/checked.h"
#include "base/memory.h"
#include "plan/targets.h"

enum { ONE = 1000000 /* a factor of 1, in parts per million */ };
/* Weights of one node's children may add up to this much where factors of at most most_factor are applied to them. */
static const int64_t room = INT64_C(1) << 32, most_factor = INT64_C(1) << 30;

static void scale_children(cpn_plan_target *children, int64_t n)
{
    cpn_int128 sum = { 0, 0 };
    int64_t divisor = 1, total;
    for (int64_t i = 0; i < n; i++) (void)cpn_add_128(&sum, sum, cpn_mul_128(children[i].weight, 1));
    while (!cpn_div_128(&total, sum, divisor, CAMPAIGN_ROUND_DOWN) || total > room) divisor *= 2;
    for (int64_t i = 0; i < n; i++) children[i].weight /= divisor;
}

/* Applies the children's factors to their weights, and gives their mean. */
static int64_t grow_children(cpn_plan_target *children, const int64_t *factors, int64_t n)
{
    bool has_growth = false;
    int64_t before = 0, after = 0, mean = ONE;
    for (int64_t i = 0; i < n; i++) has_growth = has_growth || factors[i] != ONE;
    if (!has_growth) return ONE;
    scale_children(children, n);
    for (int64_t i = 0; i < n; i++) before += children[i].weight;
    for (int64_t i = 0; i < n && before == 0; i++) children[i].weight = 1; /* all nothing: all the same */
    if (before == 0) before = n;
    for (int64_t i = 0; i < n; i++) {
        children[i].weight *= factors[i];
        after += children[i].weight;
    }
    (void)cpn_mul_div64(&mean, after, 1, before, CAMPAIGN_ROUND_HALF_EVEN); /* no more than the largest factor */
    return mean;
}

campaign_status cpn_plan_growth_apply(cpn_plan_targets *targets, const cpn_plan_rules *rules, campaign_error *error)
{
    bool has_growth = false;
    for (int64_t i = 0; i < rules->n; i++) has_growth = has_growth || rules->rules[i].has_growth;
    if (!has_growth) return CAMPAIGN_OK;
    int64_t *factors = cpn_alloc(targets->n, sizeof *factors);
    campaign_status status = factors ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t row = targets->n - 1; row >= 0 && status == CAMPAIGN_OK; row--) {
        const cpn_plan_target *node = &targets->rows[row];
        factors[row] = grow_children(targets->rows + node->first_child, factors + node->first_child, node->n_children);
        if (node->rule < 0 || !rules->rules[node->rule].has_growth) continue;
        const cpn_plan_rule *rule = &rules->rules[node->rule];
        if (!cpn_mul_div64(&factors[row], factors[row], ONE + rule->growth_ppm, ONE, CAMPAIGN_ROUND_HALF_EVEN) ||
            factors[row] > most_factor)
            status = cpn_json_fail(error, CAMPAIGN_E_OVERFLOW, rule->place,
                                   "growth upon growth makes more than a thousandfold");
    }
    cpn_free(factors);
    return status;
}
