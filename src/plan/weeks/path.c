/* The best weeks of one unit under charges: backward over weeks, states and the promotions that are left. All values are
 * whole numbers in doubles, so sums are exact and the path is found again by comparing them. */
#include <assert.h>
#include <math.h>

#include "base/memory.h"
#include "plan/weeks/solver.h"

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

/* What the states of one week have in common: a choice that is open in it, and the rows that it leads to. The regular
 * price is always there, if only to say that it is barred. */
typedef struct lane {
    int32_t choice;
    bool is_new_quarter;
    double charge;
    const double *after; /* rows of the week it leads to */
} lane;

static int32_t open_lanes(lane lanes[CPN_WEEKS_CHOICES], const sweep *s, int32_t week)
{
    int32_t n = 0;
    for (int32_t k = 0; k < s->unit->n_choices; k++) {
        const double charge = s->charges[week * s->unit->n_choices + k];
        if (k > 0 && charge == INFINITY) continue;
        const step to = take_step(s, week, 0, k);
        lanes[n++] = (lane){ k, to.is_new_quarter, charge, row_of(s, to.week, 0) };
    }
    return n;
}

/* Raises a row to what a choice makes of the row it leads to. */
static void raise_row(double *restrict row, const double *restrict after, double worth, int32_t n)
{
    for (int32_t r = 0; r < n; r++) {
        const double found = after[r] + worth;
        row[r] = found > row[r] ? found : row[r];
    }
}

static void raise_rows(double *rows, const sweep *s, const lane *to, const double *after, double worth)
{
    const cpn_weeks_unit *unit = s->unit;
    const int32_t used = takes_one(unit), n_totals = unit->n_totals;
    for (int32_t q = unit->n_quarterly > 1 ? 1 : 0; q < unit->n_quarterly; q++) {
        const int32_t left = to->is_new_quarter ? unit->n_quarterly - 1 : (unit->n_quarterly > 1 ? q - 1 : 0);
        raise_row(rows + (int64_t)q * n_totals + used, after + (int64_t)left * n_totals, worth, n_totals - used);
    }
}

/* Row by row: the regular price first, then each promotion that is open. */
static void fill_state(const sweep *s, const lane *lanes, int32_t n_lanes, int32_t week, int32_t state)
{
    const cpn_weeks_unit *unit = s->unit;
    const int32_t n_totals = unit->n_totals;
    const int32_t *targets = &unit->targets[(int64_t)state * unit->n_choices];
    const double *values = &s->values[((int64_t)week * unit->n_states + state) * unit->n_choices];
    double *rows = row_of(s, week, state);
    const double regular = values[0] * s->scale - lanes[0].charge;
    const double *after = lanes[0].after + (int64_t)targets[0] * s->n_layers;
    for (int32_t q = 0; q < unit->n_quarterly; q++) {
        const double *from = after + (int64_t)(lanes[0].is_new_quarter ? unit->n_quarterly - 1 : q) * n_totals;
        for (int32_t r = 0; r < n_totals; r++) rows[q * n_totals + r] = from[r] + regular;
    }
    for (int32_t i = 1; i < n_lanes; i++) {
        const int32_t k = lanes[i].choice;
        raise_rows(rows, s, &lanes[i], lanes[i].after + (int64_t)targets[k] * s->n_layers,
                   values[k] * s->scale - lanes[i].charge);
    }
}

cpn_weeks_place cpn_weeks_first_place(const cpn_weeks_unit *unit)
{
    return (cpn_weeks_place){ unit->start_week, unit->start_state, unit->n_quarterly - 1, unit->n_totals - 1 };
}

/* Takes one choice from a place: what it brings, and the best of the rest. False where it is barred. */
static bool follow(cpn_weeks_place *at, double *worth, double *rest, const sweep *s, int32_t choice)
{
    const cpn_weeks_unit *unit = s->unit;
    const step to = take_step(s, at->week, at->state, choice);
    const int32_t total = choice > 0 ? at->total - takes_one(unit) : at->total;
    const double *after = row_after(s, &to, at->quarterly, choice > 0);
    if (to.worth == -INFINITY || !after || total < 0 || after[total] == -INFINITY) return false;
    if (choice > 0 && unit->n_quarterly > 1) at->quarterly--;
    if (to.is_new_quarter) at->quarterly = unit->n_quarterly - 1;
    at->total = total;
    at->week = to.week;
    at->state = to.target;
    *worth = to.worth;
    *rest = after[total];
    return true;
}

bool cpn_weeks_follow(cpn_weeks_place *at, double *worth, double *rest, const cpn_weeks_search *search,
                      const cpn_weeks_owner *owner, int32_t choice)
{
    const sweep s = open_sweep(search, owner->problem, owner->unit);
    return follow(at, worth, rest, &s, choice);
}

/* Along the first choice that gives the value of each place: the regular price wins ties, then the smallest discount. */
static void walk(uint8_t *choices, const sweep *s)
{
    cpn_weeks_place at = cpn_weeks_first_place(s->unit);
    for (int32_t i = 0; i < s->n_weeks; i++) choices[i] = 0;
    while (at.week < s->n_weeks) {
        const double value = row_of(s, at.week, at.state)[at.quarterly * s->unit->n_totals + at.total];
        cpn_weeks_place to = at;
        double worth, rest;
        int32_t k = 0;
        while (k < s->unit->n_choices && !(follow(&to, &worth, &rest, s, k) && worth + rest == value)) {
            to = at;
            k++;
        }
        assert(k < s->unit->n_choices);
        choices[at.week] = (uint8_t)k;
        at = to;
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
    for (int32_t week = s.n_weeks - 1; week >= unit->start_week; week--) {
        lane lanes[CPN_WEEKS_CHOICES];
        const int32_t n_lanes = open_lanes(lanes, &s, week);
        for (int32_t state = 0; state < unit->n_states; state++) fill_state(&s, lanes, n_lanes, week, state);
    }
    const double best = row_of(&s, unit->start_week, unit->start_state)[s.n_layers - 1];
    if (best == -INFINITY) return best;
    walk(choices, &s);
    return best + (double)unit->start_value * s.scale;
}
