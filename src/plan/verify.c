/* What a loaded plan must hold beyond the types of its cells: targets that lie within the year of the request and add up,
 * campaigns and phases that last and are known, a budget that comes to its total. */
#include <string.h>

#include "base/checked.h"
#include "plan/plan.h"

/* ---- Targets ---------------------------------------------------------------------------------------------------- */

enum { ID, PARENT, LEVEL, PERIOD, START, END, TARGET = END + CPN_PLAN_N_DIMENSIONS + 1, SHARE, ASSIGNED }; /* columns */

static campaign_status check_year(const campaign_table *targets, const cpn_plan_request *request, campaign_error *error)
{
    if (campaign_table_n_rows(targets) == 0 || campaign_table_int64(targets, ID, 0) != 0 ||
        !campaign_table_is_null(targets, PARENT, 0))
        return cpn_fail(error, CAMPAIGN_E_VALUE, "targets", "the first target must be the year, with id 0, no parent");
    if (campaign_table_int64(targets, START, 0) != request->start_day ||
        campaign_table_int64(targets, END, 0) != request->end_day)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, 0, "targets.start",
                            "the first target must cover the twelve months of the request");
    const int64_t minor = campaign_table_int64(targets, TARGET, 0);
    if (minor >= 0 && (request->has_growth || minor == request->target_minor)) return CAMPAIGN_OK;
    char found[CAMPAIGN_MONEY_TEXT], asked[CAMPAIGN_MONEY_TEXT];
    (void)campaign_money_format(found, minor, request->exponent);
    (void)campaign_money_format(asked, request->target_minor, request->exponent);
    if (minor < 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, 0, "targets.target", "the year's target is negative: %s", found);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, 0, "targets.target", "the year's target is %s, the request says %s",
                        found, asked);
}

static campaign_status check_target(const campaign_table *targets, int64_t row, campaign_error *error)
{
    const int64_t parent = campaign_table_int64(targets, PARENT, row);
    if (campaign_table_int64(targets, ID, row) != row || campaign_table_is_null(targets, PARENT, row) || parent < 0 ||
        parent >= row)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "targets.parent",
                            "id must be the row's number, and parent a row before it");
    const int64_t start = campaign_table_int64(targets, START, row), end = campaign_table_int64(targets, END, row);
    if (start >= end || start < campaign_table_int64(targets, START, parent) ||
        end > campaign_table_int64(targets, END, parent))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "targets.start",
                            "a target must cover at least a day, within its parent, %ld", (long)parent);
    if (campaign_table_int64(targets, TARGET, row) >= 0) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "targets.target", "a target is negative");
}

static bool is_same_parent(const campaign_table *targets, int64_t a, int64_t b)
{
    size_t length_a, length_b;
    const char *level_a = campaign_table_text(targets, LEVEL, a, &length_a);
    const char *level_b = campaign_table_text(targets, LEVEL, b, &length_b);
    return campaign_table_int64(targets, PARENT, a) == campaign_table_int64(targets, PARENT, b) &&
           length_a == length_b && memcmp(level_a, level_b, length_a) == 0;
}

/* What rows first to end are assigned adds up to what their parent is, and the padding of their level. */
static campaign_status check_assigned(const campaign_table *targets, const cpn_plan_request *request, int64_t first,
                                      int64_t end, campaign_error *error)
{
    enum { ONE = 1000000 };
    const int64_t parent = campaign_table_int64(targets, PARENT, first);
    int64_t sum = 0, expected = 0;
    size_t length = 0;
    const char *level = campaign_table_text(targets, LEVEL, first, &length);
    int32_t place = 0;
    if (campaign_table_is_null(targets, ASSIGNED, first)) return CAMPAIGN_OK;
    while (cpn_plan_level_names[place] &&
           (strlen(cpn_plan_level_names[place]) != length || memcmp(cpn_plan_level_names[place], level, length) != 0))
        place++;
    const int64_t padding_ppm = cpn_plan_level_names[place] ? request->levels[place].padding_ppm : 0;
    for (int64_t row = first; row < end; row++)
        if (campaign_table_int64(targets, ASSIGNED, row) < 0 ||
            !cpn_add64(&sum, sum, campaign_table_int64(targets, ASSIGNED, row)))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "targets.assigned",
                                "what is assigned is negative or too large");
    if (cpn_mul_div64(&expected, campaign_table_int64(targets, ASSIGNED, parent), ONE + padding_ppm, ONE,
                      CAMPAIGN_ROUND_HALF_EVEN) &&
        sum == expected)
        return CAMPAIGN_OK;
    return cpn_fail_row(
        error, CAMPAIGN_E_VALUE, first, "targets.assigned",
        "what targets %ld to %ld are assigned does not add up to that of their parent, %ld, with padding", (long)first,
        (long)end - 1, (long)parent);
}

