/* What the files of the budget's public call share: the tables as read, the rules they make, the sentences.
 * Flow: in_*.c → book; check*.c → whether the rules can hold together; stages.c and samples.c → spends; prices.c → what
 * limits are worth there; out*.c, words.c → tables and sentences. */
#ifndef CPN_ALLOCATE_SPEND_H
#define CPN_ALLOCATE_SPEND_H

#include <campaign/allocate_budget.h>
#include <stdbool.h>

#include "allocate/budget/solver.h"
#include "table/table.h"

enum { CPN_SPEND_SENTENCE = 320, CPN_SPEND_WORDS = 5 };

/* Numbers beyond this are refused, so that products and squares stay finite. */
#define CPN_SPEND_MOST 1e150
/* 2^53: whole numbers up to it are exact in double. */
#define CPN_SPEND_MOST_MINOR INT64_C(9007199254740992)

/* ---- Options ----------------------------------------------------------------------------------------------------- */

/* How amounts are counted: whole minor units of a currency, or plain numbers as they are. */
typedef struct cpn_spend_terms {
    bool is_money;
    char currency[4];
    int32_t exponent;
    double unit; /* counting units in a major unit: 10^exponent, or 1 */
} cpn_spend_terms;

/* Options with every default filled in. */
typedef struct cpn_spend_knobs {
    campaign_allocate_budget_options given;
    bool is_chinese;
    double budget;      /* counting units, INFINITY = none; set once the terms are known */
    double contingency; /* counting units */
    double available;   /* budget less contingency */
} cpn_spend_knobs;

campaign_status cpn_spend_take_knobs(cpn_spend_knobs *knobs, cpn_spend_terms *terms,
                                     const campaign_allocate_budget_options *options, campaign_error *error);
/* The budget in counting units, once the tables have said what they count. */
campaign_status cpn_spend_take_budget(cpn_spend_knobs *knobs, cpn_spend_terms *terms, campaign_error *error);

/* ---- Reading cells ----------------------------------------------------------------------------------------------- */

/* One column of an input: what its cells may be. */
typedef struct cpn_spend_spec {
    const char *name;
    const char *where; /* "items.scale" */
    uint32_t types;
    bool is_required;        /* the column must be there, and a null is an error */
    bool is_amount;          /* money or plain number, in counting units */
    double minimum, maximum; /* maximum: of numbers; amounts have their own */
    double fallback;
} cpn_spend_spec;

typedef struct cpn_spend_field {
    const cpn_spend_spec *spec;
    campaign_column column; /* type 0 where it is missing */
} cpn_spend_field;

campaign_status cpn_spend_open_fields(cpn_spend_field *fields, const cpn_spend_spec *specs, int32_t n,
                                      const campaign_table *table, campaign_error *error);
bool cpn_spend_has(const cpn_spend_field *field, int64_t row);
/* float64, int or money, in major units. */
campaign_status cpn_spend_number(double *value, const cpn_spend_field *field, int64_t row, campaign_error *error);
/* int and bool. */
campaign_status cpn_spend_int(int64_t *value, const cpn_spend_field *field, int64_t row, campaign_error *error);
/* An amount in counting units. */
campaign_status cpn_spend_amount(double *units, const cpn_spend_field *field, int64_t row, campaign_error *error);

/* The currency of the first money column, where the options name none; any other currency is refused. */
campaign_status cpn_spend_take_money(cpn_spend_terms *terms, const cpn_spend_field *fields, int32_t n,
                                     campaign_error *error);
/* Amounts must all be money, or all be plain. */
campaign_status cpn_spend_check_amounts(const cpn_spend_terms *terms, const cpn_spend_field *fields, int32_t n,
                                        campaign_error *error);

/* Number of the key that a cell holds; CAMPAIGN_E_UNKNOWN with its text, CAMPAIGN_E_MISSING for a null. */
campaign_status cpn_spend_find(int32_t *number, const cpn_named_keys *keys, const cpn_spend_field *field, int64_t row,
                               campaign_error *error);
