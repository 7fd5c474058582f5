/* The graph of what one unit remembers. A state is the history at a moment of free choice; from it leads one edge a
 * choice: over one week at the regular price, or over a promotion and all its untouched weeks. With a gap no shorter than
 * the memory a single state is left, and the search becomes that of weighted intervals. */
#include "base/hash.h"
#include "base/memory.h"
#include "plan/weeks/weeks.h"

enum { CELL_SHIFT = CPN_WEEKS_DIGIT * CPN_WEEKS_MEMORY };

typedef struct graph {
    const cpn_weeks_problem *problem;
    cpn_weeks_unit *unit;
    const cpn_weeks_item *item; /* the first member, whose reference price is remembered */
    uint64_t *keys;             /* of each state: digits, and the cell of the reference price */
    int32_t *slots;             /* hash table of states, -1 = free */
    int64_t n_slots, capacity;
    int64_t most_states;
    double low, high; /* range of the reference price */
} graph;

/* ---- Cells of the reference price -------------------------------------------------------------------------------- */

static double cell_value(const graph *g, int32_t cell)
{
    const int32_t n = g->problem->knobs.given.reference_steps;
    return cell >= n ? g->high : g->low + (g->high - g->low) * cell / n;
}

/* The first cell that is not below the reference price. */
static int32_t cell_above(const graph *g, double reference)
{
    const int32_t n = g->problem->knobs.given.reference_steps;
    if (!(g->high > g->low)) return n;
    int32_t cell = (int32_t)((reference - g->low) / (g->high - g->low) * n);
    if (cell < 0) cell = 0;
    if (cell > n) cell = n;
    while (cell > 0 && cell_value(g, cell - 1) >= reference) cell--;
    while (cell < n && cell_value(g, cell) < reference) cell++;
    return cell;
}

static void find_range(graph *g)
{
    const cpn_weeks_level *levels = cpn_weeks_levels(g->problem, g->item);
    g->high = 1;
    g->low = (double)levels[g->item->n_choices - 1].price / (double)g->item->price;
    const cpn_weeks_history start = cpn_weeks_start(g->problem, g->unit);
    if (start.reference > g->high) g->high = start.reference;
    if (start.reference < g->low) g->low = start.reference;
}

static uint64_t key_of(const graph *g, const cpn_weeks_history *history)
{
    if (g->item->reference_weight <= 0) return history->digits;
    return history->digits | (uint64_t)cell_above(g, history->reference) << CELL_SHIFT;
}

static cpn_weeks_history history_of(const graph *g, uint64_t key)
{
    cpn_weeks_history history = { key & ((UINT64_C(1) << CELL_SHIFT) - 1), 1 };
    if (g->item->reference_weight > 0) history.reference = cell_value(g, (int32_t)(key >> CELL_SHIFT));
    return history;
}

/* ---- States ------------------------------------------------------------------------------------------------------ */

static void put_slot(graph *g, int32_t state)
{
    uint64_t at = cpn_hash_int64((int64_t)g->keys[state]) & (uint64_t)(g->n_slots - 1);
    while (g->slots[at] >= 0) at = (at + 1) & (uint64_t)(g->n_slots - 1);
    g->slots[at] = state;
}

static int64_t factors_a_state(const cpn_weeks_unit *unit)
{
    return unit->n_members * (1 + (int64_t)(unit->n_choices - 1) * unit->gap);
}

static bool grow(graph *g)
{
    cpn_weeks_unit *unit = g->unit;
    const int64_t capacity = g->capacity ? g->capacity * 2 : 16;
    uint64_t *keys = cpn_resize(g->keys, capacity, sizeof *keys);
    if (keys) g->keys = keys;
    int32_t *targets = cpn_resize(unit->targets, capacity * unit->n_choices, sizeof *targets);
    if (targets) unit->targets = targets;
    double *factors = cpn_resize(unit->factors, capacity * factors_a_state(unit), sizeof *factors);
    if (factors) unit->factors = factors;
    int32_t *slots = cpn_resize(g->slots, capacity * 2, sizeof *slots);
    if (slots) g->slots = slots;
    if (!keys || !targets || !factors || !slots) return false;
    g->capacity = capacity;
    g->n_slots = capacity * 2;
    for (int64_t i = 0; i < g->n_slots; i++) slots[i] = -1;
    for (int32_t state = 0; state < unit->n_states; state++) put_slot(g, state);
    return true;
}

