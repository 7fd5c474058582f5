/* What a history cannot tell is said in place of numbers; what is no history is refused. */
#include "responses.h"

static history h;

static void seed(cpn_random *random, uint64_t number)
{
    cpn_random_seed(random, number);
}

/* Fits one curve and expects a status, no numbers, and the same in the list of candidates. */
static void expect_status(const char *curve, bool has_periods, const char *status)
{
    campaign_table *table = table_of(&h, has_periods);
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    campaign_response_report report = CAMPAIGN_RESPONSE_REPORT_INIT;
    options.curve = curve;
    campaign_table *curves = fit(&report, table, &options);
    if (!is_text(curves, "status", 0, status)) {
        char found[512];
        (void)campaign_table_format(found, sizeof found, curves, campaign_table_find(curves, "reason"), 0);
        fail_msg("expected %s: %s", status, found);
    }
    static const char *const numbers[] = { "scale", "location", "shape", "adstock", "intercept", "scale_se", "r2" };
    for (int64_t i = 0; i < COUNT(numbers); i++) assert_true(is_null(curves, numbers[i], 0));
    assert_true(is_text(curves, "is_identified", 0, "false"));
    assert_true(is_null(report.fitted, "fitted", 0));
    assert_int_equal(campaign_table_n_rows(report.fitted), h.n);
    assert_int_equal(campaign_table_n_rows(report.lines), 0);
    assert_int_equal(report.n_identified, 0);
    campaign_table_free(curves);
    campaign_table_free(table);
    campaign_response_report_clear(&report);
}

static void test_few_periods_are_refused(void **state)
{
    (void)state;
    const truth t = { "hill", 900, 40, 1.8, 0, 300, 0 };
    cpn_random random;
    seed(&random, 1);
    draw_spends(&h, 7, 100, &random); /* scale, location, shape, adstock, intercept: 8 are needed */
    make_results(&h, &t);
    expect_status("hill", true, "too_few");
    draw_spends(&h, 1, 100, &random);
    make_results(&h, &t);
    expect_status("linear", true, "too_few");
    expect_status(NULL, true, "too_few");
}

static void test_spend_that_never_varies_is_refused(void **state)
{
    (void)state;
    cpn_random random;
    seed(&random, 2);
    h.n = 52;
    for (int64_t i = 0; i < h.n; i++) {
        h.spend[i] = 50;
        h.result[i] = 500 + draw_normal(&random);
    }
    expect_status(NULL, true, "no_variation");
    for (int64_t i = 0; i < h.n; i++) h.spend[i] = 0;
    expect_status(NULL, true, "no_variation");
    for (int64_t i = 0; i < h.n; i++) h.spend[i] = i % 2 ? 50 : 20; /* two levels tell no four parameters */
    expect_status("hill", false, "no_variation");
}

static void test_spend_without_effect_is_refused(void **state)
{
    (void)state;
    cpn_random random;
    seed(&random, 3);
    draw_spends(&h, 104, 100, &random);
    for (int64_t i = 0; i < h.n; i++) h.result[i] = 500 - h.spend[i]; /* more spend, less result */
    expect_status("michaelis_menten", true, "no_effect");
    for (int64_t i = 0; i < h.n; i++) h.result[i] = 0;
    expect_status("exponential", true, "no_effect");
}

/* Noise alone: nothing that is found is told as known. */
static void test_noise_alone_is_refused(void **state)
{
    (void)state;
    int n_told = 0;
    cpn_random random;
    seed(&random, 4);
    for (int i = 0; i < 40; i++) {
        draw_spends(&h, 52, 100, &random);
        for (int64_t k = 0; k < h.n; k++) h.result[k] = 500 + 100 * draw_normal(&random);
        campaign_table *table = table_of(&h, true);
        campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
        options.curve = "michaelis_menten";
        campaign_table *curves = fit(NULL, table, &options);
        n_told += is_text(curves, "is_identified", 0, "true");
        campaign_table_free(curves);
        campaign_table_free(table);
    }
    assert_true(n_told <= 2);
}

