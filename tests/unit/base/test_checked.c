/* Checked arithmetic and rounding. Truth: Python's integers (worked out in the comments), and small cases by hand. */
#include "check.h"

#include "base/checked.h"

static const int32_t all_modes[] = { CAMPAIGN_ROUND_HALF_UP, CAMPAIGN_ROUND_HALF_EVEN, CAMPAIGN_ROUND_HALF_DOWN,
                                     CAMPAIGN_ROUND_UP,      CAMPAIGN_ROUND_DOWN,      CAMPAIGN_ROUND_FLOOR,
                                     CAMPAIGN_ROUND_CEILING };

static void test_sums_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    int64_t result = 7;
    assert_true(cpn_add64(&result, INT64_MAX - 1, 1) && result == INT64_MAX);
    assert_true(cpn_add64(&result, INT64_MIN + 1, -1) && result == INT64_MIN);
    assert_true(cpn_add64(&result, INT64_MIN, INT64_MAX) && result == -1);
    assert_true(cpn_sub64(&result, -1, INT64_MAX) && result == INT64_MIN);
    assert_true(cpn_sub64(&result, -1, INT64_MIN) && result == INT64_MAX);
    result = 7;
    assert_false(cpn_add64(&result, INT64_MAX, 1));
    assert_false(cpn_add64(&result, INT64_MIN, -1));
    assert_false(cpn_sub64(&result, 0, INT64_MIN));
    assert_false(cpn_sub64(&result, INT64_MIN, 1));
    assert_int_equal(result, 7); /* left alone */
}

static void test_products_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    int64_t result = 7;
    assert_true(cpn_mul64(&result, 3037000499, 3037000499) && result == 9223372030926249001);
    assert_true(cpn_mul64(&result, INT64_MIN, 1) && result == INT64_MIN);
    assert_true(cpn_mul64(&result, (int64_t)1 << 32, -((int64_t)1 << 31)) && result == INT64_MIN);
    assert_true(cpn_mul64(&result, 0, INT64_MIN) && result == 0);
    result = 7;
    assert_false(cpn_mul64(&result, 3037000500, 3037000500)); /* its square is 2^63 + 145224192 */
    assert_false(cpn_mul64(&result, INT64_MIN, -1));
    assert_false(cpn_mul64(&result, (int64_t)1 << 32, (int64_t)1 << 31));
    assert_int_equal(result, 7);
}

static void test_every_mode_at_halves_and_beside_them(void **state)
{
    (void)state;
    /* Quarters -7/4 to 7/4 in steps of one: -1.75 -1.5 -1.25 -1 -0.75 -0.5 -0.25 0 … by the meaning of each mode. */
    static const int8_t expected[7][15] = {
        { -2, -2, -1, -1, -1, -1, 0, 0, 0, 1, 1, 1, 1, 2, 2 },  /* half up: -1.5 → -2, -0.5 → -1 */
        { -2, -2, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2 },   /* half even: -1.5 → -2, -0.5 → 0 */
        { -2, -1, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2 },   /* half down: -1.5 → -1, -0.5 → 0 */
        { -2, -2, -2, -1, -1, -1, -1, 0, 1, 1, 1, 1, 2, 2, 2 }, /* up */
        { -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1 },    /* down */
        { -2, -2, -2, -1, -1, -1, -1, 0, 0, 0, 0, 1, 1, 1, 1 }, /* floor */
        { -1, -1, -1, -1, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2 },    /* ceiling */
    };
    for (size_t mode = 0; mode < 7; mode++)
        for (int64_t quarters = -7; quarters <= 7; quarters++) {
            int64_t up_front, signs_swapped;
            assert_true(cpn_mul_div64(&up_front, quarters, 1, 4, all_modes[mode]));
            assert_int_equal(up_front, expected[mode][quarters + 7]);
            assert_true(cpn_mul_div64(&signs_swapped, -quarters, 3, -12, all_modes[mode]));
            assert_int_equal(signs_swapped, up_front);
        }
}

static void test_round_none_refuses_a_rest(void **state)
{
    (void)state;
    int64_t result = 7;
    assert_false(cpn_mul_div64(&result, 10, 1, 3, CAMPAIGN_ROUND_NONE));
    assert_int_equal(result, 7);
    assert_true(cpn_mul_div64(&result, 10, 3, 5, CAMPAIGN_ROUND_NONE) && result == 6);
    assert_false(cpn_is_rounding(-1));
    assert_false(cpn_is_rounding(8));
    assert_true(cpn_is_rounding(CAMPAIGN_ROUND_CEILING));
}

