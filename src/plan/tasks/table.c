/* The table "tasks": every campaign's tasks with owners and dates, a task for each deadline that no template has, and notes
 * on those that start too early or end too late. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "plan/tasks/templates.h"

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
    START,
    FINISH,
    DUE,
    DUE_AT,
    DEADLINE,
    REASON,
    BOUND_BY,
    SOURCE
};

/* What writing needs; the texts are made again for every cell. */
typedef struct task_room {
    const cpn_plan_facts *facts;
    const cpn_json_value *section, *owners;
    cpn_task_set sets[CPN_PLAN_N_TYPES];
    cpn_task_dates *dates;
    cpn_task_deadlines deadlines;
    cpn_out out;
    cpn_text text;
    const cpn_task_set *set; /* of the campaign at hand */
    const cpn_plan_campaign *campaign;
} task_room;

/* ---- Owners ----------------------------------------------------------------------------------------------------- */

static campaign_status check_owners(const task_room *room, campaign_error *error)
{
    const char *roles[CPN_TASK_MOST];
    for (const cpn_json_value *item = room->owners ? room->owners->first : NULL; item; item = item->next) {
        int64_t n = 0;
        bool is_known = false;
        for (int32_t type = 0; type < CPN_PLAN_N_TYPES && !is_known; type++)
            for (int32_t i = 0; i < room->sets[type].n && !is_known; i++) {
                const char *role = room->sets[type].templates[i].role;
                if (n < CPN_TASK_MOST) roles[n++] = role;
                is_known = strcmp(role, item->key) == 0;
            }
        if (is_known) continue;
        const int64_t nearest = cpn_nearest_name(item->key, item->key_length, roles, n);
        return nearest < 0
                   ? cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, item, "no task has the role \"%s\"", item->key)
                   : cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, item, "no task has the role \"%s\"; did you mean \"%s\"?",
                                   item->key, roles[nearest]);
    }
    return CAMPAIGN_OK;
}

/* A task of a deadline that no campaign has would be nowhere, silently. */
static campaign_status check_deadlines(const task_room *room, campaign_error *error)
{
    const cpn_json_value *list = room->section ? cpn_get(room->section, "templates") : NULL;
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        const cpn_json_value *id = cpn_get(item, "deadline");
        if (id && id->length > 0) status = cpn_plan_check_deadline(room->facts, id, error);
    }
    return status;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

/* Marks that part predecessors would be ambiguous within a name. */
static void add_name(cpn_text *text, const char *campaign, const char *id)
{
    static const char *const wide[] = { "；", "，", "、" };
    while (*campaign) {
        const char *found = NULL;
        for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
            if (strncmp(campaign, wide[i], strlen(wide[i])) == 0) found = wide[i];
        cpn_text_add_char(text, found || *campaign == ';' || *campaign == ',' ? '_' : *campaign);
        campaign += found ? strlen(found) : 1;
    }
    cpn_text_add_char(text, '/');
    cpn_text_add_string(text, id);
}

static void write_text(task_room *room, int32_t column)
{
    cpn_out_text(&room->out, column, room->text.data, room->text.length);
    room->text.length = 0;
}

static void write_after(task_room *room, const cpn_task_template *task)
{
    bool has_any = false;
    for (int32_t i = 0; i < task->n_links; i++) {
        const cpn_task_link *link = &room->set->links[task->first_link + i];
        if (!room->dates[link->from].is_there) continue;
        if (has_any) cpn_text_add_string(&room->text, "; ");
        add_name(&room->text, room->campaign->id, room->set->templates[link->from].id);
        cpn_text_add(&room->text, link->tail, (size_t)link->tail_length);
        has_any = true;
    }
    if (has_any)
        write_text(room, AFTER);
    else
        cpn_out_null(&room->out, AFTER);
}

/* A task that waits for others has no earliest day of its own, unless it hangs on an end or a phase. */
static bool has_earliest(const task_room *room, const cpn_task_template *task)
{
    if (task->anchor != CPN_ANCHOR_BEFORE_BURST) return true;
    for (int32_t i = 0; i < task->n_links; i++)
        if (room->dates[room->set->links[task->first_link + i].from].is_there) return false;
    return true;
}

static int32_t earliest_of(const task_room *room, const cpn_task_template *task, const cpn_task_dates *dates)
{
    if (task->anchor == CPN_ANCHOR_AFTER_BURST) return room->campaign->ends[1];
    return task->anchor == CPN_ANCHOR_AFTER_END ? room->campaign->ends[2] : dates->start;
}

static void write_due(task_room *room, const cpn_task_dates *dates)
{
    char moment[CPN_PLAN_MOMENT];
    cpn_out_optional_int64(&room->out, DUE, dates->due, dates->has_due);
    if (dates->has_due && dates->due_hours >= 0) cpn_plan_write_moment(moment, dates->due, dates->due_hours);
    cpn_out_string(&room->out, DUE_AT, dates->has_due && dates->due_hours >= 0 ? moment : NULL);
    if (dates->deadline) {
        cpn_text_add_format(&room->text, "%s/%s", room->campaign->id, dates->deadline);
        write_text(room, DEADLINE);
    } else {
        cpn_out_null(&room->out, DEADLINE);
    }
    cpn_out_string(&room->out, REASON, cpn_task_reason_names[dates->reason]);
}

