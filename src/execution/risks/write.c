/* Findings as tables: what holds and what to do, what stays open and why, remarks. */
#include <string.h>

#include "base/date.h"
#include "execution/risks/risk.h"
#include "plan/playbook.h"

#define TEXT   CAMPAIGN_TYPE_UTF8
#define MOMENT CAMPAIGN_TYPE_TIMESTAMP
#define FLAG   CAMPAIGN_TYPE_BOOL

enum {
    ENTRY,
    NAME,
    SEVERITY,
    KIND,
    SUBJECT,
    CAMPAIGN,
    CHANNEL,
    NUMBERS,
    ACTION,
    OWNER,
    SINCE,
    DUE_AT,
    IS_OVERDUE,
    IS_PROVISIONAL,
    ESCALATE_TO,
    ESCALATE_AT,
    IS_ESCALATED,
    SOURCE,
    N_COLUMNS
};

static const cpn_column_schema schema[N_COLUMNS] = {
    { "entry", TEXT, "Id of the playbook's entry.", "手册条目。" },
    { "name", TEXT, "Its name.", "名称。" },
    { "severity", TEXT, "critical, high, medium or low.", "严重程度。" },
    { "kind", TEXT, "state, metric, task, stock, budget or campaign.", "对象类别。" },
    { "subject", TEXT, "What it is about.", "对象。" },
    { "campaign", TEXT, "Campaign, where there is one.", "活动。" },
    { "channel", TEXT, "Channel, where there is one.", "渠道。" },
    { "numbers", TEXT, "The condition with its figures.", "触发条件与数值。" },
    { "action", TEXT, "What to do.", "措施。" },
    { "owner", TEXT, "Who does it.", "负责人。" },
    { "since", MOMENT, "When it began.", "发生时间。" },
    { "due_at", MOMENT, "By when it is done.", "处理时限。" },
    { "is_overdue", FLAG, "Whether that moment has passed.", "是否已超时。" },
    { "is_provisional", FLAG, "Whether working days of an unannounced year were counted.",
      "是否用到未公布年份的工作日。" },
    { "escalate_to", TEXT, "Who hears of it then.", "上报对象。" },
    { "escalate_at", MOMENT, "When.", "上报时间。" },
    { "is_escalated", FLAG, "Whether that moment has passed.", "是否已到上报时间。" },
    { "source", TEXT, "Row of the handbook.", "手册编号。" },
};

void cpn_risk_out_text(cpn_out *out, int32_t column, cpn_text *text)
{
    if (text->has_failed || !text->data)
        cpn_out_string(out, column, text->has_failed ? NULL : "");
    else
        cpn_out_text(out, column, text->data, text->length);
    if (text->has_failed && out->status == CAMPAIGN_OK) out->status = cpn_fail_nomem(&out->error);
    cpn_text_clear(text);
}

void cpn_risk_out_key(cpn_out *out, int32_t column, cpn_risk_text key)
{
    if (key.text)
        cpn_out_text(out, column, key.text, key.length);
    else
        cpn_out_null(out, column);
}

static void write_row(cpn_out *out, const cpn_risk_finding *finding, const cpn_playbook *playbook,
                      const cpn_risk_book *book)
{
    const cpn_risk_entry *entry = finding->entry;
    cpn_text numbers = { 0 }, action = { 0 };
    cpn_risk_say_numbers(&numbers, playbook, entry, book, &finding->subject);
    cpn_risk_say_action(&action, playbook, entry, book, &finding->subject);
    cpn_out_string(out, ENTRY, entry->id);
    cpn_out_string(out, NAME, entry->name);
    cpn_out_string(out, SEVERITY, cpn_playbook_severities[entry->severity]);
    cpn_out_string(out, KIND, cpn_risk_scope_names[finding->subject.scope]);
    cpn_out_string(out, SUBJECT, finding->subject_text);
    cpn_risk_out_key(out, CAMPAIGN, finding->subject.keys[CPN_RISK_CAMPAIGN]);
    cpn_risk_out_key(out, CHANNEL, finding->subject.keys[CPN_RISK_CHANNEL]);
    cpn_risk_out_text(out, NUMBERS, &numbers);
    cpn_risk_out_text(out, ACTION, &action);
    cpn_out_string(out, OWNER, entry->owner);
    cpn_out_int64(out, SINCE, finding->since);
    cpn_out_int64(out, DUE_AT, finding->due_at);
    cpn_out_int64(out, IS_OVERDUE, finding->due_at <= book->as_of);
    cpn_out_int64(out, IS_PROVISIONAL, finding->is_provisional);
    cpn_out_string(out, ESCALATE_TO, entry->escalate_to);
    cpn_out_optional_int64(out, ESCALATE_AT, finding->escalate_at, entry->escalate_to != NULL);
    cpn_out_int64(out, IS_ESCALATED, entry->escalate_to && finding->escalate_at <= book->as_of);
    cpn_out_string(out, SOURCE, entry->source);
}

