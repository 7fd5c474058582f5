/* Where records and fields lie: blocks of any size give the same records. */
#include "csv.h"

#include "io/csv/scan.h"

static cpn_io_source source_of(const char *text)
{
    return (cpn_io_source){ text, strlen(text), ',' };
}

/* All fields of a text in blocks of about block_size bytes, each as "<field>", records ended by "/". */
static void list_fields(char *list, const cpn_io_source *source, size_t block_size, int64_t n_fields)
{
    cpn_io_block *blocks = NULL;
    int64_t n_blocks = 0;
    size_t bad = 0, expected = 0;
    assert_int_equal(cpn_io_cut_blocks(&blocks, &n_blocks, source, 0, block_size, &bad), CAMPAIGN_OK);
    *list = '\0';
    for (int64_t b = 0; b < n_blocks; b++) {
        assert_true(blocks[b].first == expected && blocks[b].last > blocks[b].first);
        expected = blocks[b].last;
        assert_int_equal(cpn_io_index_block(&blocks[b], source, n_fields), CAMPAIGN_OK);
        const cpn_io_bad_record *bad_records = blocks[b].bad;
        int64_t n_bad = 0;
        for (int64_t row = 0; row < blocks[b].n_rows; row++) {
            if (n_bad < blocks[b].n_bad && bad_records[n_bad].row == row) { /* nobody reads its fields */
                (void)sprintf(list + strlen(list), "%lld!/", (long long)bad_records[n_bad++].n_found);
                continue;
            }
            for (int64_t field = 0; field < n_fields; field++) {
                char text[64];
                const cpn_io_cell cell = cpn_io_block_cell(source, &blocks[b], row, field, n_fields);
                const size_t n = cpn_io_copy_cell(text, cell);
                assert_int_equal(n, cpn_io_cell_length(cell));
                (void)sprintf(list + strlen(list), "<%.*s>", (int)n, text);
            }
            strcat(list, "/");
        }
    }
    assert_int_equal(expected, source->length);
    cpn_io_free_blocks(blocks, n_blocks);
}

static void test_blocks_of_every_size_hold_the_same_records(void **state)
{
    (void)state;
    const char *text =
        "a,b\r\n\"x,\r\n\"\"y\"\"\",2\n3\"\",\"\"\r,\n\n\"long, long text with\nmany\rlines\r\n\",9\r\nz,";
    /* The third record is 3"" and an empty quoted cell, and ends in CR; then an empty record and a blank line. */
    const char *expected = "<a><b>/<x,\r\n\"y\"><2>/<3\"\"><>/<><>/<long, long text with\nmany\rlines\r\n><9>/<z><>/";
    const cpn_io_source source = source_of(text);
    for (size_t size = 1; size <= source.length + 1; size++) {
        char list[400];
        list_fields(list, &source, size, 2);
        assert_string_equal(list, expected);
    }
}

static void test_carriage_returns_alone_end_lines(void **state)
{
    (void)state;
    const cpn_io_source source = source_of("a,b\r1,\"x\ny\"\r2,z\r");
    for (size_t size = 1; size < 20; size++) {
        char list[100];
        list_fields(list, &source, size, 2);
        assert_string_equal(list, "<a><b>/<1><x\ny>/<2><z>/");
    }
}

static void test_an_unclosed_quote_is_found_where_it_opens(void **state)
{
    (void)state;
    const cpn_io_source source = source_of("a,b\n\"1\",\"2\"\n3\",\"never\nclosed\n\"\"\n");
    for (size_t size = 1; size < 40; size++) {
        cpn_io_block *blocks = NULL;
        int64_t n_blocks = 0;
        size_t bad = 0;
        assert_int_equal(cpn_io_cut_blocks(&blocks, &n_blocks, &source, 0, size, &bad), CAMPAIGN_E_SYNTAX);
        assert_int_equal(bad, 15); /* 4 bytes of header, 8 of the record, 3", */
        cpn_io_free_blocks(blocks, n_blocks);
    }
}

static void test_bad_records_keep_their_row(void **state)
{
    (void)state;
    const cpn_io_source source = source_of("1,2\n3\n4,5,6\n\"7\"x,8\n9,0");
    cpn_io_block *blocks = NULL;
    int64_t n_blocks = 0;
    size_t at = 0;
    assert_int_equal(cpn_io_cut_blocks(&blocks, &n_blocks, &source, 0, 1000, &at), CAMPAIGN_OK);
    assert_int_equal(n_blocks, 1);
    assert_int_equal(cpn_io_index_block(blocks, &source, 2), CAMPAIGN_OK);
    assert_int_equal(blocks->n_rows, 5);
    assert_int_equal(blocks->n_bad, 3);
    const cpn_io_bad_record *bad = blocks->bad;
    assert_true(bad[0].row == 1 && bad[0].flaw == CPN_IO_RAGGED && bad[0].n_found == 1 && bad[0].position == 4);
    assert_true(bad[1].row == 2 && bad[1].flaw == CPN_IO_RAGGED && bad[1].n_found == 3 && bad[1].position == 6);
    assert_true(bad[2].row == 3 && bad[2].flaw == CPN_IO_AFTER_QUOTE && bad[2].position == 15);
    cpn_io_free_blocks(blocks, n_blocks);
}

/* Every text of up to six of these characters: the records do not depend on the size of blocks. */
static void test_all_short_texts_in_all_blocks(void **state)
{
    (void)state;
    static const char letters[] = { 'a', ',', '"', '\n', '\r' };
    for (int length = 1; length <= 6; length++) {
        int n_texts = 1;
        for (int i = 0; i < length; i++) n_texts *= 5;
        for (int number = 0; number < n_texts; number++) {
            char text[8] = "";
            for (int i = 0, rest = number; i < length; i++, rest /= 5) text[i] = letters[rest % 5];
            const cpn_io_source source = source_of(text);
            cpn_io_block *blocks = NULL;
            int64_t n_blocks = 0;
            size_t bad = 0;
            const campaign_status whole = cpn_io_cut_blocks(&blocks, &n_blocks, &source, 0, 100, &bad);
            cpn_io_free_blocks(blocks, n_blocks);
            char expected[200], list[200];
            if (whole == CAMPAIGN_OK) list_fields(expected, &source, 100, 2);
            for (size_t size = 1; size < 8; size += 2) {
                if (whole == CAMPAIGN_OK) {
                    list_fields(list, &source, size, 2);
                    assert_string_equal(list, expected);
                    continue;
                }
                assert_int_equal(cpn_io_cut_blocks(&blocks, &n_blocks, &source, 0, size, &bad), whole);
                cpn_io_free_blocks(blocks, n_blocks);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_of_every_size_hold_the_same_records),
        cmocka_unit_test(test_carriage_returns_alone_end_lines),
        cmocka_unit_test(test_an_unclosed_quote_is_found_where_it_opens),
        cmocka_unit_test(test_bad_records_keep_their_row),
        cmocka_unit_test(test_all_short_texts_in_all_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
