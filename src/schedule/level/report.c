/* What stands behind a levelled schedule in one row, and remarks. */
#include "base/number.h"
#include "schedule/level/level.h"

enum {
    STATUS,
    START,
    FINISH,
    BOUND,
    PATH,
    LENGTH,
    BOUND_LENGTH,
    PATH_LENGTH,
    ENERGY_LENGTH,
    GAP,
    TASKS,
    MOVED,
    LATE,
    SCHEDULES,
    NODES,
    TEXT,
    N_COLUMNS
};

static const cpn_column_schema summary_schema[N_COLUMNS] = {
    [STATUS] = { "status", CAMPAIGN_TYPE_UTF8, "optimal, or bound.", "optimal（最优）或 bound（给出界限）。" },
    [START] = { "start", CAMPAIGN_TYPE_DATE, "First day.", "开始日。" },
    [FINISH] = { "finish", CAMPAIGN_TYPE_DATE, "Last day.", "完成日。" },
    [BOUND] = { "bound", CAMPAIGN_TYPE_DATE, "No schedule ends earlier.", "任何排法都不会更早完成。" },
    [PATH] = { "path", CAMPAIGN_TYPE_DATE, "Last day if nothing were short.", "资源不限时的完成日。" },
    [LENGTH] = { "length", CAMPAIGN_TYPE_FLOAT64, "Working days, or units.", "工期（工作日或单位）。" },
    [BOUND_LENGTH] = { "bound_length", CAMPAIGN_TYPE_FLOAT64, "The same of the bound.", "界限对应的工期。" },
    [PATH_LENGTH] = { "path_length", CAMPAIGN_TYPE_FLOAT64, "The same of the critical path.", "关键路径的工期。" },
    [ENERGY_LENGTH] = { "energy_length", CAMPAIGN_TYPE_FLOAT64, "The same by the busiest resource.",
                        "最紧资源决定的工期。" },
    [GAP] = { "gap", CAMPAIGN_TYPE_FLOAT64, "(length - bound_length) / bound_length.", "与界限的差距。" },
    [TASKS] = { "tasks", CAMPAIGN_TYPE_INT64, "Tasks.", "任务数。" },
    [MOVED] = { "moved", CAMPAIGN_TYPE_INT64, "Tasks that start later.", "推迟的任务数。" },
    [LATE] = { "late", CAMPAIGN_TYPE_INT64, "Tasks past their deadlines.", "逾期的任务数。" },
    [SCHEDULES] = { "schedules", CAMPAIGN_TYPE_INT64, "Schedules built.", "生成的排法数。" },
    [NODES] = { "nodes", CAMPAIGN_TYPE_INT64, "Nodes of the exact search.", "精确搜索的节点数。" },
    [TEXT] = { "text", CAMPAIGN_TYPE_UTF8, "As a sentence.", "说明。" },
};

static const cpn_column_schema note_schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "What it is about.", "类别。" },
    { "n", CAMPAIGN_TYPE_INT64, "How many.", "数量。" },
    { "text", CAMPAIGN_TYPE_UTF8, "As a sentence.", "说明。" },
};

/* ---- Numbers -------------------------------------------------------------------------------------------------------- */

/* Working days of the default calendar from the first day to a slot; units. */
static double length_to(const cpn_level_plan *plan, int32_t slot)
{
    const int64_t moment = cpn_level_moment(plan, slot);
    if (plan->net.is_abstract) return (double)(moment - plan->net.start) / CPN_NET_PARTS;
    const cpn_clock *clock = &plan->net.clocks[0];
    return (double)(cpn_clock_position(clock, moment) - cpn_clock_position(clock, plan->net.start)) / CPN_DAY_MINUTES;
}

/* The last day of what ends at a slot. */
static int32_t last_day(const cpn_level_plan *plan, int32_t slot)
{
    if (plan->net.is_abstract) return 0;
    const int64_t moment = cpn_level_moment(plan, slot);
    return cpn_moment_day(slot > 0 ? moment - 1 : moment);
}

