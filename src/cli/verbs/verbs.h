/* The verbs of the program. Each takes the whole command line and returns an exit code. */
#ifndef CPN_CLI_VERBS_H
#define CPN_CLI_VERBS_H

#include "cli/arguments.h"

int verb_new(arguments *given);
int verb_check(arguments *given);
int verb_allocate(arguments *given);
int verb_calendar(arguments *given);
int verb_forecast(arguments *given);
int verb_tasks(arguments *given);
int verb_tier(arguments *given);
int verb_plan(arguments *given);
int verb_diff(arguments *given);
int verb_explain(arguments *given);
int verb_export(arguments *given);
int verb_evaluate(arguments *given);
int verb_followups(arguments *given);
int verb_review(arguments *given);
int verb_respond(arguments *given);
int verb_schedule(arguments *given);
int verb_level(arguments *given);
int verb_risks(arguments *given);
int verb_conflicts(arguments *given);
int verb_approvals(arguments *given);
int verb_schema(arguments *given);

/* Kinds of verbs that have several. */
int allocate_budget(arguments *given);
int allocate_offers(arguments *given);
int allocate_stock(arguments *given);
int allocate_orders(arguments *given);
int allocate_quota(arguments *given);
int allocate_capacity(arguments *given);
int forecast_response(arguments *given);
int tasks_recurring(arguments *given);
int tasks_completion(arguments *given);
int tasks_headcount(arguments *given);

#endif
