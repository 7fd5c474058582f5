/* Places campaigns: which nodes of the calendar become one, with what phases, and which targets lie in them. */
#include "plan/plan.h"

#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/text.h"

const char *const cpn_plan_phase_names[CPN_PLAN_N_PHASES] = { "preheat", "burst", "closing" };

enum {
    LOOK_AROUND = 366, /* days before and after the plan in which a known node must have shown up */
    NODE_ID = 96       /* bytes; an id has at most 64 */
};

/* The calendar's nodes: all of them, and those of the regions the plan is for. */
typedef struct node_lists {
    campaign_table *all, *regional;
    int32_t id, date, tier; /* columns, the same in both */
} node_lists;

static campaign_status list_nodes(node_lists *nodes, const cpn_plan_request *request, const campaign_calendar *calendar,
                                  campaign_error *error)
{
    const cpn_json_value *section = cpn_get(request->root, "calendar");
    const int32_t first = request->start_day - LOOK_AROUND, end = request->end_day + LOOK_AROUND;
    campaign_nodes_options options = CAMPAIGN_NODES_OPTIONS_INIT;
    options.regions = "*";
    campaign_status status = campaign_calendar_nodes(&nodes->all, calendar, first, end, &options, error);
    options.regions = cpn_get_text(section, &cpn_plan_calendar_record, "node_regions");
    if (status == CAMPAIGN_OK)
        status = campaign_calendar_nodes(&nodes->regional, calendar, first, end, &options, error);
    nodes->id = campaign_table_find(nodes->all, "id");
    nodes->date = campaign_table_find(nodes->all, "date");
    nodes->tier = campaign_table_find(nodes->all, "tier");
    return status;
}

static bool is_cell(const campaign_table *table, int32_t column, int64_t row, const char *text, size_t length)
{
    size_t n;
    const char *cell = campaign_table_text(table, column, row, &n);
    return cell && n == length && memcmp(cell, text, n) == 0;
}

static bool holds_text(const cpn_json_value *list, const campaign_table *table, int32_t column, int64_t row)
{
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next)
        if (is_cell(table, column, row, item->text, item->length)) return true;
    return false;
}

/* ---- Ids in the request ----------------------------------------------------------------------------------------- */

/* Refuses an id that no node has, and, where must_occur, one that has no day in the plan. */
static campaign_status check_id(const node_lists *nodes, const cpn_plan_request *request, const cpn_json_value *place,
                                const char *id, size_t length, bool must_occur, campaign_error *error)
{
    const int64_t n = campaign_table_n_rows(nodes->all);
    bool is_known = false;
    for (int64_t row = 0; row < n; row++) {
        if (!is_cell(nodes->all, nodes->id, row, id, length)) continue;
        is_known = true;
        const int64_t day = campaign_table_int64(nodes->all, nodes->date, row);
        if (!must_occur || (day >= request->start_day && day < request->end_day)) return CAMPAIGN_OK;
    }
    if (is_known)
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, place, "node \"%s\" has no day within the plan", id);
    const char **names = cpn_alloc(n, sizeof *names);
    char *texts = cpn_alloc(n, NODE_ID);
    if (!names || !texts) {
        cpn_free(names);
        cpn_free(texts);
        return cpn_fail_nomem(error);
    }
    for (int64_t row = 0; row < n; row++) {
        names[row] = texts + row * NODE_ID;
        (void)campaign_table_format(texts + row * NODE_ID, NODE_ID, nodes->all, nodes->id, row);
    }
    const int64_t nearest = cpn_nearest_name(id, length, names, n);
    const campaign_status status =
        nearest < 0 ? cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, place, "no node has the id \"%s\"", id)
                    : cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, place, "no node has the id \"%s\"; did you mean \"%s\"?",
                                    id, names[nearest]);
    cpn_free(names);
    cpn_free(texts);
    return status;
}

