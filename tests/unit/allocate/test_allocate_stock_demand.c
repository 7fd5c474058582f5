/* Demand distributions against published tables, closed forms and the C library. */
#include "store_cases.h"

#include "allocate/stock/store.h"

static cpn_shelf_demand make_demand(cpn_shelf_kind kind, double mean, double deviation)
{
    cpn_shelf_demand demand = { .kind = kind, .mean = mean, .deviation = deviation };
    cpn_shelf_room room = { 0 };
    cpn_shelf_settle(&demand);
    assert_int_equal(cpn_shelf_tabulate(&demand, 1000000, &room), CAMPAIGN_OK);
    cpn_shelf_free_room(&room);
    return demand;
}

static double covered(cpn_shelf_kind kind, double mean, double deviation, int64_t level)
{
    cpn_shelf_demand demand = make_demand(kind, mean, deviation);
    const double chance = 1 - cpn_shelf_beyond(&demand, level);
    free(demand.counts.losses);
    return chance;
}

/* The standard normal: tail and loss as in the tables of Silver, Pyke, Thomas, Inventory and Production Management in
 * Supply Chains (2017), appendix II: L(0) = 0.3989, L(0.5) = 0.1978, L(1) = 0.08332, L(1.5) = 0.02931, L(2) = 0.008491. */
static void test_normal_tables(void **state)
{
    (void)state;
    static const double z[] = { 0, 0.5, 1, 1.5, 2 }, loss[] = { 0.3989, 0.1978, 0.08332, 0.02931, 0.008491 };
    static const double tail[] = { 0.5, 0.3085, 0.1587, 0.06681, 0.02275 };
    for (int i = 0; i < 5; i++) {
        assert_near(cpn_shelf_normal_loss(z[i]), loss[i], loss[i] * 2e-4);
        assert_near(cpn_shelf_normal_tail(z[i]), tail[i], 6e-5);
        assert_near(cpn_shelf_normal_loss(-z[i]), loss[i] + z[i], 1e-4);
    }
}

/* The C library's erfc and exp, over the whole range, to the accuracy that its own argument has. */
static void test_normal_tail_is_that_of_erfc(void **state)
{
    (void)state;
    for (double z = -9; z < 25; z += 0.0173) {
        const double truth = erfc(z / sqrt(2)) / 2;
        assert_true(fabs(cpn_shelf_normal_tail(z) - truth) <= 2e-13 * truth);
        assert_true(fabs(cpn_shelf_exp(-20 * z) - exp(-20 * z)) <= 1e-15 * exp(-20 * z));
    }
}

/* Between two levels: additive, and equal to the difference of losses where that does not cancel. */
static void test_normal_between_adds_up(void **state)
{
    (void)state;
    for (double low = -7; low < 7; low += 0.31)
        for (double width = 0.001; width < 8; width *= 1.9) {
            const double whole = cpn_shelf_normal_between(low, low + width), part = width * 0.37;
            const double parts =
                cpn_shelf_normal_between(low, low + part) + cpn_shelf_normal_between(low + part, low + width);
            assert_true(fabs(whole - parts) <= 2e-13 * whole);
            assert_near(whole, cpn_shelf_normal_loss(low) - cpn_shelf_normal_loss(low + width), 2e-14);
        }
}

/* Cumulative Poisson table, as printed in any statistics textbook (Montgomery, Runger, Applied Statistics and Probability
 * for Engineers, appendix A, table II gives the same): four digits. */
static void test_poisson_table(void **state)
{
    (void)state;
    static const struct {
        double mean;
        int64_t level;
        double chance;
    } table[] = { { 1, 0, 0.3679 },   { 1, 1, 0.7358 },   { 2, 3, 0.8571 },  { 5, 4, 0.4405 },
                  { 5, 5, 0.6160 },   { 5, 7, 0.8666 },   { 5, 8, 0.9319 },  { 10, 9, 0.4579 },
                  { 10, 10, 0.5830 }, { 10, 14, 0.9165 }, { 10, 15, 0.9513 } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_near(covered(CPN_SHELF_POISSON, table[i].mean, 0, table[i].level), table[i].chance, 6e-5);
}

/* A negative binomial whose variance is mean + mean² is geometric: P(D > k) = (m / (1 + m))^(k + 1). */
static void test_negative_binomial_of_size_one_is_geometric(void **state)
{
    (void)state;
    for (int64_t level = 0; level < 120; level++) {
        const double truth = pow(0.8, (double)level + 1);
        assert_near(1 - covered(CPN_SHELF_NEGATIVE_BINOMIAL, 4, sqrt(20), level), truth, 1e-14);
    }
}

/* A Poisson demand of 10^8 has a deviation of 10^4: what is lost at its mean is 0.39894 deviations. */
static void test_large_counts_are_near_the_normal(void **state)
{
    (void)state;
    cpn_shelf_demand demand = { .kind = CPN_SHELF_POISSON, .mean = 1e8 };
    cpn_shelf_room room = { 0 };
    cpn_shelf_settle(&demand);
    assert_int_equal(cpn_shelf_tabulate(&demand, 200000000, &room), CAMPAIGN_OK);
    assert_near(cpn_shelf_lost(&demand, 100000000), 3989.42, 0.01);
    assert_near(cpn_shelf_gain(&demand, 0, 100000000), 1e8 - 3989.42, 0.01);
    free(demand.counts.losses);
    cpn_shelf_free_room(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal_tables),
        cmocka_unit_test(test_normal_tail_is_that_of_erfc),
        cmocka_unit_test(test_normal_between_adds_up),
        cmocka_unit_test(test_poisson_table),
        cmocka_unit_test(test_negative_binomial_of_size_one_is_geometric),
        cmocka_unit_test(test_large_counts_are_near_the_normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
