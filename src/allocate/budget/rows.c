/* Rows beyond the tree: ratios between groups, and a target. Each has a multiplier that is added to the prices of the
 * groups it names, or weighs values against spends; the tree is then settled exactly under them. One row alone is met by
 * a bracket of its multiplier; the relaxed spends on both sides are mixed so that it holds. */
#include <math.h>
#include <string.h>

#include "allocate/budget/parts.h"
#include "base/number.h"
#include "base/parallel.h"

enum { MOST_ROUNDS = 160, PARALLEL_CHUNKS = 8 };
static const double least_factor = 1e-200; /* values count at least that much */
static const double most_growth = 1e15;    /* of a multiplier, beyond what is usual */

/* ---- What rows ask for ------------------------------------------------------------------------------------------- */

double cpn_spend_group_total(const cpn_spend_search *search, int32_t node, const double *spends)
{
    cpn_spend_sum sum = { 0, 0 };
    const int64_t end = search->nodes[search->nodes[node].end - 1].end_seat;
    for (int64_t s = search->nodes[node].first_seat; s < end; s++) cpn_spend_add(&sum, spends[s]);
    return cpn_spend_sum_of(&sum);
}

typedef struct response_round {
    const cpn_spend_search *search;
    const double *spends;
    bool is_envelope;
} response_round;

static campaign_status sum_responses(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const response_round *round = ctx;
    const cpn_spend_search *search = round->search;
    (void)chunk;
    for (int64_t c = first; c < last; c++) {
        cpn_spend_chunk *at = &search->chunks[c];
        cpn_spend_sum sum = { 0, 0 };
        for (int64_t s = at->first; s < at->end; s++) {
            const cpn_spend_seat *seat = &search->seats[s];
            const double x = round->spends[s];
            if (round->is_envelope)
                cpn_spend_add(&sum, cpn_spend_envelope(search->problem, seat, &search->legs[seat->first_leg], x));
            else
                cpn_spend_add(&sum, seat->item->value * cpn_spend_look(search->problem, seat->item, x).value);
        }
        at->least = cpn_spend_sum_of(&sum);
    }
    return CAMPAIGN_OK;
}

double cpn_spend_response_of(const cpn_spend_search *search, const double *spends, bool is_envelope)
{
    response_round round = { search, spends, is_envelope };
    /* nothing here can fail, and cancelling waits for a call that tells of it */
    const campaign_runtime quiet = { .size = sizeof quiet, .n_threads = cpn_n_threads(search->runtime) };
    if (search->n_chunks >= PARALLEL_CHUNKS)
        (void)cpn_parallel_for(search->n_chunks, 1, sum_responses, &round, "responses", &quiet, NULL);
    else
        (void)sum_responses(&round, 0, 0, search->n_chunks);
    cpn_spend_sum sum = { 0, 0 };
    for (int32_t c = 0; c < search->n_chunks; c++) cpn_spend_add(&sum, search->chunks[c].least);
    return cpn_spend_sum_of(&sum);
}

double cpn_spend_residual(const cpn_spend_search *search, int32_t row, const double *spends, bool is_envelope)
{
    const cpn_spend_row *at = &search->rows[row];
    if (at->ratio >= 0)
        return at->sign * (cpn_spend_group_total(search, at->node, spends) -
                           at->share * cpn_spend_group_total(search, at->of_node, spends));
    const double response = cpn_spend_response_of(search, spends, is_envelope);
    if (search->problem->objective == CPN_SPEND_LEAST_SPEND) return search->problem->target - response;
    return search->problem->target * cpn_spend_group_total(search, 0, spends) - response;
}

double cpn_spend_row_size(const cpn_spend_search *search, int32_t row)
{
    const cpn_spend_row *at = &search->rows[row];
    if (at->ratio >= 0)
        return cpn_spend_group_total(search, at->node, search->spends) +
               at->share * cpn_spend_group_total(search, at->of_node, search->spends);
    if (search->problem->objective == CPN_SPEND_LEAST_SPEND) return fabs(search->problem->target);
    return fabs(search->problem->target) * cpn_spend_group_total(search, 0, search->spends);
}

