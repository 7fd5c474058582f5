/* Parallel for on POSIX or Windows threads. Chunks are claimed in order, so whatever lies below a failing one is done.
 * A thread that cannot be started means fewer threads and no error. */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* sched_getaffinity: the cores this process may use */
#endif
#include "io/parallel.h"

#include <stdatomic.h>

#if defined(_WIN32)
#include <windows.h>
#else
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>
#endif

enum { MOST_THREADS = 64 };

typedef struct loop {
    cpn_io_work work;
    void *ctx;
    int64_t n_chunks;
    atomic_int_least64_t next, n_done, stop_at; /* chunks from stop_at on are not started */
} loop;

/* What one thread found: its lowest failing chunk. */
typedef struct worker {
    loop *shared;
    const char *stage;
    const campaign_runtime *runtime; /* of the calling thread only: it reports progress */
    int64_t failed_chunk;
    campaign_status status;
} worker;

static void lower(atomic_int_least64_t *value, int64_t limit)
{
    int_least64_t seen = atomic_load(value);
    while (seen > limit && !atomic_compare_exchange_weak(value, &seen, limit)) {
    }
}

static void run(worker *self)
{
    loop *shared = self->shared;
    self->failed_chunk = shared->n_chunks;
    for (;;) {
        const int64_t chunk = atomic_fetch_add(&shared->next, 1);
        if (chunk >= atomic_load(&shared->stop_at)) return;
        const campaign_status status = shared->work(shared->ctx, chunk);
        if (status != CAMPAIGN_OK) {
            self->failed_chunk = chunk;
            self->status = status;
            lower(&shared->stop_at, chunk);
            return;
        }
        const int64_t n_done = atomic_fetch_add(&shared->n_done, 1) + 1;
        const campaign_runtime *runtime = self->runtime;
        if (runtime && runtime->progress && runtime->progress(runtime->ctx, self->stage, n_done, shared->n_chunks)) {
            self->failed_chunk = -1; /* beats every failing chunk */
            self->status = CAMPAIGN_E_CANCELLED;
            lower(&shared->stop_at, 0);
            return;
        }
    }
}

#if defined(_WIN32)

typedef HANDLE thread;

static DWORD WINAPI enter(LPVOID self)
{
    run(self);
    return 0;
}

static bool start(thread *handle, worker *self)
{
    *handle = CreateThread(NULL, 0, enter, self, 0, NULL);
    return *handle != NULL;
}

static void join(thread handle)
{
    (void)WaitForSingleObject(handle, INFINITE);
    (void)CloseHandle(handle);
}

static int64_t count_cores(void)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return (int64_t)info.dwNumberOfProcessors;
}

#else

typedef pthread_t thread;

static void *enter(void *self)
{
    run(self);
    return NULL;
}

/* The new thread inherits a mask that blocks every signal; the caller's own is put back at once. */
static bool start(thread *handle, worker *self)
{
    sigset_t all, own;
    (void)sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &own) != 0) return false;
    const bool has_started = pthread_create(handle, NULL, enter, self) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &own, NULL);
    return has_started;
}

static void join(thread handle)
{
    (void)pthread_join(handle, NULL);
}

static int64_t count_cores(void)
{
#if defined(__linux__)
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof cores, &cores) == 0) return CPU_COUNT(&cores);
#endif
    return (int64_t)sysconf(_SC_NPROCESSORS_ONLN);
}

#endif

static int64_t count_threads(const campaign_runtime *runtime, int64_t n_chunks)
{
    int64_t wanted = runtime ? runtime->n_threads : 1;
    if (wanted < 0) wanted = count_cores();
    if (wanted > n_chunks) wanted = n_chunks;
    if (wanted > MOST_THREADS) wanted = MOST_THREADS;
    return wanted < 1 ? 1 : wanted;
}

campaign_status cpn_io_parallel(int64_t n_chunks, cpn_io_work work, void *ctx, const char *stage,
                                const campaign_runtime *runtime, campaign_error *error)
{
    loop shared = { .work = work, .ctx = ctx, .n_chunks = n_chunks };
    atomic_init(&shared.next, 0);
    atomic_init(&shared.n_done, 0);
    atomic_init(&shared.stop_at, n_chunks);
    worker workers[MOST_THREADS];
    thread handles[MOST_THREADS];
    const int64_t n_threads = count_threads(runtime, n_chunks);
    for (int64_t i = 0; i < n_threads; i++)
        workers[i] = (worker){ .shared = &shared, .stage = stage, .runtime = i == 0 ? runtime : NULL };
    int64_t n_started = 1;
    while (n_started < n_threads && start(&handles[n_started], &workers[n_started])) n_started++;
    run(&workers[0]);
    for (int64_t i = 1; i < n_started; i++) join(handles[i]);
    const worker *first = &workers[0];
    for (int64_t i = 1; i < n_started; i++)
        if (workers[i].failed_chunk < first->failed_chunk) first = &workers[i];
    if (first->status == CAMPAIGN_E_NOMEM) return cpn_io_fail_nomem(error);
    if (first->status == CAMPAIGN_E_CANCELLED)
        return cpn_io_fail(error, CAMPAIGN_E_CANCELLED, -1, NULL, "cancelled while doing \"%s\"", stage);
    return first->status;
}
