/* Response curves: their definitions by plain arithmetic, slopes against differences, turns and inverses against slopes,
 * and what must hold at any scale. */
#include "check.h"

#include <float.h>
#include <math.h>

#include "base/response.h"

static void assert_near(double value, double expected, double relative)
{
    if (!(fabs(value - expected) <= relative * fabs(expected))) fail_msg("%.17g, not %.17g", value, expected);
}

static cpn_response make_curve(int32_t kind, double scale, double location, double shape)
{
    return (cpn_response){ .kind = kind, .scale = scale, .location = location, .shape = shape };
}

static const int32_t smooth_kinds[] = {
    CPN_RESPONSE_HILL,
    CPN_RESPONSE_ADBUDG,
    CPN_RESPONSE_LOGISTIC,
    CPN_RESPONSE_TANH,
    CPN_RESPONSE_MICHAELIS_MENTEN,
    CPN_RESPONSE_LOG,
    CPN_RESPONSE_EXPONENTIAL,
    CPN_RESPONSE_POWER,
    CPN_RESPONSE_S_LOGISTIC,
};
enum { SMOOTH_KINDS = sizeof smooth_kinds / sizeof *smooth_kinds };

static void test_values_are_those_of_the_definitions(void **state)
{
    (void)state;
    cpn_response curve = make_curve(CPN_RESPONSE_HILL, 8, 3, 2);
    assert_near(cpn_response_value(&curve, 1), 0.8, 1e-15); /* 8·1 / (9 + 1) */
    curve = make_curve(CPN_RESPONSE_ADBUDG, 8, 3, 2);
    curve.floor = 3;
    assert_near(cpn_response_value(&curve, 1), 3.5, 1e-15); /* 3 + 5·1/10 */
    curve = make_curve(CPN_RESPONSE_LOGISTIC, 2, 4, 0);
    assert_near(cpn_response_value(&curve, 4), 2 * (1 - exp(-1)) / (1 + exp(-1)), 1e-15);
    curve = make_curve(CPN_RESPONSE_TANH, 2, 4, 0);
    assert_near(cpn_response_value(&curve, 4), 2 * tanh(1), 1e-15);
    curve = make_curve(CPN_RESPONSE_MICHAELIS_MENTEN, 6, 2, 0);
    assert_near(cpn_response_value(&curve, 4), 4, 1e-15);
    curve = make_curve(CPN_RESPONSE_LOG, 6, 2, 0);
    assert_near(cpn_response_value(&curve, 4), 6 * log(3), 1e-15);
    curve = make_curve(CPN_RESPONSE_EXPONENTIAL, 6, 2, 0);
    assert_near(cpn_response_value(&curve, 4), 6 * (1 - exp(-2)), 1e-15);
    curve = make_curve(CPN_RESPONSE_POWER, 6, 0, 0.5);
    assert_near(cpn_response_value(&curve, 4), 12, 1e-15);
    curve = make_curve(CPN_RESPONSE_S_LOGISTIC, 1, 2, 6); /* r = 3, m = 2 */
    assert_near(cpn_response_value(&curve, 3), 1 / (1 + exp(-3)) - 1 / (1 + exp(6)), 1e-14);
    curve = make_curve(CPN_RESPONSE_LINEAR, 6, 0, 0);
    curve.shift = 1;
    assert_near(cpn_response_value(&curve, 4), 30, 1e-15);
}

static void test_a_piecewise_line_goes_through_its_points(void **state)
{
    (void)state;
    const double spends[] = { 2, 4, 6 }, responses[] = { 10, 8, 20 };
    cpn_response curve = {
        .kind = CPN_RESPONSE_PIECEWISE_LINEAR, .spends = spends, .responses = responses, .n_points = 3
    };
    const double at[] = { 0, 1, 2, 3, 5, 6, 9 }, expected[] = { 0, 5, 10, 9, 14, 20, 20 };
    const double slopes[] = { 5, 5, -1, -1, 6, 0, 0 };
    for (int i = 0; i < 7; i++) {
        assert_true(cpn_response_value(&curve, at[i]) == expected[i]);
        assert_true(cpn_response_slope(&curve, at[i]) == slopes[i]);
    }
    curve.shift = 3;
    assert_true(cpn_response_value(&curve, 2) == 14);
    const double from_zero[] = { 0, 1 }, level[] = { 3, 4 };
    curve =
        (cpn_response){ .kind = CPN_RESPONSE_PIECEWISE_LINEAR, .spends = from_zero, .responses = level, .n_points = 2 };
    assert_true(cpn_response_value(&curve, 0) == 3);
}

