/* The table of targets for metrics other than sales, taken from the request as they are. */
#include "base/checked.h"
#include "plan/support.h"

#include <math.h>
#include <string.h>

typedef enum metric_unit { COUNT, RATIO, RATE, MONEY } metric_unit;

typedef struct metric_field {
    const char *name, *unit, *better;
    metric_unit kind;
} metric_field;

static const metric_field metrics[] = {
    { "visits", "count", "higher", COUNT },
    { "orders", "count", "higher", COUNT },
    { "new_customers", "count", "higher", COUNT },
    { "conversion", "ratio", "higher", RATE },
    { "order_value", "money", "higher", MONEY },
    { "refund_rate", "ratio", "lower", RATE },
    { "cpa", "money", "lower", MONEY },
    { "roi", "ratio", "higher", RATIO },
};

static campaign_status read_target(double *target, const metric_field *metric, const cpn_json_value *section,
                                   const cpn_plan_request *request, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_metrics_record;
    int64_t value = 0;
    campaign_status status = CAMPAIGN_OK;
    switch (metric->kind) {
    case COUNT: *target = (double)cpn_get_int(section, record, metric->name); break;
    case RATIO: *target = cpn_get_decimal(section, record, metric->name); break;
    case RATE:
        status = cpn_get_ppm(&value, section, record, metric->name, error);
        *target = (double)value / 1e6;
        break;
    case MONEY:
        status = cpn_get_money(&value, section, record, metric->name, request->exponent, error);
        *target = (double)value / (double)cpn_power_of_ten(request->exponent);
        break;
    }
    return status;
}

/* What the daily figures of the last months make of a metric; false where they say nothing of it. */
static bool find_recent(double *recent, const metric_field *metric, const cpn_plan_support *support)
{
    double year = 0;
    for (int32_t day = 0; day < CPN_PLAN_MAX_DAYS; day++) year += (double)support->days[day];
    const double times = support->weight_recent > 0 ? year / (double)support->weight_recent : 0;
    if (!support->has_daily || times <= 0) return false;
    if (strcmp(metric->name, "visits") == 0) {
        *recent = (double)support->visits * times;
    } else if (strcmp(metric->name, "orders") == 0) {
        *recent = (double)support->orders * times;
    } else if (strcmp(metric->name, "conversion") == 0 && support->visits > 0) {
        *recent = (double)support->orders / (double)support->visits;
    } else {
        return false;
    }
    return true;
}

static void write_recent(cpn_out *out, const metric_field *metric, const cpn_plan_support *support, double target)
{
    double recent = 0;
    const bool has_recent = find_recent(&recent, metric, support);
    const double above = has_recent && recent > 0 ? floor((target / recent - 1) * 1e6 + 0.5) : NAN;
    const bool has_above = above > -1e15 && above < 1e15; /* not for NaN */
    cpn_out_optional_float64(out, 4, recent, has_recent);
    cpn_out_optional_int64(out, 5, has_above ? (int64_t)above : 0, has_above);
}

campaign_status cpn_plan_metrics_table(campaign_table **table, const cpn_plan_support *support,
                                       const cpn_plan_request *request, campaign_error *error)
{
    const cpn_json_value *section = cpn_get(request->root, "metrics");
    campaign_status status = CAMPAIGN_OK;
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_METRICS, request);
    for (size_t i = 0; section && i < sizeof metrics / sizeof *metrics && status == CAMPAIGN_OK; i++) {
        if (!cpn_get(section, metrics[i].name)) continue;
        double target = 0;
        status = read_target(&target, &metrics[i], section, request, error);
        cpn_out_string(&out, 0, metrics[i].name);
        cpn_out_string(&out, 1, metrics[i].unit);
        cpn_out_string(&out, 2, metrics[i].better);
        cpn_out_float64(&out, 3, target);
        write_recent(&out, &metrics[i], support, target);
    }
    const campaign_status closed = cpn_out_close(table, &out, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) return closed;
    campaign_table_free(*table);
    *table = NULL;
    return status;
}
