/* The levelled schedule as a table: where each task lies, where it would lie if nothing were short, and why it moved. */
#include "schedule/level/level.h"

static const int64_t microseconds_per_minute = 60000000;

enum {
    TASK,
    OWNER,
    START,
    FINISH,
    EARLY_START,
    EARLY_FINISH,
    MOVED,
    UNIT,
    RESOURCE,
    BEHIND,
    AFTER,
    IS_LATE,
    TEXT,
    START_AT,
    FINISH_AT,
    N_COLUMNS
};

static const cpn_column_schema schema[N_COLUMNS] = {
    [TASK] = { "task", CAMPAIGN_TYPE_UTF8, "The task.", "任务。" },
    [OWNER] = { "owner", CAMPAIGN_TYPE_UTF8, "Whose it is.", "负责人。" },
    [START] = { "start", CAMPAIGN_TYPE_DATE, "First day, or units from 0.", "开始日（或单位）。" },
    [FINISH] = { "finish", CAMPAIGN_TYPE_DATE, "Last day, inclusive.", "完成日（含）。" },
    [EARLY_START] = { "early_start", CAMPAIGN_TYPE_DATE, "First day if nothing were short.", "资源不限时的开始日。" },
    [EARLY_FINISH] = { "early_finish", CAMPAIGN_TYPE_DATE, "Last day if nothing were short.", "资源不限时的完成日。" },
    [MOVED] = { "moved", CAMPAIGN_TYPE_FLOAT64, "How much later it starts, in its units.", "推迟多少（任务单位）。" },
    [UNIT] = { "unit", CAMPAIGN_TYPE_UTF8, "Unit of the task.", "任务单位。" },
    [RESOURCE] = { "resource", CAMPAIGN_TYPE_UTF8, "Because of which it starts later.", "因何资源推迟。" },
    [BEHIND] = { "behind", CAMPAIGN_TYPE_UTF8, "Who holds it until then.", "资源此前被何任务占用。" },
    [AFTER] = { "after", CAMPAIGN_TYPE_UTF8, "The predecessor that pulled it along.", "被哪个前置任务带动。" },
    [IS_LATE] = { "is_late", CAMPAIGN_TYPE_BOOL, "Past its deadline.", "是否逾期。" },
    [TEXT] = { "text", CAMPAIGN_TYPE_UTF8, "As a sentence.", "说明。" },
    [START_AT] = { "start_at", CAMPAIGN_TYPE_TIMESTAMP, "The moment of its start.", "开始时刻。" },
    [FINISH_AT] = { "finish_at", CAMPAIGN_TYPE_TIMESTAMP, "The moment after its last.", "完成时刻。" },
};

static double moved(const cpn_level_plan *plan, int32_t task)
{
    return cpn_net_between(&plan->net, &plan->net.tasks[task], plan->early[task].start, plan->spans[task].start);
}

/* Both ends of a span from column `first` on. */
static void write_span(cpn_out *out, int32_t first, const cpn_level_plan *plan, int32_t task, const cpn_net_span *spans)
{
    if (plan->net.is_abstract) {
        cpn_out_float64(out, first, (double)spans[task].start / CPN_NET_PARTS);
        cpn_out_float64(out, first + 1, (double)spans[task].finish / CPN_NET_PARTS);
        return;
    }
    const cpn_net_days days = cpn_net_days_of(&spans[task], cpn_net_is_closing(&plan->net, task, spans));
    cpn_out_int64(out, first, days.first);
    cpn_out_int64(out, first + 1, days.last);
}

static void write_task_name(cpn_out *out, int32_t column, const cpn_level_plan *plan, int32_t task)
{
    if (task < 0)
        cpn_out_null(out, column);
    else
        cpn_out_cell(out, column, &plan->net.keys.column, plan->net.tasks[task].row);
}

