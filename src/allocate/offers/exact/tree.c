/* Branch and bound over whole choices, depth first. The linear problem keeps its basis from node to node: any basis is
 * dual feasible, so that going back costs nothing but the bounds. A node is cut off only by a bound or a refutation in
 * which all rounding is counted. */
#include "allocate/offers/exact/tree.h"

#include <math.h>

#include "base/memory.h"

static const double whole_tolerance = 1e-7, fixing_margin = 1e-9;
enum { NODES_A_WORD = 256, NODE_ITERATIONS = 5000, EARLY_NODES = 100, NODES_A_FILL = 16 };

/* ---- Changes of bounds ------------------------------------------------------------------------------------------- */

void cpn_offers_tree_fix(cpn_offers_tree *tree, int32_t column, bool is_taken)
{
    cpn_offers_lp *lp = &tree->search->lp;
    tree->trail[tree->n_trail++] =
        (cpn_offers_change){ .column = column, .lower = lp->lower[column] > 0, .upper = lp->upper[column] > 0 };
    lp->lower[column] = lp->upper[column] = is_taken ? 1 : 0;
}

void cpn_offers_tree_undo(cpn_offers_tree *tree, int64_t n_trail)
{
    cpn_offers_lp *lp = &tree->search->lp;
    while (tree->n_trail > n_trail) {
        const cpn_offers_change *change = &tree->trail[--tree->n_trail];
        lp->lower[change->column] = change->lower;
        lp->upper[change->column] = change->upper;
    }
}

/* ---- One node ---------------------------------------------------------------------------------------------------- */

/* Where the dual objective need not fall further: at the goal, or just below the next step of the grid. */
static double cutoff_of(const cpn_offers_search *search)
{
    const double goal = cpn_offers_search_goal(search);
    return search->grid > 0 ? search->best + search->grid * (1 - 1e-7) : goal;
}

cpn_offers_verdict cpn_offers_tree_solve(cpn_offers_tree *tree, double *bound, int64_t most_iterations)
{
    cpn_offers_search *search = tree->search;
    const cpn_offers_end end = cpn_offers_lp_solve(&search->lp, cutoff_of(search), most_iterations);
    if (end == CPN_OFFERS_END_INFEASIBLE && cpn_offers_lp_is_refuted(&search->lp)) return CPN_OFFERS_PRUNED;
    *bound = fmin(*bound, cpn_offers_search_round(search, cpn_offers_lp_bound(&search->lp, search->lp.duals)));
    if (*bound > cpn_offers_search_goal(search)) return CPN_OFFERS_OPEN;
    tree->pruned = fmax(tree->pruned, *bound);
    return CPN_OFFERS_PRUNED;
}

/* Whether all levels are whole; trial is then the choice. */
static bool read_whole(cpn_offers_search *search)
{
    const cpn_offers_lp *lp = &search->lp;
    for (int32_t p = 0; p < lp->n_pairs; p++) {
        const double level = lp->levels[p], nearest = floor(level + 0.5);
        if (fabs(level - nearest) > whole_tolerance) return false;
        search->trial[p] = nearest > 0;
    }
    return true;
}

/* Pairs that would bring the bound to the goal if they moved from where they are can stay there (reduced cost fixing). */
static void fix_by_reduced(cpn_offers_tree *tree, double bound)
{
    cpn_offers_search *search = tree->search;
    cpn_offers_lp *lp = &search->lp;
    const double goal = cpn_offers_search_goal(search), from = fmax(bound, lp->objective) + fixing_margin;
    if (!search->has_best) return;
    for (int32_t p = 0; p < lp->n_pairs; p++) {
        if (lp->places[p] > CPN_OFFERS_UPPER || lp->lower[p] >= lp->upper[p]) continue;
        const double after = cpn_offers_search_round(search, from - fabs(lp->reduced[p]));
        if (after > goal) continue;
        tree->pruned = fmax(tree->pruned, after);
        cpn_offers_tree_fix(tree, p, lp->places[p] == CPN_OFFERS_UPPER);
    }
}

