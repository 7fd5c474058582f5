/* One pass over all customers at given multipliers: what they choose, what that uses, the bound, and who is near a tie.
 *
 * The bound must not lie below the optimum, in floating point too. Scores are doubles of values that are exact; sums are
 * compensated (Neumaier 1974); and an allowance is added that covers the rounding of every score: a few units in the last
 * place of the largest amounts that a score can be made of, for each choice of each customer. */
#include <float.h>
#include <math.h>

#include "allocate/offers/parts.h"
#include "base/memory.h"

/* A compensated sum. */
typedef struct exact_sum {
    double sum, rest;
} exact_sum;

void cpn_offers_add_to(double *sum, double *compensation, double value)
{
    const double total = *sum + value;
    *compensation += fabs(*sum) >= fabs(value) ? (*sum - total) + value : (value - total) + *sum;
    *sum = total;
}

static void add_to(exact_sum *sum, double value)
{
    cpn_offers_add_to(&sum->sum, &sum->rest, value);
}

typedef struct scan_chunk {
    exact_sum best;
    int64_t n_choices, n_most, short_customer;
} scan_chunk;

typedef struct scan_job {
    const cpn_offers_problem *problem;
    const double *prices;
    double width;
    scan_chunk *chunks;
    int64_t *used; /* chunk × rows */
    cpn_offers_set *cores;
} scan_job;

int64_t cpn_offers_chunk(const cpn_offers_problem *problem)
{
    /* Sums by row of all chunks fit 32 MB, or there are 64 chunks. */
    int64_t chunk = 4096;
    while (problem->n_customers / chunk * problem->n_rows > (INT64_C(1) << 22) && problem->n_customers / chunk > 64)
        chunk *= 2;
    return chunk;
}

static void use_pair(int64_t *used, const cpn_offers_problem *problem, int64_t cell, const double *costs)
{
    for (int64_t u = problem->use_starts[cell]; u < problem->use_starts[cell + 1]; u++) {
        const cpn_offers_use *use = &problem->uses[u];
        used[use->row] += use->cost == 0 ? 1 : cpn_offers_steps(problem, use->cost, costs[use->cost - 1]);
    }
}

/* Collects a customer with the pairs that lose less than twice the width. */
static bool collect(cpn_offers_set *core, cpn_offers_scratch *scratch, const scan_job *job, const cpn_offers_view *view,
                    double level)
{
    uint8_t *keep = scratch->is_chosen;
    for (int32_t p = 0; p < view->n; p++) keep[p] = keep[p] || scratch->scores[p] > level - 2 * job->width;
    return cpn_offers_set_add(core, view, keep, job->problem->n_costs - 1);
}

static bool scan_customer(const scan_job *job, int64_t chunk, cpn_offers_scratch *scratch, int64_t customer)
{
    const cpn_offers_problem *problem = job->problem;
    scan_chunk *sums = &job->chunks[chunk];
    int64_t *used = &job->used[chunk * problem->n_rows];
    cpn_offers_view view;
    cpn_offers_choice choice;
    cpn_offers_view_of(&view, scratch, problem, customer);
    cpn_offers_score(scratch, problem, &view, job->prices);
    cpn_offers_choose(&choice, scratch, problem, &view);
    add_to(&sums->best, choice.total);
    sums->n_choices += choice.n;
    sums->n_most += view.most;
    if (problem->knobs.given.is_exact && choice.n < view.most && sums->short_customer < 0)
        sums->short_customer = customer;
    double level = problem->knobs.given.is_exact ? INFINITY : 0;
    for (int32_t i = 0; i < choice.n; i++) {
        const int32_t p = scratch->chosen[i];
        use_pair(used, problem, cpn_offers_cell(problem, view.group, view.offers[p]),
                 view.costs + (int64_t)p * (problem->n_costs - 1));
        level = scratch->scores[p]; /* the lowest, in the end */
    }
    if (!(choice.margin < job->width)) return true;
    if (!problem->is_simple) level = -INFINITY; /* which pair may come for which is not a matter of scores alone */
    return collect(&job->cores[chunk], scratch, job, &view, level);
}

