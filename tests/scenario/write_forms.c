/* Writes the files that check_forms.py opens with LibreOffice and Chromium: write_forms PLAN.json FOLDER. */
#include <campaign/io.h>
#include <campaign/io_forms.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char split_csv[] = "region,owner,customers,expected_conversion_ppm,expected_deals,sales_task,extra\n"
                                "华东,李雷,30,500000,15.2,470000.55,000123\n"
                                "华南,韩梅梅,40,123456,3.5,1234567890.10,123456789012345678\n"
                                "西北,李雷,0,1,0,0.00,=1+1\n";
static const char followups_csv[] =
    "record,customer,time,way,rep,summary,feedback,next_date,status\n"
    "1,0088,2026-11-22 10:30,wechat,王芳,\"第一行\n第二行，_x0041_\",objection,2026-11-25,open\n"
    "2,甲公司,2026-02-28 23:59:59,call,\"Li, Wei\",-1,,1900-03-01,blocked\n";

static int fail(const campaign_error *error)
{
    (void)fprintf(stderr, "%s: %s\n", error->where, error->message);
    return error->code == CAMPAIGN_E_UNSUPPORTED ? 77 : 1;
}

static const char *place(char room[1024], const char *folder, const char *name)
{
    (void)snprintf(room, 1024, "%s/%s", folder, name);
    return room;
}

static campaign_status read_table(campaign_table **table, const char *text, const char *money, const char *key,
                                  campaign_error *error)
{
    campaign_csv_column columns[2] = { CAMPAIGN_CSV_COLUMN_INIT, CAMPAIGN_CSV_COLUMN_INIT };
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    columns[0].name = key, columns[0].type = CAMPAIGN_TYPE_UTF8;
    columns[1].name = money, columns[1].type = CAMPAIGN_TYPE_MONEY;
    memcpy(columns[1].currency, "CNY", 4);
    options.columns = columns, options.n_columns = money ? 2 : 1;
    return campaign_io_parse_csv(table, NULL, text, strlen(text), &options, NULL, error);
}

static campaign_status write_workbooks(const char *folder, const campaign_plan *plan, campaign_error *error)
{
    char room[1024];
    campaign_table *split = NULL, *followups = NULL, *targets = NULL;
    campaign_status status = read_table(&split, split_csv, "sales_task", "extra", error);
    if (status == CAMPAIGN_OK) status = read_table(&followups, followups_csv, NULL, "customer", error);
    if (status == CAMPAIGN_OK) status = campaign_plan_table(&targets, plan, "targets", error);
    campaign_sheet sheets[4] = { CAMPAIGN_SHEET_INIT, CAMPAIGN_SHEET_INIT, CAMPAIGN_SHEET_INIT, CAMPAIGN_SHEET_INIT };
    sheets[0].form = "task_split", sheets[0].table = split;
    sheets[1].form = "followups", sheets[1].table = followups;
    sheets[2].form = "targets", sheets[2].table = targets;
    sheets[3].form = "review";
    campaign_workbook workbook = CAMPAIGN_WORKBOOK_INIT;
    workbook.sheets = sheets, workbook.n_sheets = 4;
    campaign_form_options options = CAMPAIGN_FORM_OPTIONS_INIT;
    if (status == CAMPAIGN_OK)
        status = campaign_io_write_xlsx(place(room, folder, "english.xlsx"), &workbook, &options, error);
    options.language = "zh", options.money_unit = CAMPAIGN_FORM_MONEY_TEN_THOUSAND;
    if (status == CAMPAIGN_OK)
        status = campaign_io_write_xlsx(place(room, folder, "chinese.xlsx"), &workbook, &options, error);
    campaign_table_free(targets);
    campaign_table_free(followups);
    campaign_table_free(split);
    return status;
}

/* Every form there is, with the plan's rows where it has such a table, otherwise empty. */
static campaign_status write_all(const char *folder, const campaign_plan *plan, campaign_error *error)
{
    enum { MOST = 32 };
    char room[1024];
    campaign_sheet sheets[MOST];
    campaign_table *tables[MOST] = { NULL };
    campaign_workbook workbook = CAMPAIGN_WORKBOOK_INIT;
    campaign_form_options options = CAMPAIGN_FORM_OPTIONS_INIT;
    for (const char *name; workbook.n_sheets < MOST && (name = campaign_io_form_name(workbook.n_sheets)) != NULL;) {
        const int i = workbook.n_sheets++;
        (void)campaign_plan_table(&tables[i], plan, name, NULL); /* templates are no tables of a plan */
        sheets[i] = (campaign_sheet)CAMPAIGN_SHEET_INIT;
        sheets[i].form = name, sheets[i].table = tables[i];
    }
    workbook.sheets = sheets;
    options.language = "zh";
    const campaign_status status = campaign_io_write_xlsx(place(room, folder, "all.xlsx"), &workbook, &options, error);
    for (int i = 0; i < MOST; i++) campaign_table_free(tables[i]);
    return status;
}

static campaign_status write_pages(const char *folder, const campaign_plan *plan, campaign_error *error)
{
    char room[1024];
    campaign_html_options options = CAMPAIGN_HTML_OPTIONS_INIT;
    campaign_status status = campaign_io_write_html(place(room, folder, "english.html"), plan, &options, error);
    options.language = "zh", options.money_unit = CAMPAIGN_FORM_MONEY_TEN_THOUSAND;
    if (status == CAMPAIGN_OK)
        status = campaign_io_write_html(place(room, folder, "chinese.html"), plan, &options, error);
    return status;
}

/* The forms of a workbook that another program saved, as CSV on stdout. */
static int show_forms(const char *path)
{
    static const char *const forms[] = { "task_split", "followups" };
    for (int i = 0; i < 2; i++) {
        campaign_error error = { 0 };
        campaign_table *table = NULL;
        char *text = NULL;
        campaign_form_read_options options = CAMPAIGN_FORM_READ_OPTIONS_INIT;
        options.form = forms[i];
        campaign_csv_write_options plain = CAMPAIGN_CSV_WRITE_OPTIONS_INIT;
        plain.omits_bom = 1, plain.line_end = CAMPAIGN_CSV_LF;
        campaign_status status = campaign_io_read_form(&table, NULL, path, &options, &error);
        if (status == CAMPAIGN_OK) status = campaign_io_format_csv(&text, NULL, table, &plain, &error);
        campaign_table_free(table);
        if (status != CAMPAIGN_OK) return fail(&error);
        (void)fputs(text, stdout);
        campaign_text_free(text);
    }
    return 0;
}

int main(int argc, char **argv)
{
    static char text[1 << 22];
    campaign_plan *plan = NULL;
    campaign_error error = { 0 };
    if (argc == 2) return show_forms(argv[1]);
    FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
    if (!file) return 2;
    const size_t length = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    campaign_status status = campaign_plan_load(&plan, text, length, &error);
    if (status == CAMPAIGN_OK) status = write_pages(argv[2], plan, &error);
    if (status == CAMPAIGN_OK) status = write_workbooks(argv[2], plan, &error);
    if (status == CAMPAIGN_OK) status = write_all(argv[2], plan, &error);
    campaign_plan_free(plan);
    return status == CAMPAIGN_OK ? 0 : fail(&error);
}
