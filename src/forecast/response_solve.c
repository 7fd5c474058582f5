/* Least squares within limits: Levenberg-Marquardt steps, cut off at the limits; a parameter on a limit that pushes
 * outward stands still. The last steps are undamped and judged by how far they go, because the sum of squares itself is
 * flat to rounding long before its parameters are. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "forecast/response_fit.h"

enum { MOST_STEPS = 300, MOST_LAST_STEPS = 12 };
static const double first_damping = 1e-3, least_damping = 1e-14, most_damping = 1e14;
static const double flat = 1e-9;      /* cosine between residuals and derivatives at which the search is over */
static const double loose = 1e-4;     /* the same, beyond which a search that gets no further has failed */
static const double rounding = 1e-30; /* squares against those of the results that are nothing but rounding */

/* The linearised problem at a point, over what may move. */
typedef struct local_problem {
    int32_t n, list[CPN_EFFECT_N];
    double root[CPN_EFFECT_N * CPN_EFFECT_N], right[CPN_EFFECT_N];
    double squares;
    double cosine; /* largest between the residuals and a derivative */
    bool is_active[CPN_EFFECT_N];
} local_problem;

static double column_dot(const double *column, const double *right, int32_t n)
{
    double sum = 0;
    for (int32_t i = 0; i < n; i++) sum += column[i] * right[i];
    return sum;
}

/* Leaves out what stands on a limit and would pass it; the rest is made a triangle again. */
static void drop_active(local_problem *s, const cpn_effect_problem *problem, const double at[CPN_EFFECT_N])
{
    double root[CPN_EFFECT_N * CPN_EFFECT_N] = { 0 };
    int32_t list[CPN_EFFECT_N], n = 0;
    s->cosine = 0;
    for (int32_t j = 0; j < s->n; j++) {
        const int32_t parameter = s->list[j];
        const double *column = &s->root[j * CPN_EFFECT_N];
        const double pull = column_dot(column, s->right, s->n);
        s->is_active[parameter] = (at[parameter] <= problem->low[parameter] && pull < 0) ||
                                  (at[parameter] >= problem->high[parameter] && pull > 0);
        if (s->is_active[parameter]) continue;
        const double length = sqrt(column_dot(column, column, s->n) * s->squares);
        if (length > 0) s->cosine = fmax(s->cosine, fabs(pull) / length);
        memcpy(&root[n * CPN_EFFECT_N], column, CPN_EFFECT_N * sizeof *column);
        list[n++] = parameter;
    }
    if (n < s->n) cpn_squares_turn(root, CPN_EFFECT_N, s->n, n, s->right);
    memcpy(s->root, root, sizeof root);
    memcpy(s->list, list, (size_t)n * sizeof *list);
    s->n = n;
}

static void linearise(local_problem *s, cpn_effect_room *room, const cpn_effect_problem *problem,
                      const double at[CPN_EFFECT_N])
{
    memset(s, 0, sizeof *s);
    for (int32_t i = 0; i < CPN_EFFECT_N; i++)
        if (problem->is_free[i]) s->list[s->n++] = i;
    s->squares = cpn_effect_residuals(room, problem, at);
    cpn_effect_jacobian(room, problem, at, s->list, s->n);
    memcpy(room->copy, room->residual, (size_t)room->n * sizeof *room->copy);
    cpn_squares_turn(room->jacobian, room->n, room->n, s->n, room->copy);
    for (int32_t j = 0; j < s->n; j++) {
        for (int32_t i = 0; i <= j; i++) s->root[j * CPN_EFFECT_N + i] = room->jacobian[j * room->n + i];
        s->right[j] = room->copy[j];
    }
    drop_active(s, problem, at);
}

/* The point after a step, kept within limits. */
static void move(double to[CPN_EFFECT_N], const double from[CPN_EFFECT_N], const double step[CPN_EFFECT_N],
                 const local_problem *s, const cpn_effect_problem *problem)
{
    memcpy(to, from, CPN_EFFECT_N * sizeof *to);
    for (int32_t j = 0; j < s->n; j++) {
        const int32_t i = s->list[j];
        to[i] = fmin(fmax(from[i] + step[j], problem->low[i]), problem->high[i]);
    }
}

/* Length of a step, each part in what it does to the mean of the results. */
static double step_length(const double step[CPN_EFFECT_N], const local_problem *s)
{
    double sum = 0;
    for (int32_t j = 0; j < s->n; j++) {
        const double *column = &s->root[j * CPN_EFFECT_N];
        sum += step[j] * step[j] * column_dot(column, column, s->n);
    }
    return sqrt(sum);
}

/* One step that lessens the squares, with as much damping as that takes. False where none does. */
static bool descend(double at[CPN_EFFECT_N], double *damping, const local_problem *s, cpn_effect_room *room,
                    const cpn_effect_problem *problem)
{
    for (; *damping < most_damping; *damping *= 4) {
        double step[CPN_EFFECT_N], to[CPN_EFFECT_N];
        if (!cpn_squares_damped(step, s->root, s->right, s->n, *damping)) continue;
        move(to, at, step, s, problem);
        if (!(cpn_effect_residuals(room, problem, to) < s->squares)) continue;
        memcpy(at, to, sizeof to);
        *damping = fmax(*damping / 8, least_damping);
        return true;
    }
    return false;
}

/* Undamped steps as long as each is at most half as long as the one before. */
static void finish(double at[CPN_EFFECT_N], local_problem *s, cpn_effect_room *room, const cpn_effect_problem *problem)
{
    double last = HUGE_VAL;
    for (int32_t i = 0; i < MOST_LAST_STEPS; i++) {
        double step[CPN_EFFECT_N], to[CPN_EFFECT_N];
        if (s->n == 0 || !cpn_squares_damped(step, s->root, s->right, s->n, 0)) return;
        const double length = step_length(step, s);
        if (!(length <= last / 2)) return;
        move(to, at, step, s, problem);
        local_problem next;
        linearise(&next, room, problem, to);
        if (!(next.squares <= s->squares * (1 + 1e-9)) && next.squares > rounding) return;
        memcpy(at, to, sizeof to);
        *s = next;
        last = length;
    }
}

void cpn_effect_solve(cpn_effect_fit *fit, cpn_effect_room *room, const cpn_effect_problem *problem,
                      const double start[CPN_EFFECT_N])
{
    double at[CPN_EFFECT_N], damping = first_damping;
    local_problem s;
    bool is_over = false;
    memcpy(at, start, sizeof at);
    linearise(&s, room, problem, at);
    for (int32_t i = 0; i < MOST_STEPS && !is_over; i++) {
        is_over = s.n == 0 || s.cosine <= flat || s.squares <= rounding * (double)room->n ||
                  !descend(at, &damping, &s, room, problem);
        if (!is_over) linearise(&s, room, problem, at);
    }
    if (is_over) finish(at, &s, room, problem);
    *fit = (cpn_effect_fit){ .squares = s.squares, .n_free = s.n };
    fit->is_converged = is_over && (s.cosine <= loose || s.squares <= rounding * (double)room->n);
    memcpy(fit->at, at, sizeof at);
    memcpy(fit->free, s.list, sizeof s.list);
    memcpy(fit->root, s.root, sizeof s.root);
    memcpy(fit->is_active, s.is_active, sizeof s.is_active);
}