/* Rows split out of one parent by one level stand together and add up to it. */
static campaign_status check_targets(const campaign_table *targets, const cpn_plan_request *request,
                                     campaign_error *error)
{
    const int64_t n = campaign_table_n_rows(targets);
    campaign_status status = check_year(targets, request, error);
    for (int64_t row = 1, end; status == CAMPAIGN_OK && row < n; row = end) {
        const int64_t parent = campaign_table_int64(targets, PARENT, row);
        int64_t sum = 0;
        for (end = row; end < n && (end == row || is_same_parent(targets, row, end)); end++) {
            status = check_target(targets, end, error);
            if (status != CAMPAIGN_OK) return status;
            if (!cpn_add64(&sum, sum, campaign_table_int64(targets, TARGET, end)))
                return cpn_fail_row(error, CAMPAIGN_E_VALUE, end, "targets.target", "a target is too large");
        }
        if (sum != campaign_table_int64(targets, TARGET, parent))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "targets.target",
                                "targets %ld to %ld do not add up to their parent, %ld", (long)row, (long)end - 1,
                                (long)parent);
        status = check_assigned(targets, request, row, end, error);
    }
    return status;
}

/* ---- Days ------------------------------------------------------------------------------------------------------- */

/* Every day of the year stands there once, and all add up to the year's target. */
static campaign_status check_days(const campaign_table *days, const cpn_plan_request *request, int64_t minor,
                                  campaign_error *error)
{
    const int32_t date = campaign_table_find(days, "date"), weight = campaign_table_find(days, "weight");
    const int32_t target = campaign_table_find(days, "target");
    int64_t sum = 0, weights = 0;
    if (campaign_table_n_rows(days) != request->end_day - request->start_day)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "days", "%ld days, the plan has %ld",
                        (long)campaign_table_n_rows(days), (long)request->end_day - request->start_day);
    for (int64_t row = 0; row < campaign_table_n_rows(days); row++) {
        if (campaign_table_int64(days, date, row) != request->start_day + row)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "days.date",
                                "days must follow each other from the first");
        if (campaign_table_int64(days, weight, row) < 0 ||
            !cpn_add64(&weights, weights, campaign_table_int64(days, weight, row)))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "days.weight", "a weight is negative or too large");
        if (campaign_table_int64(days, target, row) < 0 ||
            !cpn_add64(&sum, sum, campaign_table_int64(days, target, row)))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "days.target", "a target is negative or too large");
    }
    if (sum == minor) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_VALUE, "days.target", "the days do not add up to the year's target");
}

/* ---- Campaigns and phases --------------------------------------------------------------------------------------- */

static campaign_status check_windows(const campaign_table *table, const char *name, campaign_error *error)
{
    const int32_t start = campaign_table_find(table, "start"), end = campaign_table_find(table, "end");
    const int32_t target = campaign_table_find(table, "target");
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++) {
        if (campaign_table_int64(table, start, row) >= campaign_table_int64(table, end, row))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, name, "start must come before end");
        if (campaign_table_int64(table, target, row) < 0)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, name, "a target is negative");
    }
    return CAMPAIGN_OK;
}

