/* The stock that every campaign needs (AP11): so much of the historic peak day, locked so many months ahead; for all goods
 * together and, where the orders say which and how many, for each.
 *
 * The peak is that of earlier bursts of the same node, moved with its date; where none of them sold anything, that of the
 * whole history. The need of a burst follows the best earlier burst in the same way. Parts of a unit are rounded up. */
#include "plan/stock.h"

#include <string.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"

enum { WHOLE_PPM = 1000000, BY_CAMPAIGN = 0, NODE_DAY = 0 };

/* What one campaign needs of one good. */
typedef struct stock_need {
    int32_t sku; /* -1: all goods */
    int32_t peak_day;
    int64_t peak, per_day, total;
} stock_need;

typedef struct stock_policy {
    int64_t factor_ppm, lock_months, max_skus;
    bool by_campaign, from_node;
} stock_policy;

typedef struct stock_room {
    const cpn_plan_facts *facts;
    const stock_policy *policy;
    const cpn_stock_sales *sales;
    const campaign_table *nodes; /* of the history */
    int32_t *bursts;             /* by day of the history */
    stock_need *needs;           /* of the goods of one campaign */
    int64_t n_left_out;
} stock_room;

static campaign_status read_policy(stock_policy *policy, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_stock_record;
    const cpn_json_value *section = cpn_get(facts->request->root, "stock");
    const int64_t n = facts->campaigns->n > 0 ? facts->campaigns->n : 1;
    policy->lock_months = cpn_get_int(section, record, "lock_months");
    policy->max_skus = cpn_get_int(section, record, "max_skus");
    policy->by_campaign = cpn_get_enum(section, record, "peak") == BY_CAMPAIGN;
    policy->from_node = cpn_get_enum(section, record, "lock_before") == NODE_DAY;
    if (policy->max_skus > CPN_PLAN_MAX_ROWS / n - 1) policy->max_skus = CPN_PLAN_MAX_ROWS / n - 1;
    if (policy->max_skus < 0) policy->max_skus = 0;
    return cpn_get_ppm(&policy->factor_ppm, section, record, "factor", error);
}

static campaign_status make_need(stock_need *need, const cpn_stock_peak *peak, const stock_policy *policy,
                                 campaign_error *error)
{
    need->peak_day = peak->day;
    need->peak = peak->amount;
    if (cpn_mul_div64(&need->per_day, peak->amount, policy->factor_ppm, WHOLE_PPM, CAMPAIGN_ROUND_CEILING) &&
        cpn_mul_div64(&need->total, peak->burst_amount, policy->factor_ppm, WHOLE_PPM, CAMPAIGN_ROUND_CEILING))
        return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "stock.factor", "the stock of a campaign does not fit 64 bits");
}

/* ---- Table ------------------------------------------------------------------------------------------------------ */

static void write_amounts(cpn_out *out, const stock_need *need, int32_t index, bool is_there)
{
    const int64_t amounts[] = { need->peak, need->per_day, need->total };
    for (int32_t i = 0; i < 3; i++) cpn_out_optional_int64(out, index + i, amounts[i], is_there);
}

static void write_need(cpn_out *out, const stock_room *room, const cpn_plan_campaign *campaign, const stock_need *need,
                       const char *basis)
{
    const cpn_stock_sales *sales = room->sales;
    char digits[CPN_NUMBER_TEXT];
    size_t length = 0;
    const char *text = digits;
    cpn_out_string(out, 0, campaign->id);
    if (need->sku >= 0 && sales->keys.type == CAMPAIGN_TYPE_UTF8)
        text = cpn_cell_text(&sales->sku, sales->keys.first_rows[need->sku], &length);
    else if (need->sku >= 0)
        length = cpn_format_int64(digits, sales->keys.integers[need->sku]);
    if (need->sku >= 0)
        cpn_out_text(out, 1, text, length);
    else
        cpn_out_null(out, 1);
    cpn_out_int64(out, 2, room->facts->history->first_day + need->peak_day);
    write_amounts(out, need, 3, sales->has_units);
    write_amounts(out, need, 6, !sales->has_units);
    const int32_t from = room->policy->from_node ? campaign->day : campaign->starts[1];
    cpn_out_int64(out, 9, cpn_add_months(from, -(int32_t)room->policy->lock_months));
    cpn_out_string(out, 10, basis);
    cpn_out_string(out, 11, "AP11");
}

/* ---- Goods ------------------------------------------------------------------------------------------------------ */

static int compare_totals(const void *a, const void *b, const void *ctx)
{
    const stock_need *left = a, *right = b;
    (void)ctx;
    if (left->total != right->total) return left->total > right->total ? -1 : 1;
    return left->sku < right->sku ? -1 : left->sku > right->sku;
}

