/* Overlays: both shapes, their order, and every kind of bad document with its place. */
#include "facts.h"

#include <campaign/calendar.h>

static campaign_status make(campaign_calendar **calendar, const char *region, const char *const *overlays,
                            int32_t n_overlays, campaign_error *error)
{
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.region = region;
    options.overlays = overlays;
    options.n_overlays = n_overlays;
    return campaign_calendar_create(calendar, &options, error);
}

static campaign_calendar *make_ok(const char *region, const char *const *overlays, int32_t n_overlays)
{
    campaign_error error = { 0 };
    campaign_calendar *calendar = NULL;
    assert_ok(make(&calendar, region, overlays, n_overlays, &error), error);
    return calendar;
}

static campaign_calendar_day_info look_up(const campaign_calendar *calendar, const char *date)
{
    campaign_error error = { 0 };
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    assert_ok(campaign_calendar_day(&info, calendar, day_of(date), &error), error);
    return info;
}

/* The shape of holiday-cn with all that its files carry. Spring Festival 2027 is on 02-06, a Saturday. */
static const char notice_2027[] =
    "{\"$schema\": \"https://example.org/schema.json\", \"$id\": \"2027.json\", \"year\": 2027,\n"
    " \"papers\": [\"https://example.org/notice\"],\n"
    " \"days\": [\n"
    "  {\"name\": \"元旦\", \"date\": \"2026-12-31\", \"isOffDay\": true},\n"
    "  {\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true},\n"
    "  {\"name\": \"春节\", \"date\": \"2027-02-05\", \"isOffDay\": true},\n"
    "  {\"name\": \"春节\", \"date\": \"2027-02-09\", \"isOffDay\": true, \"note\": 1},\n"
    "  {\"name\": \"春节\", \"date\": \"2027-02-20\", \"isOffDay\": false}]}";

static void test_a_notice_confirms_its_year(void **state)
{
    (void)state;
    const char *const overlays[] = { notice_2027 };
    campaign_calendar *calendar = make_ok("CN", overlays, 1);
    assert_int_equal(look_up(calendar, "2027-07-01").is_provisional, 0);
    assert_int_equal(look_up(calendar, "2028-07-01").is_provisional, 1);
    assert_int_equal(look_up(calendar, "2027-01-01").kind, CAMPAIGN_DAY_STATUTORY); /* the rule says which are */
    assert_int_equal(look_up(calendar, "2027-02-05").kind, CAMPAIGN_DAY_STATUTORY);
    assert_int_equal(look_up(calendar, "2027-02-09").kind, CAMPAIGN_DAY_SWAPPED);
    assert_int_equal(look_up(calendar, "2027-02-06").kind, CAMPAIGN_DAY_STATUTORY); /* not listed, still the rule's */
    campaign_calendar_free(calendar);
}

static void test_a_notice_reaches_into_the_december_before(void **state)
{
    (void)state;
    const char *const overlays[] = { notice_2027 };
    campaign_calendar *calendar = make_ok("CN", overlays, 1);
    const campaign_calendar_day_info info = look_up(calendar, "2026-12-31");
    assert_int_equal(info.kind, CAMPAIGN_DAY_SWAPPED);
    assert_int_equal(info.is_provisional, 0);
    assert_string_equal(info.name, "元旦");
    assert_int_equal(info.run_end, day_of("2027-01-04")); /* Friday 01-01 and its weekend join */
    const campaign_calendar_day_info makeup = look_up(calendar, "2027-02-20");
    assert_int_equal(makeup.is_makeup, 1);
    assert_int_equal(makeup.is_working, 1);
    campaign_calendar_free(calendar);
}

