/* Levelling against published optima: 30-job instances of PSPLIB (Kolisch, Sprecher, European Journal of Operational
 * Research 96, 1996), read from where they lie; and what a thousand schedules reach on projects of the same design. */
#include "level_cases.h"

static void find_line(FILE *file, const char *words)
{
    char line[256];
    while (fgets(line, sizeof line, file))
        if (strstr(line, words)) return;
    fail_msg("no line with %s", words);
}

static int32_t read_number(FILE *file)
{
    int value = 0;
    assert_int_equal(fscanf(file, "%d", &value), 1);
    return value;
}

/* An instance in the single-mode format. */
static void read_instance(level_case *made, const char *name)
{
    char path[64];
    (void)snprintf(path, sizeof path, "cases/psplib/%s", name);
    FILE *file = open_shared(path);
    open_case(made, 32, 4, 200);
    find_line(file, "jobnr.");
    for (int32_t job = 0; job < 32; job++) {
        assert_int_equal(read_number(file), job + 1);
        assert_int_equal(read_number(file), 1);
        for (int32_t n = read_number(file); n > 0; n--) add_link(made, job, read_number(file) - 1);
    }
    find_line(file, "-----");
    for (int32_t job = 0; job < 32; job++) {
        assert_int_equal(read_number(file), job + 1);
        (void)read_number(file);
        made->duration[job] = read_number(file);
        for (int32_t r = 0; r < 4; r++) made->units[job][r] = read_number(file);
    }
    find_line(file, "R 1");
    for (int32_t r = 0; r < 4; r++) set_capacity(made, r, read_number(file));
    (void)fclose(file);
    close_needs(made);
}

/* Every instance there is: the bound of its path, its optimum, and how far above it schedules are on average. */
static void check_optima(const cpn_level_effort *effort, int32_t most_over_ppm, int32_t least_proven)
{
    FILE *file = open_shared("cases/psplib/optima.csv");
    char line[1024], name[32];
    int jobs, resources, path, optimum, n = 0, n_proven = 0, sum_ppm = 0;
    level_case *made = malloc(sizeof *made);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        assert_int_equal(sscanf(line, "%31[^,],%d,%d,%d,%d", name, &jobs, &resources, &path, &optimum), 5);
        campaign_error error = { 0 };
        cpn_level_answer answer;
        read_instance(made, name);
        assert_ok(cpn_level_solve(&answer, &made->problem, effort, NULL, &error), error);
        check_schedule(made, &answer);
        print_message("%s: %d, optimum %d, bound %d\n", name, answer.value, optimum, answer.bound);
        assert_int_equal(answer.path_bound, path);
        assert_true(answer.value >= optimum && answer.bound <= optimum);
        n_proven += answer.bound == answer.value;
        sum_ppm += (answer.value - optimum) * 1000000 / optimum;
        n++;
        cpn_level_answer_free(&answer);
    }
    free(made);
    (void)fclose(file);
    assert_true(n >= 4 && n_proven >= least_proven);
    assert_true(sum_ppm / n <= most_over_ppm);
}

static void test_published_optima_in_a_thousand_schedules(void **state)
{
    (void)state;
    const cpn_level_effort effort = { .n_schedules = 1000, .n_nodes = 0, .n_bound_work = 10000000 };
    check_optima(&effort, 10000, 1);
}

static void test_published_optima_are_proven(void **state)
{
    (void)state;
    const cpn_level_effort effort = { .n_schedules = 300, .n_nodes = 200000, .n_bound_work = 10000000 };
    check_optima(&effort, 10000, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_optima_in_a_thousand_schedules),
        cmocka_unit_test(test_published_optima_are_proven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
