/* Checks of follow-ups: knobs, the steps one after the other, the report. */
#include "base/memory.h"
#include "base/parallel.h"
#include "execution/followup/follow.h"

static campaign_status check_number(int32_t *number, int32_t usual, const char *name, campaign_error *error)
{
    if (*number == 0) *number = usual;
    if (*number > 0 && *number <= 100000000) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_VALUE, name, "it is %ld, and must be 1 to 100000000, or 0 for %ld", (long)*number,
                    (long)usual);
}

static campaign_status check_options(cpn_follow *follow, const campaign_followups_options *options,
                                     campaign_error *error)
{
    campaign_followups_options *own = &follow->options;
    campaign_status status = cpn_check_knobs(options, sizeof *own, sizeof *own, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(own, sizeof *own, options);
    if (own->reserved != 0 || own->has_as_of < 0 || own->has_as_of > 1)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.has_as_of", "it must be 0 or 1, and reserved 0");
    if (own->has_as_of && (own->as_of_day < CAMPAIGN_DAY_MIN || own->as_of_day > CAMPAIGN_DAY_MAX))
        return cpn_fail(error, CAMPAIGN_E_VALUE, "options.as_of_day", "the day lies outside the years 1 to 9999");
    const struct {
        int32_t *number, usual;
        const char *name;
    } numbers[] = {
        { &own->within_days, 30, "options.within_days" },
        { &own->days_without_update, 1, "options.days_without_update" },
        { &own->stale_after_days, 5, "options.stale_after_days" },
        { &own->lead_after_days, 1, "options.lead_after_days" },
        { &own->manager_after_days, 3, "options.manager_after_days" },
        { &own->n_daily, 10, "options.n_daily" },
        { &own->n_checks, 1000, "options.n_checks" },
        { &own->completeness_days, 30, "options.completeness_days" },
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && status == CAMPAIGN_OK; i++)
        status = check_number(numbers[i].number, numbers[i].usual, numbers[i].name, error);
    if (status == CAMPAIGN_OK && own->manager_after_days < own->lead_after_days)
        status = cpn_fail(error, CAMPAIGN_E_VALUE, "options.manager_after_days", "%ld days, before the lead's %ld",
                          (long)own->manager_after_days, (long)own->lead_after_days);
    if (status == CAMPAIGN_OK)
        status = cpn_take_language(&follow->is_chinese, own->language, "options.language", error);
    return status;
}

static campaign_status check_inputs(campaign_followups_inputs *own, const campaign_followups_inputs *inputs,
                                    campaign_error *error)
{
    *own = (campaign_followups_inputs){ .size = 0 };
    const campaign_status status = cpn_check_knobs(inputs, sizeof *own, sizeof *own, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(own, sizeof *own, inputs);
    if (own->reserved || own->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "reserved fields must be 0");
    if (!own->followups) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.followups", "followups are required");
    return CAMPAIGN_OK;
}

static campaign_status open_calendar(cpn_follow *follow, campaign_error *error)
{
    follow->calendar = follow->inputs->calendar;
    if (follow->calendar) return CAMPAIGN_OK;
    const campaign_status status = campaign_calendar_create(&follow->own_calendar, NULL, error);
    follow->calendar = follow->own_calendar;
    return status;
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* Tables are written side by side, the largest first; each writer keeps its own error. */
enum { WRITE_CURRENT, WRITE_CHECKS, WRITE_OBJECTIONS, WRITE_DAILY, WRITE_BLOCKED, WRITE_REPS, WRITE_REST, N_WRITERS };

typedef struct writing {
    campaign_followups_report *found;
    const cpn_follow *follow;
    campaign_status statuses[N_WRITERS];
    campaign_error errors[N_WRITERS];
} writing;

static campaign_status write_rest(campaign_followups_report *found, const cpn_follow *follow, campaign_error *error)
{
    const campaign_status status = cpn_follow_write_problems(&found->problems, follow, error);
    return status == CAMPAIGN_OK ? cpn_follow_write_notes(&found->notes, follow, error) : status;
}

static campaign_status write_one(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    writing *all = ctx;
    campaign_followups_report *found = all->found;
    const cpn_follow *follow = all->follow;
    campaign_error *error = &all->errors[first];
    campaign_status status = CAMPAIGN_OK;
    (void)chunk, (void)last;
    switch (first) {
    case WRITE_CURRENT: status = cpn_follow_write_current(&found->current, follow, error); break;
    case WRITE_CHECKS:
        status = cpn_follow_write_checks(&found->checks, &found->counts, &found->n_checks, follow, error);
        break;
    case WRITE_OBJECTIONS: status = cpn_follow_write_objections(&found->objections, follow, error); break;
    case WRITE_DAILY: status = cpn_follow_write_daily(&found->daily, follow, error); break;
    case WRITE_BLOCKED: status = cpn_follow_write_blocked(&found->blocked, follow, error); break;
    case WRITE_REPS: status = cpn_follow_write_reps(&found->completeness, &found->reps, follow, error); break;
    default: status = write_rest(found, follow, error); break;
    }
    all->statuses[first] = status;
    return status;
}

static campaign_status write_tables(campaign_followups_report *found, const cpn_follow *follow, campaign_error *error)
{
    writing all = { .found = found, .follow = follow };
    const campaign_status status = cpn_parallel_for(N_WRITERS, 1, write_one, &all, "tables", follow->runtime, error);
    for (int i = 0; i < N_WRITERS && status != CAMPAIGN_OK; i++) {
        if (all.statuses[i] != status) continue;
        if (error) *error = all.errors[i];
        break;
    }
    return status;
}

static campaign_status follow_up(campaign_followups_report *found, cpn_follow *follow, campaign_error *error)
{
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    campaign_status status = open_calendar(follow, error);
    if (status == CAMPAIGN_OK) status = cpn_follow_read(follow, error);
    if (status == CAMPAIGN_OK) status = cpn_follow_chains(follow, error);
    if (status == CAMPAIGN_OK) status = cpn_follow_orders(follow, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(follow->runtime, "checks", 0, 2, error);
    if (status == CAMPAIGN_OK) status = cpn_follow_find(follow, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(follow->runtime, "checks", 1, 2, error);
    if (status == CAMPAIGN_OK) status = write_tables(found, follow, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(follow->runtime, "checks", 2, 2, error);
    if (status != CAMPAIGN_OK) return status;
    found->as_of_day = follow->as_of;
    if (follow->has_as_of && campaign_calendar_day(&info, follow->calendar, follow->as_of, NULL) == CAMPAIGN_OK)
        found->is_provisional = info.is_provisional;
    found->n_rows = follow->columns.record.n_rows - follow->n_later;
    found->n_current = follow->n_current;
    found->n_corrections = follow->n_corrections;
    found->n_problems = follow->n_problems;
    return CAMPAIGN_OK;
}

static void close_follow(cpn_follow *follow)
{
    campaign_calendar_free(follow->own_calendar);
    cpn_keys_free(&follow->ids);
    cpn_follow_keys_free(&follow->customers);
    cpn_follow_keys_free(&follow->reps);
    for (int kind = 0; kind < CPN_FOLLOW_FINDINGS; kind++) cpn_free(follow->findings[kind].items);
    void *const memory[] = { follow->records,  follow->by_customer,    follow->customer_spans, follow->by_rep,
                             follow->planned,  follow->working_before, follow->rep_sums,       follow->role_rows,
                             follow->problems, follow->missing,        follow->is_closed,      follow->planned_pairs };
    for (size_t i = 0; i < sizeof memory / sizeof *memory; i++) cpn_free(memory[i]);
}

campaign_status campaign_plan_followups(campaign_followups_report *report, const campaign_followups_inputs *inputs,
                                        const campaign_followups_options *options, const campaign_runtime *runtime,
                                        campaign_error *error)
{
    campaign_followups_report found = CAMPAIGN_FOLLOWUPS_REPORT_INIT;
    campaign_followups_inputs own_inputs;
    cpn_follow follow = { .runtime = runtime, .inputs = &own_inputs };
    if (!report || !inputs) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "report", "report and inputs are required");
    campaign_status status = cpn_open_view(report, sizeof *report, "report", error);
    if (status == CAMPAIGN_OK) status = check_inputs(&own_inputs, inputs, error);
    if (status == CAMPAIGN_OK) status = check_options(&follow, options, error);
    if (status == CAMPAIGN_OK) status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    status = follow_up(&found, &follow, error);
    close_follow(&follow);
    if (status == CAMPAIGN_OK)
        *report = found;
    else
        campaign_followups_report_clear(&found);
    return status;
}

void campaign_followups_report_clear(campaign_followups_report *report)
{
    if (!report) return;
    campaign_table *const tables[] = { report->current, report->problems, report->checks,       report->counts,
                                       report->daily,   report->blocked,  report->completeness, report->objections,
                                       report->reps,    report->notes };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) campaign_table_free(tables[i]);
    const campaign_followups_report empty = CAMPAIGN_FOLLOWUPS_REPORT_INIT;
    *report = empty;
}