/* The request's section on campaigns, its lists looked up once. */
typedef struct node_policy {
    const cpn_json_value *section, *tiers, *forced, *forbidden, *phases, *phase_nodes;
} node_policy;

static campaign_status read_policy(node_policy *policy, const node_lists *nodes, const cpn_plan_request *request,
                                   campaign_error *error)
{
    memset(policy, 0, sizeof *policy);
    policy->section = cpn_get(request->root, "campaigns");
    if (!policy->section) return CAMPAIGN_OK;
    policy->tiers = cpn_get(policy->section, "tiers");
    policy->forced = cpn_get(policy->section, "forced");
    policy->forbidden = cpn_get(policy->section, "forbidden");
    policy->phases = cpn_get(policy->section, "phases");
    policy->phase_nodes = policy->phases ? cpn_get(policy->phases, "nodes") : NULL;
    campaign_status status = CAMPAIGN_OK;
    const cpn_json_value *item = policy->forced ? policy->forced->first : NULL;
    for (; item && status == CAMPAIGN_OK; item = item->next)
        status = check_id(nodes, request, item, item->text, item->length, true, error);
    item = policy->forbidden ? policy->forbidden->first : NULL;
    for (; item && status == CAMPAIGN_OK; item = item->next) {
        status = check_id(nodes, request, item, item->text, item->length, false, error);
        for (const cpn_json_value *other = policy->forced ? policy->forced->first : NULL;
             other && status == CAMPAIGN_OK; other = other->next)
            if (strcmp(item->text, other->text) == 0)
                status = cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, item, "node \"%s\" is both forced and forbidden",
                                       item->text);
    }
    item = policy->phase_nodes ? policy->phase_nodes->first : NULL;
    for (; item && status == CAMPAIGN_OK; item = item->next)
        status = check_id(nodes, request, item, item->key, item->key_length, false, error);
    return status;
}

/* Whether a node of the wanted tiers belongs to the plan's regions. Without a list only big nodes are wanted. */
static bool is_usual(const node_lists *nodes, const node_policy *policy, int64_t row)
{
    if (policy->tiers ? !holds_text(policy->tiers, nodes->all, nodes->tier, row)
                      : !is_cell(nodes->all, nodes->tier, row, "big", 3))
        return false;
    size_t length;
    const char *id = campaign_table_text(nodes->all, nodes->id, row, &length);
    for (int64_t i = 0; i < campaign_table_n_rows(nodes->regional); i++)
        if (is_cell(nodes->regional, nodes->id, i, id, length)) return true;
    return false;
}

static bool is_chosen(const node_lists *nodes, const node_policy *policy, int64_t row)
{
    if (holds_text(policy->forbidden, nodes->all, nodes->id, row)) return false;
    return holds_text(policy->forced, nodes->all, nodes->id, row) || is_usual(nodes, policy, row);
}

/* ---- One campaign ----------------------------------------------------------------------------------------------- */

static char *copy_cell(const campaign_table *table, const char *column, const char *fallback, int64_t row)
{
    size_t length;
    const char *text = campaign_table_text(table, campaign_table_find(table, column), row, &length);
    if (!text) text = campaign_table_text(table, campaign_table_find(table, fallback), row, &length);
    return text ? cpn_copy_text(text, length) : NULL;
}

static int32_t day_cell(const campaign_table *table, const char *column, int64_t row)
{
    return (int32_t)campaign_table_int64(table, campaign_table_find(table, column), row);
}

static bool name_campaign(cpn_plan_campaign *campaign, const campaign_table *nodes, int64_t row, bool is_chinese)
{
    campaign->node = copy_cell(nodes, "id", "id", row);
    campaign->name = copy_cell(nodes, is_chinese ? "name" : "name_en", is_chinese ? "name_en" : "name", row);
    campaign->tier = copy_cell(nodes, "tier", "tier", row);
    campaign->theme = copy_cell(nodes, is_chinese ? "theme" : "theme_en", is_chinese ? "theme_en" : "theme", row);
    campaign->certainty = copy_cell(nodes, "certainty", "certainty", row);
    const bool has_theme = campaign_table_text(nodes, campaign_table_find(nodes, "theme"), row, NULL) != NULL;
    return campaign->node && campaign->name && campaign->tier && campaign->certainty && (campaign->theme || !has_theme);
}

