/* Measures of a review as tasks of the next request: its document again, with them in it. */
#include <string.h>

#include "base/document.h"
#include "base/memory.h"
#include "execution/review/review.h"
#include "plan/plan.h"
#include "plan/rapid_fields.h"

enum { MOST_NAME = 1000, MOST_OWNER = 200, MOST_SOURCE = 64 };

typedef struct lessons {
    campaign_column task, name, campaign, owner, source, due, days;
    char (*ids)[CPN_REVIEW_ID + 1];
    int64_t n;
    bool is_rapid;
    cpn_json_writer *writer;
} lessons;

cpn_review_text cpn_review_cell(const campaign_column *column, int64_t row)
{
    cpn_review_text cell = { "", 0 };
    if (column->type && !cpn_is_null(column, row)) cell.text = cpn_cell_text(column, row, &cell.length);
    return cell;
}

void cpn_review_member(cpn_json_writer *writer, const char *key, cpn_review_text text, size_t most)
{
    cpn_text clean = { .data = NULL };
    const size_t length = cpn_utf8_cut(text.text, text.length, most);
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text.text[i];
        cpn_text_add_char(&clean, byte < 0x20 || byte == 0x7F ? ' ' : text.text[i]);
    }
    writer->text->has_failed = writer->text->has_failed || clean.has_failed;
    cpn_json_key(writer, key);
    cpn_json_string(writer, clean.data, clean.data ? clean.length : 0);
    cpn_text_clear(&clean);
}

/* ---- Measures ---------------------------------------------------------------------------------------------------- */

static campaign_status find_columns(lessons *l, const campaign_table *tasks, campaign_error *error)
{
    const uint32_t utf8 = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8);
    const struct {
        campaign_column *column;
        const char *name;
        uint32_t types;
    } optional[] = { { &l->campaign, "campaign", utf8 },
                     { &l->owner, "owner", utf8 },
                     { &l->source, "source", utf8 },
                     { &l->due, "due", CPN_ANY_DAY },
                     { &l->days, "working_days", CPN_ANY_INT } };
    campaign_status status = cpn_need_column(&l->task, tasks, "tasks", NULL, "task", utf8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&l->name, tasks, "tasks", NULL, "name", utf8, error);
    for (size_t i = 0; i < sizeof optional / sizeof *optional && status == CAMPAIGN_OK; i++)
        status = cpn_find_column(optional[i].column, tasks, "tasks", NULL, optional[i].name, optional[i].types, error);
    return status;
}

/* A task's name as the id of a template: what parts names there becomes a low line. */
static void make_id(char id[CPN_REVIEW_ID + 1], cpn_review_text task)
{
    static const char *const wide[] = { "；", "，", "、" };
    size_t n = 0;
    for (size_t i = 0; i < task.length && n < CPN_REVIEW_ID; i++) {
        const unsigned char byte = (unsigned char)task.text[i];
        size_t skipped = 0;
        for (size_t w = 0; w < sizeof wide / sizeof *wide; w++)
            if (task.length - i >= strlen(wide[w]) && memcmp(task.text + i, wide[w], strlen(wide[w])) == 0)
                skipped = strlen(wide[w]) - 1;
        id[n++] = skipped || byte <= 0x20 || byte == 0x7F || strchr("/;,", byte) ? '_' : (char)byte;
        i += skipped;
    }
    id[cpn_utf8_cut(id, n, CPN_REVIEW_ID)] = '\0';
}

static campaign_status make_ids(lessons *l, campaign_error *error)
{
    l->ids = cpn_alloc_zero(l->n, sizeof *l->ids);
    if (!l->ids) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < l->n; row++) {
        cpn_review_text task, name;
        campaign_status status = cpn_review_need_text(&task, &l->task, row, "tasks.task", error);
        if (status == CAMPAIGN_OK) status = cpn_review_need_text(&name, &l->name, row, "tasks.name", error);
        if (status != CAMPAIGN_OK) return status;
        make_id(l->ids[row], task);
        for (int64_t earlier = 0; earlier < row; earlier++)
            if (strcmp(l->ids[earlier], l->ids[row]) == 0)
                return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "tasks.task",
                                    "another row has its id, \"%s\", already", l->ids[row]);
    }
    return CAMPAIGN_OK;
}

static void write_number(cpn_json_writer *writer, const char *key, int64_t number)
{
    cpn_json_key(writer, key);
    cpn_json_int64(writer, number);
}

/* When it is due: counted where it is, otherwise on its day, otherwise a working day before. */
static void write_due(const lessons *l, int64_t row)
{
    const bool has_days = l->days.type && !cpn_is_null(&l->days, row);
    const bool has_due = l->due.type && !cpn_is_null(&l->due, row);
    if (!has_days && has_due) {
        cpn_json_key(l->writer, "due");
        cpn_json_date(l->writer, cpn_cell_day(&l->due, row, 0));
        return;
    }
    const int64_t days = has_days ? cpn_cell_int64(&l->days, row) : 1;
    cpn_json_key(l->writer, "anchor");
    cpn_json_string_z(l->writer, l->is_rapid ? "start" : "before_burst");
    write_number(l->writer, l->is_rapid ? "working_days" : "offset", l->is_rapid ? -days : days);
}

