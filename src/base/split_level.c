/* The level at which free cells share an amount, and whole units from exact shares.
 *
 * The sum of clamp(L * weight, minimum, maximum) grows with L in straight pieces. They bend where a cell leaves its
 * minimum (L = minimum / weight) or reaches its maximum; between two bends the open cells share what the others leave in
 * proportion to their weights. So: sort the bends, walk up to the piece that reaches the amount, share there. All of it in
 * integers: shares are amount * weight / sum of weights with products of 128 bits. */
#include "base/split.h"

#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"

enum { OPEN = -1 }; /* the part of a cell that is between its bounds, until its share is known */

/* An unsigned number of 128 bits: sums of weights pass 64. */
typedef struct wide {
    uint64_t high, low;
} wide;

/* Where a cell stops being held at its minimum, or starts being held at its maximum. */
typedef struct bend {
    int64_t
        place;  /* bound / weight as a truncated float: 7 bits of exponent, 56 of fraction; settles most comparisons */
    int64_t id; /* 2 * cell for the minimum, 2 * cell + 1 for the maximum */
} bend;

typedef struct level_search {
    const campaign_split_problem *problem;
    int64_t *parts;
    int64_t amount;   /* what the held cells leave to the open ones */
    wide open_weight; /* of the open cells */
    bend *bends;
    int64_t n_bends;
} level_search;

static int compare_wide(wide a, wide b)
{
    if (a.high != b.high) return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}

static wide multiply(int64_t a, int64_t b)
{
    wide product;
    product.low = cpn_mul_words(&product.high, (uint64_t)a, (uint64_t)b);
    return product;
}

static wide subtract(wide a, wide b)
{
    return (wide){ .high = a.high - b.high - (a.low < b.low), .low = a.low - b.low };
}

static wide shift_left(wide value, int bits)
{
    if (bits >= 64) return (wide){ .high = value.low << (bits - 64), .low = 0 };
    if (bits == 0) return value;
    return (wide){ .high = (value.high << bits) | (value.low >> (64 - bits)), .low = value.low << bits };
}

static int count_bits(wide value)
{
    if (value.high) return 128 - cpn_leading_zeros(value.high);
    return value.low ? 64 - cpn_leading_zeros(value.low) : 0;
}

/* value / divisor, truncated, for a quotient below 2^63; value becomes the remainder. */
static int64_t divide(wide *value, wide divisor)
{
    if (divisor.high == 0) {
        uint64_t remainder;
        const uint64_t quotient = cpn_div_words(&remainder, value->high, value->low, divisor.low);
        *value = (wide){ .high = 0, .low = remainder };
        return (int64_t)quotient;
    }
    int64_t quotient = 0;
    for (int bit = count_bits(*value) - count_bits(divisor); bit >= 0; bit--) {
        const wide shifted = shift_left(divisor, bit);
        if (compare_wide(*value, shifted) < 0) continue;
        *value = subtract(*value, shifted);
        quotient |= (int64_t)1 << bit;
    }
    return quotient;
}

static int64_t bound_of(const campaign_split_problem *problem, const bend *at)
{
    return at->id % 2 ? cpn_split_maximum(problem, at->id / 2) : cpn_split_minimum(problem, at->id / 2);
}

static int compare_bends(const void *a, const void *b, const void *ctx)
{
    const bend *left = a, *right = b;
    if (left->place != right->place) return left->place < right->place ? -1 : 1;
    const campaign_split_problem *problem = ctx;
    return compare_wide(multiply(bound_of(problem, left), cpn_split_weight(problem, right->id / 2)),
                        multiply(bound_of(problem, right), cpn_split_weight(problem, left->id / 2)));
}

/* bound / weight, truncated to 57 significant bits, as an integer of the same order. Both are above 0. */
static int64_t place_of(int64_t bound, int64_t weight)
{
    const int bound_zeros = cpn_leading_zeros((uint64_t)bound), weight_zeros = cpn_leading_zeros((uint64_t)weight);
    const uint64_t dividend = (uint64_t)bound << bound_zeros, divisor = (uint64_t)weight << weight_zeros;
    uint64_t remainder, quotient = cpn_div_words(&remainder, dividend >> 1, dividend << 63, divisor);
    int exponent = 64 + weight_zeros - bound_zeros; /* 1 to 127 */
    if (!(quotient >> 63)) {
        quotient <<= 1;
        exponent--;
    }
    return ((int64_t)exponent << 56) | (int64_t)((quotient << 1) >> 8);
}

static void add_bend(level_search *search, int64_t cell, bool is_maximum, int64_t bound)
{
    search->bends[search->n_bends++] =
        (bend){ .place = place_of(bound, cpn_split_weight(search->problem, cell)), .id = 2 * cell + is_maximum };
}

static void open_cell(level_search *search, int64_t cell, int64_t minimum)
{
    const uint64_t weight = (uint64_t)cpn_split_weight(search->problem, cell);
    search->parts[cell] = OPEN;
    search->amount += minimum;
    search->open_weight.low += weight;
    search->open_weight.high += search->open_weight.low < weight;
}

static void close_cell(level_search *search, int64_t cell, int64_t maximum)
{
    const wide weight = { .high = 0, .low = (uint64_t)cpn_split_weight(search->problem, cell) };
    search->parts[cell] = maximum;
    search->amount -= maximum;
    search->open_weight = subtract(search->open_weight, weight);
}

/* Puts every free cell where it is at level 0, and counts or lists the bends to come. A cap that is not below rest cannot
 * bind, because no cell gets more than rest. */
