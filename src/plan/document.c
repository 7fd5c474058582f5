/* The plan as a document: written from its tables, read back into the same tables.
 * Tables are objects of columns, columns are arrays. What was read is written again byte for byte. */
#include <string.h>

#include "base/memory.h"
#include "plan/plan.h"

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

static void write_cell(cpn_json_writer *writer, const campaign_table *table, const campaign_column *column,
                       int32_t index, int64_t row)
{
    size_t length;
    if (cpn_is_null(column, row)) {
        cpn_json_null(writer);
    } else if (column->type == CAMPAIGN_TYPE_UTF8) {
        const char *text = cpn_cell_text(column, row, &length);
        cpn_json_string(writer, text, length);
    } else if (column->type == CAMPAIGN_TYPE_MONEY) {
        cpn_json_money(writer, cpn_cell_int64(column, row), column->exponent);
    } else if (column->type == CAMPAIGN_TYPE_DATE) {
        cpn_json_date(writer, (int32_t)cpn_cell_int64(column, row));
    } else if (column->type == CAMPAIGN_TYPE_FLOAT64) {
        cpn_json_double(writer, campaign_table_float64(table, index, row));
    } else {
        cpn_json_int64(writer, cpn_cell_int64(column, row));
    }
}

static void write_table(cpn_json_writer *writer, const campaign_table *table)
{
    cpn_json_open_object(writer, false);
    for (int32_t index = 0; index < campaign_table_n_columns(table); index++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        (void)campaign_table_column(&column, table, index, NULL);
        cpn_json_key(writer, column.name);
        cpn_json_open_array(writer, true);
        for (int64_t row = 0; row < column.n_rows; row++) write_cell(writer, table, &column, index, row);
        cpn_json_close(writer);
    }
    cpn_json_close(writer);
}

/* The request as it was given, without the name of its own schema. */
static void write_request(cpn_json_writer *writer, const cpn_plan_request *request)
{
    cpn_json_open_object(writer, false);
    for (const cpn_json_value *member = request->root->first; member; member = member->next) {
        if (strcmp(member->key, "schema") == 0) continue;
        cpn_json_key(writer, member->key);
        cpn_json_copy(writer, member);
    }
    cpn_json_close(writer);
}

campaign_status campaign_plan_save(char **json, size_t *length, const campaign_plan *plan, campaign_error *error)
{
    if (json) *json = NULL;
    if (length) *length = 0;
    if (!json || !plan) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "json", "json and plan are required");
    cpn_text text = { 0 };
    cpn_json_writer writer = { .text = &text };
    cpn_json_open_object(&writer, false);
    cpn_json_key(&writer, "schema");
    cpn_json_string_z(&writer, cpn_plan_kind.schema);
    cpn_json_key(&writer, "request");
    write_request(&writer, &plan->request);
    for (int32_t i = 0; i < CPN_PLAN_N_TABLES; i++) {
        cpn_json_key(&writer, cpn_plan_table_names[i]);
        write_table(&writer, plan->tables[i]);
    }
    cpn_json_close(&writer);
    cpn_text_add_char(&text, '\n');
    return cpn_plan_hand_over(json, length, &text, error);
}

campaign_status cpn_plan_hand_over(char **json, size_t *length, cpn_text *text, campaign_error *error)
{
    const size_t written = text->length;
    *json = cpn_text_take(text);
    if (!*json) return cpn_fail_nomem(error);
    if (length) *length = written;
    return CAMPAIGN_OK;
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

/* A cell that has passed the check of the document's record. */
static campaign_status read_cell(cpn_out *out, int32_t index, const cpn_json_value *item, const cpn_field *field,
                                 int32_t exponent, campaign_error *error)
{
    if (item->kind == CPN_JSON_NULL) {
        cpn_out_null(out, index);
        return CAMPAIGN_OK;
    }
    int64_t minor = 0;
    campaign_status status = CAMPAIGN_OK;
    if (field->item == CPN_FIELD_TEXT)
        cpn_out_text(out, index, item->text, item->length);
    else if (field->item == CPN_FIELD_DECIMAL)
        cpn_out_float64(out, index, cpn_value_decimal(item));
    else if (field->item == CPN_FIELD_DATE)
        cpn_out_int64(out, index, cpn_value_date(item));
    else if (field->item == CPN_FIELD_INT)
        cpn_out_int64(out, index, cpn_value_int(item));
    else
        status = cpn_value_money(&minor, item, exponent, error);
    if (field->item == CPN_FIELD_MONEY) cpn_out_int64(out, index, minor);
    return status;
}

static campaign_status read_columns(cpn_out *out, const cpn_json_value *object, const cpn_record *record,
                                    int32_t exponent, campaign_error *error)
{
    const cpn_json_value *first = cpn_get(object, record->fields[0].name);
    if (first->n_children > CPN_PLAN_MAX_ROWS)
        return cpn_json_fail(error, CAMPAIGN_E_LIMIT, first, "%ld rows, at most %d are allowed",
                             (long)first->n_children, CPN_PLAN_MAX_ROWS);
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < (int32_t)record->n_fields && status == CAMPAIGN_OK; i++) {
        const cpn_json_value *column = cpn_get(object, record->fields[i].name);
        if (column->n_children != first->n_children)
            status = cpn_json_fail(error, CAMPAIGN_E_VALUE, column, "%ld rows, but column \"%s\" has %ld",
                                   (long)column->n_children, record->fields[0].name, (long)first->n_children);
        for (const cpn_json_value *item = column->first; item && status == CAMPAIGN_OK; item = item->next)
            status = read_cell(out, i, item, &record->fields[i], exponent, error);
    }
    return status;
}

static campaign_status read_table(campaign_table **table, cpn_plan_table_id id, const cpn_json_value *root,
                                  const cpn_plan_request *request, campaign_error *error)
{
    cpn_out out;
    cpn_plan_table_open(&out, id, request);
    const cpn_json_value *columns = cpn_get(root, cpn_plan_table_names[id]); /* older documents lack the latest ones */
    const campaign_status status =
        columns ? read_columns(&out, columns, cpn_plan_table_record(id), request->exponent, error) : CAMPAIGN_OK;
    const campaign_status closed = cpn_out_close(table, &out, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) return closed;
    campaign_table_free(*table);
    *table = NULL;
    return status;
}

campaign_status campaign_plan_load(campaign_plan **plan, const char *json, size_t length, campaign_error *error)
{
    if (plan) *plan = NULL;
    if (!plan || !json) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "plan", "plan and json are required");
    campaign_plan *loaded = cpn_alloc_zero(1, sizeof *loaded);
    if (!loaded) return cpn_fail_nomem(error);
    cpn_json *tree = NULL;
    campaign_status status = cpn_document_read(&tree, json, length, &cpn_plan_kind, error);
    const cpn_json_value *root = status == CAMPAIGN_OK ? cpn_json_root(tree) : NULL;
    if (status == CAMPAIGN_OK) status = cpn_plan_request_take(&loaded->request, tree, cpn_get(root, "request"), error);
    for (int32_t i = 0; i < CPN_PLAN_N_TABLES && status == CAMPAIGN_OK; i++)
        status = read_table(&loaded->tables[i], (cpn_plan_table_id)i, root, &loaded->request, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_verify(loaded, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_skipped_empty(&loaded->skipped, error);
    if (status == CAMPAIGN_OK)
        *plan = loaded;
    else
        campaign_plan_free(loaded);
    return status;
}
