/* Threads and locks of the system, as little of them as a parallel loop needs.
 * The host's signals are the host's business: our threads take none, so its handlers run on its own threads only. */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* sched_getaffinity */
#elif defined(__APPLE__) && !defined(_DARWIN_C_SOURCE)
#define _DARWIN_C_SOURCE /* _SC_NPROCESSORS_ONLN */
#endif

#include "base/thread.h"

#if defined(_WIN32)

#include <process.h>

bool cpn_mutex_create(cpn_mutex *mutex)
{
    InitializeCriticalSection(mutex);
    return true;
}

void cpn_mutex_destroy(cpn_mutex *mutex)
{
    DeleteCriticalSection(mutex);
}

void cpn_mutex_lock(cpn_mutex *mutex)
{
    EnterCriticalSection(mutex);
}

void cpn_mutex_unlock(cpn_mutex *mutex)
{
    LeaveCriticalSection(mutex);
}

static unsigned __stdcall run_thread(void *argument)
{
    const cpn_thread_start *start = argument;
    start->run(start->ctx);
    return 0;
}

int32_t cpn_threads_start(cpn_thread *threads, int32_t n, cpn_thread_start *start)
{
    for (int32_t i = 0; i < n; i++) {
        threads[i] = (HANDLE)_beginthreadex(NULL, 0, run_thread, start, 0, NULL);
        if (!threads[i]) return i;
    }
    return n;
}

void cpn_threads_join(const cpn_thread *threads, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        (void)WaitForSingleObject(threads[i], INFINITE);
        (void)CloseHandle(threads[i]);
    }
}

int32_t cpn_n_cores(void)
{
    DWORD_PTR ours = 0, all = 0;
    int32_t n = 0;
    if (GetProcessAffinityMask(GetCurrentProcess(), &ours, &all))
        for (; ours; ours &= ours - 1) n++;
    return n > 0 ? n : 1;
}

#else

#include <sched.h>
#include <signal.h>
#include <unistd.h>

bool cpn_mutex_create(cpn_mutex *mutex)
{
    return pthread_mutex_init(mutex, NULL) == 0;
}

void cpn_mutex_destroy(cpn_mutex *mutex)
{
    (void)pthread_mutex_destroy(mutex);
}

void cpn_mutex_lock(cpn_mutex *mutex)
{
    (void)pthread_mutex_lock(mutex);
}

void cpn_mutex_unlock(cpn_mutex *mutex)
{
    (void)pthread_mutex_unlock(mutex);
}

static void *run_thread(void *argument)
{
    const cpn_thread_start *start = argument;
    start->run(start->ctx);
    return NULL;
}

int32_t cpn_threads_start(cpn_thread *threads, int32_t n, cpn_thread_start *start)
{
    sigset_t all, before;
    (void)sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0) return 0;
    int32_t n_started = 0; /* threads inherit the mask */
    while (n_started < n && pthread_create(&threads[n_started], NULL, run_thread, start) == 0) n_started++;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return n_started;
}

void cpn_threads_join(const cpn_thread *threads, int32_t n)
{
    for (int32_t i = 0; i < n; i++) (void)pthread_join(threads[i], NULL);
}

int32_t cpn_n_cores(void)
{
#if defined(__linux__)
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return (int32_t)CPU_COUNT(&set);
#endif
    const long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 && n < INT32_MAX ? (int32_t)n : 1;
}

#endif
