/* Makes the units of the promotion weeks: items that decide alone, and items that are always promoted together. Says how
 * their rules combine, which weeks are barred to them, and what their choices use up of the shared limits. */
#include "base/memory.h"
#include "plan/weeks/weeks.h"

static const cpn_weeks_spec together_spec = { "together", "items.together", CPN_ANY_KEY, false, 0, 0, 0 };

/* Unit of each item: the first item with the same key opens one; an item without a key has its own. */
static campaign_status number_units(cpn_weeks_problem *problem, const cpn_keys *keys, campaign_error *error)
{
    int32_t *unit_of_key = cpn_alloc(keys->n_keys, sizeof *unit_of_key);
    if (!unit_of_key) return cpn_fail_nomem(error);
    for (int64_t key = 0; key < keys->n_keys; key++) unit_of_key[key] = -1;
    for (int64_t i = 0; i < problem->n_items; i++) {
        const int32_t key = keys->codes ? keys->codes[problem->item_keys.keys.first_rows[i]] : -1;
        if (key >= 0 && unit_of_key[key] >= 0) {
            problem->items[i].unit = unit_of_key[key];
            continue;
        }
        problem->items[i].unit = (int32_t)problem->n_units++;
        if (key >= 0) unit_of_key[key] = problem->items[i].unit;
    }
    cpn_free(unit_of_key);
    return CAMPAIGN_OK;
}

static campaign_status deal_members(cpn_weeks_problem *problem, campaign_error *error)
{
    problem->units = cpn_alloc_zero(problem->n_units, sizeof *problem->units);
    problem->members = cpn_alloc(problem->n_items, sizeof *problem->members);
    if (!problem->units || !problem->members) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < problem->n_items; i++) problem->units[problem->items[i].unit].n_members++;
    int64_t first = 0;
    for (int64_t u = 0; u < problem->n_units; u++) {
        problem->units[u].first_member = first;
        first += problem->units[u].n_members;
        problem->units[u].n_members = 0;
    }
    for (int64_t i = 0; i < problem->n_items; i++) {
        cpn_weeks_unit *unit = &problem->units[problem->items[i].unit];
        problem->items[i].unit_member = unit->n_members;
        problem->members[unit->first_member + unit->n_members++] = i;
        if (unit->n_members > problem->most_members) problem->most_members = unit->n_members;
    }
    return CAMPAIGN_OK;
}

static int32_t stricter(int32_t a, int32_t b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* The strictest rule of any member holds for all. */
static campaign_status combine_rules(cpn_weeks_problem *problem, cpn_weeks_unit *unit, campaign_error *error)
{
    char name[CPN_NAMED_KEY_TEXT], first_name[CPN_NAMED_KEY_TEXT];
    const int64_t *members = &problem->members[unit->first_member];
    const cpn_weeks_item *first = &problem->items[members[0]];
    unit->n_choices = first->n_choices;
    unit->max_promotions = unit->max_per_quarter = -1;
    for (int64_t i = 0; i < unit->n_members; i++) {
        const cpn_weeks_item *item = &problem->items[members[i]];
        cpn_named_key_text(name, &problem->item_keys, members[i]);
        cpn_named_key_text(first_name, &problem->item_keys, members[0]);
        if (item->n_choices != unit->n_choices)
            return cpn_fail(error, CAMPAIGN_E_VALUE, "items.together",
                            "items \"%s\" and \"%s\" are together, with %ld and %ld promotion prices", first_name, name,
                            (long)first->n_choices - 1, (long)item->n_choices - 1);
        if (unit->n_members > 1 && item->reference_weight > 0)
            return cpn_fail(error, CAMPAIGN_E_UNSUPPORTED, "items.together",
                            "item \"%s\" has a reference price and is together with others", name);
        if (item->gap > unit->gap) unit->gap = item->gap;
        if (item->n_memory > unit->n_memory) unit->n_memory = item->n_memory;
        unit->max_promotions = stricter(unit->max_promotions, item->max_promotions);
        unit->max_per_quarter = stricter(unit->max_per_quarter, item->max_per_quarter);
    }
    if (unit->max_per_quarter == 0) unit->max_promotions = 0;
    return CAMPAIGN_OK;
}

/* Promotions that fit n weeks. */
static int32_t most_in(int32_t n_weeks, int32_t gap)
{
    return (n_weeks + gap) / (gap + 1);
}

/* A maximum that the gap enforces anyway is not counted. */
static void count_layers(const cpn_weeks_problem *problem, cpn_weeks_unit *unit)
{
    int32_t longest = 0, length = 0;
    for (int32_t week = 0; week < problem->n_weeks; week++) {
        const bool goes_on = week > 0 && problem->weeks[week].quarter_number == problem->weeks[week - 1].quarter_number;
        length = goes_on ? length + 1 : 1;
        if (length > longest) longest = length;
    }
    const int32_t most = most_in(problem->n_weeks, unit->gap), most_a_quarter = most_in(longest, unit->gap);
    const bool is_counted = unit->max_promotions >= 0 && unit->max_promotions < most;
    const bool is_counted_by_quarter = unit->max_per_quarter >= 0 && unit->max_per_quarter < most_a_quarter;
    unit->n_totals = is_counted ? unit->max_promotions + 1 : 1;
    unit->n_quarterly = is_counted_by_quarter ? unit->max_per_quarter + 1 : 1;
}

static campaign_status fail_forced(const cpn_weeks_problem *problem, int64_t item, int32_t week, int32_t other,
                                   campaign_error *error)
{
    char name[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(name, &problem->item_keys, item);
    const long number = problem->weeks[week].number;
    if (other < 0)
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "item_weeks.is_forced",
                        "week %ld is forced for item \"%s\", and barred by a blackout or another forced price of the "
                        "items it is together with",
                        number, name);
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "item_weeks.is_forced",
                    "weeks %ld and %ld are forced for item \"%s\", whose gap is %ld weeks", number,
                    (long)problem->weeks[other].number, name, (long)problem->units[problem->items[item].unit].gap);
}

