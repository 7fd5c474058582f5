/* Document kinds for people: a request to start from, and the JSON Schema of every kind the library reads. */
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "calendar/calendar.h"
#include "plan/plan.h"
#include "tier/tier.h"

static const char *const kind_names[] = { "plan_request", "plan", "calendar_overlay", "nodes", "segments" };

static const cpn_document_kind *find_kind(const char *name)
{
    const cpn_document_kind *const kinds[] = { &cpn_plan_request_kind, &cpn_plan_kind, &cpn_calendar_overlay_kind,
                                               &cpn_nodes_kind, &cpn_segments_kind };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(name, kind_names[i]) == 0) return kinds[i];
    return NULL;
}

campaign_status campaign_plan_schema(char **json, size_t *length, const char *kind, const char *language,
                                     campaign_error *error)
{
    if (json) *json = NULL;
    if (length) *length = 0;
    if (!json || !kind) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "kind", "json and kind are required");
    const cpn_document_kind *found = find_kind(kind);
    if (!found) {
        const int64_t n = (int64_t)(sizeof kind_names / sizeof *kind_names);
        const int64_t nearest = cpn_nearest_name(kind, strlen(kind), kind_names, n);
        if (nearest < 0) return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "kind", "no document kind \"%.60s\"", kind);
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "kind", "no document kind \"%.60s\"; did you mean \"%s\"?", kind,
                        kind_names[nearest]);
    }
    cpn_text text = { 0 };
    cpn_document_write_schema(&text, found, language);
    return cpn_plan_hand_over(json, length, &text, error);
}

static campaign_status check_new(int32_t year, const char *currency, const char *language, campaign_error *error)
{
    if (year < 1901 || year > 2100)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "year", "year is %d, expected 1901 to 2100", (int)year);
    if (!currency || cpn_currency_exponent(currency) < 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "currency", "\"%.60s\" is not a currency of ISO 4217, such as CNY",
                        currency ? currency : "");
    if (language && strcmp(language, "en") != 0 && strcmp(language, "zh") != 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "language", "\"%.60s\" is neither en nor zh", language);
    return CAMPAIGN_OK;
}

static void write_rate(cpn_json_writer *writer, const char *name)
{
    const cpn_record *record = &cpn_plan_budget_record;
    cpn_json_key(writer, name);
    for (int64_t i = 0; i < record->n_fields; i++)
        if (strcmp(record->fields[i].name, name) == 0) cpn_json_string_z(writer, record->fields[i].fallback);
}

campaign_status campaign_plan_request_new(char **json, size_t *length, int32_t year, const char *currency,
                                          const char *language, campaign_error *error)
{
    if (json) *json = NULL;
    if (length) *length = 0;
    if (!json) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "json", "json is required");
    const campaign_status status = check_new(year, currency, language, error);
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
    cpn_json_string_z(&writer, language ? language : "en");
    cpn_json_key(&writer, "target");
    cpn_json_open_object(&writer, true);
    cpn_json_key(&writer, "amount");
    cpn_json_money(&writer, 0, cpn_currency_exponent(currency));
    cpn_json_close(&writer);
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
