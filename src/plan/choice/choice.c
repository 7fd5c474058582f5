/* The choice of campaigns as a whole: candidates and rules in, the best set with its reasons out; and the report's life. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "plan/choice/choice.h"

enum { USUAL_LABELS = 1000000 };

static const char *const stage = "choose_campaigns";

/* ---- A problem that was read ------------------------------------------------------------------------------------ */

static campaign_status open_results(cpn_choice *choice, campaign_error *error)
{
    const int64_t n = choice->problem.n;
    choice->best.is_chosen = cpn_alloc_zero(n, sizeof *choice->best.is_chosen);
    choice->reasons = cpn_alloc_zero(n, sizeof *choice->reasons);
    choice->campaigns = cpn_alloc_zero(n, sizeof *choice->campaigns);
    choice->campaign_of = cpn_alloc_zero(n, sizeof *choice->campaign_of);
    if (!choice->best.is_chosen || !choice->reasons || !choice->campaigns || !choice->campaign_of)
        return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n; i++)
        choice->reasons[i].binding = (cpn_choice_break){ .rule = CPN_RULE_NONE, .other = -1, .relation = -1 };
    return cpn_choice_case_open(&choice->all, &choice->problem, error);
}

campaign_status cpn_choice_run(cpn_choice *choice, const campaign_choice_options *options,
                               const campaign_runtime *runtime, campaign_error *error)
{
    const int64_t max_labels = options->max_labels ? options->max_labels : USUAL_LABELS;
    campaign_status status = open_results(choice, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, stage, 0, choice->problem.n, error);
    if (status == CAMPAIGN_OK)
        status = cpn_choice_solve(&choice->best, &choice->all, NULL, CPN_AIM_SET, max_labels, error);
    if (status != CAMPAIGN_OK) return status;
    if (!choice->best.is_feasible) return cpn_choice_fail_conflict(&choice->all, max_labels, error);
    choice->n_campaigns =
        cpn_choice_merge(choice->campaigns, choice->campaign_of, &choice->problem, choice->best.is_chosen);
    choice->best.cost = 0;
    for (int64_t i = 0; i < choice->n_campaigns; i++) choice->best.cost += choice->campaigns[i].cost;
    if (options->skips_reasons) return CAMPAIGN_OK;
    return cpn_choice_explain(choice->reasons, &choice->all, &choice->best, max_labels, runtime, error);
}

void cpn_choice_free(cpn_choice *choice)
{
    cpn_choice_problem_free(&choice->problem);
    cpn_choice_case_free(&choice->all);
    cpn_free(choice->best.is_chosen);
    cpn_free(choice->reasons);
    cpn_free(choice->campaigns);
    cpn_free(choice->campaign_of);
    memset(choice, 0, sizeof *choice);
}

/* ---- The public call -------------------------------------------------------------------------------------------- */

static campaign_status check_arguments(campaign_choice_options *taken, bool *is_chinese,
                                       const campaign_choice_report *report, const campaign_choice_options *options,
                                       const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = cpn_check_runtime(runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_check_knobs(options, sizeof *options, sizeof *options, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(taken, sizeof *taken, options);
    status = cpn_check_report(report, sizeof *report, "CAMPAIGN_CHOICE_REPORT_INIT", error);
    if (status != CAMPAIGN_OK) return status;
    if (taken->max_labels < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.max_labels", "%lld is negative",
                        (long long)taken->max_labels);
    return cpn_take_language(is_chinese, taken->language, "options.language", error);
}

static campaign_status read_problem(cpn_choice_problem *problem, const campaign_table *candidates,
                                    const cpn_json_value *rules, const campaign_choice_options *options,
                                    campaign_error *error)
{
    const campaign_status status = cpn_choice_read(problem, candidates, options, error);
    return status == CAMPAIGN_OK ? cpn_choice_rules(problem, rules, NULL, error) : status;
}

static void fill_report(campaign_choice_report *report, const cpn_choice *choice)
{
    const cpn_choice_result *best = &choice->best;
    report->is_optimal = best->is_proven;
    report->n_candidates = choice->problem.n;
    for (int64_t i = 0; i < choice->problem.n; i++) report->n_chosen += best->is_chosen[i];
    report->n_campaigns = choice->n_campaigns;
    report->value = best->value;
    report->bound = best->bound;
    report->cost = best->cost;
    report->value_exponent = choice->problem.value_unit.exponent;
    report->cost_exponent = choice->problem.cost_unit.exponent;
    report->n_labels = best->n_labels;
}

campaign_status campaign_plan_choose_campaigns(campaign_table **choices, campaign_choice_report *report,
                                               const campaign_table *candidates, const char *rules_json,
                                               size_t rules_len, const campaign_choice_options *options,
                                               const campaign_runtime *runtime, campaign_error *error)
{
    if (choices) *choices = NULL;
    if (!choices || !candidates)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "candidates", "choices and candidates are required");
    campaign_choice_options taken = CAMPAIGN_CHOICE_OPTIONS_INIT;
    bool is_chinese;
    campaign_status status = check_arguments(&taken, &is_chinese, report, options, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_choice_report found = CAMPAIGN_CHOICE_REPORT_INIT;
    if (report) *report = found;
    cpn_json *json = NULL;
    cpn_choice choice;
    memset(&choice, 0, sizeof choice);
    if (rules_json) status = cpn_document_read(&json, rules_json, rules_len, &cpn_campaign_rules_kind, error);
    if (status == CAMPAIGN_OK)
        status = read_problem(&choice.problem, candidates, json ? cpn_json_root(json) : NULL, &taken, error);
    if (status == CAMPAIGN_OK) status = cpn_choice_run(&choice, &taken, runtime, error);
    if (status == CAMPAIGN_OK && report) {
        fill_report(&found, &choice);
        status = cpn_choice_campaigns_table(&found.campaigns, &choice, error);
    }
    if (status == CAMPAIGN_OK) status = cpn_choice_table(choices, &choice, is_chinese, error);
    if (status != CAMPAIGN_OK)
        campaign_choice_report_clear(&found);
    else if (report)
        *report = found;
    cpn_choice_free(&choice);
    cpn_json_free(json);
    return status;
}

void campaign_choice_report_clear(campaign_choice_report *report)
{
    if (!report) return;
    campaign_table_free(report->campaigns);
    const campaign_choice_report empty = CAMPAIGN_CHOICE_REPORT_INIT;
    *report = empty;
}
