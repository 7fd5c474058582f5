/* The dual of a set of customers, smoothed: its value, its gradient, and the second derivative that near ties make.
 *
 * A customer's best choice and the next best one, whose score is d lower, count together as best + (tau - d)^2 / (4 tau)
 * where d < tau. This is a maximum over pairs of choices of convex functions, hence convex, never below the dual and at
 * most tau / 4 per customer above it; no exponentials, and whoever is not near a tie costs nothing. */
#include <math.h>
#include <string.h>

#include "allocate/offers/descend.h"
#include "base/memory.h"

typedef struct look_job {
    const cpn_offers_descent *descent;
    const double *prices;
    double tau;
    cpn_offers_part *parts;
    bool is_dense;
} look_job;

static int64_t part_size(const cpn_offers_set *set)
{
    const int64_t size = set->n_customers / CPN_OFFERS_PARTS + 1;
    return size < 256 ? 256 : size;
}

campaign_status cpn_offers_look_open(cpn_offers_look *look, const cpn_offers_descent *descent, campaign_error *error)
{
    const int64_t m = descent->problem->n_rows;
    const bool is_dense = m <= CPN_OFFERS_DENSE_ROWS;
    const int64_t n_packed = is_dense ? m * (m + 1) / 2 : 0;
    memset(look, 0, sizeof *look);
    look->n_rows = (int32_t)m;
    look->is_dense = is_dense;
    look->n_parts = cpn_n_chunks(descent->set->n_customers, part_size(descent->set));
    look->gradient = cpn_alloc(m, sizeof *look->gradient);
    look->diagonal = cpn_alloc(m, sizeof *look->diagonal);
    look->packed = cpn_alloc(n_packed, sizeof *look->packed);
    bool is_fine = look->gradient && look->diagonal && look->packed;
    for (int64_t i = 0; i < look->n_parts && is_fine; i++) {
        look->parts[i].used = cpn_alloc(m, sizeof *look->parts[i].used);
        look->parts[i].packed = cpn_alloc(n_packed, sizeof *look->parts[i].packed);
        is_fine = look->parts[i].used && look->parts[i].packed;
    }
    if (is_fine) return CAMPAIGN_OK;
    cpn_offers_look_close(look);
    return cpn_fail_nomem(error);
}

void cpn_offers_look_close(cpn_offers_look *look)
{
    cpn_free(look->gradient);
    cpn_free(look->diagonal);
    cpn_free(look->packed);
    for (int64_t i = 0; i < look->n_parts; i++) {
        cpn_free(look->parts[i].used);
        cpn_free(look->parts[i].packed);
        cpn_free(look->parts[i].edges.edges);
        cpn_free(look->parts[i].edges.rows);
        cpn_free(look->parts[i].edges.amounts);
    }
    memset(look, 0, sizeof *look);
}

/* Adds factor × the uses of a pair. */
static void add_uses(double *used, const cpn_offers_problem *problem, const cpn_offers_view *view, int32_t pair,
                     double factor)
{
    const int64_t cell = cpn_offers_cell(problem, view->group, view->offers[pair]);
    for (int64_t u = problem->use_starts[cell]; u < problem->use_starts[cell + 1]; u++) {
        const cpn_offers_use *use = &problem->uses[u];
        used[use->row] += factor * cpn_offers_pair_cost(problem, view->costs, pair, use->cost);
    }
}

static bool grow_edges(cpn_offers_edges *edges, int64_t n_more)
{
    if (edges->n == edges->room) {
        const int64_t room = edges->room ? edges->room * 2 : 256;
        cpn_offers_edge *grown = cpn_resize(edges->edges, room, sizeof *grown);
        if (!grown) return false;
        edges->edges = grown;
        edges->room = room;
    }
    if (edges->n_terms + n_more > edges->term_room) {
        const int64_t room = edges->term_room * 2 + n_more + 256;
        int32_t *rows = cpn_resize(edges->rows, room, sizeof *rows);
        if (rows) edges->rows = rows;
        double *amounts = cpn_resize(edges->amounts, room, sizeof *amounts);
        if (amounts) edges->amounts = amounts;
        if (!rows || !amounts) return false;
        edges->term_room = room;
    }
    return true;
}

/* Appends the terms of a pair's uses to the edge that is being written, one entry a row. */
static void add_terms(cpn_offers_edges *edges, const cpn_offers_problem *problem, const cpn_offers_view *view,
                      int32_t pair, double factor)
{
    cpn_offers_edge *edge = &edges->edges[edges->n];
    const int64_t cell = cpn_offers_cell(problem, view->group, view->offers[pair]);
    for (int64_t u = problem->use_starts[cell]; u < problem->use_starts[cell + 1]; u++) {
        const cpn_offers_use *use = &problem->uses[u];
        const double amount = factor * cpn_offers_pair_cost(problem, view->costs, pair, use->cost);
        int32_t t = 0;
        while (t < edge->n && edges->rows[edge->first + t] != use->row) t++;
        if (t == edge->n) {
            edges->rows[edge->first + t] = use->row;
            edges->amounts[edge->first + t] = 0;
            edge->n++;
        }
        edges->amounts[edge->first + t] += amount;
    }
}

