/* Problems for the tests of the exact solver for offers: drawn at random in every shape, and read from outside truth. */
#ifndef CPN_TESTS_OFFERS_EXACT_CASES_H
#define CPN_TESTS_OFFERS_EXACT_CASES_H

#include "allocate/offers/exact/exact.h"
#include "base/random.h"
#include "check.h"

#include <campaign/certificate.h>
#include <math.h>

/* A problem that owns its arrays. */
typedef struct offers_case {
    cpn_offers_small problem;
    int64_t *starts, *use_starts;
    double *values, *use_costs, *capacities;
    int32_t *use_rows, *least, *most;
} offers_case;

static inline void free_case(offers_case *owned)
{
    free(owned->starts);
    free(owned->use_starts);
    free(owned->values);
    free(owned->use_costs);
    free(owned->capacities);
    free(owned->use_rows);
    free(owned->least);
    free(owned->most);
}

static inline void *room(int64_t n, size_t size)
{
    void *memory = calloc((size_t)n + 1, size);
    assert_non_null(memory);
    return memory;
}

/* Room for a problem of this size; the caller fills it. */
static inline offers_case open_case(int64_t n_customers, int64_t n_pairs, int64_t n_rows, int64_t n_uses)
{
    offers_case owned = { .starts = room(n_customers + 1, sizeof(int64_t)),
                          .use_starts = room(n_pairs + 1, sizeof(int64_t)),
                          .values = room(n_pairs, sizeof(double)),
                          .use_costs = room(n_uses, sizeof(double)),
                          .capacities = room(n_rows, sizeof(double)),
                          .use_rows = room(n_uses, sizeof(int32_t)),
                          .least = room(n_customers, sizeof(int32_t)),
                          .most = room(n_customers, sizeof(int32_t)) };
    owned.problem = (cpn_offers_small){ .n_customers = n_customers,
                                        .n_pairs = n_pairs,
                                        .n_rows = n_rows,
                                        .starts = owned.starts,
                                        .values = owned.values,
                                        .use_starts = owned.use_starts,
                                        .use_rows = owned.use_rows,
                                        .use_costs = owned.use_costs,
                                        .capacities = owned.capacities };
    return owned;
}

/* ---- At random --------------------------------------------------------------------------------------------------- */

/* 0 to most, whole, in quarters, or of any kind; often equal and often 0. */
static inline double draw_number(cpn_random *random, int kind, int64_t most)
{
    if (kind == 0) return (double)cpn_random_below(random, most + 1);
    if (kind == 1) return (double)cpn_random_below(random, 4 * most + 1) / 4;
    return cpn_random_double(random) * (double)most;
}

static inline void draw_counts(offers_case *owned, cpn_random *random)
{
    const int64_t kind = cpn_random_below(random, 4);
    if (kind == 0) return;
    for (int64_t c = 0; c < owned->problem.n_customers; c++) {
        const int64_t n = owned->starts[c + 1] - owned->starts[c];
        owned->least[c] = kind == 1 ? 1 : (int32_t)cpn_random_below(random, 3);
        owned->most[c] = owned->least[c] + (kind == 1 ? 0 : (int32_t)cpn_random_below(random, 3));
        if (owned->least[c] > n) owned->least[c] = (int32_t)n;
    }
    owned->problem.least = owned->least;
    owned->problem.most = owned->most;
}

