/* The book's life: everything a condition may look at, read once. */
#include "base/memory.h"
#include "execution/risks/risk.h"

static campaign_status open_calendar(cpn_risk_book *book, const campaign_risks_inputs *inputs, campaign_error *error)
{
    book->calendar = inputs->calendar;
    if (book->calendar) return CAMPAIGN_OK;
    const campaign_status status = campaign_calendar_create(&book->own_calendar, NULL, error);
    book->calendar = book->own_calendar;
    return status;
}

campaign_status cpn_risk_book_open(cpn_risk_book *book, const cpn_playbook *playbook, const campaign_plan *plan,
                                   const campaign_risks_inputs *inputs, campaign_error *error)
{
    const campaign_table *const tables[CPN_RISK_N_SCOPES] = {
        [CPN_RISK_TASK] = inputs->tasks, [CPN_RISK_STOCK] = inputs->stock, [CPN_RISK_BUDGET] = inputs->budget
    };
    const int64_t day = INT64_C(86400000000);
    book->today = (int32_t)(book->as_of >= 0 ? book->as_of / day : -((-book->as_of + day - 1) / day));
    book->names = &playbook->names;
    campaign_status status = open_calendar(book, inputs, error);
    if (status == CAMPAIGN_OK && inputs->state) status = cpn_risk_read_state(book, playbook, inputs->state, error);
    for (int scope = CPN_RISK_TASK; scope <= CPN_RISK_BUDGET && status == CAMPAIGN_OK; scope++)
        if (tables[scope]) status = cpn_risk_read_things(book, (cpn_risk_scope)scope, tables[scope], error);
    return status == CAMPAIGN_OK ? cpn_risk_read_plan(book, playbook, plan, error) : status;
}

void cpn_risk_book_close(cpn_risk_book *book)
{
    for (int i = 0; i < CPN_RISK_N_SCOPES; i++) cpn_free(book->things[i]);
    for (int i = 0; i < 4; i++) campaign_table_free(book->owned[i]);
    cpn_free(book->rows);
    cpn_free(book->places);
    cpn_free(book->campaigns);
    cpn_free(book->plan_targets);
    cpn_free(book->has_plan_target);
    campaign_calendar_free(book->own_calendar);
    *book = (cpn_risk_book){ 0 };
}
