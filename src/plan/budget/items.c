/* Money inside a campaign (PX4): traffic, materials and subsidy by its type, and traffic by channel (AP10).
 * In the off season own channels come first (AP12): they share the traffic money up to their maxima, the others get the
 * rest. Parts add up to the campaign's amount exactly. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"
#include "plan/budget/curves.h"

enum { TRAFFIC, MATERIALS, SUBSIDY, N_ITEMS };

static const char *const item_names[N_ITEMS] = { "traffic", "materials", "subsidy" };

/* Percent of traffic, materials and subsidy by type. The handbook names the three and gives no shares; these are ours:
 * a burst buys traffic, an experience shows goods, care goes to the customers themselves. */
static const int64_t usual_items[CPN_PLAN_N_TYPES][N_ITEMS] = {
    [CPN_TYPE_BURST] = { 50, 15, 35 },          [CPN_TYPE_NODE] = { 40, 20, 40 },
    [CPN_TYPE_PROMOTION_PULL] = { 30, 15, 55 }, [CPN_TYPE_EXPERIENCE] = { 40, 40, 20 },
    [CPN_TYPE_ACQUISITION] = { 60, 15, 25 },    [CPN_TYPE_CARE] = { 15, 25, 60 },
};

typedef struct money_channel {
    const char *id, *name;
    bool is_own;
    int64_t weight, maximum;
} money_channel;

/* AP10: online and offline. Shares are ours. */
static const struct {
    const char *id, *en, *zh;
    bool is_own;
    int64_t weight;
} usual_channels[] = {
    { "shop", "Own online shop", "自营网店", true, 30 },
    { "private_domain", "Private domain", "私域社群", true, 15 },
    { "live", "Live streaming", "直播", false, 20 },
    { "store", "Stores", "门店", true, 20 },
    { "fair", "Fairs", "展会", false, 10 },
    { "street", "Street promotion", "地推", false, 5 },
};
enum {
    N_USUAL_CHANNELS = sizeof usual_channels / sizeof *usual_channels,
    MOST_CHANNELS = 100, /* as many as a request may name */
    CHANNEL = CPN_LEVEL_CHANNEL - CPN_LEVEL_PRODUCT_LINE
};

typedef struct item_room {
    const cpn_plan_facts *facts;
    int64_t items[CPN_PLAN_N_TYPES][N_ITEMS]; /* weights */
    money_channel *channels;
    int64_t n_channels;
    char **names;                       /* of channels that the history names; owned, one for each */
    int64_t *parts, *weights, *maximum; /* by channel */
    bool own_first;
    const cpn_budget_curves *curves;
    cpn_budget_share *shares; /* by channel; NULL: none has a curve */
} item_room;

/* ---- Policy ----------------------------------------------------------------------------------------------------- */

static campaign_status read_items(item_room *room, const cpn_json_value *section, campaign_error *error)
{
    memcpy(room->items, usual_items, sizeof usual_items);
    const cpn_json_value *types = cpn_get(section, "items");
    for (const cpn_json_value *type = types ? types->first : NULL; type; type = type->next) {
        int32_t index = 0;
        int64_t sum = 0;
        while (cpn_plan_type_names[index] && strcmp(cpn_plan_type_names[index], type->key) != 0) index++;
        if (!cpn_plan_type_names[index])
            return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, type, "\"%s\" is no type of campaign, such as burst",
                                 type->key);
        for (int32_t i = 0; i < N_ITEMS; i++) {
            const campaign_status status =
                cpn_get_ppm(&room->items[index][i], type, &cpn_plan_budget_shares_record, item_names[i], error);
            if (status != CAMPAIGN_OK) return status;
            sum += room->items[index][i];
        }
        if (sum == CPN_WHOLE_PPM) continue;
        char percent[CAMPAIGN_MONEY_TEXT];
        cpn_plan_write_percent(percent, sum);
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, type,
                             "traffic, materials and subsidy add up to %s %%, not to 100 %%", percent);
    }
    return CAMPAIGN_OK;
}

