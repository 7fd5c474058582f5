/* The playbook document: the language of conditions against truth worked out by hand and by random trees, limits, places
 * of slips, and the built-in document's life. */
#include "playing.h"

#include "base/random.h"

enum { MOST_TEXT = 4096 };

static const char state_of_the_shop[] = "metric|value#|target#|channel|since!\n"
                                        "sales|120.5|100|feed|2027-06-18T08:30\ncpa|39|30|feed|-\nroi|0|2|feed|-\n"
                                        "visits|-|10|feed|-\n好评|7|-|feed|-\n";

/* A playbook with one entry; action with {…} where wanted. */
static const char *make_playbook(char text[MOST_TEXT], const char *when, const char *within, const char *action)
{
    (void)snprintf(
        text, MOST_TEXT,
        "{\"schema\": \"campaign/playbook/1\", \"metrics\": [{\"id\": \"好评\", \"unit\": \"count\"}, {\"id\": "
        "\"x1\"}], \"entries\": [{\"id\": \"e\", \"when\": \"%s\", \"owner\": \"me\", \"within\": \"%s\", "
        "\"action_en\": \"%s\"}]}",
        when, within, action);
    return text;
}

/* 't', 'f' or '?', what the condition is for the one subject. */
static char judge(const char *when)
{
    char text[MOST_TEXT];
    risks_case asked = { .state = state_of_the_shop, .playbook = make_playbook(text, when, "1 h", "do") };
    if (ask_risks(&asked) != CAMPAIGN_OK) fail_msg("%s: %s: %s", when, asked.error.where, asked.error.message);
    const char answer = asked.report.n_holding == 1 ? 't' : asked.report.n_unjudged == 1 ? '?' : 'f';
    assert_true(asked.report.n_holding + asked.report.n_unjudged <= 1);
    clear_risks(&asked);
    return answer;
}

