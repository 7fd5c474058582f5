/* Documents, dates and run-time services, as the command line names them. */
#include "cli/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/output.h"

/* The rest of a file; NULL with errno where reading or memory fails. */
static char *read_rest(FILE *file, size_t *length)
{
    char *text = NULL;
    size_t capacity = 0, used = 0;
    while (!feof(file)) {
        if (used + 65536 > capacity) {
            capacity = capacity * 2 + 131072;
            char *larger = realloc(text, capacity);
            if (!larger) {
                free(text);
                errno = ENOMEM;
                return NULL;
            }
            text = larger;
        }
        used += fread(text + used, 1, capacity - used - 1, file);
        if (ferror(file)) {
            free(text);
            return NULL;
        }
    }
    text[used] = '\0';
    *length = used;
    return text;
}

char *read_text(const char *path, size_t *length)
{
    struct stat status;
    char *text = NULL;
    *length = 0;
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (file && file != stdin && fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode))
        errno = EISDIR;
    else if (file)
        text = read_rest(file, length);
    if (!text) (void)fprintf(stderr, "%s: %s\n", path, strerror(errno));
    if (file && file != stdin) (void)fclose(file);
    return text;
}

bool read_day(int32_t *day, const char *option, const char *text)
{
    campaign_error error;
    if (campaign_date_parse(day, text, strlen(text), &error) == CAMPAIGN_OK) return true;
    (void)fprintf(stderr, "campaign: --%s: %s\n", option, error.message);
    return false;
}

campaign_runtime make_runtime(const arguments *given)
{
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.n_threads = given->n_threads;
    return runtime;
}

/* ---- The calendar ----------------------------------------------------------------------------------------------- */

typedef struct documents {
    char *texts[MOST_DOCUMENTS];
    const char *borrowed[MOST_DOCUMENTS];
    size_t lengths[MOST_DOCUMENTS];
} documents;

static int read_documents(documents *read, const char *const *paths, int n)
{
    for (int i = 0; i < n; i++) {
        read->borrowed[i] = read->texts[i] = read_text(paths[i], &read->lengths[i]);
        if (!read->texts[i]) return EXIT_OTHER;
    }
    return EXIT_DONE;
}

static void free_documents(documents *read)
{
    for (int i = 0; i < MOST_DOCUMENTS; i++) free(read->texts[i]);
}

/* The error of a calendar document names its file, where the library says "overlays[1]: …". */
static int report_document(campaign_error *error, const calendar_files *files)
{
    char list[16] = "";
    int index = 0, length = 0;
    if (sscanf(error->where, "%15[a-z][%d]%n", list, &index, &length) != 2 || length == 0)
        return report_error(NULL, error);
    const bool is_overlay = strcmp(list, "overlays") == 0;
    if (index < 0 || index >= (is_overlay ? files->n_overlays : files->n_nodes)) return report_error(NULL, error);
    const char *rest = error->where + length;
    while (*rest == ':' || *rest == ' ') rest++;
    memmove(error->where, rest, strlen(rest) + 1);
    return report_error(is_overlay ? files->overlays[index] : files->nodes[index], error);
}

int make_calendar_of(campaign_calendar **calendar, const calendar_files *files)
{
    documents overlays = { { NULL }, { NULL }, { 0 } }, nodes = { { NULL }, { NULL }, { 0 } };
    campaign_error error;
    *calendar = NULL;
    int code = read_documents(&overlays, files->overlays, files->n_overlays);
    if (code == EXIT_DONE) code = read_documents(&nodes, files->nodes, files->n_nodes);
    if (code == EXIT_DONE) {
        campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
        options.region = files->region;
        options.overlays = overlays.borrowed;
        options.overlay_lengths = overlays.lengths;
        options.n_overlays = files->n_overlays;
        options.nodes = nodes.borrowed;
        options.node_lengths = nodes.lengths;
        options.n_nodes = files->n_nodes;
        if (campaign_calendar_create(calendar, &options, &error) != CAMPAIGN_OK) code = report_document(&error, files);
    }
    free_documents(&overlays);
    free_documents(&nodes);
    return code;
}

int read_calendar(campaign_calendar **calendar, const arguments *given)
{
    calendar_files files = { .region = given->region, .n_overlays = given->n_overlays, .n_nodes = given->n_node_files };
    memcpy(files.overlays, given->overlays, sizeof files.overlays);
    memcpy(files.nodes, given->node_files, sizeof files.nodes);
    return make_calendar_of(calendar, &files);
}
