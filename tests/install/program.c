/* The smallest program that uses the installed library: it must be built by what pkg-config says, and by nothing less. */
#include <campaign/base.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    campaign_error error = { 0 };
    int32_t day = 0;
    char text[CAMPAIGN_DATE_TEXT];
    if (campaign_version() != CAMPAIGN_VERSION_NUMBER) return 1;
    if (campaign_date_parse(&day, "2027-02-06", 10, &error) != CAMPAIGN_OK) return 2;
    if (campaign_date_format(text, day) != 10 || strcmp(text, "2027-02-06") != 0) return 3;
    if (campaign_date_parse(&day, "2027-02-30", 10, &error) != CAMPAIGN_E_VALUE) return 4;
    printf("%s %s\n", text, campaign_status_name(error.code));
    return 0;
}
