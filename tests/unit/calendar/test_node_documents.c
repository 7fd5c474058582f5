/* Node documents: the user's own nodes, changes to known ones, announced windows, and every bad document. */
#include "facts.h"

#include <campaign/calendar.h>

#define NODES(text) "{\"schema\": \"campaign/nodes/1\", \"nodes\": [" text "]}"

static campaign_status make(campaign_calendar **calendar, const char *const *documents, int32_t n_documents,
                            campaign_error *error)
{
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.nodes = documents;
    options.n_nodes = n_documents;
    return campaign_calendar_create(calendar, &options, error);
}

/* Occurrences of one node in a year, each as "date preheat_start peak_start peak_end tier is_provisional". */
static void occurrences(char *text, size_t capacity, const char *const *documents, int32_t n_documents, const char *id,
                        const char *year)
{
    static const char *const columns[] = {
        "date", "preheat_start", "peak_start", "peak_end", "tier", "is_provisional"
    };
    campaign_error error = { 0 };
    campaign_calendar *calendar = NULL;
    campaign_table *nodes = NULL;
    assert_ok(make(&calendar, documents, n_documents, &error), error);
    const int32_t first = cpn_day_from_civil(number_of(year), 1, 1),
                  end = cpn_day_from_civil(number_of(year) + 1, 1, 1);
    assert_ok(campaign_calendar_nodes(&nodes, calendar, first, end, NULL, &error), error);
    size_t length = 0;
    text[0] = '\0';
    for (int64_t row = 0; row < campaign_table_n_rows(nodes); row++) {
        size_t id_length = 0;
        const char *found = campaign_table_text(nodes, campaign_table_find(nodes, "id"), row, &id_length);
        if (id_length != strlen(id) || memcmp(found, id, id_length) != 0) continue;
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
            if (length > 0) text[length++] = ' ';
            length += campaign_table_format(text + length, capacity - length, nodes,
                                            campaign_table_find(nodes, columns[i]), row);
        }
    }
    campaign_table_free(nodes);
    campaign_calendar_free(calendar);
}

static void assert_occurs(const char *const *documents, int32_t n_documents, const char *id, const char *year,
                          const char *expected)
{
    char text[512];
    occurrences(text, sizeof text, documents, n_documents, id, year);
    assert_string_equal(text, expected);
}

static void test_own_nodes_are_added(void **state)
{
    (void)state;
    const char *const documents[] = { NODES(
        "{\"id\": \"店庆\", \"name\": \"十周年店庆\", \"tier\": \"big\", \"rule\": \"fixed 09-18\", \"preheat_days\": "
        "20,"
        " \"peak_from\": -2, \"peak_to\": 1, \"theme\": \"感恩\"}, "
        "{\"id\": \"brand_day\", \"name\": \"Brand day\", \"rule\": \"nth 3 sat 4\"}") };
    assert_occurs(documents, 1, "店庆", "2027", "2027-09-18 2027-08-29 2027-09-16 2027-09-20 big false");
    assert_occurs(documents, 1, "brand_day", "2027", "2027-04-17 2027-03-18 2027-04-17 2027-04-18 small false");
}

static void test_known_nodes_are_changed_field_by_field(void **state)
{
    (void)state;
    const char *const documents[] = { NODES("{\"id\": \"women\", \"tier\": \"small\", \"preheat_days\": 7}"),
                                      NODES("{\"id\": \"women\", \"peak_from\": -1}") };
    assert_occurs(documents, 0, "women", "2027", "2027-03-08 2027-02-15 2027-03-01 2027-03-09 big false");
    assert_occurs(documents, 1, "women", "2027", "2027-03-08 2027-03-01 2027-03-01 2027-03-09 small false");
    assert_occurs(documents, 2, "women", "2027", "2027-03-08 2027-03-01 2027-03-07 2027-03-09 small false");
}

static void test_nodes_are_switched_off_and_on(void **state)
{
    (void)state;
    const char *const documents[] = { NODES("{\"id\": \"cny\", \"is_enabled\": false}"),
                                      NODES("{\"id\": \"cny\", \"is_enabled\": true}") };
    assert_occurs(documents, 1, "cny", "2027", "");
    assert_occurs(documents, 1, "nianhuo", "2027", "2027-01-23 2026-12-19 2027-01-09 2027-02-04 big true");
    assert_occurs(documents, 2, "cny", "2027", "2027-02-06 2026-12-23 2027-01-23 2027-02-13 big false");
}

