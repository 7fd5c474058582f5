/* Arrow batches made of any bytes: formats, lengths, offsets and buffers. Buffers are as large as their array says, and
 * offsets of text stay within it, because no importer could see otherwise; everything else may lie.
 *
 * Laws: array and schema are released exactly once; what is read goes out and comes back in with the same cells. */
#include "fuzz.h"

#include <campaign/arrow.h>
#include <string.h>

enum { MOST_CHILDREN = 3, MOST_BUFFERS = 6, MOST_ROWS = 40, TEXT = 64, NAME = 8 };

/* Bytes to be taken one after the other; zeros after the end. */
typedef struct input {
    const uint8_t *data;
    size_t size;
} input;

static uint8_t take(input *in)
{
    if (in->size == 0) return 0;
    in->size--;
    return *in->data++;
}

static void take_bytes(input *in, void *to, size_t n)
{
    for (size_t i = 0; i < n; i++) ((uint8_t *)to)[i] = take(in);
}

/* One array and its schema, with all they point to. */
typedef struct node {
    struct ArrowSchema schema;
    struct ArrowArray array;
    char format[NAME + 1], name[NAME + 1], metadata[64];
    void *memory[MOST_BUFFERS];
    const void *buffers[MOST_BUFFERS];
    int n_releases;
} node;

typedef struct batch {
    node root, children[MOST_CHILDREN], entries[MOST_CHILDREN];
    struct ArrowSchema *schemas[MOST_CHILDREN];
    struct ArrowArray *arrays[MOST_CHILDREN];
    int n_schema_releases;
} batch;

static void release_array(struct ArrowArray *array)
{
    node *owner = array->private_data;
    FUZZ_CHECK(owner->n_releases++ == 0);
    array->release = NULL;
}

static void release_schema(struct ArrowSchema *schema)
{
    if (schema->private_data) ++*(int *)schema->private_data;
    schema->release = NULL;
}

/* ---- Arrays ----------------------------------------------------------------------------------------------------- */

typedef struct known_format {
    const char *format;
    uint8_t width; /* bytes of a cell; 0 = bits or none */
    uint8_t n_buffers;
} known_format;

static const known_format formats[] = {
    { "n", 0, 0 },        { "b", 0, 2 },        { "c", 1, 2 },          { "C", 1, 2 },        { "s", 2, 2 },
    { "S", 2, 2 },        { "i", 4, 2 },        { "I", 4, 2 },          { "l", 8, 2 },        { "L", 8, 2 },
    { "f", 4, 2 },        { "g", 8, 2 },        { "tdD", 4, 2 },        { "tdm", 8, 2 },      { "tss:", 8, 2 },
    { "tsm:", 8, 2 },     { "tsu:", 8, 2 },     { "tsn:", 8, 2 },       { "tsu:UTC", 8, 2 },  { "d:19,2", 16, 2 },
    { "d:9,2,32", 4, 2 }, { "d:9,2,64", 8, 2 }, { "d:9,2,256", 32, 2 }, { "d:38,18", 16, 2 }, { "d:9,-3", 16, 2 },
    { "u", 4, 3 },        { "U", 8, 3 },        { "vu", 16, 5 },        { "e", 2, 2 },        { "+l", 4, 2 },
    { "z", 4, 3 },        { "+s", 0, 1 },
};
enum { N_FORMATS = sizeof formats / sizeof *formats };

/* A length or an offset: mostly small, now and then what no array can have. */
static int64_t take_count(input *in, int64_t largest)
{
    const uint8_t byte = take(in);
    if (byte == 0xFF) return INT64_MAX;
    if (byte == 0xFE) return INT64_MIN;
    if (byte == 0xFD) return -1;
    return byte % (largest + 1);
}

/* A number of nulls: not counted, none, one, or impossible. */
static int64_t take_nulls(input *in)
{
    const int64_t n = take_count(in, 2);
    return n >= 0 && n <= 2 ? n - 1 : n;
}

/* Rows that buffers must hold. */
static size_t count_rows(const struct ArrowArray *array)
{
    const int64_t length = array->length > MOST_ROWS || array->length < 0 ? MOST_ROWS : array->length;
    const int64_t offset = array->offset > MOST_ROWS || array->offset < 0 ? MOST_ROWS : array->offset;
    return (size_t)(length + offset);
}

