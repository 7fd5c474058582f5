/* Which rows a choice uses, for each offer and each group of customers; and sums of costs as whole steps. */
#include <math.h>
#include <stdio.h>

#include "allocate/offers/offers.h"
#include "base/checked.h"
#include "base/memory.h"

/* What a row demands: of each attribute a key, or any. */
typedef struct row_keys {
    int32_t offer;                          /* -1 = any */
    int32_t numbers[CPN_OFFERS_ATTRIBUTES]; /* -1 = any */
} row_keys;

static campaign_status read_keys(row_keys *keys, const cpn_offers_problem *problem, const cpn_offers_row *row,
                                 campaign_error *error)
{
    campaign_column offers = CAMPAIGN_COLUMN_INIT;
    keys->offer = row->stock_offer;
    for (int32_t a = 0; a < problem->n_attributes; a++) keys->numbers[a] = -1;
    if (row->budget_row < 0) return CAMPAIGN_OK;
    const campaign_status status = cpn_find_column(&offers, problem->inputs->budgets, "budgets", NULL,
                                                   problem->knobs.given.offer, CPN_ANY_KEY, error);
    if (status != CAMPAIGN_OK) return status;
    if (offers.type && !cpn_is_null(&offers, row->budget_row)) {
        cpn_offers_key key;
        cpn_offers_cell_key(&key, &offers, row->budget_row);
        keys->offer = cpn_offers_find(&problem->offer_names, key.text, key.length);
        if (keys->offer < 0)
            return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row->budget_row, "budgets.offer",
                                "there is no offer \"%.*s\"", (int)(key.length < 80 ? key.length : 80), key.text);
    }
    for (int32_t a = 0; a < problem->n_attributes; a++) {
        const cpn_offers_attribute *attribute = &problem->attributes[a];
        if (!cpn_is_null(&attribute->budgets, row->budget_row))
            keys->numbers[a] = cpn_offers_find_cell(&attribute->named, &attribute->budgets, row->budget_row);
    }
    return CAMPAIGN_OK;
}

static bool holds_offer(const cpn_offers_problem *problem, const row_keys *keys, int32_t offer)
{
    if (keys->offer >= 0 && keys->offer != offer) return false;
    for (int32_t a = 0; a < problem->n_attributes; a++)
        if (!problem->attributes[a].is_of_customer && keys->numbers[a] >= 0 &&
            problem->attributes[a].offer_keys[offer] != keys->numbers[a])
            return false;
    return true;
}

static bool holds_group(const cpn_offers_problem *problem, const row_keys *keys, int64_t group)
{
    for (int32_t a = 0; a < problem->n_attributes; a++) {
        const cpn_offers_attribute *attribute = &problem->attributes[a];
        if (!attribute->is_of_customer || keys->numbers[a] < 0) continue;
        if (group / attribute->stride % (attribute->named.n + INT64_C(1)) != keys->numbers[a]) return false;
    }
    return true;
}

/* Calls for each cell that a row holds: counts where uses is NULL, otherwise writes at the ends of cells. */
static void mark_cells(cpn_offers_problem *problem, int64_t *at, int32_t row, const row_keys *keys)
{
    const int32_t first = keys->offer >= 0 ? keys->offer : 0;
    const int32_t last = keys->offer >= 0 ? keys->offer : problem->n_offers - 1;
    for (int64_t g = 0; g < problem->n_groups; g++) {
        if (!holds_group(problem, keys, g)) continue;
        for (int32_t k = first; k <= last; k++) {
            if (!holds_offer(problem, keys, k)) continue;
            const int64_t cell = cpn_offers_cell(problem, g, k);
            if (problem->uses) problem->uses[at[cell]] = (cpn_offers_use){ row, problem->rows[row].cost };
            at[cell]++;
        }
    }
}

