/* One mistake of each kind that the sanitizers must stop: broken overflow|leak|divide|shift|race. Returns 0 where the
 * mistake went unseen. */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static volatile int32_t counter;
static void *volatile kept;

static void *count(void *ctx)
{
    for (int i = 0; i < 100000; i++) counter = counter + 1;
    return ctx;
}

static void race(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, count, NULL) != 0) return;
    (void)count(NULL);
    (void)pthread_join(thread, NULL);
}

static void leak(void)
{
    kept = malloc(100);
    kept = NULL;
}

int main(int n_arguments, char **arguments)
{
    const char *kind = n_arguments > 1 ? arguments[1] : "";
    volatile int32_t n = n_arguments; /* 2, and unknown to the compiler */
    volatile double zero = 0;
    if (strcmp(kind, "overflow") == 0) {
        char *block = malloc((size_t)n);
        if (block) ((volatile char *)block)[n] = 1;
        free(block);
    }
    if (strcmp(kind, "leak") == 0) leak();
    if (strcmp(kind, "divide") == 0) zero = n / zero;
    if (strcmp(kind, "shift") == 0) n = INT32_MAX - 1 + n;
    if (strcmp(kind, "race") == 0) race();
    return 0;
}
