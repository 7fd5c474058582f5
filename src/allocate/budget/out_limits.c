/* The limits of a budget as a table, with what easing each of them brings. */
#include <math.h>

#include "allocate/budget/check.h"
#include "allocate/budget/spend.h"
#include "base/number.h"

enum { KIND, GROUP, OF, AMOUNT, USED, MULTIPLIER, TEXT, N_COLUMNS };

static const cpn_column_schema schema[N_COLUMNS] = {
    { "kind", CAMPAIGN_TYPE_UTF8, "budget, minimum, maximum, share, minimum_share, maximum_share or target.",
      "预算、下限、上限、占比、最低占比、最高占比或目标。" },
    { "group", CAMPAIGN_TYPE_UTF8, "Group, null = the whole.", "组，空为全部。" },
    { "of", CAMPAIGN_TYPE_UTF8, "Group that a share refers to, null = the whole.", "占比的基准组，空为全部。" },
    { "amount", CAMPAIGN_TYPE_FLOAT64, "The limit.", "限额。" },
    { "used", CAMPAIGN_TYPE_FLOAT64, "What is spent under it.", "已用。" },
    { "multiplier", CAMPAIGN_TYPE_FLOAT64, "About what one major unit of ease brings.",
      "放宽一个主币单位约可带来的值。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The same as a sentence.", "说明。" },
};

static const char *const kinds[] = { "budget", "minimum", "maximum", "share", "minimum_share", "maximum_share" };

static bool is_least(const cpn_spend_limit *limit)
{
    return limit->kind == CPN_SPEND_LIMIT_MINIMUM || limit->kind == CPN_SPEND_LIMIT_MINIMUM_SHARE;
}

/* What the spends make of a share. */
static double amount_of(const cpn_spend_limit *limit, const cpn_spend_result *result)
{
    return cpn_spend_is_ratio(limit) ? limit->share * result->group_spends[limit->of + 1] : limit->amount;
}

/* Whole minor units may leave the last one over. */
static bool is_reached(const cpn_spend_book *book, const cpn_spend_limit *limit, const cpn_spend_result *result)
{
    const double near = book->terms.is_money ? 1 : 1e-9 * fabs(limit->amount);
    return fabs(result->group_spends[limit->group + 1] - limit->amount) <= near;
}

/* Several limits on one group have one multiplier in the solver: it belongs to the one that is reached. */
static double multiplier_of(const cpn_spend_book *book, const cpn_spend_limit *limit, const cpn_spend_result *result)
{
    if (limit->ratio >= 0) return fabs(result->ratio_multipliers[limit->ratio]);
    const double multiplier = result->group_multipliers[limit->group + 1];
    const bool is_right = limit->kind == CPN_SPEND_LIMIT_SHARE || (multiplier < 0) == is_least(limit);
    return is_right && is_reached(book, limit, result) ? fabs(multiplier) : 0;
}

/* The budget is the only limit that people look at to see whether it is gone. */
static cpn_spend_saying saying_of(const cpn_spend_book *book, const cpn_spend_limit *limit,
                                  const cpn_spend_result *result, double multiplier)
{
    const bool is_saving = book->knobs.given.objective == CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND;
    const bool is_gone = limit->kind == CPN_SPEND_LIMIT_BUDGET && is_reached(book, limit, result);
    if (!(multiplier > 0)) return is_gone ? CPN_SPEND_SAY_USED_UP : CPN_SPEND_SAY_ROOM;
    const cpn_spend_saying saying = limit->kind == CPN_SPEND_LIMIT_BUDGET  ? CPN_SPEND_SAY_BUDGET
                                    : limit->kind == CPN_SPEND_LIMIT_SHARE ? CPN_SPEND_SAY_EASED
                                    : is_least(limit)                      ? CPN_SPEND_SAY_LESS
                                                                           : CPN_SPEND_SAY_MORE;
    return saying + (is_saving ? 1 : 0);
}

