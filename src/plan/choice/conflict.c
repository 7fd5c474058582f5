/* Rules that cannot hold together: every rule is dropped in turn and stays dropped where the rest is still impossible.
 * What remains is a smallest conflict, of which each rule is needed, and becomes one sentence. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "plan/choice/choice.h"

typedef enum item_kind {
    ITEM_BARRED, /* a candidate that is forbidden or lies in a blackout */
    ITEM_RELATION,
    ITEM_BUDGET,
    ITEM_BIG_MAX,
    ITEM_SMALL_MAX,
    ITEM_FORCED,
    ITEM_QUARTER,
    ITEM_MONTH,
    ITEM_OVERLAP,
    ITEM_GAP
} item_kind;

typedef struct item {
    item_kind kind;
    int64_t number; /* candidate, relation, or period from the first on */
    bool is_kept;
} item;

typedef struct conflict {
    const cpn_choice_problem *problem;
    cpn_choice_case of;
    item *items;
    int64_t n;
    int64_t max_labels;
} conflict;

static void set_item(conflict *c, const item *at, bool is_dropped)
{
    static const int32_t rules[] = { [ITEM_BUDGET] = CPN_RULE_BUDGET,
                                     [ITEM_BIG_MAX] = CPN_RULE_BIG_MAX,
                                     [ITEM_SMALL_MAX] = CPN_RULE_SMALL_MAX,
                                     [ITEM_OVERLAP] = CPN_RULE_OVERLAP,
                                     [ITEM_GAP] = CPN_RULE_GAP };
    if (at->kind == ITEM_BARRED)
        c->of.wishes[at->number] = is_dropped ? CPN_WISH_FREE : CPN_WISH_OUT;
    else if (at->kind == ITEM_FORCED)
        c->of.wishes[at->number] = is_dropped ? CPN_WISH_FREE : CPN_WISH_IN;
    else if (at->kind == ITEM_RELATION)
        c->of.drops_relation[at->number] = is_dropped;
    else if (at->kind == ITEM_QUARTER)
        c->of.drops_quarter[at->number] = is_dropped;
    else if (at->kind == ITEM_MONTH)
        c->of.drops_month[at->number] = is_dropped;
    else
        c->of.is_dropped[rules[at->kind]] = is_dropped;
}

/* The last first: it is the first month of several that stays and is named. */
static void add_items(conflict *c, item_kind kind, int64_t n)
{
    for (int64_t i = n - 1; i >= 0; i--) {
        const cpn_choice_candidate *at = i < c->problem->n ? &c->problem->candidates[i] : NULL;
        if (kind == ITEM_BARRED && (at->bar == CPN_BAR_NONE || at->is_forced)) continue;
        if (kind == ITEM_FORCED && !at->is_forced) continue;
        c->items[c->n++] = (item){ kind, i, true };
    }
}

static campaign_status list_items(conflict *c, const cpn_choice_case *of, campaign_error *error)
{
    const cpn_choice_problem *problem = c->problem;
    const bool has_periods = problem->start_month < problem->end_month;
    const int64_t months = has_periods ? problem->end_month - problem->start_month : 0;
    const int64_t quarters = has_periods ? cpn_choice_quarter(problem, problem->end_month - 1) -
                                               cpn_choice_quarter(problem, problem->start_month) + 1
                                         : 0;
    const campaign_status status = cpn_choice_case_copy(&c->of, of, error);
    if (status != CAMPAIGN_OK) return status;
    c->of.drops_relation = cpn_alloc_zero(problem->n_relations, sizeof *c->of.drops_relation);
    c->of.drops_month = cpn_alloc_zero(months, sizeof *c->of.drops_month);
    c->of.drops_quarter = cpn_alloc_zero(quarters, sizeof *c->of.drops_quarter);
    c->items = cpn_alloc(2 * problem->n + problem->n_relations + months + quarters + 5, sizeof *c->items);
    if (!c->of.drops_relation || !c->of.drops_month || !c->of.drops_quarter || !c->items) return cpn_fail_nomem(error);
    add_items(c, ITEM_BARRED, problem->n);
    add_items(c, ITEM_RELATION, problem->n_relations);
    add_items(c, ITEM_BUDGET, problem->has_budget);
    add_items(c, ITEM_BIG_MAX, problem->big.maximum != CPN_NO_LIMIT);
    add_items(c, ITEM_SMALL_MAX, problem->small.maximum != CPN_NO_LIMIT);
    add_items(c, ITEM_FORCED, problem->n);
    add_items(c, ITEM_QUARTER, problem->big.minimum > 0 ? quarters : 0);
    add_items(c, ITEM_MONTH, problem->small.minimum > 0 ? months : 0);
    add_items(c, ITEM_OVERLAP, !problem->merges);
    add_items(c, ITEM_GAP, problem->gap_days > 1);
    return CAMPAIGN_OK;
}

