/* Splits one amount over shares. Exact: parts add up to the amount, ties go to the lower index.
 * This file checks the problem and says which cells contradict each other; split_level.c shares the rest.
 * Knows nothing of calendars or people; callers pass weights, bounds and locked cells. */
#include "base/split.h"

#include <stdio.h>

#include "base/checked.h"
#include "base/error.h"
#include "base/number.h"

enum { NAMED_CELLS = 3 }; /* how many cells a refusal names */

static campaign_status check_cell(const campaign_split_problem *problem, int64_t cell, campaign_error *error)
{
    const int64_t weight = cpn_split_weight(problem, cell), minimum = cpn_split_minimum(problem, cell);
    const int64_t maximum = cpn_split_maximum(problem, cell);
    if (weight < 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, cell, "weights", "cell %lld has weight %lld, expected 0 or more",
                            (long long)cell, (long long)weight);
    if (minimum < 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, cell, "minimum", "cell %lld has minimum %lld, expected 0 or more",
                            (long long)cell, (long long)minimum);
    if (maximum < minimum)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, cell, "maximum",
                            "cell %lld has maximum %lld below its minimum %lld", (long long)cell, (long long)maximum,
                            (long long)minimum);
    if (!cpn_split_is_locked(problem, cell)) return CAMPAIGN_OK;
    const int64_t locked = problem->locked[cell];
    if (locked < minimum)
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, cell, "locked",
                            "cell %lld is locked at %lld, its minimum is %lld", (long long)cell, (long long)locked,
                            (long long)minimum);
    if (locked > maximum)
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, cell, "locked",
                            "cell %lld is locked at %lld, its maximum is %lld", (long long)cell, (long long)locked,
                            (long long)maximum);
    return CAMPAIGN_OK;
}

static campaign_status check_problem(const campaign_split_problem *problem, campaign_error *error)
{
    if (problem->reserved != 0) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "problem", "reserved is not 0");
    if (problem->total_minor < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "total_minor", "the total is %lld, expected 0 or more",
                        (long long)problem->total_minor);
    if (problem->n_cells < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "n_cells", "the number of cells is %lld, expected 0 or more",
                        (long long)problem->n_cells);
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        const campaign_status status = check_cell(problem, cell, error);
        if (status != CAMPAIGN_OK) return status;
    }
    return CAMPAIGN_OK;
}

/* What a cell takes before anything is shared. */
static int64_t claim_of(const campaign_split_problem *problem, int64_t cell)
{
    return cpn_split_is_locked(problem, cell) ? problem->locked[cell] : cpn_split_minimum(problem, cell);
}

/* "cell 0 locked at 500, cell 2 with minimum 400 and 7 more ask for 1200, the total is 1000" */
static campaign_status refuse_claims(const campaign_split_problem *problem, campaign_error *error)
{
    char names[NAMED_CELLS * 64] = "", more[32] = "", sum_text[CPN_NUMBER_TEXT] = "more than 2^63";
    size_t length = 0;
    int64_t first = -1, n_claims = 0, sum = 0;
    bool fits = true;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        const int64_t claim = claim_of(problem, cell);
        if (claim == 0) continue;
        if (first < 0) first = cell;
        fits = fits && cpn_add64(&sum, sum, claim);
        if (n_claims++ < NAMED_CELLS)
            length += (size_t)snprintf(
                names + length, sizeof names - length, "%scell %lld %s %lld", length ? ", " : "", (long long)cell,
                cpn_split_is_locked(problem, cell) ? "locked at" : "with minimum", (long long)claim);
    }
    if (fits) (void)cpn_format_int64(sum_text, sum);
    if (n_claims > NAMED_CELLS)
        (void)snprintf(more, sizeof more, " and %lld more", (long long)(n_claims - NAMED_CELLS));
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, first, "total_minor", "%s%s ask for %s, the total is %lld", names,
                        more, sum_text, (long long)problem->total_minor);
}

/* What locked cells leave of the total, in *rest; refuses if that does not cover the minima of the free ones. */
static campaign_status take_locks(int64_t *rest, const campaign_split_problem *problem, campaign_error *error)
{
    int64_t locked = 0, claims = 0;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        const int64_t claim = claim_of(problem, cell);
        if (!cpn_add64(&claims, claims, claim) || claims > problem->total_minor) return refuse_claims(problem, error);
        if (cpn_split_is_locked(problem, cell)) locked += claim;
    }
    *rest = problem->total_minor - locked;
    return CAMPAIGN_OK;
}

campaign_status campaign_split(int64_t *parts, int64_t *unallocated_minor, const campaign_split_problem *problem,
                               campaign_error *error)
{
    if (!unallocated_minor || !problem)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "unallocated_minor and problem are required");
    *unallocated_minor = 0;
    campaign_split_problem ours;
    campaign_status status = cpn_check_knobs(problem, sizeof ours, sizeof ours, "problem", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(&ours, sizeof ours, problem);
    if (!parts && ours.n_cells > 0) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "parts", "parts is required");
    for (int64_t cell = 0; cell < ours.n_cells; cell++) parts[cell] = 0;
    int64_t rest = 0;
    status = check_problem(&ours, error);
    if (status == CAMPAIGN_OK) status = take_locks(&rest, &ours, error);
    if (status != CAMPAIGN_OK) return status;
    if (!cpn_split_free_cells(parts, &ours, rest)) {
        for (int64_t cell = 0; cell < ours.n_cells; cell++) parts[cell] = 0;
        return cpn_fail_nomem(error);
    }
    int64_t left = ours.total_minor;
    for (int64_t cell = 0; cell < ours.n_cells; cell++) {
        if (cpn_split_is_locked(&ours, cell)) parts[cell] = ours.locked[cell];
        left -= parts[cell];
    }
    *unallocated_minor = left;
    return CAMPAIGN_OK;
}
