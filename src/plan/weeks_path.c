/* The best weeks of one unit under charges: backward over weeks, states and the promotions that are left. All values are
 * whole numbers in doubles, so sums are exact and the path is found again by comparing them. */
#include <assert.h>
#include <math.h>

#include "base/memory.h"
#include "plan/weeks.h"

campaign_status cpn_weeks_open_search(cpn_weeks_search *search, const cpn_weeks_problem *problem, campaign_error *error)
{
    *search = (cpn_weeks_search){ 0 };
    search->left = cpn_alloc(problem->most_left, sizeof *search->left);
    search->charges = cpn_alloc((int64_t)problem->n_weeks * CPN_WEEKS_CHOICES, sizeof *search->charges);
    search->values = cpn_alloc(problem->most_values, sizeof *search->values);
    if (search->left && search->charges && search->values) return CAMPAIGN_OK;
    cpn_weeks_close_search(search);
    return cpn_fail_nomem(error);
}

void cpn_weeks_close_search(cpn_weeks_search *search)
{
    cpn_free(search->left);
    cpn_free(search->charges);
    cpn_free(search->values);
    *search = (cpn_weeks_search){ 0 };
}

/* What is fixed while one unit is searched. */
typedef struct sweep {
    const cpn_weeks_problem *problem;
    const cpn_weeks_unit *unit;
    const double *values, *charges;
    double *left;
    double scale;
    int32_t n_weeks, n_layers;
} sweep;

static sweep open_sweep(const cpn_weeks_search *search, const cpn_weeks_problem *problem, const cpn_weeks_unit *unit)
{
    sweep s = { .problem = problem, .unit = unit, .charges = search->charges, .left = search->left };
    s.values = unit->values ? unit->values : search->values;
    s.scale = (double)(INT64_C(1) << problem->scale_bits);
    s.n_weeks = problem->n_weeks;
    s.n_layers = unit->n_totals * unit->n_quarterly;
    return s;
}

/* An edge from a week and state: where it leads, what it brings; -INFINITY where it is barred. */
typedef struct step {
    int32_t week, target;
    double worth;
    bool is_new_quarter;
} step;

static step take_step(const sweep *s, int32_t week, int32_t state, int32_t choice)
{
    const cpn_weeks_unit *unit = s->unit;
    const int32_t n = unit->n_choices;
    const double charge = s->charges[week * n + choice];
    step to = { .week = week + 1 + (choice > 0 ? unit->gap : 0) };
    if (to.week > s->n_weeks) to.week = s->n_weeks;
    to.target = unit->targets[(int64_t)state * n + choice];
    to.worth = charge < INFINITY ? s->values[((int64_t)week * unit->n_states + state) * n + choice] * s->scale - charge
                                 : -INFINITY;
    const cpn_weeks_week *weeks = s->problem->weeks;
    to.is_new_quarter = to.week < s->n_weeks && weeks[to.week].quarter_number != weeks[week].quarter_number;
    return to;
}

/* Values to the end from a week and state, by promotions left in the quarter and in all. */
static double *row_of(const sweep *s, int32_t week, int32_t state)
{
    return &s->left[((int64_t)week * s->unit->n_states + state) * s->n_layers];
}

/* The row that an edge leads to, for some promotions left in the quarter before it; NULL where none is left. */
static const double *row_after(const sweep *s, const step *to, int32_t quarterly, bool is_promotion)
{
    const int32_t n_quarterly = s->unit->n_quarterly;
    int32_t after = quarterly;
    if (n_quarterly > 1 && is_promotion && --after < 0) return NULL;
    if (to->is_new_quarter) after = n_quarterly - 1;
    return row_of(s, to->week, to->target) + (int64_t)after * s->unit->n_totals;
}

/* What a promotion takes off the promotions left: nothing where they are not counted. */
static int32_t takes_one(const cpn_weeks_unit *unit)
{
    return unit->n_totals > 1 || unit->max_promotions == 0 ? 1 : 0;
}

/* Row by row: the regular price first, then each promotion that is not barred. */
static void fill_state(const sweep *s, int32_t week, int32_t state)
{
    const cpn_weeks_unit *unit = s->unit;
    const int32_t n_totals = unit->n_totals, used = takes_one(unit);
    const step regular = take_step(s, week, state, 0);
    double *rows = row_of(s, week, state);
    for (int32_t q = 0; q < unit->n_quarterly; q++) {
        const double *after = row_after(s, &regular, q, false);
        for (int32_t r = 0; r < n_totals; r++) rows[q * n_totals + r] = after[r] + regular.worth;
    }
    for (int32_t k = 1; k < unit->n_choices; k++) {
        const step to = take_step(s, week, state, k);
        if (to.worth == -INFINITY) continue;
        for (int32_t q = 0; q < unit->n_quarterly; q++) {
            const double *after = row_after(s, &to, q, true);
            double *row = rows + (int64_t)q * n_totals;
            for (int32_t r = used; after && r < n_totals; r++) {
                const double worth = after[r - used] + to.worth;
                row[r] = worth > row[r] ? worth : row[r];
            }
        }
    }
}

/* Where a walk stands. */
typedef struct place {
    int32_t week, state, quarterly, total; /* the counts are promotions left */
} place;

/* The first choice that gives the value of a place: the regular price wins ties, then the smallest discount. Moves on. */
static int32_t take_choice(place *at, const sweep *s)
{
    const cpn_weeks_unit *unit = s->unit;
    const double value = row_of(s, at->week, at->state)[at->quarterly * unit->n_totals + at->total];
    int32_t k = 0;
    for (; k < unit->n_choices; k++) {
        const step to = take_step(s, at->week, at->state, k);
        const int32_t total = k > 0 ? at->total - takes_one(unit) : at->total;
        const double *after = row_after(s, &to, at->quarterly, k > 0);
        if (to.worth == -INFINITY || !after || total < 0 || after[total] + to.worth != value) continue;
        if (k > 0 && unit->n_quarterly > 1) at->quarterly--;
        if (to.is_new_quarter) at->quarterly = unit->n_quarterly - 1;
        at->total = total;
        at->week = to.week;
        at->state = to.target;
        break;
    }
    assert(k < unit->n_choices);
    return k;
}

static void walk(uint8_t *choices, const sweep *s)
{
    const cpn_weeks_unit *unit = s->unit;
    place at = { unit->start_week, unit->start_state, unit->n_quarterly - 1, unit->n_totals - 1 };
    for (int32_t i = 0; i < s->n_weeks; i++) choices[i] = 0;
    while (at.week < s->n_weeks) {
        const int32_t week = at.week;
        choices[week] = (uint8_t)take_choice(&at, s);
    }
}

double cpn_weeks_best(uint8_t *choices, const cpn_weeks_search *search, const cpn_weeks_problem *problem,
                      const cpn_weeks_unit *unit)
{
    const sweep s = open_sweep(search, problem, unit);
    int64_t limit = 0;
    if (!unit->values) (void)cpn_weeks_fill_values(search->values, &limit, problem, unit); /* it fitted before */
    double *end = row_of(&s, s.n_weeks, 0);
    for (int64_t i = 0; i < (int64_t)unit->n_states * s.n_layers; i++) end[i] = 0;
    for (int32_t week = s.n_weeks - 1; week >= unit->start_week; week--)
        for (int32_t state = 0; state < unit->n_states; state++) fill_state(&s, week, state);
    const double best = row_of(&s, unit->start_week, unit->start_state)[s.n_layers - 1];
    if (best == -INFINITY) return best;
    walk(choices, &s);
    return best + (double)unit->start_value * s.scale;
}
