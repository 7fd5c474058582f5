/* Limits of roles, and who approves each request: its own role where the limit holds it, otherwise the role with the least
 * limit that does. */
#include "base/memory.h"
#include "base/sort.h"
#include "execution/approvals/approval.h"

#define UTF8  CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8)
#define MONEY CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)

static int compare_limits(const void *a, const void *b, const void *ctx)
{
    const cpn_approval_limit *left = a, *right = b;
    (void)ctx;
    int order = cpn_risk_compare_text(left->role, right->role);
    if (order == 0) order = cpn_risk_compare_text(left->kind, right->kind);
    return order ? order : cpn_risk_compare_text(left->channel, right->channel);
}

static bool is_same(cpn_risk_text a, cpn_risk_text b)
{
    return cpn_risk_compare_text(a, b) == 0;
}

campaign_status cpn_approval_take_money(cpn_approvals *all, const campaign_column *column, const char *where,
                                        campaign_error *error)
{
    cpn_clashes money = { .exponent = all->money.exponent };
    for (int i = 0; i < 4; i++) money.currency[i] = all->money.currency[i];
    const campaign_status status = cpn_clash_take_currency(&money, column, where, error);
    for (int i = 0; i < 4; i++) all->money.currency[i] = money.currency[i];
    all->money.exponent = money.exponent;
    return status;
}

/* One cell that must not be negative. */
static campaign_status take_number(int64_t *number, bool *is_there, const campaign_column *column, int64_t row,
                                   const char *where, campaign_error *error)
{
    *is_there = column->type && !cpn_is_null(column, row);
    if (!*is_there) return CAMPAIGN_OK;
    *number = cpn_cell_int64(column, row);
    if (*number >= 0) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "the amount is negative");
}

campaign_status cpn_approval_read_limits(cpn_approvals *all, const campaign_table *limits, campaign_error *error)
{
    campaign_column role, kind, channel, money, ppm;
    campaign_status status = cpn_need_column(&role, limits, "limits", NULL, "role", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&kind, limits, "limits", NULL, "kind", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&channel, limits, "limits", NULL, "channel", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&money, limits, "limits", NULL, "limit", MONEY, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&ppm, limits, "limits", NULL, "limit_ppm", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK) status = cpn_approval_take_money(all, &money, "limits.limit", error);
    if (status != CAMPAIGN_OK) return status;
    all->limits = cpn_alloc_zero(role.n_rows, sizeof *all->limits);
    if (!all->limits) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < role.n_rows && status == CAMPAIGN_OK; row++) {
        cpn_approval_limit *limit = &all->limits[all->n_limits++];
        *limit = (cpn_approval_limit){ .role = cpn_risk_cell(&role, row),
                                       .kind = cpn_risk_cell(&kind, row),
                                       .channel = cpn_risk_cell(&channel, row),
                                       .row = row };
        status = take_number(&limit->money, &limit->has_money, &money, row, "limits.limit", error);
        if (status == CAMPAIGN_OK)
            status = take_number(&limit->ppm, &limit->has_ppm, &ppm, row, "limits.limit_ppm", error);
        if (status == CAMPAIGN_OK && (!limit->role.text || !limit->kind.text || (!limit->has_money && !limit->has_ppm)))
            status = cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "limits",
                                  "role, kind and one of limit and limit_ppm are required");
    }
    if (status == CAMPAIGN_OK && !cpn_sort(all->limits, all->n_limits, sizeof *all->limits, compare_limits, NULL))
        status = cpn_fail_nomem(error);
    for (int64_t i = 1; i < all->n_limits && status == CAMPAIGN_OK; i++)
        if (compare_limits(&all->limits[i - 1], &all->limits[i], NULL) == 0)
            status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, all->limits[i].row, "limits",
                                  "the role has two limits of this kind and channel");
    return status;
}

/* ---- Decisions --------------------------------------------------------------------------------------------------- */

static bool holds(const cpn_approval_limit *limit, const cpn_approval_request *request)
{
    if (request->has_money && (!limit->has_money || limit->money < request->money)) return false;
    return !request->has_ppm || (limit->has_ppm && limit->ppm >= request->ppm);
}

/* Whether a limit is for the request, and there is none of the role that is closer. Those of one role and kind lie
 * together, that of all channels first. */
static bool is_for(const cpn_approvals *all, int64_t i, const cpn_approval_request *request)
{
    const cpn_approval_limit *limit = &all->limits[i];
    if (!is_same(limit->kind, request->kind)) return false;
    if (limit->channel.text) return is_same(limit->channel, request->channel);
    for (int64_t k = i + 1; k < all->n_limits && request->channel.text; k++) {
        const cpn_approval_limit *other = &all->limits[k];
        if (!is_same(other->role, limit->role) || !is_same(other->kind, limit->kind)) break;
        if (is_same(other->channel, request->channel)) return false;
    }
    return true;
}

static bool is_less(const cpn_approval_limit *a, const cpn_approval_limit *b, const cpn_approval_request *request)
{
    if (request->has_money && a->money != b->money) return a->money < b->money;
    return request->has_ppm && a->ppm < b->ppm;
}

