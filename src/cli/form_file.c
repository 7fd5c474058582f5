/* Reads forms that people have filled in, for every verb that takes one. */
#include "cli/form_file.h"

#include <campaign/io_forms.h>
#include <stdio.h>
#include <string.h>

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

bool is_form_file(const char *path, const char *form)
{
    static const char *const read_back[] = { "task_split", "followups" };
    const size_t length = strlen(path);
    bool is_form = false;
    for (size_t i = 0; i < sizeof read_back / sizeof *read_back; i++)
        is_form = is_form || strcmp(form, read_back[i]) == 0;
    return is_form && length > 5 && strcmp(path + length - 5, ".xlsx") == 0;
}
