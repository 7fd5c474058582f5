/* Methods of divisors in integers: what each unit of a cell must reach, its priority, and exact comparisons.
 * Products of two weights with two signposts have up to 253 bits; nothing here is ever rounded. */
#include <math.h>

#include "allocate/quota/quota.h"
#include "base/checked.h"
#include "base/number.h"

/* 256 bits, the lowest word first. */
typedef struct product {
    uint64_t words[4];
} product;

cpn_quota_wide cpn_quota_multiply(uint64_t a, uint64_t b)
{
    cpn_quota_wide wide;
    wide.low = cpn_mul_words(&wide.high, a, b);
    return wide;
}

int cpn_quota_compare_wide(cpn_quota_wide a, cpn_quota_wide b)
{
    if (a.high != b.high) return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}

double cpn_quota_wide_double(cpn_quota_wide wide)
{
    return (double)wide.high * 18446744073709551616.0 + (double)wide.low;
}

static void add_at(product *sum, int32_t place, cpn_quota_wide part)
{
    const uint64_t words[2] = { part.low, part.high };
    uint64_t carry = 0;
    for (int32_t i = place; i < 4; i++) {
        const uint64_t added = i - place < 2 ? words[i - place] : 0;
        const uint64_t with_carry = sum->words[i] + carry;
        const uint64_t overflows = with_carry < carry;
        sum->words[i] = with_carry + added;
        carry = overflows + (sum->words[i] < added);
    }
}

static product multiply_wide(cpn_quota_wide a, cpn_quota_wide b)
{
    product result = { { 0, 0, 0, 0 } };
    add_at(&result, 0, cpn_quota_multiply(a.low, b.low));
    if (a.high) add_at(&result, 1, cpn_quota_multiply(a.high, b.low));
    if (b.high) add_at(&result, 1, cpn_quota_multiply(a.low, b.high));
    if (a.high && b.high) add_at(&result, 2, cpn_quota_multiply(a.high, b.high));
    return result;
}

int cpn_quota_compare_ratios(const cpn_quota_ratio *a, const cpn_quota_ratio *b)
{
    const bool is_a_infinite = (a->denominator.high | a->denominator.low) == 0;
    const bool is_b_infinite = (b->denominator.high | b->denominator.low) == 0;
    if (is_a_infinite || is_b_infinite) return (int)is_a_infinite - (int)is_b_infinite;
    const product left = multiply_wide(a->numerator, b->denominator);
    const product right = multiply_wide(b->numerator, a->denominator);
    for (int32_t i = 3; i >= 0; i--)
        if (left.words[i] != right.words[i]) return left.words[i] < right.words[i] ? -1 : 1;
    return 0;
}

bool cpn_quota_gives_one(int32_t method)
{
    return method == CAMPAIGN_QUOTA_HILL || method == CAMPAIGN_QUOTA_ADAMS || method == CAMPAIGN_QUOTA_DEAN;
}

static cpn_quota_wide narrow(uint64_t value)
{
    return (cpn_quota_wide){ .high = 0, .low = value };
}

cpn_quota_ratio cpn_quota_signpost(int32_t method, int64_t k)
{
    const uint64_t n = (uint64_t)k;
    switch (method) {
    case CAMPAIGN_QUOTA_SAINTE_LAGUE: return (cpn_quota_ratio){ narrow(2 * n - 1), narrow(2) };
    case CAMPAIGN_QUOTA_HILL: return (cpn_quota_ratio){ cpn_quota_multiply(n, n - 1), narrow(1) };
    case CAMPAIGN_QUOTA_ADAMS: return (cpn_quota_ratio){ narrow(n - 1), narrow(1) };
    case CAMPAIGN_QUOTA_DEAN: return (cpn_quota_ratio){ cpn_quota_multiply(2 * n, n - 1), narrow(2 * n - 1) };
    default: return (cpn_quota_ratio){ narrow(n), narrow(1) };
    }
}

cpn_quota_ratio cpn_quota_priority(int32_t method, int64_t weight, int64_t k)
{
    const cpn_quota_ratio post = cpn_quota_signpost(method, k);
    const uint64_t w = (uint64_t)weight;
    return (cpn_quota_ratio){ .numerator = method == CAMPAIGN_QUOTA_HILL ? cpn_quota_multiply(w, w)
                                                                         : cpn_quota_multiply(w, post.denominator.low),
                              .denominator = post.numerator };
}

double cpn_quota_priority_double(int32_t method, int64_t weight, int64_t k)
{
    const cpn_quota_ratio priority = cpn_quota_priority(method, weight, k);
    const double ratio =
        cpn_quotient(cpn_quota_wide_double(priority.numerator), cpn_quota_wide_double(priority.denominator));
    return method == CAMPAIGN_QUOTA_HILL ? sqrt(ratio) : ratio;
}
