/* What the budget refuses: each mistake with its code, place and row; and what it must not mind: order, threads. */
#include "face_tables.h"

#include "base/random.h"

typedef struct mistake {
    const char *columns, *rows, *groups_columns, *groups_rows;
    campaign_status code;
    const char *where;
    int64_t row;
} mistake;

#define PLAIN "item curve scale# location# shape#"

static const mistake mistakes[] = {
    { "item scale#", "a 1", NULL, NULL, CAMPAIGN_E_COLUMN, "items.curve", -1 },
    { PLAIN, "a hill 1 2 1; a hill 1 2 1", NULL, NULL, CAMPAIGN_E_DUPLICATE, "items.item", 1 },
    { PLAIN, "a hill 1 2 1; - hill 1 2 1", NULL, NULL, CAMPAIGN_E_MISSING, "items.item", 1 },
    { PLAIN, "a hill 1 2 1; b hil 1 2 1", NULL, NULL, CAMPAIGN_E_UNKNOWN, "items.curve", 1 },
    { PLAIN, "a hill nan 2 1", NULL, NULL, CAMPAIGN_E_VALUE, "items.scale", 0 },
    { PLAIN, "a hill 1 2 1; b hill -1 2 1", NULL, NULL, CAMPAIGN_E_VALUE, "items.scale", 1 },
    { PLAIN, "a hill 1 2 1; b hill 1 0 1", NULL, NULL, CAMPAIGN_E_VALUE, "items.location", 1 },
    { PLAIN, "a hill 1 2 0", NULL, NULL, CAMPAIGN_E_VALUE, "items.shape", 0 },
    { PLAIN, "a hill 1 - 1", NULL, NULL, CAMPAIGN_E_MISSING, "items.location", 0 },
    { PLAIN, "a hill 1 2 -", NULL, NULL, CAMPAIGN_E_MISSING, "items.shape", 0 },
    { PLAIN, "a linear - 2 1", NULL, NULL, CAMPAIGN_E_MISSING, "items.scale", 0 },
    { PLAIN, "a hill 1e200 2 1", NULL, NULL, CAMPAIGN_E_OVERFLOW, "items.scale", 0 },
    { PLAIN, "a piecewise 1 2 1", NULL, NULL, CAMPAIGN_E_MISSING, "points.item", 0 },
    { "item curve scale# opening_cost#", "a linear 1 0; b linear 1 -3", NULL, NULL, CAMPAIGN_E_VALUE,
      "items.opening_cost", 1 },
    { "item curve scale# minimum# maximum#", "a linear 1 5 4", NULL, NULL, CAMPAIGN_E_VALUE, "items.minimum", 0 },
    { "item curve scale# minimum# maximum#", "a linear 1 1e160 -", NULL, NULL, CAMPAIGN_E_OVERFLOW, "items.minimum",
      0 },
    { "item curve scale# spent# maximum#", "a linear 1 5 4", NULL, NULL, CAMPAIGN_E_INFEASIBLE, "items.spent", 0 },
    { "item curve scale# step# minimum# maximum#", "a linear 1 10 11 19", NULL, NULL, CAMPAIGN_E_INFEASIBLE,
      "items.step", 0 },
    { "item curve scale# minimum# minimum_if_open# maximum#", "a linear 1 1 10 9", NULL, NULL, CAMPAIGN_E_INFEASIBLE,
      "items.maximum", 0 },
    { "item curve scale# minimum# opening_cost# maximum#", "a linear 1 1 10 9", NULL, NULL, CAMPAIGN_E_INFEASIBLE,
      "items.maximum", 0 },
    { "item curve scale# value#", "a linear 1 -1", NULL, NULL, CAMPAIGN_E_VALUE, "items.value", 0 },
    { "item curve scale# group", "a linear 1 y", "group", "x", CAMPAIGN_E_UNKNOWN, "items.group", 0 },
    { "item curve scale# group", "a linear 1 x", "group parent", "x z", CAMPAIGN_E_UNKNOWN, "groups.parent", 0 },
    { "item curve scale# group", "a linear 1 x", "group parent", "x y; y z; z x", CAMPAIGN_E_VALUE, "groups.parent",
      0 },
    { "item curve scale# group", "a linear 1 x", "group parent", "x x", CAMPAIGN_E_VALUE, "groups.parent", 0 },
    { "item curve scale# group", "a linear 1 x", "group maximum#", "x 1; x 2", CAMPAIGN_E_DUPLICATE, "groups.group",
      1 },
    { "item curve scale# group", "a linear 1 x", "group minimum# maximum#", "x 2 1", CAMPAIGN_E_VALUE, "groups.minimum",
      0 },
    { "item curve scale# group", "a linear 1 x", "group minimum_share# maximum_share#", "x 0.2 0.1", CAMPAIGN_E_VALUE,
      "groups.minimum_share", 0 },
    { "item curve scale# group", "a linear 1 x", "group share# of", "x 0.2 x", CAMPAIGN_E_VALUE, "groups.of", 0 },
    { "item curve scale# group", "a linear 1 x", "group share# of", "x 0.2 y", CAMPAIGN_E_UNKNOWN, "groups.of", 0 },
    { "item curve scale# minimum#", "a linear 1 7; b linear 1 5", NULL, NULL, CAMPAIGN_E_INFEASIBLE, "options.budget",
      -1 },
    { "item curve scale# minimum$ maximum#", "a linear 1 0 5", NULL, NULL, CAMPAIGN_E_COLUMN, "items.maximum", -1 },
    { "item curve scale# minimum$", "a linear 1 9007199254740993", NULL, NULL, CAMPAIGN_E_OVERFLOW, "items.minimum",
      0 },
};

