/* Stages of product lines (AP2): given in the request, or inferred from age and growth.
 *
 * New: first sold within new_months, while the history is older. Otherwise by growth: the latest twelve months against
 * the twelve before, where the line sold all that time; else the line's share of all sales in the latest half year against
 * the half year before, which takes out the season that all lines have in common. */
#include "plan/products.h"

#include <string.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"
#include "base/number.h"

enum { LINE = 0, WHOLE_PPM = 1000000 };

const char *const cpn_plan_stage_names[CPN_PLAN_N_STAGES + 1] = { "new", "growth", "mature", "decline", NULL };

typedef struct stage_rule {
    int64_t new_months, growth_ppm, decline_ppm;
    int64_t half_totals[2]; /* of all lines: the latest half year, the one before */
} stage_rule;

static campaign_status read_rule(stage_rule *rule, const cpn_plan_request *request, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_products_record;
    const cpn_json_value *section = cpn_get(request->root, "products");
    rule->new_months = cpn_get_int(section, record, "new_months");
    campaign_status status = cpn_get_ppm(&rule->growth_ppm, section, record, "growth", error);
    if (status == CAMPAIGN_OK) status = cpn_get_ppm(&rule->decline_ppm, section, record, "decline", error);
    if (status == CAMPAIGN_OK && rule->decline_ppm > rule->growth_ppm)
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, section, "decline lies above growth");
    return status;
}

/* new / old - 1 in parts per million. */
static bool measure_growth(int64_t *growth_ppm, int64_t now, int64_t before)
{
    int64_t ratio;
    if (before <= 0 || now < 0 || !cpn_plan_share_ppm(&ratio, now, before)) return false;
    *growth_ppm = ratio - WHOLE_PPM;
    return true;
}

/* Growth of a line's share of all sales: (now / all now) / (before / all before) - 1. */
static bool measure_share_growth(int64_t *growth_ppm, const cpn_plan_key_sales *key, const stage_rule *rule)
{
    int64_t now, before;
    return key->minor[CPN_SALES_LATE_HALF] >= 0 && key->minor[CPN_SALES_EARLY_HALF] > 0 &&
           cpn_plan_share_ppm(&now, key->minor[CPN_SALES_LATE_HALF], rule->half_totals[0]) &&
           cpn_plan_share_ppm(&before, key->minor[CPN_SALES_EARLY_HALF], rule->half_totals[1]) &&
           measure_growth(growth_ppm, now, before);
}

static void infer(cpn_plan_product *product, const cpn_plan_key_sales *key, const cpn_plan_sales *sales,
                  const cpn_plan_facts *facts, const stage_rule *rule)
{
    const int32_t first_month = cpn_month_index(facts->history->first_day);
    const int32_t last_month = cpn_month_index(sales->ends[CPN_SALES_YEAR] - 1);
    product->stage = CPN_STAGE_UNKNOWN;
    product->basis = "unknown";
    if (key->first_day == INT32_MAX) return;
    product->age_months = last_month - cpn_month_index(key->first_day) + 1;
    if (product->age_months < 1) product->age_months = 1; /* after the last whole month */
    if (sales->has_year_before && product->age_months >= 24 &&
        measure_growth(&product->growth_ppm, key->minor[CPN_SALES_YEAR], key->minor[CPN_SALES_YEAR_BEFORE]))
        product->basis = "year_on_year";
    else if (sales->has_halves && measure_share_growth(&product->growth_ppm, key, rule))
        product->basis = "half_year_share";
    product->has_growth = strcmp(product->basis, "unknown") != 0;
    if (cpn_month_index(key->first_day) > first_month && product->age_months <= rule->new_months) {
        product->stage = CPN_STAGE_NEW;
        product->basis = "age";
    } else if (product->has_growth) {
        product->stage = product->growth_ppm >= rule->growth_ppm    ? CPN_STAGE_GROWTH
                         : product->growth_ppm <= rule->decline_ppm ? CPN_STAGE_DECLINE
                                                                    : CPN_STAGE_MATURE;
    }
}

