/* The words of form 3 as numbers. */
#ifndef CPN_EXECUTION_FOLLOW_WORDS_H
#define CPN_EXECUTION_FOLLOW_WORDS_H

#include "execution/follow.h"

typedef enum cpn_follow_word_kind { CPN_WORD_WAY, CPN_WORD_FEEDBACK, CPN_WORD_STATUS } cpn_follow_word_kind;

/* 0 where the cell is empty or there is no such column, CPN_WORD_UNKNOWN for another word. */
uint8_t cpn_follow_word(cpn_follow_word_kind kind, const campaign_column *column, int64_t row);

#endif
