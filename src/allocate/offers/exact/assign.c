/* Assignments solved by branch and bound on their knapsacks. A run looks for choices above a threshold only: first just
 * below the bound, then lower by ever larger steps, so that little is spent on what a better choice would have cut off. */
#include "allocate/offers/exact/assign.h"

#include <math.h>
#include <string.h>

#include "allocate/offers/exact/branches.h"
#include "base/memory.h"

enum { NODE_ROUNDS = 30, NODES_A_WORD = 16, NODES_A_REPAIR = 64, ROOT_ROUNDS = 100, ROOT_PARTS = 6 };

/* ---- A run ------------------------------------------------------------------------------------------------------- */

static double best_steps(const cpn_offers_search *search)
{
    return search->has_best ? floor(search->best / search->grid + 0.5) : -INFINITY;
}

static void split(cpn_offers_branches *branches, int32_t option)
{
    const size_t n = (size_t)branches->assign->n_customers;
    memcpy(&branches->prices[branches->depth * (int64_t)n], branches->assign->prices, n * sizeof(double));
    branches->branches[branches->depth++] = (cpn_offers_branch){ .n_trail = branches->n_trail, .option = option };
    cpn_offers_branches_fix(branches, option);
}

/* To the deepest node that has its second side left; that side takes the node's place. */
static bool go_back(cpn_offers_branches *branches)
{
    if (branches->depth == 0) return false;
    const size_t n = (size_t)branches->assign->n_customers;
    const cpn_offers_branch *branch = &branches->branches[--branches->depth];
    cpn_offers_branches_undo(branches, branch->n_trail);
    memcpy(branches->assign->prices, &branches->prices[branches->depth * (int64_t)n], n * sizeof(double));
    cpn_offers_branches_forbid(branches, branch->option);
    return true;
}

/* Looks for choices above the threshold, which rises with those found. is_done: false where the nodes ran out. */
static campaign_status run(cpn_offers_branches *branches, bool *is_done, campaign_error *error)
{
    cpn_offers_assign *assign = branches->assign;
    cpn_offers_search *search = assign->search;
    *is_done = false;
    branches->depth = 0;
    for (;;) {
        if (search->n_nodes >= search->node_limit) return CAMPAIGN_OK;
        if (search->n_nodes++ % NODES_A_WORD == 0) {
            const campaign_status status = cpn_offers_search_tell(search, error);
            if (status != CAMPAIGN_OK) return status;
        }
        const int32_t option = cpn_offers_branches_look(branches, NODE_ROUNDS);
        if (option >= 0 && search->n_nodes % NODES_A_REPAIR == 0) cpn_offers_assign_repair(assign);
        assign->threshold = fmax(assign->threshold, best_steps(search));
        if (option >= 0) {
            split(branches, option);
        } else if (!go_back(branches)) {
            *is_done = true;
            return CAMPAIGN_OK;
        }
    }
}

/* ---- From the bound downwards ------------------------------------------------------------------------------------ */

/* Below what any choice brings. */
static double least_steps(const cpn_offers_assign *assign)
{
    const int64_t *starts = assign->search->problem->starts;
    double total = -1;
    for (int32_t c = 0; c < assign->n_customers; c++) {
        double least = 0;
        for (int64_t p = starts[c]; p < starts[c + 1]; p++) least = fmin(least, assign->values[p] / assign->steps);
        total += least;
    }
    return total;
}

/* Prices at the root, and choices from what the rows take there. */
static void open_root(cpn_offers_assign *assign, double least)
{
    cpn_offers_search *search = assign->search;
    double lowest = INFINITY;
    for (int32_t part = 0; part < ROOT_PARTS; part++) {
        assign->threshold = fmax(least, best_steps(search));
        (void)cpn_offers_assign_descend(assign, ROOT_ROUNDS);
        lowest = fmin(lowest, assign->best_bound);
        if (cpn_offers_assign_is_done(assign, lowest)) break;
        cpn_offers_assign_relax(assign);
        cpn_offers_assign_repair(assign);
    }
    search->bound = fmin(search->bound, fmax(floor(lowest / assign->steps), best_steps(search)) * search->grid);
}

static campaign_status lower_thresholds(cpn_offers_branches *branches, campaign_error *error)
{
    cpn_offers_assign *assign = branches->assign;
    cpn_offers_search *search = assign->search;
    const double least = least_steps(assign);
    const size_t size = (size_t)assign->n_customers * sizeof(double);
    double *root_prices = &branches->prices[(int64_t)assign->n_customers * assign->n_customers];
    open_root(assign, least);
    memcpy(root_prices, assign->prices, size);
    double above = floor(search->bound / search->grid + 1e-6);
    for (double by = 1; above > best_steps(search) && above > least; by *= 2) {
        bool is_done = false;
        assign->threshold = fmax(fmax(above - by, best_steps(search)), least);
        memcpy(assign->prices, root_prices, size);
        const campaign_status status = run(branches, &is_done, error);
        cpn_offers_branches_undo(branches, 0);
        if (status != CAMPAIGN_OK || !is_done) return status;
        above = assign->threshold;
        search->bound = fmin(search->bound, above * search->grid);
    }
    if (!search->has_best) search->bound = -INFINITY; /* nothing is left above what any choice would bring */
    return CAMPAIGN_OK;
}

/* ---- Setting up -------------------------------------------------------------------------------------------------- */

static campaign_status open_branches(cpn_offers_branches *branches, cpn_offers_assign *assign, campaign_error *error)
{
    const int64_t n = assign->n_customers;
    *branches = (cpn_offers_branches){ .assign = assign };
    branches->trail = cpn_alloc(assign->n_options + n + 1, sizeof *branches->trail);
    branches->branches = cpn_alloc(n + 1, sizeof *branches->branches);
    branches->prices = cpn_alloc((n + 1) * n, sizeof *branches->prices);
    branches->costs = cpn_alloc(assign->n_options, sizeof *branches->costs);
    branches->only = cpn_alloc(n, sizeof *branches->only);
    const bool has_all = branches->trail && branches->branches && branches->prices && branches->costs && branches->only;
    return has_all ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static void close_branches(cpn_offers_branches *branches)
{
    cpn_free(branches->trail);
    cpn_free(branches->branches);
    cpn_free(branches->prices);
    cpn_free(branches->costs);
    cpn_free(branches->only);
}

campaign_status cpn_offers_search_assign(cpn_offers_search *search, bool *is_apt, campaign_error *error)
{
    cpn_offers_assign assign = { 0 };
    cpn_offers_branches branches = { 0 };
    *is_apt = cpn_offers_assign_suits(search);
    if (!*is_apt) return CAMPAIGN_OK;
    campaign_status status = cpn_offers_assign_open(&assign, search, is_apt, error);
    if (status == CAMPAIGN_OK && *is_apt) status = open_branches(&branches, &assign, error);
    if (status == CAMPAIGN_OK && *is_apt) status = lower_thresholds(&branches, error);
    close_branches(&branches);
    cpn_offers_assign_close(&assign);
    return status;
}
