/* What is blocked, since when, and to whom it goes up: the rep, then the lead, then the manager, by working days. */
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "execution/followup/follow.h"

enum { RECORD, CUSTOMER, REP, SINCE, DAYS, BLOCKED_BY, LEVEL, TO, NEXT_LEVEL, NEXT_DATE, TEXT, N_COLUMNS };

static const cpn_column_schema blocked_schema[N_COLUMNS] = {
    { "record", CAMPAIGN_TYPE_INT64, "Record.", "记录号。" },
    { "customer", CAMPAIGN_TYPE_UTF8, "Customer.", "客户。" },
    { "rep", CAMPAIGN_TYPE_UTF8, "Rep.", "跟进人。" },
    { "since", CAMPAIGN_TYPE_DATE, "Day from which it is blocked.", "受阻起始日。" },
    { "days", CAMPAIGN_TYPE_INT64, "Working days since then.", "受阻工作日数。" },
    { "blocked_by", CAMPAIGN_TYPE_UTF8, "What blocks it.", "受阻原因。" },
    { "level", CAMPAIGN_TYPE_UTF8, "Who has to act now: rep, lead or manager.", "当前处理层级。" },
    { "to", CAMPAIGN_TYPE_UTF8, "Name of who has to act.", "处理人。" },
    { "next_level", CAMPAIGN_TYPE_UTF8, "To whom it goes up next.", "下一上报层级。" },
    { "next_date", CAMPAIGN_TYPE_DATE, "Working day on which it goes there.", "上报日期。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The whole in a sentence.", "说明。" },
};

static const char *const levels[] = { "rep", "lead", "manager", NULL };
static const char *const levels_zh[] = { "业务员", "主管", "经理" };

/* The day of the first of the versions in a row that say so. */
static int32_t blocked_since(const cpn_follow *follow, const cpn_follow_record *record)
{
    int32_t since = record->day;
    while (record->parent >= 0 && follow->records[record->parent].status == CPN_STATUS_BLOCKED) {
        record = &follow->records[record->parent];
        if (record->day < since) since = record->day;
    }
    return since;
}

/* Working days gone since then; a day off is as the working day before it. */
static int32_t days_since(const cpn_follow *follow, int32_t since)
{
    const bool is_working = cpn_follow_working_days(follow, follow->as_of, follow->as_of + 1) > 0;
    return cpn_follow_working_days(follow, since, is_working ? follow->as_of : follow->last_working_day);
}

static int level_of(const cpn_follow *follow, int32_t days)
{
    if (days >= follow->options.manager_after_days) return 2;
    return days >= follow->options.lead_after_days ? 1 : 0;
}

/* The name of who acts at a level; "" where roles do not say it. */
static void name_of(char text[CPN_NAMED_KEY_TEXT], const cpn_follow *follow, int32_t rep, int level)
{
    const int64_t row = follow->role_rows[rep];
    text[0] = '\0';
    if (level == 0)
        cpn_follow_key_text(text, &follow->reps, rep);
    else if (row >= 0)
        cpn_follow_field_text(text, level == 1 ? &follow->leads : &follow->managers, row);
}

static campaign_status next_step(int32_t *day, const cpn_follow *follow, int32_t since, int level,
                                 campaign_error *error)
{
    const int32_t after = level == 0 ? follow->options.lead_after_days : follow->options.manager_after_days;
    *day = CPN_FOLLOW_NO_DAY;
    if (level == 2) return CAMPAIGN_OK;
    return campaign_calendar_add_working_days(day, follow->calendar, since, after, error);
}

