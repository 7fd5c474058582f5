/* The page of a plan, between its files. Everything that comes from data is escaped; coordinates are whole numbers. */
#ifndef CPN_IO_FORM_HTML_H
#define CPN_IO_FORM_HTML_H

#include "io/forms/form.h"

/* What one call knows. */
typedef struct cpn_page {
    cpn_io_text text;
    cpn_form_style style;
    campaign_html_options options;
    campaign_table *targets, *campaigns, *phases, *deadlines, *tasks, *budget, *risks, *notes,
        *days;                  /* owned, or NULL */
    int32_t first_day, end_day; /* of the plan */
} cpn_page;

/* ---- Writing (html_text.c) ---- */

void cpn_page_add(cpn_page *page, const char *markup);
void cpn_page_add_text(cpn_page *page, const char *text, size_t length); /* escaped */
/* The same on one line: <title> and SVG hold no <br>. */
void cpn_page_add_line(cpn_page *page, const char *text, size_t length);
void cpn_page_add_number(cpn_page *page, int64_t number);
void cpn_page_add_words(cpn_page *page, const char *en, const char *zh);

/* 'name="number"' with a blank before it. */
void cpn_page_add_attribute(cpn_page *page, const char *name, int64_t number);

/* A number's text, digits before the dot in groups of three. */
void cpn_page_add_grouped(cpn_page *page, const char *text, size_t length);

/* The name of the campaign that column "campaign" of a row names, or what stands there. */
void cpn_page_add_campaign(cpn_page *page, const campaign_table *table, int64_t row);

/* A cell of a layout, with digits in groups of three. */
void cpn_page_add_cell(cpn_page *page, const cpn_form_layout *layout, int32_t column, int64_t row);

/* Text of a cell, or an empty one; lives as long as the table. */
const char *cpn_page_text(size_t *length, const campaign_table *table, const char *column, int64_t row);
bool cpn_page_is(const campaign_table *table, const char *column, int64_t row, const char *word);
bool cpn_page_has(const campaign_table *table, const char *column, int64_t row);
int64_t cpn_page_value(const campaign_table *table, const char *column, int64_t row);

/* An amount of a money column as people read it, with its unit. */
void cpn_page_add_money(cpn_page *page, const campaign_table *table, const char *column, int64_t row);

/* ---- Parts ---- */

void cpn_page_add_calendar(cpn_page *page); /* html_calendar.c */
void cpn_page_add_curve(cpn_page *page);    /* html_curve.c */

/* html_tables.c */
campaign_status cpn_page_add_tables(cpn_page *page, campaign_error *error);
campaign_status cpn_page_add_budget(cpn_page *page, campaign_error *error);
campaign_status cpn_page_add_targets(cpn_page *page, campaign_error *error);

#endif
