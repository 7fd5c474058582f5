/* The pass over columns for one offer each: blocks of customers, offer by offer, so that memory is read in order and the
 * loops have no branches. */
#include <math.h>

#include "allocate/offers/offers.h"
#include "base/memory.h"

bool cpn_offers_block_open(cpn_offers_block *block, const cpn_offers_problem *problem)
{
    const int64_t n = problem->n_offers, n_extra = problem->n_costs - 1;
    block->values = cpn_alloc(n, sizeof *block->values);
    block->costs = cpn_alloc(n * n_extra, sizeof *block->costs);
    block->room = cpn_alloc(n * problem->n_costs * CPN_OFFERS_BLOCK, sizeof *block->room);
    if (block->values && block->costs && block->room) return true;
    cpn_offers_block_close(block);
    return false;
}

void cpn_offers_block_close(cpn_offers_block *block)
{
    cpn_free(block->values);
    cpn_free(block->costs);
    cpn_free(block->room);
    block->values = NULL;
    block->costs = NULL;
    block->room = NULL;
}

/* Cells of one column as doubles, nulls as empty: in place where they are that already, otherwise in room. */
static const double *load_column(double *room, const campaign_column *column, const int64_t *rows,
                                 const int64_t range[2], double empty)
{
    const int64_t first = range[0], n = range[1];
    if (!rows && !column->validity && column->type == CAMPAIGN_TYPE_FLOAT64)
        return (const double *)column->values + first;
    if (rows) {
        for (int64_t i = 0; i < n; i++) room[i] = cpn_offers_number(column, rows[first + i]);
    } else if (column->type == CAMPAIGN_TYPE_INT32) {
        const int32_t *from = (const int32_t *)column->values + first;
        for (int64_t i = 0; i < n; i++) room[i] = from[i];
    } else if (column->type != CAMPAIGN_TYPE_FLOAT64) {
        const int64_t *from = (const int64_t *)column->values + first;
        for (int64_t i = 0; i < n; i++) room[i] = (double)from[i];
    } else {
        const double *from = (const double *)column->values + first;
        for (int64_t i = 0; i < n; i++) room[i] = from[i];
    }
    for (int64_t i = 0; column->validity && i < n; i++)
        if (cpn_is_null(column, rows ? rows[first + i] : first + i)) room[i] = empty;
    return room;
}

void cpn_offers_block_load(cpn_offers_block *block, const cpn_offers_problem *problem, int64_t first, int64_t n)
{
    const int32_t n_extra = problem->n_costs - 1;
    const int64_t range[2] = { first, n }, stride = (int64_t)problem->n_offers * problem->n_costs;
    double *room = block->room;
    for (int32_t k = 0; k < problem->n_offers; k++) {
        block->values[k] = load_column(room, &problem->value_columns[k], problem->customer_rows, range, -INFINITY);
        room += CPN_OFFERS_BLOCK;
        for (int32_t e = 0; e < n_extra; e++, room += CPN_OFFERS_BLOCK) {
            const int64_t at = (int64_t)k * n_extra + e;
            block->costs[at] = room;
            if (problem->cost_columns[at].type)
                block->costs[at] = load_column(room, &problem->cost_columns[at], problem->customer_rows, range, 0);
            else
                for (int64_t i = 0; i < n; i++) room[i] = problem->constants[at];
        }
    }
    for (int64_t i = 0; i < n; i++) block->offsets[i] = problem->groups ? problem->groups[first + i] * stride : 0;
}

/* Scores of one offer, for customers of any groups. */
static void score_offer(double *scores, const cpn_offers_block *block, const cpn_offers_problem *problem,
                        const double *prices, int32_t offer, int64_t n)
{
    const int32_t n_costs = problem->n_costs;
    const double *values = block->values[offer], *at = prices + (int64_t)offer * n_costs;
    const int64_t *offsets = block->offsets;
    if (n_costs == 2 && problem->groups) { /* the usual case in one loop */
        const double *costs = block->costs[offer];
        for (int64_t i = 0; i < n; i++) {
            const double *price = at + offsets[i];
            scores[i] = values[i] - price[0] - costs[i] * price[1];
        }
        return;
    }
    for (int64_t i = 0; i < n; i++) scores[i] = values[i] - at[offsets[i]];
    for (int32_t c = 1; c < n_costs; c++) {
        const double *costs = block->costs[(int64_t)offer * (n_costs - 1) + c - 1];
        if (problem->groups)
            for (int64_t i = 0; i < n; i++) scores[i] -= costs[i] * at[offsets[i] + c];
        else
            for (int64_t i = 0; i < n; i++) scores[i] -= costs[i] * at[c];
    }
}

void cpn_offers_block_choose(cpn_offers_block *block, const cpn_offers_problem *problem, const double *prices,
                             int64_t n)
{
    double scores[CPN_OFFERS_BLOCK], at[CPN_OFFERS_BLOCK]; /* the offer as a double: loops of one width */
    const double nothing = problem->knobs.given.is_exact ? -INFINITY : 0.0;
    for (int64_t i = 0; i < n; i++) {
        block->best[i] = nothing;
        block->second[i] = -INFINITY;
        at[i] = -1;
    }
    for (int32_t k = 0; k < problem->n_offers; k++) {
        score_offer(scores, block, problem, prices, k, n);
        for (int64_t i = 0; i < n; i++) {
            const double score = scores[i], best = block->best[i], second = block->second[i];
            const double lower = score > best ? best : score;
            block->second[i] = lower > second ? lower : second;
            at[i] = score > best ? (double)k : at[i];
            block->best[i] = score > best ? score : best;
        }
    }
    for (int64_t i = 0; i < n; i++) block->offers[i] = (int32_t)at[i];
}