static void test_rounding_at_the_ends_of_the_range(void **state)
{
    (void)state;
    int64_t result = 7;
    /* (2^63 - 1) * 2 / 2 and friends: the product needs 65 bits, the quotient fits. */
    assert_true(cpn_mul_div64(&result, INT64_MAX, INT64_MAX, INT64_MAX, CAMPAIGN_ROUND_NONE) && result == INT64_MAX);
    assert_true(cpn_mul_div64(&result, INT64_MIN, INT64_MIN, INT64_MIN, CAMPAIGN_ROUND_NONE) && result == INT64_MIN);
    assert_false(cpn_mul_div64(&result, INT64_MIN, 1, -1, CAMPAIGN_ROUND_NONE));
    assert_false(cpn_mul_div64(&result, INT64_MAX, 2, 1, CAMPAIGN_ROUND_NONE));
    /* (2^63 - 1) * 3 / 2 does not fit; (2^64 - 1) / 2 = 2^63 - 0.5 fits only towards zero. */
    const cpn_int128 value = { .low = UINT64_MAX, .high = 0 };
    assert_true(cpn_div_128(&result, value, 2, CAMPAIGN_ROUND_DOWN) && result == INT64_MAX);
    assert_false(cpn_div_128(&result, value, 2, CAMPAIGN_ROUND_HALF_UP));
    assert_true(cpn_div_128(&result, value, -2, CAMPAIGN_ROUND_UP) && result == INT64_MIN);
    assert_true(cpn_div_128(&result, value, -2, CAMPAIGN_ROUND_CEILING) && result == -INT64_MAX);
}

static void test_128_bit_sums_and_order(void **state)
{
    (void)state;
    const cpn_int128 largest = { .low = UINT64_MAX, .high = INT64_MAX }, smallest = { .low = 0, .high = INT64_MIN };
    const cpn_int128 one = cpn_mul_128(1, 1), minus_one = cpn_mul_128(1, -1);
    cpn_int128 sum;
    assert_false(cpn_add_128(&sum, largest, one));
    assert_false(cpn_add_128(&sum, smallest, minus_one));
    assert_true(cpn_add_128(&sum, largest, smallest));
    assert_int_equal(cpn_compare_128(sum, minus_one), 0);
    assert_true(cpn_add_128(&sum, one, minus_one));
    assert_true(sum.low == 0 && sum.high == 0);
    const cpn_int128 in_order[] = { smallest,
                                    cpn_mul_128(INT64_MIN, INT64_MAX),
                                    cpn_mul_128(INT64_MIN, 1),
                                    minus_one,
                                    cpn_mul_128(0, -5),
                                    one,
                                    cpn_mul_128(INT64_MAX, 1),
                                    cpn_mul_128(INT64_MAX, INT64_MAX),
                                    cpn_mul_128(INT64_MIN, INT64_MIN),
                                    largest };
    for (int i = 0; i < 10; i++)
        for (int j = 0; j < 10; j++) assert_int_equal(cpn_compare_128(in_order[i], in_order[j]), i < j ? -1 : i > j);
}

static void test_products_of_words(void **state)
{
    (void)state;
    uint64_t high, low = cpn_mul_words(&high, UINT64_MAX, UINT64_MAX); /* 2^128 - 2 * 2^64 + 1 */
    assert_true(low == 1 && high == UINT64_MAX - 1);
    low = cpn_mul_words(&high, 0x123456789ABCDEF0u, 0xFEDCBA9876543210u);
    /* Python: hex(0x123456789ABCDEF0 * 0xFEDCBA9876543210) = 0x121fa00ad77d7422236d88fe5618cf00 */
    assert_true(high == 0x121FA00AD77D7422u && low == 0x236D88FE5618CF00u);
}

/* For any divisor d and any quotient and remainder below it, q * d + r divides back into q and r. */
static void test_division_undoes_multiplication(void **state)
{
    (void)state;
    uint64_t seed = 2027;
    for (int i = 0; i < 300000; i++) {
        uint64_t words[3];
        for (int k = 0; k < 3; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            words[k] = (seed ^ (seed >> 33)) >> (seed >> 58); /* all widths */
            if (seed % 16 == 0) words[k] = ~words[k];         /* many leading ones: where a guessed digit is off */
        }
        const uint64_t divisor = words[0] ? words[0] : 1, quotient = words[1], rest = words[2] % divisor;
        uint64_t high, low = cpn_mul_words(&high, quotient, divisor), remainder;
        low += rest;
        high += low < rest;
        assert_true(cpn_div_words(&remainder, high, low, divisor) == quotient);
        assert_true(remainder == rest);
    }
}

static void test_powers_of_ten_and_leading_zeros(void **state)
{
    (void)state;
    assert_int_equal(cpn_power_of_ten(0), 1);
    assert_int_equal(cpn_power_of_ten(9), 1000000000);
    assert_true(cpn_power_of_ten(18) == 1000000000000000000);
    for (int bit = 0; bit < 64; bit++) assert_int_equal(cpn_leading_zeros(((uint64_t)1 << bit) | 1), 63 - bit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums_that_do_not_fit_are_refused),
        cmocka_unit_test(test_products_that_do_not_fit_are_refused),
        cmocka_unit_test(test_every_mode_at_halves_and_beside_them),
        cmocka_unit_test(test_round_none_refuses_a_rest),
        cmocka_unit_test(test_rounding_at_the_ends_of_the_range),
        cmocka_unit_test(test_128_bit_sums_and_order),
        cmocka_unit_test(test_products_of_words),
        cmocka_unit_test(test_division_undoes_multiplication),
        cmocka_unit_test(test_powers_of_ten_and_leading_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
