/* Which columns a plan wants of the orders, for hosts that read files: under which names, in which currency and unit. */
#include <string.h>

#include "plan/plan.h"

enum { ROLE, COLUMN, TYPE, IS_REQUIRED, CURRENCY, UNIT, ROUNDING };

static const cpn_column_schema schema[] = {
    { "role", CAMPAIGN_TYPE_UTF8, "What the column is for.", "列的用途。" },
    { "column", CAMPAIGN_TYPE_UTF8, "Its name in the orders.", "订单表中的列名。" },
    { "type", CAMPAIGN_TYPE_UTF8, "date, money, key or count.", "date 日期、money 金额、key 名称或 count 数量。" },
    { "is_required", CAMPAIGN_TYPE_BOOL, "The orders must have it.", "订单表是否必须有。" },
    { "currency", CAMPAIGN_TYPE_UTF8, "Money: ISO 4217 code.", "金额的币种。" },
    { "unit", CAMPAIGN_TYPE_UTF8, "Money: unit of plain numbers: none, major or minor.",
      "金额：普通数字的单位，none、major 或 minor。" },
    { "rounding", CAMPAIGN_TYPE_UTF8, "Money: how amounts with too many decimals are rounded.",
      "金额：小数位过多时如何取整。" },
};

static bool is_split_by(const cpn_plan_request *request, cpn_plan_level level)
{
    for (int32_t i = 0; i < request->n_split; i++)
        if (request->split[i] == level) return true;
    return false;
}

static void write_column(cpn_out *out, const char *role, const char *column, const char *type, bool is_required)
{
    cpn_out_string(out, ROLE, role);
    cpn_out_string(out, COLUMN, column ? column : role);
    cpn_out_string(out, TYPE, type);
    cpn_out_int64(out, IS_REQUIRED, is_required);
}

/* The word that stands for an enum in the request's data. */
static const char *data_word(const cpn_plan_request *request, const char *name)
{
    const cpn_record *record = &cpn_plan_data_record;
    const cpn_json_value *data = cpn_get(request->root, "data");
    int64_t i = 0;
    while (strcmp(record->fields[i].name, name) != 0) i++;
    return record->fields[i].choices[cpn_get_enum(data, record, name)];
}

/* Goods and units, for stock, and customers. */
static void write_other_columns(cpn_out *out, const cpn_plan_request *request)
{
    static const char *const roles[][2] = { { "sku", "key" }, { "quantity", "count" }, { "customer", "key" } };
    const cpn_json_value *data = cpn_get(request->root, "data");
    const cpn_json_value *columns = data ? cpn_get(data, "columns") : NULL;
    for (size_t role = 0; role < sizeof roles / sizeof *roles; role++) {
        const char *name = cpn_get_text(columns, &cpn_plan_columns_record, roles[role][0]);
        write_column(out, roles[role][0], name, roles[role][1], name != NULL);
        for (int32_t i = CURRENCY; i <= ROUNDING; i++) cpn_out_null(out, i);
    }
}

static campaign_status write_columns(campaign_table **columns, const cpn_plan_request *request, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    write_column(&out, "date", request->date_column, "date", true);
    for (int32_t i = CURRENCY; i <= ROUNDING; i++) cpn_out_null(&out, i);
    write_column(&out, "amount", request->amount_column, "money", true);
    cpn_out_string(&out, CURRENCY, request->currency);
    cpn_out_string(&out, UNIT, data_word(request, "amount_unit"));
    cpn_out_string(&out, ROUNDING, data_word(request, "rounding"));
    for (int32_t level = CPN_LEVEL_PRODUCT_LINE; level < CPN_PLAN_N_LEVELS; level++) {
        const char *column = request->dimension_columns[cpn_plan_dimension((cpn_plan_level)level)];
        write_column(&out, cpn_plan_level_names[level], column, "key",
                     request->has_split && is_split_by(request, (cpn_plan_level)level));
        for (int32_t i = CURRENCY; i <= ROUNDING; i++) cpn_out_null(&out, i);
    }
    write_other_columns(&out, request);
    return cpn_out_close(columns, &out, error);
}

campaign_status campaign_plan_request_columns(campaign_table **columns, const char *request_json, size_t request_len,
                                              campaign_error *error)
{
    if (columns) *columns = NULL;
    if (!columns || !request_json)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "columns", "columns and request_json are required");
    cpn_plan_request request;
    campaign_status status = cpn_plan_request_read(&request, request_json, request_len, error);
    if (status != CAMPAIGN_OK) return status;
    status = write_columns(columns, &request, error);
    cpn_plan_request_free(&request);
    return status;
}

campaign_status campaign_plan_columns(campaign_table **columns, const campaign_plan *plan, campaign_error *error)
{
    if (columns) *columns = NULL;
    if (!columns || !plan) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "columns", "columns and plan are required");
    return write_columns(columns, &plan->request, error);
}
