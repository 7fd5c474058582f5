/* Remarks on what the history could not tell: no year, one year, windows without days, weekdays too few. */
#include "base/date.h"
#include "forecast/forecast.h"

enum { DAYS_FOR_WEEKDAYS = 28, FEW_YEARS = 3 };

static void remark_on_years(cpn_seasonality *found)
{
    cpn_remarks *remarks = &found->remarks;
    if (found->knobs.season < 0) return;
    const char *subject = cpn_dimension_names[found->knobs.season];
    const cpn_period_index *season = &found->periods[found->knobs.season];
    if (!season->is_measured) {
        cpn_note(remarks, "short_history", subject,
                 "No whole year of sales (%ld days): the season cannot be measured and every %s counts alike.",
                 "没有完整的一年销售（%ld 天），无法测算季节性，各期（%s）按相同计。", (long)found->sales.n_days,
                 subject);
        return;
    }
    if (season->is_short)
        cpn_note(remarks, "moving_short", subject,
                 "Fewer than two whole years: a moving mean leaves some %s without value, so years are compared.",
                 "不足两个完整年度，移动平均会使部分期间（%s）缺值，改用与全年平均之比。", subject);
    if (season->n_years < FEW_YEARS && season->shrinkage < 1)
        cpn_note(remarks, "shrunk", subject, "%ld whole year(s): indexes keep %ld%% of their distance from 1.",
                 "完整年度 %ld 个：指数与 1 的距离保留 %ld%%。", (long)season->n_years,
                 (long)(season->shrinkage * 100 + 0.5));
}

/* Days of one occurrence that lie in the history, and those that are known. */
static void count_days(int32_t *n_inside, int32_t *n_known, const cpn_seasonality *found, const cpn_season_span *window,
                       int32_t occurrence)
{
    const cpn_sales *sales = &found->sales;
    *n_inside = *n_known = 0;
    for (int32_t day = window->dates[occurrence] + window->first; day <= window->dates[occurrence] + window->last;
         day++) {
        if (day < sales->first_day || day >= sales->end_day) continue;
        ++*n_inside;
        const uint8_t state = found->trading.states[day - sales->first_day];
        *n_known += state == CPN_DAY_OPEN || state == CPN_DAY_RESTING;
    }
}

static void remark_on_window(cpn_seasonality *found, const cpn_season_span *window)
{
    cpn_remarks *remarks = &found->remarks;
    if (!window->is_measured && !window->has_weight)
        cpn_note(remarks, "window_assumed", window->name,
                 "The history cannot tell what \"%s\" sells: a day of it is assumed to weigh %ld%% of an ordinary one.",
                 "历史数据无法测算“%s”：假定其每天为普通日的 %ld%%。", window->name,
                 (long)(window->weight * 100 + 0.5));
    for (int32_t i = 0; i < window->n_occurrences && window->is_measured; i++) {
        int32_t n_inside, n_known;
        count_days(&n_inside, &n_known, found, window, i);
        if (n_inside == 0 || n_known * 2 >= n_inside) continue;
        char date[CAMPAIGN_DATE_TEXT];
        campaign_date_format(date, window->dates[i]);
        cpn_note(remarks, "window_missing", window->name,
                 "Of \"%s\" around %s only %ld of %ld days are known: other years stand for it.",
                 "“%s”（%s）仅知 %ld 天，共 %ld 天：以其他年份为准。", window->name, date, (long)n_known,
                 (long)n_inside);
    }
}

static bool is_outlier(const cpn_seasonality *found, int64_t i)
{
    return found->trading.states[i] == CPN_DAY_OPEN && found->fit.values[i] != found->trading.values[i];
}

static bool is_closed(const cpn_seasonality *found, int64_t i)
{
    return found->trading.states[i] == CPN_DAY_CLOSED;
}

/* In how many years a date is odd up to the day i; 0 where a later year says it. */
static int32_t count_odd_years(const cpn_seasonality *found, bool (*is_odd)(const cpn_seasonality *found, int64_t i),
                               int64_t i)
{
    const int32_t most_years = (int32_t)(found->fit.n_days / 365) + 1;
    const cpn_civil date = cpn_civil_from_day((int32_t)(found->fit.first_day + i));
    if (date.month == 2 && date.day == 29) return 0;
    int32_t n = 1;
    for (int32_t years = 1; years <= most_years; years++) {
        const int32_t before = cpn_day_from_civil(date.year - years, date.month, date.day) - found->fit.first_day;
        const int32_t after = cpn_day_from_civil(date.year + years, date.month, date.day) - found->fit.first_day;
        n += before >= 0 && is_odd(found, before);
        if (after < found->fit.n_days && is_odd(found, after)) return 0;
    }
    return n;
}

/* A date that is odd in two years and more is no chance. */
static void remark_on_recurring(cpn_seasonality *found)
{
    for (int64_t i = 0; i < found->fit.n_days; i++) {
        const bool is_sold = is_outlier(found, i);
        if (!is_sold && !is_closed(found, i)) continue;
        const int32_t n = count_odd_years(found, is_sold ? is_outlier : is_closed, i);
        if (n < 2) continue;
        char text[CAMPAIGN_DATE_TEXT];
        campaign_date_format(text, (int32_t)(found->fit.first_day + i));
        if (is_sold)
            cpn_note(&found->remarks, "recurring_outlier", text + 5,
                     "%s was an outlier in %ld years: ask for a window of its node to have it measured.",
                     "%s 在 %ld 个年份中都是异常值：若为营销节点，请为其设定窗口。", text + 5, (long)n);
        else
            cpn_note(&found->remarks, "recurring_closure", text + 5,
                     "%s was closed in %ld years and is left out: a window of its node would weigh 0.",
                     "%s 在 %ld 个年份中都停业且未计入：为其节点设定窗口则权重为 0。", text + 5, (long)n);
    }
}

void cpn_remark_on(cpn_seasonality *found)
{
    cpn_remarks *remarks = &found->remarks;
    if (found->sales.n_used == 0) {
        cpn_note(remarks, "empty_history", "sales", "No row counts: the profile is empty.",
                 "没有可用的数据行，结果为空。");
        return;
    }
    remark_on_years(found);
    if (found->sales.grain == CAMPAIGN_GRAIN_DAY) remark_on_recurring(found);
    if (found->sales.grain != CAMPAIGN_GRAIN_DAY)
        cpn_note(remarks, "coarse_history", "sales.date",
                 "A row stands for a whole period: weekdays, kinds of day and windows are not measured.",
                 "一行代表一个期间：不测算星期、日类型和窗口。");
    else if (found->sales.n_days < DAYS_FOR_WEEKDAYS)
        cpn_note(remarks, "few_days", "weekday", "%ld days are too few to tell weekdays apart.",
                 "仅 %ld 天，不足以区分星期。", (long)found->sales.n_days);
    for (int32_t i = 0; i < found->windows.n; i++) remark_on_window(found, &found->windows.items[i]);
}
