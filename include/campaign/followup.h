/* libcampaign: follow-ups of customers, from an append-only table of records to what is to be done today.
 *
 * Which record stands after corrections, what is overdue, forgotten or done twice, what is blocked and to whom it goes up,
 * and the ten-minute list of each rep. docs/followup.md has the rules and an example. */
#ifndef CAMPAIGN_FOLLOWUP_H
#define CAMPAIGN_FOLLOWUP_H

#include <campaign/calendar.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is checked: tables, borrowed for the call, each but the first NULL where there is none. Columns marked ? may be
 *  missing, or null in a row; their order and that of the rows do not matter. Keys are int32, int64 or utf8. */
typedef struct campaign_followups_inputs {
    uint32_t size;    /* sizeof(campaign_followups_inputs) */
    int32_t reserved; /* 0 */
    /** Form 3, append-only: record (int32, int64: id), corrects? (the same: id of the record it corrects), customer (key),
     *  time (date or timestamp), rep (key), way? ("call", "wechat", "mail", "visit", "community"), feedback? ("objection",
     *  "interest", "none"), status? ("open", "doing", "done", "blocked"), next_date? (date or timestamp); utf8: contact?,
     *  industry?, pain_point?, summary?, objection?, next_action?, blocked_by?. Chinese words of the forms are taken too. */
    const campaign_table *followups;
    /** Planned contacts: customer, rep?, date? (date or timestamp; null = as soon as possible), way?. */
    const campaign_table *contacts;
    /** Everybody who is to be worked on: customer. */
    const campaign_table *customers;
    /** To whom things go up: rep, lead?, manager? (utf8). */
    const campaign_table *roles;
    const campaign_calendar *calendar; /* NULL = China, built in */
    const void *reserved_pointer;      /* NULL */
} campaign_followups_inputs;

#define CAMPAIGN_FOLLOWUPS_INPUTS_INIT                                                                                 \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_followups_inputs), 0, NULL, NULL, NULL, NULL, NULL, NULL                             \
    }

/** Knobs of the call. NULL or zero: the default. */
typedef struct campaign_followups_options {
    uint32_t size;               /* sizeof(campaign_followups_options) */
    int32_t as_of_day;           /* day of the stand-up, used where has_as_of; otherwise the latest day of a record */
    int32_t has_as_of;           /* 0 or 1 */
    int32_t within_days;         /* two reps at one customer within so many days is a finding; 0 = 30 */
    int32_t days_without_update; /* working days before as_of without any record that make a rep a finding; 0 = 1 */
    int32_t stale_after_days;    /* the same of a customer whose latest record is not done; 0 = 5 */
    int32_t lead_after_days;     /* working days after which what is blocked goes to the lead; 0 = 1 */
    int32_t manager_after_days;  /* working days after which it goes to the manager; 0 = 3 */
    int32_t n_daily;             /* items a rep's daily list has at most; 0 = 10 */
    int32_t n_checks;            /* findings that are listed of each kind; 0 = 1000; all are counted */
    int32_t completeness_days;   /* days up to as_of whose completeness is listed; 0 = 30 */
    int32_t reserved;            /* 0 */
    const char *language;        /* of sentences: "en" (NULL) or "zh" */
} campaign_followups_options;

#define CAMPAIGN_FOLLOWUPS_OPTIONS_INIT                                                                                \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_followups_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL                            \
    }

/** What was found. Cleared by campaign_followups_report_clear. Keys keep the type they came in; a column called row counts
 *  rows of followups from 0. Days are working days where a column says so. */
