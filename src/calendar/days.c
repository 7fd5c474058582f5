/* Special days: collected from the sources in order, settled so that the last word on each day wins, looked up. */
#include "base/date.h"
#include "base/memory.h"
#include "base/sort.h"
#include "calendar/calendar.h"

bool cpn_tell_day(cpn_day_list *list, int32_t day, int32_t says, const char *name, const char *name_en)
{
    if (list->n_days == list->capacity) {
        const int64_t capacity = list->capacity ? list->capacity * 2 : 4096;
        cpn_special_day *days = cpn_resize(list->days, capacity, sizeof *days);
        if (!days) return false;
        list->days = days;
        list->capacity = capacity;
    }
    list->days[list->n_days++] =
        (cpn_special_day){ .day = day, .kind = says, .name = name, .name_en = name_en[0] ? name_en : name };
    return true;
}

static int by_day(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cpn_special_day *first = a, *second = b;
    return (first->day > second->day) - (first->day < second->day);
}

/* What is said of one day by n sources, the last of them winning. A notice says only that a day is off: it is statutory
 * where the rule has it, a weekend where the week pattern has it off anyway. Outside China no rule is known, and days
 * off given without a kind are the country's public holidays. */
static cpn_special_day settle(const campaign_calendar *calendar, const cpn_special_day *said, int64_t n)
{
    cpn_special_day day = said[n - 1];
    const bool is_rest_day = cpn_is_rest_day(calendar, cpn_weekday(day.day));
    const bool is_statutory = said[0].kind == CPN_SAYS_RULE || !calendar->is_china;
    if (day.kind == CPN_SAYS_RULE) {
        day.kind = CAMPAIGN_DAY_STATUTORY;
        if (n > 1) { /* Mid-Autumn within National Day is the only meeting of two statutory days */
            day.name = cpn_joined_holiday(false);
            day.name_en = cpn_joined_holiday(true);
        }
    } else if (day.kind == CPN_SAYS_OFF) {
        day.kind = is_statutory ? CAMPAIGN_DAY_STATUTORY : is_rest_day ? CAMPAIGN_DAY_WEEKEND : CAMPAIGN_DAY_SWAPPED;
    }
    day.is_makeup = day.kind == CAMPAIGN_DAY_WORKING && is_rest_day;
    return day;
}

campaign_status cpn_settle_days(campaign_calendar *calendar, campaign_error *error)
{
    cpn_day_list *list = &calendar->special;
    if (!cpn_sort(list->days, list->n_days, sizeof *list->days, by_day, NULL)) return cpn_fail_nomem(error);
    int64_t n_settled = 0;
    int32_t extra = 0;
    for (int64_t first = 0, end; first < list->n_days; first = end) {
        for (end = first + 1; end < list->n_days && list->days[end].day == list->days[first].day;) end++;
        cpn_special_day day = settle(calendar, &list->days[first], end - first);
        day.extra_before = extra;
        extra += cpn_extra_work(calendar, &day);
        list->days[n_settled++] = day;
    }
    list->n_days = n_settled;
    return CAMPAIGN_OK;
}

int64_t cpn_first_special(const campaign_calendar *calendar, int32_t day)
{
    int64_t low = 0, high = calendar->special.n_days;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (calendar->special.days[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const cpn_special_day *cpn_find_special(const campaign_calendar *calendar, int32_t day)
{
    const int64_t i = cpn_first_special(calendar, day);
    if (i == calendar->special.n_days || calendar->special.days[i].day != day) return NULL;
    return &calendar->special.days[i];
}

void cpn_look_up_day(campaign_calendar_day_info *info, const campaign_calendar *calendar, int32_t day)
{
    const cpn_special_day *special = cpn_find_special(calendar, day);
    info->weekday = cpn_weekday(day);
    info->kind = special                                    ? special->kind
                 : cpn_is_rest_day(calendar, info->weekday) ? CAMPAIGN_DAY_WEEKEND
                                                            : CAMPAIGN_DAY_WORKING;
    info->is_working = info->kind == CAMPAIGN_DAY_WORKING;
    info->is_makeup = special ? special->is_makeup : 0;
    info->is_provisional = !cpn_is_confirmed(calendar, cpn_civil_from_day(day).year);
    info->name = special ? special->name : "";
    info->name_en = special ? special->name_en : "";
}

campaign_status campaign_calendar_day(campaign_calendar_day_info *info, const campaign_calendar *calendar, int32_t day,
                                      campaign_error *error)
{
    campaign_status status = cpn_open_view(info, sizeof *info, "info", error);
    if (status != CAMPAIGN_OK) return status;
    if (!calendar) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "calendar", "calendar is required");
    status = cpn_check_day(day, "day", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_look_up_day(info, calendar, day);
    info->run_start = info->run_end = day;
    if (info->is_working) return CAMPAIGN_OK;
    const int64_t index = cpn_working_before(calendar, day);
    info->run_start = cpn_working_day(&info->run_start, calendar, index - 1) ? info->run_start + 1 : CAMPAIGN_DAY_MIN;
    if (!cpn_working_day(&info->run_end, calendar, index)) info->run_end = CPN_END_DAY;
    return CAMPAIGN_OK;
}
