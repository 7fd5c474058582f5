/* Sums by an integer key: a hash table while figures come in, sorted running totals for questions over ranges.
 * Memory grows with the keys that occur, not with those that could. */
#include <string.h>

#include "base/checked.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/sort.h"
#include "kpi/kpi.h"

static const int64_t empty_key = -1; /* keys are never negative */

static int64_t find_slot(const cpn_kpi_sums *sums, int64_t key)
{
    const int64_t mask = sums->capacity - 1;
    int64_t slot = (int64_t)(cpn_hash_int64(key) & (uint64_t)mask);
    while (sums->keys[slot] != empty_key && sums->keys[slot] != key) slot = (slot + 1) & mask;
    return slot;
}

static bool grow(cpn_kpi_sums *sums)
{
    cpn_kpi_sums grown = { .n = sums->n, .capacity = sums->capacity ? sums->capacity * 2 : 1024 };
    grown.keys = cpn_alloc(grown.capacity, sizeof *grown.keys);
    grown.totals = cpn_alloc(grown.capacity, sizeof *grown.totals);
    if (!grown.keys || !grown.totals) {
        cpn_kpi_sums_free(&grown);
        return false;
    }
    for (int64_t i = 0; i < grown.capacity; i++) grown.keys[i] = empty_key;
    for (int64_t i = 0; i < sums->capacity; i++) {
        if (sums->keys[i] == empty_key) continue;
        const int64_t slot = find_slot(&grown, sums->keys[i]);
        grown.keys[slot] = sums->keys[i];
        grown.totals[slot] = sums->totals[i];
    }
    cpn_free(sums->keys);
    cpn_free(sums->totals);
    *sums = grown;
    return true;
}

campaign_status cpn_kpi_sums_add(cpn_kpi_sums *sums, int64_t key, int64_t amount, campaign_error *error)
{
    if (sums->n * 2 >= sums->capacity && !grow(sums)) return cpn_fail_nomem(error);
    const int64_t slot = find_slot(sums, key);
    if (sums->keys[slot] == empty_key) {
        sums->keys[slot] = key;
        sums->totals[slot] = 0;
        sums->n++;
    }
    if (cpn_add64(&sums->totals[slot], sums->totals[slot], amount)) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "actuals", "the figures of a day do not fit 64 bits");
}

/* Copies the sums in key order, totals running; sums itself holds its n sums at the front. */
static campaign_status sort_sums(cpn_kpi_sums *sorted, const cpn_kpi_sums *sums, int64_t *order, campaign_error *error)
{
    if (!order || !sorted->keys || !sorted->totals || !cpn_order_int64(order, sums->keys, sorted->n))
        return cpn_fail_nomem(error);
    int64_t total = 0;
    for (int64_t i = 0; i < sorted->n; i++) {
        sorted->keys[i] = sums->keys[order[i]];
        if (!cpn_add64(&total, total, sums->totals[order[i]]))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "actuals", "the figures together do not fit 64 bits");
        sorted->totals[i] = total;
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_kpi_sums_close(cpn_kpi_sums *sums, campaign_error *error)
{
    cpn_kpi_sums sorted = { 0 };
    for (int64_t i = 0; i < sums->capacity; i++) {
        if (sums->keys[i] == empty_key) continue;
        sums->keys[sorted.n] = sums->keys[i];
        sums->totals[sorted.n++] = sums->totals[i];
    }
    int64_t *order = cpn_alloc(sorted.n, sizeof *order);
    sorted.keys = cpn_alloc(sorted.n, sizeof *sorted.keys);
    sorted.totals = cpn_alloc(sorted.n, sizeof *sorted.totals);
    const campaign_status status = sort_sums(&sorted, sums, order, error);
    cpn_free(order);
    cpn_kpi_sums_free(sums);
    if (status == CAMPAIGN_OK)
        *sums = sorted;
    else
        cpn_kpi_sums_free(&sorted);
    return status;
}

/* Total of the keys below key. */
static int64_t total_below(const cpn_kpi_sums *sums, int64_t key)
{
    int64_t low = 0, high = sums->n;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (sums->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? 0 : sums->totals[low - 1];
}

int64_t cpn_kpi_sums_range(const cpn_kpi_sums *sums, int64_t first, int64_t end)
{
    return first < end ? total_below(sums, end) - total_below(sums, first) : 0;
}

void cpn_kpi_sums_free(cpn_kpi_sums *sums)
{
    cpn_free(sums->keys);
    cpn_free(sums->totals);
    memset(sums, 0, sizeof *sums);
}
