/* The calendar: building one with overlay and nodes, and every table and text it gives. */
#include "oom.h"

#include <campaign/calendar.h>

static const char overlay[] =
    "{\"year\":2027,\"days\":[{\"name\":\"春节\",\"date\":\"2027-02-06\",\"isOffDay\":true}]}";
static const char nodes[] = "{\"schema\":\"campaign/nodes/1\",\"nodes\":[{\"id\":\"anniversary\",\"name\":\"店庆\","
                            "\"rule\":\"fixed 09-12\",\"tier\":\"big\"},{\"id\":\"echo\",\"name\":\"返场\","
                            "\"rule\":\"rel anniversary +3\"}]}";
enum { FIRST = 20819, END = 20819 + 60 }; /* the first 60 days of 2027 */

static campaign_status create(campaign_calendar **calendar, campaign_error *error)
{
    static const char *const overlays[] = { overlay };
    static const char *const catalogues[] = { nodes };
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.n_overlays = 1;
    options.overlays = overlays;
    options.n_nodes = 1;
    options.nodes = catalogues;
    *calendar = NULL;
    const campaign_status status = campaign_calendar_create(calendar, &options, error);
    expect_empty(status, *calendar, "calendar");
    return status;
}

static campaign_status list_days(campaign_error *error)
{
    campaign_calendar *calendar = NULL;
    campaign_table *table = NULL;
    campaign_status status = create(&calendar, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_calendar_days(&table, calendar, FIRST, END, error);
        expect_empty(status, table, "days");
    }
    campaign_table_free(table);
    campaign_calendar_free(calendar);
    return status;
}

static campaign_status list_nodes(campaign_error *error)
{
    campaign_calendar *calendar = NULL;
    campaign_table *table = NULL;
    campaign_status status = create(&calendar, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_calendar_nodes(&table, calendar, FIRST, END, NULL, error);
        expect_empty(status, table, "nodes");
    }
    campaign_table_free(table);
    campaign_calendar_free(calendar);
    return status;
}

static campaign_status list_periods(campaign_error *error)
{
    campaign_calendar *calendar = NULL;
    campaign_table *table = NULL;
    campaign_period_options options = CAMPAIGN_PERIOD_OPTIONS_INIT;
    options.kind = CAMPAIGN_PERIOD_ISO_WEEK;
    campaign_status status = create(&calendar, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_calendar_periods(&table, calendar, FIRST, END, &options, error);
        expect_empty(status, table, "periods");
    }
    campaign_table_free(table);
    campaign_calendar_free(calendar);
    return status;
}

static campaign_status write_nodes(campaign_error *error)
{
    campaign_calendar *calendar = NULL;
    char *json = NULL;
    campaign_status status = create(&calendar, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_calendar_write_nodes(&json, NULL, calendar, error);
        expect_empty(status, json, "catalogue");
    }
    campaign_text_free(json);
    campaign_calendar_free(calendar);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "list_days", list_days },
    { "list_nodes", list_nodes },
    { "list_periods", list_periods },
    { "write_nodes", write_nodes },
    { NULL, NULL },
};
