/* What the rows of each table say, and what they follow from: constant data for explain.c. */
#include "plan/explain.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))
#define WORDING(facets, links)                                                                                         \
    {                                                                                                                  \
        facets, COUNT(facets), links, COUNT(links)                                                                     \
    }

/* ---- Targets ---------------------------------------------------------------------------------------------------- */

static const cpn_plan_facet target_facets[] = {
    { .code = "target",
      .amount = "target",
      .ratio = "share_ppm",
      .en =
          "The target of {period}[, {product_line}][, {market}][, {channel}][, {tier}][, {rep}] is {target}[{parent!}, "
          "{share_ppm%} of what it was split from].",
      .zh = "{period}[ {product_line}][ {market}][ {channel}][ {tier}][ {rep}]的目标为 {target}[{parent!}，占上级的 "
            "{share_ppm%}]。" },
    { .code = "rule",
      .needs = "rule",
      .amount = "target",
      .en = "A rule of the request holds it: {rule}.",
      .zh = "由请求中的规则决定：{rule}。" },
    { .code = "last_year",
      .needs = "last_year",
      .amount = "last_year",
      .en = "The same part sold {last_year} a year before.",
      .zh = "同口径上年销售 {last_year}。" },
    { .code = "supported",
      .needs = "supported",
      .amount = "target",
      .base = "supported",
      .ratio = "above_ppm",
      .en = "The last three months support {supported}[: the target is {above_ppm%} above that].",
      .zh = "最近三个月的水平可支撑 {supported}[，目标高出 {above_ppm%}]。" },
    { .code = "bottom_up",
      .needs = "bottom_up",
      .amount = "bottom_up",
      .base = "target",
      .en = "Entries from below add up to {bottom_up}[; the gap is {gap}].",
      .zh = "自下而上填报合计 {bottom_up}[，差额 {gap}]。" },
};
static const cpn_plan_link target_links[] = {
    { CPN_LINK_NUMBER, CPN_PLAN_TARGETS, "parent", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_TARGETS, "target.amount", "parent", NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_TARGETS, "target.growth", "parent", NULL },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "growth", "parent", NULL },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "history_span", "parent", NULL },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "history_years", "parent", NULL },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "history_short", "parent", NULL },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "no_history", "parent", NULL },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "no_sales", "parent", NULL },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "even_dimension", "parent", NULL },
};

/* ---- Campaigns -------------------------------------------------------------------------------------------------- */

static const cpn_plan_facet campaign_facets[] = {
    { .code = "campaign",
      .amount = "target",
      .day = "date",
      .en = "{name} runs from {start} to {end<} around {date}; the day targets in it add up to {target}.",
      .zh = "{name}围绕 {date}，从 {start} 到 {end<}，期间日目标合计 {target}。" },
    { .code = "season",
      .needs = "season",
      .en = "Its burst is to sell most in the {season} season[: type {type}][, objective {objective}].",
      .zh = "爆发期以{season}为主[，类型{type}][，目标方向{objective}]。" },
    { .code = "certainty",
      .needs = "certainty",
      .when = "announced",
      .day = "date",
      .en = "Its date is announced each year.",
      .zh = "其日期每年公布。" },
};
static const cpn_plan_link campaign_links[] = {
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "campaign_overlap", NULL, NULL },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "campaign_outside", NULL, NULL },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "node_provisional", NULL, NULL },
    { CPN_LINK_NAMED_BY, CPN_PLAN_CANDIDATES, "campaign", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_CAMPAIGNS, "campaigns.tiers", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_CAMPAIGNS, "campaigns.forced", NULL, NULL },
};

