/* Metrics of the plan's period to date, and of the shorter ones that run: ratios of sums, with the sums beside them, or
 * why there is none. A month that goes wrong shows here before the year does. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "kpi/kpi.h"

/* A metric by its measures; denominator -1: a plain figure. */
typedef struct metric_rule {
    const char *name, *unit;
    int32_t numerator, denominator;
    bool is_cap;
} metric_rule;

static const metric_rule rules[] = {
    { "sales", "money", CPN_SALES, -1, false },
    { "orders", "count", CPN_ORDERS, -1, false },
    { "visits", "count", CPN_VISITS, -1, false },
    { "new_customers", "count", CPN_NEW_CUSTOMERS, -1, false },
    { "spend", "money", CPN_SPEND, -1, true },
    { "order_value", "money", CPN_GROSS, CPN_ORDERS, false },
    { "conversion", "ratio", CPN_CONVERSIONS, CPN_VISITS, false },
    { "refund_rate", "ratio", CPN_REFUNDS, CPN_GROSS, true },
    { "cpa", "money", CPN_SPEND, CPN_NEW_CUSTOMERS, true },
    { "roi", "ratio", CPN_SALES, CPN_SPEND, false },
};
enum { N_RULES = sizeof rules / sizeof *rules };

static bool is_money(int32_t measure)
{
    return measure == CPN_SALES || measure == CPN_GROSS || measure == CPN_REFUNDS || measure == CPN_SPEND;
}

/* A measure of the metric's days in major units or as a count. */
static double figure(const cpn_kpi_metric *metric, const cpn_kpi_facts *facts, const cpn_kpi_book *book,
                     int32_t measure)
{
    const double total =
        (double)cpn_kpi_facts_total(facts, book, (cpn_kpi_measure)measure, metric->start_day, metric->end_day);
    return is_money(measure) ? total / (double)cpn_power_of_ten(book->exponent) : total;
}

static void set_reason(cpn_kpi_metric *metric, cpn_kpi_reason reason, int32_t measure)
{
    metric->reason = reason;
    metric->subject = cpn_kpi_measure_names[measure];
}

static void compute_value(cpn_kpi_metric *metric, const metric_rule *rule, const cpn_kpi_book *book,
                          const cpn_kpi_facts *facts)
{
    int32_t numerator = rule->numerator;
    if (numerator == CPN_CONVERSIONS && !facts->has[CPN_CONVERSIONS]) numerator = CPN_ORDERS;
    metric->numerator_name = cpn_kpi_measure_names[numerator];
    if (rule->denominator >= 0) metric->denominator_name = cpn_kpi_measure_names[rule->denominator];
    if (facts->as_of < metric->start_day) {
        metric->reason = CPN_REASON_NOT_STARTED;
        return;
    }
    metric->has_numerator = facts->has[numerator];
    metric->has_denominator = rule->denominator >= 0 && facts->has[rule->denominator];
    if (metric->has_numerator) metric->numerator = figure(metric, facts, book, numerator);
    if (metric->has_denominator) metric->denominator = figure(metric, facts, book, rule->denominator);
    if (!metric->has_numerator) {
        set_reason(metric, CPN_REASON_NO_FIGURES, numerator);
    } else if (rule->denominator < 0) {
        metric->value = metric->numerator;
        metric->has_value = true;
    } else if (!metric->has_denominator) {
        set_reason(metric, CPN_REASON_NO_FIGURES, rule->denominator);
    } else if (metric->denominator == 0) {
        set_reason(metric, CPN_REASON_ZERO_FIGURES, rule->denominator);
    } else {
        metric->value = metric->numerator / metric->denominator;
        metric->has_value = true;
    }
}

/* ---- Targets ---------------------------------------------------------------------------------------------------- */

static campaign_status find_target(cpn_kpi_metric *metric, const campaign_kpi_plan *plan, campaign_error *error)
{
    if (!plan->metrics) return CAMPAIGN_OK;
    campaign_column name, target;
    campaign_status status =
        cpn_need_column(&name, plan->metrics, "metrics", NULL, "metric", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&target, plan->metrics, "metrics", NULL, "target", CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64),
                                 error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < name.n_rows; row++) {
        size_t length;
        const char *text = cpn_is_null(&name, row) ? "" : cpn_cell_text(&name, row, &length);
        if (cpn_is_null(&name, row) || cpn_is_null(&target, row) || length != strlen(metric->name) ||
            memcmp(text, metric->name, length) != 0)
            continue;
        metric->target = ((const double *)target.values)[row];
        metric->has_target = true;
    }
    return status;
}

/* The part of a count for the plan's whole period that falls on some days of it: as the sales targets lie, or evenly where
 * nothing is said of the days. */
