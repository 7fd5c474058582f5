/* Alerts: what is off its target by the limit and large enough to matter, with what the handbook says to do about it.
 * Largest amount first; metrics, which have no amount, follow. Days and weeks raise none: they are judged, not chased. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "kpi/kpi.h"

enum { SHORTEST_PERIOD = 28 }; /* days of a period that is worth an alert */

static const cpn_column_schema schema[] = {
    { "metric", CAMPAIGN_TYPE_UTF8, "Metric that is off.", "偏离的指标。" },
    { "level", CAMPAIGN_TYPE_UTF8, "Level of the target.", "目标的层级。" },
    { "period", CAMPAIGN_TYPE_UTF8, "Name of the period.", "期间名称。" },
    { "product_line", CAMPAIGN_TYPE_UTF8, "Product line; null for all.", "产品线，空为全部。" },
    { "market", CAMPAIGN_TYPE_UTF8, "Market; null for all.", "市场，空为全部。" },
    { "campaign", CAMPAIGN_TYPE_UTF8, "Campaign.", "活动。" },
    { "phase", CAMPAIGN_TYPE_UTF8, "Phase of the campaign.", "活动阶段。" },
    { "status", CAMPAIGN_TYPE_UTF8, "behind, ahead or over.", "behind 落后、ahead 超前、over 超支或超上限。" },
    { "deviation", CAMPAIGN_TYPE_FLOAT64, "attainment - 1.", "偏差：达成率 - 1。" },
    { "limit", CAMPAIGN_TYPE_FLOAT64, "Deviation that raises the alert.", "触发预警的偏差。" },
    { "impact", CAMPAIGN_TYPE_MONEY, "actual - target to date; null for metrics.", "差额，指标为空。" },
    { "action", CAMPAIGN_TYPE_UTF8, "What to do, as a code.", "建议措施的代码。" },
    { "source", CAMPAIGN_TYPE_UTF8, "Row of the handbook it comes from.", "措施在手册中的编号。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The alert and what to do, as a sentence.", "预警与建议说明。" },
};

typedef struct advice_line {
    const char *metric, *status, *action, *source, *en, *zh;
} advice_line;

/* The first match counts; metric NULL matches every one. */
static const advice_line advices[] = {
    { "sales", "behind", "emergency_response", "AP16",
      "start the emergency response: find the step that fails, add traffic or strengthen the offer",
      "启动应急响应：找出失效环节，加大引流或加强优惠" },
    { "sales", "ahead", "secure_stock", "PX5", "check that stock and delivery keep up", "核对库存与配送能否跟上" },
    { "spend", "over", "pause_non_core", "AP19", "pause what is not core and protect conversion",
      "暂停非核心支出，保住转化" },
    { "cpa", "over", "pause_channel", "PX22", "pause the dearest channels and move their money",
      "暂停成本最高的渠道并调配预算" },
    { "refund_rate", "over", "find_cause", "AP20", "answer complaints, find the cause of returns and mend the rule",
      "处理投诉，查明退货原因并修正规则" },
    { "order_value", "behind", "raise_threshold", "PX10", "revise the spend-and-save thresholds", "调整满减门槛" },
    { "conversion", "behind", "strengthen_offer", "PX12", "strengthen the offer where it falls behind",
      "在落后的品类或时段加强优惠" },
    { "visits", "behind", "add_traffic", "PX17", "move traffic to the sources that convert", "把引流转向有转化的来源" },
    { "new_customers", "behind", "add_traffic", "PX17", "move traffic to the sources that convert",
      "把引流转向有转化的来源" },
    { "roi", "behind", "move_budget", "PX4", "move money to the links of highest return", "把预算调到高回报环节" },
    { NULL, "behind", "emergency_response", "AP16", "start the emergency response", "启动应急响应" },
    { NULL, "over", "pause_non_core", "AP19", "pause what is not core", "暂停非核心支出" },
    { NULL, "ahead", "keep_practice", "AP17", "record what works, for the next plan", "记录有效做法，用于下次计划" },
};

static const advice_line *find_advice(const char *metric, const char *status)
{
    size_t i = 0;
    while (strcmp(advices[i].status, status) != 0 || (advices[i].metric && strcmp(advices[i].metric, metric) != 0)) i++;
    return &advices[i];
}

