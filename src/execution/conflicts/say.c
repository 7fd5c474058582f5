/* Conflicts and proposals in words, in English and Chinese: patterns whose {…} stand for what was found. */
#include <string.h>

#include "execution/conflicts/clash.h"

typedef struct wording {
    const char *en, *zh;
} wording;

/* {a} first, {b} second, {s} subject, {c} channel or group, {d} days, {e} the same with its word, {f} first day, {l} last
 * day, {m} amount, {t} limit, {u} units, {q} limit as a quantity, {n} rows. */
static const wording texts[CPN_CLASH_N_KINDS] = {
    [CPN_CLASH_CHANNEL] = { "{a} and {b} run on {c} for {e} together, {f} to {l}.",
                            "{a}与{b}在{c}同时进行 {d} 天（{f} 至 {l}）。" },
    [CPN_CLASH_ITEM] = { "{s} is in {a} and {b}, whose windows with preheat overlap for {e}, {f} to {l}.",
                         "{s} 同时报名{a}与{b}，含预热的活动期重叠 {d} 天（{f} 至 {l}）。" },
    [CPN_CLASH_PRICE] = { "{s} costs {t} on {a} and {m} more on {b} for {e}, {f} to {l}.",
                          "{s} 在{a}的价格为 {t}，在{b}高出 {m}，共 {d} 天（{f} 至 {l}）。" },
    [CPN_CLASH_FLOOR] = { "{s} on {a} is {m} below its floor of {t} for {e}, {f} to {l}.",
                          "{s} 在{a}的价格低于底价 {t} 达 {m}，共 {d} 天（{f} 至 {l}）。" },
    [CPN_CLASH_TERRITORY] = { "{a} and {b} both have rights to {s} ({c}) for {e}, {f} to {l}.",
                              "{a}与{b}在{s}（{c}）的权利期重叠 {d} 天（{f} 至 {l}）。" },
    [CPN_CLASH_PROMISE] = { "{s} is promised beyond the {q} there are by {u} (promises at once: {n}), {f} to {l}.",
                            "{s} 同时被 {n} 处承诺，超出现有 {q} 件 {u} 件（{f} 至 {l}）。" },
    [CPN_CLASH_BUDGET] = { "{s} is {m} over its budget of {t}, commitments counted.",
                           "{s} 连同已承诺支出超出预算 {t} 达 {m}。" },
    [CPN_CLASH_APPROVAL] = { "{s} is beyond what {a} may approve.", "{s} 超出{a}的审批权限。" },
};
static const wording proposals[CPN_CLASH_N_KINDS] = {
    [CPN_CLASH_CHANNEL] = { "Move {b} {x}, or give one of them another channel.", "将{b}{x}，或为其中一个更换渠道。" },
    [CPN_CLASH_ITEM] = { "Move {b} with its preheat {x}, or take {s} out of one of them.",
                         "将{b}（含预热）{x}，或从其中一个活动撤下 {s}。" },
    [CPN_CLASH_PRICE] = { "Lower the price on {b} by {m}, or raise that on {a}.",
                          "将{b}的价格下调 {m}，或上调{a}的价格。" },
    [CPN_CLASH_FLOOR] = { "Raise the price on {a} by {m}, or have the exception approved.",
                          "将{a}的价格上调 {m}，或申请例外审批。" },
    [CPN_CLASH_TERRITORY] = { "Begin the rights of {b} {x}, or divide the customers between them.",
                              "将{b}的权利期{x}，或划分双方的客户。" },
    [CPN_CLASH_PROMISE] = { "Lower the promises by {u}, first {b}, or order {u} more.",
                            "减少承诺 {u} 件（先减{b}），或追加采购 {u} 件。" },
    [CPN_CLASH_BUDGET] = { "Cancel commitments of {m}, or move {m} from another item.",
                           "取消 {m} 的承诺，或从其他项目调剂 {m}。" },
    [CPN_CLASH_APPROVAL] = { "Take it to {b}.", "提交{b}审批。" },
};

static void say_day(cpn_text *out, int32_t day)
{
    char text[CAMPAIGN_DATE_TEXT];
    cpn_text_add(out, text, campaign_date_format(text, day));
}

static void say_money(cpn_text *out, int64_t minor, int32_t exponent)
{
    char text[CAMPAIGN_MONEY_TEXT];
    cpn_text_add(out, text, campaign_money_format(text, minor, exponent));
}

static void say_shift(cpn_text *out, int64_t days, bool is_chinese)
{
    const int64_t n = days < 0 ? -days : days;
    if (is_chinese) cpn_text_add_string(out, days < 0 ? "提前 " : "推迟 ");
    cpn_text_add_int64(out, n);
    if (is_chinese)
        cpn_text_add_string(out, " 天");
    else
        cpn_text_add_string(out, n == 1     ? (days < 0 ? " day earlier" : " day later")
                                 : days < 0 ? " days earlier"
                                            : " days later");
}

static void say_name(cpn_text *out, cpn_risk_text name, const char *otherwise)
{
    if (name.text)
        cpn_text_add(out, name.text, name.length);
    else
        cpn_text_add_string(out, otherwise);
}

static void say_word(cpn_text *out, char word, const cpn_clash *clash, const cpn_clashes *found)
{
    const bool zh = found->is_chinese;
    const char *everything =
        clash->kind == CPN_CLASH_TERRITORY ? (zh ? "全部客户" : "all customers") : (zh ? "全部渠道" : "every channel");
    switch (word) {
    case 'a': say_name(out, clash->first, zh ? "其他" : "others"); break;
    case 'b': say_name(out, clash->second, zh ? "上级" : "somebody above"); break;
    case 's': say_name(out, clash->subject, ""); break;
    case 'c': say_name(out, clash->lane, everything); break;
    case 'd': cpn_text_add_int64(out, clash->end_day - clash->start_day); break;
    case 'e':
        cpn_text_add_int64(out, clash->end_day - clash->start_day);
        cpn_text_add_string(out, clash->end_day - clash->start_day == 1 ? " day" : " days");
        break;
    case 'f': say_day(out, clash->start_day); break;
    case 'l': say_day(out, clash->end_day - 1); break;
    case 'm': say_money(out, clash->amount, found->exponent); break;
    case 't': say_money(out, clash->limit, found->exponent); break;
    case 'u': cpn_text_add_int64(out, clash->units); break;
    case 'q': cpn_text_add_int64(out, clash->limit); break;
    case 'n': cpn_text_add_int64(out, clash->n_rows); break;
    case 'x': say_shift(out, clash->shift_days, zh); break;
    default: break;
    }
}

static void say(cpn_text *out, const char *pattern, const cpn_clash *clash, const cpn_clashes *found)
{
    while (*pattern) {
        const size_t n = strcspn(pattern, "{");
        cpn_text_add(out, pattern, n);
        pattern += n;
        if (*pattern != '{') break;
        say_word(out, pattern[1], clash, found);
        pattern += 3;
    }
}

void cpn_clash_say(cpn_text *text, cpn_text *proposal, const cpn_clash *clash, const cpn_clashes *found)
{
    const bool zh = found->is_chinese;
    say(text, zh ? texts[clash->kind].zh : texts[clash->kind].en, clash, found);
    say(proposal, zh ? proposals[clash->kind].zh : proposals[clash->kind].en, clash, found);
}
