/* campaign_plan_rapid_response: a request and lists of customers, reps and history in, windows, quotas, contacts, check lists
 * and filled forms out. */
#include <campaign/rapid_response.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "execution/rapid_response/rapid.h"

/* ---- Arguments --------------------------------------------------------------------------------------------------- */

static campaign_status check_language(const campaign_rapid_response_options *options, campaign_error *error)
{
    if (!options->language || strcmp(options->language, "en") == 0 || strcmp(options->language, "zh") == 0)
        return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "options.language", "\"%.60s\" is neither en nor zh", options->language);
}

static campaign_status check_knobs(campaign_rapid_response_inputs *inputs, campaign_rapid_response_options *options,
                                   const cpn_rapid_sources *given, campaign_error *error)
{
    campaign_status status = cpn_check_knobs(given->inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status == CAMPAIGN_OK)
        status = cpn_check_knobs(given->options, sizeof *options, sizeof *options, "options", error);
    if (status == CAMPAIGN_OK) status = cpn_check_runtime(given->runtime, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(inputs, sizeof *inputs, given->inputs);
    cpn_take_knobs(options, sizeof *options, given->options);
    if (inputs->reserved != 0 || inputs->reserved_pointer || options->reserved != 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "reserved", "reserved fields must be 0");
    return check_language(options, error);
}

/* ---- Steps ------------------------------------------------------------------------------------------------------- */

static campaign_status open_calendar(cpn_rapid *rapid, const campaign_rapid_response_inputs *inputs,
                                     campaign_error *error)
{
    rapid->calendar = inputs->calendar;
    if (rapid->calendar) return CAMPAIGN_OK;
    const campaign_status status = campaign_calendar_create(&rapid->own_calendar, NULL, error);
    rapid->calendar = rapid->own_calendar;
    return status;
}

static campaign_status read_all(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error)
{
    campaign_status status = cpn_rapid_reps_read(rapid, sources, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_regions_read(rapid, sources, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_reps_place(rapid, sources, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_customers_read(rapid, sources, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_history_read(rapid, sources, error);
    return status;
}

static void note_dates(cpn_rapid *rapid)
{
    char due[CAMPAIGN_DATE_TEXT], finish[CAMPAIGN_DATE_TEXT];
    const char *const none[CPN_RAPID_WORDS] = { NULL };
    cpn_rapid_day_text(due, rapid->request.windows[CPN_STAGE_CONTACT].due);
    cpn_rapid_day_text(finish, rapid->request.finish);
    if (rapid->request.windows[CPN_STAGE_CONTACT].due > rapid->request.finish)
        cpn_rapid_note_add(rapid, "short", 1, "The contact window ends on {0}, after the last day {1}.",
                           "触达时限 {0} 晚于最后一天 {1}。", (const char *const[CPN_RAPID_WORDS]){ due, finish });
    if (rapid->is_provisional)
        cpn_rapid_note_add(rapid, "provisional", 1,
                           "Dates lie in a year whose holidays are not announced: they are provisional.",
                           "部分日期所在年份的放假安排尚未公布，日期为暂定。", none);
}

static campaign_status work_out(cpn_rapid *rapid, const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = cpn_report_progress(runtime, "rapid response", 1, 3, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_classes_set(rapid, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_assign(rapid, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_contacts_set(rapid, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_goals_set(rapid, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_resources_set(rapid, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_tasks_check(rapid, error);
    if (status != CAMPAIGN_OK) return status;
    rapid->verdict = cpn_rapid_judge(rapid);
    note_dates(rapid);
    return cpn_report_progress(runtime, "rapid response", 2, 3, error);
}

static campaign_status write_all(campaign_rapid_response_report *report, const cpn_rapid *rapid, campaign_error *error)
{
    const struct {
        campaign_table **table;
        cpn_rapid_writer write;
    } parts[] = {
        { &report->windows, cpn_rapid_write_windows },
        { &report->quotas, cpn_rapid_write_quotas },
        { &report->feasibility, cpn_rapid_write_feasibility },
        { &report->customers, cpn_rapid_write_customers },
        { &report->contacts, cpn_rapid_write_contacts },
        { &report->loads, cpn_rapid_write_loads },
        { &report->resources, cpn_rapid_write_resources },
        { &report->tasks, cpn_rapid_write_tasks },
        { &report->form_response_plan, cpn_rapid_write_response_plan },
        { &report->form_task_split, cpn_rapid_write_task_split },
        { &report->notes, cpn_rapid_write_notes },
    };
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == CAMPAIGN_OK; i++)
        status = parts[i].write(parts[i].table, rapid, error);
    return status;
}

static void fill_report(campaign_rapid_response_report *report, const cpn_rapid *rapid)
{
    report->verdict = rapid->verdict;
    report->is_provisional = rapid->is_provisional;
    report->has_sales = rapid->has_sales;
    report->leads = rapid->leads;
    report->deals = rapid->deals;
    report->sales_minor = rapid->has_sales ? rapid->sales_minor : 0;
    report->expected_deals = (double)rapid->expected_micro / CPN_RAPID_MILLION;
    report->n_customers = rapid->n_customers;
    report->n_within = rapid->n_within;
    report->n_beyond = rapid->n_beyond;
    report->n_unreached = rapid->n_unreached;
    report->n_merged = rapid->n_merged;
}

static void close_rapid(cpn_rapid *rapid)
{
    cpn_named_keys_free(&rapid->rep_keys);
    cpn_named_keys_free(&rapid->customer_keys);
    cpn_rapid_names_free(&rapid->region_names);
    cpn_rapid_names_free(&rapid->levels);
    cpn_free(rapid->reps);
    cpn_free(rapid->region_of_name);
    cpn_free(rapid->regions);
    cpn_free(rapid->customers);
    cpn_free(rapid->level_history);
    cpn_free(rapid->contacts);
    cpn_free(rapid->resources);
    cpn_free(rapid->notes);
    campaign_calendar_free(rapid->own_calendar);
    cpn_json_free(rapid->request.json);
}

static campaign_status respond(campaign_rapid_response_report *found, cpn_rapid *rapid,
                               const cpn_rapid_sources *sources, campaign_error *error)
{
    rapid->notes = cpn_alloc_zero(CPN_RAPID_MOST_NOTES, sizeof *rapid->notes);
    if (!rapid->notes) return cpn_fail_nomem(error);
    if (sources->options->language) rapid->request.is_chinese = strcmp(sources->options->language, "zh") == 0;
    campaign_status status = open_calendar(rapid, sources->inputs, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(sources->runtime, "rapid response", 0, 3, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_windows_set(rapid, error);
    if (status == CAMPAIGN_OK) status = read_all(rapid, sources, error);
    if (status == CAMPAIGN_OK) status = work_out(rapid, sources->runtime, error);
    if (status == CAMPAIGN_OK) status = write_all(found, rapid, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(sources->runtime, "rapid response", 3, 3, error);
    if (status == CAMPAIGN_OK) fill_report(found, rapid);
    return status;
}

campaign_status campaign_plan_rapid_response(campaign_rapid_response_report *report, const char *request_json,
                                             size_t request_len, const campaign_rapid_response_inputs *inputs,
                                             const campaign_rapid_response_options *options,
                                             const campaign_runtime *runtime, campaign_error *error)
{
    campaign_rapid_response_inputs own_inputs;
    campaign_rapid_response_options own_options;
    campaign_rapid_response_report found = CAMPAIGN_RAPID_RESPONSE_REPORT_INIT;
    if (!report || !request_json)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "report", "report and request_json are required");
    campaign_status status = cpn_open_view(report, sizeof *report, "report", error);
    if (status == CAMPAIGN_OK)
        status = check_knobs(&own_inputs, &own_options, &(cpn_rapid_sources){ inputs, options, runtime }, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_rapid_sources sources = { &own_inputs, &own_options, runtime };
    cpn_rapid rapid = { .n_reps = 0 };
    status = cpn_rapid_request_read(&rapid.request, request_json, request_len, error);
    if (status == CAMPAIGN_OK) status = respond(&found, &rapid, &sources, error);
    close_rapid(&rapid);
    if (status == CAMPAIGN_OK)
        *report = found;
    else
        campaign_rapid_response_report_clear(&found);
    return status;
}

void campaign_rapid_response_report_clear(campaign_rapid_response_report *report)
{
    if (!report) return;
    campaign_table *const tables[] = { report->windows,         report->quotas,   report->feasibility,
                                       report->customers,       report->contacts, report->loads,
                                       report->resources,       report->tasks,    report->form_response_plan,
                                       report->form_task_split, report->notes };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) campaign_table_free(tables[i]);
    const campaign_rapid_response_report empty = CAMPAIGN_RAPID_RESPONSE_REPORT_INIT;
    *report = empty;
}
