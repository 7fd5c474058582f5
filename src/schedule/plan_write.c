/* The schedule as a table: the tasks as they came, in key order, with their dates, moments and floats. Whole columns are
 * filled at once, because networks are large. */
#include <string.h>

#include "base/memory.h"
#include "schedule/plan.h"

static const int64_t microseconds_per_minute = 60000000;

/* What a column of results shows. */
typedef enum result_kind {
    AS_DAY,    /* first or last day worked */
    AS_MOMENT, /* timestamp */
    AS_UNITS,  /* abstract units */
    AS_FLOAT,
    AS_CLAIM
} result_kind;

typedef enum result_value {
    EARLY_START,
    EARLY_FINISH,
    LATE_START,
    LATE_FINISH,
    NOW_START,
    NOW_FINISH,
    TOTAL,
    FREE,
    SLIP,
    CRITICAL
} result_value;

typedef struct result_column {
    const char *name;
    result_kind kind;
    result_value value;
} result_column;

static const result_column dated[] = {
    { "start", AS_DAY, EARLY_START },           { "finish", AS_DAY, EARLY_FINISH },
    { "late_start", AS_DAY, LATE_START },       { "late_finish", AS_DAY, LATE_FINISH },
    { "start_at", AS_MOMENT, EARLY_START },     { "finish_at", AS_MOMENT, EARLY_FINISH },
    { "late_start_at", AS_MOMENT, LATE_START }, { "late_finish_at", AS_MOMENT, LATE_FINISH },
    { "total_float", AS_FLOAT, TOTAL },         { "free_float", AS_FLOAT, FREE },
    { "is_critical", AS_CLAIM, CRITICAL },      { "forecast_start", AS_DAY, NOW_START }, /* these with as_of alone */
    { "forecast_finish", AS_DAY, NOW_FINISH },  { "slip", AS_FLOAT, SLIP },
};
enum { N_OF_PROGRESS = 3 };
static const result_column abstract[] = {
    { "start", AS_UNITS, EARLY_START },     { "finish", AS_UNITS, EARLY_FINISH },
    { "late_start", AS_UNITS, LATE_START }, { "late_finish", AS_UNITS, LATE_FINISH },
    { "total_float", AS_FLOAT, TOTAL },     { "free_float", AS_FLOAT, FREE },
    { "is_critical", AS_CLAIM, CRITICAL },
};

static const int32_t kind_types[] = {
    [AS_DAY] = CAMPAIGN_TYPE_DATE,      [AS_MOMENT] = CAMPAIGN_TYPE_TIMESTAMP, [AS_UNITS] = CAMPAIGN_TYPE_FLOAT64,
    [AS_FLOAT] = CAMPAIGN_TYPE_FLOAT64, [AS_CLAIM] = CAMPAIGN_TYPE_BOOL,
};

/* ---- Columns that came ------------------------------------------------------------------------------------------- */

static bool is_result(const char *name)
{
    for (size_t i = 0; i < sizeof dated / sizeof *dated; i++)
        if (strcmp(dated[i].name, name) == 0) return true;
    return false;
}

/* A column of the tasks table in key order; of results and money there is none. */
static campaign_status copy_column(campaign_table_builder *builder, int32_t *n_columns, const cpn_net_plan *plan,
                                   int32_t index, campaign_error *error)
{
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    campaign_status status = campaign_table_column(&column, plan->net.inputs->tasks, index, error);
    if (status != CAMPAIGN_OK || column.type == CAMPAIGN_TYPE_MONEY || is_result(column.name)) return status;
    cpn_out out = { builder, CAMPAIGN_OK, { 0 } };
    out.status = campaign_table_builder_add_column(builder, column.name, column.type, NULL, &out.error);
    for (int32_t i = 0; i < plan->net.n_tasks && out.status == CAMPAIGN_OK; i++)
        cpn_out_cell(&out, *n_columns, &column, plan->net.tasks[i].row);
    ++*n_columns;
    if (out.status != CAMPAIGN_OK && error) *error = out.error;
    return out.status;
}

