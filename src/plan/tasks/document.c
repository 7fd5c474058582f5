/* Templates of tasks for people: the built-in ones as a document to start from, and what a document comes to. */
#include "plan/tasks/templates.h"

#include <campaign/plan_tasks.h>

/* ---- The built-in document --------------------------------------------------------------------------------------- */

static void write_member(cpn_json_writer *writer, const char *key, const char *text)
{
    if (!text) return;
    cpn_json_key(writer, key);
    cpn_json_string_z(writer, text);
}

static void write_types(cpn_json_writer *writer, uint32_t types)
{
    if (types == CPN_ALL_TYPES) return;
    cpn_json_key(writer, "types");
    cpn_json_open_array(writer, true);
    for (int32_t type = 0; type < CPN_PLAN_N_TYPES; type++)
        if (types >> type & 1) cpn_json_string_z(writer, cpn_plan_type_names[type]);
    cpn_json_close(writer);
}

static void write_template(cpn_json_writer *writer, const cpn_usual_task *task, bool is_chinese)
{
    cpn_json_open_object(writer, false);
    write_member(writer, "id", task->id);
    write_types(writer, task->types);
    write_member(writer, "name", is_chinese ? task->zh : task->en);
    write_member(writer, "phase", cpn_task_phase_names[task->phase]);
    write_member(writer, "role", task->role);
    write_member(writer, "deliverable", is_chinese ? task->gives_zh : task->gives_en);
    if (task->duration > 0) {
        cpn_json_key(writer, "duration");
        cpn_json_int64(writer, task->duration);
    }
    if (task->anchor != CPN_ANCHOR_DURING) write_member(writer, "unit", cpn_task_unit_names[task->unit]);
    write_member(writer, "anchor", cpn_task_anchor_names[task->anchor]);
    if (task->offset != CPN_TASK_NO_OFFSET) {
        cpn_json_key(writer, "offset");
        cpn_json_int64(writer, task->offset);
        write_member(writer, "offset_unit", cpn_task_unit_names[task->offset_unit]);
    }
    write_member(writer, "deadline", task->deadline);
    write_member(writer, "after", task->after);
    write_member(writer, "source", task->source);
    cpn_json_close(writer);
}

campaign_status campaign_plan_task_templates(char **json, size_t *length, const char *language, campaign_error *error)
{
    bool is_chinese = false;
    if (json) *json = NULL;
    if (length) *length = 0;
    if (!json) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "json", "json is required");
    const campaign_status status = cpn_take_language(&is_chinese, language, "language", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_text text = { 0 };
    cpn_json_writer writer = { .text = &text };
    cpn_json_open_object(&writer, false);
    write_member(&writer, "schema", cpn_task_templates_kind.schema);
    cpn_json_key(&writer, "templates");
    cpn_json_open_array(&writer, false);
    for (int32_t i = 0; i < cpn_n_usual_tasks; i++) write_template(&writer, &cpn_usual_tasks[i], is_chinese);
    cpn_json_close(&writer);
    cpn_json_close(&writer);
    cpn_text_add_char(&text, '\n');
    return cpn_plan_hand_over(json, length, &text, error);
}

/* ---- Tasks by type ---------------------------------------------------------------------------------------------- */

