/* Finds forms, words and what somebody who mistyped may have meant. */
#include <string.h>

#include "io/forms/form.h"

enum { MOST_POINTS = 48 }; /* of a text that is compared with others */

const cpn_form *cpn_form_at(int32_t index)
{
    static const cpn_form *const forms[] = {
        &cpn_form_response_plan, &cpn_form_task_split, &cpn_form_followups,   &cpn_form_review,  &cpn_form_campaigns,
        &cpn_form_phases_form,   &cpn_form_deadlines,  &cpn_form_tasks,       &cpn_form_targets, &cpn_form_budget,
        &cpn_form_risks,         &cpn_form_notes,      &cpn_form_competitors,
    };
    return index >= 0 && (size_t)index < sizeof forms / sizeof *forms ? forms[index] : NULL;
}

const char *campaign_io_form_name(int32_t index)
{
    const cpn_form *form = cpn_form_at(index);
    return form ? form->id : NULL;
}

/* Code points of the beginning of a text; a byte that is none of UTF-8 stands for itself. */
static int32_t take_points(uint32_t points[MOST_POINTS], const char *text, size_t length)
{
    int32_t n = 0;
    for (size_t i = 0; i < length && n < MOST_POINTS; n++) {
        const size_t step = cpn_io_utf8_cut(text + i, length - i, length - i < 4 ? length - i : 4);
        size_t size = 1;
        while (size < step && ((unsigned char)text[i + size] & 0xC0) == 0x80) size++;
        uint32_t point = 0;
        for (size_t k = 0; k < size; k++) point = point << 8 | (unsigned char)text[i + k];
        points[n] = point >= 'A' && point <= 'Z' ? point + 32 : point;
        i += size;
    }
    return n;
}

/* Levenshtein's distance, row by row. */
static int32_t measure(const uint32_t *a, int32_t n_a, const uint32_t *b, int32_t n_b)
{
    int32_t row[MOST_POINTS + 1];
    for (int32_t j = 0; j <= n_b; j++) row[j] = j;
    for (int32_t i = 1; i <= n_a; i++) {
        int32_t diagonal = row[0];
        row[0] = i;
        for (int32_t j = 1; j <= n_b; j++) {
            int32_t least = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < least) least = row[j] + 1;
            if (row[j - 1] + 1 < least) least = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = least;
        }
    }
    return row[n_b];
}

int32_t cpn_form_nearest(const char *text, size_t length, const char *const *candidates, int32_t n_candidates)
{
    uint32_t ours[MOST_POINTS], other[MOST_POINTS];
    const int32_t n_ours = take_points(ours, text, length);
    int32_t best = -1, least = INT32_MAX;
    for (int32_t i = 0; i < n_candidates; i++) {
        const int32_t n_other = take_points(other, candidates[i], strlen(candidates[i]));
        const int32_t distance = measure(ours, n_ours, other, n_other);
        const int32_t longer = n_ours > n_other ? n_ours : n_other;
        /* At most half of it wrong: headings of two characters are common, and one of them is then enough. */
        if (distance < least && distance * 2 <= longer) best = i, least = distance;
    }
    return best;
}

campaign_status cpn_form_find(const cpn_form **form, const char *id, campaign_error *error)
{
    const char *ids[32];
    int32_t n = 0;
    for (const cpn_form *each = cpn_form_at(0); each; each = cpn_form_at(n)) {
        if (strcmp(each->id, id) == 0) {
            *form = each;
            return CAMPAIGN_OK;
        }
        ids[n++] = each->id;
    }
    const int32_t nearest = cpn_form_nearest(id, strlen(id), ids, n);
    if (nearest >= 0)
        return cpn_io_fail(error, CAMPAIGN_E_UNKNOWN, -1, "form", "there is no form \"%s\"; did you mean \"%s\"?", id,
                           ids[nearest]);
    return cpn_io_fail(error, CAMPAIGN_E_UNKNOWN, -1, "form",
                       "there is no form \"%s\"; the first of them is \"%s\", campaign_io_form_name tells all", id,
                       ids[0]);
}

const cpn_form_word *cpn_form_find_word(const cpn_form_words *words, const char *text, size_t length)
{
    for (int32_t i = 0; words && i < words->n_items; i++)
        if (strlen(words->items[i].id) == length && memcmp(words->items[i].id, text, length) == 0)
            return &words->items[i];
    return NULL;
}

bool cpn_form_is_same(const char *word, const char *text, size_t length)
{
    if (strlen(word) != length) return false;
    for (size_t i = 0; i < length; i++) {
        const char a = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
        const char b = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
        if (a != b) return false;
    }
    return true;
}

const cpn_form_word *cpn_form_read_word(const cpn_form_words *words, const char *text, size_t length)
{
    for (int32_t i = 0; i < words->n_items; i++) {
        const cpn_form_word *word = &words->items[i];
        if (cpn_form_is_same(word->id, text, length) || cpn_form_is_same(word->en, text, length) ||
            cpn_form_is_same(word->zh, text, length))
            return word;
    }
    return NULL;
}
