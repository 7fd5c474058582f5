/* What a fuzz target defines: reads any bytes, must neither crash nor leak nor hang. Laws that hold for every input
 * (what is printed reads back the same) are checked with FUZZ_CHECK. */
#ifndef CPN_TESTS_FUZZ_H
#define CPN_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CHECK(law)                                                                                                \
    do {                                                                                                               \
        if (!(law)) {                                                                                                  \
            (void)fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #law);                             \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

#endif