static void test_announced_windows_replace_the_rule_in_their_year(void **state)
{
    (void)state;
    const char *const documents[] = {
        NODES("{\"id\": \"d618\", \"windows\": [{\"date\": \"2027-06-18\", \"preheat_start\": \"2027-05-13\","
              " \"peak_start\": \"2027-05-31\", \"peak_end\": \"2027-06-21\"}]}"),
        NODES("{\"id\": \"d618\", \"windows\": [{\"date\": \"2028-06-17\"}, {\"date\": \"2027-06-20\"}]}")
    };
    assert_occurs(documents, 0, "d618", "2027", "2027-06-18 2027-05-19 2027-05-31 2027-06-21 big true");
    assert_occurs(documents, 1, "d618", "2027", "2027-06-18 2027-05-13 2027-05-31 2027-06-21 big false");
    assert_occurs(documents, 1, "d618", "2028", "2028-06-18 2028-05-19 2028-05-31 2028-06-21 big true");
    assert_occurs(documents, 2, "d618", "2027", "2027-06-20 2027-05-21 2027-06-02 2027-06-23 big false");
    assert_occurs(documents, 2, "d618", "2028", "2028-06-17 2028-05-18 2028-05-30 2028-06-20 big false");
    assert_occurs(documents, 2, "d618", "2029", "2029-06-18 2029-05-19 2029-05-31 2029-06-21 big true");
}

/* Its own days would end the peak of 2027 on 06-01, start that of 2028 on 05-18 and every preheat on 06-01. */
static void test_what_is_announced_bounds_the_rest(void **state)
{
    (void)state;
    const char *const documents[] = { NODES(
        "{\"id\": \"fair\", \"name\": \"Fair\", \"rule\": \"fixed 06-01\", \"preheat_days\": 0,"
        "\"peak_from\": -14, \"windows\": ["
        "{\"date\": \"2027-06-01\", \"peak_start\": \"2027-06-05\"},"
        "{\"date\": \"2028-06-01\", \"peak_end\": \"2028-05-10\"}]}") };
    assert_occurs(documents, 1, "fair", "2026", "2026-06-01 2026-05-18 2026-05-18 2026-06-02 small false");
    assert_occurs(documents, 1, "fair", "2027", "2027-06-01 2027-06-01 2027-06-05 2027-06-06 small false");
    assert_occurs(documents, 1, "fair", "2028", "2028-06-01 2028-05-09 2028-05-09 2028-05-10 small false");
}

/* Windows of 2026, 2027, 2029; a later document gives 2027 anew and adds 2025 and 2028. */
static void test_windows_of_other_years_stay(void **state)
{
    (void)state;
    const char *const documents[] = {
        NODES("{\"id\": \"tour\", \"name\": \"Tour\", \"rule\": \"once\", \"preheat_days\": 0, \"windows\": ["
              "{\"date\": \"2029-01-01\"}, {\"date\": \"2027-01-01\"}, {\"date\": \"2027-02-01\"}, {\"date\": "
              "\"2026-01-01\"}]}"),
        NODES("{\"id\": \"tour\", \"windows\": [{\"date\": \"2028-01-01\"}, {\"date\": \"2025-01-01\"}, {\"date\": "
              "\"2027-03-01\"}]}")
    };
    assert_occurs(documents, 1, "tour", "2027",
                  "2027-01-01 2027-01-01 2027-01-01 2027-01-02 small false "
                  "2027-02-01 2027-02-01 2027-02-01 2027-02-02 small false");
    assert_occurs(documents, 2, "tour", "2025", "2025-01-01 2025-01-01 2025-01-01 2025-01-02 small false");
    assert_occurs(documents, 2, "tour", "2026", "2026-01-01 2026-01-01 2026-01-01 2026-01-02 small false");
    assert_occurs(documents, 2, "tour", "2027", "2027-03-01 2027-03-01 2027-03-01 2027-03-02 small false");
    assert_occurs(documents, 2, "tour", "2028", "2028-01-01 2028-01-01 2028-01-01 2028-01-02 small false");
    assert_occurs(documents, 2, "tour", "2029", "2029-01-01 2029-01-01 2029-01-01 2029-01-02 small false");
    assert_occurs(documents, 2, "tour", "2030", "");
}

static void test_relative_nodes_follow_announced_dates(void **state)
{
    (void)state;
    const char *const documents[] = { NODES(
        "{\"id\": \"prime_day\", \"windows\": [{\"date\": \"2027-07-13\"}]},"
        "{\"id\": \"answer\", \"name\": \"Our answer\", \"rule\": \"rel prime_day -1\", \"preheat_days\": 3},"
        "{\"id\": \"echo\", \"name\": \"Echo\", \"rule\": \"rel answer +200\", \"preheat_days\": 0}") };
    assert_occurs(documents, 1, "answer", "2027", "2027-07-12 2027-07-09 2027-07-12 2027-07-13 small false");
    assert_occurs(documents, 1, "answer", "2028", "2028-07-09 2028-07-06 2028-07-09 2028-07-10 small true");
    assert_occurs(documents, 1, "echo", "2028", "2028-01-28 2028-01-28 2028-01-28 2028-01-29 small false");
    assert_occurs(documents, 1, "echo", "2027", "2027-01-25 2027-01-25 2027-01-25 2027-01-26 small true");
}

