/* The built-in nodes against the published list and its dates, and the table they come in. */
#include "facts.h"

#include <campaign/calendar.h>

static int make_china(void **state)
{
    campaign_error error = { 0 };
    return campaign_calendar_create((campaign_calendar **)state, NULL, &error);
}

static int free_calendar(void **state)
{
    campaign_calendar_free(*state);
    return 0;
}

static campaign_table *list(const campaign_calendar *calendar, const char *first, const char *end, const char *regions,
                            int32_t tier)
{
    campaign_error error = { 0 };
    campaign_table *nodes = NULL;
    campaign_nodes_options options = CAMPAIGN_NODES_OPTIONS_INIT;
    options.regions = regions;
    options.tier = tier;
    assert_ok(campaign_calendar_nodes(&nodes, calendar, day_of(first), day_of(end), &options, &error), error);
    return nodes;
}

static const char *cell(const campaign_table *table, const char *column, int64_t row)
{
    static char texts[8][256];
    static int next = 0;
    char *text = texts[next++ % 8];
    const int32_t index = campaign_table_find(table, column);
    if (index < 0) fail_msg("no column %s", column);
    (void)campaign_table_format(text, 256, table, index, row);
    return text;
}

/* The last row of a node in a year, or -1. */
static int64_t last_in_year(const campaign_table *nodes, const char *id, const char *year)
{
    int64_t found = -1;
    for (int64_t row = 0; row < campaign_table_n_rows(nodes); row++)
        if (strcmp(cell(nodes, "id", row), id) == 0 && strncmp(cell(nodes, "date", row), year, 4) == 0) found = row;
    return found;
}

/* The list has one date per Gregorian year: of two the later, of none nothing. */
static void test_dates_of_twenty_one_years(void **state)
{
    FILE *file = open_shared("data/nodes/retail_node_dates_2020_2040.csv");
    campaign_table *nodes = list(*state, "2020-01-01", "2041-01-01", "*", CAMPAIGN_NODE_ANY);
    fact_row years, row;
    int n_nodes = 0, n_dates = 0, n_empty = 0;
    assert_true(read_row(&years, file));
    for (; read_row(&row, file); n_nodes++)
        for (int i = 1; i < years.n_cells; i++) {
            const int64_t found = last_in_year(nodes, row.cells[0], years.cells[i]);
            const char *date = found < 0 ? "" : cell(nodes, "date", found);
            if (strcmp(date, row.cells[i]) != 0)
                fail_msg("%s in %s is on \"%s\", not \"%s\"", row.cells[0], years.cells[i], date, row.cells[i]);
            n_dates += found >= 0;
            n_empty += found < 0;
        }
    (void)fclose(file);
    assert_int_equal(n_nodes, 54);
    assert_int_equal(n_empty, 1);                                /* Laba 2023 */
    assert_int_equal(campaign_table_n_rows(nodes), n_dates + 1); /* the other Laba of 2022 */
    campaign_table_free(nodes);
}

static void test_facts_of_every_node(void **state)
{
    FILE *file = open_shared("data/nodes/retail_nodes.csv");
    campaign_table *nodes = list(*state, "2026-01-01", "2027-01-01", "*", CAMPAIGN_NODE_ANY);
    fact_row row;
    int n_nodes = 0;
    assert_true(read_row(&row, file));
    for (; read_row(&row, file); n_nodes++) {
        const int64_t found = last_in_year(nodes, row.cells[0], "2026");
        if (found < 0) fail_msg("%s does not occur", row.cells[0]);
        assert_string_equal(cell(nodes, "name", found), row.cells[1]);
        assert_string_equal(cell(nodes, "name_en", found), row.cells[2]);
        assert_string_equal(cell(nodes, "region", found), row.cells[3]);
        assert_string_equal(cell(nodes, "tier", found), row.cells[4]);
        assert_string_equal(cell(nodes, "certainty", found), row.cells[8]);
        const int32_t date = day_of(cell(nodes, "date", found));
        assert_int_equal(date - day_of(cell(nodes, "preheat_start", found)), number_of(row.cells[6]));
        assert_int_equal(day_of(cell(nodes, "peak_start", found)) - date, number_of(row.cells[7]));
        assert_int_equal(day_of(cell(nodes, "peak_end", found)) - date, number_of(strstr(row.cells[7], "..") + 2) + 1);
        assert_string_equal(cell(nodes, "is_provisional", found), strcmp(row.cells[8], "rule") ? "true" : "false");
        assert_string_not_equal(cell(nodes, "theme", found), "");
        assert_string_not_equal(cell(nodes, "theme_en", found), "");
    }
    (void)fclose(file);
    assert_int_equal(n_nodes, 54);
    campaign_table_free(nodes);
}

