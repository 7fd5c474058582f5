/* Which pair branch and bound decides next: the one whose two sides are expected to lower the bound most, learned from
 * earlier decisions, and tried out where little was learned (reliability branching; Achterberg, Koch, Martin 2005). */
#include <math.h>

#include "allocate/offers/exact/tree.h"

static const double whole_tolerance = 1e-7;
enum { RELIABLE = 4, MOST_TRIALS = 10, TRIAL_ITERATIONS = 60, MOST_ROUNDS = 16 };

static bool is_split(const cpn_offers_lp *lp, int32_t column)
{
    if (column >= lp->n_pairs || lp->lower[column] >= lp->upper[column]) return false;
    const double level = lp->levels[column];
    return level > whole_tolerance && level < 1 - whole_tolerance;
}

static int64_t collect(cpn_offers_tree *tree)
{
    const cpn_offers_lp *lp = &tree->search->lp;
    int64_t n = 0;
    for (int32_t c = 0; c < lp->n_customers; c++)
        if (is_split(lp, lp->keys[c])) tree->candidates[n++] = lp->keys[c];
    for (int32_t i = 0; i < lp->n_rows; i++)
        if (is_split(lp, lp->head[i])) tree->candidates[n++] = lp->head[i];
    for (int64_t i = 0; i < n; i++) tree->fractions[i] = lp->levels[tree->candidates[i]];
    return n;
}

/* No level is split, yet the choice passes a row by a little: any pair that is open. */
static int32_t any_open(const cpn_offers_lp *lp)
{
    for (int32_t p = 0; p < lp->n_pairs; p++)
        if (lp->lower[p] < lp->upper[p]) return p;
    return -1;
}

static double expected_fall(const cpn_offers_tree *tree, int32_t column, int side, double distance)
{
    const cpn_offers_fall *fall = &tree->falls[column], *all = &tree->all_falls;
    if (fall->n[side] > 0) return distance * fall->sum[side] / fall->n[side];
    return all->n[side] > 0 ? distance * all->sum[side] / all->n[side] : distance;
}

static double score_of(double down, double up)
{
    const double least = 1e-7;
    return (down > least ? down : least) * (up > least ? up : least);
}

static void learn(cpn_offers_tree *tree, int32_t column, int side, double fall, double distance)
{
    cpn_offers_fall *const all[2] = { &tree->falls[column], &tree->all_falls };
    for (int i = 0; i < 2; i++) {
        all[i]->sum[side] += fall / distance;
        all[i]->n[side]++;
    }
}

/* Solves one side for a few iterations. True where it holds nothing, so that the other side is all there is. */
static bool try_side(cpn_offers_tree *tree, int32_t column, int side, double distance, double bound, double *fall)
{
    const int64_t n_trail = tree->n_trail;
    double after = bound;
    cpn_offers_tree_fix(tree, column, side == 1);
    const cpn_offers_verdict verdict = cpn_offers_tree_solve(tree, &after, TRIAL_ITERATIONS);
    cpn_offers_tree_undo(tree, n_trail);
    const double objective = tree->search->lp.objective;
    *fall = fmax(0, bound - fmin(after, objective));
    if (verdict == CPN_OFFERS_PRUNED) return true;
    learn(tree, column, side, *fall, distance);
    return false;
}

typedef enum trial_end { TRIAL_SCORED, TRIAL_FIXED, TRIAL_EMPTY } trial_end;

static trial_end try_both(cpn_offers_tree *tree, int64_t candidate, double bound, double *score)
{
    const int32_t column = tree->candidates[candidate];
    const double fraction = tree->fractions[candidate];
    double down = 0, up = 0;
    const bool is_down_empty = try_side(tree, column, 0, fraction, bound, &down);
    const bool is_up_empty = try_side(tree, column, 1, 1 - fraction, bound, &up);
    if (is_down_empty && is_up_empty) return TRIAL_EMPTY;
    *score = score_of(down, up);
    if (!is_down_empty && !is_up_empty) return TRIAL_SCORED;
    cpn_offers_tree_fix(tree, column, is_down_empty);
    return TRIAL_FIXED;
}

static bool is_known(const cpn_offers_tree *tree, int32_t column)
{
    return tree->falls[column].n[0] >= RELIABLE && tree->falls[column].n[1] >= RELIABLE;
}

/* The best candidate by what is known, or by trials; TRIAL_FIXED where a trial decided a pair at once. */
static trial_end choose_best(cpn_offers_tree *tree, int64_t n, double bound, int64_t *best)
{
    double highest = -1;
    int32_t n_trials = 0;
    for (int64_t i = 0; i < n; i++) {
        const int32_t column = tree->candidates[i];
        double score = score_of(expected_fall(tree, column, 0, tree->fractions[i]),
                                expected_fall(tree, column, 1, 1 - tree->fractions[i]));
        if (!is_known(tree, column) && n_trials < MOST_TRIALS && tree->n_rounds <= MOST_ROUNDS) {
            const trial_end end = try_both(tree, i, bound, &score);
            if (end != TRIAL_SCORED) return end;
            n_trials++;
        }
        if (score > highest) {
            highest = score;
            *best = i;
        }
    }
    return TRIAL_SCORED;
}

cpn_offers_verdict cpn_offers_tree_choose(cpn_offers_tree *tree, double bound, int32_t *column, bool *is_up)
{
    const int64_t n = collect(tree);
    int64_t best = 0;
    *is_up = true;
    *column = -1;
    if (n == 0) {
        *column = any_open(&tree->search->lp);
        return *column < 0 ? CPN_OFFERS_PRUNED : CPN_OFFERS_OPEN;
    }
    const trial_end end = choose_best(tree, n, bound, &best);
    if (end == TRIAL_EMPTY) return CPN_OFFERS_PRUNED;
    if (end == TRIAL_FIXED) return CPN_OFFERS_AGAIN;
    *is_up = tree->fractions[best] > 0.5;
    *column = tree->candidates[best];
    return CPN_OFFERS_OPEN;
}
