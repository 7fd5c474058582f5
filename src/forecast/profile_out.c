/* Writes the profile: periods of the year, weekdays, kinds of day and windows, each with its index and factor. */
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "forecast/forecast.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema profile_schema[] = {
    { "dimension", CAMPAIGN_TYPE_UTF8, "quarter, month, iso_week, fiscal_week, weekday, day_kind or window.",
      "维度：季、月、ISO 周、财务周、星期、日类型或窗口。" },
    { "key", CAMPAIGN_TYPE_UTF8, "Number, kind of day or name of the window.", "序号、日类型或窗口名。" },
    { "index", CAMPAIGN_TYPE_FLOAT64, "Sales against the mean period or an ordinary day.",
      "相对平均期间或普通日的指数。" },
    { "factor", CAMPAIGN_TYPE_FLOAT64, "What a day's weight is multiplied by; null where only told.",
      "日权重的乘数；仅供参考的维度为空。" },
    { "raw_index", CAMPAIGN_TYPE_FLOAT64, "The index before shrinking.", "收缩前的指数。" },
    { "share", CAMPAIGN_TYPE_FLOAT64, "Share of the year's sales.", "全年销售占比。" },
    { "low", CAMPAIGN_TYPE_FLOAT64, "Least index of a year.", "各年最低指数。" },
    { "high", CAMPAIGN_TYPE_FLOAT64, "Greatest index of a year.", "各年最高指数。" },
    { "years", CAMPAIGN_TYPE_INT32, "Years behind it; 0 where it is assumed or declared.",
      "依据的年数；假定或声明的为 0。" },
    { "days", CAMPAIGN_TYPE_INT32, "Days behind it.", "依据的天数。" },
    { "node", CAMPAIGN_TYPE_UTF8, "Windows: id of the node.", "窗口：节点标识。" },
    { "first", CAMPAIGN_TYPE_INT32, "Windows: first day, counted from the node's date.", "窗口：首日相对节点的天数。" },
    { "last", CAMPAIGN_TYPE_INT32, "Windows: last day, itself within.", "窗口：末日（含）相对节点的天数。" },
};
enum { DIMENSION, KEY, INDEX, FACTOR, RAW_INDEX, SHARE, LOW, HIGH, YEARS, DAYS, NODE, FIRST, LAST };

static void write_no_window(cpn_out *out)
{
    for (int32_t column = NODE; column <= LAST; column++) cpn_out_null(out, column);
}

static void write_period(cpn_out *out, const cpn_seasonality *found, int32_t dimension, int32_t p)
{
    const cpn_period_index *index = &found->periods[dimension];
    const bool has_years = index->years[p] > 0;
    char key[CPN_NUMBER_TEXT];
    cpn_format_int64(key, p + 1);
    cpn_out_string(out, DIMENSION, cpn_dimension_names[dimension]);
    cpn_out_string(out, KEY, key);
    cpn_out_float64(out, INDEX, index->index[p]);
    cpn_out_optional_float64(out, FACTOR, index->factor[p], dimension == found->knobs.season);
    cpn_out_float64(out, RAW_INDEX, index->raw_index[p]);
    cpn_out_float64(out, SHARE, index->index[p] / index->n_periods);
    cpn_out_optional_float64(out, LOW, index->low[p], has_years);
    cpn_out_optional_float64(out, HIGH, index->high[p], has_years);
    cpn_out_int64(out, YEARS, index->years[p]);
    cpn_out_int64(out, DAYS, index->days[p]);
    write_no_window(out);
}

/* ---- Factors of days ------------------------------------------------------------------------------------------------ */

/* What the history says of the days of one code. */
typedef struct day_facts {
    double sold, low, high;
    int32_t years, days;
} day_facts;

/* Which days are meant, and which of them belong together. */
typedef struct day_question {
    int32_t dimension, code;       /* weekday or kind */
    const cpn_season_span *window; /* of CPN_DIM_WINDOW */
} day_question;

static bool is_meant(int32_t *group, const cpn_seasonality *found, const day_question *question, int32_t day)
{
    *group = cpn_civil_from_day(day).year;
    if (question->dimension == CPN_DIM_WEEKDAY) return cpn_weekday(day) - 1 == question->code;
    if (question->dimension == CPN_DIM_DAY_KIND) return cpn_kind_of_day(found->calendar, day) == question->code;
    return cpn_window_holds(question->window, day, group);
}

