/* Purchases in parts: requests of one role, kind, supplier and channel within some days, each within the role's limit, that
 * pass it together. A window slides over each series by day. */
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "execution/approvals/approval.h"

static int compare_series(const cpn_approval_request *a, const cpn_approval_request *b)
{
    int order = cpn_risk_compare_text(a->role, b->role);
    if (order == 0) order = cpn_risk_compare_text(a->kind, b->kind);
    if (order == 0) order = cpn_risk_compare_text(a->supplier, b->supplier);
    return order ? order : cpn_risk_compare_text(a->channel, b->channel);
}

static int compare_requests(const void *left, const void *right, const void *ctx)
{
    const cpn_approval_request *a = *(cpn_approval_request *const *)left, *b = *(cpn_approval_request *const *)right;
    (void)ctx;
    const int order = compare_series(a, b);
    if (order) return order;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* Those that could be parts: dated amounts to a supplier, each within the limit. */
static int64_t collect(cpn_approval_request **parts, const cpn_approvals *all)
{
    int64_t n = 0;
    for (int64_t i = 0; i < all->n_requests; i++) {
        cpn_approval_request *request = &all->requests[i];
        if (request->is_within && request->has_money && request->has_day && request->supplier.text)
            parts[n++] = request;
    }
    return n;
}

static void tell(cpn_approvals *all, cpn_approval_request *const *parts, int64_t first, int64_t end, int64_t total)
{
    cpn_approval_request whole = *parts[first];
    whole.money = total;
    whole.has_ppm = false;
    for (int64_t i = first; i < end; i++) parts[i]->is_in_split = true;
    all->splits[all->n_splits++] = (cpn_approval_split){ .first = parts[first],
                                                         .first_day = parts[first]->day,
                                                         .last_day = parts[end - 1]->day,
                                                         .n = end - first,
                                                         .total = total,
                                                         .by = cpn_approval_find(all, &whole) };
}

static campaign_status slide(cpn_approvals *all, cpn_approval_request *const *parts, int64_t n, campaign_error *error)
{
    int64_t end = 0, total = 0;
    for (int64_t first = 0; first < n; first++) {
        if (end < first) end = first, total = 0;
        while (end < n && compare_series(parts[first], parts[end]) == 0 &&
               parts[end]->day - parts[first]->day < all->split_days) {
            if (!cpn_add64(&total, total, parts[end]->money))
                return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, parts[end]->row, "requests.amount",
                                    "amounts add up to more than 64 bits hold");
            end++;
        }
        if (end - first >= 2 && total > parts[first]->own->money) {
            tell(all, parts, first, end, total);
            first = end - 1;
            total = 0;
            continue;
        }
        total -= parts[first]->money;
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_approval_find_splits(cpn_approvals *all, campaign_error *error)
{
    cpn_approval_request **parts = cpn_alloc(all->n_requests, sizeof *parts);
    all->splits = cpn_alloc(all->n_requests, sizeof *all->splits);
    campaign_status status = parts && all->splits ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        const int64_t n = collect(parts, all);
        status = cpn_sort(parts, n, sizeof *parts, compare_requests, NULL) ? slide(all, parts, n, error)
                                                                           : cpn_fail_nomem(error);
    }
    cpn_free(parts);
    return status;
}
