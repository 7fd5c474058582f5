/* Regions: those of the request in its own order, then those that tables name, in order of their bytes, and one for all
 * that has no region. */
#include "base/memory.h"
#include "base/money.h"
#include "execution/rapid_response/rapid.h"

static const char *const place = "regions.region";

static campaign_status collect_column(cpn_rapid_names *names, const campaign_column *column, campaign_error *error)
{
    cpn_rapid_name last = { NULL, 0 };
    for (int64_t row = 0; column->type != 0 && row < column->n_rows; row++) {
        const cpn_rapid_name name = cpn_rapid_cell_name(column, row);
        const bool is_repeated = name.text && last.text && cpn_rapid_compare_names(&name, &last) == 0;
        last = name;
        if (!is_repeated && !cpn_rapid_names_add(names, name)) return cpn_fail_nomem(error);
    }
    return CAMPAIGN_OK;
}

static campaign_status find_texts(campaign_column *column, const campaign_table *table, const char *table_name,
                                  const cpn_rapid_sources *sources, campaign_error *error)
{
    if (!table) return CAMPAIGN_OK;
    return cpn_find_column(column, table, table_name, sources->options->region, "region",
                           CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
}

/* Names of all regions. Those of reps count only where nothing else names a region: a rep may serve one that has no
 * part in this campaign. */
static campaign_status collect_names(cpn_rapid *rapid, campaign_column *table_names, const cpn_rapid_sources *sources,
                                     campaign_error *error)
{
    campaign_column customers = CAMPAIGN_COLUMN_INIT, reps = CAMPAIGN_COLUMN_INIT;
    const cpn_json_value *list = cpn_get(rapid->request.root, "regions");
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next)
        if (!cpn_rapid_names_add(&rapid->region_names,
                                 cpn_rapid_text_name(cpn_get_text(item, &cpn_rapid_region_record, "region"))))
            return cpn_fail_nomem(error);
    campaign_status status = find_texts(&customers, sources->inputs->customers, "customers", sources, error);
    if (status == CAMPAIGN_OK) status = find_texts(&reps, sources->inputs->reps, "reps", sources, error);
    if (status == CAMPAIGN_OK) status = collect_column(&rapid->region_names, table_names, error);
    if (status == CAMPAIGN_OK) status = collect_column(&rapid->region_names, &customers, error);
    if (status == CAMPAIGN_OK && rapid->region_names.n == 0)
        status = collect_column(&rapid->region_names, &reps, error);
    if (status == CAMPAIGN_OK && !cpn_rapid_names_settle(&rapid->region_names)) return cpn_fail_nomem(error);
    return status;
}

static campaign_status take_given(cpn_rapid_region *region, const cpn_rapid *rapid, const cpn_json_value *item,
                                  campaign_error *error)
{
    const cpn_record *record = &cpn_rapid_region_record;
    region->given = item;
    region->row = -1;
    region->has_leads = cpn_get(item, "customers") != NULL;
    region->leads = cpn_get_int(item, record, "customers");
    region->has_conversion = cpn_get(item, "expected_conversion") != NULL;
    region->has_sales = cpn_get(item, "sales_task") != NULL;
    region->conversion_source = "request";
    campaign_status status = CAMPAIGN_OK;
    if (region->has_conversion)
        status = cpn_get_ppm(&region->conversion_ppm, item, record, "expected_conversion", error);
    if (status == CAMPAIGN_OK && region->has_sales)
        status = cpn_get_money(&region->sales_minor, item, record, "sales_task", rapid->request.exponent, error);
    return status;
}

/* The request's own regions, in its order. */
static campaign_status place_given(cpn_rapid *rapid, campaign_error *error)
{
    const cpn_json_value *list = cpn_get(rapid->request.root, "regions");
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        const cpn_rapid_name name = cpn_rapid_text_name(cpn_get_text(item, &cpn_rapid_region_record, "region"));
        int32_t *at = &rapid->region_of_name[cpn_rapid_names_find(&rapid->region_names, name)];
        if (*at >= 0)
            return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, cpn_get(item, "region"), "region \"%s\" stands twice",
                                 name.text);
        *at = (int32_t)rapid->n_regions;
        cpn_rapid_region *region = &rapid->regions[rapid->n_regions++];
        region->name = name;
        status = take_given(region, rapid, item, error);
    }
    return status;
}

/* ---- The table of regions ---------------------------------------------------------------------------------------- */

typedef struct region_columns {
    campaign_column name, customers, conversion, sales;
} region_columns;

static campaign_status find_columns(region_columns *columns, cpn_rapid *rapid, const cpn_rapid_sources *sources,
                                    campaign_error *error)
{
    static const char *const texts[] = { "owner", "key_customers", "resources" };
    const campaign_table *table = sources->inputs->regions;
    if (!table) return CAMPAIGN_OK;
    campaign_status status = cpn_need_column(&columns->name, table, "regions", sources->options->region, "region",
                                             CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->customers, table, "regions", NULL, "customers", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->conversion, table, "regions", NULL, "expected_conversion_ppm", CPN_ANY_INT,
                                 error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->sales, table, "regions", NULL, "sales_task",
                                 CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), error);
    for (int32_t i = 0; i < 3 && status == CAMPAIGN_OK; i++)
        status = cpn_find_column(&rapid->region_texts[i], table, "regions", NULL, texts[i],
                                 CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    return status;
}

