/* Offers beside published optima: generalized assignment (OR-Library), multiple-choice knapsacks, and matching LPs. */
#include "offers_cases.h"

/* Reads the next number of a file. */
static double next(FILE *file)
{
    double number = 0;
    assert_int_equal(fscanf(file, "%lf", &number), 1);
    return number;
}

static void put_float(campaign_table_builder *builder, int32_t column, double value)
{
    assert_int_equal(campaign_table_builder_append_float64(builder, column, value, NULL), CAMPAIGN_OK);
}

typedef struct instance {
    campaign_table *pairs, *budgets;
} instance;

static campaign_table_builder *open_pairs(void)
{
    static const char *const names[] = { "customer", "offer", "value", "cost" };
    static const int32_t types[] = { CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_FLOAT64,
                                     CAMPAIGN_TYPE_FLOAT64 };
    return open_table(names, types, 4);
}

static void put_pair(campaign_table_builder *builder, int64_t customer, int64_t offer, double value, double cost)
{
    put(builder, 0, customer);
    put(builder, 1, offer);
    put_float(builder, 2, value);
    put_float(builder, 3, cost);
}

static campaign_table *read_capacities(FILE *file, int64_t n)
{
    static const char *const names[] = { "amount", "offer" };
    static const int32_t types[] = { CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_INT64 };
    campaign_table_builder *builder = open_table(names, types, 2);
    for (int64_t a = 0; a < n; a++) {
        put_float(builder, 0, next(file));
        put(builder, 1, a);
    }
    return close_table(builder);
}

/* Assignments: m agents are offers with capacities, n jobs customers; costs are to be small, profits large. */
static instance read_gap(const char *name, double sign)
{
    FILE *file = open_shared(name);
    const int64_t m = (int64_t)next(file), n = (int64_t)next(file), size = m * n;
    double *costs = calloc((size_t)size, sizeof *costs);
    campaign_table_builder *builder = open_pairs();
    assert_non_null(costs);
    for (int64_t i = 0; i < size; i++) costs[i] = next(file);
    for (int64_t i = 0; i < size; i++) put_pair(builder, i % n, i / n, sign * costs[i], next(file));
    instance made = { close_table(builder), NULL };
    made.budgets = read_capacities(file, m);
    free(costs);
    (void)fclose(file);
    return made;
}

static instance read_mckp(const char *name)
{
    FILE *file = open_shared(name);
    static const char *const amount = "amount";
    static const int32_t type = CAMPAIGN_TYPE_FLOAT64;
    const int64_t n = (int64_t)next(file), size = (int64_t)next(file);
    campaign_table_builder *budgets = open_table(&amount, &type, 1), *builder = open_pairs();
    put_float(budgets, 0, next(file));
    for (int64_t i = 0; i < n * size; i++) {
        const double value = next(file);
        put_pair(builder, i / size, i % size, value, next(file));
    }
    (void)fclose(file);
    return (instance){ close_table(builder), close_table(budgets) };
}

static instance read_matching(const char *name)
{
    FILE *file = open_shared(name);
    (void)next(file);
    const int64_t n_offers = (int64_t)next(file), n = (int64_t)next(file);
    instance made = { NULL, read_capacities(file, n_offers) };
    campaign_table_builder *builder = open_pairs();
    for (int64_t i = 0; i < n; i++) {
        const int64_t customer = (int64_t)next(file), offer = (int64_t)next(file);
        const double cost = next(file);
        put_pair(builder, customer, offer, next(file), cost);
    }
    made.pairs = close_table(builder);
    (void)fclose(file);
    return made;
}

static campaign_allocate_offers_report solve(instance made, bool is_exact, int64_t node_limit)
{
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_options options = CAMPAIGN_ALLOCATE_OFFERS_OPTIONS_INIT;
    campaign_allocate_offers_report report = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    campaign_table *choices = NULL;
    campaign_error error = { 0 };
    inputs.pairs = made.pairs;
    inputs.budgets = made.budgets;
    options.is_exact = is_exact;
    options.node_limit = node_limit;
    assert_ok(campaign_allocate_offers(&choices, &report, &inputs, &options, NULL, &error), error);
    campaign_table_free(choices);
    campaign_table_free(made.pairs);
    campaign_table_free(made.budgets);
    return report;
}

typedef struct published {
    const char *name;
    double optimum;
} published;

/* Never beyond the optimum nor a bound short of it; counts those that are proven. */
static int32_t check_optimum(instance made, bool is_exact, const published *known, double sign)
{
    campaign_allocate_offers_report report = solve(made, is_exact, 0);
    const double optimum = sign * known->optimum;
    const bool is_proven = report.status == CAMPAIGN_CERTIFICATE_OPTIMAL;
    if (report.value > optimum || report.bound < optimum * (1 - sign * 1e-12) || (is_proven && report.value != optimum))
        fail_msg("%s: %lld, bound %lld, expected %lld", known->name, (long long)report.value, (long long)report.bound,
                 (long long)optimum);
    print_message("%s: %lld of %lld, %lld nodes\n", known->name, (long long)report.value, (long long)optimum,
                  (long long)report.n_nodes);
    campaign_allocate_offers_report_clear(&report);
    return is_proven;
}

