/* From an orders table to the facts of each customer: finds the columns, settles the rows, sums them. */
#include "base/memory.h"
#include "base/parallel.h"
#include "tier/tier.h"

enum { CHUNK_ROWS = 1 << 18 };

static campaign_status find_columns(cpn_history *h, const campaign_table *orders, const cpn_rfm_knobs *knobs,
                                    campaign_error *error)
{
    const campaign_rfm_options *given = &knobs->given;
    const campaign_column empty = CAMPAIGN_COLUMN_INIT;
    h->customer = h->date = h->amount = h->order = empty;
    campaign_status status =
        cpn_need_column(&h->customer, orders, "orders", given->customer, "customer", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&h->date, orders, "orders", given->date, "date", CPN_ANY_DAY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&h->amount, orders, "orders", given->amount, "amount",
                                 CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), error);
    h->frequency_counts = given->frequency_counts;
    if (status == CAMPAIGN_OK && h->frequency_counts == CAMPAIGN_RFM_FREQUENCY_ORDERS)
        status = cpn_need_column(&h->order, orders, "orders", given->order, "order", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK && h->frequency_counts == CAMPAIGN_RFM_FREQUENCY_USUAL) {
        status = cpn_find_column(&h->order, orders, "orders", given->order, "order", CPN_ANY_KEY, error);
        h->frequency_counts = h->order.type ? CAMPAIGN_RFM_FREQUENCY_ORDERS : CAMPAIGN_RFM_FREQUENCY_DAYS;
    }
    return status;
}

typedef struct day_reading {
    int32_t *days;
    const int64_t *microseconds;
    int32_t starts_at_minutes;
} day_reading;

static campaign_status read_days(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    const day_reading *r = ctx;
    const int64_t a_day = INT64_C(86400000000), start = r->starts_at_minutes * INT64_C(60000000);
    for (int64_t row = first; row < last; row++) {
        const int64_t rest = r->microseconds[row] % a_day;
        const int64_t since_midnight = rest < 0 ? rest + a_day : rest;
        const int64_t day = r->microseconds[row] / a_day - (rest < 0);
        const int64_t trading_day = day - (since_midnight < start);
        r->days[row] = (int32_t)(trading_day < CAMPAIGN_DAY_MIN ? CAMPAIGN_DAY_MIN : trading_day);
    }
    return CAMPAIGN_OK;
}

/* Keeps the customers that have a used row. */
static campaign_status drop_empty(cpn_history *h, campaign_error *error)
{
    h->kept = cpn_alloc(h->keys.n_keys, sizeof *h->kept);
    if (!h->kept) return cpn_fail_nomem(error);
    for (int64_t key = 0; key < h->keys.n_keys; key++) {
        if (h->facts[key].n_rows == 0) continue;
        h->facts[h->n_customers] = h->facts[key];
        h->n_without_purchase += !cpn_has_purchase(&h->facts[key]);
        h->kept[h->n_customers++] = key;
    }
    return CAMPAIGN_OK;
}

static campaign_status read_facts(cpn_history *h, const int32_t *days, const cpn_rfm_knobs *knobs,
                                  const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = cpn_keys_create(&h->keys, &h->customer, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_history_settle(h, days, knobs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    h->facts = cpn_alloc(h->keys.n_keys, sizeof *h->facts);
    status = h->facts ? cpn_history_gather(h->facts, h, days, runtime, error) : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = drop_empty(h, error);
    return status;
}

campaign_status cpn_history_read(cpn_history *history, const campaign_table *orders, const cpn_rfm_knobs *knobs,
                                 const campaign_runtime *runtime, campaign_error *error)
{
    *history = (cpn_history){ .n_rows = campaign_table_n_rows(orders) };
    campaign_status status = find_columns(history, orders, knobs, error);
    if (status != CAMPAIGN_OK) return status;
    if (history->date.type == CAMPAIGN_TYPE_DATE) {
        status = read_facts(history, history->date.values, knobs, runtime, error);
    } else {
        day_reading r = { .microseconds = history->date.values,
                          .starts_at_minutes = knobs->given.day_starts_at_minutes };
        r.days = cpn_alloc(history->n_rows, sizeof *r.days);
        status = r.days ? cpn_parallel_for(history->n_rows, CHUNK_ROWS, read_days, &r, "reading times", runtime, error)
                        : cpn_fail_nomem(error);
        if (status == CAMPAIGN_OK) status = read_facts(history, r.days, knobs, runtime, error);
        cpn_free(r.days);
    }
    return status;
}

void cpn_history_free(cpn_history *history)
{
    cpn_keys_free(&history->keys);
    cpn_free(history->kept);
    cpn_free(history->facts);
    campaign_table_free(history->skipped);
    campaign_table_free(history->skipped_counts);
    *history = (cpn_history){ 0 };
}
