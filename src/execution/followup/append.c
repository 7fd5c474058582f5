/* Rows added to a table of follow-ups: nothing that stands there may change, and what comes must be followable. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "execution/followup/words.h"

/* The two tables, and the ids of both in one list: source 0 what stands, source 1 what comes. */
typedef struct append_job {
    const campaign_table *old, *rows;
    campaign_column record[2], corrects[2], customer[2];
    cpn_follow_keys ids, customers;
    int64_t *places; /* of each id: row of the old table, or n_old + row of the new; -1 = none yet */
    uint8_t *is_corrected;
    int64_t n_old, n_new;
} append_job;

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* A column without any value may have any type: nothing tells which. */
static bool has_values(const campaign_column *column)
{
    return column->n_nulls < column->n_rows;
}

static campaign_status same_column(const campaign_column *old, const campaign_table *rows, campaign_error *error)
{
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    const int32_t index = campaign_table_find(rows, old->name);
    if (index < 0) return CAMPAIGN_OK; /* nulls; those that are needed are looked for by find_columns */
    const campaign_status status = campaign_table_column(&column, rows, index, error);
    if (status != CAMPAIGN_OK || !has_values(&column)) return status;
    if (column.type != old->type)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, "rows", "column \"%s\" is %s, and %s in the table so far", old->name,
                        cpn_type_name(column.type), cpn_type_name(old->type));
    if (strcmp(column.currency, old->currency) != 0 || column.exponent != old->exponent)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, "rows", "column \"%s\" is in %s, and in %s in the table so far",
                        old->name, column.currency, old->currency);
    return CAMPAIGN_OK;
}

static campaign_status check_columns(const append_job *job, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < campaign_table_n_columns(job->old) && status == CAMPAIGN_OK; i++) {
        campaign_column old = CAMPAIGN_COLUMN_INIT;
        status = campaign_table_column(&old, job->old, i, error);
        if (status == CAMPAIGN_OK) status = same_column(&old, job->rows, error);
    }
    for (int32_t i = 0; i < campaign_table_n_columns(job->rows) && status == CAMPAIGN_OK; i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        status = campaign_table_column(&column, job->rows, i, error);
        if (status == CAMPAIGN_OK && has_values(&column) && campaign_table_find(job->old, column.name) < 0)
            status =
                cpn_fail(error, CAMPAIGN_E_COLUMN, "rows", "column \"%s\" is not in the table so far", column.name);
    }
    return status;
}

