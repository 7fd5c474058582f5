/* Limits of each customer: sets of offers, one inside the other or apart, as a tree. */
#include <string.h>

#include "allocate/offers/offers.h"
#include "base/memory.h"
#include "base/sort.h"

/* One row of limits: which offers it holds. */
typedef struct limit {
    int64_t row;
    int32_t most, n;
    uint8_t *holds; /* by offer */
} limit;

static campaign_status match_column(limit *limits, int64_t n, const cpn_offers_problem *problem,
                                    const campaign_table *table, const char *name, campaign_error *error)
{
    campaign_column own = CAMPAIGN_COLUMN_INIT, offers = CAMPAIGN_COLUMN_INIT;
    campaign_status status = cpn_need_column(&own, table, "limits", NULL, name, CPN_ANY_KEY, error);
    const bool is_offer = strcmp(name, problem->knobs.given.offer) == 0;
    if (status == CAMPAIGN_OK && !is_offer && !problem->inputs->offers)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, "limits", "there is no table of offers that could have \"%.80s\"",
                        name);
    if (status == CAMPAIGN_OK && !is_offer)
        status = cpn_need_column(&offers, problem->inputs->offers, "offers", NULL, name, CPN_ANY_KEY, error);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        if (cpn_is_null(&own, i)) continue;
        cpn_offers_key key, other;
        cpn_offers_cell_key(&key, &own, i);
        const int32_t wanted = is_offer ? cpn_offers_find(&problem->offer_names, key.text, key.length) : -1;
        bool is_known = false;
        for (int32_t k = 0; k < problem->n_offers; k++) {
            bool holds = wanted == k;
            if (!is_offer && !cpn_is_null(&offers, problem->offer_table_rows[k])) {
                cpn_offers_cell_key(&other, &offers, problem->offer_table_rows[k]);
                holds = other.length == key.length && memcmp(other.text, key.text, key.length) == 0;
            }
            is_known = is_known || holds;
            limits[i].holds[k] = limits[i].holds[k] && holds;
        }
        if (!is_known)
            status = cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, i, "limits", "no offer has %.60s \"%.*s\"", name,
                                  (int)(key.length < 80 ? key.length : 80), key.text);
    }
    return status;
}

static campaign_status read_most(limit *limits, int64_t n, const campaign_table *table, campaign_error *error)
{
    campaign_column most = CAMPAIGN_COLUMN_INIT;
    campaign_status status = cpn_need_column(&most, table, "limits", NULL, "most", CPN_ANY_INT, error);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        if (cpn_is_null(&most, i))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, i, "limits.most", "a limit has no number");
        const int64_t number = cpn_cell_int64(&most, i);
        if (number < 0 || number > INT32_MAX)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, i, "limits.most", "%lld is not one of 0 to %ld",
                                (long long)number, (long)INT32_MAX);
        limits[i].most = (int32_t)number;
        limits[i].row = i;
    }
    return status;
}

static int compare_limits(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const limit *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1; /* the larger first: parents before children */
    return (x->row > y->row) - (x->row < y->row);
}

/* How two sets of offers lie: both share offers, and each has one the other lacks. */
static bool do_cross(const limit *a, const limit *b, int32_t n_offers)
{
    bool share = false, a_only = false, b_only = false;
    for (int32_t k = 0; k < n_offers; k++) {
        share = share || (a->holds[k] && b->holds[k]);
        a_only = a_only || (a->holds[k] && !b->holds[k]);
        b_only = b_only || (!a->holds[k] && b->holds[k]);
    }
    return share && a_only && b_only;
}

/* Hangs limits into the tree, the larger first, so that leaves end at the innermost. */
static campaign_status hang(cpn_offers_problem *problem, const limit *limits, int64_t n, campaign_error *error)
{
    for (int64_t i = 0; i < n; i++) {
        int32_t first = 0;
        for (int64_t j = 0; j < i; j++)
            if (do_cross(&limits[i], &limits[j], problem->n_offers))
                return cpn_fail_row(error, CAMPAIGN_E_UNSUPPORTED, limits[i].row, "limits",
                                    "the limit shares offers with that of row %lld, and neither holds the other",
                                    (long long)limits[j].row);
        if (limits[i].n == 0) continue;
        while (!limits[i].holds[first]) first++;
        const int32_t node = problem->n_nodes++;
        problem->nodes[node] = (cpn_offers_node){ problem->leaves[first], limits[i].most };
        for (int32_t k = 0; k < problem->n_offers; k++)
            if (limits[i].holds[k]) problem->leaves[k] = node;
    }
    return CAMPAIGN_OK;
}

static campaign_status fill_limits(cpn_offers_problem *problem, limit *limits, int64_t n, const campaign_table *table,
                                   campaign_error *error)
{
    campaign_status status = read_most(limits, n, table, error);
    for (int32_t c = 0; c < campaign_table_n_columns(table) && status == CAMPAIGN_OK; c++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        status = campaign_table_column(&column, table, c, error);
        if (status == CAMPAIGN_OK && strcmp(column.name, "most") != 0)
            status = match_column(limits, n, problem, table, column.name, error);
    }
    for (int64_t i = 0; i < n; i++)
        for (int32_t k = 0; k < problem->n_offers; k++) limits[i].n += limits[i].holds[k];
    return status;
}

campaign_status cpn_offers_read_limits(cpn_offers_problem *problem, const campaign_table *table, campaign_error *error)
{
    const int64_t n = campaign_table_n_rows(table), n_offers = problem->n_offers;
    if (n > 4096)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "limits", "there are %lld limits, at most 4096 can be handled",
                        (long long)n);
    limit *limits = cpn_alloc_zero(n, sizeof *limits);
    uint8_t *holds = cpn_alloc(n * n_offers, sizeof *holds);
    problem->nodes = cpn_alloc(n + 1, sizeof *problem->nodes);
    problem->leaves = cpn_alloc_zero(n_offers, sizeof *problem->leaves);
    campaign_status status = limits && holds && problem->nodes && problem->leaves ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        memset(holds, 1, (size_t)(n * n_offers));
        for (int64_t i = 0; i < n; i++) limits[i].holds = holds + i * n_offers;
        problem->nodes[0] = (cpn_offers_node){ -1, INT32_MAX };
        problem->n_nodes = 1;
        if (n > 0) status = fill_limits(problem, limits, n, table, error);
    }
    if (status == CAMPAIGN_OK && !cpn_sort(limits, n, sizeof *limits, compare_limits, NULL))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = hang(problem, limits, n, error);
    cpn_free(holds);
    cpn_free(limits);
    return status;
}
