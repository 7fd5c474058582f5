/* The report of the offers: the summary, what each row allows, uses and is worth, the offers, and remarks. */
#include <math.h>
#include <string.h>

#include "allocate/offers/write.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema summary_schema[] = {
    { "status", CAMPAIGN_TYPE_UTF8, "optimal, or bound.", "最优，或有界。" },
    { "value", CAMPAIGN_TYPE_FLOAT64, "Value of the choices.", "方案的价值。" },
    { "bound", CAMPAIGN_TYPE_FLOAT64, "No choice brings more.", "任何方案都不会更多。" },
    { "gap", CAMPAIGN_TYPE_FLOAT64, "(bound - value) / |bound|.", "（上界 − 价值）/ |上界|。" },
    { "customers", CAMPAIGN_TYPE_INT64, "Customers with a pair.", "有可选权益的客户数。" },
    { "served", CAMPAIGN_TYPE_INT64, "Customers with an offer.", "得到权益的客户数。" },
    { "choices", CAMPAIGN_TYPE_INT64, "Offers given.", "发出的权益数。" },
    { "passes", CAMPAIGN_TYPE_INT64, "Passes over all pairs.", "遍历全部数据的次数。" },
    { "nodes", CAMPAIGN_TYPE_INT64, "Nodes of the search for whole choices.", "整数搜索的结点数。" },
};

static campaign_status write_summary(campaign_allocate_offers_report *report, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, summary_schema, COUNT(summary_schema), NULL, 0);
    cpn_out_string(&out, 0, report->status == CAMPAIGN_CERTIFICATE_OPTIMAL ? "optimal" : "bound");
    cpn_out_float64(&out, 1, report->value);
    cpn_out_float64(&out, 2, report->bound);
    cpn_out_float64(&out, 3, report->gap);
    cpn_out_int64(&out, 4, report->n_customers);
    cpn_out_int64(&out, 5, report->n_served);
    cpn_out_int64(&out, 6, report->n_choices);
    cpn_out_int64(&out, 7, report->n_passes);
    cpn_out_int64(&out, 8, report->n_nodes);
    return cpn_out_close(&report->summary, &out, error);
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

enum { NAME, COST, OFFER, N_BEFORE };
enum { AMOUNT, USED, COUNT_OF, USED_COUNT, MULTIPLIER, TEXT, N_BEHIND };

static const cpn_column_schema before_schema[N_BEFORE] = {
    { "name", CAMPAIGN_TYPE_UTF8, "Name of the budget or stock.", "预算或库存的名称。" },
    { "cost", CAMPAIGN_TYPE_UTF8, "Cost that is summed; null = pieces.", "合计的成本；空为件数。" },
    { "offer", CAMPAIGN_TYPE_UTF8, "Offer it holds for; null = any.", "适用的权益；空为任意。" },
};
static const cpn_column_schema behind_schema[N_BEHIND] = {
    { "amount", CAMPAIGN_TYPE_FLOAT64, "What the cost may sum to.", "成本上限。" },
    { "used", CAMPAIGN_TYPE_FLOAT64, "What it sums to.", "已用成本。" },
    { "count", CAMPAIGN_TYPE_INT64, "How many pieces there are.", "件数上限。" },
    { "used_count", CAMPAIGN_TYPE_INT64, "How many are given.", "已用件数。" },
    { "multiplier", CAMPAIGN_TYPE_FLOAT64, "About what one more brings.", "每增加 1 约可多带来的价值。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The same as a sentence.", "说明。" },
};

/* In value per major unit of the cost, or per piece. */
static double multiplier_of(const cpn_offers_answer *answer, const cpn_offers_problem *problem, int32_t row)
{
    const double unit = problem->rows[row].cost == 0 ? 1 : problem->cost_unit;
    return answer->best_multipliers[row] * unit / problem->value_unit;
}

static void copy_name(char name[256], const char *text, size_t length)
{
    const size_t n = length < 255 ? length : 255;
    memcpy(name, text, n);
    name[n] = '\0';
}

static void write_row_text(cpn_out *out, int32_t column, const char *name, const cpn_offers_answer *answer,
                           const cpn_offers_problem *problem, int32_t r)
{
    const cpn_offers_row *row = &problem->rows[r];
    const double steps = problem->costs[row->cost].steps, unit = row->cost == 0 ? 1 : problem->cost_unit;
    const double value = multiplier_of(answer, problem, r);
    char worth[32], used[32], amount[32], sentence[CPN_OFFERS_SENTENCE];
    const char *const words[CPN_OFFERS_WORDS] = { name, worth, used, amount };
    cpn_offers_saying saying = CPN_OFFERS_SAY_BINDS;
    if (!(value > 0)) saying = answer->used[r] == row->amount ? CPN_OFFERS_SAY_FULL : CPN_OFFERS_SAY_ROOM;
    cpn_offers_short_number(worth, value);
    cpn_offers_short_number(used, (double)answer->used[r] / steps / unit);
    cpn_offers_short_number(amount, (double)row->amount / steps / unit);
    cpn_offers_say(sentence, &problem->knobs, saying, words);
    cpn_out_string(out, column, sentence);
}

