/* Inside of the choice of campaigns: candidates and rules as the search sees them, and what the search hands on.
 *
 * read.c and rules.c make a problem of a table and a document; graph.c, bound.c, labels.c and solve.c find the best set;
 * check.c, forcing.c and conflict.c say why; tables.c writes it down. */
#ifndef CPN_PLAN_CHOICE_H
#define CPN_PLAN_CHOICE_H

#include <campaign/plan.h>

#include "base/document.h"
#include "table/table.h"

/* ---- Problem ---------------------------------------------------------------------------------------------------- */

/* Numbers of a column as whole units: minor units of money, whole numbers, millionths of a float. */
typedef struct cpn_choice_unit {
    int32_t type, exponent;
    char currency[4];
} cpn_choice_unit;

/* Why a candidate cannot be chosen whatever else is. */
typedef enum cpn_choice_bar { CPN_BAR_NONE, CPN_BAR_FORBIDDEN, CPN_BAR_BLACKOUT } cpn_choice_bar;

typedef struct cpn_choice_candidate {
    const char *id;                  /* owned by the problem */
    int32_t first, start, end;       /* half-open; first is the day from which it is in the way of others */
    int64_t value, cost, row, place; /* row of the table; place in key order */
    bool is_big, is_forced;
    bool is_filler; /* never leads a merged campaign that has another member of its tier */
    cpn_choice_bar bar;
} cpn_choice_candidate;

/* At most one of the members, all or none of them, at least one of them. */
typedef enum cpn_choice_kind { CPN_NEVER_TOGETHER, CPN_ALWAYS_TOGETHER, CPN_FORCED_WINDOW } cpn_choice_kind;

typedef struct cpn_choice_relation {
    cpn_choice_kind kind;
    int64_t *members, n; /* candidates, ascending */
    int32_t start, end;  /* of a window */
} cpn_choice_relation;

enum { CPN_NO_LIMIT = INT32_MAX };

/* How many campaigns of a tier may start in a period. */
typedef struct cpn_choice_density {
    int32_t minimum, maximum; /* CPN_NO_LIMIT: none */
} cpn_choice_density;

typedef struct cpn_choice_problem {
    cpn_choice_candidate *candidates; /* by first, start, end, key */
    int64_t n;
    cpn_choice_relation *relations;
    int64_t n_relations, relations_capacity;
    int32_t start_month, end_month; /* month numbers whose minima count, half-open; equal: none */
    int32_t quarter_shift;          /* (month + shift) / 3 is the number of a quarter */
    cpn_choice_density big, small;  /* per quarter, per month */
    int32_t *big_room,
        *small_room;  /* NULL, or by quarter and month from the first on: a maximum that is higher there */
    int32_t gap_days; /* start - last day of the one before, at least */
    bool merges, sums_value, takes_larger_cost, preheat_counts, has_budget;
    int64_t budget, *by_place; /* by_place: candidate of each place in key order */
    cpn_choice_unit value_unit, cost_unit;
    campaign_column never_group, always_group; /* type 0: no such column */
    char *texts;
} cpn_choice_problem;

static inline int32_t cpn_choice_quarter(const cpn_choice_problem *problem, int32_t month)
{
    return (month + problem->quarter_shift) / 3;
}

/* How many campaigns of a tier may start in a quarter or month. */
static inline int32_t cpn_choice_maximum(const cpn_choice_problem *problem, bool is_big, int32_t period)
{
    const int32_t first = is_big ? cpn_choice_quarter(problem, problem->start_month) : problem->start_month;
    const int32_t *room = is_big ? problem->big_room : problem->small_room;
    const int32_t usual = is_big ? problem->big.maximum : problem->small.maximum;
    return room && room[period - first] > usual ? room[period - first] : usual;
}

/* The rules that hold in one search: all of them, or some dropped to see what they cost. */
typedef enum cpn_choice_rule {
    CPN_RULE_OVERLAP,
    CPN_RULE_GAP,
    CPN_RULE_BIG_MAX,
    CPN_RULE_SMALL_MAX,
    CPN_RULE_BUDGET,
    CPN_RULE_BIG_MIN,
    CPN_RULE_SMALL_MIN,
    CPN_RULE_RELATION,
    CPN_RULE_FORBIDDEN,
    CPN_RULE_BLACKOUT,
    CPN_RULE_VALUE,
    CPN_RULE_TIE,
    CPN_RULE_NONE
} cpn_choice_rule;

/* What is wished of a candidate in one search. */
enum { CPN_WISH_OUT = -1, CPN_WISH_FREE = 0, CPN_WISH_IN = 1 };

