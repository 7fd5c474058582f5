/* What stands behind a schedule in one row, and remarks. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "schedule/plan.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema summary_schema[] = {
    { "start", CAMPAIGN_TYPE_DATE, "First day.", "开始日。" },
    { "finish", CAMPAIGN_TYPE_DATE, "Last day, by the plan.", "计划完成日。" },
    { "forecast", CAMPAIGN_TYPE_DATE, "Last day, by what has happened.", "预测完成日。" },
    { "length", CAMPAIGN_TYPE_FLOAT64, "Working days from the first to the last; units.", "工期（工作日；单位）。" },
    { "tasks", CAMPAIGN_TYPE_INT64, "Tasks.", "任务数。" },
    { "links", CAMPAIGN_TYPE_INT64, "Links between them.", "依赖数。" },
    { "critical", CAMPAIGN_TYPE_INT64, "Tasks without float.", "关键任务数。" },
    { "broken", CAMPAIGN_TYPE_INT64, "Deadlines that break.", "逾期任务数。" },
    { "path", CAMPAIGN_TYPE_UTF8, "The critical path.", "关键路径。" },
    { "path_mean", CAMPAIGN_TYPE_FLOAT64, "Its mean length.", "关键路径期望工期。" },
    { "path_variance", CAMPAIGN_TYPE_FLOAT64, "Its variance.", "关键路径方差。" },
    { "path_deviation", CAMPAIGN_TYPE_FLOAT64, "Its standard deviation.", "关键路径标准差。" },
    { "target", CAMPAIGN_TYPE_DATE, "The end that was asked about.", "目标完成日。" },
    { "target_on_path", CAMPAIGN_TYPE_FLOAT64, "Its chance by the critical path.", "按关键路径的概率。" },
    { "target_all_paths", CAMPAIGN_TYPE_FLOAT64, "Its chance over all paths.", "按所有路径的概率。" },
    { "safe_on_path", CAMPAIGN_TYPE_DATE, "The end kept with the confidence asked for, by the critical path.",
      "按关键路径的稳妥完成日。" },
    { "safe_all_paths", CAMPAIGN_TYPE_DATE, "The same over all paths.", "按所有路径的稳妥完成日。" },
    { "sampling_error", CAMPAIGN_TYPE_FLOAT64, "Standard error of target_all_paths.", "抽样标准误。" },
    { "samples", CAMPAIGN_TYPE_INT64, "Samples of all paths.", "抽样次数。" },
    { "text", CAMPAIGN_TYPE_UTF8, "As a sentence.", "说明。" },
};
enum {
    START,
    FINISH,
    FORECAST,
    TARGET = 12,
    TARGET_ON_PATH,
    TARGET_ALL_PATHS,
    SAFE_ON_PATH,
    SAFE_ALL_PATHS,
    SAMPLING_ERROR,
    SAMPLES,
    TEXT
};

/* ---- Summary ----------------------------------------------------------------------------------------------------- */

/* "a → c → d"; the middle is left out where it is long. */
static void write_path(cpn_text *text, const cpn_net_plan *plan)
{
    enum { MOST_SHOWN = 40 };
    for (int32_t i = 0; i < plan->n_path; i++) {
        const int32_t task = plan->path[i];
        if (i > 0) cpn_text_add_string(text, " → ");
        if (plan->n_path > MOST_SHOWN && i == MOST_SHOWN / 2) {
            cpn_text_add_string(text, "…");
            i = plan->n_path - MOST_SHOWN / 2 - 1;
            continue;
        }
        cpn_text_add(text, plan->net.names.texts[task], (size_t)plan->net.names.lengths[task]);
    }
}

static void write_sentence(cpn_out *out, int32_t column, const cpn_net_plan *plan,
                           const campaign_schedule_report *report)
{
    const bool zh = plan->net.is_chinese;
    char start[CAMPAIGN_DATE_TEXT] = "", finish[CAMPAIGN_DATE_TEXT] = "", length[CAMPAIGN_MONEY_TEXT];
    char tasks[CPN_NUMBER_TEXT], critical[CPN_NUMBER_TEXT], sentence[CPN_NET_SENTENCE];
    (void)campaign_date_format(start, report->start_day);
    (void)campaign_date_format(finish, report->finish_day);
    (void)cpn_format_int64(tasks, report->n_tasks);
    (void)cpn_format_int64(critical, report->n_critical);
    cpn_net_amount(length, plan->length);
    const char *const words[CPN_NET_WORDS] = { tasks, start, finish, length, critical, "" };
    const char *pattern =
        zh ? "{0} 个任务，{1} 至 {2}，{3} 个工作日；{4} 个关键任务。"
           : "{0} {0|task|tasks} from {1} to {2}, {3} {3|working day|working days}; {4} of them critical.";
    if (plan->net.is_abstract)
        pattern = zh ? "{0} 个任务，共 {3} 个单位；{4} 个关键任务。"
                     : "{0} {0|task|tasks} in {3} {3|unit|units}; {4} of them critical.";
    cpn_net_say(sentence, pattern, words);
    cpn_out_string(out, column, sentence);
}

