/* The tables of fitted curves: the curves themselves, all that were tried, and the history beside its fit. */
#include "forecast/response_fit.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static int32_t item_type(const cpn_effect_history *history)
{
    return history->item.type == 0 ? CAMPAIGN_TYPE_UTF8 : history->item.type;
}

void cpn_effect_write_item(cpn_out *out, int32_t column, const cpn_effect_history *history, int32_t item)
{
    if (history->item.type == 0)
        cpn_out_string(out, column, "all");
    else
        cpn_out_cell(out, column, &history->item, history->keys.first_rows[item]);
}

/* Opens a table whose first column is the item, of the history's own type. */
void cpn_effect_open(cpn_out *out, const cpn_column_schema *schema, int32_t n, const cpn_effect_history *history)
{
    cpn_column_schema own[CPN_EFFECT_COLUMNS];
    for (int32_t i = 0; i < n; i++) own[i] = schema[i];
    own[0].type = item_type(history);
    cpn_out_open(out, own, n, NULL, 0);
}

/* A number where there is one; what is not finite is null. */
void cpn_effect_cell(cpn_out *out, int32_t column, double value, bool is_there)
{
    cpn_out_optional_float64(out, column, value, is_there && value - value == 0);
}

/* ---- Curves --------------------------------------------------------------------------------------------------------- */

static const cpn_column_schema curve_schema[] = {
    { "item", CAMPAIGN_TYPE_UTF8, "The series.", "序列。" },
    { "curve", CAMPAIGN_TYPE_UTF8, "Kind of curve.", "曲线种类。" },
    { "scale", CAMPAIGN_TYPE_FLOAT64, "Most response; of a line, response to one unit of spend.",
      "最大响应；直线为每单位投入的响应。" },
    { "location", CAMPAIGN_TYPE_FLOAT64, "Spend per period at which the curve bends.", "曲线转折处的每期投入。" },
    { "shape", CAMPAIGN_TYPE_FLOAT64, "How sharply it bends.", "转折的陡峭程度。" },
    { "shift", CAMPAIGN_TYPE_FLOAT64, "Spend that works already: 0.", "已在起作用的投入：0。" },
    { "adstock", CAMPAIGN_TYPE_FLOAT64, "Share of a period's effect carried over to the next.",
      "效果结转到下一期的比例。" },
    { "intercept", CAMPAIGN_TYPE_FLOAT64, "Result of a period without spend.", "无投入时一期的结果。" },
    { "trend", CAMPAIGN_TYPE_FLOAT64, "What it grows by each period.", "每期的增长。" },
    { "scale_se", CAMPAIGN_TYPE_FLOAT64, "Standard error.", "标准误。" },
    { "location_se", CAMPAIGN_TYPE_FLOAT64, "Standard error.", "标准误。" },
    { "shape_se", CAMPAIGN_TYPE_FLOAT64, "Standard error.", "标准误。" },
    { "adstock_se", CAMPAIGN_TYPE_FLOAT64, "Standard error.", "标准误。" },
    { "intercept_se", CAMPAIGN_TYPE_FLOAT64, "Standard error.", "标准误。" },
    { "trend_se", CAMPAIGN_TYPE_FLOAT64, "Standard error.", "标准误。" },
    { "scale_low", CAMPAIGN_TYPE_FLOAT64, "Lower confidence limit.", "置信下限。" },
    { "scale_high", CAMPAIGN_TYPE_FLOAT64, "Upper confidence limit.", "置信上限。" },
    { "location_low", CAMPAIGN_TYPE_FLOAT64, "Lower confidence limit.", "置信下限。" },
    { "location_high", CAMPAIGN_TYPE_FLOAT64, "Upper confidence limit.", "置信上限。" },
    { "shape_low", CAMPAIGN_TYPE_FLOAT64, "Lower confidence limit.", "置信下限。" },
    { "shape_high", CAMPAIGN_TYPE_FLOAT64, "Upper confidence limit.", "置信上限。" },
    { "adstock_low", CAMPAIGN_TYPE_FLOAT64, "Lower confidence limit.", "置信下限。" },
    { "adstock_high", CAMPAIGN_TYPE_FLOAT64, "Upper confidence limit.", "置信上限。" },
    { "intercept_low", CAMPAIGN_TYPE_FLOAT64, "Lower confidence limit.", "置信下限。" },
    { "intercept_high", CAMPAIGN_TYPE_FLOAT64, "Upper confidence limit.", "置信上限。" },
    { "trend_low", CAMPAIGN_TYPE_FLOAT64, "Lower confidence limit.", "置信下限。" },
    { "trend_high", CAMPAIGN_TYPE_FLOAT64, "Upper confidence limit.", "置信上限。" },
    { "carried_location", CAMPAIGN_TYPE_FLOAT64, "Location where carry-over is added up plainly.",
      "结转直接累加时的位置参数。" },
    { "r2", CAMPAIGN_TYPE_FLOAT64, "Share of the results' variation that is explained.", "结果变动被解释的比例。" },
    { "rmse", CAMPAIGN_TYPE_FLOAT64, "Root of the mean squared error.", "均方根误差。" },
    { "sigma", CAMPAIGN_TYPE_FLOAT64, "Deviation of errors, by degrees of freedom.", "误差的标准差（按自由度）。" },
    { "aicc", CAMPAIGN_TYPE_FLOAT64, "Corrected information criterion of Akaike.", "修正的赤池信息准则。" },
    { "n", CAMPAIGN_TYPE_INT64, "Periods that were fitted.", "参与拟合的期数。" },
    { "n_parameters", CAMPAIGN_TYPE_INT32, "Parameters of the mean.", "均值的参数个数。" },
    { "condition", CAMPAIGN_TYPE_FLOAT64, "Condition number of the scaled Jacobian.", "缩放后雅可比矩阵的条件数。" },
    { "spend_mean", CAMPAIGN_TYPE_FLOAT64, "Mean spend of a period.", "平均每期投入。" },
    { "spend_max", CAMPAIGN_TYPE_FLOAT64, "Largest spend of a period: beyond it the curve is a guess.",
      "最大每期投入：超过后曲线为外推。" },
    { "is_identified", CAMPAIGN_TYPE_BOOL, "The history tells the curve.", "历史数据足以确定曲线。" },
    { "status", CAMPAIGN_TYPE_UTF8, "identified, or why not.", "identified（已确定），或未确定的原因。" },
    { "reason", CAMPAIGN_TYPE_UTF8, "One sentence.", "一句话说明。" },
};
enum { ITEM, CURVE, VALUES, SHIFT = 5, DEVIATIONS = 9, LIMITS = 15, CARRIED = 27, QUALITY, N = 32, MEANS = 35 };
_Static_assert(COUNT(curve_schema) == MEANS + 5 && COUNT(curve_schema) <= CPN_EFFECT_COLUMNS, "columns");

