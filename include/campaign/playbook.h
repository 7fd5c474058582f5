/* libcampaign: what can go wrong with a plan, and what is done about it.
 *
 * A playbook (a JSON document) says under which conditions a risk holds, what to do, who does it and by when; the risks
 * that hold now follow from it and from tables of the state. docs/playbook.md has the conditions and an example. */
#ifndef CAMPAIGN_PLAYBOOK_H
#define CAMPAIGN_PLAYBOOK_H

#include <campaign/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Risks ------------------------------------------------------------------------------------------------------- */

/** The built-in playbook as a document "campaign/playbook/1", to be edited and given to campaign_plan_risks.
 *  @param json      receives UTF-8 text with a terminating zero; free with campaign_text_free
 *  @param length    receives its bytes without the terminating zero; may be NULL
 *  @param language  "en" or "zh": names and actions in that language only; NULL: in both
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (language) · CAMPAIGN_E_NOMEM
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_playbook(char **json, size_t *length, const char *language,
                                                    campaign_error *error);

/** How things stand: tables, borrowed for the call; each may be NULL. Columns marked ? may be missing, or null in a row.
 *  Texts are utf8, moments (since, due_at) date, timestamp, or utf8: "2027-06-18T10:30". */
typedef struct campaign_risks_inputs {
    uint32_t size;    /* sizeof(campaign_risks_inputs) */
    int32_t reserved; /* 0 */
    /** Figures, one row each: metric, value (float64, int or money; null = not known), target? (the same), campaign?,
     *  channel?, subject? (whatever else it is about: a store, a supplier), since? (moment from which it has been so). */
    const campaign_table *state;
    /** Tasks, as campaign_schedule_tasks answers with them or otherwise: task, due? (day or moment), due_at? (moment; it
     *  goes before due), start?, finish? (the last day), forecast_finish? (it goes before finish), total_float?, slip?
     *  (float64 or int, working days; no slip: null), actual_start?, actual_finish?, status? (null: "done" with an actual
     *  finish, "doing" with an actual start, otherwise "open"), role?, campaign?, since?. Where a status is given, or there
     *  are columns of actual dates, a task that is not done when it is due finishes today at the earliest. NULL: the
     *  plan's, where it has any. */
    const campaign_table *tasks;
    /** Stock: sku, on_hand, need?, safety?, incoming? (float64 or int), campaign?, channel?, since?. */
    const campaign_table *stock;
    /** Budget: item, planned, committed?, actual? (money of one currency; null = 0), campaign?, channel?, since?. */
    const campaign_table *budget;
    const campaign_calendar *calendar; /* of working days; NULL = China, built in */
    const void *reserved_pointer;      /* NULL */
} campaign_risks_inputs;

#define CAMPAIGN_RISKS_INPUTS_INIT                                                                                     \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_risks_inputs), 0, NULL, NULL, NULL, NULL, NULL, NULL                                 \
    }

/** When it is, and by which playbook things are judged. */
typedef struct campaign_risks_options {
    uint32_t size;                /* sizeof(campaign_risks_options) */
    int32_t reserved;             /* 0 */
    int64_t playbook_length;      /* bytes of playbook; unused where it is NULL */
    const char *as_of;            /* required: "2027-06-18T10:30", on the shop's clock, or a date: its first moment */
    const char *language;         /* of names and sentences: "en" (NULL) or "zh" */
    const char *playbook;         /* document "campaign/playbook/1"; NULL = built in */
    const void *reserved_pointer; /* NULL */
} campaign_risks_options;

#define CAMPAIGN_RISKS_OPTIONS_INIT                                                                                    \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_risks_options), 0, 0, NULL, NULL, NULL, NULL                                         \
    }

