/* Why a candidate was chosen or left out, as one sentence in English or Chinese. */
#include <string.h>

#include "plan/choice/choice.h"

const char *cpn_choice_rule_name(const cpn_choice_problem *problem, const cpn_choice_break *binding)
{
    static const char *const names[CPN_RULE_NONE] = {
        [CPN_RULE_OVERLAP] = "overlaps",
        [CPN_RULE_GAP] = "gap_days",
        [CPN_RULE_BIG_MAX] = "big_per_quarter",
        [CPN_RULE_SMALL_MAX] = "small_per_month",
        [CPN_RULE_BUDGET] = "budget",
        [CPN_RULE_BIG_MIN] = "big_per_quarter_min",
        [CPN_RULE_SMALL_MIN] = "small_per_month_min",
        [CPN_RULE_FORBIDDEN] = "forbidden",
        [CPN_RULE_BLACKOUT] = "blackout",
        [CPN_RULE_VALUE] = "value",
    };
    if (binding->rule == CPN_RULE_NONE) return NULL;
    if (binding->rule != CPN_RULE_RELATION) return names[binding->rule];
    return problem->relations[binding->relation].kind == CPN_NEVER_TOGETHER ? "never_together" : "always_together";
}

void cpn_choice_write_amount(char text[CAMPAIGN_MONEY_TEXT], int64_t amount, const cpn_choice_unit *unit)
{
    size_t length = campaign_money_format(text, amount, unit->exponent);
    if (unit->type != CAMPAIGN_TYPE_FLOAT64) return;
    while (text[length - 1] == '0') text[--length] = '\0';
    if (text[length - 1] == '.') text[--length] = '\0';
}

/* ---- Sentences -------------------------------------------------------------------------------------------------- */

/* {other} the other candidate, {n} the rule's number, {period} its month or quarter, {amount} money. */
typedef struct wording {
    const char *en, *zh;
} wording;

static const wording left_out[CPN_RULE_NONE + 1] = {
    [CPN_RULE_OVERLAP] = { "it overlaps {other}", "与 {other} 日期重叠" },
    [CPN_RULE_GAP] = { "it is less than {n} days clear of {other}", "与 {other} 相隔不足 {n} 天" },
    [CPN_RULE_BIG_MAX] = { "{period} has its {n} big already", "{period} 的大活动已满 {n} 个" },
    [CPN_RULE_SMALL_MAX] = { "{period} has its {n} small already", "{period} 的小活动已满 {n} 个" },
    [CPN_RULE_BUDGET] = { "the budget does not reach", "预算不足" },
    [CPN_RULE_BIG_MIN] = { "{period} would have fewer than {n} big", "{period} 的大活动将少于 {n} 个" },
    [CPN_RULE_SMALL_MIN] = { "{period} would have fewer than {n} small", "{period} 的小活动将少于 {n} 个" },
    [CPN_RULE_FORBIDDEN] = { "it is forbidden", "规则禁止入选" },
    [CPN_RULE_BLACKOUT] = { "it lies in a blackout", "落在禁办期内" },
    [CPN_RULE_VALUE] = { "it adds no value", "不增加价值" },
    [CPN_RULE_TIE] = { "an equally good set stands before it", "另有同样好的组合" },
};
static const wording merging = { "it would merge with {other} and add nothing", "将与 {other} 合并，不增加价值" };
static const wording never = { "it is never together with {other}", "不能与 {other} 同时入选" };
static const wording always = { "it is always together with {other}, which was left out",
                                "须与 {other} 同时入选，而后者未入选" };

typedef struct sentence {
    const cpn_choice_problem *problem;
    const cpn_choice_break *binding;
    const char *other;
    int64_t amount;
    bool is_chinese;
} sentence;

static int32_t number_of(const sentence *s)
{
    const cpn_choice_problem *problem = s->problem;
    if (s->binding->rule == CPN_RULE_GAP) return problem->gap_days;
    if (s->binding->rule == CPN_RULE_BIG_MAX) return problem->big.maximum;
    if (s->binding->rule == CPN_RULE_BIG_MIN) return problem->big.minimum;
    if (s->binding->rule == CPN_RULE_SMALL_MIN) return problem->small.minimum;
    return problem->small.maximum;
}

