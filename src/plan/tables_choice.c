/* Columns of the tables about the calendar as a whole: what campaigns were chosen from, and weekly themes. */
#include "plan/table_columns.h"

static const cpn_field candidate_columns[] = {
    COLUMN("candidate", TEXT, "Id, unique in the plan.", "候选活动标识，计划内唯一。"),
    COLUMN("node", TEXT, "Node it would be held for; its own id where there is none.", "所依托的节点，没有则同标识。"),
    COLUMN("name", TEXT, "Name in the plan's language.", "名称。"),
    COLUMN("tier", TEXT, "big or small.", "级别：big 或 small。"),
    COLUMN("start", DATE, "First day of its burst.", "爆发期第一天。"),
    COLUMN("end", DATE, "The day after the burst's last.", "爆发期最后一天的次日。"),
    COLUMN("value", MONEY, "Sales it is expected to bring beyond what its days sell otherwise.", "预期增量销售额。"),
    COLUMN("value_basis", TEXT, "history, given or rule.", "价值依据：history 历史、given 指定、rule 按比例。"),
    COLUMN("n_years", INT, "Years of the history behind the value.", "价值所依据的历史年数。"),
    COLUMN("cost", MONEY, "What it costs.", "成本。"),
    COLUMN("is_chosen", INT, "1: chosen; 0: left out.", "1 为入选，0 为未入选。"),
    NULLABLE("campaign", TEXT, "Campaign it became or was merged into.", "成为或并入的活动。"),
    NULLABLE("worth", MONEY,
             "What the best set loses without it; null where left out, or where it cannot be done without.",
             "没有它时最优组合的损失，未入选或不可缺时为空。"),
    NULLABLE("forcing_cost", MONEY, "What the best set loses with it; null where chosen, or where it cannot be had.",
             "强制入选时最优组合的损失，已入选或无法入选时为空。"),
    NULLABLE("binding_rule", TEXT, "Rule that keeps it out.", "使其落选的规则。"),
    NULLABLE("other", TEXT, "Candidate it stands against.", "与之冲突的候选活动。"),
    COLUMN("text", TEXT, "The reason as a sentence.", "取舍理由。"),
};
const cpn_record cpn_plan_candidates_columns = { FIELDS(candidate_columns), false,
                                                 "What campaigns were chosen from, and why; by window.",
                                                 "候选活动及取舍理由，按日期。" };

static const cpn_field theme_columns[] = {
    COLUMN("theme", TEXT, "Id of the theme.", "主题标识。"),
    COLUMN("name", TEXT, "Its name.", "名称。"),
    COLUMN("date", DATE, "Day it falls on.", "日期。"),
    COLUMN("status", TEXT, "held, suspended or folded.", "状态：held 照常、suspended 暂停、folded 并入活动。"),
    NULLABLE("reason", TEXT, "day_off, big_node or campaign; null where it is held as usual.",
             "原因：day_off 放假、big_node 大节点、campaign 活动爆发期，照常时为空。"),
    NULLABLE("campaign", TEXT, "Campaign that bursts on that day.", "当天处于爆发期的活动。"),
    NULLABLE("node", TEXT, "Big node of that day.", "当天的大节点。"),
    COLUMN("text", TEXT, "The same as a sentence.", "说明文字。"),
};
const cpn_record cpn_plan_themes_columns = { FIELDS(theme_columns), false, "Days of the weekly themes.",
                                             "每周主题的日期。" };