const cpn_approval_limit *cpn_approval_find(const cpn_approvals *all, const cpn_approval_request *request)
{
    const cpn_approval_limit *least = NULL;
    for (int64_t i = 0; i < all->n_limits; i++) {
        const cpn_approval_limit *limit = &all->limits[i];
        if (!is_for(all, i, request) || !holds(limit, request)) continue;
        if (!least || is_less(limit, least, request)) least = limit;
    }
    return least;
}

static void decide(const cpn_approvals *all, cpn_approval_request *request)
{
    for (int64_t i = 0; i < all->n_limits && !request->own; i++)
        if (is_same(all->limits[i].role, request->role) && is_for(all, i, request)) request->own = &all->limits[i];
    request->is_within = request->own && holds(request->own, request);
    request->by = request->is_within ? request->own : cpn_approval_find(all, request);
}

typedef struct request_columns {
    campaign_column id, kind, role, channel, supplier, money, ppm, date;
} request_columns;

static campaign_status find_columns(request_columns *c, const campaign_table *table, campaign_error *error)
{
    static const char where[] = "requests";
    campaign_status status = cpn_need_column(&c->id, table, where, NULL, "request", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&c->kind, table, where, NULL, "kind", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&c->role, table, where, NULL, "role", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&c->channel, table, where, NULL, "channel", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&c->supplier, table, where, NULL, "supplier", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&c->money, table, where, NULL, "amount", MONEY, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&c->ppm, table, where, NULL, "rate_ppm", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&c->date, table, where, NULL, "date", CPN_ANY_DAY, error);
    return status;
}

static campaign_status read_request(cpn_approval_request *request, const request_columns *c, int64_t row,
                                    campaign_error *error)
{
    *request = (cpn_approval_request){ .id = cpn_risk_cell(&c->id, row),
                                       .kind = cpn_risk_cell(&c->kind, row),
                                       .role = cpn_risk_cell(&c->role, row),
                                       .channel = cpn_risk_cell(&c->channel, row),
                                       .supplier = cpn_risk_cell(&c->supplier, row),
                                       .row = row };
    request->has_day = c->date.type && !cpn_is_null(&c->date, row);
    if (request->has_day) request->day = cpn_cell_day(&c->date, row, 0);
    campaign_status status =
        take_number(&request->money, &request->has_money, &c->money, row, "requests.amount", error);
    if (status == CAMPAIGN_OK)
        status = take_number(&request->ppm, &request->has_ppm, &c->ppm, row, "requests.rate_ppm", error);
    if (status != CAMPAIGN_OK) return status;
    if (request->has_money && request->has_ppm)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "requests.rate_ppm",
                            "the request has an amount and a rate; ask for each in a row of its own");
    if (request->id.text && request->kind.text && request->role.text && (request->has_money || request->has_ppm))
        return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "requests",
                        "request, kind, role and one of amount and rate_ppm are required");
}

static int compare_ids(const void *left, const void *right, const void *ctx)
{
    const cpn_approval_request *a = *(const cpn_approval_request *const *)left;
    const cpn_approval_request *b = *(const cpn_approval_request *const *)right;
    (void)ctx;
    const int order = cpn_risk_compare_text(a->id, b->id);
    return order ? order : (a->row > b->row) - (a->row < b->row);
}

/* The first row whose request stands in a row before it. */
static campaign_status check_ids(const cpn_approvals *all, campaign_error *error)
{
    const int64_t n = all->n_requests;
    const cpn_approval_request **sorted = cpn_alloc(n, sizeof *sorted), *twice = NULL;
    for (int64_t i = 0; i < n && sorted; i++) sorted[i] = &all->requests[i];
    const bool is_done = sorted && cpn_sort(sorted, n, sizeof *sorted, compare_ids, NULL);
    for (int64_t i = 1; i < n && is_done; i++)
        if (is_same(sorted[i - 1]->id, sorted[i]->id) && (!twice || sorted[i]->row < twice->row)) twice = sorted[i];
    cpn_free(sorted);
    if (!is_done) return cpn_fail_nomem(error);
    if (!twice) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, twice->row, "requests.request", "request \"%.*s\" stands twice",
                        (int)cpn_utf8_cut(twice->id.text, twice->id.length, 60), twice->id.text);
}

campaign_status cpn_approval_read_requests(cpn_approvals *all, const campaign_table *limits,
                                           const campaign_table *requests, campaign_error *error)
{
    request_columns columns;
    campaign_status status = cpn_approval_read_limits(all, limits, error);
    if (status == CAMPAIGN_OK) status = find_columns(&columns, requests, error);
    if (status == CAMPAIGN_OK) status = cpn_approval_take_money(all, &columns.money, "requests.amount", error);
    if (status != CAMPAIGN_OK) return status;
    all->requests = cpn_alloc_zero(columns.id.n_rows, sizeof *all->requests);
    if (!all->requests) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < columns.id.n_rows && status == CAMPAIGN_OK; row++) {
        status = read_request(&all->requests[row], &columns, row, error);
        if (status == CAMPAIGN_OK) decide(all, &all->requests[row]);
    }
    all->n_requests = columns.id.n_rows;
    return status == CAMPAIGN_OK ? check_ids(all, error) : status;
}