static void *add_buffer(node *made, int index, size_t size, input *in)
{
    uint8_t *memory = malloc(size ? size : 1);
    if (!memory) abort();
    take_bytes(in, memory, size);
    made->memory[index] = memory;
    made->buffers[index] = memory;
    return memory;
}

/* Offsets fall or rise as they like, but end within the text, or beyond all that fits. */
static void tame_offsets(void *memory, size_t n, size_t width)
{
    for (size_t i = 0; i < n; i++) {
        uint8_t *at = (uint8_t *)memory + i * width;
        int64_t offset = (int8_t)at[0];
        if (offset > TEXT) offset = width == 8 ? INT64_MAX - offset : TEXT;
        const int32_t narrow = (int32_t)offset;
        if (width == 8)
            memcpy(at, &offset, sizeof offset);
        else
            memcpy(at, &narrow, sizeof narrow);
    }
}

static void fill_buffers(node *made, const known_format *known, input *in)
{
    const size_t rows = count_rows(&made->array);
    add_buffer(made, 0, rows / 8 + 1, in);
    if (take(in) % 2) made->buffers[0] = NULL;
    if (known->n_buffers < 2) return;
    const int is_text = strcmp(known->format, "u") == 0 || strcmp(known->format, "U") == 0;
    void *cells = add_buffer(made, 1, known->width ? (rows + 1) * known->width : rows / 8 + 1, in);
    if (is_text) tame_offsets(cells, rows + 1, known->width);
    if (known->n_buffers >= 3) add_buffer(made, 2, TEXT, in);
    if (known->n_buffers < 5) return;
    static const int64_t sizes[2] = { TEXT, TEXT };
    add_buffer(made, 3, TEXT, in);
    made->buffers[4] = sizes;
}

static void take_metadata(node *made, input *in)
{
    static const char *const keys[] = { "campaign.currency", "campaign.exponent" };
    const uint8_t which = take(in) % 4;
    if (!which) return;
    char *at = made->metadata;
    const int32_t n = (which & 1) + (which >> 1);
    memcpy(at, &n, 4);
    at += 4;
    for (int i = 0; i < 2; i++) {
        if (!(which >> i & 1)) continue;
        const int32_t lengths[2] = { (int32_t)strlen(keys[i]), i ? 1 : 3 };
        memcpy(at, &lengths[0], 4);
        memcpy(at + 4, keys[i], (size_t)lengths[0]);
        at += 4 + lengths[0];
        memcpy(at, &lengths[1], 4);
        if (i)
            at[4] = (char)('0' + take(in) % 12);
        else
            memcpy(at + 4, take(in) % 4 ? "CNY" : "QQQ", 3);
        at += 4 + lengths[1];
    }
    made->schema.metadata = made->metadata;
}

/* An array of a known format, or of any. */
static void make_node(node *made, input *in, const char *usual_name)
{
    const uint8_t choice = take(in);
    const known_format *known = &formats[choice % N_FORMATS];
    memcpy(made->format, known->format, strlen(known->format));
    memcpy(made->name, usual_name, strlen(usual_name));
    if (choice >= 0xF0) take_bytes(in, made->format, NAME);
    if (choice >= 0xF8) take_bytes(in, made->name, NAME);
    made->schema = (struct ArrowSchema){ .format = made->format, .name = made->name, .release = release_schema };
    take_metadata(made, in);
    made->array.length = take_count(in, MOST_ROWS);
    made->array.offset = take_count(in, MOST_ROWS);
    made->array.null_count = take_nulls(in);
    made->array.n_buffers = known->n_buffers;
    made->array.buffers = made->buffers;
    made->array.release = release_array;
    made->array.private_data = made;
    fill_buffers(made, known, in);
    if (choice >= 0xF0) made->array.n_buffers = take(in) % (MOST_BUFFERS + 1);
    const uint8_t missing = take(in);
    if (missing >= 0xFA) made->buffers[missing - 0xFA] = NULL;
}

