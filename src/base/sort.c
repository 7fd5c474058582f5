/* Stable sorting: a bottom-up merge sort for anything, and a radix order for int64 keys. */
#include "base/sort.h"

#include <string.h>

#include "base/memory.h"

enum {
    RUN = 8,         /* elements put in order by insertion before merging starts */
    SMALL_ORDER = 64 /* below it, 2048 counters cost more than comparing */
};

typedef struct sort_job {
    size_t size;
    cpn_compare compare;
    const void *ctx;
} sort_job;

/* One element; the usual sizes as constants, which compilers turn into a move or two. */
static void copy(char *to, const char *from, size_t size)
{
    if (size == 8)
        memcpy(to, from, 8);
    else if (size == 16)
        memcpy(to, from, 16);
    else if (size == 24)
        memcpy(to, from, 24);
    else
        memcpy(to, from, size);
}

/* Inserts each of n elements into the sorted ones before it; spare holds one element. */
static void sort_run(const sort_job *job, char *run, int64_t n, char *spare)
{
    for (int64_t i = 1; i < n; i++) {
        char *element = run + (size_t)i * job->size;
        char *place = element;
        while (place > run && job->compare(place - job->size, element, job->ctx) > 0) place -= job->size;
        if (place == element) continue;
        copy(spare, element, job->size);
        memmove(place + job->size, place, (size_t)(element - place));
        copy(place, spare, job->size);
    }
}

/* Merges sorted [from, middle) and [middle, end) into to. */
static void merge(const sort_job *job, char *to, const char *from, const char *middle, const char *end)
{
    const char *left = from, *right = middle;
    if (right < end && job->compare(right - job->size, right, job->ctx) > 0)
        while (left < middle && right < end) {
            const char **taken = job->compare(left, right, job->ctx) <= 0 ? &left : &right;
            copy(to, *taken, job->size);
            to += job->size;
            *taken += job->size;
        }
    memcpy(to, left, (size_t)(middle - left));
    memcpy(to + (middle - left), right, (size_t)(end - right));
}

static void merge_all(const sort_job *job, char *to, const char *from, int64_t n, int64_t width)
{
    for (int64_t first = 0; first < n; first += 2 * width) {
        const int64_t middle = n - first > width ? first + width : n;
        const int64_t end = n - first > 2 * width ? first + 2 * width : n;
        merge(job, to + (size_t)first * job->size, from + (size_t)first * job->size, from + (size_t)middle * job->size,
              from + (size_t)end * job->size);
    }
}

bool cpn_sort(void *elements, int64_t n, size_t size, cpn_compare compare, const void *ctx)
{
    if (n < 2) return true;
    char *scratch = cpn_alloc(n, size);
    if (!scratch) return false;
    const sort_job job = { size, compare, ctx };
    char *from = elements, *to = scratch;
    for (int64_t first = 0; first < n; first += RUN)
        sort_run(&job, from + (size_t)first * size, n - first < RUN ? n - first : RUN, scratch);
    for (int64_t width = RUN; width < n; width *= 2) {
        merge_all(&job, to, from, n, width);
        char *merged = to;
        to = from;
        from = merged;
    }
    if (from != elements) memcpy(elements, from, (size_t)n * size);
    cpn_free(scratch);
    return true;
}

typedef struct radix_item {
    uint64_t key; /* sign bit flipped, so that unsigned order is signed order */
    int64_t index;
} radix_item;

static void order_small(int64_t *order, const int64_t *keys, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t place = i;
        for (; place > 0 && keys[order[place - 1]] > keys[i]; place--) order[place] = order[place - 1];
        order[place] = i;
    }
}

/* Moves items into the order of one byte of their keys, given how often each value of it occurs. */
static void scatter(radix_item *to, const radix_item *from, int64_t n, const int64_t counts[256], int shift)
{
    int64_t next[256];
    int64_t sum = 0;
    for (int value = 0; value < 256; value++) {
        next[value] = sum;
        sum += counts[value];
    }
    for (int64_t i = 0; i < n; i++) to[next[(from[i].key >> shift) & 0xFF]++] = from[i];
}

bool cpn_order_int64(int64_t *order, const int64_t *keys, int64_t n)
{
    if (n < SMALL_ORDER) {
        order_small(order, keys, n);
        return true;
    }
    radix_item *items = cpn_alloc(n, 2 * sizeof *items);
    int64_t(*counts)[256] = cpn_alloc_zero(8, sizeof *counts);
    if (items && counts) {
        radix_item *from = items, *to = items + n;
        for (int64_t i = 0; i < n; i++) {
            from[i] = (radix_item){ (uint64_t)keys[i] ^ ((uint64_t)1 << 63), i };
            for (int byte = 0; byte < 8; byte++) counts[byte][(from[i].key >> (8 * byte)) & 0xFF]++;
        }
        for (int byte = 0; byte < 8; byte++) {
            if (counts[byte][(from[0].key >> (8 * byte)) & 0xFF] == n) continue; /* all alike in this byte */
            scatter(to, from, n, counts[byte], 8 * byte);
            radix_item *sorted = to;
            to = from;
            from = sorted;
        }
        for (int64_t i = 0; i < n; i++) order[i] = from[i].index;
    }
    const bool is_done = items && counts;
    cpn_free(counts);
    cpn_free(items);
    return is_done;
}
