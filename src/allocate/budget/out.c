/* The allocation as a table: a row per item with what it gets, what that brings, and why it is no more and no less. */
#include <math.h>

#include "allocate/budget/spend.h"
#include "base/memory.h"
#include "base/number.h"

enum { ITEM, GROUP, SPEND, CURRENT, RESPONSE, MARGINAL, AVERAGE_RETURN, BOUND, REASON, TEXT, N_COLUMNS };

static const cpn_column_schema schema[N_COLUMNS] = {
    { "item", CAMPAIGN_TYPE_UTF8, "Item.", "项目。" },
    { "group", CAMPAIGN_TYPE_UTF8, "Its group, null = none.", "所属组，空为无。" },
    { "spend", CAMPAIGN_TYPE_FLOAT64, "What it gets.", "分配的投入。" },
    { "current", CAMPAIGN_TYPE_FLOAT64, "Spend to compare with, where given.", "对比用的现有投入（如已给出）。" },
    { "response", CAMPAIGN_TYPE_FLOAT64, "What that brings; the mean of samples.", "带来的响应；有样本时为均值。" },
    { "marginal", CAMPAIGN_TYPE_FLOAT64, "Value that one more major unit brings.", "再投入一个主币单位带来的价值。" },
    { "average_return", CAMPAIGN_TYPE_FLOAT64, "Value for each major unit spent.", "每个主币单位投入带来的价值。" },
    { "bound", CAMPAIGN_TYPE_UTF8, "What holds it there.", "所处的边界。" },
    { "reason", CAMPAIGN_TYPE_UTF8, "Why it gets that.", "原因代码。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The reason as a sentence.", "原因说明。" },
};

typedef struct verdict {
    const char *bound, *reason;
    cpn_spend_saying saying;
} verdict;

static const verdict v_interior = { "interior", "marginal", CPN_SPEND_SAY_INTERIOR };
static const verdict v_enough = { "interior", "enough", CPN_SPEND_SAY_ENOUGH };
static const verdict v_group = { "group", "group_limit", CPN_SPEND_SAY_GROUP };
static const verdict v_minimum = { "minimum", "minimum", CPN_SPEND_SAY_MINIMUM };
static const verdict v_spent = { "spent", "spent", CPN_SPEND_SAY_SPENT };
static const verdict v_maximum = { "maximum", "maximum", CPN_SPEND_SAY_MAXIMUM };
static const verdict v_closed = { "closed", "too_little", CPN_SPEND_SAY_CLOSED };
static const verdict v_beginning = { "closed", "not_worth_beginning", CPN_SPEND_SAY_BEGINNING };
static const verdict v_open = { "minimum_if_open", "minimum_if_open", CPN_SPEND_SAY_OPEN_MINIMUM };
static const verdict v_step = { "step", "whole_steps", CPN_SPEND_SAY_STEP };
static const verdict v_corner = { "corner", "corner", CPN_SPEND_SAY_CORNER };
static const verdict v_fixed = { "fixed", "fixed", CPN_SPEND_SAY_FIXED };
static const verdict v_paused = { "paused", "paused", CPN_SPEND_SAY_PAUSED };
static const verdict v_over_cap = { "paused", "cpa_over_cap", CPN_SPEND_SAY_OVER_CAP };

/* ---- Reasons ----------------------------------------------------------------------------------------------------- */

/* For each group the nearest one, itself upwards, whose limits have a price: they hold what is below. A share holds both the
 * group that has it and the one that it refers to. -1 = none; NULL where memory is out. */
static int32_t *find_holders(const cpn_spend_book *book, const cpn_spend_result *result)
{
    int32_t *holders = cpn_alloc(book->n_groups, sizeof *holders);
    if (!holders) return NULL;
    for (int32_t g = 0; g < book->n_groups; g++) holders[g] = fabs(result->group_multipliers[g + 1]) > 0 ? g : -1;
    for (int32_t l = 0; l < book->n_limits; l++) {
        const cpn_spend_limit *limit = &book->limits[l];
        if (limit->ratio < 0 || !(fabs(result->ratio_multipliers[limit->ratio]) > 0)) continue;
        holders[limit->group] = limit->group;
        if (limit->of >= 0) holders[limit->of] = limit->of;
    }
    for (int32_t i = 0; i < book->n_groups; i++) {
        const int32_t g = book->order[i], parent = book->groups[g].parent;
        if (holders[g] < 0 && parent >= 0) holders[g] = holders[parent];
    }
    return holders;
}

