/* Currencies of ISO 4217 with their number of decimals: list one as published by its maintenance agency on 2026-01-01.
 * Codes for which the list gives no minor unit (metals, special drawing rights, XTS, XXX) are counted in whole units.
 * Withdrawn currencies are not here; their columns state an exponent of their own. */
#include "base/money.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"

/* Code and exponent, sorted for binary search. */
static const char currencies[][5] = {
    /* clang-format off */
    "AED2", "AFN2", "ALL2", "AMD2", "AOA2", "ARS2", "AUD2", "AWG2", "AZN2", "BAM2", "BBD2", "BDT2",
    "BHD3", "BIF0", "BMD2", "BND2", "BOB2", "BOV2", "BRL2", "BSD2", "BTN2", "BWP2", "BYN2", "BZD2",
    "CAD2", "CDF2", "CHE2", "CHF2", "CHW2", "CLF4", "CLP0", "CNY2", "COP2", "COU2", "CRC2", "CUP2",
    "CVE2", "CZK2", "DJF0", "DKK2", "DOP2", "DZD2", "EGP2", "ERN2", "ETB2", "EUR2", "FJD2", "FKP2",
    "GBP2", "GEL2", "GHS2", "GIP2", "GMD2", "GNF0", "GTQ2", "GYD2", "HKD2", "HNL2", "HTG2", "HUF2",
    "IDR2", "ILS2", "INR2", "IQD3", "IRR2", "ISK0", "JMD2", "JOD3", "JPY0", "KES2", "KGS2", "KHR2",
    "KMF0", "KPW2", "KRW0", "KWD3", "KYD2", "KZT2", "LAK2", "LBP2", "LKR2", "LRD2", "LSL2", "LYD3",
    "MAD2", "MDL2", "MGA2", "MKD2", "MMK2", "MNT2", "MOP2", "MRU2", "MUR2", "MVR2", "MWK2", "MXN2",
    "MXV2", "MYR2", "MZN2", "NAD2", "NGN2", "NIO2", "NOK2", "NPR2", "NZD2", "OMR3", "PAB2", "PEN2",
    "PGK2", "PHP2", "PKR2", "PLN2", "PYG0", "QAR2", "RON2", "RSD2", "RUB2", "RWF0", "SAR2", "SBD2",
    "SCR2", "SDG2", "SEK2", "SGD2", "SHP2", "SLE2", "SOS2", "SRD2", "SSP2", "STN2", "SVC2", "SYP2",
    "SZL2", "THB2", "TJS2", "TMT2", "TND3", "TOP2", "TRY2", "TTD2", "TWD2", "TZS2", "UAH2", "UGX0",
    "USD2", "USN2", "UYI0", "UYU2", "UYW4", "UZS2", "VED2", "VES2", "VND0", "VUV0", "WST2", "XAD2",
    "XAF0", "XAG0", "XAU0", "XBA0", "XBB0", "XBC0", "XBD0", "XCD2", "XCG2", "XDR0", "XOF0", "XPD0",
    "XPF0", "XPT0", "XSU0", "XTS0", "XUA0", "XXX0", "YER2", "ZAR2", "ZMW2", "ZWG2",
    /* clang-format on */
};

int32_t cpn_currency_exponent(const char *currency)
{
    size_t first = 0, end = sizeof currencies / sizeof currencies[0];
    if (strlen(currency) != 3) return -1;
    while (first < end) {
        const size_t middle = first + (end - first) / 2;
        const int order = memcmp(currency, currencies[middle], 3);
        if (order == 0) return currencies[middle][3] - '0';
        if (order < 0)
            end = middle;
        else
            first = middle + 1;
    }
    return -1;
}

campaign_status campaign_currency_exponent(int32_t *exponent, const char *currency, campaign_error *error)
{
    if (!exponent || !currency)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "currency", "exponent and currency are required");
    *exponent = 0;
    const int32_t found = cpn_currency_exponent(currency);
    if (found < 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "currency",
                        "\"%.*s\" is not a currency of ISO 4217, expected three capital letters such as \"CNY\"",
                        (int)cpn_utf8_valid(currency, cpn_utf8_cut(currency, strlen(currency), 20)), currency);
    *exponent = found;
    return CAMPAIGN_OK;
}
