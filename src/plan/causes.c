/* Finds what two plans can differ from: parts of their requests, and the data they were made of.
 * Parts are members of the request, or members of its sections; a list counts as one. */
#include <string.h>

#include "base/memory.h"
#include "plan/compare.h"

/* ---- Comparing values ------------------------------------------------------------------------------------------- */

static bool is_same_one(const cpn_json_value *a, const cpn_json_value *b)
{
    if (a->kind != b->kind || a->n_children != b->n_children || a->boolean != b->boolean) return false;
    const bool has_text = a->kind == CPN_JSON_STRING || a->kind == CPN_JSON_NUMBER;
    return !has_text || (a->length == b->length && memcmp(a->text, b->text, a->length) == 0);
}

static bool is_same_key(const cpn_json_value *a, const cpn_json_value *b)
{
    return (!a->key && !b->key) || (a->key && b->key && strcmp(a->key, b->key) == 0);
}

/* Whether two values say the same: numbers to the digit, members in the same order. Walks both trees side by side. */
static bool is_same(const cpn_json_value *a, const cpn_json_value *b)
{
    const cpn_json_value *const top = a;
    if (!a || !b) return a == b;
    while (is_same_one(a, b) && (a == top || is_same_key(a, b))) {
        if (a->first) {
            a = a->first;
            b = b->first;
            continue;
        }
        while (a != top && !a->next) {
            a = a->parent;
            b = b->parent;
        }
        if (a == top) return true;
        a = a->next;
        b = b->next;
    }
    return false;
}

/* ---- Finding ---------------------------------------------------------------------------------------------------- */

static char *write_value(const cpn_json_value *value)
{
    cpn_text text = { 0 };
    cpn_json_writer writer = { .text = &text };
    if (value->kind == CPN_JSON_STRING)
        cpn_text_add(&text, value->text, value->length);
    else
        cpn_json_copy(&writer, value);
    cpn_text_add(&text, "", 0); /* an empty text is no absence */
    return cpn_text_take(&text);
}

static campaign_status add_cause(cpn_plan_causes *causes, const cpn_plan_cause *cause, campaign_error *error)
{
    if (causes->n == causes->capacity) {
        const int64_t capacity = causes->capacity ? causes->capacity * 2 : 8;
        cpn_plan_cause *grown = cpn_resize(causes->causes, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(error);
        causes->causes = grown;
        causes->capacity = capacity;
    }
    causes->causes[causes->n++] = *cause;
    return CAMPAIGN_OK;
}

static void free_cause(cpn_plan_cause *cause)
{
    cpn_free(cause->path);
    cpn_free(cause->before);
    cpn_free(cause->after);
}

static campaign_status add_part(cpn_plan_causes *causes, const char *section, const char *key,
                                const cpn_json_value *before, const cpn_json_value *after, campaign_error *error)
{
    cpn_text path = { 0 };
    if (section) cpn_text_add_format(&path, "%s.", section);
    cpn_text_add_string(&path, key);
    cpn_plan_cause cause = { .path = cpn_text_take(&path) };
    if (before) cause.before = write_value(before);
    if (after) cause.after = write_value(after);
    const bool is_made = cause.path && (!before || cause.before) && (!after || cause.after);
    const campaign_status status = is_made ? add_cause(causes, &cause, error) : cpn_fail_nomem(error);
    if (status != CAMPAIGN_OK) free_cause(&cause);
    return status;
}

static bool is_object(const cpn_json_value *value)
{
    return value && value->kind == CPN_JSON_OBJECT;
}

/* The members of two objects that differ. Either may be NULL: one that has none. */
static campaign_status compare_members(cpn_plan_causes *causes, const char *section, const cpn_json_value *before,
                                       const cpn_json_value *after, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *old = before ? before->first : NULL; old && status == CAMPAIGN_OK; old = old->next) {
        const cpn_json_value *now = after ? cpn_json_member(after, old->key) : NULL;
        if (!is_same(old, now)) status = add_part(causes, section, old->key, old, now, error);
    }
    for (const cpn_json_value *now = after ? after->first : NULL; now && status == CAMPAIGN_OK; now = now->next)
        if (!before || !cpn_json_member(before, now->key))
            status = add_part(causes, section, now->key, NULL, now, error);
    return status;
}