static void write_amounts(cpn_out *out, int32_t first, const cpn_offers_answer *answer,
                          const cpn_offers_problem *problem, int32_t r)
{
    const cpn_offers_row *row = &problem->rows[r];
    const double steps = problem->costs[row->cost].steps;
    const bool is_count = row->cost == 0;
    cpn_out_optional_int64(out, first + COUNT_OF, row->amount, is_count);
    cpn_out_optional_int64(out, first + USED_COUNT, answer->used[r], is_count);
    if (problem->has_money_costs) {
        cpn_out_optional_int64(out, first + AMOUNT, row->amount, !is_count);
        cpn_out_optional_int64(out, first + USED, answer->used[r], !is_count);
    } else {
        campaign_column given = CAMPAIGN_COLUMN_INIT;
        double amount = row->raw_amount;
        if (!is_count && cpn_need_column(&given, problem->inputs->budgets, "budgets", NULL, "amount",
                                         CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT, NULL) == CAMPAIGN_OK)
            amount = cpn_offers_number(&given, row->budget_row);
        const double used = answer->share_used ? answer->share_used[r] : (double)answer->used[r] / steps;
        cpn_out_optional_float64(out, first + AMOUNT, amount, !is_count);
        cpn_out_optional_float64(out, first + USED, used < amount ? used : amount, !is_count);
    }
}

/* Columns of budgets that name a row. */
typedef struct row_columns {
    campaign_column name, offer;
} row_columns;

static void write_row(cpn_out *out, const row_columns *columns, const cpn_offers_answer *answer,
                      const cpn_offers_problem *problem, int32_t r)
{
    const cpn_offers_row *row = &problem->rows[r];
    const int32_t behind = N_BEFORE + problem->n_attributes;
    int32_t offer = row->stock_offer;
    char name[256], number[CPN_NUMBER_TEXT];
    const char *const words[CPN_OFFERS_WORDS] = { number, "", "", "" };
    if (row->budget_row >= 0 && columns->offer.type && !cpn_is_null(&columns->offer, row->budget_row))
        offer = cpn_offers_find_cell(&problem->offer_names, &columns->offer, row->budget_row);
    if (row->budget_row >= 0 && columns->name.type && !cpn_is_null(&columns->name, row->budget_row)) {
        size_t length;
        const char *text = cpn_cell_text(&columns->name, row->budget_row, &length);
        copy_name(name, text, cpn_utf8_cut(text, length, 255));
    } else {
        char sentence[CPN_OFFERS_SENTENCE], key[128];
        const char *const of_stock[CPN_OFFERS_WORDS] = { key, "", "", "" };
        (void)cpn_format_int64(number, row->budget_row + 1);
        if (row->stock_offer >= 0) {
            const char *text = problem->offer_names.bytes + problem->offer_names.offsets[offer];
            const size_t length =
                (size_t)(problem->offer_names.offsets[offer + 1] - problem->offer_names.offsets[offer]);
            const size_t n = cpn_utf8_cut(text, length, sizeof key - 1);
            memcpy(key, text, n);
            key[n] = '\0';
        }
        cpn_offers_say(sentence, &problem->knobs, row->stock_offer >= 0 ? CPN_OFFERS_SAY_STOCK : CPN_OFFERS_SAY_BUDGET,
                       row->stock_offer >= 0 ? of_stock : words);
        copy_name(name, sentence, strlen(sentence));
    }
    cpn_out_string(out, NAME, name);
    cpn_out_string(out, COST, row->cost == 0 ? NULL : problem->costs[row->cost].name);
    cpn_offers_put_offer(out, OFFER, problem, offer);
    for (int32_t a = 0; a < problem->n_attributes; a++) {
        if (row->budget_row >= 0)
            cpn_out_cell(out, N_BEFORE + a, &problem->attributes[a].budgets, row->budget_row);
        else
            cpn_out_null(out, N_BEFORE + a);
    }
    write_amounts(out, behind, answer, problem, r);
    cpn_out_float64(out, behind + MULTIPLIER, multiplier_of(answer, problem, r));
    write_row_text(out, behind + TEXT, name, answer, problem, r);
}

