/* The report of the promotion weeks: the summary, and what each item gets beside its best alone, with the reason. */
#include <assert.h>

#include "base/memory.h"
#include "base/number.h"
#include "plan/weeks/solver.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema summary_schema[] = {
    { "objective", CAMPAIGN_TYPE_UTF8, "profit or revenue.", "目标：利润或销售额。" },
    { "status", CAMPAIGN_TYPE_UTF8, "optimal, or bound.", "最优，或有界。" },
    { "total", CAMPAIGN_TYPE_MONEY, "What the calendar brings.", "日历带来的目标值。" },
    { "bound", CAMPAIGN_TYPE_MONEY, "No calendar brings more.", "任何日历都不会更多。" },
    { "baseline", CAMPAIGN_TYPE_MONEY, "The same without promotions.", "无促销时的目标值。" },
    { "gap", CAMPAIGN_TYPE_FLOAT64, "(bound - total) / bound.", "（上界 − 目标值）/ 上界。" },
    { "gain_gap", CAMPAIGN_TYPE_FLOAT64, "(bound - total) / (bound - baseline).", "差距占可得增益的比例。" },
    { "promotions", CAMPAIGN_TYPE_INT64, "Promotion weeks of all items.", "全部商品的促销周数。" },
    { "iterations", CAMPAIGN_TYPE_INT64, "Rounds of multipliers.", "乘子轮数。" },
};

static void write_ratio(cpn_out *out, int32_t column, int64_t part, int64_t whole)
{
    if (whole > 0)
        cpn_out_float64(out, column, (double)part / (double)whole);
    else
        cpn_out_null(out, column);
}

static campaign_status write_summary(campaign_promotion_weeks_report *report, const cpn_weeks_problem *problem,
                                     campaign_error *error)
{
    const bool is_optimal = report->status == CAMPAIGN_PROMOTION_WEEKS_OPTIMAL;
    const int64_t rest = report->bound_minor - report->total_minor;
    cpn_out out;
    cpn_out_open(&out, summary_schema, COUNT(summary_schema), problem->currency, problem->exponent);
    cpn_out_string(&out, 0, problem->knobs.is_revenue ? "revenue" : "profit");
    cpn_out_string(&out, 1, is_optimal ? "optimal" : "bound");
    cpn_out_int64(&out, 2, report->total_minor);
    cpn_out_int64(&out, 3, report->bound_minor);
    cpn_out_int64(&out, 4, report->baseline_minor);
    write_ratio(&out, 5, rest, report->bound_minor);
    write_ratio(&out, 6, rest, report->bound_minor - report->baseline_minor);
    cpn_out_int64(&out, 7, report->n_promotions);
    cpn_out_int64(&out, 8, report->n_iterations);
    return cpn_out_close(&report->summary, &out, error);
}

/* ---- Items ------------------------------------------------------------------------------------------------------- */

static const cpn_column_schema items_schema[] = {
    { "item", CAMPAIGN_TYPE_UTF8, "Item.", "商品。" },
    { "promotions", CAMPAIGN_TYPE_INT64, "Promotion weeks.", "促销周数。" },
    { "total", CAMPAIGN_TYPE_MONEY, "What it brings in the calendar.", "日历中的目标值。" },
    { "baseline", CAMPAIGN_TYPE_MONEY, "The same without promotions.", "无促销时的目标值。" },
    { "gain", CAMPAIGN_TYPE_MONEY, "total less baseline.", "目标值减去无促销值。" },
    { "alone", CAMPAIGN_TYPE_MONEY, "Its best without shared limits.", "不受共享限制时的最优值。" },
    { "alone_bound", CAMPAIGN_TYPE_MONEY, "No plan of it brings more.", "任何方案都不会更多。" },
    { "given_up", CAMPAIGN_TYPE_MONEY, "alone less total.", "为共享限制放弃的部分。" },
    { "status", CAMPAIGN_TYPE_UTF8, "Of alone: optimal, or bound.", "单独最优值：最优或有界。" },
    { "reason", CAMPAIGN_TYPE_UTF8, "Why it has these weeks.", "原因代码。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The reason as a sentence.", "原因说明。" },
};

