/* Stores: who keeps a column's memory alive, and when it goes. References are counted atomically, so that tables,
 * slices and exports may be freed on any thread and in any order. */
#include "table/store.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

cpn_store *cpn_store_create(void)
{
    cpn_store *store = cpn_alloc_zero(1, sizeof *store);
    if (store) atomic_init(&store->references, 1);
    return store;
}

cpn_store *cpn_store_keep(cpn_store *store)
{
    atomic_fetch_add_explicit(&store->references, 1, memory_order_relaxed);
    return store;
}

/* Frees what the store holds and returns its parent, whose reference passes to the caller. */
static cpn_store *destroy(cpn_store *store)
{
    cpn_store *parent = store->parent;
    for (int32_t i = 0; i < store->n_owned; i++) cpn_free(store->owned[i]);
    if (store->release) store->release(store->ctx);
    cpn_free(store);
    return parent;
}

void cpn_store_drop(cpn_store *store)
{
    while (store) {
        /* Release order publishes this user's reads; acquire order on the last drop makes them happen before freeing. */
        if (atomic_fetch_sub_explicit(&store->references, 1, memory_order_acq_rel) != 1) return;
        store = destroy(store);
    }
}

void cpn_store_own(cpn_store *store, void *memory)
{
    if (!memory) return;
    assert(store->n_owned < CPN_STORE_PIECES);
    store->owned[store->n_owned++] = memory;
}

void *cpn_store_alloc(cpn_store *store, int64_t n, size_t size)
{
    void *memory = cpn_alloc(n, size);
    cpn_store_own(store, memory);
    return memory;
}

void *cpn_store_alloc_zero(cpn_store *store, int64_t n, size_t size)
{
    void *memory = cpn_alloc_zero(n, size);
    cpn_store_own(store, memory);
    return memory;
}

char *cpn_store_text(cpn_store *store, const char *text)
{
    char *copy = cpn_copy_text(text, strlen(text));
    cpn_store_own(store, copy);
    return copy;
}
