/* Words of the library in Chinese, for sentences that hold cells of a table. */
#include <string.h>

#include "plan/explain.h"

static const struct {
    const char *en, *zh;
} words[] = {
    { "peak", "旺季" },
    { "shoulder", "平季" },
    { "off", "淡季" },
    { "preheat", "预热" },
    { "burst", "爆发" },
    { "closing", "收尾" },
    { "feedback", "反馈" },
    { "big", "大型" },
    { "small", "小型" },
    { "contingency", "应急" },
    { "proven", "常规" },
    { "experiments", "试验" },
    { "rule", "规则" },
    { "announced", "每年公布" },
    { "history", "历史" },
    { "given", "给定" },
    { "promotion_pull", "促销拉动" },
    { "experience", "体验" },
    { "acquisition", "拉新" },
    { "care", "关怀" },
    { "node", "节点" },
    { "new", "新品" },
    { "growth", "增长" },
    { "mature", "成熟" },
    { "decline", "衰退" },
    { "core", "核心" },
    { "emerging", "新兴" },
    { "burst_conversion", "爆发转化" },
    { "retention", "留存" },
    { "defend_share_and_profit", "守住份额与利润" },
    { "penetration_and_word_of_mouth", "渗透与口碑" },
    { "node_sales", "节点销售" },
    { "low_cost_acquisition", "低成本拉新" },
    { "repeat_purchase", "复购" },
    { "year_on_year", "同比" },
    { "half_year_share", "半年占比变化" },
    { "age", "上市时间" },
    { "unknown", "未知" },
    { "traffic", "引流" },
    { "materials", "物料" },
    { "subsidy", "优惠补贴" },
    { "locked", "锁定" },
    { "minimum", "下限" },
    { "maximum", "上限" },
    { "statutory", "法定假日" },
    { "weekend", "周末" },
    { "working", "工作日" },
    { "swapped", "调休" },
    { "preparation", "准备" },
    { "review", "复盘" },
    { "working_day", "个工作日" },
    { "day", "天" },
    { "hour", "小时" },
    { "sales", "销售" },
    { "marketing", "市场" },
    { "operations", "运营" },
    { "service", "客服" },
    { "design", "设计" },
    { "tech", "技术" },
    { "supply", "供应" },
    { "legal", "法务" },
    { "lead", "主管" },
};

const char *cpn_plan_word_zh(const char *word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].en, word) == 0) return words[i].zh;
    return word;
}
