/* Order statistics without sorting: a histogram over the range of the values finds the bucket of a place, then the same
 * inside the bucket until it holds one value. At most five rounds for any 64-bit range. */
#include <string.h>

#include "base/memory.h"
#include "tier/tier.h"

enum { BUCKET_BITS = 14, N_BUCKETS = 1 << BUCKET_BITS };

/* Values as unsigned distances from the least, so that no difference overflows. */
static uint64_t distance(int64_t value, int64_t least)
{
    return (uint64_t)value - (uint64_t)least;
}

static void find_range(int64_t *least, int64_t *most, const int64_t *values, int64_t n)
{
    *least = *most = values[0];
    for (int64_t i = 1; i < n; i++) {
        if (values[i] < *least) *least = values[i];
        if (values[i] > *most) *most = values[i];
    }
}

static int32_t shift_for(uint64_t range)
{
    int32_t shift = 0;
    while (range >> shift >= N_BUCKETS) shift++;
    return shift;
}

static void count_buckets(int64_t *counts, const int64_t *values, int64_t n, int64_t least, int32_t shift)
{
    memset(counts, 0, N_BUCKETS * sizeof *counts);
    for (int64_t i = 0; i < n; i++) counts[distance(values[i], least) >> shift]++;
}

/* Bucket that holds the place; place becomes its place inside the bucket. */
static uint64_t find_bucket(const int64_t *counts, int64_t *place)
{
    uint64_t bucket = 0;
    while (*place >= counts[bucket]) *place -= counts[bucket++];
    return bucket;
}

/* Keeps the values of one bucket; kept may be values. */
static int64_t keep_bucket(int64_t *kept, const int64_t *values, int64_t n, int64_t least, int32_t shift,
                           uint64_t bucket)
{
    int64_t n_kept = 0;
    for (int64_t i = 0; i < n; i++) {
        const int64_t value = values[i];
        kept[n_kept] = value; /* written first, counted only where it belongs: no branch to guess wrong */
        n_kept += distance(value, least) >> shift == bucket;
    }
    return n_kept;
}

/* The value at place among n values in scratch, which are overwritten. */
static int64_t select_within(int64_t *scratch, int64_t n, int64_t place, int64_t *counts)
{
    for (;;) {
        int64_t least, most;
        find_range(&least, &most, scratch, n);
        if (least == most) return least;
        const int32_t shift = shift_for(distance(most, least));
        count_buckets(counts, scratch, n, least, shift);
        const uint64_t bucket = find_bucket(counts, &place);
        if (shift == 0) return (int64_t)((uint64_t)least + bucket);
        n = keep_bucket(scratch, scratch, n, least, shift, bucket);
    }
}

bool cpn_select_places(int64_t *found, const int64_t *values, int64_t n, const int64_t *places, int32_t n_places)
{
    if (n == 0 || n_places == 0) return true;
    int64_t least, most;
    find_range(&least, &most, values, n);
    const int32_t shift = shift_for(distance(most, least));
    int64_t *counts = cpn_alloc(2 * N_BUCKETS, sizeof *counts);
    int64_t *scratch = shift ? cpn_alloc(n, sizeof *scratch) : NULL;
    const bool has_memory = counts && (scratch || shift == 0);
    if (has_memory) count_buckets(counts, values, n, least, shift);
    for (int32_t i = 0; has_memory && i < n_places; i++) {
        int64_t place = places[i];
        const uint64_t bucket = find_bucket(counts, &place);
        if (shift == 0) {
            found[i] = (int64_t)((uint64_t)least + bucket);
        } else {
            const int64_t n_kept = keep_bucket(scratch, values, n, least, shift, bucket);
            found[i] = select_within(scratch, n_kept, place, counts + N_BUCKETS);
        }
    }
    cpn_free(counts);
    cpn_free(scratch);
    return has_memory;
}
