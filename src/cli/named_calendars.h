/* Calendars that tasks, owners and resources name: --calendar NAME=OVERLAY. */
#ifndef CPN_CLI_NAMED_CALENDARS_H
#define CPN_CLI_NAMED_CALENDARS_H

#include <campaign/schedule.h>

#include "cli/arguments.h"

typedef struct named_calendars {
    campaign_calendar *usual; /* of tasks that name none: --overlay, --region */
    campaign_calendar *made[MOST_PAIRS];
    char *names[MOST_PAIRS];
    campaign_schedule_calendar list[MOST_PAIRS];
    int32_t n;
} named_calendars;

/* Documents of one name are laid over each other in their order: over China, or over bare weeks where they speak of another
 * region. Returns an exit code; to be closed in any case. */
int open_calendars(named_calendars *calendars, const arguments *given);
void close_calendars(named_calendars *calendars);

#endif