enum {
    TYPE,
    TASK,
    NAME,
    PHASE,
    ROLE,
    DELIVERABLE,
    DURATION,
    UNIT,
    ANCHOR,
    OFFSET,
    OFFSET_UNIT,
    DEADLINE,
    AFTER,
    SOURCE,
    N_COLUMNS
};
static const cpn_column_schema schema[N_COLUMNS] = {
    { "type", CAMPAIGN_TYPE_UTF8, "Type of campaign.", "活动类型。" },
    { "task", CAMPAIGN_TYPE_UTF8, "Id of the task.", "任务标识。" },
    { "name", CAMPAIGN_TYPE_UTF8, "Its name.", "名称。" },
    { "phase", CAMPAIGN_TYPE_UTF8, "Phase of the campaign.", "所属阶段。" },
    { "role", CAMPAIGN_TYPE_UTF8, "Role of its owner.", "负责角色。" },
    { "deliverable", CAMPAIGN_TYPE_UTF8, "What it delivers.", "交付物。" },
    { "duration", CAMPAIGN_TYPE_INT64, "How long it takes; null: as long as there is.", "工期，空为有多长用多长。" },
    { "unit", CAMPAIGN_TYPE_UTF8, "Unit of the duration.", "工期单位。" },
    { "anchor", CAMPAIGN_TYPE_UTF8, "What its dates hang on.", "日期的依据。" },
    { "offset", CAMPAIGN_TYPE_INT64, "From the anchor to the due date.", "截止日距起点多少。" },
    { "offset_unit", CAMPAIGN_TYPE_UTF8, "Unit of the offset.", "offset 的单位。" },
    { "deadline", CAMPAIGN_TYPE_UTF8, "Deadline that is its due date.", "作为截止日的截止事项。" },
    { "after", CAMPAIGN_TYPE_UTF8, "Tasks it comes after.", "前置任务。" },
    { "source", CAMPAIGN_TYPE_UTF8, "Where it comes from.", "出处。" },
};

static void write_row(cpn_out *out, cpn_plan_type type, const cpn_task_template *task)
{
    const bool is_before = task->anchor == CPN_ANCHOR_BEFORE_BURST;
    const int32_t unit = task->anchor == CPN_ANCHOR_DURING ? (int32_t)CPN_TASK_DAY : task->unit;
    cpn_out_string(out, TYPE, cpn_plan_type_names[type]);
    cpn_out_string(out, TASK, task->id);
    cpn_out_string(out, NAME, task->name);
    cpn_out_string(out, PHASE, cpn_task_phase_names[task->phase]);
    cpn_out_string(out, ROLE, task->role);
    cpn_out_string(out, DELIVERABLE, task->deliverable);
    cpn_out_optional_int64(out, DURATION, task->duration > 0 ? task->duration : 1, task->duration > 0 || is_before);
    cpn_out_string(out, UNIT, cpn_task_unit_names[unit]);
    cpn_out_string(out, ANCHOR, cpn_task_anchor_names[task->anchor]);
    cpn_out_optional_int64(out, OFFSET, task->offset, task->offset >= 0);
    cpn_out_string(out, OFFSET_UNIT, task->offset >= 0 ? cpn_task_unit_names[task->offset_unit] : NULL);
    cpn_out_string(out, DEADLINE, task->deadline);
    cpn_out_string(out, AFTER, task->after);
    cpn_out_string(out, SOURCE, task->source);
}

static campaign_status write_sets(campaign_table **tasks, const cpn_task_set *sets, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, schema, N_COLUMNS, NULL, 0);
    for (int32_t type = 0; type < CPN_PLAN_N_TYPES; type++)
        for (int32_t i = 0; i < sets[type].n; i++)
            if (sets[type].templates[i].is_used) write_row(&out, (cpn_plan_type)type, &sets[type].templates[i]);
    return cpn_out_close(tasks, &out, error);
}

campaign_status campaign_plan_task_list(campaign_table **tasks, const char *json, size_t length, const char *language,
                                        campaign_error *error)
{
    bool is_chinese = false;
    cpn_json *tree = NULL;
    cpn_task_set sets[CPN_PLAN_N_TYPES] = { { 0 } };
    if (tasks) *tasks = NULL;
    if (!tasks) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "tasks", "tasks is required");
    campaign_status status = cpn_take_language(&is_chinese, language, "language", error);
    if (status == CAMPAIGN_OK && json) status = cpn_document_read(&tree, json, length, &cpn_task_templates_kind, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_json_value *list = tree ? cpn_get(cpn_json_root(tree), "templates") : NULL;
    for (int32_t type = 0; type < CPN_PLAN_N_TYPES && status == CAMPAIGN_OK; type++)
        status = cpn_task_set_read(&sets[type], (cpn_plan_type)type, true, list, is_chinese, error);
    if (status == CAMPAIGN_OK) status = write_sets(tasks, sets, error);
    for (int32_t type = 0; type < CPN_PLAN_N_TYPES; type++) cpn_task_set_free(&sets[type]);
    cpn_json_free(tree);
    return status;
}
