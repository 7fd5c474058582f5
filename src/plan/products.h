/* Inside of the planner: stages of product lines. */
#ifndef CPN_PLAN_PRODUCTS_H
#define CPN_PLAN_PRODUCTS_H

#include "plan/rooms.h"

/* The order of the request's words. */
typedef enum cpn_plan_stage {
    CPN_STAGE_NEW,
    CPN_STAGE_GROWTH,
    CPN_STAGE_MATURE,
    CPN_STAGE_DECLINE,
    CPN_STAGE_UNKNOWN
} cpn_plan_stage;
enum { CPN_PLAN_N_STAGES = CPN_STAGE_UNKNOWN };

typedef struct cpn_plan_product {
    int64_t key;                 /* of the history's product lines; -1: never sold */
    const cpn_json_value *given; /* the request's word for it, or NULL */
    int64_t minor;               /* net sales of the latest year */
    int32_t age_months;          /* since its first sale in the history; 0: never sold */
    bool has_growth;
    int64_t growth_ppm;
    cpn_plan_stage stage;
    const char *basis; /* given, age, year_on_year, half_year_share or unknown */
} cpn_plan_product;

typedef struct cpn_plan_products {
    cpn_plan_product *rows;
    int64_t n;
    int64_t total_minor; /* of lines with positive sales */
} cpn_plan_products;

campaign_status cpn_plan_products_judge(cpn_plan_products *products, const cpn_plan_facts *facts,
                                        campaign_error *error);
void cpn_plan_products_free(cpn_plan_products *products);

/* NEW where lines that are new or grow sell more than mature and declining ones, or are more where none sold anything,
 * else MATURE; UNKNOWN where no stage is known. */
cpn_plan_stage cpn_plan_products_dominant(const cpn_plan_products *products);

/* AP2: what kind of campaign a stage asks for. */
cpn_plan_type cpn_plan_stage_type(cpn_plan_stage stage);

campaign_status cpn_plan_products_table(campaign_table **table, const cpn_plan_products *products,
                                        const cpn_plan_facts *facts, campaign_error *error);

#endif
