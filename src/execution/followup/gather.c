/* Cells of columns in another order, or one column after the other, as a column of a new table: whole arrays instead of cell
 * by cell. */
#include <string.h>

#include "base/memory.h"
#include "execution/followup/follow.h"

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

/* Cells that follow each other in their column, too; without a column they are null. */
typedef struct run {
    const campaign_column *column;
    int64_t row, n;
} run;

/* The run that begins at number i. */
static run run_at(const cpn_follow_pick *pick, int64_t i)
{
    if (i >= pick->n_first) return (run){ pick->second, i - pick->n_first, pick->n_first + pick->n_second - i };
    if (!pick->rows) return (run){ pick->first, i, pick->n_first - i };
    int64_t end = i + 1;
    while (end < pick->n_first && pick->rows[end] == pick->rows[end - 1] + 1) end++;
    return (run){ pick->first, pick->rows[i], end - i };
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
    const bool has_nulls = (pick->first && pick->first->n_nulls) || (pick->n_second && !pick->second) ||
                           (pick->second && pick->second->n_nulls);
    if (!has_nulls) return CAMPAIGN_OK;
    own->validity = cpn_alloc_zero((n + 7) / 8, 1);
    if (!own->validity) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n;) {
        const run cells = run_at(pick, i);
        for (int64_t row = cells.row; row < cells.row + cells.n; row++, i++)
            own->validity[i >> 3] |= (uint8_t)((cells.column && !cpn_is_null(cells.column, row)) << (i & 7));
    }
    return CAMPAIGN_OK;
}

/* Offsets of a run of plain text keep their distances; entries of a dictionary are looked up. Returns the new total; what
 * stands below a null is taken over with the rest of its run. */
static int64_t gather_offsets(int32_t *offsets, const run *cells, int64_t total)
{
    const campaign_column *column = cells->column;
    for (int64_t k = 0; k < cells->n && !column; k++) offsets[k] = (int32_t)total;
    if (!column) return total;
    const int32_t *from = column->offsets + cells->row;
    if (!column->codes) {
        for (int64_t k = 0; k < cells->n; k++) offsets[k] = (int32_t)(total + from[k] - from[0]);
        return total + from[cells->n] - from[0];
    }
    for (int64_t k = 0; k < cells->n; k++) {
        const int64_t row = cells->row + k;
        size_t length = 0;
        offsets[k] = (int32_t)total;
        if (!cpn_is_null(column, row)) (void)cpn_cell_text(column, row, &length);
        total += (int64_t)length;
        if (total > INT32_MAX) break;
    }
    return total;
}

static void gather_bytes(char *values, const int32_t *offsets, const run *cells)
{
    const campaign_column *column = cells->column;
    if (!column) return;
    if (!column->codes) {
        const size_t length = (size_t)(column->offsets[cells->row + cells->n] - column->offsets[cells->row]);
        if (length) memcpy(values + offsets[0], (const char *)column->values + column->offsets[cells->row], length);
        return;
    }
    for (int64_t k = 0; k < cells->n; k++) {
        size_t length;
        if (offsets[k + 1] == offsets[k]) continue;
        const char *text = cpn_cell_text(column, cells->row + k, &length);
        memcpy(values + offsets[k], text, length);
    }
}

static campaign_status gather_text(gathered *own, const cpn_follow_pick *pick, int64_t n, const char *name,
                                   campaign_error *error)
{
    int64_t total = 0;
    own->offsets = cpn_alloc(n + 1, sizeof *own->offsets);
    if (!own->offsets) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n;) {
        const run cells = run_at(pick, i);
        total = gather_offsets(own->offsets + i, &cells, total);
        if (total > INT32_MAX)
            return cpn_fail(error, CAMPAIGN_E_LIMIT, name, "its texts have more than 2147483647 bytes");
        i += cells.n;
    }
    own->offsets[n] = (int32_t)total;
    own->values = cpn_alloc(total, 1);
    if (!own->values) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n;) {
        const run cells = run_at(pick, i);
        gather_bytes(own->values, own->offsets + i, &cells);
        i += cells.n;
    }
    return CAMPAIGN_OK;
}

static campaign_status gather_bits(gathered *own, const cpn_follow_pick *pick, int64_t n, campaign_error *error)
{
    own->values = cpn_alloc_zero((n + 7) / 8, 1);
    if (!own->values) return cpn_fail_nomem(error);
    uint8_t *bits = (uint8_t *)own->values;
    for (int64_t i = 0; i < n;) {
        const run cells = run_at(pick, i);
        for (int64_t row = cells.row; row < cells.row + cells.n; row++, i++)
            if (cells.column && !cpn_is_null(cells.column, row) && cpn_cell_int64(cells.column, row))
                bits[i >> 3] |= (uint8_t)(1 << (i & 7));
    }
    return CAMPAIGN_OK;
}

static campaign_status gather_cells(gathered *own, const cpn_follow_pick *pick, int64_t n, size_t width,
                                    campaign_error *error)
{
    own->values = cpn_alloc(n, width);
    if (!own->values) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n;) {
        const run cells = run_at(pick, i);
        char *values = own->values + (size_t)i * width;
        if (cells.column)
            memcpy(values, (const char *)cells.column->values + (size_t)cells.row * width, (size_t)cells.n * width);
        else
            memset(values, 0, (size_t)cells.n * width);
        i += cells.n;
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