typedef struct cpn_choice_case {
    const cpn_choice_problem *problem;
    bool is_dropped[CPN_RULE_NONE];    /* the first seven kinds */
    bool *drops_relation;              /* by relation; NULL: none */
    bool *drops_month, *drops_quarter; /* minima of single periods, from start_month on; NULL: none */
    int8_t *wishes;                    /* by candidate */
} cpn_choice_case;

/* ---- Graph of states -------------------------------------------------------------------------------------------- */

/* A way out of a state: the state it leads to in the next layer, -1 where a rule forbids it. */
typedef struct cpn_choice_edge {
    int32_t to;
    int64_t value, cost; /* what it adds */
} cpn_choice_edge;

typedef struct cpn_choice_node {
    cpn_choice_edge skip, take;
} cpn_choice_node;

/* Layer i holds the states in which candidates before i are decided; layer n has at most one. Budget and relations are
 * not in the states. */
typedef struct cpn_choice_graph {
    cpn_choice_node *nodes;
    int64_t n_nodes, *layers; /* n + 2 offsets: layer i is layers[i] to layers[i + 1] */
    int64_t *least_cost;      /* by node: of any way to the end; INT64_MAX where there is none */
    double *bounds;           /* by node: best value - price × cost of any way to the end */
    double price;             /* of a unit of budget, that the bounds are for */
} cpn_choice_graph;

campaign_status cpn_choice_graph_build(cpn_choice_graph *graph, const cpn_choice_case *of, campaign_error *error);
void cpn_choice_graph_free(cpn_choice_graph *graph);

/* Whether a wish allows a way out; wishes may be stricter than those the graph was built with. */
static inline bool cpn_choice_may(int8_t wish, bool takes)
{
    return takes ? wish != CPN_WISH_OUT : wish != CPN_WISH_IN;
}

/* ---- Search ----------------------------------------------------------------------------------------------------- */

typedef struct cpn_choice_result {
    bool is_feasible, is_proven, is_cut; /* cut: the search gave parts up; finding nothing proves nothing then */
    int64_t value, bound, cost, n_labels;
    bool *is_chosen; /* by candidate; NULL where only the value was asked for */
} cpn_choice_result;

/* How much is asked of one search. */
typedef enum cpn_choice_aim {
    CPN_AIM_FEASIBLE, /* whether any set keeps the rules */
    CPN_AIM_VALUE,    /* the best value */
    CPN_AIM_SET       /* the best set, ties settled */
} cpn_choice_aim;

/* What a search knows so far. */
typedef struct cpn_choice_known {
    bool has_value, is_whole; /* whole: nothing was cut, so that nothing found proves that there is nothing */
    int64_t value, bound, n_labels;
    bool *is_chosen; /* by candidate, a set of that value; NULL: not kept */
} cpn_choice_known;

/* The bound at the price of budget that makes it least; false where the rules apart from relations allow no set. Its
 * value and set are possible where there are no relations. */
bool cpn_choice_bound(cpn_choice_known *known, cpn_choice_graph *graph, const cpn_choice_case *of);

/* More than the rounding of sums of values and prices of costs can come to. */
double cpn_choice_slack(const cpn_choice_problem *problem, double price);

/* One pass over the layers. */
typedef struct cpn_choice_pass {
    cpn_choice_graph *graph;
    const cpn_choice_case *of;
    cpn_choice_aim aim;
    int64_t at_least;   /* ways that cannot reach it are dropped */
    int64_t max_labels; /* in all */
    int64_t max_width;  /* a layer */
} cpn_choice_pass;
campaign_status cpn_choice_search(cpn_choice_result *result, const cpn_choice_pass *pass, campaign_error *error);

/* Builds, bounds and searches. graph NULL: one of its own. */
campaign_status cpn_choice_solve(cpn_choice_result *result, const cpn_choice_case *of, cpn_choice_graph *graph,
                                 cpn_choice_aim aim, int64_t max_labels, campaign_error *error);

campaign_status cpn_choice_case_open(cpn_choice_case *of, const cpn_choice_problem *problem, campaign_error *error);
campaign_status cpn_choice_case_copy(cpn_choice_case *of, const cpn_choice_case *other, campaign_error *error);
void cpn_choice_case_free(cpn_choice_case *of);

/* ---- Campaigns of a set ----------------------------------------------------------------------------------------- */