static campaign_status mark_rows(cpn_offers_problem *problem, int64_t *at, campaign_error *error)
{
    for (int32_t r = 0; r < problem->n_rows; r++) {
        row_keys keys;
        const campaign_status status = read_keys(&keys, problem, &problem->rows[r], error);
        if (status != CAMPAIGN_OK) return status;
        mark_cells(problem, at, r, &keys);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_offers_make_uses(cpn_offers_problem *problem, campaign_error *error)
{
    const int64_t n_cells = problem->n_groups * problem->n_offers;
    int64_t *at = cpn_alloc_zero(n_cells + 1, sizeof *at);
    problem->use_starts = cpn_alloc(n_cells + 1, sizeof *problem->use_starts);
    campaign_status status = at && problem->use_starts ? mark_rows(problem, at, error) : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        int64_t sum = 0;
        for (int64_t cell = 0; cell <= n_cells; cell++) {
            problem->use_starts[cell] = sum;
            if (cell < n_cells) sum += at[cell];
            at[cell] = problem->use_starts[cell];
        }
        problem->uses = cpn_alloc(sum, sizeof *problem->uses);
        status = problem->uses ? mark_rows(problem, at, error) : cpn_fail_nomem(error);
        int64_t most = 0;
        for (int64_t cell = 0; cell < n_cells; cell++) {
            const int64_t n = problem->use_starts[cell + 1] - problem->use_starts[cell];
            most = n > most ? n : most;
        }
        problem->most_changes = (int32_t)(2 * most);
    }
    cpn_free(at);
    return status;
}

double cpn_offers_common(double common, double cost, double fine)
{
    if (common < 0 || cost < 0) return -1;
    while (cost > 0) {
        if (cost < fine) return -1; /* and so is every number that it is a multiple of */
        const double rest = fmod(common, cost);
        common = cost;
        cost = rest;
    }
    return common;
}

/* Costs that are whole multiples of one number never use more of an amount than such a multiple. */
static int64_t usable_steps(const cpn_offers_problem *problem, const cpn_offers_row *row)
{
    const cpn_offers_cost *cost = &problem->costs[row->cost];
    if (row->cost == 0 || cost->common <= 0) return row->amount;
    const int64_t common = cpn_offers_steps(problem, row->cost, cost->common);
    const bool is_whole = (double)common / cost->steps == cost->common || cost->common == cost->most;
    return is_whole && common > 0 ? row->amount - row->amount % common : row->amount;
}

/* Steps of a float: the largest power of two for which a cell fits 2^52 and all of them together 2^61. */
static double float_steps(double most, double n)
{
    double steps = 1;
    if (most <= 0) return 1;
    while (most * steps > 4503599627370496.0 || most * n * steps > 2305843009213693952.0) steps /= 2;
    while (most * steps * 2 <= 4503599627370496.0 && most * n * steps * 2 <= 2305843009213693952.0 &&
           steps < 1.7976931348623157e308 / 4)
        steps *= 2;
    return steps;
}

static void settle_amount(cpn_offers_row *row, const cpn_offers_cost *cost)
{
    /* Decimals are not doubles: 0.1 + 0.2 must fit into 0.3, so an amount gets the rounding of both sides on top. */
    const double steps = floor(row->raw_amount * cost->steps * (1 + 2.5e-16) + 0.5);
    row->amount = steps < 4611686018427387904.0 ? (int64_t)steps : INT64_C(4611686018427387904);
    row->raw_amount = (double)row->amount / cost->steps;
}

campaign_status cpn_offers_settle_costs(cpn_offers_problem *problem, campaign_error *error)
{
    double n = 0;
    if (problem->has_money_values && problem->value_most > 9007199254740992.0)
        return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "pairs.value", "a value passes 2^53 minor units");
    const int32_t *mosts = cpn_offers_mosts(problem);
    for (int64_t c = 0; mosts && c < problem->n_customers; c++) n += mosts[c];
    if (!mosts) n = (double)problem->n_customers * problem->knobs.given.most;
    if (problem->value_unit == 0) problem->value_unit = 1;
    problem->cost_unit = problem->has_money_costs ? (double)cpn_power_of_ten(problem->cost_exponent) : 1;
    for (int32_t c = 1; c < problem->n_costs; c++) {
        cpn_offers_cost *cost = &problem->costs[c];
        char where[96];
        (void)snprintf(where, sizeof where, "pairs.%.80s", cost->name);
        if (problem->has_money_costs && (cost->most > 9007199254740992.0 || cost->most * n > 4611686018427387904.0))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, where,
                            "%lld customers with costs of up to %lld minor units may pass 2^62 together",
                            (long long)problem->n_customers, (long long)cost->most);
        if (!problem->has_money_costs) cost->steps = float_steps(cost->most, n > 1 ? n : 1);
    }
    for (int32_t r = 0; r < problem->n_rows; r++) {
        cpn_offers_row *row = &problem->rows[r];
        const double given = row->raw_amount;
        if (row->cost > 0 && !problem->has_money_costs) settle_amount(row, &problem->costs[row->cost]);
        if (row->amount > INT64_C(4611686018427387904)) row->amount = INT64_C(4611686018427387904);
        const bool is_fractional = problem->knobs.given.is_fractional;
        const int64_t usable = is_fractional ? row->amount : usable_steps(problem, row);
        row->raw_amount = (double)usable / problem->costs[row->cost].steps;
        if (row->cost > 0 && !problem->has_money_costs && is_fractional) row->raw_amount = given;
    }
    return CAMPAIGN_OK;
}
