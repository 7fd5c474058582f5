/* Decides which rows of the orders count: not those with a null or an empty customer, not those after the as-of day.
 * Works on chunks in parallel; a chunk without anything odd is passed over at the speed of memory. Dates need no check:
 * a table holds none outside the years 1 to 9999. */
#include <stdio.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "tier/tier.h"

enum { CHUNK_ROWS = 1 << 18, USUAL_LIMIT = 20 };

typedef struct chunk_counts {
    int32_t last_day;
    int64_t n_after, n_bad, n_returns;
    int64_t first_bad_row;
    int64_t least_amount, most_amount;
} chunk_counts;

typedef struct settling {
    cpn_history *history;
    const int32_t *days;
    int32_t empty_code; /* code of the customer "", or -2 */
    bool has_nulls;
    chunk_counts *chunks;
} settling;

/* Last date of a chunk. */
static campaign_status look_at_days(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const settling *s = ctx;
    const campaign_column *date = &s->history->date;
    int32_t last_day = INT32_MIN;
    for (int64_t row = first; row < last; row++)
        if (s->days[row] > last_day && !cpn_is_null(date, row)) last_day = s->days[row];
    s->chunks[chunk].last_day = last_day;
    return CAMPAIGN_OK;
}

static bool is_bad(const settling *s, int64_t row)
{
    const cpn_history *h = s->history;
    const int32_t code = h->keys.codes[row];
    return code < 0 || code == s->empty_code || cpn_is_null(&h->date, row) || cpn_is_null(&h->amount, row) ||
           (h->order.type && cpn_is_null(&h->order, row));
}

/* Every row looked at for itself; those that do not count lose their code. */
static void settle_with_care(const settling *s, chunk_counts *counts, int64_t first, int64_t last)
{
    cpn_history *h = s->history;
    const int64_t *amounts = h->amount.values;
    for (int64_t row = first; row < last; row++) {
        if (is_bad(s, row)) {
            if (counts->n_bad++ == 0) counts->first_bad_row = row;
            h->keys.codes[row] = -1;
        } else if (s->days[row] > h->as_of) {
            counts->n_after++;
            h->keys.codes[row] = -1;
        } else {
            const int64_t amount = amounts[row];
            counts->n_returns += amount < 0;
            if (amount < counts->least_amount) counts->least_amount = amount;
            if (amount > counts->most_amount) counts->most_amount = amount;
        }
    }
}

static campaign_status settle_chunk(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const settling *s = ctx;
    chunk_counts *counts = &s->chunks[chunk];
    if (s->has_nulls || counts->last_day > s->history->as_of) {
        settle_with_care(s, counts, first, last);
        return CAMPAIGN_OK;
    }
    const int64_t *amounts = s->history->amount.values;
    int64_t n_returns = 0, least = 0, most = 0;
    for (int64_t row = first; row < last; row++) {
        const int64_t amount = amounts[row];
        n_returns += amount < 0;
        least = amount < least ? amount : least;
        most = amount > most ? amount : most;
    }
    counts->n_returns = n_returns;
    counts->least_amount = least;
    counts->most_amount = most;
    return CAMPAIGN_OK;
}

static void settle_as_of(cpn_history *history, const chunk_counts *chunks, int64_t n_chunks, const cpn_rfm_knobs *knobs)
{
    int32_t last_day = INT32_MIN;
    for (int64_t i = 0; i < n_chunks; i++)
        if (chunks[i].last_day > last_day) last_day = chunks[i].last_day;
    history->has_as_of = knobs->given.has_as_of || last_day != INT32_MIN;
    history->as_of = knobs->given.has_as_of ? knobs->given.as_of : last_day != INT32_MIN ? last_day : 0;
}

/* Adds the chunks up; returns the first bad row, or -1. */
static int64_t add_up(cpn_history *history, const chunk_counts *chunks, int64_t n_chunks)
{
    int64_t first_bad_row = -1;
    for (int64_t i = 0; i < n_chunks; i++) {
        const chunk_counts *c = &chunks[i];
        if (c->n_bad && first_bad_row < 0) first_bad_row = c->first_bad_row;
        history->n_skipped += c->n_bad;
        history->n_after_as_of += c->n_after;
        history->n_returns += c->n_returns;
        const uint64_t below = (uint64_t)0 - (uint64_t)c->least_amount, above = (uint64_t)c->most_amount;
        if (below > history->largest_amount) history->largest_amount = below;
        if (above > history->largest_amount) history->largest_amount = above;
    }
    history->n_used = history->n_rows - history->n_skipped - history->n_after_as_of;
    return first_bad_row;
}

