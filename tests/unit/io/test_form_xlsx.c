/* Workbooks: legal names, escapes, the same bytes twice, whole or not at all. What spreadsheets make of them is tested
 * with LibreOffice in tests/scenario/check_forms.py. */
#include "forms.h"

#include <stdio.h>
#include <unistd.h>

#include "io/file.h"
#include "io/forms/xlsx.h"

static char (*names)[CPN_XLSX_NAME_ROOM];

static void assert_name(int32_t index, const char *wish, const char *expected)
{
    cpn_xlsx_name_sheet(names[index], wish, names, index);
    assert_string_equal(names[index], expected);
}

static void test_names_of_sheets_are_legal_and_unique(void **state)
{
    (void)state;
    char room[8][CPN_XLSX_NAME_ROOM];
    names = room;
    assert_name(0, "a/b:c*d?e[f]g\\h", "a b c d e f g h");
    assert_name(1, "'quoted'", "quoted");
    assert_name(2, "Quoted", "Quoted 2");
    assert_name(3, "", "Sheet");
    assert_name(4, "History", "History 2");
    /* 31 characters, not bytes; a rare one counts as two. */
    assert_name(5, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三",
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一");
    assert_name(6, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一",
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九 2");
    assert_name(7, "123456789012345678901234567890\xF0\xA0\xAE\xB7", "123456789012345678901234567890");
}

static void test_names_of_cells(void **state)
{
    (void)state;
    char room[CPN_XLSX_CELL_ROOM];
    assert_string_equal(cpn_xlsx_cell_name(room, 0, 0), "A1");
    assert_string_equal(cpn_xlsx_cell_name(room, 6, 25), "Z7");
    assert_string_equal(cpn_xlsx_cell_name(room, 9, 26), "AA10");
    assert_string_equal(cpn_xlsx_cell_name(room, 1048575, 16383), "XFD1048576");
}

static void assert_escaped(const char *text, const char *expected)
{
    char *escaped = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_xlsx_escape(&escaped, text, strlen(text), &error), error);
    assert_string_equal(escaped, expected);
    free(escaped);
}

static void test_text_that_looks_like_an_escape_is_escaped(void **state)
{
    (void)state;
    assert_escaped("", "");
    assert_escaped("=1+1 客户", "=1+1 客户");
    assert_escaped("_x0041_", "_x005F_x0041_");
    assert_escaped("_x00_", "_x00_");
    assert_escaped("a\xEF\xBF\xBF", "a_xFFFF_");
}

#define CELLS 3

/* Writes one workbook of several sheets; false where this build writes none. */
static bool write_book(const char *path, const campaign_form_options *options)
{
    campaign_table *split = table_of(task_split_csv, "sales_task");
    campaign_sheet sheets[CELLS] = { sheet_of("task_split", split), sheet_of("followups", NULL),
                                     sheet_of(NULL, split) };
    campaign_workbook workbook = CAMPAIGN_WORKBOOK_INIT;
    workbook.sheets = sheets, workbook.n_sheets = CELLS;
    campaign_error error = { 0 };
    const campaign_status status = campaign_io_write_xlsx(path, &workbook, options, &error);
    campaign_table_free(split);
    if (status == CAMPAIGN_E_UNSUPPORTED) {
        assert_non_null(strstr(error.message, "libxlsxwriter"));
        print_message("skipped: this build has no libxlsxwriter\n");
        return false;
    }
    assert_ok(status, error);
    return true;
}

static void test_the_same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    const campaign_form_options options = form_options("zh", CAMPAIGN_FORM_MONEY_TEN_THOUSAND);
    char *first = NULL, *second = NULL;
    size_t n_first = 0, n_second = 0;
    campaign_error error = { 0 };
    if (!write_book("forms_test.xlsx", &options)) return;
    assert_ok(cpn_io_read_file(&first, &n_first, "forms_test.xlsx", &error), error);
    sleep(1); /* the clock of the file format counts seconds */
    assert_true(write_book("forms_test.xlsx", &options));
    assert_ok(cpn_io_read_file(&second, &n_second, "forms_test.xlsx", &error), error);
    assert_int_equal(n_first, n_second);
    assert_memory_equal(first, second, n_first);
    assert_memory_equal(first, "PK\3\4", 4);
    free(first);
    free(second);
    (void)remove("forms_test.xlsx");
}

