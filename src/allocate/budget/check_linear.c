/* Whether limits that tie groups to each other can hold: the first phase of the simplex method on the spends of groups.
 * Places are few where items are many, because the items of one group are one variable here. */
#include <math.h>

#include "allocate/budget/check.h"
#include "base/memory.h"

/* Above this many cells the question is left to the search itself. */
static const int64_t most_cells = 4000000;
static const double tolerance = 1e-9;

/* Rows a·x = b with x ≥ 0: variables of places, then one slack each row that has one, then b. An artificial variable is
 * basic where basis is -1; its row is part of what is to become 0. */
typedef struct tableau {
    int32_t n_rows, n_columns; /* columns without b */
    int32_t n_places;
    double *cells;
    int32_t *basis;
} tableau;

static double *row_of(const tableau *t, int32_t row)
{
    return t->cells + (int64_t)row * (t->n_columns + 1);
}

static bool is_below(const cpn_spend_book *book, int32_t place, int32_t group)
{
    int32_t at = place - 1;
    while (at >= 0 && at != group) at = book->groups[at].parent;
    return at == group;
}

/* How a limit looks: sign +1 for at most, -1 for at least, 0 for exactly. */
static int32_t sense_of(const cpn_spend_limit *limit)
{
    if (limit->kind == CPN_SPEND_LIMIT_SHARE) return 0;
    return limit->kind == CPN_SPEND_LIMIT_MINIMUM || limit->kind == CPN_SPEND_LIMIT_MINIMUM_SHARE ? -1 : 1;
}

/* Makes row number row of the tableau ready: slack where it is no equation, b not negative, a basic variable. */
static void finish_row(tableau *t, int32_t row, int32_t sense)
{
    double *cells = row_of(t, row), most = 0;
    for (int32_t c = 0; c < t->n_places; c++) most = fabs(cells[c]) > most ? fabs(cells[c]) : most;
    for (int32_t c = 0; most > 0 && c <= t->n_columns; c++) cells[c] /= most;
    if (sense != 0) cells[t->n_places + row] = sense;
    if (cells[t->n_columns] < 0)
        for (int32_t c = 0; c <= t->n_columns; c++) cells[c] = -cells[c];
    t->basis[row] = sense != 0 && cells[t->n_places + row] > 0 ? t->n_places + row : -1;
}

/* In whole minor units an exact share is rounded down or up: it stays within one unit, on two sides. */
static bool is_rounded(const cpn_spend_rules *rules, const cpn_spend_limit *limit)
{
    return rules->book->terms.is_money && cpn_spend_is_ratio(limit) && limit->kind == CPN_SPEND_LIMIT_SHARE;
}

static void fill_limit(tableau *t, int32_t row, const cpn_spend_rules *rules, const cpn_spend_limit *limit,
                       int32_t sense)
{
    const bool is_ratio = cpn_spend_is_ratio(limit);
    double *cells = row_of(t, row);
    cells[t->n_columns] = !is_ratio ? limit->amount : is_rounded(rules, limit) ? sense : 0;
    for (int32_t place = 0; place < t->n_places; place++) {
        cells[place] = is_below(rules->book, place, limit->group) ? 1 : 0;
        if (is_ratio && is_below(rules->book, place, limit->of)) cells[place] -= limit->share;
        cells[t->n_columns] -= cells[place] * rules->lower[place];
    }
    finish_row(t, row, sense);
}

static void fill(tableau *t, const cpn_spend_rules *rules)
{
    int32_t row = 0;
    for (int32_t l = 0; l < rules->book->n_limits; l++)
        if (rules->holds[l] && is_rounded(rules, &rules->book->limits[l])) {
            fill_limit(t, row++, rules, &rules->book->limits[l], 1);
            fill_limit(t, row++, rules, &rules->book->limits[l], -1);
        } else if (rules->holds[l]) {
            fill_limit(t, row++, rules, &rules->book->limits[l], sense_of(&rules->book->limits[l]));
        }
    for (int32_t place = 0; place < t->n_places; place++) {
        if (rules->upper[place] == INFINITY) continue;
        row_of(t, row)[place] = 1;
        row_of(t, row)[t->n_columns] = rules->upper[place] - rules->lower[place];
        finish_row(t, row++, 1);
    }
    double most = 0;
    for (int32_t r = 0; r < row; r++) most = fmax(most, row_of(t, r)[t->n_columns]);
    for (int32_t r = 0; most > 0 && r < row; r++) row_of(t, r)[t->n_columns] /= most;
}

