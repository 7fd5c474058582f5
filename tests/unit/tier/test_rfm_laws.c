/* Laws of RFM on random orders: every policy equals a slow reading of its definition; rows, dates and ids may
 * change without changing the answer. */
#include "orders.h"

#include "base/random.h"

enum { MOST_LINES = 60, MOST_CUSTOMERS = 14, N_ROUNDS = 300 };

typedef struct brute_customer {
    int64_t id, frequency, monetary;
    int32_t last_day, first_day;
    int has_purchase;
} brute_customer;

static int64_t make_lines(order_line *lines, cpn_random *random)
{
    const int64_t n = 1 + cpn_random_below(random, MOST_LINES),
                  n_customers = 1 + cpn_random_below(random, MOST_CUSTOMERS);
    const int64_t amounts = cpn_random_below(random, 2) ? 4 : 5000; /* many ties, or few */
    for (int64_t i = 0; i < n; i++) {
        lines[i].customer = cpn_random_below(random, n_customers);
        lines[i].day = (int32_t)(15000 + cpn_random_below(random, 25));
        lines[i].amount = cpn_random_below(random, amounts) - (cpn_random_below(random, 5) == 0 ? 2 * amounts : 0);
        lines[i].order = cpn_random_below(random, 20);
    }
    return n;
}

/* Whether line i is the first purchase of its customer with the same order, or the same day. */
static int is_first(const order_line *lines, int64_t i, int32_t counts)
{
    for (int64_t k = 0; k < i; k++) {
        if (lines[k].amount < 0 || lines[k].customer != lines[i].customer) continue;
        if (counts == CAMPAIGN_RFM_FREQUENCY_ORDERS && lines[k].order == lines[i].order) return 0;
        if (counts == CAMPAIGN_RFM_FREQUENCY_DAYS && lines[k].day == lines[i].day) return 0;
    }
    return 1;
}

static int64_t brute_customers(brute_customer *customers, const order_line *lines, int64_t n, int32_t counts)
{
    int64_t n_customers = 0;
    for (int64_t id = 0; id < MOST_CUSTOMERS; id++) {
        brute_customer c = { .id = id };
        int64_t n_rows = 0;
        for (int64_t i = 0; i < n; i++) {
            if (lines[i].customer != id) continue;
            n_rows++;
            c.monetary += lines[i].amount;
            if (lines[i].amount < 0) continue;
            c.frequency += is_first(lines, i, counts);
            if (!c.has_purchase || lines[i].day > c.last_day) c.last_day = lines[i].day;
            if (!c.has_purchase || lines[i].day < c.first_day) c.first_day = lines[i].day;
            c.has_purchase = 1;
        }
        if (n_rows > 0) customers[n_customers++] = c;
    }
    return n_customers;
}

/* Definitions, as the header words them. values: greater is better; i is the customer asked for. */
static int32_t brute_ranks(const int64_t *values, int64_t n, int64_t i, int32_t ties, int32_t n_bins)
{
    int64_t n_worse = 0, n_equal_before = 0, n_equal = 0;
    for (int64_t k = 0; k < n; k++) {
        n_worse += values[k] < values[i];
        n_equal += values[k] == values[i];
        n_equal_before += values[k] == values[i] && k < i;
    }
    const int64_t place = n_worse + n_equal_before;
    switch (ties) {
    case CAMPAIGN_RFM_TIES_VALUE: return (int32_t)(1 + n_bins * n_worse / n);
    case CAMPAIGN_RFM_TIES_RANK_FIRST: return (int32_t)(1 + n_bins * place / n);
    case CAMPAIGN_RFM_TIES_RANK_AVERAGE: return (int32_t)(1 + n_bins * (2 * n_worse + n_equal - 1) / (2 * n));
    default: break;
    }
    int64_t end = 0; /* NTILE: fill the bins one after the other */
    for (int32_t bin = 1; bin <= n_bins; bin++) {
        end += n / n_bins + (bin <= n % n_bins);
        if (place < end) return bin;
    }
    return 0;
}

