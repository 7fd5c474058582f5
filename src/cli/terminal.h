/* Readable tables: aligned by the width that characters take on a terminal. */
#ifndef CPN_CLI_TERMINAL_H
#define CPN_CLI_TERMINAL_H

#include <campaign/table.h>
#include <stdbool.h>

typedef enum cell_form {
    CELL_AS_IS,    /* money with its thousands apart */
    CELL_LAST_DAY, /* the day before: ranges are half-open, people are not */
    CELL_WORD,     /* a word of the library's, in the language of the table; true is yes, false is nothing */
    CELL_WEEKDAY,  /* 1 is Monday */
    CELL_ONE_DECIMAL,
    CELL_FIGURE,  /* as many decimals as its size asks for */
    CELL_PERCENT, /* a ratio: 0.125 is 12.5% */
    CELL_PPM      /* parts per million, as a percentage */
} cell_form;

/* A column to show and what it is called there. */
typedef struct shown_column {
    const char *name, *en, *zh;
    cell_form form;
} shown_column;

/* Which of a table to show; is_shown may be NULL: all rows. */
typedef struct shown_table {
    const campaign_table *table;
    const shown_column *columns;
    int n_columns;
    bool (*is_shown)(const campaign_table *table, int64_t row);
    int64_t limit;
    bool is_chinese;
} shown_table;

/* Prints the chosen columns and rows, and how many rows more there are. */
void show_columns(const shown_table *shown);

/* Prints every column under its own name, at most limit rows. */
void show_table(const campaign_table *table, int64_t limit);

/* A line of text that says what comes. */
void show_heading(const char *text);

/* True where a cell of a named column prints as a word. */
bool cell_is(const campaign_table *table, const char *column, int64_t row, const char *word);

/* True where the cell of a named column is null. */
bool cell_is_null(const campaign_table *table, const char *column, int64_t row);

/* Prints a cell of a named column into text. */
const char *cell_text(char *text, size_t capacity, const campaign_table *table, const char *column, int64_t row);

/* A word of the library's in a language; another word as it stands. */
const char *word_text(const char *word, bool is_chinese);

/* A figure as CELL_FIGURE shows it; "?" where it is too large for that. */
enum { FIGURE_TEXT = 64 };
void figure_text(char text[FIGURE_TEXT], double figure);

/* Puts commas between the thousands of a decimal. */
void group_digits(char *text, size_t capacity);

#endif
