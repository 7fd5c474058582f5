/* Fields of the playbook document, each with its words in English and Chinese. */
#include "plan/playbook.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))
#define TEXT(name_, most_, en_, zh_)                                                                                   \
    {                                                                                                                  \
        .name = name_, .type = CPN_FIELD_TEXT, .minimum = "1", .maximum = most_, .en = en_, .zh = zh_                  \
    }
#define REQUIRED(name_, most_, en_, zh_)                                                                               \
    {                                                                                                                  \
        .name = name_, .type = CPN_FIELD_TEXT, .is_required = true, .minimum = "1", .maximum = most_, .en = en_,       \
        .zh = zh_                                                                                                      \
    }

const char *const cpn_playbook_severities[CPN_PLAYBOOK_N_SEVERITIES + 1] = { "critical", "high", "medium", "low",
                                                                             NULL };
const char *const cpn_playbook_units[CPN_PLAYBOOK_N_UNITS + 1] = { "number", "count", "ratio", "money",
                                                                   "days",   "hours", NULL };
const char *const cpn_playbook_directions[4] = { "higher", "lower", "neither", NULL };

static const cpn_field metric_fields[] = {
    REQUIRED("id", "64", "Name of the metric in conditions and in the table state: letters, digits, _ and Chinese.",
             "指标在条件与 state 表中的名称：字母、数字、下划线或汉字。"),
    TEXT("name_en", "120", "English name.", "英文名称。"),
    TEXT("name_zh", "120", "Chinese name.", "中文名称。"),
    { .name = "unit",
      .type = CPN_FIELD_ENUM,
      .choices = cpn_playbook_units,
      .fallback = "number",
      .en = "How it is printed: a ratio as a percentage, money with two decimals.",
      .zh = "显示方式：ratio 显示为百分比，money 保留两位小数。" },
    { .name = "better",
      .type = CPN_FIELD_ENUM,
      .choices = cpn_playbook_directions,
      .fallback = "neither",
      .en = "Which way is good; neither: both sides of a target are off it.",
      .zh = "方向：higher 越高越好，lower 越低越好，neither 偏离目标任一侧均算偏差。" },
};
const cpn_record cpn_playbook_metric_record = { FIELDS(metric_fields), false, "A metric of your own.",
                                                "自定义的指标。" };

static const cpn_field role_fields[] = {
    REQUIRED("id", "64", "Id of the role.", "岗位标识。"),
    TEXT("name_en", "120", "English name.", "英文名称。"),
    TEXT("name_zh", "120", "Chinese name.", "中文名称。"),
};
const cpn_record cpn_playbook_role_record = { FIELDS(role_fields), false, "Somebody who acts.", "负责处理的岗位。" };

static const cpn_field escalation_fields[] = {
    REQUIRED("to", "64", "Role that hears of it.", "上报到的岗位。"),
    REQUIRED("after", "40", "How long after the beginning: \"2 h\", \"1 working day\".",
             "自发生起多久之后上报：“2 h”“1 working day”。"),
};
const cpn_record cpn_playbook_escalation_record = { FIELDS(escalation_fields), false, "Who hears of it, and when.",
                                                    "上报对象与时限。" };

static const cpn_field entry_fields[] = {
    REQUIRED("id", "64", "Id of the entry, unique in the document.", "条目标识，文档内唯一。"),
    TEXT("name_en", "200", "English name.", "英文名称。"),
    TEXT("name_zh", "200", "Chinese name.", "中文名称。"),
    TEXT("source", "64", "Row of the handbook it comes from.", "对应的手册编号。"),
    REQUIRED("when", "1000", "Condition under which it holds: \"cpa > cpa.target * 130%\".",
             "触发条件，例如“cpa > cpa.target * 130%”。"),
    TEXT("action_en", "2000", "What to do, in English; {…} holds a value: \"order {stock.safety - stock.on_hand}\".",
         "英文措施；{…} 内可写数值表达式。"),
    TEXT("action_zh", "2000", "What to do, in Chinese.", "中文措施，{…} 内可写数值表达式。"),
    REQUIRED("owner", "64", "Role that acts.", "负责的岗位。"),
    REQUIRED("within", "40", "Time to act: \"15 min\", \"1 h\", \"2 days\", \"3 working days\".",
             "处理时限：“15 min”“1 h”“2 days”“3 working days”。"),
    { .name = "escalate",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_playbook_escalation_record,
      .en = "Who hears of it, and when.",
      .zh = "上报对象与时限。" },
    { .name = "severity",
      .type = CPN_FIELD_ENUM,
      .choices = cpn_playbook_severities,
      .fallback = "medium",
      .en = "How bad it is.",
      .zh = "严重程度：critical 紧急、high 高、medium 中、low 低。" },
};
const cpn_record cpn_playbook_entry_record = { FIELDS(entry_fields), false, "One risk and its answer.",
                                               "一项风险及其应对。" };

static const cpn_field document_fields[] = {
    { .name = "metrics",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_playbook_metric_record,
      .maximum = "200",
      .en = "Metrics beyond the built-in ones; one of the same id replaces a built-in one.",
      .zh = "内置指标之外的指标；标识相同则替换内置指标。" },
    { .name = "roles",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_playbook_role_record,
      .maximum = "200",
      .en = "Roles by id. Where the list is given, owners and escalations must be in it.",
      .zh = "岗位列表；给出后，负责人与上报对象须在其中。" },
    { .name = "entries",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_playbook_entry_record,
      .is_required = true,
      .maximum = "500",
      .en = "Risks and their answers.",
      .zh = "风险及其应对。" },
};
const cpn_record cpn_playbook_record = { FIELDS(document_fields), false,
                                         "What can go wrong, how it shows, and what is done about it.",
                                         "可能出现的问题、触发条件与应对措施。" };
const cpn_document_kind cpn_playbook_kind = { "campaign/playbook/1", &cpn_playbook_record, "A playbook of risks.",
                                              "风险应对手册。" };
