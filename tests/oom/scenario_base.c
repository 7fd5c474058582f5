/* What base allocates when engines call it. */
#include "oom.h"

#include <string.h>

#include "../unit/base/document_sample.h"
#include "base/json.h"
#include "base/sort.h"

static campaign_status grow_text(campaign_error *error)
{
    cpn_text text = { 0 };
    for (int i = 0; i < 100; i++) cpn_text_add_string(&text, "满300减50 ");
    cpn_text_add_format(&text, "%d", 7);
    char *taken = cpn_text_take(&text);
    const campaign_status status = taken ? CAMPAIGN_OK : cpn_fail_nomem(error);
    campaign_text_free(taken);
    cpn_text_clear(&text);
    return status;
}

static campaign_status read_and_write_json(campaign_error *error)
{
    /* More members than are compared in pairs, and more values than the first block holds. */
    static const char text[] = "{\"name\":\"\\u6ee1\\u51cf\",\"tiers\":[{\"threshold\":\"300.00\",\"off\":50},{}],"
                               "\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10,"
                               "\"k\":11,\"l\":12,\"m\":13,\"n\":14,\"o\":15,\"p\":16,\"q\":17,\"r\":18,"
                               "\"s\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}";
    cpn_json *json = NULL;
    campaign_status status = cpn_json_read(&json, text, sizeof text - 1, error);
    expect_empty(status, json, "json");
    if (status != CAMPAIGN_OK) return status;
    cpn_text out = { 0 };
    cpn_json_writer writer = { .text = &out };
    cpn_json_copy(&writer, cpn_json_root(json));
    if (out.has_failed) status = cpn_fail_nomem(error);
    cpn_text_clear(&out);
    cpn_json_free(json);
    return status;
}

/* A wrong document fails with its own words, with memory for them or without; nothing is left behind either way. */
static campaign_status refuse_json(campaign_error *error)
{
    static const char text[] = "{\"threshold\": 300, \"list\": [1, 2, {\"threshold\": 1, \"threshold\": 2}]}";
    cpn_json *json = NULL;
    const campaign_status status = cpn_json_read(&json, text, sizeof text - 1, error);
    oom_expect(json == NULL, "a refused document leaves a tree");
    return status == CAMPAIGN_E_DUPLICATE ? CAMPAIGN_OK : status;
}

static campaign_status sort_and_order(campaign_error *error)
{
    int64_t order[300], keys[300];
    for (int64_t i = 0; i < 300; i++) keys[i] = (i * 7919) % 301;
    return cpn_order_int64(order, keys, 300) ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static campaign_status read_document(campaign_error *error)
{
    static const char text[] = "{\"schema\":\"campaign/sample/1\",\"budget\":\"19.90\",\"share\":\"15%\","
                               "\"phases\":[{\"days\":1},{\"days\":2}],\"shares\":{\"a\":0.5}}";
    cpn_json *json = NULL;
    const campaign_status status = cpn_document_read(&json, text, sizeof text - 1, &sample_kind, error);
    expect_empty(status, json, "document");
    cpn_json_free(json);
    return status;
}

static campaign_status write_schema(campaign_error *error)
{
    cpn_text out = { 0 };
    cpn_document_write_schema(&out, &sample_kind, "zh");
    const campaign_status status = out.has_failed ? cpn_fail_nomem(error) : CAMPAIGN_OK;
    cpn_text_clear(&out);
    return status;
}

static campaign_status split_amount(campaign_error *error)
{
    static const int64_t weights[4] = { 3, 1, 0, 5 }, minimum[4] = { 0, 10, 2, 0 }, maximum[4] = { 40, 90, 9, 30 };
    campaign_split_problem problem = { .size = (uint32_t)sizeof problem, .total_minor = 100, .n_cells = 4 };
    problem.weights = weights;
    problem.minimum = minimum;
    problem.maximum = maximum;
    int64_t parts[4], unallocated = 0;
    return campaign_split(parts, &unallocated, &problem, error);
}

const oom_scenario oom_scenarios[] = {
    { "grow_text", grow_text },       { "read_and_write_json", read_and_write_json },
    { "refuse_json", refuse_json },   { "read_document", read_document },
    { "write_schema", write_schema }, { "sort_and_order", sort_and_order },
    { "split_amount", split_amount }, { NULL, NULL },
};
