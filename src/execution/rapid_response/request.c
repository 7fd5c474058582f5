/* Reads a request for a rapid response and checks what its fields alone cannot say. */
#include <string.h>

#include "base/money.h"
#include "base/number.h"
#include "execution/rapid_response/rapid.h"

const char *const cpn_rapid_way_names[] = { "call", "visit", "wechat", "mail", "community" };
const char *const cpn_rapid_class_names[] = { "S", "B", "C" };
const char *const cpn_rapid_type_names[] = { "new_product", "fair", "thank_you", "counter_attack" };

enum { MOST_STEP = 260 }; /* working days of a year: a window further off is a mistake */

static campaign_status read_days(cpn_rapid_request *request, campaign_error *error)
{
    const cpn_record *record = &cpn_rapid_record;
    request->start = cpn_get_date(request->root, record, "start");
    request->finish = cpn_get_date(request->root, record, "finish");
    const cpn_json_value *as_of = cpn_get(request->root, "as_of");
    request->as_of = as_of ? cpn_value_date(as_of) : request->start;
    if (request->finish >= request->start) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, cpn_get(request->root, "finish"),
                         "the last day %s lies before the start %s", cpn_get(request->root, "finish")->text,
                         cpn_get(request->root, "start")->text);
}

static campaign_status read_currency(cpn_rapid_request *request, campaign_error *error)
{
    const char *currency = cpn_get_text(request->root, &cpn_rapid_record, "currency");
    request->exponent = cpn_currency_exponent(currency);
    if (request->exponent < 0)
        return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, cpn_get(request->root, "currency"),
                             "\"%s\" is not a currency of ISO 4217, such as CNY", currency);
    memcpy(request->currency, currency, sizeof request->currency - 1);
    return CAMPAIGN_OK;
}

static campaign_status read_money(int64_t *minor, bool *is_given, const cpn_rapid_request *request, const char *name,
                                  campaign_error *error)
{
    *is_given = cpn_get(request->root, name) != NULL;
    if (!*is_given) return CAMPAIGN_OK;
    return cpn_get_money(minor, request->root, &cpn_rapid_record, name, request->exponent, error);
}

static campaign_status read_goals(cpn_rapid_request *request, campaign_error *error)
{
    const cpn_record *record = &cpn_rapid_record;
    request->has_leads = cpn_get(request->root, "leads") != NULL;
    request->has_deals = cpn_get(request->root, "deals") != NULL;
    request->has_conversion = cpn_get(request->root, "expected_conversion") != NULL;
    request->leads = cpn_get_int(request->root, record, "leads");
    request->deals = cpn_get_int(request->root, record, "deals");
    campaign_status status = read_money(&request->sales_minor, &request->has_sales, request, "sales_task", error);
    if (status == CAMPAIGN_OK)
        status = read_money(&request->order_value_minor, &request->has_order_value, request, "order_value", error);
    if (status == CAMPAIGN_OK && request->has_conversion)
        status = cpn_get_ppm(&request->conversion_ppm, request->root, record, "expected_conversion", error);
    return status;
}

static campaign_status read_rules(cpn_rapid_request *request, campaign_error *error)
{
    const cpn_json_value *classes = cpn_get(request->root, "classes"), *capacity = cpn_get(request->root, "capacity");
    const cpn_json_value *history = cpn_get(request->root, "history");
    request->s_interactions = (int32_t)cpn_get_int(classes, &cpn_rapid_classes_record, "interactions");
    request->s_days = (int32_t)cpn_get_int(classes, &cpn_rapid_classes_record, "s_days");
    request->b_days = (int32_t)cpn_get_int(classes, &cpn_rapid_classes_record, "b_days");
    request->open_months = (int32_t)cpn_get_int(classes, &cpn_rapid_classes_record, "open_months");
    for (int32_t way = 0; way < CPN_RAPID_WAYS; way++)
        request->capacity[way] = cpn_get_int(capacity, &cpn_rapid_capacity_record, cpn_rapid_way_names[way]);
    request->history_months = (int32_t)cpn_get_int(history, &cpn_rapid_history_record, "months");
    request->counts_any_type = cpn_get_bool(history, &cpn_rapid_history_record, "any_type");
    request->fails_without_rep = cpn_get_enum(request->root, &cpn_rapid_record, "without_rep") == 1;
    return cpn_get_ppm(&request->stretch_ppm, history, &cpn_rapid_history_record, "stretch", error);
}

