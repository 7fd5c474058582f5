/* The segments document: ordered rules that turn scores into tiers, and the ten usual ones.
 * Reads and checks; which customer matches is decided in grid.c. */
#include <string.h>

#include "base/memory.h"
#include "tier/tier.h"

/* Boxes of scores as published with the R package rfm (Hebbali, MIT licence), read from the top: first match wins. */
static const char usual[] =
    "{\n"
    "  \"schema\": \"campaign/segments/1\",\n"
    "  \"n_bins\": 5,\n"
    "  \"segments\": [\n"
    "    {\"id\": \"champions\", \"name_en\": \"Champions\", \"name_zh\": \"冠军客户\",\n"
    "     \"r\": {\"min\": 5}, \"f\": {\"min\": 5}, \"m\": {\"min\": 5}},\n"
    "    {\"id\": \"potential_loyalist\", \"name_en\": \"Potential Loyalist\", \"name_zh\": \"潜力忠诚客户\",\n"
    "     \"r\": {\"min\": 3}, \"f\": {\"min\": 3}, \"m\": {\"min\": 2}},\n"
    "    {\"id\": \"loyal\", \"name_en\": \"Loyal Customers\", \"name_zh\": \"忠诚客户\",\n"
    "     \"r\": {\"min\": 2, \"max\": 4}, \"f\": {\"min\": 2, \"max\": 4}, \"m\": {\"min\": 2, \"max\": 4}},\n"
    "    {\"id\": \"promising\", \"name_en\": \"Promising\", \"name_zh\": \"希望客户\",\n"
    "     \"r\": {\"min\": 3, \"max\": 4}, \"f\": {\"max\": 3}, \"m\": {\"min\": 3}},\n"
    "    {\"id\": \"new\", \"name_en\": \"New Customers\", \"name_zh\": \"新客户\",\n"
    "     \"r\": {\"min\": 4}, \"f\": {\"max\": 3}},\n"
    "    {\"id\": \"cannot_lose\", \"name_en\": \"Can't Lose Them\", \"name_zh\": \"不可流失客户\",\n"
    "     \"r\": {\"max\": 2}, \"f\": {\"min\": 3, \"max\": 4}, \"m\": {\"min\": 4}},\n"
    "    {\"id\": \"at_risk\", \"name_en\": \"At Risk\", \"name_zh\": \"流失风险客户\",\n"
    "     \"r\": {\"max\": 2}, \"f\": {\"min\": 2}, \"m\": {\"min\": 4}},\n"
    "    {\"id\": \"need_attention\", \"name_en\": \"Need Attention\", \"name_zh\": \"需要关注客户\",\n"
    "     \"r\": {\"max\": 3}, \"f\": {\"min\": 3}, \"m\": {\"min\": 3}},\n"
    "    {\"id\": \"about_to_sleep\", \"name_en\": \"About To Sleep\", \"name_zh\": \"即将沉睡客户\",\n"
    "     \"r\": {\"min\": 2, \"max\": 3}, \"f\": {\"max\": 3}, \"m\": {\"max\": 4}},\n"
    "    {\"id\": \"lost\", \"name_en\": \"Lost\", \"name_zh\": \"已流失客户\",\n"
    "     \"r\": {\"max\": 1}}\n"
    "  ]\n"
    "}\n";

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))

static const cpn_field number_range_fields[] = {
    { .name = "min", .type = CPN_FIELD_INT, .en = "Least value that matches.", .zh = "匹配的最小值。" },
    { .name = "max", .type = CPN_FIELD_INT, .en = "Greatest value that matches.", .zh = "匹配的最大值。" },
};
static const cpn_record number_range = { FIELDS(number_range_fields), false, "A range; both ends match.",
                                         "取值范围，两端均包含。" };

static const cpn_field money_range_fields[] = {
    { .name = "min", .type = CPN_FIELD_MONEY, .en = "Least amount that matches.", .zh = "匹配的最小金额。" },
    { .name = "max", .type = CPN_FIELD_MONEY, .en = "Greatest amount that matches.", .zh = "匹配的最大金额。" },
};
static const cpn_record money_range = { FIELDS(money_range_fields), false, "A range of money; both ends match.",
                                        "金额范围，两端均包含。" };

