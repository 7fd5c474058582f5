/* Natural numbers of a fixed room, just wide enough to convert doubles exactly. */
#ifndef CPN_BASE_BIG_H
#define CPN_BASE_BIG_H

#include <stdbool.h>
#include <stdint.h>

enum {
    /* 3072 bits: 770 decimal digits (2558 bits) or 5^1171 (2719 bits; 1e-400 with as many digits) and 64 bits of quotient. */
    CPN_BIG_LIMBS = 96
};

typedef struct cpn_big {
    int32_t n_limbs; /* without leading zeros; 0 for zero */
    uint32_t limbs[CPN_BIG_LIMBS];
} cpn_big;

void cpn_big_set(cpn_big *big, uint64_t value);
/* big * factor + summand */
void cpn_big_mul_add(cpn_big *big, uint32_t factor, uint32_t summand);
void cpn_big_mul_power_of_five(cpn_big *big, int32_t exponent);
void cpn_big_shift_left(cpn_big *big, int32_t bits);
int32_t cpn_big_n_bits(const cpn_big *big);

/* numerator / denominator, truncated; numerator becomes the remainder. The quotient must fit 64 bits. */
uint64_t cpn_big_divide(cpn_big *numerator, const cpn_big *denominator);

#endif
