/* How a link moves the tasks at its ends: forwards from where its beginning stands, backwards from where its end stands.
 * The two are inverse to each other, so that windows stay true whatever classes a link and its tasks have. */
#include "schedule/level/model.h"

/* The boundary that lies lag working slots of a class after another (before it where lag is negative): the first at which
 * they have passed. */
static int32_t advance(const cpn_level_class *class, int32_t boundary, int32_t lag)
{
    if (lag == 0) return boundary;
    const int64_t rank = (int64_t)cpn_level_rank(class, boundary) + lag;
    if (rank <= 0) return 0;
    return rank > class->n ? CPN_LEVEL_BEYOND : cpn_level_slot(class, (int32_t)rank - 1) + 1;
}

/* The latest boundary that advance takes to one not after `limit`; -1 where there is none. */
static int32_t retreat(const cpn_level_class *class, int32_t limit, int32_t lag, int32_t n_slots)
{
    if (lag == 0) return limit;
    const int64_t rank = (int64_t)cpn_level_rank(class, limit) - lag;
    if (rank < 0) return -1;
    return rank < class->n ? cpn_level_slot(class, (int32_t)rank) : n_slots;
}

int32_t cpn_level_push(const cpn_level_model *model, const cpn_level_link *link, int32_t start, int32_t finish)
{
    const int32_t bound = advance(&model->classes[link->lag_class], link->is_from_finish ? finish : start, link->lag);
    if (bound > model->n_slots) return CPN_LEVEL_BEYOND;
    const cpn_level_class *class = &model->classes[model->task_class[link->to]];
    const int32_t duration = model->duration[link->to];
    if (!link->is_to_finish || duration == 0) return cpn_level_up(class, cpn_level_rank(class, bound));
    if (bound == 0) return 0;
    const int32_t rank = cpn_level_rank(class, bound - 1) - duration + 1;
    return rank > 0 ? cpn_level_up(class, rank) : 0;
}

int32_t cpn_level_pull(const cpn_level_model *model, const cpn_level_link *link, int32_t start, int32_t finish)
{
    const int32_t limit =
        retreat(&model->classes[link->lag_class], link->is_to_finish ? finish : start, link->lag, model->n_slots);
    if (limit < 0) return -1;
    const cpn_level_class *class = &model->classes[model->task_class[link->from]];
    const int32_t duration = model->duration[link->from];
    if (duration == 0) return limit;
    if (link->is_from_finish) return cpn_level_down(class, cpn_level_rank(class, limit) - duration);
    const int32_t before = limit < model->n_slots ? cpn_level_rank(class, limit + 1) : class->n;
    return cpn_level_down(class, before - 1);
}
