/* The report of a budget: the summary, the groups, the remarks. */
#include <math.h>

#include "allocate/budget/spend.h"
#include "base/number.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

/* ---- Summary ----------------------------------------------------------------------------------------------------- */

enum {
    OBJECTIVE,
    STATUS,
    VALUE,
    BOUND,
    GAP,
    SPEND,
    CURRENT,
    BUDGET,
    CONTINGENCY,
    UNSPENT,
    RESPONSE,
    CURRENT_RESPONSE,
    NODES,
    ITEMS,
    N_SUMMARY
};

static const cpn_column_schema summary_schema[N_SUMMARY] = {
    { "objective", CAMPAIGN_TYPE_UTF8, "What was to be reached.", "目标。" },
    { "status", CAMPAIGN_TYPE_UTF8, "optimal, or bound.", "最优，或有界。" },
    { "value", CAMPAIGN_TYPE_FLOAT64, "What is reached, by the objective.", "目标值。" },
    { "bound", CAMPAIGN_TYPE_FLOAT64, "No allocation reaches more, or spends less.", "任何分配都不会更好。" },
    { "gap", CAMPAIGN_TYPE_FLOAT64, "Distance of the two, as a share.", "两者的相对差距。" },
    { "spend", CAMPAIGN_TYPE_FLOAT64, "Spend of all items.", "全部投入。" },
    { "current", CAMPAIGN_TYPE_FLOAT64, "Spend before, where every item has one.", "现有投入（各项目均给出时）。" },
    { "budget", CAMPAIGN_TYPE_FLOAT64, "Budget, null = none.", "预算，空为无。" },
    { "contingency", CAMPAIGN_TYPE_FLOAT64, "Kept of it.", "应急预留。" },
    { "unspent", CAMPAIGN_TYPE_FLOAT64, "Left of the rest.", "剩余未用。" },
    { "response", CAMPAIGN_TYPE_FLOAT64, "Sum of value times response.", "价值乘响应之和。" },
    { "current_response", CAMPAIGN_TYPE_FLOAT64, "The same of the spend before.", "现有投入对应的响应之和。" },
    { "nodes", CAMPAIGN_TYPE_INT64, "Nodes of the search.", "搜索节点数。" },
    { "items", CAMPAIGN_TYPE_INT64, "Items.", "项目数。" },
};

static const char *const objectives[] = { "response", "profit", "least_spend", "marginal_return", "average_return" };

/* Sums over the spends before; NAN where an item has none. */
static void sum_current(double *spend, double *response, const cpn_spend_book *book)
{
    *spend = *response = 0;
    for (int64_t i = 0; i < book->n_items; i++) {
        const cpn_spend_entry *item = &book->items[i];
        *spend += item->current;
        if (!cpn_is_nan(item->current))
            *response += item->value * cpn_spend_response_at(book, item, item->current).value;
    }
    if (cpn_is_nan(*spend) || book->n_items == 0) *spend = *response = NAN;
}

static campaign_status write_summary(campaign_allocate_budget_report *report, const cpn_spend_book *book,
                                     const cpn_spend_result *result, campaign_error *error)
{
    const cpn_spend_terms *terms = &book->terms;
    const bool has_budget = book->knobs.given.has_budget;
    cpn_column_schema columns[N_SUMMARY];
    double current, current_response;
    sum_current(&current, &current_response, book);
    for (int32_t i = 0; i < N_SUMMARY; i++) columns[i] = summary_schema[i];
    for (int32_t i = SPEND; i <= UNSPENT; i++)
        if (terms->is_money) columns[i].type = CAMPAIGN_TYPE_MONEY;
    cpn_out out;
    cpn_out_open(&out, columns, N_SUMMARY, terms->is_money ? terms->currency : NULL, terms->exponent);
    cpn_out_string(&out, OBJECTIVE, objectives[book->knobs.given.objective]);
    cpn_out_string(&out, STATUS, report->status == CAMPAIGN_CERTIFICATE_OPTIMAL ? "optimal" : "bound");
    cpn_out_float64(&out, VALUE, report->value);
    cpn_out_float64(&out, BOUND, report->bound);
    cpn_out_float64(&out, GAP, report->gap);
    cpn_spend_out_amount(&out, SPEND, terms, result->spend);
    cpn_spend_out_amount(&out, CURRENT, terms, current);
    cpn_spend_out_amount(&out, BUDGET, terms, has_budget ? book->knobs.budget : NAN);
    cpn_spend_out_amount(&out, CONTINGENCY, terms, book->knobs.contingency);
    cpn_spend_out_amount(&out, UNSPENT, terms, has_budget ? cpn_spend_unspent(book, result) : NAN);
    cpn_out_float64(&out, RESPONSE, report->response);
    cpn_out_optional_float64(&out, CURRENT_RESPONSE, current_response, !cpn_is_nan(current_response));
    cpn_out_int64(&out, NODES, report->n_nodes);
    cpn_out_int64(&out, ITEMS, report->n_items);
    return cpn_out_close(&report->summary, &out, error);
}

