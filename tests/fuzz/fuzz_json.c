/* JSON: what is read can be written, and the copy reads back as the same tree and writes the same bytes. */
#include "fuzz.h"

#include <string.h>

#include "base/json.h"

static void write_copy(cpn_text *text, const cpn_json *json)
{
    cpn_json_writer writer = { .text = text };
    cpn_json_copy(&writer, cpn_json_root(json));
    FUZZ_CHECK(!text->has_failed);
}

static void check_same_value(const cpn_json_value *a, const cpn_json_value *b)
{
    FUZZ_CHECK(a->kind == b->kind && a->boolean == b->boolean && a->index == b->index);
    FUZZ_CHECK(a->n_children == b->n_children && a->length == b->length && a->key_length == b->key_length);
    FUZZ_CHECK((a->text == NULL) == (b->text == NULL) && (a->key == NULL) == (b->key == NULL));
    if (a->text) FUZZ_CHECK(memcmp(a->text, b->text, a->length + 1) == 0 && a->text[a->length] == '\0');
    if (a->key) FUZZ_CHECK(memcmp(a->key, b->key, a->key_length + 1) == 0 && a->key[a->key_length] == '\0');
    if (a->text) FUZZ_CHECK(cpn_utf8_valid(a->text, a->length) == a->length);
}

/* Walks two trees side by side. */
static void check_same_tree(const cpn_json_value *a, const cpn_json_value *b)
{
    while (a) {
        FUZZ_CHECK(b != NULL);
        check_same_value(a, b);
        const cpn_json_value *next_a = a->first, *next_b = b->first;
        while (a && !next_a) {
            next_a = a->next;
            next_b = b->next;
            a = a->parent;
            b = b->parent;
        }
        a = next_a;
        b = next_b;
    }
    FUZZ_CHECK(b == NULL);
}

static void check_error(const campaign_error *error)
{
    FUZZ_CHECK(error->code < 0 && error->message[0] != '\0' && error->where[0] != '\0');
    FUZZ_CHECK(cpn_utf8_valid(error->message, strlen(error->message)) == strlen(error->message));
    FUZZ_CHECK(cpn_utf8_valid(error->where, strlen(error->where)) == strlen(error->where));
    FUZZ_CHECK(strstr(error->where, "line ") != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cpn_json *json = NULL, *again = NULL;
    cpn_text first = { 0 }, second = { 0 };
    campaign_error error = { 0 };
    if (cpn_json_read(&json, (const char *)data, size, &error) == CAMPAIGN_OK) {
        write_copy(&first, json);
        FUZZ_CHECK(cpn_json_read(&again, first.data, first.length, &error) == CAMPAIGN_OK);
        check_same_tree(cpn_json_root(json), cpn_json_root(again));
        write_copy(&second, again);
        FUZZ_CHECK(first.length == second.length && memcmp(first.data, second.data, first.length) == 0);
    } else {
        FUZZ_CHECK(json == NULL);
        check_error(&error);
    }
    cpn_json_free(json);
    cpn_json_free(again);
    cpn_text_clear(&first);
    cpn_text_clear(&second);
    return 0;
}
