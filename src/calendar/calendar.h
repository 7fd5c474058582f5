/* The calendar from inside: what the handle holds, and what its files give each other. */
#ifndef CPN_CALENDAR_CALENDAR_H
#define CPN_CALENDAR_CALENDAR_H

#include <campaign/calendar.h>
#include <stdbool.h>

#include "base/document.h"

enum { CPN_END_DAY = CAMPAIGN_DAY_MAX + 1, CPN_END_YEAR = 10000 };

/* ---- Days ------------------------------------------------------------------------------------------------------- */

/* What one source says of one day: a CAMPAIGN_DAY_… kind, or one of these. */
enum {
    CPN_SAYS_OFF = 5, /* a notice: off, leaving open whether the day is statutory */
    CPN_SAYS_RULE = 6 /* the rule of statutory days */
};

/* A day that is not as the week pattern has it, or carries a name. While sources are collected a day may stand many
 * times; afterwards once, in order of days. */
typedef struct cpn_special_day {
    int32_t day;
    int32_t extra_before; /* working days more than the week pattern has, over all special days before this one */
    int32_t kind;         /* while collecting: what the source says */
    int32_t is_makeup;
    const char *name, *name_en; /* never NULL; static, or within a document of the calendar */
} cpn_special_day;

/* Special days in the order in which sources tell them; later ones win. */
typedef struct cpn_day_list {
    cpn_special_day *days;
    int64_t n_days, capacity;
} cpn_day_list;

/* False where memory is out. */
bool cpn_tell_day(cpn_day_list *list, int32_t day, int32_t says, const char *name, const char *name_en);

/* ---- Nodes ------------------------------------------------------------------------------------------------------ */

typedef struct cpn_catalogue cpn_catalogue;

/* ---- The handle ------------------------------------------------------------------------------------------------- */

struct campaign_calendar {
    const char *region; /* static, or within a document */
    uint8_t rest_days;  /* bit 1 = Monday to bit 7 = Sunday: days off by the week pattern */
    bool is_china;
    cpn_day_list special;
    uint8_t confirmed[CPN_END_YEAR / 8]; /* a bit per year whose holidays are known for certain */
    cpn_json **documents;
    int64_t n_documents;
    cpn_catalogue *catalogue;
};

static inline bool cpn_is_rest_day(const campaign_calendar *calendar, int32_t weekday)
{
    return calendar->rest_days >> weekday & 1;
}
static inline void cpn_confirm_year(campaign_calendar *calendar, int32_t year)
{
    calendar->confirmed[year / 8] |= (uint8_t)(1 << year % 8);
}
static inline bool cpn_is_confirmed(const campaign_calendar *calendar, int32_t year)
{
    return calendar->confirmed[year / 8] >> year % 8 & 1;
}

/* Tells what is known of China: the rule of statutory days for 1900 to 2100, then the notices; confirms their years.
 * False where memory is out. */
bool cpn_tell_china(campaign_calendar *calendar);

/* Tells what the rule alone knows of one year. */
bool cpn_tell_statutory_days(cpn_day_list *list, int32_t year);

/* The name where two statutory holidays meet on one day. */
const char *cpn_joined_holiday(bool is_english);

/* Reads overlay number index of the options. */
campaign_status cpn_read_overlay(campaign_calendar *calendar, const char *text, size_t length, int32_t index,
                                 campaign_error *error);

/* Keeps a document alive as long as the calendar; frees it where that fails. */
campaign_status cpn_keep_document(campaign_calendar *calendar, cpn_json *document, campaign_error *error);

/* Sorts what was told, lets the last word on each day win, and counts. */
campaign_status cpn_settle_days(campaign_calendar *calendar, campaign_error *error);

/* The special day of that day, or NULL. */
const cpn_special_day *cpn_find_special(const campaign_calendar *calendar, int32_t day);

/* Index of the first special day on or after a day. */
int64_t cpn_first_special(const campaign_calendar *calendar, int32_t day);

/* 1 where a special day is worked against the week pattern, -1 where it is off against it, else 0. */
int32_t cpn_extra_work(const campaign_calendar *calendar, const cpn_special_day *special);

/* Working days before a day, counted from CAMPAIGN_DAY_MIN. day may be CPN_END_DAY. */
int64_t cpn_working_before(const campaign_calendar *calendar, int32_t day);

/* The working day before which there are index others; false where there is none. */
bool cpn_working_day(int32_t *day, const campaign_calendar *calendar, int64_t index);

/* Fills info of a valid day, all but the run of days off. */
void cpn_look_up_day(campaign_calendar_day_info *info, const campaign_calendar *calendar, int32_t day);

/* ---- Checks and errors ------------------------------------------------------------------------------------------ */

campaign_status cpn_check_day(int32_t day, const char *where, campaign_error *error);
campaign_status cpn_check_range(int32_t first_day, int32_t end_day, campaign_error *error);

/* Puts "overlays[1]: " before the place of a failure that happened in document number index. Returns status. */
campaign_status cpn_place_in_document(campaign_status status, const char *list, int32_t index, campaign_error *error);

/* ---- Documents -------------------------------------------------------------------------------------------------- */

extern const cpn_document_kind cpn_calendar_overlay_kind;
extern const cpn_document_kind cpn_nodes_kind;

#endif
