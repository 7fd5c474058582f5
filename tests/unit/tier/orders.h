/* Orders for the tests of tiers: lines as plain structs, tables in every shape they may come in, tables compared. */
#ifndef CPN_TESTS_TIER_ORDERS_H
#define CPN_TESTS_TIER_ORDERS_H

#include "check.h"

#include <campaign/tier.h>

typedef struct order_line {
    int64_t customer;
    int32_t day;
    int64_t amount;
    int64_t order;
} order_line;

/* How make_orders writes a line. */
enum {
    TEXT_IDS = 1,       /* customers and orders as text whose bytes sort as the numbers do (0 to 999999) */
    DICTIONARY_IDS = 2, /* customers as text with a dictionary in reverse order */
    TIMESTAMPS = 4,     /* dates as noon */
    WITHOUT_ORDER = 8   /* no order column */
};

static inline int32_t add_column(campaign_table_builder *builder, int32_t *n, const char *name, int32_t type)
{
    campaign_error error = { 0 };
    assert_ok(
        campaign_table_builder_add_column(builder, name, type, type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, &error),
        error);
    return (*n)++;
}

static inline void append_id(campaign_table_builder *builder, int32_t column, int64_t id, int is_text)
{
    campaign_error error = { 0 };
    char text[32];
    if (!is_text) {
        assert_ok(campaign_table_builder_append_int64(builder, column, id, &error), error);
        return;
    }
    const int length = snprintf(text, sizeof text, "C%06lld", (long long)id);
    assert_ok(campaign_table_builder_append_text(builder, column, text, (size_t)length, &error), error);
}

/* The customers as dictionary text: entries 0 to 99, last first. */
static inline void add_dictionary_customers(campaign_table_builder *builder, const order_line *lines, int64_t n)
{
    campaign_error error = { 0 };
    enum { ENTRIES = 100, WIDTH = 7 };
    char text[ENTRIES * WIDTH + 1];
    int32_t offsets[ENTRIES + 1];
    int32_t *codes = malloc(sizeof *codes * (size_t)(n ? n : 1));
    for (int i = 0; i < ENTRIES; i++) {
        offsets[i] = i * WIDTH;
        (void)snprintf(text + i * WIDTH, WIDTH + 1, "C%06d", ENTRIES - 1 - i);
    }
    offsets[ENTRIES] = ENTRIES * WIDTH;
    for (int64_t i = 0; i < n; i++) codes[i] = ENTRIES - 1 - (int32_t)lines[i].customer;
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = CAMPAIGN_TYPE_UTF8;
    array.n_rows = n;
    array.n_dictionary = ENTRIES;
    array.name = "customer";
    array.values = text;
    array.offsets = offsets;
    array.codes = codes;
    assert_ok(campaign_table_builder_add_array(builder, &array, &error), error);
    free(codes);
}

static inline campaign_table *make_orders(const order_line *lines, int64_t n, int shape)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    int32_t n_columns = 0, customer = -1, order = -1;
    const int is_text = (shape & TEXT_IDS) != 0;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    if (shape & DICTIONARY_IDS) {
        add_dictionary_customers(builder, lines, n);
        n_columns++;
    } else {
        customer = add_column(builder, &n_columns, "customer", is_text ? CAMPAIGN_TYPE_UTF8 : CAMPAIGN_TYPE_INT64);
    }
    const int32_t date =
        add_column(builder, &n_columns, "date", shape & TIMESTAMPS ? CAMPAIGN_TYPE_TIMESTAMP : CAMPAIGN_TYPE_DATE);
    const int32_t amount = add_column(builder, &n_columns, "amount", CAMPAIGN_TYPE_MONEY);
    if (!(shape & WITHOUT_ORDER))
        order = add_column(builder, &n_columns, "order", is_text ? CAMPAIGN_TYPE_UTF8 : CAMPAIGN_TYPE_INT64);
    for (int64_t i = 0; i < n; i++) {
        const int64_t noon = lines[i].day * INT64_C(86400000000) + INT64_C(43200000000);
        if (customer >= 0) append_id(builder, customer, lines[i].customer, is_text);
        assert_ok(campaign_table_builder_append_int64(builder, date, shape & TIMESTAMPS ? noon : lines[i].day, &error),
                  error);
        assert_ok(campaign_table_builder_append_int64(builder, amount, lines[i].amount, &error), error);
        if (order >= 0) append_id(builder, order, lines[i].order, is_text);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* Cell as text; the column must exist. */
static inline const char *cell(char text[128], const campaign_table *table, const char *column, int64_t row)
{
    const int32_t index = campaign_table_find(table, column);
    if (index < 0) fail_msg("no column %s", column);
    (void)campaign_table_format(text, 128, table, index, row);
    return text;
}

static inline void check_cell(const campaign_table *table, const char *column, int64_t row, const char *expected,
                              const char *file, int line)
{
    char text[128];
    if (strcmp(cell(text, table, column, row), expected) != 0)
        fail_msg("%s:%d: %s of row %lld is \"%s\", expected \"%s\"", file, line, column, (long long)row, text,
                 expected);
}
#define assert_cell(table, column, row, expected) check_cell(table, column, row, expected, __FILE__, __LINE__)

/* Every cell of two tables alike from the first_column on. */
static inline void assert_same_tables(const campaign_table *a, const campaign_table *b, int32_t first_column)
{
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    assert_int_equal(campaign_table_n_columns(a), campaign_table_n_columns(b));
    for (int64_t row = 0; row < campaign_table_n_rows(a); row++)
        for (int32_t column = first_column; column < campaign_table_n_columns(a); column++) {
            char text_a[128], text_b[128];
            (void)campaign_table_format(text_a, sizeof text_a, a, column, row);
            (void)campaign_table_format(text_b, sizeof text_b, b, column, row);
            assert_string_equal(text_a, text_b);
            assert_int_equal(campaign_table_is_null(a, column, row), campaign_table_is_null(b, column, row));
        }
}

/* Row of a customer in tiers, found by its printed id. */
static inline int64_t find_row(const campaign_table *table, const char *column, const char *value)
{
    char text[128];
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++)
        if (strcmp(cell(text, table, column, row), value) == 0) return row;
    fail_msg("no %s \"%s\"", column, value);
    return -1;
}

/* Whether the notes hold a remark of this code on this subject. */
static inline int has_note(const campaign_table *notes, const char *code, const char *subject)
{
    char text[128];
    for (int64_t row = 0; row < campaign_table_n_rows(notes); row++)
        if (strcmp(cell(text, notes, "code", row), code) == 0 &&
            strcmp(cell(text, notes, "subject", row), subject) == 0)
            return 1;
    return 0;
}

#endif
