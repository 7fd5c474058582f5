/* Scores of all three dimensions: their values, scales, and what lies in each bin. */
#include "base/checked.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "tier/tier.h"

enum { CHUNK_CUSTOMERS = 1 << 16 };

typedef struct scoring {
    const cpn_history *history;
    int32_t dimension;
    int64_t *values; /* one per customer, greater is better */
    cpn_scores *scores;
    cpn_bins *chunks;
} scoring;

/* A customer without a purchase has no recency and stays below every step. */
static campaign_status read_values(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    const scoring *s = ctx;
    const cpn_facts *facts = s->history->facts;
    const int64_t as_of = s->history->as_of;
    if (s->dimension == CPN_FREQUENCY)
        for (int64_t i = first; i < last; i++) s->values[i] = facts[i].frequency;
    else if (s->dimension == CPN_MONETARY)
        for (int64_t i = first; i < last; i++) s->values[i] = facts[i].monetary;
    else
        for (int64_t i = first; i < last; i++)
            s->values[i] = cpn_has_purchase(&facts[i]) ? facts[i].last_day - as_of : INT64_MIN;
    return CAMPAIGN_OK;
}

static void count_customer(cpn_bins *bins, int32_t bin, int64_t value, bool is_recency)
{
    bins->n[bin]++;
    if (is_recency && value == INT64_MIN) return;
    const int64_t natural = is_recency ? -value : value;
    if (bins->n_with_value[bin]++ == 0) bins->min[bin] = bins->max[bin] = natural;
    if (natural < bins->min[bin]) bins->min[bin] = natural;
    if (natural > bins->max[bin]) bins->max[bin] = natural;
}

static campaign_status score_chunk(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const scoring *s = ctx;
    int32_t *score = s->scores->score;
    /* Steps that split equal values were applied before, in customer order. */
    if (!s->scores->scale.has_quota) cpn_scale_apply(score + first, &s->scores->scale, s->values + first, last - first);
    cpn_bins bins = { 0 };
    for (int64_t i = first; i < last; i++)
        count_customer(&bins, score[i] - 1, s->values[i], s->dimension == CPN_RECENCY);
    s->chunks[chunk] = bins;
    return CAMPAIGN_OK;
}

static void add_bins(cpn_bins *sum, const cpn_bins *part)
{
    for (int32_t bin = 0; bin < CAMPAIGN_RFM_BINS_MAX; bin++) {
        if (part->n_with_value[bin] > 0) {
            const bool is_first = sum->n_with_value[bin] == 0;
            if (is_first || part->min[bin] < sum->min[bin]) sum->min[bin] = part->min[bin];
            if (is_first || part->max[bin] > sum->max[bin]) sum->max[bin] = part->max[bin];
        }
        sum->n[bin] += part->n[bin];
        sum->n_with_value[bin] += part->n_with_value[bin];
    }
}

static cpn_scaling scaling_of(const scoring *s, const cpn_rfm_knobs *knobs)
{
    return (cpn_scaling){ .n_bins = knobs->n_bins[s->dimension],
                          .ties = knobs->given.ties,
                          .is_recency = s->dimension == CPN_RECENCY,
                          .unit = s->dimension == CPN_MONETARY ? cpn_power_of_ten(s->history->amount.exponent) : 1,
                          .cuts = knobs->cuts[s->dimension] };
}

/* Scale of the values; those of customers without recency are left out. */
static bool build_scale(const scoring *s, const cpn_rfm_knobs *knobs)
{
    const cpn_history *h = s->history;
    const cpn_scaling scaling = scaling_of(s, knobs);
    if (!scaling.is_recency || h->n_without_purchase == 0)
        return cpn_scale_build(&s->scores->scale, &scaling, s->values, h->n_customers);
    int64_t *known = cpn_alloc(h->n_customers, sizeof *known);
    if (!known) return false;
    int64_t n_known = 0;
    for (int64_t i = 0; i < h->n_customers; i++)
        if (s->values[i] != INT64_MIN) known[n_known++] = s->values[i];
    const bool is_built = cpn_scale_build(&s->scores->scale, &scaling, known, n_known);
    cpn_free(known);
    return is_built;
}

static campaign_status score_dimension(const scoring *s, const cpn_rfm_knobs *knobs, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    const int64_t n = s->history->n_customers;
    scoring job = *s;
    campaign_status status = cpn_parallel_for(n, CHUNK_CUSTOMERS, read_values, &job, "scores", runtime, error);
    if (status == CAMPAIGN_OK && !build_scale(s, knobs)) status = cpn_fail_nomem(error);
    if (status != CAMPAIGN_OK) return status;
    if (s->scores->scale.has_quota) cpn_scale_apply(s->scores->score, &s->scores->scale, s->values, n);
    status = cpn_parallel_for(n, CHUNK_CUSTOMERS, score_chunk, &job, "scores", runtime, error);
    for (int64_t chunk = 0; chunk < cpn_n_chunks(n, CHUNK_CUSTOMERS) && status == CAMPAIGN_OK; chunk++)
        add_bins(&s->scores->bins, &s->chunks[chunk]);
    return status;
}

campaign_status cpn_scores_build(cpn_scores scores[CPN_N_DIMENSIONS], const cpn_history *history,
                                 const cpn_rfm_knobs *knobs, const campaign_runtime *runtime, campaign_error *error)
{
    scoring s = { .history = history };
    s.values = cpn_alloc(history->n_customers, sizeof *s.values);
    s.chunks = cpn_alloc(cpn_n_chunks(history->n_customers, CHUNK_CUSTOMERS), sizeof *s.chunks);
    campaign_status status = s.values && s.chunks ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int32_t d = 0; d < CPN_N_DIMENSIONS && status == CAMPAIGN_OK; d++) {
        s.dimension = d;
        s.scores = &scores[d];
        s.scores->score = cpn_alloc(history->n_customers, sizeof *s.scores->score);
        status = s.scores->score ? score_dimension(&s, knobs, runtime, error) : cpn_fail_nomem(error);
    }
    cpn_free(s.values);
    cpn_free(s.chunks);
    return status;
}

void cpn_scores_free(cpn_scores scores[CPN_N_DIMENSIONS])
{
    for (int32_t d = 0; d < CPN_N_DIMENSIONS; d++) {
        cpn_free(scores[d].score);
        scores[d].score = NULL;
    }
}
