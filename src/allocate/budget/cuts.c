/* Several rows beyond the tree: their multipliers by cutting planes (Kelley 1960; Dantzig, Wolfe 1960). Each round's
 * spends are a column of a small linear program, which mixes columns so that all rows hold; its own multipliers are the
 * next to try, halfway from the best known while that helps. Boxes around the multipliers grow as they are reached. */
#include <math.h>
#include <string.h>

#include "allocate/budget/parts.h"
#include "base/memory.h"
#include "base/number.h"

enum { MOST_ROUNDS = 300, MOST_IDLE = 40, MOST_PIVOTS = 500, RAY_ROUNDS = 5 };
/* Where no mix keeps the rows, multipliers so many times as large soon tell of a part without a plan. */
static const double ray = 1024;

/* Columns: 2 for each row (slack and what breaks it), then one a round. Rows: the problem's, then Σ shares = 1. */
typedef struct cut_program {
    cpn_spend_search *search;
    double *columns;                 /* column × (n_rows + 1) */
    double *values;                  /* of each column */
    double *tried;                   /* of each round × n_rows: its multipliers */
    double *boxes;                   /* of each row */
    int32_t *basis;                  /* n_rows + 1 columns */
    double *shares;                  /* of each basic column */
    double *matrix, *prices, *entry; /* scratch of the simplex method */
    double *residuals, *best;
    double *hints; /* of each row: its multiplier before */
    int32_t n_rows, n_size, n_columns;
    double bound; /* the best */
    double lift;  /* of it: what exact shares may miss in whole units, which the program knows nothing of */
} cut_program;

static void close_program(cut_program *program)
{
    cpn_free(program->columns);
    cpn_free(program->values);
    cpn_free(program->tried);
    cpn_free(program->boxes);
    cpn_free(program->basis);
    cpn_free(program->shares);
    cpn_free(program->matrix);
    cpn_free(program->prices);
    cpn_free(program->entry);
    cpn_free(program->residuals);
    cpn_free(program->best);
    cpn_free(program->hints);
}

static bool open_program(cut_program *program, cpn_spend_search *search)
{
    const int64_t n = search->n_rows, size = n + 1, most = 2 * n + MOST_ROUNDS + 1;
    *program = (cut_program){ .search = search, .n_rows = search->n_rows, .n_size = search->n_rows + 1 };
    program->columns = cpn_alloc_zero(most * size, sizeof *program->columns);
    program->values = cpn_alloc_zero(most, sizeof *program->values);
    program->tried = cpn_alloc_zero((MOST_ROUNDS + 1) * n, sizeof *program->tried);
    program->boxes = cpn_alloc_zero(n, sizeof *program->boxes);
    program->basis = cpn_alloc_zero(size, sizeof *program->basis);
    program->shares = cpn_alloc_zero(size, sizeof *program->shares);
    program->matrix = cpn_alloc_zero(size * (size + 1), sizeof *program->matrix);
    program->prices = cpn_alloc_zero(size, sizeof *program->prices);
    program->entry = cpn_alloc_zero(size, sizeof *program->entry);
    program->residuals = cpn_alloc_zero(n, sizeof *program->residuals);
    program->best = cpn_alloc_zero(n, sizeof *program->best);
    program->hints = cpn_alloc_zero(n, sizeof *program->hints);
    program->bound = INFINITY;
    return program->columns && program->values && program->tried && program->boxes && program->basis &&
           program->shares && program->matrix && program->prices && program->entry && program->residuals &&
           program->best && program->hints;
}

/* ---- The small linear program ------------------------------------------------------------------------------------ */