static campaign_status write_blocked(cpn_out *out, const cpn_follow *follow, const cpn_follow_record *record,
                                     campaign_error *error)
{
    char customer[CPN_NAMED_KEY_TEXT], rep[CPN_NAMED_KEY_TEXT], by[CPN_NAMED_KEY_TEXT], to[CPN_NAMED_KEY_TEXT];
    char since_text[CAMPAIGN_DATE_TEXT], number[CPN_SAY_COUNT], reason[CPN_SAY_TEXT], sentence[CPN_SAY_TEXT];
    const bool zh = follow->is_chinese;
    const int32_t since = blocked_since(follow, record), days = days_since(follow, since);
    const int level = level_of(follow, days);
    int32_t next_day;
    const campaign_status status = next_step(&next_day, follow, since, level, error);
    cpn_follow_key_text(customer, &follow->customers, record->customer);
    cpn_follow_key_text(rep, &follow->reps, record->rep);
    cpn_follow_field_text(by, &follow->columns.fields[CPN_FIELD_BLOCKED_BY], record->row);
    name_of(to, follow, record->rep, level);
    cpn_follow_day_text(since_text, since);
    cpn_follow_say_days(number, follow, days, true);
    const char *const by_words[CPN_SAY_WORDS] = { by };
    cpn_say(reason, !by[0] ? "" : zh ? "：{0}" : " by {0}", by_words);
    const char *who = to[0] ? to : zh ? levels_zh[level] : levels[level];
    const char *const words[CPN_SAY_WORDS] = { customer, rep, reason, since_text, number, who };
    cpn_say(sentence,
            zh ? "{0}（{1}）自 {3} 起受阻 {4} 个工作日{2}；请 {5} 处理。"
               : "{0} ({1}) is blocked{2} since {3}, {4}: {5} has to act.",
            words);
    cpn_out_int64(out, RECORD, cpn_follow_id(follow, record));
    cpn_follow_out_key(out, CUSTOMER, &follow->customers, record->customer);
    cpn_follow_out_key(out, REP, &follow->reps, record->rep);
    cpn_out_int64(out, SINCE, since);
    cpn_out_int64(out, DAYS, days);
    cpn_follow_out_field(out, BLOCKED_BY, &follow->columns.fields[CPN_FIELD_BLOCKED_BY], record->row);
    cpn_out_string(out, LEVEL, levels[level]);
    cpn_out_string(out, TO, to[0] ? to : NULL);
    cpn_out_string(out, NEXT_LEVEL, levels[level + 1]);
    cpn_follow_out_day(out, NEXT_DATE, next_day);
    cpn_out_string(out, TEXT, sentence);
    return status;
}

campaign_status cpn_follow_write_blocked(campaign_table **table, const cpn_follow *follow, campaign_error *error)
{
    cpn_column_schema schema[N_COLUMNS];
    cpn_out out;
    int64_t n = 0;
    for (int64_t i = 0; i < follow->n_records; i++)
        n += follow->records[i].is_current && follow->records[i].status == CPN_STATUS_BLOCKED;
    int64_t *keys = cpn_alloc(n, sizeof *keys), *order = cpn_alloc(n, sizeof *order),
            *found = cpn_alloc(n, sizeof *found);
    campaign_status status = keys && order && found ? CAMPAIGN_OK : cpn_fail_nomem(error);
    n = 0;
    for (int64_t i = 0; i < follow->n_records && status == CAMPAIGN_OK; i++) {
        const cpn_follow_record *record = &follow->records[i];
        if (!record->is_current || record->status != CPN_STATUS_BLOCKED) continue;
        keys[n] = blocked_since(follow, record);
        found[n++] = i;
    }
    if (status == CAMPAIGN_OK && !cpn_order_int64(order, keys, n)) status = cpn_fail_nomem(error);
    cpn_follow_schema(schema, blocked_schema, N_COLUMNS, follow);
    cpn_out_open(&out, schema, N_COLUMNS, NULL, 0);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++)
        status = write_blocked(&out, follow, &follow->records[found[order[i]]], error);
    cpn_free(keys);
    cpn_free(order);
    cpn_free(found);
    return cpn_follow_close(table, &out, status, error);
}
