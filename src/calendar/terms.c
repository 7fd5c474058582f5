/* The 24 solar terms: one word per year with two bits a term, on top of the earliest day of the month on which that term
 * has fallen. Two terms stand in each month, in order; 小寒 is the first of January. tables/make_tables.py makes it. */
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/number.h"
#include "calendar/lunar.h"

#include "calendar/tables/solar_terms.inc"
_Static_assert(sizeof later_by / sizeof *later_by == CPN_LUNAR_LAST_YEAR - CPN_LUNAR_FIRST_YEAR + 1,
               "one word per year");

/* In the order of the Gregorian year. */
static const struct term_name {
    const char *zh, *pinyin, *en;
} names[24] = {
    { "小寒", "xiaohan", "Minor Cold" },
    { "大寒", "dahan", "Major Cold" },
    { "立春", "lichun", "Start of Spring" },
    { "雨水", "yushui", "Rain Water" },
    { "惊蛰", "jingzhe", "Awakening of Insects" },
    { "春分", "chunfen", "Spring Equinox" },
    { "清明", "qingming", "Clear and Bright" },
    { "谷雨", "guyu", "Grain Rain" },
    { "立夏", "lixia", "Start of Summer" },
    { "小满", "xiaoman", "Grain Buds" },
    { "芒种", "mangzhong", "Grain in Ear" },
    { "夏至", "xiazhi", "Summer Solstice" },
    { "小暑", "xiaoshu", "Minor Heat" },
    { "大暑", "dashu", "Major Heat" },
    { "立秋", "liqiu", "Start of Autumn" },
    { "处暑", "chushu", "End of Heat" },
    { "白露", "bailu", "White Dew" },
    { "秋分", "qiufen", "Autumn Equinox" },
    { "寒露", "hanlu", "Cold Dew" },
    { "霜降", "shuangjiang", "Frost's Descent" },
    { "立冬", "lidong", "Start of Winter" },
    { "小雪", "xiaoxue", "Minor Snow" },
    { "大雪", "daxue", "Major Snow" },
    { "冬至", "dongzhi", "Winter Solstice" },
};

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool same_name(const char *name, const char *text, size_t length)
{
    if (strlen(name) != length) return false;
    for (size_t i = 0; i < length; i++)
        if (lower(name[i]) != lower(text[i])) return false;
    return true;
}

bool cpn_solar_term_day(int32_t *day, int32_t year, int32_t term)
{
    if (year < CPN_LUNAR_FIRST_YEAR || year > CPN_LUNAR_LAST_YEAR || term < 1 || term > 24) return false;
    const int32_t i = term - 1;
    const int32_t later = (int32_t)(later_by[year - CPN_LUNAR_FIRST_YEAR] >> (2 * i) & 3);
    *day = cpn_day_from_civil(year, i / 2 + 1, earliest_day[i] + later);
    return true;
}

int32_t cpn_solar_term_on(int32_t day)
{
    const cpn_civil date = cpn_civil_from_day(day);
    const int32_t term = date.month * 2 - (date.day < 15); /* the first of a month never comes after the 9th */
    int32_t term_day = 0;
    return cpn_solar_term_day(&term_day, date.year, term) && term_day == day ? term : 0;
}

int32_t cpn_solar_term_by_name(const char *name, size_t length)
{
    int64_t number = 0;
    if (length > 0 && name[0] != '+' && cpn_parse_int64(&number, name, length))
        return number >= 1 && number <= 24 ? (int32_t)number : 0;
    for (int32_t i = 0; i < 24; i++)
        if (same_name(names[i].zh, name, length) || same_name(names[i].pinyin, name, length) ||
            same_name(names[i].en, name, length))
            return i + 1;
    return 0;
}

campaign_status campaign_solar_term_day(int32_t *day, int32_t year, int32_t term, campaign_error *error)
{
    if (!day) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "day", "day is required");
    *day = 0;
    if (cpn_solar_term_day(day, year, term)) return CAMPAIGN_OK;
    if (term < 1 || term > 24)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "term", "solar term %ld is not within 1 to 24", (long)term);
    return cpn_fail(error, CAMPAIGN_E_VALUE, "year", "solar terms are known for the years 1900 to 2100, not %ld",
                    (long)year);
}

const char *campaign_solar_term_name(int32_t term, const char *language)
{
    if (term < 1 || term > 24) return NULL;
    const struct term_name *name = &names[term - 1];
    if (language && strcmp(language, "zh") == 0) return name->zh;
    if (language && strcmp(language, "pinyin") == 0) return name->pinyin;
    return name->en;
}
