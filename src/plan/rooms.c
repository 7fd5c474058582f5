/* Runs the rooms one after the other, and keeps each table within what a plan holds. */
#include "plan/rooms.h"

campaign_status cpn_plan_room_for(bool *has_room, const cpn_plan_facts *facts, cpn_plan_table_id id, int64_t n,
                                  campaign_error *error)
{
    *has_room = n <= CPN_PLAN_MAX_ROWS;
    if (*has_room) return CAMPAIGN_OK;
    return cpn_plan_note_add(facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_TABLE_LEFT_OUT, .n = n },
                             cpn_plan_table_names[id], NULL, error);
}

campaign_status cpn_plan_rooms_make(campaign_table **tables, const cpn_plan_facts *facts, campaign_error *error)
{
    campaign_status status = cpn_plan_deadlines_table(&tables[CPN_PLAN_DEADLINES], facts, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_curve_table(&tables[CPN_PLAN_CURVE], facts, error);
    return status;
}
