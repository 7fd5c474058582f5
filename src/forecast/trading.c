/* Decides which days of the history count: gaps, weekdays on which the shop rests, and single days without sales.
 * A day without sales within a window or on a statutory holiday is how that window sells, and counts as 0; any other is
 * left out as if unknown. Where days without sales are the rule, they all count as 0. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "forecast/forecast.h"

enum {
    GAP_DAYS = 28,         /* four weeks without any sale are no trading at all */
    FEWEST_WEEKS = 8,      /* before a weekday can be told to be one of rest */
    REST_OPEN_PERCENT = 5, /* a weekday of rest is open at most that often: a day before a holiday */
    SPARSE_PERCENT = 33    /* more days without sales than that are no closures */
};

/* What one pass needs. */
typedef struct settling {
    cpn_trading *trading;
    cpn_remarks *remarks;
    const cpn_sales *sales;
    const cpn_windows *windows;
    const campaign_calendar *calendar;
} settling;

static void note_gap(const settling *s, int64_t first, int64_t end)
{
    char from[CAMPAIGN_DATE_TEXT], to[CAMPAIGN_DATE_TEXT];
    campaign_date_format(from, (int32_t)(s->sales->first_day + first));
    campaign_date_format(to, (int32_t)(s->sales->first_day + end - 1));
    cpn_note(s->remarks, "gap", "sales.date", "No sales at all from %s to %s (%ld days): these days are left out.",
             "%s 至 %s（共 %ld 天）没有任何销售，这些天不计入。", from, to, (long)(end - first));
}

/* Runs of GAP_DAYS and more without sales are closed; other days without sales stay open for now. */
static void close_gaps(const settling *s)
{
    const cpn_trading *t = s->trading;
    for (int64_t first = 0, end; first < s->sales->n_days; first = end) {
        end = first + 1;
        if (t->values[first] > 0) continue;
        while (end < s->sales->n_days && t->values[end] <= 0) end++;
        if (end - first < GAP_DAYS) continue;
        memset(t->states + first, CPN_DAY_GAP, (size_t)(end - first));
        note_gap(s, first, end);
    }
}

static void find_rest(const settling *s)
{
    cpn_trading *t = s->trading;
    int64_t n[CPN_WEEKDAYS] = { 0 }, n_open[CPN_WEEKDAYS] = { 0 };
    for (int64_t i = 0; i < s->sales->n_days; i++) {
        const int32_t weekday = cpn_weekday((int32_t)(s->sales->first_day + i)) - 1;
        if (t->states[i] == CPN_DAY_GAP) continue;
        n[weekday]++;
        n_open[weekday] += t->values[i] > 0;
    }
    for (int32_t weekday = 0; weekday < CPN_WEEKDAYS; weekday++) {
        t->rests[weekday] = n[weekday] >= FEWEST_WEEKS && n_open[weekday] * 100 <= n[weekday] * REST_OPEN_PERCENT;
        if (!t->rests[weekday]) continue;
        cpn_treat(s->remarks, &(cpn_treated){ .day = INT32_MIN,
                                              .weekday = weekday + 1,
                                              .kind = "closed_weekday",
                                              .en = "Always closed on this weekday: it weighs 0.",
                                              .zh = "该星期固定休息，权重为 0。" });
    }
}

/* Resting weekdays; sales on them are kept where there are some. */
static void rest(const settling *s)
{
    cpn_trading *t = s->trading;
    for (int64_t i = 0; i < s->sales->n_days; i++)
        if (t->states[i] == CPN_DAY_OPEN && t->rests[cpn_weekday((int32_t)(s->sales->first_day + i)) - 1])
            t->states[i] = CPN_DAY_RESTING;
}

static bool is_sparse(const settling *s)
{
    int64_t n = 0, n_empty = 0;
    for (int64_t i = 0; i < s->sales->n_days; i++) {
        if (s->trading->states[i] != CPN_DAY_OPEN) continue;
        n++;
        n_empty += s->trading->values[i] <= 0;
    }
    if (n_empty * 100 <= n * SPARSE_PERCENT) return false;
    cpn_note(s->remarks, "sparse", "sales.date",
             "%ld of %ld days have no sales: such days count as 0 and not as closed.",
             "没有销售的有 %ld 天，共 %ld 天：这些天按 0 计入，不视为停业。", (long)n_empty, (long)n);
    return true;
}

static bool is_special(const settling *s, int32_t day)
{
    int32_t occurrence;
    for (int32_t i = 0; i < s->windows->n; i++)
        if (cpn_window_holds(&s->windows->items[i], day, &occurrence)) return true;
    return cpn_kind_of_day(s->calendar, day) == CPN_KIND_STATUTORY;
}

/* Days without sales that are neither gaps nor days of rest. */
static void close_days(const settling *s)
{
    for (int64_t i = 0; i < s->sales->n_days; i++) {
        const int32_t day = (int32_t)(s->sales->first_day + i);
        if (s->trading->states[i] != CPN_DAY_OPEN || s->trading->values[i] > 0) continue;
        if (is_special(s, day)) {
            cpn_treat(s->remarks, &(cpn_treated){ .day = day,
                                                  .kind = "closed_in_window",
                                                  .en = "Closed in a window or on a holiday: counts as 0 there.",
                                                  .zh = "窗口内或法定节假日停业，按 0 计入。" });
            continue;
        }
        s->trading->states[i] = CPN_DAY_CLOSED;
    }
}

/* A day of net returns is told and counts as one without sales. */
static void take_values(const settling *s)
{
    for (int64_t i = 0; i < s->sales->n_days; i++) {
        const double value = s->sales->amount[i];
        s->trading->values[i] = value > 0 ? value : 0;
        if (value < 0)
            cpn_treat(s->remarks, &(cpn_treated){ .day = (int32_t)(s->sales->first_day + i),
                                                  .kind = "negative",
                                                  .value = value,
                                                  .en = "More was returned than sold: counts as a day without sales.",
                                                  .zh = "退货多于销售，按无销售处理。" });
    }
}

campaign_status cpn_trading_settle(cpn_trading *trading, cpn_remarks *remarks, const cpn_sales *sales,
                                   const cpn_windows *windows, const campaign_calendar *calendar, campaign_error *error)
{
    memset(trading, 0, sizeof *trading);
    trading->states = cpn_alloc_zero(sales->n_days, sizeof *trading->states);
    trading->values = cpn_alloc(sales->n_days, sizeof *trading->values);
    if (!trading->states || !trading->values) return cpn_fail_nomem(error);
    const settling s = { trading, remarks, sales, windows, calendar };
    take_values(&s);
    if (sales->grain == CAMPAIGN_GRAIN_DAY) {
        close_gaps(&s);
        find_rest(&s);
        rest(&s);
        trading->is_sparse = is_sparse(&s);
        if (!trading->is_sparse) close_days(&s);
    }
    for (int64_t i = 0; i < sales->n_days; i++) {
        trading->n_open += trading->states[i] == CPN_DAY_OPEN;
        trading->n_closed += trading->states[i] == CPN_DAY_CLOSED || trading->states[i] == CPN_DAY_GAP;
    }
    return CAMPAIGN_OK;
}

void cpn_trading_free(cpn_trading *trading)
{
    cpn_free(trading->states);
    cpn_free(trading->values);
    memset(trading, 0, sizeof *trading);
}
