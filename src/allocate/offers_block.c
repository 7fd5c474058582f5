/* The pass over columns for one offer each: blocks of customers, offer by offer, so that memory is read in order and the
 * loops have no branches. */
#include <math.h>

#include "allocate/offers.h"
#include "base/memory.h"

bool cpn_offers_block_open(cpn_offers_block *block, const cpn_offers_problem *problem)
{
    const int64_t n_extra = problem->n_costs - 1;
    block->values = cpn_alloc((int64_t)problem->n_offers * CPN_OFFERS_BLOCK, sizeof *block->values);
    block->costs = cpn_alloc(problem->n_offers * n_extra * CPN_OFFERS_BLOCK, sizeof *block->costs);
    if (block->values && block->costs) return true;
    cpn_offers_block_close(block);
    return false;
}

void cpn_offers_block_close(cpn_offers_block *block)
{
    cpn_free(block->values);
    cpn_free(block->costs);
    block->values = NULL;
    block->costs = NULL;
}

/* Cells of one column as doubles, nulls as empty. */
static void load_column(double *to, const campaign_column *column, const int64_t *rows, int64_t first, int64_t n,
                        double empty)
{
    if (rows) {
        for (int64_t i = 0; i < n; i++) to[i] = cpn_offers_number(column, rows[first + i]);
    } else if (column->type == CAMPAIGN_TYPE_INT32) {
        const int32_t *from = (const int32_t *)column->values + first;
        for (int64_t i = 0; i < n; i++) to[i] = from[i];
    } else if (column->type != CAMPAIGN_TYPE_FLOAT64) {
        const int64_t *from = (const int64_t *)column->values + first;
        for (int64_t i = 0; i < n; i++) to[i] = (double)from[i];
    } else {
        const double *from = (const double *)column->values + first;
        for (int64_t i = 0; i < n; i++) to[i] = from[i];
    }
    if (!column->validity) return;
    for (int64_t i = 0; i < n; i++)
        if (cpn_is_null(column, rows ? rows[first + i] : first + i)) to[i] = empty;
}

void cpn_offers_block_load(cpn_offers_block *block, const cpn_offers_problem *problem, int64_t first, int64_t n)
{
    const int32_t n_extra = problem->n_costs - 1;
    for (int32_t k = 0; k < problem->n_offers; k++) {
        load_column(&block->values[(int64_t)k * CPN_OFFERS_BLOCK], &problem->value_columns[k], problem->customer_rows,
                    first, n, -INFINITY);
        for (int32_t e = 0; e < n_extra; e++) {
            const int64_t at = (int64_t)k * n_extra + e;
            double *to = &block->costs[at * CPN_OFFERS_BLOCK];
            if (problem->cost_columns[at].type)
                load_column(to, &problem->cost_columns[at], problem->customer_rows, first, n, 0);
            else
                for (int64_t i = 0; i < n; i++) to[i] = problem->constants[at];
        }
    }
}

/* Scores of one offer, for customers of any groups. */
static void score_offer(double *scores, const cpn_offers_block *block, const cpn_offers_problem *problem,
                        const double *prices, int32_t offer, const int32_t *groups, int64_t n)
{
    const int32_t n_costs = problem->n_costs;
    const double *values = &block->values[(int64_t)offer * CPN_OFFERS_BLOCK];
    const double *at = prices + (int64_t)offer * n_costs;
    const int64_t stride = (int64_t)problem->n_offers * n_costs;
    if (groups)
        for (int64_t i = 0; i < n; i++) scores[i] = values[i] - at[groups[i] * stride];
    else
        for (int64_t i = 0; i < n; i++) scores[i] = values[i] - at[0];
    for (int32_t c = 1; c < n_costs; c++) {
        const double *costs = &block->costs[((int64_t)offer * (n_costs - 1) + c - 1) * CPN_OFFERS_BLOCK];
        if (groups)
            for (int64_t i = 0; i < n; i++) scores[i] -= costs[i] * at[groups[i] * stride + c];
        else
            for (int64_t i = 0; i < n; i++) scores[i] -= costs[i] * at[c];
    }
}

void cpn_offers_block_choose(cpn_offers_block *block, const cpn_offers_problem *problem, const double *prices,
                             int64_t first, int64_t n)
{
    double scores[CPN_OFFERS_BLOCK], at[CPN_OFFERS_BLOCK]; /* the offer as a double: loops of one width */
    const double nothing = problem->knobs.given.is_exact ? -INFINITY : 0.0;
    for (int64_t i = 0; i < n; i++) {
        block->best[i] = nothing;
        block->second[i] = -INFINITY;
        at[i] = -1;
    }
    for (int32_t k = 0; k < problem->n_offers; k++) {
        score_offer(scores, block, problem, prices, k, problem->groups ? problem->groups + first : NULL, n);
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
