/* Columns that become money, because the caller says what their numbers count. Exact, or rounded as told and counted. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/money.h"
#include "base/text.h"
#include "table/store.h"
#include "table/table.h"

enum { SHOWN = 40 }; /* bytes of a refused text in a message */

typedef struct money_job {
    campaign_money_options options;
    const campaign_column *from;
    campaign_column to;
    int64_t n_rounded;
} money_job;

/* Turns one cell, which is not null, into minor units. */
typedef campaign_status (*convert_cell)(int64_t *minor, money_job *job, int64_t row, campaign_error *error);

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

static campaign_status convert_text(int64_t *minor, money_job *job, int64_t row, campaign_error *error)
{
    size_t length;
    const char *text = cpn_cell_text(job->from, row, &length);
    const int32_t exponent = job->to.exponent, rounding = job->options.rounding;
    campaign_status status = campaign_money_parse(minor, text, length, exponent, CAMPAIGN_ROUND_NONE, NULL);
    if (status == CAMPAIGN_E_VALUE && rounding != CAMPAIGN_ROUND_NONE) {
        status = campaign_money_parse(minor, text, length, exponent, rounding, NULL);
        job->n_rounded++;
    }
    if (status == CAMPAIGN_OK) return status;
    const int shown = (int)cpn_utf8_cut(text, length, SHOWN);
    const char *name = job->from->name;
    if (status == CAMPAIGN_E_VALUE)
        return cpn_fail_row(error, status, row, name, "\"%.*s\" has more decimals than the %ld of %s", shown, text,
                            (long)exponent, job->to.currency);
    if (status == CAMPAIGN_E_OVERFLOW)
        return cpn_fail_row(error, status, row, name, "\"%.*s\" does not fit money", shown, text);
    return cpn_fail_row(error, status, row, name, "\"%.*s\" is not a decimal number", shown, text);
}

static campaign_status convert_whole(int64_t *minor, money_job *job, int64_t row, campaign_error *error)
{
    const int64_t value = cpn_cell_int64(job->from, row);
    const bool is_major = job->options.unit == CAMPAIGN_UNIT_MAJOR;
    if (cpn_mul64(minor, value, is_major ? cpn_power_of_ten(job->to.exponent) : 1)) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, job->from->name, "%lld with %ld decimals does not fit money",
                        (long long)value, (long)job->to.exponent);
}

static campaign_status convert_float(int64_t *minor, money_job *job, int64_t row, campaign_error *error)
{
    const double value = ((const double *)job->from->values)[row];
    const int32_t decimals = job->options.unit == CAMPAIGN_UNIT_MAJOR ? job->to.exponent : 0;
    bool is_rounded = false;
    if (cpn_money_from_double(minor, value, decimals, job->options.rounding, &is_rounded)) {
        job->n_rounded += is_rounded;
        return CAMPAIGN_OK;
    }
    const bool is_number = value - value == 0; /* neither infinite nor not a number */
    return cpn_fail_row(error, is_number ? CAMPAIGN_E_OVERFLOW : CAMPAIGN_E_VALUE, row, job->from->name,
                        is_number ? "the number does not fit money" : "the cell holds no finite number");
}

static campaign_status convert_money(int64_t *minor, money_job *job, int64_t row, campaign_error *error)
{
    const int64_t value = cpn_cell_int64(job->from, row);
    const int32_t from = job->from->exponent, to = job->to.exponent;
    bool is_rounded = false;
    if (cpn_money_rescale(minor, value, from, to, job->options.rounding, &is_rounded)) {
        job->n_rounded += is_rounded;
        return CAMPAIGN_OK;
    }
    char text[CAMPAIGN_MONEY_TEXT];
    (void)campaign_money_format(text, value, from);
    const bool is_inexact = cpn_money_rescale(minor, value, from, to, CAMPAIGN_ROUND_DOWN, &is_rounded);
    if (is_inexact && job->options.rounding == CAMPAIGN_ROUND_NONE)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, job->from->name, "%s has more decimals than the %ld of %s",
                            text, (long)to, job->to.currency);
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, job->from->name, "%s with %ld decimals does not fit money",
                        text, (long)to);
}

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

static campaign_status check_options(const campaign_money_options *options, campaign_error *error)
{
    if (options->unit < CAMPAIGN_UNIT_NONE || options->unit > CAMPAIGN_UNIT_MINOR)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.unit", "%ld is not a unit, see CAMPAIGN_UNIT_…",
                        (long)options->unit);
    if (!cpn_is_rounding(options->rounding))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.rounding", "%ld is not a rounding, see CAMPAIGN_ROUND_…",
                        (long)options->rounding);
    if (options->has_exponent && (options->exponent < 0 || options->exponent > 9))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.exponent", "%ld is not within 0 to 9",
                        (long)options->exponent);
    return CAMPAIGN_OK;
}