/* One term of the second derivative: d is what the exchange changes. */
static bool add_exchange(cpn_offers_part *part, const look_job *job, const cpn_offers_view *view,
                         const cpn_offers_choice *choice)
{
    const cpn_offers_problem *problem = job->descent->problem;
    cpn_offers_edges *edges = &part->edges;
    if (!grow_edges(edges, problem->most_changes)) return false;
    edges->edges[edges->n] = (cpn_offers_edge){ .weight = 1 / (2 * job->tau), .first = edges->n_terms };
    if (choice->out >= 0) add_terms(edges, problem, view, choice->out, 1);
    if (choice->in >= 0) add_terms(edges, problem, view, choice->in, -1);
    const cpn_offers_edge *edge = &edges->edges[edges->n];
    if (!job->is_dense) {
        edges->n_terms += edge->n;
        edges->n++;
        return true;
    }
    for (int32_t a = 0; a < edge->n; a++)
        for (int32_t b = 0; b < edge->n; b++) {
            const int64_t row = edges->rows[edge->first + a], column = edges->rows[edge->first + b];
            if (column <= row)
                part->packed[row * (row + 1) / 2 + column] +=
                    edge->weight * edges->amounts[edge->first + a] * edges->amounts[edge->first + b];
        }
    return true;
}

static bool look_at_customer(cpn_offers_part *part, const look_job *job, cpn_offers_scratch *scratch, int64_t index)
{
    const cpn_offers_problem *problem = job->descent->problem;
    cpn_offers_view view;
    cpn_offers_choice choice;
    cpn_offers_set_view(&view, job->descent->set, index, problem->n_costs - 1);
    cpn_offers_score(scratch, problem, &view, job->prices);
    cpn_offers_choose(&choice, scratch, problem, &view);
    part->value += choice.total;
    for (int32_t i = 0; i < choice.n; i++) add_uses(part->used, problem, &view, scratch->chosen[i], 1);
    if (!(choice.margin < job->tau)) return true;
    const double rest = job->tau - choice.margin, share = rest / (2 * job->tau);
    const double surplus = rest * rest / (4 * job->tau);
    part->value += surplus;
    part->surplus += surplus;
    part->n_near++;
    if (choice.out >= 0) add_uses(part->used, problem, &view, choice.out, -share);
    if (choice.in >= 0) add_uses(part->used, problem, &view, choice.in, share);
    return add_exchange(part, job, &view, &choice);
}

static campaign_status look_at_part(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const look_job *job = ctx;
    const cpn_offers_problem *problem = job->descent->problem;
    const int64_t m = problem->n_rows, n_packed = job->is_dense ? m * (m + 1) / 2 : 0;
    cpn_offers_part *part = &job->parts[chunk];
    cpn_offers_scratch scratch;
    if (!cpn_offers_scratch_open(&scratch, problem)) return CAMPAIGN_E_NOMEM;
    part->value = 0;
    part->surplus = 0;
    part->n_near = 0;
    part->edges.n = 0;
    part->edges.n_terms = 0;
    for (int64_t r = 0; r < m; r++) part->used[r] = 0;
    for (int64_t i = 0; i < n_packed; i++) part->packed[i] = 0;
    bool is_fine = true;
    for (int64_t i = first; i < last && is_fine; i++) is_fine = look_at_customer(part, job, &scratch, i);
    cpn_offers_scratch_close(&scratch);
    return is_fine ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
}

static void join_parts(cpn_offers_look *look, const cpn_offers_descent *descent, const double *multipliers,
                       bool is_dense)
{
    const int64_t m = descent->problem->n_rows, n_packed = is_dense ? m * (m + 1) / 2 : 0;
    look->value = 0;
    look->surplus = 0;
    look->n_near = 0;
    for (int64_t i = 0; i < n_packed; i++) look->packed[i] = 0;
    for (int64_t r = 0; r < m; r++) {
        look->gradient[r] = descent->amounts[r];
        look->diagonal[r] = 0;
        look->value += multipliers[r] * descent->amounts[r];
    }
    for (int64_t p = 0; p < look->n_parts; p++) {
        const cpn_offers_part *part = &look->parts[p];
        look->value += part->value;
        look->surplus += part->surplus;
        look->n_near += part->n_near;
        for (int64_t r = 0; r < m; r++) look->gradient[r] -= part->used[r];
        for (int64_t i = 0; i < n_packed; i++) look->packed[i] += part->packed[i];
        for (int64_t e = 0; e < part->edges.n; e++) {
            const cpn_offers_edge *edge = &part->edges.edges[e];
            for (int64_t t = edge->first; t < edge->first + edge->n; t++)
                look->diagonal[part->edges.rows[t]] += edge->weight * part->edges.amounts[t] * part->edges.amounts[t];
        }
    }
    for (int64_t r = 0; r < m && is_dense; r++) look->diagonal[r] = look->packed[r * (r + 1) / 2 + r];
}

campaign_status cpn_offers_look_at(cpn_offers_look *look, const cpn_offers_descent *descent, const double *multipliers,
                                   double tau, campaign_error *error)
{
    const cpn_offers_problem *problem = descent->problem;
    const int64_t n_cells = problem->n_groups * problem->n_offers;
    double *prices = cpn_alloc(n_cells * problem->n_costs, sizeof *prices);
    if (!prices) return cpn_fail_nomem(error);
    cpn_offers_price(prices, problem, multipliers);
    look_job job = { descent, prices, tau, look->parts, problem->n_rows <= CPN_OFFERS_DENSE_ROWS };
    const campaign_status status = cpn_parallel_for(descent->set->n_customers, part_size(descent->set), look_at_part,
                                                    &job, "offers", problem->runtime, error);
    cpn_free(prices);
    if (status == CAMPAIGN_OK) join_parts(look, descent, multipliers, job.is_dense);
    return status;
}