bool cpn_spend_brings_nothing(const cpn_spend_book *book, const cpn_spend_entry *item)
{
    if (item->value <= 0) return true;
    for (int64_t c = 0; c < item->n_curves; c++) {
        const cpn_response *curve = &book->curves[item->first_curve + c];
        if (curve->kind != CPN_RESPONSE_PIECEWISE_LINEAR && curve->scale > 0) return false;
        for (int64_t i = 1; i < curve->n_points; i++)
            if (curve->responses[i] > curve->responses[i - 1]) return false;
        if (curve->n_points > 0 && curve->spends[0] > 0 && curve->responses[0] > 0) return false;
    }
    return true;
}

/* Whether it takes more than a first unit to be worth anything. */
static bool has_beginning(const cpn_spend_book *book, const cpn_spend_entry *item)
{
    const cpn_response *curve = &book->curves[item->first_curve];
    return item->opening_cost > 0 || item->minimum_if_open > 0 || item->step > 0 ||
           curve->kind == CPN_RESPONSE_PIECEWISE_LINEAR || cpn_response_inflection(curve) > 0;
}

static verdict at_lower_bound(const cpn_spend_book *book, const cpn_spend_entry *item)
{
    if (item->spent > 0 && item->spent >= item->lower) return v_spent;
    if (item->lower > 0) return v_minimum;
    return has_beginning(book, item) ? v_beginning : v_closed;
}

static verdict find_verdict(const cpn_spend_book *book, const cpn_spend_result *result, int64_t i, int32_t holder)
{
    const cpn_spend_entry *item = &book->items[i];
    if (item->pause == CPN_SPEND_OVER_CAP) return v_over_cap;
    if (item->pause == CPN_SPEND_PAUSED) return v_paused;
    switch ((cpn_spend_place)result->places[i]) {
    case CPN_SPEND_INTERIOR:
        if (holder >= 0) return v_group;
        return fabs(result->group_multipliers[0]) > 0 ? v_interior : v_enough;
    case CPN_SPEND_AT_MINIMUM: return at_lower_bound(book, item);
    case CPN_SPEND_AT_MAXIMUM: return v_maximum;
    case CPN_SPEND_CLOSED: return at_lower_bound(book, item);
    case CPN_SPEND_AT_OPEN_MINIMUM: return v_open;
    case CPN_SPEND_ON_STEP: return v_step;
    case CPN_SPEND_AT_CORNER: return v_corner;
    case CPN_SPEND_FIXED: return v_fixed;
    }
    return v_fixed;
}

/* What reasons need to know of all items together. */
typedef struct surroundings {
    int32_t *holders; /* of each group */
    bool *is_served;  /* of each rank */
} surroundings;

