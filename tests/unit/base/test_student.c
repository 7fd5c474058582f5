/* Student's t against its printed tables and its closed forms. */
#include "check.h"

#include <math.h>

#include "base/student.h"

static void assert_quantile(double share, int64_t freedom, double expected)
{
    const double found = cpn_student_quantile(share, freedom);
    if (!(fabs(found - expected) <= 5e-6 * expected)) fail_msg("t is %.9g, expected %.9g", found, expected);
}

/* R: qt(0.975, df), qt(0.995, 7), qt(0.95, 30). */
static void test_quantiles_are_those_of_the_tables(void **state)
{
    (void)state;
    assert_quantile(0.975, 1, 12.70620);
    assert_quantile(0.975, 2, 4.302653);
    assert_quantile(0.975, 3, 3.182446);
    assert_quantile(0.975, 10, 2.228139);
    assert_quantile(0.975, 100, 1.983972);
    assert_quantile(0.995, 7, 3.499483);
    assert_quantile(0.95, 30, 1.697261);
    assert_quantile(0.975, 1000000, 1.959966);
}

/* One degree: 2 atan(t) / π; two: t / sqrt(2 + t²). */
static void test_closed_forms_hold(void **state)
{
    (void)state;
    for (double t = 0; t < 50; t += 0.7) {
        assert_true(fabs(cpn_student_within(t, 1) - 2 * atan(t) / 3.14159265358979323846) < 1e-14);
        assert_true(fabs(cpn_student_within(t, 2) - t / sqrt(2 + t * t)) < 1e-14);
    }
}

static void test_quantile_turns_probability_back(void **state)
{
    (void)state;
    for (int64_t freedom = 1; freedom < 200; freedom += 3)
        for (double share = 0.5; share < 0.9999; share += 0.03)
            assert_true(fabs(cpn_student_within(cpn_student_quantile(share, freedom), freedom) - (2 * share - 1)) <
                        1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantiles_are_those_of_the_tables),
        cmocka_unit_test(test_closed_forms_hold),
        cmocka_unit_test(test_quantile_turns_probability_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
