/* Offers to few customers: checks the problem, has the linear problem solved and then the whole one searched, and states
 * what was proved. How each is done stands in the other files. */
#include "allocate/offers/exact/exact.h"

#include <campaign/certificate.h>
#include <math.h>

#include "allocate/offers/exact/assign.h"
#include "base/memory.h"
#include "base/parallel.h"

static const double whole_precision = 1e-12, share_precision = 1e-9, least_tolerance = 1e-7;
static const double largest_whole = 0x1p53;
enum { FIRST_NODES = 40, MOST_LOOKS = 8000000 };
static const double usual_work = 1e8; /* columns looked at */

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

static campaign_status check_customer(const cpn_offers_small *problem, int64_t customer, campaign_error *error)
{
    const int64_t n_pairs = problem->starts[customer + 1] - problem->starts[customer];
    const int32_t least = problem->least ? problem->least[customer] : 0;
    const int32_t most = problem->most ? problem->most[customer] : 1;
    if (most < 0 || least > most)
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, customer, "offers.least",
                            "a customer must get at least %d offers and may get at most %d", (int)least, (int)most);
    if (least > n_pairs)
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, customer, "offers.least",
                            "a customer must get at least %d offers, but there are %lld for it", (int)least,
                            (long long)n_pairs);
    return CAMPAIGN_OK;
}

static campaign_status check(const cpn_offers_small *problem, campaign_error *error)
{
    const int64_t n_columns = problem->n_pairs + problem->n_customers + problem->n_rows;
    if (n_columns > INT32_MAX / 2 || problem->n_rows > CPN_OFFERS_EXACT_ROWS)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "offers",
                        "%lld pairs, %lld customers and %lld rows are too many to be solved exactly",
                        (long long)problem->n_pairs, (long long)problem->n_customers, (long long)problem->n_rows);
    for (int64_t r = 0; r < problem->n_rows; r++)
        if (problem->capacities[r] < 0)
            return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "offers.capacity", "the capacity of row %lld is below 0",
                            (long long)r);
    campaign_status status = CAMPAIGN_OK;
    for (int64_t c = 0; status == CAMPAIGN_OK && c < problem->n_customers; c++)
        status = check_customer(problem, c, error);
    return status;
}

/* ---- Parts of the search that all its ways share ----------------------------------------------------------------- */

static double common_divisor(double a, double b)
{
    while (b > 0) {
        const double rest = fmod(a, b);
        a = b;
        b = rest;
    }
    return a;
}

/* The largest whole number that divides all values, scaled; 0 where some are not whole. */
static double find_grid(const cpn_offers_small *problem, double scale)
{
    double grid = 0;
    for (int64_t p = 0; p < problem->n_pairs; p++) {
        const double size = fabs(problem->values[p]);
        if (size > largest_whole || size > floor(size)) return 0;
        grid = common_divisor(grid, size);
    }
    return grid * scale;
}

double cpn_offers_search_round(const cpn_offers_search *search, double bound)
{
    return search->grid > 0 ? search->grid * floor(bound / search->grid) : bound;
}

double cpn_offers_search_goal(const cpn_offers_search *search)
{
    if (!search->has_best) return -INFINITY;
    return search->best +
           fmax(search->problem->gap_goal * fabs(search->best), whole_precision * fmax(1, fabs(search->best)));
}

static bool keeps_counts(const cpn_offers_search *search)
{
    const cpn_offers_lp *lp = &search->lp;
    for (int32_t c = 0; c < lp->n_customers; c++) {
        double n = 0;
        for (int64_t p = lp->problem->starts[c]; p < lp->problem->starts[c + 1]; p++) n += search->trial[p];
        const int32_t tally = lp->n_pairs + c;
        if (n < lp->lower[tally] || n > lp->upper[tally]) return false;
    }
    return true;
}

bool cpn_offers_search_take(cpn_offers_search *search)
{
    const cpn_offers_lp *lp = &search->lp;
    const cpn_offers_small *problem = search->problem;
    cpn_offers_sum value = { 0 };
    for (int32_t r = 0; r < lp->n_rows; r++) search->used[r] = (cpn_offers_sum){ 0 };
    for (int32_t p = 0; p < lp->n_pairs; p++) {
        if (!search->trial[p]) continue;
        cpn_offers_sum_add(&value, lp->true_values[p]);
        for (int64_t u = problem->use_starts[p]; u < problem->use_starts[p + 1]; u++)
            cpn_offers_sum_add(&search->used[problem->use_rows[u]], lp->use_costs[u]);
    }
    const double total = cpn_offers_sum_near(&value);
    if (search->has_best && total <= search->best) return false;
    for (int32_t r = 0; r < lp->n_rows; r++)
        if (cpn_offers_sum_passes(&search->used[r], lp->capacities[r])) return false;
    if (!keeps_counts(search)) return false;
    for (int32_t p = 0; p < lp->n_pairs; p++) search->chosen[p] = search->trial[p];
    search->has_best = true;
    search->best = total;
    return true;
}

