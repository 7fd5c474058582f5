/* Judges metrics: what follows from their parts, what they attain, which are highlights and problems, when measures are due. */
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "execution/review.h"

/* Quotients of metrics, by their names and those that people use. */
static const struct {
    const char *name, *over[3], *under[3];
    bool is_lower;
} quotients[] = {
    { "conversion", { "orders", "deals", NULL }, { "leads", NULL }, false },
    { "order_value", { "revenue", "sales", NULL }, { "orders", "deals", NULL }, false },
    { "cpa", { "spend", "cost", NULL }, { "orders", "deals", NULL }, true },
    { "roi", { "revenue", "sales", NULL }, { "spend", "cost", NULL }, false },
};

static const cpn_review_metric *part(const cpn_review *review, const char *const *names)
{
    for (int i = 0; i < 3 && names[i]; i++) {
        const int32_t found = cpn_review_find(review, names[i], strlen(names[i]));
        if (found >= 0) return &review->metrics[found];
    }
    return NULL;
}

static void derive(cpn_review *review)
{
    for (size_t q = 0; q < sizeof quotients / sizeof *quotients; q++) {
        const cpn_review_metric *over = part(review, quotients[q].over), *under = part(review, quotients[q].under);
        cpn_review_side sides[2] = { { 0, 0, false, false }, { 0, 0, false, false } };
        if (!over || !under) continue;
        for (int i = 0; i < 2; i++) {
            if (!over->sides[i].is_there || !under->sides[i].is_there || !(under->sides[i].value > 0)) continue;
            sides[i].derived = over->sides[i].value / under->sides[i].value;
            sides[i].is_derived = true;
        }
        if (!sides[0].is_derived && !sides[1].is_derived) continue;
        const int32_t given = cpn_review_find(review, quotients[q].name, strlen(quotients[q].name));
        cpn_review_metric *metric = &review->metrics[given < 0 ? review->n_metrics++ : given];
        if (given < 0) {
            metric->name = (cpn_review_text){ quotients[q].name, strlen(quotients[q].name) };
            metric->is_lower = quotients[q].is_lower;
            metric->is_added = true;
        }
        for (int i = 0; i < 2; i++) {
            metric->sides[i].derived = sides[i].derived;
            metric->sides[i].is_derived = sides[i].is_derived;
            if (metric->sides[i].is_there || !sides[i].is_derived) continue;
            metric->sides[i].value = sides[i].derived;
            metric->sides[i].is_there = true;
        }
    }
}

/* ---- Attainment -------------------------------------------------------------------------------------------------- */

static void attain(cpn_review_metric *metric)
{
    const cpn_review_side *target = &metric->sides[0], *actual = &metric->sides[1];
    const double over = metric->is_lower ? target->value : actual->value;
    const double under = metric->is_lower ? actual->value : target->value;
    if (!target->is_there) {
        metric->why_en = "there is no target";
        metric->why_zh = "没有目标值";
    } else if (!actual->is_there) {
        metric->why_en = "there is no actual";
        metric->why_zh = "没有实际值";
    } else if (!(under > 0)) {
        metric->why_en = metric->is_lower ? "the actual is not above 0" : "the target is not above 0";
        metric->why_zh = metric->is_lower ? "实际值不大于 0" : "目标值不大于 0";
    } else {
        const double scaled = over / under * 1e6;
        const double rounded = scaled < 0 ? scaled - 0.5 : scaled + 0.5;
        if (rounded > -9e18 && rounded < 9e18) {
            metric->attainment_ppm = (int64_t)rounded;
            metric->has_attainment = true;
        } else {
            metric->why_en = "it is too large";
            metric->why_zh = "数值过大";
        }
    }
}

/* A finding made here, with its text. */
static campaign_status add_own(cpn_review *review, cpn_review_finding finding, const char *pattern,
                               const char *const words[CPN_SAY_WORDS], campaign_error *error)
{
    char sentence[CPN_SAY_TEXT];
    cpn_say(sentence, pattern, words);
    finding.own = cpn_copy_text(sentence, strlen(sentence));
    if (!finding.own) return cpn_fail_nomem(error);
    finding.text = (cpn_review_text){ finding.own, strlen(finding.own) };
    finding.row = finding.working_days = -1;
    finding.due = INT32_MIN;
    return cpn_review_add(review, finding, error);
}

/* Highlight, problem, or neither (-1), by thresholds. */
static int32_t kind_of(const cpn_review *review, int64_t ppm)
{
    if (ppm >= review->options.high_ppm) return CPN_REVIEW_HIGHLIGHT;
    return ppm <= review->options.low_ppm ? CPN_REVIEW_PROBLEM : -1;
}