static const cpn_json_value *find_given(const cpn_json_value *stages, const char *name, size_t length)
{
    for (const cpn_json_value *item = stages ? stages->first : NULL; item; item = item->next)
        if (item->key_length == length && memcmp(item->key, name, length) == 0) return item;
    return NULL;
}

/* Stages given for lines that never sold: a launch to come, or a slip of the pen. */
static campaign_status note_unsold(cpn_plan_products *products, const cpn_json_value *stages,
                                   const cpn_plan_facts *facts, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *item = stages ? stages->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        bool is_sold = false;
        for (int64_t i = 0; i < products->n && !is_sold; i++) is_sold = products->rows[i].given == item;
        if (is_sold) continue;
        cpn_plan_product *product = &products->rows[products->n++];
        *product = (cpn_plan_product){ .key = -1, .given = item, .basis = "given" };
        product->stage = (cpn_plan_stage)cpn_value_enum(item, cpn_plan_stage_names);
        status = cpn_plan_note_add(facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_PRODUCT_UNSOLD }, item->key, NULL,
                                   error);
    }
    return status;
}

campaign_status cpn_plan_products_judge(cpn_plan_products *products, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_json_value *section = cpn_get(facts->request->root, "products");
    const cpn_json_value *stages = section ? cpn_get(section, "stages") : NULL;
    cpn_plan_sales sales = { 0 };
    stage_rule rule = { 0 };
    memset(products, 0, sizeof *products);
    campaign_status status = read_rule(&rule, facts->request, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_sales_add_up(&sales, facts, LINE, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_sales_total(&rule.half_totals[0], &sales, CPN_SALES_LATE_HALF, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_sales_total(&rule.half_totals[1], &sales, CPN_SALES_EARLY_HALF, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_sales_total(&products->total_minor, &sales, CPN_SALES_YEAR, error);
    if (status == CAMPAIGN_OK) {
        products->rows = cpn_alloc_zero(sales.n_keys + (stages ? stages->n_children : 0), sizeof *products->rows);
        if (!products->rows) status = cpn_fail_nomem(error);
    }
    for (int64_t key = 0; key < sales.n_keys && status == CAMPAIGN_OK; key++) {
        if (!sales.keys[key].is_usable) continue;
        char buffer[CPN_NUMBER_TEXT];
        size_t length;
        const char *label = cpn_plan_history_label(facts->history, LINE, key, buffer, &length);
        cpn_plan_product *product = &products->rows[products->n++];
        product->key = key;
        product->minor = sales.keys[key].minor[CPN_SALES_YEAR];
        infer(product, &sales.keys[key], &sales, facts, &rule);
        product->given = find_given(stages, label, length);
        if (!product->given) continue;
        product->stage = (cpn_plan_stage)cpn_value_enum(product->given, cpn_plan_stage_names);
        product->basis = "given";
    }
    if (status == CAMPAIGN_OK) status = note_unsold(products, stages, facts, error);
    cpn_plan_sales_free(&sales);
    if (status != CAMPAIGN_OK) cpn_plan_products_free(products);
    return status;
}

cpn_plan_stage cpn_plan_products_dominant(const cpn_plan_products *products)
{
    int64_t young = 0, mature = 0; /* parts of total_minor, or lines where nothing was sold */
    for (int64_t i = 0; i < products->n; i++) {
        const cpn_plan_product *product = &products->rows[i];
        const int64_t minor = products->total_minor == 0 ? 1 : product->minor > 0 ? product->minor : 0;
        if (product->stage == CPN_STAGE_NEW || product->stage == CPN_STAGE_GROWTH) young += minor;
        if (product->stage == CPN_STAGE_MATURE || product->stage == CPN_STAGE_DECLINE) mature += minor;
    }
    if (young == 0 && mature == 0) return CPN_STAGE_UNKNOWN;
    return young > mature ? CPN_STAGE_NEW : CPN_STAGE_MATURE;
}

void cpn_plan_products_free(cpn_plan_products *products)
{
    cpn_free(products->rows);
    memset(products, 0, sizeof *products);
}
