/* Arrow batches in: every type, in place or converted, at any offset; what is malformed is refused and released once. */
#include "arrow_maker.h"

static campaign_table *read_batch(made_batch *batch, const campaign_arrow_options *options)
{
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_from_arrow(&table, &batch->array, &batch->schema, options, &error), error);
    assert_null(batch->array.release);
    assert_null(batch->schema.release);
    assert_int_equal(batch->n_schema_releases, 1);
    return table;
}

static void free_table(campaign_table *table, const made_batch *batch)
{
    campaign_table_free(table);
    assert_int_equal(batch->n_array_releases, 1);
    assert_int_equal(batch->n_schema_releases, 1);
}

/* Reads one column and compares its cells with texts; NULL = null. */
static void check_cells(const child_plan *plan, const campaign_arrow_options *options, const char *const *texts)
{
    made_batch batch;
    make_batch(&batch, plan, 1, plan->length, 0);
    campaign_table *table = read_batch(&batch, options);
    assert_int_equal(campaign_table_n_rows(table), plan->length);
    for (int64_t row = 0; row < plan->length; row++) assert_cell(table, 0, row, texts[row]);
    free_table(table, &batch);
}

static campaign_status try_column(const child_plan *plan, campaign_error *error)
{
    made_batch batch;
    make_batch(&batch, plan, 1, plan->length, 0);
    campaign_table *table = (campaign_table *)(uintptr_t)1;
    const campaign_status status = campaign_table_from_arrow(&table, &batch.array, &batch.schema, NULL, error);
    if (status == CAMPAIGN_OK)
        campaign_table_free(table);
    else
        assert_null(table);
    assert_int_equal(batch.n_array_releases, 1);
    assert_int_equal(batch.n_schema_releases, 1);
    return status;
}

/* ---- In place --------------------------------------------------------------------------------------------------- */

