/* Weekly themes (AP7): every day of the plan's year on which one falls, and what becomes of it: held, suspended on a day
 * off, folded into the campaign that bursts on it. Themes carry no target and no money of their own. */
#include <string.h>

#include "base/date.h"
#include "plan/campaigns.h"

enum { THEME, NAME, DATE, STATUS, REASON, CAMPAIGN, NODE, TEXT };

typedef enum theme_policy { POLICY_FOLD, POLICY_SUSPEND, POLICY_HOLD } theme_policy;

typedef struct theme {
    const char *id, *name;
    int32_t weekday; /* 1 = Monday */
    bool holds_on_days_off;
    theme_policy in_campaign;
} theme;

/* What becomes of a theme on one day. */
typedef struct occurrence {
    const char *status, *reason; /* reason NULL: held as usual */
    const cpn_plan_campaign *campaign;
    int64_t node; /* row of a big node of that day, or -1 */
    bool is_day_off;
} occurrence;

typedef struct themes_room {
    const cpn_plan_campaigns *campaigns;
    const cpn_plan_nodes *nodes;
    const cpn_plan_node_policy *policy;
    const cpn_plan_choice_facts *facts;
    cpn_out out;
    cpn_text text;
} themes_room;

/* ---- One day ---------------------------------------------------------------------------------------------------- */

static const cpn_plan_campaign *find_burst(const cpn_plan_campaigns *campaigns, int32_t day)
{
    for (int64_t i = 0; i < campaigns->n; i++)
        if (day >= campaigns->rows[i].starts[1] && day < campaigns->rows[i].ends[1]) return &campaigns->rows[i];
    return NULL;
}

/* A big node of the plan's regions on that day, wanted as a campaign or not. */
static int64_t find_big_node(const cpn_plan_nodes *nodes, int32_t day)
{
    const campaign_table *table = nodes->regional;
    const int32_t tier = campaign_table_find(table, "tier"), date = campaign_table_find(table, "date");
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++) {
        size_t length;
        const char *text = campaign_table_text(table, tier, row, &length);
        if (campaign_table_int64(table, date, row) == day && length == 3 && memcmp(text, "big", 3) == 0) return row;
    }
    return -1;
}

static campaign_status look_at(occurrence *at, const themes_room *room, const theme *of, int32_t day,
                               campaign_error *error)
{
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    const campaign_status status = campaign_calendar_day(&info, room->facts->calendar, day, error);
    if (status != CAMPAIGN_OK) return status;
    *at = (occurrence){ .status = "held", .campaign = find_burst(room->campaigns, day) };
    at->node = find_big_node(room->nodes, day);
    /* A weekend is the theme's own choice; a holiday, or a working day swapped for one, is not. */
    at->is_day_off = info.kind == CAMPAIGN_DAY_STATUTORY || info.kind == CAMPAIGN_DAY_SWAPPED;
    if (at->is_day_off && !of->holds_on_days_off) {
        at->status = "suspended";
        at->reason = "day_off";
    } else if ((at->node >= 0 || at->campaign) && of->in_campaign != POLICY_HOLD) {
        const bool is_folded = at->campaign && of->in_campaign == POLICY_FOLD;
        at->status = is_folded ? "folded" : "suspended";
        at->reason = at->node >= 0 ? "big_node" : "campaign";
    }
    return CAMPAIGN_OK;
}

static void add_node(cpn_text *text, const themes_room *room, const occurrence *at)
{
    const bool is_chinese = room->facts->request->is_chinese;
    const campaign_table *table = room->nodes->regional;
    size_t length;
    const char *name =
        campaign_table_text(table, campaign_table_find(table, is_chinese ? "name" : "name_en"), at->node, &length);
    if (!name) name = campaign_table_text(table, campaign_table_find(table, "name"), at->node, &length);
    if (name) cpn_text_add(text, name, length);
}

