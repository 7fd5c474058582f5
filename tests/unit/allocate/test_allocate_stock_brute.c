/* Stock over stores against trying everything: thousands of small random cases with every distribution, packs of different
 * sizes, safety stocks, maxima and least displays. */
#include "store_cases.h"

#include "base/random.h"

enum { N_CASES = 4000 };

static int64_t draw(cpn_random *random, int64_t low, int64_t high)
{
    return low + cpn_random_below(random, high - low + 1);
}

static case_store draw_store(cpn_random *random, bool is_mixed)
{
    static const char *const kinds[] = { "normal",  "truncated_normal", "poisson",   "negative_binomial",
                                         "uniform", "exponential",      "empirical", "deterministic" };
    case_store s = plain_store;
    s.distribution = kinds[draw(random, 0, 7)];
    s.mean = (double)draw(random, 1, 60) / 10;
    s.deviation = (double)draw(random, 5, 40) / 10;
    if (strcmp(s.distribution, "uniform") == 0) s.deviation = s.mean * (double)draw(random, 1, 5) / 10;
    if (strcmp(s.distribution, "negative_binomial") == 0)
        s.deviation = sqrt(s.mean) * (1 + (double)draw(random, 1, 9) / 8);
    if (strcmp(s.distribution, "empirical") == 0) {
        s.n_points = (int32_t)draw(random, 1, MOST_POINTS);
        for (int32_t p = 0; p < s.n_points; p++) {
            s.points[p] = (double)draw(random, 0, 16) / 2;
            s.weights[p] = (double)draw(random, 1, 4);
        }
    }
    s.margin = draw(random, 0, 900);
    s.shortage = draw(random, 0, 3) == 0 ? draw(random, 0, 300) : 0;
    s.left = draw(random, 0, 2) == 0 ? -draw(random, 0, 200) : 0;
    s.on_hand = draw(random, 0, 3) == 0 ? draw(random, 0, 3) : 0;
    s.pack = is_mixed ? draw(random, 1, 4) : 1;
    s.display = is_mixed && draw(random, 0, 2) == 0 ? draw(random, 2, 6) : 0;
    s.safety = draw(random, 0, 3) == 0 ? draw(random, 1, 4) : 0;
    if (draw(random, 0, 3) == 0) s.maximum = s.safety + s.pack + draw(random, 0, 6) + (s.safety ? s.display : 0);
    return s;
}

static stock_case draw_case(cpn_random *random)
{
    stock_case c = { 0 };
    c.n = (int32_t)draw(random, 1, 4);
    c.stock = draw(random, 0, 16);
    const bool is_mixed = draw(random, 0, 2) > 0;
    const int64_t pack = draw(random, 1, 3);
    for (int32_t i = 0; i < c.n; i++) c.stores[i] = draw_store(random, is_mixed);
    for (int32_t i = 0; i < c.n && !is_mixed; i++) {
        c.stores[i].pack = pack;
        if (c.stores[i].maximum != NONE) c.stores[i].maximum += pack;
    }
    return c;
}

static int64_t packs_up(int64_t pieces, int64_t pack)
{
    return pieces > 0 ? (pieces + pack - 1) / pack : 0;
}

static int64_t least_packs(const case_store *s)
{
    const int64_t safety = packs_up(s->safety - s->on_hand, s->pack);
    const int64_t display = packs_up(s->display - s->on_hand, s->pack);
    return safety > 0 && display > safety ? display : safety;
}

/* Whether a store may get that many packs; is_short: safety stocks are its most. */
static bool is_allowed(const case_store *s, int64_t packs, bool is_short)
{
    const int64_t level = s->on_hand + packs * s->pack;
    if (packs > 0 && s->maximum != NONE && level > s->maximum) return false;
    if (is_short && packs > least_packs(s)) return false;
    if (!is_short && packs < least_packs(s)) return false;
    return packs == 0 || level >= s->display;
}

typedef struct truth {
    double best_value, best_fill;
    bool is_short;
} truth;

static double fill_of(const case_store *s, int64_t packs)
{
    return 1 - true_lost(s, s->on_hand + packs * s->pack) / true_mean(s);
}

