/* Weights as integers: what is whole stays, decimals are scaled by one power of ten for all cells. */
#include "allocate/quota/quota.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"

enum { MOST_DECIMALS = 18 };

static campaign_status refuse_sum(int64_t row, campaign_error *error)
{
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "cells.weight", "the weights add up to more than %lld",
                        (long long)CAMPAIGN_QUOTA_MAX);
}

static campaign_status read_integers(cpn_quota_problem *problem, const campaign_column *column, campaign_error *error)
{
    const double scale = column->type == CAMPAIGN_TYPE_MONEY ? (double)cpn_power_of_ten(column->exponent) : 1;
    int64_t sum = 0;
    problem->weight_decimals = column->type == CAMPAIGN_TYPE_MONEY ? column->exponent : 0;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        const int64_t row = problem->rows[cell];
        if (cpn_is_null(column, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "cells.weight", "weight is null");
        const int64_t weight = cpn_cell_int64(column, row);
        if (weight < 0)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "cells.weight", "weight is %lld, expected 0 or more",
                                (long long)weight);
        if (!cpn_add64(&sum, sum, weight) || sum > CAMPAIGN_QUOTA_MAX) return refuse_sum(row, error);
        problem->weights[cell] = weight;
        problem->values[cell] = (double)weight / scale;
    }
    return CAMPAIGN_OK;
}

/* Copies and checks the numbers; *sum and *decimals receive their sum and the most digits after the point. */
static campaign_status read_doubles(cpn_quota_problem *problem, const campaign_column *column, double *sum,
                                    int32_t *decimals, campaign_error *error)
{
    *sum = 0;
    *decimals = 0;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        const int64_t row = problem->rows[cell];
        if (cpn_is_null(column, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "cells.weight", "weight is null");
        const double value = ((const double *)column->values)[row];
        if (!(value >= 0 && value <= 1.7e308)) {
            char text[CPN_NUMBER_TEXT];
            (void)cpn_format_double(text, value);
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "cells.weight",
                                "weight is %s, expected a number of 0 or more", text);
        }
        problem->values[cell] = value;
        *sum += value;
        if (*sum > (double)CAMPAIGN_QUOTA_MAX) return refuse_sum(row, error);
        const int32_t mine = cpn_quota_decimals(value);
        if (mine > *decimals) *decimals = mine;
    }
    return CAMPAIGN_OK;
}

static void scale_weight(cpn_quota_problem *problem, int64_t cell)
{
    int64_t whole, part;
    if (!cpn_quota_decimal(&whole, &part, problem->values[cell], problem->weight_decimals))
        problem->n_rounded_weights++;
    problem->weights[cell] = whole * cpn_power_of_ten(problem->weight_decimals) + part;
    /* A weight that is lost by rounding still tells that the cell may hold something. */
    if (problem->weights[cell] == 0 && problem->values[cell] > 0) problem->weights[cell] = 1;
}

campaign_status cpn_quota_read_weights(cpn_quota_problem *problem, const campaign_column *column, campaign_error *error)
{
    problem->weight_type = column->type;
    if (column->type != CAMPAIGN_TYPE_FLOAT64) return read_integers(problem, column, error);
    double sum;
    int32_t decimals;
    campaign_status status = read_doubles(problem, column, &sum, &decimals, error);
    if (status != CAMPAIGN_OK) return status;
    if (decimals > MOST_DECIMALS) decimals = MOST_DECIMALS;
    /* Each weight may be rounded up by one unit, and a lost one counts as one. */
    const double room = 3.9e18 - (double)problem->n_cells;
    while (decimals > 0 && sum * (double)cpn_power_of_ten(decimals) > room) decimals--;
    problem->weight_decimals = decimals;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) scale_weight(problem, cell);
    return CAMPAIGN_OK;
}
