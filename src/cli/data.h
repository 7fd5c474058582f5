/* Data files in: CSV as tables whose columns are called as the engines expect. */
#ifndef CPN_CLI_DATA_H
#define CPN_CLI_DATA_H

#include <campaign/io.h>

#include "cli/roles.h"

/* How one file is read. */
typedef struct data_terms {
    const char *path;
    role_list roles;
    const char *required;        /* names of roles that the file must have, with blanks between them */
    const char *currency;        /* of money columns; NULL: such a column is refused */
    int unit, rounding;          /* of money, where the command line says nothing */
    bool keeps_others;           /* columns that play no role stay, under their own names */
    bool keeps_names;            /* columns are called as the request has them, instead of by their role */
    campaign_csv_report *report; /* for campaign check: rows that cannot be read are listed there, the file's own names
                                    stay, and money without currency is a number. Otherwise NULL */
} data_terms;

/* How files are read, from the command line; false after an explanation. */
bool read_csv_options(campaign_csv_options *options, const arguments *given);

/* Reads a CSV file and keeps the columns that play a role. With --skip, rows that cannot be read are left out and told on
 * stderr. Returns an exit code. */
int read_data(campaign_table **table, const data_terms *terms, arguments *given);

/* The header of a CSV file as a table without rows; NULL where it cannot be read, which reading the whole then explains. */
campaign_table *read_header(const char *path, const arguments *given);

/* What kind of file it is, by its header; orders where the header cannot be read. */
data_kind kind_of_file(const char *path, const arguments *given);

/* False after an explanation where a --map names a column that no file has. To be called when all files are read. */
bool check_maps(const arguments *given);

#endif
