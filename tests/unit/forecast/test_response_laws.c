/* What holds of every fit: known curves come back, in any units and any order of rows; confidence limits hold what they
 * say; the best curve is chosen; the tables say the same as each other. */
#include "responses.h"

static history h;

static const truth curves_known[] = {
    { "hill", 900, 40, 1.8, 0.5, 300, 0.7 },
    { "hill", 900, 40, 0.7, 0.5, 300, 0.7 },
    { "michaelis_menten", 900, 40, 1, 0.5, 300, 0.7 },
    { "logistic", 900, 30, 1, 0.5, 300, 0.7 },
    { "s_logistic", 900, 40, 4, 0.5, 300, 0.7 },
    { "tanh", 900, 60, 1, 0.5, 300, 0.7 },
    { "exponential", 900, 40, 1, 0.5, 300, 0.7 },
    { "log", 400, 20, 1, 0.5, 300, 0.7 },
    { "linear", 8, 1, 1, 0.5, 300, 0.7 },
};

static void check_known(const truth *t, double relative)
{
    campaign_table *table = table_of(&h, true);
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    options.curve = t->curve;
    options.fits_trend = 1;
    campaign_table *curves = fit(NULL, table, &options);
    assert_identified(curves, 0);
    assert_close(cell(curves, "scale", 0), t->scale, relative);
    if (strcmp(t->curve, "linear") != 0) assert_close(cell(curves, "location", 0), t->location, relative);
    if (!is_null(curves, "shape", 0)) assert_close(cell(curves, "shape", 0), t->shape, relative);
    assert_close(cell(curves, "adstock", 0), t->adstock, relative);
    assert_close(cell(curves, "intercept", 0), t->intercept, relative);
    assert_close(cell(curves, "trend", 0), t->trend, relative * 100);
    assert_true(cell(curves, "r2", 0) > 1 - 1e-9);
    campaign_table_free(curves);
    campaign_table_free(table);
}

static void test_known_parameters_come_back(void **state)
{
    (void)state;
    cpn_random random;
    for (int64_t i = 0; i < COUNT(curves_known); i++) {
        cpn_random_seed(&random, 11 + (uint64_t)i);
        draw_spends(&h, 104, 100, &random);
        make_results(&h, &curves_known[i]);
        check_known(&curves_known[i], 1e-6);
    }
}

/* scale (z / location)^shape is one curve for all locations: what counts is the curve. */
static void test_known_power_comes_back(void **state)
{
    (void)state;
    const truth t = { "power", 500, 50, 0.6, 0.3, 100, 0 };
    cpn_random random;
    cpn_random_seed(&random, 5);
    draw_spends(&h, 52, 100, &random);
    make_results(&h, &t);
    campaign_table *table = table_of(&h, true);
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    options.curve = "power";
    campaign_table *curves = fit(NULL, table, &options);
    assert_identified(curves, 0);
    assert_close(cell(curves, "shape", 0), 0.6, 1e-6);
    assert_close(cell(curves, "scale", 0) * pow(50 / cell(curves, "location", 0), 0.6), 500, 1e-6);
    assert_close(cell(curves, "location", 0), cell(curves, "spend_mean", 0), 1e-12);
    assert_true(is_null(curves, "location_se", 0));
    campaign_table_free(curves);
    campaign_table_free(table);
}

static void test_units_do_not_matter(void **state)
{
    (void)state;
    static const double units[][2] = { { 1e6, 1e-3 }, { 1e-3, 1e9 }, { 1e12, 1e12 }, { 1e-9, 1 } };
    cpn_random random;
    for (int64_t i = 0; i < COUNT(units); i++) {
        const double spend = units[i][0], result = units[i][1];
        const truth t = { "hill", 9 * result, 0.4 * spend, 1.5, 0.3, 2 * result, 0.001 * result };
        cpn_random_seed(&random, 3);
        draw_spends(&h, 104, spend, &random);
        make_results(&h, &t);
        check_known(&t, 1e-6);
    }
}

/* 500 histories with errors: the 95 % limits of each parameter hold the truth in 90 to 99 of 100, and no estimate lies
 * beyond five standard errors. */
