/* Seeded random numbers with their own state: xoshiro256** seeded by splitmix64 (Blackman & Vigna, public domain). */
#ifndef CPN_BASE_RANDOM_H
#define CPN_BASE_RANDOM_H

#include <stdint.h>

typedef struct cpn_random {
    uint64_t state[4];
} cpn_random;

void cpn_random_seed(cpn_random *random, uint64_t seed);
uint64_t cpn_random_next(cpn_random *random);
/* Uniform in 0 to bound - 1, without bias. bound > 0. */
int64_t cpn_random_below(cpn_random *random, int64_t bound);
/* Uniform in [0, 1) with 53 bits. */
double cpn_random_double(cpn_random *random);

#endif