campaign_status cpn_risk_write(campaign_table **risks, const cpn_risk_findings *findings, const cpn_playbook *playbook,
                               const cpn_risk_book *book, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, schema, N_COLUMNS, NULL, 0);
    for (int64_t i = 0; i < findings->n; i++)
        if (findings->all[i].is_judged) write_row(&out, &findings->all[i], playbook, book);
    return cpn_out_close(risks, &out, error);
}

/* ---- What stays open --------------------------------------------------------------------------------------------- */

enum { U_ENTRY, U_NAME, U_SUBJECT, U_CAMPAIGN, U_CHANNEL, U_REASON, U_MISSING, U_TEXT, N_UNJUDGED };

static const cpn_column_schema unjudged_schema[N_UNJUDGED] = {
    { "entry", TEXT, "Id of the playbook's entry.", "手册条目。" },
    { "name", TEXT, "Its name.", "名称。" },
    { "subject", TEXT, "What it would be about.", "对象。" },
    { "campaign", TEXT, "Campaign, where there is one.", "活动。" },
    { "channel", TEXT, "Channel, where there is one.", "渠道。" },
    { "reason", TEXT, "Why it could not be judged, as a code.", "无法判断的原因代码。" },
    { "missing", TEXT, "The name that is not available.", "缺少的名称。" },
    { "text", TEXT, "The same as a sentence.", "说明。" },
};

const char *const cpn_risk_reason_names[CPN_RISK_N_REASONS] = { "judged",    "no_rows", "no_metric",    "no_value",
                                                                "no_target", "no_plan", "zero_divisor", "overflow" };

static const char *const reasons[CPN_RISK_N_REASONS][2] = {
    { "", "" },
    { "not available, because no table tells {}", "不可用，因为没有包含“{}”的数据表" },
    { "not available, because the state has no row of {}", "不可用，因为 state 表中没有“{}”" },
    { "not available, because {} is not known", "不可用，因为“{}”未知" },
    { "not available, because there is no target to compare with: {}", "不可用，因为没有可比较的目标：{}" },
    { "not available, because {} needs a plan", "不可用，因为“{}”需要计划" },
    { "not available, because it would be divided by 0: {}", "不可用，因为除数为 0：{}" },
    { "not available, because a figure is too large: {}", "不可用，因为数值过大：{}" },
};

/* The name of what is missing, as the condition spells it. */
static cpn_risk_text spelled(const cpn_risk_finding *finding)
{
    const cpn_risk_token *token = finding->missing;
    if (!token) return (cpn_risk_text){ NULL, 0 };
    return (cpn_risk_text){ finding->entry->when.text + token->at, (size_t)token->length };
}

static void say_reason(cpn_text *out, const cpn_risk_finding *finding, bool is_chinese)
{
    const char *pattern = reasons[finding->reason][is_chinese], *hole = strstr(pattern, "{}");
    const cpn_risk_text name = spelled(finding);
    if (!hole) return;
    cpn_text_add(out, pattern, (size_t)(hole - pattern));
    if (name.text) cpn_text_add(out, name.text, name.length);
    cpn_text_add_string(out, hole + 2);
}

