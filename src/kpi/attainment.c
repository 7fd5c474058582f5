/* The table of attainments: every case as it stands on the day of judgement. */
#include "kpi/kpi.h"

static const cpn_column_schema schema[] = {
    { "metric", CAMPAIGN_TYPE_UTF8, "sales or spend.", "指标：sales 销售额或 spend 花费。" },
    { "level", CAMPAIGN_TYPE_UTF8, "Level of the target, or campaign, phase, budget, budget_line.",
      "目标的层级，或 campaign、phase、budget、budget_line。" },
    { "period", CAMPAIGN_TYPE_UTF8, "Name of the period; null for campaigns and budgets.", "期间名称。" },
    { "start", CAMPAIGN_TYPE_DATE, "First day.", "第一天。" },
    { "end", CAMPAIGN_TYPE_DATE, "The day after the last.", "最后一天的次日。" },
    { "product_line", CAMPAIGN_TYPE_UTF8, "Product line; null for all.", "产品线，空为全部。" },
    { "market", CAMPAIGN_TYPE_UTF8, "Market; null for all.", "市场，空为全部。" },
    { "campaign", CAMPAIGN_TYPE_UTF8, "Campaign.", "活动。" },
    { "phase", CAMPAIGN_TYPE_UTF8, "Phase of the campaign.", "活动阶段。" },
    { "target", CAMPAIGN_TYPE_MONEY, "Target of the whole period, or the budget.", "整个期间的目标，或预算。" },
    { "target_to_date", CAMPAIGN_TYPE_MONEY, "Part of it that the days so far carry; the whole budget.",
      "截至当日应完成的部分；预算则为全额。" },
    { "actual", CAMPAIGN_TYPE_MONEY, "What was reached or spent so far.", "截至当日的实际数。" },
    { "attainment", CAMPAIGN_TYPE_FLOAT64, "actual / target_to_date.", "达成率：actual ÷ target_to_date。" },
    { "deviation", CAMPAIGN_TYPE_FLOAT64, "attainment - 1.", "偏差：达成率 - 1。" },
    { "status", CAMPAIGN_TYPE_UTF8, "on_track, behind, ahead, over, not_started or not_available.",
      "on_track 正常、behind 落后、ahead 超前、over 超支、not_started 未开始、not_available 不可用。" },
    { "reason", CAMPAIGN_TYPE_UTF8, "Why there is no attainment.", "没有达成率的原因代码。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The reason as a sentence.", "原因说明。" },
};

static campaign_status write_row(cpn_out *out, const cpn_kpi_case *row, const cpn_kpi_settings *settings,
                                 campaign_error *error)
{
    const bool has_ratio = row->reason == CPN_REASON_NONE;
    const double ratio = has_ratio ? (double)row->actual_minor / (double)row->to_date_minor : 0;
    cpn_out_string(out, 0, row->is_spend ? "spend" : "sales");
    cpn_kpi_write_name(out, 1, row->level);
    cpn_kpi_write_name(out, 2, row->period);
    cpn_out_int64(out, 3, row->start_day);
    cpn_out_int64(out, 4, row->end_day);
    cpn_kpi_write_name(out, 5, row->dimensions[0]);
    cpn_kpi_write_name(out, 6, row->dimensions[1]);
    cpn_kpi_write_name(out, 7, row->campaign);
    cpn_kpi_write_name(out, 8, row->phase);
    cpn_out_int64(out, 9, row->target_minor);
    cpn_out_optional_int64(out, 10, row->to_date_minor, row->has_to_date);
    cpn_out_optional_int64(out, 11, row->actual_minor, row->has_actual);
    cpn_out_optional_float64(out, 12, ratio, has_ratio);
    cpn_out_optional_float64(
        out, 13, has_ratio ? ((double)row->actual_minor - (double)row->to_date_minor) / (double)row->to_date_minor : 0,
        has_ratio);
    cpn_out_string(out, 14, cpn_kpi_case_status(row, settings));
    return cpn_kpi_write_reason(out, 15, row->reason, row->subject, settings->is_chinese, error);
}

campaign_status cpn_kpi_attainment_table(campaign_table **table, const cpn_kpi_cases *cases, const cpn_kpi_book *book,
                                         const cpn_kpi_settings *settings, campaign_error *error)
{
    cpn_out out;
    campaign_status status = CAMPAIGN_OK;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), book->currency, book->exponent);
    for (int64_t i = 0; i < cases->n && status == CAMPAIGN_OK; i++)
        status = write_row(&out, &cases->rows[i], settings, error);
    return cpn_kpi_close(table, &out, status, error);
}