/* Looks into the node as the bounds stand. column: what to decide, if it is open. */
static cpn_offers_verdict look(cpn_offers_tree *tree, double *bound, int32_t *column, bool *is_up)
{
    cpn_offers_search *search = tree->search;
    cpn_offers_verdict verdict = CPN_OFFERS_AGAIN;
    search->n_nodes++;
    for (tree->n_rounds = 1; verdict == CPN_OFFERS_AGAIN; tree->n_rounds++) {
        if (cpn_offers_tree_solve(tree, bound, NODE_ITERATIONS) == CPN_OFFERS_PRUNED) return CPN_OFFERS_PRUNED;
        if (read_whole(search) && cpn_offers_search_take(search) && *bound <= cpn_offers_search_goal(search)) {
            tree->pruned = fmax(tree->pruned, *bound);
            return CPN_OFFERS_PRUNED;
        }
        if (search->n_nodes <= EARLY_NODES || search->n_nodes % NODES_A_FILL == 0)
            cpn_offers_search_fill(search, search->n_nodes <= EARLY_NODES);
        fix_by_reduced(tree, cpn_offers_lp_bound(&search->lp, search->lp.duals));
        verdict = cpn_offers_tree_choose(tree, *bound, column, is_up);
    }
    return verdict;
}

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

static void split(cpn_offers_tree *tree, double bound, int32_t column, bool is_up)
{
    tree->levels[tree->depth++] = (cpn_offers_level){
        .bound = bound, .n_trail = tree->n_trail, .column = column, .is_up = is_up, .is_second = false
    };
    cpn_offers_tree_fix(tree, column, is_up);
}

/* To the second side of the deepest level that has one left; false where there is none. bound: of that node. */
static bool go_back(cpn_offers_tree *tree, double *bound)
{
    while (tree->depth > 0) {
        cpn_offers_level *level = &tree->levels[tree->depth - 1];
        cpn_offers_tree_undo(tree, level->n_trail);
        if (!level->is_second && level->bound > cpn_offers_search_goal(tree->search)) {
            level->is_second = true;
            *bound = level->bound;
            cpn_offers_tree_fix(tree, level->column, !level->is_up);
            return true;
        }
        if (!level->is_second) tree->pruned = fmax(tree->pruned, level->bound);
        tree->depth--;
    }
    return false;
}

/* What is open when the nodes run out. */
static double open_bound(const cpn_offers_tree *tree, double bound)
{
    for (int64_t d = 0; d < tree->depth; d++)
        if (!tree->levels[d].is_second) bound = fmax(bound, tree->levels[d].bound);
    return bound;
}

static campaign_status walk(cpn_offers_tree *tree, campaign_error *error)
{
    cpn_offers_search *search = tree->search;
    double bound = cpn_offers_search_round(search, search->bound);
    for (;;) {
        int32_t column = -1;
        bool is_up = true;
        if (search->n_nodes >= search->node_limit) {
            tree->pruned = fmax(tree->pruned, open_bound(tree, bound));
            return CAMPAIGN_OK;
        }
        if (search->n_nodes % NODES_A_WORD == 0) {
            const campaign_status status = cpn_offers_search_tell(search, error);
            if (status != CAMPAIGN_OK) return status;
        }
        if (look(tree, &bound, &column, &is_up) == CPN_OFFERS_OPEN)
            split(tree, bound, column, is_up);
        else if (!go_back(tree, &bound))
            return CAMPAIGN_OK;
    }
}

campaign_status cpn_offers_search_tree(cpn_offers_search *search, campaign_error *error)
{
    const int64_t n = search->problem->n_pairs, n_rows = search->problem->n_rows;
    const int64_t n_basic = search->problem->n_customers + n_rows;
    cpn_offers_tree tree = { .search = search, .pruned = -INFINITY };
    tree.levels = cpn_alloc(n + 1, sizeof *tree.levels);
    tree.trail = cpn_alloc(n + 1, sizeof *tree.trail);
    tree.falls = cpn_alloc_zero(n, sizeof *tree.falls);
    tree.candidates = cpn_alloc(n_basic, sizeof *tree.candidates);
    tree.fractions = cpn_alloc(n_basic, sizeof *tree.fractions);
    const bool has_all = tree.levels && tree.trail && tree.falls && tree.candidates && tree.fractions;
    campaign_status status = has_all ? walk(&tree, error) : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        cpn_offers_tree_undo(&tree, 0);
        search->bound = fmin(search->bound, fmax(tree.pruned, search->best));
    }
    cpn_free(tree.levels);
    cpn_free(tree.trail);
    cpn_free(tree.falls);
    cpn_free(tree.candidates);
    cpn_free(tree.fractions);
    return status;
}
