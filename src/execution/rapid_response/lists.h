/* What each type of response usually needs and does, as constant lists in English and Chinese; no sentence of them stands in
 * a code path. */
#ifndef CPN_EXECUTION_RAPID_LISTS_H
#define CPN_EXECUTION_RAPID_LISTS_H

#include <stdint.h>

enum {
    CPN_FOR_NEW_PRODUCT = 1 << 0,
    CPN_FOR_FAIR = 1 << 1,
    CPN_FOR_THANK_YOU = 1 << 2,
    CPN_FOR_COUNTER_ATTACK = 1 << 3,
    CPN_FOR_ALL = CPN_FOR_NEW_PRODUCT | CPN_FOR_FAIR | CPN_FOR_THANK_YOU | CPN_FOR_COUNTER_ATTACK
};

typedef struct cpn_rapid_words {
    const char *en, *zh;
} cpn_rapid_words;

/* RR4. */
typedef struct cpn_rapid_usual_resource {
    uint32_t types;
    const char *id, *kind;
    int32_t working_days; /* after the start; negative: before it */
    cpn_rapid_words name, role, risk;
} cpn_rapid_usual_resource;
extern const cpn_rapid_usual_resource cpn_rapid_usual_resources[];
extern const int32_t cpn_rapid_n_usual_resources;

/* What the type does besides the stages that all have; due at a working day after the start. */
typedef struct cpn_rapid_usual_task {
    uint32_t types;
    const char *id;
    int32_t first_step, duration; /* working days after the start, and taken */
    cpn_rapid_words name, role, deliverable;
} cpn_rapid_usual_task;
extern const cpn_rapid_usual_task cpn_rapid_usual_tasks[];
extern const int32_t cpn_rapid_n_usual_tasks;

#endif