/* "Suspended: a day off.", "Folded into 618 mid-year sale: the day of 618 mid-year sale." */
static void say(cpn_text *text, const themes_room *room, const occurrence *at)
{
    const bool zh = room->facts->request->is_chinese;
    text->length = 0;
    if (strcmp(at->status, "folded") == 0) {
        cpn_text_add_string(text, zh ? "并入" : "Folded into ");
        cpn_text_add_string(text, at->campaign->name);
    } else {
        cpn_text_add_string(text,
                            strcmp(at->status, "held") == 0 ? (zh ? "照常举行" : "Held") : (zh ? "暂停" : "Suspended"));
    }
    if (!at->reason) {
        cpn_text_add_string(text, zh ? "。" : ".");
        return;
    }
    cpn_text_add_string(text, zh ? "：" : ": ");
    if (strcmp(at->reason, "day_off") == 0) {
        cpn_text_add_string(text, zh ? "当天放假" : "a day off");
    } else if (strcmp(at->reason, "campaign") == 0) {
        cpn_text_add_string(text, zh ? "处于爆发期" : "its burst");
    } else {
        cpn_text_add_string(text, zh ? "" : "the day of ");
        add_node(text, room, at);
        cpn_text_add_string(text, zh ? "当天" : "");
    }
    cpn_text_add_string(text, zh ? "。" : ".");
}

static campaign_status write_day(themes_room *room, const theme *of, int32_t day, campaign_error *error)
{
    occurrence at;
    const campaign_status status = look_at(&at, room, of, day, error);
    if (status != CAMPAIGN_OK) return status;
    const campaign_table *table = room->nodes->regional;
    size_t length = 0;
    const char *node =
        at.node < 0 ? NULL : campaign_table_text(table, campaign_table_find(table, "id"), at.node, &length);
    cpn_out *out = &room->out;
    cpn_out_string(out, THEME, of->id);
    cpn_out_string(out, NAME, of->name);
    cpn_out_int64(out, DATE, day);
    cpn_out_string(out, STATUS, at.status);
    cpn_out_string(out, REASON, at.reason);
    cpn_out_string(out, CAMPAIGN, at.campaign ? at.campaign->id : NULL);
    if (node)
        cpn_out_text(out, NODE, node, length);
    else
        cpn_out_null(out, NODE);
    say(&room->text, room, &at);
    cpn_out_text(out, TEXT, room->text.data, room->text.length);
    return CAMPAIGN_OK;
}

/* ---- All themes ------------------------------------------------------------------------------------------------- */

enum { MOST_THEMES = 20, WEDNESDAY = 3, FRIDAY = 5 };

/* Themes of the request; where it says nothing, the handbook's two. */
static campaign_status read_themes(theme themes[MOST_THEMES], int32_t *n, const themes_room *room,
                                   campaign_error *error)
{
    const cpn_record *record = &cpn_plan_theme_record;
    const bool zh = room->facts->request->is_chinese;
    const cpn_json_value *list = room->policy->section ? cpn_get(room->policy->section, "themes") : NULL;
    *n = 0;
    if (!list) {
        themes[(*n)++] =
            (theme){ "member_day", zh ? "周三会员日" : "Wednesday member day", WEDNESDAY, false, POLICY_FOLD };
        themes[(*n)++] = (theme){ "flash_sale", zh ? "周五秒杀" : "Friday flash sale", FRIDAY, false, POLICY_FOLD };
    }
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next) {
        theme *of = &themes[*n];
        *of = (theme){ .id = cpn_get_text(item, record, "id"), .name = cpn_get_text(item, record, "name") };
        if (!of->name) of->name = of->id;
        of->weekday = cpn_get_enum(item, record, "weekday") + 1;
        of->holds_on_days_off = cpn_get_enum(item, record, "on_days_off") == 1;
        of->in_campaign = (theme_policy)cpn_get_enum(item, record, "in_campaigns");
        for (int32_t i = 0; i < *n; i++)
            if (strcmp(themes[i].id, of->id) == 0)
                return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, item, "the theme \"%s\" stands twice", of->id);
        ++*n;
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_plan_themes_place(campaign_table **table, const cpn_plan_campaigns *campaigns,
                                      const cpn_plan_nodes *nodes, const cpn_plan_node_policy *policy,
                                      const cpn_plan_choice_facts *facts, campaign_error *error)
{
    themes_room room = { .campaigns = campaigns, .nodes = nodes, .policy = policy, .facts = facts };
    theme themes[MOST_THEMES];
    int32_t n;
    campaign_status status = read_themes(themes, &n, &room, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_plan_table_open(&room.out, CPN_PLAN_THEMES, facts->request);
    for (int32_t day = facts->request->start_day; day < facts->request->end_day && status == CAMPAIGN_OK; day++)
        for (int32_t i = 0; i < n && status == CAMPAIGN_OK; i++)
            if (themes[i].weekday == cpn_weekday(day)) status = write_day(&room, &themes[i], day, error);
    if (status == CAMPAIGN_OK && room.text.has_failed) status = cpn_fail_nomem(error);
    cpn_text_clear(&room.text);
    return cpn_plan_table_close(table, &room.out, status, error);
}
