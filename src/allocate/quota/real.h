/* Positive numbers with 128 bits and any exponent, in integers: multipliers of rows and columns, the same on every machine.
 * Each operation is off by less than 2^-125 of its result. */
#ifndef CPN_ALLOCATE_QUOTA_REAL_H
#define CPN_ALLOCATE_QUOTA_REAL_H

#include "allocate/quota/quota.h"

/* (high * 2^64 + low) * 2^exponent; the top bit of high is set. */
typedef struct cpn_quota_real {
    uint64_t high, low;
    int64_t exponent;
} cpn_quota_real;

/* wide must not be 0. */
cpn_quota_real cpn_quota_real_of(cpn_quota_wide wide);
/* value must be above 0 and finite. */
cpn_quota_real cpn_quota_real_of_double(double value);
/* 0 or infinity where it is out of range. */
double cpn_quota_real_double(cpn_quota_real real);
cpn_quota_real cpn_quota_real_multiply(cpn_quota_real a, cpn_quota_real b);
cpn_quota_real cpn_quota_real_divide(cpn_quota_real a, cpn_quota_real b);
int cpn_quota_real_compare(cpn_quota_real a, cpn_quota_real b);
/* Whether a and b differ by less than about 2^-bits of themselves; bits is 1 to 120. */
bool cpn_quota_real_is_near(cpn_quota_real a, cpn_quota_real b, int32_t bits);

#endif
