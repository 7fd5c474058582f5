/* Budgets of a few minor units beside trying all of them: every rule of items and groups at once. */
#include "face_tables.h"

#include "base/random.h"

enum { N_ITEMS = 3, N_ROUNDS = 1500, NONE = -1 };

typedef struct brute_item {
    int32_t is_hill;
    double scale, location, shape;
    int32_t minimum, maximum, opening_cost, minimum_if_open, step, spent, group;
    bool is_paused;
} brute_item;

typedef struct brute_case {
    brute_item items[N_ITEMS];
    int32_t budget, objective;
    double target;
    int32_t maximum[2];     /* of groups x and y */
    int32_t share_of_other; /* x spends at most so many quarters of y */
} brute_case;

static int32_t pick(cpn_random *random, int32_t below)
{
    return (int32_t)cpn_random_below(random, below);
}

static int32_t maybe(cpn_random *random, int32_t one_in, int32_t below)
{
    return pick(random, one_in) == 0 ? pick(random, below) : NONE;
}

static void draw(brute_case *c, cpn_random *random)
{
    for (int32_t i = 0; i < N_ITEMS; i++) {
        brute_item *item = &c->items[i];
        item->is_hill = pick(random, 2);
        item->scale = 1 + pick(random, 40);
        item->location = 2 + pick(random, 20);
        item->shape = 0.5 + 3 * cpn_random_double(random);
        item->minimum = maybe(random, 4, 6);
        item->maximum = pick(random, 2) ? (item->minimum > 0 ? item->minimum : 0) + 4 + pick(random, 20) : NONE;
        item->opening_cost = maybe(random, 4, 6);
        item->minimum_if_open = maybe(random, 4, 9);
        item->step = pick(random, 4) == 0 ? 2 + pick(random, 4) : NONE;
        item->spent = maybe(random, 4, 5);
        item->is_paused = item->spent > 0 && pick(random, 3) == 0;
        item->group = pick(random, 3) - 1;
    }
    c->budget = 5 + pick(random, 30);
    c->objective = pick(random, 3);
    c->target = 0;
    c->maximum[0] = maybe(random, 3, 20);
    c->maximum[1] = maybe(random, 3, 20);
    c->share_of_other = maybe(random, 3, 8);
}

static int32_t most_of(const brute_item *item)
{
    return item->maximum >= 0 ? item->maximum : 1000;
}

static int32_t at_least(int32_t value)
{
    return value > 0 ? value : 0;
}

/* Whether an item may spend x in all. */
static bool is_allowed(const brute_item *item, int32_t x)
{
    const int32_t spent = at_least(item->spent), minimum = at_least(item->minimum);
    if (item->is_paused) return x == spent;
    if (x < spent || x < minimum || x > most_of(item)) return false;
    if (item->step > 0 && (x - spent) % item->step != 0) return false;
    if (x == 0) return true;
    return x >= item->minimum_if_open && (x == spent || x >= item->opening_cost);
}

static double response(const brute_item *item, int32_t x)
{
    const double z = x > at_least(item->opening_cost) ? x - at_least(item->opening_cost) : 0;
    if (!item->is_hill) return item->scale * log(1 + z / item->location);
    return item->scale * pow(z, item->shape) / (pow(item->location, item->shape) + pow(z, item->shape));
}

static bool keeps_groups(const brute_case *c, const int32_t x[N_ITEMS])
{
    int32_t sums[2] = { 0 }, sum = 0;
    for (int32_t i = 0; i < N_ITEMS; i++) {
        sum += x[i];
        if (c->items[i].group >= 0) sums[c->items[i].group] += x[i];
    }
    for (int32_t g = 0; g < 2; g++)
        if (c->maximum[g] >= 0 && sums[g] > c->maximum[g]) return false;
    return sum <= c->budget && (c->share_of_other < 0 || 4 * sums[0] <= c->share_of_other * sums[1]);
}

/* The best of all; -INFINITY where nothing is allowed. Least spend counts downwards. */
static double best_of_all(const brute_case *c)
{
    double best = -INFINITY;
    int32_t x[N_ITEMS];
    for (x[0] = 0; x[0] <= c->budget; x[0]++)
        for (x[1] = 0; x[1] + x[0] <= c->budget; x[1]++)
            for (x[2] = 0; x[2] + x[1] + x[0] <= c->budget; x[2]++) {
                double total = 0;
                bool is_good = keeps_groups(c, x);
                for (int32_t i = 0; i < N_ITEMS && is_good; i++) {
                    is_good = is_allowed(&c->items[i], x[i]);
                    total += response(&c->items[i], x[i]);
                }
                if (!is_good) continue;
                const int32_t spend = x[0] + x[1] + x[2];
                if (c->objective == CAMPAIGN_ALLOCATE_BUDGET_PROFIT) total -= spend;
                if (c->objective == CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND)
                    total = total >= c->target ? -(double)spend : -HUGE_VAL;
                best = fmax(best, total);
            }
    return best;
}