static void write_row(task_room *room, const cpn_task_template *task, const cpn_task_dates *dates)
{
    const cpn_json_value *owner = room->owners ? cpn_get(room->owners, task->role) : NULL;
    add_name(&room->text, room->campaign->id, task->id);
    write_text(room, TASK);
    cpn_out_string(&room->out, CAMPAIGN, room->campaign->id);
    cpn_out_string(&room->out, PHASE, cpn_task_phase_names[task->phase]);
    cpn_out_string(&room->out, NAME, task->name);
    cpn_out_string(&room->out, ROLE, task->role);
    cpn_out_string(&room->out, OWNER, task->owner ? task->owner : owner ? owner->text : NULL);
    cpn_out_string(&room->out, DELIVERABLE, task->deliverable);
    cpn_out_int64(&room->out, DURATION, dates->duration);
    cpn_out_string(&room->out, UNIT,
                   cpn_task_unit_names[task->anchor == CPN_ANCHOR_DURING ? CPN_TASK_DAY : task->unit]);
    write_after(room, task);
    cpn_out_optional_int64(&room->out, EARLIEST, earliest_of(room, task, dates), has_earliest(room, task));
    cpn_out_int64(&room->out, START, dates->start);
    cpn_out_int64(&room->out, FINISH, dates->finish);
    write_due(room, dates);
    if (dates->bound_by >= 0) {
        add_name(&room->text, room->campaign->id, room->set->templates[dates->bound_by].id);
        write_text(room, BOUND_BY);
    } else {
        cpn_out_null(&room->out, BOUND_BY);
    }
    cpn_out_string(&room->out, SOURCE, task->source);
}

/* ---- Deadlines without a template -------------------------------------------------------------------------------- */

static const char *cell(const campaign_table *table, const char *column, int64_t row, char text[256])
{
    (void)campaign_table_format(text, 256, table, campaign_table_find(table, column), row);
    return text;
}

/* A deadline is the due date of a task; one that no template names gets a task of a working day. */
static campaign_status write_other_deadlines(task_room *room, campaign_error *error)
{
    const campaign_table *table = room->deadlines.table;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t row = room->deadlines.first; row < room->deadlines.end && status == CAMPAIGN_OK; row++) {
        char id[256], name[256], source[256];
        bool is_known = false;
        (void)cell(table, "deadline", row, id);
        for (int32_t i = 0; i < room->set->n && !is_known; i++)
            is_known =
                (room->dates[i].is_there && room->dates[i].deadline && strcmp(room->dates[i].deadline, id) == 0) ||
                strcmp(room->set->templates[i].id, id) == 0;
        if (is_known || strpbrk(id, ";,/ \t") || strstr(id, "；") || strstr(id, "，") || strstr(id, "、")) continue;
        const cpn_task_template task = { .id = id,
                                         .name = cell(table, "name", row, name),
                                         .role = "operations",
                                         .source = cell(table, "source", row, source) };
        cpn_task_dates dates = { .is_there = true, .duration = 1, .has_due = true, .due_hours = -1, .bound_by = -1 };
        dates.due = cpn_plan_day_cell(table, "date", row);
        dates.deadline = id;
        status = campaign_calendar_roll(&dates.finish, room->facts->calendar, dates.due, CAMPAIGN_ROLL_BACKWARD, error);
        dates.start = dates.finish;
        if (status == CAMPAIGN_OK) write_row(room, &task, &dates);
    }
    return status;
}

/* ---- Notes ------------------------------------------------------------------------------------------------------ */

/* One note for the tasks of a campaign that start before a day. */
static campaign_status note_early(const task_room *room, int32_t day, cpn_plan_note_code code, campaign_error *error)
{
    int32_t first = -1;
    int64_t n = 0;
    for (int32_t i = 0; i < room->set->n; i++) {
        if (!room->dates[i].is_there || room->dates[i].start >= day) continue;
        n++;
        if (first < 0 || room->dates[i].start < room->dates[first].start) first = i;
    }
    if (n == 0) return CAMPAIGN_OK;
    const cpn_plan_note note = { .code = code,
                                 .n = n,
                                 .first_day = room->dates[first].start,
                                 .end_day = code == CPN_NOTE_TASKS_IN_PAST ? day + 1 : day };
    return cpn_plan_note_add(room->facts->notes, &note, room->campaign->id, room->set->templates[first].id, error);
}

static campaign_status note_late(const task_room *room, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < room->set->n && status == CAMPAIGN_OK; i++) {
        const cpn_task_dates *dates = &room->dates[i];
        if (!dates->is_there || !dates->is_late) continue;
        const int32_t due = dates->due_hours == 0 ? dates->due - 1 : dates->due;
        const cpn_plan_note note = { .code = CPN_NOTE_TASK_LATE,
                                     .n = dates->finish - due,
                                     .first_day = dates->start,
                                     .end_day = dates->finish + 1 };
        status = cpn_plan_note_add(room->facts->notes, &note, room->campaign->id, room->set->templates[i].id, error);
    }
    return status;
}

