/* Five dimensions in any order: the cells that sold, and nothing else, share as they sold at every node. Truth: sums over
 * the orders themselves, node by node. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\","

enum { DIMENSIONS = 5, ORDERS = 400 };

static const char *const names[DIMENSIONS] = { "product_line", "market", "channel", "tier", "rep" };

typedef struct sparse_order {
    int32_t day;
    int64_t minor;
    char keys[DIMENSIONS][16];
} sparse_order;

/* A year of orders over 3 × 4 × 2 × 3 × 5 keys, of which most combinations never occur. */
static void make_sparse(sparse_order *orders)
{
    static const int counts[DIMENSIONS] = { 3, 4, 2, 3, 5 };
    cpn_random random;
    cpn_random_seed(&random, 42);
    for (int i = 0; i < ORDERS; i++) {
        orders[i].day = cpn_day_from_civil(2026, 1, 1) + (i * 364) / (ORDERS - 1);
        orders[i].minor = 1 + cpn_random_below(&random, 10000);
        const int64_t combination = cpn_random_below(&random, 60) * 977;
        int64_t rest = combination;
        for (int d = 0; d < DIMENSIONS; d++) {
            (void)snprintf(orders[i].keys[d], sizeof orders[i].keys[d], "%c%d", names[d][0], (int)(rest % counts[d]));
            rest /= counts[d];
        }
    }
}

