/* Tasks of the response for schedules and calendars: the stages of the handbook, what must be at hand, what the type does
 * besides, and the request's own: measures that a review has learnt, RR10. */
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "execution/rapid_response/lists.h"
#include "execution/rapid_response/rapid.h"

enum {
    TASK,
    CAMPAIGN,
    PHASE,
    NAME,
    ROLE,
    OWNER,
    DELIVERABLE,
    DURATION,
    UNIT,
    AFTER,
    EARLIEST,
    DUE,
    DUE_AT,
    CALENDAR,
    STATUS,
    SOURCE,
    N_COLUMNS
};

static const cpn_column_schema schema[N_COLUMNS] = {
    { "task", CAMPAIGN_TYPE_UTF8, "Key.", "任务标识。" },
    { "campaign", CAMPAIGN_TYPE_UTF8, "Campaign.", "活动标识。" },
    { "phase", CAMPAIGN_TYPE_UTF8, "preparation, burst, closing or review.", "阶段。" },
    { "name", CAMPAIGN_TYPE_UTF8, "Name.", "任务名称。" },
    { "role", CAMPAIGN_TYPE_UTF8, "Owner's role.", "负责岗位。" },
    { "owner", CAMPAIGN_TYPE_UTF8, "Person.", "负责人。" },
    { "deliverable", CAMPAIGN_TYPE_UTF8, "What comes out.", "交付物。" },
    { "duration", CAMPAIGN_TYPE_INT64, "How long it takes.", "工期。" },
    { "unit", CAMPAIGN_TYPE_UTF8, "working_day.", "工期单位。" },
    { "after", CAMPAIGN_TYPE_UTF8, "What must be done or begun before.", "前置任务。" },
    { "earliest", CAMPAIGN_TYPE_DATE, "Not before.", "最早开始。" },
    { "due", CAMPAIGN_TYPE_DATE, "Last day.", "截止日期。" },
    { "due_at", CAMPAIGN_TYPE_UTF8, "Hour, where hours count.", "截止时刻。" },
    { "calendar", CAMPAIGN_TYPE_UTF8, "Calendar; null = the campaign's.", "日历，空为默认。" },
    { "status", CAMPAIGN_TYPE_UTF8, "open, doing, done or blocked.", "状态。" },
    { "source", CAMPAIGN_TYPE_UTF8, "Row of the handbook, or request.", "手册编号或请求。" },
};

typedef struct task_line {
    const char *group, *id; /* "kickoff"; with a group "resource/leaflets" */
    const char *phase, *name, *role, *owner, *deliverable, *status, *source;
    int64_t duration;
    int32_t earliest, due;
    cpn_text after;
} task_line;

static const char *either(const cpn_rapid *rapid, const char *en, const char *zh)
{
    return rapid->request.is_chinese ? zh : en;
}

static void add_id(cpn_text *text, const cpn_rapid *rapid, const char *group, const char *id)
{
    cpn_text_add_string(text, rapid->request.id);
    cpn_text_add_char(text, '/');
    if (group) cpn_text_add_string(text, group);
    if (group) cpn_text_add_char(text, '/');
    cpn_text_add_string(text, id);
}

/* link is "" or " SS". */
static void add_after(task_line *line, const cpn_rapid *rapid, const char *group, const char *id, const char *link)
{
    if (line->after.length > 0) cpn_text_add_string(&line->after, "; ");
    add_id(&line->after, rapid, group, id);
    cpn_text_add_string(&line->after, link);
}

static void write_task(cpn_out *out, const cpn_rapid *rapid, task_line *line)
{
    cpn_text id = { 0 };
    add_id(&id, rapid, line->group, line->id);
    if ((id.has_failed || line->after.has_failed) && out->status == CAMPAIGN_OK)
        out->status = cpn_fail_nomem(&out->error);
    cpn_out_string(out, TASK, id.data);
    cpn_out_string(out, CAMPAIGN, rapid->request.id);
    cpn_out_string(out, PHASE, line->phase);
    cpn_out_string(out, NAME, line->name);
    cpn_out_string(out, ROLE, line->role);
    cpn_out_string(out, OWNER, line->owner);
    cpn_out_string(out, DELIVERABLE, line->deliverable);
    cpn_out_int64(out, DURATION, line->duration);
    cpn_out_string(out, UNIT, "working_day");
    cpn_out_string(out, AFTER, line->after.length > 0 ? line->after.data : NULL);
    cpn_rapid_out_day(out, EARLIEST, line->earliest);
    cpn_rapid_out_day(out, DUE, line->due);
    cpn_out_null(out, DUE_AT);
    cpn_out_null(out, CALENDAR);
    cpn_out_string(out, STATUS, line->status);
    cpn_out_string(out, SOURCE, line->source);
    cpn_text_clear(&id);
    cpn_text_clear(&line->after);
}

