/* Parallel for: what runs, on which thread, in what order it fails. To be run under the thread sanitizer too. */
#include "check.h"

#include <stdbool.h>

#include "base/parallel.h"
#include "base/thread.h"

#if !defined(_WIN32)
#include <pthread.h>
#include <signal.h>
#endif

enum { N_CHUNKS = 257 };

typedef struct chunk_log {
    int64_t first[N_CHUNKS], last[N_CHUNKS];
    int32_t n_runs[N_CHUNKS];
    campaign_status results[N_CHUNKS];
} chunk_log;

static campaign_status note_chunk(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    chunk_log *log = ctx;
    log->first[chunk] = first;
    log->last[chunk] = last;
    log->n_runs[chunk]++;
    return log->results[chunk];
}

static campaign_runtime make_runtime(int32_t n_threads)
{
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.n_threads = n_threads;
    return runtime;
}

static void test_every_item_is_done_once_whatever_the_threads(void **state)
{
    (void)state;
    static const int32_t threads[] = { 0, 1, 2, 3, 16, 64, -1, 1000000 };
    for (size_t i = 0; i < sizeof threads / sizeof threads[0]; i++)
        for (int64_t n_items = 0; n_items <= 2570; n_items += 257) {
            const campaign_runtime runtime = make_runtime(threads[i]);
            chunk_log log = { 0 };
            campaign_error error = { 0 };
            assert_ok(cpn_parallel_for(n_items, 10, note_chunk, &log, "counting", &runtime, &error), error);
            for (int64_t chunk = 0; chunk < N_CHUNKS; chunk++) {
                const bool exists = chunk * 10 < n_items;
                assert_int_equal(log.n_runs[chunk], exists);
                if (!exists) continue;
                assert_int_equal(log.first[chunk], chunk * 10);
                assert_int_equal(log.last[chunk], chunk * 10 + 10 < n_items ? chunk * 10 + 10 : n_items);
            }
        }
}

static void test_no_runtime_is_one_thread(void **state)
{
    (void)state;
    chunk_log log = { 0 };
    assert_int_equal(cpn_parallel_for(25, 10, note_chunk, &log, NULL, NULL, NULL), CAMPAIGN_OK);
    assert_int_equal(log.last[2], 25);
    assert_int_equal(cpn_n_threads(NULL), 1);
    campaign_runtime runtime = make_runtime(0);
    assert_int_equal(cpn_n_threads(&runtime), 1);
    runtime.n_threads = 5;
    assert_int_equal(cpn_n_threads(&runtime), 5);
    runtime.n_threads = -1;
    assert_int_equal(cpn_n_threads(&runtime), cpn_n_cores());
    assert_true(cpn_n_cores() >= 1);
}

static void test_the_lowest_failing_chunk_wins(void **state)
{
    (void)state;
    static const int32_t threads[] = { 1, 2, 8, 32 };
    for (size_t i = 0; i < 4; i++)
        for (int round = 0; round < 50; round++) {
            const campaign_runtime runtime = make_runtime(threads[i]);
            chunk_log log = { 0 };
            log.results[40] = CAMPAIGN_E_OVERFLOW;
            for (int chunk = 41; chunk < N_CHUNKS; chunk++) log.results[chunk] = CAMPAIGN_E_VALUE;
            campaign_error error = { 0 };
            const campaign_status status =
                cpn_parallel_for(N_CHUNKS * 3, 3, note_chunk, &log, "failing", &runtime, &error);
            assert_int_equal(status, CAMPAIGN_E_OVERFLOW);
            assert_int_equal(error.code, CAMPAIGN_E_OVERFLOW);
            assert_string_equal(error.where, "failing");
            for (int chunk = 0; chunk <= 40; chunk++) assert_int_equal(log.n_runs[chunk], 1);
            assert_int_equal(log.n_runs[N_CHUNKS - 1], 0); /* the rest is left */
        }
}

typedef struct progress_log {
    int64_t last_done, total;
    int32_t n_calls, cancel_at;
#if !defined(_WIN32)
    pthread_t thread;
#endif
    bool is_ours, is_rising;
} progress_log;

static int note_progress(void *ctx, const char *stage, int64_t done, int64_t total)
{
    progress_log *log = ctx;
    log->is_rising = log->is_rising && done >= log->last_done && strcmp(stage, "stage") == 0;
    log->last_done = done;
    log->total = total;
#if !defined(_WIN32)
    log->is_ours = log->is_ours && pthread_equal(log->thread, pthread_self());
#endif
    return ++log->n_calls == log->cancel_at;
}

