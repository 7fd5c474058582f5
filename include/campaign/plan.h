/* libcampaign: the year's plan.
 *
 * A request (a JSON document) and the history of orders become a plan: targets that add up at every node, campaigns with
 * their phases, a budget, and notes that say what the plan rests on. A plan is immutable: change the request and create
 * it again. It is kept as a JSON document; loading and saving one gives the same bytes. */
#ifndef CAMPAIGN_PLAN_H
#define CAMPAIGN_PLAN_H

#include <campaign/calendar.h>
#include <campaign/kpi.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A year's plan. Immutable; may be read from any thread. */
typedef struct campaign_plan campaign_plan;

/** What a plan is made from besides its request. Borrowed for the call only. */
typedef struct campaign_plan_inputs {
    uint32_t size;    /* sizeof(campaign_plan_inputs) */
    int32_t reserved; /* 0 */
    /** History, one row per order or order line: date (date or timestamp), amount (money; a return is negative) and,
     *  where there are any, product_line, market, channel, tier and rep (int64 or utf8); for stock, quantity (whole
     *  numbers; a return is negative) and sku (int64 or utf8); customer (int64 or utf8). The request's data.columns maps
     *  other names. NULL or no rows: every day of the year weighs the same. */
    const campaign_table *orders;
    /** Holidays and nodes. NULL: built in, with the overlays and nodes of the request. Where one is given, the request
     *  must not bring overlays or nodes of its own. */
    const campaign_calendar *calendar;
    /** Numbers of your own that levels of the split share by (driver "column" of the request): any of product_line,
     *  market, channel, tier and rep (int64 or utf8), or date, and columns of numbers (int64, float64 to six decimals, or
     *  money; none negative). NULL: none. */
    const campaign_table *drivers;
    /** Entries from below, to stand beside the targets: period (utf8, a name as the targets have it, "2027-02") or date,
     *  any of product_line, market, channel, tier and rep, and amount (money). NULL: none. */
    const campaign_table *bottom_up;
    /** Daily figures before the plan: date, visits and orders (whole numbers). They say what conversion the last three
     *  whole months had. NULL: none. */
    const campaign_table *daily;
} campaign_plan_inputs;

#define CAMPAIGN_PLAN_INPUTS_INIT                                                                                      \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_plan_inputs), 0, NULL, NULL, NULL, NULL, NULL                                        \
    }

/** Makes a plan.
 *  The annual target goes down the request's `split`: at every node the parts are whole minor units and add up to the
 *  node. Months share as in the history (each whole year of it counts the same), days within a month as their weekday
 *  does, product lines and markets as their sales. Nodes of the calendar become campaigns with preheat, burst and closing.
 *  The budget sets the contingency aside first and shares the rest between proven campaigns and experiments.
 *  @param request_json  document "campaign/plan_request/1" of @p request_len bytes; see docs/plan.md
 *  @param tables        may be NULL: no history, built-in calendar
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_SYNTAX, _ENCODING, _DUPLICATE, _UNKNOWN, _MISSING, _VALUE
 *          (request, with line and column; or orders, with the row) · CAMPAIGN_E_COLUMN · CAMPAIGN_E_OVERFLOW ·
 *          CAMPAIGN_E_LIMIT (targets beyond 100,000 rows) · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *plan. Any thread. O(orders + targets). The order of rows never matters. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_create(campaign_plan **plan, const char *request_json, size_t request_len,
                                                  const campaign_plan_inputs *tables, const campaign_runtime *runtime,
                                                  campaign_error *error);

/** Frees a plan. NULL is allowed. Tables taken from it stay. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_plan_free(campaign_plan *plan);

/** Reads a plan from its document "campaign/plan/1".
 *  Checked: shape, types, that columns are of one length, that targets add up and fit the request, that campaigns and
 *  phases last and are known, that budget lines add up.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_SYNTAX, _ENCODING, _DUPLICATE, _UNKNOWN, _MISSING, _VALUE,
 *          _LIMIT (with line and column) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *plan. Any thread. O(length). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_load(campaign_plan **plan, const char *json, size_t length,
                                                campaign_error *error);

/** Writes a plan as its document.
 *  @param json    receives UTF-8 text with a terminating zero; free with campaign_text_free
 *  @param length  receives its bytes without the terminating zero; may be NULL
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_NOMEM
 *  Any thread. O(rows). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_save(char **json, size_t *length, const campaign_plan *plan,
                                                campaign_error *error);

/** One table of the plan: any that campaign_plan_table_name names, such as "targets" or "stock", with the columns of
 *  docs/plan.md; or "skipped", the first rows of the history that were not used, with the columns of
 *  campaign_table_check (not part of the document: empty after campaign_plan_load, while the notes keep the counts).
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (with the nearest name) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *table, which shares the plan's buffers. Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_table(campaign_table **table, const campaign_plan *plan, const char *name,
                                                 campaign_error *error);

/** Names of a plan's tables in the order of the document, then "skipped"; NULL from the end on: a host lists them without
 *  knowing them.
 *  @param index  from 0
 *  Static text. Any thread. O(1). @since 0.1 */
