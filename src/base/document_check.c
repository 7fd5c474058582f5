/* A whole document against its field table: the tree is walked with an explicit stack, each container with the record or
 * the item type that its field names. */
#include "base/document.h"

#include <assert.h>
#include <string.h>

#include "base/document_value.h"
#include "base/json_reader.h"

enum { MOST_NAMES = 64 }; /* fields among which a hint is sought; more than any record has */

/* An open container: its next child, and what its children are. */
typedef struct frame {
    const cpn_json_value *next;
    const cpn_record *record; /* of an object with known members, otherwise NULL */
    const cpn_field *field;   /* of a list or map */
} frame;

const cpn_field *cpn_find_field(const cpn_record *record, const char *name, size_t length)
{
    for (int64_t i = 0; i < record->n_fields; i++)
        if (strlen(record->fields[i].name) == length && memcmp(record->fields[i].name, name, length) == 0)
            return &record->fields[i];
    return NULL;
}

static campaign_status fail_unknown(const cpn_json_value *member, const cpn_record *record, campaign_error *error)
{
    const char *names[MOST_NAMES];
    const int64_t n = record->n_fields < MOST_NAMES ? record->n_fields : MOST_NAMES;
    for (int64_t i = 0; i < n; i++) names[i] = record->fields[i].name;
    char shown[CPN_JSON_SHOWN], known[CPN_NAMES_TEXT];
    cpn_json_show(shown, member->key, member->key_length);
    const int64_t nearest = cpn_nearest_name(member->key, member->key_length, names, n);
    if (nearest >= 0)
        return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, member, "unknown key \"%s\", did you mean \"%s\"?", shown,
                             names[nearest]);
    return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, member, "unknown key \"%s\"; known are %s", shown,
                         n ? cpn_join_names(known, names, n) : "none");
}

/* No member is unknown, and none that is required is absent. */
static campaign_status check_members(const cpn_json_value *object, const cpn_record *record, bool has_schema,
                                     campaign_error *error)
{
    for (const cpn_json_value *member = object->first; member && !record->allows_unknown; member = member->next)
        if (!cpn_find_field(record, member->key, member->key_length) &&
            !(has_schema && member->key_length == 6 && memcmp(member->key, "schema", 6) == 0))
            return fail_unknown(member, record, error);
    for (int64_t i = 0; i < record->n_fields; i++) {
        const cpn_field *field = &record->fields[i];
        if (field->is_required && !cpn_json_member(object, field->name))
            return cpn_json_fail(error, CAMPAIGN_E_MISSING, object, "\"%s\" is required", field->name);
    }
    return CAMPAIGN_OK;
}

/* Checks one child; where its children are to be checked too, fills *inner and its record or field. */
static campaign_status check_child(frame *inner, const frame *outer, const cpn_json_value *value, campaign_error *error)
{
    *inner = (frame){ 0 };
    const bool is_item = !outer->record;
    const cpn_field *field = is_item ? outer->field : cpn_find_field(outer->record, value->key, value->key_length);
    if (!field) return CAMPAIGN_OK; /* unknown and allowed, or "schema" */
    if (value->key && is_item && !cpn_is_key(value->key, value->key_length))
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, value, "a key is empty or has a control character");
    const campaign_status status = cpn_check_value(value, field, is_item, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_field_type type = is_item ? field->item : field->type;
    if (type == CPN_FIELD_OBJECT && value->kind == CPN_JSON_OBJECT && field->record) {
        *inner = (frame){ .next = value->first, .record = field->record };
        return check_members(value, field->record, false, error);
    }
    if (!is_item && (type == CPN_FIELD_LIST || type == CPN_FIELD_MAP))
        *inner = (frame){ .next = value->first, .field = field };
    return CAMPAIGN_OK;
}

static campaign_status check_tree(const cpn_json_value *object, const cpn_record *record, bool has_schema,
                                  campaign_error *error)
{
    if (object->kind != CPN_JSON_OBJECT)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, object, "expected an object {…}");
    campaign_status status = check_members(object, record, has_schema, error);
    frame open[CPN_JSON_DEPTH + 1];
    int32_t depth = 1;
    open[0] = (frame){ .next = object->first, .record = record };
    while (status == CAMPAIGN_OK && depth > 0) {
        const cpn_json_value *value = open[depth - 1].next;
        if (!value) {
            depth--;
            continue;
        }
        open[depth - 1].next = value->next;
        assert(depth <= CPN_JSON_DEPTH);
        status = check_child(&open[depth], &open[depth - 1], value, error);
        if (open[depth].next) depth++;
    }
    return status;
}

campaign_status cpn_document_check(const cpn_json_value *object, const cpn_record *record, campaign_error *error)
{
    return check_tree(object, record, false, error);
}

/* Whether two schema names differ in their version only. */
static bool is_same_kind(const char *a, const char *b)
{
    const char *slash_a = strrchr(a, '/'), *slash_b = strrchr(b, '/');
    return slash_a && slash_b && slash_a - a == slash_b - b && strncmp(a, b, (size_t)(slash_a - a)) == 0;
}

static campaign_status check_schema(const cpn_json_value *object, const char *expected, campaign_error *error)
{
    char shown[CPN_JSON_SHOWN];
    const cpn_json_value *schema = cpn_json_member(object, "schema");
    if (!schema)
        return cpn_json_fail(error, CAMPAIGN_E_MISSING, object, "\"schema\" is required: \"schema\": \"%s\"", expected);
    if (schema->kind != CPN_JSON_STRING)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, schema, "\"schema\" must be \"%s\"", expected);
    if (strcmp(schema->text, expected) == 0 && strlen(expected) == schema->length) return CAMPAIGN_OK;
    cpn_json_show(shown, schema->text, schema->length);
    if (is_same_kind(schema->text, expected))
        return cpn_json_fail(error, CAMPAIGN_E_UNSUPPORTED, schema, "this library reads \"%s\", not \"%s\"", expected,
                             shown);
    return cpn_json_fail(error, CAMPAIGN_E_VALUE, schema, "expected a document \"%s\", this is \"%s\"", expected,
                         shown);
}

campaign_status cpn_document_check_kind(const cpn_json_value *object, const cpn_document_kind *kind,
                                        campaign_error *error)
{
    if (object->kind != CPN_JSON_OBJECT)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, object, "expected an object {…} with \"schema\": \"%s\"",
                             kind->schema);
    const campaign_status status = check_schema(object, kind->schema, error);
    return status == CAMPAIGN_OK ? check_tree(object, kind->record, true, error) : status;
}

campaign_status cpn_document_read(cpn_json **json, const char *text, size_t length, const cpn_document_kind *kind,
                                  campaign_error *error)
{
    campaign_status status = cpn_json_read(json, text, length, error);
    if (status != CAMPAIGN_OK) return status;
    status = cpn_document_check_kind(cpn_json_root(*json), kind, error);
    if (status != CAMPAIGN_OK) {
        cpn_json_free(*json);
        *json = NULL;
    }
    return status;
}
