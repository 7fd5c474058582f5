/* Histories and profiles for the tests of seasons, and how to look into what comes back. */
#ifndef CPN_TESTS_SEASONS_H
#define CPN_TESTS_SEASONS_H

#include "check.h"

#include <campaign/forecast.h>

#include "base/date.h"
#include "base/number.h"

#define COUNT(array) ((int64_t)(sizeof(array) / sizeof *(array)))

static inline campaign_table_builder *open_table(const char *const *names, const int32_t *types, int32_t n)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    for (int32_t i = 0; i < n; i++)
        assert_ok(campaign_table_builder_add_column(builder, names[i], types[i],
                                                    types[i] == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, &error),
                  error);
    return builder;
}

static inline campaign_table *close_table(campaign_table_builder *builder)
{
    campaign_error error = { 0 };
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* An empty history of float64 or money. */
static inline campaign_table_builder *open_sales(int32_t type)
{
    static const char *const names[] = { "date", "amount" };
    const int32_t types[] = { CAMPAIGN_TYPE_DATE, type };
    return open_table(names, types, 2);
}

static inline void add_sale(campaign_table_builder *sales, int32_t day, double amount)
{
    assert_int_equal(campaign_table_builder_append_int64(sales, 0, day, NULL), CAMPAIGN_OK);
    assert_int_equal(campaign_table_builder_append_float64(sales, 1, amount, NULL), CAMPAIGN_OK);
}

static inline void add_order(campaign_table_builder *sales, int32_t day, int64_t minor)
{
    assert_int_equal(campaign_table_builder_append_int64(sales, 0, day, NULL), CAMPAIGN_OK);
    assert_int_equal(campaign_table_builder_append_int64(sales, 1, minor, NULL), CAMPAIGN_OK);
}

/* A row of a profile written by hand; node NULL for all but windows. */
typedef struct profile_row {
    const char *dimension, *key;
    double index;
    const char *node;
    int32_t first, last;
} profile_row;

static inline campaign_table *make_profile(const profile_row *rows, int64_t n)
{
    static const char *const names[] = { "dimension", "key", "index", "node", "first", "last" };
    const int32_t types[] = { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8,  CAMPAIGN_TYPE_FLOAT64,
                              CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_INT32, CAMPAIGN_TYPE_INT32 };
    campaign_table_builder *b = open_table(names, types, 6);
    for (int64_t i = 0; i < n; i++) {
        const profile_row *row = &rows[i];
        (void)campaign_table_builder_append_text(b, 0, row->dimension, strlen(row->dimension), NULL);
        (void)campaign_table_builder_append_text(b, 1, row->key, strlen(row->key), NULL);
        (void)campaign_table_builder_append_float64(b, 2, row->index, NULL);
        if (row->node) {
            (void)campaign_table_builder_append_text(b, 3, row->node, strlen(row->node), NULL);
            (void)campaign_table_builder_append_int64(b, 4, row->first, NULL);
            (void)campaign_table_builder_append_int64(b, 5, row->last, NULL);
        } else {
            for (int32_t column = 3; column < 6; column++) (void)campaign_table_builder_append_null(b, column, NULL);
        }
    }
    return close_table(b);
}

static inline bool cell_equals(const campaign_table *table, const char *column, int64_t row, const char *text)
{
    char cell[128];
    (void)campaign_table_format(cell, sizeof cell, table, campaign_table_find(table, column), row);
    return strcmp(cell, text) == 0;
}

/* The row of a profile, or -1. */
static inline int64_t find_row(const campaign_table *profile, const char *dimension, const char *key)
{
    for (int64_t row = 0; row < campaign_table_n_rows(profile); row++)
        if (cell_equals(profile, "dimension", row, dimension) && cell_equals(profile, "key", row, key)) return row;
    return -1;
}

static inline double value_at(const campaign_table *table, const char *column, int64_t row)
{
    const int32_t index = campaign_table_find(table, column);
    if (index < 0) fail_msg("there is no column %s", column);
    return campaign_table_float64(table, index, row);
}

static inline double profile_value(const campaign_table *profile, const char *dimension, const char *key,
                                   const char *column)
{
    const int64_t row = find_row(profile, dimension, key);
    if (row < 0) fail_msg("the profile has no %s %s", dimension, key);
    return value_at(profile, column, row);
}

static inline double profile_number(const campaign_table *profile, const char *dimension, int32_t number,
                                    const char *column)
{
    char key[CPN_NUMBER_TEXT];
    cpn_format_int64(key, number);
    return profile_value(profile, dimension, key, column);
}

/* Whether notes hold a code, of any subject where that is NULL. */
static inline bool has_note(const campaign_table *notes, const char *code, const char *subject)
{
    for (int64_t row = 0; row < campaign_table_n_rows(notes); row++)
        if (cell_equals(notes, "code", row, code) && (!subject || cell_equals(notes, "subject", row, subject)))
            return true;
    return false;
}

static inline int64_t count_treated(const campaign_table *treated, const char *kind)
{
    int64_t n = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(treated); row++) n += cell_equals(treated, "kind", row, kind);
    return n;
}

#define assert_near(value_, expected_, tolerance_)                                                                     \
    do {                                                                                                               \
        const double near_value_ = (value_), near_expected_ = (expected_);                                             \
        const double near_gap_ = near_value_ - near_expected_;                                                         \
        if (!(near_gap_ <= (tolerance_) && near_gap_ >= -(tolerance_)))                                                \
            fail_msg("%s is %.12g, expected %.12g", #value_, near_value_, near_expected_);                             \
    } while (0)

#endif
