/* The solver of spends where S-curves are alike, or the very same: the answer is proven within a few parts of the search, and
 * no plan of a grid, the best of which is found item by item, is better than it. */
#include "spends.h"

enum { CELLS = 120 };
static const double budget = 100;

/* How far curves differ from each other, and what else there is. */
typedef struct likeness {
    double spread;
    int32_t kind;
    bool has_caps, has_floors;
} likeness;

static void make_alike(spends *of, const likeness *how, int32_t seed)
{
    cpn_random random;
    cpn_random_seed(&random, (uint64_t)seed);
    const int64_t n = 2 + cpn_random_below(&random, 29);
    const double shape = between(&random, 1.2, 5), location = between(&random, 2, 60);
    const double cap = between(&random, 0.3, 4) * location;
    open_spends(of, budget * (seed % 7 == 0 ? 1e-3 : seed % 7 == 1 ? 100 : 1));
    for (int64_t i = 0; i < n; i++) {
        cpn_response curve = { .kind = how->kind };
        curve.scale = 1 + how->spread * between(&random, -1, 1);
        curve.location = location * (1 + how->spread * between(&random, -1, 1));
        curve.shape = shape * (1 + how->spread * between(&random, -1, 1)) + (how->kind == CPN_RESPONSE_HILL ? 0 : 2);
        cpn_spend_item *item = add_item(of, curve);
        if (how->has_caps) item->maximum = cap * (1 + how->spread * between(&random, -1, 1));
        if (how->has_floors && cpn_random_below(&random, 2) == 0)
            item->minimum = fmin(item->maximum, of->groups[0].maximum / (double)n * between(&random, 0, 0.5));
    }
}

/* The best plan of a grid of cells, bounds of items kept: what the first items make of so many cells, item by item. */
static double best_of_grid(const spends *of)
{
    double best[CELLS + 1] = { 0 }, next[CELLS + 1], values[CELLS + 1];
    const double cell = of->groups[0].maximum / CELLS;
    for (int64_t i = 0; i < of->problem.n_items; i++) {
        for (int32_t c = 0; c <= CELLS; c++) {
            const double spend = fmin(of->items[i].minimum + c * cell, of->items[i].maximum);
            values[c] = response_at(of, i, spend);
        }
        /* what lies below the minimum takes as many whole cells as it needs */
        const int32_t first = (int32_t)ceil(of->items[i].minimum / cell);
        for (int32_t c = 0; c <= CELLS; c++) {
            next[c] = -INFINITY;
            for (int32_t own = first; own <= c; own++) next[c] = fmax(next[c], best[c - own] + values[own - first]);
        }
        memcpy(best, next, sizeof best);
    }
    return best[CELLS];
}

static void assert_closed(const likeness *how, int32_t n_seeds, int64_t most_nodes)
{
    for (int32_t seed = 0; seed < n_seeds; seed++) {
        spends of;
        make_alike(&of, how, seed);
        cpn_spend_answer answer = solve(&of);
        const double grid = best_of_grid(&of);
        if (grid > answer.value * (1 + 1e-9) || grid > answer.bound)
            fail_msg("seed %d: value %.17g, bound %.17g, the grid has %.17g", seed, answer.value, answer.bound, grid);
        assert_sound(&of, &answer);
        if (!(answer.gap <= 1e-9) || answer.n_nodes > most_nodes)
            fail_msg("seed %d: gap %.3g after %lld parts", seed, answer.gap, (long long)answer.n_nodes);
        cpn_spend_answer_free(&answer);
    }
}

static void test_curves_that_are_alike_are_proven_soon(void **state)
{
    (void)state;
    static const double spreads[] = { 1e-3, 1e-2, 1e-6, 1e-9 };
    for (int32_t i = 0; i < 4; i++) assert_closed(&(likeness){ .spread = spreads[i] }, 40, 16);
    assert_closed(&(likeness){ .spread = 1e-3, .kind = CPN_RESPONSE_S_LOGISTIC }, 40, 16);
    assert_closed(&(likeness){ .spread = 1e-3, .has_floors = true }, 40, 16);
}

static void test_curves_that_are_the_same_are_proven_soon(void **state)
{
    (void)state;
    assert_closed(&(likeness){ .spread = 0 }, 60, 4);
    assert_closed(&(likeness){ .spread = 0, .has_caps = true }, 60, 16);
}

/* At maxima in the convex stretch the last one gets what the others leave. */
static void test_maxima_leave_one_item_between(void **state)
{
    (void)state;
    assert_closed(&(likeness){ .spread = 1e-3, .has_caps = true }, 60, 16);
}

static void test_curves_that_differ_are_proven(void **state)
{
    (void)state;
    assert_closed(&(likeness){ .spread = 0.1 }, 40, 40);
    assert_closed(&(likeness){ .spread = 0.5, .has_caps = true, .has_floors = true }, 40, 400);
}

/* Three Hill curves x^2 / (1 + x^2) share 2.9: a third each brings 3 × 0.9344 / 1.9344 = 1.449167, half of it for two
 * 2 × 2.1025 / 3.1025 = 1.355359, so all three are open. Of 2.4: 3 × 0.64 / 1.64 = 1.170732 against 2 × 1.44 / 2.44 =
 * 1.180328: two are. */
static void test_the_count_is_what_pays(void **state)
{
    (void)state;
    static const double budgets[] = { 2.9, 2.4 }, values[] = { 1.4491671453187824, 1.180327868852459 };
    for (int32_t b = 0; b < 2; b++) {
        spends of;
        open_spends(&of, budgets[b]);
        for (int32_t i = 0; i < 3; i++)
            (void)add_item(&of, (cpn_response){ .kind = CPN_RESPONSE_HILL, .scale = 1, .location = 1, .shape = 2 });
        cpn_spend_answer answer = solve(&of);
        int32_t n_open = 0;
        for (int32_t i = 0; i < 3; i++) n_open += answer.spends[i] > 0;
        assert_int_equal(n_open, b == 0 ? 3 : 2);
        assert_close(answer.value, values[b], 1e-12);
        assert_true(answer.gap <= 1e-9);
        cpn_spend_answer_free(&answer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_curves_that_are_alike_are_proven_soon),
        cmocka_unit_test(test_curves_that_are_the_same_are_proven_soon),
        cmocka_unit_test(test_maxima_leave_one_item_between),
        cmocka_unit_test(test_curves_that_differ_are_proven),
        cmocka_unit_test(test_the_count_is_what_pays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