static void test_assignments_are_proven(void **state)
{
    static const published known[] = {
        { "gap/a05100.txt", 1698 }, { "gap/a20100.txt", 1158 }, { "gap/b05100.txt", 1843 }, { "gap/c05100.txt", 1931 },
        { "gap/c10100.txt", 1402 }, { "gap/c20100.txt", 1243 }, { "gap/d05100.txt", 6353 }, { "gap/gap1-0.txt", 261 },
        { "gap/gap1-2.txt", 256 },  { "gap/gap2-0.txt", 277 },  { "gap/gap5-0.txt", 403 },
    };
    (void)state;
    int32_t n_proven = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char name[128];
        (void)snprintf(name, sizeof name, "cases/instances/%s", known[i].name);
        n_proven += check_optimum(read_gap(name, -1), true, &known[i], -1);
    }
    assert_int_equal(n_proven, 11);
}

static void test_multiple_choice_knapsacks_are_proven(void **state)
{
    static const published known[] = {
        { "mckp/mckp_uc_100x10_R1000_s1.txt", 90517 },
        { "mckp/mckp_sc_100x10_R1000_s3.txt", 46499 },
        { "mckp/mckp_concave_200x10_R1000_s5.txt", 106644 },
        { "mckp/mckp_uc_1000x10_R100_s6.txt", 91078 },
    };
    (void)state;
    int32_t n_proven = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char name[128];
        (void)snprintf(name, sizeof name, "cases/instances/%s", known[i].name);
        n_proven += check_optimum(read_mckp(name), false, &known[i], 1);
    }
    assert_int_equal(n_proven, 4);
}

/* The bound is within a millionth of the linear optimum, and whole choices lie below. */
static void expect_linear(const char *name, double optimum)
{
    campaign_allocate_offers_report report = solve(read_matching(name), false, -1);
    print_message("%s: bound - optimum %lld e-9 of it, gap %lld e-9\n", name,
                  (long long)((report.bound / optimum - 1) * 1e9), (long long)(report.gap * 1e9));
    assert_true(report.bound >= optimum * (1 - 1e-9) && report.bound <= optimum * (1 + 1e-6));
    assert_true(report.value <= report.bound && report.gap < 0.02);
    campaign_allocate_offers_report_clear(&report);
}

static void test_matchings_meet_the_linear_optimum(void **state)
{
    (void)state;
    expect_linear("cases/instances/dualip/matching_1000x20_sp0.25_seed42.txt", 23.41306818453868);
    expect_linear("cases/instances/dualip/matching_10000x100_sp0.05_seed42.txt", 458.4579703312592);
}

/* The sum of cost × share of every offer, added up as a reader of the table would. */
static void expect_kept(const campaign_table *choices, const instance *made)
{
    for (int64_t a = 0; a < campaign_table_n_rows(made->budgets); a++) {
        double used = 0;
        for (int64_t row = 0; row < campaign_table_n_rows(choices); row++)
            if (campaign_table_int64(choices, 1, row) == a)
                used += campaign_table_float64(choices, 2, row) * campaign_table_float64(choices, 4, row);
        assert_true(used <= campaign_table_float64(made->budgets, 0, a));
    }
}

static void expect_shares(const char *name, double optimum)
{
    instance made = read_matching(name);
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_options options = CAMPAIGN_ALLOCATE_OFFERS_OPTIONS_INIT;
    campaign_allocate_offers_report report = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    campaign_table *choices = NULL;
    campaign_error error = { 0 };
    inputs.pairs = made.pairs;
    inputs.budgets = made.budgets;
    options.is_fractional = 1;
    assert_ok(campaign_allocate_offers(&choices, &report, &inputs, &options, NULL, &error), error);
    print_message("%s: value - optimum %lld e-12 of it, gap %lld e-12\n", name,
                  (long long)((report.value / optimum - 1) * 1e12), (long long)(report.gap * 1e12));
    assert_int_equal(report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    assert_true(fabs(report.value - optimum) <= 1e-9 * optimum && report.bound >= optimum * (1 - 1e-12));
    assert_true(report.gap <= 1e-9);
    assert_int_equal(campaign_table_find(choices, "share"), 2);
    expect_kept(choices, &made);
    campaign_table_free(choices);
    campaign_table_free(made.pairs);
    campaign_table_free(made.budgets);
    campaign_allocate_offers_report_clear(&report);
}

static void test_shares_are_the_linear_optimum(void **state)
{
    (void)state;
    expect_shares("cases/instances/dualip/matching_1000x20_sp0.25_seed42.txt", 23.41306818453868);
    expect_shares("cases/instances/dualip/matching_10000x100_sp0.05_seed42.txt", 458.4579703312592);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_assignments_are_proven),
        cmocka_unit_test(test_multiple_choice_knapsacks_are_proven),
        cmocka_unit_test(test_shares_are_the_linear_optimum),
        cmocka_unit_test(test_matchings_meet_the_linear_optimum),
    };
    return cmocka_run_group_tests_name("allocate_offers_instances", tests, NULL, NULL);
}
