/* The tables of findings and of their counts, with a sentence for each. */
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "base/text.h"
#include "execution/followup/follow.h"

static const struct {
    const char *kind, *severity, *en, *zh;
} words[CPN_FOLLOW_FINDINGS] = {
    { "overdue", "high", "{0}: the next action of record {3} was due on {4}, {5} ago ({1}).",
      "{0}：记录 {3} 的下一步应于 {4} 完成，已逾期 {5} 天（{1}）。" },
    { "forgotten", "high", "{0} has neither a planned contact nor a record.", "{0} 既无触达计划也无跟进记录。" },
    { "not_contacted", "high", "{0} was to be contacted{4} by {1} and has no record.",
      "{0} 计划由 {1} 触达{4}，尚无记录。" },
    { "two_reps", "high", "{0} was contacted by {1} on {4}, {5} after {2}.",
      "{0}：{1} 于 {4} 联系，距 {2} 联系仅 {5} 天。" },
    { "other_rep", "medium", "{0} was planned for {2} and contacted by {1} on {4}.",
      "{0} 计划由 {2} 触达，实际由 {1} 于 {4} 联系。" },
    { "silent_rep", "medium", "{1} has no record{4}.", "{1}{4}没有跟进记录。" },
    { "stale", "medium", "{0} is open and has no record for {5}, since {4} ({1}).",
      "{0} 未结束，自 {4} 起 {5} 个工作日没有记录（{1}）。" },
    { "missing_fields", "low", "Record {3} of {0} ({1}, {4}) lacks: {2}.", "{0} 的记录 {3}（{1}，{4}）缺少：{2}。" },
};

enum { KIND, SEVERITY, CUSTOMER, REP, OTHER_REP, RECORD, DATE, DAYS, TEXT, N_COLUMNS };

static const cpn_column_schema check_schema[N_COLUMNS] = {
    { "kind", CAMPAIGN_TYPE_UTF8, "Kind of finding.", "类型。" },
    { "severity", CAMPAIGN_TYPE_UTF8, "high, medium or low.", "严重程度。" },
    { "customer", CAMPAIGN_TYPE_UTF8, "Customer.", "客户。" },
    { "rep", CAMPAIGN_TYPE_UTF8, "Rep.", "跟进人。" },
    { "other_rep", CAMPAIGN_TYPE_UTF8, "Rep before, or planned.", "前一位或计划的跟进人。" },
    { "record", CAMPAIGN_TYPE_INT64, "Record.", "记录号。" },
    { "date", CAMPAIGN_TYPE_DATE, "Day it is about.", "日期。" },
    { "days", CAMPAIGN_TYPE_INT64, "Days; working days of silent_rep and stale.",
      "天数；silent_rep 与 stale 为工作日。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The finding.", "说明。" },
};

static const cpn_column_schema count_schema[] = {
    { "kind", CAMPAIGN_TYPE_UTF8, "Kind of finding.", "类型。" },
    { "severity", CAMPAIGN_TYPE_UTF8, "high, medium or low.", "严重程度。" },
    { "n", CAMPAIGN_TYPE_INT64, "Findings.", "数量。" },
    { "n_listed", CAMPAIGN_TYPE_INT64, "Findings that are listed.", "列出的数量。" },
};

/* Names of the fields that a record lacks, with commas between them. */
static void list_fields(char text[CPN_SAY_TEXT], const cpn_follow *follow, uint32_t missing)
{
    size_t length = 0;
    text[0] = '\0';
    for (int i = 0; i < CPN_FOLLOW_FIELDS; i++) {
        if (!(missing >> i & 1)) continue;
        for (const char *at = length == 0 ? "" : follow->is_chinese ? "、" : ", "; *at; at++) text[length++] = *at;
        for (const char *at = cpn_follow_field_names[i]; *at; at++) text[length++] = *at;
    }
    text[length] = '\0';
}

/* " since 2026-11-02, for 3 working days", " at all", " on 2026-11-02". */
static void say_when(char text[CPN_SAY_TEXT], const cpn_follow *follow, int kind, const cpn_follow_finding *found)
{
    char day[CAMPAIGN_DATE_TEXT], days[CPN_SAY_COUNT];
    const bool zh = follow->is_chinese, has_day = found->day != CPN_FOLLOW_NO_DAY;
    cpn_follow_day_text(day, found->day);
    cpn_follow_say_days(days, follow, found->days, true);
    const char *const all[CPN_SAY_WORDS] = { day, days };
    const char *pattern = "{0}";
    if (kind == CPN_FINDING_SILENT_REP && has_day)
        pattern = zh ? " 自 {0} 之后 {1} 个工作日" : " after {0}, for {1}";
    else if (kind == CPN_FINDING_SILENT_REP)
        pattern = zh ? " 从来" : " at all";
    else if (kind == CPN_FINDING_NOT_CONTACTED && has_day)
        pattern = zh ? "（{0}）" : " on {0}";
    cpn_say(text, pattern, all);
}