/* Which ranks got anything beyond what they must have; what ranks before them leave over in the last digits is nothing. */
static bool *find_served(const cpn_spend_book *book, const cpn_spend_result *result)
{
    bool *is_served = cpn_alloc_zero(book->n_ranks, sizeof *is_served);
    for (int64_t i = 0; is_served && i < book->n_items; i++)
        if (result->spends[i] > book->items[i].lower + 1e-12 * result->spend) is_served[book->items[i].rank] = true;
    return is_served;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static void write_sentence(cpn_out *out, const cpn_spend_book *book, const cpn_spend_result *result, int64_t i,
                           cpn_spend_saying saying, int32_t holder)
{
    const cpn_spend_entry *item = &book->items[i];
    char unit[8], first[CPN_NAMED_KEY_TEXT], second[CPN_NAMED_KEY_TEXT], amount[CPN_NAMED_KEY_TEXT];
    char name[CPN_NAMED_KEY_TEXT] = "", sentence[CPN_SPEND_SENTENCE];
    const char *const words[CPN_SPEND_WORDS] = { unit, first, second, amount, name };
    const bool is_cpa = saying == CPN_SPEND_SAY_OVER_CAP;
    cpn_spend_unit_text(unit, &book->terms);
    cpn_spend_round_text(first, is_cpa ? cpn_quotient(item->spent / book->terms.unit, item->actual_response)
                                       : result->marginals[i]);
    cpn_spend_round_text(second, is_cpa ? item->cpa_cap : result->prices[i]);
    cpn_spend_amount_text(amount, &book->terms, result->spends[i]);
    if (holder >= 0) cpn_named_key_text(name, &book->group_keys, holder);
    cpn_spend_say(sentence, book->knobs.is_chinese, saying, words);
    cpn_out_string(out, TEXT, sentence);
}

void cpn_spend_out_amount(cpn_out *out, int32_t column, const cpn_spend_terms *terms, double units)
{
    if (cpn_is_nan(units))
        cpn_out_null(out, column);
    else if (terms->is_money)
        cpn_out_int64(out, column, (int64_t)units);
    else
        cpn_out_float64(out, column, units);
}

static void write_item(cpn_out *out, const cpn_spend_book *book, const cpn_spend_result *result, int64_t i,
                       const surroundings *around)
{
    const cpn_spend_entry *item = &book->items[i];
    const double spend = result->spends[i], major = spend / book->terms.unit;
    const bool is_bare = spend <= item->lower + 1e-12 * result->spend && item->pause == CPN_SPEND_RUNS;
    const int32_t holder = item->group >= 0 ? around->holders[item->group] : -1;
    verdict found = find_verdict(book, result, i, holder);
    if (is_bare && item->rank > 0 && !around->is_served[item->rank]) {
        found.reason = "priority";
        found.saying = CPN_SPEND_SAY_PRIORITY;
    }
    if (is_bare && cpn_spend_brings_nothing(book, item)) {
        found.reason = "no_value";
        found.saying = CPN_SPEND_SAY_NO_VALUE;
    }
    cpn_out_cell(out, ITEM, &book->item_keys.column, book->item_keys.keys.first_rows[i]);
    if (item->group >= 0)
        cpn_out_cell(out, GROUP, &book->group_keys.column, book->group_keys.keys.first_rows[item->group]);
    else
        cpn_out_null(out, GROUP);
    cpn_spend_out_amount(out, SPEND, &book->terms, spend);
    cpn_spend_out_amount(out, CURRENT, &book->terms, item->current);
    cpn_out_float64(out, RESPONSE, result->responses[i]);
    cpn_out_optional_float64(out, MARGINAL, result->marginals[i], cpn_is_finite(result->marginals[i]));
    cpn_out_optional_float64(out, AVERAGE_RETURN, spend > 0 ? item->value * result->responses[i] / major : 0,
                             spend > 0);
    cpn_out_string(out, BOUND, found.bound);
    cpn_out_string(out, REASON, found.reason);
    write_sentence(out, book, result, i, found.saying, holder);
}

campaign_status cpn_spend_write(campaign_table **allocation, const cpn_spend_book *book, const cpn_spend_result *result,
                                campaign_error *error)
{
    cpn_column_schema columns[N_COLUMNS];
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = schema[i];
    columns[ITEM].type = book->item_keys.column.type;
    if (book->n_groups > 0) columns[GROUP].type = book->group_keys.column.type;
    if (book->terms.is_money) columns[SPEND].type = columns[CURRENT].type = CAMPAIGN_TYPE_MONEY;
    surroundings around = { .holders = find_holders(book, result), .is_served = find_served(book, result) };
    campaign_status status = around.holders && around.is_served ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        cpn_out out;
        cpn_out_open(&out, columns, N_COLUMNS, book->terms.is_money ? book->terms.currency : NULL,
                     book->terms.exponent);
        for (int64_t i = 0; i < book->n_items; i++) write_item(&out, book, result, i, &around);
        status = cpn_out_close(allocation, &out, error);
    }
    cpn_free(around.holders);
    cpn_free(around.is_served);
    return status;
}