/* One member of the request: as a whole, or by its own members where it is a section in both. */
static campaign_status compare_section(cpn_plan_causes *causes, const char *key, const cpn_json_value *before,
                                       const cpn_json_value *after, campaign_error *error)
{
    if (strcmp(key, "schema") == 0 || is_same(before, after)) return CAMPAIGN_OK;
    if (is_object(before) && is_object(after)) return compare_members(causes, key, before, after, error);
    return add_part(causes, NULL, key, before, after, error);
}

static campaign_status compare_requests(cpn_plan_causes *causes, const cpn_json_value *before,
                                        const cpn_json_value *after, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *old = before->first; old && status == CAMPAIGN_OK; old = old->next)
        status = compare_section(causes, old->key, old, cpn_json_member(after, old->key), error);
    for (const cpn_json_value *now = after->first; now && status == CAMPAIGN_OK; now = now->next)
        if (!cpn_json_member(before, now->key)) status = compare_section(causes, now->key, NULL, now, error);
    return status;
}

/* ---- Data ------------------------------------------------------------------------------------------------------- */

/* "812331 rows, 2025-01-01 to 2026-12-31, 61023401.20": what is known of one source. */
static char *write_source(const campaign_table *sources, int64_t row)
{
    static const char *const columns[] = { "rows", "first", "last", "amount" };
    static const char *const between[] = { " rows", ", ", " .. ", ", " };
    cpn_text text = { 0 };
    for (int32_t i = 0; i < 4; i++) {
        char cell[64];
        const int32_t column = campaign_table_find(sources, columns[i]);
        if (campaign_table_is_null(sources, column, row)) continue;
        (void)campaign_table_format(cell, sizeof cell, sources, column, row);
        if (i > 0) cpn_text_add_string(&text, between[i]);
        cpn_text_add_string(&text, cell);
        if (i == 0) cpn_text_add_string(&text, between[0]);
    }
    return cpn_text_take(&text);
}

static campaign_status add_source(cpn_plan_causes *causes, const char *name, const campaign_table *before,
                                  int64_t before_row, const campaign_table *after, int64_t after_row,
                                  campaign_error *error)
{
    cpn_plan_cause cause = { .is_data = true, .path = cpn_copy_text(name, strlen(name)) };
    if (before_row >= 0) cause.before = write_source(before, before_row);
    if (after_row >= 0) cause.after = write_source(after, after_row);
    const bool is_made = cause.path && (before_row < 0 || cause.before) && (after_row < 0 || cause.after);
    const campaign_status status = is_made ? add_cause(causes, &cause, error) : cpn_fail_nomem(error);
    if (status != CAMPAIGN_OK) free_cause(&cause);
    return status;
}

static bool is_same_row(const campaign_table *a, int64_t row_a, const campaign_table *b, int64_t row_b)
{
    for (int32_t i = 0; i < campaign_table_n_columns(a); i++) {
        char cell_a[96], cell_b[96];
        (void)campaign_table_format(cell_a, sizeof cell_a, a, i, row_a);
        (void)campaign_table_format(cell_b, sizeof cell_b, b, i, row_b);
        if (strcmp(cell_a, cell_b) != 0) return false;
    }
    return true;
}