double cpn_spend_row_near(const cpn_spend_search *search, int32_t row)
{
    const double most = search->nodes[0].maximum;
    return search->rows[row].ratio >= 0 && cpn_is_finite(most) ? 1e-14 * most : 0;
}

double cpn_spend_unit_near(const cpn_spend_search *search, int32_t row, const double *spends)
{
    const cpn_spend_row *at = &search->rows[row];
    const double owed = at->share * cpn_spend_group_total(search, at->of_node, spends);
    return CPN_SPEND_UNIT_NEAR * search->problem->unit + 4 * DBL_EPSILON * owed;
}

double cpn_spend_objective_of(const cpn_spend_search *search, const double *spends, bool is_envelope)
{
    const cpn_spend_problem *problem = search->problem;
    const double spend = cpn_spend_group_total(search, 0, spends);
    switch ((cpn_spend_objective)problem->objective) {
    case CPN_SPEND_LEAST_SPEND: return -spend;
    case CPN_SPEND_PROFIT: return cpn_spend_response_of(search, spends, is_envelope) - spend;
    case CPN_SPEND_MARGINAL: return cpn_spend_response_of(search, spends, is_envelope) - problem->target * spend;
    case CPN_SPEND_RESPONSE:
    case CPN_SPEND_AVERAGE: break;
    }
    return cpn_spend_response_of(search, spends, is_envelope);
}

bool cpn_spend_is_closed(const cpn_spend_search *search, double bound)
{
    return bound < search->least_value || bound <= (search->is_frozen ? search->best_value : search->stop);
}

/* ---- One round --------------------------------------------------------------------------------------------------- */

/* Weights of values and spends, and the offsets of groups, all divided by the weight of values. */
static void set_weights(cpn_spend_search *search)
{
    const cpn_spend_problem *problem = search->problem;
    const double wish = search->n_rows > 0 ? search->multipliers[search->n_rows - 1] : 0;
    double price = 0;
    search->factor = 1;
    switch ((cpn_spend_objective)problem->objective) {
    case CPN_SPEND_RESPONSE: break;
    case CPN_SPEND_PROFIT: price = 1; break;
    case CPN_SPEND_MARGINAL: price = problem->target; break;
    case CPN_SPEND_LEAST_SPEND:
        search->factor = wish > least_factor ? wish : least_factor;
        price = 1;
        break;
    case CPN_SPEND_AVERAGE:
        search->factor = 1 + wish;
        price = wish * problem->target;
        break;
    }
    search->base = price / search->factor;
    for (int32_t i = 0; i < search->n_nodes; i++) search->nodes[i].offset = 0;
    for (int32_t r = 0; r < search->n_rows; r++) {
        const cpn_spend_row *row = &search->rows[r];
        if (row->ratio < 0) continue;
        const double charge = row->sign * search->multipliers[r] / search->factor;
        search->nodes[row->node].offset += charge;
        search->nodes[row->of_node].offset -= charge * row->share;
    }
}