/** What else is to be said. Cleared by campaign_risks_report_clear. */
typedef struct campaign_risks_report {
    uint32_t size;      /* sizeof(campaign_risks_report), set by the caller */
    int32_t n_entries;  /* entries of the playbook */
    int64_t n_judged;   /* entry and subject, where the condition could be judged */
    int64_t n_holding;  /* rows of risks */
    int64_t n_unjudged; /* rows of unjudged */
    /** Entries, and subjects of entries, whose condition could not be judged: entry, name, subject (null: no subject has
     *  what it takes), campaign, channel, reason (code: "no_rows", "no_metric", "no_value", "no_target", "no_plan",
     *  "zero_divisor", "overflow"), missing (the name that is not available), text ("not available, because …"). */
    campaign_table *unjudged;
    /** Remarks: code ("unknown_metric", "provisional"), subject, n, text. */
    campaign_table *notes;
} campaign_risks_report;

#define CAMPAIGN_RISKS_REPORT_INIT                                                                                     \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_risks_report), 0, 0, 0, 0, NULL, NULL                                                \
    }

/** The risks that hold now, and what to do about each.
 *  Each entry's condition is judged for every subject it speaks of: the rows of tasks, stock or budget where it names
 *  task.…, stock.… or budget.…; every figure where it names metric.…; otherwise every campaign, channel and subject of
 *  the state that has one of its metrics of its own, which for the others may look to what is less specific: those of the
 *  campaign and channel, of the campaign, of the channel, of the whole. A target that the state does not give is that of
 *  the plan for metrics that do not grow with time (conversion, order_value, refund_rate, cpa, roi and the like). What is
 *  not known leaves a condition open, unless the rest of it decides (Kleene's logic of three values). Numbers that agree
 *  to nine digits are equal.
 *  Limits run from since, where the table says it, otherwise from as_of. Working days end at midnight: a limit of n is
 *  the first moment after the n-th working day that follows.
 *  @param risks   one row per entry and subject, by severity, due_at, entry and subject: entry, name, severity
 *                 ("critical", "high", "medium", "low"), kind ("state", "metric", "task", "stock", "budget"), subject,
 *                 campaign, channel, numbers (the condition with its figures), action, owner, since (timestamp), due_at
 *                 (timestamp), is_overdue (bool), is_provisional (bool: working days of a year not yet announced),
 *                 escalate_to, escalate_at (timestamp), is_escalated (bool), source (row of the handbook)
 *  @param report  filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param plan    may be NULL: conditions on campaign.… stay open
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING, _VALUE (row) · CAMPAIGN_E_DUPLICATE
 *          (row: the same figure twice) · CAMPAIGN_E_UNKNOWN (a name in a condition, with the nearest; language) ·
 *          CAMPAIGN_E_SYNTAX, _ENCODING, _LIMIT (playbook, with line and column; as_of) · CAMPAIGN_E_OVERFLOW ·
 *          CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *risks and clears @p report. Any thread. O(entries × subjects × log rows); the same bytes whatever
 *  the order of rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_risks(campaign_table **risks, campaign_risks_report *report,
                                                 const campaign_plan *plan, const campaign_risks_inputs *inputs,
                                                 const campaign_risks_options *options, const campaign_runtime *runtime,
                                                 campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_risks_report_clear(campaign_risks_report *report);

/* ---- Conflicts --------------------------------------------------------------------------------------------------- */

/** What may get in each other's way: tables, borrowed for the call; each may be NULL. Columns marked ? may be missing, or
 *  null in a row. Keys are utf8, start and end days (end: the day after the last), money of one currency throughout. */
typedef struct campaign_conflicts_inputs {
    uint32_t size;    /* sizeof(campaign_conflicts_inputs) */
    int32_t reserved; /* 0 */
    /** Campaigns: campaign, start, end, channel? (null = every channel), preheat_start?. NULL: those of the plan, which sell
     *  in their burst and closing on every channel. */
    const campaign_table *campaigns;
    /** What is on offer in which campaign: item, campaign; rows that say the same count once. NULL: the goods of the
     *  plan's stock. */
    const campaign_table *items;
    /** Prices: sku, channel, start, end, price (money), floor? (money). */
    const campaign_table *prices;
    /** Rights of partners: partner, region, start, end, customer_group? (null = all customers). */
    const campaign_table *territories;
    /** Promises: promise (what it is for), sku (or pool), quantity (int), start, end. Needs supply. */
    const campaign_table *promises;
    /** What there is: sku, quantity (int). A sku that is promised and not here counts as 0. */
    const campaign_table *supply;
    /** Budget, as in campaign_approvals_inputs. */
    const campaign_table *budget;
    /** Requests and limits, as in campaign_approvals_inputs. */
    const campaign_table *requests;
    const campaign_table *limits;
    const void *reserved_pointer; /* NULL */
} campaign_conflicts_inputs;

