/* The command line as the verbs see it. */
#ifndef CPN_CLI_ARGUMENTS_H
#define CPN_CLI_ARGUMENTS_H

#include <campaign/base.h>
#include <stdbool.h>

/* Exit codes, as the help text and docs/cli.md list them. */
enum { EXIT_DONE = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_OTHER = 4 };

enum { MOST_FILES = 16, MOST_MAPS = 64, MOST_DOCUMENTS = 32, MOST_WINDOWS = 32, MOST_PAIRS = 32 };

/* Files of --format that only export writes. */
typedef enum file_format { FILE_NONE, FILE_XLSX, FILE_ICS, FILE_HTML } file_format;

typedef enum output_format { FORMAT_AUTO, FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON } output_format;

/* "role=the file's name for it". Texts point into argv. */
typedef struct column_map {
    const char *role;
    size_t role_length;
    const char *name;
    bool is_used;
} column_map;

/* "name=value". Texts point into argv. */
typedef struct word_pair {
    const char *name;
    size_t length;
    const char *value;
} word_pair;

typedef struct arguments {
    const char *verb;
    const char *files[MOST_FILES];
    int n_files;
    column_map maps[MOST_MAPS];
    int n_maps;
    word_pair inputs[MOST_PAIRS], settings[MOST_PAIRS];
    int n_inputs, n_settings;
    word_pair calendars[MOST_PAIRS];
    int n_calendars;
    const char *overlays[MOST_DOCUMENTS], *node_files[MOST_DOCUMENTS];
    int n_overlays, n_node_files;
    const char *windows[MOST_WINDOWS];
    int n_windows;
    const char *orders, *drivers, *bottom_up, *customers, *history, *reps, *daily, *spend, *segments, *output, *table,
        *columns, *currency, *region, *regions, *language;
    const char *from, *to, *as_of, *tier, *periods, *delimiter;
    int year, limit, n_threads, dormant_after_days, n_bins, day_starts_at_minutes, working_days, deviation_ppm;
    int rounding, ties, frequency, encoding, amount_unit; /* as the library counts them; -1: not given */
    int season, method;                                   /* as the library counts them */
    output_format format;
    file_format file_format;
    const char *forms[MOST_FILES];
    int n_forms;
    bool is_in_ten_thousands;
    bool has_working_days, has_deviation, shows_days, skips, omits_bom, is_forced, wants_help, wants_version;
} arguments;

/* Reads argv; false after an explanation on stderr. Texts point into argv. */
bool read_arguments(arguments *given, int argc, char **argv);

/* Place of a word among names, or -1 after an explanation. */
int read_word(const char *option, const char *text, const char *const *names, int n_names);

bool is_chinese(const arguments *given);

/* "en" or "zh". */
const char *language_of(const arguments *given);

#endif
