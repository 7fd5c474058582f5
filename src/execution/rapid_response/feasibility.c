/* RR8: do goals rest on what similar campaigns converted? For the whole and for every region: what history brings of as many
 * customers, and how many customers the goal would need. */
#include <stdio.h>

#include "base/checked.h"
#include "execution/rapid_response/rapid.h"

static const char *const verdicts[] = { "unfounded", "stretch", "feasible" };

typedef struct goal_check {
    const cpn_rapid_region *region; /* NULL: the whole */
    const cpn_rapid_sums *history;
    int64_t leads, wanted_micro, conversion_ppm;
} goal_check;

/* wanted / leads against deals / leads of history, exactly: wanted × history.leads against history.deals × leads × 10^6,
 * times 1 + stretch for the second look. */
static int32_t judge(const goal_check *goal, int64_t stretch_ppm)
{
    int64_t supported, stretched;
    const cpn_rapid_sums *history = goal->history;
    if (history->leads == 0) return CAMPAIGN_RAPID_UNFOUNDED;
    if (!cpn_mul64(&supported, goal->leads, history->deals))
        return CAMPAIGN_RAPID_FEASIBLE; /* more than can be asked */
    const cpn_int128 wanted = cpn_mul_128(goal->wanted_micro, history->leads);
    if (cpn_compare_128(wanted, cpn_mul_128(supported, CPN_RAPID_MILLION)) <= 0) return CAMPAIGN_RAPID_FEASIBLE;
    if (!cpn_add64(&stretched, CPN_RAPID_MILLION, stretch_ppm)) return CAMPAIGN_RAPID_STRETCH;
    if (cpn_compare_128(wanted, cpn_mul_128(supported, stretched)) <= 0) return CAMPAIGN_RAPID_STRETCH;
    return CAMPAIGN_RAPID_UNFOUNDED;
}

/* Fewest customers of which history brings the deals; false where it brought none. */
static bool leads_needed(int64_t *leads, const goal_check *goal)
{
    int64_t divisor;
    return goal->history->deals > 0 && cpn_mul64(&divisor, goal->history->deals, CPN_RAPID_MILLION) &&
           cpn_mul_div64(leads, goal->wanted_micro, goal->history->leads, divisor, CAMPAIGN_ROUND_CEILING);
}

static void write_text(cpn_out *out, const cpn_rapid *rapid, const goal_check *goal, int32_t verdict)
{
    static const char *const en[] = {
        "{5}{0} of {1} {1?customer|customers} would order, similar campaigns had {2}: {3} {3?customer|customers} would "
        "be needed.",
        "{5}{0} of {1} {1?customer|customers} would order, similar campaigns had {2}: a stretch; {3} "
        "{3?customer|customers} would make it sure.",
        "{5}{0} of {1} {1?customer|customers} would order, similar campaigns had {2}: the goal rests on history.",
        "{5}No similar campaign of the last {4} months: the goal of {0} rests on nothing.",
        "{5}Similar campaigns brought no deal: the goal of {0} rests on nothing."
    };
    static const char *const zh[] = {
        "{5}目标成交率 {0}（{1} 位客户），同类活动为 {2}：需要 {3} 位客户，目标缺乏依据。",
        "{5}目标成交率 {0}（{1} 位客户），同类活动为 {2}：属进取目标，{3} 位客户才有把握。",
        "{5}目标成交率 {0}（{1} 位客户），同类活动为 {2}：目标有历史依据。",
        "{5}最近 {4} 个月没有同类活动：成交率 {0} 缺乏依据。", "{5}同类活动没有成交：成交率 {0} 缺乏依据。"
    };
    char wanted[CPN_NUMBER_TEXT], leads[CPN_NUMBER_TEXT], had[CPN_NUMBER_TEXT] = "", needed[CPN_NUMBER_TEXT] = "",
                                                          months[CPN_NUMBER_TEXT];
    char sentence[CPN_RAPID_SENTENCE], shown[CPN_JSON_SHOWN], place[CPN_JSON_SHOWN + 8] = "";
    int64_t ppm, count;
    int32_t which = verdict;
    if (goal->region)
        (void)snprintf(place, sizeof place, rapid->request.is_chinese ? "%s：" : "%s: ",
                       cpn_json_show(shown, goal->region->name.text, goal->region->name.length));
    cpn_rapid_percent_text(wanted, goal->conversion_ppm);
    (void)cpn_format_int64(leads, goal->leads);
    (void)cpn_format_int64(months, rapid->request.history_months);
    if (cpn_rapid_conversion(&ppm, goal->history))
        cpn_rapid_percent_text(had, ppm);
    else
        which = 3;
    if (leads_needed(&count, goal))
        (void)cpn_format_int64(needed, count);
    else if (which != 3 && which != CAMPAIGN_RAPID_FEASIBLE)
        which = 4;
    cpn_rapid_say(sentence, rapid->request.is_chinese ? zh[which] : en[which],
                  (const char *const[CPN_RAPID_WORDS]){ wanted, leads, had, needed, months, place });
    cpn_out_string(out, 12, sentence);
}

