/* Biproportional quotas: official results, the definition by trying all tables, ties, and large totals. */
#include "quota_cases.h"

/* ---- Published results ------------------------------------------------------------------------------------------- */

static void read_table_case(quota_case *c, const cpn_json_value *value, double *expected)
{
    *c = (quota_case){ .has_rows = true, .has_columns = true };
    c->n_columns = cpn_json_member(value, "districts")->n_children;
    c->n_rows = cpn_json_member(value, "parties")->n_children;
    assert_int_equal(read_numbers(c->weights, cpn_json_member(value, "votes")), c->n_rows * c->n_columns);
    (void)read_numbers(c->rows, cpn_json_member(value, "party_seats"));
    (void)read_numbers(c->columns, cpn_json_member(value, "district_seats"));
    (void)read_numbers(expected, cpn_json_member(value, "expected"));
}

static void expect_divisors(const quota_case *c, const quota_result *result, int32_t method)
{
    const int32_t divisor = campaign_table_find(result->report.rows, "divisor");
    for (int32_t cell = 0; cell < c->n_rows * c->n_columns; cell++) {
        if (isnan(c->weights[cell])) continue;
        const double share = c->weights[cell] /
                             campaign_table_float64(result->report.rows, divisor, cell / c->n_columns) /
                             campaign_table_float64(result->report.columns, divisor, cell % c->n_columns);
        const int64_t part = result->parts[cell];
        assert_true(share <= post(method, part + 1) * (1 + 1e-12));
        if (part > 0) assert_true(share >= post(method, part) * (1 - 1e-12));
    }
}

static void test_official_results(void **state)
{
    (void)state;
    static const char *const names[] = { "wikipedia_en_biproportional", "wikipedia_de_doppelproporz", "uri_2020" };
    cpn_json *json = read_cases();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const cpn_json_value *value = cpn_json_member(cpn_json_root(json), names[i]);
        quota_case c;
        quota_result result;
        double expected[MOST_CASE_CELLS];
        campaign_error error = { 0 };
        campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_BIPROPORTIONAL, 0, NONE);
        read_table_case(&c, value, expected);
        assert_ok(run_case(&result, &c, &options, &error), error);
        for (int32_t cell = 0; cell < c.n_rows * c.n_columns; cell++)
            assert_int_equal(result.parts[cell], (int64_t)expected[cell]);
        assert_int_equal(result.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        expect_divisors(&c, &result, CAMPAIGN_QUOTA_SAINTE_LAGUE);
        clear_result(&result);
    }
    cpn_json_free(json);
}

/* Uri counts voters: votes of a district divided by its seats. The others add votes up. */
static void test_upper_apportionment(void **state)
{
    (void)state;
    static const char *const names[] = { "wikipedia_en_biproportional", "wikipedia_de_doppelproporz", "uri_2020" };
    cpn_json *json = read_cases();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const cpn_json_value *value = cpn_json_member(cpn_json_root(json), names[i]);
        quota_case c;
        quota_result result;
        double expected[MOST_CASE_CELLS], upper[MOST_SIDE];
        campaign_error error = { 0 };
        campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_BIPROPORTIONAL, 0, NONE);
        read_table_case(&c, value, expected);
        (void)read_numbers(upper, cpn_json_member(value, "upper_apportionment_webster"));
        c.has_rows = false;
        options.weighs_margins = cpn_json_member(value, "upper_uses_district_weighting")->boolean;
        assert_ok(run_case(&result, &c, &options, &error), error);
        const int32_t total = campaign_table_find(result.report.rows, "total");
        for (int32_t row = 0; row < c.n_rows; row++)
            assert_int_equal(campaign_table_int64(result.report.rows, total, row), (int64_t)upper[row]);
        for (int32_t cell = 0; cell < c.n_rows * c.n_columns; cell++)
            assert_int_equal(result.parts[cell], (int64_t)expected[cell]);
        clear_result(&result);
    }
    cpn_json_free(json);
}

/* ---- Trying all tables ------------------------------------------------------------------------------------------- */

typedef struct enumeration {
    const quota_case *c;
    int32_t method;
    int64_t least[MOST_CASE_CELLS], most[MOST_CASE_CELLS];
    int64_t parts[MOST_CASE_CELLS], best[MOST_CASE_CELLS];
    int32_t order[MOST_CASE_CELLS]; /* cells by weight, then key */
    double best_cost;
    int64_t n_best;
} enumeration;

/* Sum of log(d(k) / w) over all units: the least of it is proportional (Rote & Zachariasen, 2007). */
static double cost_of(const enumeration *all)
{
    double cost = 0;
    for (int32_t cell = 0; cell < all->c->n_rows * all->c->n_columns; cell++)
        for (int64_t k = all->least[cell] + 1; k <= all->parts[cell]; k++)
            cost += log(post(all->method, k) / all->c->weights[cell]);
    return cost;
}

