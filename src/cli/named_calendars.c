/* Reads the overlays of --calendar NAME=FILE and builds a calendar a name. */
#include "cli/named_calendars.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/input.h"

static bool is_same(const word_pair *a, const word_pair *b)
{
    return a->length == b->length && memcmp(a->name, b->name, a->length) == 0;
}

/* Whether the name stood before, on the command line up to place. */
static bool is_known(const arguments *given, int place)
{
    for (int i = 0; i < place; i++)
        if (is_same(&given->calendars[i], &given->calendars[place])) return true;
    return false;
}

static char *copy_name(const word_pair *pair)
{
    char *name = malloc(pair->length + 1);
    if (!name) return NULL;
    memcpy(name, pair->name, pair->length);
    name[pair->length] = '\0';
    return name;
}

/* What a document says of its region is known when it has been read: bare weeks first, and China where it is not another. */
static int make_calendar(campaign_calendar **calendar, const arguments *given, int place)
{
    calendar_files files = { .region = "" };
    for (int i = place; i < given->n_calendars && files.n_overlays < MOST_DOCUMENTS; i++)
        if (is_same(&given->calendars[i], &given->calendars[place]))
            files.overlays[files.n_overlays++] = given->calendars[i].value;
    const int code = make_calendar_of(calendar, &files);
    if (code != EXIT_DONE) return code;
    const char *region = campaign_calendar_region(*calendar);
    if (region[0] && strcmp(region, "CN") != 0) return EXIT_DONE;
    campaign_calendar_free(*calendar);
    files.region = NULL;
    return make_calendar_of(calendar, &files);
}

int open_calendars(named_calendars *calendars, const arguments *given)
{
    memset(calendars, 0, sizeof *calendars);
    int code = read_calendar(&calendars->usual, given);
    for (int i = 0; i < given->n_calendars && code == EXIT_DONE; i++) {
        if (is_known(given, i)) continue;
        const int32_t k = calendars->n++;
        calendars->names[k] = copy_name(&given->calendars[i]);
        code = calendars->names[k] ? make_calendar(&calendars->made[k], given, i) : EXIT_OTHER;
        calendars->list[k] = (campaign_schedule_calendar){ calendars->names[k], calendars->made[k] };
    }
    return code;
}

void close_calendars(named_calendars *calendars)
{
    for (int32_t i = 0; i < calendars->n; i++) {
        campaign_calendar_free(calendars->made[i]);
        free(calendars->names[i]);
    }
    campaign_calendar_free(calendars->usual);
}
