/* libcampaign: what a spend brings, fitted to its history.
 *
 * A history of spend and result goes in; out comes, for each channel, a response curve with its carry-over and how sure
 * each parameter is, in the columns that the allocation of a budget takes. Where the history cannot tell a curve, that is
 * said in place of numbers. docs/response-curves.md explains the model with an example. */
#ifndef CAMPAIGN_FORECAST_RESPONSE_H
#define CAMPAIGN_FORECAST_RESPONSE_H

#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is taken to have been spent before the first period. */
enum {
    CAMPAIGN_RESPONSE_BEFORE_NOTHING = 0, /* nothing */
    CAMPAIGN_RESPONSE_BEFORE_MEAN = 1     /* the mean spend of the history, for ever */
};

/** Most starting points of one fit. */
#define CAMPAIGN_RESPONSE_STARTS_MAX 64

/** Between which values a parameter is sought. The same value twice holds it there. */
typedef struct campaign_response_limit {
    uint32_t size;         /* sizeof(campaign_response_limit) */
    int32_t has_low;       /* low is meant */
    int32_t has_high;      /* high is meant */
    int32_t reserved;      /* 0 */
    double low;            /* in the units of the table curves */
    double high;           /* not below low */
    const char *parameter; /* "scale", "location", "shape", "adstock", "intercept" or "trend" */
    const char *item;      /* a series by its key as text; NULL or "" = every one */
} campaign_response_limit;

#define CAMPAIGN_RESPONSE_LIMIT_INIT                                                                                   \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_response_limit), 0, 0, 0, 0, 0, NULL, NULL                                           \
    }

/** Knobs of campaign_forecast_fit_response; zero in every field after size means the default. */
typedef struct campaign_response_options {
    uint32_t size;           /* sizeof(campaign_response_options) */
    int32_t before;          /* CAMPAIGN_RESPONSE_BEFORE_… */
    int32_t has_adstock;     /* adstock is given, and not fitted */
    int32_t omits_intercept; /* without spend there is no result */
    int32_t fits_trend;      /* the result without spend grows by the same amount each period */
    int32_t n_starts;        /* starting points that are followed; 0 = 8, at most CAMPAIGN_RESPONSE_STARTS_MAX */
    int32_t n_limits;        /* entries of limits */
    int32_t reserved;        /* 0 */
    double adstock;          /* what carries over of a period's effect to the next; 0 or more, below 1 */
    double adstock_max;      /* largest carry-over that is sought, below 1; 0 = 0.95 */
    double level;            /* of confidence limits, between 0 and 1; 0 = 0.95 */
    double uncertainty_max;  /* largest standard error of scale, location or shape, as a share of it; 0 = 0.5 */
    const char *curve;       /* "hill", "michaelis_menten", "logistic", "s_logistic", "tanh", "exponential", "log",
                                "power", "linear"; NULL, "" or "auto" = the best of them */
    const char *item;        /* column names; NULL or "" = "item", "period", "spend", "result", "weight" */
    const char *period;
    const char *spend;
    const char *result;
    const char *weight;
    const char *language; /* "en" or "zh": words of reasons and notes; NULL = "en" */
    const campaign_response_limit *limits;
} campaign_response_options;

#define CAMPAIGN_RESPONSE_OPTIONS_INIT                                                                                 \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_response_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL,    \
            NULL, NULL, NULL                                                                                           \
    }

/** What stands behind the curves. Cleared by campaign_response_report_clear. */
typedef struct campaign_response_report {
    uint32_t size;        /* sizeof(campaign_response_report), set by the caller */
    int32_t reserved;     /* 0 */
    int64_t n_items;      /* series */
    int64_t n_identified; /* series whose history tells their curve */
    /** One row per row of the history, by item and period: item, period, spend, carried (float64: spend with what is
     *  carried over, in spend per period), result, fitted, response (float64: the part of fitted that the spend brings),
     *  residual. What a curve that is not identified would say is null. */
    campaign_table *fitted;
    /** One row per curve tried: item, curve, is_chosen, is_identified (bool), status, scale, location, shape, adstock,
     *  intercept, trend (float64, of the best fit, identified or not), n_parameters (int32, the deviation counted), rmse,
     *  r2, aicc, delta (aicc above the least of the item), weight (Akaike weight), condition (of the scaled Jacobian),
     *  reason. Null where nothing was fitted. */
    campaign_table *candidates;
    /** The curves drawn, 61 rows from no spend to one and a half times the largest per identified item: item, spend,
     *  response, low, high (confidence limits of the response), marginal (response to one more unit of spend; null where
     *  it is not finite). */
    campaign_table *lines;
    /** Remarks: item, code ("missing_periods", "uneven_periods", "no_carry_over", "simpler_curve"), n, text. */
    campaign_table *notes;
} campaign_response_report;

