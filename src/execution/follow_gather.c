/* Cells of columns in another order, or one column after the other, as a column of a new table: whole arrays instead of cell
 * by cell. */
#include <string.h>

#include "base/memory.h"
#include "execution/follow.h"

/* What the new column is made of, handed over to the table. */
typedef struct gathered {
    uint8_t *validity;
    char *values;
    int32_t *offsets;
} gathered;

static void release(void *ctx)
{
    gathered *own = ctx;
    cpn_free(own->validity);
    cpn_free(own->values);
    cpn_free(own->offsets);
    cpn_free(own);
}

static const campaign_column *cell_of(const cpn_follow_pick *pick, int64_t i, int64_t *row)
{
    if (i >= pick->n_first) {
        *row = i - pick->n_first;
        return pick->second;
    }
    *row = pick->rows ? pick->rows[i] : i;
    return pick->first;
}

static size_t width_of(int32_t type)
{
    switch (type) {
    case CAMPAIGN_TYPE_INT32:
    case CAMPAIGN_TYPE_DATE: return 4;
    case CAMPAIGN_TYPE_BOOL:
    case CAMPAIGN_TYPE_UTF8: return 0;
    default: return 8;
    }
}

static campaign_status gather_validity(gathered *own, const cpn_follow_pick *pick, int64_t n, campaign_error *error)
{
    if (!(pick->first && pick->first->n_nulls) && !(pick->second && pick->second->n_nulls)) return CAMPAIGN_OK;
    own->validity = cpn_alloc_zero((n + 7) / 8, 1);
    if (!own->validity) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n; i++) {
        int64_t row;
        const campaign_column *column = cell_of(pick, i, &row);
        if (!cpn_is_null(column, row)) own->validity[i >> 3] |= (uint8_t)(1 << (i & 7));
    }
    return CAMPAIGN_OK;
}

static campaign_status gather_text(gathered *own, const cpn_follow_pick *pick, int64_t n, const char *name,
                                   campaign_error *error)
{
    int64_t total = 0, row;
    size_t length;
    own->offsets = cpn_alloc(n + 1, sizeof *own->offsets);
    if (!own->offsets) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n; i++) {
        const campaign_column *column = cell_of(pick, i, &row);
        own->offsets[i] = (int32_t)total;
        if (cpn_is_null(column, row)) continue;
        (void)cpn_cell_text(column, row, &length);
        total += (int64_t)length;
        if (total > INT32_MAX)
            return cpn_fail(error, CAMPAIGN_E_LIMIT, name, "its texts have more than 2147483647 bytes");
    }
    own->offsets[n] = (int32_t)total;
    own->values = cpn_alloc(total, 1);
    if (!own->values) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n; i++) {
        if (own->offsets[i + 1] == own->offsets[i]) continue;
        const campaign_column *column = cell_of(pick, i, &row);
        const char *text = cpn_cell_text(column, row, &length);
        memcpy(own->values + own->offsets[i], text, length);
    }
    return CAMPAIGN_OK;
}

static campaign_status gather_bits(gathered *own, const cpn_follow_pick *pick, int64_t n, campaign_error *error)
{
    own->values = cpn_alloc_zero((n + 7) / 8, 1);
    if (!own->values) return cpn_fail_nomem(error);
    uint8_t *bits = (uint8_t *)own->values;
    for (int64_t i = 0; i < n; i++) {
        int64_t row;
        const campaign_column *column = cell_of(pick, i, &row);
        if (!cpn_is_null(column, row) && cpn_cell_int64(column, row)) bits[i >> 3] |= (uint8_t)(1 << (i & 7));
    }
    return CAMPAIGN_OK;
}

static campaign_status gather_cells(gathered *own, const cpn_follow_pick *pick, int64_t n, size_t width,
                                    campaign_error *error)
{
    own->values = cpn_alloc_zero(n, width);
    if (!own->values) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n; i++) {
        int64_t row;
        const campaign_column *column = cell_of(pick, i, &row);
        if (!cpn_is_null(column, row))
            memcpy(own->values + (size_t)i * width, (const char *)column->values + (size_t)row * width, width);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_follow_gather(campaign_table_builder *builder, const char *name, const cpn_follow_pick *pick,
                                  campaign_error *error)
{
    const int64_t n = pick->n_first + pick->n_second;
    const campaign_column *like = pick->first ? pick->first : pick->second;
    const size_t width = width_of(like->type);
    gathered *own = cpn_alloc_zero(1, sizeof *own);
    if (!own) return cpn_fail_nomem(error);
    campaign_status status = gather_validity(own, pick, n, error);
    if (status == CAMPAIGN_OK && like->type == CAMPAIGN_TYPE_UTF8)
        status = gather_text(own, pick, n, name, error);
    else if (status == CAMPAIGN_OK && like->type == CAMPAIGN_TYPE_BOOL)
        status = gather_bits(own, pick, n, error);
    else if (status == CAMPAIGN_OK)
        status = gather_cells(own, pick, n, width, error);
    if (status != CAMPAIGN_OK) {
        release(own);
        return status;
    }
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = like->type;
    array.n_rows = n;
    memcpy(array.currency, like->currency, sizeof array.currency);
    array.exponent = like->exponent;
    array.has_exponent = like->type == CAMPAIGN_TYPE_MONEY;
    array.name = name;
    array.validity = own->validity;
    array.values = own->values;
    array.offsets = own->offsets;
    array.release = release;
    array.ctx = own;
    return campaign_table_builder_add_array(builder, &array, error);
}