static void count(campaign_schedule_level_report *report, const cpn_level_plan *plan)
{
    const cpn_level_answer *answer = &plan->answer;
    report->status = answer->value > answer->bound ? CAMPAIGN_CERTIFICATE_BOUND : CAMPAIGN_CERTIFICATE_OPTIMAL;
    report->start_day = plan->net.is_abstract ? 0 : cpn_moment_day(plan->net.start);
    report->finish_day = last_day(plan, answer->value);
    report->bound_day = last_day(plan, answer->bound);
    report->path_day = last_day(plan, answer->path_bound);
    report->n_tasks = plan->net.n_tasks;
    report->n_resources = plan->n_resources;
    for (int32_t i = 0; i < plan->net.n_tasks; i++) {
        report->n_moved += plan->spans[i].start > plan->early[i].start;
        report->n_late += plan->spans[i].finish > plan->net.tasks[i].due;
    }
    report->n_schedules = answer->n_schedules;
    report->n_nodes = answer->n_nodes;
    report->length = length_to(plan, answer->value);
    report->bound_length = length_to(plan, answer->bound);
    report->path_length = length_to(plan, answer->path_bound);
    report->gap = report->bound_length > 0 ? (report->length - report->bound_length) / report->bound_length : 0;
}

/* ---- Tables ----------------------------------------------------------------------------------------------------------- */

static void write_end(cpn_out *out, int32_t column, const cpn_level_plan *plan, int32_t slot, int32_t day)
{
    if (plan->net.is_abstract)
        cpn_out_float64(out, column, length_to(plan, slot));
    else
        cpn_out_int64(out, column, day);
}

static void write_sentence(cpn_out *out, const cpn_level_plan *plan, const campaign_schedule_level_report *report)
{
    static const char *const optimal[] = {
        "{0} {0|task ends|tasks end} after {1}: no schedule ends earlier. {2} of them moved.",
        "{0} 个任务历时 {1}完成，已证明最优；{2} 个推迟。"
    };
    static const char *const bound[] = { "{0} {0|task ends|tasks end} after {1}, at most {4} % too late: no schedule "
                                         "ends before {3}. {2} of them moved.",
                                         "{0} 个任务历时 {1}完成；任何排法至少要 {3}，差距至多 {4}%；{2} 个推迟。" };
    const cpn_net_task days = { .unit = CPN_NET_WORKING_DAY };
    char tasks[CPN_NUMBER_TEXT], moved[CPN_NUMBER_TEXT], gap[CAMPAIGN_MONEY_TEXT], sentence[CPN_NET_SENTENCE];
    char length[CPN_NET_TEXT], least[CPN_NET_TEXT];
    (void)cpn_format_int64(tasks, report->n_tasks);
    (void)cpn_format_int64(moved, report->n_moved);
    cpn_net_amount(gap, report->gap * 100);
    cpn_net_amount_of(length, &plan->net, &days, report->length);
    cpn_net_amount_of(least, &plan->net, &days, report->bound_length);
    const char *const words[CPN_NET_WORDS] = { tasks, length, moved, least, gap, "" };
    const char *const *patterns = report->status == CAMPAIGN_CERTIFICATE_OPTIMAL ? optimal : bound;
    cpn_net_say(sentence, patterns[plan->net.is_chinese], words);
    cpn_out_string(out, TEXT, sentence);
}

