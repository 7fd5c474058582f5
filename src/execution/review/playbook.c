/* Problems of a review as a playbook: a document for itself, or one that was there before with them in it. */
#include <string.h>

#include "base/memory.h"
#include "execution/review/review.h"
#include "plan/plan.h"
#include "plan/playbook.h"

enum { MOST_NAME = 200, MOST_METRIC_NAME = 120, MOST_ACTION = 2000, MOST_WHEN = 1000, MOST_WORD = 40 };

typedef struct extension {
    campaign_column id, name, when, action, owner;    /* required */
    campaign_column metric, within, severity, source; /* or type 0 */
    campaign_column metric_name, better;              /* of metrics, or type 0 */
    int64_t n, n_metrics;
    cpn_playbook base;
    cpn_risk_names built_in;
    const cpn_json_value *root; /* of the base, or NULL */
    cpn_json_writer *writer;
} extension;

static bool are_same(cpn_review_text a, cpn_review_text b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

static campaign_status find_columns(extension *p, const campaign_table *table, const campaign_table *metrics,
                                    campaign_error *error)
{
    const uint32_t utf8 = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8);
    const struct {
        campaign_column *column;
        const char *name;
    } columns[] = { { &p->id, "id" },         { &p->name, "name" },         { &p->when, "when" },
                    { &p->action, "action" }, { &p->owner, "owner" },       { &p->metric, "metric" },
                    { &p->within, "within" }, { &p->severity, "severity" }, { &p->source, "source" } };
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof columns / sizeof *columns && status == CAMPAIGN_OK; i++)
        status = i < 5 ? cpn_need_column(columns[i].column, table, "problems", NULL, columns[i].name, utf8, error)
                       : cpn_find_column(columns[i].column, table, "problems", NULL, columns[i].name, utf8, error);
    if (status == CAMPAIGN_OK && metrics)
        status = cpn_need_column(&p->metric_name, metrics, "metrics", NULL, "metric", utf8, error);
    if (status == CAMPAIGN_OK && metrics)
        status = cpn_find_column(&p->better, metrics, "metrics", NULL, "better", utf8, error);
    return status;
}

static campaign_status check_rows(const extension *p, campaign_error *error)
{
    const campaign_column *const columns[] = { &p->id, &p->name, &p->when, &p->action, &p->owner };
    static const char *const where[] = { "problems.id", "problems.name", "problems.when", "problems.action",
                                         "problems.owner" };
    campaign_status status = CAMPAIGN_OK;
    for (int64_t row = 0; row < p->n && status == CAMPAIGN_OK; row++)
        for (int i = 0; i < 5 && status == CAMPAIGN_OK; i++) {
            cpn_review_text text;
            status = cpn_review_need_text(&text, columns[i], row, where[i], error);
        }
    return status;
}

/* The members of a list of the base, NULL where it has none. */
static const cpn_json_value *first_of(const extension *p, const char *list)
{
    const cpn_json_value *found = p->root ? cpn_get(p->root, list) : NULL;
    return found ? found->first : NULL;
}

/* ---- Metrics ----------------------------------------------------------------------------------------------------- */

static bool holds(cpn_review_text text, cpn_review_text word)
{
    for (size_t i = 0; i + word.length <= text.length; i++)
        if (memcmp(text.text + i, word.text, word.length) == 0) return true;
    return false;
}

/* Texts stand under the language that they are in: the other one falls back to it. */
static const char *in_language(cpn_review_text text, const char *en, const char *zh)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.text[i] >= 0xE3) return zh;
    return en;
}

static void write_metric(const extension *p, cpn_review_text id, cpn_review_text name, const char *unit,
                         cpn_review_text better)
{
    static const cpn_review_text higher = { "higher", 6 };
    cpn_json_open_object(p->writer, true);
    cpn_review_member(p->writer, "id", id, CPN_REVIEW_ID);
    cpn_review_member(p->writer, in_language(name, "name_en", "name_zh"), name, MOST_METRIC_NAME);
    cpn_json_key(p->writer, "unit");
    cpn_json_string_z(p->writer, unit);
    cpn_review_member(p->writer, "better", better.length ? better : higher, MOST_WORD);
    cpn_json_close(p->writer);
}

