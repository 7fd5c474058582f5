/* Writes what stands behind the quotas: the multipliers with a sentence each, rows and columns, remarks. */
#include "allocate/quota/report.h"

#include <math.h>

#include "base/number.h"

enum {
    KIND,
    KEY,
    TOTAL,
    DIVISOR,
    LOW,
    HIGH,
    LOW_NUMERATOR,
    LOW_DENOMINATOR,
    HIGH_NUMERATOR,
    HIGH_DENOMINATOR,
    NEXT,
    TEXT,
    N_COLUMNS
};

static const cpn_column_schema schema[N_COLUMNS] = {
    { "kind", CAMPAIGN_TYPE_UTF8, "split, row or column.", "拆分、行或列。" },
    { "key", CAMPAIGN_TYPE_UTF8, "Which one; null = the whole.", "哪一个；空为整体。" },
    { "total", CAMPAIGN_TYPE_INT64, "What it has to give.", "待分配的合计。" },
    { "divisor", CAMPAIGN_TYPE_FLOAT64, "Weights are divided by it.", "权重除以该数。" },
    { "low", CAMPAIGN_TYPE_FLOAT64, "Least divisor that gives the same.", "结果不变的最小除数。" },
    { "high", CAMPAIGN_TYPE_FLOAT64, "Largest divisor that gives the same.", "结果不变的最大除数。" },
    { "low_numerator", CAMPAIGN_TYPE_INT64, "low, exactly.", "最小除数的分子。" },
    { "low_denominator", CAMPAIGN_TYPE_INT64, "low, exactly.", "最小除数的分母。" },
    { "high_numerator", CAMPAIGN_TYPE_INT64, "high, exactly.", "最大除数的分子。" },
    { "high_denominator", CAMPAIGN_TYPE_INT64, "high, exactly.", "最大除数的分母。" },
    { "next", CAMPAIGN_TYPE_UTF8, "Where one more unit would go.", "再多一个单位归谁。" },
    { "text", CAMPAIGN_TYPE_UTF8, "What it means.", "说明。" },
};

static void open_multipliers(cpn_out *out, const cpn_quota_problem *problem, bool is_real)
{
    cpn_column_schema columns[N_COLUMNS];
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = schema[i];
    if (problem->is_money) columns[TOTAL].type = CAMPAIGN_TYPE_MONEY;
    if (is_real) columns[TOTAL].type = CAMPAIGN_TYPE_FLOAT64;
    cpn_out_open(out, columns, N_COLUMNS, problem->currency, problem->exponent);
}

/* Six digits are enough to read. */
static void shorten(char text[CPN_NUMBER_TEXT], double value)
{
    double scale = 1;
    for (; fabs(value) * scale < 1e5 && scale < 1e12; scale *= 10) {
    }
    (void)cpn_format_double(text, fabs(value) < 1e15 ? floor(value * scale + 0.5) / scale : value);
}

static void write_number(cpn_out *out, int32_t column, double value)
{
    cpn_out_optional_float64(out, column, value, cpn_is_finite(value) != 0);
}

/* ---- Splits ------------------------------------------------------------------------------------------------------ */

static void write_fractions(cpn_out *out, const cpn_quota_node *node)
{
    cpn_out_optional_int64(out, LOW_NUMERATOR, node->low_numerator, node->has_low);
    cpn_out_optional_int64(out, LOW_DENOMINATOR, node->low_denominator, node->has_low);
    cpn_out_optional_int64(out, HIGH_NUMERATOR, node->high_numerator, node->has_high);
    cpn_out_optional_int64(out, HIGH_DENOMINATOR, node->high_denominator, node->has_high);
}

