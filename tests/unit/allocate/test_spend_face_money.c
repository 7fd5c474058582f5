/* Shares of groups in whole minor units, beside trying all divisions: none is passed, none is refused that can be kept,
 * and an exact share is its whole units, rounded down or up. */
#include "face_tables.h"

#include "base/random.h"

enum { N_ITEMS = 4, N_GROUPS = 3, N_ROUNDS = 900, NONE = -1 };

typedef enum share_kind { NO_SHARE, EXACT, AT_LEAST, AT_MOST } share_kind;

/* Groups x, y and z; z may stand in x. */
typedef struct money_case {
    int32_t group[N_ITEMS], minimum[N_ITEMS], maximum[N_ITEMS], opening[N_ITEMS], step[N_ITEMS];
    double scale[N_ITEMS], location[N_ITEMS], shape[N_ITEMS];
    int32_t least[N_GROUPS], most[N_GROUPS], of[N_GROUPS];
    share_kind kind[N_GROUPS];
    double share[N_GROUPS];
    bool is_nested;
    int32_t budget, objective;
} money_case;

static int32_t pick(cpn_random *random, int32_t below)
{
    return (int32_t)cpn_random_below(random, below);
}

static void draw_items(money_case *c, cpn_random *random)
{
    for (int32_t i = 0; i < N_ITEMS; i++) {
        c->group[i] = i < N_GROUPS ? i : pick(random, N_GROUPS + 1) - 1;
        c->minimum[i] = pick(random, 5) == 0 ? pick(random, 4) : NONE;
        c->maximum[i] = pick(random, 3) == 0 ? 3 + pick(random, 15) : NONE;
        c->opening[i] = pick(random, 5) == 0 ? 1 + pick(random, 4) : NONE;
        c->step[i] = pick(random, 5) == 0 ? 2 + pick(random, 4) : NONE;
        if (c->step[i] > 0) c->minimum[i] = NONE;
        c->scale[i] = 1 + pick(random, 40);
        c->location[i] = 2 + pick(random, 20);
        c->shape[i] = 0.5 + 2.5 * cpn_random_double(random);
    }
}

static void draw(money_case *c, cpn_random *random)
{
    static const double shares[] = { 0, 0.25, 0.3, 0.5, 1.0 / 3, 0.8, 1, 1.7 };
    draw_items(c, random);
    c->is_nested = pick(random, 2) == 0;
    for (int32_t g = 0; g < N_GROUPS; g++) {
        c->least[g] = pick(random, 6) == 0 ? pick(random, 4) : NONE;
        c->most[g] = pick(random, 4) == 0 ? 4 + pick(random, 15) : NONE;
        c->kind[g] = pick(random, 2) == 0 ? NO_SHARE : (share_kind)(1 + pick(random, 3));
        c->of[g] = (g + 1 + pick(random, N_GROUPS - 1)) % N_GROUPS;
        c->share[g] = shares[pick(random, 8)];
    }
    c->budget = 4 + pick(random, 22);
    c->objective = pick(random, 3) == 0 ? CAMPAIGN_ALLOCATE_BUDGET_PROFIT : CAMPAIGN_ALLOCATE_BUDGET_RESPONSE;
}

/* ---- All divisions ----------------------------------------------------------------------------------------------- */

static bool is_allowed(const money_case *c, int32_t i, int32_t x)
{
    if (c->minimum[i] >= 0 && x < c->minimum[i]) return false;
    if (c->maximum[i] >= 0 && x > c->maximum[i]) return false;
    if (c->step[i] > 0 && x % c->step[i] != 0) return false;
    return x == 0 || x >= c->opening[i];
}

