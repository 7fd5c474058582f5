/* Inside of the playbook: conditions as programs, entries, the state they are judged by. Only src/execution includes this.
 *
 * scan.c and compile.c turn text into programs, read.c documents into entries, state.c tables into a book, judge.c runs
 * programs on subjects of the book, say.c puts figures into words, write.c writes. */
#ifndef CPN_EXECUTION_RISK_H
#define CPN_EXECUTION_RISK_H

#include <campaign/playbook.h>

#include "base/document.h"
#include "base/error.h"
#include "table/table.h"

/* ---- Names ------------------------------------------------------------------------------------------------------- */

typedef enum cpn_risk_type { CPN_RISK_BOOL, CPN_RISK_NUMBER, CPN_RISK_DAY, CPN_RISK_TEXT } cpn_risk_type;
/* The order is that of cpn_playbook_units; what follows has no word there. */
typedef enum cpn_risk_unit {
    CPN_RISK_PLAIN,
    CPN_RISK_COUNT,
    CPN_RISK_RATIO,
    CPN_RISK_MONEY,
    CPN_RISK_DAYS,
    CPN_RISK_HOURS
} cpn_risk_unit;
/* The order is that of cpn_playbook_directions. */
typedef enum cpn_risk_better { CPN_RISK_HIGHER, CPN_RISK_LOWER, CPN_RISK_NEITHER } cpn_risk_better;

/* What a condition speaks of, and so what its subjects are. */
typedef enum cpn_risk_scope {
    CPN_RISK_STATE,  /* campaigns, channels and subjects of the state */
    CPN_RISK_METRIC, /* each row of the state */
    CPN_RISK_TASK,
    CPN_RISK_STOCK,
    CPN_RISK_BUDGET,
    CPN_RISK_PLAN, /* dates of the subject's campaign: no subjects of its own */
    CPN_RISK_N_SCOPES
} cpn_risk_scope;
extern const char *const cpn_risk_scope_names[CPN_RISK_N_SCOPES];

typedef struct cpn_risk_metric {
    const char *name, *en, *zh;
    cpn_risk_unit unit;
    cpn_risk_better better;
    bool grows; /* with time: the plan's target for the year says nothing of today */
} cpn_risk_metric;

typedef enum cpn_risk_part { CPN_RISK_VALUE, CPN_RISK_TARGET, CPN_RISK_OFF, CPN_RISK_AGE } cpn_risk_part;

/* Names with a fixed meaning. */
typedef enum cpn_risk_field {
    CPN_RISK_TODAY,
    CPN_RISK_OF_CHANNEL,
    CPN_RISK_OF_SUBJECT,
    CPN_RISK_METRIC_VALUE,
    CPN_RISK_METRIC_TARGET,
    CPN_RISK_METRIC_OFF,
    CPN_RISK_METRIC_AGE,
    CPN_RISK_METRIC_NAME,
    CPN_RISK_TASK_DUE,
    CPN_RISK_TASK_START,
    CPN_RISK_TASK_FINISH,
    CPN_RISK_TASK_LATE,
    CPN_RISK_TASK_FLOAT,
    CPN_RISK_TASK_SLIP,
    CPN_RISK_TASK_STATUS,
    CPN_RISK_TASK_ROLE,
    CPN_RISK_STOCK_HAND,
    CPN_RISK_STOCK_NEED,
    CPN_RISK_STOCK_SAFETY,
    CPN_RISK_STOCK_INCOMING,
    CPN_RISK_BUDGET_PLANNED,
    CPN_RISK_BUDGET_COMMITTED,
    CPN_RISK_BUDGET_ACTUAL,
    CPN_RISK_BUDGET_AVAILABLE,
    CPN_RISK_CAMPAIGN_ID,
    CPN_RISK_CAMPAIGN_START,
    CPN_RISK_CAMPAIGN_END,
    CPN_RISK_CAMPAIGN_PHASE,
    CPN_RISK_N_FIELDS
} cpn_risk_field;
typedef struct cpn_risk_field_rule {
    const char *name, *en, *zh;
    cpn_risk_scope scope;
    cpn_risk_type type;
    cpn_risk_unit unit;
} cpn_risk_field_rule;
extern const cpn_risk_field_rule cpn_risk_fields[CPN_RISK_N_FIELDS];

extern const cpn_risk_metric cpn_risk_metrics[];
extern const int64_t cpn_risk_n_metrics;

/* Names that a document may use. */
typedef struct cpn_risk_names {
    cpn_risk_metric *metrics; /* built-in ones, then the document's own */
    int64_t n_metrics;
} cpn_risk_names;

/* The metric of that name, or -1. */
int32_t cpn_risk_find_metric(const cpn_risk_names *names, const char *text, size_t length);
/* The name nearest to an unknown one, among metrics and, where with_fields, fixed names; NULL where none is near. */
const char *cpn_risk_nearest(const cpn_risk_names *names, const char *text, size_t length, bool with_fields);

