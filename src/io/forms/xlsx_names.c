/* Names of sheets and cells, and the escapes of text in workbooks. */
#include <stdlib.h>
#include <string.h>

#include "io/forms/xlsx.h"

/* Bytes of the first n_points code points. */
static size_t cut_points(const char *text, size_t length, int32_t n_points)
{
    size_t at = 0;
    for (; at < length && n_points > 0; n_points--) {
        /* A code point beyond the basic plane counts as two, as the format counts. */
        if ((unsigned char)text[at] >= 0xF0 && --n_points == 0) break;
        at++;
        while (at < length && ((unsigned char)text[at] & 0xC0) == 0x80) at++;
    }
    return at;
}

static bool is_taken(const char *name, char (*earlier)[CPN_XLSX_NAME_ROOM], int32_t n_earlier)
{
    for (int32_t i = 0; i < n_earlier; i++) {
        const char *a = name, *b = earlier[i];
        while (*a && (*a == *b || ((*a ^ *b) == 32 && (*a | 32) >= 'a' && (*a | 32) <= 'z'))) a++, b++;
        if (!*a && !*b) return true;
    }
    return false;
}

/* Copies what is legal; the rest becomes a blank. Returns the length, without blanks and apostrophes at both ends. */
static size_t clean(char name[CPN_XLSX_NAME_ROOM], const char *wish)
{
    size_t n = 0;
    const size_t length = cpn_io_utf8_valid(wish, strlen(wish)), kept = cut_points(wish, length, CPN_XLSX_NAME_POINTS);
    for (size_t i = 0; i < kept; i++) {
        const bool is_legal = (unsigned char)wish[i] >= 0x20 && wish[i] != 0x7F && !strchr("[]:*?/\\", wish[i]);
        const char c = is_legal ? wish[i] : ' ';
        if (n || (c != ' ' && c != '\'')) name[n++] = c;
    }
    while (n && (name[n - 1] == ' ' || name[n - 1] == '\'')) n--;
    name[n] = '\0';
    return n;
}

void cpn_xlsx_name_sheet(char name[CPN_XLSX_NAME_ROOM], const char *wish, char (*earlier)[CPN_XLSX_NAME_ROOM],
                         int32_t n_earlier)
{
    size_t length = clean(name, wish);
    if (!length) length = clean(name, "Sheet");
    char base[CPN_XLSX_NAME_ROOM], reserved[1][CPN_XLSX_NAME_ROOM] = { "History" };
    memcpy(base, name, length + 1);
    for (int32_t n = 2; is_taken(name, earlier, n_earlier) || is_taken(name, reserved, 1); n++) {
        char ending[16] = " ", digits[12];
        size_t n_digits = 0, n_ending = 1;
        for (int32_t rest = n; rest; rest /= 10) digits[n_digits++] = (char)('0' + rest % 10);
        while (n_digits) ending[n_ending++] = digits[--n_digits];
        const size_t kept = cut_points(base, length, CPN_XLSX_NAME_POINTS - (int32_t)n_ending);
        memcpy(name, base, kept);
        memcpy(name + kept, ending, n_ending);
        name[kept + n_ending] = '\0';
    }
}

const char *cpn_xlsx_cell_name(char room[CPN_XLSX_CELL_ROOM], int64_t row, int64_t column)
{
    char letters[8], digits[20];
    int n_letters = 0, n_digits = 0, n = 0;
    for (int64_t rest = column + 1; rest > 0 && n_letters < 8; rest = (rest - 1) / 26)
        letters[n_letters++] = (char)('A' + (rest - 1) % 26);
    for (int64_t rest = row + 1; rest > 0 && n_digits < 20; rest /= 10) digits[n_digits++] = (char)('0' + rest % 10);
    while (n_letters) room[n++] = letters[--n_letters];
    while (n_digits) room[n++] = digits[--n_digits];
    room[n] = '\0';
    return room;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* "_x" with four hexadecimal digits and "_": what readers take for an escape. */
static bool is_escape(const char *text, size_t length)
{
    return length >= 7 && text[0] == '_' && text[1] == 'x' && text[6] == '_' && is_hex(text[2]) && is_hex(text[3]) &&
           is_hex(text[4]) && is_hex(text[5]);
}

/* U+FFFE or U+FFFF. */
static bool is_no_character(const char *text, size_t length)
{
    return length >= 3 && memcmp(text, "\xEF\xBF", 2) == 0 && (unsigned char)text[2] >= 0xBE;
}

campaign_status cpn_xlsx_escape(char **owned, const char *text, size_t length, campaign_error *error)
{
    cpn_io_text out = { 0 };
    for (size_t i = 0; i < length; i++) {
        if (is_escape(text + i, length - i)) {
            cpn_io_add(&out, "_x005F_", 7);
        } else if (is_no_character(text + i, length - i)) {
            cpn_io_add(&out, (unsigned char)text[i + 2] == 0xBE ? "_xFFFE_" : "_xFFFF_", 7);
            i += 2;
        } else {
            cpn_io_add_char(&out, text[i]);
        }
    }
    if (!length) cpn_io_add(&out, "", 0);
    if (out.has_failed) {
        free(out.data);
        return cpn_io_fail_nomem(error);
    }
    *owned = out.data;
    return CAMPAIGN_OK;
}
