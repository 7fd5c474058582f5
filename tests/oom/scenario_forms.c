/* Forms as tables, workbooks, calendars and pages; what other libraries allocate does not fail. */
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

/* A plan of one campaign with its tasks, made anew each time: it fails where it is made, too. */
static campaign_status make_plan(campaign_plan **plan, campaign_error *error)
{
    static const char request[] =
        "{\"schema\": \"campaign/plan_request/1\", \"year\": 2027, \"currency\": \"CNY\", \"split\": [\"quarter\"],"
        " \"target\": {\"amount\": \"1000.00\"}, \"budget\": {\"rate\": \"5%\"},"
        " \"campaigns\": {\"tiers\": [], \"forced\": [\"d1111\"], \"themes\": []}}";
    return campaign_plan_create(plan, request, sizeof request - 1, NULL, NULL, error);
}

typedef campaign_status (*plan_writer)(const char *, const campaign_plan *, campaign_error *);

static campaign_status write_plan(const char *ending, plan_writer write, campaign_error *error)
{
    campaign_plan *plan = NULL;
    char path[32];
    (void)snprintf(path, sizeof path, "oom_forms_%ld.%s", (long)getpid(), ending);
    campaign_status status = make_plan(&plan, error);
    if (status == CAMPAIGN_OK) status = write(path, plan, error);
    oom_expect((status == CAMPAIGN_OK) == (access(path, F_OK) == 0), "there is a file exactly where it was written");
    campaign_plan_free(plan);
    (void)remove(path);
    return status == CAMPAIGN_E_UNSUPPORTED ? CAMPAIGN_OK : status;
}

static campaign_status calendar_of(const char *path, const campaign_plan *plan, campaign_error *error)
{
    campaign_ical_options options = CAMPAIGN_ICAL_OPTIONS_INIT;
    options.has_stamp = 1, options.writes_todos = 1, options.language = "zh";
    return campaign_io_write_ical(path, plan, &options, error);
}

static campaign_status page_of(const char *path, const campaign_plan *plan, campaign_error *error)
{
    campaign_html_options options = CAMPAIGN_HTML_OPTIONS_INIT;
    options.language = "zh";
    return campaign_io_write_html(path, plan, &options, error);
}

static campaign_status write_calendar(campaign_error *error)
{
    return write_plan("ics", calendar_of, error);
}

static campaign_status write_page(campaign_error *error)
{
    return write_plan("html", page_of, error);
}

const oom_scenario oom_scenarios[] = {
    { "read_csv", read_csv },
    { "show", show },
    { "write_workbook", write_workbook },
    { "write_calendar", write_calendar },
    { "write_page", write_page },
    { NULL, NULL },
};
