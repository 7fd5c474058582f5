/* No key stands twice in an object. Small objects compare each pair; large ones are sorted, which no choice of keys can
 * slow down, as it could a hash without a secret. */
#include "base/json_reader.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"

enum { SMALL_OBJECT = 16 };

static int compare_keys(const cpn_json_value *a, const cpn_json_value *b)
{
    if (a->key_length != b->key_length) return a->key_length < b->key_length ? -1 : 1;
    return memcmp(a->key, b->key, a->key_length);
}

static int compare_members(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    return compare_keys(*(const cpn_json_value *const *)a, *(const cpn_json_value *const *)b);
}

static const cpn_json_value *find_twice_small(const cpn_json_value *object)
{
    for (const cpn_json_value *member = object->first; member; member = member->next)
        for (const cpn_json_value *before = object->first; before != member; before = before->next)
            if (compare_keys(before, member) == 0) return member;
    return NULL;
}

/* Equal keys lie side by side in text order after a stable sort; the earliest second one of all is the answer. */
static campaign_status find_twice_large(const cpn_json_value **twice, const cpn_json_value *object)
{
    const cpn_json_value **members = cpn_alloc(object->n_children, sizeof(const cpn_json_value *));
    if (!members) return CAMPAIGN_E_NOMEM;
    int64_t n = 0;
    for (const cpn_json_value *member = object->first; member; member = member->next) members[n++] = member;
    campaign_status status = CAMPAIGN_OK;
    if (!cpn_sort(members, n, sizeof members[0], compare_members, NULL)) status = CAMPAIGN_E_NOMEM;
    for (int64_t i = 1; i < n && status == CAMPAIGN_OK; i++)
        if (compare_keys(members[i - 1], members[i]) == 0 && (!*twice || members[i]->index < (*twice)->index))
            *twice = members[i];
    cpn_free(members);
    return status;
}

campaign_status cpn_json_check_keys(const cpn_json_value *object, campaign_error *error)
{
    const cpn_json_value *twice = NULL;
    if (object->n_children <= SMALL_OBJECT)
        twice = find_twice_small(object);
    else if (find_twice_large(&twice, object) != CAMPAIGN_OK)
        return cpn_fail_nomem(error);
    if (!twice) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, twice, "this key stands twice in its object");
}