static void make_batch(batch *made, input *in)
{
    static const char *const names[] = { "a", "b", "店" };
    const int n = take(in) % (MOST_CHILDREN + 1);
    for (int i = 0; i < n; i++) {
        make_node(&made->children[i], in, names[i]);
        if (take(in) % 3 == 1) {
            make_node(&made->entries[i], in, "");
            made->children[i].schema.dictionary = &made->entries[i].schema;
            made->children[i].array.dictionary = &made->entries[i].array;
        }
        made->schemas[i] = &made->children[i].schema;
        made->arrays[i] = &made->children[i].array;
    }
    node *root = &made->root;
    root->schema = (struct ArrowSchema){ .format = "+s", .name = "", .n_children = n, .children = made->schemas };
    root->schema.release = release_schema;
    root->schema.private_data = &made->n_schema_releases;
    root->array.length = take_count(in, MOST_ROWS / 2);
    root->array.offset = take_count(in, MOST_ROWS / 2);
    root->array.null_count = take_nulls(in);
    add_buffer(root, 0, MOST_ROWS / 8 + 1, in);
    if (take(in) % 2) root->buffers[0] = NULL;
    root->array.n_buffers = 1;
    root->array.buffers = root->buffers;
    root->array.n_children = take(in) == 0xFF ? n + 1 : n;
    root->array.children = made->arrays;
    root->array.release = release_array;
    root->array.private_data = root;
}

static void free_node(node *made)
{
    for (int i = 0; i < MOST_BUFFERS; i++) free(made->memory[i]);
}

static void free_batch(batch *made)
{
    free_node(&made->root);
    for (int i = 0; i < MOST_CHILDREN; i++) {
        free_node(&made->children[i]);
        free_node(&made->entries[i]);
    }
    free(made);
}

/* ---- Laws ------------------------------------------------------------------------------------------------------- */

static void check_same(const campaign_table *a, const campaign_table *b)
{
    FUZZ_CHECK(campaign_table_n_rows(a) == campaign_table_n_rows(b));
    FUZZ_CHECK(campaign_table_n_columns(a) == campaign_table_n_columns(b));
    for (int32_t i = 0; i < campaign_table_n_columns(a); i++)
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            char text_a[256], text_b[256];
            FUZZ_CHECK(campaign_table_is_null(a, i, row) == campaign_table_is_null(b, i, row));
            const size_t length = campaign_table_format(text_a, sizeof text_a, a, i, row);
            FUZZ_CHECK(campaign_table_format(text_b, sizeof text_b, b, i, row) == length);
            FUZZ_CHECK(strcmp(text_a, text_b) == 0);
        }
}

/* Out and in again, by array and by stream. */
static void check_round_trip(const campaign_table *table)
{
    struct ArrowArray array;
    struct ArrowSchema schema;
    struct ArrowArrayStream stream;
    campaign_table *back = NULL;
    FUZZ_CHECK(campaign_table_to_arrow(&array, &schema, table, NULL, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_from_arrow(&back, &array, &schema, NULL, NULL) == CAMPAIGN_OK);
    check_same(table, back);
    campaign_table_free(back);
    campaign_arrow_options options = CAMPAIGN_ARROW_OPTIONS_INIT;
    options.money_as_decimal = 1;
    FUZZ_CHECK(campaign_table_to_arrow_stream(&stream, table, &options, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_from_arrow_stream(&back, &stream, NULL, NULL) == CAMPAIGN_OK);
    check_same(table, back);
    campaign_table_free(back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = { data, size };
    batch *made = calloc(1, sizeof *made);
    if (!made) abort();
    campaign_arrow_options options = CAMPAIGN_ARROW_OPTIONS_INIT;
    const uint8_t flags = take(&in);
    options.has_utc_offset = flags & 1;
    options.utc_offset_minutes = flags & 2 ? 480 : 0;
    make_batch(made, &in);
    campaign_table *table = NULL, *slice = NULL;
    campaign_error error = { 0 };
    const campaign_status status =
        campaign_table_from_arrow(&table, &made->root.array, &made->root.schema, &options, &error);
    FUZZ_CHECK((status == CAMPAIGN_OK) == (table != NULL) && error.code == status);
    FUZZ_CHECK(made->n_schema_releases == 1);
    if (table) {
        const int64_t n = campaign_table_n_rows(table), first = take(&in) % (n + 1);
        check_round_trip(table);
        FUZZ_CHECK(campaign_table_slice(&slice, table, first, n - first, NULL) == CAMPAIGN_OK);
        campaign_table_free(table);
        FUZZ_CHECK(n == 0 || campaign_table_n_columns(slice) == 0 || made->root.n_releases == 0);
        check_round_trip(slice);
        campaign_table_free(slice);
    }
    FUZZ_CHECK(made->root.n_releases == 1);
    free_batch(made);
    return 0;
}
