/* A review under failing allocations: thresholds, derived metrics, measures, and lessons as JSON. */
#include "oom.h"

#include <campaign/review.h>
#include <string.h>

static campaign_status make_table(campaign_table **table, const char *const *texts, int n_texts, const int64_t *numbers,
                                  campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int i = 0; i < n_texts && status == CAMPAIGN_OK; i++) {
        status = campaign_table_builder_add_column(builder, texts[i], CAMPAIGN_TYPE_UTF8, NULL, error);
        for (int row = 0; row < 2 && status == CAMPAIGN_OK; row++) {
            const char *text = texts[n_texts * (row + 1) + i];
            status = text ? campaign_table_builder_append_text(builder, i, text, strlen(text), error)
                          : campaign_table_builder_append_null(builder, i, error);
        }
    }
    for (int i = 0; i < 2 && numbers && status == CAMPAIGN_OK; i++) {
        status = campaign_table_builder_add_column(builder, i ? "actual" : "target", CAMPAIGN_TYPE_INT64, NULL, error);
        for (int row = 0; row < 2 && status == CAMPAIGN_OK; row++)
            status = campaign_table_builder_append_int64(builder, n_texts + i, numbers[row * 2 + i], error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static const char *const metric_rows[] = { "metric", "leads", "orders" };
static const char *const finding_rows[] = { "kind",
                                            "text",
                                            "when",
                                            "measure",
                                            "call 2 days ahead",
                                            NULL,
                                            "problem",
                                            "late",
                                            "task.finish > task.due or leads < 3" };
static const int64_t numbers[] = { 30, 36, 15, 9 };

static campaign_status look_back(campaign_review_report *report, campaign_error *error)
{
    campaign_review_inputs inputs = CAMPAIGN_REVIEW_INPUTS_INIT;
    campaign_review_options options = CAMPAIGN_REVIEW_OPTIONS_INIT;
    campaign_table *first = NULL, *second = NULL;
    campaign_status status = make_table(&first, metric_rows, 1, numbers, error);
    if (status == CAMPAIGN_OK) status = make_table(&second, finding_rows, 3, NULL, error);
    options.has_next_start = 1;
    options.next_start_day = 20766;
    if (status == CAMPAIGN_OK) {
        inputs.metrics = first;
        inputs.findings = second;
        status = campaign_plan_review(report, &inputs, &options, NULL, error);
        expect_empty(status, report->review, "report.review");
        expect_empty(status, report->notes, "report.notes");
    }
    campaign_table_free(first);
    campaign_table_free(second);
    return status;
}

static campaign_status looking_back(campaign_error *error)
{
    campaign_review_report report = CAMPAIGN_REVIEW_REPORT_INIT;
    const campaign_status status = look_back(&report, error);
    campaign_review_report_clear(&report);
    return status;
}

static campaign_status adding_lessons(campaign_error *error)
{
    static const char request[] = "{\"schema\": \"campaign/plan_request/1\", \"year\": 2027, \"currency\": \"CNY\", "
                                  "\"target\": {\"amount\": 365}, \"tasks\": {\"templates\": [{\"id\": \"a\"}]}}";
    campaign_review_report report = CAMPAIGN_REVIEW_REPORT_INIT;
    char *json = NULL;
    campaign_status status = look_back(&report, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_add_lessons(&json, NULL, report.tasks, request, strlen(request), error);
        expect_empty(status, json, "json");
    }
    campaign_text_free(json);
    campaign_review_report_clear(&report);
    return status;
}

static campaign_status extending_a_playbook(campaign_error *error)
{
    static const char base[] = "{\"schema\": \"campaign/playbook/1\", \"roles\": [{\"id\": \"lead\"}], \"entries\": "
                               "[{\"id\": \"a\", \"when\": \"cpa > 3\", \"action_en\": \"b\", \"owner\": \"lead\", "
                               "\"within\": \"1 h\"}]}";
    campaign_review_report report = CAMPAIGN_REVIEW_REPORT_INIT;
    char *json = NULL;
    campaign_status status = look_back(&report, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_extend_playbook(&json, NULL, report.playbook, report.metrics, base, strlen(base), error);
        expect_empty(status, json, "json");
    }
    campaign_text_free(json);
    campaign_review_report_clear(&report);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "a review", looking_back },
    { "lessons in a request", adding_lessons },
    { "problems in a playbook", extending_a_playbook },
    { NULL, NULL },
};
