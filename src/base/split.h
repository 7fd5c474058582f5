/* Inside the splitter: what its two files share. */
#ifndef CPN_BASE_SPLIT_H
#define CPN_BASE_SPLIT_H

#include <campaign/base.h>
#include <stdbool.h>

static inline bool cpn_split_is_locked(const campaign_split_problem *problem, int64_t cell)
{
    return problem->locked && problem->locked[cell] != CAMPAIGN_SPLIT_FREE;
}

static inline int64_t cpn_split_weight(const campaign_split_problem *problem, int64_t cell)
{
    return problem->weights ? problem->weights[cell] : 1;
}

static inline int64_t cpn_split_minimum(const campaign_split_problem *problem, int64_t cell)
{
    return problem->minimum ? problem->minimum[cell] : 0;
}

static inline int64_t cpn_split_maximum(const campaign_split_problem *problem, int64_t cell)
{
    return problem->maximum ? problem->maximum[cell] : INT64_MAX;
}

/* Fills the parts of the free cells of a checked problem from rest, which covers their minima; locked ones are left alone.
 * The parts may add up to less than rest where caps bind. False where memory is out. */
bool cpn_split_free_cells(int64_t *parts, const campaign_split_problem *problem, int64_t rest);

#endif