campaign_status cpn_spend_price_rows(cpn_spend_search *search, double *dual, double *residuals, campaign_error *error)
{
    set_weights(search);
    campaign_status status = cpn_spend_settle(search, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_fill(search, error);
    if (status == CAMPAIGN_OK && !search->is_frozen) status = cpn_spend_dual(search, dual, error);
    if (status != CAMPAIGN_OK) return status;
    if (search->is_frozen) *dual = INFINITY;
    *dual *= search->factor;
    if (search->problem->objective == CPN_SPEND_LEAST_SPEND) {
        const double owed = search->factor * search->problem->target;
        *dual += 4 * DBL_EPSILON * (fabs(*dual) + fabs(owed)) - owed;
    }
    for (int32_t r = 0; r < search->n_rows; r++) {
        residuals[r] = cpn_spend_residual(search, r, search->spends, true);
        *dual += fabs(search->multipliers[r]) * cpn_spend_row_slack(search, r);
    }
    return CAMPAIGN_OK;
}

/* ---- One row ----------------------------------------------------------------------------------------------------- */

/* The multiplier is direction × size; more of it lessens miss. */
typedef struct row_search {
    cpn_spend_search *search;
    double direction;
    double sizes[2], misses[2]; /* too small, too large a multiplier */
    double weights[2];          /* of misses in the next step: halved where one side stays (Illinois) */
    bool has_large, is_met;
    double best; /* multiplier of the bound */
} row_search;

/* A round at a size; keeps its spends on the side where they belong. */
static campaign_status try_size(row_search *at, double size, campaign_error *error)
{
    cpn_spend_search *search = at->search;
    double dual, residual;
    search->multipliers[0] = at->direction * size;
    const campaign_status status = cpn_spend_price_rows(search, &dual, &residual, error);
    if (status != CAMPAIGN_OK) return status;
    if (dual < search->bound) {
        search->bound = dual;
        at->best = search->multipliers[0];
    }
    double miss = at->direction * residual;
    const double slack = cpn_spend_row_slack(search, 0);
    miss = size > 0 || miss > slack ? miss - slack : miss < -slack ? miss + slack : 0;
    const int32_t side = miss > 0 ? 0 : 1;
    at->is_met = fabs(miss) <= 1e-13 * cpn_spend_row_size(search, 0) + 0.01 * cpn_spend_row_near(search, 0) ||
                 (size == 0 && side == 1);
    at->has_large |= side == 1;
    at->sizes[side] = size;
    at->misses[side] = miss;
    at->weights[side] = 1;
    at->weights[1 - side] /= 2;
    memcpy(search->sides[side], search->spends, (size_t)search->n_seats * sizeof *search->spends);
    return CAMPAIGN_OK;
}

static bool is_close(const row_search *at)
{
    const double width = at->sizes[1] - at->sizes[0], jump = at->misses[0] - at->misses[1];
    const double value = at->search->is_frozen ? at->search->size : fabs(at->search->bound);
    return width * jump <= 1e-14 * value || nextafter(at->sizes[0], INFINITY) >= at->sizes[1];
}

static bool is_done(const row_search *at)
{
    return at->is_met || cpn_spend_is_closed(at->search, at->search->bound);
}

static double next_size(const row_search *at, int32_t round)
{
    const double low = at->sizes[0], high = at->sizes[1];
    const double a = at->misses[0] * at->weights[0], b = -at->misses[1] * at->weights[1];
    double size = low + (high - low) * (a / (a + b));
    if (round % 4 == 3) size = low > 0 && high > 4 * low ? sqrt(low) * sqrt(high) : low + (high - low) / 2;
    if (!(size > low && size < high)) size = low > 0 ? sqrt(low) * sqrt(high) : high / 1024;
    return size > low && size < high ? size : low + (high - low) / 2;
}

static double first_size(const cpn_spend_search *search, double hint)
{
    const double usual = search->usual;
    const cpn_spend_objective objective = (cpn_spend_objective)search->problem->objective;
    if (hint != 0 && cpn_is_finite(hint)) return fabs(hint);
    if (search->rows[0].ratio >= 0) return usual / 8;
    return objective == CPN_SPEND_LEAST_SPEND ? 1 / usual : 1;
}

/* Grows the multiplier until the row is kept with room to spare; never is where it cannot be kept. */
static campaign_status reach_over(row_search *at, double hint, campaign_error *error)
{
    const double usual = first_size(at->search, 0);
    double size = first_size(at->search, fabs(hint) < most_growth * usual ? hint : 0),
           growth = hint != 0 ? 1.0 / 64 : 3;
    campaign_status status = CAMPAIGN_OK;
    while (status == CAMPAIGN_OK && !is_done(at) && !at->has_large && size < most_growth * usual) {
        status = try_size(at, size, error);
        size *= 1 + growth;
        growth *= 4;
    }
    return status;
}

/* A hint is worth a step below it too. */
static campaign_status reach_under(row_search *at, double hint, campaign_error *error)
{
    double size = at->sizes[1], shrink = hint != 0 ? 1.0 / 64 : 3;
    campaign_status status = CAMPAIGN_OK;
    while (status == CAMPAIGN_OK && !is_done(at) && at->sizes[0] == 0 && size > 1e-150) {
        size /= 1 + shrink;
        shrink *= 4;
        status = try_size(at, size, error);
    }
    return status;
}

static void mix_sides(const row_search *at)
{
    cpn_spend_search *search = at->search;
    const double whole = at->misses[0] - at->misses[1], share = -at->misses[1] / whole;
    for (int64_t s = 0; s < search->n_seats; s++) {
        const double a = search->sides[0][s], b = search->sides[1][s];
        search->spends[s] = a == b ? a : b + share * (a - b);
    }
}

campaign_status cpn_spend_relax_one(cpn_spend_search *search, bool *is_empty, campaign_error *error)
{
    row_search at = { .search = search, .direction = 1, .weights = { 1, 1 } };
    const double hint = search->multipliers[0];
    const bool has_zero = search->rows[0].ratio >= 0 || search->problem->objective == CPN_SPEND_AVERAGE;
    campaign_status status = CAMPAIGN_OK;
    search->bound = INFINITY;
    if (has_zero)
        status = try_size(&at, 0, error);
    else
        at.misses[0] = INFINITY;
    if (status == CAMPAIGN_OK && has_zero && search->rows[0].is_equal && at.misses[1] < 0) {
        at = (row_search){ .search = search, .direction = -1, .weights = { 1, 1 }, .misses = { -at.misses[1], 0 } };
        memcpy(search->sides[0], search->sides[1], (size_t)search->n_seats * sizeof *search->spends);
    }
    if (status == CAMPAIGN_OK && !is_done(&at)) status = reach_over(&at, hint, error);
    *is_empty = search->bound < search->least_value || (!is_done(&at) && !at.has_large);
    if (status != CAMPAIGN_OK || *is_empty || (!at.is_met && is_done(&at))) {
        search->broken = *is_empty ? -1 : search->broken;
        search->multipliers[0] = hint;
        return status;
    }
    if (!is_done(&at) && (hint != 0 || !has_zero)) status = reach_under(&at, hint, error);
    for (int32_t i = 0; i < MOST_ROUNDS && status == CAMPAIGN_OK && !is_done(&at) && !is_close(&at); i++)
        status = try_size(&at, next_size(&at, i), error);
    if (status == CAMPAIGN_OK && !at.is_met && cpn_is_finite(at.misses[0])) mix_sides(&at);
    search->multipliers[0] = fabs(at.best) < 1e30 ? at.best : 0;
    return status;
}

/* ---- Any number -------------------------------------------------------------------------------------------------- */

campaign_status cpn_spend_relax(cpn_spend_search *search, bool *is_empty, campaign_error *error)
{
    *is_empty = !cpn_spend_can_keep(search, &search->broken);
    if (*is_empty) return CAMPAIGN_OK;
    search->bound = INFINITY;
    campaign_status status;
    if (search->n_rows == 0)
        status = cpn_spend_price_rows(search, &search->bound, NULL, error);
    else if (search->n_rows == 1)
        status = cpn_spend_relax_one(search, is_empty, error);
    else
        status = cpn_spend_relax_many(search, is_empty, error);
    if (!search->is_frozen) search->size = fabs(search->bound);
    return status;
}