/* The same for a block of columns. */
static bool scan_block(const scan_job *job, int64_t chunk, cpn_offers_block *block, cpn_offers_scratch *scratch,
                       const int64_t range[2])
{
    const cpn_offers_problem *problem = job->problem;
    const int32_t n_extra = problem->n_costs - 1;
    const int64_t first = range[0], n = range[1] - range[0];
    scan_chunk *sums = &job->chunks[chunk];
    int64_t *used = &job->used[chunk * problem->n_rows];
    double costs[CPN_OFFERS_COSTS];
    cpn_offers_block_load(block, problem, first, n);
    cpn_offers_block_choose(block, problem, job->prices, n);
    sums->n_most += n;
    for (int64_t i = 0; i < n; i++) {
        const int32_t offer = block->offers[i], group = problem->groups ? problem->groups[first + i] : 0;
        if (offer >= 0) {
            add_to(&sums->best, block->best[i]);
            sums->n_choices++;
            for (int32_t e = 0; e < n_extra; e++) costs[e] = block->costs[(int64_t)offer * n_extra + e][i];
            use_pair(used, problem, cpn_offers_cell(problem, group, offer), costs);
        } else if (problem->knobs.given.is_exact && sums->short_customer < 0) {
            sums->short_customer = first + i;
        }
        if (!(block->best[i] - block->second[i] < job->width)) continue;
        cpn_offers_view view;
        cpn_offers_choice choice;
        cpn_offers_view_of(&view, scratch, problem, first + i);
        cpn_offers_score(scratch, problem, &view, job->prices);
        cpn_offers_choose(&choice, scratch, problem, &view);
        if (!collect(&job->cores[chunk], scratch, job, &view, block->best[i])) return false;
    }
    return true;
}

static campaign_status scan_chunk_of(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const scan_job *job = ctx;
    const cpn_offers_problem *problem = job->problem;
    const bool has_blocks = problem->is_dense && problem->is_simple;
    cpn_offers_scratch scratch;
    cpn_offers_block block;
    if (!cpn_offers_scratch_open(&scratch, problem)) return CAMPAIGN_E_NOMEM;
    bool is_fine = !has_blocks || cpn_offers_block_open(&block, problem);
    const bool is_open = is_fine;
    job->chunks[chunk].short_customer = -1;
    if (has_blocks)
        for (int64_t at = first; at < last && is_fine; at += CPN_OFFERS_BLOCK) {
            const int64_t range[2] = { at, at + CPN_OFFERS_BLOCK < last ? at + CPN_OFFERS_BLOCK : last };
            is_fine = scan_block(job, chunk, &block, &scratch, range);
        }
    else
        for (int64_t c = first; c < last && is_fine; c++) is_fine = scan_customer(job, chunk, &scratch, c);
    if (has_blocks && is_open) cpn_offers_block_close(&block);
    cpn_offers_scratch_close(&scratch);
    return is_fine ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
}

double cpn_offers_amounts_value(const cpn_offers_problem *problem, const double *multipliers)
{
    exact_sum sum = { 0, 0 };
    for (int32_t r = 0; r < problem->n_rows; r++)
        add_to(&sum, multipliers[r] * problem->rows[r].raw_amount * (1 + 2 * DBL_EPSILON));
    return (sum.sum + sum.rest) * (1 + 2 * DBL_EPSILON);
}

/* Most that rounding can have taken off a score: its terms are at most the largest value, and the largest costs at their
 * largest prices; each product and each subtraction rounds once. */
double cpn_offers_score_error(const cpn_offers_problem *problem, const double *prices)
{
    const int64_t n_cells = problem->n_groups * problem->n_offers;
    double most[CPN_OFFERS_COSTS] = { 0 }, sum = problem->value_most;
    for (int64_t cell = 0; cell < n_cells; cell++)
        for (int32_t c = 0; c < problem->n_costs; c++)
            if (prices[cell * problem->n_costs + c] > most[c]) most[c] = prices[cell * problem->n_costs + c];
    for (int32_t c = 0; c < problem->n_costs; c++) sum += most[c] * (c == 0 ? 1 : problem->costs[c].most);
    /* A price is a sum of multipliers, of up to as many as rows hold one cell. */
    const double n_terms = 2.0 * problem->n_costs + problem->most_changes;
    return sum * n_terms * DBL_EPSILON;
}

double cpn_offers_steps_error(const cpn_offers_problem *problem, const double *multipliers, double n)
{
    double sum = 0;
    for (int32_t r = 0; r < problem->n_rows && !problem->has_money_costs; r++)
        if (problem->rows[r].cost > 0)
            sum += fabs(multipliers[r]) * 0.5 * n / problem->costs[problem->rows[r].cost].steps;
    return sum;
}

/* Sums of all parts so far, and the customers collected. */
typedef struct scan_sums {
    exact_sum best;
    double n_most;
    cpn_offers_set *cores;
    int64_t n_cores;
} scan_sums;

static campaign_status take_cores(scan_sums *sums, const scan_job *job, int64_t n_chunks, int64_t first,
                                  campaign_error *error)
{
    cpn_offers_set *cores = cpn_resize(sums->cores, sums->n_cores + n_chunks, sizeof *cores);
    if (!cores) return cpn_fail_nomem(error);
    sums->cores = cores;
    for (int64_t i = 0; i < n_chunks; i++) {
        cpn_offers_set *core = &cores[sums->n_cores++];
        *core = job->cores[i];
        job->cores[i] = (cpn_offers_set){ 0 };
        for (int64_t c = 0; c < core->n_customers && first > 0; c++) core->customers[c] += (int32_t)first;
    }
    return CAMPAIGN_OK;
}

