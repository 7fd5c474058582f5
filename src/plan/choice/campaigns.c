/* Chooses among the plan's candidates and turns the chosen ones into campaigns; writes down why the others were not. */
#include <string.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"
#include "plan/choice/choice.h"
#include "plan/rooms.h"

/* ---- The problem ------------------------------------------------------------------------------------------------ */

/* A window counts as far as it lies in the plan; one that lies outside it by its lengths counts for the nearest day. */
static void place_window(cpn_choice_candidate *at, const cpn_plan_campaign *campaign, const cpn_plan_request *request)
{
    at->start = campaign->starts[1] > request->start_day ? campaign->starts[1] : request->start_day;
    if (at->start >= request->end_day) at->start = request->end_day - 1;
    at->end = campaign->ends[1] > at->start ? campaign->ends[1] : at->start + 1;
    at->first = campaign->starts[0] < at->start ? campaign->starts[0] : at->start;
}

static bool holds(const cpn_json_value *list, const char *text)
{
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next)
        if (strcmp(item->text, text) == 0) return true;
    return false;
}

/* What values and costs are divided by so that all of them add up within 64 bits: 1, but for absurd targets. */
static int64_t find_scale(const cpn_plan_campaigns *candidates, int32_t exponent)
{
    const int64_t room = INT64_MAX / 8 / (candidates->n + 1);
    int64_t scale = 1;
    for (int32_t k = 0; k < exponent; k++) {
        bool fits = true;
        for (int64_t i = 0; i < candidates->n && fits; i++) {
            const cpn_plan_campaign *campaign = &candidates->rows[i];
            fits = campaign->value_minor / scale < room && campaign->value_minor / scale > -room &&
                   campaign->cost_minor / scale < room;
        }
        if (fits) break;
        scale *= 10;
    }
    return scale;
}

static campaign_status fill_problem(cpn_choice_problem *problem, const cpn_plan_campaigns *candidates,
                                    const cpn_plan_request *request, campaign_error *error)
{
    problem->candidates = cpn_alloc_zero(candidates->n, sizeof *problem->candidates);
    problem->by_place = cpn_alloc_zero(candidates->n, sizeof *problem->by_place);
    if (!problem->candidates || !problem->by_place) return cpn_fail_nomem(error);
    problem->n = candidates->n;
    const int64_t scale = find_scale(candidates, request->exponent);
    problem->value_unit = (cpn_choice_unit){ .type = CAMPAIGN_TYPE_MONEY, .exponent = request->exponent };
    for (int64_t i = scale; i > 1; i /= 10) problem->value_unit.exponent--;
    memcpy(problem->value_unit.currency, request->currency, sizeof problem->value_unit.currency);
    problem->cost_unit = problem->value_unit;
    for (int64_t i = 0; i < problem->n; i++) {
        const cpn_plan_campaign *campaign = &candidates->rows[i];
        cpn_choice_candidate *at = &problem->candidates[i];
        *at = (cpn_choice_candidate){ .id = campaign->id,
                                      .row = i,
                                      .value = campaign->value_minor / scale,
                                      .cost = campaign->cost_minor / scale,
                                      .is_big = campaign->tier[0] == 'b',
                                      .is_filler = campaign->is_season };
        place_window(at, campaign, request);
    }
    return cpn_choice_place_ids(problem, error);
}

/* Forced candidates come before a density that only stands by default: each period has room for those that are forced to
 * start in it. */
static campaign_status make_room(cpn_choice_problem *problem, const cpn_json_value *rules, bool is_big,
                                 campaign_error *error)
{
    const cpn_json_value *range = rules ? cpn_get(rules, is_big ? "big_per_quarter" : "small_per_month") : NULL;
    if ((range && cpn_get(range, "max")) || problem->start_month >= problem->end_month) return CAMPAIGN_OK;
    const int32_t first = is_big ? cpn_choice_quarter(problem, problem->start_month) : problem->start_month;
    const int32_t last = is_big ? cpn_choice_quarter(problem, problem->end_month - 1) : problem->end_month - 1;
    int32_t *room = cpn_alloc_zero(last - first + 1, sizeof *room);
    if (!room) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < problem->n; i++) {
        const cpn_choice_candidate *at = &problem->candidates[i];
        const int32_t month = cpn_month_index(at->start);
        if (at->is_forced && at->is_big == is_big)
            room[(is_big ? cpn_choice_quarter(problem, month) : month) - first]++;
    }
    *(is_big ? &problem->big_room : &problem->small_room) = room;
    return CAMPAIGN_OK;
}

