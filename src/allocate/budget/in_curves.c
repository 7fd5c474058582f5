/* Reads the curves of a budget: one for each item, or one for each of its samples; parameters move from major units to
 * those that the solver counts in. */
#include <math.h>
#include <string.h>

#include "allocate/budget/spend.h"
#include "base/memory.h"
#include "base/number.h"

enum { SCALE, LOCATION, SHAPE, SHIFT, FLOOR, N_PARAMETERS };
enum { CURVE = N_PARAMETERS, N_ITEM_FIELDS };
enum { SAMPLE_ITEM = N_PARAMETERS, SAMPLE, N_SAMPLE_FIELDS };

#define NUMBER (CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT)

static const char *const parameter_names[N_PARAMETERS] = { "scale", "location", "shape", "shift", "floor" };

static const cpn_spend_spec item_specs[N_ITEM_FIELDS] = {
    { "scale", "items.scale", NUMBER, false, false, 0, CPN_SPEND_MOST, NAN },
    { "location", "items.location", NUMBER, false, false, 0, CPN_SPEND_MOST, NAN },
    { "shape", "items.shape", NUMBER, false, false, 0, 1e6, NAN },
    { "shift", "items.shift", NUMBER, false, false, 0, CPN_SPEND_MOST, NAN },
    { "floor", "items.floor", NUMBER, false, false, -CPN_SPEND_MOST, CPN_SPEND_MOST, NAN },
    { "curve", "items.curve", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), true, false, 0, 0, 0 },
};

static const cpn_spend_spec sample_specs[N_SAMPLE_FIELDS] = {
    { "scale", "samples.scale", NUMBER, false, false, 0, CPN_SPEND_MOST, NAN },
    { "location", "samples.location", NUMBER, false, false, 0, CPN_SPEND_MOST, NAN },
    { "shape", "samples.shape", NUMBER, false, false, 0, 1e6, NAN },
    { "shift", "samples.shift", NUMBER, false, false, 0, CPN_SPEND_MOST, NAN },
    { "floor", "samples.floor", NUMBER, false, false, -CPN_SPEND_MOST, CPN_SPEND_MOST, NAN },
    { "item", "samples.item", CPN_ANY_KEY, true, false, 0, 0, 0 },
    { "sample", "samples.sample", CPN_ANY_INT, true, false, -1e15, 1e15, 0 },
};

/* ---- One curve --------------------------------------------------------------------------------------------------- */

static campaign_status read_kind(int32_t *kind, const cpn_spend_field *field, int64_t row, campaign_error *error)
{
    char name[32] = { 0 };
    if (cpn_is_null(&field->column, row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "items.curve", "curve is null");
    size_t length;
    const char *text = cpn_cell_text(&field->column, row, &length);
    if (length < sizeof name) memcpy(name, text, length);
    *kind = strcmp(name, "piecewise") == 0 ? CPN_RESPONSE_PIECEWISE_LINEAR : cpn_response_kind_of(name);
    if (*kind >= 0) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "items.curve",
                        "there is no curve \"%.*s\"; there are hill, adbudg, logistic, s_logistic, tanh, "
                        "michaelis_menten, power, log, exponential, linear and piecewise",
                        (int)(length < 40 ? length : 40), text);
}

static campaign_status read_parameters(double parameters[N_PARAMETERS], const cpn_spend_field *fields, int64_t row,
                                       campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < N_PARAMETERS && status == CAMPAIGN_OK; i++)
        if (cpn_spend_has(&fields[i], row)) status = cpn_spend_number(&parameters[i], &fields[i], row, error);
    return status;
}

static bool needs(int32_t kind, int32_t parameter)
{
    if (parameter == SCALE) return kind != CPN_RESPONSE_PIECEWISE_LINEAR;
    if (parameter == LOCATION) return kind != CPN_RESPONSE_POWER && cpn_response_has_location(kind);
    return parameter == SHAPE && cpn_response_has_shape(kind);
}

