/* libcampaign: quotas in whole units, along one, two or more dimensions, each with its proof.
 *
 * A total over cells in proportion to weights; a table whose rows and columns both have fixed totals; the quota of each rep
 * from what it can sell. Everything that is counted is exact; docs/allocate-quota.md has the mathematics and an example. */
#ifndef CAMPAIGN_ALLOCATE_QUOTA_H
#define CAMPAIGN_ALLOCATE_QUOTA_H

#include <campaign/certificate.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is divided, and how. */
enum {
    CAMPAIGN_QUOTA_SPLIT = 0,          /* a total over cells; with several dimensions level by level, in their order */
    CAMPAIGN_QUOTA_BIPROPORTIONAL = 1, /* whole units in proportion to weights, rows and columns with fixed totals */
    CAMPAIGN_QUOTA_ROUNDING = 2,       /* every cell of a table rounded up or down, rows and columns adding up */
    CAMPAIGN_QUOTA_FITTING = 3         /* real numbers in proportion to weights, rows and columns with fixed totals */
};

/** How shares become whole units: the k-th unit of a cell of weight w has the priority w / d(k), and the highest
 *  priorities win. Balinski & Young, Fair Representation, 1982. */
enum {
    CAMPAIGN_QUOTA_METHOD_USUAL = 0,      /* largest remainder for a split, Sainte-Laguë for two dimensions */
    CAMPAIGN_QUOTA_LARGEST_REMAINDER = 1, /* Hamilton: campaign_split; not for two dimensions */
    CAMPAIGN_QUOTA_DHONDT = 2,            /* Jefferson: d(k) = k */
    CAMPAIGN_QUOTA_SAINTE_LAGUE = 3,      /* Webster: d(k) = k - 1/2 */
    CAMPAIGN_QUOTA_HILL = 4,              /* Huntington-Hill: d(k) = sqrt(k (k - 1)) */
    CAMPAIGN_QUOTA_ADAMS = 5,             /* d(k) = k - 1 */
    CAMPAIGN_QUOTA_DEAN = 6               /* d(k) = k (k - 1) / (k - 1/2), the harmonic mean of k - 1 and k */
};

/** Most dimensions of a split. */
#define CAMPAIGN_QUOTA_DIMENSIONS_MAX 8
/** Largest total, bound and sum of weights. */
#define CAMPAIGN_QUOTA_MAX INT64_C(4000000000000000000)

/** What is to be divided: tables, borrowed for the call. Columns marked ? may be missing, or null in a row. Amounts are
 *  counts (int32, int64) or money of one currency and exponent throughout. */
typedef struct campaign_allocate_quota_inputs {
    uint32_t size;    /* sizeof(campaign_allocate_quota_inputs) */
    int32_t reserved; /* 0 */
    /** Required; one row per cell: a key column (int32, int64 or utf8) per dimension, weight (float64, int32, int64 or
     *  money; 0 or more. For CAMPAIGN_QUOTA_ROUNDING the table to be rounded, in major units where it is float64);
     *  minimum?, maximum?, locked? (amount). In two dimensions a cell that has no row, or a weight of 0, stays empty. */
    const campaign_table *cells;
    /** Totals of the first dimension: its key, total (amount; for CAMPAIGN_QUOTA_FITTING also float64). NULL: a split
     *  needs none; two dimensions see campaign_allocate_quota_options. */
    const campaign_table *rows;
    /** Totals of the second dimension, in the same way. */
    const campaign_table *columns;
    const void *reserved_pointer; /* NULL */
} campaign_allocate_quota_inputs;

#define CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT                                                                            \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_quota_inputs), 0, NULL, NULL, NULL, NULL                                    \
    }