static campaign_status read_problem(cpn_choice_problem *problem, const cpn_plan_campaigns *candidates,
                                    const cpn_plan_node_policy *policy, const cpn_plan_request *request,
                                    campaign_error *error)
{
    const cpn_json_value *rules = policy->section ? cpn_get(policy->section, "rules") : NULL;
    const cpn_choice_frame frame = { request->start_day, request->end_day };
    campaign_status status = fill_problem(problem, candidates, request, error);
    if (status == CAMPAIGN_OK) status = cpn_choice_rules(problem, rules, &frame, error);
    for (int64_t i = 0; i < problem->n && status == CAMPAIGN_OK; i++) {
        cpn_choice_candidate *at = &problem->candidates[i];
        if (!holds(policy->forced, candidates->rows[at->row].node)) continue;
        at->is_forced = true;
        if (at->bar != CPN_BAR_NONE)
            status = cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "campaigns.forced", "\"%s\" is forced but %s", at->id,
                              at->bar == CPN_BAR_BLACKOUT ? "lies in a blackout" : "forbidden by the rules");
    }
    if (status == CAMPAIGN_OK) status = make_room(problem, rules, true, error);
    return status == CAMPAIGN_OK ? make_room(problem, rules, false, error) : status;
}

/* ---- Campaigns -------------------------------------------------------------------------------------------------- */

static bool copy_texts(cpn_plan_campaign *to, const cpn_plan_campaign *from)
{
    to->id = cpn_copy_text(from->id, strlen(from->id));
    to->node = cpn_copy_text(from->node, strlen(from->node));
    to->tier = cpn_copy_text(from->tier, strlen(from->tier));
    to->certainty = cpn_copy_text(from->certainty, strlen(from->certainty));
    to->theme = from->theme ? cpn_copy_text(from->theme, strlen(from->theme)) : NULL;
    return to->id && to->node && to->tier && to->certainty && (to->theme || !from->theme);
}

/* The longest of the members' phases: the burst from the first to the last day that one of them bursts. */
static void stretch(cpn_plan_campaign *campaign, const cpn_plan_campaign *member)
{
    if (member->starts[0] < campaign->starts[0]) campaign->starts[0] = member->starts[0];
    if (member->starts[1] < campaign->starts[1]) campaign->starts[1] = member->starts[1];
    if (member->ends[1] > campaign->ends[1]) campaign->ends[1] = member->ends[1];
    if (member->ends[2] > campaign->ends[2]) campaign->ends[2] = member->ends[2];
    if (campaign->ends[2] < campaign->ends[1]) campaign->ends[2] = campaign->ends[1];
    if (campaign->starts[0] > campaign->starts[1]) campaign->starts[0] = campaign->starts[1];
    campaign->ends[0] = campaign->starts[1];
    campaign->starts[2] = campaign->ends[1];
}

static int64_t scale_of(const cpn_choice *choice, const cpn_plan_request *request)
{
    return cpn_power_of_ten(request->exponent - choice->problem.value_unit.exponent);
}

/* The other member of the leading one's tier that is worth most, or NULL: a merged campaign is called after both. */
static const cpn_plan_campaign *find_second(const cpn_plan_campaigns *candidates, const cpn_choice *choice,
                                            int64_t number)
{
    const cpn_choice_problem *problem = &choice->problem;
    const int64_t lead = choice->campaigns[number].lead;
    int64_t second = -1;
    for (int64_t i = 0; i < problem->n; i++) {
        const cpn_choice_candidate *at = &problem->candidates[i];
        if (choice->campaign_of[i] != number || i == lead || at->is_big != problem->candidates[lead].is_big) continue;
        if (at->is_filler) continue;
        if (second < 0 || at->value > problem->candidates[second].value) second = i;
    }
    return second < 0 ? NULL : &candidates->rows[problem->candidates[second].row];
}