static campaign_status add_chunks(cpn_offers_scan *scan, scan_sums *sums, const scan_job *job, int64_t n_chunks,
                                  int64_t first, campaign_error *error)
{
    const int32_t n_rows = job->problem->n_rows;
    for (int64_t i = 0; i < n_chunks; i++) {
        const scan_chunk *chunk = &job->chunks[i];
        add_to(&sums->best, chunk->best.sum);
        sums->best.rest += chunk->best.rest;
        sums->n_most += (double)chunk->n_most;
        scan->n_choices += chunk->n_choices;
        if (scan->short_customer < 0 && chunk->short_customer >= 0)
            scan->short_customer = first + chunk->short_customer;
        for (int32_t r = 0; r < n_rows; r++) scan->used[r] += job->used[i * n_rows + r];
    }
    return take_cores(sums, job, n_chunks, first, error);
}

static campaign_status finish_scan(cpn_offers_scan *scan, const scan_sums *sums, const cpn_offers_problem *problem,
                                   const double *prices, const double *multipliers, campaign_error *error)
{
    const double sum = sums->best.sum + sums->best.rest, amounts = cpn_offers_amounts_value(problem, multipliers);
    const double error_of_sums =
        4 * DBL_EPSILON * (fabs(sum) + amounts) + cpn_offers_steps_error(problem, multipliers, sums->n_most);
    scan->bound = sum + amounts + sums->n_most * cpn_offers_score_error(problem, prices) + error_of_sums;
    scan->sum = sums->best.sum;
    scan->compensation = sums->best.rest;
    scan->n_most = sums->n_most;
    if (cpn_offers_set_join(&scan->core, sums->cores, sums->n_cores, problem->n_costs - 1)) return CAMPAIGN_OK;
    return cpn_fail_nomem(error);
}

static campaign_status scan_part(cpn_offers_scan *scan, scan_sums *sums, const cpn_offers_parts *parts,
                                 const double *prices, campaign_error *error)
{
    const cpn_offers_problem *problem = parts->problem;
    const int64_t chunk_size = cpn_offers_chunk(problem), n_chunks = cpn_n_chunks(problem->n_customers, chunk_size);
    scan_job job = { .problem = problem, .prices = prices, .width = scan->width };
    job.chunks = cpn_alloc_zero(n_chunks, sizeof *job.chunks);
    job.used = cpn_alloc_zero(n_chunks * problem->n_rows, sizeof *job.used);
    job.cores = cpn_alloc_zero(n_chunks, sizeof *job.cores);
    campaign_status status = job.chunks && job.used && job.cores ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK)
        status =
            cpn_parallel_for(problem->n_customers, chunk_size, scan_chunk_of, &job, "offers", problem->runtime, error);
    if (status == CAMPAIGN_OK) status = add_chunks(scan, sums, &job, n_chunks, parts->first, error);
    for (int64_t i = 0; job.cores && i < n_chunks; i++) cpn_offers_set_free(&job.cores[i]);
    cpn_free(job.chunks);
    cpn_free(job.used);
    cpn_free(job.cores);
    return status;
}

campaign_status cpn_offers_scan_all(cpn_offers_scan *scan, const cpn_offers_problem *problem, const double *multipliers,
                                    campaign_error *error)
{
    double *prices = cpn_alloc(problem->n_groups * problem->n_offers * problem->n_costs, sizeof *prices);
    scan_sums sums = { 0 };
    cpn_offers_parts parts;
    cpn_offers_set_free(&scan->core);
    if (!prices) return cpn_fail_nomem(error);
    scan->n_choices = 0;
    scan->short_customer = -1;
    for (int32_t r = 0; r < problem->n_rows; r++) scan->used[r] = 0;
    cpn_offers_price(prices, problem, multipliers);
    campaign_status status;
    cpn_offers_parts_open(&parts, problem);
    while ((status = cpn_offers_parts_next(&parts, error)) == CAMPAIGN_OK && parts.problem) {
        status = scan_part(scan, &sums, &parts, prices, error);
        if (status != CAMPAIGN_OK) break;
    }
    cpn_offers_parts_close(&parts);
    if (status == CAMPAIGN_OK) status = finish_scan(scan, &sums, problem, prices, multipliers, error);
    for (int64_t i = 0; i < sums.n_cores; i++) cpn_offers_set_free(&sums.cores[i]);
    cpn_free(sums.cores);
    cpn_free(prices);
    return status;
}