CAMPAIGN_API const char *campaign_plan_table_name(int32_t index);

/** What moved between two plans, and because of what. */
typedef struct campaign_plan_comparison {
    uint32_t size;     /* sizeof(campaign_plan_comparison), set by the caller */
    int32_t is_traced; /* 1 where each movement was traced to its causes by plans in between */
    /** One row per changed cell, and one per row that came or went: table, subject (name of the row), change ("added",
     *  "removed", "changed"), column (null for whole rows), before, after (as text; null where there is none),
     *  amount_delta (money), delta (counts; days of a date), ratio_ppm (of the value before), causes (ids, "1,3"), text.
     *  In the order of the plan's tables. */
    campaign_table *changes;
    /** What differs in requests and data: id (from 1), kind ("request", "data"), path ("target.growth", "orders"), before,
     *  after, n_changes (rows of changes that name it), text. */
    campaign_table *causes;
} campaign_plan_comparison;

#define CAMPAIGN_PLAN_COMPARISON_INIT                                                                                  \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_plan_comparison), 0, NULL, NULL                                                      \
    }

/** Compares two plans. Rows are matched by name: "2027-02/market=East" of the targets, "d618/burst" of the phases.
 *  @param out       size must be set
 *  @param language  of the sentences: "en" or "zh"; NULL: that of @p after
 *  @param tables    what @p before was made from, or NULL. With it the changed parts of the request are changed one after
 *                   another, each in a plan of its own, so that every movement has its cause; without it, unless
 *                   @p before was made from no tables, each change names all causes that may move its table
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (language) · CAMPAIGN_E_INFEASIBLE (plans in different
 *          currencies) · CAMPAIGN_E_VALUE (@p before was not made from these tables) · CAMPAIGN_E_NOMEM ·
 *          CAMPAIGN_E_CANCELLED
 *  The caller frees the tables, or calls campaign_plan_comparison_clear. Any thread. O(rows log rows), and a plan for each
 *  changed part of the request with @p tables. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_diff(campaign_plan_comparison *out, const campaign_plan *before,
                                                const campaign_plan *after, const char *language,
                                                const campaign_plan_inputs *tables, const campaign_runtime *runtime,
                                                campaign_error *error);

/** Frees the tables of a comparison and sets them to NULL. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_plan_comparison_clear(campaign_plan_comparison *comparison);

/** Why a row of a plan is as it is: the row itself, what it was made from, and so on down to the request, the policy or
 *  the history.
 *  @param records   record (from 0), because_of (the record it explains; null of the first), depth, subject ("targets
 *                   2027-02", "request target.growth"), code (a fixed word), amount (money), base (money it is measured
 *                   by), ratio_ppm, n (a count), day, text. Numbers that a code has not are null
 *  @param table     a table of the plan: "targets", "campaigns", "candidates", "phases", "stock", "budget" …
 *  @param row       name of the row, "2027-02/market=East", "d618/burst", or its number from 0, "17"
 *  @param language  of the sentences: "en" or "zh"; NULL: that of the plan
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (table or row, with the nearest name; language) ·
 *          CAMPAIGN_E_NOMEM
 *  The caller frees @p *records. Any thread. O(rows of the table). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_explain(campaign_table **records, const campaign_plan *plan,
                                                   const char *table, const char *row, const char *language,
                                                   campaign_error *error);

/** How fine campaign_plan_expand_targets is. */
enum {
    CAMPAIGN_EXPAND_DAY = 0,
    CAMPAIGN_EXPAND_WEEK = 1 /* ISO weeks, cut where a finest target's period ends */
};

