/* The few file operations that differ between systems. Paths are UTF-8; failures leave their reason in errno. */
#ifndef CPN_IO_FILE_SYSTEM_H
#define CPN_IO_FILE_SYSTEM_H

#include <stdbool.h>
#include <stdio.h>

FILE *cpn_io_open_for_reading(const char *path);

/* A new file, errno EEXIST where the name is taken. It gets the permissions of like, if that is there. */
FILE *cpn_io_open_new(const char *path, const char *like);

/* Whether path is there and is no ordinary file: a pipe, a terminal, a device. */
bool cpn_io_is_stream(const char *path);
FILE *cpn_io_open_stream(const char *path);

/* The file behind a symbolic link, or a copy of path; false where memory is out. The caller frees *target. */
bool cpn_io_resolve(char **target, const char *path);

bool cpn_io_rename_over(const char *from, const char *to);
void cpn_io_remove(const char *path);

#endif
