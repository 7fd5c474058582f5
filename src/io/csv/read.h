/* The reader of CSV, between its files: what one call knows. The order of work stands in read.c. */
#ifndef CPN_IO_CSV_READ_H
#define CPN_IO_CSV_READ_H

#include <campaign/io.h>

#include "io/csv/scan.h"
#include "io/csv/value.h"

/* One column on its way from cells to arrays. */
typedef struct cpn_io_column {
    char *name;
    int64_t field; /* in the records */
    cpn_io_terms terms;
    bool is_declared; /* its type comes from the caller, not from its cells */
    bool is_nameless; /* has no name in the header: every cell must be empty */
    bool is_due;      /* to be filled in the pass that is running */
    uint32_t refused; /* kinds of cells that are refused, where the type comes from the cells */
    void *values;     /* one a row; a byte each for bool; NULL for text until it is copied */
    uint8_t *nulls;   /* one a row, 1 = null */
    int32_t *offsets; /* text: while filling, offsets[row + 1] is the length of a row */
    int64_t n_bytes;  /* text: of all rows that are kept */
} cpn_io_column;

/* What one block found out about one column. */
typedef struct cpn_io_tally {
    uint32_t kinds;
    int32_t has_nulls;
    int64_t n_rounded;
} cpn_io_tally;

/* A cell or a record that was refused. */
typedef struct cpn_io_problem {
    int64_t row;    /* record after the header, from 0 */
    int64_t column; /* of the reader, -1 for the record */
    cpn_io_trouble trouble;
    int64_t n_found; /* RAGGED_RECORD: fields */
    size_t position; /* in the text */
    size_t record;   /* position of the record */
    cpn_io_cell cell;
} cpn_io_problem;

/* Problems of one block; at most limit of each column and trouble are listed, all are counted. */
typedef struct cpn_io_problems {
    void *list; /* cpn_io_problem */
    int64_t n, capacity;
    int64_t *counts; /* [(column + 1) * CPN_IO_N_TROUBLES + trouble]; NULL until there is one */
} cpn_io_problems;

/* Why a row is left out: its shape or a declared cell, which nothing else looks at, or a cell refused at the end. */
enum { CPN_IO_KEPT = 0, CPN_IO_BAD_RECORD = 1, CPN_IO_BAD_CELL = 2, CPN_IO_BAD_KIND = 3 };

typedef struct cpn_io_reader {
    cpn_io_source source;
    campaign_csv_options options;
    const campaign_runtime *runtime;
    int64_t problem_limit;
    size_t longest_null_text;
    cpn_io_column *columns;
    int64_t n_columns;
    int64_t n_fields; /* of a record, as the header has them */
    cpn_io_block *blocks;
    int64_t n_blocks;
    int64_t n_rows;
    uint8_t *bad;              /* one a row: CPN_IO_KEPT … */
    cpn_io_tally *tallies;     /* n_columns a block */
    cpn_io_problems *problems; /* one a block */
    int64_t n_bad;
    /* Where the text is a part of a file: batches.c. */
    int64_t lines_before, rows_before; /* of the file, which this text does not hold */
    const char *group;                 /* column whose equal cells stay together, or NULL */
    bool is_partial;                   /* more text follows: the last group may go on */
    size_t n_used;                     /* bytes of the text that are in the table, the header among them */
} cpn_io_reader;

/* read.c: from a text to a table, NULL where a partial text holds no whole group. Options and runtime are the caller's;
 * with them cpn_io_set_source prepares for valid text. */
void cpn_io_set_source(cpn_io_reader *reader, const char *text, size_t length);
campaign_status cpn_io_read_source(campaign_table **table, cpn_io_reader *reader, campaign_error *error);
void cpn_io_free_reader(cpn_io_reader *reader);
/* Passes the lines above the header and finds the delimiter where options say so. */
campaign_status cpn_io_find_header(cpn_io_reader *reader, size_t *position, campaign_error *error);

/* options.c: checks and copies the caller's knobs, prepares declared columns' terms. */
campaign_status cpn_io_take_options(campaign_csv_options *ours, const campaign_csv_options *options,
                                    campaign_error *error);
campaign_status cpn_io_take_terms(cpn_io_terms *terms, const campaign_csv_options *options, int64_t index,
                                  campaign_error *error);
const campaign_csv_column *cpn_io_declared_column(const campaign_csv_options *options, int64_t index);
bool cpn_io_is_delimiter(int32_t delimiter);

/* header.c: reads the header line at *position, moves it behind, and makes the columns. */
campaign_status cpn_io_read_header(cpn_io_reader *reader, size_t *position, campaign_error *error);
/* Number of the column of that name, among the first n; -1 where there is none. */
int64_t cpn_io_find_column(const cpn_io_reader *reader, const char *name, int64_t n);
campaign_status cpn_io_fail_missing_column(const cpn_io_reader *reader, const char *name, campaign_error *error);
/* Sets the delimiter that cuts the records from position on evenly and into the most fields; E_NOMEM. */
campaign_status cpn_io_guess_delimiter(cpn_io_source *source, size_t position);

/* fill.c: types and values of all columns, problems noted. E_SYNTAX where a problem ends the call. */
campaign_status cpn_io_fill_columns(cpn_io_reader *reader, campaign_error *error);
/* Bytes of a cell in values: 1 for bool, 0 for text. */
size_t cpn_io_cell_width(int32_t type);
/* A text cell without the apostrophe that guards a formula, where the caller wants it off. */
cpn_io_cell cpn_io_unguard(const cpn_io_reader *reader, cpn_io_cell cell);

/* problem.c */
bool cpn_io_note_problem(cpn_io_reader *reader, int64_t block, cpn_io_problem problem);
/* Fails with the first problem in the order of the text; of one trouble only where it is not FINE. */
campaign_status cpn_io_fail_first(const cpn_io_reader *reader, cpn_io_trouble trouble, campaign_error *error);
campaign_status cpn_io_fail_at(const cpn_io_reader *reader, campaign_status code, size_t position, const char *words,
                               campaign_error *error);
int64_t cpn_io_count_problems(const cpn_io_reader *reader, cpn_io_trouble trouble);
campaign_status cpn_io_list_problems(campaign_table **problems, const cpn_io_reader *reader, campaign_error *error);
campaign_status cpn_io_list_counts(campaign_table **counts, const cpn_io_reader *reader, campaign_error *error);

/* finish.c: leaves out bad rows, copies text, and hands the arrays over to a table. */
campaign_status cpn_io_finish_table(campaign_table **table, cpn_io_reader *reader, campaign_error *error);
void cpn_io_free_arrays(cpn_io_column *column);

#endif