/* Spends of the curve's parameters in counting units: what a major unit brings is spread over them. */
static void scale_curve(cpn_response *curve, double unit)
{
    if (curve->kind == CPN_RESPONSE_POWER && curve->location <= 0) curve->location = 1;
    if (curve->kind == CPN_RESPONSE_LINEAR) curve->scale /= unit;
    curve->location *= unit;
    curve->shift *= unit;
}

/* curve.kind and its points are set. */
static campaign_status make_curve(cpn_response *curve, const double parameters[N_PARAMETERS], double unit,
                                  const char *table, int64_t row, campaign_error *error)
{
    char where[64];
    double *const places[N_PARAMETERS] = { &curve->scale, &curve->location, &curve->shape, &curve->shift,
                                           &curve->floor };
    for (int32_t i = 0; i < N_PARAMETERS; i++) {
        *places[i] = cpn_is_nan(parameters[i]) ? 0 : parameters[i];
        if (!cpn_is_nan(parameters[i]) || !needs(curve->kind, i)) continue;
        cpn_spend_where(where, table, parameter_names[i]);
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where, "a curve %s needs %s",
                            cpn_response_name(curve->kind), parameter_names[i]);
    }
    const campaign_status status = cpn_response_check(curve, table, row, error);
    if (status == CAMPAIGN_OK) scale_curve(curve, unit);
    return status;
}

/* ---- Samples ----------------------------------------------------------------------------------------------------- */

typedef struct sample_reader {
    cpn_spend_field fields[N_SAMPLE_FIELDS];
    cpn_keys numbers; /* samples in order */
    int32_t *items;   /* item of each row */
    int64_t n_rows;
    bool *has_samples; /* of each item */
} sample_reader;

static campaign_status open_samples(sample_reader *reader, const cpn_spend_book *book, const campaign_table *table,
                                    campaign_error *error)
{
    if (!table) return CAMPAIGN_OK;
    reader->n_rows = campaign_table_n_rows(table);
    campaign_status status = cpn_spend_open_fields(reader->fields, sample_specs, N_SAMPLE_FIELDS, table, error);
    if (status == CAMPAIGN_OK) status = cpn_keys_create(&reader->numbers, &reader->fields[SAMPLE].column, NULL, error);
    if (status != CAMPAIGN_OK) return status;
    reader->items = cpn_alloc(reader->n_rows, sizeof *reader->items);
    reader->has_samples = cpn_alloc_zero(book->n_items, sizeof *reader->has_samples);
    if (!reader->items || !reader->has_samples) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < reader->n_rows && status == CAMPAIGN_OK; row++) {
        status = cpn_spend_find(&reader->items[row], &book->item_keys, &reader->fields[SAMPLE_ITEM], row, error);
        if (status == CAMPAIGN_OK && reader->numbers.codes[row] < 0)
            status = cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "samples.sample", "sample is null");
        if (status == CAMPAIGN_OK) reader->has_samples[reader->items[row]] = true;
    }
    return status;
}

static void free_samples(sample_reader *reader)
{
    cpn_keys_free(&reader->numbers);
    cpn_free(reader->items);
    cpn_free(reader->has_samples);
}

/* Numbers the curves: one of each item, or as many as there are samples. */
static void deal_curves(cpn_spend_book *book, const sample_reader *reader)
{
    book->n_samples = (int32_t)reader->numbers.n_keys;
    book->n_curves = 0;
    for (int64_t i = 0; i < book->n_items; i++) {
        book->items[i].first_curve = book->n_curves;
        book->items[i].is_sampled = reader->has_samples && reader->has_samples[i];
        book->items[i].n_curves = book->items[i].is_sampled ? book->n_samples : 1;
        book->n_curves += book->items[i].n_curves;
    }
}

/* The first sample that an item lacks. */
static campaign_status refuse_lack(const cpn_spend_book *book, const sample_reader *reader, int64_t item,
                                   int64_t sample, campaign_error *error)
{
    char name[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(name, &book->item_keys, item);
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, book->items[item].row, "samples.item",
                        "item \"%s\" has no sample %lld, which others have", name,
                        (long long)reader->numbers.integers[sample]);
}

