/* Goals of the whole and of the regions: customers, conversion, deals as expected value and as whole deals, sales; and how
 * they stand against history, RR2 and RR8. */
#include "base/checked.h"
#include "base/memory.h"
#include "execution/rapid_response/rapid.h"

campaign_status cpn_rapid_split(int64_t *parts, int64_t total, const int64_t *weights, int64_t n, campaign_error *error)
{
    campaign_split_problem problem = CAMPAIGN_SPLIT_PROBLEM_INIT;
    int64_t unallocated;
    bool has_weight = false;
    for (int64_t i = 0; i < n; i++) has_weight = has_weight || weights[i] > 0;
    problem.total_minor = total;
    problem.n_cells = n;
    problem.weights = has_weight ? weights : NULL;
    return n > 0 ? campaign_split(parts, &unallocated, &problem, error) : CAMPAIGN_OK;
}

static campaign_status fail_sum(campaign_error *error, const char *what)
{
    return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "regions", "%s of all regions do not fit", what);
}

/* ---- Customers --------------------------------------------------------------------------------------------------- */

/* Weight of a region that has no number of its own: what its reps can do times what it converted; without reps what it had
 * before. */
static int64_t weight_of(const cpn_rapid *rapid, const cpn_rapid_region *region)
{
    int64_t ppm, weight = 0;
    if (rapid->n_reps == 0) return region->history.leads;
    if (!cpn_rapid_conversion(&ppm, &region->history) && !cpn_rapid_conversion(&ppm, &rapid->history)) ppm = 1;
    return cpn_mul64(&weight, region->capacity, ppm > 0 ? ppm : 1) ? weight : INT64_MAX / 1024;
}

static void note_counts(cpn_rapid *rapid)
{
    char given[CPN_NUMBER_TEXT], listed[CPN_NUMBER_TEXT], shown[CPN_JSON_SHOWN], count[CPN_NUMBER_TEXT];
    int64_t n = 0;
    const cpn_rapid_region *first = NULL;
    for (int64_t i = 0; i < rapid->n_regions && rapid->n_customers > 0; i++) {
        if (!rapid->regions[i].has_leads || rapid->regions[i].leads == rapid->regions[i].listed) continue;
        if (n++ == 0) first = &rapid->regions[i];
    }
    if (!first) return;
    (void)cpn_format_int64(given, first->leads);
    (void)cpn_format_int64(listed, first->listed);
    (void)cpn_format_int64(count, n);
    (void)cpn_json_show(shown, first->name.text, first->name.length);
    cpn_rapid_note_add(
        rapid, "customer_count", n,
        "{0} {0?region has|regions have} another number of customers than the list, such as {1}: {2} asked for, {3} "
        "listed.",
        "{0} 个区域的目标客户数与清单不符，例如 {1}：要求 {2}，清单 {3}。",
        (const char *const[CPN_RAPID_WORDS]){ count, shown, given, listed });
}

/* The region's own number, that of the list, or a share of what is left of the whole. */
static campaign_status set_leads(cpn_rapid *rapid, int64_t *scratch, campaign_error *error)
{
    int64_t *weights = scratch, *parts = scratch + rapid->n_regions, n_open = 0, sum = 0;
    const bool is_shared = rapid->request.has_leads && rapid->n_customers == 0;
    note_counts(rapid);
    for (int64_t i = 0; i < rapid->n_regions; i++) {
        cpn_rapid_region *region = &rapid->regions[i];
        if (!region->has_leads && is_shared) {
            weights[n_open++] = weight_of(rapid, region);
            continue;
        }
        if (!region->has_leads) region->leads = region->listed;
        if (!cpn_add64(&sum, sum, region->leads)) return fail_sum(error, "customers");
    }
    const int64_t rest = is_shared && rapid->request.leads > sum ? rapid->request.leads - sum : 0;
    const campaign_status status = cpn_rapid_split(parts, rest, weights, n_open, error);
    if (status != CAMPAIGN_OK) return status;
    n_open = 0;
    for (int64_t i = 0; i < rapid->n_regions; i++)
        if (!rapid->regions[i].has_leads && is_shared) rapid->regions[i].leads = parts[n_open++];
    rapid->leads = sum + (n_open > 0 ? rest : 0);
    if (rapid->leads > 0) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_MISSING, "customers",
                    "there are no customers: neither a list, nor leads, nor numbers of regions");
}

