/* Slips and what they pull along, as tables with a sentence each. */
#include <string.h>

#include "base/number.h"
#include "schedule/plan.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema slips_schema[] = {
    { "task", CAMPAIGN_TYPE_UTF8, "What slipped by itself.", "自身延误的任务。" },
    { "slip", CAMPAIGN_TYPE_FLOAT64, "How late it is by itself.", "自身延误。" },
    { "unit", CAMPAIGN_TYPE_UTF8, "working_day, day or hour.", "单位：工作日、自然日或小时。" },
    { "float", CAMPAIGN_TYPE_FLOAT64, "Its float in the plan.", "计划中的总浮动。" },
    { "float_used", CAMPAIGN_TYPE_FLOAT64, "How much of it is gone.", "已用浮动。" },
    { "knock_on", CAMPAIGN_TYPE_FLOAT64, "What is left of the slip beyond it.", "超出浮动的延误。" },
    { "end_shift", CAMPAIGN_TYPE_FLOAT64, "How far it alone moves the end.", "单独造成的总工期推迟。" },
    { "moved", CAMPAIGN_TYPE_INT64, "Tasks it pulls along.", "被牵动的任务数。" },
    { "broken", CAMPAIGN_TYPE_INT64, "Deadlines it breaks.", "因此逾期的截止数。" },
    { "text", CAMPAIGN_TYPE_UTF8, "As a sentence.", "说明。" },
};

static const cpn_column_schema pulled_schema[] = {
    { "cause", CAMPAIGN_TYPE_UTF8, "What slipped by itself.", "自身延误的任务。" },
    { "task", CAMPAIGN_TYPE_UTF8, "What it pulls along.", "被牵动的任务。" },
    { "slip", CAMPAIGN_TYPE_FLOAT64, "How far.", "推迟多少。" },
    { "float_used", CAMPAIGN_TYPE_FLOAT64, "How much of its float is gone.", "已用浮动。" },
    { "unit", CAMPAIGN_TYPE_UTF8, "working_day, day or hour.", "单位：工作日、自然日或小时。" },
    { "is_broken", CAMPAIGN_TYPE_BOOL, "Whether its deadline breaks by this.", "是否因此逾期。" },
    { "text", CAMPAIGN_TYPE_UTF8, "As a sentence.", "说明。" },
};

/* "5 days", "1 hour", "5 天": people say days of working days too. */
static void days_text(char text[CPN_NET_TEXT], const cpn_net *net, const cpn_net_task *task, double amount)
{
    const cpn_net_task plain = { .unit = task->unit == CPN_NET_HOUR ? CPN_NET_HOUR : CPN_NET_DAY };
    cpn_net_amount_of(text, net, &plain, amount);
}

static void write_slip_sentence(cpn_out *out, int32_t column, const cpn_net_plan *plan, const cpn_net_slip *slip)
{
    const cpn_net *net = &plan->net;
    const cpn_net_task *task = &net->tasks[slip->task];
    char name[CPN_NET_TEXT], late[CPN_NET_TEXT], room[CPN_NET_TEXT], end[CAMPAIGN_MONEY_TEXT];
    char sentence[CPN_NET_SENTENCE];
    cpn_net_name(name, net, slip->task);
    days_text(late, net, task, slip->slip);
    days_text(room, net, task, plan->total_float[slip->task]);
    cpn_net_amount(end, slip->end_shift);
    const char *const words[CPN_NET_WORDS] = { name, late, room, end, "", "" };
    cpn_net_say(sentence,
                net->is_chinese ? "{0} 晚 {1}，浮动 {2} → 结束 +{3}" : "{0} {1} late against {2} of float → end +{3}",
                words);
    cpn_out_string(out, column, sentence);
}

static void write_name(cpn_out *out, int32_t column, const cpn_net *net, int32_t task)
{
    cpn_out_text(out, column, net->names.texts[task], (size_t)net->names.lengths[task]);
}

static campaign_status write_slips(campaign_schedule_report *report, const cpn_net_plan *plan, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, slips_schema, COUNT(slips_schema), NULL, 0);
    for (int32_t i = 0; i < plan->n_slips; i++) {
        const cpn_net_slip *slip = &plan->slips[i];
        write_name(&out, 0, &plan->net, slip->task);
        cpn_out_float64(&out, 1, slip->slip);
        cpn_out_string(&out, 2, cpn_net_unit_name(plan->net.tasks[slip->task].unit));
        cpn_out_float64(&out, 3, plan->total_float[slip->task]);
        cpn_out_float64(&out, 4, slip->float_used);
        cpn_out_float64(&out, 5, slip->knock_on);
        cpn_out_float64(&out, 6, slip->end_shift);
        cpn_out_int64(&out, 7, slip->n_moved);
        cpn_out_int64(&out, 8, slip->n_broken);
        write_slip_sentence(&out, 9, plan, slip);
    }
    return cpn_out_close(&report->slips, &out, error);
}

static void write_pull_sentence(cpn_out *out, int32_t column, const cpn_net_plan *plan, const cpn_net_pull *pull)
{
    const cpn_net *net = &plan->net;
    const cpn_net_task *task = &net->tasks[pull->task];
    char name[CPN_NET_TEXT], cause[CPN_NET_TEXT], by[CPN_NET_TEXT], due[CPN_NET_TEXT] = "", sentence[CPN_NET_SENTENCE];
    cpn_net_name(name, net, pull->task);
    cpn_net_name(cause, net, pull->cause);
    days_text(by, net, task, pull->slip);
    if (pull->is_broken) cpn_net_finish_text(due, task, task->due);
    const char *const words[CPN_NET_WORDS] = { name, by, cause, due, "", "" };
    const char *pattern = net->is_chinese ? "{0} 因 {2} 推迟 {1}。" : "{0} moves by {1} because of {2}.";
    if (pull->is_broken)
        pattern = net->is_chinese ? "{0} 因 {2} 推迟 {1}，错过截止 {3}。"
                                  : "{0} moves by {1} because of {2}, and misses its deadline {3}.";
    cpn_net_say(sentence, pattern, words);
    cpn_out_string(out, column, sentence);
}

static campaign_status write_pulled(campaign_schedule_report *report, const cpn_net_plan *plan, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, pulled_schema, COUNT(pulled_schema), NULL, 0);
    for (int64_t i = 0; i < plan->n_pulled; i++) {
        const cpn_net_pull *pull = &plan->pulled[i];
        write_name(&out, 0, &plan->net, pull->cause);
        write_name(&out, 1, &plan->net, pull->task);
        cpn_out_float64(&out, 2, pull->slip);
        cpn_out_float64(&out, 3, pull->float_used);
        cpn_out_string(&out, 4, cpn_net_unit_name(plan->net.tasks[pull->task].unit));
        cpn_out_int64(&out, 5, pull->is_broken);
        write_pull_sentence(&out, 6, plan, pull);
    }
    return cpn_out_close(&report->pulled, &out, error);
}

campaign_status cpn_net_write_slips(campaign_schedule_report *report, const cpn_net_plan *plan, campaign_error *error)
{
    const campaign_status status = write_slips(report, plan, error);
    return status == CAMPAIGN_OK ? write_pulled(report, plan, error) : status;
}
