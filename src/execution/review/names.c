/* What metrics are called: those that follow from two others, those that are better low, and how conditions name them. */
#include <string.h>

#include "base/memory.h"
#include "execution/review/review.h"

static const char *const leads[] = { "leads", "线索", "线索数", "线索量", "客户线索", NULL };
static const char *const orders[] = { "orders",   "deals",  "订单",     "订单数", "订单量",
                                      "成交订单", "成交数", "成交单数", NULL };
static const char *const revenue[] = { "revenue", "sales", "销售额", "成交额", "成交金额", "营收", NULL };
static const char *const spend[] = { "spend", "cost", "花费", "费用", "成本", "投入", NULL };

const cpn_review_quotient cpn_review_quotients[CPN_REVIEW_N_QUOTIENTS] = {
    { { "conversion", "转化率", NULL }, orders, leads, false },
    { { "order_value", "客单价", NULL }, revenue, orders, false },
    { { "cpa", "获客成本", "CPA", NULL }, spend, orders, true },
    { { "roi", "投入产出比", "ROI", "投资回报率", NULL }, revenue, spend, false },
};

int32_t cpn_review_find_any(const cpn_review *review, const char *const *names)
{
    int32_t found = -1;
    for (; *names && found < 0; names++) found = cpn_review_find(review, (cpn_review_text){ *names, strlen(*names) });
    return found;
}

bool cpn_review_is_lower(cpn_review_text name)
{
    static const char *const others[] = { "cost", "complaints", "CPA", "成本", "费用", "投入", "投诉", "投诉数" };
    for (int64_t i = 0; i < cpn_risk_n_metrics; i++) {
        const cpn_risk_metric *metric = &cpn_risk_metrics[i];
        if (cpn_review_is(name, metric->name) || cpn_review_is(name, metric->zh))
            return metric->better == CPN_RISK_LOWER;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (cpn_review_is(name, others[i])) return true;
    return false;
}

/* ---- In conditions ----------------------------------------------------------------------------------------------- */

campaign_status cpn_review_open_names(cpn_risk_names *names, int64_t more, campaign_error *error)
{
    names->n_metrics = cpn_risk_n_metrics;
    names->metrics = cpn_alloc_zero(cpn_risk_n_metrics + more, sizeof *names->metrics);
    if (!names->metrics) return cpn_fail_nomem(error);
    memcpy(names->metrics, cpn_risk_metrics, (size_t)cpn_risk_n_metrics * sizeof *names->metrics);
    return CAMPAIGN_OK;
}

/* Between single quotes stand neither quotes nor control characters. */
static bool can_be_quoted(cpn_review_text name)
{
    for (size_t i = 0; i < name.length; i++)
        if (name.text[i] == '\'' || (unsigned char)name.text[i] < 0x20 || name.text[i] == 0x7F) return false;
    return name.length <= 400;
}

cpn_review_spelling cpn_review_spell(const cpn_risk_names *built_in, cpn_review_text name)
{
    char copy[CPN_REVIEW_ID + 1];
    if (cpn_risk_find_metric(built_in, name.text, name.length) >= 0) return CPN_REVIEW_BUILT_IN;
    if (name.length <= CPN_REVIEW_ID) {
        memcpy(copy, name.text, name.length);
        copy[name.length] = '\0';
        if (cpn_risk_is_metric_name(copy, name.length, built_in)) return CPN_REVIEW_DECLARED;
    }
    return can_be_quoted(name) ? CPN_REVIEW_QUOTED : CPN_REVIEW_NAMELESS;
}
