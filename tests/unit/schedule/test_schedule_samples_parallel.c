/* Samples do not depend on threads, nor on the order of rows. */
#include "net_cases.h"

static void compare_tables(const campaign_table *a, const campaign_table *b)
{
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    for (int32_t i = 0; i < campaign_table_n_columns(a); i++)
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            char x[256], y[256];
            (void)campaign_table_format(x, sizeof x, a, i, row);
            (void)campaign_table_format(y, sizeof y, b, i, row);
            assert_string_equal(x, y);
        }
}

static void test_threads_draw_the_same(void **state)
{
    (void)state;
    static const char header[] = "task:t,optimistic:f,likely:f,pessimistic:f,after:t,due:d\n";
    static const char *const rows[] = { "a,1,2,8,,\n", "b,2,3,4,a,2026-10-20\n", "c,1,4,6,a SS+1,\n",
                                        "d,0,1,3,b; c,\n" };
    char forwards[512], backwards[512];
    (void)strcpy(forwards, header);
    (void)strcpy(backwards, header);
    for (int32_t i = 0; i < 4; i++) (void)strcat(forwards, rows[i]), (void)strcat(backwards, rows[3 - i]);
    net_call one, many;
    start_call(&one, forwards, "2026-10-12");
    start_call(&many, backwards, "2026-10-12");
    assert_ok(run_call(&one), one.error);
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.n_threads = 8;
    assert_ok(campaign_schedule_tasks(&many.schedule, &many.report, &many.inputs, &many.options, &runtime, &many.error),
              many.error);
    compare_tables(one.report.chances, many.report.chances);
    compare_tables(one.report.estimates, many.report.estimates);
    compare_tables(one.report.summary, many.report.summary);
    end_call(&one);
    end_call(&many);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_threads_draw_the_same) };
    return cmocka_run_group_tests_name("samples on threads", tests, NULL, NULL);
}
