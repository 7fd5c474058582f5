/* Tables of the playbook's tests from text, and calls with what they leave. */
#ifndef CPN_TESTS_PLAYING_H
#define CPN_TESTS_PLAYING_H

#include "check.h"

#include <campaign/playbook.h>
#include <stdbool.h>

enum { MOST_COLUMNS = 16, MOST_BYTES = 512 };

/* "name" is text; name# float64, name% int64, name$ money in CNY, name@ date, name! timestamp. */
static inline int32_t type_of_mark(char mark)
{
    return mark == '#'   ? CAMPAIGN_TYPE_FLOAT64
           : mark == '%' ? CAMPAIGN_TYPE_INT64
           : mark == '$' ? CAMPAIGN_TYPE_MONEY
           : mark == '@' ? CAMPAIGN_TYPE_DATE
           : mark == '!' ? CAMPAIGN_TYPE_TIMESTAMP
                         : CAMPAIGN_TYPE_UTF8;
}

/* Microseconds of "2027-06-18T10:30". */
static inline int64_t moment(const char *text)
{
    int32_t day;
    assert_int_equal(campaign_date_parse(&day, text, 10, NULL), CAMPAIGN_OK);
    const int64_t minutes = strlen(text) > 10 ? strtol(text + 11, NULL, 10) * 60 + strtol(text + 14, NULL, 10) : 0;
    return ((int64_t)day * 1440 + minutes) * 60000000;
}

static inline void put_cell(campaign_table_builder *builder, int32_t column, int32_t type, const char *cell)
{
    campaign_error error = { 0 };
    campaign_status status;
    int64_t value = 0;
    int32_t day = 0;
    if (strcmp(cell, "-") == 0) {
        assert_ok(campaign_table_builder_append_null(builder, column, &error), error);
        return;
    }
    if (type == CAMPAIGN_TYPE_UTF8) {
        status = campaign_table_builder_append_text(builder, column, cell, strlen(cell), &error);
    } else if (type == CAMPAIGN_TYPE_FLOAT64) {
        double number;
        assert_ok(campaign_number_parse(&number, cell, strlen(cell), &error), error);
        status = campaign_table_builder_append_float64(builder, column, number, &error);
    } else {
        if (type == CAMPAIGN_TYPE_MONEY)
            assert_ok(campaign_money_parse(&value, cell, strlen(cell), 2, CAMPAIGN_ROUND_NONE, &error), error);
        else if (type == CAMPAIGN_TYPE_DATE)
            assert_int_equal(campaign_date_parse(&day, cell, strlen(cell), NULL), CAMPAIGN_OK);
        else if (type == CAMPAIGN_TYPE_TIMESTAMP)
            value = moment(cell);
        else
            value = strtoll(cell, NULL, 10);
        if (type == CAMPAIGN_TYPE_DATE) value = day;
        status = campaign_table_builder_append_int64(builder, column, value, &error);
    }
    assert_ok(status, error);
}

/* A table from "metric|value#|since!\ncpa|39.2|-\n…". */
static inline campaign_table *make_table(const char *text)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    int32_t types[MOST_COLUMNS], column = 0;
    bool is_header = true;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    while (*text) {
        char cell[MOST_BYTES];
        const size_t n = strcspn(text, "|\n");
        assert_true(n < sizeof cell);
        memcpy(cell, text, n);
        cell[n] = '\0';
        if (is_header) {
            types[column] = type_of_mark(n ? cell[n - 1] : ' ');
            if (types[column] != CAMPAIGN_TYPE_UTF8) cell[n - 1] = '\0';
            const char *currency = types[column] == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL;
            assert_ok(campaign_table_builder_add_column(builder, cell, types[column], currency, &error), error);
        } else {
            put_cell(builder, column, types[column], cell);
        }
        const bool is_end = text[n] != '|';
        column = is_end ? 0 : column + 1;
        is_header = is_header && !is_end;
        text += n + (text[n] != '\0');
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* A cell as text, in room of the caller's. */
static inline const char *cell(char room[MOST_BYTES], const campaign_table *table, const char *column, int64_t row)
{
    const int32_t index = campaign_table_find(table, column);
    assert_true(index >= 0);
    assert_true(row < campaign_table_n_rows(table));
    assert_true(campaign_table_format(room, MOST_BYTES, table, index, row) < MOST_BYTES);
    return room;
}

#define assert_cell(table_, column_, row_, text_)                                                                      \
    do {                                                                                                               \
        char room_[MOST_BYTES];                                                                                        \
        assert_string_equal(cell(room_, table_, column_, row_), text_);                                                \
    } while (0)

/* The row whose column holds a text, or -1. */
static inline int64_t find_row(const campaign_table *table, const char *column, const char *text)
{
    char room[MOST_BYTES];
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++)
        if (strcmp(cell(room, table, column, row), text) == 0) return row;
    return -1;
}

/* ---- Risks ------------------------------------------------------------------------------------------------------- */

/* What is asked, and what came of it; texts of tables as make_table has them, NULL = none. */
typedef struct risks_case {
    const char *state, *tasks, *stock, *budget, *playbook, *as_of, *language;
    const campaign_plan *plan;
    const campaign_calendar *calendar;
    campaign_table *risks;
    campaign_risks_report report;
    campaign_error error;
} risks_case;

static inline campaign_status ask_risks(risks_case *asked)
{
    const char *const texts[] = { asked->state, asked->tasks, asked->stock, asked->budget };
    campaign_table *tables[4] = { NULL };
    campaign_risks_inputs inputs = CAMPAIGN_RISKS_INPUTS_INIT;
    campaign_risks_options options = CAMPAIGN_RISKS_OPTIONS_INIT;
    const campaign_risks_report empty = CAMPAIGN_RISKS_REPORT_INIT;
    for (int i = 0; i < 4; i++)
        if (texts[i]) tables[i] = make_table(texts[i]);
    inputs.state = tables[0], inputs.tasks = tables[1], inputs.stock = tables[2], inputs.budget = tables[3];
    inputs.calendar = asked->calendar;
    options.as_of = asked->as_of ? asked->as_of : "2027-06-18T10:30";
    options.language = asked->language;
    options.playbook = asked->playbook;
    options.playbook_length = asked->playbook ? (int64_t)strlen(asked->playbook) : 0;
    asked->report = empty;
    const campaign_status status =
        campaign_plan_risks(&asked->risks, &asked->report, asked->plan, &inputs, &options, NULL, &asked->error);
    assert_true((status == CAMPAIGN_OK) == (asked->risks != NULL));
    for (int i = 0; i < 4; i++) campaign_table_free(tables[i]);
    return status;
}

static inline void clear_risks(risks_case *asked)
{
    campaign_table_free(asked->risks);
    asked->risks = NULL;
    campaign_risks_report_clear(&asked->report);
}

/* The row of an entry that holds. */
static inline int64_t row_of(const campaign_table *risks, const char *entry)
{
    const int64_t row = find_row(risks, "entry", entry);
    if (row < 0) fail_msg("%s does not hold", entry);
    return row;
}

#endif
