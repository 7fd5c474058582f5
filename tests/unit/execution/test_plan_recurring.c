/* Work that comes again, its completion, and the people that targets need. */
#include "check.h"

#include <campaign/plan_tasks.h>

#include "base/date.h"
#include "base/random.h"

/* ---- Small tables ------------------------------------------------------------------------------------------------ */

typedef struct column {
    const char *name;
    int32_t type;
} column;

/* Rows as texts, parted by |; an empty one is null. Columns of numbers and dates are read. */
static campaign_table *make_table(const column *columns, int32_t n_columns, const char *const *rows, int64_t n_rows)
{
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *table;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    for (int32_t c = 0; c < n_columns; c++)
        assert_ok(campaign_table_builder_add_column(builder, columns[c].name, columns[c].type,
                                                    columns[c].type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, &error),
                  error);
    for (int64_t row = 0; row < n_rows; row++) {
        const char *at = rows[row];
        for (int32_t c = 0; c < n_columns; c++) {
            char cell[128];
            const size_t length = strcspn(at, "|");
            memcpy(cell, at, length);
            cell[length] = '\0';
            at += length + (at[length] == '|');
            int32_t day = 0;
            if (length == 0)
                assert_ok(campaign_table_builder_append_null(builder, c, &error), error);
            else if (columns[c].type == CAMPAIGN_TYPE_UTF8)
                assert_ok(campaign_table_builder_append_text(builder, c, cell, length, &error), error);
            else if (columns[c].type == CAMPAIGN_TYPE_FLOAT64)
                assert_ok(campaign_table_builder_append_float64(builder, c, strtod(cell, NULL), &error), error);
            else if (columns[c].type == CAMPAIGN_TYPE_DATE) {
                assert_ok(campaign_date_parse(&day, cell, length, &error), error);
                assert_ok(campaign_table_builder_append_int64(builder, c, day, &error), error);
            } else
                assert_ok(campaign_table_builder_append_int64(builder, c, strtoll(cell, NULL, 10), &error), error);
        }
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void assert_cell(const campaign_table *table, const char *name, int64_t row, const char *expected)
{
    char text[256];
    (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, name), row);
    if (strcmp(text, expected) != 0) fail_msg("%s[%ld] is \"%s\", expected \"%s\"", name, (long)row, text, expected);
}

#define N_OF(array) ((int32_t)(sizeof(array) / sizeof *(array)))

/* ---- Recurring --------------------------------------------------------------------------------------------------- */

static const column rule_columns[] = { { "rule", CAMPAIGN_TYPE_UTF8 },
                                       { "every", CAMPAIGN_TYPE_UTF8 },
                                       { "on", CAMPAIGN_TYPE_INT64 },
                                       { "duration", CAMPAIGN_TYPE_INT64 },
                                       { "owner", CAMPAIGN_TYPE_UTF8 } };

static campaign_table *date_rules(const campaign_table *rules, const char *start, const char *end)
{
    campaign_error error;
    campaign_recurring_options options = CAMPAIGN_RECURRING_OPTIONS_INIT;
    campaign_table *tasks;
    assert_ok(campaign_date_parse(&options.start_day, start, strlen(start), &error), error);
    assert_ok(campaign_date_parse(&options.end_day, end, strlen(end), &error), error);
    assert_ok(campaign_plan_recurring(&tasks, rules, &options, &error), error);
    return tasks;
}

/* Around National Day 2026: 10-01 to 10-07 are off, Saturday 10-10 is worked and so is Sunday 09-20. Fridays: 10-02 is off and
 * the last working day of its week is Wednesday 09-30; Mondays: 10-05 is off, the next working day is Thursday 10-08. The first
 * working day of October is the 8th, two days long from 09-30; the second last of the month is Thursday 10-29. */
static void test_rules_fall_on_working_days(void **state)
{
    (void)state;
    static const char *const rows[] = { "fri|week|5||Li", "mon|week|1||", "first|month|1|2|", "last|month|-2||" };
    campaign_table *rules = make_table(rule_columns, 5, rows, 4);
    campaign_table *tasks = date_rules(rules, "2026-09-28", "2026-11-01");
    static const char *const expected[][3] = {
        { "fri/2026-W40", "2026-09-30", "2026-09-30" },  { "fri/2026-W41", "2026-10-09", "2026-10-09" },
        { "fri/2026-W42", "2026-10-16", "2026-10-16" },  { "fri/2026-W43", "2026-10-23", "2026-10-23" },
        { "fri/2026-W44", "2026-10-30", "2026-10-30" },  { "mon/2026-W40", "2026-09-28", "2026-09-28" },
        { "mon/2026-W41", "2026-10-08", "2026-10-08" },  { "mon/2026-W42", "2026-10-12", "2026-10-12" },
        { "mon/2026-W43", "2026-10-19", "2026-10-19" },  { "mon/2026-W44", "2026-10-26", "2026-10-26" },
        { "first/2026-10", "2026-09-30", "2026-10-08" }, { "last/2026-09", "2026-09-29", "2026-09-29" },
        { "last/2026-10", "2026-10-29", "2026-10-29" },
    };
    assert_int_equal(campaign_table_n_rows(tasks), N_OF(expected));
    for (int32_t i = 0; i < N_OF(expected); i++) {
        assert_cell(tasks, "task", i, expected[i][0]);
        assert_cell(tasks, "start", i, expected[i][1]);
        assert_cell(tasks, "due", i, expected[i][2]);
    }
    assert_cell(tasks, "owner", 0, "Li");
    assert_cell(tasks, "name", 0, "fri");
    campaign_table_free(tasks);
    campaign_table_free(rules);
}

/* A year has twelve months, four quarters and a review in every week with a working day: of the 53 Mondays' weeks that touch
 * 2027 none is wholly off by the provisional calendar except where Spring Festival or National Day take all seven days. */
static void test_the_handbooks_rules_fill_a_year(void **state)
{
    (void)state;
    campaign_table *tasks = date_rules(NULL, "2027-01-01", "2028-01-01");
    int64_t n[4] = { 0 };
    static const char *const names[] = { "sales_training", "data_review", "tier_activities", "asset_library" };
    for (int64_t row = 0; row < campaign_table_n_rows(tasks); row++)
        for (int32_t i = 0; i < 4; i++) {
            char rule[32];
            (void)campaign_table_format(rule, sizeof rule, tasks, campaign_table_find(tasks, "rule"), row);
            n[i] += strcmp(rule, names[i]) == 0;
        }
    assert_int_equal(n[0], 12);
    assert_int_equal(n[2], 12);
    assert_int_equal(n[3], 4);
    assert_true(n[1] >= 50 && n[1] <= 53);
    assert_cell(tasks, "is_provisional", 0, "true");
    campaign_table_free(tasks);
}

static void test_rules_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *rows[2];
        campaign_status code;
        const char *where;
    } cases[] = { { { "a|week|8||", NULL }, CAMPAIGN_E_VALUE, "rules.on" },
                  { { "a|month|0||", NULL }, CAMPAIGN_E_VALUE, "rules.on" },
                  { { "a|year|1||", NULL }, CAMPAIGN_E_UNKNOWN, "rules.every" },
                  { { "a|week|||", NULL }, CAMPAIGN_E_MISSING, "rules.on" },
                  { { "a|week|1|0|", NULL }, CAMPAIGN_E_VALUE, "rules.duration" },
                  { { "a|week|1||", "a|month|1||" }, CAMPAIGN_E_DUPLICATE, "rules.rule" },
                  { { "|week|1||", NULL }, CAMPAIGN_E_MISSING, "rules.rule" } };
    campaign_recurring_options options = CAMPAIGN_RECURRING_OPTIONS_INIT;
    options.start_day = 20000;
    options.end_day = 20100;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_error error;
        campaign_table *tasks, *rules = make_table(rule_columns, 5, cases[i].rows, cases[i].rows[1] ? 2 : 1);
        assert_int_equal(campaign_plan_recurring(&tasks, rules, &options, &error), cases[i].code);
        assert_string_equal(error.where, cases[i].where);
        assert_null(tasks);
        campaign_table_free(rules);
    }
    options.end_day = options.start_day;
    campaign_table *tasks;
    assert_int_equal(campaign_plan_recurring(&tasks, NULL, &options, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_recurring(&tasks, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
}

/* ---- Completion -------------------------------------------------------------------------------------------------- */

static const column task_columns[] = { { "task", CAMPAIGN_TYPE_UTF8 },  { "role", CAMPAIGN_TYPE_UTF8 },
                                       { "owner", CAMPAIGN_TYPE_UTF8 }, { "kind", CAMPAIGN_TYPE_UTF8 },
                                       { "due", CAMPAIGN_TYPE_DATE },   { "finish", CAMPAIGN_TYPE_DATE } };
static const column actual_columns[] = { { "task", CAMPAIGN_TYPE_UTF8 }, { "actual_finish", CAMPAIGN_TYPE_DATE } };

/* By 2026-03-10: a (in time), b (a day late), c (open, 9 days), d (due by its finish, done after as_of, 5 days), e is not due. Of 4
 * due, 2 are done and 1 in time. sales has a, b, d: 2 of 3 done; service c: none. */
static void test_completion_of_a_month(void **state)
{
    (void)state;
    static const char *const rows[] = { "a|sales|Li|training|2026-02-10|2026-02-09", "b|sales|Li|training|2026-03-02|",
                                        "c|service||care|2026-03-01|", "d|sales|Wu|training||2026-03-05",
                                        "e|sales|Li|training|2026-03-11|" };
    static const char *const done[] = { "a|2026-02-10", "b|2026-03-03", "d|2026-03-11", "e|2026-03-01", "c|" };
    campaign_error error;
    campaign_task_completion_report report = CAMPAIGN_TASK_COMPLETION_REPORT_INIT;
    campaign_table *tasks = make_table(task_columns, 6, rows, 5), *actuals = make_table(actual_columns, 2, done, 5);
    assert_ok(campaign_plan_task_completion(&report, tasks, actuals, cpn_day_from_civil(2026, 3, 10), &error), error);
    assert_int_equal(report.n_due, 4);
    assert_int_equal(report.n_done, 2);
    assert_int_equal(report.n_in_time, 1);
    assert_int_equal(report.n_overdue, 2);
    assert_int_equal(campaign_table_n_rows(report.months), 4); /* 02 sales Li; 03 sales Li, sales Wu, service */
    assert_cell(report.months, "month", 0, "2026-02");
    assert_cell(report.months, "completion_ppm", 0, "1000000");
    assert_cell(report.months, "month", 1, "2026-03");
    assert_cell(report.months, "owner", 1, "Li");
    assert_cell(report.months, "in_time_ppm", 1, "0");
    assert_cell(report.totals, "dimension", 0, "all");
    assert_cell(report.totals, "completion_ppm", 0, "500000");
    assert_cell(report.totals, "in_time_ppm", 0, "250000");
    assert_cell(report.totals, "key", 1, "sales");
    assert_cell(report.totals, "completion_ppm", 1, "666667");
    assert_cell(report.totals, "key", 2, "service");
    assert_cell(report.overdue, "task", 0, "c");
    assert_cell(report.overdue, "days_late", 0, "9");
    assert_cell(report.overdue, "task", 1, "d");
    assert_cell(report.overdue, "days_late", 1, "5");
    campaign_task_completion_report_clear(&report);
    assert_ok(campaign_plan_task_completion(&report, tasks, NULL, 0, &error), error);
    assert_int_equal(report.n_due, 0);
    assert_int_equal(campaign_table_n_rows(report.totals), 0);
    campaign_task_completion_report_clear(&report);
    campaign_table_free(actuals);
    campaign_table_free(tasks);
}

/* Feedback within 48 hours is due at a moment: the first of a day ends the day before, for which it counts too. */
static void test_completion_by_moments(void **state)
{
    (void)state;
    static const column columns[] = { { "task", CAMPAIGN_TYPE_UTF8 },
                                      { "due", CAMPAIGN_TYPE_DATE },
                                      { "due_at", CAMPAIGN_TYPE_UTF8 },
                                      { "actual_finish", CAMPAIGN_TYPE_DATE } };
    static const char *const rows[] = { "a|2026-03-01|2026-03-01T00:00|2026-02-28",
                                        "b|2026-03-01|2026-03-01T00:00|2026-03-01",
                                        "c|2026-03-01|2026-03-01T18:00|2026-03-01", "d|2026-03-01||2026-03-01" };
    static const char *const wrong[] = { "a|2026-03-01|soon|2026-02-28" };
    campaign_error error;
    campaign_task_completion_report report = CAMPAIGN_TASK_COMPLETION_REPORT_INIT;
    campaign_table *tasks = make_table(columns, 4, rows, 4), *bad = make_table(columns, 4, wrong, 1);
    assert_ok(campaign_plan_task_completion(&report, tasks, NULL, cpn_day_from_civil(2026, 3, 10), &error), error);
    assert_int_equal(report.n_done, 4);
    assert_int_equal(report.n_in_time, 3);
    assert_int_equal(campaign_table_n_rows(report.months), 2);
    assert_cell(report.months, "month", 0, "2026-02");
    assert_cell(report.months, "due", 0, "2");
    campaign_task_completion_report_clear(&report);
    assert_int_equal(campaign_plan_task_completion(&report, bad, NULL, 0, &error), CAMPAIGN_E_SYNTAX);
    assert_string_equal(error.where, "tasks.due_at");
    assert_int_equal(error.row, 0);
    campaign_task_completion_report_clear(&report);
    campaign_table_free(tasks);
    campaign_table_free(bad);
}

static void test_completion_refuses_what_does_not_fit(void **state)
{
    (void)state;
    static const char *const rows[] = { "a|||||2026-02-09", "b|||||" };
    static const char *const unknown[] = { "x|2026-02-10" }, *const twice[] = { "a|2026-02-10", "a|2026-02-11" };
    campaign_error error;
    campaign_task_completion_report report = CAMPAIGN_TASK_COMPLETION_REPORT_INIT;
    campaign_table *tasks = make_table(task_columns, 6, rows, 1), *no_day = make_table(task_columns, 6, rows, 2);
    campaign_table *one = make_table(actual_columns, 2, unknown, 1), *two = make_table(actual_columns, 2, twice, 2);
    assert_int_equal(campaign_plan_task_completion(&report, tasks, one, 0, &error), CAMPAIGN_E_UNKNOWN);
    assert_int_equal(campaign_plan_task_completion(&report, tasks, two, 0, &error), CAMPAIGN_E_DUPLICATE);
    assert_int_equal(campaign_plan_task_completion(&report, no_day, NULL, 0, &error), CAMPAIGN_E_MISSING);
    assert_int_equal(error.row, 1);
    assert_null(report.months);
    assert_int_equal(campaign_plan_task_completion(NULL, tasks, NULL, 0, &error), CAMPAIGN_E_ARGUMENT);
    campaign_table_free(two);
    campaign_table_free(one);
    campaign_table_free(no_day);
    campaign_table_free(tasks);
    campaign_task_completion_report_clear(NULL);
}

/* ---- Head-count -------------------------------------------------------------------------------------------------- */

static const column target_columns[] = { { "market", CAMPAIGN_TYPE_UTF8 },
                                         { "month", CAMPAIGN_TYPE_INT64 },
                                         { "target", CAMPAIGN_TYPE_MONEY } };
static const column capacity_columns[] = {
    { "market", CAMPAIGN_TYPE_UTF8 },  { "visits_a_day", CAMPAIGN_TYPE_FLOAT64 }, { "win_rate", CAMPAIGN_TYPE_FLOAT64 },
    { "ticket", CAMPAIGN_TYPE_MONEY }, { "have", CAMPAIGN_TYPE_INT64 },           { "share", CAMPAIGN_TYPE_FLOAT64 }
};
static const column month_columns[] = { { "month", CAMPAIGN_TYPE_INT64 }, { "working_days", CAMPAIGN_TYPE_FLOAT64 } };
static const column ramp_columns[] = { { "month", CAMPAIGN_TYPE_INT64 }, { "share", CAMPAIGN_TYPE_FLOAT64 } };

/* A person of the East sells 20 days × 4 visits × 0.1 × 1000.00 = 8000.00 a month. 24000.00 need exactly 3, a fen more needs 4.
 * With 2 there and a ramp of two months, the third of month 3 starts in month 1; the fourth, for month 2, in month 1 too, which is
 * too late. West sells half by its share. */
static void test_people_needed_and_when_to_hire(void **state)
{
    (void)state;
    static const char *const targets[] = { "West|1|800000", "East|3|2400001", "East|1|1600000", "East|2|2400000" };
    static const char *const capacity[] = { "East|4|0.1|100000|2|", "West|4|0.1|100000|3|0.5" };
    static const char *const months[] = { "1|20", "2|20", "3|20" }, *const ramp[] = { "1|0.3", "2|0.7", "3|1" };
    campaign_error error;
    campaign_headcount_inputs inputs = CAMPAIGN_HEADCOUNT_INPUTS_INIT;
    campaign_table *tables[] = { make_table(target_columns, 3, targets, 4),
                                 make_table(capacity_columns, 6, capacity, 2), make_table(month_columns, 2, months, 3),
                                 make_table(ramp_columns, 2, ramp, 3) };
    campaign_table *people;
    inputs.targets = tables[0];
    inputs.capacity = tables[1];
    inputs.months = tables[2];
    inputs.ramp = tables[3];
    assert_ok(campaign_plan_headcount(&people, &inputs, "en", &error), error);
    static const char *const expected[][7] = { { "East", "1", "2", "2", "0", "", "false" },
                                               { "East", "2", "3", "2", "1", "1", "true" },
                                               { "East", "3", "4", "3", "1", "1", "false" },
                                               { "West", "1", "2", "3", "0", "", "false" } };
    static const char *const names[] = { "market", "month", "needed", "have", "hire", "hire_month", "is_late" };
    assert_int_equal(campaign_table_n_rows(people), 4);
    for (int64_t row = 0; row < 4; row++)
        for (int32_t i = 0; i < 7; i++) assert_cell(people, names[i], row, expected[row][i]);
    assert_cell(people, "capacity", 0, "8000.00");
    assert_cell(people, "capacity", 3, "4000.00");
    assert_cell(people, "text", 1,
                "East, month 2: 3 needed, 2 there; hire 1 in month 1, too late for their ramp to be over.");
    assert_cell(people, "text", 3, "West, month 1: 2 needed, 3 there; 1 to spare.");
    campaign_table_free(people);
    assert_ok(campaign_plan_headcount(&people, &inputs, "zh", &error), error);
    assert_cell(people, "text", 2, "East第 3 个月需 4 人，已有 3 人；须在第 1 个月招聘 1 人。");
    campaign_table_free(people);
    for (int32_t i = 0; i < 4; i++) campaign_table_free(tables[i]);
}

/* With whole numbers the least n is known: the ceiling of target / (days × visits × ticket). */
static void test_the_ceiling_is_exact(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 20270206);
    for (int32_t i = 0; i < 200; i++) {
        char target[64], capacity[64], month[32];
        const int64_t days = 1 + cpn_random_below(&random, 31), visits = 1 + cpn_random_below(&random, 9);
        const int64_t ticket = 1 + cpn_random_below(&random, 100000), one = days * visits * ticket;
        const int64_t minor =
            i % 3 == 0 ? one * (1 + cpn_random_below(&random, 50)) : cpn_random_below(&random, 1000000000);
        (void)snprintf(target, sizeof target, "|1|%lld", (long long)minor);
        (void)snprintf(capacity, sizeof capacity, "|%lld|1|%lld||", (long long)visits, (long long)ticket);
        (void)snprintf(month, sizeof month, "1|%lld", (long long)days);
        const char *const rows[] = { target, capacity, month };
        campaign_error error;
        campaign_headcount_inputs inputs = CAMPAIGN_HEADCOUNT_INPUTS_INIT;
        campaign_table *tables[] = { make_table(target_columns, 3, &rows[0], 1),
                                     make_table(capacity_columns, 6, &rows[1], 1),
                                     make_table(month_columns, 2, &rows[2], 1) };
        campaign_table *people;
        inputs.targets = tables[0];
        inputs.capacity = tables[1];
        inputs.months = tables[2];
        assert_ok(campaign_plan_headcount(&people, &inputs, NULL, &error), error);
        assert_int_equal(campaign_table_int64(people, campaign_table_find(people, "needed"), 0),
                         (minor + one - 1) / one);
        campaign_table_free(people);
        for (int32_t t = 0; t < 3; t++) campaign_table_free(tables[t]);
    }
}

static void test_headcount_refuses_what_does_not_fit(void **state)
{
    (void)state;
    static const struct {
        const char *target, *capacity, *month;
        campaign_status code;
    } cases[] = { { "East|1|100", "West|4|0.1|100|0|", "1|20", CAMPAIGN_E_MISSING },
                  { "East|2|100", "East|4|0.1|100|0|", "1|20", CAMPAIGN_E_MISSING },
                  { "East|1|100", "East|4|0|100|0|", "1|20", CAMPAIGN_E_INFEASIBLE },
                  { "East|1|100", "East|4|1.5|100|0|", "1|20", CAMPAIGN_E_VALUE },
                  { "East|0|100", "East|4|0.1|100|0|", "1|20", CAMPAIGN_E_VALUE },
                  { "East|1|900000000000000", "East|0.01|0.001|1|0|", "1|1", CAMPAIGN_E_LIMIT },
                  { "East|1|100", "East|4|0.1|100|-1|", "1|20", CAMPAIGN_E_VALUE } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_error error;
        campaign_headcount_inputs inputs = CAMPAIGN_HEADCOUNT_INPUTS_INIT;
        campaign_table *people;
        campaign_table *tables[] = { make_table(target_columns, 3, &cases[i].target, 1),
                                     make_table(capacity_columns, 6, &cases[i].capacity, 1),
                                     make_table(month_columns, 2, &cases[i].month, 1) };
        inputs.targets = tables[0];
        inputs.capacity = tables[1];
        inputs.months = tables[2];
        const campaign_status status = campaign_plan_headcount(&people, &inputs, NULL, &error);
        if (status != cases[i].code) fail_msg("case %zu: %s %s", i, campaign_status_name(status), error.message);
        assert_null(people);
        for (int32_t t = 0; t < 3; t++) campaign_table_free(tables[t]);
    }
    campaign_table *people;
    assert_int_equal(campaign_plan_headcount(&people, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_fall_on_working_days),
        cmocka_unit_test(test_the_handbooks_rules_fill_a_year),
        cmocka_unit_test(test_rules_that_cannot_be_are_refused),
        cmocka_unit_test(test_completion_of_a_month),
        cmocka_unit_test(test_completion_by_moments),
        cmocka_unit_test(test_completion_refuses_what_does_not_fit),
        cmocka_unit_test(test_people_needed_and_when_to_hire),
        cmocka_unit_test(test_the_ceiling_is_exact),
        cmocka_unit_test(test_headcount_refuses_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
