/* libcampaign: the review of a campaign, form 4, and what the next plan takes from it.
 *
 * Targets against actuals with highlights, problems and measures; measures become dated tasks, problems entries of the
 * playbook, highlights ways of working to keep. docs/review.md has the rules and the handbook's example. */
#ifndef CAMPAIGN_REVIEW_H
#define CAMPAIGN_REVIEW_H

#include <campaign/calendar.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is reviewed: tables, borrowed for the call; metrics is required. Columns marked ? may be missing, or null in a row.
 *  Numbers are int32, int64, float64 or money (of one currency a table, in major units here). */
typedef struct campaign_review_inputs {
    uint32_t size;    /* sizeof(campaign_review_inputs) */
    int32_t reserved; /* 0 */
    /** metric (utf8, each once), target?, actual? (numbers), better? (utf8: "higher" or "lower"; null: lower for cost, spend,
     *  cpa, refund_rate and complaints, otherwise higher). Rows keep their order. */
    const campaign_table *metrics;
    /** kind (utf8: "highlight", "problem", "measure"), text (utf8), owner? (utf8), metric? (utf8, one of metrics),
     *  working_days? (int32, int64: a measure is due so many working days before the next campaign starts), due? (date). */
    const campaign_table *findings;
    const campaign_table *segments;    /* class (utf8), leads, orders (numbers): conversion of customer classes */
    const campaign_calendar *calendar; /* NULL = China, built in */
    const void *reserved_pointer;      /* NULL */
} campaign_review_inputs;

#define CAMPAIGN_REVIEW_INPUTS_INIT                                                                                    \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_review_inputs), 0, NULL, NULL, NULL, NULL, NULL                                      \
    }

/** Knobs of the call. NULL or zero: the default. */
typedef struct campaign_review_options {
    uint32_t size;             /* sizeof(campaign_review_options) */
    int32_t high_ppm;          /* attainment from which a metric is a highlight; 0 = 1100000 */
    int32_t low_ppm;           /* attainment down to which it is a problem; 0 = 800000 */
    int32_t next_start_day;    /* first day of the next campaign, used where has_next_start */
    int32_t has_next_start;    /* 0 or 1 */
    int32_t reserved;          /* 0 */
    const char *campaign;      /* id of the campaign reviewed; NULL = "review" */
    const char *next_campaign; /* id of the next one, for its tasks; NULL = none yet */
    const char *language;      /* of sentences: "en" (NULL) or "zh" */
} campaign_review_options;

#define CAMPAIGN_REVIEW_OPTIONS_INIT                                                                                   \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_review_options), 0, 0, 0, 0, 0, NULL, NULL, NULL                                     \
    }

/** The review. Cleared by campaign_review_report_clear. */
typedef struct campaign_review_report {
    uint32_t size;          /* sizeof(campaign_review_report), set by the caller */
    int32_t is_provisional; /* 1 where a due day lies in a year whose holidays are not announced */
    int64_t n_highlights;   /* rows of records of each kind */
    int64_t n_problems;
    int64_t n_measures;
    /** Form 4, a row per metric, derived ones last: metric, target?, actual? (float64), attainment_ppm? (int64), highlights?,
     *  problems?, measures? (utf8). What is about no metric stands in the first row. */
    campaign_table *review;
    /** metric, better, source ("given", "derived"), derived_target?, derived_actual? (float64: from their parts), text. */
    campaign_table *metrics;
    /** record (utf8: "campaign/problem/1"), kind, metric?, owner?, source ("given", "threshold", "segment"), text. */
    campaign_table *records;
    /** Measures: task ("campaign/measure/1"), campaign?, phase ("preparation"), name, owner?, duration (1), unit
     *  ("working_day"), due? (date), working_days? (before the start), status ("open"), source ("review"). */
    campaign_table *tasks;
    /** Problems: id, name, condition? (of a playbook; null where no metric tells it), action? (measures of the metric), owner?,
     *  limit ("3 working days"). */
    campaign_table *playbook;
    campaign_table *sop;   /* highlights: id, name, owner?, metric?, campaign */
    campaign_table *notes; /* code, metric?, text */
    void *reserved_pointer;
} campaign_review_report;

#define CAMPAIGN_REVIEW_REPORT_INIT                                                                                    \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_review_report), 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL           \
    }

/** Reviews a campaign: form 4, and its records.
 *  Attainment is actual / target, and target / actual where lower is better, rounded half up to millionths; where the divisor
 *  is not above 0 it is null, and the text says why. conversion (orders / leads), order_value (revenue / orders), cpa
 *  (spend / orders) and roi (revenue / spend) are computed from metrics of those names where both sides are there: added
 *  where they are not given, checked against what is given otherwise (a note "mismatch" beyond one in ten thousand).
 *  @param report   filled. Its size must be set and its tables not be in use: they are overwritten
 *  @param inputs   metrics is required
 *  @param options  may be NULL
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING, _VALUE (row) · CAMPAIGN_E_DUPLICATE
 *          (row: a metric twice) · CAMPAIGN_E_UNKNOWN (row: a kind, a word or a metric that is not known; language) ·
 *          CAMPAIGN_E_OVERFLOW · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller clears @p report. Any thread. O(metrics × (metrics + findings)). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_review(campaign_review_report *report, const campaign_review_inputs *inputs,
                                                  const campaign_review_options *options,
                                                  const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_review_report_clear(campaign_review_report *report);

/** Writes a review's measures as a JSON array to paste into the next request.
 *  @param json    receives UTF-8 text with a terminating zero; free with campaign_text_free
 *  @param length  receives its bytes without the terminating zero; may be NULL
 *  @param tasks   report.tasks
 *  @param into    "rapid_response": its tasks; "plan_request" (NULL): templates of tasks.templates
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_UNKNOWN (into) · CAMPAIGN_E_NOMEM
 *  Any thread. O(rows). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_review_lessons(char **json, size_t *length, const campaign_table *tasks,
                                                          const char *into, campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