static void say_finding(char sentence[CPN_SAY_TEXT], const cpn_follow *follow, int kind,
                        const cpn_follow_finding *found)
{
    char customer[CPN_NAMED_KEY_TEXT], rep[CPN_NAMED_KEY_TEXT], other[CPN_SAY_TEXT], when[CPN_SAY_TEXT];
    char record[CPN_NUMBER_TEXT], days[CPN_SAY_COUNT];
    cpn_follow_key_text(customer, &follow->customers, found->customer);
    cpn_follow_key_text(rep, &follow->reps, found->rep);
    if (kind == CPN_FINDING_MISSING_FIELDS)
        list_fields(other, follow, follow->missing[found->record]);
    else
        cpn_follow_key_text(other, &follow->reps, found->other_rep);
    record[0] = '\0';
    if (found->record >= 0) (void)cpn_format_int64(record, cpn_follow_id(follow, &follow->records[found->record]));
    cpn_follow_say_days(days, follow, found->days, kind == CPN_FINDING_STALE);
    say_when(when, follow, kind, found);
    const char *nobody = follow->is_chinese ? "业务员" : "a rep";
    const char *const all[CPN_SAY_WORDS] = { customer, found->rep < 0 ? nobody : rep, other, record, when, days };
    cpn_say(sentence, follow->is_chinese ? words[kind].zh : words[kind].en, all);
}

static void write_finding(cpn_out *out, const cpn_follow *follow, int kind, const cpn_follow_finding *found)
{
    char sentence[CPN_SAY_TEXT];
    say_finding(sentence, follow, kind, found);
    cpn_out_string(out, KIND, words[kind].kind);
    cpn_out_string(out, SEVERITY, words[kind].severity);
    cpn_follow_out_key(out, CUSTOMER, &follow->customers, found->customer);
    cpn_follow_out_key(out, REP, &follow->reps, found->rep);
    cpn_follow_out_key(out, OTHER_REP, &follow->reps, found->other_rep);
    const bool has_record = found->record >= 0;
    cpn_out_optional_int64(out, RECORD, has_record ? cpn_follow_id(follow, &follow->records[found->record]) : 0,
                           has_record);
    cpn_follow_out_day(out, DATE, found->day);
    cpn_out_optional_int64(out, DAYS, found->days, found->days >= 0);
    cpn_out_string(out, TEXT, sentence);
}

/* Writes the findings of one kind, the most days first (of two reps: the fewest), what has no days before all. */
static campaign_status write_kind(cpn_out *out, const cpn_follow *follow, int kind, campaign_error *error)
{
    const cpn_follow_list *list = &follow->findings[kind];
    const int64_t most = follow->options.n_checks;
    int64_t *keys = cpn_alloc(list->n, sizeof *keys), *order = cpn_alloc(list->n, sizeof *order);
    bool is_done = keys && order;
    for (int64_t i = 0; i < list->n && is_done; i++) {
        const int64_t days = list->items[i].days < 0 ? INT32_MAX : list->items[i].days;
        keys[i] = kind == CPN_FINDING_TWO_REPS ? days : -days;
    }
    is_done = is_done && cpn_order_int64(order, keys, list->n);
    for (int64_t i = 0; i < list->n && i < most && is_done; i++)
        write_finding(out, follow, kind, &list->items[order[i]]);
    cpn_free(keys);
    cpn_free(order);
    return is_done ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static campaign_status write_counts(campaign_table **counts, const cpn_follow *follow, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, count_schema, 4, NULL, 0);
    for (int kind = 0; kind < CPN_FOLLOW_FINDINGS; kind++) {
        const int64_t n = follow->findings[kind].n, most = follow->options.n_checks;
        cpn_out_string(&out, 0, words[kind].kind);
        cpn_out_string(&out, 1, words[kind].severity);
        cpn_out_int64(&out, 2, n);
        cpn_out_int64(&out, 3, n < most ? n : most);
    }
    return cpn_out_close(counts, &out, error);
}

campaign_status cpn_follow_write_checks(campaign_table **checks, campaign_table **counts, int64_t *n_checks,
                                        const cpn_follow *follow, campaign_error *error)
{
    cpn_column_schema schema[N_COLUMNS];
    cpn_out out;
    campaign_status status = CAMPAIGN_OK;
    cpn_follow_schema(schema, check_schema, N_COLUMNS, follow);
    cpn_out_open(&out, schema, N_COLUMNS, NULL, 0);
    *n_checks = 0;
    for (int kind = 0; kind < CPN_FOLLOW_FINDINGS && status == CAMPAIGN_OK; kind++) {
        *n_checks += follow->findings[kind].n;
        status = write_kind(&out, follow, kind, error);
    }
    status = cpn_follow_close(checks, &out, status, error);
    return status == CAMPAIGN_OK ? write_counts(counts, follow, error) : status;
}
