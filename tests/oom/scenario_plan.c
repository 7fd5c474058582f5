/* Plans and their evaluation under failing allocations: orders of every kind of column, documents, refusals, tables. */
#include "oom.h"

#include <campaign/plan.h>
#include <string.h>

static const char request[] =
    "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"language\":\"zh\","
    "\"target\":{\"growth\":\"10%\"},\"rules\":[{\"market\":\"n\",\"minimum\":1,\"growth\":0.5}],\"levels\":{"
    "\"market\":{\"driver\":\"history\",\"padding\":0.1}},\"split\":[\"market\",\"quarter\",\"product_line\"],"
    "\"dimension_period\":\"year\","
    "\"data\":{\"nulls\":\"skip\"},\"campaigns\":{\"tiers\":[],\"forced\":[\"cny\",\"cny_eve\"],\"phases\":{\"nodes\":"
    "{\"cny\":{\"preheat_days\":60}}}},\"budget\":{\"rate\":\"5%\",\"contingency\":0.2},\"metrics\":{\"roi\":3},"
    "\"calendar\":{\"overlays\":[{\"year\":2027,\"days\":[{\"name\":\"元旦\",\"date\":\"2027-01-01\",\"isOffDay\":true}"
    "]}]}}";
static const char unknown_node[] =
    "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":1},"
    "\"split\":[],\"campaigns\":{\"forced\":[\"cnyy\"]}}";
static const char bad_overlay[] =
    "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":1},"
    "\"split\":[],\"calendar\":{\"overlays\":[{\"year\":2027,\"days\":[{\"name\":\"x\"}]}]}}";

/* Thirteen months of orders with amounts as text, a null date, a negative month and a row without market. */
static campaign_status make_orders(campaign_table **orders, campaign_error *error)
{
    static const char *const names[] = { "date", "amount", "product_line", "market" };
    static const int32_t types[] = { CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_UTF8 };
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < 4 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, names[i], types[i], NULL, error);
    for (int32_t row = 0; row < 14 && status == CAMPAIGN_OK; row++) {
        const char *amount = row == 5 ? "-20.00" : "30.00", *market = row % 3 ? "n" : "s";
        const int32_t first = 20454; /* 2026-01-01 */
        status = row == 7 ? campaign_table_builder_append_null(builder, 0, error)
                          : campaign_table_builder_append_int64(builder, 0, first + row * 28, error);
        if (status == CAMPAIGN_OK)
            status = campaign_table_builder_append_text(builder, 1, amount, strlen(amount), error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 2, row % 2, error);
        if (status == CAMPAIGN_OK)
            status = row == 9 ? campaign_table_builder_append_null(builder, 3, error)
                              : campaign_table_builder_append_text(builder, 3, market, 1, error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(orders, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status make_plan(campaign_plan **plan, campaign_error *error)
{
    campaign_table *orders = NULL;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    campaign_status status = make_orders(&orders, error);
    inputs.orders = orders;
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_create(plan, request, strlen(request), &inputs, NULL, error);
        expect_empty(status, *plan, "plan");
    }
    campaign_table_free(orders);
    return status;
}

static campaign_status create(campaign_error *error)
{
    campaign_plan *plan = NULL;
    campaign_table *targets = NULL, *skipped = NULL;
    campaign_status status = make_plan(&plan, error);
    if (status == CAMPAIGN_OK) status = campaign_plan_table(&targets, plan, "targets", error);
    if (status == CAMPAIGN_OK) status = campaign_plan_table(&skipped, plan, "skipped", error);
    campaign_table_free(skipped);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    return status;
}

/* Two small plans that differ in a section and in a part of their own; one more is made in between. */
static campaign_status compare(campaign_error *error)
{
    static const char *const requests[2] = {
        "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":1},"
        "\"split\":[\"quarter\"],\"campaigns\":{\"tiers\":[]}}",
        "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":2},"
        "\"split\":[\"quarter\"],\"campaigns\":{\"tiers\":[]},\"budget\":{\"rate\":\"5%\"}}",
    };
    campaign_plan *plans[2] = { NULL, NULL };
    campaign_plan_comparison found = CAMPAIGN_PLAN_COMPARISON_INIT;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < 2 && status == CAMPAIGN_OK; i++)
        status = campaign_plan_create(&plans[i], requests[i], strlen(requests[i]), NULL, NULL, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_diff(&found, plans[0], plans[1], "zh", NULL, NULL, error);
        expect_empty(status, found.changes, "changes");
        expect_empty(status, found.causes, "causes");
    }
    campaign_plan_comparison_clear(&found);
    campaign_plan_free(plans[1]);
    campaign_plan_free(plans[0]);
    return status;
}

