/* Response curves: what a spend brings. One family with one set of parameters for the room that fits curves and the room
 * that divides budgets over them. Knows nothing of money; spends and responses are plain numbers of any scale.
 *
 * With z = spend + shift, and nothing below z = 0:
 *   hill              scale·z^shape / (location^shape + z^shape)                     Hill 1910
 *   adbudg            floor + (scale - floor)·z^shape / (location^shape + z^shape)   Little 1970
 *   logistic          scale·tanh(z / (2·location)) = scale·(1 - e^(-z/location)) / (1 + e^(-z/location))
 *   tanh              scale·tanh(z / location)
 *   michaelis_menten  scale·z / (location + z)                                       Michaelis, Menten 1913
 *   log               scale·ln(1 + z / location)
 *   exponential       scale·(1 - e^(-z/location))
 *   power             scale·(z / location)^shape          location 0 means 1
 *   s_logistic        scale·(σ(shape·(z/location - 1)) - σ(-shape)), σ(y) = 1 / (1 + e^-y); steepest at z = location
 *   linear            scale·z
 *   piecewise_linear  through (spends, responses), in z; constant after the last; from (0, 0) where the first is beyond 0
 * A floor is added to all kinds; adbudg alone takes it from its scale. */
#ifndef CPN_BASE_RESPONSE_H
#define CPN_BASE_RESPONSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

typedef enum cpn_response_kind {
    CPN_RESPONSE_HILL,
    CPN_RESPONSE_ADBUDG,
    CPN_RESPONSE_LOGISTIC,
    CPN_RESPONSE_TANH,
    CPN_RESPONSE_MICHAELIS_MENTEN,
    CPN_RESPONSE_LOG,
    CPN_RESPONSE_EXPONENTIAL,
    CPN_RESPONSE_POWER,
    CPN_RESPONSE_S_LOGISTIC,
    CPN_RESPONSE_LINEAR,
    CPN_RESPONSE_PIECEWISE_LINEAR,
    CPN_RESPONSE_KINDS
} cpn_response_kind;

typedef struct cpn_response {
    int32_t kind;                     /* cpn_response_kind */
    double scale;                     /* ≥ 0: most response (hill … s_logistic), or response a unit (linear) */
    double location;                  /* > 0: spend at which the curve bends */
    double shape;                     /* > 0: hill, adbudg, power, s_logistic; power at most 1e3 */
    double shift;                     /* ≥ 0: spend that works already */
    double floor;                     /* response without any spend */
    const double *spends, *responses; /* borrowed, piecewise_linear: spends ascending, from 0 */
    int64_t n_points;
} cpn_response;

/* A curve at one spend. */
typedef struct cpn_response_look {
    double value, slope, curvature; /* slope of power and hill below shape 1 is infinite at 0 */
} cpn_response_look;

/* "hill", "adbudg", …; NULL where there is no such kind. */
const char *cpn_response_name(int32_t kind);

/* Kind of a name, or -1. */
int32_t cpn_response_kind_of(const char *name);

/* Which parameters a kind reads besides scale, shift and floor. */
bool cpn_response_has_location(int32_t kind);
bool cpn_response_has_shape(int32_t kind);

/* Refuses what is no curve: not finite, out of range, points out of order. where is the curve's place, to which the error
 * adds the name of a wrong number ("items.scale"); row its row or -1. CAMPAIGN_E_VALUE, CAMPAIGN_E_UNKNOWN (kind). */
campaign_status cpn_response_check(const cpn_response *curve, const char *where, int64_t row, campaign_error *error);

/* Of a checked curve, at spend ≥ 0. At a corner of piecewise_linear the slope to the right. */
double cpn_response_value(const cpn_response *curve, double spend);
double cpn_response_slope(const cpn_response *curve, double spend);
cpn_response_look cpn_response_at(const cpn_response *curve, double spend);

/* Spend from which on the curve is concave, before it convex; 0 where it is concave everywhere, INFINITY where it is
 * convex everywhere (power beyond 1). Without meaning for piecewise_linear. */
double cpn_response_inflection(const cpn_response *curve);

/* Spend at which the slope has come down to slope > 0, beyond the inflection: at least the inflection, INFINITY where
 * the slope never falls so low, the inflection where it is nowhere so high. Not for piecewise_linear. */
double cpn_response_inverse_slope(const cpn_response *curve, double slope);

/* What the last search for a slope of a curve found, for the next one to begin near it. All zero: nothing yet. */
typedef struct cpn_response_hint {
    double slope, spend, curvature; /* asked for, and found */
    double y, level, turn,
        bend; /* Hill: the unknown and its level there, d level / d y and half its second derivative */
} cpn_response_hint;

/* The same where it is known that the slope is reached beyond the inflection, and fast: hint is empty or that of an earlier
 * call with this curve, and becomes one; curvature is that of the spend found. */
double cpn_response_find_slope(const cpn_response *curve, double slope, cpn_response_hint *hint, double *curvature);

/* Spends between which the curvature rises or falls steadily, ascending; returns their count, at most 2. Not for
 * piecewise_linear. */
int32_t cpn_response_curvature_turns(double turns[2], const cpn_response *curve);

#endif
