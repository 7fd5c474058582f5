/* JSON: what is read can be written, and reads and writes the same from then on. */
#include "fuzz.h"

#include <string.h>

#include "base/json.h"

static void write_copy(cpn_text *text, const cpn_json *json)
{
    cpn_json_writer writer = { .text = text };
    cpn_json_copy(&writer, cpn_json_root(json));
    FUZZ_CHECK(!text->has_failed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cpn_json *json = NULL, *again = NULL;
    cpn_text first = { 0 }, second = { 0 };
    campaign_error error = { 0 };
    if (cpn_json_read(&json, (const char *)data, size, &error) == CAMPAIGN_OK) {
        write_copy(&first, json);
        FUZZ_CHECK(cpn_json_read(&again, first.data, first.length, &error) == CAMPAIGN_OK);
        write_copy(&second, again);
        FUZZ_CHECK(first.length == second.length && memcmp(first.data, second.data, first.length) == 0);
    } else {
        FUZZ_CHECK(json == NULL && error.code < 0 && error.message[0] != '\0');
        FUZZ_CHECK(cpn_utf8_valid(error.message, strlen(error.message)) == strlen(error.message));
    }
    cpn_json_free(json);
    cpn_json_free(again);
    cpn_text_clear(&first);
    cpn_text_clear(&second);
    return 0;
}
