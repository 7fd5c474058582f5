/* One step of the dual simplex method: the leaving row of the tableau, the columns it would carry over their bounds, and
 * which of them enters. Those before it in the order of ratios move to their other bound at once (the long step, or bound
 * flipping ratio test; Maros, Computational Techniques of the Simplex Method, 2003). */
#include <math.h>

#include "allocate/offers/exact/lp.h"

static const double smallest_alpha = 1e-9;
static const double sound_alpha = 1e-5; /* below it, an earlier break with a larger pivot is taken */

/* ---- The row ----------------------------------------------------------------------------------------------------- */

/* The multipliers of the rows that make the leaving column's row of the tableau; false where they are all 0. */
static bool find_row(cpn_offers_lp *lp, int32_t leaving)
{
    const int32_t m = lp->n_rows;
    if (lp->places[leaving] == CPN_OFFERS_WORKING) {
        const double *from = &lp->inverse[(int64_t)lp->positions[leaving] * m];
        for (int32_t r = 0; r < m; r++) lp->row[r] = from[r];
        return true;
    }
    const int32_t owner = lp->owners[leaving];
    bool has_members = false;
    for (int32_t r = 0; r < m; r++) lp->row[r] = 0;
    for (int32_t i = 0; i < m; i++) {
        if (lp->owners[lp->head[i]] != owner) continue;
        const double factor = cpn_offers_sign(lp, lp->head[i]) * cpn_offers_sign(lp, leaving);
        const double *from = &lp->inverse[(int64_t)i * m];
        for (int32_t r = 0; r < m; r++) lp->row[r] -= factor * from[r];
        has_members = true;
    }
    return has_members;
}

/* Keeps one entry of the row, and the break where its reduced value reaches 0. */
static void note(cpn_offers_lp *lp, int32_t column, double alpha, double towards)
{
    if (fabs(alpha) < smallest_alpha) return;
    lp->alpha[column] = alpha;
    lp->touched[lp->n_touched++] = column;
    if (lp->lower[column] >= lp->upper[column]) return;
    const double turned = alpha * towards;
    if (lp->places[column] == CPN_OFFERS_LOWER ? turned > 0 : turned < 0) return;
    const double ratio = lp->reduced[column] / turned;
    lp->breaks[lp->n_breaks++] = (cpn_offers_breakpoint){ ratio > 0 ? ratio : 0, column };
}

static void price_customer(cpn_offers_lp *lp, int32_t customer, bool is_leaving, double towards)
{
    const int64_t *starts = lp->problem->starts;
    const int32_t key = lp->keys[customer], tally = lp->n_pairs + customer;
    const double of_key = cpn_offers_lp_dot(lp, lp->row, key) - (is_leaving ? 1 : 0);
    const double base = of_key * cpn_offers_sign(lp, key);
    for (int64_t p = starts[customer]; p < starts[customer + 1]; p++)
        if (lp->places[p] <= CPN_OFFERS_UPPER)
            note(lp, (int32_t)p, cpn_offers_lp_dot(lp, lp->row, (int32_t)p) - base, towards);
    if (lp->places[tally] <= CPN_OFFERS_UPPER) note(lp, tally, base, towards);
}

void cpn_offers_lp_price(cpn_offers_lp *lp, int32_t leaving, bool is_below)
{
    const int32_t first_slack = lp->n_pairs + lp->n_customers;
    const int32_t owner = lp->places[leaving] == CPN_OFFERS_KEY ? lp->owners[leaving] : -1;
    const double towards = is_below ? 1 : -1;
    lp->n_touched = lp->n_breaks = lp->n_passed = 0;
    lp->towards = towards;
    lp->slope = is_below ? lp->lower[leaving] - lp->levels[leaving] : lp->levels[leaving] - lp->upper[leaving];
    if (!find_row(lp, leaving)) {
        price_customer(lp, owner, true, towards);
        return;
    }
    for (int32_t c = 0; c < lp->n_customers; c++)
        if (lp->is_active[c] && !lp->is_cold[c]) price_customer(lp, c, c == owner, towards);
    for (int32_t r = 0; r < lp->n_rows; r++)
        if (lp->places[first_slack + r] <= CPN_OFFERS_UPPER) note(lp, first_slack + r, lp->row[r], towards);
}

/* ---- The entering column ----------------------------------------------------------------------------------------- */

static bool is_before(const cpn_offers_breakpoint *a, const cpn_offers_breakpoint *b)
{
    return a->ratio < b->ratio || (a->ratio <= b->ratio && a->column < b->column);
}

void cpn_offers_sink(cpn_offers_breakpoint *heap, int64_t at, int64_t n)
{
    const cpn_offers_breakpoint moved = heap[at];
    for (int64_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
        if (child + 1 < n && is_before(&heap[child + 1], &heap[child])) child++;
        if (!is_before(&heap[child], &moved)) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

/* Among the breaks taken so far the one with the largest pivot, if the last one's is poor. */
static int64_t choose_sound(const cpn_offers_lp *lp, int64_t n_taken)
{
    int64_t best = n_taken - 1;
    double largest = fabs(lp->alpha[lp->breaks[lp->n_breaks - n_taken].column]);
    if (largest >= sound_alpha) return best;
    for (int64_t i = n_taken - 2; i >= 0; i--) {
        const double size = fabs(lp->alpha[lp->breaks[lp->n_breaks - 1 - i].column]);
        if (size > 100 * largest) {
            largest = size;
            best = i;
        }
    }
    return best;
}

/* Breaks are taken in order from a heap and put behind it, the first at the end of the array. */
int32_t cpn_offers_lp_enter(cpn_offers_lp *lp)
{
    int64_t n_heap = lp->n_breaks, n_taken = 0;
    double slope = lp->slope, objective = lp->objective, last = 0;
    for (int64_t at = n_heap / 2 - 1; at >= 0; at--) cpn_offers_sink(lp->breaks, at, n_heap);
    while (n_heap > 0 && slope > 0) {
        const cpn_offers_breakpoint taken = lp->breaks[0];
        lp->breaks[0] = lp->breaks[--n_heap];
        lp->breaks[n_heap] = taken;
        cpn_offers_sink(lp->breaks, 0, n_heap);
        n_taken++;
        objective -= slope * (taken.ratio - last);
        last = taken.ratio;
        slope -= fabs(lp->alpha[taken.column]) * (lp->upper[taken.column] - lp->lower[taken.column]);
    }
    if (slope > 1e-12 * lp->slope || n_taken == 0) return -1;
    lp->n_passed = choose_sound(lp, n_taken);
    if (lp->n_passed == n_taken - 1) lp->objective = objective;
    return lp->breaks[lp->n_breaks - 1 - lp->n_passed].column;
}