static const cpn_plan_facet candidate_facets[] = {
    { .code = "candidate",
      .amount = "value",
      .base = "cost",
      .n = "n_years",
      .day = "start",
      .en = "{name}, {start} to {end<}, is worth {value} ({value_basis}) and costs {cost}. {text}",
      .zh = "{name}（{start} 至 {end<}）价值 {value}（{value_basis}），成本 {cost}。{text}" },
};
static const cpn_plan_link candidate_links[] = {
    { CPN_LINK_NAME, CPN_PLAN_CANDIDATES, "other", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_CANDIDATES, "campaigns.rules", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_CANDIDATES, "campaigns.values", NULL, NULL },
};

static const cpn_plan_facet theme_facets[] = {
    { .code = "theme", .day = "date", .en = "{name} on {date}: {text}", .zh = "{date} 的{name}：{text}" },
};
static const cpn_plan_link theme_links[] = {
    { CPN_LINK_NAME, CPN_PLAN_CAMPAIGNS, "campaign", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_THEMES, "campaigns.themes", NULL, NULL },
};

static const cpn_plan_facet phase_facets[] = {
    { .code = "phase",
      .amount = "target",
      .day = "start",
      .en = "The {phase} of {campaign} runs from {start} to {end<}[ and ends at {due}]; its day targets add up to "
            "{target}.",
      .zh = "{campaign} 的{phase}阶段从 {start} 到 {end<}[，截止 {due}]，日目标合计 {target}。" },
};
static const cpn_plan_link phase_links[] = {
    { CPN_LINK_NAME, CPN_PLAN_CAMPAIGNS, "campaign", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_PHASES, "campaigns.phases", NULL, NULL },
};

static const cpn_plan_facet deadline_facets[] = {
    { .code = "deadline",
      .n = "working_days",
      .day = "date",
      .en = "{name} of {campaign}: by {date}[, {working_days} working days before its burst][, at {due}] ({source}).",
      .zh = "{campaign} 的“{name}”：{date} 前[，爆发期前 {working_days} 个工作日][，{due} 截止]（{source}）。" },
};
static const cpn_plan_link campaign_of[] = {
    { CPN_LINK_NAME, CPN_PLAN_CAMPAIGNS, "campaign", NULL, NULL },
};

static const cpn_plan_facet curve_facets[] = {
    { .code = "curve",
      .amount = "target",
      .ratio = "traffic_ppm",
      .day = "date",
      .en = "On {date}, in the {phase} of {campaign}, the target is {target} and {traffic_ppm%} of its traffic is due.",
      .zh = "{date} 处于 {campaign} 的{phase}阶段，目标 {target}，流量占 {traffic_ppm%}。" },
};

/* ---- Products, markets and stock -------------------------------------------------------------------------------- */

static const cpn_plan_facet product_facets[] = {
    { .code = "product",
      .amount = "revenue",
      .ratio = "share_ppm",
      .en = "{product_line} sold {revenue}[, {share_ppm%} of all lines].",
      .zh = "{product_line}销售 {revenue}[，占全部产品线的 {share_ppm%}]。" },
    { .code = "stage",
      .needs = "stage",
      .ratio = "growth_ppm",
      .n = "age_months",
      .en = "Its stage is {stage}, by {basis}[: {age_months} months on sale][, growth {growth_ppm%}][; objective "
            "{objective}][, campaigns of type {campaign_type}] ({source}).",
      .zh = "所处阶段为{stage}，依据{basis}[：上市 {age_months} 个月][，增长 "
            "{growth_ppm%}][；目标方向{objective}][，活动类型"
            "{campaign_type}]（{source}）。" },
};
static const cpn_plan_link product_links[] = {
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "history_span", NULL, NULL },
};

static const cpn_plan_facet market_facets[] = {
    { .code = "market",
      .amount = "revenue",
      .ratio = "cumulated_ppm",
      .en = "{market} sold {revenue}[, {share_ppm%} of all markets][; with the larger ones {cumulated_ppm%}].",
      .zh = "{market}销售 {revenue}[，占全部市场的 {share_ppm%}][，累计 {cumulated_ppm%}]。" },
    { .code = "class",
      .needs = "class",
      .en = "It is {class}: objective {objective}, campaigns of type {campaign_type} ({source}).",
      .zh = "属{class}市场：目标方向{objective}，活动类型{campaign_type}（{source}）。" },
};

