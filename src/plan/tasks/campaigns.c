/* Which campaigns have a task of the request: those of its types, those it names, and of these, where it is due on a day of
 * its own, the first whose burst begins after that day. */
#include <string.h>

#include "base/memory.h"
#include "plan/tasks/templates.h"

bool cpn_task_is_for_type(const cpn_json_value *item, cpn_plan_type type)
{
    const cpn_json_value *types = item ? cpn_get(item, "types") : NULL;
    if (!types || types->n_children == 0) return true;
    for (const cpn_json_value *one = types->first; one; one = one->next)
        if (cpn_value_enum(one, cpn_plan_type_names) == (int32_t)type) return true;
    return false;
}

static bool is_named(const cpn_task_template *task, const cpn_plan_campaign *campaign)
{
    if (!task->campaigns) return true;
    for (const cpn_json_value *one = task->campaigns->first; one; one = one->next)
        if (strcmp(one->text, campaign->id) == 0) return true;
    return false;
}

bool cpn_task_is_for(const cpn_task_template *task, const cpn_plan_campaign *campaign)
{
    if (task->has_day) return task->only && strcmp(task->only, campaign->id) == 0;
    return is_named(task, campaign);
}

static campaign_status refuse_campaign(const cpn_json_value *id, const cpn_plan_campaigns *campaigns,
                                       campaign_error *error)
{
    const char **names = cpn_alloc(campaigns->n, sizeof *names);
    if (!names) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < campaigns->n; i++) names[i] = campaigns->rows[i].id;
    const int64_t nearest = cpn_nearest_name(id->text, id->length, names, campaigns->n);
    const campaign_status status =
        nearest < 0 ? cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, id, "the plan has no campaign \"%s\"", id->text)
                    : cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, id,
                                    "the plan has no campaign \"%s\"; did you mean \"%s\"?", id->text, names[nearest]);
    cpn_free(names);
    return status;
}

static campaign_status check_campaigns(const cpn_json_value *list, const cpn_plan_campaigns *campaigns,
                                       campaign_error *error)
{
    for (const cpn_json_value *id = list ? list->first : NULL; id; id = id->next) {
        int64_t i = 0;
        while (i < campaigns->n && strcmp(campaigns->rows[i].id, id->text) != 0) i++;
        if (i == campaigns->n) return refuse_campaign(id, campaigns, error);
    }
    return CAMPAIGN_OK;
}

static campaign_status find_only(cpn_task_template *task, const cpn_plan_campaigns *campaigns, campaign_error *error)
{
    const cpn_plan_campaign *first = NULL;
    for (int64_t i = 0; i < campaigns->n; i++) {
        const cpn_plan_campaign *campaign = &campaigns->rows[i];
        if (!cpn_task_is_for_type(task->item, (cpn_plan_type)campaign->type) || !is_named(task, campaign)) continue;
        if (campaign->starts[1] <= task->due_day || (first && first->starts[1] <= campaign->starts[1])) continue;
        first = campaign;
    }
    if (first) {
        task->only = first->id;
        return CAMPAIGN_OK;
    }
    return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE,
                         cpn_get(task->item, "due") ? cpn_get(task->item, "due") : task->item,
                         "no campaign that \"%s\" is for has its burst after its due date", task->id);
}

campaign_status cpn_task_set_settle(cpn_task_set *set, const cpn_plan_campaigns *campaigns, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < set->n && status == CAMPAIGN_OK; i++) {
        cpn_task_template *task = &set->templates[i];
        if (!task->is_used) continue;
        status = check_campaigns(task->campaigns, campaigns, error);
        if (status == CAMPAIGN_OK && task->has_day) status = find_only(task, campaigns, error);
    }
    return status;
}