static void write_node(cpn_out *out, const cpn_quota_problem *problem, const cpn_quota_node *node)
{
    char key[CPN_QUOTA_PATH_TEXT], next[CPN_QUOTA_PATH_TEXT] = "", sentence[CPN_QUOTA_SENTENCE];
    char low[CPN_NUMBER_TEXT], high[CPN_NUMBER_TEXT];
    const bool has_low = node->has_divisors && node->has_next, has_high = node->has_divisors;
    const bool is_remainder = problem->knobs.given.method == CAMPAIGN_QUOTA_LARGEST_REMAINDER;
    cpn_quota_cell_text(key, problem, node->cell, node->depth);
    if (node->has_next) cpn_quota_cell_text(next, problem, node->next_cell, node->depth + 1);
    cpn_out_string(out, KIND, "split");
    cpn_out_string(out, KEY, node->depth > 0 ? key : NULL);
    cpn_out_int64(out, TOTAL, node->total);
    const double middle = !has_low                      ? node->high
                          : cpn_is_infinite(node->high) ? node->low
                                                        : (node->low + node->high) / 2;
    write_number(out, DIVISOR, has_high ? middle : NAN);
    write_number(out, LOW, has_low ? node->low : NAN);
    write_number(out, HIGH, has_high ? node->high : NAN);
    write_fractions(out, node);
    cpn_out_string(out, NEXT, node->has_next ? next : NULL);
    shorten(low, node->low);
    shorten(high, node->high);
    char count[CAMPAIGN_MONEY_TEXT];
    cpn_quota_amount_text(count, problem, node->total);
    const char *const words[CPN_QUOTA_WORDS] = { is_remainder ? count : next, low, high, "", "" };
    cpn_quota_say(sentence, problem->knobs.is_chinese,
                  is_remainder     ? CPN_QUOTA_SAY_REMAINDER
                  : node->has_next ? CPN_QUOTA_SAY_DIVISOR
                                   : CPN_QUOTA_SAY_FULL,
                  words);
    cpn_out_string(out, TEXT, sentence);
}

campaign_status cpn_quota_write_nodes(campaign_table **multipliers, const cpn_quota_problem *problem,
                                      const cpn_quota_nodes *nodes, campaign_error *error)
{
    cpn_out out;
    open_multipliers(&out, problem, false);
    for (int64_t i = 0; i < nodes->n; i++) write_node(&out, problem, &nodes->nodes[i]);
    return cpn_out_close(multipliers, &out, error);
}

/* ---- Rows and columns -------------------------------------------------------------------------------------------- */

static double total_of(const cpn_quota_problem *problem, const cpn_quota_grid *grid, int32_t node)
{
    double unit = 1;
    for (int32_t i = 0; i < problem->shown_decimals; i++) unit *= 10;
    return (double)grid->totals[node] / unit;
}

static void write_total(cpn_out *out, int32_t column, const cpn_quota_problem *problem, const cpn_quota_grid *grid,
                        int32_t node)
{
    if (problem->knobs.given.kind == CAMPAIGN_QUOTA_FITTING)
        cpn_out_float64(out, column, total_of(problem, grid, node));
    else
        cpn_out_int64(out, column, grid->totals[node]);
}

static void write_node_text(cpn_out *out, const cpn_quota_problem *problem, const cpn_quota_grid *grid,
                            const cpn_quota_proof *proof, int32_t node)
{
    const int32_t side = node >= grid->n_rows, kind = problem->knobs.given.kind;
    char key[CPN_QUOTA_KEY_TEXT], total[CAMPAIGN_MONEY_TEXT], low[CPN_NUMBER_TEXT], high[CPN_NUMBER_TEXT];
    char divisor[CPN_NUMBER_TEXT], sentence[CPN_QUOTA_SENTENCE];
    cpn_quota_key_text(key, problem, side, node - (side ? grid->n_rows : 0));
    cpn_quota_amount_text(total, problem, grid->totals[node]);
    shorten(divisor, proof->divisors[node]);
    shorten(low, cpn_is_nan(proof->low[node]) ? 0 : proof->low[node]);
    shorten(high, cpn_is_nan(proof->high[node]) ? INFINITY : proof->high[node]);
    const char *const words[CPN_QUOTA_WORDS] = { key, kind == CAMPAIGN_QUOTA_FITTING ? divisor : total, low, high, "" };
    cpn_quota_say(sentence, problem->knobs.is_chinese,
                  kind == CAMPAIGN_QUOTA_FITTING    ? CPN_QUOTA_SAY_FACTOR
                  : kind == CAMPAIGN_QUOTA_ROUNDING ? CPN_QUOTA_SAY_ROUNDED
                  : side                            ? CPN_QUOTA_SAY_COLUMN
                                                    : CPN_QUOTA_SAY_ROW,
                  words);
    cpn_out_string(out, KIND, side ? "column" : "row");
    cpn_out_string(out, KEY, key);
    write_total(out, TOTAL, problem, grid, node);
    write_number(out, DIVISOR, proof->divisors[node]);
    write_number(out, LOW, proof->low[node]);
    write_number(out, HIGH, proof->high[node]);
    for (int32_t i = LOW_NUMERATOR; i <= NEXT; i++) cpn_out_null(out, i);
    cpn_out_string(out, TEXT, sentence);
}

