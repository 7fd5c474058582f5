/* The table of days. */
#include "calendar/calendar.h"
#include "calendar/lunar.h"
#include "calendar/period.h"
#include "table/table.h"

static const cpn_column_schema columns[] = {
    { "date", CAMPAIGN_TYPE_DATE, "the day", "日期" },
    { "weekday", CAMPAIGN_TYPE_INT32, "1 = Monday to 7 = Sunday", "星期，1 为星期一" },
    { "kind", CAMPAIGN_TYPE_UTF8, "working, weekend, swapped or statutory",
      "类型：working 工作日、weekend 周末、swapped 调休放假、statutory 法定节假日" },
    { "is_working", CAMPAIGN_TYPE_BOOL, "a working day", "是否工作日" },
    { "is_makeup", CAMPAIGN_TYPE_BOOL, "worked though the week has it off", "是否调休上班" },
    { "is_provisional", CAMPAIGN_TYPE_BOOL, "the holidays of its year are not certain", "该年放假安排是否尚未确定" },
    { "name", CAMPAIGN_TYPE_UTF8, "holiday it belongs to", "所属节日" },
    { "name_en", CAMPAIGN_TYPE_UTF8, "the same in English where known, otherwise as name",
      "节日英文名，没有时同 name" },
    { "lunar_year", CAMPAIGN_TYPE_INT32, "Gregorian year in which the lunar year begins", "农历年（岁首所在公历年）" },
    { "lunar_month", CAMPAIGN_TYPE_INT32, "lunar month", "农历月" },
    { "lunar_day", CAMPAIGN_TYPE_INT32, "lunar day", "农历日" },
    { "is_leap_month", CAMPAIGN_TYPE_BOOL, "in a leap month", "是否闰月" },
    { "lunar", CAMPAIGN_TYPE_UTF8, "lunar date as text", "农历日期文字" },
    { "solar_term", CAMPAIGN_TYPE_UTF8, "solar term that begins on the day", "当日节气" },
    { "iso_year", CAMPAIGN_TYPE_INT32, "year of the ISO week", "ISO 周所属年" },
    { "iso_week", CAMPAIGN_TYPE_INT32, "ISO week", "ISO 周" },
    { "fiscal_year", CAMPAIGN_TYPE_INT32, "fiscal year of the 4-5-4 calendar", "4-5-4 零售财年" },
    { "fiscal_week", CAMPAIGN_TYPE_INT32, "week of that year", "财年周" },
};
enum {
    DATE,
    WEEKDAY,
    KIND,
    IS_WORKING,
    IS_MAKEUP,
    IS_PROVISIONAL,
    NAME,
    NAME_EN,
    LUNAR_YEAR,
    LUNAR_MONTH,
    LUNAR_DAY,
    IS_LEAP_MONTH,
    LUNAR,
    SOLAR_TERM,
    ISO_YEAR,
    ISO_WEEK,
    FISCAL_YEAR,
    FISCAL_WEEK,
    N_COLUMNS
};

static const char *const kinds[] = {
    [CAMPAIGN_DAY_WORKING] = "working",
    [CAMPAIGN_DAY_WEEKEND] = "weekend",
    [CAMPAIGN_DAY_SWAPPED] = "swapped",
    [CAMPAIGN_DAY_STATUTORY] = "statutory",
};

static void write_kind(cpn_out *out, const campaign_calendar *calendar, int32_t day)
{
    campaign_calendar_day_info info;
    cpn_look_up_day(&info, calendar, day);
    cpn_out_int64(out, DATE, day);
    cpn_out_int64(out, WEEKDAY, info.weekday);
    cpn_out_string(out, KIND, kinds[info.kind]);
    cpn_out_int64(out, IS_WORKING, info.is_working);
    cpn_out_int64(out, IS_MAKEUP, info.is_makeup);
    cpn_out_int64(out, IS_PROVISIONAL, info.is_provisional);
    cpn_out_string(out, NAME, info.name[0] ? info.name : NULL);
    cpn_out_string(out, NAME_EN, info.name_en[0] ? info.name_en : NULL);
}

static void write_lunar(cpn_out *out, int32_t day)
{
    campaign_lunar_date date;
    if (cpn_lunar_from_day(&date, day)) {
        char text[CAMPAIGN_LUNAR_TEXT];
        (void)campaign_lunar_format(text, &date);
        cpn_out_int64(out, LUNAR_YEAR, date.year);
        cpn_out_int64(out, LUNAR_MONTH, date.month);
        cpn_out_int64(out, LUNAR_DAY, date.day);
        cpn_out_int64(out, IS_LEAP_MONTH, date.is_leap);
        cpn_out_string(out, LUNAR, text);
    } else {
        for (int32_t column = LUNAR_YEAR; column <= LUNAR; column++) cpn_out_null(out, column);
    }
    cpn_out_string(out, SOLAR_TERM, campaign_solar_term_name(cpn_solar_term_on(day), "zh"));
}

static void write_weeks(cpn_out *out, int32_t day)
{
    const cpn_span iso = cpn_iso_week_span(day), fiscal = cpn_fiscal_week_span(day);
    cpn_out_int64(out, ISO_YEAR, iso.year);
    cpn_out_int64(out, ISO_WEEK, iso.number);
    cpn_out_int64(out, FISCAL_YEAR, fiscal.year);
    cpn_out_int64(out, FISCAL_WEEK, fiscal.number);
}

campaign_status campaign_calendar_days(campaign_table **days, const campaign_calendar *calendar, int32_t first_day,
                                       int32_t end_day, campaign_error *error)
{
    if (!days) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "days", "days is required");
    *days = NULL;
    if (!calendar) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "calendar", "calendar is required");
    const campaign_status status = cpn_check_range(first_day, end_day, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_out out;
    cpn_out_open(&out, columns, N_COLUMNS, NULL, 0);
    for (int32_t day = first_day; day < end_day && out.status == CAMPAIGN_OK; day++) {
        write_kind(&out, calendar, day);
        write_lunar(&out, day);
        write_weeks(&out, day);
    }
    return cpn_out_close(days, &out, error);
}
