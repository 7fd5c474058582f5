/* The playbook document as entries: names in one language, conditions and actions compiled, roles checked. */
#include <string.h>

#include "base/memory.h"
#include "execution/risks/risk.h"
#include "plan/playbook.h"

/* The name in the language asked for, else in the other, else the fallback. */
static const char *pick(const cpn_json_value *object, const cpn_record *record, bool is_chinese,
                        const char *const *keys, const char *fallback)
{
    const char *en = cpn_get_text(object, record, keys[0]), *zh = cpn_get_text(object, record, keys[1]);
    const char *first = is_chinese ? zh : en, *second = is_chinese ? en : zh;
    return first ? first : second ? second : fallback;
}

static const char *const name_keys[] = { "name_en", "name_zh" };

/* ---- Metrics ----------------------------------------------------------------------------------------------------- */

bool cpn_risk_is_metric_name(const char *text, size_t length, const cpn_risk_names *names)
{
    cpn_risk_token token;
    int32_t at = 0;
    for (size_t i = 0; i < length; i++) {
        const char c = text[i];
        const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
        if ((!is_word && !(i > 0 && c >= '0' && c <= '9')) || (unsigned char)c == 0xC3 || (unsigned char)c == 0xE2)
            return false;
    }
    for (int32_t i = 0; i < CPN_RISK_N_FIELDS; i++) { /* metric.target is that of any metric */
        const char *field = cpn_risk_fields[i].name;
        if (strcmp(field, text) == 0) return false;
        if (strncmp(field, text, length) == 0 && strcmp(field + length, ".target") == 0) return false;
    }
    static const cpn_json_value nowhere = { .kind = CPN_JSON_STRING, .text = "" };
    return cpn_risk_scan(&token, &at, text, (int32_t)length, names, &nowhere, NULL) != CAMPAIGN_OK ||
           token.kind == CPN_RISK_IS_METRIC;
}

static campaign_status read_metric(cpn_playbook *playbook, const cpn_json_value *object, campaign_error *error)
{
    cpn_risk_names *names = &playbook->names;
    const cpn_record *record = &cpn_playbook_metric_record;
    const cpn_json_value *id = cpn_get(object, "id");
    if (!cpn_risk_is_metric_name(id->text, id->length, names))
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, id,
                             "\"%s\" cannot name a metric: letters, digits, _ and Chinese, not a word of conditions",
                             id->text);
    const int32_t known = cpn_risk_find_metric(names, id->text, id->length);
    if (known >= cpn_risk_n_metrics)
        return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, id, "the metric \"%s\" is declared twice", id->text);
    names->metrics[names->n_metrics++] =
        (cpn_risk_metric){ .name = id->text,
                           .en = pick(object, record, false, name_keys, id->text),
                           .zh = pick(object, record, true, name_keys, id->text),
                           .unit = (cpn_risk_unit)cpn_get_enum(object, record, "unit"),
                           .better = (cpn_risk_better)cpn_get_enum(object, record, "better"),
                           .grows = known >= 0 && cpn_risk_metrics[known].grows };
    return CAMPAIGN_OK;
}

static campaign_status read_metrics(cpn_playbook *playbook, const cpn_json_value *list, campaign_error *error)
{
    const int64_t n_own = list ? list->n_children : 0;
    playbook->names.metrics = cpn_alloc(cpn_risk_n_metrics + n_own, sizeof *playbook->names.metrics);
    if (!playbook->names.metrics) return cpn_fail_nomem(error);
    memcpy(playbook->names.metrics, cpn_risk_metrics, (size_t)cpn_risk_n_metrics * sizeof *cpn_risk_metrics);
    playbook->names.n_metrics = cpn_risk_n_metrics;
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *object = list ? list->first : NULL; object && status == CAMPAIGN_OK;
         object = object->next)
        status = read_metric(playbook, object, error);
    return status;
}

/* ---- Roles ------------------------------------------------------------------------------------------------------- */

enum { MOST_ROLES = 200 };

/* What the role is called; refused where there is a list without it. */
static campaign_status find_role(const char **name, const cpn_playbook *playbook, const cpn_json_value *value,
                                 campaign_error *error)
{
    const cpn_json_value *list = cpn_get(cpn_json_root(playbook->json), "roles");
    const char *ids[MOST_ROLES];
    int64_t n = 0;
    *name = value->text;
    if (!list || !list->first) return CAMPAIGN_OK;
    for (const cpn_json_value *role = list->first; role; role = role->next) {
        const char *id = cpn_get_text(role, &cpn_playbook_role_record, "id");
        ids[n++] = id;
        if (strcmp(id, value->text) != 0) continue;
        *name = pick(role, &cpn_playbook_role_record, playbook->is_chinese, name_keys, id);
        return CAMPAIGN_OK;
    }
    const int64_t nearest = cpn_nearest_name(value->text, value->length, ids, n);
    if (nearest < 0) return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, value, "no role \"%s\" in roles", value->text);
    return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, value, "no role \"%s\" in roles, did you mean \"%s\"?", value->text,
                         ids[nearest]);
}

