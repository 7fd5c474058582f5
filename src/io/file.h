/* Whole files in and out. Paths are UTF-8; where of an error is the path. */
#ifndef CPN_IO_FILE_H
#define CPN_IO_FILE_H

#include "io/support.h"

/* Fails with the reason that errno's value code stands for: cannot verb "path": … */
campaign_status cpn_io_fail_file(campaign_error *error, const char *path, const char *verb, int code);

/* Reads everything; the caller frees *data. */
campaign_status cpn_io_read_file(char **data, size_t *length, const char *path, campaign_error *error);

/* Writes everything or leaves the file of that name as it was. */
campaign_status cpn_io_write_file(const char *path, const char *data, size_t length, campaign_error *error);

/* A file that another library writes by its name. */
typedef struct cpn_io_replacement {
    char *target; /* the file that is to be there in the end */
    char *name;   /* an empty file beside it, to be written */
} cpn_io_replacement;

/* Makes the empty file; pipes and devices are CAMPAIGN_E_UNSUPPORTED. */
campaign_status cpn_io_begin_replacement(cpn_io_replacement *replacement, const char *path, campaign_error *error);

/* Puts it in place where status is OK, removes it otherwise; returns the first error. */
campaign_status cpn_io_end_replacement(cpn_io_replacement *replacement, const char *path, campaign_status status,
                                       campaign_error *error);

#endif