/* ---- Stages ------------------------------------------------------------------------------------------------------ */

static task_line stage_line(const cpn_rapid *rapid, cpn_rapid_stage stage, const char *id, const char *role_en,
                            const char *role_zh)
{
    const cpn_rapid_window *window = &rapid->request.windows[stage];
    task_line line = { .id = id, .phase = "preparation", .status = "open" };
    line.role = either(rapid, role_en, role_zh);
    line.owner = cpn_rapid_owner(rapid, role_en);
    line.duration = (int64_t)window->last_step - window->first_step + 1;
    line.earliest = window->first;
    line.due = window->due;
    return line;
}

/* A task that begins only after all of another one's window waits for its end, otherwise for its beginning. */
static const char *link_of(const cpn_rapid_window *before, const cpn_rapid_window *after)
{
    return after->first_step > before->last_step ? "" : " SS";
}

static void write_preparation(cpn_out *out, const cpn_rapid *rapid)
{
    const cpn_rapid_window *windows = rapid->request.windows;
    const cpn_rapid_window *screening = &windows[CPN_STAGE_SCREENING], *plan = &windows[CPN_STAGE_PLAN];
    task_line line = stage_line(rapid, CPN_STAGE_KICKOFF, "kickoff", "sales", "销售");
    line.name = either(rapid, "Kick-off of 15 minutes", "15 分钟启动会");
    line.deliverable = either(rapid, "Theme, target group, selling points, period, support agreed",
                              "明确主题、目标客群、卖点、周期与支持");
    line.source = "RR1";
    write_task(out, rapid, &line);
    line = stage_line(rapid, CPN_STAGE_SCREENING, "screening", "sales", "销售");
    line.name = either(rapid, "Customers screened, goals allocated", "筛选客户并分配目标");
    line.deliverable = either(rapid, "List of classes S, B, C; quotas of regions, levels and reps",
                              "S/B/C 客户清单；区域、级别、业务员任务");
    line.source = "RR2";
    add_after(&line, rapid, NULL, "kickoff", link_of(&windows[CPN_STAGE_KICKOFF], screening));
    write_task(out, rapid, &line);
    line = stage_line(rapid, CPN_STAGE_PLAN, "plan", "marketing", "市场");
    line.name = either(rapid, "Response plan issued", "下发响应方案");
    line.deliverable = either(rapid, "Forms 1 and 2", "快速响应计划表、任务分解表");
    line.source = "RR3";
    const bool is_later = plan->last_step > screening->last_step;
    if (is_later && plan->first_step <= screening->last_step)
        line.duration = (int64_t)plan->last_step - screening->last_step;
    add_after(&line, rapid, NULL, "screening", is_later ? "" : " SS");
    write_task(out, rapid, &line);
}

/* Contacts wait for what must be there before they begin. */
static void add_needs(task_line *line, const cpn_rapid *rapid)
{
    const cpn_rapid_window *windows = rapid->request.windows;
    add_after(line, rapid, NULL, "kickoff", link_of(&windows[CPN_STAGE_KICKOFF], &windows[CPN_STAGE_CONTACT]));
    for (int64_t i = 0; i < rapid->n_resources; i++)
        if (rapid->resources[i].due < windows[CPN_STAGE_CONTACT].first)
            add_after(line, rapid, "resource", rapid->resources[i].id, "");
}

static void write_contacts(cpn_out *out, const cpn_rapid *rapid)
{
    static const char *const ids[] = { "contact_s", "contact_b", "contact_c" };
    static const char *const en[] = { "Class S: call and visit", "Class B: WeChat or mail with the exclusive offer",
                                      "Class C: community" };
    static const char *const zh[] = { "S 类客户：电话加拜访", "B 类客户：微信或邮件加专属优惠", "C 类客户：社群触达" };
    int64_t counts[CPN_RAPID_CLASSES] = { 0 };
    for (int64_t i = 0; i < rapid->n_customers; i++) counts[rapid->customers[i].class]++;
    for (int32_t class = 0; class < CPN_RAPID_CLASSES; class ++) {
        if (counts[class] == 0 && rapid->n_customers > 0) continue;
        task_line line = stage_line(rapid, CPN_STAGE_CONTACT, ids[class], "sales", "销售");
        line.phase = "burst";
        line.name = either(rapid, en[class], zh[class]);
        line.deliverable = either(rapid, "A follow-up record of every customer", "每位客户的跟进记录");
        line.source = "RR5";
        add_needs(&line, rapid);
        write_task(out, rapid, &line);
    }
}