static void test_conditions_mean_what_they_say(void **state)
{
    static const struct {
        char answer;
        const char *when;
    } cases[] = {
        { 't', "cpa > 38.9" },
        { 'f', "cpa > 39" },
        { 't', "cpa >= 39" },
        { 't', "cpa ≥ 39 and cpa ≤ 39" },
        { 't', "cpa = 39 and cpa != 38 and cpa ≠ 38 and cpa == 39" },
        { 't', "cpa = cpa.target * 130%" },
        { 't', "cpa between 38 and 39" },
        { 'f', "cpa between 39.5 and 50" },
        { 't', "cpa between 1 and 2 or cpa between 30 and 40 and sales > 1" },
        { 't', "not cpa < 39" },
        { 't', "not (cpa < 39 or cpa > 39)" },
        { 't', "cpa + 1 * 2 = 41" },
        { 't', "(cpa + 1) * 2 = 80" },
        { 't', "cpa - 30 - 5 = 4" }, /* from the left */
        { 't', "cpa / 3 / 13 = 1" },
        { 't', "-cpa < -38 and - cpa + 40 = 1" },
        { 't', "2 * -cpa = -78" },
        { 't', "cpa × 2 ÷ 3 = 26" },
        { 't', "cpa > 1 or cpa < 1 and cpa < 0" }, /* and binds tighter */
        { 'f', "(cpa > 1 or cpa < 1) and cpa < 0" },
        { 't', "sales.off = -20.5%" }, /* above its target is good */
        { 't', "cpa.off = 30%" },
        { 't', "sales.hours = 2" }, /* 08:30 to 10:30 */
        { 't', "today = 2027-06-18 and sales > 1" },
        { 't', "today + 3 = 2027-06-21 and sales > 1" },
        { 't', "2027-06-20 - today = 2 and sales > 1" },
        { 't', "today between 2027-06-01 and 2027-06-18 and sales > 1" },
        { 't', "channel = 'feed' and sales > 1" },
        { 'f', "channel != 'feed' and sales > 1" },
        { 't', "好评 > 6" },
        { 't', "today < 2027-06-19" }, /* of no subject: judged once */
        { '?', "visits > 1" },
        { '?', "visits > 1 and sales > 1" },
        { 'f', "visits > 1 and sales < 1" },
        { 't', "visits > 1 or sales > 1" },
        { '?', "visits > 1 or sales < 1" },
        { '?', "not visits > 1" },
        { 't', "visits unknown and visits.target known and sales known" },
        { 't', "visits unknown or visits > 5" },
        { '?', "sales / roi > 1" }, /* divided by 0 */
        { 't', "sales / roi unknown" },
        { '?', "sales > x1" },
        { '?', "visits between 1 and 2" },
        { 'f', "cpa between visits and 2 and sales > 1" }, /* above 2 whatever visits are */
        { '?', "campaign.phase = 'burst' and sales > 1" }, /* without a plan */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (judge(cases[i].when) != cases[i].answer) fail_msg("%s is not %c", cases[i].when, cases[i].answer);
}

/* ---- Random trees against a judge of their own ------------------------------------------------------------------- */

typedef struct tree_text {
    char text[MOST_TEXT];
    size_t length;
} tree_text;

static void add(tree_text *out, const char *piece)
{
    out->length += (size_t)snprintf(out->text + out->length, MOST_TEXT - out->length, "%s", piece);
}

/* A comparison with whole numbers, whose truth is exact. */
static bool make_leaf(tree_text *out, cpn_random *random)
{
    static const char *const signs[] = { " < ", " <= ", " > ", " >= ", " = ", " != " };
    const int64_t a = (int64_t)cpn_random_below(random, 9), b = (int64_t)cpn_random_below(random, 9),
                  c = 1 + (int64_t)cpn_random_below(random, 4);
    const uint32_t sign = (uint32_t)cpn_random_below(random, 6);
    char text[64];
    (void)snprintf(text, sizeof text, "%d + %d * %d%s%d - -%d", (int)a, (int)b, (int)c, signs[sign], (int)(a * c),
                   (int)b);
    add(out, text);
    const int64_t left = a + b * c, right = a * c + b;
    const bool truths[] = { left<right, left <= right, left> right, left >= right, left == right, left != right };
    return truths[sign];
}

static bool make_tree(tree_text *out, cpn_random *random, int depth)
{
    const int64_t kind = depth == 0 ? 0 : cpn_random_below(random, 4);
    if (kind == 0) return make_leaf(out, random);
    add(out, kind == 1 ? "not (" : "(");
    const bool first = make_tree(out, random, depth - 1);
    add(out, ")");
    if (kind == 1) return !first;
    add(out, kind == 2 ? " and (" : " or (");
    const bool second = make_tree(out, random, depth - 1);
    add(out, ")");
    return kind == 2 ? first && second : first || second;
}

static void test_random_conditions_agree_with_their_trees(void **state)
{
    cpn_random random;
    (void)state;
    cpn_random_seed(&random, 618);
    for (int i = 0; i < 400; i++) {
        tree_text text = { .length = 0 };
        const bool is_true = make_tree(&text, &random, 3);
        if ((judge(text.text) == 't') != is_true)
            fail_msg("case %d: %s is %s", i, text.text, is_true ? "true" : "false");
    }
}

/* ---- Slips ------------------------------------------------------------------------------------------------------- */

static void test_slips_in_conditions_are_told(void **state)
{
    static const struct {
        const char *when;
        campaign_status status;
        const char *part;
    } cases[] = {
        { "cpaa > 1", CAMPAIGN_E_UNKNOWN, "\"cpaa\", did you mean \"cpa\"?" },
        { "stock.onhand > 1", CAMPAIGN_E_UNKNOWN, "did you mean \"stock.on_hand\"?" },
        { "cpa.tarket > 1", CAMPAIGN_E_UNKNOWN, "no metric or name \"cpa.tarket\"" },
        { "cpa", CAMPAIGN_E_SYNTAX, "a value, not a condition" },
        { " ", CAMPAIGN_E_SYNTAX, "empty" },
        { "cpa >", CAMPAIGN_E_SYNTAX, "a value is missing" },
        { "cpa > 1 sales", CAMPAIGN_E_SYNTAX, "an operator is missing" },
        { "(cpa > 1", CAMPAIGN_E_SYNTAX, "not closed" },
        { "cpa > 1)", CAMPAIGN_E_SYNTAX, "was not opened" },
        { "1 < cpa < 3", CAMPAIGN_E_SYNTAX, "cannot be chained" },
        { "cpa between 1", CAMPAIGN_E_SYNTAX, "between needs two bounds" },
        { "cpa > 'a'", CAMPAIGN_E_SYNTAX, "does not fit its operands" },
        { "cpa > today", CAMPAIGN_E_SYNTAX, "does not fit its operands" },
        { "channel < 'a'", CAMPAIGN_E_SYNTAX, "does not fit its operands" },
        { "cpa and sales", CAMPAIGN_E_SYNTAX, "does not fit its operands" },
        { "not cpa", CAMPAIGN_E_SYNTAX, "does not fit its operands" },
        { "cpa not > 1", CAMPAIGN_E_SYNTAX, "stands before a condition" },
        { "cpa > 1.2.3", CAMPAIGN_E_SYNTAX, "is no number" },
        { "cpa > 5kg", CAMPAIGN_E_SYNTAX, "is no number" },
        { "cpa > $5", CAMPAIGN_E_SYNTAX, "has no meaning" },
        { "cpa > 'a", CAMPAIGN_E_SYNTAX, "does not end" },
        { "task.float < 0 and stock.need > 1", CAMPAIGN_E_UNSUPPORTED, "each task or of each stock" },
    };
    char text[MOST_TEXT];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        risks_case asked = { .playbook = make_playbook(text, cases[i].when, "1 h", "do") };
        const campaign_status status = ask_risks(&asked);
        if (status != cases[i].status || !strstr(asked.error.message, cases[i].part))
            fail_msg("%s: %s: %s", cases[i].when, campaign_status_name(status), asked.error.message);
        assert_string_equal(asked.error.where, "entries[0].when (line 1 column 125)");
    }
}

