/* Critical paths worked out elsewhere: two networks with all their floats, one with its chances, and working-day deadlines
 * of the Chinese calendar. */
#include "net_cases.h"

#include "base/json.h"

enum { MOST_BYTES = 65536, MOST_TASKS = 4096 };

static cpn_json *read_cases(void)
{
    static const char name[] = "cases/schedule_cases.json";
    FILE *file = open_shared(name);
    char *text = malloc(MOST_BYTES);
    assert_non_null(text);
    const size_t length = fread(text, 1, MOST_BYTES, file);
    (void)fclose(file);
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_json_read(&json, text, length, &error), error);
    free(text);
    return json;
}

static void write_tasks(char *text, const cpn_json_value *rows)
{
    (void)strcpy(text, "task:t,duration:f,after:t\n");
    for (const cpn_json_value *row = rows->first; row; row = row->next) {
        char line[128];
        (void)snprintf(line, sizeof line, "%s,%s,", cpn_json_member(row, "id")->text,
                       cpn_json_member(row, "dur")->text);
        (void)strcat(text, line);
        for (const cpn_json_value *after = cpn_json_member(row, "after")->first; after; after = after->next) {
            (void)strcat(text, after->text);
            if (after->next) (void)strcat(text, "; ");
        }
        (void)strcat(text, "\n");
    }
}

static void check_network(const char *name)
{
    static const char *const pairs[][2] = { { "ES", "start" },       { "EF", "finish" },      { "LS", "late_start" },
                                            { "LF", "late_finish" }, { "TF", "total_float" }, { "FF", "free_float" } };
    cpn_json *json = read_cases();
    const cpn_json_value *network = cpn_json_member(cpn_json_root(json), name);
    const cpn_json_value *rows = cpn_json_member(network, "rows");
    char tasks[MOST_TASKS];
    net_call call;
    write_tasks(tasks, rows);
    start_call(&call, tasks, NULL);
    assert_ok(run_call(&call), call.error);
    assert_near(call.report.length, strtod(cpn_json_member(network, "duration")->text, NULL), 0);
    int64_t at = 0;
    for (const cpn_json_value *row = rows->first; row; row = row->next, at++) {
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
            assert_near(float_cell(call.schedule, pairs[i][1], at),
                        strtod(cpn_json_member(row, pairs[i][0])->text, NULL), 0);
        assert_int_equal(int_cell(call.schedule, "is_critical", at), cpn_json_member(row, "crit")->boolean);
    }
    assert_int_equal(campaign_table_n_rows(call.schedule), at);
    end_call(&call);
    cpn_json_free(json);
}

static void test_first_network(void **state)
{
    (void)state;
    check_network("N1");
}

static void test_second_network(void **state)
{
    (void)state;
    check_network("N2");
}

/* The second network is the foundry of Render, Stair and Hanna, Quantitative Analysis for Management; its estimates. */
static const char foundry[] = "task:t,optimistic:f,likely:f,pessimistic:f,after:t\n"
                              "A,1,2,3,\nB,2,3,4,\nC,1,2,3,A\nD,2,4,6,A; B\nE,1,4,7,C\nF,1,2,9,C\nG,3,4,11,D; E\n"
                              "H,1,2,3,F; G\n";

static void test_chances_on_the_critical_path(void **state)
{
    (void)state;
    cpn_json *json = read_cases();
    const cpn_json_value *network = cpn_json_member(cpn_json_root(json), "N2");
    net_call call;
    start_call(&call, foundry, NULL);
    assert_ok(run_call(&call), call.error);
    assert_cell(call.report.summary, "path", 0, "A → C → E → G → H");
    assert_near(call.report.length, 15, 0);
    assert_near(call.report.path_mean, 15, 0);
    assert_near(call.report.path_variance, strtod(cpn_json_member(network, "var")->text, NULL), 5e-5);
    assert_near(float_cell(call.report.summary, "path_deviation", 0),
                strtod(cpn_json_member(network, "sd")->text, NULL), 5e-5);
    end_call(&call);
    cpn_json_free(json);
}

/* n = 0 is the first working day on or after the start: a task of one day. The n-th working day after it is that of a task
 * of n + 1 days; of a start on a day off the count begins with the first working day, which n = 0 gives. */
static void test_working_day_deadlines(void **state)
{
    (void)state;
    cpn_json *json = read_cases();
    const cpn_json_value *deadlines = cpn_json_member(cpn_json_root(json), "working_day_deadlines");
    int32_t n_checked = 0;
    for (const cpn_json_value *one = deadlines->first; one; one = one->next, n_checked++) {
        char tasks[128];
        net_call call;
        (void)snprintf(tasks, sizeof tasks, "task:t,duration:f\na,%d\n", atoi(one->first->next->text) + 1);
        start_call(&call, tasks, one->first->text);
        assert_ok(run_call(&call), call.error);
        assert_cell(call.schedule, "finish", 0, one->first->next->next->text);
        end_call(&call);
    }
    assert_true(n_checked >= 10);
    cpn_json_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_network),
        cmocka_unit_test(test_second_network),
        cmocka_unit_test(test_chances_on_the_critical_path),
        cmocka_unit_test(test_working_day_deadlines),
    };
    return cmocka_run_group_tests_name("schedules known from elsewhere", tests, NULL, NULL);
}
