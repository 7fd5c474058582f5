/* Rows of one unit that are nearly as good as its best: all of them, by a walk over the values to the end that a search
 * has left behind. */
#include "base/memory.h"
#include "plan/weeks/solver.h"

static bool grow(cpn_weeks_rows *rows, int32_t n_weeks)
{
    const int64_t capacity = rows->capacity ? rows->capacity * 2 : 64;
    uint8_t *choices = cpn_resize(rows->choices, capacity * n_weeks, sizeof *choices);
    if (choices) rows->choices = choices;
    double *losses = cpn_resize(rows->losses, capacity, sizeof *losses);
    if (losses) rows->losses = losses;
    if (!choices || !losses) return false;
    rows->capacity = capacity;
    return true;
}

/* Where a walk stands, what it has brought so far, and which choice it tries next. */
typedef struct frame {
    cpn_weeks_place place;
    double value;
    int32_t next;
} frame;

static campaign_status keep_row(cpn_weeks_rows *rows, const frame *frames, int32_t depth, int32_t n_weeks, double loss)
{
    if (rows->n == rows->capacity && !grow(rows, n_weeks)) return CAMPAIGN_E_NOMEM;
    uint8_t *row = &rows->choices[rows->n * n_weeks];
    for (int32_t week = 0; week < n_weeks; week++) row[week] = 0;
    for (int32_t i = 0; i < depth; i++) row[frames[i].place.week] = (uint8_t)(frames[i].next - 1);
    rows->losses[rows->n++] = loss;
    return CAMPAIGN_OK;
}

campaign_status cpn_weeks_list(cpn_weeks_rows *rows, const cpn_weeks_search *search, const cpn_weeks_owner *owner,
                               const cpn_weeks_slack *slack)
{
    const cpn_weeks_problem *problem = owner->problem;
    const cpn_weeks_unit *unit = owner->unit;
    frame *frames = cpn_alloc(problem->n_weeks + INT64_C(1), sizeof *frames);
    if (!frames) return CAMPAIGN_E_NOMEM;
    campaign_status status = CAMPAIGN_OK;
    int32_t depth = 0;
    frames[0] = (frame){ .place = cpn_weeks_first_place(unit) };
    while (depth >= 0 && status == CAMPAIGN_OK) {
        frame *at = &frames[depth];
        if (at->place.week >= problem->n_weeks) {
            status = rows->n < slack->most_rows
                         ? keep_row(rows, frames, depth, problem->n_weeks, slack->best - at->value)
                         : CAMPAIGN_E_LIMIT;
            depth--;
            continue;
        }
        if (at->next >= unit->n_choices) {
            depth--;
            continue;
        }
        cpn_weeks_place to = at->place;
        double worth, rest;
        const bool is_open = cpn_weeks_follow(&to, &worth, &rest, search, owner, at->next++);
        if (!is_open || slack->best - (at->value + worth + rest) > slack->most_loss) continue;
        frames[++depth] = (frame){ .place = to, .value = at->value + worth };
    }
    cpn_free(frames);
    return status;
}
