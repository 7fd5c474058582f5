/* Forms: which columns they have, what these are called and how their cells look. Constant tables (fields.c,
 * fields_plan.c, words.c) drive the workbook, the CSV, the page and the readers. */
#ifndef CPN_IO_FORM_H
#define CPN_IO_FORM_H

#include <campaign/io_forms.h>

#include "io/csv/value.h"
#include "io/support.h"

/* What a cell of a field is. The column's own type decides how it is written; this decides how it is read back, what an
 * empty form offers, and what the type alone does not tell. */
typedef enum cpn_form_kind {
    CPN_FORM_TEXT,
    CPN_FORM_INTEGER,
    CPN_FORM_REAL,
    CPN_FORM_MONEY,
    CPN_FORM_SHARE, /* int64 parts per million, shown as a percentage */
    CPN_FORM_DATE,
    CPN_FORM_LAST_DAY, /* the day after the last in the table, the last day for people */
    CPN_FORM_MOMENT,
    CPN_FORM_WORD, /* one of a fixed list */
    CPN_FORM_FLAG
} cpn_form_kind;

typedef struct cpn_form_word {
    const char *id, *en, *zh;
} cpn_form_word;

typedef struct cpn_form_words {
    const cpn_form_word *items;
    int32_t n_items;
} cpn_form_words;

typedef struct cpn_form_field {
    const char *id;
    cpn_form_kind kind;
    const cpn_form_words *words; /* of CPN_FORM_WORD */
    bool needs_column;           /* a filled form must have the column */
    bool needs_value;            /* and no row may leave it empty */
    bool is_natural;             /* a number that is not below 0 */
    bool is_person;              /* offers a list of people */
    bool is_always_there;        /* even where the table lacks it: for people to fill in */
    const char *en, *zh;
} cpn_form_field;

typedef struct cpn_form {
    const char *id;
    bool shows_all;   /* columns that the table lacks are there to be filled in */
    bool is_readable; /* can be read back */
    bool has_totals;  /* people add lines that begin with 合计, which are no rows */
    int32_t n_fields;
    const cpn_form_field *fields;
    const char *en, *zh;
} cpn_form;

/* words.c */
extern const cpn_form_words cpn_form_statuses, cpn_form_ways, cpn_form_feedbacks, cpn_form_responses, cpn_form_phases,
    cpn_form_roles, cpn_form_tiers, cpn_form_units, cpn_form_severities, cpn_form_groups, cpn_form_levels,
    cpn_form_seasons, cpn_form_objectives, cpn_form_things, cpn_form_bases, cpn_form_types, cpn_form_certainties,
    cpn_form_value_bases, cpn_form_reasons;

/* fields.c, fields_plan.c */
extern const cpn_form cpn_form_response_plan, cpn_form_task_split, cpn_form_followups, cpn_form_review,
    cpn_form_campaigns, cpn_form_phases_form, cpn_form_deadlines, cpn_form_tasks, cpn_form_targets, cpn_form_budget,
    cpn_form_risks, cpn_form_notes, cpn_form_competitors;

/* ---- Finding (find.c) -------------------------------------------------------------------------------------- */

const cpn_form *cpn_form_at(int32_t index);

/* The form of that id; CAMPAIGN_E_UNKNOWN with the nearest one. */
campaign_status cpn_form_find(const cpn_form **form, const char *id, campaign_error *error);

/* The word of that id, or NULL. */
const cpn_form_word *cpn_form_find_word(const cpn_form_words *words, const char *text, size_t length);

/* Equal but for the case of ASCII letters. */
bool cpn_form_is_same(const char *word, const char *text, size_t length);

/* The word that people write that way in either language, or whose id it is; NULL where there is none. */
const cpn_form_word *cpn_form_read_word(const cpn_form_words *words, const char *text, size_t length);

/* Place of the candidate that a text resembles most, or -1 where none does. */
int32_t cpn_form_nearest(const char *text, size_t length, const char *const *candidates, int32_t n_candidates);

/* ---- Options (options.c) ----------------------------------------------------------------------------------- */

typedef struct cpn_form_style {
    campaign_form_options options;
    bool is_chinese;
    bool in_ten_thousands;
    const char *currency; /* of empty forms */
} cpn_form_style;

campaign_status cpn_form_take_options(cpn_form_style *style, const campaign_form_options *options,
                                      campaign_error *error);
campaign_status cpn_form_take_language(bool *is_chinese, const char *language, campaign_error *error);

/* Decimals of a currency's minor unit; CAMPAIGN_E_UNKNOWN. */
campaign_status cpn_form_exponent(int32_t *exponent, const char *currency, campaign_error *error);

/* ---- Layout (layout.c) ------------------------------------------------------------------------------------- */

/* One column as people see it. */
typedef struct cpn_form_column {
    int32_t index; /* in the table, or -1: empty, to be filled in */
    int32_t type;  /* of the table's column; of an empty one what a reader would make of it */
    cpn_form_kind kind;
    const cpn_form_field *field; /* NULL: a column that the form does not know */
    char currency[4];
    int32_t exponent;
    char *heading; /* owned, with the unit of money */
} cpn_form_column;

typedef struct cpn_form_layout {
    const campaign_table *table; /* NULL: no rows */
    const cpn_form *form;        /* NULL: none */
    const cpn_form_style *style;
    int64_t n_rows;
    int32_t n_columns;
    cpn_form_column *columns;
} cpn_form_layout;

campaign_status cpn_form_lay_out(cpn_form_layout *layout, const campaign_sheet *sheet, const cpn_form_style *style,
                                 campaign_error *error);
void cpn_form_free_layout(cpn_form_layout *layout);

/* ---- Cells (cells.c) --------------------------------------------------------------------------------------- */

enum { CPN_FORM_CELL_ROOM = 96 };

/* Year, month and day of a day since 1970-01-01, years 1 to 9999; and as ISO 8601, returning its length. */
void cpn_form_civil(int32_t *year, int32_t *month, int32_t *day_of_month, int64_t day);
size_t cpn_form_print_day(char room[CPN_FORM_CELL_ROOM], int64_t day);

/* The day or moment that a text of a table says in ISO 8601; false where it says none, or one of another zone. */
bool cpn_form_read_time(cpn_io_time *time, const campaign_table *table, int32_t index, int64_t row);

/* A cell as people read it, without its unit: text of the table itself, a word in the form's language, or what was printed
 * into room (of CPN_FORM_CELL_ROOM bytes). NULL where it is null. */
const char *cpn_form_cell(char *room, size_t *length, const cpn_form_layout *layout, int32_t column, int64_t row);

/* Whether people must see it as text, because a spreadsheet's number holds only 15 digits. */
bool cpn_form_is_too_long(int64_t value);

/* minor / 10^exponent as text, with at least n_decimals and no trailing zeros beyond them; returns the length. */
size_t cpn_form_print_decimal(char room[CPN_FORM_CELL_ROOM], int64_t minor, int32_t exponent, int32_t n_decimals);

/* Columns that a text takes on paper: CJK characters are twice as wide. */
int64_t cpn_form_width(const char *text, size_t length);

#endif
