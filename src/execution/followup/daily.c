/* The ten-minute list of each rep: what is overdue, due today, planned, blocked, and who has shown interest. */
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "execution/followup/follow.h"

enum { OVERDUE, DUE, PLANNED, BLOCKED, INTEREST, N_KINDS };
enum { MOST_DAYS = (1 << 22) - 1 }; /* years 1 to 9999 have fewer days than 2^22 */

typedef struct item {
    int32_t kind, rep, customer, record, day, days;
} item;

typedef struct list {
    item *items;
    int64_t n, capacity;
} list;

static const struct {
    const char *kind, *en, *zh;
} kinds[N_KINDS + 1] = {
    { "overdue", "{0}: {1} (due {2}, {3} late)", "{0}：{1}（应于 {2}，逾期 {3} 天）" },
    { "due", "{0}: {1} (due today)", "{0}：{1}（今日到期）" },
    { "planned", "{0}: first contact planned for {2}", "{0}：首次触达，计划 {2}" },
    { "blocked", "{0}: blocked{4} since {2}", "{0}：自 {2} 起受阻{4}" },
    { "interest", "{0} showed interest on {2}: {1}", "{0} 于 {2} 表示有意向：{1}" },
    { "rest", "{3} more", "另有 {3} 项" },
};

enum { REP, PLACE, KIND, CUSTOMER, RECORD, DATE, DAYS, ACTION, N, TEXT, N_COLUMNS };

static const cpn_column_schema daily_schema[N_COLUMNS] = {
    { "rep", CAMPAIGN_TYPE_UTF8, "Rep.", "跟进人。" },
    { "place", CAMPAIGN_TYPE_INT64, "Place in the list.", "次序。" },
    { "kind", CAMPAIGN_TYPE_UTF8, "Why it is there.", "类型。" },
    { "customer", CAMPAIGN_TYPE_UTF8, "Customer.", "客户。" },
    { "record", CAMPAIGN_TYPE_INT64, "Record.", "记录号。" },
    { "date", CAMPAIGN_TYPE_DATE, "Day it is about.", "日期。" },
    { "days", CAMPAIGN_TYPE_INT64, "Days since then.", "距今天数。" },
    { "action", CAMPAIGN_TYPE_UTF8, "What is to be done.", "下一步。" },
    { "n", CAMPAIGN_TYPE_INT64, "1; of the rest how many are left out.", "1；rest 为未列出的数量。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The item.", "说明。" },
};

static bool add(list *all, item one)
{
    if (all->n == all->capacity) {
        const int64_t capacity = all->capacity * 2 + 64;
        item *grown = cpn_resize(all->items, capacity, sizeof *grown);
        if (!grown) return false;
        all->items = grown;
        all->capacity = capacity;
    }
    all->items[all->n++] = one;
    return true;
}

/* Each record at most once, for the first reason that holds. */
static bool collect_records(list *all, const cpn_follow *follow)
{
    for (int32_t i = 0; i < follow->n_records; i++) {
        const cpn_follow_record *record = &follow->records[i];
        const bool has_date = record->next_day != CPN_FOLLOW_NO_DAY;
        if (!record->is_current) continue;
        item one = { INTEREST, record->rep, record->customer, i, record->day, follow->as_of - record->day };
        if (!follow->is_closed[i] && has_date && record->next_day <= follow->as_of) {
            one.kind = record->next_day < follow->as_of ? OVERDUE : DUE;
            one.day = record->next_day;
            one.days = follow->as_of - record->next_day;
        } else if (record->status == CPN_STATUS_BLOCKED) {
            one.kind = BLOCKED;
        } else if (follow->is_closed[i] || record->feedback != CPN_FEEDBACK_INTEREST ||
                   record->day < follow->last_working_day) {
            continue;
        }
        if (!add(all, one)) return false;
    }
    return true;
}

static bool collect_planned(list *all, const cpn_follow *follow)
{
    for (int32_t c = 0; c < follow->customers.n; c++) {
        const cpn_follow_planned *planned = &follow->planned[c];
        if (!planned->is_there || planned->rep < 0 || follow->customer_spans[c].n > 0) continue;
        const bool has_day = planned->day != CPN_FOLLOW_NO_DAY;
        if (has_day && planned->day > follow->as_of) continue;
        const int32_t days = has_day ? follow->as_of - planned->day : 0;
        if (!add(all, (item){ PLANNED, planned->rep, c, -1, planned->day, days })) return false;
    }
    return true;
}