/* "items.scale" */
void cpn_spend_where(char where[64], const char *table, const char *column);

/* ---- What the tables say ----------------------------------------------------------------------------------------- */

/* Why an item gets nothing beyond what is spent. */
typedef enum cpn_spend_pause { CPN_SPEND_RUNS, CPN_SPEND_PAUSED, CPN_SPEND_OVER_CAP } cpn_spend_pause;

/* A row of items. Amounts in counting units, INFINITY where there is no maximum. */
typedef struct cpn_spend_entry {
    int64_t row;
    int32_t group; /* -1 = the whole */
    int32_t rank;  /* of its priority, 0 = filled first */
    cpn_spend_pause pause;
    bool is_sampled;
    double minimum, maximum, opening_cost, minimum_if_open, step, spent, current;
    double value;                    /* of one response, in major units */
    double actual_response, cpa_cap; /* NAN = not given; the cap in major units */
    double lower, upper;             /* what all of these leave */
    double base;                     /* spent ahead of whole steps: the solver sees what comes on top of it */
    int64_t first_curve, n_curves;
} cpn_spend_entry;

typedef enum cpn_spend_limit_kind {
    CPN_SPEND_LIMIT_BUDGET,
    CPN_SPEND_LIMIT_MINIMUM,
    CPN_SPEND_LIMIT_MAXIMUM,
    CPN_SPEND_LIMIT_SHARE,
    CPN_SPEND_LIMIT_MINIMUM_SHARE,
    CPN_SPEND_LIMIT_MAXIMUM_SHARE
} cpn_spend_limit_kind;

enum { CPN_SPEND_WHOLE = -1, CPN_SPEND_AVAILABLE = -2 };

/* A limit on what a group spends. */
typedef struct cpn_spend_limit {
    cpn_spend_limit_kind kind;
    int32_t group; /* or CPN_SPEND_WHOLE */
    int32_t of;    /* of shares: a group, CPN_SPEND_WHOLE, or CPN_SPEND_AVAILABLE, which makes them amounts */
    int32_t ratio; /* its place in the solver's ratios; -1 = none */
    double share;
    double amount; /* counting units; NAN of a share of what is not known before */
    int64_t row;   /* -1 = of the options */
} cpn_spend_limit;

typedef struct cpn_spend_kin {
    int64_t row;
    int32_t parent; /* or CPN_SPEND_WHOLE */
    int32_t reserved;
} cpn_spend_kin;

/* Everything that was asked for, in key order. */
typedef struct cpn_spend_book {
    cpn_spend_knobs knobs;
    cpn_spend_terms terms;
    cpn_named_keys item_keys, group_keys;
    int64_t n_items;
    cpn_spend_entry *items;
    int32_t n_groups;
    cpn_spend_kin *groups;
    int32_t *order; /* groups, parents before children */
    int32_t n_limits;
    cpn_spend_limit *limits; /* the budget first where there is one, then by group */
    int32_t n_ranks;
    int32_t n_samples; /* 0 = none */
    int64_t n_curves;
    cpn_response *curves; /* parameters in counting units; of an item with samples one for each, in their order */
    double most;          /* that all items together could spend, counting units; INFINITY possible */
    int64_t n_points;
    double *point_spends, *point_responses; /* by item, then by spend */
    int64_t *first_points;                  /* of each item, and the end; NULL = there are none */
} cpn_spend_book;

campaign_status cpn_spend_read(cpn_spend_book *book, const campaign_allocate_budget_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error);
void cpn_spend_free(cpn_spend_book *book);

/* Parts of reading, in this order. */
campaign_status cpn_spend_read_groups(cpn_spend_book *book, const campaign_allocate_budget_inputs *inputs,
                                      const campaign_runtime *runtime, campaign_error *error);
campaign_status cpn_spend_read_items(cpn_spend_book *book, const campaign_table *table, const campaign_runtime *runtime,
                                     campaign_error *error);
