/* What the library knows of China's days without being told: the State Council's notices for 2007 to 2026, day by day
 * (tables/make_tables.py makes the table), and the rule of statutory days for every year.
 *
 * The rule is 全国年节及纪念日放假办法 with its revisions of 2007, 2013 and 2024. It names the statutory days; which
 * weekdays around them are off and which weekend days are worked is decided anew each year by notice. Years before the
 * revision of 1999 are computed as if it had held: what was off then is history, and nobody plans a campaign for it. */
#include "base/date.h"
#include "calendar/calendar.h"
#include "calendar/lunar.h"

enum holiday {
    NEW_YEAR,
    SPRING_FESTIVAL,
    QINGMING,
    LABOUR_DAY,
    INTERNATIONAL_LABOUR_DAY,
    DRAGON_BOAT,
    MID_AUTUMN,
    NATIONAL_DAY,
    MID_AUTUMN_NATIONAL_DAY,
    NATIONAL_DAY_MID_AUTUMN,
    VICTORY_DAY
};

/* As the notices write them. */
static const struct holiday_name {
    const char *zh, *en;
} names[] = {
    [NEW_YEAR] = { "元旦", "New Year's Day" },
    [SPRING_FESTIVAL] = { "春节", "Spring Festival" },
    [QINGMING] = { "清明节", "Qingming Festival" },
    [LABOUR_DAY] = { "劳动节", "Labour Day" },
    [INTERNATIONAL_LABOUR_DAY] = { "“五一”国际劳动节", "International Labour Day" },
    [DRAGON_BOAT] = { "端午节", "Dragon Boat Festival" },
    [MID_AUTUMN] = { "中秋节", "Mid-Autumn Festival" },
    [NATIONAL_DAY] = { "国庆节", "National Day" },
    [MID_AUTUMN_NATIONAL_DAY] = { "中秋节、国庆节", "Mid-Autumn Festival, National Day" },
    [NATIONAL_DAY_MID_AUTUMN] = { "国庆节、中秋节", "National Day, Mid-Autumn Festival" },
    [VICTORY_DAY] = { "抗日战争暨世界反法西斯战争胜利70周年纪念日", "70th Anniversary of Victory Day" },
};

enum { OFF = CPN_SAYS_OFF, WORK = CAMPAIGN_DAY_WORKING, FIRST_NOTICE_YEAR = 2007, LAST_NOTICE_YEAR = 2026 };

static const struct notice_run {
    int32_t first_day;
    uint8_t n_days, holiday, says;
} notices[] = {
#include "calendar/tables/cn_notices.inc"
};

enum anchor { FIXED, LUNAR, LUNAR_EVE, TERM };

/* Statutory days: n_days from a date, in the years from first to last. */
static const struct statutory_rule {
    int16_t first_year, last_year;
    uint8_t anchor, holiday;
    uint8_t month, day; /* of TERM: month is the number of the term */
    uint8_t n_days;
} rules[] = {
    { 1900, 2100, FIXED, NEW_YEAR, 1, 1, 1 },
    { 1900, 2007, LUNAR, SPRING_FESTIVAL, 1, 1, 3 },
    { 2008, 2013, LUNAR_EVE, SPRING_FESTIVAL, 0, 0, 3 },
    { 2014, 2024, LUNAR, SPRING_FESTIVAL, 1, 1, 3 },
    { 2025, 2100, LUNAR_EVE, SPRING_FESTIVAL, 0, 0, 4 },
    { 2008, 2100, TERM, QINGMING, 7, 0, 1 },
    { 1900, 2007, FIXED, LABOUR_DAY, 5, 1, 3 },
    { 2008, 2024, FIXED, LABOUR_DAY, 5, 1, 1 },
    { 2025, 2100, FIXED, LABOUR_DAY, 5, 1, 2 },
    { 2008, 2100, LUNAR, DRAGON_BOAT, 5, 5, 1 },
    { 2008, 2100, LUNAR, MID_AUTUMN, 8, 15, 1 },
    { 1900, 2100, FIXED, NATIONAL_DAY, 10, 1, 3 },
    { 2015, 2015, FIXED, VICTORY_DAY, 9, 3, 1 },
};

static int32_t first_statutory_day(const struct statutory_rule *rule, int32_t year)
{
    int32_t day = 0;
    switch ((enum anchor)rule->anchor) {
    case FIXED: return cpn_day_from_civil(year, rule->month, rule->day);
    case LUNAR_EVE: return cpn_lunar_new_year(year) - 1;
    case LUNAR: (void)cpn_lunar_to_day(&day, &(campaign_lunar_date){ year, rule->month, rule->day, 0 }); return day;
    case TERM: (void)cpn_solar_term_day(&day, year, rule->month); return day;
    }
    return day;
}

const char *cpn_joined_holiday(bool is_english)
{
    return is_english ? names[NATIONAL_DAY_MID_AUTUMN].en : names[NATIONAL_DAY_MID_AUTUMN].zh;
}

bool cpn_tell_statutory_days(cpn_day_list *list, int32_t year)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (year < rules[i].first_year || year > rules[i].last_year) continue;
        const struct holiday_name *name = &names[rules[i].holiday];
        const int32_t first = first_statutory_day(&rules[i], year);
        for (int32_t day = first; day < first + rules[i].n_days; day++)
            if (!cpn_tell_day(list, day, CPN_SAYS_RULE, name->zh, name->en)) return false;
    }
    return true;
}

bool cpn_tell_china(campaign_calendar *calendar)
{
    for (int32_t year = CPN_LUNAR_FIRST_YEAR; year <= CPN_LUNAR_LAST_YEAR; year++)
        if (!cpn_tell_statutory_days(&calendar->special, year)) return false;
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++) {
        const struct holiday_name *name = &names[notices[i].holiday];
        for (int32_t day = notices[i].first_day; day < notices[i].first_day + notices[i].n_days; day++)
            if (!cpn_tell_day(&calendar->special, day, notices[i].says, name->zh, name->en)) return false;
    }
    for (int32_t year = FIRST_NOTICE_YEAR; year <= LAST_NOTICE_YEAR; year++) cpn_confirm_year(calendar, year);
    return true;
}
