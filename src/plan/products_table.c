/* Writes the stages of product lines, with the numbers they rest on, as a table of the plan. */
#include "base/number.h"
#include "plan/products.h"

static void write_product(cpn_out *out, const cpn_plan_product *product, const cpn_plan_products *products,
                          const cpn_plan_history *history)
{
    char buffer[CPN_NUMBER_TEXT];
    size_t length;
    const bool is_known = product->stage != CPN_STAGE_UNKNOWN;
    const cpn_plan_type type = cpn_plan_stage_type(product->stage);
    if (product->key >= 0) {
        const char *label = cpn_plan_history_label(history, 0, product->key, buffer, &length);
        cpn_out_text(out, 0, label, length);
    } else {
        cpn_out_text(out, 0, product->given->key, product->given->key_length);
    }
    cpn_out_int64(out, 1, product->minor);
    cpn_plan_out_share(out, 2, product->minor > 0 ? product->minor : 0, products->total_minor);
    cpn_out_optional_int64(out, 3, product->age_months, product->age_months > 0);
    cpn_out_optional_int64(out, 4, product->growth_ppm, product->has_growth);
    cpn_out_string(out, 5, is_known ? cpn_plan_stage_names[product->stage] : NULL);
    cpn_out_string(out, 6, product->basis);
    cpn_out_string(out, 7, is_known ? cpn_plan_objective_names[cpn_plan_objective_of(type)] : NULL);
    cpn_out_string(out, 8, is_known ? cpn_plan_type_names[type] : NULL);
    cpn_out_string(out, 9, "AP2");
}

campaign_status cpn_plan_products_table(campaign_table **table, const cpn_plan_products *products,
                                        const cpn_plan_facts *facts, campaign_error *error)
{
    bool has_room;
    const campaign_status status = cpn_plan_room_for(&has_room, facts, CPN_PLAN_PRODUCTS, products->n, error);
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_PRODUCTS, facts->request);
    for (int64_t i = 0; has_room && i < products->n; i++)
        write_product(&out, &products->rows[i], products, facts->history);
    return cpn_plan_table_close(table, &out, status, error);
}