static void test_slope_and_curvature_are_those_of_the_values(void **state)
{
    (void)state;
    const double shapes[] = { 0.5, 1, 1.5, 3 };
    for (int k = 0; k < SMOOTH_KINDS; k++)
        for (int s = 0; s < 4; s++)
            for (double x = 0.05; x < 8; x *= 1.7) {
                cpn_response curve = make_curve(smooth_kinds[k], 5, 2, shapes[s]);
                curve.shift = 0.25;
                const cpn_response_look look = cpn_response_at(&curve, x);
                const double h = 1e-4 * (x + 0.25);
                const double up = cpn_response_value(&curve, x + h), down = cpn_response_value(&curve, x - h);
                const double rise = cpn_response_slope(&curve, x + h) - cpn_response_slope(&curve, x - h);
                assert_true(fabs((up - down) / (2 * h) - look.slope) <= 1e-6 * (look.slope + 1e-3));
                assert_true(fabs(rise / (2 * h) - look.curvature) <=
                            1e-6 * (fabs(look.curvature) + look.slope / x + 1e-3));
            }
}

static void test_the_inverse_slope_has_that_slope(void **state)
{
    (void)state;
    const double shapes[] = { 0.3, 0.9, 1.0001, 2, 5, 40 };
    for (int k = 0; k < SMOOTH_KINDS; k++)
        for (int s = 0; s < 6; s++)
            for (double unit = 1e-6; unit < 1e7; unit *= 1e3) {
                const cpn_response curve = make_curve(smooth_kinds[k], 5, 2 * unit, shapes[s]);
                const double inflection = cpn_response_inflection(&curve);
                if (!isfinite(inflection)) continue;
                for (double x = 1.01 * inflection + 0.001 * unit; x < 20 * unit; x *= 2) {
                    const double slope = cpn_response_slope(&curve, x);
                    if (!(slope > 1e-12 / unit)) break;
                    const double found = cpn_response_inverse_slope(&curve, slope);
                    assert_near(cpn_response_slope(&curve, found), slope, 1e-9);
                }
            }
}

static void test_a_curve_turns_where_it_says(void **state)
{
    (void)state;
    const double shapes[] = { 0.7, 1.2, 2, 4 };
    for (int k = 0; k < SMOOTH_KINDS; k++)
        for (int s = 0; s < 4; s++) {
            const cpn_response curve = make_curve(smooth_kinds[k], 5, 2, shapes[s]);
            const double inflection = cpn_response_inflection(&curve);
            double turns[2], last = 0;
            const int32_t n = cpn_response_curvature_turns(turns, &curve);
            int32_t at = 0, side = 0;
            for (double x = 0.01; x < 12; x += 0.01) {
                const double curvature = cpn_response_at(&curve, x).curvature;
                if (x < inflection - 1e-6) assert_true(curvature >= 0);
                if (x > inflection + 1e-6) assert_true(curvature <= 0);
                const bool is_new = at < n && turns[at] < x;
                if (is_new) at++;
                const int32_t moves = curvature > last ? 1 : -1;
                if (x > 0.02 && !is_new && side != 0 && fabs(curvature - last) > 1e-9) assert_int_equal(moves, side);
                side = is_new || x <= 0.02 ? 0 : moves;
                last = curvature;
            }
        }
}

static void test_scale_changes_nothing_but_scale(void **state)
{
    (void)state;
    const double units[] = { 1e-12, 1e-3, 1e6, 1e12, 1e100 };
    for (int k = 0; k < SMOOTH_KINDS; k++)
        for (int u = 0; u < 5; u++)
            for (double x = 1e-9; x < 1e4; x *= 7) {
                const cpn_response one = make_curve(smooth_kinds[k], 5, 2, 1.5);
                const cpn_response other = make_curve(smooth_kinds[k], 5e-8, 2 * units[u], 1.5);
                const cpn_response_look a = cpn_response_at(&one, x), b = cpn_response_at(&other, x * units[u]);
                assert_near(b.value, a.value * 1e-8, 1e-12);
                if (a.slope < 1e-150) break; /* smaller ones fall below the smallest double */
                assert_true(fabs(b.slope * units[u] - a.slope * 1e-8) <= 1e-11 * a.slope * 1e-8 + 1e-300);
            }
}

