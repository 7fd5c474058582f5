/* Keeps cells, finds them, and names their places. */
#include "io/forms/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/forms/xlsx.h"

campaign_status cpn_grid_add(cpn_grid *grid, const cpn_grid_cell *cell, const char *text, size_t length,
                             campaign_error *error)
{
    if (grid->n_cells >= CPN_GRID_MOST_CELLS || length > CPN_GRID_MOST_BYTES ||
        grid->texts.length > CPN_GRID_MOST_BYTES)
        return cpn_io_fail(error, CAMPAIGN_E_LIMIT, -1, grid->name, "more than %d cells, or 512 MiB of text",
                           CPN_GRID_MOST_CELLS);
    void *cells = grid->cells;
    if (!cpn_io_reserve(&cells, &grid->capacity, grid->n_cells + 1, sizeof *grid->cells))
        return cpn_io_fail_nomem(error);
    grid->cells = cells;
    cpn_grid_cell *added = &grid->cells[grid->n_cells];
    *added = *cell;
    added->text = grid->texts.length;
    added->length = (int32_t)length;
    cpn_io_add(&grid->texts, text, length);
    if (grid->texts.has_failed) return cpn_io_fail_nomem(error);
    grid->n_cells++;
    if (cell->column >= grid->n_columns) grid->n_columns = cell->column + 1;
    return CAMPAIGN_OK;
}

static int compare_cells(const void *a, const void *b)
{
    const cpn_grid_cell *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    if (x->column != y->column) return x->column < y->column ? -1 : 1;
    return x->text < y->text ? -1 : x->text > y->text;
}

void cpn_grid_sort(cpn_grid *grid)
{
    int64_t n = 0;
    if (grid->n_cells) qsort(grid->cells, (size_t)grid->n_cells, sizeof *grid->cells, compare_cells);
    for (int64_t i = 0; i < grid->n_cells; i++) {
        const cpn_grid_cell *cell = &grid->cells[i];
        if (n && grid->cells[n - 1].row == cell->row && grid->cells[n - 1].column == cell->column) n--;
        grid->cells[n++] = *cell;
    }
    grid->n_cells = n;
}

bool cpn_grid_next_row(int64_t *first, int64_t *end, const cpn_grid *grid)
{
    if (*first >= grid->n_cells) return false;
    *end = *first + 1;
    while (*end < grid->n_cells && grid->cells[*end].row == grid->cells[*first].row) ++*end;
    return true;
}

const cpn_grid_cell *cpn_grid_find(const cpn_grid *grid, int64_t first, int64_t end, int32_t column)
{
    for (int64_t i = first; i < end; i++)
        if (grid->cells[i].column == column) return &grid->cells[i];
    return NULL;
}

void cpn_grid_free(cpn_grid *grid)
{
    free(grid->name);
    free(grid->cells);
    free(grid->texts.data);
    *grid = (cpn_grid){ 0 };
}

campaign_status cpn_grid_fail(const cpn_grid *grid, const cpn_grid_cell *cell, campaign_status code,
                              const char *message, campaign_error *error)
{
    char where[256], name[CPN_XLSX_CELL_ROOM];
    (void)cpn_xlsx_cell_name(name, cell->row, cell->column);
    (void)snprintf(where, sizeof where, "%s%.124s%scell %s", grid->name ? "sheet " : "", grid->name ? grid->name : "",
                   grid->name ? ", " : "", name);
    return cpn_io_fail(error, code, cell->row, where, "%s", message);
}
