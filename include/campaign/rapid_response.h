/* libcampaign: a rapid response to a sudden market event, from a start date to filled forms.
 *
 * A new product, a fair, a thank-you event or a competitor's attack is answered within days: response windows in working
 * days, quotas of regions, customer levels and reps, who contacts which customer when and how, what must be at hand, and the
 * forms that people fill in. docs/rapid-response.md has the rules and an example. */
#ifndef CAMPAIGN_RAPID_RESPONSE_H
#define CAMPAIGN_RAPID_RESPONSE_H

#include <campaign/calendar.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How the goal stands against the conversion of similar campaigns. */
enum {
    CAMPAIGN_RAPID_UNFOUNDED = 0, /* above what history supports, or there is no history */
    CAMPAIGN_RAPID_STRETCH = 1,   /* above history, within the request's margin */
    CAMPAIGN_RAPID_FEASIBLE = 2   /* history has reached it */
};

/** What a response is planned from besides its request: tables, borrowed for the call, each NULL where there is none. Columns
 *  marked ? may be missing, or null in a row; their order and that of the rows do not matter. */
typedef struct campaign_rapid_response_inputs {
    uint32_t size;    /* sizeof(campaign_rapid_response_inputs) */
    int32_t reserved; /* 0 */
    /** customer (int32, int64 or utf8); region?, level? (utf8), rep? (as in reps: who keeps the customer), interactions?
     *  (int32, int64: in the days of class S), last_interaction?, last_enquiry?, last_order? (date or timestamp), way?
     *  ("wechat" or "mail", of class B). Rows of one customer are merged: see docs/rapid-response.md. */
    const campaign_table *customers;
    /** rep (int32, int64 or utf8, each once), region? (utf8; null = serves every region; one that takes no part: none of the
     *  others), call?, visit?, wechat?, mail?, community? (int32, int64: customers a day; null = the request's). */
    const campaign_table *reps;
    /** What similar campaigns brought: date (date or timestamp), leads, deals (int32, int64); campaign? (int32, int64 or
     *  utf8), type? (utf8), region?, level? (utf8), rep? (as in reps), amount? (money in the request's currency). */
    const campaign_table *history;
    /** Regions beside those of the request, as form 2 has them: region (utf8, each once), owner? (utf8), customers?,
     *  expected_conversion_ppm? (int32, int64), sales_task? (money), key_customers?, resources? (utf8). */
    const campaign_table *regions;
    const campaign_calendar *calendar; /* NULL = China, built in */
    const void *reserved_pointer;      /* NULL */
} campaign_rapid_response_inputs;

#define CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT                                                                            \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_rapid_response_inputs), 0, NULL, NULL, NULL, NULL, NULL, NULL                        \
    }

/** Knobs of the call. NULL or zero: the default. */
typedef struct campaign_rapid_response_options {
    uint32_t size;        /* sizeof(campaign_rapid_response_options) */
    int32_t reserved;     /* 0 */
    const char *language; /* "en" or "zh"; NULL = the request's */
    const char *customer; /* name of the customer column; NULL = "customer" */
    const char *rep;      /* name of the rep columns; NULL = "rep" */
    const char *region;   /* name of the region columns; NULL = "region" */
} campaign_rapid_response_options;

#define CAMPAIGN_RAPID_RESPONSE_OPTIONS_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_rapid_response_options), 0, NULL, NULL, NULL, NULL                                   \
    }

/** The response. Cleared by campaign_rapid_response_report_clear. Dates that are called finish or due are the last day
 *  itself. Keys keep the type they came in; rates are parts per million. */