static progress_log make_progress(int32_t cancel_at)
{
    progress_log log = { .cancel_at = cancel_at, .is_ours = true, .is_rising = true };
#if !defined(_WIN32)
    log.thread = pthread_self();
#endif
    return log;
}

static void test_progress_comes_on_the_calling_thread_only(void **state)
{
    (void)state;
    for (int32_t n_threads = 1; n_threads <= 16; n_threads *= 4) {
        progress_log progress = make_progress(0);
        campaign_runtime runtime = make_runtime(n_threads);
        runtime.progress = note_progress;
        runtime.ctx = &progress;
        chunk_log log = { 0 };
        campaign_error error = { 0 };
        assert_ok(cpn_parallel_for(1000, 7, note_chunk, &log, "stage", &runtime, &error), error);
        assert_true(progress.is_ours && progress.is_rising);
        assert_int_equal(progress.last_done, 1000);
        assert_int_equal(progress.total, 1000);
        if (n_threads == 1) assert_int_equal(progress.n_calls, 143); /* 1000 / 7 chunks, one call after each */
    }
}

static void test_cancelling_ends_the_loop(void **state)
{
    (void)state;
    for (int32_t n_threads = 1; n_threads <= 8; n_threads *= 2) {
        progress_log progress = make_progress(1);
        campaign_runtime runtime = make_runtime(n_threads);
        runtime.progress = note_progress;
        runtime.ctx = &progress;
        chunk_log log = { 0 };
        campaign_error error = { 0 };
        assert_int_equal(cpn_parallel_for(1000, 7, note_chunk, &log, "stage", &runtime, &error), CAMPAIGN_E_CANCELLED);
        assert_int_equal(error.code, CAMPAIGN_E_CANCELLED);
        assert_int_equal(progress.n_calls, 1);
        if (n_threads == 1) assert_int_equal(log.n_runs[1], 0);
    }
    progress_log progress = make_progress(2); /* the second call is the last: all is done, but the wish is heard */
    campaign_runtime runtime = make_runtime(1);
    runtime.progress = note_progress;
    runtime.ctx = &progress;
    chunk_log log = { 0 };
    assert_int_equal(cpn_parallel_for(2, 1, note_chunk, &log, "stage", &runtime, NULL), CAMPAIGN_E_CANCELLED);
    assert_int_equal(log.n_runs[1], 1);
}

static void test_progress_outside_a_loop(void **state)
{
    (void)state;
    progress_log progress = make_progress(2);
    campaign_runtime runtime = make_runtime(1);
    runtime.progress = note_progress;
    runtime.ctx = &progress;
    campaign_error error = { 0 };
    assert_int_equal(cpn_report_progress(NULL, "stage", 1, -1, &error), CAMPAIGN_OK);
    assert_int_equal(cpn_report_progress(&runtime, "stage", 1, -1, &error), CAMPAIGN_OK);
    assert_int_equal(progress.total, -1);
    assert_int_equal(cpn_report_progress(&runtime, "stage", 2, -1, &error), CAMPAIGN_E_CANCELLED);
    assert_int_equal(error.code, CAMPAIGN_E_CANCELLED);
}

#if !defined(_WIN32)

typedef struct signal_log {
    pthread_t caller;
    bool is_open[64], is_caller[64];
} signal_log;

/* Long enough that workers get their share of 64 chunks. */
static campaign_status note_signals(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    signal_log *log = ctx;
    sigset_t mask;
    for (volatile int64_t i = first; i < last * 20000; i++) {
    } /* some time */
    if (pthread_sigmask(SIG_SETMASK, NULL, &mask) != 0) return CAMPAIGN_E_STATE;
    log->is_open[chunk] = !sigismember(&mask, SIGINT) || !sigismember(&mask, SIGALRM) || !sigismember(&mask, SIGUSR1);
    log->is_caller[chunk] = pthread_equal(log->caller, pthread_self()) != 0;
    return CAMPAIGN_OK;
}

static void test_workers_take_no_signals_and_the_caller_keeps_its_own(void **state)
{
    (void)state;
    signal_log log = { .caller = pthread_self() };
    const campaign_runtime runtime = make_runtime(4);
    assert_int_equal(cpn_parallel_for(64, 1, note_signals, &log, NULL, &runtime, NULL), CAMPAIGN_OK);
    for (int chunk = 0; chunk < 64; chunk++) assert_int_equal(log.is_open[chunk], log.is_caller[chunk]);
    sigset_t mask;
    assert_int_equal(pthread_sigmask(SIG_SETMASK, NULL, &mask), 0);
    assert_int_equal(sigismember(&mask, SIGINT), 0);
}

