/* Large naturals: division undoes multiplication, at every width and shift that conversions use. */
#include "check.h"

#include "base/big.h"

static uint64_t next_word(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed ^ (*seed >> 29);
}

static void assert_quotient(cpn_big *numerator, const cpn_big *denominator, uint64_t quotient, int32_t n_rest_limbs)
{
    const uint64_t found = cpn_big_divide(numerator, denominator);
    if (found != quotient) fail_msg("%llu, not %llu", (unsigned long long)found, (unsigned long long)quotient);
    assert_int_equal(numerator->n_limbs, n_rest_limbs);
}

/* word * 2^a * 5^f / (2^b * 5^f) is word * 2^(a - b), and its remainder the bits cut off. */
static void test_powers_that_cancel(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int32_t fives = 0; fives < 1100; fives += 37)
        for (int32_t shift = 0; shift < 300; shift += 7) {
            const uint64_t word = next_word(&seed) >> (next_word(&seed) % 64);
            cpn_big numerator, denominator;
            cpn_big_set(&numerator, word);
            cpn_big_set(&denominator, 1);
            cpn_big_mul_power_of_five(&numerator, fives);
            cpn_big_mul_power_of_five(&denominator, fives);
            cpn_big_shift_left(&numerator, shift);
            cpn_big_shift_left(&denominator, shift);
            assert_quotient(&numerator, &denominator, word, 0);
        }
}

/* (quotient * d + rest) / d for d of up to 40 limbs and a rest of one: the quotient comes back, and one limb is left. */
static void test_division_undoes_multiplication(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int round = 0; round < 20000; round++) {
        const int32_t n_limbs = 1 + round % 40;
        cpn_big denominator, numerator;
        cpn_big_set(&denominator, (next_word(&seed) >> 33) | 2);
        for (int32_t i = 1; i < n_limbs; i++) {
            cpn_big_shift_left(&denominator, 32);
            cpn_big_mul_add(&denominator, 1, round % 3 ? (uint32_t)(next_word(&seed) >> 32) : 0);
        }
        const uint32_t quotient = (uint32_t)(next_word(&seed) >> 32) | 1, rest = (uint32_t)round % 2;
        numerator = denominator;
        cpn_big_mul_add(&numerator, quotient, rest);
        assert_quotient(&numerator, &denominator, quotient, (int32_t)rest);
    }
}

static void test_bits_and_zero(void **state)
{
    (void)state;
    cpn_big big, one;
    cpn_big_set(&one, 1);
    cpn_big_set(&big, 0);
    assert_int_equal(cpn_big_n_bits(&big), 0);
    cpn_big_shift_left(&big, 100);
    assert_int_equal(cpn_big_n_bits(&big), 0);
    assert_quotient(&big, &one, 0, 0);
    for (int32_t bits = 0; bits < 3000; bits += 11) {
        cpn_big_set(&big, 1);
        cpn_big_shift_left(&big, bits);
        assert_int_equal(cpn_big_n_bits(&big), bits + 1);
    }
    cpn_big_set(&big, 1);
    cpn_big_mul_power_of_five(&big, 27);
    assert_quotient(&big, &one, 7450580596923828125u, 0); /* 5^27 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_powers_that_cancel),
        cmocka_unit_test(test_division_undoes_multiplication),
        cmocka_unit_test(test_bits_and_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