/* Whether the caller has said all that a column of this type needs. */
static campaign_status check_source(const money_job *job, campaign_error *error)
{
    const campaign_column *from = job->from;
    const bool is_whole = from->type == CAMPAIGN_TYPE_INT32 || from->type == CAMPAIGN_TYPE_INT64;
    const bool is_float = from->type == CAMPAIGN_TYPE_FLOAT64;
    if (from->type == CAMPAIGN_TYPE_UTF8) return CAMPAIGN_OK;
    if (from->type == CAMPAIGN_TYPE_MONEY) {
        if (strcmp(from->currency, "XXX") == 0 || strcmp(from->currency, job->to.currency) == 0) return CAMPAIGN_OK;
        return cpn_fail(error, CAMPAIGN_E_COLUMN, from->name, "column \"%s\" is money in %s and cannot become %s",
                        from->name, from->currency, job->to.currency);
    }
    if (!is_whole && !is_float)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, from->name, "column \"%s\" is %s and cannot become money", from->name,
                        cpn_type_name(from->type));
    if (job->options.unit == CAMPAIGN_UNIT_NONE)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, from->name,
                        "column \"%s\" is %s: say its amount_unit, major (yuan) or minor (fen)", from->name,
                        cpn_type_name(from->type));
    if (is_float && job->options.rounding == CAMPAIGN_ROUND_NONE)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, from->name, "column \"%s\" is float64: say how it is rounded",
                        from->name);
    return CAMPAIGN_OK;
}

static convert_cell choose_conversion(int32_t type)
{
    switch (type) {
    case CAMPAIGN_TYPE_UTF8: return convert_text;
    case CAMPAIGN_TYPE_FLOAT64: return convert_float;
    case CAMPAIGN_TYPE_MONEY: return convert_money;
    default: return convert_whole;
    }
}

/* Minor units and validity of all rows, in a store of their own. */
static campaign_status convert_column(money_job *job, cpn_store *store, campaign_error *error)
{
    const campaign_column *from = job->from;
    int64_t *minor = cpn_store_alloc_zero(store, from->n_rows, sizeof *minor);
    uint8_t *bits = from->validity ? cpn_store_alloc(store, cpn_bit_bytes(from->n_rows), 1) : NULL;
    job->to.name = cpn_store_text(store, from->name);
    if (!minor || !job->to.name || (from->validity && !bits)) return cpn_fail_nomem(error);
    if (bits) cpn_copy_bits(bits, from->validity, from->bit_offset, from->n_rows);
    const convert_cell convert = choose_conversion(from->type);
    for (int64_t row = 0; row < from->n_rows; row++) {
        if (cpn_is_null(from, row)) continue;
        const campaign_status status = convert(&minor[row], job, row, error);
        if (status != CAMPAIGN_OK) return status;
    }
    job->to.n_rows = from->n_rows;
    job->to.n_nulls = from->n_nulls;
    job->to.values = minor;
    job->to.validity = bits;
    return CAMPAIGN_OK;
}

/* The table with one column in place of another; takes over the store. */
static campaign_status replace_column(campaign_table **table, const campaign_table *whole, int32_t index,
                                      const campaign_column *view, cpn_store *store, campaign_error *error)
{
    campaign_status status = campaign_table_slice(table, whole, 0, whole->n_rows, error);
    if (status != CAMPAIGN_OK) {
        cpn_store_drop(store);
        return status;
    }
    cpn_store_drop((*table)->columns[index].store);
    (*table)->columns[index] = (cpn_stored_column){ *view, store };
    return status;
}

/* Where the column is. */
static campaign_status find_column(int32_t *index, const campaign_table *table, const char *name, campaign_error *error)
{
    campaign_column column;
    *index = campaign_table_find(table, name);
    if (*index >= 0) return CAMPAIGN_OK;
    const uint32_t types = CPN_ANY_INT | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8) |
                           CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY);
    return cpn_need_column(&column, table, "table", name, name, types, error);
}

campaign_status campaign_table_to_money(campaign_table **money, int64_t *n_rounded, const campaign_table *table,
                                        const char *column, const campaign_money_options *options,
                                        campaign_error *error)
{
    if (money) *money = NULL;
    if (n_rounded) *n_rounded = 0;
    if (!money || !table || !column || !options)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "money, table, column and options are required");
    money_job job = { .to = cpn_blank_column() };
    int32_t index = -1;
    campaign_status status = cpn_check_knobs(options, sizeof *options, sizeof *options, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(&job.options, sizeof job.options, options);
    status = check_options(&job.options, error);
    if (status == CAMPAIGN_OK) status = find_column(&index, table, column, error);
    if (status != CAMPAIGN_OK) return status;
    job.from = &table->columns[index].view;
    job.to.type = CAMPAIGN_TYPE_MONEY;
    job.to.name = job.from->name;
    status = cpn_set_money(&job.to, job.options.currency, job.options.has_exponent ? job.options.exponent : -1, error);
    if (status == CAMPAIGN_OK) status = check_source(&job, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_store *store = cpn_store_create();
    if (!store) return cpn_fail_nomem(error);
    status = convert_column(&job, store, error);
    if (status != CAMPAIGN_OK) {
        cpn_store_drop(store);
        return status;
    }
    status = replace_column(money, table, index, &job.to, store, error);
    if (status == CAMPAIGN_OK && n_rounded) *n_rounded = job.n_rounded;
    return status;
}
