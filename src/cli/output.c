/* Tables and texts out: to stdout as CSV or JSON, into files; errors to stderr. */
#include "cli/output.h"

#include <campaign/io.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/terminal.h"

#if defined(_WIN32)
#include <direct.h>
#define make_one_folder(path) _mkdir(path)
#else
#define make_one_folder(path) mkdir(path, 0777)
#endif

enum { TERMINAL_ROWS = 60, PATH_BYTES = 4096 };

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

/* where is "line 12 column 5", "a.b[3] (line 12 column 5)", or a place without a line such as "orders.amount". */
int report_error(const char *file, const campaign_error *error)
{
    const char *place = strstr(error->where, "line ");
    long line = 0, column = 0;
    if (file) (void)fprintf(stderr, "%s:", file);
    if (place && sscanf(place, "line %ld column %ld", &line, &column) == 2) {
        (void)fprintf(stderr, "%ld:%ld: ", line, column);
        size_t path = (size_t)(place - error->where);
        while (path > 0 && (error->where[path - 1] == ' ' || error->where[path - 1] == '(')) path--;
        if (path > 0) (void)fprintf(stderr, "%.*s: ", (int)path, error->where);
    } else {
        if (file) (void)fputc(' ', stderr);
        if (error->where[0]) (void)fprintf(stderr, "%s: ", error->where);
        if (error->row >= 0) (void)fprintf(stderr, "row %lld: ", (long long)error->row + 1);
    }
    (void)fprintf(stderr, "%s\n", error->message);
    const bool is_input =
        error->code != CAMPAIGN_E_NOMEM && error->code != CAMPAIGN_E_CANCELLED && error->code != CAMPAIGN_E_IO;
    return is_input ? EXIT_INPUT : EXIT_OTHER;
}

/* ---- Standard output -------------------------------------------------------------------------------------------- */

void print_json_text(const char *text, size_t length)
{
    (void)fputc('"', stdout);
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte == '"' || byte == '\\')
            (void)printf("\\%c", byte);
        else if (byte < 0x20)
            (void)printf("\\u%04x", byte);
        else
            (void)fputc(byte, stdout);
    }
    (void)fputc('"', stdout);
}

static void print_json_cell(const campaign_table *table, const campaign_column *column, int32_t c, int64_t row)
{
    char text[128];
    size_t length = 0;
    if (campaign_table_is_null(table, c, row)) {
        (void)fputs("null", stdout);
    } else if (column->type == CAMPAIGN_TYPE_UTF8) {
        const char *cell = campaign_table_text(table, c, row, &length);
        print_json_text(cell, length);
    } else {
        length = campaign_table_format(text, sizeof text, table, c, row);
        const bool is_finite = text[0] == '-' ? text[1] != 'i' : text[0] != 'i' && text[0] != 'n';
        const bool is_plain = column->type == CAMPAIGN_TYPE_INT32 || column->type == CAMPAIGN_TYPE_INT64 ||
                              column->type == CAMPAIGN_TYPE_BOOL ||
                              (column->type == CAMPAIGN_TYPE_FLOAT64 && is_finite);
        if (is_plain)
            (void)fputs(text, stdout);
        else
            print_json_text(text, length);
    }
}

void print_json(const campaign_table *table)
{
    const int64_t n_rows = campaign_table_n_rows(table);
    (void)fputs("[", stdout);
    for (int64_t row = 0; row < n_rows; row++) {
        (void)fputs(row ? ",\n {" : "\n {", stdout);
        for (int32_t c = 0; c < campaign_table_n_columns(table); c++) {
            campaign_column column = CAMPAIGN_COLUMN_INIT;
            if (campaign_table_column(&column, table, c, NULL) != CAMPAIGN_OK) return;
            if (c) (void)fputs(", ", stdout);
            print_json_text(column.name, strlen(column.name));
            (void)fputs(": ", stdout);
            print_json_cell(table, &column, c, row);
        }
        (void)fputs("}", stdout);
    }
    (void)fputs(n_rows ? "\n]" : "]", stdout);
}