static campaign_status read_channel(money_channel *channel, const cpn_json_value *item, int32_t exponent,
                                    campaign_error *error)
{
    const cpn_record *record = &cpn_plan_budget_channel_record;
    channel->id = cpn_get_text(item, record, "id");
    channel->name = cpn_get(item, "name") ? cpn_get_text(item, record, "name") : channel->id;
    channel->is_own = cpn_get_bool(item, record, "own");
    channel->maximum = INT64_MAX;
    campaign_status status = cpn_get_ppm(&channel->weight, item, record, "share", error);
    if (status == CAMPAIGN_OK && cpn_get(item, "maximum"))
        status = cpn_get_money(&channel->maximum, item, record, "maximum", exponent, error);
    return status;
}

static campaign_status make_channels(item_room *room, int64_t n, campaign_error *error)
{
    room->channels = cpn_alloc_zero(n, sizeof *room->channels);
    room->names = cpn_alloc_zero(n, sizeof *room->names);
    room->parts = cpn_alloc(n, 3 * sizeof *room->parts);
    if (!room->channels || !room->names || !room->parts) return cpn_fail_nomem(error);
    room->n_channels = n;
    room->weights = room->parts + n;
    room->maximum = room->parts + 2 * n;
    return CAMPAIGN_OK;
}

/* Channels that the orders name, by what they sold in the latest year. */
static campaign_status take_sold_channels(item_room *room, const cpn_plan_sales *sales, int64_t n,
                                          campaign_error *error)
{
    campaign_status status = make_channels(room, n, error);
    int64_t i = 0;
    for (int64_t key = 0; key < sales->n_keys && status == CAMPAIGN_OK; key++) {
        char buffer[CPN_NUMBER_TEXT];
        size_t length;
        const int64_t minor = sales->keys[key].minor[CPN_SALES_YEAR];
        if (!sales->keys[key].is_usable || minor <= 0) continue;
        const char *label = cpn_plan_history_label(room->facts->history, CHANNEL, key, buffer, &length);
        room->names[i] = cpn_copy_text(label, length);
        if (!room->names[i]) return cpn_fail_nomem(error);
        room->channels[i] = (money_channel){ room->names[i], room->names[i], false, minor, INT64_MAX };
        i++;
    }
    return status;
}

/* The handbook's channels, where the orders name none. */
static campaign_status take_usual_channels(item_room *room, campaign_error *error)
{
    const bool is_chinese = room->facts->request->is_chinese;
    const campaign_status status = make_channels(room, N_USUAL_CHANNELS, error);
    for (int64_t i = 0; i < N_USUAL_CHANNELS && status == CAMPAIGN_OK; i++)
        room->channels[i] =
            (money_channel){ usual_channels[i].id, is_chinese ? usual_channels[i].zh : usual_channels[i].en,
                             usual_channels[i].is_own, usual_channels[i].weight, INT64_MAX };
    return status;
}

/* Sales beyond 64 bits say nothing of the channels; then the usual ones serve. */
static campaign_status find_channels(item_room *room, campaign_error *error)
{
    cpn_plan_sales sales;
    campaign_error inner;
    int64_t n = 0;
    campaign_status status = cpn_plan_sales_add_up(&sales, room->facts, CHANNEL, &inner);
    if (status != CAMPAIGN_OK && status != CAMPAIGN_E_OVERFLOW) {
        if (error) *error = inner;
        return status;
    }
    for (int64_t key = 0; key < sales.n_keys; key++)
        n += sales.keys[key].is_usable && sales.keys[key].minor[CPN_SALES_YEAR] > 0;
    status =
        n > 0 && n <= MOST_CHANNELS ? take_sold_channels(room, &sales, n, error) : take_usual_channels(room, error);
    cpn_plan_sales_free(&sales);
    return status;
}

static campaign_status read_channels(item_room *room, const cpn_json_value *section, campaign_error *error)
{
    const cpn_plan_request *request = room->facts->request;
    const cpn_json_value *list = cpn_get(section, "channels");
    campaign_status status = list ? make_channels(room, list->n_children, error) : find_channels(room, error);
    for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        status = read_channel(&room->channels[item->index], item, request->exponent, error);
        for (int64_t i = 0; i < item->index && status == CAMPAIGN_OK; i++)
            if (strcmp(room->channels[i].id, room->channels[item->index].id) == 0)
                status = cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, item, "channel \"%s\" stands twice",
                                       room->channels[i].id);
    }
    return status;
}

