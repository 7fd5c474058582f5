/* The rule language of nodes: reading a rule, and the date it gives in a year.
 *
 *   fixed MM-DD · nth N dow MM · last dow MM · dow_before MM-DD · lunar MM-DD [leap] · lunar_eve · term NAME ·
 *   easter [±N] · rel ID ±N · once
 *
 * A rule may give no date in a year (fixed 02-29, nth 5 sun 2, lunar 12-30 in a short month, lunar dates outside 1900 to
 * 2100); that is no error. */
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "calendar/lunar.h"
#include "calendar/nodes.h"

enum { MOST_WORDS = 5 };

typedef struct rule_word {
    const char *text;
    size_t length;
} rule_word;

typedef struct rule_text {
    rule_word whole;
    rule_word words[MOST_WORDS];
    int32_t n_words; /* MOST_WORDS also stands for more */
    rule_word rest;  /* all but the first word */
} rule_text;

static const char *const kinds[] = { "fixed",      "nth",        "last",       "lunar",      "lunar_eve",  "term",
                                     "easter",     "rel",        "once",       "mon_before", "tue_before", "wed_before",
                                     "thu_before", "fri_before", "sat_before", "sun_before" };
enum { N_KINDS = sizeof kinds / sizeof *kinds };

static void split_words(rule_text *split, const char *text, size_t length)
{
    *split = (rule_text){ .whole = { text, length } };
    size_t i = 0;
    while (i < length) {
        while (i < length && text[i] == ' ') i++;
        const size_t start = i;
        while (i < length && text[i] != ' ') i++;
        if (i == start || split->n_words == MOST_WORDS) break;
        if (split->n_words == 1) split->rest.text = text + start;
        split->words[split->n_words++] = (rule_word){ text + start, i - start };
        if (split->n_words > 1) split->rest.length = (size_t)(text + i - split->rest.text);
    }
}

static bool is_word(const rule_word *word, const char *text)
{
    return word->length == strlen(text) && memcmp(word->text, text, word->length) == 0;
}

/* A whole number within its limits; with a sign only where it may be below 0. */
static bool read_number(int32_t *number, const rule_word *word, int32_t minimum, int32_t maximum)
{
    int64_t value = 0;
    if (minimum >= 0 && word->length > 0 && word->text[0] == '+') return false;
    if (!cpn_parse_int64(&value, word->text, word->length) || value < minimum || value > maximum) return false;
    *number = (int32_t)value;
    return true;
}

/* "MM-DD" of a month with at most longest days; 0 = as the Gregorian month has in a leap year. */
static bool read_month_day(cpn_rule *rule, const rule_word *word, int32_t longest)
{
    const char *dash = memchr(word->text, '-', word->length);
    if (!dash) return false;
    const rule_word month = { word->text, (size_t)(dash - word->text) };
    const rule_word day = { dash + 1, word->length - month.length - 1 };
    return read_number(&rule->month, &month, 1, 12) &&
           read_number(&rule->day, &day, 1, longest ? longest : cpn_days_in_month(2000, rule->month));
}

/* Three letters of either case. */
static bool read_weekday(cpn_rule *rule, const char *text, size_t length)
{
    static const char weekdays[] = "montuewedthufrisatsun";
    if (length != 3) return false;
    for (int32_t i = 0; i < 7; i++) {
        int32_t n_same = 0;
        while (n_same < 3 && (text[n_same] | 0x20) == weekdays[i * 3 + n_same]) n_same++;
        if (n_same < 3) continue;
        rule->weekday = i + 1;
        return true;
    }
    return false;
}

static campaign_status refuse(const rule_text *text, const char *form, campaign_error *error)
{
    return cpn_fail(error, CAMPAIGN_E_SYNTAX, "", "rule \"%.*s\" does not read as \"%s\"", (int)text->whole.length,
                    text->whole.text, form);
}

static campaign_status read_fixed(cpn_rule *rule, const rule_text *text, campaign_error *error)
{
    if (text->n_words == 2 && read_month_day(rule, &text->words[1], 0)) return CAMPAIGN_OK;
    return refuse(text, "fixed MM-DD", error);
}

