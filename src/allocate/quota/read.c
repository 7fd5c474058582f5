/* Reads the cells of a quota: their keys, in order, their weights and bounds, and the unit of amounts. */
#include <stdio.h>
#include <string.h>

#include "allocate/quota/quota.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/text.h"

#define AMOUNT (CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY) | CPN_ANY_INT)

/* ---- The unit of amounts ----------------------------------------------------------------------------------------- */

campaign_status cpn_quota_take_unit(cpn_quota_problem *problem, const campaign_column *column, const char *where,
                                    campaign_error *error)
{
    if (column->type == 0 || column->type == CAMPAIGN_TYPE_FLOAT64) return CAMPAIGN_OK;
    const bool is_money = column->type == CAMPAIGN_TYPE_MONEY;
    if (!problem->is_unit_known) {
        problem->is_unit_known = true;
        problem->is_money = is_money;
        if (is_money) memcpy(problem->currency, column->currency, sizeof problem->currency);
        problem->exponent = problem->shown_decimals = is_money ? column->exponent : 0;
        return CAMPAIGN_OK;
    }
    if (is_money != problem->is_money)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, where, "column \"%s\" is %s, the amounts before it are %s",
                        column->name, is_money ? "money" : "a count", is_money ? "counts" : "money");
    if (!is_money || (strcmp(column->currency, problem->currency) == 0 && column->exponent == problem->exponent))
        return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_COLUMN, where,
                    "column \"%s\" is in %s with %ld decimals, the amounts before it in %s with %ld", column->name,
                    column->currency, (long)column->exponent, problem->currency, (long)problem->exponent);
}

/* What the options say of the unit goes first; the currency's exponent follows the first column in it. */
static campaign_status take_currency(cpn_quota_problem *problem, const campaign_column *columns, int32_t n,
                                     campaign_error *error)
{
    const char *currency = problem->knobs.given.currency;
    if (!currency) return CAMPAIGN_OK;
    problem->is_unit_known = problem->is_money = true;
    (void)campaign_currency_exponent(&problem->exponent, currency, error); /* the knobs know it */
    memcpy(problem->currency, currency, sizeof problem->currency);
    for (int32_t i = 0; i < n; i++)
        if (columns[i].type == CAMPAIGN_TYPE_MONEY && strcmp(columns[i].currency, currency) == 0)
            problem->exponent = columns[i].exponent;
    return CAMPAIGN_OK;
}

campaign_status cpn_quota_amount(int64_t *amount, const campaign_column *column, int64_t row, const char *where,
                                 campaign_error *error)
{
    if (cpn_is_null(column, row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where, "%s is null", column->name);
    *amount = cpn_cell_int64(column, row);
    if (*amount >= 0 && *amount <= CAMPAIGN_QUOTA_MAX) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "%s is %lld, expected 0 to %lld", column->name,
                        (long long)*amount, (long long)CAMPAIGN_QUOTA_MAX);
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

void cpn_quota_key_text(char text[CPN_QUOTA_KEY_TEXT], const cpn_quota_problem *problem, int32_t dimension,
                        int32_t code)
{
    const cpn_quota_dimension *at = &problem->dimensions[dimension];
    (void)cpn_format_cell(text, CPN_QUOTA_KEY_TEXT, &at->column, at->keys.first_rows[code]);
}

void cpn_quota_cell_text(char text[CPN_QUOTA_PATH_TEXT], const cpn_quota_problem *problem, int64_t cell,
                         int32_t n_dimensions)
{
    size_t length = 0;
    text[0] = '\0';
    for (int32_t d = 0; d < n_dimensions; d++) {
        char key[CPN_QUOTA_KEY_TEXT + 4] = " / ";
        cpn_quota_key_text(key + 3, problem, d, problem->dimensions[d].codes[cell]);
        const char *piece = d > 0 ? key : key + 3;
        const size_t n = cpn_utf8_cut(piece, strlen(piece), CPN_QUOTA_PATH_TEXT - 1 - length);
        memcpy(text + length, piece, n);
        length += n;
        text[length] = '\0';
    }
}

static campaign_status find_dimensions(cpn_quota_problem *problem, const campaign_table *cells, campaign_error *error)
{
    static const char *const usual[] = { "row", "column" };
    const campaign_allocate_quota_options *given = &problem->knobs.given;
    const bool is_flat = given->kind == CAMPAIGN_QUOTA_SPLIT && campaign_table_find(cells, "cell") >= 0;
    if (given->kind == CAMPAIGN_QUOTA_SPLIT && given->n_dimensions <= 0 && !is_flat &&
        campaign_table_find(cells, "row") < 0)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, "cells.cell",
                        "there is no column \"cell\", nor \"row\" and \"column\": name the key columns in dimensions");
    problem->n_dimensions = given->n_dimensions > 0 ? given->n_dimensions : is_flat ? 1 : 2;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t d = 0; d < problem->n_dimensions && status == CAMPAIGN_OK; d++) {
        const char *name = given->n_dimensions > 0 ? given->dimensions[d] : is_flat ? "cell" : usual[d];
        status = cpn_need_column(&problem->dimensions[d].column, cells, "cells", name, name, CPN_ANY_KEY, error);
    }
    return status;
}