#define CAMPAIGN_RESPONSE_REPORT_INIT                                                                                  \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_response_report), 0, 0, 0, NULL, NULL, NULL, NULL                                    \
    }

/** Fits response curves with carry-over to a history of spend and result.
 *  The result of period t is intercept + trend t + scale g(z(t)) + error, with g the curve of that name in
 *  docs/response-curves.md, z(t) = (1 - adstock) spend(t) + adstock z(t - 1) (geometric carry-over: Broadbent, Journal of
 *  the Market Research Society 21, 1979, here with weights that add up to 1), and errors of one deviation, divided by the
 *  root of the weight. Since the weights add up to 1, location is spend per period held constant: the curve is what an
 *  allocation of spend per period needs. Where carry-over is added up plainly, z is 1 / (1 - adstock) times as large, and
 *  so is location: column carried_location.
 *  Parameters are found by least squares within their limits, from several starting points of a fixed grid (a search by
 *  variable projection: Golub & Pereyra, SIAM Journal on Numerical Analysis 10, 1973; then Levenberg 1944, Marquardt 1963,
 *  with projection on the limits). Standard errors are those of the linearised model, limits those of Student's t. Curves
 *  are compared by the corrected information criterion of Akaike (Hurvich & Tsai, Biometrika 76, 1989).
 *  A curve is not identified, and its numbers are null, where the column status says so: "too_few" (periods),
 *  "no_variation" (spend is always the same), "no_effect" (more spend does not bring more), "no_saturation" (scale and
 *  location cannot be told apart), "all_saturated" (nor can they where every spend saturates), "at_limit" (a parameter
 *  ends on the limit of its search), "ill_conditioned", "uncertain" (a standard error is too large), "no_convergence".
 *  @param curves    one row per item in key order: item, curve, scale, location, shape, shift (0), adstock, intercept,
 *                   trend (float64; shape is null where the curve has none, trend where it is not fitted), scale_se,
 *                   location_se, shape_se, adstock_se, intercept_se, trend_se (standard errors, null where held),
 *                   scale_low, scale_high … trend_low, trend_high (confidence limits), carried_location, r2, rmse (root of
 *                   the mean squared error), sigma (with the degrees of freedom: deviation of errors), aicc, n (int64:
 *                   periods that were fitted), n_parameters (int32, of the mean), condition, spend_mean, spend_max,
 *                   is_identified (bool), status ("identified", or why not), reason
 *  @param report    filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param history   columns spend (money, float64, int32 or int64; 0 or more), result (the same types; null = not known,
 *                   the spend counts for what it carries over); period? (date, int32, int64; each once an item; without it
 *                   nothing is carried over), item? (int32, int64, utf8: series fitted each by itself; otherwise one,
 *                   "all"), weight? (float64, int32, int64; 0 = the spend counts, the result does not). Money is in
 *                   major units. Any order of rows
 *  @param options   NULL = all defaults
 *  @return CAMPAIGN_OK, also where nothing is identified · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN ·
 *          CAMPAIGN_E_UNKNOWN (curve, parameter, language, item of a limit) · CAMPAIGN_E_MISSING (row) ·
 *          CAMPAIGN_E_VALUE (row: no finite number, a negative spend or weight) · CAMPAIGN_E_DUPLICATE (row: a period
 *          twice) · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *curves and clears @p report. Any thread. O(rows × (grid + starts × steps)), 546 points of the grid
 *  and some 20 steps; items lie on several threads; the same bytes whatever their number and the order of rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_forecast_fit_response(campaign_table **curves, campaign_response_report *report,
                                                            const campaign_table *history,
                                                            const campaign_response_options *options,
                                                            const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_response_report_clear(campaign_response_report *report);

#ifdef __cplusplus
}
#endif

#endif
