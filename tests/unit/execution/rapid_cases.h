/* Small tables for the rapid response, written as text: columns by name and type, rows with bars between cells. */
#ifndef CPN_TESTS_RAPID_CASES_H
#define CPN_TESTS_RAPID_CASES_H

#include <campaign/rapid_response.h>

#include "../../check.h"

enum { MOST_COLUMNS = 12, MOST_CELL = 96 };

static inline int32_t day_of(const char *date)
{
    int32_t day = 0;
    campaign_error error = { 0 };
    assert_ok(campaign_date_parse(&day, date, strlen(date), &error), error);
    return day;
}

/* "customer:utf8|date:date|amount:money": types of the columns. */
static inline int32_t open_columns(int32_t types[MOST_COLUMNS], campaign_table_builder *builder, const char *header)
{
    static const char *const names[] = {
        "", "bool", "int32", "int64", "float64", "date", "timestamp", "utf8", "money"
    };
    char copy[512];
    int32_t n = 0;
    (void)snprintf(copy, sizeof copy, "%s", header);
    for (char *at = strtok(copy, "|"); at; at = strtok(NULL, "|")) {
        char *colon = strchr(at, ':');
        *colon = '\0';
        types[n] = 1;
        while (strcmp(names[types[n]], colon + 1) != 0) types[n]++;
        assert_int_equal(campaign_table_builder_add_column(builder, at, types[n],
                                                           types[n] == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, NULL),
                         CAMPAIGN_OK);
        n++;
    }
    return n;
}

static inline void put_cell(campaign_table_builder *builder, int32_t column, int32_t type, const char *cell)
{
    campaign_status status;
    int64_t minor = 0;
    if (cell[0] == '\0')
        status = campaign_table_builder_append_null(builder, column, NULL);
    else if (type == CAMPAIGN_TYPE_UTF8)
        status = campaign_table_builder_append_text(builder, column, cell, strcmp(cell, "~") ? strlen(cell) : 0, NULL);
    else if (type == CAMPAIGN_TYPE_DATE)
        status = campaign_table_builder_append_int64(builder, column, day_of(cell), NULL);
    else if (type == CAMPAIGN_TYPE_MONEY && campaign_money_parse(&minor, cell, strlen(cell), 2, 0, NULL) == CAMPAIGN_OK)
        status = campaign_table_builder_append_int64(builder, column, minor, NULL);
    else
        status = campaign_table_builder_append_int64(builder, column, strtoll(cell, NULL, 10), NULL);
    assert_int_equal(status, CAMPAIGN_OK);
}

/* rows ends with NULL; an empty cell is null, "~" an empty text. step -1 puts the rows in the other order. */
static inline campaign_table *table_of_rows(const char *header, const char *const *rows, int step)
{
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    int32_t types[MOST_COLUMNS];
    int n_rows = 0;
    assert_int_equal(campaign_table_builder_create(&builder, NULL), CAMPAIGN_OK);
    const int32_t n = open_columns(types, builder, header);
    while (rows[n_rows]) n_rows++;
    for (int i = 0; i < n_rows; i++) {
        const char *at = rows[step > 0 ? i : n_rows - 1 - i];
        for (int32_t column = 0; column < n; column++) {
            char cell[MOST_CELL];
            const size_t length = strcspn(at, "|");
            (void)snprintf(cell, sizeof cell, "%.*s", (int)length, at);
            put_cell(builder, column, types[column], cell);
            at += length + (at[length] == '|');
        }
    }
    assert_int_equal(campaign_table_builder_finish(&table, builder, NULL), CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return table;
}

static inline campaign_table *make_table(const char *header, const char *const *rows)
{
    return table_of_rows(header, rows, 1);
}

/* A cell as text, good until eight more are asked for. */
static inline const char *cell(const campaign_table *table, const char *column, int64_t row)
{
    static _Thread_local char texts[8][2048];
    static _Thread_local int next;
    const int32_t index = campaign_table_find(table, column);
    if (index < 0) fail_msg("no column %s", column);
    char *text = texts[next = (next + 1) % 8];
    (void)campaign_table_format(text, sizeof texts[0], table, index, row);
    return text;
}

/* Row whose column holds a text, or -1. */
static inline int64_t row_with(const campaign_table *table, const char *column, const char *text)
{
    char found[256];
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++) {
        (void)campaign_table_format(found, sizeof found, table, campaign_table_find(table, column), row);
        if (strcmp(found, text) == 0) return row;
    }
    return -1;
}

/* The text of a note, or NULL. */
static inline const char *note(const campaign_rapid_response_report *report, const char *code)
{
    const int64_t row = row_with(report->notes, "code", code);
    return row < 0 ? NULL : cell(report->notes, "text", row);
}

#define REQUEST "{\"schema\": \"campaign/rapid_response/1\", \"name\": \"n\", \"type\": \"fair\""
#define OCTOBER REQUEST ", \"start\": \"2026-09-28\", \"finish\": \"2026-10-16\""
#define S3_REGIONS                                                                                                     \
    "\"regions\": [{\"region\": \"South\", \"customers\": 8, \"expected_conversion\": \"50%\", \"sales_task\": "       \
    "120000},"                                                                                                         \
    "{\"region\": \"North\", \"customers\": 10, \"expected_conversion\": 0.4, \"sales_task\": \"150000\"},"            \
    "{\"region\": \"East\", \"customers\": 12, \"expected_conversion\": \"60%\", \"sales_task\": 200000}]"

static inline campaign_status try_response(campaign_rapid_response_report *report, const char *request,
                                           const campaign_rapid_response_inputs *inputs, campaign_error *error)
{
    *report = (campaign_rapid_response_report)CAMPAIGN_RAPID_RESPONSE_REPORT_INIT;
    return campaign_plan_rapid_response(report, request, strlen(request), inputs, NULL, NULL, error);
}

static inline void respond(campaign_rapid_response_report *report, const char *request,
                           const campaign_rapid_response_inputs *inputs)
{
    campaign_error error = { 0 };
    assert_ok(try_response(report, request, inputs, &error), error);
}

/* Refused with a code, and nothing given. */
static inline void refuse(campaign_status code, const char *request, const campaign_rapid_response_inputs *inputs,
                          const char *where)
{
    campaign_rapid_response_report report;
    campaign_error error = { 0 };
    const campaign_status status = try_response(&report, request, inputs, &error);
    if (status != code || !strstr(error.where, where))
        fail_msg("%s at %s: %s", campaign_status_name(status), error.where, error.message);
    assert_null(report.windows);
    assert_null(report.notes);
}

static inline void clear_inputs(campaign_rapid_response_inputs *inputs)
{
    campaign_table_free((campaign_table *)(uintptr_t)inputs->customers);
    campaign_table_free((campaign_table *)(uintptr_t)inputs->reps);
    campaign_table_free((campaign_table *)(uintptr_t)inputs->history);
    campaign_table_free((campaign_table *)(uintptr_t)inputs->regions);
}

#endif
