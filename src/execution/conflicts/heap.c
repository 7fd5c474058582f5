/* Open windows with the lowest or highest amount on top; ended ones are dropped when they come there. */
#include "execution/conflicts/clash.h"

static bool comes_first(const cpn_clash_heap *h, const cpn_clash_window *windows, int64_t a, int64_t b)
{
    if (windows[a].amount != windows[b].amount)
        return h->is_highest ? windows[a].amount > windows[b].amount : windows[a].amount < windows[b].amount;
    return windows[a].row < windows[b].row;
}

void cpn_clash_push(cpn_clash_heap *h, const cpn_clash_window *windows, int64_t window)
{
    int64_t i = h->n++;
    for (; i > 0 && comes_first(h, windows, window, h->at[(i - 1) / 2]); i = (i - 1) / 2) h->at[i] = h->at[(i - 1) / 2];
    h->at[i] = window;
}

static void drop_top(cpn_clash_heap *h, const cpn_clash_window *windows)
{
    const int64_t last = h->at[--h->n];
    int64_t i = 0;
    for (int64_t child = 1; child < h->n; child = 2 * i + 1) {
        if (child + 1 < h->n && comes_first(h, windows, h->at[child + 1], h->at[child])) child++;
        if (!comes_first(h, windows, h->at[child], last)) break;
        h->at[i] = h->at[child];
        i = child;
    }
    h->at[i] = last;
}

int64_t cpn_clash_top(cpn_clash_heap *h, const cpn_clash_window *windows, int32_t day)
{
    while (h->n > 0 && windows[h->at[0]].end_day <= day) drop_top(h, windows);
    return h->n > 0 ? h->at[0] : -1;
}
