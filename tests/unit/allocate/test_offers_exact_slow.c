/* The exact solver for offers on published problems whose proof takes seconds. Files and optima: cases/instances/index.csv
 * of the shared folder. */
#include "offers_exact_cases.h"

static void test_hard_assignments(void **state)
{
    (void)state;
    static const truth truths[] = {
        { "cases/instances/gap/c10100.txt", -1402 },
        { "cases/instances/gap/c20100.txt", -1243 },
        { "cases/instances/gap/d05100.txt", -6353 },
    };
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        offers_case owned = read_assignment(truths[i].name);
        assert_optimum(&owned, &truths[i], 0);
    }
}

static void test_five_rows(void **state)
{
    (void)state;
    static const truth truths[] = {
        { "cases/instances/mkp/5.100-00.txt", 24381 },
        { "cases/instances/mkp/5.100-01.txt", 24274 },
        { "cases/instances/mkp/5.100-02.txt", 23551 },
        { "cases/instances/mkp/5.100-10.txt", 42757 },
    };
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        offers_case owned = read_rows(truths[i].name);
        assert_optimum(&owned, &truths[i], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hard_assignments),
        cmocka_unit_test(test_five_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
