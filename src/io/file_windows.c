/* File operations on Windows: UTF-8 paths become UTF-16, whatever the code page of the process. */
#if defined(_WIN32)
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <wchar.h>
#include <windows.h>

#include "io/file_system.h"

static wchar_t *widen(const char *path)
{
    const int n = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, NULL, 0);
    wchar_t *wide = n > 0 ? malloc((size_t)n * sizeof *wide) : NULL;
    errno = n > 0 ? ENOMEM : EINVAL;
    if (wide) (void)MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, n);
    return wide;
}

static FILE *open_wide(const char *path, const wchar_t *mode)
{
    wchar_t *wide = widen(path);
    FILE *file = wide ? _wfopen(wide, mode) : NULL;
    const int code = errno;
    free(wide);
    errno = code;
    return file;
}

FILE *cpn_io_open_for_reading(const char *path)
{
    return open_wide(path, L"rb");
}

FILE *cpn_io_open_new(const char *path, const char *like)
{
    (void)like; /* permissions come from the folder */
    wchar_t *wide = widen(path);
    if (!wide) return NULL;
    const int descriptor = _wopen(wide, _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY, _S_IREAD | _S_IWRITE);
    FILE *file = descriptor < 0 ? NULL : _fdopen(descriptor, "wb");
    const int code = errno;
    if (descriptor >= 0 && !file) (void)_close(descriptor);
    free(wide);
    errno = code;
    return file;
}

bool cpn_io_is_stream(const char *path)
{
    wchar_t *wide = widen(path);
    if (!wide) return false;
    struct _stat64 found;
    const bool is_stream = _wstat64(wide, &found) == 0 && (found.st_mode & _S_IFMT) == _S_IFCHR;
    free(wide);
    return is_stream;
}

FILE *cpn_io_open_stream(const char *path)
{
    return open_wide(path, L"wb");
}

bool cpn_io_resolve(char **target, const char *path)
{
    *target = _strdup(path);
    return *target != NULL;
}

bool cpn_io_rename_over(const char *from, const char *to)
{
    wchar_t *wide_from = widen(from), *wide_to = widen(to);
    const bool is_done =
        wide_from && wide_to && MoveFileExW(wide_from, wide_to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
    free(wide_from);
    free(wide_to);
    errno = is_done ? 0 : EACCES;
    return is_done;
}

void cpn_io_remove(const char *path)
{
    wchar_t *wide = widen(path);
    if (wide) (void)_wremove(wide);
    free(wide);
}

#else
typedef int cpn_io_file_windows_is_empty; /* ISO C forbids an empty file */
#endif
