/* Sentences about fitted curves, in English and Chinese: patterns whose {0}, {1} … stand for words. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "forecast/response_fit.h"

const char *const cpn_effect_statuses[] = {
    [CPN_EFFECT_IDENTIFIED] = "identified",       [CPN_EFFECT_TOO_FEW] = "too_few",
    [CPN_EFFECT_NO_VARIATION] = "no_variation",   [CPN_EFFECT_NO_EFFECT] = "no_effect",
    [CPN_EFFECT_NO_SATURATION] = "no_saturation", [CPN_EFFECT_ALL_SATURATED] = "all_saturated",
    [CPN_EFFECT_AT_LIMIT] = "at_limit",           [CPN_EFFECT_ILL_CONDITIONED] = "ill_conditioned",
    [CPN_EFFECT_UNCERTAIN] = "uncertain",         [CPN_EFFECT_NO_CONVERGENCE] = "no_convergence",
};

typedef struct wording {
    const char *en, *zh;
} wording;

static const wording reasons[] = {
    [CPN_EFFECT_IDENTIFIED] = { "R² {0} over {1} periods; standard errors: {2}.", "{1} 期，R² {0}；标准误：{2}。" },
    [CPN_EFFECT_TOO_FEW] = { "{0} periods with a result are too few for {1} parameters: {2} are needed.",
                             "有结果的仅 {0} 期，不足以估计 {1} 个参数：至少需要 {2} 期。" },
    [CPN_EFFECT_NO_VARIATION] = { "There are {0} different spends, {1} are needed: vary the spend to learn what it "
                                  "brings.",
                                  "投入只有 {0} 个不同的值，至少需要 {1} 个：改变投入才能看出效果。" },
    [CPN_EFFECT_NO_EFFECT] = { "More spend does not go with more result: without it the results are told as well.",
                               "投入增加时结果没有明显增加：不考虑投入也能同样好地解释结果。" },
    [CPN_EFFECT_NO_SATURATION] = { "Spend up to {0} shows no saturation: scale and location cannot be told apart (the "
                                   "best "
                                   "location is {1}).",
                                   "投入最高为 {0}，尚未出现饱和：规模与位置参数无法区分（最优位置参数为 {1}）。" },
    [CPN_EFFECT_ALL_SATURATED] = { "Every spend is already saturated: the best location, {1}, lies far below the "
                                   "largest "
                                   "spend, {0}.",
                                   "所有投入都已饱和：最优位置参数 {1} 远低于最大投入 {0}。" },
    [CPN_EFFECT_AT_LIMIT] = { "The best {0} is {1}, on the limit of its search.", "{0} 的最优值 {1} 落在搜索边界上。" },
    [CPN_EFFECT_ILL_CONDITIONED] = { "The parameters cannot be told apart: the condition number is {0}.",
                                     "参数无法区分：条件数为 {0}。" },
    [CPN_EFFECT_UNCERTAIN] = { "The standard error of {0} is {1}% of it; at most {2}% is taken.",
                               "{0} 的标准误为其值的 {1}%，上限为 {2}%。" },
    [CPN_EFFECT_NO_CONVERGENCE] = { "The search did not come to an end.", "搜索未收敛。" },
};

void cpn_effect_number(char text[CPN_NUMBER_TEXT], double value)
{
    double unit = 1;
    while (cpn_is_finite(value) && fabs(value) / unit >= 1000) unit *= 10;
    while (value != 0 && fabs(value) / unit < 100) unit /= 10;
    cpn_format_double(text, unit >= 1 ? round(value / unit) * unit : round(value / unit) / round(1 / unit));
}

static void append(char sentence[CPN_EFFECT_SENTENCE], const char *piece)
{
    const size_t used = strlen(sentence), length = cpn_utf8_cut(piece, strlen(piece), CPN_EFFECT_SENTENCE - 1 - used);
    memcpy(sentence + used, piece, length);
    sentence[used + length] = '\0';
}

void cpn_effect_say(char sentence[CPN_EFFECT_SENTENCE], const char *pattern, const char *const words[CPN_EFFECT_WORDS])
{
    size_t used = 0;
    while (*pattern) {
        const bool is_word =
            pattern[0] == '{' && pattern[1] >= '0' && pattern[1] < '0' + CPN_EFFECT_WORDS && pattern[2] == '}';
        const char *piece = is_word ? words[pattern[1] - '0'] : pattern;
        size_t n = is_word ? strlen(piece) : 1 + strcspn(pattern + 1, "{");
        pattern += is_word ? 3 : n;
        n = cpn_utf8_cut(piece, n, CPN_EFFECT_SENTENCE - 1 - used);
        memcpy(sentence + used, piece, n);
        used += n;
    }
    sentence[used] = '\0';
}

/* "scale 3%, location 5%" */
static void say_deviations(char text[CPN_EFFECT_SENTENCE], const cpn_effect_result *result, bool is_chinese)
{
    text[0] = '\0';
    for (int32_t p = CPN_EFFECT_SCALE; p <= CPN_EFFECT_SHAPE; p++) {
        char number[CPN_NUMBER_TEXT];
        if (!result->has_deviation[p]) continue;
        const double percent = 100 * result->deviation[p] / result->value[p];
        cpn_effect_number(number, percent < 1e-6 ? 0 : percent);
        if (text[0]) append(text, is_chinese ? "，" : ", ");
        append(text, cpn_effect_names[p]);
        append(text, " ");
        append(text, number);
        append(text, "%");
    }
}