static campaign_status read_nth(cpn_rule *rule, const rule_text *text, campaign_error *error)
{
    const rule_word *words = text->words;
    if (text->n_words == 4 && read_number(&rule->n, &words[1], 1, 5) &&
        read_weekday(rule, words[2].text, words[2].length) && read_number(&rule->month, &words[3], 1, 12))
        return CAMPAIGN_OK;
    return refuse(text, "nth N dow MM", error);
}

static campaign_status read_last(cpn_rule *rule, const rule_text *text, campaign_error *error)
{
    const rule_word *words = text->words;
    if (text->n_words == 3 && read_weekday(rule, words[1].text, words[1].length) &&
        read_number(&rule->month, &words[2], 1, 12))
        return CAMPAIGN_OK;
    return refuse(text, "last dow MM", error);
}

static campaign_status read_before(cpn_rule *rule, const rule_text *text, campaign_error *error)
{
    if (text->n_words == 2 && read_weekday(rule, text->words[0].text, 3) && read_month_day(rule, &text->words[1], 0))
        return CAMPAIGN_OK;
    return refuse(text, "dow_before MM-DD", error);
}

static campaign_status read_lunar(cpn_rule *rule, const rule_text *text, campaign_error *error)
{
    rule->is_leap = text->n_words == 3;
    if (text->n_words >= 2 && text->n_words <= 3 && read_month_day(rule, &text->words[1], 30) &&
        (!rule->is_leap || is_word(&text->words[2], "leap")))
        return CAMPAIGN_OK;
    return refuse(text, "lunar MM-DD [leap]", error);
}

static campaign_status read_term(cpn_rule *rule, const rule_text *text, campaign_error *error)
{
    if (text->n_words < 2) return refuse(text, "term NAME", error);
    rule->n = cpn_solar_term_by_name(text->rest.text, text->rest.length);
    if (rule->n) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "",
                    "\"%.*s\" is no solar term: its Chinese name, pinyin, English name or number 1 to 24 is expected",
                    (int)text->rest.length, text->rest.text);
}

static campaign_status read_easter(cpn_rule *rule, const rule_text *text, campaign_error *error)
{
    if (text->n_words == 1) return CAMPAIGN_OK;
    if (text->n_words == 2 && read_number(&rule->offset, &text->words[1], -CPN_MOST_NODE_DAYS, CPN_MOST_NODE_DAYS))
        return CAMPAIGN_OK;
    return refuse(text, "easter ±N, N up to 400", error);
}

static campaign_status read_relative(cpn_rule *rule, const rule_text *text, campaign_error *error)
{
    if (text->n_words != 3 || !read_number(&rule->offset, &text->words[2], -CPN_MOST_NODE_DAYS, CPN_MOST_NODE_DAYS))
        return refuse(text, "rel ID ±N, N up to 400", error);
    rule->node = text->words[1].text;
    rule->node_length = text->words[1].length;
    return CAMPAIGN_OK;
}

static campaign_status refuse_kind(const rule_text *text, campaign_error *error)
{
    const rule_word *kind = &text->words[0];
    if (text->n_words == 0) return cpn_fail(error, CAMPAIGN_E_SYNTAX, "", "the rule is empty");
    const int64_t nearest = cpn_nearest_name(kind->text, kind->length, kinds, N_KINDS);
    if (nearest >= 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "", "there is no rule \"%.*s\"; did you mean \"%s\"?",
                        (int)kind->length, kind->text, kinds[nearest]);
    return cpn_fail(
        error, CAMPAIGN_E_UNKNOWN, "",
        "there is no rule \"%.*s\", only fixed, nth, last, dow_before, lunar, lunar_eve, term, easter, rel, once",
        (int)kind->length, kind->text);
}

