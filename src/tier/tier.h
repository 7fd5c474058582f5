/* What the files of the tier engine share: facts of each customer, scales of scores, rules of segments.
 * Flow: settle.c → which orders count; gather.c → facts; scale.c, scores.c → scores; segments.c → rules; grid.c → which rule
 * decides; tiers.c, report.c → tables. */
#ifndef CPN_TIER_TIER_H
#define CPN_TIER_TIER_H

#include <campaign/tier.h>
#include <stdbool.h>

#include "base/document.h"
#include "table/table.h"

enum { CPN_RECENCY, CPN_FREQUENCY, CPN_MONETARY, CPN_N_DIMENSIONS };

/* Options with every default filled in. */
typedef struct cpn_rfm_knobs {
    campaign_rfm_options given;
    int32_t n_bins[CPN_N_DIMENSIONS];
    const int64_t *cuts[CPN_N_DIMENSIONS]; /* bins - 1, or NULL */
    bool is_chinese;
} cpn_rfm_knobs;

campaign_status cpn_rfm_take_knobs(cpn_rfm_knobs *knobs, const campaign_rfm_options *options, campaign_error *error);

/* Totals of one key of the customer column. */
typedef struct cpn_facts {
    int64_t monetary;
    int32_t frequency, n_rows;   /* keys know at most 2^31 - 1 rows */
    int32_t first_day, last_day; /* of purchases: first > last where there is none */
} cpn_facts;

enum { CPN_NO_FIRST_DAY = INT32_MAX, CPN_NO_LAST_DAY = INT32_MIN };

/* What the orders say. keys hold the customers; facts and keys run in the same order, and customers without a used row
 * are gone from both of kept and facts: customer c of n_customers is key kept[c]. */
typedef struct cpn_history {
    campaign_column customer, date, amount, order; /* order.type is 0 where orders are not counted */
    int32_t frequency_counts;                      /* never USUAL */
    int32_t as_of;
    bool has_as_of;
    int64_t n_rows, n_used, n_after_as_of, n_skipped, n_returns;
    uint64_t largest_amount; /* no used amount is further from zero */
    cpn_keys keys;
    int64_t n_customers, n_without_purchase;
    int64_t *kept;
    cpn_facts *facts;
    campaign_table *skipped, *skipped_counts;
} cpn_history;

campaign_status cpn_history_read(cpn_history *history, const campaign_table *orders, const cpn_rfm_knobs *knobs,
                                 const campaign_runtime *runtime, campaign_error *error);
void cpn_history_free(cpn_history *history);

static inline bool cpn_has_purchase(const cpn_facts *facts)
{
    return facts->first_day <= facts->last_day;
}

/* ---- Reading rows, gathering facts: stages of cpn_history_read --------------------------------------------------- */

/* Settles each row: history->keys.codes[row] becomes -1 where it is not used. Fills the counts and as_of. Under FAIL the
 * first bad row is an error. days: trading day of each row, anything where it is null. */
campaign_status cpn_history_settle(cpn_history *history, const int32_t *days, const cpn_rfm_knobs *knobs,
                                   const campaign_runtime *runtime, campaign_error *error);

/* Lists the rows that settling skipped, as campaign_table_check does. */
campaign_status cpn_history_list_skipped(cpn_history *history, const campaign_table *orders, const cpn_rfm_knobs *knobs,
                                         campaign_error *error);

/* Sums the used rows into facts, one per key. */
campaign_status cpn_history_gather(cpn_facts *facts, const cpn_history *history, const int32_t *days,
                                   const campaign_runtime *runtime, campaign_error *error);

/* ---- Sets of what a customer did --------------------------------------------------------------------------------- */

typedef struct cpn_distinct_slot {
    uint64_t id;
    int32_t code; /* -1 = empty */
    uint32_t spare;
} cpn_distinct_slot;

/* A set of (customer code, id). Where text is set ids are only hashes, and the rows decide. */
typedef struct cpn_distinct {
    const campaign_column *text;
    cpn_distinct_slot *slots;
    int64_t *rows; /* of each slot, with text only */
    int64_t n_slots, n_used;
} cpn_distinct;

/* 1 where it is new, 0 where it is known, -1 where memory is out. Zero-initialise with text set. */
int cpn_distinct_add(cpn_distinct *set, int32_t code, uint64_t id, int64_t row);
void cpn_distinct_clear(cpn_distinct *set); /* empties it, keeps the memory */
void cpn_distinct_free(cpn_distinct *set);

/* ---- Scores ------------------------------------------------------------------------------------------------------ */

/* The values at some places of the ascending order, without sorting: found[i] is the value at places[i], counted
 * from 0. O(n) a place. False where memory is out. */
bool cpn_select_places(int64_t *found, const int64_t *values, int64_t n, const int64_t *places, int32_t n_places);

/* A value lies above a step where it is greater, or equal and at least quota equal ones were placed before it. */
typedef struct cpn_step {
    int64_t value;
    int64_t quota; /* INT64_MAX = none of the equal ones is above, 0 = all are */
} cpn_step;

