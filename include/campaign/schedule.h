/* libcampaign: networks of tasks on working calendars.
 *
 * When each task can start and must be finished, what is critical, how likely the end is, what a delay pulls along, and
 * who is loaded on which day. docs/schedule.md explains the model with an example. */
#ifndef CAMPAIGN_SCHEDULE_H
#define CAMPAIGN_SCHEDULE_H

#include <campaign/calendar.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A calendar under the name that tasks and owners call it by. */
typedef struct campaign_schedule_calendar {
    const char *key; /* UTF-8, not empty */
    const campaign_calendar *calendar;
} campaign_schedule_calendar;

/** What is scheduled: tables, borrowed for the call. Columns marked ? may be missing, or null in a row. */
typedef struct campaign_schedule_inputs {
    uint32_t size;       /* sizeof(campaign_schedule_inputs) */
    int32_t n_calendars; /* entries of calendars */
    /** Required; one row per task: task (utf8 or int), duration? (int or float64, in units; without it the mean of the
     *  estimates), unit? (utf8: "working_day", "day", "hour"; null = "working_day"), after? (utf8: predecessors, "a; b
     *  SS+2; c FF-1; d FS+3d; e FS+48h"; the link is FS and the lag in the task's own unit where they do not say), owner?
     *  (utf8), calendar? (utf8: key of a calendar, before the owner's), earliest? (date), due? (date: by its end), due_at?
     *  (utf8: "2026-11-14T00:00"), optimistic?, likely?, pessimistic? (int or float64, in units), actual_start?,
     *  actual_finish? (date: the last day worked), remaining? (int or float64, in units; of a task that has started). */
    const campaign_table *tasks;
    /** NULL = none. More links: task, predecessor (as tasks.task), type? (utf8: "FS", "SS", "FF", "SF"; null = "FS"), lag?
     *  (int or float64, 0), lag_unit? (utf8, as tasks.unit; null = the task's own). */
    const campaign_table *links;
    /** NULL = whoever the tasks name, on the calendar below. One row per owner: owner (utf8), calendar? (utf8: key of a
     *  calendar), capacity? (int or float64: hours a working day, 8). */
    const campaign_table *owners;
    /** NULL = none. Days away: owner (utf8), start (date), finish? (date: the last day; null = start). */
    const campaign_table *away;
    const campaign_calendar *calendar;           /* of tasks that name none; NULL = China, built in */
    const campaign_schedule_calendar *calendars; /* those that tasks and owners name */
    /** NULL = none. What has happened, beside tasks that stay as they were planned; read with as_of, and before the columns
     *  of the same names in tasks. One row per task at most: task (as tasks.task), actual_start?, actual_finish? (date: the
     *  last day worked), remaining? (int or float64, in the task's units). */
    const campaign_table *actuals;
} campaign_schedule_inputs;

#define CAMPAIGN_SCHEDULE_INPUTS_INIT                                                                                  \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_schedule_inputs), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL                        \
    }

/** How tasks are scheduled. NULL or zero: the default. */
typedef struct campaign_schedule_options {
    uint32_t size;          /* sizeof(campaign_schedule_options) */
    int32_t is_abstract;    /* no calendar: units from 0, parts of them allowed; dates and hours are refused */
    int32_t has_start;      /* start_day is meant; otherwise the first earliest or actual_start of the tasks */
    int32_t start_day;      /* nothing starts before it */
    int32_t has_as_of;      /* as_of_day is meant: actual dates count, and what is not done is done after it */
    int32_t as_of_day;      /* the last day that is known, to its end */
    int32_t n_samples;      /* of all paths, where there are estimates; 0 = 10,000, -1 = none */
    int32_t confidence_ppm; /* which chance the safe end has; 0 = 990,000 */
    int32_t has_target;     /* target_day, or target_units where is_abstract, is meant; the other one is 0 */
    int32_t target_day;     /* an end whose chance is asked for: by the end of this day */
    int64_t seed;           /* of the samples; 0 is a seed like others */
    double target_units;    /* the same where is_abstract */
    const char *language;   /* of the sentences: "en" (NULL) or "zh" */
    const void *reserved;   /* NULL */
} campaign_schedule_options;

#define CAMPAIGN_SCHEDULE_OPTIONS_INIT                                                                                 \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_schedule_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL                       \
    }

