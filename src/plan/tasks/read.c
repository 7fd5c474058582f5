/* What the tasks of a type of campaign are: templates built in, and those of the request field by field over them. */
#include <string.h>

#include "base/memory.h"
#include "plan/tasks/templates.h"

static int32_t find_template(const cpn_task_set *set, const char *id)
{
    for (int32_t i = 0; i < set->n; i++)
        if (strcmp(set->templates[i].id, id) == 0) return i;
    return -1;
}

static void add_usual(cpn_task_set *set, cpn_plan_type type, bool is_chinese)
{
    for (int32_t i = 0; i < cpn_n_usual_tasks; i++) {
        const cpn_usual_task *usual = &cpn_usual_tasks[i];
        if (!(usual->types >> type & 1)) continue;
        set->templates[set->n++] = (cpn_task_template){ .id = usual->id,
                                                        .name = is_chinese ? usual->zh : usual->en,
                                                        .role = usual->role,
                                                        .deliverable = is_chinese ? usual->gives_zh : usual->gives_en,
                                                        .after = usual->after,
                                                        .deadline = usual->deadline,
                                                        .source = usual->source,
                                                        .phase = usual->phase,
                                                        .unit = usual->unit,
                                                        .anchor = usual->anchor,
                                                        .duration = usual->duration,
                                                        .offset = usual->offset,
                                                        .offset_unit = usual->offset_unit,
                                                        .is_used = true };
    }
}

/* ---- Given ------------------------------------------------------------------------------------------------------ */

/* Names stand in lists of predecessors and before a slash, so that marks of both would be ambiguous. */
static campaign_status check_id(const cpn_json_value *item, campaign_error *error)
{
    const cpn_json_value *id = cpn_get(item, "id");
    if (!strpbrk(id->text, " \t/;,") && !strstr(id->text, "；") && !strstr(id->text, "，") && !strstr(id->text, "、"))
        return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_VALUE, id, "the id \"%s\" has a blank, slash, comma or semicolon", id->text);
}

static void take_text(const char **text, const cpn_json_value *item, const char *name)
{
    const cpn_json_value *value = cpn_get(item, name);
    if (value) *text = value->length > 0 ? value->text : NULL;
}

static void take_enum(int32_t *number, const cpn_json_value *item, const char *name)
{
    if (cpn_get(item, name)) *number = cpn_get_enum(item, &cpn_task_template_record, name);
}

static void take_int(int32_t *number, const cpn_json_value *item, const char *name)
{
    if (cpn_get(item, name)) *number = (int32_t)cpn_get_int(item, &cpn_task_template_record, name);
}

static void take_item(cpn_task_template *into, const cpn_json_value *item)
{
    const cpn_json_value *campaigns = cpn_get(item, "campaigns"), *due = cpn_get(item, "due");
    take_text(&into->name, item, "name");
    take_text(&into->role, item, "role");
    take_text(&into->owner, item, "owner");
    take_text(&into->deliverable, item, "deliverable");
    take_text(&into->after, item, "after");
    take_text(&into->deadline, item, "deadline");
    take_text(&into->source, item, "source");
    take_enum(&into->phase, item, "phase");
    take_enum(&into->unit, item, "unit");
    take_enum(&into->anchor, item, "anchor");
    take_int(&into->duration, item, "duration");
    take_int(&into->offset, item, "offset");
    take_enum(&into->offset_unit, item, "offset_unit");
    if (campaigns) into->campaigns = campaigns->n_children > 0 ? campaigns : NULL;
    if (due) into->due_day = cpn_value_date(due);
    into->has_day = into->has_day || due;
    into->is_used = cpn_get_bool(item, &cpn_task_template_record, "used");
    into->item = item;
}

/* A new template with all defaults. */
static cpn_task_template make_template(const char *id)
{
    const cpn_record *record = &cpn_task_template_record;
    return (cpn_task_template){ .id = id,
                                .name = id,
                                .role = cpn_get_text(NULL, record, "role"),
                                .source = cpn_get_text(NULL, record, "source"),
                                .offset = CPN_TASK_NO_OFFSET };
}

static campaign_status add_given(cpn_task_set *set, cpn_plan_type type, const cpn_json_value *list,
                                 campaign_error *error)
{
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next) {
        const campaign_status status = check_id(item, error);
        if (status != CAMPAIGN_OK) return status;
        if (!cpn_task_is_for_type(item, type)) continue;
        const char *id = cpn_get_text(item, &cpn_task_template_record, "id");
        int32_t at = find_template(set, id);
        if (at < 0) {
            at = set->n++;
            set->templates[at] = make_template(id);
        } else if (!cpn_get(item, "source") && item->n_children > 1) {
            set->templates[at].source = cpn_get_text(NULL, &cpn_task_template_record, "source");
        }
        take_item(&set->templates[at], item);
    }
    return CAMPAIGN_OK;
}

/* ---- What does not go together ---------------------------------------------------------------------------------- */

static campaign_status check_template(const cpn_task_template *task, campaign_error *error)
{
    const bool is_after = task->anchor == CPN_ANCHOR_AFTER_BURST || task->anchor == CPN_ANCHOR_AFTER_END;
    if (!task->item || !task->is_used) return CAMPAIGN_OK;
    if (task->anchor == CPN_ANCHOR_DURING && (task->phase < CPN_TASK_PREHEAT || task->phase > CPN_TASK_CLOSING))
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, task->item,
                             "\"%s\" lasts as long as its phase, which must be preheat, burst or closing", task->id);
    if (task->anchor == CPN_ANCHOR_BEFORE_BURST && task->offset_unit == CPN_TASK_HOUR && task->offset >= 0)
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, task->item,
                             "\"%s\" is due hours before the burst; hours count after an end only", task->id);
    if (task->has_day && task->anchor != CPN_ANCHOR_BEFORE_BURST)
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, task->item,
                             "\"%s\" has a due date of its own, which is for tasks before the burst", task->id);
    if (is_after && task->offset < 0 && !task->deadline)
        return cpn_json_fail(error, CAMPAIGN_E_MISSING, task->item,
                             "\"%s\" comes after an end and has neither offset nor deadline", task->id);
    return CAMPAIGN_OK;
}

campaign_status cpn_task_set_read(cpn_task_set *set, cpn_plan_type type, bool is_usual, const cpn_json_value *list,
                                  bool is_chinese, campaign_error *error)
{
    memset(set, 0, sizeof *set);
    set->is_usual = is_usual;
    const int64_t most = cpn_n_usual_tasks + (list ? list->n_children : 0);
    set->templates = cpn_alloc_zero(most, sizeof *set->templates);
    set->links = cpn_alloc(CPN_TASK_MOST_LINKS, sizeof *set->links);
    set->order = cpn_alloc(most, sizeof *set->order);
    campaign_status status = set->templates && set->links && set->order ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK && is_usual) add_usual(set, type, is_chinese);
    if (status == CAMPAIGN_OK) status = add_given(set, type, list, error);
    for (int32_t i = 0; i < set->n && status == CAMPAIGN_OK; i++) status = check_template(&set->templates[i], error);
    if (status == CAMPAIGN_OK) status = cpn_task_links_read(set, error);
    if (status == CAMPAIGN_OK) status = cpn_task_set_order(set, error);
    if (status != CAMPAIGN_OK) cpn_task_set_free(set);
    return status;
}

void cpn_task_set_free(cpn_task_set *set)
{
    cpn_free(set->templates);
    cpn_free(set->links);
    cpn_free(set->order);
    memset(set, 0, sizeof *set);
}
