/* The example of each document kind is read, and means what it says. */
#include "check.h"

#include <campaign/campaign.h>

/* The text of docs/examples/NAME with its terminating zero. */
static char *read_example(const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", EXAMPLES, name);
    FILE *file = fopen(path, "rb");
    if (!file) fail_msg("%s cannot be opened", path);
    enum { MOST = 1 << 20 };
    char *text = calloc(1, MOST);
    if (!file || !text || fread(text, 1, MOST - 1, file) == 0) fail_msg("%s cannot be read", path);
    if (file) (void)fclose(file);
    return text;
}

static int32_t day_of(const char *date)
{
    int32_t day = 0;
    campaign_error error = { 0 };
    assert_ok(campaign_date_parse(&day, date, strlen(date), &error), error);
    return day;
}

/* A cell as text, of the row whose id is given; "" without such a row. */
static const char *cell_of(char *text, size_t size, const campaign_table *table, const char *id, const char *column)
{
    text[0] = '\0';
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++) {
        char found[64];
        (void)campaign_table_format(found, sizeof found, table, campaign_table_find(table, "id"), row);
        if (strcmp(found, id) != 0) continue;
        (void)campaign_table_format(text, size, table, campaign_table_find(table, column), row);
        break;
    }
    return text;
}

/* January 2027 has 31 days, 5 Fridays and 5 Saturdays off, Thursday the 7th and Monday the 25th are holidays: 19. */
static void test_the_overlay_says_which_days_are_worked(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    char *text = read_example("calendar_overlay.json");
    const char *const overlays[] = { text };
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.region = "";
    options.overlays = overlays;
    options.n_overlays = 1;
    campaign_calendar *calendar = NULL;
    int64_t n = 0;
    assert_ok(campaign_calendar_create(&calendar, &options, &error), error);
    assert_string_equal(campaign_calendar_region(calendar), "EG");
    assert_ok(campaign_calendar_count_working_days(&n, calendar, day_of("2027-01-01"), day_of("2027-02-01"), &error),
              error);
    assert_int_equal(n, 19);
    campaign_calendar_free(calendar);
    free(text);
}

/* The third Saturday of April 2027 is the 17th; Spring Festival is 6 February, eight days later the 14th. */
static void test_the_nodes_stand_in_the_catalogue(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    char *text = read_example("nodes.json");
    const char *const documents[] = { text };
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.nodes = documents;
    options.n_nodes = 1;
    campaign_calendar *calendar = NULL;
    campaign_table *nodes = NULL;
    campaign_nodes_options all = CAMPAIGN_NODES_OPTIONS_INIT;
    all.regions = "*";
    char cell[64];
    assert_ok(campaign_calendar_create(&calendar, &options, &error), error);
    assert_ok(campaign_calendar_nodes(&nodes, calendar, day_of("2027-01-01"), day_of("2028-01-01"), &all, &error),
              error);
    assert_string_equal(cell_of(cell, sizeof cell, nodes, "anniversary", "peak_end"), "2027-09-20");
    assert_string_equal(cell_of(cell, sizeof cell, nodes, "member_day", "date"), "2027-04-17");
    assert_string_equal(cell_of(cell, sizeof cell, nodes, "after_cny", "date"), "2027-02-14");
    assert_string_equal(cell_of(cell, sizeof cell, nodes, "women", "tier"), "small");
    assert_string_equal(cell_of(cell, sizeof cell, nodes, "halloween", "date"), "");
    assert_string_equal(cell_of(cell, sizeof cell, nodes, "d618", "preheat_start"), "2027-05-13");
    campaign_table_free(nodes);
    campaign_calendar_free(calendar);
    free(text);
}

/* Customers 1 to 4: 2500.00 on the last day; three small orders; one order 20 days ago; one order 300 days ago. */
static campaign_table *make_orders(void)
{
    static const int64_t orders[][3] = { { 1, 0, 250000 }, { 2, 90, 3000 }, { 2, 80, 3000 },
                                         { 2, 70, 3000 },  { 3, 20, 900 },  { 4, 300, 900 } };
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "customer", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        assert_ok(campaign_table_builder_append_int64(builder, 0, orders[i][0], &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 1, day_of("2026-12-31") - orders[i][1], &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 2, orders[i][2], &error), error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void test_the_segments_name_the_tiers(void **state)
{
    (void)state;
    static const char *const names[] = { "贵宾", "常客", "新客", "沉睡会员" };
    campaign_error error = { 0 };
    char *text = read_example("segments.json");
    campaign_table *orders = make_orders(), *tiers = NULL;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.segments = text;
    options.segments_length = (int64_t)strlen(text);
    options.language = "zh";
    assert_ok(campaign_tier_rfm(&tiers, NULL, orders, &options, NULL, &error), error);
    assert_int_equal(campaign_table_n_rows(tiers), 4);
    for (int64_t row = 0; row < 4; row++) {
        char name[64];
        (void)campaign_table_format(name, sizeof name, tiers, campaign_table_find(tiers, "tier_name"), row);
        assert_string_equal(name, names[row]);
    }
    campaign_table_free(tiers);
    campaign_table_free(orders);
    free(text);
}

static void test_the_request_makes_the_plan(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    char *request = read_example("plan_request.json"), *kept = read_example("plan.json"), *made = NULL, *again = NULL;
    campaign_plan *plan = NULL, *loaded = NULL;
    assert_ok(campaign_plan_create(&plan, request, strlen(request), NULL, NULL, &error), error);
    assert_ok(campaign_plan_save(&made, NULL, plan, &error), error);
    assert_string_equal(made, kept); /* ./dev renew writes it */
    assert_ok(campaign_plan_load(&loaded, kept, strlen(kept), &error), error);
    assert_ok(campaign_plan_save(&again, NULL, loaded, &error), error);
    assert_string_equal(again, kept);
    campaign_text_free(again);
    campaign_text_free(made);
    campaign_plan_free(loaded);
    campaign_plan_free(plan);
    free(kept);
    free(request);
}

/* The handbook's template 2: 8 × 50 % + 10 × 40 % + 12 × 60 % = 15.2 deals. */
static void test_the_response_fills_its_forms(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    char *request = read_example("rapid_response.json");
    char text[128];
    campaign_rapid_response_report report = CAMPAIGN_RAPID_RESPONSE_REPORT_INIT;
    assert_ok(campaign_plan_rapid_response(&report, request, strlen(request), NULL, NULL, NULL, &error), error);
    assert_true(report.expected_deals == 15.2);
    assert_int_equal(report.sales_minor, 47000000);
    const campaign_table *form = report.form_response_plan;
    (void)campaign_table_format(text, sizeof text, form, campaign_table_find(form, "materials"), 0);
    assert_string_equal(text, "500 leaflets");
    const int64_t last = campaign_table_n_rows(report.tasks) - 1;
    (void)campaign_table_format(text, sizeof text, report.tasks, campaign_table_find(report.tasks, "task"), last);
    assert_string_equal(text, "fair26/own/logistics_call");
    (void)campaign_table_format(text, sizeof text, report.tasks, campaign_table_find(report.tasks, "due"), last);
    assert_string_equal(text, "2026-09-20"); /* 09-25 to 09-27 are Mid-Autumn; 24, 23, 22, 21 and the Sunday worked */
    campaign_rapid_response_report_clear(&report);
    free(request);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_overlay_says_which_days_are_worked),
        cmocka_unit_test(test_the_nodes_stand_in_the_catalogue),
        cmocka_unit_test(test_the_segments_name_the_tiers),
        cmocka_unit_test(test_the_request_makes_the_plan),
        cmocka_unit_test(test_the_response_fills_its_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