static int print_csv(const campaign_table *table, const arguments *given)
{
    campaign_csv_write_options options = CAMPAIGN_CSV_WRITE_OPTIONS_INIT;
    options.omits_bom = given->omits_bom;
    campaign_error error;
    char *text = NULL;
    size_t length = 0;
    if (campaign_io_format_csv(&text, &length, table, &options, &error) != CAMPAIGN_OK)
        return report_error(NULL, &error);
    const size_t written = fwrite(text, 1, length, stdout);
    campaign_text_free(text);
    return written == length ? EXIT_DONE : EXIT_OTHER;
}

output_format format_of(const arguments *given, output_format fallback)
{
    if (given->format != FORMAT_AUTO) return given->format;
    return isatty(STDOUT_FILENO) ? FORMAT_TABLE : fallback;
}

static int print_whole(const campaign_table *table, const arguments *given)
{
    const output_format format = format_of(given, FORMAT_CSV);
    if (format == FORMAT_CSV) return print_csv(table, given);
    if (format == FORMAT_JSON) {
        print_json(table);
        (void)fputc('\n', stdout);
    } else {
        show_table(table, given->limit ? given->limit : TERMINAL_ROWS);
    }
    return EXIT_DONE;
}

int print_table(const campaign_table *table, const arguments *given)
{
    campaign_table *picked = NULL;
    if (!given->columns) return print_whole(table, given);
    int code = pick_columns(&picked, table, given->columns);
    if (code == EXIT_DONE) code = print_whole(picked, given);
    campaign_table_free(picked);
    return code;
}

/* ---- Files ------------------------------------------------------------------------------------------------------ */

static int fail_path(const char *path, int number)
{
    (void)fprintf(stderr, "%s: %s\n", path, strerror(number));
    return EXIT_OTHER;
}

int make_folder(const char *folder)
{
    char path[PATH_BYTES];
    const size_t length = strlen(folder);
    if (length == 0 || length >= sizeof path) return fail_path(folder, length ? ENAMETOOLONG : ENOENT);
    memcpy(path, folder, length + 1);
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != '\0') continue;
        path[i] = '\0';
        if (make_one_folder(path) != 0 && errno != EEXIST) return fail_path(folder, errno);
        if (i < length) path[i] = '/';
    }
    struct stat status;
    if (stat(folder, &status) != 0) return fail_path(folder, errno);
    if (!S_ISDIR(status.st_mode)) return fail_path(folder, ENOTDIR);
    return access(folder, W_OK) == 0 ? EXIT_DONE : fail_path(folder, errno);
}

static int join_path(char path[PATH_BYTES], const char *folder, const char *name, const char *suffix)
{
    const int length = snprintf(path, PATH_BYTES, "%s/%s%s", folder, name, suffix);
    return length > 0 && length < PATH_BYTES ? EXIT_DONE : fail_path(folder, ENAMETOOLONG);
}

int save_table(const char *folder, const char *name, const campaign_table *table, const arguments *given)
{
    char path[PATH_BYTES];
    const int code = join_path(path, folder, name, ".csv");
    if (code != EXIT_DONE) return code;
    campaign_csv_write_options options = CAMPAIGN_CSV_WRITE_OPTIONS_INIT;
    options.omits_bom = given->omits_bom;
    campaign_error error;
    if (campaign_io_write_csv(path, table, &options, &error) == CAMPAIGN_OK) return EXIT_DONE;
    (void)report_error(NULL, &error);
    return EXIT_OTHER;
}

int save_text(const char *folder, const char *name, const char *text, size_t length)
{
    char path[PATH_BYTES], beside[PATH_BYTES];
    int code = join_path(path, folder, name, "");
    if (code == EXIT_DONE) code = join_path(beside, folder, name, ".part");
    if (code != EXIT_DONE) return code;
    FILE *file = fopen(beside, "wb");
    bool is_whole = file != NULL && fwrite(text, 1, length, file) == length;
    if (file && fclose(file) != 0) is_whole = false;
    if (is_whole && rename(beside, path) == 0) return EXIT_DONE;
    code = fail_path(path, errno);
    (void)remove(beside);
    return code;
}