/* Steps of one dimension; score = 1 + steps below the value. */
typedef struct cpn_scale {
    int32_t n_bins;
    bool has_quota; /* some step splits equal values */
    bool has_cut;   /* cut holds points of their own, from the caller or from R_RFM */
    cpn_step steps[CAMPAIGN_RFM_BINS_MAX - 1];
    double cut[CAMPAIGN_RFM_BINS_MAX - 1]; /* score 2 first, in days, purchases or major units */
} cpn_scale;

/* How a scale is asked for. */
typedef struct cpn_scaling {
    int32_t n_bins;
    int32_t ties;
    bool is_recency;
    int64_t unit;        /* what one more of the dimension is worth: 1 day, 1 purchase, 100 fen */
    const int64_t *cuts; /* bins - 1 of the caller's own, or NULL */
} cpn_scaling;

/* Builds the scale of n values, greater is better: recency comes negated. False where memory is out. */
bool cpn_scale_build(cpn_scale *scale, const cpn_scaling *scaling, const int64_t *values, int64_t n);
/* Scores of values in customer order. */
void cpn_scale_apply(int32_t *scores, const cpn_scale *scale, const int64_t *values, int64_t n);

/* What lies in each bin. */
typedef struct cpn_bins {
    int64_t n[CAMPAIGN_RFM_BINS_MAX];
    int64_t n_with_value[CAMPAIGN_RFM_BINS_MAX];                    /* less than n where customers have no recency */
    int64_t min[CAMPAIGN_RFM_BINS_MAX], max[CAMPAIGN_RFM_BINS_MAX]; /* days, count or minor units; where n_with_value */
} cpn_bins;

/* One dimension of the result. Zero-initialise. */
typedef struct cpn_scores {
    cpn_scale scale;
    int32_t *score; /* one per customer */
    cpn_bins bins;
} cpn_scores;

campaign_status cpn_scores_build(cpn_scores scores[CPN_N_DIMENSIONS], const cpn_history *history,
                                 const cpn_rfm_knobs *knobs, const campaign_runtime *runtime, campaign_error *error);
void cpn_scores_free(cpn_scores scores[CPN_N_DIMENSIONS]);

/* ---- Segments ---------------------------------------------------------------------------------------------------- */

typedef struct cpn_range {
    int64_t min, max;
} cpn_range;

typedef struct cpn_rule {
    const char *id;
    const char *name; /* in the language asked for */
    cpn_range scores[CPN_N_DIMENSIONS];
    cpn_range facts[CPN_N_DIMENSIONS]; /* days, purchases, minor units */
    bool has_facts;
} cpn_rule;

/* Rules of a document, then "dormant" and "other". Texts live in json. */
typedef struct cpn_segments {
    cpn_json *json;
    int32_t n_bins;             /* scale on which the rules speak */
    int32_t dormant_after_days; /* 0 = nobody is dormant */
    int64_t n_rules;            /* without dormant and other */
    cpn_rule *rules;            /* n_rules + 2; rules[n_rules] is dormant, rules[n_rules + 1] other */
} cpn_segments;

campaign_status cpn_segments_read(cpn_segments *segments, const cpn_rfm_knobs *knobs, int32_t exponent,
                                  campaign_error *error);
void cpn_segments_free(cpn_segments *segments);

/* The kind campaign/segments/1, for its schema. */
extern const cpn_document_kind cpn_segments_kind;

/* Which rule first matches each combination of scores, and how the rules lie over each other. */
typedef struct cpn_rule_grid {
    int32_t n_bins[CPN_N_DIMENSIONS];
    int32_t n_cells;
    int32_t *first; /* one per cell: the first rule whose scores match; n_rules + 1 (other) where none does */
} cpn_rule_grid;

campaign_status cpn_rule_grid_build(cpn_rule_grid *grid, const cpn_segments *segments, const cpn_rfm_knobs *knobs,
                                    campaign_error *error);
void cpn_rule_grid_free(cpn_rule_grid *grid);

static inline int32_t cpn_grid_cell(const cpn_rule_grid *grid, const int32_t score[CPN_N_DIMENSIONS])
{
    return ((score[0] - 1) * grid->n_bins[1] + score[1] - 1) * grid->n_bins[2] + score[2] - 1;
}

/* ---- Results ----------------------------------------------------------------------------------------------------- */

/* Everything that was found out, for the writers. */
typedef struct cpn_rfm {
    cpn_rfm_knobs knobs;
    cpn_history history;
    cpn_scores scores[CPN_N_DIMENSIONS];
    cpn_segments segments;
    cpn_rule_grid grid;
    int32_t *tiers, *cells; /* of each customer: index in segments.rules, cell of the grid */
} cpn_rfm;

/* Comes last: scores, tiers and cells go into the table without a copy and are NULL afterwards. */
campaign_status cpn_rfm_write_tiers(campaign_table **tiers, cpn_rfm *rfm, const campaign_runtime *runtime,
                                    campaign_error *error);
/* Fills tiers and cells, which have room for every customer. */
campaign_status cpn_rfm_match(cpn_rfm *rfm, const campaign_runtime *runtime, campaign_error *error);

campaign_status cpn_rfm_write_bins(campaign_table **bins, const cpn_rfm *rfm, campaign_error *error);
campaign_status cpn_rfm_write_segments(campaign_table **segments, const cpn_rfm *rfm, campaign_error *error);
campaign_status cpn_rfm_write_notes(campaign_table **notes, const cpn_rfm *rfm, campaign_error *error);

#endif