/* "2026-06", or "the quarter from 2026-04". */
static void add_period(cpn_text *text, const sentence *s)
{
    const bool is_quarter = s->binding->rule == CPN_RULE_BIG_MAX || s->binding->rule == CPN_RULE_BIG_MIN;
    const int32_t month = is_quarter ? s->binding->period * 3 - s->problem->quarter_shift : s->binding->period;
    if (is_quarter && !s->is_chinese) cpn_text_add_string(text, "the quarter from ");
    cpn_text_add_format(text, "%d-%02d", (int)(month / 12), (int)(month % 12 + 1));
    if (is_quarter && s->is_chinese) cpn_text_add_string(text, " 起的季度");
}

static void write_sentence(cpn_text *text, const sentence *s, const char *pattern)
{
    char amount[CAMPAIGN_MONEY_TEXT];
    while (*pattern) {
        const size_t plain = strcspn(pattern, "{");
        cpn_text_add(text, pattern, plain);
        pattern += plain;
        if (!*pattern) return;
        if (pattern[1] == 'o') {
            cpn_text_add_string(text, s->other);
        } else if (pattern[1] == 'n') {
            cpn_text_add_int64(text, number_of(s));
        } else if (pattern[1] == 'p') {
            add_period(text, s);
        } else {
            cpn_choice_write_amount(amount, s->amount, &s->problem->value_unit);
            cpn_text_add_string(text, amount);
        }
        pattern += strcspn(pattern, "}") + 1;
    }
}

static const char *pick(const sentence *s, const char *en, const char *zh)
{
    return s->is_chinese ? zh : en;
}

static void say_chosen(cpn_text *text, sentence *s, const cpn_choice *choice, int64_t candidate)
{
    const cpn_choice_reason *reason = &choice->reasons[candidate];
    const cpn_choice_campaign *campaign = &choice->campaigns[choice->campaign_of[candidate]];
    s->other = s->problem->candidates[campaign->lead].id;
    s->amount = reason->worth;
    if (s->problem->candidates[candidate].is_forced)
        cpn_text_add_string(text, pick(s, "Forced", "按规则必选"));
    else
        cpn_text_add_string(text, pick(s, "Chosen", "入选"));
    if (campaign->n_members > 1 && campaign->lead != candidate)
        write_sentence(text, s, pick(s, ", merged into {other}", "，并入 {other}"));
    if (reason->has_worth)
        write_sentence(text, s,
                       pick(s, ": without it the best set is worth {amount} less.", "：没有它，最优组合少 {amount}。"));
    else if (reason->is_measured)
        cpn_text_add_string(text, pick(s, ": without it no set keeps the rules.", "：没有它，规则无法全部满足。"));
    else
        cpn_text_add_string(text, pick(s, ".", "。"));
}

void cpn_choice_say(cpn_text *text, const cpn_choice *choice, int64_t candidate, bool is_chinese)
{
    const cpn_choice_reason *reason = &choice->reasons[candidate];
    sentence s = { .problem = &choice->problem, .binding = &reason->binding, .is_chinese = is_chinese };
    if (choice->best.is_chosen[candidate]) {
        say_chosen(text, &s, choice, candidate);
        return;
    }
    if (reason->binding.rule == CPN_RULE_NONE) {
        cpn_text_add_string(text, pick(&s, "Left out.", "未入选。"));
        return;
    }
    const wording *words = &left_out[reason->binding.rule];
    if (reason->binding.rule == CPN_RULE_OVERLAP && s.problem->merges) words = &merging;
    if (reason->binding.rule == CPN_RULE_RELATION)
        words = s.problem->relations[reason->binding.relation].kind == CPN_NEVER_TOGETHER ? &never : &always;
    if (reason->binding.other >= 0) s.other = s.problem->candidates[reason->binding.other].id;
    s.amount = reason->forcing_cost;
    cpn_text_add_string(text, pick(&s, "Left out: ", "未入选："));
    write_sentence(text, &s, pick(&s, words->en, words->zh));
    if (reason->has_forcing_cost)
        write_sentence(text, &s, pick(&s, "; forcing it in costs {amount}.", "；强制入选要损失 {amount}。"));
    else if (reason->is_measured && s.problem->candidates[candidate].bar == CPN_BAR_NONE)
        cpn_text_add_string(text, pick(&s, "; it cannot be forced in.", "；无法强制入选。"));
    else
        cpn_text_add_string(text, pick(&s, ".", "。"));
}
