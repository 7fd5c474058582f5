/* Budget by response curves: campaigns and channels that have one share by what money brings. */
#include "planning.h"

#include <math.h>

/* As in test_plan_budget.c: February is off season, April neither, June and November are peak; of 1000.00 720.00 are for
 * campaigns, 180.00 each by value. */
#define HEAD                                                                                                           \
    "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\",\"year\":2027,\"target\":{\"amount\":365},"          \
    "\"split\":[],\"seasons\":{\"peak\":[6,11],\"off\":[2]},\"campaigns\":{\"tiers\":[],"                              \
    "\"forced\":[\"feb\",\"apr\",\"jun\",\"nov\"]},\"calendar\":{\"nodes\":[{\"schema\":\"campaign/nodes/1\","         \
    "\"nodes\":[" NODE("feb", "02") "," NODE("apr", "04") "," NODE("jun", "06") "," NODE("nov", "11") "]}]},"          \
                                                                                                      "\"budget\":{"
#define NODE(id, month)    "{\"id\":\"" id "\",\"name\":\"" id "\",\"rule\":\"fixed " month "-10\"}"
#define ROOT(owner, scale) "{" owner ",\"curve\":\"power\",\"scale\":" scale ",\"shape\":0.5}"
#define OF(id)             "\"campaign\":\"" id "\""

static const char *const ids[] = { "feb", "apr", "jun", "nov" };

static campaign_plan *plan_budget(const char *budget)
{
    char request[6000];
    (void)snprintf(request, sizeof request, "%s%s}}", HEAD, budget);
    return make_plan(request, NULL);
}

static int64_t row_of(const campaign_table *budget, const char *campaign)
{
    return find_row(budget, "campaign", campaign, NULL, NULL);
}

static void read_amounts(int64_t amounts[4], const char *words, const char *const bases[4])
{
    campaign_plan *plan = plan_budget(words);
    campaign_table *budget = take_table(plan, "budget");
    for (int i = 0; i < 4; i++) {
        const int64_t row = row_of(budget, ids[i]);
        amounts[i] = number_at(budget, "amount", row);
        if (bases && !cell_is(budget, "basis", row, bases[i])) fail_msg("%s is not by %s", ids[i], bases[i]);
    }
    campaign_table_free(budget);
    campaign_plan_free(plan);
}

static double marginal_of(const campaign_table *budget, const char *campaign)
{
    const int32_t column = campaign_table_find(budget, "marginal");
    assert_false(campaign_table_is_null(budget, column, row_of(budget, campaign)));
    return campaign_table_float64(budget, column, row_of(budget, campaign));
}

/* a √x: the best shares are B a² / Σ a², 720.00 × (1, 4, 9, 16) / 30, and one more brings 1 / (2 √24.00) everywhere. */
static void test_roots_share_by_their_squares(void **state)
{
    (void)state;
    static const char *const bases[] = { "curve", "curve", "curve", "curve" };
    const char *words = "\"total\":1000,\"curves\":[" ROOT(OF("feb"), "1") "," ROOT(OF("apr"), "2") "," ROOT(
        OF("jun"), "3") "," ROOT(OF("nov"), "4") "]";
    int64_t amounts[4];
    read_amounts(amounts, words, bases);
    assert_int_equal(amounts[0], 2400);
    assert_int_equal(amounts[1], 9600);
    assert_int_equal(amounts[2], 21600);
    assert_int_equal(amounts[3], 38400);
    campaign_plan *plan = plan_budget(words);
    campaign_table *budget = take_table(plan, "budget");
    for (int i = 0; i < 4; i++) assert_true(fabs(marginal_of(budget, ids[i]) - 1 / (2 * sqrt(24))) < 1e-6);
    assert_true(campaign_table_is_null(budget, campaign_table_find(budget, "marginal"), 0));
    assert_int_equal(number_at(budget, "amount", 0), 10000);
    assert_true(has_note(plan, "budget_by_curves"));
    campaign_table_free(budget);
    campaign_plan_free(plan);
}

/* feb has 720.00 × 16 / 30 by its curve, far more than 30 % of the peak. Under off = 0.3 × peak = 0.3 p, with o, p and s
 * in the ratio that a²-sums ask for: most of 4 √(0.3 p) + √10 √p + 3 √s with 1.3 p + s = 720.00. */