/* ---- Sentences -------------------------------------------------------------------------------------------------- */

/* "-25.3" for a deviation of -253,049 parts per million. */
static void add_percent(cpn_text *text, int64_t ppm)
{
    int64_t tenths = 0;
    char percent[CAMPAIGN_MONEY_TEXT];
    (void)cpn_mul_div64(&tenths, ppm, 1, 1000, CAMPAIGN_ROUND_HALF_EVEN);
    (void)campaign_money_format(percent, tenths, 1);
    cpn_text_add_string(text, percent);
}

static void add_name(cpn_text *text, const char *before, cpn_kpi_name name)
{
    if (!name.text) return;
    cpn_text_add_string(text, before);
    cpn_text_add(text, name.text, name.length);
}

static void add_money(cpn_text *text, int64_t minor, const cpn_kpi_book *book)
{
    char money[CAMPAIGN_MONEY_TEXT];
    (void)campaign_money_format(money, minor, book->exponent);
    cpn_text_add_string(text, money);
}

/* What people call a campaign, where the plan says so. */
static cpn_kpi_name campaign_name(const cpn_kpi_book *book, cpn_kpi_name id)
{
    for (int64_t i = 0; id.text && book->campaign_name.type != 0 && i < book->campaign_id.n_rows; i++) {
        cpn_kpi_name name = id;
        size_t length;
        if (cpn_is_null(&book->campaign_id, i) || cpn_is_null(&book->campaign_name, i)) continue;
        const char *text = cpn_cell_text(&book->campaign_id, i, &length);
        if (length != id.length || memcmp(text, id.text, length) != 0) continue;
        name.text = cpn_cell_text(&book->campaign_name, i, &name.length);
        return name;
    }
    return id;
}

static cpn_kpi_name phase_word(cpn_kpi_name phase, bool is_chinese)
{
    static const char *const words[][2] = { { "preheat", "预热期" }, { "burst", "爆发期" }, { "closing", "收尾期" } };
    for (size_t i = 0; is_chinese && phase.text && i < sizeof words / sizeof *words; i++)
        if (strlen(words[i][0]) == phase.length && memcmp(words[i][0], phase.text, phase.length) == 0)
            return (cpn_kpi_name){ words[i][1], strlen(words[i][1]) };
    return phase;
}

static void add_subject(cpn_text *text, const cpn_kpi_case *row, const cpn_kpi_book *book, bool is_chinese)
{
    cpn_text_add_string(text, row->is_spend ? (is_chinese ? "花费" : "Spend") : is_chinese ? "销售额" : "Sales");
    add_name(text, is_chinese ? " " : " of ", row->period);
    add_name(text, is_chinese ? "，" : ", ", row->dimensions[0]);
    add_name(text, is_chinese ? "，" : ", ", row->dimensions[1]);
    add_name(text, is_chinese ? " " : " of ", campaign_name(book, row->campaign));
    add_name(text, is_chinese ? " " : ", ", phase_word(row->phase, is_chinese));
}

static void write_case_sentence(cpn_text *text, const cpn_kpi_case *row, const cpn_kpi_book *book, int64_t ppm,
                                const advice_line *advice, bool is_chinese)
{
    const bool is_below = ppm < 0;
    add_subject(text, row, book, is_chinese);
    cpn_text_add_string(text, is_chinese ? (is_below ? " 低于" : " 高于") : row->is_spend ? " is " : " are ");
    if (is_chinese) cpn_text_add_string(text, row->is_spend ? "预算 " : "应完成数 ");
    add_percent(text, is_below ? -ppm : ppm);
    if (!is_chinese) {
        cpn_text_add_string(text, is_below ? " percent below " : " percent above ");
        cpn_text_add_string(text, row->is_spend ? "budget" : "target to date");
    }
    cpn_text_add_string(text, is_chinese ? "%（" : " (");
    add_money(text, row->actual_minor, book);
    cpn_text_add_string(text, is_chinese ? " 对 " : " of ");
    add_money(text, row->to_date_minor, book);
    cpn_text_add_string(text, is_chinese ? "）：" : "): ");
    cpn_text_add_string(text, is_chinese ? advice->zh : advice->en);
    cpn_text_add_string(text, is_chinese ? "。" : ".");
}

