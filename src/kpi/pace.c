/* Pace: where the periods that run stand against what their days so far were to bring, and where they would close.
 * Forecast at close = actual × target / expected: the rest of the period goes as its days so far have gone. */
#include "base/checked.h"
#include "kpi/kpi.h"

static const cpn_column_schema schema[] = {
    { "level", CAMPAIGN_TYPE_UTF8, "Level of the target.", "目标的层级。" },
    { "period", CAMPAIGN_TYPE_UTF8, "Name of the period.", "期间名称。" },
    { "start", CAMPAIGN_TYPE_DATE, "First day.", "第一天。" },
    { "end", CAMPAIGN_TYPE_DATE, "The day after the last.", "最后一天的次日。" },
    { "product_line", CAMPAIGN_TYPE_UTF8, "Product line; null for all.", "产品线，空为全部。" },
    { "market", CAMPAIGN_TYPE_UTF8, "Market; null for all.", "市场，空为全部。" },
    { "target", CAMPAIGN_TYPE_MONEY, "Target of the whole period.", "整个期间的目标。" },
    { "expected", CAMPAIGN_TYPE_MONEY, "Target of its days so far.", "截至当日应完成数。" },
    { "actual", CAMPAIGN_TYPE_MONEY, "Sales so far.", "截至当日实际数。" },
    { "gap", CAMPAIGN_TYPE_MONEY, "actual - expected.", "差额：actual - expected。" },
    { "pace", CAMPAIGN_TYPE_FLOAT64, "actual / expected.", "进度：actual ÷ expected。" },
    { "forecast", CAMPAIGN_TYPE_MONEY, "Sales at close if the pace stays.", "按当前进度的期末预计。" },
    { "forecast_attainment", CAMPAIGN_TYPE_FLOAT64, "forecast / target.", "预计达成率。" },
    { "days_left", CAMPAIGN_TYPE_INT64, "Days after the day of judgement.", "剩余天数。" },
    { "needed_per_day", CAMPAIGN_TYPE_MONEY, "What each day left must bring to reach the target, rounded up.",
      "剩余每天需完成数（向上取整）。" },
    { "status", CAMPAIGN_TYPE_UTF8, "on_track, behind, ahead, not_started or not_available.",
      "on_track 正常、behind 落后、ahead 超前、not_started 未开始、not_available 不可用。" },
    { "reason", CAMPAIGN_TYPE_UTF8, "Why there is no pace.", "没有进度的原因代码。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The reason as a sentence.", "原因说明。" },
};

/* Totals of periods that run; product lines and markets for the whole plan. */
static bool is_paced(const cpn_kpi_case *row, const cpn_kpi_book *book, const cpn_kpi_facts *facts)
{
    if (row->is_spend || row->campaign.text) return false;
    const bool has_line = row->dimensions[0].text != NULL, has_market = row->dimensions[1].text != NULL;
    if (!has_line && !has_market) return cpn_kpi_is_running(row, book, facts);
    return has_line != has_market && row->start_day == book->start_day && row->end_day == book->end_day;
}

static void write_forecast(cpn_out *out, const cpn_kpi_case *row)
{
    int64_t forecast = 0;
    const bool has_forecast =
        row->reason == CPN_REASON_NONE &&
        cpn_mul_div64(&forecast, row->actual_minor, row->target_minor, row->to_date_minor, CAMPAIGN_ROUND_HALF_EVEN);
    cpn_out_optional_int64(out, 11, forecast, has_forecast);
    cpn_out_optional_float64(out, 12, has_forecast ? (double)forecast / (double)row->target_minor : 0, has_forecast);
}

static void write_need(cpn_out *out, const cpn_kpi_case *row, int32_t as_of)
{
    int64_t days_left = (int64_t)row->end_day - 1 - as_of, missing = 0, needed = 0;
    if (days_left < 0) days_left = 0;
    if (as_of < row->start_day) days_left = row->end_day - row->start_day;
    bool has_need = row->has_actual && days_left > 0 && cpn_sub64(&missing, row->target_minor, row->actual_minor);
    if (missing < 0) missing = 0;
    has_need = has_need && cpn_mul_div64(&needed, missing, 1, days_left, CAMPAIGN_ROUND_CEILING);
    cpn_out_int64(out, 13, days_left);
    cpn_out_optional_int64(out, 14, needed, has_need);
}

static campaign_status write_row(cpn_out *out, const cpn_kpi_case *row, int32_t as_of, const cpn_kpi_settings *settings,
                                 campaign_error *error)
{
    int64_t gap = 0;
    const bool has_gap = row->has_to_date && row->has_actual && cpn_sub64(&gap, row->actual_minor, row->to_date_minor);
    const bool has_pace = row->reason == CPN_REASON_NONE;
    cpn_kpi_write_name(out, 0, row->level);
    cpn_kpi_write_name(out, 1, row->period);
    cpn_out_int64(out, 2, row->start_day);
    cpn_out_int64(out, 3, row->end_day);
    cpn_kpi_write_name(out, 4, row->dimensions[0]);
    cpn_kpi_write_name(out, 5, row->dimensions[1]);
    cpn_out_int64(out, 6, row->target_minor);
    cpn_out_optional_int64(out, 7, row->to_date_minor, row->has_to_date);
    cpn_out_optional_int64(out, 8, row->actual_minor, row->has_actual);
    cpn_out_optional_int64(out, 9, gap, has_gap);
    cpn_out_optional_float64(out, 10, has_pace ? (double)row->actual_minor / (double)row->to_date_minor : 0, has_pace);
    write_forecast(out, row);
    write_need(out, row, as_of);
    cpn_out_string(out, 15, cpn_kpi_case_status(row, settings));
    return cpn_kpi_write_reason(out, 16, row->reason, row->subject, settings->is_chinese, error);
}

campaign_status cpn_kpi_pace_table(campaign_table **table, const cpn_kpi_cases *cases, const cpn_kpi_book *book,
                                   const cpn_kpi_facts *facts, const cpn_kpi_settings *settings, campaign_error *error)
{
    cpn_out out;
    campaign_status status = CAMPAIGN_OK;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), book->currency, book->exponent);
    for (int64_t i = 0; i < cases->n && status == CAMPAIGN_OK; i++)
        if (is_paced(&cases->rows[i], book, facts))
            status = write_row(&out, &cases->rows[i], facts->as_of, settings, error);
    return cpn_kpi_close(table, &out, status, error);
}