static const cpn_plan_facet stock_facets[] = {
    { .code = "stock_units",
      .needs = "units_per_day",
      .n = "units_per_day",
      .day = "lock_date",
      .en =
          "{campaign} needs {units_per_day} units[ of {sku}] a day[, {units_total} in all]: the peak of {peak_day} was "
          "{peak_units}. They are locked by {lock_date} ({source}).",
      .zh = "{campaign} 每天需备货[ {sku}] {units_per_day} 件[，共 {units_total} 件]：{peak_day} 的峰值为 {peak_units} "
            "件，{lock_date} 前锁定（{source}）。" },
    { .code = "stock_sales",
      .needs = "sales_per_day",
      .amount = "sales_per_day",
      .base = "peak_sales",
      .day = "lock_date",
      .en = "{campaign} needs goods for {sales_per_day} a day[, {sales_total} in all]: the peak of {peak_day} sold "
            "{peak_sales}. They are locked by {lock_date} ({source}).",
      .zh = "{campaign} 每天需备货 {sales_per_day}[，共 {sales_total}]：{peak_day} 的峰值销售为 "
            "{peak_sales}，{lock_date} "
            "前锁定（{source}）。" },
};
static const cpn_plan_link stock_links[] = {
    { CPN_LINK_NAME, CPN_PLAN_CAMPAIGNS, "campaign", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_STOCK, "stock", NULL, NULL },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "history_span", NULL, NULL },
};

/* ---- Money and figures ------------------------------------------------------------------------------------------ */

static const cpn_plan_facet budget_facets[] = {
    { .code = "budget",
      .amount = "amount",
      .ratio = "share_ppm",
      .en = "{name} gets {amount}[, {share_ppm%} of the budget], as {group}[; one more would bring {marginal}].",
      .zh = "{name}获得 {amount}[，占预算的 {share_ppm%}]，属{group}[；再多 1 可带来 {marginal}]。" },
};
static const cpn_plan_facet budget_item_facets[] = {
    { .code = "budget_item",
      .amount = "amount",
      .ratio = "share_ppm",
      .n = "rank",
      .en = "{campaign} has {amount} for {item}[ in {channel}, its channel number {rank}][, {share_ppm%} of its money] "
            "({source}).",
      .zh = "{campaign} 的{item}[（{channel}，第 {rank} 渠道）]为 {amount}[，占其预算的 {share_ppm%}]（{source}）。" },
};
static const cpn_plan_link budget_item_links[] = {
    { CPN_LINK_NAME, CPN_PLAN_CAMPAIGNS, "campaign", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_BUDGET_ITEMS, "budget.items", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_BUDGET_ITEMS, "budget.channels", "item", "traffic" },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "channels_by_curves", "item", "traffic" },
};
static const cpn_plan_link budget_links[] = {
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "off_season_capped", "basis", "off_season_cap" },
    { CPN_LINK_REQUEST, CPN_PLAN_BUDGET, "budget.off_season_cap", "basis", "off_season_cap" },
    { CPN_LINK_NOTE, CPN_PLAN_NOTES, "budget_by_curves", "basis", "curve" },
    { CPN_LINK_REQUEST, CPN_PLAN_BUDGET, "budget.curves", "group", "proven" },
    { CPN_LINK_REQUEST, CPN_PLAN_BUDGET, "budget.campaigns", "group", "proven" },
    { CPN_LINK_NAME, CPN_PLAN_CAMPAIGNS, "campaign", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_BUDGET, "budget.total", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_BUDGET, "budget.rate", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_BUDGET, "budget.contingency", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_BUDGET, "budget.proven", "group", "proven" },
    { CPN_LINK_REQUEST, CPN_PLAN_BUDGET, "budget.experiments", "group", "experiments" },
};

