/* Keys of a column, by each of the ways to number them. */
#include "oom.h"

#include "table/table.h"

static campaign_status number_column(const campaign_column *column, campaign_error *error)
{
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.n_threads = 2;
    cpn_keys keys;
    const campaign_status status = cpn_keys_create(&keys, column, &runtime, error);
    oom_expect((status == CAMPAIGN_OK) == (keys.codes != NULL), "keys");
    cpn_keys_free(&keys);
    return status;
}

static campaign_status number_keys(campaign_error *error)
{
    static const int64_t near[4] = { 3, 1, 2, 3 }, far[4] = { 3, INT64_MAX, INT64_MIN, 3 };
    static const int32_t offsets[5] = { 0, 1, 2, 3, 4 }, codes[4] = { 1, 1, 3, 0 };
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    column.name = "key";
    column.n_rows = 4;
    column.type = CAMPAIGN_TYPE_INT64;
    column.values = near;
    campaign_status status = number_column(&column, error);
    column.values = far;
    if (status == CAMPAIGN_OK) status = number_column(&column, error);
    column.type = CAMPAIGN_TYPE_UTF8;
    column.values = "abab";
    column.offsets = offsets;
    if (status == CAMPAIGN_OK) status = number_column(&column, error);
    column.codes = codes;
    column.n_dictionary = 4;
    if (status == CAMPAIGN_OK) status = number_column(&column, error);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "number_keys", number_keys },
    { NULL, NULL },
};