static campaign_status write_summary(campaign_schedule_level_report *report, const cpn_level_plan *plan,
                                     campaign_error *error)
{
    cpn_column_schema columns[N_COLUMNS];
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = summary_schema[i];
    for (int32_t i = START; i <= PATH && plan->net.is_abstract; i++) columns[i].type = CAMPAIGN_TYPE_FLOAT64;
    const cpn_level_answer *answer = &plan->answer;
    cpn_out out;
    cpn_out_open(&out, columns, N_COLUMNS, NULL, 0);
    cpn_out_string(&out, STATUS, report->status == CAMPAIGN_CERTIFICATE_OPTIMAL ? "optimal" : "bound");
    write_end(&out, START, plan, 0, report->start_day);
    write_end(&out, FINISH, plan, answer->value, report->finish_day);
    write_end(&out, BOUND, plan, answer->bound, report->bound_day);
    write_end(&out, PATH, plan, answer->path_bound, report->path_day);
    cpn_out_float64(&out, LENGTH, report->length);
    cpn_out_float64(&out, BOUND_LENGTH, report->bound_length);
    cpn_out_float64(&out, PATH_LENGTH, report->path_length);
    cpn_out_float64(&out, ENERGY_LENGTH, length_to(plan, answer->energy_bound));
    cpn_out_float64(&out, GAP, report->gap);
    cpn_out_int64(&out, TASKS, report->n_tasks);
    cpn_out_int64(&out, MOVED, report->n_moved);
    cpn_out_int64(&out, LATE, report->n_late);
    cpn_out_int64(&out, SCHEDULES, report->n_schedules);
    cpn_out_int64(&out, NODES, report->n_nodes);
    write_sentence(&out, plan, report);
    return cpn_out_close(&report->summary, &out, error);
}

static void write_note(cpn_out *out, const cpn_level_plan *plan, const char *code, int64_t n,
                       const char *const patterns[2])
{
    char number[CPN_NUMBER_TEXT], sentence[CPN_NET_SENTENCE];
    (void)cpn_format_int64(number, n);
    const char *const words[CPN_NET_WORDS] = { number, "", "", "", "", "" };
    cpn_net_say(sentence, patterns[plan->net.is_chinese], words);
    cpn_out_string(out, 0, code);
    cpn_out_int64(out, 1, n);
    cpn_out_string(out, 2, sentence);
}

static campaign_status write_notes(campaign_schedule_level_report *report, const cpn_level_plan *plan,
                                   campaign_error *error)
{
    static const char *const late[] = { "Tasks past their deadlines: {0}.", "逾期的任务：{0} 个。" };
    static const char *const open[] = { "Not proven to be the best after {0} {0|schedule|schedules}.",
                                        "已生成 {0} 个排法，尚未证明最优。" };
    static const char *const rounded[] = { "Durations of days that are not whole, rounded up: {0}.",
                                           "非整天的工期，已向上取整：{0} 个。" };
    static const char *const fewer[] = {
        "There are many tasks or slots: at most {0} {0|schedule is|schedules are} built unless told otherwise.",
        "任务或时段较多：未另行指定时至多生成 {0} 个排法。"
    };
    int64_t n_provisional = 0;
    for (int32_t i = 0; i < plan->net.n_tasks; i++) n_provisional += cpn_net_is_provisional(&plan->net, i, plan->spans);
    cpn_out out;
    cpn_out_open(&out, note_schema, 3, NULL, 0);
    if (n_provisional > 0) write_note(&out, plan, "provisional", n_provisional, cpn_net_provisional);
    if (plan->n_usual > 0 && report->status != CAMPAIGN_CERTIFICATE_OPTIMAL)
        write_note(&out, plan, "fewer_schedules", plan->n_usual, fewer);
    if (report->n_late > 0) write_note(&out, plan, "late", report->n_late, late);
    if (report->status != CAMPAIGN_CERTIFICATE_OPTIMAL) write_note(&out, plan, "not_proven", report->n_schedules, open);
    if (plan->net.n_rounded > 0) write_note(&out, plan, "rounded_up", plan->net.n_rounded, rounded);
    return cpn_out_close(&report->notes, &out, error);
}

campaign_status cpn_level_write_report(campaign_schedule_level_report *report, const cpn_level_plan *plan,
                                       campaign_error *error)
{
    count(report, plan);
    campaign_status status = write_summary(report, plan, error);
    if (status == CAMPAIGN_OK) status = cpn_level_write_resources(&report->resources, plan, error);
    if (status == CAMPAIGN_OK) status = cpn_level_write_usage(&report->usage, plan, error);
    return status == CAMPAIGN_OK ? write_notes(report, plan, error) : status;
}