static int64_t working_days(const cpn_rapid *rapid, int32_t first, int32_t last)
{
    int64_t n = 0;
    if (last >= first) (void)campaign_calendar_count_working_days(&n, rapid->calendar, first, last + 1, NULL);
    return n;
}

static void write_follow_up(cpn_out *out, const cpn_rapid *rapid)
{
    const cpn_rapid_window *contact = &rapid->request.windows[CPN_STAGE_CONTACT];
    const bool is_short = contact->due > rapid->request.finish;
    task_line line = stage_line(rapid, CPN_STAGE_CONTACT, "follow_up", "sales", "销售");
    line.phase = "burst";
    line.name = either(rapid, "Follow-up, stand-up of 10 minutes every day", "每日跟进与 10 分钟站会");
    line.deliverable = either(rapid, "Form 3 kept every day, blocked points escalated", "每日跟进记录，卡点上报");
    line.source = "RR6";
    line.due = is_short ? contact->due : rapid->request.finish;
    line.duration = working_days(rapid, contact->first, line.due);
    add_after(&line, rapid, NULL, "kickoff", link_of(&rapid->request.windows[CPN_STAGE_KICKOFF], contact));
    write_task(out, rapid, &line);
    line = stage_line(rapid, CPN_STAGE_REVIEW, "review", "marketing", "市场");
    line.phase = "review";
    line.name = either(rapid, "Review", "复盘");
    line.deliverable = either(rapid, "Form 4: reached, leads, orders, value, ROI; causes; SOP",
                              "复盘表：触达、线索、订单、金额、ROI；原因；SOP");
    line.source = "RR7";
    if (!is_short && rapid->request.windows[CPN_STAGE_REVIEW].first_step > 0)
        add_after(&line, rapid, NULL, "follow_up", "");
    write_task(out, rapid, &line);
}

/* ---- What else there is to do ------------------------------------------------------------------------------------ */

/* Resources may be seen to from the day on which the first of them is due: what is due later has float. */
static int32_t first_due(const cpn_rapid *rapid)
{
    int32_t first = CPN_RAPID_NO_DAY;
    for (int64_t i = 0; i < rapid->n_resources; i++)
        if (first == CPN_RAPID_NO_DAY || rapid->resources[i].due < first) first = rapid->resources[i].due;
    return first;
}

static void write_resources(cpn_out *out, const cpn_rapid *rapid)
{
    const int32_t earliest = first_due(rapid);
    for (int64_t i = 0; i < rapid->n_resources; i++) {
        const cpn_rapid_resource *resource = &rapid->resources[i];
        task_line line = { .group = "resource", .id = resource->id, .phase = "preparation", .duration = 1 };
        line.name = resource->name;
        line.role = resource->owner_role;
        line.owner = resource->owner;
        line.deliverable = either(rapid, "Confirmed and in place", "已确认到位");
        line.earliest = earliest;
        line.due = resource->due;
        line.status = resource->status;
        line.source = resource->source;
        write_task(out, rapid, &line);
    }
}

static campaign_status write_usual(cpn_out *out, const cpn_rapid *rapid, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < cpn_rapid_n_usual_tasks && status == CAMPAIGN_OK; i++) {
        const cpn_rapid_usual_task *usual = &cpn_rapid_usual_tasks[i];
        if (!(usual->types >> rapid->request.type & 1)) continue;
        task_line line = { .id = usual->id, .phase = "preparation", .status = "open", .source = "RR4" };
        line.name = either(rapid, usual->name.en, usual->name.zh);
        line.role = either(rapid, usual->role.en, usual->role.zh);
        line.owner = cpn_rapid_owner(rapid, usual->role.en);
        line.deliverable = either(rapid, usual->deliverable.en, usual->deliverable.zh);
        line.duration = usual->duration;
        status = campaign_calendar_add_working_days(&line.earliest, rapid->calendar, rapid->request.start,
                                                    usual->first_step, error);
        if (status == CAMPAIGN_OK)
            status = campaign_calendar_add_working_days(&line.due, rapid->calendar, rapid->request.start,
                                                        (int64_t)usual->first_step + usual->duration - 1, error);
        if (status == CAMPAIGN_OK) write_task(out, rapid, &line);
    }
    return status;
}

