/* The dual simplex method over the linear problem behind few offers: which column leaves, and what a step changes. */
#include <math.h>

#include "allocate/offers/exact/lp.h"
#include "base/random.h"

static const double level_tolerance = 1e-9;
static const double largest_drift = 1e-6; /* between the two ways to a pivot, relative */
static const double first_perturbation = 1e-7, last_perturbation = 1e-11;
static const double lone_weight =
    1e-4; /* customers that no row of the basis depends on are put right first: it is cheap */
enum { UPDATES_A_REFRESH = 64, STILL_STEPS = 60 };

/* ---- A step ------------------------------------------------------------------------------------------------------ */

/* Moves a column and, to keep its customer's sum, the key. */
static void nudge(cpn_offers_lp *lp, int32_t column, double by)
{
    const int32_t owner = lp->owners[column];
    lp->levels[column] += by;
    if (owner < 0) return;
    const int32_t key = lp->keys[owner];
    if (key != column) lp->levels[key] -= by * cpn_offers_sign(lp, column) * cpn_offers_sign(lp, key);
}

static void move_working(cpn_offers_lp *lp, double by)
{
    for (int32_t i = 0; i < lp->n_rows; i++) {
        const double change = -by * lp->column[i];
        if (change < 0 || change > 0) nudge(lp, lp->head[i], change);
    }
}

/* The columns whose breaks were passed go to their other bounds. */
static void flip_passed(cpn_offers_lp *lp)
{
    if (lp->n_passed == 0) return;
    for (int32_t r = 0; r < lp->n_rows; r++) lp->rest[r] = 0;
    for (int64_t i = 0; i < lp->n_passed; i++) {
        const int32_t column = lp->breaks[lp->n_breaks - 1 - i].column;
        const bool is_up = lp->places[column] == CPN_OFFERS_LOWER;
        const double width = lp->upper[column] - lp->lower[column], by = is_up ? width : -width;
        lp->places[column] = is_up ? CPN_OFFERS_UPPER : CPN_OFFERS_LOWER;
        nudge(lp, column, by);
        lp->levels[column] = is_up ? lp->upper[column] : lp->lower[column];
        cpn_offers_lp_add(lp, lp->rest, column, by);
    }
    cpn_offers_lp_multiply(lp, lp->column, lp->rest);
    move_working(lp, 1);
}

static void move_duals(cpn_offers_lp *lp, int32_t leaving, int32_t entering)
{
    const double step = lp->reduced[entering] / lp->alpha[entering];
    for (int64_t i = 0; i < lp->n_touched; i++) {
        const int32_t column = lp->touched[i];
        lp->reduced[column] -= step * lp->alpha[column];
        lp->alpha[column] = 0;
    }
    for (int32_t r = 0; r < lp->n_rows; r++) lp->duals[r] += step * lp->row[r];
    lp->reduced[entering] = 0;
    lp->reduced[leaving] = -step;
    lp->n_still = fabs(step) > 1e-13 ? 0 : lp->n_still + 1;
}

/* A working member of the leaving key's customer takes its place as key, and the key its position. */
static void swap_key(cpn_offers_lp *lp, int32_t key)
{
    const int32_t m = lp->n_rows, owner = lp->owners[key];
    int32_t at = 0;
    while (lp->owners[lp->head[at]] != owner) at++;
    const int32_t member = lp->head[at];
    double *row = &lp->inverse[(int64_t)at * m];
    for (int32_t r = 0; r < m; r++) row[r] = lp->row[r];
    lp->keys[owner] = member;
    lp->places[member] = CPN_OFFERS_KEY;
    lp->positions[member] = -1;
    lp->head[at] = key;
    lp->places[key] = CPN_OFFERS_WORKING;
    lp->positions[key] = at;
}

static bool has_members(const cpn_offers_lp *lp, int32_t owner)
{
    for (int32_t i = 0; i < lp->n_rows; i++)
        if (lp->owners[lp->head[i]] == owner) return true;
    return false;
}

