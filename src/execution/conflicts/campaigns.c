/* Campaigns that meet: on a channel and day, and on an item with their preheat. A plan brings its own windows and, by its
 * stock, its own items. */
#include "base/memory.h"
#include "base/sort.h"
#include "execution/conflicts/clash.h"

#define UTF8 CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8)

/* When a campaign sells, and from when it is shown: over all its rows. */
typedef struct span {
    int32_t start_day, end_day, preheat_day;
    bool is_known;
} span;

typedef struct calendar {
    const campaign_table *campaigns, *phases; /* phases: of a plan, otherwise NULL */
    campaign_column id, channel, start, end, preheat;
    cpn_named_keys names;
    span *spans; /* by name */
} calendar;

static void widen(span *whole, int32_t start_day, int32_t end_day, int32_t preheat_day)
{
    if (!whole->is_known || start_day < whole->start_day) whole->start_day = start_day;
    if (!whole->is_known || end_day > whole->end_day) whole->end_day = end_day;
    if (!whole->is_known || preheat_day < whole->preheat_day) whole->preheat_day = preheat_day;
    whole->is_known = true;
}

static campaign_status read_columns(calendar *c, const char *name, campaign_error *error)
{
    campaign_status status = cpn_need_column(&c->id, c->campaigns, name, NULL, "campaign", UTF8, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&c->start, c->campaigns, name, NULL, "start", CPN_ANY_DAY, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&c->end, c->campaigns, name, NULL, "end", CPN_ANY_DAY, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&c->channel, c->campaigns, name, NULL, "channel", UTF8, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&c->preheat, c->campaigns, name, NULL, "preheat_start", CPN_ANY_DAY, error);
    return status;
}

/* A plan's phases: preheat is shown, burst and closing sell, feedback does neither. */
static campaign_status read_phases(calendar *c, campaign_error *error)
{
    campaign_column id, phase, start, end;
    campaign_status status = cpn_need_column(&id, c->phases, "plan.phases", NULL, "campaign", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&phase, c->phases, "plan.phases", NULL, "phase", UTF8, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&start, c->phases, "plan.phases", NULL, "start", CPN_ANY_DAY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&end, c->phases, "plan.phases", NULL, "end", CPN_ANY_DAY, error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < id.n_rows; row++) {
        const cpn_risk_text name = cpn_risk_cell(&phase, row);
        const bool is_preheat = name.length == 7 && name.text[0] == 'p', is_feedback = name.length == 8;
        const cpn_cell_place place = { "plan.phases.campaign", "campaign" };
        int32_t code;
        status = cpn_named_keys_find(&code, &c->names, &id, row, &place, error);
        if (status != CAMPAIGN_OK || is_feedback) continue;
        const int32_t first = cpn_cell_day(&start, row, 0), last = cpn_cell_day(&end, row, 0);
        if (is_preheat)
            widen(&c->spans[code], last, last, first);
        else
            widen(&c->spans[code], first, last, first);
    }
    return status;
}

static campaign_status read_spans(calendar *c, const cpn_clash_windows *windows, campaign_error *error)
{
    c->spans = cpn_alloc_zero(c->names.keys.n_keys, sizeof *c->spans);
    if (!c->spans) return cpn_fail_nomem(error);
    if (c->phases) return read_phases(c, error);
    for (int64_t i = 0; i < windows->n; i++) {
        const cpn_clash_window *window = &windows->all[i];
        const bool has_preheat = c->preheat.type && !cpn_is_null(&c->preheat, window->row);
        const int32_t preheat = has_preheat ? cpn_cell_day(&c->preheat, window->row, 0) : window->start_day;
        if (preheat > window->start_day)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, window->row, "campaigns.preheat_start",
                                "preheat_start is after start");
        widen(&c->spans[window->owner], window->start_day, window->end_day, preheat);
    }
    return CAMPAIGN_OK;
}

/* A plan's campaigns sell in their burst and closing. */
static void narrow(const calendar *c, cpn_clash_windows *windows)
{
    int64_t n = 0;
    for (int64_t i = 0; i < windows->n; i++) {
        cpn_clash_window window = windows->all[i];
        const span *sells = &c->spans[window.owner];
        if (!sells->is_known || sells->end_day <= sells->start_day) continue;
        window.start_day = sells->start_day;
        window.end_day = sells->end_day;
        windows->all[n++] = window;
    }
    windows->n = n;
}

