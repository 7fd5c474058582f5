/* The last pass: who gets what, in key order, with exact sums of what is used and of the value. */
#include <assert.h>
#include <math.h>

#include "allocate/offers/parts.h"
#include "allocate/offers/write.h"
#include "base/checked.h"
#include "base/memory.h"

typedef struct collect_job {
    const cpn_offers_problem *problem;
    const cpn_offers_answer *answer;
    const double *prices;
    cpn_offers_list *lists;
    int64_t first; /* number of the part's first customer */
    bool has_numbers;
} collect_job;

static bool push(cpn_offers_list *list, const cpn_offers_view *view, int32_t pair, double share, int32_t n_extra)
{
    if (list->n == list->room) {
        const int64_t room = list->room ? list->room * 2 : 1024;
        int32_t *customers = cpn_resize(list->customers, room, sizeof *customers);
        if (customers) list->customers = customers;
        int32_t *offers = cpn_resize(list->offers, room, sizeof *offers);
        if (offers) list->offers = offers;
        if (!customers || !offers) return false;
        if (list->has_shares) {
            double *shares = cpn_resize(list->shares, room, sizeof *shares);
            if (!shares) return false;
            list->shares = shares;
        }
        if (list->has_numbers) {
            double *numbers = cpn_resize(list->numbers, room * (1 + (int64_t)n_extra), sizeof *numbers);
            if (!numbers) return false;
            list->numbers = numbers;
        }
        list->room = room;
    }
    if (list->has_shares) list->shares[list->n] = share;
    if (list->has_numbers) {
        double *to = &list->numbers[list->n * (1 + (int64_t)n_extra)];
        *to = view->values[pair];
        for (int32_t e = 0; e < n_extra; e++) to[1 + e] = view->costs[(int64_t)pair * n_extra + e];
    }
    list->customers[list->n] = view->customer;
    list->offers[list->n++] = view->offers[pair];
    return true;
}

/* A compensated sum of floats (Neumaier); money is added as whole numbers, but for shares of it. */
static void add_value(cpn_offers_list *list, const cpn_offers_problem *problem, double value)
{
    if (problem->has_money_values && !list->has_shares) {
        list->has_overflow = list->has_overflow || !cpn_add64(&list->minor, list->minor, (int64_t)value);
        return;
    }
    const double total = list->sum + value;
    list->compensation += fabs(list->sum) >= fabs(value) ? (list->sum - total) + value : (value - total) + list->sum;
    list->sum = total;
}

static bool take_pair(cpn_offers_list *list, const cpn_offers_problem *problem, const cpn_offers_view *view,
                      int32_t pair, double share)
{
    const int32_t n_extra = problem->n_costs - 1, offer = view->offers[pair];
    const int64_t cell = cpn_offers_cell(problem, view->group, offer);
    for (int64_t u = problem->use_starts[cell]; u < problem->use_starts[cell + 1] && !list->has_shares; u++) {
        const cpn_offers_use *use = &problem->uses[u];
        const double cost = use->cost == 0 ? 1 : view->costs[(int64_t)pair * n_extra + use->cost - 1];
        list->used[use->row] += use->cost == 0 ? 1 : cpn_offers_steps(problem, use->cost, cost);
    }
    list->counts[offer]++;
    list->values[offer] += view->values[pair] * share;
    add_value(list, problem, view->values[pair] * share);
    return push(list, view, pair, share, n_extra);
}

