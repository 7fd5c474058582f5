/* Parallel for of this library: numbered chunks of work, whose results never depend on the number of threads. */
#ifndef CPN_IO_PARALLEL_H
#define CPN_IO_PARALLEL_H

#include "io/support.h"

/* Does one chunk; touches only what belongs to it. A status that is not OK keeps later chunks from being started. */
typedef campaign_status (*cpn_io_work)(void *ctx, int64_t chunk);

/* Runs chunks 0 to n_chunks - 1. The caller's thread works too and alone calls runtime->progress with stage.
 * Returns OK or the status of the lowest failing chunk, all lower ones having been done; fills error only for
 * CAMPAIGN_E_NOMEM and CAMPAIGN_E_CANCELLED, other words are the caller's to keep. */
campaign_status cpn_io_parallel(int64_t n_chunks, cpn_io_work work, void *ctx, const char *stage,
                                const campaign_runtime *runtime, campaign_error *error);

#endif
