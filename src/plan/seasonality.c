/* Seasons of the history as the weights of the plan's days: measured by the forecast engine, or by a profile of the
 * request. Moving festivals and the big nodes of the plan are windows of their own, so that a festival stands where it is
 * this year, and a day's target peaks where its node does. */
#include <string.h>

#include <campaign/forecast.h>

#include "base/date.h"
#include "base/memory.h"
#include "plan/campaigns.h"

enum { NEW_YEAR_FIRST = -20, NEW_YEAR_LAST = 20, MOST_WINDOWS = CAMPAIGN_SEASON_WINDOWS_MAX - 1 };

typedef struct season_windows {
    campaign_season_window items[CAMPAIGN_SEASON_WINDOWS_MAX];
    char ids[CAMPAIGN_SEASON_WINDOWS_MAX][CPN_PLAN_NODE_ID];
    int32_t n;
} season_windows;

/* ---- Sales ------------------------------------------------------------------------------------------------------ */

bool cpn_plan_seasonality_wants(const cpn_plan_request *request, const cpn_plan_history *history,
                                const cpn_plan_profile *profile)
{
    enum { AUTO, MEASURED, PLAIN, FEWEST_DAYS = 240 };
    const cpn_json_value *section = cpn_get(request->root, "seasonality");
    const int32_t method = cpn_get_enum(section, &cpn_plan_seasonality_record, "method");
    if ((section && cpn_get(section, "profile")) || method == MEASURED) return true;
    if (method == PLAIN || !profile->has_year) return false;
    int32_t n_days = 0;
    for (int32_t day = profile->year_first; day < profile->year_end; day++)
        n_days +=
            day >= history->first_day && day <= history->last_day && history->day_minor[day - history->first_day] > 0;
    return n_days >= FEWEST_DAYS;
}

/* One row for each day on which something was sold or came back. */
static campaign_status make_sales(campaign_table **sales, const cpn_plan_request *request,
                                  const cpn_plan_history *history, campaign_error *error)
{
    static const cpn_column_schema schema[] = { { "date", CAMPAIGN_TYPE_DATE, NULL, NULL },
                                                { "amount", CAMPAIGN_TYPE_MONEY, NULL, NULL } };
    cpn_out out;
    cpn_out_open(&out, schema, 2, request->currency, request->exponent);
    for (int32_t day = history->first_day; day <= history->last_day; day++) {
        const int64_t minor = history->day_minor[day - history->first_day];
        if (minor == 0) continue;
        cpn_out_int64(&out, 0, day);
        cpn_out_int64(&out, 1, minor);
    }
    return cpn_out_close(sales, &out, error);
}

/* ---- Windows ---------------------------------------------------------------------------------------------------- */

static void add_window(season_windows *windows, const char *id, int32_t first, int32_t last)
{
    campaign_season_window *window = &windows->items[windows->n];
    char *copy = windows->ids[windows->n++];
    *window = (campaign_season_window)CAMPAIGN_SEASON_WINDOW_INIT;
    memcpy(copy, id, strlen(id) + 1);
    window->node = copy;
    window->first = first;
    window->last = last;
}

static bool has_window(const season_windows *windows, const char *id)
{
    for (int32_t i = 0; i < windows->n; i++)
        if (strcmp(windows->ids[i], id) == 0) return true;
    return false;
}

/* Whether a window of the plan touches that of the Spring Festival. */
static bool touches_new_year(const cpn_plan_nodes *nodes, int32_t first, int32_t last)
{
    for (int64_t row = 0; row < campaign_table_n_rows(nodes->all); row++) {
        char id[CPN_PLAN_NODE_ID];
        (void)campaign_table_format(id, sizeof id, nodes->all, nodes->id, row);
        const int64_t day = campaign_table_int64(nodes->all, nodes->date, row);
        if (strcmp(id, "cny") == 0 && last >= day + NEW_YEAR_FIRST && first <= day + NEW_YEAR_LAST) return true;
    }
    return false;
}

