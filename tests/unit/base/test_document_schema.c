/* The JSON Schema of a document kind: small ones to the byte, the large sample by its own laws. */
#include "check.h"

#include "base/document.h"
#include "base/memory.h"
#include "document_sample.h"

static char *schema_of(const cpn_document_kind *kind, const char *language)
{
    cpn_text text = { 0 };
    cpn_document_write_schema(&text, kind, language);
    char *written = cpn_text_take(&text);
    assert_non_null(written);
    return written;
}

static void test_small_schema(void **state)
{
    (void)state;
    static const cpn_field inner_fields[] = { { .name = "to", .type = CPN_FIELD_DATE } };
    static const cpn_record inner = { inner_fields, 1, true, "Inner.", "内层。" };
    static const cpn_field fields[] = {
        { .name = "n", .type = CPN_FIELD_INT, .is_required = true, .minimum = "1", .en = "Count.", .zh = "数量。" },
        { .name = "many", .type = CPN_FIELD_LIST, .item = CPN_FIELD_OBJECT, .record = &inner, .maximum = "9" },
    };
    static const cpn_record record = { fields, 2, false, NULL, NULL };
    static const cpn_document_kind kind = { "campaign/small/1", &record, "Small.", "小。" };
    char *written = schema_of(&kind, "zh");
    assert_string_equal(written, "{\n"
                                 "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                                 "  \"title\": \"campaign/small/1\",\n"
                                 "  \"description\": \"小。\",\n"
                                 "  \"type\": \"object\",\n"
                                 "  \"properties\": {\n"
                                 "    \"schema\": {\"const\": \"campaign/small/1\"},\n"
                                 "    \"n\": {\n"
                                 "      \"description\": \"数量。\",\n"
                                 "      \"type\": \"integer\",\n"
                                 "      \"minimum\": 1\n"
                                 "    },\n"
                                 "    \"many\": {\n"
                                 "      \"type\": \"array\",\n"
                                 "      \"maxItems\": 9,\n"
                                 "      \"items\": {\n"
                                 "        \"$ref\": \"#/$defs/many\"\n"
                                 "      }\n"
                                 "    }\n"
                                 "  },\n"
                                 "  \"required\": [\"schema\", \"n\"],\n"
                                 "  \"additionalProperties\": false,\n"
                                 "  \"$defs\": {\n"
                                 "    \"many\": {\n"
                                 "      \"description\": \"内层。\",\n"
                                 "      \"type\": \"object\",\n"
                                 "      \"properties\": {\n"
                                 "        \"to\": {\n"
                                 "          \"type\": \"string\",\n"
                                 "          \"format\": \"date\",\n"
                                 "          \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"\n"
                                 "        }\n"
                                 "      },\n"
                                 "      \"required\": []\n"
                                 "    }\n"
                                 "  }\n"
                                 "}\n");
    cpn_free(written);
}

static const cpn_json_value *member_of(const cpn_json_value *value, const char *key)
{
    const cpn_json_value *member = cpn_json_member(value, key);
    if (!member) fail_msg("%s has no %s", value->key ? value->key : "the schema", key);
    return member;
}

/* The default of a field of the sample as it stands in the schema. */
static void check_default(const cpn_json_value *properties, const char *name, cpn_json_kind kind, const char *text)
{
    const cpn_json_value *value = member_of(member_of(properties, name), "default");
    assert_int_equal(value->kind, kind);
    if (text) assert_string_equal(value->text, text);
}

static void test_sample_schema_holds_every_field_and_its_default(void **state)
{
    (void)state;
    char *written = schema_of(&sample_kind, "en");
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_json_read(&json, written, strlen(written), &error), error);
    const cpn_json_value *properties = member_of(cpn_json_root(json), "properties");
    assert_int_equal(properties->n_children, sample_record.n_fields + 1);
    for (int64_t i = 0; i < sample_record.n_fields; i++) (void)member_of(properties, sample_record.fields[i].name);
    assert_string_equal(member_of(member_of(properties, "name"), "description")->text, "Name.");
    check_default(properties, "currency", CPN_JSON_STRING, "CNY");
    check_default(properties, "is_open", CPN_JSON_BOOL, NULL);
    check_default(properties, "stores", CPN_JSON_NUMBER, "7");
    check_default(properties, "factor", CPN_JSON_NUMBER, "1.25");
    check_default(properties, "share", CPN_JSON_STRING, "80%");
    check_default(properties, "reserve", CPN_JSON_NUMBER, "10.50");
    check_default(properties, "start", CPN_JSON_STRING, "2027-01-01");
    check_default(properties, "tier", CPN_JSON_STRING, "small");
    check_default(properties, "owner", CPN_JSON_STRING, "Li");
    check_default(properties, "tiers", CPN_JSON_ARRAY, NULL);
    assert_int_equal(member_of(member_of(properties, "owner"), "type")->n_children, 3);
    assert_int_equal(member_of(member_of(properties, "phase"), "anyOf")->n_children, 2);
    cpn_json_free(json);
    cpn_free(written);
}

static void test_each_reference_leads_somewhere(void **state)
{
    (void)state;
    static const char prefix[] = "#/$defs/";
    char *written = schema_of(&sample_kind, "en");
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_json_read(&json, written, strlen(written), &error), error);
    const cpn_json_value *definitions = member_of(cpn_json_root(json), "$defs");
    assert_int_equal(definitions->n_children, 2); /* phase, which contains itself, and note, each once */
    int n_references = 0;
    for (const cpn_json_value *value = cpn_json_root(json); value;) {
        if (value->key && strcmp(value->key, "$ref") == 0) {
            assert_memory_equal(value->text, prefix, strlen(prefix));
            (void)member_of(definitions, value->text + strlen(prefix));
            n_references++;
        }
        const cpn_json_value *next = value->first;
        while (value && !next) {
            next = value->next;
            value = value->parent;
        }
        value = next;
    }
    assert_int_equal(n_references, 5); /* phase, phases, note, notes, and after within phase */
    cpn_json_free(json);
    cpn_free(written);
}

static void test_records_of_one_name_are_numbered(void **state)
{
    (void)state;
    static const cpn_record empty_a = { NULL, 0, false, NULL, NULL }, empty_b = { NULL, 0, true, NULL, NULL };
    static const cpn_field with_a[] = { { .name = "x", .type = CPN_FIELD_OBJECT, .record = &empty_a } };
    static const cpn_record holder = { with_a, 1, false, NULL, NULL };
    static const cpn_field fields[] = {
        { .name = "x", .type = CPN_FIELD_OBJECT, .record = &empty_b },
        { .name = "y", .type = CPN_FIELD_OBJECT, .record = &holder },
    };
    static const cpn_record record = { fields, 2, false, NULL, NULL };
    static const cpn_document_kind kind = { "campaign/twice/1", &record, "Twice.", NULL };
    char *written = schema_of(&kind, "zh");
    assert_non_null(strstr(written, "\"description\": \"Twice.\"")); /* no Chinese words: the English ones */
    assert_non_null(strstr(written, "\"$ref\": \"#/$defs/x\""));
    assert_non_null(strstr(written, "\"$ref\": \"#/$defs/x_2\""));
    assert_non_null(strstr(written, "    \"x_2\": {\n"));
    cpn_free(written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_schema),
        cmocka_unit_test(test_sample_schema_holds_every_field_and_its_default),
        cmocka_unit_test(test_each_reference_leads_somewhere),
        cmocka_unit_test(test_records_of_one_name_are_numbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
