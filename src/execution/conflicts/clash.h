/* Inside of conflicts: windows that meet, prices that differ, promises beyond what there is. Only src/execution includes
 * this. read.c makes windows of tables, sweep.c, price.c and promise.c find what meets, say.c says it, write.c writes. */
#ifndef CPN_EXECUTION_CLASH_H
#define CPN_EXECUTION_CLASH_H

#include "execution/risks/risk.h"

typedef enum cpn_clash_kind {
    CPN_CLASH_CHANNEL,   /* two campaigns on one channel and day */
    CPN_CLASH_ITEM,      /* one item in two campaigns, preheat included */
    CPN_CLASH_PRICE,     /* one item at two prices on a day */
    CPN_CLASH_FLOOR,     /* a price below its floor */
    CPN_CLASH_TERRITORY, /* two partners with rights to the same customers */
    CPN_CLASH_PROMISE,   /* more promised than there is */
    CPN_CLASH_BUDGET,    /* more committed and spent than planned */
    CPN_CLASH_APPROVAL,  /* more asked for than the role may approve */
    CPN_CLASH_N_KINDS
} cpn_clash_kind;
extern const char *const cpn_clash_names[CPN_CLASH_N_KINDS];

/* Something from one day to before another. */
typedef struct cpn_clash_window {
    int32_t group, lane; /* only those of one group meet; lane -1 meets every lane, others their own */
    int32_t owner;       /* windows of one owner do not meet; -1: its own */
    int32_t start_day, end_day;
    int64_t row, amount; /* amount: a price or a quantity */
    cpn_risk_text name, lane_name, group_name;
} cpn_clash_window;

typedef struct cpn_clash {
    cpn_clash_kind kind;
    int32_t severity; /* as the playbook's */
    cpn_risk_text subject, lane, first, second;
    int32_t start_day, end_day; /* of what overlaps; equal where there are no days */
    int64_t rows[2], n_rows;    /* rows[1] -1: one row */
    int64_t shift_days, units;  /* units: pieces too many */
    int64_t amount, limit;      /* minor units: how far apart, or beyond; limit: what there is, a price or a quantity */
    bool has_amount, has_shift;
} cpn_clash;

typedef struct cpn_clashes {
    cpn_clash *all; /* those that are told */
    int64_t n, capacity;
    int64_t limit;                                              /* most of a kind that are told */
    int64_t counts[CPN_CLASH_N_KINDS], told[CPN_CLASH_N_KINDS]; /* counts: told or not */
    char currency[4];
    int32_t exponent;
    bool is_chinese;
    int64_t tolerance_ppm;
    const campaign_runtime *runtime;
} cpn_clashes;

/* Keeps one; past the limit of its kind it is only counted. */
campaign_status cpn_clash_keep(cpn_clashes *found, const cpn_clash *clash, campaign_error *error);
static inline bool cpn_clash_is_full(const cpn_clashes *found, cpn_clash_kind kind)
{
    return found->told[kind] == found->limit;
}

/* A table of windows, sorted by group, start, end and row. */
typedef struct cpn_clash_windows {
    cpn_clash_window *all;
    int64_t n;
    int32_t n_lanes;
} cpn_clash_windows;

/* Windows with the lowest or highest amount on top, equal ones by row. at has room for all. */
typedef struct cpn_clash_heap {
    int64_t *at;
    int64_t n;
    bool is_highest;
} cpn_clash_heap;
void cpn_clash_push(cpn_clash_heap *h, const cpn_clash_window *windows, int64_t window);
/* The window on top that lasts beyond day; -1 where none does. */
int64_t cpn_clash_top(cpn_clash_heap *h, const cpn_clash_window *windows, int32_t day);

/* Pairs of windows that meet: O(n log n + pairs that are told). */
campaign_status cpn_clash_sweep(cpn_clashes *found, cpn_clash_kind kind, const cpn_clash_windows *windows,
                                campaign_error *error);
/* Days on which the prices of one group lie further apart than the tolerance: O(n log n). */
campaign_status cpn_clash_prices(cpn_clashes *found, const cpn_clash_windows *windows, campaign_error *error);
/* Days on which the quantities of one group add up to more than there is; supply by group. */
campaign_status cpn_clash_promises(cpn_clashes *found, const cpn_clash_windows *windows, const int64_t *supply,
                                   campaign_error *error);

/* Reads each table and finds its conflicts. */
campaign_status cpn_clash_of_campaigns(cpn_clashes *found, const campaign_plan *plan,
                                       const campaign_conflicts_inputs *inputs, campaign_table *owned[3],
                                       campaign_error *error);
campaign_status cpn_clash_of_prices(cpn_clashes *found, const campaign_table *prices, campaign_error *error);
campaign_status cpn_clash_of_territories(cpn_clashes *found, const campaign_table *territories, campaign_error *error);
campaign_status cpn_clash_of_promises(cpn_clashes *found, const campaign_table *promises, const campaign_table *supply,
                                      campaign_error *error);

/* Columns that windows are read from; those that are not looked for have type 0. */
typedef struct cpn_clash_columns {
    const char *table;
    campaign_column group, lane, owner, start, end, amount;
} cpn_clash_columns;
/* Windows of a table in order; keys as codes. name says what first and second are called: the owner, or the lane. */
campaign_status cpn_clash_read(cpn_clash_windows *windows, const cpn_clash_columns *columns,
                               const campaign_runtime *runtime, campaign_error *error);
campaign_status cpn_clash_sort(cpn_clash_windows *windows, campaign_error *error);
void cpn_clash_windows_free(cpn_clash_windows *windows);
/* Money of one currency throughout; where = its column. */
campaign_status cpn_clash_take_currency(cpn_clashes *found, const campaign_column *column, const char *where,
                                        campaign_error *error);

void cpn_clash_say(cpn_text *text, cpn_text *proposal, const cpn_clash *clash, const cpn_clashes *found);
campaign_status cpn_clash_write(campaign_table **conflicts, cpn_clashes *found, campaign_error *error);
campaign_status cpn_clash_write_report(campaign_conflicts_report *report, const cpn_clashes *found,
                                       campaign_error *error);

#endif
