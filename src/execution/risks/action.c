/* Actions: plain text with {…} around values, compiled when the document is read so that a slip shows there. */
#include <string.h>

#include "base/memory.h"
#include "execution/risks/risk.h"

static int32_t count_pieces(const char *text, size_t length)
{
    int32_t n = 1;
    for (size_t i = 0; i < length; i++) n += 2 * (text[i] == '{');
    return n;
}

static void add_text(cpn_risk_entry *entry, const char *text, int32_t length)
{
    if (length > 0) entry->pieces[entry->n_pieces++] = (cpn_risk_piece){ .text = text, .length = length };
}

/* A value may speak of what the condition speaks of, and of metrics and the campaign. */
static campaign_status check_scope(const cpn_risk_program *program, cpn_risk_scope scope, const cpn_json_value *value,
                                   campaign_error *error)
{
    if (program->type == CPN_RISK_BOOL)
        return cpn_json_fail(error, CAMPAIGN_E_SYNTAX, value, "{…} holds a value, not a condition");
    if (program->scope == CPN_RISK_STATE || program->scope == CPN_RISK_PLAN || program->scope == scope)
        return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_UNSUPPORTED, value, "the action speaks of each %s, the condition of each %s",
                         cpn_risk_scope_names[program->scope], cpn_risk_scope_names[scope]);
}

campaign_status cpn_risk_read_action(cpn_risk_entry *entry, const cpn_json_value *value, const cpn_risk_names *names,
                                     campaign_error *error)
{
    const char *at = value->text, *end = value->text + value->length;
    entry->pieces = cpn_alloc_zero(count_pieces(value->text, value->length), sizeof *entry->pieces);
    if (!entry->pieces) return cpn_fail_nomem(error);
    for (const char *open; (open = memchr(at, '{', (size_t)(end - at))) != NULL;) {
        const char *close = memchr(open, '}', (size_t)(end - open));
        if (!close) return cpn_json_fail(error, CAMPAIGN_E_SYNTAX, value, "a { is not closed");
        add_text(entry, at, (int32_t)(open - at));
        const cpn_risk_source source = { value, open + 1, (int32_t)(close - open) - 1 };
        cpn_risk_piece *piece = &entry->pieces[entry->n_pieces++];
        campaign_status status = cpn_risk_compile(&piece->program, &source, names, error);
        if (status == CAMPAIGN_OK) status = check_scope(&piece->program, entry->when.scope, value, error);
        if (status != CAMPAIGN_OK) return status;
        at = close + 1;
    }
    add_text(entry, at, (int32_t)(end - at));
    return CAMPAIGN_OK;
}
