/* Moves spends from item to item as long as the totals under samples become better: first large amounts, then halves of
 * them; and all of one item's to another, where curves are S-shaped. What it leaves keeps all rules. */
#include <math.h>
#include <string.h>

#include "allocate/budget/parts.h"
#include "allocate/budget/risk.h"
#include "base/memory.h"
#include "base/number.h"

enum { MOST_ITEMS = 400, MOST_CELLS = 400000, WORK_OF_SUM = 30, MOST_SWAPS = 40 };
static const double most_moved = 1e6;                         /* work of one start */
static const double first_amount = 0.25, least_amount = 1e-7; /* of what is spent */

/* Where an item may go, with what that brings in each sample. */
typedef struct risk_move {
    double to;
    bool is_open;
} risk_move;

typedef struct risk_mover {
    cpn_risk_search *r;
    double *spends, *sums;    /* of each item; of each group */
    double *now, *up, *down;  /* item × sample: what spends bring, net of their cost */
    double *totals, *changed; /* of each sample */
    risk_move *ups, *downs;   /* of each item */
    int64_t n;                /* items */
    int64_t moved[2];         /* by the last move, -1 = none */
    double value;
} risk_mover;

static void close_mover(risk_mover *m)
{
    cpn_free(m->spends);
    cpn_free(m->sums);
    cpn_free(m->now);
    cpn_free(m->up);
    cpn_free(m->down);
    cpn_free(m->totals);
    cpn_free(m->changed);
    cpn_free(m->ups);
    cpn_free(m->downs);
}

static bool open_mover(risk_mover *m, cpn_risk_search *r)
{
    const int64_t n = r->plan->problem.n_items, n_cells = n * r->n;
    *m = (risk_mover){ .r = r, .n = n };
    m->spends = cpn_alloc(n, sizeof *m->spends);
    m->sums = cpn_alloc_zero(r->plan->problem.n_groups, sizeof *m->sums);
    m->now = cpn_alloc(n_cells, sizeof *m->now);
    m->up = cpn_alloc(n_cells, sizeof *m->up);
    m->down = cpn_alloc(n_cells, sizeof *m->down);
    m->totals = cpn_alloc(r->n, sizeof *m->totals);
    m->changed = cpn_alloc(r->n, sizeof *m->changed);
    m->ups = cpn_alloc_zero(n, sizeof *m->ups);
    m->downs = cpn_alloc_zero(n, sizeof *m->downs);
    return m->spends && m->sums && m->now && m->up && m->down && m->totals && m->changed && m->ups && m->downs;
}

/* ---- Rules ------------------------------------------------------------------------------------------------------- */

static void shift(const risk_mover *m, int64_t item, double amount)
{
    const cpn_spend_problem *problem = &m->r->plan->problem;
    for (int32_t g = problem->items[item].group; g >= 0; g = problem->groups[g].parent) m->sums[g] += amount;
}

static bool keeps_chain(const risk_mover *m, int64_t item)
{
    const cpn_spend_problem *problem = &m->r->plan->problem;
    for (int32_t g = problem->items[item].group; g >= 0; g = problem->groups[g].parent) {
        const double near = 4 * DBL_EPSILON * m->sums[g];
        if (m->sums[g] > problem->groups[g].maximum + near || m->sums[g] < problem->groups[g].minimum - near)
            return false;
    }
    return true;
}

static bool keeps_ratios(const risk_mover *m)
{
    const cpn_spend_problem *problem = &m->r->plan->problem;
    for (int32_t i = 0; i < problem->n_ratios; i++) {
        const cpn_spend_ratio *ratio = &problem->ratios[i];
        const double part = m->sums[ratio->group], whole = m->sums[ratio->of_group];
        double near = 1e-12 * part;
        if (problem->unit > 0) near = problem->unit * (ratio->low == ratio->high ? 1 - 1e-6 : 1e-6);
        if (part > ratio->high * whole + near || part < ratio->low * whole - near) return false;
    }
    return true;
}

/* Whether two items may move by their amounts; other may be -1. */
static bool fits(const risk_mover *m, int64_t item, double amount, int64_t other, double back)
{
    shift(m, item, amount);
    if (other >= 0) shift(m, other, back);
    const bool is_kept = keeps_chain(m, item) && (other < 0 || keeps_chain(m, other)) && keeps_ratios(m);
    if (other >= 0) shift(m, other, -back);
    shift(m, item, -amount);
    return is_kept;
}

