/* Rules that cannot all hold: the set that is named cannot, and without any one of it the rest can. */
#include "allocate/budget/check.h"
#include "face_tables.h"

#include "base/random.h"

enum { N_ITEMS = 6, N_GROUPS = 3, N_ROUNDS = 4000, LIMITS_A_GROUP = 4 };

/* A small problem in whole numbers; -1 = not given. */
typedef struct rules {
    int32_t group[N_ITEMS]; /* -1 = the whole */
    int32_t lower[N_ITEMS], upper[N_ITEMS];
    int32_t parent[N_GROUPS]; /* -1, or a group of a lower number */
    int32_t minimum[N_GROUPS], maximum[N_GROUPS];
    int32_t of[N_GROUPS], half_shares[N_GROUPS]; /* maximum_share in halves of another group; of -1 = none */
    int32_t budget;
} rules;

static int32_t pick(cpn_random *random, int32_t below)
{
    return (int32_t)cpn_random_below(random, below);
}

static void draw(rules *r, cpn_random *random, bool has_shares)
{
    for (int32_t i = 0; i < N_ITEMS; i++) {
        r->group[i] = pick(random, N_GROUPS + 1) - 1;
        r->lower[i] = pick(random, 3) == 0 ? pick(random, 6) : -1;
        r->upper[i] = pick(random, 2) == 0 ? (r->lower[i] > 0 ? r->lower[i] : 0) + pick(random, 5) : -1;
    }
    for (int32_t g = 0; g < N_GROUPS; g++) {
        r->parent[g] = g > 0 && pick(random, 2) ? pick(random, g) : -1;
        r->minimum[g] = pick(random, 2) ? pick(random, 12) : -1;
        r->maximum[g] = pick(random, 2) ? (r->minimum[g] > 0 ? r->minimum[g] : 0) + pick(random, 8) : -1;
        r->of[g] = has_shares && pick(random, 2) ? (g + 1 + pick(random, N_GROUPS - 1)) % N_GROUPS : -1;
        r->half_shares[g] = 1 + pick(random, 3);
    }
    r->budget = 5 + pick(random, 15);
}

static void append(char *text, const char *word, int32_t number, double factor)
{
    const size_t length = strlen(text);
    if (number < 0)
        (void)snprintf(text + length, MOST_TEXT - length, " -");
    else
        (void)snprintf(text + length, MOST_TEXT - length, " %s%g", word, number * factor);
}

static face face_of_rules(const rules *r)
{
    char text[MOST_TEXT] = "";
    for (int32_t i = 0; i < N_ITEMS; i++) {
        append(text, "i", i, 1);
        (void)strcat(text, " power 1 0.5");
        append(text, "", r->lower[i], 1);
        append(text, "", r->upper[i], 1);
        append(text, "g", r->group[i], 1);
    }
    face f = face_of(table_of("item curve scale# shape# minimum# maximum# group", text));
    text[0] = '\0';
    for (int32_t g = 0; g < N_GROUPS; g++) {
        append(text, "g", g, 1);
        append(text, "g", r->parent[g], 1);
        append(text, "", r->minimum[g], 1);
        append(text, "", r->maximum[g], 1);
        append(text, "", r->of[g] < 0 ? -1 : r->half_shares[g], 0.5);
        append(text, "g", r->of[g], 1);
    }
    f.groups = table_of("group parent minimum# maximum# maximum_share# of", text);
    set_budget(&f, r->budget < 0 ? 0 : r->budget);
    f.options.has_budget = r->budget >= 0;
    f.options.objective = r->budget >= 0 ? CAMPAIGN_ALLOCATE_BUDGET_RESPONSE : CAMPAIGN_ALLOCATE_BUDGET_PROFIT;
    return f;
}

/* What the whole call says. */
static bool can_hold(const rules *r)
{
    face f = face_of_rules(r);
    run_face(&f);
    const bool is_possible = f.status == CAMPAIGN_OK;
    if (!is_possible) assert_int_equal(f.status, CAMPAIGN_E_INFEASIBLE);
    drop_face(&f);
    return is_possible;
}