static campaign_status refuse_null(const cpn_quota_dimension *at, int64_t row, campaign_error *error)
{
    char where[96];
    (void)snprintf(where, sizeof where, "cells.%.80s", at->column.name);
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where, "the key %.80s is null", at->column.name);
}

static campaign_status make_keys(cpn_quota_problem *problem, const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t d = 0; d < problem->n_dimensions && status == CAMPAIGN_OK; d++) {
        cpn_quota_dimension *at = &problem->dimensions[d];
        status = cpn_keys_create(&at->keys, &at->column, runtime, error);
        for (int64_t row = 0; row < problem->n_cells && status == CAMPAIGN_OK; row++)
            if (at->keys.codes[row] < 0) status = refuse_null(at, row, error);
    }
    return status;
}

/* The keys of a row as one number, in key order; false where there are too many combinations. */
static bool number_rows(int64_t *numbers, const cpn_quota_problem *problem)
{
    for (int64_t row = 0; row < problem->n_cells; row++) {
        int64_t number = 0;
        for (int32_t d = 0; d < problem->n_dimensions; d++) {
            const cpn_keys *keys = &problem->dimensions[d].keys;
            if (!cpn_mul64(&number, number, keys->n_keys) || !cpn_add64(&number, number, keys->codes[row]))
                return false;
        }
        numbers[row] = number;
    }
    return true;
}

static campaign_status refuse_duplicate(const cpn_quota_problem *problem, int64_t cell, campaign_error *error)
{
    char text[CPN_QUOTA_PATH_TEXT];
    cpn_quota_cell_text(text, problem, cell, problem->n_dimensions);
    return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, problem->rows[cell], "cells", "cell %.120s stands twice", text);
}

static campaign_status order_cells(cpn_quota_problem *problem, int64_t *numbers, campaign_error *error)
{
    if (!number_rows(numbers, problem))
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "cells", "the keys have more than 2^63 combinations");
    if (!cpn_order_int64(problem->rows, numbers, problem->n_cells)) return cpn_fail_nomem(error);
    for (int32_t d = 0; d < problem->n_dimensions; d++)
        for (int64_t cell = 0; cell < problem->n_cells; cell++)
            problem->dimensions[d].codes[cell] = problem->dimensions[d].keys.codes[problem->rows[cell]];
    for (int64_t cell = 1; cell < problem->n_cells; cell++)
        if (numbers[problem->rows[cell]] == numbers[problem->rows[cell - 1]])
            return refuse_duplicate(problem, cell, error);
    return CAMPAIGN_OK;
}

/* ---- Bounds ------------------------------------------------------------------------------------------------------ */

enum { MINIMUM, MAXIMUM, LOCKED, N_AMOUNTS };
static const char *const amount_names[N_AMOUNTS] = { "minimum", "maximum", "locked" };
static const char *const amount_places[N_AMOUNTS] = { "cells.minimum", "cells.maximum", "cells.locked" };

static campaign_status take_lock(cpn_quota_problem *problem, int64_t cell, int64_t locked, campaign_error *error)
{
    char text[CPN_QUOTA_PATH_TEXT];
    cpn_quota_cell_text(text, problem, cell, problem->n_dimensions);
    if (locked < problem->minimum[cell])
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, problem->rows[cell], amount_places[LOCKED],
                            "cell %.100s is locked at %lld, its minimum is %lld", text, (long long)locked,
                            (long long)problem->minimum[cell]);
    if (locked > problem->maximum[cell])
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, problem->rows[cell], amount_places[LOCKED],
                            "cell %.100s is locked at %lld, its maximum is %lld", text, (long long)locked,
                            (long long)problem->maximum[cell]);
    problem->minimum[cell] = problem->maximum[cell] = locked;
    problem->is_locked[cell] = true;
    return CAMPAIGN_OK;
}

