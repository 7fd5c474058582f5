/* RFM against published numbers: the orders of the R package rfm with its README's scores and segments, and the CDNOW
 * purchases with the frequency, recency and age that the customer-value papers use. */
#include "orders.h"

enum { LINE = 512 };

/* Opens an xz file of outside truth for reading, or skips. */
static FILE *open_xz(const char *name)
{
    const char *folder = getenv("CAMPAIGN_SHARED");
    char command[640];
    FILE *file = open_shared(name);
    (void)fclose(file);
    (void)snprintf(command, sizeof command, "xz -dc '%s/%s'", folder ? folder : "../shared", name);
    FILE *pipe = popen(command, "r");
    if (!pipe) fail_msg("cannot run %s", command);
    return pipe;
}

static int32_t day_of(const char *text)
{
    campaign_error error = { 0 };
    int32_t day = 0;
    assert_ok(campaign_date_parse(&day, text, 10, &error), error);
    return day;
}

/* "Brion Stark",2004-12-20,32,… with amounts in whole dollars, kept as cents. */
static campaign_table *read_r_orders(void)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    int32_t n = 0;
    char line[LINE];
    FILE *file = open_xz("data/rfm_r/rfm_data_orders.csv.xz");
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    const int32_t customer = add_column(builder, &n, "customer_id", CAMPAIGN_TYPE_UTF8);
    const int32_t date = add_column(builder, &n, "order_date", CAMPAIGN_TYPE_DATE);
    assert_ok(campaign_table_builder_add_column(builder, "revenue", CAMPAIGN_TYPE_MONEY, "USD", &error), error);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        const char *close = strchr(line + 1, '"');
        assert_true(line[0] == '"' && close && close[1] == ',');
        assert_ok(campaign_table_builder_append_text(builder, customer, line + 1, (size_t)(close - line - 1), &error),
                  error);
        assert_ok(campaign_table_builder_append_int64(builder, date, day_of(close + 2), &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, n, 100 * strtol(close + 13, NULL, 10), &error), error);
    }
    assert_int_equal(pclose(file), 0);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    assert_int_equal(campaign_table_n_rows(table), 4906);
    return table;
}

static campaign_table *run_r(campaign_rfm_report *report)
{
    campaign_error error = { 0 };
    campaign_table *orders = read_r_orders(), *tiers = NULL;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.customer = "customer_id";
    options.date = "order_date";
    options.amount = "revenue";
    options.ties = CAMPAIGN_RFM_TIES_R_RFM;
    options.frequency_counts = CAMPAIGN_RFM_FREQUENCY_ROWS;
    options.has_as_of = 1;
    options.as_of = day_of("2006-12-31");
    assert_ok(campaign_tier_rfm(&tiers, report, orders, &options, NULL, &error), error);
    campaign_table_free(orders);
    return tiers;
}

static void test_r_scores_are_the_published_ones(void **state)
{
    (void)state;
    static const char *const published[][6] = {
        { "Abbey O'Reilly", "205", "6", "472.00", "343", "Potential Loyalist" },
        { "Add Senger", "140", "3", "340.00", "412", "New Customers" },
        { "Aden Lesch", "194", "4", "405.00", "323", "Loyal Customers" },
        { "Aden Murphy", "98", "7", "596.00", "544", "Potential Loyalist" },
        { "Admiral Senger", "132", "5", "448.00", "433", "Potential Loyalist" },
    };
    static const char *const columns[] = { "customer", "recency_days", "frequency", "monetary", "rfm", "tier_name" };

    campaign_table *tiers = run_r(NULL);

    assert_int_equal(campaign_table_n_rows(tiers), 995);
    for (int64_t row = 0; row < 5; row++) /* they are the first five in order of name */
        for (int i = 0; i < 6; i++) assert_cell(tiers, columns[i], row, published[row][i]);
    campaign_table_free(tiers);
}

static void test_r_cuts_and_counts_are_the_published_ones(void **state)
{
    (void)state;
    /* Recency best first in the table, as published from the least days: 115 181 297.4 482. */
    static const char *const cuts[] = { "",  "482", "297.4", "181",   "115", "",      "4",  "5",
                                        "6", "8",   "",      "255.8", "382", "506.4", "666" };
    static const char *const frequency_counts[] = { "268", "187", "176", "244", "120" };
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;

    campaign_table *tiers = run_r(&report);

    for (int64_t row = 0; row < 15; row++) assert_cell(report.bins, "cut", row, cuts[row]);
    for (int64_t row = 0; row < 5; row++) assert_cell(report.bins, "customers", 5 + row, frequency_counts[row]);
    campaign_table_free(tiers);
    campaign_rfm_report_clear(&report);
}