/** How it is divided. NULL or zero: the default. */
typedef struct campaign_allocate_quota_options {
    uint32_t size;          /* sizeof(campaign_allocate_quota_options) */
    int32_t kind;           /* CAMPAIGN_QUOTA_SPLIT … */
    int32_t method;         /* CAMPAIGN_QUOTA_METHOD_USUAL … */
    int32_t margin_method;  /* of totals of rows or columns that are not given; USUAL = Sainte-Laguë */
    int32_t weighs_margins; /* 1 = for totals that are not given, each weight counts divided by the given total of its
                                    row (or column): districts whose voters have as many votes as there are seats */
    int32_t has_total;      /* total is meant; otherwise that of rows or columns */
    int32_t n_dimensions;   /* names in dimensions; 0 = "row" and "column" where there are such columns, or "cell" */
    int32_t reserved;       /* 0 */
    int64_t total;          /* whole units, or minor units of currency */
    const char *const *dimensions; /* key columns of cells, outermost first */
    const char *weight;            /* name of the weight column; NULL = "weight" */
    const char *currency;          /* of total and quotas; NULL = that of the amounts in the tables, or counts */
    const char *language;          /* of the sentences: "en" (NULL) or "zh" */
} campaign_allocate_quota_options;

#define CAMPAIGN_ALLOCATE_QUOTA_OPTIONS_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_quota_options), 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL              \
    }

/** What stands behind the quotas. Cleared by campaign_allocate_quota_report_clear. */
typedef struct campaign_allocate_quota_report {
    uint32_t size;        /* sizeof(campaign_allocate_quota_report), set by the caller */
    int32_t status;       /* CAMPAIGN_CERTIFICATE_OPTIMAL; _BOUND only for a fitting that did not converge */
    int32_t kind;         /* as asked for */
    int32_t n_iterations; /* splits, augmenting paths, or sweeps and Newton steps */
    double value;         /* rounding: sum of squared changes; fitting: largest relative error of a total; otherwise the
                             units that were given */
    double bound;         /* no answer under the same rules is better: equal to value where status is _OPTIMAL */
    double gap;           /* 0 where status is _OPTIMAL, otherwise value */
    int64_t n_cells;
    int64_t total;       /* asked for; fitting: 0 */
    int64_t unallocated; /* what caps and weights of 0 left over; only of a split */
    int64_t n_ties;      /* rows of ties */
    /** One row per node that was split, or per row and column: kind ("split", "row", "column"), key (utf8, null = the
     *  whole), total, divisor, low, high (float64: every divisor between low and high gives the same quotas, the other
     *  divisors as they are; null for largest remainder), low_numerator, low_denominator, high_numerator,
     *  high_denominator (int64: the same of a split exactly, null where they do not fit or are roots), next (utf8: the
     *  cell that one more unit would go to), text. */
    campaign_table *multipliers;
    /** Two dimensions: key of the row, total, divisor, low, high (float64, as above). NULL for a split. */
    campaign_table *rows;
    /** The same of the columns. */
    campaign_table *columns;
    /** Cells that could as well have had one unit more or less; they were settled for the larger weight, then in key
     *  order: keys, quota, low, high. */
    campaign_table *ties;
    /** Remarks: code ("unallocated", "nested", "weights_rounded", "margins_made", "forced_zero", "ties",
     *  "not_converged"), n, text. */
    campaign_table *notes;
    void *reserved_pointer; /* NULL */
} campaign_allocate_quota_report;

#define CAMPAIGN_ALLOCATE_QUOTA_REPORT_INIT                                                                            \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_quota_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL,  \
            NULL                                                                                                       \
    }

