/* The Newton step over the free rows: by Cholesky where rows are few, by conjugate gradients over the listed terms where
 * they are many. */
#include <math.h>

#include "allocate/offers/descend.h"

static double *row_of(double *packed, int64_t row)
{
    return packed + row * (row + 1) / 2;
}

/* Cholesky in place. A pivot that is not positive stands for a row that others determine: its step is left out. */
static void factorise(double *factor, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        double *a = row_of(factor, i);
        const double whole = a[i];
        for (int32_t j = 0; j <= i; j++) {
            const double *b = row_of(factor, j);
            double sum = a[j];
            for (int32_t k = 0; k < j; k++) sum -= a[k] * b[k];
            if (j < i)
                a[j] = b[j] > 0 ? sum / b[j] : 0;
            else
                a[i] = sum > 1e-14 * whole ? sqrt(sum) : 0;
        }
    }
}

static void step_dense(double *step, double *factor, const cpn_offers_look *look, const double *pull,
                       const double *damping, const uint8_t *is_free)
{
    const int32_t n = look->n_rows;
    for (int32_t i = 0; i < n; i++) {
        double *to = row_of(factor, i);
        const double *from = row_of(look->packed, i);
        for (int32_t j = 0; j <= i; j++) to[j] = is_free[i] && is_free[j] ? from[j] : 0;
        to[i] = is_free[i] ? from[i] + damping[i] : 1;
    }
    factorise(factor, n);
    for (int32_t i = 0; i < n; i++) {
        const double *a = row_of(factor, i);
        double sum = is_free[i] ? -pull[i] : 0;
        for (int32_t k = 0; k < i; k++) sum -= a[k] * step[k];
        step[i] = a[i] > 0 ? sum / a[i] : 0;
    }
    for (int32_t i = n - 1; i >= 0; i--) {
        const double *a = row_of(factor, i);
        step[i] = a[i] > 0 ? step[i] / a[i] : 0;
        for (int32_t k = 0; k < i; k++) step[k] -= a[k] * step[i];
    }
}

/* to = H x. */
static void multiply(double *to, const double *x, const cpn_offers_look *look)
{
    const int32_t n = look->n_rows;
    for (int32_t i = 0; i < n; i++) to[i] = 0;
    for (int32_t i = 0; i < n && look->is_dense; i++) {
        const double *a = row_of(look->packed, i);
        for (int32_t j = 0; j < i; j++) {
            to[i] += a[j] * x[j];
            to[j] += a[j] * x[i];
        }
        to[i] += a[i] * x[i];
    }
    for (int64_t p = 0; p < look->n_parts && !look->is_dense; p++) {
        const cpn_offers_edges *edges = &look->parts[p].edges;
        for (int64_t e = 0; e < edges->n; e++) {
            const cpn_offers_edge *edge = &edges->edges[e];
            double sum = 0;
            for (int64_t t = edge->first; t < edge->first + edge->n; t++) sum += edges->amounts[t] * x[edges->rows[t]];
            sum *= edge->weight;
            for (int64_t t = edge->first; t < edge->first + edge->n; t++) to[edges->rows[t]] += edges->amounts[t] * sum;
        }
    }
}

static void step_listed(double *step, double *factor, const cpn_offers_look *look, const double *pull,
                        const double *damping, const uint8_t *is_free)
{
    enum { ROUNDS = 100 };
    const int32_t n = look->n_rows;
    double *rest = factor, *along = factor + n, *image = factor + 2 * (int64_t)n, *scaled = factor + 3 * (int64_t)n;
    double size = 0, first;
    for (int32_t i = 0; i < n; i++) {
        step[i] = 0;
        rest[i] = is_free[i] ? -pull[i] : 0;
        scaled[i] = rest[i] / (look->diagonal[i] + damping[i]);
        along[i] = scaled[i];
        size += rest[i] * scaled[i];
    }
    first = size;
    for (int32_t round = 0; round < ROUNDS && size > 1e-6 * first; round++) {
        double curve = 0, next = 0;
        multiply(image, along, look);
        for (int32_t i = 0; i < n; i++) {
            image[i] = is_free[i] ? image[i] + damping[i] * along[i] : 0;
            curve += image[i] * along[i];
        }
        if (!(curve > 0)) return;
        for (int32_t i = 0; i < n; i++) {
            step[i] += size / curve * along[i];
            rest[i] -= size / curve * image[i];
            scaled[i] = rest[i] / (look->diagonal[i] + damping[i]);
            next += rest[i] * scaled[i];
        }
        for (int32_t i = 0; i < n; i++) along[i] = scaled[i] + next / size * along[i];
        size = next;
    }
}

double cpn_offers_step(double *step, double *factor, const cpn_offers_look *look, const double *damping,
                       const double *multipliers)
{
    enum { ROUNDS = 20 };
    const int32_t n = look->n_rows;
    const int64_t n_factor = look->is_dense ? (int64_t)n * (n + 1) / 2 : 4 * (int64_t)n;
    double *pull = factor + n_factor, *fixed = pull + n, *image = fixed + n;
    uint8_t *is_free = (uint8_t *)(image + n);
    for (int32_t i = 0; i < n; i++) {
        is_free[i] = multipliers[i] > 0 || look->gradient[i] < 0;
        pull[i] = look->gradient[i];
        fixed[i] = 0;
    }
    bool is_inside = false;
    for (int32_t round = 0; round < ROUNDS && !is_inside; round++) {
        is_inside = true;
        if (look->is_dense)
            step_dense(step, factor, look, pull, damping, is_free);
        else
            step_listed(step, factor, look, pull, damping, is_free);
        for (int32_t i = 0; i < n; i++) {
            if (!is_free[i] || multipliers[i] + step[i] >= 0) continue;
            fixed[i] = -multipliers[i];
            is_free[i] = 0;
            is_inside = false;
        }
        if (is_inside) break;
        multiply(image, fixed, look);
        for (int32_t i = 0; i < n; i++) pull[i] = look->gradient[i] + image[i];
    }
    double fall = 0;
    for (int32_t i = 0; i < n; i++) {
        step[i] = is_free[i] ? step[i] : fixed[i];
        if (multipliers[i] + step[i] < 0) step[i] = -multipliers[i];
    }
    multiply(image, step, look);
    for (int32_t i = 0; i < n; i++) fall -= look->gradient[i] * step[i] + 0.5 * image[i] * step[i];
    return fall;
}
