/* Packs of different weights, and least displays: a knapsack, solved exactly within a limit of states. Against the
 * multiplier every item loses something by any other count of packs; counts that lose more than the gap cannot be part of
 * anything better. Dynamic programming finds the least loss over the few that are left (reduced-cost fixing as in
 * Kellerer, Pferschy, Pisinger, Knapsack Problems, 2004, sections 11.2 and 11.3). */
#include <math.h>
#include <string.h>

#include "allocate/stock/store.h"
#include "base/memory.h"

enum { MOST_CHOICES = 65535 }; /* of one item: a choice takes two bytes */

/* A count of packs of one item, and what it loses. */
typedef struct choice {
    int64_t packs;
    double loss;
} choice;

/* An item with more than one choice. */
typedef struct core_item {
    int64_t item, first, n; /* in choices */
} core_item;

typedef struct search {
    cpn_shelf_pool *pool;
    choice *choices;
    int64_t n_choices, capacity;
    core_item *core;
    int64_t n_core;
    int64_t room;  /* after the least of every core item and all others */
    int64_t width; /* states of one item */
    int64_t unit;  /* weight of one state */
    double *best, *next;
    uint16_t *picks; /* core item × state */
    bool is_cut;     /* an item has more choices than can be told apart */
} search;

static bool add_choice(search *s, int64_t packs, double loss)
{
    if (s->n_choices == s->capacity) {
        const int64_t capacity = s->capacity ? s->capacity * 2 : 256;
        choice *choices = cpn_resize(s->choices, capacity, sizeof *choices);
        if (!choices) return false;
        s->choices = choices;
        s->capacity = capacity;
    }
    s->choices[s->n_choices++] = (choice){ packs, loss < 0 ? 0 : loss };
    return true;
}

/* What packs lose against those of the multiplier. */
static double loss_of(const cpn_shelf_pool *pool, const cpn_shelf_item *item, int64_t packs)
{
    const int64_t at = item->relaxed;
    const double price = pool->multiplier * (double)item->weight;
    if (packs == at) return 0;
    if (packs < at) return cpn_shelf_value(item, packs, at - packs) - price * (double)(at - packs);
    return price * (double)(packs - at) - cpn_shelf_value(item, at, packs - at);
}