static void test_confidence_limits_cover_the_truth(void **state)
{
    (void)state;
    enum { N_HISTORIES = 500 };
    static const char *const names[] = { "scale", "location", "adstock", "intercept" };
    const truth t = { "exponential", 900, 40, 1, 0.5, 300, 0 };
    const double expected[] = { t.scale, t.location, t.adstock, t.intercept };
    int held[4] = { 0 };
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    options.curve = t.curve;
    options.n_starts = 2;
    cpn_random random;
    cpn_random_seed(&random, 20260101);
    for (int i = 0; i < N_HISTORIES; i++) {
        draw_spends(&h, 104, 150, &random);
        make_results(&h, &t);
        for (int64_t k = 0; k < h.n; k++) h.result[k] += 40 * draw_normal(&random);
        campaign_table *table = table_of(&h, true), *curves = fit(NULL, table, &options);
        assert_identified(curves, 0);
        for (int p = 0; p < 4; p++) {
            char low[32], high[32], deviation[32];
            (void)snprintf(low, sizeof low, "%s_low", names[p]);
            (void)snprintf(high, sizeof high, "%s_high", names[p]);
            (void)snprintf(deviation, sizeof deviation, "%s_se", names[p]);
            held[p] += cell(curves, low, 0) <= expected[p] && expected[p] <= cell(curves, high, 0);
            assert_true(fabs(cell(curves, names[p], 0) - expected[p]) < 5 * cell(curves, deviation, 0));
        }
        campaign_table_free(curves);
        campaign_table_free(table);
    }
    for (int p = 0; p < 4; p++)
        if (held[p] < 0.90 * N_HISTORIES || held[p] > 0.99 * N_HISTORIES)
            fail_msg("the limits of %s hold the truth in %d of %d histories", names[p], held[p], N_HISTORIES);
}

/* What made the history is chosen: its errors are small against what tells the curves apart. */
static void test_the_curve_that_made_the_history_is_chosen(void **state)
{
    (void)state;
    static const int64_t tried[] = { 0, 2, 4, 6, 8 };
    cpn_random random;
    for (int64_t i = 0; i < COUNT(tried); i++) {
        const truth *t = &curves_known[tried[i]];
        cpn_random_seed(&random, 50 + (uint64_t)i);
        draw_spends(&h, 104, 150, &random);
        make_results(&h, t);
        for (int64_t k = 0; k < h.n; k++) h.result[k] += 3 * draw_normal(&random);
        campaign_table *table = table_of(&h, true);
        campaign_response_report report = CAMPAIGN_RESPONSE_REPORT_INIT;
        campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
        options.fits_trend = 1;
        campaign_table *curves = fit(&report, table, &options);
        if (!is_text(curves, "curve", 0, t->curve)) fail_msg("%s is not chosen", t->curve);
        double weights = 0;
        int n_chosen = 0;
        for (int64_t row = 0; row < campaign_table_n_rows(report.candidates); row++) {
            weights += cell(report.candidates, "weight", row);
            n_chosen += is_text(report.candidates, "is_chosen", row, "true");
        }
        assert_close(weights, 1, 1e-12);
        assert_int_equal(n_chosen, 1);
        assert_int_equal(campaign_table_n_rows(report.candidates), 8);
        campaign_table_free(curves);
        campaign_table_free(table);
        campaign_response_report_clear(&report);
    }
}

/* result = fitted + residual, fitted = intercept + response, and the line passes through the response of a constant
 * spend. */
static void test_tables_agree(void **state)
{
    (void)state;
    const truth t = { "michaelis_menten", 900, 40, 1, 0.5, 300, 0 };
    cpn_random random;
    cpn_random_seed(&random, 8);
    draw_spends(&h, 60, 120, &random);
    make_results(&h, &t);
    for (int64_t k = 0; k < h.n; k++) h.result[k] += 20 * draw_normal(&random);
    campaign_table *table = table_of(&h, true);
    campaign_response_report report = CAMPAIGN_RESPONSE_REPORT_INIT;
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    options.curve = t.curve;
    campaign_table *curves = fit(&report, table, &options);
    double squares = 0;
    for (int64_t row = 0; row < h.n; row++) {
        const double fitted = cell(report.fitted, "fitted", row), residual = cell(report.fitted, "residual", row);
        assert_close(cell(report.fitted, "response", row) + cell(curves, "intercept", 0), fitted, 1e-12);
        assert_close(fitted + residual, h.result[row], 1e-12);
        squares += residual * residual;
    }
    assert_close(squares / (double)h.n, pow(cell(curves, "rmse", 0), 2), 1e-9);
    assert_close(squares / (double)(h.n - 4), pow(cell(curves, "sigma", 0), 2), 1e-9);
    assert_close(cell(curves, "carried_location", 0), cell(curves, "location", 0) / (1 - cell(curves, "adstock", 0)),
                 1e-12);
    assert_int_equal(campaign_table_n_rows(report.lines), 61);
    for (int64_t row = 1; row < 61; row++) {
        const truth told = { t.curve, cell(curves, "scale", 0), cell(curves, "location", 0), 1, 0, 0, 0 };
        const double spend = cell(report.lines, "spend", row), response = cell(report.lines, "response", row);
        assert_close(response, curve_value(&told, spend), 1e-12);
        assert_true(cell(report.lines, "low", row) < response && response < cell(report.lines, "high", row));
    }
    assert_close(cell(report.lines, "spend", 60), 1.5 * cell(curves, "spend_max", 0), 1e-12);
    campaign_table_free(curves);
    campaign_table_free(table);
    campaign_response_report_clear(&report);
}