/* ---- Remarks ----------------------------------------------------------------------------------------------------- */

static const cpn_column_schema notes_schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "Kind of remark.", "备注代码。" },
    { "n", CAMPAIGN_TYPE_INT64, "How many it concerns.", "涉及数量。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The remark.", "备注。" },
};

static void write_note(cpn_out *out, const cpn_spend_book *book, const cpn_spend_result *result,
                       cpn_spend_saying saying, int64_t n)
{
    static const char *const codes[] = { "unspent", "not_proven", "cpa_over_cap", "paused_minimum", "no_value" };
    char count[CPN_NUMBER_TEXT], percent[CPN_NAMED_KEY_TEXT], left[CPN_NAMED_KEY_TEXT], sentence[CPN_SPEND_SENTENCE];
    const char *const words[CPN_SPEND_WORDS] = { count, percent, "", left, "" };
    if (n == 0) return;
    (void)cpn_format_int64(count, saying == CPN_SPEND_SAY_NOT_PROVEN ? result->n_nodes : n);
    cpn_spend_round_text(percent, 100 * result->gap);
    cpn_spend_amount_text(left, &book->terms, cpn_spend_unspent(book, result));
    cpn_spend_say(sentence, book->knobs.is_chinese, saying, words);
    cpn_out_string(out, 0, codes[saying - CPN_SPEND_SAY_UNSPENT]);
    cpn_out_int64(out, 1, n);
    cpn_out_string(out, 2, sentence);
}

static campaign_status write_notes(campaign_allocate_budget_report *report, const cpn_spend_book *book,
                                   const cpn_spend_result *result, campaign_error *error)
{
    int64_t n[5] = { 0 };
    for (int64_t i = 0; i < book->n_items; i++) {
        const cpn_spend_entry *item = &book->items[i];
        n[2] += item->pause == CPN_SPEND_OVER_CAP;
        n[3] += item->pause != CPN_SPEND_RUNS && item->spent < item->minimum;
        n[4] += cpn_spend_brings_nothing(book, item);
    }
    n[0] = cpn_spend_unspent(book, result) > 1e-12 * book->knobs.available;
    n[1] = report->status != CAMPAIGN_CERTIFICATE_OPTIMAL;
    cpn_out out;
    cpn_out_open(&out, notes_schema, COUNT(notes_schema), NULL, 0);
    for (int32_t i = 0; i < 5; i++) write_note(&out, book, result, CPN_SPEND_SAY_UNSPENT + (cpn_spend_saying)i, n[i]);
    return cpn_out_close(&report->notes, &out, error);
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

double cpn_spend_unspent(const cpn_spend_book *book, const cpn_spend_result *result)
{
    const double rest = book->knobs.available - result->spend;
    return book->knobs.given.has_budget && rest > 0 ? rest : 0;
}

campaign_status cpn_spend_report(campaign_allocate_budget_report *report, const cpn_spend_book *book,
                                 const cpn_spend_result *result, campaign_error *error)
{
    const cpn_spend_terms *terms = &book->terms;
    report->status = result->status;
    report->value = result->value;
    report->bound = result->bound;
    report->gap = result->gap;
    report->response = result->response;
    report->spend = result->spend / terms->unit;
    report->unspent = cpn_spend_unspent(book, result) / terms->unit;
    report->contingency = book->knobs.contingency / terms->unit;
    if (terms->is_money) {
        report->spend_minor = (int64_t)result->spend;
        report->unspent_minor = (int64_t)cpn_spend_unspent(book, result);
        report->contingency_minor = (int64_t)book->knobs.contingency;
    }
    report->n_nodes = result->n_nodes;
    report->n_items = book->n_items;
    campaign_status status = write_summary(report, book, result, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_write_limits(&report->limits, book, result, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_write_groups(&report->groups, book, result, error);
    if (status == CAMPAIGN_OK) status = write_notes(report, book, result, error);
    return status;
}
