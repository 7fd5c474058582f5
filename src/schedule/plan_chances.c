/* How likely the end is: by the critical path alone, as the normal distribution has it, and over all paths, as samples do;
 * and the estimates behind both. */
#include <math.h>

#include "base/memory.h"
#include "schedule/beta.h"
#include "schedule/plan.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

enum { PPM = 1000000, MOST_ROWS = 16 };

static const cpn_column_schema chances_schema[] = {
    { "finish", CAMPAIGN_TYPE_DATE, "An end: by the end of this day.", "完成日。" },
    { "on_path", CAMPAIGN_TYPE_FLOAT64, "Its chance by the critical path alone.", "按关键路径的概率。" },
    { "all_paths", CAMPAIGN_TYPE_FLOAT64, "Its chance over all paths.", "按所有路径的概率。" },
    { "error", CAMPAIGN_TYPE_FLOAT64, "Standard error of that.", "标准误。" },
};

static const cpn_column_schema estimates_schema[] = {
    { "task", CAMPAIGN_TYPE_UTF8, "The task.", "任务。" },
    { "optimistic", CAMPAIGN_TYPE_FLOAT64, "Shortest duration.", "乐观工期。" },
    { "likely", CAMPAIGN_TYPE_FLOAT64, "Most likely duration.", "最可能工期。" },
    { "pessimistic", CAMPAIGN_TYPE_FLOAT64, "Longest duration.", "悲观工期。" },
    { "mean", CAMPAIGN_TYPE_FLOAT64, "(optimistic + 4 likely + pessimistic) / 6.", "期望工期。" },
    { "variance", CAMPAIGN_TYPE_FLOAT64, "((pessimistic - optimistic) / 6)^2.", "方差。" },
    { "is_on_path", CAMPAIGN_TYPE_BOOL, "Whether it is on the critical path.", "是否在关键路径上。" },
    { "criticality", CAMPAIGN_TYPE_FLOAT64, "Share of samples in which it is critical.", "成为关键任务的概率。" },
};

/* ---- Chances ----------------------------------------------------------------------------------------------------- */

double cpn_net_chance_on_path(const cpn_net_plan *plan, int64_t moment)
{
    const cpn_net *net = &plan->net;
    double length = (double)moment / CPN_NET_PARTS;
    if (!net->is_abstract)
        length =
            (double)(cpn_clock_position(&net->clocks[0], moment) - cpn_clock_position(&net->clocks[0], net->start)) /
            CPN_DAY_MINUTES;
    if (plan->path_variance <= 0) return length >= plan->path_mean ? 1 : 0;
    return cpn_normal_share((length - plan->path_mean) / sqrt(plan->path_variance));
}

/* Ends of samples are positions of the first clock where they are flat. */
static int64_t to_end(const cpn_net_plan *plan, int64_t moment)
{
    if (plan->net.is_abstract || !plan->odds.is_flat) return moment;
    return cpn_clock_position(&plan->net.clocks[0], moment);
}

double cpn_net_chance(const cpn_net_plan *plan, int64_t moment)
{
    const int64_t limit = to_end(plan, moment);
    int32_t low = 0, high = plan->odds.n; /* ends at or before the limit */
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (plan->odds.ends[middle] <= limit)
            low = middle + 1;
        else
            high = middle;
    }
    return (double)low / plan->odds.n;
}

double cpn_net_chance_error(const cpn_net_plan *plan, double chance)
{
    return sqrt(chance * (1 - chance) / plan->odds.n);
}

/* The end of the day that a moment lies in; abstract units as they are. */
static int64_t day_end(const cpn_net_plan *plan, int64_t moment)
{
    return plan->net.is_abstract ? moment : (int64_t)cpn_moment_day_up(moment) * CPN_DAY_MINUTES;
}

/* The end that a share of the samples does not pass. */
int64_t cpn_net_safe_end(const cpn_net_plan *plan, int32_t level_ppm)
{
    const cpn_net_odds *odds = &plan->odds;
    const int64_t at = ((int64_t)odds->n * level_ppm + PPM - 1) / PPM;
    const int64_t end = odds->ends[at > 0 ? at - 1 : 0];
    if (plan->net.is_abstract || !odds->is_flat) return day_end(plan, end);
    int32_t day = 0;
    if (end > 0 && cpn_clock_select(&day, &plan->net.clocks[0], (end - 1) / CPN_DAY_MINUTES))
        return ((int64_t)day + 1) * CPN_DAY_MINUTES;
    return day_end(plan, plan->net.start);
}

/* The same by the critical path: its mean and as many deviations as the level asks for, in whole working days. */
campaign_status cpn_net_find_safe_on_path(cpn_net_plan *plan, campaign_error *error)
{
    cpn_net *net = &plan->net;
    const double deviation = sqrt(plan->path_variance);
    const double z = cpn_normal_quantile((double)net->knobs.confidence_ppm / PPM);
    const double length = plan->path_mean + z * deviation;
    plan->safe_on_path = net->is_abstract ? (int64_t)(length * CPN_NET_PARTS + (length < 0 ? -0.5 : 0.5)) : plan->end;
    if (net->is_abstract) return CAMPAIGN_OK;
    const int64_t days = (int64_t)ceil(length - 1e-9);
    if (days <= 0) {
        plan->safe_on_path = net->start;
        return CAMPAIGN_OK;
    }
    int32_t day;
    const int64_t index = cpn_clock_rank(&net->clocks[0], cpn_moment_day_up(net->start)) + days - 1;
    while (!cpn_clock_select(&day, &net->clocks[0], index)) {
        const campaign_status status = cpn_clock_extend(&net->clocks[0], error);
        if (status != CAMPAIGN_OK) return status;
    }
    plan->safe_on_path = ((int64_t)day + 1) * CPN_DAY_MINUTES;
    return CAMPAIGN_OK;
}

