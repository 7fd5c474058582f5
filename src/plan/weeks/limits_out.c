/* The shared limits of the promotion weeks as a table, with what more of each would bring; and the remarks. */
#include <string.h>

#include "base/checked.h"
#include "base/number.h"
#include "plan/weeks/solver.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

enum { KIND, GROUP, WEEK, QUARTER, CAPACITY, USED, AMOUNT, SPENT, VALUE, TEXT, N_COLUMNS };

static const cpn_column_schema limits_schema[N_COLUMNS] = {
    { "kind", CAMPAIGN_TYPE_UTF8, "slots, promotions or budget.", "档位、促销数或预算。" },
    { "group", CAMPAIGN_TYPE_UTF8, "Group of items, null = all.", "商品组，空为全部。" },
    { "week", CAMPAIGN_TYPE_INT32, "Week, of slots and promotions.", "周（档位与促销数）。" },
    { "quarter", CAMPAIGN_TYPE_INT32, "Quarter, of quarterly budgets.", "季度（季度预算）。" },
    { "capacity", CAMPAIGN_TYPE_INT64, "Slots or promotions there are.", "可用档位或促销数。" },
    { "used", CAMPAIGN_TYPE_INT64, "Slots or promotions used.", "已用档位或促销数。" },
    { "amount", CAMPAIGN_TYPE_MONEY, "Budget.", "预算。" },
    { "spent", CAMPAIGN_TYPE_MONEY, "Budget spent.", "已用预算。" },
    { "value", CAMPAIGN_TYPE_FLOAT64, "About what one more brings, in major units.",
      "再多一个单位约可带来的主币金额。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The same as a sentence.", "说明。" },
};

static const char *const kind_names[] = { "slots", "promotions", "budget" };

/* What one more slot brings in minor units; of a budget, what one more major unit brings. */
static double value_of(const cpn_weeks_solver *solver, int32_t limit)
{
    const cpn_weeks_problem *problem = solver->problem;
    const double scale = (double)(INT64_C(1) << problem->scale_bits);
    const double value = solver->best_multipliers[limit] / scale;
    if (problem->families[problem->limits[limit].family].kind != CPN_WEEKS_BUDGET) return value;
    return value / 1048576.0 * (double)cpn_power_of_ten(problem->exponent);
}

static void write_sentence(cpn_out *out, const cpn_weeks_solver *solver, int32_t limit, const char *group)
{
    static const cpn_weeks_saying sayings[] = { CPN_WEEKS_SAY_SLOT, CPN_WEEKS_SAY_PROMOTION, CPN_WEEKS_SAY_BUDGET };
    const cpn_weeks_problem *problem = solver->problem;
    const cpn_weeks_limit *at = &problem->limits[limit];
    const cpn_weeks_kind kind = problem->families[at->family].kind;
    char week[CPN_NUMBER_TEXT] = "", value[CAMPAIGN_MONEY_TEXT], used[CAMPAIGN_MONEY_TEXT],
         capacity[CAMPAIGN_MONEY_TEXT];
    char sentence[CPN_WEEKS_SENTENCE];
    const char *const words[CPN_WEEKS_WORDS] = { week, value, group ? group : "", used, capacity };
    const int64_t minor = (int64_t)(value_of(solver, limit) + 0.5);
    const int32_t exponent = kind == CPN_WEEKS_BUDGET ? problem->exponent : 0;
    cpn_weeks_saying saying = sayings[kind];
    if (group) saying++; /* each has its sentence with a group behind it */
    if (minor == 0) saying = CPN_WEEKS_SAY_ROOM;
    if (at->week >= 0) (void)cpn_format_int64(week, problem->weeks[at->week].number);
    (void)campaign_money_format(value, minor, problem->exponent);
    (void)campaign_money_format(used, solver->best.used[limit], exponent);
    (void)campaign_money_format(capacity, at->capacity, exponent);
    cpn_weeks_say(sentence, problem, saying, words);
    cpn_out_string(out, TEXT, sentence);
}

static int32_t quarter_label(const cpn_weeks_problem *problem, int32_t number)
{
    int32_t week = 0;
    while (problem->weeks[week].quarter_number != number) week++;
    return problem->weeks[week].quarter;
}