static const cpn_field rule_fields[] = {
    { .name = "id",
      .type = CPN_FIELD_TEXT,
      .is_required = true,
      .minimum = "1",
      .maximum = "64",
      .en = "Id of the tier, the same in every language.",
      .zh = "分层的标识，与语言无关。" },
    { .name = "name_en", .type = CPN_FIELD_TEXT, .minimum = "1", .en = "English name.", .zh = "英文名称。" },
    { .name = "name_zh", .type = CPN_FIELD_TEXT, .minimum = "1", .en = "Chinese name.", .zh = "中文名称。" },
    { .name = "r",
      .type = CPN_FIELD_OBJECT,
      .record = &number_range,
      .en = "Recency scores, 1 to n_bins.",
      .zh = "最近消费得分，1 到 n_bins。" },
    { .name = "f",
      .type = CPN_FIELD_OBJECT,
      .record = &number_range,
      .en = "Frequency scores, 1 to n_bins.",
      .zh = "消费频次得分，1 到 n_bins。" },
    { .name = "m",
      .type = CPN_FIELD_OBJECT,
      .record = &number_range,
      .en = "Monetary scores, 1 to n_bins.",
      .zh = "消费金额得分，1 到 n_bins。" },
    { .name = "recency_days",
      .type = CPN_FIELD_OBJECT,
      .record = &number_range,
      .en = "Days since the last purchase.",
      .zh = "距最近一次消费的天数。" },
    { .name = "frequency",
      .type = CPN_FIELD_OBJECT,
      .record = &number_range,
      .en = "Number of purchases.",
      .zh = "消费次数。" },
    { .name = "monetary",
      .type = CPN_FIELD_OBJECT,
      .record = &money_range,
      .en = "Amount net of returns, in major units.",
      .zh = "扣除退货后的金额，以元等主币单位计。" },
};
static const cpn_record rule_record = { FIELDS(rule_fields), false, "One tier: all its conditions must hold.",
                                        "一个分层：须同时满足全部条件。" };

static const cpn_field name_fields[] = {
    { .name = "name_en", .type = CPN_FIELD_TEXT, .minimum = "1", .en = "English name.", .zh = "英文名称。" },
    { .name = "name_zh", .type = CPN_FIELD_TEXT, .minimum = "1", .en = "Chinese name.", .zh = "中文名称。" },
};
static const cpn_record other_record = { FIELDS(name_fields), false, "The tier of customers no rule matches.",
                                         "没有规则匹配的客户所在分层。" };

static const cpn_field dormant_fields[] = {
    { .name = "after_days",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "2147483647",
      .fallback = "0",
      .en = "A customer whose last purchase is more days ago is dormant, whatever the rules say; 0 = nobody is.",
      .zh = "最近一次消费距今超过该天数即为沉睡客户，优先于其他规则；0 表示不判定。" },
    { .name = "name_en", .type = CPN_FIELD_TEXT, .minimum = "1", .en = "English name.", .zh = "英文名称。" },
    { .name = "name_zh", .type = CPN_FIELD_TEXT, .minimum = "1", .en = "Chinese name.", .zh = "中文名称。" },
};
static const cpn_record dormant_record = { FIELDS(dormant_fields), false, "The tier of dormant customers.",
                                           "沉睡客户所在分层。" };

static const cpn_field document_fields[] = {
    { .name = "n_bins",
      .type = CPN_FIELD_INT,
      .minimum = "2",
      .maximum = "20",
      .fallback = "5",
      .en = "Scale of r, f and m in the rules; scores given on another number of bins are moved to it.",
      .zh = "规则中 r、f、m 的分档数；得分档数不同时换算到该档数。" },
    { .name = "dormant",
      .type = CPN_FIELD_OBJECT,
      .record = &dormant_record,
      .en = "The tier of dormant customers.",
      .zh = "沉睡客户所在分层。" },
    { .name = "other",
      .type = CPN_FIELD_OBJECT,
      .record = &other_record,
      .en = "The tier of customers no rule matches.",
      .zh = "没有规则匹配的客户所在分层。" },
    { .name = "segments",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .is_required = true,
      .minimum = "1",
      .maximum = "100",
      .record = &rule_record,
      .en = "Rules from the first to the last; the first that matches decides.",
      .zh = "按先后排列的规则，第一条匹配的生效。" },
};
static const cpn_record document_record = { FIELDS(document_fields), false,
                                            "Rules that turn scores of recency, frequency and money into tiers.",
                                            "把最近消费、频次、金额得分转换为客户分层的规则。" };

const cpn_document_kind cpn_segments_kind = { "campaign/segments/1", &document_record, "Customer segments.",
                                              "客户分层规则。" };

static const char *const score_names[] = { "r", "f", "m" };
static const char *const fact_names[] = { "recency_days", "frequency", "monetary" };

/* Name in the language asked for, else fallback, else in the other language. */
static const char *pick_name(const cpn_json_value *object, const cpn_record *record, bool is_chinese,
                             const char *fallback)
{
    const char *en = object ? cpn_get_text(object, record, "name_en") : NULL;
    const char *zh = object ? cpn_get_text(object, record, "name_zh") : NULL;
    if (is_chinese) return zh ? zh : fallback ? fallback : en;
    return en ? en : fallback ? fallback : zh;
}

static campaign_status read_range(cpn_range *range, const cpn_json_value *object, int32_t exponent,
                                  campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const cpn_record *record = exponent < 0 ? &number_range : &money_range;
    int64_t *const ends[] = { &range->min, &range->max };
    static const char *const names[] = { "min", "max" };
    for (int i = 0; i < 2 && status == CAMPAIGN_OK; i++) {
        if (!cpn_get(object, names[i])) continue;
        if (exponent < 0)
            *ends[i] = cpn_get_int(object, record, names[i]);
        else
            status = cpn_get_money(ends[i], object, record, names[i], exponent, error);
    }
    if (status == CAMPAIGN_OK && range->min > range->max)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, object, "min is greater than max: no customer can match");
    return status;
}