typedef struct campaign_rapid_response_report {
    uint32_t size;          /* sizeof(campaign_rapid_response_report), set by the caller */
    int32_t verdict;        /* CAMPAIGN_RAPID_… of the whole */
    int32_t is_provisional; /* 1 where a date lies in a year whose holidays are not announced */
    int32_t has_sales;      /* 0: no sales are known, sales_minor is 0 */
    int64_t leads;          /* target customers */
    int64_t deals;          /* whole deals */
    int64_t sales_minor;    /* in minor units of the request's currency */
    double expected_deals;  /* as expected value */
    int64_t n_customers;    /* different customers of the list */
    int64_t n_within;       /* of those: reached within the contact window, */
    int64_t n_beyond;       /* later, */
    int64_t n_unreached;    /* or never: no rep, or none who can */
    int64_t n_merged;       /* rows that told of a customer again */
    /** stage ("kickoff", "screening", "plan", "contact", "execution", "review"), name, anchor ("start", "finish"),
     *  first_step, last_step (int64, working days after the anchor; null for execution), first, due (date),
     *  is_provisional (bool), source. */
    campaign_table *windows;
    /** dimension ("total", "region", "level", "rep"), region?, level?, rep?, leads, capacity? (int64: customers that can
     *  be contacted in person or by message within the window), history_conversion_ppm? (int64), expected_conversion_ppm,
     *  expected_deals (float64), deals (int64), sales_task? (money), text. Levels and reps add up to their region,
     *  regions to the total, in every column of numbers. */
    campaign_table *quotas;
    /** RR8, one row for the whole and one per region: scope ("total", "region"), region?, leads, expected_conversion_ppm,
     *  expected_deals, history_campaigns, history_leads, history_deals (int64), history_conversion_ppm? (int64),
     *  supported_deals? (float64: what history brings from as many leads), leads_needed? (int64: for the expected deals at
     *  the conversion of history), verdict ("feasible", "stretch", "unfounded"), text. */
    campaign_table *feasibility;
    /** One row per customer, in order of priority: customer, region?, level?, rep?, class ("S", "B", "C"), rank (in its
     *  class), place (over all; int64), is_open (bool: an enquiry of the last months and no order since), interactions?,
     *  last_interaction?, last_enquiry?, last_order?, first_contact? (date), is_within_window (bool), n_rows, text. */
    campaign_table *customers;
    /** By rep, date and way: contact (int64), rep?, date? (null = never), way ("call", "visit", "wechat", "mail",
     *  "community"), customer, class, place, region?, offer?, is_within_window, status ("open"), next_action. */
    campaign_table *contacts;
    /** rep, date, way, n, capacity: how full each day is. */
    campaign_table *loads;
    /** resource, kind ("materials", "technical_support", "logistics", "partners", "training", "other"), name, owner_role?,
     *  owner?, working_days (int64, after the start), due (date), status, risk, source. */
    campaign_table *resources;
    campaign_table *tasks;              /* as docs/schedule.md has them */
    campaign_table *form_response_plan; /* form 1, one row */
    campaign_table *form_task_split;    /* form 2, one row per region */
    campaign_table *notes;              /* code, n, text */
    void *reserved_pointer;
} campaign_rapid_response_report;

#define CAMPAIGN_RAPID_RESPONSE_REPORT_INIT                                                                            \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_rapid_response_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL,  \
            NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL                                                             \
    }

/** Plans the answer to a sudden market event.
 *  Windows are counted on the calendar: step 0 is the first working day on or after the start (of the review: the last day),
 *  step n the n-th working day after that one. Expected deals are leads × conversion; whole deals are their sum to the
 *  nearest whole (halves up), shared by largest remainder (campaign_split). Customers are of class S, B or C; inside a class
 *  those with a recent enquiry and no order since come first. Each customer has one rep: the one who keeps it, or the one of
 *  its region who gets to it first; each rep takes customers in order of priority, so many a day and way.
 *  @param report        filled. Its size must be set and its tables not be in use: they are overwritten
 *  @param request_json  a "campaign/rapid_response/1" document of @p request_len bytes (`campaign schema rapid_response`)
 *  @param inputs        may be NULL where the request has regions with numbers of customers
 *  @param options       may be NULL
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_SYNTAX, _MISSING, _UNKNOWN, _VALUE, _DUPLICATE (request or cells;
 *          where and row) · CAMPAIGN_E_INFEASIBLE (finish before start; customers without a rep where the request refuses
 *          them) · CAMPAIGN_E_COLUMN · CAMPAIGN_E_OVERFLOW · CAMPAIGN_E_LIMIT · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller clears @p report. Any thread. O(n log n) in rows, times reps a region; the same bytes whatever the order of
 *  rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_rapid_response(campaign_rapid_response_report *report,
                                                          const char *request_json, size_t request_len,
                                                          const campaign_rapid_response_inputs *inputs,
                                                          const campaign_rapid_response_options *options,
                                                          const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_rapid_response_report_clear(campaign_rapid_response_report *report);

#ifdef __cplusplus
}
#endif

#endif
