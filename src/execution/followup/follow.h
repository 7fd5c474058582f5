/* Follow-ups from inside: records in order of their ids, keys over several tables, findings, and what files give each other. */
#ifndef CPN_EXECUTION_FOLLOW_H
#define CPN_EXECUTION_FOLLOW_H

#include <campaign/followup.h>

#include "execution/say.h"
#include "table/table.h"

#define CPN_FOLLOW_NO_DAY INT32_MIN

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

/* The keys of one column in several tables as one list in key order. */
enum { CPN_FOLLOW_SOURCES = 3 };
typedef struct cpn_follow_keys {
    cpn_named_keys sources[CPN_FOLLOW_SOURCES];
    int32_t *maps[CPN_FOLLOW_SOURCES]; /* key of a source → number here */
    int64_t n;
    int8_t *source;    /* by number: a source that has the key, */
    int32_t *number;   /* and which of its keys it is */
    uint8_t *found_in; /* bits of all sources that have it */
    int32_t type;      /* CAMPAIGN_TYPE_INT64 or _UTF8 */
} cpn_follow_keys;

/* columns[i].type is 0 where table i has none. names[i] is what an error calls the column. */
campaign_status cpn_follow_keys_create(cpn_follow_keys *keys, const campaign_column *columns, const char *const *names,
                                       const campaign_runtime *runtime, campaign_error *error);
void cpn_follow_keys_free(cpn_follow_keys *keys);
/* Number of the key in a row of a source; -1 where it is null or blank, or the source has no such column. */
static inline int32_t cpn_follow_key(const cpn_follow_keys *keys, int source, int64_t row)
{
    if (!keys->maps[source]) return -1;
    const int32_t code = keys->sources[source].keys.codes[row];
    return code < 0 ? -1 : keys->maps[source][code];
}
void cpn_follow_key_text(char text[CPN_NAMED_KEY_TEXT], const cpn_follow_keys *keys, int64_t number);
void cpn_follow_out_key(cpn_out *out, int32_t index, const cpn_follow_keys *keys, int32_t number); /* -1 = null */

/* ---- Records ----------------------------------------------------------------------------------------------------- */

enum { CPN_FEEDBACK_NOT_SAID, CPN_FEEDBACK_OBJECTION, CPN_FEEDBACK_INTEREST, CPN_FEEDBACK_NONE };
enum { CPN_STATUS_NOT_SAID, CPN_STATUS_OPEN, CPN_STATUS_DOING, CPN_STATUS_DONE, CPN_STATUS_BLOCKED };
enum { CPN_WORD_UNKNOWN = 15 };

/* Fields that a record should have, in the order in which they are told. The first three describe the customer: one of its
 * records having them is enough. */
enum {
    CPN_FIELD_CONTACT,
    CPN_FIELD_INDUSTRY,
    CPN_FIELD_PAIN_POINT,
    CPN_FIELD_WAY,
    CPN_FIELD_SUMMARY,
    CPN_FIELD_FEEDBACK,
    CPN_FIELD_OBJECTION,
    CPN_FIELD_NEXT_ACTION,
    CPN_FIELD_NEXT_DATE,
    CPN_FIELD_STATUS,
    CPN_FIELD_BLOCKED_BY,
    CPN_FOLLOW_FIELDS
};
enum { CPN_FIELDS_OF_CUSTOMER = 7 };
extern const char *const cpn_follow_field_names[CPN_FOLLOW_FIELDS];

/* A row with all its keys, at its place in the order of ids. */
typedef struct cpn_follow_record {
    int64_t row, time; /* time in microseconds */
    int32_t day, next_day;
    int32_t customer, rep;
    int32_t parent;   /* the record it corrects, or -1 */
    int32_t child;    /* the correction that stands, or -1 */
    int32_t first;    /* where the chain began */
    int32_t versions; /* of a first record: rows of its tree */
    uint8_t way, feedback, status;
    bool is_current;
} cpn_follow_record;

/* What the walks over customers need of a standing record, side by side: records themselves lie by id. */
typedef struct cpn_follow_standing {
    int32_t record, rep, day;
    uint8_t feedback, status;
} cpn_follow_standing;

/* What a rep's days need of it. */
typedef struct cpn_follow_done {
    int32_t day;
    bool is_complete;
} cpn_follow_done;

