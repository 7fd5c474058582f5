/* What the files that fit response curves share.
 * Flow: response_knobs.c → options, response_read.c → series, response_periods.c → how far their rows lie apart; per
 * series response_choose.c → curves by response_start.c (where to begin), response_solve.c (least squares within limits,
 * on response_model.c and response_squares.c) and response_judge.c (how sure it is); response_write.c, response_lines.c
 * and response_words.c → tables. */
#ifndef CPN_FORECAST_RESPONSE_FIT_H
#define CPN_FORECAST_RESPONSE_FIT_H

#include <campaign/forecast_response.h>
#include <stdbool.h>

#include "base/number.h"
#include "base/response.h"
#include "table/table.h"

/* Parameters of a curve, in the order of the tables. */
enum {
    CPN_EFFECT_SCALE,
    CPN_EFFECT_LOCATION,
    CPN_EFFECT_SHAPE,
    CPN_EFFECT_ADSTOCK,
    CPN_EFFECT_INTERCEPT,
    CPN_EFFECT_TREND,
    CPN_EFFECT_N
};
extern const char *const cpn_effect_names[CPN_EFFECT_N];

/* How a fit ended; the words of column status in cpn_effect_statuses. */
typedef enum cpn_effect_status {
    CPN_EFFECT_IDENTIFIED,
    CPN_EFFECT_TOO_FEW,
    CPN_EFFECT_NO_VARIATION,
    CPN_EFFECT_NO_EFFECT,
    CPN_EFFECT_NO_SATURATION,
    CPN_EFFECT_ALL_SATURATED,
    CPN_EFFECT_AT_LIMIT,
    CPN_EFFECT_ILL_CONDITIONED,
    CPN_EFFECT_UNCERTAIN,
    CPN_EFFECT_NO_CONVERGENCE
} cpn_effect_status;
extern const char *const cpn_effect_statuses[];

enum { CPN_EFFECT_CURVES = 9 }; /* kinds that are fitted */
/* Kind of a place in the order in which curves are tried and told, simplest last. */
extern const cpn_response_kind cpn_effect_kinds[CPN_EFFECT_CURVES];
/* Whether a location is fitted: whether it says more than the scale does, which of a power it does not. */
bool cpn_effect_has_location(cpn_response_kind kind);

/* ---- Options -------------------------------------------------------------------------------------------------------- */

typedef struct cpn_effect_knobs {
    campaign_response_options given; /* with its defaults */
    bool is_auto, is_chinese;
    cpn_response_kind kind; /* where not auto */
} cpn_effect_knobs;

campaign_status cpn_effect_take_knobs(cpn_effect_knobs *knobs, const campaign_response_options *options,
                                      campaign_error *error);

/* ---- History -------------------------------------------------------------------------------------------------------- */

/* One row of the history, with its place. */
typedef struct cpn_effect_row {
    int64_t period, row;
    double spend, result, root_weight;
    int32_t item;
    bool has_result, counts; /* counts: with a result and a weight above 0 */
} cpn_effect_row;

/* One item: a run of rows in order of period, in units of its own so that numbers are near 1. */
typedef struct cpn_effect_series {
    const cpn_effect_row *rows;
    const double *gaps;  /* periods since the row before: 1 = the next */
    const double *times; /* periods since the first row less their mean, over their span: within -1 and 1 */
    int64_t n;
    int64_t n_used; /* rows that count */
    int32_t item;
    bool has_periods;
    double spend_unit, result_unit; /* largest spend, largest absolute result; 1 where that is 0 */
    double spend_mean, spend_max;
    double mean_time;  /* periods from the first row to where times are 0 */
    double span;       /* periods from the first row to the last, at least 1 */
    int64_t n_missing; /* periods without a row, between the first and the last */
    int64_t n_levels;  /* different spends */
    bool is_uneven;    /* rows lie too far apart to be counted: each is taken for the next period */
} cpn_effect_series;

typedef struct cpn_effect_history {
    campaign_column item, period, spend, result, weight; /* type 0 = not there */
    cpn_keys keys;                                       /* of items, where there are */
    int64_t n_rows, n_series;
    cpn_effect_row *rows;
    double *gaps, *times;
    cpn_effect_series *series;
} cpn_effect_history;

campaign_status cpn_effect_read(cpn_effect_history *history, const campaign_table *table, const cpn_effect_knobs *knobs,
                                const campaign_runtime *runtime, campaign_error *error);
void cpn_effect_free(cpn_effect_history *history);

/* Fills what the series says of periods: gaps, missing ones, times. */
void cpn_effect_settle_periods(cpn_effect_series *series, double *gaps, double *times, bool is_date);

/* Whether an item's key, as text, is this. */
bool cpn_effect_is_item(const cpn_effect_history *history, int32_t item, const char *text);

