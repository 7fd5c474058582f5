/* libcampaign: the tasks of campaigns.
 *
 * Templates say which tasks a campaign of each type has: built in, and replaceable by a request's `tasks.templates`. A plan
 * puts them on the working calendar in its table "tasks". docs/tasks.md explains the model with an example. */
#ifndef CAMPAIGN_PLAN_TASKS_H
#define CAMPAIGN_PLAN_TASKS_H

#include <campaign/calendar.h>
#include <campaign/plan.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Writes the built-in templates as a document "campaign/task_templates/1", to start one's own from.
 *  @param json      receives UTF-8 text with a terminating zero; free with campaign_text_free
 *  @param length    receives its bytes without the terminating zero; may be NULL
 *  @param language  of names and deliverables: "en" (NULL) or "zh"
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (language) · CAMPAIGN_E_NOMEM
 *  Any thread. O(templates). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_task_templates(char **json, size_t *length, const char *language,
                                                          campaign_error *error);

/** Reads a document of templates and lists the tasks that campaigns of each type come to have.
 *  Templates of one id change each other field by field, later ones over earlier ones and over those built in.
 *  @param tasks     by type, in the order of the work: type, task, name, phase, role, deliverable, duration (int64; null: as
 *                   long as there is), unit, anchor, offset (int64), offset_unit, deadline, after, source
 *  @param json      document "campaign/task_templates/1" of @p length bytes; NULL: those built in alone
 *  @param language  of what is built in: "en" (NULL) or "zh"
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_SYNTAX, _ENCODING, _DUPLICATE, _UNKNOWN (key, predecessor with
 *          the nearest task, language), _MISSING, _VALUE, _LIMIT · CAMPAIGN_E_INFEASIBLE (tasks in a circle, which is told;
 *          a task before the burst that waits for one after it), all with line and column · CAMPAIGN_E_NOMEM
 *  The caller frees @p *tasks. Any thread. O(types × templates²). @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_task_list(campaign_table **tasks, const char *json, size_t length,
                                                     const char *language, campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
