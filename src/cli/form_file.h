/* Forms that people have filled in. */
#ifndef CPN_CLI_FORM_FILE_H
#define CPN_CLI_FORM_FILE_H

#include <campaign/table.h>
#include <stdbool.h>

#include "cli/arguments.h"

/* Reads a filled form, a workbook or CSV, and tells what it does not know on stderr. Returns an exit code. */
int read_form_file(campaign_table **table, const char *path, const char *form, const arguments *given);

/* Whether a file is a workbook, and a form of that name is read back. */
bool is_form_file(const char *path, const char *form);

/* Whether a file is form 2 as people fill it in: a workbook, or CSV with headings that only the form has. */
bool is_task_split(const char *path, const arguments *given);

#endif
