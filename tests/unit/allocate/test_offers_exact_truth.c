/* The exact solver for offers beside published and certified optima: knapsacks, multiple-choice knapsacks, generalized
 * assignment, matching with capacities. Files and optima: cases/instances/index.csv of the shared folder. */
#include "offers_exact_cases.h"

static void test_knapsacks(void **state)
{
    (void)state;
    static const truth truths[] = {
        { "cases/instances/kp/00Uncorrelated_n00100_R01000_s000.kp", 46537 },
        { "cases/instances/kp/01WeaklyCorrelated_n00500_R01000_s000.kp", 139258 },
    };
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        offers_case owned = read_one_row(truths[i].name, false);
        assert_optimum(&owned, &truths[i], 0);
    }
}

static void test_multiple_choice_knapsacks(void **state)
{
    (void)state;
    static const truth truths[] = {
        { "cases/instances/mckp/mckp_uc_100x10_R1000_s1.txt", 90517 },
        { "cases/instances/mckp/mckp_sc_100x10_R1000_s3.txt", 46499 },
        { "cases/instances/mckp/mckp_concave_200x10_R1000_s5.txt", 106644 },
        { "cases/instances/mckp/mckp_uc_1000x10_R100_s6.txt", 91078 },
    };
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        offers_case owned = read_one_row(truths[i].name, true);
        assert_optimum(&owned, &truths[i], 0);
    }
}

static void test_assignments(void **state)
{
    (void)state;
    static const truth truths[] = {
        { "cases/instances/gap/a05100.txt", -1698 }, { "cases/instances/gap/a20100.txt", -1158 },
        { "cases/instances/gap/gap1-0.txt", -261 },  { "cases/instances/gap/gap1-2.txt", -256 },
        { "cases/instances/gap/gap2-0.txt", -277 },  { "cases/instances/gap/gap5-0.txt", -403 },
        { "cases/instances/gap/c05100.txt", -1931 }, { "cases/instances/gap/b05100.txt", -1843 },
    };
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        offers_case owned = read_assignment(truths[i].name);
        assert_optimum(&owned, &truths[i], 0);
    }
}

static void test_matching_in_shares(void **state)
{
    (void)state;
    static const truth truths[] = {
        { "cases/instances/dualip/matching_1000x20_sp0.25_seed42.txt", 23.41306818453868 },
        { "cases/instances/dualip/matching_10000x100_sp0.05_seed42.txt", 458.4579703312592 },
    };
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        offers_case owned = read_matching(truths[i].name);
        assert_optimum(&owned, &truths[i], 1e-10);
    }
}

/* Several rows are hard to prove: within few nodes the optimum lies between value and bound. */
static void test_several_rows_within_the_bound(void **state)
{
    (void)state;
    static const truth truths[] = {
        { "cases/instances/mkp/5.100-00.txt", 24381 },
        { "cases/instances/mkp/10.100-00.txt", 23064 },
        { "cases/instances/mkp/30.100-00.txt", 21946 },
    };
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        offers_case owned = read_rows(truths[i].name);
        cpn_offers_exact_answer answer;
        campaign_error error;
        owned.problem.node_limit = 50;
        assert_ok(cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error), error);
        assert_keeps_rules(&owned.problem, &answer);
        assert_true(answer.value <= truths[i].optimum && truths[i].optimum <= answer.bound);
        assert_true(answer.bound <= answer.linear_bound && answer.value >= 0.92 * answer.bound);
        cpn_offers_exact_free(&answer);
        free_case(&owned);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_knapsacks),
        cmocka_unit_test(test_multiple_choice_knapsacks),
        cmocka_unit_test(test_assignments),
        cmocka_unit_test(test_matching_in_shares),
        cmocka_unit_test(test_several_rows_within_the_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
