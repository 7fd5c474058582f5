/* What one RFM call makes of orders: dates, returns, nulls, limits, options. Expected numbers stand in comments. */
#include "orders.h"

#define COUNT(array) ((int64_t)(sizeof(array) / sizeof *(array)))

static campaign_table *run(campaign_rfm_report *report, campaign_table *orders, const campaign_rfm_options *options)
{
    campaign_error error = { 0 };
    campaign_table *tiers = NULL;
    assert_ok(campaign_tier_rfm(&tiers, report, orders, options, NULL, &error), error);
    campaign_table_free(orders);
    return tiers;
}

static void end(campaign_table *tiers, campaign_rfm_report *report)
{
    campaign_table_free(tiers);
    campaign_rfm_report_clear(report);
}

static void test_one_customer_on_one_day_scores_one(void **state)
{
    (void)state;
    const order_line lines[] = { { 7, 100, 1990, 1 } };
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;

    campaign_table *tiers = run(&report, make_orders(lines, 1, 0), NULL);

    assert_int_equal(campaign_table_n_rows(tiers), 1);
    assert_cell(tiers, "customer", 0, "7");
    assert_cell(tiers, "recency_days", 0, "0");
    assert_cell(tiers, "frequency", 0, "1");
    assert_cell(tiers, "monetary", 0, "19.90");
    assert_cell(tiers, "rfm", 0, "111"); /* nobody is worse: 1 + floor(5 * 0 / 1) */
    assert_cell(tiers, "tier", 0, "lost");
    assert_cell(tiers, "last_date", 0, "1970-04-11");
    assert_cell(tiers, "first_date", 0, "1970-04-11");
    assert_int_equal(report.as_of, 100);
    assert_int_equal(report.n_customers, 1);
    assert_true(has_note(report.notes, "collapsed_bins", "monetary"));
    end(tiers, &report);
}

static void test_returns_lower_money_and_are_no_purchases(void **state)
{
    (void)state;
    /* Customer 1 buys 100.00 on day 10 and returns 30.00 on day 20: recency from day 10, once, 70.00.
     * Customer 2 only returns. The as-of day is the last date of all, day 20. */
    const order_line lines[] = { { 1, 10, 10000, 1 }, { 1, 20, -3000, 2 }, { 2, 15, -500, 3 } };
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;

    campaign_table *tiers = run(&report, make_orders(lines, COUNT(lines), 0), NULL);

    assert_cell(tiers, "recency_days", 0, "10");
    assert_cell(tiers, "frequency", 0, "1");
    assert_cell(tiers, "monetary", 0, "70.00");
    assert_cell(tiers, "last_date", 0, "1970-01-11");
    assert_cell(tiers, "monetary", 1, "-5.00");
    assert_cell(tiers, "frequency", 1, "0");
    assert_true(campaign_table_is_null(tiers, campaign_table_find(tiers, "recency_days"), 1));
    assert_true(campaign_table_is_null(tiers, campaign_table_find(tiers, "last_date"), 1));
    assert_false(campaign_table_is_null(tiers, campaign_table_find(tiers, "last_date"), 0));
    assert_cell(tiers, "rfm", 1, "111");
    assert_cell(tiers, "rfm", 0, "133"); /* r: alone; f and m: one of two is worse, 1 + floor(5 / 2) = 3 */
    assert_int_equal(report.n_returns, 2);
    assert_int_equal(report.n_without_purchase, 1);
    end(tiers, &report);
}

static void test_frequency_counts_what_is_asked_for(void **state)
{
    (void)state;
    /* Two lines of order 1 on day 1, order 2 the same day, order 3 on day 5: 3 orders, 2 days, 4 rows. */
    const order_line lines[] = { { 1, 1, 100, 1 }, { 1, 1, 100, 1 }, { 1, 1, 100, 2 }, { 1, 5, 100, 3 } };
    const char *const expected[] = { "3", "3", "2", "4" };
    for (int32_t counts = 0; counts < 4; counts++)
        for (int shape = 0; shape <= TEXT_IDS; shape++) {
            campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
            options.frequency_counts = counts;

            campaign_table *tiers = run(NULL, make_orders(lines, COUNT(lines), shape), &options);

            assert_cell(tiers, "frequency", 0, expected[counts]);
            campaign_table_free(tiers);
        }
    campaign_table *tiers = run(NULL, make_orders(lines, COUNT(lines), WITHOUT_ORDER), NULL);
    assert_cell(tiers, "frequency", 0, "2"); /* days, where there is no order column */
    campaign_table_free(tiers);
}

