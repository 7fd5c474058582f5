/* Requests and checks for the tests of tasks. */
#ifndef CPN_TESTS_TASKS_CASES_H
#define CPN_TESTS_TASKS_CASES_H

#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\","
#define ALL_TYPES                                                                                                      \
    HEAD "\"year\":2027,\"target\":{\"amount\":365},\"split\":[],\"campaigns\":{\"tiers\":[],\"forced\":["             \
         "\"nianhuo\",\"cny\",\"women\",\"labour\",\"d618\",\"d1111\"],\"phases\":{\"nodes\":{\"nianhuo\":{"           \
         "\"burst_last\":0},\"cny\":{\"burst_first\":0,\"burst_last\":0}}},\"types\":{\"nianhuo\":\"burst\","          \
         "\"cny\":\"node\",\"women\":\"promotion_pull\",\"labour\":\"experience\",\"d618\":\"acquisition\","           \
         "\"d1111\":\"care\"}"
/* plan_scenarios.json, S2: Double 11 of 2026 with a burst of one day. */
#define ELEVEN                                                                                                         \
    HEAD "\"year\":2026,\"target\":{\"amount\":365},\"split\":[],\"campaigns\":{\"tiers\":[],\"forced\":[\"d1111\"],"  \
         "\"types\":{\"d1111\":\"burst\"},\"phases\":{\"preheat\":\"month\",\"nodes\":{\"d1111\":{\"burst_first\":0,"  \
         "\"burst_last\":0}}}}"

static inline void assert_task(const campaign_table *tasks, const char *task, const char *column, const char *expected)
{
    char text[256];
    const int64_t row = find_row(tasks, "task", task, NULL, NULL);
    if (row < 0) fail_msg("no task %s", task);
    (void)campaign_table_format(text, sizeof text, tasks, campaign_table_find(tasks, column), row);
    if (strcmp(text, expected) != 0) fail_msg("%s.%s is %s, expected %s", task, column, text, expected);
}

#endif