static campaign_status explain(campaign_error *error)
{
    campaign_plan *plan = NULL;
    campaign_table *records = NULL;
    const char *plain =
        "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":1},"
        "\"split\":[\"quarter\"],\"campaigns\":{\"tiers\":[]}}";
    campaign_status status = campaign_plan_create(&plan, plain, strlen(plain), NULL, NULL, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_explain(&records, plan, "targets", "2027-Q1", "zh", error);
        expect_empty(status, records, "records");
    }
    campaign_table_free(records);
    campaign_plan_free(plan);
    return status;
}

/* Entries from below, by period and market. */
static campaign_status enter(campaign_error *error)
{
    static const char *const names[] = { "period", "market" }, *const cells[] = { "2027-Q1", "n" };
    campaign_table_builder *builder = NULL;
    campaign_table *entries = NULL;
    campaign_plan *plan = NULL;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    const char *plain =
        "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":1},"
        "\"split\":[\"quarter\"],\"campaigns\":{\"tiers\":[],\"themes\":[]}}";
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < 2 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, names[i], CAMPAIGN_TYPE_UTF8, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", error);
    for (int32_t i = 0; i < 2 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_append_text(builder, i, cells[i], strlen(cells[i]), error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 2, 5, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(&entries, builder, error);
    campaign_table_builder_free(builder);
    inputs.bottom_up = entries;
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_create(&plan, plain, strlen(plain), &inputs, NULL, error);
        expect_empty(status, plan, "plan");
    }
    campaign_plan_free(plan);
    campaign_table_free(entries);
    return status;
}

static campaign_status save_and_load(campaign_error *error)
{
    campaign_plan *plan = NULL, *loaded = NULL;
    char *json = NULL;
    size_t length = 0;
    const char *plain =
        "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":1},"
        "\"split\":[\"quarter\"],\"campaigns\":{\"tiers\":[]}}";
    campaign_status status = campaign_plan_create(&plan, plain, strlen(plain), NULL, NULL, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_save(&json, &length, plan, error);
        expect_empty(status, json, "json");
    }
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_load(&loaded, json, length, error);
        expect_empty(status, loaded, "loaded");
    }
    campaign_plan_free(loaded);
    campaign_text_free(json);
    campaign_plan_free(plan);
    return status;
}

/* What visits must become where an order is to bring half as much again. */
static campaign_status solve_sub_goals(campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_table *metrics = NULL, *goals = NULL;
    campaign_sub_goals_options options = CAMPAIGN_SUB_GOALS_OPTIONS_INIT;
    options.change = 0.5;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "metric", CAMPAIGN_TYPE_UTF8, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "baseline", CAMPAIGN_TYPE_INT64, NULL, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_text(builder, 0, "visits", 6, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 1, 100, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(&metrics, builder, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_sub_goals(&goals, metrics, &options, error);
        expect_empty(status, goals, "goals");
    }
    campaign_table_free(goals);
    campaign_table_free(metrics);
    campaign_table_builder_free(builder);
    return status;
}

/* The cube of a plan by two dimensions, made in whole. */
static campaign_status expand(campaign_error *error)
{
    campaign_plan *plan = NULL;
    campaign_table *cube = NULL;
    campaign_plan_expand_options options = CAMPAIGN_PLAN_EXPAND_OPTIONS_INIT;
    options.grain = CAMPAIGN_EXPAND_WEEK;
    campaign_status status = make_plan(&plan, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_expand_targets(&cube, plan, &options, NULL, error);
        expect_empty(status, cube, "cube");
    }
    campaign_table_free(cube);
    campaign_plan_free(plan);
    return status;
}

static campaign_status write_documents(campaign_error *error)
{
    char *json = NULL, *schema = NULL;
    campaign_status status = campaign_plan_request_new(&json, NULL, 2027, "CNY", "zh", error);
    expect_empty(status, json, "json");
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_schema(&schema, NULL, "plan", "zh", error);
        expect_empty(status, schema, "schema");
    }
    campaign_text_free(schema);
    campaign_text_free(json);
    return status;
}

