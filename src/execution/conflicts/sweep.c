/* Pairs of windows that meet, by a sweep over their starts. Open windows stand in cells: one of each owner in a lane, one of
 * each owner over all. A walk passes its own owner's cell by and drops what has ended, so that each step tells a pair or
 * drops something for good, however many rows an owner has. Pairs are counted from how many windows are open, without a
 * walk, so that all are counted where only some are told. */
#include "base/memory.h"
#include "base/sort.h"
#include "execution/conflicts/clash.h"

enum { NOBODY = -1 };

/* Open windows by cell, and cells by the place that is walked: a lane, those that meet every lane, or all. */
typedef struct open_cells {
    int64_t *next_window, *first, *next_cell; /* by window, cell, cell */
    bool *is_listed;                          /* by cell: it is in the list of its place */
} open_cells;

/* How many windows are open. */
typedef struct open_counts {
    int64_t *lanes, *owners, *cells;
    int64_t wild, all;
} open_counts;

typedef struct sweep {
    cpn_clashes *found;
    cpn_clash_kind kind;
    const cpn_clash_window *windows;
    int64_t *owners, *cells;      /* by window, numbered in their group */
    int64_t *wild_cells;          /* by owner: its cell that meets every lane, or NOBODY */
    int64_t *order, *keys, *ends; /* scratch; ends: windows of the group by their end */
    open_cells in_lanes, in_all;
    int64_t *lane_heads, wild_head, all_head;
    open_counts open;
    campaign_error *error;
} sweep;

/* ---- Telling ----------------------------------------------------------------------------------------------------- */

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

/* One cell: tells what the window meets, drops what has ended. */
static campaign_status walk_cell(const sweep *s, const open_cells *in, int64_t cell, int64_t window)
{
    for (int64_t *at = &in->first[cell]; *at != NOBODY;) {
        if (s->windows[*at].end_day <= s->windows[window].start_day) {
            *at = in->next_window[*at];
            continue;
        }
        const campaign_status status = tell(s, &s->windows[*at], &s->windows[window]);
        if (status != CAMPAIGN_OK || cpn_clash_is_full(s->found, s->kind)) return status;
        at = &in->next_window[*at];
    }
    return CAMPAIGN_OK;
}

/* The cells of a place but one's own; those that are empty leave the list. */
static campaign_status walk(const sweep *s, const open_cells *in, int64_t *head, int64_t own, int64_t window)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t *at = head; *at != NOBODY && status == CAMPAIGN_OK && !cpn_clash_is_full(s->found, s->kind);) {
        const int64_t cell = *at;
        if (cell != own) status = walk_cell(s, in, cell, window);
        if (in->first[cell] == NOBODY) {
            *at = in->next_cell[cell];
            in->is_listed[cell] = false;
        } else {
            at = &in->next_cell[cell];
        }
    }
    return status;
}

static void open_window(const open_cells *in, int64_t *head, int64_t cell, int64_t window)
{
    in->next_window[window] = in->first[cell];
    in->first[cell] = window;
    if (in->is_listed[cell]) return;
    in->is_listed[cell] = true;
    in->next_cell[cell] = *head;
    *head = cell;
}

/* ---- Counting ---------------------------------------------------------------------------------------------------- */

static void count_open(sweep *s, int64_t window, int64_t by)
{
    const int32_t lane = s->windows[window].lane;
    s->open.all += by;
    s->open.owners[s->owners[window]] += by;
    s->open.cells[s->cells[window]] += by;
    if (lane < 0)
        s->open.wild += by;
    else
        s->open.lanes[lane] += by;
}

/* How many open windows of others a window meets. */
static int64_t count_met(const sweep *s, int64_t window)
{
    const open_counts *open = &s->open;
    const int64_t owner = s->owners[window], wild = s->wild_cells[owner];
    const int32_t lane = s->windows[window].lane;
    if (lane < 0) return open->all - open->owners[owner];
    return open->lanes[lane] - open->cells[s->cells[window]] + open->wild - (wild == NOBODY ? 0 : open->cells[wild]);
}

/* ---- One group --------------------------------------------------------------------------------------------------- */

/* Numbers the owners of a group, and their cells: by owner, what meets every lane first. */
static bool number_cells(sweep *s, int64_t begin, int64_t n, int64_t *n_owners, int64_t *n_cells)
{
    for (int64_t i = 0; i < n; i++) {
        const cpn_clash_window *window = &s->windows[begin + i];
        s->keys[i] = (int64_t)window->owner * INT32_MAX + window->lane + 1;
    }
    if (!cpn_order_int64(s->order, s->keys, n)) return false;
    *n_owners = *n_cells = 0;
    for (int64_t i = 0; i < n; i++) {
        const int64_t window = begin + s->order[i], before = i > 0 ? begin + s->order[i - 1] : window;
        const bool is_new_owner = i == 0 || s->windows[window].owner != s->windows[before].owner;
        *n_owners += is_new_owner;
        *n_cells += is_new_owner || s->windows[window].lane != s->windows[before].lane;
        s->owners[window] = *n_owners - 1;
        s->cells[window] = *n_cells - 1;
        if (is_new_owner) s->wild_cells[*n_owners - 1] = s->windows[window].lane < 0 ? *n_cells - 1 : NOBODY;
    }
    for (int64_t i = 0; i < n; i++) s->keys[i] = s->windows[begin + i].end_day;
    return cpn_order_int64(s->ends, s->keys, n);
}

