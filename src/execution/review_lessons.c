/* Measures of a review as JSON for the next request. */
#include <string.h>

#include "base/json.h"
#include "base/number.h"
#include "execution/review.h"

typedef struct lesson_columns {
    campaign_column name, owner, days;
} lesson_columns;

static void write_id(cpn_json_writer *writer, int64_t number)
{
    char id[CPN_REVIEW_NAME], digits[CPN_NUMBER_TEXT];
    (void)cpn_format_int64(digits, number);
    (void)strcpy(id, "lesson_");
    (void)strcat(id, digits);
    cpn_json_string_z(writer, id);
}

static void write_text(cpn_json_writer *writer, const char *key, const campaign_column *column, int64_t row)
{
    size_t length;
    if (!column->type || cpn_is_null(column, row)) return;
    const char *text = cpn_cell_text(column, row, &length);
    if (length == 0) return;
    cpn_json_key(writer, key);
    cpn_json_string(writer, text, length);
}

static void write_lesson(cpn_json_writer *writer, const lesson_columns *columns, int64_t row, bool is_rapid)
{
    const bool has_days = columns->days.type && !cpn_is_null(&columns->days, row);
    const int64_t days = has_days ? cpn_cell_int64(&columns->days, row) : 1;
    cpn_json_open_object(writer, true);
    cpn_json_key(writer, "id");
    write_id(writer, row + 1);
    write_text(writer, "name", &columns->name, row);
    write_text(writer, is_rapid ? "owner" : "role", &columns->owner, row);
    cpn_json_key(writer, "anchor");
    cpn_json_string_z(writer, is_rapid ? "start" : "before_burst");
    cpn_json_key(writer, is_rapid ? "working_days" : "offset");
    cpn_json_int64(writer, is_rapid ? -days : days);
    if (!is_rapid) {
        cpn_json_key(writer, "source");
        cpn_json_string_z(writer, "review");
    }
    cpn_json_close(writer);
}

campaign_status campaign_plan_review_lessons(char **json, size_t *length, const campaign_table *tasks, const char *into,
                                             campaign_error *error)
{
    lesson_columns columns = { { .type = 0 }, { .type = 0 }, { .type = 0 } };
    cpn_text text = { .data = NULL };
    cpn_json_writer writer = { .text = &text };
    if (!json || !tasks) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "json", "json and tasks are required");
    *json = NULL;
    if (length) *length = 0;
    const bool is_rapid = into && strcmp(into, "rapid_response") == 0;
    if (into && !is_rapid && strcmp(into, "plan_request") != 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "into", "it must be \"plan_request\" or \"rapid_response\"");
    const uint32_t utf8 = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8);
    campaign_status status = cpn_need_column(&columns.name, tasks, "tasks", NULL, "name", utf8, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&columns.owner, tasks, "tasks", NULL, "owner", utf8, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns.days, tasks, "tasks", NULL, "working_days", CPN_ANY_INT, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_json_open_array(&writer, false);
    for (int64_t row = 0; row < columns.name.n_rows; row++) write_lesson(&writer, &columns, row, is_rapid);
    cpn_json_close(&writer);
    const size_t n = text.length;
    *json = cpn_text_take(&text);
    cpn_text_clear(&text);
    if (!*json) return cpn_fail_nomem(error);
    if (length) *length = n;
    return CAMPAIGN_OK;
}