static void test_later_overlays_win_day_by_day(void **state)
{
    (void)state;
    const char *const amendment = "{\"year\": 2027, \"days\": ["
                                  "{\"name\": \"春节\", \"date\": \"2027-02-09\", \"isOffDay\": false},"
                                  "{\"name\": \"春节\", \"date\": \"2027-02-10\", \"isOffDay\": true}]}";
    const char *const overlays[] = { notice_2027, amendment, notice_2027 };
    campaign_calendar *calendar = make_ok("CN", overlays, 2);
    assert_int_equal(look_up(calendar, "2027-02-09").is_working, 1);
    assert_int_equal(look_up(calendar, "2027-02-09").is_makeup, 0); /* a Tuesday is worked anyway */
    assert_int_equal(look_up(calendar, "2027-02-10").kind, CAMPAIGN_DAY_SWAPPED);
    assert_int_equal(look_up(calendar, "2027-02-20").is_makeup, 1); /* left as it was */
    campaign_calendar_free(calendar);
    calendar = make_ok("CN", overlays, 3);
    assert_int_equal(look_up(calendar, "2027-02-09").is_working, 0);
    campaign_calendar_free(calendar);
}

static void test_a_year_without_days_confirms_nothing(void **state)
{
    (void)state;
    const char *const overlays[] = { "{\"year\": 2027, \"papers\": [], \"days\": []}" };
    campaign_calendar *calendar = make_ok("CN", overlays, 1);
    assert_int_equal(look_up(calendar, "2027-07-01").is_provisional, 1);
    campaign_calendar_free(calendar);
}

static void test_days_without_a_year_confirm_whole_years_only(void **state)
{
    (void)state;
    /* given: 2027 with days off in winter and autumn, 2028 with one in spring and a worked one in autumn, 2029 empty */
    const char *const overlays[] = {
        "\xEF\xBB\xBF{\r\n\"$schema\": \"x\", \"region\": \"CN\", \"papers\": [],\r\n\"days\": ["
        "{\"name\": \"元旦\", \"date\": \"2026-12-31\", \"isOffDay\": true},\r\n"
        "{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true},\r\n"
        "{\"name\": \"国庆节\", \"date\": \"2027-10-04\", \"isOffDay\": true},\r\n"
        "{\"name\": \"春节\", \"date\": \"2028-02-01\", \"isOffDay\": true},\r\n"
        "{\"name\": \"国庆节\", \"date\": \"2028-10-08\", \"isOffDay\": false}]}",
        "{\"days\": []}"
    };
    campaign_calendar *calendar = make_ok("CN", overlays, 2);
    assert_int_equal(look_up(calendar, "2027-07-01").is_provisional, 0);
    assert_int_equal(look_up(calendar, "2028-07-01").is_provisional, 1);
    assert_int_equal(look_up(calendar, "2029-07-01").is_provisional, 1);
    assert_int_equal(look_up(calendar, "2027-10-04").kind, CAMPAIGN_DAY_SWAPPED);
    assert_int_equal(look_up(calendar, "2028-10-08").is_makeup, 1);
    campaign_calendar_free(calendar);
}

static void test_a_long_path_keeps_its_line_and_column(void **state)
{
    (void)state;
    char text[256];
    (void)snprintf(text, sizeof text, "{\"schema\": \"campaign/calendar_overlay/1\",\n\"店%0150d\": 1}", 0);
    const char *const overlays[] = { text };
    campaign_error error = { 0 };
    campaign_calendar *calendar = NULL;
    assert_int_equal(make(&calendar, "CN", overlays, 1, &error), CAMPAIGN_E_UNKNOWN);
    assert_memory_equal(error.where, "overlays[0]: …0", strlen("overlays[0]: …0"));
    assert_non_null(strstr(error.where, "0 (line 2 column 1"));
    assert_int_equal(error.where[strlen(error.where) - 1], ')');
}