/* The bursts of the big nodes that become campaigns. */
static void add_nodes(season_windows *windows, const cpn_plan_nodes *nodes, const cpn_plan_node_policy *policy,
                      const cpn_plan_request *request, bool has_new_year)
{
    for (int64_t row = 0; row < campaign_table_n_rows(nodes->all) && windows->n < MOST_WINDOWS; row++) {
        char id[CPN_PLAN_NODE_ID], tier[16];
        const int32_t day = (int32_t)campaign_table_int64(nodes->all, nodes->date, row);
        const int32_t first = cpn_plan_day_cell(nodes->all, "peak_start", row);
        const int32_t last = cpn_plan_day_cell(nodes->all, "peak_end", row) - 1;
        (void)campaign_table_format(id, sizeof id, nodes->all, nodes->id, row);
        (void)campaign_table_format(tier, sizeof tier, nodes->all, nodes->tier, row);
        if (day < request->start_day || day >= request->end_day || last < first || strcmp(tier, "big") != 0) continue;
        if (has_window(windows, id) || !cpn_plan_nodes_choose(nodes, policy, row)) continue;
        if (has_new_year && touches_new_year(nodes, first, last)) continue;
        add_window(windows, id, first - day, last - day);
        if (first < day && day <= last) add_window(windows, id, 0, 0); /* the day itself stands out of its burst */
    }
}

static campaign_status list_windows(season_windows *windows, const cpn_plan_request *request,
                                    const campaign_calendar *calendar, campaign_error *error)
{
    const cpn_json_value *section = cpn_get(request->root, "seasonality");
    const bool has_new_year = strcmp(campaign_calendar_region(calendar), "CN") == 0;
    cpn_plan_nodes nodes = { NULL, NULL, 0, 0, 0 };
    cpn_plan_node_policy policy;
    windows->n = 0;
    if (has_new_year) {
        add_window(windows, "cny", NEW_YEAR_FIRST, -1);
        add_window(windows, "cny", 0, 6);
        add_window(windows, "cny", 7, NEW_YEAR_LAST);
    }
    if (!cpn_get_bool(section, &cpn_plan_seasonality_record, "node_windows")) return CAMPAIGN_OK;
    campaign_status status = cpn_plan_nodes_list(&nodes, request, calendar, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_nodes_read_policy(&policy, &nodes, request, error);
    if (status == CAMPAIGN_OK) add_nodes(windows, &nodes, &policy, request, has_new_year);
    cpn_plan_nodes_free(&nodes);
    return status;
}

/* ---- Profiles --------------------------------------------------------------------------------------------------- */

/* A profile as the request has it: dimension, key, index and, of windows, node, first and last. */
static campaign_status read_profile(campaign_table **profile, const cpn_json_value *list, campaign_error *error)
{
    static const cpn_column_schema schema[] = {
        { "dimension", CAMPAIGN_TYPE_UTF8, NULL, NULL }, { "key", CAMPAIGN_TYPE_UTF8, NULL, NULL },
        { "index", CAMPAIGN_TYPE_FLOAT64, NULL, NULL },  { "node", CAMPAIGN_TYPE_UTF8, NULL, NULL },
        { "first", CAMPAIGN_TYPE_INT32, NULL, NULL },    { "last", CAMPAIGN_TYPE_INT32, NULL, NULL },
    };
    const cpn_record *record = &cpn_plan_profile_record;
    cpn_out out;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    for (const cpn_json_value *item = list->first; item; item = item->next) {
        cpn_out_string(&out, 0, cpn_get_text(item, record, "dimension"));
        cpn_out_string(&out, 1, cpn_get_text(item, record, "key"));
        cpn_out_float64(&out, 2, cpn_get_decimal(item, record, "index"));
        cpn_out_string(&out, 3, cpn_get_text(item, record, "node"));
        cpn_out_int64(&out, 4, cpn_get_int(item, record, "first"));
        cpn_out_int64(&out, 5, cpn_get_int(item, record, "last"));
    }
    return cpn_out_close(profile, &out, error);
}

static void read_options(campaign_seasonality_options *options, const cpn_plan_request *request,
                         const season_windows *windows)
{
    const cpn_json_value *section = cpn_get(request->root, "seasonality");
    const cpn_record *record = &cpn_plan_seasonality_record;
    *options = (campaign_seasonality_options)CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options->grain = CAMPAIGN_GRAIN_DAY;
    options->season = CAMPAIGN_SEASON_MONTH;
    options->method = cpn_get_enum(section, record, "ratio");
    options->shrink = cpn_get_enum(section, record, "shrink");
    options->keeps_outliers = cpn_get_bool(section, record, "keeps_outliers");
    options->omits_windows = windows->n == 0;
    options->windows = windows->n > 0 ? windows->items : NULL;
    options->n_windows = windows->n;
    options->has_end_day = 1;
    options->end_day = request->start_day;
    options->language = request->language;
}

/* The years that a driver counts; all of them for history. */
static campaign_status choose_years(campaign_seasonality_options *options, campaign_season_year **list,
                                    const cpn_plan_policy *policy, const cpn_plan_profile *profile,
                                    campaign_error *error)
{
    const cpn_plan_years *years = &profile->years;
    if (policy->driver == CPN_DRIVER_LAST_YEAR && profile->has_year) {
        options->has_first_day = 1;
        options->first_day = profile->year_first;
        options->end_day = profile->year_end;
    }
    if (policy->driver != CPN_DRIVER_MIX) return CAMPAIGN_OK;
    int64_t *weights = cpn_alloc_zero(years->n, sizeof *weights);
    *list = cpn_alloc(years->n, sizeof **list);
    campaign_status status = weights && *list ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = cpn_plan_year_weights(weights, policy, years, error);
    for (int32_t i = 0; i < years->n && status == CAMPAIGN_OK; i++) {
        (*list)[i] = (campaign_season_year)CAMPAIGN_SEASON_YEAR_INIT;
        (*list)[i].year = cpn_civil_from_day(cpn_plan_year_start(years, i)).year;
        (*list)[i].weight = (double)weights[i] / 1e6;
    }
    options->years = *list;
    options->n_years = years->n;
    cpn_free(weights);
    return status;
}

static campaign_status measure(campaign_table **found, cpn_plan_notes *notes, const cpn_plan_request *request,
                               const cpn_plan_policy *policy, const cpn_plan_season_source *source,
                               campaign_error *error)
{
    campaign_seasonality_options options;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_season_year *years = NULL;
    campaign_table *sales = NULL;
    season_windows *windows = cpn_alloc_zero(1, sizeof *windows);
    campaign_status status = windows ? list_windows(windows, request, source->calendar, error) : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        read_options(&options, request, windows);
        status = choose_years(&options, &years, policy, source->profile, error);
    }
    if (status == CAMPAIGN_OK) status = make_sales(&sales, request, source->history, error);
    if (status == CAMPAIGN_OK)
        status = campaign_forecast_seasonality(found, &report, sales, source->calendar, &options, NULL, error);
    if (status == CAMPAIGN_OK && notes)
        status = cpn_plan_note_add(notes,
                                   &(cpn_plan_note){ .code = CPN_NOTE_SEASONS_MEASURED,
                                                     .n = report.n_open,
                                                     .first_day = report.first_day,
                                                     .end_day = report.end_day },
                                   NULL, NULL, error);
    campaign_seasonality_report_clear(&report);
    campaign_table_free(sales);
    cpn_free(years);
    cpn_free(windows);
    return status;
}

