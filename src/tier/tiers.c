/* Writes the table of customers. Columns are whole arrays that the table takes over, not appended cell by cell. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "tier/tier.h"

enum { CHUNK_CUSTOMERS = 1 << 16 }; /* a multiple of 8: chunks share no byte of validity */

static campaign_array array_of(const char *name, int32_t type, int64_t n_rows, const void *values)
{
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.name = name;
    array.type = type;
    array.n_rows = n_rows;
    array.values = values;
    return array;
}

/* Hands one block over as a column; the table, or a failure, frees it. A NULL block is lack of memory. */
static campaign_status add_block(campaign_table_builder *builder, campaign_array *array, void *block,
                                 campaign_error *error)
{
    if (!block) return cpn_fail_nomem(error);
    array->release = cpn_free;
    array->ctx = block;
    return campaign_table_builder_add_array(builder, array, error);
}

/* Texts, with codes that stand for them or without, freed together. */
typedef struct texts {
    int32_t *codes;
    int32_t *offsets;
    char *bytes;
} texts;

static void free_texts(void *ctx)
{
    texts *t = ctx;
    if (!t) return;
    cpn_free(t->codes);
    cpn_free(t->offsets);
    cpn_free(t->bytes);
    cpn_free(t);
}

/* ---- Customers --------------------------------------------------------------------------------------------------- */

static campaign_status add_integer_customers(campaign_table_builder *builder, cpn_history *h, campaign_error *error)
{
    int64_t *block = h->keys.integers; /* kept[i] >= i, so it can be squeezed where it stands */
    for (int64_t i = 0; h->n_customers < h->keys.n_keys && i < h->n_customers; i++) block[i] = block[h->kept[i]];
    h->keys.integers = NULL;
    campaign_array array = array_of("customer", CAMPAIGN_TYPE_INT64, h->n_customers, block);
    return add_block(builder, &array, block, error);
}

static const char *customer_text(const cpn_history *h, int64_t customer, size_t *length)
{
    return cpn_cell_text(&h->customer, h->keys.first_rows[h->kept[customer]], length);
}

/* The names of customers lie all over the orders, so they are fetched by many threads. */
typedef struct name_reading {
    const cpn_history *history;
    texts *names;
} name_reading;

static campaign_status measure_names(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    const name_reading *r = ctx;
    for (int64_t i = first; i < last; i++) {
        size_t length;
        (void)customer_text(r->history, i, &length);
        r->names->offsets[i + 1] = (int32_t)length;
    }
    return CAMPAIGN_OK;
}

static campaign_status copy_names(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    const name_reading *r = ctx;
    for (int64_t i = first; i < last; i++) {
        size_t length;
        const char *text = customer_text(r->history, i, &length);
        if (length) memcpy(r->names->bytes + r->names->offsets[i], text, length);
    }
    return CAMPAIGN_OK;
}