campaign_status cpn_offers_search_tell(const cpn_offers_search *search, campaign_error *error)
{
    return cpn_report_progress(search->runtime, "offers", search->n_nodes, search->node_limit, error);
}

/* ---- From beginning to end --------------------------------------------------------------------------------------- */

static int64_t usual_nodes(const cpn_offers_small *problem)
{
    const double n_columns = (double)(problem->n_pairs + problem->n_customers + problem->n_rows) + 1;
    const double n = usual_work / n_columns;
    return n < CPN_OFFERS_EXACT_NODES ? (int64_t)n + FIRST_NODES : CPN_OFFERS_EXACT_NODES;
}

campaign_status cpn_offers_search_open(cpn_offers_search *search, campaign_error *error)
{
    const cpn_offers_small *problem = search->problem;
    search->node_limit = problem->node_limit > 0 ? problem->node_limit : usual_nodes(problem);
    search->n_looks = MOST_LOOKS;
    search->best = -INFINITY;
    search->root_duals = cpn_alloc_zero(problem->n_rows, sizeof *search->root_duals);
    search->chosen = cpn_alloc_zero(problem->n_pairs, 1);
    search->trial = cpn_alloc_zero(problem->n_pairs, 1);
    search->spent = cpn_alloc_zero(problem->n_rows, sizeof *search->spent);
    search->counts = cpn_alloc_zero(problem->n_customers, sizeof *search->counts);
    search->picks = cpn_alloc_zero(problem->n_customers, sizeof *search->picks);
    search->used = cpn_alloc_zero(problem->n_rows, sizeof *search->used);
    if (!search->root_duals || !search->chosen || !search->trial || !search->used || !search->spent ||
        !search->counts || !search->picks)
        return cpn_fail_nomem(error);
    const campaign_status status = cpn_offers_lp_create(&search->lp, problem, error);
    if (status == CAMPAIGN_OK) search->grid = find_grid(problem, search->lp.value_scale);
    return status;
}

void cpn_offers_search_close(cpn_offers_search *search)
{
    cpn_free(search->root_duals);
    cpn_free(search->chosen);
    cpn_free(search->trial);
    cpn_free(search->used);
    cpn_free(search->spent);
    cpn_free(search->counts);
    cpn_free(search->picks);
    cpn_offers_lp_free(&search->lp);
}

static campaign_status fail_infeasible(campaign_error *error)
{
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "offers.capacity",
                    "the customers' least numbers of offers do not fit into the capacities");
}

campaign_status cpn_offers_search_linear(cpn_offers_search *search, campaign_error *error)
{
    cpn_offers_lp *lp = &search->lp;
    const int64_t most_iterations = 20000 + INT64_C(20) * ((int64_t)lp->n_rows + lp->n_customers);
    const cpn_offers_end end = cpn_offers_lp_solve_first(lp, most_iterations);
    if (end == CPN_OFFERS_END_INFEASIBLE && cpn_offers_lp_is_refuted(lp)) return fail_infeasible(error);
    for (int32_t r = 0; r < lp->n_rows; r++) search->root_duals[r] = lp->duals[r] > 0 ? lp->duals[r] : 0;
    search->bound = cpn_offers_lp_bound(lp, search->root_duals);
    return CAMPAIGN_OK;
}

static campaign_status open_answer(cpn_offers_exact_answer *answer, const cpn_offers_search *search,
                                   campaign_error *error)
{
    const cpn_offers_lp *lp = &search->lp;
    answer->shares = cpn_alloc_zero(lp->n_pairs, sizeof *answer->shares);
    answer->multipliers = cpn_alloc_zero(lp->n_rows, sizeof *answer->multipliers);
    if (!answer->shares || !answer->multipliers) return cpn_fail_nomem(error);
    for (int32_t r = 0; r < lp->n_rows; r++)
        answer->multipliers[r] = search->root_duals[r] * lp->row_scales[r] / lp->value_scale;
    answer->linear_bound = search->bound / lp->value_scale;
    return CAMPAIGN_OK;
}

