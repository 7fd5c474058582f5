/* Reads a whole file, and replaces a file as a whole: the new one is written beside it and renamed at the end.
 * What differs between POSIX and Windows stands in file_posix.c and file_windows.c. */
#include "io/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "io/file_system.h"

enum { FIRST_ROOM = 1 << 16, MOST_TRIES = 1000 };

static const int64_t LARGEST_GUESS = (int64_t)1 << 46;

/* strerror follows the locale, so the usual reasons are said here. */
static const char *reason(int code)
{
    switch (code) {
    case ENOENT: return "there is no such file or folder";
    case EACCES:
    case EPERM: return "access is not allowed";
    case EISDIR: return "it is a folder";
    case ENOTDIR: return "a part of the path is not a folder";
    case ENOSPC: return "the disk is full";
    case EROFS: return "the file system is read-only";
    case EMFILE:
    case ENFILE: return "too many files are open";
    case ENAMETOOLONG: return "the name is too long";
    case EFBIG: return "the file is too large";
    case EEXIST: return "a file of the temporary name is there";
    case EIO: return "the device failed";
    case EINVAL: return "the name or the operation is not valid";
    case EPIPE: return "the reader of the pipe is gone";
    }
    return NULL;
}

campaign_status cpn_io_fail_file(campaign_error *error, const char *path, const char *verb, int code)
{
    const char *words = reason(code);
    if (words) return cpn_io_fail(error, CAMPAIGN_E_IO, -1, path, "cannot %s \"%s\": %s", verb, path, words);
    return cpn_io_fail(error, CAMPAIGN_E_IO, -1, path, "cannot %s \"%s\": system error %d", verb, path, code);
}

/* Bytes the file says it has, or 0: only where to start growing from. Folders and devices say impossible sizes. */
static int64_t guess_size(FILE *file)
{
    if (fseek(file, 0, SEEK_END) != 0) return 0;
    const long size = ftell(file);
    return fseek(file, 0, SEEK_SET) == 0 && size > 0 && (int64_t)size < LARGEST_GUESS ? (int64_t)size : 0;
}

campaign_status cpn_io_read_file(char **data, size_t *length, const char *path, campaign_error *error)
{
    FILE *file = cpn_io_open_for_reading(path);
    if (!file) return cpn_io_fail_file(error, path, "open", errno);
    void *bytes = NULL;
    int64_t capacity = 0, n = 0;
    const int64_t guess = guess_size(file);
    campaign_status status = CAMPAIGN_OK;
    /* One byte more than the file has, so that its end shows without growing. */
    if (!cpn_io_reserve(&bytes, &capacity, guess ? guess + 1 : FIRST_ROOM, 1)) status = CAMPAIGN_E_NOMEM;
    while (status == CAMPAIGN_OK) {
        errno = 0;
        n += (int64_t)fread((char *)bytes + n, 1, (size_t)(capacity - n), file);
        if (ferror(file)) {
            status = cpn_io_fail_file(error, path, "read", errno);
        } else if (n < capacity) {
            break;
        } else if (!cpn_io_reserve(&bytes, &capacity, n + 1, 1)) {
            status = CAMPAIGN_E_NOMEM;
        }
    }
    (void)fclose(file);
    if (status == CAMPAIGN_OK) {
        *data = bytes;
        *length = (size_t)n;
        return CAMPAIGN_OK;
    }
    free(bytes);
    return status == CAMPAIGN_E_NOMEM ? cpn_io_fail_nomem(error) : status;
}

/* Writes and closes; errno value of what failed, or 0. */
static int write_all(FILE *file, const char *data, size_t length)
{
    errno = 0;
    int code = 0;
    if (fwrite(data, 1, length, file) != length || fflush(file) != 0) code = errno ? errno : EIO;
    if (fclose(file) != 0 && !code) code = errno ? errno : EIO;
    return code;
}

/* "path.0.tmp", "path.1.tmp" …: the first name that is free; errno says why there is none. */
static FILE *open_beside(char **name, const char *path)
{
    cpn_io_text text = { 0 };
    for (int i = 0; i < MOST_TRIES; i++) {
        char ending[24];
        const int n = snprintf(ending, sizeof ending, ".%d.tmp", i);
        text.length = 0;
        for (const char *c = path; *c; c++) cpn_io_add_char(&text, *c);
        cpn_io_add(&text, ending, (size_t)n);
        if (text.has_failed) {
            errno = ENOMEM;
            break;
        }
        FILE *file = cpn_io_open_new(text.data, path);
        if (file) {
            *name = text.data;
            return file;
        }
        if (errno != EEXIST) break;
    }
    const int code = errno;
    free(text.data);
    errno = code;
    return NULL;
}

static campaign_status replace_file(const char *path, const char *target, const char *data, size_t length,
                                    campaign_error *error)
{
    char *name = NULL;
    FILE *file = open_beside(&name, target);
    if (!file) return errno == ENOMEM ? cpn_io_fail_nomem(error) : cpn_io_fail_file(error, path, "write", errno);
    int code = write_all(file, data, length);
    if (!code && !cpn_io_rename_over(name, target)) code = errno ? errno : EIO;
    if (code) cpn_io_remove(name);
    free(name);
    return code ? cpn_io_fail_file(error, path, "write", code) : CAMPAIGN_OK;
}

campaign_status cpn_io_write_file(const char *path, const char *data, size_t length, campaign_error *error)
{
    char *target = NULL;
    errno = 0;
    if (cpn_io_is_stream(path)) {
        FILE *file = cpn_io_open_stream(path);
        const int code = file ? write_all(file, data, length) : errno;
        return code ? cpn_io_fail_file(error, path, "write", code) : CAMPAIGN_OK;
    }
    if (!cpn_io_resolve(&target, path)) return cpn_io_fail_nomem(error);
    const campaign_status status = replace_file(path, target, data, length, error);
    free(target);
    return status;
}

campaign_status cpn_io_begin_replacement(cpn_io_replacement *replacement, const char *path, campaign_error *error)
{
    *replacement = (cpn_io_replacement){ 0 };
    if (cpn_io_is_stream(path))
        return cpn_io_fail(error, CAMPAIGN_E_UNSUPPORTED, -1, path, "cannot be written to a pipe or a device");
    if (!cpn_io_resolve(&replacement->target, path)) return cpn_io_fail_nomem(error);
    errno = 0;
    FILE *file = open_beside(&replacement->name, replacement->target);
    if (file && fclose(file) == 0) return CAMPAIGN_OK;
    const int code = errno ? errno : EIO;
    if (file) cpn_io_remove(replacement->name);
    free(replacement->name);
    free(replacement->target);
    *replacement = (cpn_io_replacement){ 0 };
    return code == ENOMEM ? cpn_io_fail_nomem(error) : cpn_io_fail_file(error, path, "write", code);
}

campaign_status cpn_io_end_replacement(cpn_io_replacement *replacement, const char *path, campaign_status status,
                                       campaign_error *error)
{
    errno = 0;
    if (status == CAMPAIGN_OK && !cpn_io_rename_over(replacement->name, replacement->target))
        status = cpn_io_fail_file(error, path, "write", errno ? errno : EIO);
    if (status != CAMPAIGN_OK && replacement->name) cpn_io_remove(replacement->name);
    free(replacement->name);
    free(replacement->target);
    *replacement = (cpn_io_replacement){ 0 };
    return status;
}