/* An item stands in a campaign once, however many rows say so: the first of them. */
static campaign_status drop_twins(cpn_clash_windows *windows, campaign_error *error)
{
    const int64_t n = windows->n;
    int64_t *keys = cpn_alloc(n, sizeof *keys), *order = cpn_alloc(n, sizeof *order), kept = 0;
    bool *is_twin = cpn_alloc_zero(n, sizeof *is_twin);
    bool is_done = keys && order && is_twin;
    for (int64_t i = 0; i < n && is_done; i++)
        keys[i] = (int64_t)windows->all[i].group * ((int64_t)INT32_MAX + 1) + windows->all[i].owner;
    is_done = is_done && cpn_order_int64(order, keys, n);
    for (int64_t i = 1; i < n && is_done; i++) is_twin[order[i]] = keys[order[i]] == keys[order[i - 1]];
    for (int64_t i = 0; i < n && is_done; i++)
        if (!is_twin[i]) windows->all[kept++] = windows->all[i];
    if (is_done) windows->n = kept;
    cpn_free(keys);
    cpn_free(order);
    cpn_free(is_twin);
    return is_done ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static campaign_status read_items(cpn_clash_windows *windows, const calendar *c, const campaign_table *items,
                                  const char *where, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_clash_columns columns = { .table = where };
    cpn_keys skus = { 0 };
    campaign_column campaign;
    const bool is_plan = c->phases != NULL;
    campaign_status status = cpn_need_column(&columns.group, items, where, NULL, is_plan ? "sku" : "item", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&campaign, items, where, NULL, "campaign", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_keys_create(&skus, &columns.group, runtime, error);
    if (status == CAMPAIGN_OK) {
        windows->all = cpn_alloc(columns.group.n_rows, sizeof *windows->all);
        if (!windows->all) status = cpn_fail_nomem(error);
    }
    for (int64_t row = 0; status == CAMPAIGN_OK && row < columns.group.n_rows; row++) {
        const cpn_cell_place place = { "items.campaign", "campaign" };
        int32_t code;
        if (skus.codes[row] < 0 && is_plan) continue; /* all goods together */
        if (skus.codes[row] < 0) {
            status = cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "items.item", "the item is missing");
            continue;
        }
        status = cpn_named_keys_find(&code, &c->names, &campaign, row, &place, error);
        if (status != CAMPAIGN_OK || !c->spans[code].is_known) continue;
        windows->all[windows->n++] = (cpn_clash_window){ .group = skus.codes[row],
                                                         .lane = -1,
                                                         .owner = code,
                                                         .start_day = c->spans[code].preheat_day,
                                                         .end_day = c->spans[code].end_day,
                                                         .row = row,
                                                         .name = cpn_risk_cell(&campaign, row),
                                                         .group_name = cpn_risk_cell(&columns.group, row) };
    }
    cpn_keys_free(&skus);
    if (status == CAMPAIGN_OK) status = drop_twins(windows, error);
    return status == CAMPAIGN_OK ? cpn_clash_sort(windows, error) : status;
}

static campaign_status open_plan(calendar *c, const campaign_table **items, const campaign_plan *plan,
                                 campaign_table *owned[3], campaign_error *error)
{
    static const char *const names[] = { "campaigns", "phases", "stock" };
    campaign_status status = CAMPAIGN_OK;
    for (int i = 0; i < 3 && status == CAMPAIGN_OK; i++) status = campaign_plan_table(&owned[i], plan, names[i], error);
    c->campaigns = owned[0];
    c->phases = owned[1];
    if (!*items) *items = owned[2];
    return status;
}

campaign_status cpn_clash_of_campaigns(cpn_clashes *found, const campaign_plan *plan,
                                       const campaign_conflicts_inputs *inputs, campaign_table *owned[3],
                                       campaign_error *error)
{
    calendar c = { .campaigns = inputs->campaigns };
    const campaign_table *items = inputs->items;
    cpn_clash_windows windows = { 0 }, uses = { 0 };
    campaign_status status = CAMPAIGN_OK;
    if (!c.campaigns && plan) status = open_plan(&c, &items, plan, owned, error);
    if (status == CAMPAIGN_OK && !c.campaigns && items)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.campaigns", "items need campaigns, or a plan");
    if (status != CAMPAIGN_OK || !c.campaigns) return status;
    status = read_columns(&c, "campaigns", error);
    cpn_clash_columns columns = {
        .table = "campaigns", .lane = c.channel, .owner = c.id, .start = c.start, .end = c.end
    };
    if (status == CAMPAIGN_OK) status = cpn_clash_read(&windows, &columns, found->runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_named_keys_create(&c.names, &c.id, found->runtime, error);
    if (status == CAMPAIGN_OK) status = read_spans(&c, &windows, error);
    if (status == CAMPAIGN_OK && c.phases) {
        narrow(&c, &windows);
        status = cpn_clash_sort(&windows, error);
    }
    if (status == CAMPAIGN_OK) status = cpn_clash_sweep(found, CPN_CLASH_CHANNEL, &windows, error);
    if (status == CAMPAIGN_OK && items) {
        calendar own = c;
        if (inputs->items) own.phases = NULL;
        status = read_items(&uses, &own, items, inputs->items ? "items" : "plan.stock", found->runtime, error);
        if (status == CAMPAIGN_OK) status = cpn_clash_sweep(found, CPN_CLASH_ITEM, &uses, error);
    }
    cpn_clash_windows_free(&windows);
    cpn_clash_windows_free(&uses);
    cpn_named_keys_free(&c.names);
    cpn_free(c.spans);
    return status;
}