static bool keeps_groups(const money_case *c, const int32_t x[N_ITEMS])
{
    int32_t sums[N_GROUPS] = { 0 };
    for (int32_t i = 0; i < N_ITEMS; i++)
        if (c->group[i] >= 0) sums[c->group[i]] += x[i];
    if (c->is_nested) sums[0] += sums[2];
    for (int32_t g = 0; g < N_GROUPS; g++) {
        const double miss = sums[g] - c->share[g] * sums[c->of[g]];
        if ((c->least[g] >= 0 && sums[g] < c->least[g]) || (c->most[g] >= 0 && sums[g] > c->most[g])) return false;
        if (c->kind[g] == EXACT && fabs(miss) > 1 - 1e-6) return false;
        if (c->kind[g] == AT_LEAST && miss < -1e-6) return false;
        if (c->kind[g] == AT_MOST && miss > 1e-6) return false;
    }
    return true;
}

static double response(const money_case *c, int32_t i, int32_t x)
{
    const double z = x > c->opening[i] && c->opening[i] > 0 ? x - c->opening[i] : c->opening[i] > 0 ? 0 : x;
    const double spend = c->objective == CAMPAIGN_ALLOCATE_BUDGET_PROFIT ? x : 0;
    return c->scale[i] * pow(z, c->shape[i]) / (pow(c->location[i], c->shape[i]) + pow(z, c->shape[i])) - spend;
}

static double best_of_all(const money_case *c)
{
    double best = -INFINITY, table[N_ITEMS][32];
    int32_t x[N_ITEMS];
    for (int32_t i = 0; i < N_ITEMS; i++)
        for (int32_t spend = 0; spend <= c->budget; spend++)
            table[i][spend] = is_allowed(c, i, spend) ? response(c, i, spend) : -INFINITY;
    for (x[0] = 0; x[0] <= c->budget; x[0]++)
        for (x[1] = 0; x[1] + x[0] <= c->budget; x[1]++)
            for (x[2] = 0; x[2] + x[1] + x[0] <= c->budget; x[2]++)
                for (x[3] = 0; x[3] + x[2] + x[1] + x[0] <= c->budget; x[3]++) {
                    const double value = table[0][x[0]] + table[1][x[1]] + table[2][x[2]] + table[3][x[3]];
                    if (value > best && keeps_groups(c, x)) best = value;
                }
    return best;
}

/* ---- The call ---------------------------------------------------------------------------------------------------- */

static void append(char *text, int32_t number)
{
    const size_t length = strlen(text);
    if (number < 0)
        (void)snprintf(text + length, MOST_TEXT - length, " -");
    else
        (void)snprintf(text + length, MOST_TEXT - length, " %d", number);
}

static face face_of_case(const money_case *c)
{
    static const char *const names[] = { "-", "x", "y", "z" };
    char text[MOST_TEXT] = "";
    for (int32_t i = 0; i < N_ITEMS; i++) {
        const size_t length = strlen(text);
        (void)snprintf(text + length, sizeof text - length, " i%d hill %.17g %.17g %.17g %s", i, c->scale[i] / 100,
                       c->location[i] / 100, c->shape[i], names[c->group[i] + 1]);
        append(text, c->minimum[i]), append(text, c->maximum[i]), append(text, c->opening[i]);
        append(text, c->step[i]);
    }
    face f = face_of(table_of("item curve scale# location# shape# group minimum$ maximum$ opening_cost$ step$", text));
    text[0] = '\0';
    for (int32_t g = 0; g < N_GROUPS; g++) {
        size_t length = strlen(text);
        (void)snprintf(text + length, sizeof text - length, " %s %s", names[g + 1], g == 2 && c->is_nested ? "x" : "-");
        append(text, c->least[g]), append(text, c->most[g]);
        for (share_kind kind = EXACT; kind <= AT_MOST; kind++) {
            length = strlen(text);
            if (c->kind[g] == kind)
                (void)snprintf(text + length, sizeof text - length, " %.17g", c->share[g]);
            else
                (void)snprintf(text + length, sizeof text - length, " -");
        }
        length = strlen(text);
        (void)snprintf(text + length, sizeof text - length, " %s", c->kind[g] == NO_SHARE ? "-" : names[c->of[g] + 1]);
    }
    f.groups = table_of("group parent minimum$ maximum$ share# minimum_share# maximum_share# of", text);
    f.options.has_budget = 1;
    f.options.budget_minor = c->budget;
    f.options.objective = c->objective;
    return f;
}