/* Goods, units and customers; a budget whose off season is too dear, with bounds and response curves. */
static campaign_status fill_rooms(campaign_error *error)
{
    static const char *const names[] = { "date", "amount", "sku", "quantity", "customer" };
    static const int32_t types[] = { CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_MONEY, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_INT64,
                                     CAMPAIGN_TYPE_INT64 };
    const char *rooms =
        "{\"schema\":\"campaign/plan_request/"
        "1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":365},\"split\":"
        "[],\"seasons\":{\"peak\":[11],\"off\":[6]},\"campaigns\":{\"tiers\":[],\"forced\":[\"children\",\"d1111\"]},"
        "\"stock\":{\"max_skus\":1},\"products\":{\"stages\":{\"x\":\"new\"}},\"budget\":{\"total\":1000,"
        "\"off_season_excess\":\"others\",\"campaigns\":{\"d1111\":{\"maximum\":600}},\"channels\":[{\"id\":\"a\","
        "\"own\":true,\"maximum\":3},{\"id\":\"b\"}],\"curves\":[{\"type\":\"burst\",\"curve\":\"hill\",\"scale\":900,"
        "\"location\":300,\"shape\":2},{\"campaign\":\"children\",\"curve\":\"log\",\"scale\":50,\"location\":20},"
        "{\"channel\":\"a\",\"curve\":\"linear\",\"scale\":2},{\"channel\":\"b\",\"curve\":\"power\",\"scale\":5,"
        "\"shape\":0.5}]}}";
    campaign_table_builder *builder = NULL;
    campaign_table *orders = NULL, *stock = NULL;
    campaign_plan *plan = NULL;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < 5 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, names[i], types[i],
                                                   types[i] == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, error);
    for (int32_t row = 0; row < 6 && status == CAMPAIGN_OK; row++) {
        status = campaign_table_builder_append_int64(builder, 0, 20768 - row * 30, error); /* 2026-11-11 and before */
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 1, 1000 + row, error);
        if (status == CAMPAIGN_OK)
            status = campaign_table_builder_append_text(builder, 2, row % 2 ? "A" : "B", 1, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 3, row + 1, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 4, row / 2, error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(&orders, builder, error);
    campaign_table_builder_free(builder);
    inputs.orders = orders;
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_create(&plan, rooms, strlen(rooms), &inputs, NULL, error);
        expect_empty(status, plan, "plan");
    }
    if (status == CAMPAIGN_OK) status = campaign_plan_table(&stock, plan, "stock", error);
    campaign_table_free(stock);
    campaign_plan_free(plan);
    campaign_table_free(orders);
    return status;
}

/* A refusal needs memory for its words; without it the refusal is that there is none. */
static campaign_status refuse(const char *json, campaign_status expected, campaign_error *error)
{
    campaign_plan *plan = NULL;
    const campaign_status status = campaign_plan_create(&plan, json, strlen(json), NULL, NULL, error);
    expect_empty(status, plan, "plan");
    oom_expect(status == expected || status == CAMPAIGN_E_NOMEM, "a bad request is neither refused nor too much");
    return status == expected ? CAMPAIGN_OK : status;
}