static campaign_status fail_bad_row(const cpn_history *h, int64_t row, campaign_error *error)
{
    const campaign_column *columns[] = { &h->customer, &h->date, &h->amount, &h->order };
    char where[96];
    for (int i = 0; i < 4; i++) {
        if (columns[i]->type == 0 || !cpn_is_null(columns[i], row)) continue;
        (void)snprintf(where, sizeof where, "orders.%s", columns[i]->name);
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where,
                            "an order has no %s; fill it in, or have such rows skipped", columns[i]->name);
    }
    (void)snprintf(where, sizeof where, "orders.%s", h->customer.name);
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where,
                        "an order has an empty %s; fill it in, or have such rows skipped", h->customer.name);
}

/* Keys are in order, so the empty text can only be the first. */
static int32_t find_empty_code(const cpn_history *history)
{
    if (history->keys.type != CAMPAIGN_TYPE_UTF8 || history->keys.n_keys == 0) return -2;
    size_t length;
    (void)cpn_cell_text(&history->customer, history->keys.first_rows[0], &length);
    return length == 0 ? 0 : -2;
}

campaign_status cpn_history_settle(cpn_history *history, const int32_t *days, const cpn_rfm_knobs *knobs,
                                   const campaign_runtime *runtime, campaign_error *error)
{
    const int64_t n_chunks = cpn_n_chunks(history->n_rows, CHUNK_ROWS);
    settling s = { .history = history, .days = days, .empty_code = find_empty_code(history) };
    s.has_nulls = s.empty_code >= 0 || history->customer.n_nulls > 0 || history->date.n_nulls > 0 ||
                  history->amount.n_nulls > 0 || (history->order.type && history->order.n_nulls > 0);
    s.chunks = cpn_alloc_zero(n_chunks, sizeof *s.chunks);
    if (!s.chunks) return cpn_fail_nomem(error);
    campaign_status status =
        cpn_parallel_for(history->n_rows, CHUNK_ROWS, look_at_days, &s, "reading dates", runtime, error);
    settle_as_of(history, s.chunks, n_chunks, knobs);
    if (status == CAMPAIGN_OK)
        status = cpn_parallel_for(history->n_rows, CHUNK_ROWS, settle_chunk, &s, "reading orders", runtime, error);
    const int64_t bad_row = status == CAMPAIGN_OK ? add_up(history, s.chunks, n_chunks) : -1;
    cpn_free(s.chunks);
    if (bad_row >= 0 && knobs->given.nulls == CAMPAIGN_RFM_NULLS_FAIL) return fail_bad_row(history, bad_row, error);
    return status;
}

/* ---- The list of skipped rows ------------------------------------------------------------------------------------ */

static campaign_column_rule rule_for(const campaign_column *column)
{
    campaign_column_rule rule = CAMPAIGN_COLUMN_RULE_INIT;
    rule.name = column->name;
    rule.forbids_empty = column->type == CAMPAIGN_TYPE_UTF8;
    return rule;
}

campaign_status cpn_history_list_skipped(cpn_history *history, const campaign_table *orders, const cpn_rfm_knobs *knobs,
                                         campaign_error *error)
{
    campaign_column_rule rules[4] = { rule_for(&history->customer), rule_for(&history->date),
                                      rule_for(&history->amount) };
    int32_t n_rules = 3;
    if (history->order.type) rules[n_rules++] = rule_for(&history->order);
    rules[3].forbids_empty = 0; /* an empty order id is an id */
    const int64_t limit = knobs->given.problem_limit ? knobs->given.problem_limit : USUAL_LIMIT;
    if (history->n_skipped)
        return campaign_table_check(&history->skipped, &history->skipped_counts, orders, rules, n_rules, limit, error);
    campaign_table *nothing = NULL;
    campaign_status status = campaign_table_slice(&nothing, orders, 0, 0, error);
    if (status == CAMPAIGN_OK)
        status =
            campaign_table_check(&history->skipped, &history->skipped_counts, nothing, rules, n_rules, limit, error);
    campaign_table_free(nothing);
    return status;
}