/* Ratios with three decimals, money with two, counts with none. */
static void add_figure(cpn_text *text, double figure, const char *unit)
{
    const int32_t decimals = strcmp(unit, "ratio") == 0 ? 3 : strcmp(unit, "money") == 0 ? 2 : 0;
    const double scaled = figure * (decimals == 3 ? 1000 : decimals == 2 ? 100 : 1);
    char digits[CAMPAIGN_MONEY_TEXT] = "";
    if (!(scaled > -9e15 && scaled < 9e15)) return;
    (void)campaign_money_format(digits, (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5)), decimals);
    cpn_text_add_string(text, digits);
}

static const char *metric_word(const char *name, bool is_chinese)
{
    static const char *const words[][3] = {
        { "orders", "Orders", "订单数" },
        { "visits", "Visits", "访客数" },
        { "new_customers", "New customers", "新客数" },
        { "spend", "Spend", "花费" },
        { "order_value", "Order value", "客单价" },
        { "conversion", "Conversion", "转化率" },
        { "refund_rate", "Refund rate", "退款率" },
        { "cpa", "CPA", "获客成本" },
        { "roi", "ROI", "投入产出比" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], name) == 0) return words[i][is_chinese ? 2 : 1];
    return name;
}

/* "Conversion of 2027-03 is 33.1 percent below its target (0.067 of 0.100): …" */
static void write_metric_sentence(cpn_text *text, const cpn_kpi_metric *metric, double deviation,
                                  const advice_line *advice, bool is_chinese)
{
    const bool is_below = deviation < 0;
    const double capped = deviation > 1e6 ? 1e6 : deviation < -1e6 ? -1e6 : deviation;
    cpn_text_add_string(text, metric_word(metric->name, is_chinese));
    add_name(text, is_chinese ? " " : " of ", metric->period);
    cpn_text_add_string(text, is_chinese ? (is_below ? " 低于目标 " : " 高于目标 ") : " is ");
    add_percent(text, (int64_t)((is_below ? -capped : capped) * 1e6));
    cpn_text_add_string(text, is_chinese ? "%（"
                              : is_below ? " percent below its target ("
                                         : " percent above its target (");
    add_figure(text, metric->value, metric->unit);
    cpn_text_add_string(text, is_chinese ? " 对 " : " of ");
    add_figure(text, metric->to_date, metric->unit);
    cpn_text_add_string(text, is_chinese ? "）：" : "): ");
    cpn_text_add_string(text, is_chinese ? advice->zh : advice->en);
    cpn_text_add_string(text, is_chinese ? "。" : ".");
}

/* ---- Choice ----------------------------------------------------------------------------------------------------- */

typedef struct alert_line {
    const cpn_kpi_case *row;
    const char *status;
    int64_t size; /* |actual - target to date| */
} alert_line;

static int compare_size(const void *a, const void *b, const void *ctx)
{
    const int64_t size_a = ((const alert_line *)a)->size, size_b = ((const alert_line *)b)->size;
    (void)ctx;
    return size_a > size_b ? -1 : size_a < size_b;
}

static bool matters(const cpn_kpi_case *row, const cpn_kpi_book *book, const cpn_kpi_settings *settings)
{
    if (row->reason != CPN_REASON_NONE) return false;
    if (row->is_spend) return true;
    if (!row->campaign.text && row->end_day - row->start_day < SHORTEST_PERIOD) return false;
    const int64_t year = cpn_cell_int64(&book->target, 0);
    return cpn_compare_128(cpn_mul_128(row->to_date_minor, 1000000), cpn_mul_128(year, settings->minimum_share_ppm)) >=
           0;
}

static int64_t choose(alert_line *alerts, const cpn_kpi_cases *cases, const cpn_kpi_book *book,
                      const cpn_kpi_settings *settings)
{
    int64_t n = 0;
    for (int64_t i = 0; i < cases->n; i++) {
        const cpn_kpi_case *row = &cases->rows[i];
        if (!matters(row, book, settings)) continue;
        const char *status = cpn_kpi_case_status(row, settings);
        int64_t size = 0;
        if (strcmp(status, "on_track") == 0) continue;
        if (!cpn_sub64(&size, row->actual_minor, row->to_date_minor) || size == INT64_MIN) size = INT64_MAX;
        alerts[n++] = (alert_line){ row, status, size < 0 ? -size : size };
    }
    return n;
}