/* Bounds from the leaves up, written anew: exact for a tree. */
static bool tree_can_hold(const rules *r)
{
    int32_t low[N_GROUPS + 1] = { 0 }, high[N_GROUPS + 1] = { 0 };
    for (int32_t i = 0; i < N_ITEMS; i++) {
        low[r->group[i] + 1] += r->lower[i] > 0 ? r->lower[i] : 0;
        high[r->group[i] + 1] += r->upper[i] >= 0 ? r->upper[i] : 1000;
    }
    for (int32_t g = N_GROUPS - 1; g >= 0; g--) {
        if (r->minimum[g] > low[g + 1]) low[g + 1] = r->minimum[g];
        if (r->maximum[g] >= 0 && r->maximum[g] < high[g + 1]) high[g + 1] = r->maximum[g];
        if (low[g + 1] > high[g + 1]) return false;
        low[r->parent[g] + 1] += low[g + 1];
        high[r->parent[g] + 1] += high[g + 1];
    }
    return r->budget < 0 || low[0] <= r->budget;
}

/* ---- Shares: all corners ----------------------------------------------------------------------------------------- */

enum { N_PLACES = N_GROUPS + 1, MOST_ROWS = 2 * N_PLACES + 3 * N_GROUPS + 1 };

/* Rows a·y <= b over what each place spends itself. */
typedef struct corner_rows {
    double a[MOST_ROWS][N_PLACES], b[MOST_ROWS];
    int32_t n;
} corner_rows;

static bool is_inside(const rules *r, int32_t place, int32_t group)
{
    int32_t at = place - 1;
    while (at >= 0 && at != group) at = r->parent[at];
    return at == group;
}

/* sign × (spend of group - share × spend of of) <= amount */
static void add_row(corner_rows *rows, const rules *r, int32_t group, double sign, double amount)
{
    for (int32_t place = 0; place < N_PLACES; place++) rows->a[rows->n][place] = is_inside(r, place, group) ? sign : 0;
    rows->b[rows->n++] = amount;
}

static void list_rows(corner_rows *rows, const rules *r)
{
    double low[N_PLACES] = { 0 }, high[N_PLACES] = { 0 };
    rows->n = 0;
    for (int32_t i = 0; i < N_ITEMS; i++) {
        low[r->group[i] + 1] += r->lower[i] > 0 ? r->lower[i] : 0;
        high[r->group[i] + 1] += r->upper[i] >= 0 ? r->upper[i] : 1000;
    }
    for (int32_t place = 0; place < N_PLACES; place++) {
        for (int32_t side = 0; side < 2; side++) {
            for (int32_t p = 0; p < N_PLACES; p++) rows->a[rows->n][p] = p != place ? 0 : side ? 1 : -1;
            rows->b[rows->n++] = side ? high[place] : -low[place];
        }
    }
    for (int32_t g = 0; g < N_GROUPS; g++) {
        if (r->minimum[g] >= 0) add_row(rows, r, g, -1, -r->minimum[g]);
        if (r->maximum[g] >= 0) add_row(rows, r, g, 1, r->maximum[g]);
        if (r->of[g] < 0) continue;
        add_row(rows, r, g, 1, 0);
        for (int32_t place = 0; place < N_PLACES; place++)
            if (is_inside(r, place, r->of[g])) rows->a[rows->n - 1][place] -= r->half_shares[g] / 2.0;
    }
    if (r->budget >= 0) add_row(rows, r, -1, 1, r->budget);
}

/* The point where four rows are equations; false where they have no single one. */
static bool find_corner(double y[N_PLACES], const corner_rows *rows, const int32_t chosen[N_PLACES])
{
    double m[N_PLACES][N_PLACES + 1];
    for (int32_t i = 0; i < N_PLACES; i++) {
        for (int32_t p = 0; p < N_PLACES; p++) m[i][p] = rows->a[chosen[i]][p];
        m[i][N_PLACES] = rows->b[chosen[i]];
    }
    for (int32_t p = 0; p < N_PLACES; p++) {
        int32_t best = p;
        for (int32_t i = p; i < N_PLACES; i++)
            if (fabs(m[i][p]) > fabs(m[best][p])) best = i;
        if (fabs(m[best][p]) < 1e-9) return false;
        for (int32_t c = 0; c <= N_PLACES; c++) {
            const double kept = m[p][c];
            m[p][c] = m[best][c], m[best][c] = kept;
        }
        for (int32_t i = 0; i < N_PLACES; i++) {
            const double factor = i == p ? 0 : m[i][p] / m[p][p];
            for (int32_t c = 0; c <= N_PLACES; c++) m[i][c] -= factor * m[p][c];
        }
    }
    for (int32_t p = 0; p < N_PLACES; p++) y[p] = m[p][N_PLACES] / m[p][p];
    return true;
}

