/* Calendar overlays: an accepted one gives every day a kind, and counting agrees with looking. */
#include "fuzz.h"

#include <campaign/calendar.h>

static void check_days(const campaign_calendar *calendar, int32_t first, int32_t end)
{
    int64_t n_working = 0, n_seen = 0;
    FUZZ_CHECK(campaign_calendar_count_working_days(&n_working, calendar, first, end, NULL) == CAMPAIGN_OK);
    for (int32_t day = first; day < end; day++) {
        campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
        FUZZ_CHECK(campaign_calendar_day(&info, calendar, day, NULL) == CAMPAIGN_OK);
        FUZZ_CHECK(info.kind >= CAMPAIGN_DAY_WORKING && info.kind <= CAMPAIGN_DAY_STATUTORY);
        FUZZ_CHECK(info.is_working == (info.kind == CAMPAIGN_DAY_WORKING) && info.name && info.name_en);
        FUZZ_CHECK(info.is_working ? info.run_start == day && info.run_end == day
                                   : info.run_start <= day && info.run_end > day);
        n_seen += info.is_working;
    }
    FUZZ_CHECK(n_seen == n_working);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { FIRST = 20790, DAYS = 100 }; /* from 2026-12-03 */
    const char *const overlays[] = { (const char *)data };
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    options.n_overlays = 1;
    options.overlays = overlays;
    options.overlay_lengths = &size;
    campaign_calendar *calendar = NULL;
    campaign_error error = { 0 };
    if (campaign_calendar_create(&calendar, &options, &error) == CAMPAIGN_OK)
        check_days(calendar, FIRST, FIRST + DAYS);
    else
        FUZZ_CHECK(calendar == NULL && error.code < 0 && error.message[0] != '\0');
    campaign_calendar_free(calendar);
    return 0;
}
