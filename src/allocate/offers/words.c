/* Sentences of the offers, in English and Chinese: patterns whose {0}, {1} … stand for words. */
#include <math.h>
#include <string.h>

#include "allocate/offers/offers.h"
#include "base/number.h"
#include "base/text.h"

typedef struct wording {
    const char *en, *zh;
} wording;

static const wording wordings[] = {
    [CPN_OFFERS_SAY_BINDS] = { "{0}: 1 more would bring about {1} ({2} of {3} is used).",
                               "{0}：每增加 1 约可多带来 {1}（已用 {2}，上限 {3}）。" },
    [CPN_OFFERS_SAY_ROOM] = { "{0}: more would bring nothing, {2} of {3} is used.",
                              "{0}：再增加也不会带来更多，已用 {2}，上限 {3}。" },
    [CPN_OFFERS_SAY_FULL] = { "{0}: all of {3} is used, 1 more would bring little or nothing.",
                              "{0}：上限 {3} 已用完，再增加几乎不会带来更多。" },
    [CPN_OFFERS_SAY_BUDGET] = { "Budget {0}", "预算 {0}" },
    [CPN_OFFERS_SAY_STOCK] = { "Stock of {0}", "{0} 的库存" },
    [CPN_OFFERS_SAY_NO_OFFER_PAYS] = { "No offer is given: none has a positive value within the limits.",
                                       "没有发出任何权益：在限制内没有一个价值为正。" },
    [CPN_OFFERS_SAY_NOTHING_BINDS] = { "No shared limit binds: every customer gets the best offers.",
                                       "没有共享限制起作用：每位客户都得到最优权益。" },
    [CPN_OFFERS_SAY_NOT_PROVEN] = { "The best choices lie within {0} of these, {1} of the bound.",
                                    "最优方案与本方案相差不超过 {0}，即上界的 {1}。" },
};

void cpn_offers_say(char sentence[CPN_OFFERS_SENTENCE], const cpn_offers_knobs *knobs, cpn_offers_saying saying,
                    const char *const words[CPN_OFFERS_WORDS])
{
    const char *at = knobs->is_chinese ? wordings[saying].zh : wordings[saying].en;
    size_t length = 0;
    while (*at) {
        const bool is_word = at[0] == '{' && at[1] >= '0' && at[1] < '0' + CPN_OFFERS_WORDS && at[2] == '}';
        const char *piece = is_word ? words[at[1] - '0'] : at;
        size_t n = is_word ? strlen(piece) : 1 + strcspn(at + 1, "{");
        at += is_word ? 3 : n;
        n = cpn_utf8_cut(piece, n, CPN_OFFERS_SENTENCE - 1 - length);
        memcpy(sentence + length, piece, n);
        length += n;
    }
    sentence[length] = '\0';
}

void cpn_offers_short_number(char text[32], double value)
{
    double power = 1;
    const double magnitude = fabs(value);
    if (!(magnitude > 1e-200 && magnitude < 1e200)) {
        (void)cpn_format_double(text, magnitude > 1 ? value : 0);
        return;
    }
    while (magnitude * power < 99999.5) power *= 10;
    if (power > 1 && power <= 1e22) {
        (void)cpn_format_double(text, floor(value * power + 0.5) / power);
        return;
    }
    if (power > 1) {
        (void)cpn_format_double(text, value);
        return;
    }
    double unit = 1;
    while (magnitude / unit >= 1e15) unit *= 10; /* large numbers keep fifteen digits */
    (void)cpn_format_double(text, floor(value / unit + 0.5) * unit);
}