/* Whether channels share by curves. Each curve of a channel must be of one that there is. */
static campaign_status find_curves(item_room *room, campaign_error *error)
{
    int64_t n = 0;
    for (int64_t i = 0; i < room->curves->n; i++) {
        const cpn_budget_curve *curve = &room->curves->list[i];
        int64_t at = 0;
        if (!curve->channel) continue;
        while (at < room->n_channels && strcmp(room->channels[at].id, curve->channel) != 0) at++;
        if (at == room->n_channels)
            return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, cpn_get(curve->item, "channel"),
                                 "\"%s\" is no channel that traffic is bought in", curve->channel);
        n++;
    }
    if (n == 0) return CAMPAIGN_OK;
    room->shares = cpn_alloc(room->n_channels, sizeof *room->shares);
    if (!room->shares) return cpn_fail_nomem(error);
    return cpn_plan_note_add(room->facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_CHANNELS_BY_CURVES, .n = n }, NULL,
                             NULL, error);
}

static campaign_status read_policy(item_room *room, campaign_error *error)
{
    enum { OWN_FIRST };
    const cpn_json_value *section = cpn_get(room->facts->request->root, "budget");
    room->own_first = cpn_get_enum(section, &cpn_plan_budget_record, "off_season_channels") == OWN_FIRST;
    campaign_status status = read_items(room, section, error);
    if (status == CAMPAIGN_OK) status = read_channels(room, section, error);
    return status == CAMPAIGN_OK ? find_curves(room, error) : status;
}

/* ---- Shares ----------------------------------------------------------------------------------------------------- */

/* Shares anew what channels with a curve have together. Those of no weight take no part. */
static campaign_status share_by_curves(int64_t *left, int64_t *parts, item_room *room, campaign_error *error)
{
    cpn_budget_proof proof;
    for (int64_t i = 0; i < room->n_channels; i++) {
        const bool is_in = room->weights[i] > 0;
        room->shares[i] = (cpn_budget_share){ .maximum = room->maximum[i], .minor = parts[i] };
        if (is_in) room->shares[i].curve = cpn_budget_channel_curve(room->curves, room->channels[i].id);
    }
    const campaign_status status =
        cpn_budget_optimise(room->shares, room->n_channels, NULL, &proof, room->facts, error);
    for (int64_t i = 0; i < room->n_channels && status == CAMPAIGN_OK; i++) {
        *left += parts[i] - room->shares[i].minor;
        parts[i] = room->shares[i].minor;
    }
    return status;
}

/* Adds to the parts of some channels; *left receives what their maxima leave over. */
static campaign_status share_channels(int64_t *left, item_room *room, int64_t total, bool with_own, bool with_others,
                                      campaign_error *error)
{
    int64_t parts_left = total;
    bool has_weight = false;
    *left = total;
    for (int64_t i = 0; i < room->n_channels; i++) {
        const money_channel *channel = &room->channels[i];
        const bool is_in = channel->is_own ? with_own : with_others;
        room->weights[i] = is_in ? channel->weight : 0;
        room->maximum[i] = channel->maximum;
        has_weight = has_weight || room->weights[i] > 0;
    }
    if (!has_weight) return CAMPAIGN_OK;
    int64_t *parts = cpn_alloc(room->n_channels, sizeof *parts);
    if (!parts) return cpn_fail_nomem(error);
    const campaign_split_problem problem = { .size = (uint32_t)sizeof problem,
                                             .total_minor = total,
                                             .n_cells = room->n_channels,
                                             .weights = room->weights,
                                             .maximum = room->maximum };
    campaign_status status = campaign_split(parts, &parts_left, &problem, error);
    if (status == CAMPAIGN_OK && room->shares) status = share_by_curves(&parts_left, parts, room, error);
    for (int64_t i = 0; i < room->n_channels && status == CAMPAIGN_OK; i++) room->parts[i] += parts[i];
    if (status == CAMPAIGN_OK) *left = parts_left;
    cpn_free(parts);
    return status;
}

/* ---- Table ------------------------------------------------------------------------------------------------------ */

typedef struct item_line {
    const char *item, *channel, *name, *source;
    int64_t rank, minor; /* rank 0: none */
} item_line;