static void test_orders_after_the_as_of_day_are_left_out_and_counted(void **state)
{
    (void)state;
    const order_line lines[] = { { 1, 10, 100, 1 }, { 1, 12, 900, 2 }, { 2, 13, 900, 3 } };
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.has_as_of = 1;
    options.as_of = 11;

    campaign_table *tiers = run(&report, make_orders(lines, COUNT(lines), 0), &options);

    assert_int_equal(campaign_table_n_rows(tiers), 1); /* customer 2 is not known yet on day 11 */
    assert_cell(tiers, "recency_days", 0, "1");
    assert_cell(tiers, "monetary", 0, "1.00");
    assert_int_equal(report.n_rows, 3);
    assert_int_equal(report.n_used, 1);
    assert_int_equal(report.n_after_as_of, 2);
    assert_true(has_note(report.notes, "after_as_of", "orders"));
    end(tiers, &report);
}

static void test_empty_history_gives_empty_tables_and_a_note(void **state)
{
    (void)state;
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;

    for (int shape = 0; shape <= TEXT_IDS; shape++) {
        campaign_table *tiers = run(&report, make_orders(NULL, 0, shape), NULL);

        assert_int_equal(campaign_table_n_rows(tiers), 0);
        assert_int_equal(campaign_table_n_columns(tiers), 12);
        assert_int_equal(report.has_as_of, 0);
        assert_int_equal(campaign_table_n_rows(report.bins), 15);
        assert_int_equal(campaign_table_n_rows(report.segments), 12);
        assert_int_equal(campaign_table_n_rows(report.skipped), 0);
        assert_int_equal(campaign_table_n_rows(report.notes), 1);
        assert_true(has_note(report.notes, "empty_history", "orders"));
        end(tiers, &report);
    }
}

