/* Writes quotas beside capacity: one row per rep with the gap, and remarks on the whole. */
#include "allocate/quota/capacity.h"

#include "base/checked.h"
#include "base/number.h"

enum { REP, DAYS, VISITS, DEALS, CAPACITY, QUOTA, GAP, LOAD, IS_OVER, HELD, TEXT, N_COLUMNS };

static const cpn_column_schema schema[N_COLUMNS] = {
    { "rep", CAMPAIGN_TYPE_UTF8, "Rep.", "业务员。" },
    { "effective_days", CAMPAIGN_TYPE_FLOAT64, "Working days at full capacity.", "折算后的工作日。" },
    { "visits", CAMPAIGN_TYPE_FLOAT64, "Visits in them.", "拜访次数。" },
    { "deals", CAMPAIGN_TYPE_FLOAT64, "Deals from them.", "成交单数。" },
    { "capacity", CAMPAIGN_TYPE_MONEY, "What the rep can sell.", "产能。" },
    { "quota", CAMPAIGN_TYPE_MONEY, "What is asked.", "配额。" },
    { "gap", CAMPAIGN_TYPE_MONEY, "quota less capacity.", "配额减产能。" },
    { "load", CAMPAIGN_TYPE_FLOAT64, "quota / capacity.", "配额与产能之比。" },
    { "is_over", CAMPAIGN_TYPE_BOOL, "Whether it passes capacity by more than the flag.", "是否超出产能过多。" },
    { "held", CAMPAIGN_TYPE_UTF8, "The bound it stands on, if any.", "所处的上下限（如有）。" },
    { "text", CAMPAIGN_TYPE_UTF8, "What it means.", "说明。" },
};

/* Whether an amount passes capacity by more than the flag. */
static bool is_over(const cpn_capacity_problem *problem, int64_t amount, int64_t capacity)
{
    const int64_t whole = 1000000;
    return cpn_compare_128(cpn_mul_128(amount, whole), cpn_mul_128(capacity, whole + problem->given.flag_ppm)) > 0;
}

/* Percent of a ratio, to the nearest; 0 where there is no whole. */
static void percent_text(char text[CPN_NUMBER_TEXT], int64_t part, int64_t whole)
{
    const double percent = whole > 0 ? 100.0 * (double)part / (double)whole : 0;
    (void)cpn_format_int64(text, (int64_t)(percent + (percent < 0 ? -0.5 : 0.5)));
}

static void write_text(cpn_out *out, const cpn_capacity_problem *problem, const cpn_capacity_rep *rep, int64_t quota)
{
    char sentence[CPN_QUOTA_SENTENCE], asked[CAMPAIGN_MONEY_TEXT], able[CAMPAIGN_MONEY_TEXT], percent[CPN_NUMBER_TEXT];
    const int64_t gap = quota - rep->capacity;
    (void)campaign_money_format(asked, quota, problem->ticket_column.exponent);
    (void)campaign_money_format(able, rep->capacity, problem->ticket_column.exponent);
    percent_text(percent, gap < 0 ? -gap : gap, rep->capacity);
    const char *const words[CPN_QUOTA_WORDS] = { asked, able, percent, "", "" };
    const cpn_quota_saying saying = rep->capacity == 0 && quota > 0 ? CPN_QUOTA_SAY_NO_CAPACITY
                                    : gap > 0                       ? CPN_QUOTA_SAY_ABOVE
                                    : gap < 0                       ? CPN_QUOTA_SAY_BELOW
                                                                    : CPN_QUOTA_SAY_EQUAL;
    cpn_quota_say(sentence, problem->is_chinese, saying, words);
    cpn_out_string(out, TEXT, sentence);
}

static void write_rep(cpn_out *out, const cpn_capacity_problem *problem, const cpn_capacity_rep *rep, int64_t quota)
{
    const double days = cpn_capacity_days(problem, rep);
    const double visits = days * ((double)rep->visits / (double)cpn_power_of_ten(CPN_VISIT_DECIMALS));
    cpn_out_float64(out, DAYS, days);
    cpn_out_float64(out, VISITS, visits);
    cpn_out_float64(out, DEALS, visits * ((double)rep->win_rate / (double)cpn_power_of_ten(CPN_WIN_DECIMALS)));
    cpn_out_int64(out, CAPACITY, rep->capacity);
    cpn_out_int64(out, QUOTA, quota);
    cpn_out_int64(out, GAP, quota - rep->capacity);
    cpn_out_optional_float64(out, LOAD, rep->capacity > 0 ? (double)quota / (double)rep->capacity : 0,
                             rep->capacity > 0);
    cpn_out_int64(out, IS_OVER, is_over(problem, quota, rep->capacity));
}

