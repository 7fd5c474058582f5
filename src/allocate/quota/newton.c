/* Newton's method for proportional fitting: where scaling creeps, a few steps on the logarithms of all factors at once.
 * The equations of the larger side are eliminated; what is left is symmetric and solved by Cholesky. */
#include <math.h>

#include "allocate/quota/fitting.h"
#include "base/memory.h"

enum { MOST_SIDE = 1500, MOST_HALVES = 12 };

typedef struct newton {
    const cpn_quota_fit *fit;
    int32_t small_from, small_n, large_from, large_n; /* nodes of either side */
    double *matrix;                                   /* small_n × small_n */
    double *diagonal, *rest, *step;                   /* by node */
    double *moving; /* by cell: its value between its bounds, else 0: only these move with the factors */
} newton;

bool cpn_quota_fit_has_newton(const cpn_quota_grid *grid)
{
    return grid->n_rows <= MOST_SIDE || grid->n_columns <= MOST_SIDE;
}

static double moving_value(const cpn_quota_fit *fit, int64_t cell)
{
    if (fit->is_fixed[cell]) return 0;
    const double value = cpn_quota_fitted(fit, cell);
    return value > fit->least[cell] && value < fit->most[cell] ? value : 0;
}

static void set_up(newton *at)
{
    const cpn_quota_fit *fit = at->fit;
    const cpn_quota_grid *grid = fit->grid;
    for (int64_t cell = 0; cell < grid->n_cells; cell++) at->moving[cell] = moving_value(fit, cell);
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        at->diagonal[node] = 0;
        at->rest[node] = fit->targets[node] - cpn_quota_fit_sum(fit, node);
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++)
            at->diagonal[node] += at->moving[grid->links[link]];
        if (at->diagonal[node] <= 0) {
            at->diagonal[node] = 1;
            at->rest[node] = 0;
        }
    }
}

/* diagonal of the small side less the other cells through each node of the large side. */
static void eliminate(newton *at)
{
    const cpn_quota_grid *grid = at->fit->grid;
    const int64_t n = at->small_n;
    for (int64_t i = 0; i < n * n; i++) at->matrix[i] = 0;
    for (int64_t i = 0; i < n; i++) {
        const int32_t node = at->small_from + (int32_t)i;
        /* One factor is free in each component: a little more on the diagonal chooses it. */
        at->matrix[i * n + i] = at->diagonal[node] * (1 + 1e-13);
        at->step[node] = at->rest[node];
    }
    for (int32_t i = 0; i < at->large_n; i++) {
        const int32_t node = at->large_from + i;
        for (int64_t a = grid->first[node]; a < grid->first[node + 1]; a++) {
            const double left = at->moving[grid->links[a]] / at->diagonal[node];
            if (left == 0) continue;
            const int32_t row = cpn_quota_other(grid, node, grid->links[a]) - at->small_from;
            at->step[at->small_from + row] -= left * at->rest[node];
            for (int64_t b = grid->first[node]; b < grid->first[node + 1]; b++) {
                const int32_t column = cpn_quota_other(grid, node, grid->links[b]) - at->small_from;
                if (column <= row) at->matrix[row * n + column] -= left * at->moving[grid->links[b]];
            }
        }
    }
}

/* Lower triangle in place; a pivot that vanishes belongs to a free factor and is held. */
static void solve(newton *at)
{
    const int64_t n = at->small_n;
    double *matrix = at->matrix, *x = at->step + at->small_from;
    for (int64_t j = 0; j < n; j++) {
        double pivot = matrix[j * n + j];
        for (int64_t k = 0; k < j; k++) pivot -= matrix[j * n + k] * matrix[j * n + k];
        pivot = sqrt(pivot > 1e-300 ? pivot : 1e300);
        matrix[j * n + j] = pivot;
        for (int64_t i = j + 1; i < n; i++) {
            double sum = matrix[i * n + j];
            for (int64_t k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
            matrix[i * n + j] = sum / pivot;
        }
    }
    for (int64_t i = 0; i < n; i++) {
        for (int64_t k = 0; k < i; k++) x[i] -= matrix[i * n + k] * x[k];
        x[i] /= matrix[i * n + i];
    }
    for (int64_t i = n - 1; i >= 0; i--) {
        for (int64_t k = i + 1; k < n; k++) x[i] -= matrix[k * n + i] * x[k];
        x[i] /= matrix[i * n + i];
    }
}

static void substitute(newton *at)
{
    const cpn_quota_grid *grid = at->fit->grid;
    for (int32_t i = 0; i < at->large_n; i++) {
        const int32_t node = at->large_from + i;
        double sum = at->rest[node];
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++)
            sum -= at->moving[grid->links[link]] * at->step[cpn_quota_other(grid, node, grid->links[link])];
        at->step[node] = sum / at->diagonal[node];
    }
}

/* Goes along the step, half of it, a quarter … until the error is smaller than before. */
static bool go(newton *at, cpn_quota_fit *fit)
{
    const int32_t n = fit->grid->n_nodes;
    const double before = cpn_quota_fit_error(fit);
    double largest = 0, part = 1;
    for (int32_t node = 0; node < n; node++) {
        at->rest[node] = fit->factors[node];
        if (!(fabs(at->step[node]) <= 1e6)) at->step[node] = 0;
        if (fabs(at->step[node]) > largest) largest = fabs(at->step[node]);
    }
    if (largest > 5) part = 5 / largest;
    for (int32_t i = 0; i < MOST_HALVES; i++, part /= 2) {
        for (int32_t node = 0; node < n; node++) fit->factors[node] = at->rest[node] * exp(part * at->step[node]);
        if (cpn_quota_fit_error(fit) < before) return true;
    }
    for (int32_t node = 0; node < n; node++) fit->factors[node] = at->rest[node];
    return false;
}

campaign_status cpn_quota_fit_newton(cpn_quota_fit *fit, bool *has_moved, campaign_error *error)
{
    const cpn_quota_grid *grid = fit->grid;
    const bool is_row_small = grid->n_rows <= grid->n_columns;
    newton at = { .fit = fit };
    at.small_from = is_row_small ? 0 : grid->n_rows;
    at.small_n = is_row_small ? grid->n_rows : grid->n_columns;
    at.large_from = is_row_small ? grid->n_rows : 0;
    at.large_n = is_row_small ? grid->n_columns : grid->n_rows;
    at.matrix = cpn_alloc((int64_t)at.small_n * at.small_n, sizeof *at.matrix);
    double *nodes = cpn_alloc(3 * (int64_t)grid->n_nodes, sizeof *nodes);
    at.moving = cpn_alloc(grid->n_cells, sizeof *at.moving);
    const bool has_room = at.matrix && nodes && at.moving;
    if (has_room) {
        at.diagonal = nodes;
        at.rest = nodes + grid->n_nodes;
        at.step = nodes + 2 * (int64_t)grid->n_nodes;
        set_up(&at);
        eliminate(&at);
        solve(&at);
        substitute(&at);
        *has_moved = go(&at, fit);
    }
    cpn_free(at.matrix);
    cpn_free(nodes);
    cpn_free(at.moving);
    return has_room ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