/** Divides a total into whole quotas.
 *  A split gives each cell its share of the total by its weight, held within its bounds, and the units by the method. With
 *  several dimensions the total is split over the first, each part over the second and so on: exact at every level, and
 *  dependent on the order of the dimensions. Biproportional: quota = weight / (row divisor × column divisor), rounded by
 *  the method, with every total exact (Balinski & Demange, Mathematical Programming 45, 1989); by shortest augmenting
 *  paths, and proven free of better cycles in integers. Rounding: each cell its floor or ceiling, every given total
 *  exact, the others their floor or ceiling, with the least sum of squared changes (Causey, Cox & Ernst, JASA 80, 1985);
 *  by a flow of least cost in integers. Fitting: quota = weight × row factor × column factor, held within its bounds
 *  (Deming & Stephan, 1940), by scaling and Newton's method.
 *  Two dimensions with both totals missing need total; one that is missing follows from the sums of weights by
 *  margin_method, for CAMPAIGN_QUOTA_ROUNDING it is floor or ceiling, for CAMPAIGN_QUOTA_FITTING both are required.
 *  Weights in float64 are read as the shortest decimals that print them.
 *  @param quotas   one row per cell in key order: the keys, weight (float64), share (float64: before rounding), quota
 *                  (int64 or money; float64 for a fitting), held (utf8: "minimum", "maximum", "locked" or null), is_tied
 *                  (bool)
 *  @param report   filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param options  NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (null or a total; row) ·
 *          CAMPAIGN_E_VALUE (row) · CAMPAIGN_E_DUPLICATE (row) · CAMPAIGN_E_UNKNOWN (a row or column without cells;
 *          language) · CAMPAIGN_E_INFEASIBLE (bounds and totals contradict each other: names the rows and columns, what
 *          they need and what they can hold) · CAMPAIGN_E_UNSUPPORTED (a method or dimensions that the kind does not
 *          have) · CAMPAIGN_E_OVERFLOW · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *quotas and clears @p report. Any thread. A split O(n log n), whatever the total; two dimensions
 *  O(paths × cells); the same bytes whatever the order of rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_allocate_quota(campaign_table **quotas, campaign_allocate_quota_report *report,
                                                     const campaign_allocate_quota_inputs *inputs,
                                                     const campaign_allocate_quota_options *options,
                                                     const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_allocate_quota_report_clear(campaign_allocate_quota_report *report);

/* ---- Quotas from capacity ---------------------------------------------------------------------------------------- */

/** Who sells, and what a rep can sell: tables, borrowed for the call. Columns marked ? may be missing, or null in a row.
 *  Money is of one currency and exponent throughout. */
typedef struct campaign_allocate_capacity_quota_inputs {
    uint32_t size;    /* sizeof(campaign_allocate_capacity_quota_inputs) */
    int32_t reserved; /* 0 */
    /** Required; one row per rep: rep (int32, int64 or utf8), visits_a_day (float64 or int), win_rate (float64: deals per
     *  visit, 0 to 1), ticket (money, of one deal); working_days? (float64 or int, of the whole period; otherwise those of
     *  months), start_month? (int: month of the period in which the rep starts; 0 and below for those who began so many
     *  months before its first one; null = at full capacity throughout), minimum?, maximum?, locked? (money, of the
     *  quota). */
    const campaign_table *reps;
    /** NULL = a new rep is at full capacity at once. month (int: of employment, 1, 2 … without holes), share (float64, of
     *  full capacity, 0 to 2). After the last row the share is 1. */
    const campaign_table *ramp;
    /** NULL = options.n_months equal ones. month (int: 1, 2 … without holes), working_days (float64 or int, 0 to 31). */
    const campaign_table *months;
    const void *reserved_pointer; /* NULL */
} campaign_allocate_capacity_quota_inputs;

#define CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_INPUTS_INIT                                                                   \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_capacity_quota_inputs), 0, NULL, NULL, NULL, NULL                           \
    }

/** Most months of a period, or of a ramp. */
#define CAMPAIGN_QUOTA_MONTHS_MAX 120