/* Solves basis × x = right (or its transpose), by elimination with pivots; x takes right's place. */
static bool solve_basis(cut_program *program, double *right, bool is_transposed)
{
    const int32_t m = program->n_size;
    double *a = program->matrix;
    for (int32_t i = 0; i < m; i++) {
        for (int32_t j = 0; j < m; j++) {
            const int32_t row = is_transposed ? j : i, column = is_transposed ? i : j;
            a[i * (m + 1) + j] = program->columns[(int64_t)program->basis[column] * m + row];
        }
        a[i * (m + 1) + m] = right[i];
    }
    for (int32_t k = 0; k < m; k++) {
        int32_t pivot = k;
        for (int32_t i = k + 1; i < m; i++)
            if (fabs(a[i * (m + 1) + k]) > fabs(a[pivot * (m + 1) + k])) pivot = i;
        if (a[pivot * (m + 1) + k] == 0) return false;
        for (int32_t j = k; j <= m && pivot != k; j++) {
            const double kept = a[k * (m + 1) + j];
            a[k * (m + 1) + j] = a[pivot * (m + 1) + j];
            a[pivot * (m + 1) + j] = kept;
        }
        for (int32_t i = 0; i < m; i++) {
            const double times = a[i * (m + 1) + k] / a[k * (m + 1) + k];
            if (i == k || times == 0) continue;
            for (int32_t j = k; j <= m; j++) a[i * (m + 1) + j] -= times * a[k * (m + 1) + j];
        }
    }
    for (int32_t i = 0; i < m; i++) right[i] = a[i * (m + 1) + m] / a[i * (m + 1) + i];
    return true;
}

static bool is_basic(const cut_program *program, int32_t column)
{
    for (int32_t i = 0; i < program->n_size; i++)
        if (program->basis[i] == column) return true;
    return false;
}

/* The column that gains most at the prices, or -1. */
static int32_t choose_entry(const cut_program *program, double precision)
{
    const int32_t m = program->n_size;
    int32_t chosen = -1;
    double most = 0;
    for (int32_t c = 0; c < program->n_columns; c++) {
        if (is_basic(program, c)) continue;
        double gain = program->values[c], size = fabs(gain);
        for (int32_t i = 0; i < m; i++) {
            const double paid = program->prices[i] * program->columns[(int64_t)c * m + i];
            gain -= paid;
            size += fabs(paid);
        }
        if (gain > precision + 1e-15 * size && gain > most) {
            most = gain;
            chosen = c;
        }
    }
    return chosen;
}

/* Brings the column in for the basic one that is used up first. */
static bool exchange(cut_program *program, int32_t column)
{
    const int32_t m = program->n_size;
    memcpy(program->entry, &program->columns[(int64_t)column * m], (size_t)m * sizeof *program->entry);
    if (!solve_basis(program, program->entry, false)) return false;
    int32_t leaves = -1;
    double least = INFINITY;
    for (int32_t i = 0; i < m; i++) {
        if (!(program->entry[i] > 1e-13)) continue;
        const double length = fmax(program->shares[i], 0) / program->entry[i];
        if (length < least || (length == least && program->basis[i] < program->basis[leaves])) {
            least = length;
            leaves = i;
        }
    }
    if (leaves < 0) return false;
    program->basis[leaves] = column;
    for (int32_t i = 0; i < m; i++) program->shares[i] = i == m - 1 ? 1 : 0;
    return solve_basis(program, program->shares, false);
}

static void set_prices(cut_program *program)
{
    for (int32_t i = 0; i < program->n_size; i++) program->prices[i] = program->values[program->basis[i]];
    (void)solve_basis(program, program->prices, true);
}

/* Best mix of the columns; its value is prices[n_rows], the rows' multipliers stand before. */
static void solve_program(cut_program *program)
{
    const double precision = cpn_is_finite(program->bound) ? 1e-15 * fabs(program->bound) : 0;
    set_prices(program);
    for (int32_t i = 0; i < MOST_PIVOTS; i++) {
        const int32_t column = choose_entry(program, precision);
        if (column < 0 || !exchange(program, column)) break;
        set_prices(program);
    }
}

/* ---- Rounds ------------------------------------------------------------------------------------------------------ */

/* Slack of a row, and what stands in for breaking it at the price of its box. */
static void set_boxes(cut_program *program)
{
    const int32_t m = program->n_size;
    for (int32_t r = 0; r < program->n_rows; r++) {
        program->columns[(int64_t)(2 * r) * m + r] = 1;
        program->columns[(int64_t)(2 * r + 1) * m + r] = -1;
        program->values[2 * r] = program->search->rows[r].is_equal ? -program->boxes[r] : 0;
        program->values[2 * r + 1] = -program->boxes[r];
    }
}