static void test_built_in_years_can_be_amended(void **state)
{
    (void)state;
    const char *const overlays[] = { "{\"schema\": \"campaign/calendar_overlay/1\", \"days\": ["
                                     "{\"date\": \"2026-05-09\", \"kind\": \"weekend\"},"
                                     "{\"date\": \"2026-06-01\", \"kind\": \"swapped\", \"name\": \"店休\"}]}" };
    campaign_calendar *calendar = make_ok(NULL, overlays, 1);
    assert_int_equal(look_up(calendar, "2026-05-09").kind, CAMPAIGN_DAY_WEEKEND);
    assert_string_equal(look_up(calendar, "2026-06-01").name, "店休");
    assert_string_equal(look_up(calendar, "2026-06-01").name_en, "店休");
    assert_int_equal(look_up(calendar, "2026-05-01").kind, CAMPAIGN_DAY_STATUTORY);
    campaign_calendar_free(calendar);
}

/* A country of our own: the week has Friday and Saturday off. */
static void test_any_country_by_overlay(void **state)
{
    (void)state;
    const char *const overlays[] = {
        "{\"schema\": \"campaign/calendar_overlay/1\", \"name\": \"demo\", \"region\": \"EG\","
        "\"weekend\": [\"fri\", \"sat\"], \"years\": [2027],"
        "\"days\": [{\"date\": \"2027-01-07\", \"kind\": \"statutory\","
        "\"name\": \"عيد الميلاد\", \"name_en\": \"Coptic Christmas\"}]}"
    };
    campaign_calendar *calendar = make_ok("", overlays, 1);
    assert_string_equal(campaign_calendar_region(calendar), "EG");
    assert_int_equal(look_up(calendar, "2027-01-08").kind, CAMPAIGN_DAY_WEEKEND); /* a Friday */
    assert_int_equal(look_up(calendar, "2027-01-10").is_working, 1);              /* a Sunday */
    assert_int_equal(look_up(calendar, "2027-01-07").kind, CAMPAIGN_DAY_STATUTORY);
    assert_string_equal(look_up(calendar, "2027-01-07").name_en, "Coptic Christmas");
    assert_int_equal(look_up(calendar, "2027-01-07").run_end, day_of("2027-01-10"));
    assert_int_equal(look_up(calendar, "2027-05-01").is_provisional, 0);
    assert_int_equal(look_up(calendar, "2028-05-01").is_provisional, 1);
    int64_t n = 0;
    assert_int_equal(
        campaign_calendar_count_working_days(&n, calendar, day_of("2027-01-01"), day_of("2027-01-15"), NULL),
        CAMPAIGN_OK);
    assert_int_equal(n, 9); /* two weeks of five days less the holiday */
    campaign_calendar_free(calendar);
}

static void test_holidays_of_other_countries_in_the_foreign_shape_are_statutory(void **state)
{
    (void)state;
    const char *const overlays[] = { "{\"year\": 2027, \"days\": ["
                                     "{\"name\": \"National Day\", \"date\": \"2027-08-09\", \"isOffDay\": true}]}" };
    campaign_calendar *calendar = make_ok("", overlays, 1);
    assert_int_equal(look_up(calendar, "2027-08-09").kind, CAMPAIGN_DAY_STATUTORY);
    campaign_calendar_free(calendar);
}

static void test_a_calendar_without_working_days_says_so(void **state)
{
    (void)state;
    const char *const overlays[] = { "{\"schema\": \"campaign/calendar_overlay/1\", "
                                     "\"weekend\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]}" };
    campaign_calendar *calendar = make_ok("", overlays, 1);
    campaign_error error = { 0 };
    int32_t result = 7;
    int64_t n = 7;
    assert_int_equal(campaign_calendar_add_working_days(&result, calendar, 0, 1, &error), CAMPAIGN_E_INFEASIBLE);
    assert_int_equal(campaign_calendar_roll(&result, calendar, 0, -1, &error), CAMPAIGN_E_INFEASIBLE);
    assert_int_equal(result, 0);
    assert_ok(campaign_calendar_count_working_days(&n, calendar, -50000, 50000, &error), error);
    assert_int_equal(n, 0);
    const campaign_calendar_day_info info = look_up(calendar, "2027-01-01");
    assert_int_equal(info.run_start, CAMPAIGN_DAY_MIN);
    assert_int_equal(info.run_end, CAMPAIGN_DAY_MAX + 1);
    campaign_calendar_free(calendar);
}

