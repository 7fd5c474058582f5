/* Working-day arithmetic without loops over days: the working days before a day are those of the week pattern plus what
 * the special days before it add or take, so counting is a difference, and moving is a search for a count. */
#include "base/date.h"
#include "calendar/calendar.h"

int32_t cpn_extra_work(const campaign_calendar *calendar, const cpn_special_day *special)
{
    return (special->kind == CAMPAIGN_DAY_WORKING) - !cpn_is_rest_day(calendar, cpn_weekday(special->day));
}

int64_t cpn_working_before(const campaign_calendar *calendar, int32_t day)
{
    const int32_t n_days = day - CAMPAIGN_DAY_MIN; /* CAMPAIGN_DAY_MIN is a Monday */
    int64_t per_week = 0, in_last_week = 0;
    for (int32_t weekday = 1; weekday <= 7; weekday++)
        if (!cpn_is_rest_day(calendar, weekday)) {
            per_week++;
            in_last_week += weekday <= n_days % 7;
        }
    const int64_t by_pattern = n_days / 7 * per_week + in_last_week;
    const int64_t n_before = cpn_first_special(calendar, day);
    if (n_before == 0) return by_pattern;
    const cpn_special_day *last = &calendar->special.days[n_before - 1];
    return by_pattern + last->extra_before + cpn_extra_work(calendar, last);
}

bool cpn_working_day(int32_t *day, const campaign_calendar *calendar, int64_t index)
{
    if (index < 0 || index >= cpn_working_before(calendar, CPN_END_DAY)) return false;
    int32_t low = CAMPAIGN_DAY_MIN, high = CAMPAIGN_DAY_MAX; /* the first day with more than index up to its end */
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (cpn_working_before(calendar, middle + 1) > index)
            high = middle;
        else
            low = middle + 1;
    }
    *day = low;
    return true;
}

/* The working day n after number start, where the calendar has it. */
static campaign_status step(int32_t *result, const campaign_calendar *calendar, int64_t start, int64_t n,
                            campaign_error *error)
{
    const int64_t n_working = cpn_working_before(calendar, CPN_END_DAY);
    if (n_working == 0)
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "calendar", "the calendar has no working day at all");
    const bool is_far = n > n_working || n < -n_working; /* keeps the sum from overflowing */
    if (is_far || !cpn_working_day(result, calendar, start + n))
        return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "n", "%lld working days lead outside the years 1 to 9999",
                        (long long)n);
    return CAMPAIGN_OK;
}

static campaign_status check_step(int32_t *result, const campaign_calendar *calendar, int32_t day,
                                  campaign_error *error)
{
    if (!result) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "result", "result is required");
    *result = 0;
    if (!calendar) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "calendar", "calendar is required");
    return cpn_check_day(day, "day", error);
}

campaign_status campaign_calendar_add_working_days(int32_t *result, const campaign_calendar *calendar, int32_t day,
                                                   int64_t n, campaign_error *error)
{
    const campaign_status status = check_step(result, calendar, day, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t start = n < 0 ? cpn_working_before(calendar, day + 1) - 1 : cpn_working_before(calendar, day);
    return step(result, calendar, start, n, error);
}

campaign_status campaign_calendar_roll(int32_t *result, const campaign_calendar *calendar, int32_t day,
                                       int32_t direction, campaign_error *error)
{
    const campaign_status status = check_step(result, calendar, day, error);
    if (status != CAMPAIGN_OK) return status;
    if (direction == CAMPAIGN_ROLL_FORWARD) return step(result, calendar, cpn_working_before(calendar, day), 0, error);
    if (direction == CAMPAIGN_ROLL_BACKWARD)
        return step(result, calendar, cpn_working_before(calendar, day + 1) - 1, 0, error);
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "direction", "direction %ld is neither forward (1) nor backward (-1)",
                    (long)direction);
}

campaign_status campaign_calendar_count_working_days(int64_t *n, const campaign_calendar *calendar, int32_t first_day,
                                                     int32_t end_day, campaign_error *error)
{
    if (!n) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "n", "n is required");
    *n = 0;
    if (!calendar) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "calendar", "calendar is required");
    const campaign_status status = cpn_check_range(first_day, end_day, error);
    if (status != CAMPAIGN_OK) return status;
    *n = cpn_working_before(calendar, end_day) - cpn_working_before(calendar, first_day);
    return CAMPAIGN_OK;
}
