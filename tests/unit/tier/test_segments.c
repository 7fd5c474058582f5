/* The segments document: what it may say, which rule wins, what is remarked. */
#include "orders.h"

enum { N_CUSTOMERS = 125 };

/* Customers for every combination of scores: with five cuts of their own, recency 1..5, frequency 1..5, money 1..5. */
static campaign_table *make_cube(void)
{
    order_line lines[N_CUSTOMERS * 5];
    int64_t n = 0, order = 0;
    for (int64_t c = 0; c < N_CUSTOMERS; c++) {
        const int64_t r = c / 25 + 1, f = c / 5 % 5 + 1, m = c % 5 + 1;
        for (int64_t k = 0; k < f; k++) {
            lines[n].customer = c;
            lines[n].day = (int32_t)(100 + r * 10); /* r = 5 is day 150, 0 days ago */
            lines[n].amount = k == 0 ? m * 1000 : 0;
            lines[n++].order = order++;
        }
    }
    return make_orders(lines, n, 0);
}

/* Five bins by fixed cuts: recency 0 10 20 30 days, 2 3 4 5 orders, 20 30 40 50 yuan. */
static const int64_t recency_cuts[] = { 0, 10, 20, 30 }, frequency_cuts[] = { 2, 3, 4, 5 },
                     monetary_cuts[] = { 2000, 3000, 4000, 5000 };

static campaign_status try_cube(campaign_table **tiers, campaign_rfm_report *report, const char *segments,
                                campaign_rfm_options options, campaign_error *error)
{
    campaign_table *orders = make_cube();
    options.recency_cuts = recency_cuts;
    options.frequency_cuts = frequency_cuts;
    options.monetary_cuts = monetary_cuts;
    options.segments = segments;
    options.segments_length = segments ? (int64_t)strlen(segments) : 0;
    const campaign_status status = campaign_tier_rfm(tiers, report, orders, &options, NULL, error);
    campaign_table_free(orders);
    return status;
}

static campaign_table *run_cube(campaign_rfm_report *report, const char *segments, campaign_rfm_options options)
{
    campaign_error error = { 0 };
    campaign_table *tiers = NULL;
    assert_ok(try_cube(&tiers, report, segments, options, &error), error);
    assert_int_equal(campaign_table_n_rows(tiers), N_CUSTOMERS);
    return tiers;
}

static const campaign_rfm_options plain = CAMPAIGN_RFM_OPTIONS_INIT;

/* Boxes of the R package's documentation of rfm_segment, in its order: r, f, m from and to. */
static const int boxes[10][6] = {
    { 5, 5, 5, 5, 5, 5 }, { 3, 5, 3, 5, 2, 5 }, { 2, 4, 2, 4, 2, 4 }, { 3, 4, 1, 3, 3, 5 }, { 4, 5, 1, 3, 1, 5 },
    { 1, 2, 3, 4, 4, 5 }, { 1, 2, 2, 5, 4, 5 }, { 1, 3, 3, 5, 3, 5 }, { 2, 3, 1, 3, 1, 4 }, { 1, 1, 1, 5, 1, 5 },
};

static const char *box_of(int64_t r, int64_t f, int64_t m)
{
    static const char *const ids[] = {
        "champions", "potential_loyalist", "loyal",          "promising", "new", "cannot_lose",
        "at_risk",   "need_attention",     "about_to_sleep", "lost"
    };
    for (int i = 0; i < 10; i++) {
        const int *b = boxes[i];
        if (r >= b[0] && r <= b[1] && f >= b[2] && f <= b[3] && m >= b[4] && m <= b[5]) return ids[i];
    }
    return "other";
}

static void test_usual_tiers_are_the_published_boxes(void **state)
{
    (void)state;
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;

    campaign_table *tiers = run_cube(&report, NULL, plain);

    for (int64_t c = 0; c < N_CUSTOMERS; c++) {
        char code[8];
        (void)snprintf(code, sizeof code, "%d%d%d", (int)(c / 25 + 1), (int)(c / 5 % 5 + 1), (int)(c % 5 + 1));
        assert_cell(tiers, "rfm", c, code);
        assert_cell(tiers, "tier", c, box_of(c / 25 + 1, c / 5 % 5 + 1, c % 5 + 1));
    }
    assert_int_equal(campaign_table_n_rows(report.notes), 0); /* the usual rules overlap by design: no remarks */
    campaign_table_free(tiers);
    campaign_rfm_report_clear(&report);
}

