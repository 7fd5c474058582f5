/* Orders as a table with what the rule would do beside, their sums, and remarks. */
#include <math.h>

#include "allocate/stock/store.h"
#include "base/checked.h"
#include "base/number.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema schema[] = {
    { "sku", CAMPAIGN_TYPE_UTF8, "Article or gift.", "商品或赠品。" },
    { "units", CAMPAIGN_TYPE_INT64, "Pieces to order.", "订购件数。" },
    { "packs", CAMPAIGN_TYPE_INT64, "Packs to order.", "订购箱数。" },
    { "cost", CAMPAIGN_TYPE_MONEY, "What the order costs.", "订购金额。" },
    { "critical_ratio", CAMPAIGN_TYPE_FLOAT64, "cu / (cu + co).", "临界比。" },
    { "service_level", CAMPAIGN_TYPE_FLOAT64, "P(demand <= level).", "服务水平。" },
    { "expected_sales", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be sold.", "预计销量。" },
    { "expected_lost", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be missed.", "预计缺货量。" },
    { "expected_left", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be left over.", "预计剩余量。" },
    { "fill_rate", CAMPAIGN_TYPE_FLOAT64, "Expected share of demand served.", "预计满足率。" },
    { "expected_profit", CAMPAIGN_TYPE_FLOAT64, "Expected profit in major units.", "预计利润。" },
    { "rule_units", CAMPAIGN_TYPE_INT64, "Pieces by the rule.", "按规则订购件数。" },
    { "rule_lost", CAMPAIGN_TYPE_FLOAT64, "Pieces missed by the rule.", "按规则缺货量。" },
    { "rule_left", CAMPAIGN_TYPE_FLOAT64, "Pieces left over by the rule.", "按规则剩余量。" },
    { "rule_profit", CAMPAIGN_TYPE_FLOAT64, "Profit of the rule.", "按规则利润。" },
    { "rule_cost", CAMPAIGN_TYPE_FLOAT64, "What the rule brings less.", "规则的代价。" },
    { "reason", CAMPAIGN_TYPE_UTF8, "Why so many.", "原因代码。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The reason as a sentence.", "原因说明。" },
};

static const cpn_column_schema summary_schema[] = {
    { "status", CAMPAIGN_TYPE_UTF8, "optimal, or bound.", "最优，或有界。" },
    { "value", CAMPAIGN_TYPE_FLOAT64, "Expected profit in major units.", "预计利润。" },
    { "bound", CAMPAIGN_TYPE_FLOAT64, "No orders bring more.", "任何订购都不会更多。" },
    { "gap", CAMPAIGN_TYPE_FLOAT64, "How far apart they are.", "相对差距。" },
    { "spend", CAMPAIGN_TYPE_MONEY, "What the orders cost.", "订购总额。" },
    { "budget", CAMPAIGN_TYPE_MONEY, "What they may cost.", "预算。" },
    { "multiplier", CAMPAIGN_TYPE_FLOAT64, "What one more unit of budget brings.", "预算增加一元的收益。" },
    { "units", CAMPAIGN_TYPE_INT64, "Pieces to order.", "订购件数。" },
    { "expected_sales", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be sold.", "预计销量。" },
    { "expected_lost", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be missed.", "预计缺货量。" },
    { "expected_left", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be left over.", "预计剩余量。" },
    { "rule_profit", CAMPAIGN_TYPE_FLOAT64, "Profit of the rule.", "按规则利润。" },
    { "rule_cost", CAMPAIGN_TYPE_FLOAT64, "What the rule brings less.", "规则的代价。" },
    { "text", CAMPAIGN_TYPE_UTF8, "What the rule costs, as a sentence.", "说明。" },
};

typedef struct wording {
    const char *code, *en, *zh;
} wording;

/* {0} service level, {1} critical ratio, both in percent; {2} what the next pack brings; {3} what the rule brings less. */
static const wording wordings[] = {
    [CPN_SHELF_RATIO] = { "ratio", "Covers demand with {0} %; its critical ratio is {1} %.",
                          "以 {0}% 的概率满足需求，对应临界比 {1}%。" },
    [CPN_SHELF_AT_MAXIMUM] = { "maximum", "At its maximum; the next pack would bring {2}.",
                               "已达上限；再加一箱可带来 {2}。" },
    [CPN_SHELF_MIN_ORDER] = { "min_order", "At the least order, which still brings more than none.",
                              "按最小订购量订购，仍优于不订。" },
    [CPN_SHELF_BUDGET] = { "budget", "The budget ends here; the next pack would bring {2}.",
                           "受预算限制；再加一箱可带来 {2}。" },
    [CPN_SHELF_NO_ORDER] = { "no_gain", "No order: it would cost more than it brings.", "不订购：得不偿失。" },
};
static const char less_en[] = " The rule brings {3} less.", less_zh[] = "按规则少赚 {3}。";
static const char more_en[] = " The rule would bring {3} more, but does not keep the limits.";
static const char more_zh[] = "按规则可多赚 {3}，但不符合限制。";

static void write_sentence(cpn_out *out, const cpn_shelf_problem *problem, const cpn_shelf_order *order)
{
    const wording *said = &wordings[order->reason];
    char service[CAMPAIGN_MONEY_TEXT], ratio[CAMPAIGN_MONEY_TEXT], next[CAMPAIGN_MONEY_TEXT], rule[CAMPAIGN_MONEY_TEXT];
    char first[CPN_SHELF_SENTENCE], second[CPN_SHELF_SENTENCE] = "", whole[CPN_SHELF_SENTENCE];
    cpn_shelf_number(service, 100 * (1 - order->chosen.beyond), 1);
    cpn_shelf_number(ratio, 100 * order->ratio, 1);
    cpn_shelf_number(next, order->next, problem->exponent);
    const double cost = order->chosen.profit - order->rule.profit;
    const char *const less = problem->is_chinese ? less_zh : less_en, *const more =
                                                                          problem->is_chinese ? more_zh : more_en;
    cpn_shelf_number(rule, fabs(cost), problem->exponent);
    const char *const words[CPN_SHELF_WORDS] = { service, ratio, next, rule, "" };
    cpn_shelf_say(first, problem->is_chinese ? said->zh : said->en, words);
    if (order->rule.units >= 0) cpn_shelf_say(second, cost < 0 ? more : less, words);
    const char *const parts[CPN_SHELF_WORDS] = { first, second, "", "", "" };
    cpn_shelf_say(whole, "{0}{1}", parts);
    cpn_out_string(out, 16, said->code);
    cpn_out_string(out, 17, whole);
}

static void write_order(cpn_out *out, const cpn_shelf_problem *problem, int64_t i, const cpn_shelf_order *order)
{
    const cpn_shelf_row *row = &problem->rows[i];
    const cpn_shelf_outcome *chosen = &order->chosen, *rule = &order->rule;
    const bool has_rule = rule->units >= 0;
    const double whole = row->demand.expected;
    cpn_out_cell(out, 0, &problem->skus.column, row->table_row);
    cpn_out_int64(out, 1, chosen->units);
    cpn_out_int64(out, 2, chosen->units / row->pack);
    cpn_out_int64(out, 3, order->cost_minor);
    cpn_out_float64(out, 4, order->ratio);
    cpn_out_float64(out, 5, 1 - chosen->beyond);
    cpn_out_float64(out, 6, chosen->sales);
    cpn_out_float64(out, 7, chosen->lost);
    cpn_out_float64(out, 8, chosen->left);
    cpn_out_optional_float64(out, 9, chosen->sales < whole ? chosen->sales / whole : 1, whole > 0);
    cpn_out_float64(out, 10, chosen->profit);
    cpn_out_optional_int64(out, 11, rule->units, has_rule);
    cpn_out_optional_float64(out, 12, rule->lost, has_rule);
    cpn_out_optional_float64(out, 13, rule->left, has_rule);
    cpn_out_optional_float64(out, 14, rule->profit, has_rule);
    cpn_out_optional_float64(out, 15, chosen->profit - rule->profit, has_rule);
    write_sentence(out, problem, order);
}

campaign_status cpn_shelf_write_orders(campaign_table **table, const cpn_shelf_orders *orders, campaign_error *error)
{
    const cpn_shelf_problem *problem = &orders->problem;
    cpn_column_schema columns[COUNT(schema)];
    for (int32_t i = 0; i < COUNT(schema); i++) columns[i] = schema[i];
    columns[0].type = problem->skus.column.type;
    cpn_out out;
    cpn_out_open(&out, columns, COUNT(schema), problem->currency, problem->exponent);
    for (int64_t i = 0; i < problem->n_rows && out.status == CAMPAIGN_OK; i++)
        write_order(&out, problem, i, &orders->orders[i]);
    return cpn_out_close(table, &out, error);
}

/* ---- The report -------------------------------------------------------------------------------------------------- */

typedef struct totals {
    cpn_shelf_sum profit, sales, lost, left, rule, rule_cost;
    int64_t n_rules, n_none;
    double rule_spend;
} totals;

static campaign_status sum_orders(totals *all, campaign_allocate_order_quantity_report *report,
                                  const cpn_shelf_orders *orders, campaign_error *error)
{
    for (int64_t i = 0; i < orders->problem.n_rows; i++) {
        const cpn_shelf_order *order = &orders->orders[i];
        cpn_shelf_add(&all->profit, order->chosen.profit);
        cpn_shelf_add(&all->sales, order->chosen.sales);
        cpn_shelf_add(&all->lost, order->chosen.lost);
        cpn_shelf_add(&all->left, order->chosen.left);
        all->n_none += order->chosen.units == 0;
        report->n_units += order->chosen.units;
        if (!cpn_add64(&report->spend_minor, report->spend_minor, order->cost_minor))
            return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, orders->problem.rows[i].table_row, "items.cost",
                                "what all orders cost does not fit");
        if (order->rule.units < 0) continue;
        cpn_shelf_add(&all->rule, order->rule.profit);
        cpn_shelf_add(&all->rule_cost, order->chosen.profit - order->rule.profit);
        all->rule_spend += (double)order->rule.units * (double)orders->problem.rows[i].cost_minor;
        all->n_rules++;
    }
    return CAMPAIGN_OK;
}

static void write_rule(cpn_out *out, int32_t column, const cpn_shelf_orders *orders, const totals *all)
{
    const cpn_shelf_problem *problem = &orders->problem;
    char rule[CAMPAIGN_MONEY_TEXT], cost[CAMPAIGN_MONEY_TEXT], sentence[CPN_SHELF_SENTENCE];
    if (all->n_rules == 0) {
        cpn_out_null(out, column);
        return;
    }
    cpn_shelf_number(rule, (double)orders->knobs.rule_ppm / 1e4, 0);
    const double less = cpn_shelf_total(&all->rule_cost);
    const char *const en =
        less < 0 ? "Ordering {0} % of the historic peak would bring {1} more, but does not keep the limits."
                 : "Ordering {0} % of the historic peak would bring {1} less.";
    const char *const zh =
        less < 0 ? "按历史峰值的 {0}% 订购可多赚 {1}，但不符合限制。" : "按历史峰值的 {0}% 订购，利润少 {1}。";
    cpn_shelf_number(cost, fabs(less), problem->exponent);
    const char *const words[CPN_SHELF_WORDS] = { rule, cost, "", "", "" };
    cpn_shelf_say(sentence, problem->is_chinese ? zh : en, words);
    cpn_out_string(out, column, sentence);
}

static campaign_status write_summary(campaign_allocate_order_quantity_report *report, const cpn_shelf_orders *orders,
                                     const totals *all, campaign_error *error)
{
    const bool has_budget = orders->knobs.has_budget != 0, has_rule = all->n_rules > 0;
    cpn_out out;
    cpn_out_open(&out, summary_schema, COUNT(summary_schema), orders->problem.currency, orders->problem.exponent);
    cpn_out_string(&out, 0, report->gap == 0 ? "optimal" : "bound");
    cpn_out_float64(&out, 1, report->value);
    cpn_out_float64(&out, 2, report->bound);
    cpn_out_float64(&out, 3, report->gap);
    cpn_out_int64(&out, 4, report->spend_minor);
    cpn_out_optional_int64(&out, 5, orders->knobs.budget_minor, has_budget);
    cpn_out_optional_float64(&out, 6, report->multiplier, has_budget);
    cpn_out_int64(&out, 7, report->n_units);
    cpn_out_float64(&out, 8, cpn_shelf_total(&all->sales));
    cpn_out_float64(&out, 9, cpn_shelf_total(&all->lost));
    cpn_out_float64(&out, 10, cpn_shelf_total(&all->left));
    cpn_out_optional_float64(&out, 11, cpn_shelf_total(&all->rule), has_rule);
    cpn_out_optional_float64(&out, 12, report->rule_cost, has_rule);
    write_rule(&out, 13, orders, all);
    return cpn_out_close(&report->summary, &out, error);
}

campaign_status cpn_shelf_report_orders(campaign_allocate_order_quantity_report *report, const cpn_shelf_orders *orders,
                                        campaign_error *error)
{
    const bool zh = orders->problem.is_chinese;
    totals all = { 0 };
    campaign_status status = sum_orders(&all, report, orders, error);
    if (status != CAMPAIGN_OK) return status;
    report->value = cpn_shelf_total(&all.profit);
    report->gap = cpn_shelf_gap(report->value, report->value + orders->gap);
    report->bound = report->gap == 0 ? report->value : report->value + orders->gap;
    report->status = report->gap == 0 ? CAMPAIGN_CERTIFICATE_OPTIMAL : CAMPAIGN_CERTIFICATE_BOUND;
    report->rule_cost = cpn_shelf_total(&all.rule_cost);
    report->multiplier = orders->multiplier;
    report->n_rows = orders->problem.n_rows;
    report->n_states = orders->n_states;
    const bool is_over = orders->knobs.has_budget && all.rule_spend > (double)orders->knobs.budget_minor;
    const cpn_shelf_note notes[] = {
        { "no_order", zh ? "{0} 个商品不订购。" : "{0} skus are not ordered.", all.n_none },
        { "over_budget_rule", zh ? "按规则订购 {0} 个商品会超出预算。" : "The rule for {0} skus would pass the budget.",
          is_over ? all.n_rules : 0 },
        { "not_proven", zh ? "订购未证明最优：见 gap。" : "The orders are not proven to be optimal: see the gap.",
          report->gap > 0 },
    };
    status = write_summary(report, orders, &all, error);
    return status == CAMPAIGN_OK ? cpn_shelf_write_notes(&report->notes, notes, COUNT(notes), error) : status;
}
