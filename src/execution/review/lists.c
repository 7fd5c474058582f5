/* What a review leaves behind: records, dated tasks, ways of working to keep. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "execution/review/review.h"

#define UTF8 CAMPAIGN_TYPE_UTF8
static const cpn_column_schema record_schema[] = {
    { "record", UTF8, "Id.", "记录标识。" },
    { "kind", UTF8, "highlight, problem or measure.", "类型。" },
    { "metric", UTF8, "Metric.", "指标。" },
    { "owner", UTF8, "Owner.", "负责人。" },
    { "source", UTF8, "Where it comes from.", "来源。" },
    { "text", UTF8, "The finding.", "内容。" },
};
static const cpn_column_schema task_schema[] = {
    { "task", UTF8, "Id.", "任务标识。" },
    { "campaign", UTF8, "Next campaign.", "下次活动。" },
    { "phase", UTF8, "Phase.", "阶段。" },
    { "name", UTF8, "Measure.", "措施。" },
    { "owner", UTF8, "Owner.", "负责人。" },
    { "duration", CAMPAIGN_TYPE_INT64, "Duration.", "工期。" },
    { "unit", UTF8, "Unit.", "单位。" },
    { "due", CAMPAIGN_TYPE_DATE, "Due day.", "截止日。" },
    { "working_days", CAMPAIGN_TYPE_INT64, "Working days before the start.", "距活动开始的工作日数。" },
    { "status", UTF8, "Status.", "状态。" },
    { "source", UTF8, "Where it comes from.", "来源。" },
};
static const cpn_column_schema sop_schema[] = {
    { "id", UTF8, "Id.", "标识。" },
    { "name", UTF8, "What worked.", "有效做法。" },
    { "owner", UTF8, "Owner.", "负责人。" },
    { "metric", UTF8, "Metric.", "指标。" },
    { "campaign", UTF8, "Campaign.", "活动。" },
};

void cpn_review_id(char id[CPN_REVIEW_NAME], const cpn_review *review, int32_t kind, int64_t number)
{
    char tail[CPN_REVIEW_ID];
    const char *campaign = review->options.campaign;
    const int n = snprintf(tail, sizeof tail, "/%s/%lld", cpn_review_kinds[kind], (long long)number);
    const size_t length = cpn_utf8_cut(campaign, strlen(campaign), CPN_REVIEW_ID - 1 - (size_t)n);
    memcpy(id, campaign, length);
    memcpy(id + length, tail, (size_t)n + 1);
}

void cpn_review_out_owner(cpn_out *out, int32_t index, const cpn_review *review, const cpn_review_finding *finding)
{
    if (finding->source == CPN_REVIEW_GIVEN && review->owner.type)
        cpn_out_cell(out, index, &review->owner, finding->row);
    else
        cpn_out_null(out, index);
}

void cpn_review_out_metric(cpn_out *out, int32_t index, const cpn_review *review, int32_t metric)
{
    if (metric < 0)
        cpn_out_null(out, index);
    else
        cpn_out_text(out, index, review->metrics[metric].name.text, review->metrics[metric].name.length);
}

static void write_record(cpn_out *out, const cpn_review *review, const cpn_review_finding *finding, const char *id)
{
    static const char *const sources[] = { "given", "threshold", "segment" };
    cpn_out_string(out, 0, id);
    cpn_out_string(out, 1, cpn_review_kinds[finding->kind]);
    cpn_review_out_metric(out, 2, review, finding->metric);
    cpn_review_out_owner(out, 3, review, finding);
    cpn_out_string(out, 4, sources[finding->source]);
    cpn_out_text(out, 5, finding->text.text, finding->text.length);
}

static void write_task(cpn_out *out, const cpn_review *review, const cpn_review_finding *finding, const char *id)
{
    cpn_out_string(out, 0, id);
    cpn_out_string(out, 1, review->options.next_campaign);
    cpn_out_string(out, 2, "preparation");
    cpn_out_text(out, 3, finding->text.text, finding->text.length);
    cpn_review_out_owner(out, 4, review, finding);
    cpn_out_int64(out, 5, 1);
    cpn_out_string(out, 6, "working_day");
    cpn_out_optional_int64(out, 7, finding->due, finding->due != INT32_MIN);
    cpn_out_optional_int64(out, 8, finding->working_days, finding->working_days >= 0);
    cpn_out_string(out, 9, "open");
    cpn_out_string(out, 10, "review");
}

static void write_sop(cpn_out *out, const cpn_review *review, const cpn_review_finding *finding, const char *id)
{
    cpn_out_string(out, 0, id);
    cpn_out_text(out, 1, finding->text.text, finding->text.length);
    cpn_review_out_owner(out, 2, review, finding);
    cpn_review_out_metric(out, 3, review, finding->metric);
    cpn_out_string(out, 4, review->options.campaign);
}

typedef void (*row_writer)(cpn_out *out, const cpn_review *review, const cpn_review_finding *finding, const char *id);

/* Rows of one kind of finding, or of all (-1). */
static campaign_status write_list(campaign_table **table, const cpn_review *review, int32_t kind, cpn_out *out,
                                  row_writer write, campaign_error *error)
{
    int64_t numbers[CPN_REVIEW_KINDS] = { 0, 0, 0 };
    for (int64_t i = 0; i < review->n_findings; i++) {
        char id[CPN_REVIEW_NAME];
        const cpn_review_finding *finding = &review->findings[i];
        cpn_review_id(id, review, finding->kind, ++numbers[finding->kind]);
        if (kind < 0 || kind == finding->kind) write(out, review, finding, id);
    }
    return cpn_out_close(table, out, error);
}

campaign_status cpn_review_write_lists(campaign_review_report *found, const cpn_review *review, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, record_schema, 6, NULL, 0);
    campaign_status status = write_list(&found->records, review, -1, &out, write_record, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_out_open(&out, task_schema, 11, NULL, 0);
    status = write_list(&found->tasks, review, CPN_REVIEW_MEASURE, &out, write_task, error);
    if (status != CAMPAIGN_OK) return status;
    status = cpn_review_write_entries(&found->playbook, review, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_out_open(&out, sop_schema, 5, NULL, 0);
    return write_list(&found->sop, review, CPN_REVIEW_HIGHLIGHT, &out, write_sop, error);
}
