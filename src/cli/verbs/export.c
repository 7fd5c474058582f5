/* campaign export: a plan, or a filled form, as a workbook, CSV, a calendar or a page. */
#include <campaign/io.h>
#include <campaign/io_forms.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/form_file.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/plan_inputs.h"
#include "cli/verbs/verbs.h"

/* What is exported: sheets with the tables they show. */
typedef struct export_job {
    const arguments *given;
    campaign_sheet sheets[MOST_FILES];
    campaign_table *tables[MOST_FILES];
    int n_sheets;
} export_job;

static campaign_form_options form_options(const arguments *given)
{
    campaign_form_options options = CAMPAIGN_FORM_OPTIONS_INIT;
    options.language = language_of(given);
    options.currency = given->currency;
    options.money_unit = given->is_in_ten_thousands ? CAMPAIGN_FORM_MONEY_TEN_THOUSAND : CAMPAIGN_FORM_MONEY_MAJOR;
    return options;
}

static void add_sheet(export_job *job, const char *form, campaign_table *table)
{
    campaign_sheet sheet = CAMPAIGN_SHEET_INIT;
    sheet.form = form, sheet.table = table;
    job->tables[job->n_sheets] = table;
    job->sheets[job->n_sheets++] = sheet;
}

/* ---- What to export --------------------------------------------------------------------------------------------- */

static bool is_plan_table(const char *name)
{
    const char *each;
    for (int i = 0; (each = campaign_plan_table_name(i)) != NULL; i++)
        if (strcmp(each, name) == 0) return true;
    return false;
}

/* The forms that are asked for; templates are empty, to be filled in. */
static int take_forms(export_job *job, const campaign_plan *plan)
{
    campaign_error error;
    for (int i = 0; i < job->given->n_forms; i++) {
        campaign_table *table = NULL;
        const char *form = job->given->forms[i];
        if (is_plan_table(form) && campaign_plan_table(&table, plan, form, &error) != CAMPAIGN_OK)
            return report_error(NULL, &error);
        add_sheet(job, form, table);
    }
    return EXIT_DONE;
}

/* Every form that the plan has rows for. */
static int take_all(export_job *job, const campaign_plan *plan)
{
    campaign_error error;
    const char *form;
    for (int i = 0; (form = campaign_io_form_name(i)) != NULL && job->n_sheets < MOST_FILES; i++) {
        campaign_table *table = NULL;
        if (!is_plan_table(form)) continue;
        if (campaign_plan_table(&table, plan, form, &error) != CAMPAIGN_OK) return report_error(NULL, &error);
        if (campaign_table_n_rows(table))
            add_sheet(job, form, table);
        else
            campaign_table_free(table);
    }
    return EXIT_DONE;
}

static int take_filled_form(export_job *job)
{
    const arguments *given = job->given;
    campaign_table *table = NULL;
    if (given->n_forms != 1) {
        (void)fprintf(stderr, "campaign export: name the form that %s holds: --form task_split or followups\n",
                      given->files[0]);
        return EXIT_USAGE;
    }
    const int code = read_form_file(&table, given->files[0], given->forms[0], given);
    if (code != EXIT_DONE) return code;
    add_sheet(job, given->forms[0], table);
    return EXIT_DONE;
}

/* ---- Out -------------------------------------------------------------------------------------------------------- */

static int fail(const export_job *job, const campaign_error *error)
{
    (void)fprintf(stderr, "campaign export: ");
    return report_error(error->code == CAMPAIGN_E_IO ? job->given->output : NULL, error);
}

static int write_workbook(const export_job *job)
{
    campaign_error error;
    campaign_workbook workbook = CAMPAIGN_WORKBOOK_INIT;
    const campaign_form_options options = form_options(job->given);
    workbook.sheets = job->sheets, workbook.n_sheets = job->n_sheets;
    const campaign_status status = campaign_io_write_xlsx(job->given->output, &workbook, &options, &error);
    return status == CAMPAIGN_OK ? EXIT_DONE : fail(job, &error);
}