static bool has_id(const cpn_plan_campaigns *campaigns, const char *id)
{
    for (int64_t i = 0; i < campaigns->n; i++)
        if (strcmp(campaigns->rows[i].id, id) == 0) return true;
    return false;
}

/* A node that occurs twice in the plan makes "laba" and "laba-2", or "laba-3" where a node is called "laba-2". */
static bool number_campaign(cpn_plan_campaign *campaign, const cpn_plan_campaigns *before)
{
    for (int32_t n = 1; !campaign->id || has_id(before, campaign->id); n++) {
        cpn_text id = { 0 };
        cpn_text_add_string(&id, campaign->node);
        if (n > 1) cpn_text_add_format(&id, "-%d", (int)n);
        cpn_free(campaign->id);
        campaign->id = cpn_text_take(&id);
        if (!campaign->id) return false;
    }
    return true;
}

static int32_t length_of(const cpn_json_value *lengths, const char *name, int32_t otherwise)
{
    if (!lengths || !cpn_get(lengths, name)) return otherwise;
    return (int32_t)cpn_get_int(lengths, &cpn_plan_phase_lengths_record, name);
}

/* What the request says of the phases of one node; NULL: nothing. */
static const cpn_json_value *lengths_of(const node_policy *policy, const char *node)
{
    return policy->phase_nodes ? cpn_json_member(policy->phase_nodes, node) : NULL;
}

static campaign_status place_phases(cpn_plan_campaign *campaign, const node_policy *policy, const campaign_table *nodes,
                                    int64_t row, campaign_error *error)
{
    const cpn_json_value *lengths = lengths_of(policy, campaign->node);
    const int32_t day = campaign->day = day_cell(nodes, "date", row);
    const int32_t preheat = day - length_of(lengths, "preheat_days", day - day_cell(nodes, "preheat_start", row));
    const int32_t burst = day + length_of(lengths, "burst_first", day_cell(nodes, "peak_start", row) - day);
    const int32_t last = day + length_of(lengths, "burst_last", day_cell(nodes, "peak_end", row) - 1 - day);
    const int64_t closing_days = cpn_get_int(policy->phases, &cpn_plan_phases_record, "closing_days");
    if (last < burst)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, lengths, "the burst of \"%s\" ends %d days before it begins",
                             campaign->node, (int)(burst - last));
    campaign->starts[0] = preheat < burst ? preheat : burst;
    campaign->ends[0] = campaign->starts[1] = burst;
    campaign->ends[1] = campaign->starts[2] = last + 1;
    campaign->ends[2] = last + 1 + length_of(lengths, "closing_days", (int32_t)closing_days);
    return CAMPAIGN_OK;
}

static void add_up_phases(cpn_plan_campaign *campaign, const cpn_plan_request *request, const cpn_plan_targets *targets)
{
    for (int32_t phase = 0; phase < CPN_PLAN_N_PHASES; phase++)
        for (int32_t day = campaign->starts[phase]; day < campaign->ends[phase]; day++)
            if (day >= request->start_day && day < request->end_day)
                campaign->phase_minor[phase] += targets->day_minor[day - request->start_day];
    for (int32_t phase = 0; phase < CPN_PLAN_N_PHASES; phase++) campaign->minor += campaign->phase_minor[phase];
}

static void free_campaign(cpn_plan_campaign *campaign)
{
    cpn_free(campaign->id);
    cpn_free(campaign->node);
    cpn_free(campaign->name);
    cpn_free(campaign->tier);
    cpn_free(campaign->theme);
    cpn_free(campaign->certainty);
}

