/* Inside of the choice of campaigns: relations as bits that a label carries while their members are being decided. */
#ifndef CPN_PLAN_CHOICE_SLOTS_H
#define CPN_PLAN_CHOICE_SLOTS_H

#include "plan/choice/choice.h"

/* What deciding one candidate means for one relation. */
typedef struct cpn_choice_hook {
    cpn_choice_kind kind;
    int32_t slot;
    bool is_first, is_last; /* member of it */
} cpn_choice_hook;

typedef struct cpn_choice_slots {
    cpn_choice_hook *hooks;
    int64_t *starts; /* by candidate, and one more */
} cpn_choice_slots;

/* CAMPAIGN_E_LIMIT where more than 64 relations are open at one time. */
campaign_status cpn_choice_slots_open(cpn_choice_slots *slots, const cpn_choice_case *of, campaign_error *error);
void cpn_choice_slots_free(cpn_choice_slots *slots);

/* The bits after a decision; false where it breaks a relation. */
bool cpn_choice_slots_step(uint64_t *bits, const cpn_choice_slots *slots, int64_t candidate, bool takes);

#endif
