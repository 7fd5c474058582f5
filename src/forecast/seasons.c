/* Finds peaks, shoulders and off seasons: runs of neighbouring periods whose days sell alike, through the year's end.
 * Each carries its reason; a peak also when to begin with it and how long to stay after it: preheat two months, at the
 * latest one month, ahead, and a month of retention. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "forecast/forecast.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema seasons_schema[] = {
    { "season", CAMPAIGN_TYPE_UTF8, "peak, shoulder or off.", "peak 旺季，shoulder 平季，off 淡季。" },
    { "period", CAMPAIGN_TYPE_UTF8, "quarter, month, iso_week or fiscal_week.", "期间：季、月、ISO 周或财务周。" },
    { "first", CAMPAIGN_TYPE_INT32, "First period of the run.", "首个期间序号。" },
    { "last", CAMPAIGN_TYPE_INT32,
      "Last period of the run, itself within; less than first where it passes the year's end.",
      "末个期间序号（含）；跨年时小于首个。" },
    { "index", CAMPAIGN_TYPE_FLOAT64, "Sales of a day against the mean day of the year.",
      "日均销售相对全年日均的指数。" },
    { "share", CAMPAIGN_TYPE_FLOAT64, "Share of the year's sales.", "全年销售占比。" },
    { "years", CAMPAIGN_TYPE_INT32, "Years that were compared.", "比较的年数。" },
    { "years_held", CAMPAIGN_TYPE_INT32, "Years in which the run was that season.", "成立的年数。" },
    { "preheat_first", CAMPAIGN_TYPE_INT32, "Peaks: month or week in which to begin, two months ahead.",
      "旺季：提前两个月开始预热的月份或周。" },
    { "preheat_latest", CAMPAIGN_TYPE_INT32, "Peaks: the latest to begin, one month ahead.",
      "旺季：最迟提前一个月预热的月份或周。" },
    { "retention_last", CAMPAIGN_TYPE_INT32, "Peaks: last month or week of the month of retention after it.",
      "旺季：其后一个月留存期的末月或末周。" },
    { "reason", CAMPAIGN_TYPE_UTF8, "One sentence.", "一句话说明。" },
};

enum { OFF = -1, SHOULDER, PEAK, WEEKS_IN_ONE_MONTH = 5, WEEKS_IN_TWO_MONTHS = 9 };

typedef struct run {
    int32_t season, first, n; /* first from 0 */
    double index, share;
    int32_t years, years_held;
} run;

/* Ranges of the periods' own number, from 1. */
static int32_t number_of(int32_t place, int32_t n_periods)
{
    return (place % n_periods + n_periods) % n_periods + 1;
}

static int32_t season_of(double daily, double distance)
{
    return daily >= 1 + distance ? PEAK : daily <= 1 - distance ? OFF : SHOULDER;
}

static double days_of_year(const cpn_period_index *index)
{
    double days = 0;
    for (int32_t p = 0; p < index->n_periods; p++) days += index->lengths[p];
    return days;
}

/* Share of the year and sales of a day against the mean day; lengths follow from index and daily. */
static void weigh_run(run *r, const cpn_period_index *index)
{
    double length = 0;
    for (int32_t i = 0; i < r->n; i++) {
        const int32_t p = (r->first + i) % index->n_periods;
        r->share += index->index[p] / index->n_periods;
        length += index->lengths[p];
    }
    r->index = r->share * days_of_year(index) / length;
}

/* Sums over periods of a run in one year. */
typedef struct run_year {
    double share, days;
    int32_t n;
} run_year;

static void add_period(run_year *year, const cpn_instance *instance, const cpn_period_index *index)
{
    year->share += instance->ratios[0] / index->n_periods;
    year->days += index->lengths[instance->id.number - 1];
    year->n++;
}

static void close_year(run *r, const run_year *year, const cpn_period_index *index, double distance)
{
    if (year->n < r->n) return;
    r->years++;
    r->years_held += season_of(year->share * days_of_year(index) / year->days, distance) == r->season;
}

/* The turns of the year in which every period of the run has a ratio. */
static void count_turns(run *r, const cpn_period_index *index, double distance)
{
    for (int64_t i = 0; i < index->n_instances; i++) {
        if (index->instances[i].id.number != r->first + 1) continue;
        run_year year = { 0 };
        for (int64_t j = i; j < index->n_instances && year.n < r->n; j++) {
            const cpn_instance *instance = &index->instances[j];
            if (instance->id.number > index->n_periods) continue;
            if (!instance->has_ratio) break;
            add_period(&year, instance, index);
        }
        close_year(r, &year, index, distance);
    }
}

static bool is_in_run(const run *r, const cpn_instance *instance, int32_t n_periods)
{
    return (instance->id.number - 1 - r->first + n_periods) % n_periods < r->n;
}

/* The same where the history begins or ends within the run each time: the run's periods within each whole year. */
static void count_whole_years(run *r, const cpn_period_index *index, double distance)
{
    run_year year = { 0 };
    int32_t n_periods = 0;
    for (int64_t i = 0; i < index->n_instances; i++) {
        const cpn_instance *instance = &index->instances[i];
        if (!instance->has_ratio || instance->id.number > index->n_periods) continue;
        if (is_in_run(r, instance, index->n_periods)) add_period(&year, instance, index);
        if (++n_periods < index->n_periods) continue;
        close_year(r, &year, index, distance);
        year = (run_year){ 0 };
        n_periods = 0;
    }
}