/** Knobs of campaign_plan_expand_targets. */
typedef struct campaign_plan_expand_options {
    uint32_t size; /* sizeof(campaign_plan_expand_options) */
    int32_t grain; /* CAMPAIGN_EXPAND_… */
} campaign_plan_expand_options;

#define CAMPAIGN_PLAN_EXPAND_OPTIONS_INIT                                                                              \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_plan_expand_options), 0                                                              \
    }

/** Every finest target on every day of its period, from the plan alone, also after campaign_plan_load.
 *  The cells of a node's days add up to the node, exactly, and those of a day to the day's target. Each cell is its exact
 *  share of its target rounded down or up; targets of one period are rounded one after the other with a carry for every
 *  day (error diffusion), so that the days keep their exact shares within about a unit however small the cells are.
 *  @param cube     date; end (weeks only: the day after the last); product_line, market, channel, tier and rep, those the
 *                  plan is split by, as text with a dictionary; target. By target in the plan's order, then by day
 *  @param options  NULL = by day
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE (a loaded plan whose targets do not fit its split) ·
 *          CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *cube. Any thread. O(cells); 16 bytes a cell, and 4 for each dimension. The same bytes for any
 *  number of threads. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_expand_targets(campaign_table **cube, const campaign_plan *plan,
                                                          const campaign_plan_expand_options *options,
                                                          const campaign_runtime *runtime, campaign_error *error);

/** Knobs of campaign_plan_sub_goals. */
typedef struct campaign_sub_goals_options {
    uint32_t size;    /* sizeof(campaign_sub_goals_options) */
    int32_t reserved; /* 0 */
    double change;    /* relative change of the whole that is wanted: 0.5 is 50 % more; above -1 */
} campaign_sub_goals_options;

#define CAMPAIGN_SUB_GOALS_OPTIONS_INIT                                                                                \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_sub_goals_options), 0, 0                                                             \
    }

