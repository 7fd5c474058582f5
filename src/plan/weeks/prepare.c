/* Prepares every unit of the promotion weeks: its graph, its values, its best alone; and the common scale of all values. */
#include <math.h>
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "plan/weeks/solver.h"

enum {
    UNITS_AT_ONCE = 16,
    MOST_REFERENCE_ROWS = 1000,
    MOST_SCALE_BITS = 10 /* multipliers in 1/1024 of a minor unit are finer than any money */
};
/* Values of all units together are kept in 256 MiB; beyond that they are made anew for each search. */
static const int64_t most_kept_values = INT64_C(1) << 25;
static const double exact_limit = 9007199254740992.0;  /* 2^53 */
static const double sum_limit = 2305843009213693952.0; /* 2^61 */

typedef struct preparation {
    cpn_weeks_problem *problem;
    uint8_t *choices;
    campaign_error *errors; /* one a chunk */
} preparation;

campaign_status cpn_weeks_fail_size(const cpn_weeks_problem *problem, const cpn_weeks_unit *unit, campaign_error *error)
{
    char name[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(name, &problem->item_keys, problem->members[unit->first_member]);
    return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "items.base",
                    "what item \"%s\" brings passes 2^52 minor units; check base, season and elasticity", name);
}

/* A promotion more than the rules allow, all of them forced. */
static campaign_status fail_forced(const cpn_weeks_problem *problem, const cpn_weeks_unit *unit, campaign_error *error)
{
    char name[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(name, &problem->item_keys, problem->members[unit->first_member]);
    int32_t n_forced = 0;
    for (int32_t week = 0; week < problem->n_weeks; week++) n_forced += unit->is_barred[week * unit->n_choices];
    if (unit->max_promotions >= 0 && n_forced > unit->max_promotions)
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "items.max_promotions",
                        "%ld weeks are forced for item \"%s\", which may have %ld promotions", (long)n_forced, name,
                        (long)unit->max_promotions);
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "items.max_per_quarter",
                    "more weeks of one quarter are forced for item \"%s\" than the %ld promotions it may have there",
                    name, (long)unit->max_per_quarter);
}

static void find_least_reference(cpn_weeks_problem *problem, const cpn_weeks_unit *unit)
{
    cpn_weeks_item *item = &problem->items[problem->members[unit->first_member]];
    const cpn_weeks_level *levels = cpn_weeks_levels(problem, item);
    double least = (double)levels[item->n_choices - 1].price / (double)item->price;
    const cpn_weeks_history start = cpn_weeks_start(problem, unit);
    if (start.reference < least) least = start.reference;
    item->reference_least = item->reference_weight > 0 ? pow(least, item->reference_weight) : 1;
}

static campaign_status build_graphs(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const preparation *p = ctx;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t u = first; u < last && status == CAMPAIGN_OK; u++) {
        find_least_reference(p->problem, &p->problem->units[u]);
        status = cpn_weeks_build_graph(p->problem, &p->problem->units[u], &p->errors[chunk]);
    }
    return status;
}

/* Values of one unit: kept, or measured only. */
static campaign_status measure_unit(const preparation *p, cpn_weeks_unit *unit, double *scratch, campaign_error *error)
{
    double *values = unit->values ? unit->values : scratch;
    if (!cpn_weeks_fill_values(values, &unit->value_limit, p->problem, unit) ||
        !cpn_weeks_evaluate(&unit->baseline, NULL, p->problem, unit, NULL))
        return cpn_weeks_fail_size(p->problem, unit, error);
    return CAMPAIGN_OK;
}

static campaign_status fill_units(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const preparation *p = ctx;
    cpn_weeks_search search;
    campaign_status status = cpn_weeks_open_search(&search, p->problem, &p->errors[chunk]);
    for (int64_t u = first; u < last && status == CAMPAIGN_OK; u++)
        status = measure_unit(p, &p->problem->units[u], search.values, &p->errors[chunk]);
    cpn_weeks_close_search(&search);
    return status;
}

/* With a reference price the search is too hopeful: every row that it holds for better than the one at hand is valued
 * truly. Where they are few, the best of them is the best there is. */
static campaign_status settle_reference(uint8_t *choices, const cpn_weeks_search *search,
                                        const cpn_weeks_problem *problem, cpn_weeks_unit *unit, double best)
{
    const double scale = (double)(INT64_C(1) << problem->scale_bits);
    const cpn_weeks_owner owner = { problem, unit };
    const cpn_weeks_slack slack = { best - (double)unit->start_value * scale,
                                    (double)(unit->alone_bound - unit->alone) * scale, MOST_REFERENCE_ROWS };
    cpn_weeks_rows rows = { 0 };
    const campaign_status status = cpn_weeks_list(&rows, search, &owner, &slack);
    int64_t most = unit->alone;
    for (int64_t i = 0; i < rows.n && status == CAMPAIGN_OK; i++) {
        const uint8_t *row = &rows.choices[i * problem->n_weeks];
        int64_t value;
        if (!cpn_weeks_evaluate(&value, NULL, problem, unit, row) || value <= most) continue;
        most = value;
        memcpy(choices, row, (size_t)problem->n_weeks);
    }
    if (status == CAMPAIGN_OK) unit->alone = unit->alone_bound = most;
    cpn_free(rows.choices);
    cpn_free(rows.losses);
    return status == CAMPAIGN_E_LIMIT ? CAMPAIGN_OK : status;
}