static campaign_status check_ids(const campaign_table *campaigns, campaign_error *error)
{
    campaign_column column;
    cpn_keys keys = { 0 };
    campaign_status status =
        cpn_need_column(&column, campaigns, "campaigns", NULL, "campaign", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK) status = cpn_keys_create(&keys, &column, NULL, error);
    if (status == CAMPAIGN_OK && keys.n_keys < keys.n_rows)
        status = cpn_fail(error, CAMPAIGN_E_DUPLICATE, "campaigns.campaign", "an id stands twice among %ld campaigns",
                          (long)keys.n_rows);
    cpn_keys_free(&keys);
    return status;
}

bool cpn_plan_same_text(const campaign_table *a, int32_t column_a, int64_t row_a, const campaign_table *b,
                        int32_t column_b, int64_t row_b)
{
    size_t length_a = 0, length_b = 0;
    const char *text_a = campaign_table_text(a, column_a, row_a, &length_a);
    const char *text_b = campaign_table_text(b, column_b, row_b, &length_b);
    return text_a && text_b && length_a == length_b && memcmp(text_a, text_b, length_a) == 0;
}

/* Campaigns are named in the order in which they stand, so one pass over both tables finds them. */
campaign_status cpn_plan_verify_names(const campaign_table *table, const char *name, const campaign_table *campaigns,
                                      campaign_error *error)
{
    const int32_t column = campaign_table_find(table, "campaign"), id = campaign_table_find(campaigns, "campaign");
    const int64_t n = campaign_table_n_rows(campaigns);
    int64_t at = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++) {
        if (campaign_table_is_null(table, column, row)) continue;
        while (at < n && !cpn_plan_same_text(table, column, row, campaigns, id, at)) at++;
        if (at == n)
            return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, name,
                                "the campaign is not among the plan's, or not in their order");
    }
    return CAMPAIGN_OK;
}

/* ---- Budget ----------------------------------------------------------------------------------------------------- */

static campaign_status check_budget(const campaign_plan *plan, campaign_error *error)
{
    const campaign_table *budget = plan->tables[CPN_PLAN_BUDGET];
    const int32_t amount = campaign_table_find(budget, "amount");
    int64_t total = 0, sum = 0;
    const campaign_status status = cpn_plan_budget_total(
        &total, &plan->request, campaign_table_int64(plan->tables[CPN_PLAN_TARGETS], TARGET, 0), error);
    if (status != CAMPAIGN_OK) return status;
    for (int64_t row = 0; row < campaign_table_n_rows(budget); row++)
        if (campaign_table_int64(budget, amount, row) < 0 ||
            !cpn_add64(&sum, sum, campaign_table_int64(budget, amount, row)))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "budget.amount", "an amount is negative or too large");
    if (sum == total) return CAMPAIGN_OK;
    char sum_text[CAMPAIGN_MONEY_TEXT], total_text[CAMPAIGN_MONEY_TEXT];
    (void)campaign_money_format(sum_text, sum, plan->request.exponent);
    (void)campaign_money_format(total_text, total, plan->request.exponent);
    return cpn_fail(error, CAMPAIGN_E_VALUE, "budget.amount", "the lines add up to %s, the request says %s", sum_text,
                    total_text);
}

campaign_status cpn_plan_verify(const campaign_plan *plan, campaign_error *error)
{
    campaign_table *const *tables = plan->tables;
    const campaign_table *campaigns = tables[CPN_PLAN_CAMPAIGNS];
    campaign_status status = check_targets(tables[CPN_PLAN_TARGETS], &plan->request, error);
    if (status == CAMPAIGN_OK)
        status = check_days(tables[CPN_PLAN_DAYS], &plan->request,
                            campaign_table_int64(tables[CPN_PLAN_TARGETS], TARGET, 0), error);
    if (status == CAMPAIGN_OK) status = check_windows(campaigns, "campaigns", error);
    if (status == CAMPAIGN_OK) status = check_ids(campaigns, error);
    if (status == CAMPAIGN_OK) status = check_windows(tables[CPN_PLAN_PHASES], "phases", error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_verify_names(tables[CPN_PLAN_PHASES], "phases.campaign", campaigns, error);
    if (status == CAMPAIGN_OK) status = check_budget(plan, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_verify_names(tables[CPN_PLAN_BUDGET], "budget.campaign", campaigns, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_verify_rooms(plan, error);
    return status;
}