static campaign_status fail_states(const graph *g, campaign_error *error)
{
    char name[CPN_NAMED_KEY_TEXT];
    const cpn_weeks_unit *unit = g->unit;
    cpn_named_key_text(name, &g->problem->item_keys, g->problem->members[unit->first_member]);
    return cpn_fail(
        error, CAMPAIGN_E_LIMIT, "options.state_limit",
        "item \"%.40s\" needs more than %lld states: %ld weeks, %ld counts, %ld prices remembered for %ld weeks "
        "with a gap of %ld, %ld cells of a reference price; fewer of them, or a higher limit",
        name, (long long)g->problem->knobs.given.state_limit, (long)g->problem->n_weeks,
        (long)unit->n_totals * unit->n_quarterly, (long)unit->n_choices, (long)unit->n_memory, (long)unit->gap,
        (long)(g->item->reference_weight > 0 ? g->problem->knobs.given.reference_steps : 0));
}

/* The state of a history, made where there is none yet. */
static campaign_status find_state(int32_t *state, graph *g, const cpn_weeks_history *history, campaign_error *error)
{
    const uint64_t key = key_of(g, history);
    uint64_t at = cpn_hash_int64((int64_t)key) & (uint64_t)(g->n_slots - 1);
    for (; g->capacity > 0 && g->slots[at] >= 0; at = (at + 1) & (uint64_t)(g->n_slots - 1))
        if (g->keys[g->slots[at]] == key) {
            *state = g->slots[at];
            return CAMPAIGN_OK;
        }
    if (g->unit->n_states >= g->most_states) return fail_states(g, error);
    if (g->unit->n_states == g->capacity && !grow(g)) return cpn_fail_nomem(error);
    *state = g->unit->n_states++;
    g->keys[*state] = key;
    put_slot(g, *state);
    return CAMPAIGN_OK;
}

/* ---- Edges ------------------------------------------------------------------------------------------------------- */

static void write_factors(graph *g, int32_t state, int64_t place, const cpn_weeks_history *history)
{
    cpn_weeks_unit *unit = g->unit;
    const int64_t stride = factors_a_state(unit) / unit->n_members;
    for (int64_t i = 0; i < unit->n_members; i++)
        unit->factors[(state * unit->n_members + i) * stride + place] =
            cpn_weeks_factor(g->problem, unit, g->problem->members[unit->first_member + i], history);
}

static campaign_status add_edge(graph *g, int32_t state, int32_t choice, campaign_error *error)
{
    cpn_weeks_unit *unit = g->unit;
    cpn_weeks_history history = history_of(g, g->keys[state]);
    cpn_weeks_advance(&history, g->problem, unit, choice);
    for (int32_t j = 0; choice > 0 && j < unit->gap; j++) {
        write_factors(g, state, 1 + (int64_t)(choice - 1) * unit->gap + j, &history);
        cpn_weeks_advance(&history, g->problem, unit, 0);
    }
    int32_t target;
    const campaign_status status = find_state(&target, g, &history, error);
    if (status == CAMPAIGN_OK) unit->targets[(int64_t)state * unit->n_choices + choice] = target;
    return status;
}

/* Weeks that promotions of the past keep untouched: they belong to the value, not to the graph. */
static campaign_status pass_past(graph *g, cpn_weeks_history *history, campaign_error *error)
{
    const cpn_weeks_problem *problem = g->problem;
    cpn_weeks_unit *unit = g->unit;
    for (int64_t i = 0; problem->past && i < unit->n_members; i++) {
        const int64_t item = problem->members[unit->first_member + i];
        for (int32_t ago = 1; ago <= unit->gap; ago++) {
            const int64_t price = problem->past[item * CPN_WEEKS_GAP + ago - 1];
            if (price == 0 || price >= problem->items[item].price || unit->gap + 1 - ago <= unit->start_week) continue;
            unit->start_week = unit->gap + 1 - ago;
        }
    }
    if (unit->start_week > problem->n_weeks) unit->start_week = problem->n_weeks;
    for (int32_t week = 0; week < unit->start_week; week++) {
        char name[CPN_NAMED_KEY_TEXT];
        cpn_named_key_text(name, &problem->item_keys, problem->members[unit->first_member]);
        if (unit->is_barred[week * unit->n_choices])
            return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "item_weeks.is_forced",
                            "week %ld is forced for item \"%s\", inside the gap after a promotion of the past",
                            (long)problem->weeks[week].number, name);
        for (int64_t i = 0; i < unit->n_members; i++) {
            const int64_t item = problem->members[unit->first_member + i];
            const cpn_weeks_act act = { .factor = cpn_weeks_factor(problem, unit, item, history) };
            int64_t value;
            if (!cpn_weeks_value(&value, problem, item, week, &act)) return cpn_weeks_fail_size(problem, unit, error);
            unit->start_value += value;
        }
        cpn_weeks_advance(history, problem, unit, 0);
    }
    return CAMPAIGN_OK;
}

