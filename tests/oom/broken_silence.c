/* Shows that the loop sees a failure which nobody tells: this program has to fail. */
#include "oom.h"

#include "base/memory.h"

static campaign_status tell_nothing(campaign_error *error)
{
    (void)error;
    cpn_free(cpn_alloc(1, 8));
    return CAMPAIGN_OK;
}

const oom_scenario oom_scenarios[] = {
    { "tell_nothing", tell_nothing },
    { NULL, NULL },
};
