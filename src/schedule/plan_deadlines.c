/* Deadlines: how much slack each leaves, and which break. */
#include "base/number.h"
#include "schedule/plan.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const int64_t microseconds_per_minute = 60000000;

static const cpn_column_schema deadlines_schema[] = {
    { "task", CAMPAIGN_TYPE_UTF8, "The task.", "任务。" },
    { "row", CAMPAIGN_TYPE_INT64, "Its row in the tasks table, from 0.", "任务表中的行号，从 0 起。" },
    { "due", CAMPAIGN_TYPE_DATE, "The last day on which it may end.", "最晚完成日。" },
    { "due_at", CAMPAIGN_TYPE_TIMESTAMP, "The moment by which it has ended.", "最晚完成时刻。" },
    { "finish_at", CAMPAIGN_TYPE_TIMESTAMP, "The moment at which it ends.", "完成时刻。" },
    { "slack", CAMPAIGN_TYPE_FLOAT64, "Time between them in its units; negative: late.", "余量（负数为逾期）。" },
    { "unit", CAMPAIGN_TYPE_UTF8, "working_day, day or hour.", "单位：工作日、自然日或小时。" },
    { "is_broken", CAMPAIGN_TYPE_BOOL, "Whether it is missed.", "是否逾期。" },
    { "chance", CAMPAIGN_TYPE_FLOAT64, "Share of samples that keep it.", "按期完成的概率。" },
    { "text", CAMPAIGN_TYPE_UTF8, "As a sentence.", "说明。" },
};

static void write_sentence(cpn_out *out, int32_t column, const cpn_net_plan *plan, int32_t number, double slack)
{
    const cpn_net *net = &plan->net;
    const cpn_net_task *task = &net->tasks[number];
    char name[CPN_NET_TEXT], finish[CPN_NET_TEXT], due[CPN_NET_TEXT], amount[CPN_NET_TEXT], sentence[CPN_NET_SENTENCE];
    const int64_t at = plan->now[number].finish;
    cpn_net_name(name, net, number);
    cpn_net_finish_text(finish, task, at);
    cpn_net_finish_text(due, task, task->due);
    cpn_net_amount_of(amount, net, task, slack < 0 ? -slack : slack);
    const char *const words[CPN_NET_WORDS] = { name, finish, amount, due, "", "" };
    const char *pattern =
        net->is_chinese ? "{0} 于 {1} 完成，比截止 {3} 提前 {2}。" : "{0} ends {1}, {2} before its deadline {3}.";
    if (slack == 0)
        pattern = net->is_chinese ? "{0} 于 {1} 完成，正好赶上截止。" : "{0} ends {1}, just at its deadline.";
    if (at > task->due)
        pattern =
            net->is_chinese ? "{0} 于 {1} 完成，比截止 {3} 晚 {2}。" : "{0} ends {1}, {2} after its deadline {3}.";
    cpn_net_say(sentence, pattern, words);
    cpn_out_string(out, column, sentence);
}

static void write_deadline(cpn_out *out, const cpn_net_plan *plan, int32_t number)
{
    const cpn_net *net = &plan->net;
    const cpn_net_task *task = &net->tasks[number];
    const int64_t finish = plan->now[number].finish;
    const double slack = cpn_net_between(net, task, finish, task->due);
    cpn_out_text(out, 0, net->names.texts[number], (size_t)net->names.lengths[number]);
    cpn_out_int64(out, 1, task->row);
    cpn_out_int64(out, 2, cpn_moment_day(task->due - 1));
    cpn_out_int64(out, 3, task->due * microseconds_per_minute);
    cpn_out_int64(out, 4, finish * microseconds_per_minute);
    cpn_out_float64(out, 5, slack);
    cpn_out_string(out, 6, cpn_net_unit_name(task->unit));
    cpn_out_int64(out, 7, finish > task->due);
    const bool is_drawn = plan->odds.n > 0;
    cpn_out_optional_float64(out, 8, is_drawn ? (double)plan->odds.kept[number] / plan->odds.n : 0, is_drawn);
    write_sentence(out, 9, plan, number, slack);
}

campaign_status cpn_net_write_deadlines(campaign_schedule_report *report, const cpn_net_plan *plan,
                                        campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, deadlines_schema, COUNT(deadlines_schema), NULL, 0);
    for (int32_t i = 0; i < plan->net.n_tasks; i++) {
        if (plan->net.tasks[i].due == CPN_BEYOND) continue;
        write_deadline(&out, plan, i);
        report->n_broken += plan->now[i].finish > plan->net.tasks[i].due;
    }
    return cpn_out_close(&report->deadlines, &out, error);
}
