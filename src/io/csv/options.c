/* The reader's knobs: every value is checked before a byte is read. */
#include <string.h>

#include "io/csv/read.h"

enum { WIDEST_OFFSET = 18 * 60 };

bool cpn_io_is_delimiter(int32_t delimiter)
{
    const bool is_word = (delimiter >= '0' && delimiter <= '9') || (delimiter >= 'A' && delimiter <= 'Z') ||
                         (delimiter >= 'a' && delimiter <= 'z');
    const bool is_used = delimiter == '"' || delimiter == '.' || delimiter == '-' || delimiter == '+';
    return delimiter == '\t' || (delimiter >= ' ' && delimiter <= '~' && !is_word && !is_used);
}

const campaign_csv_column *cpn_io_declared_column(const campaign_csv_options *options, int64_t index)
{
    const size_t stride = options->columns[0].size;
    return (const campaign_csv_column *)(const void *)((const char *)options->columns + (size_t)index * stride);
}

static campaign_status fail_option(campaign_error *error, const char *name, int64_t value, const char *expected)
{
    return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, name, "%s is %lld, expected %s", name, (long long)value,
                       expected);
}

static campaign_status check_numbers(const campaign_csv_options *options, campaign_error *error)
{
    if (options->encoding < CAMPAIGN_CSV_UTF8 || options->encoding > CAMPAIGN_CSV_ENCODING_AUTO)
        return fail_option(error, "encoding", options->encoding, "one of CAMPAIGN_CSV_UTF8 …");
    const bool is_free = options->delimiter == 0 || options->delimiter == CAMPAIGN_CSV_DELIMITER_AUTO;
    if (!is_free && !cpn_io_is_delimiter(options->delimiter))
        return fail_option(error, "delimiter", options->delimiter,
                           "an ASCII character that is no letter, digit, quote, dot or sign");
    if (options->on_problem != CAMPAIGN_CSV_FAIL && options->on_problem != CAMPAIGN_CSV_SKIP)
        return fail_option(error, "on_problem", options->on_problem, "CAMPAIGN_CSV_FAIL or CAMPAIGN_CSV_SKIP");
    if (options->n_lines_before_header < 0)
        return fail_option(error, "n_lines_before_header", options->n_lines_before_header, "at least 0");
    if (options->utc_offset_minutes < -WIDEST_OFFSET || options->utc_offset_minutes > WIDEST_OFFSET)
        return fail_option(error, "utc_offset_minutes", options->utc_offset_minutes, "-1080 to 1080");
    if (options->problem_limit < 0) return fail_option(error, "problem_limit", options->problem_limit, "at least 0");
    if (options->n_columns < 0 || (options->n_columns && !options->columns))
        return fail_option(error, "n_columns", options->n_columns, "the length of columns");
    if (options->n_null_texts < 0 || (options->n_null_texts && !options->null_texts))
        return fail_option(error, "n_null_texts", options->n_null_texts, "the length of null_texts");
    if (options->reserved) return fail_option(error, "reserved", options->reserved, "0");
    return CAMPAIGN_OK;
}

static campaign_status check_column(const campaign_csv_column *column, campaign_error *error)
{
    if (!column->name || !*column->name)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "columns", "a declared column has no name");
    if (column->type < 0 || column->type > CAMPAIGN_TYPE_MONEY)
        return fail_option(error, column->name, column->type, "one of CAMPAIGN_TYPE_…, or 0");
    if (column->rounding < CAMPAIGN_ROUND_NONE || column->rounding > CAMPAIGN_ROUND_CEILING)
        return fail_option(error, column->name, column->rounding, "one of CAMPAIGN_ROUND_… as rounding");
    if (column->date_order < CAMPAIGN_CSV_YMD || column->date_order > CAMPAIGN_CSV_DMY)
        return fail_option(error, column->name, column->date_order, "one of CAMPAIGN_CSV_YMD … as date_order");
    if (column->is_key && column->type != 0 && column->type != CAMPAIGN_TYPE_UTF8 &&
        column->type != CAMPAIGN_TYPE_INT64)
        return fail_option(error, column->name, column->type, "type 0, utf8 or int64 for a key");
    if (column->reserved || column->reserved_pointer)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, column->name, "reserved fields must be 0");
    return CAMPAIGN_OK;
}

campaign_status cpn_io_take_options(campaign_csv_options *ours, const campaign_csv_options *options,
                                    campaign_error *error)
{
    campaign_status status = cpn_io_take_knobs(ours, sizeof *ours, options, "options", error);
    if (status == CAMPAIGN_OK) status = check_numbers(ours, error);
    for (int64_t i = 0; status == CAMPAIGN_OK && i < ours->n_columns; i++) {
        campaign_csv_column column;
        const campaign_csv_column *given = cpn_io_declared_column(ours, i);
        status = cpn_io_take_knobs(&column, sizeof column, given, "columns", error);
        if (status == CAMPAIGN_OK && given->size != ours->columns[0].size)
            status = fail_option(error, "columns", (int64_t)given->size, "the size of the first one");
        if (status == CAMPAIGN_OK) status = check_column(&column, error);
        for (int64_t j = 0; status == CAMPAIGN_OK && j < i; j++)
            if (strcmp(cpn_io_declared_column(ours, j)->name, column.name) == 0)
                status = cpn_io_fail(error, CAMPAIGN_E_DUPLICATE, -1, "columns", "column \"%s\" is declared twice",
                                     column.name);
    }
    for (int32_t i = 0; status == CAMPAIGN_OK && i < ours->n_null_texts; i++)
        if (!ours->null_texts[i])
            status = cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "null_texts", "an entry is NULL");
    return status;
}

campaign_status cpn_io_take_terms(cpn_io_terms *terms, const campaign_csv_options *options, int64_t index,
                                  campaign_error *error)
{
    const campaign_csv_column *column = cpn_io_declared_column(options, index);
    terms->type = column->type;
    terms->rounding = column->rounding;
    terms->date_order = column->date_order;
    terms->is_key = column->is_key != 0;
    if (column->type != CAMPAIGN_TYPE_MONEY) {
        if (!column->currency[0]) return CAMPAIGN_OK;
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, column->name, "only a money column has a currency");
    }
    memcpy(terms->currency, column->currency, sizeof terms->currency);
    terms->currency[3] = '\0';
    campaign_error found;
    const campaign_status status = campaign_currency_exponent(&terms->exponent, terms->currency, &found);
    if (status != CAMPAIGN_OK)
        return cpn_io_fail(error, terms->currency[0] ? status : CAMPAIGN_E_ARGUMENT, -1, column->name,
                           "a money column needs a currency of ISO 4217, such as \"CNY\", not \"%s\"", terms->currency);
    if (column->has_exponent) terms->exponent = column->exponent;
    if (terms->exponent < 0 || terms->exponent > 9)
        return fail_option(error, column->name, terms->exponent, "an exponent of 0 to 9");
    return CAMPAIGN_OK;
}