static void assert_cells(const campaign_table *nodes, int64_t row, const char *expected)
{
    char line[512];
    (void)snprintf(line, sizeof line, "%s %s %s %s", cell(nodes, "id", row), cell(nodes, "date", row),
                   cell(nodes, "peak_start", row), cell(nodes, "peak_end", row));
    assert_string_equal(line, expected);
}

/* February 2027: Spring Festival on the 6th, Lantern on the 20th. */
static void test_a_month_of_the_calendars_own_region(void **state)
{
    campaign_table *nodes = list(*state, "2027-02-01", "2027-03-01", NULL, CAMPAIGN_NODE_ANY);
    assert_int_equal(campaign_table_n_rows(nodes), 4);
    assert_cells(nodes, 0, "cny_eve 2027-02-05 2027-01-22 2027-02-06");
    assert_cells(nodes, 1, "cny 2027-02-06 2027-01-23 2027-02-13");
    assert_cells(nodes, 2, "valentine 2027-02-14 2027-02-07 2027-02-15");
    assert_cells(nodes, 3, "lantern 2027-02-20 2027-02-17 2027-02-21");
    campaign_table_free(nodes);
}

static void test_ranges_are_half_open(void **state)
{
    campaign_table *nodes = list(*state, "2026-11-11", "2026-11-12", NULL, CAMPAIGN_NODE_ANY);
    assert_int_equal(campaign_table_n_rows(nodes), 1);
    campaign_table_free(nodes);
    nodes = list(*state, "2026-11-10", "2026-11-11", NULL, CAMPAIGN_NODE_ANY);
    assert_int_equal(campaign_table_n_rows(nodes), 0);
    assert_int_equal(campaign_table_n_columns(nodes), 14);
    campaign_table_free(nodes);
}

static void test_filters(void **state)
{
    campaign_table *nodes = list(*state, "2026-01-01", "2027-01-01", "US", CAMPAIGN_NODE_BIG);
    assert_int_equal(campaign_table_n_rows(nodes), 1);
    assert_string_equal(cell(nodes, "id", 0), "thanksgiving");
    campaign_table_free(nodes);
    nodes = list(*state, "2026-01-01", "2027-01-01", "AU+GB", CAMPAIGN_NODE_SMALL); /* Mothering Sunday, Boxing Day */
    assert_int_equal(campaign_table_n_rows(nodes), 2);
    campaign_table_free(nodes);
    nodes = list(*state, "2026-01-01", "2027-01-01", "C", CAMPAIGN_NODE_ANY);
    assert_int_equal(campaign_table_n_rows(nodes), 0);
    campaign_table_free(nodes);
    nodes = list(*state, "2026-01-01", "2027-01-01", "CN", CAMPAIGN_NODE_BIG);
    for (int64_t row = 0; row < campaign_table_n_rows(nodes); row++)
        assert_string_equal(cell(nodes, "tier", row), "big");
    assert_int_equal(campaign_table_n_rows(nodes),
                     10); /* nianhuo, eve, cny, women, labour, 618, moon, national, 1111, xmas */
    campaign_table_free(nodes);
}