static void test_the_cap_of_the_off_season_holds_with_curves(void **state)
{
    (void)state;
    static const char *const bases[] = { "off_season_cap", "curve", "curve", "curve" };
    int64_t amounts[4];
    read_amounts(amounts,
                 "\"total\":1000,\"curves\":[" ROOT(OF("feb"), "4") "," ROOT(OF("apr"), "3") "," ROOT(
                     OF("jun"), "1") "," ROOT(OF("nov"), "3") "]",
                 bases);
    /* A proof to 1e-9 of the value leaves spends free within some units: the value is flat at its top. The joint curve of
     * off season and peak, spend q = 1.3 p, is k √q with k = (4 √0.3 + √10) / √1.3. */
    const double k = (4 * sqrt(0.3) + sqrt(10)) / sqrt(1.3), both = 72000 * k * k / (k * k + 9);
    assert_true(fabs((double)amounts[0] - both * 0.3 / 1.3) < 10);
    assert_true(fabs((double)amounts[1] - (72000 - both)) < 10);
    assert_true(fabs((double)amounts[2] - both / 1.3 * 0.1) < 10);
    assert_true(amounts[0] * 10 <= (amounts[2] + amounts[3]) * 3);
    assert_true(amounts[0] + amounts[1] + amounts[2] + amounts[3] <= 72000);
    assert_true(amounts[0] + amounts[1] + amounts[2] + amounts[3] >= 71998);
}

/* jun and nov have 360.00 by value, which they share 1 : 9 by their curves; the others stay where policy puts them. */
static void test_campaigns_without_curve_keep_their_part(void **state)
{
    (void)state;
    static const char *const bases[] = { "value", "value", "curve", "curve" };
    int64_t amounts[4];
    read_amounts(amounts,
                 "\"total\":1000,\"off_season_cap\":1,\"curves\":[" ROOT(OF("jun"), "1") "," ROOT(OF("nov"), "3") "]",
                 bases);
    assert_int_equal(amounts[0], 18000);
    assert_int_equal(amounts[1], 18000);
    assert_int_equal(amounts[2], 3600);
    assert_int_equal(amounts[3], 32400);
}

/* 720.00 with nov locked at 200.00, jun at most 100.00, feb at least 80.00: apr has the rest. */
static void test_bounds_and_amounts_hold_with_curves(void **state)
{
    (void)state;
    static const char *const bases[] = { "minimum", "curve", "maximum", "amount" };
    int64_t amounts[4];
    read_amounts(
        amounts,
        "\"total\":1000,\"off_season_cap\":1,\"campaigns\":{\"nov\":{\"amount\":200},\"jun\":{\"maximum\":100},"
        "\"feb\":{\"minimum\":80}},\"curves\":[" ROOT(OF("feb"), "1") "," ROOT(OF("apr"), "3") "," ROOT(
            OF("jun"), "5") "," ROOT(OF("nov"), "9") "]",
        bases);
    assert_int_equal(amounts[0], 8000);
    assert_int_equal(amounts[1], 34000);
    assert_int_equal(amounts[2], 10000);
    assert_int_equal(amounts[3], 20000);
}

/* An S-curve that bends at 5000.00 brings nothing that 360.00 could pay: it is left alone. */
static void test_a_curve_out_of_reach_gets_nothing(void **state)
{
    (void)state;
    int64_t amounts[4];
    read_amounts(
        amounts,
        "\"total\":1000,\"off_season_cap\":1,\"curves\":[{\"campaign\":\"jun\",\"curve\":\"hill\",\"scale\":50,"
        "\"location\":5000,\"shape\":4}," ROOT(OF("nov"), "3") "]",
        NULL);
    assert_int_equal(amounts[2], 0);
    assert_int_equal(amounts[3], 36000);
}

/* jun and nov are bursts, feb cares, apr is of a node: a campaign's own curve goes before that of its type. */
static void test_curves_of_a_type_are_of_each_campaign(void **state)
{
    (void)state;
    int64_t amounts[4];
    read_amounts(
        amounts,
        "\"total\":1000,\"off_season_cap\":1,\"curves\":[" ROOT("\"type\":\"burst\"", "1") "," ROOT(OF("nov"), "2") "]",
        NULL);
    assert_int_equal(amounts[2], 7200);
    assert_int_equal(amounts[3], 28800);
}

