/* Makes a plan: runs the stages in order and keeps the finished tables. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "plan/compare.h"
#include "plan/rooms.h"
#include "plan/support.h"

/* What the stages hand on; freed together. */
typedef struct plan_draft {
    cpn_plan_notes notes;
    cpn_plan_history history;
    cpn_plan_profile profile;
    cpn_plan_targets targets;
    cpn_plan_support support;
    cpn_plan_campaigns campaigns;
    campaign_calendar *own_calendar;
    const campaign_calendar *calendar; /* own or the caller's */
    int64_t target_minor;
} plan_draft;

static void free_draft(plan_draft *draft)
{
    cpn_plan_notes_free(&draft->notes);
    cpn_plan_history_free(&draft->history);
    cpn_plan_profile_free(&draft->profile);
    cpn_plan_targets_free(&draft->targets);
    cpn_plan_support_free(&draft->support);
    cpn_plan_campaigns_free(&draft->campaigns);
    campaign_calendar_free(draft->own_calendar);
}

/* The annual target in minor units, and how it stands to the latest whole year of the history. */
static campaign_status set_target(plan_draft *draft, const cpn_plan_request *request, campaign_error *error)
{
    const cpn_plan_profile *profile = &draft->profile;
    const int64_t whole = 1000000;
    int64_t growth_ppm = request->growth_ppm;
    draft->target_minor = request->target_minor;
    if (request->has_growth) {
        if (!profile->has_year)
            return cpn_fail(error, CAMPAIGN_E_MISSING, "target.growth",
                            "a target by growth needs orders of twelve whole months");
        if (profile->year_minor <= 0)
            return cpn_fail(error, CAMPAIGN_E_VALUE, "target.growth",
                            "the latest twelve months have no net sales to grow from");
        if (!cpn_mul_div64(&draft->target_minor, profile->year_minor, whole + growth_ppm, whole,
                           CAMPAIGN_ROUND_HALF_EVEN))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "target.growth", "the target does not fit 64 bits");
    } else if (!profile->has_year || profile->year_minor <= 0 ||
               !cpn_plan_share_ppm(&growth_ppm, draft->target_minor, profile->year_minor)) {
        return CAMPAIGN_OK;
    } else {
        growth_ppm -= whole;
    }
    return cpn_plan_note_add(
        &draft->notes,
        &(cpn_plan_note){
            .code = CPN_NOTE_GROWTH, .n = growth_ppm, .first_day = profile->year_first, .end_day = profile->year_end },
        NULL, NULL, error);
}

/* A calendar from outside replaces the request's own; both would leave open which of them counts. */
static campaign_status choose_calendar(const campaign_calendar **calendar, plan_draft *draft,
                                       const cpn_plan_request *request, const campaign_plan_inputs *inputs,
                                       campaign_error *error)
{
    if (!inputs->calendar) {
        const campaign_status status = cpn_plan_calendar_open(&draft->own_calendar, request, error);
        *calendar = draft->own_calendar;
        return status;
    }
    *calendar = inputs->calendar;
    const cpn_json_value *section = cpn_get(request->root, "calendar");
    const cpn_json_value *own = section ? cpn_get(section, "overlays") : NULL;
    if (section && !own) own = cpn_get(section, "nodes");
    if (own)
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, own,
                             "a calendar is given: the request cannot bring overlays or nodes of its own");
    return cpn_plan_note_add(&draft->notes, &(cpn_plan_note){ .code = CPN_NOTE_CALENDAR_GIVEN }, NULL, NULL, error);
}