static void test_r_segments_are_the_published_ones(void **state)
{
    (void)state;
    static const char *const counts[][2] = {
        { "Champions", "35" },        { "Potential Loyalist", "342" },
        { "Loyal Customers", "170" }, { "Promising", "9" },
        { "New Customers", "104" },   { "Can't Lose Them", "47" },
        { "At Risk", "28" },          { "Need Attention", "10" },
        { "About To Sleep", "102" },  { "Lost", "148" },
        { "Dormant", "0" },           { "Other", "0" },
    };
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;

    campaign_table *tiers = run_r(&report);

    assert_int_equal(campaign_table_n_rows(report.segments), 12);
    for (int64_t row = 0; row < 12; row++) {
        assert_cell(report.segments, "tier_name", row, counts[row][0]);
        assert_cell(report.segments, "customers", row, counts[row][1]);
    }
    campaign_table_free(tiers);
    campaign_rfm_report_clear(&report);
}

/* " 00004 0001 19970101  2   29.33": master id, sample id, date, discs, dollars. */
static campaign_table *read_cdnow(void)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    int32_t n = 0;
    char line[LINE];
    FILE *file = open_xz("data/cdnow/CDNOW_sample.txt.xz");
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    (void)add_column(builder, &n, "customer", CAMPAIGN_TYPE_INT32);
    (void)add_column(builder, &n, "date", CAMPAIGN_TYPE_DATE);
    (void)add_column(builder, &n, "amount", CAMPAIGN_TYPE_MONEY);
    while (fgets(line, sizeof line, file)) {
        int customer, day, whole, cents;
        if (sscanf(line, "%*d %d %d %*d %d.%d", &customer, &day, &whole, &cents) != 4) fail_msg("cannot read %s", line);
        int32_t number = 0;
        assert_ok(campaign_date_from_civil(&number, day / 10000, day / 100 % 100, day % 100, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 0, customer, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 1, number, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 2, whole * 100 + cents, &error), error);
    }
    assert_int_equal(pclose(file), 0);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    assert_int_equal(campaign_table_n_rows(table), 6919);
    return table;
}

static void test_cdnow_frequency_recency_and_age_are_those_of_the_papers(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.has_as_of = 1;
    options.as_of = day_of("1997-09-30"); /* end of the calibration period, week 39 */
    campaign_table *orders = read_cdnow(), *tiers = NULL;

    assert_ok(campaign_tier_rfm(&tiers, &report, orders, &options, NULL, &error), error);

    assert_int_equal(campaign_table_n_rows(tiers), 2357);
    const int32_t frequency = campaign_table_find(tiers, "frequency"), last = campaign_table_find(tiers, "last_date"),
                  first = campaign_table_find(tiers, "first_date");
    FILE *file = open_shared("data/cdnow/cdnow_cbs_exact.csv");
    char line[LINE];
    assert_non_null(fgets(line, sizeof line, file));
    for (int64_t row = 0; row < 2357; row++) { /* id,x,tx,T: repeats, weeks to the last one, weeks of age */
        assert_non_null(fgets(line, sizeof line, file));
        int id, repeats;
        double recency, age;
        if (sscanf(line, "%d,%d,%lf,%lf", &id, &repeats, &recency, &age) != 4) fail_msg("cannot read %s", line);
        const int64_t last_day = campaign_table_int64(tiers, last, row),
                      first_day = campaign_table_int64(tiers, first, row);
        assert_int_equal(campaign_table_int64(tiers, 0, row), id);
        assert_int_equal(campaign_table_int64(tiers, frequency, row), repeats + 1);
        assert_int_equal(last_day - first_day, (int64_t)(recency * 7 + 0.5));
        assert_int_equal(options.as_of - first_day, (int64_t)(age * 7 + 0.5));
    }
    (void)fclose(file);
    assert_int_equal(report.n_used + report.n_after_as_of, 6919);
    campaign_table_free(tiers);
    campaign_table_free(orders);
    campaign_rfm_report_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_r_scores_are_the_published_ones),
        cmocka_unit_test(test_r_cuts_and_counts_are_the_published_ones),
        cmocka_unit_test(test_r_segments_are_the_published_ones),
        cmocka_unit_test(test_cdnow_frequency_recency_and_age_are_those_of_the_papers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
