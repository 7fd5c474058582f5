/* UTF-8: what is valid, where it may be cut, what may be a key.
 * Valid is table 3-7 of the Unicode Standard: no surrogates, no overlong forms, nothing above U+10FFFF. */
#include "base/text.h"

#include <string.h>

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Bytes of the valid sequence of two or more bytes at the start of bytes, or 0. */
static size_t sequence_length(const unsigned char *bytes, size_t length)
{
    const unsigned char lead = bytes[0];
    const size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || length < wanted) return 0;
    unsigned char low = 0x80, high = 0xBF; /* what the second byte may be */
    if (lead == 0xE0) low = 0xA0;          /* below: overlong */
    if (lead == 0xED) high = 0x9F;         /* above: surrogates */
    if (lead == 0xF0) low = 0x90;          /* below: overlong */
    if (lead == 0xF4) high = 0x8F;         /* above U+10FFFF */
    if (bytes[1] < low || bytes[1] > high) return 0;
    for (size_t i = 2; i < wanted; i++)
        if (!is_continuation(bytes[i])) return 0;
    return wanted;
}

size_t cpn_utf8_valid(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t i = 0;
    while (i < length) {
        uint64_t eight;
        while (length - i >= sizeof eight) { /* ASCII, eight bytes at a time */
            memcpy(&eight, bytes + i, sizeof eight);
            if (eight & UINT64_C(0x8080808080808080)) break;
            i += sizeof eight;
        }
        if (i == length) break;
        const size_t step = bytes[i] < 0x80 ? 1 : sequence_length(bytes + i, length - i);
        if (!step) return i;
        i += step;
    }
    return length;
}

size_t cpn_utf8_cut(const char *text, size_t length, size_t limit)
{
    if (limit >= length) return length;
    while (limit > 0 && is_continuation((unsigned char)text[limit])) limit--;
    return limit;
}

bool cpn_is_key(const char *text, size_t length)
{
    if (!length || cpn_utf8_valid(text, length) != length) return false;
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20 || byte == 0x7F) return false;
        if (byte == 0xC2 && (unsigned char)text[i + 1] < 0xA0) return false; /* U+0080 to U+009F */
    }
    return true;
}