static void write_limit(cpn_out *out, const cpn_weeks_solver *solver, int32_t limit)
{
    const cpn_weeks_problem *problem = solver->problem;
    const cpn_weeks_limit *at = &problem->limits[limit];
    const cpn_weeks_family *family = &problem->families[at->family];
    const bool is_budget = family->kind == CPN_WEEKS_BUDGET;
    char group[CPN_NAMED_KEY_TEXT];
    if (family->group >= 0) cpn_named_key_text(group, &problem->group_keys, family->group);
    cpn_out_string(out, KIND, kind_names[family->kind]);
    if (family->group >= 0)
        cpn_out_cell(out, GROUP, &problem->group_keys.column, problem->group_keys.keys.first_rows[family->group]);
    else
        cpn_out_null(out, GROUP);
    cpn_out_optional_int64(out, WEEK, at->week >= 0 ? problem->weeks[at->week].number : 0, at->week >= 0);
    cpn_out_optional_int64(out, QUARTER, at->quarter >= 0 ? quarter_label(problem, at->quarter) : 0, at->quarter >= 0);
    cpn_out_optional_int64(out, CAPACITY, at->capacity, !is_budget);
    cpn_out_optional_int64(out, USED, solver->best.used[limit], !is_budget);
    cpn_out_optional_int64(out, AMOUNT, at->capacity, is_budget);
    cpn_out_optional_int64(out, SPENT, solver->best.used[limit], is_budget);
    cpn_out_float64(out, VALUE, value_of(solver, limit) / (double)cpn_power_of_ten(problem->exponent));
    write_sentence(out, solver, limit, family->group >= 0 ? group : NULL);
}

campaign_status cpn_weeks_write_limits(campaign_table **limits, const cpn_weeks_solver *solver, campaign_error *error)
{
    const cpn_weeks_problem *problem = solver->problem;
    cpn_column_schema columns[N_COLUMNS];
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = limits_schema[i];
    if (problem->n_groups > 0) columns[GROUP].type = problem->group_keys.column.type;
    cpn_out out;
    cpn_out_open(&out, columns, N_COLUMNS, problem->currency, problem->exponent);
    for (int32_t l = 0; l < problem->n_limits; l++) write_limit(&out, solver, l);
    return cpn_out_close(limits, &out, error);
}

/* ---- Remarks ----------------------------------------------------------------------------------------------------- */

static const cpn_column_schema notes_schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "Kind of remark.", "备注代码。" },
    { "n", CAMPAIGN_TYPE_INT64, "How many it concerns.", "涉及数量。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The remark.", "备注。" },
};

static void write_note(cpn_out *out, const cpn_weeks_problem *problem, cpn_weeks_saying saying, int64_t n,
                       const char *const words[CPN_WEEKS_WORDS])
{
    static const char *const codes[] = { "cost_above_price", "no_demand", "reference_cells", "not_proven" };
    char sentence[CPN_WEEKS_SENTENCE];
    cpn_weeks_say(sentence, problem, saying, words);
    cpn_out_string(out, 0, codes[saying - CPN_WEEKS_SAY_LOSS]);
    cpn_out_int64(out, 1, n);
    cpn_out_string(out, 2, sentence);
}

campaign_status cpn_weeks_write_notes(campaign_table **notes, const cpn_weeks_solver *solver, campaign_error *error)
{
    const cpn_weeks_problem *problem = solver->problem;
    int64_t n[4] = { 0 }, rest = 0;
    for (int64_t i = 0; i < problem->n_items; i++) {
        const cpn_weeks_item *item = &problem->items[i];
        n[0] += item->cost > item->price;
        n[1] += item->base <= 0;
        n[2] += item->reference_weight > 0;
        if (item->reference_weight > 0)
            rest += problem->units[item->unit].alone_bound - problem->units[item->unit].alone;
    }
    const int64_t gap = cpn_weeks_bound(solver) - solver->best.total;
    n[3] = gap > 0 ? solver->n_iterations : 0;
    cpn_out out;
    cpn_out_open(&out, notes_schema, COUNT(notes_schema), NULL, 0);
    for (int32_t i = 0; i < 4; i++) {
        char count[CPN_NUMBER_TEXT], amount[CAMPAIGN_MONEY_TEXT], cells[CPN_NUMBER_TEXT];
        const char *const words[CPN_WEEKS_WORDS] = { count, amount, cells, "", "" };
        (void)cpn_format_int64(count, n[i]);
        (void)cpn_format_int64(cells, problem->knobs.given.reference_steps);
        (void)campaign_money_format(amount, i == 3 ? gap : rest, problem->exponent);
        if (n[i] > 0) write_note(&out, problem, CPN_WEEKS_SAY_LOSS + (cpn_weeks_saying)i, n[i], words);
    }
    return cpn_out_close(notes, &out, error);
}
