/* Sentences of the budget, in English and Chinese: patterns whose {0}, {1} … stand for words; and numbers in them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allocate/budget/spend.h"
#include "base/number.h"
#include "base/text.h"

typedef struct wording {
    const char *en, *zh;
} wording;

static const wording wordings[] = {
    [CPN_SPEND_SAY_INTERIOR] = { "The next {0} brings {1}, as much as wherever else there is room.",
                                 "再投入 {0} 约带来 {1}，与其他仍有余量之处相同。" },
    [CPN_SPEND_SAY_ENOUGH] = { "The next {0} brings {1}: just what it must.",
                               "再投入 {0} 约带来 {1}，恰为所要求的水平。" },
    [CPN_SPEND_SAY_GROUP] = { "The limits of {4} decide: the next {0} brings {1}.",
                              "由 {4} 的限制决定：再投入 {0} 约带来 {1}。" },
    [CPN_SPEND_SAY_MINIMUM] = { "Held at its minimum of {3}: the next {0} brings {1}, elsewhere {2}.",
                                "保持下限 {3}：再投入 {0} 约带来 {1}，别处可带来 {2}。" },
    [CPN_SPEND_SAY_SPENT] = { "{3} is spent already: the next {0} brings {1}, elsewhere {2}.",
                              "已花费 {3}：再投入 {0} 约带来 {1}，别处可带来 {2}。" },
    [CPN_SPEND_SAY_MAXIMUM] = { "At its maximum of {3}: the next {0} would bring {1}, elsewhere {2}.",
                                "已达上限 {3}：再投入 {0} 可带来 {1}，别处为 {2}。" },
    [CPN_SPEND_SAY_CLOSED] = { "Gets nothing: its first {0} brings {1}, elsewhere {2}.",
                               "不投入：首个 {0} 约带来 {1}，别处可带来 {2}。" },
    [CPN_SPEND_SAY_BEGINNING] = { "Gets nothing: what it takes to begin brings more elsewhere.",
                                  "不投入：启动所需的投入用在别处效果更好。" },
    [CPN_SPEND_SAY_OPEN_MINIMUM] = { "At {3}, the least once it is open: the next {0} brings {1}, elsewhere {2}.",
                                     "保持启动后的最低投入 {3}：再投入 {0} 约带来 {1}，别处可带来 {2}。" },
    [CPN_SPEND_SAY_STEP] = { "In whole steps up to {3}: the next {0} would bring {1}, elsewhere {2}.",
                             "按整步投入至 {3}：再投入 {0} 约带来 {1}，别处为 {2}。" },
    [CPN_SPEND_SAY_CORNER] = { "At a bend of its curve: the next {0} brings {1}, elsewhere {2}.",
                               "位于曲线的转折点：再投入 {0} 约带来 {1}，别处为 {2}。" },
    [CPN_SPEND_SAY_FIXED] = { "Its bounds leave {3} only.", "上下限只允许 {3}。" },
    [CPN_SPEND_SAY_PAUSED] = { "Paused: it keeps the {3} that is spent.", "已暂停：仅保留已花费的 {3}。" },
    [CPN_SPEND_SAY_OVER_CAP] = { "Paused: a response cost {1}, with a cap of {2}; it keeps the {3} that is spent.",
                                 "已暂停：单次响应成本 {1}，上限为 {2}；仅保留已花费的 {3}。" },
    [CPN_SPEND_SAY_NO_VALUE] = { "Spending on it brings nothing.", "投入不会带来任何响应。" },
    [CPN_SPEND_SAY_PRIORITY] = { "Items of higher priority take all there is.", "优先级更高的项目已用完可用预算。" },
    [CPN_SPEND_SAY_BUDGET] = { "{0} more of budget would bring {1}.", "预算每增加 {0} 约可多带来 {1}。" },
    [CPN_SPEND_SAY_BUDGET_SAVES] = { "{0} more of budget would save {1}.", "预算每增加 {0} 约可节省 {1}。" },
    [CPN_SPEND_SAY_MORE] = { "{0} more allowed to {2} would bring {1}.", "允许 {2} 多用 {0} 约可多带来 {1}。" },
    [CPN_SPEND_SAY_MORE_SAVES] = { "{0} more allowed to {2} would save {1}.", "允许 {2} 多用 {0} 约可节省 {1}。" },
    [CPN_SPEND_SAY_LESS] = { "{0} less asked of {2} would bring {1}.", "{2} 少用 {0} 约可多带来 {1}。" },
    [CPN_SPEND_SAY_LESS_SAVES] = { "{0} less asked of {2} would save {1}.", "{2} 少用 {0} 约可节省 {1}。" },
    [CPN_SPEND_SAY_EASED] = { "The share of {2} eased by {0} would bring {1}.", "{2} 的占比放宽 {0} 约可多带来 {1}。" },
    [CPN_SPEND_SAY_EASED_SAVES] = { "The share of {2} eased by {0} would save {1}.",
                                    "{2} 的占比放宽 {0} 约可节省 {1}。" },
    [CPN_SPEND_SAY_ROOM] = { "It does not bind: {3} is used, the limit is {4}.", "未起约束作用：已用 {3}，限额 {4}。" },
    [CPN_SPEND_SAY_USED_UP] = { "All of {4} is used, but other limits decide.", "{4} 已用完，但由其他限制决定。" },
    [CPN_SPEND_SAY_TARGET] = { "One more of the target costs {1}.", "目标每提高 1 约需多花 {1}。" },
    [CPN_SPEND_SAY_UNSPENT] = { "{3} is left: nothing that is allowed would bring enough for it.",
                                "剩余 {3}：在限制之内没有值得投入的去处。" },
    [CPN_SPEND_SAY_NOT_PROVEN] = { "The search ended after {0} nodes; the best lies within {1} % of this.",
                                   "搜索在 {0} 个节点后结束；最优结果与此相差不超过 {1} %。" },
    [CPN_SPEND_SAY_N_OVER_CAP] = { "Paused because a response costs more than its cap allows: {0}.",
                                   "{0} 个项目已暂停：单次响应成本超过其上限。" },
    [CPN_SPEND_SAY_N_BELOW_MINIMUM] = { "Paused below their minimum: {0}.", "{0} 个已暂停的项目低于其下限。" },
    [CPN_SPEND_SAY_N_WITHOUT_VALUE] = { "Bring nothing, whatever is spent on them: {0}.",
                                        "{0} 个项目无论投入多少都不会带来响应。" },
};

void cpn_spend_say(char sentence[CPN_SPEND_SENTENCE], bool is_chinese, cpn_spend_saying saying,
                   const char *const words[CPN_SPEND_WORDS])
{
    const char *at = is_chinese ? wordings[saying].zh : wordings[saying].en;
    size_t length = 0;
    while (*at) {
        const bool is_word = at[0] == '{' && at[1] >= '0' && at[1] < '0' + CPN_SPEND_WORDS && at[2] == '}';
        const char *piece = is_word ? words[at[1] - '0'] : at;
        size_t n = is_word ? strlen(piece) : 1 + strcspn(at + 1, "{");
        at += is_word ? 3 : n;
        n = cpn_utf8_cut(piece, n, CPN_SPEND_SENTENCE - 1 - length);
        memcpy(sentence + length, piece, n);
        length += n;
    }
    sentence[length] = '\0';
}

/* Four digits, by whole powers of ten; what is out of their reach stays as it is. */
void cpn_spend_round_text(char *text, double value)
{
    double power = 1, least = fabs(value);
    int32_t exponent = 0;
    if (!(least > 0) || least > 1e15 || least < 1e-15) {
        (void)cpn_format_double(text, least > 0 ? value : 0);
        return;
    }
    for (; least >= 10; least /= 10) exponent++;
    for (; least < 1; least *= 10) exponent--;
    for (int32_t i = 0; i < abs(exponent - 3); i++) power *= 10;
    const double whole = floor((exponent > 3 ? fabs(value) / power : fabs(value) * power) + 0.5);
    (void)cpn_format_scaled(text, (int64_t)(value < 0 ? -whole : whole), exponent - 3);
}

void cpn_spend_amount_text(char *text, const cpn_spend_terms *terms, double units)
{
    if (terms->is_money)
        (void)campaign_money_format(text, (int64_t)units, terms->exponent);
    else
        cpn_spend_round_text(text, units);
}

void cpn_spend_unit_text(char *text, const cpn_spend_terms *terms)
{
    memcpy(text, "1", 2);
    if (!terms->is_money) return;
    text[1] = ' ';
    memcpy(text + 2, terms->currency, sizeof terms->currency);
}