static campaign_status build(graph *g, campaign_error *error)
{
    cpn_weeks_unit *unit = g->unit;
    cpn_weeks_history history = cpn_weeks_start(g->problem, unit);
    campaign_status status = pass_past(g, &history, error);
    if (status == CAMPAIGN_OK && !grow(g)) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = find_state(&unit->start_state, g, &history, error);
    for (int32_t state = 0; status == CAMPAIGN_OK && state < unit->n_states; state++) {
        const cpn_weeks_history here = history_of(g, g->keys[state]);
        write_factors(g, state, 0, &here);
        for (int32_t choice = 0; choice < unit->n_choices && status == CAMPAIGN_OK; choice++)
            status = add_edge(g, state, choice, error);
    }
    return status;
}

campaign_status cpn_weeks_build_graph(cpn_weeks_problem *problem, cpn_weeks_unit *unit, campaign_error *error)
{
    graph g = { .problem = problem, .unit = unit };
    g.item = &problem->items[problem->members[unit->first_member]];
    const int64_t a_state = (int64_t)problem->n_weeks * unit->n_totals * unit->n_quarterly;
    g.most_states = problem->knobs.given.state_limit / a_state;
    find_range(&g);
    const campaign_status status = build(&g, error);
    cpn_free(g.keys);
    cpn_free(g.slots);
    return status;
}

/* ---- Values of the edges ----------------------------------------------------------------------------------------- */

/* What one choice of one member brings, its untouched weeks included. */
static bool sum_edge(int64_t *sum, const cpn_weeks_problem *problem, const cpn_weeks_unit *unit, int64_t item,
                     const double *factors, const cpn_weeks_edge *edge)
{
    cpn_weeks_act act = { .choice = edge->choice, .factor = factors[0] };
    int64_t value;
    if (!cpn_weeks_value(&value, problem, item, edge->week, &act)) return false;
    *sum += value;
    if (edge->choice == 0) return true;
    act.choice = 0;
    for (int32_t j = 0; j < unit->gap && edge->week + 1 + j < problem->n_weeks; j++) {
        act.factor = factors[1 + (edge->choice - 1) * unit->gap + j];
        if (!cpn_weeks_value(&value, problem, item, edge->week + 1 + j, &act)) return false;
        *sum += value;
    }
    return true;
}

bool cpn_weeks_fill_values(double *values, int64_t *value_limit, const cpn_weeks_problem *problem,
                           const cpn_weeks_unit *unit)
{
    const int64_t stride = factors_a_state(unit) / unit->n_members;
    const int32_t n = unit->n_choices;
    for (int32_t week = unit->start_week; week < problem->n_weeks; week++)
        for (int32_t state = 0; state < unit->n_states; state++)
            for (int32_t k = 0; k < n; k++) {
                const cpn_weeks_edge edge = { week, k };
                int64_t sum = 0;
                for (int64_t i = 0; i < unit->n_members && !unit->is_barred[week * n + k]; i++)
                    if (!sum_edge(&sum, problem, unit, problem->members[unit->first_member + i],
                                  &unit->factors[(state * unit->n_members + i) * stride], &edge))
                        return false;
                values[((int64_t)week * unit->n_states + state) * n + k] = (double)sum;
                const int64_t size = sum < 0 ? -sum : sum;
                if (size > *value_limit) *value_limit = size;
            }
    return true;
}
