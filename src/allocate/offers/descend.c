/* Multipliers of a set of customers: Newton's method with damping (Levenberg 1944, Marquardt 1963) on the smoothed dual,
 * which narrows while it converges, until only as many customers are near a tie as there are rows to balance. */
#include <math.h>
#include <string.h>

#include "allocate/offers/descend.h"
#include "base/memory.h"

enum { MOST_STEPS = 400, MOST_STEPS_A_WIDTH = 20 };

typedef struct descent_room {
    double *start, *trial, *step, *damping, *factor;
    cpn_offers_look looks[2]; /* where we stand, and the trial */
    int at;
} descent_room;

static campaign_status open_room(descent_room *room, const cpn_offers_descent *descent, campaign_error *error)
{
    const int64_t m = descent->problem->n_rows;
    memset(room, 0, sizeof *room);
    room->start = cpn_alloc(m, sizeof *room->start);
    room->trial = cpn_alloc(m, sizeof *room->trial);
    room->step = cpn_alloc(m, sizeof *room->step);
    room->damping = cpn_alloc(m, sizeof *room->damping);
    room->factor = cpn_alloc(cpn_offers_step_room(m), sizeof *room->factor);
    if (!room->start || !room->trial || !room->step || !room->damping || !room->factor) return cpn_fail_nomem(error);
    campaign_status status = cpn_offers_look_open(&room->looks[0], descent, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_look_open(&room->looks[1], descent, error);
    return status;
}

static void close_room(descent_room *room)
{
    cpn_free(room->start);
    cpn_free(room->trial);
    cpn_free(room->step);
    cpn_free(room->damping);
    cpn_free(room->factor);
    cpn_offers_look_close(&room->looks[0]);
    cpn_offers_look_close(&room->looks[1]);
}

/* The step from where we stand, with damping; returns by how much the model falls along it. */
static double propose(descent_room *room, const cpn_offers_descent *descent, const double *multipliers, double damping)
{
    const cpn_offers_problem *problem = descent->problem;
    const cpn_offers_look *look = &room->looks[room->at];
    const int32_t m = problem->n_rows;
    const double value = fabs(look->value) > 0 ? fabs(look->value) : 1;
    for (int32_t r = 0; r < m; r++) {
        /* A row that no near tie touches gets the curvature of a price that would eat a tenth of the whole value. */
        const double amount = descent->amounts[r] + fabs(look->gradient[r]);
        const double least = 0.1 * amount * amount / value;
        room->damping[r] = damping * (look->diagonal[r] > least ? look->diagonal[r] : least) + 1e-12 * least;
        if (!(room->damping[r] > 0)) room->damping[r] = 1e-300;
    }
    const double fall = cpn_offers_step(room->step, room->factor, look, room->damping, multipliers);
    for (int32_t r = 0; r < m; r++) room->trial[r] = multipliers[r] + room->step[r];
    return fall;
}

/* Whether it went farther than the set can tell. */
static bool is_far(const descent_room *room, const cpn_offers_descent *descent, const double *multipliers)
{
    const cpn_offers_problem *problem = descent->problem;
    for (int32_t r = 0; r < problem->n_rows; r++) {
        const int32_t cost = problem->rows[r].cost;
        const double most = cost == 0 ? 1 : problem->costs[cost].most;
        if (fabs(multipliers[r] - room->start[r]) * most > descent->reach) return true;
    }
    return false;
}

/* Descends at one width of smoothing. */
static campaign_status descend_at(double *multipliers, descent_room *room, cpn_offers_descent *descent, double tau,
                                  campaign_error *error)
{
    const int32_t m = descent->problem->n_rows;
    double damping = 1e-3;
    campaign_status status = cpn_offers_look_at(&room->looks[room->at], descent, multipliers, tau, error);
    for (int32_t i = 0; i < MOST_STEPS_A_WIDTH && status == CAMPAIGN_OK; i++) {
        const double fall = propose(room, descent, multipliers, damping);
        const cpn_offers_look *here = &room->looks[room->at];
        cpn_offers_look *there = &room->looks[1 - room->at];
        /* Enough where a step gains less than what smoothing blurs anyway. */
        if (!(fall > 0.02 * here->surplus) && damping < 1) break;
        if (!(fall > 1e-14 * fabs(here->value))) break;
        status = cpn_offers_look_at(there, descent, room->trial, tau, error);
        descent->n_iterations++;
        if (status != CAMPAIGN_OK) break;
        const double fell = here->value - there->value;
        if (fell > 0.1 * fall) {
            for (int32_t r = 0; r < m; r++) multipliers[r] = room->trial[r];
            room->at = 1 - room->at;
            if (is_far(room, descent, multipliers)) break;
            if (fell > 0.6 * fall) damping = damping > 1e-9 ? damping / 8 : damping;
        } else {
            damping = damping < 1e9 ? damping * 8 : damping;
            if (damping >= 1e9) break;
        }
    }
    return status;
}

campaign_status cpn_offers_descend(double *multipliers, cpn_offers_descent *descent, campaign_error *error)
{
    descent_room room;
    const int64_t enough = 4 * (int64_t)descent->problem->n_rows + 16;
    double tau = descent->tau;
    campaign_status status = open_room(&room, descent, error);
    for (int32_t r = 0; r < descent->problem->n_rows && status == CAMPAIGN_OK; r++) room.start[r] = multipliers[r];
    while (status == CAMPAIGN_OK && descent->n_iterations < MOST_STEPS) {
        status = descend_at(multipliers, &room, descent, tau, error);
        if (status != CAMPAIGN_OK || is_far(&room, descent, multipliers)) break;
        if (tau <= descent->last_tau || (room.looks[room.at].n_near < enough && tau <= descent->enough)) break;
        tau /= 4;
        if (tau < descent->last_tau) tau = descent->last_tau;
    }
    close_room(&room);
    return status;
}