static void test_weeks_without_days_off(void **state)
{
    (void)state;
    const char *const overlays[] = { "{\"schema\": \"campaign/calendar_overlay/1\", \"weekend\": []}" };
    campaign_calendar *calendar = make_ok("CN", overlays, 1);
    assert_int_equal(look_up(calendar, "2026-11-14").is_working, 1);
    assert_int_equal(look_up(calendar, "2026-11-14").is_makeup, 0);
    assert_int_equal(look_up(calendar, "2026-10-04").kind,
                     CAMPAIGN_DAY_SWAPPED); /* off though the week has it worked */
    campaign_calendar_free(calendar);
}

static void test_texts_need_no_end(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_calendar *calendar = NULL;
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    const char *const overlays[] = { "{\"year\": 2027, \"days\": []}{trailing" };
    const size_t length = 26;
    options.overlays = overlays;
    options.overlay_lengths = &length;
    options.n_overlays = 1;
    assert_ok(campaign_calendar_create(&calendar, &options, &error), error);
    campaign_calendar_free(calendar);
    options.overlay_lengths = NULL;
    assert_int_equal(campaign_calendar_create(&calendar, &options, &error), CAMPAIGN_E_SYNTAX);
}

static void test_bad_documents_are_refused_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        campaign_status status;
        const char *where, *message; /* parts of both */
    } cases[] = {
        { "", CAMPAIGN_E_SYNTAX, "overlays[1]: ", "" },
        { "[]", CAMPAIGN_E_VALUE, "line 1 column 1", "" },
        { "{\"year\": \"2027\", \"days\": []}", CAMPAIGN_E_VALUE, "year", "2027" },
        { "{}", CAMPAIGN_E_MISSING, "line 1 column 1", "campaign/calendar_overlay/1" },
        { "{\"year\": 2027, \"days\": [", CAMPAIGN_E_SYNTAX, "overlays[1]: ", "" },
        { "{\"year\": 2027}", CAMPAIGN_E_MISSING, "overlays[1]: ", "days" },
        { "{\"year\": 0, \"days\": []}", CAMPAIGN_E_VALUE, "year", "0" },
        { "{\"year\": 2027, \"days\": [{\"name\": \"x\", \"isOffDay\": true,\n\"date\": \"2027-02-29\"}]}",
          CAMPAIGN_E_VALUE, "overlays[1]: days[0].date (line 2 column 9)", "2027-02-29" },
        { "{\"year\": 2027, \"days\": [{\"name\": \"x\", \"date\": \"2027-02-01\", \"isOffDay\": 1}]}",
          CAMPAIGN_E_VALUE, "isOffDay", "" },
        { "{\"year\": 2027, \"days\": [{\"name\": \"\xff\", \"date\": \"2027-02-01\", \"isOffDay\": true}]}",
          CAMPAIGN_E_ENCODING, "overlays[1]: ", "" },
        { "{\"year\": 2027, \"year\": 2028, \"days\": []}", CAMPAIGN_E_DUPLICATE, "overlays[1]: year", "" },
        { "{\"schema\": \"campaign/nodes/1\", \"nodes\": []}", CAMPAIGN_E_VALUE, "schema", "calendar_overlay" },
        { "{\"schema\": \"campaign/calendar_overlay/1\", \"day\": []}", CAMPAIGN_E_UNKNOWN, "day", "days" },
        { "{\"schema\": \"campaign/calendar_overlay/1\", \"weekend\": [\"sat\", \"son\"]}", CAMPAIGN_E_VALUE,
          "weekend[1]", "son" },
        { "{\"schema\": \"campaign/calendar_overlay/1\", \"years\": [2027, 10000]}", CAMPAIGN_E_VALUE, "years[1]",
          "10000" },
        { "{\"schema\": \"campaign/calendar_overlay/1\", \"years\": [20.5]}", CAMPAIGN_E_VALUE, "years[0]", "" },
        { "{\"schema\": \"campaign/calendar_overlay/1\", \"days\": [{\"date\": \"2027-01-04\"}]}", CAMPAIGN_E_MISSING,
          "days[0]", "kind" },
        { "{\"schema\": \"campaign/calendar_overlay/1\", \"days\": [{\"kind\": \"off\", \"date\": \"2027-01-04\"}]}",
          CAMPAIGN_E_VALUE, "days[0].kind", "off" },
        { "{\"schema\": \"campaign/calendar_overlay/1\", \"days\": [\n"
          "{\"kind\": \"working\", \"date\": \"2027-01-04\"},\n{\"kind\": \"weekend\", \"date\": \"2027-01-04\"}]}",
          CAMPAIGN_E_DUPLICATE, "days[1] (line 3 column 1)", "line 2 column 1" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const overlays[] = { notice_2027, cases[i].text };
        campaign_error error = { 0 };
        campaign_calendar *calendar = (campaign_calendar *)&error;
        const campaign_status status = make(&calendar, "CN", overlays, 2, &error);
        if (status != cases[i].status || !strstr(error.where, cases[i].where) ||
            strncmp(error.where, "overlays[1]", 11) || !strstr(error.message, cases[i].message))
            fail_msg("case %zu: %s at \"%s\": %s", i, campaign_status_name(status), error.where, error.message);
        assert_null(calendar);
        assert_int_equal(make(&calendar, "CN", overlays, 2, NULL), cases[i].status);
    }
}

