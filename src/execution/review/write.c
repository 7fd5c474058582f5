/* Form 4, and how its metrics come about. */
#include <string.h>

#include "base/number.h"
#include "execution/review/review.h"

static const cpn_column_schema form_schema[] = {
    { "metric", CAMPAIGN_TYPE_UTF8, "Metric.", "指标。" },
    { "target", CAMPAIGN_TYPE_FLOAT64, "Target.", "目标。" },
    { "actual", CAMPAIGN_TYPE_FLOAT64, "Actual.", "实际。" },
    { "attainment_ppm", CAMPAIGN_TYPE_INT64, "Attainment.", "达成率（百万分之一）。" },
    { "highlights", CAMPAIGN_TYPE_UTF8, "Highlights.", "亮点。" },
    { "problems", CAMPAIGN_TYPE_UTF8, "Problems.", "问题。" },
    { "measures", CAMPAIGN_TYPE_UTF8, "Measures.", "改进措施。" },
};
static const cpn_column_schema metric_schema[] = {
    { "metric", CAMPAIGN_TYPE_UTF8, "Metric.", "指标。" },
    { "better", CAMPAIGN_TYPE_UTF8, "higher or lower.", "方向：higher 越高越好，lower 越低越好。" },
    { "source", CAMPAIGN_TYPE_UTF8, "given or derived.", "来源：given 给定，derived 推算。" },
    { "derived_target", CAMPAIGN_TYPE_FLOAT64, "Target from its parts.", "由组成部分推算的目标。" },
    { "derived_actual", CAMPAIGN_TYPE_FLOAT64, "Actual from its parts.", "由组成部分推算的实际。" },
    { "text", CAMPAIGN_TYPE_UTF8, "What it attained, or why that cannot be said.", "达成情况，或无法计算的原因。" },
};
/* The texts of one kind that belong to a row, with semicolons between them; null where there are none. */
static void out_texts(cpn_out *out, int32_t index, const cpn_review *review, int32_t metric, int32_t kind)
{
    cpn_text joined = { .data = NULL };
    for (int64_t i = 0; i < review->n_findings; i++) {
        const cpn_review_finding *finding = &review->findings[i];
        const int32_t row = finding->metric < 0 ? 0 : finding->metric;
        if (finding->kind != kind || row != metric) continue;
        if (joined.length) cpn_text_add_string(&joined, review->is_chinese ? "；" : "; ");
        cpn_text_add(&joined, finding->text.text, finding->text.length);
    }
    cpn_review_out_text(out, index, &joined);
}

void cpn_review_out_text(cpn_out *out, int32_t index, cpn_text *text)
{
    if (text->has_failed && out->status == CAMPAIGN_OK) out->status = cpn_fail_nomem(&out->error);
    if (text->length)
        cpn_out_text(out, index, text->data, text->length);
    else
        cpn_out_null(out, index);
    cpn_text_clear(text);
}

static campaign_status write_form(campaign_table **table, const cpn_review *review, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, form_schema, 7, NULL, 0);
    for (int32_t i = 0; i < review->n_metrics; i++) {
        const cpn_review_metric *metric = &review->metrics[i];
        cpn_review_out_metric(&out, 0, review, i);
        cpn_out_optional_float64(&out, 1, metric->sides[0].value, metric->sides[0].is_there);
        cpn_out_optional_float64(&out, 2, metric->sides[1].value, metric->sides[1].is_there);
        cpn_out_optional_int64(&out, 3, metric->attainment_ppm, metric->has_attainment);
        for (int32_t kind = 0; kind < CPN_REVIEW_KINDS; kind++) out_texts(&out, 4 + kind, review, i, kind);
    }
    return cpn_out_close(table, &out, error);
}

static void say_metric(char sentence[CPN_SAY_TEXT], const cpn_review *review, const cpn_review_metric *metric)
{
    char percent[CPN_NUMBER_TEXT];
    const bool zh = review->is_chinese;
    percent[0] = '\0';
    if (metric->has_attainment) cpn_say_percent(percent, metric->attainment_ppm);
    const char *const words[CPN_SAY_WORDS] = { percent, zh ? metric->why_zh : metric->why_en };
    if (metric->has_attainment)
        cpn_say(sentence, zh ? "达成率 {0}。" : "Attainment {0}.", words);
    else
        cpn_say(sentence, zh ? "达成率无法计算，因为{1}。" : "Attainment is not available, because {1}.", words);
}

static campaign_status write_metrics(campaign_table **table, const cpn_review *review, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, metric_schema, 6, NULL, 0);
    for (int32_t i = 0; i < review->n_metrics; i++) {
        char sentence[CPN_SAY_TEXT];
        const cpn_review_metric *metric = &review->metrics[i];
        say_metric(sentence, review, metric);
        cpn_review_out_metric(&out, 0, review, i);
        cpn_out_string(&out, 1, metric->is_lower ? "lower" : "higher");
        cpn_out_string(&out, 2, metric->is_added ? "derived" : "given");
        for (int32_t side = 0; side < 2; side++)
            cpn_out_optional_float64(&out, 3 + side, metric->sides[side].derived, metric->sides[side].is_derived);
        cpn_out_string(&out, 5, sentence);
    }
    return cpn_out_close(table, &out, error);
}

campaign_status cpn_review_write(campaign_review_report *found, const cpn_review *review, campaign_error *error)
{
    campaign_status status = write_form(&found->review, review, error);
    if (status == CAMPAIGN_OK) status = write_metrics(&found->metrics, review, error);
    if (status == CAMPAIGN_OK) status = cpn_review_write_lists(found, review, error);
    return status == CAMPAIGN_OK ? cpn_review_write_notes(&found->notes, review, error) : status;
}
