/* The matrix of customers and campaigns (AP4): how much of each segment a campaign reaches, what part of those is to buy,
 * and the benefit that speaks to them. Where customers are counted, how many that makes. */
#include "plan/customers.h"

#include <string.h>

#include "base/checked.h"
#include "base/memory.h"

enum { WHOLE_PPM = 1000000, PERCENT = WHOLE_PPM / 100 };

const char *const cpn_plan_customer_kinds[CPN_N_CUSTOMER_KINDS + 1] = { "high_value", "regular", "new", "dormant",
                                                                        NULL };

typedef struct kind_words {
    const char *name_en, *name_zh, *benefit, *benefit_en, *benefit_zh;
    int64_t reach, conversion; /* percent; the handbook gives none, these are ours */
} kind_words;

static const kind_words words[CPN_N_CUSTOMER_KINDS] = {
    { "High-value customers", "高价值客户", "exclusive_benefits", "Exclusive benefits and first access",
      "专属权益、优先购", 100, 30 },
    { "Regular customers", "普通客户", "upgrade", "A step up in membership", "会员升级礼遇", 60, 12 },
    { "New customers", "新客户", "second_order", "A coupon for the second order", "二次购买优惠券", 80, 15 },
    { "Dormant customers", "沉睡客户", "wake_up", "A wake-up coupon", "唤醒优惠券", 30, 5 },
};

typedef struct segment {
    const char *id, *name, *benefit;
    cpn_customer_kind kind;
    bool has_customers;
    int64_t customers, reach_ppm, conversion_ppm;
} segment;

static segment usual_segment(cpn_customer_kind kind, bool is_chinese)
{
    return (segment){ .id = cpn_plan_customer_kinds[kind],
                      .name = is_chinese ? words[kind].name_zh : words[kind].name_en,
                      .benefit = is_chinese ? words[kind].benefit_zh : words[kind].benefit_en,
                      .kind = kind,
                      .reach_ppm = words[kind].reach * PERCENT,
                      .conversion_ppm = words[kind].conversion * PERCENT };
}

static campaign_status read_segment(segment *row, const cpn_json_value *item, bool is_chinese, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_customers_record;
    *row = usual_segment((cpn_customer_kind)cpn_get_enum(item, record, "kind"), is_chinese);
    row->id = cpn_get_text(item, record, "id");
    row->name = cpn_get(item, "name") ? cpn_get_text(item, record, "name") : row->id;
    if (cpn_get(item, "benefit")) row->benefit = cpn_get_text(item, record, "benefit");
    row->has_customers = cpn_get(item, "customers") != NULL;
    if (row->has_customers) row->customers = cpn_get_int(item, record, "customers");
    campaign_status status = CAMPAIGN_OK;
    if (cpn_get(item, "reach")) status = cpn_get_ppm(&row->reach_ppm, item, record, "reach", error);
    if (status == CAMPAIGN_OK && cpn_get(item, "conversion"))
        status = cpn_get_ppm(&row->conversion_ppm, item, record, "conversion", error);
    return status;
}

/* The request's own segments, or the four kinds with what the orders count. */
static campaign_status list_segments(segment **segments, int64_t *n, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_json_value *list = cpn_get(facts->request->root, "customers");
    int64_t counts[CPN_N_CUSTOMER_KINDS];
    bool is_counted = false;
    campaign_status status = list ? CAMPAIGN_OK : cpn_plan_customers_count(counts, &is_counted, facts, error);
    if (status != CAMPAIGN_OK) return status;
    *n = list ? list->n_children : CPN_N_CUSTOMER_KINDS;
    *segments = cpn_alloc(*n, sizeof **segments);
    if (!*segments) return cpn_fail_nomem(error);
    for (int32_t kind = 0; !list && kind < CPN_N_CUSTOMER_KINDS; kind++) {
        (*segments)[kind] = usual_segment((cpn_customer_kind)kind, facts->request->is_chinese);
        (*segments)[kind].has_customers = is_counted;
        (*segments)[kind].customers = is_counted ? counts[kind] : 0;
    }
    for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        status = read_segment(&(*segments)[item->index], item, facts->request->is_chinese, error);
        for (int64_t i = 0; i < item->index && status == CAMPAIGN_OK; i++)
            if (strcmp((*segments)[i].id, (*segments)[item->index].id) == 0)
                status =
                    cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, item, "segment \"%s\" stands twice", (*segments)[i].id);
    }
    return status;
}

/* Care is for those who have gone quiet, acquisition for those who are new: such campaigns reach all of them. */
static int64_t reach_of(const segment *row, int32_t type)
{
    const bool is_its_own = (type == CPN_TYPE_CARE && row->kind == CPN_CUSTOMERS_DORMANT) ||
                            (type == CPN_TYPE_ACQUISITION && row->kind == CPN_CUSTOMERS_NEW);
    return is_its_own ? WHOLE_PPM : row->reach_ppm;
}

static void write_cell(cpn_out *out, const cpn_plan_campaign *campaign, const segment *row)
{
    const int64_t reach_ppm = reach_of(row, campaign->type);
    int64_t reached = 0, buyers = 0; /* parts of customers, so they fit */
    (void)cpn_mul_div64(&reached, row->customers, reach_ppm, WHOLE_PPM, CAMPAIGN_ROUND_HALF_EVEN);
    (void)cpn_mul_div64(&buyers, reached, row->conversion_ppm, WHOLE_PPM, CAMPAIGN_ROUND_HALF_EVEN);
    const int64_t numbers[] = { row->customers, reach_ppm, reached, row->conversion_ppm, buyers };
    const bool is_count[] = { true, false, true, false, true };
    cpn_out_string(out, 0, campaign->id);
    cpn_out_string(out, 1, row->id);
    cpn_out_string(out, 2, row->name);
    for (int32_t i = 0; i < 5; i++)
        if (is_count[i] && !row->has_customers)
            cpn_out_null(out, 3 + i);
        else
            cpn_out_int64(out, 3 + i, numbers[i]);
    cpn_out_string(out, 8, words[row->kind].benefit);
    cpn_out_string(out, 9, row->benefit);
    cpn_out_string(out, 10, "AP4");
}

campaign_status cpn_plan_matrix_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error)
{
    segment *segments = NULL;
    int64_t n = 0;
    bool has_room = false;
    campaign_status status = list_segments(&segments, &n, facts, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_room_for(&has_room, facts, CPN_PLAN_MATRIX, facts->campaigns->n * n, error);
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_MATRIX, facts->request);
    for (int64_t i = 0; has_room && i < facts->campaigns->n; i++)
        for (int64_t j = 0; j < n; j++) write_cell(&out, &facts->campaigns->rows[i], &segments[j]);
    cpn_free(segments);
    return cpn_plan_table_close(table, &out, status, error);
}
