/* Remarks on a result: bins that collapsed, rules that never match or lie over each other, rows left out. */
#include <string.h>

#include "base/memory.h"
#include "tier/tier.h"

static const cpn_column_schema notes_schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "What kind of remark.", "提示类别。" },
    { "subject", CAMPAIGN_TYPE_UTF8, "Dimension, rule or table it is about.", "所涉维度、规则或表。" },
    { "message", CAMPAIGN_TYPE_UTF8, "One sentence.", "一句话说明。" },
};

static void write_note(cpn_out *out, const char *code, const char *subject, cpn_text *message)
{
    cpn_out_string(out, 0, code);
    cpn_out_string(out, 1, subject);
    if (message->has_failed && out->status == CAMPAIGN_OK) out->status = cpn_fail_nomem(&out->error);
    cpn_out_text(out, 2, message->data ? message->data : "", message->length);
    cpn_text_clear(message);
}

static void note_rows(cpn_out *out, const cpn_rfm *rfm)
{
    const bool is_zh = rfm->knobs.is_chinese;
    const cpn_history *h = &rfm->history;
    cpn_text message = { 0 };
    if (h->n_used == 0) {
        cpn_text_add_string(&message,
                            is_zh ? "没有可用的订单行，结果为空。" : "No order row counts: the result is empty.");
        write_note(out, "empty_history", "orders", &message);
    }
    if (h->n_after_as_of > 0) {
        cpn_text_add_format(&message,
                            is_zh ? "%lld 行订单晚于截止日，未计入。"
                                  : "%lld rows are later than the as-of day and left out.",
                            (long long)h->n_after_as_of);
        write_note(out, "after_as_of", "orders", &message);
    }
}

static void note_bins(cpn_out *out, const cpn_rfm *rfm)
{
    static const char *const names[] = { "recency", "frequency", "monetary" };
    const bool is_zh = rfm->knobs.is_chinese;
    for (int32_t d = 0; d < CPN_N_DIMENSIONS && rfm->history.n_customers > 0; d++) {
        const cpn_scores *scores = &rfm->scores[d];
        cpn_text message = { 0 };
        int32_t n_empty = 0;
        for (int32_t bin = 0; bin < scores->scale.n_bins; bin++) {
            if (scores->bins.n[bin] > 0) continue;
            if (n_empty++ == 0) cpn_text_add_string(&message, is_zh ? "没有客户得分为 " : "No customer scores ");
            if (n_empty > 1) cpn_text_add_string(&message, is_zh ? "、" : ", ");
            cpn_text_add_int64(&message, bin + 1);
        }
        if (n_empty == 0) continue;
        cpn_text_add_string(&message, is_zh ? "：相同的值得分相同，或分界值在数据之外。"
                                            : ": equal values share a score, or the cuts lie outside the data.");
        write_note(out, "collapsed_bins", names[d], &message);
    }
}

/* ---- Rules over each other --------------------------------------------------------------------------------------- */

static bool is_over(const cpn_rule *rule, int32_t r, int32_t f, int32_t m)
{
    return r >= rule->scores[0].min && r <= rule->scores[0].max && f >= rule->scores[1].min &&
           f <= rule->scores[1].max && m >= rule->scores[2].min && m <= rule->scores[2].max;
}

static bool do_overlap(const cpn_rule *a, const cpn_rule *b)
{
    for (int d = 0; d < CPN_N_DIMENSIONS; d++) {
        if (a->scores[d].min > b->scores[d].max || b->scores[d].min > a->scores[d].max) return false;
        if (a->facts[d].min > b->facts[d].max || b->facts[d].min > a->facts[d].max) return false;
    }
    return true;
}

/* Whether rule i is the first of some combination of scores that no rule without further conditions took before it;
 * i = n_rules asks how many combinations nobody takes. */
static int64_t count_left(const cpn_segments *s, int64_t i)
{
    int64_t n = 0;
    for (int32_t r = 1; r <= s->n_bins; r++)
        for (int32_t f = 1; f <= s->n_bins; f++)
            for (int32_t m = 1; m <= s->n_bins; m++) {
                if (i < s->n_rules && !is_over(&s->rules[i], r, f, m)) continue;
                int64_t k = 0;
                while (k < i && !(is_over(&s->rules[k], r, f, m) && !s->rules[k].has_facts)) k++;
                n += k == i;
            }
    return n;
}

static void note_overlap(cpn_out *out, const cpn_segments *s, int64_t i, bool is_zh)
{
    cpn_text message = { 0 };
    int64_t n = 0;
    for (int64_t k = 0; k < i; k++) {
        if (!do_overlap(&s->rules[k], &s->rules[i])) continue;
        if (n++ == 0)
            cpn_text_add_string(&message, is_zh ? "与以下规则重叠，先者生效：" : "Overlaps, and they come first: ");
        if (n > 1) cpn_text_add_string(&message, is_zh ? "、" : ", ");
        cpn_text_add_string(&message, s->rules[k].id);
    }
    if (n > 0) write_note(out, "overlapping_rule", s->rules[i].id, &message);
}

/* Only for rules of the caller's own: the usual ones overlap by design. */
static void note_rules(cpn_out *out, const cpn_rfm *rfm)
{
    const cpn_segments *s = &rfm->segments;
    const bool is_zh = rfm->knobs.is_chinese;
    cpn_text message = { 0 };
    for (int64_t i = 0; i < s->n_rules; i++) {
        if (count_left(s, i) > 0) {
            note_overlap(out, s, i, is_zh);
            continue;
        }
        cpn_text_add_string(&message, is_zh ? "前面的规则已占用其全部得分，永远不会匹配。"
                                            : "Rules before it take all its scores: no customer can match.");
        write_note(out, "unreachable_rule", s->rules[i].id, &message);
    }
    const int64_t n_left = count_left(s, s->n_rules), n_all = (int64_t)s->n_bins * s->n_bins * s->n_bins;
    if (n_left == 0) return;
    cpn_text_add_format(&message,
                        is_zh ? "%lld 种得分组合（共 %lld 种）没有必然匹配的规则，可能归入 other。"
                              : "%lld of %lld combinations of scores have no rule that always matches; they may end in "
                                "other.",
                        (long long)n_left, (long long)n_all);
    write_note(out, "uncovered_scores", "other", &message);
}

campaign_status cpn_rfm_write_notes(campaign_table **notes, const cpn_rfm *rfm, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, notes_schema, (int32_t)(sizeof notes_schema / sizeof *notes_schema), NULL, 0);
    note_rows(&out, rfm);
    note_bins(&out, rfm);
    if (rfm->knobs.given.segments) note_rules(&out, rfm);
    return cpn_out_close(notes, &out, error);
}