/* Value and certificate of the shares that stand in the answer. */
static void certify(cpn_offers_exact_answer *answer, const cpn_offers_search *search)
{
    const cpn_offers_small *problem = search->problem;
    cpn_offers_sum value = { 0 };
    for (int64_t p = 0; p < problem->n_pairs; p++) cpn_offers_sum_add(&value, problem->values[p] * answer->shares[p]);
    answer->value = cpn_offers_sum_near(&value);
    answer->bound = fmax(search->bound / search->lp.value_scale, answer->value);
    answer->n_nodes = search->n_nodes;
    answer->n_iterations = search->lp.n_iterations;
    const double precision = problem->is_fractional ? share_precision : whole_precision;
    const double size = fmax(fabs(answer->bound), fabs(answer->value)), of_pair = 1 / search->lp.value_scale;
    const bool is_met =
        answer->bound - answer->value <= fmax(problem->gap_goal * size, precision * fmax(size, of_pair));
    answer->status = is_met ? CAMPAIGN_CERTIFICATE_OPTIMAL : CAMPAIGN_CERTIFICATE_BOUND;
}

/* Easy problems are done in few nodes on the linear problem. Single rows and assignments have better ways than that. */
static campaign_status search_whole(cpn_offers_search *search, campaign_error *error)
{
    const int64_t node_limit = search->node_limit;
    const bool is_assignment = cpn_offers_assign_suits(search);
    bool is_done = false;
    if ((is_assignment || search->problem->n_rows == 1) && node_limit > FIRST_NODES) search->node_limit = FIRST_NODES;
    campaign_status status = cpn_offers_search_tree(search, error);
    if (status != CAMPAIGN_OK || search->node_limit == node_limit) return status;
    search->node_limit = node_limit;
    if (search->bound <= cpn_offers_search_goal(search)) return CAMPAIGN_OK;
    status = is_assignment ? cpn_offers_search_assign(search, &is_done, error)
                           : cpn_offers_search_row(search, &is_done, error);
    return status == CAMPAIGN_OK && !is_done ? cpn_offers_search_tree(search, error) : status;
}

/* Whether every customer has its least number, but for the linear problem's tolerance. */
static bool keeps_least(const double *shares, const cpn_offers_lp *lp)
{
    const int64_t *starts = lp->problem->starts;
    for (int32_t c = 0; c < lp->n_customers; c++) {
        double count = 0;
        for (int64_t p = starts[c]; p < starts[c + 1]; p++) count += shares[p];
        if (count < lp->lower[lp->n_pairs + c] - least_tolerance) return false;
    }
    return true;
}

static campaign_status choose_shares(cpn_offers_exact_answer *answer, cpn_offers_search *search, campaign_error *error)
{
    cpn_offers_exact_shares(answer->shares, search);
    if (!keeps_least(answer->shares, &search->lp))
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "offers",
                        "no shares that keep all rules were found in %lld iterations",
                        (long long)search->lp.n_iterations);
    certify(answer, search);
    return CAMPAIGN_OK;
}

static campaign_status choose_whole(cpn_offers_exact_answer *answer, cpn_offers_search *search, campaign_error *error)
{
    campaign_status status = search_whole(search, error);
    if (status != CAMPAIGN_OK) return status;
    if (!search->has_best && search->bound <= -INFINITY) return fail_infeasible(error);
    if (!search->has_best)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "offers", "no choice that keeps all rules was found in %lld nodes",
                        (long long)search->n_nodes);
    for (int64_t p = 0; p < search->problem->n_pairs; p++) answer->shares[p] = search->chosen[p];
    certify(answer, search);
    return CAMPAIGN_OK;
}

campaign_status cpn_offers_exact_solve(cpn_offers_exact_answer *answer, const cpn_offers_small *problem,
                                       const campaign_runtime *runtime, campaign_error *error)
{
    cpn_offers_search search = { .problem = problem, .runtime = runtime };
    *answer = (cpn_offers_exact_answer){ 0 };
    campaign_status status = check(problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_search_open(&search, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_search_tell(&search, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_search_linear(&search, error);
    if (status == CAMPAIGN_OK) status = open_answer(answer, &search, error);
    if (status == CAMPAIGN_OK)
        status = problem->is_fractional ? choose_shares(answer, &search, error) : choose_whole(answer, &search, error);
    cpn_offers_search_close(&search);
    if (status != CAMPAIGN_OK) cpn_offers_exact_free(answer);
    return status;
}

void cpn_offers_exact_free(cpn_offers_exact_answer *answer)
{
    if (!answer) return;
    cpn_free(answer->shares);
    cpn_free(answer->multipliers);
    *answer = (cpn_offers_exact_answer){ 0 };
}