/* ---- Windows ----------------------------------------------------------------------------------------------------- */

/* The usual window as the field table writes it: "[2, 3]". */
static void read_usual(cpn_rapid_window *window, const char *name)
{
    const cpn_field *field = cpn_rapid_windows_record.fields;
    while (strcmp(field->name, name) != 0) field++;
    const char *comma = strchr(field->fallback, ','), *close = strchr(field->fallback, ']');
    int64_t first = 0, last = 0;
    (void)cpn_parse_int64(&first, field->fallback + 1, (size_t)(comma - field->fallback - 1));
    (void)cpn_parse_int64(&last, comma + 2, (size_t)(close - comma - 2));
    window->first_step = (int32_t)first;
    window->last_step = (int32_t)last;
}

static campaign_status read_given(cpn_rapid_window *window, const cpn_json_value *list, campaign_error *error)
{
    const int64_t first = cpn_value_int(list->first), last = cpn_value_int(list->first->next);
    if (first < -MOST_STEP || last > MOST_STEP || first > last)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, list,
                             "working days %lld to %lld, expected two of -%d to %d in order", (long long)first,
                             (long long)last, MOST_STEP, MOST_STEP);
    window->first_step = (int32_t)first;
    window->last_step = (int32_t)last;
    return CAMPAIGN_OK;
}

campaign_status cpn_rapid_windows_read(cpn_rapid_request *request, campaign_error *error)
{
    static const char *const names[] = { "kickoff", "screening", "plan", "contact", NULL, "review" };
    const cpn_json_value *given = cpn_get(request->root, "windows");
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < CPN_RAPID_STAGES && status == CAMPAIGN_OK; i++) {
        if (!names[i]) continue;
        const cpn_json_value *list = given ? cpn_get(given, names[i]) : NULL;
        if (list)
            status = read_given(&request->windows[i], list, error);
        else
            read_usual(&request->windows[i], names[i]);
    }
    if (status == CAMPAIGN_OK && request->windows[CPN_STAGE_CONTACT].first_step < 0)
        status = cpn_json_fail(error, CAMPAIGN_E_VALUE, cpn_get(given, "contact"),
                               "contacts begin %ld working days before the start, expected 0 or more",
                               -(long)request->windows[CPN_STAGE_CONTACT].first_step);
    return status;
}

campaign_status cpn_rapid_request_read(cpn_rapid_request *request, const char *text, size_t length,
                                       campaign_error *error)
{
    memset(request, 0, sizeof *request);
    campaign_status status = cpn_document_read(&request->json, text, length, &cpn_rapid_response_kind, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_record *record = &cpn_rapid_record;
    request->root = cpn_json_root(request->json);
    request->id = cpn_get_text(request->root, record, "id");
    request->name = cpn_get_text(request->root, record, "name");
    request->type = cpn_get_enum(request->root, record, "type");
    request->is_chinese = cpn_get_enum(request->root, record, "language") == 1;
    status = cpn_rapid_check_id(cpn_get(request->root, "id"), error);
    if (status == CAMPAIGN_OK) status = read_days(request, error);
    if (status == CAMPAIGN_OK) status = read_currency(request, error);
    if (status == CAMPAIGN_OK) status = read_goals(request, error);
    if (status == CAMPAIGN_OK) status = read_rules(request, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_windows_read(request, error);
    return status; /* the caller frees request->json in any case */
}
