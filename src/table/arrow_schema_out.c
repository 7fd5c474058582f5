/* Arrow schemas of tables. Each schema owns its strings, so that it may outlive the table. */
#include <string.h>

#include "base/memory.h"
#include "table/arrow_write.h"
#include "table/table.h"

/* What one schema owns. */
typedef struct schema_block {
    struct ArrowSchema **children;
    struct ArrowSchema *child_storage;
    struct ArrowSchema dictionary;
    char *name;
    char format[16];
    char metadata[96];
} schema_block;

static void release_schema(struct ArrowSchema *schema)
{
    schema_block *block = schema->private_data;
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
    if (schema->dictionary && schema->dictionary->release) schema->dictionary->release(schema->dictionary);
    cpn_free(block->children);
    cpn_free(block->child_storage);
    cpn_free(block->name);
    cpn_free(block);
    schema->release = NULL;
}

/* A schema of that name and format; false where memory is out. */
static bool open_schema(struct ArrowSchema *schema, const char *name, const char *format)
{
    memset(schema, 0, sizeof *schema);
    schema_block *block = cpn_alloc_zero(1, sizeof *block);
    char *copy = cpn_copy_text(name, strlen(name));
    if (!block || !copy) {
        cpn_free(block);
        cpn_free(copy);
        return false;
    }
    block->name = copy;
    memcpy(block->format, format, strlen(format) + 1);
    schema->name = copy;
    schema->format = block->format;
    schema->flags = ARROW_FLAG_NULLABLE;
    schema->private_data = block;
    schema->release = release_schema;
    return true;
}

/* ---- Money ------------------------------------------------------------------------------------------------------ */

static char *put_int32(char *at, int32_t value)
{
    memcpy(at, &value, sizeof value);
    return at + sizeof value;
}

static char *put_text(char *at, const char *text)
{
    const size_t length = strlen(text);
    at = put_int32(at, (int32_t)length);
    memcpy(at, text, length);
    return at + length;
}

/* Currency and exponent as key-value pairs. */
static void write_metadata(struct ArrowSchema *schema, const campaign_column *column)
{
    schema_block *block = schema->private_data;
    const char exponent[2] = { (char)('0' + column->exponent), '\0' };
    char *at = put_int32(block->metadata, 2);
    at = put_text(at, "campaign.currency");
    at = put_text(at, column->currency);
    at = put_text(at, "campaign.exponent");
    (void)put_text(at, exponent);
    schema->metadata = block->metadata;
}

/* ---- Fields ----------------------------------------------------------------------------------------------------- */

static const char *choose_format(const campaign_column *column)
{
    static const char *const formats[] = {
        [CAMPAIGN_TYPE_BOOL] = "b",    [CAMPAIGN_TYPE_INT32] = "i",  [CAMPAIGN_TYPE_INT64] = "l",
        [CAMPAIGN_TYPE_FLOAT64] = "g", [CAMPAIGN_TYPE_DATE] = "tdD", [CAMPAIGN_TYPE_TIMESTAMP] = "tsu:",
        [CAMPAIGN_TYPE_UTF8] = "u",    [CAMPAIGN_TYPE_MONEY] = "l",
    };
    return column->codes ? "i" : formats[column->type];
}

static bool write_field(struct ArrowSchema *schema, const campaign_column *column, bool money_as_decimal)
{
    if (!open_schema(schema, column->name, choose_format(column))) return false;
    schema_block *block = schema->private_data;
    if (column->codes) {
        if (!open_schema(&block->dictionary, "", "u")) return false;
        schema->dictionary = &block->dictionary;
    }
    if (column->type == CAMPAIGN_TYPE_MONEY) {
        if (money_as_decimal) {
            memcpy(block->format, "d:19,0", 7); /* 19 digits hold every int64 */
            block->format[5] = (char)('0' + column->exponent);
        }
        write_metadata(schema, column);
    }
    return true;
}

static bool write_fields(struct ArrowSchema *schema, const campaign_table *table, bool money_as_decimal)
{
    schema_block *block = schema->private_data;
    block->children = cpn_alloc(table->n_columns, sizeof *block->children);
    block->child_storage = cpn_alloc_zero(table->n_columns, sizeof *block->child_storage);
    if (!block->children || !block->child_storage) return false;
    schema->children = block->children;
    for (int32_t i = 0; i < table->n_columns; i++) {
        block->children[i] = &block->child_storage[i];
        schema->n_children = i + 1; /* so that a release in between covers what is there */
        if (!write_field(block->children[i], &table->columns[i].view, money_as_decimal)) return false;
    }
    return true;
}

campaign_status cpn_arrow_write_schema(struct ArrowSchema *schema, const campaign_table *table, bool money_as_decimal,
                                       campaign_error *error)
{
    if (!open_schema(schema, "", "+s")) return cpn_fail_nomem(error);
    schema->flags = 0;
    if (write_fields(schema, table, money_as_decimal)) return CAMPAIGN_OK;
    release_schema(schema);
    memset(schema, 0, sizeof *schema);
    return cpn_fail_nomem(error);
}
