/* The budget against what is committed and spent, by item, by group and as a whole; every sum is exact. */
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "execution/approvals/approval.h"

#define UTF8  CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8)
#define MONEY CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)

/* What is left and what is beyond follow from the three amounts. */
static bool derive(cpn_approval_item *item)
{
    int64_t used;
    if (!cpn_add64(&used, item->committed, item->actual) || !cpn_sub64(&item->available, item->planned, used))
        return false;
    item->over = item->available < 0 ? -item->available : 0;
    return item->available != INT64_MIN;
}

static bool add(cpn_approval_item *sum, const cpn_approval_item *item)
{
    sum->n_items++;
    return cpn_add64(&sum->planned, sum->planned, item->planned) &&
           cpn_add64(&sum->committed, sum->committed, item->committed) &&
           cpn_add64(&sum->actual, sum->actual, item->actual) && derive(sum);
}

static campaign_status fail_sum(int64_t row, campaign_error *error)
{
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "budget", "the amounts add up to more than 64 bits hold");
}

static int compare_groups(const void *left, const void *right, const void *ctx)
{
    const cpn_approval_item *a = left, *b = right;
    (void)ctx;
    return cpn_risk_compare_text(a->group, b->group);
}

/* Items of no group are in the whole alone. */
static campaign_status add_groups(cpn_approvals *all, campaign_error *error)
{
    cpn_approval_item *sorted = cpn_alloc(all->n_items, sizeof *sorted);
    all->groups = cpn_alloc_zero(all->n_items + 1, sizeof *all->groups);
    campaign_status status = sorted && all->groups ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t i = 0; status == CAMPAIGN_OK && i < all->n_items; i++) sorted[i] = all->items[i];
    if (status == CAMPAIGN_OK && !cpn_sort(sorted, all->n_items, sizeof *sorted, compare_groups, NULL))
        status = cpn_fail_nomem(error);
    for (int64_t i = 0; status == CAMPAIGN_OK && i < all->n_items; i++) {
        if (!sorted[i].group.text) continue;
        if (all->n_groups == 0 || compare_groups(&all->groups[all->n_groups - 1], &sorted[i], NULL) != 0)
            all->groups[all->n_groups++] = (cpn_approval_item){ .group = sorted[i].group };
        if (!add(&all->groups[all->n_groups - 1], &sorted[i])) status = fail_sum(sorted[i].row, error);
    }
    for (int64_t i = 0; status == CAMPAIGN_OK && i < all->n_items; i++)
        if (!add(&all->groups[all->n_groups], &all->items[i])) status = fail_sum(all->items[i].row, error);
    if (status == CAMPAIGN_OK) all->n_groups++;
    cpn_free(sorted);
    return status;
}

static campaign_status take_amount(int64_t *amount, const campaign_column *column, int64_t row, const char *where,
                                   campaign_error *error)
{
    if (!column->type || cpn_is_null(column, row)) return CAMPAIGN_OK;
    *amount = cpn_cell_int64(column, row);
    if (*amount >= 0) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "the amount is negative");
}

campaign_status cpn_approval_read_budget(cpn_approvals *all, const campaign_table *budget, campaign_error *error)
{
    static const char *const names[] = { "planned", "committed", "actual" };
    static const char *const places[] = { "budget.planned", "budget.committed", "budget.actual" };
    campaign_column item, group, amounts[3];
    campaign_status status = cpn_need_column(&item, budget, "budget", NULL, "item", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&group, budget, "budget", NULL, "group", UTF8, error);
    for (int i = 0; i < 3 && status == CAMPAIGN_OK; i++) {
        status = i == 0 ? cpn_need_column(&amounts[i], budget, "budget", NULL, names[i], MONEY, error)
                        : cpn_find_column(&amounts[i], budget, "budget", NULL, names[i], MONEY, error);
        if (status == CAMPAIGN_OK) status = cpn_approval_take_money(all, &amounts[i], places[i], error);
    }
    if (status != CAMPAIGN_OK) return status;
    all->items = cpn_alloc_zero(item.n_rows, sizeof *all->items);
    if (!all->items) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < item.n_rows && status == CAMPAIGN_OK; row++) {
        cpn_approval_item *line = &all->items[row];
        *line =
            (cpn_approval_item){ .item = cpn_risk_cell(&item, row), .group = cpn_risk_cell(&group, row), .row = row };
        if (!line->item.text)
            status = cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "budget.item", "the item is missing");
        int64_t *const into[] = { &line->planned, &line->committed, &line->actual };
        for (int i = 0; i < 3 && status == CAMPAIGN_OK; i++)
            status = take_amount(into[i], &amounts[i], row, places[i], error);
        if (status == CAMPAIGN_OK && !derive(line)) status = fail_sum(row, error);
    }
    all->n_items = item.n_rows;
    return status == CAMPAIGN_OK ? add_groups(all, error) : status;
}

/* ---- As conflicts ------------------------------------------------------------------------------------------------ */

campaign_status cpn_approval_find_clashes(cpn_clashes *found, const cpn_approvals *all, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    if (all->money.currency[0]) {
        for (int i = 0; i < 4; i++) found->currency[i] = all->money.currency[i];
        found->exponent = all->money.exponent;
    }
    for (int64_t i = 0; i < all->n_items && status == CAMPAIGN_OK; i++) {
        const cpn_approval_item *item = &all->items[i];
        const cpn_clash clash = { .kind = CPN_CLASH_BUDGET,
                                  .severity = 1,
                                  .subject = item->item,
                                  .rows = { item->row, -1 },
                                  .n_rows = 1,
                                  .amount = item->over,
                                  .limit = item->planned,
                                  .has_amount = true };
        if (item->over > 0) status = cpn_clash_keep(found, &clash, error);
    }
    for (int64_t i = 0; i < all->n_requests && status == CAMPAIGN_OK; i++) {
        const cpn_approval_request *request = &all->requests[i];
        const bool has_beyond = request->has_money && request->own && request->own->has_money;
        const cpn_clash clash = { .kind = CPN_CLASH_APPROVAL,
                                  .severity = request->by ? 2 : 1,
                                  .subject = request->id,
                                  .lane = request->channel,
                                  .first = request->role,
                                  .second = request->by ? request->by->role : (cpn_risk_text){ NULL, 0 },
                                  .rows = { request->row, -1 },
                                  .n_rows = 1,
                                  .amount = has_beyond ? request->money - request->own->money : 0,
                                  .has_amount = has_beyond && request->money > request->own->money };
        if (!request->is_within) status = cpn_clash_keep(found, &clash, error);
    }
    return status;
}
