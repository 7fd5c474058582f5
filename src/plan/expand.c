/* The day-level cube of a plan as a table: every leaf of the targets on every day of its period, made from the tables that
 * the document holds, so that a loaded plan gives the same. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/spread.h"
#include "plan/cube.h"

enum { ID, PARENT, LEVEL, PERIOD, START, END, FIRST_KEY, TARGET = FIRST_KEY + CPN_PLAN_N_DIMENSIONS };
enum { LEAVES_A_CHUNK = 1024 };

/* A part of a period that is one row for each leaf: a day, or the days of a week. */
typedef struct cube_pieces {
    int32_t starts[CPN_PLAN_MAX_DAYS + 1]; /* counted from the plan's first day */
    int32_t firsts[CPN_PLAN_MAX_DAYS + 1]; /* first piece of each period, and the end of the last */
} cube_pieces;

typedef struct expander {
    const campaign_plan *plan;
    const campaign_table *targets;
    bool is_weekly;
    int64_t first, end; /* leaves */
    bool is_there[CPN_PLAN_N_DIMENSIONS];
    cpn_keys keys[CPN_PLAN_N_DIMENSIONS]; /* of all targets */
    cpn_plan_cube cube;
    cube_pieces pieces;
    int64_t n_rows, *first_rows; /* of the table; first_rows by leaf */
    int32_t *dates, *ends, *codes[CPN_PLAN_N_DIMENSIONS];
    int64_t *minor;
} expander;

/* ---- Leaves ----------------------------------------------------------------------------------------------------- */

static bool has_level(const expander *e, int64_t row, cpn_plan_level level)
{
    size_t length;
    const char *text = campaign_table_text(e->targets, LEVEL, row, &length);
    return text && strlen(cpn_plan_level_names[level]) == length &&
           memcmp(text, cpn_plan_level_names[level], length) == 0;
}

static bool has_all_keys(const expander *e, int64_t row)
{
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++)
        if (e->is_there[d] && campaign_table_is_null(e->targets, FIRST_KEY + d, row)) return false;
    return true;
}

/* The last level of the tree: the rows of it that stand together, before totals and margins. */
static campaign_status find_leaves(expander *e, campaign_error *error)
{
    const cpn_plan_request *request = &e->plan->request;
    const int64_t n = campaign_table_n_rows(e->targets);
    cpn_plan_level last = CPN_LEVEL_YEAR;
    bool has_dimension = false;
    for (int64_t row = 0; row < n; row++)
        for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++)
            e->is_there[d] = e->is_there[d] || !campaign_table_is_null(e->targets, FIRST_KEY + d, row);
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) has_dimension = has_dimension || e->is_there[d];
    for (int32_t i = 0; i < request->n_split; i++) {
        const cpn_plan_level level = request->split[i];
        if (cpn_plan_is_period(level) ? level <= request->dimension_period || !has_dimension
                                      : e->is_there[cpn_plan_dimension(level)])
            last = level;
    }
    while (e->first < n && !(has_level(e, e->first, last) && has_all_keys(e, e->first))) e->first++;
    e->end = e->first;
    while (e->end < n && has_level(e, e->end, last) && has_all_keys(e, e->end) &&
           (e->end == e->first ||
            campaign_table_int64(e->targets, PARENT, e->end) >= campaign_table_int64(e->targets, PARENT, e->end - 1)))
        e->end++;
    if (e->end > e->first) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_VALUE, "targets", "the targets do not have the levels of the plan's split");
}

/* ---- Periods and days ------------------------------------------------------------------------------------------- */