typedef enum item_reason { BEST, SHARED, CROWDED_OUT, NO_GAIN, NO_DEMAND, BARRED } item_reason;

static const char *const reason_codes[] = { "best", "shared", "crowded_out", "no_gain", "no_demand", "barred" };

/* Sums of one item, by the objective. */
typedef struct item_sums {
    int64_t total, baseline, alone, alone_bound;
    int32_t n_promotions, n_alone;
    int32_t dearest_week; /* of its weeks alone, that which others need most; -1 = none */
} item_sums;

/* What one row of choices brings to one member of its unit. */
static bool sum_row(int64_t *sum, const cpn_weeks_problem *problem, const cpn_weeks_item *item, const uint8_t *row,
                    cpn_weeks_sale *scratch)
{
    int64_t value;
    *sum = 0;
    if (!cpn_weeks_evaluate(&value, scratch, problem, &problem->units[item->unit], row)) return false;
    for (int32_t week = 0; week < problem->n_weeks; week++)
        *sum += cpn_weeks_worth(problem, &scratch[item->unit_member * problem->n_weeks + week]);
    return true;
}

/* What the multipliers charge for a choice in a week. */
static double charge_of(const cpn_weeks_solver *solver, const cpn_weeks_unit *unit, int32_t week, int32_t choice)
{
    const cpn_weeks_problem *problem = solver->problem;
    double charge = 0;
    for (int64_t i = 0; i < unit->n_uses; i++) {
        const cpn_weeks_use *use = &problem->uses[unit->first_use + i];
        const int32_t limit = problem->family_limits[(int64_t)use->family * problem->n_weeks + week];
        if (limit >= 0)
            charge += cpn_weeks_price(problem, use->family, solver->best_multipliers[limit], use->amounts[choice]);
    }
    return charge;
}

static bool sum_item(item_sums *sums, const cpn_weeks_solver *solver, int64_t i, cpn_weeks_sale *scratch)
{
    const cpn_weeks_problem *problem = solver->problem;
    const cpn_weeks_item *item = &problem->items[i];
    const cpn_weeks_unit *unit = &problem->units[item->unit];
    const int64_t at = (int64_t)item->unit * problem->n_weeks;
    const uint8_t *row = &solver->best.choices[at], *alone = &solver->alone[at];
    double dearest = 0;
    *sums = (item_sums){ .dearest_week = -1 };
    for (int32_t week = 0; week < problem->n_weeks; week++) {
        sums->n_promotions += row[week] > 0;
        sums->n_alone += alone[week] > 0;
        const double charge = alone[week] > 0 && row[week] == 0 ? charge_of(solver, unit, week, alone[week]) : 0;
        if (charge > dearest) sums->dearest_week = week;
        if (charge > dearest) dearest = charge;
    }
    if (!sum_row(&sums->total, problem, item, row, scratch) || !sum_row(&sums->alone, problem, item, alone, scratch) ||
        !sum_row(&sums->baseline, problem, item, NULL, scratch))
        return false;
    sums->alone_bound = unit->n_members > 1 ? sums->alone : unit->alone_bound;
    return true;
}

static item_reason find_reason(const cpn_weeks_problem *problem, int64_t i, const item_sums *sums)
{
    const cpn_weeks_item *item = &problem->items[i];
    const cpn_weeks_unit *unit = &problem->units[item->unit];
    if (sums->n_promotions > 0) return sums->total < sums->alone ? SHARED : BEST;
    if (sums->n_alone > 0) return CROWDED_OUT;
    if (item->base <= 0) return NO_DEMAND;
    bool is_free = false;
    for (int32_t week = unit->start_week; week < problem->n_weeks; week++)
        for (int32_t k = 1; k < unit->n_choices; k++) is_free = is_free || !unit->is_barred[week * unit->n_choices + k];
    return is_free && unit->max_promotions != 0 ? NO_GAIN : BARRED;
}