/** How quotas follow from capacity. NULL or zero: the default. */
typedef struct campaign_allocate_capacity_quota_options {
    uint32_t size;        /* sizeof(campaign_allocate_capacity_quota_options) */
    int32_t method;       /* CAMPAIGN_QUOTA_METHOD_USUAL (largest remainder) … */
    int32_t n_months;     /* months of the period where there is no table of them; 0 = 12 */
    int32_t has_total;    /* total_minor is meant; otherwise the total is what all reps can sell */
    int32_t has_flag;     /* flag_ppm is meant; otherwise 200,000 (20 %) */
    int32_t flag_ppm;     /* a quota that passes capacity by more than this is flagged; 0 to 10,000,000 of capacity */
    int64_t total_minor;  /* the target from above, in minor units of the tickets' currency */
    const char *rep;      /* name of the rep column; NULL = "rep" */
    const char *language; /* of the sentences: "en" (NULL) or "zh" */
} campaign_allocate_capacity_quota_options;

#define CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_OPTIONS_INIT                                                                  \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_capacity_quota_options), 0, 0, 0, 0, 0, 0, NULL, NULL                       \
    }

/** What stands behind the quotas. Cleared by campaign_allocate_capacity_quota_report_clear. */
typedef struct campaign_allocate_capacity_quota_report {
    uint32_t size;        /* sizeof(campaign_allocate_capacity_quota_report), set by the caller */
    int32_t status;       /* CAMPAIGN_CERTIFICATE_OPTIMAL */
    int32_t is_over;      /* 1 = the total itself passes all capacity by more than the flag */
    int32_t n_iterations; /* splits */
    double value;         /* units that were given, in minor units */
    double bound;         /* the same */
    double gap;           /* 0 */
    int64_t n_reps;
    int64_t n_over;            /* reps whose quota passes their capacity by more than the flag */
    int64_t n_ties;            /* rows of ties */
    int64_t total_minor;       /* from above */
    int64_t capacity_minor;    /* from below: what all reps can sell */
    int64_t gap_minor;         /* total - capacity */
    int64_t unallocated_minor; /* what maxima left over */
    /** As campaign_allocate_quota_report has it: one row. */
    campaign_table *multipliers;
    /** As campaign_allocate_quota_report has it. */
    campaign_table *ties;
    /** Remarks: code ("reps_over", "total_over", "spare_capacity", "ramping", "unallocated"), n, text. */
    campaign_table *notes;
    void *reserved_pointer; /* NULL */
} campaign_allocate_capacity_quota_report;

#define CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_REPORT_INIT                                                                   \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_capacity_quota_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL,  \
            NULL, NULL                                                                                                 \
    }

/** Quotas of reps from what they can sell, beside a target from above.
 *  Capacity is working days × share of full capacity × visits a day × win rate × ticket, exact in decimals (days to four
 *  places, shares and visits to six, win rates to nine) and rounded half up to a minor unit once. The total is split by
 *  capacity, within the bounds of each rep; the gap between what is asked and what can be sold shows per rep and in all,
 *  and quotas beyond capacity by more than the flag are marked.
 *  @param quotas   one row per rep in key order: the rep, effective_days (float64: working days, those of a ramp by their
 *                  share), visits, deals (float64), capacity, quota, gap (money: quota - capacity), load (float64: quota /
 *                  capacity, null where there is none), is_over (bool), held (utf8, as in campaign_allocate_quota), text
 *  @param report   filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param options  NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (null, working days; row) ·
 *          CAMPAIGN_E_VALUE (row) · CAMPAIGN_E_DUPLICATE (row) · CAMPAIGN_E_UNKNOWN (language) · CAMPAIGN_E_INFEASIBLE
 *          (minima beyond the total, a lock beyond bounds) · CAMPAIGN_E_LIMIT (months) · CAMPAIGN_E_OVERFLOW ·
 *          CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *quotas and clears @p report. Any thread. O(reps × months + reps log reps). @since 0.1 */
CAMPAIGN_API campaign_status campaign_allocate_capacity_quota(campaign_table **quotas,
                                                              campaign_allocate_capacity_quota_report *report,
                                                              const campaign_allocate_capacity_quota_inputs *inputs,
                                                              const campaign_allocate_capacity_quota_options *options,
                                                              const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_allocate_capacity_quota_report_clear(campaign_allocate_capacity_quota_report *report);

#ifdef __cplusplus
}
#endif

#endif
