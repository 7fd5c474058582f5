/* Types of campaigns: which kind of activity a campaign is and what it is to reach.
 * Rules of the handbook in this order: the request's own word; the season (peak AP11, off AP12); the stage of the products
 * that sell most (AP2); the node (AP13). */
#include "plan/products.h"

const char *const cpn_plan_type_names[CPN_PLAN_N_TYPES + 1] = { "burst",      "node",        "promotion_pull",
                                                                "experience", "acquisition", "care",
                                                                NULL };
const char *const cpn_plan_objective_names[CPN_PLAN_N_OBJECTIVES] = {
    "burst_conversion",     "node_sales", "defend_share_and_profit", "penetration_and_word_of_mouth", "repeat_purchase",
    "low_cost_acquisition", "retention"
};

cpn_plan_objective cpn_plan_objective_of(cpn_plan_type type)
{
    switch (type) {
    case CPN_TYPE_BURST: return CPN_OBJECTIVE_BURST_CONVERSION;
    case CPN_TYPE_NODE: return CPN_OBJECTIVE_NODE_SALES;
    case CPN_TYPE_PROMOTION_PULL: return CPN_OBJECTIVE_DEFEND;
    case CPN_TYPE_EXPERIENCE: return CPN_OBJECTIVE_PENETRATION;
    case CPN_TYPE_ACQUISITION: return CPN_OBJECTIVE_ACQUISITION;
    case CPN_TYPE_CARE: return CPN_OBJECTIVE_RETENTION;
    }
    return CPN_OBJECTIVE_NODE_SALES;
}

cpn_plan_type cpn_plan_stage_type(cpn_plan_stage stage)
{
    switch (stage) {
    case CPN_STAGE_NEW:
    case CPN_STAGE_GROWTH: return CPN_TYPE_EXPERIENCE;
    case CPN_STAGE_MATURE:
    case CPN_STAGE_DECLINE: return CPN_TYPE_PROMOTION_PULL;
    case CPN_STAGE_UNKNOWN: break;
    }
    return CPN_TYPE_NODE;
}

static cpn_plan_type choose(const cpn_plan_campaign *campaign, const cpn_json_value *given, cpn_plan_type usual)
{
    const cpn_json_value *own = given ? cpn_json_member(given, campaign->node) : NULL;
    if (own && own->kind != CPN_JSON_NULL) return (cpn_plan_type)cpn_value_enum(own, cpn_plan_type_names);
    switch ((cpn_plan_season)campaign->season) {
    case CPN_SEASON_PEAK: return CPN_TYPE_BURST;
    case CPN_SEASON_OFF: return CPN_TYPE_CARE;
    case CPN_SEASON_SHOULDER: break;
    }
    return usual;
}

void cpn_plan_types_set(cpn_plan_campaigns *campaigns, const cpn_plan_request *request, cpn_plan_type usual)
{
    const cpn_json_value *section = cpn_get(request->root, "campaigns");
    const cpn_json_value *given = section ? cpn_get(section, "types") : NULL;
    for (int64_t i = 0; i < campaigns->n; i++) {
        const cpn_plan_type type = choose(&campaigns->rows[i], given, usual);
        campaigns->rows[i].type = (int32_t)type;
        campaigns->rows[i].objective = (int32_t)cpn_plan_objective_of(type);
    }
}
