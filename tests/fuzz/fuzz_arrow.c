/* Arrow import: arrays of every format, well formed or with wrong offsets, views, codes and text. Sizes of buffers are
 * always as the format demands, since nobody can check those. Whatever comes in is released exactly once; what is accepted
 * can be read cell by cell, goes out again and comes back with the same cells. */
#include "fuzz.h"

#include <campaign/arrow.h>
#include <stdbool.h>
#include <string.h>

enum { MAX_ROWS = 12, MAX_OFFSET = 9, TEXT_BYTES = 64 };

typedef struct input {
    const uint8_t *data;
    size_t left;
} input;

static uint8_t take(input *in)
{
    if (in->left == 0) return 0;
    in->left--;
    return *in->data++;
}

/* One column: format and bytes a value; text and views have their own shapes. */
typedef struct shape {
    const char *format;
    int32_t width; /* bytes; 0 = bits, -1 = null, -2 = text, -3 = large text, -4 = view */
} kind_of_array;

static const kind_of_array shapes[] = {
    { "b", 0 },       { "c", 1 },        { "C", 1 },        { "s", 2 },    { "S", 2 },    { "i", 4 },
    { "I", 4 },       { "l", 8 },        { "L", 8 },        { "f", 4 },    { "g", 8 },    { "tdD", 4 },
    { "tdm", 8 },     { "tss:", 8 },     { "tsm:", 8 },     { "tsu:", 8 }, { "tsn:", 8 }, { "tsu:UTC", 8 },
    { "d:10,2", 16 }, { "d:38,12", 16 }, { "d:38,-3", 16 }, { "n", -1 },   { "u", -2 },   { "U", -3 },
    { "vu", -4 },     { "z", -2 },       { "+l", 4 },       { "tiM", 4 },  { "e", 2 },    { "d:19,0,64", 8 },
};

static int n_released; /* a program that fuzzes may count */

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
    for (int64_t i = 0; i < schema->n_children; i++) free(schema->children[i]);
    free(schema->children);
    if (schema->dictionary) {
        if (schema->dictionary->release) schema->dictionary->release(schema->dictionary);
        free(schema->dictionary);
    }
    schema->release = NULL;
    n_released++;
}

static void release_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release) array->children[i]->release(array->children[i]);
    for (int64_t i = 0; i < array->n_children; i++) free(array->children[i]);
    free(array->children);
    if (array->dictionary) {
        if (array->dictionary->release) array->dictionary->release(array->dictionary);
        free(array->dictionary);
    }
    void **owned = array->private_data;
    for (int64_t i = 0; i < array->n_buffers; i++) free(owned[i]);
    free(owned);
    free((void *)(uintptr_t)array->buffers);
    array->release = NULL;
    n_released++;
}

static void *fill(input *in, size_t size)
{
    uint8_t *bytes = malloc(size ? size : 1);
    if (!bytes) abort();
    for (size_t i = 0; i < size; i++) bytes[i] = take(in);
    return bytes;
}

/* Offsets that rise by themselves where sorted, and are as they come otherwise; never beyond the text. */
static void *fill_offsets(input *in, int64_t n, bool is_wide, bool is_sorted)
{
    int64_t *wide = malloc((size_t)n * 8);
    int32_t *narrow = malloc((size_t)n * 4);
    if (!wide || !narrow) abort();
    int64_t last = 0;
    for (int64_t i = 0; i < n; i++) {
        const uint8_t byte = take(in);
        int64_t value = is_sorted ? last + byte % 5 : byte % (TEXT_BYTES + 1);
        if (value > TEXT_BYTES) value = TEXT_BYTES;
        if (!is_sorted && byte == 255) value = -1;
        wide[i] = last = value;
        narrow[i] = (int32_t)value;
    }
    free(is_wide ? (void *)narrow : (void *)wide);
    return is_wide ? (void *)wide : (void *)narrow;
}

static void *fill_text(input *in, bool is_plain)
{
    uint8_t *bytes = fill(in, TEXT_BYTES);
    for (int i = 0; is_plain && i < TEXT_BYTES; i++) bytes[i] = (uint8_t)('a' + bytes[i] % 26);
    return bytes;
}

/* Values of fixed width, all bytes but the first zero where small. */
static void *fill_values(input *in, int64_t n, int32_t width, bool is_small)
{
    uint8_t *bytes = fill(in, (size_t)(n * width));
    for (int64_t i = 0; is_small && i < n * width; i++) bytes[i] = i % width ? 0 : bytes[i] % 5;
    return bytes;
}

/* Buffers of one array; returns their number. */
static int64_t fill_buffers(void **buffers, input *in, const kind_of_array *shape, int64_t n, uint8_t habits)
{
    const bool is_sorted = habits & 1, is_plain = habits & 2;
    if (shape->width == -1) return 0;
    buffers[0] = habits & 4 ? fill(in, (size_t)(n + 7) / 8) : NULL;
    if (shape->width >= 0) {
        buffers[1] = shape->width ? fill_values(in, n, shape->width, is_sorted) : fill(in, (size_t)(n + 7) / 8);
        return 2;
    }
    if (shape->width > -4) {
        buffers[1] = fill_offsets(in, n + 1, shape->width == -3, is_sorted);
        buffers[2] = fill_text(in, is_plain);
        return 3;
    }
    buffers[1] = fill(in, (size_t)n * 16);
    for (int64_t i = 0; is_sorted && i < n; i++) { /* short views whose bytes stand in the view itself */
        const int32_t length = (int32_t)(i % 13);
        memcpy((uint8_t *)buffers[1] + i * 16, &length, sizeof length);
    }
    buffers[2] = fill_text(in, is_plain);
    const int64_t size = TEXT_BYTES;
    buffers[3] = malloc(sizeof size);
    if (!buffers[3]) abort();
    memcpy(buffers[3], &size, sizeof size);
    return 4;
}

