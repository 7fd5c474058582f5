/* Remarks on a history and its fit that are no reason to refuse it. */
#include "forecast/response_fit.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema notes_schema[] = {
    { "item", CAMPAIGN_TYPE_UTF8, "The series.", "序列。" },
    { "code", CAMPAIGN_TYPE_UTF8, "What kind of remark.", "提示类别。" },
    { "n", CAMPAIGN_TYPE_INT64, "What it counts.", "计数。" },
    { "text", CAMPAIGN_TYPE_UTF8, "One sentence.", "一句话说明。" },
};

/* A remark on one item. */
typedef struct remark {
    const char *code, *en, *zh;
    const char *word;
    int64_t n;
} remark;

static void write_remark(cpn_out *out, const cpn_effect_answer *answer, int64_t index, const remark *said)
{
    char sentence[CPN_EFFECT_SENTENCE], number[CPN_NUMBER_TEXT];
    cpn_format_int64(number, said->n);
    const char *const words[CPN_EFFECT_WORDS] = { number, said->word, "", "" };
    cpn_effect_say(sentence, answer->knobs->is_chinese ? said->zh : said->en, words);
    cpn_effect_write_item(out, 0, answer->history, answer->history->series[index].item);
    cpn_out_string(out, 1, said->code);
    cpn_out_int64(out, 2, said->n);
    cpn_out_string(out, 3, sentence);
}

static void remark_on_periods(cpn_out *out, const cpn_effect_answer *answer, int64_t index)
{
    const cpn_effect_series *series = &answer->history->series[index];
    if (series->n_missing > 0)
        write_remark(out, answer, index,
                     &(remark){ "missing_periods",
                                "{0} periods between the first and the last are not in the history: they count as "
                                "periods without spend, whose result is not known.",
                                "首期与末期之间有 {0} 期不在历史数据中：视为没有投入、结果未知。", "",
                                series->n_missing });
    if (series->is_uneven)
        write_remark(
            out, answer, index,
            &(remark){ "uneven_periods",
                       "The {0} periods lie unevenly far apart: each is taken for the one that follows the row "
                       "before.",
                       "{0} 个期间的间隔不规则：按顺序视为连续的期间。", "", series->n });
}

/* The curve that would fit best if the history told it. */
static const cpn_effect_result *best_fit(const cpn_effect_choice *choice)
{
    const cpn_effect_result *best = &choice->results[choice->chosen];
    for (int32_t i = 0; i < choice->n_results; i++)
        if (choice->results[i].is_fitted && choice->results[i].aicc < best->aicc) best = &choice->results[i];
    return best;
}

static void remark_on_fit(cpn_out *out, const cpn_effect_answer *answer, int64_t index)
{
    const cpn_effect_choice *choice = &answer->choices[index];
    if (choice->has_no_carry)
        write_remark(out, answer, index,
                     &(remark){ "no_carry_over",
                                "Nothing is carried over: the best adstock is 0, the least that there is.",
                                "没有结转效果：adstock 的最优值为下限 0。", "", 0 });
    if (choice->is_simpler)
        write_remark(out, answer, index,
                     &(remark){ "simpler_curve",
                                "A curve {1} fits better, but the history does not tell its parameters.",
                                "{1} 曲线拟合更好，但历史数据不足以确定其参数。",
                                cpn_response_name((int32_t)best_fit(choice)->kind), 1 });
}

campaign_status cpn_effect_write_notes(campaign_table **table, const cpn_effect_answer *answer, campaign_error *error)
{
    cpn_out out;
    cpn_effect_open(&out, notes_schema, COUNT(notes_schema), answer->history);
    for (int64_t i = 0; i < answer->history->n_series; i++) {
        remark_on_periods(&out, answer, i);
        remark_on_fit(&out, answer, i);
    }
    return cpn_out_close(table, &out, error);
}
