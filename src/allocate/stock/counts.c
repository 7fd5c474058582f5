/* Poisson and negative binomial demand: probabilities by their recurrences outward from the mode, normed by their own sum,
 * and from them what is left over below the middle and lost above it. Additions, products and quotients alone. */
#include <math.h>

#include "allocate/stock/store.h"
#include "base/memory.h"

/* Terms below this part of the mode's are left out; all of them together are below 1e-17. */
static const double least_term = 1e-22;

/* p(k + 1) / p(k) is ratio_of(k). */
typedef struct recurrence {
    bool is_poisson;
    double mean;
    double size, rest; /* negative binomial: r, and 1 - p */
} recurrence;

static double ratio_of(const recurrence *r, double k)
{
    return r->is_poisson ? r->mean / (k + 1) : r->rest * (k + r->size) / (k + 1);
}

static recurrence find_recurrence(const cpn_shelf_demand *demand)
{
    recurrence r = { demand->kind == CPN_SHELF_POISSON, demand->mean, 0, 0 };
    if (!r.is_poisson) {
        const double variance = demand->deviation * demand->deviation;
        r.size = demand->mean * demand->mean / (variance - demand->mean);
        r.rest = (variance - demand->mean) / variance;
    }
    return r;
}

static int64_t find_mode(const recurrence *r)
{
    if (r->is_poisson) return (int64_t)r->mean;
    return r->size > 1 ? (int64_t)(r->rest * (r->size - 1) / (1 - r->rest)) : 0;
}

/* First and last count that matter. False where they are too far apart. */
static bool find_window(int64_t *first, int64_t *last, const recurrence *r, int64_t mode)
{
    double term = 1;
    int64_t k = mode;
    while (k > 0 && term > least_term && mode - k < CPN_SHELF_MOST_WIDTH) {
        term /= ratio_of(r, (double)(k - 1));
        k--;
    }
    *first = k;
    /* The rest beyond k is at most term × ratio / (1 - ratio), as ratios fall towards rest or 0. */
    double rest = 1;
    for (term = 1, k = mode; rest > least_term && k - mode < CPN_SHELF_MOST_WIDTH; k++) {
        const double ratio = ratio_of(r, (double)k);
        term *= ratio;
        const double next = ratio_of(r, (double)k + 1), steady = r->is_poisson || next > r->rest ? next : r->rest;
        rest = steady < 1 ? term / (1 - steady) : term + 1;
    }
    *last = k;
    return *last - *first < CPN_SHELF_MOST_WIDTH && rest <= least_term;
}

static bool make_room(cpn_shelf_room *room, int64_t n)
{
    if (n <= room->n_terms) return true;
    double *terms = cpn_resize(room->terms, n + n / 2, sizeof *terms);
    if (!terms) return false;
    room->terms = terms;
    room->n_terms = n + n / 2;
    return true;
}

/* Probabilities of first … last into terms. */
static void fill_terms(double *terms, const recurrence *r, int64_t first, int64_t mode, int64_t last)
{
    terms[mode - first] = 1;
    for (int64_t k = mode; k > first; k--) terms[k - 1 - first] = terms[k - first] / ratio_of(r, (double)(k - 1));
    for (int64_t k = mode; k < last; k++) terms[k + 1 - first] = terms[k - first] * ratio_of(r, (double)k);
    double below = 0, above = 0;
    for (int64_t k = first; k <= mode; k++) below += terms[k - first];
    for (int64_t k = last; k > mode; k--) above += terms[k - first];
    const double whole = below + above;
    for (int64_t k = 0; k <= last - first; k++) terms[k] /= whole;
}

static void fill_losses(cpn_shelf_counts *counts, double *terms, int64_t last)
{
    double chance = 0, loss = 0;
    for (int64_t k = counts->first; k <= counts->middle && k <= counts->last; k++) {
        counts->losses[k - counts->first] = loss;
        chance += terms[k - counts->first];
        loss += chance;
    }
    chance = loss = 0;
    for (int64_t k = last; k > counts->middle; k--) {
        if (k <= counts->last) counts->losses[k - counts->first] = loss;
        chance += terms[k - counts->first];
        loss += chance;
    }
    counts->lost_at_middle = loss;
}

campaign_status cpn_shelf_tabulate(cpn_shelf_demand *demand, int64_t most_level, cpn_shelf_room *room)
{
    cpn_shelf_counts *counts = &demand->counts;
    *counts = (cpn_shelf_counts){ 0 };
    if (!cpn_shelf_is_count(demand) || demand->mean <= 0) return CAMPAIGN_OK;
    const recurrence r = find_recurrence(demand);
    const int64_t mode = find_mode(&r);
    int64_t first, last;
    if (!find_window(&first, &last, &r, mode)) return CAMPAIGN_E_LIMIT;
    const int64_t n = last - first + 1;
    if (!make_room(room, n)) return CAMPAIGN_E_NOMEM;
    fill_terms(room->terms, &r, first, mode, last);
    counts->first = first;
    counts->middle = mode;
    counts->last = last < most_level + 1 ? last : most_level + 1;
    if (counts->last < first) counts->last = first;
    counts->losses = cpn_alloc(counts->last - first + 1, sizeof *counts->losses);
    if (!counts->losses) return CAMPAIGN_E_NOMEM;
    fill_losses(counts, room->terms, last);
    return CAMPAIGN_OK;
}

void cpn_shelf_free_room(cpn_shelf_room *room)
{
    cpn_free(room->terms);
    *room = (cpn_shelf_room){ 0 };
}