static campaign_status compare_sources(cpn_plan_causes *causes, const campaign_table *before,
                                       const campaign_table *after, campaign_error *error)
{
    cpn_plan_rows old = { 0 }, now = { 0 };
    campaign_status status = cpn_plan_rows_index(&old, before, CPN_PLAN_SOURCES, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_rows_index(&now, after, CPN_PLAN_SOURCES, error);
    for (int64_t row = 0; row < old.n && status == CAMPAIGN_OK; row++) {
        const char *name = cpn_plan_rows_name(&old, row);
        const int64_t other = cpn_plan_rows_find(&now, name);
        if (other < 0 || !is_same_row(before, row, after, other))
            status = add_source(causes, name, before, row, after, other, error);
    }
    for (int64_t row = 0; row < now.n && status == CAMPAIGN_OK; row++) {
        const char *name = cpn_plan_rows_name(&now, row);
        if (cpn_plan_rows_find(&old, name) < 0) status = add_source(causes, name, before, -1, after, row, error);
    }
    cpn_plan_rows_free(&old);
    cpn_plan_rows_free(&now);
    return status;
}

campaign_status cpn_plan_causes_find(cpn_plan_causes *causes, const campaign_plan *before, const campaign_plan *after,
                                     campaign_error *error)
{
    memset(causes, 0, sizeof *causes);
    campaign_status status = compare_requests(causes, before->request.root, after->request.root, error);
    if (status == CAMPAIGN_OK)
        status = compare_sources(causes, before->tables[CPN_PLAN_SOURCES], after->tables[CPN_PLAN_SOURCES], error);
    if (status != CAMPAIGN_OK) cpn_plan_causes_free(causes);
    return status;
}

void cpn_plan_causes_free(cpn_plan_causes *causes)
{
    for (int64_t i = 0; i < causes->n; i++) free_cause(&causes->causes[i]);
    cpn_free(causes->causes);
    memset(causes, 0, sizeof *causes);
}

/* ---- Requests in between ---------------------------------------------------------------------------------------- */

/* Whether the part of that path is one of the first n changed ones, so that the later request speaks. A NULL key asks for
 * any part of the section. */
static bool has_changed(const cpn_plan_causes *causes, int64_t n, const char *section, const char *key)
{
    const size_t length = section ? strlen(section) : 0;
    for (int64_t i = 0; i < n; i++) {
        const char *path = causes->causes[i].path;
        if (causes->causes[i].is_data) continue;
        if (section && (strncmp(path, section, length) != 0 || path[length] != '.')) continue;
        if (!key || strcmp(section ? path + length + 1 : path, key) == 0) return true;
    }
    return false;
}

static void write_member(cpn_json_writer *writer, const char *key, const cpn_json_value *value)
{
    if (!value) return;
    cpn_json_key(writer, key);
    cpn_json_copy(writer, value);
}

static void write_section(cpn_json_writer *writer, const cpn_plan_causes *causes, int64_t n,
                          const cpn_json_value *before, const cpn_json_value *after)
{
    cpn_json_key(writer, before->key);
    cpn_json_open_object(writer, false);
    for (const cpn_json_value *old = before->first; old; old = old->next)
        write_member(writer, old->key,
                     has_changed(causes, n, before->key, old->key) ? cpn_json_member(after, old->key) : old);
    for (const cpn_json_value *now = after->first; now; now = now->next)
        if (!cpn_json_member(before, now->key) && has_changed(causes, n, before->key, now->key))
            write_member(writer, now->key, now);
    cpn_json_close(writer);
}

campaign_status cpn_plan_causes_request(cpn_text *request, const cpn_plan_causes *causes, int64_t n,
                                        const campaign_plan *before, const campaign_plan *after, campaign_error *error)
{
    cpn_json_writer writer = { .text = request };
    cpn_json_open_object(&writer, false);
    cpn_json_key(&writer, "schema");
    cpn_json_string_z(&writer, cpn_plan_request_kind.schema);
    for (const cpn_json_value *old = before->request.root->first; old; old = old->next) {
        const cpn_json_value *now = cpn_json_member(after->request.root, old->key);
        if (strcmp(old->key, "schema") == 0) continue;
        if (is_object(old) && is_object(now) && has_changed(causes, n, old->key, NULL))
            write_section(&writer, causes, n, old, now);
        else
            write_member(&writer, old->key, has_changed(causes, n, NULL, old->key) ? now : old);
    }
    for (const cpn_json_value *now = after->request.root->first; now; now = now->next)
        if (strcmp(now->key, "schema") != 0 && !cpn_json_member(before->request.root, now->key) &&
            has_changed(causes, n, NULL, now->key))
            write_member(&writer, now->key, now);
    cpn_json_close(&writer);
    return request->has_failed ? cpn_fail_nomem(error) : CAMPAIGN_OK;
}