campaign_status cpn_spend_read_curves(cpn_spend_book *book, const campaign_allocate_budget_inputs *inputs,
                                      campaign_error *error);
/* Sorts the points, in counting units; then hands an item of kind piecewise_linear its own. */
campaign_status cpn_spend_read_points(cpn_spend_book *book, const campaign_table *table, campaign_error *error);
campaign_status cpn_spend_take_points(cpn_response *curve, const cpn_spend_book *book, int64_t item,
                                      campaign_error *error);
campaign_status cpn_spend_read_limits(cpn_spend_book *book, const campaign_table *table, campaign_error *error);

/* ---- Whether the rules can hold together ------------------------------------------------------------------------- */

/* Fills lower and upper of every item; refuses contradictions with one irreducible set of rules. */
campaign_status cpn_spend_check_rules(cpn_spend_book *book, campaign_error *error);

/* ---- Solving ----------------------------------------------------------------------------------------------------- */

/* The solver's problem, made from a book. Its items are those of the book in order; behind them stand the amounts that are
 * spent ahead of steps, which nothing can move. */
typedef struct cpn_spend_plan {
    cpn_spend_problem problem;
    cpn_spend_item *items;
    cpn_spend_group *groups; /* the root, then the book's groups in book.order */
    int32_t *places;         /* of each group of the book among them */
    cpn_spend_ratio *ratios;
    double *weights; /* of each curve */
} cpn_spend_plan;

campaign_status cpn_spend_plan_make(cpn_spend_plan *plan, cpn_spend_book *book, campaign_error *error);
void cpn_spend_plan_free(cpn_spend_plan *plan);
/* Bounds the spend where neither budget nor maxima do: by what can pay, or by spends that reach the target. */
campaign_status cpn_spend_plan_cap(cpn_spend_plan *plan, const cpn_spend_book *book, campaign_error *error);
/* Moves that bound out, for a target that limits put further away; false where that makes no sense any more. */
bool cpn_spend_plan_widen(cpn_spend_plan *plan, const cpn_spend_book *book);
/* Weighs the samples; NULL: evenly. Curves without samples weigh what all samples do together. */
void cpn_spend_plan_weigh(cpn_spend_plan *plan, const cpn_spend_book *book, const double *weights);

/* What was found, for each item of the book. */
typedef struct cpn_spend_result {
    void *memory;              /* of all arrays */
    double *spends;            /* counting units, base included */
    double *responses;         /* mean of the samples */
    double *marginals;         /* value × response of one more major unit */
    double *prices;            /* what a major unit must bring there under all limits */
    int32_t *places;           /* cpn_spend_place */
    double *group_spends;      /* of each group of the book, counting units */
    double *group_multipliers; /* of the whole, then of each group of the book */
    double *ratio_multipliers;
    double target_multiplier;
    double value, bound, gap; /* major units */
    double small;             /* beside what all items could bring, in major units: gaps are not measured by less */
    double spend;             /* counting units */
    double response;          /* value × response */
    int32_t status;
    int32_t reserved;
    int64_t n_nodes;
} cpn_spend_result;

campaign_status cpn_spend_run(cpn_spend_result *result, cpn_spend_book *book, const campaign_runtime *runtime,
                              campaign_error *error);
void cpn_spend_result_free(cpn_spend_result *result);

/* Mean response of an item that has spent so much in all, and its slope in counting units. */
cpn_response_look cpn_spend_response_at(const cpn_spend_book *book, const cpn_spend_entry *item, double spend);
/* What the budget has left after the contingency; 0 without a budget. */
double cpn_spend_unspent(const cpn_spend_book *book, const cpn_spend_result *result);

/* Multipliers and prices where the answer stands, in place of those of the first relaxation. */
campaign_status cpn_spend_price_answer(cpn_spend_answer *answer, const cpn_spend_plan *plan,
                                       const campaign_runtime *runtime, campaign_error *error);

