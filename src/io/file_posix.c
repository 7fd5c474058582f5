/* File operations on POSIX systems. */
#if !defined(_WIN32)
#if !defined(_XOPEN_SOURCE)
#define _XOPEN_SOURCE 700 /* realpath */
#endif
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file_system.h"

FILE *cpn_io_open_for_reading(const char *path)
{
    return fopen(path, "rb");
}

FILE *cpn_io_open_new(const char *path, const char *like)
{
    struct stat old;
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) return NULL;
    if (stat(like, &old) == 0) (void)fchmod(descriptor, old.st_mode & 0777);
    FILE *file = fdopen(descriptor, "wb");
    if (!file) {
        const int code = errno;
        (void)close(descriptor);
        (void)unlink(path);
        errno = code;
    }
    return file;
}

bool cpn_io_is_stream(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && !S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode);
}

FILE *cpn_io_open_stream(const char *path)
{
    return fopen(path, "wb");
}

bool cpn_io_resolve(char **target, const char *path)
{
    const size_t length = strlen(path) + 1;
    const size_t room = length > PATH_MAX ? length : PATH_MAX;
    *target = malloc(room);
    if (*target && !realpath(path, *target)) memcpy(*target, path, length); /* not there yet */
    return *target != NULL;
}

bool cpn_io_rename_over(const char *from, const char *to)
{
    return rename(from, to) == 0;
}

void cpn_io_remove(const char *path)
{
    (void)unlink(path);
}

#else
typedef int cpn_io_file_posix_is_empty; /* ISO C forbids an empty file */
#endif
