/* Follow-ups in tests: rows as text, and the checks made of them. */
#ifndef CPN_TESTS_FOLLOW_CASES_H
#define CPN_TESTS_FOLLOW_CASES_H

#include <campaign/followup.h>

#include "rapid_cases.h"

#define FORM3                                                                                                          \
    "record:int64|corrects:int64|customer:utf8|time:date|rep:utf8|feedback:utf8|objection:utf8|next_action:utf8|"      \
    "next_date:date|status:utf8|blocked_by:utf8"

/* Judges rows on a day; other tables may be NULL. */
static inline void follow_up(campaign_followups_report *report, const char *const *rows, const char *as_of,
                             const campaign_followups_inputs *others)
{
    campaign_followups_inputs inputs = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_followups_options options = CAMPAIGN_FOLLOWUPS_OPTIONS_INIT;
    campaign_error error = { 0 };
    campaign_table *followups = make_table(FORM3, rows);
    if (others) inputs = *others;
    inputs.followups = followups;
    options.as_of_day = day_of(as_of);
    options.has_as_of = 1;
    *report = (campaign_followups_report)CAMPAIGN_FOLLOWUPS_REPORT_INIT;
    assert_ok(campaign_plan_followups(report, &inputs, &options, NULL, &error), error);
    campaign_table_free(followups);
}

/* "kind customer rep days" of each row, with semicolons between them. */
static inline const char *list(const campaign_table *table, const char *const *columns)
{
    static _Thread_local char text[4096];
    size_t length = 0;
    text[0] = '\0';
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++)
        for (int i = 0; columns[i]; i++)
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%s",
                                       i     ? " "
                                       : row ? "; "
                                             : "",
                                       cell(table, columns[i], row));
    return text;
}

/* Findings of one kind as text. */
static inline const char *found(const campaign_followups_report *report, const char *kind)
{
    static const char *const checked[] = { "kind", "customer", "rep", "other_rep", "record", "date", "days", NULL };
    static _Thread_local char text[2048];
    size_t length = 0;
    text[0] = '\0';
    for (int64_t row = 0; row < campaign_table_n_rows(report->checks); row++) {
        if (strcmp(cell(report->checks, "kind", row), kind) != 0) continue;
        for (int i = 1; checked[i]; i++)
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%s",
                                       i > 1    ? "|"
                                       : length ? "; "
                                                : "",
                                       cell(report->checks, checked[i], row));
    }
    return text;
}

#endif
