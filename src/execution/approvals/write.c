/* Decisions, splits and the budget as tables, each with a sentence. */
#include "base/checked.h"
#include "execution/approvals/approval.h"

#define TEXT CAMPAIGN_TYPE_UTF8
#define INT  CAMPAIGN_TYPE_INT64
#define CASH CAMPAIGN_TYPE_MONEY

static void say(cpn_text *out, const cpn_approvals *all, const char *en, const char *zh)
{
    cpn_text_add_string(out, all->is_chinese ? zh : en);
}

static void say_key(cpn_text *out, cpn_risk_text key)
{
    if (key.text) cpn_text_add(out, key.text, key.length);
}

static void say_money(cpn_text *out, const cpn_approvals *all, int64_t minor)
{
    char text[CAMPAIGN_MONEY_TEXT];
    cpn_text_add(out, text, campaign_money_format(text, minor, all->money.exponent));
}

static void open_out(cpn_out *out, const cpn_column_schema *schema, int32_t n, const cpn_approvals *all)
{
    cpn_out_open(out, schema, n, all->money.currency[0] ? all->money.currency : "XXX", all->money.exponent);
}

/* ---- Decisions --------------------------------------------------------------------------------------------------- */

enum {
    D_REQUEST,
    D_KIND,
    D_ROLE,
    D_CHANNEL,
    D_AMOUNT,
    D_RATE,
    D_LIMIT,
    D_LIMIT_PPM,
    D_DECISION,
    D_APPROVER,
    D_TEXT,
    N_D
};

static const cpn_column_schema decision_schema[N_D] = {
    { "request", TEXT, "The request.", "申请。" },
    { "kind", TEXT, "What it is about.", "类别。" },
    { "role", TEXT, "Who asks.", "申请岗位。" },
    { "channel", TEXT, "Channel.", "渠道。" },
    { "amount", CASH, "Amount asked for.", "申请金额。" },
    { "rate_ppm", INT, "Rate asked for.", "申请比率（百万分比）。" },
    { "limit", CASH, "Limit of the role.", "该岗位限额。" },
    { "limit_ppm", INT, "The same as a rate.", "该岗位比率上限（百万分比）。" },
    { "decision", TEXT, "approved, goes_up or nobody.", "approved 可自批、goes_up 须上报、nobody 无人可批。" },
    { "approver", TEXT, "Who approves.", "审批岗位。" },
    { "text", TEXT, "The decision as a sentence.", "说明。" },
};

static void say_decision(cpn_text *out, const cpn_approvals *all, const cpn_approval_request *request)
{
    if (request->is_within) {
        say(out, all, "Within the limit of ", "在");
        say_key(out, request->role);
        say(out, all, ".", "权限内。");
    } else if (request->by) {
        say(out, all, "Beyond what ", "超出");
        say_key(out, request->role);
        say(out, all, " may approve: goes up to ", "的审批权限，须上报");
        say_key(out, request->by->role);
        say(out, all, ".", "审批。");
    } else {
        say(out, all, "No role may approve it.", "没有岗位有权审批。");
    }
    if (request->is_in_split)
        say(out, all, " Part of a purchase that is split below the limit.", "疑似拆分采购以规避限额。");
}

campaign_status cpn_approval_write(campaign_table **decisions, const cpn_approvals *all, campaign_error *error)
{
    cpn_out out;
    open_out(&out, decision_schema, N_D, all);
    for (int64_t i = 0; i < all->n_requests; i++) {
        const cpn_approval_request *request = &all->requests[i];
        const cpn_approval_limit none = { .has_money = false }, *own = request->own ? request->own : &none;
        cpn_text text = { 0 };
        say_decision(&text, all, request);
        cpn_risk_out_key(&out, D_REQUEST, request->id);
        cpn_risk_out_key(&out, D_KIND, request->kind);
        cpn_risk_out_key(&out, D_ROLE, request->role);
        cpn_risk_out_key(&out, D_CHANNEL, request->channel);
        cpn_out_optional_int64(&out, D_AMOUNT, request->money, request->has_money);
        cpn_out_optional_int64(&out, D_RATE, request->ppm, request->has_ppm);
        cpn_out_optional_int64(&out, D_LIMIT, own->money, own->has_money);
        cpn_out_optional_int64(&out, D_LIMIT_PPM, own->ppm, own->has_ppm);
        cpn_out_string(&out, D_DECISION, request->is_within ? "approved" : request->by ? "goes_up" : "nobody");
        cpn_risk_out_key(&out, D_APPROVER, request->by ? request->by->role : none.role);
        cpn_risk_out_text(&out, D_TEXT, &text);
    }
    return cpn_out_close(decisions, &out, error);
}

