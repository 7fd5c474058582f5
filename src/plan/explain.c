/* Explains a row of a plan: what it says, then the rows, notes and parts of the request it follows from, level by level.
 * Knows no table: explain_words.c says what each of them holds. */
#include "plan/explain.h"

#include <string.h>

#include "base/memory.h"

enum { MAX_ROWS = 64, MAX_DEPTH = 12, MAX_NOTES = 20 };

enum { RECORD, BECAUSE_OF, DEPTH, SUBJECT, CODE, AMOUNT, BASE, RATIO, N, DAY, TEXT };
static const cpn_column_schema schema[] = {
    { "record", CAMPAIGN_TYPE_INT64, "Number of the record, from 0.", "记录编号，从 0 起。" },
    { "because_of", CAMPAIGN_TYPE_INT64, "Record that it explains; null for the first.", "所解释的记录，首条为空。" },
    { "depth", CAMPAIGN_TYPE_INT64, "Steps from the first record.", "离首条的步数。" },
    { "subject", CAMPAIGN_TYPE_UTF8, "Table and row, or part of the request.", "表与行，或请求中的部分。" },
    { "code", CAMPAIGN_TYPE_UTF8, "What kind of statement it is.", "陈述的代码。" },
    { "amount", CAMPAIGN_TYPE_MONEY, "Amount it states.", "所述金额。" },
    { "base", CAMPAIGN_TYPE_MONEY, "Amount it is measured by.", "对照金额。" },
    { "ratio_ppm", CAMPAIGN_TYPE_INT64, "Ratio in parts per million.", "百万分比。" },
    { "n", CAMPAIGN_TYPE_INT64, "Count.", "数量。" },
    { "day", CAMPAIGN_TYPE_DATE, "Day.", "日期。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The record as a sentence.", "说明文字。" },
};

/* A row that waits to be explained, and the record it explains. */
typedef struct waiting_row {
    cpn_plan_table_id table;
    int64_t row, because_of;
    int32_t depth;
} waiting_row;

typedef struct explanation {
    const campaign_plan *plan;
    cpn_plan_rows rows[CPN_PLAN_N_TABLES]; /* made when first asked for */
    bool has_rows[CPN_PLAN_N_TABLES];
    waiting_row waiting[MAX_ROWS]; /* also those that are done, so that no row comes twice */
    int32_t n_waiting;
    int64_t n_records;
    cpn_out out;
    cpn_text subject, text;
    bool is_chinese;
} explanation;

static const campaign_table *table_of(const explanation *e, cpn_plan_table_id id)
{
    return e->plan->tables[id];
}

static campaign_status index_rows(explanation *e, cpn_plan_table_id id, campaign_error *error)
{
    if (e->has_rows[id]) return CAMPAIGN_OK;
    const campaign_status status = cpn_plan_rows_index(&e->rows[id], table_of(e, id), id, error);
    e->has_rows[id] = status == CAMPAIGN_OK;
    return status;
}

/* ---- Records ---------------------------------------------------------------------------------------------------- */

static void write_number(explanation *e, int32_t index, const campaign_table *table, const char *column, int64_t row)
{
    const int32_t from = column ? campaign_table_find(table, column) : -1;
    if (from < 0 || campaign_table_is_null(table, from, row))
        cpn_out_null(&e->out, index);
    else
        cpn_out_int64(&e->out, index, campaign_table_int64(table, from, row));
}

/* Writes what all records have; the text is that of e->text. Returns the record's number. */
static int64_t write_record(explanation *e, int64_t because_of, int32_t depth, const char *code)
{
    cpn_out_int64(&e->out, RECORD, e->n_records);
    cpn_out_optional_int64(&e->out, BECAUSE_OF, because_of, because_of >= 0);
    cpn_out_int64(&e->out, DEPTH, depth);
    cpn_out_text(&e->out, SUBJECT, e->subject.data, e->subject.length);
    cpn_out_string(&e->out, CODE, code);
    cpn_out_text(&e->out, TEXT, e->text.data, e->text.length);
    return e->n_records++;
}

static void write_no_numbers(explanation *e)
{
    for (int32_t i = AMOUNT; i <= DAY; i++) cpn_out_null(&e->out, i);
}

static bool holds(const campaign_table *table, const char *column, const char *expected, int64_t row)
{
    char cell[64];
    const int32_t index = campaign_table_find(table, column);
    if (index < 0 || campaign_table_is_null(table, index, row)) return false;
    if (!expected) return true;
    (void)campaign_table_format(cell, sizeof cell, table, index, row);
    return strcmp(cell, expected) == 0;
}

