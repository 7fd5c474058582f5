/* Sub-goals from a tree of metrics: sales = visits × conversion × order value. Given what some factors are to do, what must
 * the others do for the whole to reach its goal, with the least relative change.
 *
 * Least change is least sum of squared logarithms, sum of ln² of the factors: a doubling weighs as much as a halving. For a
 * product its minimum is the same factor for every free metric (the mean of logarithms minimises the sum of squares);
 * within bounds those that reach one stay there and the others share what is left alike (Karush-Kuhn-Tucker). The common
 * factor is found by bisection, with + - × ÷ only. */
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "plan/plan.h"

enum { MOST_METRICS = 64, STEPS = 200 };
static const double exactness = 1e-12; /* relative, of the goal */

/* A metric's factor against its baseline. */
typedef struct goal_metric {
    const char *name;
    size_t length;
    double baseline, factor;
    double lower, upper; /* of the factor */
    bool is_given;
    const char *bound; /* "minimum" or "maximum" where the factor stands at one; otherwise NULL */
} goal_metric;

typedef struct goal_problem {
    goal_metric metrics[MOST_METRICS];
    int32_t n;
    double wanted; /* factor of the product */
} goal_problem;

/* ---- Input ------------------------------------------------------------------------------------------------------ */

typedef struct goal_columns {
    campaign_column metric, baseline, change, minimum, maximum;
} goal_columns;

static campaign_status find_columns(goal_columns *columns, const campaign_table *metrics, campaign_error *error)
{
    const uint32_t number = CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT, text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8);
    campaign_status status = cpn_need_column(&columns->metric, metrics, "metrics", NULL, "metric", text, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&columns->baseline, metrics, "metrics", NULL, "baseline", number, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->change, metrics, "metrics", NULL, "change", number, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->minimum, metrics, "metrics", NULL, "minimum", number, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->maximum, metrics, "metrics", NULL, "maximum", number, error);
    return status;
}

static bool read_number(double *value, const campaign_column *column, int64_t row)
{
    if (column->type == 0 || cpn_is_null(column, row)) return false;
    *value = column->type == CAMPAIGN_TYPE_FLOAT64 ? ((const double *)column->values)[row]
                                                   : (double)cpn_cell_int64(column, row);
    return true;
}

static bool is_usable(double value)
{
    return value >= 0 && value <= 1e300; /* not for NaN */
}

static campaign_status read_metric(goal_metric *metric, const goal_columns *columns, int64_t row, campaign_error *error)
{
    double change, bound;
    if (cpn_is_null(&columns->metric, row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "metrics.metric", "a metric needs a name");
    metric->name = cpn_cell_text(&columns->metric, row, &metric->length);
    if (!read_number(&metric->baseline, &columns->baseline, row) || !(metric->baseline > 0) ||
        !is_usable(metric->baseline))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "metrics.baseline",
                            "the baseline of %.*s must be a number above 0",
                            (int)cpn_utf8_cut(metric->name, metric->length, 60), metric->name);
    metric->upper = 1e300;
    metric->factor = 1;
    metric->is_given = read_number(&change, &columns->change, row);
    if (metric->is_given) metric->factor = 1 + change;
    if (metric->is_given && (!is_usable(metric->factor) || metric->factor == 0))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "metrics.change",
                            "the change of a metric must be above -1, such as 0.3 for 30 %%");
    if (read_number(&bound, &columns->minimum, row)) metric->lower = bound / metric->baseline;
    if (read_number(&bound, &columns->maximum, row)) metric->upper = bound / metric->baseline;
    if (!is_usable(metric->lower) || !is_usable(metric->upper) || metric->lower > metric->upper)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "metrics.minimum",
                            "bounds must be 0 or more, and the minimum not above the maximum");
    if (!metric->is_given || (metric->factor >= metric->lower && metric->factor <= metric->upper)) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, row, "metrics.change",
                        "the change that is given takes the metric beyond its own bounds");
}

static campaign_status read_problem(goal_problem *problem, const campaign_table *metrics, double change,
                                    campaign_error *error)
{
    goal_columns columns;
    campaign_status status = find_columns(&columns, metrics, error);
    if (status != CAMPAIGN_OK) return status;
    if (columns.metric.n_rows < 1 || columns.metric.n_rows > MOST_METRICS)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "metrics", "%ld metrics, expected 1 to %d",
                        (long)columns.metric.n_rows, MOST_METRICS);
    problem->wanted = 1 + change;
    if (!is_usable(problem->wanted) || problem->wanted == 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.change",
                        "the change of the whole must be above -1, such as 0.5 for 50 %%");
    for (int64_t row = 0; row < columns.metric.n_rows && status == CAMPAIGN_OK; row++) {
        status = read_metric(&problem->metrics[row], &columns, row, error);
        for (int32_t i = 0; i < problem->n && status == CAMPAIGN_OK; i++)
            if (problem->metrics[i].length == problem->metrics[row].length &&
                memcmp(problem->metrics[i].name, problem->metrics[row].name, problem->metrics[i].length) == 0)
                status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "metrics.metric", "a metric stands twice");
        problem->n++;
    }
    return status;
}

/* ---- Solving ---------------------------------------------------------------------------------------------------- */

static double clamp(const goal_metric *metric, double factor)
{
    return factor < metric->lower ? metric->lower : factor > metric->upper ? metric->upper : factor;
}

/* The whole's factor where every free metric has the same, within its bounds. */
static double product_at(const goal_problem *problem, double common)
{
    double product = 1;
    for (int32_t i = 0; i < problem->n; i++)
        product *= problem->metrics[i].is_given ? problem->metrics[i].factor : clamp(&problem->metrics[i], common);
    return product;
}

