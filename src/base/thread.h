/* Threads and locks of the system: POSIX or Windows. Only parallel.c uses them. */
#ifndef CPN_BASE_THREAD_H
#define CPN_BASE_THREAD_H

#include <stdbool.h>
#include <stdint.h>

#if defined(_WIN32)
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>
typedef CRITICAL_SECTION cpn_mutex;
typedef HANDLE cpn_thread;
#else
#include <pthread.h>
typedef pthread_mutex_t cpn_mutex;
typedef pthread_t cpn_thread;
#endif

/* Where a thread starts; it must live until the thread is joined. */
typedef struct cpn_thread_start {
    void (*run)(void *ctx);
    void *ctx;
} cpn_thread_start;

bool cpn_mutex_create(cpn_mutex *mutex);
void cpn_mutex_destroy(cpn_mutex *mutex);
void cpn_mutex_lock(cpn_mutex *mutex);
void cpn_mutex_unlock(cpn_mutex *mutex);

/* Starts up to n threads with every signal blocked; returns how many did start. */
int32_t cpn_threads_start(cpn_thread *threads, int32_t n, cpn_thread_start *start);
void cpn_threads_join(const cpn_thread *threads, int32_t n);

/* Cores that this process may use, at least 1. */
int32_t cpn_n_cores(void);

#endif