static void append(char *text, int32_t number)
{
    const size_t length = strlen(text);
    if (number < 0)
        (void)snprintf(text + length, MOST_TEXT - length, " -");
    else
        (void)snprintf(text + length, MOST_TEXT - length, " %d", number);
}

static face face_of_case(const brute_case *c)
{
    static const char *const groups[] = { "-", "x", "y" };
    char text[MOST_TEXT] = "";
    for (int32_t i = 0; i < N_ITEMS; i++) {
        const brute_item *item = &c->items[i];
        const size_t length = strlen(text);
        (void)snprintf(text + length, sizeof text - length, " i%d %s %.17g %.17g %.17g %s %d", i,
                       item->is_hill ? "hill" : "log", item->scale / 100, item->location / 100, item->shape,
                       groups[item->group + 1], item->is_paused);
        append(text, item->minimum), append(text, item->maximum), append(text, item->opening_cost);
        append(text, item->minimum_if_open), append(text, item->step), append(text, item->spent);
    }
    face f = face_of(table_of("item curve scale# location# shape# group is_paused? minimum$ maximum$ opening_cost$ "
                              "minimum_if_open$ step$ spent$",
                              text));
    (void)strcpy(text, "x");
    append(text, c->maximum[0]);
    if (c->share_of_other >= 0)
        (void)sprintf(text + strlen(text), " %g y", c->share_of_other / 4.0);
    else
        (void)strcat(text, " - -");
    (void)strcat(text, " y");
    append(text, c->maximum[1]);
    (void)strcat(text, " - -");
    f.groups = table_of("group maximum$ maximum_share# of", text);
    f.options.has_budget = 1;
    f.options.budget_minor = c->budget;
    f.options.objective = c->objective;
    f.options.target = c->target / 100;
    return f;
}

/* What was found must be allowed, no better than the best, no further from it than it says, and its bound no lower. */
static bool check_answer(const brute_case *c, const face *f, double best)
{
    const double sign = c->objective == CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND ? -1 : 1;
    const double value = sign * f->report.value, bound = sign * f->report.bound, near = 1e-9 * (1 + fabs(best));
    int32_t x[N_ITEMS];
    for (int32_t i = 0; i < N_ITEMS; i++) {
        x[i] = (int32_t)number_at(f->allocation, "spend", i);
        assert_true(is_allowed(&c->items[i], x[i]));
    }
    assert_true(keeps_groups(c, x));
    assert_true(value <= best + near && bound >= best - near);
    if (f->report.status == CAMPAIGN_CERTIFICATE_OPTIMAL) assert_true(value >= best - near);
    return value >= best - near;
}

static void test_no_division_is_better(void **state)
{
    (void)state;
    cpn_random random;
    int32_t n_solved = 0, n_best = 0, n_optimal = 0;
    cpn_random_seed(&random, 2027);
    for (int32_t round = 0; round < N_ROUNDS; round++) {
        brute_case c;
        draw(&c, &random);
        if (c.objective == CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND) {
            c.objective = CAMPAIGN_ALLOCATE_BUDGET_RESPONSE;
            c.target = best_of_all(&c) * 0.7;
            c.objective = CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND;
            if (!(c.target > 0)) continue;
        }
        const double best = best_of_all(&c) / 100;
        face f = face_of_case(&c);
        run_face(&f);
        if (isfinite(best)) {
            assert_ok(f.status, f.error);
            n_best += check_answer(&c, &f, best);
            n_optimal += f.report.status == CAMPAIGN_CERTIFICATE_OPTIMAL;
            n_solved++;
        } else {
            assert_int_equal(f.status, CAMPAIGN_E_INFEASIBLE);
        }
        drop_face(&f);
    }
    assert_true(n_solved > N_ROUNDS / 2);
    assert_true(n_best >= n_solved * 99 / 100 && n_optimal >= n_solved * 98 / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_no_division_is_better) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