campaign_status cpn_plan_seasonality_measure(campaign_table **profile, cpn_plan_notes *notes,
                                             const cpn_plan_request *request, const cpn_plan_policy *policy,
                                             const cpn_plan_season_source *source, campaign_error *error)
{
    const cpn_json_value *section = cpn_get(request->root, "seasonality");
    const cpn_json_value *list = section ? cpn_get(section, "profile") : NULL;
    return list ? read_profile(profile, list, error) : measure(profile, notes, request, policy, source, error);
}

campaign_status cpn_plan_seasonality_weigh(int64_t days[CPN_PLAN_MAX_DAYS], cpn_plan_notes *notes,
                                           const cpn_plan_request *request, const cpn_plan_policy *policy,
                                           const cpn_plan_season_source *source, campaign_error *error)
{
    campaign_table *profile = NULL, *weights = NULL;
    campaign_status status =
        cpn_plan_seasonality_measure(&profile, source->days ? notes : NULL, request, policy, source, error);
    if (status == CAMPAIGN_OK)
        status = campaign_forecast_day_weights(&weights, profile, source->calendar, request->start_day,
                                               request->end_day, error);
    const int32_t units = campaign_table_find(weights, "units");
    for (int64_t row = 0; row < campaign_table_n_rows(weights); row++)
        days[row] = campaign_table_int64(weights, units, row);
    if (source->days && !*source->days)
        *source->days = weights;
    else
        campaign_table_free(weights);
    campaign_table_free(profile);
    return status;
}
