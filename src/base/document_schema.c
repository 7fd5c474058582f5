/* A document kind as a JSON Schema (draft 2020-12), for editors and validators. It says no less than JSON Schema can:
 * what it cannot say (limits of numbers in strings, lengths in bytes, dates that do not exist) only the reader checks.
 * Nested records stand once each under $defs, so that records may contain each other. */
#include "base/document.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { MOST_RECORDS = 64, NAME_TEXT = 64 };

#define DECIMAL_PATTERN "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?"
#define NO_CONTROLS     "^[^\\u0000-\\u001f\\u007f-\\u009f]*$"

typedef struct schema_writer {
    cpn_json_writer out;
    bool is_chinese;
    struct {
        const cpn_record *record;
        const char *name; /* of the field that first names the record */
        int32_t number;   /* 2 for the second record of that name … */
    } records[MOST_RECORDS];
    int32_t n_records; /* the first is the document itself */
} schema_writer;

/* Among those under $defs: the document itself has "schema" besides, so a record that contains it stands there again. */
static int32_t find_record(const schema_writer *schema, const cpn_record *record)
{
    int32_t i = 1;
    while (i < schema->n_records && schema->records[i].record != record) i++;
    return i;
}

/* Lists every record that the first one leads to, breadth first. */
static void collect_records(schema_writer *schema, const cpn_record *first)
{
    schema->records[0].record = first;
    schema->n_records = 1;
    for (int32_t i = 0; i < schema->n_records; i++)
        for (int64_t k = 0; k < schema->records[i].record->n_fields; k++) {
            const cpn_field *field = &schema->records[i].record->fields[k];
            if (!field->record || find_record(schema, field->record) < schema->n_records) continue;
            assert(schema->n_records < MOST_RECORDS);
            int32_t number = 1;
            for (int32_t j = 1; j < schema->n_records; j++) number += strcmp(schema->records[j].name, field->name) == 0;
            schema->records[schema->n_records].record = field->record;
            schema->records[schema->n_records].name = field->name;
            schema->records[schema->n_records++].number = number;
        }
}

static void write_member(schema_writer *schema, const char *key, const char *text)
{
    cpn_json_key(&schema->out, key);
    cpn_json_string_z(&schema->out, text);
}

static void write_description(schema_writer *schema, const char *en, const char *zh)
{
    const char *words = schema->is_chinese && zh ? zh : en;
    if (words) write_member(schema, "description", words);
}

/* "type": one name or two, and null where it is allowed. */
static void write_type(schema_writer *schema, const char *type, const char *other, bool allows_null)
{
    cpn_json_key(&schema->out, "type");
    if (other || allows_null) cpn_json_open_array(&schema->out, true);
    cpn_json_string_z(&schema->out, type);
    if (other) cpn_json_string_z(&schema->out, other);
    if (allows_null) cpn_json_string_z(&schema->out, "null");
    if (other || allows_null) cpn_json_close(&schema->out);
}

static void write_limit(schema_writer *schema, const char *key, const char *limit)
{
    if (!limit) return;
    cpn_json_key(&schema->out, key);
    cpn_json_number_text(&schema->out, limit, strlen(limit));
}

static void write_choices(schema_writer *schema, const cpn_field *field, bool allows_null)
{
    cpn_json_key(&schema->out, "enum");
    cpn_json_open_array(&schema->out, true);
    for (int64_t i = 0; field->choices[i]; i++) cpn_json_string_z(&schema->out, field->choices[i]);
    if (allows_null) cpn_json_null(&schema->out);
    cpn_json_close(&schema->out);
}

/* The name of record i under $defs, after prefix. */
static const char *name_record(char name[NAME_TEXT], const schema_writer *schema, int32_t i, const char *prefix)
{
    const int32_t number = schema->records[i].number;
    (void)snprintf(name, NAME_TEXT, number == 1 ? "%s%.40s" : "%s%.40s_%d", prefix, schema->records[i].name,
                   (int)number);
    return name;
}