/* Lunar 12-08 falls twice into 2003, 2022 and 2041, and not at all into 2004, 2023 and 2042. */
static void test_a_year_may_have_two_or_none(void **state)
{
    static const struct {
        const char *first, *end;
        int64_t n;
    } cases[] = {
        { "2003-01-01", "2004-01-01", 2 }, { "2004-01-01", "2005-01-01", 0 }, { "2022-01-01", "2023-01-01", 2 },
        { "2023-01-01", "2024-01-01", 0 }, { "2041-01-01", "2042-01-01", 2 }, { "2042-01-01", "2043-01-01", 0 },
        { "2026-01-01", "2027-01-01", 1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_table *nodes = list(*state, cases[i].first, cases[i].end, NULL, CAMPAIGN_NODE_ANY);
        int64_t n = 0;
        for (int64_t row = 0; row < campaign_table_n_rows(nodes); row++) n += !strcmp(cell(nodes, "id", row), "laba");
        assert_int_equal(n, cases[i].n);
        campaign_table_free(nodes);
    }
}

static void test_rows_stand_by_date_then_id(void **state)
{
    campaign_table *nodes = list(*state, "1990-01-01", "2190-01-01", "*", CAMPAIGN_NODE_ANY);
    const int64_t n_rows = campaign_table_n_rows(nodes);
    for (int64_t row = 1; row < n_rows; row++) {
        const int by_date = strcmp(cell(nodes, "date", row - 1), cell(nodes, "date", row));
        assert_true(by_date < 0 || (by_date == 0 && strcmp(cell(nodes, "id", row - 1), cell(nodes, "id", row)) < 0));
    }
    /* 41 nodes go on for 200 years; 11 hang on the moon and 2 on the sun, in the 111 years up to 2100; in January 2101
     * the last days of lunar 2100 bring Laba, both Little New Years and the eve. */
    assert_int_equal(n_rows, 41 * 200 + 13 * 111 + 4);
    campaign_table_free(nodes);
}

static void test_lunar_nodes_end_where_the_tables_end(void **state)
{
    campaign_table *nodes = list(*state, "2101-01-01", "2102-01-01", NULL, CAMPAIGN_NODE_ANY);
    for (int64_t row = 0; row < campaign_table_n_rows(nodes); row++)
        assert_string_not_equal(cell(nodes, "id", row), "mid_autumn");
    assert_true(campaign_table_n_rows(nodes) > 0);
    assert_true(last_in_year(nodes, "cny_eve", "2101") >= 0); /* 2101-01-28, the last day of the tables */
    campaign_table_free(nodes);
}

static void test_bad_calls(void **state)
{
    campaign_error error = { 0 };
    campaign_table *nodes = NULL;
    campaign_nodes_options options = CAMPAIGN_NODES_OPTIONS_INIT;
    assert_int_equal(campaign_calendar_nodes(&nodes, *state, 5, 4, &options, &error), CAMPAIGN_E_VALUE);
    assert_int_equal(campaign_calendar_nodes(&nodes, NULL, 0, 4, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_calendar_nodes(NULL, *state, 0, 4, &options, &error), CAMPAIGN_E_ARGUMENT);
    options.tier = 3;
    assert_int_equal(campaign_calendar_nodes(&nodes, *state, 0, 4, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "options.tier");
    options.tier = 0;
    options.reserved = &options;
    assert_int_equal(campaign_calendar_nodes(&nodes, *state, 0, 4, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "options.reserved");
    options.size = 1;
    assert_int_equal(campaign_calendar_nodes(&nodes, *state, 0, 4, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_null(nodes);
    assert_ok(campaign_calendar_nodes(&nodes, *state, CAMPAIGN_DAY_MIN, CAMPAIGN_DAY_MIN + 400, NULL, &error), error);
    campaign_table_free(nodes);
    assert_ok(campaign_calendar_nodes(&nodes, *state, CAMPAIGN_DAY_MAX - 400, CAMPAIGN_DAY_MAX + 1, NULL, &error),
              error);
    campaign_table_free(nodes);
}

/* Saved, read and saved again, the catalogue is the same to the byte. */
static void test_the_catalogue_reads_back(void **state)
{
    campaign_error error = { 0 };
    char *first = NULL, *second = NULL;
    size_t length = 0;
    assert_ok(campaign_calendar_write_nodes(&first, &length, *state, &error), error);
    assert_int_equal(length, strlen(first));
    campaign_calendar *again = NULL;
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    const char *const documents[] = { first };
    options.nodes = documents;
    options.n_nodes = 1;
    assert_ok(campaign_calendar_create(&again, &options, &error), error);
    assert_ok(campaign_calendar_write_nodes(&second, NULL, again, &error), error);
    assert_string_equal(first, second);
    campaign_text_free(first);
    campaign_text_free(second);
    campaign_calendar_free(again);
    assert_int_equal(campaign_calendar_write_nodes(&first, &length, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_null(first);
    assert_int_equal(length, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates_of_twenty_one_years),
        cmocka_unit_test(test_facts_of_every_node),
        cmocka_unit_test(test_a_month_of_the_calendars_own_region),
        cmocka_unit_test(test_ranges_are_half_open),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_a_year_may_have_two_or_none),
        cmocka_unit_test(test_rows_stand_by_date_then_id),
        cmocka_unit_test(test_lunar_nodes_end_where_the_tables_end),
        cmocka_unit_test(test_bad_calls),
        cmocka_unit_test(test_the_catalogue_reads_back),
    };
    return cmocka_run_group_tests(tests, make_china, free_calendar);
}