typedef struct campaign_followups_report {
    uint32_t size;          /* sizeof(campaign_followups_report), set by the caller */
    int32_t as_of_day;      /* what was judged on; 0 where there is no record and no as_of */
    int32_t is_provisional; /* 1 where the holidays of as_of's year are not announced */
    int32_t reserved;
    int64_t n_rows;        /* rows up to as_of */
    int64_t n_current;     /* records that stand */
    int64_t n_corrections; /* rows that replaced another */
    int64_t n_problems;    /* rows of problems */
    int64_t n_checks;      /* findings of all kinds, listed or not */
    /** The latest state of each record, by id: every column of form 3 but corrects, first_record (id it began with),
     *  n_versions, row. */
    campaign_table *current;
    /** Rows that could not be taken as they stand: kind ("no_record", "no_customer", "no_time", "no_rep", "unknown_word",
     *  "duplicate", "missing_target", "changed_customer", "cycle", "corrected_twice"), row, record?, other? (record), text. */
    campaign_table *problems;
    /** Findings, worst first: kind ("overdue", "forgotten", "not_contacted", "two_reps", "other_rep", "silent_rep",
     *  "stale", "missing_fields"), severity ("high", "medium", "low"), customer?, rep?, other_rep?, record?, date?, days?, text. */
    campaign_table *checks;
    /** kind, severity, n, n_listed: every kind of finding, also where n is 0. */
    campaign_table *counts;
    /** objection (null: not said), n, share_ppm, customers, latest (date); the most frequent first. */
    campaign_table *objections;
    /** The list of each rep for as_of: rep, place, kind ("overdue", "due", "planned", "blocked", "interest", "rest"),
     *  customer?, record?, date?, days?, action?, n (1; of "rest" how many are left out), text. */
    campaign_table *daily;
    /** record, customer, rep, since (date), days (working), blocked_by?, level ("rep", "lead", "manager"), to? (name),
     *  next_level?, next_date? (working day on which it goes there), text; the longest first. */
    campaign_table *blocked;
    /** Per rep and day of the last days: rep, date, is_working, n_records, n_complete, is_recorded (bool). Days off without
     *  a record are left out. */
    campaign_table *completeness;
    /** rep, n_records, n_complete, first_day?, last_day? (date), working_days, days_recorded (working days
     *  with a record), recorded_ppm?, complete_ppm?, days_without (working days since the last record), n_overdue,
     *  n_blocked. */
    campaign_table *reps;
    campaign_table *notes; /* code, n, text */
    void *reserved_pointer;
    void *reserved_pointer_2;
} campaign_followups_report;

#define CAMPAIGN_FOLLOWUPS_REPORT_INIT                                                                                 \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_followups_report), 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
            NULL, NULL, NULL, NULL, NULL                                                                               \
    }

/** Checks the follow-ups of customers and says what is to be done.
 *  A correction replaces the record it names, in chains; what cannot be followed (a record that is not there, another
 *  customer, a circle, two corrections of one record) is told in problems, and stands beside what it would have replaced; rows
 *  without record, customer, time or rep are told and left out. A record's next
 *  action is open while its status says so; without a status until a later record of its customer.
 *  @param report     filled. Its size must be set and its tables not be in use: they are overwritten
 *  @param inputs     followups is required
 *  @param options    may be NULL
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_VALUE (options; a day outside the years 1 to
 *          9999) · CAMPAIGN_E_MISSING (row: a contact, customer or role without its key) · CAMPAIGN_E_DUPLICATE (a rep twice
 *          in roles) · CAMPAIGN_E_UNKNOWN (language) · CAMPAIGN_E_LIMIT · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller clears @p report. Any thread. O(n log n) in rows; the same bytes whatever the order of rows where ids are
 *  unique, column row apart. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_followups(campaign_followups_report *report,
                                                     const campaign_followups_inputs *inputs,
                                                     const campaign_followups_options *options,
                                                     const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_followups_report_clear(campaign_followups_report *report);

/** Adds rows at the end of a table of follow-ups, and refuses everything that would change what stands there.
 *  @param all        the rows of @p followups byte for byte, then those of @p rows, under the columns of @p followups
 *  @param followups  the table so far; NULL: @p rows are the first ones
 *  @param rows       the same columns in any order, of the same types; one that is missing or has no value at all is null in
 *                    every row, another without a value is left out. Record, customer, time and rep in every row; every
 *                    record a new id; corrects, where it is there, names a record of @p followups or of @p rows that is of
 *                    the same customer and that no other row corrects
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN (a needed one is missing, one too many, another type) ·
 *          CAMPAIGN_E_MISSING (row of @p rows) · CAMPAIGN_E_DUPLICATE (row: an id that is there, a record corrected twice) ·
 *          CAMPAIGN_E_UNKNOWN (row: corrects names no record) · CAMPAIGN_E_VALUE (row: it corrects itself or another
 *          customer's record) · CAMPAIGN_E_LIMIT · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *all. Any thread. O(n) in rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_append_followups(campaign_table **all, const campaign_table *followups,
                                                            const campaign_table *rows, const campaign_runtime *runtime,
                                                            campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
