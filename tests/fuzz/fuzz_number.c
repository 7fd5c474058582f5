/* Numbers and money as text: what is read prints as the same value. */
#include "fuzz.h"

#include <campaign/base.h>
#include <string.h>

#include "base/number.h"

static void check_double(const char *text, size_t length)
{
    double value = 0, again = 0;
    char printed[CPN_NUMBER_TEXT];
    if (!cpn_parse_double(&value, text, length)) return;
    const size_t n = cpn_format_double(printed, value);
    FUZZ_CHECK(n > 0 && n < CPN_NUMBER_TEXT && cpn_parse_double(&again, printed, n));
    FUZZ_CHECK(memcmp(&value, &again, sizeof value) == 0);
}

static void check_int64(const char *text, size_t length)
{
    int64_t value = 0, again = 0;
    char printed[CPN_NUMBER_TEXT];
    if (!cpn_parse_int64(&value, text, length)) return;
    const size_t n = cpn_format_int64(printed, value);
    FUZZ_CHECK(cpn_parse_int64(&again, printed, n) && again == value);
}

/* Exact money also comes back from its text; rounded money is never farther than one minor unit from the truth, so it
 * lies between what floor and ceiling give. */
static void check_money(const char *text, size_t length, int32_t exponent)
{
    int64_t exact = 0, floor = 0, ceiling = 0, again = 0;
    char printed[CAMPAIGN_MONEY_TEXT];
    const bool is_exact =
        campaign_money_parse(&exact, text, length, exponent, CAMPAIGN_ROUND_NONE, NULL) == CAMPAIGN_OK;
    if (is_exact) {
        const size_t n = campaign_money_format(printed, exact, exponent);
        FUZZ_CHECK(campaign_money_parse(&again, printed, n, exponent, CAMPAIGN_ROUND_NONE, NULL) == CAMPAIGN_OK);
        FUZZ_CHECK(again == exact);
    }
    if (campaign_money_parse(&floor, text, length, exponent, CAMPAIGN_ROUND_FLOOR, NULL) != CAMPAIGN_OK) return;
    if (campaign_money_parse(&ceiling, text, length, exponent, CAMPAIGN_ROUND_CEILING, NULL) != CAMPAIGN_OK) return;
    FUZZ_CHECK(is_exact ? floor == exact && ceiling == exact : ceiling == floor + 1);
    for (int32_t rounding = CAMPAIGN_ROUND_HALF_UP; rounding <= CAMPAIGN_ROUND_CEILING; rounding++) {
        FUZZ_CHECK(campaign_money_parse(&again, text, length, exponent, rounding, NULL) == CAMPAIGN_OK);
        FUZZ_CHECK(again == floor || again == ceiling);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    check_double(text, size);
    check_int64(text, size);
    for (int32_t exponent = 0; exponent <= 9; exponent++) check_money(text, size, exponent);
    return 0;
}
