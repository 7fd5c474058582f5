/* UTF-8: where a text stops being valid, where it may be cut, how many characters it has. */
#include <string.h>

#include "io/support.h"

/* Length of the sequence at bytes if it is valid (no surrogates, no overlong forms, not beyond U+10FFFF), otherwise 0.
 * Zero is refused with the rest: no table text holds it. */
static size_t sequence_length(const unsigned char *bytes, size_t room)
{
    const unsigned char lead = bytes[0];
    if (lead < 0x80) return lead != 0;
    const size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || wanted > room) return 0;
    for (size_t i = 1; i < wanted; i++)
        if ((bytes[i] & 0xC0) != 0x80) return 0;
    const unsigned char second = bytes[1];
    if (lead == 0xE0 && second < 0xA0) return 0;
    if (lead == 0xED && second > 0x9F) return 0;
    if (lead == 0xF0 && second < 0x90) return 0;
    if (lead == 0xF4 && second > 0x8F) return 0;
    return wanted;
}

size_t cpn_io_utf8_valid(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    const uint64_t tops = 0x8080808080808080u, ones = 0x0101010101010101u;
    size_t i = 0;
    while (i < length) {
        uint64_t word;
        if (length - i >= sizeof word) {
            memcpy(&word, bytes + i, sizeof word);
            if (((word | (word - ones)) & tops) == 0) { /* eight ASCII bytes, none of them zero */
                i += sizeof word;
                continue;
            }
        }
        const size_t step = sequence_length(bytes + i, length - i);
        if (step == 0) return i;
        i += step;
    }
    return length;
}

size_t cpn_io_utf8_cut(const char *text, size_t length, size_t limit)
{
    if (length <= limit) return length;
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80) limit--;
    return limit;
}

int64_t cpn_io_utf8_count(const char *text, size_t length)
{
    int64_t n = 0;
    for (size_t i = 0; i < length; i++) n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

int64_t cpn_io_utf16_count(const char *text, size_t length)
{
    int64_t n = cpn_io_utf8_count(text, length);
    for (size_t i = 0; i < length; i++) n += (unsigned char)text[i] >= 0xF0; /* beyond U+FFFF: two units */
    return n;
}
