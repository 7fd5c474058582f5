/* Products of whole numbers of any length, to compare and to divide exactly. */
#ifndef CPN_ALLOCATE_QUOTA_PRODUCT_H
#define CPN_ALLOCATE_QUOTA_PRODUCT_H

#include <stdbool.h>
#include <stdint.h>

/* Limbs lowest first; the caller owns the room, one limb per factor and one more. */
typedef struct cpn_quota_product {
    uint64_t *limbs;
    int64_t n;
} cpn_quota_product;

/* Sets it to 1. */
void cpn_quota_product_start(cpn_quota_product *product);
void cpn_quota_product_multiply(cpn_quota_product *product, uint64_t factor);
int cpn_quota_product_compare(const cpn_quota_product *a, const cpn_quota_product *b);

enum { CPN_QUOTA_FACTORS = 8 };

/* The product of n factors over that of m divisors, rounded half up; false where it is CAMPAIGN_QUOTA_MAX or more.
 * No more than CPN_QUOTA_FACTORS of either, none negative, no divisor 0. */
bool cpn_quota_divide_products(int64_t *result, const int64_t *factors, int32_t n, const int64_t *divisors, int32_t m);

#endif