static void write_goal(cpn_out *out, const cpn_rapid *rapid, const goal_check *goal)
{
    int64_t ppm = 0, needed = 0;
    const cpn_rapid_sums *history = goal->history;
    const bool has_history = cpn_rapid_conversion(&ppm, history);
    const int32_t verdict = judge(goal, rapid->request.stretch_ppm);
    cpn_out_string(out, 0, goal->region ? "region" : "total");
    cpn_rapid_out_name(out, 1, goal->region ? goal->region->name : (cpn_rapid_name){ NULL, 0 });
    cpn_out_int64(out, 2, goal->leads);
    cpn_out_int64(out, 3, goal->conversion_ppm);
    cpn_out_float64(out, 4, (double)goal->wanted_micro / CPN_RAPID_MILLION);
    cpn_out_int64(out, 5, history->n_campaigns);
    cpn_out_int64(out, 6, history->leads);
    cpn_out_int64(out, 7, history->deals);
    cpn_out_optional_int64(out, 8, ppm, has_history);
    cpn_out_optional_float64(
        out, 9, has_history ? (double)goal->leads * (double)history->deals / (double)history->leads : 0, has_history);
    const bool is_needed = leads_needed(&needed, goal);
    cpn_out_optional_int64(out, 10, needed, is_needed);
    cpn_out_string(out, 11, verdicts[verdict]);
    write_text(out, rapid, goal, verdict);
}

static const cpn_column_schema schema[] = {
    { "scope", CAMPAIGN_TYPE_UTF8, "total or region.", "范围：total 合计，region 区域。" },
    { "region", CAMPAIGN_TYPE_UTF8, "Region; null for the total.", "区域，合计为空。" },
    { "leads", CAMPAIGN_TYPE_INT64, "Target customers.", "目标客户数。" },
    { "expected_conversion_ppm", CAMPAIGN_TYPE_INT64, "Part that is to order.", "目标成交率（百万分比）。" },
    { "expected_deals", CAMPAIGN_TYPE_FLOAT64, "Deals as expected value.", "期望成交数。" },
    { "history_campaigns", CAMPAIGN_TYPE_INT64, "Similar campaigns.", "同类活动数。" },
    { "history_leads", CAMPAIGN_TYPE_INT64, "Their customers.", "同类活动客户数。" },
    { "history_deals", CAMPAIGN_TYPE_INT64, "Their deals.", "同类活动成交数。" },
    { "history_conversion_ppm", CAMPAIGN_TYPE_INT64, "Part that ordered.", "历史成交率（百万分比）。" },
    { "supported_deals", CAMPAIGN_TYPE_FLOAT64, "What history brings of as many.", "按历史成交率可得的成交数。" },
    { "leads_needed", CAMPAIGN_TYPE_INT64, "Customers that the goal needs.", "达成目标所需客户数。" },
    { "verdict", CAMPAIGN_TYPE_UTF8, "feasible, stretch or unfounded.", "结论：可行、进取、缺乏依据。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The same in words.", "说明。" },
};

/* Whole deals that are asked for count where they are more than the conversions bring. */
static goal_check whole_goal(const cpn_rapid *rapid)
{
    goal_check whole = { NULL, &rapid->history, rapid->leads, rapid->expected_micro, 0 };
    int64_t asked;
    if (rapid->request.has_deals && cpn_mul64(&asked, rapid->request.deals, CPN_RAPID_MILLION))
        whole.wanted_micro = asked;
    (void)cpn_mul_div64(&whole.conversion_ppm, whole.wanted_micro, 1, whole.leads, CAMPAIGN_ROUND_HALF_UP);
    return whole;
}

/* Where the history knows no regions, that of the whole stands beside each; and beside one that took its conversion there. */
static const cpn_rapid_sums *history_of(const cpn_rapid *rapid, const cpn_rapid_region *region)
{
    return rapid->knows_region_history && !region->follows_whole ? &region->history : &rapid->history;
}

int32_t cpn_rapid_judge(const cpn_rapid *rapid)
{
    const goal_check whole = whole_goal(rapid);
    return judge(&whole, rapid->request.stretch_ppm);
}

campaign_status cpn_rapid_write_feasibility(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    cpn_out out;
    const goal_check whole = whole_goal(rapid);
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    write_goal(&out, rapid, &whole);
    for (int64_t i = 0; i < rapid->n_regions; i++) {
        const cpn_rapid_region *region = &rapid->regions[i];
        const goal_check one = { region, history_of(rapid, region), region->leads, region->expected_micro,
                                 region->conversion_ppm };
        write_goal(&out, rapid, &one);
    }
    return cpn_out_close(table, &out, error);
}
