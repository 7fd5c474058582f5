/* Record batches in through the Arrow C data interface. Every path releases what it was given exactly once: at once
 * after a failure, with the last user of a table's columns after success. */
#include "base/memory.h"
#include "table/arrow_read.h"
#include "table/table.h"

void cpn_arrow_release_array(struct ArrowArray *array)
{
    if (array && array->release) array->release(array);
}

void cpn_arrow_release_schema(struct ArrowSchema *schema)
{
    if (schema && schema->release) schema->release(schema);
}

static void release_batch(void *ctx)
{
    struct ArrowArray *array = ctx;
    cpn_arrow_release_array(array);
    cpn_free(array);
}

/* A store that holds the whole batch; takes over the array, also where memory is out. */
static cpn_store *hold_batch(struct ArrowArray *array)
{
    cpn_store *store = cpn_store_create();
    struct ArrowArray *moved = store ? cpn_alloc(1, sizeof *moved) : NULL;
    if (!moved) {
        cpn_store_drop(store);
        cpn_arrow_release_array(array);
        return NULL;
    }
    *moved = *array;
    array->release = NULL;
    store->release = release_batch;
    store->ctx = moved;
    return store;
}

static campaign_status check_batch(const struct ArrowArray *batch, int32_t n_fields, campaign_error *error)
{
    const char *fault = NULL;
    if (batch->length < 0 || batch->offset < 0 || batch->length > INT64_MAX / 64 - batch->offset)
        fault = "has an impossible length or offset";
    else if (batch->n_buffers != 1 || !batch->buffers)
        fault = "must have one buffer";
    else if (batch->n_children != n_fields || (n_fields && !batch->children))
        fault = "has not the children that its schema says";
    else if (batch->dictionary)
        fault = "has a dictionary";
    else if (batch->null_count < -1 || batch->null_count > batch->length ||
             (batch->null_count > 0 && !batch->buffers[0]))
        fault = "has an impossible number of nulls";
    if (fault) return cpn_fail(error, CAMPAIGN_E_VALUE, "array", "the struct array %s", fault);
    for (int32_t i = 0; i < n_fields; i++)
        if (!batch->children[i])
            return cpn_fail(error, CAMPAIGN_E_VALUE, "array", "child %ld of the struct array is missing", (long)i);
    return CAMPAIGN_OK;
}

/* Fills the view from a child of the batch. */
static campaign_status take_child(cpn_arrow_column *column, const struct ArrowArray *batch, campaign_error *error)
{
    const cpn_arrow_field *field = column->field;
    const struct ArrowArray *array = column->array;
    campaign_status status = cpn_arrow_check_shape(array, field->kind, field->is_dictionary, field->name, error);
    if (status != CAMPAIGN_OK) return status;
    if (array->length < batch->offset + batch->length)
        return cpn_fail(error, CAMPAIGN_E_VALUE, field->name, "column \"%s\" has %lld rows, the batch needs %lld",
                        field->name, (long long)array->length, (long long)(batch->offset + batch->length));
    column->first = array->offset + batch->offset;
    if (field->kind == CPN_ARROW_NULL) return cpn_arrow_take_blanks(column, error);
    status = cpn_arrow_take_validity(column, batch, error);
    if (status != CAMPAIGN_OK) return status;
    if (field->is_dictionary) return cpn_arrow_take_dictionary(column, error);
    return field->kind < CPN_ARROW_UTF8 ? cpn_arrow_take_cells(column, error) : cpn_arrow_take_text(column, error);
}

/* One column of the table; batch is NULL for none, and holder keeps it alive. */
static campaign_status read_column(cpn_stored_column *out, const cpn_arrow_field *field, const struct ArrowArray *batch,
                                   int32_t index, cpn_store *holder, campaign_error *error)
{
    cpn_arrow_column column = { .field = field, .view = cpn_blank_column() };
    column.store = cpn_store_create();
    if (!column.store) return cpn_fail_nomem(error);
    out->store = column.store;
    if (holder) column.store->parent = cpn_store_keep(holder);
    column.view.name = cpn_store_text(column.store, field->name);
    if (!column.view.name) return cpn_fail_nomem(error);
    column.view.n_rows = batch ? batch->length : 0;
    campaign_status status = CAMPAIGN_OK;
    if (column.view.n_rows == 0) {
        status = cpn_arrow_take_nothing(&column, error);
    } else {
        column.array = batch->children[index];
        status = take_child(&column, batch, error);
        if (status == CAMPAIGN_OK) status = cpn_check_cells(&column.view, error);
    }
    out->view = column.view;
    return status;
}

campaign_status cpn_arrow_read_batch(campaign_table **table, struct ArrowArray *array, const cpn_arrow_field *fields,
                                     int32_t n_fields, campaign_error *error)
{
    *table = NULL;
    cpn_store *holder = NULL;
    const struct ArrowArray *batch = NULL;
    if (array) {
        holder = hold_batch(array);
        if (!holder) return cpn_fail_nomem(error);
        batch = holder->ctx;
    }
    campaign_status status = batch ? check_batch(batch, n_fields, error) : CAMPAIGN_OK;
    campaign_table *read = NULL;
    if (status == CAMPAIGN_OK) {
        read = cpn_table_create(n_fields, batch ? batch->length : 0);
        if (!read) status = cpn_fail_nomem(error);
    }
    for (int32_t i = 0; i < n_fields && status == CAMPAIGN_OK; i++)
        status = read_column(&read->columns[i], &fields[i], batch, i, holder, error);
    cpn_store_drop(holder);
    if (status == CAMPAIGN_OK)
        *table = read;
    else
        campaign_table_free(read);
    return status;
}

campaign_status cpn_arrow_read_options(campaign_arrow_options *ours, const campaign_arrow_options *options,
                                       campaign_error *error)
{
    const campaign_status status = cpn_check_knobs(options, sizeof *options, sizeof *options, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(ours, sizeof *ours, options);
    if (ours->utc_offset_minutes < -18 * 60 || ours->utc_offset_minutes > 18 * 60)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.utc_offset_minutes", "%ld is not within -1080 to 1080",
                        (long)ours->utc_offset_minutes);
    return CAMPAIGN_OK;
}

campaign_status campaign_table_from_arrow(campaign_table **table, struct ArrowArray *array, struct ArrowSchema *schema,
                                          const campaign_arrow_options *options, campaign_error *error)
{
    campaign_arrow_options ours;
    campaign_status status = CAMPAIGN_OK;
    cpn_arrow_field *fields = NULL;
    if (table) *table = NULL;
    if (!table || !array || !array->release || !schema || !schema->release)
        status =
            cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "table, and array and schema not yet released, are required");
    if (status == CAMPAIGN_OK) status = cpn_arrow_read_options(&ours, options, error);
    if (status == CAMPAIGN_OK) fields = cpn_arrow_read_fields(&status, schema, &ours, error);
    if (status == CAMPAIGN_OK)
        status = cpn_arrow_read_batch(table, array, fields, (int32_t)schema->n_children, error);
    else
        cpn_arrow_release_array(array);
    cpn_arrow_release_schema(schema);
    cpn_free(fields);
    return status;
}