/* ---- Fitting -------------------------------------------------------------------------------------------------------- */

/* What is fitted: parameters as the search moves them. scale, intercept and trend in units of the series; location (in
 * units of spend) and shape as logarithms; adstock as it is. */
typedef struct cpn_effect_problem {
    const cpn_effect_series *series;
    cpn_response_kind kind;
    double start; /* carried before the first row, in units of spend */
    double low[CPN_EFFECT_N], high[CPN_EFFECT_N];
    bool is_free[CPN_EFFECT_N];    /* not held; held ones have low = high */
    bool is_limited[CPN_EFFECT_N]; /* a limit of the caller's, not one of the search */
    int32_t n_starts, n_free;
} cpn_effect_problem;

/* One of the caller's units in units of the series: of the result, of spend, of both. */
double cpn_effect_unit(const cpn_effect_problem *problem, int32_t parameter);
/* A parameter as the caller knows it. */
double cpn_effect_outward(const cpn_effect_problem *problem, int32_t parameter, double value);

/* Room for one fit; arrays of n rows. jacobian is by columns. */
typedef struct cpn_effect_room {
    int64_t n;
    double *carried, *slope_of_carried; /* z and dz/d adstock */
    double *residual, *jacobian, *copy;
} cpn_effect_room;
bool cpn_effect_room_open(cpn_effect_room *room, int64_t n);
void cpn_effect_room_close(cpn_effect_room *room);

/* What a fit found, in the parameters of the problem. */
typedef struct cpn_effect_fit {
    double at[CPN_EFFECT_N];
    double squares;               /* weighted sum of squared residuals, in units of the result */
    bool is_active[CPN_EFFECT_N]; /* ends on a limit and would go further */
    bool is_converged;
    int32_t n_free;             /* that move: free and not active */
    int32_t free[CPN_EFFECT_N]; /* their numbers */
    double
        root[CPN_EFFECT_N * CPN_EFFECT_N]; /* upper triangle R of the Jacobian over them, by columns of CPN_EFFECT_N */
} cpn_effect_fit;

/* Carried spend of every row, and its derivative by adstock. */
void cpn_effect_carry(cpn_effect_room *room, const cpn_effect_problem *problem, double adstock);
/* The curve of scale 1, in units of spend. */
cpn_response cpn_effect_curve(const cpn_effect_problem *problem, const double at[CPN_EFFECT_N]);
/* That curve at a carried spend, with its derivatives by the logarithms of spend and shape; a slope that is not finite
 * counts as 0. */
typedef struct cpn_effect_point {
    double value, slope, by_log_spend, by_log_shape;
} cpn_effect_point;
cpn_effect_point cpn_effect_look(const cpn_response *curve, double carried);
/* Weighted residuals, and the sum of their squares. */
double cpn_effect_residuals(cpn_effect_room *room, const cpn_effect_problem *problem, const double at[CPN_EFFECT_N]);
/* Weighted derivatives of the mean by the parameters of the list, one column each; residuals must be of the same point. */
void cpn_effect_jacobian(cpn_effect_room *room, const cpn_effect_problem *problem, const double at[CPN_EFFECT_N],
                         const int32_t *list, int32_t n_list);

/* The best of the grid: n_starts points in order of their squares. */
campaign_status cpn_effect_starts(double (*starts)[CPN_EFFECT_N], int32_t *n_found, cpn_effect_room *room,
                                  const cpn_effect_problem *problem);
/* Least squares within limits from a starting point. */
void cpn_effect_solve(cpn_effect_fit *fit, cpn_effect_room *room, const cpn_effect_problem *problem,
                      const double start[CPN_EFFECT_N]);

/* ---- Small least squares ---------------------------------------------------------------------------------------------- */

/* Householder reflections: the matrix of n rows and n_columns (by columns, stride apart) becomes R in its upper
 * triangle, right becomes the turned right side. n >= n_columns. */
void cpn_squares_turn(double *matrix, int64_t stride, int64_t n, int32_t n_columns, double *right);
/* Step that makes |R x - c|^2 + damping |D x|^2 least, D the lengths of R's columns. False where R is singular. */
bool cpn_squares_damped(double step[CPN_EFFECT_N], const double *root, const double *right, int32_t n, double damping);
/* Inverse of R; its rows give the covariance R^-1 R^-T. False where singular. */
bool cpn_squares_invert(double inverse[CPN_EFFECT_N * CPN_EFFECT_N], const double *root, int32_t n);
/* Largest over smallest singular value of R with columns of length 1; HUGE_VAL where singular. */
double cpn_squares_condition(const double *root, int32_t n);

/* ---- Judging ------------------------------------------------------------------------------------------------------- */

