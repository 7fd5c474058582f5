/* The working basis of the linear problem: its inverse, and what follows from it: duals, reduced values, levels. */
#include <math.h>

#include "allocate/offers/exact/lp.h"

static const double smallest_pivot = 1e-11;
static const double dual_tolerance = 1e-10;

double cpn_offers_lp_dot(const cpn_offers_lp *lp, const double *vector, int32_t column)
{
    const cpn_offers_small *problem = lp->problem;
    if (column >= lp->n_pairs) {
        const int32_t slack = column - lp->n_pairs - lp->n_customers;
        return slack >= 0 ? vector[slack] : 0;
    }
    double sum = 0;
    for (int64_t u = problem->use_starts[column]; u < problem->use_starts[column + 1]; u++)
        sum += vector[problem->use_rows[u]] * lp->use_costs[u];
    return sum;
}

/* vector += factor × column, over the rows. */
static void add_column(const cpn_offers_lp *lp, double *vector, int32_t column, double factor)
{
    const cpn_offers_small *problem = lp->problem;
    if (column >= lp->n_pairs) {
        const int32_t slack = column - lp->n_pairs - lp->n_customers;
        if (slack >= 0) vector[slack] += factor;
        return;
    }
    for (int64_t u = problem->use_starts[column]; u < problem->use_starts[column + 1]; u++)
        vector[problem->use_rows[u]] += factor * lp->use_costs[u];
}

void cpn_offers_lp_add(const cpn_offers_lp *lp, double *vector, int32_t column, double factor)
{
    const int32_t owner = lp->owners[column];
    add_column(lp, vector, column, factor);
    if (owner < 0) return;
    const int32_t key = lp->keys[owner];
    add_column(lp, vector, key, -factor * cpn_offers_sign(lp, column) * cpn_offers_sign(lp, key));
}

void cpn_offers_lp_multiply(const cpn_offers_lp *lp, double *result, const double *vector)
{
    const int32_t m = lp->n_rows;
    int32_t n_filled = 0;
    for (int32_t r = 0; r < m; r++)
        if (vector[r] < 0 || vector[r] > 0) lp->filled[n_filled++] = r;
    for (int32_t i = 0; i < m; i++) {
        const double *row = &lp->inverse[(int64_t)i * m];
        double sum = 0;
        for (int32_t k = 0; k < n_filled; k++) sum += row[lp->filled[k]] * vector[lp->filled[k]];
        result[i] = sum;
    }
}

/* ---- The inverse ------------------------------------------------------------------------------------------------- */

/* A working column that depends on the others leaves; the slack of a row without pivot comes in for it. */
static void replace_by_slack(cpn_offers_lp *lp, int32_t position, int32_t row)
{
    const int32_t old = lp->head[position], slack = lp->n_pairs + lp->n_customers + row;
    lp->positions[old] = -1;
    lp->places[old] = CPN_OFFERS_LOWER;
    lp->head[position] = slack;
    lp->positions[slack] = position;
    lp->places[slack] = CPN_OFFERS_WORKING;
}

/* Clears the column of a pivot from all other rows of the square and of the inverse, which are worked on side by side. */
static void eliminate(cpn_offers_lp *lp, int32_t position, int32_t row)
{
    const int32_t m = lp->n_rows;
    double *square = lp->square, *inverse = lp->inverse;
    double *const pivot_left = &square[(int64_t)row * m], *const pivot_right = &inverse[(int64_t)row * m];
    const double pivot = pivot_left[position];
    for (int32_t k = 0; k < m; k++) {
        pivot_left[k] /= pivot;
        pivot_right[k] /= pivot;
    }
    for (int32_t r = 0; r < m; r++) {
        double *left = &square[(int64_t)r * m], *right = &inverse[(int64_t)r * m];
        const double factor = left[position];
        if (r == row || (factor <= 0 && factor >= 0)) continue;
        for (int32_t k = 0; k < m; k++) {
            left[k] -= factor * pivot_left[k];
            right[k] -= factor * pivot_right[k];
        }
    }
}

/* square[row][position] = the working columns; marks[row] = the position that pivots there, or -1. */
static void load_square(cpn_offers_lp *lp)
{
    const int32_t m = lp->n_rows;
    for (int32_t i = 0; i < m; i++) {
        for (int32_t r = 0; r < m; r++) lp->rest[r] = 0;
        cpn_offers_lp_add(lp, lp->rest, lp->head[i], 1);
        for (int32_t r = 0; r < m; r++) {
            lp->square[(int64_t)r * m + i] = lp->rest[r];
            lp->inverse[(int64_t)r * m + i] = r == i ? 1 : 0;
        }
        lp->marks[i] = -1;
    }
}

static int32_t find_pivot_row(const cpn_offers_lp *lp, int32_t position)
{
    int32_t best = -1;
    double largest = smallest_pivot;
    for (int32_t r = 0; r < lp->n_rows; r++) {
        const double size = fabs(lp->square[(int64_t)r * lp->n_rows + position]);
        if (lp->marks[r] < 0 && size > largest) {
            largest = size;
            best = r;
        }
    }
    return best;
}

/* Gauss-Jordan with row pivoting, slacks first because they cost nothing. False where a column had to be replaced. */
static bool try_invert(cpn_offers_lp *lp)
{
    const int32_t m = lp->n_rows, first_slack = lp->n_pairs + lp->n_customers;
    bool is_whole = true;
    load_square(lp);
    for (int32_t pass = 0; pass < 2; pass++)
        for (int32_t i = 0; i < m; i++) {
            const bool is_slack = lp->head[i] >= first_slack;
            if (is_slack != (pass == 0)) continue;
            const int32_t row = is_slack ? lp->head[i] - first_slack : find_pivot_row(lp, i);
            if (row < 0) {
                is_whole = false;
                continue;
            }
            eliminate(lp, i, row);
            lp->marks[row] = i;
        }
    if (is_whole) return true;
    for (int32_t i = 0, row = 0; i < m; i++) {
        bool has_row = false;
        for (int32_t r = 0; r < m && !has_row; r++) has_row = lp->marks[r] == i;
        if (has_row) continue;
        while (lp->marks[row] >= 0) row++;
        lp->marks[row] = i;
        replace_by_slack(lp, i, row);
    }
    return false;
}