/* value: 5 for each of 100 customers is as 500 of money. */
static void test_value_makes_unlike_results_alike(void **state)
{
    (void)state;
    int64_t amounts[4], alike[4];
    read_amounts(amounts,
                 "\"total\":1000,\"curves\":[{" OF(
                     "jun") ",\"curve\":\"michaelis_menten\",\"scale\":100,\"location\":90,"
                            "\"value\":5},{" OF("nov") ",\"curve\":\"exponential\",\"scale\":400,\"location\":120}]",
                 NULL);
    read_amounts(
        alike,
        "\"total\":1000,\"curves\":[{" OF(
            "jun") ",\"curve\":\"michaelis_menten\",\"scale\":\"500\","
                   "\"location\":90},{" OF("nov") ",\"curve\":\"exponential\",\"scale\":400,\"location\":\"120.0\"}]",
        NULL);
    for (int i = 0; i < 4; i++) assert_int_equal(amounts[i], alike[i]);
}

/* Three channels share jun's traffic, 50 % of 180.00, by roots 1 : 4 : 9 of 90.00 / 14; ads, without a curve, keeps its
 * weight of a quarter. */
static void test_channels_share_by_their_curves(void **state)
{
    (void)state;
    campaign_plan *plan = plan_budget(
        "\"total\":1000,\"off_season_cap\":1,\"channels\":[{\"id\":\"ads\"},{\"id\":\"live\"},{\"id\":\"群\"},"
        "{\"id\":\"fair\",\"maximum\":30}],\"curves\":[" ROOT("\"channel\":\"live\"", "1") "," ROOT(
            "\"channel\":\"群\"", "2") "," ROOT("\"channel\":\"fair\"", "3") "]");
    campaign_table *items = take_table(plan, "budget_items");
    int64_t parts[4];
    static const char *const channels[] = { "ads", "live", "群", "fair" };
    for (int i = 0; i < 4; i++)
        parts[i] = number_at(items, "amount", find_row(items, "campaign", "jun", "channel", channels[i]));
    assert_int_equal(parts[0], 2250);
    assert_int_equal(parts[1], 750); /* of 67.50 fair takes 30.00, the rest is 1 : 4 */
    assert_int_equal(parts[2], 3000);
    assert_int_equal(parts[3], 3000);
    assert_true(has_note(plan, "channels_by_curves"));
    assert_false(has_note(plan, "budget_by_curves"));
    campaign_table_free(items);
    campaign_plan_free(plan);
}

static void test_curves_that_are_none_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *curve;
        campaign_status code;
        const char *word;
    } cases[] = {
        { ROOT(OF("apri"), "1"), CAMPAIGN_E_UNKNOWN, "\"apr\"" },
        { ROOT("\"type\":\"bust\"", "1"), CAMPAIGN_E_UNKNOWN, "bust" },
        { ROOT("\"channel\":\"radio\"", "1"), CAMPAIGN_E_UNKNOWN, "radio" },
        { ROOT(OF("apr") ",\"type\":\"burst\"", "1"), CAMPAIGN_E_MISSING, "one campaign" },
        { "{\"curve\":\"linear\",\"scale\":1}", CAMPAIGN_E_MISSING, "one campaign" },
        { "{" OF("apr") ",\"curve\":\"hill\",\"scale\":1,\"shape\":1}", CAMPAIGN_E_MISSING, "location" },
        { "{" OF("apr") ",\"curve\":\"hill\",\"scale\":1,\"location\":1}", CAMPAIGN_E_MISSING, "shape" },
        { "{" OF("apr") ",\"curve\":\"log\",\"scale\":1,\"location\":0}", CAMPAIGN_E_VALUE, "location" },
        { "{" OF("apr") ",\"curve\":\"linear\",\"scale\":-1}", CAMPAIGN_E_VALUE, "scale" },
        { "{" OF("apr") ",\"curve\":\"bent\",\"scale\":1}", CAMPAIGN_E_VALUE, "bent" },
        { ROOT(OF("apr"), "1") "," ROOT(OF("apr"), "2"), CAMPAIGN_E_DUPLICATE, "curves[1]" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[6000];
        (void)snprintf(request, sizeof request, "%s\"total\":1000,\"curves\":[%s]}}", HEAD, cases[i].curve);
        assert_refused(request, NULL, cases[i].code, cases[i].word);
    }
}

/* ---- Laws ---- */

typedef struct drawn {
    int kind; /* power, hill, exponential */
    double scale, location, shape;
} drawn;

static double value_of(const drawn *curve, double spend)
{
    if (curve->kind == 0) return curve->scale * pow(spend, curve->shape);
    const double u = pow(spend / curve->location, curve->shape);
    return curve->kind == 1 ? curve->scale * u / (1 + u) : curve->scale * (1 - exp(-spend / curve->location));
}