/* Column of a parameter's value: shift stands between shape and adstock. */
static int32_t value_column(int32_t parameter)
{
    return VALUES + parameter + (parameter >= CPN_EFFECT_ADSTOCK);
}

static void write_parameters(cpn_out *out, const cpn_effect_result *told)
{
    const bool is_known = told->status == CPN_EFFECT_IDENTIFIED;
    for (int32_t p = 0; p < CPN_EFFECT_N; p++) {
        const bool has_deviation = is_known && told->has_deviation[p];
        cpn_effect_cell(out, value_column(p), told->value[p], is_known && told->is_there[p]);
        cpn_effect_cell(out, DEVIATIONS + p, told->deviation[p], has_deviation);
        cpn_effect_cell(out, LIMITS + 2 * p, told->low[p], has_deviation);
        cpn_effect_cell(out, LIMITS + 2 * p + 1, told->high[p], has_deviation);
    }
    cpn_effect_cell(out, SHIFT, 0, is_known);
    cpn_effect_cell(out, CARRIED, told->value[CPN_EFFECT_LOCATION] / (1 - told->value[CPN_EFFECT_ADSTOCK]),
                    is_known && told->is_there[CPN_EFFECT_LOCATION]);
    cpn_effect_cell(out, QUALITY, told->r2, is_known);
    cpn_effect_cell(out, QUALITY + 1, told->rmse, is_known);
    cpn_effect_cell(out, QUALITY + 2, told->sigma, is_known);
    cpn_effect_cell(out, QUALITY + 3, told->aicc, is_known);
    cpn_effect_cell(out, N + 2, told->condition, is_known);
}

static void write_reason(cpn_out *out, int32_t column, const cpn_effect_result *result, const cpn_effect_answer *answer,
                         const cpn_effect_series *series)
{
    char sentence[CPN_EFFECT_SENTENCE];
    cpn_effect_reason(sentence, result, series, answer->knobs);
    cpn_out_string(out, column, sentence);
}

campaign_status cpn_effect_write_curves(campaign_table **table, const cpn_effect_answer *answer, campaign_error *error)
{
    const cpn_effect_history *history = answer->history;
    cpn_out out;
    cpn_effect_open(&out, curve_schema, COUNT(curve_schema), history);
    for (int64_t i = 0; i < history->n_series; i++) {
        const cpn_effect_series *series = &history->series[i];
        const cpn_effect_result *told = &answer->choices[i].results[answer->choices[i].chosen];
        cpn_effect_write_item(&out, ITEM, history, series->item);
        cpn_out_string(&out, CURVE, cpn_response_name((int32_t)told->kind));
        write_parameters(&out, told);
        cpn_out_int64(&out, N, series->n_used);
        cpn_out_int64(&out, N + 1, told->n_parameters);
        cpn_out_float64(&out, MEANS, series->spend_mean);
        cpn_out_float64(&out, MEANS + 1, series->spend_max);
        cpn_out_int64(&out, MEANS + 2, told->status == CPN_EFFECT_IDENTIFIED);
        cpn_out_string(&out, MEANS + 3, cpn_effect_statuses[told->status]);
        write_reason(&out, MEANS + 4, told, answer, series);
    }
    return cpn_out_close(table, &out, error);
}

