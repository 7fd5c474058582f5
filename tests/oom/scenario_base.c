/* What base allocates when engines call it. */
#include "oom.h"

#include "base/text.h"

static campaign_status grow_text(campaign_error *error)
{
    cpn_text text = { 0 };
    for (int i = 0; i < 100; i++) cpn_text_add_string(&text, "满300减50 ");
    cpn_text_add_format(&text, "%d", 7);
    char *taken = cpn_text_take(&text);
    const campaign_status status = taken ? CAMPAIGN_OK : cpn_fail(error, CAMPAIGN_E_NOMEM, "text", "no memory");
    campaign_text_free(taken);
    cpn_text_clear(&text);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "grow_text", grow_text },
    { NULL, NULL },
};
