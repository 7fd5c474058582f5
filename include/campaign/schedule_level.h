/* libcampaign: tasks when people or equipment are short.
 *
 * Tasks of a network are moved until no resource is asked for more than it has, and the end stays as early as can be found;
 * the answer comes with a bound that no schedule passes. docs/schedule-level.md explains the model with an example. */
#ifndef CAMPAIGN_SCHEDULE_LEVEL_H
#define CAMPAIGN_SCHEDULE_LEVEL_H

#include <campaign/certificate.h>
#include <campaign/schedule.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is levelled: tables, borrowed for the call. Columns marked ? may be missing, or null in a row. */
typedef struct campaign_schedule_level_inputs {
    uint32_t size;       /* sizeof(campaign_schedule_level_inputs) */
    int32_t n_calendars; /* entries of calendars */
    /** Required; as campaign_schedule_inputs.tasks. Every owner is a resource of 1 unit, of which each of his tasks needs
     *  one; actual dates do not count. */
    const campaign_table *tasks;
    const campaign_table *links;  /* NULL = none; as campaign_schedule_inputs.links */
    const campaign_table *owners; /* NULL = whoever the tasks name; as campaign_schedule_inputs.owners */
    const campaign_table *away;   /* NULL = none; as campaign_schedule_inputs.away */
    /** NULL = none. What tasks need while they run: task (as tasks.task), resource (utf8), units? (int, 1). A row about a
     *  task's own owner says how many of his units it takes; 0 = none. */
    const campaign_table *needs;
    /** NULL = owners only. What there is: resource (utf8), units (int), date? (date), finish? (date: the last day; null =
     *  date), calendar? (utf8: key of a calendar). A row without date says how many units there are, an owner's name with
     *  more than one for a team; one with a date how many there are on these days instead. On a day off of its calendar,
     *  or with 0 units, tasks that need the resource pause, as they do on days off of their own. */
    const campaign_table *resources;
    const campaign_calendar *calendar;           /* of tasks that name none; NULL = China, built in */
    const campaign_schedule_calendar *calendars; /* those that tasks, owners and resources name */
    const void *reserved_pointer;                /* NULL */
} campaign_schedule_level_inputs;

#define CAMPAIGN_SCHEDULE_LEVEL_INPUTS_INIT                                                                            \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_schedule_level_inputs), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL      \
    }

/** How tasks are levelled. NULL or zero: the default. */
typedef struct campaign_schedule_level_options {
    uint32_t size;          /* sizeof(campaign_schedule_level_options) */
    int32_t is_abstract;    /* no calendar: units from 0, parts of them allowed; dates and hours are refused */
    int32_t has_start;      /* start_day is meant; otherwise the first earliest of the tasks */
    int32_t start_day;      /* nothing starts before it */
    int32_t without_owners; /* owners are no resources */
    int32_t reserved;       /* 0 */
    int64_t n_schedules;    /* most schedules to build; 0 = 1,000, fewer with many tasks or slots, at least 20 */
    int64_t n_nodes;        /* most nodes of the exact search of up to 64 tasks; 0 = 100,000 or fewer, -1 = none */
    int64_t seed;           /* of the search; 0 is a seed like others */
    const char *language;   /* of the sentences: "en" (NULL) or "zh" */
    const void *reserved_pointer; /* NULL */
} campaign_schedule_level_options;

#define CAMPAIGN_SCHEDULE_LEVEL_OPTIONS_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_schedule_level_options), 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL                          \
    }

