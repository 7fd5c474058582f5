/* Calendars: building from documents, and every table. */
#include "oom.h"

#include <campaign/calendar.h>

static const char *const overlays[] = {
    "{\"year\": 2027, \"days\": [{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}]}",
    "{\"schema\": \"campaign/calendar_overlay/1\", \"weekend\": [\"sun\"], \"years\": [2028],"
    " \"days\": [{\"date\": \"2028-03-01\", \"kind\": \"swapped\", \"name\": \"店休\"}]}",
};
static const char *const nodes[] = {
    "{\"schema\": \"campaign/nodes/1\", \"nodes\": [{\"id\": \"店庆\", \"name\": \"店庆\", \"rule\": \"rel d618 3\"},"
    " {\"id\": \"d618\", \"windows\": [{\"date\": \"2027-06-17\"}, {\"date\": \"2028-06-19\"}]}]}",
};
static const char *const circle[] = {
    "{\"schema\": \"campaign/nodes/1\", \"nodes\": [{\"id\": \"cny\", \"rule\": \"rel nianhuo 14\"}]}",
};
static const char *const unknown[] = {
    "{\"schema\": \"campaign/nodes/1\", \"nodes\": [{\"id\": \"cny\", \"rule\": \"rel d619 14\"}]}",
};

static campaign_status create(campaign_calendar **calendar, const char *const *node_documents, campaign_error *error)
{
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.overlays = overlays;
    options.n_overlays = 2;
    options.nodes = node_documents;
    options.n_nodes = 1;
    const campaign_status status = campaign_calendar_create(calendar, &options, error);
    expect_empty(status, *calendar, "calendar");
    return status;
}

static campaign_status list_days(campaign_error *error)
{
    campaign_calendar *calendar = NULL;
    campaign_table *days = NULL;
    campaign_status status = create(&calendar, nodes, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_calendar_days(&days, calendar, 20000, 20040, error);
        expect_empty(status, days, "days");
    }
    campaign_table_free(days);
    campaign_calendar_free(calendar);
    return status;
}

static campaign_status list_nodes(campaign_error *error)
{
    campaign_calendar *calendar = NULL;
    campaign_table *table = NULL;
    campaign_status status = create(&calendar, nodes, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_calendar_nodes(&table, calendar, 20000, 21000, NULL, error);
        expect_empty(status, table, "nodes");
    }
    campaign_table_free(table);
    campaign_calendar_free(calendar);
    return status;
}

static campaign_status list_periods(campaign_error *error)
{
    campaign_table *periods = NULL;
    campaign_period_options options = CAMPAIGN_PERIOD_OPTIONS_INIT;
    options.kind = CAMPAIGN_PERIOD_ISO_WEEK;
    const campaign_status status = campaign_calendar_periods(&periods, NULL, 20000, 20400, &options, error);
    expect_empty(status, periods, "periods");
    campaign_table_free(periods);
    return status;
}

static campaign_status write_catalogue(campaign_error *error)
{
    campaign_calendar *calendar = NULL;
    char *json = NULL;
    campaign_status status = create(&calendar, nodes, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_calendar_write_nodes(&json, NULL, calendar, error);
        expect_empty(status, json, "json");
    }
    campaign_text_free(json);
    campaign_calendar_free(calendar);
    return status;
}

/* A refusal needs memory for its words; without it the refusal is that there is none. */
static campaign_status refuse(const char *const *documents, campaign_status expected, campaign_error *error)
{
    campaign_calendar *calendar = NULL;
    const campaign_status status = create(&calendar, documents, error);
    campaign_calendar_free(calendar);
    oom_expect(status == expected || status == CAMPAIGN_E_NOMEM, "a bad document is neither refused nor too much");
    return status == expected ? CAMPAIGN_OK : status;
}

static campaign_status refuse_circle(campaign_error *error)
{
    return refuse(circle, CAMPAIGN_E_INFEASIBLE, error);
}

static campaign_status refuse_unknown(campaign_error *error)
{
    return refuse(unknown, CAMPAIGN_E_UNKNOWN, error);
}

const oom_scenario oom_scenarios[] = {
    { "list_days", list_days },
    { "list_nodes", list_nodes },
    { "list_periods", list_periods },
    { "write_catalogue", write_catalogue },
    { "refuse_circle", refuse_circle },
    { "refuse_unknown", refuse_unknown },
    { NULL, NULL },
};
