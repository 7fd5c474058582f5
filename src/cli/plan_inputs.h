/* What a plan is made from besides its request: files and overlays of the command line. */
#ifndef CPN_CLI_PLAN_INPUTS_H
#define CPN_CLI_PLAN_INPUTS_H

#include <campaign/plan.h>

#include "cli/arguments.h"

/* The tables that were read, and the struct that hands them to the planner. */
typedef struct plan_files {
    campaign_table *orders, *drivers, *bottom_up, *daily;
    campaign_calendar *calendar;
    campaign_plan_inputs inputs;
} plan_files;

/* Reads what the command line gives; columns is what a request or a plan says of the orders. Returns an exit code; to be
 * freed in any case. */
int read_plan_files(plan_files *files, const campaign_table *columns, arguments *given);
void free_plan_files(plan_files *files);

/* Reads a plan from its document. Returns an exit code, after an explanation. */
int read_plan(campaign_plan **plan, const char *path);

#endif
