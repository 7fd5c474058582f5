/* Many rows on many threads: the answer never depends on how the work was shared out. */
#include "orders.h"

#include "base/random.h"

static campaign_table *run(campaign_rfm_report *report, campaign_table *orders, const campaign_rfm_options *options,
                           int32_t n_threads)
{
    campaign_error error = { 0 };
    campaign_table *tiers = NULL;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.n_threads = n_threads;
    assert_ok(campaign_tier_rfm(&tiers, report, orders, options, &runtime, &error), error);
    campaign_table_free(orders);
    return tiers;
}

/* More rows than one chunk and more customers than one part, in no order. */
static campaign_table *make_many(int64_t n, int64_t n_customers, uint64_t seed)
{
    order_line *lines = malloc(sizeof *lines * (size_t)n);
    cpn_random random;
    cpn_random_seed(&random, seed);
    for (int64_t i = 0; i < n; i++) {
        lines[i].customer = cpn_random_below(&random, n_customers);
        lines[i].day = (int32_t)(15000 + cpn_random_below(&random, 700));
        lines[i].amount = cpn_random_below(&random, 90000) - 5000;
        lines[i].order = i / 3;
    }
    campaign_table *orders = make_orders(lines, n, 0);
    free(lines);
    return orders;
}

static void test_threads_change_nothing(void **state)
{
    (void)state;
    for (int32_t counts = 1; counts <= 3; counts++) {
        campaign_rfm_report one_report = CAMPAIGN_RFM_REPORT_INIT;
        campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
        options.frequency_counts = counts;
        campaign_table *one = run(&one_report, make_many(600000, 9000, 8), &options, 1);
        for (int32_t n_threads = 2; n_threads <= 8; n_threads *= 4) {
            campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;

            campaign_table *many = run(&report, make_many(600000, 9000, 8), &options, n_threads);

            assert_same_tables(one, many, 0);
            assert_same_tables(one_report.bins, report.bins, 0);
            assert_int_equal(one_report.n_returns, report.n_returns);
            campaign_table_free(many);
            campaign_rfm_report_clear(&report);
        }
        campaign_table_free(one);
        campaign_rfm_report_clear(&one_report);
    }
}

static void test_a_million_rows_of_one_customer(void **state)
{
    (void)state;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    campaign_table *tiers = run(NULL, make_many(1000000, 1, 9), &options, 2);
    assert_int_equal(campaign_table_n_rows(tiers), 1);
    campaign_table_free(tiers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_change_nothing),
        cmocka_unit_test(test_a_million_rows_of_one_customer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
