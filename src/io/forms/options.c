/* The caller's wishes about forms, checked once: language, unit of money, currency of what is still empty. */
#include <string.h>

#include "io/forms/form.h"

enum { FIRST_DAY = -719162, LAST_DAY = 2932896, MOST_EMPTY_ROWS = 100000, MOST_OWNERS = 10000 };

campaign_status cpn_form_take_language(bool *is_chinese, const char *language, campaign_error *error)
{
    *is_chinese = language && strcmp(language, "zh") == 0;
    if (!language || *is_chinese || strcmp(language, "en") == 0) return CAMPAIGN_OK;
    return cpn_io_fail(error, CAMPAIGN_E_UNKNOWN, -1, "language", "language is \"%s\", expected \"en\" or \"zh\"",
                       language);
}

campaign_status cpn_form_exponent(int32_t *exponent, const char *currency, campaign_error *error)
{
    return campaign_currency_exponent(exponent, currency, error);
}

static campaign_status check_ranges(const campaign_form_options *options, campaign_error *error)
{
    if (options->money_unit != CAMPAIGN_FORM_MONEY_MAJOR && options->money_unit != CAMPAIGN_FORM_MONEY_TEN_THOUSAND)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "money_unit",
                           "money_unit is %ld, expected one of CAMPAIGN_FORM_MONEY_…", (long)options->money_unit);
    if (options->n_owners < 0 || options->n_owners > MOST_OWNERS || (options->n_owners && !options->owners))
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "owners", "n_owners is %ld, expected 0 to %d, with owners",
                           (long)options->n_owners, MOST_OWNERS);
    if (options->n_empty_rows < 0 || options->n_empty_rows > MOST_EMPTY_ROWS)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "n_empty_rows", "n_empty_rows is %ld, expected 0 to %d",
                           (long)options->n_empty_rows, MOST_EMPTY_ROWS);
    if (options->has_created_day && (options->created_day < FIRST_DAY || options->created_day > LAST_DAY))
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "created_day", "created_day is %ld, outside years 1 to 9999",
                           (long)options->created_day);
    return CAMPAIGN_OK;
}

static campaign_status check_owners(const campaign_form_options *options, campaign_error *error)
{
    for (int32_t i = 0; i < options->n_owners; i++) {
        const char *owner = options->owners[i];
        if (!owner || !*owner || cpn_io_utf8_valid(owner, strlen(owner)) != strlen(owner))
            return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, i, "owners", "owner %ld is no name in UTF-8", (long)i);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_form_take_options(cpn_form_style *style, const campaign_form_options *options,
                                      campaign_error *error)
{
    campaign_form_options *ours = &style->options;
    campaign_status status = cpn_io_take_knobs(ours, sizeof *ours, options, "options", error);
    if (status == CAMPAIGN_OK) status = check_ranges(ours, error);
    if (status == CAMPAIGN_OK) status = check_owners(ours, error);
    if (status == CAMPAIGN_OK) status = cpn_form_take_language(&style->is_chinese, ours->language, error);
    if (status != CAMPAIGN_OK) return status;
    int32_t exponent;
    style->in_ten_thousands = ours->money_unit == CAMPAIGN_FORM_MONEY_TEN_THOUSAND;
    style->currency = ours->currency ? ours->currency : "CNY";
    return cpn_form_exponent(&exponent, style->currency, error);
}
