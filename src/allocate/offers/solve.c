/* From a problem to choices and a bound: multipliers on samples, then rounds of a pass over all customers and a descent on
 * those near a tie; after each pass the choices are repaired and filled. The best choices and the best bound are kept.
 *
 * In a round everybody else stays as the multipliers have them, so that the few near a tie stand for all, and the next
 * pass shows whether that was so. Rounds end when the gap is small enough, or no longer halves. */
#include <math.h>
#include <string.h>

#include "allocate/offers/solver.h"
#include "base/memory.h"

static const int64_t small_sample = 2048, first_sample = 16384, whole_set = 4096, least_round = 4096;

typedef struct solve_room {
    const cpn_offers_problem *problem;
    double *multipliers, *amounts, *before;
    int64_t *used;
    cpn_offers_scan scan;
    cpn_offers_rest rest; /* of the last pass */
    double scale;         /* what a customer brings on average without limits */
} solve_room;

static campaign_status open_room(solve_room *room, const cpn_offers_problem *problem, campaign_error *error)
{
    const int64_t m = problem->n_rows;
    *room = (solve_room){ .problem = problem };
    room->multipliers = cpn_alloc_zero(m, sizeof *room->multipliers);
    room->amounts = cpn_alloc(m, sizeof *room->amounts);
    room->before = cpn_alloc(m, sizeof *room->before);
    room->used = cpn_alloc(m, sizeof *room->used);
    room->scan.used = room->used;
    const bool is_fine = room->multipliers && room->amounts && room->before && room->used;
    return is_fine ? cpn_offers_rest_open(&room->rest, problem, error) : cpn_fail_nomem(error);
}

static void close_room(solve_room *room)
{
    cpn_free(room->multipliers);
    cpn_free(room->amounts);
    cpn_free(room->before);
    cpn_free(room->used);
    cpn_offers_rest_close(&room->rest);
    cpn_offers_set_free(&room->scan.core);
}

/* ---- Samples ----------------------------------------------------------------------------------------------------- */

/* What an average customer's best is worth at the multipliers: the scale of smoothing. */
static double scale_of(const cpn_offers_problem *problem, const cpn_offers_set *set)
{
    double sum = 0;
    for (int64_t i = 0; i < set->n_customers; i++) {
        double best = 0;
        for (int64_t p = set->starts[i]; p < set->starts[i + 1]; p++)
            if (fabs(set->values[p]) > best) best = fabs(set->values[p]);
        sum += best;
    }
    const double scale = set->n_customers > 0 ? sum / (double)set->n_customers : 0;
    return scale > 0 ? scale : (problem->value_most > 0 ? problem->value_most : 1);
}

