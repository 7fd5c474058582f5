/* Sets of customers in memory: appended one by one, joined, looked at. */
#include <string.h>

#include "allocate/offers/offers.h"
#include "base/memory.h"

static bool grow_array(void **memory, int64_t room, size_t size)
{
    void *grown = cpn_resize(*memory, room, size);
    if (grown) *memory = grown;
    return grown != NULL;
}

static bool make_room(cpn_offers_set *set, int64_t n_customers, int64_t n_pairs, int32_t n_extra)
{
    if (!set->starts || n_customers > set->customer_room) {
        int64_t room = set->customer_room + set->customer_room / 2;
        if (room < n_customers) room = n_customers;
        if (room < 16) room = 16;
        if (!grow_array((void **)&set->starts, room + 1, sizeof *set->starts) ||
            !grow_array((void **)&set->customers, room, sizeof *set->customers) ||
            !grow_array((void **)&set->groups, room, sizeof *set->groups) ||
            !grow_array((void **)&set->mosts, room, sizeof *set->mosts))
            return false;
        set->customer_room = room;
    }
    if (!set->offers || n_pairs > set->pair_room) {
        int64_t room = set->pair_room + set->pair_room / 2;
        if (room < n_pairs) room = n_pairs;
        if (room < 64) room = 64;
        if (!grow_array((void **)&set->offers, room, sizeof *set->offers) ||
            !grow_array((void **)&set->values, room, sizeof *set->values) ||
            !grow_array((void **)&set->costs, room * n_extra, sizeof *set->costs))
            return false;
        set->pair_room = room;
    }
    return true;
}

bool cpn_offers_set_add(cpn_offers_set *set, const cpn_offers_view *view, const uint8_t *keep, int32_t n_extra)
{
    if (!make_room(set, set->n_customers + 1, set->n_pairs + view->n, n_extra)) return false;
    const int64_t at = set->n_customers++;
    if (at == 0) set->starts[0] = 0;
    set->customers[at] = view->customer;
    set->groups[at] = view->group;
    set->mosts[at] = view->most;
    for (int32_t p = 0; p < view->n; p++) {
        if (keep && !keep[p]) continue;
        const int64_t to = set->n_pairs++;
        set->offers[to] = view->offers[p];
        set->values[to] = view->values[p];
        for (int32_t e = 0; e < n_extra; e++) set->costs[to * n_extra + e] = view->costs[(int64_t)p * n_extra + e];
    }
    set->starts[at + 1] = set->n_pairs;
    return true;
}

static void copy_part(cpn_offers_set *set, const cpn_offers_set *part, int32_t n_extra)
{
    const int64_t c = set->n_customers, p = set->n_pairs;
    const size_t customers = (size_t)part->n_customers, pairs = (size_t)part->n_pairs;
    if (customers == 0) return;
    for (int64_t i = 0; i <= part->n_customers; i++) set->starts[c + i] = p + part->starts[i];
    memcpy(set->customers + c, part->customers, customers * sizeof *set->customers);
    memcpy(set->groups + c, part->groups, customers * sizeof *set->groups);
    memcpy(set->mosts + c, part->mosts, customers * sizeof *set->mosts);
    if (pairs > 0) {
        memcpy(set->offers + p, part->offers, pairs * sizeof *set->offers);
        memcpy(set->values + p, part->values, pairs * sizeof *set->values);
    }
    if (pairs > 0 && n_extra > 0)
        memcpy(set->costs + p * n_extra, part->costs, pairs * (size_t)n_extra * sizeof *set->costs);
    set->n_customers += part->n_customers;
    set->n_pairs += part->n_pairs;
}

bool cpn_offers_set_join(cpn_offers_set *set, const cpn_offers_set *parts, int64_t n_parts, int32_t n_extra)
{
    int64_t n_customers = 0, n_pairs = 0;
    for (int64_t i = 0; i < n_parts; i++) {
        n_customers += parts[i].n_customers;
        n_pairs += parts[i].n_pairs;
    }
    *set = (cpn_offers_set){ 0 };
    if (!make_room(set, n_customers, n_pairs, n_extra)) return false;
    set->starts[0] = 0;
    for (int64_t i = 0; i < n_parts; i++) copy_part(set, &parts[i], n_extra);
    return true;
}

void cpn_offers_set_free(cpn_offers_set *set)
{
    cpn_free(set->starts);
    cpn_free(set->customers);
    cpn_free(set->groups);
    cpn_free(set->mosts);
    cpn_free(set->offers);
    cpn_free(set->values);
    cpn_free(set->costs);
    *set = (cpn_offers_set){ 0 };
}

void cpn_offers_set_view(cpn_offers_view *view, const cpn_offers_set *set, int64_t index, int32_t n_extra)
{
    const int64_t first = set->starts[index];
    *view = (cpn_offers_view){ .n = (int32_t)(set->starts[index + 1] - first),
                               .group = set->groups[index],
                               .most = set->mosts[index],
                               .customer = set->customers[index],
                               .offers = set->offers + first,
                               .values = set->values + first,
                               .costs = set->costs + first * n_extra };
}
