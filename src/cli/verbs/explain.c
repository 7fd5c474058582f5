/* campaign explain: why a row of a plan is as it is. */
#include <campaign/plan.h>
#include <stdio.h>

#include "cli/output.h"
#include "cli/plan_inputs.h"
#include "cli/terminal.h"
#include "cli/verbs/verbs.h"

static void show(const campaign_table *records)
{
    const int32_t depth = campaign_table_find(records, "depth");
    for (int64_t row = 0; row < campaign_table_n_rows(records); row++) {
        char text[1024];
        const int64_t n = campaign_table_int64(records, depth, row);
        (void)printf("%*s%s%s\n", (int)n * 2, "", n ? "- " : "", cell_text(text, sizeof text, records, "text", row));
    }
}

static int explain(const campaign_plan *plan, const arguments *given)
{
    campaign_table *records = NULL;
    campaign_error error;
    int code = EXIT_DONE;
    if (campaign_plan_explain(&records, plan, given->files[1], given->files[2], language_of(given), &error) !=
        CAMPAIGN_OK)
        return report_error(NULL, &error);
    if (format_of(given, FORMAT_TABLE) == FORMAT_TABLE)
        show(records);
    else
        code = print_table(records, given);
    campaign_table_free(records);
    return code;
}

int verb_explain(arguments *given)
{
    campaign_plan *plan = NULL;
    if (given->n_files != 3) {
        (void)fprintf(stderr, "campaign explain: give a plan, a table and a row, such as plan.json targets 2027-02\n");
        return EXIT_USAGE;
    }
    int code = read_plan(&plan, given->files[0]);
    if (code == EXIT_DONE) code = explain(plan, given);
    campaign_plan_free(plan);
    return code;
}