static bool is_needed(const extension *p, cpn_review_text metric)
{
    if (cpn_review_spell(&p->built_in, metric) != CPN_REVIEW_DECLARED) return false;
    if (p->base.names.metrics && cpn_risk_find_metric(&p->base.names, metric.text, metric.length) >= 0) return false;
    for (int64_t row = 0; row < p->n; row++)
        if (holds(cpn_review_cell(&p->when, row), metric)) return true;
    return false;
}

static void write_metrics(const extension *p)
{
    static const cpn_review_text lower = { "lower", 5 };
    cpn_json_key(p->writer, "metrics");
    cpn_json_open_array(p->writer, false);
    for (const cpn_json_value *item = first_of(p, "metrics"); item; item = item->next) cpn_json_copy(p->writer, item);
    for (int64_t i = 0; i < p->n_metrics; i++) {
        const cpn_review_text name = cpn_review_cell(&p->metric_name, i);
        if (is_needed(p, name)) write_metric(p, name, name, "number", cpn_review_cell(&p->better, i));
    }
    for (int64_t row = 0; row < p->n; row++) {
        const cpn_review_text metric = cpn_review_cell(&p->metric, row);
        if (is_needed(p, metric)) write_metric(p, metric, cpn_review_cell(&p->name, row), "count", lower);
    }
    cpn_json_close(p->writer);
}

/* ---- Roles ------------------------------------------------------------------------------------------------------- */

/* The role of the base that is called so, by id or name; NULL for none. */
static const cpn_json_value *find_role(const extension *p, cpn_review_text owner)
{
    static const char *const keys[] = { "id", "name_en", "name_zh" };
    for (const cpn_json_value *role = first_of(p, "roles"); role; role = role->next)
        for (int i = 0; i < 3; i++) {
            const cpn_json_value *word = cpn_get(role, keys[i]);
            if (word && are_same((cpn_review_text){ word->text, word->length }, owner)) return role;
        }
    return NULL;
}

static cpn_review_text owner_of(const extension *p, int64_t row)
{
    cpn_review_text owner = cpn_review_cell(&p->owner, row);
    owner.length = cpn_utf8_cut(owner.text, owner.length, CPN_REVIEW_ID);
    return owner;
}

/* A list of roles has all owners in it; without one, owners stand as they are. */
static void write_roles(const extension *p)
{
    if (!first_of(p, "roles")) return;
    cpn_json_key(p->writer, "roles");
    cpn_json_open_array(p->writer, false);
    for (const cpn_json_value *role = first_of(p, "roles"); role; role = role->next) cpn_json_copy(p->writer, role);
    for (int64_t row = 0; row < p->n; row++) {
        const cpn_review_text owner = owner_of(p, row);
        bool is_there = find_role(p, owner) != NULL;
        for (int64_t earlier = 0; earlier < row && !is_there; earlier++)
            is_there = are_same(owner_of(p, earlier), owner);
        if (is_there) continue;
        cpn_json_open_object(p->writer, true);
        cpn_review_member(p->writer, "id", owner, CPN_REVIEW_ID);
        cpn_json_close(p->writer);
    }
    cpn_json_close(p->writer);
}

/* ---- Entries ----------------------------------------------------------------------------------------------------- */

/* Braces hold values in actions; what people wrote holds none. */
static void write_action(const extension *p, cpn_review_text action)
{
    cpn_text plain = { .data = NULL };
    for (size_t i = 0; i < action.length; i++) {
        const char c = action.text[i];
        cpn_text_add_char(&plain, c == '{' ? '(' : c == '}' ? ')' : c);
    }
    p->writer->text->has_failed = p->writer->text->has_failed || plain.has_failed;
    const cpn_review_text text = { plain.data ? plain.data : "", plain.data ? plain.length : 0 };
    cpn_review_member(p->writer, in_language(action, "action_en", "action_zh"), text, MOST_ACTION);
    cpn_text_clear(&plain);
}

