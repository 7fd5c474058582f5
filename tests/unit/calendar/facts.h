/* Reads the files of outside truth that the calendar tests share. */
#ifndef CPN_TESTS_CALENDAR_FACTS_H
#define CPN_TESTS_CALENDAR_FACTS_H

#include "check.h"

#include "base/date.h"
#include "base/json.h"

enum { MOST_CELLS = 32, LONGEST_LINE = 2048 };

/* One line of a CSV file, cut into cells in place. */
typedef struct fact_row {
    char line[LONGEST_LINE];
    char *cells[MOST_CELLS];
    int n_cells;
} fact_row;

/* False at the end. Cells may be quoted; quotes within quotes do not occur in these files. */
static inline bool read_row(fact_row *row, FILE *file)
{
    if (!fgets(row->line, sizeof row->line, file)) return false;
    row->line[strcspn(row->line, "\r\n")] = '\0';
    char *p = row->line;
    if (memcmp(p, "\xEF\xBB\xBF", 3) == 0) p += 3;
    row->n_cells = 0;
    for (bool more = true; more;) {
        assert_true(row->n_cells < MOST_CELLS);
        const bool is_quoted = *p == '"';
        p += is_quoted;
        row->cells[row->n_cells++] = p;
        p += strcspn(p, is_quoted ? "\"" : ",");
        if (is_quoted) *p++ = '\0';
        more = *p == ',';
        *p++ = '\0';
    }
    return true;
}

static inline int32_t day_of(const char *iso)
{
    campaign_error error = { 0 };
    int32_t day = 0;
    assert_ok(campaign_date_parse(&day, iso, strlen(iso), &error), error);
    return day;
}

/* Day of "MM-DD" in a year. */
static inline int32_t day_in_year(int32_t year, const char *month_day)
{
    return cpn_day_from_civil(year, (int32_t)strtol(month_day, NULL, 10), (int32_t)strtol(month_day + 3, NULL, 10));
}

static inline int32_t number_of(const char *text)
{
    return (int32_t)strtol(text, NULL, 10);
}

/* A whole JSON file. */
static inline cpn_json *read_facts(const char *name)
{
    FILE *file = open_shared(name);
    char *text = malloc(1 << 20);
    assert_non_null(text);
    const size_t length = fread(text, 1, 1 << 20, file);
    (void)fclose(file);
    campaign_error error = { 0 };
    cpn_json *json = NULL;
    assert_ok(cpn_json_read(&json, text, length, &error), error);
    free(text);
    return json;
}

static inline const cpn_json_value *member(const cpn_json_value *object, const char *key)
{
    const cpn_json_value *value = cpn_json_member(object, key);
    if (!value) fail_msg("no member \"%s\"", key);
    return value;
}

#endif