/* Up to most_pairs pairs in all, up to 6 customers, 0 to 4 rows. Every second customer's values may be below 0. */
static inline offers_case draw_case(uint64_t seed, int64_t most_pairs)
{
    cpn_random random;
    cpn_random_seed(&random, seed);
    const int64_t n_customers = 1 + cpn_random_below(&random, 6), n_rows = cpn_random_below(&random, 5);
    const int64_t n_pairs = cpn_random_below(&random, most_pairs + 1);
    const int kind = (int)cpn_random_below(&random, 3), is_sparse = (int)cpn_random_below(&random, 2);
    const int64_t most_value = cpn_random_below(&random, 2) ? 3 : 40;
    offers_case owned = open_case(n_customers, n_pairs, n_rows, n_pairs * n_rows);
    for (int64_t p = 0; p < n_pairs; p++) owned.starts[cpn_random_below(&random, n_customers) + 1]++;
    for (int64_t c = 0; c < n_customers; c++) owned.starts[c + 1] += owned.starts[c];
    int64_t n_uses = 0;
    for (int64_t p = 0; p < n_pairs; p++) {
        owned.values[p] =
            draw_number(&random, kind, most_value) - (double)(cpn_random_below(&random, 4) ? 0 : most_value);
        const int64_t only = n_rows > 0 ? cpn_random_below(&random, n_rows) : 0;
        for (int64_t r = 0; r < n_rows; r++) {
            if (is_sparse && r != only) continue;
            owned.use_rows[n_uses] = (int32_t)r;
            owned.use_costs[n_uses++] = cpn_random_below(&random, 6) ? draw_number(&random, kind, 9) : 0;
        }
        owned.use_starts[p + 1] = n_uses;
    }
    for (int64_t r = 0; r < n_rows; r++)
        owned.capacities[r] = cpn_random_below(&random, 12) ? draw_number(&random, kind, 20) : INFINITY;
    draw_counts(&owned, &random);
    return owned;
}

/* ---- From files -------------------------------------------------------------------------------------------------- */

static inline double next_number(FILE *file)
{
    double value = 0;
    if (fscanf(file, "%lf", &value) != 1) fail_msg("the file of outside truth ends too early");
    return value;
}

/* Generalized assignment: the least cost is the greatest value below 0; every item exactly once. */
static inline offers_case read_assignment(const char *name)
{
    FILE *file = open_shared(name);
    const int64_t m = (int64_t)next_number(file), n = (int64_t)next_number(file);
    offers_case owned = open_case(n, n * m, m, n * m);
    for (int64_t p = 0; p <= n * m; p++) owned.use_starts[p] = p;
    for (int64_t c = 0; c <= n; c++) owned.starts[c] = c * m;
    for (int64_t c = 0; c < n; c++) owned.least[c] = owned.most[c] = 1;
    for (int64_t r = 0; r < m; r++)
        for (int64_t c = 0; c < n; c++) owned.values[c * m + r] = -next_number(file);
    for (int64_t r = 0; r < m; r++)
        for (int64_t c = 0; c < n; c++) {
            owned.use_rows[c * m + r] = (int32_t)r;
            owned.use_costs[c * m + r] = next_number(file);
        }
    for (int64_t r = 0; r < m; r++) owned.capacities[r] = next_number(file);
    owned.problem.least = owned.least;
    owned.problem.most = owned.most;
    (void)fclose(file);
    return owned;
}

/* Knapsacks with several rows: every item is a customer with one pair. */
static inline offers_case read_rows(const char *name)
{
    FILE *file = open_shared(name);
    const int64_t n = (int64_t)next_number(file), m = (int64_t)next_number(file);
    (void)next_number(file);
    offers_case owned = open_case(n, n, m, n * m);
    for (int64_t p = 0; p <= n; p++) {
        owned.starts[p] = p;
        owned.use_starts[p] = p * m;
    }
    for (int64_t p = 0; p < n; p++) owned.values[p] = next_number(file);
    for (int64_t r = 0; r < m; r++)
        for (int64_t p = 0; p < n; p++) {
            owned.use_rows[p * m + r] = (int32_t)r;
            owned.use_costs[p * m + r] = next_number(file);
        }
    for (int64_t r = 0; r < m; r++) owned.capacities[r] = next_number(file);
    (void)fclose(file);
    return owned;
}

