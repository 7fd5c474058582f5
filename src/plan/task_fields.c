/* The fields of documents "campaign/task_templates/1" and of the request's section on tasks. */
#include "plan/task_templates.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))

const char *const cpn_task_phase_names[] = { "preparation", "preheat", "burst", "closing", "review", NULL };
const char *const cpn_task_unit_names[] = { "working_day", "day", "hour", NULL };
const char *const cpn_task_anchor_names[] = { "before_burst", "during", "after_burst", "after_end", NULL };
const char *const cpn_task_reason_names[] = { "deadline", "offset", "successor", "predecessor", "phase", "anchor" };

static const cpn_field template_fields[] = {
    { .name = "id",
      .type = CPN_FIELD_TEXT,
      .is_required = true,
      .minimum = "1",
      .maximum = "64",
      .en = "Id of the task, without blanks, slashes, commas and semicolons; of templates with one id the later one "
            "changes the fields that it has.",
      .zh = "任务标识，不含空格、斜杠、逗号与分号；同一标识的后一个模板只改写其所含的字段。" },
    { .name = "types",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_ENUM,
      .choices = cpn_plan_type_names,
      .maximum = "6",
      .en = "Types of campaigns it is for; all by default.",
      .zh = "适用的活动类型，默认全部。" },
    { .name = "used",
      .type = CPN_FIELD_BOOL,
      .fallback = "true",
      .en = "Whether campaigns have the task at all.",
      .zh = "是否需要该任务。" },
    { .name = "name",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .en = "Its name; the id by default.",
      .zh = "名称，默认为标识。" },
    { .name = "phase",
      .type = CPN_FIELD_ENUM,
      .choices = cpn_task_phase_names,
      .fallback = "preparation",
      .en = "Phase of the campaign it belongs to.",
      .zh = "所属阶段：preparation 准备、preheat 预热、burst 爆发、closing 收尾、review 复盘。" },
    { .name = "role",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .maximum = "64",
      .fallback = "operations",
      .en = "Role of its owner, such as sales, marketing, operations.",
      .zh = "负责角色，如 sales 销售、marketing 市场、operations 运营。" },
    { .name = "deliverable", .type = CPN_FIELD_TEXT, .minimum = "1", .en = "What it delivers.", .zh = "交付物。" },
    { .name = "duration",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "8784",
      .en =
          "How long it takes, in units; 1 by default before the burst, and from the anchor to the due date after it. A "
          "task during its phase lasts as long as the phase.",
      .zh = "工期（按 unit）；爆发之前默认为 1，之后默认从起点到截止；during 任务与所属阶段等长。" },
    { .name = "unit",
      .type = CPN_FIELD_ENUM,
      .choices = cpn_task_unit_names,
      .fallback = "working_day",
      .en = "Unit of the duration.",
      .zh = "工期单位：working_day 工作日、day 自然日、hour 小时。" },
    { .name = "anchor",
      .type = CPN_FIELD_ENUM,
      .choices = cpn_task_anchor_names,
      .fallback = "before_burst",
      .en = "What its dates hang on: placed back from before the burst, during its phase, or from the end of the burst "
            "or "
            "of the campaign on.",
      .zh = "日期的依据：before_burst 爆发前倒排、during 所属阶段期间、after_burst 爆发后、after_end 活动结束后。" },
    { .name = "offset",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "8784",
      .en =
          "From the anchor to the due date, in offset_unit; without it the deadline says when it is due, or what comes "
          "after it.",
      .zh = "截止日距起点多少（按 offset_unit）；未写时由 deadline 或后续任务决定。" },
    { .name = "offset_unit",
      .type = CPN_FIELD_ENUM,
      .choices = cpn_task_unit_names,
      .fallback = "working_day",
      .en = "Unit of the offset; hours after an end only.",
      .zh = "offset 的单位，小时仅用于结束之后。" },
    { .name = "deadline",
      .type = CPN_FIELD_TEXT,
      .maximum = "64",
      .en = "Id of the deadline that is its due date, such as price_lock, or stock_lock; before the offset.",
      .zh = "作为截止日的截止事项标识，如 price_lock，或 stock_lock（锁定货源），优先于 offset。" },
    { .name = "after",
      .type = CPN_FIELD_TEXT,
      .maximum = "4096",
      .en = "Tasks it comes after: \"survey; interviews SS+2; pages FF-1; training +3d\".",
      .zh = "前置任务：\"survey; interviews SS+2; pages FF-1; training +3d\"。" },
    { .name = "source",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .maximum = "64",
      .fallback = "request",
      .en = "Where it comes from.",
      .zh = "出处。" },
};
const cpn_record cpn_task_template_record = { FIELDS(template_fields), false, "A task of every campaign of some types.",
                                              "某些类型活动的一项任务。" };

static const cpn_field document_fields[] = {
    { .name = "templates",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_task_template_record,
      .is_required = true,
      .maximum = "500",
      .en = "The templates, in the order of the work.",
      .zh = "任务模板，按工作次序。" },
};
const cpn_record cpn_task_templates_record = { FIELDS(document_fields), false, "Templates of the tasks of campaigns.",
                                               "活动任务模板。" };
const cpn_document_kind cpn_task_templates_kind = { "campaign/task_templates/1", &cpn_task_templates_record,
                                                    "Templates of the tasks of campaigns.", "活动任务模板。" };

static const cpn_field tasks_fields[] = {
    { .name = "usual",
      .type = CPN_FIELD_BOOL,
      .fallback = "true",
      .en = "Whether the built-in templates stand below those given.",
      .zh = "是否以内置模板为底。" },
    { .name = "templates",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_task_template_record,
      .maximum = "500",
      .en = "Templates, as in a document task_templates; later ones win by id.",
      .zh = "任务模板，同 task_templates 文档；标识相同时以后者为准。" },
    { .name = "owners",
      .type = CPN_FIELD_MAP,
      .item = CPN_FIELD_TEXT,
      .en = "Persons by role.",
      .zh = "各角色的负责人。" },
    { .name = "as_of",
      .type = CPN_FIELD_DATE,
      .en = "Day on which the plan is made: tasks that would have to start before it are told.",
      .zh = "制定计划的日期：须早于该日开始的任务会有提示。" },
};
const cpn_record cpn_plan_tasks_record = { FIELDS(tasks_fields), false, "Tasks of the campaigns.", "活动的任务。" };