static const cpn_plan_facet action_facets[] = {
    { .code = "action",
      .day = "start",
      .en = "{campaign}, {phase}, {start} to {end<}: {text} ({source})",
      .zh = "{campaign} {phase}阶段，{start} 至 {end<}：{text}（{source}）" },
};
static const cpn_plan_facet mechanism_facets[] = {
    { .code = "mechanism",
      .n = "rank",
      .en = "{campaign} may use {name}[ ({parameters})], number {rank}: {reason} ({source}).",
      .zh = "{campaign} 可用“{name}”[（{parameters}）]，推荐第 {rank}：{reason}（{source}）。" },
};
static const cpn_plan_link mechanism_links[] = {
    { CPN_LINK_NAME, CPN_PLAN_CAMPAIGNS, "campaign", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_MECHANISMS, "campaigns.mechanisms", NULL, NULL },
};
static const cpn_plan_facet matrix_facets[] = {
    { .code = "matrix",
      .n = "buyers",
      .ratio = "reach_ppm",
      .en = "{campaign} reaches {reach_ppm%} of {name}[, {reached} of {customers},] of which {conversion_ppm%} are to "
            "buy[, {buyers} customers]: {text} ({source}).",
      .zh =
          "{campaign} 触达{name}的 {reach_ppm%}[（{customers} 人中的 {reached} 人）]，目标转化 {conversion_ppm%}[，即 "
          "{buyers} 人]：{text}（{source}）。" },
};
static const cpn_plan_link matrix_links[] = {
    { CPN_LINK_NAME, CPN_PLAN_CAMPAIGNS, "campaign", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_MATRIX, "customers", NULL, NULL },
};

static const cpn_plan_facet task_facets[] = {
    { .code = "task",
      .n = "duration",
      .day = "start",
      .en = "{name}, for {campaign}, by {role}[, {owner}]: {start} to {finish} ({duration} {unit})[; it delivers: "
            "{deliverable}] ({source}).",
      .zh = "{campaign} 的“{name}”由{role}[（{owner}）]负责：{start} 至 {finish}（{duration} {unit}）[，交付："
            "{deliverable}]（{source}）。" },
    { .code = "due_by_deadline",
      .needs = "reason",
      .when = "deadline",
      .day = "due",
      .en = "Its deadline is {due}[, at {due_at}]; from there its days are counted back.",
      .zh = "截止日为 {due}[（{due_at}）]，由此倒排。" },
    { .code = "due_by_offset",
      .needs = "reason",
      .when = "offset",
      .day = "due",
      .en = "It is due on {due}[, at {due_at}], counted from the burst or an end on the working calendar.",
      .zh = "截止日为 {due}[（{due_at}）]，按工作日历从爆发期或结束日推算。" },
    { .code = "due_on_day",
      .needs = "reason",
      .when = "date",
      .day = "due",
      .en = "The request says that it is due on {due}.",
      .zh = "请求指定截止日为 {due}。" },
    { .code = "before_successor",
      .needs = "reason",
      .when = "successor",
      .day = "finish",
      .en = "It is placed back from {bound_by}, which comes after it[; it is due on {due} at the latest].",
      .zh = "由后续任务 {bound_by} 倒排[，最迟 {due} 截止]。" },
    { .code = "after_predecessor",
      .needs = "reason",
      .when = "predecessor",
      .day = "start",
      .en = "It starts once {bound_by} allows[; it is due on {due}].",
      .zh = "待前置任务 {bound_by} 完成后开始[，{due} 截止]。" },
    { .code = "during_phase",
      .needs = "reason",
      .when = "phase",
      .day = "start",
      .en = "It lasts as long as the {phase}.",
      .zh = "与{phase}阶段同期。" },
    { .code = "by_anchor",
      .needs = "reason",
      .when = "anchor",
      .day = "finish",
      .en = "Nothing but the burst and the end of the campaign bound it.",
      .zh = "仅以爆发期和活动结束日为界。" },
};
static const cpn_plan_link task_links[] = {
    { CPN_LINK_NAME, CPN_PLAN_DEADLINES, "deadline", NULL, NULL },
    { CPN_LINK_NAME, CPN_PLAN_TASKS, "bound_by", NULL, NULL },
    { CPN_LINK_NAME, CPN_PLAN_CAMPAIGNS, "campaign", NULL, NULL },
    { CPN_LINK_REQUEST, CPN_PLAN_TASKS, "tasks.templates", "source", "request" },
};