static bool keeps_all(const corner_rows *rows, const double y[N_PLACES])
{
    for (int32_t i = 0; i < rows->n; i++) {
        double sum = -rows->b[i];
        for (int32_t p = 0; p < N_PLACES; p++) sum += rows->a[i][p] * y[p];
        if (sum > 1e-7) return false;
    }
    return true;
}

/* What can be held at all can be held at a corner, because every place has a least spend. */
static bool corners_can_hold(const rules *r)
{
    corner_rows rows;
    double y[N_PLACES];
    int32_t at[N_PLACES];
    list_rows(&rows, r);
    for (at[0] = 0; at[0] < rows.n; at[0]++)
        for (at[1] = at[0] + 1; at[1] < rows.n; at[1]++)
            for (at[2] = at[1] + 1; at[2] < rows.n; at[2]++)
                for (at[3] = at[2] + 1; at[3] < rows.n; at[3]++)
                    if (find_corner(y, &rows, at) && keeps_all(&rows, y)) return true;
    return false;
}

/* ---- Conflicts --------------------------------------------------------------------------------------------------- */

/* Takes one rule of a conflict out of the problem. */
static void take_out(rules *r, const cpn_spend_limit *limit)
{
    switch (limit->kind) {
    case CPN_SPEND_LIMIT_BUDGET: r->budget = -1; break;
    case CPN_SPEND_LIMIT_MINIMUM: r->minimum[limit->group] = -1; break;
    case CPN_SPEND_LIMIT_MAXIMUM: r->maximum[limit->group] = -1; break;
    case CPN_SPEND_LIMIT_MAXIMUM_SHARE: r->of[limit->group] = -1; break;
    case CPN_SPEND_LIMIT_SHARE:
    case CPN_SPEND_LIMIT_MINIMUM_SHARE: fail_msg("no such limit was given");
    }
}

/* The problem with the rules of the conflict only. */
static rules only(const rules *r, const cpn_spend_book *book, const cpn_spend_conflict *conflict)
{
    rules left = *r;
    for (int32_t l = 0; l < book->n_limits; l++)
        if (!conflict->limits[l]) take_out(&left, &book->limits[l]);
    for (int32_t i = 0; i < N_ITEMS; i++) {
        if (!conflict->lowers[i]) left.lower[i] = -1;
        if (!conflict->uppers[i]) left.upper[i] = -1;
    }
    return left;
}

static bool can_hold_at_all(const rules *r, bool has_shares)
{
    return has_shares ? corners_can_hold(r) : tree_can_hold(r);
}

/* Whether reading, which checks the rules, lets the problem through. */
static bool passes(const rules *r)
{
    face f = face_of_rules(r);
    campaign_allocate_budget_inputs inputs = CAMPAIGN_ALLOCATE_BUDGET_INPUTS_INIT;
    inputs.items = f.items, inputs.groups = f.groups;
    cpn_spend_book book = { 0 };
    assert_ok(cpn_spend_take_knobs(&book.knobs, &book.terms, &f.options, &f.error), f.error);
    const campaign_status status = cpn_spend_read(&book, &inputs, NULL, &f.error);
    assert_true(status == CAMPAIGN_OK || status == CAMPAIGN_E_INFEASIBLE);
    cpn_spend_free(&book);
    drop_face(&f);
    return status == CAMPAIGN_OK;
}