static void test_equal_types_are_used_in_place(void **state)
{
    (void)state;
    static const int64_t wide[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    static const int32_t narrow[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    static const double floats[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    static const uint8_t bits[1] = { 0xAA }, validity[1] = { 0xF7 };
    static const char text[] = "abcdefgh";
    static const int32_t offsets[9] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
    static const child_plan entries = {
        .format = "u", .length = 8, .n_buffers = 3, .buffers = { NULL, offsets, text }
    };
    char metadata[128];
    money_metadata(metadata, "CNY", "2");
    const struct {
        child_plan plan;
        size_t width;
    } cases[] = {
        { { .format = "l", .n_buffers = 2, .buffers = { validity, wide } }, 8 },
        { { .format = "l", .n_buffers = 2, .buffers = { validity, wide }, .metadata = metadata }, 8 },
        { { .format = "tsu:", .n_buffers = 2, .buffers = { validity, wide } }, 8 },
        { { .format = "g", .n_buffers = 2, .buffers = { validity, floats } }, 8 },
        { { .format = "i", .n_buffers = 2, .buffers = { validity, narrow } }, 4 },
        { { .format = "tdD", .n_buffers = 2, .buffers = { validity, narrow } }, 4 },
        { { .format = "b", .n_buffers = 2, .buffers = { validity, bits } }, 0 },
        { { .format = "u", .n_buffers = 3, .buffers = { validity, offsets, text } }, 0 },
        { { .format = "i", .n_buffers = 2, .buffers = { validity, narrow }, .dictionary = &entries }, 4 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        child_plan plan = cases[i].plan;
        plan.name = "x";
        plan.length = 7;
        plan.offset = 1;
        plan.null_count = -1;
        made_batch batch;
        make_batch(&batch, &plan, 1, 4, 2); /* rows 3 to 6 of the buffers; bit 3 is a null */
        campaign_table *table = read_batch(&batch, NULL);
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        campaign_error error = { 0 };
        assert_ok(campaign_table_column(&column, table, 0, &error), error);
        assert_int_equal(column.n_rows, 4);
        assert_int_equal(column.n_nulls, 1);
        assert_ptr_equal(column.validity, validity);
        assert_int_equal(column.bit_offset, 3);
        if (plan.dictionary) {
            assert_ptr_equal(column.codes, narrow + 3);
            assert_ptr_equal(column.offsets, offsets);
            assert_ptr_equal(column.values, text);
        } else if (plan.n_buffers == 3) {
            assert_ptr_equal(column.offsets, offsets + 3);
            assert_ptr_equal(column.values, text);
        } else {
            assert_ptr_equal(column.values, (const char *)plan.buffers[1] + 3 * cases[i].width);
        }
        assert_int_equal(campaign_table_is_null(table, 0, 0), 1);
        assert_int_equal(batch.n_array_releases, 0);
        free_table(table, &batch);
    }
}

static void test_skewed_buffers_are_copied(void **state)
{
    (void)state;
    int64_t room[4];
    static const int64_t values[] = { -5, 0, 7 };
    static const int32_t offsets[] = { 0, 1, 3, 3 };
    memcpy((char *)room + 1, values, sizeof values);
    const child_plan wide = {
        .format = "l", .name = "x", .length = 3, .n_buffers = 2, .buffers = { NULL, (char *)room + 1 }
    };
    check_cells(&wide, NULL, (const char *const[]){ "-5", "0", "7" });
    memcpy((char *)room + 1, offsets, sizeof offsets);
    const child_plan text = {
        .format = "u", .name = "x", .length = 3, .n_buffers = 3, .buffers = { NULL, (char *)room + 1, "abc" }
    };
    check_cells(&text, NULL, (const char *const[]){ "a", "bc", "" });
}

/* ---- Converted -------------------------------------------------------------------------------------------------- */

static const uint8_t second_null[1] = { 0x0D }; /* rows 0, 2, 3 */

static void test_every_width_of_whole_numbers(void **state)
{
    (void)state;
    static const int8_t i8[] = { -128, 99, 0, 127 };
    static const uint8_t u8[] = { 0, 99, 1, 255 };
    static const int16_t i16[] = { -32768, 99, 0, 32767 };
    static const uint16_t u16[] = { 0, 99, 1, 65535 };
    static const int32_t i32[] = { INT32_MIN, 99, 0, INT32_MAX };
    static const uint32_t u32[] = { 0, 99, 1, UINT32_MAX };
    static const int64_t i64[] = { INT64_MIN, 99, 0, INT64_MAX };
    static const uint64_t u64[] = { 0, UINT64_MAX, 1, INT64_MAX };
    const struct {
        const char *format;
        const void *values;
        int32_t type;
        const char *lowest, *third, *highest;
    } cases[] = {
        { "c", i8, CAMPAIGN_TYPE_INT32, "-128", "0", "127" },
        { "C", u8, CAMPAIGN_TYPE_INT32, "0", "1", "255" },
        { "s", i16, CAMPAIGN_TYPE_INT32, "-32768", "0", "32767" },
        { "S", u16, CAMPAIGN_TYPE_INT32, "0", "1", "65535" },
        { "i", i32, CAMPAIGN_TYPE_INT32, "-2147483648", "0", "2147483647" },
        { "I", u32, CAMPAIGN_TYPE_INT64, "0", "1", "4294967295" },
        { "l", i64, CAMPAIGN_TYPE_INT64, "-9223372036854775808", "0", "9223372036854775807" },
        { "L", u64, CAMPAIGN_TYPE_INT64, "0", "1", "9223372036854775807" },
    };
    char metadata[128];
    money_metadata(metadata, "JPY", "0");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int is_money = 0; is_money < 2; is_money++) {
            const child_plan plan = { .format = cases[i].format,
                                      .name = "x",
                                      .length = 4,
                                      .null_count = 1,
                                      .n_buffers = 2,
                                      .buffers = { second_null, cases[i].values },
                                      .metadata = is_money ? metadata : NULL };
            check_cells(&plan, NULL, (const char *const[]){ cases[i].lowest, NULL, cases[i].third, cases[i].highest });
            made_batch batch;
            make_batch(&batch, &plan, 1, 4, 0);
            campaign_table *table = read_batch(&batch, NULL);
            campaign_column column = CAMPAIGN_COLUMN_INIT;
            assert_int_equal(campaign_table_column(&column, table, 0, NULL), CAMPAIGN_OK);
            assert_int_equal(column.type, is_money ? CAMPAIGN_TYPE_MONEY : cases[i].type);
            assert_string_equal(column.currency, is_money ? "JPY" : "");
            free_table(table, &batch);
        }
}

static void test_floats_days_and_instants(void **state)
{
    (void)state;
    static const float f32[] = { 1.5f, 0, -0.25f, 0.1f };
    static const int64_t milliseconds[] = { -1, INT64_MAX, 86399999, 86400000 }; /* days -1, (null), 0, 1 */
    static const int64_t seconds[] = { -1, INT64_MAX, 0, 1000000000 };
    static const int64_t nanoseconds[] = { -1, INT64_MAX, 999, 1000 }; /* rounded down: -1, (null), 0, 1 µs */
    const struct {
        const char *format;
        const void *values;
        const char *texts[4];
    } cases[] = {
        { "f", f32, { "1.5", NULL, "-0.25", "0.10000000149011612" } }, /* the float nearest to 0.1, as a double */
        { "tdm", milliseconds, { "1969-12-31", NULL, "1970-01-01", "1970-01-02" } },
        { "tss:", seconds, { "1969-12-31T23:59:59", NULL, "1970-01-01T00:00:00", "2001-09-09T01:46:40" } },
        { "tsm:",
          milliseconds,
          { "1969-12-31T23:59:59.999000", NULL, "1970-01-01T23:59:59.999000", "1970-01-02T00:00:00" } },
        { "tsn:",
          nanoseconds,
          { "1969-12-31T23:59:59.999999", NULL, "1970-01-01T00:00:00", "1970-01-01T00:00:00.000001" } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const child_plan plan = { .format = cases[i].format,
                                  .name = "x",
                                  .length = 4,
                                  .null_count = 1,
                                  .n_buffers = 2,
                                  .buffers = { second_null, cases[i].values } };
        check_cells(&plan, NULL, cases[i].texts);
    }
}

static void test_zones_are_moved_or_refused(void **state)
{
    (void)state;
    static const int64_t seconds[] = { 0 };
    const child_plan plan = {
        .format = "tss:UTC", .name = "at", .length = 1, .n_buffers = 2, .buffers = { NULL, seconds }
    };
    campaign_error error = { 0 };
    assert_int_equal(try_column(&plan, &error), CAMPAIGN_E_COLUMN);
    assert_string_equal(error.where, "at");
    assert_non_null(strstr(error.message, "utc_offset_minutes"));
    campaign_arrow_options options = CAMPAIGN_ARROW_OPTIONS_INIT;
    options.has_utc_offset = 1;
    check_cells(&plan, &options, (const char *const[]){ "1970-01-01T00:00:00" });
    options.utc_offset_minutes = 480;
    check_cells(&plan, &options, (const char *const[]){ "1970-01-01T08:00:00" });
    options.utc_offset_minutes = 5000;
    made_batch batch;
    make_batch(&batch, &plan, 1, 1, 0);
    campaign_table *table = NULL;
    assert_int_equal(campaign_table_from_arrow(&table, &batch.array, &batch.schema, &options, &error),
                     CAMPAIGN_E_ARGUMENT);
    assert_int_equal(batch.n_array_releases, 1);
    assert_int_equal(batch.n_schema_releases, 1);
}

typedef struct decimal_case {
    const char *format;
    uint64_t low, high; /* of 128 bits; narrower ones use low */
    campaign_status status;
    const char *text;
} decimal_case;

static void test_decimals_become_money_exactly(void **state)
{
    (void)state;
    const uint64_t ones = UINT64_MAX;
    const decimal_case cases[] = {
        { "d:19,2", 1990, 0, CAMPAIGN_OK, "19.90" },
        { "d:19,2,128", (uint64_t)-5, ones, CAMPAIGN_OK, "-0.05" },
        { "d:9,2,32", (uint32_t)-5, 0, CAMPAIGN_OK, "-0.05" },
        { "d:18,3,64", (uint64_t)-5, 0, CAMPAIGN_OK, "-0.005" },
        { "d:19,0", INT64_MAX, 0, CAMPAIGN_OK, "9223372036854775807" },
        { "d:19,0", (uint64_t)1 << 63, ones, CAMPAIGN_OK, "-9223372036854775808" },
        { "d:20,0", (uint64_t)1 << 63, 0, CAMPAIGN_E_OVERFLOW, NULL },
        { "d:38,0", 0, 1, CAMPAIGN_E_OVERFLOW, NULL },
        { "d:38,0", INT64_MAX, ones, CAMPAIGN_E_OVERFLOW, NULL },
        { "d:10,-2", 7, 0, CAMPAIGN_OK, "700" },
        { "d:10,-18", 10, 0, CAMPAIGN_E_OVERFLOW, NULL },
        /* 19.90 with 18 decimals is 19900000000000000000 = 2^64 + 1453255926290448384 */
        { "d:38,18", UINT64_C(1453255926290448384), 1, CAMPAIGN_OK, "19.900000000" },
        { "d:38,18", 1, 0, CAMPAIGN_E_VALUE, NULL },
        { "d:38,27", UINT64_C(1000000000000000000), 0, CAMPAIGN_OK, "0.000000001" },
        { "d:38,28", 0, 0, CAMPAIGN_E_COLUMN, NULL },
        { "d:19", 0, 0, CAMPAIGN_E_COLUMN, NULL },
        { "d:19,2,96", 0, 0, CAMPAIGN_E_COLUMN, NULL },
        { "d:19,x", 0, 0, CAMPAIGN_E_COLUMN, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const uint16_t one = 1;
        const int is_little = *(const uint8_t *)&one == 1;
        uint64_t words[2] = { is_little ? cases[i].low : cases[i].high, is_little ? cases[i].high : cases[i].low };
        if (strstr(cases[i].format, ",64")) words[0] = cases[i].low;
        const uint32_t narrow = (uint32_t)cases[i].low;
        if (strstr(cases[i].format, ",32")) memcpy(words, &narrow, sizeof narrow);
        const child_plan plan = {
            .format = cases[i].format, .name = "x", .length = 1, .n_buffers = 2, .buffers = { NULL, words }
        };
        if (cases[i].status == CAMPAIGN_OK) {
            check_cells(&plan, NULL, &cases[i].text);
            continue;
        }
        campaign_error error = { 0 };
        if (try_column(&plan, &error) != cases[i].status)
            fail_msg("%s: %d %s", cases[i].format, (int)error.code, error.message);
        assert_int_equal(error.row, cases[i].status == CAMPAIGN_E_COLUMN ? -1 : 0);
    }
}

static void test_wide_decimals_need_all_words_alike(void **state)
{
    (void)state;
    const uint16_t one = 1;
    const int is_little = *(const uint8_t *)&one == 1;
    for (int broken = 0; broken < 4; broken++) {
        uint64_t words[4];
        for (int i = 0; i < 4; i++) words[is_little ? i : 3 - i] = i == 0 ? (uint64_t)-1990 : UINT64_MAX;
        if (broken) words[is_little ? broken : 3 - broken] = 0;
        const child_plan plan = {
            .format = "d:40,2,256", .name = "x", .length = 1, .n_buffers = 2, .buffers = { NULL, words }
        };
        campaign_error error = { 0 };
        if (broken)
            assert_int_equal(try_column(&plan, &error), CAMPAIGN_E_OVERFLOW);
        else
            check_cells(&plan, NULL, (const char *const[]){ "-19.90" });
    }
}

static void test_money_needs_both_words(void **state)
{
    (void)state;
    static const int64_t values[2] = { 1990, 0 };
    char metadata[128];
    static const struct {
        const char *format, *currency, *exponent;
        campaign_status status;
        const char *text;
    } cases[] = {
        { "l", "CNY", "2", CAMPAIGN_OK, "19.90" },       { "l", NULL, NULL, CAMPAIGN_OK, "1990" },
        { "l", "KWD", "0", CAMPAIGN_OK, "1990" },        { "l", "CNY", NULL, CAMPAIGN_E_COLUMN, NULL },
        { "l", NULL, "2", CAMPAIGN_E_COLUMN, NULL },     { "l", "RMB", "2", CAMPAIGN_E_UNKNOWN, NULL },
        { "l", "CN", "2", CAMPAIGN_E_UNKNOWN, NULL },    { "l", "CNY", "10", CAMPAIGN_E_VALUE, NULL },
        { "l", "CNY", "-1", CAMPAIGN_E_VALUE, NULL },    { "l", "CNY", "two", CAMPAIGN_E_VALUE, NULL },
        { "d:19,3", "CNY", NULL, CAMPAIGN_OK, "1.990" }, { "d:19,3", NULL, NULL, CAMPAIGN_OK, "1.990" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        money_metadata(metadata, cases[i].currency, cases[i].exponent);
        const child_plan plan = { .format = cases[i].format,
                                  .name = "amount",
                                  .length = 1,
                                  .n_buffers = 2,
                                  .buffers = { NULL, values },
                                  .metadata = metadata };
        campaign_error error = { 0 };
        if (cases[i].status == CAMPAIGN_OK)
            check_cells(&plan, NULL, &cases[i].text);
        else
            assert_int_equal(try_column(&plan, &error), cases[i].status);
    }
}

/* ---- Text ------------------------------------------------------------------------------------------------------- */

/* A view string: up to 12 bytes within, longer ones in buffer 2 + index. */
static void put_view(char view[16], int32_t length, const char *text, int32_t index, int32_t offset)
{
    memset(view, 0, 16);
    memcpy(view, &length, 4);
    memcpy(view + 4, text, length > 12 ? 4 : (size_t)(length < 0 ? 0 : length));
    if (length <= 12) return;
    memcpy(view + 8, &index, 4);
    memcpy(view + 12, &offset, 4);
}

static void test_large_and_view_strings(void **state)
{
    (void)state;
    static const int64_t offsets[] = { 5, 8, 99, 99, 99 };
    char text[100];
    memset(text, 'z', sizeof text);
    memcpy(text + 5, "店", 3);
    const child_plan large = { .format = "U",
                               .name = "x",
                               .length = 4,
                               .null_count = 1,
                               .n_buffers = 3,
                               .buffers = { second_null, offsets, text } };
    check_cells(&large, NULL, (const char *const[]){ "店", NULL, "", "" });

    static char views[4][16];
    static const char first[] = "thirteen bytes and more", second[] = "..a longer text of another buffer";
    static const int64_t sizes[2] = { sizeof first - 1, sizeof second - 1 };
    put_view(views[0], 12, "twelve bytes", 0, 0);
    put_view(views[1], 1000, "garb", 7, -1); /* a null cell may hold anything */
    put_view(views[2], 13, "thir", 0, 0);
    put_view(views[3], 31, "a lo", 1, 2);
    const child_plan plan = { .format = "vu",
                              .name = "x",
                              .length = 4,
                              .null_count = 1,
                              .n_buffers = 5,
                              .buffers = { second_null, views, first, second, sizes } };
    check_cells(&plan, NULL,
                (const char *const[]){ "twelve bytes", NULL, "thirteen byte", "a longer text of another buffer" });
}

static void test_views_that_point_outside_are_refused(void **state)
{
    (void)state;
    static const char data[20] = "aaaaaaaaaaaaaaaaaaa";
    static const int64_t sizes[] = { 20 };
    static const struct {
        int32_t length, index, offset;
        campaign_status status;
    } cases[] = { { 20, 0, 0, CAMPAIGN_OK },
                  { 13, 0, 7, CAMPAIGN_OK },
                  { 21, 0, 0, CAMPAIGN_E_VALUE },
                  { 13, 0, 8, CAMPAIGN_E_VALUE },
                  { 13, 1, 0, CAMPAIGN_E_VALUE },
                  { 13, -1, 0, CAMPAIGN_E_VALUE },
                  { 13, 0, -1, CAMPAIGN_E_VALUE },
                  { -1, 0, 0, CAMPAIGN_E_VALUE },
                  { INT32_MAX, 0, 0, CAMPAIGN_E_VALUE },
                  { 13, 0, INT32_MAX, CAMPAIGN_E_VALUE } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char views[2][16];
        put_view(views[0], 0, "", 0, 0);
        put_view(views[1], cases[i].length, "aaaaaaaaaaaa", cases[i].index, cases[i].offset);
        const child_plan plan = {
            .format = "vu", .name = "x", .length = 2, .n_buffers = 4, .buffers = { NULL, views, data, sizes }
        };
        campaign_error error = { .row = -1 };
        assert_int_equal(try_column(&plan, &error), cases[i].status);
        if (cases[i].status != CAMPAIGN_OK) assert_int_equal(error.row, 1);
    }
}

static void test_dictionaries_of_every_width(void **state)
{
    (void)state;
    static const int32_t offsets[] = { 0, 3, 3, 4 };
    static const uint8_t entry_validity[] = { 0x03 }; /* the third entry is null */
    static const child_plan entries = {
        .format = "u", .length = 3, .n_buffers = 3, .buffers = { entry_validity, offsets, "店a" }
    };
    static const char formats[] = "cCsSiIlL";
    for (size_t i = 0; i < 8; i++) {
        const size_t width = (size_t)1 << i / 2;
        char codes[4 * 8] = { 0 };
        static const uint8_t wanted[4] = { 0, 0x77, 2, 1 };
        const uint16_t one = 1;
        const size_t low = *(const uint8_t *)&one == 1 ? 0 : width - 1;
        for (size_t row = 0; row < 4; row++) codes[row * width + low] = (char)wanted[row];
        const char format[2] = { formats[i], '\0' };
        const child_plan plan = { .format = format,
                                  .name = "x",
                                  .length = 4,
                                  .null_count = 1,
                                  .n_buffers = 2,
                                  .buffers = { second_null, codes },
                                  .dictionary = &entries };
        check_cells(&plan, NULL, (const char *const[]){ "店", NULL, NULL, "" });
        campaign_error error = { 0 };
        codes[3 * width + low] = 3;
        assert_int_equal(try_column(&plan, &error), CAMPAIGN_E_VALUE);
        assert_int_equal(error.row, 3);
        memset(codes + 3 * width, 0xFF, width); /* -1, or the greatest of all */
        assert_int_equal(try_column(&plan, &error), CAMPAIGN_E_VALUE);
        assert_int_equal(error.row, 3);
    }
}

static void test_a_dictionary_may_be_empty_or_cut(void **state)
{
    (void)state;
    static const int32_t no_offsets[] = { 0 }, offsets[] = { 0, 1, 2, 3, 4 }, codes[] = { 5, 1, 0 };
    static const uint8_t no_values[] = { 0x00 };
    static const child_plan nothing = {
        .format = "u", .length = 0, .n_buffers = 3, .buffers = { NULL, no_offsets, NULL }
    };
    const child_plan empty = { .format = "i",
                               .name = "x",
                               .length = 3,
                               .null_count = 3,
                               .n_buffers = 2,
                               .buffers = { no_values, codes },
                               .dictionary = &nothing };
    check_cells(&empty, NULL, (const char *const[]){ NULL, NULL, NULL });
    static const child_plan cut = {
        .format = "u", .length = 2, .offset = 2, .n_buffers = 3, .buffers = { NULL, offsets, "abcd" }
    };
    const child_plan plan = { .format = "i",
                              .name = "x",
                              .length = 2,
                              .offset = 1,
                              .n_buffers = 2,
                              .buffers = { NULL, codes },
                              .dictionary = &cut };
    check_cells(&plan, NULL, (const char *const[]){ "d", "c" });
    campaign_error error = { 0 };
    child_plan full = empty;
    full.buffers[0] = NULL;
    full.null_count = 0;
    assert_int_equal(try_column(&full, &error), CAMPAIGN_E_VALUE);
}

static void test_null_columns_are_text_without_values(void **state)
{
    (void)state;
    for (int64_t n_buffers = 0; n_buffers < 2; n_buffers++) { /* one producer exports an empty buffer */
        const child_plan plan = { .format = "n", .name = "x", .length = 3, .null_count = 3, .n_buffers = n_buffers };
        check_cells(&plan, NULL, (const char *const[]){ NULL, NULL, NULL });
    }
}

/* ---- Batches ---------------------------------------------------------------------------------------------------- */

static void test_null_structs_make_null_cells(void **state)
{
    (void)state;
    static const int32_t values[] = { 0, 1, 2, 3, 4, 5 };
    static const uint8_t bools[] = { 0x2A }, own[] = { 0x1F }, outer[] = { 0x3B }; /* row 5 null; row 2 null */
    const child_plan plans[] = {
        { .format = "i", .name = "a", .length = 6, .n_buffers = 2, .null_count = 1, .buffers = { own, values } },
        { .format = "b", .name = "b", .length = 6, .n_buffers = 2, .null_count = 1, .buffers = { own, bools } },
        { .format = "b", .name = "c", .length = 6, .n_buffers = 2, .buffers = { NULL, bools } },
        { .format = "C", .name = "d", .length = 6, .n_buffers = 2, .buffers = { NULL, "\0\1\2\3\4\5" } },
    };
    for (int64_t first = 0; first < 4; first++) {
        made_batch batch;
        make_batch(&batch, plans, 4, 6 - first, first);
        batch.root_buffers[0] = outer;
        campaign_table *table = read_batch(&batch, NULL), *slice = NULL;
        assert_int_equal(campaign_table_slice(&slice, table, 1, 5 - first, NULL), CAMPAIGN_OK);
        for (int64_t row = first; row < 6; row++)
            for (int32_t i = 0; i < 4; i++) {
                char number[2] = { (char)('0' + row), '\0' };
                const char *const text = i == 0 || i == 3 ? number : row % 2 ? "true" : "false";
                const int is_null = row == 2 || (row == 5 && i < 2);
                assert_cell(table, i, row - first, is_null ? NULL : text);
                if (row > first) assert_cell(slice, i, row - first - 1, is_null ? NULL : text);
            }
        campaign_table_free(table);
        assert_int_equal(batch.n_array_releases, 0);
        free_table(slice, &batch);
    }
}

static void test_batches_without_rows_or_columns(void **state)
{
    (void)state;
    static const child_plan plans[] = { { .format = "l", .name = "a", .n_buffers = 2 },
                                        { .format = "u", .name = "b", .n_buffers = 3 },
                                        { .format = "vu", .name = "c", .n_buffers = 3 },
                                        { .format = "b", .name = "d", .n_buffers = 2 } };
    made_batch batch;
    make_batch(&batch, plans, 4, 0, 0);
    campaign_table *table = read_batch(&batch, NULL);
    assert_int_equal(campaign_table_n_rows(table), 0);
    assert_int_equal(campaign_table_n_columns(table), 4);
    free_table(table, &batch);
    make_batch(&batch, NULL, 0, 5, 0);
    table = read_batch(&batch, NULL);
    assert_int_equal(campaign_table_n_rows(table), 5);
    assert_int_equal(campaign_table_n_columns(table), 0);
    free_table(table, &batch);
}

/* ---- Malformed -------------------------------------------------------------------------------------------------- */

static const int32_t good_offsets[] = { 0, 1, 2, 3 };

static void spoil(made_batch *batch, int way)
{
    struct ArrowArray *child = &batch->arrays[0], *root = &batch->array;
    struct ArrowSchema *schema = &batch->schemas[0];
    static const int32_t falling[] = { 0, 2, 1, 3 }, negative[] = { -1, 0, 1, 2 };
    switch (way) {
    case 0: child->length = -1; break;
    case 1: child->offset = -1; break;
    case 2:
        child->length = INT64_MAX;
        child->offset = INT64_MAX;
        break;
    case 3: child->length = 2; break;
    case 4: child->n_buffers = 2; break;
    case 5: child->n_buffers = -1; break;
    case 6: child->buffers = NULL; break;
    case 7: child->buffers[1] = NULL; break;
    case 8: child->buffers[2] = NULL; break;
    case 9: child->buffers[1] = falling; break;
    case 10: child->buffers[1] = negative; break;
    case 11: child->null_count = 1; break;
    case 12: child->null_count = 4; break;
    case 13: child->null_count = -2; break;
    case 14: child->n_children = 1; break;
    case 15: child->dictionary = &batch->arrays[1]; break;
    case 16: schema->dictionary = &batch->schemas[1]; break;
    case 17: child->release = NULL; break;
    case 18: root->length = -1; break;
    case 19: root->offset = -1; break;
    case 20: root->offset = 1; break;
    case 21: root->n_buffers = 0; break;
    case 22: root->buffers = NULL; break;
    case 23: root->n_children = 1; break;
    case 24: root->children = NULL; break;
    case 25: root->null_count = 2; break;
    case 26: root->dictionary = &batch->arrays[1]; break;
    case 27: batch->array_pointers[1] = NULL; break;
    case 28: batch->schema_pointers[0] = NULL; break;
    case 29: schema->format = NULL; break;
    case 30: schema->format = "?"; break;
    case 31: schema->format = ""; break;
    case 32: schema->format = "ts"; break;
    case 33: schema->format = "tsx:"; break;
    case 34: schema->format = "d:"; break;
    case 35: schema->name = NULL; break;
    case 36: schema->name = ""; break;
    case 37: schema->name = "a\nb"; break;
    case 38: schema->name = "b"; break; /* like the other */
    case 39: schema->release = NULL; break;
    case 40: batch->schema.format = "l"; break;
    case 41: batch->schema.format = NULL; break;
    case 42: batch->schema.n_children = -1; break;
    case 43: batch->schema.children = NULL; break;
    case 44:
        child->buffers[2] = "a\xFF"
                            "c";
        break;
    case 45: schema->format = "e"; break;
    case 46: schema->format = "+l"; break;
    default: fail();
    }
}

static void test_malformed_batches_are_refused_and_released_once(void **state)
{
    (void)state;
    static const int64_t values[] = { 1, 2, 3 };
    const child_plan plans[] = {
        { .format = "u", .name = "a", .length = 3, .n_buffers = 3, .buffers = { NULL, good_offsets, "abc" } },
        { .format = "l", .name = "b", .length = 3, .n_buffers = 2, .buffers = { NULL, values } },
    };
    for (int way = 0; way <= 46; way++) {
        made_batch batch;
        make_batch(&batch, plans, 2, 3, 0);
        spoil(&batch, way);
        campaign_table *table = (campaign_table *)(uintptr_t)1;
        campaign_error error = { 0 };
        const campaign_status status = campaign_table_from_arrow(&table, &batch.array, &batch.schema, NULL, &error);
        if (status == CAMPAIGN_OK || status == CAMPAIGN_E_NOMEM || table || !error.message[0] ||
            batch.n_array_releases != 1 || batch.n_schema_releases != 1)
            fail_msg("way %d: status %d, %d and %d releases: %s", way, (int)status, batch.n_array_releases,
                     batch.n_schema_releases, error.message);
    }
}

static void test_missing_arguments_release_what_was_given(void **state)
{
    (void)state;
    made_batch batch;
    campaign_table *table = NULL;
    make_batch(&batch, NULL, 0, 0, 0);
    assert_int_equal(campaign_table_from_arrow(NULL, &batch.array, &batch.schema, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(batch.n_array_releases + batch.n_schema_releases, 2);
    make_batch(&batch, NULL, 0, 0, 0);
    assert_int_equal(campaign_table_from_arrow(&table, NULL, &batch.schema, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(batch.n_schema_releases, 1);
    assert_int_equal(campaign_table_from_arrow(&table, &batch.array, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(batch.n_array_releases, 1);
    assert_int_equal(campaign_table_from_arrow(&table, &batch.array, &batch.schema, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(batch.n_array_releases + batch.n_schema_releases, 2); /* released before: not again */
}

static void test_rows_that_do_not_fit_are_named(void **state)
{
    (void)state;
    static const uint64_t u64[] = { 1, 2, UINT64_MAX };
    static const int64_t far[] = { 0, 0, INT64_MAX }, late[] = { 0, 0, INT64_C(253402300800) }; /* 10000-01-01 */
    static const int32_t days[] = { 0, 0, CAMPAIGN_DAY_MAX + 1 };
    const struct {
        const char *format;
        const void *values;
        campaign_status status;
    } cases[] = { { "L", u64, CAMPAIGN_E_OVERFLOW },    { "tdm", far, CAMPAIGN_E_OVERFLOW },
                  { "tss:", far, CAMPAIGN_E_OVERFLOW }, { "tsm:", far, CAMPAIGN_E_OVERFLOW },
                  { "tsu:", far, CAMPAIGN_E_VALUE },    { "tss:", late, CAMPAIGN_E_VALUE },
                  { "tdD", days, CAMPAIGN_E_VALUE } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const child_plan plan = {
            .format = cases[i].format, .name = "x", .length = 3, .n_buffers = 2, .buffers = { NULL, cases[i].values }
        };
        campaign_error error = { 0 };
        assert_int_equal(try_column(&plan, &error), cases[i].status);
        assert_int_equal(error.row, 2);
        assert_string_equal(error.where, "x");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_types_are_used_in_place),
        cmocka_unit_test(test_skewed_buffers_are_copied),
        cmocka_unit_test(test_every_width_of_whole_numbers),
        cmocka_unit_test(test_floats_days_and_instants),
        cmocka_unit_test(test_zones_are_moved_or_refused),
        cmocka_unit_test(test_decimals_become_money_exactly),
        cmocka_unit_test(test_wide_decimals_need_all_words_alike),
        cmocka_unit_test(test_money_needs_both_words),
        cmocka_unit_test(test_large_and_view_strings),
        cmocka_unit_test(test_views_that_point_outside_are_refused),
        cmocka_unit_test(test_dictionaries_of_every_width),
        cmocka_unit_test(test_a_dictionary_may_be_empty_or_cut),
        cmocka_unit_test(test_null_columns_are_text_without_values),
        cmocka_unit_test(test_null_structs_make_null_cells),
        cmocka_unit_test(test_batches_without_rows_or_columns),
        cmocka_unit_test(test_malformed_batches_are_refused_and_released_once),
        cmocka_unit_test(test_missing_arguments_release_what_was_given),
        cmocka_unit_test(test_rows_that_do_not_fit_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