static campaign_status judge_metric(cpn_review *review, int32_t index, campaign_error *error)
{
    char name[CPN_REVIEW_NAME], percent[CPN_NUMBER_TEXT], target[CPN_NUMBER_TEXT], actual[CPN_NUMBER_TEXT];
    cpn_review_metric *metric = &review->metrics[index];
    attain(metric);
    const int32_t kind = metric->has_attainment ? kind_of(review, metric->attainment_ppm) : -1;
    if (kind < 0) return CAMPAIGN_OK;
    const size_t length = cpn_utf8_cut(metric->name.text, metric->name.length, sizeof name - 1);
    memcpy(name, metric->name.text, length);
    name[length] = '\0';
    cpn_say_percent(percent, metric->attainment_ppm);
    (void)cpn_format_double(target, metric->sides[0].value);
    (void)cpn_format_double(actual, metric->sides[1].value);
    const char *const words[CPN_SAY_WORDS] = { name, percent, actual, target };
    const cpn_review_finding finding = { .kind = kind, .source = CPN_REVIEW_THRESHOLD, .metric = index };
    return add_own(review, finding, review->is_chinese ? "{0} 达成率 {1}（{2}/{3}）" : "{0} at {1} ({2} of {3})", words,
                   error);
}

/* ---- Customer classes -------------------------------------------------------------------------------------------- */

static double number_at(const campaign_column *column, int64_t row)
{
    if (cpn_is_null(column, row)) return 0;
    return column->type == CAMPAIGN_TYPE_FLOAT64 ? ((const double *)column->values)[row]
                                                 : (double)cpn_cell_int64(column, row);
}

static campaign_status judge_class(cpn_review *review, const campaign_column columns[3], int64_t row, double overall,
                                   campaign_error *error)
{
    char name[CPN_REVIEW_NAME], percent[CPN_NUMBER_TEXT], all[CPN_NUMBER_TEXT];
    const double leads = number_at(&columns[1], row), orders = number_at(&columns[2], row);
    if (!(leads > 0) || !(overall > 0) || orders < 0 || orders / leads > 1e6) return CAMPAIGN_OK;
    const double conversion = orders / leads;
    const int32_t kind = conversion / overall < 1e6 ? kind_of(review, (int64_t)(conversion / overall * 1e6 + 0.5)) : -1;
    if (kind < 0) return CAMPAIGN_OK;
    (void)cpn_format_cell(name, sizeof name, &columns[0], row);
    cpn_say_percent(percent, (int64_t)(conversion * 1e6 + 0.5));
    cpn_say_percent(all, (int64_t)(overall * 1e6 + 0.5));
    const char *const words[CPN_SAY_WORDS] = { name, percent, all };
    const cpn_review_finding finding = { .kind = kind,
                                         .source = CPN_REVIEW_SEGMENT,
                                         .metric = cpn_review_find(review, "conversion", 10) };
    return add_own(review, finding,
                   review->is_chinese ? "{0} 类转化率 {1}（整体 {2}）" : "{0}-class conversion {1} (overall {2})",
                   words, error);
}

static campaign_status judge_classes(cpn_review *review, campaign_error *error)
{
    const campaign_table *table = review->inputs->segments;
    const uint32_t numbers = CPN_ANY_INT | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64);
    campaign_column columns[3] = { { .type = 0 }, { .type = 0 }, { .type = 0 } };
    double leads = 0, orders = 0;
    if (!table) return CAMPAIGN_OK;
    campaign_status status =
        cpn_need_column(&columns[0], table, "segments", NULL, "class", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns[1], table, "segments", NULL, "leads", numbers, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns[2], table, "segments", NULL, "orders", numbers, error);
    if (status != CAMPAIGN_OK) return status;
    for (int64_t row = 0; row < columns[0].n_rows; row++) {
        leads += number_at(&columns[1], row);
        orders += number_at(&columns[2], row);
    }
    const double overall = leads > 0 && orders >= 0 && orders / leads < 1e6 ? orders / leads : 0;
    for (int64_t row = 0; row < columns[0].n_rows && status == CAMPAIGN_OK; row++)
        status = judge_class(review, columns, row, overall, error);
    return status;
}

/* ---- Due days ---------------------------------------------------------------------------------------------------- */

static campaign_status set_due(cpn_review *review, cpn_review_finding *finding, campaign_error *error)
{
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    campaign_status status = CAMPAIGN_OK;
    if (finding->kind != CPN_REVIEW_MEASURE) return CAMPAIGN_OK;
    if (finding->due == INT32_MIN && finding->working_days >= 0 && review->options.has_next_start)
        status = campaign_calendar_add_working_days(&finding->due, review->calendar, review->options.next_start_day,
                                                    -finding->working_days, error);
    if (status == CAMPAIGN_OK && finding->due != INT32_MIN)
        status = campaign_calendar_day(&info, review->calendar, finding->due, error);
    review->is_provisional = review->is_provisional || info.is_provisional;
    return status;
}

campaign_status cpn_review_judge(cpn_review *review, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    derive(review);
    for (int32_t i = 0; i < review->n_metrics && status == CAMPAIGN_OK; i++) status = judge_metric(review, i, error);
    if (status == CAMPAIGN_OK) status = judge_classes(review, error);
    for (int64_t i = 0; i < review->n_findings && status == CAMPAIGN_OK; i++)
        status = set_due(review, &review->findings[i], error);
    return status;
}
