/* Deadlines of every campaign: what must be ready how many working days before the burst opens, and until when feedback
 * is collected. Counting back on the calendar is exact: the n-th working day before the first day of the burst. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "plan/rooms.h"

typedef struct usual_deadline {
    const char *id, *en, *zh, *source;
    int32_t working_days;
    uint32_t types; /* bits of cpn_plan_type */
} usual_deadline;

enum {
    LIGHT = 1 << CPN_TYPE_CARE,
    FULL = (1 << CPN_PLAN_N_TYPES) - 1 - LIGHT, /* all but those of the off season, which are light */
    SELLING = FULL - (1 << CPN_TYPE_EXPERIENCE) /* flash sales and the like, which load the shop */
};

static const usual_deadline usual[] = {
    { "scheme_approval", "Scheme approved", "方案审批", "AP15", 30, FULL },
    { "compliance_review", "Compliance review passed", "合规审查", "AP15", 25, FULL },
    { "creative_freeze", "Creative frozen", "创意定稿", "AP15", 20, FULL },
    { "scheme_approval", "Scheme approved", "方案审批", "AP15", 15, LIGHT },
    { "page_qa", "Pages checked", "页面验收", "AP15", 10, FULL },
    { "creative_freeze", "Creative frozen", "创意定稿", "AP15", 10, LIGHT },
    { "stress_test", "Load tested", "压力测试", "PX6", 5, SELLING },
    { "page_qa", "Pages checked", "页面验收", "AP15", 5, LIGHT },
    { "price_lock", "Prices locked", "价格锁定", "PX19", 3, FULL | LIGHT },
};

void cpn_plan_write_moment(char text[CPN_PLAN_MOMENT], int32_t day, int32_t hours)
{
    char date[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(date, day + hours / 24);
    (void)snprintf(text, CPN_PLAN_MOMENT, "%.10sT%02d:00", date, (int)(hours % 24));
}

typedef struct deadline_line {
    const char *id, *name, *source, *due;
    int32_t day, working_days; /* working_days -1: none */
} deadline_line;

static void write_line(cpn_out *out, const cpn_plan_campaign *campaign, const deadline_line *line)
{
    cpn_out_string(out, 0, campaign->id);
    cpn_out_string(out, 1, line->id);
    cpn_out_string(out, 2, line->name);
    cpn_out_int64(out, 3, line->day);
    cpn_out_string(out, 4, line->due);
    if (line->working_days < 0)
        cpn_out_null(out, 5);
    else
        cpn_out_int64(out, 5, line->working_days);
    cpn_out_string(out, 6, line->source);
}

static campaign_status write_before(cpn_out *out, const cpn_plan_facts *facts, const cpn_plan_campaign *campaign,
                                    deadline_line *line, campaign_error *error)
{
    const campaign_status status = campaign_calendar_add_working_days(&line->day, facts->calendar, campaign->starts[1],
                                                                      -(int64_t)line->working_days, error);
    if (status == CAMPAIGN_OK) write_line(out, campaign, line);
    return status;
}

/* The request's own list takes the place of the usual one. */
static campaign_status write_given(cpn_out *out, const cpn_plan_facts *facts, const cpn_plan_campaign *campaign,
                                   const cpn_json_value *list, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_deadline_record;
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *item = list->first; item && status == CAMPAIGN_OK; item = item->next) {
        if (cpn_get(item, "type") && cpn_get_enum(item, record, "type") != campaign->type) continue;
        const char *id = cpn_get_text(item, record, "id"), *name = cpn_get_text(item, record, "name");
        deadline_line line = { .id = id, .name = name ? name : id, .source = "request" };
        line.working_days = (int32_t)cpn_get_int(item, record, "working_days");
        status = write_before(out, facts, campaign, &line, error);
    }
    return status;
}

static campaign_status write_usual(cpn_out *out, const cpn_plan_facts *facts, const cpn_plan_campaign *campaign,
                                   campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof usual / sizeof *usual && status == CAMPAIGN_OK; i++) {
        if (!(usual[i].types >> campaign->type & 1)) continue;
        deadline_line line = { .id = usual[i].id, .source = usual[i].source, .working_days = usual[i].working_days };
        line.name = facts->request->is_chinese ? usual[i].zh : usual[i].en;
        status = write_before(out, facts, campaign, &line, error);
    }
    return status;
}

