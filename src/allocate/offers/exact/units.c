/* Brings an assignment to whole units: costs and capacities of each row by their common divisor, values by the grid. Tells
 * where that cannot be, or where the tables would be too large. */
#include <math.h>

#include "allocate/offers/exact/assign.h"
#include "base/memory.h"

static const double most_room = 200000, most_cells = 4e6, most_work = 4e7, most_prices = 4e6;
static const double exact_sum = 0x1p48;
enum { MOST_STEPS = 1024 };

/* ---- Whether it suits -------------------------------------------------------------------------------------------- */

static int64_t n_costly(const cpn_offers_small *problem, int64_t pair, int64_t *use)
{
    int64_t n = 0;
    for (int64_t u = problem->use_starts[pair]; u < problem->use_starts[pair + 1]; u++) {
        if (!(problem->use_costs[u] > 0)) continue;
        *use = u;
        n++;
    }
    return n;
}

bool cpn_offers_assign_suits(const cpn_offers_search *search)
{
    const cpn_offers_small *problem = search->problem;
    const cpn_offers_lp *lp = &search->lp;
    double largest = 1;
    int64_t use = 0;
    if (!(search->grid > 0) || problem->n_rows < 2) return false;
    if ((double)(problem->n_customers + 1) * (double)problem->n_customers > most_prices) return false;
    for (int32_t c = 0; c < lp->n_customers; c++)
        if (lp->upper[lp->n_pairs + c] > 1) return false;
    for (int64_t p = 0; p < problem->n_pairs; p++) {
        if (n_costly(problem, p, &use) > 1) return false;
        largest = fmax(largest, fabs(lp->true_values[p]) / search->grid);
    }
    return largest * (double)(problem->n_customers + 1) < exact_sum;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static double common_divisor(double a, double b)
{
    while (b > 0) {
        const double rest = fmod(a, b);
        a = b;
        b = rest;
    }
    return a;
}

/* Divisor of the costs of each row, 0 where they are not whole; rows in units of it. */
static bool find_units(cpn_offers_assign *assign, double *units, double *sums)
{
    const cpn_offers_small *problem = assign->search->problem;
    for (int64_t p = 0; p < problem->n_pairs; p++) {
        int64_t use = 0;
        if (n_costly(problem, p, &use) == 0) continue;
        const double cost = problem->use_costs[use];
        if (cost > floor(cost) || cost > 0x1p53) return false;
        units[problem->use_rows[use]] = common_divisor(units[problem->use_rows[use]], cost);
        sums[problem->use_rows[use]] += cost;
    }
    for (int32_t r = 0; r < assign->n_rows; r++) {
        if (!(units[r] > 0)) units[r] = 1;
        const double room = floor(fmin(problem->capacities[r], sums[r]) / units[r]);
        if (room > most_room) return false;
        assign->room[r] = (int32_t)room;
    }
    return true;
}

/* Options that can never be taken: those beyond their row's whole capacity, and what the customer's numbers forbid. */
static void open_options(cpn_offers_assign *assign, const double *units)
{
    const cpn_offers_small *problem = assign->search->problem;
    const cpn_offers_lp *lp = &assign->search->lp;
    for (int32_t p = 0; p < assign->n_pairs; p++) {
        int64_t use = 0;
        const bool is_costly = n_costly(problem, p, &use) > 0;
        const int32_t row = is_costly ? problem->use_rows[use] : -1;
        const double weight = is_costly ? problem->use_costs[use] / units[row] : 0;
        const bool has_room = row < 0 || weight <= assign->room[row];
        assign->option_rows[p] = row;
        assign->weights[p] = has_room ? (int32_t)weight : 0;
        assign->is_allowed[p] = has_room && lp->upper[lp->n_pairs + lp->owners[p]] >= 1;
        assign->values[p] = floor(lp->true_values[p] / assign->search->grid + 0.5) * assign->steps;
        if (row >= 0) assign->row_starts[row + 1]++;
    }
    for (int32_t c = 0; c < assign->n_customers; c++) {
        const int32_t none = assign->n_pairs + c;
        assign->option_rows[none] = -1;
        assign->is_allowed[none] = lp->lower[none] <= 0;
        assign->fixed[c] = -1;
    }
}

/* Options by row, and the largest table of one; false where tables are too large. */
static bool list_rows(cpn_offers_assign *assign, double *cells)
{
    double work = 0;
    for (int32_t r = 0; r < assign->n_rows; r++) {
        const double n = (double)assign->row_starts[r + 1], room = assign->room[r] + 1.0;
        *cells = fmax(*cells, (n + 2) * room);
        work += n * room;
    }
    for (int32_t r = 0; r < assign->n_rows; r++) assign->row_starts[r + 1] += assign->row_starts[r];
    for (int32_t p = assign->n_pairs - 1; p >= 0; p--)
        if (assign->option_rows[p] >= 0) assign->row_options[--assign->row_starts[assign->option_rows[p] + 1]] = p;
    for (int32_t r = 0; r < assign->n_rows; r++) assign->row_starts[r] = assign->row_starts[r + 1];
    int64_t n_costed = 0;
    for (int32_t p = 0; p < assign->n_pairs; p++) n_costed += assign->option_rows[p] >= 0;
    assign->row_starts[assign->n_rows] = n_costed;
    return *cells <= most_cells && work <= most_work;
}

/* Prices as fine as sums stay exact, and those that the linear problem found. */
static void open_prices(cpn_offers_assign *assign)
{
    const cpn_offers_lp *lp = &assign->search->lp;
    const int64_t *starts = lp->problem->starts;
    double largest = 1;
    for (int32_t p = 0; p < assign->n_pairs; p++)
        largest = fmax(largest, fabs(lp->true_values[p]) / assign->search->grid);
    assign->steps = MOST_STEPS;
    while (assign->steps > 1 && largest * (assign->n_customers + 1.0) * assign->steps > exact_sum) assign->steps /= 2;
    for (int32_t c = 0; c < assign->n_customers; c++) {
        double best = lp->lower[lp->n_pairs + c] > 0 ? -INFINITY : 0;
        for (int64_t p = starts[c]; p < starts[c + 1]; p++)
            best = fmax(best, lp->true_values[p] - cpn_offers_lp_dot(lp, assign->search->root_duals, (int32_t)p));
        assign->prices[c] = floor(best / assign->search->grid * assign->steps + 0.5);
    }
}

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

static bool allocate(cpn_offers_assign *assign)
{
    const int64_t n = assign->n_customers, m = assign->n_rows, n_options = assign->n_options;
    assign->values = cpn_alloc_zero(n_options, sizeof(double));
    assign->in_costs = cpn_alloc_zero(n_options, sizeof(double));
    assign->out_costs = cpn_alloc_zero(n_options, sizeof(double));
    assign->prices = cpn_alloc_zero(n, sizeof(double));
    assign->best_prices = cpn_alloc_zero(n, sizeof(double));
    assign->direction = cpn_alloc_zero(n, sizeof(double));
    assign->weights = cpn_alloc_zero(n_options, sizeof(int32_t));
    assign->option_rows = cpn_alloc_zero(n_options, sizeof(int32_t));
    assign->row_options = cpn_alloc_zero(n_options, sizeof(int32_t));
    assign->items = cpn_alloc_zero(n_options, sizeof(int32_t));
    assign->room = cpn_alloc_zero(m, sizeof(int32_t));
    assign->losses = cpn_alloc_zero(m, sizeof(double));
    assign->row_starts = cpn_alloc_zero(m + 1, sizeof(int64_t));
    assign->fixed = cpn_alloc_zero(n, sizeof(int32_t));
    assign->n_taken = cpn_alloc_zero(n, sizeof(int32_t));
    assign->is_allowed = cpn_alloc_zero(n_options, 1);
    assign->is_taken = cpn_alloc_zero(n_options, 1);
    return assign->values && assign->in_costs && assign->out_costs && assign->prices && assign->best_prices &&
           assign->direction && assign->weights && assign->option_rows && assign->row_options && assign->items &&
           assign->room && assign->losses && assign->row_starts && assign->fixed && assign->n_taken &&
           assign->is_allowed && assign->is_taken;
}

campaign_status cpn_offers_assign_open(cpn_offers_assign *assign, cpn_offers_search *search, bool *is_apt,
                                       campaign_error *error)
{
    const cpn_offers_small *problem = search->problem;
    *assign = (cpn_offers_assign){ .search = search,
                                   .n_customers = (int32_t)problem->n_customers,
                                   .n_pairs = (int32_t)problem->n_pairs,
                                   .n_options = (int32_t)(problem->n_pairs + problem->n_customers),
                                   .n_rows = (int32_t)problem->n_rows };
    double *units = cpn_alloc_zero(2 * problem->n_rows, sizeof *units);
    if (!units || !allocate(assign)) {
        cpn_free(units);
        return cpn_fail_nomem(error);
    }
    double cells = 0;
    *is_apt = find_units(assign, units, units + problem->n_rows);
    if (*is_apt) {
        open_prices(assign);
        open_options(assign, units);
        *is_apt = list_rows(assign, &cells);
    }
    cpn_free(units);
    if (!*is_apt) return CAMPAIGN_OK;
    assign->layers = cpn_alloc((int64_t)cells, sizeof(double));
    assign->behind = cpn_alloc(2 * ((int64_t)most_room + 1), sizeof(double));
    return assign->layers && assign->behind ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

void cpn_offers_assign_close(cpn_offers_assign *assign)
{
    void *const owned[] = { assign->values,      assign->in_costs,  assign->out_costs, assign->prices,
                            assign->best_prices, assign->direction, assign->weights,   assign->option_rows,
                            assign->row_options, assign->items,     assign->room,      assign->losses,
                            assign->row_starts,  assign->fixed,     assign->n_taken,   assign->is_allowed,
                            assign->is_taken,    assign->layers,    assign->behind };
    for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++) cpn_free(owned[i]);
}
