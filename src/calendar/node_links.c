/* Nodes relative to other nodes: every name must be known, no circle may close, no chain may grow long. */
#include "base/memory.h"
#include "base/text.h"
#include "calendar/nodes.h"

/* Fails at the rule of a node, wherever it was given. */
static campaign_status fail_at_rule(const cpn_node *node, campaign_status code, const char *message,
                                    campaign_error *error)
{
    if (!node->rule_value) return cpn_fail(error, code, node->id, "%s", message);
    (void)cpn_json_fail(error, code, node->rule_value, "%s", message);
    return cpn_place_in_document(code, "nodes", node->rule_document, error);
}

static campaign_status refuse(const cpn_node *node, campaign_status code, cpn_text *message, campaign_error *error)
{
    const campaign_status status =
        message->has_failed ? cpn_fail_nomem(error) : fail_at_rule(node, code, message->data, error);
    cpn_text_clear(message);
    return status;
}

static campaign_status refuse_unknown(const cpn_catalogue *catalogue, const cpn_node *node, campaign_error *error)
{
    const char *nearest = NULL;
    if (!cpn_catalogue_nearest(&nearest, catalogue, node->rule.node, node->rule.node_length))
        return cpn_fail_nomem(error);
    cpn_text message = { 0 };
    cpn_text_add_format(&message, "node \"%s\" is relative to \"%.*s\", which is not in the catalogue", node->id,
                        (int)node->rule.node_length, node->rule.node);
    if (nearest) cpn_text_add_format(&message, "; did you mean \"%s\"?", nearest);
    return refuse(node, CAMPAIGN_E_UNKNOWN, &message, error);
}

/* Names the circle that holds node number start, at the place of one of its rules that a user gave. */
static campaign_status refuse_circle(const cpn_catalogue *catalogue, int64_t start, campaign_error *error)
{
    const cpn_node *nodes = catalogue->nodes, *place = &nodes[start];
    cpn_text message = { 0 };
    cpn_text_add_format(&message, "nodes are relative to each other in a circle: %s", nodes[start].id);
    int64_t i = start;
    do {
        i = nodes[i].other;
        cpn_text_add_format(&message, " -> %s", nodes[i].id);
        if (!place->rule_value) place = &nodes[i];
    } while (i != start);
    return refuse(place, CAMPAIGN_E_INFEASIBLE, &message, error);
}

/* Follows each chain once: 1 = on the chain being followed, 2 = known to end. */
static campaign_status find_circle(const cpn_catalogue *catalogue, uint8_t *marks, campaign_error *error)
{
    const cpn_node *nodes = catalogue->nodes;
    for (int64_t start = 0; start < catalogue->n_nodes; start++) {
        int64_t i = start;
        for (; i >= 0 && marks[i] == 0; i = nodes[i].other) marks[i] = 1;
        if (i >= 0 && marks[i] == 1) return refuse_circle(catalogue, i, error);
        for (i = start; i >= 0 && marks[i] == 1; i = nodes[i].other) marks[i] = 2;
    }
    return CAMPAIGN_OK;
}

static campaign_status check_chains(const cpn_catalogue *catalogue, campaign_error *error)
{
    for (int64_t start = 0; start < catalogue->n_nodes; start++) {
        int32_t length = 0;
        for (int64_t i = start; i >= 0 && length <= CPN_LONGEST_CHAIN; i = catalogue->nodes[i].other) length++;
        if (length <= CPN_LONGEST_CHAIN) continue;
        return fail_at_rule(&catalogue->nodes[start], CAMPAIGN_E_LIMIT,
                            "the rule is relative to a node that is relative to a node, more than 16 deep", error);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_catalogue_link(cpn_catalogue *catalogue, campaign_error *error)
{
    for (int64_t i = 0; i < catalogue->n_nodes; i++) {
        cpn_node *node = &catalogue->nodes[i];
        if (node->rule.kind != CPN_RULE_RELATIVE) continue;
        node->other = cpn_catalogue_find(catalogue, node->rule.node, node->rule.node_length);
        if (node->other < 0) return refuse_unknown(catalogue, node, error);
    }
    uint8_t *marks = cpn_alloc_zero(catalogue->n_nodes, sizeof *marks);
    if (!marks) return cpn_fail_nomem(error);
    campaign_status status = find_circle(catalogue, marks, error);
    if (status == CAMPAIGN_OK) status = check_chains(catalogue, error);
    cpn_free(marks);
    return status;
}
