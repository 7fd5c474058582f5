/* Fits against certified values: problems of the Statistical Reference Datasets of NIST whose model is one of the curves
 * (public domain), and the enzyme data of Treloar 1974 as R prints them. */
#include "responses.h"

/* A problem with two parameters: scale, and location or shape. */
typedef struct certified {
    const char *curve;
    int64_t n;
    const double *x, *y;
    double scale, scale_se, other, other_se, squares;
} certified;

static const double misra_x[] = { 77.6,  114.9, 141.1, 190.8, 239.9, 289.0, 332.8,
                                  378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0 };
static const double misra_y[] = { 10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02,
                                  44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78 };

static campaign_table *fit_pairs(const certified *problem, campaign_response_options *options)
{
    static history h;
    h.n = problem->n;
    memcpy(h.spend, problem->x, (size_t)h.n * sizeof *h.spend);
    memcpy(h.result, problem->y, (size_t)h.n * sizeof *h.result);
    campaign_table *table = table_of(&h, false);
    options->curve = problem->curve;
    options->omits_intercept = 1;
    campaign_table *curves = fit(NULL, table, options);
    assert_identified(curves, 0);
    campaign_table_free(table);
    return curves;
}

/* The rate b of the certified model is 1 / location: its standard error is that of the location times b^2. */
static void check_rate(const certified *problem)
{
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    campaign_table *curves = fit_pairs(problem, &options);
    const double rate = 1 / cell(curves, "location", 0);
    assert_close(cell(curves, "scale", 0), problem->scale, 1e-9);
    assert_close(cell(curves, "scale_se", 0), problem->scale_se, 1e-8);
    assert_close(rate, problem->other, 1e-9);
    assert_close(cell(curves, "location_se", 0) * rate * rate, problem->other_se, 1e-8);
    const double rmse = cell(curves, "rmse", 0);
    assert_close(rmse * rmse * (double)problem->n, problem->squares, 1e-9);
    campaign_table_free(curves);
}

/* y = b1 (1 - exp(-b2 x)): exponential. */
static void test_misra1a_has_its_certified_values(void **state)
{
    (void)state;
    check_rate(&(certified){ "exponential", COUNT(misra_x), misra_x, misra_y, 2.3894212918E+02, 2.7070075241E+00,
                             5.5015643181E-04, 7.2668688436E-06, 1.2455138894E-01 });
}

/* y = b1 b2 x / (1 + b2 x): Michaelis-Menten. */
static void test_misra1d_has_its_certified_values(void **state)
{
    (void)state;
    check_rate(&(certified){ "michaelis_menten", COUNT(misra_x), misra_x, misra_y, 4.3736970754E+02, 3.6489174345E+00,
                             3.0227324449E-04, 2.9334354479E-06, 5.6419295283E-02 });
}

/* y = b1 (1 - exp(-b2 x)), of the higher level of difficulty. */
static void test_boxbod_has_its_certified_values(void **state)
{
    (void)state;
    static const double x[] = { 1, 2, 3, 5, 7, 10 }, y[] = { 109, 149, 149, 191, 213, 224 };
    check_rate(&(certified){ "exponential", COUNT(x), x, y, 2.1380940889E+02, 1.2354515176E+01, 5.4723748542E-01,
                             1.0455993237E-01, 1.1680088766E+03 });
}

/* y = b1 x^b2: a power of location 1. */
static void test_danwood_has_its_certified_values(void **state)
{
    (void)state;
    static const double x[] = { 1.309, 1.471, 1.490, 1.565, 1.611, 1.680 };
    static const double y[] = { 2.138, 3.421, 3.597, 4.340, 4.882, 5.660 };
    const certified problem = {
        "power",          COUNT(x),        x, y, 7.6886226176E-01, 1.8281973860E-02, 3.8604055871E+00,
        5.1726610913E-02, 4.3173084083E-03
    };
    campaign_response_limit limits[] = { CAMPAIGN_RESPONSE_LIMIT_INIT, CAMPAIGN_RESPONSE_LIMIT_INIT };
    limits[0].parameter = "location";
    limits[0].has_low = limits[0].has_high = 1;
    limits[0].low = limits[0].high = 1;
    limits[1].parameter = "shape";
    limits[1].has_high = 1;
    limits[1].high = 10;
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    options.limits = limits;
    options.n_limits = 2;

    campaign_table *curves = fit_pairs(&problem, &options);

    assert_close(cell(curves, "scale", 0), problem.scale, 1e-9);
    assert_close(cell(curves, "scale_se", 0), problem.scale_se, 1e-8);
    assert_close(cell(curves, "shape", 0), problem.other, 1e-9);
    assert_close(cell(curves, "shape_se", 0), problem.other_se, 1e-8);
    campaign_table_free(curves);
}

/* R: nls(rate ~ Vm conc / (K + conc), Puromycin, subset = state == "treated"): Vm 212.7 (6.947), K 0.06412 (0.008281),
 * residual standard error 10.93 on 10 degrees of freedom. */
static void test_puromycin_is_as_in_r(void **state)
{
    (void)state;
    static const double x[] = { 0.02, 0.02, 0.06, 0.06, 0.11, 0.11, 0.22, 0.22, 0.56, 0.56, 1.10, 1.10 };
    static const double y[] = { 76, 47, 97, 107, 123, 139, 159, 152, 191, 201, 207, 200 };
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    campaign_table *curves =
        fit_pairs(&(certified){ .curve = "michaelis_menten", .n = COUNT(x), .x = x, .y = y }, &options);
    assert_close(cell(curves, "scale", 0), 212.7, 3e-4);
    assert_close(cell(curves, "scale_se", 0), 6.947, 1e-4);
    assert_close(cell(curves, "location", 0), 0.06412, 1e-4);
    assert_close(cell(curves, "location_se", 0), 0.008281, 1e-4);
    assert_close(cell(curves, "sigma", 0), 10.93, 5e-4);
    /* 2.228139 = qt(0.975, 10) */
    assert_close(cell(curves, "scale_high", 0) - cell(curves, "scale", 0), 2.228139 * cell(curves, "scale_se", 0),
                 1e-6);
    campaign_table_free(curves);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_misra1a_has_its_certified_values),
        cmocka_unit_test(test_misra1d_has_its_certified_values),
        cmocka_unit_test(test_boxbod_has_its_certified_values),
        cmocka_unit_test(test_danwood_has_its_certified_values),
        cmocka_unit_test(test_puromycin_is_as_in_r),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
