/* Files in: documents as text, the calendar they make, dates and run-time services of the command line. */
#ifndef CPN_CLI_INPUT_H
#define CPN_CLI_INPUT_H

#include <campaign/calendar.h>

#include "cli/arguments.h"

/* Reads a whole file into terminated text to free with free; NULL after an explanation on stderr. "-" is stdin. */
char *read_text(const char *path, size_t *length);

/* Reads the documents of --overlay and --nodes and builds the calendar they make. Returns an exit code. */
int read_calendar(campaign_calendar **calendar, const arguments *given);

/* What a calendar is made of, and to be freed by the caller. Returns an exit code. */
typedef struct calendar_files {
    const char *region; /* NULL: China */
    const char *overlays[MOST_DOCUMENTS], *nodes[MOST_DOCUMENTS];
    int n_overlays, n_nodes;
} calendar_files;
int make_calendar_of(campaign_calendar **calendar, const calendar_files *files);

/* Day of an ISO date given with an option; false after an explanation. */
bool read_day(int32_t *day, const char *option, const char *text);

campaign_runtime make_runtime(const arguments *given);

#endif