/** What each factor of a product of metrics must become: sales = visits × conversion × order value.
 *  Changes that are given stay; the others change least, by the sum of squared logarithms of their factors: the same
 *  factor for each, and those that reach a bound stay there while the others share the rest (Karush-Kuhn-Tucker).
 *  @param goals    metric, baseline, goal, change (relative), basis ("given", "solved", "minimum" or "maximum"), in the
 *                  order of @p metrics
 *  @param metrics  the factors, 1 to 64: metric (utf8), baseline (a number above 0), and where there are any change (given
 *                  relative change, null = free), minimum and maximum (of the metric itself)
 *  @param options  NULL = the whole stays as it is
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING, _VALUE, _DUPLICATE (row) ·
 *          CAMPAIGN_E_LIMIT · CAMPAIGN_E_INFEASIBLE (bounds or given changes that leave the goal out of reach, by name) ·
 *          CAMPAIGN_E_NOMEM
 *  The caller frees @p *goals. Any thread. O(metrics). Goals are reached within 1e-12 of the whole. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_sub_goals(campaign_table **goals, const campaign_table *metrics,
                                                     const campaign_sub_goals_options *options, campaign_error *error);

/** The plan as campaign_kpi_evaluate takes it.
 *  @param out   size must be set; its tables live as long as @p plan and are not freed
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_kpi(campaign_kpi_plan *out, const campaign_plan *plan,
                                               campaign_error *error);

/** A minimal request for a year, ready to be filled in: the target is "0.00", every policy stands at its default.
 *  @param json      receives UTF-8 text with a terminating zero; free with campaign_text_free
 *  @param length    receives its bytes without the terminating zero; may be NULL
 *  @param year      1901 to 2100
 *  @param currency  ISO 4217 code
 *  @param language  "en" or "zh"; NULL reads as "en". In Chinese the columns of the orders are named 日期, 金额, 产品线
 *                   and 区域
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (currency, language) · CAMPAIGN_E_NOMEM
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_request_new(char **json, size_t *length, int32_t year, const char *currency,
                                                       const char *language, campaign_error *error);

/** Which columns of the orders a request asks for, so that a host can read a file or a query into the right types.
 *  Also checks the request, as far as that goes without orders and calendar.
 *  @param columns       one row each for date, amount, product_line, market, channel, tier, rep, sku, quantity and
 *                       customer: role, column (its name in the orders), type ("date", "money", "key", "count"),
 *                       is_required, and for money currency, unit ("none", "major", "minor") and rounding ("none",
 *                       "half_up" …; data.amount_unit and data.rounding of the request)
 *  @param request_json  document "campaign/plan_request/1" of @p request_len bytes
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_SYNTAX, _ENCODING, _DUPLICATE, _UNKNOWN, _MISSING, _VALUE,
 *          _INFEASIBLE, _LIMIT (with line and column) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *columns. Any thread. O(length). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_request_columns(campaign_table **columns, const char *request_json,
                                                           size_t request_len, campaign_error *error);

/** The same of the request that a plan was made from, for reading what happened afterwards.
 *  @param columns  as campaign_plan_request_columns gives them
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_NOMEM
 *  The caller frees @p *columns. Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_columns(campaign_table **columns, const campaign_plan *plan,
                                                   campaign_error *error);

/* ---- The choice of campaigns ------------------------------------------------------------------------------------ */

/** Knobs of campaign_plan_choose_campaigns; zero in every field after size means the default. */
typedef struct campaign_choice_options {
    uint32_t size;         /* sizeof(campaign_choice_options) */
    int32_t skips_reasons; /* not 0: worth, forcing_cost and rule are not measured */
    int64_t max_labels;    /* partial sets that one search may keep; 0 = 1,000,000 */
    const char *language;  /* of the sentences: "en" (NULL) or "zh" */
    /* Columns under other names; NULL = the usual one. */
    const char *id, *tier, *start, *end, *value, *cost, *preheat_start, *never_together, *always_together;
} campaign_choice_options;

#define CAMPAIGN_CHOICE_OPTIONS_INIT                                                                                   \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_choice_options), 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL    \
    }

/** What a choice came to. Cleared by campaign_choice_report_clear. */
typedef struct campaign_choice_report {
    uint32_t size;          /* sizeof(campaign_choice_report), set by the caller */
    int32_t is_optimal;     /* 1: proven, value is bound; 0: no set is worth more than bound */
    int32_t value_exponent; /* decimals of value and bound: of the currency; 0 of whole numbers; 6 of float64 */
    int32_t cost_exponent;
    int64_t n_candidates, n_chosen, n_campaigns;
    int64_t value; /* of the chosen set, merged campaigns counted as the rules say */
    int64_t bound;
    int64_t cost;
    int64_t n_labels; /* partial sets that were kept: the work it took */
    /** One row per campaign by first day: campaign (id of the member that leads: big before small, then the larger
     *  value, the earlier start, the earlier id), tier, start, end, value, cost, n_members, members (ids by start,
     *  joined by commas). */
    campaign_table *campaigns;
    const void *reserved_pointer; /* NULL */
} campaign_choice_report;

#define CAMPAIGN_CHOICE_REPORT_INIT                                                                                    \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_choice_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL                             \
    }

