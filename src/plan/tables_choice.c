/* Columns of the table of candidates: what campaigns were chosen from, and why. */
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