/* ---- Splits ------------------------------------------------------------------------------------------------------ */

enum { S_ROLE, S_KIND, S_SUPPLIER, S_CHANNEL, S_FIRST, S_LAST, S_N, S_TOTAL, S_LIMIT, S_APPROVER, S_ROW, S_TEXT, N_S };

static const cpn_column_schema split_schema[N_S] = {
    { "role", TEXT, "Who asks.", "申请岗位。" },
    { "kind", TEXT, "What it is about.", "类别。" },
    { "supplier", TEXT, "Supplier.", "供应商。" },
    { "channel", TEXT, "Channel.", "渠道。" },
    { "first", CAMPAIGN_TYPE_DATE, "Day of the first.", "第一笔日期。" },
    { "last", CAMPAIGN_TYPE_DATE, "Day of the last.", "最后一笔日期。" },
    { "n", INT, "How many requests.", "笔数。" },
    { "total", CASH, "Their sum.", "合计。" },
    { "limit", CASH, "Limit of the role.", "该岗位限额。" },
    { "approver", TEXT, "Who may approve the sum.", "合计应由谁审批。" },
    { "row", INT, "Row of the first request.", "第一笔的行号。" },
    { "text", TEXT, "The same as a sentence.", "说明。" },
};

static void say_split(cpn_text *out, const cpn_approvals *all, const cpn_approval_split *split)
{
    cpn_text_add_int64(out, split->n);
    say(out, all, " requests to ", " 笔申请（供应商 ");
    say_key(out, split->first->supplier);
    say(out, all, " add up to ", "）合计 ");
    say_money(out, all, split->total);
    say(out, all, ", beyond the limit of ", "，超出限额 ");
    say_money(out, all, split->first->own->money);
    if (split->by) {
        say(out, all, ": together they go up to ", "，应合并上报");
        say_key(out, split->by->role);
        say(out, all, ".", "审批。");
    } else {
        say(out, all, ": nobody may approve the sum.", "，合计无人有权审批。");
    }
}

static campaign_status write_splits(campaign_table **table, const cpn_approvals *all, campaign_error *error)
{
    cpn_out out;
    open_out(&out, split_schema, N_S, all);
    for (int64_t i = 0; i < all->n_splits; i++) {
        const cpn_approval_split *split = &all->splits[i];
        cpn_text text = { 0 };
        say_split(&text, all, split);
        cpn_risk_out_key(&out, S_ROLE, split->first->role);
        cpn_risk_out_key(&out, S_KIND, split->first->kind);
        cpn_risk_out_key(&out, S_SUPPLIER, split->first->supplier);
        cpn_risk_out_key(&out, S_CHANNEL, split->first->channel);
        cpn_out_int64(&out, S_FIRST, split->first_day);
        cpn_out_int64(&out, S_LAST, split->last_day);
        cpn_out_int64(&out, S_N, split->n);
        cpn_out_int64(&out, S_TOTAL, split->total);
        cpn_out_int64(&out, S_LIMIT, split->first->own->money);
        cpn_risk_out_key(&out, S_APPROVER, split->by ? split->by->role : (cpn_risk_text){ NULL, 0 });
        cpn_out_int64(&out, S_ROW, split->first->row);
        cpn_risk_out_text(&out, S_TEXT, &text);
    }
    return cpn_out_close(table, &out, error);
}

