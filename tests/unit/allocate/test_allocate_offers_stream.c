/* Offers from a stream of batches: the answer of the whole table, few batches at a time, and streams that go wrong. */
#include "offers_large.h"

/* Slices of a table, counted: each has a copied column less, and one that tells when it is freed. */
typedef struct slices {
    const campaign_table *table;
    int64_t size, at; /* rows a batch; next row */
    int64_t n_rewinds, n_live, most_live;
    int64_t pair_rows;   /* 0, or rows of a customer: batches of whole customers */
    int64_t fail_rewind; /* from this reading on, next fails, or the second batch is left out */
    bool is_failing;
} slices;

static campaign_status again(void *ctx, campaign_error *error)
{
    slices *from = ctx;
    (void)error;
    from->at = 0;
    from->n_rewinds++;
    return CAMPAIGN_OK;
}

static void release(void *ctx)
{
    slices *from = ctx;
    from->n_live--;
}

/* A column that counts the batches that live: the library frees them one by one. */
static campaign_status count_batch(campaign_table **batch, slices *from, const campaign_table *slice)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, NULL);
    for (int32_t i = 0; i < campaign_table_n_columns(slice) && status == CAMPAIGN_OK; i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        campaign_array array = CAMPAIGN_ARRAY_INIT;
        status = campaign_table_column(&column, slice, i, NULL);
        array.name = column.name;
        array.type = column.type;
        array.n_rows = column.n_rows;
        array.values = column.values;
        if (i == 0) {
            array.release = release; /* borrowed: the table of all outlives the batch */
            array.ctx = from;
            if (++from->n_live > from->most_live) from->most_live = from->n_live;
        }
        if (status == CAMPAIGN_OK) status = campaign_table_builder_add_array(builder, &array, NULL);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(batch, builder, NULL);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status next_slice(void *ctx, campaign_table **batch, campaign_error *error)
{
    slices *from = ctx;
    const int64_t n = campaign_table_n_rows(from->table);
    campaign_table *slice = NULL;
    *batch = NULL;
    if (from->fail_rewind && from->n_rewinds >= from->fail_rewind && from->at > 0) {
        if (from->is_failing) {
            error->code = CAMPAIGN_E_CANCELLED;
            return CAMPAIGN_E_CANCELLED;
        }
        return CAMPAIGN_OK;
    }
    if (from->at >= n) return CAMPAIGN_OK;
    int64_t size = from->size;
    while (from->at + size < n && from->pair_rows &&
           campaign_table_int64(from->table, 0, from->at + size) ==
               campaign_table_int64(from->table, 0, from->at + size - 1))
        size++;
    size = size < n - from->at ? size : n - from->at;
    campaign_status status = campaign_table_slice(&slice, from->table, from->at, size, error);
    from->at += size;
    if (status != CAMPAIGN_OK || campaign_table_n_columns(slice) < 20) { /* large ones only are counted: no nulls */
        *batch = slice;
        return status;
    }
    status = count_batch(batch, from, slice);
    campaign_table_free(slice);
    return status;
}

static campaign_offer_stream stream_of(slices *from)
{
    campaign_offer_stream stream = CAMPAIGN_OFFER_STREAM_INIT;
    stream.rewind = again;
    stream.next = next_slice;
    stream.ctx = from;
    return stream;
}

static void expect_same(const campaign_table *a, const campaign_table *b)
{
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    assert_int_equal(campaign_table_n_columns(a), campaign_table_n_columns(b));
    for (int32_t i = 0; i < campaign_table_n_columns(a); i++)
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            char x[400], y[400];
            (void)campaign_table_format(x, sizeof x, a, i, row);
            (void)campaign_table_format(y, sizeof y, b, i, row);
            assert_string_equal(x, y);
        }
}