/* Lists of a group begin empty; only lanes that it uses are cleared. */
static void clear(sweep *s, int64_t begin, int64_t n, int64_t n_owners, int64_t n_cells)
{
    for (int64_t i = 0; i < n_cells; i++) {
        s->in_lanes.first[i] = NOBODY;
        s->in_lanes.is_listed[i] = false;
        s->open.cells[i] = 0;
    }
    for (int64_t i = 0; i < n_owners; i++) {
        s->in_all.first[i] = NOBODY;
        s->in_all.is_listed[i] = false;
        s->open.owners[i] = 0;
    }
    for (int64_t i = begin; i < begin + n; i++) {
        if (s->windows[i].lane < 0) continue;
        s->lane_heads[s->windows[i].lane] = NOBODY;
        s->open.lanes[s->windows[i].lane] = 0;
    }
    s->wild_head = s->all_head = NOBODY;
    s->open.wild = s->open.all = 0;
}

static campaign_status take_window(sweep *s, int64_t window)
{
    const int32_t lane = s->windows[window].lane;
    const int64_t n = s->found->counts[s->kind] + count_met(s, window);
    const int64_t owner = s->owners[window], wild = s->wild_cells[owner];
    campaign_status status;
    if (lane < 0) {
        status = walk(s, &s->in_all, &s->all_head, owner, window);
    } else {
        status = walk(s, &s->in_lanes, &s->lane_heads[lane], s->cells[window], window);
        if (status == CAMPAIGN_OK) status = walk(s, &s->in_lanes, &s->wild_head, wild, window);
    }
    open_window(&s->in_lanes, lane < 0 ? &s->wild_head : &s->lane_heads[lane], s->cells[window], window);
    open_window(&s->in_all, &s->all_head, owner, window);
    s->found->counts[s->kind] = n;
    return status;
}

static campaign_status take_group(sweep *s, int64_t begin, int64_t end)
{
    int64_t n_owners, n_cells, n_ended = 0;
    const int64_t n = end - begin;
    if (!number_cells(s, begin, n, &n_owners, &n_cells)) return cpn_fail_nomem(s->error);
    clear(s, begin, n, n_owners, n_cells);
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = begin; i < end && status == CAMPAIGN_OK; i++) {
        while (s->windows[begin + s->ends[n_ended]].end_day <= s->windows[i].start_day)
            count_open(s, begin + s->ends[n_ended++], -1);
        status = take_window(s, i);
        count_open(s, i, 1);
    }
    return status;
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static bool open_sweep(sweep *s, int64_t n, int32_t n_lanes)
{
    int64_t **const by_window[] = { &s->owners,
                                    &s->cells,
                                    &s->wild_cells,
                                    &s->order,
                                    &s->keys,
                                    &s->ends,
                                    &s->in_lanes.next_window,
                                    &s->in_lanes.first,
                                    &s->in_lanes.next_cell,
                                    &s->in_all.next_window,
                                    &s->in_all.first,
                                    &s->in_all.next_cell,
                                    &s->open.owners,
                                    &s->open.cells };
    bool is_done = true;
    for (size_t i = 0; i < sizeof by_window / sizeof *by_window; i++) {
        *by_window[i] = cpn_alloc(n, sizeof **by_window[i]);
        is_done = is_done && *by_window[i];
    }
    s->in_lanes.is_listed = cpn_alloc(n, sizeof *s->in_lanes.is_listed);
    s->in_all.is_listed = cpn_alloc(n, sizeof *s->in_all.is_listed);
    s->lane_heads = cpn_alloc(n_lanes, sizeof *s->lane_heads);
    s->open.lanes = cpn_alloc(n_lanes, sizeof *s->open.lanes);
    return is_done && s->in_lanes.is_listed && s->in_all.is_listed && s->lane_heads && s->open.lanes;
}

static void close_sweep(sweep *s)
{
    void *const memory[] = { s->owners,
                             s->cells,
                             s->wild_cells,
                             s->order,
                             s->keys,
                             s->ends,
                             s->in_lanes.next_window,
                             s->in_lanes.first,
                             s->in_lanes.next_cell,
                             s->in_lanes.is_listed,
                             s->in_all.next_window,
                             s->in_all.first,
                             s->in_all.next_cell,
                             s->in_all.is_listed,
                             s->lane_heads,
                             s->open.owners,
                             s->open.cells,
                             s->open.lanes };
    for (size_t i = 0; i < sizeof memory / sizeof *memory; i++) cpn_free(memory[i]);
}

campaign_status cpn_clash_sweep(cpn_clashes *found, cpn_clash_kind kind, const cpn_clash_windows *windows,
                                campaign_error *error)
{
    sweep s = { .found = found, .kind = kind, .windows = windows->all, .error = error };
    campaign_status status = open_sweep(&s, windows->n, windows->n_lanes) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t i = 0, begin = 0; i < windows->n && status == CAMPAIGN_OK; i++) {
        if (i + 1 < windows->n && s.windows[i + 1].group == s.windows[begin].group) continue;
        status = take_group(&s, begin, i + 1);
        begin = i + 1;
    }
    close_sweep(&s);
    return status;
}
