/* Conflicts as a table: worst first, then by kind, day and rows. */
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "execution/conflicts/clash.h"
#include "plan/playbook.h"

#define TEXT CAMPAIGN_TYPE_UTF8
#define INT  CAMPAIGN_TYPE_INT64
#define DATE CAMPAIGN_TYPE_DATE

const char *const cpn_clash_names[CPN_CLASH_N_KINDS] = { "channel",   "item",    "price",  "floor",
                                                         "territory", "promise", "budget", "approval" };
static const char *const table_names[CPN_CLASH_N_KINDS] = { "campaigns",   "items",    "prices", "prices",
                                                            "territories", "promises", "budget", "requests" };

enum {
    KIND,
    SEVERITY,
    SUBJECT,
    CHANNEL,
    FIRST,
    SECOND,
    START,
    END,
    DAYS,
    UNITS,
    AMOUNT,
    TABLE,
    ROW,
    OTHER_ROW,
    N_ROWS,
    SHIFT_DAYS,
    SENTENCE,
    PROPOSAL,
    N_COLUMNS
};

static const cpn_column_schema schema[N_COLUMNS] = {
    { "kind", TEXT, "What kind of conflict.", "冲突类别。" },
    { "severity", TEXT, "critical, high or medium.", "严重程度。" },
    { "subject", TEXT, "Item, region or the like.", "对象。" },
    { "channel", TEXT, "Channel or customer group.", "渠道或客户群。" },
    { "first", TEXT, "The first of the two.", "前者。" },
    { "second", TEXT, "The second of the two.", "后者。" },
    { "start", DATE, "First day of the overlap.", "重叠的第一天。" },
    { "end", DATE, "The day after its last.", "重叠最后一天的次日。" },
    { "days", INT, "Days of the overlap.", "重叠天数。" },
    { "units", INT, "Pieces too many.", "超出件数。" },
    { "amount", CAMPAIGN_TYPE_MONEY, "Money apart, missing or beyond.", "相差或超出的金额。" },
    { "table", TEXT, "Table that the rows are of.", "所在数据表。" },
    { "row", INT, "Row of the first, from 0.", "前者行号，从 0 起。" },
    { "other_row", INT, "Row of the second.", "后者行号。" },
    { "n_rows", INT, "How many rows take part.", "涉及行数。" },
    { "shift_days", INT, "Days to move the second by.", "后者建议移动天数。" },
    { "text", TEXT, "The conflict as a sentence.", "冲突说明。" },
    { "proposal", TEXT, "What to change.", "建议。" },
};

campaign_status cpn_clash_keep(cpn_clashes *found, const cpn_clash *clash, campaign_error *error)
{
    found->counts[clash->kind]++;
    if (cpn_clash_is_full(found, clash->kind)) return CAMPAIGN_OK;
    if (found->n == found->capacity) {
        const int64_t capacity = found->capacity ? found->capacity * 2 : 64;
        cpn_clash *grown = cpn_resize(found->all, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(error);
        found->all = grown;
        found->capacity = capacity;
    }
    found->all[found->n++] = *clash;
    found->told[clash->kind]++;
    return CAMPAIGN_OK;
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_clashes(const void *left, const void *right, const void *ctx)
{
    const cpn_clash *a = left, *b = right;
    (void)ctx;
    int order = compare(a->severity, b->severity);
    if (order == 0) order = compare(a->kind, b->kind);
    if (order == 0) order = compare(a->start_day, b->start_day);
    if (order == 0) order = compare(a->rows[0], b->rows[0]);
    return order ? order : compare(a->rows[1], b->rows[1]);
}

static void write_row(cpn_out *out, const cpn_clash *clash, const cpn_clashes *found)
{
    const bool has_days = clash->end_day > clash->start_day;
    cpn_text text = { 0 }, proposal = { 0 };
    cpn_clash_say(&text, &proposal, clash, found);
    cpn_out_string(out, KIND, cpn_clash_names[clash->kind]);
    cpn_out_string(out, SEVERITY, cpn_playbook_severities[clash->severity]);
    cpn_risk_out_key(out, SUBJECT, clash->subject);
    cpn_risk_out_key(out, CHANNEL, clash->lane);
    cpn_risk_out_key(out, FIRST, clash->first);
    cpn_risk_out_key(out, SECOND, clash->second);
    cpn_out_optional_int64(out, START, clash->start_day, has_days);
    cpn_out_optional_int64(out, END, clash->end_day, has_days);
    cpn_out_optional_int64(out, DAYS, clash->end_day - clash->start_day, has_days);
    cpn_out_optional_int64(out, UNITS, clash->units, clash->kind == CPN_CLASH_PROMISE);
    cpn_out_optional_int64(out, AMOUNT, clash->amount, clash->has_amount);
    cpn_out_string(out, TABLE, table_names[clash->kind]);
    cpn_out_int64(out, ROW, clash->rows[0]);
    cpn_out_optional_int64(out, OTHER_ROW, clash->rows[1], clash->rows[1] >= 0);
    cpn_out_int64(out, N_ROWS, clash->n_rows);
    cpn_out_optional_int64(out, SHIFT_DAYS, clash->shift_days, clash->has_shift);
    cpn_risk_out_text(out, SENTENCE, &text);
    cpn_risk_out_text(out, PROPOSAL, &proposal);
}

campaign_status cpn_clash_write(campaign_table **conflicts, cpn_clashes *found, campaign_error *error)
{
    cpn_out out;
    if (!cpn_sort(found->all, found->n, sizeof *found->all, compare_clashes, NULL)) return cpn_fail_nomem(error);
    cpn_out_open(&out, schema, N_COLUMNS, found->currency[0] ? found->currency : "XXX", found->exponent);
    for (int64_t i = 0; i < found->n; i++) write_row(&out, &found->all[i], found);
    return cpn_out_close(conflicts, &out, error);
}

campaign_status cpn_clash_write_report(campaign_conflicts_report *report, const cpn_clashes *found,
                                       campaign_error *error)
{
    static const cpn_column_schema counts_schema[] = { { "kind", TEXT, "What kind of conflict.", "冲突类别。" },
                                                       { "n", INT, "How many there are.", "数量。" },
                                                       { "n_listed", INT, "How many are listed.", "列出的数量。" } };
    cpn_out out;
    cpn_out_open(&out, counts_schema, 3, NULL, 0);
    for (int kind = 0; kind < CPN_CLASH_N_KINDS; kind++) {
        if (found->counts[kind] == 0) continue;
        cpn_out_string(&out, 0, cpn_clash_names[kind]);
        cpn_out_int64(&out, 1, found->counts[kind]);
        cpn_out_int64(&out, 2, found->told[kind]);
        report->is_cut = report->is_cut || found->told[kind] < found->counts[kind];
    }
    report->n_conflicts = found->n;
    return cpn_out_close(&report->counts, &out, error);
}