static void test_slips_in_entries_are_told(void **state)
{
    static const struct {
        const char *within, *action;
        campaign_status status;
        const char *part;
    } cases[] = {
        { "soon", "do", CAMPAIGN_E_SYNTAX, "\"soon\" is no limit" },
        { "15", "do", CAMPAIGN_E_SYNTAX, "is no limit" },
        { "-1 h", "do", CAMPAIGN_E_SYNTAX, "is no limit" },
        { "99999999999999999999 h", "do", CAMPAIGN_E_LIMIT, "at most ten years" },
        { "3661 days", "do", CAMPAIGN_E_LIMIT, "at most ten years" },
        { "1 h", "do {cpaa}", CAMPAIGN_E_UNKNOWN, "did you mean \"cpa\"" },
        { "1 h", "do {cpa", CAMPAIGN_E_SYNTAX, "a { is not closed" },
        { "1 h", "do {cpa > 1}", CAMPAIGN_E_SYNTAX, "a value, not a condition" },
        { "1 h", "do {stock.need}", CAMPAIGN_E_UNSUPPORTED, "the action speaks of each stock" },
        { "1 h", "do {}", CAMPAIGN_E_SYNTAX, "empty" },
    };
    char text[MOST_TEXT];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        risks_case asked = { .playbook = make_playbook(text, "cpa > 1", cases[i].within, cases[i].action) };
        const campaign_status status = ask_risks(&asked);
        if (status != cases[i].status || !strstr(asked.error.message, cases[i].part))
            fail_msg("%s %s: %s: %s", cases[i].within, cases[i].action, campaign_status_name(status),
                     asked.error.message);
    }
}

