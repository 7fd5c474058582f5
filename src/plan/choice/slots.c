/* Relations as bits: a slot is taken when the first member is decided and free again after the last. */
#include "plan/choice/slots.h"

#include <string.h>

#include "base/memory.h"

enum { SLOTS = 64 };

static bool is_used(const cpn_choice_case *of, int64_t relation)
{
    return !of->is_dropped[CPN_RULE_RELATION] && !(of->drops_relation && of->drops_relation[relation]);
}

static bool has_member(const cpn_choice_relation *relation, int64_t candidate)
{
    for (int64_t i = 0; i < relation->n; i++)
        if (relation->members[i] == candidate) return true;
    return false;
}

/* Gives each relation that begins at a candidate the lowest slot that is free. */
static campaign_status give_slot(int32_t *slot, uint64_t *taken, campaign_error *error)
{
    for (*slot = 0; *slot < SLOTS; ++*slot) {
        if (*taken >> *slot & 1) continue;
        *taken |= UINT64_C(1) << *slot;
        return CAMPAIGN_OK;
    }
    return cpn_fail(error, CAMPAIGN_E_LIMIT, "rules", "more than %d relations between campaigns are open at one time",
                    SLOTS);
}

static campaign_status place_hooks(cpn_choice_slots *slots, int32_t *slot_of, const cpn_choice_case *of,
                                   campaign_error *error)
{
    const cpn_choice_problem *problem = of->problem;
    uint64_t taken = 0;
    int64_t n = 0;
    for (int64_t i = 0; i < problem->n; i++) {
        const int64_t first = n;
        slots->starts[i] = n;
        for (int64_t r = 0; r < problem->n_relations; r++) {
            const cpn_choice_relation *relation = &problem->relations[r];
            if (!is_used(of, r) || !has_member(relation, i)) continue;
            cpn_choice_hook hook = { .kind = relation->kind,
                                     .is_first = relation->members[0] == i,
                                     .is_last = relation->members[relation->n - 1] == i };
            if (hook.is_first) {
                const campaign_status status = give_slot(&slot_of[r], &taken, error);
                if (status != CAMPAIGN_OK) return status;
            }
            hook.slot = slot_of[r];
            slots->hooks[n++] = hook;
        }
        for (int64_t k = first; k < n; k++)
            if (slots->hooks[k].is_last) taken &= ~(UINT64_C(1) << slots->hooks[k].slot);
    }
    slots->starts[problem->n] = n;
    return CAMPAIGN_OK;
}

campaign_status cpn_choice_slots_open(cpn_choice_slots *slots, const cpn_choice_case *of, campaign_error *error)
{
    const cpn_choice_problem *problem = of->problem;
    int64_t n = 0;
    for (int64_t r = 0; r < problem->n_relations; r++) n += problem->relations[r].n;
    memset(slots, 0, sizeof *slots);
    slots->starts = cpn_alloc(problem->n + 1, sizeof *slots->starts);
    slots->hooks = cpn_alloc(n, sizeof *slots->hooks);
    int32_t *slot_of = cpn_alloc(problem->n_relations, sizeof *slot_of);
    campaign_status status = slots->starts && slots->hooks && slot_of ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = place_hooks(slots, slot_of, of, error);
    cpn_free(slot_of);
    if (status != CAMPAIGN_OK) cpn_choice_slots_free(slots);
    return status;
}

void cpn_choice_slots_free(cpn_choice_slots *slots)
{
    cpn_free(slots->starts);
    cpn_free(slots->hooks);
    memset(slots, 0, sizeof *slots);
}

bool cpn_choice_slots_step(uint64_t *bits, const cpn_choice_slots *slots, int64_t candidate, bool takes)
{
    for (int64_t k = slots->starts[candidate]; k < slots->starts[candidate + 1]; k++) {
        const cpn_choice_hook *hook = &slots->hooks[k];
        const uint64_t bit = UINT64_C(1) << hook->slot;
        const bool is_set = (*bits & bit) != 0;
        if (hook->kind == CPN_NEVER_TOGETHER && takes && is_set) return false;
        if (hook->kind == CPN_ALWAYS_TOGETHER && !hook->is_first && takes != is_set) return false;
        if (hook->kind == CPN_FORCED_WINDOW && hook->is_last && !takes && !is_set) return false;
        if (takes) *bits |= bit;
        if (hook->is_last) *bits &= ~bit;
    }
    return true;
}