/* Sum of the artificial variables, and how fast each column brings it down. */
static double count_rest(double *gains, const tableau *t)
{
    double rest = 0;
    for (int32_t c = 0; c < t->n_columns; c++) gains[c] = 0;
    for (int32_t r = 0; r < t->n_rows; r++) {
        if (t->basis[r] >= 0) continue;
        rest += row_of(t, r)[t->n_columns];
        for (int32_t c = 0; c < t->n_columns; c++) gains[c] += row_of(t, r)[c];
    }
    return rest;
}

/* The row that leaves for a column: the smallest ratio; of equal ones an artificial variable, then the lowest. */
static int32_t choose_row(const tableau *t, int32_t column)
{
    int32_t best = -1;
    double least = INFINITY;
    for (int32_t r = 0; r < t->n_rows; r++) {
        const double cell = row_of(t, r)[column];
        if (cell <= tolerance) continue;
        const double ratio = row_of(t, r)[t->n_columns] / cell;
        if (ratio < least || (ratio <= least && t->basis[r] < t->basis[best])) {
            least = ratio;
            best = r;
        }
    }
    return best;
}

static void pivot(tableau *t, int32_t row, int32_t column)
{
    double *at = row_of(t, row);
    const double cell = at[column];
    for (int32_t c = 0; c <= t->n_columns; c++) at[c] /= cell;
    for (int32_t r = 0; r < t->n_rows; r++) {
        double *other = row_of(t, r);
        const double factor = r == row ? 0 : other[column];
        for (int32_t c = 0; factor != 0 && c <= t->n_columns; c++) other[c] -= factor * at[c];
        if (factor != 0 && other[t->n_columns] < 0) other[t->n_columns] = 0; /* the last digits only */
    }
    t->basis[row] = column;
}

/* Bland's rule: the first column that helps, so that no basis comes twice. */
static bool reach_zero(tableau *t, double *gains)
{
    const int64_t most_rounds = 20 * ((int64_t)t->n_rows + t->n_columns) + 1000;
    for (int64_t round = 0; round < most_rounds; round++) {
        if (count_rest(gains, t) <= tolerance) return true;
        int32_t column = 0;
        while (column < t->n_columns && gains[column] <= tolerance) column++;
        const int32_t row = column < t->n_columns ? choose_row(t, column) : -1;
        if (row < 0) return false;
        pivot(t, row, column);
    }
    return true;
}

campaign_status cpn_spend_holds_linear(bool *is_possible, const cpn_spend_rules *rules, campaign_error *error)
{
    tableau t = { .n_places = rules->book->n_groups + 1 };
    for (int32_t l = 0; l < rules->book->n_limits; l++)
        if (rules->holds[l]) t.n_rows += is_rounded(rules, &rules->book->limits[l]) ? 2 : 1;
    for (int32_t place = 0; place < t.n_places; place++) t.n_rows += rules->upper[place] < INFINITY;
    t.n_columns = t.n_places + t.n_rows;
    const int64_t n_cells = (int64_t)t.n_rows * (t.n_columns + INT64_C(1));
    *is_possible = true;
    if (n_cells > most_cells) return CAMPAIGN_OK;
    t.cells = cpn_alloc_zero(n_cells, sizeof *t.cells);
    t.basis = cpn_alloc(t.n_rows, sizeof *t.basis);
    double *gains = cpn_alloc(t.n_columns, sizeof *gains);
    const campaign_status status = t.cells && t.basis && gains ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        fill(&t, rules);
        *is_possible = reach_zero(&t, gains);
    }
    cpn_free(t.cells);
    cpn_free(t.basis);
    cpn_free(gains);
    return status;
}