static void start_cells(level_search *search, int64_t rest)
{
    search->n_bends = 0;
    search->amount = rest;
    search->open_weight = (wide){ 0, 0 };
    for (int64_t cell = 0; cell < search->problem->n_cells; cell++) {
        if (cpn_split_is_locked(search->problem, cell)) continue;
        const int64_t minimum = cpn_split_minimum(search->problem, cell);
        const int64_t maximum = cpn_split_maximum(search->problem, cell);
        search->parts[cell] = minimum;
        search->amount -= minimum;
        if (cpn_split_weight(search->problem, cell) == 0 || minimum == maximum) continue;
        if (minimum == 0)
            open_cell(search, cell, 0);
        else if (search->bends)
            add_bend(search, cell, false, minimum);
        else
            search->n_bends++;
        if (maximum >= rest) continue;
        if (search->bends)
            add_bend(search, cell, true, maximum);
        else
            search->n_bends++;
    }
}

/* Whether the open cells have reached the amount at a bend: open_weight * bound / weight >= amount. */
static bool has_reached(const level_search *search, const bend *at)
{
    const int64_t bound = bound_of(search->problem, at);
    const wide wanted = multiply(search->amount, cpn_split_weight(search->problem, at->id / 2));
    uint64_t carry, beyond;
    wide held;
    held.low = cpn_mul_words(&carry, search->open_weight.low, (uint64_t)bound);
    held.high = cpn_mul_words(&beyond, search->open_weight.high, (uint64_t)bound) + carry;
    return beyond || held.high < carry || compare_wide(held, wanted) >= 0;
}

/* Leaves every cell held at a bound or OPEN, as they are at the level that uses up rest. */
static bool find_level(level_search *search, int64_t rest)
{
    start_cells(search, rest);
    if (search->n_bends == 0) return true;
    search->bends = cpn_alloc(search->n_bends, sizeof *search->bends);
    if (!search->bends) return false;
    start_cells(search, rest);
    const bool is_sorted =
        cpn_sort(search->bends, search->n_bends, sizeof *search->bends, compare_bends, search->problem);
    for (int64_t i = 0; is_sorted && i < search->n_bends; i++) {
        const bend *at = &search->bends[i];
        if (has_reached(search, at)) break;
        if (at->id % 2)
            close_cell(search, at->id / 2, bound_of(search->problem, at));
        else
            open_cell(search, at->id / 2, bound_of(search->problem, at));
    }
    cpn_free(search->bends);
    search->bends = NULL;
    return is_sorted;
}

static unsigned byte_of(wide value, int number)
{
    return (unsigned)((number >= 8 ? value.high >> (8 * (number - 8)) : value.low >> (8 * number)) & 0xFF);
}

static wide put_byte(wide value, int number, unsigned byte)
{
    if (number >= 8)
        value.high |= (uint64_t)byte << (8 * (number - 8));
    else
        value.low |= (uint64_t)byte << (8 * number);
    return value;
}

/* How many of the n values that agree with prefix above byte number have each value of that byte. */
static void count_bytes(int64_t counts[256], const wide *values, int64_t n, wide prefix, int number)
{
    const int bits = 8 * (number + 1); /* not looked at; 8 to 128 */
    const wide mask = { .high = bits >= 128 ? 0
                                : bits > 64 ? UINT64_MAX << (bits - 64)
                                            : UINT64_MAX,
                        .low = bits >= 64 ? 0 : UINT64_MAX << bits };
    memset(counts, 0, 256 * sizeof counts[0]);
    for (int64_t i = 0; i < n; i++)
        if ((values[i].high & mask.high) == prefix.high && (values[i].low & mask.low) == prefix.low)
            counts[byte_of(values[i], number)]++;
}

/* The k-th largest of n values, byte by byte from the top; *n_equal receives how many of that value are among the k. */
static wide find_kth_largest(const wide *values, int64_t n, int64_t k, int n_bytes, int64_t *n_equal)
{
    wide found = { 0, 0 };
    for (int number = n_bytes - 1; number >= 0; number--) {
        int64_t counts[256];
        count_bytes(counts, values, n, found, number);
        unsigned byte = 255;
        for (; byte > 0 && counts[byte] < k; byte--) k -= counts[byte];
        found = put_byte(found, number, byte);
    }
    *n_equal = k;
    return found;
}

/* Gives every open cell its share without the fraction, then one unit more to those with the largest fractions. A cell
 * with a fraction is below its maximum, and there are more of them than units left: no bound is passed. */
static bool settle_shares(const level_search *search)
{
    const int64_t n = search->problem->n_cells;
    wide *remainders = cpn_alloc_zero(n, sizeof *remainders);
    if (!remainders) return false;
    int64_t left = search->amount;
    for (int64_t cell = 0; cell < n; cell++) {
        if (cpn_split_is_locked(search->problem, cell) || search->parts[cell] != OPEN) continue;
        remainders[cell] = multiply(search->amount, cpn_split_weight(search->problem, cell));
        search->parts[cell] = divide(&remainders[cell], search->open_weight);
        left -= search->parts[cell];
    }
    if (left > 0) {
        int64_t n_equal;
        const int n_bytes = (count_bits(search->open_weight) + 7) / 8;
        const wide threshold = find_kth_largest(remainders, n, left, n_bytes, &n_equal);
        for (int64_t cell = 0; cell < n; cell++) {
            const int order = compare_wide(remainders[cell], threshold);
            if (order > 0 || (order == 0 && n_equal-- > 0)) search->parts[cell]++;
        }
    }
    cpn_free(remainders);
    return true;
}

bool cpn_split_free_cells(int64_t *parts, const campaign_split_problem *problem, int64_t rest)
{
    level_search search = { .problem = problem, .parts = parts };
    if (!find_level(&search, rest)) return false;
    return count_bits(search.open_weight) == 0 || settle_shares(&search);
}