static void write_entry(const extension *p, int64_t row)
{
    static const cpn_review_text usual_within = { "3 working days", 14 }, usual_severity = { "medium", 6 };
    const cpn_review_text name = cpn_review_cell(&p->name, row), source = cpn_review_cell(&p->source, row);
    const cpn_review_text within = cpn_review_cell(&p->within, row), severity = cpn_review_cell(&p->severity, row);
    const cpn_json_value *role = find_role(p, owner_of(p, row));
    cpn_json_open_object(p->writer, false);
    cpn_review_member(p->writer, "id", cpn_review_cell(&p->id, row), CPN_REVIEW_ID);
    cpn_review_member(p->writer, in_language(name, "name_en", "name_zh"), name, MOST_NAME);
    if (source.length) cpn_review_member(p->writer, "source", source, CPN_REVIEW_ID);
    cpn_review_member(p->writer, "when", cpn_review_cell(&p->when, row), MOST_WHEN);
    write_action(p, cpn_review_cell(&p->action, row));
    cpn_json_key(p->writer, "owner");
    if (role)
        cpn_json_string_z(p->writer, cpn_get(role, "id")->text);
    else
        cpn_json_string(p->writer, owner_of(p, row).text, owner_of(p, row).length);
    cpn_review_member(p->writer, "within", within.length ? within : usual_within, MOST_WORD);
    cpn_review_member(p->writer, "severity", severity.length ? severity : usual_severity, MOST_WORD);
    cpn_json_close(p->writer);
}

static bool is_replaced(const extension *p, const cpn_json_value *entry)
{
    const cpn_json_value *id = cpn_get(entry, "id");
    for (int64_t row = 0; row < p->n; row++)
        if (are_same(cpn_review_cell(&p->id, row), (cpn_review_text){ id->text, id->length })) return true;
    return false;
}

static void write_document(const extension *p)
{
    cpn_json_open_object(p->writer, false);
    cpn_json_key(p->writer, "schema");
    cpn_json_string_z(p->writer, cpn_playbook_kind.schema);
    write_metrics(p);
    write_roles(p);
    cpn_json_key(p->writer, "entries");
    cpn_json_open_array(p->writer, false);
    for (const cpn_json_value *entry = first_of(p, "entries"); entry; entry = entry->next)
        if (!is_replaced(p, entry)) cpn_json_copy(p->writer, entry);
    for (int64_t row = 0; row < p->n; row++) write_entry(p, row);
    cpn_json_close(p->writer);
    cpn_json_close(p->writer);
    cpn_text_add_char(p->writer->text, '\n');
}

/* What came out must be a playbook itself. */
static campaign_status hand_over(char **json, size_t *length, cpn_text *text, campaign_error *error)
{
    cpn_playbook read = { .json = NULL };
    if (text->has_failed) return cpn_fail_nomem(error);
    const campaign_status status = cpn_playbook_read(&read, text->data, (int64_t)text->length, error);
    cpn_playbook_free(&read);
    return status == CAMPAIGN_OK ? cpn_plan_hand_over(json, length, text, error) : status;
}

campaign_status campaign_plan_extend_playbook(char **json, size_t *length, const campaign_table *problems,
                                              const campaign_table *metrics, const char *base, size_t base_length,
                                              campaign_error *error)
{
    cpn_text text = { .data = NULL };
    cpn_json_writer writer = { .text = &text };
    extension p = { .writer = &writer };
    const bool has_base = base && base_length > 0;
    if (json) *json = NULL;
    if (length) *length = 0;
    if (!json || !problems) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "problems", "json and problems are required");
    p.n = campaign_table_n_rows(problems);
    p.n_metrics = metrics ? campaign_table_n_rows(metrics) : 0;
    campaign_status status = find_columns(&p, problems, metrics, error);
    if (status == CAMPAIGN_OK) status = check_rows(&p, error);
    if (status == CAMPAIGN_OK) status = cpn_review_open_names(&p.built_in, 0, error);
    if (status == CAMPAIGN_OK && has_base) status = cpn_playbook_read(&p.base, base, (int64_t)base_length, error);
    if (status == CAMPAIGN_OK) {
        p.root = has_base ? cpn_json_root(p.base.json) : NULL;
        write_document(&p);
        status = hand_over(json, length, &text, error);
    }
    cpn_text_clear(&text);
    cpn_playbook_free(&p.base);
    cpn_free(p.built_in.metrics);
    return status;
}