/* The words of a reason. */
typedef struct parts {
    char numbers[CPN_EFFECT_WORDS][CPN_NUMBER_TEXT];
    char list[CPN_EFFECT_SENTENCE];
    const char *words[CPN_EFFECT_WORDS];
} parts;

static void take_numbers(parts *said, double first, double second, double third)
{
    cpn_effect_number(said->numbers[0], first);
    cpn_effect_number(said->numbers[1], second);
    cpn_effect_number(said->numbers[2], third);
}

void cpn_effect_reason(char sentence[CPN_EFFECT_SENTENCE], const cpn_effect_result *result,
                       const cpn_effect_series *series, const cpn_effect_knobs *knobs)
{
    const wording *reason = &reasons[result->status];
    parts said = { .numbers = { "", "", "", "" } };
    for (int32_t i = 0; i < CPN_EFFECT_WORDS; i++) said.words[i] = said.numbers[i];
    switch (result->status) {
    case CPN_EFFECT_IDENTIFIED:
        take_numbers(&said, result->r2, 0, 0);
        cpn_format_int64(said.numbers[1], series->n_used);
        say_deviations(said.list, result, knobs->is_chinese);
        said.words[2] = said.list;
        break;
    case CPN_EFFECT_TOO_FEW:
        take_numbers(&said, (double)series->n_used, result->n_parameters, (double)result->fewest);
        break;
    case CPN_EFFECT_NO_VARIATION:
        take_numbers(&said, (double)series->n_levels, (double)(result->fewest_levels > 2 ? result->fewest_levels : 2),
                     0);
        break;
    case CPN_EFFECT_NO_SATURATION:
    case CPN_EFFECT_ALL_SATURATED: take_numbers(&said, series->spend_max, result->value[CPN_EFFECT_LOCATION], 0); break;
    case CPN_EFFECT_AT_LIMIT:
    case CPN_EFFECT_UNCERTAIN:
        take_numbers(&said, 0, result->culprit_value, 100 * knobs->given.uncertainty_max);
        if (result->status == CPN_EFFECT_UNCERTAIN) cpn_effect_number(said.numbers[1], 100 * result->culprit_value);
        said.words[0] = cpn_effect_names[result->culprit];
        break;
    case CPN_EFFECT_ILL_CONDITIONED: take_numbers(&said, result->condition, 0, 0); break;
    case CPN_EFFECT_NO_EFFECT:
    case CPN_EFFECT_NO_CONVERGENCE: break;
    }
    cpn_effect_say(sentence, knobs->is_chinese ? reason->zh : reason->en, said.words);
}