/* The members' ids, and the phases that hold all of theirs. */
static void gather_members(cpn_plan_campaign *campaign, cpn_text *ids, const cpn_plan_campaigns *candidates,
                           const cpn_choice *choice, int64_t number)
{
    for (int64_t i = 0; i < choice->problem.n; i++) {
        const cpn_plan_campaign *member = &candidates->rows[choice->problem.candidates[i].row];
        if (choice->campaign_of[i] != number) continue;
        if (ids->length > 0) cpn_text_add_char(ids, ',');
        cpn_text_add_string(ids, member->id);
        if (i != choice->campaigns[number].lead) stretch(campaign, member);
    }
}

static campaign_status add_campaign(cpn_plan_campaigns *campaigns, const cpn_plan_campaigns *candidates,
                                    const cpn_choice *choice, int64_t number, const cpn_plan_request *request,
                                    campaign_error *error)
{
    const cpn_choice_campaign *found = &choice->campaigns[number];
    const cpn_plan_campaign *lead = &candidates->rows[choice->problem.candidates[found->lead].row];
    const cpn_plan_campaign *second = find_second(candidates, choice, number);
    cpn_plan_campaign *campaign = cpn_plan_campaigns_add(campaigns);
    if (!campaign) return cpn_fail_nomem(error);
    cpn_text name = { 0 }, members = { 0 };
    *campaign = *lead;
    campaign->name = campaign->members = NULL;
    const bool has_texts = copy_texts(campaign, lead);
    cpn_text_add_string(&name, lead->name);
    if (second) cpn_text_add_string(&name, " + ");
    if (second) cpn_text_add_string(&name, second->name);
    gather_members(campaign, &members, candidates, choice, number);
    campaign->name = cpn_text_take(&name);
    campaign->members = cpn_text_take(&members);
    campaign->value_minor = found->value * scale_of(choice, request);
    campaign->cost_minor = found->cost * scale_of(choice, request);
    return has_texts && campaign->name && campaign->members ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

/* Merged candidates cost what they cost together, and a reason may be worth all of them: in minor units that can pass 64
 * bits. */
static campaign_status check_room(const cpn_choice *choice, const cpn_plan_request *request, campaign_error *error)
{
    const int64_t scale = scale_of(choice, request);
    bool fits = true;
    int64_t minor;
    for (int64_t i = 0; i < choice->n_campaigns; i++)
        fits = fits && cpn_mul64(&minor, choice->campaigns[i].value, scale) &&
               cpn_mul64(&minor, choice->campaigns[i].cost, scale);
    for (int64_t i = 0; i < choice->problem.n; i++) {
        const cpn_choice_reason *reason = &choice->reasons[i];
        if (reason->has_worth) fits = fits && cpn_mul64(&minor, reason->worth, scale);
        if (reason->has_forcing_cost) fits = fits && cpn_mul64(&minor, reason->forcing_cost, scale);
    }
    if (fits) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "campaigns.candidates",
                    "values or costs of candidates together do not fit 64 bits of minor units");
}

static campaign_status note_choice(cpn_plan_notes *notes, const cpn_choice *choice, campaign_error *error)
{
    const cpn_choice_result *best = &choice->best;
    int64_t n = 0, gap_ppm = 0;
    for (int64_t i = 0; i < choice->problem.n; i++) n += best->is_chosen[i];
    if (choice->problem.n == 0) return CAMPAIGN_OK;
    if (best->is_proven)
        return cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_CHOICE_PROVEN, .n = n }, NULL, NULL, error);
    if (!cpn_plan_share_ppm(&gap_ppm, best->bound - best->value, best->value)) gap_ppm = 0;
    return cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_CHOICE_BOUND, .n = gap_ppm }, NULL, NULL, error);
}