/* A small case whole and as a stream. */
static void compare_case(const offers_case *c, bool has_columns, int64_t size)
{
    campaign_table *tables[] = { has_columns ? columns_table(c, false) : pairs_table(c, false),
                                 customers_table(c, false), offers_table(c, false), budgets_table(c), limits_table(c) };
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_options options = CAMPAIGN_ALLOCATE_OFFERS_OPTIONS_INIT;
    case_result whole = { NULL, CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT }, other = whole;
    campaign_error error = { 0 };
    slices from = { .table = tables[0], .size = size, .pair_rows = !has_columns };
    const campaign_offer_stream stream = stream_of(&from);
    inputs.customers = tables[1], inputs.offers = tables[2], inputs.budgets = tables[3], inputs.limits = tables[4];
    options.is_exact = c->is_exact;
    inputs.pairs = tables[0];
    const campaign_status status =
        campaign_allocate_offers(&whole.choices, &whole.report, &inputs, &options, NULL, &error);
    inputs.pairs = NULL;
    if (campaign_table_n_rows(tables[0]) > 0) {
        assert_int_equal(
            campaign_allocate_offers_stream(&other.choices, &other.report, &inputs, &stream, &options, NULL, &error),
            status);
        if (status == CAMPAIGN_OK) {
            expect_same(whole.choices, other.choices);
            expect_same(whole.report.rows, other.report.rows);
            assert_true(fabs(whole.report.value - other.report.value) <= 1e-12 * fabs(whole.report.value));
            assert_true(fabs(whole.report.bound - other.report.bound) <= 1e-12 * fabs(whole.report.bound) + 1e-12);
        }
    }
    clear_result(&whole);
    clear_result(&other);
    for (int32_t i = 0; i < 5; i++) campaign_table_free(tables[i]);
}

static void test_streams_give_the_answer_of_the_table(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        cpn_random random;
        offers_case c;
        cpn_random_seed(&random, seed * 31);
        draw_case(&c, &random);
        compare_case(&c, true, 1 + (int64_t)(seed % 3));
        compare_case(&c, false, 1 + (int64_t)(seed % 5));
    }
}

static campaign_status solve_large(case_result *result, slices *from, const campaign_table *budgets,
                                   campaign_error *error)
{
    const campaign_allocate_offers_report empty = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    const campaign_offer_stream stream = stream_of(from);
    *result = (case_result){ NULL, empty };
    inputs.budgets = budgets;
    runtime.n_threads = 2;
    return campaign_allocate_offers_stream(&result->choices, &result->report, &inputs, &stream, NULL, &runtime, error);
}

/* Two batches are held at most: the first, which says what columns there are, and that of now. */
static void test_many_customers_a_few_batches_at_a_time(void **state)
{
    (void)state;
    enum { N = 60000 };
    campaign_table *pairs = large_pairs(N, 5), *budgets = large_budgets(N, 20);
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    case_result whole = { NULL, CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT }, other;
    campaign_error error = { 0 };
    slices from = { .table = pairs, .size = 4096 };
    inputs.pairs = pairs, inputs.budgets = budgets;
    assert_ok(campaign_allocate_offers(&whole.choices, &whole.report, &inputs, NULL, NULL, &error), error);
    assert_ok(solve_large(&other, &from, budgets, &error), error);
    print_message("%lld readings, at most %lld of %d batches at once\n", (long long)from.n_rewinds,
                  (long long)from.most_live, (N + 4095) / 4096);
    assert_int_equal(from.n_live, 0);
    assert_true(from.most_live == 2 && from.n_rewinds >= other.report.n_passes + 2);
    expect_same(whole.choices, other.choices);
    assert_true(whole.report.value == other.report.value && whole.report.bound == other.report.bound);
    clear_result(&other);
    from = (slices){ .table = pairs, .size = 7001 }; /* other batches: the same to rounding */
    assert_ok(solve_large(&other, &from, budgets, &error), error);
    assert_true(fabs(other.report.bound / whole.report.bound - 1) < 1e-9 && other.report.gap < 1e-5);
    clear_result(&other);
    clear_result(&whole);
    campaign_table_free(pairs);
    campaign_table_free(budgets);
}

static void test_streams_that_go_wrong(void **state)
{
    (void)state;
    campaign_table *pairs = large_pairs(20000, 9), *budgets = large_budgets(20000, 20);
    case_result result;
    campaign_error error = { 0 };
    for (int64_t reading = 2; reading <= 5; reading++) {
        slices from = { .table = pairs, .size = 5000, .fail_rewind = reading };
        const campaign_status wanted =
            reading == 2 ? CAMPAIGN_OK : CAMPAIGN_E_STATE; /* the second is the first whole one */
        const campaign_status status = solve_large(&result, &from, budgets, &error);
        assert_int_equal(status, wanted);
        clear_result(&result);
        assert_int_equal(from.n_live, 0);
        from = (slices){ .table = pairs, .size = 5000, .fail_rewind = reading, .is_failing = true };
        assert_int_equal(solve_large(&result, &from, budgets, &error), CAMPAIGN_E_CANCELLED);
        assert_true(result.choices == NULL && result.report.rows == NULL && from.n_live == 0);
    }
    campaign_table_free(pairs);
    campaign_table_free(budgets);
}

