/* What each choice of each unit uses up of each family of limits. */
#include <string.h>

#include "base/memory.h"
#include "plan/weeks/weeks.h"

/* A use and whose it is. */
typedef struct owned_use {
    int64_t unit;
    cpn_weeks_use use;
} owned_use;

typedef struct use_list {
    owned_use *uses;
    int64_t n, capacity;
    int64_t *latest; /* of each unit: its use added last, or -1 */
} use_list;

static int64_t amount_of(const cpn_weeks_level *level, cpn_weeks_kind kind)
{
    switch (kind) {
    case CPN_WEEKS_SLOTS: return level->slots;
    case CPN_WEEKS_COUNT: return 1;
    case CPN_WEEKS_BUDGET: return level->cost;
    }
    return 0;
}

/* The use of that family by that unit, made where there is none; NULL where memory is out. */
static cpn_weeks_use *open_use(use_list *list, int64_t unit, int32_t family, int32_t n_choices)
{
    const int64_t latest = list->latest[unit];
    if (latest >= 0 && list->uses[latest].use.family == family) return &list->uses[latest].use;
    if (list->n == list->capacity) {
        const int64_t capacity = list->capacity ? list->capacity * 2 : 64;
        owned_use *uses = cpn_resize(list->uses, capacity, sizeof *uses);
        if (!uses) return NULL;
        list->uses = uses;
        list->capacity = capacity;
    }
    list->latest[unit] = list->n;
    owned_use *made = &list->uses[list->n++];
    *made = (owned_use){ .unit = unit, .use = { .family = family } };
    for (int32_t k = n_choices; k < CPN_WEEKS_CHOICES; k++) made->use.amounts[k] = -1;
    return &made->use;
}

static campaign_status add_item(use_list *list, const cpn_weeks_problem *problem, int32_t family, int64_t item,
                                campaign_error *error)
{
    const cpn_weeks_item *owner = &problem->items[item];
    const cpn_weeks_level *levels = cpn_weeks_levels(problem, owner);
    cpn_weeks_use *use = open_use(list, owner->unit, family, owner->n_choices);
    if (!use) return cpn_fail_nomem(error);
    for (int32_t k = 1; k < owner->n_choices; k++)
        use->amounts[k] += amount_of(&levels[k], problem->families[family].kind);
    return CAMPAIGN_OK;
}

static campaign_status add_family(use_list *list, const cpn_weeks_problem *problem, int32_t family,
                                  campaign_error *error)
{
    const int32_t group = problem->families[family].group;
    const int64_t first = group < 0 ? 0 : problem->group_starts[group];
    const int64_t last = group < 0 ? problem->n_items : problem->group_starts[group + 1];
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = first; i < last && status == CAMPAIGN_OK; i++)
        status = add_item(list, problem, family, group < 0 ? i : problem->group_items[i], error);
    return status;
}

/* By unit, families in order within each. */
static campaign_status deal_uses(cpn_weeks_problem *problem, const use_list *list, campaign_error *error)
{
    problem->uses = cpn_alloc(list->n, sizeof *problem->uses);
    if (!problem->uses) return cpn_fail_nomem(error);
    problem->n_uses = list->n;
    for (int64_t i = 0; i < list->n; i++) problem->units[list->uses[i].unit].n_uses++;
    int64_t first = 0;
    for (int64_t u = 0; u < problem->n_units; u++) {
        problem->units[u].first_use = first;
        first += problem->units[u].n_uses;
        problem->units[u].n_uses = 0;
    }
    for (int64_t i = 0; i < list->n; i++) {
        cpn_weeks_unit *unit = &problem->units[list->uses[i].unit];
        problem->uses[unit->first_use + unit->n_uses++] = list->uses[i].use;
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_weeks_make_uses(cpn_weeks_problem *problem, campaign_error *error)
{
    use_list list = { 0 };
    list.latest = cpn_alloc(problem->n_units, sizeof *list.latest);
    if (!list.latest) return cpn_fail_nomem(error);
    for (int64_t u = 0; u < problem->n_units; u++) list.latest[u] = -1;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t f = 0; f < problem->n_families && status == CAMPAIGN_OK; f++)
        status = add_family(&list, problem, f, error);
    if (status == CAMPAIGN_OK) status = deal_uses(problem, &list, error);
    cpn_free(list.uses);
    cpn_free(list.latest);
    return status;
}
