/* How well each rep records: by day, and over all. */
#include "base/checked.h"
#include "base/memory.h"
#include "execution/followup/follow.h"

enum { REP, DATE, IS_WORKING, N_RECORDS, N_COMPLETE, IS_RECORDED, N_DAY_COLUMNS };
static const cpn_column_schema day_schema[N_DAY_COLUMNS] = {
    { "rep", CAMPAIGN_TYPE_UTF8, "Rep.", "跟进人。" },
    { "date", CAMPAIGN_TYPE_DATE, "Day.", "日期。" },
    { "is_working", CAMPAIGN_TYPE_BOOL, "It is a working day.", "是否工作日。" },
    { "n_records", CAMPAIGN_TYPE_INT64, "Records of the day.", "记录数。" },
    { "n_complete", CAMPAIGN_TYPE_INT64, "Of those: without a missing field.", "完整记录数。" },
    { "is_recorded", CAMPAIGN_TYPE_BOOL, "There is a record.", "是否有记录。" },
};

enum {
    SUM_REP,
    SUM_RECORDS,
    SUM_COMPLETE,
    FIRST_DAY,
    LAST_DAY,
    WORKING_DAYS,
    DAYS_RECORDED,
    RECORDED_PPM,
    COMPLETE_PPM,
    DAYS_WITHOUT,
    SUM_OVERDUE,
    SUM_BLOCKED,
    N_SUM_COLUMNS
};
static const cpn_column_schema sum_schema[N_SUM_COLUMNS] = {
    { "rep", CAMPAIGN_TYPE_UTF8, "Rep.", "跟进人。" },
    { "n_records", CAMPAIGN_TYPE_INT64, "Records that stand.", "有效记录数。" },
    { "n_complete", CAMPAIGN_TYPE_INT64, "Of those: without a missing field.", "完整记录数。" },
    { "first_day", CAMPAIGN_TYPE_DATE, "Day of the first record.", "首条记录日期。" },
    { "last_day", CAMPAIGN_TYPE_DATE, "Day of the last record.", "最近记录日期。" },
    { "working_days", CAMPAIGN_TYPE_INT64, "Working days from the first one to the day judged on.", "期间工作日数。" },
    { "days_recorded", CAMPAIGN_TYPE_INT64, "Of those: with a record.", "有记录的工作日数。" },
    { "recorded_ppm", CAMPAIGN_TYPE_INT64, "Share of working days with a record.", "有记录工作日占比（百万分之一）。" },
    { "complete_ppm", CAMPAIGN_TYPE_INT64, "Share of complete records.", "完整记录占比（百万分之一）。" },
    { "days_without", CAMPAIGN_TYPE_INT64, "Working days since the last record.", "距最近记录的工作日数。" },
    { "n_overdue", CAMPAIGN_TYPE_INT64, "Overdue actions.", "逾期行动数。" },
    { "n_blocked", CAMPAIGN_TYPE_INT64, "Blocked records.", "受阻记录数。" },
};

/* ---- By day ------------------------------------------------------------------------------------------------------ */

static void write_day(cpn_out *out, const cpn_follow *follow, int32_t rep, int32_t day, const int64_t counts[2])
{
    const bool is_working = cpn_follow_working_days(follow, day, day + 1) > 0;
    if (!is_working && counts[0] == 0) return;
    if (day == follow->as_of && counts[0] == 0) return; /* the day is not over */
    cpn_follow_out_key(out, REP, &follow->reps, rep);
    cpn_out_int64(out, DATE, day);
    cpn_out_int64(out, IS_WORKING, is_working);
    cpn_out_int64(out, N_RECORDS, counts[0]);
    cpn_out_int64(out, N_COMPLETE, counts[1]);
    cpn_out_int64(out, IS_RECORDED, counts[0] > 0);
}

