/* The reader of filled forms, between its files. */
#ifndef CPN_IO_FORM_READ_H
#define CPN_IO_FORM_READ_H

#include "io/forms/grid.h"

/* A column of the sheet. */
typedef struct cpn_form_input {
    int64_t heading;             /* its cell in the grid, or -1 */
    const cpn_form_field *field; /* NULL: one that the form does not know, or none */
    bool is_read;
    bool was_guarded; /* and it was noted */
} cpn_form_input;

/* A column of the table. */
typedef struct cpn_form_output {
    const cpn_form_field *field; /* NULL: one that the form does not know */
    int32_t column;              /* of the sheet, or -1 */
    char *name;                  /* owned; of those that the form does not know */
} cpn_form_output;

typedef struct cpn_form_reader {
    campaign_form_read_options options;
    const cpn_form *form;
    bool is_chinese;
    cpn_grid grid;
    int32_t header_row;
    cpn_form_input *columns; /* of the sheet, by place */
    cpn_form_output *outputs;
    int32_t n_outputs;
    cpn_grid_units units;
    campaign_table_builder *builder, *notes;
} cpn_form_reader;

/* read_headings.c: finds the line of headings and what each of them is; every column that is needed must be there. */
campaign_status cpn_form_read_headings(cpn_form_reader *reader, const char *path, campaign_error *error);

/* read_notes.c: a note of what was found; lines of totals and apostrophes that were taken off. */
campaign_status cpn_form_note(cpn_form_reader *reader, const char *code, const char *column, const char *text,
                              campaign_error *error);
campaign_status cpn_form_start_notes(cpn_form_reader *reader, campaign_error *error);
campaign_status cpn_form_note_guard(cpn_form_reader *reader, const cpn_grid_cell *cell, campaign_error *error);
campaign_status cpn_form_note_total(cpn_form_reader *reader, const cpn_grid_cell *cell, campaign_error *error);

/* Whether the row's first field says that it adds up others: 合计, total. */
bool cpn_form_is_total(const cpn_form_reader *reader, int64_t first, int64_t end);

#endif