/* A fit in the caller's units, and what it is worth. */
typedef struct cpn_effect_result {
    cpn_response_kind kind;
    cpn_effect_status status;
    bool is_fitted;       /* values are there */
    int32_t culprit;      /* the parameter that status is about, or -1 */
    double culprit_value; /* its value, or its standard error as a share of it */
    double value[CPN_EFFECT_N], deviation[CPN_EFFECT_N], low[CPN_EFFECT_N], high[CPN_EFFECT_N];
    bool is_there[CPN_EFFECT_N];                    /* the curve has it */
    bool has_deviation[CPN_EFFECT_N];               /* it was fitted */
    double covariance[CPN_EFFECT_N * CPN_EFFECT_N]; /* of value; 0 for what is held */
    double quantile;                                /* of Student's t for the limits */
    double r2, rmse, sigma, aicc, condition, delta, weight;
    int32_t n_parameters;
    int64_t fewest, fewest_levels;
} cpn_effect_result;

/* What can be said before any fit; IDENTIFIED = nothing stands against it. And how many periods, and without carry-over
 * how many different spends, that needs. */
cpn_effect_status cpn_effect_precheck(const cpn_effect_problem *problem);
int64_t cpn_effect_fewest(const cpn_effect_problem *problem);
int64_t cpn_effect_fewest_levels(const cpn_effect_problem *problem);
void cpn_effect_judge(cpn_effect_result *result, const cpn_effect_fit *fit, const cpn_effect_problem *problem,
                      const cpn_effect_knobs *knobs, double without_spend);
/* Corrected information criterion of a fit; without_spend is that of the best results that spend says nothing of. */
double cpn_effect_criterion(const cpn_effect_problem *problem, double squares);

/* All curves that were tried on one item. */
typedef struct cpn_effect_choice {
    cpn_effect_result results[CPN_EFFECT_CURVES];
    int32_t n_results;
    int32_t chosen;    /* the one that is told, identified or not */
    bool is_simpler;   /* a curve that is not identified would fit better */
    bool has_no_carry; /* adstock was sought and ends at 0 */
    double *carried;   /* per row, in spend; NULL where not identified */
} cpn_effect_choice;

campaign_status cpn_effect_choose(cpn_effect_choice *choice, const cpn_effect_history *history, int64_t index,
                                  const cpn_effect_knobs *knobs);

/* Limits, held values and starts of one kind of curve on one series. */
/* The problem without any effect of spend. */
void cpn_effect_pose_none(cpn_effect_problem *problem);
void cpn_effect_pose(cpn_effect_problem *problem, const cpn_effect_history *history, const cpn_effect_series *series,
                     cpn_response_kind kind, const cpn_effect_knobs *knobs);

/* ---- Tables --------------------------------------------------------------------------------------------------------- */

typedef struct cpn_effect_answer {
    const cpn_effect_history *history;
    const cpn_effect_knobs *knobs;
    cpn_effect_choice *choices; /* one a series */
} cpn_effect_answer;

campaign_status cpn_effect_write_curves(campaign_table **table, const cpn_effect_answer *answer, campaign_error *error);
campaign_status cpn_effect_write_candidates(campaign_table **table, const cpn_effect_answer *answer,
                                            campaign_error *error);
campaign_status cpn_effect_write_fitted(campaign_table **table, const cpn_effect_answer *answer, campaign_error *error);
campaign_status cpn_effect_write_lines(campaign_table **table, const cpn_effect_answer *answer, campaign_error *error);
campaign_status cpn_effect_write_notes(campaign_table **table, const cpn_effect_answer *answer, campaign_error *error);
enum { CPN_EFFECT_SENTENCE = 400, CPN_EFFECT_WORDS = 4, CPN_EFFECT_COLUMNS = 40 };
/* Opens a table whose first column is the item, of the history's own type; writes that; writes a number, or null where it
 * is not there or not finite. */
void cpn_effect_open(cpn_out *out, const cpn_column_schema *schema, int32_t n, const cpn_effect_history *history);
void cpn_effect_write_item(cpn_out *out, int32_t column, const cpn_effect_history *history, int32_t item);
void cpn_effect_cell(cpn_out *out, int32_t column, double value, bool is_there);
/* Puts words in place of {0}, {1} …; a number to three digits. */
void cpn_effect_say(char sentence[CPN_EFFECT_SENTENCE], const char *pattern, const char *const words[CPN_EFFECT_WORDS]);
void cpn_effect_number(char text[CPN_NUMBER_TEXT], double value);
/* Why a curve is identified or not, in one sentence. */
void cpn_effect_reason(char sentence[CPN_EFFECT_SENTENCE], const cpn_effect_result *result,
                       const cpn_effect_series *series, const cpn_effect_knobs *knobs);

#endif
