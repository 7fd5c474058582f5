/* Scenarios for the program that makes every allocation fail once.
 *
 * A scenario does one thing with the library from nothing to nothing: it makes what it needs, calls, frees all, and
 * returns the first status that is not OK. It checks nothing but what failure leaves behind (expect_empty). */
#ifndef CPN_TESTS_OOM_H
#define CPN_TESTS_OOM_H

#include <campaign/base.h>
#include <stdbool.h>

typedef struct oom_scenario {
    const char *name;
    campaign_status (*run)(campaign_error *error);
} oom_scenario;

/* Each scenario_<engine>.c defines this list, ended by a scenario without a name. */
extern const oom_scenario oom_scenarios[];

/* Reports an output that a failed call has left behind. */
void oom_expect(bool is_true, const char *what);

/* A failed call leaves no output; a successful one leaves one. */
static inline void expect_empty(campaign_status status, const void *output, const char *what)
{
    oom_expect((status == CAMPAIGN_OK) == (output != NULL), what);
}

#endif
