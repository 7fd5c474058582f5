/* Requests for a rapid response: an accepted one contacts every customer with one rep and adds up; a refused one says
 * why. */
#include "fuzz.h"

#include <campaign/rapid_response.h>
#include <string.h>

typedef struct lists {
    campaign_table *customers, *reps, *history;
} lists;

static campaign_table *finish(campaign_table_builder *builder)
{
    campaign_table *table = NULL;
    FUZZ_CHECK(campaign_table_builder_finish(&table, builder, NULL) == CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return table;
}

static campaign_table_builder *start(const char *const *texts, const char *const *numbers)
{
    campaign_table_builder *builder = NULL;
    FUZZ_CHECK(campaign_table_builder_create(&builder, NULL) == CAMPAIGN_OK);
    for (; *texts; texts++)
        FUZZ_CHECK(campaign_table_builder_add_column(builder, *texts, CAMPAIGN_TYPE_UTF8, NULL, NULL) == CAMPAIGN_OK);
    for (; *numbers; numbers++) {
        const int32_t type = strcmp(*numbers, "date") == 0 || strncmp(*numbers, "last", 4) == 0 ? CAMPAIGN_TYPE_DATE
                                                                                                : CAMPAIGN_TYPE_INT64;
        FUZZ_CHECK(campaign_table_builder_add_column(builder, *numbers, type, NULL, NULL) == CAMPAIGN_OK);
    }
    return builder;
}

static void put_text(campaign_table_builder *builder, int32_t index, const char *text)
{
    FUZZ_CHECK(campaign_table_builder_append_text(builder, index, text, strlen(text), NULL) == CAMPAIGN_OK);
}

static void put_number(campaign_table_builder *builder, int32_t index, int64_t number)
{
    FUZZ_CHECK(campaign_table_builder_append_int64(builder, index, number, NULL) == CAMPAIGN_OK);
}

/* Days around 2026-09-28, which is 20724. */
static lists make_lists(void)
{
    static const char *const customer_texts[] = { "customer", "region", "rep", NULL };
    static const char *const customer_numbers[] = { "last_interaction", "last_enquiry", "interactions", NULL };
    static const char *const rep_texts[] = { "rep", "region", NULL }, *const none[] = { NULL };
    static const char *const history_texts[] = { "region", "type", NULL };
    static const char *const history_numbers[] = { "date", "leads", "deals", NULL };
    static const char *const regions[] = { "East", "West", "North" }, *const names[] = { "a", "b", "c", "d", "e", "f" };
    lists made;
    campaign_table_builder *builder = start(customer_texts, customer_numbers);
    for (int32_t i = 0; i < 12; i++) {
        put_text(builder, 0, names[i * 5 % 6]);
        put_text(builder, 1, regions[i % 3]);
        put_text(builder, 2, i % 4 == 0 ? "Li" : "nobody");
        put_number(builder, 3, 20724 - i * 11);
        put_number(builder, 4, 20724 - i * 7);
        put_number(builder, 5, i % 5);
    }
    made.customers = finish(builder);
    builder = start(rep_texts, none);
    put_text(builder, 0, "Li"), put_text(builder, 1, "East");
    put_text(builder, 0, "Wu"), put_text(builder, 1, "West");
    made.reps = finish(builder);
    builder = start(history_texts, history_numbers);
    put_text(builder, 0, "East"), put_text(builder, 1, "fair");
    put_number(builder, 2, 20700), put_number(builder, 3, 10), put_number(builder, 4, 4);
    made.history = finish(builder);
    return made;
}

static int64_t sum_of(const campaign_table *table, const char *dimension, const char *name)
{
    const int32_t of = campaign_table_find(table, "dimension"), column = campaign_table_find(table, name);
    int64_t sum = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++) {
        size_t length = 0;
        const char *text = campaign_table_text(table, of, row, &length);
        if (length == strlen(dimension) && memcmp(text, dimension, length) == 0)
            sum += campaign_table_int64(table, column, row);
    }
    return sum;
}

static void check_response(const campaign_rapid_response_report *report)
{
    FUZZ_CHECK(report->n_customers == 6 && campaign_table_n_rows(report->customers) == 6);
    FUZZ_CHECK(report->n_within + report->n_beyond + report->n_unreached == 6);
    FUZZ_CHECK(campaign_table_n_rows(report->contacts) >= 6);
    FUZZ_CHECK(sum_of(report->quotas, "region", "leads") == report->leads);
    FUZZ_CHECK(sum_of(report->quotas, "region", "deals") == report->deals);
    FUZZ_CHECK(sum_of(report->quotas, "region", "sales_task") == report->sales_minor);
    FUZZ_CHECK(campaign_table_n_rows(report->windows) == 6 && campaign_table_n_rows(report->form_response_plan) == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    campaign_rapid_response_report report = CAMPAIGN_RAPID_RESPONSE_REPORT_INIT;
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_error error = { 0 };
    lists made = make_lists();
    inputs.customers = made.customers, inputs.reps = made.reps, inputs.history = made.history;
    if (campaign_plan_rapid_response(&report, (const char *)data, size, &inputs, NULL, NULL, &error) == CAMPAIGN_OK)
        check_response(&report);
    else
        FUZZ_CHECK(!report.windows && !report.notes && error.code < 0 && error.message[0] != '\0');
    campaign_rapid_response_report_clear(&report);
    campaign_table_free(made.customers);
    campaign_table_free(made.reps);
    campaign_table_free(made.history);
    return 0;
}