static void test_the_default_document_can_be_passed_back(void **state)
{
    (void)state;
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    campaign_table *usual = run_cube(NULL, NULL, plain);

    campaign_table *tiers = run_cube(&report, campaign_tier_segments_default(), plain);

    assert_same_tables(usual, tiers, 0);
    assert_true(has_note(report.notes, "overlapping_rule", "potential_loyalist"));
    assert_true(has_note(report.notes, "uncovered_scores", "other"));
    campaign_table_free(usual);
    campaign_table_free(tiers);
    campaign_rfm_report_clear(&report);
}

static void test_dormant_comes_before_every_rule(void **state)
{
    (void)state;
    campaign_rfm_options options = plain;
    options.dormant_after_days = 20;

    campaign_table *tiers = run_cube(NULL, NULL, options);

    assert_cell(tiers, "recency_days", 50, "20"); /* r = 3: 20 days is not more than 20 */
    assert_cell(tiers, "tier", 50, box_of(3, 1, 1));
    assert_cell(tiers, "recency_days", 49, "30");
    assert_cell(tiers, "tier", 49, "dormant");
    assert_cell(tiers, "tier", 0, "dormant");
    campaign_table_free(tiers);
}

static void test_conditions_on_days_orders_and_money(void **state)
{
    (void)state;
    static const char text[] =
        "{\"schema\": \"campaign/segments/1\", \"dormant\": {\"after_days\": 35, \"name_zh\": \"沉睡\"},"
        " \"other\": {\"name_zh\": \"其余\"}, \"segments\": ["
        "{\"id\": \"vip\", \"name_zh\": \"贵宾\", \"r\": {\"min\": 5}, \"monetary\": {\"min\": 40, \"max\": "
        "\"40.00\"}},"
        "{\"id\": \"fresh\", \"recency_days\": {\"max\": 10}, \"frequency\": {\"min\": 2}}]}";
    campaign_rfm_options options = plain;
    options.language = "zh";

    campaign_table *tiers = run_cube(NULL, text, options);

    for (int64_t c = 0; c < N_CUSTOMERS; c++) {
        const int64_t r = c / 25 + 1, f = c / 5 % 5 + 1, m = c % 5 + 1;
        const char *expected = r == 1 ? "沉睡" : r == 5 && m == 4 ? "贵宾" : r >= 4 && f >= 2 ? "fresh" : "其余";
        assert_cell(tiers, "tier_name", c, expected);
    }
    campaign_table_free(tiers);
}

static void test_scores_move_to_the_scale_of_the_rules(void **state)
{
    (void)state;
    /* Rules on two bins: of five bins, 1 + floor((score - 1) * 2 / 5) is 1 1 1 2 2. */
    static const char text[] = "{\"schema\": \"campaign/segments/1\", \"n_bins\": 2, \"segments\": ["
                               "{\"id\": \"high\", \"r\": {\"min\": 2}}, {\"id\": \"low\"}]}";

    campaign_table *tiers = run_cube(NULL, text, plain);

    for (int64_t c = 0; c < N_CUSTOMERS; c++) assert_cell(tiers, "tier", c, c / 25 + 1 >= 4 ? "high" : "low");
    campaign_table_free(tiers);
}

static void test_rules_that_cannot_match_are_remarked(void **state)
{
    (void)state;
    static const char text[] = "{\"schema\": \"campaign/segments/1\", \"segments\": ["
                               "{\"id\": \"some\", \"r\": {\"min\": 4}, \"monetary\": {\"min\": 10}},"
                               "{\"id\": \"top\", \"r\": {\"min\": 4}}, {\"id\": \"best\", \"r\": {\"min\": 5}},"
                               "{\"id\": \"rest\", \"r\": {\"max\": 3}}]}";
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;

    campaign_table *tiers = run_cube(&report, text, plain);

    assert_true(has_note(report.notes, "unreachable_rule", "best"));
    assert_false(has_note(report.notes, "unreachable_rule", "top")); /* "some" asks for money too */
    assert_true(has_note(report.notes, "overlapping_rule", "top"));
    assert_false(has_note(report.notes, "overlapping_rule", "rest"));
    assert_false(has_note(report.notes, "uncovered_scores", "other"));
    campaign_table_free(tiers);
    campaign_rfm_report_clear(&report);
}