static void test_a_file_that_cannot_be_written_leaves_nothing(void **state)
{
    (void)state;
    campaign_sheet sheet = sheet_of("review", NULL);
    campaign_workbook workbook = CAMPAIGN_WORKBOOK_INIT;
    workbook.sheets = &sheet, workbook.n_sheets = 1;
    campaign_error error = { 0 };
    campaign_status status = campaign_io_write_xlsx("no/such/folder.xlsx", &workbook, NULL, &error);
    if (status == CAMPAIGN_E_UNSUPPORTED && strstr(error.message, "libxlsxwriter")) return;
    assert_int_equal(status, CAMPAIGN_E_IO);
    assert_string_equal(error.where, "no/such/folder.xlsx");
    assert_int_equal(campaign_io_write_xlsx("/dev/null", &workbook, NULL, &error), CAMPAIGN_E_UNSUPPORTED);
    workbook.n_sheets = 0;
    assert_int_equal(campaign_io_write_xlsx("forms_none.xlsx", &workbook, NULL, &error), CAMPAIGN_E_ARGUMENT);
    workbook.n_sheets = 1, sheet.form = "tasc";
    assert_int_equal(campaign_io_write_xlsx("forms_none.xlsx", &workbook, NULL, &error), CAMPAIGN_E_UNKNOWN);
    assert_int_not_equal(access("forms_none.xlsx", F_OK), 0);
}

static campaign_status write_long(const char *piece, int32_t n_pieces, campaign_error *error)
{
    const size_t size = strlen(piece);
    char *text = malloc(size * (size_t)n_pieces + 16);
    assert_non_null(text);
    memcpy(text, "a,b\n1,", 6);
    for (int32_t i = 0; i < n_pieces; i++) memcpy(text + 6 + size * (size_t)i, piece, size);
    text[6 + size * (size_t)n_pieces] = '\0';
    campaign_table *table = read_text(text);
    campaign_sheet sheet = sheet_of(NULL, table);
    sheet.name = "长";
    campaign_workbook workbook = CAMPAIGN_WORKBOOK_INIT;
    workbook.sheets = &sheet, workbook.n_sheets = 1;
    const campaign_status status = campaign_io_write_xlsx("forms_long.xlsx", &workbook, NULL, error);
    campaign_table_free(table);
    free(text);
    assert_int_equal(access("forms_long.xlsx", F_OK) == 0, status == CAMPAIGN_OK);
    (void)remove("forms_long.xlsx");
    return status;
}

/* 32,767 UTF-16 units are the most of a cell, which is named; a character beyond U+FFFF has two. */
static void test_a_text_too_long_for_a_cell_is_refused_by_its_name(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    if (write_long("x", 32767, &error) == CAMPAIGN_E_UNSUPPORTED) return;
    assert_int_equal(write_long("x", 32767, &error), CAMPAIGN_OK);
    assert_int_equal(write_long("汉", 32767, &error), CAMPAIGN_OK);
    assert_int_equal(write_long("😀", 16383, &error), CAMPAIGN_OK);
    assert_int_equal(write_long("x", 32768, &error), CAMPAIGN_E_LIMIT);
    assert_string_equal(error.where, "sheet 长, cell B2");
    assert_int_equal(write_long("😀", 16384, &error), CAMPAIGN_E_LIMIT);
    assert_string_equal(error.where, "sheet 长, cell B2");
}

/* More people than a rule has room for: their lists are ranges. The sanitizers see whether anything is lost. */
static void test_long_lists_are_freed(void **state)
{
    (void)state;
    char people[100][16];
    const char *owners[100];
    for (int i = 0; i < 100; i++) {
        (void)snprintf(people[i], sizeof people[i], "somebody %d", i);
        owners[i] = people[i];
    }
    campaign_sheet sheet = sheet_of("task_split", NULL);
    campaign_workbook workbook = CAMPAIGN_WORKBOOK_INIT;
    workbook.sheets = &sheet, workbook.n_sheets = 1;
    campaign_form_options options = CAMPAIGN_FORM_OPTIONS_INIT;
    options.owners = owners, options.n_owners = 100;
    campaign_error error = { 0 };
    campaign_status status = campaign_io_write_xlsx("forms_people.xlsx", &workbook, &options, &error);
    if (status == CAMPAIGN_E_UNSUPPORTED) return;
    assert_ok(status, error);
    campaign_table *table = NULL;
    campaign_form_read_options read = CAMPAIGN_FORM_READ_OPTIONS_INIT;
    read.form = "task_split";
    assert_ok(campaign_io_read_form(&table, NULL, "forms_people.xlsx", &read, &error), error);
    assert_int_equal(campaign_table_n_rows(table), 0); /* of the form, not of the hidden list */
    campaign_table_free(table);
    (void)remove("forms_people.xlsx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_sheets_are_legal_and_unique),
        cmocka_unit_test(test_names_of_cells),
        cmocka_unit_test(test_text_that_looks_like_an_escape_is_escaped),
        cmocka_unit_test(test_the_same_input_gives_the_same_bytes),
        cmocka_unit_test(test_a_file_that_cannot_be_written_leaves_nothing),
        cmocka_unit_test(test_a_text_too_long_for_a_cell_is_refused_by_its_name),
        cmocka_unit_test(test_long_lists_are_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
