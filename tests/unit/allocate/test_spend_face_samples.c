/* Budgets under uncertain curves: the mean, quantiles and deviations of samples beside trying all divisions. */
#include "face_tables.h"

#include <campaign/certificate.h>

#include "base/random.h"

enum { N_SAMPLES = 20, N_STEPS = 800, N_ROUNDS = 12, N_STEEP = 5 };

/* Two items that share a budget of 100; hill curves whose scale and bend are uncertain. */
typedef struct uncertain {
    double scale[2][N_SAMPLES], location[2][N_SAMPLES], shape[2];
} uncertain;

static void draw(uncertain *u, cpn_random *random, double most_shape)
{
    for (int32_t i = 0; i < 2; i++) {
        u->shape[i] = 0.6 + (most_shape - 0.6) * cpn_random_double(random);
        for (int32_t s = 0; s < N_SAMPLES; s++) {
            u->scale[i][s] = 5 + 20 * cpn_random_double(random);
            u->location[i][s] = 20 + 40 * cpn_random_double(random);
        }
    }
}

static face face_of_samples(const uncertain *u)
{
    char text[MOST_TEXT] = "";
    int32_t length = 0;
    (void)snprintf(text, sizeof text, "a hill %.17g; b hill %.17g", u->shape[0], u->shape[1]);
    face f = face_of(table_of("item curve shape#", text));
    for (int32_t i = 0; i < 2; i++)
        for (int32_t s = 0; s < N_SAMPLES; s++)
            length += snprintf(text + length, sizeof text - (size_t)length, " %c %d %.17g %.17g", 'a' + i, 100 - 3 * s,
                               u->scale[i][s], u->location[i][s]);
    f.samples = table_of("item sample% scale# location#", text);
    set_budget(&f, 100);
    return f;
}

static double hill(const uncertain *u, int32_t item, int32_t sample, double spend)
{
    const double power = pow(spend, u->shape[item]);
    return u->scale[item][sample] * power / (pow(u->location[item][sample], u->shape[item]) + power);
}

static int compare(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The k-th smallest total, or for k = 0 mean - aversion × deviation. */
static double judge(const uncertain *u, double spend, int32_t k, double aversion)
{
    double totals[N_SAMPLES], mean = 0, square = 0;
    for (int32_t s = 0; s < N_SAMPLES; s++) {
        totals[s] = hill(u, 0, s, spend) + hill(u, 1, s, 100 - spend);
        mean += totals[s] / N_SAMPLES;
    }
    for (int32_t s = 0; s < N_SAMPLES; s++) square += (totals[s] - mean) * (totals[s] - mean) / N_SAMPLES;
    qsort(totals, N_SAMPLES, sizeof *totals, compare);
    return k > 0 ? totals[k - 1] : mean - aversion * sqrt(square);
}

static double best_of_all(const uncertain *u, int32_t k, double aversion)
{
    double best = -INFINITY;
    for (int32_t i = 0; i <= N_STEPS; i++) best = fmax(best, judge(u, 100.0 * i / N_STEPS, k, aversion));
    return best;
}

static void test_the_mean_of_samples_is_one_problem(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 5);
    for (int32_t round = 0; round < N_ROUNDS; round++) {
        uncertain u;
        draw(&u, &random, 3);
        face f = face_of_samples(&u);
        run_face(&f);
        assert_ok(f.status, f.error);
        const double best = best_of_all(&u, 0, 0);
        assert_true(f.report.value >= best * (1 - 1e-9) && f.report.bound >= best);
        assert_near(f.report.value, judge(&u, number_at(f.allocation, "spend", 0), 0, 0), 1e-9);
        assert_true(f.report.gap <= 1e-9);
        drop_face(&f);
    }
}