static campaign_status no_nulls(const campaign_column *column, campaign_error *error)
{
    for (int64_t row = 0; row < column->n_rows; row++)
        if (cpn_follow_is_blank(column, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, column->name, "%s is empty", column->name);
    return CAMPAIGN_OK;
}

static campaign_status find_corrects(append_job *job, int source, const campaign_table *table, const char *name,
                                     campaign_error *error)
{
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    const int32_t index = campaign_table_find(table, "corrects");
    if (source == 1 && job->old && index >= 0 && campaign_table_column(&column, table, index, NULL) == CAMPAIGN_OK &&
        !has_values(&column))
        return CAMPAIGN_OK;
    return cpn_find_column(&job->corrects[source], table, name, NULL, "corrects", CPN_ANY_INT, error);
}

static campaign_status find_columns(append_job *job, campaign_error *error)
{
    const campaign_table *const tables[] = { job->old, job->rows };
    static const char *const names[] = { "followups", "rows" };
    campaign_column time = { .type = 0 }, rep = { .type = 0 };
    campaign_status status = CAMPAIGN_OK;
    for (int i = 0; i < 2 && status == CAMPAIGN_OK; i++) {
        if (!tables[i]) continue;
        status = cpn_need_column(&job->record[i], tables[i], names[i], NULL, "record", CPN_ANY_INT, error);
        if (status == CAMPAIGN_OK) status = find_corrects(job, i, tables[i], names[i], error);
        if (status == CAMPAIGN_OK)
            status = cpn_need_column(&job->customer[i], tables[i], names[i], NULL, "customer", CPN_ANY_KEY, error);
        if (status == CAMPAIGN_OK)
            status = cpn_need_column(&time, tables[i], names[i], NULL, "time", CPN_ANY_DAY, error);
        if (status == CAMPAIGN_OK) status = cpn_need_column(&rep, tables[i], names[i], NULL, "rep", CPN_ANY_KEY, error);
    }
    const campaign_column *const needed[] = { &job->record[1], &job->customer[1], &time, &rep };
    for (int i = 0; i < 4 && status == CAMPAIGN_OK; i++) status = no_nulls(needed[i], error);
    return status;
}

/* ---- Ids --------------------------------------------------------------------------------------------------------- */

static campaign_status number_ids(append_job *job, const campaign_runtime *runtime, campaign_error *error)
{
    static const char *const names[] = { "followups.record", "rows.record", "" };
    static const char *const customer_names[] = { "followups.customer", "rows.customer", "" };
    campaign_column ids[CPN_FOLLOW_SOURCES] = { job->record[0], job->record[1], { .type = 0 } };
    campaign_column customers[CPN_FOLLOW_SOURCES] = { job->customer[0], job->customer[1], { .type = 0 } };
    campaign_status status = cpn_follow_keys_create(&job->ids, ids, names, runtime, error);
    if (status == CAMPAIGN_OK)
        status = cpn_follow_keys_create(&job->customers, customers, customer_names, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    job->places = cpn_alloc(job->ids.n, sizeof *job->places);
    job->is_corrected = cpn_alloc_zero(job->ids.n, 1);
    if (!job->places || !job->is_corrected) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < job->ids.n; i++) job->places[i] = -1;
    return CAMPAIGN_OK;
}

/* Every new row has an id of its own. Ids that stand twice in the old table are its own affair. */
static campaign_status place_ids(append_job *job, campaign_error *error)
{
    for (int64_t row = 0; row < job->n_old; row++) {
        const int32_t id = cpn_follow_key(&job->ids, 0, row);
        if (id >= 0 && job->places[id] < 0) job->places[id] = row;
    }
    for (int64_t row = 0; row < job->n_new; row++) {
        int64_t *place = &job->places[cpn_follow_key(&job->ids, 1, row)];
        if (*place >= 0)
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "rows.record",
                                "record %lld is there already, in row %lld %s",
                                (long long)cpn_cell_int64(&job->record[1], row),
                                (long long)(*place < job->n_old ? *place : *place - job->n_old),
                                *place < job->n_old ? "of the table so far" : "of the new ones");
        *place = job->n_old + row;
    }
    return CAMPAIGN_OK;
}

/* Number of the id that a row corrects: -1 for none, -2 for one that is not there. */
static int64_t target_of(const append_job *job, int source, int64_t row)
{
    const campaign_column *corrects = &job->corrects[source];
    if (!corrects->type || cpn_is_null(corrects, row)) return -1;
    const int64_t id = cpn_cell_int64(corrects, row);
    int64_t low = 0, high = job->ids.n;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const cpn_named_keys *keys = &job->ids.sources[job->ids.source[middle]];
        const int64_t value = cpn_cell_int64(&keys->column, keys->keys.first_rows[job->ids.number[middle]]);
        if (value == id) return middle;
        if (value < id)
            low = middle + 1;
        else
            high = middle;
    }
    return -2;
}

static int32_t customer_at(const append_job *job, int64_t place)
{
    return place < job->n_old ? cpn_follow_key(&job->customers, 0, place)
                              : cpn_follow_key(&job->customers, 1, place - job->n_old);
}

static campaign_status check_correction(append_job *job, int64_t row, campaign_error *error)
{
    const int64_t target = target_of(job, 1, row);
    if (target == -1) return CAMPAIGN_OK;
    const long long id = (long long)cpn_cell_int64(&job->corrects[1], row);
    if (target == -2)
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "rows.corrects", "there is no record %lld", id);
    if (job->places[target] == job->n_old + row)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "rows.corrects", "record %lld corrects itself", id);
    if (customer_at(job, job->places[target]) != cpn_follow_key(&job->customers, 1, row))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "rows.corrects", "record %lld is of another customer", id);
    if (job->is_corrected[target])
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "rows.corrects",
                            "record %lld is corrected already; correct its correction", id);
    job->is_corrected[target] = 1;
    return CAMPAIGN_OK;
}

