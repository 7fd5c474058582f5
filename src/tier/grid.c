/* Which rule decides: a grid of every combination of scores holds the first rule whose boxes match, so that most
 * customers need one look-up; only rules with conditions on days, purchases or money are tried one by one. */
#include "base/memory.h"
#include "base/parallel.h"
#include "tier/tier.h"

enum { CHUNK_CUSTOMERS = 1 << 16 };

static bool is_within(const cpn_range *range, int64_t value)
{
    return value >= range->min && value <= range->max;
}

static bool match_scores(const cpn_rule *rule, const int32_t score[CPN_N_DIMENSIONS])
{
    return is_within(&rule->scores[0], score[0]) && is_within(&rule->scores[1], score[1]) &&
           is_within(&rule->scores[2], score[2]);
}

/* Moves a score on n_bins bins to the scale of the rules: the shares of customers stay where they were. */
static int32_t move_score(int32_t score, int32_t n_bins, int32_t rule_bins)
{
    return 1 + (score - 1) * rule_bins / n_bins;
}

static int32_t find_rule(const cpn_segments *segments, int64_t from, const int32_t score[CPN_N_DIMENSIONS])
{
    for (int64_t i = from; i < segments->n_rules; i++)
        if (match_scores(&segments->rules[i], score)) return (int32_t)i;
    return (int32_t)segments->n_rules + 1;
}

campaign_status cpn_rule_grid_build(cpn_rule_grid *grid, const cpn_segments *segments, const cpn_rfm_knobs *knobs,
                                    campaign_error *error)
{
    const int32_t *n_bins = knobs->n_bins;
    *grid =
        (cpn_rule_grid){ .n_bins = { n_bins[0], n_bins[1], n_bins[2] }, .n_cells = n_bins[0] * n_bins[1] * n_bins[2] };
    grid->first = cpn_alloc(grid->n_cells, sizeof *grid->first);
    if (!grid->first) return cpn_fail_nomem(error);
    int32_t cell = 0;
    for (int32_t r = 1; r <= n_bins[0]; r++) {
        for (int32_t f = 1; f <= n_bins[1]; f++) {
            for (int32_t m = 1; m <= n_bins[2]; m++) {
                const int32_t moved[] = { move_score(r, n_bins[0], segments->n_bins),
                                          move_score(f, n_bins[1], segments->n_bins),
                                          move_score(m, n_bins[2], segments->n_bins) };
                grid->first[cell++] = find_rule(segments, 0, moved);
            }
        }
    }
    return CAMPAIGN_OK;
}

void cpn_rule_grid_free(cpn_rule_grid *grid)
{
    cpn_free(grid->first);
    grid->first = NULL;
}

static bool match_facts(const cpn_rule *rule, const cpn_facts *facts, int32_t as_of)
{
    if (!rule->has_facts) return true;
    const cpn_range *days = &rule->facts[CPN_RECENCY];
    const bool asks_days = days->min != INT64_MIN || days->max != INT64_MAX;
    if (asks_days && !cpn_has_purchase(facts)) return false;
    return (!asks_days || is_within(days, (int64_t)as_of - facts->last_day)) &&
           is_within(&rule->facts[CPN_FREQUENCY], facts->frequency) &&
           is_within(&rule->facts[CPN_MONETARY], facts->monetary);
}

static int32_t find_tier(const cpn_rfm *rfm, const cpn_facts *facts, const int32_t score[CPN_N_DIMENSIONS],
                         int32_t cell)
{
    const cpn_segments *s = &rfm->segments;
    const int32_t as_of = rfm->history.as_of;
    if (s->dormant_after_days && cpn_has_purchase(facts) && as_of - facts->last_day > s->dormant_after_days)
        return (int32_t)s->n_rules;
    int32_t rule = rfm->grid.first[cell];
    while (rule < s->n_rules && !match_facts(&s->rules[rule], facts, as_of)) {
        int32_t moved[CPN_N_DIMENSIONS];
        for (int d = 0; d < CPN_N_DIMENSIONS; d++) moved[d] = move_score(score[d], rfm->grid.n_bins[d], s->n_bins);
        rule = find_rule(s, rule + 1, moved);
    }
    return rule;
}

static campaign_status match_chunk(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    cpn_rfm *rfm = ctx;
    for (int64_t i = first; i < last; i++) {
        const int32_t score[] = { rfm->scores[0].score[i], rfm->scores[1].score[i], rfm->scores[2].score[i] };
        rfm->cells[i] = cpn_grid_cell(&rfm->grid, score);
        rfm->tiers[i] = find_tier(rfm, &rfm->history.facts[i], score, rfm->cells[i]);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_rfm_match(cpn_rfm *rfm, const campaign_runtime *runtime, campaign_error *error)
{
    return cpn_parallel_for(rfm->history.n_customers, CHUNK_CUSTOMERS, match_chunk, rfm, "tiers", runtime, error);
}