/* bases: parameters of each item, which a sample's own replace. */
static campaign_status take_sample(cpn_spend_book *book, const sample_reader *reader, const double *bases, int64_t row,
                                   campaign_error *error)
{
    const int32_t item = reader->items[row];
    double parameters[N_PARAMETERS];
    memcpy(parameters, bases + (int64_t)item * N_PARAMETERS, sizeof parameters);
    const campaign_status status = read_parameters(parameters, reader->fields, row, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_response *curve = &book->curves[book->items[item].first_curve + reader->numbers.codes[row]];
    return make_curve(curve, parameters, book->terms.unit, "samples", row, error);
}

static campaign_status take_samples(cpn_spend_book *book, const sample_reader *reader, const double *bases,
                                    campaign_error *error)
{
    bool *is_set = cpn_alloc_zero(book->n_curves, sizeof *is_set);
    campaign_status status = is_set ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t row = 0; row < reader->n_rows && status == CAMPAIGN_OK; row++) {
        const int64_t at = book->items[reader->items[row]].first_curve + reader->numbers.codes[row];
        if (is_set[at])
            status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "samples.sample",
                                  "sample %lld of this item stands twice",
                                  (long long)cpn_cell_int64(&reader->fields[SAMPLE].column, row));
        is_set[at] = true;
        if (status == CAMPAIGN_OK) status = take_sample(book, reader, bases, row, error);
    }
    for (int64_t i = 0; i < book->n_items && status == CAMPAIGN_OK; i++)
        for (int64_t s = 0; book->items[i].is_sampled && s < book->n_samples && status == CAMPAIGN_OK; s++)
            if (!is_set[book->items[i].first_curve + s]) status = refuse_lack(book, reader, i, s, error);
    cpn_free(is_set);
    return status;
}

/* ---- Items ------------------------------------------------------------------------------------------------------- */

/* Kind, points and parameters of one row; without samples its curve. */
static campaign_status take_item(cpn_spend_book *book, double *bases, const cpn_spend_field *fields, int64_t row,
                                 campaign_error *error)
{
    const int32_t item = book->item_keys.keys.codes[row];
    const cpn_spend_entry *entry = &book->items[item];
    double *parameters = bases + (int64_t)item * N_PARAMETERS;
    cpn_response curve = { 0 };
    for (int32_t i = 0; i < N_PARAMETERS; i++) parameters[i] = NAN;
    campaign_status status = read_kind(&curve.kind, &fields[CURVE], row, error);
    if (status == CAMPAIGN_OK) status = read_parameters(parameters, fields, row, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_take_points(&curve, book, item, error);
    if (status != CAMPAIGN_OK) return status;
    for (int64_t c = 0; c < entry->n_curves; c++) book->curves[entry->first_curve + c] = curve;
    if (entry->is_sampled) return CAMPAIGN_OK;
    return make_curve(&book->curves[entry->first_curve], parameters, book->terms.unit, "items", row, error);
}

campaign_status cpn_spend_read_curves(cpn_spend_book *book, const campaign_allocate_budget_inputs *inputs,
                                      campaign_error *error)
{
    cpn_spend_field fields[N_ITEM_FIELDS];
    sample_reader reader = { 0 };
    double *bases = NULL;
    campaign_status status = cpn_spend_open_fields(fields, item_specs, N_ITEM_FIELDS, inputs->items, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_read_points(book, inputs->points, error);
    if (status == CAMPAIGN_OK) status = open_samples(&reader, book, inputs->samples, error);
    if (status == CAMPAIGN_OK) {
        deal_curves(book, &reader);
        book->curves = cpn_alloc(book->n_curves, sizeof *book->curves);
        bases = cpn_alloc(book->n_items * N_PARAMETERS, sizeof *bases);
        if (!book->curves || !bases) status = cpn_fail_nomem(error);
    }
    for (int64_t row = 0; row < campaign_table_n_rows(inputs->items) && status == CAMPAIGN_OK; row++)
        status = take_item(book, bases, fields, row, error);
    if (status == CAMPAIGN_OK) status = take_samples(book, &reader, bases, error);
    free_samples(&reader);
    cpn_free(bases);
    return status;
}
