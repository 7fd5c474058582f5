/* Tables that leave as Arrow arrays and streams and come back. What is handed over belongs to the library, also where the
 * call fails, so nothing is released here. */
#include "oom.h"

#include <campaign/arrow.h>

static campaign_status fill(campaign_table_builder *builder, campaign_error *error)
{
    campaign_status status = campaign_table_builder_add_column(builder, "客户", CAMPAIGN_TYPE_UTF8, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", error);
    for (int64_t row = 0; row < 20 && status == CAMPAIGN_OK; row++) {
        status = campaign_table_builder_append_text(builder, 0, "ABCDEFG", (size_t)(row % 7), error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 1, row * 100, error);
    }
    return status;
}

static campaign_status build(campaign_table **table, campaign_error *error)
{
    *table = NULL;
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK) status = fill(builder, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status go_round(int32_t money_as_decimal, campaign_error *error)
{
    campaign_arrow_options options = CAMPAIGN_ARROW_OPTIONS_INIT;
    options.money_as_decimal = money_as_decimal;
    struct ArrowArray array = { 0 };
    struct ArrowSchema schema = { 0 };
    campaign_table *table = NULL, *again = NULL;
    campaign_status status = build(&table, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_table_to_arrow(&array, &schema, table, &options, error);
        oom_expect((status == CAMPAIGN_OK) == (array.release != NULL), "a failed export leaves an array");
        oom_expect((status == CAMPAIGN_OK) == (schema.release != NULL), "a failed export leaves a schema");
    }
    campaign_table_free(table);
    if (status == CAMPAIGN_OK) {
        status = campaign_table_from_arrow(&again, &array, &schema, NULL, error);
        expect_empty(status, again, "import");
    }
    campaign_table_free(again);
    return status;
}

static campaign_status go_round_in_place(campaign_error *error)
{
    return go_round(0, error);
}

static campaign_status go_round_as_decimal(campaign_error *error)
{
    return go_round(1, error);
}

static campaign_status go_round_as_stream(campaign_error *error)
{
    struct ArrowArrayStream stream = { 0 };
    campaign_table *table = NULL, *again = NULL;
    campaign_status status = build(&table, error);
    if (status == CAMPAIGN_OK) status = campaign_table_to_arrow_stream(&stream, table, NULL, error);
    campaign_table_free(table);
    if (status == CAMPAIGN_OK) {
        status = campaign_table_from_arrow_stream(&again, &stream, NULL, error);
        expect_empty(status, again, "import");
    }
    campaign_table_free(again);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "go_round_in_place", go_round_in_place },
    { "go_round_as_decimal", go_round_as_decimal },
    { "go_round_as_stream", go_round_as_stream },
    { NULL, NULL },
};