static void test_a_day_may_be_repeated_in_agreement(void **state)
{
    (void)state;
    const char *const overlays[] = { "{\"year\": 2027, \"days\": ["
                                     "{\"name\": \"a\", \"date\": \"2027-03-01\", \"isOffDay\": true},"
                                     "{\"name\": \"b\", \"date\": \"2027-03-01\", \"isOffDay\": true}]}" };
    campaign_calendar *calendar = make_ok("CN", overlays, 1);
    assert_string_equal(look_up(calendar, "2027-03-01").name, "b");
    campaign_calendar_free(calendar);
}

/* Every prefix of a good document is either refused or whole. */
static void test_truncated_documents(void **state)
{
    (void)state;
    const size_t whole = sizeof notice_2027 - 1;
    const char *const overlays[] = { notice_2027 };
    for (size_t length = 0; length < whole; length++) {
        campaign_error error = { 0 };
        campaign_calendar *calendar = NULL;
        campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
        options.overlays = overlays;
        options.overlay_lengths = &length;
        options.n_overlays = 1;
        const campaign_status status = campaign_calendar_create(&calendar, &options, &error);
        assert_true(status == CAMPAIGN_E_SYNTAX || status == CAMPAIGN_E_ENCODING);
        assert_null(calendar);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_notice_confirms_its_year),
        cmocka_unit_test(test_a_notice_reaches_into_the_december_before),
        cmocka_unit_test(test_later_overlays_win_day_by_day),
        cmocka_unit_test(test_a_year_without_days_confirms_nothing),
        cmocka_unit_test(test_days_without_a_year_confirm_whole_years_only),
        cmocka_unit_test(test_a_long_path_keeps_its_line_and_column),
        cmocka_unit_test(test_built_in_years_can_be_amended),
        cmocka_unit_test(test_any_country_by_overlay),
        cmocka_unit_test(test_holidays_of_other_countries_in_the_foreign_shape_are_statutory),
        cmocka_unit_test(test_a_calendar_without_working_days_says_so),
        cmocka_unit_test(test_weeks_without_days_off),
        cmocka_unit_test(test_texts_need_no_end),
        cmocka_unit_test(test_bad_documents_are_refused_with_their_place),
        cmocka_unit_test(test_a_day_may_be_repeated_in_agreement),
        cmocka_unit_test(test_truncated_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