static campaign_status write_unjudged(campaign_table **table, const cpn_risk_findings *findings, bool is_chinese,
                                      campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, unjudged_schema, N_UNJUDGED, NULL, 0);
    for (int64_t i = 0; i < findings->n; i++) {
        const cpn_risk_finding *finding = &findings->all[i];
        cpn_text text = { 0 };
        if (finding->is_judged) continue;
        say_reason(&text, finding, is_chinese);
        cpn_out_string(&out, U_ENTRY, finding->entry->id);
        cpn_out_string(&out, U_NAME, finding->entry->name);
        cpn_out_string(&out, U_SUBJECT, finding->subject_text);
        cpn_risk_out_key(&out, U_CAMPAIGN, finding->subject.keys[CPN_RISK_CAMPAIGN]);
        cpn_risk_out_key(&out, U_CHANNEL, finding->subject.keys[CPN_RISK_CHANNEL]);
        cpn_out_string(&out, U_REASON, cpn_risk_reason_names[finding->reason]);
        cpn_risk_out_key(&out, U_MISSING, spelled(finding));
        cpn_risk_out_text(&out, U_TEXT, &text);
    }
    return cpn_out_close(table, &out, error);
}

/* ---- Remarks ----------------------------------------------------------------------------------------------------- */

enum { N_CODE, N_SUBJECT, N_COUNT, N_TEXT, N_NOTES };

static const cpn_column_schema note_schema[N_NOTES] = {
    { "code", TEXT, "Kind of remark.", "代码。" },
    { "subject", TEXT, "What it is about.", "对象。" },
    { "n", CAMPAIGN_TYPE_INT64, "How many rows.", "行数。" },
    { "text", TEXT, "The remark as a sentence.", "说明。" },
};

/* Metrics of the state that no condition can name, each once, with the nearest that it can. */
static void note_unknown(cpn_out *out, const cpn_playbook *playbook, const cpn_risk_book *book)
{
    for (int64_t i = 0; i < book->n_rows;) {
        const cpn_risk_row *row = &book->rows[i];
        const int64_t first = i;
        while (i < book->n_rows && book->rows[i].metric_key == row->metric_key) i++;
        if (row->metric >= 0) continue;
        const char *nearest = cpn_risk_nearest(&playbook->names, row->name.text, row->name.length, false);
        cpn_text text = { 0 };
        cpn_text_add_string(&text, playbook->is_chinese ? "手册中没有指标“" : "the playbook has no metric \"");
        cpn_text_add(&text, row->name.text, row->name.length);
        cpn_text_add_string(&text, playbook->is_chinese ? "”" : "\"");
        if (nearest) {
            cpn_text_add_string(&text, playbook->is_chinese ? "，是否为“" : ", did you mean \"");
            cpn_text_add_string(&text, nearest);
            cpn_text_add_string(&text, playbook->is_chinese ? "”？" : "\"?");
        }
        cpn_out_string(out, N_CODE, "unknown_metric");
        cpn_out_text(out, N_SUBJECT, row->name.text, row->name.length);
        cpn_out_int64(out, N_COUNT, i - first);
        cpn_risk_out_text(out, N_TEXT, &text);
    }
}

static void note_provisional(cpn_out *out, const cpn_playbook *playbook, const cpn_risk_findings *findings)
{
    int64_t n = 0;
    for (int64_t i = 0; i < findings->n; i++) n += findings->all[i].is_provisional;
    if (n == 0) return;
    cpn_out_string(out, N_CODE, "provisional");
    cpn_out_null(out, N_SUBJECT);
    cpn_out_int64(out, N_COUNT, n);
    cpn_out_string(out, N_TEXT,
                   playbook->is_chinese ? "部分时限用到尚未公布放假安排的年份，以实际公布为准。"
                                        : "Some limits count working days of a year whose holidays are not announced.");
}

static campaign_status write_notes(campaign_table **notes, const cpn_risk_findings *findings,
                                   const cpn_playbook *playbook, const cpn_risk_book *book, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, note_schema, N_NOTES, NULL, 0);
    note_unknown(&out, playbook, book);
    note_provisional(&out, playbook, findings);
    return cpn_out_close(notes, &out, error);
}

campaign_status cpn_risk_write_report(campaign_risks_report *report, const cpn_risk_findings *findings,
                                      const cpn_playbook *playbook, const cpn_risk_book *book, campaign_error *error)
{
    report->n_entries = (int32_t)playbook->n_entries;
    report->n_judged = findings->n_judged;
    report->n_holding = findings->n_holding;
    report->n_unjudged = findings->n_unjudged;
    const campaign_status status = write_unjudged(&report->unjudged, findings, playbook->is_chinese, error);
    return status == CAMPAIGN_OK ? write_notes(&report->notes, findings, playbook, book, error) : status;
}
