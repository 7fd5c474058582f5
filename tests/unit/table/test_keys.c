/* Keys as dense codes: every way of numbering against a plain sort, whatever the rows' order and the threads. */
#include "check.h"

#include "base/hash.h"
#include "base/random.h"
#include "table/table.h"

/* Rows of whole numbers or of texts, as a column sees them. */
typedef struct rows {
    campaign_column column;
    int64_t *integers;
    char *text;
    int32_t *offsets;
    uint8_t *validity;
} rows;

static rows make_rows(int32_t type, int64_t n)
{
    rows made = { .column = CAMPAIGN_COLUMN_INIT };
    made.integers = calloc((size_t)n + 1, sizeof *made.integers);
    made.text = calloc(type == CAMPAIGN_TYPE_UTF8 ? (size_t)n * 40 + 1 : 1, 1);
    made.offsets = calloc((size_t)n + 1, sizeof *made.offsets);
    made.validity = malloc((size_t)n / 8 + 1);
    assert_true(made.integers && made.text && made.offsets && made.validity);
    memset(made.validity, 0xFF, (size_t)n / 8 + 1);
    made.column.type = type;
    made.column.name = "key";
    made.column.n_rows = n;
    made.column.validity = made.validity;
    made.column.values = type == CAMPAIGN_TYPE_UTF8 ? (void *)made.text : (void *)made.integers;
    if (type == CAMPAIGN_TYPE_UTF8) made.column.offsets = made.offsets;
    return made;
}

static void free_rows(rows *made)
{
    free(made->integers);
    free(made->text);
    free(made->offsets);
    free(made->validity);
}

static void set_null(rows *made, int64_t row)
{
    made->validity[row / 8] = (uint8_t)(made->validity[row / 8] & ~(1u << row % 8));
}

static void set_text(rows *made, int64_t row, const char *text)
{
    const size_t length = strlen(text);
    memcpy(made->text + made->offsets[row], text, length);
    made->offsets[row + 1] = made->offsets[row] + (int32_t)length;
}

/* Order of two cells: integers by value, text by bytes. */
static int compare_cells(const campaign_column *column, int64_t a, int64_t b)
{
    if (column->type != CAMPAIGN_TYPE_UTF8) {
        const int64_t value_a = cpn_cell_int64(column, a), value_b = cpn_cell_int64(column, b);
        return (value_a > value_b) - (value_a < value_b);
    }
    size_t length_a, length_b;
    const char *text_a = cpn_cell_text(column, a, &length_a), *text_b = cpn_cell_text(column, b, &length_b);
    const int order = memcmp(text_a, text_b, length_a < length_b ? length_a : length_b);
    return order ? order : (length_a > length_b) - (length_a < length_b);
}

/* What keys must be, seen from the column: a code per value, codes in the order of values, all of them used, and
 * first_rows the lowest row of each. */
static void assert_keys(const cpn_keys *keys, const campaign_column *column)
{
    const int64_t n = column->n_rows;
    assert_int_equal(keys->n_rows, n);
    assert_int_equal(keys->type, column->type == CAMPAIGN_TYPE_UTF8 ? CAMPAIGN_TYPE_UTF8 : CAMPAIGN_TYPE_INT64);
    for (int64_t key = 0; key < keys->n_keys; key++) {
        const int64_t row = keys->first_rows[key];
        assert_in_range(row, 0, n - 1);
        assert_int_equal(keys->codes[row], key);
        if (key) assert_true(compare_cells(column, keys->first_rows[key - 1], row) < 0);
        if (keys->integers) assert_true(keys->integers[key] == cpn_cell_int64(column, row));
    }
    for (int64_t row = 0; row < n; row++) {
        const int32_t code = keys->codes[row];
        if (cpn_is_null(column, row)) {
            assert_int_equal(code, -1);
            continue;
        }
        if (code < 0 || code >= keys->n_keys || keys->first_rows[code] > row ||
            compare_cells(column, keys->first_rows[code], row) != 0)
            fail_msg("row %lld has code %d", (long long)row, (int)code);
    }
}

static void check_column(const campaign_column *column)
{
    cpn_keys keys, threaded;
    campaign_error error = { 0 };
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    assert_ok(cpn_keys_create(&keys, column, NULL, &error), error);
    assert_keys(&keys, column);
    runtime.n_threads = 3;
    assert_ok(cpn_keys_create(&threaded, column, &runtime, &error), error);
    assert_int_equal(threaded.n_keys, keys.n_keys);
    assert_memory_equal(threaded.codes, keys.codes, (size_t)keys.n_rows * sizeof *keys.codes);
    assert_memory_equal(threaded.first_rows, keys.first_rows, (size_t)keys.n_keys * sizeof *keys.first_rows);
    cpn_keys_free(&keys);
    cpn_keys_free(&threaded);
    assert_null(keys.codes);
}

