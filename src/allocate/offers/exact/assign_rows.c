/* The knapsacks of an assignment: one table per row over its capacity, and what each option would cost the bound if it
 * were forced in or out, from tables of the items before it and behind it. */
#include "allocate/offers/exact/assign.h"

static inline double larger(double a, double b)
{
    return a > b ? a : b;
}

/* to = from, or from with one more item */
static void add_item(double *restrict to, const double *restrict from, int64_t width, int64_t weight, double worth)
{
    for (int64_t k = 0; k < weight; k++) to[k] = from[k];
    for (int64_t k = weight; k < width; k++) to[k] = larger(from[k], from[k - weight] + worth);
}

/* The options of a row that could be worth taking, and the layers of its table. */
static void fill_table(cpn_offers_assign *assign, int32_t row)
{
    assign->width = (int64_t)assign->room[row] + 1;
    assign->n_items = 0;
    for (int64_t k = 0; k < assign->width; k++) assign->layers[k] = 0;
    for (int64_t i = assign->row_starts[row]; i < assign->row_starts[row + 1]; i++) {
        const int32_t option = assign->row_options[i];
        if (!assign->is_allowed[option] || assign->weights[option] > assign->room[row]) continue;
        if (assign->fixed[cpn_offers_assign_owner(assign, option)] >= 0) continue;
        const double worth = cpn_offers_assign_worth(assign, option);
        if (worth <= 0) continue;
        double *from = &assign->layers[assign->n_items * assign->width];
        add_item(from + assign->width, from, assign->width, assign->weights[option], worth);
        assign->items[assign->n_items++] = option;
    }
}

/* Marks the items of the best solution and gives its worth. */
static double take_items(cpn_offers_assign *assign)
{
    const int64_t width = assign->width;
    int64_t k = width - 1;
    for (int64_t i = assign->n_items - 1; i >= 0; i--) {
        const int32_t option = assign->items[i];
        const double *before = &assign->layers[i * width], *after = before + width;
        if (after[k] <= before[k]) continue;
        assign->is_taken[option] = 1;
        assign->n_taken[cpn_offers_assign_owner(assign, option)]++;
        k -= assign->weights[option];
    }
    return assign->layers[assign->n_items * width + width - 1];
}

void cpn_offers_assign_relax(cpn_offers_assign *assign)
{
    assign->bound = assign->fixed_value;
    for (int32_t o = 0; o < assign->n_options; o++) assign->is_taken[o] = 0;
    for (int32_t c = 0; c < assign->n_customers; c++) {
        assign->n_taken[c] = 0;
        if (assign->fixed[c] < 0) assign->bound += assign->prices[c];
    }
    for (int32_t o = 0; o < assign->n_options; o++) {
        if (assign->option_rows[o] >= 0 || !assign->is_allowed[o]) continue;
        const int32_t owner = cpn_offers_assign_owner(assign, o);
        const double worth = cpn_offers_assign_worth(assign, o);
        if (assign->fixed[owner] >= 0 || worth <= 0) continue;
        assign->is_taken[o] = 1;
        assign->n_taken[owner]++;
        assign->bound += worth;
    }
    for (int32_t r = 0; r < assign->n_rows; r++) {
        fill_table(assign, r);
        assign->bound += take_items(assign);
    }
}

/* ---- What an option costs ---------------------------------------------------------------------------------------- */

/* The most that the items before and behind bring together within room. */
static double join(const double *restrict before, const double *restrict behind, int64_t room)
{
    double best = 0;
    for (int64_t k = 0; k <= room; k++) best = larger(best, before[k] + behind[room - k]);
    return best;
}

static void weigh_items(cpn_offers_assign *assign)
{
    const int64_t width = assign->width, room = width - 1;
    const double total = assign->layers[assign->n_items * width + room];
    double *behind = assign->behind, *spare = assign->behind + width;
    for (int64_t k = 0; k < width; k++) behind[k] = 0;
    for (int64_t i = assign->n_items - 1; i >= 0; i--) {
        const int32_t option = assign->items[i];
        const double *before = &assign->layers[i * width];
        const double worth = cpn_offers_assign_worth(assign, option);
        const int64_t weight = assign->weights[option];
        assign->out_costs[option] = assign->is_taken[option] ? total - join(before, behind, room) : 0;
        assign->in_costs[option] = assign->is_taken[option] ? 0 : total - (join(before, behind, room - weight) + worth);
        add_item(spare, behind, width, weight, worth);
        double *swap = behind;
        behind = spare;
        spare = swap;
    }
}

/* Options that are not worth taking: what they are short of 0, and the room that they would need. */
static void weigh_others(cpn_offers_assign *assign, int32_t row)
{
    const double *last = &assign->layers[assign->n_items * assign->width];
    for (int64_t i = assign->row_starts[row]; i < assign->row_starts[row + 1]; i++) {
        const int32_t option = assign->row_options[i];
        if (!assign->is_allowed[option] || assign->weights[option] > assign->room[row]) continue;
        const double worth = cpn_offers_assign_worth(assign, option);
        if (worth > 0) continue;
        assign->out_costs[option] = 0;
        assign->in_costs[option] = last[assign->width - 1] - last[assign->width - 1 - assign->weights[option]] - worth;
    }
}

void cpn_offers_assign_weigh(cpn_offers_assign *assign)
{
    for (int32_t o = 0; o < assign->n_options; o++) {
        const double worth = assign->option_rows[o] < 0 ? cpn_offers_assign_worth(assign, o) : 0;
        assign->in_costs[o] = worth > 0 ? 0 : -worth;
        assign->out_costs[o] = worth > 0 ? worth : 0;
    }
    for (int32_t r = 0; r < assign->n_rows; r++) {
        fill_table(assign, r);
        weigh_items(assign);
        weigh_others(assign, r);
    }
}

/* Losses of different rows add up. Of one row only the largest is sure: what two options leave free together may hold
 * something better. */
static void add_loss(cpn_offers_assign *assign, double *total, int32_t option, double loss)
{
    const int32_t row = assign->option_rows[option];
    const double known = row < 0 ? 0 : assign->losses[row];
    if (loss <= known) return;
    *total += loss - known;
    if (row >= 0) assign->losses[row] = loss;
}

double cpn_offers_assign_cost(cpn_offers_assign *assign, int32_t option)
{
    const int64_t *starts = assign->search->problem->starts;
    const int32_t owner = cpn_offers_assign_owner(assign, option), none = assign->n_pairs + owner;
    double total = 0;
    add_loss(assign, &total, option, assign->in_costs[option]);
    for (int64_t p = starts[owner]; p < starts[owner + 1]; p++)
        if (p != option && assign->is_allowed[p]) add_loss(assign, &total, (int32_t)p, assign->out_costs[p]);
    if (none != option && assign->is_allowed[none]) add_loss(assign, &total, none, assign->out_costs[none]);
    for (int64_t p = starts[owner]; p < starts[owner + 1]; p++)
        if (assign->option_rows[p] >= 0) assign->losses[assign->option_rows[p]] = 0;
    return total;
}