/* Among the counts that a least display allows, that which loses least where the multiplier gives nothing. */
static int64_t find_center(const cpn_shelf_pool *pool, const cpn_shelf_item *item)
{
    const double price = pool->multiplier * (double)item->weight;
    int64_t low = item->display, high = item->most;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (cpn_shelf_value(item, middle, 1) > price)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Counts of one item that lose at most the gap, from few packs to many. */
static campaign_status list_choices(search *s, int64_t i)
{
    const cpn_shelf_pool *pool = s->pool;
    const cpn_shelf_item *item = &pool->items[i];
    const double most = pool->gap * (1 + 1e-9);
    const bool has_gap = item->display > 1 && item->least == 0 && item->most > 0;
    const int64_t floor_packs = has_gap ? item->display : item->least;
    if (item->weight == 0) return add_choice(s, item->relaxed, 0) ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
    const int64_t center = has_gap && item->relaxed == 0 ? find_center(pool, item) : item->relaxed;
    if (has_gap && loss_of(pool, item, 0) <= most && !add_choice(s, 0, loss_of(pool, item, 0))) return CAMPAIGN_E_NOMEM;
    if (loss_of(pool, item, center) > most) return CAMPAIGN_OK;
    int64_t low = center, high = center;
    while (low > floor_packs && center - low < MOST_CHOICES / 2 && loss_of(pool, item, low - 1) <= most) low--;
    while (high < item->most && high - center < MOST_CHOICES / 2 && loss_of(pool, item, high + 1) <= most) high++;
    s->is_cut = s->is_cut || high - center >= MOST_CHOICES / 2 || center - low >= MOST_CHOICES / 2;
    for (int64_t k = low; k <= high; k++)
        if (!add_choice(s, k, loss_of(pool, item, k))) return CAMPAIGN_E_NOMEM;
    return CAMPAIGN_OK;
}

/* Items with several choices; all others are settled. */
static campaign_status make_core(search *s)
{
    s->core = cpn_alloc(s->pool->n_items, sizeof *s->core);
    if (!s->core) return CAMPAIGN_E_NOMEM;
    campaign_status status = CAMPAIGN_OK;
    int64_t spread = 0;
    s->room = s->pool->room;
    for (int64_t i = 0; i < s->pool->n_items && status == CAMPAIGN_OK; i++) {
        const cpn_shelf_item *item = &s->pool->items[i];
        const int64_t first = s->n_choices;
        status = list_choices(s, i);
        if (status != CAMPAIGN_OK) break;
        s->room -= (s->choices[first].packs - item->least) * item->weight;
        if (s->n_choices - first == 1) {
            s->n_choices = first;
            continue;
        }
        s->core[s->n_core++] = (core_item){ i, first, s->n_choices - first };
        for (int64_t c = first + 1; c < s->n_choices; c++)
            s->unit = cpn_shelf_divisor((s->choices[c].packs - s->choices[first].packs) * item->weight, s->unit);
        spread += (s->choices[s->n_choices - 1].packs - s->choices[first].packs) * item->weight;
    }
    if (s->unit > 0) s->width = (spread < s->room ? spread : s->room) / s->unit + 1;
    return status;
}

/* The least loss of all choices so far for every weight. */
static void add_item(search *s, int64_t at)
{
    const core_item *core = &s->core[at];
    const int64_t weight = s->pool->items[core->item].weight, least = s->choices[core->first].packs;
    uint16_t *picks = s->picks + at * s->width;
    for (int64_t state = 0; state < s->width; state++) s->next[state] = INFINITY;
    for (int64_t c = 0; c < core->n; c++) {
        const choice *picked = &s->choices[core->first + c];
        const int64_t step = (picked->packs - least) * weight / s->unit;
        for (int64_t state = step; state < s->width; state++) {
            const double loss = s->best[state - step] + picked->loss;
            if (!(loss < s->next[state])) continue;
            s->next[state] = loss;
            picks[state] = (uint16_t)c;
        }
    }
    double *swap = s->best;
    s->best = s->next;
    s->next = swap;
}

/* Reads the choices back, where they lose less than what was found before. */
static void take_best(search *s)
{
    cpn_shelf_pool *pool = s->pool;
    double least = INFINITY;
    int64_t state = 0;
    for (int64_t at = 0; at < s->width; at++) {
        const double loss = s->best[at] + pool->multiplier * (double)(s->room - at * s->unit);
        if (!(loss < least)) continue;
        least = loss;
        state = at;
    }
    if (!(least < pool->gap)) return;
    for (int64_t i = 0; i < pool->n_items; i++) pool->items[i].packs = pool->items[i].relaxed;
    for (int64_t at = s->n_core - 1; at >= 0; at--) {
        const core_item *core = &s->core[at];
        const choice *picked = &s->choices[core->first + s->picks[at * s->width + state]];
        cpn_shelf_item *item = &pool->items[core->item];
        item->packs = picked->packs;
        state -= (picked->packs - s->choices[core->first].packs) * item->weight / s->unit;
    }
    pool->left = pool->room;
    for (int64_t i = 0; i < pool->n_items; i++)
        pool->left -= (pool->items[i].packs - pool->items[i].least) * pool->items[i].weight;
}

static campaign_status search_core(search *s)
{
    s->best = cpn_alloc(s->width, sizeof *s->best);
    s->next = cpn_alloc(s->width, sizeof *s->next);
    s->picks = cpn_alloc(s->n_core * s->width, sizeof *s->picks);
    if (!s->best || !s->next || !s->picks) return CAMPAIGN_E_NOMEM;
    for (int64_t state = 0; state < s->width; state++) s->best[state] = state == 0 ? 0 : INFINITY;
    for (int64_t at = 0; at < s->n_core; at++) add_item(s, at);
    take_best(s);
    s->pool->n_states = s->n_core * s->width;
    s->pool->gap = 0;
    return CAMPAIGN_OK;
}

campaign_status cpn_shelf_exact(cpn_shelf_pool *pool)
{
    search s = { .pool = pool };
    campaign_status status = make_core(&s);
    if (status == CAMPAIGN_OK) {
        if (s.n_core == 0)
            pool->gap = 0; /* nothing else is within the gap */
        else if (!s.is_cut && s.room >= 0 && s.width <= pool->state_limit / s.n_core)
            status = search_core(&s);
    }
    cpn_free(s.choices);
    cpn_free(s.core);
    cpn_free(s.best);
    cpn_free(s.next);
    cpn_free(s.picks);
    return status;
}