/* 1 where the table at hand comes before the best one in the declared order. */
static bool is_before(const enumeration *all)
{
    for (int32_t i = 0; i < all->c->n_rows * all->c->n_columns; i++) {
        const int32_t cell = all->order[i];
        if (all->parts[cell] != all->best[cell]) return all->parts[cell] > all->best[cell];
    }
    return false;
}

static void keep_if_best(enumeration *all)
{
    const quota_case *c = all->c;
    for (int32_t j = 0; j < c->n_columns; j++) {
        int64_t sum = 0;
        for (int32_t i = 0; i < c->n_rows; i++) sum += all->parts[i * c->n_columns + j];
        if (sum != (int64_t)c->columns[j]) return;
    }
    const double cost = cost_of(all);
    const bool is_tie = all->n_best > 0 && fabs(cost - all->best_cost) < 1e-9;
    if (all->n_best > 0 && !is_tie && cost > all->best_cost) return;
    if (!is_tie || is_before(all)) memcpy(all->best, all->parts, sizeof all->best);
    if (!is_tie) all->best_cost = cost;
    all->n_best = is_tie ? all->n_best + 1 : 1;
}

static int64_t row_rest(const enumeration *all, int32_t cell)
{
    const int32_t row = cell / all->c->n_columns;
    int64_t rest = (int64_t)all->c->rows[row];
    for (int32_t i = row * all->c->n_columns; i < cell; i++) rest -= all->parts[i];
    return rest;
}

/* Counts through all tables that keep the bounds and the rows. */
static void try_all(enumeration *all)
{
    const int32_t n = all->c->n_rows * all->c->n_columns, last = all->c->n_columns - 1;
    int32_t cell = 0;
    all->parts[0] = all->least[0] - 1;
    while (cell >= 0) {
        const int64_t rest = row_rest(all, cell);
        int64_t next = all->parts[cell] + 1;
        if (cell % all->c->n_columns == last && next < rest) next = rest;
        if (next > rest || next > all->most[cell]) {
            cell--;
            continue;
        }
        all->parts[cell] = next;
        if (cell == n - 1) {
            keep_if_best(all);
        } else {
            cell++;
            all->parts[cell] = all->least[cell] - 1;
        }
    }
}

static void set_order(enumeration *all)
{
    const int32_t n = all->c->n_rows * all->c->n_columns;
    for (int32_t i = 0; i < n; i++) {
        int32_t at = i;
        for (; at > 0 && all->c->weights[i] > all->c->weights[all->order[at - 1]]; at--)
            all->order[at] = all->order[at - 1];
        all->order[at] = i;
    }
}

static void find_best(enumeration *all, const quota_case *c, int32_t method)
{
    const bool gives_one = post(method, 1) == 0;
    *all = (enumeration){ .c = c, .method = method };
    for (int32_t cell = 0; cell < c->n_rows * c->n_columns; cell++) {
        const int64_t least = c->has_bounds && c->minimum[cell] != NONE ? c->minimum[cell] : 0;
        const int64_t most = c->has_bounds && c->maximum[cell] != NONE ? c->maximum[cell] : 99;
        all->least[cell] = least;
        all->most[cell] = c->weights[cell] > 0 ? most : least;
        if (gives_one && c->weights[cell] > 0 && least == 0 && most > 0) all->least[cell] = 1;
    }
    set_order(all);
    try_all(all);
}

/* Small weights with many ties and zeros; totals of a random table, so that most have an answer. */
static void draw_case(quota_case *c, cpn_random *random, bool has_bounds)
{
    *c = (quota_case){ .has_rows = true, .has_columns = true, .has_bounds = has_bounds };
    c->n_rows = 2 + (int32_t)cpn_random_below(random, 2);
    c->n_columns = 2 + (int32_t)cpn_random_below(random, 2);
    const int64_t most_weight = cpn_random_below(random, 2) ? 4 : 60;
    for (int32_t cell = 0; cell < c->n_rows * c->n_columns; cell++) {
        const int64_t part = cpn_random_below(random, 4);
        c->weights[cell] = (double)cpn_random_below(random, most_weight);
        c->rows[cell / c->n_columns] += (double)part;
        c->columns[cell % c->n_columns] += (double)part;
        c->minimum[cell] = cpn_random_below(random, 4) == 0 ? cpn_random_below(random, 2) : NONE;
        c->maximum[cell] = cpn_random_below(random, 3) == 0 ? 1 + cpn_random_below(random, 4) : NONE;
        c->locked[cell] = NONE;
    }
}

