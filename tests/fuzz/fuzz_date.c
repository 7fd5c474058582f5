/* Dates: what is read prints as it was written. */
#include "fuzz.h"

#include <campaign/base.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int32_t day = 0;
    char text[CAMPAIGN_DATE_TEXT];
    if (campaign_date_parse(&day, (const char *)data, size, NULL) == CAMPAIGN_OK) {
        FUZZ_CHECK(size == 10 && campaign_date_format(text, day) == 10);
        FUZZ_CHECK(memcmp(text, data, 10) == 0);
    }
    return 0;
}