/* What stands beside the targets. */
static campaign_status stand_beside(plan_draft *draft, const cpn_plan_request *request,
                                    const campaign_plan_inputs *inputs, campaign_error *error)
{
    const cpn_plan_season_source source = { .history = &draft->history,
                                            .profile = &draft->profile,
                                            .calendar = draft->calendar };
    const campaign_status status =
        cpn_plan_support_measure(&draft->support, request, &source, &draft->targets, inputs->daily, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_plan_entries_add(&draft->support, request, &draft->history, &draft->targets, inputs->bottom_up, error);
}

static campaign_status compute(plan_draft *draft, const cpn_plan_request *request, const campaign_plan_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error)
{
    enum { STAGES = 4 };
    const char *stage = "plan";
    campaign_status status = cpn_report_progress(runtime, stage, 0, STAGES, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_history_read(&draft->history, &draft->notes, request, inputs->orders, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, stage, 1, STAGES, error);
    if (status == CAMPAIGN_OK) status = choose_calendar(&draft->calendar, draft, request, inputs, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_profile_measure(&draft->profile, &draft->notes, request, &draft->history, draft->calendar,
                                          inputs->drivers, error);
    if (status == CAMPAIGN_OK) status = set_target(draft, request, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, stage, 2, STAGES, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_targets_split(&draft->targets, request, &draft->profile, &draft->history, draft->target_minor,
                                        runtime, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_bounds_note(&draft->notes, &draft->targets, request, &draft->history, error);
    if (status == CAMPAIGN_OK) status = stand_beside(draft, request, inputs, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, stage, 3, STAGES, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_plan_choice_facts facts = { request,         draft->calendar,     &draft->history, &draft->profile,
                                          &draft->targets, draft->target_minor, runtime };
    return cpn_plan_campaigns_place(&draft->campaigns, &draft->notes, &facts, error);
}

static campaign_status make_tables(campaign_plan *plan, plan_draft *draft, const campaign_plan_inputs *inputs,
                                   const campaign_runtime *runtime, campaign_error *error)
{
    const cpn_plan_request *request = &plan->request;
    const cpn_plan_source others[] = { { "drivers", inputs->drivers },
                                       { "bottom_up", inputs->bottom_up },
                                       { "daily", inputs->daily } };
    campaign_table **tables = plan->tables;
    campaign_status status = cpn_plan_targets_table(&tables[CPN_PLAN_TARGETS], &draft->targets, &draft->support,
                                                    request, &draft->history, error);
    const cpn_plan_facts facts = { request,         draft->calendar,    inputs->orders,    &draft->history,
                                   &draft->profile, &draft->targets,    &draft->campaigns, &draft->notes,
                                   runtime,         draft->target_minor };
    if (status == CAMPAIGN_OK) status = cpn_plan_rooms_make(tables, &facts, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_campaigns_table(&tables[CPN_PLAN_CAMPAIGNS], &draft->campaigns, request, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_phases_table(&tables[CPN_PLAN_PHASES], &draft->campaigns, request, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_metrics_table(&tables[CPN_PLAN_METRICS], &draft->support, request, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_days_table(&tables[CPN_PLAN_DAYS], &draft->targets, request, draft->profile.season_days,
                                     draft->calendar, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_notes_table(&tables[CPN_PLAN_NOTES], &draft->notes, request, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_sources_table(&tables[CPN_PLAN_SOURCES], others, 3, &draft->history, request, error);
    if (status != CAMPAIGN_OK) return status;
    tables[CPN_PLAN_CANDIDATES] = draft->campaigns.candidates;
    draft->campaigns.candidates = NULL;
    tables[CPN_PLAN_THEMES] = draft->campaigns.themes;
    draft->campaigns.themes = NULL;
    plan->skipped = draft->history.skipped;
    draft->history.skipped = NULL;
    return plan->skipped ? CAMPAIGN_OK : cpn_plan_skipped_empty(&plan->skipped, error);
}

campaign_status campaign_plan_create(campaign_plan **plan, const char *request_json, size_t request_len,
                                     const campaign_plan_inputs *tables, const campaign_runtime *runtime,
                                     campaign_error *error)
{
    if (plan) *plan = NULL;
    if (!plan || !request_json) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "plan", "plan and request are required");
    campaign_plan_inputs inputs;
    campaign_status status = cpn_check_runtime(runtime, error);
    if (status == CAMPAIGN_OK)
        status = cpn_check_knobs(tables, sizeof(campaign_plan_inputs), sizeof(campaign_plan_inputs), "tables", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(&inputs, sizeof inputs, tables);
    if (inputs.reserved) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "tables.reserved", "reserved is not 0");
    campaign_plan *made = cpn_alloc_zero(1, sizeof *made);
    if (!made) return cpn_fail_nomem(error);
    plan_draft draft;
    memset(&draft, 0, sizeof draft);
    status = cpn_plan_request_read(&made->request, request_json, request_len, error);
    if (status == CAMPAIGN_OK) status = compute(&draft, &made->request, &inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = make_tables(made, &draft, &inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, "plan", 4, 4, error);
    free_draft(&draft);
    if (status == CAMPAIGN_OK)
        *plan = made;
    else
        campaign_plan_free(made);
    return status;
}
