/* Objections by kind: how many records, how many customers, and when last. */
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "execution/followup/words.h"

static const cpn_column_schema schema[] = {
    { "objection", CAMPAIGN_TYPE_UTF8, "Kind of objection; null = not said.", "异议类型，空为未填。" },
    { "n", CAMPAIGN_TYPE_INT64, "Records.", "记录数。" },
    { "share_ppm", CAMPAIGN_TYPE_INT64, "Share of all objections.", "占比（百万分之一）。" },
    { "customers", CAMPAIGN_TYPE_INT64, "Different customers.", "客户数。" },
    { "latest", CAMPAIGN_TYPE_DATE, "Latest day.", "最近日期。" },
};

typedef struct kind_count {
    int64_t n, customers;
    int32_t latest, last_customer;
} kind_count;

/* Kinds are numbered 0 … n_keys - 1; the last place is for objections whose kind is not said, blank ones too.
 * Records come customer by customer, so that a customer is new where the one before was another. */
static int64_t count_kinds(kind_count *counts, const cpn_follow *follow, const cpn_keys *kinds)
{
    int64_t total = 0;
    const campaign_column *column = &follow->columns.fields[CPN_FIELD_OBJECTION];
    for (int64_t i = 0; i <= kinds->n_keys; i++) counts[i].last_customer = -1;
    for (int64_t i = 0; i < follow->n_current; i++) {
        if (follow->by_customer[i].feedback != CPN_FEEDBACK_OBJECTION) continue;
        const cpn_follow_record *record = &follow->records[follow->by_customer[i].record];
        const int32_t code = kinds->codes && !cpn_follow_is_blank(column, record->row) ? kinds->codes[record->row] : -1;
        kind_count *count = &counts[code < 0 ? kinds->n_keys : code];
        if (count->n == 0 || record->day > count->latest) count->latest = record->day;
        count->customers += count->last_customer != record->customer;
        count->last_customer = record->customer;
        count->n++;
        total++;
    }
    return total;
}

static void write_kinds(cpn_out *out, const kind_count *counts, const int64_t *order, const cpn_keys *kinds,
                        const campaign_column *column, int64_t total)
{
    for (int64_t i = 0; i <= kinds->n_keys; i++) {
        const int64_t kind = order[i];
        const kind_count *count = &counts[kind];
        int64_t share = 0;
        if (count->n == 0) continue;
        (void)cpn_mul_div64(&share, count->n, 1000000, total, CAMPAIGN_ROUND_HALF_UP);
        if (kind < kinds->n_keys)
            cpn_out_cell(out, 0, column, kinds->first_rows[kind]);
        else
            cpn_out_null(out, 0);
        cpn_out_int64(out, 1, count->n);
        cpn_out_int64(out, 2, share);
        cpn_out_int64(out, 3, count->customers);
        cpn_out_int64(out, 4, count->latest);
    }
}

campaign_status cpn_follow_write_objections(campaign_table **table, const cpn_follow *follow, campaign_error *error)
{
    const campaign_column *column = &follow->columns.fields[CPN_FIELD_OBJECTION];
    cpn_keys kinds = { .n_keys = 0 };
    cpn_out out;
    /* One thread: tables are written side by side already. */
    campaign_status status = column->type ? cpn_keys_create(&kinds, column, NULL, error) : CAMPAIGN_OK;
    const int64_t n = kinds.n_keys + 1;
    kind_count *counts = status == CAMPAIGN_OK ? cpn_alloc_zero(n, sizeof *counts) : NULL;
    int64_t *keys = cpn_alloc(n, sizeof *keys), *order = cpn_alloc(n, sizeof *order);
    if (status == CAMPAIGN_OK && !(counts && keys && order)) status = cpn_fail_nomem(error);
    cpn_out_open(&out, schema, 5, NULL, 0);
    if (status == CAMPAIGN_OK) {
        const int64_t total = count_kinds(counts, follow, &kinds);
        for (int64_t i = 0; i < n; i++) keys[i] = -counts[i].n;
        if (!cpn_order_int64(order, keys, n)) status = cpn_fail_nomem(error);
        if (status == CAMPAIGN_OK) write_kinds(&out, counts, order, &kinds, column, total);
    }
    cpn_free(counts);
    cpn_free(keys);
    cpn_free(order);
    cpn_keys_free(&kinds);
    return cpn_follow_close(table, &out, status, error);
}
