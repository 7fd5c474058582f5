/* Runs a fuzz target over the files of a folder, so that every compiler replays the corpus as a plain test. Each file is
 * also fed cut short at every length, up to a limit: most mistakes of readers are in inputs that end too early. */
#include "fuzz.h"

#include <dirent.h>
#include <string.h>

enum { CUT_LIMIT = 600 }; /* bytes; longer files are cut only within these */

/* The target reads from a block of exactly its size, so that a sanitizer sees the first byte too far. */
static void feed(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) abort();
    if (size) memcpy(copy, data, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        (void)fprintf(stderr, "cannot read %s\n", path);
        exit(1);
    }
    const long length = ftell(file);
    rewind(file);
    uint8_t *data = malloc((size_t)length + 1);
    if (!data || fread(data, 1, (size_t)length, file) != (size_t)length) abort();
    (void)fclose(file);
    for (size_t cut = 0; cut < (size_t)length && cut < CUT_LIMIT; cut++) feed(data, cut);
    feed(data, (size_t)length);
    free(data);
}

int main(int n_arguments, char **arguments)
{
    DIR *folder = n_arguments == 2 ? opendir(arguments[1]) : NULL;
    if (!folder) {
        (void)fprintf(stderr, "usage: replay FOLDER\n");
        return 1;
    }
    int n_files = 0;
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (entry->d_name[0] == '.') continue;
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/%s", arguments[1], entry->d_name);
        replay(path);
        n_files++;
    }
    (void)closedir(folder);
    printf("%d files replayed\n", n_files);
    return n_files > 0 ? 0 : 1;
}