static void test_deviations_are_weighed_against_the_mean(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 6);
    double widest = 0;
    for (int32_t round = 0; round < N_ROUNDS; round++) {
        uncertain u;
        draw(&u, &random, 1);
        face f = face_of_samples(&u);
        f.options.risk = CAMPAIGN_ALLOCATE_BUDGET_MEAN_LESS_SD;
        f.options.risk_aversion = round % 3 + 0.5;
        run_face(&f);
        assert_ok(f.status, f.error);
        const double best = best_of_all(&u, 0, f.options.risk_aversion);
        assert_near(f.report.value, judge(&u, number_at(f.allocation, "spend", 0), 0, f.options.risk_aversion), 1e-9);
        assert_true(f.report.bound >= best);
        assert_true(f.report.value >= best - 1e-6 * fabs(best));
        widest = fmax(widest, f.report.gap);
        drop_face(&f);
    }
    assert_true(widest <= 1e-6);
}

static void test_a_quantile_is_what_most_samples_reach(void **state)
{
    (void)state;
    static const int32_t ppm[] = { 10000, 50000, 100000, 250000, 500000, 900000 };
    cpn_random random;
    cpn_random_seed(&random, 8);
    for (int32_t round = 0; round < N_ROUNDS; round++) {
        uncertain u;
        draw(&u, &random, round % 2 ? 1 : 2.5);
        face f = face_of_samples(&u);
        f.options.risk = CAMPAIGN_ALLOCATE_BUDGET_QUANTILE;
        f.options.quantile_ppm = ppm[round % 6];
        run_face(&f);
        assert_ok(f.status, f.error);
        const int32_t k = (int32_t)ceil(N_SAMPLES * (f.options.quantile_ppm / 1e6) - 1e-9);
        const double best = best_of_all(&u, k, 0);
        assert_near(f.report.value, judge(&u, number_at(f.allocation, "spend", 0), k, 0), 1e-9);
        assert_true(f.report.bound >= best);
        assert_true(f.report.value >= best * (1 - 0.01));
        drop_face(&f);
    }
}

/* Steep curves and much aversion: weights of samples may be far below 0 then, the bound is wide, and the best is found. */
static void test_deviations_of_steep_curves_are_the_best(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 16);
    for (int32_t round = 0; round < N_STEEP; round++) {
        uncertain u;
        draw(&u, &random, 5);
        face f = face_of_samples(&u);
        f.options.risk = CAMPAIGN_ALLOCATE_BUDGET_MEAN_LESS_SD;
        f.options.risk_aversion = 4;
        run_face(&f);
        assert_ok(f.status, f.error);
        const double best = best_of_all(&u, 0, 4),
                     spends[] = { number_at(f.allocation, "spend", 0), number_at(f.allocation, "spend", 1) };
        assert_true(spends[0] + spends[1] <= 100 * (1 + 1e-12));
        assert_true(f.report.bound >= best - 1e-9);
        if (f.report.value < best - 1e-4) fail_msg("round %d: %g, %g is possible", round, f.report.value, best);
        drop_face(&f);
    }
}

/* Packs of 10 of a budget of 100: all divisions are tried. */
static void test_packs_under_risk_are_the_best(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 17);
    for (int32_t round = 0; round < N_ROUNDS; round++) {
        uncertain u;
        draw(&u, &random, 4);
        face f = face_of_samples(&u);
        char text[MOST_TEXT];
        (void)snprintf(text, sizeof text, "a hill %.17g 10; b hill %.17g 10", u.shape[0], u.shape[1]);
        campaign_table_free(f.items);
        f.items = table_of("item curve shape# step#", text);
        const int32_t k = round % 2 == 0 ? 0 : 5;
        f.options.risk = k > 0 ? CAMPAIGN_ALLOCATE_BUDGET_QUANTILE : CAMPAIGN_ALLOCATE_BUDGET_MEAN_LESS_SD;
        f.options.risk_aversion = 3;
        f.options.quantile_ppm = 250000;
        run_face(&f);
        assert_ok(f.status, f.error);
        double best = -INFINITY;
        for (int32_t packs = 0; packs <= 10; packs++)
            for (int32_t others = 0; others <= 10 - packs; others++) {
                double totals[N_SAMPLES], mean = 0, square = 0;
                for (int32_t s = 0; s < N_SAMPLES; s++) {
                    totals[s] = hill(&u, 0, s, 10 * packs) + hill(&u, 1, s, 10 * others);
                    mean += totals[s] / N_SAMPLES;
                }
                for (int32_t s = 0; s < N_SAMPLES; s++) square += (totals[s] - mean) * (totals[s] - mean) / N_SAMPLES;
                qsort(totals, N_SAMPLES, sizeof *totals, compare);
                best = fmax(best, k > 0 ? totals[k - 1] : mean - 3 * sqrt(square));
            }
        if (fabs(f.report.value - best) > 1e-9) fail_msg("round %d: %g, %g is possible", round, f.report.value, best);
        assert_true(f.report.bound >= best - 1e-9);
        drop_face(&f);
    }
}

