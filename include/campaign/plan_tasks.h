/* libcampaign: the tasks of campaigns, work that comes again, and the people for it.
 *
 * Templates say which tasks a campaign of each type has: built in, and replaceable by a request's `tasks.templates`. A plan
 * puts them on the working calendar in its table "tasks". docs/tasks.md explains the model with an example. */
#ifndef CAMPAIGN_PLAN_TASKS_H
#define CAMPAIGN_PLAN_TASKS_H

#include <campaign/calendar.h>
#include <campaign/plan.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Writes the built-in templates as a document "campaign/task_templates/1", to start one's own from.
 *  @param json      receives UTF-8 text with a terminating zero; free with campaign_text_free
 *  @param length    receives its bytes without the terminating zero; may be NULL
 *  @param language  of names and deliverables: "en" (NULL) or "zh"
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (language) · CAMPAIGN_E_NOMEM
 *  Any thread. O(templates). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_task_templates(char **json, size_t *length, const char *language,
                                                          campaign_error *error);

/** Reads a document of templates and lists the tasks that campaigns of each type come to have.
 *  Templates of one id change each other field by field, later ones over earlier ones and over those built in.
 *  @param tasks     by type, in the order of the work: type, task, name, phase, role, deliverable, duration (int64; null: as
 *                   long as there is), unit, anchor, offset (int64), offset_unit, deadline, after, source
 *  @param json      document "campaign/task_templates/1" of @p length bytes; NULL: those built in alone
 *  @param language  of what is built in: "en" (NULL) or "zh"
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_SYNTAX, _ENCODING, _DUPLICATE, _UNKNOWN (key, predecessor with
 *          the nearest task, language), _MISSING, _VALUE, _LIMIT · CAMPAIGN_E_INFEASIBLE (tasks in a circle, which is told;
 *          a task before the burst that waits for one after it), all with line and column · CAMPAIGN_E_NOMEM
 *  The caller frees @p *tasks. Any thread. O(types × templates²). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_task_list(campaign_table **tasks, const char *json, size_t length,
                                                     const char *language, campaign_error *error);

/* ---- Work that comes again -------------------------------------------------------------------------------------- */

/** How recurring work is dated. NULL or zero: the default. */
typedef struct campaign_recurring_options {
    uint32_t size;                     /* sizeof(campaign_recurring_options) */
    int32_t start_day;                 /* first day; required */
    int32_t end_day;                   /* the day after the last, at most ten years later; required */
    int32_t reserved;                  /* 0 */
    const campaign_calendar *calendar; /* NULL = China, built in */
    const char *language;              /* of what is built in: "en" (NULL) or "zh" */
} campaign_recurring_options;

#define CAMPAIGN_RECURRING_OPTIONS_INIT                                                                                \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_recurring_options), 0, 0, 0, NULL, NULL                                              \
    }

/** Dates work that comes again every week, month or quarter, in working days.
 *  A weekly task is due on its weekday; where that is off, on the next working day of its week (Monday to Sunday), else on
 *  the last one before; a week without a working day has none. A monthly or quarterly one is due on the n-th working day,
 *  from the end where n is negative; the last (first) one where there are fewer.
 *  @param tasks  by rule in the order of @p rules, then by date: task ("sales_training/2027-02"), rule, kind, name, role,
 *                owner, deliverable, duration (int64), unit ("working_day"), period, start, finish, due (date),
 *                is_provisional (bool: holidays of that year are not announced), source
 *  @param rules  rule (utf8, unique), every (utf8: "week", "month", "quarter"), on (int: weekday 1 = Monday to 7, or the
 *                n-th working day, -31 to 66 without 0); name?, kind?, role?, owner?, deliverable? (utf8), duration? (int:
 *                working days up to the due date, 1 to 66; null = 1). NULL: the handbook's: monthly sales training, weekly
 *                data review, monthly tier activities, quarterly assets
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING, _VALUE, _DUPLICATE (row) ·
 *          CAMPAIGN_E_UNKNOWN (every, with row; language) · CAMPAIGN_E_INFEASIBLE (no working day at all) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *tasks. Any thread. O(rules × periods × log days). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_recurring(campaign_table **tasks, const campaign_table *rules,
                                                     const campaign_recurring_options *options, campaign_error *error);

/** How much of what was due is done. Cleared by campaign_task_completion_report_clear. */
typedef struct campaign_task_completion_report {
    uint32_t size;     /* sizeof(campaign_task_completion_report), set by the caller */
    int32_t reserved;  /* 0 */
    int64_t n_due;     /* tasks due by as_of */
    int64_t n_done;    /* of those, done by as_of */
    int64_t n_in_time; /* of those, by their due date */
    int64_t n_overdue; /* n_due - n_done */
    /** One row per month, role, owner and kind, in that order: month (utf8 "2027-02", of the due date), role, owner, kind
     *  (utf8, null where there is none), due, done, in_time, overdue, completion_ppm, in_time_ppm (int64). */
    campaign_table *months;
    /** The same over all months: dimension ("all", "role", "owner", "kind"), key (null for all), and the counts. */
    campaign_table *totals;
    /** One row per task that is due and not done, longest overdue first: task, role, owner, kind, due (date), days_late
     *  (int64: calendar days since). */
    campaign_table *overdue;
    void *reserved_pointer; /* NULL */
} campaign_task_completion_report;