campaign_status cpn_capacity_write(campaign_table **quotas, campaign_allocate_capacity_quota_report *report,
                                   const cpn_capacity_problem *problem, const campaign_table *split,
                                   campaign_error *error)
{
    cpn_column_schema columns[N_COLUMNS];
    campaign_column held = CAMPAIGN_COLUMN_INIT;
    const int32_t quota_column = campaign_table_find(split, "quota");
    campaign_status status = campaign_table_column(&held, split, campaign_table_find(split, "held"), error);
    if (status != CAMPAIGN_OK) return status;
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = schema[i];
    columns[REP].name = problem->rep_column.name;
    columns[REP].type = problem->rep_column.type;
    cpn_out out;
    cpn_out_open(&out, columns, N_COLUMNS, problem->ticket_column.currency, problem->ticket_column.exponent);
    /* The split is in key order, one row a key. */
    for (int64_t i = 0; i < problem->keys.n_keys; i++) {
        const int64_t row = problem->keys.first_rows[i], quota = campaign_table_int64(split, quota_column, i);
        const cpn_capacity_rep *rep = &problem->reps[row];
        cpn_out_cell(&out, REP, &problem->rep_column, row);
        write_rep(&out, problem, rep, quota);
        cpn_out_cell(&out, HELD, &held, i);
        write_text(&out, problem, rep, quota);
        report->n_over += is_over(problem, quota, rep->capacity);
    }
    report->is_over = is_over(problem, report->total_minor, problem->capacity);
    return cpn_out_close(quotas, &out, error);
}

/* ---- Remarks ----------------------------------------------------------------------------------------------------- */

static const cpn_column_schema notes_schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "Kind of remark.", "备注代码。" },
    { "n", CAMPAIGN_TYPE_INT64, "How many it concerns.", "涉及数量。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The remark.", "备注。" },
};

typedef struct note_words {
    const char *texts[CPN_QUOTA_WORDS];
} note_words;

static void write_note(cpn_out *out, const cpn_capacity_problem *problem, cpn_quota_saying saying, int64_t n,
                       const note_words *words)
{
    static const char *const codes[] = { "reps_over", "total_over", "spare_capacity", "ramping", "unallocated" };
    char sentence[CPN_QUOTA_SENTENCE];
    if (n == 0) return;
    cpn_quota_say(sentence, problem->is_chinese, saying, words->texts);
    cpn_out_string(out, 0, codes[saying - CPN_QUOTA_SAY_REPS_OVER]);
    cpn_out_int64(out, 1, n);
    cpn_out_string(out, 2, sentence);
}

campaign_status cpn_capacity_write_notes(campaign_allocate_capacity_quota_report *report,
                                         const cpn_capacity_problem *problem, campaign_error *error)
{
    const int32_t exponent = problem->ticket_column.exponent;
    const int64_t gap = report->gap_minor;
    char over[CPN_NUMBER_TEXT], flag[CPN_NUMBER_TEXT], total[CAMPAIGN_MONEY_TEXT], able[CAMPAIGN_MONEY_TEXT];
    char ramping[CPN_NUMBER_TEXT], left[CAMPAIGN_MONEY_TEXT], percent[CPN_NUMBER_TEXT], spare[CAMPAIGN_MONEY_TEXT];
    (void)cpn_format_int64(over, report->n_over);
    percent_text(flag, problem->given.flag_ppm, 1000000);
    percent_text(percent, gap, problem->capacity);
    (void)cpn_format_int64(ramping, problem->n_ramping);
    (void)campaign_money_format(total, report->total_minor, exponent);
    (void)campaign_money_format(able, problem->capacity, exponent);
    (void)campaign_money_format(left, report->unallocated_minor, exponent);
    (void)campaign_money_format(spare, gap < 0 ? -gap : 0, exponent);
    const note_words reps = { { over, flag, "", "", "" } }, whole = { { total, able, percent, "", "" } };
    const note_words unused = { { spare, total, "", "", "" } }, ramps = { { ramping, "", "", "", "" } };
    const note_words rest = { { left, total, "", "", "" } };
    cpn_out out;
    cpn_out_open(&out, notes_schema, 3, NULL, 0);
    write_note(&out, problem, CPN_QUOTA_SAY_REPS_OVER, report->n_over, &reps);
    write_note(&out, problem, CPN_QUOTA_SAY_TOTAL_OVER, report->is_over, &whole);
    write_note(&out, problem, CPN_QUOTA_SAY_SPARE, gap < 0, &unused);
    write_note(&out, problem, CPN_QUOTA_SAY_RAMPING, problem->n_ramping, &ramps);
    write_note(&out, problem, CPN_QUOTA_SAY_REST, report->unallocated_minor > 0, &rest);
    return cpn_out_close(&report->notes, &out, error);
}
