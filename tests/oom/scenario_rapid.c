/* A rapid response under failing allocations: every table given, rows merged, own resources and tasks, every note. */
#include "oom.h"

#include <campaign/rapid_response.h>
#include <string.h>

typedef struct column {
    const char *name;
    int32_t type;
} column;

/* Text columns take words, the others the number before them; words NULL = null. */
typedef struct cell {
    int64_t number;
    const char *word;
} cell;
#define EMPTY INT64_MIN

static campaign_status put(campaign_table_builder *builder, int32_t index, const column *to, const cell *value,
                           campaign_error *error)
{
    if (to->type == CAMPAIGN_TYPE_UTF8 && value->word)
        return campaign_table_builder_append_text(builder, index, value->word, strlen(value->word), error);
    if (to->type == CAMPAIGN_TYPE_UTF8 || value->number == EMPTY)
        return campaign_table_builder_append_null(builder, index, error);
    return campaign_table_builder_append_int64(builder, index, value->number, error);
}

static campaign_status make_table(const campaign_table **made, const column *columns, int32_t n_columns,
                                  const cell *cells, int32_t n_rows, campaign_error *error)
{
    campaign_table *table = NULL;
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < n_columns && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, columns[i].name, columns[i].type,
                                                   columns[i].type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, error);
    for (int32_t at = 0; at < n_rows * n_columns && status == CAMPAIGN_OK; at++)
        status = put(builder, at % n_columns, &columns[at % n_columns], &cells[at], error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(&table, builder, error);
    campaign_table_builder_free(builder);
    *made = table;
    return status;
}

#define N_ROWS(cells, columns) ((int32_t)(sizeof(cells) / sizeof *(cells) / (sizeof(columns) / sizeof *(columns))))
#define MAKE(table, columns, cells)                                                                                    \
    make_table(table, columns, (int32_t)(sizeof(columns) / sizeof *(columns)), cells, N_ROWS(cells, columns), error)
#define WORD(text)                                                                                                     \
    {                                                                                                                  \
        EMPTY, text                                                                                                    \
    }
#define NUMBER(value)                                                                                                  \
    {                                                                                                                  \
        value, NULL                                                                                                    \
    }

/* 2026-09-28 is day 20724. */
static const column customer_columns[] = {
    { "customer", CAMPAIGN_TYPE_UTF8 }, { "region", CAMPAIGN_TYPE_UTF8 },       { "level", CAMPAIGN_TYPE_UTF8 },
    { "rep", CAMPAIGN_TYPE_UTF8 },      { "last_enquiry", CAMPAIGN_TYPE_DATE }, { "interactions", CAMPAIGN_TYPE_INT64 }
};
static const cell customer_cells[] = {
    WORD("a"), WORD("East"), WORD("gold"), WORD("Li"), NUMBER(20720), NUMBER(5),     /**/
    WORD("a"), WORD("East"), WORD(NULL),   WORD(NULL), NUMBER(20800), NUMBER(1),     /**/
    WORD("b"), WORD("West"), WORD("gold"), WORD("x"),  NUMBER(20700), NUMBER(EMPTY), /**/
    WORD("c"), WORD(NULL),   WORD("iron"), WORD(NULL), NUMBER(EMPTY), NUMBER(0),
};
static const column rep_columns[] = { { "rep", CAMPAIGN_TYPE_UTF8 },
                                      { "region", CAMPAIGN_TYPE_UTF8 },
                                      { "visit", CAMPAIGN_TYPE_INT64 } };
static const cell rep_cells[] = { WORD("Li"), WORD("East"), NUMBER(1), WORD("Wu"), WORD("West"), NUMBER(EMPTY) };
static const column history_columns[] = { { "date", CAMPAIGN_TYPE_DATE },     { "leads", CAMPAIGN_TYPE_INT64 },
                                          { "deals", CAMPAIGN_TYPE_INT64 },   { "region", CAMPAIGN_TYPE_UTF8 },
                                          { "campaign", CAMPAIGN_TYPE_UTF8 }, { "amount", CAMPAIGN_TYPE_MONEY } };
static const cell history_cells[] = { NUMBER(20700), NUMBER(10), NUMBER(4), WORD("East"), WORD("f"), NUMBER(400000),
                                      NUMBER(20701), NUMBER(10), NUMBER(2), WORD("West"), WORD("f"), NUMBER(100000) };
static const column region_columns[] = { { "region", CAMPAIGN_TYPE_UTF8 },
                                         { "customers", CAMPAIGN_TYPE_INT64 },
                                         { "owner", CAMPAIGN_TYPE_UTF8 } };
static const cell region_cells[] = { WORD("North"), NUMBER(4), WORD("Sun") };

static const char request[] =
    "{\"schema\":\"campaign/rapid_response/1\",\"name\":\"n\",\"type\":\"fair\",\"start\":\"2026-09-28\","
    "\"finish\":\"2026-09-29\",\"leads\":9,\"deals\":9,\"support\":[\"a\",\"b\"],"
    "\"regions\":[{\"region\":\"East\",\"customers\":3,\"key_customers\":[\"k\"]}],"
    "\"resources\":[{\"id\":\"own\",\"status\":\"blocked\"}],\"tasks\":[{\"id\":\"own\",\"working_days\":1}]}";

static void expect_nothing(campaign_status status, const campaign_rapid_response_report *report)
{
    expect_empty(status, report->windows, "report.windows");
    expect_empty(status, report->quotas, "report.quotas");
    expect_empty(status, report->contacts, "report.contacts");
    expect_empty(status, report->tasks, "report.tasks");
    expect_empty(status, report->form_task_split, "report.form_task_split");
    expect_empty(status, report->notes, "report.notes");
}

static void free_inputs(const campaign_rapid_response_inputs *inputs)
{
    const campaign_table *const tables[] = { inputs->customers, inputs->reps, inputs->history, inputs->regions };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        campaign_table_free((campaign_table *)(uintptr_t)tables[i]);
}

static campaign_status with_all_tables(campaign_error *error)
{
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report = CAMPAIGN_RAPID_RESPONSE_REPORT_INIT;
    campaign_status status = MAKE(&inputs.customers, customer_columns, customer_cells);
    if (status == CAMPAIGN_OK) status = MAKE(&inputs.reps, rep_columns, rep_cells);
    if (status == CAMPAIGN_OK) status = MAKE(&inputs.history, history_columns, history_cells);
    if (status == CAMPAIGN_OK) status = MAKE(&inputs.regions, region_columns, region_cells);
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_rapid_response(&report, request, sizeof request - 1, &inputs, NULL, NULL, error);
        expect_nothing(status, &report);
    }
    campaign_rapid_response_report_clear(&report);
    free_inputs(&inputs);
    return status;
}

static campaign_status with_a_request_alone(campaign_error *error)
{
    static const char alone[] = "{\"schema\":\"campaign/rapid_response/1\",\"name\":\"n\",\"type\":\"thank_you\","
                                "\"start\":\"2026-09-28\",\"finish\":\"2026-10-16\",\"leads\":3,"
                                "\"expected_conversion\":\"50%\",\"language\":\"zh\"}";
    campaign_rapid_response_report report = CAMPAIGN_RAPID_RESPONSE_REPORT_INIT;
    const campaign_status status =
        campaign_plan_rapid_response(&report, alone, sizeof alone - 1, NULL, NULL, NULL, error);
    expect_nothing(status, &report);
    campaign_rapid_response_report_clear(&report);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "a response with all tables", with_all_tables },
    { "a response from its request alone", with_a_request_alone },
    { NULL, NULL },
};