/* ---- Results ----------------------------------------------------------------------------------------------------- */

static int64_t moment_of(const cpn_net_plan *plan, int32_t task, result_value value)
{
    switch (value) {
    case EARLY_START: return plan->early[task].start;
    case EARLY_FINISH: return plan->early[task].finish;
    case LATE_START: return plan->late[task].start;
    case LATE_FINISH: return plan->late[task].finish;
    case NOW_START: return plan->now[task].start;
    case NOW_FINISH: return plan->now[task].finish;
    case TOTAL:
    case FREE:
    case SLIP:
    case CRITICAL: break;
    }
    return 0;
}

static int32_t day_of(const cpn_net_plan *plan, int32_t task, result_value value)
{
    const bool is_late = value == LATE_START || value == LATE_FINISH, is_now = value >= NOW_START;
    const cpn_net_span *spans = is_late ? plan->late : is_now ? plan->now : plan->early;
    const bool is_closing = cpn_net_is_closing(&plan->net, task, is_now ? plan->now : plan->early);
    const cpn_net_days days = cpn_net_days_of(&spans[task], is_closing);
    return value == EARLY_START || value == LATE_START || value == NOW_START ? days.first : days.last;
}

static double float_of(const cpn_net_plan *plan, int32_t task, result_value value)
{
    if (value == TOTAL) return plan->total_float[task];
    if (value == FREE) return plan->free_float[task];
    return cpn_net_between(&plan->net, &plan->net.tasks[task], plan->early[task].finish, plan->now[task].finish);
}

static void fill(void *cells, const cpn_net_plan *plan, const result_column *column)
{
    for (int32_t i = 0; i < plan->net.n_tasks; i++) {
        switch (column->kind) {
        case AS_DAY: ((int32_t *)cells)[i] = day_of(plan, i, column->value); break;
        case AS_MOMENT: ((int64_t *)cells)[i] = moment_of(plan, i, column->value) * microseconds_per_minute; break;
        case AS_UNITS: ((double *)cells)[i] = (double)moment_of(plan, i, column->value) / CPN_NET_PARTS; break;
        case AS_FLOAT: ((double *)cells)[i] = float_of(plan, i, column->value); break;
        case AS_CLAIM: {
            uint8_t *bits = cells;
            if (i % 8 == 0) bits[i / 8] = 0;
            bits[i / 8] |= (uint8_t)(cpn_net_is_critical(plan, i) << i % 8);
            break;
        }
        }
    }
}

static campaign_status add_results(campaign_table_builder *builder, const cpn_net_plan *plan, campaign_error *error)
{
    const bool is_abstract = plan->net.is_abstract;
    const result_column *columns = is_abstract ? abstract : dated;
    const size_t n_dated = sizeof dated / sizeof *dated - (plan->forecast ? 0 : N_OF_PROGRESS);
    const size_t n = is_abstract ? sizeof abstract / sizeof *abstract : n_dated;
    void *cells = cpn_alloc_zero(plan->net.n_tasks + 1, sizeof(int64_t));
    if (!cells) return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        campaign_array array = CAMPAIGN_ARRAY_INIT;
        fill(cells, plan, &columns[i]);
        array.name = columns[i].name;
        array.type = kind_types[columns[i].kind];
        array.n_rows = plan->net.n_tasks;
        array.values = cells;
        status = campaign_table_builder_add_array(builder, &array, error);
    }
    cpn_free(cells);
    return status;
}

campaign_status cpn_net_write_schedule(campaign_table **table, const cpn_net_plan *plan, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    int32_t n_columns = 0;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; status == CAMPAIGN_OK && i < campaign_table_n_columns(plan->net.inputs->tasks); i++)
        status = copy_column(builder, &n_columns, plan, i, error);
    if (status == CAMPAIGN_OK) status = add_results(builder, plan, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}