static size_t write_curve(char *text, size_t capacity, const drawn *curve, const char *id)
{
    static const char *const kinds[] = { "power", "hill", "exponential" };
    return (size_t)snprintf(text, capacity, "%s{\"campaign\":\"%s\",\"curve\":\"%s\",\"scale\":%.6f",
                            text[-1] == '[' ? "" : ",", id, kinds[curve->kind], curve->scale);
}

/* No exchange of money between two campaigns, of any size, that keeps cap and bounds brings more than rounding. */
static void test_no_exchange_brings_more(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 31);
    for (int round = 0; round < 60; round++) {
        drawn curves[4];
        char words[3000] = "\"total\":1000,\"curves\":[";
        size_t n = strlen(words);
        for (int i = 0; i < 4; i++) {
            drawn *c = &curves[i];
            *c = (drawn){ .kind = (int)cpn_random_below(&random, 3) };
            c->scale = 1 + (double)cpn_random_below(&random, 1000) / 10;
            c->location = 20 + (double)cpn_random_below(&random, 300);
            c->shape = c->kind == 0 ? 0.3 + (double)cpn_random_below(&random, 6) / 10
                                    : 0.5 + (double)cpn_random_below(&random, 30) / 10;
            n += write_curve(words + n, sizeof words - n, c, ids[i]);
            if (c->kind != 0) n += (size_t)snprintf(words + n, sizeof words - n, ",\"location\":%.6f", c->location);
            if (c->kind != 2) n += (size_t)snprintf(words + n, sizeof words - n, ",\"shape\":%.6f", c->shape);
            n += (size_t)snprintf(words + n, sizeof words - n, "}");
        }
        (void)snprintf(words + n, sizeof words - n, "]");
        int64_t amounts[4];
        read_amounts(amounts, words, NULL);
        double best = 0;
        for (int i = 0; i < 4; i++) best += value_of(&curves[i], (double)amounts[i] / 100);
        assert_true(amounts[0] * 10 <= (amounts[2] + amounts[3]) * 3);
        for (int from = 0; from < 4; from++)
            for (int to = 0; to < 4; to++)
                for (int64_t size = 100; size <= amounts[from]; size += 97) {
                    int64_t tried[4];
                    double value = 0;
                    memcpy(tried, amounts, sizeof tried);
                    tried[from] -= size;
                    tried[to] += size;
                    if (tried[0] * 10 > (tried[2] + tried[3]) * 3) continue;
                    for (int i = 0; i < 4; i++) value += value_of(&curves[i], (double)tried[i] / 100);
                    if (value > best * (1 + 1e-6)) fail_msg("round %d: %g instead of %g", round, value, best);
                }
    }
}

static void test_a_plan_by_curves_is_saved_loaded_and_explained(void **state)
{
    (void)state;
    campaign_plan *plan = plan_budget("\"total\":1000,\"off_season_cap\":1,\"curves\":[" ROOT(OF("jun"), "1") "," ROOT(
                      OF("nov"), "3") "]"),
                  *loaded = NULL;
    campaign_error error = { 0 };
    campaign_table *records = NULL;
    char *saved = save_plan(plan);
    assert_ok(campaign_plan_load(&loaded, saved, strlen(saved), &error), error);
    char *again = save_plan(loaded);
    assert_string_equal(saved, again);
    assert_ok(campaign_plan_explain(&records, loaded, "budget", "proven/nov", "en", &error), error);
    assert_true(cell_is(records, "text", 0,
                        "nov gets 324.00, 32.4 % of the budget, as proven; one more would bring 0.083333."));
    assert_true(find_row(records, "subject", "request budget.curves", NULL, NULL) > 0);
    campaign_text_free(saved);
    campaign_text_free(again);
    campaign_table_free(records);
    campaign_plan_free(loaded);
    campaign_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roots_share_by_their_squares),
        cmocka_unit_test(test_the_cap_of_the_off_season_holds_with_curves),
        cmocka_unit_test(test_campaigns_without_curve_keep_their_part),
        cmocka_unit_test(test_bounds_and_amounts_hold_with_curves),
        cmocka_unit_test(test_a_curve_out_of_reach_gets_nothing),
        cmocka_unit_test(test_curves_of_a_type_are_of_each_campaign),
        cmocka_unit_test(test_value_makes_unlike_results_alike),
        cmocka_unit_test(test_channels_share_by_their_curves),
        cmocka_unit_test(test_curves_that_are_none_are_refused),
        cmocka_unit_test(test_no_exchange_brings_more),
        cmocka_unit_test(test_a_plan_by_curves_is_saved_loaded_and_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
