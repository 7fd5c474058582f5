/* Document kinds for people: a request to start from, and the JSON Schema of every kind the library reads. */
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "calendar/calendar.h"
#include "plan/choice/choice.h"
#include "plan/plan.h"
#include "plan/playbook.h"
#include "plan/rapid_fields.h"
#include "plan/tasks/templates.h"
#include "tier/tier.h"

static const char *const kind_names[] = { "plan_request",   "plan",           "calendar_overlay", "nodes",   "segments",
                                          "campaign_rules", "rapid_response", "task_templates",   "playbook" };

enum { N_KINDS = sizeof kind_names / sizeof *kind_names };

static const cpn_document_kind *kind_at(size_t i)
{
    const cpn_document_kind *const kinds[N_KINDS] = { &cpn_plan_request_kind,     &cpn_plan_kind,
                                                      &cpn_calendar_overlay_kind, &cpn_nodes_kind,
                                                      &cpn_segments_kind,         &cpn_campaign_rules_kind,
                                                      &cpn_rapid_response_kind,   &cpn_task_templates_kind,
                                                      &cpn_playbook_kind };
    return kinds[i];
}

static const cpn_document_kind *find_kind(const char *name)
{
    for (size_t i = 0; i < N_KINDS; i++)
        if (strcmp(name, kind_names[i]) == 0) return kind_at(i);
    return NULL;
}

static campaign_status tell_kind(const char **kind, const cpn_json_value *root, campaign_error *error)
{
    if (root->kind != CPN_JSON_OBJECT) return cpn_json_fail(error, CAMPAIGN_E_VALUE, root, "a document is an object");
    const cpn_json_value *schema = cpn_json_member(root, "schema");
    if (!schema && cpn_json_member(root, "days")) *kind = "calendar_overlay";
    if (!schema && *kind) return CAMPAIGN_OK;
    if (!schema) return cpn_json_fail(error, CAMPAIGN_E_MISSING, root, "the key \"schema\" is missing");
    if (schema->kind != CPN_JSON_STRING)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, schema, "\"schema\" must be text");
    for (size_t i = 0; i < N_KINDS; i++)
        if (strcmp(schema->text, kind_at(i)->schema) == 0) *kind = kind_names[i];
    char shown[CPN_JSON_SHOWN];
    if (*kind) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, schema, "no document kind \"%s\", such as \"%s\"",
                         cpn_json_show(shown, schema->text, schema->length), cpn_plan_request_kind.schema);
}

campaign_status campaign_plan_document_kind(const char **kind, const char *json, size_t length, campaign_error *error)
{
    if (kind) *kind = NULL;
    if (!kind || !json) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "kind", "kind and json are required");
    cpn_json *tree;
    campaign_status status = cpn_json_read(&tree, json, length, error);
    if (status != CAMPAIGN_OK) return status;
    status = tell_kind(kind, cpn_json_root(tree), error);
    cpn_json_free(tree);
    return status;
}

campaign_status campaign_plan_schema(char **json, size_t *length, const char *kind, const char *language,
                                     campaign_error *error)
{
    if (json) *json = NULL;
    if (length) *length = 0;
    if (!json || !kind) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "kind", "json and kind are required");
    const cpn_document_kind *found = find_kind(kind);
    if (!found) {
        const int64_t nearest = cpn_nearest_name(kind, strlen(kind), kind_names, N_KINDS);
        if (nearest < 0) return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "kind", "no document kind \"%.60s\"", kind);
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "kind", "no document kind \"%.60s\"; did you mean \"%s\"?", kind,
                        kind_names[nearest]);
    }
    cpn_text text = { 0 };
    cpn_document_write_schema(&text, found, language);
    return cpn_plan_hand_over(json, length, &text, error);
}

static campaign_status check_new(int32_t year, const char *currency, campaign_error *error)
{
    if (year < 1901 || year > 2100)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "year", "year is %d, expected 1901 to 2100", (int)year);
    if (!currency || cpn_currency_exponent(currency) < 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "currency", "\"%.60s\" is not a currency of ISO 4217, such as CNY",
                        currency ? currency : "");
    return CAMPAIGN_OK;
}

static void write_rate(cpn_json_writer *writer, const char *name)
{
    const cpn_record *record = &cpn_plan_budget_record;
    cpn_json_key(writer, name);
    for (int64_t i = 0; i < record->n_fields; i++)
        if (strcmp(record->fields[i].name, name) == 0) cpn_json_string_z(writer, record->fields[i].fallback);
}

/* Column names as Chinese exports have them; in English each column is called what it is. */
static void write_chinese_columns(cpn_json_writer *writer)
{
    static const char *const columns[][2] = {
        { "date", "日期" }, { "amount", "金额" }, { "product_line", "产品线" }, { "market", "区域" }
    };
    cpn_json_key(writer, "data");
    cpn_json_open_object(writer, false);
    cpn_json_key(writer, "columns");
    cpn_json_open_object(writer, true);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        cpn_json_key(writer, columns[i][0]);
        cpn_json_string_z(writer, columns[i][1]);
    }
    cpn_json_close(writer);
    cpn_json_close(writer);
}

campaign_status campaign_plan_request_new(char **json, size_t *length, int32_t year, const char *currency,
                                          const char *language, campaign_error *error)
{
    if (json) *json = NULL;
    if (length) *length = 0;
    if (!json) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "json", "json is required");
    bool is_chinese = false;
    campaign_status status = check_new(year, currency, error);
    if (status == CAMPAIGN_OK) status = cpn_take_language(&is_chinese, language, "language", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_text text = { 0 };
    cpn_json_writer writer = { .text = &text };
    cpn_json_open_object(&writer, false);
    cpn_json_key(&writer, "schema");
    cpn_json_string_z(&writer, cpn_plan_request_kind.schema);
    cpn_json_key(&writer, "year");
    cpn_json_int64(&writer, year);
    cpn_json_key(&writer, "currency");
    cpn_json_string_z(&writer, currency);
    cpn_json_key(&writer, "language");
    cpn_json_string_z(&writer, is_chinese ? "zh" : "en");
    cpn_json_key(&writer, "target");
    cpn_json_open_object(&writer, true);
    cpn_json_key(&writer, "amount");
    cpn_json_money(&writer, 0, cpn_currency_exponent(currency));
    cpn_json_close(&writer);
    if (is_chinese) write_chinese_columns(&writer);
    cpn_json_key(&writer, "budget");
    cpn_json_open_object(&writer, true);
    cpn_json_key(&writer, "rate");
    cpn_json_string_z(&writer, "0%");
    write_rate(&writer, "contingency");
    write_rate(&writer, "proven");
    write_rate(&writer, "experiments");
    cpn_json_close(&writer);
    cpn_json_close(&writer);
    cpn_text_add_char(&text, '\n');
    return cpn_plan_hand_over(json, length, &text, error);
}