/* Sums by year, or by occurrence of a window, in the order of days. */
static day_facts ask_days(const cpn_seasonality *found, const day_question *question, double value)
{
    const cpn_fit *fit = &found->fit;
    day_facts facts = { 0 };
    double sold = 0, expected = 0;
    int32_t last_group = INT32_MIN;
    for (int64_t i = 0; i <= fit->n_days; i++) {
        int32_t group = INT32_MAX;
        const bool is_end = i == fit->n_days;
        if (!is_end && (found->trading.states[i] != CPN_DAY_OPEN ||
                        !is_meant(&group, found, question, (int32_t)(fit->first_day + i))))
            continue;
        if (group != last_group && expected > 0) {
            const double ratio = value * sold / expected;
            if (facts.years == 0 || ratio < facts.low) facts.low = ratio;
            if (facts.years == 0 || ratio > facts.high) facts.high = ratio;
            facts.years++;
        }
        if (group != last_group) sold = expected = 0;
        last_group = group;
        if (is_end) break;
        sold += fit->values[i];
        expected += fit->expected[i];
        facts.sold += fit->values[i];
        facts.days++;
    }
    return facts;
}

static double sum_sold(const cpn_seasonality *found)
{
    double sum = 0;
    for (int64_t i = 0; i < found->fit.n_days; i++)
        if (found->trading.states[i] == CPN_DAY_OPEN) sum += found->fit.values[i];
    return sum;
}

static void write_days(cpn_out *out, const cpn_seasonality *found, const day_question *question, const char *key,
                       double value)
{
    const bool is_declared = question->window && !question->window->is_measured;
    const day_facts facts = ask_days(found, question, value);
    const bool is_known = facts.days > 0 && !is_declared;
    const double all = sum_sold(found);
    cpn_out_string(out, DIMENSION, cpn_dimension_names[question->dimension]);
    cpn_out_string(out, KEY, key);
    cpn_out_float64(out, INDEX, value);
    cpn_out_float64(out, FACTOR, value);
    cpn_out_optional_float64(out, RAW_INDEX, value, is_known);
    cpn_out_optional_float64(out, SHARE, all > 0 ? facts.sold / all : 0, facts.days > 0 && all > 0 && !is_declared);
    cpn_out_optional_float64(out, LOW, facts.low, is_known && facts.years > 0);
    cpn_out_optional_float64(out, HIGH, facts.high, is_known && facts.years > 0);
    cpn_out_int64(out, YEARS, is_declared ? 0 : facts.years);
    cpn_out_int64(out, DAYS, is_declared ? 0 : facts.days);
    if (!question->window) {
        write_no_window(out);
        return;
    }
    cpn_out_string(out, NODE, question->window->node);
    cpn_out_int64(out, FIRST, question->window->first);
    cpn_out_int64(out, LAST, question->window->last);
}

/* The factor of a code; 1 for the ordinary days, whose code is -1. */
static double factor_of_kind(const cpn_seasonality *found, int32_t kind)
{
    const cpn_factor *factor = &found->fit.factors[CPN_FACTOR_KIND];
    const bool is_ordinary =
        kind == CPN_KIND_WORKING || (kind == CPN_KIND_WEEKEND && !found->fit.factors[CPN_FACTOR_WEEKDAY].is_fixed);
    return is_ordinary ? 1 : factor->values[kind];
}

static void write_factors(cpn_out *out, const cpn_seasonality *found)
{
    const cpn_fit *fit = &found->fit;
    char key[CPN_NUMBER_TEXT];
    for (int32_t i = 0; i < CPN_WEEKDAYS && !fit->factors[CPN_FACTOR_WEEKDAY].is_fixed; i++) {
        cpn_format_int64(key, i + 1);
        write_days(out, found, &(day_question){ CPN_DIM_WEEKDAY, i, NULL }, key,
                   fit->factors[CPN_FACTOR_WEEKDAY].values[i]);
    }
    for (int32_t kind = 0; kind < CPN_N_KINDS && !fit->factors[CPN_FACTOR_KIND].is_fixed; kind++)
        write_days(out, found, &(day_question){ CPN_DIM_DAY_KIND, kind, NULL }, cpn_kind_names[kind],
                   factor_of_kind(found, kind));
    for (int32_t i = 0; i < found->windows.n; i++)
        write_days(out, found, &(day_question){ CPN_DIM_WINDOW, 0, &found->windows.items[i] },
                   found->windows.items[i].name, fit->factors[CPN_FACTOR_WINDOW + i].values[0]);
}

campaign_status cpn_profile_write(campaign_table **profile, const cpn_seasonality *found, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, profile_schema, COUNT(profile_schema), NULL, 0);
    for (int32_t d = 0; d < CPN_N_PERIODS; d++) {
        const cpn_period_index *index = &found->periods[d];
        const int32_t n = index->n_periods == 52 ? CPN_MOST_PERIODS : index->n_periods;
        for (int32_t p = 0; p < n && index->is_measured; p++) write_period(&out, found, d, p);
    }
    if (found->sales.n_used > 0) write_factors(&out, found);
    return cpn_out_close(profile, &out, error);
}