/* ---- Entries ----------------------------------------------------------------------------------------------------- */

static campaign_status read_condition(cpn_risk_entry *entry, const cpn_json_value *value, const cpn_risk_names *names,
                                      campaign_error *error)
{
    const cpn_risk_source source = { value, value->text, (int32_t)value->length };
    const campaign_status status = cpn_risk_compile(&entry->when, &source, names, error);
    if (status != CAMPAIGN_OK || entry->when.type == CPN_RISK_BOOL) return status;
    return cpn_json_fail(error, CAMPAIGN_E_SYNTAX, value,
                         "\"when\" is a value, not a condition: compare it with another");
}

/* The condition and the action; the action in the language asked for, both checked. */
static campaign_status read_programs(cpn_risk_entry *entry, const cpn_json_value *object, const cpn_playbook *playbook,
                                     campaign_error *error)
{
    const cpn_json_value *en = cpn_get(object, "action_en"), *zh = cpn_get(object, "action_zh");
    const cpn_json_value *shown = playbook->is_chinese ? zh : en, *other = playbook->is_chinese ? en : zh;
    campaign_status status = read_condition(entry, cpn_get(object, "when"), &playbook->names, error);
    if (status == CAMPAIGN_OK && !shown && !other)
        return cpn_json_fail(error, CAMPAIGN_E_MISSING, object, "action_en or action_zh is required");
    if (status == CAMPAIGN_OK && shown && other) {
        cpn_risk_entry checked = { .when = { .scope = entry->when.scope } };
        status = cpn_risk_read_action(&checked, other, &playbook->names, error);
        for (int32_t i = 0; i < checked.n_pieces; i++) cpn_risk_program_free(&checked.pieces[i].program);
        cpn_free(checked.pieces);
    }
    if (status != CAMPAIGN_OK) return status;
    return cpn_risk_read_action(entry, shown ? shown : other, &playbook->names, error);
}

static campaign_status read_entry(cpn_risk_entry *entry, const cpn_json_value *object, const cpn_playbook *playbook,
                                  campaign_error *error)
{
    const cpn_record *record = &cpn_playbook_entry_record;
    const cpn_json_value *escalate = cpn_get(object, "escalate");
    entry->id = cpn_get_text(object, record, "id");
    entry->name = pick(object, record, playbook->is_chinese, name_keys, entry->id);
    entry->source = cpn_get_text(object, record, "source");
    entry->severity = cpn_get_enum(object, record, "severity");
    for (const cpn_risk_entry *earlier = playbook->entries; earlier < entry; earlier++)
        if (strcmp(earlier->id, entry->id) == 0)
            return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, cpn_get(object, "id"), "the id \"%s\" is used already",
                                 entry->id);
    campaign_status status = read_programs(entry, object, playbook, error);
    if (status == CAMPAIGN_OK) status = find_role(&entry->owner, playbook, cpn_get(object, "owner"), error);
    if (status == CAMPAIGN_OK) status = cpn_risk_read_limit(&entry->within, cpn_get(object, "within"), error);
    if (status != CAMPAIGN_OK || !escalate) return status;
    status = find_role(&entry->escalate_to, playbook, cpn_get(escalate, "to"), error);
    return status == CAMPAIGN_OK ? cpn_risk_read_limit(&entry->after, cpn_get(escalate, "after"), error) : status;
}

campaign_status cpn_playbook_read(cpn_playbook *playbook, const char *text, int64_t length, campaign_error *error)
{
    size_t n = (size_t)length;
    campaign_status status = CAMPAIGN_OK;
    if (!text) status = campaign_plan_playbook(&playbook->built_in, &n, NULL, error);
    if (status == CAMPAIGN_OK)
        status = cpn_document_read(&playbook->json, text ? text : playbook->built_in, n, &cpn_playbook_kind, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_json_value *root = cpn_json_root(playbook->json), *list = cpn_get(root, "entries");
    status = read_metrics(playbook, cpn_get(root, "metrics"), error);
    if (status == CAMPAIGN_OK) {
        playbook->entries = cpn_alloc_zero(list->n_children, sizeof *playbook->entries);
        if (!playbook->entries) status = cpn_fail_nomem(error);
    }
    for (const cpn_json_value *object = list->first; object && status == CAMPAIGN_OK; object = object->next)
        status = read_entry(&playbook->entries[playbook->n_entries++], object, playbook, error);
    return status;
}

void cpn_playbook_free(cpn_playbook *playbook)
{
    for (int64_t i = 0; i < playbook->n_entries; i++) {
        cpn_risk_entry *entry = &playbook->entries[i];
        cpn_risk_program_free(&entry->when);
        for (int32_t k = 0; k < entry->n_pieces; k++) cpn_risk_program_free(&entry->pieces[k].program);
        cpn_free(entry->pieces);
    }
    cpn_free(playbook->entries);
    cpn_free(playbook->names.metrics);
    cpn_json_free(playbook->json);
    campaign_text_free(playbook->built_in);
    *playbook = (cpn_playbook){ .is_chinese = playbook->is_chinese };
}