/* Without demand no promotion brings anything; to bar them keeps the search from telling equals apart. */
static bool has_demand(const cpn_weeks_problem *problem, const cpn_weeks_unit *unit)
{
    for (int64_t i = 0; i < unit->n_members; i++)
        if (problem->items[problem->members[unit->first_member + i]].base > 0) return true;
    return false;
}

/* What the members say of one week: bars choices, finds the item that forces it (-1 = none). */
static campaign_status bar_week(uint8_t *is_barred, int64_t *forced_by, const cpn_weeks_problem *problem,
                                const cpn_weeks_unit *unit, int32_t week, campaign_error *error)
{
    *forced_by = -1;
    for (int64_t i = 0; i < unit->n_members; i++) {
        const int64_t item = problem->members[unit->first_member + i];
        const cpn_weeks_cell *cell = &problem->cells[item * problem->n_weeks + week];
        for (int32_t k = 0; k < unit->n_choices; k++)
            if (k == 0 ? cell->is_forced : cell->is_blackout || (cell->forced_choice != 0 && cell->forced_choice != k))
                is_barred[k] = 1;
        if (cell->is_forced) *forced_by = item;
    }
    bool is_free = false;
    for (int32_t k = 1; k < unit->n_choices && *forced_by < 0 && !has_demand(problem, unit); k++) is_barred[k] = 1;
    for (int32_t k = 0; k < unit->n_choices; k++) is_free = is_free || !is_barred[k];
    return is_free ? CAMPAIGN_OK : fail_forced(problem, *forced_by, week, -1, error);
}

/* A promotion whose untouched weeks hold a forced one is barred. */
static campaign_status bar_weeks(const cpn_weeks_problem *problem, cpn_weeks_unit *unit, campaign_error *error)
{
    const int32_t n = unit->n_choices;
    unit->is_barred = cpn_alloc_zero((int64_t)problem->n_weeks * n, sizeof *unit->is_barred);
    if (!unit->is_barred) return cpn_fail_nomem(error);
    int32_t last_forced = -1;
    for (int32_t week = 0; week < problem->n_weeks; week++) {
        int64_t forced_by;
        const campaign_status status = bar_week(&unit->is_barred[week * n], &forced_by, problem, unit, week, error);
        if (status != CAMPAIGN_OK) return status;
        if (forced_by < 0) continue;
        if (last_forced >= 0 && week - last_forced <= unit->gap)
            return fail_forced(problem, forced_by, last_forced, week, error);
        for (int32_t before = week - 1; before >= 0 && week - before <= unit->gap; before--)
            for (int32_t k = 1; k < n; k++) unit->is_barred[before * n + k] = 1;
        last_forced = week;
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_weeks_make_units(cpn_weeks_problem *problem, const campaign_table *items,
                                     const campaign_runtime *runtime, campaign_error *error)
{
    cpn_weeks_field together;
    cpn_keys keys = { 0 };
    campaign_status status = cpn_weeks_open(&together, &together_spec, 1, items, NULL, error);
    if (status == CAMPAIGN_OK && together.column.type != 0)
        status = cpn_keys_create(&keys, &together.column, runtime, error);
    if (status == CAMPAIGN_OK) status = number_units(problem, &keys, error);
    cpn_keys_free(&keys);
    if (status == CAMPAIGN_OK) status = deal_members(problem, error);
    for (int64_t u = 0; u < problem->n_units && status == CAMPAIGN_OK; u++) {
        cpn_weeks_unit *unit = &problem->units[u];
        status = combine_rules(problem, unit, error);
        if (status == CAMPAIGN_OK) status = bar_weeks(problem, unit, error);
        if (status == CAMPAIGN_OK) count_layers(problem, unit);
    }
    return status;
}
