/* The review of a campaign: knobs, the steps one after the other, the report. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "execution/review/review.h"

/* Ids of records and documents begin with the campaign's: the kind and number must fit behind it. */
enum { MOST_CAMPAIGN = CPN_REVIEW_ID - (sizeof "_highlight_10000" - 1) };

static campaign_status check_name(const char *name, size_t most, const char *where, campaign_error *error)
{
    const size_t length = strlen(name);
    if (length > most)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, where, "%lld bytes, the limit is %lld", (long long)length,
                        (long long)most);
    if (cpn_utf8_valid(name, length) < length)
        return cpn_fail(error, CAMPAIGN_E_ENCODING, where, "the text is not UTF-8");
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F)
            return cpn_fail(error, CAMPAIGN_E_VALUE, where, "byte %lld is a control character", (long long)i);
    return CAMPAIGN_OK;
}

static campaign_status check_options(cpn_review *review, const campaign_review_options *options, campaign_error *error)
{
    campaign_review_options *own = &review->options;
    campaign_status status = cpn_check_knobs(options, sizeof *own, sizeof *own, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(own, sizeof *own, options);
    if (own->has_next_start < 0 || own->has_next_start > 1 || own->reserved)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.has_next_start", "it must be 0 or 1, and reserved 0");
    if (own->has_next_start && (own->next_start_day < CAMPAIGN_DAY_MIN || own->next_start_day > CAMPAIGN_DAY_MAX))
        return cpn_fail(error, CAMPAIGN_E_VALUE, "options.next_start_day", "the day lies outside the years 1 to 9999");
    if (own->high_ppm == 0) own->high_ppm = 1100000;
    if (own->low_ppm == 0) own->low_ppm = 800000;
    if (own->low_ppm < 0 || own->high_ppm <= own->low_ppm)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "options.high_ppm", "%ld must be above low_ppm, %ld, and both above 0",
                        (long)own->high_ppm, (long)own->low_ppm);
    if (!own->campaign || !*own->campaign) own->campaign = "review";
    if (own->next_campaign && !*own->next_campaign) own->next_campaign = NULL;
    status = check_name(own->campaign, MOST_CAMPAIGN, "options.campaign", error);
    if (status == CAMPAIGN_OK && own->next_campaign)
        status = check_name(own->next_campaign, CPN_REVIEW_ID, "options.next_campaign", error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_take_language(&review->is_chinese, own->language, "options.language", error);
}

static campaign_status check_inputs(campaign_review_inputs *own, const campaign_review_inputs *inputs,
                                    campaign_error *error)
{
    const campaign_status status = cpn_check_knobs(inputs, sizeof *own, sizeof *own, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(own, sizeof *own, inputs);
    if (own->reserved || own->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "reserved fields must be 0");
    if (!own->metrics) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.metrics", "metrics are required");
    return CAMPAIGN_OK;
}

static campaign_status look_back(campaign_review_report *found, cpn_review *review, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    review->calendar = review->inputs->calendar;
    if (!review->calendar) status = campaign_calendar_create(&review->own_calendar, NULL, error);
    if (!review->calendar) review->calendar = review->own_calendar;
    if (status == CAMPAIGN_OK) status = cpn_review_read(review, error);
    if (status == CAMPAIGN_OK) status = cpn_review_judge(review, error);
    if (status == CAMPAIGN_OK) status = cpn_review_write(found, review, error);
    if (status != CAMPAIGN_OK) return status;
    int64_t *const counts[] = { &found->n_highlights, &found->n_problems, &found->n_measures };
    for (int64_t i = 0; i < review->n_findings; i++) ++*counts[review->findings[i].kind];
    found->is_provisional = review->is_provisional;
    return CAMPAIGN_OK;
}

campaign_status campaign_plan_review(campaign_review_report *report, const campaign_review_inputs *inputs,
                                     const campaign_review_options *options, const campaign_runtime *runtime,
                                     campaign_error *error)
{
    campaign_review_report found = CAMPAIGN_REVIEW_REPORT_INIT;
    campaign_review_inputs own_inputs = { .size = 0 };
    cpn_review review = { .inputs = &own_inputs };
    if (!report || !inputs) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "report", "report and inputs are required");
    campaign_status status = cpn_open_view(report, sizeof *report, "report", error);
    if (status == CAMPAIGN_OK) status = check_inputs(&own_inputs, inputs, error);
    if (status == CAMPAIGN_OK) status = check_options(&review, options, error);
    if (status == CAMPAIGN_OK) status = cpn_check_runtime(runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, "review", 0, 1, error);
    if (status != CAMPAIGN_OK) return status;
    status = look_back(&found, &review, error);
    for (int64_t i = 0; i < review.n_findings; i++) cpn_free(review.findings[i].own);
    cpn_free(review.findings);
    cpn_free(review.metrics);
    campaign_calendar_free(review.own_calendar);
    if (status == CAMPAIGN_OK)
        *report = found;
    else
        campaign_review_report_clear(&found);
    return status;
}

void campaign_review_report_clear(campaign_review_report *report)
{
    if (!report) return;
    campaign_table *const tables[] = { report->review,   report->metrics, report->records, report->tasks,
                                       report->playbook, report->sop,     report->notes };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) campaign_table_free(tables[i]);
    const campaign_review_report empty = CAMPAIGN_REVIEW_REPORT_INIT;
    *report = empty;
}
