/* Fails allocation n of every scenario, for n = 0, 1, 2 … until a run asks for no more: once with that one failure, and
 * once with all that follow failing too. Each run must say CAMPAIGN_E_NOMEM and leave no block behind.
 *
 * The linker sends malloc, calloc, realloc, free and pthread_create of the library here (-Wl,--wrap). */
#include "oom.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *ctx);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *ctx);

/* What the allocator does; the program is a test, so it may have state. */
static atomic_llong n_calls;   /* allocations asked for in this run */
static atomic_llong n_live;    /* blocks handed out and not yet given back */
static long long fail_at = -1; /* number of the first call that fails; -1 = none */
static bool fails_for_good;    /* the calls after it fail too */
static atomic_bool has_failed; /* a call did fail */
static bool threads_cannot_start;
static int n_problems;
static const char *running = "";

static bool must_fail(void)
{
    const long long call = atomic_fetch_add(&n_calls, 1);
    if (fail_at < 0 || call < fail_at || (call > fail_at && !fails_for_good)) return false;
    atomic_store(&has_failed, true);
    return true;
}

static void *counted(void *memory)
{
    if (memory) atomic_fetch_add(&n_live, 1);
    return memory;
}

void *__wrap_malloc(size_t size)
{
    return must_fail() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t n, size_t size)
{
    return must_fail() ? NULL : counted(__real_calloc(n, size));
}

void *__wrap_realloc(void *memory, size_t size)
{
    if (must_fail()) return NULL;
    void *moved = __real_realloc(memory, size);
    return memory ? moved : counted(moved);
}

void __wrap_free(void *memory)
{
    if (memory) atomic_fetch_sub(&n_live, 1);
    __real_free(memory);
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *ctx)
{
    enum { NO_THREAD = 11 }; /* EAGAIN */
    return threads_cannot_start ? NO_THREAD : __real_pthread_create(thread, attributes, start, ctx);
}

static void report(const char *what)
{
    n_problems++;
    printf("%s, allocation %lld %s: %s\n", running, fail_at, fails_for_good ? "and all after it" : "alone", what);
}

void oom_expect(bool is_true, const char *what)
{
    if (!is_true) report(what);
}

/* One run with the failure that is set; true where the failure happened. */
static bool run_once(const oom_scenario *scenario)
{
    campaign_error error = { 0 };
    atomic_store(&n_calls, 0);
    atomic_store(&has_failed, false);
    const campaign_status status = scenario->run(&error);
    if (atomic_load(&n_live) != 0) {
        report("blocks are left behind, or freed twice");
        atomic_store(&n_live, 0);
    }
    const bool fired = atomic_load(&has_failed);
    if (fired && status != CAMPAIGN_E_NOMEM) {
        report("the call does not say CAMPAIGN_E_NOMEM but:");
        printf("    %s at \"%s\": %s\n", campaign_status_name(status), error.where, error.message);
    }
    if (fired && status < 0 && error.code != status) report("the error record does not hold the status");
    if (!fired && status != CAMPAIGN_OK) {
        report("the scenario fails without a failing allocation:");
        printf("    %s at \"%s\": %s\n", campaign_status_name(status), error.where, error.message);
    }
    return fired;
}

/* Every n of one scenario; returns the number of allocations it makes. */
static long long run_scenario(const oom_scenario *scenario)
{
    running = scenario->name;
    for (int for_good = 0; for_good <= 1; for_good++) {
        fails_for_good = for_good;
        for (fail_at = 0; run_once(scenario) && n_problems < 20;) fail_at++;
    }
    fail_at = -1;
    (void)run_once(scenario);
    return atomic_load(&n_calls);
}

int main(int n_arguments, char **arguments)
{
    (void)arguments;
    threads_cannot_start = n_arguments > 1; /* any argument: the same, and no thread can start */
    for (const oom_scenario *scenario = oom_scenarios; scenario->name; scenario++) {
        const long long n_allocations = run_scenario(scenario);
        printf("%s: %lld allocations\n", scenario->name, n_allocations);
    }
    return n_problems ? 1 : 0;
}