/* One problem under samples: a quantile, or the mean less deviations. */
campaign_status cpn_spend_run_risk(cpn_spend_answer *answer, cpn_spend_plan *plan, const cpn_spend_book *book,
                                   const campaign_runtime *runtime, campaign_error *error);

/* ---- Answers and sentences --------------------------------------------------------------------------------------- */

typedef enum cpn_spend_saying {
    CPN_SPEND_SAY_INTERIOR,
    CPN_SPEND_SAY_ENOUGH,
    CPN_SPEND_SAY_GROUP,
    CPN_SPEND_SAY_MINIMUM,
    CPN_SPEND_SAY_SPENT,
    CPN_SPEND_SAY_MAXIMUM,
    CPN_SPEND_SAY_CLOSED,
    CPN_SPEND_SAY_BEGINNING,
    CPN_SPEND_SAY_OPEN_MINIMUM,
    CPN_SPEND_SAY_STEP,
    CPN_SPEND_SAY_CORNER,
    CPN_SPEND_SAY_FIXED,
    CPN_SPEND_SAY_PAUSED,
    CPN_SPEND_SAY_OVER_CAP,
    CPN_SPEND_SAY_NO_VALUE,
    CPN_SPEND_SAY_PRIORITY,
    CPN_SPEND_SAY_BUDGET, /* of limits: what one more brings; each followed by what it saves */
    CPN_SPEND_SAY_BUDGET_SAVES,
    CPN_SPEND_SAY_MORE,
    CPN_SPEND_SAY_MORE_SAVES,
    CPN_SPEND_SAY_LESS,
    CPN_SPEND_SAY_LESS_SAVES,
    CPN_SPEND_SAY_EASED,
    CPN_SPEND_SAY_EASED_SAVES,
    CPN_SPEND_SAY_ROOM,
    CPN_SPEND_SAY_USED_UP,
    CPN_SPEND_SAY_TARGET,
    CPN_SPEND_SAY_UNSPENT, /* of notes */
    CPN_SPEND_SAY_NOT_PROVEN,
    CPN_SPEND_SAY_N_OVER_CAP,
    CPN_SPEND_SAY_N_BELOW_MINIMUM,
    CPN_SPEND_SAY_N_WITHOUT_VALUE
} cpn_spend_saying;

/* The sentence, its {0} to {4} replaced by words. */
void cpn_spend_say(char sentence[CPN_SPEND_SENTENCE], bool is_chinese, cpn_spend_saying saying,
                   const char *const words[CPN_SPEND_WORDS]);

/* A number in four digits, as sentences need it. text has room for CPN_NAMED_KEY_TEXT bytes. */
void cpn_spend_round_text(char *text, double value);
/* An amount of counting units: money with its decimals, or the number. */
void cpn_spend_amount_text(char *text, const cpn_spend_terms *terms, double units);
/* "1 CNY", or "1". */
void cpn_spend_unit_text(char *text, const cpn_spend_terms *terms);

/* Columns of amounts become money where amounts are. */
void cpn_spend_out_amount(cpn_out *out, int32_t column, const cpn_spend_terms *terms, double units);

campaign_status cpn_spend_write(campaign_table **allocation, const cpn_spend_book *book, const cpn_spend_result *result,
                                campaign_error *error);
campaign_status cpn_spend_report(campaign_allocate_budget_report *report, const cpn_spend_book *book,
                                 const cpn_spend_result *result, campaign_error *error);
campaign_status cpn_spend_write_limits(campaign_table **limits, const cpn_spend_book *book,
                                       const cpn_spend_result *result, campaign_error *error);
campaign_status cpn_spend_write_groups(campaign_table **groups, const cpn_spend_book *book,
                                       const cpn_spend_result *result, campaign_error *error);

/* Whether no spend on an item is worth anything. */
bool cpn_spend_brings_nothing(const cpn_spend_book *book, const cpn_spend_entry *item);

#endif
