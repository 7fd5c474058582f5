/* Tables of the page: targets, campaigns, budget, tasks or deadlines, risks, notes. */
#include <string.h>

#include "io/forms/html.h"

enum { MOST_COLUMNS = 12 };

/* A heading, a form, and which of its columns are shown; others that the table has stay out. */
typedef struct section {
    const char *en, *zh, *form;
    const campaign_table *table;
    const char *columns[MOST_COLUMNS];
    bool (*shows)(const cpn_page *page, int64_t row);
} section;

static int32_t find_shown(const cpn_form_layout *layout, const char *id)
{
    for (int32_t i = 0; i < layout->n_columns; i++)
        if (layout->columns[i].field && strcmp(layout->columns[i].field->id, id) == 0) return i;
    return -1;
}

/* Whether any row has something in a column: what is empty throughout is not shown. */
static bool has_values(const cpn_form_layout *layout, int32_t column)
{
    const int32_t index = layout->columns[column].index;
    for (int64_t row = 0; index >= 0 && row < layout->n_rows; row++)
        if (!campaign_table_is_null(layout->table, index, row)) return true;
    return false;
}

static bool is_number(const cpn_form_column *column)
{
    return column->kind == CPN_FORM_MONEY || column->kind == CPN_FORM_REAL || column->kind == CPN_FORM_SHARE ||
           column->kind == CPN_FORM_INTEGER;
}

static bool is_time(const cpn_form_column *column)
{
    return column->kind == CPN_FORM_DATE || column->kind == CPN_FORM_LAST_DAY || column->kind == CPN_FORM_MOMENT;
}

/* Ids of campaigns are shown as their names. */
static bool is_campaign(const cpn_page *page, const cpn_form_layout *layout, const cpn_form_column *column)
{
    return layout->table != page->campaigns && column->field && strcmp(column->field->id, "campaign") == 0;
}

static void add_row(cpn_page *page, const cpn_form_layout *layout, const int32_t *columns, int32_t n, int64_t row)
{
    cpn_page_add(page, "<tr>");
    for (int32_t i = 0; i < n; i++) {
        const cpn_form_column *column = &layout->columns[columns[i]];
        cpn_page_add(page, is_number(column) ? "<td class=\"n\">" : is_time(column) ? "<td class=\"d\">" : "<td>");
        if (is_campaign(page, layout, column))
            cpn_page_add_campaign(page, layout->table, row);
        else
            cpn_page_add_cell(page, layout, columns[i], row);
        cpn_page_add(page, "</td>");
    }
    cpn_page_add(page, "</tr>\n");
}

static void add_rows(cpn_page *page, const section *self, const cpn_form_layout *layout)
{
    int32_t columns[MOST_COLUMNS], n = 0;
    for (int i = 0; i < MOST_COLUMNS && self->columns[i]; i++) {
        const int32_t found = find_shown(layout, self->columns[i]);
        if (found >= 0 && has_values(layout, found)) columns[n++] = found;
    }
    cpn_page_add(page, "<table><thead><tr>");
    for (int32_t i = 0; i < n; i++) {
        const cpn_form_column *column = &layout->columns[columns[i]];
        cpn_page_add(page, is_number(column) ? "<th class=\"n\">" : "<th>");
        if (is_campaign(page, layout, column))
            cpn_page_add_words(page, "Campaign", "活动名称");
        else
            cpn_page_add_text(page, column->heading, strlen(column->heading));
        cpn_page_add(page, "</th>");
    }
    cpn_page_add(page, "</tr></thead><tbody>\n");
    for (int64_t row = 0; row < layout->n_rows; row++)
        if (!self->shows || self->shows(page, row)) add_row(page, layout, columns, n, row);
    cpn_page_add(page, "</tbody></table>\n");
}