static void test_the_changed_catalogue_reads_back(void **state)
{
    (void)state;
    const char *documents[] = { NODES("{\"id\": \"cny\", \"is_enabled\": false}, {\"id\": \"店庆\", \"name\": \"店庆\","
                                      "\"rule\": \"rel d618 3\", \"windows\": [{\"date\": \"2027-07-01\","
                                      "\"peak_end\": \"2027-07-05\"}]}") };
    char *first = NULL, *second = NULL;
    for (int pass = 0; pass < 2; pass++) {
        campaign_error error = { 0 };
        campaign_calendar *calendar = NULL;
        assert_ok(make(&calendar, documents, 1, &error), error);
        assert_ok(campaign_calendar_write_nodes(pass ? &second : &first, NULL, calendar, &error), error);
        campaign_calendar_free(calendar);
        documents[0] = first;
    }
    assert_string_equal(first, second);
    assert_non_null(strstr(first, "\"is_enabled\": false"));
    assert_non_null(strstr(first, "\"peak_end\": \"2027-07-05\""));
    campaign_text_free(first);
    campaign_text_free(second);
}

static void test_bad_documents_are_refused_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        campaign_status status;
        const char *where, *message;
    } cases[] = {
        { "", CAMPAIGN_E_SYNTAX, "nodes[1]", "" },
        { "{\"nodes\": []}", CAMPAIGN_E_MISSING, "nodes[1]", "schema" },
        { "{\"schema\": \"campaign/nodes/2\", \"nodes\": []}", CAMPAIGN_E_UNSUPPORTED, "schema", "campaign/nodes/1" },
        { NODES("{\"name\": \"x\"}"), CAMPAIGN_E_MISSING, "nodes[0]", "id" },
        { NODES("{\"id\": \"x\", \"rule\": \"once\"}"), CAMPAIGN_E_MISSING, "nodes[0]", "needs a name" },
        { NODES("{\"id\": \"x\", \"name\": \"x\"}"), CAMPAIGN_E_MISSING, "nodes[0]", "needs a rule" },
        { NODES("{\"id\": \"womens\", \"tier\": \"big\"}"), CAMPAIGN_E_MISSING, "nodes[0]", "did you mean \"women\"?" },
        { NODES("{\"id\": \"a b\", \"name\": \"x\", \"rule\": \"once\"}"), CAMPAIGN_E_VALUE, "nodes[0].id", "blanks" },
        { NODES("{\"id\": \"\", \"name\": \"x\", \"rule\": \"once\"}"), CAMPAIGN_E_VALUE, "nodes[0].id", "" },
        { NODES("{\"id\": \"x\", \"name\": \"x\", \"rule\": \"once\"},\n{\"id\": \"x\", \"name\": \"y\"}"),
          CAMPAIGN_E_DUPLICATE, "nodes[1].id (line 2 column 8)", "first at line 1 column 42" },
        { NODES("{\"id\": \"cny\", \"tier\": \"huge\"}"), CAMPAIGN_E_VALUE, "nodes[0].tier", "huge" },
        { NODES("{\"id\": \"cny\", \"teir\": \"big\"}"), CAMPAIGN_E_UNKNOWN, "teir", "did you mean \"tier\"" },
        { NODES("{\"id\": \"cny\", \"preheat_days\": 401}"), CAMPAIGN_E_VALUE, "preheat_days", "400" },
        { NODES("{\"id\": \"cny\", \"peak_to\": -15}"), CAMPAIGN_E_VALUE, "nodes[0]", "-15" },
        { NODES("{\"id\": \"cny\", \"rule\": \"fixed 02-30\"}"), CAMPAIGN_E_SYNTAX, "nodes[0].rule (line 1 column",
          "02-30" },
        { NODES("{\"id\": \"cny\", \"windows\": [{\"date\": \"2027-02-30\"}]}"), CAMPAIGN_E_VALUE, "windows[0].date",
          "2027-02-30" },
        { NODES("{\"id\": \"cny\", \"windows\": [{\"date\": \"2027-02-03\"}, {\"date\": \"2027-02-03\"}]}"),
          CAMPAIGN_E_DUPLICATE, "windows", "2027-02-03" },
        { NODES("{\"id\": \"cny\", \"windows\": [{\"date\": \"2027-02-03\", \"peak_start\": \"2027-02-03\","
                "\"peak_end\": \"2027-02-03\"}]}"),
          CAMPAIGN_E_VALUE, "peak_end", "" },
        { NODES("{\"id\": \"cny\", \"windows\": [{\"date\": \"2027-02-03\", \"preheat_start\": \"2027-02-04\"}]}"),
          CAMPAIGN_E_VALUE, "preheat_start", "" },
        { NODES("{\"id\": \"x\", \"name\": \"x\", \"rule\": \"rel thanksgivin 1\"}"), CAMPAIGN_E_UNKNOWN,
          "nodes[0].rule", "did you mean \"thanksgiving\"" },
        { NODES("{\"id\": \"x\", \"name\": \"x\", \"rule\": \"rel x 1\"}"), CAMPAIGN_E_INFEASIBLE, "nodes[0].rule",
          "x -> x" },
        { NODES("{\"id\": \"cny\", \"rule\": \"rel nianhuo 14\"}"), CAMPAIGN_E_INFEASIBLE, "nodes[0].rule",
          "nianhuo -> cny -> nianhuo" },
        { NODES("{\"id\": \"b\", \"name\": \"b\", \"rule\": \"rel c 1\"}, {\"id\": \"a\", \"name\": \"a\", \"rule\": "
                "\"rel b 1\"}, {\"id\": \"c\", \"name\": \"c\", \"rule\": \"rel a 1\"}"),
          CAMPAIGN_E_INFEASIBLE, "nodes[0].rule", "b -> c -> a -> b" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const documents[] = { NODES(""), cases[i].text };
        campaign_error error = { 0 };
        campaign_calendar *calendar = (campaign_calendar *)&error;
        const campaign_status status = make(&calendar, documents, 2, &error);
        if (status != cases[i].status || strncmp(error.where, "nodes[1]", 8) != 0 ||
            !strstr(error.where, cases[i].where) || !strstr(error.message, cases[i].message))
            fail_msg("case %zu: %s at \"%s\": %s", i, campaign_status_name(status), error.where, error.message);
        assert_null(calendar);
    }
}