/* Cells of a row that has no words of its own. */
static void write_cells(explanation *e, const campaign_table *table, int64_t row)
{
    for (int32_t i = 0; i < campaign_table_n_columns(table); i++) {
        char cell[256];
        campaign_column info = CAMPAIGN_COLUMN_INIT;
        if (campaign_table_is_null(table, i, row)) continue;
        (void)campaign_table_column(&info, table, i, NULL);
        (void)campaign_table_format(cell, sizeof cell, table, i, row);
        if (e->text.length > 0) cpn_text_add_string(&e->text, e->is_chinese ? "，" : ", ");
        cpn_text_add_format(&e->text, e->is_chinese ? "%s：%s" : "%s: %s", info.name, cell);
    }
    cpn_text_add_string(&e->text, e->is_chinese ? "。" : ".");
}

/* The row itself, one record for each of its facets; the others explain the first. Returns the first. */
static int64_t write_facets(explanation *e, const waiting_row *at)
{
    const campaign_table *table = table_of(e, at->table);
    const cpn_plan_wording *wording = cpn_plan_wording_of(at->table);
    int64_t first = -1;
    for (int32_t i = 0; i < wording->n_facets; i++) {
        const cpn_plan_facet *facet = &wording->facets[i];
        if (facet->needs && !holds(table, facet->needs, facet->when, at->row)) continue;
        e->text.length = 0;
        cpn_plan_explain_sentence(&e->text, e->is_chinese ? facet->zh : facet->en, table, at->row, e->is_chinese);
        const char *const numbers[] = { facet->amount, facet->base, facet->ratio, facet->n, facet->day };
        for (int32_t n = AMOUNT; n <= DAY; n++) write_number(e, n, table, numbers[n - AMOUNT], at->row);
        const int64_t record =
            write_record(e, first < 0 ? at->because_of : first, at->depth + (first >= 0), facet->code);
        if (first < 0) first = record;
    }
    if (first >= 0) return first;
    e->text.length = 0;
    if (at->table == CPN_PLAN_NOTES)
        cpn_plan_note_sentence(&e->text, table, at->row, e->is_chinese);
    else
        write_cells(e, table, at->row);
    write_no_numbers(e);
    return write_record(e, at->because_of, at->depth, at->table == CPN_PLAN_NOTES ? "note" : "row");
}

/* ---- Links ------------------------------------------------------------------------------------------------------ */

static void wait_for(explanation *e, cpn_plan_table_id id, int64_t row, const waiting_row *from, int64_t record)
{
    if (row < 0 || e->n_waiting == MAX_ROWS || from->depth + 1 > MAX_DEPTH) return;
    for (int32_t i = 0; i < e->n_waiting; i++)
        if (e->waiting[i].table == id && e->waiting[i].row == row) return;
    e->waiting[e->n_waiting++] = (waiting_row){ id, row, record, from->depth + 1 };
}

static campaign_status follow_name(explanation *e, const cpn_plan_link *link, const waiting_row *at, int64_t record,
                                   campaign_error *error)
{
    char name[256];
    const campaign_table *table = table_of(e, at->table);
    if (!holds(table, link->column, NULL, at->row)) return CAMPAIGN_OK;
    (void)campaign_table_format(name, sizeof name, table, campaign_table_find(table, link->column), at->row);
    const campaign_status status = index_rows(e, link->table, error);
    if (status == CAMPAIGN_OK) wait_for(e, link->table, cpn_plan_rows_find(&e->rows[link->table], name), at, record);
    return status;
}

static void follow_named_by(explanation *e, const cpn_plan_link *link, const waiting_row *at, int64_t record)
{
    const campaign_table *other = table_of(e, link->table);
    const char *name = cpn_plan_rows_name(&e->rows[at->table], at->row);
    for (int64_t row = 0; row < campaign_table_n_rows(other); row++)
        if (holds(other, link->column, name, row)) wait_for(e, link->table, row, at, record);
}

