/* How the program shows tables, saves files and tells errors. */
#ifndef CPN_CLI_OUTPUT_H
#define CPN_CLI_OUTPUT_H

#include <campaign/table.h>

#include "cli/arguments.h"

/* The format that --format asks for; without it a table on a terminal and fallback elsewhere. */
output_format format_of(const arguments *given, output_format fallback);

/* Prints one table to stdout, CSV where --format says nothing and stdout is no terminal. Returns an exit code. */
int print_table(const campaign_table *table, const arguments *given);

/* The columns that names lists, "task,start,finish", in that order, as a table to be freed (columns.c). Returns an exit
 * code, after an explanation. */
int pick_columns(campaign_table **picked, const campaign_table *table, const char *names);

/* Prints rows as JSON objects in an array; money and dates as text, exactly as in documents. */
void print_json(const campaign_table *table);
void print_json_text(const char *text, size_t length);

/* Makes a folder and those above it. Returns an exit code, after an explanation. */
int make_folder(const char *folder);

/* Writes folder/name.csv, whole or not at all; the folder must be there. Returns an exit code. */
int save_table(const char *folder, const char *name, const campaign_table *table, const arguments *given);

/* Writes folder/name, whole or not at all; the folder must be there. Returns an exit code. */
int save_text(const char *folder, const char *name, const char *text, size_t length);

/* "file:line:column: message" on stderr; file may be NULL. Returns the exit code that goes with the error. */
int report_error(const char *file, const campaign_error *error);

#endif