static void make_array(struct ArrowArray *array, struct ArrowSchema *schema, input *in, const kind_of_array *shape,
                       int64_t n)
{
    static const char *const names[] = { "a", "b", "客户", "", "a\nb" };
    const uint8_t habits = take(in), offset = take(in), name = take(in);
    void **owned = calloc(4, sizeof *owned);
    if (!owned) abort();
    *array =
        (struct ArrowArray){ .length = n, .offset = habits & 8 ? offset % MAX_OFFSET : 0, .release = release_array };
    array->n_buffers = fill_buffers(owned, in, shape, array->offset + n, habits);
    array->null_count = habits & 4 ? -1 : 0;
    array->buffers = calloc(4, sizeof *array->buffers);
    if (!array->buffers) abort();
    for (int i = 0; i < 4; i++) array->buffers[i] = owned[i];
    array->private_data = owned;
    *schema = (struct ArrowSchema){ .format = shape->format, .name = names[name % 5], .flags = ARROW_FLAG_NULLABLE };
    schema->release = release_schema;
}

/* A column, now and then with a dictionary of text; returns the number of arrays made. */
static int make_column(struct ArrowArray *array, struct ArrowSchema *schema, input *in, int64_t n)
{
    static const kind_of_array text = { "u", -2 }, large = { "U", -3 };
    const size_t kind = take(in);
    const bool has_dictionary = kind >= 200;
    const kind_of_array *made = &shapes[has_dictionary ? 1 + kind % 8 : kind % (sizeof shapes / sizeof *shapes)];
    make_array(array, schema, in, made, n);
    if (!has_dictionary) return 1;
    array->dictionary = malloc(sizeof *array->dictionary);
    schema->dictionary = malloc(sizeof *schema->dictionary);
    if (!array->dictionary || !schema->dictionary) abort();
    make_array(array->dictionary, schema->dictionary, in, take(in) & 1 ? &text : &large, take(in) % 5);
    return 2;
}

static int make_batch(struct ArrowArray *array, struct ArrowSchema *schema, input *in)
{
    const int64_t n_columns = take(in) % 4, n_rows = take(in) % MAX_ROWS, offset = take(in) % 3;
    *array = (struct ArrowArray){ .length = n_rows, .offset = offset, .n_buffers = 1, .n_children = n_columns };
    *schema = (struct ArrowSchema){ .format = "+s", .name = "", .n_children = n_columns };
    array->private_data = calloc(1, sizeof(void *));
    array->buffers = calloc(1, sizeof *array->buffers);
    array->children = calloc((size_t)n_columns + 1, sizeof *array->children);
    schema->children = calloc((size_t)n_columns + 1, sizeof *schema->children);
    array->release = release_array;
    schema->release = release_schema;
    int n_made = 1;
    for (int64_t i = 0; i < n_columns; i++) {
        array->children[i] = malloc(sizeof **array->children);
        schema->children[i] = malloc(sizeof **schema->children);
        if (!array->children[i] || !schema->children[i]) abort();
        n_made += make_column(array->children[i], schema->children[i], in, offset + n_rows);
    }
    return n_made;
}

static void compare_cells(const campaign_table *one, const campaign_table *other)
{
    char left[256], right[256];
    FUZZ_CHECK(campaign_table_n_rows(one) == campaign_table_n_rows(other));
    FUZZ_CHECK(campaign_table_n_columns(one) == campaign_table_n_columns(other));
    for (int32_t column = 0; column < campaign_table_n_columns(one); column++)
        for (int64_t row = 0; row < campaign_table_n_rows(one); row++) {
            FUZZ_CHECK(campaign_table_is_null(one, column, row) == campaign_table_is_null(other, column, row));
            (void)campaign_table_format(left, sizeof left, one, column, row);
            (void)campaign_table_format(right, sizeof right, other, column, row);
            FUZZ_CHECK(strcmp(left, right) == 0);
        }
}

static void send_round(const campaign_table *table)
{
    struct ArrowArray array;
    struct ArrowSchema schema;
    campaign_table *again = NULL;
    campaign_error error = { 0 };
    FUZZ_CHECK(campaign_table_to_arrow(&array, &schema, table, NULL, &error) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_from_arrow(&again, &array, &schema, NULL, &error) == CAMPAIGN_OK);
    compare_cells(table, again);
    campaign_table_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = { data, size };
    struct ArrowArray array;
    struct ArrowSchema schema;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    campaign_arrow_options options = CAMPAIGN_ARROW_OPTIONS_INIT;
    options.has_utc_offset = take(&in) & 1;
    options.utc_offset_minutes = 480;
    n_released = 0;
    const int n_made = make_batch(&array, &schema, &in);
    if (campaign_table_from_arrow(&table, &array, &schema, &options, &error) == CAMPAIGN_OK)
        send_round(table);
    else
        FUZZ_CHECK(table == NULL && error.code < 0 && error.message[0] != '\0');
    campaign_table_free(table);
    FUZZ_CHECK(n_released == 2 * n_made);
    return 0;
}
