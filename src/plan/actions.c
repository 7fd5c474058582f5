/* Puts the actions of each phase on its days, and the mechanisms beside each campaign. */
#include "plan/actions.h"

#include <string.h>

#include "base/text.h"

/* ---- Actions ---------------------------------------------------------------------------------------------------- */

/* Half-open; empty where the campaign has no such phase. */
static void find_phase(int32_t *start, int32_t *end, const cpn_plan_campaign *campaign, int32_t phase)
{
    if (phase < CPN_PHASE_FEEDBACK) {
        *start = campaign->starts[phase];
        *end = campaign->ends[phase];
        return;
    }
    *start = campaign->ends[CPN_PLAN_N_PHASES - 1];
    *end = *start + (campaign->feedback_hours + 23) / 24;
}

/* The days of an action; false where there are none. */
static bool find_days(int32_t *start, int32_t *end, const cpn_plan_campaign *campaign, const cpn_action *action,
                      int32_t peak_days)
{
    find_phase(start, end, campaign, action->phase);
    if (*start >= *end) return false;
    switch (action->days) {
    case CPN_DAYS_ALL: break;
    case CPN_DAYS_FIRST: *end = *start + 1; break;
    case CPN_DAYS_LAST: *start = *end - 1; break;
    case CPN_DAYS_PEAK:
        if (*start < *end - peak_days) *start = *end - peak_days;
        break;
    }
    return *start < *end;
}

campaign_status cpn_plan_actions_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_plan_campaigns *campaigns = facts->campaigns;
    const cpn_json_value *section = cpn_get(facts->request->root, "campaigns");
    const cpn_json_value *traffic = section ? cpn_get(section, "traffic") : NULL;
    const int32_t peak_days = (int32_t)cpn_get_int(traffic, &cpn_plan_traffic_record, "peak_days");
    bool has_room;
    const campaign_status status =
        cpn_plan_room_for(&has_room, facts, CPN_PLAN_ACTIONS, campaigns->n * cpn_plan_n_actions, error);
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_ACTIONS, facts->request);
    for (int64_t i = 0; has_room && i < campaigns->n; i++)
        for (int32_t j = 0; j < cpn_plan_n_actions; j++) {
            const cpn_plan_campaign *campaign = &campaigns->rows[i];
            const cpn_action *action = &cpn_plan_actions[j];
            int32_t start, end;
            if (!(action->types >> campaign->type & 1)) continue;
            if (!find_days(&start, &end, campaign, action, peak_days)) continue;
            cpn_out_string(&out, 0, campaign->id);
            cpn_out_string(&out, 1,
                           action->phase < CPN_PHASE_FEEDBACK ? cpn_plan_phase_names[action->phase] : "feedback");
            cpn_out_string(&out, 2, action->code);
            cpn_out_int64(&out, 3, start);
            cpn_out_int64(&out, 4, end);
            cpn_out_string(&out, 5, facts->request->is_chinese ? action->zh : action->en);
            cpn_out_string(&out, 6, action->source);
        }
    return cpn_plan_table_close(table, &out, status, error);
}

/* ---- Mechanisms ------------------------------------------------------------------------------------------------- */

static bool is_known(const char *code)
{
    for (int32_t i = 0; i < cpn_plan_n_mechanisms; i++)
        if (strcmp(cpn_plan_mechanisms[i].code, code) == 0) return true;
    return false;
}

static campaign_status check_words(const cpn_json_value *words, campaign_error *error)
{
    for (const cpn_json_value *item = words ? words->first : NULL; item; item = item->next) {
        if (is_known(item->key)) continue;
        const char *names[64];
        int64_t n = 0;
        for (int32_t i = 0; i < cpn_plan_n_mechanisms && n < 64; i++) names[n++] = cpn_plan_mechanisms[i].code;
        const int64_t nearest = cpn_nearest_name(item->key, item->key_length, names, n);
        return nearest < 0 ? cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, item, "no mechanism \"%s\"", item->key)
                           : cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, item, "no mechanism \"%s\"; did you mean \"%s\"?",
                                           item->key, names[nearest]);
    }
    return CAMPAIGN_OK;
}

static void write_mechanism(cpn_out *out, const cpn_plan_campaign *campaign, const cpn_mechanism *mechanism,
                            int64_t rank, const char *parameters, bool is_chinese)
{
    cpn_out_string(out, 0, campaign->id);
    cpn_out_string(out, 1, mechanism->code);
    cpn_out_int64(out, 2, rank);
    cpn_out_string(out, 3, is_chinese ? mechanism->zh : mechanism->en);
    cpn_out_string(out, 4, parameters);
    cpn_out_string(out, 5, is_chinese ? mechanism->reason_zh : mechanism->reason_en);
    cpn_out_string(out, 6, mechanism->source);
}

campaign_status cpn_plan_mechanisms_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_mechanism_record;
    const cpn_plan_campaigns *campaigns = facts->campaigns;
    const cpn_json_value *section = cpn_get(facts->request->root, "campaigns");
    const cpn_json_value *words = section ? cpn_get(section, "mechanisms") : NULL;
    bool has_room = false;
    campaign_status status = check_words(words, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_room_for(&has_room, facts, CPN_PLAN_MECHANISMS, campaigns->n * cpn_plan_n_mechanisms, error);
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_MECHANISMS, facts->request);
    for (int64_t i = 0; has_room && status == CAMPAIGN_OK && i < campaigns->n; i++) {
        int64_t rank = 0;
        for (int32_t j = 0; j < cpn_plan_n_mechanisms; j++) {
            const cpn_mechanism *mechanism = &cpn_plan_mechanisms[j];
            const cpn_json_value *own = words ? cpn_get(words, mechanism->code) : NULL;
            if (!(mechanism->types >> campaigns->rows[i].type & 1) || !cpn_get_bool(own, record, "used")) continue;
            const char *parameters = own ? cpn_get_text(own, record, "parameters") : NULL;
            write_mechanism(&out, &campaigns->rows[i], mechanism, ++rank,
                            parameters ? parameters : mechanism->parameters, facts->request->is_chinese);
        }
    }
    return cpn_plan_table_close(table, &out, status, error);
}
