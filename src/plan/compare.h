/* Inside of the planner: rows by name, and the steps from one plan to another. */
#ifndef CPN_PLAN_COMPARE_H
#define CPN_PLAN_COMPARE_H

#include "plan/targets.h"

/* Whether sentences are in Chinese: by language, or as the plan where it is NULL. */
campaign_status cpn_plan_language(bool *is_chinese, const char *language, const campaign_plan *plan,
                                  campaign_error *error);

/* ---- Rows by name ----------------------------------------------------------------------------------------------- */

/* The rows of one table of a plan by their names: "2027-02/market=East", "d618/burst", "proven/d618". A name stands for
 * the same thing in every plan; the second row of one name is "name#2". */
typedef struct cpn_plan_rows {
    int64_t n;
    cpn_text text;   /* all names, each terminated */
    int64_t *starts; /* where the name of each row begins */
    int64_t *order;  /* rows by name, bytewise */
} cpn_plan_rows;

campaign_status cpn_plan_rows_index(cpn_plan_rows *rows, const campaign_table *table, cpn_plan_table_id id,
                                    campaign_error *error);
/* The row of that name, or -1. */
int64_t cpn_plan_rows_find(const cpn_plan_rows *rows, const char *name);
const char *cpn_plan_rows_name(const cpn_plan_rows *rows, int64_t row);
void cpn_plan_rows_free(cpn_plan_rows *rows);

/* Adds a cell as a table prints it, of any length; nothing for a null. */
void cpn_plan_add_cell(cpn_text *text, const campaign_table *table, int32_t column, int64_t row);

/* Whether a column is part of the rows' names. */
bool cpn_plan_rows_names_column(cpn_plan_table_id id, const char *column);

/* ---- Data ------------------------------------------------------------------------------------------------------- */

/* A table of inputs besides the orders, by its name; table may be NULL. */
typedef struct cpn_plan_source {
    const char *name;
    const campaign_table *table;
} cpn_plan_source;

/* What the plan is made of, as a table. */
campaign_status cpn_plan_sources_table(campaign_table **table, const cpn_plan_source *inputs, int32_t n_inputs,
                                       const cpn_plan_history *history, const cpn_plan_request *request,
                                       campaign_error *error);

/* ---- Causes ----------------------------------------------------------------------------------------------------- */

/* One change that a plan can follow from: a part of the request, or the data. */
typedef struct cpn_plan_cause {
    bool is_data;
    char *path;           /* "target.growth", or the name of a table of inputs; owned */
    char *before, *after; /* as written, or NULL; owned */
} cpn_plan_cause;

typedef struct cpn_plan_causes {
    cpn_plan_cause *causes;
    int64_t n, capacity;
} cpn_plan_causes;

/* What differs between two requests, down to two levels of objects, and between the data of two plans. */
campaign_status cpn_plan_causes_find(cpn_plan_causes *causes, const campaign_plan *before, const campaign_plan *after,
                                     campaign_error *error);
void cpn_plan_causes_free(cpn_plan_causes *causes);

/* The request before with its first n changed parts as in the request after. Free with cpn_text_clear. */
campaign_status cpn_plan_causes_request(cpn_text *request, const cpn_plan_causes *causes, int64_t n,
                                        const campaign_plan *before, const campaign_plan *after, campaign_error *error);

/* Whether a part of the request, or the data, can move a table. */
bool cpn_plan_cause_may_move(const cpn_plan_cause *cause, cpn_plan_table_id id);

/* ---- Steps ------------------------------------------------------------------------------------------------------ */

/* A plan on the way from one to another, and the causes that lead to it from the step before. */
typedef struct cpn_plan_step {
    const campaign_plan *plan;
    campaign_plan *own;             /* the same where it was made for the comparison, otherwise NULL */
    int64_t first_cause, end_cause; /* both 0 of the first step */
    cpn_plan_rows rows[CPN_PLAN_N_TABLES];
} cpn_plan_step;

typedef struct cpn_plan_steps {
    cpn_plan_step *steps; /* the first is the plan before, the last the plan after */
    int64_t n;
    bool is_traced; /* plans were made in between, so that a step's causes are known, not guessed */
} cpn_plan_steps;

/* inputs are those of the plan before; NULL: nothing is made in between. */
campaign_status cpn_plan_steps_make(cpn_plan_steps *steps, const cpn_plan_causes *causes, const campaign_plan *before,
                                    const campaign_plan *after, const campaign_plan_inputs *inputs,
                                    const campaign_runtime *runtime, campaign_error *error);
void cpn_plan_steps_free(cpn_plan_steps *steps);

#endif