static void write_lesson(const lessons *l, int64_t row)
{
    const cpn_review_text campaign = cpn_review_cell(&l->campaign, row), owner = cpn_review_cell(&l->owner, row);
    const cpn_review_text source = cpn_review_cell(&l->source, row), review = { "review", 6 };
    cpn_json_open_object(l->writer, true);
    cpn_json_key(l->writer, "id");
    cpn_json_string_z(l->writer, l->ids[row]);
    if (campaign.length && !l->is_rapid) {
        cpn_json_key(l->writer, "campaigns");
        cpn_json_open_array(l->writer, true);
        cpn_json_string(l->writer, campaign.text, campaign.length);
        cpn_json_close(l->writer);
    }
    cpn_review_member(l->writer, "name", cpn_review_cell(&l->name, row), MOST_NAME);
    if (owner.length) cpn_review_member(l->writer, "owner", owner, MOST_OWNER);
    write_due(l, row);
    if (!l->is_rapid) cpn_review_member(l->writer, "source", source.length ? source : review, MOST_SOURCE);
    cpn_json_close(l->writer);
}

/* ---- The request ------------------------------------------------------------------------------------------------- */

static bool is_ours(const lessons *l, const cpn_json_value *item)
{
    const cpn_json_value *id = cpn_get(item, "id");
    for (int64_t row = 0; id && row < l->n; row++)
        if (strcmp(l->ids[row], id->text) == 0) return true;
    return false;
}

/* The tasks that were there, and the measures after them. */
static void write_list(const lessons *l, const cpn_json_value *list)
{
    cpn_json_open_array(l->writer, false);
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next)
        if (!is_ours(l, item)) cpn_json_copy(l->writer, item);
    for (int64_t row = 0; row < l->n; row++) write_lesson(l, row);
    cpn_json_close(l->writer);
}

/* The members of an object but one, as they were. */
static void copy_others(cpn_json_writer *writer, const cpn_json_value *object, const char *but)
{
    for (const cpn_json_value *member = object ? object->first : NULL; member; member = member->next) {
        if (strcmp(member->key, but) == 0) continue;
        cpn_json_key(writer, member->key);
        cpn_json_copy(writer, member);
    }
}

static void write_request(const lessons *l, const cpn_json_value *root)
{
    const cpn_json_value *tasks = cpn_get(root, "tasks");
    cpn_json_open_object(l->writer, false);
    copy_others(l->writer, root, "tasks");
    if (tasks || l->n > 0) {
        cpn_json_key(l->writer, "tasks");
        if (l->is_rapid) {
            write_list(l, tasks);
        } else {
            cpn_json_open_object(l->writer, false);
            copy_others(l->writer, tasks, "templates");
            cpn_json_key(l->writer, "templates");
            write_list(l, tasks ? cpn_get(tasks, "templates") : NULL);
            cpn_json_close(l->writer);
        }
    }
    cpn_json_close(l->writer);
    cpn_text_add_char(l->writer->text, '\n');
}

/* Reads a request of either kind. */
static campaign_status read_request(cpn_json **json, bool *is_rapid, const char *text, size_t length,
                                    campaign_error *error)
{
    campaign_status status = cpn_json_read(json, text, length, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_json_value *root = cpn_json_root(*json);
    const cpn_json_value *schema = root->kind == CPN_JSON_OBJECT ? cpn_get(root, "schema") : NULL;
    *is_rapid = schema && schema->kind == CPN_JSON_STRING && strcmp(schema->text, cpn_rapid_response_kind.schema) == 0;
    status = cpn_document_check_kind(root, *is_rapid ? &cpn_rapid_response_kind : &cpn_plan_request_kind, error);
    if (status != CAMPAIGN_OK) {
        cpn_json_free(*json);
        *json = NULL;
    }
    return status;
}

/* What came out must be a request itself. */
static campaign_status hand_over(char **json, size_t *length, cpn_text *text, campaign_error *error)
{
    cpn_json *read = NULL;
    bool is_rapid;
    if (text->has_failed) return cpn_fail_nomem(error);
    const campaign_status status = read_request(&read, &is_rapid, text->data, text->length, error);
    cpn_json_free(read);
    return status == CAMPAIGN_OK ? cpn_plan_hand_over(json, length, text, error) : status;
}

campaign_status campaign_plan_add_lessons(char **json, size_t *length, const campaign_table *tasks, const char *request,
                                          size_t request_length, campaign_error *error)
{
    cpn_text text = { .data = NULL };
    cpn_json_writer writer = { .text = &text };
    lessons l = { .writer = &writer };
    cpn_json *read = NULL;
    if (json) *json = NULL;
    if (length) *length = 0;
    if (!json || !tasks || !request)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "request", "json, tasks and request are required");
    l.n = campaign_table_n_rows(tasks);
    campaign_status status = find_columns(&l, tasks, error);
    if (status == CAMPAIGN_OK) status = make_ids(&l, error);
    if (status == CAMPAIGN_OK) status = read_request(&read, &l.is_rapid, request, request_length, error);
    if (status == CAMPAIGN_OK) {
        write_request(&l, cpn_json_root(read));
        status = hand_over(json, length, &text, error);
    }
    cpn_text_clear(&text);
    cpn_json_free(read);
    cpn_free(l.ids);
    return status;
}
