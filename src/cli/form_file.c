/* Reads forms that people have filled in, for every verb that takes one. */
#include "cli/form_file.h"

#include <campaign/io_forms.h>
#include <stdio.h>
#include <string.h>

#include "cli/data.h"

int read_form_file(campaign_table **table, const char *path, const char *form, const arguments *given)
{
    campaign_table *notes = NULL;
    campaign_form_read_options options = CAMPAIGN_FORM_READ_OPTIONS_INIT;
    campaign_error error;
    options.form = form, options.language = language_of(given), options.currency = given->currency;
    if (campaign_io_read_form(table, &notes, path, &options, &error) != CAMPAIGN_OK) {
        (void)fprintf(stderr, "%s: %s: %s\n", path, error.where, error.message);
        return error.code == CAMPAIGN_E_IO || error.code == CAMPAIGN_E_NOMEM ? EXIT_OTHER : EXIT_INPUT;
    }
    for (int64_t row = 0; row < campaign_table_n_rows(notes); row++) {
        char column[128], text[256];
        (void)campaign_table_format(column, sizeof column, notes, 1, row);
        (void)campaign_table_format(text, sizeof text, notes, 2, row);
        (void)fprintf(stderr, "%s: %s: %s\n", path, column, text);
    }
    campaign_table_free(notes);
    return EXIT_DONE;
}

bool is_task_split(const char *path, const arguments *given)
{
    static const char *const starts[] = { "预期转化率", "Expected conversion", "销售任务（", "Sales task (" };
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    bool is_form = is_form_file(path, "task_split");
    campaign_table *header = is_form ? NULL : read_header(path, given);
    for (int32_t i = 0; header && i < campaign_table_n_columns(header) && !is_form; i++)
        for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
            is_form |= campaign_table_column(&column, header, i, NULL) == CAMPAIGN_OK &&
                       strncmp(column.name, starts[k], strlen(starts[k])) == 0;
    campaign_table_free(header);
    return is_form;
}

bool is_form_file(const char *path, const char *form)
{
    static const char *const read_back[] = { "task_split", "followups" };
    const size_t length = strlen(path);
    bool is_form = false;
    for (size_t i = 0; i < sizeof read_back / sizeof *read_back; i++)
        is_form = is_form || strcmp(form, read_back[i]) == 0;
    return is_form && length > 5 && strcmp(path + length - 5, ".xlsx") == 0;
}
