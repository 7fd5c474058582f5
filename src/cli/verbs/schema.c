/* campaign schema: the JSON Schema of a document kind. */
#include <campaign/plan.h>
#include <stdio.h>

#include "cli/verbs/verbs.h"

int verb_schema(arguments *given)
{
    char *json = NULL;
    campaign_error error;
    if (given->n_files != 1) {
        (void)fprintf(stderr, "campaign schema: name one kind: plan_request, plan, calendar_overlay, nodes, segments, "
                              "campaign_rules, rapid_response, task_templates, playbook\n");
        return EXIT_USAGE;
    }
    if (campaign_plan_schema(&json, NULL, given->files[0], language_of(given), &error) != CAMPAIGN_OK) {
        (void)fprintf(stderr, "campaign schema: %s\n", error.message);
        return error.code == CAMPAIGN_E_UNKNOWN ? EXIT_USAGE : EXIT_OTHER;
    }
    (void)fputs(json, stdout);
    campaign_text_free(json);
    return EXIT_DONE;
}