static void update_inverse(cpn_offers_lp *lp, int32_t position)
{
    const int32_t m = lp->n_rows;
    double *pivot_row = &lp->inverse[(int64_t)position * m];
    const double pivot = lp->column[position];
    for (int32_t r = 0; r < m; r++) pivot_row[r] /= pivot;
    for (int32_t i = 0; i < m; i++) {
        const double factor = lp->column[i];
        if (i == position || (factor <= 0 && factor >= 0)) continue;
        double *row = &lp->inverse[(int64_t)i * m];
        for (int32_t r = 0; r < m; r++) row[r] -= factor * pivot_row[r];
    }
    lp->n_updates++;
    lp->has_weights = false;
}

void cpn_offers_lp_pivot(cpn_offers_lp *lp, int32_t leaving, int32_t entering, bool is_below)
{
    const double bound = is_below ? lp->lower[leaving] : lp->upper[leaving];
    const double alpha = lp->alpha[entering];
    const int32_t owner = lp->owners[leaving];
    flip_passed(lp);
    move_duals(lp, leaving, entering);
    if (lp->places[leaving] == CPN_OFFERS_KEY && has_members(lp, owner)) swap_key(lp, leaving);
    for (int32_t r = 0; r < lp->n_rows; r++) lp->rest[r] = 0;
    cpn_offers_lp_add(lp, lp->rest, entering, 1);
    cpn_offers_lp_multiply(lp, lp->column, lp->rest);
    const bool is_key = lp->places[leaving] == CPN_OFFERS_KEY;
    const double pivot = is_key ? alpha : lp->column[lp->positions[leaving]];
    if (fabs(pivot - alpha) > largest_drift * (1 + fabs(alpha))) lp->n_updates = UPDATES_A_REFRESH;
    const double step = (lp->levels[leaving] - bound) / pivot;
    nudge(lp, entering, step);
    move_working(lp, step);
    lp->levels[leaving] = bound;
    lp->places[leaving] = is_below ? CPN_OFFERS_LOWER : CPN_OFFERS_UPPER;
    if (is_key) {
        lp->keys[owner] = entering;
        lp->places[entering] = CPN_OFFERS_KEY;
        return;
    }
    const int32_t position = lp->positions[leaving];
    update_inverse(lp, position);
    lp->positions[leaving] = -1;
    lp->head[position] = entering;
    lp->positions[entering] = position;
    lp->places[entering] = CPN_OFFERS_WORKING;
}

/* ---- The method -------------------------------------------------------------------------------------------------- */

static double trespass_of(const cpn_offers_lp *lp, int32_t column)
{
    const double below = lp->lower[column] - lp->levels[column], above = lp->levels[column] - lp->upper[column];
    return below > above ? below : above;
}

/* Squared lengths of the rows of the inverse: what a unit of each working column's trespass is worth. */
static void weigh_rows(cpn_offers_lp *lp)
{
    const int32_t m = lp->n_rows;
    for (int32_t c = 0; c < lp->n_customers; c++) lp->key_weights[c] = lone_weight;
    for (int32_t i = 0; i < m; i++) {
        const double *row = &lp->inverse[(int64_t)i * m];
        double sum = 0;
        for (int32_t r = 0; r < m; r++) sum += row[r] * row[r];
        lp->weights[i] = 1 + sum;
        if (lp->owners[lp->head[i]] >= 0) lp->key_weights[lp->owners[lp->head[i]]] += 1 + sum;
    }
    lp->has_weights = true;
}

/* The column of the basis that is furthest outside its bounds for the length of its row (steepest edge), or -1. */
static int32_t choose_leaving(cpn_offers_lp *lp)
{
    double largest = 0;
    int32_t best = -1;
    if (!lp->has_weights) weigh_rows(lp);
    for (int32_t i = 0; i < lp->n_rows; i++) {
        const double trespass = trespass_of(lp, lp->head[i]);
        if (trespass > level_tolerance && trespass * trespass > largest * lp->weights[i]) {
            largest = trespass * trespass / lp->weights[i];
            best = lp->head[i];
        }
    }
    for (int32_t c = 0; c < lp->n_customers; c++) {
        if (!lp->is_active[c] || lp->is_cold[c]) continue;
        const double trespass = trespass_of(lp, lp->keys[c]);
        if (trespass > level_tolerance && trespass * trespass > largest * lp->key_weights[c]) {
            largest = trespass * trespass / lp->key_weights[c];
            best = lp->keys[c];
        }
    }
    return best;
}

