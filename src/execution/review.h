/* The review from inside: metrics with what they attain, findings, and what its files give each other. */
#ifndef CPN_EXECUTION_REVIEW_H
#define CPN_EXECUTION_REVIEW_H

#include <campaign/review.h>

#include "base/text.h"
#include "execution/say.h"
#include "table/table.h"

enum { CPN_REVIEW_HIGHLIGHT, CPN_REVIEW_PROBLEM, CPN_REVIEW_MEASURE, CPN_REVIEW_KINDS };
enum { CPN_REVIEW_GIVEN, CPN_REVIEW_THRESHOLD, CPN_REVIEW_SEGMENT };
enum { CPN_REVIEW_NAME = 128 };

/* A name or text within a table, or one of the library's. */
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
    int64_t row;    /* of findings, or -1 */
    char *own;      /* text made here, or NULL */
    cpn_review_text text;
    int64_t working_days; /* -1: not said */
    int32_t due;          /* INT32_MIN: none */
} cpn_review_finding;

typedef struct cpn_review {
    const campaign_review_inputs *inputs;
    campaign_review_options options;
    const campaign_calendar *calendar;
    campaign_calendar *own_calendar;
    bool is_chinese, is_provisional;
    cpn_review_metric *metrics;
    int64_t n_metrics;
    campaign_column owner; /* of findings; type 0 where there is none */
    cpn_review_finding *findings;
    int64_t n_findings, capacity;
} cpn_review;

campaign_status cpn_review_read(cpn_review *review, campaign_error *error);
/* Derived metrics, attainment, findings by thresholds, due days. */
campaign_status cpn_review_judge(cpn_review *review, campaign_error *error);
campaign_status cpn_review_add(cpn_review *review, cpn_review_finding finding, campaign_error *error);
campaign_status cpn_review_write(campaign_review_report *found, const cpn_review *review, campaign_error *error);
campaign_status cpn_review_write_lists(campaign_review_report *found, const cpn_review *review, campaign_error *error);
/* Number of a metric of that name, or -1. */
int32_t cpn_review_find(const cpn_review *review, const char *name, size_t length);
/* "campaign/measure/1". */
void cpn_review_id(char id[CPN_REVIEW_NAME], const cpn_review *review, int32_t kind, int64_t number);
void cpn_review_out_owner(cpn_out *out, int32_t index, const cpn_review *review, const cpn_review_finding *finding);
void cpn_review_out_metric(cpn_out *out, int32_t index, const cpn_review *review, int32_t metric);
extern const char *const cpn_review_kinds[CPN_REVIEW_KINDS];

#endif
