/* What verbs have in common that take tables and settings and give tables (allocate, schedule, followups …). A kind says which
 * tables and settings it takes and where they go; reading, checking and printing are the same for all. */
#ifndef CPN_CLI_TABLE_JOB_H
#define CPN_CLI_TABLE_JOB_H

#include <campaign/certificate.h>
#include <stddef.h>

#include "cli/roles.h"
#include "cli/terminal.h"

enum { MOST_TABLES = 6, MOST_TEXTS = 8, TEXTS_BYTES = 512 };

/* A table of the kind's inputs. The first of a kind is the file of the command line, the others come with --input. */
typedef struct job_table {
    const char *name;
    size_t offset; /* of its const campaign_table * in the inputs */
    const role
        *roles; /* a name that ends in * stands for all columns that begin so; NULL: a document, which the verb reads */
    int n_roles;
    const char *required; /* roles that the file must have, with blanks between them */
    bool is_required;
} job_table;

typedef enum setting_kind {
    SETTING_FLAG, /* true or false */
    SETTING_INT32,
    SETTING_INT64,
    SETTING_FLOAT,
    SETTING_WORD, /* one of words, whose place is the value */
    SETTING_TEXT,
    SETTING_TEXTS, /* with commas between them; flag is the place of their count */
    SETTING_DAY,   /* int32 of a date */
    SETTING_MONEY  /* int64 of minor units with --currency; without it plain, or whole units where there is no plain */
} setting_kind;

/* A field of the kind's options, by its name in C. */
typedef struct job_setting {
    const char *name;
    setting_kind kind;
    size_t offset;
    size_t flag;       /* of its has_…; 0 = none, because no flag stands first */
    size_t plain;      /* of the double that SETTING_MONEY becomes without a currency; 0 = none */
    const char *words; /* "margin|fill" */
} job_setting;

typedef struct job_kind {
    const char *name; /* as on the command line: "allocate stock" */
    const char *file; /* what the positional file is called in usage, such as "DEMAND.csv" */
    const job_table *tables;
    const job_setting *settings;
    int n_tables, n_settings;
    bool needs_currency; /* columns of money without --currency are refused; otherwise they are as plain_money */
    role_kind plain_money;
} job_kind;

/* One call of a kind. */
typedef struct table_job {
    const job_kind *kind;
    arguments *given;
    campaign_table *tables[MOST_TABLES];
    const char *paths[MOST_TABLES];
    char text[TEXTS_BYTES]; /* of SETTING_TEXTS */
    const char *texts[MOST_TEXTS];
} table_job;

/* Reads files and settings into the kind's structs, which hold their own defaults. Returns an exit code. */
int open_table_job(table_job *job, const job_kind *kind, void *inputs, void *options, arguments *given);
void close_table_job(table_job *job);

/* Writes the settings into the options; false after an explanation. */
bool take_settings(table_job *job, void *options);

/* Tells an error with the file of the table that it speaks of. */
int report_job_error(const table_job *job, const campaign_error *error);

/* ---- Out --------------------------------------------------------------------------------------------------------- */

/* What a kind gives: tables by name, the answer first. */
typedef struct job_answer {
    const char *const *names;
    const campaign_table *const *tables; /* NULL where there is none */
    int n_tables;
    void (*show)(const struct job_answer *answer, const arguments *given);
    const void *report; /* for show */
} job_answer;

/* Saves, prints one table, or shows the overview, as the command line asks. Returns an exit code. */
int hand_over_answer(const job_answer *answer, const arguments *given);

/* "Expected margin 558.62: optimal, …". what is what was made large or small. */
typedef struct job_quality {
    const char *what;
    int32_t status;
    double value, bound, gap;
} job_quality;
void show_quality(const job_quality *quality, bool is_chinese);

/* A heading with a table under it, and one with the texts of a column as a list; nothing where there are no rows. */
void show_part(const char *heading, const shown_table *shown);
void show_texts(const char *heading, const campaign_table *table, int64_t limit);

int64_t shown_rows(const arguments *given);

#endif