/* One sample: descends from width tau, and answers how wide a margin a share of customers stays below. */
static campaign_status descend_sample(solve_room *room, double *width, int64_t n, double tau, double share,
                                      campaign_error *error)
{
    const cpn_offers_problem *problem = room->problem;
    cpn_offers_set sample;
    campaign_status status = cpn_offers_sample(&sample, problem, n, error);
    if (status != CAMPAIGN_OK) return status;
    if (room->scale == 0) room->scale = scale_of(problem, &sample);
    for (int32_t r = 0; r < problem->n_rows; r++)
        room->amounts[r] = problem->rows[r].raw_amount * ((double)n / (double)problem->n_customers);
    cpn_offers_descent descent = { .problem = problem,
                                   .set = &sample,
                                   .amounts = room->amounts,
                                   .tau = tau > 0 ? tau : room->scale,
                                   .last_tau = 1e-4 * room->scale,
                                   .reach = INFINITY,
                                   .enough = 0.01 * room->scale };
    status = cpn_offers_descend(room->multipliers, &descent, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_find_width(width, problem, &sample, room->multipliers, share, error);
    cpn_offers_set_free(&sample);
    return status;
}

/* The share of customers that the first pass collects: what a sample of n misjudges in a row falls with its root, and
 * those collected must be able to make up for that. */
static double core_share(int64_t n)
{
    return 12 / sqrt((double)n);
}

static campaign_status start(solve_room *room, double *width, campaign_error *error)
{
    const int64_t n = room->problem->n_customers;
    *width = INFINITY;
    if (n <= whole_set) return CAMPAIGN_OK;
    const int64_t first = n / 4 < small_sample ? small_sample : (n / 4 < first_sample ? n / 4 : first_sample);
    campaign_status status = descend_sample(room, width, first, 0, core_share(first), error);
    const int64_t second = n / 64 < 4 * first_sample ? 4 * first_sample : n / 64;
    if (status == CAMPAIGN_OK && n > 2 * second)
        status = descend_sample(room, width, second, 0.05 * room->scale, core_share(second), error);
    return status;
}

/* ---- Rounds ------------------------------------------------------------------------------------------------------ */

/* What customers outside of the core leave of every row. */
static void leave_to_core(solve_room *room)
{
    const cpn_offers_problem *problem = room->problem;
    for (int32_t r = 0; r < problem->n_rows; r++)
        room->amounts[r] =
            (double)(problem->rows[r].amount - room->rest.used[r]) / problem->costs[problem->rows[r].cost].steps;
}

/* Smoothing starts where the core ends; a whole set starts from nothing. */
static double first_tau(const solve_room *room, double width)
{
    return width < room->scale ? width / 4 : room->scale;
}

/* Descends on the core, and goes only so far that others can be taken to stay as they are. *shift: how far that was. */
static campaign_status descend_core(solve_room *room, double *shift, double width, campaign_error *error)
{
    const cpn_offers_problem *problem = room->problem;
    const int32_t m = problem->n_rows;
    *shift = 0;
    if (m == 0 || room->scan.core.n_customers == 0) return CAMPAIGN_OK;
    if (room->scale == 0) room->scale = scale_of(problem, &room->scan.core);
    memcpy(room->before, room->multipliers, (size_t)m * sizeof *room->before);
    leave_to_core(room);
    cpn_offers_descent descent = { .problem = problem,
                                   .set = &room->scan.core,
                                   .amounts = room->amounts,
                                   .tau = first_tau(room, width),
                                   .last_tau = 1e-10 * room->scale,
                                   .reach = 2 * width,
                                   .enough = width < INFINITY ? 0.0025 * width : 1e-8 * room->scale };
    campaign_status status = cpn_offers_descend(room->multipliers, &descent, error);
    if (status == CAMPAIGN_OK)
        status = cpn_offers_find_shift(shift, problem, &room->scan.core, room->before, room->multipliers, error);
    if (status != CAMPAIGN_OK || !(*shift > width / 2)) return status;
    const double part = width / 2 / *shift;
    for (int32_t r = 0; r < m; r++)
        room->multipliers[r] = room->before[r] + part * (room->multipliers[r] - room->before[r]);
    return status;
}

static void keep_bound(cpn_offers_answer *answer, const solve_room *room)
{
    if (!(room->scan.bound < answer->bound)) return;
    answer->bound = room->scan.bound;
    memcpy(answer->best_multipliers, room->multipliers,
           (size_t)room->problem->n_rows * sizeof *answer->best_multipliers);
}

/* Choices from the pass just made; keeps them where they are the best so far. */
static campaign_status choose_from(bool *is_kept, cpn_offers_answer *answer, const solve_room *room,
                                   campaign_error *error)
{
    cpn_offers_state state;
    campaign_status status =
        cpn_offers_state_open(&state, room->problem, &room->scan.core, room->multipliers, room->used, error);
    if (status != CAMPAIGN_OK) return status;
    status = cpn_offers_repair(is_kept, &state, error);
    if (status == CAMPAIGN_OK && *is_kept) status = cpn_offers_fill(&state, error);
    if (status == CAMPAIGN_OK && *is_kept) {
        const double value = room->scan.bound - cpn_offers_lost(&state);
        if (value > answer->value) {
            answer->value = value;
            memcpy(answer->multipliers, room->multipliers, (size_t)room->problem->n_rows * sizeof *answer->multipliers);
            status = cpn_offers_keep(answer, &state, error);
        }
    }
    cpn_offers_state_close(&state);
    return status;
}

static campaign_status fail_short(const cpn_offers_problem *problem, int64_t customer, campaign_error *error)
{
    cpn_offers_key key;
    const int64_t row = problem->customer_rows ? problem->customer_rows[customer] : customer;
    cpn_offers_cell_key(&key, &problem->customer_column, row);
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, row, "pairs",
                        "customer \"%.*s\" has fewer offers than each must get",
                        (int)(key.length < 80 ? key.length : 80), key.text);
}

static double gap_of(const cpn_offers_answer *answer)
{
    const double size = fabs(answer->bound) > 1e-300 ? fabs(answer->bound) : 1e-300;
    return (answer->bound - answer->value) / size;
}

static campaign_status look_at_all(solve_room *room, cpn_offers_answer *answer, double width, campaign_error *error)
{
    room->scan.width = width;
    const campaign_status status = cpn_offers_scan_all(&room->scan, room->problem, room->multipliers, error);
    answer->n_passes++;
    if (status != CAMPAIGN_OK) return status;
    keep_bound(answer, room);
    if (room->scan.short_customer >= 0) return fail_short(room->problem, room->scan.short_customer, error);
    return cpn_offers_rest_take(&room->rest, &room->scan, room->multipliers, error);
}

