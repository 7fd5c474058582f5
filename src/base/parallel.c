/* Parallel for. Chunks are handed out in order, under one lock: they are large, and so the lowest failing chunk is always
 * among those that ran. The caller's thread takes chunks like any other and alone talks to the host. */
#include "base/parallel.h"

#include <assert.h>

#include "base/memory.h"
#include "base/thread.h"

enum { THREADS_MAX = 1024 }; /* a typing mistake must not start a million */

typedef struct parallel_loop {
    int64_t n_items, chunk_size, n_chunks;
    cpn_chunk_work work;
    void *ctx;
    bool is_shared; /* there are workers, so what follows is touched only under mutex */
    cpn_mutex mutex;
    int64_t next_chunk, n_done; /* n_done counts items */
    bool is_stopped;
    int64_t failed_chunk;
    campaign_status failure; /* of failed_chunk */
} parallel_loop;

static void lock(parallel_loop *loop)
{
    if (loop->is_shared) cpn_mutex_lock(&loop->mutex);
}

static void unlock(parallel_loop *loop)
{
    if (loop->is_shared) cpn_mutex_unlock(&loop->mutex);
}

/* Takes and does the next chunk; false where none is left to do. */
static bool do_next_chunk(parallel_loop *loop)
{
    lock(loop);
    const bool is_left = !loop->is_stopped && loop->next_chunk < loop->n_chunks;
    const int64_t chunk = loop->next_chunk;
    if (is_left) loop->next_chunk++;
    unlock(loop);
    if (!is_left) return false;

    const int64_t first = chunk * loop->chunk_size, rest = loop->n_items - first;
    const int64_t n = rest < loop->chunk_size ? rest : loop->chunk_size;
    const campaign_status status = loop->work(loop->ctx, chunk, first, first + n);

    lock(loop);
    loop->n_done += n;
    if (status != CAMPAIGN_OK) {
        loop->is_stopped = true;
        if (loop->failure == CAMPAIGN_OK || chunk < loop->failed_chunk) {
            loop->failed_chunk = chunk;
            loop->failure = status;
        }
    }
    unlock(loop);
    return true;
}

static void run_worker(void *ctx)
{
    while (do_next_chunk(ctx)) {
    }
}

/* Works on the caller's thread, reporting after each of its own chunks. */
static campaign_status run_caller(parallel_loop *loop, const char *stage, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    while (do_next_chunk(loop)) {
        lock(loop);
        const int64_t n_done = loop->n_done;
        const bool is_over = loop->failure != CAMPAIGN_OK || n_done == loop->n_items;
        unlock(loop);
        if (is_over) continue; /* the last report comes when all have finished */
        const campaign_status status = cpn_report_progress(runtime, stage, n_done, loop->n_items, error);
        if (status == CAMPAIGN_OK) continue;
        lock(loop);
        loop->is_stopped = true;
        unlock(loop);
        return status;
    }
    return CAMPAIGN_OK;
}

static campaign_status run_with_workers(parallel_loop *loop, int32_t n_workers, const char *stage,
                                        const campaign_runtime *runtime, campaign_error *error)
{
    cpn_thread *threads = n_workers > 0 ? cpn_alloc(n_workers, sizeof *threads) : NULL;
    loop->is_shared = threads && cpn_mutex_create(&loop->mutex);
    cpn_thread_start start = { run_worker, loop };
    const int32_t n_started = loop->is_shared ? cpn_threads_start(threads, n_workers, &start) : 0;
    const campaign_status status = run_caller(loop, stage, runtime, error);
    cpn_threads_join(threads, n_started);
    if (loop->is_shared) cpn_mutex_destroy(&loop->mutex);
    loop->is_shared = false;
    cpn_free(threads);
    return status;
}

campaign_status cpn_parallel_for(int64_t n_items, int64_t chunk_size, cpn_chunk_work work, void *ctx, const char *stage,
                                 const campaign_runtime *runtime, campaign_error *error)
{
    assert(n_items >= 0 && chunk_size > 0);
    parallel_loop loop = { .n_items = n_items, .chunk_size = chunk_size, .work = work, .ctx = ctx };
    loop.n_chunks = cpn_n_chunks(n_items, chunk_size);
    const int32_t n_threads = cpn_n_threads(runtime);
    const int64_t n_useful = loop.n_chunks < n_threads ? loop.n_chunks : n_threads;
    const campaign_status status = run_with_workers(&loop, (int32_t)n_useful - 1, stage, runtime, error);
    if (loop.failure == CAMPAIGN_E_NOMEM) return cpn_fail_nomem(error);
    if (loop.failure != CAMPAIGN_OK)
        return cpn_fail(error, loop.failure, stage, "%s", campaign_status_text(loop.failure, "en"));
    if (status != CAMPAIGN_OK) return status;
    return cpn_report_progress(runtime, stage, n_items, n_items, error);
}

int32_t cpn_n_threads(const campaign_runtime *runtime)
{
    const int32_t asked = runtime ? runtime->n_threads : 1;
    const int32_t n = asked < 0 ? cpn_n_cores() : asked > 0 ? asked : 1;
    return n < THREADS_MAX ? n : THREADS_MAX;
}

int64_t cpn_n_chunks(int64_t n_items, int64_t chunk_size)
{
    return n_items / chunk_size + (n_items % chunk_size != 0);
}

campaign_status cpn_check_runtime(const campaign_runtime *runtime, campaign_error *error)
{
    if (!runtime) return CAMPAIGN_OK;
    const campaign_status status = cpn_check_knobs(runtime, sizeof *runtime, sizeof *runtime, "runtime", error);
    if (status != CAMPAIGN_OK) return status;
    if (runtime->n_threads < -1)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "runtime.n_threads",
                        "n_threads is %ld, expected -1 for all cores, or 0 and more", (long)runtime->n_threads);
    return CAMPAIGN_OK;
}

campaign_status cpn_report_progress(const campaign_runtime *runtime, const char *stage, int64_t done, int64_t total,
                                    campaign_error *error)
{
    if (!runtime || !runtime->progress || runtime->progress(runtime->ctx, stage, done, total) == 0) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_CANCELLED, stage, "the caller cancelled the call");
}
