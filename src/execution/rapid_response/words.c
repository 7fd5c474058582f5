/* Words of the rapid response: sentences from patterns, numbers and days as people read them, remarks. */
#include <string.h>

#include "execution/rapid_response/rapid.h"

/* The next piece of a pattern: letters, a word "{0}", or what fits its number, "{0?customer has|customers have}". Gives what
 * follows it. */
static const char *next_piece(const char **piece, size_t *n, const char *at, const char *const words[CPN_RAPID_WORDS])
{
    const bool is_place = at[0] == '{' && at[1] >= '0' && at[1] < '0' + CPN_RAPID_WORDS;
    const char *word = is_place && words[at[1] - '0'] ? words[at[1] - '0'] : "";
    *piece = word;
    *n = strlen(word);
    if (is_place && at[2] == '}') return at + 3;
    if (is_place && at[2] == '?') {
        const size_t one = strcspn(at + 3, "|"), many = strcspn(at + 4 + one, "}");
        const bool is_one = strcmp(word, "1") == 0;
        *piece = is_one ? at + 3 : at + 4 + one;
        *n = is_one ? one : many;
        return at + 5 + one + many;
    }
    *piece = at;
    *n = 1 + strcspn(at + 1, "{");
    return at + *n;
}

void cpn_rapid_say(char sentence[CPN_RAPID_SENTENCE], const char *pattern, const char *const words[CPN_RAPID_WORDS])
{
    const char *at = pattern, *piece;
    size_t length = 0, n;
    while (*at) {
        at = next_piece(&piece, &n, at, words);
        n = cpn_utf8_cut(piece, n, CPN_RAPID_SENTENCE - 1 - length);
        memcpy(sentence + length, piece, n);
        length += n;
    }
    sentence[length] = '\0';
}

void cpn_rapid_note_add(cpn_rapid *rapid, const char *code, int64_t n, const char *en, const char *zh,
                        const char *const words[CPN_RAPID_WORDS])
{
    if (rapid->n_notes == CPN_RAPID_MOST_NOTES) return;
    cpn_rapid_note *note = &rapid->notes[rapid->n_notes++];
    note->code = code;
    note->n = n;
    cpn_rapid_say(note->sentence, rapid->request.is_chinese ? zh : en, words);
}

/* Millionths as a decimal without trailing zeros. */
static void print_millionths(char text[CPN_NUMBER_TEXT], int64_t value)
{
    size_t length = campaign_money_format(text, value, 6);
    while (length > 0 && text[length - 1] == '0') length--;
    if (length > 0 && text[length - 1] == '.') length--;
    text[length] = '\0';
}

void cpn_rapid_micro_text(char text[CPN_NUMBER_TEXT], int64_t micro)
{
    print_millionths(text, micro);
}

/* Two decimals of a percent are enough to read. */
void cpn_rapid_percent_text(char text[CPN_NUMBER_TEXT], int64_t ppm)
{
    print_millionths(text, (ppm + 50) / 100 * 10000);
    const size_t length = strlen(text);
    if (length + 1 >= CPN_NUMBER_TEXT) return;
    text[length] = '%';
    text[length + 1] = '\0';
}

void cpn_rapid_day_text(char text[CAMPAIGN_DATE_TEXT], int32_t day)
{
    text[0] = '\0';
    if (day != CPN_RAPID_NO_DAY) (void)campaign_date_format(text, day);
}

void cpn_rapid_rep_text(char text[CPN_NAMED_KEY_TEXT], const cpn_rapid *rapid, int32_t rep)
{
    text[0] = '\0';
    if (rep >= 0) cpn_named_key_text(text, &rapid->rep_keys, rep);
}

void cpn_rapid_customer_text(char text[CPN_NAMED_KEY_TEXT], const cpn_rapid *rapid, const cpn_rapid_customer *customer)
{
    cpn_named_key_text(text, &rapid->customer_keys, customer->code);
}

void cpn_rapid_out_name(cpn_out *out, int32_t index, cpn_rapid_name name)
{
    if (name.text)
        cpn_out_text(out, index, name.text, name.length);
    else
        cpn_out_null(out, index);
}

void cpn_rapid_out_day(cpn_out *out, int32_t index, int32_t day)
{
    cpn_out_optional_int64(out, index, day, day != CPN_RAPID_NO_DAY);
}

void cpn_rapid_out_region(cpn_out *out, int32_t index, const cpn_rapid *rapid, int32_t region)
{
    cpn_rapid_out_name(out, index, region < 0 ? (cpn_rapid_name){ NULL, 0 } : rapid->regions[region].name);
}

void cpn_rapid_out_rep(cpn_out *out, int32_t index, const cpn_rapid *rapid, int32_t rep)
{
    if (rep < 0)
        cpn_out_null(out, index);
    else
        cpn_out_cell(out, index, &rapid->rep_keys.column, rapid->rep_keys.keys.first_rows[rep]);
}

campaign_status cpn_rapid_out_close(campaign_table **table, cpn_out *out, campaign_status status, campaign_error *error)
{
    const campaign_status closed = cpn_out_close(table, out, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) return closed;
    campaign_table_free(*table);
    *table = NULL;
    return status;
}

static const cpn_column_schema schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "Kind of remark.", "备注代码。" },
    { "n", CAMPAIGN_TYPE_INT64, "How many it concerns.", "涉及数量。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The remark.", "备注。" },
};

campaign_status cpn_rapid_write_notes(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, schema, 3, NULL, 0);
    for (int32_t i = 0; i < rapid->n_notes; i++) {
        cpn_out_string(&out, 0, rapid->notes[i].code);
        cpn_out_int64(&out, 1, rapid->notes[i].n);
        cpn_out_string(&out, 2, rapid->notes[i].sentence);
    }
    return cpn_out_close(table, &out, error);
}