/* ---- Candidates ------------------------------------------------------------------------------------------------------ */

static const cpn_column_schema candidate_schema[] = {
    { "item", CAMPAIGN_TYPE_UTF8, "The series.", "序列。" },
    { "curve", CAMPAIGN_TYPE_UTF8, "Kind of curve.", "曲线种类。" },
    { "is_chosen", CAMPAIGN_TYPE_BOOL, "The one in curves.", "curves 中的那一条。" },
    { "is_identified", CAMPAIGN_TYPE_BOOL, "The history tells it.", "历史数据足以确定。" },
    { "status", CAMPAIGN_TYPE_UTF8, "identified, or why not.", "identified（已确定），或未确定的原因。" },
    { "scale", CAMPAIGN_TYPE_FLOAT64, "Of the best fit.", "最优拟合的值。" },
    { "location", CAMPAIGN_TYPE_FLOAT64, "Of the best fit.", "最优拟合的值。" },
    { "shape", CAMPAIGN_TYPE_FLOAT64, "Of the best fit.", "最优拟合的值。" },
    { "adstock", CAMPAIGN_TYPE_FLOAT64, "Of the best fit.", "最优拟合的值。" },
    { "intercept", CAMPAIGN_TYPE_FLOAT64, "Of the best fit.", "最优拟合的值。" },
    { "trend", CAMPAIGN_TYPE_FLOAT64, "Of the best fit.", "最优拟合的值。" },
    { "n_parameters", CAMPAIGN_TYPE_INT32, "Parameters of the mean.", "均值的参数个数。" },
    { "rmse", CAMPAIGN_TYPE_FLOAT64, "Root of the mean squared error.", "均方根误差。" },
    { "r2", CAMPAIGN_TYPE_FLOAT64, "Share of the variation that is explained.", "变动被解释的比例。" },
    { "aicc", CAMPAIGN_TYPE_FLOAT64, "Corrected information criterion of Akaike.", "修正的赤池信息准则。" },
    { "delta", CAMPAIGN_TYPE_FLOAT64, "aicc above the least of the item.", "比该序列最小值高出的 aicc。" },
    { "weight", CAMPAIGN_TYPE_FLOAT64, "Akaike weight.", "赤池权重。" },
    { "condition", CAMPAIGN_TYPE_FLOAT64, "Condition number of the scaled Jacobian.", "缩放后雅可比矩阵的条件数。" },
    { "reason", CAMPAIGN_TYPE_UTF8, "One sentence.", "一句话说明。" },
};

static void write_candidate(cpn_out *out, const cpn_effect_result *result)
{
    const double quality[] = {
        result->rmse, result->r2, result->aicc, result->delta, result->weight, result->condition
    };
    cpn_out_int64(out, 3, result->status == CPN_EFFECT_IDENTIFIED);
    cpn_out_string(out, 4, cpn_effect_statuses[result->status]);
    for (int32_t p = 0; p < CPN_EFFECT_N; p++)
        cpn_effect_cell(out, 5 + p, result->value[p], result->is_fitted && result->is_there[p]);
    cpn_out_int64(out, 11, result->n_parameters);
    for (int32_t i = 0; i < COUNT(quality); i++) cpn_effect_cell(out, 12 + i, quality[i], result->is_fitted);
}

campaign_status cpn_effect_write_candidates(campaign_table **table, const cpn_effect_answer *answer,
                                            campaign_error *error)
{
    const cpn_effect_history *history = answer->history;
    cpn_out out;
    cpn_effect_open(&out, candidate_schema, COUNT(candidate_schema), history);
    for (int64_t i = 0; i < history->n_series; i++) {
        const cpn_effect_choice *choice = &answer->choices[i];
        for (int32_t k = 0; k < choice->n_results; k++) {
            cpn_effect_write_item(&out, 0, history, history->series[i].item);
            cpn_out_string(&out, 1, cpn_response_name((int32_t)choice->results[k].kind));
            cpn_out_int64(&out, 2, k == choice->chosen);
            write_candidate(&out, &choice->results[k]);
            write_reason(&out, 18, &choice->results[k], answer, &history->series[i]);
        }
    }
    return cpn_out_close(table, &out, error);
}