/* The table of one side: key, total, divisor, low, high. */
static campaign_status write_side(campaign_table **table, const cpn_quota_problem *problem, const cpn_quota_grid *grid,
                                  const cpn_quota_proof *proof, int32_t side, campaign_error *error)
{
    const cpn_quota_dimension *at = &problem->dimensions[side];
    cpn_column_schema columns[] = {
        { at->column.name, at->column.type, "Key.", "键。" }, schema[TOTAL], schema[DIVISOR], schema[LOW], schema[HIGH]
    };
    if (problem->is_money) columns[1].type = CAMPAIGN_TYPE_MONEY;
    if (problem->knobs.given.kind == CAMPAIGN_QUOTA_FITTING) columns[1].type = CAMPAIGN_TYPE_FLOAT64;
    cpn_out out;
    cpn_out_open(&out, columns, 5, problem->currency, problem->exponent);
    for (int32_t code = 0; code < at->keys.n_keys; code++) {
        const int32_t node = code + (side ? grid->n_rows : 0);
        cpn_out_cell(&out, 0, &at->column, at->keys.first_rows[code]);
        write_total(&out, 1, problem, grid, node);
        write_number(&out, 2, proof->divisors[node]);
        write_number(&out, 3, proof->low[node]);
        write_number(&out, 4, proof->high[node]);
    }
    return cpn_out_close(table, &out, error);
}

campaign_status cpn_quota_write_sides(campaign_allocate_quota_report *report, const cpn_quota_problem *problem,
                                      const cpn_quota_grid *grid, const cpn_quota_proof *proof, campaign_error *error)
{
    cpn_out out;
    open_multipliers(&out, problem, problem->knobs.given.kind == CAMPAIGN_QUOTA_FITTING);
    for (int32_t node = 0; node < grid->n_nodes; node++) write_node_text(&out, problem, grid, proof, node);
    campaign_status status = cpn_out_close(&report->multipliers, &out, error);
    if (status == CAMPAIGN_OK) status = write_side(&report->rows, problem, grid, proof, 0, error);
    if (status == CAMPAIGN_OK) status = write_side(&report->columns, problem, grid, proof, 1, error);
    return status;
}

/* ---- Remarks ----------------------------------------------------------------------------------------------------- */

static const cpn_column_schema notes_schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "Kind of remark.", "备注代码。" },
    { "n", CAMPAIGN_TYPE_INT64, "How many it concerns.", "涉及数量。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The remark.", "备注。" },
};

static void write_note(cpn_out *out, const cpn_quota_problem *problem, cpn_quota_saying saying, int64_t n,
                       const char *word)
{
    static const char *const codes[] = { "unallocated", "nested", "weights_rounded", "margins_made",
                                         "forced_zero", "ties",   "not_converged" };
    char count[CPN_NUMBER_TEXT], sentence[CPN_QUOTA_SENTENCE], amount[CAMPAIGN_MONEY_TEXT];
    if (n == 0) return;
    (void)cpn_format_int64(count, n);
    cpn_quota_amount_text(amount, problem, problem->total);
    const char *const words[CPN_QUOTA_WORDS] = { word ? word : count, amount, "", "", "" };
    cpn_quota_say(sentence, problem->knobs.is_chinese, saying, words);
    cpn_out_string(out, 0, codes[saying - CPN_QUOTA_SAY_UNALLOCATED]);
    cpn_out_int64(out, 1, n);
    cpn_out_string(out, 2, sentence);
}

campaign_status cpn_quota_write_notes(campaign_table **notes, const cpn_quota_problem *problem, campaign_error *error)
{
    char unallocated[CAMPAIGN_MONEY_TEXT], residual[CPN_NUMBER_TEXT];
    const bool is_nested = problem->knobs.given.kind == CAMPAIGN_QUOTA_SPLIT && problem->n_dimensions > 1;
    cpn_quota_amount_text(unallocated, problem, problem->unallocated);
    (void)cpn_format_double(residual, problem->residual);
    cpn_out out;
    cpn_out_open(&out, notes_schema, 3, NULL, 0);
    write_note(&out, problem, CPN_QUOTA_SAY_UNALLOCATED, problem->unallocated, unallocated);
    write_note(&out, problem, CPN_QUOTA_SAY_NESTED, is_nested ? problem->n_dimensions : 0, NULL);
    write_note(&out, problem, CPN_QUOTA_SAY_WEIGHTS, problem->n_rounded_weights, NULL);
    write_note(&out, problem, CPN_QUOTA_SAY_MARGINS, problem->n_made, NULL);
    write_note(&out, problem, CPN_QUOTA_SAY_FORCED, problem->n_forced, NULL);
    write_note(&out, problem, CPN_QUOTA_SAY_TIES, problem->n_all_ties, NULL);
    write_note(&out, problem, CPN_QUOTA_SAY_NOT_CONVERGED, !problem->is_converged, residual);
    return cpn_out_close(notes, &out, error);
}
