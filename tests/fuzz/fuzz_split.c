/* The exact splitter: parts and what is left over add up to the total, whatever the weights, bounds and locks; every part
 * lies within its bounds; a refused problem leaves nothing. */
#include "fuzz.h"

#include <campaign/base.h>
#include <stdbool.h>
#include <string.h>

enum { MAX_CELLS = 8, BYTES_A_CELL = 1 + 4 * 8 };

typedef struct cell_arrays {
    int64_t weights[MAX_CELLS], minimum[MAX_CELLS], maximum[MAX_CELLS], locked[MAX_CELLS];
    int64_t n;
} cell_arrays;

/* A number of the width that the low bits of kind ask for, so that small ones are as usual as huge ones. */
static int64_t take_number(const uint8_t *bytes, unsigned kind)
{
    int64_t value;
    memcpy(&value, bytes, sizeof value);
    return kind & 2 ? value : kind & 1 ? value & 0xffff : value & 0x0f;
}

static void take_cells(cell_arrays *out, const uint8_t *data, size_t size)
{
    for (out->n = 0; out->n < MAX_CELLS && size >= BYTES_A_CELL; out->n++) {
        const unsigned kind = data[0];
        out->weights[out->n] = take_number(data + 1, kind);
        out->minimum[out->n] = take_number(data + 9, kind >> 2);
        out->maximum[out->n] = kind & 64 ? INT64_MAX : take_number(data + 17, kind >> 4);
        out->locked[out->n] = kind & 128 ? take_number(data + 25, kind >> 4) : CAMPAIGN_SPLIT_FREE;
        data += BYTES_A_CELL;
        size -= BYTES_A_CELL;
    }
}

static void check_parts(const campaign_split_problem *problem, const int64_t *parts, int64_t unallocated)
{
    int64_t rest = problem->total_minor - unallocated;
    FUZZ_CHECK(unallocated >= 0 && rest >= 0);
    for (int64_t i = 0; i < problem->n_cells; i++) {
        const bool is_locked = problem->locked && problem->locked[i] != CAMPAIGN_SPLIT_FREE;
        FUZZ_CHECK(parts[i] >= 0 && parts[i] <= rest);
        rest -= parts[i];
        if (problem->minimum) FUZZ_CHECK(parts[i] >= problem->minimum[i]);
        if (problem->maximum) FUZZ_CHECK(parts[i] <= problem->maximum[i]);
        if (is_locked) FUZZ_CHECK(parts[i] == problem->locked[i]);
        if (!is_locked && problem->weights && problem->weights[i] == 0)
            FUZZ_CHECK(parts[i] == (problem->minimum ? problem->minimum[i] : 0));
    }
    FUZZ_CHECK(rest == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 10) return 0;
    cell_arrays cells;
    take_cells(&cells, data + 10, size - 10);
    const campaign_split_problem problem = {
        .size = (uint32_t)sizeof problem,
        .total_minor = take_number(data + 2, data[0]),
        .n_cells = cells.n,
        .weights = data[1] & 1 ? cells.weights : NULL,
        .minimum = data[1] & 2 ? cells.minimum : NULL,
        .maximum = data[1] & 4 ? cells.maximum : NULL,
        .locked = data[1] & 8 ? cells.locked : NULL,
    };
    int64_t parts[MAX_CELLS] = { 0 }, unallocated = 0;
    campaign_error error = { 0 };
    const campaign_status status = campaign_split(parts, &unallocated, &problem, &error);
    if (status == CAMPAIGN_OK)
        check_parts(&problem, parts, unallocated);
    else
        FUZZ_CHECK(error.code == status && error.message[0] != '\0' && unallocated == 0);
    return 0;
}