static void test_slips_in_the_document_are_told(void **state)
{
#define ENTRY(id)                                                                                                      \
    "{\"id\": \"" id "\", \"when\": \"cpa > 1\", \"owner\": \"lead\", \"within\": \"1 h\", \"action_en\": \"do\"}"
#define START "{\"schema\": \"campaign/playbook/1\", "
    static const struct {
        const char *text;
        campaign_status status;
        const char *part;
    } cases[] = {
        { START "\"entries\": [" ENTRY("a") ", " ENTRY("a") "]}", CAMPAIGN_E_DUPLICATE, "is used already" },
        { START "\"roles\": [{\"id\": \"leed\"}], \"entries\": [" ENTRY("a") "]}", CAMPAIGN_E_UNKNOWN,
          "no role \"lead\" in roles, did you mean \"leed\"?" },
        { START "\"metrics\": [{\"id\": \"and\"}], \"entries\": []}", CAMPAIGN_E_VALUE, "cannot name a metric" },
        { START "\"metrics\": [{\"id\": \"a b\"}], \"entries\": []}", CAMPAIGN_E_VALUE, "cannot name a metric" },
        { START "\"metrics\": [{\"id\": \"today\"}], \"entries\": []}", CAMPAIGN_E_VALUE, "cannot name a metric" },
        { START "\"metrics\": [{\"id\": \"w\"}, {\"id\": \"w\"}], \"entries\": []}", CAMPAIGN_E_DUPLICATE, "twice" },
        { START "\"entries\": [{\"id\": \"a\", \"when\": \"cpa > 1\", \"owner\": \"b\", \"within\": \"1 h\"}]}",
          CAMPAIGN_E_MISSING, "action_en or action_zh" },
        { START "\"entrys\": []}", CAMPAIGN_E_UNKNOWN, "did you mean \"entries\"" },
        { "{\"schema\": \"campaign/plan/1\", \"entries\": []}", CAMPAIGN_E_VALUE, "expected a document" },
        { "[", CAMPAIGN_E_SYNTAX, "" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        risks_case asked = { .playbook = cases[i].text };
        const campaign_status status = ask_risks(&asked);
        if (status != cases[i].status || !strstr(asked.error.message, cases[i].part))
            fail_msg("%s: %s: %s", cases[i].text, campaign_status_name(status), asked.error.message);
    }
}

/* ---- Documents --------------------------------------------------------------------------------------------------- */

static void test_the_built_in_playbook_reads_back(void **state)
{
    static const char *const languages[] = { NULL, "en", "zh" };
    (void)state;
    for (int i = 0; i < 3; i++) {
        campaign_error error;
        char *json = NULL;
        size_t length = 0;
        assert_ok(campaign_plan_playbook(&json, &length, languages[i], &error), error);
        assert_int_equal(strlen(json), length);
        assert_int_equal(strstr(json, "name_en") != NULL, i != 2);
        assert_int_equal(strstr(json, "action_zh") != NULL, i != 1);
        risks_case asked = { .state = "metric|value#\nprice_errors|1\n", .playbook = json, .language = "zh" };
        assert_ok(ask_risks(&asked), asked.error);
        assert_int_equal(asked.report.n_holding, 1);
        assert_cell(asked.risks, "name", 0, i == 1 ? "Price error" : "价格错误");
        assert_cell(asked.risks, "owner", 0, i == 1 ? "operation group" : "运营组");
        clear_risks(&asked);
        campaign_text_free(json);
    }
    char place = 'x', *json = &place;
    size_t length = 7;
    assert_int_equal(campaign_plan_playbook(&json, &length, "fr", NULL), CAMPAIGN_E_UNKNOWN);
    assert_null(json);
    assert_int_equal(length, 0);
    assert_int_equal(campaign_plan_playbook(NULL, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
}

static void test_an_entry_of_ones_own(void **state)
{
    static const char own[] = START
        "\"metrics\": [{\"id\": \"returns_open\", \"name_en\": \"open returns\", \"name_zh\": \"待处理退货\", "
        "\"unit\": \"count\", \"better\": \"lower\"}, {\"id\": \"cpa\", \"unit\": \"money\", \"better\": \"lower\", "
        "\"name_en\": \"cost per lead\"}], "
        "\"entries\": [{\"id\": \"r\", \"name_zh\": \"退货\", \"severity\": \"low\", \"when\": \"returns_open > 10 and "
        "returns_open.hours >= 24\", \"owner\": \"lead\", \"within\": \"48 h\", \"action_zh\": \"处理 {returns_open} "
        "件，已 {returns_open.hours} 小时，每天 {returns_open / 2}；{subject}\"}, {\"id\": \"c\", \"when\": \"cpa > "
        "5\", "
        "\"owner\": \"x\", \"within\": \"1 day\", \"action_en\": \"cut {cpa - 5} to {10%} by {today}\"}]}";
    (void)state;
    risks_case asked = { .state =
                             "metric|value#|subject|since!\nreturns_open|13|一号店|2027-06-17T09:00\ncpa|7.255|-|-\n",
                         .playbook = own,
                         .language = "zh" };
    assert_ok(ask_risks(&asked), asked.error);
    assert_cell(asked.risks, "entry", 0, "c"); /* medium by default */
    assert_cell(asked.risks, "action", 0, "cut 2.26 to 10% by 2027-06-18");
    assert_cell(asked.risks, "numbers", 1, "待处理退货 13 > 10 且 待处理退货已持续小时 25.5 ≥ 24");
    assert_cell(asked.risks, "action", 1, "处理 13 件，已 25.5 小时，每天 6.5；一号店");
    assert_cell(asked.risks, "due_at", 1, "2027-06-19T09:00:00");
    assert_cell(asked.risks, "escalate_to", 1, "");
    assert_cell(asked.risks, "source", 1, "");
    clear_risks(&asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conditions_mean_what_they_say),
        cmocka_unit_test(test_random_conditions_agree_with_their_trees),
        cmocka_unit_test(test_slips_in_conditions_are_told),
        cmocka_unit_test(test_slips_in_entries_are_told),
        cmocka_unit_test(test_slips_in_the_document_are_told),
        cmocka_unit_test(test_the_built_in_playbook_reads_back),
        cmocka_unit_test(test_an_entry_of_ones_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