static void write_reference(schema_writer *schema, const cpn_record *record)
{
    char name[NAME_TEXT];
    write_member(schema, "$ref", name_record(name, schema, find_record(schema, record), "#/$defs/"));
}

/* An object with known members, or any object. */
static void write_object(schema_writer *schema, const cpn_record *record, bool allows_null)
{
    if (record && allows_null) {
        cpn_json_key(&schema->out, "anyOf");
        cpn_json_open_array(&schema->out, true);
        cpn_json_open_object(&schema->out, true);
        write_reference(schema, record);
        cpn_json_close(&schema->out);
        cpn_json_open_object(&schema->out, true);
        write_member(schema, "type", "null");
        cpn_json_close(&schema->out);
        cpn_json_close(&schema->out);
    } else if (record) {
        write_reference(schema, record);
    } else {
        write_type(schema, "object", NULL, allows_null);
    }
}

/* Lengths are in bytes for the reader, in characters here: a character has one to four bytes. */
static void write_text(schema_writer *schema, const cpn_field *field, bool has_limits, bool allows_null)
{
    write_type(schema, "string", NULL, allows_null);
    if (has_limits && field->minimum && strcmp(field->minimum, "0") != 0) write_limit(schema, "minLength", "1");
    if (has_limits) write_limit(schema, "maxLength", field->maximum);
    write_member(schema, "pattern", NO_CONTROLS);
}

static void write_number(schema_writer *schema, const cpn_field *field, cpn_field_type type, bool has_limits,
                         bool allows_null)
{
    write_type(schema, type == CPN_FIELD_INT ? "integer" : "number", type == CPN_FIELD_INT ? NULL : "string",
               allows_null);
    if (type != CPN_FIELD_INT)
        write_member(schema, "pattern", type == CPN_FIELD_RATE ? DECIMAL_PATTERN "%$" : DECIMAL_PATTERN "$");
    if (has_limits) write_limit(schema, "minimum", field->minimum);
    if (has_limits) write_limit(schema, "maximum", field->maximum);
}