/* Whether the answer is the best there is; rules and bound must hold in any case. */
static bool check_answer(const money_case *c, const face *f, double best)
{
    const double near = 1e-9 * (1 + fabs(best));
    int32_t x[N_ITEMS], sum = 0;
    for (int32_t i = 0; i < N_ITEMS; i++) {
        x[i] = (int32_t)number_at(f->allocation, "spend", i);
        assert_true(is_allowed(c, i, x[i]));
        sum += x[i];
    }
    assert_true(sum <= c->budget && keeps_groups(c, x));
    assert_true(f->report.value <= best + near && f->report.bound >= best - near);
    return f->report.value >= best - near;
}

static void test_shares_of_minor_units_are_kept(void **state)
{
    (void)state;
    cpn_random random;
    int32_t n_solved = 0, n_best = 0;
    cpn_random_seed(&random, 411);
    for (int32_t round = 0; round < N_ROUNDS; round++) {
        money_case c;
        draw(&c, &random);
        const double best = best_of_all(&c) / 100;
        face f = face_of_case(&c);
        run_face(&f);
        if (isfinite(best)) {
            if (f.status != CAMPAIGN_OK) fail_msg("round %d: %s", round, f.error.message);
            n_best += check_answer(&c, &f, best);
            n_solved++;
        } else {
            assert_true(f.status == CAMPAIGN_E_INFEASIBLE || f.status == CAMPAIGN_E_LIMIT);
        }
        drop_face(&f);
    }
    if (n_solved < N_ROUNDS / 3 || n_best < n_solved * 97 / 100) fail_msg("%d best of %d", n_best, n_solved);
}

/* A third of 100.00 is no whole number of cents; 33.33 and 66.67 are one of them, rounded. */
static void test_an_exact_share_of_what_is_spent_already_is_rounded(void **state)
{
    (void)state;
    face f = face_of(table_of("item group curve scale# shape# minimum$ maximum$",
                              "a x power 1 0.5 3333 3333; b y power 1 0.5 6667 6667"));
    f.groups = table_of("group share# of", "x 0.5 y; y - -");
    f.options.has_budget = 1, f.options.budget_minor = 10000;
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_int_equal(f.report.spend_minor, 10000);
    drop_face(&f);
}

/* Sixty items of about 3.00 each: cents are coarse beside them, and giving the next cent to the one it brings most is
 * exact, since the curves bend down. */
static void test_bounds_know_of_minor_units(void **state)
{
    (void)state;
    enum { N = 60, BUDGET = 20000 };
    char text[MOST_TEXT] = "";
    double scale[N], location[N], value[N] = { 0 }, best = 0;
    int32_t cents[N] = { 0 };
    for (int32_t i = 0; i < N; i++) {
        const size_t length = strlen(text);
        scale[i] = 1 + i * 0.37 - (i % 7) * 0.2, location[i] = 0.5 + (i * 13 % 29) * 0.1;
        (void)snprintf(text + length, sizeof text - length, " i%02d michaelis_menten %.17g %.17g", i, scale[i],
                       location[i]);
    }
    for (int32_t cent = 0; cent < BUDGET; cent++) {
        int32_t first = 0;
        double most = -1;
        for (int32_t i = 0; i < N; i++) {
            const double gain = scale[i] * (cents[i] + 1) / (100 * location[i] + cents[i] + 1) - value[i];
            if (gain > most) most = gain, first = i;
        }
        value[first] += most, best += most, cents[first]++;
    }
    face f = face_of(table_of("item curve scale# location#", text));
    f.options.has_budget = 1, f.options.budget_minor = BUDGET;
    snprintf(f.options.currency, sizeof f.options.currency, "CNY");
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(f.report.value, best, 1e-9 * best);
    assert_true(f.report.bound >= best * (1 - 1e-14) && f.report.gap <= 1e-9);
    drop_face(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares_of_minor_units_are_kept),
        cmocka_unit_test(test_an_exact_share_of_what_is_spent_already_is_rounded),
        cmocka_unit_test(test_bounds_know_of_minor_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