static void test_whole_numbers_near_and_far(void **state)
{
    (void)state;
    static const int64_t sizes[] = { 0, 1, 2, 1000, 200000 };
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
        for (int spread = 0; spread < 4; spread++) {
            rows made = make_rows(CAMPAIGN_TYPE_INT64, sizes[size]);
            cpn_random random;
            cpn_random_seed(&random, 7);
            for (int64_t row = 0; row < sizes[size]; row++) {
                const int64_t id = cpn_random_below(&random, sizes[size] / 3 + 1);
                made.integers[row] = spread == 0   ? id - 100
                                     : spread == 1 ? INT64_MIN + id
                                     : spread == 2 ? (int64_t)cpn_hash_int64(id)
                                                   : INT64_MAX - id * 1000003;
                if (cpn_random_below(&random, 10) == 0) set_null(&made, row);
            }
            check_column(&made.column);
            free_rows(&made);
        }
}

static void test_extremes_are_keys_like_any_other(void **state)
{
    (void)state;
    rows made = make_rows(CAMPAIGN_TYPE_INT64, 6);
    memcpy(made.integers, (int64_t[]){ INT64_MAX, 0, INT64_MIN, -1, INT64_MAX, INT64_MIN }, 6 * sizeof(int64_t));
    check_column(&made.column);
    cpn_keys keys;
    campaign_error error = { 0 };
    assert_ok(cpn_keys_create(&keys, &made.column, NULL, &error), error);
    assert_memory_equal(keys.codes, ((int32_t[]){ 3, 2, 0, 1, 3, 0 }), 6 * sizeof(int32_t));
    cpn_keys_free(&keys);
    free_rows(&made);
}

static void test_narrow_numbers_and_days(void **state)
{
    (void)state;
    static const int32_t values[] = { 5, INT32_MIN, INT32_MAX, 5, 0 };
    for (int i = 0; i < 2; i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        column.type = i ? CAMPAIGN_TYPE_DATE : CAMPAIGN_TYPE_INT32;
        column.name = "key";
        column.n_rows = 5;
        column.values = values;
        check_column(&column);
    }
}

static void test_texts_in_byte_order(void **state)
{
    (void)state;
    static const int64_t sizes[] = { 0, 1, 1000, 100000 };
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
        for (int kind = 0; kind < 4; kind++) {
            rows made = make_rows(CAMPAIGN_TYPE_UTF8, sizes[size]);
            cpn_random random;
            cpn_random_seed(&random, 11);
            for (int64_t row = 0; row < sizes[size]; row++) {
                char text[40];
                const long long id = (long long)cpn_random_below(&random, sizes[size] / 3 + 1);
                if (kind == 0) (void)snprintf(text, sizeof text, "%lld", id); /* of different length */
                if (kind == 1) (void)snprintf(text, sizeof text, "会员-%08lld", id);
                if (kind == 2) (void)snprintf(text, sizeof text, "%s%lld", id % 2 ? "same-long-beginning-" : "", id);
                if (kind == 3) (void)snprintf(text, sizeof text, "%.*s", (int)(id % 12), "aaaaaaaaaaaa"); /* prefixes */
                set_text(&made, row, text);
                if (cpn_random_below(&random, 10) == 0) set_null(&made, row);
            }
            check_column(&made.column);
            free_rows(&made);
        }
}

/* More rows than one block, and partitions that each grow: numbers and texts against ranks counted beforehand. */
static void test_many_rows_go_block_by_block(void **state)
{
    (void)state;
    enum { N = 4500000, N_KEYS = 90001 };
    for (int is_text = 0; is_text < 2; is_text++) {
        rows made = make_rows(is_text ? CAMPAIGN_TYPE_UTF8 : CAMPAIGN_TYPE_INT64, is_text ? N / 4 : N);
        const int64_t n = made.column.n_rows;
        for (int64_t row = 0; row < n; row++) {
            const int64_t id = row * 7919 % N_KEYS; /* every id comes up: 7919 is a prime */
            char text[16];
            (void)snprintf(text, sizeof text, "%05d", (int)id);
            if (is_text)
                set_text(&made, row, text);
            else
                made.integers[row] = (id - N_KEYS / 2) * INT64_C(1000000007);
            if (row % 1000 == 999) set_null(&made, row);
        }
        cpn_keys keys;
        campaign_error error = { 0 };
        campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
        runtime.n_threads = 2;
        assert_ok(cpn_keys_create(&keys, &made.column, &runtime, &error), error);
        assert_int_equal(keys.n_keys, N_KEYS);
        for (int64_t row = 0; row < n; row++) /* ids rank as they are */
            if (keys.codes[row] != (row % 1000 == 999 ? -1 : row * 7919 % N_KEYS))
                fail_msg("row %lld has code %d", (long long)row, (int)keys.codes[row]);
        cpn_keys_free(&keys);
        free_rows(&made);
    }
}