/* A straight line, exact and with errors: no saturation in sight. As a line it is known. */
static void test_spend_far_from_saturation_is_refused(void **state)
{
    (void)state;
    const truth line = { "linear", 3, 1, 1, 0.3, 200, 0 };
    static const char *const bent[] = { "michaelis_menten", "exponential", "logistic", "log" };
    cpn_random random;
    for (int noise = 0; noise < 2; noise++) {
        seed(&random, 5);
        draw_spends(&h, 104, 100, &random);
        make_results(&h, &line);
        for (int64_t k = 0; k < h.n; k++) h.result[k] += 10 * noise * draw_normal(&random);
        for (int64_t i = 0; i < COUNT(bent); i++) expect_status(bent[i], true, "no_saturation");
        campaign_table *table = table_of(&h, true);
        campaign_table *curves = fit(NULL, table, NULL);
        assert_identified(curves, 0);
        campaign_table_free(curves);
        campaign_table_free(table);
    }
}

static void test_spend_always_saturated_is_refused(void **state)
{
    (void)state;
    cpn_random random;
    seed(&random, 6);
    h.n = 60;
    for (int64_t i = 0; i < h.n; i++) {
        h.spend[i] = i % 3 ? 50 + cpn_random_double(&random) * 50 : 0;
        h.result[i] = h.spend[i] > 0 ? 800 : 300;
    }
    expect_status("michaelis_menten", false, "all_saturated");
}

static void test_limits_of_the_caller_are_kept(void **state)
{
    (void)state;
    const truth t = { "exponential", 900, 40, 1, 0.6, 300, 0 };
    cpn_random random;
    seed(&random, 7);
    draw_spends(&h, 104, 150, &random);
    make_results(&h, &t);
    for (int64_t k = 0; k < h.n; k++) h.result[k] += 10 * draw_normal(&random);
    campaign_table *table = table_of(&h, true);
    campaign_response_limit limit = CAMPAIGN_RESPONSE_LIMIT_INIT;
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    options.curve = t.curve;
    options.limits = &limit;
    options.n_limits = 1;
    limit.parameter = "location";
    limit.has_high = 1;
    limit.high = 30;
    campaign_table *curves = fit(NULL, table, &options);
    assert_true(is_text(curves, "status", 0, "at_limit"));
    campaign_table_free(curves);
    limit.has_low = 1;
    limit.low = 30; /* held, not met */
    curves = fit(NULL, table, &options);
    assert_identified(curves, 0);
    assert_close(cell(curves, "location", 0), 30, 1e-12);
    assert_true(is_null(curves, "location_se", 0));
    assert_int_equal(cell(curves, "n_parameters", 0), 3);
    campaign_table_free(curves);
    limit.parameter = "adstock";
    limit.low = 0;
    limit.high = 0.2;
    curves = fit(NULL, table, &options);
    assert_true(is_text(curves, "status", 0, "at_limit"));
    campaign_table_free(curves);
    options.has_adstock = 1;
    options.adstock = 0.6;
    options.n_limits = 0;
    curves = fit(NULL, table, &options);
    assert_identified(curves, 0);
    assert_close(cell(curves, "adstock", 0), 0.6, 1e-15);
    campaign_table_free(curves);
    campaign_table_free(table);
}

