/* campaign conflicts: what gets in each other's way in a plan or in tables, and what to change. */
#include <campaign/playbook.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/approval_roles.h"
#include "cli/input.h"
#include "cli/named_inputs.h"
#include "cli/output.h"
#include "cli/plan_inputs.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

#define DAYS                                                                                                           \
    { "start", "开始日", NULL, ROLE_DAY },                                                                             \
    {                                                                                                                  \
        "end", "结束次日", NULL, ROLE_DAY                                                                              \
    }

static const role campaign_roles[] = {
    { "campaign", "活动", NULL, ROLE_TEXT },
    { "channel", "渠道", NULL, ROLE_TEXT },
    { "preheat_start", "预热开始日", NULL, ROLE_DAY },
    DAYS,
};
static const role item_roles[] = { { "item", "商品", NULL, ROLE_TEXT }, { "campaign", "活动", NULL, ROLE_TEXT } };
static const role price_roles[] = {
    { "sku", "货号", NULL, ROLE_TEXT },
    { "channel", "渠道", NULL, ROLE_TEXT },
    { "price", "价格", NULL, ROLE_MONEY },
    { "floor", "底价", NULL, ROLE_MONEY },
    DAYS,
};
static const role territory_roles[] = {
    { "partner", "伙伴", NULL, ROLE_TEXT },
    { "region", "区域", NULL, ROLE_TEXT },
    { "customer_group", "客户群", NULL, ROLE_TEXT },
    DAYS,
};
static const role promise_roles[] = {
    { "promise", "承诺", NULL, ROLE_TEXT },
    { "sku", "货号", NULL, ROLE_TEXT },
    { "quantity", "数量", NULL, ROLE_COUNT },
    DAYS,
};
static const role supply_roles[] = { { "sku", "货号", NULL, ROLE_TEXT }, { "quantity", "数量", NULL, ROLE_COUNT } };

#define PLACE(name) offsetof(campaign_conflicts_inputs, name)
static const job_table tables[] = {
    { "campaigns", PLACE(campaigns), campaign_roles, N_OF(campaign_roles), "campaign start end", false },
    { "items", PLACE(items), item_roles, N_OF(item_roles), "item campaign", false },
    { "prices", PLACE(prices), price_roles, N_OF(price_roles), "sku channel price start end", false },
    { "territories", PLACE(territories), territory_roles, N_OF(territory_roles), "partner region start end", false },
    { "promises", PLACE(promises), promise_roles, N_OF(promise_roles), "promise sku quantity start end", false },
    { "supply", PLACE(supply), supply_roles, N_OF(supply_roles), "sku quantity", false },
    { "budget", PLACE(budget), approval_budget_roles, N_APPROVAL_BUDGET_ROLES, "item planned", false },
    { "requests", PLACE(requests), approval_request_roles, N_APPROVAL_REQUEST_ROLES, "request kind role", false },
    { "limits", PLACE(limits), approval_limit_roles, N_APPROVAL_LIMIT_ROLES, "role kind", false },
};
static const input_list list = { "conflicts", tables, N_OF(tables), NULL };

static const job_setting settings[] = {
    { "price_tolerance_ppm", SETTING_INT32, offsetof(campaign_conflicts_options, price_tolerance_ppm), 0, 0, NULL },
    { "limit", SETTING_INT64, offsetof(campaign_conflicts_options, limit), 0, 0, NULL },
};
static const job_kind kind = { "conflicts", "PLAN.json", NULL, settings, 0, N_OF(settings), false, ROLE_NUMBER };

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column counts[] = { { "kind", "conflict", "冲突", CELL_WORD },
                                           { "n", "n", "数量", CELL_AS_IS },
                                           { "n_listed", "listed", "列出", CELL_AS_IS } };
    const campaign_conflicts_report *report = answer->report;
    const campaign_table *conflicts = answer->tables[0];
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given), n = campaign_table_n_rows(conflicts);
    char word[32], text[2048];
    (void)printf(zh ? "列出的冲突：%lld\n" : "Conflicts listed: %lld\n", (long long)n);
    show_part(zh ? "全部" : "All of them", &(shown_table){ report->counts, counts, N_OF(counts), NULL, limit, zh });
    for (int64_t row = 0; row < n && row < limit; row++) {
        (void)printf("\n[%s] %s\n", word_text(cell_text(word, sizeof word, conflicts, "severity", row), zh),
                     cell_text(text, sizeof text, conflicts, "text", row));
        (void)printf("  %s\n", cell_text(text, sizeof text, conflicts, "proposal", row));
    }
    if (n > limit) (void)printf(zh ? "\n… 还有 %lld 项\n" : "\n… %lld more\n", (long long)(n - limit));
}

static int ask(const campaign_plan *plan, arguments *given)
{
    static const char *const names[] = { "conflicts", "counts" };
    campaign_conflicts_inputs inputs = CAMPAIGN_CONFLICTS_INPUTS_INIT;
    campaign_conflicts_options options = CAMPAIGN_CONFLICTS_OPTIONS_INIT;
    campaign_conflicts_report report = CAMPAIGN_CONFLICTS_REPORT_INIT;
    table_job job = { .kind = &kind, .given = given };
    campaign_table *conflicts = NULL;
    campaign_error error;
    named_inputs read;
    int code = open_inputs(&read, &list, &inputs, given);
    options.language = language_of(given);
    if (code == EXIT_DONE && !take_settings(&job, &options)) code = EXIT_USAGE;
    const campaign_runtime runtime = make_runtime(given);
    if (code == EXIT_DONE &&
        campaign_plan_conflicts(&conflicts, &report, plan, &inputs, &options, &runtime, &error) != CAMPAIGN_OK)
        code = report_input_error(&read, &error);
    const campaign_table *const found[] = { conflicts, report.counts };
    if (code == EXIT_DONE) code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
    if (code == EXIT_DONE && report.n_conflicts > 0) code = EXIT_FINDINGS;
    campaign_table_free(conflicts);
    campaign_conflicts_report_clear(&report);
    close_inputs(&read);
    return code;
}

int verb_conflicts(arguments *given)
{
    campaign_plan *plan = NULL;
    if (given->n_files > 1 || (given->n_files == 0 && given->n_inputs == 0)) {
        (void)fprintf(stderr, "campaign conflicts: give a plan.json or --input NAME=FILE, or both\n");
        return EXIT_USAGE;
    }
    int code = given->n_files ? read_plan(&plan, given->files[0]) : EXIT_DONE;
    if (code == EXIT_DONE) code = ask(plan, given);
    campaign_plan_free(plan);
    return code;
}
