/* Stable sorting. */
#ifndef CPN_BASE_SORT_H
#define CPN_BASE_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int (*cpn_compare)(const void *a, const void *b, const void *ctx);

/* Sorts n elements of size bytes; equal ones keep their order. False where memory is out; elements are then unchanged.
 * O(n log n) time, n elements of scratch. */
bool cpn_sort(void *elements, int64_t n, size_t size, cpn_compare compare, const void *ctx);

/* Order of n keys, smallest first, equal ones by index. False where memory is out. O(n) for int64 (radix). */
bool cpn_order_int64(int64_t *order, const int64_t *keys, int64_t n);

#endif