/* One sample is a curve, and risk has nothing to weigh. */
static void test_one_sample_is_certain(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve shape# scale#", "a power 0.5 1; b power 0.5 3"));
    f.samples = table_of("item sample% scale#", "a 1 2; b 1 3");
    set_budget(&f, 130);
    for (int32_t risk = 0; risk < 3; risk++) {
        f.options.risk = risk;
        f.options.risk_aversion = 2;
        run_face(&f);
        assert_ok(f.status, f.error);
        assert_near(number_at(f.allocation, "spend", 0), 40, 1e-6); /* 4 : 9 */
        assert_near(f.report.value, sqrt(13 * 130), 1e-9);
        assert_true(f.report.gap <= 1e-9);
    }
    drop_face(&f);
}

static double value_under(face *f, double budget, double maximum)
{
    char groups[64];
    (void)snprintf(groups, sizeof groups, "g %.17g; h -", maximum);
    campaign_table_free(f->groups);
    f->groups = table_of("group maximum#", groups);
    set_budget(f, budget);
    run_face(f);
    assert_ok(f->status, f->error);
    assert_int_equal(f->report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    return f->report.value;
}

/* One more unit of a limit brings what it brings to what is made large, not to the mean. */
static void test_multipliers_are_those_of_what_is_made_large(void **state)
{
    (void)state;
    static const struct {
        int32_t risk;
        double aversion;
    } cases[] = { { CAMPAIGN_ALLOCATE_BUDGET_MEAN, 0 },
                  { CAMPAIGN_ALLOCATE_BUDGET_QUANTILE, 0 },
                  { CAMPAIGN_ALLOCATE_BUDGET_MEAN_LESS_SD, 0.3 },
                  { CAMPAIGN_ALLOCATE_BUDGET_MEAN_LESS_SD, 2 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        face f = face_of(table_of("item group curve location#",
                                  "a g michaelis_menten 30; b h michaelis_menten 50; c h michaelis_menten 20"));
        f.samples =
            table_of("item sample% scale#", "a 1 20; a 2 11; a 3 16; b 1 9; b 2 14; b 3 18; c 1 4; c 2 5; c 3 7");
        f.options.risk = cases[i].risk;
        f.options.risk_aversion = cases[i].aversion;
        f.options.quantile_ppm = 300000;
        const double step = 1e-3, budget = value_under(&f, 100 + step, 25) - value_under(&f, 100 - step, 25);
        const double group = value_under(&f, 100, 25 + step) - value_under(&f, 100, 25 - step);
        (void)value_under(&f, 100, 25);
        assert_near(number_at(f.report.limits, "multiplier", 0), budget / (2 * step), 1e-3 * budget / step);
        assert_near(number_at(f.report.limits, "multiplier", 1), group / (2 * step), 1e-3 * fabs(group) / step + 1e-6);
        drop_face(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_mean_of_samples_is_one_problem),
        cmocka_unit_test(test_deviations_are_weighed_against_the_mean),
        cmocka_unit_test(test_a_quantile_is_what_most_samples_reach),
        cmocka_unit_test(test_deviations_of_steep_curves_are_the_best),
        cmocka_unit_test(test_packs_under_risk_are_the_best),
        cmocka_unit_test(test_one_sample_is_certain),
        cmocka_unit_test(test_multipliers_are_those_of_what_is_made_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