/* The spend of an item next to one that is wished for, on the side it comes from or a step beyond; NAN where there is none. */
static double allowed_near(const risk_mover *m, const cpn_spend_item *item, double wish, double from)
{
    const double unit = m->r->plan->problem.unit, kept = fmin(fmax(wish, item->minimum), item->maximum);
    double x = wish > from ? cpn_spend_allowed_below(item, kept) : kept;
    if (wish > from && x <= from) x = cpn_spend_allowed_above(item, kept);
    if (wish < from) x = cpn_spend_allowed_below(item, kept);
    if (unit > 0 && item->step <= 0) x = wish > from ? ceil(x / unit - 1e-9) * unit : floor(x / unit + 1e-9) * unit;
    const bool is_moved = wish > from ? x > from : x < from;
    if (!is_moved || x < item->minimum || x > item->maximum || !cpn_spend_is_allowed(item, x)) return NAN;
    return x;
}

static void sum_groups(const risk_mover *m)
{
    memset(m->sums, 0, (size_t)m->r->plan->problem.n_groups * sizeof *m->sums);
    for (int64_t i = 0; i < m->n; i++) shift(m, i, m->spends[i]);
}

/* Whether the spends keep the bounds of all groups, and each is allowed. */
static bool keeps_all(const risk_mover *m)
{
    for (int64_t i = 0; i < m->n; i++) {
        const cpn_spend_item *item = &m->r->plan->items[i];
        if (m->spends[i] < item->minimum || m->spends[i] > item->maximum) return false;
        if (!cpn_spend_is_allowed(item, m->spends[i]) || !keeps_chain(m, i)) return false;
    }
    return keeps_ratios(m);
}

/* ---- What spends bring ------------------------------------------------------------------------------------------- */

static void look(const risk_mover *m, double *cells, int64_t i, double spend)
{
    cpn_risk_search *r = m->r;
    const cpn_spend_item *item = &r->plan->items[i];
    const bool is_sampled = i < r->book->n_items && r->book->items[i].is_sampled;
    double certain = 0;
    if (!is_sampled && item->value > 0) certain = item->value * cpn_risk_response(r, item, item->first_curve, spend);
    for (int32_t s = 0; s < r->n; s++) {
        double brings = certain;
        if (is_sampled && item->value > 0)
            brings = item->value * cpn_risk_response(r, item, r->book->items[i].first_curve + s, spend);
        cells[i * r->n + s] = brings - r->cost * spend;
    }
    r->work += is_sampled ? r->n : 1;
}

static void look_around(const risk_mover *m, int64_t i, double amount)
{
    const cpn_spend_item *item = &m->r->plan->items[i];
    const double up = allowed_near(m, item, m->spends[i] + amount, m->spends[i]);
    const double down = allowed_near(m, item, m->spends[i] - amount, m->spends[i]);
    m->ups[i] = (risk_move){ up, !cpn_is_nan(up) };
    m->downs[i] = (risk_move){ down, !cpn_is_nan(down) };
    if (m->ups[i].is_open) look(m, m->up, i, up);
    if (m->downs[i].is_open) look(m, m->down, i, down);
}

/* The value where an item's cells, and another's, replace those of now. */
static double value_with(const risk_mover *m, int64_t a, const double *cells, int64_t b, const double *others)
{
    const int32_t n = m->r->n;
    for (int32_t s = 0; s < n; s++) {
        double total = m->totals[s] + (cells[a * n + s] - m->now[a * n + s]);
        if (b >= 0) total += others[b * n + s] - m->now[b * n + s];
        m->changed[s] = total;
    }
    return cpn_risk_judge(m->r, m->changed, m->r->sorted);
}

static void count_all(risk_mover *m)
{
    const int32_t n = m->r->n;
    for (int32_t s = 0; s < n; s++) {
        cpn_spend_sum sum = { 0, 0 };
        for (int64_t i = 0; i < m->n; i++) cpn_spend_add(&sum, m->now[i * n + s]);
        m->totals[s] = cpn_spend_sum_of(&sum);
    }
    m->value = cpn_risk_judge(m->r, m->totals, m->r->sorted);
}

static void make(risk_mover *m, int64_t up, double more, int64_t down, double less)
{
    m->moved[0] = up;
    m->moved[1] = down;
    for (int32_t i = 0; i < 2; i++) {
        if (m->moved[i] < 0) continue;
        m->spends[m->moved[i]] = i == 0 ? more : less;
        look(m, m->now, m->moved[i], m->spends[m->moved[i]]);
    }
    sum_groups(m);
    count_all(m);
}

static void begin_at(risk_mover *m, const double *start)
{
    for (int64_t i = 0; i < m->n; i++) {
        m->spends[i] = start[i];
        look(m, m->now, i, start[i]);
    }
    sum_groups(m);
    count_all(m);
}