#define CAMPAIGN_TASK_COMPLETION_REPORT_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_task_completion_report), 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL                       \
    }

/** Completion rates for the appraisal: of the tasks due by a day, how many are done, and how many in time.
 *  A task is due on its due date, else on its finish; a moment due_at goes before both, and the first moment of a day is the
 *  end of the day before. It counts for the month of that day.
 *  @param report   size must be set and its tables not be in use: they are overwritten
 *  @param tasks    such as the plan's table "tasks" or recurring ones: task (utf8, unique), due_at? (timestamp or ISO
 *                  text, null: none), due? and finish? (date, one of them there), role?, owner?, kind? (utf8; without the
 *                  column kind, phase), actual_finish? (date)
 *  @param actuals  task (utf8), actual_finish (date, null = not yet); before the tasks' own. NULL: none
 *  @param as_of    the last day that is known
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (task, or a day, null; row) ·
 *          CAMPAIGN_E_DUPLICATE (row) · CAMPAIGN_E_SYNTAX (due_at; row) · CAMPAIGN_E_UNKNOWN (an actual of no task; row)
 *          · CAMPAIGN_E_NOMEM
 *  The caller clears @p report. Any thread. O(n log n). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_task_completion(campaign_task_completion_report *report,
                                                           const campaign_table *tasks, const campaign_table *actuals,
                                                           int32_t as_of, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_task_completion_report_clear(campaign_task_completion_report *report);

/* ---- Head-count ------------------------------------------------------------------------------------------------- */

/** What is to be sold, and what one person can sell: tables, borrowed for the call. */
typedef struct campaign_headcount_inputs {
    uint32_t size;    /* sizeof(campaign_headcount_inputs) */
    int32_t reserved; /* 0 */
    /** Required: month (int: 1, 2 … of the period), target (money), market? (utf8; null and without the column: all). One
     *  row per market and month. */
    const campaign_table *targets;
    /** Required; one row per market, or one without market for all that have none of their own: market? (utf8), visits_a_day
     *  (float64 or int), win_rate (float64: deals per visit, 0 to 1), ticket (money, of one deal), have? (int: people there
     *  now, at full capacity), share? (float64: part of the time that goes into selling, 0 to 1; null = 1). */
    const campaign_table *capacity;
    /** Required: month (int), working_days (float64 or int, 0 to 31). */
    const campaign_table *months;
    /** NULL = a new person is at full capacity at once. month (int: of employment, 1, 2 … without holes), share (float64, of
     *  full capacity, 0 to 2). After the last row the share is 1. */
    const campaign_table *ramp;
} campaign_headcount_inputs;

#define CAMPAIGN_HEADCOUNT_INPUTS_INIT                                                                                 \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_headcount_inputs), 0, NULL, NULL, NULL, NULL                                         \
    }

/** How many people targets need, market by market and month by month, and when they must be hired.
 *  A person sells working days × visits a day × win rate × ticket × share in a month, as in
 *  campaign_allocate_capacity_quota; people needed are the least whole number that sells the target, exactly in decimals
 *  (days to four places, visits and shares to six, win rates to nine). Those that are missing are hired so many months
 *  before that their ramp is over; where that lies before the period, at its beginning, and the row says that it is late.
 *  Those hired stay.
 *  @param people   by market, then by month: market, month (int64), target, capacity (money: of one person, rounded half
 *                  up), needed, have (int64: there now and hired for earlier months), gap (needed - have), hire (int64: to
 *                  be hired for this month), hire_month (int64: their first month; null where hire is 0), is_late (bool),
 *                  text
 *  @param language of the sentences: "en" (NULL) or "zh"
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (null; a market without capacity, a
 *          month without working days; row) · CAMPAIGN_E_VALUE (row) · CAMPAIGN_E_DUPLICATE (row) · CAMPAIGN_E_UNKNOWN
 *          (language) · CAMPAIGN_E_INFEASIBLE (a target where a person sells nothing; row) · CAMPAIGN_E_LIMIT (more than
 *          1,000,000,000 people; row) · CAMPAIGN_E_OVERFLOW · CAMPAIGN_E_NOMEM
 *  The caller frees @p *people. Any thread. O(rows log rows). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_headcount(campaign_table **people, const campaign_headcount_inputs *inputs,
                                                     const char *language, campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