static int compare_int64(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The R package: count the cuts (type-7 quantile plus one unit) at or below the natural value; recency turned round. */
static int32_t brute_r(const int64_t *natural, int64_t n, int64_t value, int32_t n_bins, int64_t unit, int is_recency)
{
    int64_t sorted[MOST_CUSTOMERS];
    memcpy(sorted, natural, sizeof *sorted * (size_t)n);
    qsort(sorted, (size_t)n, sizeof *sorted, compare_int64);
    int32_t n_cuts = 0;
    for (int32_t j = 1; j < n_bins; j++) { /* everything times n_bins, so that it is whole */
        const int64_t place = (n - 1) * j, low = place / n_bins, high = low + 1 < n ? low + 1 : low;
        const int64_t cut = sorted[low] * n_bins + (sorted[high] - sorted[low]) * (place % n_bins) + unit * n_bins;
        n_cuts += cut <= value * n_bins;
    }
    return is_recency ? n_bins - n_cuts : 1 + n_cuts;
}

static int32_t brute_score(const brute_customer *customers, int64_t n, int64_t i, int dimension, int32_t ties,
                           int32_t n_bins)
{
    const int32_t as_of = 15030;
    int64_t values[MOST_CUSTOMERS], natural[MOST_CUSTOMERS], n_known = 0, place = -1;
    for (int64_t k = 0; k < n; k++) {
        const brute_customer *c = &customers[k];
        if (dimension == 0 && !c->has_purchase) continue;
        if (k == i) place = n_known;
        natural[n_known] = dimension == 0 ? as_of - c->last_day : dimension == 1 ? c->frequency : c->monetary;
        values[n_known] = dimension == 0 ? -natural[n_known] : natural[n_known];
        n_known++;
    }
    if (place < 0) return 1;
    if (ties == CAMPAIGN_RFM_TIES_R_RFM)
        return brute_r(natural, n_known, natural[place], n_bins, dimension == 2 ? 100 : 1, dimension == 0);
    return brute_ranks(values, n_known, place, ties, n_bins);
}

static campaign_rfm_options options_for(int round)
{
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.has_as_of = 1;
    options.as_of = 15030;
    options.ties = round % 5;
    options.frequency_counts = 1 + round % 3;
    options.recency_bins = 2 + round % 7;
    options.frequency_bins = 2 + round % 4;
    options.monetary_bins = round % 11 ? 5 : 20;
    return options;
}

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

static void check_customer(const campaign_table *tiers, int64_t row, const brute_customer *customers, int64_t n,
                           const campaign_rfm_options *options)
{
    static const char *const names[] = { "r", "f", "m" };
    const int32_t n_bins[] = { options->recency_bins, options->frequency_bins, options->monetary_bins };
    const brute_customer *c = &customers[row];
    assert_int_equal(campaign_table_int64(tiers, campaign_table_find(tiers, "customer"), row), c->id);
    assert_int_equal(campaign_table_int64(tiers, campaign_table_find(tiers, "frequency"), row), c->frequency);
    assert_int_equal(campaign_table_int64(tiers, campaign_table_find(tiers, "monetary"), row), c->monetary);
    if (c->has_purchase) {
        assert_int_equal(campaign_table_int64(tiers, campaign_table_find(tiers, "last_date"), row), c->last_day);
        assert_int_equal(campaign_table_int64(tiers, campaign_table_find(tiers, "first_date"), row), c->first_day);
    }
    for (int d = 0; d < 3; d++)
        assert_int_equal(campaign_table_int64(tiers, campaign_table_find(tiers, names[d]), row),
                         brute_score(customers, n, row, d, options->ties, n_bins[d]));
}

static void test_every_policy_equals_its_definition(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 20270206);
    for (int round = 0; round < N_ROUNDS; round++) {
        order_line lines[MOST_LINES];
        brute_customer customers[MOST_CUSTOMERS];
        const int64_t n_lines = make_lines(lines, &random);
        const campaign_rfm_options options = options_for(round);
        const int64_t n = brute_customers(customers, lines, n_lines, options.frequency_counts);

        campaign_table *tiers = run(NULL, make_orders(lines, n_lines, 0), &options, 1);

        assert_int_equal(campaign_table_n_rows(tiers), n);
        for (int64_t row = 0; row < n; row++) check_customer(tiers, row, customers, n, &options);
        campaign_table_free(tiers);
    }
}