/* Notes of one code that are about the row, or about the whole plan. */
static void follow_notes(explanation *e, const cpn_plan_link *link, const waiting_row *at, int64_t record)
{
    const campaign_table *notes = table_of(e, CPN_PLAN_NOTES);
    const char *name = cpn_plan_rows_name(&e->rows[at->table], at->row);
    int32_t n = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(notes) && n < MAX_NOTES; row++) {
        if (!holds(notes, "code", link->column, row)) continue;
        if (holds(notes, "subject", NULL, row) && !holds(notes, "subject", name, row) &&
            !holds(notes, "other", name, row))
            continue;
        e->text.length = e->subject.length = 0;
        cpn_text_add_format(&e->subject, "notes %s", link->column);
        cpn_plan_note_sentence(&e->text, notes, row, e->is_chinese);
        for (int32_t i = AMOUNT; i <= DAY; i++) write_number(e, i, notes, i == N ? "n" : NULL, row);
        (void)write_record(e, record, at->depth + 1, link->column);
        n++;
    }
}

static const cpn_field *find_field(const cpn_record *record, const char *name, size_t length)
{
    for (int64_t i = 0; record && i < record->n_fields; i++)
        if (strlen(record->fields[i].name) == length && memcmp(record->fields[i].name, name, length) == 0)
            return &record->fields[i];
    return NULL;
}

/* What the request says of a path of one or two names, or what holds by default. */
static void follow_request(explanation *e, const char *path, const waiting_row *at, int64_t record)
{
    const char *dot = strchr(path, '.');
    const size_t length = dot ? (size_t)(dot - path) : strlen(path);
    const cpn_field *section = find_field(&cpn_plan_request_record, path, length);
    const cpn_field *field = dot && section ? find_field(section->record, dot + 1, strlen(dot + 1)) : section;
    const cpn_json_value *value = section ? cpn_get(e->plan->request.root, section->name) : NULL;
    if (dot && value) value = cpn_get(value, dot + 1);
    if (!field || (!value && !field->fallback)) return;
    e->text.length = e->subject.length = 0;
    cpn_text_add_format(&e->subject, "request %s", path);
    if (value)
        cpn_text_add_format(&e->text, e->is_chinese ? "请求中 %s 为 " : "The request says %s: ", path);
    else
        cpn_text_add_format(&e->text, e->is_chinese ? "%s 取默认值 " : "By default %s is ", path);
    cpn_json_writer writer = { .text = &e->text };
    if (value && value->kind == CPN_JSON_STRING)
        cpn_text_add(&e->text, value->text, value->length);
    else if (value)
        cpn_json_copy(&writer, value);
    else
        cpn_text_add_string(&e->text, field->fallback);
    cpn_text_add_string(&e->text, e->is_chinese ? "。" : ".");
    write_no_numbers(e);
    (void)write_record(e, record, at->depth + 1, value ? "request" : "default");
}

static bool applies(const explanation *e, const cpn_plan_link *link, const waiting_row *at)
{
    if (!link->when_column) return true;
    if (link->when) return holds(table_of(e, at->table), link->when_column, link->when, at->row);
    return !holds(table_of(e, at->table), link->when_column, NULL, at->row);
}

static campaign_status follow(explanation *e, const cpn_plan_link *link, const waiting_row *at, int64_t record,
                              campaign_error *error)
{
    const campaign_table *table = table_of(e, at->table);
    if (!applies(e, link, at)) return CAMPAIGN_OK;
    switch (link->kind) {
    case CPN_LINK_NUMBER:
        if (holds(table, link->column, NULL, at->row))
            wait_for(e, link->table, campaign_table_int64(table, campaign_table_find(table, link->column), at->row), at,
                     record);
        return CAMPAIGN_OK;
    case CPN_LINK_NAME: return follow_name(e, link, at, record, error);
    case CPN_LINK_NAMED_BY: follow_named_by(e, link, at, record); return CAMPAIGN_OK;
    case CPN_LINK_NOTE: follow_notes(e, link, at, record); return CAMPAIGN_OK;
    case CPN_LINK_REQUEST: follow_request(e, link->column, at, record); return CAMPAIGN_OK;
    }
    return CAMPAIGN_OK;
}

static campaign_status explain_row(explanation *e, int32_t i, campaign_error *error)
{
    const waiting_row at = e->waiting[i];
    const cpn_plan_wording *wording = cpn_plan_wording_of(at.table);
    campaign_status status = index_rows(e, at.table, error);
    if (status != CAMPAIGN_OK) return status;
    e->subject.length = 0;
    cpn_text_add_format(&e->subject, "%s ", cpn_plan_table_names[at.table]);
    cpn_text_add_string(&e->subject, cpn_plan_rows_name(&e->rows[at.table], at.row));
    const int64_t record = write_facets(e, &at);
    for (int32_t link = 0; link < wording->n_links && status == CAMPAIGN_OK; link++)
        status = follow(e, &wording->links[link], &at, record, error);
    return status;
}