static void try_all(truth *found, const stock_case *c)
{
    int64_t packs[MOST_STORES] = { 0 };
    found->best_value = found->best_fill = -INFINITY;
    for (;;) {
        int64_t used = 0;
        double value = 0, fill = 1;
        bool is_fine = true;
        for (int32_t i = 0; i < c->n; i++) {
            const case_store *s = &c->stores[i];
            used += packs[i] * s->pack;
            is_fine = is_fine && is_allowed(s, packs[i], found->is_short);
        }
        for (int32_t i = 0; i < c->n && is_fine && used <= c->stock; i++) {
            const case_store *s = &c->stores[i];
            value += true_value(s, s->on_hand + packs[i] * s->pack);
            if (true_mean(s) > 0) fill = fmin(fill, fill_of(s, packs[i]));
        }
        if (is_fine && used <= c->stock) {
            found->best_value = fmax(found->best_value, value);
            found->best_fill = fmax(found->best_fill, fill);
        }
        int32_t at = 0;
        while (at < c->n && (packs[at] + 1) * c->stores[at].pack > c->stock) packs[at++] = 0;
        if (at == c->n) return;
        packs[at]++;
    }
}

static void check_allocation(const stock_call *call, const stock_case *c, const truth *found, int64_t number)
{
    double value = 0, fill = 1;
    int64_t used = 0;
    for (int32_t i = 0; i < c->n; i++) {
        const case_store *s = &c->stores[i];
        const int64_t packs = cell(call->allocation, "packs", i), level = s->on_hand + packs * s->pack;
        if (!is_allowed(s, packs, found->is_short))
            fail_msg("case %lld: store %d gets %lld packs", (long long)number, (int)i, (long long)packs);
        assert_int_equal(cell(call->allocation, "level", i), level);
        assert_near(float_cell(call->allocation, "expected_lost", i), true_lost(s, level), 1e-9);
        assert_near(float_cell(call->allocation, "expected_margin", i), true_value(s, level), 1e-9);
        assert_int_equal(cell(call->allocation, "is_below_safety", i), level < s->safety);
        used += packs * s->pack;
        value += true_value(s, level);
        if (true_mean(s) > 0) fill = fmin(fill, fill_of(s, packs));
    }
    assert_true(used <= c->stock);
    assert_int_equal(call->report.n_units, used);
    if (call->options.objective == CAMPAIGN_ALLOCATE_STOCK_FILL) {
        if (fabs(fill - found->best_fill) > 1e-9)
            fail_msg("case %lld: least fill %.12f, best %.12f", (long long)number, fill, found->best_fill);
        return;
    }
    if (fabs(value - found->best_value) > 1e-9 || fabs(value - call->report.value) > 1e-9)
        fail_msg("case %lld: value %.12f (told %.12f), best %.12f, gap %g", (long long)number, value,
                 call->report.value, found->best_value, call->report.gap);
}

static void check_case(const stock_case *c, int64_t number)
{
    truth found = { 0 };
    int64_t need = 0;
    for (int32_t i = 0; i < c->n; i++) need += least_packs(&c->stores[i]) * c->stores[i].pack;
    found.is_short = need > c->stock;
    try_all(&found, c);
    for (int32_t objective = 0; objective < 2; objective++) {
        stock_call call;
        start_call(&call, c, number % 2 == 1);
        call.options.objective = objective;
        assert_ok(run_call(&call), call.error);
        check_allocation(&call, c, &found, number);
        if (call.report.status != CAMPAIGN_CERTIFICATE_OPTIMAL) fail_msg("case %lld is not proven", (long long)number);
        end_call(&call);
    }
}

static void test_equals_the_best_of_all_divisions(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 20270211);
    for (int64_t number = 0; number < N_CASES; number++) {
        const stock_case c = draw_case(&random);
        check_case(&c, number);
    }
}

/* With one size of pack, one piece more or less never takes from anyone. */
static void test_more_stock_never_gives_less(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 618);
    for (int64_t number = 0; number < 200; number++) {
        stock_case c = draw_case(&random);
        int64_t before[MOST_STORES] = { 0 };
        double value = -INFINITY;
        for (int32_t i = 0; i < c.n; i++) {
            c.stores[i].pack = 1;
            c.stores[i].display = c.stores[i].safety = 0;
        }
        for (c.stock = 0; c.stock <= 16; c.stock++) {
            stock_call call;
            start_call(&call, &c, c.stock % 2 == 1);
            assert_ok(run_call(&call), call.error);
            for (int32_t i = 0; i < c.n; i++) {
                assert_true(cell(call.allocation, "packs", i) >= before[i]);
                before[i] = cell(call.allocation, "packs", i);
            }
            assert_true(call.report.value >= value - 1e-12);
            value = call.report.value;
            end_call(&call);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equals_the_best_of_all_divisions),
        cmocka_unit_test(test_more_stock_never_gives_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
