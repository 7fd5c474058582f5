/* Writes the targets as a table of the plan. */
#include "plan/targets.h"

#include "base/number.h"

enum { TARGET = 6 + CPN_PLAN_N_DIMENSIONS }; /* column of the amount */

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

campaign_status cpn_plan_targets_table(campaign_table **table, const cpn_plan_targets *targets,
                                       const cpn_plan_request *request, const cpn_plan_history *history,
                                       campaign_error *error)
{
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_TARGETS, request);
    for (int64_t i = 0; i < targets->n; i++) {
        const cpn_plan_target *row = &targets->rows[i];
        char label[CPN_PLAN_LABEL];
        int64_t ppm;
        cpn_plan_period_label(label, request, row->period, row->parent_period, row->start_day);
        cpn_out_int64(&out, 0, i);
        if (row->parent < 0)
            cpn_out_null(&out, 1);
        else
            cpn_out_int64(&out, 1, row->parent);
        cpn_out_string(&out, 2, cpn_plan_level_names[row->level]);
        cpn_out_string(&out, 3, label);
        cpn_out_int64(&out, 4, row->start_day);
        cpn_out_int64(&out, 5, row->end_day);
        for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) write_key(&out, 6 + d, history, d, row->keys[d]);
        cpn_out_int64(&out, TARGET, row->minor);
        if (cpn_plan_share_ppm(&ppm, row->minor, targets->rows[row->parent < 0 ? i : row->parent].minor))
            cpn_out_int64(&out, TARGET + 1, ppm);
        else
            cpn_out_null(&out, TARGET + 1);
    }
    return cpn_out_close(table, &out, error);
}