static void write_sentence(cpn_out *out, const cpn_weeks_problem *problem, item_reason reason, const item_sums *sums)
{
    static const cpn_weeks_saying sayings[] = { CPN_WEEKS_SAY_BEST,        CPN_WEEKS_SAY_SHARED,
                                                CPN_WEEKS_SAY_CROWDED_OUT, CPN_WEEKS_SAY_NO_GAIN,
                                                CPN_WEEKS_SAY_NO_DEMAND,   CPN_WEEKS_SAY_BARRED };
    char n[CPN_NUMBER_TEXT], gain[CAMPAIGN_MONEY_TEXT], given_up[CAMPAIGN_MONEY_TEXT], week[CPN_NUMBER_TEXT] = "";
    char sentence[CPN_WEEKS_SENTENCE];
    const char *const words[CPN_WEEKS_WORDS] = { n, gain, given_up, week, "" };
    cpn_weeks_saying saying = sayings[reason];
    (void)cpn_format_int64(n, sums->n_promotions);
    (void)campaign_money_format(gain, sums->total - sums->baseline, problem->exponent);
    (void)campaign_money_format(given_up, sums->alone - sums->total, problem->exponent);
    if (reason == SHARED && sums->dearest_week >= 0) {
        (void)cpn_format_int64(week, problem->weeks[sums->dearest_week].number);
        saying = CPN_WEEKS_SAY_SHARED_WEEK;
    }
    cpn_weeks_say(sentence, problem, saying, words);
    cpn_out_string(out, 10, sentence);
}

static void write_item(cpn_out *out, const cpn_weeks_problem *problem, int64_t i, const item_sums *sums)
{
    const item_reason reason = find_reason(problem, i, sums);
    cpn_out_cell(out, 0, &problem->item_keys.column, problem->item_keys.keys.first_rows[i]);
    cpn_out_int64(out, 1, sums->n_promotions);
    cpn_out_int64(out, 2, sums->total);
    cpn_out_int64(out, 3, sums->baseline);
    cpn_out_int64(out, 4, sums->total - sums->baseline);
    cpn_out_int64(out, 5, sums->alone);
    cpn_out_int64(out, 6, sums->alone_bound);
    cpn_out_int64(out, 7, sums->alone - sums->total);
    cpn_out_string(out, 8, sums->alone == sums->alone_bound ? "optimal" : "bound");
    cpn_out_string(out, 9, reason_codes[reason]);
    write_sentence(out, problem, reason, sums);
}

static campaign_status write_items(campaign_promotion_weeks_report *report, const cpn_weeks_solver *solver,
                                   campaign_error *error)
{
    const cpn_weeks_problem *problem = solver->problem;
    cpn_column_schema columns[COUNT(items_schema)];
    for (int32_t i = 0; i < COUNT(items_schema); i++) columns[i] = items_schema[i];
    columns[0].type = problem->item_keys.column.type;
    cpn_weeks_sale *scratch = cpn_alloc(problem->most_members * problem->n_weeks, sizeof *scratch);
    if (!scratch) return cpn_fail_nomem(error);
    cpn_out out;
    cpn_out_open(&out, columns, COUNT(items_schema), problem->currency, problem->exponent);
    bool is_summed = true;
    for (int64_t i = 0; i < problem->n_items && is_summed; i++) {
        item_sums sums;
        is_summed = sum_item(&sums, solver, i, scratch);
        if (is_summed) write_item(&out, problem, i, &sums);
        if (is_summed) report->n_promotions += sums.n_promotions;
    }
    assert(is_summed); /* the same rows were valued before */
    cpn_free(scratch);
    return cpn_out_close(&report->items, &out, error);
}

campaign_status cpn_weeks_report(campaign_promotion_weeks_report *report, const cpn_weeks_solver *solver,
                                 campaign_error *error)
{
    const cpn_weeks_problem *problem = solver->problem;
    report->n_items = problem->n_items;
    report->n_iterations = solver->n_iterations;
    report->total_minor = solver->best.total;
    report->bound_minor = cpn_weeks_bound(solver);
    report->status =
        report->total_minor == report->bound_minor ? CAMPAIGN_PROMOTION_WEEKS_OPTIMAL : CAMPAIGN_PROMOTION_WEEKS_BOUND;
    for (int64_t u = 0; u < problem->n_units; u++) report->baseline_minor += problem->units[u].baseline;
    campaign_status status = write_items(report, solver, error);
    if (status == CAMPAIGN_OK) status = write_summary(report, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_write_limits(&report->limits, solver, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_write_notes(&report->notes, solver, error);
    return status;
}
