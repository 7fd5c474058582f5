/* Remarks on a review: what could not be said, and why; what contradicts itself; what is not known yet. */
#include <string.h>

#include "base/number.h"
#include "execution/review/review.h"

static const cpn_column_schema schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "Kind of remark.", "备注代码。" },
    { "metric", CAMPAIGN_TYPE_UTF8, "Metric it concerns.", "涉及指标。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The remark.", "备注。" },
};

typedef struct notes {
    cpn_out out;
    const cpn_review *review;
} notes;

/* A remark; the pattern in the language of the review. */
static void add(notes *n, const char *code, int32_t metric, const char *en, const char *zh,
                const char *const words[CPN_SAY_WORDS])
{
    static const char *const none[CPN_SAY_WORDS] = { NULL };
    char sentence[CPN_SAY_TEXT];
    cpn_say(sentence, n->review->is_chinese ? zh : en, words ? words : none);
    cpn_out_string(&n->out, 0, code);
    cpn_review_out_metric(&n->out, 1, n->review, metric);
    cpn_out_string(&n->out, 2, sentence);
}

/* A figure that differs from what its parts say by more than one in ten thousand. */
static bool differs(const cpn_review_side *side)
{
    const double gap = side->value > side->derived ? side->value - side->derived : side->derived - side->value;
    const double size = side->derived < 0 ? -side->derived : side->derived;
    return side->is_there && side->is_derived && gap > size * 1e-4;
}

static void add_mismatches(notes *n, int32_t index)
{
    for (int i = 0; i < 2; i++) {
        char given[CPN_NUMBER_TEXT], derived[CPN_NUMBER_TEXT];
        const cpn_review_side *side = &n->review->metrics[index].sides[i];
        if (!differs(side)) continue;
        (void)cpn_format_double(given, side->value);
        (void)cpn_format_double(derived, side->derived);
        const char *const en[CPN_SAY_WORDS] = { i ? "actual" : "target", given, derived };
        const char *const zh[CPN_SAY_WORDS] = { i ? "实际" : "目标", given, derived };
        add(n, "mismatch", index, "The {0} is given as {1}, its parts make {2}; what is given stands.",
            "{0}为 {1}，由组成部分推算为 {2}；以给定值为准。", n->review->is_chinese ? zh : en);
    }
}

static void add_metrics(notes *n)
{
    for (int32_t i = 0; i < n->review->n_metrics; i++) {
        const cpn_review_metric *metric = &n->review->metrics[i];
        const char *const why[CPN_SAY_WORDS] = { n->review->is_chinese ? metric->why_zh : metric->why_en };
        add_mismatches(n, i);
        if (!metric->has_attainment)
            add(n, "no_attainment", i, "Attainment is not available, because {0}.", "达成率无法计算，因为{0}。", why);
    }
}

static void add_measures(notes *n)
{
    bool has_no_start = false;
    for (int64_t i = 0; i < n->review->n_findings; i++) {
        char name[CPN_REVIEW_NAME];
        const cpn_review_finding *finding = &n->review->findings[i];
        if (finding->kind != CPN_REVIEW_MEASURE || finding->due != INT32_MIN) continue;
        has_no_start = has_no_start || finding->working_days >= 0;
        if (finding->working_days >= 0) continue;
        const size_t length = cpn_utf8_cut(finding->text.text, finding->text.length, sizeof name - 1);
        memcpy(name, finding->text.text, length);
        name[length] = '\0';
        const char *const words[CPN_SAY_WORDS] = { name };
        add(n, "no_date", finding->metric,
            "\"{0}\" says neither days nor a date; the next request has it one working day before the start.",
            "“{0}”未写提前天数或日期；在下次请求中默认为开始前 1 个工作日。", words);
    }
    if (has_no_start)
        add(n, "no_start", -1, "Without next_start, measures that count working days have no date here.",
            "未给出 next_start，按提前工作日计算的措施在此没有日期。", NULL);
}

campaign_status cpn_review_write_notes(campaign_table **table, const cpn_review *review, campaign_error *error)
{
    char count[CPN_NUMBER_TEXT];
    notes n = { .review = review };
    cpn_out_open(&n.out, schema, 3, NULL, 0);
    add_metrics(&n);
    add_measures(&n);
    (void)cpn_format_int64(count, review->n_open_classes);
    const char *const words[CPN_SAY_WORDS] = { count };
    if (review->n_open_classes > 0)
        add(&n, "open_class", -1, "Classes without leads or orders: {0}. They are not counted.",
            "缺少客户数或成交数的客户类别：{0} 个，未计入。", words);
    if (review->is_provisional)
        add(&n, "provisional", -1, "Due days lie in a year whose holidays are not announced.",
            "该年放假安排尚未公布，截止日为推算。", NULL);
    return cpn_out_close(table, &n.out, error);
}