/* Loops on several threads of the host at once share nothing. */
static void *run_own_loop(void *ctx)
{
    const campaign_runtime runtime = make_runtime(3);
    for (int round = 0; round < 20; round++) {
        chunk_log *log = ctx;
        memset(log, 0, sizeof *log);
        if (cpn_parallel_for(N_CHUNKS, 1, note_chunk, log, NULL, &runtime, NULL) != CAMPAIGN_OK) return NULL;
        for (int chunk = 0; chunk < N_CHUNKS; chunk++)
            if (log->n_runs[chunk] != 1) return NULL;
    }
    return ctx;
}

static void test_loops_on_several_threads_do_not_meet(void **state)
{
    (void)state;
    enum { N_HOSTS = 4 };
    pthread_t hosts[N_HOSTS];
    chunk_log *logs = calloc(N_HOSTS, sizeof *logs);
    assert_non_null(logs);
    for (int i = 0; i < N_HOSTS; i++) assert_int_equal(pthread_create(&hosts[i], NULL, run_own_loop, &logs[i]), 0);
    for (int i = 0; i < N_HOSTS; i++) {
        void *result = NULL;
        assert_int_equal(pthread_join(hosts[i], &result), 0);
        assert_ptr_equal(result, &logs[i]);
    }
    free(logs);
}

#endif

/* A loop within a chunk of another loop. */
static campaign_status run_inner_loop(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)first;
    (void)last;
    chunk_log *logs = ctx;
    const campaign_runtime runtime = make_runtime(2);
    return cpn_parallel_for(20, 3, note_chunk, &logs[chunk], NULL, &runtime, NULL);
}

static void test_loops_may_stand_within_loops(void **state)
{
    (void)state;
    chunk_log *logs = calloc(8, sizeof *logs);
    assert_non_null(logs);
    const campaign_runtime runtime = make_runtime(3);
    assert_int_equal(cpn_parallel_for(8, 1, run_inner_loop, logs, NULL, &runtime, NULL), CAMPAIGN_OK);
    for (int i = 0; i < 8; i++)
        for (int chunk = 0; chunk < 7; chunk++) assert_int_equal(logs[i].n_runs[chunk], 1);
    free(logs);
}

static void test_impossible_runtimes_are_refused(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_runtime runtime = make_runtime(-2);
    assert_int_equal(cpn_check_runtime(&runtime, &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "runtime.n_threads");
    runtime = make_runtime(-1);
    assert_ok(cpn_check_runtime(&runtime, &error), error);
    runtime.size = 0;
    assert_int_equal(cpn_check_runtime(&runtime, &error), CAMPAIGN_E_ARGUMENT);
    assert_ok(cpn_check_runtime(NULL, &error), error);
}

static void test_numbers_of_chunks(void **state)
{
    (void)state;
    assert_int_equal(cpn_n_chunks(0, 10), 0);
    assert_int_equal(cpn_n_chunks(1, 10), 1);
    assert_int_equal(cpn_n_chunks(10, 10), 1);
    assert_int_equal(cpn_n_chunks(11, 10), 2);
    assert_true(cpn_n_chunks(INT64_MAX, 2) == (int64_t)1 << 62);
    assert_int_equal(cpn_n_chunks(INT64_MAX, INT64_MAX), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_item_is_done_once_whatever_the_threads),
        cmocka_unit_test(test_no_runtime_is_one_thread),
        cmocka_unit_test(test_the_lowest_failing_chunk_wins),
        cmocka_unit_test(test_progress_comes_on_the_calling_thread_only),
        cmocka_unit_test(test_cancelling_ends_the_loop),
        cmocka_unit_test(test_progress_outside_a_loop),
#if !defined(_WIN32)
        cmocka_unit_test(test_workers_take_no_signals_and_the_caller_keeps_its_own),
        cmocka_unit_test(test_loops_on_several_threads_do_not_meet),
#endif
        cmocka_unit_test(test_loops_may_stand_within_loops),
        cmocka_unit_test(test_impossible_runtimes_are_refused),
        cmocka_unit_test(test_numbers_of_chunks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
