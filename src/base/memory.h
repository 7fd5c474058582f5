/* Memory: malloc with checked sizes. Nothing else in the library calls malloc, calloc, realloc. */
#ifndef CPN_BASE_MEMORY_H
#define CPN_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* n elements of size bytes, not cleared. NULL where it cannot be had or n is negative; n = 0 gives a pointer to free. */
void *cpn_alloc(int64_t n, size_t size);

/* The same, cleared. */
void *cpn_alloc_zero(int64_t n, size_t size);

/* Room for n elements in place of memory; NULL leaves memory as it was. */
void *cpn_resize(void *memory, int64_t n, size_t size);

/* Several arrays in one block, since a small problem is solved sooner than thirty blocks are had. Carving without memory
 * adds up what the arrays need; cpn_block_open gets that, cleared, and the same carving once more places them. */
typedef struct cpn_block {
    char *memory; /* goes with cpn_free */
    int64_t used;
} cpn_block;
void *cpn_carve(cpn_block *block, int64_t n, size_t size);
bool cpn_block_open(cpn_block *block);

/* A terminated copy of length bytes. */
char *cpn_copy_text(const char *text, size_t length);

void cpn_free(void *memory);

/* Asks for memory that will be read soon; any address will do. */
static inline void cpn_prefetch(const void *address)
{
#if defined(__GNUC__)
    __builtin_prefetch(address);
#else
    (void)address;
#endif
}

#endif
