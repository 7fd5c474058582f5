/* Templates of tasks: any text is either refused or comes to a list in which each task of a type stands once; and one that is
 * accepted makes a plan that loads again. */
#include "fuzz.h"

#include <campaign/plan_tasks.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                                           \
    "{\"schema\":\"campaign/plan_request/1\",\"year\":2026,\"currency\":\"CNY\",\"target\":{\"amount\":365},"          \
    "\"split\":[],\"campaigns\":{\"tiers\":[],\"themes\":[],\"forced\":[\"d618\",\"d1111\"]},\"tasks\":"

/* A request with the document's list: its "templates" member, taken whole where the document begins with it. */
static void plan_with(const char *document, size_t size)
{
    static const char start[] = "{\"schema\":\"campaign/task_templates/1\",\"templates\":";
    const size_t head = sizeof HEAD - 1, skipped = sizeof start - 1;
    if (size < skipped || memcmp(document, start, skipped) != 0) return;
    char *request = malloc(head + size + 32), *json = NULL;
    FUZZ_CHECK(request != NULL);
    const int length =
        snprintf(request, head + size + 32, HEAD "{\"templates\":%.*s}", (int)(size - skipped), document + skipped);
    campaign_plan *plan = NULL, *again = NULL;
    campaign_error error = { 0 };
    const campaign_status status = campaign_plan_create(&plan, request, (size_t)length, NULL, NULL, &error);
    FUZZ_CHECK(status == CAMPAIGN_OK || (plan == NULL && error.message[0] != '\0'));
    if (plan) {
        FUZZ_CHECK(campaign_plan_save(&json, NULL, plan, NULL) == CAMPAIGN_OK);
        FUZZ_CHECK(campaign_plan_load(&again, json, strlen(json), NULL) == CAMPAIGN_OK);
    }
    campaign_text_free(json);
    campaign_plan_free(again);
    campaign_plan_free(plan);
    free(request);
}

static void check_once(const campaign_table *tasks)
{
    const int32_t type = campaign_table_find(tasks, "type"), task = campaign_table_find(tasks, "task");
    char one[256], other[256];
    for (int64_t row = 1; row < campaign_table_n_rows(tasks); row++)
        for (int64_t before = row - 1; before >= 0 && row - before < 80; before--) {
            (void)campaign_table_format(one, sizeof one, tasks, type, row);
            (void)campaign_table_format(other, sizeof other, tasks, type, before);
            if (strcmp(one, other) != 0) break;
            (void)campaign_table_format(one, sizeof one, tasks, task, row);
            (void)campaign_table_format(other, sizeof other, tasks, task, before);
            FUZZ_CHECK(strcmp(one, other) != 0);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    campaign_table *tasks = NULL;
    campaign_error error = { 0 };
    if (campaign_plan_task_list(&tasks, (const char *)data, size, "zh", &error) == CAMPAIGN_OK) {
        check_once(tasks);
        plan_with((const char *)data, size);
    } else {
        FUZZ_CHECK(tasks == NULL && error.code < 0 && error.message[0] != '\0');
    }
    campaign_table_free(tasks);
    return 0;
}