static campaign_status take_periods(expander *e, campaign_error *error)
{
    cpn_plan_cube *cube = &e->cube;
    const int32_t start_day = e->plan->request.start_day, n_days = e->plan->request.end_day - start_day;
    bool is_start[CPN_PLAN_MAX_DAYS] = { false };
    is_start[0] = true;
    for (int64_t row = e->first; row < e->end; row++)
        is_start[campaign_table_int64(e->targets, START, row) - start_day] = true;
    for (int32_t day = 0; day < n_days; day++)
        if (is_start[day]) cube->starts[cube->n_periods++] = day;
    cube->starts[cube->n_periods] = n_days;
    for (int64_t i = 0; i < cube->n_leaves; i++) {
        const int64_t row = e->first + i;
        const int32_t start = (int32_t)campaign_table_int64(e->targets, START, row) - start_day;
        cube->leaf_periods[i] = cpn_plan_cube_period(cube, start);
        cube->leaf_minor[i] = campaign_table_int64(e->targets, TARGET, row);
        if (campaign_table_int64(e->targets, END, row) - start_day != cube->starts[cube->leaf_periods[i] + 1])
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "targets.end",
                                "the finest targets have periods that overlap");
    }
    return CAMPAIGN_OK;
}

/* The weights were checked when the plan was loaded; scaling leaves those that the plan made as they are. */
static void take_weights(expander *e)
{
    const campaign_table *days = e->plan->tables[CPN_PLAN_DAYS];
    const int32_t weight = campaign_table_find(days, "weight");
    cpn_plan_cube *cube = &e->cube;
    for (int64_t i = 0; i < campaign_table_n_rows(days); i++) cube->weights[i] = campaign_table_int64(days, weight, i);
    for (int32_t p = 0; p < cube->n_periods; p++)
        cpn_spread_scale(cube->weights + cube->starts[p], cube->starts[p + 1] - cube->starts[p]);
}

static void cut_pieces(expander *e)
{
    const cpn_plan_cube *cube = &e->cube;
    int32_t n = 0;
    for (int32_t p = 0; p < cube->n_periods; p++) {
        e->pieces.firsts[p] = n;
        for (int32_t day = cube->starts[p]; day < cube->starts[p + 1]; day++)
            if (!e->is_weekly || day == cube->starts[p] || cpn_weekday(e->plan->request.start_day + day) == 1)
                e->pieces.starts[n++] = day;
    }
    e->pieces.firsts[cube->n_periods] = n;
    e->pieces.starts[n] = cube->starts[cube->n_periods];
}

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

static campaign_status make_room(expander *e, campaign_error *error)
{
    cpn_plan_cube *cube = &e->cube;
    int64_t n_parts = 0;
    cube->leaf_rows = cpn_alloc(cube->n_leaves, sizeof *cube->leaf_rows);
    e->first_rows = cpn_alloc(cube->n_leaves, sizeof *e->first_rows);
    if (!cube->leaf_rows || !e->first_rows) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < cube->n_leaves; i++) {
        const int32_t p = cube->leaf_periods[i];
        cube->leaf_rows[i] = n_parts;
        e->first_rows[i] = e->n_rows;
        n_parts += cube->starts[p + 1] - cube->starts[p];
        e->n_rows += e->pieces.firsts[p + 1] - e->pieces.firsts[p];
    }
    bool has_room = true;
    cube->parts = cpn_alloc(n_parts, sizeof *cube->parts);
    e->dates = cpn_alloc(e->n_rows, sizeof *e->dates);
    if (e->is_weekly) e->ends = cpn_alloc(e->n_rows, sizeof *e->ends);
    if (e->is_weekly) e->minor = cpn_alloc(e->n_rows, sizeof *e->minor);
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) {
        if (!e->is_there[d]) continue;
        e->codes[d] = cpn_alloc(e->n_rows, sizeof *e->codes[d]);
        has_room = has_room && e->codes[d];
    }
    has_room = has_room && cube->parts && e->dates && (!e->is_weekly || (e->ends && e->minor));
    return has_room ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

