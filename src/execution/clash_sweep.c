/* Pairs of windows that meet, by a sweep over their starts. Open windows stand in three lists: of their lane, of those
 * that meet every lane, and of all; ended ones leave a list when it is next walked, so that each step of a walk either
 * tells a pair or drops a window for good. */
#include "base/memory.h"
#include "execution/clash.h"

enum { NOBODY = -1 };

typedef struct open_lists {
    int64_t *next_in_lane, *next_of_all; /* by window */
    int64_t *lanes;                      /* first of each lane */
    int64_t all, wild;                   /* first of all; wild ones are linked by next_in_lane */
} open_lists;

typedef struct sweep {
    cpn_clashes *found;
    cpn_clash_kind kind;
    const cpn_clash_window *windows;
    open_lists open;
    campaign_error *error;
} sweep;

static int32_t severity_of(cpn_clash_kind kind, int32_t overlap, int32_t shorter)
{
    if (kind == CPN_CLASH_ITEM || kind == CPN_CLASH_TERRITORY) return 1;
    return overlap == shorter ? 1 : 2;
}

/* The second began no earlier than the first. It moves by whichever way is shorter, later where both are the same. */
static campaign_status tell(const sweep *s, const cpn_clash_window *first, const cpn_clash_window *second)
{
    const int32_t end = first->end_day < second->end_day ? first->end_day : second->end_day;
    const int32_t later = first->end_day - second->start_day, earlier = second->end_day - first->start_day;
    const int32_t length_a = first->end_day - first->start_day, length_b = second->end_day - second->start_day;
    const cpn_clash clash = {
        .kind = s->kind,
        .severity = severity_of(s->kind, end - second->start_day, length_a < length_b ? length_a : length_b),
        .subject = second->group_name,
        .lane = second->lane_name.text ? second->lane_name : first->lane_name,
        .first = first->name,
        .second = second->name,
        .start_day = second->start_day,
        .end_day = end,
        .rows = { first->row, second->row },
        .n_rows = 2,
        .shift_days = later <= earlier ? later : -earlier,
        .has_shift = true,
    };
    return cpn_clash_keep(s->found, &clash, s->error);
}

/* Walks a list, tells what the window meets, drops what has ended. */
static campaign_status walk(sweep *s, int64_t *first, int64_t *next, int64_t window)
{
    const cpn_clash_window *here = &s->windows[window];
    for (int64_t *at = first; *at != NOBODY;) {
        const cpn_clash_window *other = &s->windows[*at];
        if (other->end_day <= here->start_day) {
            *at = next[*at];
            continue;
        }
        if (other->owner != here->owner || here->owner < 0) {
            const campaign_status status = tell(s, other, here);
            if (status != CAMPAIGN_OK || s->found->is_cut) return status;
        }
        at = &next[*at];
    }
    return CAMPAIGN_OK;
}

static campaign_status take(sweep *s, int64_t window)
{
    open_lists *open = &s->open;
    const int32_t lane = s->windows[window].lane;
    campaign_status status = CAMPAIGN_OK;
    if (lane < 0) {
        status = walk(s, &open->all, open->next_of_all, window);
    } else {
        status = walk(s, &open->lanes[lane], open->next_in_lane, window);
        if (status == CAMPAIGN_OK && !s->found->is_cut) status = walk(s, &open->wild, open->next_in_lane, window);
    }
    int64_t *first = lane < 0 ? &open->wild : &open->lanes[lane];
    open->next_in_lane[window] = *first;
    *first = window;
    open->next_of_all[window] = open->all;
    open->all = window;
    return status;
}

/* A new group begins with empty lists; only lanes that the last one used are cleared. */
static void clear(sweep *s, int64_t begin, int64_t end)
{
    for (int64_t i = begin; i < end; i++)
        if (s->windows[i].lane >= 0) s->open.lanes[s->windows[i].lane] = NOBODY;
    s->open.all = s->open.wild = NOBODY;
}

campaign_status cpn_clash_sweep(cpn_clashes *found, cpn_clash_kind kind, const cpn_clash_windows *windows,
                                campaign_error *error)
{
    sweep s = { .found = found, .kind = kind, .windows = windows->all, .error = error };
    s.open.next_in_lane = cpn_alloc(windows->n, sizeof *s.open.next_in_lane);
    s.open.next_of_all = cpn_alloc(windows->n, sizeof *s.open.next_of_all);
    s.open.lanes = cpn_alloc(windows->n_lanes, sizeof *s.open.lanes);
    const bool has_room = s.open.next_in_lane && s.open.next_of_all && s.open.lanes;
    campaign_status status = has_room ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int32_t lane = 0; has_room && lane < windows->n_lanes; lane++) s.open.lanes[lane] = NOBODY;
    s.open.all = s.open.wild = NOBODY;
    for (int64_t i = 0, begin = 0; i < windows->n && status == CAMPAIGN_OK && !found->is_cut; i++) {
        if (s.windows[i].group != s.windows[begin].group) {
            clear(&s, begin, i);
            begin = i;
        }
        status = take(&s, i);
    }
    cpn_free(s.open.next_in_lane);
    cpn_free(s.open.next_of_all);
    cpn_free(s.open.lanes);
    return status;
}