static void test_long_chains_are_refused(void **state)
{
    (void)state;
    for (int n = 15; n <= 17; n++) { /* cny and n nodes behind it */
        char text[4096];
        size_t length = (size_t)snprintf(text, sizeof text, "{\"schema\": \"campaign/nodes/1\", \"nodes\": [");
        for (int i = 0; i < n; i++) {
            char other[8] = "cny";
            if (i > 0) (void)snprintf(other, sizeof other, "n%d", i - 1);
            length += (size_t)snprintf(text + length, sizeof text - length,
                                       "%s{\"id\": \"n%d\", \"name\": \"n\", \"rule\": \"rel %s 1\"}", i ? ", " : "", i,
                                       other);
        }
        (void)snprintf(text + length, sizeof text - length, "]}");
        const char *const documents[] = { text };
        campaign_error error = { 0 };
        campaign_calendar *calendar = NULL;
        const campaign_status status = make(&calendar, documents, 1, &error);
        assert_int_equal(status, n <= 15 ? CAMPAIGN_OK : CAMPAIGN_E_LIMIT);
        campaign_calendar_free(calendar);
    }
}

static void test_the_catalogue_has_a_limit(void **state)
{
    (void)state;
    enum { N_MORE = 10000 - 54 }; /* beside the built-in ones */
    char *text = malloc(80 * (N_MORE + 2));
    if (!text) {
        fail();
        return; /* sanitizing compilers forget that fail never comes back */
    }
    for (int n = N_MORE; n <= N_MORE + 1; n++) {
        size_t length = (size_t)sprintf(text, "{\"schema\": \"campaign/nodes/1\", \"nodes\": [");
        for (int i = 0; i < n; i++)
            length += (size_t)sprintf(text + length, "%s{\"id\": \"n%d\", \"name\": \"n\", \"rule\": \"once\"}",
                                      i ? ", " : "", i);
        (void)sprintf(text + length, "]}");
        const char *const documents[] = { text };
        campaign_error error = { 0 };
        campaign_calendar *calendar = NULL;
        assert_int_equal(make(&calendar, documents, 1, &error), n == N_MORE ? CAMPAIGN_OK : CAMPAIGN_E_LIMIT);
        campaign_calendar_free(calendar);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_own_nodes_are_added),
        cmocka_unit_test(test_known_nodes_are_changed_field_by_field),
        cmocka_unit_test(test_nodes_are_switched_off_and_on),
        cmocka_unit_test(test_announced_windows_replace_the_rule_in_their_year),
        cmocka_unit_test(test_what_is_announced_bounds_the_rest),
        cmocka_unit_test(test_windows_of_other_years_stay),
        cmocka_unit_test(test_relative_nodes_follow_announced_dates),
        cmocka_unit_test(test_the_changed_catalogue_reads_back),
        cmocka_unit_test(test_bad_documents_are_refused_with_their_place),
        cmocka_unit_test(test_long_chains_are_refused),
        cmocka_unit_test(test_the_catalogue_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
