/* Where the search begins: a fixed grid over carry-over, shape and location, with scale, intercept and trend at their best
 * within their limits at each point (variable projection). Of each carry-over and shape the best location is kept. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "forecast/response_fit.h"

enum { N_ADSTOCKS = 7, N_SHAPES = 6, N_LOCATIONS = 13, N_LINEAR = 3, N_SIDES = 3 };
static const double adstocks[N_ADSTOCKS] = { 0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9 }; /* of the way from low to high */
static const double hill_shapes[N_SHAPES] = { 0.5, 0.8, 1.2, 2, 3.5, 7 };
static const double power_shapes[N_SHAPES] = { 0.1, 0.25, 0.45, 0.65, 0.85, 1.1 };
static const double logistic_shapes[N_SHAPES] = { 1, 2, 3.5, 6, 10, 18 };
static const int32_t linear[N_LINEAR] = { CPN_EFFECT_SCALE, CPN_EFFECT_INTERCEPT, CPN_EFFECT_TREND };
/* Locations from a fiftieth of the largest spend to twenty times it, in equal ratios. */
static const double first_location = 0.02, last_location = 20;

/* Least squares in the linear parameters: the triangle, its right side, and what no values of them explain. */
typedef struct projection {
    double root[N_LINEAR * CPN_EFFECT_N], right[N_LINEAR], rest;
    const cpn_effect_problem *problem;
} projection;

static void project(projection *p, cpn_effect_room *room, const double at[CPN_EFFECT_N])
{
    const cpn_effect_problem *problem = p->problem;
    double still[CPN_EFFECT_N];
    memcpy(still, at, sizeof still);
    for (int32_t i = 0; i < N_LINEAR; i++) still[linear[i]] = 0;
    (void)cpn_effect_residuals(room, problem, still); /* without the linear part, residuals are the results */
    cpn_effect_jacobian(room, problem, still, linear, N_LINEAR);
    cpn_squares_turn(room->jacobian, room->n, room->n, N_LINEAR, room->residual);
    p->rest = 0;
    for (int64_t t = N_LINEAR; t < room->n; t++) p->rest += room->residual[t] * room->residual[t];
    for (int32_t j = 0; j < N_LINEAR; j++) {
        for (int32_t i = 0; i < N_LINEAR; i++) p->root[j * CPN_EFFECT_N + i] = room->jacobian[j * room->n + i];
        p->right[j] = room->residual[j];
    }
}

/* The squares with some parameters on a limit (sides 1 low, 2 high) and the others (0) at their best; HUGE_VAL where
 * those break theirs. */
static double try_sides(double best[N_LINEAR], const projection *p, const int32_t sides[N_LINEAR])
{
    double matrix[N_LINEAR * CPN_EFFECT_N] = { 0 }, right[N_LINEAR], step[CPN_EFFECT_N] = { 0 };
    int32_t n_free = 0;
    memcpy(right, p->right, sizeof right);
    for (int32_t j = 0; j < N_LINEAR; j++) {
        const double *column = &p->root[j * CPN_EFFECT_N];
        if (sides[j] == 0) {
            memcpy(&matrix[n_free++ * CPN_EFFECT_N], column, N_LINEAR * sizeof *column);
            continue;
        }
        best[j] = sides[j] == 1 ? p->problem->low[linear[j]] : p->problem->high[linear[j]];
        if (!cpn_is_finite(best[j])) return HUGE_VAL;
        for (int32_t i = 0; i < N_LINEAR; i++) right[i] -= column[i] * best[j];
    }
    cpn_squares_turn(matrix, CPN_EFFECT_N, N_LINEAR, n_free, right);
    if (n_free > 0 && !cpn_squares_damped(step, matrix, right, n_free, 0)) return HUGE_VAL;
    for (int32_t j = 0, k = 0; j < N_LINEAR; j++) {
        if (sides[j] != 0) continue;
        best[j] = step[k++];
        if (best[j] < p->problem->low[linear[j]] || best[j] > p->problem->high[linear[j]]) return HUGE_VAL;
    }
    double squares = p->rest;
    for (int32_t i = n_free; i < N_LINEAR; i++) squares += right[i] * right[i];
    return squares;
}