/* New rows may correct each other only forward: from each, the way back must end. */
static campaign_status check_circles(const append_job *job, campaign_error *error)
{
    int64_t *marks = cpn_alloc_zero(job->n_new, sizeof *marks);
    campaign_status status = marks ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t start = 0; start < job->n_new && status == CAMPAIGN_OK; start++) {
        int64_t at = start;
        while (at >= 0 && marks[at] == 0) {
            marks[at] = start + 1;
            const int64_t target = target_of(job, 1, at);
            const int64_t place = target < 0 ? -1 : job->places[target];
            at = place >= job->n_old ? place - job->n_old : -1;
        }
        if (at >= 0 && marks[at] == start + 1)
            status = cpn_fail_row(error, CAMPAIGN_E_VALUE, at, "rows.corrects",
                                  "record %lld corrects itself by way of others",
                                  (long long)cpn_cell_int64(&job->record[1], at));
    }
    cpn_free(marks);
    return status;
}

static campaign_status check_rows(append_job *job, const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = number_ids(job, runtime, error);
    if (status == CAMPAIGN_OK) status = place_ids(job, error);
    for (int64_t row = 0; row < job->n_old && status == CAMPAIGN_OK; row++) {
        const int64_t target = target_of(job, 0, row);
        if (target >= 0) job->is_corrected[target] = 1;
    }
    for (int64_t row = 0; row < job->n_new && status == CAMPAIGN_OK; row++) status = check_correction(job, row, error);
    return status == CAMPAIGN_OK ? check_circles(job, error) : status;
}

/* ---- Out --------------------------------------------------------------------------------------------------------- */

static campaign_status join_rows(campaign_table **all, const append_job *job, campaign_error *error)
{
    const campaign_table *like = job->old ? job->old : job->rows;
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < campaign_table_n_columns(like) && status == CAMPAIGN_OK; i++) {
        campaign_column first = CAMPAIGN_COLUMN_INIT, second = CAMPAIGN_COLUMN_INIT;
        status = campaign_table_column(&first, like, i, error);
        const int32_t index = campaign_table_find(job->rows, first.name);
        if (status == CAMPAIGN_OK && index >= 0) status = campaign_table_column(&second, job->rows, index, error);
        const bool has_second = index >= 0 && (!job->old || has_values(&second));
        const cpn_follow_pick pick = { job->old ? &first : NULL, has_second ? &second : NULL, NULL, job->n_old,
                                       job->n_new };
        if (status == CAMPAIGN_OK) status = cpn_follow_gather(builder, first.name, &pick, error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(all, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

campaign_status campaign_plan_append_followups(campaign_table **all, const campaign_table *followups,
                                               const campaign_table *rows, const campaign_runtime *runtime,
                                               campaign_error *error)
{
    if (!all) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "all", "all is required");
    *all = NULL;
    if (!rows) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "rows", "rows are required");
    append_job job = {
        .old = followups, .rows = rows, .n_old = campaign_table_n_rows(followups), .n_new = campaign_table_n_rows(rows)
    };
    campaign_status status = cpn_check_runtime(runtime, error);
    if (status == CAMPAIGN_OK) status = find_columns(&job, error);
    if (status == CAMPAIGN_OK && followups) status = check_columns(&job, error);
    if (status == CAMPAIGN_OK) status = check_rows(&job, runtime, error);
    if (status == CAMPAIGN_OK) status = join_rows(all, &job, error);
    cpn_follow_keys_free(&job.ids);
    cpn_follow_keys_free(&job.customers);
    cpn_free(job.places);
    cpn_free(job.is_corrected);
    return status;
}