/* Chances of the target and safe ends; nulls where there is no target, no estimate or no sample. */
static void write_chances(cpn_out *out, const cpn_net_plan *plan)
{
    const bool is_drawn = plan->odds.n > 0, has_path = plan->net.has_estimates;
    const bool has_target = has_path && plan->net.knobs.has_target, is_judged = has_target && is_drawn;
    const int64_t target = has_target ? cpn_net_target(plan) : 0;
    const double chance = is_judged ? cpn_net_chance(plan, target) : 0;
    if (has_target)
        cpn_net_write_end(out, TARGET, plan, target);
    else
        cpn_out_null(out, TARGET);
    cpn_out_optional_float64(out, TARGET_ON_PATH, has_target ? cpn_net_chance_on_path(plan, target) : 0, has_target);
    cpn_out_optional_float64(out, TARGET_ALL_PATHS, chance, is_judged);
    if (has_path)
        cpn_net_write_end(out, SAFE_ON_PATH, plan, plan->safe_on_path);
    else
        cpn_out_null(out, SAFE_ON_PATH);
    if (is_drawn)
        cpn_net_write_end(out, SAFE_ALL_PATHS, plan, cpn_net_safe_end(plan, plan->net.knobs.confidence_ppm));
    else
        cpn_out_null(out, SAFE_ALL_PATHS);
    cpn_out_optional_float64(out, SAMPLING_ERROR, is_judged ? cpn_net_chance_error(plan, chance) : 0, is_judged);
    cpn_out_int64(out, SAMPLES, plan->odds.n);
}

static void write_end(cpn_out *out, int32_t column, const cpn_net_plan *plan, int64_t moment, int32_t day)
{
    if (plan->net.is_abstract)
        cpn_out_float64(out, column, (double)moment / CPN_NET_PARTS);
    else
        cpn_out_int64(out, column, day);
}

static campaign_status write_summary(campaign_schedule_report *report, const cpn_net_plan *plan, campaign_error *error)
{
    cpn_column_schema columns[COUNT(summary_schema)];
    for (int32_t i = 0; i < COUNT(summary_schema); i++) columns[i] = summary_schema[i];
    static const int32_t ends[] = { START, FINISH, FORECAST, TARGET, SAFE_ON_PATH, SAFE_ALL_PATHS };
    for (int32_t i = 0; i < COUNT(ends) && plan->net.is_abstract; i++) columns[ends[i]].type = CAMPAIGN_TYPE_FLOAT64;
    cpn_text path = { 0 };
    write_path(&path, plan);
    if (path.has_failed) return cpn_fail_nomem(error);
    cpn_out out;
    cpn_out_open(&out, columns, COUNT(columns), NULL, 0);
    write_end(&out, 0, plan, plan->net.start, report->start_day);
    write_end(&out, 1, plan, plan->end, report->finish_day);
    write_end(&out, 2, plan, plan->end, report->forecast_day);
    cpn_out_float64(&out, 3, report->length);
    cpn_out_int64(&out, 4, report->n_tasks);
    cpn_out_int64(&out, 5, report->n_links);
    cpn_out_int64(&out, 6, report->n_critical);
    cpn_out_int64(&out, 7, report->n_broken);
    cpn_out_text(&out, 8, path.data ? path.data : "", path.length);
    cpn_out_float64(&out, 9, report->path_mean);
    cpn_out_float64(&out, 10, report->path_variance);
    cpn_out_float64(&out, 11, sqrt(report->path_variance));
    write_chances(&out, plan);
    write_sentence(&out, TEXT, plan, report);
    cpn_text_clear(&path);
    return cpn_out_close(&report->summary, &out, error);
}

/* ---- Notes ------------------------------------------------------------------------------------------------------- */

typedef struct note {
    const char *code, *en, *zh;
    int64_t n;
} note;

