/* The day by day curve of every campaign: the targets of its days, and its traffic in parts per million that make up
 * the whole. Traffic peaks in the days before the burst (AP11); its shape is the request's weight of a day of each kind. */
#include "plan/rooms.h"

#include "base/memory.h"

enum { WHOLE_PPM = 1000000 };

typedef struct traffic_shape {
    int32_t peak_days;
    int64_t preheat, peak, phases[CPN_PLAN_N_PHASES]; /* phases[0] is not used: preheat has two kinds of day */
} traffic_shape;

static traffic_shape read_shape(const cpn_plan_request *request)
{
    const cpn_record *record = &cpn_plan_traffic_record;
    const cpn_json_value *section = cpn_get(request->root, "campaigns");
    const cpn_json_value *traffic = section ? cpn_get(section, "traffic") : NULL;
    return (traffic_shape){
        .peak_days = (int32_t)cpn_get_int(traffic, record, "peak_days"),
        .preheat = cpn_get_int(traffic, record, "preheat"),
        .peak = cpn_get_int(traffic, record, "peak"),
        .phases = { 0, cpn_get_int(traffic, record, "burst"), cpn_get_int(traffic, record, "closing") },
    };
}

static int32_t phase_of(const cpn_plan_campaign *campaign, int32_t day)
{
    int32_t phase = 0;
    while (day >= campaign->ends[phase]) phase++;
    return phase;
}

/* Shares of the days from the first of the preheat to the last of the closing; even where no day has a weight. */
static campaign_status share_traffic(int64_t *shares, int64_t *weights, const cpn_plan_campaign *campaign,
                                     const traffic_shape *shape, campaign_error *error)
{
    const int32_t start = campaign->starts[0], n = campaign->ends[CPN_PLAN_N_PHASES - 1] - start;
    bool has_weight = false;
    for (int32_t i = 0; i < n; i++) {
        const int32_t phase = phase_of(campaign, start + i);
        const bool is_peak = start + i >= campaign->starts[1] - shape->peak_days;
        weights[i] = phase > 0 ? shape->phases[phase] : is_peak ? shape->peak : shape->preheat;
        has_weight = has_weight || weights[i] > 0;
    }
    const campaign_split_problem problem = {
        .size = (uint32_t)sizeof problem, .total_minor = WHOLE_PPM, .n_cells = n, .weights = has_weight ? weights : NULL
    };
    int64_t unallocated;
    return campaign_split(shares, &unallocated, &problem, error);
}

static void write_days(cpn_out *out, const cpn_plan_facts *facts, const cpn_plan_campaign *campaign,
                       const int64_t *shares)
{
    const cpn_plan_request *request = facts->request;
    const int32_t start = campaign->starts[0];
    for (int32_t day = start; day < campaign->ends[CPN_PLAN_N_PHASES - 1]; day++) {
        const bool counts = day >= request->start_day && day < request->end_day &&
                            facts->campaigns->owners[day - request->start_day] == campaign - facts->campaigns->rows;
        cpn_out_string(out, 0, campaign->id);
        cpn_out_int64(out, 1, day);
        cpn_out_string(out, 2, cpn_plan_phase_names[phase_of(campaign, day)]);
        cpn_out_int64(out, 3, counts ? facts->targets->day_minor[day - request->start_day] : 0);
        cpn_out_int64(out, 4, shares[day - start]);
    }
}

campaign_status cpn_plan_curve_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_plan_campaigns *campaigns = facts->campaigns;
    const traffic_shape shape = read_shape(facts->request);
    int64_t n_rows = 0, widest = 0;
    for (int64_t i = 0; i < campaigns->n; i++) {
        const int64_t n = campaigns->rows[i].ends[CPN_PLAN_N_PHASES - 1] - campaigns->rows[i].starts[0];
        n_rows += n;
        if (n > widest) widest = n;
    }
    bool has_room;
    campaign_status status = cpn_plan_room_for(&has_room, facts, CPN_PLAN_CURVE, n_rows, error);
    int64_t *shares = cpn_alloc(widest, sizeof *shares), *weights = cpn_alloc(widest, sizeof *weights);
    if (status == CAMPAIGN_OK && (!shares || !weights)) status = cpn_fail_nomem(error);
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_CURVE, facts->request);
    for (int64_t i = 0; has_room && i < campaigns->n && status == CAMPAIGN_OK; i++) {
        status = share_traffic(shares, weights, &campaigns->rows[i], &shape, error);
        if (status == CAMPAIGN_OK) write_days(&out, facts, &campaigns->rows[i], shares);
    }
    cpn_free(weights);
    cpn_free(shares);
    return cpn_plan_table_close(table, &out, status, error);
}
