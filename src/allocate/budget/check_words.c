/* The rules of a conflict as a sentence: which cannot hold together, with their amounts. */
#include <string.h>

#include "allocate/budget/check.h"
#include "base/number.h"
#include "base/text.h"

enum { NAMED_ITEMS = 3, NAMED_LIMITS = 4, NAME_BYTES = 24 };

/* The sentence as it grows, and the place of its first rule. */
typedef struct sentence {
    const cpn_spend_book *book;
    cpn_text text;
    const char *where;
    int64_t row;
    int64_t n_rules;
} sentence;

static void add_amount(sentence *words, double units)
{
    const cpn_spend_terms *terms = &words->book->terms;
    char money[CAMPAIGN_MONEY_TEXT], number[CPN_NUMBER_TEXT];
    if (terms->is_money) {
        (void)campaign_money_format(money, (int64_t)units, terms->exponent);
        cpn_text_add_string(&words->text, money);
    } else {
        (void)cpn_format_double(number, units);
        cpn_text_add_string(&words->text, number);
    }
}

static void add_name(sentence *words, const cpn_named_keys *keys, int64_t number)
{
    char name[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(name, keys, number);
    cpn_text_add_char(&words->text, '"');
    const size_t length = cpn_utf8_cut(name, strlen(name), NAME_BYTES);
    cpn_text_add(&words->text, name, length);
    if (name[length]) cpn_text_add_string(&words->text, "…");
    cpn_text_add_char(&words->text, '"');
}

static void begin_rule(sentence *words, const char *where, int64_t row)
{
    if (words->n_rules++ > 0) {
        cpn_text_add_string(&words->text, ", ");
        return;
    }
    words->where = where;
    words->row = row;
}

static void add_limit(sentence *words, const cpn_spend_limit *limit)
{
    static const char *const wheres[] = { "options.budget", "groups.minimum",       "groups.maximum",
                                          "groups.share",   "groups.minimum_share", "groups.maximum_share" };
    static const char *const relations[] = { "", " >= ", " <= ", " = ", " >= ", " <= " };
    char share[CPN_NUMBER_TEXT];
    begin_rule(words, wheres[limit->kind], limit->row);
    if (limit->kind == CPN_SPEND_LIMIT_BUDGET) {
        cpn_text_add_string(&words->text, "the budget ");
        add_amount(words, limit->amount);
        return;
    }
    add_name(words, &words->book->group_keys, limit->group);
    cpn_text_add_string(&words->text, relations[limit->kind]);
    if (!cpn_spend_is_ratio(limit)) {
        add_amount(words, limit->amount);
        return;
    }
    (void)cpn_format_double(share, limit->share);
    cpn_text_add_format(&words->text, "%s of ", share);
    if (limit->of >= 0)
        add_name(words, &words->book->group_keys, limit->of);
    else
        cpn_text_add_string(&words->text, "all");
}

static const char *lower_place(const cpn_spend_entry *item)
{
    if (item->pause != CPN_SPEND_RUNS || (item->spent >= item->minimum && item->spent >= item->minimum_if_open))
        return "items.spent";
    return item->minimum >= item->minimum_if_open ? "items.minimum" : "items.minimum_if_open";
}

static const char *upper_place(const cpn_spend_entry *item)
{
    return item->pause == CPN_SPEND_RUNS ? "items.maximum" : "items.is_paused";
}

static void add_items(sentence *words, const bool *kept, bool is_lower)
{
    const cpn_spend_book *book = words->book;
    int64_t n = 0;
    double rest = 0;
    for (int64_t i = 0; i < book->n_items; i++) {
        const cpn_spend_entry *item = &book->items[i];
        if (!kept[i]) continue;
        if (n++ >= NAMED_ITEMS) {
            rest += is_lower ? item->lower : item->upper;
            continue;
        }
        begin_rule(words, is_lower ? lower_place(item) : upper_place(item), item->row);
        add_name(words, &book->item_keys, i);
        cpn_text_add_string(&words->text, is_lower ? " >= " : " <= ");
        add_amount(words, is_lower ? item->lower : item->upper);
    }
    if (n <= NAMED_ITEMS) return;
    cpn_text_add_format(&words->text, " and %lld more of ", (long long)(n - NAMED_ITEMS));
    add_amount(words, rest);
}

campaign_status cpn_spend_refuse(const cpn_spend_book *book, const cpn_spend_conflict *conflict, campaign_error *error)
{
    sentence words = { .book = book, .where = "items", .row = -1 };
    int64_t n = 0;
    cpn_text_add_string(&words.text, "these rules cannot all hold: ");
    for (int32_t l = 0; l < book->n_limits; l++) {
        if (!conflict->limits[l]) continue;
        if (n++ < NAMED_LIMITS) add_limit(&words, &book->limits[l]);
    }
    if (n > NAMED_LIMITS) cpn_text_add_format(&words.text, " and %lld more limits", (long long)(n - NAMED_LIMITS));
    add_items(&words, conflict->lowers, true);
    add_items(&words, conflict->uppers, false);
    const campaign_status status = words.text.has_failed ? cpn_fail_nomem(error)
                                                         : cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, words.row,
                                                                        words.where, "%s", words.text.data);
    cpn_text_clear(&words.text);
    return status;
}
