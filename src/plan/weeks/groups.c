/* Reads groups of items: who shares the slots and budgets that name a group. */
#include "base/memory.h"
#include "base/sort.h"
#include "plan/weeks/weeks.h"

enum { GROUP, ITEM, N_FIELDS };

static const cpn_weeks_spec specs[N_FIELDS] = {
    { "group", "groups.group", CPN_ANY_KEY, true, 0, 0, 0 },
    { "item", "groups.item", CPN_ANY_KEY, true, 0, 0, 0 },
};

/* Items of each group, in order; each once. */
static campaign_status deal_items(cpn_weeks_problem *problem, const int64_t *pairs, int64_t n_rows,
                                  campaign_error *error)
{
    int64_t *order = cpn_alloc(n_rows, sizeof *order);
    if (!order || !cpn_order_int64(order, pairs, n_rows)) {
        cpn_free(order);
        return cpn_fail_nomem(error);
    }
    campaign_status status = CAMPAIGN_OK;
    char group_name[CPN_NAMED_KEY_TEXT], name[CPN_NAMED_KEY_TEXT];
    for (int64_t i = 0; i < n_rows && status == CAMPAIGN_OK; i++) {
        const int64_t pair = pairs[order[i]], group = pair / problem->n_items, item = pair % problem->n_items;
        if (i > 0 && pair == pairs[order[i - 1]]) {
            cpn_named_key_text(group_name, &problem->group_keys, group);
            cpn_named_key_text(name, &problem->item_keys, item);
            status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, order[i], "groups.item",
                                  "item \"%s\" stands twice in group \"%s\"", name, group_name);
        }
        problem->group_items[i] = (int32_t)item;
        problem->group_starts[group + 1] = i + 1;
    }
    cpn_free(order);
    return status;
}

static campaign_status read_pairs(int64_t *pairs, const cpn_weeks_problem *problem, const cpn_weeks_field *fields,
                                  campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t row = 0; row < problem->group_keys.keys.n_rows && status == CAMPAIGN_OK; row++) {
        int32_t item = 0;
        const int32_t group = problem->group_keys.keys.codes[row];
        if (group < 0) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "groups.group", "group is null");
        status = cpn_weeks_find(&item, &problem->item_keys, &fields[ITEM], row, error);
        pairs[row] = group * problem->n_items + item;
    }
    return status;
}

campaign_status cpn_weeks_read_groups(cpn_weeks_problem *problem, const campaign_table *table,
                                      const campaign_runtime *runtime, campaign_error *error)
{
    if (!table) return CAMPAIGN_OK;
    cpn_weeks_field fields[N_FIELDS];
    campaign_status status = cpn_weeks_open(fields, specs, N_FIELDS, table, problem->knobs.given.item, error);
    if (status == CAMPAIGN_OK)
        status = cpn_named_keys_create(&problem->group_keys, &fields[GROUP].column, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t n_rows = problem->group_keys.keys.n_rows;
    problem->n_groups = problem->group_keys.keys.n_keys;
    problem->group_starts = cpn_alloc_zero(problem->n_groups + 1, sizeof *problem->group_starts);
    problem->group_items = cpn_alloc(n_rows, sizeof *problem->group_items);
    int64_t *pairs = cpn_alloc(n_rows, sizeof *pairs);
    if (!problem->group_starts || !problem->group_items || !pairs) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = read_pairs(pairs, problem, fields, error);
    if (status == CAMPAIGN_OK) status = deal_items(problem, pairs, n_rows, error);
    cpn_free(pairs);
    return status;
}
