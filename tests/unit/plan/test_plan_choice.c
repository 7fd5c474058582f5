/* The choice of campaigns: the published selection, reasons, merging, conflicts, limits, bad input. */
#include "choosing.h"

#include "base/json.h"
#include "base/random.h"

enum { MOST = 64 };

#define RULES "{\"schema\":\"campaign/campaign_rules/1\""

typedef struct choice {
    campaign_table *choices;
    campaign_choice_report report;
    campaign_error error;
    campaign_status status;
} choice;

static choice choose(const test_candidate *rows, int64_t n, const char *rules)
{
    choice c = { .report = CAMPAIGN_CHOICE_REPORT_INIT };
    campaign_table *candidates = make_candidates(rows, n, false);
    c.status = campaign_plan_choose_campaigns(&c.choices, &c.report, candidates, rules, rules ? strlen(rules) : 0, NULL,
                                              NULL, &c.error);
    campaign_table_free(candidates);
    return c;
}

static void drop(choice *c)
{
    campaign_table_free(c->choices);
    campaign_choice_report_clear(&c->report);
}

#define assert_cell(choices_, id_, column_, expected_)                                                                 \
    do {                                                                                                               \
        char cell_text_[128];                                                                                          \
        assert_string_equal(cell_of(cell_text_, choices_, id_, column_), expected_);                                   \
    } while (0)

/* A node of a test: inclusive last day, as calendars on paper have it. */
static test_candidate node(const char *id, const char *tier, const char *start, const char *last, int64_t value,
                           int64_t cost)
{
    return (test_candidate){ id, tier, day_of(start), day_of(last) + 1, 0, value, cost };
}

/* ---- The second quarter of 2026, from outside ------------------------------------------------------------------- */

#define Q2_RULES                                                                                                       \
    RULES ",\"big_per_quarter\":{\"min\":1,\"max\":1},\"small_per_month\":{\"min\":1,\"max\":2},"                      \
          "\"gap_days\":7,\"overlaps\":\"refuse\",\"budget\":110"

typedef struct quarter_case {
    test_candidate rows[MOST];
    char texts[MOST][2][32];
    int64_t n, value, cost;
    uint64_t chosen;
} quarter_case;

static void read_quarter(quarter_case *q)
{
    char buffer[8192];
    FILE *file = open_shared("cases/plan_scenarios.json");
    const size_t length = fread(buffer, 1, sizeof buffer, file);
    (void)fclose(file);
    cpn_json *json;
    campaign_error error;
    assert_ok(cpn_json_read(&json, buffer, length, &error), error);
    const cpn_json_value *at = cpn_json_member(cpn_json_root(json), "S6_event_selection_Q2");
    memset(q, 0, sizeof *q);
    for (const cpn_json_value *row = cpn_json_member(at, "candidates")->first; row; row = row->next) {
        const cpn_json_value *id = row->first, *tier = id->next, *start = tier->next, *end = start->next;
        (void)snprintf(q->texts[q->n][0], 32, "%s", id->text);
        (void)snprintf(q->texts[q->n][1], 32, "%s", tier->text);
        q->rows[q->n] = node(q->texts[q->n][0], q->texts[q->n][1], start->text, end->text, atoi(end->next->text),
                             atoi(end->next->next->text));
        for (const cpn_json_value *chosen = cpn_json_member(at, "chosen")->first; chosen; chosen = chosen->next)
            if (strcmp(chosen->text, id->text) == 0) q->chosen |= UINT64_C(1) << q->n;
        q->n++;
    }
    q->value = atoi(cpn_json_member(at, "optimum_value")->text);
    q->cost = atoi(cpn_json_member(at, "cost")->text);
    cpn_json_free(json);
}

static void test_second_quarter_of_2026_is_the_published_one(void **state)
{
    (void)state;
    quarter_case q;
    read_quarter(&q);
    choice c = choose(q.rows, q.n, Q2_RULES "}");
    assert_ok(c.status, c.error);
    assert_int_equal(c.report.value, q.value);
    assert_int_equal(c.report.bound, q.value);
    assert_int_equal(c.report.is_optimal, 1);
    assert_int_equal(c.report.cost, q.cost);
    for (int64_t i = 0; i < q.n; i++)
        assert_cell(c.choices, q.rows[i].id, "is_chosen", q.chosen >> i & 1 ? "true" : "false");
    drop(&c);
}