/* ---- Programs ---------------------------------------------------------------------------------------------------- */

enum { CPN_RISK_MOST_TOKENS = 160, CPN_RISK_NAME_TEXT = 160 };

typedef enum cpn_risk_operator {
    CPN_RISK_OR,
    CPN_RISK_AND,
    CPN_RISK_NOT,
    CPN_RISK_LESS,
    CPN_RISK_AT_MOST,
    CPN_RISK_MORE,
    CPN_RISK_AT_LEAST,
    CPN_RISK_EQUAL,
    CPN_RISK_UNEQUAL,
    CPN_RISK_BETWEEN, /* of three operands */
    CPN_RISK_KNOWN,
    CPN_RISK_UNKNOWN,
    CPN_RISK_PLUS,
    CPN_RISK_MINUS,
    CPN_RISK_TIMES,
    CPN_RISK_OVER,
    CPN_RISK_NEGATIVE
} cpn_risk_operator;

typedef enum cpn_risk_token_kind {
    CPN_RISK_IS_NUMBER,
    CPN_RISK_IS_DAY,
    CPN_RISK_IS_TEXT,
    CPN_RISK_IS_METRIC,
    CPN_RISK_IS_FIELD,
    CPN_RISK_IS_OPERATOR,
    CPN_RISK_IS_OPEN,
    CPN_RISK_IS_CLOSE,
    CPN_RISK_IS_END
} cpn_risk_token_kind;

typedef struct cpn_risk_token {
    cpn_risk_token_kind kind;
    cpn_risk_operator op;
    cpn_risk_part part; /* of a metric */
    int32_t name;       /* metric or field */
    int32_t at, length; /* in the source text */
    bool is_percent;
    double number; /* also a day */
} cpn_risk_token;

/* A step pushes the value of a token, or applies an operator. */
typedef struct cpn_risk_step {
    bool is_operator;
    cpn_risk_operator op;
    int32_t token;
} cpn_risk_step;

typedef struct cpn_risk_program {
    const char *text; /* source, within the document */
    cpn_risk_token *tokens;
    cpn_risk_step *steps;
    int32_t n_tokens, n_steps;
    cpn_risk_type type;
    cpn_risk_unit unit;
    cpn_risk_scope scope;
} cpn_risk_program;

/* Reads one token from *at on and moves behind it. What went wrong is told as an error of the document's value. */
campaign_status cpn_risk_scan(cpn_risk_token *token, int32_t *at, const char *text, int32_t length,
                              const cpn_risk_names *names, const cpn_json_value *value, campaign_error *error);

/* Part of a document's text. */
typedef struct cpn_risk_source {
    const cpn_json_value *value; /* for the place of errors */
    const char *text;
    int32_t length;
} cpn_risk_source;
campaign_status cpn_risk_compile(cpn_risk_program *program, const cpn_risk_source *source, const cpn_risk_names *names,
                                 campaign_error *error);
void cpn_risk_program_free(cpn_risk_program *program);

/* ---- Entries ----------------------------------------------------------------------------------------------------- */

typedef enum cpn_risk_clock { CPN_RISK_MINUTES, CPN_RISK_WORKING_DAYS } cpn_risk_clock;
typedef struct cpn_risk_limit {
    cpn_risk_clock clock;
    int64_t n;
} cpn_risk_limit;
campaign_status cpn_risk_read_limit(cpn_risk_limit *limit, const cpn_json_value *value, campaign_error *error);

/* A piece of an action: plain text, or a value where program.n_steps > 0. */
typedef struct cpn_risk_piece {
    const char *text;
    int32_t length;
    cpn_risk_program program;
} cpn_risk_piece;

typedef struct cpn_risk_entry {
    const char *id, *name, *source, *owner, *escalate_to; /* owner and escalate_to as they are shown */
    int32_t severity;                                     /* 0 = worst */
    cpn_risk_program when;
    cpn_risk_piece *pieces;
    int32_t n_pieces;
    cpn_risk_limit within, after; /* after: only where escalate_to */
} cpn_risk_entry;

typedef struct cpn_playbook {
    cpn_json *json;
    char *built_in; /* text of the built-in document, where that is used */
    cpn_risk_names names;
    cpn_risk_entry *entries;
    int64_t n_entries;
    bool is_chinese;
} cpn_playbook;

/* Reads a document; text NULL: the built-in one. To be freed also after a failure. */
campaign_status cpn_playbook_read(cpn_playbook *playbook, const char *text, int64_t length, campaign_error *error);
void cpn_playbook_free(cpn_playbook *playbook);
/* Whether a terminated text can name a metric: conditions can spell it, and it means nothing else there. */
bool cpn_risk_is_metric_name(const char *text, size_t length, const cpn_risk_names *names);
/* Reads an action with its {…}; entry->n_pieces counts what is to be freed. */
campaign_status cpn_risk_read_action(cpn_risk_entry *entry, const cpn_json_value *value, const cpn_risk_names *names,
                                     campaign_error *error);

