/* Memory with checked sizes, so that a product of two counts never wraps. */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static int is_too_large(int64_t n, size_t size)
{
    return n < 0 || (uint64_t)n > (uint64_t)(PTRDIFF_MAX - 16) / (size ? size : 1);
}

void *cpn_alloc(int64_t n, size_t size)
{
    if (is_too_large(n, size)) return NULL;
    const size_t bytes = (size_t)n * size;
    return malloc(bytes ? bytes : 1);
}

void *cpn_alloc_zero(int64_t n, size_t size)
{
    if (is_too_large(n, size)) return NULL;
    return calloc(n ? (size_t)n : 1, size ? size : 1);
}

void *cpn_resize(void *memory, int64_t n, size_t size)
{
    if (is_too_large(n, size)) return NULL;
    const size_t bytes = (size_t)n * size;
    return realloc(memory, bytes ? bytes : 1);
}

void *cpn_carve(cpn_block *block, int64_t n, size_t size)
{
    enum { ALIGNED = 16 };
    const int64_t at = block->used;
    if (is_too_large(n, size) || (uint64_t)n * size > (uint64_t)(INT64_MAX - ALIGNED - at)) {
        block->used = INT64_MAX - ALIGNED; /* more than there is */
        return NULL;
    }
    block->used = at + (int64_t)(((uint64_t)n * size + ALIGNED - 1) / ALIGNED * ALIGNED);
    return block->memory ? block->memory + at : NULL;
}

bool cpn_block_open(cpn_block *block)
{
    block->memory = cpn_alloc_zero(block->used, 1);
    block->used = 0;
    return block->memory != NULL;
}

char *cpn_copy_text(const char *text, size_t length)
{
    char *copy = cpn_alloc((int64_t)length + 1, 1);
    if (!copy) return NULL;
    if (length) memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void cpn_free(void *memory)
{
    free(memory);
}
