/* What the tables of stock and orders have in common: sentences from patterns, numbers as words, notes, relative gaps. */
#include <math.h>
#include <string.h>

#include "allocate/stock/store.h"
#include "base/money.h"
#include "base/number.h"
#include "base/text.h"

/* What rounding may add to a value without being a gap. */
static const double least_gap = 1e-12;

void cpn_shelf_say(char sentence[CPN_SHELF_SENTENCE], const char *pattern, const char *const words[CPN_SHELF_WORDS])
{
    size_t length = 0;
    while (*pattern) {
        const bool is_word = pattern[0] == '{' && pattern[1] >= '0' && pattern[1] < '0' + CPN_SHELF_WORDS;
        const char *piece = is_word ? words[pattern[1] - '0'] : pattern;
        size_t n = is_word ? strlen(piece) : 1 + strcspn(pattern + 1, "{");
        pattern += is_word ? 3 : n;
        n = cpn_utf8_cut(piece, n, CPN_SHELF_SENTENCE - 1 - length);
        memcpy(sentence + length, piece, n);
        length += n;
    }
    sentence[length] = '\0';
}

void cpn_shelf_number(char text[CAMPAIGN_MONEY_TEXT], double value, int32_t exponent)
{
    int64_t minor = 0;
    bool is_rounded = false;
    if (cpn_money_from_double(&minor, value, exponent, CAMPAIGN_ROUND_HALF_UP, &is_rounded))
        (void)campaign_money_format(text, minor, exponent);
    else
        (void)cpn_format_double(text, value);
}

double cpn_shelf_gap(double value, double bound)
{
    const double size = fabs(bound) > fabs(value) ? fabs(bound) : fabs(value);
    const double gap = size > 0 ? (bound - value) / size : 0;
    return gap > least_gap ? gap : 0;
}

campaign_status cpn_shelf_write_notes(campaign_table **table, const cpn_shelf_note *notes, int32_t n_notes,
                                      campaign_error *error)
{
    static const cpn_column_schema schema[] = {
        { "code", CAMPAIGN_TYPE_UTF8, "What was remarked.", "提示代码。" },
        { "n", CAMPAIGN_TYPE_INT64, "How many.", "数量。" },
        { "text", CAMPAIGN_TYPE_UTF8, "As a sentence.", "说明。" },
    };
    cpn_out out;
    cpn_out_open(&out, schema, 3, NULL, 0);
    for (int32_t i = 0; i < n_notes; i++) {
        if (notes[i].n == 0) continue;
        char n[CPN_NUMBER_TEXT], sentence[CPN_SHELF_SENTENCE];
        (void)cpn_format_int64(n, notes[i].n);
        const char *const words[CPN_SHELF_WORDS] = { n, "", "", "", "" };
        cpn_shelf_say(sentence, notes[i].text, words);
        cpn_out_string(&out, 0, notes[i].code);
        cpn_out_int64(&out, 1, notes[i].n);
        cpn_out_string(&out, 2, sentence);
    }
    return cpn_out_close(table, &out, error);
}