static void check_random(uint64_t seed, bool has_bounds, int64_t counts[3])
{
    cpn_random random;
    quota_case c;
    quota_result result;
    static enumeration all;
    cpn_random_seed(&random, seed);
    draw_case(&c, &random, has_bounds);
    c.is_reversed = seed % 2 != 0;
    const int32_t method = CAMPAIGN_QUOTA_DHONDT + (int32_t)(seed % 5);
    const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_BIPROPORTIONAL, method, NONE);
    campaign_error error = { 0 };
    find_best(&all, &c, method);
    const campaign_status status = run_case(&result, &c, &options, &error);
    if (all.n_best == 0) {
        assert_int_equal(status, CAMPAIGN_E_INFEASIBLE);
        counts[0]++;
    } else {
        assert_ok(status, error);
        for (int32_t cell = 0; cell < c.n_rows * c.n_columns; cell++)
            if (result.parts[cell] != all.best[cell])
                fail_msg("seed %llu cell %ld: %lld, expected %lld", (unsigned long long)seed, (long)cell,
                         (long long)result.parts[cell], (long long)all.best[cell]);
        assert_int_equal(result.report.n_ties > 0, all.n_best > 1);
        if (!has_bounds) expect_divisors(&c, &result, method);
        counts[all.n_best > 1 ? 2 : 1]++;
    }
    clear_result(&result);
}

static void test_answers_are_those_of_trying_all_tables(void **state)
{
    (void)state;
    int64_t counts[3] = { 0, 0, 0 };
    for (uint64_t seed = 1; seed <= 12000; seed++) check_random(seed, false, counts);
    for (uint64_t seed = 12001; seed <= 18000; seed++) check_random(seed, true, counts);
    /* All three kinds must be among them. */
    print_message("%lld refused, %lld unique, %lld tied\n", (long long)counts[0], (long long)counts[1],
                  (long long)counts[2]);
    assert_true(counts[0] > 1000 && counts[1] > 1000 && counts[2] > 100);
}

/* ---- Size -------------------------------------------------------------------------------------------------------- */

static void test_totals_of_billions_are_exact(void **state)
{
    (void)state;
    quota_case c = { .n_rows = 6, .n_columns = 5, .has_rows = true, .has_columns = true };
    cpn_random random;
    cpn_random_seed(&random, 7);
    for (int32_t cell = 0; cell < 30; cell++) {
        const double part = (double)cpn_random_below(&random, INT64_C(1000000000000));
        c.weights[cell] = cell % 7 == 3 ? 0 : (double)(1 + cpn_random_below(&random, 1000000));
        if (c.weights[cell] > 0) c.rows[cell / 5] += part;
        if (c.weights[cell] > 0) c.columns[cell % 5] += part;
    }
    for (int32_t method = CAMPAIGN_QUOTA_DHONDT; method <= CAMPAIGN_QUOTA_DEAN; method++) {
        const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_BIPROPORTIONAL, method, NONE);
        quota_result result;
        campaign_error error = { 0 };
        int64_t rows[6] = { 0 }, columns[5] = { 0 };
        assert_ok(run_case(&result, &c, &options, &error), error);
        for (int32_t cell = 0; cell < 30; cell++) {
            rows[cell / 5] += result.parts[cell];
            columns[cell % 5] += result.parts[cell];
        }
        for (int32_t i = 0; i < 6; i++) assert_int_equal(rows[i], (int64_t)c.rows[i]);
        for (int32_t i = 0; i < 5; i++) assert_int_equal(columns[i], (int64_t)c.columns[i]);
        assert_int_equal(result.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        expect_divisors(&c, &result, method);
        clear_result(&result);
    }
}

/* Every table that keeps the totals is as good: the declared one gives the first cells most. */
static void test_equal_weights_follow_the_order_of_keys(void **state)
{
    (void)state;
    quota_case c = { .n_rows = 8, .n_columns = 8, .has_rows = true, .has_columns = true };
    const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_BIPROPORTIONAL, 0, NONE);
    quota_result result;
    campaign_error error = { 0 };
    for (int32_t cell = 0; cell < 64; cell++) c.weights[cell] = 5;
    for (int32_t i = 0; i < 8; i++) c.rows[i] = c.columns[i] = 2;
    assert_ok(run_case(&result, &c, &options, &error), error);
    for (int32_t i = 0; i < 8; i++)
        for (int32_t j = 0; j < 8; j++) assert_int_equal(result.parts[8 * i + j], i / 2 == j / 2);
    assert_int_equal(result.report.n_ties, 64);
    clear_result(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_official_results),
        cmocka_unit_test(test_upper_apportionment),
        cmocka_unit_test(test_answers_are_those_of_trying_all_tables),
        cmocka_unit_test(test_totals_of_billions_are_exact),
        cmocka_unit_test(test_equal_weights_follow_the_order_of_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
