/* Renders notes as a table: code, severity and numbers for programs, a sentence in the plan's language for people. */
#include <string.h>

#include "plan/explain.h"

typedef struct note_wording {
    const char *code, *severity, *en, *zh;
} note_wording;

/* {n} the number, {percent} it as a percentage, {first} and {last} the days, {subject} and {other} the names. */
static const note_wording wordings[CPN_PLAN_N_NOTES] = {
    [CPN_NOTE_NO_HISTORY] = { "no_history", "warning",
                              "There are no orders before the plan: every day weighs the same.",
                              "计划之前没有订单：每天权重相同。" },
    [CPN_NOTE_HISTORY_SPAN] = { "history_span", "info", "The history has {n} order rows from {first} to {last}.",
                                "历史共 {n} 行订单，从 {first} 到 {last}。" },
    [CPN_NOTE_HISTORY_YEARS] = { "history_years", "info",
                                 "Months share as in {n} whole year(s), {first} to {last}, each counting the same.",
                                 "各月占比取自 {first} 至 {last} 的 {n} 个完整年度，各年同权。" },
    [CPN_NOTE_HISTORY_GAP] = { "history_gap", "warning",
                               "Nothing was sold from {first} to {last}, {n} days within the history: what is compared "
                               "with them is low.",
                               "历史中 {first} 至 {last} 连续 {n} 天没有销售，与之相比的数值偏低。" },
    [CPN_NOTE_RULES_TAKE_ALL] = { "rules_take_all", "warning",
                                  "{n} part(s) of the split get nothing: rules beside them ask for all that the part "
                                  "above has, first in {subject}.",
                                  "{n} 个拆分部分目标为零：同级规则占用了上级的全部目标，首见于 {subject}。" },
    [CPN_NOTE_HISTORY_SHORT] = { "history_short", "warning",
                                 "The history has {n} whole months, fewer than 12: months share by their days.",
                                 "历史只有 {n} 个完整月，不足 12 个：各月按天数分配。" },
    [CPN_NOTE_NO_SALES] = { "no_sales", "warning",
                            "The history from {first} to {last} has no net sales: months share "
                            "by their days.",
                            "{first} 至 {last} 没有净销售额：各月按天数分配。" },
    [CPN_NOTE_NEGATIVE_MONTH] = { "negative_month", "warning",
                                  "Returns exceed sales from {first} to {last}: the month weighs nothing.",
                                  "{first} 至 {last} 退货大于销售：该月权重为零。" },
    [CPN_NOTE_ROWS_SKIPPED] = { "rows_skipped", "warning", "{n} order rows were left out: {subject} is {other}.",
                                "跳过 {n} 行订单：{subject} 列 {other}。" },
    [CPN_NOTE_ROWS_AFTER_START] = { "rows_after_start", "info",
                                    "{n} order rows lie in the plan's year or later and were not used.",
                                    "{n} 行订单落在计划年度或以后，未采用。" },
    [CPN_NOTE_ROWS_ROUNDED] = { "rows_rounded", "info", "{n} amounts were rounded to the currency's decimals.",
                                "{n} 个金额按币种小数位取整。" },
    [CPN_NOTE_ROWS_UNASSIGNED] = { "rows_unassigned", "warning",
                                   "{n} order rows have no {subject}: they count for the calendar, not for the shares "
                                   "of product lines, markets and other dimensions.",
                                   "{n} 行订单没有 {subject}：计入时间分布，不计入产品线、市场等维度的占比。" },
    [CPN_NOTE_GROWTH] = { "growth", "info", "The target is {percent} percent above the sales of {first} to {last}.",
                          "目标较 {first} 至 {last} 的销售额增长 {percent}%。" },
    [CPN_NOTE_EVEN_DIMENSION] = { "even_dimension", "warning",
                                  "No product line, market or other dimension has net sales: all weigh the same.",
                                  "各产品线、市场等均无净销售额：权重相同。" },
    [CPN_NOTE_CALENDAR_PROVISIONAL] = { "calendar_provisional", "warning",
                                        "Holidays of {n} days, {first} to {last}, are provisional until the official "
                                        "notice is loaded.",
                                        "{first} 至 {last} 共 {n} 天的节假日为暂定，待正式通知。" },
    [CPN_NOTE_NODE_PROVISIONAL] = { "node_provisional", "info",
                                    "The date of {subject}, {first}, is announced each year and not yet confirmed.",
                                    "{subject} 的日期 {first} 每年公布，尚未确认。" },
    [CPN_NOTE_CAMPAIGN_OVERLAP] = { "campaign_overlap", "warning",
                                    "{subject} and {other} both run on {n} day(s), {first} to {last}; each day counts "
                                    "for one of them.",
                                    "{subject} 与 {other} 同时进行 {n} 天（{first} 至 "
                                    "{last}），每天的目标只计入其中一个。" },
    [CPN_NOTE_CAMPAIGN_OUTSIDE] = { "campaign_outside", "info",
                                    "{subject} runs from {first} to {last}; {n} day(s) lie outside the plan and carry "
                                    "no target.",
                                    "{subject} 从 {first} 到 {last}，其中 {n} 天在计划之外，不计目标。" },
    [CPN_NOTE_NEXT_YEAR_PREHEAT] = { "next_year_preheat", "info",
                                     "The preheat of {subject}, on {last}, begins on {first}, within this plan.",
                                     "{last} 的 {subject} 从 {first} 起预热，落在本计划内。" },
    [CPN_NOTE_NO_CAMPAIGNS] = { "no_campaigns", "warning", "No node of the plan's regions and tiers became a campaign.",
                                "计划的地区与级别内没有节点成为活动。" },
    [CPN_NOTE_NO_BUDGET] = { "no_budget", "info", "The request has no budget.", "请求中没有预算。" },
    [CPN_NOTE_CONTINGENCY_UNUSUAL] = { "contingency_unusual", "warning",
                                       "The contingency is {percent} percent of the budget; 10 to 15 is usual.",
                                       "应急比例为 {percent}%，通常为 10% 至 15%。" },
    [CPN_NOTE_CALENDAR_GIVEN] = { "calendar_given", "info",
                                  "Holidays and nodes come from a calendar that is not part of the request.",
                                  "节假日与节点来自请求之外的日历。" },
    [CPN_NOTE_TABLE_LEFT_OUT] = { "table_left_out", "warning",
                                  "The table {subject} would have {n} rows, more than a plan holds, and is empty.",
                                  "表 {subject} 将有 {n} 行，超过计划可容纳的行数，留空。" },
    [CPN_NOTE_TABLE_TOO_LARGE] = { "table_too_large", "warning",
                                   "Sums of the table {subject} do not fit 64 bits; it is empty.",
                                   "表 {subject} 的合计超出 64 位整数，留空。" },
    [CPN_NOTE_PRODUCT_UNSOLD] = { "product_unsold", "warning",
                                  "A stage is given for the product line {subject}, which the history does not sell.",
                                  "为产品线 {subject} 指定了阶段，但历史中没有它的销售。" },
    [CPN_NOTE_STOCK_PARTS] = { "stock_parts", "warning",
                               "{n} order rows sell parts of units: stock is reckoned in money instead.",
                               "{n} 行订单的件数不是整数：备货改按金额计算。" },
    [CPN_NOTE_STOCK_LEFT_OUT] = { "stock_left_out", "info",
                                  "{n} smaller needs of single goods are not listed; the campaigns' own rows hold "
                                  "them.",
                                  "另有 {n} 项较小的单品需求未列出，已含在各活动的合计行中。" },
    [CPN_NOTE_STOCK_UNKNOWN] = { "stock_unknown", "warning",
                                 "The history sold nothing: no stock can be reckoned from it.",
                                 "历史中没有销售，无法据此计算备货。" },
    [CPN_NOTE_SEASONS_MEASURED] = { "seasons_measured", "info",
                                    "Seasons were measured from {n} days with sales, {first} to {last}: months, "
                                    "weekdays, "
                                    "kinds of day, the Spring Festival and the bursts of big nodes.",
                                    "季节性取自 {first} 至 {last} 的 {n} "
                                    "个营业日：月份、星期、日子种类、春节与大节点爆发期。" },
    [CPN_NOTE_DRIVERS_UNKNOWN] = { "drivers_unknown", "warning",
                                   "{n} rows of the drivers name a {subject}, or a key before it, that no order has: "
                                   "they do not count for {other}.",
                                   "drivers 表有 {n} 行的 {subject}（或其上级）在订单中没有：不计入 {other}。" },
    [CPN_NOTE_BUDGET_LEFT] = { "budget_left", "info",
                               "Bounds of campaigns left {other} of the proven part over; it joined the contingency.",
                               "受活动上下限限制，常规部分余下 {other}，并入应急储备。" },
    [CPN_NOTE_OFF_SEASON_CAPPED] = { "off_season_capped", "info",
                                     "The off season is held at {percent} percent of the peak, which moves {other}.",
                                     "淡季预算限为旺季的 {percent}%，其中 {other}。" },
    [CPN_NOTE_CHOICE_PROVEN] = { "choice_proven", "info",
                                 "The {n} chosen candidates are proven to be the best set that keeps the rules.",
                                 "入选的 {n} 个候选活动已证明是满足规则的最优组合。" },
    [CPN_NOTE_CHOICE_BOUND] = { "choice_bound", "warning",
                                "The chosen candidates are the best set found; no set is worth {percent} percent more.",
                                "入选组合为目前所得最优，任何组合至多再高 {percent}%。" },
    [CPN_NOTE_BUDGET_BY_CURVES] = { "budget_by_curves", "info",
                                    "Campaigns share {other} by what their response curves say it brings; no sharing "
                                    "within the bounds brings {percent} percent more.",
                                    "{other} 按响应曲线在活动之间分配；在上下限之内，任何分法至多再多带来 "
                                    "{percent}%。" },
    [CPN_NOTE_CHANNELS_BY_CURVES] = { "channels_by_curves", "info",
                                      "Traffic goes to {n} channel(s) by what their response curves say it brings.",
                                      "流量费按响应曲线在 {n} 个渠道之间分配。" },
    [CPN_NOTE_TASKS_IN_PAST] = { "tasks_in_past", "warning",
                                 "{n} task(s) of {subject} would have to start before {last}, {other} first, on "
                                 "{first}.",
                                 "{subject} 有 {n} 项任务须早于 {last} 开始，最早的 {other} 应在 {first} 开始。" },
    [CPN_NOTE_TASKS_BEFORE_PLAN] = { "tasks_before_plan", "info",
                                     "{n} task(s) of {subject} start before the plan does, {other} first, on {first}.",
                                     "{subject} 有 {n} 项任务在计划开始之前着手，最早的 {other} 在 {first}。" },
    [CPN_NOTE_TASK_LATE] = { "task_late", "warning",
                             "{other} of {subject} runs until {last}, {n} day(s) after it is due.",
                             "{subject} 的 {other} 要到 {last} 才完成，晚于截止 {n} 天。" },
};