static campaign_status take_row(cpn_rapid_region *region, const cpn_rapid *rapid, const region_columns *columns,
                                int64_t row, campaign_error *error)
{
    region->row = row;
    region->conversion_source = "request";
    campaign_status status = cpn_rapid_count(&region->leads, &columns->customers, row, "regions.customers", error);
    if (status == CAMPAIGN_OK)
        status = cpn_rapid_count(&region->conversion_ppm, &columns->conversion, row, "regions.expected_conversion_ppm",
                                 error);
    region->has_leads = region->leads >= 0;
    region->has_conversion = region->conversion_ppm >= 0;
    if (status == CAMPAIGN_OK && region->conversion_ppm > CPN_RAPID_MILLION)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "regions.expected_conversion_ppm",
                            "%lld is above 1000000, which is all", (long long)region->conversion_ppm);
    if (!region->has_leads) region->leads = 0;
    if (status != CAMPAIGN_OK || columns->sales.type == 0 || cpn_is_null(&columns->sales, row)) return status;
    bool is_rounded;
    region->has_sales = true;
    if (cpn_money_rescale(&region->sales_minor, cpn_cell_int64(&columns->sales, row), columns->sales.exponent,
                          rapid->request.exponent, CAMPAIGN_ROUND_NONE, &is_rounded) &&
        region->sales_minor >= 0)
        return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "regions.sales_task",
                        "the amount is negative, or does not fit %s", rapid->request.currency);
}

static campaign_status check_currency(const campaign_column *sales, const cpn_rapid *rapid, campaign_error *error)
{
    for (int32_t i = 0; sales->type != 0 && i < 3; i++)
        if (sales->currency[i] != rapid->request.currency[i])
            return cpn_fail(error, CAMPAIGN_E_COLUMN, "regions.sales_task", "sales_task is %s, the request has %s",
                            sales->currency, rapid->request.currency);
    return CAMPAIGN_OK;
}

static campaign_status place_rows(cpn_rapid *rapid, const region_columns *columns, campaign_error *error)
{
    campaign_status status = check_currency(&columns->sales, rapid, error);
    for (int64_t row = 0; row < columns->name.n_rows && status == CAMPAIGN_OK; row++) {
        const cpn_rapid_name name = cpn_rapid_cell_name(&columns->name, row);
        if (!name.text) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, place, "region is null");
        const int32_t at = cpn_rapid_names_find(&rapid->region_names, name);
        char shown[CPN_JSON_SHOWN];
        if (rapid->region_of_name[at] >= 0)
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, place,
                                "region \"%s\" stands in the request or in the table already",
                                cpn_json_show(shown, name.text, name.length));
        rapid->region_of_name[at] = INT32_MAX - 1; /* its place is that of its name */
    }
    return status;
}

/* Regions of tables, in order of their names; those that only customers or reps name have nothing but that. */
static campaign_status place_others(cpn_rapid *rapid, const region_columns *columns, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < rapid->region_names.n; i++) {
        if (rapid->region_of_name[i] >= 0 && rapid->region_of_name[i] < INT32_MAX - 1) continue;
        rapid->region_of_name[i] = (int32_t)rapid->n_regions;
        cpn_rapid_region *region = &rapid->regions[rapid->n_regions++];
        region->name = rapid->region_names.names[i];
        region->row = -1;
    }
    for (int64_t row = 0; row < columns->name.n_rows && status == CAMPAIGN_OK; row++) {
        const int32_t at = cpn_rapid_names_find(&rapid->region_names, cpn_rapid_cell_name(&columns->name, row));
        status = take_row(&rapid->regions[rapid->region_of_name[at]], rapid, columns, row, error);
    }
    return status;
}

static void place_rest(cpn_rapid *rapid)
{
    const bool is_all = rapid->n_regions == 0, zh = rapid->request.is_chinese;
    cpn_rapid_region *rest = &rapid->regions[rapid->n_regions++];
    rest->name = cpn_rapid_text_name(is_all ? (zh ? "全部" : "all") : (zh ? "未分区域" : "no region"));
    rest->row = -1;
    rest->is_rest = true;
}

campaign_status cpn_rapid_regions_read(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error)
{
    region_columns columns = { CAMPAIGN_COLUMN_INIT, CAMPAIGN_COLUMN_INIT, CAMPAIGN_COLUMN_INIT, CAMPAIGN_COLUMN_INIT };
    campaign_status status = find_columns(&columns, rapid, sources, error);
    if (status == CAMPAIGN_OK) status = collect_names(rapid, &columns.name, sources, error);
    if (status != CAMPAIGN_OK) return status;
    rapid->regions = cpn_alloc_zero(rapid->region_names.n + 1, sizeof *rapid->regions);
    rapid->region_of_name = cpn_alloc(rapid->region_names.n, sizeof *rapid->region_of_name);
    if (!rapid->regions || !rapid->region_of_name) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < rapid->region_names.n; i++) rapid->region_of_name[i] = -1;
    status = place_given(rapid, error);
    if (status == CAMPAIGN_OK) status = place_rows(rapid, &columns, error);
    if (status == CAMPAIGN_OK) status = place_others(rapid, &columns, error);
    if (status == CAMPAIGN_OK) place_rest(rapid);
    return status;
}