/* Two batches of three customers each; in the second nobody may have the first offer, whose columns have come as text then,
 * as lists without a value do. */
static campaign_table *batch_of(int64_t first, bool is_blank)
{
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    static const char *const names[] = { "customer", "value_a", "cost_a", "value_b", "cost_b" };
    assert_int_equal(campaign_table_builder_create(&builder, NULL), CAMPAIGN_OK);
    for (int32_t i = 0; i < 5; i++) {
        const int32_t type = i == 0               ? CAMPAIGN_TYPE_INT64
                             : is_blank && i <= 2 ? CAMPAIGN_TYPE_UTF8
                                                  : CAMPAIGN_TYPE_FLOAT64;
        assert_int_equal(campaign_table_builder_add_column(builder, names[i], type, NULL, NULL), CAMPAIGN_OK);
        for (int64_t row = first; row < first + 3; row++)
            if (i == 0)
                (void)campaign_table_builder_append_int64(builder, i, row, NULL);
            else if (type == CAMPAIGN_TYPE_UTF8)
                (void)campaign_table_builder_append_null(builder, i, NULL);
            else
                (void)campaign_table_builder_append_float64(builder, i, i % 2 ? (double)(10 - i + row) : 2, NULL);
    }
    assert_int_equal(campaign_table_builder_finish(&table, builder, NULL), CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return table;
}

static campaign_status next_of_two(void *ctx, campaign_table **batch, campaign_error *error)
{
    slices *from = ctx;
    (void)error;
    *batch = from->at < 2 ? batch_of(3 * from->at, from->at == from->size) : NULL;
    from->at++;
    return CAMPAIGN_OK;
}

static void test_a_batch_in_which_nobody_may_have_an_offer(void **state)
{
    (void)state;
    for (int64_t blank = 0; blank < 2; blank++) {
        slices from = { .size = blank };
        campaign_offer_stream stream = stream_of(&from);
        campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
        campaign_error error = { 0 };
        campaign_table *choices = NULL, *offers = NULL, *budgets = NULL;
        campaign_table_builder *builder = NULL;
        stream.next = next_of_two;
        (void)campaign_table_builder_create(&builder, NULL);
        (void)campaign_table_builder_add_column(builder, "offer", CAMPAIGN_TYPE_UTF8, NULL, NULL);
        for (int i = 0; i < 2; i++) (void)campaign_table_builder_append_text(builder, 0, i ? "b" : "a", 1, NULL);
        assert_ok(campaign_table_builder_finish(&offers, builder, &error), error);
        (void)campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_FLOAT64, NULL, NULL);
        (void)campaign_table_builder_append_float64(builder, 0, 100, NULL);
        assert_ok(campaign_table_builder_finish(&budgets, builder, &error), error);
        campaign_table_builder_free(builder);
        inputs.offers = offers, inputs.budgets = budgets;
        assert_ok(campaign_allocate_offers_stream(&choices, NULL, &inputs, &stream, NULL, NULL, &error), error);
        assert_int_equal(campaign_table_n_rows(choices), 6);
        for (int64_t row = 0; row < 6; row++) { /* a is worth two more than b */
            char offer[8];
            (void)campaign_table_format(offer, sizeof offer, choices, 1, row);
            assert_string_equal(offer, row / 3 == blank ? "b" : "a");
        }
        campaign_table_free(choices);
        campaign_table_free(offers);
        campaign_table_free(budgets);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streams_give_the_answer_of_the_table),
        cmocka_unit_test(test_many_customers_a_few_batches_at_a_time),
        cmocka_unit_test(test_streams_that_go_wrong),
        cmocka_unit_test(test_a_batch_in_which_nobody_may_have_an_offer),
    };
    return cmocka_run_group_tests_name("allocate_offers_stream", tests, NULL, NULL);
}