static campaign_status add_round(cut_program *program, const double *multipliers, campaign_error *error)
{
    cpn_spend_search *search = program->search;
    const int32_t m = program->n_size, n = program->n_rows, column = program->n_columns;
    for (int32_t r = 0; r < n; r++) /* only of equal rows a multiplier below 0 makes a bound */
        search->multipliers[r] = search->rows[r].is_equal ? multipliers[r] : fmax(multipliers[r], 0);
    memcpy(&program->tried[(int64_t)(column - 2 * n) * n], search->multipliers, (size_t)n * sizeof *multipliers);
    double dual, owed = 0, lift = 0;
    const campaign_status status = cpn_spend_price_rows(search, &dual, program->residuals, error);
    if (status != CAMPAIGN_OK) return status;
    for (int32_t r = 0; r < n; r++) {
        lift += fabs(search->multipliers[r]) * cpn_spend_row_slack(search, r);
        owed += search->multipliers[r] * program->residuals[r];
        program->columns[(int64_t)column * m + r] = program->residuals[r];
    }
    const double value = cpn_spend_objective_of(search, search->spends, true);
    if (search->is_frozen) dual = value - owed;
    program->columns[(int64_t)column * m + n] = 1;
    program->values[column] = value;
    program->n_columns++;
    if (dual < program->bound) {
        program->bound = dual;
        program->lift = search->is_frozen ? 0 : lift;
        memcpy(program->best, search->multipliers, (size_t)n * sizeof *program->best);
    }
    return CAMPAIGN_OK;
}

/* What a multiplier usually is: 1 in the units of prices, or of values. */
static double usual_multiplier(const cpn_spend_search *search, int32_t row)
{
    const bool is_least = search->problem->objective == CPN_SPEND_LEAST_SPEND;
    if (search->rows[row].ratio >= 0) return is_least ? 1 : search->usual;
    return is_least ? 1 / search->usual : 1;
}

/* The first column, and whatever keeps the rows beside it. */
static campaign_status start_program(cut_program *program, campaign_error *error)
{
    cpn_spend_search *search = program->search;
    const int32_t n = program->n_rows;
    program->n_columns = 2 * n;
    for (int32_t r = 0; r < n; r++) {
        const double usual = usual_multiplier(search, r);
        const bool is_least = search->rows[r].ratio < 0 && search->problem->objective == CPN_SPEND_LEAST_SPEND;
        double hint = program->hints[r] = search->multipliers[r];
        if (fabs(hint) > 1e4 * usual || (hint < 0 && !search->rows[r].is_equal)) hint = 0;
        program->prices[r] = is_least && !(hint > 1e-6 * usual) ? usual : hint;
        program->boxes[r] = fmax(4 * fabs(program->prices[r]), 4 * usual);
    }
    const campaign_status status = add_round(program, program->prices, error);
    for (int32_t r = 0; r < n; r++) {
        program->basis[r] = 2 * r + (program->residuals[r] > 0);
        program->shares[r] = fabs(program->residuals[r]);
    }
    program->basis[n] = 2 * n;
    program->shares[n] = 1;
    set_boxes(program);
    return status;
}

/* Whether the best mix breaks the row of a basic column. */
static bool is_breaking(const cut_program *program, int32_t i)
{
    const int32_t column = program->basis[i];
    if (column >= 2 * program->n_rows || program->values[column] == 0) return false;
    return program->shares[i] >
           1e-12 * cpn_spend_row_size(program->search, column / 2) + cpn_spend_row_near(program->search, column / 2);
}

static bool breaks_rows(const cut_program *program)
{
    for (int32_t i = 0; i < program->n_size; i++)
        if (is_breaking(program, i)) return true;
    return false;
}

/* Grows the boxes of rows that the best mix still breaks; tells the first one that no box will mend. */
static bool grow_boxes(cut_program *program, int32_t *hopeless)
{
    bool has_grown = false;
    *hopeless = -1;
    for (int32_t i = 0; i < program->n_size; i++) {
        if (!is_breaking(program, i)) continue;
        const int32_t row = program->basis[i] / 2;
        const double most = program->search->is_frozen ? 1e5 : 1e14; /* a plan that needs more is none */
        if (program->boxes[row] > most * usual_multiplier(program->search, row) && *hopeless < 0) *hopeless = row;
        program->boxes[row] *= 64;
        has_grown = true;
    }
    if (has_grown) set_boxes(program);
    return has_grown;
}