static campaign_status add_notes(const task_room *room, campaign_error *error)
{
    const cpn_json_value *as_of = room->section ? cpn_get(room->section, "as_of") : NULL;
    campaign_status status = CAMPAIGN_OK;
    if (as_of)
        status = note_early(room, cpn_value_date(as_of), CPN_NOTE_TASKS_IN_PAST, error);
    else
        status = note_early(room, room->facts->request->start_day, CPN_NOTE_TASKS_BEFORE_PLAN, error);
    return status == CAMPAIGN_OK ? note_late(room, error) : status;
}

/* ---- All of it -------------------------------------------------------------------------------------------------- */

static int32_t stock_lock_of(const cpn_plan_facts *facts, const cpn_plan_campaign *campaign)
{
    const cpn_json_value *section = cpn_get(facts->request->root, "stock");
    const int32_t months = (int32_t)cpn_get_int(section, &cpn_plan_stock_record, "lock_months");
    const bool is_from_node = cpn_get_enum(section, &cpn_plan_stock_record, "lock_before") == 0;
    return cpn_add_months(is_from_node ? campaign->day : campaign->starts[1], -months);
}

/* The rows of the table of deadlines that are about the campaign: they stand together, in order of campaigns. */
static void find_deadlines(task_room *room)
{
    const campaign_table *table = room->deadlines.table;
    const int32_t column = campaign_table_find(table, "campaign");
    int64_t row = room->deadlines.end;
    room->deadlines.first = row;
    for (; row < campaign_table_n_rows(table); row++) {
        size_t length = 0;
        const char *text = campaign_table_text(table, column, row, &length);
        if (!text || strlen(room->campaign->id) != length || memcmp(text, room->campaign->id, length) != 0) break;
    }
    room->deadlines.end = row;
    room->deadlines.stock_lock = stock_lock_of(room->facts, room->campaign);
}

static campaign_status write_campaign(task_room *room, campaign_error *error)
{
    find_deadlines(room);
    campaign_status status =
        cpn_task_place(room->dates, room->set, room->campaign, &room->deadlines, room->facts->calendar, error);
    for (int32_t i = 0; i < room->set->n && status == CAMPAIGN_OK; i++)
        if (room->dates[i].is_there) write_row(room, &room->set->templates[i], &room->dates[i]);
    if (status == CAMPAIGN_OK) status = write_other_deadlines(room, error);
    return status == CAMPAIGN_OK ? add_notes(room, error) : status;
}

static campaign_status open_room(task_room *room, int64_t *most, campaign_error *error)
{
    const cpn_json_value *list = room->section ? cpn_get(room->section, "templates") : NULL;
    const bool is_usual = cpn_get_bool(room->section, &cpn_plan_tasks_record, "usual");
    campaign_status status = CAMPAIGN_OK;
    for (int32_t type = 0; type < CPN_PLAN_N_TYPES && status == CAMPAIGN_OK; type++) {
        status = cpn_task_set_read(&room->sets[type], (cpn_plan_type)type, is_usual, list,
                                   room->facts->request->is_chinese, error);
        if (status == CAMPAIGN_OK) status = cpn_task_set_settle(&room->sets[type], room->facts->campaigns, error);
        if (*most < room->sets[type].n) *most = room->sets[type].n;
    }
    if (status == CAMPAIGN_OK) status = check_owners(room, error);
    if (status == CAMPAIGN_OK) status = check_deadlines(room, error);
    room->dates = cpn_alloc_zero(*most, sizeof *room->dates);
    if (status == CAMPAIGN_OK && !room->dates) status = cpn_fail_nomem(error);
    return status;
}

static void close_room(task_room *room)
{
    for (int32_t type = 0; type < CPN_PLAN_N_TYPES; type++) cpn_task_set_free(&room->sets[type]);
    cpn_free(room->dates);
    cpn_text_clear(&room->text);
}

campaign_status cpn_plan_tasks_table(campaign_table **table, const campaign_table *deadlines,
                                     const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_plan_campaigns *campaigns = facts->campaigns;
    task_room room = { .facts = facts, .section = cpn_get(facts->request->root, "tasks") };
    int64_t most = 1;
    bool has_room = false;
    room.owners = room.section ? cpn_get(room.section, "owners") : NULL;
    room.deadlines.table = deadlines;
    campaign_status status = open_room(&room, &most, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_room_for(&has_room, facts, CPN_PLAN_TASKS,
                                   campaigns->n * most + campaign_table_n_rows(deadlines), error);
    cpn_plan_table_open(&room.out, CPN_PLAN_TASKS, facts->request);
    for (int64_t i = 0; has_room && i < campaigns->n && status == CAMPAIGN_OK; i++) {
        room.campaign = &campaigns->rows[i];
        room.set = &room.sets[room.campaign->type];
        status = write_campaign(&room, error);
    }
    if (status == CAMPAIGN_OK && room.text.has_failed) status = cpn_fail_nomem(error);
    close_room(&room);
    return cpn_plan_table_close(table, &room.out, status, error);
}
