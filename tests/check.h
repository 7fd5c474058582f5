/* cmocka with what it needs before it, and where the outside truth lies. */
#ifndef CPN_TESTS_CHECK_H
#define CPN_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <campaign/base.h>

/* Asserts success and shows the error's own words where it fails. */
#define assert_ok(status_, error_)                                                                                     \
    do {                                                                                                               \
        campaign_status status_value_ = (status_);                                                                     \
        if (status_value_ != CAMPAIGN_OK)                                                                              \
            fail_msg("%s at \"%s\" row %lld: %s", campaign_status_name(status_value_), (error_).where,                 \
                     (long long)(error_).row, (error_).message);                                                       \
    } while (0)

/* Opens a file of outside truth below the shared folder; skips the test with a word where it is absent. */
static inline FILE *open_shared(const char *name)
{
    const char *folder = getenv("CAMPAIGN_SHARED");
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder ? folder : "../shared", name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        print_message("skipped: %s is not here (outside truth, not part of a checkout)\n", path);
        skip();
    }
    return file;
}

#endif