/* Mixes the columns' spends, each round done once more. */
static campaign_status mix_columns(cut_program *program, campaign_error *error)
{
    cpn_spend_search *search = program->search;
    const int32_t n = program->n_rows;
    double *mixed = search->sides[0], whole = 0, dual;
    campaign_status status = CAMPAIGN_OK;
    memset(mixed, 0, (size_t)search->n_seats * sizeof *mixed);
    for (int32_t i = 0; i <= n; i++)
        if (program->basis[i] >= 2 * n && program->shares[i] > 0) whole += program->shares[i];
    for (int32_t i = 0; i <= n && status == CAMPAIGN_OK; i++) {
        const int32_t round = program->basis[i] - 2 * n;
        if (round < 0 || !(program->shares[i] > 0)) continue;
        memcpy(search->multipliers, &program->tried[(int64_t)round * n], (size_t)n * sizeof *program->tried);
        status = cpn_spend_price_rows(search, &dual, program->residuals, error);
        const double share = program->shares[i] / whole;
        for (int64_t s = 0; s < search->n_seats; s++) mixed[s] += share * search->spends[s];
    }
    for (int64_t s = 0; s < search->n_seats; s++) /* sums of shares may round away from a spend common to all */
        search->spends[s] =
            fabs(mixed[s] - search->spends[s]) <= 4 * DBL_EPSILON * mixed[s] ? search->spends[s] : mixed[s];
    return status;
}

/* Rounds until the best mix of the columns meets the bound; hopeless is a row that cannot be kept, or -1. */
static campaign_status run_rounds(cut_program *program, int32_t *hopeless, campaign_error *error)
{
    const cpn_spend_search *search = program->search;
    campaign_status status = CAMPAIGN_OK;
    const double near = fmin(fmax(search->gap_goal / 100, 1e-13), 1e-9);
    double least_gap = INFINITY;
    int32_t n_idle = 0;
    bool is_halfway = true;
    *hopeless = -1;
    for (int32_t round = 1; round < MOST_ROUNDS && status == CAMPAIGN_OK; round++) {
        if (cpn_spend_is_closed(search, program->bound)) break;
        solve_program(program);
        const double floor = program->prices[program->n_rows], before = program->bound;
        const double gap = program->bound - program->lift - floor;
        n_idle = gap < 0.9 * least_gap ? 0 : n_idle + 1;
        least_gap = fmin(gap, least_gap);
        if (gap <= near * fmax(fabs(program->bound), search->tiny) || n_idle > MOST_IDLE) {
            n_idle = 0;
            least_gap = INFINITY;
            if (!grow_boxes(program, hopeless) || *hopeless >= 0) break;
            continue;
        }
        for (int32_t r = 0; r < program->n_rows && is_halfway; r++)
            program->prices[r] += 0.5 * (program->best[r] - program->prices[r]);
        if (round % RAY_ROUNDS == 0 && breaks_rows(program))
            for (int32_t r = 0; r < program->n_rows; r++) program->prices[r] *= ray;
        status = add_round(program, program->prices, error);
        is_halfway = program->bound < before ? is_halfway : !is_halfway;
    }
    for (int32_t i = 0; i < program->n_size && search->is_frozen && *hopeless < 0; i++)
        if (is_breaking(program, i)) *hopeless = program->basis[i] / 2;
    return status;
}

/* The row that the last round broke at the highest price. */
static int32_t most_broken(const cut_program *program)
{
    int32_t row = 0;
    double most = 0;
    for (int32_t r = 0; r < program->n_rows; r++) {
        const double paid = program->search->multipliers[r] * program->residuals[r];
        if (paid <= most) continue;
        most = paid;
        row = r;
    }
    return row;
}

campaign_status cpn_spend_relax_many(cpn_spend_search *search, bool *is_empty, campaign_error *error)
{
    cut_program program;
    int32_t hopeless = -1;
    campaign_status status = open_program(&program, search) ? start_program(&program, error) : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = run_rounds(&program, &hopeless, error);
    /* only a bound below every plan's value tells that there is none; one that is short of that is a bound */
    const bool is_closed = cpn_spend_is_closed(search, program.bound);
    *is_empty = program.bound < search->least_value || (search->is_frozen && (is_closed || hopeless >= 0));
    if (*is_empty)
        search->broken = -1 - (hopeless >= 0 ? hopeless : most_broken(&program));
    else if (status == CAMPAIGN_OK && !is_closed)
        status = mix_columns(&program, error);
    search->bound = search->is_frozen ? INFINITY : program.bound;
    const double *const next = *is_empty || is_closed ? program.hints : program.best;
    if (status == CAMPAIGN_OK) memcpy(search->multipliers, next, (size_t)search->n_rows * sizeof *next);
    close_program(&program);
    return status;
}