static void test_each_mistake_has_its_code_place_and_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        const mistake *m = &mistakes[i];
        face f = face_of(table_of(m->columns, m->rows));
        if (m->groups_columns) f.groups = table_of(m->groups_columns, m->groups_rows);
        f.options.has_budget = 1;
        if (strchr(m->columns, '$'))
            f.options.budget_minor = 1000;
        else
            f.options.budget = 10;
        run_face(&f);
        if (f.status != m->code || strcmp(f.error.where, m->where) != 0 || f.error.row != m->row)
            fail_msg("mistake %d: %s at %s row %lld: %s", (int)i, campaign_status_name(f.status), f.error.where,
                     (long long)f.error.row, f.error.message);
        drop_face(&f);
    }
}

static void expect(face *f, campaign_status code, const char *where)
{
    run_face(f);
    if (f->status != code || (code != CAMPAIGN_OK && strcmp(f->error.where, where) != 0))
        fail_msg("%s at %s: %s", campaign_status_name(f->status), f->error.where, f->error.message);
}

static void test_points_and_samples_must_fit_their_items(void **state)
{
    (void)state;
    static const char *const columns = "item spend# response#";
    face f = face_of(table_of("item curve scale# location#", "a piecewise - -; b log 1 1"));
    set_budget(&f, 10);
    f.points = table_of(columns, "a 0 0; a 5 3; a 5 4");
    expect(&f, CAMPAIGN_E_DUPLICATE, "points.spend");
    campaign_table_free(f.points);
    f.points = table_of(columns, "a 0 0; c 5 3");
    expect(&f, CAMPAIGN_E_UNKNOWN, "points.item");
    campaign_table_free(f.points);
    f.points = table_of(columns, "a 0 0; b 5 3");
    expect(&f, CAMPAIGN_E_VALUE, "items.curve");
    campaign_table_free(f.points);
    f.points = table_of(columns, "a 7 6; a 0 0; a 3 1");
    expect(&f, CAMPAIGN_OK, "");
    f.samples = table_of("item sample% scale#", "b 1 1; b 2 3; b 2 3");
    expect(&f, CAMPAIGN_E_DUPLICATE, "samples.sample");
    campaign_table_free(f.samples);
    f.samples = table_of("item sample% scale#", "b 1 1; b 2 3; a 1 1");
    expect(&f, CAMPAIGN_E_MISSING, "samples.item");
    campaign_table_free(f.samples);
    f.samples = table_of("item sample% scale#", "b 1 1; b 2 nan");
    expect(&f, CAMPAIGN_E_VALUE, "samples.scale");
    drop_face(&f);
}

static void test_options_must_be_sound(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# location# priority%", "a log 1 1 1; b log 1 1 2"));
    const campaign_allocate_budget_options usual = f.options;
    expect(&f, CAMPAIGN_E_MISSING, "options.has_budget");
    f.options.budget = 3;
    expect(&f, CAMPAIGN_E_ARGUMENT, "options.has_budget");
    set_budget(&f, -1);
    expect(&f, CAMPAIGN_E_ARGUMENT, "options.budget");
    set_budget(&f, NAN);
    expect(&f, CAMPAIGN_E_ARGUMENT, "options.budget");
    set_budget(&f, 1e200);
    expect(&f, CAMPAIGN_E_OVERFLOW, "options.budget");
    set_budget(&f, 10);
    f.options.budget_minor = 5;
    expect(&f, CAMPAIGN_E_ARGUMENT, "options.budget_minor");
    f.options = usual, set_budget(&f, 10);
    f.options.contingency = 11;
    expect(&f, CAMPAIGN_E_INFEASIBLE, "options.contingency");
    f.options.contingency = 1, f.options.contingency_ppm = 100000;
    expect(&f, CAMPAIGN_E_ARGUMENT, "options.contingency_ppm");
    f.options = usual, set_budget(&f, 10);
    f.options.objective = 5;
    expect(&f, CAMPAIGN_E_ARGUMENT, "options.objective");
    f.options.objective = CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND;
    expect(&f, CAMPAIGN_E_UNSUPPORTED, "items.priority");
    f.options = usual, set_budget(&f, 10);
    f.options.risk = CAMPAIGN_ALLOCATE_BUDGET_QUANTILE;
    expect(&f, CAMPAIGN_E_MISSING, "options.risk");
    f.options = usual, set_budget(&f, 10);
    f.options.language = "fr";
    expect(&f, CAMPAIGN_E_UNKNOWN, "options.language");
    f.options = usual, memcpy(f.options.currency, "XYZ", 4);
    expect(&f, CAMPAIGN_E_UNKNOWN, "options.currency");
    f.options = usual, f.options.size = 4;
    expect(&f, CAMPAIGN_E_ARGUMENT, "options");
    drop_face(&f);
}