static void note_leads(cpn_rapid *rapid)
{
    char asked[CPN_NUMBER_TEXT], found[CPN_NUMBER_TEXT];
    const int64_t gap = rapid->leads - rapid->request.leads;
    if (!rapid->request.has_leads || gap == 0) return;
    (void)cpn_format_int64(asked, rapid->request.leads);
    (void)cpn_format_int64(found, rapid->leads);
    cpn_rapid_note_add(rapid, "leads_gap", gap, "The request asks for {0} {0?customer|customers}, regions have {1}.",
                       "请求的目标客户为 {0}，各区域合计 {1}。", (const char *const[CPN_RAPID_WORDS]){ asked, found });
}

/* ---- Deals ------------------------------------------------------------------------------------------------------- */

/* The region's conversion, the request's, or that of history: of the region, then of all. */
static campaign_status set_conversion(cpn_rapid *rapid, cpn_rapid_region *region, campaign_error *error)
{
    char shown[CPN_JSON_SHOWN];
    if (region->has_conversion) return CAMPAIGN_OK;
    region->conversion_ppm = rapid->request.conversion_ppm;
    region->conversion_source = "request";
    if (rapid->request.has_conversion) return CAMPAIGN_OK;
    region->conversion_source = "history";
    if (cpn_rapid_conversion(&region->conversion_ppm, &region->history)) return CAMPAIGN_OK;
    region->follows_whole = cpn_rapid_conversion(&region->conversion_ppm, &rapid->history);
    if (region->follows_whole) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_MISSING, "expected_conversion",
                    "region %s has no expected conversion, and no similar campaign of the last %ld months says one",
                    cpn_json_show(shown, region->name.text, region->name.length), (long)rapid->request.history_months);
}

static campaign_status set_deals(cpn_rapid *rapid, int64_t *scratch, campaign_error *error)
{
    int64_t *weights = scratch, *parts = scratch + rapid->n_regions;
    campaign_status status = CAMPAIGN_OK;
    rapid->expected_micro = 0;
    for (int64_t i = 0; i < rapid->n_regions && status == CAMPAIGN_OK; i++) {
        cpn_rapid_region *region = &rapid->regions[i];
        status = set_conversion(rapid, region, error);
        if (status != CAMPAIGN_OK) break;
        if (!cpn_mul64(&region->expected_micro, region->leads, region->conversion_ppm) ||
            !cpn_add64(&rapid->expected_micro, rapid->expected_micro, region->expected_micro))
            return fail_sum(error, "expected deals");
        weights[i] = region->expected_micro;
    }
    if (status != CAMPAIGN_OK) return status;
    rapid->deals = rapid->request.deals;
    if (!rapid->request.has_deals &&
        !cpn_mul_div64(&rapid->deals, rapid->expected_micro, 1, CPN_RAPID_MILLION, CAMPAIGN_ROUND_HALF_UP))
        return fail_sum(error, "deals");
    status = cpn_rapid_split(parts, rapid->deals, weights, rapid->n_regions, error);
    for (int64_t i = 0; i < rapid->n_regions && status == CAMPAIGN_OK; i++) rapid->regions[i].deals = parts[i];
    return status;
}

static void note_deals(cpn_rapid *rapid)
{
    char asked[CPN_NUMBER_TEXT], expected[CPN_NUMBER_TEXT];
    int64_t asked_micro;
    if (!rapid->request.has_deals || !cpn_mul64(&asked_micro, rapid->request.deals, CPN_RAPID_MILLION)) return;
    if (asked_micro <= rapid->expected_micro) return;
    (void)cpn_format_int64(asked, rapid->request.deals);
    cpn_rapid_micro_text(expected, rapid->expected_micro);
    cpn_rapid_note_add(
        rapid, "deals_above_expected", rapid->request.deals,
        "{0} {0?deal is|deals are} asked for, {1} {1?is|are} expected of these customers at these conversions.",
        "要求成交 {0} 单，按现有客户与成交率预计 {1} 单。", (const char *const[CPN_RAPID_WORDS]){ asked, expected });
}

/* ---- Sales ------------------------------------------------------------------------------------------------------- */

