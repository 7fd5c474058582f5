/* Judges metrics: what follows from their parts, what they attain, which are highlights and problems, when measures are
 * due. */
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "execution/review/review.h"

/* Both sides of a quotient, as far as their parts are there. */
static void divide(cpn_review_side sides[2], const cpn_review_metric *over, const cpn_review_metric *under)
{
    for (int i = 0; i < 2; i++) {
        sides[i] = (cpn_review_side){ .is_there = false };
        if (!over->sides[i].is_there || !under->sides[i].is_there || !(under->sides[i].value > 0)) continue;
        sides[i].derived = over->sides[i].value / under->sides[i].value;
        sides[i].is_derived = cpn_is_finite(sides[i].derived);
    }
}

/* The metric that holds a quotient: the one that is given, or one more. */
static cpn_review_metric *take_quotient(cpn_review *review, const cpn_review_quotient *quotient)
{
    const int32_t given = cpn_review_find_any(review, quotient->names);
    if (given >= 0) return &review->metrics[given];
    const char *name = quotient->names[review->is_chinese];
    cpn_review_metric *metric = &review->metrics[review->n_metrics++];
    metric->name = (cpn_review_text){ name, strlen(name) };
    metric->is_lower = quotient->is_lower;
    metric->is_added = true;
    return metric;
}

static void derive(cpn_review *review)
{
    for (int q = 0; q < CPN_REVIEW_N_QUOTIENTS; q++) {
        const int32_t over = cpn_review_find_any(review, cpn_review_quotients[q].over);
        const int32_t under = cpn_review_find_any(review, cpn_review_quotients[q].under);
        cpn_review_side sides[2];
        if (over < 0 || under < 0) continue;
        divide(sides, &review->metrics[over], &review->metrics[under]);
        if (!sides[0].is_derived && !sides[1].is_derived) continue;
        cpn_review_metric *metric = take_quotient(review, &cpn_review_quotients[q]);
        for (int i = 0; i < 2; i++) {
            cpn_review_side *side = &metric->sides[i];
            side->derived = sides[i].derived;
            side->is_derived = sides[i].is_derived;
            if (side->is_there || !side->is_derived) continue;
            side->value = side->derived;
            side->is_there = true;
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

campaign_status cpn_review_add_own(cpn_review *review, cpn_review_finding finding, const char *pattern,
                                   const char *const words[CPN_SAY_WORDS], campaign_error *error)
{
    char sentence[CPN_SAY_TEXT];
    cpn_say(sentence, pattern, words);
    finding.own = cpn_copy_text(sentence, strlen(sentence));
    if (!finding.own) return cpn_fail_nomem(error);
    finding.text = (cpn_review_text){ finding.own, strlen(finding.own) };
    finding.working_days = -1;
    finding.due = INT32_MIN;
    return cpn_review_add(review, finding, error);
}

int32_t cpn_review_kind_of(const cpn_review *review, int64_t ppm)
{
    if (ppm >= review->options.high_ppm) return CPN_REVIEW_HIGHLIGHT;
    return ppm <= review->options.low_ppm ? CPN_REVIEW_PROBLEM : -1;
}

/* A figure for people: four decimals say enough of a quotient. */
static void say_figure(char text[CPN_NUMBER_TEXT], double value)
{
    const double scaled = value * 1e4;
    if (scaled > -1e15 && scaled < 1e15) value = (double)(int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5) / 1e4;
    (void)cpn_format_double(text, value);
}

static campaign_status judge_metric(cpn_review *review, int32_t index, campaign_error *error)
{
    char name[CPN_REVIEW_NAME], percent[CPN_NUMBER_TEXT], target[CPN_NUMBER_TEXT], actual[CPN_NUMBER_TEXT];
    cpn_review_metric *metric = &review->metrics[index];
    attain(metric);
    const int32_t kind = metric->has_attainment ? cpn_review_kind_of(review, metric->attainment_ppm) : -1;
    if (kind < 0) return CAMPAIGN_OK;
    const size_t length = cpn_utf8_cut(metric->name.text, metric->name.length, sizeof name - 1);
    memcpy(name, metric->name.text, length);
    name[length] = '\0';
    cpn_say_percent(percent, metric->attainment_ppm);
    say_figure(target, metric->sides[0].value);
    say_figure(actual, metric->sides[1].value);
    const char *const words[CPN_SAY_WORDS] = { name, percent, actual, target };
    const cpn_review_finding finding = { .kind = kind, .source = CPN_REVIEW_THRESHOLD, .row = -1, .metric = index };
    return cpn_review_add_own(
        review, finding, review->is_chinese ? "{0} 达成率 {1}（{2}/{3}）" : "{0} at {1} ({2} of {3})", words, error);
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
    if (status == CAMPAIGN_E_OVERFLOW)
        return cpn_fail_row(error, status, finding->row, "findings.working_days",
                            "%lld working days before next_start lie before the year 1",
                            (long long)finding->working_days);
    if (status == CAMPAIGN_OK && finding->due != INT32_MIN)
        status = campaign_calendar_day(&info, review->calendar, finding->due, error);
    review->is_provisional = review->is_provisional || info.is_provisional;
    return status;
}

campaign_status cpn_review_judge(cpn_review *review, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    derive(review);
    status = cpn_review_check_conditions(review, error);
    for (int32_t i = 0; i < review->n_metrics && status == CAMPAIGN_OK; i++) status = judge_metric(review, i, error);
    if (status == CAMPAIGN_OK) status = cpn_review_judge_classes(review, error);
    for (int64_t i = 0; i < review->n_findings && status == CAMPAIGN_OK; i++)
        status = set_due(review, &review->findings[i], error);
    return status;
}