/* ---- State ------------------------------------------------------------------------------------------------------- */

enum { CPN_RISK_CAMPAIGN, CPN_RISK_CHANNEL, CPN_RISK_SUBJECT, CPN_RISK_N_KEYS };
#define CPN_RISK_NO_MOMENT INT64_MIN

/* A text of a table; NULL where null. */
typedef struct cpn_risk_text {
    const char *text;
    size_t length;
} cpn_risk_text;

typedef struct cpn_risk_row {
    int32_t metric;     /* of the playbook's names; -1: not among them */
    int32_t metric_key; /* code of its name among all names of the state */
    cpn_risk_text name, keys[CPN_RISK_N_KEYS];
    double value, target;
    bool has_value, has_target;
    cpn_risk_better better;
    int64_t since, row;
} cpn_risk_row;

/* A row of tasks, stock or budget. */
typedef struct cpn_risk_thing {
    cpn_risk_text id, keys[CPN_RISK_N_KEYS], status, role;
    int64_t since, row;
    double values[6]; /* by field, from the first of its scope */
    bool has[6];
} cpn_risk_thing;

typedef struct cpn_risk_campaign {
    cpn_risk_text id, phase;
    int32_t start_day, end_day;
} cpn_risk_campaign;

typedef struct cpn_risk_book {
    int64_t as_of; /* microseconds */
    int32_t today;
    const cpn_risk_names *names;
    const campaign_calendar *calendar;
    cpn_risk_row *rows; /* by metric name, then keys */
    int64_t n_rows;
    cpn_risk_row *places; /* distinct keys of rows, their other members unused */
    int64_t n_places;
    cpn_risk_thing *things[CPN_RISK_N_SCOPES];
    int64_t n_things[CPN_RISK_N_SCOPES];
    bool has_table[CPN_RISK_N_SCOPES];
    bool has_plan, has_field[CPN_RISK_N_FIELDS]; /* of tasks, stock and budget: some row has it */
    cpn_risk_campaign *campaigns;                /* of the plan, by id */
    int64_t n_campaigns;
    double *plan_targets; /* by metric of the names; has_plan_target says which */
    bool *has_plan_target;
    campaign_table *owned[4]; /* tables of the plan, whose cells are looked into */
    campaign_calendar *own_calendar;
} cpn_risk_book;

int cpn_risk_compare_text(cpn_risk_text a, cpn_risk_text b); /* NULL first */
/* A key, null where it is not there; a text, which is cleared. */
void cpn_risk_out_key(cpn_out *out, int32_t column, cpn_risk_text key);
void cpn_risk_out_text(cpn_out *out, int32_t column, cpn_text *text);
int cpn_risk_compare_keys(const cpn_risk_text *a, const cpn_risk_text *b);

campaign_status cpn_risk_book_open(cpn_risk_book *book, const cpn_playbook *playbook, const campaign_plan *plan,
                                   const campaign_risks_inputs *inputs, campaign_error *error);
campaign_status cpn_risk_read_state(cpn_risk_book *book, const cpn_playbook *playbook, const campaign_table *state,
                                    campaign_error *error);
campaign_status cpn_risk_read_things(cpn_risk_book *book, cpn_risk_scope scope, const campaign_table *table,
                                     campaign_error *error);
campaign_status cpn_risk_read_plan(cpn_risk_book *book, const cpn_playbook *playbook, const campaign_plan *plan,
                                   campaign_error *error);
void cpn_risk_book_close(cpn_risk_book *book);

/* Columns that all tables of the state have. */
typedef struct cpn_risk_columns {
    campaign_column keys[CPN_RISK_N_KEYS], since;
} cpn_risk_columns;
campaign_status cpn_risk_find_columns(cpn_risk_columns *columns, const campaign_table *table, const char *name,
                                      bool has_subject, campaign_error *error);
cpn_risk_text cpn_risk_cell(const campaign_column *column, int64_t row);
/* Moments in tables: days, timestamps, or their ISO texts. "" is none. */
#define CPN_ANY_MOMENT (CPN_ANY_DAY | CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8))
bool cpn_risk_has_moment(const campaign_column *column, int64_t row);
campaign_status cpn_risk_cell_moment(int64_t *moment, const campaign_column *column, int64_t row, const char *where,
                                     campaign_error *error);
campaign_status cpn_risk_take_since(int64_t *since, const cpn_risk_columns *columns, int64_t row, int64_t as_of,
                                    const char *name, campaign_error *error);

/* ---- Judging ----------------------------------------------------------------------------------------------------- */