/* One row; is_multiple: classes of items rather than items. */
static inline offers_case read_one_row(const char *name, bool is_multiple)
{
    FILE *file = open_shared(name);
    const int64_t n = (int64_t)next_number(file), k = is_multiple ? (int64_t)next_number(file) : 1;
    const double capacity = next_number(file);
    offers_case owned = open_case(n, n * k, 1, n * k);
    owned.capacities[0] = capacity;
    for (int64_t c = 0; c <= n; c++) owned.starts[c] = c * k;
    for (int64_t p = 0; p <= n * k; p++) owned.use_starts[p] = p;
    for (int64_t p = 0; p < n * k; p++) {
        owned.values[p] = next_number(file);
        owned.use_costs[p] = next_number(file);
    }
    (void)fclose(file);
    return owned;
}

static inline offers_case read_matching(const char *name)
{
    FILE *file = open_shared(name);
    const int64_t n = (int64_t)next_number(file), m = (int64_t)next_number(file), n_pairs = (int64_t)next_number(file);
    offers_case owned = open_case(n, n_pairs, m, n_pairs);
    for (int64_t r = 0; r < m; r++) owned.capacities[r] = next_number(file);
    for (int64_t p = 0; p < n_pairs; p++) {
        owned.starts[(int64_t)next_number(file) + 1]++;
        owned.use_rows[p] = (int32_t)next_number(file);
        owned.use_costs[p] = next_number(file);
        owned.values[p] = next_number(file);
        owned.use_starts[p + 1] = p + 1;
    }
    for (int64_t c = 0; c < n; c++) owned.starts[c + 1] += owned.starts[c];
    owned.problem.is_fractional = true;
    (void)fclose(file);
    return owned;
}

/* ---- What an answer must keep ------------------------------------------------------------------------------------ */

/* Shares within the rules: numbers per customer, capacities by a plain sum, and the value that is told. */
static inline void assert_keeps_rules(const cpn_offers_small *problem, const cpn_offers_exact_answer *answer)
{
    const double slack = problem->is_fractional ? 1e-8 : 0;
    long double value = 0, size = 1;
    double *used = room(problem->n_rows, sizeof *used);
    for (int64_t c = 0; c < problem->n_customers; c++) {
        double count = 0;
        for (int64_t p = problem->starts[c]; p < problem->starts[c + 1]; p++) {
            const double share = answer->shares[p];
            assert_true(share >= 0 && share <= 1);
            if (!problem->is_fractional) assert_true(share == 0 || share == 1);
            count += share;
            value += (long double)share * problem->values[p];
            size += fabsl((long double)share * problem->values[p]);
            for (int64_t u = problem->use_starts[p]; u < problem->use_starts[p + 1]; u++)
                used[problem->use_rows[u]] += problem->use_costs[u] * share;
        }
        assert_true(count >= (problem->least ? problem->least[c] : 0) - slack);
        assert_true(count <= (problem->most ? problem->most[c] : 1) + 1e-12);
    }
    for (int64_t r = 0; r < problem->n_rows; r++)
        if (problem->is_fractional)
            assert_true(used[r] <= problem->capacities[r]);
        else
            assert_true(used[r] <= problem->capacities[r] * (1 + 1e-13));
    assert_true(fabsl(value - answer->value) <= 1e-13L * size);
    assert_true(answer->bound >= answer->value);
    free(used);
}

/* A file of outside truth with its optimum. */
typedef struct truth {
    const char *name;
    double optimum;
} truth;

static inline void assert_optimum(offers_case *owned, const truth *expected, double tolerance)
{
    cpn_offers_exact_answer answer;
    campaign_error error;
    assert_ok(cpn_offers_exact_solve(&answer, &owned->problem, NULL, &error), error);
    assert_keeps_rules(&owned->problem, &answer);
    const double largest = tolerance * fabs(expected->optimum);
    if (answer.status != CAMPAIGN_CERTIFICATE_OPTIMAL || fabs(answer.value - expected->optimum) > largest ||
        answer.bound < expected->optimum - 1e-14 * fabs(expected->optimum))
        fail_msg("%s: %.17g, bound %.17g, optimum %.17g", expected->name, answer.value, answer.bound,
                 expected->optimum);
    cpn_offers_exact_free(&answer);
    free_case(owned);
}

#endif