static bool is_better(const risk_mover *m, double value, double than)
{
    return value > than + 1e-14 * fabs(m->value);
}

static bool has_work(const cpn_risk_search *r)
{
    return r->work < r->most_work;
}

/* ---- Moves by an amount ------------------------------------------------------------------------------------------ */

/* The best of all ups, downs and pairs of them; false where none helps. */
static bool move_best(risk_mover *m)
{
    int64_t up = -1, down = -1;
    double best = m->value;
    for (int64_t a = -1; a < m->n; a++) {
        if (a >= 0 && !m->ups[a].is_open) continue;
        for (int64_t b = -1; b < m->n; b++) {
            if (a == b || (b >= 0 && !m->downs[b].is_open)) continue;
            const double more = a < 0 ? 0 : m->ups[a].to - m->spends[a],
                         less = b < 0 ? 0 : m->downs[b].to - m->spends[b];
            if (!(a >= 0 ? fits(m, a, more, b, less) : fits(m, b, less, -1, 0))) continue;
            const double value = a >= 0 ? value_with(m, a, m->up, b, m->down) : value_with(m, b, m->down, -1, NULL);
            if (!is_better(m, value, best)) continue;
            best = value, up = a, down = b;
        }
    }
    m->r->work += (double)m->n * (double)m->n * m->r->n / WORK_OF_SUM;
    if (up < 0 && down < 0) return false;
    make(m, up, up >= 0 ? m->ups[up].to : 0, down, down >= 0 ? m->downs[down].to : 0);
    return true;
}

static void move_by_halves(risk_mover *m)
{
    const double unit = m->r->plan->problem.unit;
    double most = m->sums[0] > 0 ? m->sums[0] : 0;
    for (int64_t i = 0; i < m->n && !(most > 0); i++)
        most = fmax(most, fmin(m->r->plan->items[i].maximum, m->r->plan->groups[0].maximum));
    for (double amount = most * first_amount; amount > fmax(most * least_amount, unit / 2) && has_work(m->r);
         amount /= 2) {
        const double whole = unit > 0 ? fmax(floor(amount), unit) : amount;
        for (int64_t i = 0; i < m->n; i++) look_around(m, i, whole);
        for (int64_t round = 0; round < 4 * m->n && has_work(m->r) && move_best(m); round++)
            for (int32_t i = 0; i < 2; i++)
                if (m->moved[i] >= 0) look_around(m, m->moved[i], whole);
    }
}

/* ---- All of one to another --------------------------------------------------------------------------------------- */

/* The first swap that helps: one item gives all it can, another takes it; false where none does. */
static bool swap_once(risk_mover *m)
{
    for (int64_t b = 0; b < m->n; b++) {
        const cpn_spend_item *giver = &m->r->plan->items[b];
        const double low = giver->minimum, freed = m->spends[b] - low;
        if (!(freed > 0) || !cpn_spend_is_allowed(giver, low)) continue;
        look(m, m->down, b, low);
        for (int64_t a = 0; a < m->n && has_work(m->r); a++) {
            if (a == b) continue;
            const double to = allowed_near(m, &m->r->plan->items[a], m->spends[a] + freed, m->spends[a]);
            if (cpn_is_nan(to) || !fits(m, a, to - m->spends[a], b, -freed)) continue;
            look(m, m->up, a, to);
            if (!is_better(m, value_with(m, a, m->up, b, m->down), m->value)) continue;
            make(m, a, to, b, low);
            return true;
        }
    }
    return false;
}

campaign_status cpn_risk_improve(cpn_risk_search *r, const double *start, campaign_error *error)
{
    risk_mover m;
    if (r->plan->problem.n_items > MOST_ITEMS || r->plan->problem.n_items * r->n > MOST_CELLS) return CAMPAIGN_OK;
    if (!open_mover(&m, r)) {
        close_mover(&m);
        return cpn_fail_nomem(error);
    }
    begin_at(&m, start);
    if (!keeps_all(&m)) {
        close_mover(&m);
        return CAMPAIGN_OK;
    }
    const double allowed = r->most_work;
    r->most_work = fmin(allowed, r->work + most_moved);
    move_by_halves(&m);
    for (int32_t i = 0; i < MOST_SWAPS && has_work(r) && swap_once(&m); i++)
        if (i % 4 == 3) move_by_halves(&m);
    move_by_halves(&m);
    r->most_work = allowed;
    cpn_risk_count(r, m.spends);
    cpn_risk_offer(r, m.spends, cpn_risk_judge(r, r->totals, r->sorted));
    close_mover(&m);
    return CAMPAIGN_OK;
}