/* The goods of which most is needed; the others are counted. */
static campaign_status write_skus(cpn_out *out, stock_room *room, const cpn_plan_campaign *campaign,
                                  const int32_t *bursts, const char *basis, campaign_error *error)
{
    const cpn_stock_sales *sales = room->sales;
    campaign_status status = CAMPAIGN_OK;
    int64_t n = 0;
    for (int64_t first = 0, end; first < sales->n_cells && status == CAMPAIGN_OK; first = end) {
        const int32_t sku = sales->cells[first].sku;
        cpn_stock_peak peak;
        for (end = first; end < sales->n_cells && sales->cells[end].sku == sku; end++) {
        }
        if (sku >= sales->keys.n_keys) continue; /* rows that name no good */
        status = cpn_stock_measure(&peak, sales->cells + first, end - first, bursts,
                                   campaign->ends[1] - campaign->starts[1], error);
        if (status != CAMPAIGN_OK || !peak.is_found) continue;
        room->needs[n].sku = sku;
        status = make_need(&room->needs[n++], &peak, room->policy, error);
    }
    if (status == CAMPAIGN_OK && !cpn_sort(room->needs, n, sizeof *room->needs, compare_totals, NULL))
        status = cpn_fail_nomem(error);
    const int64_t n_shown = n < room->policy->max_skus ? n : room->policy->max_skus;
    for (int64_t i = 0; i < n_shown && status == CAMPAIGN_OK; i++)
        write_need(out, room, campaign, &room->needs[i], basis);
    room->n_left_out += n - n_shown;
    return status;
}

static campaign_status write_campaign(cpn_out *out, stock_room *room, const cpn_plan_campaign *campaign,
                                      campaign_error *error)
{
    const cpn_stock_sales *sales = room->sales;
    const int32_t n_days = campaign->ends[1] - campaign->starts[1];
    cpn_stock_peak peak = { 0 };
    const char *basis = "campaign";
    campaign_status status = CAMPAIGN_OK;
    if (room->policy->by_campaign) {
        cpn_stock_find_bursts(room->bursts, campaign, room->facts, room->nodes);
        status = cpn_stock_measure(&peak, sales->totals, sales->n_totals, room->bursts, n_days, error);
    }
    const int32_t *bursts = peak.is_found ? room->bursts : NULL;
    if (!peak.is_found && status == CAMPAIGN_OK) {
        basis = "history";
        status = cpn_stock_measure(&peak, sales->totals, sales->n_totals, NULL, n_days, error);
    }
    if (status != CAMPAIGN_OK || !peak.is_found) return status;
    stock_need need = { .sku = -1 };
    status = make_need(&need, &peak, room->policy, error);
    if (status == CAMPAIGN_OK) write_need(out, room, campaign, &need, basis);
    if (status == CAMPAIGN_OK && sales->has_skus) status = write_skus(out, room, campaign, bursts, basis, error);
    return status;
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

/* Nodes of the days that the history has, and around them as far as a burst may reach. */
static campaign_status list_nodes(campaign_table **nodes, const cpn_plan_facts *facts, campaign_error *error)
{
    enum { LOOK_AROUND = 400 };
    const cpn_plan_history *history = facts->history;
    campaign_nodes_options options = CAMPAIGN_NODES_OPTIONS_INIT;
    int32_t first = history->first_day - LOOK_AROUND, end = history->last_day + LOOK_AROUND;
    if (first < CAMPAIGN_DAY_MIN) first = CAMPAIGN_DAY_MIN;
    if (end > facts->request->start_day) end = facts->request->start_day;
    options.regions = "*";
    return campaign_calendar_nodes(nodes, facts->calendar, first, end, &options, error);
}

static campaign_status fill(cpn_out *out, stock_room *room, campaign_error *error)
{
    const cpn_plan_facts *facts = room->facts;
    campaign_table *nodes = NULL;
    campaign_status status = list_nodes(&nodes, facts, error);
    room->nodes = nodes;
    room->bursts = cpn_alloc(room->sales->n_days, sizeof *room->bursts);
    room->needs = cpn_alloc(room->sales->keys.n_keys, sizeof *room->needs);
    if (status == CAMPAIGN_OK && (!room->bursts || !room->needs)) status = cpn_fail_nomem(error);
    for (int64_t i = 0; i < facts->campaigns->n && status == CAMPAIGN_OK; i++)
        status = write_campaign(out, room, &facts->campaigns->rows[i], error);
    if (status == CAMPAIGN_OK && room->n_left_out > 0)
        status =
            cpn_plan_note_add(facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_STOCK_LEFT_OUT, .n = room->n_left_out },
                              NULL, NULL, error);
    cpn_free(room->needs);
    cpn_free(room->bursts);
    campaign_table_free(nodes);
    return status;
}

campaign_status cpn_plan_stock_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error)
{
    stock_policy policy;
    cpn_stock_sales sales = { 0 };
    bool has_room = false;
    campaign_status status = read_policy(&policy, facts, error);
    if (status == CAMPAIGN_OK) status = cpn_stock_sales_read(&sales, facts, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_room_for(&has_room, facts, CPN_PLAN_STOCK, facts->campaigns->n, error);
    if (status == CAMPAIGN_OK && sales.n_totals == 0 && facts->campaigns->n > 0)
        status = cpn_plan_note_add(facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_STOCK_UNKNOWN }, NULL, NULL, error);
    stock_room room = { .facts = facts, .policy = &policy, .sales = &sales };
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_STOCK, facts->request);
    if (status == CAMPAIGN_OK && has_room && sales.n_totals > 0) status = fill(&out, &room, error);
    cpn_stock_sales_free(&sales);
    return cpn_plan_table_close(table, &out, status, error);
}
