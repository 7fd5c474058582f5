/* Inside of the planner: what a row of each table says, and which rows, notes and parts of the request it follows from. */
#ifndef CPN_PLAN_EXPLAIN_H
#define CPN_PLAN_EXPLAIN_H

#include "plan/compare.h"

/* One thing that a row says. Columns that the table has not, or that are null, leave it out where it needs them.
 *
 * Sentences hold {column}, printed as in a table; {column%}, parts per million as a percentage; {column<}, the day before,
 * since ranges are half-open; {column!}, nothing, only asked whether it is there; [a part] that is left out where a
 * column in it is null. */
typedef struct cpn_plan_facet {
    const char *code;
    const char *needs;                           /* column that must not be null; NULL: none */
    const char *when;                            /* text that it must be; NULL: any */
    const char *amount, *base, *ratio, *n, *day; /* columns whose values the record carries; NULL: none */
    const char *en, *zh;
} cpn_plan_facet;

typedef enum cpn_plan_link_kind {
    CPN_LINK_NUMBER,   /* the column holds the number of the row */
    CPN_LINK_NAME,     /* the column holds its name */
    CPN_LINK_NAMED_BY, /* rows of the other table whose column holds this row's name */
    CPN_LINK_NOTE,     /* notes of that code; of those with a subject, the ones about this row */
    CPN_LINK_REQUEST   /* a part of the request */
} cpn_plan_link_kind;

/* Where a row comes from. when as in a facet: column and text. */
typedef struct cpn_plan_link {
    cpn_plan_link_kind kind;
    cpn_plan_table_id table;
    const char *column;             /* or code of the notes, or path in the request */
    const char *when_column, *when; /* only where that column is that text; when NULL: where it is null */
} cpn_plan_link;

typedef struct cpn_plan_wording {
    const cpn_plan_facet *facets;
    int32_t n_facets;
    const cpn_plan_link *links;
    int32_t n_links;
} cpn_plan_wording;

const cpn_plan_wording *cpn_plan_wording_of(cpn_plan_table_id id);

/* A word of the library's in Chinese, or the word itself. */
const char *cpn_plan_word_zh(const char *word);

/* A sentence with the cells of a row. */
void cpn_plan_explain_sentence(cpn_text *text, const char *pattern, const campaign_table *table, int64_t row,
                               bool is_chinese);

/* A note as a sentence, in either language. */
void cpn_plan_note_sentence(cpn_text *text, const campaign_table *notes, int64_t row, bool is_chinese);

#endif
