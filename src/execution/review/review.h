/* The review from inside: metrics with what they attain, findings, and what its files give each other. Only src/execution
 * includes this.
 *
 * read.c reads metrics and findings, classes.c customer classes, names.c knows what metrics are called, judge.c judges them,
 * write.c and lists.c write tables, entries.c the rows of a playbook. lessons.c and playbook.c make documents of those
 * tables. */
#ifndef CPN_EXECUTION_REVIEW_H
#define CPN_EXECUTION_REVIEW_H

#include <campaign/review.h>

#include "base/json.h"
#include "execution/risks/risk.h"
#include "execution/say.h"
#include "table/table.h"

typedef enum cpn_review_kind {
    CPN_REVIEW_HIGHLIGHT,
    CPN_REVIEW_PROBLEM,
    CPN_REVIEW_MEASURE,
    CPN_REVIEW_KINDS
} cpn_review_kind;
typedef enum cpn_review_source { CPN_REVIEW_GIVEN, CPN_REVIEW_THRESHOLD, CPN_REVIEW_SEGMENT } cpn_review_source;
extern const char *const cpn_review_kinds[CPN_REVIEW_KINDS];

enum {
    CPN_REVIEW_NAME = 128,
    CPN_REVIEW_ID = 64, /* bytes of ids in documents, as their field tables say */
    CPN_REVIEW_MOST_METRICS = 1000,
    CPN_REVIEW_MOST_FINDINGS = 10000,
    CPN_REVIEW_MOST_CLASSES = 1000,
    CPN_REVIEW_MOST_DAYS = 3660,
    CPN_REVIEW_N_QUOTIENTS = 4
};

/* A name or text within a table, or one of the library's; not terminated. */
typedef struct cpn_review_text {
    const char *text;
    size_t length;
} cpn_review_text;

typedef struct cpn_review_side {
    double value, derived;
    bool is_there, is_derived;
} cpn_review_side;

typedef struct cpn_review_metric {
    cpn_review_text name;
    cpn_review_side sides[2]; /* target, actual */
    bool is_lower, is_added;  /* lower is better; not given but derived */
    bool has_attainment;
    int64_t attainment_ppm;
    const char *why_en, *why_zh; /* why there is none */
} cpn_review_metric;

typedef struct cpn_review_finding {
    int32_t kind, source;
    int32_t metric; /* or -1 */
    int64_t row;    /* of findings; of segments where the source is one; -1 */
    char *own;      /* text made here, or NULL */
    cpn_review_text text, when;
    int64_t working_days; /* -1: not said */
    int32_t due;          /* INT32_MIN: none */
    bool has_own_due;     /* said, not counted */
} cpn_review_finding;

typedef struct cpn_review {
    const campaign_review_inputs *inputs;
    campaign_review_options options;
    const campaign_calendar *calendar;
    campaign_calendar *own_calendar;
    bool is_chinese, is_provisional;
    cpn_review_metric *metrics;
    int64_t n_metrics;
    campaign_column owner, class_name; /* of findings, of segments; type 0 where there is none */
    cpn_review_finding *findings;
    int64_t n_findings, capacity;
    int64_t n_open_classes; /* without leads or orders */
} cpn_review;

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

campaign_status cpn_review_read(cpn_review *review, campaign_error *error);
/* A cell of text that must be there. */
campaign_status cpn_review_need_text(cpn_review_text *text, const campaign_column *column, int64_t row,
                                     const char *where, campaign_error *error);
/* A number that may be null; money in major units. Refused where it is not finite. */
campaign_status cpn_review_number(double *number, bool *is_there, const campaign_column *column, int64_t row,
                                  const char *where, campaign_error *error);
bool cpn_review_is(cpn_review_text text, const char *word);
/* The metric of that name, or -1. */
int32_t cpn_review_find(const cpn_review *review, cpn_review_text name);
/* Takes the finding, its own text too, which is freed where it fails. */
campaign_status cpn_review_add(cpn_review *review, cpn_review_finding finding, campaign_error *error);

/* ---- Names ------------------------------------------------------------------------------------------------------- */

/* Metrics that follow from two others, each under the names that people use. */
typedef struct cpn_review_quotient {
    const char *names[6]; /* the library's in English, then in Chinese, then others; NULL ends */
    const char *const *over, *const *under;
    bool is_lower;
} cpn_review_quotient;
extern const cpn_review_quotient cpn_review_quotients[CPN_REVIEW_N_QUOTIENTS];

/* The first metric that has one of the names; -1 for none. */
int32_t cpn_review_find_any(const cpn_review *review, const char *const *names);
bool cpn_review_is_lower(cpn_review_text name);

/* How the conditions of playbooks name a metric. */
typedef enum cpn_review_spelling {
    CPN_REVIEW_BUILT_IN,
    CPN_REVIEW_DECLARED, /* as it is, once the document declares it */
    CPN_REVIEW_QUOTED,   /* not as a name: metric.name = '…' */
    CPN_REVIEW_NAMELESS  /* not even so */
} cpn_review_spelling;
cpn_review_spelling cpn_review_spell(const cpn_risk_names *built_in, cpn_review_text name);
/* Refuses conditions of findings that a playbook could not hold, with their row. */
campaign_status cpn_review_check_conditions(const cpn_review *review, campaign_error *error);
/* The names that conditions know without declaring any; to be freed with cpn_free(names->metrics). */
campaign_status cpn_review_open_names(cpn_risk_names *names, int64_t more, campaign_error *error);

/* ---- Judging ----------------------------------------------------------------------------------------------------- */

/* Derived metrics, attainment, findings by thresholds, due days. */
campaign_status cpn_review_judge(cpn_review *review, campaign_error *error);
campaign_status cpn_review_judge_classes(cpn_review *review, campaign_error *error);
/* Highlight, problem, or neither (-1), by thresholds. */
int32_t cpn_review_kind_of(const cpn_review *review, int64_t ppm);
/* A finding made here, with its text. */
campaign_status cpn_review_add_own(cpn_review *review, cpn_review_finding finding, const char *pattern,
                                   const char *const words[CPN_SAY_WORDS], campaign_error *error);

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

campaign_status cpn_review_write(campaign_review_report *found, const cpn_review *review, campaign_error *error);
campaign_status cpn_review_write_notes(campaign_table **table, const cpn_review *review, campaign_error *error);
campaign_status cpn_review_write_lists(campaign_review_report *found, const cpn_review *review, campaign_error *error);
campaign_status cpn_review_write_entries(campaign_table **table, const cpn_review *review, campaign_error *error);
/* "fair26/problem/1"; the campaign is cut where the whole would pass CPN_REVIEW_ID. */
void cpn_review_id(char id[CPN_REVIEW_NAME], const cpn_review *review, int32_t kind, int64_t number);
void cpn_review_out_metric(cpn_out *out, int32_t index, const cpn_review *review, int32_t metric);
void cpn_review_out_owner(cpn_out *out, int32_t index, const cpn_review *review, const cpn_review_finding *finding);
/* Empties the text into a cell; null where there is none. */
void cpn_review_out_text(cpn_out *out, int32_t index, cpn_text *text);

/* ---- Documents --------------------------------------------------------------------------------------------------- */

/* A member whose text is free of control characters and cut to most bytes. */
void cpn_review_member(cpn_json_writer *writer, const char *key, cpn_review_text text, size_t most);
/* A cell's text; empty where it is null or there is no such column. */
cpn_review_text cpn_review_cell(const campaign_column *column, int64_t row);

#endif