typedef enum cpn_risk_reason {
    CPN_RISK_IS_JUDGED,
    CPN_RISK_NO_ROWS,
    CPN_RISK_NO_METRIC,
    CPN_RISK_NO_VALUE,
    CPN_RISK_NO_TARGET,
    CPN_RISK_NO_PLAN,
    CPN_RISK_ZERO_DIVISOR,
    CPN_RISK_TOO_LARGE,
    CPN_RISK_N_REASONS
} cpn_risk_reason;
extern const char *const cpn_risk_reason_names[CPN_RISK_N_REASONS];

typedef struct cpn_risk_value {
    cpn_risk_type type;
    bool is_known;
    double number; /* also a day, and 0 or 1 */
    cpn_risk_text text;
    cpn_risk_reason reason; /* of what is not known */
    int32_t token;          /* that it comes from */
} cpn_risk_value;

/* What a condition is judged for. */
typedef struct cpn_risk_subject {
    cpn_risk_scope scope;
    cpn_risk_text id; /* of a thing */
    cpn_risk_text keys[CPN_RISK_N_KEYS];
    const cpn_risk_row *row;     /* METRIC */
    const cpn_risk_thing *thing; /* TASK, STOCK, BUDGET */
    int64_t since;               /* CPN_RISK_NO_MOMENT: not told */
} cpn_risk_subject;

cpn_risk_value cpn_risk_look(const cpn_risk_book *book, const cpn_risk_subject *subject,
                             const cpn_risk_program *program, int32_t token, int64_t *since);
/* since becomes the latest moment of the figures that the program looks at, where there is one. */
cpn_risk_value cpn_risk_run(const cpn_risk_program *program, const cpn_risk_book *book, const cpn_risk_subject *subject,
                            int64_t *since);
/* The row of a metric whose keys are exactly these; NULL where there is none. */
const cpn_risk_row *cpn_risk_find_row(const cpn_risk_book *book, const char *metric, const cpn_risk_text *keys);

/* ---- Words ------------------------------------------------------------------------------------------------------- */

void cpn_risk_say_number(cpn_text *out, double value, cpn_risk_unit unit);
void cpn_risk_say_value(cpn_text *out, const cpn_risk_value *value, cpn_risk_unit unit, bool is_chinese);
/* The name of a metric or field in words: "cost per acquisition", "target of cost per acquisition". */
void cpn_risk_say_name(cpn_text *out, const cpn_playbook *playbook, const cpn_risk_token *token);
/* The condition with its figures. */
void cpn_risk_say_numbers(cpn_text *out, const cpn_playbook *playbook, const cpn_risk_entry *entry,
                          const cpn_risk_book *book, const cpn_risk_subject *subject);
void cpn_risk_say_action(cpn_text *out, const cpn_playbook *playbook, const cpn_risk_entry *entry,
                         const cpn_risk_book *book, const cpn_risk_subject *subject);
void cpn_risk_say_subject(cpn_text *out, const cpn_risk_subject *subject);

/* ---- Time -------------------------------------------------------------------------------------------------------- */

/* "2027-06-18T10:30", with seconds or without, or a date. */
campaign_status cpn_risk_read_moment(int64_t *moment, const char *text, const char *where, campaign_error *error);
/* The moment a limit ends. is_provisional: it counts working days of a year that is not known for certain. */
campaign_status cpn_risk_due(int64_t *due, bool *is_provisional, int64_t since, const cpn_risk_limit *limit,
                             const campaign_calendar *calendar, campaign_error *error);

/* ---- Findings ---------------------------------------------------------------------------------------------------- */

typedef struct cpn_risk_finding {
    const cpn_risk_entry *entry;
    cpn_risk_subject subject;
    bool is_judged, is_provisional;
    cpn_risk_reason reason;
    const cpn_risk_token *missing; /* NULL where no name is */
    int64_t since, due_at, escalate_at;
    char *subject_text;
} cpn_risk_finding;

typedef struct cpn_risk_findings {
    cpn_risk_finding *all;
    int64_t n, capacity, n_judged, n_holding, n_unjudged;
} cpn_risk_findings;

/* Judges every entry for every subject; keeps what holds and what could not be judged, in the order of the tables. */
campaign_status cpn_risk_find(cpn_risk_findings *findings, const cpn_playbook *playbook, const cpn_risk_book *book,
                              const campaign_runtime *runtime, campaign_error *error);
void cpn_risk_findings_free(cpn_risk_findings *findings);

campaign_status cpn_risk_write(campaign_table **risks, const cpn_risk_findings *findings, const cpn_playbook *playbook,
                               const cpn_risk_book *book, campaign_error *error);
campaign_status cpn_risk_write_report(campaign_risks_report *report, const cpn_risk_findings *findings,
                                      const cpn_playbook *playbook, const cpn_risk_book *book, campaign_error *error);

#endif