/* The best linear parameters within their limits, by trying every set of limits that may be met. */
static double solve_linear(double at[CPN_EFFECT_N], const projection *p)
{
    double least = HUGE_VAL;
    for (int32_t code = 0; code < N_SIDES * N_SIDES * N_SIDES; code++) {
        const int32_t sides[N_LINEAR] = { code % N_SIDES, code / N_SIDES % N_SIDES, code / N_SIDES / N_SIDES };
        double best[N_LINEAR] = { 0 };
        bool is_open = true;
        for (int32_t j = 0; j < N_LINEAR; j++)
            is_open = is_open && (sides[j] == 1 || p->problem->is_free[linear[j]]); /* what is held has one side */
        const double squares = is_open ? try_sides(best, p, sides) : HUGE_VAL;
        if (!(squares < least)) continue;
        least = squares;
        for (int32_t j = 0; j < N_LINEAR; j++) at[linear[j]] = best[j];
        if (code == 0) break; /* nothing is better than what no limit touches */
    }
    return least;
}

static double within(const cpn_effect_problem *problem, int32_t parameter, double value)
{
    return fmin(fmax(value, problem->low[parameter]), problem->high[parameter]);
}

static double shape_at(const cpn_effect_problem *problem, int32_t index)
{
    return log(problem->kind == CPN_RESPONSE_HILL    ? hill_shapes[index]
               : problem->kind == CPN_RESPONSE_POWER ? power_shapes[index]
                                                     : logistic_shapes[index]);
}

/* The best location of one carry-over and shape. */
static double seek_location(double best[CPN_EFFECT_N], cpn_effect_room *room, const cpn_effect_problem *problem,
                            const double from[CPN_EFFECT_N])
{
    const int32_t n = problem->is_free[CPN_EFFECT_LOCATION] ? N_LOCATIONS : 1;
    const double step = log(last_location / first_location) / (N_LOCATIONS - 1);
    double least = HUGE_VAL;
    for (int32_t i = 0; i < n; i++) {
        double at[CPN_EFFECT_N];
        memcpy(at, from, sizeof at);
        at[CPN_EFFECT_LOCATION] = within(problem, CPN_EFFECT_LOCATION, log(first_location) + step * i);
        projection p = { .problem = problem };
        project(&p, room, at);
        const double squares = solve_linear(at, &p);
        if (!(squares < least)) continue;
        least = squares;
        memcpy(best, at, sizeof at);
    }
    return least;
}

typedef struct place {
    double squares, at[CPN_EFFECT_N];
} place;

/* Keeps the n least, ties in the order of the grid. */
static void keep(place *places, int32_t *n_found, int32_t most, const place *found)
{
    int32_t at = *n_found;
    while (at > 0 && found->squares < places[at - 1].squares) at--;
    if (at >= most) return;
    if (*n_found < most) (*n_found)++;
    for (int32_t i = *n_found - 1; i > at; i--) places[i] = places[i - 1];
    places[at] = *found;
}

campaign_status cpn_effect_starts(double (*starts)[CPN_EFFECT_N], int32_t *n_found, cpn_effect_room *room,
                                  const cpn_effect_problem *problem)
{
    place *places = cpn_alloc(problem->n_starts, sizeof *places);
    if (!places) return CAMPAIGN_E_NOMEM;
    const int32_t n_adstocks = problem->is_free[CPN_EFFECT_ADSTOCK] ? N_ADSTOCKS : 1;
    const int32_t n_shapes = problem->is_free[CPN_EFFECT_SHAPE] ? N_SHAPES : 1;
    const double low = problem->low[CPN_EFFECT_ADSTOCK], high = problem->high[CPN_EFFECT_ADSTOCK];
    *n_found = 0;
    for (int32_t a = 0; a < n_adstocks; a++) {
        for (int32_t s = 0; s < n_shapes; s++) {
            double from[CPN_EFFECT_N] = { 0 };
            place found = { 0 };
            from[CPN_EFFECT_ADSTOCK] = low + adstocks[a] * (high - low);
            from[CPN_EFFECT_SHAPE] = within(problem, CPN_EFFECT_SHAPE, shape_at(problem, s));
            found.squares = seek_location(found.at, room, problem, from);
            if (found.squares < HUGE_VAL) keep(places, n_found, problem->n_starts, &found);
        }
    }
    for (int32_t i = 0; i < *n_found; i++) memcpy(starts[i], places[i].at, sizeof places[i].at);
    cpn_free(places);
    return CAMPAIGN_OK;
}
