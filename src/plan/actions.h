/* Inside of the planner: what is to be done, as constant lists of templates: actions of each phase, questions of the
 * feedback, mechanisms. Types of campaigns choose from them; no sentence stands in a code path. */
#ifndef CPN_PLAN_ACTIONS_H
#define CPN_PLAN_ACTIONS_H

#include "plan/rooms.h"

enum {
    CPN_BURSTS = 1 << CPN_TYPE_BURST,
    CPN_NODES = 1 << CPN_TYPE_NODE,
    CPN_PULLS = 1 << CPN_TYPE_PROMOTION_PULL,
    CPN_EXPERIENCES = 1 << CPN_TYPE_EXPERIENCE,
    CPN_ACQUISITIONS = 1 << CPN_TYPE_ACQUISITION,
    CPN_CARES = 1 << CPN_TYPE_CARE,
    CPN_ALL_TYPES = (1 << CPN_PLAN_N_TYPES) - 1,
    CPN_NOT_CARES = CPN_ALL_TYPES - CPN_CARES,
    CPN_AT_NODES = CPN_NODES | CPN_PULLS | CPN_EXPERIENCES /* AP13: campaigns that live from their node */
};

/* Which days of its phase an action takes. */
typedef enum cpn_action_days {
    CPN_DAYS_ALL,   /* all of them */
    CPN_DAYS_FIRST, /* the first */
    CPN_DAYS_LAST,  /* the last */
    CPN_DAYS_PEAK   /* of the preheat: those in which traffic peaks */
} cpn_action_days;

enum { CPN_PHASE_FEEDBACK = CPN_PLAN_N_PHASES };

typedef struct cpn_action {
    int32_t phase; /* 0 preheat, 1 burst, 2 closing, 3 feedback */
    cpn_action_days days;
    uint32_t types;
    const char *code, *source, *en, *zh;
} cpn_action;
extern const cpn_action cpn_plan_actions[];
extern const int32_t cpn_plan_n_actions;

typedef struct cpn_mechanism {
    uint32_t types;
    const char *code, *source, *parameters; /* parameters NULL: none */
    const char *en, *zh, *reason_en, *reason_zh;
} cpn_mechanism;
extern const cpn_mechanism cpn_plan_mechanisms[];
extern const int32_t cpn_plan_n_mechanisms;

#endif