static const char *const feedback_ids[] = { "feedback_after_burst", "feedback_after_closing" };

/* Twice: after the burst, while memory is fresh, and after the closing. */
static void write_feedback(cpn_out *out, const cpn_plan_facts *facts, const cpn_plan_campaign *campaign)
{
    static const char *const en[] = { "Feedback on the burst collected", "Feedback on the campaign collected" };
    static const char *const zh[] = { "爆发期反馈收集完成", "活动反馈收集完成" };
    if (campaign->feedback_hours == 0) return;
    for (int32_t i = 0; i < 2; i++) {
        char due[CPN_PLAN_MOMENT];
        const int32_t end = campaign->ends[1 + i];
        cpn_plan_write_moment(due, end, campaign->feedback_hours);
        const deadline_line line = { feedback_ids[i],
                                     facts->request->is_chinese ? zh[i] : en[i],
                                     "AP13",
                                     due,
                                     end + campaign->feedback_hours / 24,
                                     -1 };
        if (i == 0 || end > campaign->ends[1]) write_line(out, campaign, &line);
    }
}

/* ---- Ids -------------------------------------------------------------------------------------------------------- */

static const cpn_json_value *given_list(const cpn_plan_facts *facts)
{
    const cpn_json_value *section = cpn_get(facts->request->root, "campaigns");
    return section ? cpn_get(section, "deadlines") : NULL;
}

static int64_t list_ids(const char **ids, const cpn_json_value *given)
{
    int64_t n = 0;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) ids[n++] = usual[i].id;
    for (size_t i = 0; i < sizeof feedback_ids / sizeof *feedback_ids; i++) ids[n++] = feedback_ids[i];
    ids[n++] = "stock_lock";
    for (const cpn_json_value *item = given ? given->first : NULL; item; item = item->next)
        ids[n++] = cpn_get_text(item, &cpn_plan_deadline_record, "id");
    return n;
}

campaign_status cpn_plan_check_deadline(const cpn_plan_facts *facts, const cpn_json_value *id, campaign_error *error)
{
    const cpn_json_value *given = given_list(facts);
    const int64_t most = (int64_t)(sizeof usual / sizeof *usual + sizeof feedback_ids / sizeof *feedback_ids) + 1;
    const char **ids = cpn_alloc(most + (given ? given->n_children : 0), sizeof *ids);
    if (!ids) return cpn_fail_nomem(error);
    const int64_t n = list_ids(ids, given), nearest = cpn_nearest_name(id->text, id->length, ids, n);
    campaign_status status = CAMPAIGN_E_UNKNOWN;
    for (int64_t i = 0; i < n && status != CAMPAIGN_OK; i++)
        if (strcmp(ids[i], id->text) == 0) status = CAMPAIGN_OK;
    if (status != CAMPAIGN_OK && nearest < 0)
        status = cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, id, "no campaign has a deadline \"%s\"", id->text);
    else if (status != CAMPAIGN_OK)
        status = cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, id, "no campaign has a deadline \"%s\"; did you mean \"%s\"?",
                               id->text, ids[nearest]);
    cpn_free(ids);
    return status;
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

campaign_status cpn_plan_deadlines_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_plan_campaigns *campaigns = facts->campaigns;
    const cpn_json_value *given = given_list(facts);
    const int64_t widest = given ? given->n_children : (int64_t)(sizeof usual / sizeof *usual);
    bool has_room;
    campaign_status status =
        cpn_plan_room_for(&has_room, facts, CPN_PLAN_DEADLINES, campaigns->n * (widest + 2), error);
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_DEADLINES, facts->request);
    for (int64_t i = 0; has_room && i < campaigns->n && status == CAMPAIGN_OK; i++) {
        const cpn_plan_campaign *campaign = &campaigns->rows[i];
        status = given ? write_given(&out, facts, campaign, given, error) : write_usual(&out, facts, campaign, error);
        write_feedback(&out, facts, campaign);
    }
    return cpn_plan_table_close(table, &out, status, error);
}
