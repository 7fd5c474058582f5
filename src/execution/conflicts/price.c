/* One item at two prices on a day: the lowest and the highest of the prices that hold, day by day, from two heaps whose
 * ended prices are dropped when they come to the top. Days with the same two rows are told together. */
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "execution/conflicts/clash.h"

/* Whether high lies above low by more than so many parts per million of high. */
static bool is_apart(int64_t low, int64_t high, int64_t tolerance_ppm)
{
    return cpn_compare_128(cpn_mul_128(high - low, 1000000), cpn_mul_128(high, tolerance_ppm)) > 0;
}

typedef struct prices {
    cpn_clashes *found;
    const cpn_clash_window *windows;
    cpn_clash_heap low, high;
    cpn_clash open; /* what is being told; n_rows 0: nothing */
    campaign_error *error;
} prices;

static campaign_status finish(prices *p)
{
    if (p->open.n_rows == 0) return CAMPAIGN_OK;
    const campaign_status status = cpn_clash_keep(p->found, &p->open, p->error);
    p->open.n_rows = 0;
    return status;
}

/* The days from first to before end, on which the same prices hold. */
static campaign_status take_days(prices *p, int32_t first, int32_t end)
{
    const int64_t a = cpn_clash_top(&p->low, p->windows, first), b = cpn_clash_top(&p->high, p->windows, first);
    if (a < 0 || !is_apart(p->windows[a].amount, p->windows[b].amount, p->found->tolerance_ppm)) return finish(p);
    const cpn_clash_window *low = &p->windows[a], *high = &p->windows[b];
    if (p->open.n_rows > 0 && p->open.rows[0] == low->row && p->open.rows[1] == high->row) {
        p->open.end_day = end;
        return CAMPAIGN_OK;
    }
    const campaign_status status = finish(p);
    p->open = (cpn_clash){ .kind = CPN_CLASH_PRICE,
                           .severity = 2,
                           .subject = low->group_name,
                           .first = low->name,
                           .second = high->name,
                           .start_day = first,
                           .end_day = end,
                           .rows = { low->row, high->row },
                           .n_rows = 2,
                           .amount = high->amount - low->amount,
                           .limit = low->amount,
                           .has_amount = true };
    return status;
}

static int compare_days(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

/* One item: windows begin to end. days has room for two a window. */
static campaign_status take_group(prices *p, int64_t begin, int64_t end, int32_t *days)
{
    int64_t n_days = 0, at = begin;
    p->low.n = p->high.n = 0;
    for (int64_t i = begin; i < end; i++) {
        days[n_days++] = p->windows[i].start_day;
        days[n_days++] = p->windows[i].end_day;
    }
    if (!cpn_sort(days, n_days, sizeof *days, compare_days, NULL)) return cpn_fail_nomem(p->error);
    campaign_status status = CAMPAIGN_OK;
    for (int64_t d = 0; d + 1 < n_days && status == CAMPAIGN_OK; d++) {
        if (days[d] == days[d + 1]) continue;
        for (; at < end && p->windows[at].start_day <= days[d]; at++) {
            cpn_clash_push(&p->low, p->windows, at);
            cpn_clash_push(&p->high, p->windows, at);
        }
        status = take_days(p, days[d], days[d + 1]);
    }
    return status == CAMPAIGN_OK ? finish(p) : status;
}

campaign_status cpn_clash_prices(cpn_clashes *found, const cpn_clash_windows *windows, campaign_error *error)
{
    prices p = { .found = found, .windows = windows->all, .error = error, .high = { .is_highest = true } };
    p.low.at = cpn_alloc(windows->n, sizeof *p.low.at);
    p.high.at = cpn_alloc(windows->n, sizeof *p.high.at);
    int32_t *days = cpn_alloc(2 * windows->n, sizeof *days);
    campaign_status status = p.low.at && p.high.at && days ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t i = 0, begin = 0; i < windows->n && status == CAMPAIGN_OK; i++) {
        if (i + 1 < windows->n && p.windows[i + 1].group == p.windows[begin].group) continue;
        status = take_group(&p, begin, i + 1, days);
        begin = i + 1;
    }
    cpn_free(p.low.at);
    cpn_free(p.high.at);
    cpn_free(days);
    return status;
}
