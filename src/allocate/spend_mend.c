/* Makes spends keep all rules exactly: allowed spends of items, sums within the bounds of groups, whole units. What is to
 * mend is rounding, and single items that a limit has left between two steps. */
#include <math.h>

#include "allocate/spend_parts.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"

static const double nothing = 1e-200;   /* of what an item can spend */
static const double near_share = 1e-11; /* what sums of spends may miss a bound by */

bool cpn_spend_keeps_rules(const cpn_spend_search *search, const double *spends)
{
    for (int64_t s = 0; s < search->n_seats; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        if (spends[s] < seat->root_low || spends[s] > seat->root_high) return false;
        if (!cpn_spend_is_allowed(seat->item, spends[s])) return false;
    }
    for (int32_t i = 0; i < search->n_nodes; i++) {
        const cpn_spend_node *node = &search->nodes[i];
        if (!(node->minimum > 0) && !cpn_is_finite(node->maximum)) continue;
        const double total = cpn_spend_group_total(search, i, spends), near = 1e-12 * total;
        if (total > node->maximum + 4 * DBL_EPSILON * total || total < node->minimum - near) return false;
    }
    for (int32_t r = 0; r < search->n_rows; r++) {
        const cpn_spend_row *row = &search->rows[r];
        double near;
        if (row->ratio >= 0) {
            near = near_share * cpn_spend_group_total(search, row->node, spends) + cpn_spend_row_near(search, r);
            if (row->is_equal) near += search->problem->unit;
            if (row->is_equal && cpn_spend_residual(search, r, spends, false) < -near) return false;
        } else
            near = 1e-12 * fabs(search->problem->objective == CPN_SPEND_LEAST_SPEND
                                    ? search->problem->target
                                    : search->problem->target * cpn_spend_group_total(search, 0, spends));
        if (cpn_spend_residual(search, r, spends, false) > near) return false;
    }
    return true;
}

static void allow_items(const cpn_spend_search *search, double *spends)
{
    for (int64_t s = 0; s < search->n_seats; s++) {
        const cpn_spend_seat *seat = &search->seats[s];
        double x = fmin(fmax(spends[s], seat->root_low), seat->root_high);
        if (x < nothing * seat->root_high && seat->root_low <= 0) x = 0;
        const bool is_unit = search->problem->unit > 0 && seat->item->step == search->problem->unit;
        const bool is_open = x >= fmax(seat->item->opening_cost, seat->item->minimum_if_open);
        if (!cpn_spend_is_allowed(seat->item, x) && !(is_unit && is_open)) { /* units are shared out below */
            x = cpn_spend_allowed_below(seat->item, x);
            if (x < seat->root_low) x = seat->root_low;
        }
        spends[s] = x;
    }
}

/* Takes what rounding put above a group's maximum from items that can give it, and gives what is missing. */
static void trim_groups(const cpn_spend_search *search, double *spends)
{
    for (int32_t i = search->n_nodes - 1; i >= 0; i--) {
        const cpn_spend_node *node = &search->nodes[i];
        if (!(node->minimum > 0) && !cpn_is_finite(node->maximum)) continue;
        const double total = cpn_spend_group_total(search, i, spends);
        double rest = total > node->maximum ? node->maximum - total : total < node->minimum ? node->minimum - total : 0;
        if (rest == 0 || fabs(rest) > 1e-9 * total) continue;
        const int64_t end = search->nodes[node->end - 1].end_seat;
        for (int64_t s = node->first_seat; s < end && rest != 0; s++) {
            const cpn_spend_seat *seat = &search->seats[s];
            if (seat->item->step > 0 || spends[s] == 0) continue;
            const double x = spends[s] + rest;
            const double wish = rest < 0 && 8 * -rest < DBL_EPSILON * spends[s] ? nextafter(spends[s], 0) : x;
            if (wish < seat->root_low || wish > seat->root_high || !cpn_spend_is_allowed(seat->item, wish)) continue;
            spends[s] = wish;
            rest = 0;
        }
    }
}

campaign_status cpn_spend_mend(cpn_spend_search *search, double *spends, campaign_error *error)
{
    allow_items(search, spends);
    trim_groups(search, spends);
    return search->problem->unit > 0 ? cpn_spend_to_units(search, spends, error) : CAMPAIGN_OK;
}

/* ---- Whole units ------------------------------------------------------------------------------------------------- */

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

/* Units from one child to another where a share between them is broken by less than a unit of either. */
static void keep_shares(const cpn_spend_search *search, unit_parts *parts, const cpn_spend_node *node, int32_t index)
{
    for (int32_t r = 0; r < search->n_rows; r++) {
        const cpn_spend_row *row = &search->rows[r];
        int64_t at = node->end_seat - node->first_seat, first = -1, second = -1;
        for (int32_t c = index + 1; c < node->end; c = search->nodes[c].end, at++) {
            if (c == row->node) first = at;
            if (c == row->of_node) second = at;
        }
        if (row->ratio < 0 || row->is_equal || first < 0 || second < 0) continue;
        const int64_t down = row->sign > 0 ? first : second, up = row->sign > 0 ? second : first;
        for (int32_t i = 0; i < 4; i++) {
            const double miss = row->sign * (parts->given[first] - row->share * parts->given[second]);
            if (miss <= near_share * parts->given[first] || parts->given[down] < 1) break;
            parts->given[down]--;
            if (parts->given[up] + 1 <= parts->most[up]) parts->given[up]++;
        }
    }
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
    keep_shares(search, parts, node, index);
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
    return is_ok ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
