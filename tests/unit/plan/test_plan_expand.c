/* The day-level cube: exact at every node of the plan, the same after load and for any number of threads. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"year\":2028,\"currency\":\"CNY\","

static const char *const dimensions[] = { "product_line", "market" };

static campaign_table *expand_with(const campaign_plan *plan, int32_t grain, int32_t n_threads)
{
    campaign_error error;
    campaign_table *cube;
    campaign_plan_expand_options options = CAMPAIGN_PLAN_EXPAND_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    options.grain = grain;
    runtime.n_threads = n_threads;
    assert_ok(campaign_plan_expand_targets(&cube, plan, &options, &runtime, &error), error);
    return cube;
}

/* Cells of a node of the targets: those of its keys in its period. */
static int64_t sum_cells(const campaign_table *cube, const campaign_table *targets, int64_t node)
{
    char wanted[2][64], key[64];
    int64_t sum = 0;
    for (int d = 0; d < 2; d++)
        (void)campaign_table_format(wanted[d], sizeof wanted[d], targets, campaign_table_find(targets, dimensions[d]),
                                    node);
    const int64_t start = number_at(targets, "start", node), end = number_at(targets, "end", node);
    for (int64_t row = 0; row < campaign_table_n_rows(cube); row++) {
        const int64_t day = number_at(cube, "date", row);
        bool is_in = day >= start && day < end;
        for (int d = 0; d < 2 && is_in; d++) {
            if (!wanted[d][0]) continue;
            (void)campaign_table_format(key, sizeof key, cube, campaign_table_find(cube, dimensions[d]), row);
            is_in = strcmp(key, wanted[d]) == 0;
        }
        sum += is_in ? number_at(cube, "target", row) : 0;
    }
    return sum;
}

static void check_nodes(const campaign_plan *plan, const campaign_table *cube)
{
    campaign_table *targets = take_table(plan, "targets");
    for (int64_t node = 0; node < campaign_table_n_rows(targets); node += node < 40 ? 1 : 17)
        assert_int_equal(sum_cells(cube, targets, node), number_at(targets, "target", node));
    campaign_table_free(targets);
}

static void assert_same(const campaign_table *a, const campaign_table *b)
{
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    assert_int_equal(campaign_table_n_columns(a), campaign_table_n_columns(b));
    for (int32_t column = 0; column < campaign_table_n_columns(a); column++)
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            char left[64], right[64];
            (void)campaign_table_format(left, sizeof left, a, column, row);
            (void)campaign_table_format(right, sizeof right, b, column, row);
            assert_string_equal(left, right);
        }
}

/* 2028 has 366 days. Small targets: many cells have no unit on most days. */
static void test_cells_add_up_to_every_node(void **state)
{
    (void)state;
    static const char *const splits[] = {
        "\"split\":[\"quarter\",\"month\",\"week\",\"day\",\"product_line\",\"market\"]",
        "\"split\":[\"market\",\"week\",\"product_line\",\"day\"],\"dimension_period\":\"week\"",
        "\"split\":[\"product_line\"]",
        "\"split\":[\"month\",\"day\"],\"dimension_period\":\"year\"",
        "\"split\":[\"day\",\"market\"],\"dimension_period\":\"day\"",
        "\"split\":[]",
    };
    static const char *const amounts[] = { "\"31.41\"", "\"9876543.21\"", "0" };
    campaign_table *orders = make_history(2026, 2, false);
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++) {
        char request[512];
        campaign_error error;
        campaign_plan *plan, *loaded;
        (void)snprintf(request, sizeof request, HEAD "\"target\":{\"amount\":%s},\"campaigns\":{\"tiers\":[]},%s}",
                       amounts[i % 3], splits[i]);
        plan = make_plan(request, orders);
        campaign_table *cube = expand_with(plan, CAMPAIGN_EXPAND_DAY, 1);
        check_nodes(plan, cube);
        campaign_table *many = expand_with(plan, CAMPAIGN_EXPAND_DAY, 8);
        assert_same(cube, many);
        campaign_table_free(many);
        char *json;
        size_t length;
        assert_ok(campaign_plan_save(&json, &length, plan, &error), error);
        assert_ok(campaign_plan_load(&loaded, json, length, &error), error);
        many = expand_with(loaded, CAMPAIGN_EXPAND_DAY, 2);
        assert_same(cube, many);
        campaign_table_free(many);
        campaign_table *weeks = expand_with(loaded, CAMPAIGN_EXPAND_WEEK, 2);
        assert_true(i == 3 || i == 4 ||
                    campaign_table_n_rows(weeks) < campaign_table_n_rows(cube)); /* 3, 4: leaves are days */
        check_nodes(plan, i < 3 || i == 5 ? cube : weeks);
        int64_t sum = 0;
        for (int64_t row = 0; row < campaign_table_n_rows(weeks); row++) sum += number_at(weeks, "target", row);
        campaign_table *targets = take_table(plan, "targets");
        assert_int_equal(sum, number_at(targets, "target", 0));
        campaign_table_free(targets);
        campaign_table_free(weeks);
        campaign_text_free(json);
        campaign_plan_free(loaded);
        campaign_table_free(cube);
        campaign_plan_free(plan);
    }
    campaign_table_free(orders);
}

