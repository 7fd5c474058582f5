/* Breeding on several threads: the same schedule, whatever their number. */
#include "level_cases.h"

static void test_threads_change_nothing(void **state)
{
    (void)state;
    const cpn_level_effort effort = { .n_schedules = 400, .n_nodes = 500, .n_bound_work = 1000000, .seed = 7 };
    level_case *made = malloc(sizeof *made);
    for (uint64_t seed = 1; seed <= 4; seed++) {
        cpn_random random;
        cpn_random_seed(&random, seed);
        draw_design(made, &(design){ 60, 180, 100, 20 }, &random);
        cpn_level_answer alone = { 0 };
        for (int32_t n_threads = 1; n_threads <= 8; n_threads *= 2) {
            const campaign_runtime runtime = { .size = sizeof runtime, .n_threads = n_threads };
            campaign_error error = { 0 };
            cpn_level_answer answer;
            assert_ok(cpn_level_solve(&answer, &made->problem, &effort, &runtime, &error), error);
            assert_true(answer.value > answer.bound); /* hard enough to be bred to the end */
            assert_in_range(answer.n_schedules, 398, 400);
            if (n_threads == 1) {
                check_schedule(made, &answer);
                alone = answer;
                continue;
            }
            assert_memory_equal(answer.start, alone.start, 60 * sizeof *answer.start);
            assert_int_equal(answer.bound, alone.bound);
            cpn_level_answer_free(&answer);
        }
        cpn_level_answer_free(&alone);
    }
    free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_threads_change_nothing) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
