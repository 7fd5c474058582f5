/* Least squares of a few columns: Householder reflections, damped steps, inverse and condition of the triangle.
 * Golub & Van Loan, Matrix Computations, sections 5.2 (Householder), 8.6 (one-sided Jacobi); the damping of Marquardt 1963
 * as Moré, The Levenberg-Marquardt algorithm, 1978, solves it. */
#include <float.h>
#include <math.h>

#include "forecast/response_fit.h"

static double dot(const double *a, const double *b, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

/* b -= 2 v (v · b) / (v · v), from row first on. */
static void reflect(double *b, const double *v, int64_t first, int64_t n, double twice_over_length)
{
    const double factor = twice_over_length * dot(v + first, b + first, n - first);
    for (int64_t i = first; i < n; i++) b[i] -= factor * v[i];
}

void cpn_squares_turn(double *matrix, int64_t stride, int64_t n, int32_t n_columns, double *right)
{
    for (int32_t k = 0; k < n_columns; k++) {
        double *column = matrix + k * stride;
        const double length = sqrt(dot(column + k, column + k, n - k));
        if (length == 0) continue;
        const double diagonal = column[k] > 0 ? -length : length;
        column[k] -= diagonal; /* away from zero, so that nothing cancels */
        const double squared = dot(column + k, column + k, n - k);
        for (int32_t j = k + 1; j < n_columns; j++) reflect(matrix + j * stride, column, k, n, 2 / squared);
        reflect(right, column, k, n, 2 / squared);
        column[k] = diagonal;
        for (int64_t i = k + 1; i < n; i++) column[i] = 0;
    }
}

static bool solve_triangle(double *x, const double *root, int64_t stride, const double *right, int32_t n)
{
    for (int32_t i = n - 1; i >= 0; i--) {
        double rest = right[i];
        for (int32_t j = i + 1; j < n; j++) rest -= root[j * stride + i] * x[j];
        const double diagonal = root[i * stride + i];
        if (diagonal == 0) return false;
        x[i] = rest / diagonal;
        if (!(fabs(x[i]) <= DBL_MAX)) return false;
    }
    return true;
}

static double column_length(const double *root, int32_t j)
{
    return sqrt(dot(root + j * CPN_EFFECT_N, root + j * CPN_EFFECT_N, j + 1));
}

bool cpn_squares_damped(double step[CPN_EFFECT_N], const double *root, const double *right, int32_t n, double damping)
{
    enum { ROWS = 2 * CPN_EFFECT_N };
    double matrix[CPN_EFFECT_N * ROWS] = { 0 }, side[ROWS] = { 0 };
    for (int32_t j = 0; j < n; j++) {
        for (int32_t i = 0; i <= j; i++) matrix[j * ROWS + i] = root[j * CPN_EFFECT_N + i];
        matrix[j * ROWS + n + j] = sqrt(damping) * column_length(root, j);
        side[j] = right[j];
    }
    cpn_squares_turn(matrix, ROWS, 2 * n, n, side);
    return solve_triangle(step, matrix, ROWS, side, n);
}

bool cpn_squares_invert(double inverse[CPN_EFFECT_N * CPN_EFFECT_N], const double *root, int32_t n)
{
    for (int32_t j = 0; j < n; j++) {
        double unit[CPN_EFFECT_N] = { 0 };
        unit[j] = 1;
        if (!solve_triangle(&inverse[j * CPN_EFFECT_N], root, CPN_EFFECT_N, unit, n)) return false;
    }
    return true;
}

/* Turns columns a and b until they are at right angles. Returns the cosine that was between them. */
static double part_columns(double *a, double *b, int32_t n)
{
    const double aa = dot(a, a, n), bb = dot(b, b, n), ab = dot(a, b, n);
    if (ab == 0 || aa == 0 || bb == 0) return 0;
    const double tau = (bb - aa) / (2 * ab);
    const double tangent = (tau < 0 ? -1 : 1) / (fabs(tau) + sqrt(1 + tau * tau));
    const double cosine = 1 / sqrt(1 + tangent * tangent), sine = cosine * tangent;
    for (int32_t i = 0; i < n; i++) {
        const double first = a[i];
        a[i] = cosine * first - sine * b[i];
        b[i] = sine * first + cosine * b[i];
    }
    return fabs(ab) / sqrt(aa * bb);
}

double cpn_squares_condition(const double *root, int32_t n)
{
    enum { MOST_SWEEPS = 30 };
    double columns[CPN_EFFECT_N * CPN_EFFECT_N] = { 0 };
    for (int32_t j = 0; j < n; j++) {
        const double length = column_length(root, j);
        if (!(length > 0)) return HUGE_VAL;
        for (int32_t i = 0; i <= j; i++) columns[j * CPN_EFFECT_N + i] = root[j * CPN_EFFECT_N + i] / length;
    }
    double worst = 1;
    for (int32_t sweep = 0; sweep < MOST_SWEEPS && worst > DBL_EPSILON; sweep++) {
        worst = 0;
        for (int32_t a = 0; a < n; a++)
            for (int32_t b = a + 1; b < n; b++)
                worst = fmax(worst, part_columns(&columns[a * CPN_EFFECT_N], &columns[b * CPN_EFFECT_N], n));
    }
    double least = HUGE_VAL, most = 0;
    for (int32_t j = 0; j < n; j++) {
        const double length = sqrt(dot(&columns[j * CPN_EFFECT_N], &columns[j * CPN_EFFECT_N], n));
        least = fmin(least, length);
        most = fmax(most, length);
    }
    return least > 0 ? most / least : HUGE_VAL;
}