/* The quarter without a word from outside, so that what follows can be worked out here. */
static const char *const q2[][4] = {
    { "labour", "big", "2026-05-01", "2026-05-05" },        { "d618", "big", "2026-06-12", "2026-06-18" },
    { "qingming", "small", "2026-04-03", "2026-04-06" },    { "book", "small", "2026-04-21", "2026-04-23" },
    { "anniv", "small", "2026-04-11", "2026-04-12" },       { "mother", "small", "2026-05-07", "2026-05-10" },
    { "d520", "small", "2026-05-18", "2026-05-20" },        { "children", "small", "2026-05-30", "2026-06-01" },
    { "dragon", "small", "2026-06-17", "2026-06-21" },      { "father", "small", "2026-06-20", "2026-06-21" },
    { "june_member", "small", "2026-06-03", "2026-06-04" },
};
static const int64_t q2_values[] = { 90, 120, 20, 14, 25, 30, 28, 22, 35, 12, 10 };
static const int64_t q2_costs[] = { 40, 60, 8, 6, 12, 12, 11, 9, 14, 5, 4 };

static choice choose_q2(const char *rules, const char *without)
{
    test_candidate rows[MOST];
    int64_t n = 0;
    for (size_t i = 0; i < sizeof q2 / sizeof *q2; i++)
        if (!without || strcmp(q2[i][0], without) != 0)
            rows[n++] = node(q2[i][0], q2[i][1], q2[i][2], q2[i][3], q2_values[i], q2_costs[i]);
    return choose(rows, n, rules);
}

static void test_reasons_are_differences_of_optima(void **state)
{
    (void)state;
    choice all = choose_q2(Q2_RULES "}", NULL);
    for (size_t i = 0; i < sizeof q2 / sizeof *q2; i++) {
        char rules[512], expected[32], text[128];
        const bool is_in = strcmp(cell_of(text, all.choices, q2[i][0], "is_chosen"), "true") == 0;
        (void)snprintf(rules, sizeof rules, "%s,\"%s\":[\"%s\"]}", Q2_RULES, is_in ? "forbidden" : "forced", q2[i][0]);
        choice other = choose_q2(rules, NULL);
        (void)snprintf(expected, sizeof expected, "%lld", (long long)(all.report.value - other.report.value));
        if (other.status == CAMPAIGN_E_INFEASIBLE) expected[0] = '\0';
        assert_cell(all.choices, q2[i][0], is_in ? "worth" : "forcing_cost", expected);
        assert_cell(all.choices, q2[i][0], is_in ? "forcing_cost" : "worth", "");
        drop(&other);
    }
    drop(&all);
}

/* What forcing Labour Day in costs under rules without one of those that keep it out. */
static int64_t cost_of_labour(const char *rules)
{
    char forced[512];
    (void)snprintf(forced, sizeof forced, "%.*s,\"forced\":[\"labour\"]}", (int)strlen(rules) - 1, rules);
    choice free_one = choose_q2(rules, NULL), forced_one = choose_q2(forced, NULL);
    assert_ok(free_one.status, free_one.error);
    assert_ok(forced_one.status, forced_one.error);
    const int64_t cost = free_one.report.value - forced_one.report.value;
    drop(&free_one);
    drop(&forced_one);
    return cost;
}

/* Father's Day begins on 06-20, two days after 618; Dragon Boat shares two days with it. Labour Day stands against three
 * rules: 618 is the quarter's big one, Mother's Day begins two days after it, and 105 + 40 pass the budget. The one that
 * binds is the one without which it costs least to force in. */
static void test_the_rule_that_binds_is_named(void **state)
{
    (void)state;
    static const char density[] = RULES ",\"small_per_month\":{\"min\":1,\"max\":2},\"overlaps\":\"refuse\"";
    char without_gap[512], without_quarter[512], without_budget[512];
    (void)snprintf(without_gap, 512, "%s,\"big_per_quarter\":{\"min\":1},\"budget\":110}", density);
    (void)snprintf(without_quarter, 512, "%s,\"big_per_quarter\":{\"min\":1,\"max\":9},\"gap_days\":7,\"budget\":110}",
                   density);
    (void)snprintf(without_budget, 512, "%s,\"big_per_quarter\":{\"min\":1},\"gap_days\":7}", density);
    choice c = choose_q2(Q2_RULES "}", NULL);
    assert_ok(c.status, c.error);
    assert_cell(c.choices, "father", "rule", "gap_days");
    assert_cell(c.choices, "father", "other", "d618");
    assert_cell(c.choices, "dragon", "rule", "overlaps");
    assert_cell(c.choices, "dragon", "other", "d618");
    assert_cell(c.choices, "d618", "rule", "");
    const int64_t gap = cost_of_labour(without_gap), quarter = cost_of_labour(without_quarter);
    const int64_t budget = cost_of_labour(without_budget);
    assert_cell(c.choices, "labour", "rule",
                gap <= quarter && gap <= budget ? "gap_days"
                : quarter <= budget             ? "big_per_quarter"
                                                : "budget");
    assert_true(gap != quarter || quarter != budget);
    drop(&c);
}