/* Sums of a leaf's days by week. */
static void fill_weeks(expander *e, int64_t leaf)
{
    const int32_t p = e->cube.leaf_periods[leaf], start = e->cube.starts[p];
    const int64_t *parts = e->cube.parts + e->cube.leaf_rows[leaf];
    int64_t row = e->first_rows[leaf];
    for (int32_t piece = e->pieces.firsts[p]; piece < e->pieces.firsts[p + 1]; piece++, row++) {
        e->ends[row] = e->plan->request.start_day + e->pieces.starts[piece + 1];
        e->minor[row] = 0;
        for (int32_t day = e->pieces.starts[piece]; day < e->pieces.starts[piece + 1]; day++)
            e->minor[row] += parts[day - start];
    }
}

static campaign_status fill_leaves(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    expander *e = ctx;
    (void)chunk;
    for (int64_t leaf = first; leaf < last; leaf++) {
        const int32_t p = e->cube.leaf_periods[leaf];
        const int32_t n = e->pieces.firsts[p + 1] - e->pieces.firsts[p];
        const int32_t *starts = e->pieces.starts + e->pieces.firsts[p];
        int32_t *dates = e->dates + e->first_rows[leaf];
        for (int32_t i = 0; i < n; i++) dates[i] = e->plan->request.start_day + starts[i];
        for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) {
            if (!e->is_there[d]) continue;
            const int32_t code = e->keys[d].codes[e->first + leaf];
            int32_t *codes = e->codes[d] + e->first_rows[leaf];
            for (int32_t i = 0; i < n; i++) codes[i] = code;
        }
        if (e->is_weekly) fill_weeks(e, leaf);
    }
    return CAMPAIGN_OK;
}

/* ---- The table -------------------------------------------------------------------------------------------------- */

/* Memory that a column of the table borrows. */
typedef struct loan {
    void *pieces[3];
} loan;

static void give_back(void *ctx)
{
    loan *from = ctx;
    for (size_t i = 0; i < sizeof from->pieces / sizeof *from->pieces; i++) cpn_free(from->pieces[i]);
    cpn_free(from);
}

/* Hands whole columns over; what is not handed over stays with the caller. */
static campaign_status lend(campaign_table_builder *builder, campaign_array *array, void *const pieces[3],
                            campaign_error *error)
{
    loan *from = cpn_alloc_zero(1, sizeof *from);
    if (!from) {
        for (int32_t i = 0; i < 3; i++) cpn_free(pieces[i]);
        return cpn_fail_nomem(error);
    }
    memcpy(from->pieces, pieces, sizeof from->pieces);
    array->release = give_back;
    array->ctx = from;
    return campaign_table_builder_add_array(builder, array, error);
}

static campaign_status add_numbers(campaign_table_builder *builder, const expander *e, const char *name, int32_t type,
                                   void **values, campaign_error *error)
{
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    void *const pieces[3] = { *values, NULL, NULL };
    array.type = type;
    array.n_rows = e->n_rows;
    array.name = name;
    array.values = *values;
    *values = NULL;
    if (type == CAMPAIGN_TYPE_MONEY) {
        memcpy(array.currency, e->plan->request.currency, sizeof array.currency);
        array.has_exponent = 1;
        array.exponent = e->plan->request.exponent;
    }
    return lend(builder, &array, pieces, error);
}

/* A key of every row as its place in a dictionary. */
static campaign_status add_keys(campaign_table_builder *builder, expander *e, int32_t dimension, campaign_error *error)
{
    const cpn_keys *keys = &e->keys[dimension];
    cpn_text bytes = { 0 };
    int32_t *offsets = cpn_alloc(keys->n_keys + 1, sizeof *offsets);
    if (!offsets) return cpn_fail_nomem(error);
    offsets[0] = 0;
    for (int64_t key = 0; key < keys->n_keys; key++) {
        size_t length;
        const char *text = campaign_table_text(e->targets, FIRST_KEY + dimension, keys->first_rows[key], &length);
        cpn_text_add(&bytes, text, length);
        offsets[key + 1] = (int32_t)bytes.length;
    }
    const bool has_failed = bytes.has_failed;
    char *text = cpn_text_take(&bytes);
    if (!text || has_failed) {
        cpn_free(text);
        cpn_free(offsets);
        return cpn_fail_nomem(error);
    }
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    void *const pieces[3] = { text, offsets, e->codes[dimension] };
    array.type = CAMPAIGN_TYPE_UTF8;
    array.n_rows = e->n_rows;
    array.n_dictionary = keys->n_keys;
    array.name = cpn_plan_level_names[CPN_LEVEL_PRODUCT_LINE + dimension];
    array.values = text;
    array.offsets = offsets;
    array.codes = e->codes[dimension];
    e->codes[dimension] = NULL;
    return lend(builder, &array, pieces, error);
}