/* Two series by key, their rows mixed up, a row of weight 0 and one whose result is not known. */
static campaign_table *make_two(bool is_reversed)
{
    static const char *const names[] = { "item", "period", "spend", "result", "weight" };
    const int32_t types[] = { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_MONEY, CAMPAIGN_TYPE_FLOAT64,
                              CAMPAIGN_TYPE_FLOAT64 };
    campaign_table_builder *b = open_builder(names, types, 5);
    for (int64_t i = 0; i < 2 * h.n; i++) {
        const int64_t at = is_reversed ? 2 * h.n - 1 - i : i, week = at / 2;
        const char *const item = at % 2 ? "直播" : "search";
        assert_int_equal(campaign_table_builder_append_text(b, 0, item, strlen(item), NULL), CAMPAIGN_OK);
        assert_int_equal(campaign_table_builder_append_int64(b, 1, 20000 + 7 * week, NULL), CAMPAIGN_OK);
        assert_int_equal(campaign_table_builder_append_int64(b, 2, (int64_t)(h.spend[week] * 100), NULL), CAMPAIGN_OK);
        if (week == 7)
            assert_int_equal(campaign_table_builder_append_null(b, 3, NULL), CAMPAIGN_OK);
        else
            assert_int_equal(campaign_table_builder_append_float64(b, 3, h.result[week] * (1 + (double)(at % 2)), NULL),
                             CAMPAIGN_OK);
        assert_int_equal(campaign_table_builder_append_float64(b, 4, week == 9 ? 0 : 1, NULL), CAMPAIGN_OK);
    }
    return close_builder(b);
}

static void assert_same(const campaign_table *a, const campaign_table *b)
{
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    for (int32_t column = 0; column < campaign_table_n_columns(a); column++)
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            char left[512], right[512];
            (void)campaign_table_format(left, sizeof left, a, column, row);
            (void)campaign_table_format(right, sizeof right, b, column, row);
            assert_string_equal(left, right);
        }
}

static void test_order_of_rows_and_threads_change_nothing(void **state)
{
    (void)state;
    const truth t = { "exponential", 900, 40, 1, 0.4, 300, 0 };
    cpn_random random;
    cpn_random_seed(&random, 77);
    draw_spends(&h, 52, 150, &random);
    make_results(&h, &t);
    for (int64_t k = 0; k < h.n; k++) h.result[k] += 20 * draw_normal(&random);
    campaign_table *one = make_two(false), *other = make_two(true), *curves = NULL;
    campaign_response_report reports[2] = { CAMPAIGN_RESPONSE_REPORT_INIT, CAMPAIGN_RESPONSE_REPORT_INIT };
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_error error = { 0 };
    runtime.n_threads = 8;

    campaign_table *first = fit(&reports[0], one, NULL);
    assert_ok(campaign_forecast_fit_response(&curves, &reports[1], other, NULL, &runtime, &error), error);

    assert_same(first, curves);
    assert_same(reports[0].fitted, reports[1].fitted);
    assert_same(reports[0].candidates, reports[1].candidates);
    assert_same(reports[0].lines, reports[1].lines);
    assert_same(reports[0].notes, reports[1].notes);
    assert_true(is_text(first, "item", 0, "search") && is_text(first, "item", 1, "直播"));
    assert_int_equal(cell(first, "n", 0), 50);
    assert_int_equal(reports[0].n_items, 2);
    assert_int_equal(reports[0].n_identified, 2);
    assert_close(cell(first, "scale", 1), 2 * cell(first, "scale", 0), 1e-9);
    campaign_table_free(first);
    campaign_table_free(curves);
    campaign_table_free(one);
    campaign_table_free(other);
    for (int i = 0; i < 2; i++) campaign_response_report_clear(&reports[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_parameters_come_back),
        cmocka_unit_test(test_known_power_comes_back),
        cmocka_unit_test(test_units_do_not_matter),
        cmocka_unit_test(test_confidence_limits_cover_the_truth),
        cmocka_unit_test(test_the_curve_that_made_the_history_is_chosen),
        cmocka_unit_test(test_tables_agree),
        cmocka_unit_test(test_order_of_rows_and_threads_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
