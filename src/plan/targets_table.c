/* Writes the targets as a table of the plan. */
#include "plan/support.h"

#include <stdio.h>

#include "base/checked.h"
#include "base/number.h"

enum {
    TARGET = 6 + CPN_PLAN_N_DIMENSIONS,
    SHARE,
    ASSIGNED,
    RULE,
    SUPPORTED,
    ABOVE,
    BOTTOM_UP,
    GAP
}; /* columns after the keys */

static void write_key(cpn_out *out, int32_t index, const cpn_plan_history *history, int32_t dimension, int32_t key)
{
    if (key < 0) {
        cpn_out_null(out, index);
        return;
    }
    char buffer[CPN_NUMBER_TEXT];
    size_t length;
    const char *label = cpn_plan_history_label(history, dimension, key, buffer, &length);
    cpn_out_text(out, index, label, length);
}

/* What the request asks of the node, in the words of its rule. */
static void write_rule(cpn_out *out, const cpn_plan_targets *targets, const cpn_plan_target *row)
{
    if (row->rule < 0) {
        cpn_out_null(out, RULE);
        return;
    }
    const cpn_plan_rule *rule = &targets->rules.rules[row->rule];
    const bool is_there[] = { rule->is_lock, rule->has_minimum, rule->has_maximum, rule->has_growth };
    static const char *const words[] = { "locked", "minimum", "maximum", "growth" };
    char text[CPN_NUMBER_TEXT] = "";
    for (size_t i = 0, length = 0; i < sizeof words / sizeof *words; i++)
        if (is_there[i])
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", length ? "+" : "", words[i]);
    cpn_out_string(out, RULE, text);
}

/* What stands beside a target: the last months' support, entries from below. */
static void write_beside(cpn_out *out, const cpn_plan_support *support, const cpn_plan_target *row, int64_t i)
{
    int64_t above = 0, gap = 0;
    const bool has_support = support->supported != NULL, is_entered = support->entered && support->is_entered[i];
    const bool has_above = has_support && cpn_plan_above_ppm(&above, row->minor, support->supported[i]);
    cpn_out_optional_int64(out, SUPPORTED, has_support ? support->supported[i] : 0, has_support);
    cpn_out_optional_int64(out, ABOVE, above, has_above);
    cpn_out_optional_int64(out, BOTTOM_UP, is_entered ? support->entered[i] : 0, is_entered);
    const bool has_gap = is_entered && cpn_sub64(&gap, support->entered[i], row->minor);
    cpn_out_optional_int64(out, GAP, gap, has_gap);
}

campaign_status cpn_plan_targets_table(campaign_table **table, const cpn_plan_targets *targets,
                                       const cpn_plan_support *support, const cpn_plan_request *request,
                                       const cpn_plan_history *history, campaign_error *error)
{
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_TARGETS, request);
    for (int64_t i = 0; i < targets->n; i++) {
        const cpn_plan_target *row = &targets->rows[i];
        char label[CPN_PLAN_LABEL];
        cpn_plan_period_label(label, request, row->period, row->parent_period, row->start_day);
        cpn_out_int64(&out, 0, i);
        cpn_out_optional_int64(&out, 1, row->parent, row->parent >= 0);
        cpn_out_string(&out, 2, cpn_plan_level_names[row->level]);
        cpn_out_string(&out, 3, label);
        cpn_out_int64(&out, 4, row->start_day);
        cpn_out_int64(&out, 5, row->end_day);
        for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) write_key(&out, 6 + d, history, d, row->keys[d]);
        cpn_out_int64(&out, TARGET, row->minor);
        cpn_out_optional_int64(&out, ASSIGNED, row->assigned, row->assigned >= 0 && cpn_plan_has_padding(request));
        write_rule(&out, targets, row);
        write_beside(&out, support, row, i);
        const int64_t whole = targets->rows[row->parent < 0 ? i : row->parent].minor;
        cpn_plan_out_share(&out, SHARE, row->minor, whole);
    }
    return cpn_out_close(table, &out, error);
}