static campaign_status solve_alone(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const preparation *p = ctx;
    const double scale = (double)(INT64_C(1) << p->problem->scale_bits);
    cpn_weeks_search search;
    campaign_status status = cpn_weeks_open_search(&search, p->problem, &p->errors[chunk]);
    for (int64_t u = first; u < last && status == CAMPAIGN_OK; u++) {
        cpn_weeks_unit *unit = &p->problem->units[u];
        uint8_t *choices = &p->choices[u * p->problem->n_weeks];
        cpn_weeks_charge(search.charges, p->problem, unit, NULL, NULL);
        const double best = cpn_weeks_best(choices, &search, p->problem, unit);
        if (best == -INFINITY)
            status = fail_forced(p->problem, unit, &p->errors[chunk]);
        else if (!cpn_weeks_evaluate(&unit->alone, NULL, p->problem, unit, choices))
            status = cpn_weeks_fail_size(p->problem, unit, &p->errors[chunk]);
        else
            unit->alone_bound = (int64_t)(best / scale);
        if (status == CAMPAIGN_OK && unit->alone_bound > unit->alone)
            status = settle_reference(choices, &search, p->problem, unit, best);
    }
    cpn_weeks_close_search(&search);
    return status;
}

/* ---- Room and scale ---------------------------------------------------------------------------------------------- */

static campaign_status keep_values(cpn_weeks_problem *problem, campaign_error *error)
{
    int64_t n_kept = 0;
    for (int64_t u = 0; u < problem->n_units; u++) {
        cpn_weeks_unit *unit = &problem->units[u];
        const int64_t n_left = (problem->n_weeks + INT64_C(1)) * unit->n_states * unit->n_totals * unit->n_quarterly;
        const int64_t n_values = (int64_t)problem->n_weeks * unit->n_states * unit->n_choices;
        if (n_left > problem->most_left) problem->most_left = n_left;
        if (n_values > problem->most_values) problem->most_values = n_values;
        n_kept += n_values;
        if (n_kept > most_kept_values) continue;
        unit->values = cpn_alloc(n_values, sizeof *unit->values);
        if (!unit->values) return cpn_fail_nomem(error);
    }
    return CAMPAIGN_OK;
}

/* The finest scale in which every sum of a unit is exact in a double, and that of all units fits 64 bits. */
static campaign_status settle_scale(cpn_weeks_problem *problem, campaign_error *error)
{
    double greatest = 0, sum = 0;
    int64_t worst = 0;
    for (int64_t u = 0; u < problem->n_units; u++) {
        const double size = (double)problem->units[u].value_limit * (problem->n_weeks + 1);
        if (size > greatest) worst = u;
        if (size > greatest) greatest = size;
        sum += size;
    }
    for (int32_t bits = MOST_SCALE_BITS; bits >= 0; bits--) {
        const double scale = (double)(1 << bits);
        if (greatest * scale > exact_limit || sum * scale > sum_limit) continue;
        problem->scale_bits = bits;
        return CAMPAIGN_OK;
    }
    return cpn_weeks_fail_size(problem, &problem->units[worst], error);
}

static campaign_status run(preparation *p, cpn_chunk_work work, const campaign_runtime *runtime, campaign_error *error)
{
    const int64_t n = p->problem->n_units;
    campaign_status status = cpn_parallel_for(n, UNITS_AT_ONCE, work, p, "items", runtime, error);
    /* The lowest failing chunk has the words. */
    for (int64_t i = 0; status != CAMPAIGN_OK && error && i < cpn_n_chunks(n, UNITS_AT_ONCE); i++)
        if (p->errors[i].code == status) {
            *error = p->errors[i];
            return status;
        }
    return status;
}

campaign_status cpn_weeks_prepare(cpn_weeks_problem *problem, uint8_t *choices, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    preparation p = { .problem = problem, .choices = choices };
    p.errors = cpn_alloc_zero(cpn_n_chunks(problem->n_units, UNITS_AT_ONCE), sizeof *p.errors);
    if (!p.errors) return cpn_fail_nomem(error);
    campaign_status status = run(&p, build_graphs, runtime, error);
    if (status == CAMPAIGN_OK) status = keep_values(problem, error);
    if (status == CAMPAIGN_OK) status = run(&p, fill_units, runtime, error);
    if (status == CAMPAIGN_OK) status = settle_scale(problem, error);
    if (status == CAMPAIGN_OK) status = run(&p, solve_alone, runtime, error);
    cpn_free(p.errors);
    return status;
}
