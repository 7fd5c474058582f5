/* Forms as tables and as workbooks; what other libraries allocate does not fail. */
#include "oom.h"

#include <campaign/io.h>
#include <campaign/io_forms.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char csv[] = "record,customer,time,way,rep,status\n1,A,2026-11-22 10:30,wechat,Li,open\n2,B,2026-11-22,"
                          "call,Wu,\n";

static campaign_form_options chinese(void)
{
    campaign_form_options options = CAMPAIGN_FORM_OPTIONS_INIT;
    options.language = "zh";
    return options;
}

static campaign_status show(campaign_error *error)
{
    campaign_table *table = NULL, *shown = NULL;
    campaign_sheet sheet = CAMPAIGN_SHEET_INIT;
    const campaign_form_options options = chinese();
    campaign_status status = campaign_io_parse_csv(&table, NULL, csv, sizeof csv - 1, NULL, NULL, error);
    sheet.form = "followups", sheet.table = table;
    if (status == CAMPAIGN_OK) status = campaign_io_form_table(&shown, &sheet, &options, error);
    expect_empty(status, shown, "form");
    campaign_table_free(shown);
    campaign_table_free(table);
    return status;
}

static campaign_status read_file(const char *path, campaign_error *error)
{
    campaign_table *table = NULL, *notes = NULL;
    campaign_form_read_options options = CAMPAIGN_FORM_READ_OPTIONS_INIT;
    options.form = "followups";
    const campaign_status status = campaign_io_read_form(&table, &notes, path, &options, error);
    expect_empty(status, table, "table of the form");
    expect_empty(status, notes, "notes of the form");
    campaign_table_free(table);
    campaign_table_free(notes);
    return status;
}

static campaign_status write_workbook(campaign_error *error)
{
    campaign_table *table = NULL;
    campaign_sheet sheet = CAMPAIGN_SHEET_INIT;
    campaign_workbook workbook = CAMPAIGN_WORKBOOK_INIT;
    const campaign_form_options options = chinese();
    char path[32];
    (void)snprintf(path, sizeof path, "oom_forms_%ld.xlsx", (long)getpid()); /* this program runs twice at once */
    campaign_status status = campaign_io_parse_csv(&table, NULL, csv, sizeof csv - 1, NULL, NULL, error);
    sheet.form = "followups", sheet.table = table;
    workbook.sheets = &sheet, workbook.n_sheets = 1;
    if (status == CAMPAIGN_OK) status = campaign_io_write_xlsx(path, &workbook, &options, error);
    oom_expect((status == CAMPAIGN_OK) == (access(path, F_OK) == 0), "there is a file exactly where it was written");
    if (status == CAMPAIGN_OK) status = read_file(path, error);
    campaign_table_free(table);
    (void)remove(path);
    return status == CAMPAIGN_E_UNSUPPORTED ? CAMPAIGN_OK : status;
}

static campaign_status read_csv(campaign_error *error)
{
    static const char text[] = "表,,,,,\n记录编号,客户,跟进时间,跟进方式,跟进人,心情\n1,A,2026-11-22 10:30,微信,Li,x\n";
    char path[32];
    (void)snprintf(path, sizeof path, "oom_forms_%ld.csv", (long)getpid());
    FILE *file = fopen(path, "wb");
    oom_expect(file != NULL, "the input can be written");
    (void)fwrite(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    const campaign_status status = read_file(path, error);
    (void)remove(path);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "read_csv", read_csv },
    { "show", show },
    { "write_workbook", write_workbook },
    { NULL, NULL },
};
