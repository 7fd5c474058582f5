/* The core of levelling: schedules against the definitions, ends against every other schedule, bounds below them. */
#include "level_cases.h"

static const cpn_level_effort usual = { .n_schedules = 100, .n_nodes = 10000, .n_bound_work = 10000000 };

static void solve(cpn_level_answer *answer, const level_case *made, const cpn_level_effort *effort)
{
    campaign_error error = { 0 };
    assert_ok(cpn_level_solve(answer, &made->problem, effort, NULL, &error), error);
}

/* Two tasks of 3 and 2 slots, one person: 5, where the path alone takes 3. Both bounds but the path see it. */
static void test_one_person_does_one_thing_at_a_time(void **state)
{
    (void)state;
    level_case made;
    open_case(&made, 2, 1, 20);
    made.duration[0] = 3, made.duration[1] = 2;
    made.units[0][0] = made.units[1][0] = 1;
    set_capacity(&made, 0, 1);
    close_needs(&made);

    cpn_level_answer answer;
    solve(&answer, &made, &usual);

    check_schedule(&made, &answer);
    assert_int_equal(answer.value, 5);
    assert_int_equal(answer.path_bound, 3);
    assert_int_equal(answer.energy_bound, 5);
    assert_int_equal(answer.bound, 5);
    cpn_level_answer_free(&answer);
}

/* 2 slots before a day off for all in slot 2 and 3, then on: a task of 4 slots pauses there and ends after slot 5. */
static void test_task_pauses_where_its_class_does(void **state)
{
    (void)state;
    level_case made;
    open_case(&made, 1, 0, 8);
    const int32_t slots[] = { 0, 1, 4, 5, 6, 7 }, ranks[] = { 0, 1, 2, 2, 2, 3, 4, 5, 6 };
    made.classes[0] = (cpn_level_class){ .n = 6, .slots = slots, .ranks = ranks };
    made.problem.n_classes = 1;
    made.duration[0] = 4, made.task_class[0] = 0;
    close_needs(&made);

    cpn_level_answer answer;
    solve(&answer, &made, &usual);

    assert_int_equal(answer.start[0], 0);
    assert_int_equal(answer.finish[0], 6);
    cpn_level_answer_free(&answer);
}

/* Four tasks of two slots need three units of three, and the axis has seven slots: said, not guessed. */
static void test_axis_too_short_is_told(void **state)
{
    (void)state;
    level_case made;
    open_case(&made, 4, 1, 7);
    for (int32_t i = 0; i < 4; i++) made.duration[i] = 2, made.units[i][0] = 3;
    set_capacity(&made, 0, 3);
    close_needs(&made);

    cpn_level_answer answer;
    solve(&answer, &made, &usual);

    assert_false(answer.fits);
    assert_null(answer.start);
}

static void test_no_tasks_end_at_once(void **state)
{
    (void)state;
    level_case made;
    open_case(&made, 0, 1, 5);
    close_needs(&made);

    cpn_level_answer answer;
    solve(&answer, &made, &usual);

    assert_true(answer.fits);
    assert_int_equal(answer.value, 0);
    cpn_level_answer_free(&answer);
}

/* Everything at once: pauses, lags of all kinds, changing capacity, fixed tasks. What is proven is the best of all. */
static void test_small_problems_against_every_schedule(void **state)
{
    (void)state;
    int32_t n_proven = 0, n_best = 0, n_there = 0;
    level_case *made = malloc(sizeof *made);
    for (uint64_t seed = 1; seed <= 600; seed++) {
        cpn_random random;
        cpn_random_seed(&random, seed);
        draw_small(made, 5, &random);
        cpn_level_answer answer;
        solve(&answer, made, &usual);
        if (!answer.fits) continue;
        check_schedule(made, &answer);
        const int32_t best = try_all(made, answer.value + 1);
        if (answer.bound > best || best > answer.value)
            fail_msg("seed %llu: bound %d, best %d, found %d", (unsigned long long)seed, answer.bound, best,
                     answer.value);
        n_there++;
        n_best += best == answer.value;
        n_proven += answer.bound == answer.value;
        cpn_level_answer_free(&answer);
    }
    free(made);
    print_message("%d problems, %d at their best, %d proven\n", n_there, n_best, n_proven);
    assert_true(n_there > 550 && n_best * 100 > n_there * 98 && n_proven * 100 > n_there * 95);
}

static void test_drawn_projects_keep_every_promise(void **state)
{
    (void)state;
    level_case *made = malloc(sizeof *made);
    for (uint64_t seed = 1; seed <= 12; seed++) {
        cpn_random random;
        cpn_random_seed(&random, seed);
        const design by = { 30, 150 + 30 * (int32_t)(seed % 3), 25 + 25 * (int32_t)(seed % 4),
                            20 + 25 * (int32_t)(seed % 3) };
        draw_design(made, &by, &random);
        cpn_level_answer answer, again;
        solve(&answer, made, &usual);
        solve(&again, made, &usual);
        check_schedule(made, &answer);
        assert_memory_equal(answer.start, again.start, 30 * sizeof *again.start);
        cpn_level_answer_free(&again);
        cpn_level_answer_free(&answer);
    }
    free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_person_does_one_thing_at_a_time),
        cmocka_unit_test(test_task_pauses_where_its_class_does),
        cmocka_unit_test(test_axis_too_short_is_told),
        cmocka_unit_test(test_no_tasks_end_at_once),
        cmocka_unit_test(test_small_problems_against_every_schedule),
        cmocka_unit_test(test_drawn_projects_keep_every_promise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