/* ---- The table -------------------------------------------------------------------------------------------------- */

static void write_candidate(cpn_out *out, cpn_text *text, const cpn_plan_campaign *campaign, const cpn_choice *choice,
                            int64_t i, const cpn_plan_request *request)
{
    const cpn_choice_problem *problem = &choice->problem;
    const cpn_choice_reason *reason = &choice->reasons[i];
    const int64_t number = choice->campaign_of[i], scale = scale_of(choice, request);
    cpn_out_string(out, 0, campaign->id);
    cpn_out_string(out, 1, campaign->node);
    cpn_out_string(out, 2, campaign->name);
    cpn_out_string(out, 3, campaign->tier);
    cpn_out_int64(out, 4, campaign->starts[1]);
    cpn_out_int64(out, 5, campaign->ends[1]);
    cpn_out_int64(out, 6, campaign->value_minor);
    cpn_out_string(out, 7, cpn_plan_value_basis_names[campaign->value_basis]);
    cpn_out_int64(out, 8, campaign->n_value_years);
    cpn_out_int64(out, 9, campaign->cost_minor);
    cpn_out_int64(out, 10, choice->best.is_chosen[i]);
    cpn_out_string(out, 11, number < 0 ? NULL : problem->candidates[choice->campaigns[number].lead].id);
    cpn_out_optional_int64(out, 12, reason->worth * scale, reason->has_worth);
    cpn_out_optional_int64(out, 13, reason->forcing_cost * scale, reason->has_forcing_cost);
    cpn_out_string(out, 14, cpn_choice_rule_name(problem, &reason->binding));
    cpn_out_string(out, 15, reason->binding.other < 0 ? NULL : problem->candidates[reason->binding.other].id);
    text->length = 0;
    cpn_choice_say(text, choice, i, request->is_chinese);
    cpn_out_text(out, 16, text->data, text->length);
}

/* By window, as the campaigns stand. */
static campaign_status write_candidates(campaign_table **table, const cpn_plan_campaigns *candidates,
                                        const cpn_choice *choice, const cpn_plan_request *request,
                                        campaign_error *error)
{
    cpn_out out;
    cpn_text text = { 0 };
    cpn_plan_table_open(&out, CPN_PLAN_CANDIDATES, request);
    for (int64_t i = 0; i < choice->problem.n; i++)
        write_candidate(&out, &text, &candidates->rows[choice->problem.candidates[i].row], choice, i, request);
    const campaign_status status = text.has_failed ? cpn_fail_nomem(error) : CAMPAIGN_OK;
    cpn_text_clear(&text);
    return cpn_plan_table_close(table, &out, status, error);
}

campaign_status cpn_plan_candidates_choose(cpn_plan_campaigns *campaigns, const cpn_plan_campaigns *candidates,
                                           cpn_plan_notes *notes, const cpn_plan_node_policy *policy,
                                           const cpn_plan_choice_facts *facts, campaign_error *error)
{
    const campaign_choice_options options = CAMPAIGN_CHOICE_OPTIONS_INIT;
    cpn_choice choice;
    memset(&choice, 0, sizeof choice);
    campaign_status status = read_problem(&choice.problem, candidates, policy, facts->request, error);
    if (status == CAMPAIGN_OK) status = cpn_choice_run(&choice, &options, facts->runtime, error);
    if (status == CAMPAIGN_OK) status = check_room(&choice, facts->request, error);
    for (int64_t i = 0; i < choice.n_campaigns && status == CAMPAIGN_OK; i++)
        status = add_campaign(campaigns, candidates, &choice, i, facts->request, error);
    if (status == CAMPAIGN_OK) status = note_choice(notes, &choice, error);
    if (status == CAMPAIGN_OK)
        status = write_candidates(&campaigns->candidates, candidates, &choice, facts->request, error);
    cpn_choice_free(&choice);
    return status;
}