/* ---- Budget ------------------------------------------------------------------------------------------------------ */

enum { B_NAME, B_GROUP, B_PLANNED, B_COMMITTED, B_ACTUAL, B_AVAILABLE, B_OVER, B_USED, B_TEXT, N_B };

#define AMOUNTS                                                                                                        \
    { "planned", CASH, "Planned.", "预算。" },                                                                         \
        { "committed", CASH, "Committed and not yet spent.", "已承诺未支出。" },                                       \
        { "actual", CASH, "Spent.", "实际支出。" }, { "available", CASH, "What is left of it.", "可用余额。" },        \
        { "over", CASH, "What is beyond it.", "超支。" },                                                              \
        { "used_ppm", INT, "Used, of planned.", "已用占比（百万分比）。" },                                            \
    {                                                                                                                  \
        "text", TEXT, "The same as a sentence.", "说明。"                                                           \
    }
static const cpn_column_schema budget_schema[N_B] = { { "item", TEXT, "Item.", "项目。" },
                                                      { "group", TEXT, "Group.", "类别。" },
                                                      AMOUNTS };
static const cpn_column_schema group_schema[N_B] = { { "n_items", INT, "How many items.", "项目数。" },
                                                     { "group", TEXT, "Group; null for everything.",
                                                       "类别，空为合计。" },
                                                     AMOUNTS };

static void say_item(cpn_text *out, const cpn_approvals *all, const cpn_approval_item *item)
{
    if (item->over > 0) {
        say(out, all, "Over by ", "超支 ");
        say_money(out, all, item->over);
    } else {
        say_money(out, all, item->available);
        say(out, all, " left", " 可用");
    }
    say(out, all, ", commitments counted.", "（已计承诺支出）。");
}

static void write_amounts(cpn_out *out, const cpn_approvals *all, const cpn_approval_item *item)
{
    int64_t ppm = 0;
    cpn_text text = { 0 };
    const bool has_ppm = item->planned > 0 && cpn_mul_div64(&ppm, item->committed + item->actual, 1000000,
                                                            item->planned, CAMPAIGN_ROUND_HALF_UP);
    say_item(&text, all, item);
    cpn_risk_out_key(out, B_GROUP, item->group);
    cpn_out_int64(out, B_PLANNED, item->planned);
    cpn_out_int64(out, B_COMMITTED, item->committed);
    cpn_out_int64(out, B_ACTUAL, item->actual);
    cpn_out_int64(out, B_AVAILABLE, item->available);
    cpn_out_int64(out, B_OVER, item->over);
    cpn_out_optional_int64(out, B_USED, ppm, has_ppm);
    cpn_risk_out_text(out, B_TEXT, &text);
}

campaign_status cpn_approval_write_report(campaign_approvals_report *report, const cpn_approvals *all,
                                          campaign_error *error)
{
    cpn_out items, groups;
    campaign_status status = write_splits(&report->splits, all, error);
    if (status != CAMPAIGN_OK) return status;
    open_out(&items, budget_schema, N_B, all);
    for (int64_t i = 0; i < all->n_items; i++) {
        cpn_risk_out_key(&items, B_NAME, all->items[i].item);
        write_amounts(&items, all, &all->items[i]);
        report->n_over += all->items[i].over > 0;
    }
    status = cpn_out_close(&report->budget, &items, error);
    if (status != CAMPAIGN_OK) return status;
    open_out(&groups, group_schema, N_B, all);
    for (int64_t i = 0; i < all->n_groups; i++) {
        cpn_out_int64(&groups, B_NAME, all->groups[i].n_items);
        write_amounts(&groups, all, &all->groups[i]);
    }
    for (int64_t i = 0; i < all->n_requests; i++) report->n_goes_up += !all->requests[i].is_within;
    report->n_splits = all->n_splits;
    return cpn_out_close(&report->groups, &groups, error);
}