/* The days of one rep, from its first record or the beginning of the window on. */
static void write_days(cpn_out *out, const cpn_follow *follow, int32_t rep)
{
    const cpn_follow_span span = follow->rep_sums[rep].span;
    const cpn_follow_done *at = follow->by_rep + span.first, *end = at + span.n;
    if (span.n == 0) return;
    const int64_t window = (int64_t)follow->as_of - follow->options.completeness_days + 1;
    const int32_t first_day = at->day;
    const int32_t first = window > first_day ? (int32_t)window : first_day;
    while (at < end && at->day < first) at++;
    for (int32_t day = first; day <= follow->as_of; day++) {
        int64_t counts[2] = { 0, 0 };
        for (; at < end && at->day == day; at++) {
            counts[0]++;
            counts[1] += at->is_complete;
        }
        write_day(out, follow, rep, day, counts);
    }
}

/* ---- Over all ---------------------------------------------------------------------------------------------------- */

/* Working days on which there is a record. */
static int64_t count_recorded(const cpn_follow *follow, cpn_follow_span span)
{
    const cpn_follow_done *at = follow->by_rep + span.first;
    int64_t n = 0;
    for (int64_t i = 0; i < span.n; i++)
        if (i == 0 || at[i].day != at[i - 1].day) n += cpn_follow_working_days(follow, at[i].day, at[i].day + 1);
    return n;
}

static void out_share(cpn_out *out, int32_t index, int64_t part, int64_t whole)
{
    int64_t share = 0;
    if (whole > 0) (void)cpn_mul_div64(&share, part, 1000000, whole, CAMPAIGN_ROUND_HALF_UP);
    cpn_out_optional_int64(out, index, share, whole > 0);
}

static void write_sum(cpn_out *out, const cpn_follow *follow, int32_t rep)
{
    const cpn_follow_rep *sum = &follow->rep_sums[rep];
    const cpn_follow_span span = sum->span;
    const int64_t days_recorded = count_recorded(follow, span);
    int32_t first = CPN_FOLLOW_NO_DAY, last = CPN_FOLLOW_NO_DAY, working = 0, without = 0;
    if (span.n > 0) {
        first = follow->by_rep[span.first].day;
        last = follow->by_rep[span.first + span.n - 1].day;
        working = cpn_follow_working_days(follow, first, follow->as_of + (last == follow->as_of));
        without = cpn_follow_working_days(follow, last + 1, follow->as_of);
    }
    cpn_follow_out_key(out, SUM_REP, &follow->reps, rep);
    cpn_out_int64(out, SUM_RECORDS, span.n);
    cpn_out_int64(out, SUM_COMPLETE, sum->n_complete);
    cpn_follow_out_day(out, FIRST_DAY, first);
    cpn_follow_out_day(out, LAST_DAY, last);
    cpn_out_int64(out, WORKING_DAYS, working);
    cpn_out_int64(out, DAYS_RECORDED, days_recorded);
    out_share(out, RECORDED_PPM, days_recorded, working);
    out_share(out, COMPLETE_PPM, sum->n_complete, span.n);
    cpn_out_optional_int64(out, DAYS_WITHOUT, without, span.n > 0);
    cpn_out_int64(out, SUM_OVERDUE, sum->n_overdue);
    cpn_out_int64(out, SUM_BLOCKED, sum->n_blocked);
}

campaign_status cpn_follow_write_reps(campaign_table **completeness, campaign_table **reps, const cpn_follow *follow,
                                      campaign_error *error)
{
    cpn_column_schema schema[N_SUM_COLUMNS];
    cpn_out out;
    cpn_follow_schema(schema, day_schema, N_DAY_COLUMNS, follow);
    cpn_out_open(&out, schema, N_DAY_COLUMNS, NULL, 0);
    for (int32_t rep = 0; rep < follow->reps.n; rep++) write_days(&out, follow, rep);
    const campaign_status status = cpn_out_close(completeness, &out, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_follow_schema(schema, sum_schema, N_SUM_COLUMNS, follow);
    cpn_out_open(&out, schema, N_SUM_COLUMNS, NULL, 0);
    for (int32_t rep = 0; rep < follow->reps.n; rep++)
        if (cpn_follow_knows_rep(follow, rep)) write_sum(&out, follow, rep);
    return cpn_out_close(reps, &out, error);
}