int64_t cpn_net_target(const cpn_net_plan *plan)
{
    const campaign_schedule_options *knobs = &plan->net.knobs;
    if (!plan->net.is_abstract) return ((int64_t)knobs->target_day + 1) * CPN_DAY_MINUTES;
    const double parts = knobs->target_units * CPN_NET_PARTS;
    return (int64_t)(parts < 0 ? parts - 0.5 : parts + 0.5);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

void cpn_net_write_end(cpn_out *out, int32_t column, const cpn_net_plan *plan, int64_t end)
{
    if (plan->net.is_abstract)
        cpn_out_float64(out, column, (double)end / CPN_NET_PARTS);
    else
        cpn_out_int64(out, column, cpn_moment_day(end > plan->net.start ? end - 1 : end));
}

/* Ends worth telling, in order and once each: levels of all paths, the safe end, the target. */
static int32_t list_ends(int64_t ends[MOST_ROWS], const cpn_net_plan *plan)
{
    static const int32_t levels[] = { 50000, 100000, 250000, 500000, 750000, 800000, 900000, 950000, 990000 };
    int32_t n = 0, n_kept = 0;
    for (int32_t i = 0; i < COUNT(levels) && plan->odds.n > 0; i++) ends[n++] = cpn_net_safe_end(plan, levels[i]);
    if (plan->odds.n > 0) ends[n++] = cpn_net_safe_end(plan, plan->net.knobs.confidence_ppm);
    ends[n++] = plan->safe_on_path;
    if (plan->net.knobs.has_target) ends[n++] = cpn_net_target(plan);
    for (int32_t i = 1; i < n; i++) /* few: sorted by insertion */
        for (int32_t k = i; k > 0 && ends[k] < ends[k - 1]; k--) {
            const int64_t other = ends[k];
            ends[k] = ends[k - 1];
            ends[k - 1] = other;
        }
    for (int32_t i = 0; i < n; i++)
        if (i == 0 || ends[i] != ends[i - 1]) ends[n_kept++] = ends[i];
    return n_kept;
}

static campaign_status write_chances(campaign_schedule_report *report, const cpn_net_plan *plan, campaign_error *error)
{
    cpn_column_schema columns[COUNT(chances_schema)];
    for (int32_t i = 0; i < COUNT(columns); i++) columns[i] = chances_schema[i];
    if (plan->net.is_abstract) columns[0].type = CAMPAIGN_TYPE_FLOAT64;
    int64_t ends[MOST_ROWS];
    const int32_t n = plan->net.has_estimates ? list_ends(ends, plan) : 0;
    cpn_out out;
    cpn_out_open(&out, columns, COUNT(columns), NULL, 0);
    for (int32_t i = 0; i < n; i++) {
        const bool is_drawn = plan->odds.n > 0;
        const double chance = is_drawn ? cpn_net_chance(plan, ends[i]) : 0;
        cpn_net_write_end(&out, 0, plan, ends[i]);
        cpn_out_float64(&out, 1, cpn_net_chance_on_path(plan, ends[i]));
        cpn_out_optional_float64(&out, 2, chance, is_drawn);
        cpn_out_optional_float64(&out, 3, is_drawn ? cpn_net_chance_error(plan, chance) : 0, is_drawn);
    }
    return cpn_out_close(&report->chances, &out, error);
}

static campaign_status write_estimates(campaign_schedule_report *report, const cpn_net_plan *plan,
                                       campaign_error *error)
{
    const cpn_net *net = &plan->net;
    uint8_t *on_path = cpn_alloc_zero(net->n_tasks, sizeof *on_path);
    if (!on_path) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < plan->n_path; i++) on_path[plan->path[i]] = 1;
    cpn_out out;
    cpn_out_open(&out, estimates_schema, COUNT(estimates_schema), NULL, 0);
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const cpn_net_task *task = &net->tasks[i];
        if (!task->has_estimates) continue;
        const bool is_drawn = plan->odds.n > 0;
        cpn_out_text(&out, 0, net->names.texts[i], (size_t)net->names.lengths[i]);
        cpn_out_float64(&out, 1, task->optimistic);
        cpn_out_float64(&out, 2, task->likely);
        cpn_out_float64(&out, 3, task->pessimistic);
        cpn_out_float64(&out, 4, task->mean);
        cpn_out_float64(&out, 5, task->variance);
        cpn_out_int64(&out, 6, on_path[i]);
        cpn_out_optional_float64(&out, 7, is_drawn ? (double)plan->odds.critical[i] / plan->odds.n : 0, is_drawn);
    }
    cpn_free(on_path);
    return cpn_out_close(&report->estimates, &out, error);
}

campaign_status cpn_net_write_chances(campaign_schedule_report *report, const cpn_net_plan *plan, campaign_error *error)
{
    report->n_samples = plan->odds.n;
    const campaign_status status = write_chances(report, plan, error);
    return status == CAMPAIGN_OK ? write_estimates(report, plan, error) : status;
}
