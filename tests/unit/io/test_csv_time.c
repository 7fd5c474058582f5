/* Dates and times: every form, every order, and what does not exist. */
#include "csv.h"

#include "io/csv/value.h"

/* Reads as a timestamp column does, printed as a table prints it; "" and the kind of trouble where it is refused. */
static void assert_time(const char *text, const cpn_io_terms *terms, const char *expected)
{
    cpn_io_value value;
    const size_t length = strlen(text);
    char *copy = malloc(length ? length : 1);
    assert_non_null(copy);
    memcpy(copy, text, length);
    const cpn_io_trouble trouble = cpn_io_read_declared(&value, terms, copy, length, length);
    free(copy);
    if (trouble != CPN_IO_FINE) {
        if (strcmp(cpn_io_describe(trouble)->kind, expected) != 0)
            fail_msg("\"%s\" is refused as %s, not %s", text, cpn_io_describe(trouble)->kind, expected);
        return;
    }
    const bool is_date = terms->type == CAMPAIGN_TYPE_DATE;
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    const int32_t day = (int32_t)value.integer;
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    array.type = terms->type;
    array.n_rows = 1;
    array.name = "t";
    array.values = is_date ? (const void *)&day : (const void *)&value.integer;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_array(builder, &array, &error), error);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    char printed[64];
    (void)campaign_table_format(printed, sizeof printed, table, 0, 0);
    campaign_table_free(table);
    if (strcmp(printed, expected) != 0) fail_msg("\"%s\" is read as %s, not %s", text, printed, expected);
}

typedef struct pair {
    const char *text, *expected;
} pair;

static void check(const cpn_io_terms *terms, const pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++) assert_time(pairs[i].text, terms, pairs[i].expected);
}

static void test_dates(void **state)
{
    (void)state;
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_DATE };
    static const pair pairs[] = {
        { "2026-01-05", "2026-01-05" },
        { "2026/1/5", "2026-01-05" },
        { "2026.01.5", "2026-01-05" },
        { "2026年1月5日", "2026-01-05" },
        { "20260105", "2026-01-05" },
        { " 2026/1/5 ", "2026-01-05" },
        { "2026/1/5 0:00", "2026-01-05" }, /* as programs write a date with an empty time */
        { "2026-01-05T00:00:00.000", "2026-01-05" },
        { "20260105000000", "2026-01-05" },
        { "2024-02-29", "2024-02-29" },
        { "0001-01-01", "0001-01-01" },
        { "9999-12-31", "9999-12-31" },
        { "2026/1/5 8:26", "has_time" },
        { "2026-02-29", "no_such_date" },
        { "2026-13-01", "no_such_date" },
        { "20260230", "no_such_date" },
        { "0000-01-01", "no_such_date" },
        { "2026-01-05T00:00Z", "time_zone" },
        { "2026-1/5", "not_date" },
        { "2026-01", "not_date" },
        { "2026-01-05-", "not_date" },
        { "26-01-05", "not_date" },
        { "1/5/2026", "not_date" },
        { "2026年1月5", "not_date" },
        { "2026-001-05", "not_date" },
        { "2026-01-005", "not_date" },
        { "46027", "not_date" }, /* a spreadsheet's serial number */
        { "2026-01-05T", "not_date" },
        { "", "not_date" },
        { "2026年", "not_date" },
        { "2026010", "not_date" },
    };
    check(&terms, pairs, sizeof pairs / sizeof *pairs);
}

static void test_orders_of_day_and_month(void **state)
{
    (void)state;
    const cpn_io_terms american = { .type = CAMPAIGN_TYPE_DATE, .date_order = CAMPAIGN_CSV_MDY };
    static const pair american_pairs[] = { { "1/5/2026", "2026-01-05" },
                                           { "12-31-2026", "2026-12-31" },
                                           { "2026-01-05", "2026-01-05" },
                                           { "13/1/2026", "no_such_date" },
                                           { "1/5/26", "not_date" } };
    check(&american, american_pairs, sizeof american_pairs / sizeof *american_pairs);
    const cpn_io_terms british = { .type = CAMPAIGN_TYPE_TIMESTAMP, .date_order = CAMPAIGN_CSV_DMY };
    static const pair british_pairs[] = { { "1/12/2010 8:26", "2010-12-01T08:26:00" },
                                          { "31.12.2010", "2010-12-31T00:00:00" },
                                          { "12/31/2010", "no_such_date" } };
    check(&british, british_pairs, sizeof british_pairs / sizeof *british_pairs);
}

static void test_timestamps(void **state)
{
    (void)state;
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_TIMESTAMP };
    static const pair pairs[] = {
        { "2010-12-01 08:26:00", "2010-12-01T08:26:00" },
        { "2026/1/5 8:26", "2026-01-05T08:26:00" },
        { "2026-01-05T08:26:00.123", "2026-01-05T08:26:00.123000" },
        { "2026-01-05 23:59:59.999999", "2026-01-05T23:59:59.999999" },
        { "2026-01-05 08:26:00.123456000", "2026-01-05T08:26:00.123456" },
        { "2026年1月5日 8:26", "2026-01-05T08:26:00" },
        { "2026年1月5日8:26:01", "2026-01-05T08:26:01" },
        { "20260105082601", "2026-01-05T08:26:01" },
        { "2026-01-05", "2026-01-05T00:00:00" },
        { "1969-12-31 23:59:59", "1969-12-31T23:59:59" },
        { "2026-01-05 08:26:00.1234567", "too_fine" },
        { "2026-01-05 24:00", "no_such_time" },
        { "2026-01-05 08:60", "no_such_time" },
        { "20260105246060", "no_such_time" },
        { "2026-02-30 08:00", "no_such_date" },
        { "2026-01-05 8", "not_timestamp" },
        { "2026-01-05 8:2", "not_timestamp" },
        { "2026-01-05 08:26:", "not_timestamp" },
        { "2026-01-05 08:26:00.", "not_timestamp" },
        { "2026-01-05 8:26 PM", "not_timestamp" },
        { "yesterday", "not_timestamp" },
        { "2026-01-05 08:26:00Z", "time_zone" },
        { "2026-01-05T08:26+08:00", "time_zone" },
    };
    check(&terms, pairs, sizeof pairs / sizeof *pairs);
}

static void test_zones_become_the_shops_clock(void **state)
{
    (void)state;
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_TIMESTAMP, .has_utc_offset = true, .utc_offset_minutes = 480 };
    static const pair pairs[] = {
        { "2026-01-05T08:26:00Z", "2026-01-05T16:26:00" },
        { "2026-01-05T08:26:00 UTC", "2026-01-05T16:26:00" },
        { "2026-01-05T08:26:00+08:00", "2026-01-05T08:26:00" },
        { "2026-01-05 20:26-0330", "2026-01-06T07:56:00" }, /* 20:26 + 3:30 = 23:56 UTC, + 8:00 */
        { "2026-01-05 20:26:00+09", "2026-01-05T19:26:00" },
        { "2026-01-05 08:26:00", "2026-01-05T08:26:00" }, /* no zone: the shop's already */
        { "2026-01-05 08:26+8", "not_timestamp" },
        { "2026-01-05 08:26+08:", "not_timestamp" },
        { "2026-01-05 08:26 CST", "not_timestamp" },
        { "9999-12-31 23:00Z", "no_such_date" }, /* would be the year 10000 */
    };
    check(&terms, pairs, sizeof pairs / sizeof *pairs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_orders_of_day_and_month),
        cmocka_unit_test(test_timestamps),
        cmocka_unit_test(test_zones_become_the_shops_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