static void write_reason(cpn_out *out, const cpn_level_plan *plan, int32_t task)
{
    static const char *const waits[] = { "{0} starts {1} later: {2} is taken by {3} until then.",
                                         "{0} 推迟 {1}：{2} 此前由 {3} 占用。" };
    static const char *const lacks[] = { "{0} starts {1} later: there is too little of {2} before.",
                                         "{0} 推迟 {1}：此前 {2} 不足。" };
    static const char *const follows[] = { "{0} starts {1} later: it follows {4}, which waited for {2}.",
                                           "{0} 推迟 {1}：前置任务 {4} 因等待 {2} 而推迟。" };
    const bool zh = plan->net.is_chinese;
    if (plan->reason[task] < 0) {
        cpn_out_null(out, TEXT);
        return;
    }
    char name[CPN_NET_TEXT], resource[CPN_NET_TEXT], behind[CPN_NET_TEXT] = "", after[CPN_NET_TEXT] = "";
    char amount[CPN_NET_TEXT], sentence[CPN_NET_SENTENCE];
    cpn_net_name(name, &plan->net, task);
    cpn_level_name_text(resource, plan, plan->reason[task]);
    if (plan->behind[task] >= 0) cpn_net_name(behind, &plan->net, plan->behind[task]);
    if (plan->after[task] >= 0) cpn_net_name(after, &plan->net, plan->after[task]);
    cpn_net_amount_of(amount, &plan->net, &plan->net.tasks[task], moved(plan, task));
    const char *const words[CPN_NET_WORDS] = { name, amount, resource, behind, after, "" };
    const char *const *patterns = plan->after[task] >= 0 ? follows : plan->behind[task] >= 0 ? waits : lacks;
    cpn_net_say(sentence, patterns[zh], words);
    cpn_out_string(out, TEXT, sentence);
}

static void write_row(cpn_out *out, const cpn_level_plan *plan, int32_t task)
{
    const cpn_net_task *one = &plan->net.tasks[task];
    const cpn_named_keys *people = &plan->net.people.names;
    write_task_name(out, TASK, plan, task);
    if (one->owner >= 0)
        cpn_out_cell(out, OWNER, &people->column, people->keys.first_rows[one->owner]);
    else
        cpn_out_null(out, OWNER);
    write_span(out, START, plan, task, plan->spans);
    write_span(out, EARLY_START, plan, task, plan->early);
    cpn_out_float64(out, MOVED, moved(plan, task));
    cpn_out_string(out, UNIT, plan->net.is_abstract ? "unit" : cpn_net_unit_name(one->unit));
    const int32_t reason = plan->reason[task];
    if (reason >= 0)
        cpn_out_text(out, RESOURCE, plan->resources[reason].name.text, plan->resources[reason].name.length);
    else
        cpn_out_null(out, RESOURCE);
    write_task_name(out, BEHIND, plan, plan->behind[task]);
    write_task_name(out, AFTER, plan, plan->after[task]);
    cpn_out_int64(out, IS_LATE, plan->spans[task].finish > one->due);
    write_reason(out, plan, task);
    if (plan->net.is_abstract) return;
    cpn_out_int64(out, START_AT, plan->spans[task].start * microseconds_per_minute);
    cpn_out_int64(out, FINISH_AT, plan->spans[task].finish * microseconds_per_minute);
}

campaign_status cpn_level_write_schedule(campaign_table **table, const cpn_level_plan *plan, campaign_error *error)
{
    cpn_column_schema columns[N_COLUMNS];
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = schema[i];
    columns[TASK].type = columns[BEHIND].type = columns[AFTER].type = plan->net.keys.column.type;
    for (int32_t i = START; i <= EARLY_FINISH && plan->net.is_abstract; i++) columns[i].type = CAMPAIGN_TYPE_FLOAT64;
    cpn_out out;
    cpn_out_open(&out, columns, plan->net.is_abstract ? START_AT : N_COLUMNS, NULL, 0);
    for (int32_t i = 0; i < plan->net.n_tasks; i++) write_row(&out, plan, i);
    return cpn_out_close(table, &out, error);
}