static void write_item(cpn_out *out, const cpn_follow *follow, const item *one, int64_t place)
{
    char customer[CPN_NAMED_KEY_TEXT], action[CPN_NAMED_KEY_TEXT], by[CPN_NAMED_KEY_TEXT], day[CAMPAIGN_DATE_TEXT];
    char days[CPN_SAY_COUNT], reason[CPN_SAY_TEXT], sentence[CPN_SAY_TEXT];
    const cpn_follow_record *record = one->record < 0 ? NULL : &follow->records[one->record];
    const bool zh = follow->is_chinese;
    action[0] = by[0] = '\0';
    cpn_follow_key_text(customer, &follow->customers, one->customer);
    if (record) {
        cpn_follow_field_text(action, &follow->columns.fields[CPN_FIELD_NEXT_ACTION], record->row);
        cpn_follow_field_text(by, &follow->columns.fields[CPN_FIELD_BLOCKED_BY], record->row);
    }
    cpn_follow_day_text(day, one->day);
    cpn_follow_say_days(days, follow, one->days, false);
    const char *const by_words[CPN_SAY_WORDS] = { by };
    cpn_say(reason, !by[0] ? "" : zh ? "，原因：{0}" : " by {0}", by_words);
    const char *nothing = zh ? "未填写" : "not said", *soon = zh ? "尽快" : "as soon as possible";
    const char *const words[CPN_SAY_WORDS] = { customer, action[0] ? action : nothing, day[0] ? day : soon, days,
                                               reason };
    cpn_say(sentence, zh ? kinds[one->kind].zh : kinds[one->kind].en, words);
    cpn_follow_out_key(out, REP, &follow->reps, one->rep);
    cpn_out_int64(out, PLACE, place);
    cpn_out_string(out, KIND, kinds[one->kind].kind);
    cpn_follow_out_key(out, CUSTOMER, &follow->customers, one->customer);
    cpn_out_optional_int64(out, RECORD, record ? cpn_follow_id(follow, record) : 0, record);
    cpn_follow_out_day(out, DATE, one->day);
    cpn_out_optional_int64(out, DAYS, one->days, one->day != CPN_FOLLOW_NO_DAY);
    if (record)
        cpn_follow_out_field(out, ACTION, &follow->columns.fields[CPN_FIELD_NEXT_ACTION], record->row);
    else
        cpn_out_null(out, ACTION);
    cpn_out_int64(out, N, 1);
    cpn_out_string(out, TEXT, sentence);
}

static void write_rest(cpn_out *out, const cpn_follow *follow, int32_t rep, int64_t n, int64_t place)
{
    char number[CPN_NUMBER_TEXT], sentence[CPN_SAY_TEXT];
    (void)cpn_format_int64(number, n);
    const char *const words[CPN_SAY_WORDS] = { NULL, NULL, NULL, number };
    cpn_say(sentence, follow->is_chinese ? kinds[N_KINDS].zh : kinds[N_KINDS].en, words);
    cpn_follow_out_key(out, REP, &follow->reps, rep);
    cpn_out_int64(out, PLACE, place);
    cpn_out_string(out, KIND, kinds[N_KINDS].kind);
    for (int32_t i = CUSTOMER; i <= ACTION; i++) cpn_out_null(out, i);
    cpn_out_int64(out, N, n);
    cpn_out_string(out, TEXT, sentence);
}

static void write_lists(cpn_out *out, const cpn_follow *follow, const list *all, const int64_t *order)
{
    int64_t first = 0;
    for (int64_t i = 0; i <= all->n; i++) {
        if (i < all->n && all->items[order[i]].rep == all->items[order[first]].rep) {
            if (i - first < follow->options.n_daily) write_item(out, follow, &all->items[order[i]], i - first + 1);
            continue;
        }
        const int64_t n_left = i - first - follow->options.n_daily;
        if (n_left > 0) write_rest(out, follow, all->items[order[first]].rep, n_left, follow->options.n_daily + 1);
        first = i;
        if (i < all->n) write_item(out, follow, &all->items[order[i]], 1);
    }
}

campaign_status cpn_follow_write_daily(campaign_table **table, const cpn_follow *follow, campaign_error *error)
{
    cpn_column_schema schema[N_COLUMNS];
    list all = { .n = 0 };
    cpn_out out;
    bool is_done = collect_records(&all, follow) && collect_planned(&all, follow);
    int64_t *keys = cpn_alloc(all.n, sizeof *keys), *order = cpn_alloc(all.n, sizeof *order);
    is_done = is_done && keys && order;
    for (int64_t i = 0; i < all.n && is_done; i++) /* rep, kind, most days first */
        keys[i] =
            (((int64_t)all.items[i].rep << 3) + all.items[i].kind) * (MOST_DAYS + 1) + MOST_DAYS - all.items[i].days;
    is_done = is_done && cpn_order_int64(order, keys, all.n);
    cpn_follow_schema(schema, daily_schema, N_COLUMNS, follow);
    cpn_out_open(&out, schema, N_COLUMNS, NULL, 0);
    if (is_done && all.n > 0) write_lists(&out, follow, &all, order);
    cpn_free(keys);
    cpn_free(order);
    cpn_free(all.items);
    return cpn_follow_close(table, &out, is_done ? CAMPAIGN_OK : cpn_fail_nomem(error), error);
}