static int32_t anchor_of(const cpn_rapid_request *request, const cpn_json_value *item)
{
    return cpn_get_enum(item, &cpn_rapid_task_record, "anchor") == 1 ? request->finish : request->start;
}

/* A day of its own goes before one that is counted. */
static campaign_status own_due(int32_t *due, const cpn_rapid *rapid, const cpn_json_value *item, campaign_error *error)
{
    const cpn_record *record = &cpn_rapid_task_record;
    if (cpn_get(item, "due")) {
        *due = cpn_get_date(item, record, "due");
        return CAMPAIGN_OK;
    }
    return campaign_calendar_add_working_days(due, rapid->calendar, anchor_of(&rapid->request, item),
                                              cpn_get_int(item, record, "working_days"), error);
}

static campaign_status write_own(cpn_out *out, const cpn_rapid *rapid, campaign_error *error)
{
    const cpn_record *record = &cpn_rapid_task_record;
    const cpn_json_value *list = cpn_get(rapid->request.root, "tasks");
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        task_line line = { .group = "own", .id = cpn_get_text(item, record, "id"), .status = "open" };
        line.name = cpn_get_text(item, record, "name");
        if (!line.name) line.name = line.id;
        line.phase = cpn_get_text(item, record, "phase");
        line.role = cpn_get_text(item, record, "role");
        line.owner = cpn_get_text(item, record, "owner");
        line.deliverable = cpn_get_text(item, record, "deliverable");
        line.duration = cpn_get_int(item, record, "duration");
        line.source = "request";
        status = own_due(&line.due, rapid, item, error);
        if (status == CAMPAIGN_OK) /* just in time */
            status = campaign_calendar_add_working_days(&line.earliest, rapid->calendar, line.due,
                                                        line.duration > 0 ? 1 - line.duration : 0, error);
        if (status == CAMPAIGN_OK) write_task(out, rapid, &line);
    }
    return status;
}

campaign_status cpn_rapid_write_tasks(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, schema, N_COLUMNS, NULL, 0);
    write_resources(&out, rapid);
    write_preparation(&out, rapid);
    campaign_status status = write_usual(&out, rapid, error);
    write_contacts(&out, rapid);
    write_follow_up(&out, rapid);
    if (status == CAMPAIGN_OK) status = write_own(&out, rapid, error);
    return cpn_rapid_out_close(table, &out, status, error);
}

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

/* Keys that schedules write into "after" hold no blank and no semicolon. */
campaign_status cpn_rapid_check_id(const cpn_json_value *value, campaign_error *error)
{
    if (!value || !strpbrk(value->text, " ;")) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_VALUE, value,
                         "\"%s\" holds a blank or a semicolon, which part the keys of tasks", value->text);
}

static int by_id(const void *a, const void *b, const void *ctx)
{
    const cpn_json_value *const *one = a, *const *other = b;
    (void)ctx;
    return strcmp((*one)->text, (*other)->text);
}

static campaign_status check_twice(const cpn_json_value *list, campaign_error *error)
{
    const cpn_json_value **ids = cpn_alloc(list->n_children, sizeof *ids);
    int64_t n = 0;
    if (!ids) return cpn_fail_nomem(error);
    for (const cpn_json_value *item = list->first; item; item = item->next) ids[n++] = cpn_get(item, "id");
    campaign_status status = cpn_sort(ids, n, sizeof *ids, by_id, NULL) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t i = 1; i < n && status == CAMPAIGN_OK; i++)
        if (strcmp(ids[i - 1]->text, ids[i]->text) == 0)
            status = cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, ids[i], "task \"%s\" stands twice", ids[i]->text);
    cpn_free(ids);
    return status;
}

campaign_status cpn_rapid_tasks_check(cpn_rapid *rapid, campaign_error *error)
{
    const cpn_json_value *list = cpn_get(rapid->request.root, "tasks");
    int32_t day;
    campaign_status status = list ? check_twice(list, error) : CAMPAIGN_OK;
    for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        status = cpn_rapid_check_id(cpn_get(item, "id"), error);
        if (status == CAMPAIGN_OK && !cpn_get(item, "due") && !cpn_get(item, "working_days"))
            status = cpn_json_fail(error, CAMPAIGN_E_MISSING, item, "task \"%s\" needs due or working_days",
                                   cpn_get(item, "id")->text);
        if (status == CAMPAIGN_OK && !cpn_get(item, "due"))
            status = cpn_rapid_working_day(&day, rapid, anchor_of(&rapid->request, item),
                                           cpn_get_int(item, &cpn_rapid_task_record, "working_days"), error);
    }
    return status;
}
