/* What no schedule passes: a deadline is refuted, then a later one, until one stands (destructive improvement: Klein,
 * Scholl, European Journal of Operational Research 112, 1999). Halving the range finds it in few steps. */
#include "base/parallel.h"
#include "schedule/level/model.h"

typedef bool (*check)(const cpn_level_model *model, cpn_level_windows *windows);

/* The lowest deadline from `lowest` on that is not refuted; the schedule that is there ends at `value`. */
static campaign_status refute(int32_t *bound, cpn_level_windows *windows, const cpn_level_state *state, check stands,
                              const campaign_runtime *runtime, campaign_error *error)
{
    int32_t low = *bound, high = state->value.makespan;
    while (low < high) {
        const campaign_status status = cpn_report_progress(runtime, "bound", 0, 0, error);
        if (status != CAMPAIGN_OK) return status;
        const int32_t middle = low + (high - low) / 2;
        if (cpn_level_windows_reset(state->model, windows, middle) && stands(state->model, windows)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    *bound = low;
    return CAMPAIGN_OK;
}

campaign_status cpn_level_raise_bound(cpn_level_state *state, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_level_windows windows;
    if (!cpn_level_windows_open(&windows, state->model, state->effort->n_bound_work / 4)) return cpn_fail_nomem(error);
    state->energy_bound = state->bound;
    campaign_status status = refute(&state->energy_bound, &windows, state, cpn_level_windows_fit, runtime, error);
    if (state->energy_bound > state->bound) state->bound = state->energy_bound;
    windows.n_steps = 0;
    windows.max_steps = state->effort->n_bound_work;
    if (status == CAMPAIGN_OK)
        status = refute(&state->bound, &windows, state, cpn_level_windows_tighten, runtime, error);
    cpn_level_windows_free(&windows);
    return status;
}
