/* Reads budget.curves: which curve is whose, and its parameters, brought from major to minor units of money. */
#include "plan/budget/curves.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"

static campaign_status refuse_name(const cpn_json_value *item, const char *what, const char *name,
                                   const char *const *names, int64_t n, campaign_error *error)
{
    const int64_t nearest = cpn_nearest_name(name, strlen(name), names, n);
    if (nearest < 0) return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, item, "\"%s\" is no %s of the plan", name, what);
    return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, item, "\"%s\" is no %s of the plan; did you mean \"%s\"?", name,
                         what, names[nearest]);
}

static campaign_status check_campaign(const cpn_budget_curve *curve, const cpn_plan_campaigns *campaigns,
                                      campaign_error *error)
{
    for (int64_t i = 0; i < campaigns->n; i++)
        if (strcmp(campaigns->rows[i].id, curve->campaign) == 0) return CAMPAIGN_OK;
    const char **names = cpn_alloc(campaigns->n, sizeof *names);
    if (!names) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < campaigns->n; i++) names[i] = campaigns->rows[i].id;
    const campaign_status status =
        refuse_name(cpn_get(curve->item, "campaign"), "campaign", curve->campaign, names, campaigns->n, error);
    cpn_free(names);
    return status;
}

static campaign_status find_type(cpn_budget_curve *curve, const char *name, campaign_error *error)
{
    for (int32_t i = 0; cpn_plan_type_names[i]; i++)
        if (strcmp(cpn_plan_type_names[i], name) == 0) curve->type = i;
    if (curve->type >= 0) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, cpn_get(curve->item, "type"),
                         "\"%s\" is no type of campaign, such as burst", name);
}

/* Whose curve it is: one of campaign, type and channel. */
static campaign_status read_owner(cpn_budget_curve *curve, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_budget_curve_record;
    const char *type = cpn_get_text(curve->item, record, "type");
    curve->campaign = cpn_get_text(curve->item, record, "campaign");
    curve->channel = cpn_get_text(curve->item, record, "channel");
    curve->type = -1;
    if ((curve->campaign != NULL) + (curve->channel != NULL) + (type != NULL) != 1)
        return cpn_json_fail(error, CAMPAIGN_E_MISSING, curve->item,
                             "a curve is of one campaign, of one type or of one channel");
    if (type) return find_type(curve, type, error);
    return curve->campaign ? check_campaign(curve, facts->campaigns, error) : CAMPAIGN_OK;
}

static bool is_same_owner(const cpn_budget_curve *a, const cpn_budget_curve *b)
{
    if (a->campaign && b->campaign) return strcmp(a->campaign, b->campaign) == 0;
    if (a->channel && b->channel) return strcmp(a->channel, b->channel) == 0;
    return a->type >= 0 && a->type == b->type;
}

static campaign_status need(const cpn_json_value *item, const char *name, campaign_error *error)
{
    if (cpn_get(item, name)) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_MISSING, item, "a curve of this kind has a %s", name);
}

/* Parameters are per major unit of money; the solver counts minor units. */
static campaign_status read_parameters(cpn_budget_curve *curve, int32_t exponent, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_budget_curve_record;
    cpn_response *response = &curve->response;
    double unit = 1;
    for (int32_t i = 0; i < exponent; i++) unit *= 10;
    response->kind = cpn_response_kind_of(cpn_get_text(curve->item, record, "curve"));
    response->scale = cpn_get_decimal(curve->item, record, "scale");
    response->location = cpn_get_decimal(curve->item, record, "location") * unit;
    response->shape = cpn_get_decimal(curve->item, record, "shape");
    response->shift = cpn_get_decimal(curve->item, record, "shift") * unit;
    curve->value = cpn_get_decimal(curve->item, record, "value");
    campaign_status status = CAMPAIGN_OK;
    if (response->kind == CPN_RESPONSE_LINEAR) response->scale /= unit;
    if (response->kind == CPN_RESPONSE_POWER && !cpn_get(curve->item, "location"))
        response->location = unit;
    else if (cpn_response_has_location(response->kind))
        status = need(curve->item, "location", error);
    if (status == CAMPAIGN_OK && cpn_response_has_shape(response->kind)) status = need(curve->item, "shape", error);
    campaign_error inner = { 0 };
    if (status == CAMPAIGN_OK && cpn_response_check(response, "curve", -1, &inner) != CAMPAIGN_OK)
        status = cpn_json_fail(error, inner.code, curve->item, "%s", inner.message);
    return status;
}

campaign_status cpn_budget_curves_read(cpn_budget_curves *curves, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_json_value *list = cpn_get(cpn_get(facts->request->root, "budget"), "curves");
    int64_t n = 0;
    *curves = (cpn_budget_curves){ 0 };
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next) n++;
    curves->list = cpn_alloc_zero(n, sizeof *curves->list);
    campaign_status status = curves->list ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        cpn_budget_curve *curve = &curves->list[curves->n];
        curve->item = item;
        status = read_owner(curve, facts, error);
        if (status == CAMPAIGN_OK) status = read_parameters(curve, facts->request->exponent, error);
        for (int64_t i = 0; i < curves->n && status == CAMPAIGN_OK; i++)
            if (is_same_owner(&curves->list[i], curve))
                status = cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, item, "it has a curve already, the one at %lld",
                                       (long long)i);
        curves->n++;
    }
    if (status != CAMPAIGN_OK) cpn_budget_curves_free(curves);
    return status;
}

void cpn_budget_curves_free(cpn_budget_curves *curves)
{
    cpn_free(curves->list);
    *curves = (cpn_budget_curves){ 0 };
}

const cpn_budget_curve *cpn_budget_curve_of(const cpn_budget_curves *curves, const cpn_plan_campaign *campaign)
{
    const cpn_budget_curve *by_type = NULL;
    for (int64_t i = 0; i < curves->n; i++) {
        const cpn_budget_curve *curve = &curves->list[i];
        if (curve->campaign && strcmp(curve->campaign, campaign->id) == 0) return curve;
        if (curve->type >= 0 && curve->type == (int32_t)campaign->type) by_type = curve;
    }
    return by_type;
}

const cpn_budget_curve *cpn_budget_channel_curve(const cpn_budget_curves *curves, const char *channel)
{
    for (int64_t i = 0; i < curves->n; i++)
        if (curves->list[i].channel && strcmp(curves->list[i].channel, channel) == 0) return &curves->list[i];
    return NULL;
}