campaign_status cpn_rule_parse(cpn_rule *rule, const char *text, size_t length, campaign_error *error)
{
    static const struct {
        const char *word;
        cpn_rule_kind kind;
        campaign_status (*read)(cpn_rule *rule, const rule_text *text, campaign_error *error);
    } readers[] = {
        { "fixed", CPN_RULE_FIXED, read_fixed },
        { "nth", CPN_RULE_NTH, read_nth },
        { "last", CPN_RULE_LAST, read_last },
        { "lunar", CPN_RULE_LUNAR, read_lunar },
        { "term", CPN_RULE_TERM, read_term },
        { "easter", CPN_RULE_EASTER, read_easter },
        { "rel", CPN_RULE_RELATIVE, read_relative },
        { "lunar_eve", CPN_RULE_LUNAR_EVE, NULL },
        { "once", CPN_RULE_ONCE, NULL },
    };
    rule_text words;
    split_words(&words, text, length);
    *rule = (cpn_rule){ .kind = CPN_RULE_ONCE };
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        if (!is_word(&words.words[0], readers[i].word)) continue;
        rule->kind = readers[i].kind;
        if (readers[i].read) return readers[i].read(rule, &words, error);
        return words.n_words == 1 ? CAMPAIGN_OK : refuse(&words, readers[i].word, error);
    }
    const rule_word *first = &words.words[0];
    if (first->length == 10 && memcmp(first->text + 3, "_before", 7) == 0) {
        rule->kind = CPN_RULE_BEFORE;
        return read_before(rule, &words, error);
    }
    return refuse_kind(&words, error);
}

/* Western Easter Sunday: the "anonymous Gregorian algorithm", from Nature, 20 April 1876; in Meeus, Astronomical
 * Algorithms, chapter 8. */
static int32_t easter_sunday(int32_t year)
{
    const int32_t a = year % 19, b = year / 100, c = year % 100;
    const int32_t h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int32_t m = (a + 11 * h + 22 * l) / 451;
    const int32_t month_and_day = h + l - 7 * m + 114;
    return cpn_day_from_civil(year, month_and_day / 31, month_and_day % 31 + 1);
}

static bool nth_weekday(int32_t *day, const cpn_rule *rule, int32_t year)
{
    const int32_t first = cpn_day_from_civil(year, rule->month, 1);
    const int32_t to_weekday = (rule->weekday - cpn_weekday(first) + 7) % 7;
    *day = first + to_weekday + 7 * (rule->n - 1);
    return *day < first + cpn_days_in_month(year, rule->month);
}

/* The last such weekday before a day. */
static int32_t weekday_before(int32_t day, int32_t weekday)
{
    const int32_t back = (cpn_weekday(day - 1) - weekday + 7) % 7;
    return day - 1 - back;
}

bool cpn_rule_date(int32_t *day, const cpn_rule *rule, int32_t year)
{
    switch (rule->kind) {
    case CPN_RULE_FIXED:
        if (rule->day > cpn_days_in_month(year, rule->month)) return false;
        *day = cpn_day_from_civil(year, rule->month, rule->day);
        return true;
    case CPN_RULE_NTH: return nth_weekday(day, rule, year);
    case CPN_RULE_LAST:
        *day = cpn_day_from_civil(year, rule->month, cpn_days_in_month(year, rule->month)) + 1;
        *day = weekday_before(*day, rule->weekday);
        return true;
    case CPN_RULE_BEFORE:
        if (rule->day > cpn_days_in_month(year, rule->month)) return false;
        *day = weekday_before(cpn_day_from_civil(year, rule->month, rule->day), rule->weekday);
        return true;
    case CPN_RULE_LUNAR:
        return cpn_lunar_to_day(day, &(campaign_lunar_date){ year, rule->month, rule->day, rule->is_leap });
    case CPN_RULE_LUNAR_EVE:
        if (year < CPN_LUNAR_FIRST_YEAR || year > CPN_LUNAR_LAST_YEAR + 1) return false;
        *day = cpn_lunar_new_year(year) - 1;
        return true;
    case CPN_RULE_TERM: return cpn_solar_term_day(day, year, rule->n);
    case CPN_RULE_EASTER: *day = easter_sunday(year) + rule->offset; return true;
    case CPN_RULE_RELATIVE:
    case CPN_RULE_ONCE: return false;
    }
    return false;
}
