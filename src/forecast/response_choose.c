/* Tries curves on one series and says which is told: the identified one of the least corrected information criterion. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "forecast/response_fit.h"

static const double clearly_better = 2; /* difference of criteria that counts (Burnham & Anderson 2002, 2.6) */
static const double alike = 1 - 1e-10;  /* squares that differ by less are one optimum: the first start stands */

/* The best of all starts. */
static campaign_status fit_curve(cpn_effect_fit *best, cpn_effect_room *room, const cpn_effect_problem *problem)
{
    double(*starts)[CPN_EFFECT_N] = cpn_alloc(problem->n_starts, sizeof *starts);
    int32_t n = 0;
    if (!starts) return CAMPAIGN_E_NOMEM;
    campaign_status status = cpn_effect_starts(starts, &n, room, problem);
    for (int32_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        cpn_effect_fit fit;
        cpn_effect_solve(&fit, room, problem, starts[i]);
        if (i == 0 || fit.squares < best->squares * alike) *best = fit;
    }
    cpn_free(starts);
    if (status == CAMPAIGN_OK && n == 0) *best = (cpn_effect_fit){ .squares = -1 };
    return status;
}

static campaign_status try_curve(cpn_effect_result *result, cpn_effect_room *room, const cpn_effect_problem *problem,
                                 const cpn_effect_knobs *knobs)
{
    cpn_effect_fit fit, none;
    cpn_effect_problem without = *problem;
    *result = (cpn_effect_result){ .kind = problem->kind, .culprit = -1, .n_parameters = problem->n_free };
    for (int32_t p = 0; p < CPN_EFFECT_N; p++)
        result->is_there[p] = p != CPN_EFFECT_LOCATION && p != CPN_EFFECT_SHAPE ? true
                              : p == CPN_EFFECT_SHAPE ? cpn_response_has_shape((int32_t)problem->kind)
                                                      : cpn_response_has_location((int32_t)problem->kind);
    result->is_there[CPN_EFFECT_TREND] = problem->is_free[CPN_EFFECT_TREND] || problem->low[CPN_EFFECT_TREND] != 0;
    result->fewest = cpn_effect_fewest(problem);
    result->fewest_levels = cpn_effect_fewest_levels(problem);
    result->status = cpn_effect_precheck(problem);
    if (result->status != CPN_EFFECT_IDENTIFIED) return CAMPAIGN_OK;
    cpn_effect_pose_none(&without);
    campaign_status status = fit_curve(&none, room, &without);
    if (status == CAMPAIGN_OK) status = fit_curve(&fit, room, problem);
    if (status != CAMPAIGN_OK) return status;
    if (fit.squares < 0)
        result->status = CPN_EFFECT_NO_CONVERGENCE;
    else
        cpn_effect_judge(result, &fit, problem, knobs, cpn_effect_criterion(&without, none.squares));
    return CAMPAIGN_OK;
}

/* Criteria above the least one, and Akaike's weights of them. */
static void compare(cpn_effect_choice *choice)
{
    double least = HUGE_VAL, sum = 0;
    for (int32_t i = 0; i < choice->n_results; i++)
        if (choice->results[i].is_fitted) least = fmin(least, choice->results[i].aicc);
    for (int32_t i = 0; i < choice->n_results; i++) {
        cpn_effect_result *result = &choice->results[i];
        result->delta = result->is_fitted ? result->aicc - least : 0;
        result->weight = result->is_fitted ? exp(-result->delta / 2) : 0;
        sum += result->weight;
    }
    for (int32_t i = 0; i < choice->n_results && sum > 0; i++) choice->results[i].weight /= sum;
}

/* The identified one of least criterion; otherwise the fitted one; otherwise the simplest, which is the last. */
static int32_t pick(const cpn_effect_choice *choice)
{
    int32_t best = choice->n_results - 1;
    for (int32_t pass = 0; pass < 2; pass++) {
        bool is_found = false;
        for (int32_t i = 0; i < choice->n_results; i++) {
            const cpn_effect_result *result = &choice->results[i];
            if (!result->is_fitted || (pass == 0 && result->status != CPN_EFFECT_IDENTIFIED)) continue;
            if (!is_found || result->aicc < choice->results[best].aicc) best = i;
            is_found = true;
        }
        if (is_found) break;
    }
    return best;
}

/* Spend with what is carried over, of every row, by the curve that is told. */
static campaign_status keep_carried(cpn_effect_choice *choice, cpn_effect_room *room, const cpn_effect_problem *problem)
{
    const cpn_effect_result *told = &choice->results[choice->chosen];
    if (told->status != CPN_EFFECT_IDENTIFIED) return CAMPAIGN_OK;
    choice->carried = cpn_alloc(room->n, sizeof *choice->carried);
    if (!choice->carried) return CAMPAIGN_E_NOMEM;
    cpn_effect_carry(room, problem, told->value[CPN_EFFECT_ADSTOCK]);
    for (int64_t t = 0; t < room->n; t++) choice->carried[t] = room->carried[t] * problem->series->spend_unit;
    choice->has_no_carry = problem->is_free[CPN_EFFECT_ADSTOCK] && told->value[CPN_EFFECT_ADSTOCK] == 0;
    return CAMPAIGN_OK;
}

static void look_for_better(cpn_effect_choice *choice)
{
    const cpn_effect_result *told = &choice->results[choice->chosen];
    choice->is_simpler = told->status == CPN_EFFECT_IDENTIFIED && told->delta > clearly_better;
}

campaign_status cpn_effect_choose(cpn_effect_choice *choice, const cpn_effect_history *history, int64_t index,
                                  const cpn_effect_knobs *knobs)
{
    const cpn_effect_series *series = &history->series[index];
    cpn_effect_problem problem;
    cpn_effect_room room;
    campaign_status status = cpn_effect_room_open(&room, series->n) ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
    for (int32_t i = 0; i < CPN_EFFECT_CURVES && status == CAMPAIGN_OK; i++) {
        const cpn_response_kind kind = cpn_effect_kinds[i];
        /* tanh and logistic are one family: locations of the one are twice those of the other */
        if (knobs->is_auto ? kind == CPN_RESPONSE_TANH : kind != knobs->kind) continue;
        cpn_effect_pose(&problem, history, series, kind, knobs);
        status = try_curve(&choice->results[choice->n_results++], &room, &problem, knobs);
    }
    if (status == CAMPAIGN_OK) {
        compare(choice);
        choice->chosen = pick(choice);
        look_for_better(choice);
        cpn_effect_pose(&problem, history, series, choice->results[choice->chosen].kind, knobs);
        status = keep_carried(choice, &room, &problem);
    }
    cpn_effect_room_close(&room);
    return status;
}
