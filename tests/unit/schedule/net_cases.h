/* Tables written as text for tests of schedules: a header "task:t,duration:f,due:d" of names and types (t text, i int64, f
 * float64, d date, m timestamp as a date or a date with a time), then rows; an empty cell is null. And one call with its report. */
#ifndef CPN_TESTS_NET_CASES_H
#define CPN_TESTS_NET_CASES_H

#include "check.h"

#include <campaign/schedule.h>
#include <stdbool.h>

#include "base/number.h"

/* The next cell of text up to , or the line's end. */
static inline size_t next_cell(const char **text, const char **cell)
{
    *cell = *text;
    const size_t length = strcspn(*text, ",\n");
    *text += length;
    if (**text == ',') ++*text;
    return length;
}

static inline int32_t type_of(char letter)
{
    switch (letter) {
    case 'i': return CAMPAIGN_TYPE_INT64;
    case 'f': return CAMPAIGN_TYPE_FLOAT64;
    case 'd': return CAMPAIGN_TYPE_DATE;
    case 'm': return CAMPAIGN_TYPE_TIMESTAMP;
    default: return CAMPAIGN_TYPE_UTF8;
    }
}

static inline int32_t day_number(const char *text)
{
    int32_t day = 0;
    assert_int_equal(campaign_date_parse(&day, text, 10, NULL), CAMPAIGN_OK);
    return day;
}

/* Microseconds of "2026-11-14T18:00", also without the time. */
static inline int64_t instant_number(const char *text, size_t length)
{
    int64_t minutes = (int64_t)day_number(text) * 1440;
    if (length == 16) minutes += ((text[11] - '0') * 10 + text[12] - '0') * 60 + (text[14] - '0') * 10 + text[15] - '0';
    return minutes * 60000000;
}

static inline void append_cell(campaign_table_builder *builder, int32_t index, char letter, const char *cell,
                               size_t length)
{
    campaign_error error = { 0 };
    campaign_status status = CAMPAIGN_OK;
    double number = 0;
    if (length == 0) {
        status = campaign_table_builder_append_null(builder, index, &error);
    } else if (letter == 't') {
        status = campaign_table_builder_append_text(builder, index, cell, length, &error);
    } else if (letter == 'd') {
        status = campaign_table_builder_append_int64(builder, index, day_number(cell), &error);
    } else if (letter == 'm') {
        status = campaign_table_builder_append_int64(builder, index, instant_number(cell, length), &error);
    } else {
        assert_true(cpn_parse_double(&number, cell, length));
        status = letter == 'f' ? campaign_table_builder_append_float64(builder, index, number, &error)
                               : campaign_table_builder_append_int64(builder, index, (int64_t)number, &error);
    }
    assert_ok(status, error);
}

static inline campaign_table *read_table(const char *text)
{
    enum { MOST = 24 };
    char letters[MOST] = { 0 };
    int32_t n = 0;
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    while (*text != '\n') {
        const char *cell;
        char name[64] = { 0 };
        const size_t length = next_cell(&text, &cell);
        assert_true(n < MOST && length > 2 && length < sizeof name);
        memcpy(name, cell, length - 2);
        letters[n] = cell[length - 1];
        assert_ok(campaign_table_builder_add_column(builder, name, type_of(letters[n]), NULL, &error), error);
        n++;
    }
    while (*++text) {
        for (int32_t i = 0; i < n; i++) {
            const char *cell;
            const size_t length = next_cell(&text, &cell);
            append_cell(builder, i, letters[i], cell, length);
        }
        if (*text == '\0') break;
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* ---- Calls ------------------------------------------------------------------------------------------------------- */

typedef struct net_call {
    campaign_schedule_inputs inputs;
    campaign_schedule_options options;
    campaign_schedule_report report;
    campaign_table *schedule, *tables[4];
    int32_t n_tables;
    campaign_error error;
} net_call;

static inline campaign_table *keep_table(net_call *call, const char *text)
{
    campaign_table *table = read_table(text);
    call->tables[call->n_tables++] = table;
    return table;
}

static inline void start_call(net_call *call, const char *tasks, const char *start)
{
    const campaign_schedule_inputs inputs = CAMPAIGN_SCHEDULE_INPUTS_INIT;
    const campaign_schedule_options options = CAMPAIGN_SCHEDULE_OPTIONS_INIT;
    const campaign_schedule_report report = CAMPAIGN_SCHEDULE_REPORT_INIT;
    memset(call, 0, sizeof *call);
    call->inputs = inputs, call->options = options, call->report = report;
    call->inputs.tasks = keep_table(call, tasks);
    call->options.is_abstract = start == NULL;
    if (start) call->options.has_start = 1, call->options.start_day = day_number(start);
}

static inline campaign_status run_call(net_call *call)
{
    campaign_table_free(call->schedule);
    campaign_schedule_report_clear(&call->report);
    return campaign_schedule_tasks(&call->schedule, &call->report, &call->inputs, &call->options, NULL, &call->error);
}

static inline void end_call(net_call *call)
{
    campaign_table_free(call->schedule);
    campaign_schedule_report_clear(&call->report);
    for (int32_t i = 0; i < call->n_tables; i++) campaign_table_free(call->tables[i]);
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

static inline double float_cell(const campaign_table *table, const char *column, int64_t row)
{
    assert_true(campaign_table_find(table, column) >= 0);
    return campaign_table_float64(table, campaign_table_find(table, column), row);
}

static inline int64_t int_cell(const campaign_table *table, const char *column, int64_t row)
{
    assert_true(campaign_table_find(table, column) >= 0);
    return campaign_table_int64(table, campaign_table_find(table, column), row);
}

static inline void assert_cell(const campaign_table *table, const char *column, int64_t row, const char *expected)
{
    char text[512];
    assert_true(campaign_table_find(table, column) >= 0);
    (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, column), row);
    assert_string_equal(text, expected);
}

static inline void assert_near(double found, double expected, double tolerance)
{
    if (!(found - expected <= tolerance && expected - found <= tolerance))
        fail_msg("%.12g is not within %g of %.12g", found, tolerance, expected);
}

/* The call fails with a code, at a place and row, and says something. */
static inline void assert_refused(const char *tasks, const char *start, campaign_status code, int64_t row,
                                  const char *where, const char *says)
{
    net_call call;
    start_call(&call, tasks, start);
    const campaign_status status = run_call(&call);
    if (status != code || call.error.row != row || strcmp(call.error.where, where) != 0 ||
        !strstr(call.error.message, says))
        fail_msg("%s at \"%s\" row %lld: %s", campaign_status_name(status), call.error.where, (long long)call.error.row,
                 call.error.message);
    assert_null(call.schedule);
    end_call(&call);
}

#endif
