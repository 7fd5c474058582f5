/* A program's way with offers: solve once, keep the prices, decide for customers from many threads at once. */
#include "check.h"

#include <campaign/allocate_offers.h>
#include <math.h>
#include <pthread.h>

enum { N_CUSTOMERS = 2000, N_OFFERS = 3, N_THREADS = 4 };

static double value_of(int64_t customer, int32_t offer)
{
    return (double)((customer * 37 + offer * 101 + customer * offer % 13) % 97) / 10;
}

static double cost_of(int64_t customer, int32_t offer)
{
    return 1 + (double)((customer * 11 + offer * 7) % 5);
}

static void add(campaign_table_builder *builder, const char *name, int32_t type)
{
    assert_int_equal(campaign_table_builder_add_column(builder, name, type, NULL, NULL), CAMPAIGN_OK);
}

static campaign_table *make_pairs(void)
{
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    add(builder, "customer", CAMPAIGN_TYPE_INT64);
    add(builder, "region", CAMPAIGN_TYPE_UTF8);
    for (int32_t k = 0; k < N_OFFERS; k++) {
        char name[32];
        (void)snprintf(name, sizeof name, "value_券%d", k);
        add(builder, name, CAMPAIGN_TYPE_FLOAT64);
        (void)snprintf(name, sizeof name, "cost_券%d", k);
        add(builder, name, CAMPAIGN_TYPE_FLOAT64);
    }
    for (int64_t i = 0; i < N_CUSTOMERS; i++) {
        assert_ok(campaign_table_builder_append_int64(builder, 0, i, &error), error);
        assert_ok(campaign_table_builder_append_text(builder, 1, i % 2 ? "south" : "north", 5, &error), error);
        for (int32_t k = 0; k < N_OFFERS; k++) {
            assert_ok(campaign_table_builder_append_float64(builder, 2 + 2 * k, value_of(i, k), &error), error);
            assert_ok(campaign_table_builder_append_float64(builder, 3 + 2 * k, cost_of(i, k), &error), error);
        }
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static campaign_table *make_budgets(void)
{
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    add(builder, "amount", CAMPAIGN_TYPE_FLOAT64);
    add(builder, "region", CAMPAIGN_TYPE_UTF8);
    for (int32_t r = 0; r < 2; r++) {
        assert_ok(campaign_table_builder_append_float64(builder, 0, r ? 700 : 900, &error), error);
        assert_ok(campaign_table_builder_append_text(builder, 1, r ? "south" : "north", 5, &error), error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

typedef struct choosing {
    const campaign_offer_prices *prices;
    int32_t keys[2]; /* of north, south */
    int32_t chosen[N_CUSTOMERS];
    int32_t n_failed;
} choosing;

static void *choose_all(void *ctx)
{
    choosing *job = ctx;
    for (int64_t i = 0; i < N_CUSTOMERS; i++) {
        double values[N_OFFERS], costs[N_OFFERS];
        int32_t chosen[1], n_chosen;
        campaign_offer_customer customer = CAMPAIGN_OFFER_CUSTOMER_INIT;
        for (int32_t k = 0; k < N_OFFERS; k++) {
            values[k] = value_of(i, k);
            costs[k] = cost_of(i, k);
        }
        customer.values = values;
        customer.costs = costs;
        customer.keys = &job->keys[i % 2];
        const campaign_status status =
            campaign_allocate_choose_offer(chosen, &n_chosen, 1, job->prices, &customer, NULL);
        job->n_failed += status != CAMPAIGN_OK;
        job->chosen[i] = n_chosen ? chosen[0] : -1;
    }
    return NULL;
}

/* How many of the choices the prices make are those that the solver made: all but a few at ties. */
static int32_t count_same(const choosing *job, const campaign_table *choices)
{
    int32_t n_same = 0;
    int64_t row = 0;
    for (int64_t i = 0; i < N_CUSTOMERS; i++) {
        int32_t given = -1;
        if (row < campaign_table_n_rows(choices) && campaign_table_int64(choices, 0, row) == i) {
            size_t length;
            const char *name = campaign_table_text(choices, 1, row++, &length);
            given = campaign_offer_prices_find(job->prices, name, length);
        }
        n_same += given == job->chosen[i];
    }
    return n_same;
}

static void test_threads_choose_as_the_solver_did(void **state)
{
    (void)state;
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_report report = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    campaign_table *choices = NULL, *pairs = make_pairs(), *budgets = make_budgets();
    campaign_offer_prices *prices = NULL;
    campaign_error error = { 0 };
    static choosing jobs[N_THREADS];
    pthread_t threads[N_THREADS];
    inputs.pairs = pairs;
    inputs.budgets = budgets;
    assert_ok(campaign_allocate_offers(&choices, &report, &inputs, NULL, NULL, &error), error);
    assert_ok(campaign_offer_prices_create(&prices, report.rows, report.offers, NULL, NULL, &error), error);
    assert_int_equal(campaign_offer_prices_n_offers(prices), N_OFFERS);
    assert_int_equal(campaign_offer_prices_n_costs(prices), 1);
    assert_string_equal(campaign_offer_prices_cost(prices, 0), "cost");
    assert_string_equal(campaign_offer_prices_attribute(prices, 0), "region");
    for (int32_t t = 0; t < N_THREADS; t++) {
        jobs[t].prices = prices;
        jobs[t].keys[0] = campaign_offer_prices_key(prices, 0, "north", 5);
        jobs[t].keys[1] = campaign_offer_prices_key(prices, 0, "south", 5);
        assert_int_equal(pthread_create(&threads[t], NULL, choose_all, &jobs[t]), 0);
    }
    for (int32_t t = 0; t < N_THREADS; t++) assert_int_equal(pthread_join(threads[t], NULL), 0);
    for (int32_t t = 0; t < N_THREADS; t++) {
        assert_int_equal(jobs[t].n_failed, 0);
        assert_memory_equal(jobs[t].chosen, jobs[0].chosen, sizeof jobs[t].chosen);
    }
    assert_true(count_same(&jobs[0], choices) >= N_CUSTOMERS - 40);
    campaign_offer_prices_free(prices);
    campaign_allocate_offers_report_clear(&report);
    campaign_table_free(choices);
    campaign_table_free(pairs);
    campaign_table_free(budgets);
}

static void test_misuse_is_told(void **state)
{
    (void)state;
    int32_t chosen[1], n_chosen = 7;
    campaign_offer_customer customer = CAMPAIGN_OFFER_CUSTOMER_INIT;
    campaign_error error = { 0 };
    assert_int_equal(campaign_allocate_choose_offer(chosen, &n_chosen, 1, NULL, &customer, &error),
                     CAMPAIGN_E_ARGUMENT);
    assert_int_equal(n_chosen, 0);
    assert_int_equal(campaign_offer_prices_n_offers(NULL), 0);
    assert_int_equal(campaign_offer_prices_n_costs(NULL), 0);
    assert_null(campaign_offer_prices_cost(NULL, 0));
    assert_null(campaign_offer_prices_attribute(NULL, 0));
    assert_int_equal(campaign_offer_prices_find(NULL, "a", 1), -1);
    assert_int_equal(campaign_offer_prices_key(NULL, 0, "a", 1), -1);
    campaign_offer_prices_free(NULL);
    campaign_allocate_offers_report_clear(NULL);
    assert_int_equal(campaign_allocate_offers(NULL, NULL, NULL, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
}

/* Each mistake about a customer is named by itself; whole multipliers of a file that was kept are multipliers. */
static void test_mistakes_about_one_customer_are_named(void **state)
{
    (void)state;
    campaign_table_builder *builder = NULL;
    campaign_table *rows = NULL, *offers = NULL;
    campaign_offer_prices *prices = NULL;
    campaign_error error = { 0 };
    double values[1] = { 5 }, costs[1] = { 2 };
    int32_t keys[1] = { 9 }, chosen[1], n_chosen;
    campaign_offer_customer customer = CAMPAIGN_OFFER_CUSTOMER_INIT;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    add(builder, "cost", CAMPAIGN_TYPE_UTF8);
    add(builder, "region", CAMPAIGN_TYPE_UTF8);
    add(builder, "multiplier", CAMPAIGN_TYPE_INT64);
    assert_ok(campaign_table_builder_append_text(builder, 0, "cost", 4, &error), error);
    assert_ok(campaign_table_builder_append_text(builder, 1, "north", 5, &error), error);
    assert_ok(campaign_table_builder_append_int64(builder, 2, 2, &error), error);
    assert_ok(campaign_table_builder_finish(&rows, builder, &error), error);
    add(builder, "offer", CAMPAIGN_TYPE_UTF8);
    assert_ok(campaign_table_builder_append_text(builder, 0, "gift", 4, &error), error);
    assert_ok(campaign_table_builder_finish(&offers, builder, &error), error);
    campaign_table_builder_free(builder);
    assert_ok(campaign_offer_prices_create(&prices, rows, offers, NULL, NULL, &error), error);
    const struct {
        const double *costs;
        const int32_t *keys;
        int32_t most, capacity;
        const char *where, *words;
    } wrong[] = {
        { NULL, keys, 0, 1, "customer.costs", "expected 1 of each offer" },
        { costs, NULL, 0, 1, "customer.keys", "such as that of region" },
        { costs, keys, 0, 1, "customer.keys", "the code of region is 9, expected -1 to 0" },
        { costs, keys, -1, 1, "customer.most", "-1 offers" },
        { costs, keys, 0, 0, "capacity", "room for 0 offers, expected 1 or more" },
    };
    customer.values = values;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        customer.costs = wrong[i].costs, customer.keys = wrong[i].keys, customer.most = wrong[i].most;
        assert_int_equal(
            campaign_allocate_choose_offer(chosen, &n_chosen, wrong[i].capacity, prices, &customer, &error),
            CAMPAIGN_E_ARGUMENT);
        assert_string_equal(error.where, wrong[i].where);
        assert_non_null(strstr(error.message, wrong[i].words));
    }
    /* 5 - 2 × 2 = 1 is left in the north at a cost of 2, nothing at a cost of 3. */
    customer.costs = costs, customer.keys = keys, customer.most = 0, keys[0] = 0;
    assert_ok(campaign_allocate_choose_offer(chosen, &n_chosen, 1, prices, &customer, &error), error);
    assert_int_equal(n_chosen, 1);
    costs[0] = 3;
    assert_ok(campaign_allocate_choose_offer(chosen, &n_chosen, 1, prices, &customer, &error), error);
    assert_int_equal(n_chosen, 0);
    campaign_offer_prices_free(prices);
    campaign_table_free(rows);
    campaign_table_free(offers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_choose_as_the_solver_did),
        cmocka_unit_test(test_misuse_is_told),
        cmocka_unit_test(test_mistakes_about_one_customer_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
