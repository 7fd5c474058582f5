/* Filled forms: the first byte chooses which part of a workbook the rest is, or that it is the whole file. What is read
 * has the form's columns, and a refusal says something. */
#include "fuzz.h"

#include <campaign/io_forms.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if defined(CAMPAIGN_HAS_XLSX)
#include <minizip/zip.h>

typedef struct part {
    const char *name, *text;
} part;

static const part parts[] = {
    { "xl/workbook.xml",
      "<workbook><sheets><sheet name=\"Follow-ups\" r:id=\"r1\" xmlns:r=\"r\"/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/>"
                                    "</Relationships>" },
    { "xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\"/></numFmts><cellXfs>"
                       "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>" },
    { "xl/sharedStrings.xml",
      "<sst><si><t>record</t></si><si><t>customer</t></si><si><t>time</t></si><si><t>way</t></si>"
      "<si><t>rep</t></si><si><t>call</t></si></sst>" },
    { "xl/worksheets/sheet1.xml",
      "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c "
      "t=\"s\"><v>2</v></c>"
      "<c t=\"s\"><v>3</v></c><c t=\"s\"><v>4</v></c></row><row><c><v>1</v></c><c t=\"inlineStr\"><is><t>A</t></is></c>"
      "<c s=\"1\"><v>46348.5</v></c><c t=\"s\"><v>5</v></c><c t=\"str\"><v>Li</v></c></row></sheetData></worksheet>" },
};
enum { N_PARTS = sizeof parts / sizeof *parts };

static void write_workbook(const char *path, int chosen, const uint8_t *data, size_t size)
{
    zipFile zip = zipOpen64(path, 0);
    FUZZ_CHECK(zip != NULL);
    for (int i = 0; i < N_PARTS; i++) {
        const void *bytes = i == chosen ? (const void *)data : parts[i].text;
        const size_t length = i == chosen ? size : strlen(parts[i].text);
        zip_fileinfo info = { 0 };
        FUZZ_CHECK(zipOpenNewFileInZip(zip, parts[i].name, &info, NULL, 0, NULL, 0, NULL, 0, 0) == ZIP_OK);
        FUZZ_CHECK(zipWriteInFileInZip(zip, bytes, (unsigned)length) == ZIP_OK);
        FUZZ_CHECK(zipCloseFileInZip(zip) == ZIP_OK);
    }
    FUZZ_CHECK(zipClose(zip, NULL) == ZIP_OK);
}
#else
enum { N_PARTS = 0 };
#endif

static void write_file(const char *path, const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    FUZZ_CHECK(file != NULL);
    FUZZ_CHECK(fwrite(data, 1, size, file) == size);
    FUZZ_CHECK(fclose(file) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) return 0;
    char path[64];
    campaign_table *table = NULL, *notes = NULL;
    campaign_error error = { 0 };
    campaign_form_read_options options = CAMPAIGN_FORM_READ_OPTIONS_INIT;
    const int chosen = data[0] % 8;
    options.form = data[0] & 8 ? "task_split" : "followups";
    options.currency = data[0] & 16 ? "CNY" : NULL;
    options.language = data[0] & 32 ? "zh" : NULL;
    (void)snprintf(path, sizeof path, "/tmp/fuzz_forms_%ld", (long)getpid());
#if defined(CAMPAIGN_HAS_XLSX)
    if (chosen < N_PARTS) write_workbook(path, chosen, data + 1, size - 1);
#endif
    if (chosen >= N_PARTS) write_file(path, data + 1, size - 1);
    const campaign_status status = campaign_io_read_form(&table, &notes, path, &options, &error);
    (void)remove(path);
    FUZZ_CHECK((status == CAMPAIGN_OK) == (table != NULL) && (table != NULL) == (notes != NULL));
    FUZZ_CHECK(status == CAMPAIGN_OK || (error.code == status && error.message[0]));
    if (table) FUZZ_CHECK(campaign_table_find(table, data[0] & 8 ? "region" : "customer") >= 0);
    campaign_table_free(table);
    campaign_table_free(notes);
    return 0;
}
