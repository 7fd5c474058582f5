/* Values of options: words, numbers, shares, times, pairs; what cannot be read is told on stderr. */
#include "cli/argument_values.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int read_word(const char *option, const char *text, const char *const *names, int n_names)
{
    for (int i = 0; i < n_names; i++)
        if (strcmp(names[i], text) == 0) return i;
    (void)fprintf(stderr, "campaign: --%s takes", option);
    for (int i = 0; i < n_names; i++) (void)fprintf(stderr, "%s %s", i ? "," : "", names[i]);
    (void)fprintf(stderr, "; not \"%s\"\n", text);
    return -1;
}

bool read_whole(int *number, const char *option, const char *text, long low, long high)
{
    char *end = NULL;
    errno = 0;
    const long value = strtol(text, &end, 10);
    if (end == text || *end || errno || value < low || value > high) {
        (void)fprintf(stderr, "campaign: --%s takes a whole number from %ld to %ld; not \"%s\"\n", option, low, high,
                      text);
        return false;
    }
    *number = (int)value;
    return true;
}

bool read_share(int *ppm, const char *text)
{
    const size_t length = strlen(text);
    const bool is_percent = length > 1 && text[length - 1] == '%';
    int64_t value = 0;
    const campaign_status status = campaign_money_parse(&value, text, is_percent ? length - 1 : length,
                                                        is_percent ? 4 : 6, CAMPAIGN_ROUND_NONE, NULL);
    if (status != CAMPAIGN_OK || value < 1 || value > 1000000) {
        (void)fprintf(stderr, "campaign: --deviation takes a share such as 0.2 or 20%%; not \"%s\"\n", text);
        return false;
    }
    *ppm = (int)value;
    return true;
}

bool read_clock(int *minutes, const char *text)
{
    int hour = 0, minute = 0, length = 0;
    if (sscanf(text, "%2d:%2d%n", &hour, &minute, &length) != 2 || text[length] || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59) {
        (void)fprintf(stderr, "campaign: --day-starts-at takes a time such as 06:00; not \"%s\"\n", text);
        return false;
    }
    *minutes = hour * 60 + minute;
    return true;
}

bool check_currency(const char *text)
{
    int32_t exponent = 0;
    if (campaign_currency_exponent(&exponent, text, NULL) == CAMPAIGN_OK) return true;
    (void)fprintf(stderr, "campaign: --currency takes a currency of ISO 4217 such as CNY; not \"%s\"\n", text);
    return false;
}

bool add_map(arguments *given, const char *text)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1]) {
        (void)fprintf(stderr, "campaign: --map takes role=column, such as customer=会员卡号; not \"%s\"\n", text);
        return false;
    }
    if (given->n_maps == MOST_MAPS) {
        (void)fprintf(stderr, "campaign: at most %d --map\n", MOST_MAPS);
        return false;
    }
    given->maps[given->n_maps++] = (column_map){ text, (size_t)(equals - text), equals + 1, false };
    return true;
}

bool add_pair(word_pair *list, int *n, const char *option, const char *text)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1]) {
        (void)fprintf(stderr, "campaign: --%s takes %s; not \"%s\"\n", option,
                      strcmp(option, "input") == 0      ? "name=file, such as pool=pool.csv"
                      : strcmp(option, "calendar") == 0 ? "name=overlay, such as plant=plant.json"
                                                        : "name=value, such as objective=fill",
                      text);
        return false;
    }
    if (*n == MOST_PAIRS) {
        (void)fprintf(stderr, "campaign: at most %d --%s\n", MOST_PAIRS, option);
        return false;
    }
    list[(*n)++] = (word_pair){ text, (size_t)(equals - text), equals + 1 };
    return true;
}

bool add_file(const char **list, int *n, int most, const char *path)
{
    if (*n == most) {
        (void)fprintf(stderr, "campaign: too many files at \"%s\"; at most %d\n", path, most);
        return false;
    }
    list[(*n)++] = path;
    return true;
}