static void shuffle(order_line *lines, int64_t n, cpn_random *random)
{
    for (int64_t i = n - 1; i > 0; i--) {
        const int64_t k = cpn_random_below(random, i + 1);
        const order_line line = lines[i];
        lines[i] = lines[k];
        lines[k] = line;
    }
}

static void test_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 5);
    for (int round = 0; round < 40; round++) {
        order_line lines[MOST_LINES];
        campaign_rfm_report a_report = CAMPAIGN_RFM_REPORT_INIT, b_report = CAMPAIGN_RFM_REPORT_INIT;
        const int64_t n = make_lines(lines, &random);
        const campaign_rfm_options options = options_for(round);
        campaign_table *a = run(&a_report, make_orders(lines, n, 0), &options, 1);
        shuffle(lines, n, &random);

        campaign_table *b = run(&b_report, make_orders(lines, n, 0), &options, 1);

        assert_same_tables(a, b, 0);
        assert_same_tables(a_report.bins, b_report.bins, 0);
        assert_same_tables(a_report.segments, b_report.segments, 0);
        campaign_table_free(a);
        campaign_table_free(b);
        campaign_rfm_report_clear(&a_report);
        campaign_rfm_report_clear(&b_report);
    }
}

static void test_shape_of_ids_and_dates_changes_nothing(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 6);
    for (int round = 0; round < 40; round++) {
        order_line lines[MOST_LINES];
        const int64_t n = make_lines(lines, &random);
        const campaign_rfm_options options = options_for(round);
        campaign_table *a = run(NULL, make_orders(lines, n, 0), &options, 1);
        campaign_table *text = run(NULL, make_orders(lines, n, TEXT_IDS | TIMESTAMPS), &options, 1);

        campaign_table *dictionary = run(NULL, make_orders(lines, n, DICTIONARY_IDS), &options, 1);

        assert_same_tables(a, text, 1); /* all but the ids themselves */
        assert_same_tables(text, dictionary, 0);
        campaign_table_free(a);
        campaign_table_free(text);
        campaign_table_free(dictionary);
    }
}

static void test_moving_every_date_moves_only_dates(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 7);
    order_line lines[MOST_LINES];
    const int64_t n = make_lines(lines, &random);
    campaign_rfm_options options = options_for(0);
    campaign_table *a = run(NULL, make_orders(lines, n, 0), &options, 1);
    for (int64_t i = 0; i < n; i++) lines[i].day -= 30000; /* to before 1970 */
    options.as_of -= 30000;

    campaign_table *b = run(NULL, make_orders(lines, n, TIMESTAMPS), &options, 1);

    static const char *const same[] = { "customer", "recency_days", "frequency", "monetary", "rfm", "tier" };
    for (int64_t row = 0; row < campaign_table_n_rows(a); row++)
        for (int i = 0; i < 6; i++) {
            char text[128];
            assert_cell(b, same[i], row, cell(text, a, same[i], row));
        }
    campaign_table_free(a);
    campaign_table_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_policy_equals_its_definition),
        cmocka_unit_test(test_order_of_rows_changes_nothing),
        cmocka_unit_test(test_shape_of_ids_and_dates_changes_nothing),
        cmocka_unit_test(test_moving_every_date_moves_only_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