/* ---- Table ------------------------------------------------------------------------------------------------------ */

static void write_case(cpn_out *out, cpn_text *text, const alert_line *alert, const cpn_kpi_book *book,
                       const cpn_kpi_settings *settings)
{
    const cpn_kpi_case *row = alert->row;
    const char *metric = row->is_spend ? "spend" : "sales";
    const advice_line *advice = find_advice(metric, alert->status);
    int64_t impact = 0, ppm = 0;
    const bool has_impact = cpn_sub64(&impact, row->actual_minor, row->to_date_minor);
    const double deviation = ((double)row->actual_minor - (double)row->to_date_minor) / (double)row->to_date_minor;
    if (!has_impact || !cpn_mul_div64(&ppm, impact, 1000000, row->to_date_minor, CAMPAIGN_ROUND_HALF_EVEN))
        ppm = deviation < 0 ? -INT64_MAX : INT64_MAX;
    text->length = 0;
    write_case_sentence(text, row, book, ppm, advice, settings->is_chinese);
    cpn_out_string(out, 0, metric);
    cpn_kpi_write_name(out, 1, row->level);
    cpn_kpi_write_name(out, 2, row->period);
    cpn_kpi_write_name(out, 3, row->dimensions[0]);
    cpn_kpi_write_name(out, 4, row->dimensions[1]);
    cpn_kpi_write_name(out, 5, row->campaign);
    cpn_kpi_write_name(out, 6, row->phase);
    cpn_out_string(out, 7, alert->status);
    cpn_out_float64(out, 8, deviation);
    cpn_out_float64(out, 9, (double)settings->deviation_ppm / 1e6);
    cpn_out_optional_int64(out, 10, impact, has_impact);
    cpn_out_string(out, 11, advice->action);
    cpn_out_string(out, 12, advice->source);
    cpn_out_text(out, 13, text->data, text->length);
}

static void write_metric(cpn_out *out, cpn_text *text, const cpn_kpi_metric *metric, const cpn_kpi_settings *settings)
{
    const char *status = cpn_kpi_metric_status(metric, settings);
    const bool is_off = strcmp(status, "behind") == 0 || strcmp(status, "ahead") == 0 || strcmp(status, "over") == 0;
    if (!is_off || strcmp(metric->name, "sales") == 0) return; /* sales stand among the targets */
    const advice_line *advice = find_advice(metric->name, status);
    const double deviation = (metric->value - metric->to_date) / metric->to_date;
    text->length = 0;
    write_metric_sentence(text, metric, deviation, advice, settings->is_chinese);
    cpn_out_string(out, 0, metric->name);
    cpn_kpi_write_name(out, 1, metric->level);
    cpn_kpi_write_name(out, 2, metric->period);
    for (int32_t i = 3; i <= 6; i++) cpn_out_null(out, i);
    cpn_out_string(out, 7, status);
    cpn_out_float64(out, 8, deviation);
    cpn_out_float64(out, 9, cpn_kpi_metric_limit(metric, settings));
    cpn_out_null(out, 10);
    cpn_out_string(out, 11, advice->action);
    cpn_out_string(out, 12, advice->source);
    cpn_out_text(out, 13, text->data, text->length);
}

campaign_status cpn_kpi_alerts_table(campaign_table **table, const cpn_kpi_cases *cases, const cpn_kpi_metrics *metrics,
                                     const cpn_kpi_book *book, const cpn_kpi_settings *settings, campaign_error *error)
{
    alert_line *alerts = cpn_alloc(cases->n, sizeof *alerts);
    if (!alerts) return cpn_fail_nomem(error);
    const int64_t n = choose(alerts, cases, book, settings);
    campaign_status status =
        cpn_sort(alerts, n, sizeof *alerts, compare_size, NULL) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    cpn_out out;
    cpn_text text = { 0 };
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), book->currency, book->exponent);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) write_case(&out, &text, &alerts[i], book, settings);
    for (int64_t i = 0; i < metrics->n && status == CAMPAIGN_OK; i++)
        write_metric(&out, &text, &metrics->rows[i], settings);
    if (status == CAMPAIGN_OK && text.has_failed) status = cpn_fail_nomem(error);
    cpn_text_clear(&text);
    cpn_free(alerts);
    return cpn_kpi_close(table, &out, status, error);
}