#define CAMPAIGN_CONFLICTS_INPUTS_INIT                                                                                 \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_conflicts_inputs), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL     \
    }

/** How conflicts are looked for. NULL or zero: the default. */
typedef struct campaign_conflicts_options {
    uint32_t size;                /* sizeof(campaign_conflicts_options) */
    int32_t price_tolerance_ppm;  /* prices may differ by so much of the higher one; 0 to 1,000,000 */
    int64_t limit;                /* most conflicts of each kind that are told; 0 = 100,000; all are counted */
    const char *language;         /* of the sentences: "en" (NULL) or "zh" */
    const void *reserved_pointer; /* NULL */
} campaign_conflicts_options;

#define CAMPAIGN_CONFLICTS_OPTIONS_INIT                                                                                \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_conflicts_options), 0, 0, NULL, NULL                                                 \
    }

/** What else is to be said. Cleared by campaign_conflicts_report_clear. */
typedef struct campaign_conflicts_report {
    uint32_t size;          /* sizeof(campaign_conflicts_report), set by the caller */
    int32_t is_cut;         /* 1 where there are more of a kind than are told */
    int64_t n_conflicts;    /* rows of conflicts */
    campaign_table *counts; /* kind, n (how many there are), n_listed (how many are told): each kind that was found */
    void *reserved_pointer; /* NULL */
} campaign_conflicts_report;

#define CAMPAIGN_CONFLICTS_REPORT_INIT                                                                                 \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_conflicts_report), 0, 0, NULL, NULL                                                  \
    }

/** Finds what gets in each other's way: two campaigns on one channel and day, one item in two campaigns whose windows meet,
 *  preheat included, one item at two prices on a day or below its floor, partners with rights to the same customers, more
 *  promised than there is, budget and approval limits passed.
 *  Of prices the lowest and the highest of a day are told, of promises every run of days on which they are too many. Of
 *  more pairs than the limit those are told whose item or region comes first, then whose second begins first; all are
 *  counted, however many rows meet.
 *  @param conflicts  kind ("channel", "item", "price", "floor", "territory", "promise", "budget", "approval"), severity
 *                    ("critical", "high", "medium"), subject (item, sku, region …; null), channel (or customer group), first,
 *                    second (campaigns, channels, partners, promises), start, end (of what overlaps), days, units (pieces too
 *                    many), amount (money apart, missing or beyond), table, row, other_row (of that table, from 0), n_rows,
 *                    shift_days (of the second: later, or earlier where negative), text, proposal. By severity, kind, start
 *                    and rows
 *  @param report     filled; may be NULL. Its size must be set and its table not be in use: it is overwritten
 *  @param plan       may be NULL where inputs bring the campaigns
 *  @param options    NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING, _VALUE, _DUPLICATE (row) ·
 *          CAMPAIGN_E_UNKNOWN (an item's campaign; row; language) · CAMPAIGN_E_OVERFLOW · CAMPAIGN_E_NOMEM ·
 *          CAMPAIGN_E_CANCELLED
 *  The caller frees @p *conflicts and clears @p report. Any thread. O(rows log rows + conflicts told); the same bytes for any
 *  number of threads. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_conflicts(campaign_table **conflicts, campaign_conflicts_report *report,
                                                     const campaign_plan *plan, const campaign_conflicts_inputs *inputs,
                                                     const campaign_conflicts_options *options,
                                                     const campaign_runtime *runtime, campaign_error *error);

/** Frees the table of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_conflicts_report_clear(campaign_conflicts_report *report);

/* ---- Approvals --------------------------------------------------------------------------------------------------- */