/* ---- Entry ------------------------------------------------------------------------------------------------------ */

static campaign_status find_table(cpn_plan_table_id *id, const char *name, campaign_error *error)
{
    for (int32_t i = 0; i < CPN_PLAN_N_TABLES; i++) {
        *id = (cpn_plan_table_id)i;
        if (strcmp(name, cpn_plan_table_names[i]) == 0) return CAMPAIGN_OK;
    }
    const int64_t nearest = cpn_nearest_name(name, strlen(name), cpn_plan_table_names, CPN_PLAN_N_TABLES);
    if (nearest < 0) return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "table", "a plan has no table \"%.60s\"", name);
    return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "table", "a plan has no table \"%.60s\"; did you mean \"%s\"?", name,
                    cpn_plan_table_names[nearest]);
}

static campaign_status refuse_row(const cpn_plan_rows *rows, const char *name, const char *table, campaign_error *error)
{
    const char **names = cpn_alloc(rows->n, sizeof *names);
    if (!names) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < rows->n; i++) names[i] = cpn_plan_rows_name(rows, i);
    const int64_t nearest = cpn_nearest_name(name, strlen(name), names, rows->n);
    const campaign_status status =
        nearest < 0
            ? cpn_fail(error, CAMPAIGN_E_UNKNOWN, "row", "the table %s has no row \"%.60s\"", table, name)
            : cpn_fail(error, CAMPAIGN_E_UNKNOWN, "row", "the table %s has no row \"%.60s\"; did you mean \"%.60s\"?",
                       table, name, names[nearest]);
    cpn_free(names);
    return status;
}

/* A row by its name or, where it has none of that name, by its number. */
static campaign_status find_row(explanation *e, cpn_plan_table_id id, const char *name, campaign_error *error)
{
    campaign_status status = index_rows(e, id, error);
    if (status != CAMPAIGN_OK) return status;
    int64_t row = cpn_plan_rows_find(&e->rows[id], name);
    const size_t n_digits = strspn(name, "0123456789");
    if (row < 0 && n_digits > 0 && n_digits < 10 && !name[n_digits]) {
        row = 0;
        for (const char *digit = name; *digit; digit++) row = row * 10 + (*digit - '0');
        if (row >= e->rows[id].n) row = -1;
    }
    if (row < 0) return refuse_row(&e->rows[id], name, cpn_plan_table_names[id], error);
    e->waiting[e->n_waiting++] = (waiting_row){ id, row, -1, 0 };
    return CAMPAIGN_OK;
}

static campaign_status write_all(campaign_table **records, explanation *e, campaign_error *error)
{
    cpn_out_open(&e->out, schema, (int32_t)(sizeof schema / sizeof *schema), e->plan->request.currency,
                 e->plan->request.exponent);
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < e->n_waiting && status == CAMPAIGN_OK; i++) status = explain_row(e, i, error);
    if (status == CAMPAIGN_OK && (e->text.has_failed || e->subject.has_failed)) status = cpn_fail_nomem(error);
    const campaign_status closed = cpn_out_close(records, &e->out, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) return closed;
    campaign_table_free(*records);
    *records = NULL;
    return status;
}

campaign_status campaign_plan_explain(campaign_table **records, const campaign_plan *plan, const char *table,
                                      const char *row, const char *language, campaign_error *error)
{
    if (records) *records = NULL;
    if (!records || !plan || !table || !row)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "records", "records, plan, table and row are required");
    cpn_plan_table_id id = CPN_PLAN_TARGETS;
    explanation *e = cpn_alloc_zero(1, sizeof *e);
    if (!e) return cpn_fail_nomem(error);
    e->plan = plan;
    campaign_status status = cpn_plan_language(&e->is_chinese, language, plan, error);
    if (status == CAMPAIGN_OK) status = find_table(&id, table, error);
    if (status == CAMPAIGN_OK) status = find_row(e, id, row, error);
    if (status == CAMPAIGN_OK) status = write_all(records, e, error);
    for (int32_t i = 0; i < CPN_PLAN_N_TABLES; i++)
        if (e->has_rows[i]) cpn_plan_rows_free(&e->rows[i]);
    cpn_text_clear(&e->subject);
    cpn_text_clear(&e->text);
    cpn_free(e);
    return status;
}