static double part_of(double count, const cpn_kpi_book *book, int32_t first_day, int32_t end_day)
{
    const int64_t whole = cpn_kpi_book_days(book, book->start_day, book->end_day);
    if (end_day <= first_day) return 0;
    if (whole == 0) return count * (double)(end_day - first_day) / (double)(book->end_day - book->start_day);
    return count * (double)cpn_kpi_book_days(book, first_day, end_day) / (double)whole;
}

/* The plan gives a target for its whole period; the metric's own is its part of a count, and the same for a ratio. */
static void scale_target(cpn_kpi_metric *metric, const metric_rule *rule, const cpn_kpi_book *book, int32_t as_of)
{
    const double whole = metric->target;
    metric->to_date = whole;
    if (rule->denominator >= 0) return;
    const int32_t end_day = as_of < metric->end_day ? as_of + 1 : metric->end_day;
    metric->target = part_of(whole, book, metric->start_day, metric->end_day);
    metric->to_date = part_of(whole, book, metric->start_day, end_day);
}

static void set_target(cpn_kpi_metric *metric, const metric_rule *rule, const cpn_kpi_case *period,
                       const cpn_kpi_book *book, const cpn_kpi_facts *facts)
{
    const double scale = (double)cpn_power_of_ten(book->exponent);
    if (rule->numerator == CPN_SALES && rule->denominator < 0) { /* sales are what the targets are about: exactly */
        metric->has_target = true;
        metric->target = (double)period->target_minor / scale;
        metric->to_date =
            (double)cpn_kpi_book_to_date(book, period->target_minor, period->start_day, period->end_day, facts->as_of) /
            scale;
    } else if (metric->has_target) {
        scale_target(metric, rule, book, facts->as_of);
    }
    if (metric->reason != CPN_REASON_NONE) return;
    if (!metric->has_target)
        metric->reason = CPN_REASON_NO_TARGET;
    else if (!(metric->to_date > 0))
        metric->reason = CPN_REASON_ZERO_TARGET;
}

static campaign_status compute_period(cpn_kpi_metric *metrics, const cpn_kpi_case *period, const cpn_kpi_book *book,
                                      const cpn_kpi_facts *facts, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < N_RULES && status == CAMPAIGN_OK; i++) {
        metrics[i] = (cpn_kpi_metric){ .level = period->level,
                                       .period = period->period,
                                       .start_day = period->start_day,
                                       .end_day = period->end_day,
                                       .name = rules[i].name,
                                       .unit = rules[i].unit,
                                       .is_cap = rules[i].is_cap };
        compute_value(&metrics[i], &rules[i], book, facts);
        status = find_target(&metrics[i], book->plan, error);
        if (status == CAMPAIGN_OK) set_target(&metrics[i], &rules[i], period, book, facts);
    }
    return status;
}

/* The first case is the plan's whole period; those that run within it come in the order of the targets. */
static bool has_metrics(const cpn_kpi_cases *cases, int64_t i, const cpn_kpi_book *book, const cpn_kpi_facts *facts)
{
    return i == 0 || cpn_kpi_is_running(&cases->rows[i], book, facts);
}

campaign_status cpn_kpi_metrics_compute(cpn_kpi_metrics *metrics, const cpn_kpi_cases *cases, const cpn_kpi_book *book,
                                        const cpn_kpi_facts *facts, campaign_error *error)
{
    int64_t n_periods = 0;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < cases->n; i++) n_periods += has_metrics(cases, i, book, facts);
    *metrics = (cpn_kpi_metrics){ cpn_alloc(n_periods * N_RULES, sizeof *metrics->rows), 0 };
    if (!metrics->rows) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < cases->n && status == CAMPAIGN_OK; i++) {
        if (!has_metrics(cases, i, book, facts)) continue;
        status = compute_period(metrics->rows + metrics->n, &cases->rows[i], book, facts, error);
        metrics->n += N_RULES;
    }
    return status;
}

void cpn_kpi_metrics_free(cpn_kpi_metrics *metrics)
{
    cpn_free(metrics->rows);
    *metrics = (cpn_kpi_metrics){ NULL, 0 };
}

/* ---- Table ------------------------------------------------------------------------------------------------------ */