/* Adstock at 0 is no reason to refuse; missing weeks are told. */
static void test_notes_tell_what_is_no_reason(void **state)
{
    (void)state;
    const truth t = { "exponential", 900, 40, 1, 0, 300, 0 };
    static const char *const names[] = { "period", "spend", "result" };
    const int32_t types[] = { CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_FLOAT64 };
    campaign_table_builder *b = open_builder(names, types, 3);
    cpn_random random;
    seed(&random, 12);
    draw_spends(&h, 80, 150, &random);
    make_results(&h, &t);
    for (int64_t i = 0; i < h.n; i++) {
        if (i % 10 == 3) continue; /* 8 weeks are missing */
        (void)campaign_table_builder_append_int64(b, 0, 20000 + 7 * i, NULL);
        (void)campaign_table_builder_append_float64(b, 1, h.spend[i], NULL);
        (void)campaign_table_builder_append_float64(b, 2, h.result[i], NULL);
    }
    campaign_table *table = close_builder(b);
    campaign_response_report report = CAMPAIGN_RESPONSE_REPORT_INIT;
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    options.curve = t.curve;
    campaign_table *curves = fit(&report, table, &options);
    assert_identified(curves, 0);
    assert_close(cell(curves, "location", 0), 40, 1e-6);
    assert_true(cell(curves, "adstock", 0) < 1e-6);
    assert_true(is_text(report.notes, "code", 0, "missing_periods"));
    assert_int_equal(cell(report.notes, "n", 0), 8);
    campaign_table_free(curves);
    campaign_table_free(table);
    campaign_response_report_clear(&report);
}

/* Months of unequal length are one period each; a missing month lets the carry-over fade twice. */
static void test_months_are_periods(void **state)
{
    (void)state;
    const truth t = { "exponential", 900, 40, 1, 0.5, 300, 0 };
    static const char *const names[] = { "period", "spend", "result" };
    const int32_t types[] = { CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_FLOAT64 };
    campaign_table_builder *b = open_builder(names, types, 3);
    cpn_random random;
    seed(&random, 13);
    draw_spends(&h, 48, 150, &random);
    h.spend[20] = 0;
    make_results(&h, &t);
    for (int32_t i = 0; i < h.n; i++) {
        int32_t day = 0;
        if (i == 20) continue;
        (void)campaign_date_from_civil(&day, 2022 + i / 12, i % 12 + 1, 1, NULL);
        (void)campaign_table_builder_append_int64(b, 0, day, NULL);
        (void)campaign_table_builder_append_float64(b, 1, h.spend[i], NULL);
        (void)campaign_table_builder_append_float64(b, 2, h.result[i], NULL);
    }
    campaign_table *table = close_builder(b);
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    options.curve = t.curve;
    campaign_table *curves = fit(NULL, table, &options);
    assert_identified(curves, 0);
    assert_close(cell(curves, "adstock", 0), 0.5, 1e-6);
    assert_close(cell(curves, "scale", 0), 900, 1e-6);
    campaign_table_free(curves);
    campaign_table_free(table);
}

/* ---- What is no history --------------------------------------------------------------------------------------------- */

static void expect_error(int32_t code, const char *where, int64_t row)
{
    static const char *const names[] = { "spend", "result", "period" };
    const int32_t types[] = { CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_INT32 };
    campaign_table_builder *b = open_builder(names, types, 3);
    for (int64_t i = 0; i < h.n; i++) {
        (void)campaign_table_builder_append_float64(b, 0, h.spend[i], NULL);
        (void)campaign_table_builder_append_float64(b, 1, h.result[i], NULL);
        (void)campaign_table_builder_append_int64(b, 2, code == CAMPAIGN_E_DUPLICATE && i == 9 ? 4 : i, NULL);
    }
    campaign_table *table = close_builder(b), *curves = (campaign_table *)1;
    campaign_error error = { 0 };
    assert_int_equal(campaign_forecast_fit_response(&curves, NULL, table, NULL, NULL, &error), code);
    assert_string_equal(error.where, where);
    assert_int_equal(error.row, row);
    assert_null(curves);
    campaign_table_free(table);
}