/** What stands behind the schedule. Cleared by campaign_schedule_level_report_clear. */
typedef struct campaign_schedule_level_report {
    uint32_t size;      /* sizeof(campaign_schedule_level_report), set by the caller */
    int32_t status;     /* CAMPAIGN_CERTIFICATE_… */
    int32_t start_day;  /* first day of the schedule; days are 0 where is_abstract */
    int32_t finish_day; /* its last day */
    int32_t bound_day;  /* no schedule has an earlier last day */
    int32_t path_day;   /* the last day if nothing were short */
    int64_t n_tasks;
    int64_t n_resources; /* that some task needs */
    int64_t n_moved;     /* tasks that start later than they would if nothing were short */
    int64_t n_late;      /* tasks that miss their deadlines */
    int64_t n_schedules; /* built */
    int64_t n_nodes;     /* of the exact search */
    double length;       /* from the start to the end: working days by the calendar of the inputs; units */
    double bound_length; /* of the bound */
    double path_length;  /* of the critical path */
    double gap;          /* (length - bound_length) / bound_length; 0 where both are 0 */
    /** One row: status ("optimal", "bound"), start, finish, bound, path (date, or float64 where is_abstract), length,
     *  bound_length, path_length, energy_length (by the work on the busiest resource), gap (float64), tasks, moved, late,
     *  schedules, nodes (int64), text. */
    campaign_table *summary;
    /** One row per resource that is needed: resource, units (int64), work (float64: units × days asked for), offered
     *  (float64: units × days there are until the end), load (float64: work / offered), moved (int64: tasks that waited for
     *  it), text. */
    campaign_table *resources;
    /** One row per resource and day with use, from the first day to the last: resource, date (date; where is_abstract time,
     *  float64), used, capacity (int64), tasks (utf8: "a; b"). */
    campaign_table *usage;
    /** Remarks: code ("provisional": working days of a year whose holidays are not announced, "late", "not_proven",
     *  "fewer_schedules", "rounded_up"), n, text. */
    campaign_table *notes;
} campaign_schedule_level_report;

#define CAMPAIGN_SCHEDULE_LEVEL_REPORT_INIT                                                                            \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_schedule_level_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0, NULL,   \
            NULL, NULL, NULL                                                                                           \
    }

/** Levels tasks: no resource is asked for more than it has, no link is broken, and the end is as early as can be found.
 *  A task runs without a break but for the days off of its calendar, its owner and its resources. Schedules come from
 *  priority rules and are bred (serial and parallel generation: Kolisch, European Journal of Operational Research 90, 1996;
 *  crossing of task lists: Hartmann, Naval Research Logistics 45, 1998; forward-backward improvement: Valls, Ballestín,
 *  Quintanilla, European Journal of Operational Research 165, 2005). The bound is the longest of the critical path, the
 *  work on the busiest resource, and the last deadline refuted by energetic reasoning (destructive improvement: Klein,
 *  Scholl, European Journal of Operational Research 112, 1999); up to 64 tasks are searched on to the end.
 *  @param schedule  one row per task, in key order: task, owner?, start, finish (date: the last day, inclusive), early_start,
 *                   early_finish (date: if nothing were short), start_at, finish_at (timestamp), moved (float64: in units of
 *                   the task), unit, resource (utf8: because of which it starts later), behind (as task: who holds the
 *                   resource until then), after (as task: the predecessor that pulled it along), is_late (bool: past its
 *                   deadline), text (null where nothing moved). Where is_abstract start, finish, early_start, early_finish
 *                   are float64, and there are no timestamps
 *  @param report    filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param options   NULL = all defaults
 *  @return as campaign_schedule_tasks, and CAMPAIGN_E_INFEASIBLE (a need above every capacity, a resource with nothing for
 *          ever; names both) · CAMPAIGN_E_UNKNOWN (a resource, row, with the nearest name) · CAMPAIGN_E_DUPLICATE (a need, a
 *          resource, days; row) · CAMPAIGN_E_LIMIT (more than 33,554,432 slots × resources)
 *  The caller frees @p *schedule and clears @p report. Any thread. O(schedules × (tasks × days + links)); the same bytes
 *  whatever the threads and the order of rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_schedule_level(campaign_table **schedule, campaign_schedule_level_report *report,
                                                     const campaign_schedule_level_inputs *inputs,
                                                     const campaign_schedule_level_options *options,
                                                     const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_schedule_level_report_clear(campaign_schedule_level_report *report);

#ifdef __cplusplus
}
#endif

#endif