static campaign_status read_bounds(cpn_quota_problem *problem, const campaign_column amounts[N_AMOUNTS], int64_t cell,
                                   campaign_error *error)
{
    const int64_t row = problem->rows[cell];
    int64_t found[N_AMOUNTS] = { 0, INT64_MAX, -1 };
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < N_AMOUNTS && status == CAMPAIGN_OK; i++)
        if (amounts[i].type != 0 && !cpn_is_null(&amounts[i], row))
            status = cpn_quota_amount(&found[i], &amounts[i], row, amount_places[i], error);
    if (status != CAMPAIGN_OK) return status;
    problem->minimum[cell] = found[MINIMUM];
    problem->maximum[cell] = found[MAXIMUM];
    if (found[MAXIMUM] < found[MINIMUM])
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, amount_places[MAXIMUM], "maximum %lld is below minimum %lld",
                            (long long)found[MAXIMUM], (long long)found[MINIMUM]);
    return found[LOCKED] < 0 ? CAMPAIGN_OK : take_lock(problem, cell, found[LOCKED], error);
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

static bool make_room(cpn_quota_problem *problem)
{
    const int64_t n = problem->n_cells;
    for (int32_t d = 0; d < problem->n_dimensions; d++) {
        problem->dimensions[d].codes = cpn_alloc(n, sizeof *problem->dimensions[d].codes);
        if (!problem->dimensions[d].codes) return false;
    }
    problem->rows = cpn_alloc(n, sizeof *problem->rows);
    problem->weights = cpn_alloc(n, sizeof *problem->weights);
    problem->values = cpn_alloc(n, sizeof *problem->values);
    problem->minimum = cpn_alloc(n, sizeof *problem->minimum);
    problem->maximum = cpn_alloc(n, sizeof *problem->maximum);
    problem->is_locked = cpn_alloc_zero(n, sizeof *problem->is_locked);
    problem->quotas = cpn_alloc_zero(n, sizeof *problem->quotas);
    problem->shares = cpn_alloc_zero(n, sizeof *problem->shares);
    problem->reals = cpn_alloc_zero(n, sizeof *problem->reals);
    problem->tied_low = cpn_alloc(n, sizeof *problem->tied_low);
    if (!problem->tied_low) return false;
    for (int64_t cell = 0; cell < n; cell++) problem->tied_low[cell] = -1;
    return problem->rows && problem->weights && problem->values && problem->minimum && problem->maximum &&
           problem->is_locked && problem->quotas && problem->shares && problem->reals;
}

static campaign_status read_order(cpn_quota_problem *problem, const campaign_runtime *runtime, campaign_error *error)
{
    if (!make_room(problem)) return cpn_fail_nomem(error);
    campaign_status status = make_keys(problem, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    int64_t *numbers = cpn_alloc(problem->n_cells, sizeof *numbers);
    status = numbers ? order_cells(problem, numbers, error) : cpn_fail_nomem(error);
    cpn_free(numbers);
    return status;
}

campaign_status cpn_quota_read(cpn_quota_problem *problem, const campaign_allocate_quota_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error)
{
    campaign_column weight, amounts[N_AMOUNTS];
    problem->n_cells = campaign_table_n_rows(inputs->cells);
    problem->is_converged = true;
    campaign_status status = find_dimensions(problem, inputs->cells, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&weight, inputs->cells, "cells", problem->knobs.given.weight, "weight",
                                 CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | AMOUNT, error);
    for (int32_t i = 0; i < N_AMOUNTS && status == CAMPAIGN_OK; i++)
        status = cpn_find_column(&amounts[i], inputs->cells, "cells", NULL, amount_names[i], AMOUNT, error);
    if (status == CAMPAIGN_OK) status = take_currency(problem, amounts, N_AMOUNTS, error);
    for (int32_t i = 0; i < N_AMOUNTS && status == CAMPAIGN_OK; i++)
        status = cpn_quota_take_unit(problem, &amounts[i], amount_places[i], error);
    problem->shown_decimals = problem->exponent;
    if (status == CAMPAIGN_OK) status = read_order(problem, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_quota_read_weights(problem, &weight, error);
    for (int64_t cell = 0; cell < problem->n_cells && status == CAMPAIGN_OK; cell++)
        status = read_bounds(problem, amounts, cell, error);
    return status;
}

void cpn_quota_free(cpn_quota_problem *problem)
{
    for (int32_t d = 0; d < problem->n_dimensions; d++) {
        cpn_keys_free(&problem->dimensions[d].keys);
        cpn_free(problem->dimensions[d].codes);
    }
    cpn_free(problem->rows);
    cpn_free(problem->weights);
    cpn_free(problem->values);
    cpn_free(problem->minimum);
    cpn_free(problem->maximum);
    cpn_free(problem->is_locked);
    cpn_free(problem->quotas);
    cpn_free(problem->shares);
    cpn_free(problem->reals);
    cpn_free(problem->tied_low);
    cpn_free(problem->ties);
    *problem = (cpn_quota_problem){ 0 };
}