static int32_t check_conflict(const rules *r, bool has_shares)
{
    face f = face_of_rules(r);
    campaign_allocate_budget_inputs inputs = CAMPAIGN_ALLOCATE_BUDGET_INPUTS_INIT;
    inputs.items = f.items, inputs.groups = f.groups;
    cpn_spend_book book = { 0 };
    cpn_spend_conflict conflict = { 0 };
    assert_ok(cpn_spend_take_knobs(&book.knobs, &book.terms, &f.options, &f.error), f.error);
    assert_int_equal(cpn_spend_read(&book, &inputs, NULL, &f.error), CAMPAIGN_E_INFEASIBLE);
    assert_ok(cpn_spend_find_conflict(&conflict, &book, &f.error), f.error);
    const rules named = only(r, &book, &conflict);
    int32_t n = 0;
    assert_false(can_hold_at_all(&named, has_shares));
    for (int32_t l = 0; l < book.n_limits; l++) {
        rules less = named;
        if (!conflict.limits[l]) continue;
        take_out(&less, &book.limits[l]);
        assert_true(can_hold_at_all(&less, has_shares));
        n++;
    }
    for (int32_t i = 0; i < 2 * N_ITEMS; i++) {
        rules less = named;
        if (!(i < N_ITEMS ? conflict.lowers[i] : conflict.uppers[i - N_ITEMS])) continue;
        if (i < N_ITEMS)
            less.lower[i] = -1;
        else
            less.upper[i - N_ITEMS] = -1;
        assert_true(can_hold_at_all(&less, has_shares));
        n++;
    }
    cpn_spend_conflict_free(&conflict);
    cpn_spend_free(&book);
    drop_face(&f);
    return n;
}

static void test_in_a_tree_each_rule_named_is_needed(void **state)
{
    (void)state;
    cpn_random random;
    int32_t n_conflicts = 0, n_rules = 0;
    cpn_random_seed(&random, 31);
    for (int32_t round = 0; round < N_ROUNDS; round++) {
        rules r;
        draw(&r, &random, false);
        assert_int_equal(can_hold(&r), tree_can_hold(&r));
        if (tree_can_hold(&r)) continue;
        n_rules += check_conflict(&r, false);
        n_conflicts++;
    }
    assert_true(n_conflicts > N_ROUNDS / 10 && n_conflicts < N_ROUNDS);
    assert_true(n_rules > 2 * n_conflicts);
}

static void test_with_shares_of_groups_each_rule_named_is_needed(void **state)
{
    (void)state;
    cpn_random random;
    int32_t n_conflicts = 0, n_beyond_tree = 0;
    cpn_random_seed(&random, 77);
    for (int32_t round = 0; round < N_ROUNDS / 16; round++) {
        rules r;
        draw(&r, &random, true);
        const bool is_possible = corners_can_hold(&r);
        assert_int_equal(passes(&r), is_possible);
        assert_int_equal(can_hold(&r), is_possible);
        if (is_possible) continue;
        (void)check_conflict(&r, true);
        n_conflicts++;
        n_beyond_tree += tree_can_hold(&r);
    }
    assert_true(n_conflicts > N_ROUNDS / 160 && n_beyond_tree > 10);
}

static void test_the_sentence_names_rules_and_amounts(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# minimum$ spent$ group",
                              "tv linear 1 40000 0 peak; radio linear 1 100 0 peak; sms linear 1 0 20000 peak;"
                              "web linear 1 0 0 off"));
    f.groups = table_of("group maximum$ minimum_share# of", "peak 50000 - -; off - 0.5 peak");
    f.options.has_budget = 1;
    f.options.budget_minor = 500000;
    run_face(&f);
    assert_int_equal(f.status, CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(f.error.where, "groups.maximum");
    assert_int_equal(f.error.row, 0);
    assert_string_equal(f.error.message,
                        "these rules cannot all hold: \"peak\" <= 500.00, \"sms\" >= 200.00, \"tv\" >= 400.00");
    drop_face(&f);
}

/* Where nothing may be spent at all, what is left over of a sum after each of its parts went is no amount. */
static void test_a_group_that_must_be_empty_names_who_spends(void **state)
{
    (void)state;
    face f = face_of(
        table_of("item group curve scale# minimum#", "a out linear 1 0.1; b out linear 1 0.2; c out linear 1 0.3"));
    f.groups = table_of("group parent share# of", "out - - -; in out 0.5 out");
    set_budget(&f, 10);
    run_face(&f);
    assert_int_equal(f.status, CAMPAIGN_E_INFEASIBLE);
    assert_non_null(strstr(f.error.message, "\"in\" = 0.5 of \"out\", \"c\" >= 0.3"));
    drop_face(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_a_tree_each_rule_named_is_needed),
        cmocka_unit_test(test_with_shares_of_groups_each_rule_named_is_needed),
        cmocka_unit_test(test_the_sentence_names_rules_and_amounts),
        cmocka_unit_test(test_a_group_that_must_be_empty_names_who_spends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