/* Days of one month lie within a unit of the month's target by their weights, and are those of the table days. */
static void test_days_keep_their_exact_shares(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2026, 2, false);
    campaign_plan *plan =
        make_plan(HEAD "\"target\":{\"amount\":\"55.55\"},\"split\":[\"month\",\"product_line\",\"market\"]}", orders);
    campaign_table *cube = expand_with(plan, CAMPAIGN_EXPAND_DAY, 2), *days = take_table(plan, "days");
    campaign_table *targets = take_table(plan, "targets");
    assert_int_equal(campaign_table_n_rows(days), 366);
    for (int64_t day = 0; day < 366; day++) {
        const int64_t date = number_at(days, "date", day);
        int64_t sum = 0, weights = 0, month = 1;
        for (int64_t row = 0; row < campaign_table_n_rows(cube); row++)
            if (number_at(cube, "date", row) == date) sum += number_at(cube, "target", row);
        assert_int_equal(sum, number_at(days, "target", day));
        while (number_at(targets, "end", month) <= date) month++;
        for (int64_t other = 0; other < 366; other++)
            if (number_at(days, "date", other) >= number_at(targets, "start", month) &&
                number_at(days, "date", other) < number_at(targets, "end", month))
                weights += number_at(days, "weight", other);
        const int64_t off = sum * weights - number_at(targets, "target", month) * number_at(days, "weight", day);
        assert_true(off < weights && off > -weights);
    }
    campaign_table_free(targets);
    campaign_table_free(days);
    campaign_table_free(cube);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_bad_cubes_are_refused(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table *cube;
    campaign_plan_expand_options options = CAMPAIGN_PLAN_EXPAND_OPTIONS_INIT;
    campaign_plan *plan = make_plan(
                      HEAD "\"target\":{\"amount\":1},\"split\":[\"month\"],\"campaigns\":{\"tiers\":[]}}", NULL),
                  *loaded;
    options.grain = 2;
    assert_int_equal(campaign_plan_expand_targets(&cube, plan, &options, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_null(cube);
    assert_int_equal(campaign_plan_expand_targets(&cube, NULL, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_expand_targets(NULL, plan, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_ok(campaign_plan_expand_targets(&cube, plan, NULL, NULL, &error), error);
    assert_int_equal(campaign_table_n_rows(cube), 366);
    campaign_table_free(cube);
    /* A document one of whose days has a fen too many. */
    char *json;
    size_t length;
    assert_ok(campaign_plan_save(&json, &length, plan, &error), error);
    const size_t days = (size_t)(strstr(json, "\"days\"") - json);
    const size_t target = (size_t)(strstr(json + days, "\"target\": [\"0.") - json) + strlen("\"target\": [\"0.");
    json[target] = json[target] == '9' ? '8' : '9';
    assert_int_equal(campaign_plan_load(&loaded, json, length, &error), CAMPAIGN_E_VALUE);
    assert_non_null(strstr(error.where, "days"));
    campaign_text_free(json);
    campaign_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_add_up_to_every_node),
        cmocka_unit_test(test_days_keep_their_exact_shares),
        cmocka_unit_test(test_bad_cubes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