/* Degenerate duals can keep the method on one spot for long: values a little apart from each other end that. */
static void perturb(cpn_offers_lp *lp)
{
    cpn_random random;
    cpn_random_seed(&random, 20027);
    for (int32_t p = 0; p < lp->n_pairs; p++)
        lp->values[p] = lp->true_values[p] + lp->perturbation * (0.5 + cpn_random_double(&random));
    lp->is_perturbed = true;
    lp->n_still = 0;
    cpn_offers_lp_reprice(lp);
}

static void restore(cpn_offers_lp *lp)
{
    for (int32_t p = 0; p < lp->n_pairs; p++) lp->values[p] = lp->true_values[p];
    lp->is_perturbed = false;
    lp->n_still = 0;
    cpn_offers_lp_refresh(lp);
}

static void clear_touched(cpn_offers_lp *lp)
{
    for (int64_t i = 0; i < lp->n_touched; i++) lp->alpha[lp->touched[i]] = 0;
    lp->n_touched = 0;
}

/* Until no column is outside its bounds. n_left counts iterations down. */
static cpn_offers_end run(cpn_offers_lp *lp, double cutoff, int64_t *n_left)
{
    bool is_sure = false; /* the inverse is fresh since the last sign of an end */
    while (*n_left > 0) {
        if (lp->n_updates >= UPDATES_A_REFRESH) cpn_offers_lp_refresh(lp);
        if (lp->objective <= cutoff) return CPN_OFFERS_END_CUT;
        const int32_t leaving = choose_leaving(lp);
        int32_t entering = -1;
        if (leaving >= 0) {
            const bool is_below = lp->levels[leaving] < lp->lower[leaving];
            cpn_offers_lp_price(lp, leaving, is_below);
            entering = cpn_offers_lp_enter(lp);
            if (entering >= 0) {
                cpn_offers_lp_pivot(lp, leaving, entering, is_below);
                lp->n_iterations++;
                (*n_left)--;
                is_sure = false;
                if (lp->has_cold && cpn_offers_lp_is_stale(lp)) cpn_offers_lp_reprice(lp);
                if (lp->n_still > STILL_STEPS && !lp->is_perturbed) perturb(lp);
                continue;
            }
            clear_touched(lp);
        }
        if (is_sure || (lp->n_updates == 0 && !lp->has_cold))
            return leaving < 0 ? CPN_OFFERS_END_OPTIMAL : CPN_OFFERS_END_INFEASIBLE;
        cpn_offers_lp_refresh(lp);
        if (leaving >= 0) cpn_offers_lp_reprice(lp);
        is_sure = true;
    }
    return CPN_OFFERS_END_STUCK;
}

/* Each time the values are taken back to the true ones, the method may get stuck once more; perturbations then become
 * smaller, and after the last one what is best for the perturbed values stands. */
cpn_offers_end cpn_offers_lp_solve(cpn_offers_lp *lp, double cutoff, int64_t most_iterations)
{
    int64_t n_left = most_iterations;
    lp->n_still = 0;
    lp->perturbation = first_perturbation;
    cpn_offers_lp_reprice(lp);
    cpn_offers_end end = run(lp, cutoff, &n_left);
    while (lp->is_perturbed && end == CPN_OFFERS_END_OPTIMAL && lp->perturbation > last_perturbation) {
        lp->perturbation /= 8;
        restore(lp);
        end = run(lp, cutoff, &n_left);
    }
    if (!lp->is_perturbed) return end;
    for (int32_t p = 0; p < lp->n_pairs; p++) lp->values[p] = lp->true_values[p];
    lp->is_perturbed = false;
    return end;
}