static int write_csv(const export_job *job)
{
    campaign_error error;
    campaign_table *table = NULL;
    char *text = NULL;
    size_t length = 0;
    campaign_csv_write_options csv = CAMPAIGN_CSV_WRITE_OPTIONS_INIT;
    const campaign_form_options options = form_options(job->given);
    if (job->n_sheets != 1) {
        (void)fprintf(stderr, "campaign export: CSV holds one form: give one --form, such as --form targets\n");
        return EXIT_USAGE;
    }
    csv.omits_bom = job->given->omits_bom, csv.guards_formulas = 1;
    campaign_status status = campaign_io_form_table(&table, &job->sheets[0], &options, &error);
    if (status == CAMPAIGN_OK && job->given->output)
        status = campaign_io_write_csv(job->given->output, table, &csv, &error);
    else if (status == CAMPAIGN_OK)
        status = campaign_io_format_csv(&text, &length, table, &csv, &error);
    if (text) (void)fwrite(text, 1, length, stdout);
    campaign_text_free(text);
    campaign_table_free(table);
    return status == CAMPAIGN_OK ? EXIT_DONE : fail(job, &error);
}

static int write_calendar(const export_job *job, const campaign_plan *plan)
{
    campaign_error error;
    campaign_ical_options options = CAMPAIGN_ICAL_OPTIONS_INIT;
    int32_t day = 0;
    options.language = language_of(job->given);
    options.has_stamp = 1, options.stamp_seconds = (int64_t)time(NULL);
    if (job->given->as_of) {
        if (!read_day(&day, "as-of", job->given->as_of)) return EXIT_USAGE;
        options.has_as_of = 1, options.as_of_day = day, options.stamp_seconds = (int64_t)day * 86400;
    }
    const campaign_status status = campaign_io_write_ical(job->given->output, plan, &options, &error);
    return status == CAMPAIGN_OK ? EXIT_DONE : fail(job, &error);
}

static int write_page(const export_job *job, const campaign_plan *plan)
{
    campaign_error error;
    campaign_html_options options = CAMPAIGN_HTML_OPTIONS_INIT;
    options.language = language_of(job->given), options.money_unit = form_options(job->given).money_unit;
    const campaign_status status = campaign_io_write_html(job->given->output, plan, &options, &error);
    return status == CAMPAIGN_OK ? EXIT_DONE : fail(job, &error);
}

static int export_sheets(export_job *job, const campaign_plan *plan)
{
    int code = !plan ? take_filled_form(job) : job->given->n_forms ? take_forms(job, plan) : take_all(job, plan);
    if (code == EXIT_DONE) code = job->given->file_format == FILE_XLSX ? write_workbook(job) : write_csv(job);
    for (int i = 0; i < job->n_sheets; i++) campaign_table_free(job->tables[i]);
    return code;
}

static bool is_document(const char *path)
{
    const size_t length = strlen(path);
    return length > 5 && strcmp(path + length - 5, ".json") == 0;
}

int verb_export(arguments *given)
{
    campaign_plan *plan = NULL;
    export_job job = { .given = given };
    if (given->n_files != 1 || (given->format != FORMAT_CSV && !given->file_format)) {
        (void)fprintf(stderr, "campaign export: give a plan or a filled form, and --format xlsx, csv, ics or html\n");
        return EXIT_USAGE;
    }
    const bool has_plan = is_document(given->files[0]),
               is_table = !given->file_format || given->file_format == FILE_XLSX;
    if (!has_plan && !is_table) {
        (void)fprintf(stderr, "campaign export: calendars and pages are made from a plan, a .json file\n");
        return EXIT_USAGE;
    }
    if (given->file_format && !given->output) {
        (void)fprintf(stderr, "campaign export: name the file with --output\n");
        return EXIT_USAGE;
    }
    int code = has_plan ? read_plan(&plan, given->files[0]) : EXIT_DONE;
    if (code == EXIT_DONE && is_table) code = export_sheets(&job, plan);
    if (code == EXIT_DONE && given->file_format == FILE_ICS) code = write_calendar(&job, plan);
    if (code == EXIT_DONE && given->file_format == FILE_HTML) code = write_page(&job, plan);
    campaign_plan_free(plan);
    return code;
}
