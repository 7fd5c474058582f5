/* The call campaign_allocate_order_quantity: arguments, the newsvendor of every sku or all of them under one budget, and the
 * rule beside them. */
#include <math.h>

#include "allocate/stock/store.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/parallel.h"

enum { USUAL_RULE = 1200000, MOST_RULE = 100000000 };
static const int64_t usual_state_limit = 33554432;
static const int64_t without_budget = INT64_C(1) << 62;

static campaign_status check_arguments(campaign_table **orders, const campaign_allocate_order_quantity_report *report,
                                       const campaign_allocate_order_quantity_inputs *inputs,
                                       const campaign_runtime *runtime, campaign_error *error)
{
    if (!orders || !inputs) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "orders and inputs are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    if (!inputs->items) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.items", "the table items is required");
    if (inputs->reserved != 0 || inputs->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_ALLOCATE_ORDER_QUANTITY_REPORT_INIT", error);
}

static campaign_status take_knobs(cpn_shelf_orders *orders, const campaign_allocate_order_quantity_options *options,
                                  campaign_error *error)
{
    campaign_allocate_order_quantity_options *given = &orders->knobs;
    campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    if (given->rule_ppm < 0 || given->rule_ppm > MOST_RULE)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.rule_ppm", "%ld is not one of 0 to %d",
                        (long)given->rule_ppm, MOST_RULE);
    if (given->budget_minor < 0 || given->state_limit < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT,
                        given->budget_minor < 0 ? "options.budget_minor" : "options.state_limit", "%lld is negative",
                        (long long)(given->budget_minor < 0 ? given->budget_minor : given->state_limit));
    if (!given->has_rule) given->rule_ppm = USUAL_RULE;
    if (given->state_limit == 0) given->state_limit = usual_state_limit;
    orders->problem.knobs.sku = given->sku;
    return cpn_take_language(&orders->problem.is_chinese, given->language, "options.language", error);
}

/* ---- Solving ----------------------------------------------------------------------------------------------------- */

static cpn_shelf_item make_item(const cpn_shelf_row *row, bool has_budget)
{
    cpn_shelf_item item = { .demand = row->demand,
                            .worth = row->margin + row->shortage - row->left,
                            .left = row->left - row->cost,
                            .base = row->on_hand,
                            .pack = row->pack };
    item.weight = has_budget ? row->pack * row->cost_minor : row->pack; /* at most 10^9 × 10^9 */
    item.display = row->display > 0 ? (row->display + row->pack - 1) / row->pack : 0;
    item.most = (row->maximum >= 0 ? row->maximum : CPN_SHELF_MOST_UNITS) / row->pack;
    return item;
}

static cpn_shelf_outcome outcome_of(const cpn_shelf_row *row, const cpn_shelf_demand *demand, int64_t units)
{
    const int64_t level = row->on_hand + units;
    cpn_shelf_outcome found = { .units = units };
    found.sales = cpn_shelf_gain(demand, 0, level);
    found.lost = cpn_shelf_lost(demand, level);
    found.left = (double)level - found.sales;
    found.beyond = cpn_shelf_beyond(demand, level);
    found.profit =
        row->margin * found.sales - row->shortage * found.lost + row->left * found.left - row->cost * (double)units;
    return found;
}

/* The rule less what is on hand, in whole packs. A product within 1e-9 of a whole number is that number. */
static int64_t rule_units(const cpn_shelf_row *row, int32_t rule_ppm)
{
    const double wish = row->peak * (double)rule_ppm / 1e6, nearest = floor(wish + 0.5);
    const int64_t pieces = (int64_t)(fabs(wish - nearest) < 1e-9 * (1 + wish) ? nearest : ceil(wish)) - row->on_hand;
    return pieces > 0 ? (pieces + row->pack - 1) / row->pack * row->pack : 0;
}

static cpn_shelf_order_reason find_reason(const cpn_shelf_row *row, const cpn_shelf_item *item, double next)
{
    const double last = item->packs > 0 ? cpn_shelf_value(item, item->packs - 1, 1) : 0;
    if (item->packs > 0 && item->packs == item->display && last <= 0) return CPN_SHELF_MIN_ORDER;
    if (next <= 0) return item->packs > 0 ? CPN_SHELF_RATIO : CPN_SHELF_NO_ORDER;
    return row->maximum >= 0 && (item->packs + 1) * item->pack > row->maximum ? CPN_SHELF_AT_MAXIMUM : CPN_SHELF_BUDGET;
}

