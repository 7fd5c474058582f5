/* Sentences from patterns, without a locale. */
#include "execution/say.h"

#include <stdbool.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

void cpn_say(char sentence[CPN_SAY_TEXT], const char *pattern, const char *const words[CPN_SAY_WORDS])
{
    const char *at = pattern;
    size_t length = 0;
    while (*at) {
        const bool is_word = at[0] == '{' && at[1] >= '0' && at[1] < '0' + CPN_SAY_WORDS && at[2] == '}';
        const char *word = is_word ? words[at[1] - '0'] : NULL;
        const char *piece = is_word ? (word ? word : "") : at;
        size_t n = is_word ? strlen(piece) : 1 + strcspn(at + 1, "{");
        at += is_word ? 3 : n;
        n = cpn_utf8_cut(piece, n, CPN_SAY_TEXT - 1 - length);
        memcpy(sentence + length, piece, n);
        length += n;
    }
    sentence[length] = '\0';
}

void cpn_say_count(char text[CPN_SAY_COUNT], long long n, const char *one, const char *many)
{
    const size_t length = cpn_format_int64(text, n);
    const char *word = n == 1 ? one : many;
    const size_t most = CPN_SAY_COUNT - 2 - length, size = strlen(word) < most ? strlen(word) : most;
    text[length] = ' ';
    memcpy(text + length + 1, word, size);
    text[length + 1 + size] = '\0';
}

void cpn_say_percent(char *text, long long ppm)
{
    const bool is_negative = ppm < 0;
    const uint64_t size = is_negative ? 0 - (uint64_t)ppm : (uint64_t)ppm;
    const uint64_t hundredths = size / 100 + (size % 100 >= 50);
    size_t length = 0;
    if (is_negative) text[length++] = '-';
    length += cpn_format_int64(text + length, (int64_t)(hundredths / 100));
    const uint64_t rest = hundredths % 100;
    if (rest) {
        text[length++] = '.';
        text[length++] = (char)('0' + rest / 10);
        if (rest % 10) text[length++] = (char)('0' + rest % 10);
    }
    text[length++] = '%';
    text[length] = '\0';
}
