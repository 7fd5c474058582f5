/* Moving-holiday windows: which are asked for, on which dates their nodes fall, and whether one holds a day.
 * Spring Festival takes the usual windows of the literature on Chinese New Year regressors (Lin & Liu 2002): the days
 * before, the holiday week and the days after; a model's weights stand in for what cannot be measured. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "calendar/occurrences.h"
#include "forecast/forecast.h"

typedef struct usual_window {
    int32_t first, last;
    double weight; /* assumed where the history cannot tell */
} usual_window;
static const usual_window usual_windows[] = { { -20, -1, 2.2 }, { 0, 6, 0.8 }, { 7, 20, 1.0 } };

static void name_window(cpn_season_span *window, const char *name)
{
    char usual[sizeof window->name];
    (void)snprintf(usual, sizeof usual, "%.60s %ld..%ld", window->node, (long)window->first, (long)window->last);
    memcpy(window->name, usual, sizeof usual);
    if (name && name[0]) (void)snprintf(window->name, sizeof window->name, "%s", name);
}

static campaign_status take_usual(cpn_windows *windows, campaign_error *error)
{
    for (size_t i = 0; i < sizeof usual_windows / sizeof *usual_windows; i++) {
        if (windows->n == CPN_MOST_WINDOWS)
            return cpn_fail(error, CAMPAIGN_E_LIMIT, "options.windows",
                            "with the usual three of the Spring Festival there are more than %d windows",
                            CPN_MOST_WINDOWS);
        cpn_season_span *window = &windows->items[windows->n++];
        (void)snprintf(window->node, sizeof window->node, "cny");
        window->first = usual_windows[i].first;
        window->last = usual_windows[i].last;
        window->weight = usual_windows[i].weight;
        name_window(window, NULL);
    }
    return CAMPAIGN_OK;
}

static campaign_status check_window(const campaign_season_window *given, int32_t index, campaign_error *error)
{
    const char *where = "options.windows";
    campaign_status status = cpn_check_knobs(given, sizeof *given, sizeof *given, where, error);
    if (status != CAMPAIGN_OK) return status;
    if (!given->node || !given->node[0])
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, index, where, "the window has no node");
    if (strlen(given->node) >= sizeof((cpn_season_span *)0)->node ||
        (given->name && strlen(given->name) >= sizeof((cpn_season_span *)0)->name))
        return cpn_fail_row(error, CAMPAIGN_E_LIMIT, index, where, "node or name is longer than 95 bytes");
    if (given->name && given->name[0] && !cpn_is_key(given->name, strlen(given->name)))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, index, where, "the name is no usable text");
    if (given->first < -CPN_MOST_NODE_DAYS || given->last > CPN_MOST_NODE_DAYS || given->last < given->first)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, index, where,
                            "the window of %.60s goes from %ld to %ld, possible are -%d to %d and first before last",
                            given->node, (long)given->first, (long)given->last, CPN_MOST_NODE_DAYS, CPN_MOST_NODE_DAYS);
    if (given->has_weight && !(given->weight >= 0 && given->weight <= 1e6))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, index, where, "the weight of %.60s is not within 0 to 1e6",
                            given->node);
    return CAMPAIGN_OK;
}

/* What stands in for a window that is asked for without weight and cannot be measured. */
static double assumed_weight(const cpn_season_span *window)
{
    for (size_t i = 0; i < sizeof usual_windows / sizeof *usual_windows; i++)
        if (strcmp(window->node, "cny") == 0 && window->first == usual_windows[i].first &&
            window->last == usual_windows[i].last)
            return usual_windows[i].weight;
    return 1;
}

static campaign_status take_given(cpn_windows *windows, const campaign_seasonality_options *given,
                                  campaign_error *error)
{
    if (!given->windows)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.windows", "windows is NULL and n_windows %ld",
                        (long)given->n_windows);
    for (int32_t i = 0; i < given->n_windows; i++) {
        const campaign_status status = check_window(&given->windows[i], i, error);
        if (status != CAMPAIGN_OK) return status;
        cpn_season_span *window = &windows->items[windows->n++];
        (void)snprintf(window->node, sizeof window->node, "%s", given->windows[i].node);
        window->first = given->windows[i].first;
        window->last = given->windows[i].last;
        window->has_weight = given->windows[i].has_weight != 0;
        window->weight = window->has_weight ? given->windows[i].weight : assumed_weight(window);
        name_window(window, given->windows[i].name);
        for (int32_t j = 0; j < i; j++)
            if (strcmp(windows->items[j].name, window->name) == 0)
                return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, i, "options.windows", "\"%s\" stands twice",
                                    window->name);
    }
    return CAMPAIGN_OK;
}

