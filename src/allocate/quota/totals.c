/* Totals of one dimension from their table, matched by key with the cells. */
#include <stdio.h>
#include <string.h>

#include "allocate/quota/quota.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"

#define AMOUNT (CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY) | CPN_ANY_INT)

typedef struct totals_reader {
    cpn_quota_problem *problem;
    int32_t dimension;
    const char *table;
    char where_key[96], where_total[96];
    campaign_column key, total;
    cpn_keys keys;
    double *reals;  /* where they are wanted in place of integers */
    int32_t *found; /* number of a key of the cells by that of the table; -1 = none */
} totals_reader;

static int compare_keys(const totals_reader *reader, int64_t ours, int64_t theirs)
{
    const cpn_quota_dimension *at = &reader->problem->dimensions[reader->dimension];
    if (at->keys.type == CAMPAIGN_TYPE_INT64) {
        const int64_t a = at->keys.integers[ours], b = reader->keys.integers[theirs];
        return (a > b) - (a < b);
    }
    size_t a_length, b_length;
    const char *a = cpn_cell_text(&at->column, at->keys.first_rows[ours], &a_length);
    const char *b = cpn_cell_text(&reader->key, reader->keys.first_rows[theirs], &b_length);
    const size_t shared = a_length < b_length ? a_length : b_length;
    const int order = shared > 0 ? memcmp(a, b, shared) : 0;
    return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

/* Both lists of keys are in order: one walk finds the pairs. */
static bool match_keys(totals_reader *reader)
{
    const int64_t n_ours = reader->problem->dimensions[reader->dimension].keys.n_keys;
    reader->found = cpn_alloc(reader->keys.n_keys, sizeof *reader->found);
    if (!reader->found) return false;
    for (int64_t theirs = 0, ours = 0; theirs < reader->keys.n_keys; theirs++) {
        while (ours < n_ours && compare_keys(reader, ours, theirs) < 0) ours++;
        reader->found[theirs] = ours < n_ours && compare_keys(reader, ours, theirs) == 0 ? (int32_t)ours : -1;
    }
    return true;
}

/* A total in major units. */
static campaign_status take_real(double *real, const totals_reader *reader, int64_t row, campaign_error *error)
{
    if (reader->total.type != CAMPAIGN_TYPE_FLOAT64) {
        int64_t total;
        const campaign_status status = cpn_quota_amount(&total, &reader->total, row, reader->where_total, error);
        if (status == CAMPAIGN_OK) *real = (double)total / (double)cpn_power_of_ten(reader->problem->exponent);
        return status;
    }
    if (cpn_is_null(&reader->total, row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, reader->where_total, "total is null");
    *real = ((const double *)reader->total.values)[row];
    if (*real >= 0 && *real < 1e15) return CAMPAIGN_OK;
    char text[CPN_NUMBER_TEXT];
    (void)cpn_format_double(text, *real);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, reader->where_total, "total is %s, expected 0 to below 1e15",
                        text);
}

static campaign_status take_row(int64_t *totals, bool *is_given, const totals_reader *reader, int64_t row,
                                campaign_error *error)
{
    char key[CPN_QUOTA_KEY_TEXT];
    int64_t total = 0;
    double real = 0;
    if (reader->keys.codes[row] < 0)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, reader->where_key, "the key %s is null", reader->key.name);
    campaign_status status = reader->reals ? take_real(&real, reader, row, error)
                                           : cpn_quota_amount(&total, &reader->total, row, reader->where_total, error);
    if (status != CAMPAIGN_OK) return status;
    const int32_t code = reader->found[reader->keys.codes[row]];
    (void)cpn_format_cell(key, sizeof key, &reader->key, row);
    if (code < 0)
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, reader->where_key, "\"%s\" has a total, but no cell", key);
    if (is_given[code])
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, reader->where_key, "\"%s\" has two totals", key);
    is_given[code] = true;
    if (reader->reals)
        reader->reals[code] = real;
    else
        totals[code] = total;
    return CAMPAIGN_OK;
}

static campaign_status take_rows(int64_t *totals, totals_reader *reader, campaign_error *error)
{
    const cpn_quota_dimension *at = &reader->problem->dimensions[reader->dimension];
    bool *is_given = cpn_alloc_zero(at->keys.n_keys, sizeof *is_given);
    campaign_status status = is_given && match_keys(reader) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t row = 0; row < reader->keys.n_rows && status == CAMPAIGN_OK; row++)
        status = take_row(totals, is_given, reader, row, error);
    for (int32_t code = 0; code < at->keys.n_keys && status == CAMPAIGN_OK; code++)
        if (!is_given[code]) {
            char key[CPN_QUOTA_KEY_TEXT];
            cpn_quota_key_text(key, reader->problem, reader->dimension, code);
            status = cpn_fail_row(error, CAMPAIGN_E_MISSING, at->keys.first_rows[code], reader->where_total,
                                  "\"%s\" has cells, but no total", key);
        }
    cpn_free(is_given);
    return status;
}

static campaign_status read_table(int64_t *totals, const totals_reader *wanted, const campaign_table *table,
                                  const campaign_runtime *runtime, campaign_error *error)
{
    totals_reader reader = *wanted;
    cpn_quota_problem *problem = reader.problem;
    const int32_t dimension = reader.dimension;
    const uint32_t totals_types = AMOUNT | (reader.reals ? CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) : 0);
    reader.table = dimension ? "columns" : "rows";
    const cpn_quota_dimension *at = &problem->dimensions[dimension];
    const uint32_t types =
        at->keys.type == CAMPAIGN_TYPE_INT64 ? (uint32_t)CPN_ANY_INT : CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8);
    (void)snprintf(reader.where_key, sizeof reader.where_key, "%s.%.80s", reader.table, at->column.name);
    (void)snprintf(reader.where_total, sizeof reader.where_total, "%s.total", reader.table);
    campaign_status status =
        cpn_need_column(&reader.key, table, reader.table, at->column.name, at->column.name, types, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&reader.total, table, reader.table, NULL, "total", totals_types, error);
    if (status == CAMPAIGN_OK) status = cpn_quota_take_unit(problem, &reader.total, reader.where_total, error);
    if (status == CAMPAIGN_OK) status = cpn_keys_create(&reader.keys, &reader.key, runtime, error);
    if (status == CAMPAIGN_OK) status = take_rows(totals, &reader, error);
    problem->has_real_totals = problem->has_real_totals || reader.total.type == CAMPAIGN_TYPE_FLOAT64;
    cpn_keys_free(&reader.keys);
    cpn_free(reader.found);
    return status;
}

campaign_status cpn_quota_read_totals(int64_t *totals, cpn_quota_problem *problem, int32_t dimension,
                                      const campaign_table *table, const campaign_runtime *runtime,
                                      campaign_error *error)
{
    const totals_reader reader = { .problem = problem, .dimension = dimension };
    return read_table(totals, &reader, table, runtime, error);
}

campaign_status cpn_quota_read_reals(double *totals, cpn_quota_problem *problem, int32_t dimension,
                                     const campaign_table *table, const campaign_runtime *runtime,
                                     campaign_error *error)
{
    const totals_reader reader = { .problem = problem, .dimension = dimension, .reals = totals };
    return read_table(NULL, &reader, table, runtime, error);
}
