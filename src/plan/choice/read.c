/* Candidates out of a table: ids, tiers, windows, values and costs as whole units. What the rules say of them comes
 * afterwards. */
#include <string.h>

#include "base/memory.h"
#include "base/money.h"
#include "base/sort.h"
#include "base/text.h"
#include "plan/choice/choice.h"

enum { MOST_CANDIDATES = 2000, ID = 96, MICRO = 6 };
static const int64_t most = INT64_C(1) << 61; /* sums of values, and their differences, fit */

typedef struct columns {
    campaign_column id, tier, start, end, value, cost, preheat;
} columns;

static campaign_status find_columns(columns *c, cpn_choice_problem *problem, const campaign_table *table,
                                    const campaign_choice_options *options, campaign_error *error)
{
    const uint32_t text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), day = CPN_TYPE_BIT(CAMPAIGN_TYPE_DATE);
    const uint32_t number = CPN_ANY_INT | CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY) | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64);
    const char *name = "candidates";
    campaign_status status = cpn_need_column(&c->id, table, name, options->id, "id", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&c->tier, table, name, options->tier, "tier", text, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&c->start, table, name, options->start, "start", day, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&c->end, table, name, options->end, "end", day, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&c->value, table, name, options->value, "value", number, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&c->cost, table, name, options->cost, "cost", number, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&c->preheat, table, name, options->preheat_start, "preheat_start", day, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&problem->never_group, table, name, options->never_together, "never_together",
                                 CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&problem->always_group, table, name, options->always_together, "always_together",
                                 CPN_ANY_KEY, error);
    return status;
}

static cpn_choice_unit unit_of(const campaign_column *column)
{
    cpn_choice_unit unit = { .type = column->type };
    if (column->type == CAMPAIGN_TYPE_INT32) unit.type = CAMPAIGN_TYPE_INT64;
    if (column->type == CAMPAIGN_TYPE_FLOAT64) unit.exponent = MICRO;
    if (column->type != CAMPAIGN_TYPE_MONEY) return unit;
    unit.exponent = column->exponent;
    memcpy(unit.currency, column->currency, sizeof unit.currency);
    return unit;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

static campaign_status read_number(int64_t *number, const campaign_column *column, const cpn_choice_unit *unit,
                                   int64_t row, campaign_error *error)
{
    if (column->type != CAMPAIGN_TYPE_FLOAT64) {
        *number = cpn_cell_int64(column, row);
        return CAMPAIGN_OK;
    }
    if (cpn_money_from_double(number, ((const double *)column->values)[row], unit->exponent, CAMPAIGN_ROUND_HALF_EVEN,
                              NULL))
        return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, column->name, "a number is not finite or beyond 9e12");
}

static campaign_status read_tier(bool *is_big, const campaign_column *column, int64_t row, campaign_error *error)
{
    size_t length;
    const char *text = cpn_cell_text(column, row, &length);
    *is_big = length == 3 && memcmp(text, "big", 3) == 0;
    if (*is_big || (length == 5 && memcmp(text, "small", 5) == 0)) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, column->name, "\"%.*s\" is neither big nor small",
                        (int)(length < 40 ? length : 40), text);
}

static campaign_status check_candidate(const cpn_choice_candidate *at, const columns *c, campaign_error *error)
{
    char start[CAMPAIGN_DATE_TEXT], other[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(start, at->start);
    if (at->end <= at->start) {
        (void)campaign_date_format(other, at->end);
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, at->row, c->end.name,
                            "%s ends on %s, not after its start on %s; the end is the day after the last", at->id,
                            other, start);
    }
    if (at->first > at->start) {
        (void)campaign_date_format(other, at->first);
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, at->row, c->preheat.name,
                            "the preheat of %s begins on %s, after its start on %s", at->id, other, start);
    }
    if (at->cost < 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, at->row, c->cost.name, "%s costs less than 0", at->id);
    return CAMPAIGN_OK;
}