static void test_a_target_out_of_reach_is_told_with_the_most(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# location#", "a exponential 10 1; b exponential 5 1"));
    f.options.objective = CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND;
    f.options.target = 16;
    expect(&f, CAMPAIGN_E_INFEASIBLE, "options.target");
    set_budget(&f, 1);
    f.options.target = 14;
    expect(&f, CAMPAIGN_E_INFEASIBLE, "options.target");
    assert_non_null(strstr(f.error.message, "the most is"));
    drop_face(&f);
}

static void test_no_items_and_one(void **state)
{
    (void)state;
    face f = face_of(table_of("item curve scale# location#", ""));
    set_budget(&f, 10);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_int_equal(campaign_table_n_rows(f.allocation), 0);
    assert_near(f.report.unspent, 10, 0);
    drop_face(&f);
    f = face_of(table_of("item curve scale# location#", "a log 1 1"));
    set_budget(&f, 10);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(number_at(f.allocation, "spend", 0), 10, 0);
    drop_face(&f);
}

/* ---- Order and threads ------------------------------------------------------------------------------------------- */

enum { N_MANY = 40 };

static campaign_table *many(const int32_t order[N_MANY])
{
    char text[MOST_TEXT] = "";
    int32_t length = 0;
    for (int32_t at = 0; at < N_MANY; at++) {
        cpn_random random;
        cpn_random_seed(&random, (uint64_t)order[at] + 1);
        const double scale = 10 + 90 * cpn_random_double(&random), location = 5 + 50 * cpn_random_double(&random);
        length += snprintf(text + length, sizeof text - (size_t)length, " k%02d hill %.12g %.12g %.12g g%d", order[at],
                           scale, location, 0.5 + 3 * cpn_random_double(&random), order[at] % 3);
    }
    return table_of("item curve scale# location# shape# group", text);
}

static void test_order_and_threads_change_no_byte(void **state)
{
    (void)state;
    int32_t order[N_MANY];
    cpn_random random;
    cpn_random_seed(&random, 7);
    for (int32_t i = 0; i < N_MANY; i++) order[i] = i;
    face f = face_of(many(order)), g;
    f.options.has_budget = 1;
    f.options.budget_minor = 50000;
    memcpy(f.options.currency, "CNY", 4);
    f.groups = table_of("group maximum_share# share# of", "g0 0.3 - -; g1 - - -; g2 - 0.5 g1");
    run_face(&f);
    assert_ok(f.status, f.error);
    for (int32_t i = N_MANY - 1; i > 0; i--) {
        const int32_t j = (int32_t)cpn_random_below(&random, i + 1), kept = order[i];
        order[i] = order[j], order[j] = kept;
    }
    g = face_of(many(order));
    g.options = f.options;
    g.n_threads = 8;
    g.groups = table_of("group maximum_share# share# of", "g2 - 0.5 g1; g1 - - -; g0 0.3 - -");
    run_face(&g);
    assert_ok(g.status, g.error);
    for (int64_t row = 0; row < N_MANY; row++)
        for (int32_t c = 0; c < campaign_table_n_columns(f.allocation); c++) {
            char left[400], right[400];
            (void)campaign_table_format(left, sizeof left, f.allocation, c, row);
            (void)campaign_table_format(right, sizeof right, g.allocation, c, row);
            assert_string_equal(left, right);
        }
    assert_int_equal(f.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL); /* to the minor unit */
    assert_memory_equal(&f.report.value, &g.report.value, sizeof(double));
    assert_memory_equal(&f.report.bound, &g.report.bound, sizeof(double));
    drop_face(&f);
    drop_face(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_mistake_has_its_code_place_and_row),
        cmocka_unit_test(test_points_and_samples_must_fit_their_items),
        cmocka_unit_test(test_options_must_be_sound),
        cmocka_unit_test(test_a_target_out_of_reach_is_told_with_the_most),
        cmocka_unit_test(test_no_items_and_one),
        cmocka_unit_test(test_order_and_threads_change_no_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
