/* The history beside its fit, and the curves drawn with their confidence band. */
#include <math.h>

#include "forecast/response_fit.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

enum { N_POINTS = 61 };
static const double reach = 1.5; /* of the largest spend, to show where the curve goes from what was seen */

static const cpn_column_schema fitted_schema[] = {
    { "item", CAMPAIGN_TYPE_UTF8, "The series.", "序列。" },
    { "period", CAMPAIGN_TYPE_INT64, "As in the history; null where it has none.", "与历史数据相同；没有时为空。" },
    { "spend", CAMPAIGN_TYPE_FLOAT64, "Money in major units.", "投入；金额以主单位计。" },
    { "carried", CAMPAIGN_TYPE_FLOAT64, "Spend with what is carried over.", "含结转的投入。" },
    { "result", CAMPAIGN_TYPE_FLOAT64, "As in the history.", "与历史数据相同。" },
    { "fitted", CAMPAIGN_TYPE_FLOAT64, "What the curve says.", "曲线给出的结果。" },
    { "response", CAMPAIGN_TYPE_FLOAT64, "The part that the spend brings.", "其中由投入带来的部分。" },
    { "residual", CAMPAIGN_TYPE_FLOAT64, "result - fitted.", "result 减 fitted。" },
};

static const cpn_column_schema line_schema[] = {
    { "item", CAMPAIGN_TYPE_UTF8, "The series.", "序列。" },
    { "spend", CAMPAIGN_TYPE_FLOAT64, "Per period, held constant.", "恒定的每期投入。" },
    { "response", CAMPAIGN_TYPE_FLOAT64, "What it brings.", "带来的响应。" },
    { "low", CAMPAIGN_TYPE_FLOAT64, "Lower confidence limit.", "置信下限。" },
    { "high", CAMPAIGN_TYPE_FLOAT64, "Upper confidence limit.", "置信上限。" },
    { "marginal", CAMPAIGN_TYPE_FLOAT64, "Response to one more unit of spend.", "再多一单位投入的响应。" },
};

static cpn_response curve_of(const cpn_effect_result *told)
{
    const bool has_location = told->is_there[CPN_EFFECT_LOCATION];
    return (cpn_response){ .kind = (int32_t)told->kind,
                           .scale = told->value[CPN_EFFECT_SCALE],
                           .location = has_location ? told->value[CPN_EFFECT_LOCATION] : 1,
                           .shape = told->is_there[CPN_EFFECT_SHAPE] ? told->value[CPN_EFFECT_SHAPE] : 1 };
}

/* ---- The history ----------------------------------------------------------------------------------------------------- */

static void write_period(cpn_out *out, const campaign_column *column, const cpn_effect_row *row)
{
    if (column->type)
        cpn_out_int64(out, 1, row->period);
    else
        cpn_out_null(out, 1);
}

static void write_fitted(cpn_out *out, const cpn_effect_answer *answer, int64_t index)
{
    const cpn_effect_series *series = &answer->history->series[index];
    const cpn_effect_choice *choice = &answer->choices[index];
    const cpn_effect_result *told = &choice->results[choice->chosen];
    const bool is_known = choice->carried;
    const cpn_response curve = curve_of(told);
    for (int64_t t = 0; t < series->n; t++) {
        const cpn_effect_row *row = &series->rows[t];
        const double carried = is_known ? choice->carried[t] : 0;
        const double response = is_known ? cpn_response_value(&curve, carried) : 0;
        const double mean = response + told->value[CPN_EFFECT_INTERCEPT] +
                            told->value[CPN_EFFECT_TREND] * series->times[t] * series->span;
        cpn_effect_write_item(out, 0, answer->history, series->item);
        write_period(out, &answer->history->period, row);
        cpn_out_float64(out, 2, row->spend);
        cpn_effect_cell(out, 3, carried, is_known);
        cpn_effect_cell(out, 4, row->result, row->has_result);
        cpn_effect_cell(out, 5, mean, is_known);
        cpn_effect_cell(out, 6, response, is_known);
        cpn_effect_cell(out, 7, row->result - mean, is_known && row->has_result);
    }
}

campaign_status cpn_effect_write_fitted(campaign_table **table, const cpn_effect_answer *answer, campaign_error *error)
{
    cpn_column_schema own[COUNT(fitted_schema)];
    for (int32_t i = 0; i < COUNT(fitted_schema); i++) own[i] = fitted_schema[i];
    const int32_t type = answer->history->period.type;
    if (type != 0) own[1].type = type == CAMPAIGN_TYPE_TIMESTAMP ? CAMPAIGN_TYPE_DATE : type;
    cpn_out out;
    cpn_effect_open(&out, own, COUNT(own), answer->history);
    for (int64_t i = 0; i < answer->history->n_series; i++) write_fitted(&out, answer, i);
    return cpn_out_close(table, &out, error);
}

/* ---- Lines ------------------------------------------------------------------------------------------------------------ */

/* Standard error of the response at a spend held constant: by the gradient in scale, location and shape. */
static double deviation_at(const cpn_effect_result *told, const cpn_response *curve, double spend)
{
    cpn_response one = *curve;
    one.scale = 1;
    const cpn_effect_point point = cpn_effect_look(&one, spend);
    const double gradient[] = { point.value, -curve->scale * point.by_log_spend / curve->location,
                                curve->scale * point.by_log_shape / curve->shape };
    double variance = 0;
    for (int32_t a = 0; a < COUNT(gradient); a++)
        for (int32_t b = 0; b < COUNT(gradient); b++)
            if (told->has_deviation[a] && told->has_deviation[b])
                variance += gradient[a] * gradient[b] * told->covariance[a * CPN_EFFECT_N + b];
    return variance > 0 ? sqrt(variance) : 0;
}

static void write_line(cpn_out *out, const cpn_effect_answer *answer, int64_t index)
{
    const cpn_effect_series *series = &answer->history->series[index];
    const cpn_effect_result *told = &answer->choices[index].results[answer->choices[index].chosen];
    const cpn_response curve = curve_of(told);
    for (int32_t i = 0; i < N_POINTS && told->status == CPN_EFFECT_IDENTIFIED; i++) {
        const double spend = series->spend_max * reach * i / (N_POINTS - 1);
        const cpn_response_look look = cpn_response_at(&curve, spend);
        const double half = told->quantile * deviation_at(told, &curve, spend);
        cpn_effect_write_item(out, 0, answer->history, series->item);
        cpn_out_float64(out, 1, spend);
        cpn_effect_cell(out, 2, look.value, true);
        cpn_effect_cell(out, 3, look.value - half, true);
        cpn_effect_cell(out, 4, look.value + half, true);
        cpn_effect_cell(out, 5, look.slope, true);
    }
}

campaign_status cpn_effect_write_lines(campaign_table **table, const cpn_effect_answer *answer, campaign_error *error)
{
    cpn_out out;
    cpn_effect_open(&out, line_schema, COUNT(line_schema), answer->history);
    for (int64_t i = 0; i < answer->history->n_series; i++) write_line(&out, answer, i);
    return cpn_out_close(table, &out, error);
}
