/* Shows that the loop sees a leak: this program has to fail. */
#include "oom.h"

#include "base/error.h"
#include "base/memory.h"

static campaign_status leak_where_second_fails(campaign_error *error)
{
    void *first = cpn_alloc(1, 8);
    if (!first) return cpn_fail(error, CAMPAIGN_E_NOMEM, "first", "no memory");
    void *second = cpn_alloc(1, 8);
    if (!second) return cpn_fail(error, CAMPAIGN_E_NOMEM, "second", "no memory");
    cpn_free(first);
    cpn_free(second);
    return CAMPAIGN_OK;
}

const oom_scenario oom_scenarios[] = {
    { "leak_where_second_fails", leak_where_second_fails },
    { NULL, NULL },
};
