/* Cells as people read them: percentages, amounts in ten thousands, words, last days. */
#include <string.h>

#include "io/forms/form.h"

bool cpn_form_is_too_long(int64_t value)
{
    const uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    return size > UINT64_C(999999999999999);
}

size_t cpn_form_print_decimal(char room[CPN_FORM_CELL_ROOM], int64_t minor, int32_t exponent, int32_t n_decimals)
{
    char digits[24], *at = room;
    uint64_t size = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    int32_t n = 0;
    for (; size || n <= exponent; size /= 10) digits[n++] = (char)('0' + size % 10);
    int32_t last = 0; /* lowest digit that is printed */
    while (last < exponent - n_decimals && digits[last] == '0') last++;
    if (minor < 0) *at++ = '-';
    for (int32_t i = n; i-- > last;) {
        *at++ = digits[i];
        if (i == exponent && i > last) *at++ = '.';
    }
    *at = '\0';
    return (size_t)(at - room);
}

static const char *say_flag(size_t *length, bool is_set, bool is_chinese)
{
    const char *words = is_chinese ? (is_set ? "是" : "否") : (is_set ? "yes" : "no");
    *length = strlen(words);
    return words;
}

static const char *say_word(size_t *length, const cpn_form_column *column, const char *text, bool is_chinese)
{
    const cpn_form_word *word = cpn_form_find_word(column->field->words, text, *length);
    if (!word) return text;
    const char *words = is_chinese ? word->zh : word->en;
    *length = strlen(words);
    return words;
}

void cpn_form_civil(int32_t *year, int32_t *month, int32_t *day_of_month, int64_t day)
{
    /* Civil date of Hinnant, "chrono-compatible low-level date algorithms". */
    const int64_t shifted = day + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int64_t of_era = shifted - era * 146097;
    const int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month_from_march = (5 * of_year + 2) / 153;
    *day_of_month = (int32_t)(of_year - (153 * month_from_march + 2) / 5 + 1);
    *month = (int32_t)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    *year = (int32_t)(year_of_era + era * 400 + (*month <= 2));
}

size_t cpn_form_print_day(char room[CPN_FORM_CELL_ROOM], int64_t day)
{
    int32_t year, month, day_of_month;
    cpn_form_civil(&year, &month, &day_of_month, day);
    const int32_t parts[] = { year / 100, year % 100, month, day_of_month };
    char *at = room;
    for (int i = 0; i < 4; i++) {
        if (i >= 2) *at++ = '-';
        *at++ = (char)('0' + parts[i] / 10);
        *at++ = (char)('0' + parts[i] % 10);
    }
    *at = '\0';
    return (size_t)(at - room);
}

bool cpn_form_read_time(cpn_io_time *time, const campaign_table *table, int32_t index, int64_t row)
{
    size_t length = 0;
    const char *text = campaign_table_text(table, index, row, &length);
    *time = (cpn_io_time){ 0 };
    return text && cpn_io_read_time(time, text, length, 0, false) == CPN_IO_FINE && !time->has_zone;
}

static const char *print(char *room, size_t *length, const cpn_form_layout *layout, int32_t column, int64_t row)
{
    const cpn_form_column *shown = &layout->columns[column];
    const int64_t value = campaign_table_int64(layout->table, shown->index, row);
    if (shown->kind == CPN_FORM_SHARE) {
        /* Parts per million are percent with four decimals. */
        *length = cpn_form_print_decimal(room, value, 4, 0);
        room[(*length)++] = '%';
        room[*length] = '\0';
    } else if (shown->kind == CPN_FORM_MONEY && layout->style->in_ten_thousands) {
        *length = cpn_form_print_decimal(room, value, shown->exponent + 4, 2);
    } else if (shown->kind == CPN_FORM_LAST_DAY) {
        *length = cpn_form_print_day(room, value - 1);
    } else {
        *length = campaign_table_format(room, CPN_FORM_CELL_ROOM, layout->table, shown->index, row);
    }
    return room;
}

const char *cpn_form_cell(char *room, size_t *length, const cpn_form_layout *layout, int32_t column, int64_t row)
{
    const cpn_form_column *shown = &layout->columns[column];
    *length = 0;
    if (shown->index < 0 || campaign_table_is_null(layout->table, shown->index, row)) return NULL;
    const bool is_chinese = layout->style->is_chinese;
    if (shown->kind == CPN_FORM_FLAG)
        return say_flag(length, campaign_table_int64(layout->table, shown->index, row) != 0, is_chinese);
    if (shown->type != CAMPAIGN_TYPE_UTF8) return print(room, length, layout, column, row);
    const char *text = campaign_table_text(layout->table, shown->index, row, length);
    cpn_io_time time;
    if (shown->kind == CPN_FORM_LAST_DAY && cpn_form_read_time(&time, layout->table, shown->index, row)) {
        *length = cpn_form_print_day(room, (int64_t)time.day - 1);
        return room;
    }
    return text && shown->kind == CPN_FORM_WORD ? say_word(length, shown, text, is_chinese) : text;
}

/* Whether a code point takes two columns: Hangul, CJK, full-width forms, and the planes of rarer characters. */
static bool is_wide(uint32_t point)
{
    return (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
           (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
           (point >= 0xFFE0 && point <= 0xFFE6) || (point >= 0x1F300 && point <= 0x3FFFD);
}

int64_t cpn_form_width(const char *text, size_t length)
{
    int64_t width = 0;
    for (size_t i = 0; i < length;) {
        const unsigned char lead = (unsigned char)text[i++];
        uint32_t point = lead < 0x80 ? lead : lead < 0xE0 ? lead & 0x1Fu : lead < 0xF0 ? lead & 0x0Fu : lead & 0x07u;
        while (i < length && ((unsigned char)text[i] & 0xC0) == 0x80)
            point = point << 6 | ((unsigned char)text[i++] & 0x3Fu);
        width += is_wide(point) ? 2 : 1;
    }
    return width;
}
