/* Whole files in and out. Paths are UTF-8; where of an error is the path. */
#ifndef CPN_IO_FILE_H
#define CPN_IO_FILE_H

#include "io/support.h"

/* Reads everything; the caller frees *data. */
campaign_status cpn_io_read_file(char **data, size_t *length, const char *path, campaign_error *error);

/* Writes everything or leaves the file of that name as it was. */
campaign_status cpn_io_write_file(const char *path, const char *data, size_t length, campaign_error *error);

#endif