static campaign_status add_section(cpn_page *page, const section *self, campaign_error *error)
{
    if (!campaign_table_n_rows(self->table)) return CAMPAIGN_OK;
    cpn_form_layout layout;
    campaign_sheet sheet = CAMPAIGN_SHEET_INIT;
    sheet.form = self->form, sheet.table = self->table;
    const campaign_status status = cpn_form_lay_out(&layout, &sheet, &page->style, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_page_add(page, "<section><h2>");
    cpn_page_add_words(page, self->en, self->zh);
    cpn_page_add(page, "</h2>\n");
    add_rows(page, self, &layout);
    cpn_page_add(page, "</section>\n");
    cpn_form_free_layout(&layout);
    return CAMPAIGN_OK;
}

/* Quarters and months of the whole. */
static bool is_period(const cpn_page *page, int64_t row)
{
    static const char *const parts[] = { "product_line", "market", "channel", "tier", "rep" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (cpn_page_has(page->targets, parts[i], row)) return false;
    return cpn_page_is(page->targets, "level", row, "quarter") || cpn_page_is(page->targets, "level", row, "month");
}

campaign_status cpn_page_add_targets(cpn_page *page, campaign_error *error)
{
    bool is_there = false;
    for (int64_t row = 0; row < campaign_table_n_rows(page->targets) && !is_there; row++)
        is_there = is_period(page, row);
    const section targets = {
        "Targets", "目标", "targets", page->targets, { "period", "start", "end", "target", "share_ppm", "assigned" },
        is_period
    };
    return is_there ? add_section(page, &targets, error) : CAMPAIGN_OK;
}

/* A bar as long as a share of the whole, in percent. */
static void add_bar(cpn_page *page, int64_t share_ppm)
{
    char room[CPN_FORM_CELL_ROOM];
    if (share_ppm < 0) share_ppm = 0;
    if (share_ppm > 1000000) share_ppm = 1000000;
    cpn_page_add(page, "<td class=\"bar\"><span style=\"width:");
    cpn_io_add(&page->text, room, cpn_form_print_decimal(room, share_ppm, 4, 0));
    cpn_page_add(page, "%\"></span></td>");
}

campaign_status cpn_page_add_budget(cpn_page *page, campaign_error *error)
{
    if (!campaign_table_n_rows(page->budget)) return CAMPAIGN_OK;
    cpn_form_layout layout;
    campaign_sheet sheet = CAMPAIGN_SHEET_INIT;
    sheet.form = "budget", sheet.table = page->budget;
    const campaign_status status = cpn_form_lay_out(&layout, &sheet, &page->style, error);
    if (status != CAMPAIGN_OK) return status;
    static const char *const ids[] = { "group", "name", "amount", "share_ppm" };
    cpn_page_add(page, "<section><h2>");
    cpn_page_add_words(page, "Budget", "预算");
    cpn_page_add(page, "</h2>\n<table class=\"budget\"><thead><tr>");
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const int32_t column = find_shown(&layout, ids[i]);
        const char *heading = column < 0 ? "" : layout.columns[column].heading;
        cpn_page_add(page, i < 2 ? "<th>" : "<th class=\"n\">");
        cpn_page_add_text(page, heading, strlen(heading));
        cpn_page_add(page, "</th>");
    }
    cpn_page_add(page, "<th></th></tr></thead><tbody>\n");
    for (int64_t row = 0; row < layout.n_rows; row++) {
        cpn_page_add(page, "<tr>");
        for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
            const int32_t column = find_shown(&layout, ids[i]);
            cpn_page_add(page, i == 0 ? "<td class=\"d\">" : i < 2 ? "<td>" : "<td class=\"n\">");
            if (column >= 0) cpn_page_add_cell(page, &layout, column, row);
            cpn_page_add(page, "</td>");
        }
        add_bar(page, cpn_page_value(page->budget, "share_ppm", row));
        cpn_page_add(page, "</tr>\n");
    }
    cpn_page_add(page, "</tbody></table></section>\n");
    cpn_form_free_layout(&layout);
    return CAMPAIGN_OK;
}

campaign_status cpn_page_add_tables(cpn_page *page, campaign_error *error)
{
    const bool has_tasks = campaign_table_n_rows(page->tasks) > 0;
    const section sections[] = {
        { "Campaigns",
          "活动",
          "campaigns",
          page->campaigns,
          { "name", "tier", "start", "end", "target", "season", "objective" },
          NULL },
        { "Tasks",
          "任务",
          "tasks",
          page->tasks,
          { "campaign", "name", "role", "owner", "start", "finish", "due", "due_at", "status" },
          NULL },
        { "Deadlines",
          "截止事项",
          "deadlines",
          has_tasks ? NULL : page->deadlines,
          { "campaign", "name", "date", "due", "working_days" },
          NULL },
        { "Risks",
          "风险",
          "risks",
          page->risks,
          { "severity", "name", "subject", "numbers", "action", "owner", "due_at", "escalate_to", "status" },
          NULL },
        { "Notes", "说明", "notes", page->notes, { "severity", "text" }, NULL },
    };
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof sections / sizeof *sections && status == CAMPAIGN_OK; i++)
        status = add_section(page, &sections[i], error);
    return status;
}
