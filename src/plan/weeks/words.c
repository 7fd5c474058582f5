/* Sentences of the promotion weeks, in English and Chinese: patterns whose {0}, {1} … stand for words. */
#include <string.h>

#include "base/text.h"
#include "plan/weeks/solver.h"

typedef struct wording {
    const char *en, *zh;
} wording;

static const wording wordings[] = {
    [CPN_WEEKS_SAY_BEST] = { "{0} promotions bring {1} more than none: its best.",
                             "{0} 次促销比不促销多带来 {1}，已是其最优。" },
    [CPN_WEEKS_SAY_SHARED] = { "{0} promotions bring {1} more than none; alone it would bring another {2}, but others "
                               "make "
                               "better use of what is shared.",
                               "{0} 次促销比不促销多带来 {1}；若独占资源还可再多 "
                               "{2}，但其他商品更能发挥共享资源的价值。" },
    [CPN_WEEKS_SAY_SHARED_WEEK] = { "{0} promotions bring {1} more than none; alone it would bring another {2}, but "
                                    "others "
                                    "make better use of week {3}.",
                                    "{0} 次促销比不促销多带来 {1}；若独占资源还可再多 {2}，但第 {3} "
                                    "周留给其他商品价值更高。" },
    [CPN_WEEKS_SAY_CROWDED_OUT] = { "Alone its promotions would bring {2}; others make better use of what is shared.",
                                    "若独占资源，促销可带来 {2}；但其他商品更能发挥共享资源的价值。" },
    [CPN_WEEKS_SAY_NO_GAIN] = { "No promotion pays: the price cut costs more than the extra units bring.",
                                "促销不划算：降价的损失大于多卖的收益。" },
    [CPN_WEEKS_SAY_NO_DEMAND] = { "There is no demand that a price could move.", "没有价格可以拉动的需求。" },
    [CPN_WEEKS_SAY_BARRED] = { "No week is open to it: blackouts, gaps, or a maximum of none.",
                               "没有可用的周：停促期、间隔，或促销次数上限为零。" },
    [CPN_WEEKS_SAY_SLOT] = { "One more slot in week {0} would bring about {1}.",
                             "第 {0} 周多一个档位约可多带来 {1}。" },
    [CPN_WEEKS_SAY_SLOT_IN] = { "One more slot for {2} in week {0} would bring about {1}.",
                                "{2} 在第 {0} 周多一个档位约可多带来 {1}。" },
    [CPN_WEEKS_SAY_PROMOTION] = { "One more item in week {0} would bring about {1}.",
                                  "第 {0} 周多促销一个商品约可多带来 {1}。" },
    [CPN_WEEKS_SAY_PROMOTION_IN] = { "One more item of {2} in week {0} would bring about {1}.",
                                     "{2} 在第 {0} 周多促销一个商品约可多带来 {1}。" },
    [CPN_WEEKS_SAY_BUDGET] = { "1 more in the budget would bring about {1}.", "预算每增加 1 约可多带来 {1}。" },
    [CPN_WEEKS_SAY_BUDGET_IN] = { "1 more in the budget of {2} would bring about {1}.",
                                  "{2} 的预算每增加 1 约可多带来 {1}。" },
    [CPN_WEEKS_SAY_ROOM] = { "More of it would bring nothing: {3} of {4} is used.",
                             "再增加也不会带来更多：已用 {3}，上限 {4}。" },
    [CPN_WEEKS_SAY_LOSS] = { "{0} items cost more than their regular price.", "{0} 个商品的成本高于正价。" },
    [CPN_WEEKS_SAY_EMPTY] = { "{0} items have no base demand.", "{0} 个商品没有基础需求。" },
    [CPN_WEEKS_SAY_REFERENCE] = { "{0} items remember a reference price; their bound is {1} above what was found, from "
                                  "{2} cells.",
                                  "{0} 个商品记忆参考价格；其上界比所得结果高 {1}，参考价格分为 {2} 格。" },
    [CPN_WEEKS_SAY_ROUNDS] = { "The search ended after {0} rounds; the best calendar lies within {1} of this one.",
                               "搜索在 {0} 轮后结束；最优日历与本日历相差不超过 {1}。" },
};

void cpn_weeks_say(char sentence[CPN_WEEKS_SENTENCE], const cpn_weeks_problem *problem, cpn_weeks_saying saying,
                   const char *const words[CPN_WEEKS_WORDS])
{
    const char *at = problem->knobs.is_chinese ? wordings[saying].zh : wordings[saying].en;
    size_t length = 0;
    while (*at) {
        const bool is_word = at[0] == '{' && at[1] >= '0' && at[1] < '0' + CPN_WEEKS_WORDS && at[2] == '}';
        const char *piece = is_word ? words[at[1] - '0'] : at;
        size_t n = is_word ? strlen(piece) : 1 + strcspn(at + 1, "{");
        at += is_word ? 3 : n;
        n = cpn_utf8_cut(piece, n, CPN_WEEKS_SENTENCE - 1 - length);
        memcpy(sentence + length, piece, n);
        length += n;
    }
    sentence[length] = '\0';
}
