/* Gifts and stock promised twice: what is promised at a time, day by day, against what there is. Days in a row on which it
 * is too much are told together, with the most that is missing. */
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "execution/conflicts/clash.h"

typedef struct turn {
    int32_t day;
    bool is_start;
    int64_t window;
} turn;

/* By day; ends come before starts, since the day after the last is free. */
static int compare_turns(const void *a, const void *b, const void *ctx)
{
    const turn *left = a, *right = b;
    (void)ctx;
    if (left->day != right->day) return left->day < right->day ? -1 : 1;
    return (int)left->is_start - (int)right->is_start;
}

typedef struct promises {
    cpn_clashes *found;
    const cpn_clash_window *windows;
    turn *turns;
    cpn_clash_heap largest; /* of those that are open */
    campaign_error *error;
} promises;

static int32_t severity_of(int64_t excess, int64_t available)
{
    return excess > available / 2 ? 0 : 1;
}

static campaign_status tell(const promises *p, const cpn_clash *clash)
{
    cpn_clash told = *clash;
    told.severity = severity_of(clash->units, clash->limit);
    return cpn_clash_keep(p->found, &told, p->error);
}

static cpn_clash begin_at(const promises *p, const turn *t, int64_t available, int64_t last)
{
    const cpn_clash_window *here = &p->windows[t->window];
    return (cpn_clash){ .kind = CPN_CLASH_PROMISE,
                        .subject = here->group_name,
                        .first = last >= 0 ? p->windows[last].name : (cpn_risk_text){ NULL, 0 },
                        .second = here->name,
                        .start_day = t->day,
                        .rows = { last >= 0 ? p->windows[last].row : here->row, last >= 0 ? here->row : -1 },
                        .limit = available };
}

static campaign_status take_group(promises *p, int64_t begin, int64_t end, int64_t available)
{
    const int64_t n = 2 * (end - begin);
    int64_t promised = 0, n_open = 0;
    cpn_clash open = { .n_rows = 0 };
    bool is_open = false;
    p->largest.n = 0;
    for (int64_t i = begin; i < end; i++) {
        p->turns[2 * (i - begin)] = (turn){ p->windows[i].start_day, true, i };
        p->turns[2 * (i - begin) + 1] = (turn){ p->windows[i].end_day, false, i };
    }
    if (!cpn_sort(p->turns, n, sizeof *p->turns, compare_turns, NULL)) return cpn_fail_nomem(p->error);
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        const turn *t = &p->turns[i];
        const int64_t quantity = p->windows[t->window].amount;
        if (!cpn_add64(&promised, promised, t->is_start ? quantity : -quantity))
            return cpn_fail_row(p->error, CAMPAIGN_E_OVERFLOW, p->windows[t->window].row, "promises.quantity",
                                "promises add up to more than 64 bits hold");
        n_open += t->is_start ? 1 : -1;
        const bool is_too_much = promised > available;
        if (is_too_much && !is_open) open = begin_at(p, t, available, cpn_clash_top(&p->largest, p->windows, t->day));
        if (t->is_start) cpn_clash_push(&p->largest, p->windows, t->window);
        is_open = is_open || is_too_much;
        if (is_too_much && promised - available > open.units) open.units = promised - available;
        if (is_open && n_open > open.n_rows) open.n_rows = n_open;
        const bool is_last_of_day = i + 1 == n || p->turns[i + 1].day != t->day;
        if (!is_open || is_too_much || !is_last_of_day) continue;
        open.end_day = t->day;
        is_open = false;
        if (open.end_day > open.start_day) status = tell(p, &open);
    }
    return status;
}

campaign_status cpn_clash_promises(cpn_clashes *found, const cpn_clash_windows *windows, const int64_t *supply,
                                   campaign_error *error)
{
    promises p = { .found = found, .windows = windows->all, .error = error, .largest = { .is_highest = true } };
    p.turns = cpn_alloc(2 * windows->n, sizeof *p.turns);
    p.largest.at = cpn_alloc(windows->n, sizeof *p.largest.at);
    campaign_status status = p.turns && p.largest.at ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t i = 0, begin = 0; i < windows->n && status == CAMPAIGN_OK; i++) {
        if (i + 1 < windows->n && p.windows[i + 1].group == p.windows[begin].group) continue;
        status = take_group(&p, begin, i + 1, supply[p.windows[begin].group]);
        begin = i + 1;
    }
    cpn_free(p.turns);
    cpn_free(p.largest.at);
    return status;
}