static void test_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    enum { N = 3000 };
    cpn_random random;
    cpn_random_seed(&random, 3);
    rows forward = make_rows(CAMPAIGN_TYPE_INT64, N), backward = make_rows(CAMPAIGN_TYPE_INT64, N);
    for (int64_t row = 0; row < N; row++) {
        forward.integers[row] = (int64_t)cpn_hash_int64(cpn_random_below(&random, 500));
        backward.integers[N - 1 - row] = forward.integers[row];
    }
    cpn_keys a, b;
    campaign_error error = { 0 };
    assert_ok(cpn_keys_create(&a, &forward.column, NULL, &error), error);
    assert_ok(cpn_keys_create(&b, &backward.column, NULL, &error), error);
    for (int64_t row = 0; row < N; row++) assert_int_equal(a.codes[row], b.codes[N - 1 - row]);
    cpn_keys_free(&a);
    cpn_keys_free(&b);
    free_rows(&forward);
    free_rows(&backward);
}

static void test_dictionaries_may_repeat_and_waste_entries(void **state)
{
    (void)state;
    static const int32_t offsets[] = { 0, 1, 2, 3, 4, 4 }; /* b, a, b, z, "" */
    static const int32_t codes[] = { 0, 2, 99, 1, 4, 0 };
    static const uint8_t validity[] = { 0x3B }; /* row 2 is null */
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    column.type = CAMPAIGN_TYPE_UTF8;
    column.name = "key";
    column.n_rows = 6;
    column.n_nulls = 1;
    column.n_dictionary = 5;
    column.values = "babz";
    column.offsets = offsets;
    column.codes = codes;
    column.validity = validity;
    check_column(&column);
    cpn_keys keys;
    campaign_error error = { 0 };
    assert_ok(cpn_keys_create(&keys, &column, NULL, &error), error);
    assert_int_equal(keys.n_keys, 3); /* "", a, b; z is not used */
    assert_memory_equal(keys.codes, ((int32_t[]){ 2, 2, -1, 1, 0, 2 }), 6 * sizeof(int32_t));
    assert_memory_equal(keys.first_rows, ((int64_t[]){ 4, 3, 0 }), 3 * sizeof(int64_t));
    cpn_keys_free(&keys);
}

/* Two different texts of 16 bytes with one hash. The hash takes in eight bytes at a time, and each step can be undone:
 * after two different first words, the second words differ by what the first left different. */
static void make_collision(char *a, char *b)
{
    const uint64_t golden = 0x9E3779B97F4A7C15u;
    const uint64_t start = 17 * golden, words[2] = { 0x6161616161616161u, 0x6262626262626262u };
    uint64_t left[2];
    for (int i = 0; i < 2; i++) {
        left[i] = (start ^ words[i]) * golden;
        left[i] ^= left[i] >> 32;
    }
    const uint64_t second[2] = { 0x6363636363636363u, 0x6363636363636363u ^ left[0] ^ left[1] };
    for (int byte = 0; byte < 8; byte++) {
        a[byte] = (char)(words[0] >> 8 * byte), a[8 + byte] = (char)(second[0] >> 8 * byte);
        b[byte] = (char)(words[1] >> 8 * byte), b[8 + byte] = (char)(second[1] >> 8 * byte);
    }
}

static void test_texts_of_one_hash_stay_apart(void **state)
{
    (void)state;
    char text[16 * 4 + 1] = "";
    make_collision(text, text + 16);
    memcpy(text + 32, "0123456789abcdef", 16);
    memcpy(text + 48, text, 16);
    assert_memory_not_equal(text, text + 16, 16);
    assert_true(cpn_hash_bytes(text, 16) == cpn_hash_bytes(text + 16, 16));
    static const int32_t offsets[] = { 0, 16, 32, 48, 64 };
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    column.type = CAMPAIGN_TYPE_UTF8;
    column.name = "key";
    column.n_rows = 4;
    column.values = text;
    column.offsets = offsets;
    check_column(&column);
}

static void test_only_keys_are_numbered(void **state)
{
    (void)state;
    static const double values[] = { 1, 2 };
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    column.type = CAMPAIGN_TYPE_FLOAT64;
    column.name = "rate";
    column.n_rows = 2;
    column.values = values;
    cpn_keys keys;
    campaign_error error = { 0 };
    assert_int_equal(cpn_keys_create(&keys, &column, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_string_equal(error.where, "rate");
    assert_null(keys.codes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_numbers_near_and_far),
        cmocka_unit_test(test_extremes_are_keys_like_any_other),
        cmocka_unit_test(test_narrow_numbers_and_days),
        cmocka_unit_test(test_texts_in_byte_order),
        cmocka_unit_test(test_many_rows_go_block_by_block),
        cmocka_unit_test(test_order_of_rows_does_not_matter),
        cmocka_unit_test(test_dictionaries_may_repeat_and_waste_entries),
        cmocka_unit_test(test_texts_of_one_hash_stay_apart),
        cmocka_unit_test(test_only_keys_are_numbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