static void count_years(run *r, const cpn_period_index *index, double distance)
{
    count_turns(r, index, distance);
    if (r->years == 0) count_whole_years(r, index, distance);
}

/* Runs of equal seasons around the year; a run may pass its end. At most n_periods. */
static int32_t find_runs(run *runs, const cpn_period_index *index, double distance)
{
    const int32_t n = index->n_periods;
    int32_t seasons[CPN_MOST_PERIODS], start = 0, n_runs = 0;
    for (int32_t p = 0; p < n; p++) seasons[p] = season_of(index->daily[p], distance);
    while (start < n && seasons[start] == seasons[(start + n - 1) % n]) start++;
    if (start == n) start = 0; /* one season the whole year */
    for (int32_t i = 0; i < n; i++) {
        const int32_t p = (start + i) % n;
        if (i == 0 || seasons[p] != runs[n_runs - 1].season) runs[n_runs++] = (run){ .season = seasons[p], .first = p };
        runs[n_runs - 1].n++;
    }
    for (int32_t i = 0; i < n_runs; i++) {
        weigh_run(&runs[i], index);
        count_years(&runs[i], index, distance);
    }
    return n_runs;
}

static void write_reason(cpn_out *out, const run *r, const cpn_seasonality *found, int32_t dimension)
{
    static const char *const en[] = { "quarter", "month", "ISO week", "fiscal week" };
    static const char *const zh[] = { "季度", "月", "周", "财务周" };
    const double gap = (r->index - 1) * 100;
    const long percent = (long)(gap < 0 ? 0.5 - gap : gap + 0.5);
    const int32_t n_periods = found->periods[dimension].n_periods;
    const long first = r->first + 1, last = number_of(r->first + r->n - 1, n_periods);
    char text[256], period[48];
    if (found->knobs.is_chinese) {
        (void)snprintf(period, sizeof period, first == last ? "第 %ld %s" : "第 %ld %s至第 %ld %s", first,
                       zh[dimension], last, zh[dimension]);
        (void)snprintf(text, sizeof text, "%s：日均销售比全年日均%s %ld%%，%ld 年中有 %ld 年如此。", period,
                       gap < 0 ? "低" : "高", percent, (long)r->years, (long)r->years_held);
    } else {
        (void)snprintf(period, sizeof period, first == last ? "%s %ld" : "%s %ld to %s %ld", en[dimension], first,
                       en[dimension], last);
        (void)snprintf(text, sizeof text,
                       "A day of %s sells %ld%% %s than the mean day of the year; so in %ld of %ld years.", period,
                       percent, gap < 0 ? "less" : "more", (long)r->years_held, (long)r->years);
    }
    cpn_out_string(out, 11, text);
}

/* Months stand for quarters too. */
static void write_advice(cpn_out *out, const run *r, int32_t dimension, int32_t n_periods)
{
    if (r->season != PEAK || r->n == n_periods) {
        for (int32_t column = 8; column <= 10; column++) cpn_out_null(out, column);
        return;
    }
    const bool has_weeks = n_periods == 52;
    const int32_t months = dimension == CPN_DIM_QUARTER ? 3 : 1;
    const int32_t n = has_weeks ? 52 : 12, first = r->first * months, end = (r->first + r->n) * months;
    cpn_out_int64(out, 8, number_of(first - (has_weeks ? WEEKS_IN_TWO_MONTHS : 2), n));
    cpn_out_int64(out, 9, number_of(first - (has_weeks ? WEEKS_IN_ONE_MONTH : 1), n));
    cpn_out_int64(out, 10, number_of(end + (has_weeks ? WEEKS_IN_ONE_MONTH : 1) - 1, n));
}

campaign_status cpn_seasons_write(campaign_table **seasons, const cpn_seasonality *found, campaign_error *error)
{
    static const char *const words[] = { "off", "shoulder", "peak" };
    run runs[CPN_MOST_PERIODS];
    const int32_t dimension = found->knobs.season;
    const cpn_period_index *index = dimension >= 0 ? &found->periods[dimension] : NULL;
    const int32_t n_runs = index && index->is_measured ? find_runs(runs, index, found->knobs.given.peak_distance) : 0;
    cpn_out out;
    cpn_out_open(&out, seasons_schema, COUNT(seasons_schema), NULL, 0);
    for (int32_t i = 0; i < n_runs; i++) {
        const run *r = &runs[i];
        cpn_out_string(&out, 0, words[r->season + 1]);
        cpn_out_string(&out, 1, cpn_dimension_names[dimension]);
        cpn_out_int64(&out, 2, r->first + 1);
        cpn_out_int64(&out, 3, number_of(r->first + r->n - 1, index->n_periods));
        cpn_out_float64(&out, 4, r->index);
        cpn_out_float64(&out, 5, r->share);
        cpn_out_int64(&out, 6, r->years);
        cpn_out_int64(&out, 7, r->years_held);
        write_advice(&out, r, dimension, index->n_periods);
        write_reason(&out, r, found, dimension);
    }
    return cpn_out_close(seasons, &out, error);
}