typedef enum cpn_follow_problem_kind {
    CPN_PROBLEM_NO_RECORD,
    CPN_PROBLEM_NO_CUSTOMER,
    CPN_PROBLEM_NO_TIME,
    CPN_PROBLEM_NO_REP,
    CPN_PROBLEM_UNKNOWN_WORD,
    CPN_PROBLEM_DUPLICATE,
    CPN_PROBLEM_MISSING_TARGET,
    CPN_PROBLEM_CHANGED_CUSTOMER,
    CPN_PROBLEM_CYCLE,
    CPN_PROBLEM_CORRECTED_TWICE
} cpn_follow_problem_kind;

typedef struct cpn_follow_problem {
    int64_t row, other; /* other: id of another record */
    int32_t kind;
    int32_t field; /* of an unknown word */
    bool has_other;
} cpn_follow_problem;

/* Findings in the order in which they are told. */
typedef enum cpn_follow_finding_kind {
    CPN_FINDING_OVERDUE,
    CPN_FINDING_FORGOTTEN,
    CPN_FINDING_NOT_CONTACTED,
    CPN_FINDING_TWO_REPS,
    CPN_FINDING_OTHER_REP,
    CPN_FINDING_SILENT_REP,
    CPN_FINDING_STALE,
    CPN_FINDING_MISSING_FIELDS,
    CPN_FOLLOW_FINDINGS
} cpn_follow_finding_kind;

typedef struct cpn_follow_finding {
    int32_t customer, rep, other_rep, record; /* -1 = none */
    int32_t day;                              /* or CPN_FOLLOW_NO_DAY */
    int32_t days;                             /* -1 = none */
} cpn_follow_finding;

typedef struct cpn_follow_list {
    cpn_follow_finding *items;
    int64_t n, capacity;
} cpn_follow_list;
/* False where memory is out. */
bool cpn_follow_list_add(cpn_follow_list *list, cpn_follow_finding finding);

/* What is planned for a customer. */
typedef struct cpn_follow_planned {
    int32_t rep, day; /* of the earliest contact; day may be CPN_FOLLOW_NO_DAY: as soon as possible */
    bool is_there;
} cpn_follow_planned;

/* What is known of a customer, a rep, from its records. */
typedef struct cpn_follow_span {
    int64_t first, n; /* among cpn_follow.by_customer or .by_rep */
} cpn_follow_span;

typedef struct cpn_follow_rep {
    cpn_follow_span span;
    int64_t n_complete, n_overdue, n_blocked;
} cpn_follow_rep;

typedef struct cpn_follow_columns {
    campaign_column record, corrects, customer, time, rep, next_date;
    campaign_column fields[CPN_FOLLOW_FIELDS]; /* texts; next_date is looked up apart */
} cpn_follow_columns;

typedef struct cpn_follow {
    const campaign_followups_inputs *inputs;
    campaign_followups_options options; /* with defaults filled in */
    const campaign_runtime *runtime;
    const campaign_calendar *calendar;
    campaign_calendar *own_calendar;
    bool is_chinese, has_as_of;
    int32_t as_of, first_day, last_working_day; /* last working day before as_of */
    int32_t *working_before;                    /* by day - first_day, to as_of + 1: working days since first_day */

    cpn_follow_columns columns;
    campaign_column planned_date, leads, managers;
    cpn_keys ids;
    cpn_follow_keys customers, reps; /* of followups, contacts, and customers or roles */
    cpn_follow_record *records;
    int64_t n_records, n_current, n_corrections, n_later;
    uint16_t *missing;                /* by record: bits of CPN_FIELD_… */
    bool *is_closed;                  /* by record: nothing is to be done any more */
    cpn_follow_standing *by_customer; /* standing records by customer and time */
    cpn_follow_span *customer_spans;
    cpn_follow_done *by_rep; /* standing records by rep and day */
    cpn_follow_rep *rep_sums;
    cpn_follow_planned *planned; /* by customer */
    int64_t *planned_pairs;      /* customer, then rep, of every planned contact, in order; rep -1 as the last */
    int64_t *role_rows;          /* by rep: its row in roles, or -1 */

    cpn_follow_problem *problems;
    int64_t n_problems, problems_capacity;
    cpn_follow_list findings[CPN_FOLLOW_FINDINGS];
} cpn_follow;