static campaign_status write_table(campaign_table **table, expander *e, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK) status = add_numbers(builder, e, "date", CAMPAIGN_TYPE_DATE, (void **)&e->dates, error);
    if (status == CAMPAIGN_OK && e->is_weekly)
        status = add_numbers(builder, e, "end", CAMPAIGN_TYPE_DATE, (void **)&e->ends, error);
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS && status == CAMPAIGN_OK; d++)
        if (e->is_there[d]) status = add_keys(builder, e, d, error);
    if (status == CAMPAIGN_OK)
        status = add_numbers(builder, e, "target", CAMPAIGN_TYPE_MONEY,
                             (void **)(e->is_weekly ? &e->minor : &e->cube.parts), error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

static campaign_status expand(campaign_table **table, expander *e, const campaign_runtime *runtime,
                              campaign_error *error)
{
    campaign_status status = find_leaves(e, error);
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS && status == CAMPAIGN_OK; d++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        if (!e->is_there[d]) continue;
        status = campaign_table_column(&column, e->targets, FIRST_KEY + d, error);
        if (status == CAMPAIGN_OK) status = cpn_keys_create(&e->keys[d], &column, NULL, error);
    }
    if (status == CAMPAIGN_OK) status = cpn_plan_cube_open(&e->cube, e->end - e->first, error);
    if (status == CAMPAIGN_OK) status = take_periods(e, error);
    if (status == CAMPAIGN_OK) {
        take_weights(e);
        cut_pieces(e);
        status = make_room(e, error);
    }
    if (status == CAMPAIGN_OK) status = cpn_plan_cube_spread(&e->cube, runtime, error);
    if (status == CAMPAIGN_OK)
        status = cpn_parallel_for(e->cube.n_leaves, LEAVES_A_CHUNK, fill_leaves, e, "cells", runtime, error);
    return status == CAMPAIGN_OK ? write_table(table, e, error) : status;
}

static void free_expander(expander *e)
{
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) {
        cpn_keys_free(&e->keys[d]);
        cpn_free(e->codes[d]);
    }
    cpn_plan_cube_free(&e->cube);
    cpn_free(e->first_rows);
    cpn_free(e->dates);
    cpn_free(e->ends);
    cpn_free(e->minor);
    cpn_free(e);
}

campaign_status campaign_plan_expand_targets(campaign_table **cube, const campaign_plan *plan,
                                             const campaign_plan_expand_options *options,
                                             const campaign_runtime *runtime, campaign_error *error)
{
    if (cube) *cube = NULL;
    if (!cube || !plan) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "cube", "cube and plan are required");
    campaign_plan_expand_options ours;
    campaign_status status = cpn_check_runtime(runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_check_knobs(options, sizeof ours, sizeof ours, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(&ours, sizeof ours, options);
    if (ours.grain != CAMPAIGN_EXPAND_DAY && ours.grain != CAMPAIGN_EXPAND_WEEK)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.grain",
                        "grain is %d, expected CAMPAIGN_EXPAND_DAY or _WEEK", (int)ours.grain);
    expander *e = cpn_alloc_zero(1, sizeof *e);
    if (!e) return cpn_fail_nomem(error);
    e->plan = plan;
    e->targets = plan->tables[CPN_PLAN_TARGETS];
    e->is_weekly = ours.grain == CAMPAIGN_EXPAND_WEEK;
    status = expand(cube, e, runtime, error);
    free_expander(e);
    return status;
}