static void write_sentence(cpn_out *out, const cpn_spend_book *book, const cpn_spend_result *result,
                           const cpn_spend_limit *limit, double multiplier)
{
    char unit[8], value[CPN_NAMED_KEY_TEXT], name[CPN_NAMED_KEY_TEXT] = "", used[CPN_NAMED_KEY_TEXT];
    char amount[CPN_NAMED_KEY_TEXT], sentence[CPN_SPEND_SENTENCE];
    const char *const words[CPN_SPEND_WORDS] = { unit, value, name, used, amount };
    cpn_spend_unit_text(unit, &book->terms);
    cpn_spend_round_text(value, multiplier);
    if (limit->group >= 0) cpn_named_key_text(name, &book->group_keys, limit->group);
    cpn_spend_amount_text(used, &book->terms, result->group_spends[limit->group + 1]);
    cpn_spend_amount_text(amount, &book->terms, amount_of(limit, result));
    cpn_spend_say(sentence, book->knobs.is_chinese, saying_of(book, limit, result, multiplier), words);
    cpn_out_string(out, TEXT, sentence);
}

static void write_group(cpn_out *out, int32_t column, const cpn_spend_book *book, int32_t group)
{
    if (group >= 0)
        cpn_out_cell(out, column, &book->group_keys.column, book->group_keys.keys.first_rows[group]);
    else
        cpn_out_null(out, column);
}

static void write_limit(cpn_out *out, const cpn_spend_book *book, const cpn_spend_result *result,
                        const cpn_spend_limit *limit)
{
    const double multiplier = multiplier_of(book, limit, result);
    cpn_out_string(out, KIND, kinds[limit->kind]);
    write_group(out, GROUP, book, limit->group);
    write_group(out, OF, book, limit->of);
    cpn_spend_out_amount(out, AMOUNT, &book->terms, amount_of(limit, result));
    cpn_spend_out_amount(out, USED, &book->terms, result->group_spends[limit->group + 1]);
    cpn_out_optional_float64(out, MULTIPLIER, multiplier, cpn_is_finite(multiplier));
    write_sentence(out, book, result, limit, multiplier);
}

static void write_target(cpn_out *out, const cpn_spend_book *book, const cpn_spend_result *result)
{
    char value[CPN_NAMED_KEY_TEXT], sentence[CPN_SPEND_SENTENCE];
    const char *const words[CPN_SPEND_WORDS] = { "", value, "", "", "" };
    double multiplier = fabs(result->target_multiplier);
    /* The solver's is of value × response - target × spend; one more of the target takes all of the spend from that. */
    if (book->knobs.given.objective == CAMPAIGN_ALLOCATE_BUDGET_AVERAGE_RETURN)
        multiplier *= result->spend / book->terms.unit;
    cpn_spend_round_text(value, multiplier);
    cpn_spend_say(sentence, book->knobs.is_chinese, CPN_SPEND_SAY_TARGET, words);
    cpn_out_string(out, KIND, "target");
    for (int32_t i = GROUP; i <= USED; i++) cpn_out_null(out, i);
    cpn_out_optional_float64(out, MULTIPLIER, multiplier, cpn_is_finite(multiplier));
    cpn_out_string(out, TEXT, sentence);
}

campaign_status cpn_spend_write_limits(campaign_table **limits, const cpn_spend_book *book,
                                       const cpn_spend_result *result, campaign_error *error)
{
    const int32_t objective = book->knobs.given.objective;
    cpn_column_schema columns[N_COLUMNS];
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = schema[i];
    if (book->n_groups > 0) columns[GROUP].type = columns[OF].type = book->group_keys.column.type;
    if (book->terms.is_money) columns[AMOUNT].type = columns[USED].type = CAMPAIGN_TYPE_MONEY;
    cpn_out out;
    cpn_out_open(&out, columns, N_COLUMNS, book->terms.is_money ? book->terms.currency : NULL, book->terms.exponent);
    for (int32_t l = 0; l < book->n_limits; l++) write_limit(&out, book, result, &book->limits[l]);
    if (objective == CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND || objective == CAMPAIGN_ALLOCATE_BUDGET_AVERAGE_RETURN)
        write_target(&out, book, result);
    return cpn_out_close(limits, &out, error);
}
