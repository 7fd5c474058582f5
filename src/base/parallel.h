/* Parallel for: work cut into chunks of fixed size, so that results never depend on the number of threads. */
#ifndef CPN_BASE_PARALLEL_H
#define CPN_BASE_PARALLEL_H

#include <stdint.h>

#include "base/error.h"

/* Does chunk number chunk: items first to last - 1. Runs on any thread; touches only what belongs to the chunk.
 * A failing status stops the rest. */
typedef campaign_status (*cpn_chunk_work)(void *ctx, int64_t chunk, int64_t first, int64_t last);

/* Runs work over n_items in chunks of chunk_size. The caller's thread works too and alone calls runtime->progress with
 * stage; workers block all signals; a thread that cannot start means fewer threads, no error.
 * Returns OK, the status of the lowest failing chunk, or CAMPAIGN_E_CANCELLED; error is filled accordingly
 * (a failing chunk's own words must be kept in ctx by the caller). */
campaign_status cpn_parallel_for(int64_t n_items, int64_t chunk_size, cpn_chunk_work work, void *ctx, const char *stage,
                                 const campaign_runtime *runtime, campaign_error *error);

/* Threads that runtime asks for, at least 1. */
int32_t cpn_n_threads(const campaign_runtime *runtime);

/* Chunks that n_items make. */
int64_t cpn_n_chunks(int64_t n_items, int64_t chunk_size);

/* Checks a caller's runtime struct. */
campaign_status cpn_check_runtime(const campaign_runtime *runtime, campaign_error *error);

/* One progress call outside a parallel loop; CAMPAIGN_E_CANCELLED where the caller wants to stop. */
campaign_status cpn_report_progress(const campaign_runtime *runtime, const char *stage, int64_t done, int64_t total,
                                    campaign_error *error);

#endif