static campaign_status find_node(int64_t *index, const cpn_season_span *window, const campaign_calendar *calendar,
                                 const char *where, campaign_error *error)
{
    const size_t length = strlen(window->node);
    *index = cpn_catalogue_find(calendar->catalogue, window->node, length);
    if (*index >= 0) return CAMPAIGN_OK;
    const char *nearest;
    if (!cpn_catalogue_nearest(&nearest, calendar->catalogue, window->node, length)) return cpn_fail_nomem(error);
    return cpn_fail(error, CAMPAIGN_E_UNKNOWN, where, "the calendar has no node \"%.60s\"%s%s%s", window->node,
                    nearest ? ", did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
}

campaign_status cpn_windows_take(cpn_windows *windows, const cpn_season_knobs *knobs, const campaign_calendar *calendar,
                                 campaign_error *error)
{
    memset(windows, 0, sizeof *windows);
    bool has_spring_festival = cpn_catalogue_find(calendar->catalogue, "cny", 3) >= 0;
    const campaign_status status = knobs->given.n_windows > 0 ? take_given(windows, &knobs->given, error) : CAMPAIGN_OK;
    for (int32_t i = 0; i < windows->n && status == CAMPAIGN_OK; i++)
        if (strcmp(windows->items[i].node, "cny") == 0) has_spring_festival = false;
    if (status == CAMPAIGN_OK && knobs->has_block && has_spring_festival && !knobs->given.omits_windows)
        return take_usual(windows, error);
    return status;
}

static int by_date(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const int32_t first = *(const int32_t *)a, second = *(const int32_t *)b;
    return (first > second) - (first < second);
}

static int32_t within_days(int64_t day)
{
    return day < CAMPAIGN_DAY_MIN ? CAMPAIGN_DAY_MIN : day > CPN_END_DAY ? CPN_END_DAY : (int32_t)day;
}

static campaign_status find_dates(cpn_season_span *window, const campaign_calendar *calendar, int32_t first_day,
                                  int32_t end_day, const char *where, campaign_error *error)
{
    int64_t index;
    campaign_status status = find_node(&index, window, calendar, where, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_occurrence_list list = { 0 };
    const int32_t first = within_days((int64_t)first_day - window->last);
    const int32_t end = within_days((int64_t)end_day - window->first);
    if (first < end) status = cpn_find_occurrences(&list, calendar->catalogue, index, first, end, error);
    cpn_free(window->dates);
    window->n_occurrences = 0;
    window->dates = cpn_alloc(list.n_items, sizeof *window->dates);
    if (status == CAMPAIGN_OK && !window->dates) status = cpn_fail_nomem(error);
    for (int64_t i = 0; i < list.n_items && status == CAMPAIGN_OK; i++)
        window->dates[window->n_occurrences++] = list.items[i].date;
    cpn_occurrences_free(&list);
    if (status == CAMPAIGN_OK && !cpn_sort(window->dates, window->n_occurrences, sizeof *window->dates, by_date, NULL))
        status = cpn_fail_nomem(error);
    return status;
}

campaign_status cpn_windows_find(cpn_windows *windows, const campaign_calendar *calendar, int32_t first_day,
                                 int32_t end_day, const char *where, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < windows->n && status == CAMPAIGN_OK; i++)
        status = find_dates(&windows->items[i], calendar, first_day, end_day, where, error);
    return status;
}

bool cpn_window_holds(const cpn_season_span *window, int32_t day, int32_t *occurrence)
{
    int32_t low = 0, high = window->n_occurrences; /* the first date whose last day is not before day */
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (window->dates[middle] + window->last < day)
            low = middle + 1;
        else
            high = middle;
    }
    *occurrence = low;
    return low < window->n_occurrences && window->dates[low] + window->first <= day;
}

void cpn_windows_free(cpn_windows *windows)
{
    for (int32_t i = 0; i < windows->n; i++) cpn_free(windows->items[i].dates);
    memset(windows, 0, sizeof *windows);
}