static void write_line(cpn_out *out, const cpn_plan_campaign *campaign, const item_line *line, int64_t whole)
{
    cpn_out_string(out, 0, campaign->id);
    cpn_out_string(out, 1, line->item);
    cpn_out_string(out, 2, line->channel);
    cpn_out_optional_int64(out, 3, line->rank, line->rank > 0);
    cpn_out_string(out, 4, line->name);
    cpn_out_int64(out, 5, line->minor);
    cpn_plan_out_share(out, 6, line->minor, whole);
    cpn_out_string(out, 7, line->source);
}

/* Channels in the order in which they are used. What no channel may take is a line of its own. */
static campaign_status write_traffic(cpn_out *out, item_room *room, const cpn_plan_campaign *campaign, int64_t traffic,
                                     int64_t whole, campaign_error *error)
{
    const bool own_first = room->own_first && campaign->season == CPN_SEASON_OFF;
    const char *source = own_first ? "AP12" : "AP10";
    int64_t left = 0, rank = 0;
    memset(room->parts, 0, (size_t)room->n_channels * sizeof *room->parts);
    campaign_status status = share_channels(&left, room, traffic, true, !own_first, error);
    if (status == CAMPAIGN_OK && own_first) status = share_channels(&left, room, left, false, true, error);
    if (status != CAMPAIGN_OK) return status;
    for (int32_t pass = own_first ? 0 : 1; pass < 2; pass++)
        for (int64_t i = 0; i < room->n_channels; i++) {
            const money_channel *channel = &room->channels[i];
            if (own_first && channel->is_own != (pass == 0)) continue;
            const item_line line = { "traffic", channel->id, channel->name, source, ++rank, room->parts[i] };
            write_line(out, campaign, &line, whole);
        }
    if (left == 0) return CAMPAIGN_OK;
    const char *name = room->facts->request->is_chinese ? "未分配到渠道的流量费" : "Traffic without a channel";
    write_line(out, campaign, &(item_line){ "traffic", NULL, name, source, 0, left }, whole);
    return CAMPAIGN_OK;
}

static campaign_status write_campaign(cpn_out *out, item_room *room, const cpn_plan_campaign *campaign, int64_t minor,
                                      campaign_error *error)
{
    static const char *const en[] = { "Traffic", "Materials", "Discount subsidy" };
    static const char *const zh[] = { "引流", "物料", "优惠补贴" };
    int64_t parts[N_ITEMS], left;
    const campaign_split_problem problem = { .size = (uint32_t)sizeof problem,
                                             .total_minor = minor,
                                             .n_cells = N_ITEMS,
                                             .weights = room->items[campaign->type] };
    campaign_status status = campaign_split(parts, &left, &problem, error);
    if (status == CAMPAIGN_OK) status = write_traffic(out, room, campaign, parts[TRAFFIC], minor, error);
    for (int32_t i = MATERIALS; i < N_ITEMS && status == CAMPAIGN_OK; i++) {
        const char *name = room->facts->request->is_chinese ? zh[i] : en[i];
        write_line(out, campaign, &(item_line){ item_names[i], NULL, name, "PX4", 0, parts[i] }, minor);
    }
    return status;
}

campaign_status cpn_budget_items_table(campaign_table **table, const cpn_budget *budget,
                                       const cpn_budget_curves *curves, const cpn_plan_facts *facts,
                                       campaign_error *error)
{
    item_room room = { .facts = facts, .curves = curves };
    bool has_room = false;
    const bool has_budget = cpn_get(facts->request->root, "budget") != NULL;
    campaign_status status = has_budget ? read_policy(&room, error) : CAMPAIGN_OK;
    if (status == CAMPAIGN_OK)
        status =
            cpn_plan_room_for(&has_room, facts, CPN_PLAN_BUDGET_ITEMS, budget->n * (room.n_channels + N_ITEMS), error);
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_BUDGET_ITEMS, facts->request);
    for (int64_t i = 0; has_room && i < budget->n && status == CAMPAIGN_OK; i++)
        status = write_campaign(&out, &room, &facts->campaigns->rows[i], budget->campaigns[i].minor, error);
    for (int64_t i = 0; room.names && i < room.n_channels; i++) cpn_free(room.names[i]);
    cpn_free(room.names);
    cpn_free(room.channels);
    cpn_free(room.parts);
    cpn_free(room.shares);
    return cpn_plan_table_close(table, &out, status, error);
}
