/* The budget's public call where next to nothing is left to decide: best plans of nothing, groups that must be empty. */
#include "face_tables.h"

#include <campaign/certificate.h>

/* Where nothing is best the bound is nothing too, or rounding, which is no gap. */
static void test_a_best_of_nothing_is_proven(void **state)
{
    (void)state;
    static const struct {
        int32_t objective;
        double target;
        const char *items;
    } cases[] = {
        { CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND, 1, "a hill 5 10 2 50" },
        { CAMPAIGN_ALLOCATE_BUDGET_PROFIT, 0, "a hill 1 10 2 0; b s_logistic 3 20 5 0" },
        { CAMPAIGN_ALLOCATE_BUDGET_MARGINAL_RETURN, 0.5, "a hill 1 10 2 0; b s_logistic 3 20 5 0" },
        { CAMPAIGN_ALLOCATE_BUDGET_RESPONSE, 0, "a hill 0 10 2 0; b s_logistic 0 20 5 0" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        face f = face_of(table_of("item curve scale# location# shape# shift#", cases[i].items));
        f.options.objective = cases[i].objective;
        f.options.target = cases[i].target;
        set_budget(&f, 100);
        run_face(&f);
        assert_ok(f.status, f.error);
        assert_true(f.report.value == 0 && fabs(f.report.bound) <= 1e-13);
        assert_true(f.report.gap <= 1e-9);
        assert_int_equal(f.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        if (cases[i].objective == CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND) assert_true(f.report.bound == 0);
        drop_face(&f);
    }
}

/* A share of a group that gets nothing is nothing, though the first cent would bring endlessly much. */
static void test_shares_of_nothing_are_nothing(void **state)
{
    (void)state;
    static const char *const groups[] = {
        "peak - - -; off 0.3 - peak; none - - -; last - - -",   /* at most a share of nothing */
        "peak - - -; off - 0.3 peak; none - - -; last - - -",   /* exactly */
        "peak - - -; off 0.3 - peak; none - - -; last - 2 off", /* and a share of that */
        "peak - 0.5 off; off - - -; none - - -; last - - -",    /* what has nothing as its share */
    };
    static const double budgets[] = { 1e-3, 10, 1e6 };
    for (int32_t i = 0; i < 12; i++) {
        const char *items = "a hill 5 5 2 1e9 peak 1; b power 3 - 0.5 1e9 off 0; c linear 0.1 - - 1e9 none 0;"
                            "d michaelis_menten 1e-6 3 - 1e9 last 0";
        face f = face_of(table_of("item curve scale# location# shape# maximum# group is_paused?", items));
        f.groups = table_of("group maximum_share# share# of", groups[i % 4]);
        set_budget(&f, budgets[i / 4]);
        run_face(&f);
        assert_ok(f.status, f.error);
        assert_true(number_at(f.allocation, "spend", 0) == 0 && number_at(f.allocation, "spend", 1) == 0);
        if (i % 4 == 2) assert_true(number_at(f.allocation, "spend", 3) == 0);
        assert_near(number_at(f.allocation, "spend", 2), budgets[i / 4], 1e-12 * budgets[i / 4]);
        assert_int_equal(f.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        drop_face(&f);
    }
}

/* Each unit of a needs 100 of b, which bring nothing: 1e5 · 10 / (10 + x)² = 101 where the next one no longer pays. */
static void test_a_highest_share_draws_its_base_along(void **state)
{
    (void)state;
    face f = face_of(table_of("item group curve scale# location#", "a x michaelis_menten 1e5 10; b y log 1e-6 1"));
    f.groups = table_of("group maximum_share# of", "x 0.01 y; y - -");
    f.options.objective = CAMPAIGN_ALLOCATE_BUDGET_PROFIT;
    run_face(&f);
    assert_ok(f.status, f.error);
    const double expected = sqrt(1e6 / 101) - 10;
    assert_near(number_at(f.allocation, "spend", 0), expected, 1e-4);
    assert_near(number_at(f.allocation, "spend", 1), 100 * expected, 1e-2);
    drop_face(&f);
}

/* What is spent on an opening that is not paid for yet brings nothing, and neither does the next unit. */
static void test_a_part_of_an_opening_brings_nothing(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# opening_cost# spent#", "a linear 1 20 5; b linear 2 - -"));
    set_budget(&f, 15);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_true(number_at(f.allocation, "spend", 0) == 5 && number_at(f.allocation, "marginal", 0) == 0);
    assert_text(f.allocation, "text", 0, "5 is spent already: the next 1 brings 0, elsewhere 2.");
    drop_face(&f);
}

/* What the answer brings when the budget, and the limit of the group beside it, are a little larger or smaller. */
static double value_beside(face *f, const char *items, const char *groups, const char *points, double budget)
{
    campaign_table_free(f->items);
    campaign_table_free(f->groups);
    campaign_table_free(f->points);
    f->items = table_of("item group curve scale# location# shape# opening_cost# step#", items);
    f->groups = table_of("group maximum_share# share# minimum#", groups);
    f->points = table_of("item spend# response#", points);
    set_budget(f, budget);
    run_face(f);
    assert_ok(f->status, f->error);
    assert_int_equal(f->report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    return f->report.value;
}

/* Where all that can move lies on a stretch that bends up, or on a broken line, its next unit is what the budget is worth. */
static void test_multipliers_where_curves_bend_up_or_break(void **state)
{
    (void)state;
    static const struct {
        const char *items, *groups;
        double budget;
        int64_t limit; /* the one that binds: of a group it is half of the budget */
    } cases[] = {
        { "a - hill 5 40 3 - -", "g 1 - -", 10, 0 },
        { "a - hill 5 40 3 - -; b - hill 1 4 3 - 8", "g 1 - -", 14, 0 },
        { "a - s_logistic 5 30 6 2 -; b - hill 1 4 3 - 8", "g 1 - -", 20, 0 },
        { "p - piecewise - - - - -; b - hill 5 4 3 - 6", "g 1 - -", 20, 0 },
        { "p - piecewise - - - - -; b - hill 5 4 3 - 6; c - log 0.5 4 - - -", "g 1 - -", 31, 0 },
        { "p - piecewise - - - 3 -; b - power 1 9 1.4 - 6", "g 1 - -", 22, 0 },
        { "a g hill 5 40 3 - -; b - linear 0 - - - -", "g 0.5 - -", 20, 1 },
        { "a g hill 5 40 3 - -; b - linear 0 - - - -", "g - 0.5 -", 20, 1 },
        { "p g piecewise - - - - -; b g hill 5 4 3 - 6; c - linear 0 - - - -", "g - 0.5 -", 44, 1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *points = strchr(cases[i].items, 'p') == cases[i].items ? "p 0 0; p 10 1; p 20 5; p 30 5.5" : "";
        const double step = 1e-5, part = cases[i].limit == 0 ? 1 : 2;
        double values[3];
        face f = { .options = CAMPAIGN_ALLOCATE_BUDGET_OPTIONS_INIT, .report = CAMPAIGN_ALLOCATE_BUDGET_REPORT_INIT };
        for (int k = -1; k <= 1; k++)
            values[k + 1] =
                value_beside(&f, cases[i].items, cases[i].groups, points, cases[i].budget + k * step * part);
        (void)value_beside(&f, cases[i].items, cases[i].groups, points, cases[i].budget);
        const double slope = (values[2] - values[0]) / (2 * step);
        assert_true(slope > 0.001);
        assert_near(number_at(f.report.limits, "multiplier", cases[i].limit), slope, 1e-4 * slope);
        drop_face(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_best_of_nothing_is_proven),
        cmocka_unit_test(test_shares_of_nothing_are_nothing),
        cmocka_unit_test(test_a_highest_share_draws_its_base_along),
        cmocka_unit_test(test_a_part_of_an_opening_brings_nothing),
        cmocka_unit_test(test_multipliers_where_curves_bend_up_or_break),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
