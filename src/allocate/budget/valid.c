/* Refuses problems whose numbers are none: not finite, below 0, crossed, groups that are no tree. */
#include <math.h>

#include "allocate/budget/parts.h"
#include "base/number.h"

static campaign_status refuse(int64_t row, const char *where, const char *name, double value, const char *expected,
                              campaign_error *error)
{
    char text[CPN_NUMBER_TEXT];
    (void)cpn_format_double(text, value);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "%s is %s, expected %s", name, text, expected);
}

/* Finite and at least 0. */
static bool is_plain(double value)
{
    return value >= 0 && cpn_is_finite(value);
}

static campaign_status check_item(const cpn_spend_problem *problem, int64_t i, campaign_error *error)
{
    const cpn_spend_item *item = &problem->items[i];
    if (item->n_curves < 1 || item->first_curve < 0 || item->first_curve > problem->n_curves - item->n_curves)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, i, "items.curve", "the item has no curve");
    if (item->group < 0 || item->group >= problem->n_groups)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, i, "items.group", "group %ld is none of %ld", (long)item->group,
                            (long)problem->n_groups);
    const double numbers[] = { item->value, item->minimum, item->opening_cost, item->minimum_if_open, item->step };
    const char *const names[] = { "value", "minimum", "opening_cost", "minimum_if_open", "step" };
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        if (!is_plain(numbers[k])) return refuse(i, "items", names[k], numbers[k], "a number of at least 0", error);
    if (!(item->maximum >= item->minimum))
        return refuse(i, "items.maximum", "maximum", item->maximum, "at least the minimum", error);
    for (int64_t c = item->first_curve; c < item->first_curve + item->n_curves && problem->weights; c++)
        if (!cpn_is_finite(problem->weights[c]))
            return refuse(i, "items.weight", "a weight", problem->weights[c], "a number", error);
    return CAMPAIGN_OK;
}

static campaign_status check_groups(const cpn_spend_problem *problem, campaign_error *error)
{
    for (int32_t g = 0; g < problem->n_groups; g++) {
        const cpn_spend_group *group = &problem->groups[g];
        if (g == 0 ? group->parent != -1 : group->parent < 0 || group->parent >= g)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, g, "groups.parent",
                                "parent %ld does not stand before group %ld", (long)group->parent, (long)g);
        if (!is_plain(group->minimum))
            return refuse(g, "groups.minimum", "minimum", group->minimum, "a number of at least 0", error);
        if (!(group->maximum >= 0)) return refuse(g, "groups.maximum", "maximum", group->maximum, "at least 0", error);
        if (group->maximum < group->minimum)
            return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, g, "groups", "the group's minimum is above its maximum");
    }
    return CAMPAIGN_OK;
}

static campaign_status check_ratios(const cpn_spend_problem *problem, campaign_error *error)
{
    for (int32_t r = 0; r < problem->n_ratios; r++) {
        const cpn_spend_ratio *ratio = &problem->ratios[r];
        if (ratio->group < 0 || ratio->group >= problem->n_groups || ratio->of_group < 0 ||
            ratio->of_group >= problem->n_groups)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, r, "ratios.group", "a ratio names a group that is none");
        if (!is_plain(ratio->low)) return refuse(r, "ratios.low", "low", ratio->low, "a number of at least 0", error);
        if (!(ratio->high >= ratio->low))
            return refuse(r, "ratios.high", "high", ratio->high, "at least the low end", error);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_spend_check(const cpn_spend_problem *problem, campaign_error *error)
{
    const bool has_target = problem->objective >= CPN_SPEND_LEAST_SPEND;
    if (problem->n_items < 0 || problem->n_groups < 1 || problem->n_ratios < 0 || problem->node_limit < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "problem", "a count is out of range");
    if (problem->objective < 0 || problem->objective > CPN_SPEND_AVERAGE)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "objective", "there is no objective %ld", (long)problem->objective);
    if (!is_plain(problem->unit)) return refuse(-1, "unit", "unit", problem->unit, "a number of at least 0", error);
    if (!is_plain(problem->gap_goal))
        return refuse(-1, "gap_goal", "gap_goal", problem->gap_goal, "a number of at least 0", error);
    if (has_target && !(problem->target > 0 && cpn_is_finite(problem->target)))
        return refuse(-1, "target", "target", problem->target, "a number above 0", error);
    campaign_status status = check_groups(problem, error);
    if (status == CAMPAIGN_OK) status = check_ratios(problem, error);
    for (int64_t i = 0; i < problem->n_items && status == CAMPAIGN_OK; i++) status = check_item(problem, i, error);
    return status;
}