static void test_segments_table_adds_up(void **state)
{
    (void)state;
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    static const char text[] =
        "{\"schema\": \"campaign/segments/1\", \"segments\": [{\"id\": \"rich\", \"m\": {\"min\": 5}}]}";

    campaign_table *tiers = run_cube(&report, text, plain);

    /* 25 of 125 customers at 50.00 = 1250.00 of 25 * (10 + 20 + 30 + 40 + 50) = 3750.00. */
    assert_cell(report.segments, "customers", 0, "25");
    assert_cell(report.segments, "customer_share", 0, "0.2");
    assert_cell(report.segments, "monetary", 0, "1250.00");
    assert_true(campaign_table_float64(report.segments, campaign_table_find(report.segments, "monetary_share"), 0) ==
                1250.0 / 3750.0);
    assert_cell(report.segments, "recency_days_mean", 0, "20");
    assert_cell(report.segments, "frequency_mean", 0, "3");
    assert_cell(report.segments, "tier", 1, "dormant");
    assert_cell(report.segments, "customers", 1, "0");
    assert_cell(report.segments, "frequency_mean", 1, "");
    assert_cell(report.segments, "customers", 2, "100");
    campaign_table_free(tiers);
    campaign_rfm_report_clear(&report);
}

static void test_bad_documents_are_refused_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *segments;
        campaign_status status;
        const char *where;
    } cases[] = {
        { "[{\"id\": \"a\", \"r\": {\"min\": 0}}]", CAMPAIGN_E_VALUE, "segments[0].r" },
        { "[{\"id\": \"a\", \"m\": {\"max\": 6}}]", CAMPAIGN_E_VALUE, "segments[0].m" },
        { "[{\"id\": \"a\", \"f\": {\"min\": 4, \"max\": 3}}]", CAMPAIGN_E_VALUE, "segments[0].f" },
        { "[{\"id\": \"a\"}, {\"id\": \"a\"}]", CAMPAIGN_E_DUPLICATE, "segments[1]" },
        { "[{\"id\": \"dormant\"}]", CAMPAIGN_E_DUPLICATE, "segments[0]" },
        { "[{\"name_en\": \"A\"}]", CAMPAIGN_E_MISSING, "segments[0]" },
        { "[{\"id\": \"a\", \"rr\": {}}]", CAMPAIGN_E_UNKNOWN, "segments[0].rr" },
        { "[{\"id\": \"a\", \"monetary\": {\"min\": 1.999}}]", CAMPAIGN_E_VALUE, "segments[0].monetary.min" },
        { "[{\"id\": 3}]", CAMPAIGN_E_VALUE, "segments[0].id" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        campaign_error error = { 0 };
        campaign_table *tiers = NULL;
        campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
        (void)snprintf(text, sizeof text, "{\"schema\": \"campaign/segments/1\", \"segments\": %s}", cases[i].segments);

        const campaign_status status = try_cube(&tiers, &report, text, plain, &error);

        if (status != cases[i].status || strncmp(error.where, cases[i].where, strlen(cases[i].where)) != 0)
            fail_msg("%s gives %s at \"%s\": %s", text, campaign_status_name(status), error.where, error.message);
        assert_null(tiers);
        assert_null(report.notes);
    }
}

static void test_a_text_that_is_no_document_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = { "", "{", "[]", "{}",
                                         "{\"schema\": \"campaign/segments/2\", \"segments\": []}" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        campaign_error error = { 0 };
        campaign_table *tiers = NULL;
        assert_int_not_equal(try_cube(&tiers, NULL, texts[i], plain, &error), CAMPAIGN_OK);
        assert_int_not_equal(error.code, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_usual_tiers_are_the_published_boxes),
        cmocka_unit_test(test_the_default_document_can_be_passed_back),
        cmocka_unit_test(test_dormant_comes_before_every_rule),
        cmocka_unit_test(test_conditions_on_days_orders_and_money),
        cmocka_unit_test(test_scores_move_to_the_scale_of_the_rules),
        cmocka_unit_test(test_rules_that_cannot_match_are_remarked),
        cmocka_unit_test(test_segments_table_adds_up),
        cmocka_unit_test(test_bad_documents_are_refused_with_their_place),
        cmocka_unit_test(test_a_text_that_is_no_document_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