/* Rows of the inverse from the order of pivots into the order of positions. */
static void order_rows(cpn_offers_lp *lp)
{
    const int32_t m = lp->n_rows;
    for (int32_t r = 0; r < m; r++) {
        double *to = &lp->square[(int64_t)lp->marks[r] * m];
        const double *from = &lp->inverse[(int64_t)r * m];
        for (int32_t k = 0; k < m; k++) to[k] = from[k];
    }
    double *swap = lp->inverse;
    lp->inverse = lp->square;
    lp->square = swap;
}

/* ---- What follows from it ---------------------------------------------------------------------------------------- */

static void find_duals(cpn_offers_lp *lp)
{
    const int32_t m = lp->n_rows;
    for (int32_t r = 0; r < m; r++) lp->duals[r] = 0;
    for (int32_t i = 0; i < m; i++) {
        const int32_t column = lp->head[i], owner = lp->owners[column];
        double value = lp->values[column];
        if (owner >= 0) {
            const int32_t key = lp->keys[owner];
            value -= cpn_offers_sign(lp, column) * cpn_offers_sign(lp, key) * lp->values[key];
        }
        if (value <= 0 && value >= 0) continue;
        const double *row = &lp->inverse[(int64_t)i * m];
        for (int32_t r = 0; r < m; r++) lp->duals[r] += value * row[r];
    }
}

static void find_reduced(cpn_offers_lp *lp)
{
    const int64_t *starts = lp->problem->starts;
    const int32_t first_slack = lp->n_pairs + lp->n_customers;
    for (int32_t c = 0; c < lp->n_customers; c++) {
        if (!lp->is_active[c]) continue;
        const int32_t key = lp->keys[c], tally = lp->n_pairs + c;
        const double dual = (lp->values[key] - cpn_offers_lp_dot(lp, lp->duals, key)) * cpn_offers_sign(lp, key);
        for (int64_t p = starts[c]; p < starts[c + 1]; p++)
            lp->reduced[p] = lp->values[p] - cpn_offers_lp_dot(lp, lp->duals, (int32_t)p) - dual;
        lp->reduced[tally] = dual;
        lp->reduced[key] = 0;
    }
    for (int32_t r = 0; r < lp->n_rows; r++) lp->reduced[first_slack + r] = -lp->duals[r];
    for (int32_t i = 0; i < lp->n_rows; i++) lp->reduced[lp->head[i]] = 0;
}

/* Columns outside the basis go to the bound that their reduced value asks for. */
static void place_columns(cpn_offers_lp *lp)
{
    for (int32_t j = 0; j < lp->n_columns; j++) {
        const int32_t owner = lp->owners[j];
        if (lp->places[j] > CPN_OFFERS_UPPER) continue;
        if (owner >= 0 && !lp->is_active[owner]) {
            lp->levels[j] = 0;
            continue;
        }
        if (lp->reduced[j] > dual_tolerance) lp->places[j] = CPN_OFFERS_UPPER;
        if (lp->reduced[j] < -dual_tolerance) lp->places[j] = CPN_OFFERS_LOWER;
        lp->levels[j] = lp->places[j] == CPN_OFFERS_UPPER ? lp->upper[j] : lp->lower[j];
    }
}

void cpn_offers_lp_settle(cpn_offers_lp *lp)
{
    place_columns(lp);
    for (int32_t r = 0; r < lp->n_rows; r++) lp->rest[r] = lp->capacities[r] * lp->share;
    for (int32_t c = 0; c < lp->n_customers; c++) lp->levels[lp->keys[c]] = 0;
    for (int32_t j = 0; j < lp->n_columns; j++) {
        const double level = lp->levels[j];
        if (lp->places[j] > CPN_OFFERS_UPPER || (level <= 0 && level >= 0)) continue;
        cpn_offers_lp_add(lp, lp->rest, j, -level);
    }
    cpn_offers_lp_multiply(lp, lp->column, lp->rest);
    for (int32_t i = 0; i < lp->n_rows; i++) lp->levels[lp->head[i]] = lp->column[i];
    lp->objective = 0;
    for (int32_t j = 0; j < lp->n_columns; j++) {
        const int32_t owner = lp->owners[j];
        if (lp->places[j] == CPN_OFFERS_KEY) continue;
        lp->objective += lp->values[j] * lp->levels[j];
        if (owner < 0) continue;
        const int32_t key = lp->keys[owner];
        lp->levels[key] -= cpn_offers_sign(lp, j) * cpn_offers_sign(lp, key) * lp->levels[j];
    }
    for (int32_t c = 0; c < lp->n_customers; c++) lp->objective += lp->values[lp->keys[c]] * lp->levels[lp->keys[c]];
}

void cpn_offers_lp_refresh(cpn_offers_lp *lp)
{
    while (!try_invert(lp)) continue;
    order_rows(lp);
    lp->n_updates = 0;
    lp->has_weights = false;
    cpn_offers_lp_reprice(lp);
    cpn_offers_lp_cool(lp);
}

void cpn_offers_lp_reprice(cpn_offers_lp *lp)
{
    find_duals(lp);
    find_reduced(lp);
    cpn_offers_lp_settle(lp);
    cpn_offers_lp_warm(lp);
}