static campaign_status add_campaign(cpn_plan_campaigns *campaigns, const node_policy *policy,
                                    const cpn_plan_request *request, const campaign_table *nodes, int64_t row,
                                    campaign_error *error)
{
    if (campaigns->n == campaigns->capacity) {
        const int64_t capacity = campaigns->capacity ? campaigns->capacity * 2 : 16;
        cpn_plan_campaign *grown = cpn_resize(campaigns->rows, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(error);
        campaigns->rows = grown;
        campaigns->capacity = capacity;
    }
    cpn_plan_campaign campaign = { 0 };
    campaign_status status = CAMPAIGN_OK;
    if (!name_campaign(&campaign, nodes, row, request->is_chinese) || !number_campaign(&campaign, campaigns))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = place_phases(&campaign, policy, nodes, row, error);
    if (status == CAMPAIGN_OK)
        campaigns->rows[campaigns->n++] = campaign;
    else
        free_campaign(&campaign);
    return status;
}

/* ---- Notes ------------------------------------------------------------------------------------------------------ */

static campaign_status note_overlaps(cpn_plan_notes *notes, const cpn_plan_campaigns *campaigns, campaign_error *error)
{
    for (int64_t i = 0; i < campaigns->n; i++) {
        for (int64_t j = i + 1; j < campaigns->n; j++) {
            const cpn_plan_campaign *a = &campaigns->rows[i], *b = &campaigns->rows[j];
            const int32_t first = a->starts[0] > b->starts[0] ? a->starts[0] : b->starts[0];
            const int32_t end = a->ends[2] < b->ends[2] ? a->ends[2] : b->ends[2];
            if (first >= end) continue;
            const cpn_plan_note note = {
                .code = CPN_NOTE_CAMPAIGN_OVERLAP, .n = end - first, .first_day = first, .end_day = end
            };
            const campaign_status status = cpn_plan_note_add(notes, &note, a->id, b->id, error);
            if (status != CAMPAIGN_OK) return status;
        }
    }
    return CAMPAIGN_OK;
}

static campaign_status note_outside(cpn_plan_notes *notes, const cpn_plan_campaigns *campaigns,
                                    const cpn_plan_request *request, campaign_error *error)
{
    for (int64_t i = 0; i < campaigns->n; i++) {
        const cpn_plan_campaign *campaign = &campaigns->rows[i];
        int32_t n = 0;
        if (campaign->starts[0] < request->start_day) n += request->start_day - campaign->starts[0];
        if (campaign->ends[2] > request->end_day) n += campaign->ends[2] - request->end_day;
        if (n == 0) continue;
        const cpn_plan_note note = {
            .code = CPN_NOTE_CAMPAIGN_OUTSIDE, .n = n, .first_day = campaign->starts[0], .end_day = campaign->ends[2]
        };
        const campaign_status status = cpn_plan_note_add(notes, &note, campaign->id, NULL, error);
        if (status != CAMPAIGN_OK) return status;
    }
    return CAMPAIGN_OK;
}

/* A node after the plan whose preheat begins within it: next January's Spring Festival. */
static campaign_status note_next_year(cpn_plan_notes *notes, const node_lists *nodes, const node_policy *policy,
                                      const cpn_plan_request *request, campaign_error *error)
{
    for (int64_t row = 0; row < campaign_table_n_rows(nodes->all); row++) {
        const int32_t day = day_cell(nodes->all, "date", row);
        if (day < request->end_day || !is_chosen(nodes, policy, row)) continue;
        char id[NODE_ID];
        (void)campaign_table_format(id, sizeof id, nodes->all, nodes->id, row);
        const int32_t usual = day - day_cell(nodes->all, "preheat_start", row);
        const int32_t start = day - length_of(lengths_of(policy, id), "preheat_days", usual);
        if (start >= request->end_day) continue;
        const cpn_plan_note note = { .code = CPN_NOTE_NEXT_YEAR_PREHEAT, .first_day = start, .end_day = day + 1 };
        const campaign_status status = cpn_plan_note_add(notes, &note, id, NULL, error);
        if (status != CAMPAIGN_OK) return status;
    }
    return CAMPAIGN_OK;
}

static campaign_status note_provisional(cpn_plan_notes *notes, const cpn_plan_request *request,
                                        const campaign_calendar *calendar, campaign_error *error)
{
    cpn_plan_note note = { .code = CPN_NOTE_CALENDAR_PROVISIONAL };
    for (int32_t day = request->start_day; day < request->end_day; day++) {
        campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
        const campaign_status status = campaign_calendar_day(&info, calendar, day, error);
        if (status != CAMPAIGN_OK) return status;
        if (!info.is_provisional) continue;
        if (note.n++ == 0) note.first_day = day;
        note.end_day = day + 1;
    }
    return note.n == 0 ? CAMPAIGN_OK : cpn_plan_note_add(notes, &note, NULL, NULL, error);
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

static campaign_status place_all(cpn_plan_campaigns *campaigns, cpn_plan_notes *notes, const node_lists *nodes,
                                 const node_policy *policy, const cpn_plan_request *request, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const int32_t provisional = campaign_table_find(nodes->all, "is_provisional");
    for (int64_t row = 0; row < campaign_table_n_rows(nodes->all) && status == CAMPAIGN_OK; row++) {
        const int32_t day = day_cell(nodes->all, "date", row);
        if (day < request->start_day || day >= request->end_day || !is_chosen(nodes, policy, row)) continue;
        status = add_campaign(campaigns, policy, request, nodes->all, row, error);
        if (status == CAMPAIGN_OK && campaign_table_int64(nodes->all, provisional, row))
            status = cpn_plan_note_add(
                notes, &(cpn_plan_note){ .code = CPN_NOTE_NODE_PROVISIONAL, .first_day = day, .end_day = day + 1 },
                campaigns->rows[campaigns->n - 1].id, NULL, error);
    }
    return status;
}

campaign_status cpn_plan_campaigns_place(cpn_plan_campaigns *campaigns, cpn_plan_notes *notes,
                                         const cpn_plan_request *request, const campaign_calendar *calendar,
                                         const cpn_plan_targets *targets, campaign_error *error)
{
    memset(campaigns, 0, sizeof *campaigns);
    node_lists nodes = { 0 };
    node_policy policy;
    campaign_status status = note_provisional(notes, request, calendar, error);
    if (status == CAMPAIGN_OK) status = list_nodes(&nodes, request, calendar, error);
    if (status == CAMPAIGN_OK) status = read_policy(&policy, &nodes, request, error);
    if (status == CAMPAIGN_OK) status = place_all(campaigns, notes, &nodes, &policy, request, error);
    for (int64_t i = 0; i < campaigns->n && status == CAMPAIGN_OK; i++)
        add_up_phases(&campaigns->rows[i], request, targets);
    if (status == CAMPAIGN_OK && campaigns->n == 0)
        status = cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_NO_CAMPAIGNS }, NULL, NULL, error);
    if (status == CAMPAIGN_OK) status = note_overlaps(notes, campaigns, error);
    if (status == CAMPAIGN_OK) status = note_outside(notes, campaigns, request, error);
    if (status == CAMPAIGN_OK) status = note_next_year(notes, &nodes, &policy, request, error);
    campaign_table_free(nodes.all);
    campaign_table_free(nodes.regional);
    if (status != CAMPAIGN_OK) cpn_plan_campaigns_free(campaigns);
    return status;
}

void cpn_plan_campaigns_free(cpn_plan_campaigns *campaigns)
{
    for (int64_t i = 0; i < campaigns->n; i++) free_campaign(&campaigns->rows[i]);
    cpn_free(campaigns->rows);
    memset(campaigns, 0, sizeof *campaigns);
}