static const cpn_column_schema schema[] = {
    { "metric", CAMPAIGN_TYPE_UTF8, "Name of the metric.", "指标。" },
    { "level", CAMPAIGN_TYPE_UTF8, "Level of the period.", "期间的层级。" },
    { "period", CAMPAIGN_TYPE_UTF8, "Name of the period.", "期间名称。" },
    { "unit", CAMPAIGN_TYPE_UTF8, "count, ratio or money (major units).", "单位：count、ratio 或 money（元）。" },
    { "better", CAMPAIGN_TYPE_UTF8, "higher, or lower for a cap.", "higher 越高越好，lower 为上限。" },
    { "numerator_name", CAMPAIGN_TYPE_UTF8, "Figure it is made of.", "分子名称。" },
    { "numerator", CAMPAIGN_TYPE_FLOAT64, "Its sum to date.", "分子合计。" },
    { "denominator_name", CAMPAIGN_TYPE_UTF8, "Figure it is divided by.", "分母名称。" },
    { "denominator", CAMPAIGN_TYPE_FLOAT64, "Its sum to date.", "分母合计。" },
    { "value", CAMPAIGN_TYPE_FLOAT64, "The metric to date.", "截至当日的指标值。" },
    { "target", CAMPAIGN_TYPE_FLOAT64, "Target of the period.", "期间目标。" },
    { "target_to_date", CAMPAIGN_TYPE_FLOAT64, "Target of the days so far.", "截至当日的目标。" },
    { "attainment", CAMPAIGN_TYPE_FLOAT64, "value / target_to_date.", "达成率。" },
    { "deviation", CAMPAIGN_TYPE_FLOAT64, "attainment - 1.", "偏差。" },
    { "status", CAMPAIGN_TYPE_UTF8, "on_track, behind, ahead, over, no_target, not_started or not_available.",
      "on_track 正常、behind 落后、ahead 超前、over 超上限、no_target 无目标、not_started 未开始、not_available "
      "不可用。" },
    { "reason", CAMPAIGN_TYPE_UTF8, "Why there is no attainment.", "没有达成率的原因代码。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The reason as a sentence.", "原因说明。" },
};

double cpn_kpi_metric_limit(const cpn_kpi_metric *metric, const cpn_kpi_settings *settings)
{
    return (double)(strcmp(metric->name, "cpa") == 0 ? settings->cap_ppm : settings->deviation_ppm) / 1e6;
}

const char *cpn_kpi_metric_status(const cpn_kpi_metric *metric, const cpn_kpi_settings *settings)
{
    if (metric->reason == CPN_REASON_NOT_STARTED) return "not_started";
    if (metric->reason == CPN_REASON_NO_TARGET) return "no_target";
    if (metric->reason != CPN_REASON_NONE) return "not_available";
    /* A hair below the limit counts: 36 / 30 - 1 is 0.19999999999999996. */
    const double limit = cpn_kpi_metric_limit(metric, settings) - 1e-12;
    const double deviation = metric->value / metric->to_date - 1;
    if (deviation >= limit) return metric->is_cap ? "over" : "ahead";
    return deviation <= -limit && !metric->is_cap ? "behind" : "on_track";
}

static campaign_status write_row(cpn_out *out, const cpn_kpi_metric *metric, const cpn_kpi_settings *settings,
                                 campaign_error *error)
{
    const bool has_ratio = metric->reason == CPN_REASON_NONE;
    const double ratio = has_ratio ? metric->value / metric->to_date : 0;
    cpn_out_string(out, 0, metric->name);
    cpn_kpi_write_name(out, 1, metric->level);
    cpn_kpi_write_name(out, 2, metric->period);
    cpn_out_string(out, 3, metric->unit);
    cpn_out_string(out, 4, metric->is_cap ? "lower" : "higher");
    cpn_out_string(out, 5, metric->numerator_name);
    cpn_out_optional_float64(out, 6, metric->numerator, metric->has_numerator);
    cpn_out_string(out, 7, metric->denominator_name);
    cpn_out_optional_float64(out, 8, metric->denominator, metric->has_denominator);
    cpn_out_optional_float64(out, 9, metric->value, metric->has_value);
    cpn_out_optional_float64(out, 10, metric->target, metric->has_target);
    cpn_out_optional_float64(out, 11, metric->to_date, metric->has_target);
    cpn_out_optional_float64(out, 12, ratio, has_ratio);
    cpn_out_optional_float64(out, 13, has_ratio ? (metric->value - metric->to_date) / metric->to_date : 0, has_ratio);
    cpn_out_string(out, 14, cpn_kpi_metric_status(metric, settings));
    return cpn_kpi_write_reason(out, 15, metric->reason, metric->subject, settings->is_chinese, error);
}

campaign_status cpn_kpi_metrics_table(campaign_table **table, const cpn_kpi_metrics *metrics,
                                      const cpn_kpi_settings *settings, campaign_error *error)
{
    cpn_out out;
    campaign_status status = CAMPAIGN_OK;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    for (int64_t i = 0; i < metrics->n && status == CAMPAIGN_OK; i++)
        status = write_row(&out, &metrics->rows[i], settings, error);
    return cpn_kpi_close(table, &out, status, error);
}