static void test_conflict_names_the_month_and_what_is_in_its_way(void **state)
{
    (void)state;
    choice c = choose_q2(Q2_RULES ",\"forced\":[\"d618\"]}", "june_member");
    assert_int_equal(c.status, CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(c.error.where, "rules.small_per_month.min");
    assert_string_equal(c.error.message, "2026-06 has no small campaign 7 days clear of d618");
    assert_null(c.choices);
    drop(&c);
    c = choose_q2(Q2_RULES ",\"forced\":[\"d618\"],\"blackouts\":[{\"start\":\"2026-06-12\",\"end\":\"2026-06-13\"}]}",
                  NULL);
    assert_int_equal(c.status, CAMPAIGN_E_INFEASIBLE);
    assert_non_null(strstr(c.error.message, "blackout"));
    c = choose_q2(RULES ",\"forced\":[\"d618\"],\"budget\":59}", NULL);
    assert_int_equal(c.status, CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(c.error.message, "d618 is forced but cannot be held, within the budget of 59");
    c = choose_q2(RULES ",\"big_per_quarter\":{\"min\":2,\"max\":2},\"overlaps\":\"refuse\",\"gap_days\":60}", NULL);
    assert_int_equal(c.status, CAMPAIGN_E_INFEASIBLE);
    assert_non_null(strstr(c.error.message, "the quarter from 2026-04 cannot have 2 big campaigns"));
}

/* ---- Merging ---------------------------------------------------------------------------------------------------- */

static void test_mid_autumn_in_national_day_week_merges(void **state)
{
    (void)state;
    /* National Day week has the larger value; Mid-Autumn 2028 is on 10-03. */
    const test_candidate rows[] = { node("national_day", "big", "2028-10-01", "2028-10-07", 500, 50),
                                    node("mid_autumn", "big", "2028-09-30", "2028-10-03", 300, 20) };
    choice c = choose(rows, 2, NULL);
    assert_ok(c.status, c.error);
    assert_int_equal(c.report.value, 500);
    assert_int_equal(c.report.cost, 70);
    assert_int_equal(c.report.n_campaigns, 1);
    char text[128];
    assert_string_equal(cell(text, c.report.campaigns, "campaign", 0), "national_day");
    assert_string_equal(cell(text, c.report.campaigns, "members", 0), "mid_autumn,national_day");
    assert_string_equal(cell(text, c.report.campaigns, "start", 0), "2028-09-30");
    assert_string_equal(cell(text, c.report.campaigns, "end", 0), "2028-10-08");
    assert_cell(c.choices, "mid_autumn", "campaign", "national_day");
    drop(&c);
    c = choose(rows, 2, RULES ",\"merged_value\":\"sum\",\"merged_cost\":\"larger\"}");
    assert_int_equal(c.report.value, 800);
    assert_int_equal(c.report.cost, 50);
    drop(&c);
    c = choose(rows, 2, RULES ",\"overlaps\":\"refuse\"}");
    assert_int_equal(c.report.n_chosen, 1);
    assert_cell(c.choices, "mid_autumn", "rule", "overlaps");
    assert_cell(c.choices, "mid_autumn", "forcing_cost", "200");
    drop(&c);
}

/* A merged campaign pays for both; where the budget reaches for the larger only, the other stays out. */
static void test_merging_obeys_the_budget(void **state)
{
    (void)state;
    const test_candidate rows[] = { node("a", "big", "2028-10-01", "2028-10-07", 500, 50),
                                    node("b", "big", "2028-09-30", "2028-10-03", 300, 20) };
    choice c = choose(rows, 2, RULES ",\"budget\":69}");
    assert_ok(c.status, c.error);
    assert_cell(c.choices, "a", "is_chosen", "true");
    assert_cell(c.choices, "b", "is_chosen", "false");
    assert_cell(c.choices, "b", "rule", "budget");
    drop(&c);
}

/* Taobao: windows including preheat must not overlap. */
static void test_preheat_counts_where_the_rules_say_so(void **state)
{
    (void)state;
    test_candidate rows[] = { node("a", "small", "2026-04-01", "2026-04-05", 10, 0),
                              node("b", "small", "2026-04-10", "2026-04-12", 7, 0) };
    rows[0].preheat = rows[0].start;
    rows[1].preheat = day_of("2026-04-05");
    static const char *const rules[] = { RULES ",\"overlaps\":\"refuse\"}",
                                         RULES ",\"overlaps\":\"refuse\",\"preheat_counts\":true}" };
    for (int32_t counts = 0; counts < 2; counts++) {
        campaign_table *candidates = make_candidates(rows, 2, true), *choices;
        campaign_choice_report report = CAMPAIGN_CHOICE_REPORT_INIT;
        campaign_error error;
        assert_ok(campaign_plan_choose_campaigns(&choices, &report, candidates, rules[counts], strlen(rules[counts]),
                                                 NULL, NULL, &error),
                  error);
        assert_int_equal(report.value, counts ? 10 : 17);
        campaign_table_free(choices);
        campaign_table_free(candidates);
        campaign_choice_report_clear(&report);
    }
}

/* ---- Limits ----------------------------------------------------------------------------------------------------- */

/* Sixty candidates of a year, seeded. */
static void make_year(test_candidate rows[MOST], char ids[MOST][8], uint64_t seed)
{
    cpn_random random;
    cpn_random_seed(&random, seed);
    for (int32_t i = 0; i < 60; i++) {
        const bool is_big = cpn_random_below(&random, 4) == 0;
        const int32_t start = cpn_day_from_civil(2026, 1, 1) + (int32_t)cpn_random_below(&random, 350);
        (void)snprintf(ids[i], 8, "c%02d", (int)i);
        rows[i] = (test_candidate){ .id = ids[i],
                                    .tier = is_big ? "big" : "small",
                                    .start = start,
                                    .end = start + 1 + (int32_t)cpn_random_below(&random, is_big ? 14 : 5),
                                    .value = (is_big ? 50000 : 10000) + cpn_random_below(&random, 40000),
                                    .cost = (is_big ? 30 : 6) + cpn_random_below(&random, 25) };
    }
}

/* The bound never lies below the optimum, and what is found never above it; with room enough both meet. */
static void test_fewer_labels_give_a_bound_not_a_wrong_answer(void **state)
{
    (void)state;
    static const char rules[] = RULES ",\"gap_days\":3,\"overlaps\":\"refuse\",\"budget\":260,"
                                      "\"never_together\":[{\"ids\":[\"c01\",\"c40\"]},{\"ids\":[\"c07\",\"c33\"]}]}";
    int32_t n_open = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        test_candidate rows[MOST];
        char ids[MOST][8];
        make_year(rows, ids, seed);
        choice whole = choose(rows, 60, rules);
        assert_ok(whole.status, whole.error);
        assert_int_equal(whole.report.is_optimal, 1);
        campaign_table *candidates = make_candidates(rows, 60, false), *choices;
        campaign_choice_options options = CAMPAIGN_CHOICE_OPTIONS_INIT;
        campaign_choice_report report = CAMPAIGN_CHOICE_REPORT_INIT;
        campaign_error error;
        options.max_labels = 120; /* two a candidate */
        options.skips_reasons = 1;
        assert_ok(
            campaign_plan_choose_campaigns(&choices, &report, candidates, rules, strlen(rules), &options, NULL, &error),
            error);
        assert_true(report.value <= whole.report.value);
        assert_true(report.bound >= whole.report.value);
        assert_int_equal(report.is_optimal, report.value == report.bound);
        assert_true(report.cost <= 260);
        n_open += !report.is_optimal;
        campaign_table_free(choices);
        campaign_table_free(candidates);
        campaign_choice_report_clear(&report);
        drop(&whole);
    }
    assert_true(n_open > 0);
}

static bool tables_equal(const campaign_table *a, const campaign_table *b)
{
    char x[128], y[128];
    if (campaign_table_n_rows(a) != campaign_table_n_rows(b)) return false;
    for (int64_t row = 0; row < campaign_table_n_rows(a); row++)
        for (int32_t column = 0; column < campaign_table_n_columns(a); column++) {
            (void)campaign_table_format(x, sizeof x, a, column, row);
            (void)campaign_table_format(y, sizeof y, b, column, row);
            if (strcmp(x, y) != 0) return false;
        }
    return true;
}

static void test_rows_and_threads_change_nothing(void **state)
{
    (void)state;
    static const char rules[] = RULES ",\"gap_days\":3,\"budget\":300}";
    test_candidate rows[MOST];
    char ids[MOST][8];
    make_year(rows, ids, 7);
    choice first = choose(rows, 60, rules);
    assert_ok(first.status, first.error);
    for (int32_t i = 0; i < 30; i++) {
        const test_candidate kept = rows[i];
        rows[i] = rows[59 - i];
        rows[59 - i] = kept;
    }
    campaign_table *candidates = make_candidates(rows, 60, false), *choices;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_choice_report report = CAMPAIGN_CHOICE_REPORT_INIT;
    campaign_error error;
    runtime.n_threads = 8;
    assert_ok(
        campaign_plan_choose_campaigns(&choices, &report, candidates, rules, strlen(rules), NULL, &runtime, &error),
        error);
    assert_true(tables_equal(choices, first.choices));
    assert_true(tables_equal(report.campaigns, first.report.campaigns));
    campaign_table_free(choices);
    campaign_table_free(candidates);
    campaign_choice_report_clear(&report);
    drop(&first);
}

/* ---- Numbers ---------------------------------------------------------------------------------------------------- */

static void test_money_and_fractions_come_back_as_they_went_in(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *candidates, *choices;
    campaign_choice_report report = CAMPAIGN_CHOICE_REPORT_INIT;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "id", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "tier", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "start", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "end", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "value", CAMPAIGN_TYPE_FLOAT64, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "cost", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
    for (int32_t i = 0; i < 2; i++) {
        assert_ok(campaign_table_builder_append_int64(builder, 0, 70 + i, &error), error);
        assert_ok(campaign_table_builder_append_text(builder, 1, "small", 5, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 2, 20000 + i * 10, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 3, 20003 + i * 10, &error), error);
        assert_ok(campaign_table_builder_append_float64(builder, 4, 1.25 + i, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 5, 1999, &error), error);
    }
    assert_ok(campaign_table_builder_finish(&candidates, builder, &error), error);
    campaign_table_builder_free(builder);
    static const char rules[] = RULES ",\"budget\":\"39.97\"}"; /* one fen less than both cost */
    assert_ok(campaign_plan_choose_campaigns(&choices, &report, candidates, rules, strlen(rules), NULL, NULL, &error),
              error);
    assert_int_equal(report.value, 2250000);
    assert_int_equal(report.value_exponent, 6);
    assert_int_equal(report.cost, 1999);
    assert_int_equal(report.cost_exponent, 2);
    assert_cell(choices, "70", "forcing_cost", "1");
    assert_cell(choices, "70", "cost", "19.99");
    assert_cell(choices, "70", "text", "Left out: the budget does not reach; forcing it in costs 1.");
    campaign_table_free(choices);
    campaign_table_free(candidates);
    campaign_choice_report_clear(&report);
}

/* ---- Bad input -------------------------------------------------------------------------------------------------- */

static void assert_fails(test_candidate a, test_candidate b, const char *rules, campaign_status code, const char *words)
{
    const test_candidate rows[] = { a, b };
    choice c = choose(rows, 2, rules);
    if (c.status != code || !strstr(c.error.message, words))
        fail_msg("%s \"%s\", expected %s \"%s\"", campaign_status_name(c.status), c.error.message,
                 campaign_status_name(code), words);
    assert_null(c.choices);
    assert_null(c.report.campaigns);
}

static void test_bad_candidates_are_refused_with_their_row(void **state)
{
    (void)state;
    const test_candidate good = node("a", "small", "2026-04-01", "2026-04-05", 10, 0);
    test_candidate bad = node("a", "small", "2026-05-01", "2026-05-05", 10, 0);
    assert_fails(good, bad, NULL, CAMPAIGN_E_DUPLICATE, "the id a stands twice");
    bad.id = "b";
    bad.end = bad.start;
    assert_fails(good, bad, NULL, CAMPAIGN_E_VALUE, "b ends on 2026-05-01");
    bad = node("b", "huge", "2026-05-01", "2026-05-05", 10, 0);
    assert_fails(good, bad, NULL, CAMPAIGN_E_VALUE, "\"huge\" is neither big nor small");
    bad = node("b", "big", "2026-05-01", "2026-05-05", 10, -1);
    assert_fails(good, bad, NULL, CAMPAIGN_E_VALUE, "b costs less than 0");
    bad = node("b", "big", "2026-05-01", "2026-05-05", INT64_MAX, 0);
    assert_fails(good, bad, NULL, CAMPAIGN_E_OVERFLOW, "2^61");
    bad = node("b", "big", "2026-05-01", "2026-05-05", INT64_MIN, 0);
    assert_fails(good, bad, NULL, CAMPAIGN_E_OVERFLOW, "2^61");
}

static void test_bad_rules_are_refused_with_their_place(void **state)
{
    (void)state;
    const test_candidate a = node("a", "small", "2026-04-01", "2026-04-05", 10, 0);
    const test_candidate b = node("bcd", "small", "2026-05-01", "2026-05-05", 10, 0);
    assert_fails(a, b, RULES ",\"forced\":[\"bce\"]}", CAMPAIGN_E_UNKNOWN, "did you mean \"bcd\"?");
    assert_fails(a, b, RULES ",\"forced\":[\"a\"],\"forbidden\":[\"a\"]}", CAMPAIGN_E_INFEASIBLE, "both");
    assert_fails(a, b, RULES ",\"gap\":3}", CAMPAIGN_E_UNKNOWN, "gap_days");
    assert_fails(a, b, RULES ",\"big_per_quarter\":{\"min\":2}}", CAMPAIGN_E_INFEASIBLE, "at most 1");
    assert_fails(a, b, RULES ",\"start\":\"2026-05-01\"}", CAMPAIGN_E_VALUE, "a starts on 2026-04-01, outside");
    assert_fails(a, b, RULES ",\"never_together\":[{\"ids\":[\"a\",\"a\"]}]}", CAMPAIGN_E_DUPLICATE, "twice");
    assert_fails(a, b, RULES ",\"forced_windows\":[{\"start\":\"2026-04-10\",\"end\":\"2026-04-12\"}]}",
                 CAMPAIGN_E_INFEASIBLE, "no candidate has a day");
    assert_fails(a, b, RULES ",\"blackouts\":[{\"start\":\"2026-04-10\",\"end\":\"2026-04-08\"}]}", CAMPAIGN_E_VALUE,
                 "ends 2 days before");
    assert_fails(a, b, RULES ",\"budget\":\"0.5\"}", CAMPAIGN_E_VALUE, "");
}

static void test_no_candidates_make_an_empty_choice(void **state)
{
    (void)state;
    choice c = choose(NULL, 0, NULL);
    assert_ok(c.status, c.error);
    assert_int_equal(campaign_table_n_rows(c.choices), 0);
    assert_int_equal(c.report.value, 0);
    assert_int_equal(c.report.is_optimal, 1);
    drop(&c);
    c = choose(NULL, 0, RULES ",\"start\":\"2026-04-01\",\"end\":\"2026-07-01\",\"small_per_month\":{\"min\":1}}");
    assert_int_equal(c.status, CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(c.error.message, "2026-04 has no small campaign");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_second_quarter_of_2026_is_the_published_one),
        cmocka_unit_test(test_reasons_are_differences_of_optima),
        cmocka_unit_test(test_the_rule_that_binds_is_named),
        cmocka_unit_test(test_conflict_names_the_month_and_what_is_in_its_way),
        cmocka_unit_test(test_mid_autumn_in_national_day_week_merges),
        cmocka_unit_test(test_merging_obeys_the_budget),
        cmocka_unit_test(test_preheat_counts_where_the_rules_say_so),
        cmocka_unit_test(test_fewer_labels_give_a_bound_not_a_wrong_answer),
        cmocka_unit_test(test_rows_and_threads_change_nothing),
        cmocka_unit_test(test_money_and_fractions_come_back_as_they_went_in),
        cmocka_unit_test(test_bad_candidates_are_refused_with_their_row),
        cmocka_unit_test(test_bad_rules_are_refused_with_their_place),
        cmocka_unit_test(test_no_candidates_make_an_empty_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