/* What a value of the type may be; a LIST and a MAP say more in write_container. */
static void write_value(schema_writer *schema, const cpn_field *field, cpn_field_type type, bool has_limits,
                        bool allows_null)
{
    switch (type) {
    case CPN_FIELD_TEXT: write_text(schema, field, has_limits, allows_null); break;
    case CPN_FIELD_BOOL: write_type(schema, "boolean", NULL, allows_null); break;
    case CPN_FIELD_INT:
    case CPN_FIELD_DECIMAL:
    case CPN_FIELD_RATE:
    case CPN_FIELD_MONEY: write_number(schema, field, type, has_limits, allows_null); break;
    case CPN_FIELD_DATE:
        write_type(schema, "string", NULL, allows_null);
        write_member(schema, "format", "date");
        write_member(schema, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
        break;
    case CPN_FIELD_ENUM: write_choices(schema, field, allows_null); break;
    case CPN_FIELD_KEY:
        write_type(schema, "string", "integer", allows_null);
        write_limit(schema, "minLength", "1");
        write_member(schema, "pattern", NO_CONTROLS);
        break;
    case CPN_FIELD_OBJECT: write_object(schema, field->record, allows_null); break;
    case CPN_FIELD_MAP: write_type(schema, "object", NULL, false); break;
    case CPN_FIELD_LIST: write_type(schema, "array", NULL, false); break;
    case CPN_FIELD_ANY: break;
    }
}

static void write_container(schema_writer *schema, const cpn_field *field)
{
    const bool is_map = field->type == CPN_FIELD_MAP;
    if (is_map) {
        cpn_json_key(&schema->out, "propertyNames");
        cpn_json_open_object(&schema->out, true);
        write_limit(schema, "minLength", "1");
        write_member(schema, "pattern", NO_CONTROLS);
        cpn_json_close(&schema->out);
    } else {
        write_limit(schema, "minItems", field->minimum);
        write_limit(schema, "maxItems", field->maximum);
    }
    cpn_json_key(&schema->out, is_map ? "additionalProperties" : "items");
    cpn_json_open_object(&schema->out, false);
    write_value(schema, field, field->item, is_map, field->allows_null);
    cpn_json_close(&schema->out);
}

/* Whether a default stands in quotes in JSON. */
static bool is_quoted(const cpn_field *field)
{
    switch (field->type) {
    case CPN_FIELD_TEXT:
    case CPN_FIELD_DATE:
    case CPN_FIELD_ENUM:
    case CPN_FIELD_KEY: return true;
    case CPN_FIELD_RATE: return strchr(field->fallback, '%') != NULL;
    case CPN_FIELD_BOOL:
    case CPN_FIELD_INT:
    case CPN_FIELD_DECIMAL:
    case CPN_FIELD_MONEY:
    case CPN_FIELD_OBJECT:
    case CPN_FIELD_MAP:
    case CPN_FIELD_LIST:
    case CPN_FIELD_ANY: return false;
    }
    return false;
}

static void write_field(schema_writer *schema, const cpn_field *field)
{
    const bool is_container = field->type == CPN_FIELD_LIST || field->type == CPN_FIELD_MAP;
    cpn_json_key(&schema->out, field->name);
    cpn_json_open_object(&schema->out, false);
    write_description(schema, field->en, field->zh);
    write_value(schema, field, field->type, true, field->allows_null && !is_container);
    if (is_container) write_container(schema, field);
    if (field->fallback && is_quoted(field))
        write_member(schema, "default", field->fallback);
    else
        write_limit(schema, "default", field->fallback);
    cpn_json_close(&schema->out);
}

/* Members and rules of a record; schema_name is the document's own, NULL inside $defs. */
static void write_record(schema_writer *schema, const cpn_record *record, const char *schema_name)
{
    write_member(schema, "type", "object");
    cpn_json_key(&schema->out, "properties");
    cpn_json_open_object(&schema->out, false);
    if (schema_name) {
        cpn_json_key(&schema->out, "schema");
        cpn_json_open_object(&schema->out, true);
        write_member(schema, "const", schema_name);
        cpn_json_close(&schema->out);
    }
    for (int64_t i = 0; i < record->n_fields; i++)
        if (!schema_name || strcmp(record->fields[i].name, "schema") != 0) write_field(schema, &record->fields[i]);
    cpn_json_close(&schema->out);
    cpn_json_key(&schema->out, "required");
    cpn_json_open_array(&schema->out, true);
    if (schema_name) cpn_json_string_z(&schema->out, "schema");
    for (int64_t i = 0; i < record->n_fields; i++)
        if (record->fields[i].is_required && !(schema_name && strcmp(record->fields[i].name, "schema") == 0))
            cpn_json_string_z(&schema->out, record->fields[i].name);
    cpn_json_close(&schema->out);
    if (!record->allows_unknown) {
        cpn_json_key(&schema->out, "additionalProperties");
        cpn_json_bool(&schema->out, false);
    }
}

static void write_definitions(schema_writer *schema)
{
    char name[NAME_TEXT];
    cpn_json_key(&schema->out, "$defs");
    cpn_json_open_object(&schema->out, false);
    for (int32_t i = 1; i < schema->n_records; i++) {
        cpn_json_key(&schema->out, name_record(name, schema, i, ""));
        cpn_json_open_object(&schema->out, false);
        write_description(schema, schema->records[i].record->en, schema->records[i].record->zh);
        write_record(schema, schema->records[i].record, NULL);
        cpn_json_close(&schema->out);
    }
    cpn_json_close(&schema->out);
}

void cpn_document_write_schema(cpn_text *out, const cpn_document_kind *kind, const char *language)
{
    schema_writer schema = { .out = { .text = out } };
    schema.is_chinese = language && strcmp(language, "zh") == 0;
    collect_records(&schema, kind->record);
    cpn_json_open_object(&schema.out, false);
    write_member(&schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
    write_member(&schema, "title", kind->schema);
    write_description(&schema, kind->en, kind->zh);
    write_record(&schema, kind->record, kind->schema);
    if (schema.n_records > 1) write_definitions(&schema);
    cpn_json_close(&schema.out);
    cpn_text_add_char(out, '\n');
}
