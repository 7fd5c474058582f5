/* What shared limits take off a unit's choices, and how much of them its choices use. */
#include <math.h>

#include "plan/weeks/solver.h"

static const double budget_parts = 1048576.0;         /* multipliers of budgets count in 2^-20 */
static const double exact_limit = 9007199254740992.0; /* 2^53 */
static const double most_charge = 1125899906842624.0; /* 2^50: sums with values stay exact */

double cpn_weeks_price(const cpn_weeks_problem *problem, int32_t family, double multiplier, int64_t amount)
{
    double product = multiplier * (double)amount;
    /* Beyond 2^53 the product may have been rounded up. A charge that is too low only loosens the bound. */
    if (product > exact_limit) product *= 1 - 1e-15;
    if (problem->families[family].kind == CPN_WEEKS_BUDGET) product /= budget_parts;
    return product < most_charge ? floor(product) : most_charge;
}

/* What a limit makes of the choices of one week: dearer, or impossible where it has not the room. */
static void charge_week(double *charges, const cpn_weeks_problem *problem, const cpn_weeks_use *use, double multiplier,
                        int64_t room)
{
    for (int32_t k = 1; k < CPN_WEEKS_CHOICES && use->amounts[k] >= 0; k++) {
        if (use->amounts[k] > room)
            charges[k] = INFINITY;
        else if (multiplier > 0)
            charges[k] += cpn_weeks_price(problem, use->family, multiplier, use->amounts[k]);
    }
}

void cpn_weeks_charge(double *charges, const cpn_weeks_problem *problem, const cpn_weeks_unit *unit,
                      const double *multipliers, const int64_t *used)
{
    const int32_t n = unit->n_choices;
    for (int32_t i = 0; i < problem->n_weeks * n; i++) charges[i] = unit->is_barred[i] ? INFINITY : 0;
    for (int64_t i = 0; (multipliers || used) && i < unit->n_uses; i++) {
        const cpn_weeks_use *use = &problem->uses[unit->first_use + i];
        const int32_t *limits = &problem->family_limits[(int64_t)use->family * problem->n_weeks];
        for (int32_t week = 0; week < problem->n_weeks; week++) {
            const int32_t l = limits[week];
            if (l < 0) continue;
            const int64_t capacity = problem->limits[l].capacity;
            /* What uses nothing always fits, also beside a limit that others have passed. */
            const int64_t room = used ? (used[l] < capacity ? capacity - used[l] : 0) : INT64_MAX;
            charge_week(&charges[week * n], problem, use, multipliers ? multipliers[l] : 0, room);
        }
    }
}

void cpn_weeks_add_use(int64_t *used, const cpn_weeks_problem *problem, int64_t unit, const uint8_t *choices,
                       int32_t sign)
{
    const cpn_weeks_unit *owner = &problem->units[unit];
    for (int32_t week = 0; week < problem->n_weeks; week++) {
        if (choices[week] == 0) continue;
        for (int64_t i = 0; i < owner->n_uses; i++) {
            const cpn_weeks_use *use = &problem->uses[owner->first_use + i];
            const int32_t limit = problem->family_limits[(int64_t)use->family * problem->n_weeks + week];
            if (limit >= 0) used[limit] += sign * use->amounts[choices[week]];
        }
    }
}
