/* Runs the rooms one after the other, and keeps each table within what a plan holds. */
#include "plan/budget/curves.h"
#include "plan/products.h"
#include "plan/tasks/templates.h"

campaign_status cpn_plan_room_for(bool *has_room, const cpn_plan_facts *facts, cpn_plan_table_id id, int64_t n,
                                  campaign_error *error)
{
    *has_room = n <= CPN_PLAN_MAX_ROWS;
    if (*has_room) return CAMPAIGN_OK;
    return cpn_plan_note_add(facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_TABLE_LEFT_OUT, .n = n },
                             cpn_plan_table_names[id], NULL, error);
}

/* Sums beyond 64 bits leave a table out, not the whole plan: targets are known without it. */
static campaign_status forgive(campaign_status status, const campaign_error *inner, const cpn_plan_facts *facts,
                               cpn_plan_table_id id, campaign_error *error)
{
    if (status == CAMPAIGN_E_OVERFLOW)
        return cpn_plan_note_add(facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_TABLE_TOO_LARGE },
                                 cpn_plan_table_names[id], NULL, error);
    if (status != CAMPAIGN_OK && error) *error = *inner;
    return status;
}

typedef campaign_status (*make_table)(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error);

static campaign_status try_table(campaign_table **tables, cpn_plan_table_id id, make_table make,
                                 const cpn_plan_facts *facts, campaign_error *error)
{
    campaign_error inner;
    cpn_out out;
    campaign_status status = make(&tables[id], facts, &inner);
    if (status == CAMPAIGN_OK) return CAMPAIGN_OK;
    status = forgive(status, &inner, facts, id, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_plan_table_open(&out, id, facts->request);
    return cpn_out_close(&tables[id], &out, error);
}

static campaign_status judge_products(cpn_plan_products *products, const cpn_plan_facts *facts, campaign_error *error)
{
    campaign_error inner;
    const campaign_status status = cpn_plan_products_judge(products, facts, &inner);
    return status == CAMPAIGN_OK ? CAMPAIGN_OK : forgive(status, &inner, facts, CPN_PLAN_PRODUCTS, error);
}

/* A campaign belongs to the season in which its burst is to sell most. */
static campaign_status set_seasons(const cpn_plan_facts *facts, campaign_error *error)
{
    cpn_plan_seasons seasons;
    const campaign_status status = cpn_plan_seasons_find(&seasons, facts->request, facts->targets, error);
    for (int64_t i = 0; i < facts->campaigns->n && status == CAMPAIGN_OK; i++) {
        cpn_plan_campaign *row = &facts->campaigns->rows[i];
        row->season = (int32_t)cpn_plan_season_of_days(&seasons, facts->request, facts->targets, row->starts[1],
                                                       row->ends[1], row->day);
    }
    return status;
}

static campaign_status make_budget(campaign_table **tables, const cpn_plan_facts *facts, campaign_error *error)
{
    cpn_budget budget = { 0 };
    cpn_budget_curves curves;
    campaign_status status = cpn_budget_curves_read(&curves, facts, error);
    if (status == CAMPAIGN_OK) status = cpn_budget_make(&budget, &curves, facts, error);
    if (status == CAMPAIGN_OK) status = cpn_budget_table(&tables[CPN_PLAN_BUDGET], &budget, facts, error);
    if (status == CAMPAIGN_OK)
        status = cpn_budget_items_table(&tables[CPN_PLAN_BUDGET_ITEMS], &budget, &curves, facts, error);
    cpn_budget_free(&budget);
    cpn_budget_curves_free(&curves);
    return status;
}

campaign_status cpn_plan_rooms_make(campaign_table **tables, const cpn_plan_facts *facts, campaign_error *error)
{
    static const struct {
        cpn_plan_table_id id;
        make_table make;
    } rooms[] = { { CPN_PLAN_MARKETS, cpn_plan_markets_table }, { CPN_PLAN_DEADLINES, cpn_plan_deadlines_table },
                  { CPN_PLAN_CURVE, cpn_plan_curve_table },     { CPN_PLAN_STOCK, cpn_plan_stock_table },
                  { CPN_PLAN_ACTIONS, cpn_plan_actions_table }, { CPN_PLAN_MECHANISMS, cpn_plan_mechanisms_table },
                  { CPN_PLAN_MATRIX, cpn_plan_matrix_table } };
    cpn_plan_products products;
    campaign_status status = set_seasons(facts, error);
    if (status == CAMPAIGN_OK) status = judge_products(&products, facts, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_plan_types_set(facts->campaigns, facts->request, cpn_plan_stage_type(cpn_plan_products_dominant(&products)));
    status = cpn_plan_products_table(&tables[CPN_PLAN_PRODUCTS], &products, facts, error);
    cpn_plan_products_free(&products);
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms && status == CAMPAIGN_OK; i++)
        status = try_table(tables, rooms[i].id, rooms[i].make, facts, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_tasks_table(&tables[CPN_PLAN_TASKS], tables[CPN_PLAN_DEADLINES], facts, error);
    return status == CAMPAIGN_OK ? make_budget(tables, facts, error) : status;
}
