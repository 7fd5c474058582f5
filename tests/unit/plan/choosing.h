/* Candidates for the tests of the choice of campaigns. */
#ifndef CPN_TESTS_CHOOSING_H
#define CPN_TESTS_CHOOSING_H

#include "check.h"

#include <campaign/plan.h>

#include "base/date.h"

typedef struct test_candidate {
    const char *id, *tier;
    int32_t start, end, preheat; /* half-open */
    int64_t value, cost;
} test_candidate;

/* Whole numbers; with preheat_start where has_preheat. */
static inline campaign_table *make_candidates(const test_candidate *rows, int64_t n, bool has_preheat)
{
    static const char *const names[] = { "id", "tier", "start", "end", "value", "cost", "preheat_start" };
    static const int32_t types[] = { CAMPAIGN_TYPE_UTF8,  CAMPAIGN_TYPE_UTF8,  CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_DATE,
                                     CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_DATE };
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *table;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    for (int32_t i = 0; i < 6 + has_preheat; i++)
        assert_ok(campaign_table_builder_add_column(builder, names[i], types[i], NULL, &error), error);
    for (int64_t i = 0; i < n; i++) {
        const test_candidate *row = &rows[i];
        const int64_t numbers[] = { row->start, row->end, row->value, row->cost, row->preheat };
        assert_ok(campaign_table_builder_append_text(builder, 0, row->id, strlen(row->id), &error), error);
        assert_ok(campaign_table_builder_append_text(builder, 1, row->tier, strlen(row->tier), &error), error);
        for (int32_t c = 0; c < 4 + has_preheat; c++)
            assert_ok(campaign_table_builder_append_int64(builder, 2 + c, numbers[c], &error), error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static inline int32_t day_of(const char *text)
{
    int32_t day = 0;
    campaign_error error;
    assert_ok(campaign_date_parse(&day, text, strlen(text), &error), error);
    return day;
}

/* A cell as text; "" for null. */
static inline const char *cell(char text[128], const campaign_table *table, const char *column, int64_t row)
{
    (void)campaign_table_format(text, 128, table, campaign_table_find(table, column), row);
    return text;
}

/* Row of an id in key order; fails where there is none. */
static inline int64_t row_of(const campaign_table *choices, const char *id)
{
    char text[128];
    for (int64_t row = 0; row < campaign_table_n_rows(choices); row++)
        if (strcmp(cell(text, choices, "id", row), id) == 0) return row;
    fail_msg("no row for %s", id);
    return -1;
}

static inline const char *cell_of(char text[128], const campaign_table *choices, const char *id, const char *column)
{
    return cell(text, choices, column, row_of(choices, id));
}

#endif