static campaign_status read_row(cpn_choice_candidate *at, const cpn_choice_problem *problem, const columns *c,
                                int64_t row, campaign_error *error)
{
    const campaign_column *const needed[] = { &c->id, &c->tier, &c->start, &c->end, &c->value, &c->cost };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (cpn_is_null(needed[i], row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, needed[i]->name, "a candidate has no %s",
                                needed[i]->name);
    char *id = problem->texts + row * ID;
    if (cpn_format_cell(id, ID, &c->id, row) >= ID)
        return cpn_fail_row(error, CAMPAIGN_E_LIMIT, row, c->id.name, "an id has more than %d bytes", ID - 1);
    if (!cpn_is_key(id, strlen(id)))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, c->id.name, "an id is empty or has a control character");
    *at = (cpn_choice_candidate){ .id = id, .row = row };
    at->start = (int32_t)cpn_cell_int64(&c->start, row);
    at->end = (int32_t)cpn_cell_int64(&c->end, row);
    at->first = at->start;
    if (c->preheat.type && !cpn_is_null(&c->preheat, row)) at->first = (int32_t)cpn_cell_int64(&c->preheat, row);
    campaign_status status = read_tier(&at->is_big, &c->tier, row, error);
    if (status == CAMPAIGN_OK) status = read_number(&at->value, &c->value, &problem->value_unit, row, error);
    if (status == CAMPAIGN_OK) status = read_number(&at->cost, &c->cost, &problem->cost_unit, row, error);
    return status == CAMPAIGN_OK ? check_candidate(at, c, error) : status;
}

/* ---- All of them ------------------------------------------------------------------------------------------------ */

static int compare_ids(const void *a, const void *b, const void *ctx)
{
    const cpn_choice_candidate *candidates = ctx;
    return strcmp(candidates[*(const int64_t *)a].id, candidates[*(const int64_t *)b].id);
}

/* Places in key order; refuses an id that stands twice, and sums that do not stay exact. */
campaign_status cpn_choice_place_ids(cpn_choice_problem *problem, campaign_error *error)
{
    cpn_choice_candidate *candidates = problem->candidates;
    int64_t value = 0, cost = 0;
    for (int64_t i = 0; i < problem->n; i++) {
        problem->by_place[i] = i;
        const bool fits = candidates[i].value >= -most;
        const int64_t size = fits && candidates[i].value < 0 ? -candidates[i].value : candidates[i].value;
        if (!fits || size > most - value || candidates[i].cost > most - cost)
            return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, candidates[i].row, "candidates",
                                "values or costs add up to more than 2^61 of their least unit");
        value += size;
        cost += candidates[i].cost;
    }
    if (!cpn_sort(problem->by_place, problem->n, sizeof *problem->by_place, compare_ids, candidates))
        return cpn_fail_nomem(error);
    for (int64_t i = 0; i < problem->n; i++) {
        cpn_choice_candidate *at = &candidates[problem->by_place[i]];
        at->place = i;
        if (i > 0 && strcmp(at->id, candidates[problem->by_place[i - 1]].id) == 0)
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, at->row, "candidates.id", "the id %s stands twice",
                                at->id);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_choice_read(cpn_choice_problem *problem, const campaign_table *candidates,
                                const campaign_choice_options *options, campaign_error *error)
{
    columns c;
    memset(problem, 0, sizeof *problem);
    campaign_status status = find_columns(&c, problem, candidates, options, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t n = campaign_table_n_rows(candidates);
    if (n > MOST_CANDIDATES)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "candidates", "%lld candidates, at most %d are allowed", (long long)n,
                        MOST_CANDIDATES);
    problem->value_unit = unit_of(&c.value);
    problem->cost_unit = unit_of(&c.cost);
    problem->candidates = cpn_alloc_zero(n, sizeof *problem->candidates);
    problem->by_place = cpn_alloc(n, sizeof *problem->by_place);
    problem->texts = cpn_alloc(n, ID);
    if (!problem->candidates || !problem->by_place || !problem->texts) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < n && status == CAMPAIGN_OK; row++) {
        status = read_row(&problem->candidates[row], problem, &c, row, error);
        problem->n = row + 1;
    }
    return status == CAMPAIGN_OK ? cpn_choice_place_ids(problem, error) : status;
}

void cpn_choice_problem_free(cpn_choice_problem *problem)
{
    for (int64_t r = 0; r < problem->n_relations; r++) cpn_free(problem->relations[r].members);
    cpn_free(problem->relations);
    cpn_free(problem->candidates);
    cpn_free(problem->big_room);
    cpn_free(problem->small_room);
    cpn_free(problem->by_place);
    cpn_free(problem->texts);
    memset(problem, 0, sizeof *problem);
}
