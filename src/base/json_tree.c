/* The tree that a JSON text becomes: its memory and the look-up of members. */
#include "base/json.h"

#include <string.h>

#include "base/json_reader.h"
#include "base/memory.h"

enum { FIRST_BLOCK = 32, LARGEST_BLOCK = 8192 }; /* values: 3 kB and 0.8 MB */

cpn_json_value *cpn_json_new_value(cpn_json *json)
{
    if (!json->n_free) {
        int64_t n = json->blocks ? json->n_in_block * 2 : FIRST_BLOCK;
        if (n > LARGEST_BLOCK) n = LARGEST_BLOCK;
        cpn_json_block *block = cpn_alloc((int64_t)sizeof(cpn_json_block) + n * (int64_t)sizeof(cpn_json_value), 1);
        if (!block) return NULL;
        block->next = json->blocks;
        json->blocks = block;
        json->n_in_block = json->n_free = n;
    }
    cpn_json_value *value = &json->blocks->values[json->n_in_block - json->n_free--];
    memset(value, 0, sizeof *value);
    json->n_values++;
    return value;
}

void cpn_json_free(cpn_json *json)
{
    if (!json) return;
    for (cpn_json_block *block = json->blocks; block;) {
        cpn_json_block *next = block->next;
        cpn_free(block);
        block = next;
    }
    cpn_free(json->texts);
    cpn_free(json);
}

const cpn_json_value *cpn_json_root(const cpn_json *json)
{
    return json ? json->root : NULL;
}

const cpn_json_value *cpn_json_member(const cpn_json_value *object, const char *key)
{
    if (!object || object->kind != CPN_JSON_OBJECT) return NULL;
    const size_t length = strlen(key);
    const cpn_json_value *member = object->first;
    while (member && (member->key_length != length || memcmp(member->key, key, length) != 0)) member = member->next;
    return member;
}