/* A score outside the scale is a slip: it could never match, or only looks like a limit. */
static campaign_status check_score(const cpn_json_value *object, const cpn_range *range, int32_t n_bins,
                                   campaign_error *error)
{
    if (range->min >= 1 && range->max <= n_bins) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_VALUE, object, "scores go from 1 to n_bins, which is %ld", (long)n_bins);
}

static campaign_status read_rule(cpn_rule *rule, const cpn_json_value *object, int32_t n_bins, int32_t exponent,
                                 campaign_error *error)
{
    rule->id = cpn_get_text(object, &rule_record, "id");
    campaign_status status = CAMPAIGN_OK;
    for (int d = 0; d < CPN_N_DIMENSIONS && status == CAMPAIGN_OK; d++) {
        rule->scores[d] = (cpn_range){ 1, n_bins };
        rule->facts[d] = (cpn_range){ INT64_MIN, INT64_MAX };
        const cpn_json_value *score = cpn_get(object, score_names[d]);
        const cpn_json_value *fact = cpn_get(object, fact_names[d]);
        if (score) status = read_range(&rule->scores[d], score, -1, error);
        if (score && status == CAMPAIGN_OK) status = check_score(score, &rule->scores[d], n_bins, error);
        if (!fact || status != CAMPAIGN_OK) continue;
        rule->has_facts = true;
        status = read_range(&rule->facts[d], fact, d == CPN_MONETARY ? exponent : -1, error);
    }
    return status;
}

static campaign_status check_id(const cpn_segments *segments, int64_t i, const cpn_json_value *object,
                                campaign_error *error)
{
    const char *id = segments->rules[i].id;
    if (strcmp(id, "dormant") == 0 || strcmp(id, "other") == 0)
        return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, object,
                             "\"%s\" is a tier of its own; name it under \"%s\", or use another id", id, id);
    for (int64_t k = 0; k < i; k++)
        if (strcmp(segments->rules[k].id, id) == 0)
            return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, object, "the id \"%s\" is used by segments[%lld] already",
                                 id, (long long)k);
    return CAMPAIGN_OK;
}

static campaign_status read_rules(cpn_segments *segments, const cpn_json_value *list, bool is_chinese, int32_t exponent,
                                  campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    int64_t i = 0;
    for (const cpn_json_value *object = list->first; object && status == CAMPAIGN_OK; object = object->next, i++) {
        cpn_rule *rule = &segments->rules[i];
        status = read_rule(rule, object, segments->n_bins, exponent, error);
        if (status != CAMPAIGN_OK) break;
        rule->name = pick_name(object, &rule_record, is_chinese, NULL);
        if (!rule->name) rule->name = rule->id;
        status = check_id(segments, i, object, error);
    }
    return status;
}

campaign_status cpn_segments_read(cpn_segments *segments, const cpn_rfm_knobs *knobs, int32_t exponent,
                                  campaign_error *error)
{
    const char *text = knobs->given.segments ? knobs->given.segments : usual;
    const size_t length = knobs->given.segments ? (size_t)knobs->given.segments_length : strlen(usual);
    *segments = (cpn_segments){ 0 };
    campaign_status status = cpn_document_read(&segments->json, text, length, &cpn_segments_kind, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_json_value *root = cpn_json_root(segments->json);
    const cpn_json_value *list = cpn_get(root, "segments");
    const cpn_json_value *dormant = cpn_get(root, "dormant"), *other = cpn_get(root, "other");
    segments->n_bins = (int32_t)cpn_get_int(root, &document_record, "n_bins");
    segments->n_rules = list->n_children;
    segments->dormant_after_days = knobs->given.dormant_after_days;
    if (!segments->dormant_after_days && dormant)
        segments->dormant_after_days = (int32_t)cpn_get_int(dormant, &dormant_record, "after_days");
    segments->rules = cpn_alloc_zero(segments->n_rules + 2, sizeof *segments->rules);
    if (!segments->rules) return cpn_fail_nomem(error);
    segments->rules[segments->n_rules].id = "dormant";
    segments->rules[segments->n_rules].name =
        pick_name(dormant, &dormant_record, knobs->is_chinese, knobs->is_chinese ? "沉睡客户" : "Dormant");
    segments->rules[segments->n_rules + 1].id = "other";
    segments->rules[segments->n_rules + 1].name =
        pick_name(other, &other_record, knobs->is_chinese, knobs->is_chinese ? "其他客户" : "Other");
    return read_rules(segments, list, knobs->is_chinese, exponent, error);
}

void cpn_segments_free(cpn_segments *segments)
{
    cpn_json_free(segments->json);
    cpn_free(segments->rules);
    *segments = (cpn_segments){ 0 };
}

const char *campaign_tier_segments_default(void)
{
    return usual;
}
