/* The catalogue of nodes: found by id through a hash, built-in ones first, relative rules linked at the end. */
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/text.h"
#include "calendar/nodes.h"

enum { FIRST_CAPACITY = 128 };

/* The slot that holds a node, or the free one where it would go. */
static int64_t slot_of(const cpn_catalogue *catalogue, const char *id, size_t length)
{
    int64_t slot = (int64_t)(cpn_hash_bytes(id, length) % (uint64_t)catalogue->n_slots);
    while (catalogue->slots[slot]) {
        const char *other = catalogue->nodes[catalogue->slots[slot] - 1].id;
        if (strlen(other) == length && memcmp(other, id, length) == 0) break;
        slot = (slot + 1) % catalogue->n_slots;
    }
    return slot;
}

/* Room for capacity nodes and twice as many slots. */
static bool grow(cpn_catalogue *catalogue, int64_t capacity)
{
    int64_t *slots = cpn_alloc_zero(capacity * 2, sizeof *slots);
    cpn_node *nodes = slots ? cpn_resize(catalogue->nodes, capacity, sizeof *nodes) : NULL;
    if (!nodes) {
        cpn_free(slots);
        return false;
    }
    cpn_free(catalogue->slots);
    catalogue->nodes = nodes;
    catalogue->capacity = capacity;
    catalogue->slots = slots;
    catalogue->n_slots = capacity * 2;
    for (int64_t i = 0; i < catalogue->n_nodes; i++)
        slots[slot_of(catalogue, nodes[i].id, strlen(nodes[i].id))] = i + 1;
    return true;
}

int64_t cpn_catalogue_find(const cpn_catalogue *catalogue, const char *id, size_t length)
{
    return catalogue->slots[slot_of(catalogue, id, length)] - 1;
}

bool cpn_catalogue_nearest(const char **nearest, const cpn_catalogue *catalogue, const char *id, size_t length)
{
    const char **ids = cpn_alloc(catalogue->n_nodes, sizeof *ids);
    if (!ids) return false;
    for (int64_t i = 0; i < catalogue->n_nodes; i++) ids[i] = catalogue->nodes[i].id;
    const int64_t index = cpn_nearest_name(id, length, ids, catalogue->n_nodes);
    *nearest = index >= 0 ? ids[index] : NULL;
    cpn_free(ids);
    return true;
}

cpn_node *cpn_catalogue_add(cpn_catalogue *catalogue, const char *id)
{
    if (catalogue->n_nodes == catalogue->capacity && !grow(catalogue, catalogue->capacity * 2)) return NULL;
    const int64_t slot = slot_of(catalogue, id, strlen(id));
    cpn_node *node = &catalogue->nodes[catalogue->n_nodes++];
    *node = (cpn_node){ .id = id, .document = -1, .rule_document = -1, .other = -1 };
    catalogue->slots[slot] = catalogue->n_nodes;
    return node;
}

static campaign_status add_builtin(cpn_catalogue *catalogue, const cpn_builtin_node *builtin, campaign_error *error)
{
    cpn_node *node = cpn_catalogue_add(catalogue, builtin->id);
    if (!node) return cpn_fail_nomem(error);
    node->name = builtin->name;
    node->name_en = builtin->name_en;
    node->region = builtin->region;
    node->theme = builtin->theme;
    node->theme_en = builtin->theme_en;
    node->note = builtin->note;
    node->rule_text = builtin->rule;
    node->tier = builtin->tier;
    node->preheat_days = builtin->preheat_days;
    node->peak_from = builtin->peak_from;
    node->peak_to = builtin->peak_to;
    node->is_announced = builtin->is_announced;
    return cpn_rule_parse(&node->rule, builtin->rule, strlen(builtin->rule), error);
}

campaign_status cpn_catalogue_create(cpn_catalogue **catalogue, campaign_error *error)
{
    cpn_catalogue *created = cpn_alloc_zero(1, sizeof *created);
    campaign_status status = created && grow(created, FIRST_CAPACITY) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t i = 0; i < cpn_n_builtin_nodes && status == CAMPAIGN_OK; i++)
        status = add_builtin(created, &cpn_builtin_nodes[i], error);
    if (status != CAMPAIGN_OK) {
        cpn_catalogue_free(created);
        created = NULL;
    }
    *catalogue = created;
    return status;
}

void cpn_catalogue_free(cpn_catalogue *catalogue)
{
    if (!catalogue) return;
    for (int64_t i = 0; i < catalogue->n_nodes; i++) cpn_free(catalogue->nodes[i].windows);
    cpn_free(catalogue->nodes);
    cpn_free(catalogue->slots);
    cpn_free(catalogue);
}
