/* Sorting and hashing. Truth: qsort of the C library for order, Python's integers for hash values. */
#include "check.h"

#include <stdbool.h>

#include "base/hash.h"
#include "base/sort.h"

typedef struct record {
    int32_t key;
    int32_t place; /* before sorting */
    char filler[5];
} record;

static uint64_t next_word(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed ^ (*seed >> 29);
}

/* ctx is 1 for smallest first, -1 for largest first. */
static int compare_records(const void *a, const void *b, const void *ctx)
{
    const record *left = a, *right = b;
    const int direction = *(const int *)ctx;
    return direction * ((left->key > right->key) - (left->key < right->key));
}

static void check_sorted(record *records, int64_t n, int direction)
{
    assert_true(cpn_sort(records, n, sizeof *records, compare_records, &direction));
    int64_t sum = 0;
    for (int64_t i = 0; i < n; i++) {
        sum += records[i].place;
        assert_int_equal(records[i].filler[4], records[i].key % 100); /* elements stay whole */
        if (i == 0) continue;
        const int order = compare_records(&records[i - 1], &records[i], &direction);
        assert_true(order < 0 || (order == 0 && records[i - 1].place < records[i].place));
    }
    assert_true(sum == n * (n - 1) / 2); /* none lost, none twice, together with the order of places */
}

static void test_sort_is_stable_at_every_size(void **state)
{
    (void)state;
    static const int32_t ranges[] = { 1, 3, 50, 1000000 };
    uint64_t seed = 5;
    for (int64_t n = 0; n < 300; n++)
        for (size_t range = 0; range < 4; range++) {
            record records[300];
            for (int64_t i = 0; i < n; i++) {
                records[i].key = (int32_t)(next_word(&seed) % (uint64_t)ranges[range]);
                records[i].place = (int32_t)i;
                records[i].filler[4] = (char)(records[i].key % 100);
            }
            check_sorted(records, n, n % 2 ? 1 : -1);
        }
}

static void test_sort_of_sorted_and_reversed(void **state)
{
    (void)state;
    enum { N = 10007 };
    record *records = malloc(N * sizeof *records);
    assert_non_null(records);
    for (int direction = -1; direction <= 1; direction += 2) {
        for (int32_t i = 0; i < N; i++)
            records[i] = (record){ .key = i / 3, .place = i, .filler = { [4] = (char)(i / 3 % 100) } };
        check_sorted(records, N, direction);
    }
    free(records);
}

static int compare_bytes(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    return *(const unsigned char *)a - *(const unsigned char *)b;
}

static void test_sort_of_single_bytes(void **state)
{
    (void)state;
    char text[] = "the quick brown fox jumps over the lazy dog";
    assert_true(cpn_sort(text, (int64_t)strlen(text), 1, compare_bytes, NULL));
    assert_string_equal(text, "        abcdeeefghhijklmnoooopqrrsttuuvwxyz");
}

static void test_sort_refuses_what_memory_cannot_hold(void **state)
{
    (void)state;
    int64_t two[2] = { 2, 1 };
    assert_false(cpn_sort(two, INT64_MAX, sizeof two[0], compare_bytes, NULL));
    assert_false(cpn_order_int64(two, two, INT64_MAX / 16));
    assert_int_equal(two[0], 2);
}

static void check_order(const int64_t *keys, int64_t n)
{
    int64_t *order = malloc((size_t)(n + 1) * sizeof *order);
    bool *is_seen = calloc((size_t)n + 1, sizeof *is_seen);
    assert_true(order && is_seen);
    assert_true(cpn_order_int64(order, keys, n));
    for (int64_t i = 0; i < n; i++) {
        assert_true(order[i] >= 0 && order[i] < n && !is_seen[order[i]]);
        is_seen[order[i]] = true;
        if (i == 0) continue;
        const int64_t before = keys[order[i - 1]], here = keys[order[i]];
        assert_true(before < here || (before == here && order[i - 1] < order[i]));
    }
    free(order);
    free(is_seen);
}