/* Lengths become offsets. */
static campaign_status add_up_lengths(texts *names, int64_t n, campaign_error *error)
{
    int64_t n_bytes = 0;
    names->offsets[0] = 0;
    for (int64_t i = 0; i < n; i++) {
        n_bytes += names->offsets[i + 1];
        if (n_bytes > INT32_MAX)
            return cpn_fail(error, CAMPAIGN_E_LIMIT, "orders.customer",
                            "customer ids take more than the %ld bytes a text column holds", (long)INT32_MAX);
        names->offsets[i + 1] = (int32_t)n_bytes;
    }
    names->bytes = cpn_alloc(n_bytes, 1);
    return names->bytes ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static campaign_status read_names(texts **names, const cpn_history *h, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    *names = cpn_alloc_zero(1, sizeof **names);
    if (*names) (*names)->offsets = cpn_alloc(h->n_customers + 1, sizeof *(*names)->offsets);
    if (!*names || !(*names)->offsets) return cpn_fail_nomem(error);
    name_reading r = { .history = h, .names = *names };
    campaign_status status =
        cpn_parallel_for(h->n_customers, CHUNK_CUSTOMERS, measure_names, &r, "tiers", runtime, error);
    if (status == CAMPAIGN_OK) status = add_up_lengths(*names, h->n_customers, error);
    if (status == CAMPAIGN_OK)
        status = cpn_parallel_for(h->n_customers, CHUNK_CUSTOMERS, copy_names, &r, "tiers", runtime, error);
    return status;
}

static campaign_status add_text_customers(campaign_table_builder *builder, const cpn_history *h,
                                          const campaign_runtime *runtime, campaign_error *error)
{
    texts *names = NULL;
    const campaign_status status = read_names(&names, h, runtime, error);
    if (status != CAMPAIGN_OK) {
        free_texts(names);
        return status;
    }
    campaign_array array = array_of("customer", CAMPAIGN_TYPE_UTF8, h->n_customers, names->bytes);
    array.offsets = names->offsets;
    array.release = free_texts;
    array.ctx = names;
    return campaign_table_builder_add_array(builder, &array, error);
}

/* ---- Facts ------------------------------------------------------------------------------------------------------- */

/* Columns of facts on their way into the table; those of int32 have room for validity bits behind their values. */
typedef struct fact_columns {
    const cpn_history *history;
    int64_t *frequency, *monetary;
    int32_t *recency_days, *last_date, *first_date;
} fact_columns;

static uint8_t *validity_of(int32_t *values, int64_t n)
{
    return (uint8_t *)(values + n);
}

/* Customers without a purchase have no recency and no dates: their bits stay clear. */
static void write_nulls(const fact_columns *c, int64_t first, int64_t last)
{
    const int64_t n = c->history->n_customers;
    uint8_t *validity = validity_of(c->recency_days, n);
    for (int64_t i = first; i < last; i += 8) {
        uint32_t bits = 0;
        for (int64_t k = 0; k < 8 && i + k < last; k++)
            bits |= (uint32_t)cpn_has_purchase(&c->history->facts[i + k]) << k;
        validity[i >> 3] = (uint8_t)bits;
    }
    const size_t n_bytes = (size_t)((last - first + 7) / 8);
    memcpy(validity_of(c->last_date, n) + first / 8, validity + first / 8, n_bytes);
    memcpy(validity_of(c->first_date, n) + first / 8, validity + first / 8, n_bytes);
}

static campaign_status write_facts(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    const fact_columns *c = ctx;
    const int32_t as_of = c->history->as_of;
    for (int64_t i = first; i < last; i++) {
        const cpn_facts *facts = &c->history->facts[i];
        const bool is_known = cpn_has_purchase(facts);
        c->frequency[i] = facts->frequency;
        c->monetary[i] = facts->monetary;
        c->last_date[i] = is_known ? facts->last_day : 0;
        c->first_date[i] = is_known ? facts->first_day : 0;
        c->recency_days[i] = is_known ? as_of - facts->last_day : 0;
    }
    if (c->history->n_without_purchase > 0) write_nulls(c, first, last);
    return CAMPAIGN_OK;
}

/* Takes what *block points at: it is the table's, or freed, afterwards. */
static campaign_status add_fact(campaign_table_builder *builder, const char *name, int32_t type, const cpn_history *h,
                                void **block, campaign_error *error)
{
    campaign_array array = array_of(name, type, h->n_customers, *block);
    if (type == CAMPAIGN_TYPE_MONEY) {
        memcpy(array.currency, h->amount.currency, sizeof array.currency);
        array.exponent = h->amount.exponent;
        array.has_exponent = 1;
    } else if (type != CAMPAIGN_TYPE_INT64 && h->n_without_purchase > 0) {
        array.validity = validity_of(*block, h->n_customers);
    }
    void *taken = *block;
    *block = NULL;
    return add_block(builder, &array, taken, error);
}

static campaign_status add_facts(campaign_table_builder *builder, fact_columns *c, campaign_error *error)
{
    void *recency_days = c->recency_days, *frequency = c->frequency, *monetary = c->monetary;
    c->recency_days = NULL, c->frequency = NULL, c->monetary = NULL;
    campaign_status status = add_fact(builder, "recency_days", CAMPAIGN_TYPE_INT32, c->history, &recency_days, error);
    if (status == CAMPAIGN_OK)
        status = add_fact(builder, "frequency", CAMPAIGN_TYPE_INT64, c->history, &frequency, error);
    if (status == CAMPAIGN_OK)
        status = add_fact(builder, "monetary", CAMPAIGN_TYPE_MONEY, c->history, &monetary, error);
    cpn_free(recency_days);
    cpn_free(frequency);
    cpn_free(monetary);
    return status;
}

static campaign_status add_dates(campaign_table_builder *builder, fact_columns *c, campaign_error *error)
{
    void *last_date = c->last_date, *first_date = c->first_date;
    c->last_date = NULL, c->first_date = NULL;
    campaign_status status = add_fact(builder, "last_date", CAMPAIGN_TYPE_DATE, c->history, &last_date, error);
    if (status == CAMPAIGN_OK)
        status = add_fact(builder, "first_date", CAMPAIGN_TYPE_DATE, c->history, &first_date, error);
    cpn_free(last_date);
    cpn_free(first_date);
    return status;
}

static campaign_status open_facts(fact_columns *c, const cpn_history *h, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    const int64_t n = h->n_customers, n_bytes = n * 4 + (n + 7) / 8;
    *c = (fact_columns){ .history = h };
    c->frequency = cpn_alloc(n, sizeof *c->frequency);
    c->monetary = cpn_alloc(n, sizeof *c->monetary);
    c->recency_days = cpn_alloc(n_bytes, 1);
    c->last_date = cpn_alloc(n_bytes, 1);
    c->first_date = cpn_alloc(n_bytes, 1);
    if (!c->frequency || !c->monetary || !c->recency_days || !c->last_date || !c->first_date)
        return cpn_fail_nomem(error);
    return cpn_parallel_for(n, CHUNK_CUSTOMERS, write_facts, c, "tiers", runtime, error);
}

static void free_facts(fact_columns *c)
{
    cpn_free(c->frequency);
    cpn_free(c->monetary);
    cpn_free(c->recency_days);
    cpn_free(c->last_date);
    cpn_free(c->first_date);
}

/* ---- Scores and names -------------------------------------------------------------------------------------------- */

static campaign_status add_score(campaign_table_builder *builder, const char *name, int32_t **score, int64_t n,
                                 campaign_error *error)
{
    int32_t *taken = *score;
    *score = NULL;
    campaign_array array = array_of(name, CAMPAIGN_TYPE_INT32, n, taken);
    return add_block(builder, &array, taken, error);
}

static void add_cell_name(cpn_text *text, const cpn_rule_grid *grid, int32_t cell)
{
    const int32_t *n = grid->n_bins;
    const bool has_dash = n[0] > 9 || n[1] > 9 || n[2] > 9;
    cpn_text_add_int64(text, cell / n[2] / n[1] + 1);
    if (has_dash) cpn_text_add_char(text, '-');
    cpn_text_add_int64(text, cell / n[2] % n[1] + 1);
    if (has_dash) cpn_text_add_char(text, '-');
    cpn_text_add_int64(text, cell % n[2] + 1);
}

/* The text columns: codes of scores, ids of rules, names of rules. */
enum { CELL_NAMES, TIER_IDS, TIER_NAMES };

static bool write_entries(texts *d, const cpn_rfm *rfm, int which, int64_t n_entries)
{
    cpn_text text = { 0 };
    d->offsets = cpn_alloc(n_entries + 1, sizeof *d->offsets);
    for (int64_t i = 0; i < n_entries && d->offsets; i++) {
        d->offsets[i] = (int32_t)text.length;
        if (which == CELL_NAMES)
            add_cell_name(&text, &rfm->grid, (int32_t)i);
        else
            cpn_text_add_string(&text, which == TIER_IDS ? rfm->segments.rules[i].id : rfm->segments.rules[i].name);
        d->offsets[i + 1] = (int32_t)text.length;
    }
    d->bytes = cpn_text_take(&text);
    return d->offsets && d->bytes;
}

/* Takes *codes over. */
static campaign_status add_names(campaign_table_builder *builder, const cpn_rfm *rfm, int which, int32_t **codes,
                                 campaign_error *error)
{
    static const char *const names[] = { "rfm", "tier", "tier_name" };
    const int64_t n_entries = which == CELL_NAMES ? rfm->grid.n_cells : rfm->segments.n_rules + 2;
    texts *d = cpn_alloc_zero(1, sizeof *d);
    if (!d) return cpn_fail_nomem(error);
    d->codes = *codes;
    *codes = NULL;
    if (!write_entries(d, rfm, which, n_entries)) {
        free_texts(d);
        return cpn_fail_nomem(error);
    }
    campaign_array array = array_of(names[which], CAMPAIGN_TYPE_UTF8, rfm->history.n_customers, d->bytes);
    array.codes = d->codes;
    array.offsets = d->offsets;
    array.n_dictionary = n_entries;
    array.release = free_texts;
    array.ctx = d;
    return campaign_table_builder_add_array(builder, &array, error);
}

static campaign_status add_scores(campaign_table_builder *builder, cpn_rfm *rfm, campaign_error *error)
{
    static const char *const names[] = { "r", "f", "m" };
    const int64_t n = rfm->history.n_customers;
    campaign_status status = CAMPAIGN_OK;
    for (int d = 0; d < CPN_N_DIMENSIONS && status == CAMPAIGN_OK; d++)
        status = add_score(builder, names[d], &rfm->scores[d].score, n, error);
    if (status == CAMPAIGN_OK) status = add_names(builder, rfm, CELL_NAMES, &rfm->cells, error);
    int32_t *copy = status == CAMPAIGN_OK ? cpn_alloc(n, sizeof *copy) : NULL;
    if (status == CAMPAIGN_OK && !copy) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK && n > 0) memcpy(copy, rfm->tiers, (size_t)n * sizeof *copy);
    if (status == CAMPAIGN_OK) status = add_names(builder, rfm, TIER_IDS, &rfm->tiers, error);
    if (status == CAMPAIGN_OK) status = add_names(builder, rfm, TIER_NAMES, &copy, error);
    cpn_free(copy);
    return status;
}

campaign_status cpn_rfm_write_tiers(campaign_table **tiers, cpn_rfm *rfm, const campaign_runtime *runtime,
                                    campaign_error *error)
{
    cpn_history *h = &rfm->history;
    fact_columns facts;
    campaign_table_builder *builder = NULL;
    campaign_status status = open_facts(&facts, h, runtime, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK)
        status = h->customer.type == CAMPAIGN_TYPE_UTF8 ? add_text_customers(builder, h, runtime, error)
                                                        : add_integer_customers(builder, h, error);
    if (status == CAMPAIGN_OK) status = add_facts(builder, &facts, error);
    if (status == CAMPAIGN_OK) status = add_scores(builder, rfm, error);
    if (status == CAMPAIGN_OK) status = add_dates(builder, &facts, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(tiers, builder, error);
    campaign_table_builder_free(builder);
    free_facts(&facts);
    return status;
}