/** Who may approve what, what is asked for, and what is spent: tables, borrowed for the call. Columns marked ? may be
 *  missing, or null in a row. Keys are utf8, money is of one currency throughout. */
typedef struct campaign_approvals_inputs {
    uint32_t size;    /* sizeof(campaign_approvals_inputs) */
    int32_t reserved; /* 0 */
    /** Limits: role, kind ("purchase", "price", "discount", "expense", or any word), limit? (money), limit_ppm? (int); one
     *  of the two at least; channel? (null = every channel; one of its own goes before). NULL only without requests. */
    const campaign_table *limits;
    /** Requests: request, kind, role (who asks), amount? (money), rate_ppm? (int); exactly one of the two; channel?,
     *  supplier?, date? (day). A request stands there once. NULL: none. */
    const campaign_table *requests;
    /** Budget: item, planned, committed?, actual? (money; null = 0), group?. NULL: none. */
    const campaign_table *budget;
    const void *reserved_pointer; /* NULL */
} campaign_approvals_inputs;

#define CAMPAIGN_APPROVALS_INPUTS_INIT                                                                                 \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_approvals_inputs), 0, NULL, NULL, NULL, NULL                                         \
    }

/** How approvals are judged. NULL or zero: the default. */
typedef struct campaign_approvals_options {
    uint32_t size;        /* sizeof(campaign_approvals_options) */
    int32_t split_days;   /* requests to one supplier within so many days count together; 0 = 7, at most 3660 */
    const char *language; /* of the sentences: "en" (NULL) or "zh" */
} campaign_approvals_options;

#define CAMPAIGN_APPROVALS_OPTIONS_INIT                                                                                \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_approvals_options), 0, NULL                                                          \
    }

/** What stands beside the decisions. Cleared by campaign_approvals_report_clear. */
typedef struct campaign_approvals_report {
    uint32_t size;     /* sizeof(campaign_approvals_report), set by the caller */
    int32_t n_over;    /* items of the budget that are over */
    int64_t n_goes_up; /* requests beyond the role's own limit */
    int64_t n_splits;  /* rows of splits */
    /** Purchases that look like one, split to stay below a limit: role, kind, supplier, channel, first, last (dates), n,
     *  total, limit, approver (who may approve the total; null = nobody), row (first request), text. */
    campaign_table *splits;
    /** Budget with commitments: item, group, planned, committed, actual, available (planned - committed - actual), over
     *  (what is beyond planned; 0 where nothing is), used_ppm (of planned; null where that is 0), text. */
    campaign_table *budget;
    /** The same by group in key order, and of everything (group null), each the exact sum of its items: n_items in front. */
    campaign_table *groups;
    void *reserved_pointer; /* NULL */
} campaign_approvals_report;

#define CAMPAIGN_APPROVALS_REPORT_INIT                                                                                 \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_approvals_report), 0, 0, 0, NULL, NULL, NULL, NULL                                   \
    }

/** Says who approves each request, which look like one purchase in parts, and how the budget stands.
 *  A request within the limit of its role is approved there; otherwise it goes up to the role with the least limit that
 *  holds it, the first by name of several. A role without a limit of the kind may approve none.
 *  Splits: two or more requests of one role, kind, supplier and channel, each within the role's limit, whose sum within
 *  split_days passes it; each request is told in the first run that holds it.
 *  @param decisions  one row per request, in their order: request, kind, role, channel, amount, rate_ppm, limit, limit_ppm (of
 *                    the role; null = none), decision ("approved", "goes_up", "nobody"), approver, text
 *  @param report     filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param options    NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING, _VALUE, _DUPLICATE (row) ·
 *          CAMPAIGN_E_UNKNOWN (language) · CAMPAIGN_E_OVERFLOW (row) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *decisions and clears @p report. Any thread. O(requests × (log requests + limits)). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_approvals(campaign_table **decisions, campaign_approvals_report *report,
                                                     const campaign_approvals_inputs *inputs,
                                                     const campaign_approvals_options *options, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_approvals_report_clear(campaign_approvals_report *report);

#ifdef __cplusplus
}
#endif

#endif
