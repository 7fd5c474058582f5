/* The words of form 3 as numbers. */
#ifndef CPN_EXECUTION_FOLLOW_WORDS_H
#define CPN_EXECUTION_FOLLOW_WORDS_H

#include "execution/followup/follow.h"

typedef enum cpn_follow_word_kind { CPN_WORD_WAY, CPN_WORD_FEEDBACK, CPN_WORD_STATUS } cpn_follow_word_kind;

/* Whether a text is nothing but spaces, full-width ones too. */
bool cpn_follow_is_blank_text(const char *text, size_t length);
/* Whether a cell says nothing: null, or a blank text. */
static inline bool cpn_follow_is_blank(const campaign_column *column, int64_t row)
{
    if (cpn_is_null(column, row)) return true;
    if (column->type != CAMPAIGN_TYPE_UTF8) return false;
    size_t length;
    const char *text = cpn_cell_text(column, row, &length);
    return length == 0 || cpn_follow_is_blank_text(text, length);
}

/* 0 where the cell is empty or there is no such column, CPN_WORD_UNKNOWN for another word. */
uint8_t cpn_follow_word(cpn_follow_word_kind kind, const campaign_column *column, int64_t row);

#endif
