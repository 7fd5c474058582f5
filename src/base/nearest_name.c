/* "Did you mean": the known name that is the fewest typing slips away from an unknown one.
 * Slips are inserted, dropped, wrong and swapped neighbouring characters (optimal string alignment); the case of ASCII
 * letters is no slip. Works on characters, not bytes, so that one wrong Chinese character is one slip. */
#include "base/text.h"

#include <string.h>

enum { LONGEST = 64 }; /* characters; longer names get no hint */

typedef struct letters {
    uint32_t points[LONGEST];
    int32_t n; /* LONGEST + 1 where there are more */
} letters;

/* Splits UTF-8 into characters, ASCII in lower case; stray bytes make characters of their own. */
static void read_letters(letters *out, const char *text, size_t length)
{
    out->n = 0;
    for (size_t i = 0; i < length;) {
        if (out->n == LONGEST) {
            out->n = LONGEST + 1;
            return;
        }
        uint32_t point = (unsigned char)text[i++];
        if (point >= 'A' && point <= 'Z') point += 'a' - 'A';
        while (i < length && ((unsigned char)text[i] & 0xC0) == 0x80) point = point << 8 | (unsigned char)text[i++];
        out->points[out->n++] = point;
    }
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t slips_between(const letters *a, const letters *b)
{
    int32_t rows[3][LONGEST + 1]; /* of the table distance[i][j]: this one and the two above */
    for (int32_t j = 0; j <= b->n; j++) rows[0][j] = j;
    for (int32_t i = 1; i <= a->n; i++) {
        int32_t *row = rows[i % 3];
        const int32_t *above = rows[(i + 2) % 3], *second_above = rows[(i + 1) % 3];
        row[0] = i;
        for (int32_t j = 1; j <= b->n; j++) {
            const uint32_t here = a->points[i - 1], there = b->points[j - 1];
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (here != there));
            if (i > 1 && j > 1 && here == b->points[j - 2] && a->points[i - 2] == there)
                row[j] = least(row[j], second_above[j - 2] + 1);
        }
    }
    return rows[a->n % 3][b->n];
}

int64_t cpn_nearest_name(const char *text, size_t length, const char *const *names, int64_t n_names)
{
    letters asked, known;
    read_letters(&asked, text, length);
    if (asked.n > LONGEST) return -1;
    int64_t nearest = -1;
    int32_t fewest = asked.n / 3 > 2 ? asked.n / 3 : 2;
    for (int64_t i = 0; i < n_names; i++) {
        read_letters(&known, names[i], strlen(names[i]));
        if (known.n > LONGEST) continue;
        const int32_t slips = slips_between(&asked, &known);
        const int32_t longer = asked.n > known.n ? asked.n : known.n;
        if (slips > fewest || (slips == fewest && nearest >= 0) || 2 * slips > longer) continue; /* half must agree */
        fewest = slips;
        nearest = i;
    }
    return nearest;
}
