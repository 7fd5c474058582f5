/* libcampaign: the review of a campaign, form 4, and what the next plan takes from it.
 *
 * Targets against actuals with highlights, problems and measures. What was learnt goes on: measures into the next request as
 * dated tasks, problems into the playbook as entries that hold when it happens again, highlights as ways of working to keep.
 * docs/review.md has the rules, the handbook's example and the whole way to the next plan. */
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
    /** metric (utf8, each once), target?, actual? (numbers), better? (utf8: "higher" or "lower", 越高越好 or 越低越好;
     *  null: lower for cost, spend, cpa, refund_rate, complaints and the other metrics of docs/playbook.md that are better
     *  low, otherwise higher). 1 to 1,000 rows, which keep their order. */
    const campaign_table *metrics;
    /** kind (utf8: "highlight", "problem", "measure", or 亮点, 问题, 措施, 改进措施), text (utf8), owner? (utf8),
     *  metric? (utf8, one of metrics), working_days? (int32, int64: a measure is due so many working days before the next
     *  campaign starts), due? (date), when? (utf8, of a problem: the condition of docs/playbook.md under which it happens
     *  again). At most 10,000 rows. */
    const campaign_table *findings;
    /** class (utf8, each once), leads, orders (int or float64; null: not counted): conversion of customer classes. At most
     *  1,000 rows. */
    const campaign_table *segments;
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
    const char *campaign;      /* id of the campaign reviewed, at most 48 bytes; NULL, "" = "review" */
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
    /** record (utf8: "fair26/problem/1"), kind, metric?, owner?, source ("given", "threshold", "segment"), text. */
    campaign_table *records;
    /** Measures: task ("fair26/measure/1"), campaign?, phase ("preparation"), name, owner?, duration (1), unit
     *  ("working_day"), due? (date), working_days? (before the start), status ("open"), source ("review"). */
    campaign_table *tasks;
    /** Problems, a metric's own shortfall only where nobody told a problem of it: id, name, metric? (by which the state of
     *  campaign_plan_risks tells that it happens again, where none of the review's does), when (condition), action (the
     *  measures of its metric), owner, within ("3 working days"), severity ("medium"), source (the campaign). */
    campaign_table *playbook;
    campaign_table *sop; /* highlights: id, name, owner?, metric?, campaign */
    /** code ("mismatch", "no_attainment", "no_date", "no_start", "open_class", "provisional"), metric?, text. */
    campaign_table *notes;
    void *reserved_pointer;
} campaign_review_report;

#define CAMPAIGN_REVIEW_REPORT_INIT                                                                                    \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_review_report), 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL           \
    }

/** Reviews a campaign: form 4, and its records.
 *  Attainment is actual / target, and target / actual where lower is better, rounded half away from 0 to millionths; where the
 *  divisor is not above 0 it is null, and a note says why. conversion (orders / leads), order_value (revenue / orders), cpa
 *  (spend / orders) and roi (revenue / spend) are computed from metrics of those names, in English or Chinese, where both
 *  parts are there: added where they are not given, checked against what is given otherwise (a note "mismatch" beyond one in
 *  ten thousand).
 *  @param report   filled. Its size must be set and its tables not be in use: they are overwritten
 *  @param inputs   metrics is required
 *  @param options  may be NULL
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (no metrics; row), _VALUE (row: no finite
 *          number, negative days or counts) · CAMPAIGN_E_DUPLICATE (row: a metric or class twice) · CAMPAIGN_E_UNKNOWN (row: a
 *          kind, a word, a metric or a name in a condition that is not known; language) · CAMPAIGN_E_SYNTAX (row: a
 *          condition) · CAMPAIGN_E_LIMIT (too many rows) · CAMPAIGN_E_OVERFLOW, _INFEASIBLE (due days: beyond the
 *          year 9999; a calendar without working days) · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller clears @p report. Any thread. O(metrics × (metrics + findings) + problems × findings). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_review(campaign_review_report *report, const campaign_review_inputs *inputs,
                                                  const campaign_review_options *options,
                                                  const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_review_report_clear(campaign_review_report *report);

/** Puts the measures of a review into the next request: templates of a plan's tasks.templates, for next_campaign alone where
 *  one is named, or tasks of a rapid response. A measure with working days counts them back from the burst (from the start of a
 *  rapid response), one with a date alone keeps it, one with neither is due a working day before. All else stays as it was
 *  written; a task of the same id is replaced, so that the same review can be put in twice.
 *  @param json            receives the document as UTF-8 text with a terminating zero; free with campaign_text_free
 *  @param length          receives its bytes without the terminating zero; may be NULL
 *  @param tasks           report.tasks: task, name, campaign?, owner?, source? (utf8), due? (date), working_days? (int)
 *  @param request         document "campaign/plan_request/1" or "campaign/rapid_response/1"
 *  @param request_length  its bytes
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (row) · CAMPAIGN_E_DUPLICATE (row: two
 *          measures of one id) · CAMPAIGN_E_SYNTAX, _ENCODING, _UNKNOWN, _VALUE, _LIMIT (the request before, or with them) ·
 *          CAMPAIGN_E_NOMEM
 *  Any thread. O(request + rows²). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_add_lessons(char **json, size_t *length, const campaign_table *tasks,
                                                       const char *request, size_t request_length,
                                                       campaign_error *error);

/** Makes a playbook of a review's problems, or puts them into one: a document for campaign_plan_risks. Entries of the same id
 *  are replaced, all else stays as it was written. Metrics that conditions need are declared; owners that the document's list of
 *  roles does not have are added to it.
 *  @param json         receives the document as UTF-8 text with a terminating zero; free with campaign_text_free
 *  @param length       receives its bytes without the terminating zero; may be NULL
 *  @param problems     report.playbook: id, name, when, action, owner, metric?, within?, severity?, source? (utf8)
 *  @param metrics      report.metrics: metric, better (utf8); may be NULL where conditions need none of them
 *  @param base         document "campaign/playbook/1", such as that of campaign_plan_playbook; NULL: the problems alone
 *  @param base_length  its bytes; 0: as if it were NULL
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (row) · CAMPAIGN_E_SYNTAX, _ENCODING,
 *          _UNKNOWN, _VALUE, _DUPLICATE, _LIMIT (the base before, or with them) · CAMPAIGN_E_NOMEM
 *  Any thread. O(base + rows × (rows + metrics)). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_extend_playbook(char **json, size_t *length, const campaign_table *problems,
                                                           const campaign_table *metrics, const char *base,
                                                           size_t base_length, campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
