/* Seeded random numbers: xoshiro256** 1.0 seeded by splitmix64 (David Blackman and Sebastiano Vigna, Scrambled Linear
 * Pseudorandom Number Generators, 2021; both generators are in the public domain). Not for secrets. */
#include "base/random.h"

#include <assert.h>

#include "base/checked.h"

static uint64_t rotate_left(uint64_t word, int bits)
{
    return (word << bits) | (word >> (64 - bits));
}

void cpn_random_seed(cpn_random *random, uint64_t seed)
{
    for (int i = 0; i < 4; i++) { /* splitmix64; its outputs are all different, so the state is never all zero */
        seed += 0x9E3779B97F4A7C15u;
        uint64_t word = seed;
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
        random->state[i] = word ^ (word >> 31);
    }
}

uint64_t cpn_random_next(cpn_random *random)
{
    uint64_t *state = random->state;
    const uint64_t result = rotate_left(state[1] * 5, 7) * 9, shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate_left(state[3], 45);
    return result;
}

/* Multiply and reject: the high word of next * bound is even but for the few lowest products, which are drawn again
 * (D. Lemire, Fast Random Integer Generation in an Interval, 2019). */
int64_t cpn_random_below(cpn_random *random, int64_t bound)
{
    assert(bound > 0);
    const uint64_t range = (uint64_t)bound;
    uint64_t high, low = cpn_mul_words(&high, cpn_random_next(random), range);
    if (low < range) {
        const uint64_t surplus = (0 - range) % range; /* 2^64 modulo range */
        while (low < surplus) low = cpn_mul_words(&high, cpn_random_next(random), range);
    }
    return (int64_t)high;
}

double cpn_random_double(cpn_random *random)
{
    return (double)(cpn_random_next(random) >> 11) * 0x1p-53;
}