static campaign_table *make_table(const sparse_order *orders, bool is_backwards)
{
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *table;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
    for (int d = 0; d < DIMENSIONS; d++)
        assert_ok(campaign_table_builder_add_column(builder, names[d], CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    for (int i = 0; i < ORDERS; i++) {
        const sparse_order *row = &orders[is_backwards ? ORDERS - 1 - i : i];
        assert_ok(campaign_table_builder_append_int64(builder, 0, row->day, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 1, row->minor, &error), error);
        for (int d = 0; d < DIMENSIONS; d++)
            assert_ok(campaign_table_builder_append_text(builder, 2 + d, row->keys[d], 2, &error), error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* What the orders of the keys of a row sold; its empty keys mean all. */
static int64_t sum_orders(const sparse_order *orders, const campaign_table *targets, int64_t row)
{
    char keys[DIMENSIONS][16];
    int64_t sum = 0;
    for (int d = 0; d < DIMENSIONS; d++)
        (void)campaign_table_format(keys[d], sizeof keys[d], targets, campaign_table_find(targets, names[d]), row);
    for (int i = 0; i < ORDERS; i++) {
        bool is_in = true;
        for (int d = 0; d < DIMENSIONS; d++) is_in = is_in && (!keys[d][0] || strcmp(keys[d], orders[i].keys[d]) == 0);
        sum += is_in ? orders[i].minor : 0;
    }
    return sum;
}

/* Where the year sold 100,000 units for each unit of target, a node's part lies within one unit of target × sales of its
 * keys / sales of its parent's keys; nodes that sold nothing have no row. Children of a node add up to it. */
static void check_targets(const sparse_order *orders, const campaign_table *targets)
{
    int64_t n_checked = 0, sum = 0;
    for (int64_t row = 1; row < campaign_table_n_rows(targets); row++) {
        const int64_t parent = number_at(targets, "parent", row), minor = number_at(targets, "target", row);
        char level[32], before[32];
        (void)campaign_table_format(level, sizeof level, targets, campaign_table_find(targets, "level"), row);
        (void)campaign_table_format(before, sizeof before, targets, campaign_table_find(targets, "level"), row - 1);
        const bool is_new = number_at(targets, "parent", row - 1) != parent || strcmp(level, before) != 0 || row == 1;
        if (is_new && row > 1)
            assert_int_equal(sum, number_at(targets, "target", number_at(targets, "parent", row - 1)));
        sum = (is_new ? 0 : sum) + minor;
        if (strcmp(level, "month") == 0 || parent == 0) continue; /* margins add up roundings of many cells */
        const int64_t part = sum_orders(orders, targets, row), whole = sum_orders(orders, targets, parent);
        assert_true(part > 0);
        const int64_t off = minor * whole - number_at(targets, "target", parent) * part;
        assert_true(off < whole && off > -whole);
        n_checked++;
    }
    assert_true(n_checked > 20);
}

static void test_sparse_cells_share_as_they_sold_in_every_order(void **state)
{
    (void)state;
    static const char *const splits[] = {
        "[\"month\",\"product_line\",\"market\",\"channel\",\"tier\",\"rep\"]",
        "[\"rep\",\"tier\",\"month\",\"channel\",\"market\",\"product_line\"]",
        "[\"channel\",\"rep\",\"product_line\",\"month\"]",
    };
    sparse_order orders[ORDERS];
    make_sparse(orders);
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++) {
        char request[512], *first = NULL;
        (void)snprintf(request, sizeof request, HEAD "\"target\":{\"amount\":\"98765.43\"},\"split\":%s}", splits[i]);
        for (int is_backwards = 0; is_backwards < 2; is_backwards++) {
            campaign_table *history = make_table(orders, is_backwards);
            campaign_plan *plan = make_plan(request, history);
            campaign_table *targets = take_table(plan, "targets");
            check_targets(orders, targets);
            char *json = save_plan(plan);
            if (first) assert_string_equal(first, json);
            if (first) campaign_text_free(json);
            if (!first) first = json;
            campaign_table_free(targets);
            campaign_plan_free(plan);
            campaign_table_free(history);
        }
        campaign_text_free(first);
    }
}

/* Days are finer than the months that cells are split by: their totals are still sums of whole units that add up to each
 * month, and lie within one unit of the weights' share, though every cell is rounded by itself. */
static void test_totals_of_days_are_sums_of_the_cells_days(void **state)
{
    (void)state;
    sparse_order orders[ORDERS];
    make_sparse(orders);
    campaign_table *history = make_table(orders, false);
    /* 1,000 fen over some 60 cells × 12 months: most cells have one unit or none in a month. */
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":\"10.00\"},\"split\":[\"month\",\"week\",\"day\","
                                         "\"product_line\",\"market\",\"channel\",\"tier\",\"rep\"]}",
                                    history);
    campaign_table *targets = take_table(plan, "targets");
    int64_t n_days = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(targets); row++) {
        if (!cell_is(targets, "level", row, "day")) continue;
        int64_t month = row;
        while (!cell_is(targets, "level", month, "month")) month = number_at(targets, "parent", month);
        const int64_t days = number_at(targets, "end", month) - number_at(targets, "start", month);
        const int64_t minor = number_at(targets, "target", row);
        /* Weekdays weigh within half and double of each other, so no day strays from an even share by more than that. */
        assert_true(minor <= 2 * number_at(targets, "target", month) / days + 1);
        n_days++;
    }
    assert_int_equal(n_days, 365);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(history);
}

static void test_a_declared_dimension_must_be_there(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2026, 1, false);
    assert_refused(HEAD "\"target\":{\"amount\":1},\"split\":[\"month\",\"rep\"]}", orders, CAMPAIGN_E_COLUMN, "rep");
    assert_refused(HEAD "\"target\":{\"amount\":1},\"split\":[\"channel\"]}", NULL, CAMPAIGN_E_MISSING, "channel");
    assert_refused(HEAD "\"target\":{\"amount\":1},\"split\":[\"channel\",\"channel\"]}", orders, CAMPAIGN_E_DUPLICATE,
                   "channel");
    campaign_table_free(orders);
}

/* An evaluation knows no channels: it judges the totals of such a plan and says what it left out. */
static void test_finer_targets_are_not_judged(void **state)
{
    (void)state;
    sparse_order orders[ORDERS];
    make_sparse(orders);
    campaign_error error;
    campaign_table *history = make_table(orders, false);
    campaign_plan *plan =
        make_plan(HEAD "\"target\":{\"amount\":\"100.00\"},\"split\":[\"quarter\",\"market\",\"channel\"]}", history);
    campaign_kpi_plan judged = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    campaign_kpi_evaluation result = CAMPAIGN_KPI_EVALUATION_INIT;
    actuals.orders = history;
    assert_ok(campaign_plan_kpi(&judged, plan, &error), error);
    assert_ok(campaign_kpi_evaluate(&result, &judged, &actuals, NULL, NULL, &error), error);
    const int64_t note = find_row(result.notes, "code", "targets_finer", NULL, NULL);
    assert_int_equal(number_at(result.notes, "n", note), 4 * 4 * 2 + 2);
    assert_int_equal(find_row(result.attainment, "level", "channel", NULL, NULL), -1);
    assert_true(find_row(result.attainment, "level", "market", NULL, NULL) >= 0);
    campaign_kpi_evaluation_clear(&result);
    campaign_plan_free(plan);
    campaign_table_free(history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sparse_cells_share_as_they_sold_in_every_order),
        cmocka_unit_test(test_totals_of_days_are_sums_of_the_cells_days),
        cmocka_unit_test(test_a_declared_dimension_must_be_there),
        cmocka_unit_test(test_finer_targets_are_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