static const cpn_plan_facet metric_facets[] = {
    { .code = "metric",
      .en = "The target of {metric} is {target}, {better} is better.",
      .zh = "{metric} 的目标为 {target}。" },
};
static const cpn_plan_link metric_links[] = {
    { CPN_LINK_REQUEST, CPN_PLAN_METRICS, "metrics", NULL, NULL },
};

static const cpn_plan_facet source_facets[] = {
    { .code = "source",
      .amount = "amount",
      .n = "rows",
      .day = "last",
      .en = "{source}: {rows} rows[, {first} to {last}][, {amount}].",
      .zh = "{source}：{rows} 行[，{first} 至 {last}][，{amount}]。" },
};

static const cpn_plan_facet day_facets[] = {
    { .code = "day",
      .amount = "target",
      .n = "weight",
      .day = "date",
      .en = "{date} is a {kind} day[ in {window}]; it weighs {weight} and is to bring {target}.",
      .zh = "{date}（{kind}）[处于 {window}]，权重 {weight}，目标 {target}。" },
};

const cpn_plan_wording *cpn_plan_wording_of(cpn_plan_table_id id)
{
    static const cpn_plan_wording none = { NULL, 0, NULL, 0 };
    static const cpn_plan_wording wordings[CPN_PLAN_N_TABLES] = {
        [CPN_PLAN_TARGETS] = WORDING(target_facets, target_links),
        [CPN_PLAN_CAMPAIGNS] = WORDING(campaign_facets, campaign_links),
        [CPN_PLAN_PHASES] = WORDING(phase_facets, phase_links),
        [CPN_PLAN_BUDGET] = WORDING(budget_facets, budget_links),
        [CPN_PLAN_METRICS] = WORDING(metric_facets, metric_links),
        [CPN_PLAN_DEADLINES] = WORDING(deadline_facets, campaign_of),
        [CPN_PLAN_CURVE] = WORDING(curve_facets, campaign_of),
        [CPN_PLAN_PRODUCTS] = WORDING(product_facets, product_links),
        [CPN_PLAN_MARKETS] = { market_facets, COUNT(market_facets), NULL, 0 },
        [CPN_PLAN_STOCK] = WORDING(stock_facets, stock_links),
        [CPN_PLAN_BUDGET_ITEMS] = WORDING(budget_item_facets, budget_item_links),
        [CPN_PLAN_ACTIONS] = WORDING(action_facets, campaign_of),
        [CPN_PLAN_MECHANISMS] = WORDING(mechanism_facets, mechanism_links),
        [CPN_PLAN_MATRIX] = WORDING(matrix_facets, matrix_links),
        [CPN_PLAN_DAYS] = { day_facets, COUNT(day_facets), NULL, 0 },
        [CPN_PLAN_SOURCES] = { source_facets, COUNT(source_facets), NULL, 0 },
        [CPN_PLAN_THEMES] = { theme_facets, COUNT(theme_facets), theme_links, COUNT(theme_links) },
        [CPN_PLAN_TASKS] = WORDING(task_facets, task_links),
        [CPN_PLAN_CANDIDATES] = { candidate_facets, COUNT(candidate_facets), candidate_links, COUNT(candidate_links) },
    };
    return wordings[id].facets ? &wordings[id] : &none;
}
