/* Words of schedules: sentences from patterns, amounts of time, moments. */
#include <string.h>

#include "base/money.h"
#include "base/number.h"
#include "schedule/plan.h"

/* What comes next of a pattern: a word, one of two by a word, or text as it stands up to the next of them. */
static const char *next_piece(size_t *length, const char **pattern, const char *const words[CPN_NET_WORDS])
{
    const char *start = *pattern;
    const bool is_word = start[0] == '{' && start[1] >= '0' && start[1] < '0' + CPN_NET_WORDS;
    *length = 1 + strcspn(start + 1, "{");
    if (!is_word) {
        *pattern += *length;
        return start;
    }
    const char *word = words[start[1] - '0'], *end = strchr(start, '}');
    *pattern = end + 1;
    *length = strlen(word);
    if (start[2] == '}') return word;
    const char *one = start + 3, *bar = strchr(one, '|'); /* {0|one|others} */
    const bool is_one = strcmp(word, "1") == 0;
    *length = (size_t)(is_one ? bar - one : end - bar - 1);
    return is_one ? one : bar + 1;
}

void cpn_net_say(char sentence[CPN_NET_SENTENCE], const char *pattern, const char *const words[CPN_NET_WORDS])
{
    size_t length = 0;
    while (*pattern) {
        size_t n;
        const char *piece = next_piece(&n, &pattern, words);
        n = cpn_utf8_cut(piece, n, CPN_NET_SENTENCE - 1 - length);
        memcpy(sentence + length, piece, n);
        length += n;
    }
    sentence[length] = '\0';
}

void cpn_net_amount(char text[CAMPAIGN_MONEY_TEXT], double amount)
{
    int64_t hundredths = 0;
    bool is_rounded = false;
    if (!cpn_money_from_double(&hundredths, amount, 2, CAMPAIGN_ROUND_HALF_UP, &is_rounded)) {
        (void)cpn_format_double(text, amount);
        return;
    }
    size_t length = campaign_money_format(text, hundredths, 2);
    while (text[length - 1] == '0') text[--length] = '\0';
    if (text[length - 1] == '.') text[length - 1] = '\0';
}

const char *cpn_net_unit_name(cpn_net_unit unit)
{
    static const char *const names[] = { "working_day", "day", "hour" };
    return names[unit];
}

void cpn_net_amount_of(char text[CPN_NET_TEXT], const cpn_net *net, const cpn_net_task *task, double amount)
{
    static const char *const english[][2] = { { "working day", "working days" },
                                              { "day", "days" },
                                              { "hour", "hours" } };
    static const char *const chinese[] = { "个工作日", "天", "小时" };
    char number[CAMPAIGN_MONEY_TEXT];
    cpn_net_amount(number, amount);
    const bool is_one = strcmp(number, "1") == 0;
    const char *unit = net->is_chinese ? chinese[task->unit] : english[task->unit][!is_one];
    if (net->is_abstract) unit = net->is_chinese ? "个单位" : is_one ? "unit" : "units";
    const size_t length = strlen(number);
    memcpy(text, number, length);
    text[length] = ' ';
    memcpy(text + length + 1, unit, strlen(unit) + 1);
}

void cpn_net_finish_text(char text[CPN_NET_TEXT], const cpn_net_task *task, int64_t finish)
{
    const bool is_moment = task->unit == CPN_NET_HOUR;
    const size_t length = campaign_date_format(text, cpn_moment_day(is_moment ? finish : finish - 1));
    if (!is_moment) return;
    const int64_t minute = finish - (int64_t)cpn_moment_day(finish) * CPN_DAY_MINUTES;
    const char clock[] = { ' ', (char)('0' + minute / 600),     (char)('0' + minute / 60 % 10),
                           ':', (char)('0' + minute % 60 / 10), (char)('0' + minute % 10),
                           '\0' };
    memcpy(text + length, clock, sizeof clock);
}