/* After a step: by those near a tie alone where that is sure, otherwise by a pass. */
static campaign_status look_again(solve_room *room, cpn_offers_answer *answer, double width, campaign_error *error)
{
    bool is_sure;
    const campaign_status status = cpn_offers_rest_look(&is_sure, &room->scan, &room->rest, room->multipliers, error);
    if (status != CAMPAIGN_OK) return status;
    if (!is_sure) return look_at_all(room, answer, width, error);
    keep_bound(answer, room);
    return CAMPAIGN_OK;
}

/* The width of the next round: those whom a step like the last one could move, and enough to choose among. */
static double next_width(double width, double shift, const solve_room *room)
{
    const double share = (double)least_round / ((double)room->scan.core.n_customers + 1);
    double next = shift > width / 2 ? 2 * width : shift;
    if (next < share * width) next = share * width;
    return next < 4 * width ? next : 4 * width;
}

static campaign_status run_rounds(solve_room *room, cpn_offers_answer *answer, double width, campaign_error *error)
{
    const campaign_allocate_offers_options *knobs = &room->problem->knobs.given;
    campaign_status status = look_at_all(room, answer, width, error);
    double gap = INFINITY, shift = 0;
    int32_t n_idle = 0, n_rounds = 0;
    while (status == CAMPAIGN_OK) {
        bool is_kept = false;
        status = descend_core(room, &shift, width, error);
        if (width < INFINITY) width = next_width(width, shift, room);
        const bool is_late = answer->n_passes >= knobs->max_passes || n_rounds++ / 4 >= knobs->max_passes;
        const bool is_last = is_late && answer->value == -INFINITY;
        if (is_last) width = INFINITY;
        if (status == CAMPAIGN_OK)
            status = is_last ? look_at_all(room, answer, width, error) : look_again(room, answer, width, error);
        if (status == CAMPAIGN_OK) status = choose_from(&is_kept, answer, room, error);
        if (status != CAMPAIGN_OK) break;
        const double now = gap_of(answer);
        n_idle = now < 0.5 * gap ? 0 : n_idle + 1;
        if (now < gap) gap = now;
        if (now <= knobs->gap || (is_kept && now < 1e-7 && shift < width)) break; /* only luck would be left */
        if (width == INFINITY) break; /* nobody was left out: another round would be the same */
        if (answer->value > -INFINITY && (n_idle > 1 || answer->n_passes >= knobs->max_passes)) break;
        if (is_kept || shift > width / 8) continue;
        width = 8 * room->rest.width; /* the multipliers stand, but too few were near a tie */
        status = look_at_all(room, answer, width, error);
    }
    return status;
}

static campaign_status open_answer(cpn_offers_answer *answer, const cpn_offers_problem *problem, campaign_error *error)
{
    *answer = (cpn_offers_answer){ .bound = INFINITY, .value = -INFINITY };
    answer->multipliers = cpn_alloc_zero(problem->n_rows, sizeof *answer->multipliers);
    answer->best_multipliers = cpn_alloc_zero(problem->n_rows, sizeof *answer->best_multipliers);
    return answer->multipliers && answer->best_multipliers ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

campaign_status cpn_offers_solve(cpn_offers_answer *answer, const cpn_offers_problem *problem, campaign_error *error)
{
    solve_room room;
    double width = 0;
    campaign_status status = open_answer(answer, problem, error);
    if (status != CAMPAIGN_OK) return status;
    if (problem->knobs.given.is_fractional) return cpn_offers_solve_shares(answer, problem, error);
    status = open_room(&room, problem, error);
    if (status == CAMPAIGN_OK) status = start(&room, &width, error);
    if (status == CAMPAIGN_OK) status = run_rounds(&room, answer, width, error);
    close_room(&room);
    if (status == CAMPAIGN_OK) status = cpn_offers_search(answer, problem, error);
    if (status == CAMPAIGN_OK && !(answer->value > -INFINITY))
        status = cpn_fail(error, CAMPAIGN_E_LIMIT, "budgets",
                          "no assignment within the budgets was found, though there may be one");
    return status;
}

void cpn_offers_answer_free(cpn_offers_answer *answer)
{
    cpn_free(answer->multipliers);
    cpn_free(answer->best_multipliers);
    cpn_free(answer->overrides);
    cpn_free(answer->override_offers);
    cpn_free(answer->override_shares);
    cpn_free(answer->share_used);
    cpn_free(answer->used);
    cpn_free(answer->offer_counts);
    cpn_free(answer->offer_values);
    *answer = (cpn_offers_answer){ 0 };
}