void cpn_plan_write_percent(char text[CAMPAIGN_MONEY_TEXT], int64_t ppm)
{
    size_t length = campaign_money_format(text, ppm, 4);
    while (text[length - 1] == '0') text[--length] = '\0';
    if (text[length - 1] == '.') text[--length] = '\0';
}

static void add_day(cpn_text *text, int32_t day)
{
    char date[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(date, day);
    cpn_text_add_string(text, date);
}

static void add_field(cpn_text *text, const cpn_plan_note *note, const char *field, size_t length)
{
    char percent[CAMPAIGN_MONEY_TEXT];
    if (length == 1) { /* n */
        cpn_text_add_int64(text, note->n);
    } else if (strncmp(field, "first", length) == 0) {
        add_day(text, note->first_day);
    } else if (strncmp(field, "last", length) == 0) {
        add_day(text, note->end_day - 1);
    } else if (strncmp(field, "percent", length) == 0) {
        cpn_plan_write_percent(percent, note->n);
        cpn_text_add_string(text, percent);
    } else {
        cpn_text_add_string(text, strncmp(field, "subject", length) == 0 ? note->subject : note->other);
    }
}

static void write_sentence(cpn_text *text, const cpn_plan_note *note, const char *pattern)
{
    while (*pattern) {
        const size_t plain = strcspn(pattern, "{");
        cpn_text_add(text, pattern, plain);
        pattern += plain;
        if (!*pattern) return;
        const size_t length = strcspn(pattern, "}") - 1;
        add_field(text, note, pattern + 1, length);
        pattern += length + 2;
    }
}

/* The note that a row of the table was written from. Its names are cut at 120 bytes. */
void cpn_plan_note_sentence(cpn_text *text, const campaign_table *notes, int64_t row, bool is_chinese)
{
    char code[64], subject[121], other[121];
    cpn_plan_note note = { .subject = subject, .other = other };
    (void)campaign_table_format(code, sizeof code, notes, campaign_table_find(notes, "code"), row);
    (void)campaign_table_format(subject, sizeof subject, notes, campaign_table_find(notes, "subject"), row);
    (void)campaign_table_format(other, sizeof other, notes, campaign_table_find(notes, "other"), row);
    note.n = campaign_table_int64(notes, campaign_table_find(notes, "n"), row);
    note.first_day = (int32_t)campaign_table_int64(notes, campaign_table_find(notes, "start"), row);
    note.end_day = (int32_t)campaign_table_int64(notes, campaign_table_find(notes, "end"), row);
    for (int32_t i = 0; i < CPN_PLAN_N_NOTES; i++)
        if (strcmp(wordings[i].code, code) == 0)
            write_sentence(text, &note, is_chinese ? wordings[i].zh : wordings[i].en);
}

campaign_status cpn_plan_notes_table(campaign_table **table, const cpn_plan_notes *notes,
                                     const cpn_plan_request *request, campaign_error *error)
{
    cpn_out out;
    cpn_text text = { 0 };
    cpn_plan_table_open(&out, CPN_PLAN_NOTES, request);
    for (int64_t i = 0; i < notes->n; i++) {
        const cpn_plan_note *note = &notes->notes[i];
        const note_wording *wording = &wordings[note->code];
        const bool has_days = note->end_day > note->first_day;
        text.length = 0;
        write_sentence(&text, note, request->is_chinese ? wording->zh : wording->en);
        cpn_out_string(&out, 0, wording->code);
        cpn_out_string(&out, 1, wording->severity);
        cpn_out_string(&out, 2, note->subject);
        cpn_out_string(&out, 3, note->other);
        cpn_out_optional_int64(&out, 4, note->first_day, has_days);
        cpn_out_optional_int64(&out, 5, note->end_day, has_days);
        const bool has_n = strstr(wording->en, "{n}") || strstr(wording->en, "{percent}");
        cpn_out_optional_int64(&out, 6, note->n, has_n);
        cpn_out_text(&out, 7, text.data, text.length);
    }
    const bool has_failed = text.has_failed;
    cpn_text_clear(&text);
    campaign_status status = cpn_out_close(table, &out, error);
    if (status != CAMPAIGN_OK || !has_failed) return status;
    campaign_table_free(*table);
    *table = NULL;
    return cpn_fail_nomem(error);
}
