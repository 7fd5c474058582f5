/* Quotas, RR2: the whole, its regions, and inside each region the customer levels and the reps. Parts always add up:
 * customers, expected deals in millionths, whole deals and minor units of sales are split by largest remainder. */
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "execution/rapid_response/rapid.h"

/* A level or a rep inside a region. */
typedef struct part {
    int32_t code; /* -1: none */
    int64_t leads, capacity, conversion_ppm, expected_micro, deals, sales_minor;
    bool has_history;
} part;

typedef struct part_list {
    part *parts;
    int64_t n, *weights, *shares; /* room for n */
    bool is_rep;
} part_list;

/* A customer's part as one number: its region, and its level or rep; none comes last. */
static int64_t key_of(const cpn_rapid_customer *customer, bool is_rep)
{
    const int32_t code = is_rep ? customer->rep : customer->level;
    return customer->region * (INT64_C(1) << 32) + (code < 0 ? INT32_MAX : code);
}

typedef struct quota_work {
    int64_t *keys, *order; /* of customers, by level or rep */
    int64_t at;
    part_list list;
} quota_work;

static campaign_status open_work(quota_work *work, const cpn_rapid *rapid, bool is_rep, campaign_error *error)
{
    const int64_t widest = 1 + (is_rep ? rapid->n_reps : rapid->levels.n);
    work->list.is_rep = is_rep;
    work->keys = cpn_alloc(rapid->n_customers, sizeof *work->keys);
    work->order = cpn_alloc(rapid->n_customers, sizeof *work->order);
    work->list.parts = cpn_alloc_zero(widest, sizeof *work->list.parts);
    work->list.weights = cpn_alloc(widest, sizeof *work->list.weights);
    work->list.shares = cpn_alloc(widest, sizeof *work->list.shares);
    if (!work->keys || !work->order || !work->list.parts || !work->list.weights || !work->list.shares)
        return cpn_fail_nomem(error);
    for (int64_t i = 0; i < rapid->n_customers; i++) work->keys[i] = key_of(&rapid->customers[i], is_rep);
    return cpn_order_int64(work->order, work->keys, rapid->n_customers) ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static void close_work(quota_work *work)
{
    cpn_free(work->keys);
    cpn_free(work->order);
    cpn_free(work->list.parts);
    cpn_free(work->list.weights);
    cpn_free(work->list.shares);
}

/* ---- Who has a part ---------------------------------------------------------------------------------------------- */

static void count_listed(quota_work *work, const cpn_rapid *rapid, int32_t region)
{
    part_list *list = &work->list;
    list->n = 0;
    for (; work->at < rapid->n_customers && work->keys[work->order[work->at]] >> 32 == region; work->at++) {
        const int64_t code = work->keys[work->order[work->at]] & UINT32_MAX;
        const int32_t own = code == INT32_MAX ? -1 : (int32_t)code;
        if (list->n == 0 || list->parts[list->n - 1].code != own) list->parts[list->n++] = (part){ .code = own };
        list->parts[list->n - 1].leads++;
    }
}

/* Without a list the reps of a region share it, and those of every region one that has none of its own. */
static void count_reps(part_list *list, const cpn_rapid *rapid, int32_t region)
{
    list->n = 0;
    for (int32_t own = 1; own >= 0 && list->n == 0; own--)
        for (int32_t rep = 0; rep < rapid->n_reps; rep++) {
            const bool is_all = rapid->regions[region].is_rest;
            if (is_all || rapid->reps[rep].region == (own ? region : CPN_RAPID_EVERYWHERE))
                list->parts[list->n++] = (part){ .code = rep };
        }
}

/* ---- What each part has ------------------------------------------------------------------------------------------ */

static void know_part(part *one, const cpn_rapid *rapid, const cpn_rapid_region *region, bool is_rep)
{
    static const cpn_rapid_sums nothing = { 0 };
    const cpn_rapid_sums *history = one->code < 0 ? &nothing
                                    : is_rep      ? &rapid->reps[one->code].history
                                                  : &rapid->level_history[one->code];
    one->has_history = cpn_rapid_conversion(&one->conversion_ppm, history);
    if (!one->has_history) one->conversion_ppm = region->conversion_ppm;
    one->capacity = is_rep && one->code >= 0 ? cpn_rapid_window_capacity(rapid, &rapid->reps[one->code]) : 0;
}

/* Work that a part can take on times what it converts. */
static int64_t weight_of(const part *one, const part_list *list, bool is_listed)
{
    int64_t weight, work = one->leads;
    if (list->is_rep && (!is_listed || one->capacity < work)) work = one->capacity;
    return cpn_mul64(&weight, work, one->conversion_ppm) ? weight : INT64_MAX / CPN_RAPID_MILLION;
}

/* Weights, or customers where all weights are 0. */
static void use_leads(part_list *list)
{
    bool has_weight = false;
    for (int64_t i = 0; i < list->n; i++) has_weight = has_weight || list->weights[i] > 0;
    for (int64_t i = 0; i < list->n && !has_weight; i++) list->weights[i] = list->parts[i].leads;
}

static campaign_status share(part_list *list, const cpn_rapid_region *region, bool is_listed, campaign_error *error)
{
    for (int64_t i = 0; i < list->n; i++)
        list->weights[i] = is_listed ? list->parts[i].leads : weight_of(&list->parts[i], list, is_listed);
    campaign_status status = cpn_rapid_split(list->shares, region->leads, list->weights, list->n, error);
    for (int64_t i = 0; i < list->n && status == CAMPAIGN_OK; i++) list->parts[i].leads = list->shares[i];
    for (int64_t i = 0; i < list->n; i++) list->weights[i] = weight_of(&list->parts[i], list, is_listed);
    use_leads(list);
    if (status == CAMPAIGN_OK)
        status = cpn_rapid_split(list->shares, region->expected_micro, list->weights, list->n, error);
    for (int64_t i = 0; i < list->n && status == CAMPAIGN_OK; i++) list->parts[i].expected_micro = list->shares[i];
    if (status == CAMPAIGN_OK) status = cpn_rapid_split(list->shares, region->deals, list->weights, list->n, error);
    for (int64_t i = 0; i < list->n && status == CAMPAIGN_OK; i++) list->parts[i].deals = list->shares[i];
    if (status == CAMPAIGN_OK)
        status = cpn_rapid_split(list->shares, region->sales_minor, list->weights, list->n, error);
    for (int64_t i = 0; i < list->n && status == CAMPAIGN_OK; i++) list->parts[i].sales_minor = list->shares[i];
    return status;
}

/* ---- Out --------------------------------------------------------------------------------------------------------- */

enum {
    DIMENSION,
    REGION,
    LEVEL,
    REP,
    LEADS,
    CAPACITY,
    HISTORY,
    EXPECTED,
    DEALS_EXPECTED,
    DEALS,
    SALES,
    TEXT,
    N_COLUMNS
};

static const cpn_column_schema schema[N_COLUMNS] = {
    { "dimension", CAMPAIGN_TYPE_UTF8, "total, region, level or rep.", "维度：合计、区域、客户级别、业务员。" },
    { "region", CAMPAIGN_TYPE_UTF8, "Region; null for the total.", "区域，合计为空。" },
    { "level", CAMPAIGN_TYPE_UTF8, "Customer level, or class.", "客户级别或类别。" },
    { "rep", CAMPAIGN_TYPE_UTF8, "Rep.", "业务员。" },
    { "leads", CAMPAIGN_TYPE_INT64, "Target customers.", "目标客户数。" },
    { "capacity", CAMPAIGN_TYPE_INT64, "Customers that can be contacted within the window.", "时限内可触达客户数。" },
    { "history_conversion_ppm", CAMPAIGN_TYPE_INT64, "What similar campaigns converted.",
      "同类活动成交率（百万分比）。" },
    { "expected_conversion_ppm", CAMPAIGN_TYPE_INT64, "Part that is to order.", "目标成交率（百万分比）。" },
    { "expected_deals", CAMPAIGN_TYPE_FLOAT64, "Deals as expected value.", "期望成交数。" },
    { "deals", CAMPAIGN_TYPE_INT64, "Whole deals.", "成交任务（整数）。" },
    { "sales_task", CAMPAIGN_TYPE_MONEY, "Sales to reach.", "销售任务。" },
    { "text", CAMPAIGN_TYPE_UTF8, "Where it comes from.", "说明。" },
};

typedef struct quota_line {
    const char *dimension;
    int64_t leads, capacity, conversion_ppm, expected_micro, deals, sales_minor;
    const cpn_rapid_sums *history;
    const char *en, *zh;
    bool has_capacity;
} quota_line;

static void write_line(cpn_out *out, const cpn_rapid *rapid, const quota_line *line)
{
    int64_t history = 0, conversion = line->conversion_ppm;
    char leads[CPN_NUMBER_TEXT], percent[CPN_NUMBER_TEXT], expected[CPN_NUMBER_TEXT], deals[CPN_NUMBER_TEXT];
    char past[CPN_NUMBER_TEXT] = "-", sentence[CPN_RAPID_SENTENCE];
    const bool has_history = line->history && cpn_rapid_conversion(&history, line->history);
    if (line->leads > 0) (void)cpn_mul_div64(&conversion, line->expected_micro, 1, line->leads, CAMPAIGN_ROUND_HALF_UP);
    cpn_out_string(out, DIMENSION, line->dimension);
    cpn_out_int64(out, LEADS, line->leads);
    cpn_out_optional_int64(out, CAPACITY, line->capacity, line->has_capacity);
    cpn_out_optional_int64(out, HISTORY, history, has_history);
    cpn_out_int64(out, EXPECTED, conversion);
    cpn_out_float64(out, DEALS_EXPECTED, (double)line->expected_micro / CPN_RAPID_MILLION);
    cpn_out_int64(out, DEALS, line->deals);
    cpn_out_optional_int64(out, SALES, line->sales_minor, rapid->has_sales);
    (void)cpn_format_int64(leads, line->leads);
    (void)cpn_format_int64(deals, line->deals);
    cpn_rapid_percent_text(percent, conversion);
    cpn_rapid_micro_text(expected, line->expected_micro);
    if (has_history) cpn_rapid_percent_text(past, history);
    cpn_rapid_say(sentence, rapid->request.is_chinese ? line->zh : line->en,
                  (const char *const[CPN_RAPID_WORDS]){ leads, percent, expected, deals, past });
    cpn_out_string(out, TEXT, sentence);
}

static void write_total(cpn_out *out, const cpn_rapid *rapid)
{
    quota_line line = { .dimension = "total",
                        .leads = rapid->leads,
                        .expected_micro = rapid->expected_micro,
                        .deals = rapid->deals,
                        .sales_minor = rapid->sales_minor,
                        .history = &rapid->history };
    line.en = "{0} customers at {1}: {2} deals as expected value, {3} as whole deals.";
    line.zh = "{0} 位客户，成交率 {1}：期望成交 {2} 单，整数任务 {3} 单。";
    line.has_capacity = rapid->n_reps > 0;
    for (int64_t i = 0; i < rapid->n_reps; i++) line.capacity += cpn_rapid_window_capacity(rapid, &rapid->reps[i]);
    for (int32_t i = REGION; i <= REP; i++) cpn_out_null(out, i);
    write_line(out, rapid, &line);
}

static void write_region(cpn_out *out, const cpn_rapid *rapid, int32_t index)
{
    const cpn_rapid_region *region = &rapid->regions[index];
    quota_line line = { .dimension = "region",
                        .leads = region->leads,
                        .conversion_ppm = region->conversion_ppm,
                        .expected_micro = region->expected_micro,
                        .deals = region->deals,
                        .sales_minor = region->sales_minor,
                        .history = &region->history };
    line.capacity = region->capacity;
    line.has_capacity = rapid->n_reps > 0;
    line.en = "{0} customers at {1}: {2} expected, {3} by largest remainder.";
    line.zh = "{0} 位客户，成交率 {1}：期望 {2} 单，按最大余数取 {3} 单。";
    cpn_rapid_out_region(out, REGION, rapid, index);
    cpn_out_null(out, LEVEL);
    cpn_out_null(out, REP);
    write_line(out, rapid, &line);
}

static void write_part(cpn_out *out, const cpn_rapid *rapid, const part *one, int32_t region, bool is_rep)
{
    const cpn_rapid_sums *history = NULL;
    quota_line line = { .leads = one->leads,
                        .capacity = one->capacity,
                        .conversion_ppm = one->conversion_ppm,
                        .expected_micro = one->expected_micro,
                        .deals = one->deals,
                        .sales_minor = one->sales_minor };
    if (one->code >= 0) history = is_rep ? &rapid->reps[one->code].history : &rapid->level_history[one->code];
    line.history = history;
    line.dimension = is_rep ? "rep" : "level";
    line.has_capacity = is_rep && one->code >= 0;
    line.en = one->has_history ? "A share by what it can work on and its past conversion {4}: {2} expected, {3} whole."
                               : "A share by what it can work on at the region's conversion: {2} expected, {3} whole.";
    line.zh = one->has_history ? "按可承担客户与历史成交率 {4} 分摊：期望 {2} 单，整数 {3} 单。"
                               : "按可承担客户与区域成交率分摊：期望 {2} 单，整数 {3} 单。";
    cpn_rapid_out_region(out, REGION, rapid, region);
    cpn_rapid_out_name(out, LEVEL,
                       is_rep || one->code < 0 ? (cpn_rapid_name){ NULL, 0 } : rapid->levels.names[one->code]);
    cpn_rapid_out_rep(out, REP, rapid, is_rep ? one->code : -1);
    write_line(out, rapid, &line);
}

static campaign_status write_parts(cpn_out *out, const cpn_rapid *rapid, quota_work *work, int32_t region,
                                   campaign_error *error)
{
    part_list *list = &work->list;
    count_listed(work, rapid, region);
    const bool is_listed = list->n > 0;
    if (!is_listed && list->is_rep) count_reps(list, rapid, region);
    for (int64_t i = 0; i < list->n; i++) know_part(&list->parts[i], rapid, &rapid->regions[region], list->is_rep);
    const campaign_status status = share(list, &rapid->regions[region], is_listed, error);
    for (int64_t i = 0; i < list->n && status == CAMPAIGN_OK; i++)
        write_part(out, rapid, &list->parts[i], region, list->is_rep);
    return status;
}

campaign_status cpn_rapid_write_quotas(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    quota_work levels = { .at = 0 }, reps = { .at = 0 };
    cpn_column_schema columns[N_COLUMNS];
    cpn_out out;
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = schema[i];
    columns[REP].type = cpn_rapid_key_type(&rapid->rep_keys);
    campaign_status status = open_work(&levels, rapid, false, error);
    if (status == CAMPAIGN_OK) status = open_work(&reps, rapid, true, error);
    cpn_out_open(&out, columns, N_COLUMNS, rapid->request.currency, rapid->request.exponent);
    if (status == CAMPAIGN_OK) write_total(&out, rapid);
    for (int32_t region = 0; region < rapid->n_regions && status == CAMPAIGN_OK; region++) {
        write_region(&out, rapid, region);
        status = write_parts(&out, rapid, &levels, region, error);
        if (status == CAMPAIGN_OK) status = write_parts(&out, rapid, &reps, region, error);
    }
    close_work(&levels);
    close_work(&reps);
    return cpn_rapid_out_close(table, &out, status, error);
}