static void test_cells_that_are_none_are_refused(void **state)
{
    (void)state;
    const truth t = { "exponential", 900, 40, 1, 0, 300, 0 };
    cpn_random random;
    seed(&random, 14);
    draw_spends(&h, 30, 150, &random);
    make_results(&h, &t);
    const double spend = h.spend[6], result = h.result[6];
    h.spend[6] = -1;
    expect_error(CAMPAIGN_E_VALUE, "history.spend", 6);
    h.spend[6] = (double)NAN;
    expect_error(CAMPAIGN_E_VALUE, "history.spend", 6);
    h.spend[6] = (double)INFINITY;
    expect_error(CAMPAIGN_E_VALUE, "history.spend", 6);
    h.spend[6] = spend;
    h.result[6] = (double)NAN;
    expect_error(CAMPAIGN_E_VALUE, "history.result", 6);
    h.result[6] = result;
    expect_error(CAMPAIGN_E_DUPLICATE, "history.period", 9);
}

static void expect_refused(const campaign_response_options *options, int32_t code, const char *where)
{
    campaign_table *table = table_of(&h, true), *curves = NULL;
    campaign_error error = { 0 };
    assert_int_equal(campaign_forecast_fit_response(&curves, NULL, table, options, NULL, &error), code);
    assert_string_equal(error.where, where);
    campaign_table_free(table);
}

static void test_options_that_are_none_are_refused(void **state)
{
    (void)state;
    campaign_response_limit limit = CAMPAIGN_RESPONSE_LIMIT_INIT;
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    h.n = 0;
    options.curve = "adbudg"; /* of the allocation, its floor is the intercept here */
    expect_refused(&options, CAMPAIGN_E_UNKNOWN, "options.curve");
    options.curve = NULL;
    options.adstock = 1;
    expect_refused(&options, CAMPAIGN_E_ARGUMENT, "options.adstock");
    options.adstock = 0;
    options.level = (double)NAN;
    expect_refused(&options, CAMPAIGN_E_ARGUMENT, "options.level");
    options.level = 0;
    options.n_starts = 65;
    expect_refused(&options, CAMPAIGN_E_ARGUMENT, "options.n_starts");
    options.n_starts = 0;
    options.language = "fr";
    expect_refused(&options, CAMPAIGN_E_UNKNOWN, "options.language");
    options.language = NULL;
    options.limits = &limit;
    options.n_limits = 1;
    limit.parameter = "slope";
    expect_refused(&options, CAMPAIGN_E_UNKNOWN, "options.limits[0]");
    limit.parameter = "location";
    limit.has_low = limit.has_high = 1;
    limit.low = 2;
    limit.high = 1;
    expect_refused(&options, CAMPAIGN_E_VALUE, "options.limits[0]");
    limit.high = 3;
    limit.item = "tv";
    expect_refused(&options, CAMPAIGN_E_UNKNOWN, "options.limits[0].item");
    assert_int_equal(campaign_forecast_fit_response(NULL, NULL, NULL, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    campaign_response_report_clear(NULL);
}

static void test_no_rows_make_no_curves(void **state)
{
    (void)state;
    h.n = 0;
    campaign_table *table = table_of(&h, true);
    campaign_response_report report = CAMPAIGN_RESPONSE_REPORT_INIT;
    campaign_table *curves = fit(&report, table, NULL);
    assert_int_equal(campaign_table_n_rows(curves), 0);
    assert_int_equal(campaign_table_n_rows(report.fitted), 0);
    assert_int_equal(report.n_items, 0);
    campaign_table_free(curves);
    campaign_table_free(table);
    campaign_response_report_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_periods_are_refused),
        cmocka_unit_test(test_spend_that_never_varies_is_refused),
        cmocka_unit_test(test_spend_without_effect_is_refused),
        cmocka_unit_test(test_noise_alone_is_refused),
        cmocka_unit_test(test_spend_far_from_saturation_is_refused),
        cmocka_unit_test(test_spend_always_saturated_is_refused),
        cmocka_unit_test(test_limits_of_the_caller_are_kept),
        cmocka_unit_test(test_notes_tell_what_is_no_reason),
        cmocka_unit_test(test_months_are_periods),
        cmocka_unit_test(test_cells_that_are_none_are_refused),
        cmocka_unit_test(test_options_that_are_none_are_refused),
        cmocka_unit_test(test_no_rows_make_no_curves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
