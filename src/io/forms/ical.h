/* The calendar writer, between its files: what an entry says, before libical. */
#ifndef CPN_IO_FORM_ICAL_H
#define CPN_IO_FORM_ICAL_H

#include "io/forms/form.h"

/* What kind of thing an entry is. */
typedef enum cpn_ical_kind { CPN_ICAL_CAMPAIGN, CPN_ICAL_PHASE, CPN_ICAL_DEADLINE } cpn_ical_kind;

/* One entry. Texts are terminated and owned, without control characters but line ends. */
typedef struct cpn_ical_entry {
    cpn_ical_kind kind;
    int32_t first, end; /* days; end is the day after the last */
    bool has_moment;    /* a deadline by the clock */
    int64_t moment;     /* seconds since 1970, UTC */
    bool is_done, is_doing;
    cpn_io_text uid, summary, description, parent;
    const char *category, *subject; /* words, not owned; subject may be NULL */
} cpn_ical_entry;

/* What one call knows. */
typedef struct cpn_ical_writer {
    campaign_ical_options options;
    bool is_chinese;
    const char *plan_id;
    campaign_table *campaigns, *phases, *deadlines, *tasks; /* owned; NULL where there is none */
    void *calendar;                                         /* libical's */
} cpn_ical_writer;

/* ical_check.c: tasks in place of the plan's own; CAMPAIGN_E_COLUMN, _MISSING, _DUPLICATE, _VALUE. */
campaign_status cpn_ical_check_tasks(const campaign_table *tasks, campaign_error *error);

/* ical_entry.c: hands an entry to libical. */
campaign_status cpn_ical_add(cpn_ical_writer *writer, const cpn_ical_entry *entry, campaign_error *error);

/* ical_tables.c: every row of the plan's tables as an entry; what lies before as_of is left out. */
campaign_status cpn_ical_add_tables(cpn_ical_writer *writer, campaign_error *error);

#endif
