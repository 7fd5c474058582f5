/* Sentences of the quotas, in English and Chinese: patterns whose {0}, {1} … stand for words. */
#include <string.h>

#include "allocate/quota/quota.h"
#include "base/text.h"

typedef struct wording {
    const char *en, *zh;
} wording;

static const wording wordings[] = {
    [CPN_QUOTA_SAY_DIVISOR] = { "One more unit would go to {0}; every divisor from {1} to {2} gives these quotas.",
                                "再多一个单位归 {0}；除数取 {1} 到 {2} 之间的任何值，配额都不变。" },
    [CPN_QUOTA_SAY_REMAINDER] = { "Exact shares of {0}, rounded down; the rest goes to the largest remainders.",
                                  "{0} 按权重分开后先向下取整，余下的按最大余数分配。" },
    [CPN_QUOTA_SAY_FULL] = { "Every cell holds what it can: one more unit has no place.",
                             "各单元已达上限，再多一个单位无处可放。" },
    [CPN_QUOTA_SAY_ROW] = { "Row {0} has {1}: every divisor from {2} to {3} gives it the same quotas.",
                            "行 {0} 合计 {1}：除数取 {2} 到 {3} 之间的任何值，该行配额都不变。" },
    [CPN_QUOTA_SAY_COLUMN] = { "Column {0} has {1}: every divisor from {2} to {3} gives it the same quotas.",
                               "列 {0} 合计 {1}：除数取 {2} 到 {3} 之间的任何值，该列配额都不变。" },
    [CPN_QUOTA_SAY_FACTOR] = { "The weights of {0} are divided by {1}.", "{0} 的权重除以 {1}。" },
    [CPN_QUOTA_SAY_ROUNDED] = { "{0} adds up to {1} after rounding.", "{0} 取整后合计 {1}。" },
    [CPN_QUOTA_SAY_UNALLOCATED] = { "{0} of {1} could not be given: every cell with a weight is at its maximum.",
                                    "{1} 中有 {0} 未能分出：有权重的单元都已达到上限。" },
    [CPN_QUOTA_SAY_NESTED] = { "{0} dimensions are split one after the other: exact at every level, and dependent on "
                               "their order.",
                               "{0} 个维度逐级拆分：每一级都精确，但结果取决于维度的先后。" },
    [CPN_QUOTA_SAY_WEIGHTS] = { "{0} weights had more digits than fit and were rounded.",
                                "{0} 个权重的位数过多，已四舍五入。" },
    [CPN_QUOTA_SAY_MARGINS] = { "{0} totals of rows or columns were made from the weights.",
                                "{0} 个行或列的合计由权重推得。" },
    [CPN_QUOTA_SAY_FORCED] = { "{0} cells stay empty in every answer: the totals leave them nothing.",
                               "{0} 个单元在任何解中都为零：行列合计没有给它们留下余地。" },
    [CPN_QUOTA_SAY_TIES] = { "{0} parts were tied; they went to the larger weight, then in key order.",
                             "{0} 处出现平局，先给权重大者，再按键的顺序。" },
    [CPN_QUOTA_SAY_NOT_CONVERGED] = { "The totals are met to {0} only.", "合计仅吻合到 {0}。" },
    [CPN_QUOTA_SAY_ABOVE] = { "{0} is asked, {1} can be sold: {2} percent too much.",
                              "配额 {0}，产能 {1}：超出 {2}%。" },
    [CPN_QUOTA_SAY_BELOW] = { "{0} is asked, {1} can be sold: {2} percent are spare.",
                              "配额 {0}，产能 {1}：尚余 {2}%。" },
    [CPN_QUOTA_SAY_EQUAL] = { "{0} is asked, and can be sold.", "配额 {0}，与产能相等。" },
    [CPN_QUOTA_SAY_NO_CAPACITY] = { "{0} is asked, and nothing can be sold.", "配额 {0}，而产能为零。" },
    [CPN_QUOTA_SAY_REPS_OVER] = { "Asked for more than {1} percent above what can be sold: {0} of the reps.",
                                  "{0} 名业务员的配额超出产能 {1}% 以上。" },
    [CPN_QUOTA_SAY_TOTAL_OVER] = { "The target of {0} is {2} percent above the {1} that all reps can sell.",
                                   "目标 {0} 比全体产能 {1} 高出 {2}%。" },
    [CPN_QUOTA_SAY_SPARE] = { "The reps can sell {0} more than the target of {1}.", "全体产能比目标 {1} 多出 {0}。" },
    [CPN_QUOTA_SAY_RAMPING] = { "Not at full capacity in every month: {0} of the reps.",
                                "{0} 名业务员并非每个月都达到全部产能。" },
    [CPN_QUOTA_SAY_REST] = { "{0} of {1} could not be given: every rep with capacity is at the maximum.",
                             "{1} 中有 {0} 未能分出：有产能的业务员都已达到上限。" },
};

void cpn_quota_say(char sentence[CPN_QUOTA_SENTENCE], bool is_chinese, cpn_quota_saying saying,
                   const char *const words[CPN_QUOTA_WORDS])
{
    const char *at = is_chinese ? wordings[saying].zh : wordings[saying].en;
    size_t length = 0;
    while (*at) {
        const bool is_word = at[0] == '{' && at[1] >= '0' && at[1] < '0' + CPN_QUOTA_WORDS && at[2] == '}';
        const char *piece = is_word ? words[at[1] - '0'] : at;
        size_t n = is_word ? strlen(piece) : 1 + strcspn(at + 1, "{");
        at += is_word ? 3 : n;
        n = cpn_utf8_cut(piece, n, CPN_QUOTA_SENTENCE - 1 - length);
        memcpy(sentence + length, piece, n);
        length += n;
    }
    sentence[length] = '\0';
}

void cpn_quota_amount_text(char text[CAMPAIGN_MONEY_TEXT], const cpn_quota_problem *problem, int64_t amount)
{
    (void)campaign_money_format(text, amount, problem->shown_decimals);
}