/* What chosen candidates become: one campaign each, or one for those that overlap. */
typedef struct cpn_choice_campaign {
    int64_t lead; /* candidate it is named after */
    int64_t n_members;
    int32_t first, start, end;
    int64_t value, cost;
    bool is_big;
} cpn_choice_campaign;

/* campaigns has room for problem->n, campaign_of (may be NULL) is by candidate, -1 where left out. */
int64_t cpn_choice_merge(cpn_choice_campaign *campaigns, int64_t *campaign_of, const cpn_choice_problem *problem,
                         const bool *is_chosen);

/* A rule that a set breaks, and with whom. */
typedef struct cpn_choice_break {
    cpn_choice_rule rule;
    int64_t other;    /* candidate, or -1 */
    int64_t relation; /* or -1 */
    int32_t period;   /* month or quarter number */
} cpn_choice_break;

enum { CPN_CHOICE_BREAKS = 16 };

/* The rules that is_chosen with one more candidate breaks, each once; at most CPN_CHOICE_BREAKS. */
campaign_status cpn_choice_breaks(cpn_choice_break breaks[CPN_CHOICE_BREAKS], int32_t *n_breaks,
                                  const cpn_choice_problem *problem, const bool *is_chosen, int64_t added,
                                  campaign_error *error);

/* ---- Reasons ---------------------------------------------------------------------------------------------------- */

typedef struct cpn_choice_reason {
    bool has_forcing_cost, has_worth; /* false: it cannot be forced in, or cannot be done without */
    bool is_measured, is_proven;
    int64_t forcing_cost, worth;
    cpn_choice_break binding;
} cpn_choice_reason;

campaign_status cpn_choice_explain(cpn_choice_reason *reasons, const cpn_choice_case *of, const cpn_choice_result *best,
                                   int64_t max_labels, const campaign_runtime *runtime, campaign_error *error);

/* Fails with CAMPAIGN_E_INFEASIBLE and the rules that cannot hold together. */
campaign_status cpn_choice_fail_conflict(const cpn_choice_case *of, int64_t max_labels, campaign_error *error);

/* ---- In and out ------------------------------------------------------------------------------------------------- */

extern const cpn_document_kind cpn_campaign_rules_kind;
extern const cpn_record cpn_campaign_rules_record, cpn_choice_big_record, cpn_choice_small_record,
    cpn_choice_window_record, cpn_choice_group_record;

/* The year that rules in a request hold for. */
typedef struct cpn_choice_frame {
    int32_t start_day, end_day;
} cpn_choice_frame;

/* Candidates with their columns; rules must be read next, while the table lives. */
campaign_status cpn_choice_read(cpn_choice_problem *problem, const campaign_table *candidates,
                                const campaign_choice_options *options, campaign_error *error);
/* rules NULL: all defaults; frame NULL: rules that stand alone. */
campaign_status cpn_choice_rules(cpn_choice_problem *problem, const cpn_json_value *rules,
                                 const cpn_choice_frame *frame, campaign_error *error);
campaign_status cpn_choice_relate(cpn_choice_problem *problem, cpn_choice_kind kind, const int64_t *members, int64_t n,
                                  campaign_error *error);
/* Key order of candidates that were filled in; refuses duplicates and sums that do not stay exact. */
campaign_status cpn_choice_place_ids(cpn_choice_problem *problem, campaign_error *error);
void cpn_choice_problem_free(cpn_choice_problem *problem);

/* What a whole choice found. */
typedef struct cpn_choice {
    cpn_choice_problem problem;
    cpn_choice_case all;
    cpn_choice_result best;
    cpn_choice_reason *reasons;
    cpn_choice_campaign *campaigns;
    int64_t n_campaigns, *campaign_of;
} cpn_choice;

/* Solves and explains a problem that was read. */
campaign_status cpn_choice_run(cpn_choice *choice, const campaign_choice_options *options,
                               const campaign_runtime *runtime, campaign_error *error);
void cpn_choice_free(cpn_choice *choice);

campaign_status cpn_choice_table(campaign_table **table, const cpn_choice *choice, bool is_chinese,
                                 campaign_error *error);
campaign_status cpn_choice_campaigns_table(campaign_table **table, const cpn_choice *choice, campaign_error *error);

/* Name of a rule for programs, and the sentence about a candidate for people. */
const char *cpn_choice_rule_name(const cpn_choice_problem *problem, const cpn_choice_break *binding);
void cpn_choice_write_amount(char text[CAMPAIGN_MONEY_TEXT], int64_t amount, const cpn_choice_unit *unit);
void cpn_choice_say(cpn_text *text, const cpn_choice *choice, int64_t candidate, bool is_chinese);

#endif