static campaign_status write_rows(campaign_table **rows, const cpn_offers_answer *answer,
                                  const cpn_offers_problem *problem, campaign_error *error)
{
    cpn_column_schema columns[N_BEFORE + CPN_OFFERS_ATTRIBUTES + N_BEHIND];
    const int32_t behind = N_BEFORE + problem->n_attributes;
    const campaign_table *budgets = problem->inputs->budgets;
    row_columns given = { CAMPAIGN_COLUMN_INIT, CAMPAIGN_COLUMN_INIT };
    campaign_status status = CAMPAIGN_OK;
    memcpy(columns, before_schema, sizeof before_schema);
    columns[OFFER].name = problem->knobs.given.offer;
    if (problem->offer_column.type) columns[OFFER].type = problem->offer_column.type;
    for (int32_t a = 0; a < problem->n_attributes; a++)
        columns[N_BEFORE + a] =
            (cpn_column_schema){ problem->attributes[a].name, problem->attributes[a].budgets.type, NULL, NULL };
    memcpy(&columns[behind], behind_schema, sizeof behind_schema);
    if (problem->has_money_costs) columns[behind + AMOUNT].type = columns[behind + USED].type = CAMPAIGN_TYPE_MONEY;
    if (budgets) {
        status =
            cpn_find_column(&given.name, budgets, "budgets", NULL, "name", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
        if (status == CAMPAIGN_OK)
            status =
                cpn_find_column(&given.offer, budgets, "budgets", NULL, problem->knobs.given.offer, CPN_ANY_KEY, error);
        if (status != CAMPAIGN_OK) return status;
    }
    cpn_out out;
    cpn_out_open(&out, columns, behind + N_BEHIND, problem->cost_currency, problem->cost_exponent);
    for (int32_t r = 0; r < problem->n_rows; r++) write_row(&out, &given, answer, problem, r);
    return cpn_out_close(rows, &out, error);
}

/* ---- Remarks, and all of it -------------------------------------------------------------------------------------- */

static const cpn_column_schema notes_schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "Kind of remark.", "备注代码。" },
    { "n", CAMPAIGN_TYPE_INT64, "How many it concerns.", "涉及数量。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The remark.", "备注。" },
};

static void write_note(cpn_out *out, const cpn_offers_problem *problem, cpn_offers_saying saying, int64_t n,
                       const char *const words[CPN_OFFERS_WORDS])
{
    static const char *const codes[] = { "no_offer_pays", "nothing_binds", "not_proven" };
    char sentence[CPN_OFFERS_SENTENCE];
    cpn_offers_say(sentence, &problem->knobs, saying, words);
    cpn_out_string(out, 0, codes[saying - CPN_OFFERS_SAY_NO_OFFER_PAYS]);
    cpn_out_int64(out, 1, n);
    cpn_out_string(out, 2, sentence);
}

static campaign_status write_notes(campaign_allocate_offers_report *report, const cpn_offers_answer *answer,
                                   const cpn_offers_problem *problem, campaign_error *error)
{
    char rest[32], gap[32];
    const char *const words[CPN_OFFERS_WORDS] = { rest, gap, "", "" };
    int64_t n_binding = 0;
    cpn_out out;
    for (int32_t r = 0; r < problem->n_rows; r++) n_binding += answer->best_multipliers[r] > 0;
    cpn_offers_short_number(rest, report->bound - report->value);
    cpn_offers_short_number(gap, report->gap);
    cpn_out_open(&out, notes_schema, COUNT(notes_schema), NULL, 0);
    if (report->n_choices == 0 && problem->n_pairs > 0)
        write_note(&out, problem, CPN_OFFERS_SAY_NO_OFFER_PAYS, problem->n_pairs, words);
    if (n_binding == 0 && problem->n_rows > 0)
        write_note(&out, problem, CPN_OFFERS_SAY_NOTHING_BINDS, problem->n_rows, words);
    if (report->status == CAMPAIGN_CERTIFICATE_BOUND) write_note(&out, problem, CPN_OFFERS_SAY_NOT_PROVEN, 1, words);
    return cpn_out_close(&report->notes, &out, error);
}

campaign_status cpn_offers_report(campaign_allocate_offers_report *report, const cpn_offers_answer *answer,
                                  const cpn_offers_problem *problem, campaign_error *error)
{
    /* Values in whole minor units add up to whole minor units: the bound may be rounded down to them. */
    const double bound = problem->has_money_values && !answer->share_used ? floor(answer->bound) : answer->bound;
    const double size = fabs(bound) > 1e-300 ? fabs(bound) : 1e-300;
    const double rest = bound > answer->value ? bound - answer->value : 0;
    const bool is_optimal = answer->is_proven || rest <= 1e-12 * size;
    report->status = is_optimal ? CAMPAIGN_CERTIFICATE_OPTIMAL : CAMPAIGN_CERTIFICATE_BOUND;
    report->n_passes = answer->n_passes;
    report->n_nodes = answer->n_nodes;
    report->n_customers = problem->n_customers;
    report->n_served = answer->n_served;
    report->n_choices = answer->n_choices;
    report->value = answer->value / problem->value_unit;
    report->bound = (bound > answer->value ? bound : answer->value) / problem->value_unit;
    report->gap = rest / size;
    campaign_status status = write_rows(&report->rows, answer, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_write_offers(&report->offers, answer, problem, error);
    if (status == CAMPAIGN_OK) status = write_summary(report, error);
    if (status == CAMPAIGN_OK) status = write_notes(report, answer, problem, error);
    return status;
}
