/* What a plan was made of besides its request: rows, days, sum and a digest of each table of inputs. Two plans of equal
 * digests were made of the same data, whatever the order of its rows. */
#include <string.h>

#include "base/checked.h"
#include "base/hash.h"
#include "base/memory.h"
#include "plan/compare.h"

/* Mixes the cells of a row one after another. */
static uint64_t mix(uint64_t digest, uint64_t cell)
{
    return (uint64_t)cpn_hash_int64((int64_t)(digest * 31 + cell));
}

/* Rows and days that the plan uses, their sum, and a digest that no order of rows changes. */
typedef struct source {
    const char *name;
    int64_t n_rows;
    int32_t first_day, last_day;
    bool has_days, has_amount;
    int64_t minor;
    uint64_t digest;
} source;

static void write_source(cpn_out *out, const source *from)
{
    static const char digits[] = "0123456789abcdef";
    char digest[17] = { 0 };
    for (int32_t i = 0; i < 16; i++) digest[i] = digits[from->digest >> (60 - 4 * i) & 15];
    cpn_out_string(out, 0, from->name);
    cpn_out_int64(out, 1, from->n_rows);
    cpn_out_optional_int64(out, 2, from->first_day, from->has_days);
    cpn_out_optional_int64(out, 3, from->last_day, from->has_days);
    cpn_out_optional_int64(out, 4, from->minor, from->has_amount);
    cpn_out_string(out, 5, digest);
}

/* ---- Orders ----------------------------------------------------------------------------------------------------- */

/* One hash for each key of a dimension, so that a row costs no reading of text. */
static campaign_status hash_keys(uint64_t **hashes, const cpn_plan_history *history, int32_t dimension,
                                 campaign_error *error)
{
    const cpn_keys *keys = &history->keys[dimension];
    if (history->dimensions[dimension].type == 0) return CAMPAIGN_OK;
    *hashes = cpn_alloc(keys->n_keys, sizeof **hashes);
    if (!*hashes) return cpn_fail_nomem(error);
    for (int64_t key = 0; key < keys->n_keys; key++) {
        char buffer[32];
        size_t length;
        const char *label = cpn_plan_history_label(history, dimension, key, buffer, &length);
        (*hashes)[key] = cpn_hash_bytes(label, length);
    }
    return CAMPAIGN_OK;
}

static uint64_t hash_row(const cpn_plan_history *history, uint64_t *const *hashes, int64_t row, int32_t day)
{
    uint64_t digest = mix((uint64_t)day, (uint64_t)cpn_cell_int64(&history->amount, row));
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS; i++) {
        if (!hashes[i]) continue;
        const int32_t key = history->keys[i].codes[row];
        digest = mix(digest, key < 0 ? (uint64_t)i : hashes[i][key]);
    }
    return digest;
}

static campaign_status read_orders(source *orders, const cpn_plan_history *history, const cpn_plan_request *request,
                                   campaign_error *error)
{
    uint64_t *hashes[CPN_PLAN_N_DIMENSIONS] = { NULL };
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS && status == CAMPAIGN_OK; i++)
        status = hash_keys(&hashes[i], history, i, error);
    for (int64_t row = 0; row < history->date.n_rows && status == CAMPAIGN_OK; row++) {
        int32_t day;
        if (!cpn_plan_history_uses(history, request, row, &day)) continue;
        orders->n_rows++;
        orders->digest += hash_row(history, hashes, row, day);
    }
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS; i++) cpn_free(hashes[i]);
    orders->has_days = history->first_day <= history->last_day;
    orders->first_day = history->first_day;
    orders->last_day = history->last_day;
    orders->has_amount = orders->has_days;
    for (int32_t i = 0; orders->has_amount && i <= history->last_day - history->first_day; i++)
        orders->has_amount = cpn_add64(&orders->minor, orders->minor, history->day_minor[i]);
    return status;
}

/* ---- Other tables ----------------------------------------------------------------------------------------------- */

static uint64_t hash_cell(const campaign_table *table, int32_t column, int64_t row)
{
    size_t length;
    char cell[64];
    const char *text = campaign_table_text(table, column, row, &length);
    if (text) return cpn_hash_bytes(text, length);
    if (campaign_table_is_null(table, column, row)) return 1;
    length = campaign_table_format(cell, sizeof cell, table, column, row);
    return cpn_hash_bytes(cell, length < sizeof cell ? length : sizeof cell - 1);
}

/* Every cell counts, and the names of the columns. */
static void read_table(source *from, const campaign_table *table)
{
    from->n_rows = campaign_table_n_rows(table);
    for (int64_t row = 0; row < from->n_rows; row++) {
        uint64_t digest = 0;
        for (int32_t column = 0; column < campaign_table_n_columns(table); column++)
            digest = mix(digest, hash_cell(table, column, row));
        from->digest += digest;
    }
    for (int32_t column = 0; column < campaign_table_n_columns(table); column++) {
        campaign_column info = CAMPAIGN_COLUMN_INIT;
        (void)campaign_table_column(&info, table, column, NULL);
        from->digest = mix(from->digest, cpn_hash_bytes(info.name, strlen(info.name)));
    }
}

campaign_status cpn_plan_sources_table(campaign_table **table, const cpn_plan_source *inputs, int32_t n_inputs,
                                       const cpn_plan_history *history, const cpn_plan_request *request,
                                       campaign_error *error)
{
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_SOURCES, request);
    campaign_status status = CAMPAIGN_OK;
    if (history->date.type != 0) {
        source orders = { .name = "orders" };
        status = read_orders(&orders, history, request, error);
        write_source(&out, &orders);
    }
    for (int32_t i = 0; i < n_inputs; i++) {
        source from = { .name = inputs[i].name };
        if (!inputs[i].table) continue;
        read_table(&from, inputs[i].table);
        write_source(&out, &from);
    }
    const campaign_status closed = cpn_out_close(table, &out, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) return closed;
    campaign_table_free(*table);
    *table = NULL;
    return status;
}