/* A number for a message, to six decimals. */
static void write_number(char text[CPN_NUMBER_TEXT], double value)
{
    size_t length;
    if (!(value < 1e12)) {
        (void)cpn_format_double(text, value);
        return;
    }
    length = campaign_money_format(text, (int64_t)(value * 1e6 + 0.5), 6);
    while (text[length - 1] == '0') text[--length] = '\0';
    if (text[length - 1] == '.') text[--length] = '\0';
}

static void add_names(cpn_text *text, const goal_problem *problem, bool is_short)
{
    for (int32_t i = 0; i < problem->n; i++) {
        const goal_metric *metric = &problem->metrics[i];
        char number[CPN_NUMBER_TEXT];
        const double factor = metric->is_given ? metric->factor : is_short ? metric->upper : metric->lower;
        write_number(number, factor * metric->baseline);
        cpn_text_add_string(text, text->length ? ", " : "");
        cpn_text_add(text, metric->name, cpn_utf8_cut(metric->name, metric->length, 40));
        cpn_text_add_format(text, " %s %s", metric->is_given ? "=" : is_short ? "<=" : ">=", number);
    }
}

/* Every bound that is in the way is needed: without it the metric could go as far as it must. */
static campaign_status refuse(const goal_problem *problem, double reached, bool is_short, campaign_error *error)
{
    cpn_text text = { 0 };
    char wanted[CPN_NUMBER_TEXT], found[CPN_NUMBER_TEXT];
    add_names(&text, problem, is_short);
    write_number(wanted, problem->wanted);
    write_number(found, reached);
    const campaign_status status = text.has_failed ? cpn_fail_nomem(error)
                                                   : cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "metrics",
                                                              "with %s the whole is %s of its baseline, %s "
                                                              "is wanted",
                                                              text.data, found, wanted);
    cpn_text_clear(&text);
    return status;
}

/* The geometric middle of two numbers; bisecting factors by it halves their distance in logarithms. */
static double middle_of(double low, double high)
{
    double root = low > 1 ? low : 1;
    if (low <= 0) return high / 1024;
    root = (low + high) / 2;
    for (int32_t i = 0; i < 60; i++) root = (root + low / root * high) / 2; /* Newton's square root of low × high */
    return root;
}

static double find_common(const goal_problem *problem)
{
    double low = 0, high = 1e100;
    for (int32_t step = 0; step < STEPS; step++) {
        const double middle = middle_of(low, high);
        if (product_at(problem, middle) < problem->wanted)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static campaign_status solve(goal_problem *problem, campaign_error *error)
{
    const double most = product_at(problem, 1e100), least = product_at(problem, 0);
    if (most < problem->wanted * (1 - exactness)) return refuse(problem, most, true, error);
    if (least > problem->wanted * (1 + exactness)) return refuse(problem, least, false, error);
    const double common = find_common(problem);
    for (int32_t i = 0; i < problem->n; i++) {
        goal_metric *metric = &problem->metrics[i];
        if (metric->is_given) continue;
        metric->factor = clamp(metric, common);
        metric->bound = common < metric->lower ? "minimum" : common > metric->upper ? "maximum" : NULL;
    }
    return CAMPAIGN_OK;
}

/* ---- Output ----------------------------------------------------------------------------------------------------- */

static campaign_status write_goals(campaign_table **goals, const goal_problem *problem, campaign_error *error)
{
    static const cpn_column_schema schema[] = {
        { "metric", CAMPAIGN_TYPE_UTF8, "Name.", "指标。" },
        { "baseline", CAMPAIGN_TYPE_FLOAT64, "What it is.", "基期值。" },
        { "goal", CAMPAIGN_TYPE_FLOAT64, "What it must become.", "目标值。" },
        { "change", CAMPAIGN_TYPE_FLOAT64, "Relative change: 0.3 is 30 % more.", "相对变化，0.3 即增长 30%。" },
        { "basis", CAMPAIGN_TYPE_UTF8, "given, solved, minimum or maximum.",
          "given 给定、solved 求得、minimum 下限、maximum 上限。" },
    };
    cpn_out out;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    for (int32_t i = 0; i < problem->n; i++) {
        const goal_metric *metric = &problem->metrics[i];
        cpn_out_text(&out, 0, metric->name, metric->length);
        cpn_out_float64(&out, 1, metric->baseline);
        cpn_out_float64(&out, 2, metric->baseline * metric->factor);
        cpn_out_float64(&out, 3, metric->factor - 1);
        cpn_out_string(&out, 4, metric->is_given ? "given" : metric->bound ? metric->bound : "solved");
    }
    return cpn_out_close(goals, &out, error);
}

campaign_status campaign_plan_sub_goals(campaign_table **goals, const campaign_table *metrics,
                                        const campaign_sub_goals_options *options, campaign_error *error)
{
    if (goals) *goals = NULL;
    if (!goals || !metrics) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "goals", "goals and metrics are required");
    campaign_sub_goals_options ours;
    campaign_status status = cpn_check_knobs(options, sizeof ours, sizeof ours, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(&ours, sizeof ours, options);
    if (ours.reserved) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not 0");
    goal_problem *problem = cpn_alloc_zero(1, sizeof *problem);
    if (!problem) return cpn_fail_nomem(error);
    status = read_problem(problem, metrics, ours.change, error);
    if (status == CAMPAIGN_OK) status = solve(problem, error);
    if (status == CAMPAIGN_OK) status = write_goals(goals, problem, error);
    cpn_free(problem);
    return status;
}
