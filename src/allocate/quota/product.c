/* Products of whole numbers of any length. */
#include "allocate/quota/product.h"

#include "allocate/quota/quota.h"

void cpn_quota_product_start(cpn_quota_product *product)
{
    product->limbs[0] = 1;
    product->n = 1;
}

void cpn_quota_product_multiply(cpn_quota_product *product, uint64_t factor)
{
    uint64_t carry = 0;
    for (int64_t i = 0; i < product->n; i++) {
        cpn_quota_wide part = cpn_quota_multiply(product->limbs[i], factor);
        part.low += carry;
        carry = part.high + (part.low < carry);
        product->limbs[i] = part.low;
    }
    if (carry > 0) product->limbs[product->n++] = carry;
}

int cpn_quota_product_compare(const cpn_quota_product *a, const cpn_quota_product *b)
{
    if (a->n != b->n) return a->n < b->n ? -1 : 1;
    for (int64_t i = a->n - 1; i >= 0; i--)
        if (a->limbs[i] != b->limbs[i]) return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}

/* Whether (2 result - 1) × divisors <= 2 × factors: half a unit below result is reached. */
static bool reaches(int64_t result, const int64_t *factors, int32_t n, const int64_t *divisors, int32_t m)
{
    uint64_t left_room[CPN_QUOTA_FACTORS + 2], right_room[CPN_QUOTA_FACTORS + 2];
    cpn_quota_product left = { left_room, 0 }, right = { right_room, 0 };
    cpn_quota_product_start(&left);
    cpn_quota_product_start(&right);
    cpn_quota_product_multiply(&left, 2 * (uint64_t)result - 1);
    cpn_quota_product_multiply(&right, 2);
    for (int32_t i = 0; i < m; i++) cpn_quota_product_multiply(&left, (uint64_t)divisors[i]);
    for (int32_t i = 0; i < n; i++) cpn_quota_product_multiply(&right, (uint64_t)factors[i]);
    return cpn_quota_product_compare(&left, &right) <= 0;
}

bool cpn_quota_divide_products(int64_t *result, const int64_t *factors, int32_t n, const int64_t *divisors, int32_t m)
{
    *result = 0;
    for (int32_t i = 0; i < n; i++)
        if (factors[i] == 0) return true;
    /* The last that is reached, by halving; 0 always is. */
    int64_t low = 0, high = CAMPAIGN_QUOTA_MAX;
    if (reaches(high, factors, n, divisors, m)) return false;
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (reaches(middle, factors, n, divisors, m))
            low = middle;
        else
            high = middle;
    }
    *result = low;
    return true;
}
