/* Node documents and their rule language: what is accepted is listed, and writes a catalogue that reads back the same. */
#include "fuzz.h"

#include <campaign/calendar.h>
#include <string.h>

static campaign_status make(campaign_calendar **calendar, const char *json, size_t length, campaign_error *error)
{
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.n_nodes = 1;
    options.nodes = &json;
    options.node_lengths = &length;
    return campaign_calendar_create(calendar, &options, error);
}

static void check_listing(const campaign_calendar *calendar)
{
    enum { FIRST = 20819, DAYS = 365 }; /* 2027 */
    campaign_table *nodes = NULL;
    campaign_error error = { 0 };
    if (campaign_calendar_nodes(&nodes, calendar, FIRST, FIRST + DAYS, NULL, &error) == CAMPAIGN_OK)
        FUZZ_CHECK(campaign_table_n_rows(nodes) > 0);
    else
        FUZZ_CHECK(nodes == NULL && error.message[0] != '\0');
    campaign_table_free(nodes);
}

static void check_writing(const campaign_calendar *calendar)
{
    campaign_calendar *again = NULL;
    char *first = NULL, *second = NULL;
    size_t first_length = 0, second_length = 0;
    FUZZ_CHECK(campaign_calendar_write_nodes(&first, &first_length, calendar, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(make(&again, first, first_length, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_calendar_write_nodes(&second, &second_length, again, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(first_length == second_length && memcmp(first, second, first_length) == 0);
    campaign_calendar_free(again);
    campaign_text_free(first);
    campaign_text_free(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    campaign_calendar *calendar = NULL;
    campaign_error error = { 0 };
    if (make(&calendar, (const char *)data, size, &error) == CAMPAIGN_OK) {
        check_listing(calendar);
        check_writing(calendar);
    } else {
        FUZZ_CHECK(calendar == NULL && error.code < 0 && error.message[0] != '\0');
    }
    campaign_calendar_free(calendar);
    return 0;
}