static campaign_status refuse_node(campaign_error *error)
{
    return refuse(unknown_node, CAMPAIGN_E_UNKNOWN, error);
}

static campaign_status refuse_overlay(campaign_error *error)
{
    return refuse(bad_overlay, CAMPAIGN_E_MISSING, error);
}

/* Spend by campaign, beside the orders that the plan was made from, one year later. */
static campaign_status make_spend(campaign_table **spend, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "campaign", CAMPAIGN_TYPE_UTF8, NULL, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 0, 20830, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 1, 500, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_text(builder, 2, "cny", 3, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_null(builder, 0, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 1, 500, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_text(builder, 2, "cny", 3, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(spend, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

/* Sales by product line and market on three days of 2027, money without a currency. */
static campaign_status make_daily(campaign_table **daily, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "sales", CAMPAIGN_TYPE_MONEY, "XXX", error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "market", CAMPAIGN_TYPE_UTF8, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "product_line", CAMPAIGN_TYPE_INT64, NULL, error);
    for (int32_t row = 0; row < 3 && status == CAMPAIGN_OK; row++) {
        status = campaign_table_builder_append_int64(builder, 0, 20830 + row, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 1, 5, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_text(builder, 2, row ? "n" : "w", 1, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 3, row, error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(daily, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status judge(campaign_error *error)
{
    campaign_plan *plan = NULL;
    campaign_table *daily = NULL, *spend = NULL;
    campaign_kpi_plan judged = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    campaign_kpi_options options = CAMPAIGN_KPI_OPTIONS_INIT;
    campaign_kpi_evaluation result = CAMPAIGN_KPI_EVALUATION_INIT;
    options.nulls = CAMPAIGN_KPI_NULLS_SKIP;
    options.language = "zh";
    campaign_status status = make_plan(&plan, error);
    if (status == CAMPAIGN_OK) status = campaign_plan_kpi(&judged, plan, error);
    if (status == CAMPAIGN_OK) status = make_daily(&daily, error);
    if (status == CAMPAIGN_OK) status = make_spend(&spend, error);
    actuals.daily = daily;
    actuals.spend = spend;
    if (status == CAMPAIGN_OK) {
        status = campaign_kpi_evaluate(&result, &judged, &actuals, &options, NULL, error);
        expect_empty(status, result.attainment, "attainment");
        expect_empty(status, result.alerts, "alerts");
        expect_empty(status, result.skipped, "skipped");
    }
    campaign_kpi_evaluation_clear(&result);
    campaign_table_free(spend);
    campaign_table_free(daily);
    campaign_plan_free(plan);
    return status;
}

/* What a host asks before it reads the orders, and what an evaluation needs. */
static campaign_status tell_columns(campaign_error *error)
{
    campaign_plan *plan = NULL;
    campaign_table *wanted = NULL, *judged = NULL;
    const char *kind = NULL;
    campaign_status status = campaign_plan_document_kind(&kind, request, strlen(request), error);
    if (status == CAMPAIGN_OK) status = campaign_plan_request_columns(&wanted, request, strlen(request), error);
    expect_empty(status, wanted, "columns of the request");
    if (status == CAMPAIGN_OK) status = make_plan(&plan, error);
    if (status == CAMPAIGN_OK) status = campaign_plan_columns(&judged, plan, error);
    expect_empty(status, judged, "columns of the plan");
    campaign_table_free(judged);
    campaign_table_free(wanted);
    campaign_plan_free(plan);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "create", create },
    { "compare", compare },
    { "enter", enter },
    { "explain", explain },
    { "save_and_load", save_and_load },
    { "solve_sub_goals", solve_sub_goals },
    { "expand", expand },
    { "write_documents", write_documents },
    { "fill_rooms", fill_rooms },
    { "refuse_node", refuse_node },
    { "refuse_overlay", refuse_overlay },
    { "judge", judge },
    { "tell_columns", tell_columns },
    { NULL, NULL },
};