/** What stands behind the schedule. Cleared by campaign_schedule_report_clear. */
typedef struct campaign_schedule_report {
    uint32_t size;          /* sizeof(campaign_schedule_report), set by the caller */
    int32_t start_day;      /* first day of the schedule; 0 where is_abstract */
    int32_t finish_day;     /* its last day, by the plan; 0 where is_abstract */
    int32_t forecast_day;   /* its last day, by what has happened so far; finish_day without as_of */
    int32_t is_provisional; /* a working day lies in a year whose holidays are not announced */
    int32_t n_samples;      /* samples of all paths; 0 = none */
    int64_t n_tasks;
    int64_t n_links;
    int64_t n_critical;   /* tasks without float */
    int64_t n_broken;     /* deadlines that break, by the forecast */
    double length;        /* working days from the first to the last, by the calendar of the inputs; units */
    double path_mean;     /* mean length of the critical path; length without estimates */
    double path_variance; /* its variance; 0 without estimates */
    /** One row: start, finish, forecast (date, or float64 where is_abstract), length, tasks, links, critical (int64), broken
     *  (int64), path (utf8: the critical path, "a → c → d"), path_mean, path_variance, path_deviation, target,
     *  target_on_path, target_all_paths, safe_on_path, safe_all_paths, sampling_error (see chances), samples, text. */
    campaign_table *summary;
    /** One row per task with a deadline: task, row (int64), due (date), due_at, finish_at (timestamp), slack (float64, in
     *  the task's units; negative: late), unit, is_broken (bool), chance (float64: share of samples that keep it; null
     *  without), text. */
    campaign_table *deadlines;
    /** One row per task with estimates: task, optimistic, likely, pessimistic, mean, variance (float64), is_on_path (bool),
     *  criticality (float64: share of samples in which it is critical). */
    campaign_table *estimates;
    /** How likely the end is, one row per day or level: finish (date, or float64), on_path (float64: by the critical path
     *  alone), all_paths (float64: share of the samples), error (float64: standard error of that share). */
    campaign_table *chances;
    /** What has slipped by itself, one row per cause: task, slip (float64: days late by itself), unit, float, float_used,
     *  knock_on, end_shift (float64), moved (int64: tasks it pulls along), broken (int64: deadlines it breaks), text. */
    campaign_table *slips;
    /** What each cause pulls along: cause, task, slip, float_used (float64), unit, is_broken (bool: its deadline breaks by
     *  this), text. */
    campaign_table *pulled;
    /** One row per owner and day with work: owner, date, load, hours, capacity (float64: days; hours; hours), is_over
     *  (bool), tasks (utf8). */
    campaign_table *loads;
    /** Remarks: code ("provisional", "rounded_up", "due_before_start", "deadline_broken", "out_of_sequence",
     *  "mixed_units", "over_capacity", "loads_left_out", "target_without_estimates"), n, text. */
    campaign_table *notes;
    const void *reserved;         /* NULL */
    const void *reserved_pointer; /* NULL */
} campaign_schedule_report;

#define CAMPAIGN_SCHEDULE_REPORT_INIT                                                                                  \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_schedule_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, NULL, NULL, NULL, NULL,  \
            NULL, NULL, NULL, NULL, NULL, NULL                                                                         \
    }

/** Schedules tasks: early and late dates, floats, the critical path, deadlines, chances, a forecast, loads.
 *  The critical path method (Kelley, Walker 1959) with the four links of precedence diagrams (Fondahl 1961). A task of n
 *  working days takes n whole working days of its calendar, one of hours runs by the clock, a task of 0 is a moment. Late
 *  dates are the exact inverse of early ones: the latest that do not move the end. Estimates follow PERT (Malcolm,
 *  Roseboom, Clark, Fazar, Operations Research 7, 1959): mean (a + 4m + b) / 6 and variance ((b - a) / 6)^2 on the critical
 *  path; all paths together by samples of the beta distribution with that mean.
 *  @param schedule  one row per task, in key order: the columns of tasks other than money, then start, finish (date: the
 *                   last day, inclusive), late_start, late_finish (date), start_at, finish_at, late_start_at,
 *                   late_finish_at (timestamp: the moments, a finish being the end of its day), total_float, free_float
 *                   (float64: working days, calendar days or hours, as the task's unit), is_critical (bool); with as_of
 *                   forecast_start, forecast_finish (date), slip (float64, in the task's units) too. Where is_abstract
 *                   start, finish, late_start, late_finish are float64 (early start, early finish, late start, late finish)
 *                   and there are no timestamps
 *  @param report    filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param options   NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (null; a start nowhere; row) ·
 *          CAMPAIGN_E_VALUE (row) · CAMPAIGN_E_SYNTAX (after, due_at; row) · CAMPAIGN_E_DUPLICATE (task, owner, link,
 *          calendar; row) · CAMPAIGN_E_UNKNOWN (predecessor, owner, calendar, unit; row, with the nearest name) ·
 *          CAMPAIGN_E_INFEASIBLE (links in a circle, which is told; a deadline before its own earliest start; a calendar
 *          without a working day) · CAMPAIGN_E_UNSUPPORTED (dates or hours where is_abstract; row) · CAMPAIGN_E_LIMIT ·
 *          CAMPAIGN_E_OVERFLOW (beyond the year 9999) · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *schedule and clears @p report. Any thread. O((tasks + links) log days), times the samples; the same
 *  bytes whatever the threads and the order of rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_schedule_tasks(campaign_table **schedule, campaign_schedule_report *report,
                                                     const campaign_schedule_inputs *inputs,
                                                     const campaign_schedule_options *options,
                                                     const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_schedule_report_clear(campaign_schedule_report *report);

#ifdef __cplusplus
}
#endif

#endif