/** Chooses the campaigns of greatest total value that keep the rules: how many start in a quarter or month, the gap
 *  between them, whether overlapping ones merge, blackouts, forced windows, forced and forbidden ids, groups never or
 *  always together, budget.
 *  Exact: candidates are decided by first day, and of partial sets in the same state only those are kept that no other
 *  beats in value and cost (labels with dominance, pruned by the Lagrangian bound of the budget). Past max_labels the
 *  best set found comes with the bound that no set passes. Of sets of equal value the one whose members' own values add
 *  up to more is taken, then the cheaper one, then the one that holds the earliest id.
 *  @param choices     one row per candidate in key order: id (utf8), tier, start, end, value, cost as given, is_chosen,
 *                     campaign (the campaign it became, null where left out), worth (what the optimum loses without it;
 *                     null where left out, or where no set keeps the rules without it), forcing_cost (what the optimum
 *                     loses with it; null where chosen, or where no set that holds it keeps the rules), rule (that
 *                     keeps it out), other (the candidate it stands against), text
 *  @param report      filled; may be NULL. Its size must be set and its table not be in use: it is overwritten
 *  @param candidates  id (int32, int64 or utf8), tier ("big" or "small"), start, end (date; end is the day after the
 *                     last), value, cost (money, whole numbers, or float64 rounded to millionths; cost not negative),
 *                     and optionally preheat_start (date), never_together, always_together (keys of groups)
 *  @param rules_json  document "campaign/campaign_rules/1" of @p rules_len bytes; NULL: all defaults
 *  @param options     NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING, _VALUE, _DUPLICATE (a candidate,
 *          with its row) · errors of reading the rules, CAMPAIGN_E_UNKNOWN also for an id no candidate has ·
 *          CAMPAIGN_E_INFEASIBLE (rules that no set keeps; the sentence names a smallest conflict) ·
 *          CAMPAIGN_E_OVERFLOW (sums beyond 2^61) · CAMPAIGN_E_LIMIT (2,000 candidates, 2^20 states, 64 relations open
 *          at one time, or no set found with max_labels) · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *choices and clears @p report. Any thread; the order of rows and the number of threads never
 *  matter. NP-hard with a budget; 60 candidates a year take milliseconds. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_choose_campaigns(campaign_table **choices, campaign_choice_report *report,
                                                            const campaign_table *candidates, const char *rules_json,
                                                            size_t rules_len, const campaign_choice_options *options,
                                                            const campaign_runtime *runtime, campaign_error *error);

/** Frees the table of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_choice_report_clear(campaign_choice_report *report);

/** JSON Schema (draft 2020-12) of a document kind of this library.
 *  @param json      receives UTF-8 text with a terminating zero; free with campaign_text_free
 *  @param length    receives its bytes without the terminating zero; may be NULL
 *  @param kind      "plan_request", "plan", "calendar_overlay", "nodes", "segments", "campaign_rules", "rapid_response",
 *                   "task_templates" or "playbook"
 *  @param language  of the descriptions: "en" or "zh"; anything else, or NULL, reads as "en"
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (with the nearest kind) · CAMPAIGN_E_NOMEM
 *  Any thread. O(fields). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_schema(char **json, size_t *length, const char *kind, const char *language,
                                                  campaign_error *error);

/** Which kind a document is, by its own "schema". A list of days without one is a calendar overlay.
 *  @param kind  receives one of the kinds that campaign_plan_schema knows; static text
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_SYNTAX, _ENCODING, _DUPLICATE, _LIMIT (with line and column) ·
 *          CAMPAIGN_E_MISSING (no "schema") · CAMPAIGN_E_UNKNOWN (another one) · CAMPAIGN_E_VALUE (no object, or
 *          "schema" no text) · CAMPAIGN_E_NOMEM
 *  Any thread. O(length). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_document_kind(const char **kind, const char *json, size_t length,
                                                         campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
