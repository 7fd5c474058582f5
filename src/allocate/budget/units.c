/* Shares out whole units: from the root down, each group's total to its own items and the groups below it, by largest
 * remainder. What shares of groups still miss then is put right in units_keep.c. */
#include <math.h>

#include "allocate/budget/parts.h"
#include "base/memory.h"
#include "base/sort.h"

/* Parts of one group: its own seats, then its children. */
typedef struct unit_parts {
    double *wishes, *given, *most; /* units */
    int64_t *keys, *order;
    int32_t *leans; /* 1: shares of groups want more of it, -1: less */
    double *totals; /* of each node, units: what it is to have */
    int64_t n;
} unit_parts;

static void free_parts(unit_parts *parts)
{
    cpn_free(parts->wishes);
    cpn_free(parts->given);
    cpn_free(parts->most);
    cpn_free(parts->keys);
    cpn_free(parts->leans);
    cpn_free(parts->order);
    cpn_free(parts->totals);
}

static bool open_parts(unit_parts *parts, const cpn_spend_search *search)
{
    const int64_t room = search->n_seats + search->n_nodes;
    *parts = (unit_parts){ 0 };
    parts->wishes = cpn_alloc(room, sizeof *parts->wishes);
    parts->given = cpn_alloc(room, sizeof *parts->given);
    parts->most = cpn_alloc(room, sizeof *parts->most);
    parts->keys = cpn_alloc(room, sizeof *parts->keys);
    parts->leans = cpn_alloc(room, sizeof *parts->leans);
    parts->order = cpn_alloc(room, sizeof *parts->order);
    parts->totals = cpn_alloc_zero(search->n_nodes, sizeof *parts->totals);
    return parts->wishes && parts->given && parts->most && parts->keys && parts->leans && parts->order && parts->totals;
}

/* Gives each part the whole units below its wish, and the units that are left by the largest fractions. */
static bool share_units(unit_parts *parts, double total)
{
    double rest = total;
    for (int64_t i = 0; i < parts->n; i++) {
        parts->given[i] = floor(parts->wishes[i] + 1e-6);
        const double missing = parts->wishes[i] - parts->given[i];
        parts->keys[i] = (int64_t)((1 - missing - 2 * parts->leans[i]) * 1125899906842624.0);
        rest -= parts->given[i];
    }
    if (rest == 0) return true;
    if (!cpn_order_int64(parts->order, parts->keys, parts->n)) return false;
    for (int64_t k = 0; k < parts->n && rest > 0; k++) {
        const int64_t i = parts->order[k];
        if (parts->given[i] + 1 > parts->most[i]) continue;
        parts->given[i]++;
        rest--;
    }
    for (int64_t k = parts->n - 1; k >= 0 && rest < 0; k--) {
        const int64_t i = parts->order[k];
        if (parts->given[i] < 1 || parts->most[i] < parts->wishes[i] + 0.5) continue;
        parts->given[i]--;
        rest++;
    }
    return true;
}

/* Which way a group's last unit should go so that shares of groups hold: down where it must not be more, up where others
 * must not be more than a share of it. */
static int32_t lean_of(const cpn_spend_search *search, int32_t node)
{
    for (int32_t r = 0; r < search->n_rows; r++) {
        const cpn_spend_row *row = &search->rows[r];
        if (row->ratio < 0 || (row->node != node && row->of_node != node)) continue;
        return (row->node == node) == (row->sign > 0) ? -1 : 1;
    }
    return 0;
}

static bool split_node(cpn_spend_search *search, unit_parts *parts, int32_t index, double *spends)
{
    const cpn_spend_node *node = &search->nodes[index];
    const double unit = search->problem->unit;
    parts->n = 0;
    for (int64_t s = node->first_seat; s < node->end_seat; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        const bool is_rigid = seat->item->step > unit || spends[s] == 0;
        parts->wishes[parts->n] = spends[s] / unit;
        parts->leans[parts->n] = 0;
        parts->most[parts->n++] = is_rigid ? spends[s] / unit : floor(seat->root_high / unit + 1e-9);
    }
    for (int32_t c = index + 1; c < node->end; c = search->nodes[c].end) {
        parts->wishes[parts->n] = cpn_spend_group_total(search, c, spends) / unit;
        parts->leans[parts->n] = lean_of(search, c);
        parts->most[parts->n++] = floor(search->nodes[c].maximum / unit + 1e-9);
    }
    if (!share_units(parts, parts->totals[index])) return false;
    int64_t i = 0;
    for (int32_t c = index + 1; c < node->end; c = search->nodes[c].end)
        parts->totals[c] = parts->given[node->end_seat - node->first_seat + i++];
    for (int64_t s = node->first_seat; s < node->end_seat; s++) spends[s] = parts->given[s - node->first_seat] * unit;
    return true;
}

campaign_status cpn_spend_to_units(cpn_spend_search *search, double *spends, campaign_error *error)
{
    const double unit = search->problem->unit;
    const cpn_spend_node *root = &search->nodes[0];
    unit_parts parts;
    bool is_ok = open_parts(&parts, search);
    if (is_ok) {
        const double wish = cpn_spend_group_total(search, 0, spends) / unit;
        const bool is_least = search->problem->objective == CPN_SPEND_LEAST_SPEND;
        double total = is_least ? ceil(wish - 1e-6) + search->extra_units : floor(wish + 1e-6);
        total = fmin(total, floor(root->maximum / unit + 1e-9));
        total = fmax(total, ceil(root->minimum / unit - 1e-9));
        parts.totals[0] = total;
        /* children before their parent is changed: totals of groups are read from spends not yet whole */
        for (int32_t i = 0; i < search->n_nodes && is_ok; i++) is_ok = split_node(search, &parts, i, spends);
    }
    free_parts(&parts);
    return is_ok ? cpn_spend_keep_units(search, spends, error) : cpn_fail_nomem(error);
}
