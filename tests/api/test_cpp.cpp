// The headers serve C++17: constants, initialisers and calls link and run.
#include <campaign/campaign.h>
#include <cstdio>
#include <cstring>

int main()
{
    campaign_error error{};
    campaign_calendar *calendar = nullptr;
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    if (campaign_calendar_create(&calendar, &options, &error) != CAMPAIGN_OK) return 1;
    int32_t day = 0;
    if (campaign_date_parse(&day, "2026-10-01", 10, &error) != CAMPAIGN_OK) return 2;
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    if (campaign_calendar_day(&info, calendar, day, &error) != CAMPAIGN_OK) return 3;
    if (info.kind != CAMPAIGN_DAY_STATUTORY || std::strcmp(info.name, "国庆节") != 0) return 4;
    campaign_calendar_free(calendar);
    std::printf("ok\n");
    return 0;
}