static campaign_status fill_order(cpn_shelf_order *order, const cpn_shelf_orders *orders, int64_t i,
                                  const cpn_shelf_item *item, campaign_error *error)
{
    const cpn_shelf_row *row = &orders->problem.rows[i];
    const double under = row->margin + row->shortage - row->cost, over = row->cost - row->left;
    order->chosen = outcome_of(row, &item->demand, item->packs * item->pack);
    order->ratio = under > 0 ? under / (under + over) : 0;
    order->next = cpn_shelf_value(item, item->packs, item->packs == 0 && item->display > 1 ? item->display : 1);
    order->reason = find_reason(row, item, order->next);
    order->rule.units = -1;
    if (!cpn_is_nan(row->peak)) order->rule = outcome_of(row, &item->demand, rule_units(row, orders->knobs.rule_ppm));
    if (cpn_mul64(&order->cost_minor, order->chosen.units, row->cost_minor)) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row->table_row, "items.cost", "what the order costs does not fit");
}

static campaign_status tabulate_items(cpn_shelf_item *items, const cpn_shelf_problem *problem, campaign_error *error)
{
    cpn_shelf_room room = { 0 };
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < problem->n_rows && status == CAMPAIGN_OK; i++) {
        status = cpn_shelf_tabulate(&items[i].demand, without_budget, &room);
        if (status == CAMPAIGN_E_LIMIT)
            (void)cpn_fail_row(error, status, problem->rows[i].table_row, "items.deviation",
                               "the distribution is wider than %ld pieces; take normal", (long)CPN_SHELF_MOST_WIDTH);
        else if (status != CAMPAIGN_OK)
            (void)cpn_fail_nomem(error);
    }
    cpn_shelf_free_room(&room);
    return status;
}

static campaign_status solve(cpn_shelf_orders *orders, const campaign_runtime *runtime, campaign_error *error)
{
    const cpn_shelf_problem *problem = &orders->problem;
    const bool has_budget = orders->knobs.has_budget != 0;
    const int64_t n = problem->n_rows;
    cpn_shelf_pool pool = { .n_items = n, .state_limit = orders->knobs.state_limit };
    pool.room = has_budget && orders->knobs.budget_minor < without_budget ? orders->knobs.budget_minor : without_budget;
    pool.items = cpn_alloc(n, sizeof *pool.items);
    orders->orders = cpn_alloc_zero(n, sizeof *orders->orders);
    campaign_status status = CAMPAIGN_OK;
    if (!pool.items || !orders->orders) status = cpn_fail_nomem(error);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) pool.items[i] = make_item(&problem->rows[i], has_budget);
    if (status == CAMPAIGN_OK) status = tabulate_items(pool.items, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, "orders", 0, n, error);
    if (status == CAMPAIGN_OK && cpn_shelf_solve(&pool) != CAMPAIGN_OK) status = cpn_fail_nomem(error);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++)
        status = fill_order(&orders->orders[i], orders, i, &pool.items[i], error);
    orders->multiplier = has_budget ? pool.multiplier * (double)cpn_power_of_ten(problem->exponent) : 0;
    orders->gap = pool.gap;
    orders->n_states = pool.n_states;
    for (int64_t i = 0; pool.items && orders->orders && i < n; i++) cpn_free(pool.items[i].demand.counts.losses);
    cpn_free(pool.items);
    return status;
}

/* ---- The call ---------------------------------------------------------------------------------------------------- */

static campaign_status compute(campaign_table **table, campaign_allocate_order_quantity_report *report,
                               cpn_shelf_orders *orders, const campaign_allocate_order_quantity_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error)
{
    cpn_shelf_problem *problem = &orders->problem;
    campaign_status status = cpn_shelf_read_rows(problem, inputs->items, true, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_read_points(problem, inputs->points, true, error);
    if (status == CAMPAIGN_OK) status = solve(orders, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_report_orders(report, orders, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_write_orders(table, orders, error);
    return status;
}

campaign_status campaign_allocate_order_quantity(campaign_table **orders,
                                                 campaign_allocate_order_quantity_report *report,
                                                 const campaign_allocate_order_quantity_inputs *inputs,
                                                 const campaign_allocate_order_quantity_options *options,
                                                 const campaign_runtime *runtime, campaign_error *error)
{
    if (orders) *orders = NULL;
    campaign_status status = check_arguments(orders, report, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_allocate_order_quantity_report found = CAMPAIGN_ALLOCATE_ORDER_QUANTITY_REPORT_INIT;
    if (report) *report = found;
    cpn_shelf_orders made = { 0 };
    status = take_knobs(&made, options, error);
    if (status == CAMPAIGN_OK) status = compute(orders, &found, &made, inputs, runtime, error);
    cpn_free(made.orders);
    cpn_shelf_free(&made.problem);
    if (status == CAMPAIGN_OK && report)
        *report = found;
    else
        campaign_allocate_order_quantity_report_clear(&found);
    return status;
}

void campaign_allocate_order_quantity_report_clear(campaign_allocate_order_quantity_report *report)
{
    if (!report) return;
    campaign_table_free(report->summary);
    campaign_table_free(report->notes);
    const campaign_allocate_order_quantity_report empty = CAMPAIGN_ALLOCATE_ORDER_QUANTITY_REPORT_INIT;
    *report = empty;
}