static void test_small_spends_keep_all_digits(void **state)
{
    (void)state;
    /* All of these are slope × spend, to first order, at a spend that far below where they bend. */
    const int32_t kinds[] = { CPN_RESPONSE_LOGISTIC, CPN_RESPONSE_TANH,        CPN_RESPONSE_MICHAELIS_MENTEN,
                              CPN_RESPONSE_LOG,      CPN_RESPONSE_EXPONENTIAL, CPN_RESPONSE_S_LOGISTIC };
    for (int k = 0; k < 6; k++) {
        const cpn_response curve = make_curve(kinds[k], 5, 2, 9);
        assert_near(cpn_response_value(&curve, 1e-18), cpn_response_slope(&curve, 0) * 1e-18, 1e-14);
    }
}

static void test_extremes_stay_numbers(void **state)
{
    (void)state;
    const double shapes[] = { 0.5, 1, 2 }, spends[] = { 0, 1e-300, 1, 1e150, 1e300 };
    for (int k = 0; k < SMOOTH_KINDS; k++)
        for (int s = 0; s < 3; s++)
            for (int x = 0; x < 5; x++) {
                const cpn_response curve = make_curve(smooth_kinds[k], 1, 1e150, shapes[s]);
                const cpn_response_look look = cpn_response_at(&curve, spends[x]);
                assert_true(look.value >= 0 && look.slope >= 0 && !isnan(look.curvature));
            }
    const cpn_response root = make_curve(CPN_RESPONSE_POWER, 1, 0, 0.5);
    assert_true(isinf(cpn_response_slope(&root, 0)));
    const cpn_response nothing = make_curve(CPN_RESPONSE_HILL, 0, 1, 0.5);
    assert_true(cpn_response_slope(&nothing, 0) == 0);
}

static void test_what_is_no_curve_is_refused(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    const cpn_response good = make_curve(CPN_RESPONSE_HILL, 1, 1, 1);
    assert_ok(cpn_response_check(&good, "curves", 0, &error), error);
    cpn_response bad = good;
    bad.location = 0;
    assert_int_equal(cpn_response_check(&bad, "curves", 7, &error), CAMPAIGN_E_VALUE);
    assert_string_equal(error.where, "curves.location");
    assert_int_equal(error.row, 7);
    assert_string_equal(error.message, "location is 0, expected a number above 0");
    bad.kind = CPN_RESPONSE_POWER;
    assert_ok(cpn_response_check(&bad, "curves", 0, &error), error);
    bad = good;
    bad.scale = NAN;
    assert_int_equal(cpn_response_check(&bad, "", 0, &error), CAMPAIGN_E_VALUE);
    bad = good;
    bad.shape = -1;
    assert_int_equal(cpn_response_check(&bad, "", 0, &error), CAMPAIGN_E_VALUE);
    bad = good;
    bad.kind = 99;
    assert_int_equal(cpn_response_check(&bad, "", 0, &error), CAMPAIGN_E_UNKNOWN);
    const double spends[] = { 1, 1 }, responses[] = { 0, 2 };
    bad = (cpn_response){
        .kind = CPN_RESPONSE_PIECEWISE_LINEAR, .spends = spends, .responses = responses, .n_points = 2
    };
    assert_int_equal(cpn_response_check(&bad, "", 0, &error), CAMPAIGN_E_VALUE);
    bad.n_points = 0;
    assert_int_equal(cpn_response_check(&bad, "", 0, &error), CAMPAIGN_E_VALUE);
}

static void test_names_lead_back_to_kinds(void **state)
{
    (void)state;
    for (int32_t kind = 0; kind < CPN_RESPONSE_KINDS; kind++)
        assert_int_equal(cpn_response_kind_of(cpn_response_name(kind)), kind);
    assert_int_equal(cpn_response_kind_of("hil"), -1);
    assert_null(cpn_response_name(-1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_are_those_of_the_definitions),
        cmocka_unit_test(test_a_piecewise_line_goes_through_its_points),
        cmocka_unit_test(test_slope_and_curvature_are_those_of_the_values),
        cmocka_unit_test(test_the_inverse_slope_has_that_slope),
        cmocka_unit_test(test_a_curve_turns_where_it_says),
        cmocka_unit_test(test_scale_changes_nothing_but_scale),
        cmocka_unit_test(test_small_spends_keep_all_digits),
        cmocka_unit_test(test_extremes_stay_numbers),
        cmocka_unit_test(test_what_is_no_curve_is_refused),
        cmocka_unit_test(test_names_lead_back_to_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