/* Sales of one expected deal; false where nothing says so. */
static bool order_value(int64_t *minor, const cpn_rapid *rapid)
{
    *minor = rapid->request.order_value_minor;
    if (rapid->request.has_order_value) return true;
    return rapid->has_history_amount && rapid->history.amount_minor > 0 &&
           cpn_mul_div64(minor, rapid->history.amount_minor, 1, rapid->history.deals, CAMPAIGN_ROUND_HALF_UP);
}

static void note_sales(cpn_rapid *rapid, int64_t sum, int64_t n_open)
{
    char asked[CAMPAIGN_MONEY_TEXT], found[CAMPAIGN_MONEY_TEXT];
    if (!rapid->request.has_sales || sum == rapid->request.sales_minor) return;
    if (n_open > 0 && sum < rapid->request.sales_minor) return;
    (void)campaign_money_format(asked, rapid->request.sales_minor, rapid->request.exponent);
    (void)campaign_money_format(found, sum, rapid->request.exponent);
    cpn_rapid_note_add(
        rapid, "sales_gap", sum - rapid->request.sales_minor, "The request asks for sales of {0}, its regions for {1}.",
        "请求的销售总任务为 {0}，各区域合计 {1}。", (const char *const[CPN_RAPID_WORDS]){ asked, found });
}

/* Regions without a task share what the whole leaves, by expected deals; without a whole each has its deals' worth. */
static campaign_status set_sales(cpn_rapid *rapid, int64_t *scratch, campaign_error *error)
{
    int64_t *weights = scratch, *parts = scratch + rapid->n_regions, n_open = 0, sum = 0, value = 0, open_micro = 0;
    for (int64_t i = 0; i < rapid->n_regions; i++) {
        const cpn_rapid_region *region = &rapid->regions[i];
        if (region->has_sales && !cpn_add64(&sum, sum, region->sales_minor)) return fail_sum(error, "sales");
        if (region->has_sales) continue;
        weights[n_open++] = region->expected_micro;
        open_micro += region->expected_micro;
    }
    note_sales(rapid, sum, n_open);
    int64_t rest = rapid->request.has_sales && rapid->request.sales_minor > sum ? rapid->request.sales_minor - sum : 0;
    const bool is_worth = n_open > 0 && !rapid->request.has_sales && order_value(&value, rapid);
    rapid->has_sales = n_open == 0 || rapid->request.has_sales || is_worth;
    if (is_worth && !cpn_mul_div64(&rest, open_micro, value, CPN_RAPID_MILLION, CAMPAIGN_ROUND_HALF_UP))
        return fail_sum(error, "sales");
    const campaign_status status = cpn_rapid_split(parts, rest, weights, n_open, error);
    if (status != CAMPAIGN_OK) return status;
    n_open = 0;
    for (int64_t i = 0; i < rapid->n_regions && rapid->has_sales; i++)
        if (!rapid->regions[i].has_sales) rapid->regions[i].sales_minor = parts[n_open++];
    for (int64_t i = 0; i < rapid->n_regions && rapid->has_sales; i++) rapid->regions[i].has_sales = true;
    if (!cpn_add64(&rapid->sales_minor, sum, n_open > 0 ? rest : 0)) return fail_sum(error, "sales");
    if (rapid->has_sales) return CAMPAIGN_OK;
    cpn_rapid_note_add(rapid, "no_sales", 0, "No sales task is given, nor the value of an order.",
                       "未给出销售任务，也没有单笔金额。", (const char *const[CPN_RAPID_WORDS]){ NULL });
    return CAMPAIGN_OK;
}

campaign_status cpn_rapid_goals_set(cpn_rapid *rapid, campaign_error *error)
{
    int64_t *scratch = cpn_alloc_zero(2 * rapid->n_regions, sizeof *scratch);
    if (!scratch) return cpn_fail_nomem(error);
    campaign_status status = set_leads(rapid, scratch, error);
    if (status == CAMPAIGN_OK) {
        note_leads(rapid);
        status = set_deals(rapid, scratch, error);
    }
    if (status == CAMPAIGN_OK) {
        note_deals(rapid);
        status = set_sales(rapid, scratch, error);
    }
    cpn_free(scratch);
    return status;
}