/* The first override at or behind a customer. */
static int64_t find_override(const cpn_offers_answer *answer, int64_t customer)
{
    int64_t low = 0, high = answer->n_overrides;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (answer->overrides[middle].customer < customer)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool take_customer(cpn_offers_list *list, const collect_job *job, const cpn_offers_view *view,
                          cpn_offers_scratch *scratch, const cpn_offers_override *override)
{
    const cpn_offers_problem *problem = job->problem;
    const int64_t before = list->n;
    if (override) {
        for (int32_t p = 0; p < view->n; p++) {
            scratch->is_chosen[p] = 0;
            for (int64_t i = 0; i < override->n; i++)
                if (job->answer->override_offers[override->first + i] == view->offers[p]) {
                    scratch->is_chosen[p] = 1;
                    scratch->scores[p] = list->has_shares ? job->answer->override_shares[override->first + i] : 1;
                }
        }
    } else {
        cpn_offers_choice choice;
        cpn_offers_score(scratch, problem, view, job->prices);
        cpn_offers_choose(&choice, scratch, problem, view);
    }
    for (int32_t p = 0; p < view->n; p++)
        if (scratch->is_chosen[p] && !take_pair(list, problem, view, p, override ? scratch->scores[p] : 1))
            return false;
    list->n_served += list->n > before;
    return true;
}

/* The best of a block without looking at each customer's pairs again. */
static bool take_block_customer(cpn_offers_list *list, const collect_job *job, const cpn_offers_block *block,
                                int64_t first, int64_t i)
{
    const cpn_offers_problem *problem = job->problem;
    const int32_t n_extra = problem->n_costs - 1, offer = block->offers[i];
    double costs[CPN_OFFERS_COSTS] = { 0 };
    if (offer < 0) return true;
    for (int32_t e = 0; e < n_extra; e++) costs[e] = block->costs[(int64_t)offer * n_extra + e][i];
    const double value = block->values[offer][i];
    const cpn_offers_view view = { .n = 1,
                                   .group = problem->groups ? problem->groups[first + i] : 0,
                                   .customer = (int32_t)(job->first + first + i),
                                   .offers = &offer,
                                   .values = &value,
                                   .costs = costs };
    list->n_served++;
    return take_pair(list, problem, &view, 0, 1);
}

static campaign_status collect_chunk(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const collect_job *job = ctx;
    const cpn_offers_problem *problem = job->problem;
    const bool has_blocks = problem->is_dense && problem->is_simple;
    cpn_offers_list *list = &job->lists[chunk];
    cpn_offers_scratch scratch;
    cpn_offers_block block = { 0 };
    list->has_numbers = job->has_numbers;
    list->has_shares = job->answer->override_shares != NULL;
    list->used = cpn_alloc_zero(problem->n_rows, sizeof *list->used);
    list->counts = cpn_alloc_zero(problem->n_offers, sizeof *list->counts);
    list->values = cpn_alloc_zero(problem->n_offers, sizeof *list->values);
    if (!list->used || !list->counts || !list->values || !cpn_offers_scratch_open(&scratch, problem))
        return CAMPAIGN_E_NOMEM;
    bool is_fine = !has_blocks || cpn_offers_block_open(&block, problem);
    int64_t next = find_override(job->answer, job->first + first);
    for (int64_t c = first; c < last && is_fine; c++) {
        const int64_t i = (c - first) % CPN_OFFERS_BLOCK;
        const bool is_override =
            next < job->answer->n_overrides && job->answer->overrides[next].customer == job->first + c;
        const int64_t at = c - i;
        if (has_blocks && i == 0) {
            const int64_t n = last - c < CPN_OFFERS_BLOCK ? last - c : CPN_OFFERS_BLOCK;
            cpn_offers_block_load(&block, problem, c, n);
            cpn_offers_block_choose(&block, problem, job->prices, n);
        }
        if (has_blocks && !is_override) {
            is_fine = take_block_customer(list, job, &block, at, i);
            continue;
        }
        cpn_offers_view view;
        cpn_offers_view_of(&view, &scratch, problem, c);
        view.customer += (int32_t)job->first;
        is_fine = take_customer(list, job, &view, &scratch, is_override ? &job->answer->overrides[next] : NULL);
        next += is_override;
    }
    cpn_offers_block_close(&block);
    cpn_offers_scratch_close(&scratch);
    return is_fine ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
}

/* What shares use, as steps: rounded up, so that nothing looks cheaper than it is. */
static void round_used(cpn_offers_answer *answer, const cpn_offers_problem *problem, int32_t row)
{
    const double steps = ceil(answer->share_used[row] * problem->costs[problem->rows[row].cost].steps);
    const int64_t amount = problem->rows[row].amount;
    answer->used[row] = steps < (double)amount ? (int64_t)steps : amount;
}

static campaign_status add_lists(cpn_offers_answer *answer, const cpn_offers_lists *lists,
                                 const cpn_offers_problem *problem, campaign_error *error)
{
    double sum = 0, compensation = 0;
    int64_t minor = 0;
    bool has_overflow = false;
    for (int64_t i = 0; i < lists->n; i++) {
        const cpn_offers_list *list = &lists->lists[i];
        answer->n_choices += list->n;
        answer->n_served += list->n_served;
        has_overflow = has_overflow || list->has_overflow || !cpn_add64(&minor, minor, list->minor);
        const double total = sum + list->sum;
        compensation += fabs(sum) >= fabs(list->sum) ? (sum - total) + list->sum : (list->sum - total) + sum;
        compensation += list->compensation;
        sum = total;
        for (int32_t r = 0; r < problem->n_rows; r++) answer->used[r] += list->used[r];
        for (int32_t k = 0; k < problem->n_offers; k++) {
            answer->offer_counts[k] += list->counts[k];
            answer->offer_values[k] += list->values[k];
        }
    }
    if (has_overflow)
        return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "pairs.value", "the values given pass 2^63 minor units together");
    for (int32_t r = 0; r < problem->n_rows && answer->share_used; r++) round_used(answer, problem, r);
    for (int32_t r = 0; r < problem->n_rows; r++) assert(answer->used[r] <= problem->rows[r].amount);
    const bool is_whole = problem->has_money_values && !answer->share_used;
    answer->value = is_whole ? (double)minor : sum + compensation;
    return CAMPAIGN_OK;
}

