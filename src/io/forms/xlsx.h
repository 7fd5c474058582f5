/* The workbook writer, between its files: names of sheets, and one sheet on its way. */
#ifndef CPN_IO_FORM_XLSX_H
#define CPN_IO_FORM_XLSX_H

#include "io/forms/form.h"

enum { CPN_XLSX_MOST_SHEETS = 255, CPN_XLSX_NAME_POINTS = 31, CPN_XLSX_NAME_ROOM = 4 * CPN_XLSX_NAME_POINTS + 1 };
enum { CPN_XLSX_MOST_ROWS = 1048576, CPN_XLSX_MOST_COLUMNS = 16384 };

/* Days between the 1970 epoch and that of spreadsheets, for days from 1900-03-01 on: before that day theirs counts a 29
 * February 1900 that never was. */
enum { CPN_XLSX_EPOCH = 25569, CPN_XLSX_FIRST_DAY = 61 - CPN_XLSX_EPOCH };

/* A legal name for a sheet made from wish: without []:*?/\ and control characters, not in apostrophes, at most 31
 * characters, unlike every earlier name but for case. */
void cpn_xlsx_name_sheet(char name[CPN_XLSX_NAME_ROOM], const char *wish, char (*earlier)[CPN_XLSX_NAME_ROOM],
                         int32_t n_earlier);

/* "AB12" of a row and a column from 0; returns room. */
enum { CPN_XLSX_CELL_ROOM = 32 };
const char *cpn_xlsx_cell_name(char room[CPN_XLSX_CELL_ROOM], int64_t row, int64_t column);

/* Text as the file format wants it: _x0041_ would be read as A, U+FFFE and U+FFFF are none of XML's characters. A
 * terminated copy, which the caller frees. */
campaign_status cpn_xlsx_escape(char **owned, const char *text, size_t length, campaign_error *error);

#endif
