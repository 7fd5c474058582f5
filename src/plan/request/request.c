/* Reads a plan request into plain values and checks what a field alone cannot say: dates, currency, the order of the
 * split, either amount or growth. */
#include <string.h>

#include "base/date.h"
#include "base/money.h"
#include "plan/plan.h"

static void read_year(cpn_plan_request *request)
{
    const cpn_record *record = &cpn_plan_request_record;
    request->year = (int32_t)cpn_get_int(request->root, record, "year");
    request->start_month = (int32_t)cpn_get_int(request->root, record, "start_month");
    request->start_day = cpn_day_from_civil(request->year, request->start_month, 1);
    request->end_day = cpn_day_from_civil(request->year + 1, request->start_month, 1);
    request->is_chinese = cpn_get_enum(request->root, record, "language") == 1;
    request->language = request->is_chinese ? "zh" : "en";
}

static campaign_status read_currency(cpn_plan_request *request, campaign_error *error)
{
    const char *currency = cpn_get_text(request->root, &cpn_plan_request_record, "currency");
    const int32_t exponent = cpn_currency_exponent(currency);
    if (exponent < 0)
        return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, cpn_get(request->root, "currency"),
                             "\"%s\" is not a currency of ISO 4217, such as CNY", currency);
    memcpy(request->currency, currency, sizeof request->currency - 1);
    request->exponent = exponent;
    return CAMPAIGN_OK;
}

static campaign_status read_target(cpn_plan_request *request, campaign_error *error)
{
    const cpn_json_value *target = cpn_get(request->root, "target");
    const cpn_record *record = &cpn_plan_target_record;
    request->has_growth = cpn_get(target, "growth") != NULL;
    if (request->has_growth == (cpn_get(target, "amount") != NULL))
        return cpn_json_fail(error, request->has_growth ? CAMPAIGN_E_INFEASIBLE : CAMPAIGN_E_MISSING, target,
                             request->has_growth ? "amount and growth cannot both be given"
                                                 : "either amount or growth must be given");
    if (request->has_growth) return cpn_get_ppm(&request->growth_ppm, target, record, "growth", error);
    return cpn_get_money(&request->target_minor, target, record, "amount", request->exponent, error);
}

static int32_t level_of(const cpn_json_value *value)
{
    int32_t level = 0;
    while (cpn_plan_level_names[level] && strcmp(cpn_plan_level_names[level], value->text) != 0) level++;
    return level;
}

static campaign_status read_split(cpn_plan_request *request, campaign_error *error)
{
    static const cpn_plan_level usual[] = { CPN_LEVEL_QUARTER, CPN_LEVEL_MONTH,        CPN_LEVEL_WEEK,
                                            CPN_LEVEL_DAY,     CPN_LEVEL_PRODUCT_LINE, CPN_LEVEL_MARKET };
    request->dimension_period =
        (cpn_plan_level)cpn_get_enum(request->root, &cpn_plan_request_record, "dimension_period");
    const cpn_json_value *list = cpn_get(request->root, "split");
    request->has_split = list != NULL;
    if (!list) {
        memcpy(request->split, usual, sizeof usual);
        request->n_split = (int32_t)(sizeof usual / sizeof *usual);
        return CAMPAIGN_OK;
    }
    cpn_plan_level finest = CPN_LEVEL_YEAR;
    bool is_used[CPN_PLAN_N_LEVELS] = { false };
    for (const cpn_json_value *item = list->first; item; item = item->next) {
        const cpn_plan_level level = (cpn_plan_level)level_of(item);
        if (is_used[level])
            return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, item, "%s stands twice in the split", item->text);
        if (cpn_plan_is_period(level) && level < finest)
            return cpn_json_fail(error, CAMPAIGN_E_VALUE, item, "%s cannot be split out of a %s", item->text,
                                 cpn_plan_level_names[finest]);
        if (cpn_plan_is_period(level)) finest = level;
        is_used[level] = true;
        request->split[request->n_split++] = level;
    }
    return CAMPAIGN_OK;
}

static campaign_status read_day_start(int32_t *minutes, const cpn_json_value *data, campaign_error *error)
{
    const char *text = cpn_get_text(data, &cpn_plan_data_record, "day_starts_at");
    int32_t digits[4];
    bool is_time = text[2] == ':';
    for (int32_t i = 0; i < 4; i++) {
        digits[i] = text[i < 2 ? i : i + 1] - '0';
        is_time = is_time && digits[i] >= 0 && digits[i] <= 9;
    }
    const int32_t hour = digits[0] * 10 + digits[1], minute = digits[2] * 10 + digits[3];
    if (!is_time || hour > 23 || minute > 59)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, cpn_get(data, "day_starts_at"),
                             "\"%s\" is not a time of day, such as 06:00", text);
    *minutes = hour * 60 + minute;
    return CAMPAIGN_OK;
}

static campaign_status read_data(cpn_plan_request *request, campaign_error *error)
{
    const cpn_json_value *data = cpn_get(request->root, "data");
    const cpn_json_value *columns = data ? cpn_get(data, "columns") : NULL;
    request->date_column = cpn_get_text(columns, &cpn_plan_columns_record, "date");
    request->amount_column = cpn_get_text(columns, &cpn_plan_columns_record, "amount");
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS; i++)
        request->dimension_columns[i] =
            cpn_get_text(columns, &cpn_plan_columns_record, cpn_plan_level_names[CPN_LEVEL_PRODUCT_LINE + i]);
    request->amount_unit = cpn_get_enum(data, &cpn_plan_data_record, "amount_unit");
    request->rounding = cpn_get_enum(data, &cpn_plan_data_record, "rounding");
    request->fails_on_null = cpn_get_enum(data, &cpn_plan_data_record, "nulls") == 0;
    return read_day_start(&request->day_starts_at_minutes, data, error);
}

campaign_status cpn_plan_request_take(cpn_plan_request *request, cpn_json *json, const cpn_json_value *root,
                                      campaign_error *error)
{
    memset(request, 0, sizeof *request);
    request->json = json;
    request->root = root;
    read_year(request);
    campaign_status status = read_currency(request, error);
    if (status == CAMPAIGN_OK) status = read_target(request, error);
    if (status == CAMPAIGN_OK) status = read_split(request, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_levels_read(request, error);
    if (status == CAMPAIGN_OK) status = read_data(request, error);
    if (status != CAMPAIGN_OK) cpn_plan_request_free(request);
    return status;
}

campaign_status cpn_plan_request_read(cpn_plan_request *request, const char *text, size_t length, campaign_error *error)
{
    memset(request, 0, sizeof *request);
    cpn_json *json;
    const campaign_status status = cpn_document_read(&json, text, length, &cpn_plan_request_kind, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_plan_request_take(request, json, cpn_json_root(json), error);
}

void cpn_plan_request_free(cpn_plan_request *request)
{
    cpn_json_free(request->json);
    memset(request, 0, sizeof *request);
}