static campaign_status write_notes(campaign_schedule_report *report, const cpn_net_plan *plan, campaign_error *error)
{
    static const cpn_column_schema schema[] = {
        { "code", CAMPAIGN_TYPE_UTF8, "What was remarked.", "提示代码。" },
        { "n", CAMPAIGN_TYPE_INT64, "How many.", "数量。" },
        { "text", CAMPAIGN_TYPE_UTF8, "As a sentence.", "说明。" },
    };
    int64_t n_provisional = 0, n_early = 0;
    for (int32_t i = 0; i < plan->net.n_tasks; i++) {
        n_provisional += cpn_net_is_provisional(&plan->net, i, plan->now);
        n_early += plan->net.tasks[i].due <= plan->net.start && !plan->net.is_abstract;
    }
    report->is_provisional = n_provisional > 0;
    const note notes[] = {
        { "provisional", cpn_net_provisional[0], cpn_net_provisional[1], n_provisional },
        { "rounded_up", "{0} {0|duration is|durations are} not whole days: each takes the whole of its last day.",
          "{0} 个任务的工期不是整日：最后一日按整日计。", plan->net.n_rounded },
        { "due_before_start", "{0} {0|deadline is|deadlines are} before the start of the schedule.",
          "{0} 个任务的截止早于计划开始。", n_early },
        { "deadline_broken", "{0} {0|deadline breaks|deadlines break}: see the table deadlines.",
          "{0} 个任务逾期：见截止表。", report->n_broken },
        { "out_of_sequence",
          "{0} {0|task was started before what it waits|tasks were started before what they wait} for: those links are "
          "left aside.",
          "{0} 个任务在前置任务允许之前已开始：相应依赖不再计。", plan->n_out_of_sequence },
        { "over_capacity", "{0} {0|day of an owner is|days of owners are} over capacity: see the table loads.",
          "{0} 个人日超出负责人可用工时：见负荷表。", plan->n_over },
        { "loads_left_out", "There are too many days of work to list: the table loads is empty.",
          "工作日过多，负荷表从略。", plan->leaves_out_loads },
        { "mixed_units", "The critical path has working days beside calendar days or hours: 24 hours count as a day.",
          "关键路径混有工作日与自然日或小时：24 小时按一日计。", plan->has_mixed_units && plan->net.has_estimates },
        { "target_without_estimates", "No task has estimates: the target has no chance to be told.",
          "任务都没有三点估计：无法给出目标的概率。", plan->net.knobs.has_target && !plan->net.has_estimates },
    };
    cpn_out out;
    cpn_out_open(&out, schema, COUNT(schema), NULL, 0);
    for (int32_t i = 0; i < COUNT(notes); i++) {
        if (notes[i].n == 0) continue;
        char n[CPN_NUMBER_TEXT], sentence[CPN_NET_SENTENCE];
        (void)cpn_format_int64(n, notes[i].n);
        cpn_net_say(sentence, plan->net.is_chinese ? notes[i].zh : notes[i].en,
                    (const char *const[CPN_NET_WORDS]){ n, "", "", "", "", "" });
        cpn_out_string(&out, 0, notes[i].code);
        cpn_out_int64(&out, 1, notes[i].n);
        cpn_out_string(&out, 2, sentence);
    }
    return cpn_out_close(&report->notes, &out, error);
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

/* The last day of a span of time that ends at a moment; a schedule of nothing ends on the day it starts. */
static int32_t last_day(const cpn_net_plan *plan, int64_t end)
{
    return cpn_moment_day(end > plan->net.start ? end - 1 : end);
}

campaign_status cpn_net_report(campaign_schedule_report *report, cpn_net_plan *plan, campaign_error *error)
{
    if (!plan->net.is_abstract) {
        report->start_day = cpn_moment_day(plan->net.start);
        report->finish_day = last_day(plan, plan->end);
        report->forecast_day = last_day(plan, cpn_net_end(&plan->net, plan->now));
    }
    report->n_tasks = plan->net.n_tasks;
    report->n_links = plan->net.n_links;
    for (int32_t i = 0; i < plan->net.n_tasks; i++) report->n_critical += cpn_net_is_critical(plan, i);
    report->length = plan->length;
    report->path_mean = plan->path_mean;
    report->path_variance = plan->path_variance;
    campaign_status status = cpn_net_write_deadlines(report, plan, error);
    if (status == CAMPAIGN_OK) status = cpn_net_write_chances(report, plan, error);
    if (status == CAMPAIGN_OK) status = cpn_net_write_slips(report, plan, error);
    if (status == CAMPAIGN_OK) status = cpn_net_write_loads(report, plan, error);
    if (status == CAMPAIGN_OK) status = write_notes(report, plan, error);
    if (status == CAMPAIGN_OK) status = write_summary(report, plan, error);
    return status;
}