static void test_order_of_keys_at_every_width(void **state)
{
    (void)state;
    static int64_t const ends[] = { INT64_MIN, INT64_MAX, -1, 0, 1, INT64_MIN + 1, INT64_MAX - 1, -256, 255, 65536 };
    uint64_t seed = 17;
    for (int width = 0; width < 64; width += 3)
        for (int64_t n = 0; n < 400; n += 57) {
            int64_t keys[400];
            for (int64_t i = 0; i < n; i++) {
                const uint64_t word = next_word(&seed) >> width;
                memcpy(&keys[i], &word, sizeof word);
                if (i % 4 == 0) keys[i] = -(keys[i] / 2);
                if (i % 31 == 0) keys[i] = ends[(size_t)(i / 31) % 10];
            }
            check_order(keys, n);
        }
}

static void test_order_of_equal_keys_is_their_own(void **state)
{
    (void)state;
    int64_t keys[200] = { 0 }, order[200];
    assert_true(cpn_order_int64(order, keys, 200));
    for (int64_t i = 0; i < 200; i++) assert_int_equal(order[i], i);
}

static void test_hashes_are_the_same_everywhere(void **state)
{
    (void)state;
    /* The first is the first output of splitmix64 from state 0; all computed with Python's integers from the formula in
     * hash.c. */
    assert_true(cpn_hash_int64(0) == 0xE220A8397B1DCDAFu);
    assert_true(cpn_hash_int64(1) == 0x910A2DEC89025CC1u);
    assert_true(cpn_hash_int64(-1) == 0xE4D971771B652C20u);
    assert_true(cpn_hash_bytes("", 0) == 0xE220A8397B1DCDAFu);
    assert_true(cpn_hash_bytes("a", 1) == 0x389BEB7D0B2C4387u);
    assert_true(cpn_hash_bytes("campaign", 8) == 0x5B6AB487CDA9ABA9u);
    assert_true(cpn_hash_bytes("会员卡号", 12) == 0xA8AA89CED4C1D5E2u);
}

static int compare_words(const void *a, const void *b)
{
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* 200,000 different keys: no two share a hash (chance 1e-9 for a good one), and no value of the lowest 8 bits is far from
 * its share of 781: 7 standard deviations of 28. */
static void test_hashes_spread(void **state)
{
    (void)state;
    enum { N = 200000 };
    uint64_t *hashes = malloc(N * sizeof *hashes);
    assert_non_null(hashes);
    for (int kind = 0; kind < 3; kind++) {
        int32_t counts[256] = { 0 };
        for (int64_t i = 0; i < N; i++) {
            char text[32];
            const int n = snprintf(text, sizeof text, kind == 1 ? "%lld" : "member-%012lld", (long long)i);
            hashes[i] = kind == 0 ? cpn_hash_int64(i << 32) : cpn_hash_bytes(text, (size_t)n);
            counts[hashes[i] & 0xFF]++;
        }
        for (int value = 0; value < 256; value++) assert_in_range(counts[value], 781 - 196, 781 + 196);
        qsort(hashes, N, sizeof *hashes, compare_words);
        for (int64_t i = 1; i < N; i++) assert_true(hashes[i] != hashes[i - 1]);
    }
    free(hashes);
}

static void test_hash_sees_length_and_every_byte(void **state)
{
    (void)state;
    unsigned char bytes[40] = { 0 };
    assert_true(cpn_hash_bytes(bytes, 7) != cpn_hash_bytes(bytes, 8)); /* zeros only */
    for (size_t length = 1; length <= 40; length++) {
        const uint64_t before = cpn_hash_bytes(bytes, length);
        for (size_t i = 0; i < length; i++) {
            bytes[i] ^= 0x80;
            assert_true(cpn_hash_bytes(bytes, length) != before);
            bytes[i] ^= 0x80;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sort_is_stable_at_every_size),
        cmocka_unit_test(test_sort_of_sorted_and_reversed),
        cmocka_unit_test(test_sort_of_single_bytes),
        cmocka_unit_test(test_sort_refuses_what_memory_cannot_hold),
        cmocka_unit_test(test_order_of_keys_at_every_width),
        cmocka_unit_test(test_order_of_equal_keys_is_their_own),
        cmocka_unit_test(test_hashes_are_the_same_everywhere),
        cmocka_unit_test(test_hashes_spread),
        cmocka_unit_test(test_hash_sees_length_and_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