/* The lists of one part, behind those of the parts before. */
static campaign_status collect_part(cpn_offers_lists *lists, const cpn_offers_answer *answer,
                                    const cpn_offers_parts *parts, const double *prices, campaign_error *error)
{
    const int64_t n = cpn_n_chunks(parts->problem->n_customers, lists->chunk);
    cpn_offers_list *more = cpn_resize(lists->lists, lists->n + n, sizeof *more);
    if (!more) return cpn_fail_nomem(error);
    lists->lists = more;
    for (int64_t i = 0; i < n; i++) more[lists->n + i] = (cpn_offers_list){ 0 };
    collect_job job = { .problem = parts->problem,
                        .answer = answer,
                        .prices = prices,
                        .lists = more + lists->n,
                        .first = parts->first,
                        .has_numbers = parts->whole->source != NULL };
    lists->n += n;
    return cpn_parallel_for(parts->problem->n_customers, lists->chunk, collect_chunk, &job, "offers",
                            parts->problem->runtime, error);
}

static campaign_status collect_parts(cpn_offers_lists *lists, const cpn_offers_answer *answer,
                                     const cpn_offers_problem *problem, const double *prices, campaign_error *error)
{
    cpn_offers_parts parts;
    campaign_status status;
    cpn_offers_parts_open(&parts, problem);
    while ((status = cpn_offers_parts_next(&parts, error)) == CAMPAIGN_OK && parts.problem) {
        status = collect_part(lists, answer, &parts, prices, error);
        if (status != CAMPAIGN_OK) break;
    }
    cpn_offers_parts_close(&parts);
    return status;
}

campaign_status cpn_offers_collect(cpn_offers_lists *lists, cpn_offers_answer *answer,
                                   const cpn_offers_problem *problem, campaign_error *error)
{
    const int64_t n_cells = problem->n_groups * problem->n_offers;
    double *prices = cpn_alloc(n_cells * problem->n_costs, sizeof *prices);
    *lists = (cpn_offers_lists){ .chunk = 65536 };
    answer->used = cpn_alloc_zero(problem->n_rows, sizeof *answer->used);
    answer->offer_counts = cpn_alloc_zero(problem->n_offers, sizeof *answer->offer_counts);
    answer->offer_values = cpn_alloc_zero(problem->n_offers, sizeof *answer->offer_values);
    campaign_status status =
        prices && answer->used && answer->offer_counts && answer->offer_values ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        cpn_offers_price(prices, problem, answer->multipliers);
        status = collect_parts(lists, answer, problem, prices, error);
    }
    if (status == CAMPAIGN_OK) status = add_lists(answer, lists, problem, error);
    cpn_free(prices);
    return status;
}

void cpn_offers_lists_free(cpn_offers_lists *lists)
{
    for (int64_t i = 0; lists->lists && i < lists->n; i++) {
        cpn_free(lists->lists[i].customers);
        cpn_free(lists->lists[i].offers);
        cpn_free(lists->lists[i].shares);
        cpn_free(lists->lists[i].numbers);
        cpn_free(lists->lists[i].used);
        cpn_free(lists->lists[i].counts);
        cpn_free(lists->lists[i].values);
    }
    cpn_free(lists->lists);
    *lists = (cpn_offers_lists){ 0 };
}