/* ---- Steps ------------------------------------------------------------------------------------------------------- */

/* Columns, keys, records in order of their ids, and problems of single rows. */
campaign_status cpn_follow_read(cpn_follow *follow, campaign_error *error);
bool cpn_follow_add_problem(cpn_follow *follow, cpn_follow_problem problem);
/* Which records stand after corrections. */
campaign_status cpn_follow_chains(cpn_follow *follow, campaign_error *error);
/* Standing records by customer and by rep, what is planned, whose action is closed, and which fields are missing. */
campaign_status cpn_follow_orders(cpn_follow *follow, campaign_error *error);
campaign_status cpn_follow_find(cpn_follow *follow, campaign_error *error);

/* Whether a contact of the customer is planned for the rep; -1: for nobody in particular. */
bool cpn_follow_is_planned(const cpn_follow *follow, int32_t customer, int32_t rep);
/* Whether a rep has a record that counts, or stands in another table than the follow-ups. */
static inline bool cpn_follow_knows_rep(const cpn_follow *follow, int32_t rep)
{
    return follow->rep_sums[rep].span.n > 0 || follow->reps.found_in[rep] > 1;
}

/* Working days from one day to before another, both within first_day and as_of + 1; 0 where there are none. */
int32_t cpn_follow_working_days(const cpn_follow *follow, int32_t first, int32_t end);
int64_t cpn_follow_id(const cpn_follow *follow, const cpn_follow_record *record);

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

campaign_status cpn_follow_write_current(campaign_table **table, const cpn_follow *follow, campaign_error *error);
campaign_status cpn_follow_write_problems(campaign_table **table, const cpn_follow *follow, campaign_error *error);
campaign_status cpn_follow_write_checks(campaign_table **checks, campaign_table **counts, int64_t *n_checks,
                                        const cpn_follow *follow, campaign_error *error);
campaign_status cpn_follow_write_objections(campaign_table **table, const cpn_follow *follow, campaign_error *error);
campaign_status cpn_follow_write_daily(campaign_table **table, const cpn_follow *follow, campaign_error *error);
campaign_status cpn_follow_write_blocked(campaign_table **table, const cpn_follow *follow, campaign_error *error);
campaign_status cpn_follow_write_reps(campaign_table **completeness, campaign_table **reps, const cpn_follow *follow,
                                      campaign_error *error);
campaign_status cpn_follow_write_notes(campaign_table **table, const cpn_follow *follow, campaign_error *error);

/* ---- Out --------------------------------------------------------------------------------------------------------- */

void cpn_follow_out_day(cpn_out *out, int32_t index, int32_t day);
void cpn_follow_day_text(char text[CAMPAIGN_DATE_TEXT], int32_t day);
/* A cell of text, or null where there is no such column. */
void cpn_follow_out_field(cpn_out *out, int32_t index, const campaign_column *column, int64_t row);
/* The text of a cell for a sentence, cut to CPN_NAMED_KEY_TEXT; "" where there is none. */
void cpn_follow_field_text(char text[CPN_NAMED_KEY_TEXT], const campaign_column *column, int64_t row);
/* "1 day", "3 working days"; in Chinese the number only, which the sentence completes. */
void cpn_follow_say_days(char text[CPN_SAY_COUNT], const cpn_follow *follow, int64_t n, bool is_working);
/* Copies a schema and gives its key columns their types; customer or rep may be -1. */
void cpn_follow_schema(cpn_column_schema *schema, const cpn_column_schema *from, int32_t n, const cpn_follow *follow);
/* Closes a table; after a failure of status, which is kept, it is dropped. */
campaign_status cpn_follow_close(campaign_table **table, cpn_out *out, campaign_status status, campaign_error *error);

/* ---- Gathering --------------------------------------------------------------------------------------------------- */

/* Cells of up to two columns of one type, one after the other. Number i below n_first stands for rows[i] of first, or row
 * i where rows is NULL; what follows for the rows of second, all in order, and null where second is NULL. */
typedef struct cpn_follow_pick {
    const campaign_column *first, *second;
    const int64_t *rows;
    int64_t n_first, n_second;
} cpn_follow_pick;

/* Adds them as a column of a table being built. */
campaign_status cpn_follow_gather(campaign_table_builder *builder, const char *name, const cpn_follow_pick *pick,
                                  campaign_error *error);

#endif