/* Four rows: whole, no customer, no date, no amount and an empty customer. */
static campaign_table *make_holes(void)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    int32_t n = 0;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    const int32_t customer = add_column(builder, &n, "customer", CAMPAIGN_TYPE_UTF8);
    const int32_t date = add_column(builder, &n, "date", CAMPAIGN_TYPE_DATE);
    const int32_t amount = add_column(builder, &n, "amount", CAMPAIGN_TYPE_MONEY);
    for (int row = 0; row < 5; row++) {
        if (row == 1)
            assert_ok(campaign_table_builder_append_null(builder, customer, &error), error);
        else
            assert_ok(campaign_table_builder_append_text(builder, customer, "李", row == 4 ? 0 : 3, &error), error);
        if (row == 2)
            assert_ok(campaign_table_builder_append_null(builder, date, &error), error);
        else
            assert_ok(campaign_table_builder_append_int64(builder, date, 40 + row, &error), error);
        if (row == 3)
            assert_ok(campaign_table_builder_append_null(builder, amount, &error), error);
        else
            assert_ok(campaign_table_builder_append_int64(builder, amount, 100, &error), error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void test_a_null_fails_with_its_row_and_column(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_table *tiers = NULL, *orders = make_holes();
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;

    assert_int_equal(campaign_tier_rfm(&tiers, &report, orders, NULL, NULL, &error), CAMPAIGN_E_MISSING);

    assert_null(tiers);
    assert_null(report.bins);
    assert_int_equal(error.row, 1);
    assert_string_equal(error.where, "orders.customer");
    campaign_table_free(orders);
}

static void test_skipped_rows_are_listed_by_kind(void **state)
{
    (void)state;
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.nulls = CAMPAIGN_RFM_NULLS_SKIP;

    campaign_table *tiers = run(&report, make_holes(), &options);

    assert_int_equal(campaign_table_n_rows(tiers), 1);
    assert_cell(tiers, "customer", 0, "李");
    assert_cell(tiers, "frequency", 0, "1");
    assert_int_equal(report.n_skipped, 4);
    assert_int_equal(report.n_used, 1);
    assert_int_equal(report.as_of, 44); /* the last date of the table, also of a skipped row */
    assert_int_equal(campaign_table_n_rows(report.skipped), 4);
    assert_cell(report.skipped, "row", find_row(report.skipped, "column", "amount"), "3");
    assert_cell(report.skipped, "row", find_row(report.skipped, "column", "date"), "2");
    assert_int_equal(campaign_table_n_rows(report.skipped_counts), 4);
    end(tiers, &report);
}

static void test_the_first_day_of_all_has_none_before_it(void **state)
{
    (void)state;
    const order_line lines[] = { { 1, CAMPAIGN_DAY_MIN, 100, 1 }, { 2, CAMPAIGN_DAY_MAX, 100, 2 } };
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.day_starts_at_minutes = 1439;

    campaign_table *tiers = run(NULL, make_orders(lines, 2, TIMESTAMPS), &options);

    assert_cell(tiers, "last_date", 0, "0001-01-01");
    assert_cell(tiers, "last_date", 1, "9999-12-30");
    assert_cell(tiers, "recency_days", 0, "3652057"); /* from 0001-01-01 to 9999-12-30, the as-of day */
    campaign_table_free(tiers);
}

static void test_an_order_before_the_day_starts_belongs_to_the_day_before(void **state)
{
    (void)state;
    const order_line lines[] = { { 1, 10, 100, 1 } }; /* noon of day 10 */
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.day_starts_at_minutes = 720;
    campaign_table *tiers = run(NULL, make_orders(lines, 1, TIMESTAMPS), &options);
    assert_cell(tiers, "last_date", 0, "1970-01-11");
    campaign_table_free(tiers);

    options.day_starts_at_minutes = 721;
    tiers = run(NULL, make_orders(lines, 1, TIMESTAMPS), &options);
    assert_cell(tiers, "last_date", 0, "1970-01-10");
    campaign_table_free(tiers);
}

static void test_a_sum_past_64_bits_is_refused_with_its_row(void **state)
{
    (void)state;
    const order_line lines[] = { { 1, 1, 5, 1 }, { 2, 1, INT64_MAX, 2 }, { 2, 2, 1, 3 } };
    campaign_error error = { 0 };
    campaign_table *tiers = NULL, *orders = make_orders(lines, COUNT(lines), 0);

    assert_int_equal(campaign_tier_rfm(&tiers, NULL, orders, NULL, NULL, &error), CAMPAIGN_E_OVERFLOW);

    assert_null(tiers);
    assert_int_equal(error.row, 1);
    campaign_table_free(orders);
}

static void test_only_the_whole_sum_must_fit(void **state)
{
    (void)state;
    const order_line lines[] = { { 2, 1, INT64_MAX, 2 }, { 2, 2, 1, 3 }, { 2, 2, -10, 4 } };

    campaign_table *tiers = run(NULL, make_orders(lines, COUNT(lines), 0), NULL);

    assert_cell(tiers, "monetary", 0, "92233720368547757.98"); /* 2^63 - 1 + 1 - 10 = 9223372036854775798 */
    campaign_table_free(tiers);
}

static void test_columns_are_found_by_mapped_names(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *orders = NULL, *tiers = NULL;
    int32_t n = 0;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_append_int64(builder, add_column(builder, &n, "会员卡号", CAMPAIGN_TYPE_INT32), 8,
                                                  &error),
              error);
    assert_ok(
        campaign_table_builder_append_int64(builder, add_column(builder, &n, "日期", CAMPAIGN_TYPE_DATE), 9, &error),
        error);
    assert_ok(
        campaign_table_builder_append_int64(builder, add_column(builder, &n, "金额", CAMPAIGN_TYPE_MONEY), 10, &error),
        error);
    assert_ok(campaign_table_builder_finish(&orders, builder, &error), error);
    campaign_table_builder_free(builder);
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.customer = "会员卡号";
    options.date = "日期";
    options.language = "zh";

    assert_int_equal(campaign_tier_rfm(&tiers, NULL, orders, &options, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_string_equal(error.where, "orders.amount");
    options.amount = "金额";
    tiers = run(NULL, orders, &options);

    assert_cell(tiers, "customer", 0, "8");
    assert_cell(tiers, "tier_name", 0, "已流失客户");
    campaign_table_free(tiers);
}

static void test_plain_numbers_are_no_money(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *orders = NULL, *tiers = NULL;
    int32_t n = 0;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    (void)add_column(builder, &n, "customer", CAMPAIGN_TYPE_INT64);
    (void)add_column(builder, &n, "date", CAMPAIGN_TYPE_DATE);
    (void)add_column(builder, &n, "amount", CAMPAIGN_TYPE_INT64);
    for (int32_t i = 0; i < n; i++) assert_ok(campaign_table_builder_append_int64(builder, i, 7, &error), error);
    assert_ok(campaign_table_builder_finish(&orders, builder, &error), error);
    campaign_table_builder_free(builder);

    assert_int_equal(campaign_tier_rfm(&tiers, NULL, orders, NULL, NULL, &error), CAMPAIGN_E_COLUMN);

    assert_string_equal(error.where, "orders.amount");
    campaign_table_free(orders);
}

static void test_bad_options_are_refused_by_name(void **state)
{
    (void)state;
    const order_line lines[] = { { 1, 1, 1, 1 } };
    const int64_t falling[] = { 1, 2, 2, 3 }, negative[] = { -1, 2, 3, 4 };
    campaign_table *orders = make_orders(lines, 1, 0), *tiers = NULL;
    for (int which = 0; which < 10; which++) {
        static const char *const where[] = { "options.ties",          "options.frequency_counts",
                                             "options.nulls",         "options.day_starts_at_minutes",
                                             "options.recency_bins",  "options.monetary_bins",
                                             "options.monetary_cuts", "options.recency_cuts",
                                             "options.as_of",         "options" };
        campaign_error error = { 0 };
        campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
        if (which == 0) options.ties = 5;
        if (which == 1) options.frequency_counts = -1;
        if (which == 2) options.nulls = 2;
        if (which == 3) options.day_starts_at_minutes = 1440;
        if (which == 4) options.recency_bins = 1;
        if (which == 5) options.monetary_bins = 21;
        if (which == 6) options.monetary_cuts = falling;
        if (which == 7) options.recency_cuts = negative;
        if (which == 8) options.has_as_of = 1, options.as_of = INT32_MAX;
        if (which == 9) options.size = 0;

        assert_int_equal(campaign_tier_rfm(&tiers, NULL, orders, &options, NULL, &error), CAMPAIGN_E_ARGUMENT);

        assert_string_equal(error.where, where[which]);
    }
    campaign_error error = { 0 };
    campaign_rfm_report unset = { 0 };
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.reserved = orders;
    assert_int_equal(campaign_tier_rfm(&tiers, NULL, orders, &options, NULL, &error), CAMPAIGN_E_ARGUMENT);
    options.reserved = NULL;
    options.language = "fr";
    assert_int_equal(campaign_tier_rfm(&tiers, NULL, orders, &options, NULL, &error), CAMPAIGN_E_UNKNOWN);
    assert_int_equal(campaign_tier_rfm(&tiers, &unset, orders, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "report");
    assert_int_equal(campaign_tier_rfm(NULL, NULL, orders, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_tier_rfm(&tiers, NULL, NULL, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    campaign_table_free(orders);
}

static void test_more_than_nine_bins_put_dashes_into_the_code(void **state)
{
    (void)state;
    order_line lines[20];
    for (int i = 0; i < 20; i++) lines[i] = (order_line){ i, i, 100 * (i + 1), i };
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.recency_bins = 10;
    options.monetary_bins = 2;

    campaign_table *tiers = run(NULL, make_orders(lines, 20, 0), &options);

    assert_cell(tiers, "rfm", 19, "10-1-2");
    assert_cell(tiers, "rfm", 0, "1-1-1");
    campaign_table_free(tiers);
}

static void test_bins_show_cuts_and_counts(void **state)
{
    (void)state;
    /* Ten customers, two to a bin: monetary 1.00 … 10.00, last day 1 … 10, all once. */
    order_line lines[10];
    for (int i = 0; i < 10; i++) lines[i] = (order_line){ i, i + 1, 100 * (i + 1), i };
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;

    campaign_table *tiers = run(&report, make_orders(lines, 10, 0), NULL);

    assert_cell(report.bins, "dimension", 0, "recency");
    assert_cell(report.bins, "cut", 0, "");
    assert_cell(report.bins, "cut", 4, "1"); /* days 0 and 1 get 5 */
    assert_cell(report.bins, "customers", 4, "2");
    assert_cell(report.bins, "max_number", 0, "9");
    assert_cell(report.bins, "customers", 5, "10"); /* frequency: everybody bought once */
    assert_cell(report.bins, "cut", 9, "");
    assert_cell(report.bins, "cut", 11, "3"); /* monetary: from 3.00 on the score is 2 */
    assert_cell(report.bins, "min_amount", 11, "3.00");
    assert_cell(report.bins, "max_amount", 11, "4.00");
    assert_cell(report.bins, "min_number", 11, "");
    assert_true(has_note(report.notes, "collapsed_bins", "frequency"));
    assert_false(has_note(report.notes, "collapsed_bins", "monetary"));
    end(tiers, &report);
}

static void test_cuts_of_the_callers_own(void **state)
{
    (void)state;
    /* On day 100: customer 0 bought 30 days ago, customer 1 31 days ago. Within 30 days scores 3 of 3. */
    const order_line lines[] = { { 0, 70, 5000, 0 }, { 1, 69, 4999, 1 }, { 2, 1, 10000, 2 } };
    const int64_t recency[] = { 30, 90 }, monetary[] = { 5000, 10000 };
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.has_as_of = 1;
    options.as_of = 100;
    options.recency_bins = options.monetary_bins = 3;
    options.recency_cuts = recency;
    options.monetary_cuts = monetary;

    campaign_table *tiers = run(&report, make_orders(lines, 3, 0), &options);

    assert_cell(tiers, "rfm", 0, "312");
    assert_cell(tiers, "rfm", 1, "211");
    assert_cell(tiers, "rfm", 2, "113");
    assert_cell(report.bins, "cut", 1, "90");
    assert_cell(report.bins, "cut", 2, "30");
    assert_cell(report.bins, "cut", 9, "50"); /* after 3 rows of recency and 5 of frequency: monetary score 2 */
    end(tiers, &report);
}

static int stop(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)stage, (void)done, (void)total;
    ++*(int *)ctx;
    return 1;
}

static void test_progress_can_cancel(void **state)
{
    (void)state;
    const order_line lines[] = { { 1, 1, 1, 1 } };
    campaign_error error = { 0 };
    campaign_table *orders = make_orders(lines, 1, 0), *tiers = NULL;
    int n_calls = 0;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.progress = stop;
    runtime.ctx = &n_calls;

    assert_int_equal(campaign_tier_rfm(&tiers, NULL, orders, NULL, &runtime, &error), CAMPAIGN_E_CANCELLED);

    assert_null(tiers);
    assert_int_equal(n_calls, 1);
    campaign_table_free(orders);
}

static void test_a_report_can_be_cleared_twice(void **state)
{
    (void)state;
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    campaign_rfm_report_clear(&report);
    campaign_rfm_report_clear(&report);
    campaign_rfm_report_clear(NULL);
    assert_int_equal(report.size, sizeof report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_customer_on_one_day_scores_one),
        cmocka_unit_test(test_returns_lower_money_and_are_no_purchases),
        cmocka_unit_test(test_frequency_counts_what_is_asked_for),
        cmocka_unit_test(test_orders_after_the_as_of_day_are_left_out_and_counted),
        cmocka_unit_test(test_empty_history_gives_empty_tables_and_a_note),
        cmocka_unit_test(test_a_null_fails_with_its_row_and_column),
        cmocka_unit_test(test_skipped_rows_are_listed_by_kind),
        cmocka_unit_test(test_the_first_day_of_all_has_none_before_it),
        cmocka_unit_test(test_an_order_before_the_day_starts_belongs_to_the_day_before),
        cmocka_unit_test(test_a_sum_past_64_bits_is_refused_with_its_row),
        cmocka_unit_test(test_only_the_whole_sum_must_fit),
        cmocka_unit_test(test_columns_are_found_by_mapped_names),
        cmocka_unit_test(test_plain_numbers_are_no_money),
        cmocka_unit_test(test_bad_options_are_refused_by_name),
        cmocka_unit_test(test_more_than_nine_bins_put_dashes_into_the_code),
        cmocka_unit_test(test_bins_show_cuts_and_counts),
        cmocka_unit_test(test_cuts_of_the_callers_own),
        cmocka_unit_test(test_progress_can_cancel),
        cmocka_unit_test(test_a_report_can_be_cleared_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