static campaign_status reduce(conflict *c, campaign_error *error)
{
    for (int64_t i = 0; i < c->n; i++) {
        cpn_choice_result result = { 0 };
        set_item(c, &c->items[i], true);
        const campaign_status status = cpn_choice_solve(&result, &c->of, NULL, CPN_AIM_FEASIBLE, c->max_labels, error);
        if (status != CAMPAIGN_OK && status != CAMPAIGN_E_LIMIT) return status;
        c->items[i].is_kept = status == CAMPAIGN_E_LIMIT || result.is_feasible;
        set_item(c, &c->items[i], !c->items[i].is_kept);
    }
    return CAMPAIGN_OK;
}

/* ---- The sentence ----------------------------------------------------------------------------------------------- */

static bool has_item(const conflict *c, item_kind kind)
{
    for (int64_t i = 0; i < c->n; i++)
        if (c->items[i].is_kept && c->items[i].kind == kind) return true;
    return false;
}

static void add_date(cpn_text *text, int32_t day)
{
    char date[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(date, day);
    cpn_text_add_string(text, date);
}

/* "2026-06", or "the quarter from 2026-04". */
static void add_period(cpn_text *text, const conflict *c, const item *at)
{
    int32_t month = c->problem->start_month + (int32_t)at->number;
    if (at->kind == ITEM_QUARTER) {
        const int32_t quarter = cpn_choice_quarter(c->problem, c->problem->start_month) + (int32_t)at->number;
        month = quarter * 3 - c->problem->quarter_shift;
        cpn_text_add_string(text, "the quarter from ");
    }
    cpn_text_add_format(text, "%d-%02d", (int)(month / 12), (int)(month % 12 + 1));
}

static void add_members(cpn_text *text, const cpn_choice_problem *problem, const cpn_choice_relation *relation)
{
    for (int64_t i = 0; i < relation->n; i++) {
        if (i > 0) cpn_text_add_string(text, i + 1 < relation->n ? ", " : " and ");
        cpn_text_add_string(text, problem->candidates[relation->members[i]].id);
    }
}

/* What cannot be had. */
static void say_main(cpn_text *text, const conflict *c, const item *at)
{
    const cpn_choice_problem *problem = c->problem;
    if (at->kind == ITEM_FORCED) {
        cpn_text_add_format(text, "%s is forced but cannot be held", problem->candidates[at->number].id);
    } else if (at->kind == ITEM_RELATION) {
        const cpn_choice_relation *relation = &problem->relations[at->number];
        if (relation->kind == CPN_FORCED_WINDOW) {
            cpn_text_add_string(text, "no campaign can be held between ");
            add_date(text, relation->start);
            cpn_text_add_string(text, " and ");
            add_date(text, relation->end - 1);
        } else {
            add_members(text, problem, relation);
            cpn_text_add_string(text, " cannot be held together");
        }
    } else if (at->kind == ITEM_BUDGET) {
        cpn_text_add_string(text, "no set keeps the budget");
    } else {
        const bool is_big = at->kind == ITEM_QUARTER;
        const int32_t minimum = is_big ? problem->big.minimum : problem->small.minimum;
        add_period(text, c, at);
        if (minimum > 1)
            cpn_text_add_format(text, " cannot have %d %s campaigns", (int)minimum, is_big ? "big" : "small");
        else
            cpn_text_add_format(text, " has no %s campaign", is_big ? "big" : "small");
    }
}

/* The one big candidate that a quarter can have, or -1. */
static int64_t find_only_big(const conflict *c, int64_t quarter)
{
    int64_t found = -1;
    for (int64_t i = 0; i < c->problem->n; i++) {
        const cpn_choice_candidate *at = &c->problem->candidates[i];
        const int32_t number = cpn_choice_quarter(c->problem, cpn_month_index(at->start)) -
                               cpn_choice_quarter(c->problem, c->problem->start_month);
        if (!at->is_big || number != quarter || c->of.wishes[i] == CPN_WISH_OUT) continue;
        if (found >= 0) return -1;
        found = i;
    }
    return found;
}

/* Those that a gap must be kept from: forced ones, and what other minima ask for. */
static void say_gap(cpn_text *text, const conflict *c, const item *main)
{
    int32_t n = 0;
    cpn_text_add_format(text, " %d days clear of ", (int)c->problem->gap_days);
    for (int64_t i = 0; i < c->n; i++) {
        const item *at = &c->items[i];
        if (!at->is_kept || at == main) continue;
        if (at->kind != ITEM_FORCED && at->kind != ITEM_QUARTER && at->kind != ITEM_MONTH) continue;
        if (n++ > 0) cpn_text_add_string(text, " and ");
        const int64_t only = at->kind == ITEM_QUARTER ? find_only_big(c, at->number) : -1;
        if (at->kind == ITEM_FORCED || only >= 0) {
            cpn_text_add_string(text, c->problem->candidates[at->kind == ITEM_FORCED ? at->number : only].id);
            continue;
        }
        cpn_text_add_string(text, at->kind == ITEM_QUARTER ? "the big campaign of " : "the small campaign of ");
        add_period(text, c, at);
    }
    if (n == 0) cpn_text_add_string(text, "the others");
}

static void say_other(cpn_text *text, const conflict *c, const item *at)
{
    const cpn_choice_problem *problem = c->problem;
    char amount[CAMPAIGN_MONEY_TEXT];
    if (at->kind == ITEM_BUDGET) {
        (void)campaign_money_format(amount, problem->budget, problem->cost_unit.exponent);
        cpn_text_add_format(text, ", within the budget of %s", amount);
    } else if (at->kind == ITEM_BIG_MAX) {
        cpn_text_add_format(text, ", with at most %d big a quarter", (int)problem->big.maximum);
    } else if (at->kind == ITEM_SMALL_MAX) {
        cpn_text_add_format(text, ", with at most %d small a month", (int)problem->small.maximum);
    } else if (at->kind == ITEM_RELATION) {
        const cpn_choice_relation *relation = &problem->relations[at->number];
        static const char *const words[] = { [CPN_NEVER_TOGETHER] = ", while never together are ",
                                             [CPN_ALWAYS_TOGETHER] = ", while always together are ",
                                             [CPN_FORCED_WINDOW] = ", with one in the window from " };
        cpn_text_add_string(text, words[relation->kind]);
        if (relation->kind == CPN_FORCED_WINDOW)
            add_date(text, relation->start);
        else
            add_members(text, problem, relation);
    } else if (at->kind == ITEM_BARRED) {
        const bool is_blackout = problem->candidates[at->number].bar == CPN_BAR_BLACKOUT;
        cpn_text_add_format(text, ", while %s is %s", problem->candidates[at->number].id,
                            is_blackout ? "in a blackout" : "forbidden");
    } else if (at->kind == ITEM_OVERLAP && !has_item(c, ITEM_GAP)) {
        cpn_text_add_string(text, ", because overlaps are refused");
    } else if (!has_item(c, ITEM_GAP) && at->kind == ITEM_FORCED) {
        cpn_text_add_format(text, ", with %s forced", problem->candidates[at->number].id);
    } else if (!has_item(c, ITEM_GAP) && (at->kind == ITEM_QUARTER || at->kind == ITEM_MONTH)) {
        cpn_text_add_string(text, at->kind == ITEM_QUARTER ? ", with a big one in " : ", with a small one in ");
        add_period(text, c, at);
    }
}

static const item *find_main(const conflict *c, const char **where)
{
    static const item_kind order[] = { ITEM_MONTH, ITEM_QUARTER, ITEM_FORCED, ITEM_RELATION, ITEM_BUDGET };
    static const char *const places[] = { "rules.small_per_month.min", "rules.big_per_quarter.min", "rules.forced",
                                          "rules", "rules.budget" };
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        *where = places[k];
        for (int64_t i = 0; i < c->n; i++)
            if (c->items[i].is_kept && c->items[i].kind == order[k]) return &c->items[i];
    }
    return NULL;
}

static campaign_status fail(const conflict *c, campaign_error *error)
{
    cpn_text text = { 0 };
    const char *where;
    const item *main = find_main(c, &where);
    if (!main) return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "rules", "no set of candidates keeps all rules");
    say_main(&text, c, main);
    if (has_item(c, ITEM_GAP)) say_gap(&text, c, main);
    for (int64_t i = 0; i < c->n; i++)
        if (c->items[i].is_kept && &c->items[i] != main) say_other(&text, c, &c->items[i]);
    const campaign_status status =
        text.has_failed ? cpn_fail_nomem(error) : cpn_fail(error, CAMPAIGN_E_INFEASIBLE, where, "%s", text.data);
    cpn_text_clear(&text);
    return status;
}

campaign_status cpn_choice_fail_conflict(const cpn_choice_case *of, int64_t max_labels, campaign_error *error)
{
    conflict c = { .problem = of->problem, .max_labels = max_labels };
    campaign_status status = list_items(&c, of, error);
    if (status == CAMPAIGN_OK) status = reduce(&c, error);
    if (status == CAMPAIGN_OK) status = fail(&c, error);
    cpn_choice_case_free(&c.of);
    cpn_free(c.items);
    return status;
}
